"""The trees of a text that was changed in a place or two: the statements at the top whose lines are as they were are
taken from the trees before.

Parsing takes libcst longer than all else that is done with most files. Its nodes know nothing of where they stand, so
those of one tree may stand in another; those of an abstract tree may where the lines are as many as before. The oracle
is the parser: tests hold the trees to what that makes of the text.
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


class Retold(NamedTuple):
    """An abstract tree, and which of its statements have not stood in the tree before."""

    tree: ast.Module
    new: list[ast.stmt]


def retold(before: Parsed, lines: list[str]) -> Retold | None:
    """The abstract tree of another text, given by its lines, if it has as many and compile() takes what is new in it.
    None where all of it must be parsed.

    What has changed is parsed between two statements that have not: it begins and ends with a line, so it means the
    same as it does in the whole if by itself it is a text without a mistake.
    """
    was = before.lines
    if len(was) != len(lines) or not lines:
        return None
    top, bottom = 0, len(lines)
    while top < bottom and was[top] == lines[top]:
        top += 1
    while top < bottom and was[bottom - 1] == lines[bottom - 1]:
        bottom -= 1
    parts = stretches(before.tree)
    first, last = 0, len(parts)
    while first < last and parts[first].end <= top:
        first += 1
    while first < last and parts[last - 1].start >= bottom:
        last -= 1
    start = parts[first - 1].end if first else 0
    end = parts[last].start if last < len(parts) else len(lines)
    if any(at and lines[at - 1].rstrip("\r\n").endswith("\\") for at in (start, end)):
        return None
    head = sum(one.holds for one in parts[:first])
    foot = sum(one.holds for one in parts[last:])
    body = before.tree.body
    try:
        new = ast.parse("\n" * start + "".join(lines[start:end])).body
    except Exception:  # it may be a part of something: whoever parses the whole will tell
        return None
    tree = ast.Module(body=[*body[:head], *new, *(body[-foot:] if foot else ())], type_ignores=[])
    return Retold(tree, new) if _compiles(before.tree, tree, new) else None


def _compiles(before: ast.Module, tree: ast.Module, new: list[ast.stmt]) -> bool:
    """Whether compile() surely takes a tree of which it has taken all but some statements, in another: it looks at each
    by itself, but for what is said of the whole, which stands at the head, and for what is global at the top."""
    future = _future(tree)
    if any(one is told for one in new for told in future) or any(map(_tells_scope, tree.body)):
        return False
    if list(map(ast.dump, _future(before))) != list(map(ast.dump, future)):
        return False
    if future and new and tree.body.index(new[0]) < tree.body.index(future[-1]):
        return False
    try:
        compile(ast.Module(body=[*future, *new], type_ignores=[]), "", "exec", dont_inherit=True, optimize=0)
    except Exception:
        return False
    return True


def _future(tree: ast.Module) -> list[ast.stmt]:
    return [one for one in tree.body if isinstance(one, ast.ImportFrom) and one.module == "__future__"]


def _tells_scope(statement: ast.AST) -> bool:
    """Whether `global` or `nonlocal` stands at the top of a module, or of what stands there."""
    stack = [statement]
    while stack:
        part = stack.pop()
        if isinstance(part, (ast.Global, ast.Nonlocal)):
            return True
        if not isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            for block in ("body", "orelse", "finalbody", "handlers", "cases"):
                inner = getattr(part, block, None)
                if isinstance(inner, list):  # of a conditional expression it is no block
                    stack += inner
    return False


def reparsed(before: Parsed, lines: list[str], tree: ast.Module) -> libcst.Module | None:
    """The concrete tree of another text, given by its lines and its abstract tree. None where all of it must be parsed:
    the first statement has changed, which the head of the file belongs to, or nothing is left that had been parsed."""
    import libcst

    was, now = stretches(before.tree), stretches(tree)
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


class Stretch(NamedTuple):
    """A statement at the top, or a line of several, by the numbers of its lines, from 0, the last left out. `gap`:
    where what stands between it and the one before begins. `holds`: how many statements."""

    gap: int
    start: int
    end: int
    holds: int = 1

    def of(self, lines: list[str]) -> list[str]:
        return lines[self.gap : self.end]


def stretches(tree: ast.Module) -> list[Stretch]:
    """What stands at the top, in order."""
    found: list[Stretch] = []
    for node in tree.body:
        decorators = [one.lineno for one in getattr(node, "decorator_list", ())]
        start, end = min([node.lineno, *decorators]) - 1, node.end_lineno or node.lineno
        if found and start < found[-1].end:  # `a = 1; b = 2` is one line
            found[-1] = found[-1]._replace(end=end, holds=found[-1].holds + 1)
        else:
            found.append(Stretch(found[-1].end if found else 0, start, end))
    return found


def _is_inner(stretches: list[Stretch], number: int, lines: list[str]) -> bool:
    """Whether a line between so many statements and the next may belong to the last of them: it is indented, as its
    block is, or a backslash stands before it."""
    end = stretches[number - 1].end
    behind = lines[end : stretches[number].start if number < len(stretches) else None]
    continued = end > 0 and lines[end - 1].rstrip("\r\n").endswith("\\")
    return continued or any(line[:1] in (" ", "\t", "\f") for line in behind)
