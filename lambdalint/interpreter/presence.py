"""Whether a key is there in something that is not seen: what the path was told of it, and what it has read.

A path is told by a test (`if "p" in event`, `if event.get("p")`): the code has said which events it is for, so what is
told belongs to what the path asks of the event (event_facts.py). A read that goes on (`event["p"]`) shows as much of
the key and nothing of what the code meant.
"""

from __future__ import annotations

from lambdalint.interpreter.kinds import is_subclass
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.orderings import decide_order
from lambdalint.interpreter.shapes import JSON_BODY
from lambdalint.interpreter.state import READ, TOLD, State
from lambdalint.interpreter.values import Const, Sym, boolean
from lambdalint.interpreter.world import Lack


def is_there(machine: Machine, container: Sym, key: object) -> bool | None:
    """Whether the container has this key, as far as the path knows."""
    told = machine.state.fact(machine.child(container, TOLD, key, "bool", None)).truthy
    if told is None and is_never_sent(machine, container, key):
        return False
    if told is None and machine.state.fact(machine.child(container, READ, key, "bool", None)).truthy:
        return True
    return told


def is_never_sent(machine: Machine, container: Sym, key: object) -> bool:
    """Whether the event's source leaves a key out, as it is set up, and nobody may have put it there."""
    if machine.event_kinds is None or container.event is None or not isinstance(key, str):
        return False
    path = (*container.event, key)
    return container.role == "event" and machine.event_kinds.never(path) and not machine.state.times_shown(path)


def lacking(machine: Machine, container: Sym, key: object) -> str:
    """What another key is on this path, by which the event's source leaves this one out; "" where this one is there, or
    that is not known."""
    if machine.event_kinds is None or container.event is None or not isinstance(key, str):
        return ""
    path = (*container.event, key)
    if machine.kind_of_event(path) is None:
        return ""
    for lack in machine.event_kinds.lacks(path):
        holder = _holder(container, len(container.event) - lack.steps)
        what = _met(machine, machine.child(holder, "item", lack.key, None, None), lack) if holder is not None else ""
        if what:
            return f"`{lack.key}` {what}"
    return ""


def _holder(container: Sym, steps: int) -> Sym | None:
    """What holds a part of the event, some steps up."""
    for _ in range(steps):
        if container.parent is None or container.parent[1] != "item":
            return None
        container = container.parent[0]
    return container


def _met(machine: Machine, decides: Sym, lack: Lack) -> str:
    """What the key that decides is on this path, where it is one of those for which a field is missing."""
    value = machine.state.resolve(decides)
    if type(value) is Const and isinstance(value.value, str):
        known = value.value
        return f"is `{known}`" if known in lack.texts or known.startswith(lack.beginnings or ("\0",)) else ""
    left = lack.words.difference(machine.state.fact(decides).differs)
    if left and left <= lack.texts:
        return f"is `{'` or `'.join(sorted(map(str, left)))}`"
    for id, fact in machine.state.facts.items() if lack.beginnings else ():
        if type(id) is tuple and id[0] == decides.id and id[2] == "method" and fact.truthy:
            method, text = id[3]
            if method == "startswith" and str(text).startswith(lack.beginnings):
                return f"begins with `{text}`"
    return ""


def was_told(machine: Machine, container: Sym, key: object, there: bool, state: State | None = None) -> None:
    """The code asked, and goes on where the key is there, or is not. `state`: another than the one at hand."""
    state = state if state is not None else machine.state
    state.learn(machine.child(container, TOLD, key, "bool", None), truthy=there, value=boolean(there))
    if there and container.role == "event":
        state.learn(container, truthy=True)


def was_read(machine: Machine, container: Sym, key: object) -> None:
    """The code read the item and goes on. Only a text is a key for certain: a number may count the items of a list."""
    if isinstance(key, str) and (container.json or container.role == "event"):
        machine.state.learn(machine.child(container, READ, key, "bool", None), truthy=True)


def may_lack(machine: Machine, container: Sym, key: object) -> None:
    """A key that is just read may not be there, nor what holds it be a dict: where that exception goes, the key is
    known to be missing."""
    if not machine.guards:
        machine.recorder.raises = True
        return
    without = machine.state.fork()
    was_told(machine, container, key, False, without)
    without.missed = True
    machine.raising.append((without, ("KeyError", "TypeError", "IndexError")))


def may_not_iterate(machine: Machine, value: Sym) -> None:
    """What is gone through may be no list: of the event, it may not be there."""
    if not value.of_event or not machine.guards:
        machine.may_raise(("TypeError",) if value.json else None)
        return
    without = machine.state.fork()
    without.missed = True
    machine.raising.append((without, ("TypeError",) if value.json else None))


def unasked(machine: Machine, value: Sym) -> frozenset[str]:
    """What the path has not learnt of a part of the event, of `shapes.UNASKED`. Nothing is said once code that is not
    seen had that part: it may have asked, or changed it; but whether it is a dict."""
    fact = machine.state.fact(value)
    kind = value.kind or fact.kind
    found = set()
    if kind in (None, "dict") and not any(is_subclass("dict", name) for name in fact.not_kinds):
        found.add("dict")
    if machine.state.times_shown(value.event):
        return frozenset(found)
    if kind is None and not fact.truthy and not fact.not_none and "str" not in fact.not_kinds:
        found.add("null")
        if value.parent is not None and value.parent[1] == "get" and not is_there(machine, *_source(value)):
            found.add("missing")
        if value.parent is not None and value.parent[1] == JSON_BODY:
            found.add("missing")
    if kind in (None, "str") and "str" not in fact.not_kinds:
        found.add("text")
    return frozenset(found)


def _is_filled(machine: Machine, container: Sym) -> bool:
    """Whether the path has learnt that there is an element."""
    length = machine.state.resolve(machine.child(container, "length", None, "int", None))
    if type(length) is Const:
        return bool(length.value)
    return bool(machine.state.fact(container).truthy) or decide_order(machine, "ge", length, Const(1)) is True


def unasked_read(machine: Machine, container: Sym, key: object) -> frozenset[str]:
    """The same of a read: of what is read from, and of the key."""
    found = unasked(machine, container)
    if type(key) is int and not machine.state.times_shown(container.event) and not _is_filled(machine, container):
        found |= {"empty"}
    if machine.state.times_shown(container.event) or is_there(machine, container, key):
        return found
    return found | {"key"}


def _source(value: Sym) -> tuple[Sym, object]:
    assert value.parent is not None
    return value.parent[0], value.parent[2]
