"""The garbage collector, told what a run is like: trees live long and hold no cycles, so looking through them again and
again finds nothing, and takes a fifth of the time of a run."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: New objects between two collections of the young, young ones between two of the middle-aged, and so on.
_RARELY = (50_000, 20, 50)

#: Whether the process stays, and sees to its garbage itself.
_stays = False


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Leave alone what there is now, and collect rarely; as it was before, afterwards. In a process that stays it is
    always so."""
    if _stays:
        yield
        return
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def stay() -> None:
    """This process stays, and makes many runs: what it holds by now is left alone; to the rest `set_aside` sees."""
    global _stays
    _stays = True
    gc.freeze()
    gc.set_threshold(*_RARELY)
    gc.enable()


def set_aside() -> None:
    """Let go of all garbage, and leave alone from now on what is left. It takes as long as a check."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def leave_alone() -> None:
    """Leave alone from now on what there is, its garbage too, until it is set aside. It takes no time."""
    gc.freeze()
