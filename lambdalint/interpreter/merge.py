"""Where paths meet: states that are equal in what is still read become one again.

Equality is up to names of new objects: what a path allocated is compared by what it holds, reached from what was there
before. What only the past could read - dead variables, garbage - does not count.
"""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.machine import BREAK, CONTINUE, NORMAL, RAISE, Frame, Machine, Outcome, _merge_types
from lambdalint.interpreter.state import Fact, Member, ScopeObject, State
from lambdalint.interpreter.values import (
    Bound,
    Const,
    Coroutine,
    Descriptor,
    Function,
    Method,
    Outside,
    Partial,
    Ref,
    Slice,
    Super,
    Sym,
    Tuple,
    Value,
)
from lambdalint.interpreter.walk import statements_of


class _Signer:
    """Writes down what a state holds beyond `before`, with new ids numbered in the order in which they are met."""

    def __init__(self, state: State, before: State) -> None:
        self.state = state
        self.first_new = before.next_id
        self.numbers: dict[int, int] = {}
        self.queue: list[int] = []

    def number(self, id: int) -> tuple[str, int]:
        found = self.numbers.get(id)
        if found is None:
            found = self.numbers[id] = len(self.numbers)
            self.queue.append(id)
        return ("new", found)

    def heap(self, id: int) -> tuple[str, int]:
        return ("old", id) if id < self.first_new else self.number(id)

    def symbol(self, id: Any) -> Any:
        if isinstance(id, int):
            if id < self.first_new:
                return id
            found = self.numbers.get(-id)
            if found is None:
                found = self.numbers[-id] = len(self.numbers)
            return ("sym", found)
        if len(id) == 4:
            return (self.symbol(id[0]), *id[1:3], type(id[3]), id[3])
        return id

    def value(self, value: Any) -> Any:
        if not isinstance(value, Value):
            return value
        value = self.state.resolve(value)
        kind = type(value)
        if kind is Const:
            return (type(value.value), value.value if value.value == value.value else "nan")
        if kind is Ref:
            return self.heap(value.id)
        if kind is Sym:
            options = tuple(self.value(option) for option in value.options)
            return (self.symbol(value.id), value.kind, value.json, value.prefix, options)
        if kind is Tuple:
            return ("tuple", *[self.value(item) for item in value.items], self.value(value.rest))
        if kind is Function:
            scopes = tuple(self.heap(scope) for scope in value.scopes)
            return ("function", id(value.info.node), scopes, *[self.value(default) for default in value.defaults])
        if kind is Bound:
            return ("bound", self.value(value.function), self.value(value.receiver))
        if kind is Outside:
            return ("outside", value.name)
        if kind is Method:
            return ("method", value.name, self.value(value.receiver))
        if kind in (Partial, Coroutine):
            named = tuple((key, self.value(value.keywords[key])) for key in sorted(value.keywords))
            return (kind, self.value(value.function), tuple(self.value(a) for a in value.arguments), named)
        if kind is Slice:
            return ("slice", self.value(value.lower), self.value(value.upper), self.value(value.step))
        if kind is Descriptor:
            return ("descriptor", value.kind, self.value(value.function), self.value(value.setter))
        if kind is Super:
            return ("super", value.after, self.value(value.receiver))
        return id(value)


def _signature(state: State, before: State, extra: Any, scope: int | None, live: frozenset[str] | None) -> Any:
    signer = _Signer(state, before)
    first = [state.widened, signer.value(extra)]
    for id in sorted(state.changes_since(before)):
        if id >= before.next_id:
            continue
        thing = state.get(id)
        if id == scope and live is not None and isinstance(thing, ScopeObject):
            content: tuple[Any, ...] = tuple(
                part
                for name in sorted(thing.names)
                if name in live or name[0] == "<"  # names that no code can read: what an except clause caught
                for part in (name, thing.names[name])
            )
        else:
            content = thing.content()
        first.append((id, tuple(signer.value(part) for part in content)))
    for key, fact in state.facts.items():
        # A symbol that became an object: variables still hold the symbol, so nothing else shows it.
        if fact.value is not None and type(fact.value) is Ref:
            known = before.facts.get(key)
            if known is None or known.value is not fact.value:
                first.append((signer.symbol(key), signer.value(fact.value)))
    done = 0
    while done < len(signer.queue):
        id = signer.queue[done]
        done += 1
        first.append(tuple(signer.value(part) for part in state.get(id).content()))
    return tuple(first)


