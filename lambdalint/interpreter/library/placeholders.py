"""Whether a statement has as many placeholders as it is given parameters, to each driver in its own way.

psycopg2, psycopg and PyMySQL take `%` for the beginning of a placeholder wherever it stands, within a text too, unless
it is doubled; and only where parameters are given. tests/library_handlers/parameters.txt asks the drivers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lambdalint.interpreter.certain import kinds_of, told
from lambdalint.interpreter.heap import DictObject, ListObject
from lambdalint.interpreter.library.sql.tokens import tokens
from lambdalint.interpreter.values import Const, Ref, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine


class Mismatch(NamedTuple):
    """What does not fit: the exception, and what is said of it."""

    error: str
    why: str
    where: str = ""


class _Given(NamedTuple):
    """Parameters: how many by position, None where they have names; and the names that they have."""

    number: int | None
    names: frozenset[str] | None


_PLACE = re.compile(r"%(?:(%)|\(([^()]*)\)(.?)|(.?))", re.DOTALL)
#: Which letter a placeholder may have.
_LETTERS = {"psycopg2": "s", "psycopg": "sbt", "pymysql": "s"}
_FLAGS = " #0+-.123456789*"
_PROGRAMMING = {
    "psycopg": "psycopg.ProgrammingError",
    "pymysql": "pymysql.err.ProgrammingError",
    "mysql": "mysql.connector.errors.ProgrammingError",
    "sqlite3": "sqlite3.ProgrammingError",
}
#: Types that are no row of parameters. PyMySQL takes one for the only parameter.
_SINGLE = frozenset({
    "int", "float", "bool", "decimal.Decimal", "uuid.UUID", "datetime.datetime", "datetime.date",
})  # fmt: skip


def mismatch(machine: Machine, driver: str, statement: Value | None, given: Value | None) -> Mismatch | None:
    """What is wrong with the number or the names of parameters; None where nothing is, as far as is known."""
    given = machine.state.resolve(given) if given is not None else None
    statement = machine.state.resolve(statement) if statement is not None else None
    if given is None or (type(given) is Const and given.value is None):
        return None
    alone = _alone(machine, driver, given)
    if alone is not None:
        return alone
    text = statement.value if type(statement) is Const and isinstance(statement.value, str) else None
    held = _held(machine, given)
    if text is None or held is None:
        return None
    if driver == "sqlite3":
        return _of_sqlite(text, held)
    if driver == "mysql":
        return _of_connector(text, held)
    return _of_percent(text, held, driver)


def _alone(machine: Machine, driver: str, given: Value) -> Mismatch | None:
    """`execute(statement, 7)`, where the parameter stands alone; a text is a row of letters to some."""
    kinds = kinds_of(machine, given)
    if not kinds or driver == "pymysql":
        return None
    error = "TypeError" if driver.startswith("psycopg") else _PROGRAMMING[driver]
    why = f"the parameters are {told(machine, given)}, and must be a tuple, a list or a dict"
    if set(kinds) <= _SINGLE:
        return Mismatch(error, why)
    if set(kinds) == {"str"}:
        letters = driver in ("psycopg2", "sqlite3")
        length = len(given.value) if type(given) is Const and isinstance(given.value, str) else None
        if letters and length is not None:
            return None if length <= 1 else Mismatch(error, why)
        return Mismatch(error, why, "unless it is of one letter" if letters else "")
    return None


def _held(machine: Machine, given: Value) -> _Given | None:
    if type(given) is Tuple:
        return _Given(len(given.items), None) if given.rest is None else None
    thing = machine.object(given) if type(given) is Ref else None
    if isinstance(thing, ListObject) and thing.type == "list" and not thing.leaked and thing.rest is None:
        return _Given(len(thing.items), None)
    if isinstance(thing, DictObject) and thing.type == "dict" and not thing.leaked and not thing.others:
        if not thing.open and thing.rest is None:
            return _Given(None, frozenset(key for key in thing.items if isinstance(key, str)))
    return None


def _many(places: int, given: int) -> str:
    parameters = "1 parameter" if given == 1 else f"{given} parameters"
    return f"the statement has {places} placeholder{'s' if places != 1 else ''}, and is given {parameters}"


def _of_percent(text: str, held: _Given, driver: str) -> Mismatch | None:
    found = list(_PLACE.finditer(text))
    named = [one.group(2) for one in found if one.group(2) is not None]
    plain = [one.group(4) for one in found if one.group(4) is not None]
    if any(letter and letter in _FLAGS for letter in plain):
        return None
    error = _PROGRAMMING.get(driver)
    bad = next((letter for letter in plain if not letter or letter not in _LETTERS[driver]), None)
    if bad is not None:
        why = f"`%{bad}` is taken for a placeholder, and a `%` that is none must be written `%%`"
        if held.number is None or (named and plain):
            return Mismatch(error or "TypeError", why)
        return Mismatch(error or ("IndexError" if len(plain) > held.number else "ValueError"), why)
    if named and plain:
        return None
    if held.names is not None:
        missing = next((name for name in named if name not in held.names), None)
        if missing is not None:
            why = f"the statement has a placeholder `{missing}`, which the parameters have not"
            return Mismatch("KeyError" if driver != "psycopg" else str(error), why)
        if plain and driver != "pymysql":
            return Mismatch("TypeError", "the placeholders have no names, and the parameters are a `dict`")
        return None
    count = held.number or 0
    if named:
        if count == 0 and driver == "pymysql":
            return None
        return Mismatch(error if driver == "pymysql" and error else "TypeError",
                        "the placeholders have names, and the parameters have none")  # fmt: skip
    if len(plain) == count or (driver == "psycopg2" and not plain):
        return None
    too_few = "IndexError" if len(plain) > count else "TypeError"
    return Mismatch(error or too_few, _many(len(plain), count))


def _of_sqlite(text: str, held: _Given) -> Mismatch | None:
    words = tokens(text)
    if words is None or held.number is None or re.search(r"\?\d|%s|[:@$]\w", text):
        return None
    places = sum(word.kind == "place" for word in words)
    return Mismatch(_PROGRAMMING["sqlite3"], _many(places, held.number)) if places != held.number else None


def _of_connector(text: str, held: _Given) -> Mismatch | None:
    if not held.number or "%%" in text or "%(" in text:
        return None
    places = text.count("%s")
    return Mismatch(_PROGRAMMING["mysql"], _many(places, held.number)) if places != held.number else None
