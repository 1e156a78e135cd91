"""Iteration: what a value gives when it is gone through, containers and iterator objects alike."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any, NamedTuple

from lambdalint.finding import Place
from lambdalint.interpreter import escape, sequences
from lambdalint.interpreter.bounds import MAX_ITEMS, MAX_ROUNDS, MAX_UNROLL
from lambdalint.interpreter.calls import call_special
from lambdalint.interpreter.certain import refuses
from lambdalint.interpreter.containers import append
from lambdalint.interpreter.dicts import only_others
from lambdalint.interpreter.generators import run_generator
from lambdalint.interpreter.gone_through import has_changed, may_refuse
from lambdalint.interpreter.heap import (
    ArrayObject,
    ClassObject,
    DictObject,
    InstanceObject,
    IteratorObject,
    ListObject,
    ScopeObject,
)
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.paths import Frame, Raised
from lambdalint.interpreter.presence import may_not_iterate, unasked
from lambdalint.interpreter.stand_ins import left_midway
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import NONE, SLICED, Const, Outside, Ref, Sym, Tuple, Value
from lambdalint.interpreter.widen import Widening

#: Iterators that never end.
_ENDLESS = frozenset({"itertools.count", "itertools.cycle"})


class Elements(NamedTuple):
    """What iteration gives: `items` in order, then, where `rest` is not None, any number of values like it.
    `filled`: there is at least one element, whatever `rest` leaves open."""

    items: tuple[Value, ...]
    rest: Value | None = None
    filled: bool = False
    endless: bool = False


def elements(machine: Machine, value: Value, node: Any, frame: Frame, any_order: bool = False) -> Elements:
    """Go through a value, whole. `any_order`: the caller does not care in which order a set gives its elements."""
    state = machine.state
    value = state.resolve(value)
    place = machine.place(node, frame)
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    if type(value) is Tuple:
        return Elements(value.items, value.rest)
    if type(value) is Const:
        if isinstance(value.value, (str, bytes)):
            if len(value.value) > MAX_ITEMS:
                return Elements((), machine.unknown(place, "str" if isinstance(value.value, str) else "int"), True)
            return Elements(tuple(Const(part, place) for part in value.value))
        raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, value)} cannot be gone through", value)
    if type(value) is Ref:
        found = _object_elements(machine, value, node, frame)
        thing = machine.object(value)
        several = len(found.items) + (found.rest is not None) > 1
        if not any_order and several and getattr(thing, "type", "") in ("set", "frozenset"):
            return _in_some_order(machine, found, place)
        return found
    if type(value) is Sym:
        return _symbol_elements(machine, value, node, frame)
    if type(value) is Outside:
        machine.may_raise(None)
        return Elements((), machine.unknown(place))
    if kind_of(machine, value) in ("function", "coroutine", "type"):
        raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, value)} cannot be gone through", value)
    machine.may_raise(None)
    return Elements((), machine.unknown(place))


def all_elements(machine: Machine, value: Value, node: Any, frame: Frame, any_order: bool = False) -> Elements:
    """The same for what takes every element before it does anything else, whatever the first of them are.

    Raises:
        Raised: one of them surely raises, on paper.
    """
    resolved = machine.state.resolve(value)
    thing = machine.object(resolved) if type(resolved) is Ref else None
    if isinstance(thing, IteratorObject) and thing.broken is not None and not thing.leaked:
        raise Raised(thing.broken)
    return elements(machine, value, node, frame, any_order)


def _in_some_order(machine: Machine, found: Elements, place: Place) -> Elements:
    """The elements of a set: Python's order is its own, and another in every process."""
    items = found.items
    if len(items) <= 3 and found.rest is None:
        orders = list(permutations(items))
        return Elements(orders[machine.choose(len(orders))])
    if machine.choose(2) == 0:
        return found
    machine.state.widened = True
    rest = sequences.join_elements(machine, [*items, *([found.rest] if found.rest is not None else [])])
    return Elements((), rest if rest is not None else machine.unknown(place), True)


