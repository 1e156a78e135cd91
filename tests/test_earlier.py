"""What a run takes over from the one before is what it would have found anew, whatever has changed between them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lambdalint import run
from lambdalint.config import Settings
from lambdalint.earlier import Earlier
from lambdalint.engine import lint
from lambdalint.results import LintReport
from lambdalint.source import Source

from .pages import pages

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: src, Events: {Api: {Type: Api, Properties: {}}}}
  Report:
    Type: AWS::Serverless::Function
    Properties: {Handler: report.handler, Runtime: python3.13, CodeUri: src}
"""
FILES = {
    "template.yaml": TEMPLATE,
    "src/app.py": "from answers import ok\n\n\ndef handler(event, context):\n    return ok(event)\n",
    "src/report.py": (
        "import json\nimport store\n\n\ndef handler(event, context):\n    return json.dumps(store.load())\n"
    ),
    "src/answers.py": 'def ok(event):\n    return {"statusCode": 200, "body": {"id": event["path"]}}\n',
    "src/store.py": "from datetime import datetime\n\n\ndef load():\n    return [datetime.now()]\n",
}


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        write(name, text)


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)


def settings() -> Settings:
    return Settings(root=str(Path.cwd()), preview=True)


def told(report: LintReport) -> LintReport:
    return replace(report, seconds=0.0)


@pytest.fixture
def again() -> Callable[[], LintReport]:
    """A run that goes on from the one before; it is held to one that finds everything anew."""
    earlier = Earlier()

    def once() -> LintReport:
        report = lint(["."], settings(), earlier=earlier)
        assert told(report) == told(lint(["."], settings()))
        return report

    return once


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is worked on."""
    worked: list[str] = []
    check_file, check_function = run.check_file, run.check_function

    def file(source: Source, *arguments: object, **named: object) -> object:
        worked.append(source.path)
        return check_file(source, *arguments, **named)  # type: ignore[arg-type]

    def function(functions: list[object], *arguments: object) -> object:
        worked.append(functions[0].handler)  # type: ignore[attr-defined]
        return check_function(functions, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "check_file", file)
    monkeypatch.setattr(run, "check_function", function)
    return worked


def codes(report: LintReport) -> list[tuple[str, str]]:
    return [(one.span.path, one.code) for one in report.findings]


def test_nothing_is_done_again_where_nothing_has_changed(done: list[str]) -> None:
    earlier = Earlier()
    first = lint(["."], settings(), earlier=earlier)
    assert codes(first) == [("src/answers.py", "LL301"), ("src/report.py", "LL203")]
    done.clear()
    assert told(lint(["."], settings(), earlier=earlier)) == told(first)
    assert done == []


def test_a_module_that_changes_is_read_again_with_the_functions_that_reach_it(done: list[str]) -> None:
    earlier = Earlier()
    lint(["."], settings(), earlier=earlier)
    write("src/store.py", "def load():\n    return []\n")
    done.clear()
    assert codes(lint(["."], settings(), earlier=earlier)) == [("src/answers.py", "LL301")]
    assert done == ["report.handler", "src/store.py"]


def test_what_a_template_says_otherwise_is_judged_anew(again: Callable[[], LintReport]) -> None:
    assert ("src/answers.py", "LL301") in codes(again())
    write("template.yaml", TEMPLATE.replace("Type: Api", "Type: Schedule"))
    assert ("src/answers.py", "LL301") not in codes(again())
    write("template.yaml", f"# above\n{TEMPLATE}")
    assert ("src/answers.py", "LL301") in codes(again())
    Path("template.yaml").unlink()
    again()


def test_a_module_that_comes_or_goes_is_seen(again: Callable[[], LintReport]) -> None:
    write("src/store.py", "import extra\n\n\ndef load():\n    return extra.load()\n")
    again()
    write("src/extra.py", FILES["src/store.py"])
    assert ("src/report.py", "LL203") in codes(again())
    Path("src/extra.py").unlink()
    assert ("src/report.py", "LL203") not in codes(again())
    write("src/extra/__init__.py", FILES["src/store.py"])
    assert ("src/report.py", "LL203") in codes(again())


def test_an_import_that_another_file_begins_to_take_is_safe_no_more(again: Callable[[], LintReport]) -> None:
    write("src/answers.py", "import json\n\n\ndef ok(event):\n    return 1\n")
    (unused,) = [one for one in again().findings if one.code == "F401"]
    assert unused.fix is not None
    assert unused.fix.safe
    write("src/store.py", "from answers import json\n\n\ndef load():\n    return json.loads('1')\n")
    (unused,) = [one for one in again().findings if one.code == "F401"]
    assert unused.fix is None or not unused.fix.safe


def test_a_file_that_is_deployed_no_more_is_judged_anew(again: Callable[[], LintReport]) -> None:
    write("src/login.py", 'import pymysql\n\npymysql.connect(host="db.internal", password="hunter2")\n')
    (error,) = [one for one in again().findings if one.code == "LL503"]
    write("template.yaml", TEMPLATE.replace("CodeUri: src", "CodeUri: lib"))
    write("lib/app.py", FILES["src/app.py"])
    (warning,) = [one for one in again().findings if one.code == "LL503"]
    assert (error.severity.value, warning.severity.value) == ("error", "warning")


def test_other_settings_begin_anew() -> None:
    earlier = Earlier()
    fewer = replace(settings(), ignore=("LL301",))
    assert codes(lint(["."], fewer, earlier=earlier)) == [("src/report.py", "LL203")]
    assert len(lint(["."], settings(), earlier=earlier).findings) == 2


def test_whatever_is_edited_the_next_run_finds_what_a_new_one_does(again: Callable[[], LintReport]) -> None:
    """Files of the rules' pages take the place of one another, lose lines and get some, come and go."""
    choose = random.Random(7)
    texts = [text for page in pages() for project in page.bad for text in project.files.values() if "def " in text]
    names = [name for name in FILES if name.endswith(".py")]
    for _ in range(40):
        name = choose.choice([*names, "src/other.py", "template.yaml"])
        path, what = Path(name), choose.random()
        lines = path.read_text().splitlines(keepends=True) if path.exists() else []
        if what < 0.1 and path.exists():
            path.unlink()
        elif what < 0.4:
            write(name, FILES.get(name, choose.choice(texts)))
        elif what < 0.6 and name.endswith(".py"):
            write(name, choose.choice(texts))
        elif lines:
            at = choose.randrange(len(lines))
            lines[at : at + choose.randrange(2)] = choose.choice((["\n"], ["# said\n"], ["import json\n"], []))
            write(name, "".join(lines))
        again()
