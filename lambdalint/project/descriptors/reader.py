"""What a reader of descriptors is, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from lambdalint.project.deployment import Deployment
from lambdalint.source import Source
from lambdalint.text import Text

if TYPE_CHECKING:
    from lambdalint.interpreter.world import Finder


class Files(Protocol):
    """The project's files, each read once. `Workspace` is one. Paths are absolute. `folder`: where lambdalint runs.

    Readers ask all that they need to know of the project here, and of nothing else: what they made stands as long as
    it is answered the same."""

    folder: str

    def text(self, path: str) -> Text | None:
        """A file; None where there is no such regular file inside the project, or it cannot be read."""
        ...

    def names(self, folder: str) -> frozenset[str]:
        """The names in a folder; none where it cannot be read."""
        ...

    def tops(self, folder: str) -> tuple[str, str]:
        """The nearest and the outermost top of the project that a folder is in."""
        ...

    def shown(self, path: str) -> str:
        """A path as people see it."""
        ...

    def open(self, path: str) -> Source:
        """A Python file. Raises OSError where it cannot be read."""
        ...

    def path_of(self, source: Source) -> str | None:
        """The absolute path of a Python file that was opened."""
        ...

    def finder(self, handler: Source, *, above: bool = False) -> Finder:
        """What finds the modules that a Python file imports; with `above` also in the folders above its project."""
        ...


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one kind of descriptor.

    `fits(name, data)`: whether a file may be one, by its name and its bytes, and nothing slow.
    `read(path, files)`: the functions that the descriptor at `path` (absolute) deploys, in its order; with `by_folder`
    the path of a folder whose files are read as one (Terraform). Raises `tree.Unreadable`, and nothing else.
    """

    name: str
    fits: Callable[[str, bytes], bool]
    read: Callable[[str, Files], Iterable[Deployment]]
    by_folder: bool = False
