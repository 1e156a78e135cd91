"""LL201, LL202, LL204: is there a value on every path, and does the runtime take it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lambdalint.checks.http import (
    CONTRACT_KEYS,
    answered_elsewhere,
    covered,
    failures,
    has_no_route,
    is_none,
    judged,
    names,
)
from lambdalint.checks.mends import event_returned, mend_of
from lambdalint.checks.registry import rule
from lambdalint.checks.responses import fell_off, is_response, wrong_body
from lambdalint.checks.serialization import Fault, faults
from lambdalint.checks.serializers import RUNTIME
from lambdalint.checks.way import once, rank, trail
from lambdalint.contracts.callers import Callers, on_path, where_absent
from lambdalint.contracts.infer import infer
from lambdalint.finding import Change, Mend, Note, Report, Severity
from lambdalint.interpreter.invocation import Ending, Invocation, Return
from lambdalint.interpreter.shapes import Mapping


@rule("LL201", "missing-return", Severity.ERROR)
def missing_return(run: Invocation) -> Iterator[Report]:
    """One path returns a value and another falls off the end or returns nothing."""
    if not are_triggers(infer(run)):
        yield from missing(run)


def are_triggers(callers: Callers) -> bool:
    """Whether LL320 speaks of paths that give nothing: who calls takes the event alone."""
    contracts = [source.contract for source in callers.possible]
    return bool(contracts) and all(one is not None and one.code == "LL320" for one in contracts)


def missing(run: Invocation) -> Iterator[Report]:
    """Of the paths that give nothing, where others answer."""
    if not judged(run):
        return
    answering = [found for found in run.returns if found.how == "value" and not is_none(found.value)]
    callers = infer(run)
    if not answering or not callers.reads_answer:
        return
    behind: dict[object, list[Report]] = {}
    for found in run.returns:
        here = on_path(callers, found)
        if found.how != "value" or fell_off(run, found, callers):
            for end in _ends(found) if here.reads_answer and not _dropped(found, callers) else ():
                if _counts(run, found, end, callers) and _is_sent(here, end):
                    report = _missing(run, found, end, answering[0], here)
                    behind.setdefault(_one_mend(run, found, end), []).append(report)
    yield from map(_together, behind.values())


def _is_sent(callers: Callers, end: Ending) -> bool:
    """Whether one of those who call may send what leads here."""
    if has_no_route(callers, (*end.excluded, *end.known)):
        return False
    return not end.absent or not callers.possible or bool(where_absent(callers, end.absent))


def _ends(found: Return) -> tuple[Ending, ...]:
    """Where the path ends, or each of those that have met."""
    own = Ending(found.place, found.how == "bare", found.excluded, (), found.after_except, found.after_unseen)
    return found.ends or (own,)


def _counts(run: Invocation, found: Return, end: Ending, callers: Callers) -> bool:
    # Where something else than HTTP calls too, a bare `return` may be meant for it: a warmer, a schedule.
    if (end.bare or found.gave) and callers.http and callers.mixed:
        return False
    if (found.provided and not end.bare) or bool(found.gave) or not covered(run, end.excluded):
        return True
    return answered_elsewhere(run, end.excluded) and not end.bare


def _one_mend(run: Invocation, found: Return, end: Ending) -> object:
    """What the ends have in common of which one fault is told: a `return` behind all that a function does mends all of
    its ends but another `return`."""
    fell = found.fallen.place if found.fallen is not None else run.handler.place
    return end.place if end.bare or found.gave else fell


def _together(reports: list[Report]) -> Report:
    """The worst of the reports of one fault, with the places of those that are as bad."""
    first = min(reports, key=rank)
    alike = {report.place: Note(report.place, "also ends here") for report in reports if rank(report) == rank(first)}
    also = [note for place, note in alike.items() if place != first.place]
    return replace(first, notes=(*first.notes, *also))


def _missing(run: Invocation, found: Return, end: Ending, answering: Return, callers: Callers) -> Report:
    name = run.handler.name
    notes: list[Note] = []
    refusing = [s for s in callers.web if s.response and s.response.null == "refused"]
    caught = ", after an exception was caught," if end.after_except else ""
    place = end.place
    if found.fallen is not None and not found.fallen.answers and not end.bare and are_triggers(callers):
        place = found.fallen.place
    if found.gave:
        what = f"`{found.gave.rpartition('.')[2]}()` gives None, and this path returns it"
        if found.value.place is not None and found.value.place != place:
            place = found.value.place
            notes.append(Note(found.place, "returned here"))
    elif found.fallen is not None:
        callee = found.fallen.callee
        what = f"a path through `{callee}`, whose answer `{name}` returns,{caught[1:]} falls off its end here"
        if place == found.fallen.place:
            what = f"`{callee}`, whose answer `{name}` returns, gives nothing"
        if end.bare:
            what = f"this `return` gives None, which `{name}` returns"
        notes += [Note(step.place, "called here", f"`{step.callee}()`") for step in reversed(found.fallen.chain)]
        notes.append(Note(found.place, "returned here"))
    elif end.bare:
        what = "this `return` gives None"
    else:
        what = f"a path through `{name}`{caught} falls off the end here"
    if not any(note.place == answering.place for note in notes):
        notes.append(Note(answering.place, "returned here", "the path that answers"))
    # What rules it out that another function falls off its end may stand where its argument was made, where a `return`
    # says that the path is meant to be there; and what nothing is known of may never return: `abort(404)`.
    unsure = (found.fallen is not None and not end.bare) or end.after_unseen
    unsure = unsure or covered(run, end.excluded) or covered(run, end.known)  # nothing else may be sent
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
    mend = event_returned(run, found, place if end.bare else None, severity) if are_triggers(callers) else None
    return Report(place, message, tuple(notes), "return an answer on this path too", severity, mend)


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
        _unserializable(run, fault, found)
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


def _unserializable(run: Invocation, fault: Fault, found: Return) -> Report:
    place = (fault.place if fault.path else None) or found.place
    where = (
        f"the value returned holds {fault.why} at `{fault.path}`" if fault.path else f"the handler returns {fault.why}"
    )
    then = "the invocation fails with Runtime.MarshalError"
    if fault.condition or not found.reached:
        then = f"{fault.condition or 'where this is reached'}, {then}"
    message = f"{where}, which the Lambda runtime cannot serialize: {then}"
    severity = Severity.WARNING if fault.condition or not found.reached else None
    mend = mend_of(run, fault)
    return Report(place, message, trail(fault.shape, place, returned=found), fault.advice, severity, mend)
