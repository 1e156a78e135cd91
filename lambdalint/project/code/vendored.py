"""Packages that an installer put beside the code (`pip install -t .`): which files are theirs.

The installers say so themselves: `*.dist-info/RECORD`
(https://packaging.python.org/en/latest/specifications/recording-installed-packages/), and for old packages
`*.egg-info/installed-files.txt` (setuptools' `install --record` form, which pip wrote).
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vendored:
    """The Python files of one installed package, relative to the folder it was installed in, with `/`.

    `names` are top-level modules of a package whose list of files was stripped: all that is in them is its.
    """

    package: str
    files: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def holds(self, relative: str) -> bool:
        """Whether a file, relative to the same folder, is the package's."""
        return relative in self.files or (
            bool(self.names) and relative.partition("/")[0].removesuffix(".py") in self.names
        )


def vendored(folder: str, names: Iterable[str]) -> tuple[Vendored, ...]:
    """The packages installed in `folder`, of which `names` are the entries. What cannot be read is no package."""
    found = []
    for name in sorted(names):
        if name.endswith(".dist-info"):
            files = _record(os.path.join(folder, name, "RECORD"))
            tops = _top_level(os.path.join(folder, name)) if files is None else frozenset[str]()
            package = Vendored(name, files or frozenset(), tops)
        elif name.endswith(".egg-info"):
            package = Vendored(name, _installed_files(folder, name))
        else:
            continue
        if package.files or package.names:
            found.append(package)
    return tuple(found)


def record_files(text: str) -> frozenset[str]:
    """The Python files that a RECORD lists, relative to the folder that the .dist-info stands in.

    Files outside that folder (`../../bin/tool`) and absolute paths are left out: they cannot be meant by it.
    """
    import csv

    found = set()
    try:
        for row in csv.reader(text.splitlines()):
            if row and row[0].endswith(".py"):
                found.add(_inside(row[0].replace("\\", "/")))
    except csv.Error:
        pass  # a NUL byte, or a field beyond all measure: what came before it holds
    return frozenset(found - {""})


def _record(path: str) -> frozenset[str] | None:
    text = _read(path)
    return None if text is None else record_files(text)


def _installed_files(folder: str, name: str) -> frozenset[str]:
    """The list of an .egg-info, relative to the .egg-info itself: `../requests/__init__.py`."""
    text = _read(os.path.join(folder, name, "installed-files.txt")) or ""
    lines = (line.strip().replace("\\", "/") for line in text.splitlines())
    return frozenset(_inside(posixpath.join(name, line)) for line in lines if line.endswith(".py")) - {""}


def _top_level(path: str) -> frozenset[str]:
    """The modules of a package whose RECORD was deleted to save space, as deployment tools do."""
    listed = _read(os.path.join(path, "top_level.txt"))
    if listed is None:
        name = os.path.basename(path).partition("-")[0]
        return frozenset({name, name.lower()})
    return frozenset(line.strip() for line in listed.splitlines() if line.strip())


def _inside(path: str) -> str:
    """The path in its shortest form, "" where it leaves the folder."""
    path = posixpath.normpath(path)
    return "" if path.startswith(("../", "/")) or path == ".." else path


def _read(path: str) -> str | None:
    try:
        with open(path, "rb") as file:
            return file.read().decode("utf-8-sig", "surrogateescape")
    except OSError:
        return None
