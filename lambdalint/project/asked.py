"""Work on the project's files that lasts as long as these answer as they did.

What descriptors deploy, and where the code of it is, hangs on more files than the descriptor: what it includes, what
folders hold, the modules of an app. So whoever works it out asks through `Asking`, which remembers each question with
its answer; and where all are answered the same in a later run, what came of them is the same, and is not worked out
again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, cast

from lambdalint.project.descriptors.reader import Files
from lambdalint.source import Source
from lambdalint.text import Text

if TYPE_CHECKING:
    from lambdalint.interpreter.world import Finder

T = TypeVar("T")

#: What is asked of the files, or of a finder: the name of the method, and what it is given.
_Question = tuple[Any, ...]


class Asking:
    """The project's files, which remember what they were asked. As `Files` has it."""

    def __init__(self, files: Files) -> None:
        self.folder = files.folder
        self.answers: dict[_Question, object] = {}
        self._files = files

    def text(self, path: str) -> Text | None:
        return cast("Text | None", self._asked("text", path))

    def names(self, folder: str) -> frozenset[str]:
        return cast("frozenset[str]", self._asked("names", folder))

    def tops(self, folder: str) -> tuple[str, str]:
        return cast("tuple[str, str]", self._asked("tops", folder))

    def open(self, path: str) -> Source:
        answer = self._asked("open", path)
        if answer is None:
            return self._files.open(path)  # for why it cannot be read
        return cast(Source, answer)

    def path_of(self, source: Source) -> str | None:
        return self._files.path_of(source)

    def shown(self, path: str) -> str:
        return self._files.shown(path)

    def finder(self, handler: Source, *, above: bool = False) -> Finder:
        return _AskingFinder(self, handler, above)

    def _asked(self, *question: Any) -> object:
        if question not in self.answers:
            self.answers[question] = _answer(question, self._files)
        return self.answers[question]


class _AskingFinder:
    """A finder that has what it was asked remembered."""

    def __init__(self, asking: Asking, handler: Source, above: bool) -> None:
        self._asking, self._of = asking, (handler, above)

    def find(self, importer: Source, dotted: str, level: int) -> Source | None:
        return cast("Source | None", self._asking._asked("find", *self._of, importer, dotted, level))

    def lacks(self, package: Source, name: str) -> bool:
        return bool(self._asking._asked("lacks", *self._of, package, name))

    def vacant(self, dotted: str) -> bool:
        return bool(self._asking._asked("vacant", *self._of, dotted))


def _answer(question: _Question, files: Files) -> object:
    how = question[0]
    if how == "open":
        try:
            return files.open(question[1])
        except OSError:
            return None
    if how in ("text", "names", "tops"):
        return getattr(files, how)(question[1])
    handler, above, *rest = question[1:]
    return getattr(files.finder(handler, above=above), how)(*rest)


def _same(one: object, other: object) -> bool:
    """Whether an answer is the one before. A source is made once of a text; other texts each run reads for itself."""
    if type(one) is Text and type(other) is Text:
        return (one.path, one.data) == (other.path, other.data)
    return one == other


@dataclass(frozen=True, slots=True)
class _Result:
    """What was made; what it was made of besides files, which is kept for its identity; all questions and answers."""

    made: object
    of: object
    answers: dict[_Question, object]


@dataclass(slots=True)
class Lasting:
    """What was made, by what it is and what it was made of."""

    _results: dict[Hashable, _Result] = field(default_factory=dict)
    _wanted: set[Hashable] = field(default_factory=set)  # in the run at hand

    def made(self, what: Hashable, of: object, files: Files, make: Callable[[Files], T]) -> T:
        """What `make` makes of some files.

        Args:
            what: which of all that is made, and of what, as far as that is told by a value.
            of: what else it is made of, and told by its identity.
            make: called with the files, of which it must ask all that it needs to know. What it raises is raised.
        """
        key = (files.folder, what, id(of))
        self._wanted.add(key)
        before = self._results.get(key)
        if before is None or not all(
            _same(answer, _answer(question, files)) for question, answer in before.answers.items()
        ):
            asking = Asking(files)
            before = self._results[key] = _Result(make(asking), of, asking.answers)
        return cast(T, before.made)

    def end(self) -> None:
        """A run has ended that looked at all: what it did not want is let go."""
        self._results = {key: one for key, one in self._results.items() if key in self._wanted}
        self._wanted = set()
