"""A part of LL310: what Powertools' `process_partial_response` reports, and a handler keeps to itself.

The processor catches what the record handler raises, and hands back which records failed. Who drops that, and returns
something else, tells the queue that all are done: https://docs.powertools.aws.dev/lambda/python/latest/utilities/batch/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lambdalint.checks.http import judged
from lambdalint.finding import Report, Severity
from lambdalint.interpreter.invocation import Invocation
from lambdalint.interpreter.shapes import Shape


def unreturned(run: Invocation, names_none: Callable[[Shape], bool]) -> Iterator[Report]:
    """The ends of a handler behind a call whose report it drops. `names_none`: whether an answer surely has none."""
    if not judged(run) or not run.reports_dropped:
        return
    behind = {id(node) for nodes in run.reports_dropped for node in nodes}
    for found in run.returns:
        if (found.how == "end" or id(found.place.node) in behind) and not found.after_except:
            if names_none(found.value):
                message = (
                    "what `process_partial_response` reports is not returned: the processor has caught what failed, "
                    "and a record that fails counts as done"
                )
                yield Report(found.place, message, (), "return what it gives", Severity.WARNING)
