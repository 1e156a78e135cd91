"""The garbage collector, told what a run is like: trees live long and hold no cycles, so looking through them again and
again finds nothing, and takes a fifth of the time of a run."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: New objects between two collections of the young, young ones between two of the middle-aged, and so on.
_RARELY = (50_000, 20, 50)


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Leave alone what there is now, and collect rarely; as it was before, afterwards."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
