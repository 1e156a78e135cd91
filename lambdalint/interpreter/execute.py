"""Executing statements: each by its node's class, through the table, from one state to its outcomes; and blocks of
them, on every path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst

from lambdalint.interpreter.conditions import truth
from lambdalint.interpreter.ends import begin
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.merge import merge_outcomes
from lambdalint.interpreter.paths import NORMAL, RAISE, Frame, Outcome
from lambdalint.interpreter.pruning import prune, prune_answers
from lambdalint.interpreter.state import State
from lambdalint.interpreter.trail import Block
from lambdalint.interpreter.values import Const, Value
from lambdalint.interpreter.walk import STATEMENTS, statements_of


def run_block(machine: Machine, statements: tuple[Any, ...], state: State, frame: Frame) -> list[Outcome]:
    """Execute statements one after another, on every path."""
    trail = machine.trail
    if trail is None:
        return _run(machine, Block(None, statements, state), frame)
    block = trail.enter(machine, statements, state)
    raised = True
    try:
        found = _run(machine, block, frame)
        raised = False
    finally:
        trail.leave(block, raised=raised)
    return found


def _run(machine: Machine, block: Block, frame: Frame) -> list[Outcome]:
    """The same, from where the block is."""
    statements, trail, unsure = block.statements, machine.trail, machine.unsure
    last = _last(statements, frame)
    done, live, found, number = block.done, block.live, block.found, block.number
    machine.unsure += block.unsure
    try:
        for index in range(block.index, len(statements)):
            statement = statements[index]
            handler = STATEMENTS.get(type(statement))
            if handler is None:
                continue
            before, origin, left = live[0], block.origin, block.left
            if statement is last and not number:
                for one in live:
                    begin(one, frame.scope, statement)
            for one in live[number:] if number else live:
                if trail is not None:
                    block.index, block.number, block.live, block.found, block.left = index, number, live, found, left
                    block.unsure = machine.unsure - unsure
                    trail.reach(machine, block)
                    number += 1
                for outcome in handler(machine, statement, one, frame):
                    if outcome.kind is NORMAL:
                        found.append(outcome.state)
                    else:
                        done.append(outcome)
                        left = left or outcome.kind is not RAISE
            live = prune(machine, found, before, frame, statement, origin) if len(found) > 1 else found
            if not live:
                return done
            machine.unsure += left
            found, number, block.left = [], 0, False
    finally:
        machine.unsure = unsure
    return done + [Outcome(NORMAL, one) for one in live]


def _last(statements: Sequence[Any], frame: Frame) -> Any:
    """The statement of a function at which its path ends, if it ends with this block. A line is a block of its own."""
    if not statements or frame.scope == frame.module or frame.is_class:
        return None
    return None if type(statements[-1]) is cst.SimpleStatementLine else statements[-1]


def run_suite(machine: Machine, suite: Any, state: State, frame: Frame) -> list[Outcome]:
    """Execute the body of a compound statement."""
    return run_block(machine, statements_of(suite), state, frame)


def run_unsure(machine: Machine, suite: Any, state: State, frame: Frame) -> list[Outcome]:
    """Execute a body that some path leaves out."""
    machine.unsure += 1
    try:
        return run_suite(machine, suite, state, frame)
    finally:
        machine.unsure -= 1


def branch(machine: Machine, test: Any, state: State, frame: Frame) -> tuple[list[State], list[State], list[Outcome]]:
    """The states in which a test is true, those in which it is false, and how else it ends."""

    def run() -> Value:
        return Const(truth(machine, evaluate(machine, test, frame), test, frame))

    yes: list[State] = []
    no: list[State] = []
    other: list[Outcome] = []
    for outcome in machine.explore(state, run, test):
        if outcome.kind is not NORMAL:
            other.append(outcome)
        elif outcome.value.value:  # type: ignore[union-attr]
            yes.append(outcome.state)
        else:
            no.append(outcome.state)
    return yes, no, other


def merge(machine: Machine, outcomes: list[Outcome], before: State, frame: Frame) -> list[Outcome]:
    """Equal outcomes merged, and at most so many kept."""
    if len(outcomes) < 2:
        return outcomes
    return prune_answers(machine, merge_outcomes(outcomes, before, machine), before)
