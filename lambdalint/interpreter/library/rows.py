"""Rows of a database: what a statement's text, or a select, says of the columns of each.

What gives rows remembers their columns in `given`: a list of names and types, which never changes and many rows share.
A value is made of a row when it is read, so that two rows hold two values, and one row the same again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject, InstanceObject, Item, ListObject
from lambdalint.interpreter.library.sql import Column
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.values import NONE, Const, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.machine import Machine

#: The type of the object in the heap that holds the columns.
COLUMNS = "columns"
#: Rows that are read by the name of a column, or by its number, and those that are read by attribute.
BY_ITEM = frozenset({"sqlite3.Row", "psycopg2.extras.DictRow", "sqlalchemy.engine.RowMapping", "sqlalchemy.engine.Row"})
BY_NAME = frozenset({"sqlalchemy.engine.Row", "psycopg2.extras.Record"})
#: How the type of a column begins that holds the members of an enum of the project, by its heap id.
ENUM = "enum:"
_MAX_MEMBERS = 12
#: Rows that are mappings to `dict(...)` and `**`; to go through one gives the names of one kind, the values of others.
MAPPINGS = frozenset({"sqlite3.Row", "psycopg2.extras.DictRow", "sqlalchemy.engine.RowMapping"})
_BY_NUMBER = frozenset({"sqlite3.Row", "psycopg2.extras.DictRow", "sqlalchemy.engine.Row", "psycopg2.extras.Record"})


def described(machine: Machine, columns: tuple[Column, ...], place: Place | None, one: bool = False) -> Ref:
    """Columns, as what gives rows remembers them. `one`: there surely is one row."""
    items: list[Value] = [Tuple((Const(column.name), Const(column.type))) for column in columns]
    return machine.new(ListObject([Const(one), *items], place, COLUMNS))


def remembered(machine: Machine, value: Value | None) -> ListObject | None:
    """The columns that something remembers, as they stand in the heap."""
    value = machine.state.resolve(value) if value is not None else None
    if type(value) is not Sym or value.given is None or not machine.state.holds(value.given.id):
        return None
    held = machine.object(value.given)
    return held if isinstance(held, ListObject) and held.type == COLUMNS and held.rest is None else None


def gives_one(machine: Machine, value: Value | None) -> bool:
    """Whether what is asked gives one row for certain."""
    held = remembered(machine, value)
    return held is not None and type(held.items[0]) is Const and bool(held.items[0].value)


def columns_of(machine: Machine, value: Value | None) -> tuple[Column, ...] | None:
    """The columns that something remembers; None where it remembers none."""
    held = remembered(machine, value)
    if held is None:
        return None
    found = []
    for part in held.items[1:]:
        if type(part) is not Tuple or not all(type(one) is Const for one in part.items):
            return None
        name, kind = (one.value for one in part.items if type(one) is Const)
        found.append(Column(name if isinstance(name, str) else None, str(kind)))
    return tuple(found)


def _told(value: Value, column: Column) -> Value:
    """Say to a person where a value came from."""
    if type(value) is Sym and value.kind is not None:
        noun = value.kind.rpartition(".")[2]
        value.told = f"the database gives {'an' if noun[0] in 'aeio' else 'a'} `{noun}`"
        value.told += f" in `{column.name}`" if column.name is not None else ""
    return value


def made(machine: Machine, column: Column, place: Place | None) -> Value:
    """A value of a column, in a row that is a container of Python's."""
    value = make(machine, column.type, place)
    if type(value) is Sym and value.options:
        for option in value.options:
            _told(option, column)
    return _told(value, column)


def read(machine: Machine, row: Sym, index: int, column: Column, place: Place | None) -> Value:
    """A value of a column, read from a row that is a symbol."""
    return typed(machine, machine.child(row, "column", index, None, place), column, place)


