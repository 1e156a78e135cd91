"""What each JSON serializer takes and refuses: the Lambda runtime's own, json, simplejson, orjson and ujson.

A type that stands in neither set of a table is not judged. Sources, each asked type by type on 2026-11-24:
the runtime: awslambdaric 4.2.2 `lambda_runtime_marshaller` with simplejson 4.3.0; json: CPython 3.11's `json.encoder`;
simplejson 4.3.0; orjson 3.13.0 (https://github.com/ijl/orjson#types); ujson 6.1.0
(https://github.com/ultrajson/ultrajson#encoder-options). tests/test_serialization.py asks the first two again.
"""

from __future__ import annotations

import builtins
from dataclasses import dataclass, replace


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_JSON = _names(
    "NoneType bool int float str list tuple dict collections.OrderedDict collections.defaultdict collections.Counter "
    "enum.IntEnum enum.StrEnum enum.IntFlag http.HTTPStatus numpy.float64 numpy.str_"
)

_EXCEPTIONS = frozenset(
    name for name, thing in vars(builtins).items() if isinstance(thing, type) and issubclass(thing, BaseException)
) | _names(
    "json.JSONDecodeError json.decoder.JSONDecodeError urllib.error.HTTPError urllib.error.URLError "
    "botocore.exceptions.ClientError botocore.exceptions.BotoCoreError requests.exceptions.RequestException "
    "requests.exceptions.HTTPError requests.exceptions.ConnectionError requests.exceptions.Timeout"
)

#: What libraries make beside data: connections, readers, messages, handles. Refused by every serializer below; those of
#: the standard library are asked in tests/test_library.py.
_TOOLS = _names(
    "asyncio.locks.Lock asyncio.locks.Semaphore asyncio.loop "
    "asyncio.sleep() contextlib.ExitStack contextlib.nullcontext "
    "contextlib.redirect_stdout contextlib.suppress csv.DictReader "
    "csv.DictWriter csv.reader csv.writer decimal.Context "
    "contextvars.ContextVar contextvars.Token email.message.Message subprocess.CompletedProcess[bytes] "
    "boto3.dynamodb.types.TypeDeserializer awslambdaric.LambdaContext "
    "email.message.EmailMessage email.mime.application.MIMEApplication email.mime.base.MIMEBase "
    "email.mime.multipart.MIMEMultipart email.mime.text.MIMEText http.client.HTTPConnection http.client.HTTPMessage "
    "http.client.HTTPSConnection ipaddress.IPv4Interface ipaddress.IPv6Interface logging.FileHandler logging.Formatter "
    "logging.LoggerAdapter logging.NullHandler logging.RootLogger logging.StreamHandler queue.Queue smtplib.SMTP "
    "smtplib.SMTP_SSL socket.socket sqlite3.Connection sqlite3.Cursor ssl.SSLContext string.Template "
    "tempfile.TemporaryDirectory threading.Event threading.RLock urllib.request.Request weakref.WeakValueDictionary "
    "xml.dom.minidom.Document xml.etree.ElementTree.Element xml.etree.ElementTree.ElementTree zipfile.ZipFile "
    "concurrent.futures.Future concurrent.futures.ThreadPoolExecutor itertools._grouper "
    "requests.Session requests.structures.CaseInsensitiveDict "
    "crhelper.CfnResource aws_xray_sdk.core.models.entity.Entity httpx.AsyncClient "
    "sqlalchemy.engine.Engine sqlalchemy.engine.Connection sqlalchemy.engine.CursorResult sqlalchemy.engine.RowMapping "
    "sqlalchemy.engine.MappingResult sqlalchemy.engine.ScalarResult sqlalchemy.engine.Result sqlalchemy.Select "
    "sqlalchemy.orm.Session sqlalchemy.orm.Query sqlalchemy.orm.sessionmaker "
    "requests.cookies.RequestsCookieJar requests.PreparedRequest httpx.Client httpx.Headers httpx.Cookies "
    "httpx.Request httpx.QueryParams "
    "httpx.Response httpx.URL urllib3.PoolManager urllib3._collections.HTTPHeaderDict "
    "dateutil.relativedelta.relativedelta dateutil.tz.tz.tzutc pytz.tzinfo boto3.Session boto3.dynamodb.Table "
    "botocore.config.Config "
    "pydantic.SecretStr pydantic.SecretBytes pydantic.HttpUrl pydantic.AnyUrl pydantic.AnyHttpUrl "
    "aws_lambda_powertools.Logger aws_lambda_powertools.Tracer aws_lambda_powertools.Metrics "
    "aws_lambda_powertools.utilities.batch.BatchProcessor "
    "aws_lambda_powertools.utilities.batch.AsyncBatchProcessor "
    "aws_lambda_powertools.utilities.batch.SqsFifoPartialProcessor "
    "aws_lambda_powertools.event_handler.Response aws_lambda_powertools.utilities.data_classes"
)

