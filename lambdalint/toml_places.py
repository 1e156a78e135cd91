"""Where each key and value of a TOML text stands. tomli tells what a text says, and not where.

The text must be one that tomli has accepted: this scanner follows tables, dotted and quoted keys, arrays, inline tables
and strings of every kind, and checks nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

#: The way to a key: names of tables and keys, and indexes of arrays.
Path = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"[ \t]*")
_BETWEEN = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SCALAR = re.compile(r"[^,\]}#\r\n]*")
_TRIPLE_BASIC = re.compile(r'"""(?:\\.|(?!""").)*"{3,5}', re.DOTALL)
_TRIPLE_LITERAL = re.compile(r"'''(?:(?!''').)*'{3,5}", re.DOTALL)
_BASIC = re.compile(r'"(?:\\.|[^"\\\n])*"')
_LITERAL = re.compile(r"'[^'\n]*'")


@dataclass(frozen=True, slots=True)
class Where:
    """A stretch of one line: row and columns from 1, in code points; the end is the column after it."""

    row: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Places:
    """`keys` has each key and table where it is first named, `values` each value, elements of arrays among them."""

    keys: dict[Path, Where] = field(default_factory=dict)
    values: dict[Path, Where] = field(default_factory=dict)


def places(text: str) -> Places:
    """The places of everything in a valid TOML text."""
    scanner = _Scanner(text)
    scanner.document()
    return scanner.places


class _Scanner:
    def __init__(self, text: str) -> None:
        self.places = Places()
        self._text = text
        self._at = 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._counts: dict[Path, int] = {}  # of arrays of tables: how many there are so far

    def document(self) -> None:
        table: Path = ()
        while True:
            self._skip(_BETWEEN)
            if self._at >= len(self._text):
                return
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        many = self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        self._skip(_BLANK)
        path = self._key((), tables=True)
        self._at += 2 if many else 1
        if not many:
            return path
        self._counts[path] = self._counts.get(path, -1) + 1
        return (*path, self._counts[path])

    def _pair(self, table: Path) -> None:
        path = self._key(table)
        self._at += 1  # the =
        self._skip(_BLANK)
        self._value(path)

    def _key(self, table: Path, *, tables: bool = False) -> Path:
        """A dotted key, up to what follows it. In a table's header a part that names an array of tables means the
        last of them."""
        path = table
        while True:
            start = self._at
            path = (*path, self._name())
            self.places.keys.setdefault(path, self._where(start, self._at))
            self._skip(_BLANK)
            if self._text[self._at] != ".":
                return path
            self._at += 1
            self._skip(_BLANK)
            if tables and path in self._counts:
                path = (*path, self._counts[path])

    def _name(self) -> str:
        quote = self._text[self._at]
        if quote == '"':
            import tomli

            raw = self._take(_BASIC)
            return str(tomli.loads(f"key = {raw}")["key"])  # its escapes
        if quote == "'":
            return self._take(_LITERAL)[1:-1]
        return self._take(_BARE)

    def _value(self, path: Path) -> None:
        start = self._at
        first = self._text[start]
        if first == "[":
            self._array(path)
        elif first == "{":
            self._inline_table(path)
        else:
            for quoted in (_TRIPLE_BASIC, _TRIPLE_LITERAL, _BASIC, _LITERAL):
                if quoted.match(self._text, start):
                    self._take(quoted)
                    break
            else:
                self._at = start + len(self._take(_SCALAR).rstrip())
        self.places.values[path] = self._where(start, self._at)

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        while True:
            self._skip(_BETWEEN)
            if self._text[self._at] == "]":
                self._at += 1
                return
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        while True:
            self._skip(_BETWEEN)
            if self._text[self._at] == "}":
                self._at += 1
                return
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._pair(path)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self._take(pattern)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        assert match is not None, "the text is no valid TOML"
        self._at = match.end()
        return match.group()

    def _where(self, start: int, end: int) -> Where:
        """A stretch that goes on over lines is cut at the end of its first."""
        row = bisect_right(self._starts, start)
        begin = self._starts[row - 1]
        line_end = self._starts[row] - 1 if row < len(self._starts) else len(self._text)
        return Where(row, start - begin + 1, max(min(end, line_end), start + 1) - begin + 1)
