"""Whether a real value is one of those that a shape stands for: the types at every path of both are compared."""

from __future__ import annotations

import decimal
from collections.abc import Iterator
from typing import Any

from boto3.dynamodb.types import Binary

from lambdalint.interpreter.shapes import Anything, Either, Known, Mapping, Opaque, Sequence, Shape

#: What a DynamoDB resource makes of attributes.
ATTRIBUTE = (str, decimal.Decimal, Binary, set, list, dict, bool, type(None))
#: Types that handlers know by the name of what they derive from.
_NAMES = {"botocore.httpchecksum.StreamingChecksumBody": "botocore.response.StreamingBody"}
#: What a resource of boto3 is called: its class is made when it is first asked for.
_MADE = (("boto3.resources.factory.", "boto3."), ("boto3.resources.collection.", "boto3.collection."))


def type_name(value: object) -> str:
    """The full name of a value's type; builtins stand under their bare name."""
    cls = type(value)
    name = cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"
    for real, called in _MADE:
        if name.startswith(real):
            return name.replace(real, called, 1)
    return _NAMES.get(name, name)


def differences(value: Any, shape: Shape, path: str = "") -> Iterator[str]:
    """Where the shape claims what the value is not: `Contents[0].Size: int, said to be a str`."""
    if isinstance(shape, Anything):
        if _no_json(value):
            yield f"? {path}: {type_name(value)} is not known of"
    elif isinstance(shape, Either):
        found = [list(differences(value, option, path)) for option in shape.options]
        if all(any(not one.startswith("?") for one in some) for some in found):
            yield from found[0]
    elif isinstance(shape, Known):
        if shape.value != value:
            yield f"{path}: {value!r}, said to be {shape.value!r}"
    elif isinstance(shape, Opaque) and shape.type == "boto3.dynamodb.attribute":
        if not isinstance(value, ATTRIBUTE):
            yield f"{path}: {type_name(value)}, which no attribute of an item is"
    elif isinstance(shape, Opaque):
        if shape.type not in (type_name(value), "json") and not (shape.type == "dict" and isinstance(value, dict)):
            yield f"{path}: {type_name(value)}, said to be {shape.type}"
        elif isinstance(value, dict) and _no_json(value):
            yield f"? {path}: what is no JSON is not known of"
    elif isinstance(shape, Mapping):
        yield from _mapping(value, shape, path)
    elif isinstance(shape, Sequence):
        if not isinstance(value, list) or shape.type != "list":
            yield f"{path}: {type_name(value)}, said to be a {shape.type}"
            return
        for index, part in enumerate(value):
            known = shape.items[index] if index < len(shape.items) else shape.rest
            if known is None:
                yield f"{path}[{index}]: said not to be there"
            else:
                yield from differences(part, known, f"{path}[{index}]")


def _mapping(value: Any, shape: Mapping, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: {type_name(value)}, said to be a dict"
        return
    rest = [entry.value for entry in shape.entries if not isinstance(entry.key, Known)]
    for name, part in value.items():
        inner = f"{path}.{name}" if path else name
        entry = shape.entry(name)
        if entry is not None:
            yield from differences(part, entry.value, inner)
        elif rest:
            yield from differences(part, rest[0], inner)
        elif not shape.open:
            yield f"{inner}: said not to be there"
        elif _no_json(part):
            yield f"? {inner}: {type_name(part)} is not known of"
    for entry in shape.entries:
        if entry.sure and isinstance(entry.key, Known) and entry.key.value not in value:
            yield f"{path}.{entry.key.value}: said to be there"


def _no_json(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_no_json, value.values()))
    if isinstance(value, list):
        return any(map(_no_json, value))
    return not isinstance(value, (str, int, float, bool, type(None)))
