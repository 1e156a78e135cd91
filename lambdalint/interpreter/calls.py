"""Calling a value: by its type, through the table in which the kinds of callables stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lambdalint.interpreter.certain import exact
from lambdalint.interpreter.escape import leak, leak_methods
from lambdalint.interpreter.heap import InstanceObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.replies import note
from lambdalint.interpreter.samples import MAKERS
from lambdalint.interpreter.shapes import JSON_BODY
from lambdalint.interpreter.values import Const, Method, Outside, Partial, Ref, Sym, Tuple, Value, is_followed
from lambdalint.interpreter.walk import on

#: What calls a value, by the value's type.
CALLABLES: dict[type, Callable[..., Value]] = {}


def call(
    machine: Machine,
    callee: Value,
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool = False,
) -> Value:
    """Call a value. `open_arguments`: there may be more arguments, from a `*` or `**` that is not known.

    Raises:
        Raised: the call raises, on paper.
    """
    callee = machine.state.resolve(callee)
    if type(callee) is Sym and callee.options:
        callee = choose_option(machine, callee)
    handler = CALLABLES.get(type(callee))
    if handler is not None:
        return handler(machine, callee, arguments, keywords, node, frame, open_arguments)
    if is_followed(callee):
        receiver = callee.parent[0] if callee.parent is not None else None
        method: Value = Outside(callee.name or "") if receiver is None else Method(callee.name or "", receiver)
        return call_outside(machine, method, arguments, keywords, node, frame, open_arguments)  # type: ignore[arg-type]
    if type(callee) is Sym and callee.kind is not None and "." in callee.kind and _is_called(callee.kind):
        called = Method(f"{callee.kind}.__call__", callee, callee.place)
        return call_outside(machine, called, arguments, keywords, node, frame, open_arguments)
    if type(callee) is Sym and callee.json and _is_parsed_whole(callee):
        why = "what is parsed of JSON is not called"
        raise machine.raise_builtin("TypeError", node, frame, why)
    if not_callable(machine, callee):
        raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, callee)} is not called", callee)
    leak_methods(machine, callee)
    leak(machine, callee)
    return unknown_call(machine, [*arguments, *keywords.values()], node, frame)


#: By what a path ends that was parsed.
_PARSED = (JSON_BODY, "loads()")


def _is_parsed_whole(value: Sym) -> bool:
    """Whether a value is all that was parsed of a text, in which nobody has put anything else."""
    whole = value.parent is None or value.parent[1] == JSON_BODY
    return whole and (not value.of_event or bool(value.event and str(value.event[-1]).endswith(_PARSED)))


def _is_called(kind: str) -> bool:
    """Whether the library knows what an object of its own gives that is called."""
    from lambdalint.interpreter.library import answers

    return answers(f"{kind}.__call__")


@on(CALLABLES, Partial)
def call_partial(
    machine: Machine,
    callee: Partial,
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool,
) -> Value:
    """`functools.partial`, and what stands for calls put off."""
    given, named = [*callee.arguments, *arguments], {**callee.keywords, **keywords}
    return call(machine, callee.function, given, named, node, frame, open_arguments)


@on(CALLABLES, Outside, Method)
def call_outside(
    machine: Machine,
    callee: Outside | Method,
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool,
) -> Value:
    """What is not of the project: the library is asked."""
    from lambdalint.interpreter.library import CallSite, call_library

    site = CallSite(callee.name, arguments, keywords, open_arguments, node, frame, machine.place(node, frame))
    if type(callee) is Method:
        site.receiver = callee.receiver
    return call_library(machine, site)


def not_callable(machine: Machine, value: Value) -> bool:
    """Whether calling this value is surely a TypeError."""
    if isinstance(value, (Const, Tuple)):
        return True
    kind = kind_of(machine, value)
    if kind in ("str", "int", "float", "bool", "dict", "list", "NoneType", "bytes", "set"):
        return True
    sample = exact(machine, value)
    return sample is not None and not callable(next(iter(MAKERS[sample]))())


def unknown_call(machine: Machine, reachable: list[Value], node: Any, frame: Frame) -> Value:
    """A call of code that is not seen: it may change what it is given, raise anything, and return anything."""
    note(machine, reachable)
    for value in reachable:
        leak(machine, value)
    machine.state.epoch += 1
    machine.may_raise(None, after_effects=True)
    return machine.unknown(machine.place(node, frame))


def call_special(
    machine: Machine, value: Value, name: str, arguments: tuple[Value, ...], node: Any, frame: Frame
) -> Value | None:
    """Call a special method that a project class defines; None where it does not."""
    if type(value) is not Ref:
        return None
    thing = machine.object(value)
    if not isinstance(thing, InstanceObject):
        return None
    found, unseen = lookup(machine, thing.cls, name)
    if found is None:
        if unseen and name not in ("__bool__", "__len__", "__format__", "__str__", "__repr__"):
            machine.may_raise(None)
            return machine.unknown(machine.place(node, frame))
        return None
    if type(found) is Outside:
        return None
    return call(machine, found, [value, *arguments], {}, node, frame)
