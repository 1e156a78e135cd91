"""What a finding is known by from one run to the next, though lines were inserted above it.

A hash of the rule, the file and the text of the flagged lines, without line numbers, without indentation, without the
comments that silence a rule; where several findings have these in common, they are numbered from the top of the file.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from lambdalint.finding import Finding

#: Of a span over more lines than these, the first are enough.
_LINES = 20
#: One more or less of these does not make other findings of its line new.
_SILENCING = re.compile(r"\s*#\s*(?:noqa\b|lambdalint:).*")


def fingerprints(
    findings: Iterable[Finding], lines: Mapping[str, Sequence[str]], called: Callable[[str], str] = str
) -> list[str]:
    """One a finding, in their order, each a different one: 32 hexadecimal digits.

    `findings` are sorted, as a report has them; `lines` holds the text of their files, line by line. A file that is not
    among them has findings without text. `called`: what counts as the name of a file, which is its path otherwise.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    known = []
    for finding in findings:
        key = (finding.code, called(finding.span.path), *_text(finding, lines))
        known.append(_hash(*key, str(seen[key])))
        seen[key] += 1
    return known


def _text(finding: Finding, lines: Mapping[str, Sequence[str]]) -> Iterable[str]:
    span = finding.span
    end = min(span.end.row, span.start.row + _LINES - 1)
    rows = lines.get(span.path, ())[max(span.start.row - 1, 0) : max(end, span.start.row)]
    return (_SILENCING.sub("", row).strip() for row in rows)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
