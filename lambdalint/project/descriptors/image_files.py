"""The project's files in an image: what COPY has put where, also from one stage to another."""

from __future__ import annotations

import fnmatch
import os
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lambdalint.project.descriptors.reader import Files

#: So much comes of one thing that is copied, and no more.
_MAX_REACHED = 1_000


@dataclass(frozen=True, slots=True)
class Hop:
    """What stands at a path of an image, or of a stage, is copied to another. A folder's content goes into the target;
    a file becomes the target, or with `into` gets its own name in it."""

    source: str
    target: str
    into: bool


@dataclass(frozen=True, slots=True)
class Copied:
    """One source of a COPY, relative to the context, and the absolute path in the image that it is put at or in.
    `hops`: the ways on which it comes further."""

    source: str
    target: str
    into: bool
    hops: tuple[Hop, ...] = ()


class Tree:
    """Where the files of the folder `context` stand in the image that is built in it."""

    def __init__(self, files: Files, context: str, copied: Iterable[Copied]) -> None:
        self._files, self._context, self._copied = files, context, copied
        self._made: set[str] = set()  # folders, by what was copied

    def placed(self) -> Iterator[tuple[str, str]]:
        """Each file or folder that is copied, absolute, and its path in the image: a folder's content goes into the
        target, a file gets its name there."""
        for copied in self._copied:
            for source, target in self._first(copied):
                reached = [(source, target)]
                for hop in copied.hops:
                    reached = [further for one in reached for further in self._further(hop, *one)][:_MAX_REACHED]
                yield from reached

    def _first(self, copied: Copied) -> Iterator[tuple[str, str]]:
        head, _, name = copied.source.rpartition("/")
        folder = os.path.normpath(os.path.join(self._context, head))
        names = self._fitting(folder, name) if _is_pattern(name) else [name]
        for one in names:
            source = os.path.normpath(os.path.join(folder, one))
            into = copied.into or len(names) > 1
            yield source, self._arrived(Hop(one, copied.target, into), source)

    def _further(self, hop: Hop, source: str, path: str) -> Iterator[tuple[str, str]]:
        """What a hop brings of a source that stands at `path`, and where to."""
        head, name = posixpath.split(hop.source)
        if _is_pattern(head):
            return
        if not _is_pattern(name):
            yield from self._moved(hop, source, path)
            return
        within, below = posixpath.relpath(path, head), posixpath.relpath(head, path)
        names: list[str] = []
        if within not in (".", "..") and not within.startswith("../"):
            names = fnmatch.filter([within.partition("/")[0]], name)
        elif not below.startswith(".."):
            names = self._fitting(os.path.normpath(os.path.join(source, below)), name)
        for one in names:
            yield from self._moved(Hop(posixpath.join(head, one), hop.target, True), source, path)

    def _moved(self, hop: Hop, source: str, path: str) -> Iterator[tuple[str, str]]:
        within, below = posixpath.relpath(path, hop.source), posixpath.relpath(hop.source, path)
        if within == ".":
            yield source, self._arrived(hop, source)
        elif not within.startswith(".."):  # it stands in the folder that is copied
            yield source, posixpath.join(hop.target, within)
        elif not below.startswith(".."):  # a part of it is copied
            found = os.path.normpath(os.path.join(source, below))
            if self._is_folder(found) or os.path.basename(found) in self._files.names(os.path.dirname(found)):
                yield found, self._arrived(hop, found)

    def _arrived(self, hop: Hop, source: str) -> str:
        if self._is_folder(source):
            self._made.add(hop.target)
            return hop.target
        into = hop.into or hop.target in self._made
        return posixpath.join(hop.target, posixpath.basename(hop.source)) if into else hop.target

    def _is_folder(self, source: str) -> bool:
        return bool(self._files.names(source))

    def _fitting(self, folder: str, pattern: str) -> list[str]:
        return [name for name in sorted(self._files.names(folder)) if fnmatch.fnmatchcase(name, pattern)]


def _is_pattern(name: str) -> bool:
    return not {"*", "?", "["}.isdisjoint(name)
