"""What is known of a pattern of `re` that is constant: its groups, their names, which take part in every match.

https://docs.python.org/3/library/re.html: what matches is a text where the pattern is one, and bytes where that is; of
a group that takes no part in a match it is None.
"""

from __future__ import annotations

import importlib
import re
import sys
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lambdalint.interpreter.heap import DictObject, Item
from lambdalint.interpreter.values import Const, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame


class Pattern(NamedTuple):
    """`kind` of what it matches; how many groups it has, and their names with the numbers; `always` are the groups that
    take part in every match."""

    kind: str
    groups: int
    names: tuple[tuple[str, int], ...]
    always: frozenset[int]


@lru_cache(maxsize=512)
def _described(text: str | bytes, flags: int) -> Pattern | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = re.compile(text, flags)
            always = _always(_parser().parse(text, flags))
    except (re.error, ValueError, OverflowError, RecursionError):
        return None
    kind = "str" if isinstance(text, str) else "bytes"
    return Pattern(kind, found.groups, tuple(found.groupindex.items()), always)


def _parser() -> Any:
    return importlib.import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")


def _always(parts: Any) -> frozenset[int]:
    """The groups that surely take part in what these parts of a pattern match. What a lookahead finds it keeps; a group
    that was met in one round of a repetition keeps what it found there."""
    found: frozenset[int] = frozenset()
    for operation, given in parts:
        name = str(operation)
        if name == "SUBPATTERN":
            number, *_, inner = given
            found |= _always(inner) | ({number} if number is not None else set())
        elif name.endswith("_REPEAT") and given[0] > 0:
            found |= _always(given[2])
        elif name == "ATOMIC_GROUP":
            found |= _always(given)
        elif name == "ASSERT":
            found |= _always(given[1])
        elif name == "BRANCH":
            found |= frozenset.intersection(*map(_always, given[1]))
    return found


def pattern_of(machine: Machine, site: CallSite, flags_at: int | None = None) -> Pattern | None:
    """What is known of the pattern that a call is given first, or that is the object of the method."""
    if flags_at is None:
        value = site.receiver
    else:
        value = site.argument(0, "pattern")
    value = machine.state.resolve(value) if value is not None else None
    if type(value) is Sym and value.kind == "re.Pattern":
        return value.known if isinstance(value.known, Pattern) else None
    if flags_at is None or type(value) is not Const or not isinstance(value.value, (str, bytes)):
        return None
    found = _described(value.value, 0)
    if site.argument(flags_at, "flags") is not None and found != _described(value.value, re.VERBOSE):
        return None  # with the flag that lets a pattern have comments its groups may be others
    return found


def _known(machine: Machine, match: Value | None) -> Pattern | None:
    match = machine.state.resolve(match) if match is not None else None
    if type(match) is not Sym or match.kind != "re.Match" or not isinstance(match.known, Pattern):
        return None
    return match.known


def refuse_group(machine: Machine, match: Value | None, key: Value, node: Any, frame: Frame) -> None:
    """Raise where a match has no such group."""
    found, key = _known(machine, match), machine.state.resolve(key)
    if found is None or type(key) is not Const:
        return
    wanted = key.value
    missing = isinstance(wanted, str) and wanted not in dict(found.names)
    missing = missing or (type(wanted) is int and not 0 <= wanted <= found.groups)
    if missing:
        what = f"`{wanted}`" if isinstance(wanted, str) else str(wanted)
        raise machine.raise_builtin("IndexError", node, frame, f"the pattern has no group {what}", match)


def group_of(machine: Machine, match: Value | None, key: Value, place: Place) -> Value | None:
    """What a match has of a group, where that takes part in every match; None where it may be None, or is not known."""
    found, key = _known(machine, match), machine.state.resolve(key)
    if found is None or type(key) is not Const:
        return None
    number = dict(found.names).get(key.value) if isinstance(key.value, str) else key.value
    if type(number) is not int or not (number == 0 or number in found.always):
        return None
    return machine.unknown(place, found.kind)


def groups_of(machine: Machine, match: Value | None, place: Place) -> Value | None:
    """What `match.groups()` gives, where the pattern is known."""
    found = _known(machine, match)
    if found is None:
        return None
    return Tuple(tuple(_part(machine, found, number, place) for number in range(1, found.groups + 1)), place)


def named_groups_of(machine: Machine, match: Value | None, place: Place) -> Value | None:
    """What `match.groupdict()` gives, where the pattern is known."""
    found = _known(machine, match)
    if found is None:
        return None
    made = DictObject(place)
    made.items = {name: Item(_part(machine, found, number, place), place) for name, number in found.names}
    return machine.new(made)


def _part(machine: Machine, found: Pattern, number: int, place: Place) -> Value:
    return machine.unknown(place, found.kind if number in found.always else None)
