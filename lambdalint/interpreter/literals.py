"""Constants, and displays of lists, sets, tuples and dicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst

from lambdalint.interpreter.bounds import MAX_ITEMS
from lambdalint.interpreter.containers import append
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.heap import DictObject, ListObject
from lambdalint.interpreter.item_stores import set_item
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.spreading import extend_list, update_dict
from lambdalint.interpreter.values import Const, Ref, Tuple, Value
from lambdalint.interpreter.walk import EXPRESSIONS, on


def constant(machine: Machine, node: Any, frame: Frame, value: object) -> Value:
    """The constant that a literal node gives, made once."""
    found = machine.constants.get(id(node))
    if found is None:
        found = machine.constants[id(node)] = Const(value, machine.place(node, frame))
    return found


@on(EXPRESSIONS, cst.Integer, cst.Float, cst.Imaginary, cst.SimpleString)
def literal(machine: Machine, node: Any, frame: Frame) -> Value:
    found = machine.constants.get(id(node))
    if found is None:
        try:
            value = _meaning(node)
        except Exception:  # a literal that this Python reads otherwise
            return machine.unknown(machine.place(node, frame))
        found = machine.constants[id(node)] = Const(value, machine.place(node, frame))
    return found


def _meaning(node: Any) -> object:
    """The value of a number or a string. libcst compiles each; most strings are what stands between their quotes."""
    if type(node) is cst.Imaginary:
        return complex(node.value.replace("_", ""))
    if type(node) is cst.SimpleString and not node.prefix and "\\" not in node.value and "\r" not in node.value:
        return node.raw_value
    return node.evaluated_value


@on(EXPRESSIONS, cst.Ellipsis)
def ellipsis(machine: Machine, node: Any, frame: Frame) -> Value:
    return constant(machine, node, frame, ...)


def evaluate_elements(machine: Machine, elements: Sequence[Any], target: Ref, frame: Frame) -> None:
    """Add the elements of a display to a list or set under construction."""
    for element in elements:
        value = evaluate(machine, element.value, frame)
        if isinstance(element, cst.StarredElement):
            extend_list(machine, target, value, element, frame)
        else:
            append(machine, target, value, element, frame)


@on(EXPRESSIONS, cst.List, cst.Set)
def list_or_set(machine: Machine, node: Any, frame: Frame) -> Value:
    made = machine.new(ListObject([], machine.place(node, frame), "list" if isinstance(node, cst.List) else "set"))
    if len(node.elements) > MAX_ITEMS:
        machine.lose("large literals")
        machine.state.write(made.id).rest = machine.unknown()
        return made
    evaluate_elements(machine, node.elements, made, frame)
    return made


@on(EXPRESSIONS, cst.Tuple)
def tuple_display(machine: Machine, node: cst.Tuple, frame: Frame) -> Value:
    place = machine.place(node, frame)
    if not any(type(element) is cst.StarredElement for element in node.elements):
        return Tuple(tuple(evaluate(machine, element.value, frame) for element in node.elements), place)
    made = machine.new(ListObject([], place))
    evaluate_elements(machine, node.elements, made, frame)
    thing = machine.object(made)
    assert isinstance(thing, ListObject)
    return Tuple(tuple(thing.items), place, rest=thing.rest)


#: What `**` refuses.
_NO_MAPPINGS = frozenset({"list", "tuple", "set", "frozenset", "str", "bytes", "int", "float", "bool", "NoneType"})


@on(EXPRESSIONS, cst.Dict)
def dict_display(machine: Machine, node: cst.Dict, frame: Frame) -> Value:
    made = machine.new(DictObject(machine.place(node, frame)))
    if len(node.elements) > MAX_ITEMS:
        machine.lose("large literals")
        machine.state.write(made.id).open = True
        return made
    for element in node.elements:
        if type(element) is cst.StarredDictElement:
            spread = evaluate(machine, element.value, frame)
            if kind_of(machine, spread) in _NO_MAPPINGS:  # pairs are for `dict(...)` and `update` alone
                raise machine.raise_builtin("TypeError", element, frame)
            update_dict(machine, made, spread, element, frame)
        else:
            key = evaluate(machine, element.key, frame)  # type: ignore[attr-defined]
            # As the path knows it now: a round of a comprehension forgets what it has learnt.
            value = machine.state.resolve(evaluate(machine, element.value, frame))
            set_item(machine, made, key, value, node, frame, element.value)
    return made
