"""Tables: what the methods of a DataFrame give, and how its columns go through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import ArrayObject, DictObject, Item, IteratorObject, ListObject
from lambdalint.interpreter.library.arrays import dtypes
from lambdalint.interpreter.library.arrays.columns import filled, list_of
from lambdalint.interpreter.library.arrays.objects import (
    COLUMN,
    LEVELS,
    ROW,
    TABLE,
    flag,
    given,
    is_several_labels,
    known,
    label,
    labels,
    new_array,
    new_column,
    new_table,
    tuples,
)
from lambdalint.interpreter.library.arrays.reading import GROUPS, dtype_of_all, row_of
from lambdalint.interpreter.library.arrays.writing import forget, stored
from lambdalint.interpreter.library.calling import hand_over
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.values import NONE, Const, Ref, Tuple, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


def table_of(machine: Machine, site: CallSite) -> ArrayObject:
    """The table whose method it is."""
    return known(machine, site.receiver) or ArrayObject(site.place, TABLE)


#: Methods that give the same columns, and some of the rows, or all of them in another order.
_ROWS = (
    *("copy", "head", "tail", "sort_values", "sort_index", "drop_duplicates", "dropna", "query", "sample", "nlargest"),
    *("nsmallest", "truncate", "reset_index", "set_index", "round", "infer_objects", "sort"),
)


def _in_place(machine: Machine, site: CallSite) -> Value | None:
    """What a call gives that may change the table itself, of which nothing is known then; None where it does not."""
    inplace = flag(machine, site, "inplace")
    if inplace is False and not site.open:
        return None
    forget(machine, site.receiver)
    return machine.unknown(site.place)


@models(*[f"{TABLE}.{name}" for name in _ROWS])
def rows(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    hand_over(machine, site)
    name, thing = site.name.rpartition(".")[2], table_of(machine, site)
    kept = _kept(machine, site, name, thing)
    inplace = flag(machine, site, "inplace")
    if inplace and not site.open and type(site.receiver) is Ref:
        own = machine.state.write(site.receiver.id)
        own.columns = dict(kept)
        if name not in _LABELLED:
            own.labels = None
            own.name = own.name if name == "reset_index" else None
        return machine.unknown(site.place)
    if inplace is None or site.open:
        forget(machine, site.receiver)
        return machine.unknown(site.place)
    made = new_table(machine, site.place, kept, thing.dtype)
    keys = given(machine, site, 0, "keys") if name == "set_index" else None
    writable = machine.state.write(made.id)
    if name in _LABELLED or (keys is not None and is_several_labels(machine, keys) and "append" not in site.keywords):
        writable.labels = LEVELS if keys is not None else thing.labels
    elif keys is not None and "append" not in site.keywords and not isinstance(key := label(machine, keys), type(None)):
        writable.labels = thing.columns.get(key, None)
    writable.name = thing.name if name in (*_LABELLED, "reset_index") else None
    return made


#: Methods that leave the labels of rows and columns what they are.
_LABELLED = ("copy", "head", "tail", "sort_values", "sort_index", "nlargest", "nsmallest", "round", "query", "dropna")


def _kept(machine: Machine, site: CallSite, name: str, thing: ArrayObject) -> dict[object, str | None]:
    """The columns that are still there."""
    gone: list[object] | None = []
    if name == "set_index":
        gone = labels(machine, given(machine, site, 0, "keys"))
    elif name == "dropna" and site.values():
        axis = site.argument(0, "axis")
        gone = [] if axis is None or label(machine, axis) in (0, "index") else None
    elif name == "reset_index" and flag(machine, site, "drop") is not True:
        return dict(thing.columns)  # and the index beside them
    return {key: dtype for key, dtype in thing.columns.items() if gone is not None and key not in gone}


@models(f"{TABLE}.drop")
def dropped(machine: Machine, site: CallSite) -> Value:
    """Without some columns, or without some rows."""
    machine.may_raise(None)
    hand_over(machine, site)
    told = _in_place(machine, site)
    if told is not None:
        return told
    thing = table_of(machine, site)
    axis = site.argument(1, "axis")
    columns = site.keywords.get("columns")
    if columns is None and axis is not None and label(machine, axis) in (1, "columns"):
        columns = site.argument(0, "labels")
    elif columns is None and (axis is None or label(machine, axis) in (0, "index")):
        return new_table(machine, site.place, thing.columns, thing.dtype)
    gone = labels(machine, columns)
    kept = {key: dtype for key, dtype in thing.columns.items() if gone is not None and key not in gone}
    return new_table(machine, site.place, kept, thing.dtype)


@models(f"{TABLE}.rename")
def renamed(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    hand_over(machine, site)
    told = _in_place(machine, site)
    if told is not None:
        return told
    thing = table_of(machine, site)
    if site.keywords.keys() == {"index"} and not site.arguments:
        return new_table(machine, site.place, thing.columns, thing.dtype)
    names = _constants(machine, site.keywords.get("columns")) if site.keywords.keys() == {"columns"} else None
    columns = {names.get(key, key): dtype for key, dtype in thing.columns.items()} if names is not None else {}
    return new_table(machine, site.place, columns, thing.dtype)


def _entries(machine: Machine, value: Value | None) -> dict[object, Value] | None:
    """The entries of a dict of which all keys are constant labels and surely there."""
    value = machine.state.resolve(value) if value is not None else None
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, DictObject) or thing.type != "dict" or thing.leaked or thing.open or thing.others:
        return None
    if not all(item.sure and isinstance(key, (str, int)) for key, item in thing.items.items()):
        return None
    return {key: item.value for key, item in thing.items.items()}


def _constants(machine: Machine, value: Value | None) -> dict[object, object] | None:
    entries = _entries(machine, value)
    if entries is None:
        return None
    found = {key: label(machine, entry) for key, entry in entries.items()}
    return None if None in found.values() else found


@models(f"{TABLE}.assign")
def assigned(machine: Machine, site: CallSite) -> Value:
    """With further columns; one may be a function of the table."""
    machine.may_raise(None)
    hand_over(machine, site)
    thing = table_of(machine, site)
    columns = dict(thing.columns)
    for name, value in site.keywords.items():
        columns[name] = stored(machine, site.receiver, value) if isinstance(site.receiver, Ref) else None
    return new_table(machine, site.place, columns if not site.open else {}, thing.dtype if not site.open else None)


@models(f"{TABLE}.astype", f"{TABLE}.fillna")
def converted(machine: Machine, site: CallSite) -> Value:
    """Of each column, or of those that a dict names."""
    machine.may_raise(None)
    hand_over(machine, site)
    told = _in_place(machine, site)
    if told is not None:
        return told
    thing, first = (
        table_of(machine, site),
        given(machine, site, 0, "dtype" if site.name.endswith("astype") else "value"),
    )
    named = _entries(machine, first)
    columns = dict(thing.columns)
    if "errors" in site.keywords or first is None or (named is None and _is_dict(machine, first)):
        return new_table(machine, site.place, dict.fromkeys(columns))
    to = named if named is not None else dict.fromkeys(columns, first)
    for key, value in to.items():
        if site.name.endswith("astype"):
            columns[key] = dtypes.asked_for(machine, value)
        elif key in columns:
            columns[key] = filled(machine, columns[key], value)
    if site.name.endswith("fillna"):
        return new_table(machine, site.place, columns)
    others = thing.dtype if named is not None else dtypes.asked_for(machine, first)
    return new_table(machine, site.place, columns, others)


def _is_dict(machine: Machine, value: Value) -> bool:
    """Whether it may be one."""
    return type(value) is not Const and dtypes.asked_for(machine, value) is None


@models(*[f"{TABLE}.{name}" for name in ("isna", "isnull", "notna", "notnull")])
def tested(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    return new_table(machine, site.place, dict.fromkeys(table_of(machine, site).columns, "bool"), "bool")


@models(*[f"{TABLE}.{name}" for name in ("sum", "prod", "mean", "median", "std", "var", "min", "max", "count",
                                         "nunique", "any", "all", "idxmax", "idxmin")])  # fmt: skip
def reduced(machine: Machine, site: CallSite) -> Value:
    """A column of what each column comes to."""
    machine.may_raise(None)
    name, thing = site.name.rpartition(".")[2], table_of(machine, site)
    axis = site.argument(0, "axis") if name != "nunique" else None
    axis = machine.state.resolve(axis) if axis is not None else None
    plainly = axis is None or label(machine, axis) in (0, 1, "index", "columns")
    if site.open or len(site.arguments) > 1 or not plainly:
        return machine.unknown(site.place)
    dtype = {"count": "int64", "nunique": "int64", "any": "bool", "all": "bool"}.get(name)
    if dtype is None and thing.dtype in ("bool", "int64", "float64"):
        dtype = dtypes.reduced(thing.dtype, name, True)
        dtype = dtype if all(kind == thing.dtype for kind in thing.columns.values()) else None
    return new_column(machine, site.place, dtype)


@models(f"{TABLE}.corr", f"{TABLE}.cov")
def correlated(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    return new_table(machine, site.place, dtype="float64")


@models(f"{TABLE}.groupby")
def grouped(machine: Machine, site: CallSite) -> Value:
    """`depth` is -1 where it is not known that the keys become an index (`as_index=False`)."""
    machine.may_raise(None)
    hand_over(machine, site)
    thing = table_of(machine, site)
    made = ArrayObject(site.place, GROUPS, thing.dtype, -1 if "as_index" in site.keywords or site.open else 0)
    made.columns = dict(thing.columns)
    names = labels(machine, given(machine, site, 0, "by"))
    made.name = ",".join(map(str, names)) if names is not None else None
    made.labels = thing.columns.get(names[0]) if names is not None and len(names) == 1 else None
    if is_several_labels(machine, given(machine, site, 0, "by")):
        made.labels = LEVELS
    column = known(machine, given(machine, site, 0, "by"))
    if column is not None and column.type == COLUMN:
        made.labels = column.dtype
    if made.depth or "axis" in site.keywords:
        made.labels = None  # the keys stay columns
    return machine.new(made)


@models(f"{TABLE}.value_counts", f"{TABLE}.duplicated")
def counted(machine: Machine, site: CallSite) -> Value:
    """How often each row is there, labelled by all of it; whether one was there before."""
    machine.may_raise(None)
    if site.name.endswith("duplicated"):
        return new_column(machine, site.place, "bool")
    subset = given(machine, site, 0, "subset")
    made = new_column(machine, site.place, "int64" if "normalize" not in site.keywords else None)
    if not site.open and (subset is None or is_several_labels(machine, subset)):
        machine.state.write(made.id).labels = LEVELS
    return made


@models(f"{TABLE}.to_dict")
def to_dict(machine: Machine, site: CallSite) -> Value:
    """Dicts and lists of Python's own values, where there are such."""
    machine.may_raise(None)
    asked = given(machine, site, 0, "orient")
    orient = "dict" if asked is None else text_argument(machine, site, 0, "orient")
    thing = table_of(machine, site)
    if "into" in site.keywords or len(site.arguments) > 1 or site.open:
        return machine.unknown(site.place)
    found = _by_levels(machine, site, thing, orient)
    if found is not None:
        return found
    if orient in ("records", "index"):
        cells = {key: machine.unknown(site.place, dtypes.plain(dtype)) for key, dtype in thing.columns.items()}
        record = _entries_of(machine, site, cells)
        if orient == "records":
            return machine.new(ListObject([], site.place, "list", record))
        made = DictObject(site.place)
        made.open, made.rest = True, record
        return machine.new(made)
    if orient == "list":
        return _entries_of(machine, site, {key: list_of(machine, site, d) for key, d in thing.columns.items()})
    if orient == "series":
        return _entries_of(machine, site, {key: new_column(machine, site.place, d) for key, d in thing.columns.items()})
    if orient == "dict":
        return _entries_of(machine, site, {key: _by_label(machine, site, d) for key, d in thing.columns.items()})
    return machine.unknown(site.place)


