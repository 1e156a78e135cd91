"""LL102 over code: an `async def` whose coroutine decorators hand on, and those that run it."""

from __future__ import annotations

import pytest

from .pages import Project

DECORATORS = """import asyncio
import functools
import time


def timed(function):
    def wrapper(event, context):
        begun = time.monotonic()
        try:
            return function(event, context)
        finally:
            print(time.monotonic() - begun)

    return wrapper


def guarded(function):
    def wrapper(event, context):
        if "name" not in event:
            raise ValueError("no name")
        return function(event, context)

    return wrapper


def awaiting(function):
    @functools.wraps(function)
    async def wrapper(event, context):
        return await function(event, context)

    return wrapper


def one_way(function):
    def wrapper(event, context):
        if "name" not in event:
            return {"error": "no name"}
        return function(event, context)

    return wrapper


async def send(event):
    return print(event)


def other(function):
    print(function)
    return lambda event, context: send(event)


def run(function):
    return lambda event, context: asyncio.run(function(event, context))
"""
HANDLER = "async def lambda_handler(event, context):\n    await asyncio.sleep(1)\n    return {}\n"


def said(decorators: str) -> list[tuple[str, str]]:
    text = DECORATORS + "".join(f"\n\n@{name}" for name in decorators.split()).replace("\n\n", "\n") + "\n" + HANDLER
    report = Project(1, {"app.py": text}).run()
    assert report.errors == ()
    return [(one.code, text.splitlines()[one.span.start.row - 1].strip()) for one in report.findings]


@pytest.mark.parametrize("decorators", ["timed", "timed guarded", "awaiting", "awaiting timed"])
def test_a_coroutine_that_is_handed_on_comes_of_the_async_def(decorators: str) -> None:
    assert said(decorators) == [("LL102", HANDLER.splitlines()[0])]


@pytest.mark.parametrize("decorators", ["one_way", "one_way timed"])
def test_where_one_path_gives_another_value_it_is_told_where_it_is_returned(decorators: str) -> None:
    assert said(decorators) == [("LL202", "return function(event, context)")]


def test_another_coroutine_is_none_of_the_async_def() -> None:
    assert said("other") == [("LL202", "return lambda event, context: send(event)")]


def test_one_that_is_run_is_right() -> None:
    assert said("run") == []
