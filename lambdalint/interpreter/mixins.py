"""What a member of an IntEnum, or another object of a class that derives from a number or a text, is to an operator."""

from __future__ import annotations

from lambdalint.interpreter.enums import FLAGS
from lambdalint.interpreter.heap import ClassObject, InstanceObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.values import Const, Ref, Value


def as_held(machine: Machine, value: Value, *methods: str) -> Value:
    """The constant that such an object holds, where its class has none of these methods of its own, by which it would
    say something else; any other value as it is. Members of a Flag make further members."""
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, InstanceObject) or thing.payload is None:
        return value
    held = machine.state.resolve(thing.payload)
    if type(held) is not Const or not isinstance(held.value, (int, float, str, bytes)):
        return value
    cls = machine.state.get(thing.cls)
    if not isinstance(cls, ClassObject) or cls.unseen or not FLAGS.isdisjoint(cls.order):
        return value
    bases = [machine.state.get(entry) for entry in cls.order if isinstance(entry, int)]
    if any(isinstance(base, ClassObject) and not base.attributes.keys().isdisjoint(methods) for base in bases):
        return value
    return Const(held.value, held.place)
