"""SQLAlchemy's columns and expressions, as far as they say of which type a value is that Python is given.

A type's own result processor sees to that: a `Numeric` gives Decimals whatever the server sends, a `DateTime`
datetimes. Where the server alone decides - `func.avg`, a sum of whole numbers - it is not known.
https://docs.sqlalchemy.org/en/20/core/type_basics.html ; https://docs.sqlalchemy.org/en/20/core/functions.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, InstanceObject
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.rows import ENUM, columns_of, described, gives_one, typed
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.library.sql import ANY, Column, columns
from lambdalint.interpreter.values import Const, Outside, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

ELEMENT = "sqlalchemy.ColumnElement"
_KINDS = {
    "datetime.datetime": "DateTime DATETIME TIMESTAMP",
    "datetime.date": "Date DATE",
    "datetime.time": "Time TIME",
    "datetime.timedelta": "Interval",
    "decimal.Decimal": "Numeric NUMERIC DECIMAL",
    "float": "Float FLOAT Double DOUBLE REAL",
    "int": "Integer INTEGER INT BigInteger BIGINT SmallInteger SMALLINT",
    "str": "String Text Unicode UnicodeText VARCHAR TEXT CHAR NVARCHAR",
    "bytes": "LargeBinary",
    "bool": "Boolean BOOLEAN",
}
#: What a column of each of its types gives; what another class is derived from one of them for is not known.
TYPES = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_NUMBERS = frozenset({"decimal.Decimal", "float"})
#: How the type of a column ends that may be null, or does not say whether it may; the name of one that has none yet.
_NULL, _UNSAID, _OF_A_CLASS = " | None", " | null", ""
_MODULES = ("sqlalchemy.", "sqlalchemy.types.", "sqlalchemy.sql.sqltypes.")


def _plain(name: str) -> str:
    """The type that a class of SQLAlchemy's stands for, "?" for any other."""
    module, _, last = name.rpartition(".")
    if f"{module}." not in _MODULES:
        return "?"
    return "uuid.UUID" if last == "Uuid" else TYPES.get(last, "?")


def _expression(machine: Machine, site: CallSite, kind: str, name: str | None = None, one: bool = False) -> Sym:
    """An expression of a type, as a column of a select. `one`: it is of all rows together."""
    made = machine.unknown(site.place, ELEMENT)
    made.given = described(machine, (Column(name, kind),), site.place, one)
    return made


def _without_none(kind: str) -> str:
    return kind.removesuffix(" | None")


def column(machine: Machine, value: Value | None) -> Column | None:
    """What something is as a column of a select, where it is one expression."""
    found = columns_of(machine, value)
    return found[0] if found is not None and len(found) == 1 else None


@models(*[f"{module}{name}" for module in _MODULES for name in (*TYPES, "Uuid")])
def column_type(machine: Machine, site: CallSite) -> Value:
    """`Numeric(10, 2)`."""
    kind = _plain(site.name)
    machine.may_raise(None)
    if "asdecimal" in site.keywords:
        decimal = machine.state.resolve(site.keywords["asdecimal"])
        chosen = decimal.value if type(decimal) is Const else None
        kind = {True: "decimal.Decimal", False: "float"}[chosen] if isinstance(chosen, bool) else "?"
    if (kind == "uuid.UUID" and site.values()) or (kind in _NUMBERS and len(site.arguments) > 2):
        kind = "?"
    made = machine.unknown(site.place)
    made.given = described(machine, (Column(None, kind),), site.place)
    return made


@models(*[f"{module}Enum" for module in _MODULES])
def enum_type(machine: Machine, site: CallSite) -> Value:
    """`Enum(Status)` gives members, `Enum("a", "b")` texts."""
    machine.may_raise(None)
    made = machine.unknown(site.place)
    kind = _enum(machine, site.arguments[0]) if len(site.arguments) == 1 else "?"
    made.given = described(machine, (Column(None, kind),), site.place)
    return made


def _enum(machine: Machine, value: Value) -> str:
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    return f"{ENUM}{value.id}" if isinstance(thing, ClassObject) and thing.kind == "enum" else "?"  # type: ignore[attr-defined]


