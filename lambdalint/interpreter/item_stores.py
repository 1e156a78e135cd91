"""Writing and deleting an item: `value[key] = new`, `del value[key]`."""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.calls import call_special
from lambdalint.interpreter.certain import refuses
from lambdalint.interpreter.dicts import materialise, unsettle
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ArrayObject, DictObject, InstanceObject, Item, ListObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.sequences import is_unhashable, join_elements, key_of
from lambdalint.interpreter.stand_ins import changing
from lambdalint.interpreter.values import Const, Outside, Ref, Slice, Sym, Value


def set_item(machine: Machine, value: Value, key: Value, new: Value, node: Any, frame: Frame, at: Any = None) -> None:
    """`value[key] = new`. `at` is the expression that gave the new value."""
    state = machine.state
    value, key = state.resolve(value), state.resolve(key)
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    if type(value) is Sym:
        kind = value.kind or state.fact(value).kind
        text = kind_of(machine, key) == "str"
        if (value.role == "event" or value.json) and (kind == "dict" or (kind is None and text)):
            if kind is None:
                machine.may_raise(("TypeError",))  # it may be a list, a text, a number
            value = materialise(machine, value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, InstanceObject):
            if call_special(machine, value, "__setitem__", (key, new), node, frame) is not None:
                return
            if thing.payload is not None and type(thing.payload) is Ref:
                set_item(machine, thing.payload, key, new, node, frame, at)
                return
        changing(machine, value, key, new)
        thing = machine.object(value)
        if isinstance(thing, DictObject):
            _set_dict_item(machine, value, key, new, machine.place(at if at is not None else node, frame), node, frame)
            return
        if isinstance(thing, ListObject):
            _set_list_item(machine, value, thing, key, new, node, frame)
            return
        if isinstance(thing, ArrayObject):
            from lambdalint.interpreter.library import set_array_item

            machine.may_raise(None)
            set_array_item(machine, value, thing, key, new)
            return
    if type(value) is Outside:
        from lambdalint.interpreter.library import set_outside_item

        set_outside_item(machine, value, key, new, node, frame)
        return
    kind = kind_of(machine, value)
    if kind in ("str", "int", "float", "bool", "NoneType", "bytes", "tuple") or refuses(
        machine, "setitem", value, key, new
    ):
        why = f"nothing is set in {said(machine, value)}"
        raise machine.raise_builtin("TypeError", node, frame, why, value)
    if kind is not None and kind.startswith("aws_lambda_powertools."):
        from lambdalint.interpreter.library import refuse_header

        refuse_header(machine, kind, new, node, frame)
    leak(machine, new)
    machine.may_raise(None)
    state.epoch += 1


def _set_dict_item(machine: Machine, value: Ref, key: Value, new: Value, place: Any, node: Any, frame: Frame) -> None:
    if is_unhashable(machine, key):
        raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, key)} is no key of a dict", key)
    thing = machine.state.write(value.id)
    known, constant = key_of(machine, key)
    if known:
        if thing.others:  # one of the unknown keys may be this one
            thing.others = tuple((other, item, False) for other, item, _ in thing.others)
        thing.put(constant, Item(new, place))
        if thing.mirrors is not None and isinstance(constant, str):
            machine.state.write(thing.mirrors).attributes[constant] = new
        return
    if kind_of(machine, key) in (None, "slice"):  # Python 3.12 takes a slice for a key, and those before it do not
        machine.may_raise(("TypeError",))
    if thing.mirrors is not None:
        leak(machine, value)
    thing = machine.state.write(value.id)
    thing.rest = None  # the entry may be one of those that it stands for
    thing.moves += 1
    for other, item in list(thing.items.items()):  # it may be any of the keys
        thing.items[other] = item._replace(
            value=join_elements(machine, [item.value, new]) or new,
        )
    kept = tuple(pair for pair in thing.others if not (pair[2] and _is_same_key(pair[0], key)))
    thing.shuffled = thing.shuffled or 0 < len(kept) < len(thing.others)
    thing.others = (*kept, (key, new, True))
    if len(thing.others) > 16:
        for pair in thing.others:
            leak(machine, pair[1])
        thing.others, thing.open, thing.rest, thing.backing = (), True, None, None
        thing.removed = frozenset()


def _is_same_key(one: Value, other: Value) -> bool:
    """Whether two keys that are not known are one and the same."""
    return type(one) is Sym and type(other) is Sym and bool(one.id == other.id)


