"""re: what a pattern that is known finds. https://docs.python.org/3/library/re.html#re.findall"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.library.calling import from_row
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.patterns import group_of, groups_of, named_groups_of, pattern_of
from lambdalint.interpreter.library.tables import CALLS
from lambdalint.interpreter.library.types import parse_row
from lambdalint.interpreter.values import Const, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


def _by_row(machine: Machine, site: CallSite, kind: str = "") -> Value:
    """What the row of the table says, of another type where a pattern tells more."""
    row = parse_row(CALLS[site.name])
    return from_row(machine, site, row._replace(type=kind) if kind else row)


@models("re.findall", "re.Pattern.findall")
def findall(machine: Machine, site: CallSite) -> Value:
    """The whole matches, or the one group, or tuples of several groups: one that takes no part is empty."""
    found = pattern_of(machine, site, 2 if site.name == "re.findall" else None)
    if found is None:
        return _by_row(machine, site)
    each = found.kind if found.groups < 2 else f"tuple[{', '.join([found.kind] * found.groups)}]"
    return _by_row(machine, site, f"list[{each}]")


@models("re.split", "re.Pattern.split")
def split(machine: Machine, site: CallSite) -> Value:
    """What stands between the matches, and the groups of these: None of one that takes no part."""
    found = pattern_of(machine, site, 3 if site.name == "re.split" else None)
    if found is None or len(found.always) < found.groups:
        return _by_row(machine, site)
    return _by_row(machine, site, f"list[{found.kind}]")


@models("re.Match.group", "re.Match.__getitem__")
def group(machine: Machine, site: CallSite) -> Value:
    parts = [group_of(machine, site.receiver, key, site.place) for key in site.arguments or [Const(0)]]
    by_row = _by_row(machine, site)
    if len(parts) == 1:
        return parts[0] or by_row
    return Tuple(tuple(part or machine.unknown(site.place) for part in parts), site.place)


@models("re.Match.groups")
def groups(machine: Machine, site: CallSite) -> Value:
    return groups_of(machine, site.receiver, site.place) or _by_row(machine, site)


@models("re.Match.groupdict")
def groupdict(machine: Machine, site: CallSite) -> Value:
    return named_groups_of(machine, site.receiver, site.place) or _by_row(machine, site)