#: Classes of the standard library that its functions give and that hold no data of JSON: neither derived from a type of
#: it, nor with a method by which a serializer would convert them. tests/test_serialization.py looks at each.
_OBJECTS = _names(
    "bz2.BZ2File calendar.Calendar configparser.ConfigParser configparser.RawConfigParser configparser.SectionProxy "
    "difflib.SequenceMatcher email.header.Header gzip.GzipFile inspect.Signature io.BufferedRandom io.FileIO "
    "logging.LogRecord lzma.LZMAFile queue.LifoQueue queue.PriorityQueue queue.SimpleQueue random.SystemRandom "
    "shlex.shlex sqlite3.Row statistics.NormalDist struct.Struct tarfile.ExFileObject tarfile.TarFile tarfile.TarInfo "
    "tempfile.SpooledTemporaryFile tempfile._TemporaryFileWrapper threading.BoundedSemaphore threading.Condition "
    "threading.Semaphore traceback.TracebackException urllib.response.addinfourl xml.dom.minidom.Element "
    "xml.etree.ElementTree.XMLParser zipfile.Path zipfile.ZipExtFile zipfile.ZipInfo"
)

#: Refused by every serializer below: it is neither data nor something that any of them converts.
_NEVER = (
    _names(
        "set frozenset bytearray memoryview complex ellipsis NotImplementedType object range slice map filter zip "
        "enumerate reversed list_iterator tuple_iterator set_iterator str_iterator str_ascii_iterator dict_keyiterator "
        "dict_valueiterator dict_itemiterator callable_iterator range_iterator list_reverseiterator "
        "iterator itertools.accumulate itertools.batched itertools.chain itertools.combinations itertools.compress "
        "itertools.combinations_with_replacement itertools.count itertools.cycle itertools.dropwhile "
        "itertools.filterfalse itertools.groupby itertools.islice itertools.pairwise itertools.permutations "
        "itertools.product itertools.repeat itertools.starmap itertools.takewhile itertools.zip_longest "
        "dict_keys dict_values dict_items odict_keys odict_values odict_items mappingproxy types.MappingProxyType "
        "coroutine generator async_generator function method builtin_function_or_method builtin_function type module "
        "property functools.partial sqlalchemy.orm.InstanceState "
        "redis.Pipeline redis.Pipeline[str] redis.Pipeline[?] "
        "bson.ObjectId pymongo.cursor.Cursor pymongo.command_cursor.CommandCursor pymongo.results.InsertOneResult "
        "pymongo.results.InsertManyResult pymongo.results.UpdateResult pymongo.results.DeleteResult "
        "datetime.timedelta datetime.timezone zoneinfo.ZoneInfo fractions.Fraction "
        "pathlib.Path pathlib.PosixPath pathlib.PurePath pathlib.PurePosixPath "
        "ipaddress.IPv4Address ipaddress.IPv6Address ipaddress.IPv4Network ipaddress.IPv6Network "
        "collections.deque collections.ChainMap collections.UserDict collections.UserList collections.UserString "
        "hashlib.HASH _hashlib.HASH blake2.blake2b blake2.blake2s hmac.HMAC random.Random threading.Lock "
        "types.SimpleNamespace array.array re.Match re.Pattern io.BytesIO io.StringIO io.TextIOWrapper "
        "io.BufferedReader io.BufferedWriter os._Environ subprocess.CompletedProcess subprocess.Popen "
        "logging.Logger threading.Thread "
        "requests.Response requests.models.Response urllib3.HTTPResponse urllib3.response.HTTPResponse "
        "http.client.HTTPResponse botocore.response.StreamingBody botocore.eventstream.EventStream "
        "boto3.dynamodb.types.Binary boto3.session.Session botocore.client.BaseClient"
    )
    | _EXCEPTIONS
    | _TOOLS
    | _OBJECTS
)

