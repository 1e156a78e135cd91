"""Reading an item: `value[key]`."""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.finding import Place
from lambdalint.interpreter.calls import call, call_special
from lambdalint.interpreter.certain import exact, kinds_of, refuses, told
from lambdalint.interpreter.dicts import is_hashable, missing_item, one_of, only_others, there_or_added
from lambdalint.interpreter.enums import any_of, members_of
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import (
    ArrayObject,
    ClassObject,
    DictObject,
    InstanceObject,
    Item,
    IteratorObject,
    ListObject,
)
from lambdalint.interpreter.kinds import has_no_items, kind_of, may_be_data, said
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.membership import decide_in
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.other_keys import entry_of, lacks
from lambdalint.interpreter.paths import Frame, Raised
from lambdalint.interpreter.presence import is_there, lacking, may_lack, unasked, unasked_read, was_read
from lambdalint.interpreter.replies import note_read
from lambdalint.interpreter.schemas import is_model
from lambdalint.interpreter.sendable import note_found
from lambdalint.interpreter.sequences import is_unhashable, key_of, sequence_item
from lambdalint.interpreter.values import (
    SLICED,
    Bound,
    Const,
    EventPath,
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

#: What reading a key raises where it is missing, or where what it is read from is no dict.
_NO_ITEM = ("KeyError", "TypeError")


def get_item(machine: Machine, value: Value, key: Value, node: Any, frame: Frame) -> Value:
    """`value[key]`."""
    state = machine.state
    value, key = state.resolve(value), state.resolve(key)
    place = machine.place(node, frame)
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    if type(key) is Sym and key.options and type(value) is not Sym:
        key = choose_option(machine, key)
    _note_index(machine, value, key, node, frame)
    if not (type(value) is Const and type(key) is Const) and refuses(machine, "getitem", value, key):
        how = "sliced" if type(key) is Slice else f"indexed with {said(machine, key)}"
        how = "indexed" if refuses(machine, "getitem", value, Const(0)) else how
        why = f"{said(machine, value)} is not {how}"
        about = key if type(key) is Sym and key.of_event else value
        raise machine.raise_builtin("TypeError", node, frame, why, about)
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
    if isinstance(value, (Function, Bound, Partial)) or (type(value) is Method and not may_be_data(value)):
        raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, value)} is not indexed", value)
    machine.may_raise(None)
    return machine.unknown(place)


#: What is indexed with numbers, and sliced with them.
_INDEXED = ("list", "tuple", "str", "bytes")
_INDEXES = frozenset({"int", "bool"})


def _note_index(machine: Machine, value: Value, key: Value, node: Any, frame: Frame) -> None:
    """Note a part of the event that a list or a text is indexed with.

    Raises:
        Raised: a TypeError, on paper: the bound of a slice is no number.
    """
    if exact(machine, value) not in _INDEXED:
        return
    machine.recorder.given_event(key, _INDEXES)
    for bound in (key.lower, key.upper, key.step) if type(key) is Slice else ():
        bound = machine.state.resolve(bound)
        machine.recorder.given_event(bound, _INDEXES)
        kinds = kinds_of(machine, bound)
        if kinds and _INDEXES.isdisjoint(kinds) and "NoneType" not in kinds:
            why = f"{said(machine, value)} is not sliced with {told(machine, bound)}"
            raise machine.raise_builtin("TypeError", node, frame, why, bound)


def _const_item(machine: Machine, value: Const, key: Value, node: Any, frame: Frame) -> Value:
    index: object
    if type(key) is Const:
        index = key.value
    elif type(key) is Slice and all(type(part) is Const for part in (key.lower, key.upper, key.step)):
        index = slice(key.lower.value, key.upper.value, key.step.value)  # type: ignore[attr-defined]
    else:
        if not isinstance(value.value, (str, bytes)):
            raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, value)} is not indexed", value)
        machine.may_raise(("IndexError", "TypeError"))
        kind = "str" if isinstance(value.value, str) else ("bytes" if type(key) is Slice else "int")
        return machine.unknown(machine.place(node, frame), kind)
    try:
        return Const(value.value[index], machine.place(node, frame))  # type: ignore[index]
    except Exception as error:
        why = f"{said(machine, value)} is not indexed with {said(machine, key)}"
        raise machine.raise_builtin(type(error).__name__, node, frame, why, value) from None


