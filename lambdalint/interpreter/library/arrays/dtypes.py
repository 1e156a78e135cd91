"""The types of elements: their names, what one element is as a value, and what a type becomes in an operation.

A dtype is named as numpy does: "int64", "float64", "bool". For what pandas holds beside these: "datetime", "timedelta",
"date" and "time" (objects of the standard library), "interval", "str". "inferred" is that
of what was parsed from JSON or a text: numbers, where it has a mean at all. None is any other, or an unknown one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.values import Const, Outside, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambdalint.interpreter.machine import Machine

SIGNED = frozenset({"int8", "int16", "int32", "int64"})
UNSIGNED = frozenset({"uint8", "uint16", "uint32", "uint64"})
FLOATS = frozenset({"float16", "float32", "float64"})
INTS = SIGNED | UNSIGNED
NUMBERS = INTS | FLOATS | {"bool"}

#: The types of a number of numpy's, of who knows which type, or what has no order with a number; and of such a number
#: or an array of them.
SOME_NUMBER, SOME_NUMBERS = "numpy.some number", "numpy.some numbers"
#: An element that pandas hands out where it is asked for one by its place or label.
_PANDAS = {"datetime": "pandas.Timestamp", "timedelta": "pandas.Timedelta", "date": "datetime.date",
           "time": "datetime.time", "interval": "pandas.Interval"}  # fmt: skip
#: By which names code asks for a dtype; numpy's and Python's own are at the end.
_NAMES = {
    **{name: name for name in NUMBERS},
    "int": "int64",
    "float": "float64",
    "double": "float64",
    "i4": "int32",
    "i8": "int64",
    "f4": "float32",
    "f8": "float64",
    "bool_": "bool",
    "str": "str",
}

#: What a type becomes: a sum, a mean, the least; whether there is any.
REDUCTIONS = {
    **dict.fromkeys(("sum", "prod", "nansum", "nanprod", "cumsum", "cumprod", "product"), "total"),
    **dict.fromkeys(
        (
            *("mean", "median", "std", "var", "sem", "skew", "kurt", "kurtosis", "quantile", "percentile", "average"),
            *("nanmean", "nanmedian", "nanstd", "nanvar", "nanquantile", "nanpercentile"),
        ),
        "mean",
    ),
    **dict.fromkeys(("min", "max", "amin", "amax", "nanmin", "nanmax", "ptp", "first", "last"), "one"),
    **dict.fromkeys(("any", "all"), "truth"),
}
_OF_TIMES = frozenset({"mean", "median", "min", "max", "quantile", "first", "last"})


def element(dtype: str | None, of_pandas: bool) -> str | None:
    """The type of one element, as numpy or pandas gives it."""
    if dtype in NUMBERS:
        return f"numpy.{dtype}"
    if dtype == "some":
        return SOME_NUMBER
    return _PANDAS.get(dtype or "") if of_pandas else None


def plain(dtype: str | None) -> str | None:
    """The type of one element among those of a list or dict that is made of them: Python's own, where there is one."""
    if dtype in INTS:
        return "int"
    if dtype in FLOATS:
        return "float"
    return "bool" if dtype == "bool" else _PANDAS.get(dtype or "")


def of_value(machine: Machine, value: Value) -> str | None:
    """The dtype of an array of values like this one."""
    value = machine.state.resolve(value)
    kind = kind_of(machine, value)
    if kind == "int" and type(value) is Const and isinstance(value.value, int) and not -(2**63) <= value.value < 2**63:
        return None
    if kind is not None and kind.startswith("numpy."):
        name = kind.removeprefix("numpy.")
        return name if name in NUMBERS else None
    return {
        "int": "int64",
        "float": "float64",
        "bool": "bool",
        "str": "str",
        "datetime.datetime": "datetime",
        "pandas.Timestamp": "datetime",
        "datetime.date": "date",
        "datetime.timedelta": "timedelta",
        "pandas.Timedelta": "timedelta",
    }.get(kind or "")


def together(dtypes: Iterable[str | None]) -> str | None:
    """The dtype of an array of all of these: whole numbers and others are no whole numbers."""
    found = set(dtypes)
    if len(found) == 1:
        return found.pop()
    return "float64" if found == {"int64", "float64"} else None


def asked_for(machine: Machine, value: Value | None) -> str | None:
    """The dtype that an argument names."""
    value = machine.state.resolve(value) if value is not None else None
    name: object = None
    if type(value) is Const:
        name = value.value
    elif type(value) is Outside:
        name = value.name.removeprefix("numpy.")
    if not isinstance(name, str):
        return None
    if name.startswith("datetime64"):
        return "datetime"
    return "timedelta" if name.startswith("timedelta64") else _NAMES.get(name)


def reduced(dtype: str | None, name: str, of_pandas: bool) -> str | None:
    """The dtype of what a reduction gives, by its name."""
    how = REDUCTIONS.get(name)
    if dtype in NUMBERS:
        if how == "total":
            return "uint64" if dtype in UNSIGNED else "int64" if dtype not in FLOATS else dtype
        if how == "mean":
            return dtype if dtype in FLOATS else "float64"
        return {"one": dtype, "truth": "bool"}.get(how or "")
    if dtype == "inferred":
        return "float64" if how == "mean" else "some"
    if not of_pandas:
        return None
    if dtype in ("datetime", "timedelta"):
        if name in _OF_TIMES or (dtype == "timedelta" and name in ("sum", "std")):
            return dtype
        return "timedelta" if name == "std" else None
    return dtype if how == "one" and dtype in ("date", "time") else None


def promoted(op: str, one: str | None, other: str | None, of_pandas: bool) -> str | None:
    """The dtype of `one op other`. "int" and "float" are numbers of Python's, which take the array's size."""
    if one is None or other is None:
        return None
    sides = {one, other}
    if op in ("BitAnd", "BitOr", "BitXor"):
        return one if one == other and one in ("bool", "int64") else None
    if "datetime" in sides:
        if op == "Subtract" and one == "datetime":
            return {"datetime": "timedelta", "timedelta": "datetime"}.get(other)
        return "datetime" if op == "Add" and sides == {"datetime", "timedelta"} else None
    if not sides <= {"int64", "float64", "int", "float"}:
        return None
    whole = sides <= {"int64", "int"}
    if op == "Divide":
        return "float64"
    if op in ("Add", "Subtract", "Multiply"):
        return "int64" if whole else "float64"
    if op in ("FloorDivide", "Modulo") and not (whole and of_pandas):  # pandas makes of n // 0 what no int is
        return "int64" if whole else "float64"
    return "float64" if op == "Power" and not whole else None
