"""From a deployment to its entry point: the handler string, as the runtime reads it, to a file and a name in it.

Source: awslambdaric's bootstrap `_get_handler`: what is before the last dot is the module (`/` as `.`), what follows
it the name; a first part that is built into the interpreter is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

from lambdalint.finding import Place
from lambdalint.project.code.modules import IMPORTED_BY_RUNTIME
from lambdalint.project.deployed import Contents
from lambdalint.project.deployment import Deployment
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.function import Function
from lambdalint.project.packaging import package_of
from lambdalint.project.wrappers import unwrapped
from lambdalint.source import Source

#: Modules that are built into CPython on Linux however it was built (Modules/config.c.in and Setup.bootstrap.in of
#: CPython 3.10 to 3.14), by the names that a handler's file could have.
BUILT_IN = frozenset({
    "atexit", "builtins", "errno", "faulthandler", "gc", "itertools", "marshal", "posix", "pwd", "sys", "time",
})  # fmt: skip


#: So many folders are looked through for what was meant.
_MOST_FOLDERS = 200


@dataclass(frozen=True, slots=True)
class Resolved:
    """What became of a deployment. `function` is its entry point, or None: then `fault` is

    - "malformed": the handler string has no dot, or names something inside a class;
    - "built-in": its module has the name of one that is built into Python;
    - "no-module": the package has no such module (`looked`: where, as people see it);
    - "no-name": its module has no such name: it is a folder without code, or the standard library's that wins, or
      (`without`) running it binds none;
    - "unknown": it cannot be told, or it is no Python (`why`: the reason, for a person).

    `nearest`: a handler string that would be found. `built`: its code is not here, but built before it is deployed.
    `older`: the entry point, where Python 2 runs it, which is not read here.
    """

    deployment: Deployment
    function: Function | None = None
    fault: str = ""
    why: str = ""
    module: str = ""
    looked: str = ""
    nearest: str | None = None
    built: bool = False
    older: Function | None = None

    @property
    def place(self) -> Place:
        """Where the descriptor names the handler, or declares the function."""
        handler = self.deployment.handler
        return handler.place if handler is not None else self.deployment.place

    @property
    def is_older(self) -> bool:
        """Whether Python 2 runs it."""
        return is_older(self.deployment)

    def without(self, defined: tuple[str, ...]) -> Resolved:
        """The same, once it was seen that its module binds no such name, but these functions."""
        assert self.function is not None
        name, module = self.function.attribute, self.function.module
        likely = [one for one in ("lambda_handler", "handler") if one in defined and one != name]
        close = get_close_matches(name, defined, n=1) or likely or (defined if len(defined) == 1 else [])
        nearest = f"{module}.{close[0]}" if close else None
        return replace(self, fault="no-name", why="binds", module=module, nearest=nearest)


def is_older(deployment: Deployment) -> bool:
    """Whether Python 2 runs a function."""
    return deployment.runtime is not None and deployment.runtime.value.startswith("python2")


def resolve(deployment: Deployment, files: Files) -> Resolved:
    """Find the entry point of a deployed function; where a wrapper layer stands before it, the true one."""
    deployment = unwrapped(deployment)
    runtime = deployment.runtime
    if runtime is not None and is_older(deployment):
        as_newer = _resolve(replace(deployment, runtime=None), files)
        if as_newer.fault == "no-module":  # whatever the language, no file is there
            return replace(as_newer, deployment=deployment)
        why, built = f"it runs {runtime.value}", as_newer.built
        return Resolved(deployment, None, "unknown", why, as_newer.module, built=built, older=as_newer.function)
    found = _resolve(deployment, files)
    if found.function is None and found.fault != "unknown" and not deployment.is_python:
        return Resolved(deployment, fault="unknown", why="its runtime is not known")
    return found


def _resolve(deployment: Deployment, files: Files) -> Resolved:
    code, handler, runtime = deployment.code, deployment.handler, deployment.runtime
    if runtime is not None and not deployment.is_python:
        return Resolved(deployment, fault="unknown", why=f"it runs {runtime.value}")
    if handler is None:
        return Resolved(deployment, fault="unknown", why="its handler is not known")
    written, dot, name = handler.value.rpartition(".")
    module = written.replace("/", ".")
    if not dot:
        return Resolved(deployment, fault="malformed", why="it has no dot", module=module)
    if module.startswith("."):
        return Resolved(deployment, fault="unknown", why="its handler begins with a dot")
    if module.partition(".")[0] in BUILT_IN:
        return Resolved(deployment, fault="built-in", module=module)
    if code.inline is not None:
        return _inline(deployment, files, module, name)
    if code.folder is None:
        built = code.archive is not None or code.image is not None
        return Resolved(deployment, fault="unknown", why="its code is not here", module=module, built=built)
    if not files.names(code.folder):
        why = f"`{files.shown(code.folder)}` is not here"
        deployment = replace(deployment, code=replace(code, archive=code.folder))
        return Resolved(deployment, fault="unknown", why=why, module=module, built=True)
    contents = Contents(deployment, files)
    if module.partition(".")[0] in IMPORTED_BY_RUNTIME:
        return Resolved(deployment, fault="no-name", why="standard library", module=module)
    source = dict(code.renamed).get(f"{module.replace('.', '/')}.py")
    source = source or next((path for root in contents.roots if (path := contents.path_in(root, module))), None)
    if source is not None:
        try:
            return Resolved(deployment, _function(files.open(source), name, module, deployment, files))
        except OSError:
            return Resolved(deployment, fault="unknown", why="its file cannot be read")
    return _missing(deployment, files, contents, module, name)


def _function(source: Source, name: str, module: str, deployment: Deployment, files: Files) -> Function:
    return Function(source, name, module, True, deployment, package_of(deployment, files))


def _inline(deployment: Deployment, files: Files, module: str, name: str) -> Resolved:
    inline = deployment.code.inline
    assert inline is not None
    here = deployment.code.inline_module
    if module == here:
        return Resolved(deployment, _function(inline, name, module, deployment, files))
    if deployment.layers or not deployment.layers_known:
        return Resolved(deployment, fault="unknown", why="a layer may hold its module")
    folder = os.path.dirname(os.path.join(files.folder, inline.path))
    meant = _elsewhere(files, folder, files.tops(folder)[0], module)
    if meant is not None:
        why = f"`{files.shown(meant)}` is there to be put in place of the inline code"
        deployment = replace(deployment, code=replace(deployment.code, archive=deployment.name))
        return Resolved(deployment, fault="unknown", why=why, module=module, built=True)
    return Resolved(deployment, fault="no-module", module=module, looked="inline code", nearest=f"{here}.{name}")


def _elsewhere(files: Files, folder: str, top: str, module: str) -> str | None:
    """A file that would be the module, in whatever folder of the project that is near."""
    *packages, last = module.split(".")
    while True:
        for near in _folders(files, folder):
            inner = os.path.join(near, *packages)
            if f"{last}.py" in files.names(inner):
                return os.path.join(inner, f"{last}.py")
        parent = os.path.dirname(folder)
        if folder == top or parent == folder:
            return None
        folder = parent


def _folders(files: Files, top: str) -> Iterator[str]:
    """A folder and those in it, the nearest first, so many and no more."""
    stack = [top]
    for _ in range(_MOST_FOLDERS):
        if not stack:
            return
        folder = stack.pop(0)
        yield folder
        stack += [os.path.join(folder, name) for name in sorted(files.names(folder)) if "." not in name]


def _missing(
    deployment: Deployment, files: Files, contents: Contents, module: str, name: str
) -> Resolved:
    """Why no module was found."""
    inner, _, last = module.rpartition(".")
    outer = inner and any(
        (path := contents.path_in(root, inner)) and not path.endswith("__init__.py") for root in contents.roots
    )
    if outer:
        why = f"`{inner}` is a module, and `{last}` would be a class in it"
        return Resolved(deployment, fault="malformed", why=why, module=module)
    if not contents.complete:
        why, built = "what is packaged is not all known", deployment.code.image is not None
        return Resolved(deployment, fault="unknown", why=why, module=module, built=built)
    if any(_may_bring(files, manifest, module) for manifest in deployment.code.requirements):
        return Resolved(deployment, fault="unknown", why="a requirement may bring its module", module=module)
    folder = deployment.code.folder
    assert folder is not None
    looked = files.shown(folder)
    if contents.is_folder(module):
        return Resolved(deployment, fault="no-name", why="folder", module=module, looked=looked)
    nearest = _nearest(files, folder, module, name)
    return Resolved(deployment, fault="no-module", module=module, looked=looked, nearest=nearest)


def _may_bring(files: Files, manifest: str, module: str) -> bool:
    """Whether a distribution that a manifest names may hold the module: it is named alike, or is no plain name."""
    text = files.text(manifest)
    if text is None:
        return True
    written = text.text.lower()
    first = module.partition(".")[0].lower()
    odd = any(mark in written for mark in ("://", "-e ", "./"))
    return odd or first in written or first.replace("_", "-") in written


def _nearest(files: Files, folder: str, module: str, name: str) -> str | None:
    """A handler string for a module that is there: of the same last name in another folder, or of a name like it."""
    found: list[str] = []
    for here in _folders(files, folder):
        above = "" if here == folder else os.path.relpath(here, folder).replace(os.sep, ".") + "."
        found += [f"{above}{entry[:-3]}" for entry in sorted(files.names(here)) if entry.endswith(".py")]
    last = module.rpartition(".")[2]
    same = [dotted for dotted in found if dotted.rpartition(".")[2] == last]
    close = same or get_close_matches(module, found, n=1, cutoff=0.7)
    return f"{close[0]}.{name}" if len(close) == 1 else None
