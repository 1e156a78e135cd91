"""The way that a value took, as notes of a report: made here, returned here, called here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdalint.finding import Note, Place, Report
from lambdalint.interpreter.invocation import Return, Step
from lambdalint.interpreter.shapes import Anything, Cycle, Either, Shape


def same(one: Place | None, other: Place | None) -> bool:
    """Whether two places are one node."""
    return one is not None and other is not None and one.node is other.node


def trail(shape: Shape, place: Place, chain: Iterable[Step] = (), returned: Return | None = None) -> tuple[Note, ...]:
    """Where the value was made, by what it passed, and where it was returned; `place`, where the report stands, is left
    out, and so is what is said twice."""
    way = () if isinstance(shape, (Anything, Cycle, Either)) else shape.way
    told = any(same(note.place, shape.place) for note in way)
    notes = [Note(made, "made here") for made in (shape.place,) if made is not None and not told]
    notes += way
    notes += [Note(step.place, "called here", f"`{step.callee}()`") for step in reversed(tuple(chain))]
    if returned is not None and returned.how == "value":
        notes.append(Note(returned.place, "returned here"))
    kept: list[Note] = []
    for note in notes:
        if not same(note.place, place) and not any(same(note.place, other.place) for other in kept):
            kept.append(note)
    return tuple(kept)


def once(reports: Iterable[Report]) -> Iterator[Report]:
    """One report a place, the worst: where several paths lead to one fault, the first tells the way."""
    kept: dict[int, Report] = {}
    for report in reports:
        key = id(report.place.node)
        known = kept.get(key)
        if known is None or rank(report) < rank(known):
            kept[key] = report
    yield from kept.values()


def rank(report: Report) -> int:
    """0 for the worst."""
    return report.severity.rank if report.severity is not None else 0
