"""Parts of a file taken out of its text, so that what is left compiles and all else stands as it is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from itertools import pairwise

from lambdalint.finding import Change, Position, Span
from lambdalint.source import Source
from lambdalint.tidy.outline import Outline

#: What may follow a statement on its last line, where it is the only one there.
_NOTHING = re.compile(r"[ \t]*;?[ \t\f]*(?:#.*)?")
#: The same behind a name of an import in parentheses.
_COMMA = re.compile(r"[ \t]*,?[ \t]*(?:#.*)?")
#: From a target to its value: `) = `, also over lines.
_ASSIGNS = re.compile(r"\s*=(?!=)(?:[ \t]|\\\r?\n)*")
_AS = re.compile(r"(?P<closed>[\s)]*\)|)\s*\bas\s+")


def extent(source: Source, node: ast.AST) -> tuple[int, int]:
    """Where a node begins and ends in the text."""
    span = source.span_of(node)
    return source.offset_at(span.start), source.offset_at(span.end)


def change(source: Source, start: int, end: int, content: str = "") -> Change:
    """What stands between two offsets becomes something else, or goes."""
    return Change(source.place(Span(source.path, source.position_at(start), source.position_at(end))), content)


def without_statement(source: Source, outline: Outline, node: ast.stmt, *, hold: bool = False) -> Change | None:
    """A simple statement taken out, with its line where it is alone there; `pass` instead in a body that would be
    empty, or where it is to `hold` the place of others. None where that cannot be told from the text."""
    body = outline.body(node)
    start, end = extent(source, node)
    if body is not outline.tree.body and (hold or len(body) == 1):
        return change(source, start, end, "pass")
    line, following = _lines(source, node)
    if _is_alone(source, node):
        return None if source.text[:line].rstrip("\r\n").endswith("\\") else change(source, line, following)
    index = next(number for number, one in enumerate(body) if one is node)
    if index + 1 < len(body) and body[index + 1].lineno == node.end_lineno:
        return change(source, start, extent(source, body[index + 1])[0])
    if index > 0 and body[index - 1].end_lineno == node.lineno:
        return change(source, extent(source, body[index - 1])[1], end)
    return None


def blank_lines(source: Source, nodes: Sequence[ast.stmt]) -> list[Change]:
    """The blank lines taken out that statements which go, with nothing else between them, leave too many: those between
    them, and of those before and those behind the fewer; a file begins and ends with none."""
    if not all(_is_alone(source, node) for node in nodes):
        return []
    lines = source.lines
    first, last = nodes[0].lineno, nodes[-1].end_lineno or 0  # rows, from 1
    before, behind = first - 1, last + 1
    while before > 0 and not lines[before - 1].strip():
        before -= 1
    while behind <= len(lines) and not lines[behind - 1].strip():
        behind += 1
    groups = [((one.end_lineno or 0) + 1, other.lineno) for one, other in pairwise(nodes)]
    if before == 0 or (behind <= len(lines) and first - before >= behind - last):
        groups.append((last + 1, behind))
    else:
        groups.append((before + 1, first))
    spots = [(_row_start(source, start), _row_start(source, end)) for start, end in groups]
    return [change(source, start, end) for start, end in spots if start < end]


def without_alias(source: Source, node: ast.Import | ast.ImportFrom, alias: ast.alias) -> Change:
    """One of several names of an import taken out, with its comma, and with its line where it is alone there."""
    text = source.text
    start, end = extent(source, alias)
    index = next(number for number, one in enumerate(node.names) if one is alias)
    if "(" in text[extent(source, node)[0] : extent(source, node.names[0])[0]]:
        line, following = _lines(source, alias)
        if not text[line:start].strip() and _COMMA.fullmatch(text[end:following].rstrip("\r\n")):
            return change(source, line, following)
        if index + 1 < len(node.names):
            behind = extent(source, node.names[index + 1])[0]
            comma = re.match(r"\s*,[ \t]*", text[end:behind])
            if comma is not None and end + comma.end() != behind:  # a comment, or the end of the line, stays
                return change(source, start, end + comma.end())
        elif "#" in text[extent(source, node.names[index - 1])[1] : start]:
            return change(source, start, end)
    if index + 1 < len(node.names):
        return change(source, start, extent(source, node.names[index + 1])[0])
    return change(source, extent(source, node.names[index - 1])[1], end)


def without_target(source: Source, node: ast.Assign | ast.AnnAssign, target: ast.Name) -> Change | None:
    """An assignment without one of its targets, down to the bare value; None where the target is in parentheses."""
    start, end = extent(source, target)
    if isinstance(node, ast.AnnAssign):
        if extent(source, node)[0] != start:
            return None
        end = extent(source, node.annotation)[1]
        end += len(_closing(source.text, end))
    assigns = _ASSIGNS.match(source.text, end)
    return change(source, start, assigns.end()) if assigns is not None else None


def without_as(source: Source, before: ast.expr, name: str) -> Change | None:
    """` as name` behind an expression taken out; None where the text has it otherwise."""
    _, end = extent(source, before)
    found = _AS.match(source.text, end)
    if found is None or not re.compile(rf"{re.escape(name)}\b").match(source.text, found.end()):
        return None
    return change(source, found.end("closed"), found.end() + len(name))


def _closing(text: str, at: int) -> str:
    found = re.compile(r"(?:\s*\))*").match(text, at)
    return found.group() if found is not None else ""


def _lines(source: Source, node: ast.stmt | ast.alias) -> tuple[int, int]:
    """Where the first line of a node begins, and where the line after its last."""
    return _row_start(source, node.lineno), _row_start(source, (node.end_lineno or node.lineno) + 1)


def _row_start(source: Source, row: int) -> int:
    """Where a row begins, or where the text ends if it has no such row."""
    return source.offset_at(Position(row, 1)) if row <= len(source.lines) else len(source.text)


def _is_alone(source: Source, node: ast.stmt) -> bool:
    """Whether no other statement stands on the lines of one."""
    start, end = extent(source, node)
    line, following = _lines(source, node)
    rest = source.text[end:following].rstrip("\r\n")
    return not source.text[line:start].strip() and _NOTHING.fullmatch(rest) is not None
