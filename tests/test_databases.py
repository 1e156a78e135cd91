"""The tables of databases agree with the libraries, where they are installed: what they give is of the types that the
rows say, and json and the runtime take or refuse it as the serializers' tables say."""

from __future__ import annotations

import datetime
import decimal
import importlib
import json
import uuid
from typing import Any

import pytest
from awslambdaric.lambda_runtime_marshaller import to_json

from lambdalint.checks.serializers import JSON, RUNTIME
from lambdalint.interpreter.library.columns import TIMES, TYPES
from lambdalint.interpreter.library.names import canonical
from lambdalint.interpreter.library.tables.databases import ATTRIBUTES, CALLS
from lambdalint.interpreter.library.tables.drivers import DRIVERS, Driver
from lambdalint.interpreter.library.types import parse, parse_row

sqlalchemy = pytest.importorskip("sqlalchemy", reason="a session of its own: nox -f scripts/noxfile.py -s libraries")

_ENGINE = "sqlalchemy.engine."
#: Functions whose answers need a server.
_SERVED = ("psycopg2.", "psycopg.", "pymysql.", "mysql.")


def _made(kind: str) -> Any:
    """An object of a kind of the table."""
    engine = sqlalchemy.create_engine("sqlite://")
    result = engine.connect().execute(sqlalchemy.text("select 1 as n"))
    orm = importlib.import_module("sqlalchemy.orm")
    session = orm.Session(engine)
    return {
        "sqlalchemy.orm": orm,
        "sqlalchemy.orm.Session": session,
        "sqlalchemy.orm.sessionmaker": orm.sessionmaker(engine),
        "sqlalchemy.orm.sessionmaker.begin()": orm.sessionmaker(engine).begin(),
        "sqlalchemy.orm.scoped_session": orm.scoped_session(orm.sessionmaker(engine)),
        "sqlalchemy.orm.Query": session.query(sqlalchemy.literal(1)),
        "sqlalchemy.Select": sqlalchemy.select(sqlalchemy.literal(1)),
        f"{_ENGINE}Result": session.execute(sqlalchemy.select(sqlalchemy.literal(1))),
        "sqlalchemy": sqlalchemy,
        f"{_ENGINE}Engine": engine,
        f"{_ENGINE}begin()": engine.begin(),
        f"{_ENGINE}Connection": engine.connect(),
        f"{_ENGINE}CursorResult": result,
        f"{_ENGINE}MappingResult": result.mappings() if kind.endswith("MappingResult") else None,
        f"{_ENGINE}ScalarResult": result.scalars() if kind.endswith("ScalarResult") else None,
        f"{_ENGINE}Row": result.first() if kind.endswith("Row") else None,
    }[kind]


_ARGUMENTS = {"create_engine": ["sqlite://"]}


def _call(row: str) -> Any:
    kind, _, method = row.rpartition(".")
    arguments: list[Any] = _ARGUMENTS.get(method, [])
    if kind.endswith("Connection") and method in ("execute", "scalar", "scalars"):
        arguments = [sqlalchemy.text("select 1 as n")]
    elif method == "exec_driver_sql":
        arguments = ["select 1"]
    return getattr(_made(kind), method)(*arguments)


def _is(value: Any, kind: str, receiver: str) -> bool:
    """Whether a value is of a type that a row names."""
    name, _ = parse(kind)
    if name == "|":
        return any(_is(value, part, receiver) for part in kind.split(" | "))
    if name in ("?", "iterator"):
        return True
    if name in ("self", "receiver"):
        name = receiver
    if name.endswith("begin()"):
        return hasattr(value, "__enter__")
    found = "None" if value is None else canonical(f"{type(value).__module__}.{type(value).__name__}")
    found = found.removeprefix("builtins.").replace(f"{_ENGINE}cursor.", _ENGINE).replace(f"{_ENGINE}result.", _ENGINE)
    inner = kind[len("list[") : -1]
    return found == name and (name != "list" or all(_is(part, inner, receiver) for part in value))


@pytest.mark.parametrize("row", [row for row in CALLS if not row.startswith(_SERVED) and "__getitem__" not in row])
def test_what_a_call_gives(row: str) -> None:
    kind = row.rpartition(".")[0]
    assert _is(_call(row), parse_row(CALLS[row]).type, kind)


@pytest.mark.parametrize("row", [row for row in ATTRIBUTES if not row.startswith(_SERVED)])
def test_what_an_attribute_is(row: str) -> None:
    kind, _, name = row.rpartition(".")
    assert _is(getattr(_made(kind), name), ATTRIBUTES[row], kind)


