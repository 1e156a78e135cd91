"""The CST walker: which fields of a node mean something, and one dispatch table for what evaluates it.

libcst's own `visit()` rebuilds every node even for a reader, and its metadata providers walk the whole tree; here a
node's meaningful children are read by a list made once per class from its dataclass fields, trivia left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import libcst as cst

_TRIVIA = frozenset({
    "lpar", "rpar", "comma", "semicolon", "colon", "dot", "equal", "lbracket", "rbracket", "lbrace", "rbrace",
    "header", "footer", "leading_lines", "lines_after_decorators", "trailing_whitespace", "newline", "indent",
    "encoding", "default_indent", "default_newline", "has_trailing_newline", "comment", "star", "keyword", "tok",
    "asynchronous", "separator", "value_is_bytes", "start", "end", "prefix", "quote",
})  # fmt: skip

_fields: dict[type, tuple[str, ...]] = {}


def _child_fields(kind: type) -> tuple[str, ...]:
    found = _fields.get(kind)
    if found is None:
        found = _fields[kind] = tuple(
            field.name
            for field in dataclasses.fields(kind)
            if not field.name.startswith("whitespace")
            and (field.name not in _TRIVIA or (kind is cst.Arg and field.name == "keyword"))
        )
    return found


class _Kinds(dict[type, bool]):
    """Whether a class is one of some libcst classes. These are abstract base classes, to which `isinstance` is slow."""

    def __init__(self, *bases: type) -> None:
        super().__init__()
        self.bases = bases

    def __missing__(self, kind: type) -> bool:
        found = self[kind] = issubclass(kind, self.bases)
        return found


_IS_NODE = _Kinds(cst.CSTNode)
IS_STATEMENT = _Kinds(cst.BaseSmallStatement, cst.BaseCompoundStatement)


def children(node: cst.CSTNode) -> list[Any]:
    """The meaningful children of a node, in source order or near it."""
    found: list[Any] = []
    for name in _child_fields(node.__class__):
        value = getattr(node, name)
        kind = value.__class__
        if kind is tuple or kind is list:
            found += value
        elif _IS_NODE[kind]:
            found.append(value)
    return found


def own_nodes(body: cst.CSTNode) -> Iterator[Any]:
    """The nodes of a body and those below them, without what stands in functions and classes that it defines."""
    pending: list[Any] = [body]
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, (cst.FunctionDef, cst.Lambda, cst.ClassDef)):
            pending += children(node)


#: What evaluates an expression, executes a statement, or matches a pattern: by the node's class.
Handler = TypeVar("Handler", bound=Callable[..., Any])
EXPRESSIONS: dict[type, Callable[..., Any]] = {}
STATEMENTS: dict[type, Callable[..., Any]] = {}
PATTERNS: dict[type, Callable[..., Any]] = {}


def on(table: dict[type, Callable[..., Any]], *kinds: type) -> Callable[[Handler], Handler]:
    """Enter a function into a dispatch table for some node classes."""

    def enter(function: Handler) -> Handler:
        for kind in kinds:
            table[kind] = function
        return function

    return enter


def statements_of(body: cst.BaseSuite) -> tuple[Any, ...]:
    """The statements of a suite, small statements apart."""
    found: list[Any] = []
    for line in body.body:
        if type(line) is cst.SimpleStatementLine:
            found += line.body
        else:
            found.append(line)
    return tuple(found)


def function_name(statement: object) -> str | None:
    """The name of the function that a statement defines; None of any other."""
    return statement.name.value if isinstance(statement, cst.FunctionDef) else None


def dotted_name(node: cst.CSTNode | None) -> str:
    """`a.b.c` of a Name or Attribute; "" of anything else."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return ""
    return ".".join([node.value, *reversed(parts)])
