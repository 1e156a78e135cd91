"""When the garbage of checks is collected: nobody is to wait for it.

What a check leaves behind goes in circles, of which Python sees few, since it looks seldom. To look through all that
the server holds takes as long as some checks, so that is done while nothing is typed, and what is left then is not
looked through again until the next time. While somebody types without a rest, only what is newer is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from lambdalint.memory import collect, set_aside

#: After so many checks what they have left is collected: some 60 KB of each.
_COLLECTED = 40
#: Seconds without a change after which nobody waits.
_REST = 1.0


class Garbage:
    """`call` calls a function where nothing else is at work."""

    def __init__(self, call: Callable[[Callable[[], None]], Awaitable[None]]) -> None:
        self._call = call
        self._since = 0  # checks since any was collected
        self._wanted = True  # by so many checks, or since all began, that all of it be
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Future[None] | None = None

    async def checked(self) -> None:
        """A check has ended."""
        self._since += 1
        if self._since >= _COLLECTED:
            self._since, self._wanted = 0, True
            await self._call(collect)

    def wait(self) -> None:
        """Something has changed."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def rest(self) -> None:
        """Nothing is left to be checked, for now."""
        self.wait()
        if self._wanted:
            self._timer = asyncio.get_running_loop().call_later(_REST, self._at_rest)

    def _at_rest(self) -> None:
        self._timer, self._since, self._wanted = None, 0, False
        self._task = asyncio.ensure_future(self._call(set_aside))