def _by_levels(machine: Machine, site: CallSite, thing: ArrayObject, orient: str | None) -> Value | None:
    """A dict of which keys are tuples: the labels of the rows or columns are; None where they are not."""
    if orient not in ("dict", "index", "records", "list", "series"):
        return None
    cells = machine.unknown(site.place)
    if thing.name == LEVELS:
        row = _of_tuples(machine, site, cells)
        return machine.new(ListObject([], site.place, "list", row)) if orient == "records" else row
    if thing.labels != LEVELS or orient not in ("dict", "index"):
        return None
    if orient == "index":
        return _of_tuples(machine, site, _entries_of(machine, site, dict.fromkeys(thing.columns, cells)))
    made = DictObject(site.place)
    made.open, made.rest = True, _of_tuples(machine, site, cells)
    made.items = {
        key: Item(_of_tuples(machine, site, machine.unknown(site.place, dtypes.plain(dtype))), site.place)
        for key, dtype in thing.columns.items()
    }
    return machine.new(made)


def _of_tuples(machine: Machine, site: CallSite, value: Value) -> Value:
    made = DictObject(site.place)
    made.others = ((tuples(machine, site.place), value, True),)
    made.open, made.rest = True, value
    return machine.new(made)


def _entries_of(machine: Machine, site: CallSite, entries: Mapping[object, Value]) -> Value:
    """A dict with these entries, and others."""
    made = DictObject(site.place)
    made.open = True
    made.items = {key: Item(value, site.place) for key, value in entries.items()}
    return machine.new(made)


