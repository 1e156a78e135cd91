"""Where the blocks at the top of a file begin and end, told by their quotes and braces alone.

The grammar is slow, and most blocks - roles, networks, outputs - say nothing of a function: with their outline only
those that are asked for are parsed, and one that the grammar does not take costs no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = r"[A-Za-z_][\w-]*"
_BETWEEN = re.compile(r"(?:\s+|#[^\n]*|//[^\n]*)*")
_HEAD = re.compile(rf'({_WORD})((?:[ \t]+(?:"[^"\\\n$%]*"|{_WORD}))*)[ \t]*\{{')
_LABEL = re.compile(r"[^\s\"]+|\"[^\"]*\"")
#: What counts where code stands: comments, the head of a heredoc, strings without `${`, quotes and braces.
_IN_CODE = re.compile(
    r'#[^\n]*|//[^\n]*|/\*|<<-?(?P<marker>[A-Za-z][\w.-]*)[ \t]*\n|"(?:[^"\\$%\n]|\\.|[$%](?!\{))*"|["{}]'
)
#: The same in a string: what is escaped, the begin of `${` and `%{`, the end.
_IN_STRING = re.compile(r'\\.|\$\$\{|%%\{|[$%]\{|"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Outline:
    """One block at the top. `start` is that of its first line, `row` the lines before it, `end` behind its brace.
    `head`: from where to where its type and labels stand."""

    type: str
    labels: tuple[str, ...]
    start: int
    row: int
    end: int
    head: tuple[int, int]


def outlines(written: str) -> list[Outline] | None:
    """The blocks of a file; None where it is anything but blocks, or is not told by this."""
    found: list[Outline] = []
    at = row = counted = 0
    while True:
        at = _behind_gap(written, at)
        if at == len(written):
            return found
        head = _HEAD.match(written, at)
        start = written.rfind("\n", 0, at) + 1
        end = _closing(written, head.end()) if head is not None and not written[start:at].strip() else None
        if head is None or end is None:
            return None
        row += written.count("\n", counted, start)
        counted = start
        labels = tuple(label.strip('"') for label in _LABEL.findall(head[2]))
        found.append(Outline(head[1], labels, start, row, end, (at, head.end(2))))
        at = end


def _behind_gap(written: str, at: int) -> int:
    """Behind blanks and comments; before a comment that does not end."""
    while True:
        match = _BETWEEN.match(written, at)
        assert match is not None
        at = match.end()
        end = written.find("*/", at + 2) if written.startswith("/*", at) else -1
        if end < 0:
            return at
        at = end + 2


def _closing(written: str, at: int) -> int | None:
    """Behind the brace that closes what was opened before `at`; None where none does."""
    opened = ["{"]
    while opened:
        match = (_IN_STRING if opened[-1] == '"' else _IN_CODE).search(written, at)
        if match is None:
            return None
        at, token = match.end(), match[0]
        if opened[-1] == '"':
            if token == '"':
                opened.pop()
            elif token in ("${", "%{"):
                opened.append("{")
        elif token in ('"', "{"):
            opened.append(token)
        elif token == "}":
            opened.pop()
        elif token == "/*":
            at = written.find("*/", at) + 2
            if at < 2:
                return None
        elif match["marker"] is not None:
            end = re.compile(rf"^[ \t]*{re.escape(match['marker'])}[ \t]*$", re.MULTILINE).search(written, at)
            if end is None:
                return None
            at = end.end()
    return at