def _hashable(signature: Any) -> Any:
    try:
        hash(signature)
    except TypeError:
        return repr(signature)
    return signature


def _absorb(kept: State, other: State) -> None:
    """The kept state stands for the other one too: it knows only what both know."""
    facts = other.facts
    for key, fact in list(kept.facts.items()):
        theirs = facts.get(key)
        if theirs is fact or theirs == fact:
            continue
        if fact.value is not None and type(fact.value) is Ref:
            continue  # a symbol that became an object; equal in both, or the states would differ
        if theirs is not None and theirs.value is not None and fact.value is not None:
            one, two = fact.value, theirs.value
            if type(one) is Const and type(two) is Const and type(one.value) is type(two.value):
                if one.value == two.value:
                    continue
        differs = _both_differ(fact, theirs) if theirs is not None else ()
        if differs:
            kept.facts[key] = Fact(differs=differs)
        else:
            del kept.facts[key]
    kept.next_id = max(kept.next_id, other.next_id)
    kept.epoch = max(kept.epoch, other.epoch)
    kept.event_epoch = max(kept.event_epoch, other.event_epoch)
    kept.after_except = kept.after_except and other.after_except


def _both_differ(one: Fact, other: Fact) -> tuple[object, ...]:
    """The constants that a symbol is not, whichever of two facts holds."""
    told = dict.fromkeys((*one.differs, *other.differs))
    return tuple(constant for constant in told if _differs(one, constant) and _differs(other, constant))


def _differs(fact: Fact, constant: object) -> bool:
    if any(type(told) is type(constant) and told == constant for told in fact.differs):
        return True
    return type(fact.value) is Const and not isinstance(constant, Member) and bool(fact.value.value != constant)


def merge_equal(states: list[State], before: State, frame: Frame, statement: Any) -> list[State]:
    """States that leave one statement, the equal ones merged."""
    live = None
    if statement is not None and frame.scope != frame.module and not frame.is_class:
        live = frame.info.live_after(statement)
    kept: dict[Any, State] = {}
    for state in states:
        key = _hashable(_signature(state, before, None, frame.scope, live))
        if key in kept:
            _absorb(kept[key], state)
        else:
            kept[key] = state
    return list(kept.values())


def merge_outcomes(outcomes: list[Outcome], before: State, machine: Machine) -> list[Outcome]:
    """Ways in which a call or a block ended, the equal ones merged."""
    if len(outcomes) < 2:
        return outcomes
    kept: dict[Any, Outcome] = {}
    for outcome in outcomes:
        _keep(kept, outcome, before, None, None)
    return list(kept.values())


def _keep(kept: dict[Any, Outcome], outcome: Outcome, before: State, scope: int | None, live: Any) -> None:
    value = outcome.value
    unknown = _unknown_error(outcome)
    signature = _signature(outcome.state, before, None if unknown else value, scope, live)
    node = id(outcome.node) if outcome.kind not in (NORMAL, RAISE, BREAK, CONTINUE) else 0
    key = (outcome.kind, node, unknown, _hashable(signature))
    first = kept.get(key)
    if first is None:
        kept[key] = outcome
        return
    if unknown:
        first.value = _either_error(first, outcome)
    _absorb(first.state, outcome.state)


def _unknown_error(outcome: Outcome) -> bool:
    value = outcome.value
    return (
        outcome.kind is RAISE
        and type(value) is Sym
        and value.condition is not None
        and value.condition[0] == "types"
        and isinstance(value.id, int)
    )


def _either_error(one: Outcome, other: Outcome) -> Sym:
    assert isinstance(one.value, Sym)
    assert isinstance(other.value, Sym)
    assert one.value.condition is not None
    assert other.value.condition is not None
    types = _merge_types(one.value.condition[1], other.value.condition[1])
    return Sym(one.value.id, None, one.value.place, role="exception", condition=("types", types))


def merge_raised(raised: list[Outcome], before: State, frame: Frame, node: Any, machine: Machine) -> list[Outcome]:
    """The exceptions that leave a try body, those that its clauses cannot tell apart merged."""
    live = None
    body = statements_of(node.body)
    if body and frame.scope != frame.module and not frame.is_class:
        live = frame.info.live_after(body[-1])
    kept: dict[Any, Outcome] = {}
    for outcome in raised:
        _keep(kept, outcome, before, frame.scope, live)
    return list(kept.values())
