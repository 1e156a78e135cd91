"""What is in the containers that models are given, and what models put into those that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.bounds import MAX_UNROLL
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.iteration import again
from lambdalint.interpreter.sequences import join_elements
from lambdalint.interpreter.spreading import update_dict
from lambdalint.interpreter.values import Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.iteration import Elements
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


def everything(found: Elements | ListObject) -> list[Value]:
    """The elements, and what stands for any number of further ones."""
    return [*found.items, *([found.rest] if found.rest is not None else [])]


def any_of(machine: Machine, site: CallSite, found: list[Value]) -> Value:
    """A value that stands for any of some elements; unknown where there are none."""
    return join_elements(machine, found) or machine.unknown(site.place)


def at_most_one(machine: Machine, site: CallSite, found: Elements) -> list[Value] | None:
    """The elements that are gone through: those that are known, where there need be no others; else none on one path,
    and one on another. None on the path of many, on which nothing is proved from there on."""
    if found.items and len(found.items) <= MAX_UNROLL and (found.rest is None or machine.choose(2) == 0):
        return list(found.items)
    if not found.items:
        chosen = machine.choose(2 if found.filled else 3) if found.rest is not None else 2
        if chosen == 2:
            return []
        if chosen == 0:
            return [again(machine, any_of(machine, site, everything(found)), machine.state)]
    machine.state.widened = True
    for part in everything(found):
        leak(machine, part)
    machine.may_raise(None)
    return None


def leak_values(machine: Machine, value: Value) -> None:
    """What a mapping holds stands in a second one too, under keys that are not known there."""
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    if isinstance(thing, DictObject):
        for held in (*[item.value for item in thing.items.values()], *[pair[1] for pair in thing.others]):
            leak(machine, held)
        if thing.rest is not None:
            leak(machine, thing.rest)
    elif not isinstance(thing, ListObject):
        leak(machine, value)


def made_of(machine: Machine, site: CallSite, kind: str) -> Value:
    """What a conversion makes of its one argument: made of the same value again, it is the same."""
    value = machine.state.resolve(site.arguments[0]) if len(site.arguments) == 1 and not site.keywords else None
    if type(value) is not Sym:
        return machine.unknown(site.place, kind)
    return Sym((value.id, machine.state.epoch, site.name, None), kind, site.place)


def fill_dict(machine: Machine, target: Ref, site: CallSite, given: list[Value]) -> None:
    """Put into a dict what its constructor or `update` is given: the first of `given`, then the keywords."""
    if given:
        update_dict(machine, target, given[0], site.node, site.frame)
    for key, value in site.keywords.items():
        machine.state.write(target.id).put(key, Item(value, value.place))
