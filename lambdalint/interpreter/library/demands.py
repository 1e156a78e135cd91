"""What functions of third-party libraries demand of their arguments, beyond the names: `text(...)` for a statement, a
value that Redis can hold, a unit that CloudWatch has.

Each is asked before a model answers for the call, and raises on paper what the library does. What a library has asked
for since one of its versions alone is told with that version. tests/library_handlers/calls.txt asks the libraries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from lambdalint.interpreter.certain import kinds_of, told
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, ListObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.answers import NO_HEADERS
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.library.sql.dialects import JSON
from lambdalint.interpreter.library.tables.boto import STREAM
from lambdalint.interpreter.library.tables.powertools import FACADE
from lambdalint.interpreter.plain import is_inert
from lambdalint.interpreter.values import Const, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DEMANDS: dict[str, list[Callable[[Machine, CallSite], None]]] = {}


def demand(machine: Machine, site: CallSite) -> None:
    """Ask what a function demands.

    Raises:
        Raised: the call does not meet it.
    """
    for found in _DEMANDS.get(site.name, ()):
        found(machine, site)


def demands(*names: str) -> Callable[[Callable[[Machine, CallSite], None]], Callable[[Machine, CallSite], None]]:
    """Enter what some functions demand, by their full names."""

    def enter(function: Callable[[Machine, CallSite], None]) -> Callable[[Machine, CallSite], None]:
        for name in names:
            _DEMANDS.setdefault(name, []).append(function)
        return function

    return enter


# -- Redis: https://redis.readthedocs.io/en/stable/ ; `Encoder.encode`, the same since redis-py 3.0 (2018) --

#: What each command stores: the positions, from which on all, and the keywords.
_STORED: dict[str, tuple[tuple[int, ...], int | None, tuple[str, ...]]] = {
    **dict.fromkeys(("set", "setnx", "getset", "append"), ((1,), None, ("value",))),
    **dict.fromkeys(("setex", "psetex", "hsetnx", "lset"), ((2,), None, ("value",))),
    "hset": ((1, 2), None, ("key", "value")),
    "publish": ((1,), None, ("message",)),
    **dict.fromkeys(("lpush", "rpush", "sadd", "srem", "hdel", "zrem"), ((), 1, ())),
    **dict.fromkeys(("delete", "exists"), ((), 0, ())),
}
#: Of a mapping, what is stored: its values.
_MAPPINGS = {"hset": (3, "mapping"), "hmset": (1, "mapping"), "mset": (0, "mapping")}
_HELD = frozenset({
    "dict", "list", "tuple", "set", "frozenset", "bool", "NoneType", "datetime.datetime", "datetime.date",
    "datetime.time", "datetime.timedelta", "decimal.Decimal", "uuid.UUID", "collections.defaultdict",
    "collections.OrderedDict", "collections.Counter", "collections.deque", "numpy.int64", "numpy.int32", "numpy.bool",
    "numpy.float32", "numpy.ndarray", "pandas.DataFrame", "pandas.Series", "pandas.Timestamp", "complex", "range",
    "pathlib.PosixPath", "dict_keys", "dict_values",
})  # fmt: skip


def _clients(names: Iterable[str]) -> list[str]:
    kinds = ("redis.Redis", "redis.Redis[str]", "redis.Redis[?]")
    both = [*kinds, *[kind.replace("Redis", "Pipeline") for kind in kinds]]
    return [f"{kind}.{name}" for kind in both for name in names]


@demands(*_clients({**_STORED, **_MAPPINGS}))
def _stores(machine: Machine, site: CallSite) -> None:
    name = site.name.rpartition(".")[2]
    positions, rest, keywords = _STORED.get(name, ((), None, ()))
    values = [site.arguments[index] for index in positions if index < len(site.arguments)]
    values += site.arguments[rest:] if rest is not None else []
    values += [site.keywords[key] for key in keywords if key in site.keywords]
    if name == "hset" and ("mapping" in site.keywords or len(site.arguments) > 3):
        values = [value for value in values if kind_of(machine, value) != "NoneType"]
    values += _in_mapping(machine, site.argument(*_MAPPINGS[name])) if name in _MAPPINGS else []
    for value in values:
        if kind_of(machine, value) in _HELD or _is_plain_object(machine, value):
            why = f"Redis holds no `{_noun(machine, value)}`"
            raise machine.raise_builtin("redis.exceptions.DataError", site.node, site.frame, why, value)


def _in_mapping(machine: Machine, value: Value | None) -> list[Value]:
    value = machine.state.resolve(value) if value is not None else None
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, DictObject) or thing.leaked:
        return []
    return [item.value for item in thing.items.values() if item.sure]


def _is_plain_object(machine: Machine, value: Value) -> bool:
    """Whether a value is an object of a class of the project that derives from nothing else."""
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) else None
    if not isinstance(cls, ClassObject) or cls.unseen:
        return False
    return {entry for entry in cls.order if isinstance(entry, str)} <= {"object", "enum.Enum"}


def _noun(machine: Machine, value: Value) -> str:
    return said(machine, value).rpartition("class ")[2].partition(" ")[2].strip("`") or said(machine, value).strip("`")


_TIMES = {**dict.fromkeys(("setex", "psetex", "expire", "pexpire"), (1, "time")), "set": (2, "ex")}


@demands(*_clients(_words("get hget hgetall hmget lrange smembers zrange incr decr expire ttl lpop rpop llen")))
def _keys(machine: Machine, site: CallSite) -> None:
    """A key is a text, bytes or a number."""
    key = site.argument(0, "name")
    if key is not None and (kind_of(machine, key) in _HELD or _is_plain_object(machine, key)):
        why = f"Redis has no key that is `{_noun(machine, key)}`"
        raise machine.raise_builtin("redis.exceptions.DataError", site.node, site.frame, why, key)


@demands(*_clients(["zadd"]))
def _scores(machine: Machine, site: CallSite) -> None:
    """`zadd(key, {member: score})` since redis-py 3.0 (2018)."""
    given = site.argument(1, "mapping")
    kind = kind_of(machine, given) if given is not None else None
    if given is not None and kind in ("str", "bytes", "int", "float", "list", "tuple"):
        why = f"`zadd()` takes a dict of members and scores, and this is {said(machine, given)}"
        raise machine.raise_builtin("AttributeError", site.node, site.frame, why, given)
    for value in _in_mapping(machine, given):
        value = machine.state.resolve(value)
        text = type(value) is Const and isinstance(value.value, str) and not _is_number(value.value)
        if text or kind_of(machine, value) in _HELD:
            why = f"a score is a number, and this is {said(machine, value)}"
            raise machine.raise_builtin("redis.exceptions.DataError", site.node, site.frame, why, value)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return text.strip().lower() in ("inf", "+inf", "-inf")
    return True


@demands(*_clients(_TIMES))
def _whole_seconds(machine: Machine, site: CallSite) -> None:
    """How long a key is kept: a whole number, or a span. https://redis.io/docs/latest/commands/setex/"""
    position, name = _TIMES[site.name.rpartition(".")[2]]
    value = site.argument(position, name)
    value = machine.state.resolve(value) if value is not None else None
    text = type(value) is Const and isinstance(value.value, str) and not value.value.strip().lstrip("-").isdigit()
    if value is not None and (text or kind_of(machine, value) == "float"):
        why = f"Redis keeps a key for a whole number of seconds, and this is {said(machine, value)}"
        raise machine.raise_builtin("redis.exceptions.ResponseError", site.node, site.frame, why, value)


