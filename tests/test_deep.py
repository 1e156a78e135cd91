"""Room for deep recursion."""

from __future__ import annotations

import sys

import pytest

from lambdalint.deep import with_room


def test_there_is_room_for_what_is_nested_deeper_than_python_allows() -> None:
    def down(depth: int) -> int:
        return down(depth - 1) + 1 if depth else 0

    limit = sys.getrecursionlimit()
    assert with_room(lambda: down(20_000)) == 20_000
    assert sys.getrecursionlimit() == limit


def test_what_is_raised_leaves() -> None:
    def raises() -> None:
        raise LookupError("it")

    with pytest.raises(LookupError, match="it"):
        with_room(raises)


def test_no_call_asks_the_system_for_memory_again_and_again() -> None:
    """Python 3.11 and later do, where calls are made at the end of a piece of their stack."""
    resource = pytest.importorskip("resource")

    def leaf() -> None:
        pass

    def down(depth: int) -> None:
        if depth:
            down(depth - 1)
        for _ in range(1000):
            leaf()

    def faults() -> int:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        down(900)
        return int(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)

    assert with_room(faults) < 500
