"""The functions of pandas: tables and columns made of other things, times and numbers of texts, intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.arrays import dtypes
from lambdalint.interpreter.library.arrays.objects import (
    COLUMN,
    TABLE,
    TIMES,
    contents,
    given,
    is_parsed,
    is_single,
    known,
    label,
    labels,
    new_column,
    new_table,
    values_in,
)
from lambdalint.interpreter.library.calling import hand_over
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.values import Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models(TABLE)
def table(machine: Machine, site: CallSite) -> Value:
    """A table of a dict of lists, or of rows, of which it is not known what they hold."""
    machine.may_raise(None)
    hand_over(machine, site)
    data = given(machine, site, 0, "data")
    asked = given(machine, site, 3, "dtype")
    if site.open or len(site.arguments) > 3:
        return new_table(machine, site.place)
    dtype = dtypes.asked_for(machine, asked)
    columns: dict[object, str | None] = {}
    if asked is None and given(machine, site, 2, "columns") is None and given(machine, site, 1, "index") is None:
        columns = _columns(machine, data)
    elif asked is not None and dtype is not None:
        columns = dict.fromkeys(labels(machine, site.argument(2, "columns")) or (), dtype)
    parts = values_in(machine, data) if data is not None else None
    if data is not None and asked is None and all(is_parsed(machine, part) for part in parts or [data]):
        dtype = "inferred"
    made = known(machine, data)
    if made is not None and made.type == TABLE and len(site.values()) == 1:
        return new_table(machine, site.place, made.columns, made.dtype)
    if asked is None and columns == {} and "columns" in site.keywords:
        columns = dict.fromkeys(labels(machine, site.keywords["columns"]) or ())
    return new_table(machine, site.place, columns, dtype)


def _columns(machine: Machine, data: Value | None) -> dict[object, str | None]:
    """The columns of a dict of lists of the same length, with one type for all their elements."""
    data = machine.state.resolve(data) if data is not None else None
    thing = machine.object(data) if type(data) is Ref else None
    if not isinstance(thing, DictObject) or thing.leaked:
        return {}
    found: dict[object, str | None] = {}
    for key, item in thing.items.items():
        if item.sure and isinstance(key, (str, int)):
            made = known(machine, item.value)
            dtype, depth = contents(machine, item.value)
            aligned = made is not None and made.type == COLUMN and dtype in (*dtypes.INTS, "bool")
            found[key] = None if aligned or not (depth == 1 or is_single(machine, item.value)) else dtype
            found[key] = _of_lists(machine, item.value, found[key])
    return found


def _of_lists(machine: Machine, value: Value, dtype: str | None) -> str | None:
    """An empty list has no type to pandas."""
    return dtype if values_in(machine, value) != [] else None


@models(COLUMN)
def column(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    hand_over(machine, site)
    data = given(machine, site, 0, "data")
    if site.open or data is None or site.keywords.keys() - {"dtype", "name"} or len(site.arguments) > 1:
        return new_column(machine, site.place)
    asked = site.keywords.get("dtype")
    dtype, depth = contents(machine, data)
    dtype = _of_lists(machine, data, dtype) if depth == 1 else None
    name = label(machine, site.keywords["name"]) if "name" in site.keywords else None
    return new_column(machine, site.place, dtypes.asked_for(machine, asked) if asked is not None else dtype, name)


#: Options by which a reader gives its table in pieces, or several tables.
_PIECES = frozenset({"chunksize", "iterator", "sheet_name", "typ"})


_READERS = ("csv", "table", "excel", "json", "sql", "sql_query", "sql_table")


@models(*[f"pandas.read_{name}" for name in _READERS])
def read(machine: Machine, site: CallSite) -> Value:
    """A table, of which the types are known that it was read with."""
    machine.may_raise(None)
    hand_over(machine, site)
    if site.open or site.keywords.keys() & _PIECES:
        return machine.unknown(site.place)
    columns: dict[object, str | None] = {}
    asked = site.keywords.get("dtype")
    resolved = machine.state.resolve(asked) if asked is not None else None
    thing = machine.object(resolved) if type(resolved) is Ref else None
    if isinstance(thing, DictObject) and not thing.leaked:
        columns = {
            key: dtypes.asked_for(machine, item.value)
            for key, item in thing.items.items()
            if item.sure and isinstance(key, (str, int))
        }
    for name in labels(machine, site.keywords.get("parse_dates")) or ():
        if isinstance(name, str) and "date_format" not in site.keywords and "date_parser" not in site.keywords:
            columns[name] = "datetime"
    if site.keywords.keys() & {"index_col", "names", "converters"}:
        columns = {}
    inferred = site.name in ("pandas.read_csv", "pandas.read_table") and site.keywords.keys() <= _OF_TEXTS
    inferred = inferred and ("parse_dates" not in site.keywords or bool(columns))
    return new_table(machine, site.place, columns, "inferred" if inferred else None)


#: Options with which a column of numbers is one of numpy's numbers.
_OF_TEXTS = frozenset({
    "filepath_or_buffer", "sep", "delimiter", "header", "usecols", "nrows", "skiprows", "encoding", "compression",
    "parse_dates", "low_memory", "names", "quotechar", "on_bad_lines",
})  # fmt: skip


@models(
    *[
        f"pandas.{name}"
        for name in (
            "read_parquet",
            "read_feather",
            "json_normalize",
            "merge",
            "crosstab",
            "get_dummies",
        )
    ],
    *[f"{TABLE}.from_dict", f"{TABLE}.from_records"],
    *[
        f"{TABLE}.{name}"
        for name in (
            *("merge", "join", "pivot", "melt", "explode", "reindex", "transpose", "select_dtypes"),
            *("applymap", "nlargest_", "replace", "interpolate", "ffill", "bfill", "clip", "describe", "filter"),
        )
    ],
)
def some_table(machine: Machine, site: CallSite) -> Value:
    """A table, of whose columns nothing is known."""
    machine.may_raise(None)
    hand_over(machine, site)
    inplace = site.open or "inplace" in site.keywords
    if inplace and site.receiver is not None:
        from lambdalint.interpreter.library.arrays.writing import forget

        forget(machine, site.receiver)
    return machine.unknown(site.place) if inplace else new_table(machine, site.place)


@models("pandas.concat")
def concatenated(machine: Machine, site: CallSite) -> Value:
    """Of tables a table, of columns a column."""
    machine.may_raise(None)
    hand_over(machine, site)
    parts = values_in(machine, site.arguments[0]) if site.arguments and not site.open else None
    kinds = {kind_of(machine, part) for part in parts or ()}
    if kinds == {TABLE}:
        return new_table(machine, site.place)
    return new_column(machine, site.place) if kinds == {COLUMN} and "axis" not in site.keywords else (
        machine.unknown(site.place)
    )  # fmt: skip


@models("pandas.to_datetime", "pandas.to_timedelta")
def to_times(machine: Machine, site: CallSite) -> Value:
    """Of a text a time, of a list an index, of a column a column."""
    machine.may_raise(None)
    hand_over(machine, site)
    times = site.name.endswith("datetime")
    value = site.arguments[0] if site.arguments else None
    if value is None or site.open or len(site.arguments) > 1:
        return machine.unknown(site.place)
    errors = text_argument(machine, site, 9, "errors") if "errors" in site.keywords else "raise"
    thing = known(machine, value)
    if errors not in ("raise", "coerce"):
        return machine.unknown(site.place)
    if thing is not None and thing.type in (COLUMN, TABLE):
        return new_column(machine, site.place, "datetime" if times else "timedelta", thing.name, thing.of)
    kind = kind_of(machine, value)
    if kind == "str":
        return machine.unknown(site.place, "pandas.Timestamp" if times else "pandas.Timedelta")
    return make(machine, TIMES, site.place) if times and kind == "list" else machine.unknown(site.place)


@models("pandas.to_numeric")
def to_numeric(machine: Machine, site: CallSite) -> Value:
    """Of a column one of numbers, whole or not."""
    machine.may_raise(None)
    thing = known(machine, site.arguments[0]) if site.arguments and not site.open else None
    if thing is None or thing.type != COLUMN:
        return machine.unknown(site.place)
    keeps = thing.dtype if thing.dtype in ("int64", "float64") and "downcast" not in site.keywords else None
    return new_column(machine, site.place, keeps, thing.name, thing.of)


@models("pandas.cut", "pandas.qcut")
def cut(machine: Machine, site: CallSite) -> Value:
    """The interval that each element is in, unless other labels are asked for, or the bins too."""
    machine.may_raise(None)
    hand_over(machine, site)
    thing = known(machine, site.arguments[0]) if site.arguments and not site.open else None
    plainly = len(site.arguments) <= 2 and not site.keywords.keys() & {"labels", "retbins", "bins", "q"}
    bins = site.arguments[1] if len(site.arguments) == 2 else None
    if thing is None or thing.type != COLUMN or not plainly or bins is None:
        return machine.unknown(site.place)
    sure = contents(machine, bins)[1] == 1 or is_single(machine, bins)
    return new_column(machine, site.place, "interval" if sure else None, thing.name, thing.of)


@models(*[f"pandas.{name}" for name in ("isna", "isnull", "notna", "notnull")])
def tested(machine: Machine, site: CallSite) -> Value:
    """Of a single value a bool, of a column a column."""
    machine.may_raise(None)
    value = site.argument(0, "obj")
    if value is None or site.open:
        return machine.unknown(site.place)
    thing = known(machine, value)
    if thing is not None and thing.type == COLUMN:
        return new_column(machine, site.place, "bool", thing.name, thing.of)
    if thing is not None and thing.type == TABLE:
        return new_table(machine, site.place, dict.fromkeys(thing.columns, "bool"), "bool")
    return machine.unknown(site.place, "bool" if is_single(machine, value) else None)
