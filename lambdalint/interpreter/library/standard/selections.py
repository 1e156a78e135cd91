"""What random, secrets and heapq take out of a container, or put into another order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import containers, escape
from lambdalint.interpreter.heap import ListObject
from lambdalint.interpreter.iteration import elements
from lambdalint.interpreter.library.contents import any_of, everything
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.stand_ins import picked
from lambdalint.interpreter.values import NONE, Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("random.choice", "secrets.choice")
def choice(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1)
    found = elements(machine, site.arguments[0], site.node, site.frame)
    machine.may_raise(("IndexError", "TypeError", "KeyError"))
    return picked(machine, any_of(machine, site, everything(found)))


@models("random.choices", "random.sample", "heapq.nlargest", "heapq.nsmallest")
def several(machine: Machine, site: CallSite) -> Value:
    position = 1 if site.name.startswith("heapq") else 0
    need(machine, site, position + 1)
    found = elements(machine, site.arguments[position], site.node, site.frame)
    if site.keywords:
        for value in site.keywords.values():
            escape.leak(machine, value)
    machine.may_raise(None)
    return machine.new(ListObject([], site.place, "list", any_of(machine, site, everything(found))))


@models("random.shuffle", "heapq.heapify")
def reorder(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1)
    value = machine.state.resolve(site.arguments[0])
    machine.may_raise(("TypeError",))
    if type(value) is Ref and isinstance(machine.object(value), ListObject):
        containers.shuffle(machine, value)
    else:
        escape.leak(machine, value)
    return NONE


@models("heapq.heappush")
def heappush(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 2)
    value = machine.state.resolve(site.arguments[0])
    machine.may_raise(("TypeError",))
    if type(value) is Ref and isinstance(machine.object(value), ListObject):
        containers.shuffle(machine, value, site.arguments[1])
    else:
        escape.leak(machine, value)
        escape.leak(machine, site.arguments[1])
    return NONE
