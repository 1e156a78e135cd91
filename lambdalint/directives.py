"""The comments by which a person tells lambdalint to be silent, and where each holds.

    # lambdalint: ignore[LL202, return-not-serializable]     the statement it stands in
    # lambdalint: file-ignore[LL202]                         the whole file
    # noqa: LL202                                            the statement, as flake8 and ruff write it
    # flake8: noqa: LL202    # ruff: noqa                    the whole file

A comment counts on any line of a simple statement, and on any line of a compound statement's header (its decorators
too, its body not). Text that looks like one inside a string is no comment, be it Python's or a template's.
"""

from __future__ import annotations

import ast
import difflib
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from lambdalint.comment_places import comments_of
from lambdalint.finding import Lasting, Place, Position, Span
from lambdalint.source import Source
from lambdalint.text import Text

#: A file without any of these bytes has no directive: it is not read further.
_MARKER = re.compile(rb"[nN][oO][qQ][aA]|lambdalint:")

_OWN = re.compile(r"#\s*lambdalint:\s*(?P<verb>[A-Za-z][\w-]*)\s*(?:\[(?P<names>[^\]]*)\]?)?")
# flake8's own pattern (flake8/defaults.py): codes apart by commas or blanks, letters before digits.
_CODES = r"(?::[ \t]?(?P<codes>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*))?"
_NOQA = re.compile(rf"#\s*noqa{_CODES}", re.IGNORECASE)
_FILE_NOQA = re.compile(rf"#\s*(?:flake8|ruff)\s*[:=]\s*noqa{_CODES}", re.IGNORECASE)
_NAME = re.compile(r"[^\s,]+")
_CODE = re.compile(r"[A-Za-z]+[0-9]+")

_HASH = re.compile(r"(?:(?<=\s)|^)#")

_VERBS = ("ignore", "file-ignore")
#: What other linters call it.
_OTHER_VERBS = ("disable", "disable-next", "noqa", "skip", "off", "ignore-file", "skip-file", "nosec", "allow")


@dataclass(frozen=True, slots=True)
class Mention:
    """A code or a rule's name as a directive gives it; codes in capitals."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Directive:
    """One comment. `kind` is "ignore", "noqa" or "malformed" (it is meant for lambdalint, and means nothing).

    `rows` are the first and the last row that it holds for, or None for the whole file. A "noqa" without mentions is a
    blanket one.
    """

    kind: str
    span: Span
    text: str
    mentions: tuple[Mention, ...]
    rows: tuple[int, int] | None

    def covers(self, span: Span) -> bool:
        """Whether what is reported at `span` is in its reach: by where it begins."""
        return self.rows is None or self.rows[0] <= span.start.row <= self.rows[1]


@dataclass(frozen=True, slots=True)
class SuppressionFacts(Lasting):
    """What came of the directives of one file, for the rules about them.

    `unused`: mentions of rules that were on and had nothing to silence. `unknown`: mentions of no rule, each with the
    nearest code or name, or None; `certain`: those of them whose nearest would silence what is reported there.
    `file`: what they stand in, and `directives`: all of them.
    """

    file: Text
    directives: tuple[Directive, ...] = ()
    malformed: tuple[Directive, ...] = ()
    unused: tuple[Mention, ...] = ()
    unknown: tuple[tuple[Mention, str | None], ...] = ()
    certain: frozenset[Mention] = frozenset()

    def directive(self, mention: Mention) -> Directive:
        """The comment in which a mention stands."""
        return next(one for one in self.directives if mention in one.mentions)

    def span_of(self, node: object) -> Span:
        """Locates what it holds, which is located already."""
        assert isinstance(node, (Directive, Mention))
        return node.span

    def place(self, node: Directive | Mention) -> Place:
        """The directive or mention, as rules report it."""
        return Place(self, node)


def directives(file: Text) -> tuple[Directive, ...]:
    """The directives of a file, in its order. In a file that is not Python a comment holds for its own line."""
    if not _MARKER.search(file.data):
        return ()
    rows = _rows(file, _MARKER)
    reach: dict[int, tuple[int, int]] = {}
    if isinstance(file, Source):
        found = list(comments(file, _MARKER))
        reach = extents(file.tree) if found and file.tree is not None else {}
    else:
        found = list(_line_comments(file, rows))
    return tuple(directive for row, column, text in found for directive in _parse(file.path, row, column, text, reach))


def _rows(file: Text, marker: re.Pattern[bytes]) -> list[int]:
    return [row for row, line in enumerate(file.lines, 1) if marker.search(line.encode("utf-8", "replace"))]


def _line_comments(file: Text, rows: list[int]) -> Iterator[tuple[int, int, str]]:
    """The comments of what is no Python. Of Dockerfiles, and of what cannot be read: from a `#` after a blank to the
    line's end."""
    known = comments_of(file) if rows else None
    for row in rows:
        line = file.lines[row - 1]
        found = _HASH.search(line)
        column = (found and found.start() + 1) if known is None else known.there.get(row)
        if column is not None:
            yield row, column, line[column - 1 :]


