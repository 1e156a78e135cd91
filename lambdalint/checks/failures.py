"""LL208: operations that fail wherever they are run.

What Python raises for an operation on values of which the types are known: the reference's "Built-in Types" and
"Expressions" (docs.python.org/3), as the interpreter of this Python does it.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.registry import rule
from lambdalint.checks.way import trail
from lambdalint.finding import Report, Severity
from lambdalint.interpreter.invocation import Failure, Invocation


@rule("LL208", "operation-fails", Severity.ERROR)
def operation_fails(run: Invocation) -> Iterator[Report]:
    """An operation on values of known types fails whenever it is reached, and nothing catches it."""
    for failure in run.failures:
        notes = trail(failure.about, failure.place) if failure.about else ()
        yield Report(failure.place, _message(failure), notes, severity=Severity.WARNING if failure.where else None)


def _message(failure: Failure) -> str:
    consequence = failure.consequence or f"the invocation fails with {failure.kind.rpartition('.')[2]}"
    return f"{failure.why}: {failure.where or 'whenever this is reached'}, {consequence}"
