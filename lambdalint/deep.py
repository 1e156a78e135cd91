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
#: Words of the frame that is below all others.
_WIDE = 1 << 17


def _call(work: Callable[[], T]) -> T:
    return work()


# Since Python 3.11 frames lie in pieces of 16 KB. A piece is asked of the system when a call does not fit into the last
# one, and given back when that call returns: where a loop calls at the end of a piece, that is done thousands of times,
# and takes half as long again as the work (measured). A frame that does not fit into 16 KB gets a piece of twice its
# size, with room for whatever is called from it. Of that, too, memory is taken only as far as it is used.
_call.__code__ = _call.__code__.replace(co_stacksize=_WIDE)


def with_room(work: Callable[[], T]) -> T:
    """Call `work` on a thread with a large stack and a high recursion limit; give what it gives, raise what it raises.

    An interrupt (Ctrl-C) leaves at once, and the thread ends with the process.
    """
    results: list[T] = []
    raised: list[BaseException] = []

    def call() -> None:
        try:
            results.append(_call(work))
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
