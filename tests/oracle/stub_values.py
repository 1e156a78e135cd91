"""The values with which stub_calls tries the standard library, samples of its classes, and what is never called."""

from __future__ import annotations

import datetime
import decimal
import email
import email.message
import email.policy
import fractions
import importlib
import io
import ipaddress
import re
import time
import types
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

NOW = datetime.datetime(2026, 11, 29, 12, 0, tzinfo=datetime.timezone.utc)


def _archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a", "text")
        archive.writestr("b/c", "more")
    return made.getvalue()


def _tar() -> bytes:
    made = io.BytesIO()
    tarfile = importlib.import_module("tarfile")
    with tarfile.open(fileobj=made, mode="w") as archive:
        info = tarfile.TarInfo("a")
        info.size = 4
        archive.addfile(info, io.BytesIO(b"text"))
    return made.getvalue()


ZIP, TAR = _archive(), _tar()
MAIL = "From a@b.c Thu Jan  1 00:00:00 1970\nFrom: a@b.c\nContent-Disposition: inline\nTo: d@e.f\nSubject: hello\nContent-Type: text/plain; charset=utf-8\n\nbody\n"
#: What stands in the folder in which all is called.
FILES = {
    "file.txt": b"one\ntwo\n", "made.zip": ZIP, "made.tar": TAR, "a.json": b'{"a": 1}', "a.xml": b"<a><b>c</b></a>",
    "a.ini": b"[a]\nb = 1\nc = yes\n", "a.toml": b"a = 1\n", "a.py": b"x = 1\n",
    "a.wav": b"", "a.plist": b"", "a.mime": b"text/x a\n",
}  # fmt: skip


def pool() -> list[Any]:
    """Values of every kind, made anew."""
    return [
        *(
            None,
            True,
            1,
            0,
            -5,
            3,
            1.5,
            float("nan"),
            "a",
            "",
            "2026-11-24",
            "é",
            "1.2.3.4",
            "%Y",
            "a=1&b=2",
            "file.txt",
        ),
        *(b"a", b"\xff", b"", bytearray(b"a"), [], ["a"], [1, 2], {}, {"a": 1}, {1}, (1,), ("a", 1), (1.5, 2), (3, 4)),
        *(NOW, NOW.date(), NOW.time(), datetime.timedelta(hours=1), datetime.timezone.utc, time.gmtime(0)),
        *(decimal.Decimal("1.5"), fractions.Fraction(1, 2), uuid.UUID(int=1), Path("file.txt"), len, int, object()),
        *(io.StringIO("a,b\n"), io.BytesIO(b"a"), re.compile("a"), 2 + 1j, range(3), memoryview(b"ab"), iter([1, 2])),
    ]


def chosen(annotation: str) -> list[Any]:
    """Values that fit what stubs say of a parameter."""
    found: list[Any] = []
    for pattern, make in _BY_TYPE:
        if pattern.search(annotation):
            found += make()
    return found


