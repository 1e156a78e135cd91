"""Statements: each node class has the function that executes it from one state and gives the outcomes."""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter import arithmetic
from lambdalint.interpreter.assignment import assign, delete
from lambdalint.interpreter.attributes import get_attribute, set_attribute
from lambdalint.interpreter.conditions import truth
from lambdalint.interpreter.evaluate import evaluate, evaluate_slice
from lambdalint.interpreter.exceptions import exception_value, matches
from lambdalint.interpreter.items import get_item, set_item
from lambdalint.interpreter.machine import (
    BREAK,
    CONTINUE,
    NORMAL,
    RAISE,
    RETURN,
    Frame,
    Machine,
    Outcome,
    Raised,
)
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import NONE, Const, Value
from lambdalint.interpreter.walk import STATEMENTS, dotted_name, on, statements_of


def run_block(machine: Machine, statements: tuple[Any, ...], state: State, frame: Frame) -> list[Outcome]:
    """Execute statements one after another, on every path."""
    done: list[Outcome] = []
    live = [state]
    for statement in statements:
        found: list[State] = []
        handler = STATEMENTS.get(type(statement))
        if handler is None:
            continue
        before = live[0]
        for one in live:
            for outcome in handler(machine, statement, one, frame):
                if outcome.kind is NORMAL:
                    found.append(outcome.state)
                else:
                    done.append(outcome)
        live = machine.prune(found, before, frame, statement, state) if len(found) > 1 else found
        if not live:
            return done
    return done + [Outcome(NORMAL, one) for one in live]


def run_suite(machine: Machine, suite: Any, state: State, frame: Frame) -> list[Outcome]:
    """Execute the body of a compound statement."""
    return run_block(machine, statements_of(suite), state, frame)


# -- simple statements -----------------------------------------------------------------------------------------------


@on(STATEMENTS, cst.Expr)
def expression(machine: Machine, node: cst.Expr, state: State, frame: Frame) -> list[Outcome]:
    if isinstance(node.value, (cst.SimpleString, cst.ConcatenatedString)):  # a docstring
        return [Outcome(NORMAL, state)]

    return machine.explore(state, lambda: evaluate(machine, node.value, frame), node)


@on(STATEMENTS, cst.Assign)
def assignment(machine: Machine, node: cst.Assign, state: State, frame: Frame) -> list[Outcome]:
    def run() -> None:
        value = evaluate(machine, node.value, frame)
        for target in node.targets:
            assign(machine, target.target, value, node, frame, node.value)

    return machine.explore(state, run, node)


@on(STATEMENTS, cst.AnnAssign)
def annotated(machine: Machine, node: cst.AnnAssign, state: State, frame: Frame) -> list[Outcome]:
    if node.value is None:
        return [Outcome(NORMAL, state)]

    def run() -> None:
        assert node.value is not None
        assign(machine, node.target, evaluate(machine, node.value, frame), node, frame, node.value)

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
    def run() -> Value:
        if node.exc is None:
            caught = machine.state.get(frame.scope).names.get("<caught>")  # type: ignore[attr-defined]
            raise Raised(caught if caught is not None else machine.unknown(role="exception"))
        value = evaluate(machine, node.exc, frame)
        if node.cause is not None:
            evaluate(machine, node.cause.item, frame)
        raise Raised(exception_value(machine, value, node, frame))

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


# -- branches --------------------------------------------------------------------------------------------------------


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


@on(STATEMENTS, cst.If)
def if_statement(machine: Machine, node: cst.If, state: State, frame: Frame) -> list[Outcome]:
    yes, no, done = branch(machine, node.test, state, frame)
    yes = machine.prune(yes, state, frame, None) if len(yes) > 1 else yes
    no = machine.prune(no, state, frame, None) if len(no) > 1 else no
    for one in yes:
        done += run_suite(machine, node.body, one, frame)
    for one in no:
        if node.orelse is None:
            done.append(Outcome(NORMAL, one))
        elif isinstance(node.orelse, cst.If):
            done += if_statement(machine, node.orelse, one, frame)
        else:
            done += run_suite(machine, node.orelse.body, one, frame)
    return done


# -- exceptions ------------------------------------------------------------------------------------------------------


@on(STATEMENTS, cst.Try, cst.TryStar)
def try_statement(machine: Machine, node: Any, state: State, frame: Frame) -> list[Outcome]:
    catching = any(_catches_type_error(handler.type) for handler in node.handlers)
    machine.guards += 1
    machine.catching += catching
    try:
        body = run_suite(machine, node.body, state, frame)
    finally:
        machine.guards -= 1
        machine.catching -= catching
    machine.guards += 1 if node.finalbody is not None else 0
    try:
        found = _handle(machine, node, body, state, frame)
    finally:
        machine.guards -= 1 if node.finalbody is not None else 0
    if node.finalbody is None:
        return found
    done: list[Outcome] = []
    for outcome in merge(machine, found, state, frame):
        for last in run_suite(machine, node.finalbody.body, outcome.state, frame):
            if last.kind is NORMAL:
                done.append(Outcome(outcome.kind, last.state, outcome.value, outcome.node))
            else:
                done.append(last)
    return done


