"""What git would ignore: `.gitignore` files at every level and `.git/info/exclude`.

As with ruff they count inside a git work tree alone. A person's global excludes are left out, so that a run says the
same on every machine.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Ignores:
    """The ignore rules that hold inside one folder, outermost first. Immutable: each folder makes its own."""

    def __init__(self, layers: tuple[tuple[str, GitIgnoreSpec], ...] = (), *, inside: bool = False) -> None:
        self._layers = layers
        self._inside = inside

    @classmethod
    def above(cls, folder: str) -> Ignores:
        """The rules that the folders above `folder` (absolute) set for it; none outside a work tree.

        Rules by which the folder itself would be ignored do not count: somebody asked for it by name.
        """
        above = [folder]
        while not os.path.lexists(os.path.join(above[-1], ".git")):
            parent = os.path.dirname(above[-1])
            if parent == above[-1]:
                return cls()
            above.append(parent)
        ignores = cls()
        for parent in reversed(above[1:]):
            ignores = ignores.entering(parent, _listed(parent))
        inner = above[:-1]
        kept = (layer for layer in ignores._layers if not any(_verdict(layer, path, True) for path in inner))
        return cls(tuple(kept), inside=ignores._inside)

    def entering(self, folder: str, names: Collection[str]) -> Ignores:
        """The rules inside `folder`, of which `names` are the entries."""
        layers, inside = self._layers, self._inside
        if ".git" in names:  # a repository of its own: what is outside it says nothing
            layers, inside = _layer(_exclude_file(os.path.join(folder, ".git")), folder), True
        if inside and ".gitignore" in names:
            layers += _layer(os.path.join(folder, ".gitignore"), folder)
        return self if layers is self._layers and inside is self._inside else Ignores(layers, inside=inside)

    def ignored(self, path: str, folder: bool) -> bool:
        """Whether git ignores `path` (absolute), given that it ignores no folder above it."""
        for layer in reversed(self._layers):
            verdict = _verdict(layer, path, folder)
            if verdict is not None:
                return verdict
        return False


def _verdict(layer: tuple[str, GitIgnoreSpec], path: str, folder: bool) -> bool | None:
    base, spec = layer
    relative = path[len(base) :].replace(os.sep, "/").lstrip("/")
    return spec.check_file(relative + "/" if folder else relative).include


def _layer(path: str, base: str) -> tuple[tuple[str, GitIgnoreSpec], ...]:
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8-sig", "surrogateescape")
    except OSError:
        return ()
    from pathspec import GitIgnoreSpec

    lines = [line for line in (raw.removesuffix("\r") for raw in text.split("\n")) if _readable(line)]
    return ((base, GitIgnoreSpec.from_lines(lines)),) if lines else ()


def _readable(line: str) -> bool:
    """Whether the line is a pattern. git passes over what it cannot read; one bad line must not lose the others."""
    if not line.strip() or line.startswith("#"):
        return False
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _exclude_file(git: str) -> str:
    """`info/exclude` of a repository. `.git` is a file in worktrees and submodules, and names the true folder."""
    try:
        with open(git, encoding="utf-8", errors="surrogateescape") as file:
            named = file.read(4096).partition("gitdir:")[2].strip()
    except OSError:
        return os.path.join(git, "info", "exclude")
    folder = os.path.join(os.path.dirname(git), named)
    try:
        with open(os.path.join(folder, "commondir"), encoding="utf-8", errors="surrogateescape") as file:
            folder = os.path.join(folder, file.read(4096).strip())
    except OSError:
        pass  # a submodule has no common folder
    return os.path.join(folder, "info", "exclude")


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
