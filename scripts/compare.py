"""What other tools say of the faults in the pages' bad examples, as a table for the README.

    nox -f scripts/noxfile.py -s compare

A fault is a line of a bad example that is marked with its page's code. A tool has found it where one of its messages
stands at that line, is none of `STYLE`, and is of a kind that the tool does not tell of the good examples of that page:
what it says of both does not tell them apart. Messages of `ELSEWHERE` count though they stand at another line. The
tools run with all that they have switched on, and with the libraries that the examples use and their stubs installed.
`--raw FILE` keeps all that they said, for whoever reads it again.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lambdalint.page_tests import _MARK, Page, _is_of  # noqa: E402

#: Families of rules, with the codes of their pages, or the fronts of those.
FAMILIES = {
    "syntax, imports, packaging": ("LL001", "LL005", "LL006", "LL007", "LL008", "LL009", "LL010"),
    "templates": ("LL002", "LL003", "LL004", "LL011"),
    "signature of the handler": ("LL1",),
    "returns, serialization, operations": ("LL2",),
    "HTTP answers": ("LL301", "LL302", "LL303", "LL304", "LL305", "LL306", "LL307", "LL308", "LL312"),
    "event contracts": ("LL310", "LL311", "LL32", "LL330", "LL4"),
    "secrets": ("LL5",),
    "pyflakes' own": ("F",),
}

#: Messages that stand at a marked line by chance: they speak of its form, and not of what happens there. By tool.
STYLE = {
    "ruff": {
        "ARG001": "an argument that is not used; it is not used in the right order either",
        "DTZ005": "a time without a zone; with one it is no JSON either",
        "E501": "the length of the line",
        "ICN001": "by which name a module is imported",
        "ISC001": "a text in two parts, in which a secret stands so that nobody takes the page for a leak",
        "LOG015": "which logger is used",
        "RET504": "a variable that could be left out",
    },
    "pylint": {
        "implicit-str-concat": "as ruff's ISC001",
        "magic-value-comparison": "a value without a name",
        "unused-argument": "as ruff's ARG001",
    },
    "pyright": {
        "reportUnknownArgumentType": "it does not know the type, and says that",
        "reportUnknownMemberType": "the same",
        "reportUnknownParameterType": "the same",
        "reportUnknownVariableType": "the same",
    },
}

#: Messages that tell the very fault, at another line of the file: by its code, the tool and the kind.
ELSEWHERE = {
    ("LL201", "ruff", "RET503"): "at the end of the path that returns nothing; LL201 marks another of its ends",
    ("LL201", "pylint", "inconsistent-return-statements"): "at the `def`",
    ("F401", "ruff", "F401"): "at the name; pyflakes has the statement",
}


@dataclass(frozen=True)
class Message:
    """What a tool says. `project`: the folder of the example; `file`: inside it."""

    tool: str
    project: str
    file: str
    row: int
    kind: str
    text: str


#: A marked line: its file, its row, the code.
Fault = tuple[str, int, str]


@dataclass(frozen=True)
class Example:
    """A bad or good project of a page, in a folder of its own."""

    page: str
    bad: bool
    folder: str
    faults: tuple[Fault, ...]


def examples(root: Path) -> list[Example]:
    """Write the projects of all pages, without their marks. The rules about lambdalint's own comments are left out."""
    found = []
    for path in sorted((ROOT / "rules").glob("*.md")):
        page = Page(path, path.read_text("utf-8"))
        if page.code.startswith("LL9"):
            continue
        for bad in (True, False):
            for number, project in enumerate(page.bad if bad else page.good):
                folder = f"{page.code}_{'bad' if bad else 'good'}_{number}"
                for name, text in project.files.items():
                    file = root / folder / name
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text("\n".join(_MARK.sub("", line) for line in text.split("\n")), "utf-8")
                faults = {fault for fault in project.marks if bad and _is_of(fault[2], page.code)}
                found.append(Example(page.code, bad, folder, tuple(sorted(faults))))
    return found


# -- the tools: what each says of a folder; of all examples, or of one where they disturb one another ------------------

Said = Iterator[tuple[str, int, object, str]]


def ruff(folder: Path) -> Said:
    asked = ("check", "--isolated", "--no-cache", "--select", "ALL", "--preview", "--output-format", "json", ".")
    for one in _json("ruff", *asked, cwd=folder):
        yield one["filename"], one["location"]["row"], one["code"], one["message"]


def pylint(folder: Path) -> Said:
    asked = ("--rcfile=", "--enable-all-extensions", "--enable=all", "-f", "json", "--recursive=y", ".")
    for one in _json("pylint", *asked, cwd=folder):
        yield one["path"], one["line"], one["symbol"], one["message"]


def mypy(folder: Path) -> Said:
    cache = folder.parent / f".mypy-{folder.name}"
    out = _run("mypy", "--strict", "--no-error-summary", "--config-file=", f"--cache-dir={cache}", ".", cwd=folder)
    for line in re.finditer(r"^(\S+?):(\d+): error: (.*?)(?:  \[(.*)\])?$", out, re.MULTILINE):
        yield line[1], int(line[2]), line[4], line[3]


