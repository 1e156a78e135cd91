"""crhelper: a `CfnResource` calls the function for the kind of request, and tells CloudFormation how that went.

It catches what the functions raise, and answers None. A helper is a container of the heap under the name of its class,
which holds its `Data` first, and then them. Source: https://github.com/aws-cloudformation/custom-resource-helper
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from lambdalint.finding import Place
from lambdalint.interpreter.calls import call
from lambdalint.interpreter.escape import leak, let_escape
from lambdalint.interpreter.functions import bind_arguments
from lambdalint.interpreter.heap import DictObject, ListObject
from lambdalint.interpreter.library.aside import code_of, forget, run_aside
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.paths import Raised
from lambdalint.interpreter.values import NONE, Failing, Function, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_HELPER = "crhelper.CfnResource"
#: What it sends is written as JSON.
_SENDING = "crhelper.send"
_TOLD = "CloudFormation is told that it failed"
_ENTERING = tuple(f"{_HELPER}.{poll}{name}" for poll in ("", "poll_") for name in ("create", "update", "delete"))


@models(_HELPER)
def helper(machine: Machine, site: CallSite) -> Value:
    data = machine.new(DictObject(site.place))
    return machine.new(ListObject([data], site.place, _HELPER))


def helper_attribute(machine: Machine, value: Value, name: str) -> Value | None:
    """`helper.Data`: what CloudFormation is sent beside."""
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, ListObject) or thing.type != _HELPER or thing.leaked or name != "Data":
        return None
    return thing.items[0]


@models(*_ENTERING)
def enter(machine: Machine, site: CallSite) -> Value:
    """`@helper.create`: the function is entered, and stays as it is."""
    if not site.arguments:
        return machine.unknown(site.place)
    function = machine.state.resolve(site.arguments[0])
    if type(site.receiver) is Ref and isinstance(machine.object(site.receiver), ListObject):
        machine.state.write(site.receiver.id).items.append(function)
    code = code_of(machine, function)
    if code is not None:
        let_escape(machine, code)  # a helper of which not every call is seen may call it
    else:
        leak(machine, function)
    return function


@models(f"{_HELPER}.__call__")
def answer(machine: Machine, site: CallSite) -> Value:
    """Run the functions, each with the event and the context."""
    thing = machine.object(site.receiver) if type(site.receiver) is Ref else None
    if isinstance(thing, ListObject) and not thing.leaked:
        data, *functions = thing.items
        machine.catching += 1
        raises = machine.recorder.raises
        try:
            for function in functions:
                _note_arity(machine, function, site)

                def run(function: Value = function) -> Value:
                    with _telling(machine, site):
                        call(machine, function, list(site.arguments), {}, site.node, site.frame)
                    machine.recorder.call(machine, replace(site, name=_SENDING, arguments=[data]), lambda: None)
                    return NONE

                run_aside(machine, run, site.node)
        finally:
            machine.catching -= 1
            machine.recorder.raises = raises
        forget(machine, functions, functions)
    for value in site.values():
        leak(machine, value)
    machine.state.epoch += 1
    return NONE


@contextmanager
def _telling(machine: Machine, site: CallSite) -> Iterator[None]:
    """What fails in a function is told to CloudFormation."""
    try:
        yield
    except Raised as raised:
        error = raised.value
        failing = error.made if type(error) is Sym else None
        place = error.place if type(error) is Sym else None
        if type(failing) is Failing and type(error) is Sym and place is not None and place.node is not site.node:
            machine.failing_aside.append((machine.state.fork(), error, _TOLD))
        raise


def _note_arity(machine: Machine, function: Value, site: CallSite) -> None:
    """A function that does not take the event and the context: the helper tells CloudFormation of the TypeError."""
    code = function if type(function) is Function else None
    if code is None or code.info.is_lambda:
        return
    unknown: list[Value] = [machine.unknown(site.place), machine.unknown(site.place)]
    try:
        bind_arguments(machine, code, unknown, {}, False, site.node, site.frame)
    except Raised as raised:
        failing = raised.value.made if type(raised.value) is Sym else None
        if type(failing) is Failing:
            why = f"crhelper calls `{code.name}(event, context)`, and {failing.why}"
            place = Place(code.info.source, code.info.node.name)
            machine.recorder.fails(machine, place, "TypeError", why, "", _TOLD)


@models(f"{_HELPER}.init_failure")
def failed(machine: Machine, site: CallSite) -> Value:
    return NONE
