"""Methods of lists and deques."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import containers, escape
from lambdalint.interpreter.heap import InstanceObject, ListObject
from lambdalint.interpreter.library.contents import any_of, everything
from lambdalint.interpreter.library.methods.receivers import on_list, unknown_method
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.spreading import extend_list
from lambdalint.interpreter.stand_ins import changing, picked
from lambdalint.interpreter.values import NONE, Const, Outside, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@on_list("list.append", "collections.deque.append", "?.append", changes=False)
def append(machine: Machine, site: CallSite, value: Ref, thing: ListObject) -> Value:
    if len(site.arguments) == 1 and value.id in machine.state.picked and not thing.leaked:
        containers.shuffle(machine, value, site.arguments[0])  # one of many: any of them may have it now
        return NONE
    changing(machine, value, *site.arguments)
    if len(site.arguments) != 1:
        return unknown_method(machine, site, value)
    containers.append(machine, value, site.arguments[0], site.node, site.frame)
    return NONE


@on_list("list.extend", "collections.deque.extend", "?.extend")
def extend(machine: Machine, site: CallSite, value: Ref, thing: ListObject) -> Value:
    for argument in site.arguments:
        extend_list(machine, value, argument, site.node, site.frame)
    return NONE


@on_list("list.insert", "collections.deque.appendleft", "collections.deque.extendleft", "collections.deque.insert")
def insert(machine: Machine, site: CallSite, value: Ref, thing: ListObject) -> Value:
    if not site.arguments:
        return unknown_method(machine, site, value)
    new = site.arguments[-1]
    index: Value = site.arguments[0] if site.name == "list.insert" else Const(0)
    index = machine.state.resolve(index)
    exact = type(index) is Const and isinstance(index.value, int) and thing.rest is None and not thing.leaked
    if site.name == "collections.deque.extendleft":
        exact = False
        escape.leak(machine, new)
        new = machine.unknown(site.place)
    if exact:
        machine.state.write(value.id).items.insert(index.value, new)  # type: ignore[attr-defined]
        return NONE
    if type(index) is not Const or not isinstance(index.value, int):
        machine.may_raise(("TypeError",))
    containers.shuffle(machine, value, new)
    return NONE


@on_list("list.pop", "collections.deque.pop", "collections.deque.popleft")
def pop(machine: Machine, site: CallSite, value: Ref, thing: ListObject) -> Value:
    return pop_from(machine, site, value, thing)


def pop_from(machine: Machine, site: CallSite, value: Ref, thing: ListObject) -> Value:
    """What `pop` and `popleft` take off a list."""
    index: Value = site.arguments[0] if site.arguments else Const(-1)
    if site.name.endswith("popleft"):
        index = Const(0)
    index = machine.state.resolve(index)
    if thing.leaked:
        machine.may_raise(("IndexError", "TypeError"))
        return machine.unknown(site.place)
    if thing.rest is None and type(index) is Const and isinstance(index.value, int):
        if not -len(thing.items) <= index.value < len(thing.items):
            raise machine.raise_builtin("IndexError", site.node, site.frame)
        popped: Value = machine.state.write(value.id).items.pop(index.value)
        return popped
    machine.may_raise(("IndexError", "TypeError"))
    found = any_of(machine, site, everything(thing))
    containers.shuffle(machine, value)
    return picked(machine, found)


@on_list("list.sort", "list.reverse", "collections.deque.reverse", "collections.deque.rotate")
def reorder(machine: Machine, site: CallSite, value: Ref, thing: ListObject) -> Value:
    if site.name == "list.reverse" and thing.rest is None:
        machine.state.write(value.id).items.reverse()
        return NONE
    if site.name == "list.sort":
        machine.may_raise(("TypeError",))
        for argument in site.keywords.values():
            escape.leak(machine, argument)
    containers.shuffle(machine, value)
    return NONE


@on_list("list.clear", "collections.deque.clear")
def clear(machine: Machine, site: CallSite, value: Ref, thing: ListObject) -> Value:
    writable = machine.state.write(value.id)
    writable.items, writable.rest = [], None
    return NONE


@on_list("list.index", "list.count", "collections.deque.index", "collections.deque.count", changes=False)
def sought(machine: Machine, site: CallSite, value: Ref, thing: ListObject) -> Value:
    """Where an element stands, or how many there are: nothing is changed, unless a class says what is equal."""
    held = [*thing.items, *([thing.rest] if thing.rest is not None else [])]
    if not site.arguments or any(_says_what_is_equal(machine, one) for one in (*held, *site.arguments)):
        return unknown_method(machine, site, value)
    if site.name.endswith(".index"):
        machine.may_raise(("ValueError",))
    return machine.unknown(site.place, "int")


def _says_what_is_equal(machine: Machine, value: Value) -> bool:
    """Whether an object is of a class of the project that has an `__eq__`, or may have."""
    value = machine.state.resolve(value)
    if type(value) is Sym and value.options:
        return any(_says_what_is_equal(machine, option) for option in value.options)
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, InstanceObject):
        return False
    found, unseen = lookup(machine, thing.cls, "__eq__")
    return unseen or (found is not None and type(found) is not Outside)
