"""What EventBridge's events hold in their `detail`, where the handler shows of which service they are."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from lambdalint.contracts import EventSource, Keys, path_of, rows
from lambdalint.contracts.callers import Callers
from lambdalint.interpreter.invocation import Invocation

_SOURCE = "eventbridge"
_DETAIL_TYPE: Keys = ("detail-type",)


def with_details(callers: Callers, run: Invocation, read: frozenset[Keys]) -> Callers:
    """The same callers, EventBridge with what the events hold that it delivers. `read`: the paths that the handler
    reads, and all by which they begin."""
    if all(source.id != _SOURCE for source in callers.possible):
        return callers
    asked = run.event_constants.get(_DETAIL_TYPE, frozenset())
    found = [row["id"] for row in rows("details") if _is_of(row, read, asked)]
    if len(found) != 1:
        return callers
    made = tuple(
        replace(caller, sources=tuple(_detailed(s, found[0]) if s.id == _SOURCE else s for s in caller.sources))
        for caller in callers.callers
    )
    return replace(callers, callers=made)


def _is_of(row: dict[str, object], read: frozenset[Keys], asked: frozenset[object]) -> bool:
    signs, kinds = row["signs"], row["detail_types"]
    assert isinstance(signs, list)
    assert isinstance(kinds, list)
    if not all(path_of(sign) in read for sign in signs) or not asked <= set(kinds):
        return False
    return bool(asked) or row["telling"] is True


@lru_cache(maxsize=64)
def _detailed(source: EventSource, id: str) -> EventSource:
    (row,) = [row for row in rows("details") if row["id"] == id]
    levels = row.get("keys", {})
    keys = {path_of(level): frozenset(held) - {"..."} for level, held in levels.items()}
    growing = frozenset(path_of(level) for level, held in levels.items() if "..." in held)
    return replace(
        source,
        keys={**source.keys, **keys},
        growing=source.growing | growing,
        levels=(*source.levels, *levels),
        types={**source.types, **row["types"]},
    )
