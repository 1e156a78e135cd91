"""The library's tables agree with Python: what stands in a standard-library row is called, with right and odd arguments.

Of each row, every tuple of arguments from a pool is tried, and the examples given below. What comes back must have the
type that the row claims; what is raised must be among its exceptions - where the number of arguments is one with which
a call has worked, for a wrong number is no fault of a value.
"""

from __future__ import annotations

import array
import asyncio
import builtins
import calendar
import collections
import concurrent.futures
import contextvars
import csv
import datetime
import decimal
import email.message
import email.mime.application
import email.mime.base
import email.mime.multipart
import email.mime.text
import fractions
import hashlib
import hmac
import http.client
import importlib
import io
import ipaddress
import itertools
import json
import logging
import os
import pathlib
import queue
import random
import re
import sqlite3
import ssl
import string
import subprocess
import sys
import tempfile
import threading
import time
import types
import urllib.parse
import urllib.request
import uuid
import warnings
import xml.dom.minidom
import xml.etree.ElementTree
import zipfile
import zoneinfo
from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext, redirect_stderr, redirect_stdout, suppress
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from awslambdaric.lambda_context import LambdaContext
from awslambdaric.lambda_runtime_marshaller import to_json

from lambdalint.checks.serializers import JSON, RUNTIME, Table
from lambdalint.interpreter.kinds import is_subclass
from lambdalint.interpreter.library.strangers import lacked
from lambdalint.interpreter.library.tables import dates, files, network, numbers, system, texts
from lambdalint.interpreter.library.types import parse, parse_row

TABLES = (dates, numbers, texts, files, network, system)
CALLS: dict[str, str] = {name: row for table in TABLES for name, row in table.CALLS.items()}
ATTRIBUTES: dict[str, str] = {name: row for table in TABLES for name, row in table.ATTRIBUTES.items()}
ELEMENTS: dict[str, str] = {name: row for table in TABLES for name, row in getattr(table, "ELEMENTS", {}).items()}
OPERATORS = {key: row for table in TABLES for key, row in getattr(table, "OPERATORS", {}).items()}

NOW = datetime.datetime(2026, 11, 24, 12, 0, tzinfo=datetime.timezone.utc)


def _response() -> http.client.HTTPResponse:
    class Wire:
        def makefile(self, *args: object) -> io.BytesIO:
            return io.BytesIO(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")

    made = http.client.HTTPResponse(Wire())  # type: ignore[arg-type]
    made.begin()
    return made


def _cursor() -> sqlite3.Cursor:
    return sqlite3.connect(":memory:").execute("select 1, 2")


def _process() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)


def _zip(name: str = "made.zip") -> zipfile.ZipFile:
    made = zipfile.ZipFile(name, "w")
    made.writestr("a", "x")
    return made


def _file(mode: str) -> Any:
    Path("file.txt").write_text("one\ntwo\n")
    return open("file.txt", mode)


def _element() -> xml.etree.ElementTree.Element:
    return xml.etree.ElementTree.fromstring("<a x='1'><b>t</b></a>")


def _writer() -> Any:
    return csv.writer(io.StringIO())


def _dict_writer() -> csv.DictWriter[str]:
    return csv.DictWriter(io.StringIO(), ["a"])


def _mime() -> email.mime.multipart.MIMEMultipart:
    made = email.mime.multipart.MIMEMultipart()
    made["Subject"] = "x"
    return made


