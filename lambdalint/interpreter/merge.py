"""Where paths meet: states that are equal in what is still read become one again.

Equality is up to names of new objects: what a path allocated is compared by what it holds, reached from what was there
before. What only the past could read - dead variables, garbage - does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from lambdalint.interpreter.ends import meet
from lambdalint.interpreter.heap import Object
from lambdalint.interpreter.machine import BREAK, CONTINUE, NORMAL, RAISE, Frame, Machine, Outcome, _merge_types
from lambdalint.interpreter.replies import SHOWING
from lambdalint.interpreter.state import TOLD, Fact, Member, State, most_shown
from lambdalint.interpreter.values import (
    Bound,
    Const,
    Coroutine,
    Descriptor,
    Failing,
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
    origin,
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

    def object(self, id: int) -> tuple[Any, ...]:
        """What an object holds."""
        thing = self.state.get(id)
        compared = thing.compared
        if compared is None:
            compared = thing.compared = _compared(thing)
        fixed, rest = compared
        return (fixed, *[self.value(part) for part in rest])

    def value(self, value: Value) -> Any:
        kind = type(value)
        if kind is Sym:
            value = self.state.resolve(value)
            kind = type(value)
        if kind is Ref:
            return self.heap(value.id)  # type: ignore[attr-defined]
        if kind is Const:
            return _constant(value)  # type: ignore[arg-type]
        if kind is Sym:
            return self._symbol(value)  # type: ignore[arg-type]
        sign = _PARTS.get(kind)
        return sign(self, value) if sign is not None else id(value)

    def _symbol(self, value: Sym) -> Any:
        if value.name is not None:
            return (value.name, id(origin(value)))
        options = tuple([self.value(option) for option in value.options])
        condition = self.condition(value.condition) if value.condition is not None else None
        given = self.heap(value.given.id) if value.given is not None else None
        known = self.known(value.known)
        return (self.symbol(value.id), value.kind, value.json, value.prefix, options, condition, given, known)

    def known(self, known: Any) -> Any:
        """What an object of the library's remembers."""
        if isinstance(known, Value):
            return self.value(known)
        return tuple([self.known(part) for part in known]) if isinstance(known, tuple) else known

    def condition(self, parts: tuple[Any, ...]) -> tuple[Any, ...]:
        """What deciding a symbol says of others: a new symbol is another one where it says something else."""
        return tuple([self.value(part) if isinstance(part, Value) else part for part in parts])

    def optional(self, value: Value | None) -> Any:
        return None if value is None else self.value(value)

    def several(self, values: Iterable[Value]) -> tuple[Any, ...]:
        return tuple([self.value(value) for value in values])

    def named(self, values: dict[str, Value]) -> tuple[Any, ...]:
        return tuple([(key, self.value(values[key])) for key in sorted(values)])


def is_before(id: Any, before: State) -> bool:
    """Whether a symbol, by its id, or what it was read from, is older than what came after `before`."""
    while not isinstance(id, int):
        if len(id) != 4:
            return True
        id = id[0]
    return id < before.next_id


def reached(state: State, before: State, apart: frozenset[int]) -> frozenset[int]:
    """The objects that are new since `before` to which older ones lead, but for those that are `apart`."""
    signer = _Signer(state, before)
    for id in state.changes_since(before):
        if id < before.next_id and id not in apart:
            signer.object(id)
    for key, fact in state.facts.items():
        if isinstance(fact.value, Ref) and is_before(key, before):
            signer.value(fact.value)
    while signer.queue:
        id = signer.queue.pop()
        if id not in apart and state.holds(id):
            signer.object(id)
    return frozenset(id for id in signer.numbers if id >= before.next_id)


#: How a value is written down that is neither a constant, nor a symbol, nor an object: by its class.
_PARTS: dict[type, Callable[[_Signer, Any], Any]] = {
    Outside: lambda signer, value: ("outside", value.name),
    Tuple: lambda signer, value: (
        "tuple",
        signer.optional(value.cls),
        signer.optional(value.rest),
        *signer.several(value.items),
    ),
    Function: lambda signer, value: (
        id(value.info.node),
        signer.heap(value.memo) if value.memo is not None else None,
        value.owner,
        tuple([signer.heap(scope) for scope in value.scopes]),
        signer.several(value.defaults),
        signer.named(value.keyword_defaults),
    ),
    Bound: lambda signer, value: ("bound", signer.value(value.function), signer.value(value.receiver)),
    Method: lambda signer, value: ("method", value.name, signer.value(value.receiver)),
    Partial: lambda signer, value: (
        "partial",
        signer.value(value.function),
        signer.several(value.arguments),
        signer.named(value.keywords),
    ),
    Coroutine: lambda signer, value: (
        "coroutine",
        signer.value(value.function),
        signer.several(value.arguments),
        signer.named(value.keywords),
    ),
    Slice: lambda signer, value: ("slice", *signer.several((value.lower, value.upper, value.step))),
    Descriptor: lambda signer, value: (
        "descriptor",
        value.kind,
        signer.value(value.function),
        signer.optional(value.setter),
    ),
    Super: lambda signer, value: ("super", value.after, signer.value(value.receiver)),
}


