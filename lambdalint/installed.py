"""Which modules belong to what is installed in this environment: the one way by which rules of plug-ins come.

Linting a foreign project must run none of its code, though Python would look for modules in the current folder, and
though a repository may hold what looks like an installed package. So nothing here is looked for in the current folder
or in the project, but for two places that the environment itself names: a `site-packages` on `sys.path`, and the folder
of an editable install. A module is found without importing the packages that it is in, and counts if an installed
distribution lists its file, or is an editable install of the folder that holds it.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import os
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from importlib.metadata import Distribution
from types import ModuleType

_SITES = ("site-packages", "dist-packages")


class Environment:
    """What is installed, seen from a project: `root` is its folder, the current one counts as it does."""

    def __init__(self, root: str) -> None:
        self._root = os.path.realpath(root)
        self._foreign = {self._root, os.path.realpath(os.getcwd())}
        paths = [path for path in sys.path if path and os.path.isabs(path) and not self._is_foreign(path)]
        self._distributions = list(importlib.metadata.distributions(path=paths))
        self._editable = [found for one in self._distributions if (found := _editable(one)) is not None]
        self._paths = list(dict.fromkeys([*paths, *(path for one in self._editable for path in one.paths)]))

    def _is_foreign(self, path: str) -> bool:
        """Whether an entry of `sys.path` is of the project: its folder, or one in it that is no environment's."""
        path = os.path.realpath(path)
        if path in self._foreign:
            return True
        library = any(_within(path, sysconfig.get_path(name)) for name in ("stdlib", "platstdlib"))
        if library or os.path.basename(path) in _SITES:
            return False
        return any(_within(path, folder) for folder in self._foreign)

    def entry_points(self, group: str) -> dict[str, list[str]]:
        """The modules that the entry points of a group name, by the names of these."""
        found: dict[str, list[str]] = {}
        for distribution in self._distributions:
            for point in distribution.entry_points:
                if point.group == group and point.module not in found.setdefault(point.name, []):
                    found[point.name].append(point.module)
        return found

    def has(self, module: str) -> bool:
        """Whether a module is there and belongs to what is installed. Nothing is imported to tell."""
        with self._searched():
            spec = _spec(module)
        if spec is None or spec.origin is None or not spec.has_location:
            return False
        file = os.path.realpath(spec.origin)
        # an installer may link to a file in its cache; it lists the link
        listed = {file, os.path.abspath(spec.origin)}
        return any(_lists(one, each) for one in self._distributions for each in listed) or any(
            _within(file, one.folder) and not self._is_nested(file, one.folder) for one in self._editable
        )

    def _is_nested(self, file: str, folder: str) -> bool:
        """Whether a file of an editable install is of a project of its own inside it that is being linted: a clone in
        a subfolder, which is a namespace package to Python."""
        return self._root != folder and _within(self._root, folder) and _within(file, self._root)

    def imported(self, module: str) -> ModuleType:
        """Import a module that `has` knows, and with it whatever it imports, past the current folder."""
        with self._searched():
            return importlib.import_module(module)

    @contextmanager
    def _searched(self) -> Iterator[None]:
        before = sys.path[:]
        sys.path[:] = self._paths
        try:
            yield
        finally:
            sys.path[:] = before


@dataclass(frozen=True, slots=True)
class _Editable:
    """An editable install: the folder of its project, and the folders that it adds to `sys.path`."""

    folder: str
    paths: Sequence[str]


def _editable(distribution: Distribution) -> _Editable | None:
    """What `pip install -e` leaves, by PEP 610 and PEP 660; None for any other distribution."""
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    try:
        told = json.loads(distribution.read_text("direct_url.json") or "null")
        url = urlsplit(told["url"]) if told and told.get("dir_info", {}).get("editable") is True else None
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        return None
    if url is None or url.scheme != "file":
        return None
    folder = os.path.realpath(url2pathname(url.path))
    paths = []
    for file in distribution.files or ():
        if file.suffix == ".pth" and len(file.parts) == 1:
            paths += _added(str(distribution.locate_file(file)))
    there = [path for path in paths if os.path.isdir(path) and _within(os.path.realpath(path), folder)]
    return _Editable(folder, there)


def _added(file: str) -> list[str]:
    """The folders that a `.pth` file adds to `sys.path`."""
    try:
        with open(file, encoding="utf-8") as stream:
            lines = stream.read().split("\n")
    except (OSError, UnicodeDecodeError):
        return []
    written = [line.strip() for line in lines if line.strip() and not line.startswith(("#", "import ", "import\t"))]
    return [os.path.join(os.path.dirname(file), line) for line in written]


def _spec(module: str) -> ModuleSpec | None:
    """Where a module is found. `importlib.util.find_spec` would import the packages that it is in."""
    path: Sequence[str] | None = None
    spec: ModuleSpec | None = None
    name = ""
    for part in module.split("."):
        name = f"{name}.{part}" if name else part
        try:
            spec = _found(name, path)
        except KeyError:  # a package without `__init__.py` inside another asks that one, which is not imported
            spec, path = None, [folder for entry in path or () if os.path.isdir(folder := os.path.join(entry, part))]
            continue
        if spec is None:
            return None
        path = list(spec.submodule_search_locations or ())
    return spec


def _found(name: str, path: Sequence[str] | None) -> ModuleSpec | None:
    for finder in sys.meta_path:
        find = getattr(finder, "find_spec", None)
        spec: ModuleSpec | None = find(name, path) if find is not None else None
        if spec is not None:
            return spec
    return None


def _lists(distribution: Distribution, file: str) -> bool:
    """Whether a distribution lists a file among those that it has installed."""
    base = os.path.abspath(str(distribution.locate_file("")))
    if not file.startswith(base.rstrip(os.sep) + os.sep):
        return False
    name = os.path.relpath(file, base).replace(os.sep, "/")
    record = distribution.read_text("RECORD")
    if record is None:  # a system's own packages: what installed them keeps the list
        return name.partition("/")[0].removesuffix(".py") in (distribution.read_text("top_level.txt") or "").split()
    # a text search first: a large environment has many thousand files, and parsing them all takes long
    return name in record and any(str(one) == name for one in distribution.files or ())


def _within(path: str, folder: str) -> bool:
    folder = os.path.realpath(folder)
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
