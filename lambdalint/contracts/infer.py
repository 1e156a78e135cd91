"""Which event sources call a handler, judged by what it reads from the event and by the answers it gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from lambdalint.contracts import EventSource, Keys, sources
from lambdalint.interpreter.invocation import Invocation, Return
from lambdalint.interpreter.shapes import Either, Mapping, Shape

#: Reads that, beside an answer with a statusCode, show HTTP: too common to show it alone.
_HTTP_BESIDE_STATUS = frozenset({"body", "headers", "cookies"})
#: How an unconditional read looks: the event has what is read, or the handler fails.
_FIRM = frozenset({"item", "attribute", "element"})


#: What a source that lists it never leaves out and never sends empty.
_ALWAYS: frozenset[Keys] = frozenset(
    {
        *(("requestContext",), ("httpMethod",), ("resource",), ("path",), ("version",), ("routeKey",), ("rawPath",)),
        *(("requestContext", "http"), ("requestContext", "http", "method"), ("requestContext", "http", "path")),
        ("requestContext", "elb"),
    }
)


@dataclass(frozen=True, slots=True)
class Callers:
    """`http`: True, surely HTTP; False, surely not; None, not to be told. `possible` are the sources that may call:
    where `http` is None, those that matter if it is HTTP after all. `mixed`: the handler also reads what none of them
    sends, so something else may call it too. `shown`: the signs of sources that it reads
    without asking first."""

    http: bool | None
    possible: tuple[EventSource, ...]
    mixed: bool = False
    shown: frozenset[Keys] = frozenset()

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

    strong = _prefixes(paths) & _signs()
    shown = _prefixes(firm) & _signs()
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
    # Without an answer of the form, a sign that is only asked for may be what tells HTTP from something else.
    if kinds == {True} and (status or shown):
        possible = _narrowed(firm, pool)
        return Callers(True, possible, _reads_more(paths, possible), shown)
    return Callers(None, tuple(s for s in sources() if s.standard), bool(pool), shown)


def on_path(callers: Callers, found: Return) -> Callers:
    """Who calls where the handler ends in this way: the event lacks on this path what some of them always send, or
    has what they do not."""
    absent = {_keys(path) for path in found.absent}
    present = {path[0] for path in map(_keys, found.present) if path} & _firsts(sources())
    if () in absent:  # no source sends an empty event
        return Callers(False, ())
    missing = [s for s in callers.possible if any(path[:2] in s.listed for path in absent & _ALWAYS)]
    # What asks whether one key of HTTP is there asks for the sources that send it: the handler is written for others
    # only if it reads, or found on this path, what those send and the ones asked for do not.
    shown = callers.shown | (_prefixes(map(_keys, found.present)) & _signs())
    asked = frozenset().union(*(source.listed for source in missing))
    possible = tuple(
        source
        for source in callers.possible
        if source not in missing
        and present <= _firsts((source,))
        and (not missing or any(sign in source.signs and sign not in asked for sign in shown))
    )
    if len(possible) == len(callers.possible):
        return callers
    if any(source.response is not None for source in possible):
        return replace(callers, possible=possible)
    return Callers(False, possible)


def _prefixes(paths: Iterable[Keys]) -> frozenset[Keys]:
    return frozenset(path[:length] for path in paths for length in range(1, len(path) + 1))


@lru_cache(maxsize=64)
def _firsts(listing: tuple[EventSource, ...]) -> frozenset[str]:
    """The keys at the top of the events of these sources."""
    return frozenset(path[0] for source in listing for path in source.listed)


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
