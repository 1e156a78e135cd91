"""A part of LL330: what AppSync gets for a batch.

With batching, AppSync calls a resolver with a list of events, and takes a list from it with an answer for each, in that
order: https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-lambda-resolvers.html has it (Batching).
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.http import judged
from lambdalint.checks.serialization import describe
from lambdalint.checks.way import trail
from lambdalint.contracts.callers import on_path
from lambdalint.contracts.infer import infer
from lambdalint.finding import Report, Severity
from lambdalint.interpreter.invocation import Invocation, Return
from lambdalint.interpreter.shapes import Known, Mapping, Opaque

_NO_LIST = frozenset({"str", "int", "float", "bool", "dict"})


def batch_answers(run: Invocation) -> Iterator[Report]:
    """The answers to a batch that are no list, of a resolver that takes its event for nothing else."""
    callers = infer(run)
    if not judged(run) or not callers.certain or {source.id for source in callers.possible} != {"appsync"}:
        return
    tops = {read.path[0] for read in run.event_reads if read.path}
    if tops != {0} or not any(read.path == (0,) and read.how == "element" for read in run.event_reads):
        return
    for found in run.returns:
        if on_path(callers, found).callers and _is_no_list(found):
            message = (
                f"the answer to a batch is {describe(found.value)}, and must be a list with one for each event: "
                "AppSync gives no field of the batch its value"
            )
            notes = trail(found.value, found.place, returned=found)
            yield Report(found.place, message, notes, "`[... for item in event]`", Severity.WARNING)


def _is_no_list(found: Return) -> bool:
    value = found.value
    if isinstance(value, Known):
        return value.value is not None
    return isinstance(value, Mapping) or (isinstance(value, Opaque) and value.type in _NO_LIST)
