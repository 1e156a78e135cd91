"""Edits put into a text."""

from __future__ import annotations

from collections.abc import Iterable

from lambdalint.finding import Edit, Fix
from lambdalint.text import Text


def applied(text: Text, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """A text with as many fixes in it as do not touch one another, in the order of their places; and these fixes.

    Edits that several ask for, such as an import, are made once. Line ends that edits bring are those of the file.
    """
    taken: dict[tuple[int, int, str], None] = {}
    done: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: min(edit.span for edit in fix.edits)):
        wanted = [_offsets(text, edit) for edit in fix.edits]
        new = [edit for edit in wanted if edit not in taken]
        others = [*taken, *(edit for edit in wanted)]
        if not any(_touch(edit, other) for edit in new for other in others if other is not edit):
            taken |= dict.fromkeys(new)
            done.append(fix)
    newline = line_end(text.text)
    parts, at = [], 0
    for start, end, content in sorted(taken):
        parts += [text.text[at:start], content.replace("\n", newline)]
        at = end
    return "".join((*parts, text.text[at:])), done


def _offsets(text: Text, edit: Edit) -> tuple[int, int, str]:
    return text.offset_at(edit.span.start), text.offset_at(edit.span.end), edit.content


def _touch(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether two edits cannot both be made. Whole lines may be put in at one place, one after the other."""
    if one[0] == one[1] == other[0] == other[1]:
        return not (one[2].endswith("\n") and other[2].endswith("\n"))
    return (one[0] < other[1] and other[0] < one[1]) or (one[0], one[1]) == (other[0], other[1])


def line_end(text: str) -> str:
    """How the lines of a text end: as its first does."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n" if first >= 0 or "\r" not in text else "\r"
