"""What a run gives to the reports: plain data, located and sorted."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lambdalint.checks import RULES, Rule
from lambdalint.finding import Finding
from lambdalint.work import InternalError


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was found and not looked at, or not followed as far as others, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class GaveUp:
    """What could not be followed in one function: cause to count, the most frequent first."""

    function: str
    path: str
    causes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A function that was run on paper: its handler string and its file. `named`: by the settings or a descriptor,
    rather than found in the code by its looks."""

    handler: str
    path: str
    named: bool = False


@dataclass(frozen=True, slots=True)
class LintReport:
    """Everything that a report shows. `findings` and `suppressed` are sorted by file, row, column and code; `known` are
    those of the suppressed that no comment silences, but a baseline.

    `lines` holds the text, line by line, of each file that a finding or a related place names, for the code frames.
    `affected` counts the functions that have a finding; `functions` counts all that were run on paper, and `found`
    lists them for `-v`, in the order of their files; `sought`: they were looked for, since a rule that is on asks of
    them. `rules` are all that the run knew, those of plug-ins among them, and `on` the codes of those that were asked.
    `looked` says of each file that was checked which of them have looked at it. `unfound` are the handlers that the
    settings name and that are not there, each with what is missing: told where the whole project was checked. Paths are
    relative to `folder`.
    """

    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    errors: tuple[InternalError, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    gave_up: tuple[GaveUp, ...] = ()
    found: tuple[Found, ...] = ()
    files: int = 0
    functions: int = 0
    sought: bool = True
    affected: int = 0
    seconds: float = 0.0
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=lambda: RULES)
    known: tuple[Finding, ...] = ()
    on: frozenset[str] = frozenset()
    looked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unfound: tuple[tuple[str, str], ...] = ()
    folder: str = field(default_factory=os.getcwd)

    def at(self, path: str) -> str:
        """The absolute path of a file that a finding names."""
        return os.path.abspath(os.path.join(self.folder, path))
