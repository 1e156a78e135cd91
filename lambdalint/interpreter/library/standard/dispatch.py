"""functools.singledispatch: a function that chooses among others by the class of its first argument."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter import conditions, escape
from lambdalint.interpreter.calls import call
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.heap import ClassObject, ListObject
from lambdalint.interpreter.kinds import is_subclass
from lambdalint.interpreter.library.instances import isinstance_condition
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.values import DISPATCHER, Function, Method, Outside, Partial, Ref, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("functools.singledispatch")
def singledispatch(machine: Machine, site: CallSite) -> Value:
    """The dispatcher, with what is registered: pairs of a class and a function, the function that it was made of first.
    https://docs.python.org/3/library/functools.html#functools.singledispatch"""
    need(machine, site, 1, 1)
    first = Tuple((Outside("object"), site.arguments[0]), site.place)
    registered = machine.new(ListObject([first], site.place))
    return Partial(Method(DISPATCHER, registered, site.place), (), {}, site.place)


@models(f"{DISPATCHER}.register")
def register(machine: Machine, site: CallSite) -> Value:
    """`@f.register(Class)`, or `@f.register` of a function whose first parameter is annotated."""
    need(machine, site, 1, 2)
    value = machine.state.resolve(site.arguments[0])
    dispatcher = machine.state.resolve(site.receiver) if site.receiver is not None else None
    registered = dispatcher.receiver if type(dispatcher) is Method else None
    if type(registered) is not Ref:
        return machine.unknown(site.place)
    if len(site.arguments) == 1 and not isinstance(value, Function):  # a decorator again
        assert type(dispatcher) is Method
        return Partial(Method(f"{DISPATCHER}.register", dispatcher, site.place), (value,), {}, site.place)
    function = machine.state.resolve(site.arguments[-1])
    cls = value if len(site.arguments) == 2 else _annotated(machine, site, value)
    if cls is None or not _is_class(machine, cls):
        escape.leak(machine, registered)  # of what is registered, no more is known
        return function
    written = machine.state.write(registered.id)
    assert isinstance(written, ListObject)
    written.items.append(Tuple((cls, function), site.place))
    return function


def _annotated(machine: Machine, site: CallSite, function: Value) -> Value | None:
    """The class by which the first parameter of a function is annotated."""
    parameters: Any = function.info.node.params if isinstance(function, Function) else None
    first = next(iter([*parameters.posonly_params, *parameters.params]), None) if parameters is not None else None
    if first is None or first.annotation is None:
        return None
    return machine.state.resolve(evaluate(machine, first.annotation.annotation, site.frame))


def _is_class(machine: Machine, value: Value) -> bool:
    return type(value) is Outside or (type(value) is Ref and isinstance(machine.object(value), ClassObject))


@models(DISPATCHER)
def dispatch(machine: Machine, site: CallSite) -> Value:
    """The function of the narrowest class that the first argument is of."""
    need(machine, site, 1)
    registered = machine.state.resolve(site.receiver) if site.receiver is not None else None
    thing = machine.object(registered) if type(registered) is Ref else None
    if not isinstance(thing, ListObject) or thing.leaked or thing.rest is not None:
        machine.may_raise(None)
        for argument in site.values():
            escape.leak(machine, argument)
        return machine.unknown(site.place)
    pairs = [item.items for item in thing.items if type(item) is Tuple]
    for cls, function in _narrowest_first(machine, pairs[1:]):
        asked = isinstance_condition(machine, site.arguments[0], cls, site.place)
        if conditions.truth(machine, asked, site.node, site.frame):
            return call(machine, function, site.arguments, site.keywords, site.node, site.frame, site.open)
    return call(machine, pairs[0][1], site.arguments, site.keywords, site.node, site.frame, site.open)


def _narrowest_first(machine: Machine, pairs: list[tuple[Value, ...]]) -> list[tuple[Value, ...]]:
    """What is registered, each class before those that it derives from; of one class, what came last."""
    found: list[tuple[Value, ...]] = []
    for pair in pairs:
        at = next((i for i, other in enumerate(found) if _derives(machine, pair[0], other[0])), len(found))
        found.insert(at, pair)
    return found


def _derives(machine: Machine, one: Value, other: Value) -> bool:
    thing = machine.object(one) if type(one) is Ref else None
    if isinstance(thing, ClassObject):
        wanted = other.id if type(other) is Ref else other.name if type(other) is Outside else None
        return wanted in thing.order or type(other) is Outside
    return type(one) is Outside and type(other) is Outside and bool(is_subclass(one.name, other.name))
