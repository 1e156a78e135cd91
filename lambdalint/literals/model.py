"""A text constant of a file, and what it is bound to."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, Union

from lambdalint.finding import Place

#: Stands in a text for a part that is only known when the code runs.
HOLE = "\ufffc"

Scope: TypeAlias = Union[ast.Dict, ast.Call, "list[ast.stmt]", None]


@dataclass(slots=True, unsafe_hash=True)  # not frozen, which would make it take three times as long
class Context:
    """What a constant is bound to. Nobody changes one. `binding` is one of

    variable, attribute, subscript, field (of a class body), member (of an Enum), key (of a dict), keyword, argument,
    parameter (its default), comparison, return, environment (set), environment-default, key-default (`d.get(k, x)`,
    `add_argument("--k", default=x)`), beside (an argument that stands behind a name: `put("API_KEY", x)`), and "" for
    none.

    `name` is the variable, key, keyword or function; `callee` the called name, imports resolved; `container` what the
    surrounding collection, or the variable's value with its default, is bound to; `position` the index of an argument;
    `reader` the expression that reads an environment variable with its default; `fallback`: it counts only where
    something else is empty, `settings.key or x`.
    """

    binding: str = ""
    name: str = ""
    callee: str = ""
    container: str = ""
    position: int = -1
    scope: Scope = None
    reader: ast.expr | None = None
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Literal:
    """A text constant. bytes are read as Latin-1; `whole` is False where a part of the text is a `HOLE`."""

    value: str
    place: Place
    context: Context

    @property
    def whole(self) -> bool:
        return HOLE not in self.value

    @property
    def siblings(self) -> Mapping[str, str]:
        """The text constants beside this one, by name: of the same dict or call, or assigned in the same block."""
        texts = ((name, text_of(value)) for name, value in _named(self.context.scope))
        return {name: text for name, text in texts if text is not None}

    @property
    def flags(self) -> tuple[str, ...]:
        """The names beside it that are bound to True or False."""
        beside = _named(self.context.scope)
        return tuple(name for name, node in beside if isinstance(node, ast.Constant) and isinstance(node.value, bool))


def _named(scope: Scope) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(scope, ast.Dict):
        pairs: Iterable[tuple[str, ast.expr | None]] = (
            (text_of(k) or "", v) for k, v in zip(scope.keys, scope.values, strict=False)
        )
    elif isinstance(scope, ast.Call):
        pairs = ((keyword.arg or "", keyword.value) for keyword in scope.keywords)
    else:
        pairs = (
            (name_of(target), statement.value)
            for statement in scope or ()
            if isinstance(statement, (ast.Assign, ast.AnnAssign))
            for target in (statement.targets if isinstance(statement, ast.Assign) else [statement.target])
        )
    return ((name, value) for name, value in pairs if name)


def text_of(node: ast.AST | None) -> str | None:
    """The text of a str or bytes constant, or None."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            return node.value
        if isinstance(node.value, bytes):
            return node.value.decode("latin-1")
    return None


#: Methods that get a value by its key.
GETTERS = frozenset({"get", "pop", "setdefault", "getenv"})
#: Methods of a text that leave what it says.
UNCHANGED = frozenset({"encode", "decode", "strip", "lstrip", "rstrip", "lower", "upper", "removesuffix"})


def bound_call(node: ast.Call, callee: str) -> ast.Call:
    """The call that `partial(function, ...)` makes possible: what it binds is given to the function. `callee`: the full
    name of what is called."""
    if callee != "functools.partial" or not node.args or isinstance(node.args[0], ast.Starred):
        return node
    return ast.copy_location(ast.Call(node.args[0], node.args[1:], node.keywords), node)


def name_of(node: ast.AST | None) -> str:
    """What a person would call an expression: the variable, attribute, constant key, or key that is got; else ""."""
    while True:
        if isinstance(node, (ast.Starred, ast.Await)):
            node = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in UNCHANGED:
            node = node.func.value
        else:
            break
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return text_of(node.slice) or (node.slice.attr if isinstance(node.slice, ast.Attribute) else "")
    if isinstance(node, ast.NamedExpr):
        return node.target.id
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in GETTERS and node.args:
            return text_of(node.args[0]) or ""
    return ""
