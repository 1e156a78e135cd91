"""The formats for programs, the summary and the account of a run."""

import json

import pytest

from lambdalint.finding import Finding, Severity
from lambdalint.pages import HOME
from lambdalint.report import FORMATS, render
from lambdalint.report.summary import count, summary
from lambdalint.results import Found, GaveUp, LintReport, Skipped

from .reports import BARE, CRASH, FULL, span


def test_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="unknown output format 'xml'; there are text, concise, grouped, json,"):
        render(LintReport(), "xml")


@pytest.mark.parametrize("format", FORMATS)
def test_output_is_empty_or_ends_with_one_line_end(format: str) -> None:
    for report in (LintReport(), LintReport(findings=(FULL, BARE)), LintReport(errors=(CRASH,))):
        for quiet in (False, True):
            output = render(report, format, quiet=quiet)
            assert output == "" or (output.endswith("\n") and not output.endswith("\n\n"))


def test_concise_is_one_line_a_finding_and_a_summary() -> None:
    report = LintReport(findings=(FULL, BARE), errors=(CRASH,), files=3, functions=2, affected=1, seconds=0.25)
    assert render(report, "concise") == (
        "src/app.py:31:24: LL203 `json.dumps` cannot serialize the Decimal\n"
        "src/b.py:1:8: F401 `os` imported but unused\n"
        "src/c.py:1:1: internal-error rule LL202 return-not-serializable failed: KeyError: 'x'\n"
        "Found 1 error and 1 warning in 1 of 2 functions and elsewhere (3 files, 0.2 s). 1 fixable with --fix; "
        "`lambdalint explain LL203` says more. 1 internal error: the result is incomplete.\n"
    )


def test_concise_is_not_wrapped_on_a_narrow_terminal() -> None:
    output = render(LintReport(findings=(FULL,)), "concise", width=20, quiet=True)
    assert output == "src/app.py:31:24: LL203 `json.dumps` cannot serialize the Decimal\n"


def test_concise_has_color_on_demand() -> None:
    assert render(LintReport(findings=(BARE,)), "concise", color=True, quiet=True) == (
        "\x1b[1msrc/b.py\x1b[0m:1:8: \x1b[1;33mF401\x1b[0m \x1b[1m`os`\x1b[0m imported but unused\n"
    )


def test_json_has_the_field_names_of_ruff() -> None:
    assert json.loads(render(LintReport(findings=(FULL, BARE)), "json")) == [
        {
            "code": "LL203",
            "name": "dumps-not-serializable",
            "message": "`json.dumps` cannot serialize the Decimal",
            "severity": "error",
            "filename": "src/app.py",
            "location": {"row": 31, "column": 24},
            "end_location": {"row": 31, "column": 40},
            "url": f"{HOME}/blob/main/rules/LL203-dumps-not-serializable.md",
            "fix": {
                "applicability": "safe",
                "message": "add `default=str`",
                "edits": [
                    {
                        "content": ", default=str",
                        "location": {"row": 31, "column": 39},
                        "end_location": {"row": 31, "column": 39},
                    }
                ],
            },
            "related": [
                {
                    "message": "made here: a resource gives numbers as Decimal",
                    "filename": "src/store.py",
                    "location": {"row": 14, "column": 12},
                    "end_location": {"row": 14, "column": 30},
                },
                {
                    "message": "returned here",
                    "filename": "src/app.py",
                    "location": {"row": 31, "column": 5},
                    "end_location": {"row": 31, "column": 41},
                },
            ],
            "function": "app.lambda_handler",
            "event_source": "API Gateway REST",
        },
        {
            "code": "F401",
            "name": "unused-import",
            "message": "`os` imported but unused",
            "severity": "warning",
            "filename": "src/b.py",
            "location": {"row": 1, "column": 8},
            "end_location": {"row": 1, "column": 10},
            "url": f"{HOME}/blob/main/rules/F-pyflakes.md",
            "fix": None,
            "related": [],
            "function": None,
            "event_source": None,
        },
    ]


def test_json_of_nothing_is_an_empty_array() -> None:
    assert render(LintReport(), "json") == "[]\n"


def test_json_holds_lambdalints_own_failures() -> None:
    (found,) = json.loads(render(LintReport(errors=(CRASH,)), "json"))
    assert (found["code"], found["severity"], found["filename"]) == ("internal-error", "error", "src/c.py")
    assert found["url"] is None
    assert found["message"] == "rule LL202 return-not-serializable failed: KeyError: 'x'"


def test_github_has_one_command_a_finding() -> None:
    assert render(LintReport(findings=(FULL, BARE)), "github", verbose=True) == (
        "::error title=lambdalint (LL203),file=src/app.py,line=31,col=24,endLine=31,endColumn=40"
        "::`json.dumps` cannot serialize the Decimal\n"
        "::warning title=lambdalint (F401),file=src/b.py,line=1,col=8,endLine=1,endColumn=10"
        "::`os` imported but unused\n"
    )


def test_github_escapes_what_would_end_a_property_or_the_line() -> None:
    odd = Finding("LL1", "odd", Severity.INFO, "50%\r\nof a:b,c::error::x", span("a,b:c%0A.py", 1, 1, 1, 2))
    assert render(LintReport(findings=(odd,)), "github") == (
        "::notice title=lambdalint (LL1),file=a%2Cb%3Ac%250A.py,line=1,col=1,endLine=1,endColumn=2"
        "::50%25%0D%0Aof a:b,c::error::x\n"
    )


