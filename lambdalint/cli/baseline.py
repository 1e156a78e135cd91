"""`lambdalint check --write-baseline` and `--baseline`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lambdalint.baseline import Baseline, BaselineError, dumped, loaded
from lambdalint.cli.output import WRONG, say, written
from lambdalint.config import ConfigError
from lambdalint.report.terminal import clean
from lambdalint.results import LintReport

#: Stale entries that are named.
_NAMED = 10


@dataclass(frozen=True, slots=True)
class BaselineFile:
    """The file that an option names. It is read before anything is checked, which may take its time."""

    path: str
    has: Baseline

    @classmethod
    def read(cls, path: str) -> BaselineFile:
        """The file of `--baseline`.

        Raises:
            ConfigError: it cannot be read, or is no baseline.
        """
        try:
            return cls(path, _of(path, _text(path)))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"--baseline `{path}` cannot be read: {_reason(error)}") from None
        except BaselineError as error:
            raise ConfigError(f"--baseline `{path}`: {error}") from None

    @classmethod
    def to_write(cls, path: str) -> BaselineFile:
        """The file of `--write-baseline`, with what it has already, if it is there.

        Raises:
            ConfigError: it is there, and no baseline: what it holds would be lost.
        """
        if not os.path.isfile(path):
            return cls(path, _of(path, None))
        try:
            return cls(path, _of(path, _text(path)))
        except (OSError, UnicodeDecodeError, BaselineError):
            message = f"--write-baseline `{path}`: the file is there and is no baseline, so it is left as it is"
            raise ConfigError(f"{message}; remove it first if it is to become one") from None

    def write(self, report: LintReport, paths: Iterable[str]) -> int:
        """Write what was found, and keep the entries of which this run says nothing; the answer is the exit status.

        Raises:
            ConfigError: the file cannot be written.
        """
        kept = self.has.compared(report, paths).unasked
        written("--write-baseline", self.path, dumped({*self.has.entries_of(report), *kept}))
        number = len(report.findings)
        rest = f", and kept {len(kept)} of what was not checked" if kept else ""
        say(f"Wrote {number} finding{'s' * (number != 1)} to {clean(self.path)}{rest}.")
        return WRONG if report.errors else 0

    def less(self, report: LintReport, paths: Iterable[str], *, quiet: bool = True) -> LintReport:
        """The report without what the baseline has; of its entries that are stale, standard error tells."""
        found = self.has.compared(report, paths)
        if found.stale and not quiet:
            number = len(found.stale)
            say(f"{number} of the baseline {'is' if number == 1 else 'are'} found no more; write it anew to drop them:")
            for entry in found.stale[:_NAMED]:
                say(f"  {clean(entry.path)}: {entry.code} {clean(entry.message)}")
            if number > _NAMED:
                say(f"  and {number - _NAMED} more")
        return replace(report, findings=found.new, suppressed=(*report.suppressed, *found.known), known=found.known)


def _of(path: str, text: str | None) -> Baseline:
    folder = os.path.dirname(os.path.realpath(path))
    return Baseline(folder, () if text is None else tuple(loaded(text)))


def _text(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or "it is not UTF-8"
