"""What a run takes over from the one before is what it would have found anew, whatever has changed between them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lambdalint import run
from lambdalint.config import Settings
from lambdalint.earlier import Earlier
from lambdalint.engine import examine, lint
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


def test_a_look_at_one_file_takes_over_what_modules_have_asked_of_modules(done: list[str]) -> None:
    earlier, folder = Earlier(), str(Path.cwd())
    report = FILES["src/report.py"].replace("import store", "from lib import store")
    write("src/lib/__init__.py", "")
    write("src/lib/store.py", "def load():\n    import deep\n\n    return deep.load()\n")
    write("src/deep.py", "import json\n\n\ndef load():\n    return json.loads('1')\n")
    write("src/report.py", report)

    def look(paths: list[str], *, whole: bool) -> None:
        examine(paths, settings(), held={}, earlier=earlier, folder=folder, whole=whole)

    look([folder], whole=True)
    done.clear()
    write("src/report.py", report + "\n\ndef other():\n    return 1\n")
    look([str(Path("src/report.py").absolute())], whole=False)
    assert done == ["report.handler", "src/report.py"]  # it may bind another name now
    done.clear()
    write("src/report.py", report + "\n\ndef other():\n    return 2\n")
    look([str(Path("src/report.py").absolute())], whole=False)
    assert done == ["src/report.py"]


def test_other_settings_begin_anew() -> None:
    earlier = Earlier()
    fewer = replace(settings(), ignore=("LL301",))
    assert codes(lint(["."], fewer, earlier=earlier)) == [("src/report.py", "LL203")]
    assert len(lint(["."], settings(), earlier=earlier).findings) == 2


HANDLERS = """\
import datetime
import json

SEEN = []


def note(value):
    SEEN.append(value)
    return value


def first(event, context):
    return {"statusCode": 200, "body": note(event["path"])}


def unused(value=json.dumps({})):
    return value


def second(event, context):
    return {"made": datetime.datetime.now()}
"""
TWO = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  First:
    Type: AWS::Serverless::Function
    Properties: {Handler: two.first, Runtime: python3.13, CodeUri: src}
  Second:
    Type: AWS::Serverless::Function
    Properties: {Handler: two.second, Runtime: python3.13, CodeUri: src}
"""


def typed(earlier: Earlier, done: list[str], text: str) -> tuple[list[str], list[tuple[str, int]]]:
    """The functions that are run again for a text of src/two.py, and what is found in it."""
    write("src/two.py", text)
    done.clear()
    report = lint(["."], settings(), earlier=earlier)
    run_again = sorted(name for name in done if name.startswith("two."))
    assert told(report) == told(lint(["."], settings()))
    return run_again, [(one.code, one.span.start.row) for one in report.findings if one.span.path == "src/two.py"]


def test_what_is_edited_in_one_function_does_not_have_those_run_again_that_never_look_into_it(done: list[str]) -> None:
    write("template.yaml", TWO)
    earlier = Earlier()
    assert typed(earlier, done, HANDLERS) == (["two.first", "two.second"], [("LL202", 21)])
    longer = HANDLERS.replace("    return value\n\n\ndef second", "    value += 1\n    return value\n\n\ndef second")
    assert typed(earlier, done, longer) == ([], [("LL202", 22)])
    of_first = longer.replace("    return {\"status", "    print(event)\n    return {\"status")
    assert typed(earlier, done, of_first) == (["two.first"], [("LL202", 23)])
    while_it_is_typed = of_first.replace("SEEN.append", "(SEEN.append")
    assert typed(earlier, done, while_it_is_typed)[1] == [("LL001", 8)]
    assert typed(earlier, done, of_first) == ([], [("LL202", 23)])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def unused(value", "def unused(other"),
        ("    return value\n\n\ndef second", "    yield value\n\n\ndef second"),
        ("    return value\n\n\ndef second", "    global SEEN\n    return value\n\n\ndef second"),
        ("def unused", "@note\ndef unused"),
        ("SEEN = []", "SEEN = {}"),
        ("def unused", "def second"),
    ],
)
def test_what_the_module_itself_sees_has_all_its_functions_run_again(
    before: str, after: str, done: list[str]
) -> None:
    write("template.yaml", TWO)
    earlier = Earlier()
    typed(earlier, done, HANDLERS)
    assert before in HANDLERS
    assert typed(earlier, done, HANDLERS.replace(before, after))[0] == ["two.first", "two.second"]


