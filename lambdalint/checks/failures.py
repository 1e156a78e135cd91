"""LL208, LL209: operations that fail wherever they are run, and calls that the AWS SDK refuses.

What Python raises for an operation on values of which the types are known: the reference's "Built-in Types" and
"Expressions" (docs.python.org/3), as the interpreter of this Python does it. What botocore takes is its service models'
(see interpreter/library/aws/refusing.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.event_values import misread
from lambdalint.checks.http import names
from lambdalint.checks.registry import rule
from lambdalint.checks.responses import error_status
from lambdalint.checks.way import once, trail
from lambdalint.contracts.callers import keys_of
from lambdalint.contracts.infer import infer
from lambdalint.finding import Report, Severity
from lambdalint.interpreter.invocation import Failure, Invocation
from lambdalint.interpreter.shapes import Opaque

#: How a type of JSON is told to a person.
_SAID = {"str": "a string", "list": "a list", "dict": "a dict", "int": "a number", "float": "a number"}


@rule("LL208", "operation-fails", Severity.ERROR)
def operation_fails(run: Invocation) -> Iterator[Report]:
    """An operation on values of known types fails whenever it is reached."""
    yield from once(_reports(run))


def _reports(run: Invocation) -> Iterator[Report]:
    for failure in run.failures:
        of_event = isinstance(failure.about, Opaque) and failure.about.event is not None
        if not of_event or not _is_told_elsewhere(run, failure):
            yield from _told(failure)
    for failure in run.event_failures:
        if not _is_told_elsewhere(run, failure):
            yield from _told(failure, _sent(run, failure))
    yield from misread(run)


def _field(failure: Failure) -> str:
    """The field of the event that an operation fails for."""
    about = failure.about
    path = about.event if isinstance(about, Opaque) else None
    return next((key for key in reversed(path or ()) if isinstance(key, str) and key != "*"), "")


def _is_told_elsewhere(run: Invocation, failure: Failure) -> bool:
    """Whether a method is called that a text has not, or that a dict has not, of what LL405 and LL410 speak."""
    if failure.kind != "AttributeError" or not isinstance(failure.about, Opaque):
        return False
    path = keys_of(failure.about.event or ())
    enveloped = bool(path) and path[-1].endswith("Envelope()")
    return failure.about.type == "dict" or enveloped or any(path in source.texts for source in infer(run).possible)


def _sent(run: Invocation, failure: Failure) -> str:
    """What the event's source sends it as, to stand before why that fails."""
    field = _field(failure)
    if not field or not isinstance(failure.about, Opaque):
        return ""
    kind = _SAID.get(failure.about.type, f"a `{failure.about.type}`")
    return f"{names(list(infer(run).possible))} sends `{field}` as {kind}: "


def _told(failure: Failure, sent: str = "") -> Iterator[Report]:
    """`sent`: what of the event it fails for, as its source sends that."""
    status = error_status(failure.answered) if failure.answered is not None else None
    if failure.answered is not None and status is None:
        return  # the code does without
    kind = failure.kind.rpartition(".")[2]
    then = failure.consequence or f"the invocation fails with {kind}"
    if status is not None:
        then = f"a clause for any exception answers the {kind} with status `{status[0]}`"
    about = failure.about
    notes = trail(about, failure.place) if about is not None and not sent else ()
    message = f"{sent}{failure.why}: {failure.where or 'whenever this is reached'}, {then}"
    yield Report(failure.place, message, notes, severity=Severity.WARNING if failure.where else None)


@rule("LL209", "sdk-call-refused", Severity.ERROR)
def sdk_call_refused(run: Invocation) -> Iterator[Report]:
    """A call of the AWS SDK is given what botocore refuses before it sends anything."""
    for refusal in run.refusals:
        message = f"{refusal.why}: botocore refuses the call before it is sent"
        yield Report(refusal.place, message, trail(refusal.about, refusal.place) if refusal.about else ())
