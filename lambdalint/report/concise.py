"""One line a finding: `path:row:column: LL203 message`."""

from __future__ import annotations

from collections.abc import Iterable

from lambdalint.finding import Finding
from lambdalint.report.terminal import Paint, Piece, clean, flow, prose


def render(findings: Iterable[Finding], *, color: bool) -> str:
    """Never wrapped: other programs read these lines. Ends with a line end unless empty."""
    return "".join(_line(finding, Paint(color)) + "\n" for finding in findings)


def _line(finding: Finding, paint: Paint) -> str:
    start = finding.span.start
    pieces = [
        Piece(clean(finding.span.path), "strong"),
        Piece(f":{start.row}:{start.column}: "),
        Piece(clean(finding.code), finding.severity.value),
        Piece(" "),
        *prose(finding.message),
    ]
    return flow(pieces, paint, None, hang=0)
