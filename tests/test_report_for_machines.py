"""The formats that CI systems read: GitLab, JUnit, reviewdog and Azure, and those that stand between."""

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import replace

import pytest

from lambdalint.finding import Finding, Position, Severity
from lambdalint.fingerprints import fingerprints
from lambdalint.report import render
from lambdalint.results import LintReport

from .reports import BARE, CRASH, EVERYTHING, FULL, HOSTILE, LINES, ODD, SUPPRESSED, span

TWO = LintReport(findings=(FULL, BARE), files=3, functions=2, affected=1, seconds=0.25, lines=LINES)


class TestGrouped:
    def test_findings_stand_under_their_file(self) -> None:
        second = replace(FULL, span=span("src/app.py", 131, 4, 131, 9), severity=Severity.WARNING)
        assert render(replace(TWO, findings=(FULL, second, BARE), errors=(CRASH,)), "grouped", quiet=True) == (
            "src/app.py\n"
            "  31:24  error    LL203  `json.dumps` cannot serialize the Decimal\n"
            "  131:4  warning  LL203  `json.dumps` cannot serialize the Decimal\n"
            "\n"
            "src/b.py\n"
            "  1:8  warning  F401  `os` imported but unused\n"
            "\n"
            "src/c.py\n"
            "  1:1  error  internal-error  rule LL202 return-not-serializable failed: KeyError: 'x'\n"
        )

    def test_summary_stands_apart_below(self) -> None:
        shown = render(TWO, "grouped").split("\n")
        assert shown[-3:-1] == [
            "",
            "Found 1 error and 1 warning in 1 of 2 functions and elsewhere (3 files, 0.2 s). 1 fixable with --fix; "
            "`lambdalint explain LL203` says more.",
        ]

    def test_long_message_goes_on_under_its_beginning(self) -> None:
        assert render(TWO, "grouped", width=50, quiet=True).split("\n")[:3] == [
            "src/app.py",
            "  31:24  error  LL203  `json.dumps` cannot",
            "                       serialize the Decimal",
        ]

    def test_color_marks_path_place_and_severity(self) -> None:
        assert render(LintReport((BARE,)), "grouped", color=True, quiet=True) == (
            "\x1b[1msrc/b.py\x1b[0m\n"
            "\x1b[36m  1:8  \x1b[0m\x1b[1;33mwarning  \x1b[0mF401  \x1b[1m`os`\x1b[0m imported but unused\n"
        )


class TestJsonLines:
    def test_each_line_is_an_object_of_json(self) -> None:
        lines = render(EVERYTHING, "json-lines").splitlines()
        assert [json.loads(line) for line in lines] == json.loads(render(EVERYTHING, "json"))

    def test_nothing_is_empty(self) -> None:
        assert render(LintReport(), "json-lines") == ""


class TestGitLab:
    def test_issue_has_what_the_widget_shows(self) -> None:
        known = fingerprints((FULL, BARE), LINES)
        assert json.loads(render(TWO, "gitlab")) == [
            {
                "type": "issue",
                "check_name": "LL203",
                "description": "`json.dumps` cannot serialize the Decimal",
                "categories": ["Bug Risk"],
                "severity": "critical",
                "fingerprint": known[0],
                "location": {"path": "src/app.py", "lines": {"begin": 31, "end": 31}},
                "content": {"body": "json.dumps(item, default=str)"},
                "other_locations": [
                    {"path": "src/store.py", "lines": {"begin": 14, "end": 14}},
                    {"path": "src/app.py", "lines": {"begin": 31, "end": 31}},
                ],
            },
            {
                "type": "issue",
                "check_name": "F401",
                "description": "`os` imported but unused",
                "categories": ["Bug Risk"],
                "severity": "major",
                "fingerprint": known[1],
                "location": {"path": "src/b.py", "lines": {"begin": 1, "end": 1}},
            },
        ]

    def test_description_is_one_line(self) -> None:
        (odd,) = json.loads(render(LintReport((ODD,)), "gitlab"))
        assert "\n" not in odd["description"]
        assert (odd["severity"], odd["categories"]) == ("info", ["Security"])

    def test_fingerprint_survives_inserted_lines(self) -> None:
        moved = replace(FULL, span=span("src/app.py", 33, 24, 33, 40))
        lines = {**LINES, "src/app.py": ["# new", "# new", *LINES["src/app.py"]]}
        (before,) = json.loads(render(LintReport((FULL,), lines=LINES), "gitlab"))
        (after,) = json.loads(render(LintReport((moved,), lines=lines), "gitlab"))
        assert before["fingerprint"] == after["fingerprint"]

    def test_nothing_is_an_empty_array(self) -> None:
        assert render(LintReport(), "gitlab") == "[]\n"


