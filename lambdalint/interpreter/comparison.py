"""Comparisons: chains of `is`, `==`, `in` and the orderings."""

from __future__ import annotations

import operator
from typing import Any

import libcst as cst

from lambdalint.finding import Place
from lambdalint.interpreter import conditions
from lambdalint.interpreter.calls import call_special
from lambdalint.interpreter.certain import refuses, told
from lambdalint.interpreter.decisions import decide
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.exact_types import type_among, type_compared
from lambdalint.interpreter.gone_through import with_keys
from lambdalint.interpreter.heap import DictObject, InstanceObject, IteratorObject
from lambdalint.interpreter.iteration import elements
from lambdalint.interpreter.kinds import ATTRIBUTE, kind_of, said
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.membership import members_of
from lambdalint.interpreter.mixins import as_held
from lambdalint.interpreter.narrowing import choose_option, settled
from lambdalint.interpreter.orderings import decide_order
from lambdalint.interpreter.other_keys import undecided
from lambdalint.interpreter.parsed_operands import is_parsed
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.presence import unasked
from lambdalint.interpreter.sequences import is_unhashable
from lambdalint.interpreter.state import is_const
from lambdalint.interpreter.values import TRUE, Const, Outside, Ref, Sym, Value, boolean
from lambdalint.interpreter.walk import EXPRESSIONS, on

_ORDER = {
    cst.LessThan: ("lt", operator.lt, "__lt__", "__gt__"),
    cst.GreaterThan: ("gt", operator.gt, "__gt__", "__lt__"),
    cst.LessThanEqual: ("le", operator.le, "__le__", "__ge__"),
    cst.GreaterThanEqual: ("ge", operator.ge, "__ge__", "__le__"),
}


_NUMBERS = ("int", "float", "decimal.Decimal")


@on(EXPRESSIONS, cst.Comparison)
def comparison(machine: Machine, node: cst.Comparison, frame: Frame) -> Value:
    left = evaluate(machine, node.left, frame)
    last = len(node.comparisons) - 1
    result: Value = TRUE
    for index, target in enumerate(node.comparisons):
        right = evaluate(machine, target.comparator, frame)
        result = compare(machine, target.operator, left, right, node, frame)
        if index < last and not conditions.truth(machine, result, node, frame):
            return machine.state.resolve(result)
        left = right
    return result


def compare(machine: Machine, op: Any, left: Value, right: Value, node: Any, frame: Frame) -> Value:
    """One comparison."""
    place = machine.place(node, frame)
    asked = _of_a_type(machine, op, left, right, place)
    if asked is not None:
        return asked
    kind = type(op)
    if kind is cst.Is:
        return conditions.condition(machine, ("is", left, right), place)
    if kind is cst.IsNot:
        return conditions.negate(machine, conditions.condition(machine, ("is", left, right), place), place)
    # What `min` or `max` gave is compared by what it then is.
    left, right = settled(machine, left), settled(machine, right)
    if kind is cst.Equal or kind is cst.NotEqual:
        return _equality(machine, kind is cst.Equal, left, right, node, frame)
    if kind is cst.In or kind is cst.NotIn:
        found = _contains(machine, left, right, node, frame)
        if kind is cst.NotIn:
            return conditions.negate(machine, conditions.as_condition(machine, found, node, frame), place)
        return found
    return _ordering(machine, op, left, right, node, frame)


_SAME = frozenset({cst.Is, cst.IsNot, cst.Equal, cst.NotEqual})
_NEGATIVE = frozenset({cst.IsNot, cst.NotEqual, cst.NotIn})


def _of_a_type(machine: Machine, op: Any, left: Value, right: Value, place: Place) -> Value | None:
    """What `type(x) == C` or `type(x) in (C, D)` asks of x, as a condition on it; None of other comparisons."""
    kind = type(op)
    if kind in _SAME:
        found = type_compared(machine, left, right, place)
    elif kind is cst.In or kind is cst.NotIn:
        found = type_among(machine, left, right, place)
    else:
        return None
    negative = kind in _NEGATIVE
    return conditions.negate(machine, found, place) if found is not None and negative else found


def _equality(machine: Machine, positive: bool, left: Value, right: Value, node: Any, frame: Frame) -> Value:
    place = machine.place(node, frame)
    left, right = machine.state.resolve(left), machine.state.resolve(right)
    for one, other in ((left, right), (right, left)):
        if type(one) is Ref and isinstance(machine.object(one), InstanceObject):
            for method in ("__eq__",) if positive else ("__ne__", "__eq__"):
                found = call_special(machine, one, method, (other,), node, frame)
                if found is not None:
                    if method == "__eq__" and not positive:
                        return conditions.negate(machine, found, place)
                    return found
    machine.recorder.event_compared(left, right)
    machine.recorder.operation(machine, "Equal" if positive else "NotEqual", left, right, place, frame.chain)
    compared = _of_arrays(machine, ("eq", left, right), left, right, place)
    if compared is not None:
        single = kind_of(machine, compared) == "numpy.bool"
        return machine.unknown(place, "numpy.bool") if single and not positive else compared
    sides = (left, right)
    if any(kind_of(machine, side) == "sqlalchemy.ColumnElement" for side in sides):
        return machine.unknown(place)
    # What was parsed from JSON is None where it equals None: nothing there has an `__eq__` of its own.
    parsed = any(is_parsed(side, None) for side in sides) and any(is_const(side, None) for side in sides)
    equal = conditions.condition(machine, ("is" if parsed else "eq", left, right), place)
    return equal if positive else conditions.negate(machine, equal, place)


