"""Who calls a handler: the sources, how sure that is, and which of them are left where it ends in one way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from lambdalint.contracts import EventSource, Keys, sources
from lambdalint.interpreter.invocation import Return
from lambdalint.project.deployment import Event

#: What an HTTP source that lists it never leaves out and never sends empty.
_ALWAYS: frozenset[Keys] = frozenset(
    {
        *(("requestContext",), ("httpMethod",), ("resource",), ("path",), ("version",), ("routeKey",), ("rawPath",)),
        *(("requestContext", "http"), ("requestContext", "http", "method"), ("requestContext", "http", "path")),
        ("requestContext", "elb"),
    }
)


@dataclass(frozen=True, slots=True)
class Caller:
    """One that calls: the sources that it may be, one of them where that is known, and the descriptor's event."""

    sources: tuple[EventSource, ...]
    event: Event | None = None

    def setting(self, name: str) -> object:
        """A setting of the event, or None where it is not known."""
        return self.event.setting(name) if self.event is not None else None

    def sends_anything(self, source: EventSource) -> bool:
        """Whether what the source sends is not known: the event is made by somebody else."""
        return not source.signs or self.setting("input") is True


@dataclass(frozen=True, slots=True)
class Callers:
    """`http`: True, surely HTTP; False, surely not; None, not to be told, or HTTP and something else. `callers`: each
    of them must be given its answer; without a descriptor they are one, that may be any of several sources; where
    `http` is None then, those that matter if it is HTTP after all. `mixed`: the handler also reads what none of them
    sends, so something else may call it too. `shown`: the signs of sources that it reads without asking first.
    `named`: a descriptor says so; `certain`: it does, or a sign that is no other source's."""

    http: bool | None
    callers: tuple[Caller, ...] = ()
    mixed: bool = False
    shown: frozenset[Keys] = frozenset()
    named: bool = False
    certain: bool = False

    @property
    def possible(self) -> tuple[EventSource, ...]:
        """Every source that may call."""
        return tuple(dict.fromkeys(source for caller in self.callers for source in caller.sources))

    @property
    def web(self) -> list[EventSource]:
        """Those of them that are HTTP."""
        return [source for source in self.possible if source.response is not None]

    @property
    def reads_answer(self) -> bool:
        """Whether one of the callers may read the answer."""
        return self.http is not False or any(source.answer == "read" for source in self.possible)


def made(callers: Iterable[Caller], **known: object) -> Callers:
    """Callers of whom it is known whether they are HTTP."""
    kept = tuple(caller for caller in callers if caller.sources)
    kinds = {source.response is not None for caller in kept for source in caller.sources}
    return Callers(None if len(kinds) == 2 else kinds == {True}, kept, **known)  # type: ignore[arg-type]


def on_path(callers: Callers, found: Return) -> Callers:
    """Who calls where the handler ends in this way: the event lacks on this path what some of them always send, or
    has what they do not."""
    absent = {keys_of(path) for path in found.absent}
    present = {path[0] for path in map(keys_of, found.present) if path} & _firsts(sources())
    if () in absent:  # no source sends an empty event
        return Callers(False)
    left = []
    shown = callers.shown | (prefixes(map(keys_of, found.present)) & signs())
    for caller in callers.callers:
        missing = [source for source in caller.sources if _lacks(caller, source, absent) or _is_none_of(source, found)]
        # What asks whether one key of HTTP is there asks for the sources that send it: the handler is written for
        # others only if it reads, or found on this path, what those send and the ones asked for do not.
        asked = frozenset().union(*(source.listed for source in missing))
        left.append(
            replace(
                caller,
                sources=tuple(
                    source
                    for source in caller.sources
                    if source not in missing
                    and (caller.sends_anything(source) or present <= _firsts((source,)))
                    and (
                        callers.named
                        or not missing
                        or any(sign in source.signs and sign not in asked for sign in shown)
                    )
                ),
            )
        )
    if tuple(left) == callers.callers:
        return callers
    narrowed = made(left, mixed=callers.mixed, shown=callers.shown, named=callers.named, certain=callers.certain)
    if callers.named:
        return narrowed
    if any(source.response is not None for source in narrowed.possible):
        return replace(narrowed, http=callers.http)
    return Callers(False, narrowed.callers)


def where_absent(callers: Callers, absent: Iterable[tuple[str | int, ...]]) -> tuple[EventSource, ...]:
    """The sources that may have sent an event which lacks some keys."""
    paths = set(map(keys_of, absent))
    return tuple(
        source for caller in callers.callers for source in caller.sources if not _lacks(caller, source, paths)
    )


def _lacks(caller: Caller, source: EventSource, absent: set[Keys]) -> bool:
    """Whether the event lacks what the source always sends."""
    if caller.sends_anything(source):
        return False
    if any(path[:2] in source.listed for path in absent & _ALWAYS):
        return True
    identifier = prefixes([source.identifier]) if source.identifier else frozenset()
    if absent & identifier:
        return True
    always = source.listed - source.absent - source.nullable
    return source.response is None and any(_is_of_records(path) and path in always for path in absent)


def _is_of_records(path: Keys) -> bool:
    """Whether a key stands at the top of an event, or of each of its records."""
    return len(path) == 1 or (len(path) == 2 and path[0].lower() == "records")


def _is_none_of(source: EventSource, found: Return) -> bool:
    """Whether a key of the event equals none of the values that the source sends there."""
    return any(
        values <= {constant for fact in found.excluded if fact.event == (key,) for constant in fact.constants}
        for key, values in source.values.items()
    )


def prefixes(paths: Iterable[Keys]) -> frozenset[Keys]:
    """The paths, and all by which they begin."""
    return frozenset(path[:length] for path in paths for length in range(1, len(path) + 1))


@lru_cache(maxsize=64)
def _firsts(listing: tuple[EventSource, ...]) -> frozenset[str]:
    """The keys at the top of the events of these sources."""
    return frozenset(path[0] for source in listing for path in source.listed)


@lru_cache(maxsize=1)
def signs() -> frozenset[Keys]:
    """Every sign of every source."""
    return frozenset().union(*(source.signs for source in sources()))


def keys_of(path: tuple[str | int, ...]) -> Keys:
    """A path without its indexes. "*" stands in it for each of the keys that a dict has."""
    return tuple(part for part in path if isinstance(part, str) and part != "[]")
