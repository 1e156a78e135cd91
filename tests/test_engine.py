"""`lint`: what is checked by what, what is merged, and that a fault of lambdalint's own stays where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lambdalint.checks import RULES
from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.finding import Report
from lambdalint.project.function import Function
from lambdalint.results import LintReport
from lambdalint.scope import files_of
from lambdalint.source import Source

HANDLER = "def lambda_handler(event, context):\n    return {1}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def found(report: LintReport) -> list[tuple[str, int, str]]:
    return [(f.span.path, f.span.start.row, f.code) for f in report.findings]


class TestScope:
    def test_tests_get_f_rules_and_syntax_errors_alone(self) -> None:
        secret = 'import os\nPASSWORD = "' + "hunter2-not-so-secret" + '"\n'
        write(tests__unit__test_app=secret + HANDLER, tests__broken="x = (\n", src__app=secret + HANDLER)
        report = lint(["."], Settings())
        assert {code for path, _, code in found(report) if path.startswith("tests/")} == {"F401", "LL001"}
        assert {code for path, _, code in found(report) if path.startswith("src/")} >= {"F401", "LL202"}
        assert report.functions == 1

    def test_project_below_a_tests_folder_is_no_test(self) -> None:
        write(tests__demo__app=HANDLER)
        assert found(lint(["tests/demo"], Settings())) == []
        Path("tests/demo/template.yaml").write_text("")
        assert found(lint(["tests/demo"], Settings())) == [("tests/demo/app.py", 2, "LL202")]

    def test_fault_in_a_module_that_was_not_given_is_told_where_its_way_leads_through_what_was(self) -> None:
        write(app="import helper\n\n\ndef lambda_handler(event, context):\n    return helper.f()\n")
        write(helper="def f():\n    return {1: {2}}\n")
        (finding,) = lint(["app.py"], Settings()).findings
        assert (finding.code, finding.span.path, finding.span.start.row) == ("LL202", "app.py", 5)
        assert [(one.label, one.span.path) for one in finding.related][-1] == ("fails here", "helper.py")
        assert found(lint(["."], Settings())) == [("helper.py", 2, "LL202")]

    def test_fault_in_a_module_that_was_not_given_is_left_out(self) -> None:
        write(app="import helper\n\n\ndef lambda_handler(event, context):\n    return helper.f()\n")
        write(helper="import os\n\n\ndef f():\n    return 1\n")
        assert found(lint(["app.py"], Settings())) == []

    def test_rules_that_are_off_say_nothing(self) -> None:
        write(app="import os\n" + HANDLER)
        assert found(lint(["."], Settings(select=("LL202",)))) == [("app.py", 3, "LL202")]
        assert found(lint(["."], Settings(select=("F",)))) == [("app.py", 1, "F401")]

    def test_file_ignores(self) -> None:
        write(gen__app=HANDLER, app=HANDLER)
        settings = Settings(per_file_ignores=(("gen/*", ("LL2",)),))
        assert found(lint(["."], settings)) == [("app.py", 2, "LL202")]

    def test_named_handler_is_run(self) -> None:
        write(app="def main(a, b):\n    return {1}\n")
        assert found(lint(["."], Settings())) == []
        report = lint(["."], Settings(handlers=("app.main",)))
        assert found(report) == [("app.py", 2, "LL202")]
        assert [(f.handler, f.path, f.named) for f in report.found] == [("app.main", "app.py", True)]

    def test_files_of_a_run(self) -> None:
        write(a="", b__c="", build__d="")
        assert files_of(["."], Settings()).found == ["a.py", "b/c.py"]


class TestStandardInput:
    def test_stands_for_a_file_that_is_there(self) -> None:
        write(app="")
        report = lint([], Settings(), stdin=HANDLER.encode(), stdin_filename="app.py")
        assert found(report) == [("app.py", 2, "LL202")]

    def test_finds_its_modules_beside_the_name_it_is_given(self) -> None:
        write(src__helper="def f():\n    return {1}\n")
        text = "from helper import f\n\n\ndef lambda_handler(event, context):\n    return f()\n"
        report = lint(["src"], Settings(), stdin=text.encode(), stdin_filename="src/new.py")
        assert found(report) == [("src/new.py", 5, "LL202")]

    def test_needs_no_name(self) -> None:
        assert found(lint([], Settings(), stdin=b"import os\n")) == [("<stdin>", 1, "F401")]

    def test_excluded_name_is_skipped_where_exclusion_is_forced(self) -> None:
        write(build__x="")
        settings = Settings(force_exclude=True)
        report = lint([], settings, stdin=b"import os\n", stdin_filename="build/x.py")
        assert (found(report), report.files) == ([], 0)
        assert lint([], settings, stdin=b"import os\n", stdin_filename="new/x.py").files == 1


class TestMerging:
    BROKEN = "import datetime\nimport json\n\n\ndef show():\n    return json.dumps({'at': datetime.datetime.now()})\n"

    def handlers(self, *names: str) -> None:
        text = "from helper import show\n\n\ndef lambda_handler(event, context):\n    return {'a': show()}\n"
        write(helper=self.BROKEN, **dict.fromkeys(names, text))

    def test_fault_that_many_handlers_reach_is_one_finding(self) -> None:
        self.handlers("a", "b", "c")
        report = lint(["."], Settings(select=("LL203",)))
        (finding,) = report.findings
        assert (finding.span.path, finding.function) == ("helper.py", "a.lambda_handler")
        assert [(r.text, r.span.path) for r in finding.related if r.label == "reached by"] == [
            ("`b.lambda_handler` too", "b.py"),
            ("`c.lambda_handler` too", "c.py"),
        ]
        assert (report.functions, report.affected) == (3, 3)

    def test_no_more_than_a_few_are_named(self) -> None:
        self.handlers(*(f"h{number}" for number in range(8)))
        (finding,) = lint(["."], Settings(select=("LL203",))).findings
        ways = [related.text for related in finding.related if related.label == "reached by"]
        assert ways[-1] == "`h3.lambda_handler` too, and 4 more"

    def test_the_file_s_own_faults_at_one_place_stay_apart(self) -> None:
        write(app="import os, sys\n")
        assert [f.message for f in lint(["."], Settings()).findings] == [
            "'os' imported but unused",
            "'sys' imported but unused",
        ]

    def test_findings_are_sorted(self) -> None:
        write(b="import sys\nimport os\n", a="import os\n")
        assert found(lint(["b.py", "a.py"], Settings())) == [
            ("a.py", 1, "F401"),
            ("b.py", 1, "F401"),
            ("b.py", 2, "F401"),
        ]

    def test_lines_are_those_of_the_files_that_are_named(self) -> None:
        write(a="import os\n", b="x = 1\n")
        assert dict(lint(["."], Settings()).lines) == {"a.py": ["import os", ""]}


class TestOwnFaults:
    """A crash in a rule or in the interpreter is told, and all else goes on."""

    @pytest.fixture
    def crash(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def judge(facts: object) -> Iterator[Report]:
            raise RecursionError("maximum recursion depth exceeded")
            yield

        for code in ("LL101", "F841"):
            monkeypatch.setitem(RULES, code, replace(RULES[code], judge=judge))

    def test_rule_that_crashes(self, crash: None) -> None:
        write(app="import os\n" + HANDLER)
        report = lint(["."], Settings())
        assert found(report) == [("app.py", 1, "F401"), ("app.py", 3, "LL202")]
        assert [(e.where, e.path, e.message) for e in report.errors] == [
            ("rule F841 unused-variable", "app.py", "RecursionError: maximum recursion depth exceeded"),
            ("rule LL101 handler-arity", "app.py", "RecursionError: maximum recursion depth exceeded"),
        ]
        assert "raise RecursionError" in report.errors[0].traceback

    def test_suppressions_of_a_file_that_was_not_judged_whole_are_not_called_unused(self, crash: None) -> None:
        write(app="x = 1  # lambdalint: ignore[F841]\n")
        assert found(lint(["."], Settings())) == []

    def test_interpreter_that_crashes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def run(function: object, find: object) -> object:
            raise KeyError("x")

        monkeypatch.setattr("lambdalint.interpreter.run", run)
        write(a="import os\n" + HANDLER, b=HANDLER)
        report = lint(["."], Settings())
        assert found(report) == [("a.py", 1, "F401")]
        assert [(e.where, e.path) for e in report.errors] == [
            ("running a.lambda_handler on paper", "a.py"),
            ("running b.lambda_handler on paper", "b.py"),
        ]

    def test_search_for_handlers_that_crashes_costs_one_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from lambdalint.project import inventory

        real = inventory.entry_points

        def search(sources: Iterable[Source], *rest: Any) -> list[Function]:
            sources = list(sources)
            if any(source.path == "b.py" for source in sources):
                raise KeyError("b")
            return real(sources, *rest)

        monkeypatch.setattr(inventory, "entry_points", search)
        write(a=HANDLER, b=HANDLER)
        report = lint(["."], Settings())
        assert found(report) == [("a.py", 2, "LL202")]
        assert [(e.where, e.path, e.message) for e in report.errors] == [
            ("finding the handlers", "b.py", "KeyError: 'b'")
        ]

    def test_pyflakes_that_crashes_is_told_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def crash(*_: object) -> object:
            raise AssertionError

        monkeypatch.setattr("lambdalint.facts._pyflakes", crash)
        write(a="import os\n" + HANDLER)
        report = lint(["."], Settings())
        assert found(report) == [("a.py", 3, "LL202")]
        assert [(e.where, e.path, e.message) for e in report.errors] == [("pyflakes", "a.py", "AssertionError")]


def test_progress_is_told_of_each_file_and_function() -> None:
    told: list[tuple[int, int, str]] = []
    write(a=HANDLER, b="")
    lint(["."], Settings(), progress=lambda done, total, what: told.append((done, total, what)))
    assert told == [(1, 1, "running"), (1, 2, "reading"), (2, 2, "reading")]
