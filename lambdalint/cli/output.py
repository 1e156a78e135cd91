"""To standard output, standard error and files, whatever their encodings can show; and the exit statuses."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lambdalint.config import ConfigError

FOUND, WRONG, INTERRUPTED = 1, 2, 130


class Unwritable(Exception):
    """Standard output takes nothing: it is closed, or the device behind it is full."""


def config_error(error: ConfigError, options: argparse.Namespace) -> str:
    from lambdalint.report.frame import frame, gutter_of
    from lambdalint.report.terminal import Paint, clean, wants_color, width_of

    paint = Paint(wants_color(getattr(options, "color", "auto"), sys.stderr))
    shown = [f"{paint('error', 'error')}: {clean(error.message)}"]
    if error.span is not None:
        start = error.span.start
        arrow = " " * gutter_of(error.span) + paint("-->", "way")
        shown.append(f"{arrow} {clean(error.span.path)}:{start.row}:{start.column}")
        shown += frame(error.lines, error.span, "error", paint, width_of(sys.stderr))
    return "\n".join(shown)


def out(text: str) -> None:
    """To standard output, whatever its encoding can show.

    Raises:
        Unwritable: that is not possible.
    """
    if not text:
        return
    if sys.stdout is None:  # Python's own word for a descriptor that was closed before it began
        raise Unwritable("it is closed")
    try:
        try:
            sys.stdout.write(text)
        except UnicodeEncodeError:
            encoding = sys.stdout.encoding or "ascii"
            sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unwritable(error.strerror or str(error)) from None


def flush() -> None:
    """Have standard output take what was written; where it does not, it is never tried again.

    Raises:
        Unwritable: it does not.
        BrokenPipeError: nobody reads it any more.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as error:
        leave()
        if isinstance(error, BrokenPipeError):
            raise
        raise Unwritable(error.strerror or str(error)) from None


def leave() -> None:
    """Have what is still to be written to standard output go nowhere, for Python will try once more when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def raw(data: bytes) -> None:
    """To standard output as it is, whatever encoding the terminal has: what another program is to read."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # somebody has put another stream there
        out(data.decode("utf-8", "replace"))
        return
    sys.stdout.flush()
    buffer.write(data)


def say(text: str) -> None:
    """To standard error; where nobody can be told, nobody is."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    with suppress(OSError, AttributeError):
        sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def written(option: str, path: str, text: str) -> None:
    """To the file that an option names.

    Raises:
        ConfigError: it cannot be written.
    """
    from lambdalint.config import ConfigError

    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise ConfigError(f"{option} `{path}` cannot be written: {error.strerror}") from None
