"""What one run leaves to the next: the sources that are as they were, and what came of the files and the functions for
which nothing has changed. A round of fixes, or a look at what somebody has saved, does again what has changed alone.

The work on a function holds as long as its deployments are the same, place for place, what it asked for of the project
is answered by the same sources, and these are as they were, but for what stands in functions that its run has not
looked into. The work on a file holds as long as it, and what else was known of it, is the same. What descriptors deploy
is `lasting`. All else is done anew in each run: files are listed, and handlers looked for.

What was last found in a function is kept besides, for it to be told while the function is run again: see `foreseen`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from lambdalint.config import Settings
from lambdalint.earlier.moved import Moves, moved
from lambdalint.earlier.unseen import unseen
from lambdalint.finding import Place, Span
from lambdalint.interpreter.world import Finder
from lambdalint.project.asked import Lasting
from lambdalint.project.function import Function
from lambdalint.source import Source
from lambdalint.tidy.taken import Said, Taken
from lambdalint.work import FileWork, FunctionWork, Question

if TYPE_CHECKING:
    from lambdalint.earlier.trails import Trails
    from lambdalint.interpreter.trail import Trail

#: Texts of which the trees are kept from one run to the next, in bytes, in all. Both trees of one take some 50 times as
#: much (measured over 120 files), and what was learnt from them takes more.
_MOST_KEPT = 4_000_000
#: Trees of what no function has reached in so many runs are let go.
_LONG = 50
#: Functions of which it is kept where their runs were: some MB each.
_MOST_TRAILS = 4


class Opened:
    """The sources that a run has opened, by the paths that people see: what is asked of it may open more."""

    def __init__(self, sources: Callable[[], Iterable[Source]]) -> None:
        self._sources = sources
        self._known: dict[str, Source] = {}

    def get(self, path: str) -> Source | None:
        """One of them, or None."""
        if path not in self._known:
            self._known = {source.path: source for source in self._sources()}
        return self._known.get(path)


@dataclass(frozen=True, slots=True)
class _Done:
    """The work on one function; what it hung on; the questions that it asked, each with the answer."""

    work: FunctionWork
    source: Source
    answers: tuple[tuple[Question, object], ...]


@dataclass(frozen=True, slots=True)
class _Last:
    """The last work on one function; the lines of the files that it speaks of, by the paths that people see."""

    work: FunctionWork
    lines: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Read:
    """The work on one file, and whether it does not compile; what it hung on; the names that it asked about, which
    other files may take."""

    work: FileWork
    broken: bool
    source: Source
    known: Hashable
    taken: Mapping[tuple[str, str], bool]


@dataclass(slots=True)
class Earlier:
    """Made once, and handed to each run. It begins anew where the settings are others."""

    _settings: Settings | None = None
    _sources: dict[str, Source] = field(default_factory=dict)  # by their real paths
    _opened: dict[str, Source] = field(default_factory=dict)
    _runs: int = 0
    _reached: dict[str, int] = field(default_factory=dict)  # by the path that people see: in which run, the last time
    _done: dict[Hashable, _Done] = field(default_factory=dict)
    _trails: dict[Hashable, Trails] = field(default_factory=dict)  # those that were run last are behind
    _last: dict[tuple[str, str], _Last] = field(default_factory=dict)  # by the file, as people see it, and the handler
    _read: dict[str, _Read] = field(default_factory=dict)
    said: Said = field(default_factory=Said)
    lasting: Lasting = field(default_factory=Lasting)

    def begin(self, settings: Settings) -> None:
        """A run begins."""
        if settings != self._settings:
            self._settings = settings
            self._sources, self._done, self._last, self._read, self._trails = {}, {}, {}, {}, {}
        self._opened = {}

    def source(self, real: str, shown: str, data: bytes) -> Source:
        """The source with a text, the one before where it had the same."""
        before = self._sources.get(real)
        if before is not None and before.path == shown and before.data == data:
            source = before
        else:
            source = Source(shown, data)
            if before is not None:
                source.follow(before)
        self._opened[real] = source
        return source

    def end(self, reached: frozenset[str], *, whole: bool = True) -> None:
        """A run has ended: of what it has not opened nothing is kept, and no tree of what no function has reached for
        long - while a handler is typed it is seldom Python, and reaches nothing then. A run that did not look at the
        whole, or was broken off, adds to what is kept alone."""
        self._runs += 1
        self._reached.update(dict.fromkeys(reached, self._runs))
        if not whole:
            self._sources = {**self._sources, **self._opened}
            return
        self.lasting.end()
        self._sources, size = self._opened, 0
        for source in self._sources.values():
            if self.keeps(source) and size + len(source.data) <= _MOST_KEPT:
                size += len(source.data)
            else:
                source.release()
        kept = {id(source) for source in self._sources.values()}
        paths = {source.path for source in self._sources.values()}
        self._done = {key: one for key, one in self._done.items() if one.source.path in paths}
        self._last = {key: one for key, one in self._last.items() if key[0] in paths}
        self._read = {path: one for path, one in self._read.items() if id(one.source) in kept}

    def keeps(self, source: Source) -> bool:
        """Whether the trees of a source may be wanted again: a function has reached it lately."""
        return self._runs - self._reached.get(source.path, -_LONG) < _LONG

    # -- functions -----------------------------------------------------------------------------------------------

    def function(self, functions: Sequence[Function], find: Finder, at: Opened) -> FunctionWork | None:
        """What came of a function, if that holds. `at`: the sources of this run."""
        key, source = _key(functions), functions[0].source
        done = self._done.get(key)
        if done is None:
            return None
        changed: dict[str, tuple[Source, Source]] = {}
        answers: list[tuple[Question, object]] = []
        for question, answer in ((None, done.source), *done.answers):
            now = _answer(question, find, at) if question is not None else source
            if now is not answer and not (isinstance(answer, bool) and now == answer):
                if not isinstance(now, Source) or not isinstance(answer, Source) or now.path != answer.path:
                    return None
                changed[now.path] = answer, now
            if question is not None:
                answers.append((question, now))
        if not changed:
            return done.work
        ways = {path: unseen(before, now, done.work.looked) for path, (before, now) in changed.items()}
        if None in ways.values():
            return None

        def place(span: Span) -> Span | None:
            way = ways.get(span.path)
            return way.span(span) if way is not None else span

        work = moved(done.work, place, fixes=True)
        if not _is_whole(work, done.work):
            return None
        self._done[key] = _Done(work, source, tuple(answers))
        return work

    def keep_function(self, functions: Sequence[Function], find: Finder, at: Opened, work: FunctionWork) -> None:
        """What came of a function. What stands in a descriptor is a source of its own in each run, and is not kept."""
        source = functions[0].source
        if type(source) is Source and not work.errors and work.skipped is None:
            # while it is typed, a text is no Python: what was found before may hold again
            self._done[_key(functions)] = _Done(work, source, tuple(_answers(work.asked, find, at)))
            lines = {path: now.lines for path in _spoken_of(work) if (now := at.get(path)) is not None}
            self._last[source.path, functions[0].handler] = _Last(work, lines)

    @contextmanager
    def trail(
        self, functions: Sequence[Function], find: Finder, at: Opened, held: Container[str]
    ) -> Iterator[Trail | None]:
        """The trail of a function that is run now, to go on from where it is the same still; None of one that was not
        run before, unless its file is `held`. However the run ends, what it has left is kept."""
        key, source = _key(functions), functions[0].source
        if type(source) is not Source or (key not in self._done and source.path not in held):
            yield None
            return
        from lambdalint.earlier.trails import Trails  # it knows libcst

        trails = self._trails[key] = self._trails.pop(key, Trails())
        for other in list(self._trails)[:-_MOST_TRAILS]:
            del self._trails[other]
        if not trails.go_on(source, lambda question: _answer(question, find, at)):
            yield None
            return
        try:
            yield trails.trail
        finally:
            trails.ran(source, _answers(trails.trail.asked, find, at))

    def foreseen(self, functions: Sequence[Function], at: Opened) -> FunctionWork:
        """What was last found in a function, at its places now: it may hold no more, and what is new is not in it."""
        path = functions[0].source.path
        last = self._last.get((path, functions[0].handler))
        if last is None:
            return FunctionWork(reached=frozenset({path}))
        moves: dict[str, Moves | None] = {}

        def place(span: Span) -> Span | None:
            if span.path not in moves:
                before, now = last.lines.get(span.path), at.get(span.path)
                moves[span.path] = Moves(before, now.lines) if before is not None and now is not None else None
            made = moves[span.path]
            return made.span(span) if made is not None else span

        return moved(last.work, place, fixes=False)

    # -- files ---------------------------------------------------------------------------------------------------

    def file(self, source: Source, known: Hashable, taken: Taken) -> tuple[FileWork, bool] | None:
        """What came of a file, and whether it does not compile, if that holds. `known`: what else was known of it."""
        read = self._read.get(source.path)
        if read is None or read.source is not source or read.known != known:
            return None
        if any(taken.takes(*asked) is not answer for asked, answer in read.taken.items()):
            return None
        return read.work, read.broken

    def keep_file(
        self, source: Source, known: Hashable, taken: Mapping[tuple[str, str], bool], work: FileWork, broken: bool
    ) -> None:
        """What came of a file."""
        if type(source) is Source and not work.errors:
            self._read[source.path] = _Read(work, broken, source, known, taken)


def _is_whole(work: FunctionWork, before: FunctionWork) -> bool:
    """Whether nothing was lost when work was moved."""
    return (
        len(work.findings) == len(before.findings)
        and all(
            len(one.related) == len(was.related) and (one.fix is None) == (was.fix is None)
            for one, was in zip(work.findings, before.findings)
        )
        and (work.name_span is None) == (before.name_span is None)
    )


def _spoken_of(work: FunctionWork) -> set[str]:
    """The files that findings are in, or point to."""
    spans = [span for one in work.findings for span in (one.span, *(note.span for note in one.related))]
    return {span.path for span in (*spans, *([work.name_span] if work.name_span is not None else []))}


def _answer(question: Question, find: Finder, at: Opened) -> object:
    """What a question of a run is answered now: the question, where who asked it is not there any more."""
    how, path, dotted, level = question
    if how == "vacant":
        return find.vacant(dotted)
    importer = at.get(path)
    if importer is None:
        return question
    return find.lacks(importer, dotted) if how == "lacks" else find.find(importer, dotted, level)


def _answers(asked: Iterable[Question], find: Finder, at: Opened) -> list[tuple[Question, object]]:
    return [(question, _answer(question, find, at)) for question in asked]


def _key(functions: Sequence[Function]) -> Hashable:
    return tuple(_plain(function) for function in functions)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass."""
    return tuple(one.name for one in fields(kind))


def _plain(value: Any) -> Hashable:
    """A value as one that is equal to what is alike: a place by where it is, a source by its path."""
    if isinstance(value, Place):
        return value.span()
    if isinstance(value, Source):
        return type(value).__name__, value.path
    if is_dataclass(value):
        kind: Any = type(value)
        return kind.__name__, *[_plain(getattr(value, name)) for name in _names(kind)]
    if isinstance(value, Mapping):
        return tuple((key, _plain(one)) for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(map(_plain, value))
    return frozenset(map(_plain, value)) if isinstance(value, (set, frozenset)) else value
