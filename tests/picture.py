"""Shapes drawn from real values, and records built by hand: what the rules are fed in unit tests."""

from __future__ import annotations

import builtins
import collections
import enum
from functools import lru_cache
from typing import Any

from lambdalint.finding import Place, Position, Report, Span
from lambdalint.interpreter.invocation import Handler, Invocation, Parameter, Read, Return
from lambdalint.interpreter.shapes import (
    Anything,
    Cycle,
    Either,
    Entry,
    Instance,
    Known,
    Mapping,
    Opaque,
    Sequence,
    Shape,
)
from lambdalint.project.deployment import Deployment, Event, Fact
from lambdalint.project.function import Function
from lambdalint.source import Source

SOURCE = Source("app.py", b"def lambda_handler(event, context):\n    pass\n")

_CONSTANTS = (type(None), bool, int, float, complex, str, bytes, type(...))
_SEQUENCES = {list: "list", tuple: "tuple", set: "set", frozenset: "frozenset"}
_MAPPINGS = {
    dict: "dict",
    collections.OrderedDict: "collections.OrderedDict",
    collections.defaultdict: "collections.defaultdict",
    collections.Counter: "collections.Counter",
}
_OUTSIDE = (enum.IntEnum, enum.IntFlag, enum.Flag, enum.Enum, str, bytes, float, int, dict, list, tuple, Exception)


@lru_cache
def place(row: int) -> Place:
    """The place that stands for a row."""
    return Place(SOURCE, Span("app.py", Position(row, 1), Position(row, 2)))


def type_name(value: object) -> str:
    """The name of a value's exact type, as shapes have it."""
    return type_name_of(type(value))


def draw(value: Any, seen: tuple[int, ...] = ()) -> Shape:
    """The shape that is known best of a real value. Classes of the tests stand for classes of the project."""
    kind = type(value)
    if id(value) in seen:
        return Cycle()
    seen = (*seen, id(value))
    if kind in _CONSTANTS:
        return Known(value)
    if kind in _MAPPINGS:
        return Mapping(_MAPPINGS[kind], tuple(Entry(draw(k), draw(v, seen)) for k, v in value.items()))
    if kind in _SEQUENCES:
        return Sequence(_SEQUENCES[kind], tuple(draw(item, seen) for item in value))
    if kind.__module__.split(".")[0] not in ("tests", "test_serialization"):
        return Opaque(type_name(value))
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        items = tuple(draw(item, seen) for item in value)
        fields = tuple(zip(value._fields, items, strict=True))
        return Instance(type_name(value), ("tuple",), fields, ("_asdict",), Sequence("tuple", items))
    bases = tuple(type_name_of(base) for base in _OUTSIDE if isinstance(value, base))
    payload: Shape | None = None
    if isinstance(value, enum.Enum):
        payload = draw(value.value, seen)
    elif isinstance(value, dict):
        payload = draw(dict(value), seen)
    elif isinstance(value, list):
        payload = draw(list(value), seen)
    elif isinstance(value, bytes):
        payload = Known(bytes(value))
    methods = tuple(name for name in vars(kind) if callable(getattr(kind, name)) and not name.startswith("__"))
    methods += ("__getattr__",) if "__getattr__" in vars(kind) else ()
    return Instance(type_name(value), bases, methods=methods, payload=payload)


def type_name_of(kind: type) -> str:
    """The name by which shapes know a type: pathlib's own stand in `pathlib._local` on Python 3.13 alone."""
    module = kind.__module__.lstrip("_").replace("pathlib._local", "pathlib")
    return kind.__qualname__ if module == builtins.__name__ else f"{module}.{kind.__qualname__}"


def entry(key: object, value: Shape, row: int = 0, *, sure: bool = True) -> Entry:
    """An item of a dict, with the place of its value where a row is given."""
    return Entry(Known(key, place(row) if row else None), value, sure, place(row) if row else None)


def response(**entries: Shape | object) -> Mapping:
    """A dict of string keys; what is no shape is drawn. The entry's row is its number, from 1."""
    shapes = [value if isinstance(value, SHAPES) else draw(value) for value in entries.values()]
    return Mapping(
        "dict", tuple(entry(k, v, row) for row, (k, v) in enumerate(zip(entries, shapes, strict=True), start=1))
    )


SHAPES = (Anything, Cycle, Either, Instance, Known, Mapping, Opaque, Sequence)
NAME = place(100)
RETURN = 50


def parameter(name: str, kind: str = "positional", required: bool = True, row: int = 103) -> Parameter:
    return Parameter(name, kind, required, place(row))


def handler(kind: str = "function", **changes: Any) -> Handler:
    """A handler `lambda_handler(event, context)`, or another."""
    parameters = tuple(
        Parameter(name, "positional", True, place(row)) for row, name in ((101, "event"), (102, "context"))
    )
    given: dict[str, Any] = {"parameters": parameters, "signature_known": True, **changes}
    return Handler(kind, "lambda_handler", NAME, **given)


def returning(*values: Shape | Return, reads: tuple[str, ...] = (), **changes: Any) -> Invocation:
    """A record with these values returned, on rows 50, 51 ..., and these parts of the event read: `a.b` as items,
    `a.b?` by get. `events`: those of the descriptor that deploys it."""
    returns = [
        value if isinstance(value, Return) else Return(value, place(RETURN + index), "value")
        for index, value in enumerate(values)
    ]
    event_reads = [
        Read(tuple(path.rstrip("?").split(".")), "get" if path.endswith("?") else "item", place(200)) for path in reads
    ]
    given: dict[str, Any] = {"handler": handler(), **changes}
    events = given.pop("events", ())
    deployment = Deployment("Function", "SAM", place(300), events=events) if events else None
    named = given.pop("named", bool(events))
    function = Function(SOURCE, "lambda_handler", "app", named=named, deployment=deployment)
    return Invocation(function, returns=returns, event_reads=event_reads, **given)


def event(kind: str, row: int = 310, **settings: Any) -> Event:
    """An event of a descriptor."""
    return Event(kind, place(row), "Trigger", {name: Fact(value, place(row)) for name, value in settings.items()})


def judge(code: str, run: Invocation) -> list[Report]:
    """What one rule says of a record."""
    from lambdalint.checks import RULES

    return list(RULES[code].judge(run))


def judged(code: str, run: Invocation) -> list[tuple[int, str]]:
    """What one rule says: the row and the severity of each report."""
    from lambdalint.checks import RULES

    return [(r.place.span().start.row, (r.severity or RULES[code].severity).value) for r in judge(code, run)]
