"""The one way in, for the command line, the language server and the tests: `lint(paths, settings) -> LintReport`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from lambdalint.finding import Finding


@dataclass(frozen=True, slots=True)
class InternalError:
    """lambdalint itself failed: in a rule, or while it followed one function or read one file. The others went on.

    `where` says in what ("rule LL202 return-not-serializable", "running app.handler on paper"), `path` for which file.
    """

    where: str
    path: str
    message: str
    traceback: str


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
    """Everything that a report shows. `findings` and `suppressed` are sorted by file, row, column and code.

    `lines` holds the text, line by line, of each file that a finding or a related place names, for the code frames.
    `affected` counts the functions that have a finding; `functions` counts all that were run on paper, and `found`
    lists them for `-v`, in the order of their files.
    """

    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    errors: tuple[InternalError, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    gave_up: tuple[GaveUp, ...] = ()
    found: tuple[Found, ...] = ()
    files: int = 0
    functions: int = 0
    affected: int = 0
    seconds: float = 0.0
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)


class ProgressHook(Protocol):
    """Told after each file and each function: `done` of `total`, and what is at work ("reading", "running")."""

    def __call__(self, done: int, total: int, what: str) -> None: ...