#: A value of each type that a row is about or gives: a function that makes it.
SAMPLES: dict[str, Callable[[], Any]] = {
    "datetime.datetime": lambda: NOW,
    "datetime.date": NOW.date,
    "datetime.time": NOW.time,
    "datetime.timedelta": lambda: datetime.timedelta(days=1),
    "datetime.timezone": lambda: datetime.timezone.utc,
    "zoneinfo.ZoneInfo": lambda: zoneinfo.ZoneInfo("UTC"),
    "time.struct_time": lambda: time.gmtime(0),
    "decimal.Decimal": lambda: decimal.Decimal("1.5"),
    "decimal.Context": decimal.getcontext,
    "fractions.Fraction": lambda: fractions.Fraction(1, 3),
    "uuid.UUID": lambda: uuid.UUID(int=1),
    "hashlib.HASH": lambda: hashlib.sha256(b"x"),
    "blake2.blake2b": lambda: hashlib.blake2b(b"x"),
    "blake2.blake2s": lambda: hashlib.blake2s(b"x"),
    "hmac.HMAC": lambda: hmac.new(b"k", b"m", "sha256"),
    "random.Random": lambda: random.Random(1),
    "re.Pattern": lambda: re.compile("(?P<a>a)?(b)?"),
    "re.Match": lambda: re.match("(?P<a>a)(b)?", "ab"),
    "urllib.parse.ParseResultBytes": lambda: urllib.parse.urlparse(b"https://h"),
    "urllib.parse.SplitResultBytes": lambda: urllib.parse.urlsplit(b"https://h"),
    "logging.RootLogger": lambda: logging.getLogger(),
    "re.RegexFlag": lambda: re.IGNORECASE,
    "string.Template": lambda: string.Template("$a"),
    "urllib.parse.ParseResult": lambda: urllib.parse.urlparse("https://u:p@h:1/p?q#f"),
    "urllib.parse.SplitResult": lambda: urllib.parse.urlsplit("https://u:p@h:1/p?q#f"),
    "csv.reader": lambda: csv.reader(["a,b"]),
    "csv.writer": _writer,
    "csv.DictReader": lambda: csv.DictReader(["a,b", "1,2"]),
    "csv.DictWriter": _dict_writer,
    "xml.etree.ElementTree.Element": _element,
    "xml.etree.ElementTree.ElementTree": lambda: xml.etree.ElementTree.ElementTree(_element()),
    "xml.dom.minidom.Document": lambda: xml.dom.minidom.parseString("<a/>"),
    "io.BytesIO": lambda: io.BytesIO(b"one\ntwo\n"),
    "io.StringIO": lambda: io.StringIO("one\ntwo\n"),
    "io.TextIOWrapper": lambda: _file("r"),
    "io.BufferedReader": lambda: _file("rb"),
    "io.BufferedWriter": lambda: _file("wb"),
    "pathlib.PosixPath": lambda: Path("file.txt"),
    "pathlib.PurePosixPath": lambda: PurePosixPath("file.txt"),
    "os.stat_result": lambda: os.stat("."),
    "tempfile.TemporaryDirectory": tempfile.TemporaryDirectory,
    "zipfile.ZipFile": _zip,
    "complex": lambda: 1 + 2j,
    "email.message.Message": email.message.Message,
    "contextvars.ContextVar": lambda: contextvars.ContextVar("name", default=1),
    "contextvars.Token": lambda: contextvars.ContextVar("name").set(1),
    "subprocess.CompletedProcess[bytes]": lambda: subprocess.CompletedProcess([], 0, b"", b""),
    "subprocess.CompletedProcess": lambda: subprocess.CompletedProcess([], 0),
    "subprocess.Popen": _process,
    "tempfile._TemporaryFileWrapper": tempfile.NamedTemporaryFile,
    "http.client.HTTPResponse": _response,
    "http.client.HTTPMessage": lambda: _response().headers,
    "http.client.HTTPConnection": lambda: http.client.HTTPConnection("localhost:1"),
    "http.client.HTTPSConnection": lambda: http.client.HTTPSConnection("localhost:1"),
    "http.cookies.SimpleCookie": lambda: importlib.import_module("http.cookies").SimpleCookie(),
    "http.cookies.Morsel": lambda: importlib.import_module("http.cookies").Morsel(),
    "urllib.request.Request": lambda: urllib.request.Request("https://h"),
    "urllib.error.HTTPError": lambda: urllib.error.HTTPError("u", 404, "no", {}, None),  # type: ignore[arg-type]
    "urllib.error.URLError": lambda: urllib.error.URLError("x"),
    "socket.socket": lambda: importlib.import_module("socket").socket(),
    "ssl.SSLContext": ssl.create_default_context,
    "ipaddress.IPv4Address": lambda: ipaddress.ip_address("10.0.0.1"),
    "ipaddress.IPv6Address": lambda: ipaddress.ip_address("::1"),
    "ipaddress.IPv4Network": lambda: ipaddress.ip_network("10.0.0.0/30"),
    "ipaddress.IPv6Network": lambda: ipaddress.ip_network("::/126"),
    "ipaddress.IPv4Interface": lambda: ipaddress.ip_interface("10.0.0.1/24"),
    "ipaddress.IPv6Interface": lambda: ipaddress.ip_interface("::1/64"),
    "email.message.EmailMessage": email.message.EmailMessage,
    "email.mime.multipart.MIMEMultipart": _mime,
    "email.mime.text.MIMEText": lambda: email.mime.text.MIMEText("x"),
    "email.mime.application.MIMEApplication": lambda: email.mime.application.MIMEApplication(b"x"),
    "email.mime.base.MIMEBase": lambda: email.mime.base.MIMEBase("a", "b"),
    "smtplib.SMTP": lambda: importlib.import_module("smtplib").SMTP(),
    "smtplib.SMTP_SSL": lambda: importlib.import_module("smtplib").SMTP_SSL(),
    "awslambdaric.lambda_context.LambdaContext": lambda: LambdaContext("1", None, None, 10**13),
    "logging.Logger": lambda: logging.Logger("x"),
    "logging.StreamHandler": logging.StreamHandler,
    "logging.NullHandler": logging.NullHandler,
    "logging.FileHandler": lambda: logging.FileHandler("log.txt"),
    "logging.Formatter": logging.Formatter,
    "logging.LoggerAdapter": lambda: logging.LoggerAdapter(logging.Logger("x"), {}),
    "concurrent.futures.ThreadPoolExecutor": lambda: importlib.import_module("concurrent.futures").ThreadPoolExecutor(
        1
    ),
    "threading.Lock": threading.Lock,
    "threading.RLock": threading.RLock,
    "threading.Event": threading.Event,
    "sqlite3.Connection": lambda: sqlite3.connect(":memory:"),
    "sqlite3.Cursor": _cursor,
    "array.array": lambda: array.array("i", [1]),
    "memoryview": lambda: memoryview(b"x"),
    "bytearray": lambda: bytearray(b"x"),
    "object": object,
    "asyncio.sleep()": lambda: _closed(asyncio.sleep(0)),
    "asyncio.locks.Lock": asyncio.Lock,
    "asyncio.locks.Semaphore": asyncio.Semaphore,
    "asyncio.loop": asyncio.new_event_loop,
    "contextlib.nullcontext": nullcontext,
    "contextlib.suppress": suppress,
    "contextlib.redirect_stdout": lambda: redirect_stdout(io.StringIO()),
    "contextlib.ExitStack": ExitStack,
    "collections.ChainMap": lambda: collections.ChainMap({"a": 1}),
    "collections.UserDict": lambda: collections.UserDict({"a": 1}),
    "collections.UserList": lambda: collections.UserList([1]),
    "types.SimpleNamespace": lambda: types.SimpleNamespace(a=1),
    "mappingproxy": lambda: types.MappingProxyType({}),
    "weakref.WeakValueDictionary": lambda: importlib.import_module("weakref").WeakValueDictionary(),
    "queue.Queue": queue.Queue,
    "iterator": lambda: iter([1]),
}
#: What a row calls a type whose own name is another.
NAMES = {
    "thread.lock": "threading.Lock",
    "thread.RLock": "threading.RLock",
    "pathlib._local.PosixPath": "pathlib.PosixPath",
    "pathlib._local.PurePosixPath": "pathlib.PurePosixPath",
    "random.SystemRandom": "random.Random",
}
LOOPS = ("asyncio.unix_events._UnixSelectorEventLoop",)

