"""Makes lambdalint/interpreter/library/stubs.bin: what the standard library returns, from typeshed, as far as the
library itself, called, agrees.

    pip install -e . typeshed-client==2.15.0
    python scripts/typeshed_answers.py PYTHON [PYTHON ...]

typeshed says (scripts/typeshed_stubs.py) for Python 3.10 to 3.14; what they do not agree on is left out. PYTHON are
interpreters of different versions: each is asked of every row that is left (tests/oracle/stub_calls.py), and a row is
written that none of them contradicts and one has seen to come so. Left out too is what lambdalint's own tables and
models say: one fact stands in one place.

The file begins with a line of JSON that says what it was made of; the rest is zlib's. A module or class is a block: the
first line its name and, of a class, what it derives from, in order.
Each line that follows is a type, in the little language of library/types.py, `:` for calls that give it or `=` for
attributes that are of it, and names. A class's `?:` are its other methods: what is neither is an attribute of which
nothing is said.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typeshed_client
from typeshed_stubs import Class, Row, Stubs, kind_name

import lambdalint.interpreter.library  # noqa: F401  # the models enter themselves
from lambdalint.interpreter.library import models
from lambdalint.interpreter.library.names import canonical
from lambdalint.interpreter.library.tables import ATTRIBUTES, CALLS
from lambdalint.interpreter.library.types import parse

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "lambdalint" / "interpreter" / "library" / "stubs.bin"
ASKED = ROOT / "tests" / "oracle" / "stub_calls.py"
MINORS = range(10, 15)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Packages that handlers have no use for, that draw, install or test, and those that the interpreter knows itself.
LEFT_OUT = _words("""
    abc aifc annotationlib antigravity ast asynchat asyncio asyncore atexit audioop bdb binhex builtins cProfile
    cgi cgitb chunk cmd code codeop colorsys compileall contextvars copyreg crypt ctypes curses dataclasses dbm
    dis distutils doctest dummy_threading encodings ensurepip enum fcntl filecmp fileinput formatter ftplib
    functools genericpath gettext idlelib imaplib imghdr imp importlib itertools keyword lib2to3 macpath mailbox
    mailcap mmap modulefinder msilib msvcrt multiprocessing nis nntplib nt ntpath nturl2path numbers opcode
    operator optparse ossaudiodev parser pdb pickletools pipes pkgutil poplib posix profile pstats pty
    py_compile pyclbr pydoc pydoc_data pyexpat readline resource rlcompleter runpy sched select selectors shelve
    site smtpd sndhdr socketserver spwd sre_ast sre_compile sre_constants sre_parse stringprep sunau symbol
    symtable sysconfig syslog tabnanny telnetlib termios test this timeit tkinter token tokenize trace
    tracemalloc tty turtle turtledemo types typing typing_extensions unittest uu venv wave weakref webbrowser
    winreg winsound wsgiref xdrlib xmlrpc xxlimited zipapp zipimport
""")
LEFT_OUT_INSIDE = tuple(
    _words("""
    collections.abc compression concurrent.futures.interpreter concurrent.futures.process
    concurrent.interpreters email.headerregistry email.mime.nonmultipart email.policy http.server json.scanner
    json.tool logging.handlers os.path pathlib.types sqlite3.dbapi2 sqlite3.dump urllib.response
    xml.dom.NodeFilter xml.dom.domreg xml.dom.expatbuilder xml.dom.pulldom xml.dom.xmlbuilder
    xml.etree.ElementInclude xml.etree.ElementPath xml.etree.cElementTree xml.parsers xml.sax
""")
)
#: What is another where the machine is, or once the program has said so: no call here shows it.
DOUBTFUL = _words("""
    calendar.firstweekday email.charset.Charset.get_output_charset gzip.GzipFile.filename inspect.getabsfile
    logging.Logger.getChildren logging.Logger.makeRecord logging.Manager.getLogger logging.makeLogRecord
    platform.architecture re.template shlex.shlex.sourcehook ssl.DefaultVerifyPaths.cafile ssl.DefaultVerifyPaths.capath
    urllib.request.HTTPCookieProcessor.http_response urllib.request.HTTPCookieProcessor.https_response uuid.main
    xml.dom.minidom.Element.getAttribute xml.dom.minidom.Element.getAttributeNS xml.etree.ElementTree.ElementTree.parse
