"""The code frame: the flagged lines, with carets in the cells under what is meant.

```
   |
31 |     return respond(200, json.dumps(item))
   |                         ^^^^^^^^^^^^^^^^
```
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lambdalint.finding import Position, Span
from lambdalint.report.terminal import Paint, cells, clean

_TAB = 4
#: Lines are cut to this where no terminal sets a width: a file of one 5 MB line must not be printed whole.
_WIDEST = 240
#: However narrow the terminal, this much of a line is shown.
_NARROWEST = 20
#: Longer lines are not even measured beyond this many characters round the span.
_MEASURED = 2000
#: Of a span over more lines than these, the first and the last few are shown.
_HEAD, _TAIL = 3, 2
_CUT = "..."


def gutter_of(span: Span) -> int:
    """How many cells the line numbers of this span's frame fill."""
    return len(str(max(span.start.row, span.end.row)))


def frame(lines: Sequence[str], span: Span, severity: str, paint: Paint, width: int | None) -> list[str]:
    """The frame's lines, from the empty one above the code; nothing where the span is outside the file."""
    if not 1 <= span.start.row <= len(lines):
        return []
    gutter = gutter_of(span)
    room = max((width or _WIDEST) - gutter - 3, _NARROWEST)
    start, end = _within(lines, span)
    bar = " " * gutter + paint(" |", "way")
    if start.row == end.row:
        body = _one_line(lines[start.row - 1], start, end, room)
    else:
        body = _many_lines(lines, start, end, room - 2)
    shown = [bar]
    for row, marks, code in body:
        if row == _CUT:
            head = paint(_CUT.ljust(gutter + 3), "way")
        elif row:
            head = paint(f"{row:>{gutter}} |", "way") + " "
        else:
            head = bar + " "
        drawn = marks.rstrip(" ")
        shown.append((head + paint(drawn, severity) + " " * (len(marks) - len(drawn)) + code).rstrip(" "))
    return shown


def _within(lines: Sequence[str], span: Span) -> tuple[Position, Position]:
    """The span's ends, moved into the text: an end at the first column of a line is the end of the line before."""
    row, end_row = span.start.row, min(max(span.end.row, span.start.row), len(lines))
    start = Position(row, min(max(span.start.column, 1), len(lines[row - 1]) + 1))
    end_column = span.end.column if end_row == span.end.row else len(lines[end_row - 1]) + 1
    while end_row > row and end_column <= 1:
        end_row -= 1
        end_column = len(lines[end_row - 1]) + 1
    end = Position(end_row, min(max(end_column, 1), len(lines[end_row - 1]) + 1))
    return start, max(start, end)


#: A line of the frame: its number (or none, or the sign of a cut), marks before the code or instead of it, the code.
_Line = tuple[str, str, str]


def _one_line(line: str, start: Position, end: Position, room: int) -> list[_Line]:
    code, first, last = _window(line, start.column - 1, end.column - 1, room)
    return [(str(start.row), "", code), ("", " " * first + "^" * (last - first), "")]


def _many_lines(lines: Sequence[str], start: Position, end: Position, room: int) -> list[_Line]:
    opening, first, _ = _window(lines[start.row - 1], start.column - 1, start.column - 1, room)
    closing, _, last = _window(lines[end.row - 1], max(end.column - 2, 0), end.column - 1, room)
    if lines[start.row - 1][: start.column - 1].strip():
        body = [(str(start.row), "  ", opening), ("", " " + "_" * (first + 1) + "^", "")]
    else:
        body = [(str(start.row), "/ ", opening)]
    between = range(start.row + 1, end.row)
    cut = len(between) + 2 > _HEAD + _TAIL + 1
    for row in between:
        if not cut or row < start.row + _HEAD or row > end.row - _TAIL:
            body.append((str(row), "| ", _window(lines[row - 1], 0, 0, room)[0]))
        elif row == start.row + _HEAD:
            body.append((_CUT, "|", ""))
    return [*body, (str(end.row), "| ", closing), ("", "|" + "_" * last + "^", "")]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A line as it is printed, piece by piece (one a character), and the cell where each piece begins."""

    pieces: list[str]
    edges: list[int]

    @classmethod
    def out(cls, pieces: Sequence[str]) -> _Laid:
        """Tabs opened, what may not be printed escaped."""
        shown = []
        edges = [0]
        for piece in pieces:
            text = " " * (_TAB - edges[-1] % _TAB) if piece == "\t" else clean(piece)
            shown.append(text)
            edges.append(edges[-1] + cells(text))
        return cls(shown, edges)

    def between(self, left: int, right: int) -> str:
        """What stands in these cells; a piece that is not whole in them leaves blanks."""
        text = ""
        for piece, begin, end in zip(self.pieces, self.edges, self.edges[1:], strict=False):
            if (left < begin or left == begin < end or left == 0) and end <= right:
                text += piece
            elif begin < right and end > left:
                text += " " * (min(end, right) - max(begin, left))
        return text


def _window(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """The part of a line round the characters from `start` to `end` that fits into `room` cells, and the cells of it
    that those characters fill, one at least."""
    low, high = 0, len(line)
    if len(line) > 2 * _MEASURED:
        low, high = max(start - _MEASURED, 0), min(max(start, 0) + _MEASURED, len(line))
    before, after = [_CUT] if low else [], [_CUT] if high < len(line) else []
    laid = _Laid.out([*before, *line[low:high], *after])
    first = laid.edges[start - low + len(before)]
    last = max(laid.edges[min(end, high) - low + len(before)], first + 1)
    total = max(laid.edges[-1], last)
    if total <= room:
        return laid.between(0, total), first, last
    left = _left_edge(first, last, total, room)
    right = left + room
    lost_left, lost_right = left > 0, right < total
    inner = laid.between(left + len(_CUT) * lost_left, right - len(_CUT) * lost_right)
    code = _CUT * lost_left + inner + _CUT * lost_right
    return code, first - left, min(last, right) - left


def _left_edge(first: int, last: int, total: int, room: int) -> int:
    """The first cell to show, so that what is flagged is seen, with as much before it as after it."""
    if last + len(_CUT) <= room:
        return 0
    spare = max(room - (last - first) - 2 * len(_CUT), 0)
    return max(min(first - len(_CUT) - spare // 2, total - room), 0)
