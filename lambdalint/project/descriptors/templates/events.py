"""The settings that events have in common, read from the values of a template."""

from __future__ import annotations

from typing import Any, TypeAlias

from lambdalint.finding import Place
from lambdalint.project.deployment import BATCH_SIZES, Event, Fact
from lambdalint.project.descriptors.templates.values import Value

Settings: TypeAlias = "dict[str, Fact[Any]]"
#: The logical id of a function, and what calls it.
Call: TypeAlias = "tuple[str, Event]"

_INPUTS = ("Input", "InputPath", "InputTransformer")


def stream_settings(kind: str, properties: Value, place: Place) -> Settings:
    """What an event source mapping says of its batches. `place`: where what it leaves to a default stands."""
    settings: Settings = {}
    types = properties.get("FunctionResponseTypes")
    texts = [value.text for value in types.elements()]
    if types.absent:
        settings["response_types"] = Fact([], place)
    elif types.is_list and not types.open and None not in texts:
        settings["response_types"] = Fact(texts, types.place)
    filters = properties.get("FilterCriteria")
    if not filters.absent:
        settings["filtered"] = Fact(True, filters.place)
    size = properties.get("BatchSize")
    if size.absent and kind in BATCH_SIZES:
        settings["batch_size"] = Fact(BATCH_SIZES[kind], place)
    return settings | numbered("batch_size", size)


def listed(name: str, value: Value) -> Settings:
    """A setting that is a list of texts, or one text that stands for a list of it."""
    texts = [one.text for one in value.one_or_more()]
    known = bool(texts) and None not in texts and not (value.is_list and value.open)
    return {name: Fact(texts, value.place)} if known else {}


def numbered(name: str, value: Value) -> Settings:
    """A setting that is an integer."""
    fact = value.number_fact()
    return {name: fact} if fact is not None else {}


def named(name: str, value: Value) -> Settings:
    """A setting that is a text."""
    fact = value.fact()
    return {name: fact} if fact is not None else {}


def input_settings(properties: Value) -> Settings:
    """Whether a rule or a schedule replaces the event by an input."""
    for name in _INPUTS:
        value = properties.get(name)
        if not value.absent:
            return {"input": Fact(True, value.place)}
    return {}


def replaced(place: Place) -> Settings:
    """The settings of a source whose event may have been made into another."""
    return {"input": Fact(True, place)}


def payload_format(value: Value) -> Settings:
    """A payload format, where it is one of the two."""
    text = value.text
    version = {"1": "1.0", "1.0": "1.0", "2": "2.0", "2.0": "2.0"}.get(text or "")
    return {"payload_format": Fact(version, value.place)} if version is not None else {}


def other(place: Place, name: str = "") -> Event:
    """A caller of which nothing is known but that there is one."""
    return Event("other", place, name)
