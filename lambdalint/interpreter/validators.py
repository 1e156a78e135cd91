"""Functions of a model's body that a library calls with a field's value, or with the model, and takes the answer of, by
what they return and what they set: nothing at all, the value itself, the model with other fields.
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


def fields_set(function: Value) -> frozenset[str] | None:
    """The fields that a validator may change of the model that it is given, where it returns that model, or raises;
    None where what it does with the model is not all seen."""
    found = _function(function)
    if found is None or len(found[0].parameters) not in (1, 2):
        return None
    info, _ = found
    name = info.parameters[0].name
    statements = list(statements_of(info.node.body))
    if not statements or not isinstance(statements[-1], (cst.Return, cst.Raise)):
        return None
    changed: set[str] = set()
    seen = 0
    for node in own_nodes(info.node.body):
        if isinstance(node, cst.Return):
            if node.value is None or not _is_name(node.value, name):
                return None
            seen += 1
        elif isinstance(node, cst.Attribute) and _is_name(node.value, name):
            if node.attr.value.startswith("__") or node.attr.value.startswith("model_"):
                return None
            seen += 1
        elif isinstance(node, cst.Call):
            changed.update(_touched(node, name))
            if isinstance(node.func, cst.Attribute) and _is_name(node.func.value, name):
                return None  # a method of the model may set any
        elif isinstance(node, cst.FunctionDef):
            return None
        elif isinstance(node, (cst.AssignTarget, cst.AugAssign, cst.AnnAssign, cst.For, cst.NamedExpr, cst.Del)):
            changed.update(_fields_in(node.target, name))
    named = sum(_is_name(node, name) for node in own_nodes(info.node.body))
    return frozenset(changed) if named == seen else None


def _touched(call: cst.Call, name: str) -> Iterator[str]:
    """The fields whose values a call may change: of what it is a method, and what it is given."""
    if isinstance(call.func, cst.Attribute):
        yield from _fields_in(call.func.value, name)
    if not (isinstance(call.func, cst.Name) and call.func.value in _READ_ONLY):
        for argument in call.args:
            yield from _fields_in(argument.value, name)


#: Functions that change nothing of what they are given.
_READ_ONLY = frozenset({
    "abs", "all", "any", "bool", "float", "frozenset", "int", "isinstance", "len", "list", "max", "min", "print",
    "repr", "round", "set", "sorted", "str", "sum", "tuple",
})  # fmt: skip


def _fields_in(node: Any, name: str) -> Iterator[str]:
    for one in own_nodes(node):
        if isinstance(one, cst.Attribute) and _is_name(one.value, name):
            yield one.attr.value


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
