"""Operators of dicts, lists, tuples and sets: what `+`, `*`, `|`, `&`, `-` and `^` put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import DictObject, InstanceObject, ListObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.parsed_operands import is_parsed
from lambdalint.interpreter.sequences import join_elements
from lambdalint.interpreter.spreading import extend_list, update_dict
from lambdalint.interpreter.stand_ins import changing
from lambdalint.interpreter.values import Const, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame

#: Dicts that decide what a plain one on their left becomes.
_REFLECTED = ("collections.defaultdict", "collections.OrderedDict")
_REPEATED = ("list", "collections.deque")
_INTS = frozenset({"int", "bool"})
#: The longest list that is written out entry by entry.
_WRITTEN_OUT = 64


def of_containers(
    machine: Machine, op: str, left: Value, right: Value, node: Any, frame: Frame, inplace: bool
) -> Value | None:
    """`left op right` where one of them is a container whose entries are known, or None. `op` is the CST's class name;
    with `inplace` it is `left op= right`, which changes what is there. Raises as Python does where the types are no
    match."""
    if inplace and type(left) is Ref:
        changing(machine, left, right)
    elif _may_answer(machine, left) or _may_answer(machine, right):
        return None
    if op == "Add" and type(left) is Tuple and type(right) is Tuple:
        if left.rest is None and right.rest is None:
            return Tuple((*left.items, *right.items), machine.place(node, frame))
        return Tuple((), machine.place(node, frame), rest=machine.unknown(machine.place(node, frame)))
    one = machine.object(left) if type(left) is Ref else None
    other = machine.object(right) if type(right) is Ref else None
    if op == "Multiply":
        if isinstance(one, ListObject):
            return _repeated(machine, one, right, left if inplace else None, node, frame)
        if isinstance(other, ListObject):
            return _repeated(machine, other, left, None, node, frame)
        return _repeated_tuple(left, right, machine.place(node, frame))
    if not isinstance(left, Ref):
        return None
    if isinstance(one, DictObject):
        if one.type == "collections.Counter":  # it counts, and lets go of what is not positive
            machine.may_raise(None)
            leak(machine, left)
            return left if inplace else machine.unknown(machine.place(node, frame))
        return _merged(machine, left, one, right, node, frame, inplace) if op == "BitOr" else None
    if isinstance(one, ListObject):
        if one.type == "list":
            return _joined(machine, left, one, right, node, frame, inplace) if op == "Add" else None
        if op in ("BitOr", "BitAnd", "Subtract", "BitXor"):
            return _combined(machine, left, one, right, node, frame, inplace)
    return None


def _may_answer(machine: Machine, value: Value) -> bool:
    """Whether an operand may be an object whose class says what it makes of a container: a pipe, an array."""
    kind = kind_of(machine, value)
    return type(value) is Sym and kind is None and not is_parsed(value, kind)


def _merged(
    machine: Machine, left: Ref, one: DictObject, right: Value, node: Any, frame: Frame, inplace: bool
) -> Value:
    """`dict | other`."""
    other = machine.object(right) if type(right) is Ref else None
    if not inplace and not isinstance(other, (DictObject, InstanceObject)) and type(right) is not Sym:
        raise machine.raise_builtin("TypeError", node, frame)
    target = left
    if not inplace:
        made = one.copy()
        made.place = machine.place(node, frame)
        made.escaped, made.mirrors = False, None
        if one.type == "dict" and isinstance(other, DictObject) and other.type in _REFLECTED:
            made.type, made.factory = other.type, other.factory
        target = machine.new(made)
    update_dict(machine, target, right, node, frame)
    return target


def _joined(
    machine: Machine, left: Ref, one: ListObject, right: Value, node: Any, frame: Frame, inplace: bool
) -> Value:
    """`list + other`."""
    if inplace:
        extend_list(machine, left, right, node, frame)
        return left
    place = machine.place(node, frame)
    other = machine.object(right) if type(right) is Ref else None
    if isinstance(other, ListObject) and other.type == "list":
        made = one.copy()
        made.place = place
        joined = machine.new(made)
        extend_list(machine, joined, right, node, frame)
        return joined
    if type(right) is not Sym:
        raise machine.raise_builtin("TypeError", node, frame)
    machine.may_raise(("TypeError",))
    for item in one.items:
        leak(machine, item)
    return machine.new(ListObject([], place, one.type, machine.unknown(place)))


def _repeated(
    machine: Machine, thing: ListObject, count: Value, changed: Value | None, node: Any, frame: Frame
) -> Value:
    """`list * count`; of `list *= count` the list is `changed`."""
    if thing.type not in _REPEATED:
        raise machine.raise_builtin("TypeError", node, frame)
    place = machine.place(node, frame)
    items = [*thing.items, *([thing.rest] if thing.rest is not None else [])]
    if thing.leaked:
        items.append(machine.unknown(place))
    counts = kind_of(machine, count)
    if type(count) is not Sym and counts is not None and counts not in _INTS:
        raise machine.raise_builtin("TypeError", node, frame)
    if counts not in _INTS:
        machine.may_raise(("TypeError",))
    made = ListObject([], place, thing.type, join_elements(machine, items))
    if type(count) is Const and isinstance(count.value, int) and thing.rest is None and not thing.leaked:
        if len(items) * count.value <= _WRITTEN_OUT:
            made = ListObject(thing.items * count.value, place, thing.type)
    if not isinstance(changed, Ref):
        return machine.new(made)
    writable = machine.state.write(changed.id)
    writable.items, writable.rest = made.items, made.rest
    return changed


def _repeated_tuple(left: Value, right: Value, place: Any) -> Value | None:
    """`tuple * count` where both are known and it stays short."""
    thing, count = (left, right) if type(left) is Tuple else (right, left)
    if type(thing) is not Tuple or thing.rest is not None:
        return None
    if type(count) is not Const or not isinstance(count.value, int):
        return None
    return Tuple(thing.items * count.value, place) if len(thing.items) * count.value <= _WRITTEN_OUT else None


def _combined(
    machine: Machine, left: Ref, one: ListObject, right: Value, node: Any, frame: Frame, inplace: bool
) -> Value:
    """`set | other` and its like: what both hold may be in it."""
    place = machine.place(node, frame)
    other = machine.object(right) if type(right) is Ref else None
    if one.type in ("set", "frozenset") and isinstance(other, ListObject) and other.type == "list":
        raise machine.raise_builtin("TypeError", node, frame)
    items = [*one.items, *([one.rest] if one.rest is not None else [])]
    if isinstance(other, ListObject):
        if one.leaked or other.leaked:
            items.append(machine.unknown(place))
        items += [*other.items, *([other.rest] if other.rest is not None else [])]
    else:
        items.append(machine.unknown(place))
        machine.may_raise(("TypeError",))
    if inplace:
        writable = machine.state.write(left.id)
        writable.items, writable.rest = [], join_elements(machine, items)
        return left
    made_of = "set" if one.type.startswith("dict_") else one.type  # a view of keys gives a set
    return machine.new(ListObject([], place, made_of, join_elements(machine, items)))
