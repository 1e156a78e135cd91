"""Makes lambdalint/standard_library.txt: which Python has which module of the standard library, and which names in it.

    pip install stdlib-list==0.12.0 vermin==1.9.2
    python scripts/standard_library.py PYTHON [PYTHON ...] > lambdalint/standard_library.txt

Modules are those of stdlib-list, names those of vermin (MIT, https://github.com/netromdk/vermin). PYTHON are
interpreters of different versions: what one of them contradicts is left out, and what the older of two neighbours has
and the newer has not is entered as gone.
"""

from __future__ import annotations

import collections.abc
import datetime
import itertools
import json
import subprocess
import sys
from typing import Any

from stdlib_list import stdlib_list
from vermin.config import Config
from vermin.rules import MOD_MEM_REQS, MOD_REQS

FIRST, LAST = 8, 14  # of Python 3: the oldest runtime that still runs functions, the newest that there is

#: Asked of each interpreter, so that it says what it has.
ASK = """
import importlib, json, sys, types, warnings
warnings.simplefilter("ignore")
asked = json.load(sys.stdin)
found = {"version": sys.version_info[1], "names": {}}
found["modules"] = sorted(getattr(sys, "stdlib_module_names", asked["modules"]))
found["lacks"] = []
for name in asked["lacks"]:
    try:
        getattr(importlib.import_module(name.rpartition(".")[0]), name.rpartition(".")[2])
    except BaseException:
        found["lacks"].append(name)
for name in asked["modules"]:
    try:
        module = importlib.import_module(name)
    except BaseException:
        continue
    found["names"][name] = [n for n in dir(module) if not isinstance(getattr(module, n, None), types.ModuleType)]
    for part in list(found["names"][name]):
        if isinstance(getattr(module, part, None), type):
            found["names"][name] += [part + "." + n for n in dir(getattr(module, part))]
json.dump(found, sys.stdout)
"""
#: Not imported to be asked: they print, open windows, or run.
LEFT_OUT = {"antigravity", "this", "idlelib", "turtledemo", "test", "lib2to3", "__main__"}
#: Names that older modules give without listing them.
UNLISTED = [f"collections.{name}" for name in collections.abc.__all__]


def ask(python: str, modules: list[str], lacks: list[str] | None = None) -> dict[str, Any]:
    """What an interpreter has in these modules, and which of some names it lacks."""
    asked = json.dumps({"modules": modules, "lacks": lacks or []})
    done = subprocess.run([python, "-I", "-c", ASK], input=asked, capture_output=True, text=True)
    return {**json.loads(done.stdout[done.stdout.index('{"version"') :]), "python": python}


def ranges() -> dict[str, tuple[int, int]]:
    """Of each module that not all versions have, the first and the last that do."""
    held: dict[str, list[int]] = {}
    for minor in range(FIRST, LAST + 1):
        for name in stdlib_list(f"3.{minor}"):
            if not name.startswith("_") and "." not in name and name != "test":  # which installers leave out
                held.setdefault(name, []).append(minor)
    return {
        name: (minors[0], minors[-1])
        for name, minors in held.items()
        if minors == list(range(minors[0], minors[-1] + 1))
    }


def members() -> dict[str, int]:
    """The first version of each name, where that is not the oldest."""
    config = Config()
    found = {}
    for table in (MOD_REQS(config), MOD_MEM_REQS(config)):
        for name, (_, three) in table.items():
            if three is not None and three[0] == 3 and FIRST < three[1] <= LAST:
                found[name] = three[1]
    return found


def has(answer: dict[str, Any], name: str) -> bool | None:
    """Whether an interpreter has a dotted name; None where it cannot be told from what it said."""
    parts = name.split(".")
    for count in range(len(parts) - 1, 0, -1):
        names = answer["names"].get(".".join(parts[:count]))
        if names is not None:
            return ".".join(parts[count:]) in names or name in answer["names"]
    return None


def main() -> None:
    spans = ranges()
    since = members()
    modules = sorted({name for name in spans if name not in LEFT_OUT} | {name.rpartition(".")[0] for name in since})
    modules = [name for name in modules if name and name.split(".")[0] not in LEFT_OUT] + ["builtins"]
    answers = sorted((ask(python, modules) for python in sys.argv[1:]), key=lambda answer: answer["version"])
    lines = {}
    for name, (first, last) in spans.items():
        if any((name in a["modules"]) != (first <= a["version"] <= last) for a in answers if a["version"] >= 10):
            print(f"left out: module {name} {first}-{last}", file=sys.stderr)
        else:
            lines[name] = (first if first > FIRST else None, last if last < LAST else None)
    for name, first in since.items():
        dotted = name if "." in name else f"builtins.{name}"
        if name in lines:
            continue
        said = [(a["version"], has(a, dotted) or has(a, f"builtins.{name}")) for a in answers]
        if any(known is not None and known != (version >= first) for version, known in said):
            print(f"left out: {name} {first} {said}", file=sys.stderr)
        else:
            lines[dotted] = (first, None)
    pythons = {a["version"]: python for python in sys.argv[1:] for a in answers if a["python"] == python}
    for older, newer in itertools.pairwise(answers):
        missing = UNLISTED + [
            f"{module}.{name}"
            for module, names in older["names"].items()
            for name in set(names) - set(newer["names"].get(module, names))
            if "." not in name and not name.startswith("_")
        ]
        later = [a["version"] for a in answers if a["version"] >= newer["version"]]
        lacks = [set(ask(pythons[version], [], missing)["lacks"]) for version in later]
        had = set(missing) - set(ask(pythons[older["version"]], [], missing)["lacks"])
        for name in set.intersection(had, *lacks):
            lines[name] = (None, older["version"])
    print("# Which Python 3 has what of its standard library: a name, then the minor versions that have it.")
    print("# `11-`: since 3.11. `-11`: gone since 3.12. `*`: every one. Made by scripts/standard_library.py.")
    asked = ", ".join(f"3.{answer['version']}" for answer in answers)
    print(f"# source: stdlib-list 0.12.0, vermin 1.9.2, and the interpreters of {asked}")
    print(f"# checked: {datetime.date.today()}")
    for name, (first, last) in sorted(lines.items()):
        if first is None and last is None:
            if "." not in name:
                print(f"{name} *")
        else:
            print(f"{name} {first or ''}-{last or ''}")


if __name__ == "__main__":
    main()
