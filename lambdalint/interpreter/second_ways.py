"""What code does instead, where an exception is caught: does an except clause give what failed in another way?

try:
    return json.dumps(value)
except TypeError:
    return str(value)
"""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter.scopes import names_in
from lambdalint.interpreter.walk import children, dotted_name, statements_of

#: Calls that only tell people of it, by the last part of their names.
_TELLING = frozenset({"print", "debug", "info", "warning", "warn", "error", "exception", "critical", "log", "append"})
_GIVING = (cst.Return, cst.Assign, cst.AnnAssign, cst.AugAssign, cst.Yield)


class SecondWay:
    """A try statement, and the first of its except clauses that catches what is asked about."""

    def __init__(self, statement: Any, clause: Any) -> None:
        self._statement, self._clause = statement, clause
        self._made: list[set[str]] | None = None  # the names of which each value is made that the clause gives
        self._calls: dict[int, set[str]] = {}  # what the calls in the body are given

    def is_taken_for(self, call: Any) -> bool:
        """Whether the clause gives, stores or hands on something that is made of what the call was given, by the names
        of both; of what the calls round it were given, if it stands in a function that the body calls."""
        if self._made is None:
            self._made = _made_of(self._clause.body)
            self._calls = _calls_in(self._statement.body) if self._made else {}
        given = self._calls.get(id(call))
        named = given if given is not None else set().union(*self._calls.values())
        return any(named & names for names in self._made)


#: The same, and nothing that anybody could go back to.
_TELLING_ALONE = _TELLING - {"append"}


def does_nothing(clause: Any) -> bool:
    """Whether an except clause does no more than to tell people, to count, and to go on."""
    return all(
        isinstance(part, (cst.Pass, cst.Continue))
        or (isinstance(part, cst.Expr) and _only_tells(part.value))
        or (isinstance(part, cst.AugAssign) and isinstance(part.value, cst.Integer))
        for line in statements_of(clause.body)
        for part in (line.body if isinstance(line, cst.SimpleStatementLine) else (line,))
    )


#: Words by which who calls is told that something failed: a custom resource, a pipeline's job, a task, a record.
_OF_FAILURE = frozenset({
    "FAILED", "put_job_failure_result", "send_task_failure", "itemIdentifier", "ProcessingFailed", "PermanentFailure",
    "TemporaryFailure",
})  # fmt: skip
#: What names a record: where it is put into a list, that is of those that failed.
_OF_RECORDS = frozenset({"messageId", "message_id", "sequenceNumber", "SequenceNumber"})


def tells_failure(clause: Any) -> bool:
    """Whether an except clause tells who calls that it failed: the record, the resource, the job."""
    stack: list[tuple[Any, bool]] = [(clause.body, False)]
    while stack:
        node, kept = stack.pop()
        word = node.value if isinstance(node, cst.Name) else ""
        word = node.raw_value if isinstance(node, cst.SimpleString) else word
        if word in _OF_FAILURE or (kept and word in _OF_RECORDS):
            return True
        if isinstance(node, cst.Call):
            kept = kept or dotted_name(node.func).rpartition(".")[2] in ("append", "add")
        stack += [(child, kept) for child in children(node)]
    return False


def _only_tells(node: Any) -> bool:
    return isinstance(node, cst.Call) and dotted_name(node.func).rpartition(".")[2] in _TELLING_ALONE


def _calls_in(body: Any) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    stack = [body]
    while stack:
        node = stack.pop()
        if isinstance(node, cst.Call):
            names = found[id(node)] = set()
            for argument in node.args:
                names_in(argument.value, names)
        stack += children(node)
    return found


def _made_of(body: Any) -> list[set[str]]:
    """The names of which the values are made that a block returns, assigns, yields, or hands to a call."""
    found: list[set[str]] = []
    stack = [body]
    while stack:
        node = stack.pop()
        if isinstance(node, _GIVING) and node.value is not None:
            found.append(set())
            names_in(node.value, found[-1])
        elif isinstance(node, cst.Call) and dotted_name(node.func).rpartition(".")[2] not in _TELLING:
            found.append(set())
            for argument in node.args:
                names_in(argument.value, found[-1])
        elif isinstance(node, (cst.Call, cst.Raise)):
            continue  # nothing inside of it leaves but as a message
        stack.extend(children(node))
    return found
