"""A progress bar on standard error, for runs that take long enough to wonder about.

with Progress(sys.stderr) as progress:
    lint(paths, settings, progress=progress)

running  ━━━━━━━━━━━━━━━━━━━━──────────────  212/350
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

from lambdalint.report.terminal import cells, clean, is_terminal, width_of

#: A run that ends sooner shows no bar.
_PATIENCE = 0.5
_INTERVAL = 0.1
_WIDEST_BAR = 40
_NARROWEST_BAR = 4


class Progress:
    """Called with how much is done, of how much, and what is at work. Silent unless `stream` is a terminal.

    Leaving the `with` block erases the bar, whatever ended it; so does `erase`, before something else is printed.
    """

    def __init__(self, stream: TextIO, *, enabled: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._enabled = enabled and is_terminal(stream) and os.environ.get("TERM") != "dumb"
        self._clock = clock
        self._next = clock() + _PATIENCE
        self._drawn = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.erase()

    def __call__(self, done: int, total: int, what: str) -> None:
        """Draw the bar, unless it was drawn just now."""
        if not self._enabled or total <= 0:
            return
        now = self._clock()
        if now < self._next:
            return
        self._next = now + _INTERVAL
        line = self._line(min(max(done, 0), total), total, clean(what))
        if line:
            self._write("\r" + line + " " * (self._drawn - cells(line)))
            self._drawn = cells(line)

    def erase(self) -> None:
        """Take the bar off the screen, where there is one."""
        if self._drawn:
            self._write("\r" + " " * self._drawn + "\r")
            self._drawn = 0

    def _line(self, done: int, total: int, what: str) -> str:
        count = f"{done:>{len(str(total))}}/{total}"
        # The last column stays free: some terminals go to the next line as soon as it is filled.
        room = (width_of(self._stream) or 0) - 1 - cells(what) - len(count) - 4
        if room < _NARROWEST_BAR:
            return ""
        size = min(room, _WIDEST_BAR)
        full = size * done // total
        drawn, empty = ("━", "─") if self._takes("━─") else ("#", "-")
        return f"{what}  {drawn * full}{empty * (size - full)}  {count}"

    def _takes(self, text: str) -> bool:
        try:
            text.encode(getattr(self._stream, "encoding", None) or "ascii")
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):  # the terminal is gone; the run goes on
            self._enabled = False
            self._drawn = 0
