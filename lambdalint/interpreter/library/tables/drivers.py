"""Python's database drivers, as far as they share PEP 249: what their connections are called, and how each is told
which rows to give. Sources: https://www.psycopg.org/docs/extras.html ; https://www.psycopg.org/psycopg3/docs/api/rows.html ;
https://pymysql.readthedocs.io/en/latest/modules/cursors.html ;
https://dev.mysql.com/doc/connector-python/en/connector-python-api-mysqlconnection-cursor.html ;
https://docs.python.org/3/library/sqlite3.html
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lambdalint.interpreter.library.sql.dialects import MYSQL, POSTGRES, SQLITE, Dialect

#: The type of the object in the heap by which a connection or cursor remembers its rows.
HANDLE = "handle"


@dataclass(frozen=True, slots=True)
class Driver:
    """A driver. `option`: of connect, by which rows are chosen; `made_by`: that of `connection.cursor`, which stands at
    `position`; `attribute`: what is set for it; `forms`: the form of the rows that each choice gives; `flags`: options
    that choose by themselves. `changing`: options of connect with which nothing is known; `harmless`: those of `cursor`
    that change no value, and `settings`: such attributes. `positions`: arguments of connect by position.
    `executed`: what execute gives; `direct`: a connection executes too; `lists`: fetchall gives a list of any rows.
    `errors`: what it may raise.
    `types`: what it makes of types that differ between drivers. `label`: what it is called; `parameters` and `many`:
    the options of execute and executemany that hold the parameters."""

    connect: str
    connection: str
    cursor: str
    dialect: Dialect
    option: str
    made_by: str
    position: int | None
    attribute: str
    forms: dict[str, str]
    statement: str = "query"
    flags: dict[str, str] = field(default_factory=dict)
    changing: frozenset[str] = frozenset()
    harmless: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()
    positions: int = 9
    executed: str = "?"
    direct: bool = False
    lists: bool = True
    errors: tuple[str, ...] | None = None
    types: dict[str, str] = field(default_factory=dict)
    label: str = ""
    parameters: str = "params"
    many: str = "params_seq"


DRIVERS = (
    Driver(
        "psycopg2.connect",
        "psycopg2.extensions.connection",
        "psycopg2.extensions.cursor",
        POSTGRES,
        "cursor_factory",
        "cursor_factory",
        1,
        "cursor_factory",
        {
            "psycopg2.extensions.cursor": "tuple",
            "psycopg2.extras.RealDictCursor": "dict",
            "psycopg2.extras.DictCursor": "psycopg2.extras.DictRow",
            "psycopg2.extras.NamedTupleCursor": "psycopg2.extras.Record",
        },
        changing=frozenset({"connection_factory", "async", "async_"}),
        positions=1,
        harmless=frozenset({"name", "scrollable", "withhold"}),
        settings=frozenset({
            "autocommit", "isolation_level", "readonly", "deferrable", "arraysize", "itersize", "notices",
        }),
        executed="None",
        types={"uuid": "?", "bytea": "memoryview"},
        label="psycopg2",
        parameters="vars",
        many="vars_list",
    ),
    Driver(
        "psycopg.connect",
        "psycopg.Connection",
        "psycopg.Cursor",
        POSTGRES,
        "row_factory",
        "row_factory",
        None,
        "row_factory",
        {
            "psycopg.rows.tuple_row": "tuple",
            "psycopg.rows.dict_row": "dict",
            "psycopg.rows.namedtuple_row": "psycopg2.extras.Record",
        },
        changing=frozenset({"context", "cursor_factory"}),
        positions=1,
        harmless=frozenset({"binary"}),
        settings=frozenset({"autocommit", "isolation_level", "read_only", "prepare_threshold", "arraysize", "itersize"}),
        executed="receiver",
        direct=True,
        types={"uuid": "uuid.UUID", "bytea": "bytes"},
        label="psycopg",
    ),
    Driver(
        "pymysql.connect",
        "pymysql.connections.Connection",
        "pymysql.cursors.Cursor",
        MYSQL,
        "cursorclass",
        "cursor",
        0,
        "cursorclass",
        {
            "pymysql.cursors.Cursor": "tuple",
            "pymysql.cursors.DictCursor": "dict",
            "pymysql.cursors.SSDictCursor": "dict",
        },
        changing=frozenset({"conv", "read_default_file", "read_default_group", "sql_mode", "init_command"}),
        positions=5,
        settings=frozenset({"arraysize"}),
        executed="int",
        lists=False,
        label="PyMySQL",
        parameters="args",
        many="args",
    ),
    Driver(
        "mysql.connector.connect",
        "mysql.connector.connection.MySQLConnection",
        "mysql.connector.cursor.MySQLCursor",
        MYSQL,
        "",
        "",
        None,
        "",
        {},
        statement="operation",
        flags={"dictionary": "dict", "named_tuple": "", "raw": "", "prepared": "", "cursor_class": ""},
        changing=frozenset({
            "raw", "converter_class", "converter_str_fallback", "option_files", "option_groups", "sql_mode",
            "init_command", "pool_name", "pool_size", "failover",
        }),
        positions=0,
        harmless=frozenset({"buffered"}),
        label="MySQL Connector",
        many="seq_params",
        settings=frozenset({"autocommit", "time_zone", "arraysize"}),
    ),
    Driver(
        "sqlite3.connect",
        "sqlite3.Connection",
        "sqlite3.Cursor",
        SQLITE,
        "",
        "",
        None,
        "row_factory",
        {"sqlite3.Row": "sqlite3.Row"},
        statement="sql",
        changing=frozenset({"detect_types", "factory"}),
        positions=2,
        settings=frozenset({"isolation_level", "autocommit", "arraysize"}),
        executed="receiver",
        direct=True,
        errors=("sqlite3.Error", "sqlite3.Warning", "ValueError", "OverflowError", "TypeError"),
        label="sqlite3",
        parameters="parameters",
        many="parameters",
    ),
)  # fmt: skip

CONNECTIONS = {driver.connection: driver for driver in DRIVERS}
CURSORS = {driver.cursor: driver for driver in DRIVERS}
