"""What several rules would do, and where: a value may be put under its key by several paths, and be wrong on one alone.
What makes JSON of a value that no serializer takes, by its type; and the event, returned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lambdalint.checks.serialization import Fault
from lambdalint.checks.way import same
from lambdalint.finding import Change, Mend, Place, Severity
from lambdalint.interpreter.invocation import Invocation, Return
from lambdalint.interpreter.shapes import Entry, Instance, Mapping, Opaque, Sequence, Shape, parts

_CALLED = {
    **dict.fromkeys(("datetime.datetime", "datetime.date", "datetime.time", "pandas.Timestamp"), ".isoformat()"),
    "datetime.timedelta": ".total_seconds()",
    "numpy.ndarray": ".tolist()",
    "re.Match": ".group()",
}
#: What a list of its elements stands for.
LISTED = frozenset({
    "set", "frozenset", "generator", "range", "map", "filter", "zip", "enumerate", "reversed", "collections.deque",
    "dict_keys", "dict_values", "dict_items",
})  # fmt: skip
_TEXT = frozenset({
    "uuid.UUID", "pathlib.Path", "pathlib.PosixPath", "pathlib.PurePath", "pathlib.PurePosixPath",
    "ipaddress.IPv4Address", "ipaddress.IPv6Address", "ipaddress.IPv4Network", "ipaddress.IPv6Network",
})  # fmt: skip
#: Types of which the text is the number; boto3 makes a Decimal of each in an attribute of DynamoDB.
_NUMBERS = frozenset({"decimal.Decimal", "fractions.Fraction", "boto3.dynamodb.attribute"})
#: Types whose texts leave out a part of a long value, or say nothing of it.
_LONG = frozenset({"numpy.ndarray", "re.Match"})
_SAYS = ("Error", "Exception")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value is mended that stands under a key. `part`: as of `Change`. `inside`: the name of the handler, where
    that is safe in the handler alone: others may get from elsewhere what they use."""

    place: Place
    part: str
    inside: Place | None = None


def spot_of(run: Invocation, entry: Entry, wrong: Callable[[Shape], bool]) -> Spot | None:
    """Where a wrong value under a key is mended: there, if it is made there, or if all that any path puts there is
    wrong; else where it is made, if a call is handed it at once. None where right values would be changed, too."""
    made, key = entry.value.place, entry.place
    if key is not None and same(key, made):
        return Spot(key, "")
    if key is not None and all(map(wrong, put(run, key))):
        return Spot(key, "", run.handler.place)
    return Spot(made, "passed") if made is not None else None


def spot_of_constant(entry: Entry) -> Spot | None:
    """The same for a constant that another replaces: where it is written, and nowhere else."""
    place = entry.value.place
    return None if place is None else Spot(place, "" if same(entry.place, place) else "passed")


def put(run: Invocation, key: Place) -> Iterator[Shape]:
    """The values that the paths put under a key, by the place where it is given them: in what is returned, or written
    as JSON."""
    whole = (found.value for found in (*run.returns, *run.possible_returns))
    dumped = (call.arguments[0] for call in (*run.calls, *run.possible_calls) if call.arguments)
    for shape in (*whole, *dumped):
        for part in parts(shape):
            if isinstance(part, Mapping):
                yield from (entry.value for entry in part.entries if same(entry.place, key))


def mend_of(run: Invocation, fault: Fault) -> Mend | None:
    """How the value under a key is mended where it is written there; None where it stands under none, where a library
    put it there, where it is another value on another path, or its type says nothing of what was meant."""
    place = fault.place
    if place is None or not fault.path.endswith('"]') or fault.raised or not fault.written:
        return None
    change = _change(fault.shape, fault.why, place)
    if change is None:
        return None
    alike = (_change(shape, fault.why, place) for shape in put(run, place))
    if not same(place, fault.shape.place) and any(other != change for other in alike):
        return None
    how = change.after if change.after.startswith(".") else f"{change.before}...{change.after}"
    verb = "Call" if how.startswith(".") else "Wrap in"
    return Mend(f"{verb} `{how}`", (change,), not fault.condition, inside=run.handler.place)


def _change(shape: Shape, why: str, place: Place) -> Change | None:
    if isinstance(shape, Instance):
        return Change(place, after=".value", part="value") if "member of the enum" in why else None
    if not isinstance(shape, (Opaque, Sequence)):
        return None
    if shape.type in _CALLED:
        return Change(place, after=_CALLED[shape.type], part="value")
    if shape.type in LISTED:
        return Change(place, before="list(", after=")", part="value")
    if shape.type in _TEXT or shape.type.endswith(_SAYS):
        return Change(place, before="str(", after=")", part="value")
    return None


def is_written(shape: Shape) -> bool:
    """Whether what `str` makes of a value says what it is."""
    kind = shape.type if isinstance(shape, Opaque) else ""
    return kind in _TEXT | _NUMBERS | _CALLED.keys() - _LONG or kind.endswith(_SAYS)


def event_returned(run: Invocation, found: Return, written: Place | None, severity: Severity | None) -> Mend | None:
    """How a path is mended that must return the event: by its `return`, which is `written` and gives nothing, or by one
    at the end of the handler. None where another function gives nothing, or the handler has no name for the event."""
    handler = run.handler
    if found.fallen is not None or found.gave or handler.decorator is not None or not handler.parameters:
        return None
    event = handler.parameters[0]
    if event.kind != "positional" or handler.is_generator or handler.is_async:
        return None
    change = Change(written or handler.place, content=f"return {event.name}", part="nothing" if written else "end")
    return Mend("Return the event", (change,), severity in (None, Severity.ERROR))
