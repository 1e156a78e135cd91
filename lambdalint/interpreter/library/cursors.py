"""Connections and cursors of Python's database drivers: which rows they give, and what their columns hold.

A connection and a cursor remember in `given` what form their rows have, and a cursor the last statement that it was
given. Where a converter was registered, a type of cursor is not known, or code that is not seen has had a cursor in its
hands, nothing is known of the rows. tests/test_databases.py asks the drivers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ListObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.bound import adapting
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.rows import new_row
from lambdalint.interpreter.library.sql import Column, columns
from lambdalint.interpreter.library.sql.dialects import DOCUMENTS
from lambdalint.interpreter.library.tables.drivers import CONNECTIONS, CURSORS, DRIVERS, HANDLE, Driver
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.values import NONE, Const, Outside, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_FORM, _STATEMENT = 0, 1
_UNKNOWN = ""


def _handle(machine: Machine, kind: str, form: str, place: Place) -> Sym:
    """A connection or cursor that gives rows of a form."""
    made = machine.unknown(place, kind)
    made.given = machine.new(ListObject([Const(form), NONE], place, HANDLE))
    return made


def _held(machine: Machine, value: Value | None) -> ListObject | None:
    """What a connection or cursor remembers."""
    value = machine.state.resolve(value) if value is not None else None
    if type(value) is not Sym or value.given is None or not machine.state.holds(value.given.id):
        return None
    thing = machine.object(value.given)
    return thing if isinstance(thing, ListObject) and thing.type == HANDLE and not thing.leaked else None


def _remember(machine: Machine, value: Value | None, index: int, what: Value) -> None:
    value = machine.state.resolve(value) if value is not None else None
    if type(value) is Sym and value.given is not None and _held(machine, value) is not None:
        machine.state.write(value.given.id).items[index] = what


def forget(machine: Machine, value: Value | None) -> None:
    """Something was done with a connection or cursor that is not followed."""
    _remember(machine, value, _FORM, Const(_UNKNOWN))
    _remember(machine, value, _STATEMENT, NONE)


def _text(machine: Machine, thing: ListObject | None, index: int) -> str:
    """What is remembered as a text, "" where that is not one."""
    if thing is None or thing.rest is not None or len(thing.items) != 2:
        return _UNKNOWN
    value = machine.state.resolve(thing.items[index])
    return value.value if type(value) is Const and isinstance(value.value, str) else _UNKNOWN


def _form(machine: Machine, driver: Driver, value: Value | None, default: str) -> str:
    """The form of rows that an option names: nothing, a class of cursors, a function that makes rows."""
    value = machine.state.resolve(value) if value is not None else NONE
    if type(value) is Const and value.value is None:
        return default
    return driver.forms.get(value.name, _UNKNOWN) if type(value) is Outside else _UNKNOWN


@models(*[driver.connect for driver in DRIVERS])
def connect(machine: Machine, site: CallSite) -> Value:
    driver = next(driver for driver in DRIVERS if driver.connect == site.name)
    machine.may_raise(driver.errors)
    machine.may_raise(None)
    if driver.changing & set(site.keywords) or len(site.arguments) > driver.positions:
        return machine.unknown(site.place, driver.connection)
    form = _form(machine, driver, site.keywords.get(driver.option), "tuple")
    return _handle(machine, driver.connection, form, site.place)


_POOLS = ("psycopg2.pool.SimpleConnectionPool", "psycopg2.pool.ThreadedConnectionPool")


@models(*_POOLS)
def pool(machine: Machine, site: CallSite) -> Value:
    """A pool of connections, which are made as `connect` makes them of what follows the two numbers."""
    machine.may_raise(None)
    made = machine.unknown(site.place, _POOLS[0])
    changing = DRIVERS[0].changing | {DRIVERS[0].option}
    made.known = "pool" if not changing & set(site.keywords) and len(site.arguments) < 4 else None
    return made


@models(*[f"{name}.getconn" for name in _POOLS])
def taken(machine: Machine, site: CallSite) -> Value:
    """A connection of a pool's."""
    machine.may_raise(None)
    receiver = machine.state.resolve(site.receiver) if site.receiver is not None else NONE
    if type(receiver) is not Sym or receiver.known != "pool":
        return machine.unknown(site.place, DRIVERS[0].connection)
    return _handle(machine, DRIVERS[0].connection, "tuple", site.place)


@models(*[f"{driver.connection}.cursor" for driver in DRIVERS])
def cursor(machine: Machine, site: CallSite) -> Value:
    driver = CONNECTIONS[site.name.rpartition(".")[0]]
    machine.may_raise(driver.errors)
    return _cursor(machine, site, driver)