def _symbol_item(machine: Machine, value: Sym, key: Value, node: Any, frame: Frame) -> Value:
    place = machine.place(node, frame)
    kind = value.kind or machine.state.fact(value).kind
    if kind == "NoneType":
        raise machine.raise_builtin("TypeError", node, frame, "`None` is not indexed", value)
    if kind == "str":
        machine.may_raise(("IndexError", "TypeError"))
        if type(key) is Const and isinstance(key.value, str):
            if value.kind == "str" and value.of_event:  # by contract, or decoded: nobody asked whether it is one
                read = machine.child(value, "item", key.value, None, place)
                machine.recorder.event_read(machine, read, "item", place, unasked_read(machine, value, key.value))
            raise machine.raise_builtin("TypeError", node, frame, "a `str` is not indexed with a `str`", value)
        from lambdalint.interpreter.library import note_cut

        return note_cut(machine, value, key, machine.unknown(place, "str"))
    if value.kind == "bytes" and kind_of(machine, key) in ("str", "NoneType", "float"):
        why = f"a `bytes` is not indexed with {said(machine, key)}"
        raise machine.raise_builtin("TypeError", node, frame, why, value)
    if value.kind is not None and has_no_items(value.kind):
        raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, value)} is not indexed", value)
    if value.kind == "list" and type(key) is Const and isinstance(key.value, str):
        raise machine.raise_builtin("TypeError", node, frame, "a `list` is not indexed with a `str`", value)
    if kind is not None and kind not in ("dict", "list"):
        from lambdalint.interpreter.library import known_item

        machine.may_raise(None)
        return known_item(machine, value, kind, key, node, frame)
    if type(key) is Const and is_hashable(key.value):
        if value.role == "context" and kind is None and isinstance(key.value, str):
            machine.recorder.context_read(machine, value, key.value, place, "item")
        known = is_there(machine, value, key.value)
        open_questions = unasked_read(machine, value, key.value) if value.event is not None else frozenset()
        if known is False and (value.json or value.role == "event") and isinstance(key.value, str):
            if kind == "dict":
                raise machine.raise_builtin("KeyError", node, frame)
            error = Sym(machine.state.fresh(), None, place, role="exception", condition=("types", _NO_ITEM))
            raise Raised(error)  # what has no such key may be no dict
        without = lacking(machine, value, key.value) if not known else ""
        if without:
            why = f"there is no `{key.value}` where {without}"
            raise machine.raise_builtin("KeyError", node, frame, why)
        if not known and value.event is not None and value.role == "event":
            may_lack(machine, value, key.value)
        elif not known:
            machine.may_raise(("KeyError", "TypeError", "IndexError") if value.json else None)
        was_read(machine, value, key.value)
        read = machine.child(value, "item", key.value, None, place)
        if value.event is not None:
            machine.recorder.event_read(machine, read, "item", place, open_questions)
            note_read(machine, read)
        return read
    machine.may_raise(("KeyError", "TypeError", "IndexError") if value.json else None)
    role = value.role if value.role != "context" else None  # a part of the context is no context
    if type(key) is Slice:
        return _slice_of_symbol(machine, value, kind, role, place)
    path: EventPath | None = None
    if value.event is not None:
        by_key = value.kind == "dict" and machine.event_kinds is not None  # of the event, by its source
        path = (*value.event, "*" if by_key else 0)
    some = machine.part_of_event(path, place, json=value.json, role=role)
    if value.event is not None:
        machine.recorder.event_read(machine, some, "element", place, unasked(machine, value))
    return some


def _slice_of_symbol(machine: Machine, value: Sym, kind: str | None, role: str | None, place: Place) -> Value:
    """`value[a:b]` of what is not seen: of a list, some of its elements; else a text or a list."""
    if value.event is None or not (kind == "list" or value.event in (("Records",), ("records",))):
        sliced = machine.part_of_event(None, place, json=value.json, role=role)
        sliced.parent = (value, SLICED, None)
        return sliced
    one = machine.part_of_event((*value.event, 0), place, json=value.json, role=role)
    machine.recorder.event_read(machine, one, "element", place, unasked(machine, value))
    return machine.new(ListObject([], place, "list", one))


def _is_plain(machine: Machine, ref: int, cls: ClassObject) -> bool:
    """Whether no class above an object's own, nor that, says what an item of it is."""
    outside = {entry for entry in cls.order if isinstance(entry, str)}
    plain = (outside <= {"object"} and not cls.unseen) or is_model(machine, cls)
    return plain and lookup(machine, ref, "__getitem__")[0] is None


