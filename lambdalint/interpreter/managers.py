"""Context managers: entering and leaving a `with` block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.access import leak
from lambdalint.interpreter.calls import call_special
from lambdalint.interpreter.conditions import choose_option, truth
from lambdalint.interpreter.machine import NORMAL, RAISE, Outcome
from lambdalint.interpreter.state import InstanceObject
from lambdalint.interpreter.values import NONE, Const, Method, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Frame, Machine

#: What never swallows an exception raised in its block. `contextlib.suppress` does, and so may what is not known.
_SWALLOWERS = ("contextlib.suppress", "pytest.raises", "contextlib.ExitStack", "contextlib.AsyncExitStack")


def enter(machine: Machine, manager: Value, node: Any, frame: Frame) -> Value:
    """What `with manager as x` binds."""
    manager = machine.state.resolve(manager)
    if type(manager) is Sym and manager.options:
        manager = choose_option(machine, manager)
    for name in ("__enter__", "__aenter__"):
        found = call_special(machine, manager, name, (), node, frame)
        if found is not None:
            if name == "__aenter__":
                from lambdalint.interpreter.evaluate import wait_for

                return wait_for(machine, found, node, frame)
            return found
    from lambdalint.interpreter.library import entered

    known = entered(machine, manager, node, frame)
    if known is not None:
        return known
    if type(manager) is Method and manager.name == "contextlib.contextmanager()":
        # What it does before and after its yield is not followed; it may change all that it was given.
        leak(machine, manager.receiver)
        machine.lose("contextmanager functions")
    else:
        leak(machine, manager)
    machine.may_raise(None)
    return machine.unknown(machine.place(node, frame))


def leave(machine: Machine, manager: Value, outcome: Outcome, node: Any, frame: Frame) -> list[Outcome]:
    """The outcomes of the block, seen from outside."""
    error = outcome.value if outcome.kind is RAISE else None

    def run() -> Value:
        value = machine.state.resolve(manager)
        given = (machine.unknown(), error, machine.unknown()) if error is not None else (NONE, NONE, NONE)
        for name in ("__exit__", "__aexit__"):
            found = call_special(machine, value, name, given, node, frame)
            if found is not None:
                if name == "__aexit__":
                    from lambdalint.interpreter.evaluate import wait_for

                    found = wait_for(machine, found, node, frame)
                return Const(error is not None and truth(machine, found, node, frame))
        if error is None or not _may_swallow(machine, value):
            return Const(False)
        return Const(machine.choose(2) == 1)

    done: list[Outcome] = []
    for last in machine.explore(outcome.state, run, node):
        if last.kind is not NORMAL:
            done.append(last)
        elif last.value.value:  # type: ignore[union-attr]
            done.append(Outcome(NORMAL, last.state))
        else:
            done.append(Outcome(outcome.kind, last.state, outcome.value, outcome.node))
    return done


def _may_swallow(machine: Machine, manager: Value) -> bool:
    from lambdalint.interpreter.kinds import kind_of

    if type(manager) is Ref:
        thing = machine.object(manager)
        return isinstance(thing, InstanceObject)
    kind = kind_of(machine, manager)
    return kind is None or kind in _SWALLOWERS
