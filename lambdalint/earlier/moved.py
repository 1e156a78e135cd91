"""What was found in texts, moved to where it stands in those that came of them: while a function is run again, what was
last found in it is still shown, at its place.

A text is edited in one stretch: what stands before it and behind it is where it was, or so many lines further. What
stands in the stretch itself is let go, unless it is a part of one line, of which both ends are known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lambdalint.finding import Edit, Finding, Fix, Position, Related, Span
from lambdalint.work import FunctionWork


class Moves:
    """Between two texts, each as its lines."""

    def __init__(self, before: Sequence[str], now: Sequence[str]) -> None:
        shorter = min(len(before), len(now))
        head = _alike(before, now, shorter)
        tail = _alike(before[::-1], now[::-1], shorter - head)
        self._head = head  # lines that are alike at the start
        self._tail = len(before) - tail  # those from here on are alike
        self._further = len(now) - len(before)
        self._within: tuple[int, int, int] | None = None  # the same of the one line between, in characters
        if self._tail - head == 1 and not self._further:
            old, new = before[head], now[head]
            start = _alike(old, new, min(len(old), len(new)))
            end = _alike(old[::-1], new[::-1], min(len(old), len(new)) - start)
            self._within = (start, len(old) - end, len(new) - len(old))

    def position(self, at: Position) -> Position | None:
        """Where a position is now; None where the edit has taken it away."""
        row = at.row - 1
        if row < self._head:
            return at
        if row >= self._tail:
            return Position(at.row + self._further, at.column)
        if self._within is None:
            return None
        start, end, further = self._within
        if at.column - 1 <= start:
            return at
        return Position(at.row, at.column + further) if at.column - 1 >= end else None

    def span(self, span: Span) -> Span | None:
        """Where a stretch of the text is now; None where the edit has left nothing of it."""
        if self._within is not None and span.start.row == span.end.row == self._head + 1:
            if self._within[0] < span.start.column <= span.end.column <= self._within[1] + 1:
                return None
        start, end = self.position(span.start), self.position(span.end)
        return Span(span.path, start, end) if start is not None and end is not None and start <= end else None


def _alike(one: Sequence[str], other: Sequence[str], most: int) -> int:
    """How many items are the same from the start."""
    return next((index for index in range(most) if one[index] != other[index]), max(most, 0))


def moved(work: FunctionWork, place: Callable[[Span], Span | None], *, fixes: bool) -> FunctionWork:
    """What came of a function, at its places in other texts, as far as it has any there. `fixes`: with them; they are
    made of the texts before."""

    def finding(one: Finding) -> Finding | None:
        span = place(one.span)
        if span is None:
            return None
        notes = ((place(note.span), note) for note in one.related)
        related = tuple(Related(at, note.label, note.text) for at, note in notes if at is not None)
        return replace(one, span=span, related=related, fix=_fix(one.fix, place) if fixes else None)

    return replace(
        work,
        findings=[one for one in map(finding, work.findings) if one is not None],
        name_span=place(work.name_span) if work.name_span is not None else None,
    )


def _fix(fix: Fix | None, place: Callable[[Span], Span | None]) -> Fix | None:
    """A fix at its places; None where one of them is not there any more."""
    if fix is None:
        return None
    spans = [place(one.span) for one in fix.edits]
    edits = [Edit(span, one.content) for span, one in zip(spans, fix.edits) if span is not None]
    return replace(fix, edits=tuple(edits)) if len(edits) == len(spans) else None
