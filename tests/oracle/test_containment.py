"""The relation by which the oracle judges, tried on values whose answer is plain."""

from __future__ import annotations

import datetime
from collections import OrderedDict

import pytest

from lambdalint.interpreter.shapes import Anything, Cycle, Either, Entry, Known, Mapping, Opaque, Sequence, Shape

from .containment import Checker, share
from .pictures import Camera, Picture

A, ONE, STR = Known("a"), Known(1), Opaque("str")


def picture(value: object) -> Picture:
    return Camera(frozenset({"app"}), {}).shoot(value)


def ring() -> dict[str, object]:
    made: dict[str, object] = {"n": 1}
    made["self"] = made
    return made


CONTAINED: list[tuple[Shape, object]] = [
    (Anything(), object()),
    (ONE, 1),
    (Known(float("nan")), float("nan")),
    (STR, "x"),
    (Opaque("str", prefix="ab"), "abc"),
    (Opaque("datetime.datetime"), datetime.datetime(2020, 1, 1)),
    (Opaque("function"), ring),
    (Mapping("dict", (Entry(A, ONE),)), {"a": 1}),
    (Mapping("dict", (Entry(A, ONE, sure=False),)), {}),
    (Mapping("dict", (Entry(A, ONE),), open=True), {"a": 1, "b": 2}),
    (Mapping("dict", (Entry(STR, ONE, sure=False),)), {"a": 1, "b": 1}),
    (Mapping("collections.OrderedDict"), OrderedDict()),
    (Sequence("list", (ONE,), Known(2)), [1, 2, 2]),
    (Sequence("set", (ONE,), Known(2)), {2, 1}),
    (Either((ONE, STR)), "x"),
    (Mapping("dict", (Entry(Known("n"), ONE), Entry(Known("self"), Cycle()))), ring()),
    (Mapping("dict", (Entry(Known("next"), Either((Known(None), Cycle()))),)), {"next": {"next": {"next": None}}}),
]

NOT_CONTAINED: list[tuple[Shape, object]] = [
    (ONE, True),
    (ONE, 1.0),
    (Known(0.0), -0.0),
    (STR, b"x"),
    (Opaque("str", prefix="ab"), "ba"),
    (Opaque("datetime.date"), datetime.datetime(2020, 1, 1)),
    (Mapping("dict", (Entry(A, ONE),)), {}),
    (Mapping("dict", (Entry(A, ONE),)), {"a": 2}),
    (Mapping("dict", (Entry(A, ONE),)), {"a": 1, "b": 2}),
    (Mapping("dict", (Entry(STR, ONE),)), {"a": 1, "b": 2}),
    (Mapping("dict", (Entry(STR, ONE),)), {}),
    (Mapping("dict"), OrderedDict()),
    (Sequence("list", (ONE,)), [1, 1]),
    (Sequence("list", (ONE,), ONE), []),
    (Sequence("list", (), ONE), [1, 2]),
    (Sequence("tuple", (ONE,)), [1]),
    (Sequence("set", (ONE,)), {1, 2}),
    (Sequence("set", (ONE,), Known(2)), {2}),
    (Either((ONE, STR)), None),
    (Mapping("dict", (Entry(Known("next"), Either((Known(None), Cycle()))),)), {"next": {"next": 1}}),
]


@pytest.mark.parametrize(("shape", "value"), CONTAINED)
def test_a_shape_contains_what_it_describes(shape: Shape, value: object) -> None:
    assert Checker().why_not(shape, picture(value)) is None


@pytest.mark.parametrize(("shape", "value"), NOT_CONTAINED)
def test_a_shape_does_not_contain_what_it_rules_out(shape: Shape, value: object) -> None:
    assert Checker().why_not(shape, picture(value)) is not None


def test_the_share_of_unknown_counts_leaves() -> None:
    shape = Mapping("dict", (Entry(A, ONE), Entry(Known("b"), Anything())))
    counted = share(shape, picture({"a": 1, "b": [1, 2, 3]}))
    assert (counted.leaves, counted.unknown) == (4, 3)
