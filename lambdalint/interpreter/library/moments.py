"""Whether a datetime that is made has a time zone: one with and one without are neither subtracted nor ordered."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.written import is_aware
from lambdalint.interpreter.values import Const, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_DT = "datetime.datetime"
#: The position of the time zone among the arguments of what makes a datetime; without it there is none.
_ZONE_AT = {f"{_DT}.now": (0, "tz"), f"{_DT}.fromtimestamp": (1, "tz"), _DT: (7, "tzinfo")}
#: They give one without a time zone.
_NAIVE = frozenset({f"{_DT}.utcnow", f"{_DT}.today", f"{_DT}.utcfromtimestamp", f"{_DT}.fromordinal",
                    f"{_DT}.fromisocalendar"})  # fmt: skip
_ZONES = ("datetime.timezone", "zoneinfo.ZoneInfo")


def note_zone(machine: Machine, site: CallSite, made: Value) -> Value:
    """Remember of a datetime that a call gave whether it has a time zone."""
    if type(made) is not Sym or made.kind != _DT or site.open:
        return made
    if site.name.startswith(_DT):
        made.known = _is_aware(machine, site)
    if made.known is None:
        made.known = is_aware(machine, site)
    return made


def _is_aware(machine: Machine, site: CallSite) -> bool | None:
    name = site.name
    if name in _NAIVE:
        return False
    if name == f"{_DT}.fromisoformat":
        return _of_text(machine, site.argument(0, "date_string"))
    if name == f"{_DT}.astimezone":
        return True
    if name in _ZONE_AT:
        return _of_zone(machine, site.argument(*_ZONE_AT[name]))
    if name == f"{_DT}.strptime":
        pattern = site.argument(1)
        pattern = machine.state.resolve(pattern) if pattern is not None else None
        if type(pattern) is not Const or not isinstance(pattern.value, str):
            return None
        return "%z" in pattern.value.replace("%%", "")
    if name == f"{_DT}.replace" and site.receiver is not None:
        receiver = machine.state.resolve(site.receiver)
        given = site.argument(7, "tzinfo")
        if given is not None:
            return _of_zone(machine, given)
        return receiver.known if type(receiver) is Sym else None
    if (name == f"{_DT}.combine" and len(site.arguments) > 2) or "tzinfo" in site.keywords:
        return _of_zone(machine, site.argument(2, "tzinfo"))
    return None


def _of_zone(machine: Machine, zone: Value | None) -> bool | None:
    """Whether a datetime that is made with such a `tzinfo` has a time zone."""
    if zone is None:
        return False
    zone = machine.state.resolve(zone)
    if type(zone) is Const and zone.value is None:
        return False
    return True if kind_of(machine, zone) in _ZONES else None


def _of_text(machine: Machine, text: Value | None) -> bool | None:
    """Whether a constant text is read as a datetime with a time zone."""
    text = machine.state.resolve(text) if text is not None else None
    if type(text) is not Const or not isinstance(text.value, str):
        return None
    try:
        # What Python 3.11 and newer read, with whichever this is.
        return datetime.fromisoformat(re.sub(r"Z$", "+00:00", text.value)).tzinfo is not None
    except ValueError:
        return None