def test_a_rule_of_a_plug_in_may_read_all_of_a_file(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    check_function = run.check_function

    def of_plugin(functions: Any, find: Any, rules: Any, pulse: Any) -> object:
        return check_function(functions, find, [replace(rule, plugin="mine") for rule in rules], pulse)

    monkeypatch.setattr(run, "check_function", of_plugin)
    write("template.yaml", TWO)
    earlier = Earlier()
    typed(earlier, done, HANDLERS)
    assert typed(earlier, done, HANDLERS.replace("    return value\n\n\ndef second", "    return 1\n\n\ndef second"))[0]


def compiles(text: str) -> bool:
    try:
        compile(text, "", "exec")
    except SyntaxError:
        return False
    return "__future__" not in text


def test_comments_and_blank_lines_have_nothing_run_again(done: list[str]) -> None:
    write("template.yaml", TWO)
    earlier = Earlier()
    typed(earlier, done, HANDLERS)
    told_of = HANDLERS.replace('    return {"made"', '    # now\n\n    return {"made"')
    assert typed(earlier, done, told_of) == ([], [("LL202", 23)])
    behind = told_of.replace("datetime.now()}", "datetime.now()}  #")
    assert typed(earlier, done, behind) == ([], [("LL202", 23)])
    assert typed(earlier, done, behind.replace("  #\n", "  # noqa: LL202\n")) == ([], [])
    within = behind.replace('{"made"', '{  # made\n        "made"')
    assert typed(earlier, done, within) == (["two.second"], [("LL202", 24)])
    assert typed(earlier, done, within.replace("made\n", "made  \n"))[0] == ["two.second"]


def of_pages(choose: random.Random) -> list[str]:
    """Handlers of the rules' pages, as the lines of src/all.py; each is deployed."""
    texts = [text for page in pages() for project in page.bad for text in project.files.values() if "def " in text]
    few = [text for text in texts if len(text) < 1500 and "\ndef handler(event, context)" in text and compiles(text)]
    chosen = enumerate(choose.sample(few, 8))
    parts = [text.replace("def handler(", f"def handler_{number}(") for number, text in chosen]
    rows = [
        f"  F{number}:\n    Type: AWS::Serverless::Function\n    Properties: {{Handler: all.handler_{number}, "
        "Runtime: python3.13, CodeUri: src, Events: {Api: {Type: Api, Properties: {}}}}\n"
        for number in range(len(parts))
    ]
    write("template.yaml", "Transform: AWS::Serverless-2016-10-31\nResources:\n" + "".join(rows))
    return "\n\n".join(parts).splitlines(keepends=True)


def test_whatever_is_typed_into_functions_the_next_run_finds_what_a_new_one_does(done: list[str]) -> None:
    """Line by line."""
    choose = random.Random(11)
    lines = of_pages(choose)
    inserted = ["    total = 1\n", "    global TABLE\n", "    yield 1\n", "    return None\n", "    raise KeyError\n",
                "    # said\n", "\n", "    x = (\n", "def handler_1(event, context):\n",
                "    event = {}\n"]  # fmt: skip
    earlier = Earlier()
    kept = 0
    for _ in range(60):
        before = list(lines)
        at = choose.randrange(len(lines))
        lines[at : at + (choose.random() < 0.2)] = [choose.choice(inserted)]
        write("src/all.py", "".join(lines))
        done.clear()
        report = lint(["."], settings(), earlier=earlier)
        kept += 8 - sum(name.startswith("all.") for name in done)
        assert told(report) == told(lint(["."], settings()))
        if choose.random() < 0.6 or not compiles("".join(lines)):
            lines = before
    assert kept > 60


def test_whatever_comments_are_typed_the_next_run_finds_what_a_new_one_does(done: list[str]) -> None:
    choose = random.Random(12)
    lines = of_pages(choose)
    earlier = Earlier()
    kept = 0
    for _ in range(40):
        at = choose.randrange(len(lines))
        line = choose.choice(["    # said\n", "# said\n", "\n", "    \n", "behind", "blanks", "less", "    # noqa\n"])
        if line == "less":
            lines[at : at + 1] = [] if not lines[at].partition("#")[0].strip() else [lines[at]]
        elif line in ("behind", "blanks"):
            lines[at] = lines[at].rstrip("\n") + {"behind": "  # noqa: LL201\n", "blanks": "  \n"}[line]
        else:
            lines.insert(at, line)
        write("src/all.py", "".join(lines))
        done.clear()
        report = lint(["."], settings(), earlier=earlier)
        kept += 8 - sum(name.startswith("all.") for name in done)
        assert told(report) == told(lint(["."], settings()))
    assert kept > 120


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
