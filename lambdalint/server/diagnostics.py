"""Findings as diagnostics of the protocol."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from lsprotocol import types
from pygls.uris import from_fs_path

from lambdalint.config import ConfigError
from lambdalint.finding import Finding, Severity, Span
from lambdalint.pages import address
from lambdalint.server.project import Checked
from lambdalint.server.texts import range_of

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
#: What is of no use, and is shown faded: unused imports, variables and suppressions.
_UNNECESSARY = frozenset({"F401", "F811", "F841", "LL901"})

SOURCE = "lambdalint"


def uri_of(path: str) -> str:
    """The address of a file (absolute)."""
    return str(from_fs_path(path))


def diagnostics(checked: Checked, encoding: str, uris: Mapping[str, str]) -> dict[str, list[types.Diagnostic]]:
    """What was found, by the files (absolute paths). `uris`: of open files, as the client writes them, by their
    paths."""
    found: dict[str, list[types.Diagnostic]] = {}
    for finding in checked.report.findings:
        path = checked.report.at(finding.span.path)
        if checked.only is None or path in checked.only:
            found.setdefault(path, []).append(diagnostic(finding, checked, encoding, uris))
    if checked.wrong is not None and checked.wrong.span is not None:
        path = os.path.abspath(checked.wrong.span.path)
        found.setdefault(path, []).append(_of_settings(checked.wrong, checked.wrong.span, encoding))
    return found


def diagnostic(finding: Finding, checked: Checked, encoding: str, uris: Mapping[str, str]) -> types.Diagnostic:
    """One finding."""

    def location(span: Span) -> types.Location:
        path = checked.report.at(span.path)
        return types.Location(uris.get(path) or uri_of(path), range_of(span, _lines(checked, span), encoding))

    rule = checked.report.rules.get(finding.code)
    page = address(rule) if rule is not None else None
    return types.Diagnostic(
        range=range_of(finding.span, _lines(checked, finding.span), encoding),
        message=finding.message + (f"\ndo: {finding.advice}" if finding.advice else ""),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(page) if page is not None else None,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if finding.code in _UNNECESSARY else None,
        related_information=[
            types.DiagnosticRelatedInformation(location(one.span), f"{one.label} {one.text}".strip())
            for one in finding.related
        ]
        or None,
    )


def _lines(checked: Checked, span: Span) -> Sequence[str]:
    return checked.report.lines.get(span.path, ())


def _of_settings(error: ConfigError, span: Span, encoding: str) -> types.Diagnostic:
    """Settings that cannot be obeyed, at their place."""
    return types.Diagnostic(
        range=range_of(span, error.lines, encoding),
        message=error.message,
        severity=types.DiagnosticSeverity.Error,
        code="settings",
        source=SOURCE,
    )
