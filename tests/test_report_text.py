"""The text report, to the letter."""

from typing import Any

from lambdalint.finding import Edit, Finding, Fix, Position, Related, Severity, Span
from lambdalint.report import render
from lambdalint.report.frame import frame
from lambdalint.report.terminal import Paint
from lambdalint.results import LintReport
from lambdalint.work import InternalError

ORDERS = """\
import json

from orders import store


def respond(status, body):
    return {"statusCode": status, "body": body}


def lambda_handler(event, context):
    item = store.get(event["pathParameters"]["id"])
    return respond(200, json.dumps(item))
"""

STORE = """\
def get(key):
    answer = table.get_item(Key={"id": key})
    return answer.get("Item")
"""


def span(path: str, row: int, column: int, end_row: int, end_column: int) -> Span:
    return Span(path, Position(row, column), Position(end_row, end_column))


def finding(where: Span, message: str = "it fails", **more: Any) -> Finding:
    usual: dict[str, Any] = {"code": "LL202", "name": "return-not-serializable", "severity": Severity.ERROR}
    return Finding(**usual | more, message=message, span=where)


def text_of(code: str, *places: tuple[int, int, int, int], width: int | None = None) -> str:
    """The frames of some spans, one after the other."""
    lines = code.split("\n")
    frames = [frame(lines, span("app.py", *place), "error", Paint(False), width) for place in places]
    return "".join("\n".join(shown) + "\n" for shown in frames)


def test_finding_shows_the_code_the_way_and_what_to_do() -> None:
    decimal = finding(
        span("src/app.py", 12, 25, 12, 41),
        '`json.dumps` cannot serialize the Decimal in `item["price"]`; it raises TypeError',
        code="LL203",
        name="dumps-not-serializable",
        related=(
            Related(
                span("src/orders/store.py", 3, 12, 3, 30),
                "made here",
                '`get_item(...)["Item"]`: a DynamoDB resource gives numbers as Decimal',
            ),
        ),
        advice="json.dumps(item, default=str)",
        function="app.lambda_handler",
        event_source="API Gateway REST",
        fix=Fix("add `default=str`", (Edit(span("src/app.py", 12, 40, 12, 40), ", default=str"),), safe=True),
    )
    report = LintReport(
        findings=(decimal,),
        files=38,
        functions=12,
        affected=1,
        seconds=0.4,
        lines={"src/app.py": ORDERS.split("\n"), "src/orders/store.py": STORE.split("\n")},
    )
    assert (
        render(report, "text")
        == """\
error[LL203] dumps-not-serializable: `json.dumps` cannot serialize the Decimal in `item["price"]`; it raises TypeError
  --> src/app.py:12:25
   |
12 |     return respond(200, json.dumps(item))
   |                         ^^^^^^^^^^^^^^^^
   |
   = made here   src/orders/store.py:3:12  `get_item(...)["Item"]`: a DynamoDB resource gives numbers as Decimal
   = reached by  app.lambda_handler  (API Gateway REST)
   = do          json.dumps(item, default=str)   [fixable]

Found 1 error in 1 of 12 functions (38 files, 0.4 s). 1 fixable with --fix; `lambdalint explain LL203` says more.
"""
    )


def test_finding_without_a_way_ends_with_its_carets() -> None:
    unused = finding(span("app.py", 1, 8, 1, 12), "`json` imported but unused", code="F401", name="unused-import")
    report = LintReport(findings=(unused,), lines={"app.py": ORDERS.split("\n")})
    assert (
        render(report, "text", quiet=True)
        == """\
error[F401] unused-import: `json` imported but unused
 --> app.py:1:8
  |
1 | import json
  |        ^^^^
"""
    )


def test_findings_are_parted_by_an_empty_line() -> None:
    report = LintReport(findings=(finding(span("a.py", 1, 1, 1, 1)), finding(span("b.py", 1, 1, 1, 1))))
    assert (
        render(report, "text", quiet=True)
        == """\
error[LL202] return-not-serializable: it fails
 --> a.py:1:1

error[LL202] return-not-serializable: it fails
 --> b.py:1:1
"""
    )


