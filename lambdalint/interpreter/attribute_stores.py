"""Setting and deleting attributes, through properties, `__setattr__` and what freezes a class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.calls import call
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.fields import set_later
from lambdalint.interpreter.heap import (
    ArrayObject,
    ClassObject,
    DictObject,
    InstanceObject,
    Item,
    ListObject,
    ScopeObject,
)
from lambdalint.interpreter.kinds import may_be_data, said
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.schemas import is_model
from lambdalint.interpreter.stand_ins import changing
from lambdalint.interpreter.values import (
    Bound,
    Const,
    Descriptor,
    Function,
    Method,
    Outside,
    Ref,
    Sym,
    Tuple,
    Value,
    is_followed,
)

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame


def store_attribute(machine: Machine, value: Ref, name: str, new: Value) -> None:
    """Set an attribute in the instance itself."""
    changing(machine, value, new)
    writable = machine.state.write(value.id)
    writable.attributes[name] = new
    if isinstance(writable, InstanceObject) and writable.tie is not None and writable.tie.status not in ("new", "kept"):
        writable.tie = None  # what is set is there, and needs not be loaded
    if writable.shown is not None:
        machine.state.write(writable.shown).put(name, Item(new, None))


_UNSET = "{} takes no attributes"
#: Builtin containers: no attribute of theirs can be set.
_WITHOUT_DICT = frozenset({"dict", "list", "set", "frozenset"})


def set_attribute(machine: Machine, value: Value, name: str, new: Value, node: Any, frame: Frame) -> None:
    """`value.name = new`."""
    value = machine.state.resolve(value)
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, InstanceObject):
            _set_instance_attribute(machine, value, thing, name, new, node, frame)
            return
        if isinstance(thing, ClassObject):
            machine.state.write(value.id).attributes[name] = new
            return
        if isinstance(thing, ScopeObject):
            machine.state.write(value.id).names[name] = new
            return
        if isinstance(thing, (DictObject, ListObject)) and thing.type in _WITHOUT_DICT:
            raise machine.raise_builtin("AttributeError", node, frame, _UNSET.format(said(machine, value)), value)
    elif type(value) in (Const, Tuple, Bound) or (type(value) is Method and not may_be_data(value)):
        raise machine.raise_builtin("AttributeError", node, frame, _UNSET.format(said(machine, value)), value)
    if is_followed(value):
        return
    if type(value) is Ref and isinstance(machine.object(value), ArrayObject):  # a column, a shape, a dtype
        machine.state.write(value.id).forget()
    leak(machine, new)
    if type(value) is Sym and value.given is not None:
        from lambdalint.interpreter.library import set_on_handle

        set_on_handle(machine, value, name, new)
    if type(value) is Ref:  # an object of a library, of which what it holds stands here
        leak(machine, value)
    if type(value) is Outside:  # what goes through that module from now on is not what is known of it
        machine.patched.add(value.name.split(".")[0])
    elif type(value) is Sym:
        machine.attributes_set.add(name)
        if value.role == "context":
            machine.recorder.context_read(machine, value, name, machine.place(node, frame), "set")
        machine.may_raise(("AttributeError",))
        machine.state.epoch += 1


def _set_instance_attribute(
    machine: Machine, value: Ref, thing: InstanceObject, name: str, new: Value, node: Any, frame: Frame
) -> None:
    if _is_frozen(machine, thing.cls, name):
        why = f"{said(machine, value)} is frozen"
        raise machine.raise_builtin("dataclasses.FrozenInstanceError", node, frame, why, value)
    found, _ = lookup(machine, thing.cls, name)
    if type(found) is Descriptor and found.kind == "property":
        if found.setter is None:
            why = f"the property `{name}` has no setter"
            raise machine.raise_builtin("AttributeError", node, frame, why, value)
        call(machine, found.setter, [value, new], {}, node, frame)
        return
    setter, unseen = lookup(machine, thing.cls, "__setattr__")
    if type(setter) is Function:
        call(machine, setter, [value, Const(name), new], {}, node, frame)
        return
    if unseen:  # the unseen class may define __setattr__ or a property of that name
        machine.may_raise(None)
    if found is None and not unseen and _has_no_room(machine, thing, name):
        why = f"{said(machine, value)} has slots, and none for `{name}`"
        raise machine.raise_builtin("AttributeError", node, frame, why, value)
    cls = machine.state.get(thing.cls)
    if isinstance(cls, ClassObject) and not thing.leaked and is_model(machine, cls):
        from lambdalint.interpreter.library import refuse_store

        refuse_store(machine, value, cls, name, node, frame)
    if thing.many:  # who knows which of them
        leak(machine, new)
        machine.state.write(value.id).leaked = True
        return
    store_attribute(machine, value, name, set_later(machine, thing.cls, name, new, node, frame))


#: Bases that give an instance no `__dict__`.
_ROOMLESS = frozenset({"object", "abc.ABC", "typing.Generic"})


def _has_no_room(machine: Machine, thing: InstanceObject, name: str) -> bool:
    """Whether every class of an instance has slots, and none is of that name."""
    slots = slots_of(machine, thing) if not name.startswith("__") else None
    return slots is not None and name not in slots


def slots_of(machine: Machine, thing: InstanceObject) -> set[str] | None:
    """The slots of an instance that has nothing beside; None where it may have a `__dict__`."""
    cls = machine.state.get(thing.cls)
    if not isinstance(cls, ClassObject) or thing.open or thing.payload is not None:
        return None
    found: set[str] = set()
    for entry in cls.order:
        base = machine.state.get(entry) if isinstance(entry, int) else None
        if isinstance(entry, str) and entry not in _ROOMLESS:
            return None
        if isinstance(base, ClassObject):
            own = _own_slots(machine, base)
            if own is None or "__dict__" in own:
                return None
            found |= own
    return found


def _own_slots(machine: Machine, cls: ClassObject) -> set[str] | None:
    """The slots that a class declares; None where it declares none, or they are not known."""
    if cls.unseen or cls.leaked:
        return None
    declared = cls.attributes.get("__slots__")
    if declared is None:
        return {field.name for field in cls.fields if not field.passed} if cls.slotted else None
    declared = machine.state.resolve(declared)
    thing = machine.object(declared) if type(declared) is Ref else None
    if type(declared) is Const and isinstance(declared.value, str):
        return {declared.value}
    if type(declared) is Tuple and declared.rest is None:
        names = declared.items
    elif isinstance(thing, ListObject) and thing.rest is None and not thing.leaked:
        names = tuple(thing.items)
    else:
        return None
    texts = [machine.state.resolve(name) for name in names]
    found = {text.value for text in texts if type(text) is Const and isinstance(text.value, str)}
    return found if len(found) == len(texts) else None


def _is_frozen(machine: Machine, cls: int, name: str) -> bool:
    """Whether the `__setattr__` and `__delattr__` that `@dataclass(frozen=True)` writes refuse the attribute: of an
    instance of that class any, of one of a class below it those that are fields."""
    thing = machine.state.get(cls)
    for entry in thing.order if isinstance(thing, ClassObject) else ():
        base = machine.state.get(entry) if isinstance(entry, int) else None
        if not isinstance(base, ClassObject) or "__setattr__" in base.attributes or "__delattr__" in base.attributes:
            return False
        kept = (field.name for field in base.fields if not field.passed)
        if base.kind == "frozen" and (entry == cls or name in kept):
            return True
    return False


def delete_attribute(machine: Machine, value: Value, name: str, node: Any, frame: Frame) -> None:
    """`del value.name`."""
    value = machine.state.resolve(value)
    if type(value) is Ref:
        changing(machine, value)
        thing = machine.object(value)
        if isinstance(thing, InstanceObject) and not thing.leaked:
            if _is_frozen(machine, thing.cls, name):
                raise machine.raise_builtin("dataclasses.FrozenInstanceError", node, frame)
            cls = machine.state.get(thing.cls)
            found, _ = lookup(machine, thing.cls, name)
            if type(found) is Descriptor or (isinstance(cls, ClassObject) and cls.kind == "enum"):
                leak(machine, value)
                machine.may_raise(None)
                return
            if name in thing.attributes:
                writable = machine.state.write(value.id)
                del writable.attributes[name]
                if writable.shown is not None:
                    machine.state.write(writable.shown).drop(name)
                return
            if not thing.open:
                machine.may_raise(("AttributeError",))
                return
    machine.may_raise(("AttributeError",))
    machine.state.epoch += 1
