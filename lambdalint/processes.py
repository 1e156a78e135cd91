"""Work spread over processes, where there is enough of it and a process can be forked safely.

A forked worker has everything that this process has read so far, so only the numbers of the tasks go to it, and only
plain data comes back. macOS and Windows do not fork safely; there, and where a worker ends before its time, the work is
done in this process.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Result = TypeVar("Result")

#: Fewer tasks are done sooner than a worker starts.
ENOUGH = 50
#: What a worker is given at a time: few enough to keep all of them at work until the end.
_CHUNK = 4


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(work: Callable[[int], Result], count: int, jobs: int) -> Iterator[Result]:
    """The results of `work(0)` to `work(count - 1)`, in that order, from up to `jobs` processes.

    `work` must not raise, and what it gives must be plain data.
    """
    done = 0
    if jobs > 1 and count >= ENOUGH and sys.platform == "linux":
        for result in _forked(work, count, jobs):
            done += 1
            yield result
    for index in range(done, count):
        yield work(index)


def _forked(work: Callable[[int], Result], count: int, jobs: int) -> Iterator[Result]:
    """The results in order, up to the first one that was lost."""
    from multiprocessing.connection import wait

    links = _start(work, jobs)
    chunks = [range(first, min(first + _CHUNK, count)) for first in range(0, count, _CHUNK)]
    waiting = list(reversed(range(len(chunks))))
    given: dict[Connection, int] = {}
    found: dict[int, Sequence[Result]] = {}
    following = 0
    try:
        for link in links:
            _give(link, chunks, waiting, given)
        while given:
            for ready in wait(list(given)):
                link = cast("Connection", ready)
                number = given.pop(link)
                try:
                    found[number] = link.recv()
                    _give(link, chunks, waiting, given)
                except (EOFError, OSError):
                    pass  # the worker has died
            while following in found:
                yield from found.pop(following)
                following += 1
    finally:
        for link in links:
            link.close()


def _start(work: Callable[[int], Result], jobs: int) -> list[Connection]:
    """Fork the workers."""
    import multiprocessing

    context = multiprocessing.get_context("fork")
    ours: list[Connection] = []
    for _ in range(jobs):
        mine, theirs = context.Pipe()
        worker = context.Process(target=_serve, args=(work, theirs, [*ours, mine]), daemon=True)
        with warnings.catch_warnings():  # that other threads run: they wait for this one, and hold no lock
            warnings.simplefilter("ignore", DeprecationWarning)
            worker.start()
        theirs.close()
        ours.append(mine)
    return ours


def _give(link: Connection, chunks: Sequence[range], waiting: list[int], given: dict[Connection, int]) -> None:
    if waiting:
        number = waiting.pop()
        link.send(chunks[number])
        given[link] = number


def _serve(work: Callable[[int], Result], link: Connection, foreign: Sequence[Connection]) -> None:
    """A worker's life: it ends when the other end of its link is closed, or gone with its process."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    for other in foreign:
        other.close()
    try:
        while True:
            link.send([work(index) for index in link.recv()])
    except (EOFError, OSError):
        return
