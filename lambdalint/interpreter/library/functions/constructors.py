"""The builtin containers, and those of `collections`, made by a call of their type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import containers, sequences
from lambdalint.interpreter.heap import DictObject, ListObject
from lambdalint.interpreter.iteration import Elements, elements
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.contents import everything, fill_dict, leak_values
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.values import Const, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("list", "set", "frozenset", "collections.deque")
def sequence(machine: Machine, site: CallSite) -> Value:
    kind, unordered = site.name, site.name in ("set", "frozenset")
    made = machine.new(ListObject([], site.place, kind))
    if not site.arguments:
        return made
    found = elements(machine, site.arguments[0], site.node, site.frame, unordered)
    if kind == "collections.deque" and (len(site.arguments) > 1 or site.keywords):
        found = Elements((), sequences.join_elements(machine, everything(found)))
    for item in found.items:
        containers.append(machine, made, item, site.node, site.frame)
    if found.rest is not None:
        if unordered and sequences.is_unhashable(machine, found.rest):
            machine.may_raise(("TypeError",))
        containers.append_many(machine, made, found.rest)
    return made


@models("tuple")
def tuple_of(machine: Machine, site: CallSite) -> Value:
    if not site.arguments:
        return Tuple((), site.place)
    found = elements(machine, site.arguments[0], site.node, site.frame)
    return Tuple(found.items, site.place, rest=found.rest)


@models("dict", "collections.OrderedDict")
def dict_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 0, 1)
    made = machine.new(DictObject(site.place, site.name))
    fill_dict(machine, made, site, site.arguments)
    return made


@models("collections.defaultdict")
def defaultdict(machine: Machine, site: CallSite) -> Value:
    made = machine.new(DictObject(site.place, "collections.defaultdict"))
    thing = machine.state.write(made.id)
    if site.arguments:
        factory = machine.state.resolve(site.arguments[0])
        thing.factory = None if type(factory) is Const else factory
    fill_dict(machine, made, site, site.arguments[1:])
    return made


@models("collections.Counter")
def counter(machine: Machine, site: CallSite) -> Value:
    made = DictObject(site.place, "collections.Counter")
    made.open = bool(site.arguments or site.keywords)
    made.rest = machine.unknown(site.place, "int") if not site.keywords else None
    if site.arguments and kind_of(machine, site.arguments[0]) != "NoneType":  # which counts nothing
        elements(machine, site.arguments[0], site.node, site.frame)
        given = machine.state.resolve(site.arguments[0])
        leak_values(machine, given)
        if type(given) is not Const:
            made.rest = None if kind_of(machine, given) in ("dict", None) else made.rest
    return machine.new(made)


@models("collections.Counter.most_common")
def most_common(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(("TypeError",))
    pair = Tuple((machine.unknown(site.place), machine.unknown(site.place)), site.place)
    return machine.new(ListObject([], site.place, "list", pair))
