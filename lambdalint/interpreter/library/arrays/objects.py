"""Arrays, columns and tables on the heap: how they are made, and what is known of one that is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import ArrayObject, ListObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.arrays import dtypes
from lambdalint.interpreter.library.contents import everything
from lambdalint.interpreter.values import NONE, Const, Ref, Slice, Sym, Tuple, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

ARRAY, COLUMN, TABLE, INDEX = "numpy.ndarray", "pandas.Series", "pandas.DataFrame", "pandas.Index"
TIMES = "pandas.DatetimeIndex"
#: As the type of an index: its labels are tuples, of several levels. As the name of a table: those of its columns are.
LEVELS = "tuple"
#: What `itertuples` gives: its class has no other name.
ROW = "pandas.core.frame.Pandas"
#: Of an array: it has dimensions, who knows how many.
SOME = -1
#: Types of a single value: beside an array, they leave it an array.
SINGLE = frozenset({"int", "float", "bool", "str", "datetime.datetime", "datetime.date", "datetime.timedelta",
                    "pandas.Timestamp", "pandas.Timedelta", "NoneType", "decimal.Decimal"})  # fmt: skip


def new_array(machine: Machine, place: Place | None, dtype: str | None = None, depth: int = 0) -> Ref:
    return machine.new(ArrayObject(place, ARRAY, dtype, depth))


def new_column(
    machine: Machine, place: Place | None, dtype: str | None = None, name: object = None, of: Ref | None = None
) -> Ref:
    """A column. `of`: the table that has its rows."""
    made = ArrayObject(place, COLUMN, dtype, 1)
    made.name, made.of = name, of
    return machine.new(made)


def new_table(
    machine: Machine,
    place: Place | None,
    columns: Mapping[object, str | None] | None = None,
    dtype: str | None = None,
    kind: str = TABLE,
) -> Ref:
    """A table; `dtype` is that of every column that is not named."""
    made = ArrayObject(place, kind, dtype, 2)
    made.columns = dict(columns or {})
    return machine.new(made)


def known(machine: Machine, value: Value | None) -> ArrayObject | None:
    """The array, column or table that a value is; what code that is not seen may have written to says nothing."""
    value = machine.state.resolve(value) if value is not None else None
    thing = machine.object(value) if type(value) is Ref and machine.state.holds(value.id) else None
    if not isinstance(thing, ArrayObject):
        return None
    if thing.leaked and thing.type != ARRAY:  # an array keeps its dtype, whatever is written into it
        bare = ArrayObject(thing.place, thing.type)
        bare.of = thing.of
        return bare
    return thing


def is_single(machine: Machine, value: Value) -> bool:
    """Whether a value is surely a single one: no array, no list."""
    kind = kind_of(machine, value)
    return kind in SINGLE or (kind is not None and kind.startswith("numpy.") and kind[6:] in dtypes.NUMBERS)


def is_several(machine: Machine, value: Value) -> bool:
    """Whether a key surely picks any number of elements: a slice, a list, an array of bools."""
    value = machine.state.resolve(value)
    thing = known(machine, value)
    if thing is not None:
        return thing.type in (COLUMN, INDEX, TIMES) or (thing.type == ARRAY and thing.depth != 0)
    return type(value) is Slice or kind_of(machine, value) == "list"


def label(machine: Machine, value: Value) -> object:
    """A constant label, or None."""
    value = machine.state.resolve(value)
    return value.value if type(value) is Const and isinstance(value.value, (str, int)) else None


def labels(machine: Machine, value: Value | None) -> list[object] | None:
    """The constant labels that a list or one of them names; None where one is not known."""
    value = machine.state.resolve(value) if value is not None else None
    if value is None:
        return None
    thing = machine.object(value) if type(value) is Ref else None
    if isinstance(thing, ListObject):
        parts = None if thing.leaked or thing.rest is not None or thing.type != "list" else thing.items
    elif type(value) is Tuple:
        parts = list(value.items) if value.rest is None else None
    else:
        parts = [value]
    if parts is None:
        return None
    found = [label(machine, part) for part in parts]
    return None if None in found else found


def is_several_labels(machine: Machine, value: Value | None) -> bool:
    """Whether a value is surely a list of two labels or more, of which groups and indexes make tuples."""
    parts = values_in(machine, value) if value is not None else None
    thing = machine.object(found) if value is not None and type(found := machine.state.resolve(value)) is Ref else None
    whole = isinstance(thing, ListObject) and not thing.leaked
    return whole and parts is not None and len(thing.items) > 1  # type: ignore[union-attr]


def tuples(machine: Machine, place: Place | None) -> Value:
    """One label of an index of several levels."""
    return Tuple((machine.unknown(place), machine.unknown(place)), place)


def values_in(machine: Machine, value: Value) -> list[Value] | None:
    """The elements of a list or tuple, and what stands for further ones; None of anything else."""
    value = machine.state.resolve(value)
    if type(value) is Tuple and value.cls is None:
        return [*value.items, *([value.rest] if value.rest is not None else [])]
    thing = machine.object(value) if type(value) is Ref else None
    if isinstance(thing, ListObject) and thing.type == "list":
        return [machine.unknown()] if thing.leaked else everything(thing)
    return None


def is_parsed(machine: Machine, value: Value) -> bool:
    """Whether a value came as JSON, and nothing more is known of it."""
    value = machine.state.resolve(value)
    return type(value) is Sym and value.kind is None and not value.options and (value.json or value.role == "event")


def contents(machine: Machine, value: Value) -> tuple[str | None, int]:
    """The dtype and the dimensions of an array that numpy makes of a value."""
    thing = known(machine, value)
    if thing is not None:
        depth = {COLUMN: 1, INDEX: 1, TIMES: 1, TABLE: 2, ARRAY: thing.depth}.get(thing.type, 0)
        dtype = "datetime" if thing.type == TIMES else thing.dtype
        return (dtype if thing.type != TABLE else None), depth
    parts = values_in(machine, value)
    if parts is None and is_parsed(machine, value):
        return "inferred", 0
    if parts is None:
        return dtypes.of_value(machine, value), 0
    if not parts:
        return "float64", 1
    inner = [contents(machine, part) for part in parts]
    single = all(is_single(machine, part) for part in parts)
    depths = {depth for _, depth in inner}
    deeper = len(depths) == 1 and min(depths) > 0
    return dtypes.together(dtype for dtype, _ in inner), 1 if single else (depths.pop() + 1 if deeper else SOME)


def only(site: CallSite, most: int, *keywords: str) -> bool:
    """Whether a call has no other arguments than so many by position, and these keywords."""
    return not site.open and len(site.arguments) <= most and all(name in keywords for name in site.keywords)


def given(machine: Machine, site: CallSite, position: int, name: str) -> Value | None:
    """An argument that is not None."""
    value = site.argument(position, name)
    value = machine.state.resolve(value) if value is not None else None
    return None if value is NONE or (type(value) is Const and value.value is None) else value


def flag(machine: Machine, site: CallSite, name: str) -> bool | None:
    """A keyword that is True or False; False where it is not there, None where it is not known."""
    value = machine.state.resolve(site.keywords[name]) if name in site.keywords else None
    if value is None:
        return False
    return value.value if type(value) is Const and isinstance(value.value, bool) else None


def one_of(machine: Machine, kind: str | None, place: Place | None) -> Value:
    """A single element of this type."""
    return machine.unknown(place, kind)
