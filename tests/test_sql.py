"""What the text of a SQL statement proves of its columns: what it does not prove is not known."""

from __future__ import annotations

import sqlite3

import pytest

from lambdalint.interpreter.library.sql import ANY, MYSQL, POSTGRES, SQLITE, columns
from lambdalint.interpreter.library.sql.dialects import Dialect

#: PostgreSQL 15 by psycopg2 2.9, psycopg 3.3 and pg8000 1.31, asked on 2026-11-29.
_POSTGRES = {
    "now()": "datetime.datetime",
    "current_timestamp": "datetime.datetime",
    "CURRENT_TIMESTAMP(0)": "datetime.datetime",
    "now() at time zone 'utc'": "datetime.datetime",
    "date_trunc('day', now())": "datetime.datetime",
    "date_trunc('day', x)": "?",
    "now() - interval '1 day'": "datetime.datetime",
    "now() - now()": "datetime.timedelta",
    "now()::date": "datetime.date",
    "cast(now() as date)": "datetime.date",
    "x::timestamp with time zone": "datetime.datetime | None",
    "localtime": "datetime.time",
    "current_time": "?",
    "count(*)": "int",
    "count(distinct x) filter (where x > 1)": "int",
    "row_number() over (partition by x order by y)": "int",
    "sum(x)": "?",
    "sum(1)": "?",
    "avg(x::int)": "?",
    "sum(x::numeric)": "decimal.Decimal | None",
    "coalesce(sum(x::numeric), 0)": "decimal.Decimal",
    "coalesce(sum(x), 0)": "?",
    "coalesce(sum(x * y), 0)::numeric(12, 2)": "decimal.Decimal",
    "round(coalesce(avg(x::numeric), 0), 2)": "decimal.Decimal",
    "cast(x as double precision)": "float | None",
    "x::int": "int | None",
    "extract(epoch from now())": "?",
    "extract(epoch from now() - x)::int": "int | None",
    "x::numeric::text": "str | None",
    "x::text[]": "?",
    "x::public.money": "?",
    "1.5": "decimal.Decimal",
    "-1": "int",
    "99999999999": "?",
    "'a'": "str",
    "null": "?",
    "true": "bool",
    "exists (select 1 from t)": "bool",
    "(select count(*) from u)": "int",
    "(select now() from u)": "datetime.datetime | None",
    "(select count(*) from u group by z)": "int | None",
    "case when x then now() end": "?",
    "x = 1": "?",
    "x ->> 'a'": "str | None",
    "x::json -> 'a' ->> 'b'": "str | None",
    "x -> 'a'": "?",
    "x::jsonb -> 'a'": "postgres.json | None",
    "'[1]'::json": "list",
    "(x ->> 'a')::int": "int | None",
    "json_agg(x)": "list | None",
    "coalesce(json_agg(x), '[]')": "list",
    "coalesce(json_agg(x), '[]'::json)": "list",
    "coalesce(x::jsonb, '{}')": "postgres.json",
    "json_agg(x)::text": "str | None",
    "jsonb_build_object('a', x)": "dict",
    "row_to_json(x)": "dict | None",
    "to_jsonb(x)": "postgres.json | None",
    "'{}'::jsonb || x::jsonb": "postgres.json | None",
    "to_char(x, 'YYYY')": "str | None",
    "lower(x)": "?",
    "now() || 'a'": "?",
    "mine.now()": "?",
    "%s": "?",
    "t.now": "?",
    '"now"': "?",
    "interval '1 day'": "datetime.timedelta",
    "uuid '6ccd780c-baba-1026-9564-5b8c656024db'": "?",
}
#: MariaDB 10.11 by PyMySQL 1.2 and MySQL Connector.
_MYSQL = {
    "NOW()": "datetime.datetime",
    "NOW(6)": "datetime.datetime",
    "CURRENT_TIMESTAMP": "datetime.datetime",
    "NOW() - INTERVAL 1 DAY": "datetime.datetime",
    "NOW() - INTERVAL x DAY": "datetime.datetime | None",
    "NOW() + 0": "?",
    "CURDATE()": "datetime.date",
    "CURTIME()": "datetime.timedelta",
    "DATE(NOW())": "datetime.date",
    "DATE(x)": "?",
    "CAST(x AS DATE)": "?",
    "CAST(x AS DECIMAL(10, 2))": "decimal.Decimal | None",
    "CAST(x AS UNSIGNED)": "int | None",
    "CAST(x AS CHAR)": "?",
    "SUM(x)": "?",
    "SUM(1)": "decimal.Decimal | None",
    "IFNULL(SUM(1), 0)": "decimal.Decimal",
    "1 / 2": "?",
    "1.5 / 2": "decimal.Decimal | None",
    "@@hostname": "?",
    "`now`": "?",
    "TRUE": "int",
    "'a'": "?",
}


