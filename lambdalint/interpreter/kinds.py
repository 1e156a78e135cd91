"""Types by name: which type a value has, and how types known by name alone relate.

Only builtins and the standard library modules named here are asked for real classes; nothing under analysis is
ever imported.
"""

from __future__ import annotations

import builtins
import importlib
import inspect
import re
import types
from functools import lru_cache
from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import (
    ArrayObject,
    ClassObject,
    DictObject,
    InstanceObject,
    IteratorObject,
    ListObject,
    ScopeObject,
)
from lambdalint.interpreter.values import (
    Bound,
    Const,
    Coroutine,
    Function,
    Method,
    Outside,
    Partial,
    Ref,
    Slice,
    Sym,
    Tuple,
    Value,
)
from lambdalint.standard_library import span

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine

#: Standard library modules whose classes may be looked at for their bases and attributes; quick to import.
_ASKABLE = frozenset({
    "builtins", "dataclasses", "datetime", "decimal", "uuid", "collections", "enum", "fractions", "json",
    "json.decoder", "pathlib", "re", "io", "types", "ipaddress", "array", "abc", "collections.abc", "numbers",
    "subprocess", "itertools", "functools", "urllib.error", "socket", "threading", "http",
})  # fmt: skip

#: A value of an item of DynamoDB, as boto3's resource gives it: of any of the types that an attribute has.
ATTRIBUTE = "boto3.dynamodb.attribute"
#: Types of Python that stand under no name of builtins.
_NAMELESS: dict[str, type] = {
    "dict_keys": type({}.keys()),
    "dict_values": type({}.values()),
    "dict_items": type({}.items()),
    "generator": types.GeneratorType,
    "coroutine": types.CoroutineType,
    "function": types.FunctionType,
    "method": types.MethodType,
    "module": types.ModuleType,
    "builtin_function_or_method": types.BuiltinFunctionType,
    "NoneType": type(None),
    "ellipsis": types.EllipsisType,
    "NotImplementedType": types.NotImplementedType,
}

#: Types of pydantic whose objects are none of Python's types of data.
_NO_DATA = (".HttpUrl", ".AnyUrl", ".AnyHttpUrl", ".SecretStr", ".SecretBytes")
#: Python's types of data, which are what code asks for before it serializes a value.
_DATA = (dict, list, tuple, set, frozenset, str, bytes, bytearray, int, float, complex)


def _each(kind: type, names: str) -> dict[str, type]:
    return dict.fromkeys(names.split(), kind)


#: Library types that have no class to ask: what of all this they are.
_WITHOUT_CLASS = {
    **_each(
        object,
        "awslambdaric.lambda_context.LambdaContext "
        "zoneinfo.ZoneInfo hashlib.HASH blake2.blake2b blake2.blake2s hmac.HMAC random.Random string.Template "
        "csv.reader csv.writer csv.DictReader csv.DictWriter xml.etree.ElementTree.Element "
        "xml.etree.ElementTree.ElementTree xml.dom.minidom.Document "
        "tempfile.TemporaryDirectory tempfile._TemporaryFileWrapper tempfile.SpooledTemporaryFile zipfile.ZipFile "
        "http.client.HTTPResponse http.client.HTTPMessage "
        "http.client.HTTPConnection http.client.HTTPSConnection urllib.request.Request ssl.SSLContext "
        "email.message.Message email.message.EmailMessage email.mime.multipart.MIMEMultipart email.mime.text.MIMEText "
        "email.mime.application.MIMEApplication email.mime.base.MIMEBase smtplib.SMTP smtplib.SMTP_SSL "
        "logging.RootLogger logging.Logger logging.StreamHandler logging.NullHandler logging.FileHandler "
        "logging.Formatter logging.LoggerAdapter concurrent.futures.ThreadPoolExecutor threading.Lock "
        "threading.RLock sqlite3.Connection sqlite3.Cursor sqlite3.Row asyncio.sleep() asyncio.locks.Lock "
        "asyncio.locks.Semaphore "
        "asyncio.loop contextlib.nullcontext contextlib.suppress contextlib.redirect_stdout contextlib.ExitStack "
        "mappingproxy weakref.WeakValueDictionary queue.Queue iterator "
        "contextvars.ContextVar contextvars.Token subprocess.CompletedProcess[bytes]",
    ),
    **_each(
        tuple,
        "time.struct_time os.stat_result urllib.parse.ParseResult urllib.parse.SplitResult "
        "urllib.parse.ParseResultBytes urllib.parse.SplitResultBytes",
    ),
    "http.cookies.SimpleCookie": dict,
    "http.cookies.Morsel": dict,
}