""")
#: Packages that are asked together, so that what one gives is a sample for the other.
SAME = {"posix": "os", "blake2": "hashlib", "markupbase": "html"}
CHUNK_SECONDS = 100
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "http_proxy": "http://proxy:1"}


class Table:
    """The rows, by the module or class that has them. `modules`: of a function or class, where it is found."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Row]] = defaultdict(dict)
        self.classes: dict[str, Class] = {}
        self.modules: dict[str, str] = {}

    def add(self, stubs: Stubs, module: str) -> None:
        """Enter what a module gives."""
        for name, info in stubs.names(module).items():
            found = stubs.find(module, name)
            if name.startswith("_") or not info.is_exported or found is None:
                continue
            where, defined = found
            if isinstance(defined.ast, ast.ClassDef):
                self._add_class(stubs, where, defined.ast, f"{module}.{name}")
                continue
            row = stubs.call(where, defined)
            full = canonical(f"{module}.{name}")
            if row is not None and not known(full):
                owner, _, own = full.rpartition(".")
                self.rows[owner][own] = row
                self.modules[full] = module

    def _add_class(self, stubs: Stubs, module: str, node: ast.ClassDef, full: str) -> None:
        if stubs.is_a(module, node, "BaseException", "Enum", "TypedDict", "type"):
            return
        for where, one in stubs.above(module, node):
            self._enter(stubs, where, one)
        full = canonical(full)
        owner, _, own = full.rpartition(".")
        # A tuple with names holds whatever it was made of: its fields are known where the library made it.
        if not known(full) and stubs.is_exact(module, node) and not stubs.is_a(module, node, "NamedTuple", "structseq"):
            row = stubs.made(module, node)
            self.rows[owner][own] = row
            self.modules[full] = owner

    def _enter(self, stubs: Stubs, module: str, node: ast.ClassDef) -> None:
        kind = kind_name(module, node.name)
        if kind in self.classes or module.split(".")[0] in ("typing", "builtins", "_typeshed", "types"):
            return
        found = stubs.find(module, node.name)
        children = (found[1].child_nodes or {}) if found is not None else {}
        made = self.classes[kind] = stubs.class_of(module, node, children)
        self.rows[kind].update(made.rows)


def known(full: str) -> bool:
    """Whether a hand-written row or a model answers."""
    return full in CALLS or full in ATTRIBUTES or models.find(full) is not None


def module_names() -> Iterator[str]:
    base = Path(typeshed_client.__file__).parent / "typeshed"
    for path in sorted(base.rglob("*.pyi")):
        parts = [*path.relative_to(base).with_suffix("").parts]
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        if parts and parts[0] not in LEFT_OUT and not any(part.startswith("_") for part in parts):
            if ".".join(parts).startswith(LEFT_OUT_INSIDE):
                continue
            yield ".".join(parts)


def read(minor: int) -> Table:
    """What the stubs say for one version."""
    stubs, table = Stubs(minor), Table()
    for module in module_names():
        table.add(stubs, module)
    return table


def agreed(tables: list[Table]) -> Table:
    """What all versions that have a name say of it."""
    last = tables[-1]
    for older in tables[:-1]:
        last.classes = older.classes | last.classes
        last.modules = older.modules | last.modules
        for owner, rows in older.rows.items():
            for name, row in rows.items():
                other = last.rows[owner].setdefault(name, row)
                if (row.how, row.type) != (other.how, other.type):
                    other.type = "?"
                    other.how = other.how if row.how == other.how else "setter"
    return last


def questions(table: Table) -> list[dict[str, Any]]:
    """The rows of which something is said, as stub_calls takes them."""
    found = []
    for owner, rows in table.rows.items():
        for name, row in rows.items():
            full = f"{owner}.{name}"
            if row.type == "?" or row.how == "setter" or full in DOUBTFUL or known(full):
                continue
            module = table.modules.get(full, "")
            found.append(
                {
                    "name": full, "owner": owner if owner in table.classes else "", "attribute": name, "how": row.how,
                    "parsed": parse(row.type), "parameters": row.parameters, "least": row.least,
                    "module": module, "path": name,
                }
            )  # fmt: skip
    return found


