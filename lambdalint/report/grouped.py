"""The findings of each file under its path, a line each.

```
src/orders/app.py
  12:17  error    LL301  `body` is a dict, and must be a string
  23:25  warning  LL203  `json.dumps` cannot serialize the `Decimal`
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdalint.finding import Finding
from lambdalint.report.terminal import Paint, Piece, cells, clean, flow, prose

#: A longer code than any of lambdalint's stands out of the column.
_WIDEST_CODE = 8


def render(findings: Iterable[Finding], *, color: bool, width: int | None) -> str:
    """An empty line between files, which come in the order of their first finding; ends with a line end unless empty.
    A message that does not fit into `width` goes on under its beginning."""
    files: dict[str, list[Finding]] = {}
    for finding in findings:
        files.setdefault(finding.span.path, []).append(finding)
    paint = Paint(color)
    blocks = [
        "\n".join([paint(clean(path), "strong"), *_rows(group, paint, width)]) + "\n" for path, group in files.items()
    ]
    return "\n".join(blocks)


def _rows(findings: list[Finding], paint: Paint, width: int | None) -> Iterator[str]:
    places = [f"{finding.span.start.row}:{finding.span.start.column}" for finding in findings]
    codes = [clean(finding.code) for finding in findings]
    place_width = max(map(len, places))
    severity_width = max(len(finding.severity.value) for finding in findings)
    code_width = max((cells(code) for code in codes if cells(code) <= _WIDEST_CODE), default=0)
    hang = 2 + place_width + 2 + severity_width + 2 + code_width + 2
    for finding, place, code in zip(findings, places, codes, strict=True):
        severity = finding.severity.value
        head = [
            Piece(f"  {place:<{place_width}}  ", "way"),
            Piece(f"{severity:<{severity_width}}  ", severity),
            Piece(code + " " * (max(code_width - cells(code), 0) + 2)),
        ]
        first = sum(cells(piece.text) for piece in head)
        shown = "".join(paint(piece.text, piece.style) for piece in head)
        yield (shown + flow(prose(finding.message), paint, width, hang=hang, first=first)).rstrip(" ")
