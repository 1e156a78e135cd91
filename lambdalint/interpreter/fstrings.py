"""Strings put together by the source: side by side, and f-strings."""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter import arithmetic
from lambdalint.interpreter.calls import call_special
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.heap import InstanceObject
from lambdalint.interpreter.machine import Frame, Machine
from lambdalint.interpreter.replies import may_hold
from lambdalint.interpreter.values import Const, Ref, Sym, Value
from lambdalint.interpreter.walk import EXPRESSIONS, on


@on(EXPRESSIONS, cst.ConcatenatedString)
def concatenated(machine: Machine, node: cst.ConcatenatedString, frame: Frame) -> Value:
    left, right = evaluate(machine, node.left, frame), evaluate(machine, node.right, frame)
    place = machine.place(node, frame)
    if type(left) is Const and type(right) is Const:
        return Const(left.value + right.value, place)  # type: ignore[operator]
    prefix = left.value if type(left) is Const else (left.prefix if type(left) is Sym else None)
    return Sym(machine.state.fresh(), "str", place, prefix=prefix if isinstance(prefix, str) else None)


@on(EXPRESSIONS, cst.FormattedString)
def formatted(machine: Machine, node: cst.FormattedString, frame: Frame) -> Value:
    parts: list[str] = []
    later: list[str] = []  # what it surely holds behind the first part that is not known
    known, telling = True, False
    prefix = ""
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            text: str | None = part.value.replace("{{", "{").replace("}}", "}")
            if "\\" in part.value and "r" not in node.start.lower():
                text = None
        else:
            text, tells = _formatted_expression(machine, part, frame)  # type: ignore[arg-type]
            telling = telling or tells
        if text is None:
            known = False
        else:
            (parts if known else later).append(text)
    prefix = "".join(parts)
    place = machine.place(node, frame)
    if known:
        return Const(prefix, place)
    # Only of an event that is answered by a call it matters what else the text may hold.
    holds = ("holds", "".join(later), telling) if any(later) or machine.recorder.answers_by_call else None
    return Sym(machine.state.fresh(), "str", place, prefix=prefix or None, condition=holds)


def _formatted_expression(
    machine: Machine, part: cst.FormattedStringExpression, frame: Frame
) -> tuple[str | None, bool]:
    """The text of a part, where it is known, and whether it may hold what an answer needs."""
    value = machine.state.resolve(evaluate(machine, part.expression, frame))
    for spec in part.format_spec or ():
        if isinstance(spec, cst.FormattedStringExpression):
            evaluate(machine, spec.expression, frame)
    if part.format_spec:
        machine.may_raise(("ValueError", "TypeError"))
    if type(value) is Ref and isinstance(machine.object(value), InstanceObject):
        for method in ("__format__", "__str__", "__repr__"):
            if call_special(machine, value, method, (Const(""),) if method == "__format__" else (), part, frame):
                break
    if part.conversion or part.format_spec or part.equal is not None:
        return None, may_hold(machine, value)
    return arithmetic.text_of(machine, value, part, frame), may_hold(machine, value)


if hasattr(cst, "TemplatedString"):

    @on(EXPRESSIONS, cst.TemplatedString)
    def templated(machine: Machine, node: Any, frame: Frame) -> Value:
        for part in node.parts:
            if hasattr(part, "expression"):
                evaluate(machine, part.expression, frame)
        return machine.unknown(machine.place(node, frame), "string.templatelib.Template")