def ask(python: str, table: Table, rows: list[dict[str, Any]], seed: int) -> dict[str, Any]:
    """What one interpreter says of rows."""
    above = {kind: cls.above for kind, cls in table.classes.items()}
    defined = [[kind, name] for kind in above for name in table.rows[kind]]
    asked = json.dumps({"above": above, "defined": defined, "rows": rows, "seed": seed})
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run(
                [python, "-X", "utf8", ASKED], input=asked.encode(), capture_output=True, timeout=CHUNK_SECONDS,
                cwd=folder, env=ENVIRONMENT | {"HOME": folder, "TMPDIR": folder}, check=True,
            )  # fmt: skip
            return json.loads(Path(folder, "answer.json").read_text())
        except (subprocess.SubprocessError, OSError) as error:
            detail = (getattr(error, "stderr", None) or b"")[-300:]
            print(f"{python} did not answer of {rows[0]['name']}: {error!r} {detail!r}", file=sys.stderr)
            return {"fitted": {}, "wrong": {}}


def asked_of(pythons: list[str], table: Table) -> tuple[set[str], dict[str, str]]:
    """The rows that came as they say, and what contradicts one."""
    chunks: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in questions(table):
        package = row["name"].split(".")[0]
        chunks[SAME.get(package, package)].append(row)
    fitted: Counter[str] = Counter()
    wrong: dict[str, str] = {}
    for seed, python in enumerate(pythons):
        for chunk in chunks.values():
            answer = ask(python, table, chunk, seed)
            fitted.update(answer["fitted"])
            wrong.update(answer["wrong"])
    return {name for name, times in fitted.items() if times} - set(wrong), wrong


def text(table: Table, good: frozenset[str]) -> str:
    """The table as it is written."""
    wanted = wanted_classes(table, good)
    blocks = []
    for owner, rows in sorted(table.rows.items()):
        is_class = owner in table.classes
        if is_class and owner not in wanted:
            continue
        lines: dict[str, list[str]] = defaultdict(list)
        for name, row in sorted(rows.items()):
            if f"{owner}.{name}" in good:
                lines[row.type + (":" if row.how == "call" else "=")].append(name)
            elif is_class and row.how == "call" and not name.startswith("_"):
                lines["?:"].append(name)
        head = [owner, *(one for one in table.classes[owner].above if one in wanted)] if is_class else [owner]
        if lines or is_class:
            written = [f"{kind}{' '.join(names)}" for kind, names in sorted(lines.items())]
            blocks.append("\n".join([" ".join(head), *written]))
    return "\n\n".join(blocks)


def wanted_classes(table: Table, good: Iterable[str]) -> set[str]:
    """The classes that something gives, and those above them."""
    given: set[str] = set()
    rows = [(one, table.rows[one.rpartition(".")[0]][one.rpartition(".")[2]].type) for one in good]
    for kind in [*(kind for _, kind in rows), *CALLS.values(), *ATTRIBUTES.values()]:
        given |= {word for word in kind.replace("[", " ").replace("]", " ").replace(",", " ").split() if "." in word}
    for kind in list(given):
        if kind in table.classes:
            given |= set(table.classes[kind].above)
    return given & set(table.classes)


def main() -> None:
    table = agreed([read(minor) for minor in MINORS])
    fitted, wrong = asked_of(sys.argv[1:], table)
    names = [row["name"] for row in questions(table)]
    good = frozenset(fitted)
    for name, what in sorted(wrong.items()):
        print(f"wrong: {name} {what}", file=sys.stderr)
    for name in sorted(set(names) - good - set(wrong)):
        print(f"never seen: {name}", file=sys.stderr)
    ask_version = "import platform; print(platform.python_version())"
    asked = sorted(subprocess.check_output([one, "-c", ask_version], text=True).strip() for one in sys.argv[1:])
    span = [f"3.{MINORS[0]}", f"3.{MINORS[-1]}"]
    head = {"typeshed-client": version("typeshed-client"), "stubs": span, "asked": asked}
    written = text(table, good)
    TARGET.write_bytes(json.dumps(head).encode() + b"\n" + zlib.compress(written.encode(), 9))
    print(
        f"{TARGET.name}: {len(good)} of {len(names)} rows, {len(wrong)} contradicted; {TARGET.stat().st_size:,} bytes"
    )


if __name__ == "__main__":
    main()
