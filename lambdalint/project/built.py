"""What an archive, an image, or a folder that a build makes, is made of.

Templates name archives in buckets that a script has made (`S3Key`), images in registries, folders that are there after
a build, and put code of another module in the place of what is deployed later. What they are made of is written
nowhere, but the handler tells much: files of the project that have its module and bind its name. Of those that are
nearest to the descriptor it is the only one, where no other function is made of that, and none near it asks for the
same (in the same image it is the same); or the one in a folder that is named as the archive is, or as the function of
the code in its place. What else is packaged stays unknown, and so does what the build puts into the environment.

A descriptor does not say the language of an image: one that a file of another language offers may be of that. What
builds an image of the project, its Dockerfile, is no other function than the one that runs it.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lambdalint.project.code.files import DEFAULT_EXCLUDE, is_test
from lambdalint.project.code.modules import Workspace
from lambdalint.project.deployment import Code, Deployment
from lambdalint.project.function import Function
from lambdalint.project.packaging import package_of
from lambdalint.project.resolve import Resolved, is_older

#: So many folders of a project are looked through.
_MOST_FOLDERS = 5_000
_SKIPPED = frozenset(DEFAULT_EXCLUDE)
#: What people end the name of a function's folder with, or of its archive.
_KINDS = ("lambdahandler", "lambdafunction", "handler", "lambda", "function")
#: And what an archive's name has behind that: `orders-1.4.0`, `orders-latest`.
_VERSION = re.compile(r"[-_](?:latest|snapshot|release|v?\d+(?:[-_.]\d+)*)$", re.IGNORECASE)
#: A function or class at the top of a file.
_DEFINED = re.compile(r"^(?:def|class)\s+(\w+)", re.MULTILINE)
#: Of the other languages whose handlers are named by a file and something in it: JavaScript, TypeScript, Ruby.
_FOREIGN = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".rb")


def found_built(resolved: Iterable[Resolved], workspace: Workspace) -> list[Resolved]:
    """The same, those whose code is built before they are deployed with the entry point that is surely theirs."""
    given = list(resolved)
    search = _Search(given, workspace)
    return [search.found(one) if one.built else one for one in given]


class _Search:
    """Looks for what was built in the files of the project."""

    def __init__(self, resolved: Iterable[Resolved], workspace: Workspace) -> None:
        self._workspace = workspace
        self._files: dict[str, dict[str, list[str]]] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._taken: dict[str, set[str]] = {}
        self._in_images: dict[str, set[str]] = {}
        self._foreign: dict[str, list[str]] = {}
        self._asking: list[Deployment] = []
        self._archives: dict[str, set[str]] = {}
        for one in resolved:
            deployment = one.deployment
            if one.function is not None:
                path = workspace.path_of(one.function.source)
                taken = self._in_images if deployment.descriptor == "Dockerfile" else self._taken
                taken.setdefault(path or "", set()).add(deployment.name)
            elif one.built:
                self._asking.append(deployment)
                for part in _parts(deployment):
                    self._archives.setdefault(_plain(part), set()).add(deployment.name)

    def found(self, one: Resolved) -> Resolved:
        """The entry point of a function, where it is the only one that it can be."""
        deployment = one.deployment
        assert deployment.handler is not None
        written, _, name = deployment.handler.value.rpartition(".")
        module = written.replace(".", "/")
        path = self._nearest(deployment, module, name)
        if path is None:
            return one
        if self._is_of_package(path, module):
            return one
        root = path.removesuffix(".py").removesuffix("/__init__").removesuffix(module).rstrip("/") or "/"
        deployment = replace(deployment, code=Code(root, deployment.code.place), variables_known=False)
        package = package_of(deployment, self._workspace)
        function = Function(self._workspace.open(path), name, module.replace("/", "."), True, deployment, package)
        old = deployment.runtime is not None and not deployment.is_python
        return replace(one, older=function) if old else Resolved(deployment, function)

    def _is_of_package(self, path: str, module: str) -> bool:
        """Whether a file imports by more dots than its module's name has packages: what is built has it in others."""
        tree = self._workspace.open(path).tree
        statements = tree.body if tree is not None else []
        return any(isinstance(one, ast.ImportFrom) and one.level > module.count("/") for one in statements)

    def _nearest(self, deployment: Deployment, module: str, name: str) -> str | None:
        """The file that a function is made of: of those that offer its handler, in the nearest folder above the
        descriptor that has any."""
        folder = self._folder(deployment)
        top = self._workspace.tops(folder)[1]
        if is_test(os.path.relpath(os.path.join(folder, "_"), top).replace(os.sep, "/")):
            return None  # a fixture's archive is made of a fixture
        older = is_older(deployment)
        offered = [path for path in self._with_module(top, module) if self._offers(path, name, older=older)]
        if deployment.runtime is None and not deployment.is_python and self._is_foreign(top, module):
            return None
        while offered:
            near = [path for path in offered if path.startswith(os.path.join(folder, ""))]
            if near:
                return self._named(deployment, near) or self._only(deployment, near, folder)
            if folder == top or os.path.dirname(folder) == folder:
                break
            folder = os.path.dirname(folder)
        return None

    def _folder(self, deployment: Deployment) -> str:
        return os.path.dirname(os.path.join(self._workspace.folder, deployment.place.span().path))

    def _only(self, deployment: Deployment, offered: list[str], folder: str) -> str | None:
        """The only one that is offered, where no other function below the folder could be made of it as well."""
        if len(offered) != 1:
            return None
        taken = self._taken.get(offered[0], set())
        if deployment.code.image is None:
            taken = taken | self._in_images.get(offered[0], set())
        if taken - {deployment.name}:
            return None
        if any(self._asks_too(other, deployment, folder) for other in self._asking):
            return None
        return offered[0]

    def _asks_too(self, other: Deployment, deployment: Deployment, folder: str) -> bool:
        """Whether a function below a folder has the handler of another one, and is not made of the same image."""
        if other.handler is None or deployment.handler is None or other.handler.value != deployment.handler.value:
            return False
        near = os.path.join(self._folder(other), "").startswith(os.path.join(folder, ""))
        if other.name == deployment.name or not near:
            return False
        images = (other.code.image, deployment.code.image)
        if None not in images and "Dockerfile" in (other.descriptor, deployment.descriptor):
            return False
        return not images[0] or images[0] != images[1]

    def _named(self, deployment: Deployment, offered: list[str]) -> str | None:
        """The one that is named as the archive is. Where the archives of other functions have the same name, the
        folder that the archive is in says which it is."""
        for part in _parts(deployment):
            plain = _plain(part)
            named = [path for path in offered if _is_named(path, plain)]
            for name in (plain, _plain(_VERSION.sub("", part))):
                named = named or [path for path in offered if _is_named(path, name, loosely=True)]
            if len(named) == 1:
                return named[0]
            if named or len(self._archives[plain]) == 1:
                break
        return None

    def _with_module(self, top: str, module: str) -> list[str]:
        """The files of the project that a module's name may stand for."""
        if top not in self._files:
            self._files[top], self._foreign[top] = {}, []
            for path in self._code_files(top):
                parent, last = os.path.split(path)
                if not last.endswith(".py"):
                    self._foreign[top].append(path.replace(os.sep, "/").rpartition(".")[0])
                    continue
                last = os.path.basename(parent) if last == "__init__.py" else last.removesuffix(".py")
                self._files[top].setdefault(last, []).append(path)
        ends = (f"/{module}.py", f"/{module}/__init__.py")
        found = self._files[top].get(module.rpartition("/")[2], [])
        return [path for path in found if path.replace(os.sep, "/").endswith(ends)]

    def _is_foreign(self, top: str, module: str) -> bool:
        """Whether a module's name may stand for a file of another language."""
        return any(path.endswith(f"/{module}") for path in self._foreign[top])

    def _code_files(self, top: str) -> Iterator[str]:
        stack, left = [top], _MOST_FOLDERS
        while stack and left:
            folder, left = stack.pop(), left - 1
            for name in self._workspace.names(folder):
                path = os.path.join(folder, name)
                if name.endswith((".py", *_FOREIGN)):
                    if not self._workspace.is_test_path(path):
                        yield path
                elif name not in _SKIPPED and "." not in name.lstrip("."):
                    stack.append(path)

    def _bound(self, path: str) -> frozenset[str]:
        """The names that the statements at a file's top may bind."""
        if path not in self._names:
            try:
                source = self._workspace.open(path)
            except OSError:
                self._names[path] = frozenset()
            else:
                self._names[path] = frozenset(_bound(source.tree.body) if source.tree is not None else ())
        return self._names[path]

    def _offers(self, path: str, name: str, *, older: bool) -> bool:
        """Whether a file may bind a name at its top. What Python 2 alone reads is looked at by its lines."""
        if name in self._bound(path):
            return True
        return older and name in _DEFINED.findall(self._workspace.open(path).text)


