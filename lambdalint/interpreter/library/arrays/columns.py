"""Columns: what the methods of a Series give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import ArrayObject, DictObject, IteratorObject, ListObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.arrays import dtypes
from lambdalint.interpreter.library.arrays.objects import (
    COLUMN,
    LEVELS,
    contents,
    flag,
    given,
    is_single,
    known,
    label,
    new_array,
    new_column,
    new_table,
    only,
    tuples,
)
from lambdalint.interpreter.library.arrays.operators import array_comparison
from lambdalint.interpreter.library.arrays.reading import COLUMN_GROUPS
from lambdalint.interpreter.library.arrays.writing import forget
from lambdalint.interpreter.library.calling import hand_over
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.values import NONE, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_REDUCTIONS = (
    "sum",
    "prod",
    "product",
    "mean",
    "median",
    "std",
    "var",
    "sem",
    "skew",
    "kurt",
    "min",
    "max",
    "any",
    "all",
)


def _column(machine: Machine, site: CallSite) -> ArrayObject:
    """The column whose method it is."""
    return known(machine, site.receiver) or ArrayObject(site.place, COLUMN)


@models(*[f"{COLUMN}.{name}" for name in _REDUCTIONS])
def reduced(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    name = site.name.rpartition(".")[2]
    dtype = _column(machine, site).dtype if only(site, 0, "skipna", "numeric_only", "ddof", "axis") else None
    if name in ("std", "var", "sem", "skew", "kurt") and dtype == "bool":
        dtype = None
    return machine.unknown(site.place, dtypes.element(dtypes.reduced(dtype, name, True), True))


@models(f"{COLUMN}.quantile")
def quantile(machine: Machine, site: CallSite) -> Value:
    """A number; of a list of them, a column."""
    machine.may_raise(None)
    asked = site.argument(0, "q")
    dtype = _column(machine, site).dtype
    found = dtypes.reduced(dtype, "quantile", True) if dtype != "bool" else None
    if asked is not None and contents(machine, asked)[1]:
        return new_column(machine, site.place, found)
    if (asked is None or is_single(machine, asked)) and not site.open:
        return machine.unknown(site.place, dtypes.element(found, True))
    return machine.unknown(site.place)


@models(f"{COLUMN}.agg", f"{COLUMN}.aggregate")
def aggregated(machine: Machine, site: CallSite) -> Value:
    """`column.agg("sum")` is `column.sum()`."""
    machine.may_raise(None)
    hand_over(machine, site)
    name = text_argument(machine, site, 0, "func")
    if name is None or name not in _REDUCTIONS or site.open or len(site.values()) > 1:
        return machine.unknown(site.place)
    return machine.unknown(site.place, dtypes.element(dtypes.reduced(_column(machine, site).dtype, name, True), True))


#: Methods that give as many elements of the same type, or some of them.
_ROWS = ("copy", "abs", "round", "cummax", "cummin", "infer_objects")
_SOME = (
    *("head", "tail", "sort_values", "sort_index", "dropna", "drop_duplicates", "sample", "nlargest", "nsmallest"),
    *("truncate", "drop", "mode", "repeat", "rename", "sort"),
)
_NO_TIMES = ("abs", "round")
#: Those that leave its labels what they are.
_LABELLED = (*_ROWS, "head", "tail", "sort_values", "sort_index", "dropna", "nlargest", "nsmallest")


@models(*[f"{COLUMN}.{name}" for name in (*_ROWS, *_SOME)])
def alike(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    hand_over(machine, site)
    inplace = flag(machine, site, "inplace")
    if inplace is not False or site.open:
        return machine.unknown(site.place)  # in place, some methods give None and some the column
    name = site.name.rpartition(".")[2]
    thing = _column(machine, site)
    dtype = thing.dtype if name not in _NO_TIMES or thing.dtype in dtypes.SIGNED | dtypes.FLOATS else None
    made = new_column(machine, site.place, dtype, thing.name, thing.of if name in _ROWS else None)
    if name in _LABELLED:
        machine.state.write(made.id).labels = thing.labels
    return made


@models(
    *[f"{COLUMN}.{name}" for name in ("isna", "isnull", "notna", "notnull", "isin", "between", "duplicated")],
    *[f"{COLUMN}.{name}" for name in ("eq", "ne", "gt", "ge", "lt", "le")],
)
def tested(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    hand_over(machine, site)
    if site.name.rpartition(".")[2] in ("eq", "ne", "gt", "ge", "lt", "le"):
        other = site.argument(0, "other")
        compared = array_comparison(machine, (), site.receiver, other, site.place) if other and site.receiver else None
        return compared if compared is not None else machine.unknown(site.place)
    return new_column(machine, site.place, "bool", of=_column(machine, site).of)


@models(*[f"{COLUMN}.{name}" for name in ("rank", "pct_change")])
def shares(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    thing = _column(machine, site)
    if not all(is_single(machine, value) for value in site.values()) or site.open:
        return machine.unknown(site.place)
    dtype = "float64" if thing.dtype in ("int64", "float64") else None
    return new_column(machine, site.place, dtype, thing.name, thing.of)


_CHANGES = (
    *("cumsum", "cumprod", "shift", "diff", "clip", "map", "where", "mask", "replace", "rolling", "interpolate"),
    *("ffill", "bfill", "astype", "fillna"),
)


@models(*[f"{COLUMN}.{name}" for name in _CHANGES])
def changed(machine: Machine, site: CallSite) -> Value:
    """Other elements in the same rows."""
    machine.may_raise(None)
    hand_over(machine, site)
    name, thing = site.name.rpartition(".")[2], _column(machine, site)
    inplace = flag(machine, site, "inplace")
    if inplace is not False or site.open:
        forget(machine, site.receiver)
        return machine.unknown(site.place)
    periods = site.argument(0, "periods") if name in ("shift", "diff") else None
    if name == "rolling" or (periods is not None and not is_single(machine, periods)):
        return machine.unknown(site.place)
    dtype: str | None = None
    if name == "astype" and "errors" not in site.keywords:
        dtype = dtypes.asked_for(machine, site.argument(0, "dtype"))
    elif name == "fillna":
        dtype = filled(machine, thing.dtype, site.argument(0, "value"))
    elif name in ("cumsum", "cumprod") and thing.dtype in ("int64", "float64"):
        dtype = thing.dtype
    elif name in ("shift", "ffill", "bfill") and thing.dtype in ("float64", "datetime", "timedelta"):
        dtype = thing.dtype if "fill_value" not in site.keywords else None
    elif name == "diff":
        dtype = {"int64": "float64", "float64": "float64", "datetime": "timedelta"}.get(thing.dtype or "")
    elif name == "clip" and thing.dtype == "float64":
        dtype = "float64"
    return new_column(machine, site.place, dtype, thing.name, thing.of)


def filled(machine: Machine, dtype: str | None, value: Value | None) -> str | None:
    """The type of a column once its gaps are filled: whole numbers and bools have none."""
    new = dtypes.of_value(machine, value) if value is not None else None
    if dtype in dtypes.INTS or dtype == "bool":
        return dtype
    if dtype == "float64":
        return dtype if new in ("int64", "float64") else None
    return dtype if dtype is not None and dtype == new else None


@models(f"{COLUMN}.value_counts")
def value_counts(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    share = flag(machine, site, "normalize") if not site.arguments else None
    dtype = {True: "float64", False: "int64"}.get(share) if share is not None else None
    made = new_column(machine, site.place, dtype)
    counts = machine.state.write(made.id)
    if isinstance(counts, ArrayObject) and not site.values():
        counts.labels = _column(machine, site).dtype
    return made


@models(f"{COLUMN}.describe")
def described(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    numbers = _column(machine, site).dtype in ("int64", "float64")
    return new_column(machine, site.place, "float64" if numbers else None)


@models(f"{COLUMN}.unique", f"{COLUMN}.to_numpy")
def to_array(machine: Machine, site: CallSite) -> Value:
    """An array; `unique` of texts or times gives what pandas holds them in."""
    machine.may_raise(None)
    dtype = _column(machine, site).dtype
    dtype = dtype if dtype in dtypes.NUMBERS else None
    if dtype is None and site.name.endswith("unique"):
        return machine.unknown(site.place, "pandas.arrays.ExtensionArray")
    return new_array(machine, site.place, dtype if not site.values() else None, 1)


@models(f"{COLUMN}.to_dict")
def to_dict(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    if site.values() or site.open:
        return machine.unknown(site.place)
    column = _column(machine, site)
    return dict_of(machine, site, column.dtype, column.labels)


#: Labels that no text is made of.
_DATED = frozenset({"date", "time", "datetime", "timedelta", "interval"})


def dict_of(machine: Machine, site: CallSite, dtype: str | None, labels: str | None = None) -> Value:
    """The elements of a column by their labels."""
    made = DictObject(site.place)
    value = machine.unknown(site.place, dtypes.plain(dtype))
    if labels == LEVELS:
        made.others = ((tuples(machine, site.place), value, True),)
    elif labels in _DATED:
        made.others = ((machine.unknown(site.place, dtypes.plain(labels)), value, True),)
    made.open, made.rest = True, value
    return machine.new(made)


def list_of(machine: Machine, site: CallSite, dtype: str | None) -> Value:
    """The elements of a column."""
    return machine.new(ListObject([], site.place, "list", machine.unknown(site.place, dtypes.plain(dtype))))


@models(*[f"{COLUMN}.{name}" for name in ("tolist", "to_list", "item", "items", "get")])
def to_python(machine: Machine, site: CallSite) -> Value:
    """Python's own values, where there are such."""
    machine.may_raise(None)
    name, dtype = site.name.rpartition(".")[2], _column(machine, site).dtype
    if name == "get":
        found = machine.unknown(site.place, dtypes.element(dtype, True) if label(machine, site.arguments[0]) is not None
                                else None) if site.arguments else machine.unknown(site.place)  # fmt: skip
        default = site.argument(1, "default") or NONE
        return machine.unknown(site.place, options=(found, default)) if found.kind is not None else found
    if name == "item":
        return machine.unknown(site.place, dtypes.plain(dtype))
    if name == "items":
        levels = _column(machine, site).labels == LEVELS
        key = tuples(machine, site.place) if levels else machine.unknown(site.place)
        pair = Tuple((key, machine.unknown(site.place, dtypes.plain(dtype))), site.place)
        return machine.new(IteratorObject("zip", (), pair, place=site.place))
    return list_of(machine, site, dtype)


