"""Texts that are the same code: they differ in comments, in blank lines and in blanks behind the code alone. Nothing
that is run tells them apart, so that what was found in one is found in the other, where its lines are."""

from __future__ import annotations

import tokenize
from collections.abc import Sequence

#: Tokens that hold no code.
_BETWEEN = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


class SameCode:
    """Two texts of one statement, each as its lines, and which lines of the code are which."""

    def __init__(self, before: Sequence[str], now: Sequence[str], rows: dict[int, int], ends: dict[int, int]) -> None:
        self._before, self._now, self._rows, self._ends = before, now, rows, ends

    def rows(self, first: int, last: int, column: int) -> tuple[int, int] | None:
        """Where two lines of the first text are in the other, counted from 0, if what stands between them is the same
        in both, up to a column of the last."""
        start, end = self._rows.get(first), self._rows.get(last)
        if start is None or end is None or end - start != last - first or column > self._ends.get(last, column):
            return None
        was = [*self._before[first:last], self._before[last][:column]]
        is_now = [*self._now[start:end], self._now[end][:column]]
        return (start, end) if was == is_now else None


def same_code(before: Sequence[str], now: Sequence[str]) -> SameCode | None:
    """Compare two texts of one statement at the top of a module, which both compile, by their lines without the ends.
    None where they may be other code; what stands in brackets is compared as it is."""
    if any(line.endswith("\\") for text in (before, now) for line in text) or _bare(before) != _bare(now):
        return None
    was, is_now = _code(before), _code(now)
    if was is None or is_now is None or list(was.values()) != list(is_now.values()):
        return None
    ends = {row: len(text) for row, text in was.items()}
    return SameCode(before, now, dict(zip(was, is_now)), ends)


def _bare(lines: Sequence[str]) -> list[str]:
    """What stands before the first `#` of each line, if anything does: of texts that are the same code it is the same,
    and that is told much sooner."""
    return [bare for line in lines if (bare := line.partition("#")[0].strip())]


def _code(lines: Sequence[str]) -> dict[int, str] | None:
    """The lines that hold code, by their numbers, each up to where its code ends."""
    rows: dict[int, str] = {}
    depth, last = 0, (0, 0)
    try:
        for token in tokenize.generate_tokens(iter([f"{line}\n" for line in lines]).__next__):
            row = token.start[0] - 1
            if token.type == tokenize.NEWLINE and row in rows:
                rows[row] = rows[row][: last[1]]
            elif token.type == tokenize.OP:
                depth += (token.string in ("(", "[", "{")) - (token.string in (")", "]", "}"))
            if depth or token.type not in (*_BETWEEN, tokenize.COMMENT):
                rows.update((one, lines[one]) for one in range(row, min(token.end[0], len(lines))))
                last = (token.end[0] - 1, token.end[1])
    except (tokenize.TokenError, SyntaxError, ValueError):
        return None
    return rows
