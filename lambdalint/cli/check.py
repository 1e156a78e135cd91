"""`lambdalint check`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from lambdalint.cli.output import WRONG, out, say
from lambdalint.cli.running import paths_of, settings_of

if TYPE_CHECKING:
    from lambdalint.config import Settings


def check(options: argparse.Namespace) -> int:
    """Do what the options ask for; the answer is the exit status."""
    settings = settings_of(options)
    if options.show_settings:
        from lambdalint.cli.show_settings import shown

        out(shown(settings))
        return 0
    if options.show_files:
        return _show_files(options, settings)
    if options.add_noqa:
        from lambdalint.cli.silence import silence

        return silence(options, settings)
    if options.watch:
        from lambdalint.cli.watch import watch

        return watch(options, settings)
    from lambdalint.cli.once import once

    return once(options, settings)


def _show_files(options: argparse.Namespace, settings: Settings) -> int:
    from lambdalint.report.terminal import clean
    from lambdalint.scope import files_of

    files = files_of(paths_of(options)[0], settings)
    out("".join(f"{clean(path)}\n" for path in sorted((*files.found, *files.candidates))))
    for path in files.missing:
        say(f"error: `{clean(path)}`: there is no such file or folder")
    return WRONG if files.missing else 0
