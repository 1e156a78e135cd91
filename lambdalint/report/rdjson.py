"""Findings for reviewdog, as one DiagnosticResult of its format.

The format: https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto. Its columns count bytes of
UTF-8, where those of a `Position` count code points.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lambdalint.finding import Finding, Position, Related, Severity, Span

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}

Lines = Mapping[str, Sequence[str]]


def render(findings: Iterable[Finding], lines: Lines) -> str:
    """One object, in pure ASCII; ends with a line end. `lines`: as a report has them, to count bytes in."""
    result = {"source": {"name": "lambdalint"}, "diagnostics": [_diagnostic(finding, lines) for finding in findings]}
    return json.dumps(result, indent=2) + "\n"


def _diagnostic(finding: Finding, lines: Lines) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": finding.message,
        "location": _location(finding.span, lines),
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }
    if finding.fix and all(edit.span.path == finding.span.path for edit in finding.fix.edits):
        # A suggestion names no file: it is one for the file of the diagnostic.
        diagnostic["suggestions"] = [
            {"range": _range(edit.span, lines), "text": edit.content} for edit in finding.fix.edits
        ]
    if finding.related:
        diagnostic["related_locations"] = [
            {"message": _said(related), "location": _location(related.span, lines)} for related in finding.related
        ]
    return diagnostic


def _said(related: Related) -> str:
    return f"{related.label}: {related.text}" if related.text else related.label


def _location(span: Span, lines: Lines) -> dict[str, Any]:
    return {"path": span.path, "range": _range(span, lines)}


def _range(span: Span, lines: Lines) -> dict[str, Any]:
    rows = lines.get(span.path, ())
    return {"start": _position(span.start, rows), "end": _position(max(span.start, span.end), rows)}


def _position(position: Position, rows: Sequence[str]) -> dict[str, int]:
    before = rows[position.row - 1][: position.column - 1] if 1 <= position.row <= len(rows) else ""
    more = len(before.encode("utf-8", "surrogatepass")) - len(before)
    return {"line": position.row, "column": position.column + more}
