"""What git would ignore: `.gitignore` files at every level and `.git/info/exclude`.

As with ruff they count inside a git work tree alone. A person's global excludes are left out, so that a run says the
same on every machine.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern


@dataclass(frozen=True, slots=True)
class _Rules:
    """The patterns of one ignore file, which speaks of what is below `base`."""

    base: str
    patterns: tuple[GitIgnoreSpecPattern, ...]

    def verdict(self, path: str, folder: bool) -> bool | None:
        """Whether they ignore `path` itself; None where they say nothing of it. The last pattern that fits decides.

        pathspec's patterns fit what is below a folder, too, and mark the folder's slash. The walk never goes below an
        ignored folder, so here that is no fit: `!lib` must not bring back what another file ignores in lib.
        """
        relative = path[len(self.base) :].replace(os.sep, "/").lstrip("/") + ("/" if folder else "")
        for pattern in reversed(self.patterns):
            result = pattern.match_file(relative)
            if result is not None and result.match.end("ps_d") in (-1, len(relative)):
                return bool(pattern.include)
        return None


class Ignores:
    """The ignore rules that hold inside one folder, outermost first. Immutable: each folder makes its own."""

    def __init__(self, rules: tuple[_Rules, ...] = (), *, inside: bool = False) -> None:
        self._rules = rules
        self._inside = inside

    @classmethod
    def above(cls, folder: str) -> Ignores:
        """The rules that the folders above `folder` (absolute) set for what is in it; none outside a work tree.

        The folder itself may be ignored: somebody asked for it by name.
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
        return ignores

    def entering(self, folder: str, names: Collection[str]) -> Ignores:
        """The rules inside `folder`, of which `names` are the entries."""
        rules, inside = self._rules, self._inside
        if ".git" in names:  # a repository of its own: what is outside it says nothing
            rules, inside = _read(folder, _exclude_file(os.path.join(folder, ".git"))), True
        if inside and ".gitignore" in names:
            rules += _read(folder, os.path.join(folder, ".gitignore"))
        return self if rules is self._rules and inside is self._inside else Ignores(rules, inside=inside)

    def ignored(self, path: str, folder: bool) -> bool:
        """Whether git ignores `path` (absolute), given that it ignores no folder above it."""
        for rules in reversed(self._rules):
            verdict = rules.verdict(path, folder)
            if verdict is not None:
                return verdict
        return False


def _read(base: str, path: str) -> tuple[_Rules, ...]:
    """The rules of an ignore file. git passes over a line that it cannot read, and so does this."""
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8-sig", "surrogateescape")
    except OSError:
        return ()
    from pathspec import GitIgnoreSpec

    patterns: list[GitIgnoreSpecPattern] = []
    for line in text.split("\n"):
        try:
            read = GitIgnoreSpec.from_lines([_in_marked_form(line.removesuffix("\r"))]).patterns
        except ValueError:
            continue
        patterns += [pattern for pattern in read if pattern.include is not None]
    return (_Rules(base, tuple(patterns)),) if patterns else ()


def _in_marked_form(line: str) -> str:
    """The same pattern in a form that marks the folder: pathspec has short forms for `*` and for what ends in `**`."""
    pattern = line.rstrip()
    slash = "/" if pattern.endswith("/") else ""
    head, separator, name = pattern.removesuffix("/").rpartition("/")
    if not separator and name.startswith("!"):
        head, name = "!", name[1:]
    if name == "**":
        return f"{head}{separator}{'**/' if separator else ''}?*{slash}"
    return f"{head}{separator}?*{slash}" if name == "*" else line


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
