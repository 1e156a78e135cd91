"""Entries of dicts under keys that are no constants: a table of classes, asked by `type(value)`."""

from __future__ import annotations

from lambdalint.interpreter.equality import decide_equal, never_equal
from lambdalint.interpreter.heap import DictObject, InstanceObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.plain import MEMBER, sample_of
from lambdalint.interpreter.values import Const, Ref, Sym, Value


def entry_of(machine: Machine, thing: DictObject, key: Value) -> tuple[bool | None, Value | None]:
    """Whether a dict has an entry under a key that is no constant, and the value that stands there; None, None where
    that cannot be told: keys are compared as far as the path knows them."""
    if thing.open or thing.leaked or not all(isinstance(other, (str, int)) for other in thing.items):
        return None, None
    for other, value, sure in reversed(thing.others):  # the last that was written is the one that stands
        same = decide_equal(machine, key, other)
        if same is not False:
            return (True, value) if same and sure else (None, None)
    if all(decide_equal(machine, key, Const(other)) is False for other in thing.items):
        return False, None
    return None, None


def lacks(machine: Machine, thing: DictObject, key: object) -> bool:
    """Whether a dict surely has no entry under a constant: no key is one, nor of a type that may be equal to it."""
    if thing.lacks_surely(key):
        return True
    if thing.open or thing.leaked or key in thing.items or not thing.others:
        return False
    return all(_is_never(machine, other, type(key).__name__) for other, _, _ in thing.others)


def _is_never(machine: Machine, key: Value, kind: str) -> bool:
    """Whether a key is never equal to a constant of a type: a member of an enum is equal to itself alone."""
    if type(key) is Ref:
        thing = machine.object(key)
        return isinstance(thing, InstanceObject) and sample_of(machine, thing) == MEMBER
    return type(key) is Sym and not key.options and key.kind is not None and never_equal(key.kind, kind)


def undecided(machine: Machine, key: Value) -> None:
    """Whether a container has a key was asked and cannot be told. Where the key is a class, nothing is reported from
    here on: a table of what to do with which class is asked for what it has, and a path without it may never be taken.
    """
    if kind_of(machine, key) == "type":
        machine.state.widened = True
