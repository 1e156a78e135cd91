"""One page that a team can open: the findings by function, rule or file, the way each value took, and the rules' pages.

The page is whole: it asks no network for anything, and its policy forbids that it does. What it holds is there without
its script, which adds filters, other groups and keys. Everything that was read from files is cleaned and escaped.
"""

from __future__ import annotations

import base64
import hashlib
import os
from datetime import datetime, timezone

from lambdalint import __version__
from lambdalint.finding import Finding
from lambdalint.fingerprints import fingerprints
from lambdalint.report.html.beside import beside
from lambdalint.report.html.card import card, function_of
from lambdalint.report.html.escape import plain, said
from lambdalint.report.html.overview import counts, filters, tables
from lambdalint.report.summary import count, failed, summary
from lambdalint.report.text import fault_of
from lambdalint.results import LintReport

_HERE = os.path.dirname(os.path.abspath(__file__))
#: Of more findings than these, each is closed at first: a page of all their code would be long.
_OPEN = 25


def render(report: LintReport) -> str:
    """A document in pure ASCII, so that no encoding can come between; ends with a line end."""
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    # Paths are relative to the folder in which lambdalint runs: that is the project.
    project = plain(os.path.basename(os.getcwd()) or "lambdalint")
    now = f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC"
    line = summary(report, color=False, width=None).strip()
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{project}: {count(len(report.findings), 'finding')} of lambdalint</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#findings">To the findings</a>',
        "<header>",
        f"<h1>{project}</h1>",
        f'<p class="made">lambdalint {__version__}, {now}</p>',
        f'<p class="summary">{said(line)}</p>',
        *counts(report),
        "</header>",
        *_failures(report),
        *filters(report.findings),
        '<div class="columns">',
        *tables(report.findings),
        f'<main id="findings" data-shown="{len(report.findings)}">',
        *_groups(report),
        "</main>",
        "</div>",
        '<aside aria-label="Rules, and what is not among the findings">',
        *beside(report),
        "</aside>",
        '<footer><p class="keys" hidden><kbd>/</kbd> search <kbd>j</kbd> <kbd>k</kbd> next and previous finding '
        "<kbd>Enter</kbd> open or close <kbd>Esc</kbd> clear the field, then all filters</p></footer>",
        f"<script>{script}</script>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts).encode("ascii", "xmlcharrefreplace").decode("ascii") + "\n"


def _asset(name: str) -> str:
    with open(os.path.join(_HERE, name), encoding="ascii") as file:
        return file.read()


def _hash(text: str) -> str:
    """As a Content-Security-Policy names the one style or script that it lets in."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _failures(report: LintReport) -> list[str]:
    if not report.errors:
        return []
    shown = [
        f"<li><code>{plain(one.path)}</code>: {said(f'{one.where} failed: {one.message}')}</li>"
        for one in report.errors
    ]
    told = "; ".join(fault_of(name) for name in dict.fromkeys(one.plugin for one in report.errors))
    return [
        '<section class="failures" role="alert">',
        f"<h2>{failed(report.errors)}: the result is incomplete</h2>",
        f"<p>{said(told[0].upper() + told[1:])}; all else was checked.</p>",
        f"<ul>{''.join(shown)}</ul>",
        "</section>",
    ]


def _groups(report: LintReport) -> list[str]:
    """By function, the worst first, and last what belongs to none; in each, the worst finding first."""
    if not report.findings:
        return ['<p class="nothing">Nothing to report.</p>']
    marks = fingerprints(report.findings, report.lines)
    groups: dict[tuple[str, str], list[tuple[Finding, str]]] = {}
    for finding, fingerprint in sorted(
        zip(report.findings, marks, strict=True), key=lambda pair: pair[0].severity.rank
    ):
        groups.setdefault(function_of(finding), []).append((finding, fingerprint))
    is_open = len(report.findings) <= _OPEN
    parts = []
    for (name, rest), pairs in sorted(groups.items(), key=_standing):
        title = f"<code>{plain(name)}</code>" if name else "Outside of any function"
        small = f" <small>{plain(rest)}</small>" if rest else ""
        parts += [
            '<section class="group">',
            f'<h2>{title}{small} <span class="number">{len(pairs):,}</span></h2>',
            *(card(one, known, report.lines, is_open, one.code in report.rules) for one, known in pairs),
            "</section>",
        ]
    return [*parts, '<p class="nothing" hidden>No finding passes these filters.</p>']


def _standing(group: tuple[tuple[str, str], list[tuple[Finding, str]]]) -> tuple[bool, int, int, tuple[str, str]]:
    """What groups are sorted by. The script does the same."""
    function, pairs = group
    return not function[0], min(finding.severity.rank for finding, _ in pairs), -len(pairs), function
