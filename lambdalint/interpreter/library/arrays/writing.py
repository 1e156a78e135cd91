"""`table["n"] = ...`, `table.loc[rows, "n"] = ...`: what becomes of the types of columns that are written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ArrayObject
from lambdalint.interpreter.library.arrays import dtypes
from lambdalint.interpreter.library.arrays.objects import (
    ARRAY,
    COLUMN,
    TABLE,
    TIMES,
    contents,
    is_several,
    is_single,
    known,
    label,
)
from lambdalint.interpreter.values import Ref, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine


def set_array_item(machine: Machine, value: Ref, thing: ArrayObject, key: Value, new: Value) -> None:
    """`value[key] = new`."""
    if known(machine, new) is None:
        leak(machine, new)
    if thing.type == ARRAY:  # what is written into it takes its type
        return
    if thing.type == TABLE:
        _set_column(machine, value, key, new)
        return
    owner, _, accessor = thing.type.rpartition(".")
    if owner == TABLE and accessor in ("loc", "at") and thing.of is not None and type(key) is Tuple:
        _set_cells(machine, thing.of, key, new)
        return
    forget(machine, value)


def forget(machine: Machine, value: Value | None) -> None:
    """The elements of a column may be of another type now, and those of the table that it was taken from."""
    while isinstance(value, Ref):
        thing = machine.state.write(value.id)
        thing.forget()
        value = thing.of


def _set_column(machine: Machine, value: Ref, key: Value, new: Value) -> None:
    thing = machine.state.write(value.id)
    name = label(machine, key)
    if name is None or thing.many:
        thing.forget()
        return
    thing.columns[name] = stored(machine, value, new)


def stored(machine: Machine, table: Ref, new: Value) -> str | None:
    """The type of a column of a table that is given this."""
    made = known(machine, new)
    if made is None:
        found, depth = contents(machine, new)
        return found if depth == 1 or is_single(machine, new) else None
    if made.type == COLUMN and made.dtype in (*dtypes.INTS, "bool"):
        return made.dtype if made.of is not None and made.of.id == table.id else None  # else some rows may have NaN
    return contents(machine, new)[0] if made.type in (COLUMN, ARRAY, TIMES) else None


def _set_cells(machine: Machine, table: Ref, key: Tuple, new: Value) -> None:
    thing = machine.state.write(table.id)
    rows, name = key.items[0], label(machine, key.items[-1])
    if name is None or thing.many or key.rest is not None:
        thing.forget()
        return
    kept = thing.columns.get(name, thing.dtype)
    fits = kept == dtypes.of_value(machine, new) or (kept == "float64" and dtypes.of_value(machine, new) == "int64")
    if not is_several(machine, rows):  # there may be one row more, with NaN in the other columns
        thing.dtype = None
        for other, dtype in thing.columns.items():
            if dtype in dtypes.INTS or dtype == "bool":
                thing.columns[other] = None
        fits = fits and kept not in dtypes.INTS
    thing.columns[name] = kept if fits else None