# -- PostgreSQL --


@demands("json.loads", "simplejson.loads", "orjson.loads")
def _is_decoded(machine: Machine, site: CallSite) -> None:
    """A document that a driver of PostgreSQL has decoded: https://www.psycopg.org/docs/extras.html#json-adaptation"""
    value = site.argument(0, "s")
    value = machine.state.resolve(value) if value is not None else None
    if type(value) is Sym and is_inert(value.kind, "add") and value.kind != STREAM:  # of that the model speaks
        why = f"`{site.name}()` does not take {said(machine, value)}"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)
    options = value.options if type(value) is Sym and value.options else (value,)
    if JSON not in machine.patched and any(type(one) is Sym and one.kind == JSON for one in options):
        why = "the driver of the database has decoded this document already"
        where = "where it is an object or a list"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, value, where=where)


# -- datetime: https://docs.python.org/3/library/datetime.html#datetime.timedelta --


@demands("datetime.timedelta")
def _span(machine: Machine, site: CallSite) -> None:
    for value in site.values():
        kinds = kinds_of(machine, value)
        if kinds is not None and kinds and all(kind not in ("int", "float", "bool") for kind in kinds):
            why = f"`timedelta()` does not take {told(machine, value)}"
            raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)


@demands("range")
def _steps(machine: Machine, site: CallSite) -> None:
    for value in site.arguments:
        kinds = kinds_of(machine, value)
        if kinds is not None and kinds and all(kind not in ("int", "bool") for kind in kinds):
            why = f"`range()` does not take {told(machine, value)}"
            raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)


# -- SQLAlchemy 2: https://docs.sqlalchemy.org/en/20/changelog/migration_20.html --