def _catches_type_error(node: Any) -> bool:
    """Whether an except clause catches the TypeError of a value that does not serialize, by its text."""
    if node is None:
        return True
    if isinstance(node, cst.Tuple):
        return any(_catches_type_error(element.value) for element in node.elements)
    return dotted_name(node).rpartition(".")[2] in ("TypeError", "Exception", "BaseException")


def merge(machine: Machine, outcomes: list[Outcome], before: State, frame: Frame) -> list[Outcome]:
    """Equal outcomes merged, and at most so many kept."""
    if len(outcomes) < 2:
        return outcomes
    from lambdalint.interpreter.merge import merge_outcomes

    return machine.thin(merge_outcomes(outcomes, before, machine))


def _handle(machine: Machine, node: Any, body: list[Outcome], state: State, frame: Frame) -> list[Outcome]:
    """The outcomes of a try body, sent through `except` and `else`."""
    found: list[Outcome] = []
    raised: list[Outcome] = []
    ended: list[State] = []
    for outcome in body:
        if outcome.kind is RAISE and node.handlers:
            raised.append(outcome)
        elif outcome.kind is NORMAL and node.orelse is not None:
            ended.append(outcome.state)
        else:
            found.append(outcome)
    for one in machine.prune(ended, state, frame, None) if len(ended) > 1 else ended:
        found += run_suite(machine, node.orelse.body, one, frame)
    for outcome in _merge_raised(machine, raised, state, frame, node):
        found += _catch(machine, node, outcome, frame)
    return found


def _merge_raised(machine: Machine, raised: list[Outcome], state: State, frame: Frame, node: Any) -> list[Outcome]:
    if len(raised) < 2:
        return raised
    from lambdalint.interpreter.merge import merge_raised

    return machine.thin(merge_raised(raised, state, frame, node, machine))


def _catch(machine: Machine, node: Any, outcome: Outcome, frame: Frame) -> list[Outcome]:
    """Try the except clauses in turn."""
    found: list[Outcome] = []
    waiting = [outcome]
    for handler in node.handlers:
        remaining: list[Outcome] = []
        for one in waiting:
            for caught, missed in _match_clause(machine, handler, one, frame, found):
                if caught is not None:
                    found += _run_handler(machine, handler, caught, one, frame)
                if missed is not None:
                    remaining.append(missed)
        waiting = remaining
        if not waiting:
            break
    return found + waiting


def _match_clause(
    machine: Machine, handler: Any, outcome: Outcome, frame: Frame, found: list[Outcome]
) -> list[tuple[State | None, Outcome | None]]:
    if handler.type is None:
        return [(outcome.state, None)]
    error = outcome.value
    assert error is not None

    def run() -> Value:
        types = evaluate(machine, handler.type, frame)
        answer = matches(machine, error, types)
        if answer is None:
            answer = machine.choose(2) == 0
        return Const(answer)

    pairs: list[tuple[State | None, Outcome | None]] = []
    for answer in machine.explore(outcome.state, run, handler):
        if answer.kind is not NORMAL:
            found.append(answer)
        elif answer.value.value:  # type: ignore[union-attr]
            pairs.append((answer.state, None))
        else:
            pairs.append((None, Outcome(RAISE, answer.state, error, outcome.node)))
    return pairs


def _run_handler(machine: Machine, handler: Any, state: State, outcome: Outcome, frame: Frame) -> list[Outcome]:
    state = state.fork()
    state.after_except = True
    scope = state.write(frame.scope)
    assert outcome.value is not None
    before = scope.names.get("<caught>")
    scope.names["<caught>"] = outcome.value
    name = handler.name.name.value if handler.name is not None else None
    if name is not None:
        target = frame.module if name in frame.info.globals else frame.scope
        state.write(target).names[name] = outcome.value
    found = run_suite(machine, handler.body, state, frame)
    for one in found:
        one.state = one.state.fork()
        names = one.state.write(frame.scope).names
        if name is not None:
            names.pop(name, None)
        if before is None:
            names.pop("<caught>", None)
        else:
            names["<caught>"] = before
    return found


# -- with ------------------------------------------------------------------------------------------------------------


@on(STATEMENTS, cst.With)
def with_statement(machine: Machine, node: cst.With, state: State, frame: Frame) -> list[Outcome]:
    return _with_items(machine, node, list(node.items), state, frame)


def _with_items(machine: Machine, node: cst.With, items: list[Any], state: State, frame: Frame) -> list[Outcome]:
    from lambdalint.interpreter.managers import enter, generator_of, leave, run_managed

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
        machine.guards += 1
        try:
            body = merge(machine, _with_items(machine, node, rest, outcome.state, frame), outcome.state, frame)
        finally:
            machine.guards -= 1
        for one in body:
            found += leave(machine, manager, one, item, frame)
    return found


@on(STATEMENTS, cst.SimpleStatementLine)
def line(machine: Machine, node: cst.SimpleStatementLine, state: State, frame: Frame) -> list[Outcome]:
    return run_block(machine, tuple(node.body), state, frame)
