"""The parameters of a statement that a driver of a database refuses before anything is sent.

A driver makes literals of the values of Python's that it has an adapter for, and raises for the rest: psycopg2 for a
dict that is not wrapped in `Json`, PyMySQL for one too. Where the statement stands in the code, its placeholders are
counted as well. Whoever registers an adapter is not asked any more.

https://www.psycopg.org/docs/usage.html#adaptation-of-python-values-to-sql-types ;
https://www.psycopg.org/psycopg3/docs/basic/adapt.html ; https://github.com/PyMySQL/PyMySQL/blob/main/CHANGELOG.md
(1.1.1) ; https://dev.mysql.com/doc/connector-python/en/ ; https://docs.python.org/3/library/sqlite3.html#sqlite3-adapters.
Each was asked on 2026-11-30: psycopg2 2.9, psycopg 3.3, PyMySQL 1.2, MySQL Connector 9, sqlite3 of Python 3.11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, ListObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.calling import has_form
from lambdalint.interpreter.library.demands import demands
from lambdalint.interpreter.library.placeholders import Mismatch, mismatch
from lambdalint.interpreter.library.tables.drivers import CONNECTIONS, CURSORS, DRIVERS, Driver
from lambdalint.interpreter.values import Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: What none of them has an adapter for. PyMySQL makes a text of whatever else it does not know.
_DICTS = _words("dict")
_NEVER = _words(
    "dict set frozenset collections.OrderedDict collections.defaultdict collections.Counter collections.deque "
    "generator dict_keys dict_values dict_items range complex pathlib.PosixPath pathlib.Path types.SimpleNamespace "
    "pandas.DataFrame pandas.Series function"
)
_NUMPY = _words("numpy.int64 numpy.int32 numpy.uint8 numpy.bool numpy.float32 numpy.ndarray")
#: By driver: the types that it refuses, and those of which it takes the elements.
_REFUSED = {
    "psycopg2": _NEVER | _NUMPY | _words("uuid.UUID ipaddress.IPv4Address ipaddress.IPv6Address"),
    "psycopg": _NEVER,
    "pymysql": _DICTS,
    "mysql": _NEVER | _words("list tuple uuid.UUID"),
    "sqlite3": _NEVER
    | _words("list tuple uuid.UUID decimal.Decimal datetime.time datetime.timedelta pandas.Timestamp"),
}
_ARRAYS = _words("psycopg2 psycopg")
#: Whether members of an enum of the project are refused as other objects of its classes are, by driver.
_MEMBERS = {"psycopg2": True, "psycopg": False, "mysql": False, "sqlite3": True}
_ERRORS = {
    "psycopg2": "psycopg2.ProgrammingError",
    "psycopg": "psycopg.ProgrammingError",
    "pymysql": "TypeError",
    "mysql": "mysql.connector.errors.ProgrammingError",
    "sqlite3": "sqlite3.ProgrammingError",
}
#: What makes an object one that such a driver knows.
_ADAPTED = ("__conform__", "getquoted")


def _name(driver: Driver) -> str:
    return driver.connect.partition(".")[0]


def adapting(name: str) -> str:
    """What stands in `machine.patched` once code has told a driver how to make literals."""
    return f"{name}.adapters"


@demands(
    *("psycopg2.extensions.register_adapter", "psycopg2.extras.register_hstore", "psycopg2.extras.register_uuid"),
    *("psycopg2.extras.register_ipaddress", "psycopg2.extras.register_inet", "psycopg2.extras.register_composite"),
    *("psycopg.adapters.register_dumper", "psycopg.types.numpy.register_dumpers", "sqlite3.register_adapter"),
)
def _adapter(machine: Machine, site: CallSite) -> None:
    machine.patched.add(adapting(site.name.partition(".")[0]))


def _known(machine: Machine, value: Value | None, driver: Driver) -> bool:
    """Whether a connection or cursor is surely one of the driver's own."""
    return has_form(machine, value) and adapting(_name(driver)) not in machine.patched


@demands(*[f"{driver.cursor}.{name}" for driver in DRIVERS for name in ("execute", "mogrify")])
def _executed(machine: Machine, site: CallSite) -> None:
    driver = CURSORS[site.name.rpartition(".")[0]]
    if _known(machine, site.receiver, driver) and not {"multi", "map_results"} & set(site.keywords):
        _ask(machine, site, driver, site.argument(0, driver.statement), site.argument(1, driver.parameters))


@demands(*[f"{driver.connection}.execute" for driver in DRIVERS if driver.direct])
def _executed_by_connection(machine: Machine, site: CallSite) -> None:
    driver = CONNECTIONS[site.name.rpartition(".")[0]]
    if _known(machine, site.receiver, driver):
        _ask(machine, site, driver, site.argument(0, driver.statement), site.argument(1, driver.parameters))