#: Refused by the two that know json's own types alone (and by simplejson and ujson), taken by orjson.
_RICH = _names("datetime.datetime datetime.date datetime.time uuid.UUID enum.Enum enum.Flag")

_NUMPY = _names(
    "numpy.ndarray numpy.bool numpy.bool_ numpy.int8 numpy.int16 numpy.int32 numpy.int64 numpy.uint8 numpy.uint16 "
    "numpy.uint32 numpy.uint64 numpy.float16 numpy.float32 numpy.datetime64 numpy.timedelta64 "
    "pandas.DataFrame pandas.Series pandas.Timestamp pandas.Timedelta pandas.Index pandas.DatetimeIndex "
    "pandas.Interval pandas.NaTType pandas.NAType pandas.DataFrameGroupBy pandas.SeriesGroupBy "
    "pandas.arrays.ExtensionArray"
)

#: What the interpreter calls an attribute of a DynamoDB resource's item: a string, a Decimal, a list ...
#: https://docs.aws.amazon.com/boto3/latest/reference/customizations/dynamodb.html#valid-dynamodb-types
_ATTRIBUTE = frozenset({"boto3.dynamodb.attribute"})

_KEYS = _names(
    "NoneType bool int float str enum.IntEnum enum.StrEnum enum.IntFlag http.HTTPStatus numpy.float64 numpy.str_"
)


@dataclass(frozen=True, slots=True)
class Table:
    """One serializer, with the options it was called with.

    `accepts`, `refuses`: exact types of values; `doubtful`: types of which some values are refused; `keys`,
    `refuses_keys`: types of dict keys. `bytes`: what becomes of bytes: "refused", "text" (taken where they are UTF-8)
    or "" (not judged). `hooks`: methods of an object that it calls to convert it. `objects`: whether an instance of an
    ordinary class is refused (False: not judged). `skips_keys`: an entry under a key that is refused is left out.
    `sorts_keys`: keys that cannot be ordered are refused. `refuses_nan`: NaN and Infinity are.
    """

    name: str
    accepts: frozenset[str]
    refuses: frozenset[str]
    keys: frozenset[str]
    refuses_keys: frozenset[str]
    doubtful: frozenset[str] = frozenset()
    bytes: str = "refused"
    hooks: frozenset[str] = frozenset()
    objects: bool = True
    error: str = "TypeError"
    skips_keys: bool = False
    sorts_keys: bool = False
    refuses_nan: bool = False

    def with_default(self) -> Table:
        """The table where a `default=` function answers for what the serializer does not know. It is never asked for
        keys."""
        nothing: frozenset[str] = frozenset()
        bytes = "" if self.bytes == "refused" else self.bytes
        return replace(self, refuses=nothing, doubtful=nothing, objects=False, bytes=bytes)


RUNTIME = Table(
    name="the Lambda runtime",
    accepts=_JSON | {"decimal.Decimal"},
    refuses=_NEVER | _RICH | _NUMPY,
    keys=_KEYS,
    refuses_keys=_NEVER | _RICH | _NUMPY | {"tuple", "decimal.Decimal"},
    bytes="text",
    hooks=frozenset({"_asdict"}),
    error="Runtime.MarshalError",
)

JSON = Table(
    name="json.dumps",
    accepts=_JSON,
    refuses=_NEVER | _RICH | _NUMPY | {"decimal.Decimal", "sqlalchemy.engine.Row"},  # which has an `_asdict`
    keys=_KEYS,
    refuses_keys=_NEVER | _RICH | _NUMPY | {"tuple", "decimal.Decimal", "bytes"},
    doubtful=_ATTRIBUTE,
)

