"""LL206, LL207: floats and the numbers of DynamoDB.

boto3 refuses a float: "Float types are not supported. Use Decimal types instead." (boto3/dynamodb/types.py), and gives
a `Decimal` for every number, that Python computes with no float.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lambdalint.checks.failures import consequence
from lambdalint.checks.registry import rule
from lambdalint.checks.way import once, trail
from lambdalint.contracts.fields import Fields, fields_of
from lambdalint.contracts.infer import infer
from lambdalint.finding import Place, Report, Severity
from lambdalint.interpreter.invocation import Call, Invocation, Operation
from lambdalint.interpreter.shapes import Anything, Entry, Known, Mapping, Opaque, Sequence, Shape

#: The resource, and the client behind it, which takes plain values too.
_RESOURCE = ("boto3.dynamodb.", "boto3.resource.dynamodb.", "boto3.client.dynamodb-plain.")
#: Where an operation of the resource takes values of items.
_VALUES = frozenset({"Item", "Key", "ExpressionAttributeValues", "ExclusiveStartKey", "RequestItems",
                     "TransactItems"})  # fmt: skip
#: What takes values as they come: a condition, which refuses them where it is used, and the serializer itself.
_GIVEN = ("boto3.dynamodb.conditions.Key.", "boto3.dynamodb.conditions.Attr.")
_SERIALIZE = "boto3.dynamodb.types.TypeSerializer.serialize"
_OPERATORS = frozenset({"Add", "Subtract", "Multiply", "Divide", "FloorDivide", "Modulo", "Power"})


@rule("LL206", "float-to-dynamodb", Severity.ERROR)
def float_to_dynamodb(run: Invocation) -> Iterator[Report]:
    """A float is given to DynamoDB through boto3's resource, which refuses it."""
    calls = [call for call in run.calls if call.name.startswith(_RESOURCE)]
    fields = fields_of(infer(run)) if calls else None
    yield from once(
        _refused(shape, path, entry, call, caught)
        for call in calls
        for caught in _caught(run, "LL206", call.place, call.guarded)
        for name, value in _values(call)
        for shape, path, entry in _floats(value, name, None, fields)
    )


class _Caught(NamedTuple):
    """What comes of an exception that a clause catches, as it ends a message; a warning where it does on some ways."""

    then: str = ""
    severity: Severity | None = None


def _caught(run: Invocation, rule: str, place: Place, guarded: bool) -> Iterator[_Caught]:
    """What comes of the error that is raised at a place: where a clause catches it, only if it raises another, tells
    who calls that it failed, or does nothing in place of what failed."""
    if not guarded:
        yield _Caught()
        return
    for failure in (*run.failures, *run.event_failures):
        if failure.rule != rule or failure.place.node is not place.node:
            continue
        then = f"a clause drops the {failure.kind}" if failure.dropped else consequence(failure)
        if then:
            where = f"{failure.where}, " if failure.where else ""
            yield _Caught(f", and {where}{then}", Severity.WARNING if where else None)


def _values(call: Call) -> Iterator[tuple[str, Shape]]:
    """What boto3 makes attributes of, and what to call it."""
    yield from ((name, value) for name, value in call.keywords if name in _VALUES)
    if call.name.startswith(_GIVEN) or call.name == _SERIALIZE:
        yield from (("the value", value) for value in call.arguments)


def _floats(
    shape: Shape, path: str, entry: Entry | None, fields: Fields | None
) -> Iterator[tuple[Shape, str, Entry | None]]:
    """The floats in a value. `fields`: the types of the event's fields, where it is known who sends it."""
    if _is_float(shape) or (
        isinstance(shape, Anything) and shape.event and fields is not None and fields(shape.event) == "float"
    ):
        yield shape, path, entry
    elif isinstance(shape, Mapping) and shape.type in ("dict", "collections.OrderedDict", "collections.defaultdict"):
        for part in shape.entries:
            if not isinstance(part.key, Known):  # any number of entries, as the rest of a list
                yield from _floats(part.value, f"{path}[...]", part, fields)
            elif part.sure or part.often == "usually":
                yield from _floats(part.value, f"{path}[{part.key.value!r}]".replace("'", '"'), part, fields)
    elif isinstance(shape, Sequence) and shape.type == "list":
        for number, item in enumerate(shape.items):
            yield from _floats(item, f"{path}[{number}]", entry, fields)
        if shape.rest is not None:
            yield from _floats(shape.rest, f"{path}[...]", entry, fields)


def _refused(shape: Shape, path: str, entry: Entry | None, call: Call, caught: _Caught) -> Report:
    place = (entry and entry.place) or shape.place or call.place
    what = path if path.startswith("the value") else f"`{path}`"
    message = f"{what} is a float, and boto3 refuses it: `TypeError: Float types are not supported`{caught.then}"
    return Report(place, message, trail(shape, place, call.chain), "`Decimal(str(...))`", caught.severity)


@rule("LL207", "decimal-with-float", Severity.ERROR)
def decimal_with_float(run: Invocation) -> Iterator[Report]:
    """A number of DynamoDB is a Decimal, and is computed with a float: a TypeError."""
    yield from once(
        _mixed(found, caught)
        for found in run.operations
        if found.op in _OPERATORS and not found.possible
        for caught in _caught(run, "LL207", found.place, found.guarded)
        if (_is_decimal(found.left) and _is_float(found.right)) or (_is_float(found.left) and _is_decimal(found.right))
    )


def _is_decimal(shape: Shape) -> bool:
    return isinstance(shape, Opaque) and shape.type in ("decimal.Decimal", "boto3.dynamodb.attribute")


def _is_float(shape: Shape) -> bool:
    """Whether it is one, or one of numpy's, by what it is made of: that the code asks whether something is a float does
    not say that it ever is."""
    return (isinstance(shape, Known) and type(shape.value) is float) or (
        isinstance(shape, Opaque) and shape.type in ("float", "numpy.float64") and shape.exact
    )


def _mixed(found: Operation, caught: _Caught) -> Report:
    number = found.left if _is_decimal(found.left) else found.right
    stored = not (isinstance(number, Opaque) and number.type == "decimal.Decimal")
    which = "a number of DynamoDB" if stored else "this number"
    message = f"{which} is a `Decimal`, and Python computes none with a float: a TypeError{caught.then}"
    advice = '`Decimal("0.1")`, or `float(...)` of the number'
    return Report(found.place, message, trail(number, found.place, found.chain), advice, caught.severity)