POOL: list[Any] = [
    *(None, True, 1, 0, -5, 2**70, 1.5, float("nan"), "a", "", "2026-11-24", "é", "1.2.3.4", "127.0.0.1:1", "%Y"),
    *(b"a", b"\xff", b"", bytearray(b"a"), [], ["a"], [1, 2], {}, {"a": 1}, {1}, (1,), ("a", 1)),
    *(NOW, NOW.date(), NOW.time(), datetime.timedelta(hours=1), datetime.timezone.utc, zoneinfo.ZoneInfo("UTC")),
    *(decimal.Decimal("1.5"), fractions.Fraction(1, 2), uuid.UUID(int=1), time.gmtime(0)),
    *(pathlib.Path("a"), len, int, object(), io.StringIO("a,b"), io.BytesIO(b"a"), re.compile("a"), "sha256"),
]
#: More arguments for rows that nothing in the pool suits.
EXAMPLES: dict[str, list[tuple[Any, ...]]] = {
    "datetime.datetime": [(2026, 1, 1), (2026, 13, 1), (2026, 1, 1, 0, 0, 0, 0, datetime.timezone.utc)],
    "datetime.date": [(2026, 1, 1), (2026, 2, 30)],
    "datetime.datetime.combine": [(NOW.date(), NOW.time()), (NOW, NOW.time()), (1, 2)],
    "datetime.datetime.strptime": [("2026", "%Y")],
    "datetime.datetime.fromisocalendar": [(2026, 1, 1), (2026, 60, 1)],
    "datetime.timedelta": [(10**10,), (1, "a")],
    "time.strptime": [("2026", "%Y")],
    "zoneinfo.ZoneInfo": [("Europe/Berlin",), ("No/Where",), ("../x",)],
    "random.triangular": [(0, 1, 0.5)],
    "ipaddress.collapse_addresses": [([ipaddress.ip_network("10.0.0.0/8")],), (1,), (["a"],)],
    "hashlib.pbkdf2_hmac": [("sha256", b"a", b"b", 1), ("sha256", "a", b"b", 1), ("no", b"a", b"b", 1)],
    "hmac.new": [(b"k", b"m", "sha256"), ("k", "m", "sha256"), (b"k", b"m", "no"), (b"k", b"m", None)],
    "hmac.digest": [(b"k", b"m", "sha256"), ("k", "m", "sha256"), (b"k", b"m", "no")],
    "uuid.uuid3": [(uuid.NAMESPACE_DNS, "a"), ("a", "a")],
    "uuid.uuid5": [(uuid.NAMESPACE_DNS, "a"), ("a", "a")],
    "uuid.UUID": [("12345678123456781234567812345678",), ("x",), (1,), (None,)],
    "re.sub": [
        ("a", "b", "a"),
        (b"a", b"b", b"a"),
        ("a", "b", b"a"),
        ("(", "b", "a"),
        ("(a)", r"\2", "a"),
        ("a", 1, "a"),
    ],
    "re.subn": [("a", "b", "a"), (b"a", b"b", b"a"), ("a", "b", b"a")],
    "re.Pattern.sub": [("b", "a"), ("b", b"a"), (1, "a"), (r"\9", "a")],
    "struct.pack": [("i", 1), ("i", "a"), ("?", 1), ("z", 1), (None, 1)],
    "struct.unpack": [("b", b"a"), ("b", b"ab"), ("b", None), (1, b"a")],
    "struct.calcsize": [("i",), ("z",), (1,)],
    "zlib.decompress": [(importlib.import_module("zlib").compress(b"a"),), (b"no",)],
    "gzip.decompress": [(importlib.import_module("gzip").compress(b"a"),), (b"\x1f\x8b\x08\x00",)],
    "bz2.decompress": [(importlib.import_module("bz2").compress(b"a"),)],
    "textwrap.shorten": [("a b c", 10), ("a", 0)],
    "textwrap.fill": [("a b c", 10), ("a", 0)],
    "unicodedata.normalize": [("NFC", "é"), ("no", "é"), ("NFC", 1)],
    "difflib.get_close_matches": [("a", ["ab", "b"])],
    "urllib.parse.urlunparse": [(("https", "h", "/", "", "", ""),), (("a",),)],
    "csv.DictWriter": [(io.StringIO(), ["a"])],
    "csv.writer.writerow": [(["a"],), (1,)],
    "csv.writer.writerows": [([["a"]],), (1,)],
    "csv.DictWriter.writerow": [({"a": 1},), ({"b": 1},), (1,)],
    "csv.DictWriter.writerows": [([{"a": 1}],), ([{"b": 1}],)],
    "xml.etree.ElementTree.fromstring": [("<a/>",), ("<a",), (b"<a/>",)],
    "xml.etree.ElementTree.XML": [("<a/>",)],
    "xml.etree.ElementTree.parse": [(io.StringIO("<a/>"),), ("none.xml",)],
    "xml.etree.ElementTree.SubElement": [(_element(), "b"), (None, "b")],
    "xml.etree.ElementTree.tostring": [(_element(),), (None,), (_element(), "unicode"), (_element(), "no")],
    "xml.etree.ElementTree.ElementTree.find": [("b",), ("[",)],
    "xml.etree.ElementTree.Element.find": [("b",), ("[",), (1,), ("x:b",)],
    "xml.etree.ElementTree.Element.findall": [("b",), ("[",), (1,), ("x:b",)],
    "xml.dom.minidom.parseString": [("<a/>",), ("<a",), (None,)],
    "io.TextIOWrapper": [(io.BytesIO(b"a"),), (1,), (io.BytesIO(b"a"), "no")],
    "os.makedirs": [("made/here",), (".",), (1,)],
    "os.mkdir": [("made",), (".",), ("none/here",)],
    "os.chmod": [("file.txt", 0o600), ("none", 0o600)],
    "os.rename": [("file.txt", "other.txt"), ("none", "other.txt"), (1, "a")],
    "os.replace": [("file.txt", "other.txt"), ("none", "other.txt")],
    "os.remove": [("file.txt",), ("none",), (None,), ("\0",)],
    "os.unlink": [("file.txt",), ("none",), (None,)],
    "os.rmdir": [("empty",), ("none",), (None,)],
    "os.chdir": [(".",), ("none",)],
    "os.urandom": [(4,), (-1,), ("a",)],
    "os.environ.update": [({"LAMBDALINT_TEST": "1"},), ({"A": 1},), (1,)],
    "os.environ.pop": [("LAMBDALINT_NO", None), ("LAMBDALINT_NO",), (1, None)],
    "os.environ.copy": [()],
    "os.walk": [(".",), (Path("."),)],
    "os.listdir": [(".",), ("none",), (None,)],
    "posixpath.getsize": [("file.txt",), ("none",)],
    "posixpath.getmtime": [("file.txt",)],
    "posixpath.getctime": [("file.txt",)],
    "posixpath.join": [("a", "b"), (b"a", b"b"), ("a", b"b"), ("a", None), ("a", Path("b"))],
    "pathlib.Path": [("a", "b"), (Path("a"),), (), (1,)],
    "pathlib.PosixPath.read_text": [(), ("utf-8",), ("no",), (1,)],
    "pathlib.PosixPath.write_text": [("a",), (b"a",)],
    "pathlib.PosixPath.write_bytes": [(b"a",), ("a",)],
    "pathlib.PosixPath.relative_to": [("file.txt",), ("b",), (1,)],
    "pathlib.PosixPath.with_suffix": [(".a",), ("a",), (1,)],
    "pathlib.PosixPath.with_name": [("a",), ("",), (1,)],
    "pathlib.PosixPath.with_stem": [("a",), (1,)],
    "pathlib.PosixPath.as_uri": [()],
    "pathlib.PosixPath.unlink": [()],
    "pathlib.PosixPath.rmdir": [()],
    "pathlib.PosixPath.rename": [("other.txt",), (1,)],
    "pathlib.PosixPath.mkdir": [(0o777, False, True)],
    "pathlib.PosixPath.iterdir": [()],
    "pathlib.PosixPath.rglob": [("*",), ("/a",)],
    "shutil.rmtree": [("empty",), ("none",), (None,)],
    "shutil.copy": [("file.txt", "copy.txt"), ("none", "x"), (1, "x")],
    "shutil.copy2": [("file.txt", "copy.txt"), ("none", "x")],
    "shutil.copyfile": [("file.txt", "copy.txt"), ("none", "x")],
    "shutil.copytree": [("empty", "tree"), ("none", "x")],
    "shutil.move": [("file.txt", "moved.txt"), ("none", "x")],
    "shutil.which": [("python3",), ("no-such",), (1,)],
    "shutil.disk_usage": [(".",), ("none",)],
    "shutil.make_archive": [("archive", "zip", "empty"), ("archive", "no", "empty")],
    "tempfile.mkdtemp": [(), ("a",), (1,)],
    "tempfile.mkstemp": [(), ("a",), (1,)],
    "tempfile.TemporaryDirectory": [(), ("a",), (1,)],
    "glob.glob": [("*",), (b"*",), (1,)],
    "zipfile.ZipFile": [("made.zip", "w"), ("none.zip",), ("file.txt",), (io.BytesIO(), "w"), ("a", "z"), (1,)],
    "zipfile.ZipFile.read": [("a",), ("no",)],
    "zipfile.ZipFile.writestr": [("b", "x"), ("b", 1)],
    "zipfile.ZipFile.write": [("file.txt",), ("none",)],
    "zipfile.ZipFile.extractall": [("out",)],
    "subprocess.run": [(["true"],), (["no-such-program"],), (1,), ([],), ([1],)],
    "subprocess.check_output": [(["echo", "a"],), (["false"],), (["no-such-program"],)],
    "subprocess.call": [(["true"],), (["no-such-program"],), (1,)],
    "subprocess.check_call": [(["true"],), (["false"],)],
    "subprocess.Popen": [(["true"],), (["no-such-program"],), (1,)],
    "subprocess.getoutput": [("echo a",)],
    "subprocess.Popen.communicate": [()],
    "subprocess.Popen.wait": [()],
    "subprocess.Popen.poll": [()],
    "urllib.request.urlopen": [("http://127.0.0.1:1",), ("no",), (None,)],
    "urllib.request.urlretrieve": [("http://127.0.0.1:1",), ("no",)],
    "urllib.request.Request": [("http://h",), ("no",), (1,), ("http://h", b"x", {"a": "b"})],
    "urllib.request.Request.add_header": [("a", "b"), (1, "b")],
    "http.client.HTTPConnection.request": [("GET", "/"), (1, "/")],
    "http.client.HTTPSConnection.request": [("GET", "/")],
    "http.client.HTTPSConnection": [("h",), ("h:x",), (1,)],
    "http.client.HTTPConnection": [("h",), ("h:x",), (1,)],
    "http.client.HTTPConnection.getresponse": [()],
    "http.client.HTTPSConnection.getresponse": [()],
    "socket.gethostbyname": [("127.0.0.1",), ("no.invalid",), (1,)],
    "socket.getfqdn": [("127.0.0.1",)],
    "socket.setdefaulttimeout": [(None,), (-1,), ("a",)],
    "socket.inet_aton": [("1.2.3.4",), ("a",), (1,)],
    "socket.socket": [(), (99,)],
    "socket.create_connection": [(("127.0.0.1", 1),), (1,)],
    "socket.socket.recv": [(1,)],
    "socket.socket.connect": [(("127.0.0.1", 1),), (1,)],
    "socket.socket.sendall": [(b"a",), ("a",)],
    "ssl.create_default_context": [()],
    "ssl.SSLContext": [(ssl.PROTOCOL_TLS_CLIENT,), ("a",)],
    "ipaddress.ip_network": [("10.0.0.0/30",), ("::/64",), ("10.0.0.1/8",)],
    "ipaddress.IPv4Network": [("10.0.0.0/30",), ("10.0.0.1/8",), ("a",)],
    "ipaddress.IPv6Address": [("::1",), ("a",), (None,)],
    "email.message.EmailMessage.set_content": [("a",), (b"a", "application", "pdf"), (1,)],
    "email.message.EmailMessage.add_alternative": [("a",)],
    "email.message.EmailMessage.add_attachment": [("a",), (b"a", "application", "pdf")],
    "email.mime.base.MIMEBase": [("application", "pdf"), (1, 2)],
    "email.mime.multipart.MIMEMultipart": [(), ("alternative",)],
    "email.utils.formataddr": [(("a", "b@c"),), (("a",),), (1,)],
    "smtplib.SMTP": [(), ("127.0.0.1", 1)],
    "smtplib.SMTP_SSL": [(), ("127.0.0.1", 1)],
    "logging.config.dictConfig": [({"version": 1},), ({},), ({"version": 2},), (1,)],
    "logging.basicConfig": [()],
    "logging.disable": [(0,), ("NO",)],
    "logging.FileHandler": [("log.txt",), ("none/log.txt",), (1,)],
    "warnings.warn": [("a",), ("a", UserWarning), (1,)],
    "inspect.getsource": [(Path.open,), (1,), (len,)],
    "threading.Lock.release": [()],
    "threading.RLock.release": [()],
    "threading.Lock.acquire": [(), (False,), (True, 0), ("a",)],
    "threading.RLock.acquire": [(), (False,), ("a",)],
    "sqlite3.connect": [(":memory:",), ("none/db",), (1,)],
    "sqlite3.Connection.execute": [("select 1",), ("no",), (1,), ("select ?", (1,)), ("select ?", ({},))],
    "sqlite3.Connection.executemany": [("insert into t values (?)", [(1,)])],
    "sqlite3.Connection.executescript": [("select 1;",), ("no",)],
    "sqlite3.Cursor.execute": [("select 1",), ("no",), (1,)],
    "sqlite3.Cursor.executescript": [("select 1;",)],
    "sqlite3.Cursor.executemany": [("insert into t values (?)", [(1,)])],
    "pickle.dumps": [(1,), (lambda: 1,), ((x for x in ()),)],
    "array.array": [("i",), ("i", [1]), ("i", ["a"]), ("z",), (1,), ("b", [1000])],
    "array.array.append": [(1,), ("a",), (2**70,)],
    "asyncio.set_event_loop": [(None,), (1,)],
    "asyncio.get_event_loop": [],
    "asyncio.get_running_loop": [()],
    "contextlib.redirect_stdout": [(io.StringIO(),)],
    "signal.signal": [
        (importlib.import_module("signal").SIGUSR1, importlib.import_module("signal").SIG_IGN),
        (1000, None),
    ],
    "signal.alarm": [(0,), ("a",)],
    "bisect.bisect": [([1, 2], 1), ([1], "a")],
    "locale.setlocale": [(importlib.import_module("locale").LC_ALL, "C"), (0, "no")],
    "platform.processor": [()],
    "calendar.timegm": [(time.gmtime(0),), (1,)],
    "time.mktime": [(time.gmtime(0),), (1,), ((1,),)],
    "asyncio.sleep": [(0,), (None,)],
}
#: Rows that the pool is kept from: they wait, write, connect or change the process.
GIVEN_ALONE = re.compile(
    r"^(os\.(remove|unlink|rmdir|chdir|makedirs|mkdir|chmod|rename|replace|urandom|walk|environ|listdir)|shutil|tempfile"
    r"|subprocess|urllib\.request\.(urlopen|urlretrieve)|http\.client\.HTTPS?Connection|socket|smtplib\.|ssl|signal"
    r"|threading|concurrent|concurrent|logging\.config|logging\.basicConfig|logging\.disable|logging\.captureWarnings|logging\.shutdown"
    r"|zipfile\.ZipFile|pathlib\.PosixPath\.(mkdir|rmdir|unlink|rename|write|touch|glob|rglob)|warnings"
    r"|faulthandler|time\.sleep|sqlite3\.connect|locale|asyncio|http\.client\.HTTPResponse\.read$|logging\.FileHandler"
    r"|re\.compile|os\.fspath|posixpath|glob|shlex|zoneinfo|random\.uniform|random\.randbytes|secrets|math\.(factorial|comb|perm)|io\.|xml\.dom|gc|queue|weakref|sys\.|email\.utils"
    r"|pathlib\.PosixPath\.with_|hashlib\.pbkdf2|mimetypes|csv\.(DictReader|reader)$|traceback\.print_stack)"
)
SMALL: dict[str, list[tuple[Any, ...]]] = {
    "time.sleep": [(0,), (0.0,), (-1,), ("a",), (None,), (2**70,)],
    "os.fspath": [("a",), (Path("a"),), (1,)],
    "shlex.split": [("a b",), ("'",), (1,)],
    "shlex.quote": [("a b",), (1,)],
    **{
        f"posixpath.{name}": [("a",), (b"a",), (Path("a"),), (None,), (1,), ("\0",), (2**70,)]
        for name in [
            "basename",
            "dirname",
            "normpath",
            "expanduser",
            "expandvars",
            "abspath",
            "realpath",
            "relpath",
            "exists",
            "isfile",
            "isdir",
            "islink",
            "lexists",
            "isabs",
            "split",
            "splitext",
        ]
    },
    "logging.captureWarnings": [(False,)],
    "warnings.filterwarnings": [("ignore",), ("no",), (1,)],
    "warnings.simplefilter": [("ignore",), ("no",)],
    "sys.getsizeof": [(1,)],
    "csv.reader": [(["a,b"],), (io.StringIO("a"),), (1,), (["a"], "no")],
    "csv.DictReader": [(["a,b"],), (io.StringIO("a"),), (1,)],
    "mimetypes.guess_type": [("a.png",), (1,), (None,)],
    "mimetypes.guess_extension": [("image/png",), (1,)],
    "email.mime.application.MIMEApplication.attach": [(email.mime.text.MIMEText("x"),)],
    "random.uniform": [(1, 2), (1.5, 2), ("a", 1)],  # of two datetimes it makes a datetime
    "pathlib.PosixPath.glob": [("*",), ("/a",)],
    "re.compile": [("a",), (b"a",), ("(",), (1,), (None,), ("a", "b"), (re.compile("a"), 1)],
    "random.randbytes": [(2,), (-1,), ("a",)],
    "secrets.token_hex": [(), (2,), ("a",), (None,), (-1,)],
    "secrets.token_urlsafe": [(), (2,), ("a",), (-1,)],
    "secrets.token_bytes": [(), (2,), ("a",), (-1,)],
    "secrets.randbelow": [(2,), (0,), ("a",)],
    "secrets.compare_digest": [(b"a", b"a"), ("a", "a"), ("é", "a"), (1, 2), ("a", b"a")],
    "math.factorial": [(3,), (-1,), (1.5,), ("a",), (2**70,)],
    "math.comb": [(3, 2), (-1, 2), (1.5, 2), ("a", 1)],
    "math.perm": [(3, 2), (-1, 2), (1.5, 2), ("a", 1)],
    "pathlib.PosixPath.touch": [()],
    "os.access": [("file.txt", 4), (1, 2), (None, 4)],
    "gc.collect": [(), (0,), (9,), ("a",)],
}


