"""`isinstance` of what is known of a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import conditions
from lambdalint.interpreter.certain import of_several
from lambdalint.interpreter.exceptions import matches
from lambdalint.interpreter.heap import ClassObject, InstanceObject
from lambdalint.interpreter.kinds import is_subclass, real_class
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.values import Const, Outside, Ref, Sym, Tuple, Value, boolean
from lambdalint.interpreter.virtual_bases import is_virtual

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.machine import Machine


#: Types of which no exception is: no class can derive from both.
_NO_ERRORS = frozenset({
    "dict", "list", "str", "int", "float", "bool", "tuple", "set", "frozenset", "bytes", "bytearray", "NoneType",
    "datetime.datetime", "datetime.date", "datetime.timedelta",
})  # fmt: skip


def isinstance_condition(machine: Machine, value: Value, cls: Value, place: Place) -> Value:
    """`isinstance(value, cls)` as a condition."""
    names = _class_names(machine, cls)
    if names is None:
        return conditions.tested(machine, value, place)
    value = machine.state.resolve(value)
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    thing = machine.object(value) if type(value) is Ref else None
    owner: ClassObject | None = None
    if isinstance(thing, InstanceObject):
        found = machine.state.get(thing.cls)
        assert isinstance(found, ClassObject)
        owner = found
    elif type(value) is Tuple and type(value.cls) is Ref:
        found = machine.state.get(value.cls.id)
        owner = found if isinstance(found, ClassObject) else None
    if owner is not None:
        answer = _derives(owner, names, isinstance(thing, InstanceObject))
        answer = is_virtual(machine, value, names) if answer is False else answer
        return boolean(answer) if answer is not None else conditions.tested(machine, value, place)
    if type(value) is Sym and value.role == "exception":
        if all(name in _NO_ERRORS for name in names):
            return boolean(False)
        caught = matches(machine, value, cls)
        return boolean(caught) if caught is not None else machine.unknown(place, "bool")
    virtual = is_virtual(machine, value, names)
    if virtual is not False:
        return boolean(True) if virtual else conditions.tested(machine, value, place)
    texts = tuple(name for name in names if isinstance(name, str))
    kinds = of_several(machine, value) if type(value) is Sym and value.kind is None else None
    if kinds and not any(is_subclass(kind, text) is not False for kind in kinds for text in texts):
        return boolean(False)
    if len(texts) < len(names) and type(value) is Sym and not value.json and value.kind is None:
        return machine.unknown(place, "bool")
    if not texts:
        return boolean(False)
    return conditions.condition(machine, ("isinstance", value, texts), place)


def _class_names(machine: Machine, cls: Value) -> tuple[str | int, ...] | None:
    """The classes that the second argument of isinstance names: full names, ids of project classes. None: unknown."""
    cls = machine.state.resolve(cls)
    if type(cls) is Outside:
        if cls.name == "types.NoneType":
            return ("NoneType",)
        return (cls.name,)
    if type(cls) is Ref and isinstance(machine.object(cls), ClassObject):
        return (cls.id,)
    if type(cls) is Tuple and cls.rest is None:
        found: list[str | int] = []
        for part in cls.items:
            names = _class_names(machine, part)
            if names is None:
                return None
            found += names
        return tuple(found)
    if type(cls) is Const and cls.value is None:
        return ("NoneType",)
    return None


def _derives(owner: ClassObject, names: tuple[str | int, ...], ordinary: bool) -> bool | None:
    """Whether an instance of a project class is an instance of one of the named classes."""
    unsure = owner.unseen
    for name in names:
        if name in owner.order:
            return True
        if isinstance(name, int):
            continue
        if name == "object":
            return True
        for entry in owner.order:
            if isinstance(entry, str):
                answer = is_subclass(entry, name)
                if answer:
                    return True
                unsure = unsure or answer is None
        if real_class(name) is None or name.startswith(("collections.abc", "typing.")):
            unsure = True
        if not ordinary and name == "tuple":
            return True
    return None if unsure else False
