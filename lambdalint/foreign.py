"""The rules of plug-ins at work. Nobody has type-checked them, and no fault of theirs is one of lambdalint."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from typing import Any

from lambdalint.checks.registry import Rule
from lambdalint.finding import Change, Mend, Note, Place, Report, Severity


class NoReport(TypeError):
    """A rule yields what cannot be reported, told as what is wrong with it."""


def reports_of(rule: Rule, facts: Any) -> Iterator[Report]:
    """What a rule of a plug-in says of some facts. What it prints goes to standard error: the report is on the other.

    Raises:
        NoReport: it yields something else than reports.
        BaseException: whatever the rule raises, `SystemExit` among it.
    """
    told = _quietly(rule.judge, facts)
    if not isinstance(told, Iterable):
        raise NoReport(f"it gives a `{type(told).__name__}`, and must yield each `Report`")
    following = iter(told)
    while (report := _quietly(next, following, _END)) is not _END:
        wrong = next(_wrong(report), None)
        if wrong is not None:
            frame = getattr(following, "gi_frame", None)  # where it waits: at this `yield`
            where = place(frame.f_code.co_filename, frame.f_lineno) if frame is not None else ""
            raise NoReport(f"it yields {wrong}{where}")
        yield report


_END = object()


def _quietly(function: Callable[..., Any], *arguments: Any) -> Any:
    with redirect_stdout(sys.stderr):
        return function(*arguments)


def _wrong(report: object) -> Iterator[str]:
    """What is wrong with something that was yielded; nothing, where it is a report through and through."""
    if not isinstance(report, Report):
        yield f"a `{type(report).__name__}`, and must yield a `Report`"
        return
    for name, value, kinds in _parts(report):
        if not isinstance(value, kinds):
            wanted = " or ".join("None" if kind is _NONE else f"a `{kind.__name__}`" for kind in kinds)
            yield f"a `Report` in which {name} is a `{type(value).__name__}`, and must be {wanted}"


_NONE = type(None)


def _parts(report: Report) -> Iterator[tuple[str, object, tuple[type, ...]]]:
    """The parts of a report, each with its name and the classes that it may be of. A part of a part comes after it."""
    yield "`place`", report.place, (Place,)
    yield "`message`", report.message, (str,)
    yield "`advice`", report.advice, (str, _NONE)
    yield "`severity`", report.severity, (Severity, _NONE)
    yield "`notes`", report.notes, (tuple, list)
    for note in report.notes:
        yield "one of `notes`", note, (Note,)
        yield "a note's `place`", note.place, (Place,)
        yield "a note's `label`", note.label, (str,)
        yield "a note's `text`", note.text, (str,)
    yield "`mend`", report.mend, (Mend, _NONE)
    if report.mend is None:
        return
    yield "the mend's `message`", report.mend.message, (str,)
    yield "the mend's `safe`", report.mend.safe, (bool,)
    yield "the mend's `imports`", report.mend.imports, (tuple, list)
    for statement in report.mend.imports:
        yield "one of the mend's `imports`", statement, (str,)
    yield "the mend's `changes`", report.mend.changes, (tuple, list)
    for change in report.mend.changes:
        yield "one of the mend's `changes`", change, (Change,)
        yield "a change's `place`", change.place, (Place,)
        yield "a change's `content`", change.content, (str, _NONE)
        for name in ("before", "after", "last", "key", "part"):
            yield f"a change's `{name}`", getattr(change, name), (str,)


def line_in(rule: Rule, error: BaseException) -> str:
    """The innermost line of a rule's plug-in that an exception came through, as it is told behind the rest."""
    home = os.path.join(os.path.dirname(rule.pages), "")
    lines = [each for each in lines_of(error) if os.path.realpath(each[0]).startswith(home)]
    return place(*lines[-1]) if lines else ""


def lines_of(error: BaseException) -> Iterator[tuple[str, int]]:
    """The files and lines that an exception came through, the innermost last."""
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if not file.startswith("<"):
            yield file, trace.tb_lineno
        trace = trace.tb_next


def place(file: str, line: int) -> str:
    """A line of a file, as it is told behind the rest."""
    return f" ({file.replace(os.sep, '/')}:{line})"
