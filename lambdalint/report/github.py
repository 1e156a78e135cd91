"""Findings as annotations of GitHub Actions.

Commands and their escapes: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions and
`escapeData`, `escapeProperty` in https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
"""

from __future__ import annotations

from collections.abc import Iterable

from lambdalint.finding import Finding, Severity
from lambdalint.report.terminal import clean

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def render(findings: Iterable[Finding]) -> str:
    """One command a finding; ends with a line end unless empty."""
    return "".join(_command(finding) + "\n" for finding in findings)


def _command(finding: Finding) -> str:
    start, end = finding.span.start, finding.span.end
    properties = {
        "title": f"lambdalint ({finding.code})",
        "file": finding.span.path,
        "line": str(start.row),
        "col": str(start.column),
        "endLine": str(end.row),
        "endColumn": str(end.column),
    }
    if start.row != end.row:
        # GitHub refuses columns where the lines differ (AnnotationProperties in @actions/core).
        del properties["col"], properties["endColumn"]
    listed = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {listed}::{_escaped(finding.message, _DATA)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(char) or clean(char) for char in text)
