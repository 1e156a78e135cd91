"""Makes lambdalint/interpreter/library/refusals.bin: which types a function of the standard library surely refuses.

    python scripts/refusals.py
    python3.13 scripts/refusals.py --check

The second line has another Python take back what it does not refuse.

Every function, class and method of the modules below is called with values of every type of lambdalint's samples,
at every position of up to two arguments, of some functions three. A type is refused at a position where each call
with a value of it is a TypeError (or each an AttributeError), whatever stands at the other positions: what made a
call succeed, and what else there is; and whatever one keyword more is given. What refuses nothing is left out, as is
what no call here made succeed.

    python scripts/refusals.py --names

writes the second part of the file anew, and with names, or their beginnings, it adds what these refuse.

The file is zlib's of lines: `SPEC:NAMES`. A name is the full name, `/` and the number of positional arguments. A spec
is, for each position, the types that are taken, split at commas, or `*` for any; `!` stands before those that are
refused with an AttributeError. After an empty line follow lines `PARAMETERS:NAMES`, the names under which each may be
given its positional arguments; a point stands before a method of an object. Types that have no sample are refused
nowhere.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import io
import itertools
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import warnings
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
INTERPRETER = ROOT / "lambdalint" / "interpreter"


def _file(path: Path) -> Any:
    """A module by its file: a Python that is asked has nothing installed."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


_SAMPLES = _file(INTERPRETER / "samples.py")
AWARE, MAKERS, NAIVE = _SAMPLES.AWARE, _SAMPLES.MAKERS, _SAMPLES.NAIVE
canonical = _file(INTERPRETER / "library" / "names.py").canonical

TARGET = ROOT / "lambdalint" / "interpreter" / "library" / "refusals.bin"
Maker = Callable[[], Any]


def _words(text: str) -> list[str]:
    return text.split()


