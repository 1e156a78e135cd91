"""The one way in, for the command line, the language server and the tests: `lint(paths, settings) -> LintReport`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress as suppress_errors
from dataclasses import replace
from typing import Protocol

from lambdalint.checks.paths import UnreadPath
from lambdalint.checks.registry import Rule
from lambdalint.checks.templates import UnreadDescriptor
from lambdalint.config import Settings
from lambdalint.deep import with_room
from lambdalint.directives import Directive, directives
from lambdalint.finding import Finding, Related, letters
from lambdalint.memory import rarely_collected
from lambdalint.processes import spread
from lambdalint.project.code.modules import Workspace
from lambdalint.project.code.named import unfound
from lambdalint.project.descriptors.readers import above
from lambdalint.project.function import Function
from lambdalint.project.inventory import Entry, Inventory, inventory
from lambdalint.results import Found, GaveUp, LintReport, Skipped
from lambdalint.scope import UNNAMED, holds, in_scope
from lambdalint.source import Source
from lambdalint.standard_library import minor_of
from lambdalint.suppression import judge, suppress
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
    merge,
    understand,
)


class ProgressHook(Protocol):
    """Told after each file and each function: `done` of `total`, and what is at work ("reading", "running")."""

    def __call__(self, done: int, total: int, what: str) -> None: ...


def lint(
    paths: Iterable[str | os.PathLike[str]],
    settings: Settings,
    *,
    stdin: bytes | None = None,
    stdin_filename: str | None = None,
    held: Mapping[str, bytes] | None = None,
    progress: ProgressHook | None = None,
    jobs: int = 1,
) -> LintReport:
    """Check files and folders.

    Args:
        paths: what to check; findings elsewhere, in modules that were only reached, are left out, unless the way that
            a value took to them leads through what is checked: they are told there.
        stdin: the text of one more file, which `stdin_filename` names; it need not exist. Its name tells whether it is
            Python or a descriptor; without a name it is Python.
        held: what counts as the text of some files, by their absolute paths: an editor's buffers, fixes to be written.
        progress: told after each file and each function.
        jobs: how many processes may share the work.

    Nothing in the files or in a rule makes this raise: it is a finding, an internal error or a skipped file.
    """
    started = time.perf_counter()

    def work() -> LintReport:
        run = _Run(settings, progress)
        name = os.path.abspath(stdin_filename or UNNAMED) if stdin is not None else None
        run.discover(paths, {**(held or {}), **({name: stdin} if name and stdin is not None else {})}, name)
        run.check(jobs)
        return run.report(started)

    return with_room(work)


def functions_of(
    paths: Iterable[str], settings: Settings, *, progress: ProgressHook | None = None, jobs: int = 1
) -> tuple[list[Understood], list[InternalError]]:
    """What is understood of each function that `lint` would run, and of those that it cannot."""

    def work() -> tuple[list[Understood], list[InternalError]]:
        run = _Run(settings, progress)
        run.discover(paths)
        return run.understand(jobs)

    return with_room(work)


#: What is asked of tests: nobody deploys them. A file that does not compile has no F findings, so LL001 speaks for it.
_OF_TESTS = ("LL001", "LL010", "LL9")


class _Run:
    """One call of `lint`, step by step."""

    def __init__(self, settings: Settings, progress: ProgressHook | None) -> None:
        self._settings = settings
        self._progress = progress
        self._catalogue = settings.catalogue()
        self._on = settings.enabled()
        self._ignored = settings.ignored()
        self._workspace = Workspace()
        self._sources: dict[str, Source] = {}  # the files in scope, by the path that people see
        self._found: list[tuple[Finding, Runner | None]] = []
        self._errors: list[InternalError] = []
        self._skipped: list[Skipped] = []
        self._directives: dict[str, tuple[Directive, ...]] = {}
        self._allowed: dict[str, frozenset[str]] = {}
        self._reached: set[str] = set()
        self._broken: set[str] = set()  # files that do not compile
        self._on_newer: set[str] = set()  # files of functions that all run on a newer Python than lambdalint does
        self._on_others: set[str] = set()  # and of those that do not, or of which that is not known
        self._candidates: dict[str, str] = {}  # files in scope that may be descriptors, by the path that people see
        self._inventory = Inventory()
        self._gave_up: list[GaveUp] = []
        self._whole = False  # the whole project is in scope
        self._sought = True
        self._kinds: dict[tuple[frozenset[str], tuple[str, ...]], frozenset[str]] = {}

    # -- what there is -------------------------------------------------------------------------------------------

    def discover(
        self, paths: Iterable[str | os.PathLike[str]], held: Mapping[str, bytes] | None = None, stdin: str | None = None
    ) -> None:
        """See `in_scope`."""
        shown = self._workspace.shown
        for path, data in (held or {}).items():
            self._workspace.hold(path, data)
        paths = list(paths)
        self._whole = holds(paths, self._settings.root)
        files = in_scope(paths, self._settings, held, stdin)
        self._skipped += [Skipped(shown(file.path), file.reason) for file in files.skipped]
        for path in files.missing:
            self._unread(shown(os.path.abspath(path)), "there is no such file or folder")
        for path in files.found:
            try:
                source = self._workspace.open(path)
            except OSError as error:
                self._unread(shown(path), (error.strerror or str(error)).lower())
            else:
                self._sources.setdefault(source.path, source)
        self._candidates = {shown(path): path for path in files.candidates}

    def _unread(self, path: str, reason: str) -> None:
        self._allowed[path] = self._on
        for finding in judged(UnreadPath(path, reason), self._rules("path", self._on), path, self._errors):
            self._found.append((finding, None))

    # -- the work ------------------------------------------------------------------------------------------------

    def check(self, jobs: int) -> None:
        """Check every function, then every file, whose trees may go then; in `jobs` processes, if that is worth it."""
        rules = self._rules("invocation", self._on)
        self._sought = bool(rules or self._rules("deployment", self._on))
        # Whether a file is deployed, and by which Python it is run, descriptors say.
        stock = self._take_stock() if self._sought or any(letters(code) == "LL" for code in self._on) else []
        entries = stock if self._sought else []
        sources = [*self._sources.values(), *self._inline()]
        taken = Taken(sources)

        def function(index: int) -> FunctionWork:
            return check_function(entries[index].functions, entries[index].modules, rules)

        def file(index: int) -> tuple[FileWork, bool]:
            try:
                source = sources[index]
                rules = self._rules("file", self._allow(source))
                path = self._workspace.path_of(source)
                held = path is None or self._inventory.may_hold(path, script=source.is_script)
                work = check_file(
                    source,
                    rules,
                    deployed=(held and not self._is_test(source)) or source.path in self._reached,
                    declared=self._inventory.declared(path) if path is not None else frozenset(),
                    called=self._inventory.called(source),
                    tests=self._workspace.is_test(source),
                    taken=taken,
                )
                return work, source.error is not None
            finally:
                sources[index].release()

        with rarely_collected():
            run = []
            for done, work in enumerate(spread(function, len(entries), jobs), 1):
                run.append(work)
                self._tell(done, len(entries), "running")
            for done, (checked, broken) in enumerate(spread(file, len(sources), jobs), 1):
                self._take_file(sources[done - 1], checked)
                if broken:
                    self._broken.add(sources[done - 1].path)
                self._tell(done, len(sources), "reading")
        missing: dict[tuple[int, str], tuple[str, ...]] = {}
        for entry, work in zip(entries, run):
            self._take_function(entry, work)
            if work.missing is not None:
                missing[id(entry.function.source), entry.function.attribute] = work.missing
        for one in self._inventory.resolved:
            at = one.function
            defined = missing.get((id(at.source), at.attribute)) if at is not None else None
            self._judge(one if defined is None else one.without(defined), "deployment", one.place.span().path)

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
            for one in self._inventory.resolved
            if not one.function
        ]
        return found, self._errors

    def _take_stock(self) -> Sequence[Entry]:
        """Find the functions, and judge what descriptors say of them."""

        def failed(where: str, path: str, error: Exception) -> None:
            self._errors.append(InternalError.of(where, path, error))

        candidates = list(self._candidates.values())
        paths = [path for source in self._sources.values() if (path := self._workspace.path_of(source))]
        paths += candidates  # a template that another nests is read with what that hands down
        known = set(candidates)
        candidates += [path for path in above(paths, self._workspace) if path not in known]
        self._inventory = found = inventory(
            self._sources.values(), candidates, self._workspace, named=self._settings.handlers, failed=failed
        )
        for path in self._candidates:
            self._allowed[path] = self._on - self._ignored(self._candidates[path])
        found.entries = [entry for entry in found.entries if self._in_scope(entry)]
        # what is deployed stands in a descriptor, or in Python: a decorator's, or an app's that makes it
        scope = self._candidates.keys() | self._sources.keys()
        found.resolved = [one for one in found.resolved if one.place.span().path in scope]
        for unread in found.unreadable:
            facts = UnreadDescriptor(unread.message, unread.place, unread.broken)
            self._judge(facts, "descriptor", unread.place.span().path)
        for path in found.files(self._candidates):
            text = self._workspace.text(self._candidates[path])
            if text is not None:
                self._directives[path] = directives(text)
        return found.entries

    def _judge(self, facts: object, on: str, path: str) -> None:
        rules = self._rules(on, self._allowed.get(path, frozenset()))
        self._found += [(finding, None) for finding in judged(facts, rules, path, self._errors)]

    def _in_scope(self, entry: Entry) -> bool:
        """Whether a finding in its file, or where it is declared or its handler named, could be reported."""
        deployments = [each.deployment for each in entry.functions if each.deployment is not None]
        places = [place for one in deployments for place in (one.place, one.handler and one.handler.place) if place]
        return entry.function.source.path in self._sources or any(
            place.span().path in self._candidates for place in places
        )

    def _inline(self) -> list[Source]:
        """The code that stands in descriptors in scope, where it is surely Python: Lambda has no other word for what
        language it is in than the runtime."""
        deployments = [one.deployment for one in self._inventory.resolved if one.deployment.is_python]
        return list({id(code): code for one in deployments if (code := one.code.inline) is not None}.values())

    def _take_function(self, entry: Entry, work: FunctionWork) -> None:
        function, path = entry.function, entry.function.source.path
        runner = Runner(function.handler, path, work.name_span)
        self._found += [(finding, runner) for finding in work.findings]
        self._errors += work.errors
        self._reached |= work.reached
        newer = all(_runs_on_newer(function) for function in entry.functions)
        (self._on_newer if newer else self._on_others).update(work.reached)
        if work.skipped is not None:
            self._skipped.append(Skipped(path, f"not followed: {work.skipped}"))
        if work.gave_up:
            self._gave_up.append(GaveUp(function.handler, path, work.gave_up))

    def _take_file(self, source: Source, work: FileWork) -> None:
        self._allow(source)
        self._found += [(finding, None) for finding in work.findings]
        self._errors += work.errors
        if work.directives and source.path in self._sources:  # those of inline code are read with its descriptor
            self._directives[source.path] = work.directives
        if work.skipped is not None:
            self._skipped.append(Skipped(source.path, f"not read by pyflakes: {work.skipped}"))

    def _tell(self, done: int, total: int, what: str) -> None:
        if self._progress is not None:
            self._progress(done, total, what)

    # -- which rules ---------------------------------------------------------------------------------------------

    def _rules(self, on: str, codes: frozenset[str]) -> list[Rule]:
        return [rule for rule in self._catalogue.values() if rule.on == on and rule.code in codes]

    def _allow(self, source: Source) -> frozenset[str]:
        """The codes that may be reported in a file: those that are on, less what the settings ignore there."""
        if source.path in self._allowed:
            return self._allowed[source.path]
        path = self._workspace.path_of(source) or source.path
        codes = self._on - self._ignored(path)
        if self._is_test(source):
            codes = frozenset(code for code in codes if letters(code) == "F" or code.startswith(_OF_TESTS))
        if self._inventory.may_be_older(path):
            codes -= {"LL001"}
        self._allowed[source.path] = codes
        return codes

    def _is_test(self, source: Source) -> bool:
        """Whether a file holds tests, and no descriptor deploys it."""
        return self._workspace.is_test(source) and source.path not in self._inventory.deployed

    # -- the report ----------------------------------------------------------------------------------------------

    def report(self, started: float) -> LintReport:
        merged = merge(
            (finding, runner)
            for finding, runner in ((self._at_home(finding), runner) for finding, runner in self._found)
            if finding.code in self._allowed.get(finding.span.path, ())
        )
        ways = {(one.finding.code, one.finding.span): one.runners for one in merged}
        said = {one.finding.span for one in merged if one.finding.code == "LL005"}
        # What a function's own Python does not read is said of that function, and of no Python in general too.
        found = [one.finding for one in merged if one.finding.code != "LL001" or one.finding.span not in said]
        found = [finding for finding in found if finding.code != "LL001" or not self._is_left_to_newer(finding)]
        found += self._own(found)
        severities = self._settings.severities()
        if severities:
            found = [replace(one, severity=severities.get(one.code, one.severity)) for one in found]
        result = suppress(found, self._directives)
        affected = {runner for finding in result.kept for runner in ways.get((finding.code, finding.span), ())}
        kept = sorted(result.kept, key=lambda finding: finding.sort_key)
        silenced = sorted(result.silenced, key=lambda finding: finding.sort_key)
        return LintReport(
            findings=tuple(kept),
            suppressed=tuple(silenced),
            errors=tuple({(one.where, one.path, one.message): one for one in self._errors}.values()),
            skipped=tuple(self._skipped),
            gave_up=tuple(self._gave_up),
            found=tuple(map(_found, self._inventory.entries)),
            files=len(self._sources),
            functions=len(self._inventory.entries),
            sought=self._sought,
            affected=len(affected),
            seconds=time.perf_counter() - started,
            lines=self._lines((*kept, *silenced)),
            rules=self._catalogue,
            on=self._on,
            looked=self._looked(),
            unfound=tuple(unfound([*self._sources.values()], self._settings.handlers)) if self._whole else (),
        )

    def _at_home(self, finding: Finding) -> Finding:
        """A finding in a file that is not checked, where the way to it leads through one that is."""
        if finding.span.path in self._allowed:
            return finding
        home = next((one for one in finding.related if one.span.path in self._sources), None)
        if home is None:
            return finding
        others = tuple(one for one in finding.related if one is not home)
        return replace(finding, span=home.span, related=(*others, Related(finding.span, "fails here")), fix=None)

    def _is_left_to_newer(self, finding: Finding) -> bool:
        """Whether a file that the Python at work refuses runs on a newer one alone, which reads it: no fault of the
        code, though nothing can be said of it here."""
        path = finding.span.path
        source = self._sources.get(path)
        if path in self._on_others or path not in self._on_newer or source is None or not source.newer:
            return False
        self._skipped.append(Skipped(path, "only a newer Python reads it, and its functions run on one"))
        return True

    def _own(self, found: Sequence[Finding]) -> list[Finding]:
        """What is said of the suppression comments themselves."""
        by_path: dict[str, list[Finding]] = {}
        for finding in found:
            by_path.setdefault(finding.span.path, []).append(finding)
        own: list[Finding] = []
        for path, comments in self._directives.items():
            file = self._sources.get(path) or self._workspace.text(self._candidates[path])
            assert file is not None  # its directives have been read
            more = bool(self._settings.unheeded)
            facts = judge(file, comments, by_path.get(path, ()), self._catalogue, self._ran(path), more=more)
            own += judged(facts, self._rules("suppression", self._allowed[path]), path, self._errors)
        return own

    def _ran(self, path: str, *more: str) -> frozenset[str]:
        """The rules that have looked at a file, those of the kinds `more` among them. A helper module that no function
        of this run has reached may be reached in another, so the rules about invocations say nothing of it."""
        if any(error.path == path for error in self._errors):
            return frozenset()
        kinds = ("file", "invocation") if path in self._reached else ("file",)
        if path in self._candidates:  # a function that some other file makes may be judged here
            kinds = ("descriptor", "deployment")
        elif path in self._broken:
            return self._allowed[path] & {"LL001"}
        return self._of_kinds(self._allowed.get(path, frozenset()), (*kinds, *more))

    def _of_kinds(self, codes: frozenset[str], kinds: tuple[str, ...]) -> frozenset[str]:
        if (codes, kinds) not in self._kinds:
            self._kinds[codes, kinds] = frozenset(code for code in codes if self._catalogue[code].on in kinds)
        return self._kinds[codes, kinds]

    def _looked(self) -> dict[str, frozenset[str]]:
        """Of each file in scope the rules that have looked at it: what they find no more is gone."""
        coded = {source.path for source in self._inline()}
        return {
            path: self._ran(path, "suppression", *(("file", "invocation") if path in coded else ()))
            for path in (*self._sources, *self._candidates)
        }

    def _lines(self, findings: Iterable[Finding]) -> dict[str, Sequence[str]]:
        paths = {span.path for finding in findings for span in (finding.span, *(r.span for r in finding.related))}
        for path in paths:
            with suppress_errors(OSError):  # a module that another process has reached
                if path.endswith(".py"):
                    self._workspace.open(os.path.join(self._workspace.folder, path))
        lines: dict[str, Sequence[str]] = {
            source.path: source.lines for source in self._workspace.sources() if source.path in paths
        }
        for path in paths - lines.keys():
            text = self._workspace.text(os.path.join(self._workspace.folder, path))
            if text is not None:
                lines[path] = text.lines
        return lines


def _runs_on_newer(function: Function) -> bool:
    """Whether a function's runtime is a newer Python than the one that runs lambdalint."""
    runtime = function.deployment.runtime if function.deployment is not None else None
    minor = minor_of(runtime.value) if runtime is not None else None
    return minor is not None and minor > sys.version_info[1]


def _found(entry: Entry) -> Found:
    return Found(entry.function.handler, entry.function.source.path, entry.function.named)