def _closed(coroutine: Any) -> Any:
    coroutine.close()
    return coroutine


def type_of(value: object) -> str:
    """The name by which the tables know a type."""
    if isinstance(value, asyncio.AbstractEventLoop):
        return "asyncio.loop"
    if isinstance(value, types.CoroutineType) and value.__name__ == "sleep":
        return _closed(value) and "asyncio.sleep()"
    if isinstance(value, subprocess.CompletedProcess) and isinstance(value.stdout, bytes):
        return "subprocess.CompletedProcess[bytes]"
    kind = type(value)
    module = kind.__module__.lstrip("_")
    name = kind.__qualname__ if module == builtins.__name__ else f"{module}.{kind.__qualname__}"
    return NAMES.get(name, name)


def fits(value: Any, parsed: tuple[Any, ...], receiver: Any, first: Any) -> bool:
    """Whether a value has the type that a text says, all the way down."""
    name, inside = parsed
    if name == "?":
        return True
    if name == "|":
        return any(fits(value, part, receiver, first) for part in inside)
    if name == "like0":
        return type(first) not in (str, bytes) or type(value) is type(first)
    if name == "None":
        return value is None
    if name == "receiver":
        return value is receiver
    if name == "iterator":
        found = list(itertools.islice(value, 5))
        return iter(value) is value and all(fits(part, inside[0], receiver, first) for part in found)
    if name == "{":
        return isinstance(value, dict)
    if type_of(value) != name and not (name == "dict" and type(value) is dict):
        return False
    if name == "dict" and inside:
        return all(
            fits(k, inside[0], receiver, first) and fits(v, inside[1], receiver, first) for k, v in value.items()
        )
    if name == "tuple" and inside:
        if inside[-1] == ("...", ()):
            return all(fits(part, inside[0], receiver, first) for part in value)
        return len(value) == len(inside) and all(
            fits(part, kind, receiver, first) for part, kind in zip(value, inside, strict=True)
        )
    return name not in ("list", "set") or not inside or all(fits(part, inside[0], receiver, first) for part in value)


