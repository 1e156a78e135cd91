"""What stands behind `lambdalint` on a command line."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from lambdalint import __version__
from lambdalint.cli.output import WRONG, say
from lambdalint.formats import FORMATS

COMMANDS = ("check", "functions", "explain", "rules", "test", "server", "version")


class _Parser(argparse.ArgumentParser):
    """argparse, with the nearest command or option for one that does not exist."""

    def error(self, message: str) -> NoReturn:
        from lambdalint.report.terminal import clean

        say(f"error: {clean(message)}{self._hint(message)}\n\n{self.format_usage().rstrip()}")
        raise SystemExit(WRONG)

    def _hint(self, message: str) -> str:
        import difflib
        import re

        wrong = re.search(r"invalid choice: '([^']*)'|unrecognized arguments: (\S+)", message)
        if wrong is None:
            return ""
        command, option = wrong.groups()
        choices = COMMANDS if command is not None else tuple(_known_options())
        if option is not None and option.partition("=")[0] in choices:
            return "; it is an option of `lambdalint check`"
        close = difflib.get_close_matches(command or option, choices, n=1)
        return f"; did you mean `{close[0]}`?" if close else ""


class _Completion(argparse.Action):
    """Prints the completion of a shell, and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *given: Any, **more: Any) -> None:
        from lambdalint.cli.completion import SCRIPTS

        print(SCRIPTS[given[1]], end="")
        parser.exit()


def _known_options() -> list[str]:
    check = _Parser()
    _add_check(check)
    return list(check._option_string_actions)


def parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="lambdalint",
        description="Runs AWS Lambda handlers on paper and reports what fails in production.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"lambdalint {__version__}")
    shells = ("bash", "zsh", "fish")
    what = "print what a shell runs to complete this: `eval \"$(lambdalint --generate-shell-completion zsh)\"`"
    parser.add_argument("--generate-shell-completion", action=_Completion, choices=shells, help=what)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_check(commands.add_parser("check", help="check files and folders", allow_abbrev=False))
    functions = commands.add_parser("functions", help="list the functions, as they are understood", allow_abbrev=False)
    _paths(functions, "files and folders (default: .)")
    functions.add_argument("--output-format", choices=("text", "json"), default="text")
    _settings(functions)
    functions.add_argument("--jobs", type=_jobs, metavar="N", help="processes (default: one a processor)")
    _add_color(functions)
    explain = commands.add_parser("explain", help="show a rule's page", allow_abbrev=False)
    explain.add_argument("rule", metavar="CODE|NAME", help="LL202 or return-not-serializable")
    _settings(explain)
    _add_color(explain)
    rules = commands.add_parser("rules", help="list the rules", allow_abbrev=False)
    rules.add_argument("--output-format", choices=("text", "json"), default="text")
    _settings(rules)
    _add_color(rules)
    test = commands.add_parser("test", help="test the rules of your own by their pages", allow_abbrev=False)
    what = "a module or an entry point with rules (default: those that the settings name in `rules`)"
    test.add_argument("modules", nargs="*", metavar="MODULE", help=what)
    test.add_argument("--update", action="store_true", help="write what a run prints, and what fixes make, into them")
    _settings(test)
    _add_color(test)
    what = "serve an editor, by the language server protocol"
    _add_server(commands.add_parser("server", help=what, allow_abbrev=False))
    commands.add_parser("version", help="show the version", allow_abbrev=False)
    return parser


def _add_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stdio", action="store_true", help="over standard input and output, as it always is")
    for option in ("--select", "--extend-select", "--ignore", "--extend-ignore"):
        parser.add_argument(option, action="append", metavar="RULES")
    parser.add_argument("--preview", action="store_true", help="rules that are still being measured, too")
    what = "obey the setting `rules`, which makes plug-ins of a project run; off, since an editor opens anything"
    parser.add_argument("--plugins", action="store_true", help=what)
    _settings(parser)
    parser.add_argument("-v", "--verbose", action="store_true", help="log all that is said, to standard error")


