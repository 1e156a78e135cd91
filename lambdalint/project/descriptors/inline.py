"""Python code that is written in a descriptor: a source of its own whose positions are the descriptor's."""

from __future__ import annotations

from lambdalint.finding import Position, Span
from lambdalint.project.descriptors.tree import Node
from lambdalint.source import Source
from lambdalint.text import Text


class InlineSource(Source):
    """The code of a scalar. In a block (`|`) each row and column has its own place in the descriptor; a scalar whose
    text is not the code letter by letter (folded, quoted, joined) is one place."""

    def __init__(self, text: Text, node: Node, code: str) -> None:
        super().__init__(text.path, code.encode())
        self._whole = node.place.span()
        self._rows = _block_rows(text, node, code)

    def span_of(self, node: object) -> Span:
        """Where a node, or a span of the code, is in the descriptor."""
        span = super().span_of(node)
        if self._rows is None:
            return self._whole
        return Span(span.path, self._shifted(span.start), self._shifted(span.end))

    def _shifted(self, position: Position) -> Position:
        assert self._rows is not None
        first, indent = self._rows
        return Position(position.row + first - 1, position.column + indent)


def _block_rows(text: Text, node: Node, code: str) -> tuple[int, int] | None:
    """The row where a literal block's text begins, and its indentation; None where the text does not stand there as it
    is read."""
    if node.style != "|":
        return None
    first = node.place.span().start.row + 1
    written = code.split("\n")
    lines = text.lines[first - 1 : first - 1 + len(written)]
    indent = next((len(line) - len(line.lstrip(" ")) for line, own in zip(lines, written) if own.strip()), 0)
    indent -= next((len(own) - len(own.lstrip(" ")) for own in written if own.strip()), 0)
    if indent < 0 or any(own.strip() and line[indent:] != own for line, own in zip(lines, written)):
        return None
    return first, indent