MODULES = _words("""
    hmac base64 json datetime time re zlib gzip uuid decimal math urllib.parse urllib.request html posixpath io
    random secrets statistics calendar ipaddress shlex textwrap string hashlib xml.etree.ElementTree builtins zipfile
    bisect heapq binascii struct
""")
#: What changes the process, waits, asks a person or writes a file, and what is no function of its arguments alone.
LEFT_OUT = frozenset(
    _words("""
    builtins.open builtins.input builtins.exec builtins.eval builtins.compile builtins.__import__ builtins.exit
    builtins.quit builtins.breakpoint builtins.help builtins.copyright builtins.credits builtins.license
    builtins.print builtins.setattr builtins.delattr builtins.getattr builtins.type builtins.super builtins.object
    builtins.property builtins.classmethod builtins.staticmethod builtins.__build_class__ builtins.globals
    builtins.locals builtins.vars builtins.dir builtins.isinstance builtins.issubclass builtins.memoryview gzip.open
    bz2.open lzma.open codecs.open io.open io.open_code io.FileIO logging.basicConfig logging.disable
    logging.shutdown logging.captureWarnings logging.setLoggerClass logging.setLogRecordFactory logging.addLevelName
    logging.FileHandler random.seed random.setstate decimal.setcontext calendar.main calendar.setfirstweekday
    mimetypes.init mimetypes.add_type time.tzset time.clock_settime time.pthread_getcpuclockid
    urllib.request.urlopen urllib.request.urlretrieve urllib.request.install_opener urllib.request.urlcleanup
    itertools.count itertools.cycle itertools.repeat codecs.register codecs.unregister re.purge re.template
    string.Formatter functools.singledispatch functools.singledispatchmethod operator.countOf pickle.Unpickler
    pickle.loads pickle.load uuid.main zoneinfo.reset_tzpath io.text_encoding
    hashlib.sha3_224 hashlib.sha3_256 hashlib.sha3_384 hashlib.sha3_512 hashlib.shake_128 hashlib.shake_256
    hashlib.blake2s hashlib.scrypt hashlib.file_digest base64.encode base64.decode base64.main base64.test
""")
)
#: Objects beside the samples, whose methods are called.
OBJECTS: dict[str, Maker] = {
    "hashlib.HASH": lambda: importlib.import_module("hashlib").sha256(),
    "hmac.HMAC": lambda: importlib.import_module("hmac").new(b"a", b"b", "sha256"),
    "string.Template": lambda: importlib.import_module("string").Template("$a"),
    "xml.etree.ElementTree.Element": lambda: importlib.import_module("xml.etree.ElementTree").fromstring("<a><b/></a>"),
    "xml.etree.ElementTree.ElementTree": lambda: importlib.import_module("xml.etree.ElementTree").ElementTree(
        importlib.import_module("xml.etree.ElementTree").fromstring("<a><b/></a>")
    ),
    "io.TextIOWrapper": lambda: io.TextIOWrapper(io.BytesIO()),
    "io.BufferedWriter": lambda: io.BufferedWriter(io.BytesIO()),  # type: ignore[arg-type]
    "gzip.GzipFile": lambda: importlib.import_module("gzip").GzipFile(fileobj=io.BytesIO(), mode="wb"),
    "csv.writer": lambda: importlib.import_module("csv").writer(io.StringIO()),
}
#: Objects whose methods are not called: their samples stand for several classes, or every call says something else.
NO_METHODS = frozenset(
    {
        NAIVE,
        AWARE,
        "module",
        "function",
        "pathlib.PosixPath",
        "generator",
        "map",
        "filter",
        "zip",
        "enumerate",
        "reversed",
    }
    | {"dict_keys", "dict_values", "dict_items", "range", "complex", "bool", "frozenset", "bytearray", "uuid.UUID"}
    | {"collections.OrderedDict", "collections.Counter", "collections.deque", "time.struct_time", "fractions.Fraction"}
    | {"ipaddress.IPv4Address", "ipaddress.IPv6Address", "ipaddress.IPv4Network", "pathlib.PurePosixPath", "re.Match"}
    | {
        "datetime.timezone",
        "datetime.time",
        "int",
        "float",
        "tuple",
        "decimal.Decimal",
        "xml.etree.ElementTree.ElementTree",
    }
)
#: What else stands at the other positions.
WORDS: tuple[Maker, ...] = (
    *(lambda: "sha256", lambda: "utf-8", lambda: "%Y-%m-%d", lambda: "2026-11-29", lambda: "a=1", lambda: "10.0.0.1"),
    *(lambda: "10.0.0.0/30", lambda: "<a/>", lambda: "r", lambda: "b", lambda: "i", lambda: "UTC", lambda: b"abcd"),
    *(
        lambda: '{"a": 1}',
        lambda: "a@b.c",
        lambda: "http://a.b/c",
        lambda: [1.5, 2.5],
        lambda: [b"a"],
        lambda: ["a", "b"],
    ),
    *(
        lambda: len,
        lambda: int,
        lambda: str,
        lambda: dict,
        lambda: ValueError,
        object,
        lambda: (2026, 11, 29),
        lambda: 8,
    ),
    *(lambda: [("a", "b")], lambda: {"a": "b"}, lambda: (0, 1, 2, 3, 4, 5), lambda: [0, 1], lambda: 2026, lambda: 11),
    *(lambda: importlib.import_module("operator").add, lambda: lambda *a, **k: "a", lambda: lambda *a, **k: 1),
)
POOL: tuple[Maker, ...] = (
    *WORDS,
    *(make for kind, made in MAKERS.items() for make in made if kind not in (NAIVE, AWARE)),
)
#: Calls that hardly come about by chance.
KNOWN: dict[str, list[tuple[Any, ...]]] = {
    "hmac.new": [(b"k", b"m", "sha256"), (bytearray(b"k"), bytearray(b"m"), "md5")],
    "hmac.digest": [(b"k", b"m", "sha256")],
    "hashlib.pbkdf2_hmac": [("sha256", b"p", b"s", 1)],
    "uuid.uuid5": [(importlib.import_module("uuid").NAMESPACE_DNS, "a")],
    "uuid.uuid3": [(importlib.import_module("uuid").NAMESPACE_DNS, "a")],
    "datetime.datetime.strptime": [("2026-11-29", "%Y-%m-%d")],
    "time.strptime": [("2026-11-29", "%Y-%m-%d")],
}
MOST, TRIES, GOOD, OTHERS = 2, 5_000, 16, 20
#: Functions of which more arguments are asked.
THREE = ("hmac.new", "hmac.digest", "re.sub", "datetime.date", "datetime.datetime", "base64.b64encode")


