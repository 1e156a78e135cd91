"""What a part of a statement gives on either way, as one value: where a statement has taken ways enough, each further
`or`, `if` and `.get` would double them. What the ways have learnt apart is let go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import NORMAL, RAISE, Frame, Outcome, Raised
from lambdalint.interpreter.pruning import prune_in_statement
from lambdalint.interpreter.signatures import is_before
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Const, Sym, Value


def either_way(machine: Machine, run: Callable[[], Value], node: Any, frame: Frame) -> Value:
    """The value of an expression that `run` evaluates, and that may come to a choice.

    Raises:
        Raised: what it raises.
    """
    if not machine.has_ways_enough():
        return run()
    before = machine.state
    chosen = machine.choose_outcome(lambda: _as_few(machine, machine.explore(before, run, node), before, node, frame))
    assert chosen.value is not None
    if chosen.kind is RAISE:
        raise Raised(chosen.value)
    return chosen.value


def _as_few(machine: Machine, found: list[Outcome], before: State, node: Any, frame: Frame) -> list[Outcome]:
    """Those that give a value as one. Where the ways have changed anything, nothing is proved of it, but for the first
    of all the ways through the statement."""
    ended = [one for one in found if one.kind is NORMAL]
    if len(ended) < 2:
        return found
    others = [one for one in found if one.kind is not NORMAL]
    if any(one.state.changes_since(before) for one in ended):
        return prune_in_statement(machine, found, before)
    state = before.fork()
    state.next_id = max(one.state.next_id for one in ended)
    state.guess(True)
    options: list[Value] = []
    for one in ended:
        for option in _as_before(machine, one, state, before):
            if not any(option is known or _is_one(option, known) for known in options):
                options.append(option)
    place = machine.place(node, frame)
    value = options[0] if len(options) == 1 else Sym(state.fresh(), None, place, options=tuple(options))
    return [Outcome(NORMAL, state, value, node), *others]


def _is_one(one: Value, other: Value) -> bool:
    if type(one) is Const and type(other) is Const:
        return type(one.value) is type(other.value) and bool(one.value == other.value)
    return type(one) is Sym and type(other) is Sym and one.id == other.id


def _as_before(machine: Machine, one: Outcome, state: State, before: State) -> tuple[Value, ...]:
    """What a way gives, as it may stand beside what another gives: a symbol of which the way has learnt something, or
    that it has made, is another one there, of its type."""
    assert one.value is not None
    value = one.state.resolve(one.value)
    if type(value) is not Sym:
        return (value,)
    if value.options and value.kind is None:
        parts = [Outcome(NORMAL, one.state, part) for part in value.options]
        return tuple(option for part in parts for option in _as_before(machine, part, state, before))
    if is_before(value.id, before) and one.state.facts.get(value.id) is before.facts.get(value.id):
        return (value,)
    saved, machine.state = machine.state, one.state
    try:
        kind = kind_of(machine, value)
    finally:
        machine.state = saved
    return (Sym(state.fresh(), kind, value.place, json=value.json),)
