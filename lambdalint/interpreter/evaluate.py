"""Evaluating an expression: by its node's class, through the table in which the handlers stand."""

from __future__ import annotations

from typing import Any

from lambdalint.finding import Place
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.values import Value
from lambdalint.interpreter.walk import EXPRESSIONS


def evaluate(machine: Machine, node: Any, frame: Frame) -> Value:
    """The value of an expression.

    Raises:
        Raised: it raises, on paper.
    """
    handler = EXPRESSIONS.get(type(node))
    if handler is None:
        machine.may_raise(None)
        return machine.unknown(Place(frame.source, node))
    value: Value = handler(machine, node, frame)
    return value
