"""Functions of the project that a library runs in its own time: each is run on paper beside the path at hand.

What such a run did is recorded, and the path goes on as if the library had kept the function: whatever the function can
reach is not known any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.entry import KEPT
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.paths import OutOfSteps
from lambdalint.interpreter.values import Bound, Function, Method, Partial, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Outcome


def run_aside(machine: Machine, run: Callable[[], Value], node: Any, sure: bool = False) -> list[Outcome]:
    """How a call ends that a library makes. `sure`: it surely makes it."""
    complete = machine.complete  # of the paths at hand: those of the call end in it
    machine.unsure += not sure
    try:
        return within_half(machine, lambda: machine.explore(machine.state, run, node))
    finally:
        machine.unsure -= not sure
        machine.complete = complete


def within_half(machine: Machine, run: Callable[[], list[Outcome]]) -> list[Outcome]:
    """The outcomes of a run that may spend half of the steps that are left: what comes after it is followed all the
    same. None where they are not enough."""
    state, depth, kept = machine.state, machine.depth, machine.kept
    machine.kept = kept + (machine.steps - kept) // 2
    try:
        return run()
    except OutOfSteps:
        machine.lose("steps of one call")
        machine.state, machine.depth = state, depth
        return []
    finally:
        machine.kept = kept


@contextmanager
def caught(machine: Machine) -> Iterator[None]:
    """What is run here raises nothing that leaves the library, which runs it for one record of many."""
    names = ("guards", "deferred", "catching", "catching_imports", "catching_names")
    kept = {name: getattr(machine, name) for name in names}
    tries, raises = machine.tries, machine.recorder.raises
    for name in names:
        setattr(machine, name, 0)
    machine.tries = []
    machine.per_record += 1
    try:
        yield
    finally:
        machine.per_record -= 1
        for name, value in kept.items():
            setattr(machine, name, value)
        machine.tries, machine.recorder.raises = tries, raises


def forget(machine: Machine, values: Iterable[Value], were_run: Iterable[Value]) -> None:
    """What a library has in its hands is not known any more. Functions that were run are not what else may call them,
    nor what they call themselves."""
    run = {id(function.info.code) for value in were_run if (function := code_of(machine, value)) is not None}
    later: list[Value] = []
    for value in values:
        function = code_of(machine, value)
        if function is not None and id(function.info.code) in run:
            later.append(value)
        else:
            leak(machine, value)
    escaped = [one for one in machine.escaped if id(one.function.info.code) not in run]
    for value in later:
        leak(machine, value)
    machine.escaped[:] = escaped


def code_of(machine: Machine, value: Value) -> Function | None:
    """The project function that is run where a value is called."""
    value = machine.state.resolve(value)
    while isinstance(value, (Bound, Partial)) or (type(value) is Method and value.name == KEPT):
        value = machine.state.resolve(value.receiver if isinstance(value, Method) else value.function)
    return value if type(value) is Function else None