def owner_and_name(name: str) -> tuple[str | None, Callable[..., Any] | None]:
    """The type a row is a method of, or None for a function, and then the function."""
    owner, _, method = name.rpartition(".")
    if owner in SAMPLES and not _is_static(SAMPLES[owner](), method):
        return owner, None
    parts = name.split(".")
    if parts[0] == "posixpath":
        parts = ["os", "path", *parts[1:]]
    for count in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:count])) if count else builtins
        except ImportError:
            continue
        for part in parts[count:]:
            found = getattr(found, part)
        return None, found
    return None, getattr(builtins, name)


def _is_static(sample: object, method: str) -> bool:
    found = vars(type(sample)).get(method)
    return isinstance(found, (classmethod, staticmethod)) or type(found).__name__ == "classmethod_descriptor"


def tries(name: str) -> Iterator[tuple[Any, ...]]:
    """The arguments that a row is tried with."""
    yield from SMALL.get(name, ())
    yield from EXAMPLES.get(name, ())
    if GIVEN_ALONE.match(name):
        if name not in EXAMPLES and name not in SMALL:
            yield ()
            yield from (((value,) for value in POOL if value != 2**70) if name.startswith(("io.", "email")) else ())
        return
    yield ()
    yield from ((value,) for value in POOL)
    yield from itertools.product(POOL, POOL[::3])


