"""Iteration: what a value gives when it is gone through, comprehensions, and generators run by their consumer."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any, NamedTuple

import libcst as cst

from lambdalint.finding import Place
from lambdalint.interpreter import escape, items, sequences
from lambdalint.interpreter.conditions import assume, choose_option, decide
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import MAX_ITEMS, MAX_UNROLL, Dead, Frame, Machine, Raised
from lambdalint.interpreter.scopes import bound_names
from lambdalint.interpreter.state import (
    ClassObject,
    DictObject,
    InstanceObject,
    IteratorObject,
    ListObject,
    ScopeObject,
    State,
)
from lambdalint.interpreter.values import NONE, Const, Outside, Ref, Sym, Tuple, Value

ENDLESS = "endless"  # how a generator's outcome is marked where its body never ends


class Elements(NamedTuple):
    """What iteration gives: `items` in order, then, where `rest` is not None, any number of values like it.
    `filled`: there is at least one element, whatever `rest` leaves open."""

    items: tuple[Value, ...]
    rest: Value | None = None
    filled: bool = False
    endless: bool = False


#: Iterators that never end.
_ENDLESS = frozenset({"itertools.count", "itertools.cycle"})


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
        raise machine.raise_builtin("TypeError", node, frame)
    if type(value) is Ref:
        found = _object_elements(machine, value, node, frame)
        thing = machine.object(value)
        if not any_order and len(found.items) > 1 and getattr(thing, "type", "") in ("set", "frozenset"):
            return _in_some_order(machine, found, place)
        return found
    if type(value) is Sym:
        return _symbol_elements(machine, value, node, frame)
    if type(value) is Outside:
        machine.may_raise(None)
        return Elements((), machine.unknown(place))
    if kind_of(machine, value) in ("function", "coroutine", "type"):
        raise machine.raise_builtin("TypeError", node, frame)
    machine.may_raise(None)
    return Elements((), machine.unknown(place))


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
    if kind in ("int", "float", "bool", "NoneType", "datetime.datetime", "decimal.Decimal", "uuid.UUID"):
        raise machine.raise_builtin("TypeError", node, frame)
    if kind in ("str", "bytes"):
        return Elements((), machine.unknown(place, "str" if kind == "str" else "int"))
    if kind in _ENDLESS:
        return Elements((), machine.unknown(place, "int" if kind == "itertools.count" else None), True, True)
    from lambdalint.interpreter.library import element_of

    known = element_of(machine, value, kind, place)
    if known is not None:
        return Elements((), known)
    if kind is None:
        machine.may_raise(("TypeError",) if value.json else None)
    event = (*value.event, 0) if value.event is not None else None
    # What Lambda sends in a batch is never empty.
    filled = event is not None and value.event in (("Records",), ("records",))
    element = machine.unknown(place, json=value.json, event=event, role=value.role if event else None)
    if event is not None:
        machine.recorder.event_read(element, "element", place)
    return Elements((), element, filled)


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
        raise machine.raise_builtin("TypeError", node, frame)
    if isinstance(thing, ScopeObject):
        raise machine.raise_builtin("TypeError", node, frame)
    if thing.leaked:
        return Elements((), machine.unknown(place))
    if isinstance(thing, DictObject):
        return dict_keys(machine, thing, place)
    assert isinstance(thing, ListObject)
    return Elements(tuple(thing.items), thing.rest)


def _is_member(machine: Machine, value: Value, cls: int) -> bool:
    thing = machine.object(value) if type(value) is Ref else None
    return isinstance(thing, InstanceObject) and thing.cls == cls


def dict_keys(machine: Machine, thing: DictObject, place: Any) -> Elements:
    """The keys of a dict, in order."""
    if thing.open or thing.others or not all(item.sure for item in thing.items.values()):
        json = thing.backing is not None or all(isinstance(key, str) for key in thing.items)
        kind = "str" if thing.backing is not None and json else None
        return Elements((), machine.unknown(place, kind), any(item.sure for item in thing.items.values()))
    return Elements(tuple(key_value(key, place) for key in thing.items))


def key_value(key: Any, place: Any) -> Value:
    """A dict's constant key, as a value again."""
    if isinstance(key, sequences.EnumKey):
        return Ref(key.id)
    if isinstance(key, tuple):
        return Tuple(tuple(key_value(part, place) for part in key), place)
    return Const(key, place)


