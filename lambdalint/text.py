"""A file's text and the positions in it, whatever the file holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Protocol

from lambdalint.finding import Lasting, Place, Position, Span


class Mark(Protocol):
    """A place as a parser of descriptors tells it: `index` counts characters from 0."""

    index: int


class Stretch:
    """From one mark to another. Few are ever asked where they are, so that they are not made spans before."""

    __slots__ = ("end", "start")

    def __init__(self, start: Mark, end: Mark) -> None:
        self.start, self.end = start, end


_NEWLINE = re.compile(r"\r\n|\r|\n")


class Text(Lasting):
    """One file. Make it with `Text(path, data)`; `path` is how people see it, relative, with `/`."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.path!r})"

    @cached_property
    def text(self) -> str:
        """The decoded text, with its own line ends; undecodable bytes replaced. A byte order mark is no part of it."""
        return self.data.decode("utf-8", "replace").removeprefix("\ufeff")

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _NEWLINE.finditer(self.text))]

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends, split where Python splits them (not at form feeds or U+2028)."""
        return _NEWLINE.split(self.text)

    def position_at(self, offset: int) -> Position:
        """The position of a code point offset into `text`."""
        row = bisect_right(self._line_starts, offset)
        return Position(row, offset - self._line_starts[row - 1] + 1)

    def offset_at(self, position: Position) -> int:
        """The code point offset of a position; what is past the end is the end."""
        starts = self._line_starts
        return min(starts[min(position.row, len(starts)) - 1] + position.column - 1, len(self.text))

    def between(self, span: Span) -> str:
        """The text that a span of this file covers."""
        return self.text[self.offset_at(span.start) : self.offset_at(span.end)]

    def place(self, node: object) -> Place:
        """A node of this file, as rules hold it."""
        return Place(self, node)

    def span_of(self, node: object) -> Span:
        """Where a node is. What is not in this file is reported at its first line."""
        if isinstance(node, Stretch):  # by its offsets: YAML counts lines that end at U+2028 and U+0085, too
            return Span(self.path, self.position_at(node.start.index), self.position_at(node.end.index))
        return node if isinstance(node, Span) else Span(self.path, Position(1, 1), Position(1, 1))