def claimed(names: tuple[str, ...]) -> tuple[type[BaseException], ...]:
    """The classes of exceptions by name."""
    found = []
    for name in names:
        module, _, short = name.rpartition(".")
        found.append(getattr(importlib.import_module(module) if module else builtins, short))
    return tuple(found)


@pytest.fixture(autouse=True)
def _quiet_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of its own, nothing printed, and the process as it was."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    default = importlib.import_module("socket").getdefaulttimeout()
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
    importlib.import_module("socket").setdefaulttimeout(default)


def _fresh() -> None:
    for folder in ("empty", "made"):
        Path(folder).mkdir(exist_ok=True)
    Path("file.txt").write_text("one\ntwo\n")


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_call_gives_and_raises_what_its_row_says(name: str) -> None:
    row = parse_row(CALLS[name])
    kind = parse(row.type)
    owner, function = owner_and_name(name)
    worked: set[int] = set()
    failed: list[tuple[tuple[Any, ...], BaseException]] = []
    _fresh()
    for arguments in tries(name):
        if name in files.CALLS:
            _fresh()
        receiver = SAMPLES[owner]() if owner is not None else None
        called = getattr(receiver, name.rpartition(".")[2]) if owner is not None else function
        assert called is not None
        first = arguments[0] if arguments else None
        try:
            value = called(*arguments)
            as_claimed = fits(value, kind, receiver, first)  # an iterator may raise when it is read
        except Exception as error:
            # Without its frames: they hold what was made, and CPython 3.12.1 crashes when it collects a reference loop
            # with a BytesIO's buffer in it (python/cpython#77894).
            failed.append((arguments, error.with_traceback(None)))
            continue
        worked.add(len(arguments))
        assert as_claimed, f"{name}{arguments!r} gives {value!r}, of type {type_of(value)}"
    assert worked or row.raises, f"{name} was never called with success: {failed[:2]}"
    for arguments, error in failed:
        if len(arguments) in worked or arguments in EXAMPLES.get(name, ()):
            allowed = claimed(row.exceptions([type_of(value) for value in arguments]))
            assert isinstance(error, allowed), f"{name}{arguments!r} raises {error!r}"


