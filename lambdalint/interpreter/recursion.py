"""How often a function is followed inside itself: twice, as a rule; further down while it comes to an end that is
known; and no further where the call within is given nothing that is known, as the one outside was. That one has gone
every way then that the other could go: a function that converts whatever JSON holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lambdalint.interpreter.bounds import MAX_DEPTH, MAX_KNOWN_RECURSION, MAX_RECURSION
from lambdalint.interpreter.heap import InstanceObject
from lambdalint.interpreter.state import NO_FACT
from lambdalint.interpreter.values import NONE, Const, Function, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine


class Call(NamedTuple):
    """A call that is being run. `owner`: the object that the method is called on, by its heap id; `given`: what the
    parameters were, and None for one of which nothing was known."""

    owner: int | None
    given: dict[str, Value | None]


def begun(machine: Machine, function: Function, bound: dict[str, Value]) -> Call:
    """A call with these arguments, as others are compared with it."""
    return Call(_object_of(machine, function, bound), {name: _known(machine, value) for name, value in bound.items()})


def is_too_deep(machine: Machine, key: int, call: Call) -> bool:
    """Whether a call is not followed, `key` being the function's."""
    active = machine.active[key]
    if machine.depth >= MAX_DEPTH:
        return True
    if active < MAX_RECURSION:
        return bool(active) and any(_says_no_more(call, outer) for outer in machine.called[key])
    known = all(type(value) is Const for value in call.given.values())
    if known or (call.owner is not None and all(call.owner != outer.owner for outer in machine.called[key])):
        return active >= MAX_KNOWN_RECURSION
    return True


def _says_no_more(call: Call, outer: Call) -> bool:
    """Whether nothing is known of what a call is given, where nothing was for one outside it, and the rest is the
    same."""
    if call.given.keys() != outer.given.keys() or None not in call.given.values():
        return False
    return all(_is_as_little(value, outer.given[name]) for name, value in call.given.items())


def _is_as_little(value: Value | None, outer: Value | None) -> bool:
    if value is None or outer is None or value is outer:
        return value is outer
    if type(value) is Const and type(outer) is Const:
        return type(value.value) is type(outer.value) and bool(value.value == outer.value)
    return type(value) is Ref and type(outer) is Ref and value.id == outer.id


def _known(machine: Machine, value: Value) -> Value | None:
    value = machine.state.resolve(value)
    if type(value) is not Sym or value.kind is not None or value.options or value.name is not None:
        return value
    if value.condition is not None or value.known is not None or value.given is not None:
        return value
    return None if machine.state.fact(value) == NO_FACT else value


def _object_of(machine: Machine, function: Function, bound: dict[str, Value]) -> int | None:
    """The object that a method is called on: each link of a chain hands on to another."""
    if function.owner is None or not function.info.parameters:
        return None
    receiver = machine.state.resolve(bound.get(function.info.parameters[0].name, NONE))
    return receiver.id if type(receiver) is Ref and isinstance(machine.object(receiver), InstanceObject) else None
