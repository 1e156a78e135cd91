"""Attributes of the project's classes themselves: `Class.name`."""

from __future__ import annotations

import abc
from typing import Any

from lambdalint.finding import Place
from lambdalint.interpreter.fields import fields_of
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, Item
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.schemas import MAKERS, has_fields
from lambdalint.interpreter.values import Bound, Const, Descriptor, Method, Ref, Tuple, Value

#: What the metaclass of abc gives its classes.
_ABC = frozenset(dir(abc.ABCMeta))


def _is_member(machine: Machine, value: Value, cls: Ref) -> bool:
    thing = machine.object(value) if type(value) is Ref else None
    return isinstance(thing, InstanceObject) and thing.cls == cls.id


def class_attribute(machine: Machine, value: Ref, thing: ClassObject, name: str, node: Any, frame: Frame) -> Value:
    """`Class.name`."""
    found, unseen = lookup(machine, value.id, name)
    if type(found) is Descriptor:
        if found.kind == "static":
            return found.function
        if found.kind == "class":
            return Bound(found.function, value, machine.place(node, frame))
        return found
    if type(found) is Const and thing.unseen and not name.startswith("__"):
        return machine.unknown(machine.place(node, frame))  # the metaclass of what is not seen may make members of it
    if found is not None:
        return found
    if name == "__name__":
        return Const(thing.name)
    if name == "__table__":
        return table(machine, value, machine.place(node, frame))
    if name == "__members__" and thing.kind == "enum" and not (thing.leaked or thing.unseen):
        shown = DictObject(machine.place(node, frame))
        shown.items = {key: Item(one, None) for key, one in thing.attributes.items() if _is_member(machine, one, value)}
        return machine.new(shown)
    if name in MAKERS and has_fields(machine, thing):
        return Method(f"pydantic.BaseModel.{name}", value, machine.place(node, frame))
    if thing.kind == "namedtuple" and name == "_make":
        return Method("namedtuple._make", value, machine.place(node, frame))
    if thing.kind == "namedtuple" and name == "_fields":
        return Tuple(tuple(Const(field.name) for field in fields_of(machine, thing)), machine.place(node, frame))
    if name == "register" and thing.abstract is not None:
        return Method("abc.ABCMeta.register", value, machine.place(node, frame))
    if thing.leaked or thing.unseen or unseen or name.startswith("__") or (name in _ABC and thing.abstract is not None):
        return machine.unknown(machine.place(node, frame))
    raise machine.raise_builtin("AttributeError", node, frame, f"the class `{thing.name}` has no `{name}`", value)


def table(machine: Machine, cls: Ref, place: Place) -> Value:
    """The table to which a class is mapped."""
    from lambdalint.interpreter.library import table_of

    return table_of(machine, cls, place) or machine.unknown(place)
