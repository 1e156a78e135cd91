"""Putting the elements of one container into another: `update`, `extend`, and `*` and `**` in displays."""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.certain import exact
from lambdalint.interpreter.containers import append, append_many, open_dict
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, Item, IteratorObject, ListObject
from lambdalint.interpreter.item_stores import set_item
from lambdalint.interpreter.iteration import elements
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.plain import OBJECT
from lambdalint.interpreter.presence import unasked
from lambdalint.interpreter.sequences import is_unhashable, join_elements
from lambdalint.interpreter.values import Ref, Sym, Tuple, Value

#: Of SQLAlchemy: a tuple with names. https://docs.sqlalchemy.org/en/20/changelog/migration_14.html#change-4710-core
_ROW = "sqlalchemy.engine.Row"


def update_dict(machine: Machine, target: Ref, value: Value, node: Any, frame: Frame) -> None:
    """`target.update(value)`, `{**value}`, `target |= value`."""
    state = machine.state
    value = state.resolve(value)
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, InstanceObject) and thing.payload is not None:
            update_dict(machine, target, thing.payload, node, frame)
            return
        if isinstance(thing, DictObject):
            _update_from(machine, target, thing)
            mirrors = machine.state.get(target.id).mirrors  # type: ignore[attr-defined]
            if mirrors is not None:
                leak(machine, Ref(mirrors))
            return
        if isinstance(thing, ListObject):
            for pair in thing.items:
                _update_pair(machine, target, pair, node, frame)
            if thing.leaked:
                open_dict(machine, target)
            elif thing.rest is not None:
                _update_many(machine, target, thing.rest)
            return
    if type(value) is Tuple and value.rest is None:
        for pair in value.items:
            _update_pair(machine, target, pair, node, frame)
        return
    if type(value) is Sym and value.kind == _ROW:
        why = "a `Row` is no mapping but a tuple, of which no column is a pair: `row._mapping` is one"
        where = "where SQLAlchemy 2 is installed"
        raise machine.raise_builtin("TypeError", node, frame, why, value, where=where)
    if type(value) is Ref and _is_no_mapping(machine, value):
        why = f"{said(machine, value)} is no mapping, and not iterable"
        raise machine.raise_builtin("TypeError", node, frame, why, value)
    machine.may_raise(("TypeError", "ValueError"))
    if type(value) is Sym:
        machine.recorder.event_whole(machine, value, machine.place(node, frame), unasked(machine, value), "mapping")
    if type(value) is Ref and (isinstance(machine.object(value), IteratorObject) or _gives_pairs(machine, value)):
        found = elements(machine, value, node, frame)
        for pair in found.items:
            _update_pair(machine, target, pair, node, frame)
        if found.rest is not None:
            _update_many(machine, target, found.rest)
        return
    if type(value) is Sym and (_copy_symbol(machine, target, value) or _copy_row(machine, target, value)):
        return
    open_dict(machine, target)


def _is_no_mapping(machine: Machine, value: Ref) -> bool:
    """Whether a value is an object of the project that has neither keys nor elements."""
    thing = machine.object(value)
    if not isinstance(thing, InstanceObject) or exact(machine, value) != OBJECT:
        return False
    own = [machine.state.get(entry) for entry in machine.state.get(thing.cls).order if isinstance(entry, int)]  # type: ignore[attr-defined]
    named = any("keys" in one.attributes or "__getattr__" in one.attributes for one in own)  # type: ignore[attr-defined]
    return not named and "keys" not in thing.attributes


#: What a class of the project may derive from that adds nothing by which `dict()` would ask it.
_PLAIN_BASES = frozenset({"object", "abc.ABC", "typing.Generic", "typing.Protocol", "collections.abc.Iterable"})


