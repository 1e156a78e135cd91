"""Which files are in scope: the Python files under the paths given, less what is not the project's own code."""

from __future__ import annotations

import fnmatch
import glob
import os
import re
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from lambdalint.project.code.ignores import Ignores
from lambdalint.project.code.vendored import Vendored, vendored

#: Left out unless the settings say otherwise: ruff's own list, and what Lambda's tools build.
DEFAULT_EXCLUDE = (
    ".aws-sam", ".build", ".bzr", ".cdk.staging", ".chalice", ".direnv", ".eggs", ".git", ".git-rewrite", ".hg",
    ".hypothesis", ".ipynb_checkpoints", ".lambdalint_cache", ".mypy_cache", ".nox", ".pants.d", ".pyenv",
    ".pytest_cache", ".pytype", ".requirements", ".ruff_cache", ".serverless", ".sst", ".svn", ".terraform",
    ".terragrunt-cache", ".tox", ".venv", ".vscode", "__pycache__", "__pypackages__", "_build", "_vendor", "_vendored",
    "bower_components",
    "buck-out", "build", "cdk.out", "dist", "node_modules", "site-packages", "venv",
)  # fmt: skip

#: Files that make a folder the top of a project.
DESCRIPTORS = frozenset({
    "template.yaml", "template.yml", "samconfig.toml", "serverless.yml", "serverless.yaml", "cdk.json", "main.tf",
})  # fmt: skip
MARKERS = DESCRIPTORS | {".git", "pyproject.toml", "lambdalint.toml", ".lambdalint.toml"}

_ENVIRONMENT = frozenset({"pyvenv.cfg", "conda-meta"})
_TEST_FILE = re.compile(r"test_.*\.py|.*_tests?\.py|conftest\.py")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or a folder left out, and why."""

    path: str
    reason: str


@dataclass(slots=True)
class Files:
    """`found`: absolute paths, in order, each file once. `missing`: given, and not there, as they were given.
    `candidates`: the files that may be descriptors by their names, in order."""

    found: list[str] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def python_files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    root: str | os.PathLike[str] | None = None,
    exclude: Sequence[str] | None = None,
    extend_exclude: Sequence[str] = (),
    force_exclude: bool = False,
    respect_gitignore: bool = True,
) -> Files:
    """The files to lint. Nothing that stands in the file system raises: it is left out, with the reason.

    Args:
        paths: files and folders. A file given is linted though it is excluded, and a folder given is walked though
            it is, unless `force_exclude`. A file given that is not Python (pre-commit passes templates) is skipped.
        root: the folder that the globs with a `/` are relative to; the current one by default.
        exclude: globs in place of `DEFAULT_EXCLUDE`; `extend_exclude`: globs besides. As with ruff, a glob without
            `/` fits the name of a file or folder at any depth, and `*` goes through `/`.

    `.pyi` stubs, `.pyw` (no Lambda imports one) and scripts without a suffix are left out of the walk. Symbolic links
    to folders are not followed, as with ruff; a link to a file is linted unless the file itself is.
    """
    excluded = globs(
        os.path.abspath(root or "."), (*(DEFAULT_EXCLUDE if exclude is None else exclude), *extend_exclude)
    )
    files = Files()
    walk = _Walk(files, excluded, respect_gitignore)
    for given in paths:
        path = os.path.abspath(given)
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError):  # ValueError: a NUL in the path
            files.missing.append(os.fspath(given))
            continue
        reason = _forced_out(path, os.path.abspath(root or "."), excluded) if force_exclude else None
        if reason is None and stat.S_ISREG(mode) and may_describe(os.path.basename(path)):
            walk.candidates.append(path)
            continue
        if reason is None and not stat.S_ISDIR(mode):
            reason = not_python(path) if stat.S_ISREG(mode) else "not a regular file"
        if reason is not None:
            files.skipped.append(Skipped(path, reason))
        elif stat.S_ISDIR(mode):
            walk.folder(path)
        else:
            walk.file(path)
    files.found = walk.files()
    files.candidates = sorted(set(walk.candidates))
    return files


#: Folders that are left out, but for one file in them that may be a descriptor.
KEPT_IN = {".chalice": "config.json"}
#: Files that every JavaScript and CDK project has, and that deploy nothing.
_NO_DESCRIPTORS = frozenset({"package.json", "package-lock.json", "tsconfig.json", "cdk.context.json"})
#: `Dockerfile`, `Dockerfile.prod`, `api.dockerfile`, `Containerfile`; `dockerfile.py` is a module.
_IMAGE_FILE = re.compile(r"(.+\.)?(docker|container)file.*(?<!\.py)", re.IGNORECASE)


def may_describe(name: str) -> bool:
    """Whether a file may be a descriptor by its name: YAML, JSON, Terraform, a Dockerfile, Zappa's settings."""
    if name in _NO_DESCRIPTORS:
        return False
    return name.endswith((".yaml", ".yml", ".json", ".template", ".tf")) or (
        name == "zappa_settings.toml" or _IMAGE_FILE.fullmatch(name) is not None
    )


