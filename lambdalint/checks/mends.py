"""What several rules would do: make JSON of a value that no serializer takes, by its type; return the event."""

from __future__ import annotations

from lambdalint.checks.serialization import Fault
from lambdalint.finding import Change, Mend, Place, Severity
from lambdalint.interpreter.invocation import Invocation, Return
from lambdalint.interpreter.shapes import Instance, Opaque, Sequence

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


def mend_of(fault: Fault) -> Mend | None:
    """How the value under a key is mended where it is written there; None where it stands under none, where a library
    put it there, or its type says nothing of what was meant."""
    if fault.place is None or not fault.path.endswith('"]') or fault.raised or not fault.written:
        return None
    change = _change(fault)
    if change is None:
        return None
    how = change.after if change.after.startswith(".") else f"{change.before}...{change.after}"
    verb = "Call" if how.startswith(".") else "Wrap in"
    return Mend(f"{verb} `{how}`", (change,), not fault.condition)


def _change(fault: Fault) -> Change | None:
    shape, place = fault.shape, fault.place
    assert place is not None
    if isinstance(shape, Instance):
        return Change(place, after=".value", part="value") if "member of the enum" in fault.why else None
    if not isinstance(shape, (Opaque, Sequence)):
        return None
    if shape.type in _CALLED:
        return Change(place, after=_CALLED[shape.type], part="value")
    if shape.type in LISTED:
        return Change(place, before="list(", after=")", part="value")
    if shape.type in _TEXT or shape.type.endswith(("Error", "Exception")):
        return Change(place, before="str(", after=")", part="value")
    return None


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
