"""Dicts known in part: open ones, those read from JSON, and keys that may be there."""

from __future__ import annotations

from typing import Any

from lambdalint.finding import Place
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import DictObject, Item
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.other_keys import entry_of, lacks, undecided
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.presence import is_there, lacking, unasked_read, was_told
from lambdalint.interpreter.replies import note_read
from lambdalint.interpreter.sendable import is_sent, keyed
from lambdalint.interpreter.sequences import key_of, one_like
from lambdalint.interpreter.stand_ins import picked
from lambdalint.interpreter.values import NONE, Const, Ref, Sym, Value


def missing_item(machine: Machine, thing: DictObject, key: object, place: Place | None = None) -> Value:
    """What a dict holds under a key that it has not shown yet: an open one, or one with entries under keys that are not
    known, of which it may be any. Of these the kind is told that they share."""
    for pair in thing.others:
        leak(machine, pair[1])
    if thing.others and not thing.open:
        kinds = {None if type(held) is Ref else kind_of(machine, held) for _, held, _ in thing.others}
        kind = kinds.pop() if len(kinds) == 1 else None
        return NONE if kind == "NoneType" else machine.unknown(place or thing.place, kind)
    if thing.backing is not None and key not in thing.removed:
        return machine.child(thing.backing, "item", key, None, None)
    if thing.rest is not None:
        return one_like(machine, thing.rest, thing.place)
    return machine.unknown(thing.place)


def is_hashable(value: object) -> bool:
    """Whether a constant may be a key."""
    try:
        hash(value)
    except TypeError:
        return False
    return True


def one_of(machine: Machine, key: Value, thing: DictObject, place: Any) -> Value:
    """One of the values of a dict, by a key that is not known."""
    values = [*(item.value for item in thing.items.values()), *(pair[1] for pair in thing.others)]
    if values and len(values) <= 8 and not thing.open:
        options = tuple(values)
        condition = keyed(options, list(thing.items), key) if not thing.others else None
        one = values[0] if len(values) == 1 else machine.unknown(place, options=options, condition=condition)
        return picked(machine, one) if thing.others else one  # of these one may stand for each of many
    if thing.rest is not None and not values:
        return one_like(machine, thing.rest, place)
    for held in values:  # it may be any of these
        leak(machine, held)
    backing = thing.backing
    return machine.unknown(place, json=backing is not None and backing.json and not values)


def only_others(thing: DictObject) -> bool:
    """Whether all that is in a dict stands under keys that are not known, and there are few."""
    return 0 < len(thing.others) <= _FEW and not (thing.items or thing.open or thing.leaked)


#: Entries under keys that are not known, of which a path may take each.
_FEW = 4


def there_or_added(machine: Machine, value: Ref, key: Value, new: Value) -> Value:
    """What stands in such a dict under a key that is not known, where otherwise `new` is put there."""
    held_so_far = machine.object(value)
    assert isinstance(held_so_far, DictObject)
    there, known = entry_of(machine, held_so_far, key)
    if known is not None:
        return known
    thing = machine.state.write(value.id)
    if there is None and machine.choose(2) == 1:
        held = [pair[1] for pair in thing.others]
        return picked(machine, held[0] if len(held) == 1 else machine.unknown(new.place, options=tuple(held)))
    thing.others = (*thing.others, (key, new, True))
    thing.moves += 1
    return new


def unsettle(machine: Machine, value: Ref) -> None:
    """Any key of a dict may be gone."""
    writable = machine.state.write(value.id)
    writable.items = {key: item._replace(sure=False) for key, item in writable.items.items()}
    writable.others = tuple((key, item, False) for key, item, _ in writable.others)
    writable.backing, writable.removed = None, frozenset()
    writable.moves += 1


def materialise(machine: Machine, value: Sym) -> Ref:
    """A dict read from JSON that the code writes to becomes an object of the heap, open, backed by the symbol; so do
    the dicts that it was read from."""
    state = machine.state
    resolved = state.resolve(value)
    if type(resolved) is Ref:
        return resolved
    made = DictObject(value.place)
    made.open = True
    made.backing = value
    ref = machine.new(made)
    state.learn(value, value=ref, kind="dict")
    if value.parent is not None and value.parent[1] in ("item", "get") and type(value.parent[0]) is Sym:
        parent, _, key = value.parent
        if type(key) is int:  # what JSON holds by a number is a list's
            return ref
        above = materialise(machine, parent)
        thing = state.write(above.id)
        if isinstance(thing, DictObject) and key not in thing.items:
            thing.items[key] = Item(ref, value.place, value.parent[1] == "item")
    return ref


