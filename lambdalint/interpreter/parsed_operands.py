"""What an operator gives where one side was parsed from JSON: that side is what the operator takes, or is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from lambdalint.finding import Place
from lambdalint.interpreter.kinds import kind_of, real_class
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.values import Sym, Value, root_of

#: Types that compute with some of what JSON has and refuse the rest, each with what makes a value of it.
_TYPES: dict[str, tuple[int, ...]] = {
    "decimal.Decimal": (2,),
    "fractions.Fraction": (1, 2),
    "datetime.timedelta": (2,),
}
#: One value of each type of JSON. The text takes an argument, as one that is a format does.
_JSON: tuple[Any, ...] = ("%s", 2, 2.5, True, None, [1], {"a": 1})
_REALS = frozenset({"int", "bool", "float"})
_NUMERIC = ("Add", "Subtract", "Multiply", "FloorDivide")


def is_parsed(value: Value, kind: str | None) -> bool:
    """Whether a value was parsed from JSON, and no more is known of it."""
    return type(value) is Sym and kind is None and (value.json or value.role == "event")


def of_parsed(
    machine: Machine,
    op: str,
    compute: Callable[[Any, Any], Any],
    operands: tuple[Value, Value],
    kinds: tuple[str | None, str | None],
    place: Any,
) -> Value | None:
    """`left op right`, where one of the operands was parsed from JSON; None where that does not say what it gives."""
    (left, right), (one, other) = operands, kinds
    mine, theirs = is_parsed(left, one), is_parsed(right, other)
    if mine is not theirs and (one if theirs else other) in _TYPES:
        known = _only_result(compute, one, other)
        if known is None:
            return None
        machine.may_raise(("TypeError", "ZeroDivisionError", "OverflowError", "decimal.InvalidOperation"))
        return machine.unknown(place, known)
    if not (mine or theirs) or not ((mine or one in _REALS) and (theirs or other in _REALS)):
        return None
    if op == "Divide" or (op in _NUMERIC and "float" in (one, other)):
        machine.may_raise(("TypeError", "ZeroDivisionError", "OverflowError"))
        return machine.unknown(place, "float")
    if op in ("Subtract", "Multiply") or (op == "Add" and not (mine and theirs)):  # numbers, a text, a new list
        machine.may_raise(("TypeError", "OverflowError"))
        return made_of(machine, [value for value, one in ((left, mine), (right, theirs)) if one], place)
    return None


def made_of(machine: Machine, parsed: Iterable[Value], place: Place | None) -> Value:
    """A value of JSON's types, computed of some that were parsed."""
    known = (type(one) is Sym and (one.role == "event" or root_of(one).id in machine.json_epochs) for one in parsed)
    if all(known):
        return machine.unknown(place, json=True)
    return Sym(machine.state.fresh(), None, place, json=True)  # its numbers may be Decimals: `parse_float=Decimal`


def sum_of(machine: Machine, elements: Iterable[Value], place: Place | None) -> Value | None:
    """What `sum()` gives of numbers and what was parsed from JSON; None where that does not say it."""
    parsed = []
    for one in map(machine.state.resolve, elements):
        kind = kind_of(machine, one)
        if is_parsed(one, kind):
            parsed.append(one)
        elif kind not in _REALS:
            return None
    return made_of(machine, parsed, place) if parsed else None


@lru_cache(maxsize=256)
def _only_result(compute: Callable[[Any, Any], Any], one: str | None, other: str | None) -> str | None:
    """The one type that an operator gives of a value of one of the `_TYPES` and whatever of JSON it takes: Python is
    asked."""
    kind = (one if one in _TYPES else other) or ""
    real = real_class(kind)
    assert real is not None
    value = real(*_TYPES[kind])
    found: set[type] = set()
    for parsed in _JSON:
        try:
            found.add(type(compute(value, parsed) if kind == one else compute(parsed, value)))
        except TypeError:
            continue
        except ArithmeticError:
            return None
    return kind if found == {real} else None
