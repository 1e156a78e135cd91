"""The command line: arguments in, exit status out.

Exit status: 0 nothing to report, 1 findings, 2 a usage or configuration error or one of lambdalint's own, 130
interrupted. Nothing slow is imported before it is known to be needed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from lambdalint import __version__
from lambdalint.cli.arguments import parser
from lambdalint.cli.output import FOUND, INTERRUPTED, WRONG, Unwritable, config_error, flush, leave, out, say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give the exit status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        try:
            if arguments[:1] == ["--complete"] and len(arguments) > 1:  # a shell asks, at a Tab
                from lambdalint.cli.completion import answer

                out(answer(parser(), arguments[1], arguments[2:]))
                return 0
            return _run(parser().parse_args(arguments))
        finally:  # --help and --version end by SystemExit
            flush()
    except BrokenPipeError:  # the reader has gone: `lambdalint check | head`
        leave()
        return FOUND
    except Unwritable as error:
        leave()
        say(f"error: standard output cannot be written: {error}")
        return WRONG
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
    if name == "server":
        from lambdalint.cli.server import server

        return server
    if name == "test":
        from lambdalint.cli.testing import test

        return test
    from lambdalint.cli import others

    found: Callable[[argparse.Namespace], int] = getattr(others, name)
    return found
