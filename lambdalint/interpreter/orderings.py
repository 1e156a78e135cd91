"""Which of two values comes first, as far as the path knows: `n < 5`, and later on the same path `n >= 5`.

What is known of two values is which of "less", "same" and "more" may still hold. For a symbol and a number that follows
from the bounds of the symbol; for two symbols it is kept under the pair. Where the types are known to be in one order,
what is left decides a comparison; of other values (not a number, sets) none of the three need hold, so a path on which
none is left is possible, and hardly meant.
"""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import Dead
from lambdalint.interpreter.state import Fact
from lambdalint.interpreter.values import Const, Sym, Value

_LESS, _SAME, _MORE = 1, 2, 4
_ANY = _LESS | _SAME | _MORE
_HOLDS = {"lt": _LESS, "le": _LESS | _SAME, "gt": _MORE, "ge": _SAME | _MORE, "eq": _SAME}
_IN_ONE_ORDER = frozenset({"int", "bool", "str", "bytes", "datetime.datetime", "datetime.date", "datetime.timedelta"})


def decide_order(machine: Machine, op: str, left: Value, right: Value) -> bool | None:
    """Whether `left op right`, for "lt", "le", "gt", "ge" and "eq"."""
    left, right = machine.state.resolve(left), machine.state.resolve(right)
    left_is, right_is = kind_of(machine, left), kind_of(machine, right)
    if left_is not in _IN_ONE_ORDER or right_is not in _IN_ONE_ORDER:
        return None
    known = _possible(machine, left, right)
    holds = known & _HOLDS[op]
    return bool(holds) if holds == known or not holds else None


def assume_order(machine: Machine, op: str, left: Value, right: Value, outcome: bool) -> None:
    """Learn that `left op right`, or that it is not so."""
    state = machine.state
    left, right = state.resolve(left), state.resolve(right)
    left_over = _possible(machine, left, right) & (_HOLDS[op] if outcome else _ANY ^ _HOLDS[op])
    if not left_over:
        state.widened = True
    elif type(left) is Sym and _is_number(right):
        _bound(machine, left, right.value, left_over)  # type: ignore[attr-defined]
    elif type(right) is Sym and _is_number(left):
        _bound(machine, right, left.value, _mirrored(left_over))  # type: ignore[attr-defined]
    elif type(left) is Sym and type(right) is Sym and left.id != right.id:
        state.facts["order", left.id, right.id] = Fact(differs=(left_over,))
        state.facts["order", right.id, left.id] = Fact(differs=(_mirrored(left_over),))


#: The form of a condition by which a symbol with options says that it is the least of them, or the greatest.
EXTREME = "extreme"


def is_extreme(machine: Machine, op: str, one: Value, options: tuple[Value, ...]) -> None:
    """Learn that of some values this one is what `min` ("le") or `max` ("ge") gives.

    Raises:
        Dead: it cannot be.
    """
    for other in options:
        if other is one or {kind_of(machine, one), kind_of(machine, other)} - _IN_ONE_ORDER:
            continue
        if decide_order(machine, op, one, other) is False:
            raise Dead
        assume_order(machine, op, one, other, True)


def at_least(machine: Machine, value: Sym, least: int) -> Sym:
    """The same symbol, known to be no smaller."""
    if machine.state.fact(value).low is None:
        machine.state.learn(value, low=(least, True))
    return value


def _possible(machine: Machine, left: Value, right: Value) -> int:
    if type(left) is Sym and _is_number(right):
        return _against(machine, left, right.value)  # type: ignore[attr-defined]
    if type(right) is Sym and _is_number(left):
        return _mirrored(_against(machine, right, left.value))  # type: ignore[attr-defined]
    if type(left) is Sym and type(right) is Sym:
        if left.id == right.id:
            return _SAME if kind_of(machine, left) in _IN_ONE_ORDER else _ANY
        fact = machine.state.facts.get(("order", left.id, right.id))
        return fact.differs[0] if fact is not None else _ANY  # type: ignore[return-value]
    return _ANY


def _is_number(value: Value) -> bool:
    return type(value) is Const and type(value.value) in (int, float) and value.value == value.value


def _mirrored(known: int) -> int:
    return (known & _SAME) | (_MORE if known & _LESS else 0) | (_LESS if known & _MORE else 0)


def _against(machine: Machine, value: Sym, number: Any) -> int:
    """What may hold between a symbol and a number."""
    low, high = _bounds(machine, value)
    known = _ANY
    if low is not None and low[0] >= number:
        known &= ~_LESS if low[1] or low[0] > number else ~(_LESS | _SAME)
        if low[0] > number:
            known &= ~_SAME
    if high is not None and high[0] <= number:
        known &= ~_MORE if high[1] or high[0] < number else ~(_MORE | _SAME)
        if high[0] < number:
            known &= ~_SAME
    if any(type(other) in (int, float) and other == number for other in machine.state.fact(value).differs):
        known &= ~_SAME
    return known


def _bounds(machine: Machine, value: Sym) -> tuple[Any, Any]:
    """The least and the greatest number that a symbol may be, and whether it may be these themselves."""
    fact = machine.state.fact(value)
    low, high = fact.low, fact.high
    if kind_of(machine, value) == "int":
        low, high = _whole(low, 1, fact.differs), _whole(high, -1, fact.differs)
    return low, high


def _whole(bound: Any, step: int, differs: tuple[object, ...]) -> Any:
    """The bound of a whole number: the nearest one within that it may be."""
    if bound is None or type(bound[0]) is not int:
        return bound
    number, included = bound
    for _ in range(len(differs) + 1):
        if included and number not in differs:
            break
        number, included = number + step, True
    return number, True


def _bound(machine: Machine, value: Sym, number: Any, known: int) -> None:
    if not known & _LESS:
        machine.state.learn(value, low=(number, bool(known & _SAME)))
    if not known & _MORE:
        machine.state.learn(value, high=(number, bool(known & _SAME)))
    if not known & _SAME:
        machine.state.learn(value, differs=(*machine.state.fact(value).differs, number))
