"""Elements of sequences, keys of dicts, and values that stand for several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, InstanceObject, ListObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.stand_ins import picked
from lambdalint.interpreter.values import (
    Bound,
    Const,
    Function,
    Method,
    Outside,
    Partial,
    Ref,
    Slice,
    Sym,
    Tuple,
    Value,
)

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame


def key_of(machine: Machine, key: Value) -> tuple[bool, Any]:
    """A key as a Python value that can stand in a dict: (True, it), or (False, None) where it is not a constant."""
    key = machine.state.resolve(key)
    if type(key) is Const:
        return True, key.value
    if type(key) is Tuple and key.rest is None and key.cls is None:
        parts = [key_of(machine, item) for item in key.items]
        if all(known for known, _ in parts):
            return True, tuple(part for _, part in parts)
    if type(key) is Ref:
        thing = machine.object(key)
        if isinstance(thing, InstanceObject) and thing.payload is not None:
            cls = machine.state.get(thing.cls)
            if isinstance(cls, ClassObject) and cls.kind == "enum" and any(b in ("str", "int") for b in cls.order):
                return True, EnumKey(key.id, thing.payload.value if type(thing.payload) is Const else None)
    return False, None


class EnumKey:
    """An enum member that is a str or int too, as a dict key: it equals its value and stays itself when drawn."""

    __slots__ = ("id", "value")

    def __init__(self, id: int, value: object) -> None:
        self.id = id
        self.value = value

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, EnumKey) else other)

    def __hash__(self) -> int:
        return hash(self.value)


def is_unhashable(machine: Machine, key: Value) -> bool:
    """Whether a value surely cannot be a dict key or a set's element."""
    key = machine.state.resolve(key)
    if type(key) is Ref:
        thing = machine.object(key)
        cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) else None
        if isinstance(cls, ClassObject) and "__hash__" not in cls.attributes:
            if cls.kind == "dataclass" or "__eq__" in cls.attributes:
                return cls.plain_equality
    kind = kind_of(machine, key)
    if kind in ("dict", "list", "set", "bytearray", "collections.OrderedDict", "collections.defaultdict"):
        return True
    return type(key) is Tuple and any(is_unhashable(machine, item) for item in key.items)


def may_be_unhashable(machine: Machine, key: Value) -> bool:
    """Whether a value may be one that cannot be a dict key."""
    key = machine.state.resolve(key)
    if type(key) is Tuple:
        return key.rest is not None or any(may_be_unhashable(machine, item) for item in key.items)
    if type(key) is Sym:
        return any(may_be_unhashable(machine, o) for o in key.options) or kind_of(machine, key) is None
    return is_unhashable(machine, key)


def sequence_item(
    machine: Machine, items: tuple[Value, ...], rest: Value | None, kind: str, key: Value, node: Any, frame: Frame
) -> Value:
    """An item or a slice of a list or tuple."""
    place = machine.place(node, frame)
    if type(key) is Slice:
        return _slice(machine, items, rest, kind, key, node, frame)
    if type(key) is Ref:
        thing = machine.object(key)
        if isinstance(thing, InstanceObject):
            machine.may_raise(None)
            return machine.unknown(place)
    if type(key) is Const:
        if not isinstance(key.value, int):
            why = f"a `{kind}` is not indexed with {said(machine, key)}"
            raise machine.raise_builtin("TypeError", node, frame, why)
        index = key.value
        if rest is None:
            if -len(items) <= index < len(items):
                return items[index]
            why = f"the `{kind}` has {len(items)} item{'' if len(items) == 1 else 's'}, and no `[{index}]`"
            raise machine.raise_builtin("IndexError", node, frame, why)
        if 0 <= index < len(items):
            return items[index]
        machine.may_raise(("IndexError",))
        if index >= 0 or not items:
            return one_like(machine, rest, place)
        return machine.unknown(place)
    machine.may_raise(("IndexError", "TypeError"))
    if rest is None and items and len(items) <= 8:
        return items[0] if len(items) == 1 else machine.unknown(place, options=items)
    return one_like(machine, rest, place) if rest is not None and not items else machine.unknown(place)


def one_like(machine: Machine, rest: Value, place: Any) -> Value:
    """One of many like `rest`."""
    rest = machine.state.resolve(rest)
    if type(rest) is Sym:
        role = rest.role if rest.role != "context" else None  # it may have been read from the context
        found = machine.unknown(
            rest.place or place, rest.kind, options=rest.options, event=rest.event, json=rest.json, role=role
        )
        found.given, found.told, found.known = rest.given, rest.told, rest.known
        return found
    if type(rest) is Tuple:
        items = tuple([one_like(machine, item, place) for item in rest.items])
        return Tuple(items, rest.place, cls=rest.cls, fields=rest.fields, rest=rest.rest)
    return picked(machine, rest)


