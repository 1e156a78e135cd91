"""The report of a run: what was found at one place put together, and less what the code itself silences."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress as suppress_errors
from dataclasses import replace

from lambdalint.finding import Finding, Related
from lambdalint.project.code.named import unfound
from lambdalint.project.inventory import Entry
from lambdalint.results import Found, LintReport, Skipped
from lambdalint.run import Run
from lambdalint.suppression import judge, suppress
from lambdalint.work import InternalError, judged, merge


def report_of(run: Run, started: float) -> LintReport:
    """What is told of a run that began at `started`."""
    return _Sum(run).report(started)


class _Sum:
    def __init__(self, run: Run) -> None:
        self._run = run
        self._kinds: dict[tuple[frozenset[str], tuple[str, ...]], frozenset[str]] = {}

    def report(self, started: float) -> LintReport:
        """The report; `started`: when the run did."""
        run = self._run
        merged = merge(
            (finding, runner)
            for finding, runner in ((self._at_home(finding), runner) for finding, runner in run.found)
            if finding.code in run.allowed.get(finding.span.path, ())
        )
        ways = {(one.finding.code, one.finding.span): one.runners for one in merged}
        said = {one.finding.span for one in merged if one.finding.code == "LL005"}
        # What a function's own Python does not read is said of that function, and of no Python in general too.
        found = [one.finding for one in merged if one.finding.code != "LL001" or one.finding.span not in said]
        found = [finding for finding in found if finding.code != "LL001" or not self._is_left_to_newer(finding)]
        found += self._own(found)
        severities = run.settings.severities()
        if severities:
            found = [replace(one, severity=severities.get(one.code, one.severity)) for one in found]
        result = suppress(found, run.directives)
        affected = {runner for finding in result.kept for runner in ways.get((finding.code, finding.span), ())}
        kept = sorted(result.kept, key=lambda finding: finding.sort_key)
        silenced = sorted(result.silenced, key=lambda finding: finding.sort_key)
        return LintReport(
            findings=tuple(kept),
            suppressed=tuple(silenced),
            errors=_each_once(run.errors),
            skipped=tuple(run.skipped),
            gave_up=tuple(run.gave_up),
            found=tuple(map(_found, run.inventory.entries)),
            files=len(run.sources),
            functions=len(run.inventory.entries),
            sought=run.sought,
            affected=len(affected),
            seconds=time.perf_counter() - started,
            lines=self._lines((*kept, *silenced)),
            rules=run.catalogue,
            on=run.on,
            looked=self._looked(),
            folder=run.workspace.folder,
            unfound=tuple(unfound([*run.sources.values()], run.settings.handlers)) if run.whole else (),
        )

    def _at_home(self, finding: Finding) -> Finding:
        """A finding in a file that is not checked, where the way to it leads through one that is."""
        if finding.span.path in self._run.allowed:
            return finding
        home = next((one for one in finding.related if one.span.path in self._run.sources), None)
        if home is None:
            return finding
        others = tuple(one for one in finding.related if one is not home)
        return replace(finding, span=home.span, related=(*others, Related(finding.span, "fails here")), fix=None)

    def _is_left_to_newer(self, finding: Finding) -> bool:
        """Whether a file that the Python at work refuses runs on a newer one alone, which reads it: no fault of the
        code, though nothing can be said of it here."""
        path = finding.span.path
        source = self._run.sources.get(path)
        if path in self._run.on_others or path not in self._run.on_newer or source is None or not source.newer:
            return False
        self._run.skipped.append(Skipped(path, "only a newer Python reads it, and its functions run on one"))
        return True

    def _own(self, found: Sequence[Finding]) -> list[Finding]:
        """What is said of the suppression comments themselves."""
        by_path: dict[str, list[Finding]] = {}
        for finding in found:
            by_path.setdefault(finding.span.path, []).append(finding)
        own: list[Finding] = []
        for path, comments in self._run.directives.items():
            file = self._run.sources.get(path) or self._run.workspace.text(self._run.candidates[path])
            assert file is not None  # its directives have been read
            more = bool(self._run.settings.unheeded)
            facts = judge(file, comments, by_path.get(path, ()), self._run.catalogue, self._ran(path), more=more)
            own += judged(facts, self._run.rules("suppression", self._run.allowed[path]), path, self._run.errors)
        return own

    def _ran(self, path: str, *more: str) -> frozenset[str]:
        """The rules that have looked at a file, those of the kinds `more` among them. A helper module that no function
        of this run has reached may be reached in another, so the rules about invocations say nothing of it."""
        if any(error.path == path for error in self._run.errors):
            return frozenset()
        run_there = path in self._run.reached and path not in self._run.left
        kinds = ("file", "invocation") if run_there else ("file",)
        if path in self._run.candidates:  # a function that some other file makes may be judged here
            kinds = ("descriptor", "deployment")
        elif path in self._run.broken:
            return self._run.allowed[path] & {"LL001"}
        return self._of_kinds(self._run.allowed.get(path, frozenset()), (*kinds, *more))

    def _of_kinds(self, codes: frozenset[str], kinds: tuple[str, ...]) -> frozenset[str]:
        if (codes, kinds) not in self._kinds:
            self._kinds[codes, kinds] = frozenset(code for code in codes if self._run.catalogue[code].on in kinds)
        return self._kinds[codes, kinds]

    def _looked(self) -> dict[str, frozenset[str]]:
        """Of each file in scope the rules that have looked at it: what they find no more is gone."""
        coded = {source.path for source in self._run.inline()}
        return {
            path: self._ran(path, "suppression", *(("file", "invocation") if path in coded else ()))
            for path in (*self._run.sources, *self._run.candidates)
        }

    def _lines(self, findings: Iterable[Finding]) -> dict[str, Sequence[str]]:
        paths = {span.path for finding in findings for span in (finding.span, *(r.span for r in finding.related))}
        for path in paths:
            with suppress_errors(OSError):  # a module that another process has reached
                if path.endswith(".py"):
                    self._run.workspace.open(os.path.join(self._run.workspace.folder, path))
        lines: dict[str, Sequence[str]] = {
            source.path: source.lines for source in self._run.workspace.sources() if source.path in paths
        }
        for path in paths - lines.keys():
            text = self._run.workspace.text(os.path.join(self._run.workspace.folder, path))
            if text is not None:
                lines[path] = text.lines
        return lines


def _found(entry: Entry) -> Found:
    return Found(entry.function.handler, entry.function.source.path, entry.function.named)


def _each_once(errors: Iterable[InternalError]) -> tuple[InternalError, ...]:
    known = {(one.path, one.where, one.message): one for one in errors}
    return tuple(known[key] for key in sorted(known))
