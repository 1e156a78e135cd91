"""Operators: arithmetic ones by their operands, and `not`, `and`, `or` and the conditional expression."""

from __future__ import annotations

import libcst as cst

from lambdalint.interpreter import arithmetic, conditions
from lambdalint.interpreter.either_way import either_way
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.values import Value
from lambdalint.interpreter.walk import EXPRESSIONS, on


@on(EXPRESSIONS, cst.BinaryOperation)
def binary_operation(machine: Machine, node: cst.BinaryOperation, frame: Frame) -> Value:
    left = evaluate(machine, node.left, frame)
    right = evaluate(machine, node.right, frame)
    return arithmetic.binary(machine, type(node.operator).__name__, left, right, node, frame)


@on(EXPRESSIONS, cst.UnaryOperation)
def unary_operation(machine: Machine, node: cst.UnaryOperation, frame: Frame) -> Value:
    value = evaluate(machine, node.expression, frame)
    if isinstance(node.operator, cst.Not):
        value = conditions.as_condition(machine, value, node, frame)
        return conditions.negate(machine, value, machine.place(node, frame))
    return arithmetic.unary(machine, node.operator, value, node, frame)


@on(EXPRESSIONS, cst.BooleanOperation)
def boolean_operation(machine: Machine, node: cst.BooleanOperation, frame: Frame) -> Value:
    is_and = type(node.operator) is cst.And

    def run() -> Value:
        left = evaluate(machine, node.left, frame)
        if conditions.truth(machine, left, node.left, frame) is is_and:
            with machine.part(node.right):
                return evaluate(machine, node.right, frame)
        return machine.state.resolve(left)

    return either_way(machine, run, node, frame)


@on(EXPRESSIONS, cst.IfExp)
def conditional(machine: Machine, node: cst.IfExp, frame: Frame) -> Value:
    def run() -> Value:
        test = evaluate(machine, node.test, frame)
        branch = node.body if conditions.truth(machine, test, node.test, frame) else node.orelse
        with machine.part(branch):
            return evaluate(machine, branch, frame)

    return either_way(machine, run, node, frame)