def _instance_elements(machine: Machine, value: Ref, thing: InstanceObject, node: Any, frame: Frame) -> Elements:
    from lambdalint.interpreter.calls import call_special

    found = call_special(machine, value, "__iter__", (), node, frame)
    if found is not None:
        resolved = machine.state.resolve(found)
        if type(resolved) is Ref and isinstance(machine.object(resolved), InstanceObject):
            escape.leak(machine, resolved)  # a hand-written iterator: its __next__ is not run
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
    if thing.source is None and any(has_changed(machine.state, id, length) for id, length in thing.watched):
        machine.state.write(value.id).leaked = True  # it goes through them as they are now
        return Elements((), machine.unknown(place))
    if thing.source is None:
        endless = thing.type in _ENDLESS
        found = Elements(thing.items, thing.rest, endless, endless)
        writable = machine.state.write(value.id)
        writable.items, writable.rest = (), None
        return found
    gathered = machine.new(ListObject([], place))

    def keep(item: Value) -> Value:
        from lambdalint.interpreter.containers import append

        append(machine, gathered, item, node, frame)
        return NONE

    if not run_generator(machine, value, keep, node, frame):
        return Elements((), machine.unknown(place))
    kept = machine.object(gathered)
    assert isinstance(kept, ListObject)
    return Elements(tuple(kept.items), machine.unknown(place) if kept.leaked else kept.rest)


def has_changed(state: State, id: int, length: int) -> bool:
    """Whether a list or dict has another length than it had, or may have."""
    thing = state.get(id)
    if isinstance(thing, ListObject):
        return thing.leaked or _length(thing) != length
    if isinstance(thing, DictObject):
        return thing.leaked or len(thing.items) + thing.open != length
    return False


def _length(thing: ListObject) -> int:
    """A number that tells lists of different known lengths apart, and from those of unknown length."""
    return len(thing.items) if thing.rest is None else -1 - len(thing.items)


def watch(machine: Machine, *values: Value) -> tuple[tuple[int, int], ...]:
    """The containers behind some values, and how long they are now."""
    found: list[tuple[int, int]] = []
    for value in values:
        value = machine.state.resolve(value)
        thing = machine.object(value) if type(value) is Ref else None
        if isinstance(thing, IteratorObject):
            found += thing.watched
        elif isinstance(thing, ListObject) and not thing.leaked and type(value) is Ref:
            found.append((value.id, _length(thing)))
        elif isinstance(thing, DictObject) and not thing.leaked and type(value) is Ref:
            found.append((value.id, len(thing.items) + thing.open))
    return tuple(found)


def run_generator(machine: Machine, value: Ref, hook: Callable[[Value], Value], node: Any, frame: Frame) -> bool:
    """Run a generator to its end, with `hook` called on each value that it yields. False: it may never end, and what
    it does until its consumer stops is not known."""
    from lambdalint.interpreter.calls import bind_arguments, open_frame
    from lambdalint.interpreter.execute import run_block
    from lambdalint.interpreter.machine import NORMAL, RAISE, RETURN, Outcome

    thing = machine.object(value)
    assert isinstance(thing, IteratorObject)
    assert thing.source is not None
    function, arguments, keywords = thing.source
    writable = machine.state.write(value.id)
    writable.source = None
    key = id(function.info.node)
    if machine.active[key] >= 3:
        machine.lose("recursion")
        machine.may_raise(None)
        return False
    bound = bind_arguments(machine, function, list(arguments), dict(keywords), False, node, frame)

    def outcomes() -> list[Outcome]:
        before = machine.state
        saved = machine.state, machine.choices, machine.raising
        try:
            machine.state = before.fork()
            inner = open_frame(machine, function, bound, node, frame)
            inner.on_yield = hook
            found = run_block(machine, function.info.body, machine.state, inner)
        finally:
            machine.state, machine.choices, machine.raising = saved
        return machine.thin([
            one if one.kind is RAISE else Outcome(NORMAL if one.kind is RETURN else one.kind, one.state)
            for one in found
        ])  # fmt: skip

    def or_endless() -> list[Outcome]:
        endless = Outcome(ENDLESS, machine.state.fork())
        return outcomes() or [endless]

    machine.active[key] += 1
    machine.depth += 1
    try:
        outcome = machine.choose_outcome(or_endless)
    finally:
        machine.active[key] -= 1
        machine.depth -= 1
    if outcome.kind is RAISE:
        assert outcome.value is not None
        raise Raised(outcome.value)
    if outcome.kind is ENDLESS:
        machine.lose("endless generators")
        for argument in (function, *arguments, *keywords.values()):
            escape.leak(machine, argument)
        machine.may_raise(None)
        return False
    return True


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
        # Many: what is yielded more than once is seen twice, as a value like the others.
        rest = list(found.items[MAX_UNROLL:]) + ([found.rest] if found.rest is not None else [])
        element = sequences.join_elements(machine, rest) or NONE
        if machine.choose(2) == 0:
            hook(element)
        else:
            machine.state.widened = True
            machine.lose("yield from something long")
            hook(machine.unknown(element.place))
            hook(machine.unknown(element.place))


