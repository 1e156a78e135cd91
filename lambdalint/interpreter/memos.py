"""What a cached function (`functools.cache`, `lru_cache`) has answered: it is not run again for the same arguments.

The answers stand in a dict of the heap, so that each path has its own. Where it cannot be told whether there is an
answer, both are followed: the function runs, or it gives what it gave, which is not known then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import DictObject, Item
from lambdalint.interpreter.kinds import said
from lambdalint.interpreter.sequences import is_unhashable, key_of, may_be_unhashable
from lambdalint.interpreter.values import Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame


def answer(
    machine: Machine,
    memo: int,
    arguments: list[Value],
    keywords: dict[str, Value],
    open_arguments: bool,
    run: Callable[[], Value],
    node: Any,
    frame: Frame,
) -> Value:
    """What a call of a cached function gives; `run` runs the function.

    Raises:
        Raised: TypeError for what cannot be hashed, and whatever the function raises.
    """
    given = [*arguments, *keywords.values()]
    for value in given:
        if is_unhashable(machine, value):
            why = f"{said(machine, value)} is no key of a dict, by which a cached function finds its answers"
            raise machine.raise_builtin("TypeError", node, frame, why, value)
    if open_arguments or any(may_be_unhashable(machine, value) for value in given):
        machine.may_raise(("TypeError",))
    key = None if open_arguments else _key(machine, arguments, keywords)
    thing = machine.object(Ref(memo))
    assert isinstance(thing, DictObject)
    empty = not (thing.leaked or thing.items or thing.others)
    if key is not None and not thing.leaked:
        item = thing.items.get(key)
        if item is not None and item.sure:
            return item.value
        if thing.lacks_surely(key):
            return _keep(machine, memo, key, run())
    if empty:
        return _keep(machine, memo, None, run())
    if machine.choose(2) == 1:
        machine.state.widened = True
        leak(machine, Ref(memo))
        return machine.unknown(machine.place(node, frame))
    found = run()
    leak(machine, Ref(memo))
    leak(machine, found)
    return found


def _keep(machine: Machine, memo: int, key: tuple[Any, ...] | None, value: Value) -> Value:
    writable = machine.state.write(memo)
    if key is not None:
        writable.put(key, Item(value, value.place))
    else:
        writable.others = (*writable.others, (machine.unknown(), value, True))
    bound = machine.state.resolve(writable.rest) if writable.rest is not None else None
    limit = getattr(bound, "value", None)
    if isinstance(limit, int) and len(writable.items) + len(writable.others) > limit:  # an older answer is forgotten
        leak(machine, Ref(memo))
    return value


def _key(machine: Machine, arguments: list[Value], keywords: dict[str, Value]) -> tuple[Any, ...] | None:
    """The arguments as functools tells them apart: one int or str by itself is a key of its own."""
    parts: list[Any] = []
    for value in (*arguments, *keywords.values()):
        known, part = key_of(machine, value)
        if not known:
            return None
        parts.append(part)
    if len(parts) == 1 and not keywords and type(parts[0]) in (int, str):
        return ("alone", parts[0])
    return ("together", *parts, *keywords)
