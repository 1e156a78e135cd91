"""Objects that stand for each of many: one object of the heap stands for all elements of a list of unknown length.

Code that goes through them all writes to each of them. Code that picks one - by its place, with `pop`, `next` or `max`,
or by leaving a loop midway - writes to that one alone, and to which is not known: what the object holds is not known
after that.
"""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, DictObject, ListObject, ScopeObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.signatures import compared
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Ref, Sym, Tuple, Value


def picked(machine: Machine, value: Value) -> Value:
    """One of the many that a value stands for, picked by the code. In: the value for each of them. Out: the value for
    the one; what can be reached through it is from now on changed only with `changing`'s care."""
    state = machine.state
    value = state.resolve(value)
    if type(value) is Sym and not value.options:
        return value
    found = reachable(state, [value], state.picked)
    if found:
        state.picked |= found
    return value


def changing(machine: Machine, value: Ref, *new: Value) -> None:
    """Code is about to change an object, and to put `new` into it. Of one of many, which changes is not known; and what
    stands in an object of which nothing is known is reached through it."""
    state = machine.state
    thing = state.get(value.id)
    if value.id in state.picked and not thing.leaked and not isinstance(thing, (ClassObject, ScopeObject)):
        leak(machine, value)
        thing = state.get(value.id)
    if thing.leaked:
        for part in new:
            leak(machine, part)


def left_midway(machine: Machine, element: Value, before: State, after: State) -> None:
    """A loop is left within a round for one of many: what that changed of it is not changed of the others."""
    value = before.resolve(element)
    if type(value) not in (Ref, Tuple) and not (type(value) is Sym and value.options):
        return
    reached = reachable(before, [value], frozenset())
    saved, machine.state = machine.state, after
    try:
        for id in after.changes_since(before):
            if id in reached and not after.get(id).leaked:
                leak(machine, Ref(id))
    finally:
        machine.state = saved


def each_of(state: State, whole: Value, rest: Value) -> frozenset[int]:
    """The objects that stand for each element of what code goes through to its end, where nothing else leads to them:
    what is done to one is done to all that it stands for. None where something else does."""
    found = reachable(state, [rest], frozenset())
    for id in {*state.base, *state.delta}:
        if id in found or (type(whole) is Ref and whole.id == id):
            continue
        held = [value for value in state.get(id).content() if value is not whole]
        if found & reachable_at_once(state, held):
            return frozenset()
    return found


def reachable_at_once(state: State, values: list[Any]) -> frozenset[int]:
    """The objects that values are or may be, or that stand in tuples among them."""
    stack = [value for value in values if isinstance(value, Value)]
    found: set[int] = set()
    while stack:
        value = state.resolve(stack.pop())
        if type(value) is Ref:
            found.add(value.id)
        elif type(value) is Tuple:
            stack += [part for part in (*value.items, value.rest) if part is not None]
        elif type(value) is Sym:
            stack += value.options
    return frozenset(found)


def stand_ins(state: State) -> frozenset[int]:
    """The objects that are reached through the element that stands for the rest of a list, or of a dict's values."""
    rests = [
        thing.rest
        for thing in (*state.base.values(), *state.delta.values())
        if isinstance(thing, (ListObject, DictObject)) and thing.rest is not None
    ]
    return reachable(state, rests, frozenset())


def reachable(state: State, values: list[Any], known: frozenset[int]) -> frozenset[int]:
    """The objects that can be reached through values, by their heap ids, but for those `known`."""
    stack = list(values)
    found: set[int] = set()
    while stack:
        value = stack.pop()
        if type(value) is Sym:
            value = state.resolve(value)
        if type(value) is Ref and value.id not in found and value.id not in known and state.holds(value.id):
            thing = state.get(value.id)
            if not isinstance(thing, (ScopeObject, ClassObject)):
                found.add(value.id)
                stack += compared(thing)[1]
        elif type(value) is Tuple:
            stack += value.items
            if value.rest is not None:
                stack.append(value.rest)
        elif type(value) is Sym:
            stack += value.options
    return frozenset(found)