class Slow(BaseException):
    """A call took too long."""


def _slow(*_: object) -> None:
    raise Slow


def called(function: Callable[..., Any], arguments: list[Any], keywords: dict[str, Any]) -> str:
    """What a call ends with: "" or the name of its exception."""
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        function(*arguments, **keywords)
    except (Slow, MemoryError):
        return "Slow"
    except BaseException as error:
        return type(error).__name__ if type(error) in (TypeError, AttributeError) else "other"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return ""


def functions() -> Iterator[tuple[str, list[Callable[[], Callable[..., Any]]]]]:
    """Every name, and what makes each of the functions that it may be: a method's, of each of its receivers."""
    for module in MODULES:
        found = importlib.import_module(module)
        for name in sorted(getattr(found, "__all__", None) or dir(found)):
            value = getattr(found, name, None)
            full = f"{module}.{name}"
            if name.startswith("_") or not callable(value) or full in LEFT_OUT or inspect.ismodule(value):
                continue
            if module != "builtins" and getattr(value, "__module__", module) == "builtins" and isinstance(value, type):
                continue
            if isinstance(value, type) and issubclass(value, (BaseException, Warning)):
                continue
            yield full.removeprefix("builtins."), [lambda value=value: value]  # type: ignore[misc]
            if isinstance(value, type):
                for method in sorted(vars(value)):
                    held = inspect.getattr_static(value, method)
                    if not method.startswith("_") and isinstance(
                        held, (classmethod, staticmethod, type(dict.__dict__["fromkeys"]))
                    ):
                        bound = getattr(value, method)
                        yield f"{full}.{method}".removeprefix("builtins."), [lambda bound=bound: bound]  # type: ignore[misc]
    for kind, makers in {**MAKERS, **{kind: (make,) for kind, make in OBJECTS.items()}}.items():
        if kind in NO_METHODS:
            continue
        cls = type(makers[0]())
        for name in sorted(dir(cls)):
            held = inspect.getattr_static(cls, name)
            if name.startswith("_") or not callable(getattr(cls, name)):
                continue
            if isinstance(held, (classmethod, staticmethod, type(dict.__dict__["fromkeys"]))):
                continue
            yield f"{kind}.{name}", [lambda make=make, name=name: getattr(make(), name) for make in makers]  # type: ignore[misc]


