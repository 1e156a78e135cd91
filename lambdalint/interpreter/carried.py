"""Variables that the rounds of a loop bind anew, each to something that is made of what the round before had:
`state = replace(state, ...)`, `rows = rows + [row]`.

One object stands for what the variable holds at the head of any round, as one stands for each of many that a container
is filled with (summaries.py). So it can be where nothing but the variable leads to what the rounds have made, and to
what was there before: then no other name shows what is done to one of them. What was made since the call began, in
whose frame the loop stands, no expression of a caller holds either; what the frame's own statements go through may
still hold the first of them, of which nothing is known from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from lambdalint.interpreter.heap import ClassObject, InstanceObject, ScopeObject
from lambdalint.interpreter.state import State
from lambdalint.interpreter.summaries import Summary
from lambdalint.interpreter.values import Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.paths import Frame
    from lambdalint.interpreter.widen import Widening

#: What a `with` statement holds on to, whatever its variable is bound to since.
_ENDS = frozenset({"__exit__", "__aexit__"})


class Carrier(NamedTuple):
    """Whose variables may be such: the scope of a frame, by its heap id, and the first id that was free when the loop
    began."""

    scope: int
    entered: int


def carrier_of(frame: Frame, before: State) -> Carrier | None:
    """The carrier of a loop, or of another statement, that begins in a state. A generator's values are held by what
    goes through it."""
    return Carrier(frame.scope, before.next_id) if not (frame.is_class or frame.info.is_generator) else None


def carried(widening: Widening, carrier: Carrier, name: str, found: Sequence[Value | None]) -> Value | None:
    """The object that stands for all that a variable of the carrier holds in the states of a widening; None where they
    hold something else, or something else leads to it."""
    scope = carrier.scope
    then = widening.before.get(scope)
    old = then.names.get(name) if isinstance(then, ScopeObject) else None
    old = widening.before.resolve(old) if old is not None else None
    pairs = [(state, value) for state, value in zip(widening.states, found) if value is not None]
    if len(pairs) < len(found) or widening.hard:
        return None
    if not all(_is_made_since(state, value, scope) for state, value in pairs):
        return None
    elsewhere = {id(state): widening.elsewhere(state, scope).than(name) for state in widening.states}
    if type(old) is not Ref:  # what each of the states has bound it to anew
        return Summary(widening, elsewhere=elsewhere).of(None, pairs)
    if any(old.id in ids for ids in elsewhere.values()):
        return None
    if old.id >= carrier.entered:
        return Summary(widening, elsewhere=elsewhere).of(old, pairs)
    made = Summary(widening, elsewhere=elsewhere, first=old.id).of(None, pairs)
    if made is not None:
        widening.machine.state.write(old.id).leaked = True
    return made


def _is_made_since(state: State, value: Value, scope: int) -> bool:
    value = state.resolve(value)
    if type(value) is Sym and value.options and value.kind is None:
        return all(_is_made_since(state, option, scope) for option in value.options)
    thing = state.get(value.id) if type(value) is Ref and value.id > scope else None
    if thing is None or isinstance(thing, (ScopeObject, ClassObject)):
        return False
    if not isinstance(thing, InstanceObject):
        return True
    cls = state.get(thing.cls)
    return isinstance(cls, ClassObject) and not _ends(state, cls)


def _ends(state: State, cls: ClassObject) -> bool:
    """Whether a class is one of context managers, or of what is not seen."""
    if cls.unseen:
        return True
    bases = [state.get(entry) for entry in cls.order if isinstance(entry, int)]
    return any(isinstance(base, ClassObject) and _ENDS & base.attributes.keys() for base in (cls, *bases))
