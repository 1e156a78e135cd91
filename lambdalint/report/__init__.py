"""What a run found, for people and for programs: `render(report, format, ...) -> str`. One module a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.finding import Finding, Position, Severity, Span
from lambdalint.formats import FORMATS, IN_A_TERMINAL

if TYPE_CHECKING:
    from lambdalint.results import LintReport

__all__ = ["FORMATS", "render"]


def render(
    report: LintReport,
    format: str = "text",
    *,
    color: bool = False,
    width: int | None = None,
    verbose: bool = False,
    quiet: bool = False,
) -> str:
    """What goes to standard output, with its line end, or "" where there is nothing to say.

    `color` and `width` are what `terminal.wants_color` and `terminal.width_of` say of the stream; None is no terminal:
    nothing is wrapped. text, concise and grouped end with a summary, and with `verbose` an account of the run before
    it; `quiet` leaves both out. The others say all in their own form.

    Raises:
        ValueError: the format is none of `FORMATS`.
    """
    if format not in FORMATS:
        raise ValueError(f"unknown output format {format!r}; there are {', '.join(FORMATS)}")
    if format not in IN_A_TERMINAL:
        return _for_programs(report, format)
    body = _for_a_terminal(report, format, color, width)
    if quiet:
        return body
    from lambdalint.report.summary import account, summary

    told = account(report, color=color, width=width) if verbose else ""
    parts = [body, told, summary(report, color=color, width=width)]
    gap = "" if format == "concise" and not verbose else "\n"
    return gap.join(part for part in parts if part)


def _for_a_terminal(report: LintReport, format: str, color: bool, width: int | None) -> str:
    if format == "concise":
        from lambdalint.report import concise

        return concise.render(_all(report), color=color)
    if format == "grouped":
        from lambdalint.report import grouped

        return grouped.render(_all(report), color=color, width=width)
    from lambdalint.report import text

    return text.render(report, color=color, width=width)


def _for_programs(report: LintReport, format: str) -> str:
    if format == "json":
        from lambdalint.report import json

        return json.render(_all(report), report.rules)
    if format == "json-lines":
        from lambdalint.report import json_lines

        return json_lines.render(_all(report), report.rules)
    if format == "sarif":
        from lambdalint.report import sarif

        return sarif.render(report)
    if format == "github":
        from lambdalint.report import github

        return github.render(_all(report))
    if format == "gitlab":
        from lambdalint.report import gitlab

        return gitlab.render(_all(report), report.lines)
    if format == "junit":
        from lambdalint.report import junit

        return junit.render(report)
    if format == "rdjson":
        from lambdalint.report import rdjson

        return rdjson.render(_all(report), report.lines)
    if format == "azure":
        from lambdalint.report import azure

        return azure.render(_all(report))
    from lambdalint.report import html

    return html.render(report)


def _all(report: LintReport) -> list[Finding]:
    """The findings, and each failure of lambdalint itself or of a plug-in as one more."""
    start = Position(1, 1)
    return [
        *report.findings,
        *(
            Finding(
                error.kind.replace(" ", "-"),
                error.kind.replace(" ", "-"),
                Severity.ERROR,
                f"{error.where} failed: {error.message}",
                Span(error.path, start, start),
            )
            for error in report.errors
        ),
    ]
