"""What code did that may not have run, or may have run many times: whatever it changed is not known afterwards.

Comprehensions over elements that may not be there, and generator expressions that may never be consumed, are followed
in one state: their effects on what was there before are possible and never sure. What they raise is raised where they
are consumed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, DictObject, ScopeObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import MODULES, Machine
from lambdalint.interpreter.paths import Raised
from lambdalint.interpreter.sequences import alike
from lambdalint.interpreter.signatures import is_before
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Ref, Value

T = TypeVar("T")


def doubt(machine: Machine, before: State, own: tuple[int, ...]) -> bool:
    """Loosen what has changed since `before`, a fork of the state at hand, except for the objects `own`. Out: whether
    anything had."""
    state = machine.state
    changed = False
    for id in state.changes_since(before):
        if id >= before.next_id or id in own or id == MODULES:
            continue
        thing, then = state.get(id), before.get(id)
        if isinstance(thing, ScopeObject) and isinstance(then, ScopeObject):
            changed |= _names(machine, id, then.names, thing.names)
        elif isinstance(thing, ClassObject) and isinstance(then, ClassObject):
            changed |= _names(machine, id, then.attributes, thing.attributes)
        elif isinstance(thing, DictObject) and isinstance(then, DictObject) and _only_learnt(thing, then):
            state.delta[id] = then  # what was learnt holds for the one element that was asked
        elif not then.leaked and not _alike(thing.content(), then.content()):
            changed = True
            leak(machine, Ref(id))
    for key, fact in list(state.facts.items()):
        # Something read from JSON that was written to: an object of the heap since then.
        if key in before.facts or not is_before(key, before):
            continue
        if type(fact.value) is Ref and fact.value.id >= before.next_id:
            changed = True
            leak(machine, fact.value)
    return changed


def later(machine: Machine, step: Callable[[], T], fails: list[tuple[str, ...] | None], node: Any = None) -> T | None:
    """Do now what is done when the iterator is consumed: what it raises, or may raise, goes into `fails`. None where it
    raises. `node`: the expression, which may be one that is consumed at once."""
    sure = id(node) in machine.consumed
    raising, machine.raising = machine.raising, []
    machine.guards += 1
    machine.deferred += sure
    try:
        return step()
    except Raised as raised:
        error = machine.state.resolve(raised.value)
        kind = kind_of(machine, error)
        if type(error) is Ref:
            machine.may_raise_object(error)
        else:
            fails.append((kind,) if kind is not None else None)
        return None
    finally:
        machine.guards -= 1
        machine.deferred -= sure
        objects = [(state, what) for state, what in machine.raising if isinstance(what, Ref)]
        fails += [what for _, what in machine.raising if not isinstance(what, Ref)]
        if objects and sure and machine.guards:
            raising += objects  # now is when it is consumed
        elif objects:
            fails.append(None)
        machine.raising = raising


def fails_of(fails: Sequence[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    """What an iterator may raise: any of these."""
    return None if None in fails else tuple(dict.fromkeys(name for types in fails for name in types or ()))


def _alike(now: tuple[object, ...], then: tuple[object, ...]) -> bool:
    return len(now) == len(then) and all(alike(a, b) for a, b in zip(now, then))


def _only_learnt(now: DictObject, then: DictObject) -> bool:
    """Whether nothing was written to a dict since, but which keys it has was asked: a key that may be there is, or is
    not."""
    flags = (now.leaked, now.open, now.moves, now.shuffled, now.escaped, now.others)
    if flags != (then.leaked, then.open, then.moves, then.shuffled, then.escaped, then.others):
        return False
    if not alike(now.rest, then.rest) or not all(
        alike(item.value, then.items[key].value) for key, item in now.items.items() if key in then.items
    ):
        return False
    gone, come = then.items.keys() - now.items.keys(), now.items.keys() - then.items.keys()
    return not any(then.items[key].sure for key in gone) and (then.open or not come)


def _names(machine: Machine, id: int, then: dict[str, Value], now: dict[str, Value]) -> bool:
    """Variables or attributes of a class that have other values now."""
    differ = [name for name in {**then, **now} if not alike(then.get(name), now.get(name))]
    for name in differ:
        for value in (then.get(name), now.get(name)):
            if value is not None:
                leak(machine, value)
        loose = machine.unknown(condition=None if name in then and name in now else ("unbound",))
        thing = machine.state.write(id)
        (thing.names if isinstance(thing, ScopeObject) else thing.attributes)[name] = loose
    return bool(differ)
