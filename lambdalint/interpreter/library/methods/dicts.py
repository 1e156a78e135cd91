"""Methods of dicts, and of what was read from JSON (`?`), which may be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter import containers, escape, sequences
from lambdalint.interpreter.dicts import get_or, missing_item, only_others, there_or_added, unsettle
from lambdalint.interpreter.gone_through import KEY
from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.item_stores import set_item
from lambdalint.interpreter.iteration import dict_keys, elements, with_usual_keys
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.contents import any_of, fill_dict
from lambdalint.interpreter.library.functions.constructors import count
from lambdalint.interpreter.library.methods.lists import pop_from
from lambdalint.interpreter.library.methods.receivers import (
    changing_dict,
    dict_method,
    known_dict,
    on_dict,
    receiver,
    unknown_method,
)
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.other_keys import entry_of
from lambdalint.interpreter.presence import unasked
from lambdalint.interpreter.sendable import GOTTEN
from lambdalint.interpreter.values import NONE, Const, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@dict_method("get")
def get(machine: Machine, site: CallSite) -> Value:
    value = receiver(machine, site)
    need(machine, site, 1)
    default = site.arguments[1] if len(site.arguments) > 1 else NONE
    if sequences.may_be_unhashable(machine, site.arguments[0]):
        machine.may_raise(("TypeError",))
    is_dict = type(value) is Ref and isinstance(machine.object(value), DictObject)
    if is_dict or (type(value) is Sym and kind_of(machine, value) in (None, "dict")):
        choices = machine.made_choices()
        found = get_or(machine, value, site.arguments[0], default, site.node, site.frame)
        if found is not default and machine.made_choices() > choices:
            machine.gotten[id(found)] = (found, GOTTEN)
        return found
    return unknown_method(machine, site, value)


@on_dict("setdefault")
def setdefault(machine: Machine, site: CallSite, value: Ref, thing: DictObject) -> Value:
    if not site.arguments:
        return unknown_method(machine, site, value)
    default = site.arguments[1] if len(site.arguments) > 1 else NONE
    known, key = sequences.key_of(machine, site.arguments[0])
    if sequences.is_unhashable(machine, site.arguments[0]):
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    if not known and not (thing.leaked or thing.open or thing.items or thing.others):
        set_item(machine, value, site.arguments[0], default, site.node, site.frame)
        return default
    if not known and only_others(thing):
        return there_or_added(machine, value, site.arguments[0], default)
    if not known or thing.leaked:
        escape.leak(machine, default)
        containers.open_dict(machine, value)
        return machine.unknown(site.place)
    item = thing.items.get(key)
    if item is not None and item.sure:
        return item.value
    if not thing.lacks_surely(key) and machine.choose(2) == 0:
        found = item.value if item is not None else missing_item(machine, thing, key)
        machine.state.write(value.id).items[key] = Item(found, found.place)
        return found
    writable = machine.state.write(value.id)
    writable.items.pop(key, None)
    writable.put(key, Item(default, default.place))
    return default


@on_dict("update")
def update(machine: Machine, site: CallSite, value: Ref, thing: DictObject) -> Value:
    if thing.type == "collections.Counter":
        if site.keywords:
            containers.open_dict(machine, value)
        for argument in site.arguments:
            count(machine, value, machine.state.resolve(argument), site)
        return NONE
    fill_dict(machine, value, site, site.arguments)
    return NONE


@dict_method("pop")
def pop(machine: Machine, site: CallSite) -> Value:
    value = receiver(machine, site)
    listed = machine.object(value) if type(value) is Ref else None
    if type(value) is Ref and isinstance(listed, ListObject):
        return pop_from(machine, site, value, listed)
    if type(value) is Sym and not (site.arguments and kind_of(machine, site.arguments[0]) == "str"):
        return _popped(machine, site, value)  # it may be a list
    if type(value) is Sym and kind_of(machine, value) is None:
        machine.may_raise(("TypeError",))  # that of a list takes a number
    value, thing = changing_dict(machine, value)
    if thing is None or not site.arguments:
        return unknown_method(machine, site, value)
    assert isinstance(value, Ref)
    default = site.arguments[1] if len(site.arguments) > 1 else None
    known, key = sequences.key_of(machine, site.arguments[0])
    there, held = entry_of(machine, thing, site.arguments[0]) if not known else (None, None)
    if there and held is not None:
        written = machine.state.write(value.id)
        written.others = tuple(pair for pair in written.others if pair[1] is not held)
        written.moves, written.gone = written.moves + 1, written.gone + 1
        return held
    if thing.leaked or not known:
        machine.may_raise(("KeyError", "TypeError"))
        if not thing.leaked:
            unsettle(machine, value)
            machine.state.write(value.id).gone += default is None
        return machine.unknown(site.place)
    item = thing.items.get(key)
    if item is not None and item.sure:
        machine.state.write(value.id).drop(key)
        return item.value
    if thing.lacks_surely(key):
        if default is None:
            raise machine.raise_builtin("KeyError", site.node, site.frame)
        return default
    if default is None:
        machine.may_raise(("KeyError",))
    elif machine.choose(2) == 1:
        writable = machine.state.write(value.id)
        writable.items.pop(key, None)
        if writable.backing is not None:
            writable.removed |= {key}
        return default
    found = item.value if item is not None else missing_item(machine, thing, key)
    for pair in thing.others:  # it may be one of these
        escape.leak(machine, pair[1])
    machine.state.write(value.id).drop(key)
    return found if not thing.others else machine.unknown(site.place)


def _popped(machine: Machine, site: CallSite, value: Sym) -> Value:
    """What `pop` takes off something that may be a list: of a part of the event, the element that stands there."""
    index = machine.state.resolve(site.arguments[0]) if site.arguments else Const(-1)
    listed = type(index) is Const and type(index.value) is int and len(site.arguments) < 2 and not site.keywords
    if value.role != "event" or not value.event or not listed:
        return unknown_method(machine, site, value)
    questions, again = unasked(machine, value), machine.state.was_taken_from(value)
    machine.may_raise(("IndexError", "KeyError", "TypeError", "AttributeError"))
    machine.state.take(value)
    at: int = index.value  # type: ignore[attr-defined]
    taken = machine.unknown(site.place, json=value.json, event=(*value.event, at), role=value.role)
    machine.recorder.event_read(machine, taken, "element" if again else "item", site.place, questions)
    return taken


@on_dict("popitem")
def popitem(machine: Machine, site: CallSite, value: Ref, thing: DictObject) -> Value:
    keys = dict_keys(machine, thing, site.place)
    if keys.rest is None and not thing.leaked and not site.keywords and not site.arguments:
        if not keys.items:
            raise machine.raise_builtin("KeyError", site.node, site.frame)
        if thing.others:
            *kept, (_, held, _) = thing.others
            written = machine.state.write(value.id)
            written.others, written.moves, written.gone = tuple(kept), written.moves + 1, written.gone + 1
            return Tuple((keys.items[-1], held), site.place)
        last = list(thing.items)[-1]
        found = thing.items[last].value
        machine.state.write(value.id).drop(last)
        return Tuple((keys.items[-1], found), site.place)
    machine.may_raise(("KeyError",))
    for held in (*[item.value for item in thing.items.values()], *[pair[1] for pair in thing.others]):
        escape.leak(machine, held)
    unsettle(machine, value)
    machine.state.write(value.id).gone += 1
    return Tuple((machine.unknown(site.place), machine.unknown(site.place)), site.place)


@dict_method("clear")
def clear(machine: Machine, site: CallSite) -> Value:
    value = receiver(machine, site)
    if type(value) is Sym and kind_of(machine, value) != "dict":  # it may be a list
        return unknown_method(machine, site, value)
    value, thing = changing_dict(machine, value)
    if thing is None:
        return unknown_method(machine, site, value)
    assert isinstance(value, Ref)
    writable = machine.state.write(value.id)
    writable.items, writable.others, writable.open, writable.backing, writable.rest = {}, (), False, None, None
    writable.shuffled, writable.removed, writable.moves = False, frozenset(), writable.moves + 1
    return NONE


@dict_method("keys", "values", "items")
def views(machine: Machine, site: CallSite) -> Value:
    name = site.name.rpartition(".")[2]
    value = receiver(machine, site)
    thing = known_dict(machine, value)
    if thing is None:
        if type(value) is Sym and (value.json or value.role == "event"):
            of_event = bool(value.event) and value.role == "event"
            path = (*(value.event or ()), "*") if of_event else None
            item = machine.part_of_event(path, site.place, json=True, role="event" if of_event else None)
            key = machine.unknown(site.place, "str", parent=(value, KEY, None))
            rest: Value = {"keys": key, "values": item, "items": Tuple((key, item), site.place)}[name]
            machine.may_raise(("AttributeError",))
            return machine.new(_view(name, [], rest, site, value))
        return unknown_method(machine, site, value)
    if thing.leaked:
        loose: Value = machine.unknown(site.place)
        if name == "items":
            loose = Tuple((machine.unknown(site.place), machine.unknown(site.place)), site.place)
        return machine.new(_view(name, [], loose, site, value))
    if type(value) is Ref:
        thing = with_usual_keys(machine, value, thing)
    keys = dict_keys(machine, thing, site.place)
    if keys.rest is None:
        values = [item.value for item in thing.items.values()] + [pair[1] for pair in thing.others]
        pairs = [Tuple(pair, site.place) for pair in zip(keys.items, values)]
        found: dict[str, list[Any]] = {"keys": list(keys.items), "values": values, "items": pairs}
        return machine.new(_view(name, found[name], None, site, value))
    if keys.items:  # and others like them
        values = [item.value for item in thing.items.values()]
        pairs = [Tuple(pair, site.place) for pair in zip(keys.items, values)]
        more = machine.unknown(site.place)
        found = {"keys": list(keys.items), "values": values, "items": pairs}
        further: Value = {"keys": keys.rest, "values": more, "items": Tuple((keys.rest, more), site.place)}[name]
        return machine.new(_view(name, found[name], further, site, value))
    held = [item.value for item in thing.items.values()] + [pair[1] for pair in thing.others]
    if thing.open:
        json = thing.backing is not None
        held.append(thing.rest if thing.rest is not None else machine.unknown(site.place, json=json))
    value_rest = any_of(machine, site, held)
    rest = {"keys": keys.rest, "values": value_rest, "items": Tuple((keys.rest, value_rest), site.place)}[name]
    made = _view(name, [], rest, site, value)
    made.filled = keys.filled
    return machine.new(made)


def _view(name: str, items: list[Value], rest: Value | None, site: CallSite, shown: Value) -> ListObject:
    made = ListObject(items, site.place, f"dict_{name}", rest)
    if type(shown) is Ref:
        made.view_of = shown.id
    elif type(shown) is Sym:
        made.view_of = shown
    return made


@models("dict.fromkeys", "collections.OrderedDict.fromkeys")
def fromkeys(machine: Machine, site: CallSite) -> Value:
    made = machine.new(DictObject(site.place))
    default = site.arguments[1] if len(site.arguments) > 1 else NONE
    found = elements(machine, site.arguments[0], site.node, site.frame) if site.arguments else None
    if found is None:
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    for key in found.items:
        set_item(machine, made, key, default, site.node, site.frame)
    if found.rest is not None:
        writable = machine.state.write(made.id)
        writable.open, writable.rest = True, default
    return made