def is_test(relative: str) -> bool:
    """Whether a file is a test by where it stands: `tests/`, `test_*.py`, `*_test.py`, `*_tests.py`, `conftest.py`.

    Args:
        relative: its path inside its project, with `/`; what is above the project does not count.
    """
    *folders, name = relative.split("/")
    return _TEST_FILE.fullmatch(name) is not None or not {"tests", "test"}.isdisjoint(folders)


class _Walk:
    """One walk over the folders given, each read once."""

    def __init__(self, files: Files, excluded: Callable[[str, str], bool], respect_gitignore: bool) -> None:
        self._files = files
        self._excluded = excluded
        self._respect_gitignore = respect_gitignore
        self._found: dict[str, str] = {}  # by the real path, as it was first met
        self._links: list[str] = []
        self.candidates: list[str] = []

    def files(self) -> list[str]:
        """What was found, sorted; links to files that were found themselves are no files of their own."""
        for link in self._links:
            self._found.setdefault(os.path.realpath(link), link)
        return sorted(self._found.values())

    def file(self, path: str) -> None:
        self._found.setdefault(os.path.realpath(path), path)

    def folder(self, top: str) -> None:
        real = os.path.realpath(top)
        ignores = Ignores.above(real) if self._respect_gitignore else Ignores()
        stack: list[tuple[str, Ignores, tuple[tuple[int, Vendored], ...]]] = [(top, ignores, ())]
        while stack:
            folder, ignores, packages = stack.pop()
            try:
                with os.scandir(folder) as listing:
                    entries = list(listing)
            except OSError as error:
                self._skip(folder, f"cannot be read: {error.strerror}")
                continue
            names = {entry.name for entry in entries}
            if folder != top and not _ENVIRONMENT.isdisjoint(names):
                self._skip(folder, "a virtual environment")
                continue
            if self._respect_gitignore:
                ignores = ignores.entering(real + folder[len(top) :], names)
            packages += self._packages(folder, names)
            for entry in entries:
                kind = _kind(entry)
                describes = kind == "file" and may_describe(entry.name)
                if kind == "other" or (kind == "file" and not describes and not entry.name.endswith(".py")):
                    continue
                path = entry.path
                out = self._left_out(path, entry.name, ignores, real + path[len(top) :], kind == "folder")
                if out is not None:
                    if not describes:
                        self._skip(path, out)
                    if kind == "folder" and entry.name in KEPT_IN and out == "excluded":
                        self._kept(os.path.join(path, KEPT_IN[entry.name]))
                elif kind == "folder":
                    stack.append((path, ignores, packages))
                elif any(package.holds(_slashed(path[start:])) for start, package in packages):
                    continue  # said once, of the package
                elif describes:
                    self.candidates.append(path)
                elif kind == "link":
                    self._link(path)
                else:
                    self._found.setdefault(real + path[len(top) :], path)

    def _kept(self, path: str) -> None:
        if os.path.isfile(path) and not self._excluded(path, os.path.basename(path)):
            self.candidates.append(path)

    def _left_out(self, path: str, name: str, ignores: Ignores, real: str, is_folder: bool) -> str | None:
        if self._excluded(path, name):
            return "excluded"
        return "ignored by git" if ignores.ignored(real, is_folder) else None

    def _packages(self, folder: str, names: set[str]) -> tuple[tuple[int, Vendored], ...]:
        found = vendored(folder, names)
        for package in found:
            self._skip(os.path.join(folder, package.package), "an installed package, with its files")
        return tuple((len(os.path.join(folder, "")), package) for package in found)

    def _link(self, path: str) -> None:
        try:
            regular = stat.S_ISREG(os.stat(path).st_mode)
        except OSError:
            self._skip(path, "a symbolic link to nothing")
            return
        if regular:
            self._links.append(path)

    def _skip(self, path: str, reason: str) -> None:
        self._files.skipped.append(Skipped(path, reason))