_NUMBER = ("numpy.number", "numpy.generic")
#: Types of numpy and pandas, and what they derive from.
_ARRAY_BASES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (f"numpy.int{bits}" for bits in (8, 16, 32, 64)), ("numpy.signedinteger", "numpy.integer", *_NUMBER)
    ),
    **dict.fromkeys(
        (f"numpy.uint{bits}" for bits in (8, 16, 32, 64)), ("numpy.unsignedinteger", "numpy.integer", *_NUMBER)
    ),
    **dict.fromkeys(("numpy.float16", "numpy.float32"), ("numpy.floating", "numpy.inexact", *_NUMBER)),
    "numpy.float64": ("numpy.floating", "numpy.inexact", *_NUMBER, "float"),
    "numpy.bool": ("numpy.bool_", "numpy.generic"),
    "numpy.datetime64": ("numpy.generic",),
    "numpy.timedelta64": ("numpy.signedinteger", "numpy.integer", *_NUMBER),
    "numpy.ndarray": (),
    **dict.fromkeys(("pandas.Series", "pandas.DataFrame", "pandas.Index", "pandas.DatetimeIndex"), ()),
    "pandas.Timestamp": ("datetime.datetime", "datetime.date"),
    "pandas.Timedelta": ("datetime.timedelta",),
}
#: Names that numpy gives to one of these, whichever it is on the machine.
_ARRAY_NAMES = re.compile(
    r"numpy\.(?:int\d+|uint\d+|float\d+|\w*integer|floating|inexact|number|generic|ndarray|bool_?)$"
)

#: Exceptions of libraries whose place in the hierarchy matters to an except clause.
_EXCEPTION_BASES = {
    "botocore.exceptions.ClientError": "Exception",
    "botocore.exceptions.BotoCoreError": "Exception",
    "csv.Error": "Exception",
    "json.JSONDecodeError": "ValueError",
    "json.decoder.JSONDecodeError": "ValueError",
    "simplejson.JSONDecodeError": "ValueError",
    "orjson.JSONEncodeError": "TypeError",
    "orjson.JSONDecodeError": "json.JSONDecodeError",
    "requests.exceptions.RequestException": "OSError",
    "requests.RequestException": "OSError",
}

#: Exceptions of libraries that a demand raises (library/demands.py), and the last names of those of theirs above them.
_ABOVE = {
    "jwt.exceptions.DecodeError": ("DecodeError", "InvalidTokenError", "PyJWTError"),
    "redis.exceptions.DataError": ("DataError", "RedisError"),
    **dict.fromkeys(
        ("psycopg2.ProgrammingError", "psycopg.ProgrammingError", "mysql.connector.errors.ProgrammingError",
         "sqlite3.ProgrammingError"),
        ("ProgrammingError", "DatabaseError", "Error"),
    ),
    "pymysql.err.ProgrammingError": ("ProgrammingError", "DatabaseError", "Error", "MySQLError"),
    "sqlalchemy.orm.exc.DetachedInstanceError": ("DetachedInstanceError", "SQLAlchemyError"),
    "sqlalchemy.exc.ResourceClosedError": ("ResourceClosedError", "InvalidRequestError", "SQLAlchemyError"),
    "sqlalchemy.exc.ArgumentError": ("ArgumentError", "SQLAlchemyError"),
    "aws_lambda_powertools.metrics.MetricUnitError": ("MetricUnitError",),
    "pydantic.ValidationError": ("ValidationError", "ValueError"),
    "aws_lambda_powertools.metrics.MetricValueError": ("MetricValueError",),
}

