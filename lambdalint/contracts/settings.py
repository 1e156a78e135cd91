"""What a source does not send as its event is set up: a stream whose view leaves an image out, a bucket that tells of
removals alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lambdalint.contracts import EventSource, Keys, path_of
from lambdalint.project.deployment import Event


def as_set_up(source: EventSource, event: Event, read: frozenset[Keys]) -> EventSource:
    """The source without the keys that it does not send as the event is set up. `read`: the paths that the handler
    reads."""
    gone: dict[str, str] = {}
    for rule in source.unsent:
        value = event.setting(rule["setting"])
        values = value if isinstance(value, list) else [value]
        if values and all(_is_of(one, rule) for one in values) and not any(path_of(p) in read for p in rule["unless"]):
            gone.update(dict.fromkeys(rule["keys"], rule["said"].format(*values)))
    return _without(source, tuple(gone.items())) if gone else source


def _is_of(value: object, rule: Mapping[str, Any]) -> bool:
    if isinstance(value, bool):
        return any(value is one for one in rule.get("is", ()))
    return isinstance(value, str) and (value in rule.get("is", ()) or value.startswith(tuple(rule.get("begins", ()))))


@lru_cache(maxsize=64)
def _without(source: EventSource, gone: tuple[tuple[str, str], ...]) -> EventSource:
    keys = dict(source.keys)
    never = {path_of(path): said for path, said in gone}
    for *level, key in never:
        keys[tuple(level)] = keys[tuple(level)] - {key}
    return replace(source, keys=keys, never=never)
