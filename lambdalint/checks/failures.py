"""LL208: operations that fail wherever they are run.

What Python raises for an operation on values of which the types are known: the reference's "Built-in Types" and
"Expressions" (docs.python.org/3), as the interpreter of this Python does it.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.event_values import misread
from lambdalint.checks.registry import rule
from lambdalint.checks.way import once, trail
from lambdalint.finding import Report, Severity
from lambdalint.interpreter.invocation import Failure, Invocation


@rule("LL208", "operation-fails", Severity.ERROR)
def operation_fails(run: Invocation) -> Iterator[Report]:
    """An operation on values of known types fails whenever it is reached, and nothing catches it."""
    for failure in (*run.failures, *run.event_failures):
        yield Report(failure.place, _message(failure), trail(failure.about, failure.place) if failure.about else ())
    yield from once(misread(run))


def _message(failure: Failure) -> str:
    kind = failure.kind.rpartition(".")[2]
    return f"{failure.why}: whenever this is reached, the invocation fails with {kind}"