@pytest.mark.parametrize("name", sorted(ATTRIBUTES))
def test_an_attribute_has_the_type_that_its_row_says(name: str) -> None:
    _fresh()
    owner, _, attribute = name.rpartition(".")
    if owner in SAMPLES:
        value = getattr(SAMPLES[owner](), attribute)
    else:
        if name == "datetime.UTC" and sys.version_info < (3, 11):
            return
        value = owner_and_name(name)[1]
    assert fits(value, parse(ATTRIBUTES[name]), None, None), f"{name} is {value!r}"


@pytest.mark.parametrize("name", sorted(ELEMENTS))
def test_iterating_gives_what_the_row_says(name: str) -> None:
    _fresh()
    found = list(SAMPLES[name]())
    assert found
    assert all(fits(value, parse(ELEMENTS[name]), None, None) for value in found), found


DATA = (dict, list, tuple, set, frozenset, str, bytes, bytearray, int, float, complex)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_whether_a_type_is_data_is_known_of_each(name: str) -> None:
    """`out if isinstance(out, (dict, list)) else str(out)` is decided, as Python decides it."""
    _fresh()
    value = SAMPLES[name]()
    assert [kind for kind in DATA if is_subclass(name, kind.__name__) is not isinstance(value, kind)] == []


_SIMPLE: dict[str, list[Any]] = {
    "bool": [True],
    "int": [3],
    "float": [2.5],
    "str": ["a"],
    "boto3.dynamodb.attribute": [decimal.Decimal("1.5")],  # of its types the one that no operator of the table refuses
}
_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "Add": lambda a, b: a + b,
    "Subtract": lambda a, b: a - b,
    "Multiply": lambda a, b: a * b,
    "Divide": lambda a, b: a / b,
    "FloorDivide": lambda a, b: a // b,
    "Modulo": lambda a, b: a % b,
    "Power": lambda a, b: a**b,
}