def _cursor(machine: Machine, site: CallSite, driver: Driver) -> Sym:
    held = _held(machine, site.receiver)
    if held is None or set(site.keywords) - driver.harmless - {driver.made_by, *driver.flags}:
        return machine.unknown(site.place, driver.cursor)
    option = site.argument(driver.position, driver.made_by) if driver.position is not None else None
    option = site.keywords.get(driver.made_by) if option is None else option
    form = _form(machine, driver, option, _text(machine, held, _FORM))
    for flag, other in driver.flags.items():
        value = machine.state.resolve(site.keywords.get(flag, NONE))
        if type(value) is not Const:
            form = _UNKNOWN
        elif value.value:
            form = other
    if driver.position is None and site.arguments:
        form = _UNKNOWN
    return _handle(machine, driver.cursor, form, site.place)


@models(*[f"{driver.cursor}.execute" for driver in DRIVERS])
def execute(machine: Machine, site: CallSite) -> Value:
    """A statement is sent, of which the rows are asked for later."""
    driver = CURSORS[site.name.rpartition(".")[0]]
    machine.may_raise(driver.errors)
    _statement(machine, site, site.receiver, driver)
    return make(machine, driver.executed, site.place, site.receiver)


def _statement(machine: Machine, site: CallSite, receiver: Value | None, driver: Driver) -> None:
    found = site.argument(0, driver.statement)
    found = machine.state.resolve(found) if found is not None else NONE
    plain = type(found) is Const and isinstance(found.value, str) and not {"multi", "map_results"} & set(site.keywords)
    _remember(machine, receiver, _STATEMENT, found if plain else NONE)


@models(*[f"{driver.cursor}.{name}" for driver in DRIVERS for name in ("executemany", "executescript", "callproc")])
def execute_others(machine: Machine, site: CallSite) -> Value:
    """Of what these give, no statement tells."""
    driver = CURSORS[site.name.rpartition(".")[0]]
    machine.may_raise(driver.errors)
    _remember(machine, site.receiver, _STATEMENT, NONE)
    return make(machine, "receiver" if driver.executed == "receiver" else "?", site.place, site.receiver)


@models(*[f"{driver.connection}.execute" for driver in DRIVERS if driver.direct])
def execute_on_connection(machine: Machine, site: CallSite) -> Value:
    """`connection.execute(...)`, which makes a cursor."""
    driver = CONNECTIONS[site.name.rpartition(".")[0]]
    machine.may_raise(driver.errors)
    held = _held(machine, site.receiver)
    if held is None:
        return machine.unknown(site.place, driver.cursor)
    made = _handle(machine, driver.cursor, _text(machine, held, _FORM), site.place)
    _statement(machine, site, made, driver)
    return made


def _row(machine: Machine, receiver: Value | None, driver: Driver, place: Place) -> Value | None:
    """A row that a cursor gives; None where nothing is known of it."""
    held = _held(machine, receiver)
    form, statement = _text(machine, held, _FORM), _text(machine, held, _STATEMENT)
    if not form:
        return None
    answer = columns(statement, driver.dialect) if statement else None
    found = None
    if answer is not None:
        found = tuple(Column(column.name, _type(machine, driver, column.type)) for column in answer.columns)
    return new_row(machine, form, found, place)


def _takes_only_row(machine: Machine, receiver: Value | None, driver: Driver) -> bool:
    """Whether a statement's only row is taken now, which is there for certain; from now on there is none."""
    statement = _text(machine, _held(machine, receiver), _STATEMENT)
    answer = columns(statement, driver.dialect) if statement else None
    if answer is None or not answer.one:
        return False
    _remember(machine, receiver, _STATEMENT, NONE)
    return True


#: What stands in `machine.patched` once code has told a driver how to decode JSON.
_DECODING = "{}.json"


def _type(machine: Machine, driver: Driver, text: str) -> str:
    kind, _, null = text.partition(" | ")
    kind = driver.types.get(kind, kind)
    if kind in DOCUMENTS and _DECODING.format(driver.connect.partition(".")[0]) in machine.patched:
        return "?"
    return f"{kind} | {null}" if null and kind != "?" else kind


_WRITES = re.compile(r"\s*(insert|update|delete)\b", re.IGNORECASE)
_RETURNS = re.compile(r"\breturning\b|--|/\*|;\s*\S", re.IGNORECASE)


def _ask_rows(machine: Machine, site: CallSite, driver: Driver) -> None:
    """Refuse to fetch what a statement that only writes gives.

    Raises:
        Raised: the last statement was such a one.
    """
    error = _WITHOUT_ROWS.get(driver.connect)
    statement = _text(machine, _held(machine, site.receiver), _STATEMENT) if error is not None else ""
    verb = _WRITES.match(statement)
    if error is not None and verb is not None and not _RETURNS.search(statement):
        why = f"there are no rows to fetch of this `{verb.group(1).upper()}`, which says no `RETURNING`"
        raise machine.raise_builtin(error, site.node, site.frame, why, site.receiver)