def _symbol_elements(machine: Machine, value: Sym, node: Any, frame: Frame) -> Elements:
    place = machine.place(node, frame)
    kind = value.kind or machine.state.fact(value).kind
    if kind in ("int", "float", "bool", "NoneType") or refuses(machine, "iter", value):
        raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, value)} cannot be gone through", value)
    if kind in ("str", "bytes"):
        return Elements((), machine.unknown(place, "str" if kind == "str" else "int"))
    if kind in _ENDLESS:
        return Elements((), machine.unknown(place, "int" if kind == "itertools.count" else None), True, True)
    from lambdalint.interpreter.library import element_of, refuse_lines, values_of_row

    refuse_lines(machine, value, node, frame)
    row = values_of_row(machine, value, kind, place)
    if row is not None:
        return Elements(row)
    known = element_of(machine, value, kind, place)
    if known is not None:
        return Elements((), known)
    if kind is None:
        may_not_iterate(machine, value)
    return Elements((), *_any_element(machine, value, "element", place))


def first_of(machine: Machine, value: Sym, place: Place) -> Value:
    """The first element of a part of the event, where nothing asks for another."""
    may_not_iterate(machine, value)
    return _any_element(machine, value, "item", place)[0]


def _any_element(machine: Machine, value: Sym, how: str, place: Place) -> tuple[Sym, bool]:
    """An element of something that is not seen, and whether there surely is one. `how`: as what it is read."""
    if value.parent is not None and value.parent[1] == SLICED:  # of a part of it, which may be empty
        return _any_element(machine, value.parent[0], how, place)[0], False
    event = (*value.event, 0) if value.event is not None else None
    # What Lambda sends in a batch is never empty.
    filled = event is not None and value.event in (("Records",), ("records",))
    if value.kind == "dict" and event is not None and machine.event_kinds is not None:
        key = machine.unknown(place, "str")  # a part of the event by its source: its keys are gone through
        key.told = f"`{value.event[-1]}` is a dict, and going through it gives its keys" if value.event else ""
        return key, filled
    element = machine.part_of_event(event, place, json=value.json, role=value.role if event else None)
    if event is not None:
        machine.recorder.event_read(machine, element, how, place, unasked(machine, value))
    return element, filled


def _object_elements(machine: Machine, value: Ref, node: Any, frame: Frame) -> Elements:
    thing = machine.object(value)
    place = machine.place(node, frame)
    if isinstance(thing, IteratorObject):
        return _consume(machine, value, thing, node, frame)
    if isinstance(thing, InstanceObject):
        return _instance_elements(machine, value, thing, node, frame)
    if isinstance(thing, ClassObject):
        if thing.kind == "enum":
            return Elements(tuple(m for m in thing.attributes.values() if _is_member(machine, m, value.id)))
        raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, value)} cannot be gone through", value)
    if isinstance(thing, ScopeObject):
        raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, value)} cannot be gone through", value)
    if isinstance(thing, ArrayObject):
        from lambdalint.interpreter.library import array_elements

        machine.may_raise(None)
        return Elements((), array_elements(machine, thing, place))
    if thing.leaked:
        return Elements((), machine.unknown(place))
    if isinstance(thing, DictObject):
        return dict_keys(machine, with_usual_keys(machine, value, thing), place)
    assert isinstance(thing, ListObject)
    return Elements(tuple(thing.items), thing.rest, thing.filled)


def _is_member(machine: Machine, value: Value, cls: int) -> bool:
    thing = machine.object(value) if type(value) is Ref else None
    return isinstance(thing, InstanceObject) and thing.cls == cls


