"""Runs that go on from where an earlier one was: a function is edited into which the run had not looked by then.

The states of the earlier run hold what its texts held. What has not changed since stands in the new text too, by the
same nodes; functions of which only the head was seen become those of the new text; and the places of the old texts are
asked of the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from lambdalint.earlier.unseen import unseen
from lambdalint.interpreter.scopes import FunctionInfo, scopes_of
from lambdalint.interpreter.trail import Point, Trail
from lambdalint.interpreter.walk import children, function_name
from lambdalint.looks import Look
from lambdalint.source import Source
from lambdalint.work import Question


@dataclass(slots=True)
class _Era:
    """The texts of one run, by their paths; the functions that it may hold, each with its number among the statements
    at the top, or None of one inside of something."""

    sources: dict[str, Source]
    functions: dict[str, list[tuple[int | None, FunctionInfo]]]


@dataclass(slots=True)
class Trails:
    """The trail of one function, and the texts of the runs that have left it."""

    trail: Trail = field(default_factory=Trail)
    _source: Source | None = None
    _eras: list[_Era] = field(default_factory=list)

    def go_on(self, source: Source, answer: Callable[[Question], object]) -> bool:
        """Find from where the next run goes on, if there is such a point. In: the handler's text now; what a question
        of the run before is answered now. Out: whether that run is to leave its trail: while a text is typed and is no
        Python, the one before is kept for when it is again."""
        trail = self.trail
        trail.onward = None
        if trail.lost:
            return False
        changed: dict[str, tuple[Source, Source]] = {}
        good = 0
        for question, before in ((None, self._source), *trail.answers):
            now = source if question is None else answer(question)
            if now is not before and not (isinstance(before, bool) and now == before):
                if not isinstance(now, Source) or not isinstance(before, Source) or now.path != before.path:
                    break
                changed[now.path] = before, now
            good += question is not None
        if any(now.cst is None for _, now in changed.values()):
            return False
        points = [point for point in trail.points if point.asked <= good]
        first, last = 0, len(points)  # what a run has looked into grows
        while first < last:
            middle = (first + last) // 2
            first, last = (middle + 1, last) if _sees_the_same(points[middle], changed) else (first, middle)
        trail.let_go(first)
        if not trail.points:
            self.clear()
            return True
        point = trail.onward = trail.points[-1]
        del self._eras[point.era + 1 :]
        for path, (_, now) in changed.items():
            for era in self._eras:
                _renew(era, path, now)
        trail.era = len(self._eras)
        return True

    def clear(self) -> None:
        """The next run begins at the start."""
        self.trail.clear()
        self._eras = []
        self.trail.era = 0

    def ran(self, source: Source, answers: Sequence[tuple[Question, object]]) -> None:
        """A run has left the trail, or was broken off. In: the handler's text; what was asked, with the answers."""
        trail = self.trail
        trail.gone = []
        if not trail.points:
            self.clear()
            return
        self._source, trail.answers = source, list(answers)
        sources = {one.path: one for one in (source, *(one for _, one in answers)) if isinstance(one, Source)}
        self._eras.append(_Era(sources, {path: list(_functions(one)) for path, one in sources.items()}))


def _sees_the_same(point: Point, changed: Mapping[str, tuple[Source, Source]]) -> bool:
    """Whether what a run had looked into by then is the same in other texts, to the letter, and stands in their trees
    by the same nodes."""
    for path, (before, now) in changed.items():
        way = unseen(before, now, point.looked)
        if way is None or any(way.changed.values()) or before.cst is None or now.cst is None:
            return False
        pairs = list(zip(before.cst.body, now.cst.body))
        if len(pairs) != len(now.cst.body) or any(
            old is not new and number not in way.changed and _is_known(function_name(old), path, point.looked)
            for number, (old, new) in enumerate(pairs)
        ):
            return False
    return True


def _is_known(function: str | None, path: str, looked: Set[Look]) -> bool:
    """Whether somebody has seen more of a statement than the head of a function."""
    return function is None or (path, function) in looked


def _functions(source: Source) -> Iterator[tuple[int | None, FunctionInfo]]:
    if source.cst is not None:
        numbers = {id(statement): number for number, statement in enumerate(source.cst.body)}
        for info in scopes_of(source).known():
            yield numbers.get(id(info.code)), info


def _renew(era: _Era, path: str, now: Source) -> None:
    source = era.sources.get(path)
    if source is None or source is now or source.cst is None or now.cst is None:
        return
    stood: list[tuple[object, object]] = []
    for old, new in zip(source.cst.body, now.cst.body):
        if old is not new:
            stood += _heads(old, new)
    now.answer_for(source, stood)
    scopes = scopes_of(now)
    for number, info in era.functions.get(path, ()):
        info.become(scopes.of(now.cst.body[number] if number is not None else info.code))


def _heads(old: Any, new: Any) -> Iterator[tuple[object, object]]:
    """The nodes of the head of a function, each with that of the same function in another text."""
    pending = [(old, new)]
    while pending:
        one, other = pending.pop()
        yield one, other
        parts = [part for part in children(one) if part is not getattr(old, "body", None)]
        others = [part for part in children(other) if part is not getattr(new, "body", None)]
        pending += [(part, found) for part, found in zip(parts, others) if type(part) is type(found)]