# -- comprehensions --------------------------------------------------------------------------------------------------


def comprehend(machine: Machine, node: Any, frame: Frame) -> Value:
    """A list, set or dict comprehension, or a generator expression (run at once)."""
    place = machine.place(node, frame)
    scope = ScopeObject()
    id = machine.new(scope).id
    names: set[str] = set()
    clause: Any = node.for_in
    while clause is not None:
        names.update(bound_names(clause.target))
        clause = clause.inner_for_in
    scopes = frame.scopes
    if not frame.is_class and frame.scope != frame.module:
        scopes = (frame.scope, *frame.scopes)
    inner = Frame(
        frame.info,
        id,
        scopes,
        frame.module,
        frame.source,
        frame.chain,
        frame.function,
        frame.receiver,
        names=names,
        outer=frame,
    )
    if isinstance(node, cst.DictComp):
        made = machine.new(DictObject(place))
    else:
        made = machine.new(ListObject([], place, "set" if isinstance(node, cst.SetComp) else "list"))
    _clause(machine, node, node.for_in, made, inner, frame, True)
    if isinstance(node, cst.GeneratorExp):
        thing = machine.object(made)
        assert isinstance(thing, ListObject)
        rest = machine.unknown(place) if thing.leaked else thing.rest
        iterator = IteratorObject("generator", tuple(thing.items), rest, place=place)
        iterator.watched = inner.watched
        return machine.new(iterator)
    return made


def _clause(
    machine: Machine, node: Any, clause: cst.CompFor, made: Ref, inner: Frame, frame: Frame, sure: bool
) -> None:
    from lambdalint.interpreter.evaluate import evaluate

    outermost = clause is node.for_in
    value = evaluate(machine, clause.iter, frame if outermost else inner)
    inner.watched = (*inner.watched, *watch(machine, value))
    found = elements(machine, value, clause.iter, frame)
    items, rest = found.items, found.rest
    if len(items) > MAX_UNROLL * 4:
        rest = sequences.join_elements(machine, [*items, *([rest] if rest is not None else [])])
        items = ()
    for item in items:
        machine.step()
        _round(machine, node, clause, item, made, inner, sure)
    if rest is not None:
        _round(machine, node, clause, rest, made, inner, False)


def _round(machine: Machine, node: Any, clause: cst.CompFor, item: Value, made: Ref, inner: Frame, sure: bool) -> None:
    """One element through the conditions. Where a condition is not known, the element may be left out; inside, the
    condition holds, and what it taught is forgotten afterwards."""
    from lambdalint.interpreter.assignment import assign

    facts = dict(machine.state.facts)
    many = machine.made_choices() if not sure else None
    if not sure and type(item) is Sym and isinstance(item.id, int):
        # One of many: a symbol of its own for this round.
        item = machine.unknown(
            item.place, item.kind, options=item.options, event=item.event, json=item.json, role=item.role
        )
    try:
        assign(machine, clause.target, item, clause, inner)
        _through(machine, node, clause, made, inner, sure, facts, many)
    except Dead:
        machine.state.facts = facts
    except Raised as raised:
        if sure:
            raise
        _perhaps(machine, raised)
        machine.state.facts = _without(facts, machine.state.facts)


