"""The project's modules: each file read once, and the file behind an import.

Without a template nobody says which folder Lambda puts on `sys.path`. An absolute import is therefore looked for where
the code folder may be: the handler's own folder, then the folders above it up to the project's top, and beside each
of them `src`, `python` and what is named after a layer. The nearest one that has the module is taken.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator

from lambdalint.project.code.files import DESCRIPTORS, MARKERS, is_test
from lambdalint.project.code.vendored import Vendored, vendored
from lambdalint.project.descriptors.tree import MAX_BYTES
from lambdalint.source import Source
from lambdalint.text import Text

#: Standard modules that the runtime has imported before it imports the handler: a file of that name is never seen.
#: Measured: `sys.modules` after `import awslambdaric.bootstrap` (4.2.2, CPython 3.10 and 3.11), started with -I -S.
IMPORTED_BY_RUNTIME = frozenset({
    "abc", "atexit", "builtins", "codecs", "collections", "contextlib", "copyreg", "decimal", "encodings", "enum",
    "functools", "genericpath", "importlib", "io", "itertools", "json", "keyword", "linecache", "logging", "marshal",
    "math", "numbers", "operator", "os", "posix", "posixpath", "re", "reprlib", "site", "sre_compile", "sre_constants",
    "sre_parse", "stat", "string", "sys", "textwrap", "threading", "time", "token", "tokenize", "traceback", "types",
    "warnings", "weakref", "zipimport",
})  # fmt: skip

_STANDARD = frozenset(sys.stdlib_module_names)
_STANDARD_GONE = frozenset(
    {"asynchat", "asyncore", "distutils", "imp", "smtpd"}
)  # in 3.11, not in the Python that runs


class Workspace:
    """The files of one run. A `Source` is made once for each, whatever path leads to it."""

    def __init__(
        self,
        folder: str | os.PathLike[str] | None = None,
        made: Callable[[str, str, bytes], Source] = lambda real, shown, data: Source(shown, data),
    ) -> None:
        """`folder` is where lambdalint runs: paths are shown relative to it. `made` gives the source of a real path, by
        the path that people see, with a text."""
        self.folder = os.path.abspath(folder or ".")
        self._made = made
        self._sources: dict[str, Source] = {}
        self._texts: dict[str, Text | None] = {}
        self._inside: dict[str, tuple[bool, str]] = {}
        self._paths: dict[int, str] = {}
        self._folders: dict[str, str] = {}  # where they really are
        self._held: dict[str, set[str]] = {}  # by folder: the names of the files that were opened or held
        self._contents: dict[str, bytes] = {}  # of files that are held, by their real paths
        self._listings: dict[str, frozenset[str]] = {}
        self._packages: dict[str, tuple[Vendored, ...]] = {}
        self._tops: dict[str, tuple[str, str]] = {}
        self._tests: dict[str, bool] = {}
        self._finders: dict[tuple[str, bool], Modules] = {}

    def open(self, path: str | os.PathLike[str]) -> Source:
        """The source at `path`, read when it is first asked for.

        Raises:
            OSError: it cannot be read, or is no regular file.
        """
        path = os.path.abspath(path)
        real = self.real(path)
        if real not in self._sources:
            data = self._contents.get(real)
            if data is None:
                if not stat.S_ISREG(os.stat(real).st_mode):
                    raise OSError(f"{self.shown(path)} is not a regular file")
                with open(real, "rb") as file:
                    data = file.read()
            self._keep(real, path, data)
        return self._sources[real]

    def real(self, path: str) -> str:
        """`os.path.realpath` of a path, asked once of each folder: most files are no links."""
        folder, name = os.path.split(path)
        if os.name != "posix" or name in ("", ".", ".."):  # elsewhere it tells how a name is written, too
            return os.path.realpath(path)
        known = self._folders.get(folder)
        if known is None:
            known = self._folders[folder] = os.path.realpath(folder)
        plain = os.path.join(known, name)
        return os.path.realpath(path) if os.path.islink(plain) else plain

    def peek(self, path: str) -> bytes | None:
        """The bytes of a file that is not Python, the first of a large one. None where it cannot be read, is no regular
        file, or stands outside the project of the folder that it is named in."""
        held = self._contents.get(os.path.realpath(path)) if self._contents else None
        if held is not None:
            return held[: MAX_BYTES + 1]
        try:
            if not self._is_inside(path) or not stat.S_ISREG(os.stat(path).st_mode):
                return None
            with open(path, "rb") as file:
                return file.read(MAX_BYTES + 1)
        except (OSError, ValueError):
            return None

    def _is_inside(self, path: str) -> bool:
        """Whether a file stands inside the project of its folder, wherever links lead."""
        folder = os.path.dirname(path)
        if folder not in self._inside:
            top = os.path.realpath(self.tops(folder)[1])
            self._inside[folder] = (_within(os.path.realpath(folder), top), top)
        inside, top = self._inside[folder]
        return _within(os.path.realpath(path), top) if os.path.islink(path) else inside

    def text(self, path: str) -> Text | None:
        """The same, kept: a template, a list of requirements."""
        path = os.path.normpath(path)
        if path not in self._texts:
            data = self.peek(path)
            self._texts[path] = None if data is None else Text(self.shown(path), data)
        return self._texts[path]

    def hold(self, path: str | os.PathLike[str], data: bytes) -> None:
        """Whoever asks for the file at `path`, of whatever kind, is given `data`; it need not exist: standard input, an
        editor's buffer. To be said before anything of the file is asked."""
        path = os.path.abspath(path)
        self._contents[os.path.realpath(path)] = data
        self._name(path)

    def add(self, path: str | os.PathLike[str], data: bytes) -> Source:
        """The same of a Python file, which is opened."""
        self.hold(path, data)
        return self.open(path)

    def _keep(self, real: str, path: str, data: bytes) -> None:
        source = self._sources[real] = self._made(real, self.shown(path), data)
        self._paths[id(source)] = path
        self._name(path)

    def _name(self, path: str) -> None:
        """Have a file in the listing of its folder."""
        folder, name = os.path.split(path)
        self._held.setdefault(folder, set()).add(name)
        if name not in self._listings.get(folder, (name,)):
            del self._listings[folder]

    def shown(self, path: str) -> str:
        """An absolute path as people see it: relative to where lambdalint runs if it is in there, with `/`."""
        inside = os.path.join(self.folder, "")
        path = "." if path == self.folder else path.removeprefix(inside).replace(os.sep, "/")
        return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

    def path_of(self, source: Source) -> str | None:
        """The absolute path of a source of this workspace; None for any other."""
        return self._paths.get(id(source))

    def sources(self) -> Iterable[Source]:
        """Every source that was opened or held so far."""
        return self._sources.values()

    def is_test(self, source: Source) -> bool:
        """Whether the source is a test of its project, by where it stands in it."""
        path = self.path_of(source)
        return is_test(source.path) if path is None else self.is_test_path(path)

    def is_test_path(self, path: str) -> bool:
        """The same of any file, by its absolute path."""
        known = self._tests.get(path)
        if known is None:
            top = self.tops(os.path.dirname(path))[0]
            known = self._tests[path] = is_test(os.path.relpath(path, top).replace(os.sep, "/"))
        return known

    def finder(self, handler: Source, *, above: bool = False) -> Modules:
        """What finds the modules that a handler imports: the same for all handlers of one folder. `above`: it looks in
        the folders above the nearest top too."""
        folder = os.path.dirname(self.path_of(handler) or os.path.join(self.folder, handler.path))
        if (folder, above) not in self._finders:
            self._finders[folder, above] = Modules(self, folder, above=above)
        return self._finders[folder, above]

    # -- what is on disk, remembered -----------------------------------------------------------------------------

    def names(self, folder: str) -> frozenset[str]:
        """The entries of a folder, and the files held for it; nothing where it cannot be read."""
        if folder not in self._listings:
            try:
                listed = os.listdir(folder)
            except (OSError, ValueError):  # a NUL in the name that a template gives
                listed = []
            self._listings[folder] = frozenset((*listed, *self._held.get(folder, ())))
        return self._listings[folder]

    def packages(self, folder: str) -> tuple[Vendored, ...]:
        """The packages that were installed in a folder."""
        if folder not in self._packages:
            self._packages[folder] = vendored(folder, self.names(folder))
        return self._packages[folder]

    def tops(self, folder: str) -> tuple[str, str]:
        """The nearest and the outermost top of the project that `folder` is in.

        A top is a folder with one of `MARKERS`; the outermost one is not above a `.git`. Without a `.git` it is where
        lambdalint runs: so an unpacked archive is one project, as its repository was. Without any it is the folder.
        """
        if folder not in self._tops:
            found = []
            above = folder
            while True:
                names = self.names(above)
                if not MARKERS.isdisjoint(names):
                    found.append(above)
                parent = os.path.dirname(above)
                if ".git" in names or parent == above:
                    break
                above = parent
            outermost = found[-1] if found else folder
            if ".git" not in names and os.path.join(outermost, "").startswith(os.path.join(self.folder, "")):
                found.append(self.folder)
            found = found or [folder]
            self._tops[folder] = (found[0], found[-1])
        return self._tops[folder]


