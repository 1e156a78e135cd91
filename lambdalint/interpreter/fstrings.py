"""Strings put together by the source: side by side, and f-strings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import libcst as cst

from lambdalint.interpreter import arithmetic
from lambdalint.interpreter.bounds import MAX_TEXT
from lambdalint.interpreter.calls import call_special
from lambdalint.interpreter.certain import kinds_of, told
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.exceptions import message_of
from lambdalint.interpreter.heap import InstanceObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.replies import may_hold
from lambdalint.interpreter.samples import refused_format
from lambdalint.interpreter.values import Const, Ref, Sym, Value
from lambdalint.interpreter.walk import EXPRESSIONS, on

_NUMBERS = frozenset({"int", "float", "bool"})
_CONVERSIONS: dict[str, Callable[[object], str]] = {"r": repr, "s": str, "a": ascii}


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
    made = Sym(machine.state.fresh(), "str", place, prefix=prefix or None, condition=holds)
    if prefix or any(later):
        machine.state.learn(made, truthy=True)
    return made


def _formatted_expression(
    machine: Machine, part: cst.FormattedStringExpression, frame: Frame
) -> tuple[str | None, bool]:
    """The text of a part, where it is known, and whether it may hold what an answer needs."""
    value = machine.state.resolve(evaluate(machine, part.expression, frame))
    spec = _spec(machine, part, frame)
    if part.format_spec:
        machine.may_raise(("ValueError", "TypeError"))
    if type(value) is Ref and isinstance(machine.object(value), InstanceObject):
        for method in ("__format__", "__str__", "__repr__"):
            if call_special(machine, value, method, (Const(""),) if method == "__format__" else (), part, frame):
                break
        else:
            message = message_of(machine, value) if not part.conversion else None
            value = message if message is not None and type(message) in (Const, Sym) else value
    kinds = kinds_of(machine, value) if not part.conversion and spec else None
    errors = [refused_format(spec or "", kind) for kind in kinds or ()]
    error = errors[0] if errors and all(errors) else None
    if spec and not part.conversion and refused_format(spec, "str"):
        machine.recorder.given_event(value, _NUMBERS)
    if error is not None:
        why = f"{told(machine, value)} is not written as `:{spec}`"
        raise machine.raise_builtin(error, part.expression, frame, why, value)
    if part.equal is not None:
        return None, may_hold(machine, value)
    if part.conversion or part.format_spec:
        return _written(value, part.conversion, spec), may_hold(machine, value)
    return arithmetic.text_of(machine, value, part, frame), may_hold(machine, value)


def _spec(machine: Machine, part: cst.FormattedStringExpression, frame: Frame) -> str | None:
    """What stands behind the colon, where it is known."""
    found: list[str] = []
    known = True
    for piece in part.format_spec or ():
        if isinstance(piece, cst.FormattedStringText):
            found.append(piece.value)
            continue
        value = machine.state.resolve(evaluate(machine, piece.expression, frame))  # type: ignore[attr-defined]
        known = known and type(value) is Const and isinstance(value.value, (str, int))
        found.append(str(value.value) if type(value) is Const else "")
    text = "".join(found)
    return text if known and not re.search(r"\d{4}|[\\{}]", text) else None


def _written(value: Value, conversion: str | None, spec: str | None) -> str | None:
    """A constant as a format writes it; None where it is not known, or refused."""
    if type(value) is not Const or spec is None or not isinstance(value.value, (str, int, float, bool, type(None))):
        return None
    if isinstance(value.value, str) and len(value.value) > MAX_TEXT:
        return None
    convert = _CONVERSIONS[conversion] if conversion else None
    shown = convert(value.value) if convert is not None else value.value
    try:
        return format(shown, spec)
    except (ValueError, TypeError, OverflowError):
        return None


if hasattr(cst, "TemplatedString"):

    @on(EXPRESSIONS, cst.TemplatedString)
    def templated(machine: Machine, node: Any, frame: Frame) -> Value:
        for part in node.parts:
            if hasattr(part, "expression"):
                evaluate(machine, part.expression, frame)
        return machine.unknown(machine.place(node, frame), "string.templatelib.Template")