def _add_check(parser: argparse.ArgumentParser) -> None:
    _paths(parser, "files and folders; `-` is stdin (default: .)")
    rules = parser.add_argument_group("which rules", "Codes, fronts of codes (LL2, F), names, or ALL; apart by commas.")
    for option in ("--select", "--extend-select", "--ignore", "--extend-ignore"):
        rules.add_argument(option, action="append", metavar="RULES")
    rules.add_argument("--per-file-ignores", action="append", metavar="PATTERN:RULES", help="such as tests/*:F401")
    rules.add_argument("--preview", action="store_true", default=None, help="rules that are still being measured, too")
    what = "rules of plug-ins that are off by default, too (lambdalint itself has none)"
    rules.add_argument("--pedantic", action="store_true", default=None, help=what)

    files = parser.add_argument_group("which files")
    files.add_argument("--exclude", action="append", metavar="PATTERNS", help="in place of the default list")
    files.add_argument("--extend-exclude", action="append", metavar="PATTERNS", help="besides the default list")
    files.add_argument("--force-exclude", action=argparse.BooleanOptionalAction, help="given paths are excluded, too")
    files.add_argument("--respect-gitignore", action=argparse.BooleanOptionalAction, help="(default: yes)")
    files.add_argument("--stdin-filename", metavar="FILE", help="the name of what comes from standard input")
    files.add_argument("--show-files", action="store_true", help="list the files that would be checked, and stop")

    settings = parser.add_argument_group("settings")
    _settings(settings)
    settings.add_argument("--show-settings", action="store_true", help="show the settings of this run, and stop")
    settings.add_argument("--jobs", type=_jobs, metavar="N", help="processes (default: one a processor)")
    settings.add_argument("--no-cache", action="store_true", help="accepted; nothing is cached yet")

    fixes = parser.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="mend what can be mended, where that is safe")
    fixes.add_argument("--unsafe-fixes", action="store_true", help="mend what may then mean something else, too")
    fixes.add_argument("--diff", action="store_true", help="show what --fix would do, and do nothing")
    fixes.add_argument("--fix-only", action="store_true", help="mend, and report nothing of what is left")
    fixes.add_argument("--show-fixes", action="store_true", help="list what was mended")

    adoption = parser.add_argument_group("adoption")
    adoption.add_argument("--add-noqa", action="store_true", help="silence what is found, each by a comment")
    adoption.add_argument("--write-baseline", metavar="FILE", help="write what is found into a baseline")
    adoption.add_argument("--baseline", metavar="FILE", help="report what is not in this baseline alone")
    adoption.add_argument("--watch", action="store_true", help="check again whenever a file changes")

    output = parser.add_argument_group("output")
    output.add_argument("--output-format", metavar="FORMAT", help=", ".join(FORMATS))
    output.add_argument("--output-file", metavar="FILE", help="write the report there")
    output.add_argument("--statistics", action="store_true", help="count the findings of each rule instead")
    output.add_argument("--exit-zero", action="store_true", help="exit with 0 though there are findings")
    output.add_argument("--fail-on", metavar="SEVERITY", help="error, warning, info: findings below it exit with 0")
    output.add_argument("-q", "--quiet", action="store_true", help="findings alone, no summary")
    output.add_argument("-v", "--verbose", action="store_true", help="what was found, skipped and not followed, too")
    _add_color(output)


def _paths(parser: argparse.ArgumentParser, help: str) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help=help)


def _settings(parser: Any) -> None:
    parser.add_argument("--config", action="append", default=[], metavar='FILE|"KEY = VALUE"')
    parser.add_argument("--isolated", action="store_true", help="obey no settings file")


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of processes")
    return int(text)


def _add_color(parser: Any) -> None:
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")


def listed(values: list[str] | None) -> tuple[str, ...] | None:
    """`--select LL2,F --select LL901` in one list; None where the option was not given."""
    if values is None:
        return None
    return tuple(part for value in values for part in (piece.strip() for piece in value.split(",")) if part)