@pytest.mark.parametrize(
    ("dialect", "expression", "kind"),
    [
        *[(POSTGRES, *row) for row in _POSTGRES.items()],
        *[(MYSQL, *row) for row in _MYSQL.items()],
        (ANY, "count(*)", "int"),
        (ANY, "now()", "?"),
        (ANY, "current_timestamp", "?"),
        (ANY, "1.5", "?"),
        (ANY, "coalesce(1.5, 0)", "?"),
    ],
)
def test_the_type_of_an_expression(dialect: Dialect, expression: str, kind: str) -> None:
    """By itself, among others, and under a name of its own."""
    for statement in (f"select {expression} from t", f"SELECT a, {expression} AS b, c FROM t WHERE d = 1"):
        answer = columns(statement, dialect)
        assert answer is not None
        assert kind in [column.type for column in answer.columns]
        assert {column.type for column in answer.columns} <= {kind, "?"}


_SQLITE = (
    "count(*)|total(1)|avg(1)|1|1.5|-1|'a'|true|cast(1.5 as integer)|cast(1 as text)|cast(1 as real)|cast('a' as blob)|"
    "randomblob(2)|random()|hex('a')|typeof(1)|current_timestamp|exists (select 1)|sum(1)|coalesce(1, 2)|x'00'|null|"
    "last_insert_rowid()|datetime('now')|(select count(*))|row_number() over ()"
)


@pytest.mark.parametrize("expression", _SQLITE.split("|"))
def test_sqlite_agrees(expression: str) -> None:
    answer = columns(f"select {expression} as n", SQLITE)
    if answer is not None:
        value = sqlite3.connect(":memory:").execute(f"select {expression} as n").fetchone()[0]
        kinds = answer.columns[0].type.split(" | ")
        assert "?" in kinds or ("None" if value is None else type(value).__name__) in kinds


@pytest.mark.parametrize(
    "statement",
    [
        "select *, now() from t",
        "select t.*, now() from t",
        "select now() union select 'a'",
        "select now() from t union all select x from u",
        "select now() into u from t",
        "select now(); select 1",
        "select now(), ",
        "select distinct on (x) now() from t",
        "insert into t select now()",
        "with a as (select 1) insert into t select now()",
        "call f(now())",
        "explain select now()",
        "show tables",
        "values (now())",
        "select 'a\\'b', now() from t",
        "select $$a$$, now()",
        "select now() # from t",
        "select /*! now() */ 1",
        "select (now()",
        "select e'a', now()",
        "",
        "now()",
    ],
)
def test_columns_that_are_not_sure(statement: str) -> None:
    assert columns(statement, POSTGRES) is None
    assert columns(statement, MYSQL) is None


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("select count(*) as N, t.Id, now() Seen, x::date, cast(y as int) from t", ["n", "id", "seen", "x", "y"]),
        ('select now() as "At", count(*), a + b, a + b as c from t', ["At", "count", None, "c"]),
        ("select a, a, b from t", [None, None, "b"]),
        ("with u as (select 1 as z) select z, now() as at from u", ["z", "at"]),
        ("insert into t (a) values (%s) returning id, now() as at", ["id", "at"]),
        ("update t set a = %(a)s where id = 1 returning count(*)", ["count"]),
        ("select -- the time\n now() /* of it */ as at from t order by 1;", ["at"]),
    ],
)
def test_names_as_postgres_gives_them(statement: str, names: list[str | None]) -> None:
    answer = columns(statement, POSTGRES)
    assert answer is not None
    assert [column.name for column in answer.columns] == names


def test_names_as_mysql_gives_them() -> None:
    """A column without one is called by its text, which is not followed."""
    answer = columns("SELECT NOW() AS At, t.Id, COUNT(*), `a b` FROM t", MYSQL)
    assert answer is not None
    assert [column.name for column in answer.columns] == ["At", "Id", None, "a b"]


@pytest.mark.parametrize(
    ("statement", "one"),
    [
        ("select now()", True),
        ("select count(*) from t where x = 1", True),
        ("select coalesce(sum(x), 0), count(*) from t", True),
        ("select now() from t", False),
        ("select count(*) from t group by x", False),
        ("select count(*) from t having count(*) > 1", False),
        ("select count(*) over () from t", False),
        ("select now() where false", False),
        ("select count(*) from t limit 0", False),
        ("select now(), unnest(%s)", False),
        ("select max(1, 2) from t", False),
    ],
)
def test_statements_that_give_one_row(statement: str, one: bool) -> None:
    answer = columns(statement, POSTGRES)
    assert answer is not None
    assert answer.one is one
