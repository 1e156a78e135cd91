"""The oracle finds what it is there to find: a record that is false in one thing is told from one that is true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lambdalint import interpreter
from lambdalint.interpreter.invocation import Call, Handler, Invocation, Return
from lambdalint.interpreter.shapes import Anything, Known, Opaque, Shape
from lambdalint.project.function import Function

from .campaign import Failure, judge, smallest
from .real import Program

RETURNS = {"app.py": "import outside\ndef handler(event, context):\n    outside.save(1)\n    return 'a'\n"}
A, ONE = Known("a"), Known(1)
RAISES = {"app.py": "def handler(event, context):\n    raise KeyError('a')\n"}


def record(
    value: Shape = A, row: int = 4, call: Shape = ONE, raises: bool = True
) -> Callable[[Function, object], Invocation]:
    """An interpreter that always says this."""

    def run(function: Function, finder: object) -> Invocation:
        tree = function.source.tree
        assert tree is not None
        handler = tree.body[-1]
        place = function.source.place(next(s for s in handler.body if s.lineno == row))  # type: ignore[attr-defined]
        made = Invocation(function, Handler("function", "handler", place), raises=raises)
        made.returns.append(Return(value, place, "value"))
        made.calls.append(Call("outside.save", place, (call,)))
        return made

    return run


def kinds(files: dict[str, str]) -> set[str]:
    return {failure.kind for failure in judge(files, range(30)).failures}


@pytest.mark.parametrize(
    ("says", "found"),
    [
        (record(), set()),
        (record(Anything(), call=Opaque("int")), set()),
        (record(Known("b")), {"return"}),
        (record(Opaque("bytes")), {"return"}),
        (record(row=3), {"row"}),
        (record(call=Known(2)), {"call"}),
        (record(raises=False), {"raise"}),
    ],
)
def test_a_false_record_is_found(
    says: Callable[[Function, object], Invocation], found: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interpreter, "run", says, raising=False)
    assert kinds(RETURNS) == found


def test_an_exception_that_no_record_expects_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreter, "run", record(row=2, raises=False), raising=False)
    assert "raise" in kinds(RAISES)


def test_what_is_incomplete_is_excused_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    says = record(Known("b"))
    monkeypatch.setattr(interpreter, "run", lambda f, g: replace(says(f, g), complete=False), raising=False)
    figures = judge(RETURNS, range(10))
    assert not figures.failures
    assert figures.counts["excused return"] > 0


def test_a_counter_example_is_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(function: Function, finder: object) -> Invocation:
        made = Invocation(function, Handler("function", "handler", function.source.place(None)), raises=True)
        made.returns.append(Return(Opaque("dict"), function.source.place(None), "end"))
        return made

    monkeypatch.setattr(interpreter, "run", run, raising=False)
    text = (
        "import json\nX = [1, 2]\ndef handler(event, context):\n    if X:\n        X.append(3)\n    return (X, json)\n"
    )
    failure: Failure = judge({"app.py": text}, [0]).failures[0]
    assert len(smallest(failure).files["app.py"].splitlines()) <= 2


def test_an_endless_program_is_dropped() -> None:
    text = "def handler(event, context):\n    while True:\n        pass\n"
    assert Program({"app.py": text}).run(0).dropped == "too long"


def test_a_picture_is_of_the_moment() -> None:
    text = "import outside\ndef handler(event, context):\n    x = []\n    outside.save(x)\n    x += [1]\n    return x\n"
    runs = [Program({"app.py": text}).run(seed) for seed in range(20)]
    assert all(run.calls[0].arguments[0].items == [] for run in runs)