def test_step_that_says_nothing_shows_its_code() -> None:
    way = (
        Related(span("app.py", 11, 12, 11, 52), "made here"),
        Related(span("app.py", 6, 1, 7, 48), "passed through"),
        Related(span("gone.py", 3, 1, 3, 2), "returned here"),
    )
    report = LintReport(
        findings=(finding(span("app.py", 12, 5, 12, 11), related=way),), lines={"app.py": ORDERS.split("\n")}
    )
    assert (
        render(report, "text", quiet=True)
        == """\
error[LL202] return-not-serializable: it fails
  --> app.py:12:5
   |
12 |     return respond(200, json.dumps(item))
   |     ^^^^^^
   |
   = made here       app.py:11:12  store.get(event["pathParameters"]["id"])
   = passed through  app.py:6:1    def respond(status, body):...
   = returned here   gone.py:3:1
"""
    )


def test_fix_without_advice_is_the_thing_to_do_and_an_unsafe_one_says_so() -> None:
    fix = Fix("sort the set", (), safe=False)
    report = LintReport(findings=(finding(span("app.py", 1, 1, 1, 7), fix=fix),), lines={"app.py": ORDERS.split("\n")})
    assert render(report, "text", quiet=True).split("\n")[-2] == "  = do  sort the set   [fixable with --unsafe-fixes]"


def test_span_over_lines_is_bracketed_from_where_it_begins() -> None:
    code = 'x = 1\n    return {\n        "a": 1,\n    }\n'
    assert (
        text_of(code, (2, 12, 4, 6))
        == """\
  |
2 |       return {
  |  ____________^
3 | |         "a": 1,
4 | |     }
  | |_____^
"""
    )


def test_span_over_whole_lines_is_bracketed_at_the_side() -> None:
    code = 'x = 1\n    return {\n        "a": 1,\n    }\n'
    assert (
        text_of(code, (2, 5, 4, 6))
        == """\
  |
2 | /     return {
3 | |         "a": 1,
4 | |     }
  | |_____^
"""
    )


def test_long_span_shows_its_ends() -> None:
    code = "\n".join(f"line({number})" for number in range(1, 13))
    assert (
        text_of(code, (2, 1, 11, 9))
        == """\
   |
 2 | / line(2)
 3 | | line(3)
 4 | | line(4)
...  |
10 | | line(10)
11 | | line(11)
   | |________^
"""
    )


def test_span_that_ends_before_a_line_ends_on_the_one_before() -> None:
    assert (
        text_of("return 1\nx = 2\n", (1, 1, 2, 1))
        == """\
  |
1 | return 1
  | ^^^^^^^^
"""
    )


def test_empty_span_and_the_end_of_a_line_have_one_caret() -> None:
    assert (
        text_of("f(\n", (1, 1, 1, 1), (1, 3, 1, 3), (1, 99, 1, 99))
        == """\
  |
1 | f(
  | ^
  |
1 | f(
  |   ^
  |
1 | f(
  |   ^
"""
    )


def test_tabs_are_opened_to_stops_of_four() -> None:
    assert (
        text_of("\tif x:\treturn 1", (1, 8, 1, 16))
        == """\
  |
1 |     if x:   return 1
  |             ^^^^^^^^
"""
    )


def test_wide_characters_fill_two_cells_and_combining_ones_none() -> None:
    assert (
        text_of('f("注文 e\u0301", x)', (1, 3, 1, 10), (1, 12, 1, 13))
        == """\
  |
1 | f("注文 e\u0301", x)
  |   ^^^^^^^^
  |
1 | f("注文 e\u0301", x)
  |             ^
"""
    )


def test_emoji_come_apart_so_that_every_terminal_agrees_on_their_cells() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001f3fd"
    assert (
        text_of(f'f("{family} \u2764\ufe0f", x)', (1, 16, 1, 17))
        == """\
  |
1 | f("\U0001f468\U0001f469\U0001f467 \u2764", x)
  |               ^
"""
    )


def test_form_feeds_and_bidi_overrides_are_seen_and_counted() -> None:
    assert (
        text_of("\x0cdef \u202eh(): pass", (1, 7, 1, 8))
        == """\
  |
1 | \\x0cdef \\u202eh(): pass
  |               ^
"""
    )


def test_long_line_is_cut_round_the_span() -> None:
    code = f"{'a' * 100}(wrong){'b' * 100}"
    assert (
        text_of(code, (1, 102, 1, 107), width=40)
        == """\
  |
1 | ...aaaaaaaaaaa(wrong)bbbbbbbbbbbb...
  |                ^^^^^
"""
    )


