"""One run: what there is to check, and what comes of each function and each file."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from lambdalint.checks.paths import UnreadPath
from lambdalint.checks.registry import Rule
from lambdalint.checks.templates import UnreadDescriptor
from lambdalint.config import Settings
from lambdalint.directives import Directive, directives
from lambdalint.earlier import Earlier, Opened
from lambdalint.finding import Finding, letters
from lambdalint.memory import rarely_collected
from lambdalint.processes import spread
from lambdalint.project.asked import Lasting
from lambdalint.project.code.modules import Workspace
from lambdalint.project.descriptors.readers import above
from lambdalint.project.function import Function
from lambdalint.project.inventory import Entry, Inventory, inventory
from lambdalint.results import GaveUp, Skipped
from lambdalint.scope import holds, in_scope
from lambdalint.source import Source
from lambdalint.standard_library import minor_of
from lambdalint.tidy.taken import Taken
from lambdalint.understood import Understood, unresolved
from lambdalint.work import (
    FileWork,
    FunctionWork,
    InternalError,
    Runner,
    check_file,
    check_function,
    judged,
    understand,
)


class ProgressHook(Protocol):
    """Told after each file and each function: `done` of `total`, and what is at work ("reading", "running")."""

    def __call__(self, done: int, total: int, what: str) -> None: ...


#: What is asked of tests: nobody deploys them. A file that does not compile has no F findings, so LL001 speaks for it.
_OF_TESTS = ("LL001", "LL010", "LL9")


class Run:
    """One call of `lint`, step by step: what is there, what came of it."""

    def __init__(
        self,
        settings: Settings,
        progress: ProgressHook | None,
        earlier: Earlier | None = None,
        folder: str | None = None,
        pulse: Callable[[], None] | None = None,
    ) -> None:
        """`folder`: the paths that people see are relative to it. `pulse`: as `check_function` has it."""
        self._earlier = earlier
        if earlier is not None:
            earlier.begin(settings)
        self.settings = settings
        self._progress, self._pulse = progress, pulse
        self.catalogue = settings.catalogue()
        self.on = settings.enabled()
        self._ignored = settings.ignored()
        self.workspace = Workspace(folder) if earlier is None else Workspace(folder, earlier.source)
        self.sources: dict[str, Source] = {}  # the files in scope, by the path that people see
        self.found: list[tuple[Finding, Runner | None]] = []
        self.errors: list[InternalError] = []
        self.skipped: list[Skipped] = []
        self.directives: dict[str, tuple[Directive, ...]] = {}
        self.allowed: dict[str, frozenset[str]] = {}
        self.reached: set[str] = set()
        self._held: set[str] = set()  # the files of which the text is not that on disk, by the path that people see
        self.left: set[str] = set()  # what the functions have reached that were not run, for they were foreseen
        self.ran = 0.0  # seconds that running functions on paper took
        self.broken: set[str] = set()  # files that do not compile
        self.on_newer: set[str] = set()  # files of functions that all run on a newer Python than lambdalint does
        self.on_others: set[str] = set()  # and of those that do not, or of which that is not known
        self.candidates: dict[str, str] = {}  # files in scope that may be descriptors, by the path that people see
        self.inventory = Inventory()
        self.gave_up: list[GaveUp] = []
        self.whole = False  # the whole project is in scope
        self.sought = True

    # -- what there is -------------------------------------------------------------------------------------------

    def discover(
        self, paths: Iterable[str | os.PathLike[str]], held: Mapping[str, bytes] | None = None, stdin: str | None = None
    ) -> None:
        """See `in_scope`."""
        shown = self.workspace.shown
        for path, data in (held or {}).items():
            self.workspace.hold(path, data)
            self._held.add(shown(path))
        paths = list(paths)
        self.whole = holds(paths, self.settings.root)
        files = in_scope(paths, self.settings, held, stdin)
        self.skipped += [Skipped(shown(file.path), file.reason) for file in files.skipped]
        for path in files.missing:
            self._unread(shown(os.path.abspath(path)), "there is no such file or folder")
        for path in files.found:
            self._beat()
            try:
                source = self.workspace.open(path)
            except OSError as error:
                self._unread(shown(path), (error.strerror or str(error)).lower())
            else:
                self.sources.setdefault(source.path, source)
        self.candidates = {shown(path): path for path in files.candidates}

    def _unread(self, path: str, reason: str) -> None:
        self.allowed[path] = self.on
        for finding in judged(UnreadPath(path, reason), self.rules("path", self.on), path, self.errors):
            self.found.append((finding, None))

    # -- the work ------------------------------------------------------------------------------------------------

    def check(self, jobs: int, *, patience: float = float("inf")) -> None:
        """Check every function, then every file, whose trees may go then; in `jobs` processes, if that is worth it.
        `patience`: after so many seconds no further function is run; what was last found of those stands in."""
        rules = self.rules("invocation", self.on)
        self.sought = bool(rules or self.rules("deployment", self.on))
        # Whether a file is deployed, and by which Python it is run, descriptors say.
        stock = self._take_stock() if self.sought or any(letters(code) == "LL" for code in self.on) else []
        entries = stock if self.sought else []
        missing: dict[tuple[int, str], tuple[str, ...]] = {}
        with rarely_collected():
            for entry, work in zip(entries, self._run_functions(entries, rules, jobs, patience)):
                self._take_function(entry, work)
                if work.missing is not None:
                    missing[id(entry.function.source), entry.function.attribute] = work.missing
            self._read_files([*self.sources.values(), *self.inline()], jobs)
        for one in self.inventory.resolved:
            at = one.function
            defined = missing.get((id(at.source), at.attribute)) if at is not None else None
            self._judge(one if defined is None else one.without(defined), "deployment", one.place.span().path)

    def _run_functions(
        self, entries: Sequence[Entry], rules: Sequence[Rule], jobs: int, patience: float
    ) -> list[FunctionWork]:
        """The work on each function, that of an earlier run where it holds. What somebody types comes first."""
        earlier = self._earlier
        at = Opened(self.workspace.sources)
        works = [earlier.function(one.functions, one.modules, at) if earlier else None for one in entries]
        left = [index for index, work in enumerate(works) if work is None]
        if self._held:
            left.sort(key=lambda index: entries[index].function.source.path not in self._held)

        def function(number: int) -> FunctionWork:
            entry = entries[left[number]]
            if earlier is None or not self._held:
                return check_function(entry.functions, entry.modules, rules, self._pulse)
            with earlier.trail(entry.functions, entry.modules, at, self._held) as trail:
                return check_function(entry.functions, entry.modules, rules, self._pulse, trail)

        found = spread(function, len(left), jobs)
        done = len(entries) - len(left)
        if done:
            self._tell(done, len(entries), "running")
        for index in left:
            entry, done = entries[index], done + 1
            if earlier is not None and self.ran >= patience and entry.function.source.unfollowed is None:
                work = earlier.foreseen(entry.functions, at)
                self.left |= work.reached
            else:
                started = time.perf_counter()
                work = next(found)
                if work.skipped is None:
                    self.ran += time.perf_counter() - started
                if earlier is not None:
                    earlier.keep_function(entry.functions, entry.modules, at, work)
            works[index] = work
            self._tell(done, len(entries), "running")
        return [work for work in works if work is not None]

    def _read_files(self, sources: Sequence[Source], jobs: int) -> None:
        """Judge each file by itself, or take what an earlier run said of it."""
        earlier = self._earlier
        taken = Taken(sources, earlier.said if earlier is not None else None)
        known = [self._known(source) for source in sources]
        kept = [earlier.file(source, one, taken) if earlier else None for source, one in zip(sources, known)]
        left = [index for index, work in enumerate(kept) if work is None]

        def file(index: int) -> tuple[FileWork, bool, dict[tuple[str, str], bool]]:
            source = sources[left[index]]
            codes, deployed, declared, called, tests = known[left[index]]
            taken.asked = {}
            try:
                rules = self.rules("file", codes)
                work = check_file(
                    source, rules, deployed=deployed, declared=declared, called=called, tests=tests, taken=taken
                )
                return work, source.error is not None, taken.asked
            finally:
                if earlier is None or not (source.path in self.reached or earlier.keeps(source)):
                    source.release()

        found = spread(file, len(left), jobs)
        for done, (source, one, before) in enumerate(zip(sources, known, kept), 1):
            if before is None:
                work, broken, asked = next(found)
                if earlier is not None:
                    earlier.keep_file(source, one, asked, work, broken)
            else:
                work, broken = before
            self._take_file(source, work)
            if broken:
                self.broken.add(source.path)
            self._tell(done, len(sources), "reading")

    def _known(self, source: Source) -> tuple[frozenset[str], bool, frozenset[str], frozenset[str], bool]:
        """What is known of a file besides its text: the codes that may be reported in it, whether it is deployed, the
        variables and the names of which Lambda knows, whether it holds tests."""
        path = self.workspace.path_of(source)
        held = path is None or self.inventory.may_hold(path, script=source.is_script)
        return (
            self._allow(source),
            (held and not self._is_test(source)) or source.path in self.reached,
            self.inventory.declared(path) if path is not None else frozenset(),
            self.inventory.called(source),
            self.workspace.is_test(source),
        )

    def leave(self, *, whole: bool = True) -> None:
        """Leave to the next run what it may take over. `whole`: as `Earlier.end` has it."""
        if self._earlier is not None:
            self._earlier.end(frozenset(self.reached), whole=whole)

    def understand(self, jobs: int) -> tuple[list[Understood], list[InternalError]]:
        """What is understood of each function, in the order of the files, and what could not be found."""
        entries = self._take_stock()
        found: list[Understood] = []
        with rarely_collected():
            for done, several in enumerate(
                spread(lambda index: understand(entries[index].functions, entries[index].modules), len(entries), jobs),
                1,
            ):
                found += several
                self._tell(done, len(entries), "running")
        found += [
            unresolved(one.deployment, one.why or one.fault, one.older.source.path if one.older else None)
            for one in self.inventory.resolved
            if not one.function
        ]
        return found, self.errors

    def _take_stock(self) -> Sequence[Entry]:
        """Find the functions, and judge what descriptors say of them."""

        def failed(where: str, path: str, error: Exception) -> None:
            self.errors.append(InternalError.of(where, path, error))

        candidates = list(self.candidates.values())
        paths = [path for source in self.sources.values() if (path := self.workspace.path_of(source))]
        paths += candidates  # a template that another nests is read with what that hands down
        known = set(candidates)
        candidates += [path for path in above(paths, self.workspace) if path not in known]
        self.inventory = found = inventory(
            self.sources.values(), candidates, self.workspace, named=self.settings.handlers,
            lasting=self._earlier.lasting if self._earlier is not None else Lasting(), failed=failed, pulse=self._beat,
        )
        for path in self.candidates:
            self.allowed[path] = self.on - self._ignored(self.candidates[path])
        found.entries = [entry for entry in found.entries if self._in_scope(entry)]
        # what is deployed stands in a descriptor, or in Python: a decorator's, or an app's that makes it
        scope = self.candidates.keys() | self.sources.keys()
        found.resolved = [one for one in found.resolved if one.place.span().path in scope]
        for unread in found.unreadable:
            facts = UnreadDescriptor(unread.message, unread.place, unread.broken)
            self._judge(facts, "descriptor", unread.place.span().path)
        for path in found.files(self.candidates):
            text = self.workspace.text(self.candidates[path])
            if text is not None:
                self.directives[path] = directives(text)
        return found.entries

    def _judge(self, facts: object, on: str, path: str) -> None:
        rules = self.rules(on, self.allowed.get(path, frozenset()))
        self.found += [(finding, None) for finding in judged(facts, rules, path, self.errors)]

    def _in_scope(self, entry: Entry) -> bool:
        """Whether a finding in its file, or where it is declared or its handler named, could be reported."""
        deployments = [each.deployment for each in entry.functions if each.deployment is not None]
        places = [place for one in deployments for place in (one.place, one.handler and one.handler.place) if place]
        return entry.function.source.path in self.sources or any(
            place.span().path in self.candidates for place in places
        )

    def inline(self) -> list[Source]:
        """The code that stands in descriptors in scope, where it is surely Python: Lambda has no other word for what
        language it is in than the runtime."""
        deployments = [one.deployment for one in self.inventory.resolved if one.deployment.is_python]
        return list({id(code): code for one in deployments if (code := one.code.inline) is not None}.values())

    def _take_function(self, entry: Entry, work: FunctionWork) -> None:
        function, path = entry.function, entry.function.source.path
        runner = Runner(function.handler, path, work.name_span)
        self.found += [(finding, runner) for finding in work.findings]
        self.errors += work.errors
        self.reached |= work.reached
        newer = all(_runs_on_newer(function) for function in entry.functions)
        (self.on_newer if newer else self.on_others).update(work.reached)
        if work.skipped is not None:
            self.skipped.append(Skipped(path, f"not followed: {work.skipped}"))
        if work.gave_up:
            self.gave_up.append(GaveUp(function.handler, path, work.gave_up))

    def _take_file(self, source: Source, work: FileWork) -> None:
        self._allow(source)
        self.found += [(finding, None) for finding in work.findings]
        self.errors += work.errors
        if work.directives and source.path in self.sources:  # those of inline code are read with its descriptor
            self.directives[source.path] = work.directives
        if work.skipped is not None:
            self.skipped.append(Skipped(source.path, f"not read by pyflakes: {work.skipped}"))

    def _beat(self) -> None:
        """Whoever makes the run may end it here."""
        if self._pulse is not None:
            self._pulse()

    def _tell(self, done: int, total: int, what: str) -> None:
        if self._progress is not None:
            self._progress(done, total, what)

    # -- which rules ---------------------------------------------------------------------------------------------

    def rules(self, on: str, codes: frozenset[str]) -> list[Rule]:
        return [rule for rule in self.catalogue.values() if rule.on == on and rule.code in codes]

    def _allow(self, source: Source) -> frozenset[str]:
        """The codes that may be reported in a file: those that are on, less what the settings ignore there."""
        if source.path in self.allowed:
            return self.allowed[source.path]
        path = self.workspace.path_of(source) or source.path
        codes = self.on - self._ignored(path)
        if self._is_test(source):
            codes = frozenset(code for code in codes if letters(code) == "F" or code.startswith(_OF_TESTS))
        if source.path not in self.inventory.deployed and self.inventory.may_be_older(path):
            codes -= {"LL001"}
        self.allowed[source.path] = codes
        return codes

    def _is_test(self, source: Source) -> bool:
        """Whether a file holds tests, and no descriptor deploys it."""
        return self.workspace.is_test(source) and source.path not in self.inventory.deployed


def _runs_on_newer(function: Function) -> bool:
    """Whether a function's runtime is a newer Python than the one that runs lambdalint."""
    runtime = function.deployment.runtime if function.deployment is not None else None
    minor = minor_of(runtime.value) if runtime is not None else None
    return minor is not None and minor > sys.version_info[1]