@demands(
    *[f"sqlalchemy.orm.Session.{name}" for name in ("execute", "scalar", "scalars")],
    *[f"sqlalchemy.engine.Connection.{name}" for name in ("execute", "scalar", "scalars")],
)
def _statement(machine: Machine, site: CallSite) -> None:
    value = site.argument(0, "statement")
    if value is not None and kind_of(machine, value) == "str":
        why = f"`{site.name.rpartition('.')[2]}()` takes no `str`, but `text(...)` of it, in SQLAlchemy 2"
        where = "where that is installed"
        raise machine.raise_builtin("sqlalchemy.exc.ArgumentError", site.node, site.frame, why, value, where=where)


@demands(*[f"sqlalchemy.engine.Engine.{name}" for name in ("execute", "scalar", "scalars")])
def _of_engine(machine: Machine, site: CallSite) -> None:
    name = site.name.rpartition(".")[2]
    why = f"an `Engine` has no `{name}` in SQLAlchemy 2: a connection has"
    where = "where that is installed"
    raise machine.raise_builtin("AttributeError", site.node, site.frame, why, site.receiver, where=where)


# -- urllib3: https://urllib3.readthedocs.io/en/stable/reference/urllib3.poolmanager.html --


@demands("urllib3.PoolManager.request", "urllib3.request")
def _one_body(machine: Machine, site: CallSite) -> None:
    """`request` takes a body or what it makes one of; the older ones know no `json`."""
    if _is_given(machine, site, "json") and _is_given(machine, site, "body"):
        why = "`request()` takes `body` or `json`, not both"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why)


def _is_given(machine: Machine, site: CallSite, name: str) -> bool:
    kind = kind_of(machine, site.keywords[name]) if name in site.keywords else None
    return kind not in (None, "NoneType")


# -- PyJWT 2: https://pyjwt.readthedocs.io/en/stable/api.html --


@demands("jwt.decode", "jwt.decode_complete")
def _algorithms(machine: Machine, site: CallSite) -> None:
    """A signature that is to be verified with a key of a text needs the algorithms that are allowed."""
    if len(site.arguments) > 2 or {"algorithms", "verify"} & set(site.keywords):
        return
    key = site.argument(1, "key")
    if key is None or kind_of(machine, key) not in ("str", "bytes"):
        return
    options = machine.state.resolve(site.keywords["options"]) if "options" in site.keywords else None
    if options is not None:
        thing = machine.object(options) if type(options) is Ref else None
        if not isinstance(thing, DictObject) or thing.leaked or not thing.lacks_surely("verify_signature"):
            return
    why = "`jwt.decode()` is not given `algorithms`, which PyJWT 2 asks for"
    where = "where that is installed"
    raise machine.raise_builtin("jwt.exceptions.DecodeError", site.node, site.frame, why, None, where=where)


# -- Powertools: https://docs.powertools.aws.dev/lambda/python/latest/core/metrics/ --

_UNITS = _words(
    "Seconds Microseconds Milliseconds Bytes Kilobytes Megabytes Gigabytes Terabytes Bits Kilobits Megabits Gigabits "
    "Terabits Percent Count BytesPerSecond KilobytesPerSecond MegabytesPerSecond GigabytesPerSecond TerabytesPerSecond "
    "BitsPerSecond KilobitsPerSecond MegabitsPerSecond GigabitsPerSecond TerabitsPerSecond CountPerSecond "
    "Bytes/Second Kilobytes/Second Megabytes/Second Gigabytes/Second Terabytes/Second Bits/Second Kilobits/Second "
    "Megabits/Second Gigabits/Second Terabits/Second Count/Second"
)
_METRICS = "aws_lambda_powertools.metrics"


@demands("aws_lambda_powertools.Metrics.add_metric", "aws_lambda_powertools.single_metric")
def _metric(machine: Machine, site: CallSite) -> None:
    unit = text_argument(machine, site, 1, "unit")
    if unit is not None and unit not in _UNITS:
        why = f"there is no unit {unit!r}"
        raise machine.raise_builtin(f"{_METRICS}.MetricUnitError", site.node, site.frame, why)
    value = site.argument(2, "value")
    if value is not None and kind_of(machine, value) in ("str", "bytes", "list", "dict", "NoneType", "tuple"):
        why = f"{said(machine, value)} is no value of a metric"
        raise machine.raise_builtin(f"{_METRICS}.MetricValueError", site.node, site.frame, why, value)