def _object_item(machine: Machine, value: Ref, key: Value, node: Any, frame: Frame) -> Value:
    thing = machine.object(value)
    place = machine.place(node, frame)
    if isinstance(thing, DictObject):
        return _dict_item(machine, value, thing, key, node, frame)
    if isinstance(thing, ListObject):
        if thing.type in ("set", "frozenset") or thing.type.startswith("dict_"):
            raise machine.raise_builtin("TypeError", node, frame, f"a `{thing.type}` is not indexed", value)
        if thing.leaked:
            machine.may_raise(("IndexError", "TypeError"))
            return machine.unknown(place)
        return sequence_item(machine, tuple(thing.items), thing.rest, thing.type, key, node, frame)
    if isinstance(thing, InstanceObject):
        cls = machine.state.get(thing.cls)
        if isinstance(cls, ClassObject) and thing.open and not thing.leaked and is_model(machine, cls):
            if lookup(machine, thing.cls, "__getitem__")[0] is None:
                from lambdalint.interpreter.library import subscripted

                subscripted(machine, cls.name, node, frame)
        found = call_special(machine, value, "__getitem__", (key,), node, frame)
        if found is not None:
            return found
        if thing.payload is not None:
            made = _made_by_class(machine, value, thing, key, node, frame)
            return made if made is not None else get_item(machine, thing.payload, key, node, frame)
        if isinstance(cls, ClassObject) and not thing.leaked and _is_plain(machine, thing.cls, cls):
            raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, value)} is not indexed", value)
        machine.may_raise(None)
        return machine.unknown(place)
    if isinstance(thing, IteratorObject) and thing.type == "generator":
        raise machine.raise_builtin("TypeError", node, frame, "a generator is not indexed", value)
    if isinstance(thing, ArrayObject):
        from lambdalint.interpreter.library import array_item

        machine.may_raise(None)
        return array_item(machine, value, thing, key, place)
    if isinstance(thing, ClassObject):
        if thing.kind == "enum":
            if type(key) is not Const or not isinstance(key.value, str):
                machine.may_raise(("KeyError",))
                return any_of(machine, members_of(machine, value.id), place)
            found_member = thing.attributes.get(key.value)
            if found_member is not None:
                return found_member
            raise machine.raise_builtin("KeyError", node, frame, f"`{thing.name}` has no member `{key.value}`", value)
        return value  # Generic[T]
    if isinstance(thing, IteratorObject) and thing.type == "boto3.PageIterator":
        raise machine.raise_builtin("TypeError", node, frame, "a `PageIterator` is not indexed", value)
    machine.may_raise(None)
    return machine.unknown(place)


def _made_by_class(
    machine: Machine, value: Ref, thing: InstanceObject, key: Value, node: Any, frame: Frame
) -> Value | None:
    """What a dict of the project's own class gives for a key that it lacks, where the class says that. None where the
    key is there, or the class says nothing."""
    found, unseen = lookup(machine, thing.cls, "__missing__")
    if (found is None and not unseen) or type(found) is Outside or thing.payload is None:
        return None
    there = decide_in(machine, key, thing.payload)
    if there is None and machine.choose(2) == 0:
        there = True
    return None if there else call_special(machine, value, "__missing__", (key,), node, frame)