def _kind(machine: Machine, value: Value | None) -> str:
    """The type that an argument names: `DateTime`, `Numeric(10, 2)`."""
    value = machine.state.resolve(value) if value is not None else None
    if type(value) is Outside:
        return _plain(value.name)
    found = column(machine, value) if type(value) is Sym and value.kind is None else None
    return found.type if found is not None and found.name is None else "?"


@models("sqlalchemy.Column", "sqlalchemy.schema.Column", "sqlalchemy.orm.mapped_column")
def table_column(machine: Machine, site: CallSite) -> Value:
    """`Column(DateTime, nullable=False)`: null, unless it says otherwise, or is a key."""
    machine.may_raise(None)
    made = machine.unknown(site.place)
    if site.open:
        return made
    name = text_argument(machine, site, 0, "name")
    rest = site.arguments[1:] if name is not None and "name" not in site.keywords else site.arguments
    given = site.keywords.get("type_", rest[0] if rest else None)
    stated = given is not None and not _is_constraint(machine, given)
    kind = _kind(machine, given) if stated else ("" if site.name.endswith("mapped_column") else "?")
    null = machine.state.resolve(site.keywords.get("nullable", Const(None)))
    key = machine.state.resolve(site.keywords.get("primary_key", Const(False)))
    if type(null) is not Const or type(key) is not Const:
        kind = "?"
    elif null.value or (null.value is None and not key.value):
        kind += _NULL if null.value else _UNSAID
    made.given = described(machine, (Column(_OF_A_CLASS, kind),), site.place)
    if name is not None or "name" in site.keywords:
        machine.named_columns.add(made.id)
    for value in site.arguments:
        value = machine.state.resolve(value)
        if type(value) is Sym and value.id in machine.references:
            machine.references[made.id] = machine.references[value.id]
    return made


def may_be_null(machine: Machine, value: Sym) -> bool:
    """Whether a column of a class may be null, or does not say that it is not."""
    found = column(machine, value)
    return found is None or found.type in ("", "?") or found.type.endswith((_NULL, _UNSAID))


def _is_constraint(machine: Machine, value: Value) -> bool:
    """`ForeignKey(...)` and the like, which stand where a type may stand."""
    value = machine.state.resolve(value)
    return type(value) is Sym and value.kind == "sqlalchemy.constraint"


@models("sqlalchemy.ForeignKey", "sqlalchemy.Identity", "sqlalchemy.Sequence", "sqlalchemy.Computed")
def constraint(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    made = machine.unknown(site.place, "sqlalchemy.constraint")
    into = text_argument(machine, site, 0, "column") if site.name.endswith("ForeignKey") else None
    if into is not None and into.count(".") == 1:
        machine.references[made.id] = into.partition(".")[0]
    return made


def column_named(machine: Machine, value: Value | None, name: str, annotated: str | None) -> Sym | None:
    """An attribute of a class as the column of that name, with the type that its annotation says where the column says
    none; None where it is no column. A column is null where neither says that it is not."""
    found = column(machine, value)
    if value is not None and (found is None or found.name != _OF_A_CLASS):
        return None
    kind = found.type if found is not None else ""
    hint = annotated if annotated is not None else "?"
    null = hint.endswith(_NULL) or hint == "?"
    if found is not None and not kind.endswith(_UNSAID):
        null = kind.endswith(_NULL)
    held = kind.removesuffix(_NULL).removesuffix(_UNSAID) or hint.removesuffix(_NULL)
    place = value.place if value is not None else None
    made = machine.unknown(place)
    made.given = described(machine, (Column(name, held + _NULL if null and held != "?" else held),), place)
    if type(value) is Sym and value.id in machine.named_columns:
        machine.named_columns.add(made.id)
    if type(value) is Sym and value.id in machine.references:
        machine.references[made.id] = machine.references[value.id]
    return made


def fetched_value(machine: Machine, same: Sym, owner: Ref, name: str, found: Sym, place: Place) -> Value:
    """What an object that a session fetched holds in a column."""
    known = column(machine, found)
    thing = machine.object(owner)
    cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) else None
    if known is None or not isinstance(cls, ClassObject) or _may_be_another(machine, owner, name):
        return same
    for entry in cls.order:
        base = machine.state.get(entry) if isinstance(entry, int) else None
        if isinstance(base, ClassObject) and _OWN_TYPES & base.attributes.keys():
            return same
    return typed(machine, same, known, place)