def keyword_names(function: Callable[..., Any], count: int) -> list[str]:
    """The keywords that a call with so many positional arguments may have."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (ValueError, TypeError):
        return []
    at = 0
    names = []
    for parameter in parameters:
        if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
            at += 1
            if at <= count:
                continue
        if parameter.kind in (parameter.KEYWORD_ONLY, parameter.POSITIONAL_OR_KEYWORD):
            names.append(parameter.name)
    return names


def good_calls(
    name: str, makers: list[Callable[[], Callable[..., Any]]], count: int, rng: random.Random
) -> list[tuple[Maker, ...]]:
    """Calls with so many arguments that succeed; none where some take too long."""
    pools: Iterator[tuple[Maker, ...]]
    if len(POOL) ** count <= TRIES:
        every = list(itertools.product(POOL, repeat=count))
        rng.shuffle(every)
        pools = iter(every)
    else:
        pools = (tuple(rng.choices(POOL, k=count)) for _ in range(TRIES))
    known = [tuple(lambda one=one: one for one in given) for given in KNOWN.get(name, ()) if len(given) == count]  # type: ignore[misc]
    good: list[tuple[Maker, ...]] = []
    slow = 0
    for chosen in pools:
        ended = called(rng.choice(makers)(), [make() for make in chosen], {})
        slow += ended == "Slow"
        if ended == "":
            good.append(chosen)
        if slow > 3:
            return []
        if len(good) > 400:
            break
    rng.shuffle(good)
    return [*known, *good[:GOOD]]


def spec(name: str, makers: list[Callable[[], Callable[..., Any]]], count: int, rng: random.Random) -> str | None:
    """What a function takes at each of so many positions; None where that is anything, or no call succeeds."""
    good = good_calls(name, makers, count, rng)
    if not good:
        return None
    others = [tuple(rng.choices(POOL, k=count)) for _ in range(OTHERS if count > 1 else 1)]
    names = keyword_names(makers[0](), count)
    parts = [_taken(makers, position, good, others, names, rng) for position in range(count)]
    return "|".join(parts) if any(part != "*" for part in parts) else None


def _taken(
    makers: list[Callable[[], Callable[..., Any]]],
    position: int,
    good: list[tuple[Maker, ...]],
    others: list[tuple[Maker, ...]],
    names: list[str],
    rng: random.Random,
) -> str:
    one_of_each = [made[1 % len(made)] for made in MAKERS.values()]  # of one type all, as an order asks, or lists of it
    of_one = [(make,) * len(good[0]) for make in one_of_each]
    of_one += [tuple([lambda make=make: [make()]] * len(good[0])) for make in one_of_each]  # type: ignore[misc]
    if len(good[0]) == 1:
        of_one = []
    kinds = {kind: _ending(makers, position, kind, good, [*of_one, *others], names, rng) for kind in MAKERS}
    if all(end not in ("TypeError", "AttributeError") for end in kinds.values()):
        return "*"
    wrong = [f"!{kind}" for kind, end in kinds.items() if end == "AttributeError" and kind not in (NAIVE, AWARE)]
    return ",".join([kind for kind, end in kinds.items() if not end and kind not in (NAIVE, AWARE)] + wrong)


def _ending(
    makers: list[Callable[[], Callable[..., Any]]],
    position: int,
    kind: str,
    good: list[tuple[Maker, ...]],
    others: list[tuple[Maker, ...]],
    names: list[str],
    rng: random.Random,
) -> str:
    """The exception that each call with a value of a type at a position ends with; "" where that is not so."""
    ends: set[str] = set()
    for index, chosen in enumerate((*good, *others)):
        few = index > 8  # then one of each is tried, and not every pair
        for value in MAKERS[kind] if not few else [rng.choice(MAKERS[kind])]:
            for maker in makers if not few else [rng.choice(makers)]:
                arguments = [make() for make in chosen]
                arguments[position] = value()
                end = called(maker(), arguments, {})
                if index >= len(good):  # what else is wrong there may be told of first
                    if end in ("", "Slow"):
                        return ""
                    continue
                ends.add(end)
                if len(ends) > 1 or not ends & {"TypeError", "AttributeError"}:
                    return ""
    for name in names:
        for chosen in good[:6]:
            for make in rng.choices(POOL, k=12):
                arguments = [one() for one in chosen]
                arguments[position] = rng.choice(MAKERS[kind])()
                if called(rng.choice(makers)(), arguments, {name: make()}) == "":
                    return ""
    return ends.pop()


every: list[tuple[str, list[Callable[[], Callable[..., Any]]]]] = []


def _of(index: int) -> tuple[str, dict[int, str]]:
    """What one of them takes, by the number of arguments."""
    name, makers = every[index]
    rng = random.Random(name)
    found = {count: spec(name, makers, count, rng) for count in range(1, MOST + (name in THREE) + 1)}
    return name, {count: one for count, one in found.items() if one is not None}


def check() -> None:
    """Take back what this Python does not refuse."""
    packed = TARGET.read_bytes().partition(b"\n")
    rows, names = zlib.decompress(packed[2]).decode().split("\n\n")
    makers = {canonical(name): made for name, made in functions()}
    kept: dict[str, list[str]] = defaultdict(list)
    for row in rows.split("\n"):
        taken, _, calls = row.partition(":")
        for call in calls.split(" "):
            name, _, count = call.rpartition("/")
            parts = taken.split("|")
            rng = random.Random(call)
            good = good_calls(name, makers[name], int(count), rng)[:12] if name in makers else []
            others = [tuple(rng.choices(POOL, k=int(count))) for _ in range(12 if int(count) > 1 else 1)]
            for position, part in enumerate(parts if good else []):
                if part == "*":
                    continue
                told = part.split(",")
                more = [kind for kind in MAKERS if kind not in told and kind not in (NAIVE, AWARE)
                        and _ending(makers[name], position, kind, good, others, [], rng)
                        != ("AttributeError" if f"!{kind}" in told else "TypeError")]  # fmt: skip
                if more:
                    print(call, position, more, file=sys.__stderr__)
                parts[position] = ",".join([*told, *more])
            kept["|".join(parts)].append(call)
    text = "\n".join(f"{taken}:{' '.join(calls)}" for taken, calls in sorted(kept.items()))
    head = json.loads(packed[0])
    head["python"] += f", {sys.version_info[0]}.{sys.version_info[1]}.{sys.version_info[2]}"
    TARGET.write_bytes(json.dumps(head).encode() + b"\n" + zlib.compress(f"{text}\n\n{names}".encode(), 9))


def main() -> None:
    """Ask, and write."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _slow)
    rows: dict[str, list[str]] = defaultdict(list)
    only = sys.argv[1:]
    if only == ["--check"]:
        with tempfile.TemporaryDirectory() as folder:  # what is called may write files
            os.chdir(folder)
            check()
        return
    if only == ["--names"]:
        write(zlib.decompress(TARGET.read_bytes().partition(b"\n")[2]).decode().split("\n\n")[0])
        return
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        os.chdir(folder)
        every.extend(one for one in functions() if not only or one[0].startswith(tuple(only)))
        with multiprocessing.get_context("fork").Pool(2) as workers:
            for name, specs in workers.imap_unordered(_of, range(len(every)), chunksize=4):
                for count, found in specs.items():
                    rows[found].append(f"{canonical(name)}/{count}")
                    print(f"ROW {found}:{canonical(name)}/{count}", file=sys.__stderr__)
                print(name, file=sys.__stderr__, flush=True)
    os.chdir(ROOT)
    if only:
        old = zlib.decompress(TARGET.read_bytes().partition(b"\n")[2]).decode().split("\n\n")[0]
        for row in old.split("\n"):
            taken, _, names = row.partition(":")
            rows[taken] += [name for name in names.split(" ") if not name.startswith(tuple(only))]
    write("\n".join(f"{found}:{' '.join(sorted(set(names)))}" for found, names in sorted(rows.items()) if names))


