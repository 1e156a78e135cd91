"""A suppression, or one rule of it, taken out of its comment; what else the comment says stays."""

from __future__ import annotations

import re
from collections.abc import Collection

from lambdalint.directives import Directive, Mention
from lambdalint.finding import Change, Position, Span
from lambdalint.text import Text

#: What stands between a suppression and the words that give its reason.
_BETWEEN = re.compile(r"[\s,;:.\u2013\u2014-]*")
#: Words that some tool would obey, once they stand behind a `#`.
_OBEYED = re.compile(r"(?i)(?:no[a-z]+|type|mypy|pyright|pylint|flake8|ruff|fmt|yapf|isort|pragma|lambdalint)\b")


def without_mention(file: Text, directive: Directive, mention: Mention, leaving: Collection[Mention]) -> Change:
    """A directive without one of its rules; without itself where all of them are `leaving`."""
    mentions = directive.mentions
    if all(one in leaving for one in mentions):
        return without_directive(file, directive)
    index = mentions.index(mention)
    if index + 1 < len(mentions):
        return _cut(file, mention.span.start, mentions[index + 1].span.start)
    return _cut(file, mentions[index - 1].span.end, mention.span.end)


def without_directive(file: Text, directive: Directive) -> Change:
    """A comment without a directive, and the line without its comment where nothing is left of it, with the blanks
    before; the whole line where nothing else stood there. A reason that followed stays as a comment."""
    start, end = directive.span.start, directive.span.end
    line = file.lines[start.row - 1]
    before, behind = line[: start.column - 1], line[end.column - 1 :]
    words = behind[_end_of_match(behind) :]
    if words.startswith("#"):
        return _cut(file, start, Position(start.row, len(line) - len(words) + 1))
    if words and not _OBEYED.match(words):
        return _cut(file, start, Position(start.row, len(line) - len(words) + 1), "# ")
    if before.strip():
        return _cut(file, Position(start.row, len(before.rstrip()) + 1), Position(start.row, len(line) + 1))
    if start.row < len(file.lines):
        return _cut(file, Position(start.row, 1), Position(start.row + 1, 1))
    return _cut(file, Position(start.row, 1), Position(start.row, len(line) + 1))


def _end_of_match(behind: str) -> int:
    found = _BETWEEN.match(behind)
    return found.end() if found is not None else 0


def _cut(file: Text, start: Position, end: Position, content: str = "") -> Change:
    return Change(file.place(Span(file.path, start, end)), content)