def _may_be_another(machine: Machine, owner: Ref, name: str) -> bool:
    """Whether the code has made or changed an object of that class on this path: a session gives for a row the object
    that it has, with what was put into it."""
    thing = machine.object(owner)
    assert isinstance(thing, InstanceObject)
    for held in (machine.state.base, machine.state.delta):
        for id, other in held.items():
            if isinstance(other, InstanceObject) and other.cls == thing.cls and id != owner.id:
                other = machine.state.get(id)
                assert isinstance(other, InstanceObject)
                if not other.fetched or other.leaked or name in other.attributes:
                    return True
    return False


#: Of a class: it may say for itself what annotations mean, or what its attributes are.
_OWN_TYPES = frozenset({"type_annotation_map", "registry", "__getattribute__", "__mapper_args__"})
#: Functions that a clock answers.
TIMES = {
    **dict.fromkeys(("now", "current_timestamp", "localtimestamp"), "datetime.datetime"),
    "current_date": "datetime.date",
}


@models("sqlalchemy.func.*")
def function(machine: Machine, site: CallSite) -> Value:
    """`func.count()`; a function that SQLAlchemy has no type for gives what the server sends."""
    machine.may_raise(None)
    name = site.name.removeprefix("sqlalchemy.func.")
    first = column(machine, site.arguments[0]) if site.arguments else None
    kind = "?"
    if site.keywords or site.open:
        pass
    elif name in TIMES:
        kind = TIMES[name]
    elif name == "count":
        kind = "int"
    elif first is not None and first.type != "?" and not first.type.startswith(ENUM):
        held = _without_none(first.type)
        if name in ("max", "min") or (name == "sum" and held in _NUMBERS):
            kind = f"{held} | None"
        elif name == "coalesce":
            sure = any(type(machine.state.resolve(one)) is Const for one in site.arguments[1:])
            kind = held if sure else f"{held} | None"
    return _expression(machine, site, kind, one=name == "count")


@models(f"{ELEMENT}.label")
def label(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    found = column(machine, site.receiver)
    name = text_argument(machine, site, 0, "name")
    return _expression(machine, site, found.type if found is not None else "?", name, gives_one(machine, site.receiver))


@models("sqlalchemy.text", "sqlalchemy.sql.text")
def text(machine: Machine, site: CallSite) -> Value:
    """`text("SELECT ...")`, of which the server is not known."""
    machine.may_raise(None)
    made = machine.unknown(site.place, "sqlalchemy.TextClause")
    written = text_argument(machine, site, 0, "text")
    answer = columns(written, ANY) if written is not None else None
    if answer is not None:
        made.given = described(machine, answer.columns, site.place, answer.one)
    return made


#: Events of connections, and of what is written.
_UNTOUCHED = frozenset({
    "connect", "first_connect", "checkout", "checkin", "close", "begin", "commit", "rollback", "before_cursor_execute",
    "after_cursor_execute", "before_insert", "after_insert", "before_update", "after_update", "before_delete",
    "after_delete", "before_flush", "after_flush", "before_commit", "after_commit", "after_rollback", "after_create",
})  # fmt: skip


@models("sqlalchemy.event.listen", "sqlalchemy.event.listens_for")
def listen(machine: Machine, site: CallSite) -> Value:
    """Code of the project may change what is fetched, when it is told that something was."""
    for value in site.values():
        leak(machine, value)
    machine.may_raise(None)
    if text_argument(machine, site, 1, "identifier") not in _UNTOUCHED:
        machine.patched.add("sqlalchemy")
    return machine.unknown(site.place)


@models("sqlalchemy.TextClause.bindparams")
def bound(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    made = machine.unknown(site.place, "sqlalchemy.TextClause")
    receiver = machine.state.resolve(site.receiver) if site.receiver is not None else None
    made.given = receiver.given if type(receiver) is Sym else None
    return made
