"""What a run is given of the world: where the project's modules stand, what the event holds, how a script differs from
a handler."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from lambdalint.interpreter.bounds import MAX_PATHS, MAX_STEPS
from lambdalint.interpreter.values import EventPath
from lambdalint.source import Source


class Finder(Protocol):
    """How the interpreter finds the project's modules."""

    def find(self, importer: Source, dotted: str, level: int) -> Source | None: ...

    def lacks(self, package: Source, name: str) -> bool:
        """Whether nothing in the folder of a package may be its submodule `name`, whatever its kind."""
        ...

    def vacant(self, dotted: str) -> bool:
        """Whether a full name begins with that of a folder of the project that is no package, and surely nothing
        stands there by the rest of it."""
        ...


class Lack(NamedTuple):
    """When a field of the event is missing: `steps` of its path lead to what holds the key that decides, and that is
    then one of some `texts`, or begins with one of `beginnings`. `words`: all that it may ever be, where it is known.
    """

    steps: int
    key: str
    texts: frozenset[str]
    beginnings: tuple[str, ...]
    words: frozenset[object]


class EventKinds(Protocol):
    """What the event holds, where it is known who sends it."""

    def __call__(self, path: EventPath) -> str | None:
        """The type of a field by its path, "number" for an int or a float, "str|list|dict" for one of these; None where
        that is not known."""
        ...

    def lacks(self, path: EventPath) -> Sequence[Lack]:
        """When a field is missing: in any of these cases."""
        ...

    def never(self, path: EventPath) -> bool:
        """Whether a field is never sent, as the event is set up."""
        ...

    def unheard(self, path: EventPath) -> bool:
        """Whether a key is none of those that are published of its level, where all are."""
        ...

    def sample(self, path: EventPath) -> object:
        """A value of a field that is always written in one form; None of any other."""
        ...


@dataclass(frozen=True, slots=True)
class Script:
    """How a run differs that is of a script of its own, and of no handler.

    `path`: the absolute path of a source, which is its module's `__file__`. `follows`: whether a library, by its first
    name, is followed: nothing that it is called with does it change or raise at, and what it gives keeps its name.
    `answers`: what a call outside the project gives, as JSON would, by its full name and its first argument, a text or
    the path of a file that was opened; None where that is not known. `folder`: where it is run, absolute. `steps`,
    `paths`: the bounds.
    """

    path: Callable[[Source], str | None]
    follows: Callable[[str], bool]
    answers: Callable[[str, str], object]
    folder: str
    steps: int = MAX_STEPS
    paths: int = MAX_PATHS
