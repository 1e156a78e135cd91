"""Syntax that only newer Pythons read, by the version that brought it (each Python's "What's New")."""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from lambdalint.finding import Place, Position, Span
from lambdalint.source import Source

_RUNNING = sys.version_info[1]

#: Nodes of ast that stand for one piece of syntax, by the name of their class: older Pythons lack the class too.
_NODES = {
    "NamedExpr": (8, "`:=`"),
    "Match": (10, "the `match` statement"),
    "TryStar": (11, "`except*`"),
    "TypeAlias": (12, "the `type` statement"),
    "TemplateStr": (14, "a t-string"),
}


@dataclass(frozen=True, slots=True)
class Newer:
    """A piece of syntax, and the minor version of Python 3 that brought it; None where the Python that runs lambdalint
    refuses it and newer ones do not."""

    what: str
    minor: int | None
    place: Place


def newer_syntax(source: Source, minor: int) -> Newer | None:
    """The first thing in a file that Python 3.`minor` does not read and a newer one does; None where there is nothing,
    or where it cannot be told."""
    if source.tree is None:
        if source.error is not None and source.newer and minor <= _RUNNING:
            return Newer(source.error.message, None, Place(source, source.error.span))
        return None
    if minor >= _RUNNING:
        return None
    found = [one for one in (*_in_tree(source, source.tree), *_in_fstrings(source, minor)) if one[0] > minor]
    if not found:
        return None
    since, what, row, column, end = min(found, key=lambda one: (one[2], one[3]))
    span = Span(source.path, Position(row, column), Position(row, max(end, column + 1)))
    return Newer(what, since, Place(source, span))


_Found = tuple[int, str, int, int, int]  # version, what, row, column, end column


def _in_tree(source: Source, tree: ast.Module) -> Iterator[_Found]:
    for node in ast.walk(tree):
        for since, what, at in _of_node(node):
            span = source.span_of(at)
            end = span.end.column if span.end.row == span.start.row else len(source.lines[span.start.row - 1]) + 1
            yield since, what, span.start.row, span.start.column, end


def _of_node(node: ast.AST) -> Iterator[tuple[int, str, ast.AST]]:
    known = _NODES.get(type(node).__name__)
    if known is not None:
        handlers = getattr(node, "handlers", None)
        yield (*known, handlers[0] if handlers else node)
    for parameter in getattr(node, "type_params", ()):
        yield 12, "a type parameter", parameter
        if getattr(parameter, "default_value", None) is not None:
            yield 13, "the default of a type parameter", parameter
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        for element in node.slice.elts:
            if isinstance(element, ast.Starred):
                yield 11, "`*` in a subscript", element
    if isinstance(node, ast.arguments) and node.posonlyargs:
        yield 8, "a parameter that is positional alone", node.posonlyargs[-1]
    if isinstance(node, ast.arg) and isinstance(node.annotation, ast.Starred):
        yield 11, "`*` in an annotation", node.annotation
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        for decorator in node.decorator_list:
            if not _is_dotted(decorator.func if isinstance(decorator, ast.Call) else decorator):
                yield 9, "a decorator that is no dotted name", decorator


def _is_dotted(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _in_fstrings(source: Source, minor: int) -> Iterator[_Found]:
    """What PEP 701 allows between the braces of an f-string: its own quotes, a backslash, a comment, a line break."""
    if minor >= 12 or _RUNNING < 12 or not any(mark in source.data for mark in (b'f"', b"f'", b'F"', b"F'")):
        return
    opened: list[str] = []
    start = getattr(tokenize, "FSTRING_START", None)
    middle, end = getattr(tokenize, "FSTRING_MIDDLE", None), getattr(tokenize, "FSTRING_END", None)
    try:
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
            inside = bool(opened) and token.type not in (middle, end)
            if inside and _is_new_inside(token, opened[-1]):
                row, column = token.start
                yield (
                    12,
                    "an f-string with its own quotes, a backslash or a comment in its braces",
                    row,
                    column + 1,
                    (token.end[1] + 1 if token.end[0] == row else column + 2),
                )
            if token.type == start:
                opened.append(token.string.lstrip("rRfFtT"))
            elif token.type == end and opened:
                opened.pop()
    except (tokenize.TokenError, SyntaxError, IndentationError):
        return


def _is_new_inside(token: tokenize.TokenInfo, quote: str) -> bool:
    if token.type == tokenize.COMMENT:
        return True
    if token.type in (tokenize.NL, tokenize.NEWLINE):
        return len(quote) == 1
    return quote in token.string or "\\" in token.string
