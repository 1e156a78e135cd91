"""Code folders as they are deployed, at random, good and broken, each asked of the Lambda runtime and of lambdalint.

A folder holds a template, `code/` with modules, packages and folders that are none, a requirements.txt, and `site/`
with stand-ins of what that brings. The modules import from one another in every way, in circles too; some names and
modules are not there. The runtime imports and calls the handler in a process of its own.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.finding import Severity
from lambdalint.project.packaging.known import providers

Files = dict[str, str]  # by path below the folder

#: Distributions that are asked for, listed or not; no other of them brings one of these.
DEPENDENCIES = [
    name for name in ("requests", "pymysql", "redis", "xmltodict", "jwt") if not importlib.util.find_spec(name)
]
LISTED = {"jwt": "PyJWT"}
STANDARD = ("json", "datetime", "os.path", "collections", "uuid")

#: Modules by their paths. `pkg` and `pkg/inner` are packages, `plain` and `my-dir` are folders without `__init__.py`.
MODULES = (
    "util", "models", "store", "my-mod",
    "pkg/__init__", "pkg/tools", "pkg/base", "pkg/inner/__init__", "pkg/inner/deep",
    "plain/side", "plain/other", "my-dir/part",
)  # fmt: skip
NAMES = ("load", "save", "LIMIT", "Thing")
HANDLERS = ("app", "pkg/app", "pkg/inner/app", "plain/app", "my-dir/app", "my-app", "pkg/__init__")

#: How a handler is made, of the function `run` that stands before it.
MADE = (
    "def handler(event, context):\n    return {'ok': True}\n",
    "def handler(event, context=None, extra=1):\n    return {'ok': True}\n",
    "def handler(*args):\n    return {'ok': True}\n",
    "def handler(event):\n    return {'ok': True}\n",
    "def handler(event, context, more):\n    return {'ok': True}\n",
    "async def handler(event, context):\n    return {'ok': True}\n",
    "def handler(event, context):\n    yield {'ok': True}\n",
    "handler = lambda event, context: {'ok': True}\n",
    "class handler:\n    def __init__(self, event, context):\n        self.ok = True\n",
    "handler = {'ok': True}\n",
    "import functools\n\n\ndef run(kind, event, context):\n    return {'ok': kind}\n\n\n"
    "handler = functools.partial(run, 'a')\n",
    "def adapt(function):\n    def inner(event, context):\n        return function(event)\n    return inner\n\n\n"
    "@adapt\ndef handler(event):\n    return {'ok': True}\n",
    "def breaks(function):\n    def inner(event):\n        return function(event, None)\n    return inner\n\n\n"
    "@breaks\ndef handler(event, context):\n    return {'ok': True}\n",
)

#: What lambdalint may say of each answer of the runtime.
EXPECTED = {
    "Runtime.HandlerNotFound": {"LL003"},
    "Runtime.MalformedHandlerName": {"LL004"},
    "Runtime.BuiltInModuleConflict": {"LL004"},
    "Runtime.UserCodeSyntaxError": {"LL001"},
    "Runtime.ImportModuleError": {"LL006", "LL007", "LL009"},
    "call": {"LL101", "LL105"},
    "marshal": {"LL102", "LL103", "LL105", "LL202"},
    "ok": set(),
}


def folder(choose: random.Random) -> Files:
    """A folder, at random."""
    where = choose.choice(HANDLERS)
    kept = [path for path in MODULES if choose.random() < 0.7 or path.endswith("__init__")]
    listed = [name for name in DEPENDENCIES if choose.random() < 0.5]
    files = {f"code/{path}.py": _module(choose, path, kept, listed) for path in kept}
    made = choose.choice(MADE if choose.random() < 0.6 else MADE[:1])
    if choose.random() < 0.15:
        files["code/entry.py"] = _module(choose, "entry", kept, listed) + made
        made = choose.choice(
            ("from entry import handler\n", "from entry import *\n", "import entry\n\nhandler = entry.handler\n")
        )
    files[f"code/{where}.py"] = _module(choose, where, kept, listed) + made
    files["code/requirements.txt"] = "".join(f"{LISTED.get(name, name)}\n" for name in listed)
    files |= {f"site/{name}.py": "" for name in listed}
    files["template.yaml"] = _TEMPLATE.format(handler=_handler(choose, where), minor=sys.version_info[1])
    return files


_TEMPLATE = """Transform: AWS::Serverless-2016-10-31
Resources:
  Demo:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: code
      Handler: "{handler}"
      Runtime: python3.{minor}