@models(f"{COLUMN}.to_frame", f"{COLUMN}.reset_index")
def to_table(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    thing = _column(machine, site)
    if site.open or (site.name.endswith("reset_index") and site.arguments):
        return machine.unknown(site.place)
    drop = flag(machine, site, "drop") if site.name.endswith("reset_index") else False
    if drop is not False or "inplace" in site.keywords:
        same = drop is True and "inplace" not in site.keywords
        return new_column(machine, site.place, thing.dtype, thing.name) if same else machine.unknown(site.place)
    asked = given(machine, site, 0, "name")
    name = label(machine, asked) if asked is not None else thing.name
    return new_table(machine, site.place, {name: thing.dtype} if name is not None else {})


@models(f"{COLUMN}.groupby")
def grouped(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    hand_over(machine, site)
    thing = _column(machine, site)
    made = ArrayObject(site.place, COLUMN_GROUPS, thing.dtype)
    made.name = thing.name
    return machine.new(made)


_KEEPS_TIMES = ("floor", "ceil", "round", "normalize", "tz_localize", "tz_convert", "as_unit")
_TEXTS = ("strftime", "day_name", "month_name")


@models(*[f"{COLUMN}.dt.{name}" for name in (*_KEEPS_TIMES, *_TEXTS, "total_seconds")])
def of_times(machine: Machine, site: CallSite) -> Value:
    """`column.dt.floor("h")` and its like; what only dates have refuses everything else."""
    machine.may_raise(None)
    accessor = known(machine, site.receiver)
    column = known(machine, accessor.of) if accessor is not None else None
    name, of = site.name.rpartition(".")[2], column.of if column is not None else None
    if name in _TEXTS:
        return new_column(machine, site.place, "str", of=of)
    if name == "total_seconds":
        return new_column(machine, site.place, "float64", of=of)
    dtype = column.dtype if column is not None and column.dtype in ("datetime", "timedelta") else None
    return new_column(machine, site.place, dtype, column.name if column is not None else None, of)


@models(
    *[
        f"{COLUMN}.str.{name}"
        for name in (
            *(
                "lower",
                "upper",
                "strip",
                "lstrip",
                "rstrip",
                "replace",
                "title",
                "capitalize",
                "len",
                "contains",
                "zfill",
            ),
            *("startswith", "endswith", "slice", "get", "pad", "match", "count", "split", "join", "removeprefix"),
        )
    ]
)
def of_texts(machine: Machine, site: CallSite) -> Value:
    """Of each text something; where there was none there is NaN, so nobody knows the type."""
    machine.may_raise(None)
    hand_over(machine, site)
    expands = flag(machine, site, "expand") is not False or site.open
    accessor = known(machine, site.receiver)
    column = known(machine, accessor.of) if accessor is not None else None
    if expands or kind_of(machine, site.receiver or NONE) is None:
        return machine.unknown(site.place)
    return new_column(machine, site.place, of=column.of if column is not None else None)