#: What a client has as `exceptions`, each a ClientError: `boto3.errors.s3.NoSuchKey`.
_CLIENT_ERRORS = "boto3.errors."


@lru_cache(maxsize=4096)
def real_class(name: str) -> type | None:
    """The class behind a full name, for builtins and the askable modules."""
    if "." not in name:
        found = getattr(builtins, name, _NAMELESS.get(name))
        return found if isinstance(found, type) else None
    module, _, attribute = name.rpartition(".")
    if module not in _ASKABLE:
        return None
    found = getattr(importlib.import_module(module), attribute, None)
    return found if isinstance(found, type) else None


#: Modules of which every name is the same wherever Python runs.
_TOLD_BY_NAME = frozenset({
    "datetime", "json", "re", "uuid", "decimal", "math", "random", "base64", "hashlib", "hmac", "string", "collections",
    "itertools", "functools", "statistics", "csv", "textwrap", "html", "copy", "fractions", "operator", "dataclasses",
    "urllib.parse", "zlib", "gzip", "secrets", "bisect", "heapq",
})  # fmt: skip
#: What stands in no table of the versions' names, and came with 3.14.
_NEWER = frozenset({"float.from_number", "complex.from_number"})


@lru_cache(maxsize=4096)
def exists_nowhere(owner: str, name: str) -> bool:
    """Whether a class that can be asked, or a module, has no attribute of this name in any version of Python."""
    if name.startswith("__"):
        return False
    cls = real_class(owner)
    if cls is not None:
        names = [owner, *(base.__name__ if base.__module__ == "builtins" else f"{base.__module__}.{base.__name__}"
                          for base in cls.__mro__)]  # fmt: skip
        return not hasattr(cls, name) and not any(_of_some_version(f"{base}.{name}") for base in names)
    if owner not in _TOLD_BY_NAME or _of_some_version(f"{owner}.{name}"):
        return False
    module = importlib.import_module(owner)
    return not hasattr(module, name) and not hasattr(module, "__getattr__")


def _of_some_version(name: str) -> bool:
    return name in _NEWER or span(name) is not None


@lru_cache(maxsize=4096)
def is_subclass(name: str, base: str) -> bool | None:
    """Whether the type called `name` derives from `base`; None where that is not known."""
    if name == base or base == "object":
        return True
    if name.startswith(_CLIENT_ERRORS):
        if base.startswith(_CLIENT_ERRORS):
            return False
        return is_subclass("botocore.exceptions.ClientError", base)
    if base.startswith(_CLIENT_ERRORS) and name != "botocore.exceptions.ClientError" and _is_known_error(name):
        return False
    one, other = real_class(name), real_class(base)
    if name in _ABOVE:
        if other is not None:
            return issubclass(Exception, other) or other.__name__ in _ABOVE[name]
        same = base.partition(".")[0] == name.partition(".")[0]
        return base.rpartition(".")[2] in _ABOVE[name] if same else None
    if name in _ARRAY_BASES:
        if base in _ARRAY_BASES[name]:
            return True
        return False if other in _DATA or _ARRAY_NAMES.match(base) else None
    if one is not None and other is not None:
        try:
            return issubclass(one, other)
        except TypeError:
            return None
    if name.startswith("pydantic.") and name.endswith(_NO_DATA) and other in _DATA:
        return False
    if name in _WITHOUT_CLASS and other in _DATA:
        return issubclass(_WITHOUT_CLASS[name], other)
    if name in _EXCEPTION_BASES and other is not None:
        above = real_class(_EXCEPTION_BASES[name])
        return above is not None and issubclass(above, other)
    if name in _EXCEPTION_BASES and base in _EXCEPTION_BASES:
        return None
    if one is not None and one.__module__ == "builtins" and one not in (object, BaseException, Exception):
        return False if base in _EXCEPTION_BASES else None
    return None


