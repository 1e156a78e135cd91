"""The concrete tree of a text that was changed in a place or two: the statements at the top whose lines are as they
were are taken from the tree before.

Parsing takes libcst longer than all else that is done with most files. Its nodes know nothing of where they stand, so
those of one tree may stand in another. The oracle is the parser: tests hold the tree to what that makes of the text.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import libcst


class Parsed(NamedTuple):
    """A text, with its lines as they end, and both of its trees."""

    lines: list[str]
    tree: ast.Module
    cst: libcst.Module


def reparsed(before: Parsed, lines: list[str], tree: ast.Module) -> libcst.Module | None:
    """The concrete tree of another text, given by its lines and its abstract tree. None where all of it must be parsed:
    the first statement has changed, which the head of the file belongs to, or nothing is left that had been parsed."""
    import libcst

    was, now = _stretches(before.tree), _stretches(tree)
    if len(was) != len(before.cst.body) or not now:
        return None
    first, last = 0, 0
    most = min(len(was), len(now))
    while first < most and was[first].of(before.lines) == now[first].of(lines):
        first += 1
    while first and (_is_inner(now, first, lines) or _is_inner(was, first, before.lines)):
        first -= 1
    if first == 0:
        return None
    if before.lines[was[-1].end :] == lines[now[-1].end :]:  # what follows the last statement
        while last < most - first and was[-1 - last].of(before.lines) == now[-1 - last].of(lines):
            last += 1
    while last and (_is_inner(now, len(now) - last, lines) or _is_inner(was, len(was) - last, before.lines)):
        last -= 1
    module, end = before.cst, now[-last].gap if last else len(lines)
    middle = libcst.parse_module("".join(lines[now[first - 1].end : end]))
    body = list(middle.body)
    if body and (middle.default_indent, middle.default_newline) != (module.default_indent, module.default_newline):
        return None  # nodes that are indented as the rest of the file do not say how far
    if last and (middle.footer or (middle.header and not body)):
        return None
    if body:
        body[0] = body[0].with_changes(leading_lines=(*middle.header, *body[0].leading_lines))
    return module.with_changes(
        body=(*module.body[:first], *body, *(module.body[-last:] if last else ())),
        footer=module.footer if last else (*(() if body else middle.header), *middle.footer),
        has_trailing_newline=lines[-1].endswith(("\n", "\r")),
    )


class _Stretch(NamedTuple):
    """A statement at the top, or a line of several, by the numbers of its lines, from 0, the last left out. `gap`:
    where what stands between it and the one before begins."""

    gap: int
    start: int
    end: int

    def of(self, lines: list[str]) -> list[str]:
        return lines[self.gap : self.end]


def _stretches(tree: ast.Module) -> list[_Stretch]:
    found: list[_Stretch] = []
    for node in tree.body:
        decorators = [one.lineno for one in getattr(node, "decorator_list", ())]
        start, end = min([node.lineno, *decorators]) - 1, node.end_lineno or node.lineno
        if found and start < found[-1].end:  # `a = 1; b = 2` is one line
            found[-1] = found[-1]._replace(end=end)
        else:
            found.append(_Stretch(found[-1].end if found else 0, start, end))
    return found


def _is_inner(stretches: list[_Stretch], number: int, lines: list[str]) -> bool:
    """Whether a line between so many statements and the next may belong to the last of them: it is indented, as its
    block is, or a backslash stands before it."""
    end = stretches[number - 1].end
    behind = lines[end : stretches[number].start if number < len(stretches) else None]
    continued = end > 0 and lines[end - 1].rstrip("\r\n").endswith("\\")
    return continued or any(line[:1] in (" ", "\t", "\f") for line in behind)
