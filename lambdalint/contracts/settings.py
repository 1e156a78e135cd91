"""What a source does not send as its event is set up, or surely sends: a stream whose view leaves an image out, a
bucket that tells of removals alone, an authorizer of tokens; and the words that it then writes, such as a trigger's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lambdalint.contracts import EventSource, Keys, path_of
from lambdalint.project.deployment import Event


def as_set_up(source: EventSource, event: Event, read: frozenset[Keys]) -> EventSource:
    """The source without the keys that it does not send as the event is set up, with those that it then always sends,
    and with the words that it writes. `read`: the paths that the handler reads."""
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
    source = _changed(source, tuple(gone.items()), tuple(sure)) if gone or sure else source
    settings = [event.setting(rule["setting"]) for rule in source.words]
    words = tuple(setting if isinstance(setting, str) else "" for setting in settings)
    return _worded(source, words) if any(words) else source


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


@lru_cache(maxsize=64)
def _worded(source: EventSource, settings: tuple[str, ...]) -> EventSource:
    found = {
        rule["key"]: frozenset[object](rule["of"][setting])
        for rule, setting in zip(source.words, settings)
        if setting in rule["of"]
    }
    return replace(source, values={**source.values, **found})