def _kind(entry: os.DirEntry[str]) -> str:
    """ "file", "folder", "link" (a symbolic link named like a file), or "other": pipes, sockets, devices."""
    try:
        if entry.is_symlink():
            return "link" if entry.name.endswith(".py") and not entry.is_dir() else "other"
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        return "file" if entry.is_file(follow_symlinks=False) else "other"
    except OSError:
        return "link" if entry.name.endswith(".py") else "other"


def not_python(path: str, data: bytes | None = None) -> str | None:
    """Why a regular file that was given is not linted as Python, or None. `data`: what is in it; None: what is on disk.
    Where a name has no suffix, a line `#!` must say so."""
    suffix = os.path.splitext(path)[1]
    if suffix in (".py", ".pyw"):
        return None
    if suffix == ".pyi":
        return "a stub: nothing runs it"
    if suffix == "":
        try:
            if data is None:
                with open(path, "rb") as file:
                    data = file.readline(200)
            if re.match(rb"#!.*\bpython", data):
                return None
        except OSError:
            pass
    return "not a Python file"


def _forced_out(path: str, root: str, excluded: Callable[[str, str], bool]) -> str | None:
    """Why a path that was given is left out all the same: by its own name, and by what is above it up to the root."""
    inside = path.startswith(os.path.join(root, ""))
    below = path
    while True:
        if excluded(below, os.path.basename(below)):
            return "excluded"
        parent = os.path.dirname(below)
        if not inside or below == parent:
            return None
        try:
            names = os.listdir(parent)
        except OSError:
            return None
        if parent != root and not _ENVIRONMENT.isdisjoint(names):
            return "in a virtual environment"
        relative = _slashed(path[len(os.path.join(parent, "")) :])
        if any(package.holds(relative) for package in vendored(parent, names)):
            return "an installed package's"
        if parent == root:
            return None
        below = parent


def globs(root: str, patterns: Iterable[str]) -> Callable[[str, str], bool]:
    """A test of (absolute path, its last name) against globs, as ruff reads them: one without `/` fits a name at any
    depth, others are relative to `root`, and `*` goes through `/`."""
    plain: set[str] = set()
    names: list[str] = []
    paths: list[str] = []
    for pattern in patterns:
        pattern = _slashed(pattern).removeprefix("./").rstrip("/")
        if "/" in pattern:
            absolute = pattern if os.path.isabs(pattern) else f"{glob.escape(_slashed(root)).rstrip('/')}/{pattern}"
            # fnmatch's `*` goes through slashes by itself; `a/**/b` fits a/b too
            paths += {fnmatch.translate(absolute), fnmatch.translate(absolute.replace("/**/", "/"))}
        elif glob.has_magic(pattern):
            names.append(fnmatch.translate(pattern))
        else:
            plain.add(pattern)
    fits_name = re.compile("|".join(names) or r"(?!)").match
    fits_path = re.compile("|".join(paths) or r"(?!)").match
    return lambda path, name: name in plain or bool(fits_name(name) or fits_path(_slashed(path)))


def _slashed(path: str) -> str:
    return path.replace(os.sep, "/")
