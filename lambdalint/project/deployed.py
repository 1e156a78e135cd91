"""Where Lambda finds the modules of a deployed function: exactly what is in its package and its layers.

/var/task comes first on `sys.path`, the layers' /opt/python after it, both before the standard library; what the
runtime has imported already is never looked for again.
(https://docs.aws.amazon.com/lambda/latest/dg/python-package.html, "search path".)
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from lambdalint.project.code.modules import IMPORTED_BY_RUNTIME, Modules, Workspace, module_file
from lambdalint.project.deployment import Deployment
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.packaging.known import providers
from lambdalint.source import Source


@dataclass(frozen=True, slots=True)
class Root:
    """A local folder that is put on `sys.path`, or below it: `prefix` are the packages above what stands in it.
    `files`: those of its files that are there, where only some are."""

    folder: str
    prefix: tuple[str, ...] = ()
    files: frozenset[str] | None = None


class Contents:
    """The modules that a deployed function brings along, by their names. `complete`: what is not found is not in the
    package, unless an installed distribution brings it."""

    def __init__(self, deployment: Deployment, files: Files) -> None:
        code = deployment.code
        self._names = files.names
        self.roots = _roots(deployment)
        self.complete = (
            code.known
            and deployment.layers_known
            and all(layer.known for layer in deployment.layers)
            # further folders of the package, or of the image, that are searched
            and "PYTHONPATH" not in deployment.variables
        )

    def path_in(self, root: Root, dotted: str) -> str | None:
        """The file of a module in a root; None where it has none."""
        parts = dotted.split(".")
        if tuple(parts[: len(root.prefix)]) != root.prefix or len(parts) <= len(root.prefix):
            return None
        path = module_file(root.folder, ".".join(parts[len(root.prefix) :]), self._names)
        if path is None or root.files is None:
            return path
        return path if os.path.relpath(path, root.folder).replace(os.sep, "/") in root.files else None

    def is_folder(self, dotted: str) -> bool:
        """Whether a module's name is that of a folder without code of its own, a namespace package."""
        for root in self.roots:
            parts = dotted.split(".")
            if tuple(parts[: len(root.prefix)]) == root.prefix[: len(parts)]:
                folder = root.folder
                for part in parts[len(root.prefix) :]:
                    if part not in self._names(folder):
                        break
                    folder = os.path.join(folder, part)
                else:
                    if self._names(folder):
                        return True
        return False


class DeployedModules(Modules):
    """`interpreter.Finder` for one deployed function."""

    def __init__(self, workspace: Workspace, deployment: Deployment, handler: str | None) -> None:
        """`handler`: the folder in which to guess, as without a descriptor, for what the descriptor leaves open."""
        super().__init__(workspace, handler or deployment.code.folder or workspace.folder)
        self.contents = Contents(deployment, workspace)
        self._guesses = handler is not None and not self.contents.complete

    def _search(self, dotted: str) -> Source | None:
        if dotted.partition(".")[0] in IMPORTED_BY_RUNTIME:
            return None
        for root in self.contents.roots:
            path = self.contents.path_in(root, dotted)
            if path is not None:
                relative = os.path.relpath(path, root.folder).replace(os.sep, "/")
                if any(package.holds(relative) for package in self._workspace.packages(root.folder)):
                    return None
                return self._opened(path)
        return super()._search(dotted) if self._guesses else None

    def vacant(self, dotted: str) -> bool:
        parts, contents = dotted.split("."), self.contents
        if not contents.complete or len(parts) < 2 or providers(parts[0]) or self._search(dotted) is not None:
            return False
        for count in range(len(parts) - 1, 0, -1):
            outer = parts[:count]
            if contents.is_folder(".".join(outer)):
                folders = [
                    os.path.join(root.folder, *outer[len(root.prefix) :])
                    for root in contents.roots
                    if tuple(outer[: len(root.prefix)]) == root.prefix
                ]
                entries = {entry.partition(".")[0] for folder in folders for entry in self._workspace.names(folder)}
                return bool(folders) and parts[count] not in entries
        return False


def _roots(deployment: Deployment) -> tuple[Root, ...]:
    code = deployment.code
    found = []
    if code.folder is not None:
        prefix = tuple(part for part in code.prefix.split("/") if part)
        found.append(Root(code.folder, prefix, code.files))
    version = deployment.runtime.value if deployment.runtime is not None else ""
    for layer in deployment.layers:
        if layer.folder is None:
            continue
        if layer.prefix == "python":
            found.append(Root(layer.folder))
        elif not layer.prefix:
            python = os.path.join(layer.folder, "python")
            found += [Root(os.path.join(python, "lib", version, "site-packages")), Root(python)]
    return tuple(found)
