"""Which files are descriptors, and what reads them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lambdalint.project.code.files import KEPT_IN, may_describe
from lambdalint.project.code.modules import Workspace
from lambdalint.project.deployment import Deployment
from lambdalint.project.descriptors.reader import Files, Reader

#: Folders beside the code in which people keep what deploys it.
_BESIDE = frozenset({
    "cdk", "cfn", "cloudformation", "deploy", "deployment", "iac", "infra", "infrastructure", "sam", "templates",
    "terraform",
})  # fmt: skip

#: What is code, and may be a descriptor: of Chalice.
_OF_CODE = "app.py"


@lru_cache(maxsize=1)
def readers() -> tuple[Reader, ...]:
    """Every reader. A file is read by the first that it fits."""
    from lambdalint.project.descriptors import cdk, chalice, images, serverless, terraform, zappa
    from lambdalint.project.descriptors.templates.reader import TEMPLATES

    return (terraform.READER, cdk.READER, serverless.READER, TEMPLATES, images.READER, chalice.READER, zappa.READER)


@dataclass(frozen=True, slots=True)
class Descriptor:
    """One descriptor: its absolute path (a folder, of what is read by folder), and its reader."""

    path: str
    reader: Reader

    def shown(self, workspace: Workspace) -> str:
        """Its path as people see it; of the folder where lambdalint runs, the empty one."""
        return (
            workspace.shown(os.path.join(self.path, "")).rstrip("/")
            if self.reader.by_folder
            else (workspace.shown(self.path))
        )

    def deployments(self, files: Files) -> list[Deployment]:
        """The functions that it deploys.

        Raises:
            Unreadable: it cannot be read.
        """
        return list(self.reader.read(self.path, files))


def descriptors(candidates: Iterable[str], workspace: Workspace) -> Iterator[Descriptor]:
    """The descriptors among some files, each once. Those of tests are fixtures: they deploy nothing."""
    seen: set[str] = set()
    for path in candidates:
        data = None if workspace.is_test_path(path) else workspace.peek(path)
        if data is None:
            continue
        reader = next((reader for reader in readers() if reader.fits(os.path.basename(path), data)), None)
        if reader is not None:
            unit = os.path.dirname(path) if reader.by_folder else path
            if unit not in seen:
                seen.add(unit)
                yield Descriptor(unit, reader)


def above(files: Iterable[str], workspace: Workspace) -> list[str]:
    """What may be a descriptor for some files, where those alone are checked: in their folders and in those above, up
    to the project's top, and in the folders beside these that are named for deployment; and code that describes."""
    folders: dict[str, None] = {}
    for file in files:
        folder = os.path.dirname(file)
        top = workspace.tops(folder)[1]
        while folder not in folders:
            folders[folder] = None
            for name in sorted(_BESIDE & workspace.names(folder)):
                folders[os.path.join(folder, name)] = None
            if folder == top or os.path.dirname(folder) == folder:
                break
            folder = os.path.dirname(folder)
    found = [os.path.join(folder, name) for folder in folders for name in sorted(workspace.names(folder))]
    found = [os.path.join(path, KEPT_IN.get(os.path.basename(path), "")).rstrip("/") for path in found]
    return [path for path in found if may_describe(os.path.basename(path)) or os.path.basename(path) == _OF_CODE]