@demands(*[f"{driver.cursor}.executemany" for driver in DRIVERS])
def _executed_often(machine: Machine, site: CallSite) -> None:
    driver = CURSORS[site.name.rpartition(".")[0]]
    if _known(machine, site.receiver, driver):
        _ask_each(machine, site, driver, site.argument(1, driver.many), site.argument(0, driver.statement))


@demands("psycopg2.extras.execute_values", "psycopg2.extras.execute_batch")
def _executed_together(machine: Machine, site: CallSite) -> None:
    driver = CURSORS["psycopg2.extensions.cursor"]
    if _known(machine, site.argument(0, "cur"), driver):
        statement = site.argument(1, "sql") if site.name.endswith("batch") else None
        _ask_each(machine, site, driver, site.argument(2, "argslist"), statement)


def _ask_each(machine: Machine, site: CallSite, driver: Driver, rows: Value | None, statement: Value | None) -> None:
    """Ask for each of several sets of parameters."""
    rows = machine.state.resolve(rows) if rows is not None else None
    thing = machine.object(rows) if type(rows) is Ref else None
    if type(rows) is Tuple:
        sure, rest = list(rows.items), rows.rest
    elif isinstance(thing, ListObject) and thing.type == "list" and not thing.leaked:
        sure, rest = list(thing.items), thing.rest
    else:
        return
    for row in sure:
        _ask(machine, site, driver, statement, row)
    if rest is not None:
        _ask(machine, site, driver, statement, rest, "as soon as there is one")


def _parts(machine: Machine, value: Value | None) -> list[Value] | None:
    """The parameters that surely are among those given; None where nothing is known of them."""
    value = machine.state.resolve(value) if value is not None else None
    if type(value) is Tuple:
        return list(value.items)
    thing = machine.object(value) if type(value) is Ref else None
    if isinstance(thing, ListObject) and thing.type == "list" and not thing.leaked:
        return list(thing.items)
    if isinstance(thing, DictObject) and not thing.leaked:
        return [item.value for item in thing.items.values() if item.sure]
    return None


def _ask(
    machine: Machine,
    site: CallSite,
    driver: Driver,
    statement: Value | None,
    given: Value | None,
    where: str = "",
) -> None:
    """Ask for one set of parameters.

    Raises:
        Raised: the driver refuses them.
    """
    name = _name(driver)
    for part in _parts(machine, given) or ():
        wrong = _refused(machine, part, name)
        if wrong is not None:
            why = f"{driver.label} has no adapter for {said(machine, wrong)}"
            raise machine.raise_builtin(_ERRORS[name], site.node, site.frame, why, part, where=where)
    found = mismatch(machine, name, statement, given)
    if isinstance(found, Mismatch):
        raise machine.raise_builtin(found.error, site.node, site.frame, found.why, given, where=found.where or where)


def _refused(machine: Machine, value: Value, name: str) -> Value | None:
    """What a driver refuses of a parameter: itself, or an element."""
    value = machine.state.resolve(value)
    if type(value) is Sym and value.options:
        wrong = [_refused(machine, option, name) for option in value.options]
        return wrong[0] if all(one is not None for one in wrong) else None
    if type(value) is Tuple and value.cls is not None:  # a named tuple may be of any class
        return None
    if kind_of(machine, value) in _REFUSED[name] or _is_object(machine, value, name):
        return value
    thing = machine.object(value) if type(value) is Ref else None
    elements = list(value.items) if type(value) is Tuple else []
    if isinstance(thing, ListObject) and thing.type == "list" and not thing.leaked:
        elements = list(thing.items)
    found = (_refused(machine, one, name) for one in elements) if name in _ARRAYS else ()
    return next((one for one in found if one is not None), None)


def _is_object(machine: Machine, value: Value, name: str) -> bool:
    """Whether it is an object of a class of the project that derives from nothing else."""
    thing = machine.object(value) if type(value) is Ref else None
    cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) else None
    if not isinstance(cls, ClassObject) or cls.unseen or name not in _MEMBERS or thing is None:
        return False
    bases = {entry for entry in cls.order if isinstance(entry, str)}
    if "enum.Enum" in bases and not _MEMBERS[name]:
        return False
    own = [machine.state.get(entry) for entry in cls.order if isinstance(entry, int)]
    adapted = any(isinstance(one, ClassObject) and (one.leaked or _has(one)) for one in own)
    return bases <= {"object", "enum.Enum", "abc.ABC"} and not adapted


def _has(cls: ClassObject) -> bool:
    return any(name in cls.attributes for name in (*_ADAPTED, "__getattr__"))

