"""Items: reading, writing and deleting them, and what stands for a dict read from JSON once it is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.conditions import choose_option
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.sequences import is_unhashable, join_elements, key_of, sequence_item
from lambdalint.interpreter.state import (
    ClassObject,
    DictObject,
    InstanceObject,
    Item,
    ListObject,
)
from lambdalint.interpreter.values import (
    NONE,
    Bound,
    Const,
    Function,
    Method,
    Outside,
    Partial,
    Ref,
    Slice,
    Sym,
    Tuple,
    Value,
)

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Frame, Machine


def missing_item(machine: Machine, thing: DictObject, key: object) -> Value:
    """What an open dict holds under a key that it has not shown yet."""
    if thing.backing is not None:
        return machine.child(thing.backing, "item", key, None, None)
    if thing.rest is not None:
        return machine.state.resolve(thing.rest)
    return machine.unknown(thing.place)


def get_item(machine: Machine, value: Value, key: Value, node: Any, frame: Frame) -> Value:
    """`value[key]`."""
    state = machine.state
    value, key = state.resolve(value), state.resolve(key)
    place = machine.place(node, frame)
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    if type(key) is Sym and key.options and type(value) is not Sym:
        key = choose_option(machine, key)
    if type(value) is Ref:
        return _object_item(machine, value, key, node, frame)
    if type(value) is Sym:
        return _symbol_item(machine, value, key, node, frame)
    if type(value) is Tuple:
        return sequence_item(machine, value.items, value.rest, "tuple", key, node, frame)
    if type(value) is Const:
        return _const_item(machine, value, key, node, frame)
    if type(value) is Outside:
        from lambdalint.interpreter.library import outside_item

        return outside_item(machine, value, key, node, frame)
    if isinstance(value, (Function, Bound, Method, Partial)):
        raise machine.raise_builtin("TypeError", node, frame)
    machine.may_raise(None)
    return machine.unknown(place)


def _const_item(machine: Machine, value: Const, key: Value, node: Any, frame: Frame) -> Value:
    index: object
    if type(key) is Const:
        index = key.value
    elif type(key) is Slice and all(type(part) is Const for part in (key.lower, key.upper, key.step)):
        index = slice(key.lower.value, key.upper.value, key.step.value)  # type: ignore[attr-defined]
    else:
        if not isinstance(value.value, (str, bytes)):
            raise machine.raise_builtin("TypeError", node, frame)
        machine.may_raise(("IndexError", "TypeError"))
        kind = "str" if isinstance(value.value, str) else ("bytes" if type(key) is Slice else "int")
        return machine.unknown(machine.place(node, frame), kind)
    try:
        return Const(value.value[index], machine.place(node, frame))  # type: ignore[index]
    except Exception as error:
        raise machine.raise_builtin(type(error).__name__, node, frame) from None


def _symbol_item(machine: Machine, value: Sym, key: Value, node: Any, frame: Frame) -> Value:
    place = machine.place(node, frame)
    kind = value.kind or machine.state.fact(value).kind
    if kind == "NoneType":
        raise machine.raise_builtin("TypeError", node, frame)
    if kind == "str":
        machine.may_raise(("IndexError", "TypeError"))
        if type(key) is Const and isinstance(key.value, str):
            raise machine.raise_builtin("TypeError", node, frame)
        return machine.unknown(place, "str")
    if kind is not None and kind not in ("dict", "list"):
        from lambdalint.interpreter.library import known_item

        machine.may_raise(None)
        return known_item(machine, value, kind, key, place)
    if type(key) is Const and _hashable(key.value):
        known = machine.state.fact(machine.child(value, "has", key.value, "bool", None)).truthy
        if known is False and (value.json or value.role == "event") and isinstance(key.value, str):
            raise machine.raise_builtin("KeyError", node, frame)
        if not known:
            machine.may_raise(("KeyError", "TypeError", "IndexError") if value.json else None)
        read = machine.child(value, "item", key.value, None, place)
        if value.event is not None:
            machine.recorder.event_read(read, "item", place)
        return read
    machine.may_raise(("KeyError", "TypeError", "IndexError") if value.json else None)
    return machine.unknown(
        place, json=value.json, event=(*value.event, 0) if value.event is not None else None, role=value.role
    )


def _hashable(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _object_item(machine: Machine, value: Ref, key: Value, node: Any, frame: Frame) -> Value:
    thing = machine.object(value)
    place = machine.place(node, frame)
    if isinstance(thing, DictObject):
        return _dict_item(machine, value, thing, key, node, frame)
    if isinstance(thing, ListObject):
        if thing.type in ("set", "frozenset") or thing.type.startswith("dict_"):
            raise machine.raise_builtin("TypeError", node, frame)
        if thing.leaked:
            machine.may_raise(("IndexError", "TypeError"))
            return machine.unknown(place)
        return sequence_item(machine, tuple(thing.items), thing.rest, thing.type, key, node, frame)
    if isinstance(thing, InstanceObject):
        from lambdalint.interpreter.calls import call_special

        found = call_special(machine, value, "__getitem__", (key,), node, frame)
        if found is not None:
            return found
        if thing.payload is not None:
            return get_item(machine, thing.payload, key, node, frame)
        machine.may_raise(None)
        return machine.unknown(place)
    if isinstance(thing, ClassObject):
        if thing.kind == "enum" and type(key) is Const and isinstance(key.value, str):
            found_member = thing.attributes.get(key.value)
            if found_member is not None:
                return found_member
            raise machine.raise_builtin("KeyError", node, frame)
        return value  # Generic[T]
    machine.may_raise(None)
    return machine.unknown(place)


def _dict_item(machine: Machine, value: Ref, thing: DictObject, key: Value, node: Any, frame: Frame) -> Value:
    place = machine.place(node, frame)
    known, constant = key_of(machine, key)
    if thing.leaked:
        machine.may_raise(("KeyError", "TypeError"))
        return machine.unknown(place)
    if is_unhashable(machine, key):
        raise machine.raise_builtin("TypeError", node, frame)
    if not known and thing.factory is not None:
        return _made_item(machine, value, thing, key, node, frame)
    if not known:
        machine.may_raise(("KeyError", "TypeError"))
        return one_of(machine, [item.value for item in thing.items.values()], thing, place)
    item = thing.items.get(constant)
    if thing.backing is not None and thing.backing.event is not None and isinstance(constant, (str, int)):
        read = machine.child(thing.backing, "item", constant, None, place)
        machine.recorder.event_read(read, "item", place)
    if item is not None:
        if not item.sure:
            machine.may_raise(("KeyError",))
            # On the path that goes on, the key was there.
            machine.state.write(value.id).items[constant] = item._replace(sure=True)
        return item.value
    if thing.factory is not None and not thing.open and not thing.others:
        from lambdalint.interpreter.calls import call

        made = call(machine, thing.factory, [], {}, node, frame)
        machine.state.write(value.id).items[constant] = Item(made, place)
        return made
    if thing.open or thing.others:
        machine.may_raise(("KeyError",))
        for pair in thing.others:  # it may be one of these
            leak(machine, pair[1])
        thing = machine.state.write(value.id)
        found = missing_item(machine, thing, constant) if thing.open else machine.unknown(place)
        if thing.open and not thing.others:
            machine.state.write(value.id).items[constant] = Item(found, thing.place)
        return found
    raise machine.raise_builtin("KeyError", node, frame)


def _made_item(machine: Machine, value: Ref, thing: DictObject, key: Value, node: Any, frame: Frame) -> Value:
    """`d[key]` of a defaultdict, by a key that is not known."""
    from lambdalint.interpreter.calls import call

    assert thing.factory is not None
    made = call(machine, thing.factory, [], {}, node, frame)
    writable = machine.state.write(value.id)
    if not (writable.items or writable.others or writable.open):
        writable.others = ((key, made, True),)
        return made
    for held in [item.value for item in writable.items.values()] + [pair[1] for pair in writable.others]:
        leak(machine, held)
    writable = machine.state.write(value.id)
    writable.open, writable.rest, writable.backing = True, None, None
    return machine.unknown(machine.place(node, frame))


def one_of(machine: Machine, values: list[Value], thing: DictObject, place: Any) -> Value:
    """One of the values of a dict, by a key that is not known."""
    if values and len(values) <= 8 and not thing.open and not thing.others:
        return values[0] if len(values) == 1 else machine.unknown(place, options=tuple(values))
    if thing.rest is not None and not values:
        return thing.rest
    for held in (*values, *(pair[1] for pair in thing.others)):  # it may be any of these
        leak(machine, held)
    backing = thing.backing
    return machine.unknown(place, json=backing is not None and backing.json and not values)


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
            value = materialise(machine, value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, InstanceObject):
            from lambdalint.interpreter.calls import call_special

            if call_special(machine, value, "__setitem__", (key, new), node, frame) is not None:
                return
            if thing.payload is not None and type(thing.payload) is Ref:
                set_item(machine, thing.payload, key, new, node, frame, at)
                return
        if isinstance(thing, DictObject):
            _set_dict_item(machine, value, key, new, machine.place(at if at is not None else node, frame), node, frame)
            return
        if isinstance(thing, ListObject):
            _set_list_item(machine, value, thing, key, new, node, frame)
            return
    if type(value) is Outside:
        from lambdalint.interpreter.library import set_outside_item

        set_outside_item(machine, value, key, new, node, frame)
        return
    kind = kind_of(machine, value)
    if kind in ("str", "int", "float", "bool", "NoneType", "bytes", "tuple"):
        raise machine.raise_builtin("TypeError", node, frame)
    leak(machine, new)
    machine.may_raise(None)
    state.epoch += 1


def _set_dict_item(machine: Machine, value: Ref, key: Value, new: Value, place: Any, node: Any, frame: Frame) -> None:
    if is_unhashable(machine, key):
        raise machine.raise_builtin("TypeError", node, frame)
    thing = machine.state.write(value.id)
    known, constant = key_of(machine, key)
    if known:
        if thing.others:  # one of the unknown keys may be this one
            thing.others = tuple((other, item, False) for other, item, _ in thing.others)
        thing.items[constant] = Item(new, place)
        if thing.mirrors is not None and isinstance(constant, str):
            machine.state.write(thing.mirrors).attributes[constant] = new
        return
    if kind_of(machine, key) is None:
        machine.may_raise(("TypeError",))
        thing = machine.state.write(value.id)
    thing.rest = None  # the entry may be one of those that it stands for
    for other, item in list(thing.items.items()):  # it may be any of the keys
        thing.items[other] = item._replace(
            value=join_elements(machine, [item.value, new]) or new,
        )
    thing.others = (*thing.others, (key, new, True))
    if len(thing.others) > 16:
        for pair in thing.others:
            leak(machine, pair[1])
        thing.others, thing.open, thing.rest, thing.backing = (), True, None, None


def _set_list_item(
    machine: Machine, value: Ref, thing: ListObject, key: Value, new: Value, node: Any, frame: Frame
) -> None:
    if thing.type in ("set", "frozenset"):
        raise machine.raise_builtin("TypeError", node, frame)
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


def delete_item(machine: Machine, value: Value, key: Value, node: Any, frame: Frame) -> None:
    """`del value[key]`."""
    value, key = machine.state.resolve(value), machine.state.resolve(key)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, DictObject) and not thing.leaked:
            known, constant = key_of(machine, key)
            if known and constant in thing.items:
                if not thing.items[constant].sure:
                    machine.may_raise(("KeyError",))
                machine.state.write(value.id).items.pop(constant)
                return
            if known and not thing.open and not thing.others:
                raise machine.raise_builtin("KeyError", node, frame)
            machine.may_raise(("KeyError", "TypeError"))
            if not known:
                unsettle(machine, value)
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
        if isinstance(thing, InstanceObject):
            from lambdalint.interpreter.calls import call_special

            if call_special(machine, value, "__delitem__", (key,), node, frame) is not None:
                return
            if thing.payload is not None:
                delete_item(machine, thing.payload, key, node, frame)
                return
    if type(value) is Sym and (value.role == "event" or value.json) and kind_of(machine, key) == "str":
        value = materialise(machine, value)
        machine.may_raise(("KeyError", "TypeError"))
        unsettle(machine, value)
        return
    leak(machine, value)
    machine.may_raise(None)
    machine.state.epoch += 1


def unsettle(machine: Machine, value: Ref) -> None:
    """Any key of a dict may be gone."""
    writable = machine.state.write(value.id)
    writable.items = {key: item._replace(sure=False) for key, item in writable.items.items()}


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
        leak(machine, default)
        return machine.unknown(place)
    assert isinstance(value, Sym)
    if type(key) is not Const or not _hashable(key.value):
        leak(machine, default)
        return machine.unknown(place, json=False)
    has = state.fact(machine.child(value, "has", key.value, "bool", None)).truthy
    item = machine.child(value, "item", key.value, None, place)
    got = machine.child(value, "get", key.value, None, place)
    if value.event is not None:
        machine.recorder.event_read(got, "get", place, default)
        if item.event is not None:
            machine.recorder.event_symbols.setdefault(item.id, item.event)
    if has is True:
        return item
    if has is False:
        return default
    if type(state.resolve(default)) is Const and state.resolve(default).value is None:  # type: ignore[attr-defined]
        return got
    decided = machine.choose(2) == 0
    state.learn(machine.child(value, "has", key.value, "bool", None), truthy=decided)
    if decided:
        return item
    state.learn(got, value=NONE, truthy=False)
    state.learn(item, value=NONE)  # it differs from whatever it is compared with on the other path
    return default


def _dict_get(machine: Machine, ref: Ref, thing: DictObject, key: Value, default: Value, place: Any) -> Value:
    known, constant = key_of(machine, key)
    if not known:
        values = [item.value for item in thing.items.values()]
        if not thing.open and not thing.others and len(values) < 8:
            return machine.unknown(place, options=(*values, default)) if values else default
        leak(machine, default)
        return machine.unknown(place)
    item = thing.items.get(constant)
    if thing.backing is not None and thing.backing.event is not None and isinstance(constant, (str, int)):
        machine.recorder.event_read(machine.child(thing.backing, "get", constant, None, place), "get", place, default)
    if item is not None and item.sure:
        return item.value
    if item is None and not thing.open and not thing.others:
        return default
    found = item.value if item is not None else missing_item(machine, thing, constant)
    if machine.choose(2) == 0:
        if not thing.others:
            machine.state.write(ref.id).items[constant] = item._replace(sure=True) if item else Item(found, thing.place)
        return found
    if item is not None:
        machine.state.write(ref.id).items.pop(constant)
    return default
