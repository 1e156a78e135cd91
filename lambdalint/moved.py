"""What was found in texts, moved to where it stands in those that came of them: while a function is run again, what was
last found in it is still shown, at its place.

A text is edited in one stretch: what stands before it and behind it is where it was, or so many lines further. What
stands in the stretch itself is let go, unless it is a part of one line, of which both ends are known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lambdalint.finding import Finding, Position, Related, Span
from lambdalint.work import FunctionWork


class Edit:
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


def moved(work: FunctionWork, edit: Callable[[str], Edit | None]) -> FunctionWork:
    """What came of a function, at its places in other texts, without fixes, which are of the texts before. `edit`: how
    a file became another, by the path that people see; None where it is the same."""

    def place(span: Span) -> Span | None:
        made = edit(span.path)
        return span if made is None else made.span(span)

    def finding(one: Finding) -> Finding | None:
        span = place(one.span)
        if span is None:
            return None
        notes = ((place(note.span), note) for note in one.related)
        related = tuple(Related(at, note.label, note.text) for at, note in notes if at is not None)
        return replace(one, span=span, related=related, fix=None)

    return replace(
        work,
        findings=[one for one in map(finding, work.findings) if one is not None],
        name_span=place(work.name_span) if work.name_span is not None else None,
    )