def _bound(body: Iterable[ast.stmt]) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield statement.name
        elif isinstance(statement, (ast.Import, ast.ImportFrom)):
            yield from (alias.asname or alias.name for alias in statement.names)
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        elif isinstance(statement, (ast.If, ast.Try, ast.With)):
            yield from _bound(statement.body)


def _parts(deployment: Deployment) -> list[str]:
    """The names in an archive's path, the last first, as far as they are known."""
    parts = (deployment.code.archive or "").replace(os.sep, "/").split("/")
    return [part for part in reversed(parts) if _plain(part)]


def _is_named(path: str, name: str, *, loosely: bool = False) -> bool:
    """Whether a file stands in folders that are named so together: `orders/api/app.py` as `orders-api`. `loosely`: but
    for what says that it is a function."""
    name = _without_kind(name) if loosely else name
    for folder in reversed(path.split(os.sep)[:-1]):
        plain = _without_kind(_plain(folder)) if loosely else _plain(folder)
        if plain and name.endswith(plain):
            name = name.removesuffix(plain)
            if not name:
                return True
    return False


def _plain(name: str) -> str:
    """A name without what people write it with: `order-api`, `OrderApi`, `order_api`."""
    return name.replace("-", "").replace("_", "").lower()


def _without_kind(plain: str) -> str:
    """A plain name without the word for what it names, at its end."""
    return next((short for kind in _KINDS if (short := plain.removesuffix(kind)) and short != plain), plain)
