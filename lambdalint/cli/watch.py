"""`lambdalint check --watch`: one run after the other, until it is interrupted."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lambdalint.cli.once import once
from lambdalint.cli.output import WRONG, config_error, flush, out, say
from lambdalint.cli.running import paths_of, settings_of
from lambdalint.config import ConfigError, sought
from lambdalint.earlier import Earlier
from lambdalint.scope import watched_by

if TYPE_CHECKING:
    from lambdalint.config import Settings

#: Seconds between two looks at the files.
_EVERY = 0.5

_State = dict[str, tuple[int, int]]


def watch(options: argparse.Namespace, settings: Settings) -> int:
    """Check, and check again whenever a file that is checked, that may describe a deployment, or that says what the run
    obeys has changed, come or gone. It ends by an interrupt.

    Settings or a baseline that cannot be read are told, and waited for: somebody is at work on them.
    """
    paths, stdin = paths_of(options)
    if stdin or options.output_file is not None:
        say("error: --watch looks at files and shows what it finds: it takes neither `-` nor --output-file")
        return WRONG
    seen: _State | None = None
    earlier = Earlier()
    while True:
        now = _state(paths, options, settings)
        if now != seen:
            # what this run itself mends is no reason to wipe away what it says of it
            if not (options.fix or options.fix_only) and sys.stdout is not None and sys.stdout.isatty():
                out("\x1b[2J\x1b[H")
            try:
                if seen is not None:
                    settings = settings_of(options)
                    now = _state(paths, options, settings)
                once(options, settings, earlier)
            except ConfigError as error:
                say(config_error(error, options))
            seen = now
            flush()
            say(f"Watching {len(now):,} files; Ctrl-C ends it.")
        time.sleep(_EVERY)


def _state(paths: list[str], options: argparse.Namespace, settings: Settings) -> _State:
    """When each file was written, and how large it is; without what the runs write."""
    own = {os.path.realpath(path) for path in (options.write_baseline,) if path is not None}
    obeyed = [*sought(paths, options.config), *([options.baseline] if options.baseline is not None else [])]
    return dict(_stats([*watched_by(paths, settings), *map(os.path.abspath, obeyed)], own))


def _stats(paths: Iterable[str], own: set[str]) -> Iterable[tuple[str, tuple[int, int]]]:
    for path in paths:
        try:
            state = os.stat(path)
        except OSError:
            continue
        if os.path.realpath(path) not in own:
            yield path, (state.st_mtime_ns, state.st_size)