class TestJUnit:
    def test_suite_is_a_file_and_a_case_a_finding(self) -> None:
        root = ElementTree.fromstring(render(EVERYTHING, "junit"))
        assert root.attrib == {
            "name": "lambdalint", "time": "0.250", "tests": "5", "failures": "3", "errors": "1", "skipped": "1"
        }  # fmt: skip
        assert [(suite.get("name"), suite.get("tests")) for suite in root] == [
            ("src/app.py", "1"),
            ("src/b.py", "2"),
            ("src/a b;]%0A<注>.py", "1"),
            ("src/c.py", "1"),
        ]
        case = root[0][0]
        assert case.attrib == {
            "name": f"LL203 dumps-not-serializable: {FULL.message}",
            "classname": "src/app.py",
            "file": "src/app.py",
            "line": "31",
        }
        assert case[0].attrib == {"type": "error", "message": FULL.message}
        assert case[0].text == (
            "src/app.py:31:24: LL203 `json.dumps` cannot serialize the Decimal\n"
            "made here: src/store.py:14:12 a resource gives numbers as Decimal\n"
            "returned here: src/app.py:31:5\n"
            "reached by: app.lambda_handler\n"
            "do: json.dumps(item, default=str)"
        )

    def test_suppressed_is_skipped_and_a_crash_is_an_error(self) -> None:
        root = ElementTree.fromstring(render(EVERYTHING, "junit"))
        assert [one.get("message") for one in root.iter("skipped")] == [f"suppressed: {SUPPRESSED.message}"]
        assert [one.get("message") for one in root.iter("error")] == [CRASH.message]

    def test_no_two_cases_share_a_name_and_none_is_renamed_by_lines_or_comments_above(self) -> None:
        def cases(*suppressed: Finding, rows: Sequence[int]) -> list[str | None]:
            found = [replace(BARE, span=span("src/b.py", row, 1, row, 2)) for row in rows]
            other = replace(BARE, message="`re` imported but unused", span=found[0].span)
            report = LintReport((*found, other), suppressed=suppressed, errors=(CRASH, replace(CRASH, message="x")))
            return [case.get("name") for case in ElementTree.fromstring(render(report, "junit")).iter("testcase")]

        first = cases(rows=(1, 2, 3))
        said = "F401 unused-import: `os` imported but unused"
        assert first == [
            said, f"{said} (2)", f"{said} (3)", "F401 unused-import: `re` imported but unused",
            CRASH.where, f"{CRASH.where} (2)",
        ]  # fmt: skip
        assert cases(rows=(11, 22, 33)) == first
        silenced = cases(replace(BARE, span=span("src/b.py", 2, 1, 2, 2)), rows=(1, 3))
        assert sorted(map(str, silenced)) == sorted(map(str, first))
        assert silenced[1] == f"{said} (3)"

    def test_nothing_is_a_case_that_passed(self) -> None:
        root = ElementTree.fromstring(render(LintReport(), "junit"))
        assert [(case.get("name"), len(case)) for case in root.iter("testcase")] == [("no finding", 0)]


class TestReviewdog:
    def test_diagnostic_has_place_code_way_and_suggestion(self) -> None:
        result = json.loads(render(TWO, "rdjson"))
        assert result["source"] == {"name": "lambdalint"}
        assert result["diagnostics"] == [
            {
                "message": FULL.message,
                "location": {"path": "src/app.py", "range": at(31, 24, 31, 40)},
                "severity": "ERROR",
                "code": {"value": "LL203"},
                "suggestions": [{"range": at(31, 39, 31, 39), "text": ", default=str"}],
                "related_locations": [
                    {
                        "message": "made here: a resource gives numbers as Decimal",
                        "location": {"path": "src/store.py", "range": at(14, 12, 14, 30)},
                    },
                    {
                        "message": "returned here",
                        "location": {"path": "src/app.py", "range": at(31, 5, 31, 41)},
                    },
                ],
            },
            {
                "message": BARE.message,
                "location": {"path": "src/b.py", "range": at(1, 8, 1, 10)},
                "severity": "WARNING",
                "code": {"value": "F401"},
            },
        ]

    def test_columns_count_bytes(self) -> None:
        (odd,) = json.loads(render(LintReport((ODD,), lines=LINES), "rdjson"))["diagnostics"]
        assert odd["location"]["range"] == at(2, 7 + 3 * 2, 3, 2)

    def test_fix_of_another_file_is_no_suggestion(self) -> None:
        assert FULL.fix is not None
        elsewhere = replace(FULL.fix.edits[0], span=replace(FULL.span, path="src/store.py"))
        fixed = replace(FULL, fix=replace(FULL.fix, edits=(*FULL.fix.edits, elsewhere)))
        (one,) = json.loads(render(LintReport((fixed,)), "rdjson"))["diagnostics"]
        assert "suggestions" not in one


def at(row: int, column: int, end_row: int, end_column: int) -> dict[str, dict[str, int]]:
    return {"start": {"line": row, "column": column}, "end": {"line": end_row, "column": end_column}}


class TestAzure:
    def test_finding_is_one_command(self) -> None:
        assert render(TWO, "azure", verbose=True) == (
            "##vso[task.logissue type=error;sourcepath=src/app.py;linenumber=31;columnnumber=24;code=LL203;]"
            "`json.dumps` cannot serialize the Decimal\n"
            "##vso[task.logissue type=warning;sourcepath=src/b.py;linenumber=1;columnnumber=8;code=F401;]"
            "`os` imported but unused\n"
        )

    def test_what_would_end_a_property_or_the_line_is_escaped(self) -> None:
        (line,) = render(LintReport((ODD,)), "azure").splitlines()
        assert "sourcepath=src/a b%3B%5D%AZP250A<注>.py;" in line
        assert line.partition(";]")[2].startswith("50%AZP25%0D%0A]; a:b,c")


@pytest.mark.parametrize("format", ["json-lines", "gitlab", "junit", "rdjson"])
def test_documents_are_ascii(format: str) -> None:
    assert HOSTILE in ODD.message
    assert render(EVERYTHING, format).isascii()


@pytest.mark.parametrize("format", ["gitlab", "junit", "rdjson"])
def test_span_that_ends_before_it_begins_is_made_whole(format: str) -> None:
    turned = replace(BARE, span=replace(BARE.span, start=Position(9, 9), end=Position(1, 1)))
    assert '"end": 1' not in render(LintReport((turned,)), format)
