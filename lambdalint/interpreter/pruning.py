"""Paths kept few: those that are equal in what is still read become one, and past a bound so do others.

What stands of many paths is possible, and proves nothing; a few stay as they are. While a module is imported, fewer do,
since each of them is to come to the handler with steps left.
"""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.apart import MAX_FORMS, answers_widened, raised_widened, states_widened
from lambdalint.interpreter.bounds import MAX_INITS, MAX_JOINS, MAX_PATHS, MAX_STEPS, STEPS_LEFT
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.merge import merge_equal
from lambdalint.interpreter.paths import NORMAL, Frame, Outcome
from lambdalint.interpreter.state import State


def prune(
    machine: Machine, states: list[State], before: State, frame: Frame, statement: Any, origin: State | None = None
) -> list[State]:
    """Merge states that are equal in what is still read. If too many are left, some stay as they are, and the others
    become one, or a few, on which nothing is proved; so do those that were widened before. `origin`: the state from
    which all of them come."""
    origin = origin if origin is not None else before
    widened = [state for state in states if state.widened]
    if len(widened) > 1:
        states = [state for state in states if not state.widened]
        widened = states_widened(machine, widened, origin, frame, statement)
        states += widened
    if len(states) > 1 + len(widened):
        states = merge_equal(states, before, frame, statement)
    if machine.script is not None or len(states) < 2:
        return thin(machine, states)
    importing = frame.scope == frame.module or frame.is_class
    if importing and machine.steps < MAX_STEPS // 2:
        machine.give_up("paths", hurry=False)  # one of them is to come to the handler
        return sorted(states, key=lambda state: state.widened)[:1]
    bound = _bound(machine) if not importing else MAX_INITS if machine.steps > MAX_STEPS * 3 // 4 else 1
    if machine.complete and len(states) > bound + min(bound, 2):
        machine.joins += not importing
        kept = _evenly([state for state in states if not state.widened], bound)
        ids = {id(one) for one in kept}
        loose = [state for state in states if id(state) not in ids]
        return kept + states_widened(machine, loose, origin, frame, statement)
    return thin(machine, states)


def prune_raised(machine: Machine, raised: list[Outcome], before: State, frame: Frame) -> list[Outcome]:
    """The exceptions that leave a block which began in `before`, of which those past a bound become few."""
    if not _joins(machine, len(raised)):
        return thin(machine, raised)
    kept, loose = _apart(machine, raised)
    return kept + raised_widened(machine, loose, before, frame)


def prune_answers(machine: Machine, outcomes: list[Outcome], before: State) -> list[Outcome]:
    """The ways in which a call or a block ends that began in `before`, of which those past a bound become few."""
    if not _joins(machine, len(outcomes)):
        return thin(machine, outcomes)
    kept, loose = _apart(machine, outcomes)
    return kept + _few(machine, loose, before)


def prune_in_statement(machine: Machine, outcomes: list[Outcome], before: State) -> list[Outcome]:
    """The ways in which a part of a statement ends: where the statement has ways enough, few."""
    if machine.script is not None or not machine.has_ways_enough():
        return outcomes
    ended = [one for one in outcomes if one.kind is NORMAL]
    kept = ended[:1] if machine.is_first_way() else []
    kept += [one for one in outcomes if one.kind is not NORMAL and not machine.raises_aside(one)]
    loose = ended[1:] if machine.is_first_way() else ended
    return kept + (_few(machine, loose, before, 0) if len(ended) > 1 else loose)


def _few(machine: Machine, outcomes: list[Outcome], before: State, forms: int = MAX_FORMS) -> list[Outcome]:
    for one in outcomes:
        one.state.widened = True
    return answers_widened(machine, outcomes, before, forms)


def _bound(machine: Machine) -> int:
    """How many paths stay as they are: fewer, once many have become one often enough, or few steps are left."""
    if machine.joins < MAX_JOINS and machine.steps > MAX_STEPS // 2:
        return MAX_PATHS
    return MAX_PATHS // 4 if machine.steps > MAX_STEPS // 4 else 1


def _joins(machine: Machine, count: int) -> bool:
    """Whether so many paths are too many, and some are to become one."""
    return machine.script is None and machine.complete and count > _bound(machine) + 2


def _apart(machine: Machine, outcomes: list[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    """Those that stay as they are, and those that are to become few."""
    kept = _evenly([one for one in outcomes if not one.state.widened], _bound(machine))
    machine.joins += 1
    return kept, [one for one in outcomes if not any(one is other for other in kept)]


def thin(machine: Machine, states: list[Any], limit: int | None = None) -> list[Any]:
    """At most `limit` states or outcomes, evenly from all. The first and the last, on which all was answered alike,
    stay."""
    limit = limit or (MAX_PATHS if machine.script is None else machine.script.paths)
    if machine.script is None and not machine.complete and machine.steps < STEPS_LEFT // 2:
        limit = limit // 4  # so that some come to the end with the steps that are left
    if len(states) <= limit + 2:  # a loop adds to them that of no round and that of many
        return states
    machine.give_up("paths")
    return _evenly(states, limit)


def _evenly(states: list[Any], limit: int) -> list[Any]:
    """As many of them, evenly from all, the first and the last among them."""
    if len(states) <= limit:
        return states
    return [states[index * (len(states) - 1) // max(limit - 1, 1)] for index in range(limit)]