def get_or(machine: Machine, value: Value, key: Value, default: Value, node: Any, frame: Frame) -> Value:
    """`value.get(key, default)` of a dict or of something read from JSON."""
    state = machine.state
    value, key = state.resolve(value), state.resolve(key)
    place = machine.place(node, frame)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, DictObject) and not thing.leaked:
            return _dict_get(machine, value, thing, key, default, place)
        undecided(machine, key)
        leak(machine, default)
        return machine.unknown(place)
    assert isinstance(value, Sym)
    if type(key) is not Const or not is_hashable(key.value):
        leak(machine, default)
        return machine.unknown(place, json=False)
    has = is_there(machine, value, key.value)
    item = machine.child(value, "item", key.value, None, place)
    got = machine.child(value, "get", key.value, None, place)
    if value.event is not None:
        machine.recorder.event_read(machine, got, "get", place, unasked_read(machine, value, key.value))
        note_read(machine, got)
        if item.event is not None:
            machine.recorder.event_symbols.setdefault(item.id, item.event)
    if has is True:
        return item
    if has is False or (has is None and lacking(machine, value, key.value)):
        return default
    nothing = type(state.resolve(default)) is Const and state.resolve(default).value is None  # type: ignore[attr-defined]
    if nothing and (machine.kind_of_event(item.event) or "NoneType").endswith("NoneType"):
        return got
    if machine.has_ways_enough():
        return machine.unknown(place, options=(item, default))
    decided = machine.choose(2, sent=is_sent(value)) == 0
    machine.state.guess(not decided)  # that it has the key an event may choose; what it lacks is nobody's to say
    was_told(machine, value, key.value, decided)
    if decided:
        return item
    state.learn(got, value=NONE, truthy=False)
    state.learn(item, value=NONE)  # it differs from whatever it is compared with on the other path
    return default


def is_never_answered(thing: DictObject, key: object) -> bool:
    """Whether what a service answers with never has a key, where nobody has written to it."""
    if thing.answered is None or thing.moves or thing.others or type(key) is not str:
        return False
    return bool(thing.answered(key))


def _dict_get(machine: Machine, ref: Ref, thing: DictObject, key: Value, default: Value, place: Any) -> Value:
    known, constant = key_of(machine, key)
    if not known:
        there, held = entry_of(machine, thing, key)
        if there is not None:
            return held if held is not None else default
        undecided(machine, key)
        values = [*(item.value for item in thing.items.values()), *(pair[1] for pair in thing.others)]
        if not thing.open and len(values) < 8:
            options = (*values, default)
            condition = keyed(options, list(thing.items), key) if not thing.others else None
            return machine.unknown(place, options=options, condition=condition) if values else default
        leak(machine, default)
        return machine.unknown(place)
    item = thing.items.get(constant)
    if thing.backing is not None and thing.backing.event is not None and isinstance(constant, (str, int)):
        got = machine.child(thing.backing, "get", constant, None, place)
        if item is None:
            machine.recorder.event_read(machine, got, "get", place, unasked_read(machine, thing.backing, constant))
    if item is not None and item.sure:
        return item.value
    if lacks(machine, thing, constant) or (item is None and is_never_answered(thing, constant)):
        return default
    if item is not None:
        for pair in thing.others:  # it may be one of these
            leak(machine, pair[1])
    found = item.value if item is not None else missing_item(machine, thing, constant)
    if item is None and machine.state.resolve(default) == NONE and type(found) is Sym:
        # Nothing in the code says that it may be missing, as a default of its own does.
        return machine.unknown(place, options=(found, default))
    if machine.has_ways_enough():
        return machine.unknown(place, options=(found, default))
    if machine.choose(2) == 0:
        if not thing.others:
            machine.state.write(ref.id).items[constant] = item._replace(sure=True) if item else Item(found, thing.place)
        return found
    if item is not None:
        machine.state.write(ref.id).items.pop(constant)
    return default
