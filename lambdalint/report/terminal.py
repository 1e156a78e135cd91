"""What the terminal can take: colour or none, its width, the cells a text fills, and the characters that may reach it.

Everything that was read from files - names, messages, source - goes through `clean` before it is printed, since a
control sequence in a file name must not move the reader's cursor, and a bidi override must not turn the code round.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TextIO

#: What a terminal without columns of its own is taken to have.
USUAL_WIDTH = 80

# Joiner, variation selectors and skin tones: terminals disagree about the cells of an emoji that holds them, so a caret
# could not stand under anything that follows one. Without them each part has the width that every terminal gives it.
_EMOJI_GLUE = dict.fromkeys([0x200D, 0xFE0E, 0xFE0F, *range(0x1F3FB, 0x1F400)])

# Letters and signs by name, and blank to the eye.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"

# The vowels and final consonants of conjoining Hangul are drawn into the cell of the consonant before them.
_CONJOINING = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")

_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "strong": "1",
    "way": "36",
    "faint": "2",
    "good": "1;32",
}


def wants_color(when: str, stream: TextIO, environ: Mapping[str, str] | None = None) -> bool:
    """Whether to colour what goes to `stream`.

    `when` is what --color says: "always" and "never" decide alone; with "auto" a non-empty NO_COLOR refuses, then a
    non-empty FORCE_COLOR demands (https://no-color.org, https://force-color.org, in CPython's order), then TERM=dumb
    refuses, and then a terminal alone has colour.

    Raises:
        ValueError: `when` is none of the three.
    """
    environ = os.environ if environ is None else environ
    if when not in ("auto", "always", "never"):
        raise ValueError(f"color is auto, always or never, not {when!r}")
    if when != "auto":
        return when == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return environ.get("TERM") != "dumb" and is_terminal(stream) and _takes_escapes(environ)


def is_terminal(stream: TextIO) -> bool:
    """Whether a person watches this stream; a closed or odd one is none."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError, OSError):
        return False


def _takes_escapes(environ: Mapping[str, str]) -> bool:
    # The old Windows console prints escape sequences as they are; these variables name the ones that do not.
    return sys.platform != "win32" or any(name in environ for name in ("WT_SESSION", "TERM", "TERM_PROGRAM", "ANSICON"))


def width_of(stream: TextIO, environ: Mapping[str, str] | None = None) -> int | None:
    """The columns of the terminal behind `stream`, or None where there is none: text is then neither cut nor wrapped.

    COLUMNS, where it is a positive number, wins over what the terminal says.
    """
    environ = os.environ if environ is None else environ
    if not is_terminal(stream):
        return None
    columns = environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or USUAL_WIDTH
    except (AttributeError, ValueError, OSError):
        return USUAL_WIDTH


def clean(text: str) -> str:
    """The text without anything that acts on a terminal or cannot be seen.

    Control characters (C0, DEL, C1), bidi controls, zero-width characters, line separators, lone surrogates, odd
    spaces, fillers, private and unassigned characters become the escapes that Python would write for them: `\\x1b`,
    `\\u202e`. The glue inside emoji is left out.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char if _seen(char) else char.encode("unicode_escape").decode() for char in text.translate(_EMOJI_GLUE)
    )


def _seen(char: str) -> bool:
    return char == "\u3000" or (char.isprintable() and char not in _BLANK)


def cells(text: str) -> int:
    """How many cells a cleaned text fills: two for wide East Asian characters and emoji, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(map(_cells_of, text))


def _cells_of(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me") or _CONJOINING.match(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


@dataclass(frozen=True, slots=True)
class Paint:
    """Puts styles on text, or leaves it as it is where there is no colour."""

    enabled: bool

    def __call__(self, text: str, style: str | None) -> str:
        """`style` is a severity's value, "strong", "way", "faint", "good", or None for plain text."""
        if not self.enabled or style is None or not text:
            return text
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of clean text in one style."""

    text: str
    style: str | None = None


_CODE = re.compile(r"(`[^`]+`)")


def prose(text: str, style: str | None = None) -> list[Piece]:
    """A message in pieces: what stands between backticks is code and is set strong."""
    parts = _CODE.split(clean(text))
    return [Piece(part, "strong" if index % 2 else style) for index, part in enumerate(parts) if part]


def flow(pieces: Iterable[Piece], paint: Paint, width: int | None, *, hang: int, first: int = 0) -> str:
    """Set pieces into lines of at most `width` cells, broken at spaces where there are any.

    The first line begins at column `first`, where something else stands already; the next ones are indented by `hang`.
    """
    letters = [(char, piece.style) for piece in pieces for char in piece.text]
    if width is None:
        return _painted(letters, paint)
    lines = []
    room = max(width - first, 1)
    while letters:
        end = _break(letters, room)
        line = letters[:end]
        while line and line[-1][0] == " ":
            line.pop()
        lines.append(_painted(line, paint))
        while end < len(letters) and letters[end][0] == " ":
            end += 1
        letters = letters[end:]
        room = max(width - hang, 1)
    return ("\n" + " " * hang).join(lines)


def _break(letters: list[tuple[str, str | None]], room: int) -> int:
    """How many letters fit into `room` cells: up to the last space, or to the edge where there is none.

    A number stays with what it counts, and code stays whole unless that left more than half of the line empty.
    """
    used = 0
    space = inside_code = 0
    number = True
    for index, (char, style) in enumerate(letters):
        used += cells(char)
        if char == " ":
            if not number:
                inside_code = index
                if style is None or letters[index - 1][1] != style:
                    space = index
            number = True
        else:
            number = number and char in "(0123456789.,"
        if used > room:
            end = space if 2 * space >= room else inside_code
            return end or max(index, 1)
    return len(letters)


def _painted(letters: list[tuple[str, str | None]], paint: Paint) -> str:
    text = ""
    run = ""
    style: str | None = None
    for char, its in letters:
        if its != style:
            text += paint(run, style)
            run, style = "", its
        run += char
    return text + paint(run, style)