def _slice(
    machine: Machine, items: tuple[Value, ...], rest: Value | None, kind: str, key: Slice, node: Any, frame: Frame
) -> Value:
    place = machine.place(node, frame)
    bounds = [machine.state.resolve(part) for part in (key.lower, key.upper, key.step)]
    found: tuple[Value, ...] = ()
    if all(type(part) is Const for part in bounds) and rest is None:
        try:
            found = items[slice(*(part.value for part in bounds))]  # type: ignore[attr-defined]
        except (TypeError, ValueError) as error:
            raise machine.raise_builtin(type(error).__name__, node, frame) from None
        rest = None
    else:
        machine.may_raise(("TypeError", "ValueError"))
        rest = join_elements(machine, [*items, *([rest] if rest is not None else [])])
    if kind == "tuple":
        return Tuple(found, place, rest=rest)
    return machine.new(ListObject(list(found), place, kind, rest))


#: Types whose objects never change: of many, no more need be known.
_NEVER_CHANGE = frozenset({
    "str", "int", "float", "bool", "bytes", "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta",
    "decimal.Decimal", "uuid.UUID",
})  # fmt: skip


def join_elements(machine: Machine, values: list[Value]) -> Value | None:
    """A value that stands for any of some elements."""
    if not values:
        return None
    found: dict[Any, Value] = {}
    for whole in map(machine.state.resolve, values):
        # What stands for one of some already: an element that joins them is one more.
        for value in whole.options if type(whole) is Sym and whole.kind is None and whole.options else (whole,):
            value = machine.state.resolve(value)
            found.setdefault(_told_by(value), value)
    distinct = list(found.values())
    if len(distinct) == 1:
        return distinct[0]
    kinds = {kind_of(machine, value) for value in distinct}
    if len(distinct) <= 8 and not any(type(value) is Sym and value.kind is None for value in distinct):
        return machine.unknown(distinct[0].place, options=tuple(distinct))
    kind = kinds.pop() if len(kinds) == 1 else None
    if any(type(value) is Ref for value in distinct):
        for value in distinct:
            leak(machine, value)
    return machine.unknown(distinct[0].place, kind if kind in _NEVER_CHANGE else None)


def dealt(
    machine: Machine, items: tuple[Value, ...], rest: Value, count: int, star: int | None, place: Any
) -> list[Value]:
    """What so many names get of some elements and any number of others, where they are as many: the one with a star a
    list."""
    shared = machine.state.resolve(rest)
    if count > 1 and (type(shared) is not Sym or shared.options):
        leak(machine, shared)  # an object that stands for each of many goes to several names
    found: list[Value] = []
    for index in range(count):
        if index == star:
            of_star = join_elements(machine, [*items, rest])
            found.append(machine.new(ListObject([], place, rest=of_star)))
        elif index < len(items) and (star is None or index < star):
            found.append(items[index])
        else:
            found.append(join_elements(machine, [*items, rest]) or rest)
    return found


def alike(one: object, other: object) -> bool:
    """Whether two values, or other parts of an object, are the same, be they made in another replay of a statement."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if not isinstance(one, Value):
        return one == other
    if type(one) is Function and type(other) is Function:
        return one.info is other.info and one.scopes == other.scopes
    for name in _PARTS.get(type(one), ()):
        mine, theirs = getattr(one, name), getattr(other, name)
        if not isinstance(mine, tuple):
            mine, theirs = (mine,), (theirs,)
        if len(mine) != len(theirs) or not all(alike(a, b) for a, b in zip(mine, theirs)):
            return False
    return type(one) in _PARTS or same(one, other)  # type: ignore[arg-type]


#: What makes up a value that has others in it.
_PARTS: dict[type, tuple[str, ...]] = {
    Tuple: ("items", "rest", "cls"),
    Bound: ("function", "receiver"),
    Method: ("name", "receiver"),
    Partial: ("function", "arguments"),
}


def _told_by(value: Value) -> Any:
    """What is equal of values that are the same."""
    if type(value) is Const:
        return Const, type(value.value), value.value
    if type(value) is Ref or type(value) is Sym:
        return type(value), value.id
    return (Outside, value.name) if type(value) is Outside else id(value)


def same(one: Value, other: Value) -> bool:
    """Whether two values are one and the same, without looking into the heap."""
    return bool(_told_by(one) == _told_by(other))
