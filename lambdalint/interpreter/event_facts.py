"""What a path has learnt of the event: what its fields are not, and which of them are there."""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.invocation import Excluded
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.state import READ, TOLD, Fact, Member, State
from lambdalint.interpreter.values import NONE, Const, EventPath, Sym


def excluded(machine: Machine, facts: dict[Any, Fact], known: dict[Any, Fact]) -> tuple[Excluded, ...]:
    """The constants that fields were compared with and do not equal, by the facts of a path beyond what was `known`."""
    found: list[Excluded] = []
    for id, path in machine.recorder.event_symbols.items():
        fact = facts.get(id)
        if fact is None or fact == known.get(id):
            continue
        if fact.differs and fact.value is None:
            method = machine.recorder.methods.get(id)
            values = tuple(v for v in fact.differs if not isinstance(v, Member) and _stays(v, method))
            if values:
                found.append(Excluded(path, values))
        elif fact.value is NONE:  # the event has no such key
            found.append(Excluded(path, ()))
    return tuple(found)


def _stays(value: object, method: str | None) -> bool:
    """Whether a field that is this constant has it as what the method gives: `"POST".upper()`."""
    return method is None or (isinstance(value, str) and getattr(value, method)() == value)


def absent_and_present(
    machine: Machine, state: State, facts: dict[Any, Fact]
) -> tuple[tuple[EventPath, ...], tuple[EventPath, ...]]:
    """By the facts of a path to a state: the fields that are not there, or empty; and those that are there and not
    empty."""
    absent: dict[EventPath, None] = {}
    present: dict[EventPath, None] = {}
    symbols = machine.recorder.event_symbols
    for id, fact in facts.items():
        if type(id) is tuple and len(id) == 4 and id[2] == READ:
            continue
        path = symbols.get(id)
        has = type(id) is tuple and len(id) == 4 and id[2] == TOLD
        if path is None and type(id) is tuple and len(id) == 4 and id[0] in symbols and isinstance(id[3], (str, int)):
            path = (*symbols[id[0]], id[3])
        if path is None:
            continue
        answer = _is_there(state, fact, has)
        if answer is not None:
            (present if answer else absent)[path] = None
    return tuple(absent), tuple(present)


def _is_there(state: State, fact: Fact, has: bool) -> bool | None:
    value = state.resolve(fact.value) if fact.value is not None else None
    if type(value) is Const:
        return bool(value.value)
    if fact.truthy is not None:
        return fact.truthy
    if has:
        return None
    if isinstance(value, Sym):
        return _is_there(state, state.fact(value), False)
    return False if "dict" in fact.not_kinds else None


def were_read(machine: Machine, state: State) -> frozenset[EventPath]:
    """The keys at the top of the event, and those below them, that were read by `[...]` and were there."""
    symbols = machine.recorder.event_symbols
    return frozenset(
        (*symbols[id[0]], id[3])
        for id in state.facts
        if type(id) is tuple and len(id) == 4 and id[2] == READ and id[0] in symbols and len(symbols[id[0]]) < 2
    )
