"""LL208, LL209: operations that fail wherever they are run, and calls that the AWS SDK refuses.

What Python raises for an operation on values of which the types are known: the reference's "Built-in Types" and
"Expressions" (docs.python.org/3), as the interpreter of this Python does it. What botocore takes is its service models'
(see interpreter/library/aws/refusing.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.event_values import misread
from lambdalint.checks.events import is_no_attribute, text_of
from lambdalint.checks.http import names
from lambdalint.checks.registry import rule
from lambdalint.checks.responses import error_status
from lambdalint.checks.way import once, trail
from lambdalint.contracts.fields import are_sure
from lambdalint.contracts.infer import infer, mappings
from lambdalint.finding import Report, Severity
from lambdalint.interpreter.invocation import Failure, Invocation
from lambdalint.interpreter.shapes import Anything, Opaque

#: How a type of JSON is told to a person.
_SAID = {"str": "a string", "list": "a list", "dict": "a dict", "int": "a number", "float": "a number"}


@rule("LL208", "operation-fails", Severity.ERROR)
def operation_fails(run: Invocation) -> Iterator[Report]:
    """An operation on values of known types fails whenever it is reached."""
    yield from once(_reports(run))


def _reports(run: Invocation) -> Iterator[Report]:
    for failure in _of_all(run.failures):
        of_event = isinstance(failure.about, Opaque) and failure.about.event is not None
        if not failure.dropped and not (of_event and _is_told_elsewhere(run, failure)):
            yield from _told(failure)
    for failure in _of_all(run.event_failures):
        if failure.dropped and _is_lost(run, failure.dropped):
            then = f"a clause for any exception drops the {failure.kind}: each record counts as done, and is lost"
            yield Report(failure.place, f"{_sent(run, failure)}{failure.why}: {then}", severity=Severity.WARNING)
        elif not failure.dropped and not _is_told_elsewhere(run, failure):
            yield from _told(failure, _sent(run, failure))
    yield from misread(run)


def _of_all(failures: list[Failure]) -> Iterator[Failure]:
    """Those of which no rule of their own speaks."""
    return (failure for failure in failures if not failure.rule)


#: Sources that send records, and no record again whose function has returned.
_ONCE = ("sns", "s3")


def _is_lost(run: Invocation, statement: int) -> bool:
    """Whether what fails in a `try` statement is all that comes of a record, and whoever sends it takes it for done:
    every call of AWS is made in there, and the handler neither raises anything nor names what has failed."""
    callers = infer(run)
    if not are_sure(callers) or not all(source.answer == "batch" or source.id in _ONCE for source in callers.possible):
        return False
    calls = [call for call in (*run.calls, *run.possible_calls) if not call.at_init and call.name.startswith("boto3.")]
    if not calls or not all(statement in call.tries for call in calls) or run.raised:
        return False
    answers = (*run.returns, *run.possible_returns)
    return not any("batchItemFailures" in shape.names for one in answers for shape in mappings(one.value))


def _field(failure: Failure) -> str:
    """The field of the event that an operation fails for, as a person is told: `page`, "each value of `headers`"."""
    about = failure.about
    event = about.event if isinstance(about, (Opaque, Anything)) else None
    path = tuple(key for key in event or () if isinstance(key, str))
    name = next((key for key in reversed(path) if key != "*"), "")
    return f"each value of `{name}`" if path[-1:] == ("*",) and name else f"`{name}`" if name else ""


def _is_told_elsewhere(run: Invocation, failure: Failure) -> bool:
    """Whether something is read that a text has not, or that a dict has not, of what LL405 and LL410 speak."""
    if failure.kind not in ("AttributeError", "TypeError") or not isinstance(failure.about, Opaque):
        return False
    path = failure.about.event or ()
    enveloped = bool(path) and str(path[-1]).endswith("Envelope()")
    if failure.kind == "AttributeError" and enveloped:
        return True
    if failure.kind == "AttributeError" and failure.about.type == "dict":
        return any(read.place.node is failure.place.node and is_no_attribute(read) for read in run.event_reads)
    read = any(read.place.node is failure.place.node and not read.of_any_type for read in run.event_reads)
    return read and any(text_of(path) in source.texts for source in infer(run).possible)


def _sent(run: Invocation, failure: Failure) -> str:
    """What the event's source sends it as, to stand before why that fails."""
    field = _field(failure)
    if not field:
        return ""
    # Of what may have one of a few types none is a number.
    kind = "a string"
    if isinstance(failure.about, Opaque):
        kind = _SAID.get(failure.about.type, f"a `{failure.about.type}`")
    return f"{names(list(infer(run).possible))} sends {field} as {kind}: "


def consequence(failure: Failure) -> str:
    """What comes of a failure; nothing, where the code does without what failed."""
    status = error_status(failure.answered) if failure.answered is not None else None
    if failure.dropped or (failure.answered is not None and status is None):
        return ""
    kind = failure.kind.rpartition(".")[2]
    if status is not None:
        return f"a clause for any exception answers the {kind} with status `{status[0]}`"
    return failure.consequence or f"the invocation fails with {kind}"


def _told(failure: Failure, sent: str = "") -> Iterator[Report]:
    """`sent`: what of the event it fails for, as its source sends that."""
    then = consequence(failure)
    if not then:
        return
    about = failure.about
    notes = trail(about, failure.place) if about is not None and not sent else ()
    message = f"{sent}{failure.why}: {failure.where or 'whenever this is reached'}, {then}"
    yield Report(failure.place, message, notes, severity=Severity.WARNING if failure.where else None)


@rule("LL209", "sdk-call-refused", Severity.ERROR)
def sdk_call_refused(run: Invocation) -> Iterator[Report]:
    """A call of the AWS SDK is given what botocore refuses before it sends anything."""
    yield from once((*map(_refused, run.refusals), *(_refused(one, _sent(run, one)) for one in run.event_refusals)))


def _refused(refusal: Failure, sent: str = "") -> Report:
    """`sent`: what of the event is refused, as its source sends that."""
    where = f"{refusal.where}, " if refusal.where else ""
    message = f"{sent}{refusal.why}: {where}botocore refuses the call before it is sent"
    notes = trail(refusal.about, refusal.place) if refusal.about and not sent else ()
    return Report(refusal.place, message, notes, severity=Severity.WARNING if refusal.where else None)
