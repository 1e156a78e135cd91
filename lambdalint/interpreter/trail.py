"""The trail of a run: where it was, time and again, so that another run can go on from there - of a later text, in
which nothing has changed that the run had looked into by then.

A run is one recursion, and names what it makes in the order in which it makes it: from equal states it does the same.
So of a point in the middle there is kept what was known then - the states that each block of statements on the way
still had before it or had behind it, the record, the counts of the machine - and the way down to it is gone again: the
handler is called, what stands before the point in each block is left out, and at the innermost the record is as it was.
What is computed on that way once more is forgotten by that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, Any, NamedTuple

from lambdalint.interpreter.paths import Outcome
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Sym
from lambdalint.looks import Look

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine

#: How many points are kept; past so many, every second is let go. Steps between the first of them.
_MOST, _APART = 8, 60
#: Of a machine, what belongs to one run.
_OF_A_RUN = frozenset({
    "find", "recorder", "script", "pulse", "event_kinds", "variables", "trail", "state", "choices", "raising",
    "statement",
})  # fmt: skip
#: And what is set by whoever stands further out in the recursion: it is set again on the way.
_ON_THE_WAY = frozenset({
    "guards", "deferred", "of_keys", "tries", "catching", "ways", "catching_imports", "catching_names",
    "current_event", "lambda_context", "per_record", "unsure", "receiver", "active", "called", "depth", "importing",
    "hypothetical", "kept",
})  # fmt: skip
_LEFT_OUT = _OF_A_RUN | _ON_THE_WAY


class Unrepeatable(Exception):
    """The way to where a run was is not found again. It has to be run from the start."""


class _Kept(NamedTuple):
    """A block on the way to a point: the how manieth it was of the one round it, and the next id of the state with
    which it began, by which it is told; where it was; its states then."""

    ordinal: int
    first: int
    statements: Sequence[Any]
    at: int
    number: int
    left: bool
    unsure: int
    counts: tuple[int, int, bool]
    origin: State
    live: list[State]
    found: list[State]
    done: list[Outcome]


class Block:
    """A block that is being run. `index`: of the statement; `number`: of the state from which that is run; `live`: the
    states from which it is; `found`: those that it has left; `done`: how paths have ended; `left`: whether one has left
    the block at this statement; `unsure`: how many statements did before; `children`: the blocks run so far for it."""

    __slots__ = (
        "_ended", "_rest", "_rested", "_waits", "above", "children", "counts", "done", "first", "found", "index",
        "left", "live", "number", "ordinal", "origin", "statements", "unsure",
    )  # fmt: skip

    def __init__(self, above: Block | None, statements: Sequence[Any], origin: State | None) -> None:
        self.above = above
        self.statements = statements
        self.origin = origin
        self.ordinal = 0
        self.first = origin.next_id if origin is not None else 0
        self.children = 0
        self.index = self.number = self.unsure = 0
        self.left = False
        self.counts = (0, 0, True)
        self.live: list[State] = [origin] if origin is not None else []
        self.found: list[State] = []
        self.done: list[Outcome] = []
        # what of those was forked at an earlier point: nobody writes to a state that waits, or that has ended
        self._rest = -1
        self._waits: list[State] = []
        self._rested: list[State] = []
        self._ended: list[Outcome] = []

    def kept(self) -> _Kept:
        assert self.origin is not None
        if self._rest != self.index:
            self._rest, self._rested = self.index, []
            self._waits = [self.origin.fork(), *_forked(self.live[self.number :])]
        waits = self._waits
        live = waits[len(waits) - len(self.live) + self.number :]
        if self.number:
            live = [self.live[0].fork(), *live]
        self._rested += _forked(self.found[len(self._rested) :])
        self._ended += _copied_outcomes(self.done[len(self._ended) :])
        return _Kept(
            self.ordinal, self.first, self.statements, self.index, min(self.number, 1), self.left, self.unsure,
            self.counts, waits[0], live, self._rested[:], self._ended[:],
        )  # fmt: skip

    def take(self, kept: _Kept) -> None:
        """Be where the block was."""
        self.index, self.number, self.left, self.unsure = kept.at, kept.number, kept.left, kept.unsure
        self.origin, self.live, self.found = kept.origin.fork(), _forked(kept.live), _forked(kept.found)
        self.done = _copied_outcomes(kept.done)
        self._rest, self._waits = kept.at, [kept.origin, *kept.live[kept.number :]]
        self._rested, self._ended = kept.found[:], kept.done[:]


class Point(NamedTuple):
    """Where a run was. `looked`: what it had looked into; `asked`: how many questions; `era`: whose text it was."""

    looked: frozenset[Look]
    asked: int
    era: int
    blocks: list[_Kept]
    machine: dict[str, Any]
    record: dict[str, Any]
    rewritten: frozenset[int]


class Trail:
    """That of the runs of one function. `looked` and `asked`: what the run at hand has looked into, and asked;
    `answers`: what the one before has asked, with the answers; `era`: the number of the texts that are run; `onward`:
    the point from which the next run goes on; `lost`: a way was not found again, and others would not be."""

    def __init__(self) -> None:
        self.points: list[Point] = []
        self.gone: list[Point] = []
        self.looked: Set[Look] = frozenset()
        self.asked: dict[Any, None] = {}
        self.answers: list[tuple[Any, object]] = []
        self.era = 0
        self.onward: Point | None = None
        self._start: State | None = None
        self._given: tuple[Sym, ...] = ()
        self.lost = False
        self._apart = _APART
        self._due = 0
        self._known = (-1, -1)
        self._block = self._found = Block(None, (), None)
        self._ahead: list[_Kept] = []

    def clear(self) -> None:
        """Nothing is kept: the run begins at the start."""
        self.let_go(0)
        self.onward, self._start, self._apart = None, None, _APART

    def let_go(self, number: int) -> None:
        """Points from this one on hold no more. They go one by one, as others come: memory that is given back to the
        system at once is slow to be had again."""
        self.gone += self.points[number:]
        del self.points[number:]

    # -- the start -----------------------------------------------------------------------------------------------

    def started(self, state: State) -> None:
        """The handler is about to be called, in this state."""
        self._start = state.fork()

    def start(self, machine: Machine) -> State | None:
        """The state in which the handler is called, where the run goes on; what the machine knows is as it was."""
        if self.onward is None or self._start is None:
            return None
        self._restore(machine, self.onward)
        return self._start.fork()

    def given(self, given: tuple[Sym, ...]) -> tuple[Sym, ...]:
        """What the handler is given: the same in each run."""
        if self.onward is None:
            self._given = given
        return self._given

    def begin(self, machine: Machine) -> None:
        """The handler's statements are run now."""
        self._block = self._found = Block(None, (), None)
        self._ahead = list(self.onward.blocks) if self.onward is not None else []
        self._due = machine.steps - self._apart
        machine.trail = self

    def end(self, machine: Machine) -> None:
        """They have been run."""
        machine.trail = None

    # -- blocks --------------------------------------------------------------------------------------------------

    def enter(self, machine: Machine, statements: Sequence[Any], state: State) -> Block:
        """A block begins; where the run goes on, it is where it was."""
        above = self._block
        block = self._block = Block(above, statements, state)
        block.ordinal = above.children
        above.children += 1
        if self._ahead and above is self._found and self._ahead[0].ordinal == block.ordinal:
            kept = self._ahead.pop(0)
            if kept.first != block.first or len(kept.statements) != len(statements):
                raise Unrepeatable
            if kept.statements[kept.at] is not statements[kept.at]:
                raise Unrepeatable
            self._found = block
            block.take(kept)
            machine.steps, machine.joins, machine.complete = kept.counts
            if not self._ahead:
                assert self.onward is not None
                self._restore(machine, self.onward)
                self._due = machine.steps - self._apart
        return block

    def reach(self, machine: Machine, block: Block) -> None:
        """A block runs a statement from a state; both are told in it."""
        block.children = 0
        block.counts = (machine.steps, machine.joins, machine.complete)
        if machine.steps <= self._due and not self._ahead:
            self._keep(machine)

    def leave(self, block: Block, *, raised: bool) -> None:
        """It has ended."""
        assert block.above is not None
        self._block = block.above
        if self._ahead and block is self._found and not raised:
            raise Unrepeatable

    # -- points --------------------------------------------------------------------------------------------------

    def _keep(self, machine: Machine) -> None:
        blocks: list[_Kept] = []
        block = self._block
        while block.above is not None:
            blocks.append(block.kept())
            block = block.above
        rewritten = self._start.rewritten if self._start is not None else ()
        if self.points and self.points[-1].era == self.era and self._knows() == self._known:
            self.points.pop()  # whatever does not change before the one does not before the other
        self._known = self._knows()
        self.points.append(
            Point(
                frozenset(self.looked), len(self.asked), self.era, blocks[::-1],
                _variables(machine), _variables(machine.recorder), frozenset(rewritten),
            )
        )  # fmt: skip
        if self.gone:
            self.gone.pop()
        if len(self.points) > _MOST:
            del self.points[1::2]
            self._apart *= 2
        self._due = machine.steps - self._apart

    def _knows(self) -> tuple[int, int]:
        return len(self.looked), len(self.asked)

    def _restore(self, machine: Machine, point: Point) -> None:
        for owner, kept in ((machine, point.machine), (machine.recorder, point.record)):
            for name, value in kept.items():
                _set(owner, name, value)
        machine.recorder.renew()
        assert self._start is not None
        self._start.rewritten.clear()  # one set for all paths
        self._start.rewritten.update(point.rewritten)


def _forked(states: Sequence[State]) -> list[State]:
    return [state.fork() for state in states]


def _copied_outcomes(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [Outcome(one.kind, one.state.fork(), one.value, one.node) for one in outcomes]


def _variables(owner: object) -> dict[str, Any]:
    """What a machine or a record knows, apart from it."""
    return {name: _copied(value) for name, value in vars(owner).items() if name not in _LEFT_OUT}


def _copied(value: Any) -> Any:
    kind = type(value)
    if kind is list or kind is set:
        return value.copy()
    if kind is dict or kind is defaultdict or kind is Counter:
        return {key: one.copy() if type(one) in (list, set, dict) else one for key, one in value.items()}
    return value


def _set(owner: object, name: str, value: Any) -> None:
    """A variable is again what it was; what holds things stays the same object, which others may have."""
    known = getattr(owner, name)
    kind = type(known)
    if kind is list:
        known[:] = value
    elif kind is set or kind is dict or kind is defaultdict or kind is Counter:
        known.clear()
        known.update(_copied(value))
    else:
        setattr(owner, name, value)