def _perhaps(machine: Machine, raised: Raised) -> None:
    """What an element raises that may not be there, may be raised."""
    kind = kind_of(machine, raised.value)
    machine.may_raise((kind,) if kind is not None else None)


def _through(
    machine: Machine,
    node: Any,
    clause: cst.CompFor,
    made: Ref,
    inner: Frame,
    sure: bool,
    facts: dict[Any, Any],
    many: int | None,
) -> None:
    """One element, assigned, through the conditions and into what is being made."""
    from lambdalint.interpreter.conditions import as_condition
    from lambdalint.interpreter.evaluate import evaluate

    forget = not sure
    for condition in clause.ifs:
        value = as_condition(machine, evaluate(machine, condition.test, inner), condition, inner)
        decided = decide(machine, value)
        if decided is False:
            if forget:
                machine.state.facts = facts
            return
        if decided is None:
            sure, forget = False, True
            machine.hypothetical = True
            try:
                assume(machine, value, True)
            finally:
                machine.hypothetical = False
    try:
        if clause.inner_for_in is not None:
            _clause(machine, node, clause.inner_for_in, made, inner, inner, sure)
        else:
            _collect(machine, node, made, inner, sure, many)
    except Raised as raised:
        if sure:
            raise
        _perhaps(machine, raised)
    if forget:
        machine.state.facts = _without(facts, machine.state.facts)


def _without(before: dict[Any, Any], after: dict[Any, Any]) -> dict[Any, Any]:
    """The facts as they were, with what was learnt of symbols that turned into heap objects kept."""
    kept = dict(before)
    for key, fact in after.items():
        if key not in before and fact.value is not None and type(fact.value) is Ref:
            kept[key] = fact
    return kept


def exactly_one(machine: Machine, many: int | None, value: Value) -> tuple[Value, bool]:
    """What stands for each of many elements, where getting it needed choices: each element makes its own. The paths
    on which there is one element are followed as they are; all others as one on which nothing is known of them.

    In: how many choices had been made before. Out: the value, and whether there is surely one such element.
    """
    if many is None or machine.made_choices() == many:
        return value, False
    if machine.choose(2) == 0:
        return value, True
    machine.state.widened = True
    escape.leak(machine, value)
    return machine.unknown(value.place), False


def _collect(machine: Machine, node: Any, made: Ref, inner: Frame, sure: bool, many: int | None) -> None:
    from lambdalint.interpreter.containers import append, append_many
    from lambdalint.interpreter.evaluate import evaluate

    if isinstance(node, cst.DictComp):
        key = evaluate(machine, node.key, inner)
        value = evaluate(machine, node.value, inner)
        value, one = exactly_one(machine, many, value)
        if many is not None and not one and type(machine.state.resolve(key)) is not Sym and machine.state.widened:
            key = machine.unknown(key.place)
        if sure or one:
            items.set_item(machine, made, key, value, node, inner, node.value)
        else:
            _maybe_item(machine, made, key, value, node, inner)
        return
    value = evaluate(machine, node.elt, inner)
    value, one = exactly_one(machine, many, value)
    if sure or one:
        append(machine, made, value, node, inner)
    else:
        thing = machine.object(made)
        if isinstance(thing, ListObject) and thing.type == "set" and sequences.is_unhashable(machine, value):
            machine.may_raise(("TypeError",))
        append_many(machine, made, value)


def _maybe_item(machine: Machine, made: Ref, key: Value, value: Value, node: Any, frame: Frame) -> None:
    """An entry that may be there, under a key that may be any."""
    known, constant = sequences.key_of(machine, key)
    writable = machine.state.write(made.id)
    if known:
        old = writable.items.get(constant)
        joined = value if old is None else sequences.join_elements(machine, [old.value, value]) or value
        from lambdalint.interpreter.state import Item

        machine.state.write(made.id).items[constant] = Item(
            joined, Place(frame.source, node.value), old is not None and old.sure
        )
        return
    if sequences.is_unhashable(machine, key):
        machine.may_raise(("TypeError",))
        return
    if kind_of(machine, key) is None:
        machine.may_raise(("TypeError",))
        writable = machine.state.write(made.id)
    if len(writable.others) < 16:
        writable.others = (*writable.others, (key, value, False))
    else:
        escape.leak(machine, value)
        writable.open = True
