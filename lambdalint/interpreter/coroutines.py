"""`await` and `yield`: where a function and what drives it meet."""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.functions import run_function
from lambdalint.interpreter.iteration import each
from lambdalint.interpreter.kinds import is_never_awaited, kind_of, said
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.values import NONE, Coroutine, Method, Sym, Value
from lambdalint.interpreter.walk import EXPRESSIONS, on


@on(EXPRESSIONS, cst.Await)
def await_expression(machine: Machine, node: cst.Await, frame: Frame) -> Value:
    return wait_for(machine, evaluate(machine, node.expression, frame), node, frame)


_PLAIN = frozenset({"int", "str", "dict", "list", "NoneType", "float", "bool", "tuple", "bytes", "set"})


def wait_for(machine: Machine, value: Value, node: Any, frame: Frame) -> Value:
    """The result of an awaitable."""
    value = machine.state.resolve(value)
    if type(value) is Coroutine:
        return run_function(machine, value.function, list(value.arguments), dict(value.keywords), node, frame)
    if type(value) is Method and value.name in ("asyncio.gather()", "awaitable()"):
        return value.receiver
    machine.may_raise(None)
    kind = kind_of(machine, value)
    if type(value) is Sym and value.json and kind is None and not value.of_event:
        raise machine.raise_builtin("TypeError", node, frame, "nothing that JSON holds can be awaited", value)
    if kind in _PLAIN or (type(value) is Sym and value.kind is not None and is_never_awaited(value.kind)):
        raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, value)} cannot be awaited", value)
    return machine.unknown(machine.place(node, frame))


@on(EXPRESSIONS, cst.Yield)
def yield_expression(machine: Machine, node: cst.Yield, frame: Frame) -> Value:
    if isinstance(node.value, cst.From):
        value = evaluate(machine, node.value.item, frame)
        hook = frame.on_yield
        if hook is not None:
            each(machine, value, hook, node, frame)
        return machine.unknown(machine.place(node, frame))
    value = evaluate(machine, node.value, frame) if node.value is not None else NONE
    if frame.on_yield is None:
        return machine.unknown(machine.place(node, frame))
    return frame.on_yield(value)
