"""What Python itself refuses of the types of its own: asked with values of them.

Of each type there are some values, and an operation is refused where Python raises a TypeError for every pair of them:
then the types decide, not the values. scripts/refusals.py reads this file with Pythons in which nothing is installed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import lru_cache, partial
from importlib import import_module
from itertools import product
from typing import Any

#: Of a datetime it matters whether it has a time zone.
NAIVE, AWARE = "datetime.datetime without a time zone", "datetime.datetime with a time zone"


def _made(module: str, name: str, *arguments: Any) -> Any:
    return getattr(import_module(module), name)(*arguments)


def _moment(aware: bool) -> Any:
    return _made(
        "datetime", "datetime", 2026, 11, 29, 12, 0, 0, 0, import_module("datetime").timezone.utc if aware else None
    )


#: What containers and iterators hold: what is refused of an empty one and of each of these is refused of its type.
_CONTENTS: tuple[list[Any], ...] = ([], [1, 2], ["a", "b"], [b"a"], [("a", "b")])


def _generator(contents: list[Any]) -> Any:
    return (one for one in contents)


def _over(kind: Any, contents: list[Any]) -> Any:
    """An iterator over contents, of which each is what it would be in a list."""
    if kind is map:
        return map(_same, contents)
    return filter(_same, contents) if kind is filter else kind(contents)


def _same(value: Any) -> Any:
    return value


def _view(view: str, contents: list[Any]) -> Any:
    return getattr(dict(zip(contents, contents)), view)()


async def _nothing() -> None:
    """Gives a coroutine."""


def _coroutine() -> Any:
    made = _nothing()
    made.close()  # else Python tells of one that was never awaited
    return made


def _enter(value: Any) -> None:
    """`with value:`, of which Python tells in its own way in each version."""
    if not hasattr(type(value), "__enter__"):
        raise TypeError


class _Member(Enum):
    A = "a"


class _Model:
    """As pydantic's models are to Python: they give their fields, and have no operators."""

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        yield ("a", 1)


#: By type, what makes values of it: of those of one kind, such as two texts, that an operator may tell apart.
MAKERS: dict[str, tuple[Callable[[], Any], ...]] = {
    "str": (str, lambda: "a", lambda: "%s", lambda: "%(a)s", lambda: "1"),
    "bytes": (bytes, lambda: b"a", lambda: b"%a", lambda: b"%(a)s"),
    "bytearray": (lambda: bytearray(b"a"), lambda: bytearray(b"%a")),
    "int": (int, lambda: 1, lambda: -2, lambda: 200),
    "bool": (lambda: True, lambda: False),
    "float": (float, lambda: 1.5),
    "complex": (lambda: 2 + 1j,),
    "NoneType": (lambda: None,),
    "list": (list, lambda: [1], lambda: ["a"], lambda: [("a", 1)]),
    "tuple": (tuple, lambda: (1,), lambda: ("a", "b"), lambda: ("a", 1), lambda: (0, (1,), 0),
              lambda: (2026, 11, 29), lambda: (2026, 11, 29, 12, 0, 0), lambda: (2026, 11, 29, 12, 0, 0, 6, 333, 0)),
    "dict": (dict, lambda: {"a": 1}),
    "set": (set, lambda: {1}, lambda: {"a"}),
    "frozenset": (frozenset, lambda: frozenset((1,)), lambda: frozenset("a")),
    "range": (lambda: range(2), lambda: range(0)),
    **{f"dict_{view}": tuple(partial(_view, view, made) for made in _CONTENTS) for view in ("keys", "values", "items")},
    **{kind.__name__: tuple(partial(_over, kind, made) for made in _CONTENTS)
       for kind in (map, filter, zip, enumerate, reversed)},
    "generator": tuple(partial(_generator, made) for made in _CONTENTS),
    "function": (lambda: _moment,),
    "coroutine": (_coroutine,),
    "module": (lambda: operator,),
    "collections.deque": tuple(partial(_made, "collections", "deque", made) for made in _CONTENTS),
    "collections.OrderedDict": (
        partial(_made, "collections", "OrderedDict"),
        partial(_made, "collections", "OrderedDict", {"a": 1}),
    ),
    "collections.Counter": (partial(_made, "collections", "Counter"), partial(_made, "collections", "Counter", "ab")),
    NAIVE: (partial(_moment, False),),
    AWARE: (partial(_moment, True),),
    "datetime.datetime": (partial(_moment, False), partial(_moment, True)),
    "datetime.date": (partial(_made, "datetime", "date", 2026, 11, 29),),
    "datetime.time": (partial(_made, "datetime", "time", 12),),
    "datetime.timedelta": (partial(_made, "datetime", "timedelta", 1), partial(_made, "datetime", "timedelta", 0)),
    "datetime.timezone": (lambda: import_module("datetime").timezone.utc,),
    "decimal.Decimal": (partial(_made, "decimal", "Decimal", "1.5"), partial(_made, "decimal", "Decimal", 2)),
    "fractions.Fraction": (partial(_made, "fractions", "Fraction", 1, 2),),
    "uuid.UUID": (partial(_made, "uuid", "UUID", "12345678123456781234567812345678"),),
    "re.Match": (
        lambda: import_module("re").match("(?P<a>x)", "x"),
        lambda: import_module("re").match("x(y)?", "x"),
    ),
    "re.Pattern": (partial(_made, "re", "compile", "a"), partial(_made, "re", "compile", b"a")),
    "pathlib.PosixPath": (partial(_made, "pathlib", "PurePosixPath", "/a/b"),),
    "pathlib.PurePosixPath": (partial(_made, "pathlib", "PurePosixPath", "/a/b"),),
    "ipaddress.IPv4Address": (partial(_made, "ipaddress", "IPv4Address", "10.0.0.1"),),
    "ipaddress.IPv6Address": (partial(_made, "ipaddress", "IPv6Address", "::1"),),
    "ipaddress.IPv4Network": (partial(_made, "ipaddress", "IPv4Network", "10.0.0.0/30"),),
    "time.struct_time": (partial(_made, "time", "gmtime", 0),),
    "io.StringIO": (partial(_made, "io", "StringIO", "a\nb\n"),),
    # What stands for objects of the project's classes, and for exceptions: `plain` says which.
    "object": (object,),
    "enum.Enum": (lambda: _Member.A,),
    "pydantic.BaseModel": (_Model,),
    "Exception": (partial(ValueError, "a"),),
    "io.BytesIO": (partial(_made, "io", "BytesIO", b"a\nb\n"),),
}  # fmt: skip


