"""What an operator gives where one side was parsed from JSON: that side is what the operator takes, or is refused."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from itertools import product
from typing import Any

from lambdalint.interpreter.kinds import kind_of, real_class
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.values import Sym, Value

#: Types that compute with some of what JSON has and refuse the rest, each with what makes a value of it.
_TYPES: dict[str, tuple[int, ...]] = {
    "decimal.Decimal": (2,),
    "fractions.Fraction": (1, 2),
    "datetime.timedelta": (2,),
}
#: One value of each type of JSON. The text takes an argument, as one that is a format does.
_JSON: tuple[Any, ...] = ("%s", 2, 2.5, True, None, [1], {"a": 1})
_REALS = frozenset({"int", "bool", "float"})
#: Values of Python's own types that JSON has too, and of those that are compared with them.
_PLAIN: dict[str, tuple[Any, ...]] = {
    "str": ("", "2"),
    "int": (0, 2),
    "float": (0.0, 2.5),
    "bool": (False, True),
    "NoneType": (None,),
    "list": ([], [1], ["a"]),
    "dict": ({}, {"a": 1}),
    "bytes": (b"", b"2"),
    "datetime.timedelta": (timedelta(1),),
    "datetime.datetime": (datetime(2026, 11, 29), datetime(2026, 11, 29, tzinfo=timezone.utc)),
    "datetime.date": (date(2026, 11, 29),),
}
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
    if op == "Subtract":  # an int or a float
        machine.may_raise(("TypeError", "OverflowError"))
        return machine.unknown(place, json=True)
    return None


def refuses(compute: Callable[[Any, Any], Any], machine: Machine, left: Value, right: Value) -> bool:
    """Whether an operator takes no two values of the types of these, of which one is a part of the event whose type
    its source fixes."""
    if machine.event_kinds is None or not any(type(side) is Sym and side.of_event for side in (left, right)):
        return False
    one, other = _exact(machine, left), _exact(machine, right)
    return one is not None and other is not None and _refuses(compute, one, other)


def _exact(machine: Machine, value: Value) -> str | None:
    """The type of a value, where that is no subclass of it."""
    return value.kind if type(value) is Sym else kind_of(machine, value)


@lru_cache(maxsize=512)
def _refuses(compute: Callable[[Any, Any], Any], one: str, other: str) -> bool:
    """Python is asked, with the values of `_PLAIN`."""
    if one not in _PLAIN or other not in _PLAIN or (one in ("str", "bytes") and compute is operator.mod):
        return False
    for left, right in product(_PLAIN[one], _PLAIN[other]):
        try:
            compute(left, right)
        except TypeError:
            continue
        except ArithmeticError:
            pass
        return False
    return True


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
