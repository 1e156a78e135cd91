"""What a finding is known by from one run to the next, though lines were inserted above it.

A hash of the rule, the file and the text of the flagged lines, without line numbers, without indentation; where several
findings have these in common, they are numbered from the top of the file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from lambdalint.finding import Finding

#: Of a span over more lines than these, the first are enough.
_LINES = 20


def fingerprints(findings: Iterable[Finding], lines: Mapping[str, Sequence[str]]) -> list[str]:
    """One a finding, in their order, each a different one: 32 hexadecimal digits.

    `findings` are sorted, as a report has them; `lines` holds the text of their files, line by line. A file that is not
    among them has findings without text.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    known = []
    for finding in findings:
        key = (finding.code, finding.span.path, *_text(finding, lines))
        known.append(_hash(*key, str(seen[key])))
        seen[key] += 1
    return known


def _text(finding: Finding, lines: Mapping[str, Sequence[str]]) -> Iterable[str]:
    span = finding.span
    end = min(span.end.row, span.start.row + _LINES - 1)
    rows = lines.get(span.path, ())[max(span.start.row - 1, 0) : max(end, span.start.row)]
    return (row.strip() for row in rows)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