def _by_label(machine: Machine, site: CallSite, dtype: str | None) -> Value:
    made = DictObject(site.place)
    made.open, made.rest = True, machine.unknown(site.place, dtypes.plain(dtype))
    return machine.new(made)


@models(f"{TABLE}.iterrows")
def iterrows(machine: Machine, site: CallSite) -> Value:
    row = row_of(machine, table_of(machine, site), site.place)
    return machine.new(IteratorObject("generator", (), Tuple((machine.unknown(site.place), row), site.place),
                                      place=site.place))  # fmt: skip


@models(f"{TABLE}.pivot_table", "pandas.pivot_table")
def pivoted(machine: Machine, site: CallSite) -> Value:
    """A table, of whose columns nothing is known; its rows are labelled by tuples where several columns label them."""
    machine.may_raise(None)
    hand_over(machine, site)
    made = new_table(machine, site.place)
    index = site.argument(1 if site.receiver is not None else 2, "index")
    if not site.open and index is not None and is_several_labels(machine, index):
        machine.state.write(made.id).labels = LEVELS
    return made


@models(f"{TABLE}.itertuples")
def itertuples(machine: Machine, site: CallSite) -> Value:
    """Named tuples of Python's own values, where there are such."""
    thing = table_of(machine, site)
    row = machine.unknown(site.place, ROW)
    plain = tuple((key, dtypes.plain(dtype)) for key, dtype in thing.columns.items() if isinstance(key, str))
    row.known = ("row", *plain) if "name" not in site.keywords and len(site.arguments) < 2 and not site.open else None
    if row.known is None:
        row = machine.unknown(site.place)
    return machine.new(IteratorObject("map", (), row, place=site.place))


