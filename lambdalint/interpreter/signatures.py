"""By what states are told apart: what each holds beyond a state that all of them come from.

Equality is up to names of new objects: what a path allocated is compared by what it holds, reached from what was there
before. What only the past could read - dead variables, garbage - does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lambdalint.interpreter.heap import Object
from lambdalint.interpreter.replies import SHOWING
from lambdalint.interpreter.state import TOLD, State
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
    origin,
)


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
        fixed, rest, _ = compared(self.state.get(id))
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
        id(value.info.code),
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
    """Something of many parts that does not change, with its hash worked out once: what an object holds that is the
    same in whatever state it is read, or all that a state is told apart by. Of what has no hash its text stands."""

    __slots__ = ("hash", "parts")

    def __init__(self, parts: tuple[Any, ...]) -> None:
        self.parts: Any = parts
        try:
            self.hash = hash(parts)
        except TypeError:
            self.parts = repr(parts)
            self.hash = hash(self.parts)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, _Fixed) and self.hash == other.hash and bool(self.parts == other.parts)


def compared(thing: Object) -> tuple[_Fixed, tuple[Value, ...], tuple[Value, ...]]:
    """The content of an object, apart: what no state can change, and the values that each state reads in its way; of
    these, apart once more, those that may lead to other objects by themselves, whatever a state has learnt. It is
    worked out once, until the object is next written to."""
    found = thing.compared
    if found is None:
        found = thing.compared = _compared(thing)
    return found  # type: ignore[no-any-return]


def _compared(thing: Object) -> tuple[_Fixed, tuple[Value, ...], tuple[Value, ...]]:
    fixed: list[Any] = []
    rest: list[Value] = []
    for part in thing.content():
        kind = type(part)
        if kind is Const:
            fixed.append(_constant(part))
        elif kind is Outside:
            fixed.append(("outside", part.name))
        elif kind is Function and not (part.scopes or part.defaults or part.keyword_defaults or part.memo):
            fixed.append((id(part.info.code), part.owner))
        elif isinstance(part, Value):
            fixed.append(_REST)
            rest.append(part)
        else:
            fixed.append(part)
    return _Fixed(tuple(fixed)), tuple(rest), tuple([part for part in rest if leads_on(part)])


def leads_on(value: Value) -> bool:
    """Whether a value may lead to objects, whatever a state has learnt of it: most symbols lead to none."""
    if type(value) is Sym:
        if value.name is not None:
            return False
        return bool(value.options or value.condition or value.given) or value.known is not None
    return type(value) is not Const and type(value) is not Outside


#: Stands in the fixed part where a value of the rest belongs.
_REST = object()


def changed(state: State, before: State) -> list[int]:
    """The objects that were there in `before`, and are not as they were then, by their heap ids, in order."""
    first_new = before.next_id
    return sorted([id for id in state.changes_since(before) if id < first_new])


def outline(state: State, changes: list[int], scope: int | None) -> tuple[Any, ...]:
    """A part of that by which states are told apart which costs little: those in which it differs are not equal.
    `changes`: what has changed in it since what all of them come from; `scope`: the variables, of which not all
    count."""
    parts: list[Any] = [state.widened, state.replied]
    for id in changes:
        parts.append(id)
        if id != scope:
            parts.append(compared(state.get(id))[0].hash)
    return tuple(parts)


def signature(
    state: State, before: State, changes: list[int], extra: Any, scope: int | None, live: frozenset[str] | None
) -> tuple[Any, dict[int, int]]:
    """What a state is told apart by, and its new symbols in the order in which they are met: in equal states, those of
    one number are the same. `changes`: what has changed in it since `before`."""
    signer = _Signer(state, before)
    first: list[Any] = [state.widened, state.replied, signer.optional(extra)]
    for id in changes:
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
    return _Fixed(tuple(first)), {number: -id for id, number in signer.numbers.items() if id < 0}
