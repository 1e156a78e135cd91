"""Findings as logging commands of Azure Pipelines.

The command: https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#logissue-log-an-error-or-warning.
Its escapes: `escape` and `escapedata` in
https://github.com/microsoft/azure-pipelines-task-lib/blob/master/node/taskcommand.ts.
"""

from __future__ import annotations

from collections.abc import Iterable

from lambdalint.finding import Finding, Severity
from lambdalint.report.terminal import clean

#: There are these two types alone.
_TYPES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "warning"}
_DATA = {"%": "%AZP25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, "]": "%5D", ";": "%3B"}


def render(findings: Iterable[Finding]) -> str:
    """One command a finding; ends with a line end unless empty."""
    return "".join(_command(finding) + "\n" for finding in findings)


def _command(finding: Finding) -> str:
    properties = {
        "type": _TYPES[finding.severity],
        "sourcepath": finding.span.path,
        "linenumber": str(finding.span.start.row),
        "columnnumber": str(finding.span.start.column),
        "code": finding.code,
    }
    listed = "".join(f"{name}={_escaped(value, _PROPERTY)};" for name, value in properties.items())
    return f"##vso[task.logissue {listed}]{_escaped(finding.message, _DATA)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(char) or clean(char) for char in text)
