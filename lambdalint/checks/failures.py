"""LL208, LL209: operations that fail wherever they are run, and calls that the AWS SDK refuses.

What Python raises for an operation on values of which the types are known: the reference's "Built-in Types" and
"Expressions" (docs.python.org/3), as the interpreter of this Python does it. What botocore takes is its service models'
(see interpreter/library/aws/refusing.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.registry import rule
from lambdalint.checks.responses import error_status
from lambdalint.checks.way import once, trail
from lambdalint.finding import Report, Severity
from lambdalint.interpreter.invocation import Failure, Invocation


@rule("LL208", "operation-fails", Severity.ERROR)
def operation_fails(run: Invocation) -> Iterator[Report]:
    """An operation on values of known types fails whenever it is reached."""
    yield from once(report for failure in run.failures for report in _told(failure))


def _told(failure: Failure) -> Iterator[Report]:
    status = error_status(failure.answered) if failure.answered is not None else None
    if failure.answered is not None and status is None:
        return  # the code does without
    kind = failure.kind.rpartition(".")[2]
    then = f"the invocation fails with {kind}"
    if status is not None:
        then = f"a clause for any exception answers the {kind} with status `{status[0]}`"
    about = failure.about
    notes = trail(about, failure.place) if about is not None else ()
    yield Report(failure.place, f"{failure.why}: whenever this is reached, {then}", notes)


@rule("LL209", "sdk-call-refused", Severity.ERROR)
def sdk_call_refused(run: Invocation) -> Iterator[Report]:
    """A call of the AWS SDK is given what botocore refuses before it sends anything."""
    for refusal in run.refusals:
        message = f"{refusal.why}: botocore refuses the call before it is sent"
        yield Report(refusal.place, message, trail(refusal.about, refusal.place) if refusal.about else ())