def _gives_pairs(machine: Machine, value: Ref) -> bool:
    """Whether a value is an object of the project that can be gone through, and has no keys by which to ask it."""
    thing = machine.object(value)
    cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) else None
    if not isinstance(thing, InstanceObject) or not isinstance(cls, ClassObject) or cls.unseen or thing.leaked:
        return False
    if not _PLAIN_BASES.issuperset(entry for entry in cls.order if isinstance(entry, str)):
        return False
    asked = "keys" in thing.attributes or any(lookup(machine, thing.cls, name)[0] for name in ("keys", "__getattr__"))
    return not asked and lookup(machine, thing.cls, "__iter__")[0] is not None


def _update_pair(machine: Machine, target: Ref, pair: Value, node: Any, frame: Frame) -> None:
    found = elements(machine, pair, node, frame)
    if found.rest is None and len(found.items) == 2:
        set_item(machine, target, found.items[0], found.items[1], node, frame)
    elif found.rest is None:
        raise machine.raise_builtin("ValueError", node, frame)
    else:
        machine.may_raise(("TypeError", "ValueError"))
        open_dict(machine, target)


def _update_many(machine: Machine, target: Ref, pair: Value) -> None:
    """Any number of pairs, of which one value stands for each."""
    pair = machine.state.resolve(pair)
    thing = machine.state.write(target.id)
    if not (type(pair) is Tuple and pair.rest is None and len(pair.items) == 2) or thing.open or thing.items:
        leak(machine, pair)
        open_dict(machine, target)
        return
    key, value = pair.items
    if is_unhashable(machine, key) or kind_of(machine, key) is None:
        machine.may_raise(("TypeError",))
    thing.others = (*thing.others, (key, value, False))
    thing.moves += 1


def _update_from(machine: Machine, target: Ref, source: DictObject) -> None:
    if source.leaked or source.open or source.others:
        writable = machine.state.write(target.id)
        empty = not (writable.items or writable.others or writable.open)
        if empty and not source.leaked:  # a copy, with what stands behind it and what is like its other keys
            writable.items, writable.others = dict(source.items), source.others
            writable.open, writable.backing, writable.rest = source.open, source.backing, source.rest
            writable.removed, writable.shuffled = source.removed, source.shuffled
            writable.moves += 1
            return
        open_dict(machine, target)
        writable = machine.state.write(target.id)
    else:
        writable = machine.state.write(target.id)
    writable.shuffled = writable.shuffled or source.shuffled
    for key, item in source.items.items():
        if source.leaked:
            writable.items.setdefault(key, Item(machine.unknown(item.place), item.place, False))
        elif item.sure:
            writable.put(key, item)
        else:
            old = writable.items.get(key)
            if old is None:
                writable.put(key, item)
            else:
                joined = join_elements(machine, [old.value, item.value]) or item.value
                machine.state.write(target.id).put(key, Item(joined, item.place, old.sure))
    if source.others:
        for pair in source.others:
            leak(machine, pair[1])


def _copy_symbol(machine: Machine, target: Ref, value: Sym) -> bool:
    """`{**value}` of something read from JSON into an empty dict: a copy with the same backing."""
    writable = machine.state.write(target.id)
    if writable.items or writable.others or writable.open or not (value.json or value.role == "event"):
        return False
    writable.open, writable.backing = True, value
    writable.moves += 1
    return True


def _copy_row(machine: Machine, target: Ref, value: Sym) -> bool:
    """`{**row}` of a database's row that is a mapping."""
    from lambdalint.interpreter.library import MAPPINGS, row_as_dict

    row = row_as_dict(machine, value, value.place) if kind_of(machine, value) in MAPPINGS else None
    if row is not None:
        _update_from(machine, target, row)
    return row is not None


def extend_list(machine: Machine, target: Ref, value: Value, node: Any, frame: Frame) -> None:
    """`target.extend(value)`, `[*value]`, `target += value`."""
    found = elements(machine, value, node, frame)
    for item in found.items:
        append(machine, target, item, node, frame)
    if found.rest is not None:
        append_many(machine, target, found.rest)