@models(f"{TABLE}.items")
def by_column(machine: Machine, site: CallSite) -> Value:
    thing = table_of(machine, site)
    column = new_column(machine, site.place, thing.dtype if not thing.columns else None)
    return machine.new(IteratorObject("generator", (), Tuple((machine.unknown(site.place), column), site.place),
                                      place=site.place))  # fmt: skip


@models(f"{TABLE}.to_numpy")
def to_array(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    return new_array(machine, site.place, dtype_of_all(table_of(machine, site)) if not site.values() else None, 2)


@models(f"{TABLE}.pop", f"{TABLE}.get")
def one_column(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    thing = table_of(machine, site)
    name = label(machine, site.arguments[0]) if site.arguments and not site.open else None
    dtype = thing.columns.get(name, thing.dtype)
    if site.name.endswith("pop"):
        if name is None:
            forget(machine, site.receiver)
        elif type(site.receiver) is Ref:
            machine.state.write(site.receiver.id).columns.pop(name, None)
        return new_column(machine, site.place, dtype, name)
    return new_column(machine, site.place, dtype, name) if name in thing.columns else machine.unknown(site.place)


@models(f"{TABLE}.insert", f"{TABLE}.update")
def inserted(machine: Machine, site: CallSite) -> Value:
    """A column more; or cells of another table's. The old ones have other types."""
    machine.may_raise(None)
    hand_over(machine, site)
    forget(machine, site.receiver)
    return NONE