def _constant(value: Const) -> tuple[type, object]:
    held = value.value
    return (type(held), held if held == held else "nan")


class _Fixed:
    """What an object holds that is the same in whatever state it is read, with its hash worked out once."""

    __slots__ = ("hash", "parts")

    def __init__(self, parts: tuple[Any, ...]) -> None:
        self.parts = _hashable(parts)
        self.hash = hash(self.parts)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, _Fixed) and self.hash == other.hash and bool(self.parts == other.parts)


def _compared(thing: Object) -> tuple[_Fixed, tuple[Value, ...]]:
    """The content of an object, apart: what no state can change, and the values that each state reads in its way."""
    fixed: list[Any] = []
    rest: list[Value] = []
    for part in thing.content():
        kind = type(part)
        if kind is Const:
            fixed.append(_constant(part))
        elif kind is Outside:
            fixed.append(("outside", part.name))
        elif kind is Function and not (part.scopes or part.defaults or part.keyword_defaults or part.memo):
            fixed.append((id(part.info.node), part.owner))
        elif isinstance(part, Value):
            fixed.append(_REST)
            rest.append(part)
        else:
            fixed.append(part)
    return _Fixed(tuple(fixed)), tuple(rest)


#: Stands in the fixed part where a value of the rest belongs.
_REST = object()


def _signature(
    state: State, before: State, extra: Any, scope: int | None, live: frozenset[str] | None
) -> tuple[Any, dict[int, int]]:
    """What a state is told apart by, and its new symbols in the order in which they are met: in equal states, those of
    one number are the same."""
    signer = _Signer(state, before)
    first: list[Any] = [state.widened, state.replied, signer.optional(extra)]
    first_new = before.next_id
    for id in sorted([id for id in state.changes_since(before) if id < first_new]):
        if id == scope and live is not None:
            names = state.get(id).names  # type: ignore[attr-defined]
            # A name in angle brackets no code can read: what an except clause caught.
            read = sorted([name for name in names if name in live or name[0] == "<"])
            first.append((id, *[part for name in read for part in (name, signer.value(names[name]))]))
        else:
            first.append((id, signer.object(id)))
    for key, fact in state.facts.items():
        # Whether the event is one that is answered by a call: one path may need to, and another not.
        if type(key) is tuple and len(key) == 4 and key[2] == TOLD and key[3] in SHOWING:
            first.append((signer.symbol(key), fact.truthy))
        # A symbol that became an object: older variables still hold the symbol, so nothing else shows it. What holds a
        # new one is written down above, as what the symbol has become.
        if fact.value is not None and type(fact.value) is Ref and is_before(key, before):
            known = before.facts.get(key)
            if known is None or known.value is not fact.value:
                first.append((signer.symbol(key), signer.value(fact.value)))
    done = 0
    while done < len(signer.queue):
        id = signer.queue[done]
        done += 1
        first.append(signer.object(id))
    return _hashable(tuple(first)), {number: -id for id, number in signer.numbers.items() if id < 0}


def _hashable(signature: Any) -> Any:
    try:
        hash(signature)
    except TypeError:
        return repr(signature)
    return signature


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
    if kept.ends != other.ends:
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
    for state in states:
        key, symbols = _signature(state, before, None, frame.scope, live)
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
    kept: _Kept = {}
    for outcome in outcomes:
        _keep(kept, outcome, before, None, None)
    return [outcome for outcome, _ in kept.values()]


#: Outcomes by what they are told apart by, with their new symbols.
_Kept: TypeAlias = "dict[Any, tuple[Outcome, dict[int, int]]]"


def _keep(kept: _Kept, outcome: Outcome, before: State, scope: int | None, live: Any) -> None:
    value = outcome.value
    unknown = _unknown_error(outcome)
    signature, symbols = _signature(outcome.state, before, None if unknown else value, scope, live)
    node = id(outcome.node) if outcome.kind not in (NORMAL, RAISE, BREAK, CONTINUE) else 0
    if type(value) is Sym and type(value.made) is Failing:  # each operation that fails is told
        node = id(value.made.statement)
    key = (outcome.kind, node, unknown, signature)
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
    types = _merge_types(one.value.condition[1], other.value.condition[1])
    return Sym(one.value.id, None, one.value.place, role="exception", condition=("types", types))


def merge_raised(raised: list[Outcome], before: State, frame: Frame, node: Any, machine: Machine) -> list[Outcome]:
    """The exceptions that leave a try body, those that its clauses cannot tell apart merged."""
    live = None
    body = statements_of(node.body)
    if body and frame.scope != frame.module and not frame.is_class:
        live = frame.info.live_after(body[-1])
    kept: _Kept = {}
    for outcome in raised:
        _keep(kept, outcome, before, frame.scope, live)
    return [outcome for outcome, _ in kept.values()]
