"""Findings as a report of GitLab's Code Quality, for the widget of a merge request.

The format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format, a part of Code Climate's
(https://github.com/codeclimate/platform/blob/master/spec/analyzers/SPEC.md#issues), whose other fields are here too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lambdalint.finding import Finding, Severity, Span
from lambdalint.fingerprints import fingerprints

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(findings: Iterable[Finding], lines: Mapping[str, Sequence[str]]) -> str:
    """An array, in pure ASCII; ends with a line end. `lines`: as a report has them, for the fingerprints."""
    listed = list(findings)
    known = fingerprints(listed, lines)
    return json.dumps([_issue(*pair) for pair in zip(listed, known, strict=True)], indent=2) + "\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    issue: dict[str, Any] = {
        "type": "issue",
        "check_name": finding.code,
        "description": " ".join(finding.message.split()),
        "categories": ["Security" if finding.code.startswith("LL5") else "Bug Risk"],
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": fingerprint,
        "location": _location(finding.span),
    }
    if finding.advice:
        issue["content"] = {"body": finding.advice}
    if finding.related:
        issue["other_locations"] = [_location(related.span) for related in finding.related]
    return issue


def _location(span: Span) -> dict[str, Any]:
    begin = span.start.row
    return {"path": span.path, "lines": {"begin": begin, "end": max(begin, span.end.row)}}
