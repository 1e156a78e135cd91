"""The mappings that a path built and let fall."""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.draw import draw
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.shapes import Shape
from lambdalint.interpreter.state import DictObject, ScopeObject, State
from lambdalint.interpreter.values import Ref, Tuple, Value


def dropped(machine: Machine, state: State, first_new: int) -> tuple[Shape, ...]:
    """Dicts with known string keys, allocated since `first_new`, that no other object holds and nobody was given."""
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
    for id, thing in held_by.items():
        if isinstance(thing, ScopeObject) and id >= first_new:
            continue  # a variable of a call that is over, or about to be
        for part in thing.content():
            _held(state, part, held)
    return tuple(draw(machine, Ref(id)) for id in candidates if id not in held)


def _held(state: State, part: Any, held: set[int]) -> None:
    if not isinstance(part, Value):
        return
    part = state.resolve(part)
    if type(part) is Ref:
        held.add(part.id)
    elif type(part) is Tuple:
        for item in part.items:
            _held(state, item, held)