def test_github_leaves_columns_out_where_the_lines_differ() -> None:
    long = Finding("LL1", "long", Severity.ERROR, "x", span("a.py", 1, 5, 3, 2))
    assert (
        render(LintReport(findings=(long,)), "github")
        == "::error title=lambdalint (LL1),file=a.py,line=1,endLine=3::x\n"
    )


def findings(errors: int = 0, warnings: int = 0, notes: int = 0, function: str | None = "app.h") -> tuple[Finding, ...]:
    wanted = [Severity.ERROR] * errors + [Severity.WARNING] * warnings + [Severity.INFO] * notes
    return tuple(
        Finding("F841", "x", severity, "x", span(f"{index}.py", 1, 1, 1, 2), function=function)
        for index, severity in enumerate(wanted)
    )


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (
            LintReport(findings(1), files=1, functions=1, affected=1, seconds=0.04),
            "Found 1 error in 1 of 1 function (1 file, 0.04 s).",
        ),
        (
            LintReport(findings(2, 1), files=1439, functions=350, affected=2, seconds=9.96),
            "Found 2 errors and 1 warning in 2 of 350 functions (1,439 files, 10.0 s).",
        ),
        (
            LintReport(findings(1, 2, 1), files=2, functions=2, affected=2, seconds=123.4),
            "Found 1 error, 2 warnings and 1 note in 2 of 2 functions (2 files, 123 s).",
        ),
        (
            LintReport(findings(0, 2, function=None), files=38, functions=12, seconds=0.4),
            "Found 2 warnings in 2 of 38 files (12 functions, 0.4 s).",
        ),
        (
            LintReport(findings(0, 1, function=None), files=1, functions=0, seconds=0.4),
            "Found 1 warning in 1 of 1 file (no Lambda handler, 0.4 s).",
        ),
        (
            LintReport(files=38, functions=12, seconds=0.4),
            "All clear: 12 functions ran on paper without a fault (38 files, 0.4 s).",
        ),
        (
            LintReport(files=1, functions=1, seconds=0.4, suppressed=findings(1)),
            "All clear: 1 function ran on paper without a fault (1 file, 0.4 s). 1 suppressed.",
        ),
        (
            LintReport(files=2, seconds=0.4),
            "Nothing to report in 2 files (0.4 s); no Lambda handler is among them.",
        ),
        (
            LintReport(files=2, sought=False, seconds=0.4),
            "Nothing to report in 2 files (0.4 s); no rule that is on runs a handler.",
        ),
        (
            LintReport(findings(0, 1, function=None), files=1, sought=False, seconds=0.4),
            "Found 1 warning in 1 of 1 file (0.4 s).",
        ),
        (LintReport(), "No Python file was found here; name a file or a folder that holds some."),
        (
            LintReport(files=2, functions=1, errors=(CRASH, CRASH), seconds=0.4),
            "Nothing was found in 2 files (0.4 s). 2 internal errors: the result is incomplete.",
        ),
    ],
)
def test_summary_counts_with_the_right_grammar(report: LintReport, line: str) -> None:
    assert summary(report, color=False, width=None) == line + "\n"


def test_summary_explains_the_worst_of_lambdalints_own_codes() -> None:
    warning = Finding("LL901", "unused-suppression", Severity.WARNING, "x", span("a.py", 1, 1, 1, 2))
    assert summary(LintReport((warning, BARE, FULL)), color=False, width=None).endswith(
        "`lambdalint explain LL203` says more.\n"
    )
    assert "explain" not in summary(LintReport((BARE,)), color=False, width=None)


def test_summary_keeps_a_number_with_what_it_counts() -> None:
    report = LintReport(findings(11), files=38, functions=12, affected=1, seconds=0.4)
    for width in range(20, 80):
        lines = summary(report, color=False, width=width).split("\n")
        assert not [line for line in lines if line.endswith(tuple("0123456789"))]


def test_count_groups_thousands() -> None:
    assert [count(number, "file") for number in (0, 1, 2, 1439)] == ["0 files", "1 file", "2 files", "1,439 files"]


def test_verbose_tells_what_was_found_skipped_and_not_followed() -> None:
    report = LintReport(
        files=3,
        functions=2,
        seconds=0.4,
        found=(Found("app.lambda_handler", "src/app.py", named=True), Found("worker.main", "src/worker.py")),
        skipped=(
            Skipped("src/vendored/six", "an installed package"),
            Skipped("build", "excluded"),
            Skipped("src/vendored/\x1b[2J", "an installed package"),
        ),
        gave_up=(GaveUp("worker.main", "src/worker.py", (("recursion", 528), ("dynamic code", 1))),),
    )
    told = """\
2 functions found
  app.lambda_handler  src/app.py  (named for Lambda)
  worker.main         src/worker.py

3 paths skipped or not followed
  an installed package:
    src/vendored/six
    src/vendored/\\x1b[2J
  excluded:
    build

1 function not followed to the end: what is unknown is not reported
  worker.main  src/worker.py: recursion (528), dynamic code (1)

All clear: 2 functions ran on paper without a fault (3 files, 0.4 s).
"""
    assert render(report, "text", verbose=True) == told
    assert render(report, "concise", verbose=True) == told
    assert render(report, "text", verbose=True, quiet=True) == ""


def test_verbose_of_nothing_says_that_no_function_was_found() -> None:
    assert render(LintReport(), "text", verbose=True) == (
        "0 functions found\n\nNo Python file was found here; name a file or a folder that holds some.\n"
    )
