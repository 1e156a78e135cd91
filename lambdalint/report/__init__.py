"""What a run found, for people and for programs: `render(report, format, ...) -> str`. One module a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.finding import Finding, Position, Severity, Span

if TYPE_CHECKING:
    from lambdalint.results import LintReport

#: The names that --output-format takes.
FORMATS = ("text", "concise", "json", "github")


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
    nothing is wrapped. text and concise end with a summary, and with `verbose` an account of the run before it;
    `quiet` leaves both out. json and github hold findings alone, and lambdalint's own failures in their form.

    Raises:
        ValueError: the format is none of `FORMATS`.
    """
    if format not in FORMATS:
        raise ValueError(f"unknown output format {format!r}; there are {', '.join(FORMATS)}")
    if format == "json":
        from lambdalint.report import json

        return json.render(_all(report))
    if format == "github":
        from lambdalint.report import github

        return github.render(_all(report))
    if format == "concise":
        from lambdalint.report import concise

        body = concise.render(_all(report), color=color)
    else:
        from lambdalint.report import text

        body = text.render(report, color=color, width=width)
    if quiet:
        return body
    from lambdalint.report.summary import account, summary

    told = account(report, color=color, width=width) if verbose else ""
    parts = [body, told, summary(report, color=color, width=width)]
    gap = "\n" if format == "text" or verbose else ""
    return gap.join(part for part in parts if part)


def _all(report: LintReport) -> list[Finding]:
    """The findings, and each failure of lambdalint itself as one more."""
    start = Position(1, 1)
    return [
        *report.findings,
        *(
            Finding(
                "internal-error",
                "internal-error",
                Severity.ERROR,
                f"{error.where} failed: {error.message}",
                Span(error.path, start, start),
            )
            for error in report.errors
        ),
    ]
