"""The receiver of a method: a dict or a list that is known, or something else, of which nothing is known after it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from lambdalint.interpreter import escape
from lambdalint.interpreter.dicts import materialise
from lambdalint.interpreter.heap import DictObject, ListObject
from lambdalint.interpreter.library.models import Model, models
from lambdalint.interpreter.stand_ins import changing
from lambdalint.interpreter.values import Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

M = TypeVar("M", bound=Model)
DictMethod = Callable[["Machine", "CallSite", Ref, DictObject], Value]
ListMethod = Callable[["Machine", "CallSite", Ref, ListObject], Value]

_DICTS = ("dict", "collections.OrderedDict", "collections.defaultdict", "collections.Counter", "collections.UserDict")


def dict_method(*names: str) -> Callable[[M], M]:
    """Enter a method of every kind of dict, and of what was read from JSON."""
    return models(*[f"{kind}.{name}" for kind in (*_DICTS, "?") for name in names])


def on_dict(*names: str) -> Callable[[DictMethod], Model]:
    """Enter a method that changes a dict: it is given the dict, and is called for no other receiver."""

    def enter(method: DictMethod) -> Model:
        @wraps(method)
        def model(machine: Machine, site: CallSite) -> Value:
            value, thing = changing_dict(machine, receiver(machine, site))
            if type(value) is Ref and thing is not None:
                if thing.leaked:
                    for part in (*site.arguments, *site.keywords.values()):
                        escape.leak(machine, part)
                return method(machine, site, value, thing)
            return unknown_method(machine, site, value)

        return dict_method(*names)(model)

    return enter


def on_list(*names: str, changes: bool = True) -> Callable[[ListMethod], Model]:
    """Enter a method of lists, deques or sets, by its full names: it is given the list, and is called for no other
    receiver. `changes`: it changes the list."""

    def enter(method: ListMethod) -> Model:
        @wraps(method)
        def model(machine: Machine, site: CallSite) -> Value:
            value = receiver(machine, site)
            thing = machine.object(value) if type(value) is Ref else None
            if type(value) is Ref and isinstance(thing, ListObject):
                if changes:
                    changing(machine, value, *site.arguments)
                    thing = machine.object(value)
                    assert isinstance(thing, ListObject)
                return method(machine, site, value, thing)
            return unknown_method(machine, site, value)

        return models(*names)(model)

    return enter


def receiver(machine: Machine, site: CallSite) -> Value:
    """The object of the method; in `dict.get(d, k)` the first argument, which is taken off the others."""
    if site.receiver is None:
        if not site.arguments:
            raise machine.raise_builtin("TypeError", site.node, site.frame)
        return machine.state.resolve(site.arguments.pop(0))
    return machine.state.resolve(site.receiver)


def known_dict(machine: Machine, value: Value) -> DictObject | None:
    """The dict that a value is, where it is one that is known."""
    thing = machine.object(value) if type(value) is Ref else None
    return thing if isinstance(thing, DictObject) else None


def changing_dict(machine: Machine, value: Value) -> tuple[Ref, DictObject] | tuple[Value, None]:
    """The receiver of a method that changes it, and its dict; one that was read from JSON is made a dict here."""
    if type(value) is Sym and (value.json or value.role == "event"):
        value = materialise(machine, value)
    thing = known_dict(machine, value)
    if thing is not None and thing.mirrors is not None:
        escape.leak(machine, value)
    if type(value) is not Ref or thing is None:
        return value, None
    changing(machine, value)
    thing = known_dict(machine, value)
    assert thing is not None
    return value, thing


def unknown_method(machine: Machine, site: CallSite, value: Value) -> Value:
    """A method of something that is not known."""
    for part in (value, *site.arguments, *site.keywords.values()):
        escape.leak(machine, part)
    machine.state.epoch += 1
    machine.may_raise(None, after_effects=True)
    return machine.unknown(site.place)
