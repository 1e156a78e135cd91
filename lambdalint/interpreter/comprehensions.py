"""Comprehensions and generator expressions: the clauses, and what each element adds to the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import libcst as cst

from lambdalint.finding import Place
from lambdalint.interpreter import escape, sequences
from lambdalint.interpreter.assignment import assign
from lambdalint.interpreter.bounds import MAX_RECURSION, MAX_UNROLL
from lambdalint.interpreter.conditions import as_condition
from lambdalint.interpreter.containers import append, append_many
from lambdalint.interpreter.decisions import decide
from lambdalint.interpreter.doubt import doubt, fails_of, later
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.functions import scopes_within
from lambdalint.interpreter.generators import pending, run_inline
from lambdalint.interpreter.gone_through import has_changed, refuse_changed, watch
from lambdalint.interpreter.heap import DictObject, Item, IteratorObject, ListObject, Picked, ScopeObject
from lambdalint.interpreter.item_stores import set_item
from lambdalint.interpreter.iteration import Elements, elements, exactly_one
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.narrowing import assume
from lambdalint.interpreter.paths import NORMAL, RAISE, Dead, Frame, Outcome, Raised
from lambdalint.interpreter.pruning import prune
from lambdalint.interpreter.scopes import bound_names
from lambdalint.interpreter.stand_ins import each_of
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Const, Ref, Sym, Value
from lambdalint.interpreter.walk import EXPRESSIONS, children, on


@on(EXPRESSIONS, cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp)
def comprehension(machine: Machine, node: Any, frame: Frame) -> Value:
    """A list, set or dict comprehension, or a generator expression (run at once)."""
    place = machine.place(node, frame)
    scope = ScopeObject()
    own = machine.new(scope).id
    names: set[str] = set()
    clause: Any = node.for_in
    while clause is not None:
        names.update(bound_names(clause.target))
        clause = clause.inner_for_in
    inner = Frame(
        frame.info,
        own,
        scopes_within(frame),
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
    if not isinstance(node, cst.GeneratorExp):
        _clause(machine, node, node.for_in, made, inner, frame, True)
        return made
    # What it goes through is worked out now, all else when it is consumed.
    if id(node) in machine.consumed:
        machine.consumed.add(id(node.for_in.iter))
    value = machine.state.resolve(evaluate(machine, node.for_in.iter, frame))
    lazy = type(value) is Ref and isinstance(machine.object(value), IteratorObject)
    outermost = (value, None if lazy else elements(machine, value, node.for_in.iter, frame))
    before = machine.state.fork()
    fails: list[tuple[str, ...] | None] = []
    broken: list[Value] = []

    def ahead() -> bool:
        try:
            _clause(machine, node, node.for_in, made, inner, frame, True, outermost)
        except Raised as raised:
            broken.append(raised.value)
            raise
        return True

    whole = later(machine, ahead, fails, node)
    doubt(machine, before, (made.id, own))  # it may never be consumed, or in part
    thing = machine.object(made)
    assert isinstance(thing, ListObject)
    rest = machine.unknown(place) if thing.leaked or whole is None else thing.rest
    iterator = IteratorObject("generator", tuple(thing.items), rest, place=place)
    iterator.watched = inner.watched
    iterator.fails = fails_of(fails)
    iterator.broken = broken[0] if broken else None
    return machine.new(iterator)


class Begun(NamedTuple):
    """How a round for one of many elements begins: the choices that had been made, and the state."""

    choices: int
    state: State


def _clause(
    machine: Machine,
    node: Any,
    clause: cst.CompFor,
    made: Ref,
    inner: Frame,
    frame: Frame,
    sure: bool,
    outermost: tuple[Value, Elements | None] | None = None,
) -> None:
    """One `for`. `outermost`: what the first one goes through, where that has been worked out."""
    if outermost is not None:
        value, found = outermost
    else:
        machine.consumed.add(id(clause.iter))
        value, found = evaluate(machine, clause.iter, frame if clause is node.for_in else inner), None
        if sure and _at_yields(machine, node, clause, value, made, inner, frame):
            return
    watched = watch(machine, value)
    inner.watched = (*inner.watched, *watched)
    found = found if found is not None else elements(machine, value, clause.iter, frame)
    items, rest = found.items, found.rest
    if len(items) > MAX_UNROLL * 4:
        rest = sequences.join_elements(machine, [*items, *([rest] if rest is not None else [])])
        items = ()
    for number, item in enumerate(items, 1):
        machine.step()
        with machine.part(clause, number):
            _round(machine, node, clause, item, made, inner, sure)
        if any(has_changed(machine.state, seen, number) for seen in watched):
            refuse_changed(machine, watched, clause, inner)
            rest = machine.unknown(machine.place(clause.iter, inner))
            break
    if rest is not None:
        before = machine.state.fork()
        _round(machine, node, clause, rest, made, inner, False)
        own: tuple[int, ...] = (made.id, inner.scope)
        if not (items or clause.ifs or machine.guards) and machine.state.changes_since(before):
            own = (*own, *each_of(before, machine.state.resolve(value), rest))
        if doubt(machine, before, own):  # the rounds after the first begin with less
            _round(machine, node, clause, rest, made, inner, False)
        if clause is node.for_in and not items:
            _note_picked(machine, node, before, value, made)


def _note_picked(machine: Machine, node: Any, before: State, value: Value, made: Ref) -> None:
    """A list is made of what another holds, whose length is not known: both are empty, or neither, if each element has
    come into it. `before`: the state in which that was gone through."""
    value = before.resolve(value)
    if type(value) is Ref and all(isinstance(machine.object(one), ListObject) for one in (value, made)):
        every = not node.for_in.ifs and node.for_in.inner_for_in is None
        machine.state.write(made.id).picked_of = Picked(value.id, before.get(value.id).version, every)


def _at_yields(
    machine: Machine, node: Any, clause: cst.CompFor, value: Value, made: Ref, inner: Frame, frame: Frame
) -> bool:
    """Go through a generator of the project that has not begun, with a round at each of its yields: what the two do is
    in the order in which it happens. False: it is none, and nothing is done."""
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    source = thing.source if isinstance(thing, IteratorObject) and not thing.leaked else None
    if source is None or machine.active[id(source[0].info.code)] >= MAX_RECURSION:
        return False
    generator = pending(machine, value)
    assert generator is not None

    anew = not _keeps_names(node)

    def block(state: State, item: Value) -> list[Outcome]:
        found = machine.explore(state, lambda: _round(machine, node, clause, item, made, inner, True), clause)
        for outcome in found if anew else ():  # the next round binds all of its names anew
            outcome.state.write(inner.scope).names.clear()
        return found

    def outcomes() -> list[Outcome]:
        before, at, live, done = machine.state, clause.iter, [], []
        for outcome, ended in run_inline(machine, generator, block, before.fork(), at, frame, with_block=False):
            if ended is not None or outcome.kind is RAISE:
                done.append(ended or outcome)
            else:
                live.append(outcome.state)
        # None of them: it never ends, and neither does the path.
        return [*(Outcome(NORMAL, state) for state in prune(machine, live, before, frame, None)), *done]

    ended = machine.choose_outcome(outcomes)
    if ended.kind is RAISE:
        assert ended.value is not None
        raise Raised(ended.value)
    return True


def _keeps_names(node: Any) -> bool:
    """Whether something in a comprehension may read its names when its round is over."""
    return any(isinstance(part, (cst.Lambda, cst.GeneratorExp)) or _keeps_names(part) for part in children(node))


def _round(machine: Machine, node: Any, clause: cst.CompFor, item: Value, made: Ref, inner: Frame, sure: bool) -> None:
    """One element through the conditions and into what is being made."""
    if sure:
        assign(machine, clause.target, item, clause, inner)
        _through(machine, node, clause, 0, made, inner, True, None)
        return
    if type(item) is Sym and isinstance(item.id, int):
        # One of many: a symbol of its own for this round.
        one = machine.unknown(
            item.place, item.kind, options=item.options, event=item.event, json=item.json, role=item.role
        )
        one.given, one.told, one.known = item.given, item.told, item.known
        item = one
    many = Begun(machine.made_choices(), machine.state.fork())

    def round() -> None:
        assign(machine, clause.target, item, clause, inner)
        _through(machine, node, clause, 0, made, inner, False, many)

    _perhaps(machine, round, node)


def _perhaps(machine: Machine, action: Callable[[], None], part: Any) -> None:
    """Do what may not be done: what it raises may be raised, and what it taught is forgotten. `part`: the part of the
    code that is done, a statement of its own."""
    before, facts = machine.state.fork(), dict(machine.state.facts)
    statement, machine.statement = machine.statement, part
    try:
        action()
        machine.completed.add(id(part))
    except Dead:
        machine.state = before
        return
    except Raised as raised:
        error = machine.state.resolve(raised.value)
        kind = kind_of(machine, error)
        if type(error) is Ref:
            machine.may_raise_object(error)
        else:
            machine.may_raise((kind,) if kind is not None else None)
        if not (machine.guards or machine.per_record or before.widened):
            machine.escaping.append((machine.state.fork(), raised.value))
    finally:
        machine.statement = statement
    machine.state.facts = _without(facts, machine.state.facts)


def _through(
    machine: Machine,
    node: Any,
    clause: cst.CompFor,
    passed: int,
    made: Ref,
    inner: Frame,
    sure: bool,
    many: Begun | None,
) -> None:
    """One element, assigned, through the conditions after those that it has passed. Where one is not known, the element
    may be left out; further in, the condition holds."""
    conditions = [part for one in clause.ifs for part in _parts(one.test)]
    for index in range(passed, len(conditions)):
        condition = conditions[index]
        value = as_condition(machine, evaluate(machine, condition, inner), condition, inner)
        decided = decide(machine, value)
        if decided is False:
            return
        if decided is None:

            def held(value: Value = value, passed: int = index + 1) -> None:
                machine.hypothetical = True
                try:
                    assume(machine, value, True)
                finally:
                    machine.hypothetical = False
                _through(machine, node, clause, passed, made, inner, False, many)

            before = machine.state.fork()
            _perhaps(machine, held, condition)
            if sure:  # else the round itself is in doubt
                doubt(machine, before, (made.id, inner.scope))
            return
    if clause.inner_for_in is not None:
        _clause(machine, node, clause.inner_for_in, made, inner, inner, sure)
    else:
        _collect(machine, node, made, inner, sure, many)


def _parts(test: Any) -> list[Any]:
    """What a condition asks for, one after the other: `a and b` is two of them."""
    if isinstance(test, cst.BooleanOperation) and isinstance(test.operator, cst.And):
        return [*_parts(test.left), *_parts(test.right)]
    return [test]


def _without(before: dict[Any, Any], after: dict[Any, Any]) -> dict[Any, Any]:
    """The facts as they were, with what was learnt of symbols that turned into heap objects kept."""
    kept = dict(before)
    for key, fact in after.items():
        if key not in before and fact.value is not None and type(fact.value) is Ref:
            kept[key] = fact
    return kept


def _exactly_one(machine: Machine, many: Begun | None, value: Value, made: Ref, inner: Frame) -> tuple[Value, bool]:
    if many is None:
        return value, False
    changed = [id for id in machine.state.changes_since(many.state) if id < many.state.next_id]
    quiet = machine.state.epoch == many.state.epoch and set(changed) <= {made.id, inner.scope}
    return exactly_one(machine, many.choices, value, quiet, many.state.next_id)


def _collect(machine: Machine, node: Any, made: Ref, inner: Frame, sure: bool, many: Begun | None) -> None:
    if isinstance(node, cst.DictComp):
        key = evaluate(machine, node.key, inner)
        value = _as_learnt(machine, evaluate(machine, node.value, inner))
        chosen = many is not None and machine.made_choices() != many.choices
        value, one = _exactly_one(machine, many, value, made, inner)
        if chosen and not one and not (machine.state.widened and type(machine.state.resolve(key)) is Sym):
            key = machine.unknown(key.place)
        if sure or one:
            set_item(machine, made, key, value, node, inner, node.value)
        else:
            _maybe_item(machine, made, key, value, node, inner)
        return
    value = _as_learnt(machine, evaluate(machine, node.elt, inner))
    value, one = _exactly_one(machine, many, value, made, inner)
    if sure or one:
        append(machine, made, value, node, inner)
    else:
        thing = machine.object(made)
        if isinstance(thing, ListObject) and thing.type == "set" and sequences.is_unhashable(machine, value):
            machine.may_raise(("TypeError",))
        append_many(machine, made, value)


def _as_learnt(machine: Machine, value: Value) -> Value:
    """An element as this round has found it to be - `x if isinstance(x, str) else str(x)` - since what the round has
    learnt is forgotten behind it. A part of the event of which it was asked what it is no longer is any such part."""
    known = machine.state.resolve(value)
    if type(known) is not Sym:
        return known if type(known) is Const and type(value) is Sym and value.options else value
    if known.event is not None and machine.state.fact(known).not_kinds:
        return machine.unknown(known.place)
    return known


def _maybe_item(machine: Machine, made: Ref, key: Value, value: Value, node: Any, frame: Frame) -> None:
    """An entry that may be there, under a key that may be any."""
    known, constant = sequences.key_of(machine, key)
    writable = machine.state.write(made.id)
    if known:
        old = writable.items.get(constant)
        joined = value if old is None else sequences.join_elements(machine, [old.value, value]) or value
        sure = old is not None and old.sure
        machine.state.write(made.id).put(constant, Item(joined, Place(frame.source, node.value), sure))
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