SIMPLEJSON = Table(
    name="simplejson.dumps",
    accepts=_JSON | {"decimal.Decimal"},
    refuses=_NEVER | _RICH | _NUMPY,
    keys=_KEYS | {"decimal.Decimal"},
    refuses_keys=_NEVER | _RICH | _NUMPY | {"tuple"},
    bytes="text",
    hooks=frozenset({"_asdict"}),
)

#: Its encoder turns Decimals into text, and since its third version asks dataclasses and pydantic's models for a dict.
#: https://github.com/aws-powertools/powertools-lambda-python: aws_lambda_powertools/shared/json_encoder.py
POWERTOOLS = replace(
    JSON,
    name="Powertools",
    accepts=_JSON | {"decimal.Decimal"},
    refuses=JSON.refuses - {"decimal.Decimal"},
    doubtful=frozenset(),
    objects=False,
)

ORJSON = Table(
    name="orjson.dumps",
    accepts=_JSON - {"numpy.float64"} | _RICH,
    refuses=_NEVER | {"decimal.Decimal"},
    keys=frozenset({"str", "enum.StrEnum", "numpy.str_"}),
    refuses_keys=_NEVER | _RICH | {"tuple", "decimal.Decimal", "bytes", "NoneType", "bool", "int", "float"},
    doubtful=_ATTRIBUTE,
    objects=False,
    error="orjson.JSONEncodeError",
)

UJSON = Table(
    name="ujson.dumps",
    accepts=_JSON | {"decimal.Decimal"},
    refuses=_NEVER | _RICH,
    keys=_KEYS,
    refuses_keys=frozenset(),
    hooks=frozenset({"__json__", "toDict"}),
)

_YAML = _names("NoneType bool int float str bytes list tuple dict set datetime.datetime datetime.date")
#: What it has no text for, and what only another dumper has: it asks for the very type of a value.
#: `SafeRepresenter` of PyYAML 5.1 to 6.0: https://github.com/yaml/pyyaml/blob/main/lib/yaml/representer.py
YAML = Table(
    name="yaml.safe_dump",
    accepts=_YAML,
    refuses=(
        _NEVER
        | _RICH
        | _NUMPY
        | _names(
            "decimal.Decimal sqlalchemy.engine.Row numpy.float64 numpy.str_ "
            "collections.defaultdict collections.OrderedDict collections.Counter http.HTTPStatus "
            "enum.IntEnum enum.StrEnum enum.IntFlag"
        )
    )
    - _YAML,
    keys=_YAML,
    refuses_keys=_names("decimal.Decimal uuid.UUID datetime.time datetime.timedelta enum.Enum"),
    bytes="",
    error="RepresenterError",
)

#: Takes everything but numbers that JSON has no text for: asked for LL205.
FINITE = Table(
    name="JSON",
    accepts=frozenset(),
    refuses=frozenset(),
    keys=frozenset(),
    refuses_keys=frozenset(),
    bytes="",
    objects=False,
    refuses_nan=True,
)

#: What to call a value of a type whose own name says too little.
NOUNS = {
    "coroutine": "a coroutine that is never awaited",
    "generator": "a generator",
    "async_generator": "an async generator",
    "function": "a function",
    "method": "a method",
    "builtin_function_or_method": "a function",
    "builtin_function": "a function",
    "type": "a class",
    "iterator": "an iterator",
    "module": "a module",
    "NoneType": "`None`",
    "ellipsis": "`...`",
    "numpy.bool": "a `bool` of numpy",
    "pandas.NaTType": "`pandas.NaT`",
    "pandas.NAType": "`pandas.NA`",
}

_TO_LIST = "turn it into a list: `list(...)`"
_CALL = "call it: `...()`"

