"""`lambdalint check --write-baseline` and `--baseline`."""

from __future__ import annotations

from dataclasses import replace

from lambdalint.baseline import BaselineError, compared, dumped, loaded
from lambdalint.cli.output import WRONG, say
from lambdalint.config import ConfigError
from lambdalint.report.terminal import clean
from lambdalint.results import LintReport

#: Stale entries that are named.
_NAMED = 10


def write(path: str, report: LintReport) -> int:
    """Write what was found; the answer is the exit status.

    Raises:
        ConfigError: the file cannot be written.
    """
    text = dumped(report.findings, report.lines)
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise ConfigError(f"--write-baseline `{path}` cannot be written: {error.strerror}") from None
    number = len(report.findings)
    say(f"Wrote {number} finding{'s' * (number != 1)} to {clean(path)}.")
    return WRONG if report.errors else 0


def told(path: str, report: LintReport, *, quiet: bool) -> LintReport:
    """The report without what the baseline has; of its entries that are stale, standard error tells.

    Raises:
        ConfigError: the file cannot be read, or is no baseline.
    """
    try:
        with open(path, encoding="utf-8") as file:
            entries = loaded(file.read())
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ConfigError(f"--baseline `{path}` cannot be read: {reason}") from None
    except BaselineError as error:
        raise ConfigError(f"--baseline `{path}`: {error}") from None
    found = compared(report.findings, report.lines, entries)
    if found.stale and not quiet:
        number = len(found.stale)
        say(f"{number} of the baseline {'is' if number == 1 else 'are'} found no more; write it anew to drop them:")
        for entry in found.stale[:_NAMED]:
            say(f"  {clean(entry.path)}: {entry.code} {clean(entry.message)}")
        if number > _NAMED:
            say(f"  and {number - _NAMED} more")
    return replace(report, findings=found.new, suppressed=(*report.suppressed, *found.known))
