"""SQLAlchemy's entities: what a session fetches are objects of the project's own classes.

A query or a result remembers, in `given`, of which class its objects are: `session.query(Order)`, `select(Order)` and
what `session.execute` makes of that; or which columns its rows have (library/rows.py): `select(Order.id, func.now())`,
`text("SELECT ...")`. https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, InstanceObject, ListObject
from lambdalint.interpreter.library.calling import from_row
from lambdalint.interpreter.library.columns import column
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.rows import (
    BY_NAME,
    columns_of,
    described,
    gives_one,
    remembered,
    row_as_dict,
    row_values,
    typed,
)
from lambdalint.interpreter.library.sessions import hold, link_of, load
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.library.sql import ANY, Column, columns
from lambdalint.interpreter.library.tables import CALLS
from lambdalint.interpreter.library.types import parse_row
from lambdalint.interpreter.state import Fact
from lambdalint.interpreter.values import NONE, Const, Outside, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame

BASE = "sqlalchemy.orm.DeclarativeBase"
_SESSION, _QUERY, _SELECT = "sqlalchemy.orm.Session", "sqlalchemy.orm.Query", "sqlalchemy.Select"
_RESULT, _SCALARS = "sqlalchemy.engine.Result", "sqlalchemy.engine.ScalarResult"
_ENGINE = "sqlalchemy.engine"
_CONNECTION = f"{_ENGINE}.Connection"
_ROW = f"{_ENGINE}.Row"
#: Results of whole rows, and those of mappings.
_RESULTS = (_RESULT, f"{_ENGINE}.CursorResult")
_ROWS = (*_RESULTS, f"{_ENGINE}.MappingResult")
#: Behind them a select that counts may give no row, or many.
_FEWER = frozenset({"group_by", "having", "limit", "offset", "execution_options"})
#: Methods by which a query is narrowed, ordered or joined, and asks for the same.
_REFINING = (
    *("filter", "filter_by", "where", "order_by", "limit", "offset", "distinct", "join", "outerjoin", "options"),
    *("group_by", "having", "with_for_update", "execution_options", "select_from"),
)


@models("sqlalchemy.orm.declarative_base")
def declarative_base(machine: Machine, site: CallSite) -> Value:
    """`Base = declarative_base()`, from which classes derive as from DeclarativeBase."""
    if site.arguments or {"cls", "metaclass", "type_annotation_map"} & set(site.keywords) or site.open:
        for value in site.values():
            leak(machine, value)
        return machine.unknown(site.place)
    return Outside(BASE, site.place)


def _entity(machine: Machine, value: Value | None) -> Ref | None:
    """A class of the project that is mapped to a table, where every base of it is seen."""
    value = machine.state.resolve(value) if value is not None else None
    thing = machine.object(value) if type(value) is Ref and machine.state.holds(value.id) else None
    if type(value) is not Ref or not isinstance(thing, ClassObject):
        return None
    outside = {entry for entry in thing.order if isinstance(entry, str)}
    own = [machine.state.get(entry) for entry in thing.order if isinstance(entry, int)]
    seen = not any(isinstance(one, ClassObject) and (one.unnamed or one.leaked) for one in own)
    return value if BASE in outside and seen else None


TABLE, TABLE_COLUMN = "sqlalchemy.Table", "sqlalchemy.Column"


def table_of(machine: Machine, cls: Ref, place: Place) -> Value | None:
    """`Order.__table__`, where every base of the class is seen."""
    entity = _entity(machine, cls)
    if entity is None:
        return None
    made = machine.unknown(place, TABLE)
    made.given = entity
    return made


def table_attribute(machine: Machine, value: Value, kind: str, name: str, place: Place) -> Value | None:
    """The columns of a table of which the class is known, and their names; one that says its name itself is not
    followed, nor are the others of its class."""
    if kind == TABLE_COLUMN and type(value) is Sym and name in ("name", "key") and value.condition is not None:
        return Const(value.condition[1], place)
    cls = machine.object(value.given) if kind == TABLE and type(value) is Sym and value.given is not None else None
    if name not in ("columns", "c") or not isinstance(cls, ClassObject):
        return None
    found: dict[str, Value] = {}
    for entry in reversed(cls.order):
        base = machine.state.get(entry) if isinstance(entry, int) else None
        for own, held in base.attributes.items() if isinstance(base, ClassObject) else ():
            if column(machine, held) is not None and type(held) is Sym:
                if held.id in machine.named_columns:
                    return None
                found[own] = Sym(machine.state.fresh(), TABLE_COLUMN, place, condition=("column", own))
    return Tuple(tuple(found.values()), place) if found else None


def _asking(machine: Machine, kind: str, site: CallSite, entity: Ref | None, asked: Value | None = None) -> Value:
    """A query or result, which gives objects of a class. `asked`: the statement that is executed."""
    made = machine.unknown(site.place, kind)
    made.given = entity
    session, along = link_of(machine, site.receiver)
    along = along or link_of(machine, asked)[1] or site.name.endswith(".options")
    made.known = (session, along) if session is not None or along else None
    return made


def _object(machine: Machine, entity: Ref, place: Place, link: tuple[Ref | None, bool], many: bool = False) -> Ref:
    """An object that a session fetched."""
    made = InstanceObject(entity.id, place)
    made.open, made.many, made.fetched = True, many, True
    found = machine.new(made)
    load(machine, link[0])
    hold(machine, link[0], found, eager=link[1])
    return found


def _asked(machine: Machine, value: Value | None) -> Ref | None:
    """The class of what a query or result gives, or the columns of its rows."""
    value = machine.state.resolve(value) if value is not None else None
    if type(value) is not Sym:
        return None
    return value.given if remembered(machine, value) is not None else _entity(machine, value.given)


def _columns(machine: Machine, site: CallSite) -> Ref | None:
    """The columns that a select asks for; None where something of it may be several."""
    found = [column(machine, value) for value in site.arguments]
    known = tuple(one for one in found if one is not None)
    if site.open or site.keywords or not found or len(known) < len(found):
        return None
    counting = all(gives_one(machine, value) for value in site.arguments)
    return described(machine, known, site.place, counting)


@models("sqlalchemy.select", f"{_SESSION}.query")
def select(machine: Machine, site: CallSite) -> Value:
    """`select(Order)`, `session.query(Order)`: of more than one, and of columns, come rows."""
    machine.may_raise(None)
    entity = _entity(machine, site.arguments[0]) if len(site.arguments) == 1 and not site.open else None
    entity = entity if entity is not None else _columns(machine, site)
    return _asking(machine, _QUERY if site.receiver is not None else _SELECT, site, entity)


@models(*[f"{kind}.{name}" for kind in (_QUERY, _SELECT) for name in _REFINING])
def refined(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    kind, _, name = site.name.rpartition(".")
    asked = _asked(machine, site.receiver)
    held = columns_of(machine, site.receiver)
    if held is not None and name in _FEWER:
        asked = described(machine, held, site.place)
    return _asking(machine, kind, site, asked)


@models(*[f"{kind}.{name}" for kind in (_SESSION, _CONNECTION) for name in ("execute", "scalars")])
def execute(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    asked = _asked(machine, site.argument(0, "statement"))
    if site.name.startswith(_CONNECTION):
        asked = asked if remembered(machine, site.argument(0, "statement")) is not None else None
        kind = f"{_ENGINE}.CursorResult" if site.name.endswith("execute") else _SCALARS
    else:
        kind = _RESULT if site.name.endswith("execute") else _SCALARS
    return _asking(machine, kind, site, asked, site.argument(0, "statement"))


@models(*[f"{kind}.{name}" for kind in _RESULTS for name in ("scalars", "unique", "mappings")], f"{_SCALARS}.unique")
def of_the_same(machine: Machine, site: CallSite) -> Value:
    """The first column of each row, which is the object of a row of one; each of them once; or each as a mapping."""
    machine.may_raise(None)
    kind, _, name = site.name.rpartition(".")
    kind = {"scalars": _SCALARS, "mappings": f"{_ENGINE}.MappingResult"}.get(name, kind)
    first = not site.values() or name == "unique"
    return _asking(machine, kind, site, _asked(machine, site.receiver) if first else None)


@models(f"{_SESSION}.get", f"{_SESSION}.scalar", f"{_SESSION}.get_one", f"{_CONNECTION}.scalar")
def fetched(machine: Machine, site: CallSite) -> Value:
    """`session.get(Order, key)`, `session.scalar(select(Order))`."""
    machine.may_raise(None)
    scalar = site.name.endswith("scalar")
    first = site.argument(0, "statement" if scalar else "entity")
    if scalar and columns_of(machine, first) is not None:
        return _scalar(machine, first, gives_one(machine, first), site.place)
    entity = _asked(machine, first) if scalar else _entity(machine, first)
    return _one(machine, site, entity if not site.name.startswith(_CONNECTION) else None)


@models(f"{_SESSION}.merge")
def merged(machine: Machine, site: CallSite) -> Value:
    """The session's own object for one that may be of another's."""
    machine.may_raise(None)
    value = machine.state.resolve(site.argument(0, "instance") or NONE)
    thing = machine.object(value) if type(value) is Ref else None
    entity = _entity(machine, Ref(thing.cls)) if isinstance(thing, InstanceObject) and not thing.leaked else None
    if entity is None:
        leak(machine, value)
        return machine.unknown(site.place)
    return _object(machine, entity, site.place, (link_of(machine, site.receiver)[0], True))


def _scalar(machine: Machine, asked: Value | None, sure: bool, place: Place) -> Value:
    """The first column of the first row, None where there may be none."""
    held = columns_of(machine, asked)
    if not held or held[0].type == "?":
        return machine.unknown(place)
    text = held[0].type
    if not sure and not text.endswith(" | None"):
        text = f"{text} | None"
    return typed(machine, machine.unknown(place), Column(held[0].name, text), place)


def _row(machine: Machine, asked: Value | None, kind: str, place: Place) -> Value | None:
    """What a result of columns gives for each row; None where it remembers none."""
    held = columns_of(machine, asked)
    if not held:
        return _entity_row(machine, asked, place) if kind in _RESULTS else None
    if kind == _SCALARS:
        return typed(machine, machine.unknown(place), held[0], place)
    row = machine.unknown(place, f"{_ENGINE}.RowMapping" if kind.endswith("MappingResult") else f"{_ENGINE}.Row")
    row.given = _asked(machine, asked)
    return row


def _entity_row(machine: Machine, asked: Value | None, place: Place) -> Value | None:
    """A row of one object: `session.execute(select(Order))` gives such."""
    entity = _asked(machine, asked)
    if entity is None or not isinstance(machine.object(entity), ClassObject):
        return None
    row = machine.unknown(place, _ROW)
    row.given, row.known = entity, link_of(machine, asked)
    return row


def _in_row(machine: Machine, row: Value, place: Place) -> Value | None:
    """The object of a row of one."""
    row = machine.state.resolve(row)
    whole = type(row) is Sym and row.kind == _ROW and columns_of(machine, row) is None
    entity = _asked(machine, row) if whole else None
    return _object(machine, entity, place, link_of(machine, row)) if entity is not None else None


def values_of_row(machine: Machine, value: Value, kind: str | None, place: Place) -> tuple[Value, ...] | None:
    """What going through a row gives."""
    held = _in_row(machine, value, place) if kind == _ROW else None
    return (held,) if held is not None else row_values(machine, value, kind, place)


def entity_of_row(machine: Machine, value: Value, kind: str, key: Value, place: Place) -> Value | None:
    """`row[0]` of a row of one object."""
    key = machine.state.resolve(key)
    first = type(key) is Const and key.value in (0, -1) and not isinstance(key.value, bool)
    return _in_row(machine, value, place) if kind == _ROW and first else None


#: What a row has beside its columns.
_OF_ROWS = frozenset({"count", "index", "t", "tuple"})


def row_member(machine: Machine, value: Value, kind: str, name: str, node: Any, frame: Frame) -> Value | None:
    """`row.Order` of a row of one object; None for what is no row, or of which the columns are not known.

    Raises:
        Raised: it has none of that name.
    """
    if kind not in BY_NAME or type(value) is not Sym or name.startswith("_") or name in _OF_ROWS:
        return None
    if "sqlalchemy" in machine.patched or name in machine.attributes_set:
        return None
    columns = columns_of(machine, value)
    if columns is not None:
        names = [column.name for column in columns]
        if None in names or name in names or not names:
            return None
        held = f"only {', '.join(f'`{one}`' for one in names[:4])}{' ...' if len(names) > 4 else ''}"
    else:
        entity = _asked(machine, value) if kind == _ROW else None
        cls = machine.object(entity) if entity is not None else None
        if not isinstance(cls, ClassObject):
            return None
        if name == cls.name:
            return _in_row(machine, value, machine.place(node, frame))
        held = f"only the object itself, as `{cls.name}` or `[0]`: `scalars()` gives objects"
    why = f"a row has no `{name}`, {held}"
    raise machine.raise_builtin("AttributeError", node, frame, why, value)


_FIRSTS = ("first", "one", "one_or_none")
_SCALAR = ("scalar", "scalar_one", "scalar_one_or_none")


@models(
    *[f"{kind}.{name}" for kind in (*_ROWS, _SCALARS, _QUERY) for name in _FIRSTS],
    *[f"{kind}.{name}" for kind in _RESULTS for name in (*_SCALAR, "fetchone")],
    *[f"{_QUERY}.{name}" for name in ("get", "scalar")],
)
def one(machine: Machine, site: CallSite) -> Value:
    kind, _, name = site.name.rpartition(".")
    entity = _asked(machine, site.receiver)
    if kind != _QUERY:
        _ask_open(machine, site)
        if name != "fetchone":
            _close(machine, site)
    if entity is not None and kind == _RESULT and name in _FIRSTS and not columns_of(machine, site.receiver):
        machine.may_raise(None)
        row = _row(machine, site.receiver, kind, site.place)
        load(machine, link_of(machine, site.receiver)[0])
        return row if name == "one" and row is not None else _or_none(machine, row, site.place)
    if columns_of(machine, site.receiver) is not None and name != "get":
        machine.may_raise(None)
        sure = name in ("one", "scalar_one") or (name == "scalar" and gives_one(machine, site.receiver))
        if name in _SCALAR:
            return _scalar(machine, site.receiver, sure, site.place)
        row = _row(machine, site.receiver, kind, site.place)
        return row if sure and row is not None else _or_none(machine, row, site.place)
    if (entity is None or kind in _ROWS) and site.name in CALLS:
        if name not in _SCALAR or entity is None:
            return from_row(machine, site, parse_row(CALLS[site.name]))
    machine.may_raise(None)
    return _one(machine, site, entity if name != "fetchone" and kind != f"{_ENGINE}.CursorResult" else None)


def _closed(site: CallSite, value: Value) -> tuple[str, Any]:
    return ("closed", value.id if type(value) is Sym else 0)


def _close(machine: Machine, site: CallSite) -> None:
    """What gives one row alone closes its result."""
    value = machine.state.resolve(site.receiver) if site.receiver is not None else NONE
    if type(value) is Sym:
        machine.state.facts[_closed(site, value)] = Fact(value=Const(site.name.rpartition(".")[2]), truthy=True)


def _ask_open(machine: Machine, site: CallSite) -> None:
    """Refuse to read from a result that was closed.

    Raises:
        Raised: it was.
    """
    value = machine.state.resolve(site.receiver) if site.receiver is not None else NONE
    fact = machine.state.facts.get(_closed(site, value)) if type(value) is Sym else None
    by = fact.value if fact is not None else None
    if type(by) is Const:
        why = f"this result is closed: `{by.value}()` has read what it reads"
        raise machine.raise_builtin("sqlalchemy.exc.ResourceClosedError", site.node, site.frame, why, value)


def _or_none(machine: Machine, row: Value | None, place: Place) -> Value:
    if row is None:
        return machine.unknown(place)
    return Sym(machine.state.fresh(), None, place, options=(row, NONE))


def _one(machine: Machine, site: CallSite, entity: Ref | None) -> Value:
    """The object, or None where the name of the call does not say that there is one."""
    if entity is None or not isinstance(machine.object(entity), ClassObject):
        return machine.unknown(site.place)
    session, along = link_of(machine, site.receiver)
    along = along or "options" in site.keywords or link_of(machine, site.argument(0, "statement"))[1]
    found = _object(machine, entity, site.place, (session, along))
    if site.name.rpartition(".")[2] in ("one", "scalar_one", "get_one"):
        return found
    return _or_none(machine, found, site.place)


@models(
    *[f"{kind}.{name}" for kind in (*_ROWS, _SCALARS) for name in ("all", "fetchall", "fetchmany")], f"{_QUERY}.all"
)
def several(machine: Machine, site: CallSite) -> Value:
    kind = site.name.rpartition(".")[0]
    if kind != _QUERY:
        _ask_open(machine, site)
    row = _row(machine, site.receiver, kind, site.place)
    if row is None and kind in _ROWS:
        return from_row(machine, site, parse_row(CALLS[site.name]))
    machine.may_raise(None)
    entity = _asked(machine, site.receiver)
    each = row if row is not None else machine.unknown(site.place)
    if row is None and entity is not None:
        each = _object(machine, entity, site.place, link_of(machine, site.receiver), many=True)
    return machine.new(ListObject([], site.place, "list", each))


def entity_element(machine: Machine, value: Value, kind: str, place: Place) -> Value | None:
    """What going through a query or a result of one class, or of columns, gives; None for any other."""
    row = _row(machine, value, kind, place) if kind in (*_ROWS, _SCALARS, _QUERY) else None
    if row is not None:
        return row
    entity = _asked(machine, value) if kind in (_SCALARS, _QUERY) else None
    return _object(machine, entity, place, link_of(machine, value), many=True) if entity is not None else None


@models(f"{_CONNECTION}.exec_driver_sql")
def execute_text(machine: Machine, site: CallSite) -> Value:
    """A statement as the driver takes it."""
    machine.may_raise(None)
    written = text_argument(machine, site, 0, "statement")
    answer = columns(written, ANY) if written is not None else None
    asked = described(machine, answer.columns, site.place, answer.one) if answer is not None else None
    return _asking(machine, f"{_ENGINE}.CursorResult", site, asked)


@models(f"{_ENGINE}.Row._asdict")
def as_dict(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    receiver = machine.state.resolve(site.receiver) if site.receiver is not None else NONE
    found = row_as_dict(machine, receiver, site.place)
    return machine.new(found) if found is not None else from_row(machine, site, parse_row(CALLS[site.name]))