def _set_list_item(
    machine: Machine, value: Ref, thing: ListObject, key: Value, new: Value, node: Any, frame: Frame
) -> None:
    if thing.type in ("set", "frozenset") or refuses(machine, "setitem", value, key, new):
        what = "nothing is set" if refuses(machine, "setitem", value, Const(0), Const(0)) else "no such item is set"
        raise machine.raise_builtin("TypeError", node, frame, f"{what} in {said(machine, value)}", value)
    if type(key) is Const and isinstance(key.value, int) and thing.rest is None and not thing.leaked:
        if -len(thing.items) <= key.value < len(thing.items):
            machine.state.write(value.id).items[key.value] = new
            return
        raise machine.raise_builtin("IndexError", node, frame)
    machine.may_raise(("IndexError", "TypeError", "ValueError"))
    writable = machine.state.write(value.id)
    everything = [*writable.items, *([writable.rest] if writable.rest is not None else []), new]
    if type(key) is Slice:
        leak(machine, new)
        everything.append(machine.unknown(new.place))
    writable.rest = join_elements(machine, everything)
    machine.state.write(value.id).items = []


#: What it has not counted it can be told to forget.
_FORGIVING = "collections.Counter"


def _drop_unknown(machine: Machine, value: Ref, key: Value) -> None:
    """An entry of a dict goes, under a key that is no constant: the one that was put there under the same, or any."""
    thing = machine.state.write(value.id)
    kept = tuple(pair for pair in thing.others if not _is_same_key(pair[0], key))
    gone = len(kept) < len(thing.others)
    unsettle(machine, value)
    thing = machine.state.write(value.id)
    thing.gone += thing.type != _FORGIVING
    if gone:
        thing.others = tuple((other, item, False) for other, item, _ in kept)
    elif kept:
        for _, item, _ in kept:
            leak(machine, item)
        thing.others, thing.open, thing.rest = (), True, None


def delete_item(machine: Machine, value: Value, key: Value, node: Any, frame: Frame) -> None:
    """`del value[key]`."""
    value, key = machine.state.resolve(value), machine.state.resolve(key)
    if type(value) is Ref:
        changing(machine, value)
        thing = machine.object(value)
        if isinstance(thing, DictObject) and thing.mirrors is not None:
            leak(machine, value)
            thing = machine.object(value)
        if isinstance(thing, DictObject) and not thing.leaked:
            known, constant = key_of(machine, key)
            forgives = thing.type == _FORGIVING
            if known and thing.lacks_surely(constant) and not forgives:
                raise machine.raise_builtin("KeyError", node, frame)
            if known:
                item = thing.items.get(constant)
                sure = item is not None and item.sure
                if not forgives and not sure:
                    machine.may_raise(("KeyError",))
                written = machine.state.write(value.id)
                written.drop(constant)
                written.gone -= forgives and not sure
                return
            machine.may_raise(("KeyError", "TypeError"))
            _drop_unknown(machine, value, key)
            return
        if isinstance(thing, ListObject) and not thing.leaked:
            if type(key) is Const and isinstance(key.value, int) and thing.rest is None:
                if -len(thing.items) <= key.value < len(thing.items):
                    del machine.state.write(value.id).items[key.value]
                    return
                raise machine.raise_builtin("IndexError", node, frame)
            machine.may_raise(("IndexError", "TypeError"))
            writable = machine.state.write(value.id)
            everything = [*writable.items, *([writable.rest] if writable.rest is not None else [])]
            writable.items, writable.rest = [], join_elements(machine, everything)
            return
        if isinstance(thing, ArrayObject):
            machine.may_raise(None)
            machine.state.write(value.id).forget()
            return
        if isinstance(thing, InstanceObject):
            if call_special(machine, value, "__delitem__", (key,), node, frame) is not None:
                return
            if thing.payload is not None:
                delete_item(machine, thing.payload, key, node, frame)
                return
    if type(value) is Sym and (value.role == "event" or value.json) and kind_of(machine, key) == "str":
        machine.may_raise(("KeyError", "TypeError"))
        delete_item(machine, materialise(machine, value), key, node, frame)
        return
    if refuses(machine, "delitem", value, key):
        raise machine.raise_builtin("TypeError", node, frame, f"nothing is deleted in {said(machine, value)}", value)
    leak(machine, value)
    machine.may_raise(None)
    machine.state.epoch += 1