def _dict_item(machine: Machine, value: Ref, thing: DictObject, key: Value, node: Any, frame: Frame) -> Value:
    place = machine.place(node, frame)
    known, constant = key_of(machine, key)
    if thing.leaked:
        machine.may_raise(("KeyError", "TypeError"))
        return machine.unknown(place)
    if is_unhashable(machine, key):
        raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, key)} is no key of a dict", key)
    if not known and thing.factory is not None:
        return _made_item(machine, value, thing, key, node, frame)
    if not known:
        there, held = entry_of(machine, thing, key)
        if held is not None:
            return held
        if there is False and thing.type == "collections.Counter":
            return Const(0, place)
        if there is False and thing.others:
            why, written = _lacking_key(machine, key), "where it is asked for that"
            raise machine.raise_builtin("KeyError", node, frame, why, value, written=written)
        machine.may_raise(("KeyError", "TypeError"))
        return one_of(machine, key, thing, place)
    item = thing.items.get(constant)
    if thing.backing is not None and thing.backing.event is not None and isinstance(constant, (str, int)):
        read = machine.child(thing.backing, "item", constant, None, place)
        if item is None or item.value == read:
            questions = unasked_read(machine, thing.backing, constant)
            machine.recorder.event_read(machine, read, "item", place, questions)
        note_read(machine, read)
    if thing.type == "collections.Counter" and not (item is not None and item.sure):  # a key that it has not counts 0
        for held in [*([item.value] if item is not None else []), *[pair[1] for pair in thing.others]]:
            leak(machine, held)
        return machine.unknown(place)
    if item is not None:
        if not item.sure and item.left_out is not None and machine.choose(2) == 1:
            machine.state.write(value.id).items.pop(constant)
            usual = "usual" if item.left_out.usual else "at times"
            raise machine.raise_builtin("KeyError", node, frame, item.left_out.why, value, left_out=usual)
        if not item.sure:
            machine.may_raise(("KeyError",))
            note_found(machine, thing, item.value, constant)
            # On the path that goes on, the key was there.
            machine.state.write(value.id).items[constant] = item._replace(sure=True)
        return item.value
    if thing.factory is not None and not thing.open and not thing.others:
        made = call(machine, thing.factory, [], {}, node, frame)
        machine.state.write(value.id).put(constant, Item(made, place))
        return made
    if not lacks(machine, thing, constant):
        if thing.factory is not None and not thing.open:  # by now the key is there: it was, or it is made
            return _made_or_other(machine, value, thing, constant, place)
        refuse_unanswered(machine, value, thing, constant, node, frame)
        machine.may_raise(("KeyError",))
        found = missing_item(machine, thing, constant, place)
        if thing.open and not thing.others:
            thing = machine.state.write(value.id)
            machine.state.write(value.id).items[constant] = Item(found, thing.place)
        return found
    why = f"the dict has no key {constant!r}"
    if thing.others:
        kinds = dict.fromkeys(said(machine, other) for other, _, _ in thing.others)
        why += f", where each key is {' or '.join(kinds)}"
    # An empty dict stands for what an event lacks, and so may one that is asked for a key between the brackets.
    elsewhere = bool(thing.items) and key.place is not None and not _stands_in(key.place.node, node)
    written = "where it is asked for that" if not thing.others and elsewhere else ""
    raise machine.raise_builtin("KeyError", node, frame, why, value, written=written)


def _stands_in(key: Any, node: Any) -> bool:
    """Whether a key is written in the subscript that reads it."""
    parts = node.slice if isinstance(node, cst.Subscript) else ()
    return any(isinstance(part.slice, cst.Index) and part.slice.value is key for part in parts)


def _lacking_key(machine: Machine, key: Value) -> str:
    """Why a dict has no such key, that is no constant; nothing of what is no member of an enum."""
    thing = machine.object(key) if type(key) is Ref else None
    cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) else None
    if not isinstance(cls, ClassObject) or cls.kind != "enum":
        return ""
    assert isinstance(key, Ref)
    name = next((name for name, member in cls.attributes.items() if type(member) is Ref and member.id == key.id), "")
    return f"the dict has no key `{cls.name}.{name}`"


def refuse_unanswered(machine: Machine, value: Ref, thing: DictObject, key: object, node: Any, frame: Frame) -> None:
    """Refuse a key that what a service answers with never has, where nobody has written to it.

    Raises:
        Raised: a KeyError, on paper.
    """
    if thing.answered is None or thing.moves or thing.others or type(key) is not str:
        return
    why = thing.answered(key)
    if why:
        raise machine.raise_builtin("KeyError", node, frame, why, value, anyhow=True)


def _made_or_other(machine: Machine, ref: Ref, thing: DictObject, key: object, place: Any) -> Value:
    for pair in thing.others:
        leak(machine, pair[1])
    found = machine.unknown(place)
    machine.state.write(ref.id).put(key, Item(found, place))
    return found


def _made_item(machine: Machine, value: Ref, thing: DictObject, key: Value, node: Any, frame: Frame) -> Value:
    """`d[key]` of a defaultdict, by a key that is not known."""
    assert thing.factory is not None
    made = call(machine, thing.factory, [], {}, node, frame)
    writable = machine.state.write(value.id)
    if not (writable.items or writable.others or writable.open):
        writable.others = ((key, made, True),)
        writable.moves += 1
        return made
    if only_others(writable):
        return there_or_added(machine, value, key, made)
    for held in [item.value for item in writable.items.values()] + [pair[1] for pair in writable.others]:
        leak(machine, held)
    writable = machine.state.write(value.id)
    writable.open, writable.rest, writable.backing, writable.removed = True, None, None, frozenset()
    writable.moves += 1
    return machine.unknown(machine.place(node, frame))