def _of_class(name: str) -> bool:
    """Whether a method is a class's own, that needs no object of it."""
    owner, _, method = name.rpartition(".")
    if owner in OBJECTS:
        return False
    held = inspect.getattr_static(type(MAKERS[owner][0]()), method)
    return isinstance(held, (classmethod, staticmethod, type(dict.__dict__["fromkeys"])))


def positional(function: Callable[..., Any]) -> list[str]:
    """The names by which positional arguments may be given, `` for one that has none."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (ValueError, TypeError):
        return []
    named = [one.name if one.kind is one.POSITIONAL_OR_KEYWORD else "" for one in parameters
             if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]  # fmt: skip
    return named if any(named) else []


def write(text: str) -> None:
    """Write the file: what is taken, and the names of the parameters."""
    told = {row.rpartition("/")[0] for line in text.split("\n") for row in line.partition(":")[2].split(" ")}
    names: dict[str, set[str]] = defaultdict(set)
    for name, makers in functions():
        if canonical(name) in told:
            method = (
                "."
                if len(makers) > 1 or (name.rpartition(".")[0] in {*MAKERS, *OBJECTS} and not _of_class(name))
                else ""
            )
            names[",".join(positional(makers[0]()))].add(method + canonical(name))
    text += "\n\n" + "\n".join(f"{own}:{' '.join(sorted(found))}" for own, found in sorted(names.items()))
    head = json.dumps({"python": ".".join(map(str, sys.version_info[:3])), "checked": "2026-11-29"})
    TARGET.write_bytes(head.encode() + b"\n" + zlib.compress(text.encode(), 9))


if __name__ == "__main__":
    main()
