"""Lists and sets of the heap growing by an element, and dicts and lists of which less is known."""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.equality import decide_equal
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import Item
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.sequences import is_unhashable, join_elements
from lambdalint.interpreter.values import Ref, Value


def open_dict(machine: Machine, target: Ref) -> None:
    """Anything may have been added or replaced."""
    writable = machine.state.write(target.id)
    for item in writable.items.values():
        leak(machine, item.value)
    # A key that was there is still there; what it holds is not known any more.
    writable.items = {
        key: Item(machine.unknown(item.place), item.place, item.sure) for key, item in writable.items.items()
    }
    writable.open, writable.rest, writable.backing, writable.removed = True, None, None, frozenset()
    writable.moves += 1


def append(machine: Machine, target: Ref, item: Value, node: Any, frame: Frame) -> None:
    """Add one element at the end of a list, or into a set."""
    writable = machine.state.write(target.id)
    if writable.type in ("set", "frozenset"):
        add_to_set(machine, target, item, node, frame)
    elif writable.rest is not None:
        append_many(machine, target, item)
    else:
        writable.items.append(item)


def append_many(machine: Machine, target: Ref, element: Value) -> None:
    """Add any number of elements like this one."""
    writable = machine.state.write(target.id)
    values = [element] if writable.rest is None else [writable.rest, element]
    joined = join_elements(machine, values)
    machine.state.write(target.id).rest = joined


def add_to_set(machine: Machine, target: Ref, item: Value, node: Any, frame: Frame) -> None:
    """Add to a set what it does not hold yet."""
    if is_unhashable(machine, item):
        raise machine.raise_builtin("TypeError", node, frame)
    if kind_of(machine, item) is None:
        machine.may_raise(("TypeError",))
    writable = machine.state.write(target.id)
    answers = [decide_equal(machine, item, other) for other in writable.items]
    if True in answers:
        return
    if None in answers:
        append_many(machine, target, item)
    else:
        writable.items.append(item)


def shuffle(machine: Machine, value: Ref, *more: Value) -> None:
    """The elements, in an order and number that are not known."""
    writable = machine.state.write(value.id)
    everything = [*writable.items, *([writable.rest] if writable.rest is not None else []), *more]
    rest = join_elements(machine, everything)
    writable = machine.state.write(value.id)
    writable.items, writable.rest = [], rest
