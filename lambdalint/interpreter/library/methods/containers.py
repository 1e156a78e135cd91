"""Methods that lists and dicts share: `copy`, `__getitem__`, `__setitem__`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import items
from lambdalint.interpreter.heap import DictObject, ListObject
from lambdalint.interpreter.item_stores import set_item
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.methods.receivers import dict_method, receiver, unknown_method
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.values import NONE, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@dict_method("copy")
@models("list.copy", "set.copy")
def copy(machine: Machine, site: CallSite) -> Value:
    value = receiver(machine, site)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, (DictObject, ListObject)):
            made = thing.copy()
            made.place = site.place
            if isinstance(made, DictObject):
                made.escaped, made.mirrors = False, None
            return machine.new(made)
    if type(value) is Sym and value.json and value.event != () and kind_of(machine, value) != "dict":
        machine.may_raise(("AttributeError",))
        of_event = value.role == "event"
        event, role = (value.event, value.role) if of_event else (None, None)
        return machine.unknown(site.place, json=True, event=event, role=role)
    if type(value) is Sym and (value.json or value.role == "event"):
        made = DictObject(site.place)
        made.open, made.backing = True, value
        machine.may_raise(("AttributeError",))
        return machine.new(made)
    return unknown_method(machine, site, value)


@models("dict.__getitem__", "list.__getitem__", "?.__getitem__")
def getitem(machine: Machine, site: CallSite) -> Value:
    value = receiver(machine, site)
    if len(site.arguments) != 1:
        return unknown_method(machine, site, value)
    return items.get_item(machine, value, site.arguments[0], site.node, site.frame)


@models("dict.__setitem__", "collections.OrderedDict.__setitem__", "list.__setitem__")
def setitem(machine: Machine, site: CallSite) -> Value:
    value = receiver(machine, site)
    if len(site.arguments) == 2:
        set_item(machine, value, site.arguments[0], site.arguments[1], site.node, site.frame)
    return NONE
