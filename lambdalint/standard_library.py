"""Which Python 3 has which module of the standard library, and which names in it.

The facts stand in standard_library.txt with their source and the date; scripts/standard_library.py makes it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

#: The minor versions of Python 3 that the facts are about.
OLDEST, NEWEST = 8, 14
#: The first that AWS Lambda had.
_FIRST = 6


@lru_cache(maxsize=1)
def _spans() -> dict[str, tuple[int, int]]:
    found = {}
    text = (files("lambdalint") / "standard_library.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, versions = line.split(" ")
            first, _, last = versions.partition("-")
            found[name] = (int(first or OLDEST), int(last or NEWEST)) if "-" in versions else (OLDEST, NEWEST)
    return found


def span(name: str) -> tuple[int, int] | None:
    """The first and the last minor version that has a module, a name in one ("datetime.UTC"), a builtin
    ("builtins.anext") or a method of one ("str.removeprefix"). None for what is not known, and for a name in a module
    that every version has."""
    return _spans().get(name)


def is_module(top: str) -> bool:
    """Whether some version has a public module of this name at the top of its standard library."""
    return "." not in top and top in _spans()


def minor_of(runtime: str | None) -> int | None:
    """The minor version of a Lambda runtime, `python3.12`; None of anything else and of what no fact is about. Before
    the oldest that the facts are about, no name is known to be there or not."""
    if runtime is None or not runtime.startswith("python3."):
        return None
    minor = runtime.removeprefix("python3.")
    return int(minor) if minor.isdecimal() and _FIRST <= int(minor) <= NEWEST else None
