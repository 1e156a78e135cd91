"""Operations that fail wherever they are run, and whose exception leaves the handler.

An exception that an operation raises on paper, by what its values are, is kept with the statement that it ends. It
counts where it leaves the handler on a path that is followed exactly, and where no path runs that statement to its end:
what succeeds on another path may well be what always happens.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import libcst as cst

from lambdalint.interpreter.draw import draw
from lambdalint.interpreter.invocation import Failure, Invocation
from lambdalint.interpreter.shapes import Opaque
from lambdalint.interpreter.values import Failing, Method, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.shapes import Shape
    from lambdalint.interpreter.state import State


def note_failure(
    machine: Machine, record: Invocation, error: Value | None, state: State, answered: Shape | None = None
) -> None:
    """Keep an exception that leaves the handler, where an operation raised it; or that a clause for any exception has
    caught, and what the handler answered then. `state`: as it was then."""
    if type(error) is not Sym or type(error.made) is not Failing or error.place is None or state.widened:
        return
    failing = error.made
    if isinstance(error.place.node, (cst.FunctionDef, cst.Lambda)):  # the runtime's call: LL101 speaks of that
        return
    if failing.about is not None and _is_of_event(failing.about) and not _is_typed(failing.about):
        return  # and of the event
    saved, machine.state = machine.state, state
    about = draw(machine, failing.about) if failing.about is not None else None
    machine.state = saved
    failure = Failure(
        str(error.kind), error.place, failing.why, about, failing.statement, answered, failing.anyhow, failing.where
    )
    if all(failure.place.node is not other.place.node or answered != other.answered for other in record.failures):
        record.failures.append(failure)


def _is_of_event(value: Value) -> bool:
    """Whether a value was read from the event, or is what has no name there, taken for a method of it."""
    value = value.receiver if type(value) is Method else value
    return type(value) is Sym and (value.of_event or value.role in ("event", "context"))


def _is_typed(value: Value) -> bool:
    """Whether it is known of what type this part of the event is: by who sends it, or by a data class."""
    return type(value) is Sym and value.kind is not None


def keep_certain(machine: Machine, record: Invocation) -> None:
    """Leave only the failures of statements that no path runs to their end; where not all paths are followed, only
    those that no path can save. With the types that the event's sender fixes, those of its fields too that a path may
    not be sent."""
    for state, error in machine.escaping:
        note_failure(machine, record, error, state)
    typed = machine.event_kinds is not None
    kept = [
        one if id(one.statement) not in machine.completed else replace(one, where="where it is sent")
        for one in record.failures
        if id(one.statement) not in machine.completed or (typed and isinstance(one.about, Opaque) and one.about.event)
    ]
    certain = [one for one in kept if machine.complete or one.anyhow or one.where]
    told = {id(one.statement) for one in certain if not one.why.startswith("`None`")}
    # What fails with a value fails without one, and the value is what the code is about.
    record.failures = [one for one in certain if not (one.why.startswith("`None`") and id(one.statement) in told)]
