"""What Python itself refuses of the types of its own: asked with values of them.

Of each type there are some values, and an operation is refused where Python raises a TypeError for every pair of them:
then the types decide, not the values. A type is exact here: what `isinstance` has told may be of a class that derives
from it, and can do more.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from importlib import import_module
from itertools import product
from typing import Any

from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.values import Method, Outside, Slice, Sym, Value

#: Of a datetime it matters whether it has a time zone.
NAIVE, AWARE = "datetime.datetime without a time zone", "datetime.datetime with a time zone"


def _made(module: str, name: str, *arguments: Any) -> Any:
    return getattr(import_module(module), name)(*arguments)


def _moment(aware: bool) -> Any:
    return _made("datetime", "datetime", 2026, 11, 29, 12, 0, 0, 0, import_module("datetime").timezone.utc if aware else None)


def _generator() -> Any:
    return (letter for letter in "ab")


#: By type, what makes values of it: of those of one kind, such as two texts, that an operator may tell apart.
_MAKERS: dict[str, tuple[Callable[[], Any], ...]] = {
    "str": (str, lambda: "a", lambda: "%s", lambda: "%(a)s", lambda: "1"),
    "bytes": (bytes, lambda: b"a", lambda: b"%s", lambda: b"%(a)s"),
    "bytearray": (lambda: bytearray(b"a"), lambda: bytearray(b"%s")),
    "int": (int, lambda: 1, lambda: -2, lambda: 200),
    "bool": (lambda: True, lambda: False),
    "float": (float, lambda: 1.5),
    "complex": (lambda: 2 + 1j,),
    "NoneType": (lambda: None,),
    "list": (list, lambda: [1], lambda: ["a"], lambda: [("a", 1)]),
    "tuple": (tuple, lambda: (1,), lambda: ("a", "b")),
    "dict": (dict, lambda: {"a": 1}),
    "set": (set, lambda: {1, "a"}),
    "frozenset": (frozenset, lambda: frozenset((1, "a"))),
    "range": (lambda: range(2),),
    "dict_keys": (lambda: {"a": 1}.keys(),),
    "dict_values": (lambda: {"a": 1}.values(),),
    "dict_items": (lambda: {"a": 1}.items(),),
    "map": (lambda: map(str, [1]),),
    "filter": (lambda: filter(None, [1]),),
    "zip": (lambda: zip([1], [2]),),
    "enumerate": (lambda: enumerate([1]),),
    "reversed": (lambda: reversed([1]),),
    "generator": (_generator,),
    "function": (lambda: _generator,),
    "module": (lambda: operator,),
    "collections.deque": (partial(_made, "collections", "deque", [1, "a"]),),
    "collections.OrderedDict": (partial(_made, "collections", "OrderedDict", {"a": 1}),),
    "collections.Counter": (partial(_made, "collections", "Counter", "ab"),),
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
    "ipaddress.IPv4Network": (partial(_made, "ipaddress", "IPv4Network", "10.0.0.0/30"),),
    "time.struct_time": (partial(_made, "time", "gmtime", 0),),
    "io.StringIO": (partial(_made, "io", "StringIO", "a\nb\n"),),
    "io.BytesIO": (partial(_made, "io", "BytesIO", b"a\nb\n"),),
}  # fmt: skip


def exact(machine: Machine, value: Value) -> str | None:
    """The exact type of a value, where there are samples of it. Of the event none: what it holds is a contract's."""
    value = machine.state.resolve(value)
    if type(value) is Sym:
        if value.options or value.of_event or value.role is not None:
            return None
        kind = value.kind or (machine.state.fact(value).kind if value.json else None)
        if kind == "datetime.datetime" and value.aware is not None:
            return AWARE if value.aware else NAIVE
    elif type(value) is Slice:
        return "slice"
    else:
        kind = kind_of(machine, value)
        if kind == "function" and (type(value) is Outside or (type(value) is Method and value.name.startswith("?"))):
            return None
    return kind if kind in _MAKERS else None


#: Operations beside those that the module operator has.
_OTHERS: dict[str, Callable[..., Any]] = {"iter": iter, "len": len}


@lru_cache(maxsize=4096)
def refused(operation: str, *kinds: str) -> bool:
    """Whether Python raises a TypeError for an operation ("add", "iadd", "lt", "contains", "getitem", "len") whatever
    values of these types it is given."""
    function = _OTHERS.get(operation) or getattr(operator, operation)
    return all(_fails(function, (make() for make in makers)) for makers in product(*(_makers(kind) for kind in kinds)))


def _makers(kind: str) -> tuple[Callable[[], Any], ...]:
    return (lambda: slice(0, 1), lambda: slice(None)) if kind == "slice" else _MAKERS[kind]


def _fails(function: Callable[..., Any], values: Iterable[Any]) -> bool:
    try:
        function(*values)
    except TypeError:
        return True
    except Exception:
        return False
    return False


def refuses(machine: Machine, operation: str, *values: Value) -> bool:
    """Whether an operation on these values is surely a TypeError."""
    kinds = [exact(machine, value) for value in values]
    return all(kinds) and refused(operation, *kinds)  # type: ignore[arg-type]


def are_mixed(machine: Machine, left: Value, right: Value) -> bool:
    """Whether one is a datetime with a time zone, and the other one without."""
    return {exact(machine, left), exact(machine, right)} == {NAIVE, AWARE}


def told(machine: Machine, value: Value) -> str:
    """What a value is, as a person is told: with a datetime's time zone, where that is known."""
    value = machine.state.resolve(value)
    zone = {NAIVE: " without a time zone", AWARE: " with a time zone"}.get(exact(machine, value) or "", "")
    return f"{said(machine, value)}{zone}"

