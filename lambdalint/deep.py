"""Room for deep recursion: parsers, pyflakes and the interpreter go as deep as the code under analysis is nested."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

#: Python frames. A level of an expression costs the interpreter several.
_FRAMES = 40_000
#: The stack to ask for, in bytes; it is address space, and takes memory only as far as it is used. Systems with less to
#: give are asked for less. On the smallest the recursion limit must fit, so it shrinks too.
_STACKS = (512 << 20, 128 << 20, 32 << 20)


def with_room(work: Callable[[], T]) -> T:
    """Call `work` on a thread with a large stack and a high recursion limit; give what it gives, raise what it raises.

    An interrupt (Ctrl-C) leaves at once, and the thread ends with the process.
    """
    results: list[T] = []
    raised: list[BaseException] = []

    def call() -> None:
        try:
            results.append(work())
        except BaseException as error:
            raised.append(error)

    limit, size = sys.getrecursionlimit(), threading.stack_size()
    try:
        for stack in _STACKS:
            try:
                threading.stack_size(stack)
                thread = threading.Thread(target=call, name="lambdalint", daemon=True)
                sys.setrecursionlimit(max(limit, _FRAMES * stack // _STACKS[0]))
                thread.start()
            except (RuntimeError, ValueError):  # no such stack is to be had
                continue
            thread.join()
            break
        else:
            call()
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(limit)
    if raised:
        raise raised[0]
    return results[0]
