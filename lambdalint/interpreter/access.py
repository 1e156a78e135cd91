"""Attribute and subscript expressions, and what stands between the brackets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst

from lambdalint.interpreter import attributes, items
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.values import NONE, Slice, Tuple, Value
from lambdalint.interpreter.walk import EXPRESSIONS, on


@on(EXPRESSIONS, cst.Attribute)
def attribute(machine: Machine, node: cst.Attribute, frame: Frame) -> Value:
    value = evaluate(machine, node.value, frame)
    return attributes.get_attribute(machine, value, node.attr.value, node, frame)


@on(EXPRESSIONS, cst.Subscript)
def subscript(machine: Machine, node: cst.Subscript, frame: Frame) -> Value:
    value = evaluate(machine, node.value, frame)
    return items.get_item(machine, value, evaluate_slice(machine, node.slice, node, frame), node, frame)


def evaluate_slice(machine: Machine, slices: Sequence[cst.SubscriptElement], node: Any, frame: Frame) -> Value:
    """What stands between the brackets."""
    values: list[Value] = []
    for element in slices:
        part = element.slice
        if isinstance(part, cst.Index):
            values.append(evaluate(machine, part.value, frame))
        else:
            assert isinstance(part, cst.Slice)
            bounds = [
                evaluate(machine, bound, frame) if bound is not None else NONE
                for bound in (part.lower, part.upper, part.step)
            ]
            lower, upper, step = bounds
            values.append(Slice(lower, upper, step, machine.place(part, frame)))
    return values[0] if len(values) == 1 else Tuple(tuple(values), machine.place(node, frame))
