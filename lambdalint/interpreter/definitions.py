"""Statements that define: functions with their decorators, classes, imports."""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter import imports
from lambdalint.interpreter.calls import call
from lambdalint.interpreter.classes import finish_class, prepare_bases
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.execute import run_block
from lambdalint.interpreter.functions import make_function
from lambdalint.interpreter.heap import ScopeObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.names import store_name
from lambdalint.interpreter.paths import NORMAL, Frame, Outcome
from lambdalint.interpreter.scopes import imported_name, scopes_of
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Value
from lambdalint.interpreter.walk import STATEMENTS, dotted_name, on


@on(STATEMENTS, cst.FunctionDef)
def function_definition(machine: Machine, node: cst.FunctionDef, state: State, frame: Frame) -> list[Outcome]:
    def run() -> None:
        decorators = [evaluate(machine, decorator.decorator, frame) for decorator in node.decorators]
        value: Value = make_function(machine, node, frame)
        value = decorate(machine, value, decorators, node.decorators, frame)
        store_name(machine, node.name.value, value, frame)

    return machine.explore(state, run, node)


def decorate(machine: Machine, value: Value, decorators: list[Value], nodes: Any, frame: Frame) -> Value:
    """Apply decorators, the innermost first."""
    for decorator, node in zip(reversed(decorators), reversed(nodes)):
        value = call(machine, decorator, [value], {}, node, frame)
    return value


@on(STATEMENTS, cst.ClassDef)
def class_definition(machine: Machine, node: cst.ClassDef, state: State, frame: Frame) -> list[Outcome]:
    info = scopes_of(frame.source).of(node)
    done: list[Outcome] = []

    def prepare() -> Any:
        decorators = [evaluate(machine, decorator.decorator, frame) for decorator in node.decorators]
        bases = prepare_bases(machine, node, frame)
        scopes = frame.scopes
        if not frame.is_class and frame.scope != frame.module:
            scopes = (frame.scope, *frame.scopes)
        inner = Frame(
            info, machine.new(ScopeObject()).id, scopes, frame.module, frame.source, frame.chain,
            is_class=True, names=info.locals,
        )  # fmt: skip
        return decorators, bases, inner

    for outcome in machine.explore(state, prepare, node):
        if outcome.kind is not NORMAL:
            done.append(outcome)
            continue
        found: Any = outcome.value
        decorators, bases, inner = found
        for ended in run_block(machine, info.body, outcome.state, inner):
            if ended.kind is not NORMAL:
                done.append(ended)
                continue

            def finish(inner: Frame = inner, bases: Any = bases, decorators: list[Value] = decorators) -> None:
                value = finish_class(machine, node, inner, bases, frame)
                value = decorate(machine, value, decorators, node.decorators, frame)
                store_name(machine, node.name.value, value, frame)

            done += machine.explore(ended.state, finish, node)
    return done


@on(STATEMENTS, cst.Import)
def import_statement(machine: Machine, node: cst.Import, state: State, frame: Frame) -> list[Outcome]:
    def run() -> None:
        for alias in node.names:
            name = dotted_name(alias.name)
            bind_last = alias.asname is not None
            value = imports.import_module(machine, name, alias, frame, last=bind_last)
            store_name(machine, imported_name(alias, False), value, frame)

    return machine.explore(state, run, node)


@on(STATEMENTS, cst.ImportFrom)
def import_from(machine: Machine, node: cst.ImportFrom, state: State, frame: Frame) -> list[Outcome]:
    name = dotted_name(node.module)
    level = len(node.relative)

    def run() -> None:
        if isinstance(node.names, cst.ImportStar):
            imports.import_star(machine, name, level, node, frame)
            return
        for alias in node.names:
            value = imports.import_name(machine, name, level, dotted_name(alias.name), alias, node, frame)
            store_name(machine, imported_name(alias, True), value, frame)

    return machine.explore(state, run, node)


if hasattr(cst, "TypeAlias"):

    @on(STATEMENTS, cst.TypeAlias)
    def type_alias(machine: Machine, node: Any, state: State, frame: Frame) -> list[Outcome]:
        return machine.explore(state, lambda: store_name(machine, node.name.value, machine.unknown(), frame), node)
