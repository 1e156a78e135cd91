"""Context managers: entering and leaving a `with` block."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.calls import call_special
from lambdalint.interpreter.certain import refuses
from lambdalint.interpreter.conditions import truth
from lambdalint.interpreter.coroutines import wait_for
from lambdalint.interpreter.ends import begin
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.generators import run_inline
from lambdalint.interpreter.heap import InstanceObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.paths import NORMAL, RAISE, Outcome
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import NONE, Bound, Const, Function, Method, Partial, Ref, Sym, Value, is_followed

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame

#: What never swallows an exception raised in its block. `contextlib.suppress` does, and so may what is not known.
_SWALLOWERS = ("contextlib.suppress", "pytest.raises")
#: What a function gives that `@contextmanager` has decorated.
_MADE = "contextlib.contextmanager()"
#: What swallows only what something that it holds swallows.
_STACKS = ("contextlib.ExitStack", "contextlib.AsyncExitStack")


def enter(machine: Machine, manager: Value, node: Any, frame: Frame) -> Value:
    """What `with manager as x` binds."""
    manager = machine.state.resolve(manager)
    if type(manager) is Sym and manager.options:
        manager = choose_option(machine, manager)
    for name in ("__enter__", "__aenter__"):
        found = call_special(machine, manager, name, (), node, frame)
        if found is not None:
            if name == "__aenter__":
                return wait_for(machine, found, node, frame)
            return found
    from lambdalint.interpreter.library import entered

    if is_followed(manager):
        return manager
    known = entered(machine, manager, node, frame)
    if known is not None:
        return known
    if refuses(machine, "enter", manager):
        why = f"{said(machine, manager)} is no context manager"
        raise machine.raise_builtin("TypeError", node, frame, why, manager)
    leak(machine, manager)
    machine.may_raise(None)
    return machine.unknown(machine.place(node, frame))


def leave(machine: Machine, manager: Value, outcome: Outcome, node: Any, frame: Frame) -> list[Outcome]:
    """The outcomes of the block, seen from outside."""
    error = outcome.value if outcome.kind is RAISE else None
    left = outcome.value

    def run() -> Value:
        value = machine.state.resolve(manager)
        given = (machine.unknown(), error, machine.unknown()) if error is not None else (NONE, NONE, NONE)
        for name in ("__exit__", "__aexit__"):
            found = call_special(machine, value, name, given, node, frame)
            if found is not None:
                if name == "__aexit__":
                    found = wait_for(machine, found, node, frame)
                return Const(error is not None and truth(machine, found, node, frame))
        from lambdalint.interpreter.library import left_block

        left_block(machine, value, error is not None)
        if error is None or not may_swallow(machine, value):
            return Const(False)
        nonlocal left
        left = _doubted(outcome.value)
        swallowed = machine.choose(2) == 1
        if swallowed and not _surely_swallows(machine, value):
            machine.state.widened = True  # possible, never proved: hardly any manager does
        return Const(swallowed)

    done: list[Outcome] = []
    for last in machine.explore(outcome.state, run, node):
        if last.kind is not NORMAL:
            done.append(last)
        elif last.value.value:  # type: ignore[union-attr]
            begin(last.state, frame.scope, node)
            done.append(Outcome(NORMAL, last.state))
        else:
            done.append(Outcome(outcome.kind, last.state, left, outcome.node))
    return done


def _doubted(error: Value | None) -> Value | None:
    """An exception that the manager round its block may have swallowed: it is not proved that it fails anything."""
    if type(error) is Sym and error.made is not None:
        error = copy(error)
        error.made = None
    return error


def generator_of(machine: Machine, manager: Value) -> tuple[Function, list[Value], dict[str, Value]] | None:
    """The generator function, and its arguments, behind what a `@contextmanager` function returns, or an async one."""
    manager = machine.state.resolve(manager)
    if type(manager) is not Method or manager.name != _MADE:
        return None
    called = manager.receiver
    assert isinstance(called, Partial)
    function, arguments = machine.state.resolve(called.function), list(called.arguments)
    if isinstance(function, Bound):
        arguments = [function.receiver, *arguments]
        function = machine.state.resolve(function.function)
    if type(function) is not Function or not function.info.is_generator:
        return None
    return function, arguments, called.keywords


def run_managed(
    machine: Machine,
    found: tuple[Function, list[Value], dict[str, Value]],
    body: Callable[[State, Value], list[Outcome]],
    state: State,
    node: Any,
    frame: Frame,
) -> list[Outcome]:
    """A `with` block under a generator: what the block raises is raised at the yield; how else it ends waits until
    the generator has ended."""
    done: list[Outcome] = []
    for outcome, ended in run_inline(machine, found, body, state, node, frame, with_block=True):
        if outcome.kind is RAISE or ended is None:  # with no ending, what the block raised was caught
            done.append(outcome if outcome.kind is RAISE else Outcome(NORMAL, outcome.state))
        else:
            done.append(ended)
    return done


def _surely_swallows(machine: Machine, manager: Value) -> bool:
    """Whether a manager is known for swallowing some exceptions."""
    return type(manager) is not Ref and kind_of(machine, manager) in _SWALLOWERS


def may_swallow(machine: Machine, manager: Value) -> bool:
    """Whether an exception that is raised in its block may end there."""
    manager = machine.state.resolve(manager)
    if type(manager) is Ref:
        thing = machine.object(manager)
        return isinstance(thing, InstanceObject)
    kind = kind_of(machine, manager)
    if type(manager) is Method and manager.name == "contextlib.contextmanager()":
        return True
    return kind is None or kind in _SWALLOWERS or kind in _STACKS
