"""`lambdalint check --add-noqa`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lambdalint.cli.output import FOUND, WRONG, raw, say
from lambdalint.cli.running import given, run
from lambdalint.config import ConfigError
from lambdalint.earlier import Earlier
from lambdalint.fixes.silencing import silenced
from lambdalint.fixes.writing import diff, written
from lambdalint.report.terminal import clean

if TYPE_CHECKING:
    from lambdalint.config import Settings
    from lambdalint.results import LintReport

#: Findings that are named for which there is no comment.
_NAMED = 10


def silence(options: argparse.Namespace, settings: Settings) -> int:
    """Write a comment for each finding that no baseline has; the answer is the exit status."""
    for other in ("--fix", "--fix-only", "--watch", "--write-baseline"):
        if getattr(options, other[2:].replace("-", "_")) not in (None, False):
            raise ConfigError(f"--add-noqa silences what is found, and {other} does something else; give one of them")
    paths, stdin = given(options)
    if stdin is not None:
        raise ConfigError("--add-noqa writes into files, and standard input is none")
    known = None
    if options.baseline is not None:
        from lambdalint.cli.baseline import BaselineFile

        known = BaselineFile.read(options.baseline)

    earlier = Earlier()

    def check(held: Mapping[str, bytes]) -> LintReport:
        report = run(options, settings, paths, None, held, earlier)
        return report if known is None else known.less(report, paths)

    found = silenced(check)
    if options.diff:
        raw(diff(found.files))
        return FOUND if found.files.after and not options.exit_zero else 0
    refused = written(found.files)
    for why in refused.values():
        say(f"error: {clean(why)}")
    if refused:
        return WRONG
    number = len(found.files.done)
    told = f"Silenced {number} finding{'s' * (number != 1)}"
    if found.removed:
        told += f", and took out {found.removed} suppression{'s' * (found.removed != 1)} of nothing"
    number = len(found.left)
    say(told + (f"; {number} stand{'s' * (number == 1)} where no comment can:" if number else "."))
    for finding in found.left[:_NAMED]:
        start = finding.span.start
        say(clean(f"  {finding.span.path}:{start.row}:{start.column}: {finding.code} {finding.message}"))
    if number > _NAMED:
        say(f"  and {number - _NAMED} more")
    return WRONG if found.files.report.errors else 0
