"""Functions of a model's body that a library calls with a field's value and takes the answer of, by what they return:
nothing at all, or the value itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import libcst as cst

from lambdalint.interpreter.values import Descriptor, Function, Value
from lambdalint.interpreter.walk import own_nodes, statements_of

#: Methods that only a text has, and that give a text. https://docs.python.org/3/library/stdtypes.html#string-methods
_OF_TEXTS = frozenset({
    "capitalize", "casefold", "lower", "lstrip", "removeprefix", "removesuffix", "rstrip", "strip", "swapcase", "title",
    "upper", "zfill",
})  # fmt: skip


def _function(value: Value) -> tuple[Any, bool] | None:
    """The code of a function, and whether it is given a class or an object first; None of what is no plain function."""
    bound = not isinstance(value, Descriptor) or value.kind != "static"
    if isinstance(value, Descriptor):
        value = value.function
    info = value.info if type(value) is Function else None
    if info is None or info.is_async or info.is_generator or info.is_lambda:
        return None
    return info, bound


def gives_nothing(function: Value) -> bool:
    """Whether a function returns None, wherever it comes to its end."""
    found = _function(function)
    if found is None:
        return False
    info, _ = found
    statements = list(statements_of(info.node.body))
    if not statements or isinstance(statements[-1], (cst.Raise, cst.While, cst.With, cst.Try)):
        return False  # it may not come to its end
    if isinstance(statements[-1], cst.Expr) and isinstance(statements[-1].value, cst.Ellipsis):
        return False
    given = (node.value for node in own_nodes(info.node.body) if isinstance(node, cst.Return))
    return all(value is None or (isinstance(value, cst.Name) and value.value == "None") for value in given)


def gives_value_back(function: Value) -> bool:
    """Whether a validator of a field returns the value that it is given, or raises; a text may be written otherwise."""
    found = _function(function)
    if found is None:
        return False
    info, bound = found
    names = [parameter.name for parameter in info.parameters][bound:]
    statements = list(statements_of(info.node.body))
    if not names or not statements or not isinstance(statements[-1], (cst.Return, cst.Raise)):
        return False
    return all(value is not None and _is_value(value, names[0]) for value in _given(info.node.body, names[0]))


def _given(body: Any, name: str) -> Iterator[Any]:
    """What a body returns, and what it binds a name to; None for what is not seen."""
    for node in own_nodes(body):
        binds = isinstance(node, cst.Assign) and any(_is_name(target.target, name) for target in node.targets)
        if binds or isinstance(node, cst.Return):
            yield node.value
        elif isinstance(node, (cst.AssignTarget, cst.AugAssign, cst.AnnAssign, cst.For, cst.NamedExpr)):
            target = node.target
            seen = isinstance(node, cst.AssignTarget) and _is_name(target, name)
            if not seen and any(_is_name(one, name) for one in own_nodes(target)):
                yield None
        elif isinstance(node, (cst.AsName, cst.Del, cst.Nonlocal, cst.Global, cst.Match)):
            yield None


def _is_value(node: Any, name: str) -> bool:
    """Whether an expression is what a name holds, or the same text written otherwise."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and node.func.attr.value in _OF_TEXTS:
        return _is_value(node.func.value, name)
    return _is_name(node, name)


def _is_name(node: Any, name: str) -> bool:
    return isinstance(node, cst.Name) and node.value == name
