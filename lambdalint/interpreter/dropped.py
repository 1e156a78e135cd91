"""The mappings that a path built and let fall."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import libcst as cst

from lambdalint.finding import Note, Place
from lambdalint.interpreter.draw import draw
from lambdalint.interpreter.heap import DictObject, ScopeObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.shapes import Mapping, Shape
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Ref, Sym, Tuple, Value
from lambdalint.interpreter.walk import children

#: The name under which a scope holds the dict that a statement made and did not keep: `respond(200)`, alone.
LET_GO = "<let go>"


def let_go(state: State, value: Value | None, scope: int, place: Place) -> None:
    """Note that a statement's value was not kept. `place`: the expression that gave it."""
    value = state.resolve(value) if value is not None else None
    if type(value) is Ref and isinstance(state.get(value.id), DictObject):
        holder = state.write(scope)
        assert isinstance(holder, ScopeObject)
        holder.names[LET_GO] = Ref(value.id, value.place, place)


def given_by(state: State, value: Value, place: Place) -> Value:
    """What a variable is to hold of a dict that an expression gave, and that stands elsewhere: a function of the
    project has made it. `place`: the expression."""
    if type(value) is Ref and isinstance(place.node, _GIVING):
        thing = state.get(value.id)
        if isinstance(thing, DictObject) and thing.place is not None and not _is_in(thing.place.node, place.node):
            return Ref(value.id, value.place, place)
    return value


#: Expressions of which the value may have been made elsewhere.
_GIVING = (cst.Call, cst.Await, cst.IfExp, cst.BooleanOperation)


def _is_in(node: object, expression: Any) -> bool:
    stack = [expression]
    while stack:
        part = stack.pop()
        if part is node:
            return True
        stack += children(part)
    return False


def dropped(
    machine: Machine, state: State, first_new: int, given: tuple[Sym, ...], fell: int | None
) -> tuple[Shape, ...]:
    """Dicts with known string keys, allocated since `first_new`, that no other object holds and nobody was given. They
    are the handler's own: its variables held them last, or those of a function that it hands what it was `given`, or of
    the one that `fell` off its end and should have answered for it. What another function makes of the same form may
    be for its own use."""
    held_by = {**state.base, **state.delta}
    candidates = {
        id: thing
        for id, thing in held_by.items()
        if id >= first_new and isinstance(thing, DictObject) and not thing.leaked and not thing.escaped
        and any(isinstance(key, str) for key in thing.items)
    }  # fmt: skip
    if not candidates:
        return ()
    held: set[int] = set()
    own: set[int] = set()
    by: dict[int, Place | None] = {}
    for id, thing in sorted(held_by.items()):  # what has called others before what it has called
        if isinstance(thing, ScopeObject) and id >= first_new:
            # Variables of a call that is over, or about to be.
            names = {value.id for value in thing.names.values() if type(value) is Sym}
            if id == fell or all(value.id in names for value in given):
                # A statement that gives it and no more stands before the one that named it.
                for part in (thing.names.get(LET_GO), *thing.names.values()):
                    if type(part) is Ref:
                        by.setdefault(part.id, part.by)
                    if part is not None:
                        _held(state, part, own)
            continue
        for part in thing.content():
            _held(state, part, held)
    return tuple(_drawn(machine, id, by.get(id)) for id in candidates if id in own and id not in held)


def _drawn(machine: Machine, id: int, by: Place | None) -> Shape:
    """A dict, where it was let fall: at the expression that gave it, if it was made elsewhere."""
    shape = draw(machine, Ref(id))
    if by is None or not isinstance(shape, Mapping) or shape.place is None:
        return shape
    return replace(shape, place=by, way=(Note(shape.place, "made here"), *shape.way))


def _held(state: State, part: Any, held: set[int]) -> None:
    if not isinstance(part, Value):
        return
    part = state.resolve(part)
    if type(part) is Ref:
        held.add(part.id)
    elif type(part) is Tuple:
        for item in part.items:
            _held(state, item, held)
