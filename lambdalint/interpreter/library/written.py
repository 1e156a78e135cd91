"""Fields of the event that are always written in one form, and what is made of such a text: asked with the sample that
the source publishes. `time` of EventBridge is `2017-12-22T18:43:48Z`.

A time that ends in `Z` is read as one with a time zone, by Python 3.11 and newer; those before it refuse it. What is
cut off or put in its place decides: `event["time"].rstrip("Z")` has none. A text that methods with other arguments than
constants have made is not known.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lambdalint.interpreter.values import Const, Slice, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_DT, _DATE = "datetime.datetime", "datetime.date"
_FROM_ISO, _FROM_ISO_DATE = f"{_DT}.fromisoformat", f"{_DATE}.fromisoformat"
_PARSING = frozenset({f"{_DT}.strptime", "time.strptime"})
_FROM_SECONDS = frozenset({f"{_DT}.fromtimestamp", f"{_DT}.utcfromtimestamp", f"{_DATE}.fromtimestamp"})
#: What reads any form, and knows of the zone.
_READING = frozenset({"dateutil.parser.parse", "dateutil.parser.isoparse", "dateutil.parser.isoparser.isoparse"})
#: Calls of which LL208 asks without the types of the event, where they are given the field itself.
_ASKED = frozenset({f"{_DT}.strptime", f"{_DT}.fromtimestamp"})
_METHODS = frozenset({"replace", "strip", "rstrip", "lstrip", "removesuffix", "removeprefix", "upper", "lower"})
#: Digits of a sample are an example; an offset is what is always there.
_CHANGING = re.compile(r"\d")
_OFFSETS = ("+00:00", "+0000", "-00:00")
#: What Python reads before 3.11: https://docs.python.org/3.10/library/datetime.html#datetime.datetime.fromisoformat
_FIRST_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(.\d\d(:\d\d(:\d\d(\.\d{3}(\d{3})?)?)?)?([+-]\d\d:\d\d(:\d\d(\.\d{6})?)?)?)?", re.DOTALL
)
_ZONE = re.compile(r"(Z|[+-]\d\d:?\d\d)$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{8}")


class Written(NamedTuple):
    """How a text or number is written, and the field of the event that it was made of."""

    sample: str | int | float
    field: str


def written(machine: Machine, value: Value | None) -> Written | None:
    """How a value is written, where that is always the same."""
    value = machine.state.resolve(value) if value is not None else None
    if type(value) is not Sym:
        return None
    if isinstance(value.known, Written):
        return value.known
    if value.event is None or not value.of_event or machine.event_kinds is None:
        return None
    sample = machine.event_kinds.sample(value.event) if not machine.state.times_shown(value.event) else None
    return Written(sample, str(value.event[-1])) if isinstance(sample, (str, int, float)) else None


def note_made(machine: Machine, site: CallSite, made: Value) -> Value:
    """Remember of what a call gave how it is written."""
    if type(made) is not Sym or machine.event_kinds is None or made.known is not None or site.open:
        return made
    owner, _, name = site.name.rpartition(".")
    if owner == "str" and name in _METHODS and made.kind == "str":
        found = written(machine, site.receiver)
        given = [machine.state.resolve(argument) for argument in site.arguments]
        texts = [one.value for one in given if type(one) is Const and isinstance(one.value, str)]
        if found is not None and isinstance(found.sample, str) and len(texts) == len(given) and not site.keywords:
            if all(text in _OFFSETS or not _CHANGING.search(text) for text in texts):
                made.known = found._replace(sample=_changed(found.sample, name, texts))
    elif site.name in ("int", "float") and len(site.arguments) == 1:
        found = written(machine, site.arguments[0])
        number = _number(site.name, found.sample) if found is not None else None
        if found is not None and number is not None:
            made.known = found._replace(sample=number)
    return made


def note_cut(machine: Machine, value: Value, key: Value, made: Value) -> Value:
    """Remember of a slice of a text how it is written."""
    if type(made) is not Sym or type(key) is not Slice or machine.event_kinds is None:
        return made
    found = written(machine, value)
    bounds = [machine.state.resolve(bound) for bound in (key.lower, key.upper, key.step)]
    numbers: list[Any] = [bound.value for bound in bounds if type(bound) is Const]
    if found is not None and isinstance(found.sample, str) and len(numbers) == len(bounds):
        try:
            made.known = found._replace(sample=found.sample[slice(*numbers)])
        except (TypeError, ValueError):
            return made
    return made


def is_aware(machine: Machine, site: CallSite) -> bool | None:
    """Whether the time that a call reads from a field of the event has a time zone."""
    if site.name != _FROM_ISO and site.name not in _READING:
        return None
    found = written(machine, site.arguments[0]) if len(site.arguments) == 1 and not site.keywords else None
    if found is None or not isinstance(found.sample, str) or "T" not in found.sample:
        return None
    return bool(_ZONE.search(found.sample))


def refuse_form(machine: Machine, site: CallSite) -> None:
    """Raise where a text of the event is not read in the form in which it is always written.

    Raises:
        Raised: a ValueError, on paper.
    """
    if machine.event_kinds is None or site.open or not site.arguments:
        return
    value = machine.state.resolve(site.arguments[0])
    found = written(machine, value)
    if found is None or (site.name in _ASKED and not (type(value) is Sym and isinstance(value.known, Written))):
        return
    how = _refused(machine, site, found.sample)
    if how:
        why = f"`{found.field}` of the event is written like `{found.sample}` here, {how}"
        raise machine.raise_builtin("ValueError", site.node, site.frame, why)


def _refused(machine: Machine, site: CallSite, sample: str | int | float) -> str:
    if site.name in (_FROM_ISO, _FROM_ISO_DATE) and isinstance(sample, str):
        if site.name == _FROM_ISO_DATE:
            return "" if _DAY.fullmatch(sample) else "which is no date alone"
        if not _reads(sample):
            return "which is not the form of ISO 8601"
        if machine.python is not None and machine.python < (3, 11) and not _FIRST_ISO.fullmatch(sample):
            return "which `fromisoformat` reads since Python 3.11"
    if site.name in _FROM_SECONDS and isinstance(sample, (int, float)):
        try:
            datetime.datetime.fromtimestamp(sample, datetime.timezone.utc)
        except (ValueError, OverflowError, OSError):
            return f"in milliseconds, and `{site.name.rpartition('.')[2]}` takes seconds"
    if site.name in _PARSING and isinstance(sample, str):
        form = site.argument(1, "format")
        form = machine.state.resolve(form) if form is not None else None
        if type(form) is Const and isinstance(form.value, str):
            try:
                datetime.datetime.strptime(sample, form.value)
            except ValueError:
                return f"which is not of the form `{form.value}`"
    if site.name in ("int", "float") and isinstance(sample, str) and len(site.arguments) == 1:
        return "which is no number" if _number(site.name, sample) is None else ""
    return ""


def _reads(sample: str) -> bool:
    """Whether the newest `fromisoformat` reads a text, asked of whichever Python this is."""
    sample = re.sub(r"Z$", "+00:00", sample)
    sample = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", sample)
    sample = re.sub(r"\.\d+", "", sample)
    try:
        datetime.datetime.fromisoformat(sample)
    except ValueError:
        return False
    return True


def _changed(sample: str, name: str, texts: list[str]) -> str:
    if name == "removesuffix" and len(texts) == 1:
        return sample[: -len(texts[0])] if texts[0] and sample.endswith(texts[0]) else sample
    if name == "removeprefix" and len(texts) == 1:
        return sample[len(texts[0]) :] if sample.startswith(texts[0]) else sample
    try:
        return str(getattr(sample, name)(*texts))
    except TypeError:
        return sample


def _number(name: str, sample: str | int | float) -> int | float | None:
    try:
        return int(sample) if name == "int" else float(sample)
    except (ValueError, OverflowError):
        return None
