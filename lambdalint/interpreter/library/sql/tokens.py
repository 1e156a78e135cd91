"""A SQL statement as words. Where a word may mean one thing to one server and another to the next, there are none."""

from __future__ import annotations

import re
from typing import NamedTuple


class Token(NamedTuple):
    """A word: its `kind` ("name", "quoted", "text", "number", "place", "mark"), and as which it is compared."""

    kind: str
    text: str

    def is_word(self, *words: str) -> bool:
        """Whether it is one of some key words, which stand unquoted."""
        return self.kind == "name" and self.text.lower() in words

    def is_mark(self, *marks: str) -> bool:
        return self.kind == "mark" and self.text in marks


_TOKEN = re.compile(
    r"""
    (?P<space>\s+|--[^\n]*(?:\n|$)|/\*(?![!+])(?:(?!/\*).)*?\*/)
    |(?P<text>'(?:[^'\\]|'')*')
    |(?P<quoted>"(?:[^"\\]|"")*"|`[^`]*`)
    |(?P<place>%s|%\(\w+\)s|\?|(?<!:):[A-Za-z_]\w*|@@[\w.]+)
    |(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    |(?P<name>[A-Za-z_][A-Za-z_0-9$]*)
    |(?P<mark>::|<>|<=|>=|!=|\|\||%%|->>|->|[-+*/%(),;.=<>\[\]&|^~!])
    """,
    re.VERBOSE | re.DOTALL,
)
#: A word right before a text makes something else of it: bytes, or one with escapes.
_PREFIXES = frozenset({"b", "e", "n", "u", "x"})
_LONGEST = 8000


def tokens(statement: str) -> list[Token] | None:
    """The words of one statement; None where it is not sure how a server takes it apart."""
    found: list[Token] = []
    position = 0
    if len(statement) > _LONGEST:
        return None
    while position < len(statement):
        match = _TOKEN.match(statement, position)
        if match is None or match.end() == position:
            return None
        kind, text = str(match.lastgroup), match.group()
        touching = bool(found) and position > 0 and not statement[position - 1].isspace()
        if statement.startswith("/*", position) and kind != "space":  # a comment that MySQL reads
            return None
        if kind in ("text", "quoted") and touching and found[-1].kind == "name" and found[-1].text.lower() in _PREFIXES:
            return None
        if kind in ("number", "name") and touching and found[-1].kind == "number":
            return None
        if kind == "text" and found and found[-1].kind == "text":
            return None
        position = match.end()
        if kind == "quoted":
            found.append(Token(kind, text[1:-1].replace('""', '"') if text[0] == '"' else text[1:-1]))
        elif kind != "space":
            found.append(Token(kind, text))
    while found and found[-1].is_mark(";"):
        found.pop()
    return found if found and not any(token.is_mark(";") for token in found) else None
