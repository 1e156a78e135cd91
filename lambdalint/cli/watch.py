"""`lambdalint check --watch`: one run after the other, until it is interrupted."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING

from lambdalint.cli.check import once, paths_of
from lambdalint.cli.output import WRONG, say

if TYPE_CHECKING:
    from lambdalint.config import Settings

#: Seconds between two looks at the files.
_EVERY = 0.5


def watch(options: argparse.Namespace, settings: Settings) -> int:
    """Check, and check again whenever a file that is checked, or may describe a deployment, has changed, come or
    gone. It ends by an interrupt."""
    paths, stdin = paths_of(options)
    if stdin or options.output_file:
        say("error: --watch looks at files and shows what it finds: it takes neither `-` nor --output-file")
        return WRONG
    seen: dict[str, tuple[int, int]] | None = None
    while True:
        now = _state(paths, settings)
        if now != seen:
            seen = now
            if sys.stdout.isatty():
                sys.stdout.write("\x1b[2J\x1b[H")
            once(options, settings)
            sys.stdout.flush()
            say(f"Watching {len(now):,} files; Ctrl-C ends it.")
        time.sleep(_EVERY)


def _state(paths: list[str], settings: Settings) -> dict[str, tuple[int, int]]:
    """When each file was written, and how large it is."""
    from lambdalint.scope import watched_by

    found: dict[str, tuple[int, int]] = {}
    for path in watched_by(paths, settings):
        try:
            state = os.stat(path)
        except OSError:
            continue
        found[path] = state.st_mtime_ns, state.st_size
    return found
