"""Which files a run looks at: what the paths and the settings say, and what comes by standard input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from lambdalint.config import Settings
from lambdalint.project.code.files import Files, Skipped, may_describe, not_python, python_files
from lambdalint.project.code.modules import Workspace
from lambdalint.project.descriptors.readers import descriptors

#: What standard input is called where nothing names it. It is Python then.
UNNAMED = "<stdin>"


def in_scope(
    paths: Iterable[str | os.PathLike[str]],
    settings: Settings,
    held: Mapping[str, bytes] | None = None,
    stdin: str | None = None,
) -> Files:
    """The files that are checked.

    Args:
        held: what counts as the text of some files, by their absolute paths. Of those that are given, and not there,
            the names say what they are.
        stdin: the absolute path under which standard input is one of these; it is given, too.
    """
    held = held or {}
    files = _on_disk([*paths, *([stdin] if stdin is not None and settings.force_exclude else [])], settings)
    given = {os.path.abspath(path): path for path in files.missing}
    files.missing = [path for name, path in given.items() if name not in held]
    out = {file.path for file in files.skipped}
    for name in dict.fromkeys([*(name for name in given if name in held), *([stdin] if stdin is not None else [])]):
        if name in out or name in files.found or name in files.candidates:
            continue
        if may_describe(os.path.basename(name)):
            files.candidates.append(name)
        elif os.path.basename(name) != UNNAMED and (reason := not_python(name, held[name])) is not None:
            files.skipped.append(Skipped(name, reason))
        else:
            files.found.append(name)
    return files


def holds(paths: Iterable[str | os.PathLike[str]], folder: str) -> bool:
    """Whether one of some paths is a folder, or above it."""
    inside = os.path.join(os.path.realpath(folder), "")
    return any(inside.startswith(os.path.join(os.path.realpath(path), "")) for path in paths)


def files_of(paths: Iterable[str], settings: Settings) -> Files:
    """The files that `lint` would check, as people see them: `found` is Python, `candidates` are descriptors."""
    workspace = Workspace()
    files = _on_disk(paths, settings)
    read = [one.path for one in descriptors(files.candidates, workspace)]
    describing = [path for path in files.candidates if not {path, os.path.dirname(path)}.isdisjoint(read)]
    shown = workspace.shown
    return Files([*map(shown, files.found)], [*map(shown, describing)], files.skipped, files.missing)


def watched_by(paths: Iterable[str], settings: Settings) -> list[str]:
    """The files on which a run of `lint` hangs, as far as they stand under the paths: Python, and what may be a
    descriptor. Absolute paths."""
    files = _on_disk(paths, settings)
    return [*files.found, *files.candidates]


def _on_disk(paths: Iterable[str | os.PathLike[str]], settings: Settings) -> Files:
    return python_files(
        paths,
        root=settings.root,
        exclude=settings.exclude,
        extend_exclude=settings.extend_exclude,
        force_exclude=settings.force_exclude,
        respect_gitignore=settings.respect_gitignore,
    )
