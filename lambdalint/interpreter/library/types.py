"""The little language in which the table writes types: `str`, `list[str]`, `dict[str, int]`, `tuple[str, int]`,
`str | None`, `self` (the receiver's own type), `?` (unknown)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.state import DictObject, IteratorObject, ListObject
from lambdalint.interpreter.values import NONE, Const, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.machine import Machine


@lru_cache(maxsize=4096)
def parse(text: str) -> tuple[Any, ...]:
    """A type's text as (name, arguments), a union as ("|", parts)."""
    parts = _split(text, "|")
    if len(parts) > 1:
        return ("|", tuple(parse(part) for part in parts))
    text = text.strip()
    if text.endswith("]"):
        name, _, inside = text[:-1].partition("[")
        return (name.strip(), tuple(parse(part) for part in _split(inside, ",")))
    return (text, ())


def _split(text: str, separator: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for index, char in enumerate(text):
        depth += (char == "[") - (char == "]")
        if char == separator and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return parts


def make(machine: Machine, text: str, place: Place | None, receiver: Value | None = None) -> Value:
    """A value of the type that a text names."""
    return _build(machine, parse(text), place, receiver)


def _build(machine: Machine, parsed: tuple[Any, ...], place: Place | None, receiver: Value | None) -> Value:
    name, arguments = parsed
    if name == "|":
        options = tuple(_build(machine, part, place, receiver) for part in arguments)
        return Sym(machine.state.fresh(), None, place, options=options)
    if name == "None":
        return NONE
    if name == "True":
        return Const(True, place)
    if name == "?":
        return machine.unknown(place)
    if name == "json":
        return machine.unknown(place, json=True)
    if name == "self":
        from lambdalint.interpreter.kinds import kind_of

        return machine.unknown(place, kind_of(machine, receiver) if receiver is not None else None)
    if name == "receiver":
        return receiver if receiver is not None else machine.unknown(place)
    if name in ("list", "set", "frozenset", "collections.deque"):
        rest = _build(machine, arguments[0], place, receiver) if arguments else machine.unknown(place)
        return machine.new(ListObject([], place, name, rest))
    if name == "tuple":
        if len(arguments) == 2 and arguments[1] == ("...", ()):
            return Tuple((), place, rest=_build(machine, arguments[0], place, receiver))
        if not arguments:
            return Tuple((), place, rest=machine.unknown(place))
        return Tuple(tuple(_build(machine, part, place, receiver) for part in arguments), place)
    if name in ("dict", "collections.defaultdict", "collections.OrderedDict", "collections.Counter"):
        made = DictObject(place, name)
        made.open = True
        if len(arguments) == 2:
            made.rest = _build(machine, arguments[1], place, receiver)
        return machine.new(made)
    if name == "iterator":
        rest = _build(machine, arguments[0], place, receiver) if arguments else machine.unknown(place)
        return machine.new(IteratorObject("iterator", (), rest, place=place))
    return machine.unknown(place, name)