#: What drivers raise where there are no rows; others give none.
_WITHOUT_ROWS = {"psycopg2.connect": "psycopg2.ProgrammingError", "psycopg.connect": "psycopg.ProgrammingError"}


@models(*[f"{driver.cursor}.fetchone" for driver in DRIVERS])
def fetchone(machine: Machine, site: CallSite) -> Value:
    driver = CURSORS[site.name.rpartition(".")[0]]
    _ask_rows(machine, site, driver)
    machine.may_raise(driver.errors)
    found = _row(machine, site.receiver, driver, site.place)
    sure = _takes_only_row(machine, site.receiver, driver)
    if found is None or sure:
        return found if found is not None else machine.unknown(site.place)
    return Sym(machine.state.fresh(), None, site.place, options=(found, NONE))


@models(*[f"{driver.cursor}.{name}" for driver in DRIVERS for name in ("fetchall", "fetchmany")])
def fetchall(machine: Machine, site: CallSite) -> Value:
    driver = CURSORS[site.name.rpartition(".")[0]]
    _ask_rows(machine, site, driver)
    machine.may_raise(driver.errors)
    found = _row(machine, site.receiver, driver, site.place)
    _takes_only_row(machine, site.receiver, driver)
    if found is None:
        return make(machine, "list[?]" if driver.lists else "?", site.place)
    if not driver.lists and type(found) is Tuple:
        return Tuple((), site.place, rest=found)
    return machine.new(ListObject([], site.place, "list", found))


def cursor_element(machine: Machine, value: Value, kind: str, place: Place) -> Value | None:
    """What going through a cursor gives; None for anything else."""
    driver = CURSORS.get(kind)
    found = _row(machine, value, driver, place) if driver is not None else None
    if driver is not None:
        _takes_only_row(machine, value, driver)
    return found


def cursor_attribute(machine: Machine, value: Value, kind: str, name: str, place: Place) -> Value | None:
    """`cursor.description`: a row of seven for each column of the last statement, its name first."""
    driver = CURSORS.get(kind)
    if name == "adapters" and (driver is not None or kind in CONNECTIONS):
        machine.patched |= {adapting("psycopg"), _DECODING.format("psycopg")}
    held = _held(machine, value) if driver is not None and name == "description" else None
    statement = _text(machine, held, _STATEMENT)
    answer = columns(statement, driver.dialect) if statement and driver is not None else None
    if answer is None or any(column.name is None for column in answer.columns):
        return None
    rest = machine.unknown(place)
    rows = [Tuple((Const(column.name), *[rest] * 6), place, fields=_FIELDS) for column in answer.columns]
    return Tuple(tuple(rows), place)


#: Of psycopg's columns; others are tuples.
_FIELDS = ("name", "type_code", "display_size", "internal_size", "precision", "scale", "null_ok")


def set_on_handle(machine: Machine, value: Value, name: str, new: Value) -> None:
    """An attribute of a connection or cursor is set: what makes its rows, or something that may change them."""
    kind = kind_of(machine, value)
    if kind == "sqlalchemy.orm.Session" and type(value) is Sym and value.given is not None:
        leak(machine, value.given)
    driver = CONNECTIONS.get(kind or "") or CURSORS.get(kind or "")
    if driver is None or name in driver.settings:
        return
    if name == driver.attribute:
        _remember(machine, value, _FORM, Const(_form(machine, driver, new, "tuple")))
    else:
        forget(machine, value)


@models(
    *("psycopg2.extensions.register_type", "psycopg2.extensions.register_adapter", "psycopg2.extras.register_uuid"),
    *("psycopg.adapters.register_loader", "psycopg.adapters.register_dumper", "sqlite3.register_converter"),
)
def register(machine: Machine, site: CallSite) -> Value:
    """From now on a driver makes of its values what the code says."""
    machine.may_raise(None)
    first = machine.state.resolve(site.arguments[0]) if site.arguments else NONE
    texts = type(first) is Outside and first.name.startswith("psycopg2.extensions.UNICODE")
    if site.name.rpartition(".")[2] in ("register_type", "register_loader") and not texts:
        machine.patched.add(site.name.partition(".")[0])
    return machine.unknown(site.place)


@models(
    *[f"psycopg2.extras.register_{name}" for name in ("default_json", "default_jsonb", "json")],
    "psycopg.types.json.set_json_loads",
)
def register_decoder(machine: Machine, site: CallSite) -> Value:
    """From now on a driver makes of JSON what the code says, which may be the text."""
    machine.may_raise(None)
    machine.patched.add(_DECODING.format(site.name.partition(".")[0]))
    return machine.unknown(site.place)
