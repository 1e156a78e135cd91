"""Databases: connections, cursors and what they fetch, of SQLAlchemy, psycopg2 and PyMySQL.

What stands in a row of a database is not known. A `Row` of SQLAlchemy is no tuple to json, and the runtime asks it for a
dict; cursors that give dicts give them where a connection is told so, which decides nothing here. Sources:
https://docs.sqlalchemy.org/en/20/core/connections.html ; https://www.psycopg.org/docs/ ; https://pymysql.readthedocs.io/.
tests/test_databases.py asks the libraries.
"""

from __future__ import annotations

from lambdalint.interpreter.library.tables.rows import each

_FAILS = "raises Exception"
_ENGINE = "sqlalchemy.engine"
_ORM = "sqlalchemy.orm"
_SESSION = f"{_ORM}.Session"
_ROW, _MAPPING = f"{_ENGINE}.Row", f"{_ENGINE}.RowMapping"
#: Whose attributes are the columns that were asked for.
BY_COLUMN = _ROW


def _result(kind: str, row: str) -> dict[str, str]:
    """A result that gives such rows."""
    return {
        **each(kind, f"list[{row}] {_FAILS}", "all fetchall fetchmany"),
        **each(kind, f"{row} | None {_FAILS}", "first one_or_none"),
        f"{kind}.one": f"{row} {_FAILS}",
        f"{kind}.close": f"None {_FAILS}",
    }


def _results(kind: str) -> dict[str, str]:
    """A result of SQLAlchemy's, which gives rows, mappings or the first column of each."""
    return {
        **_result(kind, _ROW),
        f"{kind}.fetchone": f"{_ROW} | None {_FAILS}",
        f"{kind}.mappings": f"{_ENGINE}.MappingResult {_FAILS}",
        f"{kind}.scalars": f"{_ENGINE}.ScalarResult {_FAILS}",
        **each(kind, f"? {_FAILS}", "scalar scalar_one scalar_one_or_none"),
    }


def _connection(kind: str, cursor: str) -> dict[str, str]:
    """A connection as DB-API 2.0 has it. None of these managers swallows what is raised in its block."""
    return {
        **each(kind, f"None {_FAILS}", "commit rollback close"),
        f"{kind}.__enter__": "receiver",
        f"{cursor}.__enter__": "receiver",
        f"{cursor}.close": "None",
    }


_PSYCOPG, _PYMYSQL = "psycopg2.extensions", "pymysql"

CALLS: dict[str, str] = {
    **each("sqlalchemy", f"{_ENGINE}.Engine {_FAILS}", "create_engine"),
    f"{_ENGINE}.Engine.connect": f"{_ENGINE}.Connection {_FAILS}",
    f"{_ENGINE}.Engine.begin": f"{_ENGINE}.begin() {_FAILS}",
    f"{_ENGINE}.begin().__enter__": f"{_ENGINE}.Connection",
    f"{_ENGINE}.Engine.dispose": "None",
    f"{_ENGINE}.Connection.__enter__": "receiver",
    **each(f"{_ENGINE}.Connection", f"{_ENGINE}.CursorResult {_FAILS}", "execute exec_driver_sql"),
    **each(f"{_ENGINE}.Connection", f"None {_FAILS}", "commit rollback close"),
    f"{_ENGINE}.Connection.scalar": f"? {_FAILS}",
    f"{_ENGINE}.Connection.scalars": f"{_ENGINE}.ScalarResult {_FAILS}",
    **_results(f"{_ENGINE}.CursorResult"),
    **_result(f"{_ENGINE}.MappingResult", _MAPPING),
    **_result(f"{_ENGINE}.ScalarResult", "?"),
    f"{_ROW}._asdict": "dict[str, ?]",
    # sessions, which fetch objects: see library/entities.py
    _SESSION: f"{_SESSION} {_FAILS}",
    f"{_SESSION}.__enter__": "receiver",
    **each(_SESSION, f"None {_FAILS}", "commit rollback close flush expire_all expunge_all"),
    f"{_ORM}.sessionmaker.__call__": f"{_SESSION} {_FAILS}",
    f"{_ORM}.sessionmaker.begin": f"{_ORM}.sessionmaker.begin() {_FAILS}",
    f"{_ORM}.sessionmaker.begin().__enter__": _SESSION,
    **_results(f"{_ENGINE}.Result"),
    f"{_ORM}.Query.count": f"int {_FAILS}",
    # psycopg2 and PyMySQL
    **_connection(f"{_PSYCOPG}.connection", f"{_PSYCOPG}.cursor"),
    f"{_PSYCOPG}.cursor.mogrify": f"bytes {_FAILS}",
    **each(f"{_PSYCOPG}.connection", f"None {_FAILS}", "set_session set_isolation_level set_client_encoding"),
    **_connection(f"{_PYMYSQL}.connections.Connection", f"{_PYMYSQL}.cursors.Cursor"),
    **each(f"{_PYMYSQL}.connections.Connection", f"None {_FAILS}", "ping begin select_db autocommit"),
    **_connection("psycopg.Connection", "psycopg.Cursor"),
    **_connection("mysql.connector.connection.MySQLConnection", "mysql.connector.cursor.MySQLCursor"),
    "mysql.connector.connection.MySQLConnection.is_connected": "bool",
    **each("mysql.connector.connection.MySQLConnection", f"None {_FAILS}", "ping reconnect start_transaction"),
}

ATTRIBUTES: dict[str, str] = {
    f"{_ENGINE}.CursorResult.rowcount": "int",
    f"{_ROW}._mapping": _MAPPING,
    f"{_PSYCOPG}.cursor.rowcount": "int",
    f"{_PSYCOPG}.connection.closed": "int",
    "psycopg.Connection.closed": "bool",
    f"{_PYMYSQL}.connections.Connection.open": "bool",
    f"{_PYMYSQL}.cursors.Cursor.rowcount": "int",
}

ELEMENTS: dict[str, str] = {
    f"{_ENGINE}.CursorResult": _ROW,
    f"{_ENGINE}.Result": _ROW,
    f"{_ENGINE}.MappingResult": _MAPPING,
    f"{_ENGINE}.ScalarResult": "?",
    _ROW: "?",
    _MAPPING: "str",
    f"{_PSYCOPG}.cursor": "?",
    f"{_PYMYSQL}.cursors.Cursor": "?",
}
