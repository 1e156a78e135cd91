"""What `process_partial_response` reports, and a handler keeps to itself.

The processor catches what the record handler raises, and hands back which records failed. A handler that does nothing
with the report, or only logs it, and asks the processor nothing either, tells its caller that all are done.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import libcst as cst

from lambdalint.interpreter.walk import children

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: What a processor tells of the records.
_TELLING = frozenset({
    "fail_messages", "success_messages", "failure_messages", "batch_response", "response", "exceptions",
})  # fmt: skip
#: Functions and methods that only write down what they are given.
_WRITING = frozenset({"debug", "info", "warning", "error", "exception", "critical", "print"})


def note_report(machine: Machine, site: CallSite) -> None:
    """Record the `return` statements behind the call, where the handler itself makes it and drops what it reports."""
    if site.frame.chain or not machine.recorder.in_handler:
        return
    body = list(site.frame.info.body)
    for index, statement in enumerate(body):
        if isinstance(statement, (cst.Expr, cst.Assign)) and statement.value is site.node:
            behind = body[index + 1 :]
            if not _is_looked_at(statement, behind):
                returns = tuple(node for part in behind for node in _within(part) if isinstance(node, cst.Return))
                machine.recorder.reports_dropped.append(returns)


def _is_looked_at(statement: Any, behind: list[Any]) -> bool:
    parts = [node for part in behind for node in _within(part)]
    if any(isinstance(node, cst.Attribute) and node.attr.value in _TELLING for node in parts):
        return True
    if isinstance(statement, cst.Expr):
        return False
    target = statement.targets[0].target
    if len(statement.targets) != 1 or not isinstance(target, cst.Name):
        return True
    return any(
        isinstance(node, cst.Name) and node.value == target.value
        for part in behind
        if not _is_written(part)
        for node in _within(part)
    )


def _is_written(statement: Any) -> bool:
    """Whether a statement only logs something."""
    if not isinstance(statement, cst.Expr) or not isinstance(statement.value, cst.Call):
        return False
    called = statement.value.func
    name = called.attr.value if isinstance(called, cst.Attribute) else getattr(called, "value", "")
    return name in _WRITING


def _within(node: Any) -> Iterator[Any]:
    """A node and all below it."""
    left = [node]
    while left:
        one = left.pop()
        if isinstance(one, cst.CSTNode):
            yield one
            left += children(one)
