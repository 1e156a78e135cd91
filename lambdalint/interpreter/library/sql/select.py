"""The columns of a SELECT, or of what an INSERT, UPDATE or DELETE returns."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import NamedTuple

from lambdalint.interpreter.library.sql.dialects import Dialect
from lambdalint.interpreter.library.sql.expressions import UNKNOWN, Reader, Typed, Unclear, split
from lambdalint.interpreter.library.sql.tokens import Token, tokens


class Column(NamedTuple):
    """A column of an answer: the name by which a row has it, None where that is not known, and its type in the little
    language of `library/types.py`."""

    name: str | None
    type: str


class Answer(NamedTuple):
    """The columns of an answer, in order. `one`: there is one row, whatever stands in the tables."""

    columns: tuple[Column, ...]
    one: bool = False


#: What ends the list of a SELECT.
_ENDS = ("from", "where", "group", "having", "order", "limit", "offset", "fetch", "for", "window")
#: What makes something else of a statement.
_OTHER = ("union", "intersect", "except", "into", "procedure")
#: Before the list.
_MODIFIERS = ("all", "distinct", "sql_calc_found_rows", "sql_no_cache", "straight_join", "high_priority")
#: What no column is called by that stands behind an expression without AS.
_NO_ALIAS = frozenset({
    "as", "is", "in", "like", "ilike", "between", "and", "or", "not", "null", "collate", "at", "over", "filter",
    "within", "isnull", "notnull", "similar", "regexp", "rlike", "div", "mod", "xor", "escape", "end", "glob", "match",
})  # fmt: skip
#: Behind them no row is certain.
_FEWER = ("group", "having", "limit", "offset", "fetch")


@lru_cache(maxsize=512)
def columns(statement: str, dialect: Dialect) -> Answer | None:
    """The columns of a statement's answer; None where it is not sure which there are."""
    words = tokens(statement)
    return _answer(words, dialect) if words is not None else None


def _answer(words: list[Token], dialect: Dialect) -> Answer | None:
    outer = _outer(words)
    start = _start(words, outer) if outer is not None else None
    if outer is None or start is None or any(words[index].is_word(*_OTHER) for index in outer if index >= start):
        return None
    while start < len(words) and words[start].is_word(*_MODIFIERS):
        start += 1
    if start < len(words) and words[start].is_word("on", "top"):
        return None
    end = next((index for index in outer if index >= start and words[index].is_word(*_ENDS)), len(words))
    parts = split(words[start:end])
    found = [_column(part, dialect) for part in parts]
    if not found or any(column is None for column in found):
        return None
    later = [index for index in outer if index >= end]
    one = words[start - 1].is_word("select") and not any(words[index].is_word(*_FEWER) for index in later)
    one = one and all(_is_of_one_row(words, index, dialect) for index in range(start, end))
    bare = not any(words[index].is_word("from", "where") for index in later)
    kept = [column for column in found if column is not None]
    names = [column.name for column in kept]
    made = tuple(column if names.count(column.name) == 1 else Column(None, column.type) for column in kept)
    return Answer(made, one and (bare or _aggregates(words[start:end])))


def _is_of_one_row(words: list[Token], index: int, dialect: Dialect) -> bool:
    """Whether a word calls no function that may give several rows, as PostgreSQL's `unnest` does."""
    calls = words[index].kind == "name" and index + 1 < len(words) and words[index + 1].is_mark("(")
    return not calls or words[index].text.lower() in _SINGLE or words[index].text.lower() in dialect.functions


#: What is written as a function, and gives one value.
_SINGLE = frozenset({
    "cast", "coalesce", "ifnull", "nullif", "extract", "sum", "avg", "max", "min", "round", "date", "date_trunc",
    "numeric", "decimal", "dec", "varchar", "char", "filter", "greatest", "least", "abs",
})  # fmt: skip


def _aggregates(words: list[Token]) -> bool:
    """Whether a list makes one row of all of a table's."""
    if any(token.is_word("over", "select") for token in words):
        return False
    return any(one.is_word("count", "sum", "avg") and other.is_mark("(") for one, other in itertools.pairwise(words))


def _outer(words: list[Token]) -> list[int] | None:
    """The indexes of the words that stand in no parentheses; None where these do not match."""
    found, depth = [], 0
    for index, token in enumerate(words):
        depth -= token.is_mark(")")
        if depth < 0:
            return None
        if depth == 0:
            found.append(index)
        depth += token.is_mark("(")
    return found if depth == 0 else None


def _start(words: list[Token], outer: list[int]) -> int | None:
    """Where the list begins."""
    first = words[0]
    if first.is_word("select"):
        return 1
    verbs = [
        index for index in outer if words[index].is_word("select", "insert", "update", "delete", "merge", "values")
    ]
    if first.is_word("with") and verbs and words[verbs[0]].is_word("select"):
        return verbs[0] + 1
    if first.is_word("insert", "update", "delete"):
        returned = [index for index in outer if words[index].is_word("returning")]
        return returned[0] + 1 if len(returned) == 1 else None
    return None


def _column(words: list[Token], dialect: Dialect) -> Column | None:
    """One column of the list; None where it may stand for several."""
    if not words or (words[-1].kind == "mark" and words[-1].text not in (")", "]")):
        return None
    name: str | None = None
    if len(words) > 2 and words[-2].is_word("as") and words[-1].kind in ("name", "quoted", "text"):
        name, words = _alias(words[-1], dialect), words[:-2]
    found = _read(words, dialect)
    if found is None and name is None and len(words) > 1 and words[-1].kind in ("name", "quoted"):
        if _may_follow(words[-2]) and not words[-1].is_word(*_NO_ALIAS):  # `count(*) n`
            found = _read(words[:-1], dialect)
            name = _alias(words[-1], dialect) if found is not None else None
    if found is None:
        return Column(name, "?")
    kind = found.kind if found.kind == "?" or not found.null else f"{found.kind} | None"
    return Column(name if name is not None else found.name, kind)


def _may_follow(token: Token) -> bool:
    """Whether a name behind this word may be what the column is called."""
    return token.is_mark(")") or token.kind in ("name", "quoted", "number", "text", "place")


def _alias(token: Token, dialect: Dialect) -> str:
    if token.kind == "text":
        return token.text[1:-1].replace("''", "'")
    return token.text.lower() if dialect.folds and token.kind == "name" else token.text


def _read(words: list[Token], dialect: Dialect) -> Typed | None:
    try:
        return Reader(words, dialect, _scalar).whole()
    except Unclear:
        return None


def _scalar(words: list[Token], dialect: Dialect) -> Typed:
    """A SELECT in parentheses that gives one value, null where it finds no row."""
    answer = _answer(words, dialect)
    if answer is None or len(answer.columns) != 1:
        return UNKNOWN
    kind = answer.columns[0].type
    return Typed(kind.removesuffix(" | None"), not answer.one or kind.endswith(" | None"), answer.columns[0].name)