_BY_TYPE: list[tuple[re.Pattern[str], Callable[[], list[Any]]]] = [
    (re.compile(r"\b(str|AnyStr|StrPath|LiteralString|StrOrBytesPath|_Str)\b|Path\b|FileDescriptorOrPath"), lambda: [
        "a", "", "file.txt", "a b, c", "2026-11-24", "a=1", "127.0.0.1", "10.0.0.0/30", "::1", "utf-8", "text/plain",
        "sha256", "a@b.c", "https://u:p@h:1/p?q=1#f", "made.zip", "made.tar", "<a><b>c</b></a>", "%Y", "[a]\nb=1\n", "r",
        "Thu, 01 Jan 1970 00:00:00 GMT", "c = 1", "1 + 1", "a.ini", "a.py", "a.xml", "header", "b", MAIL, "Europe/Berlin",
    ]),
    (re.compile(r"\b(bytes|Buffer|ReadableBuffer|BytesPath|AnyStr|ReadableBuffer)\b"), lambda: [
        b"a", b"", b"abcdefgh", b"\xff\x00", b"YQ==", bytearray(b"xyz"), b"<a/>", MAIL.encode(),
    ]),
    (re.compile(r"\b(int|SupportsIndex|SupportsInt|ConvertibleToInt|Unused|object|_Level)\b"), lambda: [
        0, 1, 2, 3, 10, -1, 64,
    ]),
    (re.compile(r"\b(float|Float|SupportsFloatOrIndex|SupportsFloat|_Number\w*|Real|complex|_SupportsFloat\w*)\b"),
     lambda: [0.5, 1, 2.0, 0, -1.5, 100, decimal.Decimal(2), fractions.Fraction(1, 3)]),
    (re.compile(r"\bbool\b"), lambda: [True, False]),
    (re.compile(r"\bNone\b"), lambda: [None]),
    (re.compile("Callable"), lambda: [len, str, lambda *a, **k: None, int]),
    (re.compile("Iterable|Sequence|list|Collection|Iterator|Sized"), lambda: [
        [], ["a"], ["a", "b"], [1, 2], [b"a"], "ab", (1, 2), [("a", "b")], {"a": 1}, [1.5, 2.5], iter(["a\n", "b\n"]),
        ["a\n", "b\n"],
    ]),
    (re.compile("Mapping|dict"), lambda: [{}, {"a": "b"}, {"a": 1}]),
    (re.compile("tuple"), lambda: [(), (1,), ("a", 1), (1, 2), ("a", "b"), ("a", "b", "c"), (2026, 11, 29)]),
    (re.compile("set|Set"), lambda: [{"a"}, frozenset()]),
    (re.compile(r"\bIO\b|Read|Write|IOBase|BinaryIO|TextIO|_File|Seek"), lambda: [
        io.StringIO("a,b\nc,d\n"), io.BytesIO(b"abc\n"), io.BytesIO(ZIP), io.BytesIO(TAR), io.StringIO(MAIL),
        io.BytesIO(b"<a><b>c</b></a>"), io.BytesIO(MAIL.encode()),
    ]),
    (re.compile("type"), lambda: [int, str, ValueError]),
    (re.compile("datetime"), lambda: [NOW]),
    (re.compile(r"\bdate\b"), lambda: [NOW.date()]),
    (re.compile("timedelta"), lambda: [datetime.timedelta(hours=2)]),
    (re.compile("Decimal"), lambda: [decimal.Decimal("1.5"), decimal.Decimal(0), 3]),
    (re.compile("ModuleType"), lambda: [re]),
    (re.compile("CodeType"), lambda: [compile("x = 1", "a", "exec")]),
    (re.compile("FunctionType|MethodType"), lambda: [_function]),
    (re.compile("Pattern"), lambda: [re.compile("a")]),
    (re.compile("Message"), lambda: [email.message_from_string(MAIL)]),
    (re.compile("Policy"), lambda: [email.policy.default, email.policy.compat32]),
    (re.compile("Element"), lambda: [_element()]),
    (re.compile("BaseException|Exception"), lambda: [ValueError("a")]),
]  # fmt: skip


def _function(a: int, b: int = 1) -> int:
    return a + b


def _element() -> Any:
    return importlib.import_module("xml.etree.ElementTree").fromstring("<a x='1'><b>t</b></a>")


def _parser() -> Any:
    made = importlib.import_module("configparser").ConfigParser()
    made.read_string("[a]\nb = 1\nc = yes\n")
    return made


def _connection() -> Any:
    made = importlib.import_module("sqlite3").connect(":memory:")
    made.row_factory = None
    return made