#: The one thing to do about a value of a type that is refused.
ADVICE = {
    "datetime.datetime": "turn it into text: `.isoformat()`",
    "datetime.date": "turn it into text: `.isoformat()`",
    "datetime.time": "turn it into text: `.isoformat()`",
    "pandas.Timestamp": "turn it into text: `.isoformat()`",
    "datetime.timedelta": "turn it into a number: `.total_seconds()`",
    "decimal.Decimal": "turn it into a number or text: `float(...)`, or `json.dumps(..., default=str)`",
    "set": "turn it into a list: `list(...)`, or `sorted(...)` where its order counts",
    "frozenset": "turn it into a list: `list(...)`, or `sorted(...)` where its order counts",
    "bytes": "turn it into text: `.decode()`, or `base64.b64encode(...).decode()`",
    "bytearray": "turn it into text: `.decode()`, or `base64.b64encode(...).decode()`",
    "memoryview": "turn it into text: `bytes(...).decode()`",
    "enum.Enum": "take its `.value`",
    "enum.Flag": "take its `.value`",
    "coroutine": "await it, or run it with `asyncio.run(...)`",
    "async_generator": "collect it: `[x async for x in ...]`",
    "function": _CALL,
    "method": _CALL,
    "builtin_function_or_method": _CALL,
    "builtin_function": _CALL,
    "type": "make an instance, or take its `__name__`",
    "requests.Response": "take its `.json()` or `.text`",
    "requests.models.Response": "take its `.json()` or `.text`",
    "botocore.response.StreamingBody": "read it: `.read().decode()`",
    "http.client.HTTPResponse": "read it: `.read().decode()`",
    "io.BytesIO": "take its text: `.getvalue().decode()`",
    "io.StringIO": "take its text: `.getvalue()`",
    "numpy.ndarray": "turn it into a list: `.tolist()`",
    "pandas.DataFrame": 'turn it into a list of dicts: `.to_dict("records")`',
    "pandas.Series": "turn it into a list: `.tolist()`",
    "pandas.Index": "turn it into a list: `.tolist()`",
    "pandas.DatetimeIndex": "turn it into a list of texts: `.astype(str).tolist()`",
    "pandas.Timedelta": "turn it into a number: `.total_seconds()`",
    "pandas.NaTType": "give `None` instead",
    "pandas.NAType": "give `None` instead",
    "sqlalchemy.engine.Row": "turn it into a dict: `row._asdict()`",
    "sqlite3.Row": "turn it into a dict: `dict(...)`",
    "sqlalchemy.engine.RowMapping": "turn it into a dict: `dict(...)`",
    "types.SimpleNamespace": "turn it into a dict: `vars(...)`",
    "collections.ChainMap": "turn it into a dict: `dict(...)`",
    "collections.UserDict": "turn it into a dict: `dict(...)`",
    "mappingproxy": "turn it into a dict: `dict(...)`",
    "types.MappingProxyType": "turn it into a dict: `dict(...)`",
    "os._Environ": "turn it into a dict of the variables that you mean to show",
    "re.Match": "take its text: `.group()`",
    "complex": "turn it into text: `str(...)`",
    **dict.fromkeys(
        (
            *("generator", "range", "map", "filter", "zip", "enumerate", "reversed", "collections.deque"),
            *("dict_keys", "dict_values", "dict_items", "array.array", "collections.UserList"),
            *(name for name in _NEVER if name.endswith("iterator") or name.startswith("itertools.")),
        ),
        _TO_LIST,
    ),
    **dict.fromkeys(
        (name for name in _NUMPY if name.startswith(("numpy.int", "numpy.uint", "numpy.bool", "numpy.float"))),
        "turn it into a Python number: `.item()`",
    ),
}


def advice_for(type: str) -> str:
    """The one thing to do about a value of this type."""
    return ADVICE.get(type, "turn it into text: `str(...)`")


def noun_for(type: str) -> str:
    """What to call a value of this type in a message: "a `datetime`"."""
    if type.startswith("boto3.collection."):
        return f"a collection of `{type.rpartition('.')[2]}`"
    if type in NOUNS:
        return NOUNS[type]
    short = type.rsplit(".", 1)[-1] or "value"
    return f"{'an' if short[0] in 'aeiouAEIOU' and not short.startswith('U') else 'a'} `{short}`"
