"""SQLAlchemy's entities: what a session fetches are objects of the project's own classes.

A query or a result remembers, in `given`, of which class its objects are: `session.query(Order)`, `select(Order)` and
what `session.execute` makes of that. https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, InstanceObject, ListObject
from lambdalint.interpreter.library.calling import from_row
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.tables import CALLS
from lambdalint.interpreter.library.types import parse_row
from lambdalint.interpreter.values import NONE, Outside, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

BASE = "sqlalchemy.orm.DeclarativeBase"
_SESSION, _QUERY, _SELECT = "sqlalchemy.orm.Session", "sqlalchemy.orm.Query", "sqlalchemy.Select"
_RESULT, _SCALARS = "sqlalchemy.engine.Result", "sqlalchemy.engine.ScalarResult"
#: Methods by which a query is narrowed, ordered or joined, and asks for the same.
_REFINING = (
    *("filter", "filter_by", "where", "order_by", "limit", "offset", "distinct", "join", "outerjoin", "options"),
    *("group_by", "having", "with_for_update", "execution_options", "select_from"),
)


@models("sqlalchemy.orm.declarative_base")
def declarative_base(machine: Machine, site: CallSite) -> Value:
    """`Base = declarative_base()`, from which classes derive as from DeclarativeBase."""
    if site.arguments or "cls" in site.keywords or "metaclass" in site.keywords or site.open:
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


def _asking(machine: Machine, kind: str, site: CallSite, entity: Ref | None) -> Value:
    """A query or result, which gives objects of a class."""
    made = machine.unknown(site.place, kind)
    made.given = entity
    return made


def _object(machine: Machine, entity: Ref, place: Place, many: bool = False) -> Ref:
    """An object that a session fetched."""
    made = InstanceObject(entity.id, place)
    made.open, made.many = True, many
    return machine.new(made)


def _asked(machine: Machine, value: Value | None) -> Ref | None:
    """The class of what a query or result gives."""
    value = machine.state.resolve(value) if value is not None else None
    return _entity(machine, value.given) if type(value) is Sym else None


@models("sqlalchemy.orm.sessionmaker", "sqlalchemy.orm.scoped_session")
def maker(machine: Machine, site: CallSite) -> Value:
    """What makes sessions when it is called."""
    machine.may_raise(None)
    return machine.new(ListObject([], site.place, site.name))


@models("sqlalchemy.select", f"{_SESSION}.query")
def select(machine: Machine, site: CallSite) -> Value:
    """`select(Order)`, `session.query(Order)`: of more than one, and of columns, come rows."""
    machine.may_raise(None)
    entity = _entity(machine, site.arguments[0]) if len(site.arguments) == 1 and not site.open else None
    return _asking(machine, _QUERY if site.receiver is not None else _SELECT, site, entity)


@models(*[f"{kind}.{name}" for kind in (_QUERY, _SELECT) for name in _REFINING])
def refined(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    return _asking(machine, site.name.rpartition(".")[0], site, _asked(machine, site.receiver))


@models(f"{_SESSION}.execute", f"{_SESSION}.scalars")
def execute(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    kind = _RESULT if site.name.endswith("execute") else _SCALARS
    return _asking(machine, kind, site, _asked(machine, site.argument(0, "statement")))


@models(f"{_RESULT}.scalars", f"{_SCALARS}.unique", f"{_RESULT}.unique")
def of_the_same(machine: Machine, site: CallSite) -> Value:
    """The first column of each row, which is the object of a row of one; or each of them once."""
    machine.may_raise(None)
    kind = _SCALARS if site.name.endswith("scalars") else site.name.rpartition(".")[0]
    first = not site.values() or site.name.endswith("unique")
    return _asking(machine, kind, site, _asked(machine, site.receiver) if first else None)


@models(f"{_SESSION}.get", f"{_SESSION}.scalar", f"{_SESSION}.get_one")
def fetched(machine: Machine, site: CallSite) -> Value:
    """`session.get(Order, key)`, `session.scalar(select(Order))`."""
    machine.may_raise(None)
    first = site.argument(0, "statement" if site.name.endswith("scalar") else "entity")
    entity = _asked(machine, first) if site.name.endswith("scalar") else _entity(machine, first)
    return _one(machine, site, entity)


_FIRSTS = ("first", "one", "one_or_none")


@models(
    *[f"{kind}.{name}" for kind in (_SCALARS, _QUERY) for name in _FIRSTS],
    *[f"{_RESULT}.{name}" for name in ("scalar", "scalar_one", "scalar_one_or_none")],
    f"{_QUERY}.get",
)
def one(machine: Machine, site: CallSite) -> Value:
    entity = _asked(machine, site.receiver)
    if entity is None and site.name in CALLS:
        return from_row(machine, site, parse_row(CALLS[site.name]))
    machine.may_raise(None)
    return _one(machine, site, entity)


def _one(machine: Machine, site: CallSite, entity: Ref | None) -> Value:
    """The object, or None where the name of the call does not say that there is one."""
    if entity is None:
        return machine.unknown(site.place)
    found = _object(machine, entity, site.place)
    if site.name.rpartition(".")[2] in ("one", "scalar_one", "get_one"):
        return found
    return Sym(machine.state.fresh(), None, site.place, options=(found, NONE))


@models(*[f"{_SCALARS}.{name}" for name in ("all", "fetchall", "fetchmany")], f"{_QUERY}.all")
def several(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    entity = _asked(machine, site.receiver)
    each = _object(machine, entity, site.place, many=True) if entity is not None else machine.unknown(site.place)
    return machine.new(ListObject([], site.place, "list", each))


def entity_element(machine: Machine, value: Value, kind: str, place: Place) -> Value | None:
    """What going through a query or a result of one class gives; None for any other."""
    entity = _asked(machine, value) if kind in (_SCALARS, _QUERY) else None
    return _object(machine, entity, place, many=True) if entity is not None else None
