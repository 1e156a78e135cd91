"""What `struct` unpacks: as many values as the format has, each of the type of its letter.

Source: https://docs.python.org/3/library/struct.html#format-characters
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import IteratorObject
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.values import Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_FORMAT = re.compile(r"[@=<>!]?(?:\s|\d*[xcbB?hHiIlLqQnNefdspP])*")
_PART = re.compile(r"(\d*)([xcbB?hHiIlLqQnNefdspP])")
_TYPES = {**dict.fromkeys("bBhHiIlLqQnNP", "int"), **dict.fromkeys("efd", "float"), "?": "bool", "c": "bytes"}
_ERRORS = ("TypeError", "struct.error", "AttributeError", "UnicodeError")
#: How many values are followed one by one.
_MAX_VALUES = 64


@models("struct.Struct")
def compiled(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(_ERRORS)
    return Sym(machine.state.fresh(), site.name, site.place, prefix=text_argument(machine, site, 0, "format"))


@models("struct.unpack", "struct.unpack_from", "struct.Struct.unpack", "struct.Struct.unpack_from")
def unpack(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(_ERRORS)
    return _unpacked(machine, site)


@models("struct.iter_unpack", "struct.Struct.iter_unpack")
def iter_unpack(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(_ERRORS)
    return machine.new(IteratorObject("iterator", (), _unpacked(machine, site), place=site.place))


def _unpacked(machine: Machine, site: CallSite) -> Value:
    """The values of one packet, by the format that the module's function is given or the object was made with."""
    if site.receiver is None:
        text = text_argument(machine, site, 0, "format")
    else:
        made = machine.state.resolve(site.receiver)
        text = made.prefix if type(made) is Sym else None
    types = _types(text) if text is not None and _FORMAT.fullmatch(text) else None
    if types is None:
        return Tuple((), site.place, rest=machine.unknown(site.place))
    return Tuple(tuple(machine.unknown(site.place, kind) for kind in types), site.place)


def _types(text: str) -> list[str] | None:
    found: list[str] = []
    for count, letter in _PART.findall(text):
        if letter == "x":
            continue
        if letter in "sp":  # the count is how long the one value is
            found.append("bytes")
        else:
            found += [_TYPES[letter]] * min(int(count or "1"), _MAX_VALUES + 1)
        if len(found) > _MAX_VALUES:
            return None
    return found
