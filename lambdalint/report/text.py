"""Findings as a person meets them: what is wrong, the code, the way the value took, what to do.

```
error[LL203] dumps-not-serializable: `json.dumps` cannot serialize the Decimal in `item["price"]`; ...
  --> src/orders/app.py:31:24
   |
31 |     return respond(200, json.dumps(item))
   |                         ^^^^^^^^^^^^^^^^
   |
   = made here   src/orders/store.py:14:12  `get_item(...)["Item"]`: a DynamoDB resource gives numbers as Decimal
   = reached by  app.lambda_handler  (API Gateway REST)
   = do          json.dumps(item, default=str)   [fixable]
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lambdalint.finding import Finding, Related, Span
from lambdalint.report.frame import frame, gutter_of
from lambdalint.report.terminal import Paint, Piece, cells, clean, flow, prose
from lambdalint.results import LintReport
from lambdalint.work import InternalError

#: Where places of one way are of unlike length, the shorter are filled up to stand in a column, up to this many cells.
_WIDEST_PLACE = 40
#: A step that says nothing shows its line of code, cut to the terminal and to this many characters.
_LONGEST_STEP = 120
_SHORTEST_STEP = 20

Lines = Mapping[str, Sequence[str]]


def render(report: LintReport, *, color: bool, width: int | None) -> str:
    """All findings and lambdalint's own failures, an empty line between them; ends with a line end unless empty."""
    paint = Paint(color)
    blocks = [_finding(finding, report.lines, paint, width) for finding in report.findings]
    blocks += [_failure(error, paint, width) for error in report.errors]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def fault_of(plugin: str) -> str:
    """Whose fault an error is."""
    if plugin:
        return f"this is a fault of the plug-in `{clean(plugin)}`, neither of lambdalint nor of your code"
    return "this is a fault of lambdalint, not of your code"


def place(span: Span) -> str:
    """`path:row:column`, clean."""
    return f"{clean(span.path)}:{span.start.row}:{span.start.column}"


def _finding(finding: Finding, lines: Lines, paint: Paint, width: int | None) -> str:
    severity = finding.severity.value
    heading = [
        Piece(f"{severity}[{clean(finding.code)}]", severity),
        Piece(f" {clean(finding.name)}", "strong"),
        Piece(": "),
        *prose(finding.message),
    ]
    gutter = gutter_of(finding.span)
    shown = [
        flow(heading, paint, width, hang=gutter + 4),
        " " * gutter + paint("-->", "way") + " " + place(finding.span),
        *frame(lines.get(finding.span.path, ()), finding.span, severity, paint, width),
    ]
    labels = [clean(related.label) for related in finding.related]
    labels += ["reached by"] if finding.function else []
    labels += ["do"] if _advice(finding) else []
    if labels:
        shown.append(" " * gutter + paint(" |", "way"))
        widest = max(map(cells, labels))
        hang = gutter + len(" = ") + widest + 2
        for label, text in zip(labels, _steps(finding, lines, width and width - hang), strict=True):
            head = " " * gutter + paint(f" = {label}", "way") + " " * (widest - cells(label) + 2)
            shown.append((head + flow(text, paint, width, hang=hang, first=hang)).rstrip(" "))
    return "\n".join(shown)


def _advice(finding: Finding) -> str | None:
    return finding.advice or (finding.fix.message if finding.fix else None)


def _steps(finding: Finding, lines: Lines, room: int | None) -> Iterator[list[Piece]]:
    """The text of each line under the frame: the way, who is called, the advice."""
    places = [cells(place(related.span)) for related in finding.related]
    column = max((width for width in places if width <= _WIDEST_PLACE), default=0)
    for related in finding.related:
        yield _step(related, lines, column, room)
    if finding.function:
        text = [Piece(clean(finding.function))]
        beside = ", ".join(part for part in (finding.deployed, finding.event_source) if part)
        if beside:
            text.append(Piece(f"  ({clean(beside)})", "faint"))
        yield text
    advice = _advice(finding)
    if advice:
        text = prose(advice)
        if finding.fix:
            text += [Piece("   "), Piece("[fixable]" if finding.fix.safe else "[fixable with --unsafe-fixes]", "good")]
        yield text


def _step(related: Related, lines: Lines, column: int, room: int | None) -> list[Piece]:
    where = place(related.span)
    gap = max(column - cells(where), 0) + 2
    if related.text:
        text = prose(related.text)
    else:
        left = _LONGEST_STEP if room is None else min(room - cells(where) - gap, _LONGEST_STEP)
        text = _code_at(related.span, lines, max(left, _SHORTEST_STEP))
    return [Piece(where, "way"), Piece(" " * gap), *text] if text else [Piece(where, "way")]


def _code_at(span: Span, lines: Lines, room: int) -> list[Piece]:
    """The code of a step, its first line where it has more."""
    rows = lines.get(span.path, ())
    if not 1 <= span.start.row <= len(rows):
        return []
    line = rows[span.start.row - 1]
    if span.end.row > span.start.row:
        code = line[span.start.column - 1 :][: _LONGEST_STEP + 1].rstrip() + "..."
    else:
        code = line[span.start.column - 1 : span.end.column - 1][: _LONGEST_STEP + 1]
    code = clean(code.strip())
    if cells(code) > room:
        while cells(code) > room - len("..."):
            code = code[:-1]
        code += "..."
    return [Piece(code)] if code else []


def _failure(error: InternalError, paint: Paint, width: int | None) -> str:
    heading = [Piece(error.kind, "error"), Piece(": "), *prose(f"{error.where} failed: {error.message}")]
    trace = [clean(line) for line in error.traceback.rstrip("\n").split("\n") if line]
    lines = "these lines:" if len(trace) > 1 else "the traceback that `-v` shows"
    why = f"{fault_of(error.plugin)}; all else was checked. Report it with {lines}"
    return "\n".join(
        [
            flow(heading, paint, width, hang=6),
            " " + paint("-->", "way") + " " + clean(error.path),
            "  " + paint("|", "way"),
            "  " + paint("=", "way") + " " + flow(prose(why), paint, width, hang=4, first=4),
            *("    " + paint(line, "faint") for line in trace if len(trace) > 1),
        ]
    )