"""


def _handler(choose: random.Random, where: str) -> str:
    """A handler string: mostly a good one."""
    module = where.removesuffix("/__init__")
    if choose.random() < 0.3:
        module = module.replace("/", ".")
    if choose.random() < 0.8:
        return f"{module}.handler"
    return choose.choice((
        f"{module}.nope", f"{module}x.handler", module.replace("/", "-"), f"{module}.handler.inner", "pkg.handler",
        f"{module}.py.handler", "sys.handler", "time.handler", "json.handler", "plain.handler", f"{module}.",
    ))  # fmt: skip


def _module(choose: random.Random, path: str, kept: list[str], listed: list[str]) -> str:
    lines = [_import(choose, path, kept, listed) for _ in range(choose.choice((0, 0, 1, 1, 2)))]
    bound = [name for name in NAMES if choose.random() < 0.8]
    lines += [_BOUND[name] for name in bound]
    if choose.random() < 0.15:
        lines.append(f"__all__ = {bound[:2]!r}")
    if choose.random() < 0.1:
        lines.append(
            "def __getattr__(name):\n    if name.startswith('__'):\n        raise AttributeError(name)\n    return 1"
        )
    if choose.random() < 0.2:
        lines.append(_import(choose, path, kept, listed))
    return "\n".join(lines) + "\n\n\n"


_BOUND = {
    "load": "def load(key):\n    return key",
    "save": "def save(key, value=None):\n    return {key: value}",
    "LIMIT": "LIMIT = 10",
    "Thing": "class Thing:\n    pass",
}


def _import(choose: random.Random, path: str, kept: list[str], listed: list[str]) -> str:
    kind = choose.random()
    if kind < 0.12:
        statement = f"import {choose.choice(STANDARD)}"
    elif kind < 0.3 and DEPENDENCIES:
        wanted = choose.choice(listed) if listed and choose.random() < 0.7 else choose.choice(DEPENDENCIES)
        statement = choose.choice((f"import {wanted}", f"import {wanted} as other"))
    else:
        statement = _own(choose, path, kept)
    if choose.random() < 0.15:
        caught = choose.choice(("ImportError", "Exception"))
        return f"try:\n    {statement}\nexcept {caught}:\n    pass"
    if choose.random() < 0.1:
        return f"def later():\n    {statement}" if "*" not in statement else statement
    return statement


def _own(choose: random.Random, path: str, kept: list[str]) -> str:
    """An import of one of the folder's own modules, by its full name, by dots, or by its last name alone."""
    target = choose.choice(kept if choose.random() < 0.9 else MODULES).removesuffix("/__init__")
    if "-" in target:
        target = "util"
    name = choose.choice(NAMES) if choose.random() < 0.95 else "nothing"
    dotted = target.replace("/", ".")
    kind = choose.random()
    if kind < 0.2:
        return f"import {dotted}"
    if kind < 0.25:
        return f"import {dotted.rpartition('.')[2]}"
    if kind < 0.35:
        return f"from {dotted} import *"
    if kind < 0.5:
        outer, _, last = dotted.rpartition(".")
        return f"from {outer} import {last}" if outer else f"import {dotted} as alias"
    here = path.split("/")[:-1]
    if (here and kind < 0.8) or kind < 0.53:
        dots = choose.choice((1, 1, 1, 2))
        module, wanted = choose.choice(("", "tools", "base", "side", "inner")), choose.choice((name, "tools", "base"))
        return f"from {'.' * dots}{module} import {wanted}"
    return f"from {dotted} import {name}"