def test_long_line_keeps_its_beginning_where_the_span_is_near_it() -> None:
    assert (
        text_of(f"return {'b' * 100}", (1, 1, 1, 7), width=40)
        == """\
  |
1 | return bbbbbbbbbbbbbbbbbbbbbbbbbb...
  | ^^^^^^
"""
    )


def test_span_wider_than_the_terminal_is_marked_to_the_edge() -> None:
    shown = text_of(f"x = {'b' * 100}", (1, 5, 1, 105), width=40).split("\n")
    assert shown[1] == "1 | ...bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb..."
    assert shown[2] == "  |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"


def test_wide_character_at_the_cut_leaves_a_blank() -> None:
    shown = text_of("字" * 30 + "x" + "字" * 60, (1, 31, 1, 32), width=40).split("\n")
    assert shown[1] == "1 | ..." + "字" * 7 + "x" + "字" * 7 + " ..."
    assert shown[2] == "  | " + " " * 17 + "^"


def test_file_of_one_enormous_line_is_cut_without_a_terminal_too() -> None:
    rendered = text_of("x" * 5_000_000 + "!", (1, 5_000_001, 1, 5_000_002))
    assert max(map(len, rendered.split("\n"))) <= 240
    assert "...xxx" in rendered
    assert rendered.split("\n")[1].index("!") == rendered.split("\n")[2].index("^")


def test_message_and_steps_are_wrapped_to_the_terminal_under_their_beginning() -> None:
    report = LintReport(
        findings=(
            finding(
                span("app.py", 1, 1, 1, 7),
                "the runtime cannot marshal the datetime under `when`; the invocation fails with Runtime.MarshalError",
                related=(
                    Related(span("app.py", 1, 1, 1, 7), "made here", "`now()` gives a datetime, which is no JSON"),
                ),
                function="app.lambda_handler",
            ),
        ),
        lines={"app.py": ORDERS.split("\n")},
    )
    assert (
        render(report, "text", width=60, quiet=True)
        == """\
error[LL202] return-not-serializable: the runtime cannot
     marshal the datetime under `when`; the invocation fails
     with Runtime.MarshalError
 --> app.py:1:1
  |
1 | import json
  | ^^^^^^
  |
  = made here   app.py:1:1  `now()` gives a datetime, which
                is no JSON
  = reached by  app.lambda_handler
"""
    )


def test_color_marks_severity_code_and_way_and_changes_no_letter() -> None:
    report = LintReport(
        findings=(finding(span("app.py", 1, 8, 1, 12), "`json` is wrong", severity=Severity.WARNING),),
        lines={"app.py": ORDERS.split("\n")},
    )
    assert render(report, "text", color=True, quiet=True).split("\n") == [
        "\x1b[1;33mwarning[LL202]\x1b[0m\x1b[1m return-not-serializable\x1b[0m: \x1b[1m`json`\x1b[0m is wrong",
        " \x1b[36m-->\x1b[0m app.py:1:8",
        " \x1b[36m |\x1b[0m",
        "\x1b[36m1 |\x1b[0m import json",
        " \x1b[36m |\x1b[0m \x1b[1;33m       ^^^^\x1b[0m",
        "",
    ]


def test_failure_of_lambdalint_itself_is_shown_after_the_findings() -> None:
    trace = "Traceback:\n  File \"x\", line 3\nKeyError: 'x'\n"
    error = InternalError("rule LL202 return-not-serializable", "src/app.py", "KeyError: 'x'", trace)
    report = LintReport(findings=(finding(span("a.py", 1, 1, 1, 1)),), errors=(error,), files=1, seconds=1.0)
    assert (
        render(report, "text")
        == """\
error[LL202] return-not-serializable: it fails
 --> a.py:1:1

internal error: rule LL202 return-not-serializable failed: KeyError: 'x'
 --> src/app.py
  |
  = this is a fault of lambdalint, not of your code; all else was checked. Report it with these lines:
    Traceback:
      File "x", line 3
    KeyError: 'x'

Found 1 error in 1 of 1 file (no Lambda handler, 1.0 s). `lambdalint explain LL202` says more. \
1 internal error: the result is incomplete.
"""
    )


def test_failure_with_its_last_line_alone_says_how_to_see_the_rest() -> None:
    report = LintReport(errors=(InternalError("reading", "a.py", "KeyError: 'x'", "KeyError: 'x'\n"),))
    assert render(report, "text", quiet=True).split("\n")[3:] == [
        "  = this is a fault of lambdalint, not of your code; all else was checked. "
        "Report it with the traceback that `-v` shows",
        "",
    ]
