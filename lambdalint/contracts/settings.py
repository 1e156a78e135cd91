"""What a source does not send as its event is set up, or surely sends: a stream whose view leaves an image out, a
bucket that tells of removals alone, an authorizer of tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lambdalint.contracts import EventSource, Keys, path_of
from lambdalint.project.deployment import Event


def as_set_up(source: EventSource, event: Event, read: frozenset[Keys]) -> EventSource:
    """The source without the keys that it does not send as the event is set up, and with those that it then always
    sends. `read`: the paths that the handler reads."""
    gone: dict[str, str] = {}
    sure: list[str] = []
    for rule in source.unsent:
        value = event.setting(rule["setting"])
        values = value if isinstance(value, list) else [value]
        if not values or not all(_is_of(one, rule) for one in values):
            continue
        sure += rule.get("sure", ())
        if not any(path_of(path) in read for path in rule["unless"]):
            gone.update(dict.fromkeys(rule["keys"], rule["said"].format(*values)))
    return _changed(source, tuple(gone.items()), tuple(sure)) if gone or sure else source


def _is_of(value: object, rule: Mapping[str, Any]) -> bool:
    if isinstance(value, bool):
        return any(value is one for one in rule.get("is", ()))
    return isinstance(value, str) and (value in rule.get("is", ()) or value.startswith(tuple(rule.get("begins", ()))))


@lru_cache(maxsize=64)
def _changed(source: EventSource, gone: tuple[tuple[str, str], ...], sure: tuple[str, ...]) -> EventSource:
    keys = dict(source.keys)
    never = {path_of(path): said for path, said in gone}
    for *level, key in never:
        keys[tuple(level)] = keys[tuple(level)] - {key}
    return replace(source, keys=keys, never=never, absent=source.absent - set(map(path_of, sure)))
