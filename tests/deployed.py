"""What the tests of readers share: a project made of texts, and what a reader says of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lambdalint.project.code.modules import Workspace
from lambdalint.project.deployment import Deployment, Fact
from lambdalint.project.descriptors.reader import Reader


def project(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files, by their paths in the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def deployments(reader: Reader, path: Path) -> list[Deployment]:
    """What a reader says of a descriptor."""
    return list(reader.read(str(path), Workspace(path.parent)))


def at(fact: Fact[object] | None) -> tuple[int, int]:
    """Where a fact's value stands."""
    assert fact is not None
    start = fact.place.span().start
    return start.row, start.column
