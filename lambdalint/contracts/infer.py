"""Which event sources call a handler, judged by what it reads from the event and by the answers it gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lambdalint.contracts import EventSource, Keys, sources
from lambdalint.interpreter.invocation import Invocation
from lambdalint.interpreter.shapes import Either, Mapping, Shape

#: Reads that, beside an answer with a statusCode, show HTTP: too common to show it alone.
_HTTP_BESIDE_STATUS = frozenset({"body", "headers", "cookies"})
#: How an unconditional read looks: the event has what is read, or the handler fails.
_FIRM = frozenset({"item", "attribute", "element"})


@dataclass(frozen=True, slots=True)
class Callers:
    """`http`: True, surely HTTP; False, surely not; None, not to be told. `possible` are the sources that may call:
    where `http` is None, those that matter if it is HTTP after all. `mixed`: the handler also reads what none of them
    sends, so something else may call it too."""

    http: bool | None
    possible: tuple[EventSource, ...]
    mixed: bool = False

    @property
    def reads_answer(self) -> bool:
        """Whether one of the callers may read the answer."""
        return self.http is not False or any(source.answer == "read" for source in self.possible)


def infer(run: Invocation) -> Callers:
    """Who calls this handler, as far as its code shows."""
    firm = {path for path in (_keys(read.path) for read in run.event_reads if read.how in _FIRM) if path}
    paths = firm | {path for path in (_keys(read.path) for read in run.event_reads) if path}
    answers = list(_answers(run))
    answered = {name for answer in answers for name in answer.names}
    status = any(answer.entry("statusCode") is not None for answer in answers)

    strong = {path[:length] for path in paths for length in range(1, len(path) + 1)} & _signs()
    candidates = [s for s in sources() if s.signs & strong or (not status and s.answers & answered)]
    # Who sends everything that is read explains it best; failing such a one, several sources call.
    pool = [s for s in candidates if strong <= s.listed] or candidates
    if not status:
        # An answer that only one kind of source reads says which it is.
        pool = [s for s in pool if s.answers & answered] or pool
    kinds = {s.response is not None for s in pool}
    if kinds == {False}:
        return Callers(False, tuple(pool))
    if not pool and status and any(path[0] in _HTTP_BESIDE_STATUS for path in paths):
        kinds = {True}
    if kinds == {True}:
        possible = _narrowed(firm, pool)
        return Callers(True, possible, _reads_more(paths, possible))
    return Callers(None, tuple(s for s in sources() if s.standard), bool(pool))


def _narrowed(firm: set[Keys], pool: list[EventSource]) -> tuple[EventSource, ...]:
    """The HTTP sources that send everything which the handler reads without asking first."""
    http = [s for s in sources() if s.response is not None and (s.standard or s in pool)]
    known = {path for path in map(_listed, firm) if path is not None and any(path in s.listed for s in http)}
    return tuple(s for s in http if known <= s.listed) or tuple(pool)


def _reads_more(paths: Iterable[Keys], possible: tuple[EventSource, ...]) -> bool:
    sent = {path[0] for source in possible for path in source.listed}
    return any(path[0] not in sent for path in paths)


def _listed(path: Keys) -> Keys | None:
    """The longest path, of those that any source lists, by which this one begins."""
    for length in range(len(path), 0, -1):
        if path[:length] in _paths():
            return path[:length]
    return None


@lru_cache(maxsize=1)
def _signs() -> frozenset[Keys]:
    return frozenset().union(*(source.signs for source in sources()))


@lru_cache(maxsize=1)
def _paths() -> frozenset[Keys]:
    return frozenset().union(*(source.listed for source in sources()))


def _keys(path: tuple[str | int, ...]) -> Keys:
    """A path without its indexes."""
    return tuple(part for part in path if isinstance(part, str) and part not in ("[]", "*"))


def _answers(run: Invocation) -> Iterator[Mapping]:
    """The dicts that are returned, or were meant to be."""
    for found in (*run.returns, *run.possible_returns):
        for shape in (found.value, *found.dropped):
            yield from mappings(shape)


def mappings(shape: Shape) -> Iterator[Mapping]:
    """The dicts that a value may be."""
    if isinstance(shape, Mapping):
        yield shape
    elif isinstance(shape, Either):
        for option in shape.options:
            yield from mappings(option)