@pytest.mark.parametrize("key", sorted(OPERATORS), ids=" ".join)
def test_an_operation_gives_what_its_row_says(key: tuple[str, str, str]) -> None:
    op, one, other = key
    for left in _SIMPLE.get(one) or [SAMPLES[one]()]:
        for right in _SIMPLE.get(other) or [SAMPLES[other]()]:
            assert type_of(_OPERATIONS[op](left, right)) == OPERATORS[key]


def _types(parsed: tuple[Any, ...]) -> Iterator[str]:
    name, inside = parsed
    if name == "{":
        for _, _, kind in inside:
            yield from _types(kind)
        return
    if name not in ("|", "?", "None", "like0", "receiver", "self", "json", "..."):
        yield name
    for part in inside:
        yield from _types(part)


GIVEN = sorted(
    {name for row in (*CALLS.values(), *ATTRIBUTES.values()) for name in _types(parse(parse_row(row).type))}
    | {name for row in (*ELEMENTS.values(), *OPERATORS.values()) for name in _types(parse(row))}
)
_PLAIN = {
    "str": "x",
    "int": 1,
    "float": 1.5,
    "bool": True,
    "bytes": b"x",
    "list": [],
    "tuple": (),
    "dict": {},
    "set": {1},
}


@pytest.mark.parametrize(("table", "serialize"), [(RUNTIME, to_json), (JSON, json.dumps)], ids=["runtime", "json"])
@pytest.mark.parametrize("name", GIVEN)
def test_a_type_that_a_row_gives_is_judged_as_the_serializer_judges(
    name: str, table: Table, serialize: Callable[[Any], Any]
) -> None:
    value = _PLAIN[name] if name in _PLAIN else SAMPLES[name]()
    try:
        serialize({"value": value})
    except Exception:
        taken = False
    else:
        taken = True
    refused = name in table.refuses or (name == "bytes" and table.bytes == "refused")
    if not taken and name.endswith("ResultBytes"):
        return  # a namedtuple, which is judged by what it holds
    assert refused is not taken, f"{name} is {'taken' if taken else 'refused'} by {table.name}"


def test_every_exception_that_a_row_names_is_one() -> None:
    for row in CALLS.values():
        for error in claimed((*parse_row(row).raises, *parse_row(row).refuses)):
            assert issubclass(error, BaseException)


def test_calendar_is_as_the_rows_have_it() -> None:
    assert list(calendar.day_name)


def _strangers() -> dict[str, object]:
    """An object of each type of which strangers.py tells what it lacks."""

    class Socket:
        def makefile(self, mode: str) -> io.BytesIO:
            return io.BytesIO(b"HTTP/1.1 200 OK\r\n\r\n")

    response = http.client.HTTPResponse(Socket())  # type: ignore[arg-type]
    response.begin()
    completed = subprocess.CompletedProcess(["a"], 0)
    return {
        "http.client.HTTPResponse": response,
        "logging.Logger": logging.Logger("a"),
        "logging.RootLogger": logging.RootLogger(10),
        "subprocess.CompletedProcess": completed,
        "subprocess.CompletedProcess[bytes]": completed,
        "csv.DictReader": csv.DictReader([]),
        "csv.reader": csv.reader([]),
        "xml.etree.ElementTree.Element": xml.etree.ElementTree.Element("a"),
        "concurrent.futures.Future": concurrent.futures.Future(),
        "urllib.parse.ParseResult": urllib.parse.urlparse("https://a.example"),
        "string.Template": string.Template("$a"),
        "email.message.Message": email.message_from_string("Subject: a"),
    }


@pytest.mark.parametrize("kind", sorted(lacked()))
def test_what_an_object_is_said_to_lack_it_lacks(kind: str) -> None:
    found = _strangers()[kind]
    assert [name for name in lacked()[kind] if hasattr(found, name)] == []
