"""Assignment to targets, unpacking and deletion."""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter import attribute_stores, sequences
from lambdalint.interpreter.access import evaluate_slice
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.heap import ListObject, ScopeObject
from lambdalint.interpreter.item_stores import delete_item, set_item
from lambdalint.interpreter.items import get_item
from lambdalint.interpreter.iteration import elements
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.names import store_name
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.values import Const, Sym, Tuple, Value


def assign(machine: Machine, target: Any, value: Value, node: Any, frame: Frame, at: Any = None) -> None:
    """Assign a value to a target. `at` is the expression that gave it.

    Raises:
        Raised: the target refuses it, on paper.
    """
    kind = type(target)
    if kind is cst.Name:
        store_name(machine, target.value, value, frame)
    elif kind is cst.Attribute:
        owner = evaluate(machine, target.value, frame)
        attribute_stores.set_attribute(machine, owner, target.attr.value, value, node, frame)
    elif kind is cst.Subscript:
        owner = evaluate(machine, target.value, frame)
        key = evaluate_slice(machine, target.slice, target, frame)
        set_item(machine, owner, key, value, node, frame, at)
    elif isinstance(target, (cst.Tuple, cst.List)):
        _unpack(machine, target, value, node, frame)
    elif isinstance(target, cst.StarredElement):
        assign(machine, target.value, value, node, frame, at)


def _unpack(machine: Machine, target: Any, value: Value, node: Any, frame: Frame) -> None:
    targets = [element.value for element in target.elements]
    starred = [i for i, element in enumerate(target.elements) if isinstance(element, cst.StarredElement)]
    resolved = machine.state.resolve(value)
    if type(resolved) is Sym and not resolved.options and not starred and resolved.kind is None:
        # Each part is what reading it by its index gives, so that unpacking twice gives the same.
        machine.may_raise(("TypeError", "ValueError") if resolved.json else None)
        for index, part in enumerate(targets):
            child = machine.child(resolved, "part", index, None, machine.place(node, frame))
            assign(machine, part, child, node, frame)
        return
    if type(resolved) is Sym and resolved.role == "event" and starred and _is_let_go(targets[starred[0]], node, frame):
        _unpack_ends(machine, resolved, targets, starred[0], node, frame)
        return
    found = elements(machine, value, node, frame)
    if found.rest is None:
        # A tuple has as many as were written into it, and nobody asks how many: paths that no condition parts know.
        options = resolved.options if type(resolved) is Sym and resolved.options else (resolved,)
        tuples = all(type(machine.state.resolve(one)) is Tuple and one.place is not None for one in options)
        # None at all are what a default has where the event lacks something.
        written = "where it gives as many" if tuples and found.items else ""
        _unpack_known(machine, targets, starred, list(found.items), node, frame, written)
        return
    machine.may_raise(("ValueError",))
    star = starred[0] if starred else None
    place = machine.place(node, frame)
    for part, given in zip(
        targets, sequences.dealt(machine, found.items, found.rest, len(targets), star, place)
    ):
        assign(machine, part, given, node, frame)


def _is_let_go(target: Any, node: Any, frame: Frame) -> bool:
    """Whether the variable behind a star is never read: the others are read by their places, and no element is."""
    name = target.value if isinstance(target, cst.Name) else None
    if name is None or frame.scope == frame.module or frame.is_class or name in frame.info.globals:
        return False
    live = frame.info.live_after(node)
    return live is not None and name not in live


def _unpack_ends(machine: Machine, value: Sym, targets: list[Any], star: int, node: Any, frame: Frame) -> None:
    machine.may_raise(("TypeError", "ValueError"))  # not those of an index
    for index, part in enumerate(targets):
        place = machine.place(node, frame)
        if index == star:
            given: Value = machine.unknown(place, "list")
        else:
            given = get_item(machine, value, Const(index if index < star else index - len(targets), place), node, frame)
        assign(machine, part, given, node, frame)


def _unpack_known(
    machine: Machine, targets: list[Any], starred: list[int], items: list[Value], node: Any, frame: Frame, written: str
) -> None:
    if not starred:
        if len(items) != len(targets):
            why = f"{len(items)} values are unpacked to {len(targets)} names"
            raise machine.raise_builtin("ValueError", node, frame, why, written=written)
        for part, item in zip(targets, items):
            assign(machine, part, item, node, frame)
        return
    star = starred[0]
    after = len(targets) - star - 1
    if len(items) < len(targets) - 1:
        raise machine.raise_builtin("ValueError", node, frame)
    for part, item in zip(targets[:star], items[:star]):
        assign(machine, part, item, node, frame)
    middle = items[star : len(items) - after]
    assign(machine, targets[star], machine.new(ListObject(middle, machine.place(node, frame))), node, frame)
    for part, item in zip(targets[star + 1 :], items[len(items) - after :]):
        assign(machine, part, item, node, frame)


def delete(machine: Machine, target: Any, node: Any, frame: Frame) -> None:
    """`del target`."""
    if isinstance(target, cst.Name):
        name = target.value
        scope = frame.module if name in frame.info.globals else frame.scope
        thing = machine.state.get(scope)
        assert isinstance(thing, ScopeObject)
        if name in thing.names:
            held = thing.names[name]
            if type(held) is Sym and held.condition == ("unbound",):
                machine.may_raise(("UnboundLocalError", "NameError"))
            del machine.state.write(scope).names[name]
        elif name in frame.info.nonlocals:
            for outer in frame.scopes:
                if name in machine.state.get(outer).names:  # type: ignore[attr-defined]
                    del machine.state.write(outer).names[name]
                    return
            raise machine.raise_builtin("NameError", node, frame)
        elif not thing.open:
            local = scope != frame.module and not frame.is_class
            raise machine.raise_builtin("UnboundLocalError" if local else "NameError", node, frame)
    elif isinstance(target, cst.Attribute):
        owner = evaluate(machine, target.value, frame)
        attribute_stores.delete_attribute(machine, owner, target.attr.value, node, frame)
    elif isinstance(target, cst.Subscript):
        owner = evaluate(machine, target.value, frame)
        delete_item(machine, owner, evaluate_slice(machine, target.slice, target, frame), node, frame)
    elif isinstance(target, (cst.Tuple, cst.List)):
        for element in target.elements:
            delete(machine, element.value, node, frame)