@dataclass
class Verdicts:
    """What came of a campaign. `wrong`: each disagreement, told."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def text(self) -> str:
        return "  " + ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items()))


def write(files: Files, root: Path) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (root / "site").mkdir(exist_ok=True)
    (root / ".git").mkdir(exist_ok=True)


def _written(root: Path) -> str:
    """The handler string of a folder's template."""
    return (root / "template.yaml").read_text("utf-8").split('Handler: "')[1].split('"')[0]


def asked(root: Path) -> tuple[str, str]:
    """What the runtime says of a folder."""
    handler = _written(root)
    done = subprocess.run(
        [sys.executable, "-m", "tests.oracle.runtime_worker", str(root / "code"), str(root / "site")],
        input=json.dumps({"handler": handler, "events": [{}]}) + "\n",
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent.parent,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.stdout, done.stderr[-2000:]
    outcome, message = json.loads(done.stdout)[0]
    return outcome, message


def said(root: Path) -> tuple[dict[str, str], bool]:
    """The errors that lambdalint reports of the function that a folder deploys, by code; and whether it was followed
    on every path."""
    handler = _written(root).replace("/", ".")
    before = os.getcwd()
    os.chdir(root)
    try:
        report = lint(["."], Settings(root=str(root)))
    finally:
        os.chdir(before)
    assert not report.errors, report.errors[0].traceback
    found = {
        finding.code: f"{finding.span.path}:{finding.span.start.row} {finding.message}"
        for finding in report.findings
        if finding.severity is Severity.ERROR and finding.code[:3] in ("LL0", "LL1")
        if finding.function in (None, handler) or any(f"`{handler}`" in related.text for related in finding.related)
    }
    return found, not report.gave_up


def compare(root: Path, files: Files, outcome: tuple[str, str], verdicts: Verdicts) -> None:
    found, followed = said(root)
    kind, message = outcome
    kind = message.partition(":")[0] if kind == "fault" and message.startswith("Runtime.") else kind
    if kind not in EXPECTED:
        verdicts.counts["left aside"] += 1
        return
    expected = set(EXPECTED[kind])
    handler = _written(root).rpartition(".")[0].replace("/", ".")
    if kind == "Runtime.ImportModuleError":
        path = f"code/{handler.replace('.', '/')}"
        if not {f"{path}.py", f"{path}/__init__.py"} & files.keys():
            expected = {"LL002", "LL004", *expected}
        missing = re.search(r"No module named '(\w+)'", message)
        if missing is not None and missing[1] != handler and not providers(missing[1]):
            # A name that nobody is known to bring, by which no file stands anywhere: a build may put it there.
            verdicts.counts["left aside"] += 1
            return
    verdicts.counts[kind] += 1
    codes = set(found)
    if kind == "Runtime.ImportModuleError":  # what would come after the import is no matter
        codes = {code for code in codes if not code.startswith("LL1") and code != "LL003"}
    unseen = not followed or "'int' object" in message  # what `__getattr__` gave
    if (expected and not codes & expected and not unseen) or codes - expected:
        told = "\n".join(f"--- {name}\n{text.strip()}" for name, text in sorted(files.items()) if text.strip())
        verdicts.wrong.append(f"runtime: {kind} {message}\nlambdalint: {found}\n{told}")


def campaign(seed: int, count: int) -> Verdicts:
    """So many folders from a seed."""
    verdicts = Verdicts()
    with tempfile.TemporaryDirectory() as name:
        folders = []
        for number in range(count):
            files = folder(random.Random(f"{seed}/{number}"))
            root = Path(name).resolve() / str(number)
            write(files, root)
            folders.append((files, root))
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(lambda pair: asked(pair[1]), folders))
        for (files, root), outcome in zip(folders, outcomes):
            compare(root, files, outcome, verdicts)
    return verdicts
