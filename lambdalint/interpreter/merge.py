"""Where paths meet: states that are equal in what is still read become one again; signatures.py tells by what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeAlias

from lambdalint.interpreter.ends import meet
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import BREAK, CONTINUE, NORMAL, RAISE, Frame, Outcome, merge_types
from lambdalint.interpreter.signatures import changed, is_before, outline, signature
from lambdalint.interpreter.state import TOLD, Fact, Member, State, most_shown
from lambdalint.interpreter.values import (
    Const,
    Failing,
    Outside,
    Ref,
    Sym,
    Value,
)
from lambdalint.interpreter.walk import statements_of


def _renamed(facts: dict[Any, Fact], ours: dict[int, int], theirs: dict[int, int]) -> dict[Any, Fact]:
    """The facts of another state, of the symbols as they are called in ours."""
    names = {theirs[number]: id for number, id in ours.items() if theirs.get(number, id) != id}
    if not names:
        return facts

    def renamed(id: Any) -> Any:
        if type(id) is tuple and len(id) == 4:
            return (renamed(id[0]), *id[1:])
        return names.get(id, id) if type(id) is int else id

    taken = set(names.values())
    found = {key: fact for key, fact in facts.items() if key not in taken}
    for key, fact in facts.items():
        if (name := renamed(key)) != key:
            found[name] = fact
    return found


def _absorb(kept: State, other: State, ours: dict[int, int], others: dict[int, int], before: State) -> None:
    """The kept state stands for the other one too: it knows only what both know. `ours`, `others`: their new
    symbols."""
    facts = other.facts = _renamed(other.facts, ours, others)
    meet(kept, other, facts)
    for key, fact in facts.items():
        if key not in kept.facts and _is_missing(key, fact, kept):
            kept.facts[key] = fact
    for key, fact in list(kept.facts.items()):
        theirs = facts.get(key)
        if theirs is fact or theirs == fact or (theirs is None and _is_missing(key, fact, other)):
            continue
        if fact.value is not None and type(fact.value) is Ref:
            continue  # a symbol that became an object; equal in both, or the states would differ
        if theirs is not None and theirs.value is not None and fact.value is not None:
            one, two = fact.value, theirs.value
            if one is two or _is_same(one, two):
                continue  # of its options, both are left with this one, or with the same few
            either = _either(kept, one, two, before)
            if either is not None:
                kept.facts[key] = Fact(value=either)
                continue
        differs = _both_differ(fact, theirs) if theirs is not None else ()
        truthy = _both_truthy(fact, theirs) if theirs is not None else None
        if differs or truthy is not None:
            kept.facts[key] = Fact(truthy=truthy, differs=differs)
        else:
            del kept.facts[key]
    kept.next_id = max(kept.next_id, other.next_id)
    kept.epoch = max(kept.epoch, other.epoch)
    kept.shown = most_shown([kept.shown, other.shown])
    kept.after_except = kept.after_except and other.after_except
    kept.guessed, kept.loose = kept.guessed and other.guessed, kept.loose | other.loose
    kept.doubted = kept.doubted and other.doubted
    kept.missed = kept.missed and other.missed
    kept.caught &= other.caught
    kept.picked |= other.picked
    kept.hidden = kept.hidden if other.hidden is not None else None
    kept.unseen_call = kept.unseen_call or other.unseen_call


def _is_same(one: Value, other: Value) -> bool:
    """Whether two values that a symbol was found to be say the same of it."""
    if type(one) is Const and type(other) is Const:
        return type(one.value) is type(other.value) and bool(one.value == other.value)
    if type(one) is not Sym or type(other) is not Sym:
        return False
    if one.id == other.id:
        return True
    left = len(one.options) == len(other.options) > 0
    return left and all(type(part) is Const and _is_same(part, two) for part, two in zip(one.options, other.options))


def _either(state: State, one: Value, other: Value, before: State) -> Sym | None:
    """What a symbol is that was found to be one value or another, where both are older than what came after `before`.
    Two texts are not told apart any more."""
    if all(type(value) is Const and isinstance(value.value, str) for value in (one, other)):
        return None
    options: list[Value] = []
    for value in (one, other):
        few = value.options if type(value) is Sym and value.kind is None and value.options else (value,)
        options += [part for part in few if not any(part is known or _is_same(part, known) for known in options)]
    if len(options) > _FEW or not all(map(_is_older(before), options)):
        return None
    return Sym(state.fresh(), None, one.place, options=tuple(options))


#: Of how many values a symbol is kept as one of them.
_FEW = 8


def _is_older(before: State) -> Callable[[Value], bool]:
    def older(value: Value) -> bool:
        if type(value) is Sym:
            return not value.options and is_before(value.id, before)
        return type(value) in (Const, Outside) or (type(value) is Ref and value.id < before.next_id)

    return older


def _is_missing(key: Any, fact: Fact, state: State) -> bool:
    """Whether a fact says that something has no such key, and in another state it is empty, which says as much."""
    if not (type(key) is tuple and len(key) == 4 and key[2] == TOLD and _truthy(fact) is False):
        return False
    container = state.facts.get(key[0])
    return container is not None and _truthy(container) is False


def _both_differ(one: Fact, other: Fact) -> tuple[object, ...]:
    """The constants that a symbol is not, whichever of two facts holds."""
    told = dict.fromkeys((*one.differs, *other.differs))
    return tuple(constant for constant in told if _differs(one, constant) and _differs(other, constant))


def _both_truthy(one: Fact, other: Fact) -> bool | None:
    """Whether a symbol is true, if that is so whichever of two facts holds."""
    first, second = _truthy(one), _truthy(other)
    return first if first == second else None


def _truthy(fact: Fact) -> bool | None:
    return bool(fact.value.value) if type(fact.value) is Const else fact.truthy


def _differs(fact: Fact, constant: object) -> bool:
    if any(type(told) is type(constant) and told == constant for told in fact.differs):
        return True
    return type(fact.value) is Const and not isinstance(constant, Member) and bool(fact.value.value != constant)


def merge_equal(states: list[State], before: State, frame: Frame, statement: Any) -> list[State]:
    """States that leave one statement, the equal ones merged."""
    live = None
    if statement is not None and frame.scope != frame.module and not frame.is_class:
        live = frame.info.live_after(statement)
    kept: dict[Any, tuple[State, dict[int, int]]] = {}
    changes = [changed(state, before) for state in states]
    scope = frame.scope if live is not None else None
    outlines = [outline(state, since, scope) for state, since in zip(states, changes)]
    counted = Counter(outlines)
    for index, state in enumerate(states):
        if counted[outlines[index]] == 1:  # most are unlike all others in what is seen at once
            kept[index] = state, {}
            continue
        key, symbols = signature(state, before, changes[index], None, scope, live)
        if key in kept:
            first, ours = kept[key]
            _absorb(first, state, ours, symbols, before)
        else:
            kept[key] = state, symbols
    return [state for state, _ in kept.values()]


def merge_outcomes(outcomes: list[Outcome], before: State, machine: Machine) -> list[Outcome]:
    """Ways in which a call or a block ended, the equal ones merged."""
    if len(outcomes) < 2:
        return outcomes
    return _merged(outcomes, before, None, None)


#: Outcomes by what they are told apart by, with their new symbols.
_Kept: TypeAlias = "dict[Any, tuple[Outcome, dict[int, int]]]"


def _merged(outcomes: list[Outcome], before: State, scope: int | None, live: Any) -> list[Outcome]:
    changes = [changed(one.state, before) for one in outcomes]
    scope = scope if live is not None else None
    outlines = [(one.kind, *outline(one.state, since, scope)) for one, since in zip(outcomes, changes)]
    counted = Counter(outlines)
    kept: _Kept = {}
    for index, outcome in enumerate(outcomes):
        if counted[outlines[index]] == 1:
            kept[index] = outcome, {}
        else:
            _keep(kept, outcome, before, changes[index], scope, live)
    return [outcome for outcome, _ in kept.values()]


def _keep(
    kept: _Kept, outcome: Outcome, before: State, changes: list[int], scope: int | None, live: Any
) -> None:
    value = outcome.value
    unknown = _unknown_error(outcome)
    told, symbols = signature(outcome.state, before, changes, None if unknown else value, scope, live)
    node = id(outcome.node) if outcome.kind not in (NORMAL, RAISE, BREAK, CONTINUE) else 0
    if type(value) is Sym and type(value.made) is Failing:  # each operation that fails is told
        node = id(value.made.statement)
    key = (outcome.kind, node, unknown, told)
    if key not in kept:
        kept[key] = outcome, symbols
        return
    first, ours = kept[key]
    if unknown:
        first.value = _either_error(first, outcome)
    elif type(value) is Const and value.fall is not None:
        if type(first.value) is Const and first.value.fall is not None:
            first.value = Const(None, first.value.place, first.value.fall.with_other(value.fall))
    _absorb(first.state, outcome.state, ours, symbols, before)


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
    types = merge_types(one.value.condition[1], other.value.condition[1])
    return Sym(one.value.id, None, one.value.place, role="exception", condition=("types", types))


def merge_raised(raised: list[Outcome], before: State, frame: Frame, node: Any) -> list[Outcome]:
    """The exceptions that leave a try body, those that its clauses cannot tell apart merged."""
    live = None
    body = statements_of(node.body)
    if body and frame.scope != frame.module and not frame.is_class:
        live = frame.info.live_after(body[-1])
    return _merged(raised, before, frame.scope, live)