def pyright(folder: Path) -> Said:
    roots = [{"root": path.name} for path in sorted(folder.iterdir()) if path.is_dir() and path.name[0] != "."]
    settings = {"typeCheckingMode": "strict", "executionEnvironments": roots}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    found = _json("pyright", "--outputjson", "--pythonpath", sys.executable, cwd=folder)
    for one in found["generalDiagnostics"]:
        yield one["file"], one["range"]["start"]["line"] + 1, one.get("rule"), one["message"]


def bandit(folder: Path) -> Said:
    for one in _json("bandit", "-r", "-q", "-f", "json", ".", cwd=folder)["results"]:
        yield one["filename"], one["line_number"], one["test_id"], one["issue_text"]


def cfn_lint(folder: Path) -> Said:
    files = [str(path) for path in sorted(folder.glob("[!.]*/**/*")) if path.suffix in (".yaml", ".yml", ".json")]
    for one in _json("cfn-lint", "-f", "json", "--include-checks", "I", "--", *files, cwd=folder):
        yield one["Filename"], one["Location"]["Start"]["LineNumber"], one["Rule"]["Id"], one["Message"]


OF_ALL: dict[str, Callable[[Path], Said]] = {"ruff": ruff, "pyright": pyright, "bandit": bandit, "cfn-lint": cfn_lint}
OF_ONE: dict[str, Callable[[Path], Said]] = {"pylint": pylint, "mypy": mypy}
TOOLS = ("ruff", "pylint", "mypy", "pyright", "bandit", "cfn-lint")


def _run(name: str, *arguments: str, cwd: Path) -> str:
    command = (str(Path(sys.executable).parent / name), *arguments)
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=1200).stdout


def _json(name: str, *arguments: str, cwd: Path) -> Any:
    return json.loads(_run(name, *arguments, cwd=cwd) or "[]")


def said(root: Path, found: Sequence[Example]) -> list[Message]:
    """All that the tools say of all examples."""

    def of(task: tuple[str, Path]) -> list[Message]:
        tool, folder = task
        messages = []
        for file, row, kind, text in (OF_ALL.get(tool) or OF_ONE[tool])(folder):
            project, _, inside = os.path.relpath(folder / file, root).replace(os.sep, "/").partition("/")
            messages.append(Message(tool, project, inside, row, str(kind), text))
        return messages

    tasks = [(tool, root) for tool in OF_ALL]
    tasks += [(tool, root / example.folder) for tool in OF_ONE for example in found]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [message for messages in pool.map(of, tasks) for message in messages]


# -- what counts -------------------------------------------------------------------------------------------------------


def counting(
    found: Sequence[Example], messages: Sequence[Message]
) -> Iterator[tuple[Example, tuple[str, int], Message]]:
    """Each message that counts, with the fault that it tells."""
    pages = {example.folder: example for example in found}
    of_good = {(pages[one.project].page, one.tool, one.kind) for one in messages if not pages[one.project].bad}
    for message in messages:
        example = pages[message.project]
        told = (message.tool, message.kind)
        if (example.page, *told) in of_good or message.kind in STYLE.get(message.tool, ()):
            continue
        for fault in example.faults:
            file, row, code = fault
            if file == message.file and (row == message.row or (code, *told) in ELSEWHERE):
                yield example, fault, message


def family_of(page: str) -> str:
    return next(name for name, fronts in FAMILIES.items() if page.startswith(fronts))


def table(found: Sequence[Example], messages: Sequence[Message]) -> str:
    """The table in Markdown."""
    faults = Counter(family_of(example.page) for example in found for _ in example.faults)
    told = {(example.folder, fault, message.tool) for example, fault, message in counting(found, messages)}
    counts = Counter((family_of(folder.partition("_")[0]), tool) for folder, _, tool in told)
    heads = [f"{tool} {version(tool)}" for tool in TOOLS]
    rows = [["", "faults", *heads], ["---", *["--:"] * (len(heads) + 1)]]
    rows += [[family, str(faults[family]), *(str(counts[family, tool]) for tool in TOOLS)] for family in FAMILIES]
    sums = [str(sum(counts[family, tool] for family in FAMILIES)) for tool in TOOLS]
    rows.append(["all", str(sum(faults.values())), *sums])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raw", type=Path, metavar="FILE", help="keep what the tools said, as JSON")
    parser.add_argument("--again", type=Path, metavar="FILE", help="count anew what was kept, and run no tool")
    parser.add_argument("--counting", action="store_true", help="list the messages that count")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = examples(Path(name))
        if options.again:
            messages = [Message(**one) for one in json.loads(options.again.read_text("utf-8"))]
        else:
            messages = said(Path(name), found)
    if options.raw:
        options.raw.write_text(json.dumps([asdict(message) for message in messages], indent=1), "utf-8")
    if options.counting:
        for example, (file, row, code), message in counting(found, messages):
            text = " ".join(message.text.split())[:120]
            print(f"{message.tool} {message.kind} {example.folder} {file}:{row} {code} {text}")
        print()
    print(f"{datetime.date.today()}\n\n{table(found, messages)}", end="")


if __name__ == "__main__":
    main()
