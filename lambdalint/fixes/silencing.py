"""`--add-noqa`: a comment for each finding that silences it, so that a project can begin with what is new."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable

from lambdalint.finding import Edit, Finding, Fix, Position, Span
from lambdalint.source import Source
from lambdalint.text import Text

_NOQA = re.compile(r"#\s*noqa:[ \t]?[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*", re.IGNORECASE)
#: Files in which a `#` begins a comment.
_COMMENTED = (".py", ".yml", ".yaml", ".tf", ".toml")


def comments(text: Text, findings: Iterable[Finding]) -> tuple[list[Fix], list[Finding]]:
    """What adds the comments to a file, and the findings for which there is no place: a JSON template has no comments,
    a string that goes over several lines none inside it."""
    fixes: list[Fix] = []
    left: list[Finding] = []
    rows: dict[int, list[Finding]] = {}
    ends = _ends(text) if isinstance(text, Source) else set(range(1, len(text.lines) + 1))
    for finding in findings:
        row = next((row for row in range(finding.span.start.row, finding.span.end.row + 1) if row in ends), None)
        if row is None or not text.path.endswith(_COMMENTED):
            left.append(finding)
        else:
            rows.setdefault(row, []).append(finding)
    for row, here in sorted(rows.items()):
        codes = ", ".join(sorted({finding.code for finding in here}))
        fixes.append(Fix(f"Silence {codes}", (_edit(text, row, codes),), True))
    return fixes, left


def _edit(text: Text, row: int, codes: str) -> Edit:
    line = text.lines[row - 1]
    there = None
    for match in _NOQA.finditer(line):
        there = match
    if there is not None:
        at = Position(row, there.end() + 1)
        return Edit(Span(text.path, at, at), f", {codes}")
    end = Position(row, len(line) + 1)
    start = Position(row, len(line.rstrip()) + 1)
    return Edit(Span(text.path, start, end), f"  # noqa: {codes}")


def _ends(source: Source) -> set[int]:
    """The rows behind which a comment may stand: no string goes on there, and no backslash."""
    found: set[int] = set()
    try:
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
            if token.type in (tokenize.NEWLINE, tokenize.NL):
                found.add(token.start[0])
    except (tokenize.TokenError, SyntaxError, ValueError):
        pass  # what was read until there counts
    return found
