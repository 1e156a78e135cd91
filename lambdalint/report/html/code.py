"""Lines of code with their numbers, and a mark on what is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import dedent

from lambdalint.finding import Edit, Fix, Position, Span
from lambdalint.report.html.escape import code

Lines = Mapping[str, Sequence[str]]

#: Of a longer line, so much round the span is shown.
_WIDEST = 300
#: Of a span over more lines than these, the first and the last few are shown.
_HEAD, _TAIL = 8, 3


def excerpt(span: Span, lines: Lines, around: int = 0) -> str:
    """A block with the lines of a span, and so many before and after; "" where it is outside the file."""
    rows = lines.get(span.path, ())
    start, end = span.start, max(span.start, span.end)
    if not 1 <= start.row <= len(rows):
        return ""
    end = end if end.row <= len(rows) else Position(len(rows), len(rows[-1]) + 1)
    if end.column <= 1 and end.row > start.row:
        end = Position(end.row - 1, len(rows[end.row - 2]) + 1)
    return _block(_lines(rows, start, end, around))


def change(fix: Fix, lines: Lines) -> str:
    """A block with the lines that a fix takes away and those that it puts in their place, less the indentation that
    all have; "" where it is long, or in a file whose text is not at hand."""
    shown: list[tuple[str, str]] = []
    for path in dict.fromkeys(edit.span.path for edit in fix.edits):
        edits = sorted((edit for edit in fix.edits if edit.span.path == path), key=lambda edit: edit.span)
        rows = lines.get(path, ())
        for group in _near(edits):
            first, last = group[0].span.start.row, max(edit.span.end.row for edit in group)
            if not 1 <= first <= last <= len(rows) or last - first > _HEAD:
                return ""
            old, new = _apart(list(rows[first - 1 : last]), _applied(rows[first - 1 : last], group, first))
            shown += [("old", row) for row in old]
            shown += [("new", row) for row in new]
    if not shown:
        return ""
    rows = dedent("\n".join(row for _, row in shown)).split("\n")
    return _block(
        f'<span class="line {kind}">{code(_cut(row, 0)[0])}</span>' for (kind, _), row in zip(shown, rows, strict=True)
    )


def _block(shown: Iterable[str]) -> str:
    # A block of code that scrolls is reached by the keyboard.
    return f'<pre class="lines" tabindex="0">{"".join(shown)}</pre>'


def _lines(rows: Sequence[str], start: Position, end: Position, around: int) -> Iterator[str]:
    cut = end.row - start.row + 1 > _HEAD + _TAIL + 1
    for row in range(max(start.row - around, 1), min(end.row + around, len(rows)) + 1):
        if cut and start.row + _HEAD <= row <= end.row - _TAIL:
            if row == start.row + _HEAD:
                yield '<span class="line cut">...</span>'
            continue
        text = rows[row - 1]
        if start.row <= row <= end.row:
            first = start.column - 1 if row == start.row else len(text) - len(text.lstrip())
            last = end.column - 1 if row == end.row else len(text)
            yield _line(row, _marked(text, first, max(first, last)), "line meant")
        else:
            yield _line(row, code(_cut(text, 0)[0]), "line")


def _line(row: int, shown: str, kind: str) -> str:
    return f'<span class="{kind}" data-row="{row}">{shown}</span>'


def _marked(text: str, first: int, last: int) -> str:
    if first == last < len(text):
        last = first + 1  # a place between two characters is shown on the next
    text, gone = _cut(text, first)
    first, last = first - gone, min(last - gone, len(text))
    marked = code(text[first:last])
    return code(text[:first]) + (f"<mark>{marked}</mark>" if marked else "") + code(text[last:])


def _cut(text: str, at: int) -> tuple[str, int]:
    """So much of a long line as is shown, and how many characters before it are not."""
    if len(text) <= _WIDEST:
        return text, 0
    begin = max(min(at - _WIDEST // 3, len(text) - _WIDEST), 0)
    return text[begin : begin + _WIDEST], begin


def _near(edits: list[Edit]) -> Iterator[list[Edit]]:
    """Edits that touch the same lines, together."""
    group: list[Edit] = []
    for edit in edits:
        if group and edit.span.start.row > max(other.span.end.row for other in group):
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _applied(old: Sequence[str], edits: list[Edit], first: int) -> list[str]:
    text = "\n".join(old)
    begins = [0]
    for row in old:
        begins.append(begins[-1] + len(row) + 1)
    for edit in reversed(edits):
        start, end = (begins[at.row - first] + at.column - 1 for at in (edit.span.start, edit.span.end))
        text = text[:start] + edit.content + text[end:]
    return text.split("\n")


def _apart(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """What the two have not in common, at their beginnings and ends."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return old[head : len(old) - tail], new[head : len(new) - tail]
