"""Whether a run on paper could tell another text of a module from the one that it saw, and where things stand in that:
a file of several handlers is edited in one of them, and the runs of the others see nothing of it.

What a run has looked into is noted: see `looks`.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Set

from lambdalint.earlier.same_code import SameCode, same_code
from lambdalint.finding import Position, Span
from lambdalint.looks import Look
from lambdalint.nodes import children_of, nodes_in
from lambdalint.reparsing import Stretch, stretches
from lambdalint.source import Source

_Function = (ast.FunctionDef, ast.AsyncFunctionDef)
_FIELDS = ("name", "args", "decorator_list", "returns", "type_params")


class Unseen:
    """How a text became another, in which the statements at the top are the same, but for what stands in functions, and
    for what is no code. `changed`: those that are not, by their numbers, with how far they are the same."""

    def __init__(self, before: list[Stretch], now: list[Stretch], changed: Mapping[int, SameCode | None]) -> None:
        self._before, self._now, self.changed = before, now, changed
        self._starts = [one.start for one in before]

    def span(self, span: Span) -> Span | None:
        """Where a stretch of the text is now; None where it stands in a function that has changed, or was itself."""
        number = self._number(span.start)
        same = self.changed.get(number)
        if same is not None and span.start.row <= self._before[number].end and number == self._number(span.end):
            was, now = self._before[number].start + 1, self._now[number].start + 1
            rows = same.rows(span.start.row - was, span.end.row - was, span.end.column - 1)
            return Span(span.path, *_in_rows(span, now + rows[0], now + rows[1])) if rows is not None else None
        start, end = self._position(span.start), self._position(span.end)
        return Span(span.path, start, end) if start is not None and end is not None else None

    def _number(self, at: Position) -> int:
        """The last statement that begins before a position."""
        return bisect_right(self._starts, at.row - 1) - 1

    def _position(self, at: Position) -> Position | None:
        number = self._number(at)
        if number < 0:  # before the first, where the texts are alike
            return at
        was, now = self._before[number], self._now[number]
        if at.row - 1 >= was.end:
            return Position(at.row + now.end - was.end, at.column)
        return None if number in self.changed else Position(at.row + now.start - was.start, at.column)


def _in_rows(span: Span, start: int, end: int) -> tuple[Position, Position]:
    return Position(start, span.start.column), Position(end, span.end.column)


def unseen(before: Source, now: Source, looked: Set[Look]) -> Unseen | None:
    """How one text of a module became another, if a run that has looked into so much would see the same in it. None
    where it may not, and where the other text is not followed."""
    if (before.path, "") in looked or before.tree is None or now.tree is None or now.cst is None:
        return None
    was, is_now = stretches(before.tree), stretches(now.tree)
    if not was or len(was) != len(is_now) or before.lines[: was[0].start] != now.lines[: is_now[0].start]:
        return None
    nodes = list(zip(_alone(before.tree, was), _alone(now.tree, is_now)))
    changed: dict[int, SameCode | None] = {}
    for number, (one, other) in enumerate(zip(was, is_now)):
        texts = before.lines[one.start : one.end], now.lines[other.start : other.end]
        if texts[0] != texts[1]:
            changed[number] = None
            if not _may_differ(*nodes[number], before.path, looked):
                same = changed[number] = same_code(*texts)
                if same is None:
                    return None
    return Unseen(was, is_now, changed)


def _alone(tree: ast.Module, parts: list[Stretch]) -> Iterator[ast.stmt | None]:
    """The statement that each part is; None where it is several on a line."""
    at = 0
    for stretch in parts:
        yield tree.body[at] if stretch.holds == 1 else None
        at += stretch.holds


def _may_differ(one: ast.stmt | None, other: ast.stmt | None, path: str, looked: Set[Look]) -> bool:
    """Whether two functions are the same to whoever looks at their heads, and for the names that somebody has looked
    for in the whole file."""
    if not isinstance(one, _Function) or type(one) is not type(other) or (path, one.name) in looked:
        return False
    assert isinstance(other, _Function)
    if any(_told(getattr(one, field, None)) != _told(getattr(other, field, None)) for field in _FIELDS):
        return False
    sought = {name[1:] for where, name in looked if where == path and name[:1] == "="}
    names = [_names(each) & sought for each in (one, other)]
    return names[0] == names[1] and _kind(one) == _kind(other)


def _told(part: object) -> object:
    if isinstance(part, list):
        return [_told(one) for one in part]
    return ast.dump(part) if isinstance(part, ast.AST) else part


def _names(function: ast.AST) -> set[str]:
    """All names that stand in a function."""
    found: set[str] = set()
    for node in nodes_in(function):
        for _, value in ast.iter_fields(node):
            if isinstance(value, str):
                found |= set(value.split(".")) if len(value) < 200 else set()
            elif isinstance(value, list):
                found.update(one for one in value if isinstance(one, str))
    return found


def _kind(function: ast.AST) -> tuple[bool, frozenset[str]]:
    """Whether it is a generator, and the names that it takes from outside to change them."""
    yields, names = False, set()
    stack = children_of(function)
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            yields = True
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            names.update(node.names)
        if not isinstance(node, (*_Function, ast.Lambda, ast.ClassDef)):
            stack += children_of(node)
    return yields, frozenset(names)
