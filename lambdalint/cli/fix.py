"""`lambdalint check --fix`: mend, show or write what was mended, and report what is left."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lambdalint.cli.output import FOUND, WRONG, raw, say
from lambdalint.cli.running import given, run
from lambdalint.earlier import Earlier
from lambdalint.fixes.mending import mended
from lambdalint.fixes.writing import diff, written

if TYPE_CHECKING:
    from lambdalint.config import Settings
    from lambdalint.results import LintReport


def fix(options: argparse.Namespace, settings: Settings, earlier: Earlier | None = None) -> LintReport | int:
    """Mend what can be mended. Out: the report of what is left, or the exit status where none is wanted.

    `earlier`: what a run before has left; each round of fixes leaves it to the next.

    What came by standard input goes to standard output, mended, and nothing else does.
    """
    paths, stdin = given(options)
    name = os.path.abspath(options.stdin_filename or "<stdin>") if stdin is not None else ""
    texts = {name: stdin} if stdin is not None else {}

    kept = earlier or Earlier()

    def check(held: Mapping[str, bytes]) -> LintReport:
        known = {**texts, **held}
        return run(options, settings, paths, known.pop(name, None), known, kept)

    found = mended(check, unsafe=options.unsafe_fixes, texts=texts)
    if options.diff:
        raw(diff(found))
        return FOUND if found.after and not options.exit_zero else 0
    if stdin is not None:
        sys.stdout.buffer.write(found.after.pop(name, stdin))
    refused = written(found)
    for why in refused.values():
        say(f"error: {why}")
    done = [finding for finding in found.done if os.path.abspath(finding.span.path) not in refused]
    if not options.quiet and done:
        from lambdalint.report.fixed import told

        say(told(done, listed=options.show_fixes))
    if refused:
        return WRONG
    return 0 if options.fix_only or stdin is not None else found.report
