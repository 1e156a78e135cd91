"""Operations that fail wherever they are run, and whose exception leaves the handler.

An exception that an operation raises on paper, by what its values are, is kept with the statement that it ends. It
counts where it leaves the handler, and where no path runs that statement to its end: what succeeds on another path may
well be what always happens. Of a path that stands for many it is only known that it fails where it is reached.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import libcst as cst

from lambdalint.interpreter.draw import draw
from lambdalint.interpreter.heap import ClassObject
from lambdalint.interpreter.invocation import Call, Failure, Invocation
from lambdalint.interpreter.paths import RAISE
from lambdalint.interpreter.sendable import GOTTEN, way_there
from lambdalint.interpreter.shapes import Anything, Opaque
from lambdalint.interpreter.values import Failing, Method, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Outcome
    from lambdalint.interpreter.shapes import Shape
    from lambdalint.interpreter.state import State


#: When that happens which only a path shows that stands for many, and may be none of them.
_REACHED = "where this is reached"


def note_failure(
    machine: Machine,
    record: Invocation,
    error: Value | None,
    state: State,
    answered: Shape | None = None,
    dropped: int = 0,
) -> None:
    """Keep an exception that leaves the handler, where an operation raised it; or that a clause for any exception has
    caught, and what the handler answered then, or that it did nothing. `state`: as it was then."""
    if type(error) is not Sym or type(error.made) is not Failing or error.place is None:
        return
    if state.widened and (answered or dropped):
        return
    failing = error.made
    if isinstance(error.place.node, (cst.FunctionDef, cst.Lambda)):  # the runtime's call: LL101 speaks of that
        return
    if failing.about is not None and _is_of_event(failing.about) and not _is_typed(machine, failing.about):
        return  # and of the event
    saved, machine.state = machine.state, state
    about = draw(machine, failing.about) if failing.about is not None else None
    machine.state = saved
    failure = Failure(
        str(error.kind), error.place, failing.why, about, failing.statement, answered, failing.anyhow, failing.where,
        left_out=failing.left_out, loop=failing.loop, dropped=dropped, gotten=_found_where(machine, state, failing),
        sent=(way_there(machine, state) or failing.written) if not answered and not dropped else "",
        receiver=_receiver(state, failing), rule=failing.rule,
    )  # fmt: skip
    if state.widened:
        failure = replace(failure, where=_REACHED, sent="")
    for at, other in enumerate(record.failures):
        if failure.place.node is other.place.node and answered == other.answered:
            if failure.sent and not other.sent:  # of the ways there, one that an event surely takes tells most
                record.failures[at] = failure
            return
    record.failures.append(failure)


def _found_where(machine: Machine, state: State, failing: Failing) -> str:
    """Where something fails that was found under a key which need not be there. Of what a service's answer has, nothing
    else has decided the way; what a `.get` gives and is not its default, is there where it has not been asked for."""
    _, where = machine.gotten.get(id(failing.about), (None, ""))
    return where if where == GOTTEN or not state.doubted else ""


def _receiver(state: State, failing: Failing) -> tuple[int, str] | None:
    """The class of the object on which the method was called that failed, by number and by name."""
    number = failing.receiver
    cls = state.get(number) if number is not None and state.holds(number) else None
    return (number, cls.name) if number is not None and isinstance(cls, ClassObject) else None


def _is_of_event(value: Value) -> bool:
    """Whether a value was read from the event, or is what has no name there, taken for a method of it."""
    value = value.receiver if type(value) is Method else value
    return type(value) is Sym and (value.of_event or value.role in ("event", "context"))


def _is_typed(machine: Machine, value: Value) -> bool:
    """Whether it is known of what type this part of the event is, or of which few: by who sends it, or by a data
    class."""
    if type(value) is not Sym:
        return False
    if value.kind is not None or (value.options and all(_is_typed(machine, option) for option in value.options)):
        return True
    return value.event is not None and "|" in (machine.kind_of_event(value.event) or "")


def note_endless(machine: Machine, node: Any, ended: list[Outcome]) -> None:
    """A loop that nothing ends but exceptions ends by what a service leaves out at last, wherever it is run: that is
    then no less sure than any operation that fails. `ended`: how the loop does."""
    errors = [outcome.value for outcome in ended if outcome.kind is RAISE]
    if len(errors) < len(ended) or not all(map(_is_possible_or_left_out, errors)):
        machine.completed.add(id(node))
        return
    for error in errors:
        if type(error) is Sym and type(error.made) is Failing and error.made.left_out:
            error.made = error.made._replace(loop=node)


def lacks_at_times(outcome: Outcome) -> bool:
    """Whether something ended by what a service leaves out at times."""
    error = outcome.value
    return type(error) is Sym and type(error.made) is Failing and bool(error.made.left_out)


def _is_possible_or_left_out(error: Value | None) -> bool:
    """Whether an exception is one of those that a call may raise, and is not seen to, or tells that something was left
    out."""
    if type(error) is not Sym or error.role != "exception":
        return False
    if type(error.made) is Failing:
        return bool(error.made.left_out)
    return error.condition is not None and error.condition[0] == "types"


def _calls(machine: Machine) -> list[Call]:
    return [*machine.recorder.calls, *machine.recorder.possible_calls]


def _kept(machine: Machine, one: Failure) -> Failure | None:
    """A failure, where it is to be told."""
    others = (call for call in _calls(machine) if not one.rule and one.dropped in call.tries)
    if one.dropped and any(call.name.startswith("boto3.") for call in others):
        return None  # something came of it all the same
    if one.left_out:  # of what a service leaves out where there is nothing: where that ends a loop, or is usual
        if one.loop is not None and id(one.loop) not in machine.completed:
            return replace(one, why=f"{one.why}, and nothing else ends the loop")
        return replace(one, where="then") if one.left_out == "usual" else None
    if id(one.statement) not in machine.completed:
        return one
    if one.gotten and not one.answered:
        return replace(one, where=one.gotten)
    if one.sent:
        return replace(one, where=one.sent)
    number, name = one.receiver or (0, "")
    if name and not one.answered and (id(one.statement), number) not in machine.completed_of:
        return replace(one, where=f"where the object is a `{name}`")
    typed = machine.event_kinds is not None and isinstance(one.about, (Opaque, Anything)) and one.about.event
    return replace(one, where="where it is sent") if typed else None


def keep_certain(machine: Machine, record: Invocation) -> None:
    """Leave only the failures of statements that no path runs to their end; where not all paths are followed, only
    those that no path can save. With the types that the event's sender fixes, those of its fields too that a path may
    not be sent."""
    for state, error in machine.escaping:
        note_failure(machine, record, error, state)
    for state, error, consequence in machine.failing_aside:
        count = len(record.failures)
        note_failure(machine, record, error, state)
        record.failures[count:] = [replace(one, consequence=consequence) for one in record.failures[count:]]
    for state, error, statement in machine.dropped:
        note_failure(machine, record, error, state, dropped=statement)
    kept = [found for found in (_kept(machine, one) for one in record.failures) if found is not None]
    certain = [one for one in kept if machine.complete or one.anyhow or one.where]
    told = {id(one.statement) for one in certain if not _is_of_nothing(one)}
    # What fails with a value fails without one, and the value is what the code is about.
    record.failures = [one for one in certain if not (_is_of_nothing(one) and id(one.statement) in told)]


def _is_of_nothing(failure: Failure) -> bool:
    """Whether an operation fails for want of a value: there is none, or a container lacks it."""
    return failure.why.startswith("`None`") or failure.kind in ("KeyError", "IndexError")
