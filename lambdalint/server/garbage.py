"""When the garbage of checks is collected: nobody is to wait for it.

What a check leaves behind goes in circles, of which Python sees few, since it looks seldom. To look through all that
the server holds takes as long as some checks, so that is done while nothing is typed, and what is left then is not
looked through again until the next time. While somebody types without a rest, only what is newer is; and where there
was none since the start, what that has left waits for one.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable

from lambdalint.memory import leave_alone, set_aside

#: After so many checks what they have left is collected: some 60 KB of each.
_COLLECTED = 40
#: Seconds without a change after which nobody waits.
_REST = 1.0


class Garbage:
    """`call` calls a function where nothing else is at work."""

    def __init__(self, call: Callable[[Callable[[], object]], Awaitable[object]]) -> None:
        self._call = call
        self._since = _COLLECTED  # checks since all of it was; at first it is to be
        self._started = False  # what the start has left is not looked through any more
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Future[object] | None = None

    async def checked(self) -> None:
        """A check has ended."""
        self._since += 1
        if self._since % _COLLECTED == 0:
            await self._call(gc.collect if self._started else leave_alone)
            self._started = True

    def wait(self) -> None:
        """Something has changed, or all ends."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def rest(self) -> None:
        """Nothing is left to be checked in a project, for now. Where another is at work, it comes after that."""
        self.wait()
        if self._since >= _COLLECTED:
            self._timer = asyncio.get_running_loop().call_later(_REST, self._at_rest)

    def _at_rest(self) -> None:
        self._timer, self._since, self._started = None, 0, True
        self._task = asyncio.ensure_future(self._call(set_aside))
