"""Findings for programs: an array of objects with the field names of ruff's JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from lambdalint.checks.registry import Rule
from lambdalint.finding import Finding, Fix, Position, Related
from lambdalint.pages import address


def render(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> str:
    """Pure ASCII, so that no control character and no encoding can come between; ends with a line end."""
    return json.dumps([as_object(finding, rules) for finding in findings], indent=2) + "\n"


def as_object(finding: Finding, rules: Mapping[str, Rule]) -> dict[str, Any]:
    """A finding in the names of ruff, with those of lambdalint's own beside them. `rules`: all that the run knew."""
    return {
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "severity": finding.severity.value,
        "filename": finding.span.path,
        "location": _position(finding.span.start),
        "end_location": _position(finding.span.end),
        "url": address(rules[finding.code]) if finding.code in rules else None,
        "fix": _fix(finding.fix) if finding.fix else None,
        "related": [_related(related) for related in finding.related],
        "function": finding.function,
        "event_source": finding.event_source,
    }


def _position(position: Position) -> dict[str, int]:
    return {"row": position.row, "column": position.column}


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "applicability": "safe" if fix.safe else "unsafe",
        "message": fix.message,
        "edits": [
            {
                "content": edit.content,
                "location": _position(edit.span.start),
                "end_location": _position(edit.span.end),
            }
            for edit in fix.edits
        ],
    }


def _related(related: Related) -> dict[str, Any]:
    return {
        "message": f"{related.label}: {related.text}" if related.text else related.label,
        "filename": related.span.path,
        "location": _position(related.span.start),
        "end_location": _position(related.span.end),
    }
