"""Enums: the members that a class body makes, and the member of a value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lambdalint.finding import Place
from lambdalint.interpreter.calls import call_special, unknown_call
from lambdalint.interpreter.heap import ClassObject, InstanceObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.sequences import key_of, same
from lambdalint.interpreter.values import NONE, Const, Descriptor, Function, Outside, Partial, Ref, Sym, Tuple, Value

ENUMS = frozenset({"enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag"})

#: Up to how many members are told apart.
_FEW = 8
#: Those of which any sum of members is a member too.
FLAGS = frozenset({"enum.Flag", "enum.IntFlag"})


def make_members(machine: Machine, cls: Ref, made: ClassObject, node: Any, frame: Frame) -> None:
    """Turn the plain attributes of an enum's body into its members."""
    mixed = any(entry in ("enum.IntEnum", "enum.StrEnum", "enum.IntFlag") for entry in made.order) or any(
        isinstance(entry, str) and entry in ("str", "int", "float", "bytes") for entry in made.order
    )
    text = "enum.StrEnum" in made.order
    flags = not FLAGS.isdisjoint(made.order)
    numbers = 0
    if any(isinstance(entry, int) for entry in made.order[1:]):
        mixed = mixed or any(_is_mixed(machine, entry) for entry in made.order[1:] if isinstance(entry, int))
    for name, value in list(made.attributes.items()):
        if name.startswith("_") or isinstance(value, (Function, Descriptor)) or _is_class(machine, value):
            continue
        value = machine.state.resolve(value)
        if type(value) is Partial and type(value.function) is Outside and value.function.name == "enum.auto":
            numbers += 1
            if "_generate_next_value_" in made.attributes or flags:
                value = machine.unknown(value.place)
            else:
                value = Const(name.lower() if text else numbers, value.place)
        elif type(value) is Const and isinstance(value.value, int):
            numbers = value.value
        existing = next(
            (
                other
                for other in made.attributes.values()
                if type(other) is Ref and _member_value(machine, other, cls.id) is not None
                and same(_member_value(machine, other, cls.id) or NONE, value)
            ),
            None,
        )  # fmt: skip
        if existing is not None and type(value) is Const:
            made.attributes[name] = existing  # an alias
            continue
        member = InstanceObject(cls.id, value.place)
        member.attributes = {"name": Const(name), "value": value, "_value_": value, "_name_": Const(name)}
        member.payload = value if mixed else None
        if any(_makes(machine, entry, mixed or flags) for entry in made.order):
            member.open = True
            member.attributes.pop("value")
            member.attributes.pop("_value_")
            member.payload = None
            made.unseen = True
        made.attributes[name] = machine.new(member)


def _makes(machine: Machine, cls: int | str, of_data: bool) -> bool:
    """Whether a class has a say in how a member is made: by a function of its own, or one that a decorator wrote; its
    `__init__` sets up what is made, `of_data` where that is a number or a text."""
    base = machine.state.get(cls) if isinstance(cls, int) else None
    if not isinstance(base, ClassObject):
        return False
    own = "__new__" in base.attributes or (of_data and "__init__" in base.attributes)
    return own or base.kind in ("dataclass", "frozen") or bool(base.maker)


def set_up_members(machine: Machine, cls: Ref, node: Any, frame: Frame) -> None:
    """Call the `__init__` of an enum's class for each of its members, with the value, or what that is a tuple of.

    Raises:
        Raised: what it raises.
    """
    if not isinstance(lookup(machine, cls.id, "__init__")[0], Function):
        return
    for member in members_of(machine, cls.id):
        thing = machine.object(member) if type(member) is Ref else None
        if type(member) is not Ref or not isinstance(thing, InstanceObject):
            continue
        value = machine.state.resolve(thing.attributes["value"])
        parts = value.items if type(value) is Tuple else (value,)
        if type(value) is Sym or (type(value) is Tuple and value.rest is not None):
            unseen = machine.state.write(member.id)
            assert isinstance(unseen, InstanceObject)
            unseen.open, unseen.attributes = True, {"name": thing.attributes["name"]}
            continue
        call_special(machine, member, "__init__", parts, node, frame)
        made = machine.state.write(member.id)
        assert isinstance(made, InstanceObject)
        made.attributes["value"] = made.attributes.get("_value_", NONE)


def _is_mixed(machine: Machine, cls: int) -> bool:
    base = machine.state.get(cls)
    return isinstance(base, ClassObject) and any(entry in ("str", "int", "enum.IntEnum") for entry in base.order)


def _is_class(machine: Machine, value: Value) -> bool:
    return type(value) is Ref and isinstance(machine.object(value), ClassObject)


def _member_value(machine: Machine, member: Ref, cls: int) -> Value | None:
    thing = machine.object(member)
    if isinstance(thing, InstanceObject) and thing.cls == cls:
        return thing.attributes.get("value")
    return None


def members_of(machine: Machine, cls: int) -> tuple[Value, ...]:
    """The members of an enum of the project, by its heap id; none where not all are seen."""
    thing = machine.state.get(cls) if machine.state.holds(cls) else None
    if not isinstance(thing, ClassObject) or thing.unseen or thing.leaked or not FLAGS.isdisjoint(thing.order):
        return ()
    found = [one for one in thing.attributes.values() if type(one) is Ref]
    return tuple({one.id: one for one in found if _member_value(machine, one, cls) is not None}.values())


def member_of(machine: Machine, cls: Ref, thing: ClassObject, arguments: list[Value], node: Any, frame: Frame) -> Value:
    """`Color(value)`: the member of that value."""
    place = machine.place(node, frame)
    members = [
        member
        for member in thing.attributes.values()
        if type(member) is Ref and _member_value(machine, member, cls.id) is not None
    ]
    if not arguments or thing.unseen:
        return unknown_call(machine, arguments, node, frame)
    wanted = machine.state.resolve(arguments[0])
    if any(same(wanted, member) for member in members):
        return wanted
    known, constant = key_of(machine, wanted)
    if known:
        for member in members:
            held, found = key_of(machine, _member_value(machine, member, cls.id) or NONE)
            if held and found == constant:
                return member
            if not held:
                return machine.unknown(place)
        missing, _ = lookup(machine, cls.id, "_missing_")
        nothing = type(missing) is Descriptor and type(missing.function) is Outside and FLAGS.isdisjoint(thing.order)
        if not nothing:  # Enum's own finds nothing
            return machine.unknown(place)
        raise machine.raise_builtin("ValueError", node, frame)
    machine.may_raise(("ValueError",))
    return any_of(machine, members, place)


def any_of(machine: Machine, members: Sequence[Value], place: Place) -> Value:
    """One of the members of an enum, where these are few."""
    few = 0 < len(members) <= _FEW
    return machine.unknown(place, options=tuple(dict.fromkeys(members)) if few else ())
