"""The builtin containers, and those of `collections`, made by a call of their type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import containers, sequences
from lambdalint.interpreter.gone_through import source_of
from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.iteration import Elements, all_elements, dict_keys
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.contents import everything, fill_dict, leak_values
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.values import Const, Ref, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


#: What a Counter counts the elements of, as far as they are followed; and how many keys it is followed with.
_COUNTED = frozenset({
    "list", "tuple", "set", "frozenset", "generator", "map", "filter", "zip", "enumerate", "reversed", "range",
    "dict_keys", "dict_values", "dict_items", "collections.deque", "itertools.chain", "itertools.islice",
})  # fmt: skip
_MAX_KEYS = 16


@models("list", "set", "frozenset", "collections.deque")
def sequence(machine: Machine, site: CallSite) -> Value:
    kind, unordered = site.name, site.name in ("set", "frozenset")
    made = machine.new(ListObject([], site.place, kind))
    if not site.arguments:
        return made
    found = all_elements(machine, site.arguments[0], site.node, site.frame, unordered)
    if kind == "collections.deque" and (len(site.arguments) > 1 or site.keywords):
        found = Elements((), sequences.join_elements(machine, everything(found)))
    for item in found.items:
        containers.append(machine, made, item, site.node, site.frame)
    if found.rest is not None:
        if unordered and sequences.is_unhashable(machine, found.rest):
            machine.may_raise(("TypeError",))
        containers.append_many(machine, made, found.rest)
        written = machine.state.write(made.id)
        written.filled = found.filled or bool(found.items)
        written.taken_of = source_of(machine, site.arguments[0])
    return made


@models("tuple")
def tuple_of(machine: Machine, site: CallSite) -> Value:
    if not site.arguments:
        return Tuple((), site.place)
    found = all_elements(machine, site.arguments[0], site.node, site.frame)
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
    made.open = bool(site.keywords) or site.open
    ref = machine.new(made)
    for given in site.arguments:
        count(machine, ref, machine.state.resolve(given), site)
    return ref


def count(machine: Machine, counter: Ref, given: Value, site: CallSite) -> None:
    """Count the elements of something; of a mapping the numbers are added, which are not followed."""
    kind = kind_of(machine, given)
    if kind == "NoneType":
        return
    found = all_elements(machine, given, site.node, site.frame)
    leak_values(machine, given)
    if kind not in _COUNTED:
        containers.open_dict(machine, counter)
        machine.state.write(counter.id).rest = machine.unknown(site.place, "int") if kind == "str" else None
        return
    for key, sure in (*((item, True) for item in found.items), (found.rest, False)):
        if key is not None:
            _count_one(machine, counter, key, sure, site)


def _count_one(machine: Machine, counter: Ref, key: Value, sure: bool, site: CallSite) -> None:
    if sequences.is_unhashable(machine, key):
        machine.may_raise(("TypeError",))
    known, constant = sequences.key_of(machine, key)
    thing = machine.state.write(counter.id)
    number = machine.unknown(site.place, "int")
    if known:
        old = thing.items.get(constant)
        thing.put(constant, Item(number, site.place, sure or (old is not None and old.sure)))
    elif len(thing.others) < _MAX_KEYS:
        thing.others = (*thing.others, (key, number, sure))
        thing.moves += 1
    else:
        containers.open_dict(machine, counter)


@models("collections.Counter.most_common")
def most_common(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(("TypeError",))
    counter = machine.object(site.receiver) if type(site.receiver) is Ref else None
    key = None
    if isinstance(counter, DictObject) and not counter.leaked:
        key = sequences.join_elements(machine, everything(dict_keys(machine, counter, site.place)))
    pair = Tuple((key or machine.unknown(site.place), machine.unknown(site.place, "int")), site.place)
    return machine.new(ListObject([], site.place, "list", pair))
