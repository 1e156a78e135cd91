"""Objects of the project's classes that Python has no operators for: which sample stands for one.

What a class inherits from something that is not known, or is given by a decorator or metaclass that is not, may do
anything. A method with one of the names by which Python asks for operators, items or numbers, too.
"""

from __future__ import annotations

from lambdalint.interpreter.heap import ClassObject, InstanceObject
from lambdalint.interpreter.machine import Machine

#: Of classes of which the fields come from the environment.
SETTINGS = frozenset({"pydantic_settings.BaseSettings", "pydantic_settings.main.BaseSettings"})
#: Names of the base class. https://docs.powertools.aws.dev/lambda/python/latest/utilities/parser/ hands it on.
MODELS = frozenset({
    *SETTINGS,
    "pydantic.BaseModel", "pydantic.main.BaseModel", "aws_lambda_powertools.utilities.parser.BaseModel",
    "aws_lambda_powertools.utilities.parser.pydantic.BaseModel", "pydantic.v1.BaseModel", "pydantic.v1.main.BaseModel",
})  # fmt: skip
#: What Powertools' own models begin with: https://docs.powertools.aws.dev/lambda/python/latest/utilities/parser/
OF_PARSER = "aws_lambda_powertools.utilities.parser.models."
#: And of the error that it raises.
VALIDATION_ERRORS = (
    *("pydantic.ValidationError", "pydantic_core.ValidationError", "pydantic.error_wrappers.ValidationError"),
    "aws_lambda_powertools.utilities.parser.ValidationError",
)
#: The samples of `samples.MAKERS` that stand for such objects, and for exceptions.
OBJECT, MEMBER, MODEL, ERROR = "object", "enum.Enum", "pydantic.BaseModel", "Exception"
SAMPLES = frozenset({OBJECT, MEMBER, MODEL, ERROR})
#: Bases that give nothing by which Python asks.
_BASES = {
    **dict.fromkeys(("object", "abc.ABC", "sqlalchemy.orm.DeclarativeBase", "enum.Enum"), OBJECT),
    **dict.fromkeys(MODELS, MODEL),
}
#: By what Python asks for operators and conversions: what its own types have, and `object` has not.
_ASKED = {
    name
    for cls in (int, float, complex, str, bytes, list, tuple, dict, set, range, memoryview, type(iter(())))
    for name in dir(cls)
    if name.startswith("__")
} - set(dir(object))
_ASKED |= {
    *("__lt__", "__le__", "__gt__", "__ge__", "__format__", "__call__", "__await__", "__aiter__", "__anext__"),
    *("__bytes__", "__complex__", "__fspath__", "__buffer__", "__missing__", "__matmul__", "__rmatmul__"),
    *(f"__i{name}__" for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "concat")),
    *(f"__i{name}__" for name in ("and", "or", "xor", "lshift", "rshift")),
}


def sample_of(machine: Machine, thing: InstanceObject) -> str | None:
    """The sample that stands for an object of the project; None where its class may have an operator."""
    cls = machine.state.get(thing.cls)
    if not isinstance(cls, ClassObject) or thing.payload is not None or cls.maker == "attr.s":
        return None
    if cls.unseen and not _is_mapped(machine, cls):
        return None
    found = MEMBER if cls.kind == "enum" else OBJECT
    for entry in cls.order:
        base = machine.state.get(entry) if isinstance(entry, int) else None
        if isinstance(entry, str) and entry not in _BASES:
            return None
        if isinstance(entry, str) and found == OBJECT:
            found = _BASES[entry]
        if isinstance(base, ClassObject):
            if base.leaked or base.ordered or not _ASKED.isdisjoint(base.attributes):
                return None
    return found


def _is_mapped(machine: Machine, cls: ClassObject) -> bool:
    """Whether a class is one of SQLAlchemy's of which every other base is seen: its base gives no operators."""
    own = [machine.state.get(entry) for entry in cls.order if isinstance(entry, int)]
    named = not any(isinstance(one, ClassObject) and (one.unnamed or one.leaked) for one in own)
    return named and "sqlalchemy.orm.DeclarativeBase" in cls.order


#: Types of libraries that have no operators of numbers and texts, and no order beside those of their own.
_INERT = frozenset({
    "requests.Response", "requests.Session", "httpx.Response", "httpx.Client", "httpx.AsyncClient", "httpx.URL",
    "urllib3.response.HTTPResponse", "urllib3.PoolManager", "http.client.HTTPResponse", "sqlalchemy.engine.Engine",
    "sqlalchemy.engine.Connection", "sqlalchemy.engine.CursorResult", "sqlalchemy.engine.Result",
    "sqlalchemy.engine.ScalarResult", "sqlalchemy.orm.Session", "psycopg2.extensions.cursor",
    "psycopg2.extensions.connection", "pymysql.cursors.Cursor", "pymysql.connections.Connection",
    "botocore.response.StreamingBody", "botocore.eventstream.EventStream", "boto3.PageIterator", "boto3.Session",
    "redis.Redis", "redis.Redis[str]", "string.Template", "logging.Logger", "logging.RootLogger", "csv.reader",
    "csv.DictReader", "subprocess.CompletedProcess[bytes]", "concurrent.futures.Future", "zipfile.ZipFile",
    "concurrent.futures.ThreadPoolExecutor", "urllib.request.Request", "smtplib.SMTP", "sqlite3.Connection",
    "sqlite3.Cursor", "redis.Pipeline", "redis.Pipeline[str]", "redis.Pipeline[?]",
})  # fmt: skip
_INERT_FAMILIES = ("boto3.client.", "boto3.resource.", "boto3.s3.", "boto3.sqs.", "boto3.sns.", "boto3.collection.")
#: Paginators, which give pages to `paginate()`, and waiters.
_ASKED_FOR_PAGES = ("boto3.pages.", "boto3.waiter.")
_OPERATIONS = frozenset({
    *("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and_", "or_", "xor", "lshift", "rshift"),
    *("lt", "le", "gt", "ge"),
    *("iadd", "isub", "imul", "itruediv", "ifloordiv", "imod", "ipow", "imatmul"),
    *("iand", "ior", "ixor", "ilshift", "irshift"),
})  # fmt: skip


#: Types of pydantic that are no texts, whatever is asked of them: they are not gone through, and have no items.
URLS = frozenset({"pydantic.HttpUrl", "pydantic.AnyUrl", "pydantic.AnyHttpUrl"})
#: The same where the version is not known: in the first they are texts.
PERHAPS = "pydantic.?."
_PERHAPS = frozenset({kind.replace("pydantic.", PERHAPS) for kind in URLS})
HIDDEN = frozenset({"pydantic.SecretStr", "pydantic.SecretBytes"})
_ORDER = frozenset({"lt", "le", "gt", "ge"})


def is_inert(kind: str | None, operation: str) -> bool:
    """Whether what is of this very type stands for an object to an operation of the module operator, to "iter", or to a
    function that it is handed to: ""."""
    if kind in URLS or kind in _PERHAPS or kind in HIDDEN:
        return operation != "len" and not (kind not in HIDDEN and operation in _ORDER)
    if kind is None:
        return False
    if kind.startswith(_ASKED_FOR_PAGES):
        return operation in _OPERATIONS or operation in ("iter", "len", "getitem")
    return operation in _OPERATIONS and (kind in _INERT or kind.startswith(_INERT_FAMILIES))
