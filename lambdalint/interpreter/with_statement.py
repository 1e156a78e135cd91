"""The with statement: its managers entered and left round the block, or the block run inside their generators."""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter.assignment import assign
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.execute import merge, run_suite
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.managers import enter, generator_of, leave, may_swallow, run_managed
from lambdalint.interpreter.paths import NORMAL, Frame, Outcome
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Sym, Value
from lambdalint.interpreter.walk import STATEMENTS, on


@on(STATEMENTS, cst.With)
def with_statement(machine: Machine, node: cst.With, state: State, frame: Frame) -> list[Outcome]:
    return _with_items(machine, node, list(node.items), state, frame)


def _with_items(machine: Machine, node: cst.With, items: list[Any], state: State, frame: Frame) -> list[Outcome]:
    if not items:
        return run_suite(machine, node.body, state, frame)
    item, rest = items[0], items[1:]

    def bind(entered: Value) -> None:
        if item.asname is not None:
            assign(machine, item.asname.name, entered, item, frame)

    def run() -> Value:
        manager = evaluate(machine, item.item, frame)
        if generator_of(machine, manager) is None:
            bind(enter(machine, manager, item, frame))
        return manager

    def block(state: State, entered: Value) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for outcome in machine.explore(state, lambda: bind(entered), item):
            if outcome.kind is NORMAL:
                outcomes += _with_items(machine, node, rest, outcome.state, frame)
            else:
                outcomes.append(outcome)
        return merge(machine, outcomes, state, frame)

    found: list[Outcome] = []
    for outcome in machine.explore(state, run, item):
        if outcome.kind is not NORMAL:
            found.append(outcome)
            continue
        manager = outcome.value
        assert manager is not None
        generator = generator_of(machine, manager)
        if generator is not None:
            found += run_managed(machine, generator, block, outcome.state, item, frame)
            continue
        swallows = _swallows(machine, manager, outcome.state)
        # Leaving one of a library's, by an exception that it hands on, does nothing that is followed.
        guards = swallows or type(outcome.state.resolve(manager)) is not Sym
        machine.guards += guards
        machine.catching_imports += swallows
        try:
            body = merge(machine, _with_items(machine, node, rest, outcome.state, frame), outcome.state, frame)
        finally:
            machine.guards -= guards
            machine.catching_imports -= swallows
        for one in body:
            found += leave(machine, manager, one, item, frame)
    return found


def _swallows(machine: Machine, manager: Value, state: State) -> bool:
    saved, machine.state = machine.state, state
    try:
        return may_swallow(machine, manager)
    finally:
        machine.state = saved
