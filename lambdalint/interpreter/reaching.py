"""Which objects lead to which: what a path has made since some time, and what else leads to it.

Where nothing but one container, or one variable, leads to what the rounds of a loop have made, one object may stand for
all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lambdalint.interpreter.heap import ScopeObject
from lambdalint.interpreter.signatures import compared, is_before, leads_on
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import (
    Bound,
    Coroutine,
    Descriptor,
    Function,
    Method,
    Partial,
    Ref,
    Slice,
    Super,
    Sym,
    Tuple,
    Value,
)


class _Reach:
    """The objects from `first_new` on to which something leads in a state. `found`: those that are known to begin
    with, behind which nothing is looked for."""

    def __init__(self, state: State, first_new: int, found: Iterable[int] = ()) -> None:
        self._state = state
        self._first_new = first_new
        self.found = set(found)
        self._queue: list[int] = []

    def value(self, value: Value) -> None:
        """A value leads to what it is, and to what is in it."""
        stack = [value]
        while stack:
            value = stack.pop()
            if type(value) is Sym:
                value = self._state.resolve(value)
            kind = type(value)
            if kind is Ref:
                id: int = value.id  # type: ignore[attr-defined]
                if id >= self._first_new and id not in self.found:
                    self.found.add(id)
                    self._queue.append(id)
            elif kind in _WITHIN:
                stack += [part for part in _WITHIN[kind](value) if part is not None]

    def object(self, id: int) -> None:
        """An object leads to what it holds, whatever the symbols in it have become."""
        for part in compared(self._state.get(id))[2]:
            self.value(part)

    def as_resolved(self, id: int) -> None:
        """The same, with what the symbols in it have become."""
        for part in compared(self._state.get(id))[1]:
            self.value(part)

    def on(self, step: Callable[[int], None], apart: frozenset[int] = frozenset()) -> None:
        """Follow what was found to its end, but for what is `apart`."""
        while self._queue:
            id = self._queue.pop()
            if id not in apart and self._state.holds(id):
                step(id)


def _of_symbol(value: Sym) -> list[Value | None]:
    if value.name is not None:
        return []
    found: list[Value | None] = [*value.options, value.given]
    if value.condition is not None:
        found += [part for part in value.condition if isinstance(part, Value)]
    _remembered(value.known, found)
    return found


def _remembered(known: Any, found: list[Value | None]) -> None:
    """What an object of a library's remembers."""
    if isinstance(known, Value):
        found.append(known)
    elif isinstance(known, tuple):
        for part in known:
            _remembered(part, found)


#: The values in a value that lead on, by its class; None for what it has not.
_WITHIN: dict[type, Callable[[Any], Iterable[Value | None]]] = {
    Sym: _of_symbol,
    Tuple: lambda value: (value.cls, value.rest, *value.items),
    Function: lambda value: (
        Ref(value.memo) if value.memo is not None else None,
        *[Ref(scope) for scope in value.scopes],
        *value.defaults,
        *value.keyword_defaults.values(),
    ),
    Bound: lambda value: (value.function, value.receiver),
    Method: lambda value: (value.receiver,),
    Partial: lambda value: (value.function, *value.arguments, *value.keywords.values()),
    Coroutine: lambda value: (value.function, *value.arguments, *value.keywords.values()),
    Slice: lambda value: (value.lower, value.upper, value.step),
    Descriptor: lambda value: (value.function, value.setter),
    Super: lambda value: (value.receiver,),
}


def reached(state: State, before: State, apart: frozenset[int]) -> frozenset[int]:
    """The objects that are new since `before` to which older ones lead, but for those that are `apart`."""
    reach = _Reach(state, before.next_id)
    for id in state.changes_since(before):
        if id < before.next_id and id not in apart:
            reach.as_resolved(id)
    for key, fact in state.facts.items():
        if type(fact.value) is Ref and is_before(key, before):
            reach.value(fact.value)
    reach.on(reach.as_resolved, apart)
    return frozenset(reach.found)


class Elsewhere:
    """The objects made since a scope was, by what leads to them: what was there before, what the path has learnt, and
    each of the scope's variables."""

    def __init__(self, state: State, scope: int) -> None:
        reach = _Reach(state, scope + 1)
        for id in (*state.base, *state.delta):
            if id < scope and (id >= state.imported or id in state.rewritten):
                reach.object(id)
        for fact in state.facts.values():  # so that what a symbol has become is reached wherever the symbol stands
            if fact.value is not None:
                reach.value(fact.value)
        reach.on(reach.object)
        own = state.get(scope)
        assert isinstance(own, ScopeObject)
        self._known = frozenset(reach.found)
        self._by_name: dict[str, set[int]] = {}
        for name, value in own.names.items():
            if leads_on(value):
                reach = _Reach(state, scope + 1, self._known)
                reach.value(value)
                reach.on(reach.object)
                self._by_name[name] = reach.found

    def than(self, name: str) -> frozenset[int]:
        """Those to which something else leads than one of the variables."""
        return self._known.union(*[found for other, found in self._by_name.items() if other != name])