def typed(machine: Machine, same: Sym, column: Column, place: Place | None) -> Value:
    """A symbol as a value of a column."""
    options: list[Value] = []
    for part in column.type.split(" | "):
        if part == "None":
            options.append(NONE)
        elif part.startswith(ENUM):
            options += members_of(machine, int(part.removeprefix(ENUM)))
        elif part.isidentifier() or part.replace(".", "").isidentifier():
            options.append(_told(Sym((same.id, part), part, place), column))
    if len(options) < len(column.type.split(" | ")):
        return same
    return options[0] if len(options) == 1 else Sym(same.id, None, place, options=tuple(options))


def members_of(machine: Machine, cls: int) -> list[Value]:
    """The members of an enum of the project; none where there are too many."""
    thing = machine.state.get(cls) if machine.state.holds(cls) else None
    found = [value for value in getattr(thing, "attributes", {}).values() if _is_member(machine, value, cls)]
    return found if len(found) <= _MAX_MEMBERS else []


def _is_member(machine: Machine, value: Value, cls: int) -> bool:
    held = machine.object(value) if type(value) is Ref else None
    return isinstance(held, InstanceObject) and held.cls == cls


def row_item(machine: Machine, value: Value, kind: str, key: Value, place: Place) -> Value | None:
    """`row["name"]`, `row[0]`; None where the columns are not known."""
    columns = columns_of(machine, value) if kind in BY_ITEM or kind in _BY_NUMBER else None
    key = machine.state.resolve(key)
    if columns is None or type(value) is not Sym or type(key) is not Const:
        return None
    if isinstance(key.value, int) and kind in _BY_NUMBER and -len(columns) <= key.value < len(columns):
        index = key.value % len(columns)
        return read(machine, value, index, columns[index], place)
    return _named(machine, value, columns, key.value, place) if kind in BY_ITEM else None


def row_attribute(machine: Machine, value: Value, kind: str, name: str, place: Place) -> Value | None:
    """`row.name`."""
    columns = columns_of(machine, value) if kind in BY_NAME else None
    if columns is None or type(value) is not Sym or name.startswith("_") or name in ("count", "index"):
        return None
    return _named(machine, value, columns, name, place)


def _named(machine: Machine, value: Sym, columns: tuple[Column, ...], name: object, place: Place) -> Value | None:
    indexes = [index for index, column in enumerate(columns) if column.name == name]
    return read(machine, value, indexes[0], columns[indexes[0]], place) if len(indexes) == 1 else None


def mapping_of(machine: Machine, value: Sym, place: Place) -> Sym:
    """`row._mapping`."""
    found = machine.child(value, "attribute", "_mapping", "sqlalchemy.engine.RowMapping", place)
    found.given = value.given
    return found


def row_values(machine: Machine, value: Value, kind: str | None, place: Place) -> tuple[Value, ...] | None:
    """What going through a row gives."""
    columns = columns_of(machine, value) if kind in _BY_NUMBER else None
    if columns is None or type(value) is not Sym:
        return None
    return tuple(read(machine, value, index, column, place) for index, column in enumerate(columns))


def row_as_dict(machine: Machine, value: Value, place: Place | None) -> DictObject | None:
    """A dict of a row's columns, under keys that may be more where a name is not known."""
    columns = columns_of(machine, value)
    if columns is None or type(value) is not Sym:
        return None
    found = DictObject(place)
    for index, column in enumerate(columns):
        if column.name is None:
            found.open = True
        else:
            found.items[column.name] = Item(read(machine, value, index, column, place), place)
    return found


def new_row(
    machine: Machine, form: str, columns: tuple[Column, ...] | None, place: Place, given: Ref | None = None
) -> Value | None:
    """A row of a form: "tuple", "dict", or a type of a library's. None where nothing is known of it."""
    if form == "tuple":
        if columns is None:
            return Tuple((), place, rest=machine.unknown(place))
        return Tuple(tuple(made(machine, column, place) for column in columns), place)
    if form != "dict":
        row = machine.unknown(place, form)
        row.given = given if given is not None or columns is None else described(machine, columns, place)
        return row
    found = DictObject(place)
    if columns is None or any(column.name is None for column in columns):
        found.others = ((machine.unknown(place, "str"), machine.unknown(place), False),)
    for column in columns or ():
        if column.name is not None:
            found.items[column.name] = Item(made(machine, column, place), place)
    return machine.new(found)
