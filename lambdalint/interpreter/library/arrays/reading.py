"""Attributes, items and elements of arrays, columns and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import ArrayObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.arrays import dtypes
from lambdalint.interpreter.library.arrays.objects import (
    ARRAY,
    COLUMN,
    INDEX,
    LEVELS,
    ROW,
    SOME,
    TABLE,
    TIMES,
    is_several,
    is_single,
    known,
    label,
    labels,
    new_array,
    new_column,
    new_table,
    tuples,
)
from lambdalint.interpreter.library.tables import ATTRIBUTES
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.values import Const, Ref, Slice, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.machine import Machine

_ACCESSORS = {
    COLUMN: ("dt", "str", "cat", "loc", "iloc", "at", "iat"),
    TABLE: ("loc", "iloc", "at", "iat"),
}
GROUPS, COLUMN_GROUPS = "pandas.DataFrameGroupBy", "pandas.SeriesGroupBy"


def array_attribute(machine: Machine, value: Ref, thing: ArrayObject, name: str, place: Place) -> Value | None:
    """A data attribute; None where it is a method, or not known."""
    if name in _ACCESSORS.get(thing.type, ()):
        made = ArrayObject(place, f"{thing.type}.{name}")
        made.of = Ref(value.id, place)
        return machine.new(made)
    seen = known(machine, value) or thing
    if thing.type == TABLE and name in seen.columns:
        return new_column(machine, place, seen.columns[name], name, value)
    if thing.type == COLUMN and name == "values":
        return new_array(machine, place, seen.dtype if seen.dtype in dtypes.NUMBERS else None, 1)
    if name == "index" and thing.type in (TABLE, COLUMN):
        index = ArrayObject(place, INDEX, depth=1)
        index.labels = seen.labels
        return machine.new(index)
    if thing.type == TABLE and name == "values":
        return new_array(machine, place, dtype_of_all(seen), 2)
    if thing.type == ARRAY and name == "T":
        return new_array(machine, place, thing.dtype, thing.depth)
    if thing.type == ARRAY and name == "shape" and thing.depth > 0:
        return Tuple(tuple(machine.unknown(place, "int") for _ in range(thing.depth)), place)
    if thing.type == "pandas.Series.dt" and name in ("date", "time", "timetz"):
        column = known(machine, thing.of)
        sure = column is not None and column.dtype == "datetime"
        return new_column(machine, place, name[:4] if sure else None, of=column.of if column is not None else None)
    row = ATTRIBUTES.get(f"{thing.type}.{name}")
    return make(machine, row, place, value) if row is not None else None


def dtype_of_all(table: ArrayObject) -> str | None:
    """The type that all columns of a table have, named or not."""
    same = table.dtype in dtypes.NUMBERS and all(dtype == table.dtype for dtype in table.columns.values())
    return table.dtype if same else None


def array_elements(machine: Machine, thing: ArrayObject, place: Place) -> Value:
    """What going through it gives."""
    if thing.leaked and thing.type != ARRAY:
        return machine.unknown(place, "pandas.Timestamp" if thing.type == TIMES else None)
    if thing.type == ARRAY:
        if thing.depth > 1:
            return new_array(machine, place, thing.dtype, thing.depth - 1)
        return machine.unknown(place, dtypes.element(thing.dtype, False) if thing.depth == 1 else None)
    if thing.type == COLUMN:
        return machine.unknown(place, dtypes.plain(thing.dtype))
    if thing.type == TIMES:
        return machine.unknown(place, "pandas.Timestamp")
    if thing.type == INDEX and thing.labels == LEVELS:
        return tuples(machine, place)
    if thing.type == INDEX and thing.labels in dtypes.NUMBERS:
        return machine.unknown(place, dtypes.plain(thing.labels))
    if thing.type in (GROUPS, COLUMN_GROUPS):
        table = thing.type == GROUPS
        part = ArrayObject(place, TABLE if table else COLUMN, thing.dtype, 2 if table else 1)
        part.columns, part.name, part.many = dict(thing.columns), thing.name, True
        key = tuples(machine, place) if thing.labels == LEVELS else machine.unknown(place)
        return Tuple((key, machine.new(part)), place)
    return machine.unknown(place)


def array_item(machine: Machine, value: Ref, thing: ArrayObject, key: Value, place: Place) -> Value:
    """`value[key]`."""
    seen = known(machine, value) or thing
    if thing.type == ARRAY:
        return _of_array(machine, thing, key, place)
    if thing.type == COLUMN:
        return _of_column(machine, seen, key, place)
    if thing.type == TABLE:
        return _of_table(machine, value, seen, key, place)
    if thing.type == GROUPS:
        return _of_groups(machine, seen, key, place)
    if thing.type == INDEX and thing.labels in (*dtypes.NUMBERS, LEVELS) and kind_of(machine, key) == "int":
        one = dtypes.element(thing.labels, True)
        return tuples(machine, place) if thing.labels == LEVELS else machine.unknown(place, one)
    if thing.type == TIMES and not is_several(machine, key):
        return machine.unknown(place, "pandas.Timestamp" if is_single(machine, key) else None)
    owner, _, accessor = thing.type.rpartition(".")
    column = known(machine, thing.of)
    if column is not None and owner == COLUMN and accessor in ("loc", "iloc", "at", "iat"):
        return _of_column(machine, column, key, place)
    if column is not None and thing.of is not None and owner == TABLE:
        return _of_rows(machine, thing.of, column, accessor, key, place)
    return machine.unknown(place)


def _of_array(machine: Machine, thing: ArrayObject, key: Value, place: Place) -> Value:
    if type(key) is Tuple:
        whole = [kind_of(machine, part) == "int" for part in key.items]
        plainly = all(one or type(machine.state.resolve(part)) is Slice for one, part in zip(whole, key.items))
        if thing.depth < 1 or not plainly or key.rest is not None:
            return machine.unknown(place)
        left = thing.depth - sum(whole)
    elif kind_of(machine, key) == "int":
        left = thing.depth - 1 if thing.depth > 0 else SOME
        if left == SOME:
            return machine.unknown(place)
    elif is_several(machine, key):
        return new_array(machine, place, thing.dtype, 1 if thing.depth == 1 else SOME)
    else:
        return machine.unknown(place)
    if left:
        return new_array(machine, place, thing.dtype, left)
    return machine.unknown(place, dtypes.element(thing.dtype, False))


def _of_column(machine: Machine, thing: ArrayObject, key: Value, place: Place) -> Value:
    """An element, by its place or label; or several of them."""
    if is_several(machine, key):
        return new_column(machine, place, thing.dtype, thing.name)
    if not is_single(machine, key):
        return machine.unknown(place)
    dtype = thing.columns.get(label(machine, key), thing.dtype)
    return machine.unknown(place, dtypes.element(dtype, True))


def _of_table(machine: Machine, value: Ref, thing: ArrayObject, key: Value, place: Place) -> Value:
    """A column, or a table of some columns or rows."""
    if kind_of(machine, key) == "list":
        return picked(machine, thing, labels(machine, key), place)
    if is_several(machine, key):
        return new_table(machine, place, thing.columns, thing.dtype)
    if kind_of(machine, key) not in ("str", "int"):
        return machine.unknown(place)
    name = label(machine, key)
    made = new_column(machine, place, thing.columns.get(name, thing.dtype), name, value)
    column = machine.state.write(made.id)
    if isinstance(column, ArrayObject):
        column.labels = thing.labels
    return made


def picked(machine: Machine, thing: ArrayObject, names: list[object] | None, place: Place) -> Value:
    """A table of some columns."""
    columns = {name: thing.columns.get(name, thing.dtype) for name in names or ()}
    return new_table(machine, place, columns, thing.dtype)


def _of_rows(machine: Machine, table: Ref, thing: ArrayObject, accessor: str, key: Value, place: Place) -> Value:
    """`table.loc[rows]`, `table.loc[rows, columns]` and their like."""
    if type(key) is not Tuple:
        if is_several(machine, key):
            return new_table(machine, place, thing.columns, thing.dtype)
        return row_of(machine, thing, place) if is_single(machine, key) else machine.unknown(place)
    if len(key.items) != 2 or key.rest is not None:
        return machine.unknown(place)
    if accessor in ("iloc", "iat"):
        one = all(kind_of(machine, part) == "int" for part in key.items)
        return machine.unknown(place, dtypes.element(dtype_of_all(thing), True) if one else None)
    rows, columns = key.items
    if kind_of(machine, columns) == "list":
        several = is_several(machine, rows)
        return picked(machine, thing, labels(machine, columns), place) if several else machine.unknown(place)
    name = label(machine, columns)
    if name is None:
        return machine.unknown(place)
    dtype = thing.columns.get(name, thing.dtype)
    if is_several(machine, rows):
        whole = type(rows) is Slice and all(_absent(part) for part in (rows.lower, rows.upper, rows.step))
        return new_column(machine, place, dtype, name, table if whole else None)
    return machine.unknown(place, dtypes.element(dtype, True) if is_single(machine, rows) else None)


def _absent(part: Value) -> bool:
    return type(part) is Const and part.value is None


def row_of(machine: Machine, thing: ArrayObject, place: Place) -> Value:
    """One row, as a column of its values: the type of its numbers depends on all of them, that of dates on nothing."""
    made = ArrayObject(place, COLUMN)
    made.columns = {name: dtype for name, dtype in thing.columns.items() if dtype not in dtypes.NUMBERS}
    made.many = True
    return machine.new(made)


def _of_groups(machine: Machine, thing: ArrayObject, key: Value, place: Place) -> Value:
    if kind_of(machine, key) == "list":
        names = labels(machine, key)
        columns = {name: thing.columns.get(name, thing.dtype) for name in names or ()}
        made = ArrayObject(place, GROUPS, thing.dtype, thing.depth)
        made.columns, made.labels = columns, thing.labels
        return machine.new(made)
    name = label(machine, key)
    if name is None:
        return machine.unknown(place)
    one = ArrayObject(place, COLUMN_GROUPS, thing.columns.get(name, thing.dtype), thing.depth)
    one.name, one.labels = name, thing.labels
    return machine.new(one)


def tuple_attribute(value: Value, kind: str, name: str, place: Place, machine: Machine) -> Value | None:
    """`row.price` of a row that `itertuples` gives."""
    if kind != ROW or type(value) is not Sym or not isinstance(value.known, tuple) or name.startswith("_"):
        return None
    if name in ("count", "index"):
        return None
    plain = dict(value.known[1:])
    return machine.child(value, "attribute", name, plain.get(name), place)


__all__ = [
    "COLUMN_GROUPS",
    "GROUPS",
    "INDEX",
    "array_attribute",
    "array_elements",
    "array_item",
    "picked",
    "row_of",
    "tuple_attribute",
]