@demands("aws_lambda_powertools.event_handler.Response")
def _response(machine: Machine, site: CallSite) -> None:
    """A header is a text, or a list of texts: the resolver goes through anything else.
    `HttpApiHeadersSerializer` and its kin in aws_lambda_powertools/shared/headers_serializer.py"""
    given = site.argument(3, "headers")
    given = machine.state.resolve(given) if given is not None else None
    thing = machine.object(given) if type(given) is Ref else None
    for name, item in thing.items.items() if isinstance(thing, DictObject) and not thing.leaked else ():
        if item.sure and kind_of(machine, item.value) in NO_HEADERS:
            why = f"the header `{name}` is {said(machine, item.value)}, and the resolver takes a `str`"
            raise machine.raise_builtin("TypeError", site.node, site.frame, why, item.value)


# -- pydantic: `BaseModel.json` in pydantic/main.py of 2.14 --


@demands("pydantic.BaseModel.json")
def _as_json(machine: Machine, site: CallSite) -> None:
    """The second version hands no keywords on to `json.dumps`."""
    more = [name for name in site.keywords if name not in _JSON_OPTIONS]
    if more:
        why = f"`json()` takes no `{more[0]}` in pydantic 2"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, None, where="where that is installed")


_JSON_OPTIONS = _words(
    "include exclude by_alias exclude_unset exclude_defaults exclude_none encoder models_as_dict skip_defaults"
)

# -- X-Ray: https://docs.aws.amazon.com/xray-sdk-for-python/latest/reference/thirdparty.html --

#: Of every version from 2.0 to 2.15.
_PATCHED = _words(
    "aioboto3 aiobotocore boto3 botocore pynamodb requests sqlite3 mysql httplib pymongo pymysql psycopg "
    "psycopg2 pg8000 "
    "sqlalchemy sqlalchemy_core httpx"
)


@demands("aws_xray_sdk.core.patch")
def _patched(machine: Machine, site: CallSite) -> None:
    given = site.argument(0, "modules_to_patch")
    given = machine.state.resolve(given) if given is not None else None
    thing = machine.object(given) if type(given) is Ref else None
    parts = list(given.items) if type(given) is Tuple else list(thing.items) if isinstance(thing, ListObject) else []
    if "raise_errors" in site.keywords or len(site.arguments) > 1:
        return
    for part in parts:
        part = machine.state.resolve(part)
        name = part.value if type(part) is Const else None
        # A name with a dot, or one that this project has, is a module whose functions are captured.
        if isinstance(name, str) and name in _KNOWN and name not in _PATCHED:
            why = f"X-Ray patches no `{name}`"
            raise machine.raise_builtin("Exception", site.node, site.frame, why)


#: Libraries that are known not to be among them.
_KNOWN = _words("redis urllib3 urllib aiohttp kafka elasticsearch opensearchpy pandas flask django")


@demands(*[f"{FACADE}.{name}" for name in ("put_annotation", "put_metadata", "set_user", "add_exception")])
def _of_lambda(machine: Machine, site: CallSite) -> None:
    """The segment of an invocation is Lambda's own: `aws_xray_sdk.core.models.facade_segment`, 2.0 to 2.15. Of one that
    is not sampled nothing is kept, and nothing refused."""
    name = site.name.rpartition(".")[2]
    why = f"the segment of an invocation is Lambda's own: `{name}()` is for subsegments"
    error = "aws_xray_sdk.core.exceptions.exceptions.FacadeSegmentMutationException"
    where = "wherever the invocation is sampled"
    raise machine.raise_builtin(error, site.node, site.frame, why, None, where=where)


# -- logging: https://docs.python.org/3/library/logging.html#logging.Logger.debug --

_OF_RECORDS = _words(
    "message asctime name msg args levelname levelno pathname filename module exc_info exc_text stack_info lineno "
    "funcName created msecs relativeCreated thread threadName processName process"
)
_LEVELS = ("debug", "info", "warning", "error", "exception", "critical")


_LOGGERS = ("logging", "logging.Logger", "logging.RootLogger", "aws_lambda_powertools.Logger")


@demands(*[f"{kind}.{name}" for kind in _LOGGERS for name in _LEVELS])
def _extra(machine: Machine, site: CallSite) -> None:
    """`extra={"message": ...}`: a record has such an attribute of its own."""
    given = machine.state.resolve(site.keywords["extra"]) if "extra" in site.keywords else None
    thing = machine.object(given) if type(given) is Ref else None
    if not isinstance(thing, DictObject) or thing.leaked:
        return
    name = next((key for key, item in thing.items.items() if item.sure and key in _OF_RECORDS), None)
    if name is not None:
        level = site.name.rpartition(".")[2]
        why = f"`extra` cannot have `{name}`, which a log record has itself"
        where = f"where `{level}` is logged" if level in ("debug", "info") else ""
        raise machine.raise_builtin("KeyError", site.node, site.frame, why, None, where=where)
