"""What a run looks into of the code that it imports.

A run executes the statements at the top of a module. Of a function among them it looks at the head alone, until
something calls it, or asks what stands in it; whoever does asks the `FunctionInfo`, which notes it here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

#: Functions by their modules' paths, as people see them, and their own names; of a whole module ""; "=json": whether
#: that name stands anywhere in it.
Look: TypeAlias = "tuple[str, str]"

_noted: list[set[Look]] = []  # for each of those who want to know


@contextmanager
def looks() -> Iterator[set[Look]]:
    """The set of all that is looked into from now on."""
    mine: set[Look] = set()
    _noted.append(mine)
    try:
        yield mine
    finally:
        _noted.pop()


def look(path: str, name: str) -> None:
    """Somebody looks into a function."""
    for noted in _noted:
        noted.add((path, name))
