"""What stands below the findings: the rules' pages, what was suppressed, what was not followed or not read."""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.finding import letters
from lambdalint.pages import page
from lambdalint.report.html import markdown
from lambdalint.report.html.escape import plain, said
from lambdalint.report.summary import count
from lambdalint.results import LintReport


def beside(report: LintReport) -> Iterator[str]:
    """Sections, each behind its title; those with nothing in them are left out."""
    pages = list(_pages(report))
    if pages:
        yield '<section class="rules"><h2>The rules</h2>'
        yield from pages
        yield "</section>"
    yield from _section(
        f"{count(len(report.suppressed), 'suppressed finding')}",
        [
            f"<li><code>{plain(one.span.path)}:{one.span.start.row}</code> {plain(one.code)} {said(one.message)}</li>"
            for one in report.suppressed
        ],
    )
    yield from _section(
        f"{count(len(report.gave_up), 'function')} not followed to the end: what is unknown is not reported",
        [
            f"<li><code>{plain(one.function)}</code> {plain(one.path)}: "
            f"{', '.join(f'{plain(cause)} ({times:,})' for cause, times in one.causes)}</li>"
            for one in report.gave_up
        ],
    )
    yield from _section(
        f"{count(len(report.skipped), 'path')} skipped or not followed",
        [f"<li><code>{plain(one.path)}</code>: {plain(one.reason)}</li>" for one in report.skipped],
    )


def _pages(report: LintReport) -> Iterator[str]:
    for code in sorted({finding.code for finding in report.findings}, key=lambda code: (letters(code) == "F", code)):
        rule = report.rules.get(code)
        if rule is not None:
            text = page(rule)
            body = markdown.page(text, 3) if text else f"<p>{said(rule.summary)}</p>"
            yield (
                f'<details class="page" id="rule-{plain(code)}"><summary><b>{plain(code)}</b> {plain(rule.name)}: '
                f"{said(rule.summary)}</summary>\n{body}</details>"
            )


def _section(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield f'<details class="more"><summary>{title}</summary><ul>'
        yield from items
        yield "</ul></details>"