def with_usual_keys(machine: Machine, value: Ref, thing: DictObject) -> DictObject:
    """A dict that is gone through. What a service answers with may lack each key that is not always there: the path on
    which it has those that usually are there, and no other, is followed as it is, with keys that are known."""
    if (
        all(item.sure for item in thing.items.values())
        or thing.answered is None
        or thing.others
        or thing.leaked
        or machine.state.widened
    ):
        return thing
    if machine.choose(2) == 1:
        return thing
    written = machine.state.write(value.id)
    assert isinstance(written, DictObject)
    usual = {key: item for key, item in written.items.items() if item.sure or item.often == "usually"}
    written.items = {key: item._replace(sure=True) for key, item in usual.items()}
    return written


def dict_keys(machine: Machine, thing: DictObject, place: Any) -> Elements:
    """The keys of a dict, in order."""
    if only_others(thing) and not thing.shuffled and all(sure for _, _, sure in thing.others):
        # Several are each another, or nothing is reported: two of them may be one.
        if len(thing.others) == 1 or (not machine.state.widened and machine.choose(2) == 0):
            return Elements(tuple(key for key, _, _ in thing.others))
        machine.state.widened = True
    if thing.answered is not None and thing.open and not thing.others and all(i.sure for i in thing.items.values()):
        # A service's answer: what is always there, and what it may have beside that.
        return Elements(tuple(key_value(key, place) for key in thing.items), machine.unknown(place, "str"), True)
    if thing.open or thing.others or thing.shuffled or not all(item.sure for item in thing.items.values()):
        text = all(isinstance(key, str) for key in thing.items) and not thing.others
        kind = "str" if text and (thing.backing is not None or not thing.open) else None
        rest: Value = machine.unknown(place, kind)
        if thing.others and not thing.open:
            keys = [*(key_value(key, place) for key in thing.items), *(key for key, _, _ in thing.others)]
            rest = sequences.join_elements(machine, keys) or rest
        sure = any(item.sure for item in thing.items.values()) or any(sure for _, _, sure in thing.others)
        return Elements((), rest, sure)
    return Elements(tuple(key_value(key, place) for key in thing.items))


def key_value(key: Any, place: Any) -> Value:
    """A dict's constant key, as a value again."""
    if isinstance(key, sequences.EnumKey):
        return Ref(key.id)
    if isinstance(key, tuple):
        return Tuple(tuple(key_value(part, place) for part in key), place)
    return Const(key, place)


def _instance_elements(machine: Machine, value: Ref, thing: InstanceObject, node: Any, frame: Frame) -> Elements:
    found = call_special(machine, value, "__iter__", (), node, frame)
    if found is not None:
        resolved = machine.state.resolve(found)
        if type(resolved) is Ref and isinstance(machine.object(resolved), InstanceObject):
            escape.leak(machine, resolved)  # a hand-written iterator: its __next__ is not run here
            step, _ = lookup(machine, machine.object(resolved).cls, "__next__")  # type: ignore[attr-defined]
            if step is not None:
                escape.leak(machine, step)
            machine.may_raise(None)
            return Elements((), machine.unknown(machine.place(node, frame)))
        return elements(machine, found, node, frame)
    if thing.payload is not None:
        return elements(machine, thing.payload, node, frame)
    escape.leak(machine, value)
    machine.may_raise(None)
    return Elements((), machine.unknown(machine.place(node, frame)))


def _consume(machine: Machine, value: Ref, thing: IteratorObject, node: Any, frame: Frame) -> Elements:
    """Take everything that is left in an iterator."""
    place = machine.place(node, frame)
    if thing.leaked:
        return Elements((), machine.unknown(place))
    if thing.type == "range":
        return Elements(thing.items, thing.rest)
    if thing.source is None and any(has_changed(machine.state, seen) for seen in thing.watched):
        machine.state.write(value.id).leaked = True  # it goes through them as they are now
        if any(may_refuse(machine.state, seen) for seen in thing.watched):
            machine.may_raise(("RuntimeError",), after_effects=True)
        return Elements((), machine.unknown(place))
    if thing.fails != ():
        machine.may_raise(thing.fails, after_effects=True)
    if thing.source is None:
        endless = thing.type in _ENDLESS
        found = Elements(thing.items, thing.rest, endless, endless)
        writable = machine.state.write(value.id)
        writable.items, writable.rest = (), None
        return found
    gathered = machine.new(ListObject([], place))

    def keep(item: Value) -> Value:
        append(machine, gathered, item, node, frame)
        return NONE

    if not run_generator(machine, value, keep, node, frame):
        return Elements((), machine.unknown(place))
    kept = machine.object(gathered)
    assert isinstance(kept, ListObject)
    return Elements(tuple(kept.items), machine.unknown(place) if kept.leaked else kept.rest)


