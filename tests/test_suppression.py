"""Comments silence what they name, where they stand, and nothing else; those that silence nothing are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.results import LintReport

UNUSED = "import os"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(text: str, name: str = "app.py", **settings: object) -> LintReport:
    return lint([], Settings(**settings), stdin=text.encode(), stdin_filename=name)  # type: ignore[arg-type]


def found(text: str, **settings: object) -> list[tuple[int, str]]:
    """Row and code of what is left."""
    return [(finding.span.start.row, finding.code) for finding in run(text, **settings).findings]


class TestSilencing:
    @pytest.mark.parametrize(
        "comment",
        [
            "# noqa: F401",
            "#noqa:f401",
            "# NOQA : later  # noqa: E501, F401",
            "# noqa: E501 F401",
            "# noqa: F4",
            "# noqa",
            "# type: ignore  # noqa",
            "# lambdalint: ignore[F401]",
            "# lambdalint: ignore[unused-import]",
            "#lambdalint:ignore[ f401 ]",
            "# why not  # lambdalint: ignore[F401] it is needed",
            "# lambdalint: file-ignore[F401]",
            "# flake8: noqa: F401",
            "# ruff: noqa",
        ],
    )
    def test_comment_that_silences(self, comment: str) -> None:
        report = run(f"{UNUSED}  {comment}\n")
        assert report.findings == ()
        assert [finding.code for finding in report.suppressed] == ["F401"]

    @pytest.mark.parametrize(
        "comment", ["# noqa: F841", "# noqa: E501", "# lambdalint: see its page", "# no qa", "# lambdalint is no F401"]
    )
    def test_comment_that_does_not(self, comment: str) -> None:
        assert found(f"{UNUSED}  {comment}\n") == [(1, "F401")]

    def test_text_in_a_string_is_no_comment(self) -> None:
        assert found(f'{UNUSED}; x = "# noqa: F401"\ny = """\n# lambdalint: file-ignore[F401]\n"""\n') == [(1, "F401")]

    def test_bare_noqa_is_flake8_s_and_silences_no_ll_finding(self) -> None:
        text = "async def handler(event, context):\n    return 1\n"
        assert found(text) == [(1, "LL102")]
        assert found(text.replace(":\n", ":  # noqa\n", 1)) == [(1, "LL102")]
        assert found(text.replace(":\n", ":  # noqa: LL102\n", 1)) == []

    def test_other_code_on_the_line_stays(self) -> None:
        assert found("import os, sys  # noqa: LL202\n") == [(1, "F401"), (1, "F401")]


class TestReach:
    """A comment holds for the innermost simple statement, or the header of a compound one."""

    def test_any_line_of_a_statement(self) -> None:
        for row in range(1, 5):
            lines = ["from os import (", "    path,", "    sep,", ")"]
            lines[row - 1] += "  # noqa: F401"
            assert found("\n".join(lines) + "\n") == []

    def test_not_the_statement_before_or_after(self) -> None:
        assert found("import os\nimport re  # noqa: F401\nimport sys\n") == [(1, "F401"), (3, "F401")]

    def test_comment_on_a_line_of_its_own_holds_for_none(self) -> None:
        assert found("# lambdalint: ignore[F401]\nimport os\n") == [(1, "LL901"), (2, "F401")]

    @pytest.mark.parametrize("row", range(4, 11))
    def test_header_with_its_decorators(self, row: int) -> None:
        lines = ["def same(x):", "    return lambda f: f", "", "@same(", "    1,", ")", "async def handler("]
        lines += ["    event,", "    context,", "):", "    return 1", ""]
        assert found("\n".join(lines)) == [(7, "LL102")]
        lines[row - 1] += "  # noqa: LL102"
        assert found("\n".join(lines)) == []

    def test_body_does_not_silence_the_header(self) -> None:
        text = "async def handler(event, context):\n    return 1  # noqa: LL102\n"
        assert found(text) == [(1, "LL102"), (2, "LL901")]

    def test_except_clause_has_a_header_of_its_own(self) -> None:
        lines = ["try:", "    print()", "except ValueError as e:", "    print()", ""]
        assert found("\n".join(lines)) == [(3, "F841")]
        lines[2] += "  # noqa: F841"
        assert found("\n".join(lines)) == []

    def test_case_has_a_header_of_its_own(self) -> None:
        lines = ["match 1:", "    case [1,", "          2] if missing:", "        pass", ""]
        assert found("\n".join(lines)) == [(3, "F821")]
        lines[1] += "  # noqa: F821"
        assert found("\n".join(lines)) == []

    def test_several_statements_on_one_line(self) -> None:
        assert found("import os; import re  # noqa: F401\n") == []

    def test_one_line_compound_statement(self) -> None:
        assert found("if 1: import os  # noqa: F401\n") == []

    def test_whole_file_from_anywhere(self) -> None:
        assert found("import os\nimport re\n\n\ndef f():\n    pass  # lambdalint: file-ignore[F401]\n") == []

    def test_other_line_ends(self) -> None:
        assert found("import os  # noqa: F401\rimport re\r\nimport sys  # noqa: F401\n") == [(2, "F401")]


