"""Paths on which nothing is proved become one where they meet; but a few of them stay apart, where what they hold is of
another form: a None and an object, a true and a false. The code that comes next asks for just that.
"""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.carried import carrier_of
from lambdalint.interpreter.heap import InstanceObject, ScopeObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import NORMAL, RAISE, RETURN, Frame, Outcome, merge_types
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import NONE, Const, Ref, Sym, Value
from lambdalint.interpreter.widen import Widening

#: How many such paths stay apart; more become one.
MAX_FORMS = 3


def answers_widened(machine: Machine, outcomes: list[Outcome], before: State, forms: int = MAX_FORMS) -> list[Outcome]:
    """Of the outcomes of a call or a block on which nothing is proved, one for all that raise, one for all that leave
    it in the same way and alike. `forms`: how many of these there may be; more become one."""
    loose = [outcome for outcome in outcomes if outcome.state.widened]
    if len(loose) < 2:
        return outcomes
    groups: dict[Any, list[Outcome]] = {}
    for outcome in loose:
        form = _form(outcome.state, outcome.value) if outcome.kind in (NORMAL, RETURN) else None
        groups.setdefault((*_left_by(outcome), form), []).append(outcome)
    if len(groups) > forms + 1:
        groups = {}
        for outcome in loose:
            groups.setdefault((*_left_by(outcome), None), []).append(outcome)
    kept = [outcome for outcome in outcomes if not outcome.state.widened]
    for (kind, _, _), alike in groups.items():
        if len(alike) < 2:
            kept += alike
            continue
        found = [one.value if one.value is not None else NONE for one in alike]
        state, value = Widening(machine, [one.state for one in alike], before, False).run_with(found)
        if kind is RAISE:
            value = Sym(state.fresh(), None, role="exception", condition=("types", None))
        kept.append(Outcome(kind, state, value if alike[0].value is not None else None, alike[0].node))
    return kept


def _left_by(outcome: Outcome) -> tuple[Any, int]:
    """How a block is left; of a return, by which one."""
    return outcome.kind, id(outcome.node) if outcome.kind is RETURN else 0


def raised_widened(machine: Machine, outcomes: list[Outcome], before: State, frame: Frame) -> list[Outcome]:
    """Exceptions that leave a block, on states that are to prove nothing: one for all that tell no type, and for each
    operation that fails."""
    groups: dict[Any, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(_told(outcome.value), []).append(outcome)
    kept: list[Outcome] = []
    carrier = carrier_of(frame, before)
    for told, alike in groups.items():
        state, value = Widening(machine, [one.state for one in alike], before, False, carrier).run_with(
            [one.value for one in alike]
        )
        if told is not None and alike[0].value is not None:  # the same exception of the same operation
            value = alike[0].value
        elif type(value) is not Ref:
            value = Sym(state.fresh(), None, role="exception", condition=("types", _types(alike)))
        kept.append(Outcome(RAISE, state, value, alike[0].node))
    return kept


def _told(error: Value | None) -> Any:
    """By what an exception is told from others, where its type is known and no object of the heap stands for it."""
    return (error.kind, error.place and id(error.place.node)) if type(error) is Sym and error.kind is not None else None


def _types(outcomes: list[Outcome]) -> tuple[str, ...] | None:
    """The types that exceptions of unknown types may be of, None for any."""
    types: tuple[str, ...] | None = ()
    for outcome in outcomes:
        error = outcome.value
        if type(error) is not Sym or error.condition is None or error.condition[0] != "types":
            return None
        types = merge_types(types, error.condition[1])
    return types


def states_widened(machine: Machine, states: list[State], before: State, frame: Frame, statement: Any) -> list[State]:
    """States on which nothing is proved, as they leave a statement: one for all in which the variables that are still
    read are of the same forms."""
    live = None
    if statement is not None and frame.scope != frame.module and not frame.is_class:
        live = frame.info.live_after(statement)
    groups: dict[Any, list[State]] = {}
    if live is not None:
        for state in states:
            scope = state.get(frame.scope)
            assert isinstance(scope, ScopeObject)
            forms = {name: _form(state, scope.names[name]) for name in live if name in scope.names}
            groups.setdefault(tuple(sorted(forms.items(), key=lambda pair: pair[0])), []).append(state)
    if not 1 < len(groups) <= MAX_FORMS:
        groups = {(): states}
    carrier = carrier_of(frame, before)
    return [
        alike[0] if len(alike) == 1 else Widening(machine, alike, before, False, carrier).run()
        for alike in groups.values()
    ]


def _form(state: State, value: Value | None) -> Any:
    """By what code tells values apart: whether it is None, true or false; of which class it is."""
    value = state.resolve(value) if value is not None else NONE
    if type(value) is Const:
        return value.value if value.value is None or isinstance(value.value, bool) else type(value.value)
    if type(value) is Ref:
        thing = state.get(value.id)
        return ("of class", thing.cls) if isinstance(thing, InstanceObject) else type(thing)
    return type(value)