def _response() -> Any:
    class Wire:
        def makefile(self, *args: object) -> io.BytesIO:
            return io.BytesIO(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")

    made = importlib.import_module("http.client").HTTPResponse(Wire())
    made.begin()
    return made


def _multipart() -> Any:
    made = importlib.import_module("email.mime.multipart").MIMEMultipart()
    made.attach(importlib.import_module("email.mime.text").MIMEText("x"))
    return made


def _of(module: str, name: str, *arguments: Any) -> Callable[[], Any]:
    return lambda: getattr(importlib.import_module(module), name)(*arguments)


#: Samples of classes that no call which is tried gives.
SAMPLES: dict[str, Callable[[], Any]] = {
    "datetime.datetime": lambda: NOW,
    "datetime.date": NOW.date,
    "datetime.time": NOW.timetz,
    "datetime.timedelta": lambda: datetime.timedelta(hours=1),
    "datetime.timezone": lambda: datetime.timezone.utc,
    "time.struct_time": lambda: time.gmtime(0),
    "zipfile.ZipFile": lambda: zipfile.ZipFile(io.BytesIO(ZIP)),
    "zipfile.ZipInfo": lambda: zipfile.ZipInfo("a"),
    "zipfile.ZipExtFile": lambda: zipfile.ZipFile(io.BytesIO(ZIP)).open("a"),
    "zipfile.Path": lambda: zipfile.Path(zipfile.ZipFile(io.BytesIO(ZIP)), "a"),
    "tarfile.TarFile": lambda: importlib.import_module("tarfile").open(fileobj=io.BytesIO(TAR)),
    "tarfile.TarInfo": lambda: importlib.import_module("tarfile").TarInfo("a"),
    "email.message.Message": lambda: email.message_from_string(MAIL),
    "email.message.EmailMessage": lambda: email.message_from_string(MAIL, policy=email.policy.default),
    "collections.Counter": _of("collections", "Counter", "aab"),
    "collections.deque": _of("collections", "deque", [1, 2]),
    "collections.OrderedDict": _of("collections", "OrderedDict", {"a": 1}),
    "collections.ChainMap": _of("collections", "ChainMap", {"a": 1}),
    "collections.UserDict": _of("collections", "UserDict", {"a": 1}),
    "collections.UserList": _of("collections", "UserList", [1]),
    "tempfile._TemporaryFileWrapper": _of("tempfile", "NamedTemporaryFile"),
    "email.mime.multipart.MIMEMultipart": _multipart,
    "email.mime.text.MIMEText": _of("email.mime.text", "MIMEText", "x"),
    "re.Match": lambda: re.match("(?P<a>a)(b)?", "ab"),
    "re.Pattern": lambda: re.compile("(?P<a>a)?(b)?"),
    "uuid.UUID": lambda: uuid.UUID(int=1),
    "decimal.Decimal": lambda: decimal.Decimal("1.5"),
    "decimal.Context": decimal.Context,
    "fractions.Fraction": lambda: fractions.Fraction(1, 3),
    "ipaddress.IPv4Network": lambda: ipaddress.ip_network("10.0.0.0/30"),
    "ipaddress.IPv6Network": lambda: ipaddress.ip_network("::/126"),
    "ipaddress.IPv4Address": lambda: ipaddress.ip_address("10.0.0.1"),
    "ipaddress.IPv6Address": lambda: ipaddress.ip_address("::1"),
    "ipaddress.IPv4Interface": lambda: ipaddress.ip_interface("10.0.0.1/24"),
    "ipaddress.IPv6Interface": lambda: ipaddress.ip_interface("::1/64"),
    "hashlib.HASH": _of("hashlib", "sha256", b"a"),
    "hmac.HMAC": _of("hmac", "new", b"k", b"m", "sha256"),
    "xml.etree.ElementTree.Element": _element,
    "xml.etree.ElementTree.ElementTree": lambda: importlib.import_module("xml.etree.ElementTree").ElementTree(_element()),
    "xml.dom.minidom.Document": _of("xml.dom.minidom", "parseString", "<a x='1'><b>t</b></a>"),
    "configparser.ConfigParser": _parser,
    "configparser.SectionProxy": lambda: _parser()["a"],
    "sqlite3.Connection": _connection,
    "sqlite3.Cursor": lambda: _connection().execute("select 1 as a, 2 as b"),
    "http.client.HTTPResponse": _response,
    "http.client.HTTPMessage": lambda: _response().headers,
    "http.cookies.SimpleCookie": _of("http.cookies", "SimpleCookie", "a=b; c=d"),
    "http.cookies.Morsel": lambda: importlib.import_module("http.cookies").SimpleCookie("a=b")["a"],
    "urllib.parse.ParseResult": _of("urllib.parse", "urlparse", "https://u:p@h:1/p?q#f"),
    "urllib.parse.SplitResult": _of("urllib.parse", "urlsplit", "https://u:p@h:1/p?q#f"),
    "urllib.parse.ParseResultBytes": _of("urllib.parse", "urlparse", b"https://u:p@h:1/p?q#f"),
    "urllib.parse.SplitResultBytes": _of("urllib.parse", "urlsplit", b"https://u:p@h:1/p?q#f"),
    "urllib.request.Request": _of("urllib.request", "Request", "https://h/p", b"x", {"a": "b"}),
    "logging.Logger": _of("logging", "Logger", "x"),
    "logging.LogRecord": _of("logging", "LogRecord", "a", 20, "p", 1, "m", (), None),
    "logging.Formatter": _of("logging", "Formatter"),
    "logging.StreamHandler": lambda: importlib.import_module("logging").StreamHandler(io.StringIO()),
    "logging.NullHandler": _of("logging", "NullHandler"),
    "os.stat_result": _of("os", "stat", "."),
    "pathlib.PosixPath": lambda: Path("file.txt"),
    "pathlib.PurePosixPath": lambda: importlib.import_module("pathlib").PurePosixPath("a/b.tar.gz"),
    "io.BytesIO": lambda: io.BytesIO(b"one\ntwo\n"),
    "io.StringIO": lambda: io.StringIO("one\ntwo\n"),
    "io.TextIOWrapper": lambda: open("file.txt"),
    "io.BufferedReader": lambda: open("file.txt", "rb"),
    "io.BufferedWriter": lambda: open("other.txt", "wb"),
    "io.FileIO": lambda: io.FileIO("file.txt"),
    "zoneinfo.ZoneInfo": _of("zoneinfo", "ZoneInfo", "UTC"),
    "csv.reader": _of("csv", "reader", ["a,b", "c,d"]),
    "csv.DictReader": _of("csv", "DictReader", ["a,b", "c,d"]),
    "csv.writer": lambda: importlib.import_module("csv").writer(io.StringIO()),
    "csv.DictWriter": lambda: importlib.import_module("csv").DictWriter(io.StringIO(), ["a"]),
    "argparse.ArgumentParser": _of("argparse", "ArgumentParser"),
    "string.Template": _of("string", "Template", "$a"),
    "random.Random": _of("random", "Random", 1),
    "struct.Struct": _of("struct", "Struct", "ii"),
    "queue.Queue": _of("queue", "Queue"),
    "queue.SimpleQueue": _of("queue", "SimpleQueue"),
    "types.SimpleNamespace": lambda: types.SimpleNamespace(a=1),
    "threading.Thread": _of("threading", "Thread"),
    "threading.Event": _of("threading", "Event"),
    "threading.Lock": _of("threading", "Lock"),
    "threading.RLock": _of("threading", "RLock"),
    "concurrent.futures.ThreadPoolExecutor": _of("concurrent.futures", "ThreadPoolExecutor", 1),
    "concurrent.futures.Future": _of("concurrent.futures", "Future"),
    "inspect.Signature": lambda: importlib.import_module("inspect").signature(_function),
    "inspect.Parameter": lambda: importlib.import_module("inspect").signature(_function).parameters["b"],
    "array.array": _of("array", "array", "i", [1, 2]),
    "ssl.SSLContext": _of("ssl", "create_default_context"),
    "subprocess.CompletedProcess": _of("subprocess", "CompletedProcess", ["a"], 0),
    "difflib.SequenceMatcher": _of("difflib", "SequenceMatcher", None, "abcd", "bcde"),
    "statistics.NormalDist": _of("statistics", "NormalDist", 1.0, 2.0),
    "shlex.shlex": _of("shlex", "shlex", "a b 'c d'"),
    "html.parser.HTMLParser": _of("html.parser", "HTMLParser"),
    "mimetypes.MimeTypes": _of("mimetypes", "MimeTypes"),
    "email.headerregistry.Address": _of("email.headerregistry", "Address", "n", "u", "d.e"),
    "cProfile.Profile": _of("cProfile", "Profile"),
    "gzip.GzipFile": lambda: importlib.import_module("gzip").GzipFile(fileobj=io.BytesIO(
        importlib.import_module("gzip").compress(b"one\ntwo\n"))),
    "bz2.BZ2File": lambda: importlib.import_module("bz2").BZ2File(io.BytesIO(
        importlib.import_module("bz2").compress(b"one\ntwo\n"))),
    "lzma.LZMAFile": lambda: importlib.import_module("lzma").LZMAFile(io.BytesIO(
        importlib.import_module("lzma").compress(b"one\ntwo\n"))),
    "tempfile.TemporaryDirectory": lambda: importlib.import_module("tempfile").TemporaryDirectory(dir="."),
    "tempfile.SpooledTemporaryFile": _of("tempfile", "SpooledTemporaryFile"),
    "traceback.StackSummary": lambda: importlib.import_module("traceback").extract_stack(),
    "traceback.TracebackException": lambda: importlib.import_module("traceback").TracebackException.from_exception(
        ValueError("a")),
    "traceback.FrameSummary": lambda: importlib.import_module("traceback").extract_stack()[0],
}  # fmt: skip

#: Called with these arguments, and where it stands in NOT_CALLED with no others.
CALLED: dict[str, list[Callable[[], tuple[Any, ...]]]] = {
    **dict.fromkeys(
        ("os.getpid", "os.getppid", "os.getuid", "os.geteuid", "os.getgid", "os.getegid", "os.cpu_count", "os.getcwd",
         "os.getcwdb", "os.getlogin", "os.get_exec_path", "os.getloadavg", "os.times", "os.uname", "os.umask",
         "os.getgroups", "os.get_terminal_size", "os.sched_yield", "os.getpgrp",
         "sys.getrecursionlimit", "sys.getdefaultencoding", "sys.getfilesystemencoding", "sys.getswitchinterval",
         "sys.getallocatedblocks", "sys.is_finalizing", "sys.gettrace", "sys.getprofile",
         "sys.getfilesystemencodeerrors", "gc.get_count", "gc.get_threshold", "gc.get_stats", "gc.isenabled",
         "gc.get_debug", "gc.get_freeze_count", "gc.collect", "gc.disable", "gc.enable",
         "socket.gethostname", "socket.getdefaulttimeout", "socket.if_nameindex",
         "ssl.RAND_status", "ssl.create_default_context", "ssl.get_default_verify_paths",
         "tempfile.gettempdir", "tempfile.gettempdirb", "tempfile.gettempprefix", "tempfile.mkdtemp", "tempfile.mktemp",
         "tempfile.mkstemp", "threading.active_count", "threading.get_ident", "threading.get_native_id",
         "threading.enumerate", "threading.main_thread", "threading.current_thread",
         "multiprocessing.cpu_count", "signal.valid_signals", "resource.getpagesize", "site.getusersitepackages",
         "locale.localeconv", "locale.getpreferredencoding", "locale.getlocale", "faulthandler.is_enabled",
         "shutil.get_archive_formats", "shutil.get_unpack_formats", "shutil.get_terminal_size",
         "getpass.getuser", "pwd.getpwall", "grp.getgrall", "signal.getitimer", "time.sleep",
        ), [lambda: ()]),
    **dict.fromkeys(
        ("os.stat", "os.lstat", "os.listdir", "os.scandir", "os.access", "os.statvfs", "os.readlink", "os.walk",
         "os.fsencode", "os.fsdecode", "os.getxattr", "os.listxattr", "os.pathconf",
         "shutil.which", "shutil.disk_usage",
        ), [lambda: (".",), lambda: ("file.txt",), lambda: (b"file.txt",), lambda: (Path("."),), lambda: (b".",)]),
    "tempfile.NamedTemporaryFile": [lambda: (), lambda: ("w+",)],
    "tempfile.SpooledTemporaryFile": [lambda: ()],
    "tarfile.open": [lambda: ("made.tar",), lambda: (None, "r", io.BytesIO(TAR))],
    "threading.Event.wait": [lambda: (0,)],
    "threading.Thread.start": [lambda: ()],
    "threading.Semaphore": [lambda: ()],
    "threading.BoundedSemaphore": [lambda: ()],
    "threading.Condition": [lambda: ()],
    "queue.Queue.put": [lambda: (1,)],
    "queue.Queue.put_nowait": [lambda: (1,)],
    "queue.SimpleQueue.put": [lambda: (1,)],
    "subprocess.getstatusoutput": [lambda: ("echo a",)],
    "shutil.copyfileobj": [lambda: (io.BytesIO(b"a"), io.BytesIO())],
    "shutil.copymode": [lambda: ("file.txt", "a.py")],
    "shutil.copystat": [lambda: ("file.txt", "a.py")],
    "struct.Struct.pack": [lambda: (1, 2)],
    "os.strerror": [lambda: (1,)],
    "os.getenv": [lambda: ("PATH",), lambda: ("NO_SUCH",), lambda: ("NO_SUCH", 1)],
    "os.getenvb": [lambda: (b"PATH",), lambda: (b"NO_SUCH",)],
    "os.urandom": [lambda: (3,)],
    "os.sysconf": [lambda: ("SC_PAGE_SIZE",)],
    "os.waitstatus_to_exitcode": [lambda: (0,)],
    "os.sched_getaffinity": [lambda: (0,)],
    "os.getpriority": [lambda: (0, 0)],
    "os.getsid": [lambda: (0,)],
    "os.getpgid": [lambda: (0,)],
    "sys.getsizeof": [lambda: (1,), lambda: ([],)],
    "sys.intern": [lambda: ("a",)],
    "sys.getrefcount": [lambda: (1,)],
    "gc.get_objects": [lambda: ()],
    "gc.is_tracked": [lambda: ([],), lambda: (1,)],
    "socket.gethostbyname": [lambda: ("127.0.0.1",)],
    "socket.inet_aton": [lambda: ("1.2.3.4",)],
    "socket.inet_ntoa": [lambda: (b"abcd",)],
    "socket.inet_pton": [lambda: (2, "1.2.3.4")],
    "socket.inet_ntop": [lambda: (2, b"abcd")],
    **dict.fromkeys(("socket.htons", "socket.ntohs", "socket.htonl", "socket.ntohl"), [lambda: (1,), lambda: (True,)]),
    "socket.getservbyport": [lambda: (80,)],
    "socket.getservbyname": [lambda: ("http",)],
    "socket.getprotobyname": [lambda: ("tcp",)],
    "socket.has_dualstack_ipv6": [lambda: ()],
    "signal.strsignal": [lambda: (2,), lambda: (1000,)],
    "ssl.cert_time_to_seconds": [lambda: ("Jan  5 09:34:43 2018 GMT",)],
    "ssl.RAND_bytes": [lambda: (3,)],
    "pwd.getpwuid": [lambda: (0,)],
    "pwd.getpwnam": [lambda: ("root",)],
    "subprocess.list2cmdline": [lambda: (["a", "b c"],)],
    "importlib.util.find_spec": [lambda: ("json",)],
    "importlib.util.resolve_name": [lambda: (".a", "b")],
    "importlib.util.cache_from_source": [lambda: ("a.py",)],
    "importlib.metadata.version": [lambda: ("pip",)],
    "importlib.metadata.requires": [lambda: ("pip",)],
    "time.sleep": [lambda: (0,)],
}  # fmt: skip

#: Never tried: they reach outside the process, change it, wait, or end it.
NOT_CALLED = re.compile(
    r"^(os\.|sys\.|signal\.|socket\.|socketserver\.|subprocess\.|shutil\.|tempfile\.\w+$|gc\.|resource\.|ssl\.|site\.|fcntl\.|pty\."
    r"|tty\.|termios\.|faulthandler\.|ftplib\.|imaplib\.|poplib\.|smtplib\.|nntplib\.|telnetlib\.|urllib\.request\.(urlopen|"
    r"urlretrieve|build_opener|install_opener|\w*Opener\w*|\w*Handler\w*|URL)|urllib\.robotparser|http\.server|http\.client\.HTTPS?Connection\.\w"
    r"|webbrowser|runpy|importlib\.|pkgutil\.|zipimport|zipapp|antigravity|this|readline\.|pwd\.|grp\.|spwd\.|crypt\.|select\."
    r"|selectors\.|syslog\.|mmap\.|posix\.|nis\.|ossaudiodev|audioop|getpass\.getpass|getpass\.getuser|locale\.setlocale|atexit\."
    r"|threading\.(setprofile|settrace|stack_size|Barrier|Condition|Semaphore|BoundedSemaphore|excepthook)|threading\.\w+\.(wait|acquire|join|start|run)"
    r"|queue\.\w+\.(get|put|join)$|sched\.|timeit\.|trace\.|tracemalloc\.|profile\.|cProfile\.run|pstats|warnings\.|logging\.(config|handlers|shutdown|basicConfig|disable|setL|capture|addLevelName)"
    r"|compileall\.|py_compile\.|doctest\.|dbm|shelve\.|mailbox\.|nturl2path|pipes\.|mailcap\.|multiprocessing\.|contextvars|rlcompleter"
    r"|tabnanny|filecmp|fileinput|imp\.|symtable|pickletools|linecache\.(updatecache|lazycache)|random\.seed|code\.|asyncore|asynchat|smtpd"
    r"|wave\.open|sndhdr|imghdr|time\.(sleep|clock_settime|tzset|pthread)|unittest|ast\.\w*Visitor|ast\.NodeTransformer"
    r"|decimal\.(setcontext|localcontext)|sqlite3\.(enable_callback|register|adapt)|builtins|math\.(factorial|comb|perm)$|zlib\.\w*decompressobj$|concurrent\.futures\.(wait|as_completed|Process|process)"
    r"|random\.randbytes|venv|ensurepip|mimetypes\.(init|add_type|read_mime)|weakref\.finalize|weakref\.\w*ref$|gettext\.(install|textdomain|bindtextdomain)|sysconfig\.parse)"
)
