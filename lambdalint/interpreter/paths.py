"""What a path is: how it ends, what was chosen on it, and in which call it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from lambdalint.interpreter.heap import Watched
from lambdalint.interpreter.invocation import Step
from lambdalint.interpreter.scopes import FunctionInfo
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Function, Value
from lambdalint.source import Source


class Raised(Exception):
    """An exception on paper."""

    def __init__(self, value: Value) -> None:
        self.value = value


class Dead(Exception):
    """The path contradicts itself: it does not exist."""


class OutOfSteps(Exception):
    """The run's budget is used up."""


NORMAL, RETURN, RAISE, BREAK, CONTINUE = "normal", "return", "raise", "break", "continue"


class Outcome:
    """How a statement or a call ended: its kind, the state then, the value, and the statement that ended it."""

    __slots__ = ("kind", "node", "state", "value")

    def __init__(self, kind: str, state: State, value: Value | None = None, node: Any = None) -> None:
        self.kind = kind
        self.state = state
        self.value = value
        self.node = node


class Part:
    """A part of a statement that counts as one of its own: what a comprehension does for one of its elements, what
    stands behind `and`, a branch of a conditional expression."""


class Met(NamedTuple):
    """Among the choices that were made, one of the outcomes of a call. `ways`: how many of these are no exceptions;
    `sole`: it is the only such one, and nothing else comes of the call. `first`: it is the first of all."""

    outcome: Outcome
    ways: int
    sole: bool
    first: bool


class Choices:
    """A sequence of choices: a prefix to replay, and what was met beyond it. `sole`: how many of them were none.
    `ways`: how many ways there are as far as the sequence goes. `first`: each choice so far took the first."""

    __slots__ = ("adopted", "first", "pending", "position", "sole", "taken", "ways")

    def __init__(self, prefix: tuple[Any, ...]) -> None:
        self.taken: list[Any] = list(prefix)
        self.position = 0
        self.pending: list[tuple[Any, ...]] = []
        self.adopted = False
        self.sole = 0
        self.ways = 1
        self.first = True


@dataclass(slots=True)
class Frame:
    """A call in progress, or a module or class body being run. `scopes` are the enclosing function scopes."""

    info: FunctionInfo
    scope: int
    scopes: tuple[int, ...]
    module: int
    source: Source
    chain: tuple[Step, ...] = ()
    function: Function | None = None
    receiver: Value | None = None
    on_yield: Callable[[Value], Value] | None = None
    is_class: bool = False
    names: frozenset[str] | set[str] = frozenset()
    outer: Frame | None = None  # of a comprehension: the frame it stands in
    consumer: tuple[Frame, Any] | None = None  # of a generator: the frame and the loop that goes through it
    watched: tuple[Watched, ...] = ()  # of a comprehension: the containers that it goes through


def merge_types(one: tuple[str, ...] | None, other: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if one is None or other is None:
        return None
    return tuple(dict.fromkeys((*one, *other)))


def normal(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Those that go on."""
    return [outcome for outcome in outcomes if outcome.kind is NORMAL]
