"""LL407: fields that no event has together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from lambdalint.checks.registry import rule
from lambdalint.checks.way import once
from lambdalint.contracts import EventSource, Keys, sources
from lambdalint.finding import Note, Report, Severity
from lambdalint.interpreter.invocation import Invocation, Read

#: The forms of a request, each by a source that sends it.
_FORMS = {"payload 1.0": "apigateway-http-1.0", "payload 2.0": "apigateway-http-2.0", "an ALB's event": "alb"}
_CONTEXT = "requestContext"


@rule("LL407", "event-version-mixed", Severity.ERROR)
def event_version_mixed(run: Invocation) -> Iterator[Report]:
    """One path reads fields of payload 1.0 and of payload 2.0, or of an ALB's event, which no event has both."""
    yield from once(
        report
        for found in run.returns
        for one, two in combinations(_FORMS, 2)
        for report in _mixed(run, found.read - set(found.present), one, two)
    )


@lru_cache(maxsize=1)
def _fields() -> dict[str, frozenset[Keys]]:
    """Of each form, the fields at the top, and those of the request's context."""
    by_id = {source.id: source for source in sources()}
    return {
        form: frozenset((*above, key) for above in ((), (_CONTEXT,)) for key in by_id[id].keys[above])
        for form, id in _FORMS.items()
    }


def _have_none_both(one: Keys, two: Keys) -> bool:
    """Whether no source at all sends both fields."""
    return not any(all(_may_send(source, path) for path in (one, two)) for source in sources())


def _may_send(source: EventSource, path: Keys) -> bool:
    return path in source.listed or path[-1] in (source.keys_at(path[:-1]) or ())


def _mixed(run: Invocation, read: frozenset[tuple[str | int, ...]], one: str, two: str) -> Iterator[Report]:
    both = [_fields()[one], _fields()[two]]
    first_only, second_only = ([path for path in own if path in read] for own in (both[0] - both[1], both[1] - both[0]))
    pairs = [(a, b) for a in first_only for b in second_only if _have_none_both(a, b)]
    reads = {form: _first(run, {pair[at] for pair in pairs}) for at, form in enumerate((one, two))}
    first, second = reads[one], reads[two]
    if first is None or second is None:
        return
    (before, earlier), (after, later) = sorted(((one, first), (two, second)), key=lambda pair: pair[1].place.span())
    dotted = [".".join(map(str, read.path)) for read in (earlier, later)]
    message = (
        f"`{dotted[1]}` is a field of {after}, and `{dotted[0]}` one of {before}: no event has both, "
        "and a KeyError fails the invocation"
    )
    note = Note(earlier.place, f"{before} is read here", f"`{dotted[0]}`")
    yield Report(later.place, message, (note,), "read the fields of the payload format that the API sends")


def _first(run: Invocation, paths: set[Keys]) -> Read | None:
    reads = [read for read in run.event_reads if read.path in paths and read.how == "item"]
    return min(reads, key=lambda read: read.place.span(), default=None)
