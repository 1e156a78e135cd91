"""A finding on the page."""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.finding import Finding, Fix, Related, Severity, Span
from lambdalint.report.html.code import Lines, change, excerpt
from lambdalint.report.html.escape import plain, said

WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def function_of(finding: Finding) -> tuple[str, str]:
    """The handler string of the function that a finding is a fault of, and what tells it from others of that name;
    ("", "") for none."""
    return finding.function or "", ", ".join(part for part in (finding.deployed, finding.event_source) if part)


def card(finding: Finding, fingerprint: str, lines: Lines, is_open: bool, has_page: bool) -> str:
    """An article, with a line that is always seen and the rest behind it. Its attributes are for the filters."""
    severity, span = finding.severity.value, finding.span
    function = "  ".join(part for part in function_of(finding) if part)
    data = {
        "severity": severity,
        "rule": f"{finding.code} {finding.name}",
        "function": function,
        "file": span.path,
    }
    told = " ".join(f'data-{name}="{plain(value)}"' for name, value in data.items())
    parts = [
        f'<article class="finding {severity}" id="finding-{fingerprint}" {told}>',
        f"<details{' open' * is_open}><summary>",
        f'<span class="severity">{WORDS[finding.severity]}</span>',
        f'<span class="message">{said(finding.message)}</span>',
        f'<span class="rule">{plain(finding.code)} {plain(finding.name)}</span>',
        f'<span class="place">{_place(span)}</span>',
        "</summary>",
        '<div class="body">',
        excerpt(span, lines, around=2),
        *_way(finding, lines),
        *_rest(finding, fingerprint, lines, has_page),
        "</div></details></article>",
    ]
    return "\n".join(part for part in parts if part)


def _place(span: Span) -> str:
    return f"{plain(span.path)}:{span.start.row}:{span.start.column}"


def _way(finding: Finding, lines: Lines) -> Iterator[str]:
    if finding.related:
        steps = "\n".join(_step(related, lines) for related in finding.related)
        yield f'<h3>The way</h3>\n<ol class="way">\n{steps}\n</ol>'


def _step(related: Related, lines: Lines) -> str:
    text = f" {said(related.text)}" if related.text else ""
    return (
        f'<li><span class="label">{plain(related.label)}</span> <span class="place">{_place(related.span)}</span>'
        f"{text}{excerpt(related.span, lines)}</li>"
    )


def _rest(finding: Finding, fingerprint: str, lines: Lines, has_page: bool) -> Iterator[str]:
    """Who calls, what to do, and where to read more."""
    name, rest = function_of(finding)
    advice = finding.advice or (finding.fix.message if finding.fix else None)
    if name or advice:
        yield "<dl>"
        if name:
            yield f"<dt>Reached by</dt><dd><code>{plain(name)}</code>{f' ({plain(rest)})' if rest else ''}</dd>"
        if advice:
            yield f"<dt>Do</dt><dd>{said(advice)}{_fixable(finding.fix)}</dd>"
        yield "</dl>"
    if finding.fix:
        yield change(finding.fix, lines)
    yield '<p class="links">'
    if has_page:
        yield f'<a href="#rule-{plain(finding.code)}">the page of {plain(finding.code)}</a>'
    yield f'<a href="#finding-{fingerprint}">link to this finding</a></p>'


def _fixable(fix: Fix | None) -> str:
    if fix is None:
        return ""
    option = "--fix" if fix.safe else "--fix --unsafe-fixes"
    return f' <span class="fixable">fixable with <code>{option}</code></span>'
