"""Libraries whose functions and methods leave the containers that they are given as they are, and give nothing back
through which these could be changed: `random.shuffle` changes its list, `random.choice` hands out an element of it."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from lambdalint.interpreter.library.names import is_builtin, is_standard

#: By the beginning of the full name.
_HARMLESS = (
    # the standard library
    "ast.", "base64.", "binascii.", "bz2.", "calendar.", "cmath.", "codecs.", "colorsys.", "csv.reader", "csv.DictReader",
    "csv.writer", "csv.DictWriter", "datetime.", "decimal.", "difflib.", "email.", "fnmatch.", "fractions.", "getpass.",
    "glob.", "gzip.", "hashlib.", "hmac.", "html.", "http.", "imaplib.", "inspect.", "io.", "ipaddress.",
    "json.", "linecache.", "locale.", "logging.", "lzma.", "math.", "mimetypes.", "os.", "pathlib.", "pickle.dumps", "platform.", "poplib.", "posixpath.", "pprint.", "quopri.",
    "re.", "reprlib.", "sched.", "secrets.", "shlex.", "shutil.", "signal.", "smtplib.", "socket.", "sqlite3.", "ssl.",
    "stat.", "statistics.", "string.", "struct.pack", "struct.unpack", "subprocess.", "sys.", "syslog.", "tarfile.",
    "tempfile.", "textwrap.", "time.", "timeit.", "token.", "tokenize.", "traceback.", "unicodedata.",
    "urllib.", "uuid.", "warnings.", "xml.sax.saxutils.", "zipfile.", "zlib.", "zoneinfo.",
    "bisect.bisect",
    # builtin types that do not change
    "str.", "int.", "float.", "bytes.", "frozenset.", "tuple.", "dict_",
    # others
    "aws_lambda_powertools.Logger.", "aws_lambda_powertools.Metrics.", "aws_lambda_powertools.Tracer.",
    "aws_lambda_powertools.event_handler.", "aws_lambda_powertools.utilities.data_classes.",
    "aws_lambda_powertools.utilities.parameters.", "aws_xray_sdk.",
    "boto3.", "botocore.", "cfnresponse.", "datadog_lambda.", "httpx.", "jwt.",
    "psycopg2.", "pymongo.", "pymysql.", "pytz.", "redis.", "requests.", "sentry_sdk.", "structlog.", "urllib3.", "yaml.",
)  # fmt: skip
#: Functions of these libraries that do change what they are given.
_CHANGING = frozenset(
    {
        *("logging.makeLogRecord", "io.BytesIO.readinto", "sys.setprofile"),
        *("sys.settrace", "json.JSONEncoder", "urllib.parse.clear_cache", "inspect.unwrap", "struct.unpack_from"),
    }
)

#: Modules of the standard library that reach for a network, a process or a file.
_REACHING = frozenset({
    "asyncio", "ftplib", "http", "imaplib", "open", "poplib", "shutil", "smtplib", "socket", "sqlite3", "ssl",
    "subprocess", "urllib",
})  # fmt: skip
#: What of the network's modules reads texts, and libraries that log, or compute: none of them fails of a service.
_COMPUTING = (
    "urllib.parse.", "http.HTTPStatus", "aws_lambda_powertools.", "aws_xray_sdk.", "boto3.client", "boto3.resource",
    "boto3.Session", "boto3.dynamodb.", "dateutil.", "loguru.", "orjson.", "pytz.", "simplejson.", "structlog.",
    "typing_extensions.",
)  # fmt: skip


@lru_cache(maxsize=4096)
def asks_service(name: str) -> bool:
    """Whether what is called asks a service, or is code of others that may: it may fail for reasons of its own."""
    root = name.partition(".")[0]
    if root == "?":  # a method of an object of which nothing is known
        return not any(hasattr(kind, name[2:]) for kind in (str, bytes, dict, list, set, int, float, datetime))
    if name.startswith(_COMPUTING):
        return name.startswith(("boto3.client.", "boto3.resource."))
    return root in _REACHING or not (is_standard(root) or is_builtin(root) or root.startswith("dict_"))


def changes_nothing(name: str) -> bool:
    """Whether what is called leaves its arguments as they are."""
    return name.startswith(_HARMLESS) and name not in _CHANGING