def _is_known_error(name: str) -> bool:
    cls = real_class(name)
    if name in _EXCEPTION_BASES or name.startswith(("botocore.exceptions.", "boto3.exceptions.")):
        return True
    return cls is not None and issubclass(cls, Exception) and cls is not Exception


#: Classes of libraries whose objects are neither indexed nor awaited.
_WITHOUT_ITEMS = frozenset({
    "requests.Response", "requests.Session", "requests.PreparedRequest", "httpx.Response", "httpx.Client", "httpx.URL",
    "httpx.Request", "urllib3.response.HTTPResponse", "urllib3.PoolManager", "sqlalchemy.engine.Engine",
    "sqlalchemy.engine.Connection", "sqlalchemy.engine.CursorResult", "sqlalchemy.engine.Result",
    "sqlalchemy.engine.ScalarResult", "sqlalchemy.engine.MappingResult", "sqlalchemy.orm.Session",
    "psycopg2.extensions.cursor", "psycopg2.extensions.connection", "pymysql.cursors.Cursor",
    "pymysql.connections.Connection", "pydantic.SecretStr", "pydantic.SecretBytes", "pydantic.HttpUrl",
    "pydantic.AnyUrl", "pydantic.AnyHttpUrl", "crhelper.CfnResource", "pandas.Timestamp",
    "pandas.Timedelta", "http.client.HTTPResponse", "botocore.response.StreamingBody",
})  # fmt: skip


#: Objects of boto3's resources: `ServiceResource` in boto3/resources/base.py.
_RESOURCES = ("boto3.s3.", "boto3.sqs.", "boto3.sns.", "boto3.dynamodb.Table", "boto3.dynamodb.BatchWriter")


def has_no_items(kind: str) -> bool:
    """Whether what is of this very type is surely not indexed."""
    cls = real_class(kind)
    if kind in _WITHOUT_ITEMS or kind.startswith(_RESOURCES):
        return True
    return cls is not None and cls not in (object, type) and not hasattr(cls, "__getitem__")


def is_never_awaited(kind: str) -> bool:
    """Whether awaiting what is of this very type is surely a TypeError."""
    cls = real_class(kind)
    return kind in _WITHOUT_ITEMS or (cls is not None and cls not in (object, type) and not hasattr(cls, "__await__"))


#: Attributes of objects of libraries that are methods, by their full names: the library enters what it knows to call.
CALLED: set[str] = set()


def may_be_data(value: Method) -> bool:
    """Whether an attribute of an object of a library is no method for certain: the class cannot be asked."""
    owner = value.name.rpartition(".")[0]
    return "." in owner and real_class(owner) is None and value.name not in CALLED


def said(machine: Machine, value: Value) -> str:
    """What a value is, as a person is told: "a `str`", "`None`", "an object of class `Order`"."""
    value = machine.state.resolve(value)
    kind = kind_of(machine, value)
    thing = machine.object(value) if type(value) is Ref else None
    cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) else None
    if isinstance(cls, ClassObject):
        return f"{'a member of the enum' if cls.kind == 'enum' else 'an object of class'} `{cls.name}`"
    if kind is None:
        return "an exception" if type(value) is Sym and value.role == "exception" else "this value"
    if kind == "NoneType":
        return "`None`"
    if kind == "function" and isinstance(value, (Function, Method, Bound)):
        return f"a {'function' if type(value) is Function else 'method'} that is not called"
    if kind.startswith("boto3.collection."):
        return "a collection of boto3"
    if kind.startswith("boto3.client."):
        return f"boto3's client of `{kind.removeprefix('boto3.client.')}`"
    if kind.startswith("boto3.pages."):
        return "a paginator, of which `.paginate()` gives the pages,"
    name = kind.rpartition(".")[2]
    return f"{'an' if name[:1] in 'aeiouAEIO' else 'a'} `{name}`"


