"""Simple statements, and `if`."""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter import arithmetic
from lambdalint.interpreter.access import evaluate_slice
from lambdalint.interpreter.assignment import assign, delete
from lambdalint.interpreter.attribute_stores import set_attribute
from lambdalint.interpreter.attributes import get_attribute
from lambdalint.interpreter.conditions import truth
from lambdalint.interpreter.dropped import given_by, let_go
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.exceptions import exception_value, set_cause
from lambdalint.interpreter.execute import branch, run_block, run_suite
from lambdalint.interpreter.item_stores import set_item
from lambdalint.interpreter.items import get_item
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import BREAK, CONTINUE, NORMAL, RETURN, Frame, Outcome, Raised
from lambdalint.interpreter.pruning import prune
from lambdalint.interpreter.sendable import leaves, loosen
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import NONE, Value
from lambdalint.interpreter.walk import STATEMENTS, on


@on(STATEMENTS, cst.Expr)
def expression(machine: Machine, node: cst.Expr, state: State, frame: Frame) -> list[Outcome]:
    if isinstance(node.value, (cst.SimpleString, cst.ConcatenatedString)):  # a docstring
        return [Outcome(NORMAL, state)]

    found = machine.explore(state, lambda: evaluate(machine, node.value, frame), node)
    if frame.scope != frame.module and not frame.is_class:
        for outcome in found:
            if outcome.kind is NORMAL:
                let_go(outcome.state, outcome.value, frame.scope, machine.place(node.value, frame))
    return found


@on(STATEMENTS, cst.Assign)
def assignment(machine: Machine, node: cst.Assign, state: State, frame: Frame) -> list[Outcome]:
    def run() -> None:
        value = _given_by(machine, evaluate(machine, node.value, frame), node.value, frame)
        for target in node.targets:
            assign(machine, target.target, value, node, frame, node.value)

    return machine.explore(state, run, node)


def _given_by(machine: Machine, value: Value, node: Any, frame: Frame) -> Value:
    return given_by(machine.state, value, machine.place(node, frame)) if frame.scope != frame.module else value


@on(STATEMENTS, cst.AnnAssign)
def annotated(machine: Machine, node: cst.AnnAssign, state: State, frame: Frame) -> list[Outcome]:
    if node.value is None:
        return [Outcome(NORMAL, state)]

    def run() -> None:
        assert node.value is not None
        value = _given_by(machine, evaluate(machine, node.value, frame), node.value, frame)
        assign(machine, node.target, value, node, frame, node.value)

    return machine.explore(state, run, node)


@on(STATEMENTS, cst.AugAssign)
def augmented(machine: Machine, node: cst.AugAssign, state: State, frame: Frame) -> list[Outcome]:
    op = type(node.operator).__name__

    def run() -> None:
        target = node.target
        if isinstance(target, cst.Attribute):
            owner = evaluate(machine, target.value, frame)
            old = get_attribute(machine, owner, target.attr.value, node, frame)
            new = arithmetic.binary(machine, op, old, evaluate(machine, node.value, frame), node, frame, True)
            set_attribute(machine, owner, target.attr.value, new, node, frame)
        elif isinstance(target, cst.Subscript):
            owner = evaluate(machine, target.value, frame)
            key = evaluate_slice(machine, target.slice, target, frame)
            old = get_item(machine, owner, key, node, frame)
            new = arithmetic.binary(machine, op, old, evaluate(machine, node.value, frame), node, frame, True)
            set_item(machine, owner, key, new, node, frame, node.value)
        else:
            old = evaluate(machine, target, frame)
            new = arithmetic.binary(machine, op, old, evaluate(machine, node.value, frame), node, frame, True)
            assign(machine, target, new, node, frame, node.value)

    return machine.explore(state, run, node)


@on(STATEMENTS, cst.Return)
def return_statement(machine: Machine, node: cst.Return, state: State, frame: Frame) -> list[Outcome]:
    if node.value is None:
        return [Outcome(RETURN, state, NONE, node)]
    value = node.value
    found = machine.explore(state, lambda: evaluate(machine, value, frame), node)
    for outcome in found:
        if outcome.kind is NORMAL:
            outcome.kind = RETURN
    return found


@on(STATEMENTS, cst.Raise)
def raise_statement(machine: Machine, node: cst.Raise, state: State, frame: Frame) -> list[Outcome]:
    if node.exc is not None:
        machine.may_fail_outside()

    def run() -> Value:
        if node.exc is None:
            caught = machine.state.get(frame.scope).names.get("<caught>")  # type: ignore[attr-defined]
            raise Raised(caught if caught is not None else machine.unknown(role="exception"))
        error = exception_value(machine, evaluate(machine, node.exc, frame), node, frame)
        if node.cause is not None:
            set_cause(machine, error, evaluate(machine, node.cause.item, frame), node, frame)
        raise Raised(error)

    return machine.explore(state, run, node)


@on(STATEMENTS, cst.Pass, cst.Global, cst.Nonlocal)
def nothing(machine: Machine, node: Any, state: State, frame: Frame) -> list[Outcome]:
    return [Outcome(NORMAL, state)]


@on(STATEMENTS, cst.Break)
def break_statement(machine: Machine, node: Any, state: State, frame: Frame) -> list[Outcome]:
    return [Outcome(BREAK, state)]


@on(STATEMENTS, cst.Continue)
def continue_statement(machine: Machine, node: Any, state: State, frame: Frame) -> list[Outcome]:
    return [Outcome(CONTINUE, state)]


@on(STATEMENTS, cst.Del)
def delete_statement(machine: Machine, node: cst.Del, state: State, frame: Frame) -> list[Outcome]:
    return machine.explore(state, lambda: delete(machine, node.target, node, frame), node)


@on(STATEMENTS, cst.Assert)
def assert_statement(machine: Machine, node: cst.Assert, state: State, frame: Frame) -> list[Outcome]:
    def run() -> None:
        if not truth(machine, evaluate(machine, node.test, frame), node.test, frame):
            if node.msg is not None:
                evaluate(machine, node.msg, frame)
            raise machine.raise_builtin("AssertionError", node, frame)

    return machine.explore(state, run, node)


@on(STATEMENTS, cst.If)
def if_statement(machine: Machine, node: cst.If, state: State, frame: Frame) -> list[Outcome]:
    yes, no, done = branch(machine, node.test, state, frame)
    yes = prune(machine, yes, state, frame, None) if len(yes) > 1 else yes
    no = prune(machine, no, state, frame, None) if len(no) > 1 else no
    parted = bool(yes and no)
    machine.unsure += parted
    try:
        for one in yes:
            done += run_suite(machine, node.body, one, frame)
        for one in no:
            if node.orelse is None:
                if not leaves(node.body):
                    loosen(one, state)
                done.append(Outcome(NORMAL, one))
            elif isinstance(node.orelse, cst.If):
                done += if_statement(machine, node.orelse, one, frame)
            else:
                done += run_suite(machine, node.orelse.body, one, frame)
    finally:
        machine.unsure -= parted
    return done


@on(STATEMENTS, cst.SimpleStatementLine)
def line(machine: Machine, node: cst.SimpleStatementLine, state: State, frame: Frame) -> list[Outcome]:
    return run_block(machine, tuple(node.body), state, frame)
