"""Inline code that stands in a text of the app: a source of its own, whose positions are the app's."""

from __future__ import annotations

from lambdalint.finding import Place, Position, Span
from lambdalint.source import Source


class LiteralSource(Source):
    """The code of one text. Where each row of it stands in the app as it is read (a text in three quotes), its rows
    have their own places; else the text is one place."""

    def __init__(self, place: Place, code: str) -> None:
        self._whole = place.span()
        super().__init__(self._whole.path, code.encode())
        self._first = _first_column(self._whole, place.source.lines if isinstance(place.source, Source) else [], code)

    def span_of(self, node: object) -> Span:
        """Where a node, or a span of the code, is in the app."""
        span = super().span_of(node)
        if self._first is None:
            return self._whole
        return Span(span.path, self._shifted(span.start), self._shifted(span.end))

    def _shifted(self, position: Position) -> Position:
        assert self._first is not None
        column = position.column + self._first if position.row == 1 else position.column
        return Position(position.row + self._whole.start.row - 1, column)


def _first_column(whole: Span, lines: list[str], code: str) -> int | None:
    """How many columns stand before the code in its first row; None where a row is not as it is read."""
    rows = code.split("\n")
    written = lines[whole.start.row - 1 : whole.start.row - 1 + len(rows)]
    if len(rows) < 2 or len(written) < len(rows) or written[1:-1] != rows[1:-1]:
        return None
    alike = written[0].endswith(rows[0]) and written[-1].startswith(rows[-1])
    return len(written[0]) - len(rows[0]) if alike else None
