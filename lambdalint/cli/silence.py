"""`lambdalint check --add-noqa`."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from lambdalint.cli.check import given, run
from lambdalint.cli.output import WRONG, say
from lambdalint.finding import Finding
from lambdalint.fixes.apply import applied
from lambdalint.fixes.mending import Mended
from lambdalint.fixes.silencing import comments
from lambdalint.fixes.writing import written
from lambdalint.source import Source
from lambdalint.text import Text

if TYPE_CHECKING:
    from lambdalint.config import Settings


def silence(options: argparse.Namespace, settings: Settings) -> int:
    """Write a comment for each finding; the answer is the exit status."""
    paths, stdin = given(options)
    if stdin is not None:
        say("error: --add-noqa writes into files, and standard input is none")
        return WRONG
    report = run(options, settings, paths, None)
    by_path: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_path.setdefault(finding.span.path, []).append(finding)
    found = Mended(report)
    left = 0
    for shown, findings in by_path.items():
        path = os.path.abspath(shown)
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError:  # a path that is not there is a finding, too
            left += len(findings)
            continue
        source = Source(shown, data)
        # a file that is no Python has no statements: each line ends where it ends
        fixes, without = comments(source if shown.endswith(".py") else Text(shown, data), findings)
        left += len(without)
        text, _ = applied(source, fixes)
        found.before[path], found.after[path] = data, source.encoded(text)
        found.done += [finding for finding in findings if finding not in without]
    refused = written(found)
    for why in refused:
        say(f"error: {why}")
    number = len(found.done)
    say(f"Silenced {number} finding{'s' * (number != 1)}" + (f"; {left} stand where no comment can." if left else "."))
    return WRONG if refused else 0
