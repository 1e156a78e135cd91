"""Values that boto3's resource of DynamoDB makes no attribute of.

Source: `TypeSerializer._get_dynamodb_type` in boto3/dynamodb/types.py, the same since boto3 1.0: None, bools, ints and
Decimals, texts, bytes, sets of one of these, lists, tuples and mappings; of floats LL206 speaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdalint.interpreter.certain import exact
from lambdalint.interpreter.heap import DictObject, ListObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.decimals import unstorable
from lambdalint.interpreter.plain import ERROR, MEMBER, OBJECT
from lambdalint.interpreter.samples import AWARE, NAIVE
from lambdalint.interpreter.values import Const, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: The parameters that hold attributes.
_HELD = ("Item", "Key", "ExpressionAttributeValues", "ExclusiveStartKey")
_REFUSED = frozenset({
    NAIVE, AWARE, OBJECT, MEMBER, ERROR, "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta",
    "datetime.timezone", "uuid.UUID", "fractions.Fraction", "complex", "range", "generator", "map", "filter", "zip",
    "enumerate", "reversed", "dict_values", "collections.deque", "re.Match", "re.Pattern", "pathlib.PosixPath",
    "pathlib.PurePosixPath", "ipaddress.IPv4Address", "ipaddress.IPv6Address", "ipaddress.IPv4Network", "function",
    "module", "io.BytesIO", "io.StringIO", "pydantic.BaseModel",
})  # fmt: skip
#: The types that boto3 says are floats. Where nothing catches that, it is not followed: the rule sees the call.
FLOATS = ("float", "numpy.float64")
_MAX_DEPTH = 8


def refuse_unstorable(machine: Machine, site: CallSite) -> None:
    """Refuse a call that is given what no attribute is made of.

    Raises:
        Raised: a TypeError, on paper.
    """
    if site.open:
        return
    for name in _HELD:
        for path, value in _parts(machine, site.keywords.get(name), name, 0):
            if exact(machine, value) in _REFUSED:
                why = f"`{path}` is {said(machine, value)}, of which boto3 makes no attribute"
                raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)
            error, why, mostly = unstorable(value)
            if mostly:
                where = "for most floats that are no whole numbers"
                why = f"`{path}` is {why} (`Decimal(str(...))` has few)"
                machine.recorder.fails(machine, site.place, error, why, where)
            elif error:
                why = f"`{path}` is {why}"
                raise machine.raise_builtin(error, site.node, site.frame, why)
            if machine.catching and type(value) in (Const, Sym) and kind_of(machine, value) in FLOATS:
                if type(value) is not Sym or value.kind is not None:
                    raise machine.raise_builtin("TypeError", site.node, site.frame, "a float", rule="LL206")


def _parts(machine: Machine, value: Value | None, path: str, depth: int) -> Iterator[tuple[str, Value]]:
    """What surely stands in a value, itself first, each with its path."""
    if value is None or depth > _MAX_DEPTH:
        return
    value = machine.state.resolve(value)
    yield path, value
    thing = machine.object(value) if type(value) is Ref else None
    if isinstance(thing, DictObject) and not thing.leaked and kind_of(machine, value) is not None:
        for key, item in thing.items.items():
            if item.sure:
                yield from _parts(machine, item.value, f'{path}["{key}"]', depth + 1)
    elif isinstance(thing, ListObject) and not thing.leaked and thing.type == "list":
        for index, part in enumerate(thing.items):
            yield from _parts(machine, part, f"{path}[{index}]", depth + 1)
    elif type(value) is Tuple:
        for index, part in enumerate(value.items):
            yield from _parts(machine, part, f"{path}[{index}]", depth + 1)
