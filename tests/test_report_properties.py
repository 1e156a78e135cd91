"""What holds of every report, whatever the files, the names and the terminal."""

import json
import re
import unicodedata
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lambdalint.finding import Edit, Finding, Fix, Position, Related, Severity, Span
from lambdalint.report import FORMATS, render
from lambdalint.report.frame import frame
from lambdalint.report.terminal import Paint, Piece, cells, clean, flow
from lambdalint.results import Found, GaveUp, LintReport, Skipped
from lambdalint.work import InternalError

SGR = re.compile(r"\x1b\[[0-9;]*m")

#: Controls, bidi, joiners, surrogates, wide and combining characters: text as hostile as files can hold.
ODD = "\x00\x07\t\n\r\x0b\x0c\x1b\x7f\x85\x9b\xa0\xad\u200b\u200d\u202e\u2066\u2028\ufe0f\ufeff\udc80\u0301"
ODD += "注한ｱ🚀👍\U0001f3fd`"
texts = st.text(st.one_of(st.characters(), st.sampled_from(ODD), st.sampled_from("ab `():,%")), max_size=40)
#: Lines hold no line end of their own, as `Source.lines` gives them.
lines = texts.map(lambda text: re.sub(r"[\r\n]", "", text))
paths = st.one_of(st.sampled_from(["a.py", "b.py"]), texts)
positions = st.builds(Position, st.integers(1, 12), st.integers(1, 60))
spans = st.builds(Span, paths, positions, positions)
fixes = st.builds(Fix, texts, st.lists(st.builds(Edit, spans, texts), max_size=2).map(tuple), st.booleans())
labels = st.sampled_from(["made here", "returned here", "passed through"])
findings = st.builds(
    Finding,
    code=texts,
    name=texts,
    severity=st.sampled_from(Severity),
    message=texts,
    span=spans,
    related=st.lists(st.builds(Related, spans, labels, texts), max_size=3).map(tuple),
    advice=st.none() | texts,
    function=st.none() | texts,
    event_source=st.none() | texts,
    fix=st.none() | fixes,
)
counts = st.integers(0, 2000)


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


reports = st.builds(
    LintReport,
    findings=several(findings),
    suppressed=several(findings),
    errors=several(st.builds(InternalError, texts, texts, texts, texts)),
    skipped=several(st.builds(Skipped, texts, texts)),
    gave_up=several(st.builds(GaveUp, texts, texts, several(st.tuples(texts, counts)))),
    found=several(st.builds(Found, texts, texts, st.booleans())),
    files=counts,
    functions=counts,
    affected=counts,
    seconds=st.floats(0, 10_000),
    lines=st.dictionaries(paths, st.lists(lines, max_size=12), max_size=3),
)
widths = st.none() | st.integers(1, 220)


