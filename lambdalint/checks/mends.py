"""What makes JSON of a value that no serializer takes, by its type."""

from __future__ import annotations

from lambdalint.checks.serialization import Fault
from lambdalint.finding import Change, Mend
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
    if fault.place is None or not fault.path.endswith('"]') or fault.raised or fault.given:
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
        return Change(place, after=".value") if "member of the enum" in fault.why else None
    if not isinstance(shape, (Opaque, Sequence)):
        return None
    if shape.type in _CALLED:
        return Change(place, after=_CALLED[shape.type])
    if shape.type in LISTED:
        return Change(place, before="list(", after=")")
    if shape.type in _TEXT or shape.type.endswith(("Error", "Exception")):
        return Change(place, before="str(", after=")")
    return None