@pytest.mark.parametrize("row", [row for row in (*CALLS, *ATTRIBUTES) if row.startswith(_SERVED)])
def test_what_needs_a_server_is_there(row: str) -> None:
    owner, _, name = row.rpartition(".")
    module, _, cls = owner.rpartition(".")
    if cls[:1].isupper() or module == "psycopg2.extensions":
        pytest.importorskip("mysql.connector" if module.startswith("mysql.") else module.partition(".")[0])
        assert hasattr(getattr(importlib.import_module(module), cls), name) or name in ("rowcount", "open")
    else:
        assert hasattr(pytest.importorskip(owner), name)


#: Values of each kind that a column of SQLAlchemy's may give.
_VALUES: dict[str, Any] = {
    "datetime.datetime": datetime.datetime(2026, 1, 2, 3, 4, 5),
    "datetime.date": datetime.date(2026, 1, 2),
    "datetime.time": datetime.time(3, 4, 5),
    "datetime.timedelta": datetime.timedelta(days=1),
    "decimal.Decimal": decimal.Decimal("1.5"),
    "float": 1.5,
    "int": 7,
    "str": "a",
    "bytes": b"a",
    "bool": True,
    "uuid.UUID": uuid.UUID(int=1),
}


def _kind(value: Any) -> str:
    return canonical(f"{type(value).__module__}.{type(value).__name__}").removeprefix("builtins.")


@pytest.mark.parametrize(("name", "kind"), [*TYPES.items(), ("Uuid", "uuid.UUID")])
def test_what_a_type_of_a_column_gives(name: str, kind: str) -> None:
    """And what a maximum, a sum and the first that is not null of such values are."""
    if not hasattr(sqlalchemy, name):
        pytest.skip("of a later version")
    table = sqlalchemy.Table("t", sqlalchemy.MetaData(), sqlalchemy.Column("a", getattr(sqlalchemy, name)))
    func, column = sqlalchemy.func, table.c.a
    with sqlalchemy.create_engine("sqlite://").begin() as connection:
        table.create(connection)
        connection.execute(table.insert(), [{"a": _VALUES[kind]}])
        assert _kind(connection.execute(sqlalchemy.select(column)).scalar()) == kind
        assert _kind(connection.execute(sqlalchemy.select(func.max(column))).scalar()) == kind
        assert _kind(connection.execute(sqlalchemy.select(func.coalesce(column, None))).scalar()) == kind
        if kind in ("decimal.Decimal", "float"):
            assert _kind(connection.execute(sqlalchemy.select(func.sum(column))).scalar()) == kind


@pytest.mark.parametrize(("name", "kind"), [*TIMES.items(), ("count", "int")])
def test_what_a_function_gives(name: str, kind: str) -> None:
    with sqlalchemy.create_engine("sqlite://").connect() as connection:
        assert _kind(connection.execute(sqlalchemy.select(getattr(sqlalchemy.func, name)())).scalar()) == kind


@pytest.mark.parametrize("driver", DRIVERS, ids=lambda driver: driver.connect)
def test_what_the_drivers_are_called(driver: Driver) -> None:
    """The classes and functions that the table names are there. psycopg2 has cursors of its own for each form."""
    pytest.importorskip(driver.connect.rpartition(".")[0])
    for name in (driver.connect, driver.connection, driver.cursor, *driver.forms):
        module, _, last = name.rpartition(".")
        assert hasattr(importlib.import_module(module), last)
    for name in ("execute", "fetchone", "fetchall", "fetchmany"):
        module, _, last = driver.cursor.rpartition(".")
        assert hasattr(getattr(importlib.import_module(module), last), name)


_GIVEN = "Engine Connection CursorResult MappingResult ScalarResult Row Result"
_SESSIONS = "Session Query sessionmaker"


@pytest.mark.parametrize(
    "kind",
    [
        "sqlalchemy.Select",
        *[f"{_ENGINE}{name}" for name in _GIVEN.split()],
        *[f"sqlalchemy.orm.{name}" for name in _SESSIONS.split()],
    ],
)
def test_who_takes_it(kind: str) -> None:
    for serialize, table in ((json.dumps, JSON), (to_json, RUNTIME)):
        try:
            serialize(_made(kind))
        except Exception:
            assert kind in table.refuses
        else:
            assert kind not in table.refuses
