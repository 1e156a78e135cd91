"""A baseline: the findings that a project had when it began, in a file. What stands there is not told again.

The file is JSON that people can read and merge: a finding a line, sorted, known by what stands on its lines and not by
their numbers (`fingerprints`). Its paths begin at its own folder, so that it means the same wherever lambdalint runs.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lambdalint.finding import Finding
from lambdalint.fingerprints import fingerprints
from lambdalint.results import LintReport

_VERSION = 1


class BaselineError(Exception):
    """The file is none, or of another version."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One finding, as the file has it."""

    path: str
    code: str
    fingerprint: str
    message: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The findings that are new, and those that the baseline has; its entries that no finding is known by any more, and
    those of which this run says nothing: it did not look at their files, or not by their rules."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    stale: tuple[Entry, ...]
    unasked: tuple[Entry, ...]


def dumped(entries: Iterable[Entry]) -> str:
    """The text of a baseline."""
    rows = [
        json.dumps(
            {"path": one.path, "code": one.code, "fingerprint": one.fingerprint, "message": one.message}, sort_keys=True
        )
        for one in sorted(entries)
    ]
    listed = ",\n".join(f"    {row}" for row in rows)
    return f'{{\n  "version": {_VERSION},\n  "findings": [' + (f"\n{listed}\n  " if rows else "") + "]\n}\n"


def loaded(text: str) -> list[Entry]:
    """The entries of a baseline.

    Raises:
        BaselineError: it is no JSON, or no baseline of this version.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"it is no JSON: {error}") from None
    if not isinstance(data, dict) or data.get("version") != _VERSION or not isinstance(data.get("findings"), list):
        raise BaselineError(f"it is no baseline of version {_VERSION}; write it anew with --write-baseline")
    try:
        fields = [[row[name] for name in ("path", "code", "fingerprint", "message")] for row in data["findings"]]
    except (KeyError, TypeError):
        raise BaselineError("one of its findings lacks `path`, `code`, `fingerprint` or `message`") from None
    if not all(isinstance(part, str) for row in fields for part in row):
        raise BaselineError("a part of one of its findings is no text")
    return [Entry(*row) for row in fields]


@dataclass(frozen=True, slots=True)
class Baseline:
    """`folder`: the absolute path of that in which the file stands. `entries`: none before it is written first."""

    folder: str
    entries: tuple[Entry, ...] = ()

    def entries_of(self, report: LintReport) -> list[Entry]:
        """What would stand in it of the findings of a run."""
        known = fingerprints(report.findings, report.lines, self._name)
        return [
            Entry(self._name(one.span.path), one.code, mark, one.message) for one, mark in zip(report.findings, known)
        ]

    def compared(self, report: LintReport, paths: Iterable[str]) -> Compared:
        """Sort the findings of a run by whether it has them. `paths`: what the run was to check; of a file in there
        that is gone, nothing will be found."""
        marks = fingerprints(report.findings, report.lines, self._name)
        by_mark = {entry.fingerprint: entry for entry in self.entries}
        found = {id(one): by_mark[mark] for one, mark in zip(report.findings, marks) if mark in by_mark}
        found |= self._moved(report)
        seen = {entry.fingerprint for entry in found.values()}
        looked = {_real(path): codes for path, codes in report.looked.items()}
        folders = [_real(path) for path in paths]
        stale: list[Entry] = []
        unasked: list[Entry] = []
        for entry in self.entries:
            if entry.fingerprint not in seen:
                (stale if self._is_gone(entry, looked, report.on, folders) else unasked).append(entry)
        return Compared(
            tuple(one for one in report.findings if id(one) not in found),
            tuple(one for one in report.findings if id(one) in found),
            tuple(stale),
            tuple(unasked),
        )

    def _is_gone(
        self,
        entry: Entry,
        looked: Mapping[str, Collection[str]],
        on: Collection[str],
        folders: Iterable[str],
    ) -> bool:
        """Whether the run would have found what an entry says, if it were still there."""
        path = self._path(entry)
        if path in looked:
            return entry.code in looked[path]
        within = any(path == folder or path.startswith(os.path.join(folder, "")) for folder in folders)
        return within and entry.code in on and not os.path.lexists(path)

    def _moved(self, report: LintReport) -> dict[int, Entry]:
        """The findings, by their ids, of files that have another name now, with their entries. A file has moved where
        it is certain: all that is found in it is what the baseline has of one file that is gone, and of no other."""
        names = {entry.path for entry in self.entries}
        gone: dict[str, dict[str, Entry]] = {}
        for entry in self.entries:
            if entry.code in report.on and not os.path.lexists(self._path(entry)):
                gone.setdefault(entry.path, {})[entry.fingerprint] = entry
        new: dict[str, list[Finding]] = {}
        for finding in report.findings if gone else ():
            if self._name(finding.span.path) not in names:
                new.setdefault(finding.span.path, []).append(finding)
        pairs = [
            (old, path, dict(zip(map(id, findings), marks)))
            for path, findings in new.items()
            for old, entries in gone.items()
            for marks in [_as_in(old, findings, report)]
            if set(marks) == entries.keys()
        ]
        olds, news = [old for old, _, _ in pairs], [path for _, path, _ in pairs]
        return {
            number: gone[old][mark]
            for old, path, marks_of in pairs
            if olds.count(old) == news.count(path) == 1
            for number, mark in marks_of.items()
        }

    def _name(self, shown: str) -> str:
        """The path of a file as the baseline has it."""
        path = _real(shown)
        try:
            return os.path.relpath(path, self.folder).replace(os.sep, "/")
        except ValueError:  # on another drive
            return path.replace(os.sep, "/")

    def _path(self, entry: Entry) -> str:
        return os.path.normpath(os.path.join(self.folder, entry.path))


def _as_in(path: str, findings: Iterable[Finding], report: LintReport) -> list[str]:
    """The fingerprints that the findings of one file would have in a file of another path."""
    return fingerprints(findings, report.lines, lambda _: path)


def _real(path: str) -> str:
    """The absolute path of a file, links to its folder followed."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(_real_folder(folder), name)


@lru_cache(maxsize=10_000)
def _real_folder(folder: str) -> str:
    return os.path.realpath(folder)
