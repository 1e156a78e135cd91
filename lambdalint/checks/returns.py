"""LL201, LL202, LL204: is there a value on every path, and does the runtime take it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lambdalint.checks.http import CONTRACT_KEYS, covered, failures, judged, names
from lambdalint.checks.mends import mend_of
from lambdalint.checks.registry import rule
from lambdalint.checks.responses import fell_off, is_none, is_response, wrong_body
from lambdalint.checks.serialization import Fault, faults
from lambdalint.checks.serializers import RUNTIME
from lambdalint.checks.way import once, trail
from lambdalint.contracts.callers import Callers, on_path
from lambdalint.contracts.infer import infer
from lambdalint.finding import Change, Mend, Note, Report, Severity
from lambdalint.interpreter.invocation import Invocation, Return
from lambdalint.interpreter.shapes import Mapping


@rule("LL201", "missing-return", Severity.ERROR)
def missing_return(run: Invocation) -> Iterator[Report]:
    """One path returns a value and another falls off the end or returns nothing."""
    if not judged(run):
        return
    answering = [found for found in run.returns if found.how == "value" and not is_none(found.value)]
    callers = infer(run)
    if not answering or not callers.reads_answer:
        return
    yield from once(
        _missing(run, found, answering[0], on_path(callers, found))
        for found in run.returns
        if found.how != "value" or fell_off(run, found, callers)
        if on_path(callers, found).reads_answer
        if (found.provided or found.gave or not covered(run, found.excluded)) and not _dropped(found, callers)
        # Where something else than HTTP calls too, a bare `return` may be meant for it: a warmer, a schedule.
        if not ((found.how == "bare" or found.gave) and callers.http and callers.mixed)
    )


def _missing(run: Invocation, found: Return, answering: Return, callers: Callers) -> Report:
    name = run.handler.name
    notes = [Note(answering.place, "returned here", "the path that answers")]
    refusing = [s for s in callers.web if s.response and s.response.null == "refused"]
    place = found.place
    if found.gave:
        what = f"`{found.gave.rpartition('.')[2]}()` gives None, and this path returns it"
        if found.value.place is not None and found.value.place != place:
            place = found.value.place
            notes.insert(0, Note(found.place, "returned here"))
    elif found.fallen is not None:
        what = f"a path through `{found.fallen.callee}`, whose answer `{name}` returns, falls off its end"
        notes.insert(0, Note(found.fallen.place, "falls off its end"))
    elif found.how == "bare":
        what = "this `return` gives None"
    else:
        caught = ", after an exception was caught," if found.after_except else ""
        what = f"a path through `{name}`{caught} falls off the end"
    # What rules it out that another function falls off its end may stand where its argument was made; and what nothing
    # is known of may never return: `abort(404)`.
    unsure = found.fallen is not None or found.after_unseen
    unsure = unsure or covered(run, found.excluded)  # nothing else may be sent
    severity = Severity.WARNING if unsure or callers.mixed else Severity.ERROR
    needing = [source.contract for source in callers.possible if source.contract and source.contract.null == "refused"]
    if callers.http and not callers.mixed:
        consequence = "the client gets 200 and the text `null`"
        if all(s.response and s.response.null == "unverified" for s in callers.web):
            consequence = f"what {names(callers.web)} makes of null is not published, and may be an error"
            severity = Severity.WARNING
        if refusing:
            consequence = f"{names(refusing)} answers {failures(refusing)}"
    elif needing and callers.certain and len(needing) == len(callers.possible):
        consequence = needing[0].otherwise
    else:
        severity = Severity.WARNING
        consequence = "if the caller reads the answer, it gets null"
    message = f"{what}, while another returns a value: {consequence}"
    return Report(place, message, tuple(notes), "return an answer on this path too", severity)


@rule("LL204", "response-not-returned", Severity.ERROR)
def response_not_returned(run: Invocation) -> Iterator[Report]:
    """An answer is built, and the path ends without returning it."""
    if not judged(run):
        return
    callers = infer(run)
    if callers.http is False:
        return
    yield from once(_not_returned(run, found, callers) for found in run.returns if _dropped(found, callers))


def _dropped(found: Return, callers: Callers) -> Mapping | None:
    """The answer that this path built last and let fall, where it returns none."""
    callers = on_path(callers, found)
    if not is_none(found.value) or callers.http is False:
        return None
    for shape in reversed(found.dropped):
        if isinstance(shape, Mapping) and is_response(shape):
            if callers.http or any(name in CONTRACT_KEYS[1:] for name in shape.names):
                return shape
    return None


def _not_returned(run: Invocation, found: Return, callers: Callers) -> Report:
    shape = _dropped(found, callers)
    assert shape is not None
    refusing = [s for s in callers.web if s.response and s.response.null == "refused"]
    consequence = "the caller gets null"
    if callers.http and refusing:
        consequence = f"{names(refusing)} answers {failures(refusing)}"
    place = shape.place or found.place
    message = f"this answer is built and never returned: `{run.handler.name}` returns None, and {consequence}"
    mend = None
    if shape.place is not None:
        mend = Mend("`return` the answer", (Change(shape.place, before="return ", part="statement"),))
    return Report(place, message, trail(shape, place, returned=found), "`return` it", mend=mend)


@rule("LL202", "return-not-serializable", Severity.ERROR)
def return_not_serializable(run: Invocation) -> Iterator[Report]:
    """The handler returns something that the Lambda runtime cannot turn into JSON."""
    if not judged(run):
        return
    callers = infer(run)
    yield from once(
        _unserializable(fault, found)
        for found in (*run.returns, *_wherever_reached(run))
        for fault in faults(found.value, RUNTIME)
        if not (fault.path.startswith('["body"]') and _is_body_fault(found, callers))
    )


def _wherever_reached(run: Invocation) -> Iterator[Return]:
    """Of each return statement to which only many rounds of a loop lead, one of what it gives: where all of that is
    refused, it is refused wherever the statement is reached."""
    proved = {id(found.place.node) for found in run.returns}
    behind: dict[int, list[Return]] = {}
    for found in run.possible_returns if run.complete else ():
        if found.how == "value" and id(found.place.node) not in proved:
            behind.setdefault(id(found.place.node), []).append(found)
    for several in behind.values():
        if all(any(not fault.condition for fault in faults(one.value, RUNTIME)) for one in several):
            yield replace(several[0], reached=False)


def _is_body_fault(found: Return, callers: Callers) -> bool:
    return isinstance(found.value, Mapping) and callers.http is not False and wrong_body(found.value, callers)


def _unserializable(fault: Fault, found: Return) -> Report:
    place = (fault.place if fault.path else None) or found.place
    where = (
        f"the value returned holds {fault.why} at `{fault.path}`" if fault.path else f"the handler returns {fault.why}"
    )
    then = "the invocation fails with Runtime.MarshalError"
    if fault.condition or not found.reached:
        then = f"{fault.condition or 'where this is reached'}, {then}"
    message = f"{where}, which the Lambda runtime cannot serialize: {then}"
    severity = Severity.WARNING if fault.condition or not found.reached else None
    mend = mend_of(fault)
    return Report(place, message, trail(fault.shape, place, returned=found), fault.advice, severity, mend)