@settings(suppress_health_check=[HealthCheck.too_slow])  # how fast a report is drawn is the machine's affair
@given(reports, st.sampled_from(FORMATS), st.booleans(), widths, st.booleans(), st.booleans())
def test_report_is_written_without_any_character_that_acts_on_a_terminal(
    report: LintReport, format: str, color: bool, width: int | None, verbose: bool, quiet: bool
) -> None:
    output = render(report, format, color=color, width=width, verbose=verbose, quiet=quiet)
    plain = SGR.sub("", output) if color else output
    acting = {char for char in plain if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert acting <= {"\n"}
    output.encode()


@given(reports, widths, st.booleans(), st.booleans())
def test_color_changes_no_letter(report: LintReport, width: int | None, verbose: bool, quiet: bool) -> None:
    for format in ("text", "concise"):
        plain = render(report, format, width=width, verbose=verbose, quiet=quiet)
        colored = render(report, format, color=True, width=width, verbose=verbose, quiet=quiet)
        assert SGR.sub("", colored) == plain


@given(several(findings), st.dictionaries(paths, st.lists(lines, max_size=12), max_size=3), st.integers(60, 200))
def test_code_and_messages_stay_inside_the_terminal(
    found: tuple[Finding, ...], sources: dict[str, list[str]], width: int
) -> None:
    output = render(LintReport(found, lines=sources), "text", width=width, quiet=True)
    # Paths are never cut, so that they can be clicked.
    assert [line for line in output.split("\n") if cells(line) > width and "--> " not in line] == []


@given(
    st.text(st.characters(exclude_characters="\r\n▲"), max_size=60), st.integers(0, 60), st.none() | st.integers(30, 90)
)
@example("\t\t", 5, None)
@example("注" * 40, 40, 40)
@example("👩\u200d🚀\u0301" * 9, 30, 40)
def test_caret_stands_under_its_character(text: str, at: int, width: int | None) -> None:
    line = text[:at] + "▲" + text[at:]
    column = line.index("▲") + 1
    bar, code, carets = frame(
        [line], Span("a.py", Position(1, column), Position(1, column + 1)), "error", Paint(False), width
    )
    assert bar == "  |"
    assert cells(code[: code.index("▲")]) == carets.index("^")
    assert carets.count("^") == 1


@given(st.lists(lines, min_size=2, max_size=12), st.data())
def test_brackets_end_under_the_last_character(rows: list[str], data: st.DataObject) -> None:
    last = data.draw(st.integers(1, len(rows) - 1))
    rows[0] = rows[0].replace("▲", "") + "▲"
    rows[last] = rows[last].replace("▼", "") + "▼"
    start, end = Position(1, len(rows[0])), Position(last + 1, len(rows[last]) + 1)
    shown = frame(rows, Span("a.py", start, end), "error", Paint(False), None)
    begin = next(line for line in shown if "▲" in line)
    marks = shown[shown.index(begin) + 1]
    if rows[0][:-1].strip():
        assert cells(begin[: begin.index("▲")]) == cells(marks[: marks.index("^")])
    else:
        assert "| / " in begin
    assert cells(shown[-2][: shown[-2].index("▼")]) == shown[-1].index("^")


@given(several(findings))
def test_json_is_read_back_as_it_was(found: tuple[Finding, ...]) -> None:
    output = render(LintReport(found), "json")
    assert output.isascii()
    objects = json.loads(output)
    assert [
        (
            one["code"],
            one["name"],
            one["message"],
            one["severity"],
            one["filename"],
            (one["location"]["row"], one["location"]["column"]),
            (one["end_location"]["row"], one["end_location"]["column"]),
            one["function"],
            one["event_source"],
            [step["filename"] for step in one["related"]],
            one["fix"] and (one["fix"]["message"], [edit["content"] for edit in one["fix"]["edits"]]),
        )
        for one in objects
    ] == [
        (
            one.code,
            one.name,
            one.message,
            one.severity.value,
            one.span.path,
            (one.span.start.row, one.span.start.column),
            (one.span.end.row, one.span.end.column),
            one.function,
            one.event_source,
            [step.span.path for step in one.related],
            one.fix and (one.fix.message, [edit.content for edit in one.fix.edits]),
        )
        for one in found
    ]


def unescaped(text: str, names: dict[str, str]) -> str:
    """What a runner of GitHub makes of it: each escape replaced, `%25` last."""
    for escape, char in names.items():
        text = text.replace(escape, char)
    return text.replace("%25", "%")


def kept(text: str) -> str:
    """The text as a terminal may have it, with its line ends."""
    return "".join(char if char in "\r\n" else clean(char) for char in text)


@given(findings)
def test_github_command_is_one_line_and_unescapes_to_what_was_said(found: Finding) -> None:
    output = render(LintReport((found,)), "github")
    assert output.count("\n") == 1
    command, properties, message = re.fullmatch(r"::(\w+) ([^:]*)::(.*)\n", output).groups()  # type: ignore[union-attr]
    assert command == {"error": "error", "warning": "warning", "info": "notice"}[found.severity.value]
    assert unescaped(message, {"%0D": "\r", "%0A": "\n"}) == kept(found.message)
    given = dict(pair.split("=", 1) for pair in properties.split(","))
    escapes = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}
    assert unescaped(given["file"], escapes) == kept(found.span.path)
    assert unescaped(given["title"], escapes) == f"lambdalint ({kept(found.code)})"
    assert int(given["line"]) == found.span.start.row


@given(texts)
def test_concise_has_one_line_a_finding(message: str) -> None:
    one = Finding("LL202", "x", Severity.ERROR, message, Span("a.py", Position(1, 2), Position(1, 3)))
    assert render(LintReport((one,)), "concise", quiet=True) == f"a.py:1:2: LL202 {clean(message)}\n"


@given(texts)
def test_clean_is_idempotent_and_leaves_what_can_be_seen(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    if text.isascii() and text.isprintable():
        assert clean(text) == text


@given(
    st.lists(st.builds(Piece, texts.map(clean), st.sampled_from([None, "strong"])), max_size=4),
    st.integers(8, 90),
    st.integers(0, 6),
)
def test_flow_loses_no_word(pieces: list[Piece], width: int, hang: int) -> None:
    shown = flow(pieces, Paint(False), width, hang=hang)
    assert shown.replace("\n", "").replace(" ", "") == "".join(piece.text for piece in pieces).replace(" ", "")
    assert all(cells(line) <= width for line in shown.split("\n"))
