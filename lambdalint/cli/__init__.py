"""The command line: arguments in, exit status out.

Exit status: 0 nothing to report, 1 findings, 2 a usage or configuration error or one of lambdalint's own, 130
interrupted. Nothing slow is imported before it is known to be needed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from lambdalint import __version__
from lambdalint.cli.arguments import parser
from lambdalint.cli.output import FOUND, INTERRUPTED, WRONG, config_error, out, say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give the exit status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        options = parser().parse_args(arguments)
        status = _run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # the reader has gone: `lambdalint check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(options: argparse.Namespace) -> int:
    if options.command == "version":
        out(f"lambdalint {__version__}\n")
        return 0
    from lambdalint.config import ConfigError

    try:
        return _command(options.command)(options)
    except ConfigError as error:
        say(config_error(error, options))
        return WRONG


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    if name == "check":
        from lambdalint.cli.check import check

        return check
    if name == "test":
        from lambdalint.cli.testing import test

        return test
    from lambdalint.cli import others

    found: Callable[[argparse.Namespace], int] = getattr(others, name)
    return found
