"""Arguments that a function of the standard library refuses, whatever their values: their types.

scripts/refusals.py asked every function, and its head explains the file. A type that has no sample is refused nowhere,
and neither is one that is known by a contract or by `isinstance` alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lambdalint.interpreter.certain import exact, kinds_of, told
from lambdalint.interpreter.library.tables.numbers import BLAKES, HASHES
from lambdalint.interpreter.plain import HIDDEN, SAMPLES, URLS
from lambdalint.interpreter.samples import MAKERS
from lambdalint.interpreter.values import Sym

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.values import Value

_ORDINALS = ("first", "second", "third", "fourth")


#: Functions that ask for types, and for what Python's operators ask: no method that an object may have.
_TYPES = re.compile(r"\w+$|(?:str|bytes|list|dict|set|math|datetime|time|decimal|base64|hashlib|hmac|random|calendar)\."
                    r"|(?:uuid|re|ipaddress|statistics|fractions)\.|json\.loads$")  # fmt: skip


class Refused(NamedTuple):
    """Which argument, of what exception, and why."""

    value: Value
    error: str
    why: str


class Table(NamedTuple):
    """By name and count of arguments, what is taken at each position; by name, what the positions are called."""

    taken: dict[str, str]
    names: dict[str, tuple[str, ...]]
    methods: frozenset[str]


def refused(machine: Machine, site: CallSite) -> Refused | None:
    """The first argument of a call that is surely refused."""
    if site.open or not (site.arguments or site.keywords):
        return None
    apart = _refused_apart(machine, site) or _refused_together(machine, site)
    if apart is not None:
        return apart
    table = _table()
    names = table.names.get(site.name)
    if names is None:
        return None
    if site.name in table.methods:
        owner = site.name.rpartition(".")[0]
        if site.receiver is None or (owner in MAKERS and exact(machine, site.receiver) is None):
            return None
    given = list(site.arguments)
    while len(given) < len(names) and names[len(given)] in site.keywords:
        given.append(site.keywords[names[len(given)]])
    if len(given) < len(site.arguments) + len(site.keywords):  # what else is named may make it right
        return None
    spec = table.taken.get(f"{site.name}/{len(given)}")
    if spec is None:
        return None
    for position, (value, taken) in enumerate(zip(given, _parts(spec))):
        kinds = kinds_of(machine, value)
        if site.name == "len" and type(value) is Sym and value.kind in URLS | HIDDEN:
            continue  # the length of what is hidden, and of a URL since 2.10
        if kinds is not None and not SAMPLES.isdisjoint(kinds) and not _TYPES.match(site.name):
            continue  # an object may well have the methods that are asked for
        if taken is not None and kinds is None:
            machine.recorder.given_event(machine.state.resolve(value), taken)
        if taken is None or kinds is None or not taken.isdisjoint(kinds):
            continue
        at = f" as its {_ORDINALS[position]} argument" if len(given) > 1 else ""
        what = told(machine, value)
        why = f"`{site.name}()` does not take {what}{at}"
        return Refused(value, _error(taken, kinds), why)
    return None


#: Functions of which each argument is taken or refused by itself, by position or by name, whatever the others are: the
#: names, "" for one that is asked for something else, and the types that some Python takes. Those before 3.10 took what
#: has an `__int__`.
#: https://docs.python.org/3/library/datetime.html, https://docs.python.org/3/library/time.html#time.sleep,
#: https://docs.python.org/3/library/hashlib.html
_DAY, _TIME = ("year", "month", "day"), ("hour", "minute", "second", "microsecond")
_INTS = frozenset({
    "int", "bool", "decimal.Decimal", "fractions.Fraction", "uuid.UUID", "ipaddress.IPv4Address",
    "ipaddress.IPv6Address",
})  # fmt: skip
_REALS = frozenset({"int", "bool", "float"})
_BUFFERS = frozenset({"bytes", "bytearray", "memoryview", "array.array"})
_APART: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    **dict.fromkeys(("datetime.date", "datetime.date.replace"), (_DAY, _INTS)),
    **dict.fromkeys(("datetime.datetime", "datetime.datetime.replace"), ((*_DAY, *_TIME), _INTS)),
    **dict.fromkeys(("datetime.time", "datetime.time.replace"), (_TIME, _INTS)),
    "datetime.timedelta": (
        ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"), _REALS,
    ),
    "time.sleep": (("seconds",), _INTS | _REALS),
    **dict.fromkeys(("gzip.compress", "bz2.compress", "lzma.compress"), (("data",), frozenset({"bytes", "bytearray"}))),
    **dict.fromkeys((f"hashlib.{name}" for name in HASHES), (("data",), _BUFFERS)),
    **dict.fromkeys((f"blake2.{name}.update" for name in BLAKES), (("data",), _BUFFERS)),
    "hashlib.new": (("", "data"), _BUFFERS),
    "hashlib.pbkdf2_hmac": (("", "password", "salt"), _BUFFERS),
    "hashlib.scrypt": (("password", "", "salt"), _BUFFERS),
    "hmac.new": (("key",), _BUFFERS),
    "hmac.digest": (("key", "msg"), _BUFFERS),
}  # fmt: skip


#: What Python makes itself, of which it is known what lends its bytes.
_MADE = frozenset(MAKERS)


def _refused_apart(machine: Machine, site: CallSite) -> Refused | None:
    names, taken = _APART.get(site.name, ((), _REALS))
    given = [*zip(names, site.arguments), *((name, site.keywords[name]) for name in names if name in site.keywords)]
    for position, (name, value) in enumerate(given):
        kinds = kinds_of(machine, value) if name else None
        if kinds is None and name:
            machine.recorder.given_event(machine.state.resolve(value), taken)
        if kinds is None or not taken.isdisjoint(kinds):
            continue
        if taken is _BUFFERS and not _MADE.issuperset(kinds):
            continue  # what a library has made may lend its bytes
        if position == 0 and len(given) == 1 and site.name in _PICKLED and {"str", "bytes"} & set(kinds):
            continue
        at = f" as its `{name}`" if len(names) > 1 else ""
        return Refused(value, "TypeError", f"`{site.name}()` does not take {told(machine, value)}{at}")
    return None


#: Functions that take two texts, or bytes twice. https://docs.python.org/3/library/hmac.html#hmac.compare_digest
_ALIKE = ("hmac.compare_digest", "secrets.compare_digest")
_TEXTS, _BYTES = ("str",), ("bytes", "bytearray")


def _refused_together(machine: Machine, site: CallSite) -> Refused | None:
    if site.name not in _ALIKE or len(site.arguments) != 2 or site.keywords:
        return None
    kinds = [kinds_of(machine, value) for value in site.arguments]
    for value, other in zip(site.arguments, reversed(kinds)):
        if other is not None and len(other) == 1:
            same = frozenset(_TEXTS if other[0] == "str" else _BYTES)
            machine.recorder.given_event(machine.state.resolve(value), same)
    if None in kinds or len({"str" in one for one in kinds if one is not None}) == 1:
        return None
    if any(len(one) > 1 or one[0] not in _TEXTS + _BYTES for one in kinds if one is not None):
        return None
    both = " and ".join(told(machine, value) for value in site.arguments)
    return Refused(site.arguments[1], "TypeError", f"`{site.name}()` does not compare {both}")


#: Classes that may be given a text or bytes alone, which are how pickle has written one.
_PICKLED = ("datetime.date", "datetime.datetime", "datetime.time")


def _error(taken: frozenset[str], kinds: list[str]) -> str:
    return "AttributeError" if all(f"!{kind}" in taken for kind in kinds) else "TypeError"


@lru_cache(maxsize=1024)
def _parts(spec: str) -> tuple[frozenset[str] | None, ...]:
    parts = (None if part == "*" else frozenset(part.split(",")) for part in spec.split("|"))
    return tuple(part | _WITH if part is not None and "datetime.datetime" in part else part for part in parts)


#: Of a datetime of which the time zone is known no less is taken.
_WITH = frozenset(kind for kind in MAKERS if kind.startswith("datetime.datetime "))


@lru_cache(maxsize=1)
def _table() -> Table:
    """The file; empty where this Python was built without zlib."""
    try:
        import zlib
    except ImportError:
        return Table({}, {}, frozenset())
    from importlib.resources import files

    packed = files(__package__).joinpath("refusals.bin").read_bytes().partition(b"\n")[2]
    rows, names = zlib.decompress(packed).decode().split("\n\n")
    taken = {}
    for row in rows.split("\n"):
        spec, _, functions = row.partition(":")
        taken.update(dict.fromkeys(functions.split(" "), spec))
    named, methods = {}, set()
    for row in names.split("\n"):
        own, _, functions = row.partition(":")
        for function in functions.split(" "):
            if function.startswith("."):
                methods.add(function[1:])
            named[function.removeprefix(".")] = tuple(own.split(",")) if own else ()
    return Table(taken, named, frozenset(methods))
