"""What an instance of one of pydantic's models holds: of each field what its annotation says.

A container is made when it is first read, and stands in the instance from then on, for whoever changes it changes it
there; `given` tells it from what somebody has put there. Of an instance that stands for many, an element of a list,
each read gives something else.
"""

from __future__ import annotations

from typing import Any

from lambdalint.finding import Place
from lambdalint.interpreter.enums import members_of
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, ListObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.plain import PERHAPS
from lambdalint.interpreter.schemas import CHECKED, SECOND, ZONED, has_fields, is_second, schema
from lambdalint.interpreter.values import NONE, Ref, Sym, Value

#: Of more than these it is not followed which one a field holds.
MAX_OPTIONS = 6


def field_of(machine: Machine, value: Ref, cls: ClassObject, name: str, place: Place) -> Value | None:
    """What an instance of a model holds under the name of a field: of the type that its annotation says. None for what
    is no field."""
    from lambdalint.interpreter.library import parse

    bases = [machine.state.get(entry) for entry in cls.order if isinstance(entry, int)]
    if not has_fields(machine, cls) or not any(
        field.name == name for base in bases if isinstance(base, ClassObject) for field in base.fields
    ):
        return None
    thing = machine.object(value)
    assert isinstance(thing, InstanceObject)
    text = (schema(machine, cls) or {}).get(name, "?")
    same = machine.measured(value, f"field {name}", None, place)
    if thing.many:
        same = Sym(machine.state.fresh(), None, place)
    kinds = text.split(" | ")
    second = thing.second or is_second(cls)
    if kinds == [text] and (text in CHECKED or text in ZONED or text in SECOND):
        return _plain(same.id, text, place, second)
    options = [_options(machine, same, kind, place, second) for kind in kinds]
    if all(options) and sum(map(len, options)) <= MAX_OPTIONS:
        return Sym(same.id, None, place, options=tuple(option for found in options for option in found))
    made = made_by(machine, parse(text), place, thing.many, second)
    if made is None:
        return same
    if not thing.many:
        writable = machine.state.write(value.id)
        writable.attributes[name] = made
        writable.given[name] = made.id
    return made


def made_of_text(machine: Machine, text: str, place: Place) -> Value | None:
    """What the second version of pydantic makes by an annotation; None where that is not known."""
    if text in CHECKED or text in ZONED or text in SECOND:
        return _plain(machine.state.fresh(), text, place, True)
    from lambdalint.interpreter.library import parse

    return made_by(machine, parse(text), place, False, True)


def _plain(id: Any, kind: str, place: Place, second: bool) -> Sym:
    """A value of a type that is no container. `second`: by the second version of pydantic, surely."""
    made = Sym(id, kind.partition(" ")[0], place)
    if kind in SECOND and not second:
        made.kind = kind.replace("pydantic.", PERHAPS)
    made.known = ZONED.get(kind)
    return made


def _options(machine: Machine, same: Sym, kind: str, place: Place, second: bool) -> tuple[Value, ...]:
    """What a field of a type that is no container may hold; nothing for any other."""
    if kind.startswith("enum:") and kind[len("enum:") :].isdecimal():
        return members_of(machine, int(kind[len("enum:") :]))
    if kind in CHECKED or kind in ZONED or kind in SECOND:
        return (_plain((same.id, kind), kind, place, second),)
    return (NONE,) if kind == "None" else ()


def made_by(machine: Machine, parsed: tuple[Any, ...], place: Place, many: bool, second: bool) -> Ref | None:
    """A container, or an instance of a model, as the annotation says; None for any other type. `second`: by the second
    version."""
    name, arguments = parsed
    if name in ("list", "set", "frozenset"):
        return machine.new(ListObject([], place, name, _element(machine, arguments[0], place, second)))
    if name == "dict":
        made = DictObject(place)
        made.open = True
        made.rest = _element(machine, arguments[1], place, second)
        return machine.new(made)
    if name.startswith("model:"):
        return _instance(machine, int(name[len("model:") :]), place, many, second)
    return None


def _element(machine: Machine, parsed: tuple[Any, ...], place: Place, second: bool) -> Value:
    name, _ = parsed
    if name == "|":
        options = tuple(_element(machine, part, place, second) for part in parsed[1])
        return Sym(machine.state.fresh(), None, place, options=options)
    if name == "None":
        return NONE
    if name in CHECKED or name in ZONED or name in SECOND:
        return _plain(machine.state.fresh(), name, place, second)
    made = made_by(machine, parsed, place, True, second) if name.startswith("model:") else None
    return made if made is not None else machine.unknown(place)


def _instance(machine: Machine, cls: int, place: Place, many: bool, second: bool) -> Ref:
    made = InstanceObject(cls, place)
    made.open, made.many, made.second = True, many, second
    return machine.new(made)


def as_given(machine: Machine, thing: InstanceObject) -> bool:
    """Whether nobody has set anything in an instance of a model, nor changed what it holds."""
    if thing.leaked:
        return False
    for name, value in thing.attributes.items():
        if type(value) is not Ref or thing.given.get(name) != value.id:
            return False
        held = machine.object(value)
        if held.leaked or (held.version and not isinstance(held, InstanceObject)):
            return False
        rest = getattr(held, "rest", None)
        parts = [held, machine.object(rest) if type(rest) is Ref else None]
        if not all(as_given(machine, part) for part in parts if isinstance(part, InstanceObject)):
            return False
    return True
