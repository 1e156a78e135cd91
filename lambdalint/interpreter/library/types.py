"""The little language in which the table writes types.

`str`, `datetime.datetime`: the exact type. `list[str]`, `dict[str, int]`, `tuple[str, int]`, `tuple[str, ...]`,
`iterator[str]`, `generator[str]`: what they hold. `{name: str, size?: int, ...}`: a dict with these keys, `?` if it
may be missing, `...` where there may be others. `str | None`: one of them. `self`: the receiver's own type; `receiver`:
the receiver. `json`: anything that JSON can hold. `awaitable[str]`: what gives one when it is awaited. `?`: not known.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lambdalint.interpreter.heap import ArrayObject, DictObject, Item, IteratorObject, ListObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.values import NONE, Method, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.machine import Machine


#: Types of numpy and pandas of whose elements something may be known.
ARRAYS = frozenset({"numpy.ndarray", "pandas.Series", "pandas.DataFrame", "pandas.Index", "pandas.DatetimeIndex"})


class Row(NamedTuple):
    """A row of the table. A call without arguments, with one whose kind is in `safe`, or (`each`) with any number of
    such, raises `raises` alone; another may raise `refuses` too."""

    type: str
    safe: frozenset[str]
    each: bool
    refuses: tuple[str, ...]
    raises: tuple[str, ...]

    def exceptions(self, kinds: list[str | None]) -> tuple[str, ...]:
        """What a call with arguments of these kinds may raise."""
        safe = (self.each or len(kinds) < 2) and all(kind in self.safe for kind in kinds)
        return self.raises if safe else (*self.refuses, *self.raises)


@lru_cache(maxsize=4096)
def parse_row(text: str) -> Row:
    """`TYPE for [each] KINDS refuses A, B raises C`, each part but the type optional, as a row."""
    text, _, raises = text.partition(" raises ")
    text, _, refuses = text.partition(" refuses ")
    text, _, safe = text.partition(" for ")
    each = safe.startswith("each ")
    return Row(text, frozenset(_names(safe.removeprefix("each "))), each, _names(refuses), _names(raises))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


@lru_cache(maxsize=4096)
def parse(text: str) -> tuple[Any, ...]:
    """A type's text as (name, arguments), a union as ("|", parts)."""
    parts = _split(text, "|")
    if len(parts) > 1:
        return ("|", tuple(parse(part) for part in parts))
    text = text.strip()
    if text.startswith("{"):
        return ("{", tuple(_entry(part) for part in _split(text[1:-1], ",")))
    if text.endswith("]"):
        name, _, inside = text[:-1].partition("[")
        return (name.strip(), tuple(parse(part) for part in _split(inside, ",")))
    return (text, ())


def _entry(text: str) -> tuple[str, bool, tuple[Any, ...]]:
    """`name?: type` as its name, whether it is surely there, and its type."""
    name, _, kind = text.partition(":")
    name = name.strip()
    return name.rstrip("?"), not name.endswith("?"), parse(kind)


def _split(text: str, separator: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for index, char in enumerate(text):
        depth += (char in "[{") - (char in "]}")
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
    if name == "{":
        return _record(machine, arguments, place, receiver)
    if name == "None":
        return NONE
    if name == "?":
        return machine.unknown(place)
    if name == "json":
        return machine.unknown(place, json=True)
    if name == "self":
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
        if len(arguments) == 2 and arguments[0][0] not in ("str", "?", "|"):  # keys that are no texts
            made.open, key = False, _build(machine, arguments[0], place, receiver)
            made.others, made.rest = ((key, made.rest or machine.unknown(place), False),), None
        return machine.new(made)
    if name == "awaitable":
        return Method("awaitable()", _build(machine, arguments[0], place, receiver), place)
    if name == "iterator" or (name == "generator" and arguments):
        rest = _build(machine, arguments[0], place, receiver) if arguments else machine.unknown(place)
        return machine.new(IteratorObject(name, (), rest, place=place))
    if name in ARRAYS:
        return machine.new(ArrayObject(place, name))
    return machine.unknown(place, name)


def _record(machine: Machine, entries: tuple[Any, ...], place: Place | None, receiver: Value | None) -> Value:
    made = DictObject(place)
    for name, sure, kind in entries:
        if name == "...":
            made.open = True
        else:
            made.items[name] = Item(_build(machine, kind, place, receiver), place, sure)
    return machine.new(made)
