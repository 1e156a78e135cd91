"""The garbage of checks is collected when nobody waits for it."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

pytest.importorskip("pygls")

from lambdalint import memory
from lambdalint.memory import leave_alone, rarely_collected, set_aside
from lambdalint.server import garbage

Done = list[Callable[[], object]]


def _watched(monkeypatch: pytest.MonkeyPatch, session: Callable[[garbage.Garbage], Coroutine[Any, Any, None]]) -> Done:
    """What is done while somebody is at work, where a rest takes no time."""
    monkeypatch.setattr(garbage, "_REST", 0.0)
    done: Done = []

    async def call(work: Callable[[], object]) -> None:
        done.append(work)

    async def run() -> None:
        await session(garbage.Garbage(call))
        await asyncio.sleep(0.01)

    asyncio.run(run())
    return done


def test_once_nothing_is_typed_all_that_is_left_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    async def session(found: garbage.Garbage) -> None:
        await found.checked()
        found.rest()

    assert _watched(monkeypatch, session) == [set_aside]


def test_a_change_puts_that_off(monkeypatch: pytest.MonkeyPatch) -> None:
    async def session(found: garbage.Garbage) -> None:
        await found.checked()
        found.rest()
        found.wait()

    assert _watched(monkeypatch, session) == []


def test_few_checks_after_it_are_no_reason_to_do_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async def session(found: garbage.Garbage) -> None:
        for _ in range(3):
            await found.checked()
            found.rest()
            await asyncio.sleep(0.01)

    assert _watched(monkeypatch, session) == [set_aside]


def test_while_somebody_types_without_a_rest_what_is_newer_is_collected_now_and_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def session(found: garbage.Garbage) -> None:
        for _ in range(90):
            found.wait()
            await found.checked()
        found.rest()

    assert _watched(monkeypatch, session) == [leave_alone, gc.collect, set_aside]


def test_after_a_rest_only_what_is_newer_is_left_to_look_through(monkeypatch: pytest.MonkeyPatch) -> None:
    async def session(found: garbage.Garbage) -> None:
        await found.checked()
        found.rest()
        await asyncio.sleep(0.01)
        for _ in range(40):
            found.wait()
            await found.checked()

    assert _watched(monkeypatch, session) == [set_aside, gc.collect]


class _Ring:
    def __init__(self) -> None:
        self.itself = self


def test_what_is_set_aside_holds_no_garbage_and_no_run_brings_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_stays", True)
    gone, kept = weakref.ref(_Ring()), _Ring()
    try:
        set_aside()
        assert gone() is None
        with rarely_collected():
            pass
        assert gc.get_freeze_count() > 0
        assert all(one is not kept for one in gc.get_objects())
    finally:
        gc.unfreeze()