#: Operations beside those that the module operator has.
_OTHERS: dict[str, Callable[..., Any]] = {"iter": iter, "len": len, "enter": _enter}


@lru_cache(maxsize=4096)
def refused(operation: str, *kinds: str) -> bool:
    """Whether Python raises a TypeError for an operation ("add", "iadd", "lt", "contains", "getitem", "len") whatever
    values of these types it is given."""
    function = _OTHERS.get(operation) or getattr(operator, operation)
    return all(fails(function, (make() for make in makers)) for makers in product(*(_makers(kind) for kind in kinds)))


def _makers(kind: str) -> tuple[Callable[[], Any], ...]:
    return (lambda: slice(0, 1), lambda: slice(None)) if kind == "slice" else MAKERS[kind]


def fails(function: Callable[..., Any], values: Iterable[Any]) -> bool:
    """Whether a call is a TypeError."""
    try:
        function(*values)
    except TypeError:
        return True
    except Exception:
        return False
    return False


def _formats_nothing(cls: Any) -> bool:
    return cls.__format__ is object.__format__


@lru_cache(maxsize=1024)
def refused_format(spec: str, kind: str) -> str | None:
    """The exception by which each text or value of a type without formats of its own refuses one: `f"{None:>5}"`."""
    made = [make() for make in MAKERS[kind]]
    if not spec or kind == "fractions.Fraction" or not (kind == "str" or _formats_nothing(type(made[0]))):
        return None
    found = set()
    for value in made:
        try:
            format(value, spec)
        except (TypeError, ValueError) as error:
            found.add(type(error).__name__)
        else:
            return None
    return found.pop() if len(found) == 1 else None


#: Types that work with values of other types, of which each operation gives one type alone.
_COMPUTING = frozenset({
    "datetime.datetime", "datetime.date", "datetime.timedelta", "decimal.Decimal", "fractions.Fraction",
    "ipaddress.IPv4Address", "ipaddress.IPv6Address",
})  # fmt: skip
_OPERATIONS = {"Add": "add", "Subtract": "sub", "Multiply": "mul", "Divide": "truediv", "FloorDivide": "floordiv",
               "Modulo": "mod"}  # fmt: skip
_NUMBERS = frozenset({"int", "bool", "float", "complex"})


@lru_cache(maxsize=1024)
def only_result(op: str, one: str, other: str) -> str | None:
    """The one type that an operation ("Add") gives of values of two types, wherever it succeeds."""
    if op not in _OPERATIONS or not {one, other} <= _COMPUTING | _NUMBERS:
        return None
    function, found = getattr(operator, _OPERATIONS[op]), set()
    for left, right in product(MAKERS[one], MAKERS[other]):
        try:
            found.add(type(function(left(), right())))
        except Exception:
            continue
    made = found.pop() if len(found) == 1 else None
    if made is None or made is type(NotImplemented):
        return None
    return made.__name__ if made.__module__ == "builtins" else f"{made.__module__}.{made.__name__}"