def _of_arrays(machine: Machine, what: tuple[Any, ...], left: Value, right: Value, place: Place) -> Value | None:
    """What a comparison gives of which one side is of numpy or pandas: an array of bools, or numpy's own bool."""
    if not any((kind_of(machine, side) or "").startswith(("numpy.", "pandas.")) for side in (left, right)):
        return None
    from lambdalint.interpreter.library import array_comparison

    return array_comparison(machine, what, left, right, place)


def _contains(machine: Machine, key: Value, container: Value, node: Any, frame: Frame) -> Value:
    state = machine.state
    key, container = state.resolve(key), state.resolve(container)
    place = machine.place(node, frame)
    if type(container) is Sym and container.options:
        container = choose_option(machine, container)
    container = with_keys(machine, container)
    if type(container) is Ref:
        thing = machine.object(container)
        if isinstance(thing, InstanceObject):
            found = call_special(machine, container, "__contains__", (key,), node, frame)
            if found is not None:
                return _as_bool(machine, found, place)
            if thing.payload is not None:
                return _contains(machine, key, thing.payload, node, frame)
            machine.may_raise(None)
            return machine.unknown(place, "bool")
        if isinstance(thing, IteratorObject):
            elements(machine, container, node, frame)
            return machine.unknown(place, "bool")
        if isinstance(thing, DictObject) and thing.backing is not None and type(key) is Const:
            machine.recorder.event_contains(machine, thing.backing, key.value, place)
    kind = kind_of(machine, container)
    in_sets = kind in ("set", "frozenset") and kind_of(machine, key) == "set"  # it is looked for as a frozenset
    if kind in ("dict", "set", "frozenset") and not in_sets and is_unhashable(machine, key):
        why = f"{said(machine, key)} is never in {said(machine, container)}"
        raise machine.raise_builtin("TypeError", node, frame, why, key)
    if refuses(machine, "contains", container, key):
        why = f"{said(machine, key)} is not looked for in {said(machine, container)}"
        raise machine.raise_builtin("TypeError", node, frame, why, container)
    if type(key) is Sym and key.event and type(container) is not Sym:
        for member in members_of(machine, container)[0] or ():
            machine.recorder.event_compared(key, member)
    if type(container) is Sym and type(key) is Const:
        machine.recorder.event_contains(machine, container, key.value, place, unasked(machine, container))
    if kind in ("int", "float", "bool", "NoneType"):
        raise machine.raise_builtin("TypeError", node, frame, f"nothing is in {said(machine, container)}", container)
    if kind is None or kind == "str":
        machine.may_raise(("TypeError",))
    if type(container) is Outside:
        if container.name == "os.environ" and type(key) is Const and isinstance(key.value, str):
            machine.recorder.environment_read(machine, key.value, "in", place)
        return machine.unknown(place, "bool")
    found = conditions.condition(machine, ("in", key, container), place)
    if type(found) is not Const:
        undecided(machine, key)
    return found


def _as_bool(machine: Machine, value: Value, place: Place) -> Value:
    decided = decide(machine, value)
    return boolean(decided) if decided is not None else conditions.condition(machine, ("truth", value), place)


def _ordering(machine: Machine, op: Any, left: Value, right: Value, node: Any, frame: Frame) -> Value:
    name, function, forward, backward = _ORDER[type(op)]
    left, right = machine.state.resolve(left), machine.state.resolve(right)
    place = machine.place(node, frame)
    held = [as_held(machine, side, forward, backward) for side in (left, right)]
    if not any(type(side) is Ref for side in held):
        left, right = held
    if type(left) is Const and type(right) is Const:
        try:
            compared: Any = function
            return boolean(bool(compared(left.value, right.value)))
        except TypeError:
            why = f"{said(machine, left)} and {said(machine, right)} have no order"
            raise machine.raise_builtin("TypeError", node, frame, why, right) from None
    for one, other, method in ((left, right, forward), (right, left, backward)):
        if type(one) is Ref and isinstance(machine.object(one), InstanceObject):
            found = call_special(machine, one, method, (other,), node, frame)
            if found is not None:
                return found
    machine.recorder.operation(machine, type(op).__name__, left, right, place, frame.chain)
    one_kind, other_kind = kind_of(machine, left), kind_of(machine, right)
    if {one_kind, other_kind} != {"decimal.Decimal", "float"} and refuses(machine, name, left, right):
        why = f"{told(machine, left)} and {told(machine, right)} have no order"
        about = left if type(left) is Sym and left.of_event else right
        raise machine.raise_builtin("TypeError", node, frame, why, about)
    machine.may_raise(("TypeError",))
    if one_kind in _NUMBERS or other_kind in _NUMBERS:
        for one, kind in ((left, one_kind), (right, other_kind)):
            if type(one) is Sym and kind == ATTRIBUTE:  # of what DynamoDB has, numbers alone are in order with one
                machine.state.learn(one, value=machine.unknown(one.place, "decimal.Decimal"))
    compared_array = _of_arrays(machine, ("order", name, left, right), left, right, place)
    if compared_array is not None:
        return compared_array
    plain = ("int", "float", "bool", "str", "bytes", "datetime.datetime", "decimal.Decimal", "list", "tuple", "set")
    # An operand whose class is not known may answer with anything: an array, an expression. One from JSON does not.
    sides = ((left, one_kind), (right, other_kind))
    plainly = all(kind in plain or (type(value) is Sym and value.json) for value, kind in sides)
    bool_or_not = "bool" if plainly else None
    decided = decide_order(machine, name, left, right)
    if decided is not None:
        return boolean(decided)
    return machine.unknown(place, bool_or_not, condition=("order", name, left, right))
