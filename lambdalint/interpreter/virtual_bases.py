"""Classes that take objects for their instances which do not derive from them: protocols that `isinstance` may be asked
for, which look at the members, and those of `abc`, with which any class can be registered."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from lambdalint.interpreter.fields import own_fields
from lambdalint.interpreter.heap import ClassObject, InstanceObject
from lambdalint.interpreter.kinds import kind_of, real_class
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.values import Outside, Ref, Sym, Tuple, Value

_JSON = (dict, list, str, int, float, bool, type(None))
_PROTOCOLS = frozenset({"typing.Protocol", "typing_extensions.Protocol"})
#: What stands in a class that is no member of a protocol.
_NO_MEMBERS = frozenset({
    "__module__", "__qualname__", "__doc__", "__init__", "__new__", "__slots__", "__class_getitem__", "__annotations__",
    "__subclasshook__", "__match_args__",
})  # fmt: skip


def members(machine: Machine, node: cst.ClassDef, made: ClassObject) -> tuple[str, ...] | None:
    """The names that a protocol asks for, its own and those of the protocols that it extends; None of other classes.
    https://typing.python.org/en/latest/spec/protocol.html#runtime-checkable-decorator-and-narrowing-types-by-isinstance"""
    if not any(type(base) is Outside and base.name in _PROTOCOLS for base in made.bases):
        return None
    names = dict.fromkeys([*made.attributes, *(field.name for field in own_fields(machine, node, made.attributes))])
    for entry in made.order[1:]:
        base = machine.state.get(entry) if isinstance(entry, int) else None
        names.update(dict.fromkeys(base.members or () if isinstance(base, ClassObject) else ()))
    return tuple(name for name in names if name not in _NO_MEMBERS)


def is_virtual(machine: Machine, value: Value, names: tuple[str | int, ...]) -> bool | None:
    """Whether one of some classes takes a value for its instance though it does not derive from it."""
    unsure = False
    for name in names:
        cls = machine.state.get(name) if isinstance(name, int) else None
        if not isinstance(cls, ClassObject):
            continue
        if cls.members is not None:
            found = set(_have(machine, value, cls.members))
            if found <= {True}:
                return True
            unsure = unsure or False not in found
        elif cls.registers or "__subclasshook__" in cls.attributes:
            unsure = True
    return None if unsure else False


def _have(machine: Machine, value: Value, names: tuple[str, ...]) -> Iterator[bool | None]:
    """Of each name whether a value has it as an attribute."""
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    owner = thing.cls if isinstance(thing, InstanceObject) else None
    if type(value) is Tuple and type(value.cls) is Ref:
        owner = value.cls.id
    kind = kind_of(machine, value)
    real = real_class(kind) if owner is None and kind is not None else None
    parsed = type(value) is Sym and kind is None and (value.json or value.role == "event")
    for name in names:
        if owner is not None:
            found, unseen = lookup(machine, owner, name)
            held = isinstance(thing, InstanceObject) and name in thing.attributes
            lost = unseen or (isinstance(thing, InstanceObject) and (thing.open or thing.leaked))
            yield True if found is not None or held else (None if lost or type(value) is Tuple else False)
        elif parsed:
            yield None if any(hasattr(one, name) for one in _JSON) else False
        else:
            yield hasattr(real, name) if real is not None else None
