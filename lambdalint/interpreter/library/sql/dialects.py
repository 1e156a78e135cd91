"""What the functions and types of each database are to Python.

PostgreSQL: https://www.postgresql.org/docs/current/functions.html, and what psycopg2, psycopg and pg8000 make of its
types; MySQL: https://dev.mysql.com/doc/refman/8.4/en/functions.html, and PyMySQL and MySQL Connector; SQLite:
https://www.sqlite.org/lang_corefunc.html. Each was asked on 2026-11-29: PostgreSQL 15, MariaDB 10.11, SQLite 3.40.

A function's row is its type, and when it is null: `never`, where one of its `arguments` is, or it `may` be. What
differs between versions stands nowhere: `extract` gives a float before PostgreSQL 14, and a Decimal since. Nor does
what differs between servers that speak the same protocol: an average of whole numbers is one to Amazon Redshift.
"""

from __future__ import annotations

from dataclasses import dataclass

DATETIME, DATE, TIME, SPAN = "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta"
DECIMAL = "decimal.Decimal"
#: What a driver has made of a JSON document: whatever that holds; a dict or a list, where a function makes no other.
JSON = "postgres.json"
DOCUMENTS = frozenset({JSON, "dict", "list"})


@dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """A database. `functions`: type and nulls, by name; `words`: those that are called without parentheses too;
    `casts`: of a type's name; `fraction`: what `1.5` is; `truth`: what a comparison is; `text`: what 'a' is; `folds`:
    names are made small where they are not quoted; `sums`: of what sum and avg make of a type; `same`: functions that
    give what they are given; `dated`: a cast to a date or time gives one whatever it is made of."""

    name: str
    functions: dict[str, tuple[str, str]]
    words: frozenset[str]
    casts: dict[str, str]
    fraction: str = "?"
    exponent: str = "?"
    truth: str = "?"
    text: str = "?"
    folds: bool = False
    sums: dict[tuple[str, str], str] | None = None
    same: frozenset[str] = frozenset()
    computes: bool = False
    dated: bool = True


def _each(answer: tuple[str, str], names: str) -> dict[str, tuple[str, str]]:
    return dict.fromkeys(names.split(), answer)


def _types(kind: str, *names: str) -> dict[str, str]:
    return dict.fromkeys(names, kind)


_COUNTS = _each(("int", "never"), "count row_number rank dense_rank")

POSTGRES = Dialect(
    "postgres",
    {
        **_COUNTS,
        **_each((DATETIME, "never"), "now clock_timestamp transaction_timestamp statement_timestamp"),
        **_each((DATETIME, "never"), "current_timestamp localtimestamp"),
        "current_date": (DATE, "never"),
        "localtime": (TIME, "never"),
        "make_date": (DATE, "arguments"),
        "make_interval": (SPAN, "arguments"),
        "age": (SPAN, "arguments"),
        "pg_backend_pid": ("int", "never"),
        **_each(("int", "arguments"), "char_length"),
        "gen_random_uuid": ("uuid", "never"),
        **_each((JSON, "may"), "to_json to_jsonb json_extract_path jsonb_extract_path jsonb_set jsonb_insert"),
        **_each((JSON, "may"), "json_strip_nulls jsonb_strip_nulls jsonb_path_query_first"),
        **_each(("dict", "never"), "json_build_object jsonb_build_object"),
        **_each(("dict", "may"), "row_to_json json_object jsonb_object json_object_agg jsonb_object_agg"),
        **_each(("list", "never"), "json_build_array jsonb_build_array"),
        **_each(("list", "may"), "json_agg jsonb_agg array_to_json jsonb_path_query_array string_to_array"),
        **_each(("str", "may"), "json_extract_path_text jsonb_extract_path_text jsonb_pretty jsonb_typeof json_typeof"),
        **_each(("int", "may"), "json_array_length jsonb_array_length"),
        **_each(("str", "may"), "to_char md5 initcap split_part concat_ws current_database version"),
        **_each((DATE, "may"), "to_date"),
        **_each((DATETIME, "may"), "to_timestamp"),
        **_each(("bool", "may"), "bool_and bool_or every"),
    },
    frozenset({"current_timestamp", "localtimestamp", "current_date", "localtime"}),
    {
        **_types(DECIMAL, "numeric", "decimal", "dec"),
        **_types("int", "int", "integer", "bigint", "smallint", "int2", "int4", "int8"),
        **_types("float", "float", "float4", "float8", "real", "double precision"),
        **_types("str", "text", "varchar", "char", "bpchar", "character varying", "character"),
        **_types("bool", "boolean", "bool"),
        **_types(DATE, "date"),
        **_types(DATETIME, "timestamp", "timestamptz", "timestamp with time zone", "timestamp without time zone"),
        **_types(TIME, "time", "time without time zone"),
        **_types(SPAN, "interval"),
        **_types("uuid", "uuid"),
        **_types("bytea", "bytea"),
        **_types(JSON, "json", "jsonb"),
    },
    fraction=DECIMAL,
    exponent=DECIMAL,
    truth="bool",
    text="str",
    folds=True,
    sums={
        ("sum", DECIMAL): DECIMAL,
        ("sum", "float"): "float",
        ("sum", SPAN): SPAN,
        ("avg", DECIMAL): DECIMAL,
        ("avg", "float"): "float",
        ("avg", SPAN): SPAN,
    },
    same=frozenset({"round", "ceil", "ceiling", "floor", "abs"}),
    computes=True,
)

MYSQL = Dialect(
    "mysql",
    {
        **_COUNTS,
        **_each((DATETIME, "never"), "now current_timestamp sysdate utc_timestamp localtime localtimestamp"),
        **_each((DATE, "never"), "curdate current_date utc_date"),
        **_each((SPAN, "never"), "curtime current_time utc_time"),
        "connection_id": ("int", "never"),
        "datediff": ("int", "may"),
    },
    frozenset({
        "current_timestamp", "localtime", "localtimestamp", "current_date", "current_time", "utc_timestamp", "utc_date",
        "utc_time",
    }),
    {
        **_types(DECIMAL, "decimal", "dec"),
        **_types("int", "signed", "unsigned", "signed integer", "unsigned integer"),
        **_types("float", "float", "double", "real"),
        **_types(DATE, "date"),
        **_types(DATETIME, "datetime"),
    },
    fraction=DECIMAL,
    exponent="float",
    truth="int",
    sums={
        (name, one): other
        for name in ("sum", "avg")
        for one, other in (("int", DECIMAL), (DECIMAL, DECIMAL), ("float", "float"))
    },
    computes=True,
    dated=False,
)  # fmt: skip

SQLITE = Dialect(
    "sqlite",
    {
        **_COUNTS,
        "total": ("float", "never"),
        "avg": ("float", "may"),
        **_each(("int", "never"), "last_insert_rowid changes total_changes random"),
        "hex": ("str", "never"),
        "typeof": ("str", "never"),
        "randomblob": ("bytes", "never"),
        **_each(("str", "never"), "current_timestamp current_date current_time"),
    },
    frozenset({"current_timestamp", "current_date", "current_time"}),
    {
        **_types("int", "integer", "int", "bigint"),
        **_types("float", "real"),
        **_types("str", "text"),
        **_types("bytes", "blob"),
    },
    fraction="float",
    exponent="float",
    truth="int",
    text="str",
)

#: A server that is not known, behind SQLAlchemy: what all of them agree in. A time is a text to SQLite, and to drivers
#: of Amazon Athena and Trino.
ANY = Dialect("", _COUNTS, frozenset(), {})
