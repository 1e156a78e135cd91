"""To standard output and standard error, whatever their encodings can show; and the exit statuses."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lambdalint.config import ConfigError

FOUND, WRONG, INTERRUPTED = 1, 2, 130


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
    """To standard output, whatever its encoding can show."""
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def raw(data: bytes) -> None:
    """To standard output as it is, whatever encoding the terminal has: what another program is to read."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # somebody has put another stream there
        out(data.decode("utf-8", "replace"))
        return
    sys.stdout.flush()
    buffer.write(data)


def say(text: str) -> None:
    """To standard error."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