#: What stands for an object that a call has made, and what it was made of, by its type.
_MADE = {
    "awaitable()": "coroutine",
    "asyncio.gather()": "asyncio.Future",
    "contextlib.contextmanager()": "contextlib._GeneratorContextManager",
    "contextlib.closing()": "contextlib.closing",
    "contextlib.nullcontext()": "contextlib.nullcontext",
}


def kind_of(machine: Machine, value: Value) -> str | None:
    """The type of a value, by name; None where it is not known or a class of the project."""
    value = machine.state.resolve(value)
    if type(value) is Const:
        cls = type(value.value)
        return cls.__name__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__name__}"
    if type(value) is Sym:
        return value.kind or machine.state.fact(value).kind
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, (DictObject, ListObject, IteratorObject, ArrayObject)):
            return thing.type
        if isinstance(thing, ClassObject):
            return "type"
        if isinstance(thing, ScopeObject):
            return "module"
        if isinstance(thing, InstanceObject):
            return None
    if type(value) is Tuple:
        return "tuple" if value.cls is None else None
    if type(value) is Method and value.name.endswith("()"):
        return _MADE.get(value.name)
    if isinstance(value, (Function, Method, Bound)):
        return "function" if type(value) is not Method or not may_be_data(value) else None
    if isinstance(value, Partial):
        return "functools.partial"
    if isinstance(value, Coroutine):
        return "coroutine"
    if isinstance(value, Slice):
        return "slice"
    if isinstance(value, Outside):
        return "type" if real_class(value.name) is not None else ("function" if _is_function(value.name) else None)
    return None


@lru_cache(maxsize=4096)
def _is_function(name: str) -> bool:
    """Whether it is a function of the builtins, or of a class that can be asked: `sorted`, `bytes.hex`."""
    owner, _, last = name.rpartition(".")
    holder = real_class(owner) if owner else builtins
    return inspect.isroutine(getattr(holder, last, None))


@lru_cache(maxsize=4096)
def is_class_method(owner: str, name: str) -> bool:
    """Whether a class that can be asked has a class method of that name: `datetime.datetime` and `now`."""
    found = inspect.getattr_static(real_class(owner), name, None)
    return isinstance(found, (classmethod, types.ClassMethodDescriptorType))


#: Types whose instances are always true: they define neither __bool__ nor __len__.
_ALWAYS_TRUE = frozenset({"function", "type", "module", "coroutine", "generator", "datetime.datetime", "datetime.date",
                          "datetime.time", "uuid.UUID", "slice", "functools.partial", "object", "re.Match",
                          "re.Pattern", "pathlib.Path", "threading.Thread", "logging.Logger", "hashlib.HASH",
                          "hmac.HMAC", "zipfile.ZipFile", "csv.DictReader", "csv.DictWriter", "csv.reader",
                          "csv.writer", "concurrent.futures.Future", "concurrent.futures.ThreadPoolExecutor",
                          "sqlite3.Connection", "sqlite3.Cursor", "smtplib.SMTP", "smtplib.SMTP_SSL",
                          "string.Template", "boto3.Session", "urllib.request.Request",
                          "http.client.HTTPConnection", "http.client.HTTPSConnection",
                          "tempfile.TemporaryDirectory", "contextvars.ContextVar", "requests.Session"})  # fmt: skip
#: And those of clients, each named for its service.
_CLIENTS = ("boto3.client.", "boto3.resource.", "blake2.")


#: By which a class says what of it is false.
_TRUTH = ("__bool__", "__len__")


@lru_cache(maxsize=1024)
def always_true(kind: str, exact: bool) -> bool:
    """Whether any value of this type is true. `exact`: it is of no type below."""
    if kind in _ALWAYS_TRUE or kind.startswith(_CLIENTS):
        return True
    found = real_class(kind)
    if found is None:
        return False
    return issubclass(found, BaseException) or (exact and not any(hasattr(found, name) for name in _TRUTH))
