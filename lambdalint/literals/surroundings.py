"""What a text constant stands in: under which conditions, in what is handed to whom."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cached_property

from lambdalint.literals.conditions import tells_local
from lambdalint.literals.model import Literal, name_of
from lambdalint.nodes import children_of, nodes_in
from lambdalint.source import Source

#: What makes one value of several, or a text of them.
_GATHERS = frozenset({"dict", "dumps", "str", "urlencode"})


class Surroundings:
    """The tree of one file, asked from a constant upwards. Nothing is computed before it is asked."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def is_local(self, literal: Literal) -> bool:
        """Whether it stands where a condition says that the code runs on the developer's own machine."""
        node: ast.AST | None = literal.place.node  # type: ignore[assignment]
        while node is not None:
            parent = self._parents.get(id(node))
            if isinstance(parent, (ast.If, ast.IfExp)) and node is not parent.test:
                body = parent.body if isinstance(parent.body, list) else [parent.body]
                if tells_local(parent.test, any(node is one for one in body)):
                    return True
            if isinstance(node, ast.stmt) and any(map(_leaves_where_not_local, _above(node, parent))):
                return True
            node = parent
        return False

    def is_of_test(self, literal: Literal) -> bool:
        """Whether it stands in a test, though its file holds other things, too: nothing but the test runs it."""
        node: ast.AST | None = self._parents.get(id(literal.place.node))
        while node is not None:
            if isinstance(node, ast.ClassDef) and any(name_of(base).endswith("TestCase") for base in node.bases):
                return True
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_"):
                if any(isinstance(one, ast.Assert) for one in nodes_in(node)):  # `test_connection` may be none
                    return True
            node = self._parents.get(id(node))
        return False

    def is_event(self, literal: Literal) -> bool:
        """Whether it is part of a dict that the file itself hands to a handler: an event that somebody made up."""
        child: ast.AST = literal.place.node  # type: ignore[assignment]
        node, inside = self._parents.get(id(child)), False
        while isinstance(node, (ast.Dict, ast.List, ast.Tuple, ast.keyword, ast.Call)):
            if isinstance(node, ast.Call) and inside and _event_of(node) is child:
                return True
            if isinstance(node, ast.Call) and name_of(node.func) not in _GATHERS:
                return False
            inside = inside or isinstance(node, ast.Dict) or _is_call_of_dict(node)
            child = child if isinstance(node, ast.keyword) else node
            node = self._parents.get(id(node))
        targets: Sequence[ast.expr] = node.targets if isinstance(node, ast.Assign) else ()
        if isinstance(node, ast.AnnAssign):
            targets = (node.target,)
        return inside and any(_root(target) in self._events for target in targets)

    def handed(self, keywords: frozenset[str], callees: frozenset[str]) -> frozenset[str]:
        """The names, and those of attributes, that are handed on under some keywords to what is called so, by its last
        name."""
        calls = (node for node in self._nodes if isinstance(node, ast.Call) and name_of(node.func) in callees)
        given = (keyword.value for call in calls for keyword in call.keywords if keyword.arg in keywords)
        return frozenset(name_of(one) for one in given if isinstance(one, (ast.Name, ast.Attribute)))

    @cached_property
    def _events(self) -> frozenset[str]:
        """The names of what the file hands to a handler."""
        given = (_event_of(node) for node in self._nodes if isinstance(node, ast.Call))
        return frozenset(one.id for one in given if isinstance(one, ast.Name))

    @cached_property
    def _nodes(self) -> list[ast.AST]:
        return nodes_in(self._source.tree) if self._source.tree is not None else []

    @cached_property
    def _parents(self) -> dict[int, ast.AST]:
        return {id(child): node for node in self._nodes for child in children_of(node)}


def _above(statement: ast.stmt, parent: ast.AST | None) -> Iterator[ast.stmt]:
    """The statements above one in its block."""
    for name in ("body", "orelse", "finalbody"):
        block = getattr(parent, name, None)
        if isinstance(block, list) and any(statement is one for one in block):
            for one in block:
                if one is statement:
                    return
                yield one


def _leaves_where_not_local(statement: ast.stmt) -> bool:
    """`if stage != "local": return ...`"""
    if not isinstance(statement, ast.If) or statement.orelse:
        return False
    return isinstance(statement.body[-1], (ast.Return, ast.Raise, ast.Continue)) and tells_local(statement.test, False)


def _event_of(call: ast.Call) -> ast.expr | None:
    """The event that a call hands to a handler: `lambda_handler(event, None)`."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    if not name_of(call.func).lower().endswith("handler") or set(named) - {"event", "context"}:
        return None
    if len(call.args) + len(named) != 2:
        return None
    return named.get("event", call.args[0] if call.args else None)


def _is_call_of_dict(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and name_of(node.func) == "dict"


def _root(target: ast.expr) -> str:
    """The name of what a target stands in: `event["body"]`."""
    while isinstance(target, ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""
