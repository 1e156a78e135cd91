"""Whether a serializer takes a value: `faults(shape, table)` walks the picture of a value and lists what is refused.

Unknown is never wrong. An `Either` is wrong only if every option is.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lambdalint.checks.serializers import ADVICE, FINITE, Table, advice_for, noun_for
from lambdalint.checks.way import same
from lambdalint.finding import Place
from lambdalint.interpreter.shapes import Converted, Cycle, Either, Instance, Known, Mapping, Opaque, Sequence, Shape

#: Bases that give an object nothing by which a serializer would know it: it is as good as `object`.
_ORDINARY = frozenset(
    {
        "object",
        "abc.ABC",
        "typing.Generic",
        "typing.Protocol",
        "typing_extensions.Protocol",
        "pydantic.BaseModel",
        "pydantic.main.BaseModel",
        "aws_lambda_powertools.utilities.parser.BaseModel",
        "pydantic.v1.BaseModel",
        "pydantic.v1.main.BaseModel",
        "sqlalchemy.orm.DeclarativeBase",
        "threading.Thread",
        "contextlib.AbstractContextManager",
    }
)
_DATA_CLASSES = "aws_lambda_powertools.utilities.data_classes"
#: An AWS client is named for its service, so are resources: `boto3.client.kms`, `boto3.s3.Object`.
_CLIENT = re.compile(
    r"boto3\.(?:client|resource|meta)\.[\w-]+$|boto3\.collection\..+$"
    r"|boto3\.(?:s3|ec2|iam|sqs|sns|cloudformation|cloudwatch)\.\w+$"
)
#: Methods by which an object may claim any attribute, `_asdict` among them.
_CLAIMS_ANYTHING = frozenset({"__getattr__", "__getattribute__"})


@dataclass(frozen=True, slots=True)
class Fault:
    """A part of a value that a serializer refuses.

    `path` says where in the value, as one would write it: `["body"]["items"][0]`; empty for the value itself.
    `place` is where the part stands (the dict entry's expression, else where it was made), None where not known.
    `why` names the part: "a `set`". `kind` is "type", "key", "order" (keys that cannot be sorted), "text" (bytes that
    are not UTF-8), "cycle" or "number" (NaN, Infinity). `condition` says when it is there, "" for always. `raised` is
    what the project's own hook raises for it, "" where none was asked. `written`: what is written at `place` is what a
    dict's key is given, and not where the value was made, nor something larger that a library gave.
    """

    shape: Shape
    path: str
    place: Place | None
    why: str
    kind: str
    advice: str
    condition: str = ""
    raised: str = ""
    written: bool = False


def faults(shape: Shape, table: Table) -> list[Fault]:
    """Everything in a value that the serializer refuses, outermost and first things first."""
    return list(_faults(shape, table, "", None, ""))


def non_finite(shape: Shape) -> list[Fault]:
    """Every NaN and Infinity in a value: JSON has no text for them."""
    return [fault for fault in faults(shape, FINITE) if fault.kind == "number"]


def describe(shape: Shape) -> str:
    """What to call a value in a message: "a `set`", "`1.5`", "a dict"."""
    if isinstance(shape, Known):
        return "`None`" if shape.value is None else f"`{_short(shape.value)}`"
    if isinstance(shape, Mapping):
        return "a dict" if shape.type == "dict" else noun_for(shape.type)
    if isinstance(shape, Sequence):
        return f"a {shape.type}" if shape.type == "list" else noun_for(shape.type)
    if isinstance(shape, Instance):
        what = "a member of the enum" if _is_enum(shape) else "an object of class"
        return f"{what} `{_last(shape.type)}`"
    if isinstance(shape, Opaque):
        return noun_for(shape.type)
    if isinstance(shape, Either) and shape.options:
        return describe(shape.options[0])
    return "a value"


def _faults(shape: Shape, table: Table, path: str, place: Place | None, condition: str) -> Iterator[Fault]:
    at = place or (None if isinstance(shape, Either) else shape.place)
    if isinstance(shape, Known):
        yield from _constant(shape, table, path, at, condition)
    elif isinstance(shape, Opaque):
        yield from _typed(shape, shape.type, table, path, at, condition)
    elif isinstance(shape, Mapping):
        refused = list(_typed(shape, shape.type, table, path, at, condition))
        yield from refused or _mapping(shape, table, path, at, condition)
    elif isinstance(shape, Sequence):
        refused = list(_typed(shape, shape.type, table, path, at, condition))
        yield from refused or _elements(shape, table, path, at, condition)
    elif isinstance(shape, Instance):
        yield from _instance(shape, table, path, at, condition)
    elif isinstance(shape, Converted):
        yield from _converted(shape, table, path, place, condition)
    elif isinstance(shape, Cycle):
        why, advice = "a reference back to itself", "leave the reference out"
        yield Fault(shape, path, at, why, "cycle", advice, condition)
    elif isinstance(shape, Either):
        found = [list(_faults(option, table, path, place, condition)) for option in shape.options]
        if found and all(found):
            yield from found[0]
        elif not condition and _is_null_or_refused(shape, found, table):  # whoever keeps it means it to be there
            for fault in next(filter(None, found)):
                yield fault if fault.condition else replace(fault, condition="where it is not null")


def _is_null_or_refused(shape: Either, found: list[list[Fault]], table: Table) -> bool:
    """Whether all that a serializer takes of a column of a database, or of an item, is its null; or of what was looked
    for, that it was not found."""
    kept = [option for option, refused in zip(shape.options, found) if not refused]
    nulls = all(isinstance(option, Known) and option.value is None for option in kept)
    refused = [fault for part in found for fault in part]
    return nulls and bool(refused) and all(_is_kept(fault, table) for fault in refused)


#: What gives the thing that was looked for, or None: `re.search`, `element.find`.
_LOOKED_FOR = frozenset({"re.Match", "xml.etree.ElementTree.Element"})


def _is_kept(fault: Fault, table: Table) -> bool:
    if fault.kind != "type" or not isinstance(fault.shape, Opaque):
        return False
    kind = fault.shape.type
    return kind in table.doubtful | _LOOKED_FOR or any(text in note.text for note in fault.shape.way for text in _BASES)


#: How the interpreter says of a value that it was read from a database.
_BASES = ("the database gives", "Redis gives")


def _converted(shape: Converted, table: Table, path: str, place: Place | None, condition: str) -> Iterator[Fault]:
    """A part for which the serializer asks its hook, if it does not know the part itself."""
    found = list(_faults(shape.shape, table, path, place, condition))
    asked = any(fault.kind == "type" and fault.path == path for fault in found)
    if not asked:
        yield from found
    elif shape.answer is shape.shape:
        yield from (replace(fault, raised=shape.raises or "an exception") for fault in found)
    else:
        yield from _faults(shape.answer, table, path, place, condition)


def _constant(shape: Known, table: Table, path: str, at: Place | None, condition: str) -> Iterator[Fault]:
    value = shape.value
    if isinstance(value, float) and not math.isfinite(value):
        if table.refuses_nan:
            yield Fault(shape, path, at, f"`{value}`", "number", "give `None` instead", condition)
    elif isinstance(value, bytes):
        if table.bytes == "refused":
            yield Fault(shape, path, at, "`bytes`", "type", ADVICE["bytes"], condition)
        elif table.bytes == "text" and path and not _is_text(value):
            yield _no_text(shape, path, at, condition)
    else:
        yield from _typed(shape, type(value).__name__, table, path, at, condition)


def _no_text(shape: Shape, path: str, at: Place | None, condition: str) -> Fault:
    advice = "encode them: `base64.b64encode(...).decode()`"
    return Fault(shape, path, at, "`bytes` that are not UTF-8", "text", advice, condition)


def _typed(shape: Shape, type: str, table: Table, path: str, at: Place | None, condition: str) -> Iterator[Fault]:
    known = _known_as(type, table)
    if known in table.refuses or (type == "bytes" and table.bytes == "refused"):
        yield Fault(shape, path, at, noun_for(type), "type", advice_for(type), condition)
    elif type == "bytes" and table.bytes == "text" and path and isinstance(shape, Opaque) and shape.prefix:
        if not _is_text(shape.prefix.encode("latin-1")):
            yield _no_text(shape, path, at, condition)


def _known_as(type: str, table: Table) -> str:
    """The name by which a table speaks of a type: an AWS client is named for its service, `boto3.client.kms`; all data
    classes of Powertools are alike, and all exceptions."""
    if _CLIENT.match(type):
        return "botocore.client.BaseClient"
    if type.startswith(f"{_DATA_CLASSES}."):
        return _DATA_CLASSES
    return "Exception" if type not in table.refuses and _is_error(type) else type


def _is_error(type: str) -> bool:
    """Whether a type is one of exceptions."""
    from lambdalint.interpreter.kinds import is_subclass  # which imports libcst, that files without handlers never need

    return bool(is_subclass(type, "BaseException"))


def _mapping(shape: Mapping, table: Table, path: str, at: Place | None, condition: str) -> Iterator[Fault]:
    key_told = False
    for entry in shape.entries:
        # An entry under a key that is not known stands for any number of entries, as the rest of a list does.
        there = entry.sure or entry.often == "usually" or not isinstance(entry.key, Known)
        if not entry.sure and entry.often == "rarely":
            continue
        here = condition if there else "where that key is set"
        refused = _refused_key(entry.key, table)
        if refused and table.skips_keys:
            continue
        if refused and not key_told:
            key_told = True
            advice = "make the key a string: `str(...)`"
            yield Fault(shape, path, at, f"{refused} as a key", "key", advice, here)
        # What a library made stands, whole, where the library was called: the fault is where it is handed on.
        given = same(entry.place, shape.place)
        place = at if given else entry.place
        inner = f"{path}[{_key_text(entry.key)}]"
        if isinstance(entry.value, Opaque) and entry.value.type in table.doubtful and not isinstance(entry.key, Known):
            # Of all that an item holds, one is sooner or later a number; of the one attribute picked, who knows.
            why, when = "the `Decimal` that a number of a DynamoDB item is", "as soon as there is one"
            yield Fault(entry.value, inner, place, why, "type", ADVICE["decimal.Decimal"], when)
        for fault in _faults(entry.value, table, inner, place, here):
            yield replace(fault, written=True) if place is entry.place and fault.path == inner else fault
    if table.sorts_keys and _unordered([entry.key for entry in shape.entries if entry.sure]):
        why, advice = "keys of different types, which cannot be sorted", "make every key a string, or drop `sort_keys`"
        yield Fault(shape, path, at, why, "order", advice, condition)


def _refused_key(key: Shape, table: Table) -> str | None:
    """What to call a key that is refused; None for one that is taken or not known."""
    if isinstance(key, Either):
        found = [_refused_key(option, table) for option in key.options]
        return found[0] if found and all(found) else None
    if isinstance(key, Known):
        if isinstance(key.value, bytes) and table.bytes == "text":
            return None if _is_text(key.value) else "`bytes` that are not UTF-8"
        type_ = type(key.value).__name__
    elif isinstance(key, Sequence):
        return describe(key) if "tuple" in table.refuses_keys else None
    elif isinstance(key, Opaque):
        type_ = key.type
    elif isinstance(key, Instance):
        if "tuple" in key.bases:
            return describe(key) if "tuple" in table.refuses_keys else None
        return None if _converts(key, table, table.keys) or not table.refuses_keys else describe(key)
    else:
        return None
    return noun_for(type_) if type_ in table.refuses_keys else None


def _unordered(keys: list[Shape]) -> bool:
    """Whether known keys surely cannot be sorted together."""
    kinds = set()
    for key in keys:
        if isinstance(key, Known):
            kinds.add("number" if isinstance(key.value, (int, float)) else type(key.value).__name__)
    return len(kinds) > 1


def _elements(shape: Sequence, table: Table, path: str, at: Place | None, condition: str) -> Iterator[Fault]:
    for index, item in enumerate(shape.items):
        # A member of an enum stands in its class, and is put here; so is what a library made into a tuple.
        put_here = _is_member(item) or (shape.type == "tuple" and _is_of_a_library(item))
        place = shape.place or at if put_here else None
        yield from _faults(item, table, f"{path}[{index}]", place, condition)
    if shape.rest is not None:
        yield from _faults(shape.rest, table, f"{path}[...]", at, condition)


def _is_of_a_library(shape: Shape) -> bool:
    """Whether what a value is of a library has told what it is: it stands where that was called."""
    return isinstance(shape, Opaque) and any(note.text and same(note.place, shape.place) for note in shape.way)


def _is_member(shape: Shape) -> bool:
    """Whether it is a member of an enum, or one of several."""
    if isinstance(shape, Either):
        return all(map(_is_member, shape.options))
    return isinstance(shape, Instance) and _is_enum(shape)


def _instance(shape: Instance, table: Table, path: str, at: Place | None, condition: str) -> Iterator[Fault]:
    if not _converts(shape, table, table.accepts):
        if table.objects or any(base in table.refuses for base in shape.bases):
            advice = "take its `.value`" if _is_enum(shape) else "turn it into a dict of plain values"
            if any(map(_is_error, shape.bases)):
                # It was made where it was raised, which is as it should be: the fault is where it is handed on.
                at, advice = None if same(at, shape.place) else at, advice_for("Exception")
            yield Fault(shape, path, at, describe(shape), "type", advice, condition)
    elif shape.payload is not None and (not _has_hook(shape, table) or "tuple" in shape.bases):
        # A namedtuple's `_asdict` gives what it holds.
        yield from _faults(shape.payload, table, path, at, condition)


def _converts(shape: Instance, table: Table, accepts: frozenset[str]) -> bool:
    """Whether a serializer takes, or may take, an instance of a project class for what its bases or methods say."""
    if shape.unseen_base or _has_hook(shape, table):
        return True
    if any(base in accepts or (base == "bytes" and table.bytes != "refused") for base in shape.bases):
        return True
    known = _ORDINARY | table.refuses | {"enum.Enum", "enum.Flag", "bytes"}
    return any(base not in known for base in shape.bases)


def _has_hook(shape: Instance, table: Table) -> bool:
    names = {*shape.methods, *(name for name, _ in shape.attributes)}
    return bool(table.hooks) and not names.isdisjoint(table.hooks | _CLAIMS_ANYTHING)


def _is_enum(shape: Instance) -> bool:
    return any(base in ("enum.Enum", "enum.Flag") for base in shape.bases)


def _is_text(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _key_text(key: Shape) -> str:
    if not isinstance(key, Known):
        return "..."
    return json.dumps(key.value, ensure_ascii=False) if isinstance(key.value, str) else _short(key.value)


def _short(value: object) -> str:
    """A constant as a message shows it, cut to one short line."""
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _last(name: str) -> str:
    return name.rsplit(".", 1)[-1]