class Modules:
    """`interpreter.Finder` for the handlers in one folder, which decides where absolute imports are looked for."""

    def __init__(self, workspace: Workspace, folder: str, *, above: bool = False) -> None:
        self._workspace = workspace
        self._folder = folder
        self._top, self._outermost = workspace.tops(folder)
        if above:
            self._top = self._outermost
        self._real_outermost = os.path.realpath(self._outermost)
        self._absolute: dict[str, Source | None] = {}

    def find(self, importer: Source, dotted: str, level: int) -> Source | None:
        """The project's module behind `import dotted` or `from {level dots}dotted import ...` in `importer`.

        A package gives its `__init__.py`. None is what is outside the project: the standard library, installed and
        vendored packages, what is not there - and a folder without `__init__.py`, which has no code: ask for the
        modules in it. `from . import x` asks for "" at level 1, then for "x".
        """
        if level:
            path = self._workspace.path_of(importer)
            return None if path is None else self._relative(path, dotted, level)
        if dotted not in self._absolute:
            self._absolute[dotted] = self._search(dotted)
        return self._absolute[dotted]

    def lacks(self, package: Source, name: str) -> bool:
        """Whether nothing in the folder of a package (its `__init__.py`) may be its submodule `name`: no module, no
        folder, nothing compiled. False where the folder is not known."""
        path = self._workspace.path_of(package)
        if path is None:
            return False
        return not any(entry.partition(".")[0] == name for entry in self._workspace.names(os.path.dirname(path)))

    def vacant(self, dotted: str) -> bool:
        """Whether a full name begins with that of a folder of the project that is no package, and surely nothing
        stands there by the rest of it. Without a descriptor nobody knows which folders are on sys.path."""
        return False

    def _relative(self, importer: str, dotted: str, level: int) -> Source | None:
        folder = os.path.dirname(importer)
        for _ in range(level - 1):
            folder = os.path.dirname(folder)
        if not _within(folder, self._outermost):
            return None
        if dotted:
            return self._opened(module_file(folder, dotted, self._workspace.names))
        return self._opened(
            os.path.join(folder, "__init__.py") if "__init__.py" in self._workspace.names(folder) else None
        )

    def _search(self, dotted: str) -> Source | None:
        name = dotted.partition(".")[0]
        standard = name in _STANDARD or name in _STANDARD_GONE
        if name in IMPORTED_BY_RUNTIME:
            return None
        for folder in [self._folder] if standard else self._folders():
            path = module_file(folder, dotted, self._workspace.names)
            if path is not None:
                relative = path[len(os.path.join(folder, "")) :].replace(os.sep, "/")
                if any(package.holds(relative) for package in self._workspace.packages(folder)):
                    return None
                return self._opened(path)
        return None if standard else self._in_layer(dotted)

    def _in_layer(self, dotted: str) -> Source | None:
        """The module in a layer's folder. Nothing says which layers the function has: only if one alone has it, and
        not above the folder from which the function is deployed."""
        for above in _up(self._folder, self._outermost):
            found = {}
            for folder in self._layers(above):
                path = module_file(folder, dotted, self._workspace.names)
                if path is not None:
                    relative = path[len(os.path.join(folder, "")) :].replace(os.sep, "/")
                    mine = not any(package.holds(relative) for package in self._workspace.packages(folder))
                    found[os.path.realpath(path)] = path if mine else None
            if found:
                return self._opened(next(iter(found.values()))) if len(found) == 1 else None
            if not DESCRIPTORS.isdisjoint(self._workspace.names(above)):
                return None
        return None

    def _folders(self) -> Iterator[str]:
        """Where the code folder may be, nearest first."""
        for above in _up(self._folder, self._top):
            yield above
            for name in ("src", "python"):
                if name in self._workspace.names(above):
                    yield os.path.join(above, name)

    def _layers(self, above: str) -> Iterator[str]:
        """Folders that a layer puts on sys.path: `layer/python`, `layers/common`, `layers/common/python` ..."""
        for name in sorted(self._workspace.names(above)):
            if "layer" not in name.lower():
                continue
            layer = os.path.join(above, name)
            for folder in (layer, *(os.path.join(layer, inner) for inner in sorted(self._workspace.names(layer)))):
                yield folder
                if "python" in self._workspace.names(folder):
                    yield os.path.join(folder, "python")

    def _opened(self, path: str | None) -> Source | None:
        if path is None or not _within(self._workspace.real(path), self._real_outermost):
            return None
        try:
            return self._workspace.open(path)
        except OSError:
            return None


def _up(folder: str, top: str) -> Iterator[str]:
    """`folder` and the folders above it, up to `top`."""
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if folder == top or parent == folder:
            return
        folder = parent


def _within(path: str, folder: str) -> bool:
    return os.path.join(path, "").startswith(os.path.join(folder, ""))


def module_file(folder: str, dotted: str, names: Callable[[str], frozenset[str]]) -> str | None:
    """The file of a module below `folder`, as the import system picks it: a package, then a module.

    Names are compared with what the folder lists, by `names`, since a file system may not care for case and Python
    does.
    """
    *packages, last = dotted.split(".")
    for package in packages:
        inner = os.path.join(folder, package)
        if package not in names(folder) or (f"{package}.py" in names(folder) and "__init__.py" not in names(inner)):
            return None
        folder = inner
    if last in names(folder) and "__init__.py" in names(os.path.join(folder, last)):
        return os.path.join(folder, last, "__init__.py")
    return os.path.join(folder, f"{last}.py") if f"{last}.py" in names(folder) else None