def each(machine: Machine, value: Value, hook: Callable[[Value], Value], node: Any, frame: Frame) -> None:
    """Call `hook` on each element: what `yield from` does."""
    value = machine.state.resolve(value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, IteratorObject) and thing.source is not None and not thing.leaked:
            if not run_generator(machine, value, hook, node, frame):
                hook(machine.unknown(machine.place(node, frame)))
            return
    found = elements(machine, value, node, frame)
    for item in found.items[:MAX_UNROLL]:
        hook(item)
    if len(found.items) > MAX_UNROLL or found.rest is not None:
        # Many: none of them, one, or any number, each a value like the others.
        rest = list(found.items[MAX_UNROLL:]) + ([found.rest] if found.rest is not None else [])
        element = sequences.join_elements(machine, rest) or NONE
        empty = not (found.items or found.filled)
        chosen = machine.choose(3 if empty else 2)
        if chosen == 0:
            hook(element)
        elif chosen == 1:
            any_number(machine, lambda: _one_of_many(machine, element, hook))


def _one_of_many(machine: Machine, element: Value, hook: Callable[[Value], Value]) -> None:
    """Yield one of the elements that a value stands for."""
    before = machine.state.fork()
    item = again(machine, element, machine.state)
    try:
        hook(item)
    except Raised:
        left_midway(machine, item, before, machine.state)
        raise


def any_number(machine: Machine, once: Callable[[], object]) -> None:
    """Do something any number of times, from a state that covers what each leaves."""
    for attempt in range(MAX_ROUNDS + 2):
        before = machine.state.fork()
        once()
        widening = Widening(machine, [before, machine.state], before, attempt >= MAX_ROUNDS)
        machine.state = widening.run()
        if not widening.changed:
            break


def again(machine: Machine, element: Value, state: State) -> Value:
    """One element of many: a symbol of its own in each round."""
    element = state.resolve(element)
    if type(element) is Tuple:  # of `zip`, `enumerate`, `items()`
        parts = tuple([again(machine, item, state) for item in element.items])
        return Tuple(parts, element.place, cls=element.cls, fields=element.fields, rest=element.rest)
    if type(element) is Sym and isinstance(element.id, int):
        other = Sym(
            state.fresh(),
            element.kind,
            element.place,
            options=element.options,
            event=element.event,
            json=element.json,
            role=element.role,
            prefix=element.prefix,
        )
        other.given, other.told, other.known = element.given, element.told, element.known
        if element.id in machine.json_epochs:
            machine.json_epochs[other.id] = machine.json_epochs[element.id]
        return other
    return element


def exactly_one(
    machine: Machine, many: int | None, value: Value, quiet: bool = False, begun: int = 0
) -> tuple[Value, bool]:
    """What stands for each of many elements, where getting it needed choices: each element makes its own. The paths
    on which there is one element are followed as they are; all others as one on which nothing is known of them.

    In: how many choices had been made before; `quiet`: an element changes nothing but what is being made, so that of
    many elements only what they are is not known; `begun`: the symbols with smaller ids were there before, so that what
    such a one is by itself no choice has made it. Out: the value, and whether there is surely one such element.
    """
    if many is None or machine.made_choices() == many:
        return value, False
    if machine.choose(2) == 0:
        return value, True
    machine.state.widened = machine.state.widened or not quiet
    escape.leak(machine, value)
    before = type(value) is Sym and isinstance(value.id, int) and value.id < begun
    return machine.unknown(value.place, value.kind if before and type(value) is Sym else None), False
