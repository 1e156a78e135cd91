"""What is gone through has to stay what it is: which container that is, and whether it has changed by now."""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter import sequences
from lambdalint.interpreter.heap import DictObject, IteratorObject, ListObject, Watched
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Ref, Sym, Value

#: What has to keep its size while it is gone through, beside dicts.
_OF_ONE_SIZE = frozenset({"set", "frozenset", "collections.deque"})


def source_of(machine: Machine, value: Value) -> int | None:
    """The dict that going through a value goes through, or one that it was taken of: itself, behind its views, and
    behind a list of its keys."""
    value = machine.state.resolve(value)
    if type(value) is not Ref:
        return None
    thing = machine.object(value)
    if isinstance(thing, DictObject):
        return value.id
    if not isinstance(thing, ListObject):
        return None
    return thing.view_of if isinstance(thing.view_of, int) else thing.taken_of


def has_changed(state: State, seen: Watched, done: int = 0) -> bool:
    """Whether a list, set or dict is no longer what it was, or may be: in its length, or in elements beyond the first
    `done`."""
    thing = state.get(seen.id)
    if isinstance(thing, ListObject):
        if thing.leaked or len(thing.items) != seen.length or not sequences.alike(thing.rest, seen.rest):
            return True
        return not all(sequences.alike(now, then) for now, then in zip(thing.items[done:], seen.items[done:]))
    if isinstance(thing, DictObject):
        if thing.leaked or thing.moves != seen.moves:
            return True
        values = [item.value for item in thing.items.values()][done:]
        return not all(sequences.alike(now, then) for now, then in zip(values, seen.items[done:]))
    return False


def shown_by(view_of: int | Sym) -> Value:
    """The dict that a view shows."""
    return view_of if isinstance(view_of, Sym) else Ref(view_of)


#: Between a symbol and another: this is one of its keys, and nothing says which.
KEY = "key of"


def with_keys(machine: Machine, container: Value) -> Value:
    """What has as keys what a container holds: the dict behind `.keys()`, and behind a copy of the keys of what the
    event or JSON holds; any other container as it is."""
    thing = machine.object(container) if type(container) is Ref else None
    if not isinstance(thing, ListObject) or thing.leaked:
        return container
    if thing.type == "dict_keys" and thing.view_of is not None:
        return machine.state.resolve(shown_by(thing.view_of))
    rest = thing.rest
    if type(rest) is Sym and rest.parent is not None and rest.parent[1] == KEY and not thing.items:
        behind = machine.state.resolve(rest.parent[0])
        return behind if behind is rest.parent[0] else container  # what was written to has other keys by now
    return container


def json_behind(machine: Machine, value: Value) -> Sym | None:
    """The dict of JSON that going through a value goes through, itself or behind its views."""
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    if isinstance(thing, ListObject) and isinstance(thing.view_of, Sym):
        value = machine.state.resolve(thing.view_of)
    return (
        value if type(value) is Sym and isinstance(value.id, (int, tuple)) and (value.json or value.of_event) else None
    )


def has_shrunk(state: State, value: Sym | None) -> bool:
    """Whether a dict of JSON has surely lost keys since it was first written to, and got none."""
    known = state.resolve(value) if value is not None else None
    thing = state.get(known.id) if type(known) is Ref else None
    return isinstance(thing, DictObject) and not thing.leaked and thing.is_smaller(0, 0)


def surely_refuses(state: State, seen: Watched) -> bool:
    """Whether the next step through a dict or deque surely raises RuntimeError: it has another size now."""
    thing = state.get(seen.id)
    if seen.beside or thing.leaked:
        return False
    if isinstance(thing, DictObject):
        if thing.is_smaller(seen.moves, seen.gone):
            return True
        exact = not thing.open and not thing.others and all(item.sure for item in thing.items.values())
        return exact and len(thing.items) != seen.length
    if isinstance(thing, ListObject) and thing.type in _OF_ONE_SIZE and thing.rest is None and not seen.rest:
        return len(thing.items) != seen.length
    return False


def may_refuse(state: State, seen: Watched) -> bool:
    """Whether the next step may raise RuntimeError: what is gone through may have another size by now. A list never
    refuses, nor does what `zip` need not ask any more."""
    thing = state.get(seen.id)
    if isinstance(thing, ListObject) and thing.type not in _OF_ONE_SIZE:
        return False
    return has_changed(state, seen)


def refuse_changed(machine: Machine, watched: tuple[Watched, ...], node: Any, frame: Frame) -> None:
    """The next step through something that has changed.

    Raises:
        Raised: RuntimeError, where it is surely refused.
    """
    if any(surely_refuses(machine.state, seen) for seen in watched):
        raise machine.raise_builtin("RuntimeError", node, frame)
    if any(may_refuse(machine.state, seen) for seen in watched):
        machine.may_raise(("RuntimeError",), after_effects=True)


def watch(machine: Machine, *values: Value) -> tuple[Watched, ...]:
    """The containers behind some values, and how long they are now."""
    found: list[Watched] = []
    for value in values:
        value = machine.state.resolve(value)
        thing = machine.object(value) if type(value) is Ref else None
        shows_values = False
        if isinstance(thing, ListObject) and thing.view_of is not None:
            shows_values = thing.type != "dict_keys"
            value = machine.state.resolve(shown_by(thing.view_of))
            thing = machine.object(value) if type(value) is Ref else None
        if isinstance(thing, IteratorObject):
            found += thing.watched
        elif isinstance(thing, ListObject) and not thing.leaked and type(value) is Ref:
            found.append(Watched(value.id, len(thing.items), thing.rest, tuple(thing.items)))
        elif isinstance(thing, DictObject) and not thing.leaked and type(value) is Ref:
            held = tuple([item.value for item in thing.items.values()]) if shows_values else ()
            found.append(Watched(value.id, len(thing.items), items=held, moves=thing.moves, gone=thing.gone))
    return tuple(found)