def comments(source: Source, marker: re.Pattern[bytes]) -> Iterator[tuple[int, int, str]]:
    """Row, column (from 1) and text of the comments on rows with a marker, up to where the file stops being Python."""
    rows = _rows(source, marker) if marker.search(source.data) else []
    if not rows:
        return
    wanted, last = set(rows), rows[-1]
    lines = (line + "\n" for line in source.lines)
    try:
        for token in tokenize.generate_tokens(lambda: next(lines, "")):
            row, column = token.start
            if token.type == tokenize.COMMENT and row in wanted:
                yield row, column + 1, token.string
            if row > last:
                return
    except (tokenize.TokenError, SyntaxError):
        return


def extents(tree: ast.Module) -> dict[int, tuple[int, int]]:
    """For each row that a statement stands on: the first and the last row of that simple statement or header."""
    found: dict[int, tuple[int, int]] = {}
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            low, high = _own_rows(node)
            for row in {row for row in range(low, high + 1) if row in found}:  # several statements on one line
                low, high = min(low, found[row][0]), max(high, found[row][1])
            found.update(dict.fromkeys(range(low, high + 1), (low, high)))
        stack += [
            child
            for name in ("body", "orelse", "finalbody", "handlers", "cases")
            for child in (getattr(node, name, None) or ())
        ]
    return found


def _own_rows(node: ast.stmt | ast.ExceptHandler | ast.match_case) -> tuple[int, int]:
    """The rows of a simple statement, or those of a compound one's header."""
    start = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
    decorators = getattr(node, "decorator_list", None)
    if decorators:
        start = min(start, decorators[0].lineno)
    inner = getattr(node, "body", None) or getattr(node, "cases", None)
    if inner:
        first = inner[0]
        begins = first.pattern.lineno if isinstance(first, ast.match_case) else _own_rows(first)[0]
        return start, max(start, begins - 1)
    end = node.pattern.end_lineno if isinstance(node, ast.match_case) else node.end_lineno
    return start, end or start


def _parse(path: str, row: int, column: int, text: str, extents: dict[int, tuple[int, int]]) -> Iterator[Directive]:
    def span(start: int, end: int) -> Span:
        return Span(path, Position(row, column + start), Position(row, column + end))

    rows = extents.get(row, (row, row))
    for match in _OWN.finditer(text):
        verb, names = match["verb"].lower(), match["names"]
        mentions = tuple(
            Mention(_upper(name.group()), span(match.start("names") + name.start(), match.start("names") + name.end()))
            for name in _NAME.finditer(names or "")
        )
        here = span(match.start(), len(match.group().rstrip()) + match.start())
        if verb in _VERBS and mentions:
            yield Directive("ignore", here, match.group(), mentions, rows if verb == "ignore" else None)
        elif names is not None or verb in _OTHER_VERBS or difflib.get_close_matches(verb, _VERBS, cutoff=0.75):
            yield Directive("malformed", here, match.group().rstrip(), (), rows)
    for pattern, reach in ((_FILE_NOQA, None), (_NOQA, rows)):
        for match in pattern.finditer(text):
            start = match.start("codes")
            mentions = tuple(
                Mention(code.group().upper(), span(start + code.start(), start + code.end()))
                for code in _CODE.finditer(match["codes"] or "")
            )
            yield Directive("noqa", span(match.start(), match.end()), match.group(), mentions, reach)


def _upper(name: str) -> str:
    return name.upper() if _CODE.fullmatch(name) else name
