"""Whether a container holds a value, as far as the path knows."""

from __future__ import annotations

from lambdalint.interpreter.equality import decide_equal, never_equal
from lambdalint.interpreter.heap import DictObject, ListObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.other_keys import entry_of, lacks
from lambdalint.interpreter.presence import is_there
from lambdalint.interpreter.values import Const, Ref, Sym, Tuple, Value


def decide_in(machine: Machine, key: Value, container: Value) -> bool | None:
    """Whether a container holds a value, as far as the path knows."""
    state = machine.state
    key, container = state.resolve(key), state.resolve(container)
    if type(container) is Const and type(key) is Const:
        try:
            return bool(key.value in container.value)  # type: ignore[operator]
        except Exception:
            return None
    if type(container) is Sym and type(key) is Const:
        return is_there(machine, container, key.value)
    items, exact = members_of(machine, container)
    if items is None:
        return _decide_key(machine, key, container)
    answers = {decide_equal(machine, key, item) for item in items}
    if True in answers:
        return True
    return False if answers <= {False} and (exact or _is_of_others(machine, key, container)) else None


def _is_of_others(machine: Machine, key: Value, container: Value) -> bool:
    """Whether a constant is of another type than the further elements of a container, of which no number is known."""
    thing = machine.object(container) if type(container) is Ref else container
    rest = thing.rest if isinstance(thing, (ListObject, Tuple)) else None
    rest = machine.state.resolve(rest) if rest is not None else None
    if type(key) is not Const or type(rest) is not Sym or rest.kind is None or rest.options:
        return False
    return never_equal(rest.kind, type(key.value).__name__)


def members_of(machine: Machine, container: Value) -> tuple[tuple[Value, ...] | None, bool]:
    """The elements of a tuple or list, and whether there are no others; None of anything else."""
    if type(container) is Tuple:
        return container.items, container.rest is None
    if type(container) is Ref:
        thing = machine.object(container)
        if isinstance(thing, ListObject) and not thing.leaked:
            return tuple(thing.items), thing.rest is None
    return None, False


def texts_of(machine: Machine, container: Value) -> tuple[str, ...]:
    """The keys of a small dict that are all texts, and are all that it has; empty of anything else."""
    thing = machine.object(container) if type(container) is Ref else None
    if not isinstance(thing, DictObject) or thing.leaked or thing.open or thing.others or len(thing.items) > _FEW:
        return ()
    found = tuple(key for key, item in thing.items.items() if type(key) is str and item.sure)
    return found if len(found) == len(thing.items) else ()


#: Larger dicts are asked for what they have, and what they have not is not kept.
_FEW = 16


def _decide_key(machine: Machine, key: Value, container: Value) -> bool | None:
    if type(container) is not Ref:
        return None
    thing = machine.object(container)
    if not isinstance(thing, DictObject) or thing.leaked:
        return None
    if type(key) is not Const:
        return entry_of(machine, thing, key)[0]
    try:
        item = thing.items.get(key.value)
    except TypeError:
        return None
    if any(type(other) is type(key.value) and other == key.value for other in thing.lacks):
        return False
    if item is not None:
        return True if item.sure else None
    if lacks(machine, thing, key.value):
        return False
    if thing.backing is not None and key.value not in thing.removed:
        return is_there(machine, thing.backing, key.value)
    return None