class TestUnused:
    def test_code_that_reports_nothing_is_told_where_it_stands(self) -> None:
        (finding,) = run("x = 1  # lambdalint: ignore[F401, LL202]  why\n", select=("F401", "LL9")).findings
        assert (finding.code, finding.span.start.column, finding.span.end.column) == ("LL901", 29, 33)
        assert finding.message == "`F401` reports nothing here, so the suppression silences nothing; remove it"

    def test_rule_that_is_off_is_not_judged(self) -> None:
        assert found("x = 1  # lambdalint: ignore[F401]\n", ignore=("F401",)) == []
        assert found("x = 1  # lambdalint: ignore[F401]\n", per_file_ignores=(("app.py", ("F4",)),)) == []

    def test_front_is_judged_only_where_all_its_rules_are_on(self) -> None:
        assert found("x = 1  # lambdalint: ignore[F40]\n") == [(1, "LL901")]
        assert found("x = 1  # lambdalint: ignore[F40]\n", ignore=("F405",)) == []

    def test_codes_of_flake8_and_others_in_noqa_are_not_judged(self) -> None:
        assert found("x = 1  # noqa: F401, E501, S105, F999\n") == []

    def test_ll_code_in_noqa_is_judged(self) -> None:
        assert found("x = 1  # noqa: LL501, E501\n") == [(1, "LL901")]

    def test_rule_of_invocations_is_judged_only_where_a_handler_led(self, folder: Path) -> None:
        (folder / "helper.py").write_text("def f():\n    return 1  # noqa: LL202\n")
        (folder / "app.py").write_text(
            "import helper\n\n\ndef lambda_handler(event, context):\n    return helper.f()\n"
        )
        assert lint(["helper.py"], Settings()).findings == ()
        assert [finding.code for finding in lint(["."], Settings()).findings] == ["LL901"]

    def test_tests_are_not_asked_for_more_than_f(self) -> None:
        report = run("x = 1  # noqa: LL501\nimport os\n", name="tests/test_x.py")
        assert [finding.code for finding in report.findings] == ["F401"]

    def test_file_that_does_not_compile_is_not_judged(self) -> None:
        assert found("x = (  # lambdalint: ignore[F401]\n") == [(1, "LL001")]

    def test_syntax_error_can_be_silenced(self) -> None:
        assert found("# lambdalint: file-ignore[LL001]\nprint 1\n") == []

    def test_unused_suppression_can_be_silenced_itself(self) -> None:
        assert found("x = 1  # lambdalint: ignore[F401, LL901]\n") == []
        assert found("# lambdalint: file-ignore[unused-suppression]\nx = 1  # noqa: LL501\n") == []


class TestRefused:
    @pytest.mark.parametrize(
        "comment",
        [
            "# lambdalint: ignore",
            "# lambdalint: ignore[]",
            "# lambdalint: file-ignore",
            "# lambdalint: disable=F401",
            "# lambdalint: ingore[F401]",
        ],
    )
    def test_blanket_and_malformed_ones_silence_nothing_and_are_told(self, comment: str) -> None:
        assert found(f"{UNUSED}  {comment}\n") == [(1, "F401"), (1, "LL901")]

    @pytest.mark.parametrize("name", ["ALL", "LL", "F"])
    def test_fronts_without_a_digit_are_blanket_too(self, name: str) -> None:
        assert found(f"{UNUSED}  # lambdalint: ignore[{name}]\n") == [(1, "F401"), (1, "LL902")]


class TestUnknown:
    def test_code_or_name_that_does_not_exist(self) -> None:
        report = run("x = 1  # lambdalint: ignore[LL299, unused-imprt]  # noqa: LL777\n")
        assert [(f.code, f.span.start.column) for f in report.findings] == [("LL902", 29), ("LL902", 36), ("LL902", 59)]
        assert report.findings[1].message.endswith("did you mean `unused-import`?")

    def test_code_of_another_tool_in_the_own_syntax_is_unknown(self) -> None:
        assert found("x = 1  # lambdalint: ignore[E501]\n") == [(1, "LL902")]
