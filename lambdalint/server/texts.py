"""The texts that an editor holds, and how the protocol counts in them.

A position of the protocol is a line, from 0, and so many units of an encoding behind its start. Which encoding the
client and the server have agreed: https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#position
Lines end at `\\n`, `\\r\\n` and `\\r`, and nowhere else: not at a form feed, not at U+2028.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Sequence
from functools import cached_property

from lsprotocol import types

from lambdalint.finding import Position, Span

_NEWLINE = re.compile(r"\r\n|\r|\n")
_SURROGATE = re.compile("[\ud800-\udfff]")

UTF8, UTF16, UTF32 = (kind.value for kind in (
    types.PositionEncodingKind.Utf8, types.PositionEncodingKind.Utf16, types.PositionEncodingKind.Utf32,
))  # fmt: skip


def units(text: str, encoding: str) -> int:
    """How many units of an encoding a text takes."""
    if encoding == UTF32 or text.isascii():
        return len(text)
    if encoding == UTF8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(char > "\uffff" for char in text)


def column(line: str, count: int, encoding: str) -> int:
    """How many code points of a line so many units are; what is past its end is its end, and inside a character is
    that character's start."""
    if encoding == UTF32 or line.isascii():
        return min(max(count, 0), len(line))
    for index, char in enumerate(line):
        count -= units(char, encoding)
        if count < 0:
            return index
    return len(line)


def range_of(span: Span, lines: Sequence[str], encoding: str) -> types.Range:
    """A span as the protocol has it. `lines`: of its file; what they do not have is at their end."""
    return types.Range(*(_position(one, lines, encoding) for one in (span.start, span.end)))


def _position(at: Position, lines: Sequence[str], encoding: str) -> types.Position:
    row = at.row - 1
    line = lines[row] if row < len(lines) else ""
    return types.Position(row, units(line[: at.column - 1], encoding))


def position_in(at: types.Position, lines: Sequence[str], encoding: str) -> Position:
    """A position of the protocol as findings have it; what is past the end of the text is its end."""
    if at.line >= len(lines):
        return Position(len(lines), len(lines[-1]) + 1)
    return Position(at.line + 1, column(lines[at.line], at.character, encoding) + 1)


def with_ends(text: str) -> list[str]:
    """The lines of a text with their ends; the last has none, and may be empty."""
    ends = [match.end() for match in _NEWLINE.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)])]


class Buffer:
    """One open text. `path` is absolute; `uri` as the client writes it."""

    def __init__(self, uri: str, path: str, text: str, version: int, encoding: str) -> None:
        self.uri, self.path, self.version = uri, path, version
        self._encoding = encoding
        self._set(text)

    def _set(self, text: str) -> None:
        self.text = text
        self.__dict__.pop("lines", None)
        self.__dict__.pop("data", None)

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return _NEWLINE.split(self.text)

    @cached_property
    def data(self) -> bytes:
        """What would be in the file: in the encoding that Python's own declaration names, if it names one."""
        text = _SURROGATE.sub("\ufffd", self.text)  # JSON may bring halves of characters, of which no file has any
        data = text.encode()
        if self.path.endswith((".py", ".pyi", ".pyw")):
            try:
                encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
                return text.encode(encoding)
            except (SyntaxError, LookupError, UnicodeError):
                pass
        return data

    def change(self, change: types.TextDocumentContentChangeEvent) -> None:
        """Take in one change: a part of the text, or the whole."""
        if isinstance(change, types.TextDocumentContentChangeWholeDocument):
            self._set(change.text)
            return
        start, end = self.offset(change.range.start), self.offset(change.range.end)
        self._set(self.text[:start] + change.text + self.text[max(start, end) :])

    def offset(self, at: types.Position) -> int:
        """How many code points stand before a position; what is past the end of a line or of the text is there."""
        if at.line >= len(self.lines):
            return len(self.text)
        return self._starts[max(at.line, 0)] + column(self.lines[at.line], at.character, self._encoding)

    @property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _NEWLINE.finditer(self.text))]
