"""The command line: arguments in, exit status out.

Exit status: 0 nothing to report, 1 findings, 2 a usage or configuration error or one of lambdalint's own, 130
interrupted. Nothing slow is imported before it is known to be needed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from lambdalint import __version__

if TYPE_CHECKING:
    from lambdalint.config import ConfigError, Settings
    from lambdalint.results import LintReport

FOUND, WRONG, INTERRUPTED = 1, 2, 130
COMMANDS = ("check", "functions", "explain", "rules", "version")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give the exit status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        options = _parser().parse_args(arguments)
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
        _out(f"lambdalint {__version__}\n")
        return 0
    from lambdalint.config import ConfigError

    commands = {"check": _check, "functions": _functions, "explain": _explain, "rules": _rules}
    try:
        return commands[options.command](options)
    except ConfigError as error:
        _say(_config_error(error, options))
        return WRONG


# -- arguments -------------------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """argparse, with the nearest command or option for one that does not exist."""

    def error(self, message: str) -> NoReturn:
        from lambdalint.report.terminal import clean

        _say(f"error: {clean(message)}{self._hint(message)}\n\n{self.format_usage().rstrip()}")
        raise SystemExit(WRONG)

    def _hint(self, message: str) -> str:
        import difflib
        import re

        wrong = re.search(r"invalid choice: '([^']*)'|unrecognized arguments: (\S+)", message)
        if wrong is None:
            return ""
        command, option = wrong.groups()
        choices = COMMANDS if command is not None else tuple(_known_options())
        close = difflib.get_close_matches(command or option, choices, n=1)
        return f"; did you mean `{close[0]}`?" if close else ""


def _known_options() -> list[str]:
    check = _Parser()
    _add_check(check)
    return list(check._option_string_actions)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="lambdalint",
        description="Runs AWS Lambda handlers on paper and reports what fails in production.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"lambdalint {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_check(commands.add_parser("check", help="check files and folders", allow_abbrev=False))
    functions = commands.add_parser("functions", help="list the functions, as they are understood", allow_abbrev=False)
    functions.add_argument("paths", nargs="*", metavar="PATH", help="files and folders (default: .)")
    functions.add_argument("--output-format", choices=("text", "json"), default="text")
    functions.add_argument("--config", action="append", default=[], metavar='FILE|"KEY = VALUE"')
    functions.add_argument("--isolated", action="store_true", help="obey no settings file")
    functions.add_argument("--jobs", type=_jobs, metavar="N", help="processes (default: one a processor)")
    _add_color(functions)
    explain = commands.add_parser("explain", help="show a rule's page", allow_abbrev=False)
    explain.add_argument("rule", metavar="CODE|NAME", help="LL202 or return-not-serializable")
    _add_color(explain)
    rules = commands.add_parser("rules", help="list the rules", allow_abbrev=False)
    rules.add_argument("--output-format", choices=("text", "json"), default="text")
    _add_color(rules)
    commands.add_parser("version", help="show the version", allow_abbrev=False)
    return parser


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; `-` is stdin (default: .)")
    rules = parser.add_argument_group("which rules", "Codes, fronts of codes (LL2, F), names, or ALL; apart by commas.")
    for option in ("--select", "--extend-select", "--ignore", "--extend-ignore"):
        rules.add_argument(option, action="append", metavar="RULES")
    rules.add_argument("--per-file-ignores", action="append", metavar="PATTERN:RULES", help="such as tests/*:F401")
    rules.add_argument("--preview", action="store_true", default=None, help="rules that are still being measured, too")
    rules.add_argument("--pedantic", action="store_true", default=None, help="rules that are off by default, too")

    files = parser.add_argument_group("which files")
    files.add_argument("--exclude", action="append", metavar="PATTERNS", help="in place of the default list")
    files.add_argument("--extend-exclude", action="append", metavar="PATTERNS", help="besides the default list")
    files.add_argument("--force-exclude", action=argparse.BooleanOptionalAction, help="given paths are excluded, too")
    files.add_argument("--respect-gitignore", action=argparse.BooleanOptionalAction, help="(default: yes)")
    files.add_argument("--stdin-filename", metavar="FILE", help="the name of what comes from standard input")
    files.add_argument("--show-files", action="store_true", help="list the files that would be checked, and stop")

    settings = parser.add_argument_group("settings")
    settings.add_argument("--config", action="append", default=[], metavar='FILE|"KEY = VALUE"')
    settings.add_argument("--isolated", action="store_true", help="obey no settings file")
    settings.add_argument("--show-settings", action="store_true", help="show the settings of this run, and stop")
    settings.add_argument("--jobs", type=_jobs, metavar="N", help="processes (default: one a processor)")
    settings.add_argument("--no-cache", action="store_true", help="accepted; nothing is cached yet")

    output = parser.add_argument_group("output")
    output.add_argument("--output-format", metavar="FORMAT", help="text, concise, json, github")
    output.add_argument("--output-file", metavar="FILE", help="write the report there")
    output.add_argument("--statistics", action="store_true", help="count the findings of each rule instead")
    output.add_argument("--exit-zero", action="store_true", help="exit with 0 though there are findings")
    output.add_argument("--fail-on", metavar="SEVERITY", help="error, warning, info: findings below it exit with 0")
    output.add_argument("-q", "--quiet", action="store_true", help="findings alone, no summary")
    output.add_argument("-v", "--verbose", action="store_true", help="what was found, skipped and not followed, too")
    _add_color(output)


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of processes")
    return int(text)


def _add_color(parser: Any) -> None:
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")


def _listed(values: list[str] | None) -> tuple[str, ...] | None:
    """`--select LL2,F --select LL901` in one list; None where the option was not given."""
    if values is None:
        return None
    return tuple(part for value in values for part in (piece.strip() for piece in value.split(",")) if part)


# -- check -----------------------------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    import dataclasses

    settings = _settings(options)
    if options.show_settings:
        sys.stdout.write("".join(f"{name} = {value!r}\n" for name, value in dataclasses.asdict(settings).items()))
        return 0
    if options.show_files:
        return _show_files(options, settings)
    report = _lint(options, settings)
    if not options.verbose:
        short = tuple(dataclasses.replace(error, traceback=_last_line(error.traceback)) for error in report.errors)
        report = dataclasses.replace(report, errors=short)
    _write(options, settings, report)
    if report.errors:
        return WRONG
    threshold = ("error", "warning", "info").index(settings.fail_on)
    failing = any(finding.severity.rank <= threshold for finding in report.findings)
    return FOUND if failing and not options.exit_zero else 0


def _settings(options: argparse.Namespace) -> Settings:
    from lambdalint.config import FAIL_ON, OUTPUT_FORMATS, check_choice, check_rules, load, pairs

    overrides: dict[str, Any] = {}
    for name in ("select", "extend_select", "ignore", "extend_ignore"):
        selectors = _listed(getattr(options, name))
        if selectors is not None:
            overrides[name] = check_rules(f"--{name.replace('_', '-')}", selectors)
    if options.per_file_ignores is not None:
        overrides["per_file_ignores"] = pairs("--per-file-ignores", options.per_file_ignores)
    for name, choices in (("output_format", OUTPUT_FORMATS), ("fail_on", FAIL_ON)):
        value = getattr(options, name)
        if value is not None:
            overrides[name] = check_choice(f"--{name.replace('_', '-')}", value, choices)
    for name in ("exclude", "extend_exclude"):
        overrides[name] = _listed(getattr(options, name))
    for name in ("preview", "pedantic", "force_exclude", "respect_gitignore"):
        overrides[name] = getattr(options, name)
    near = [path for path in options.paths if path != "-"]
    if options.stdin_filename:
        near.append(options.stdin_filename)
    return load(near, config=options.config, isolated=options.isolated, **overrides)


def _paths(options: argparse.Namespace) -> tuple[list[str], bool]:
    """The paths to check, and whether standard input is among them."""
    paths = [path for path in options.paths if path != "-"]
    stdin = "-" in options.paths or (options.stdin_filename is not None and not paths)
    return (paths if paths or stdin else ["."]), stdin


def _lint(options: argparse.Namespace, settings: Settings) -> LintReport:
    from lambdalint.engine import lint
    from lambdalint.processes import processors
    from lambdalint.report.progress import Progress

    paths, stdin = _paths(options)
    data = sys.stdin.buffer.read() if stdin else None
    with Progress(sys.stderr, enabled=not options.quiet) as progress:
        return lint(
            paths,
            settings,
            stdin=data,
            stdin_filename=options.stdin_filename,
            progress=progress,
            jobs=options.jobs or processors(),
        )


def _show_files(options: argparse.Namespace, settings: Settings) -> int:
    from lambdalint.engine import files_of
    from lambdalint.report.terminal import clean

    for path in files_of(_paths(options)[0], settings):
        sys.stdout.write(clean(path) + "\n")
    return 0


def _write(options: argparse.Namespace, settings: Settings, report: LintReport) -> None:
    from lambdalint.report import render
    from lambdalint.report.terminal import wants_color, width_of

    if options.statistics:
        text = _statistics(report)
    elif options.output_file:
        text = render(report, settings.output_format, verbose=options.verbose, quiet=options.quiet)
    else:
        text = render(
            report,
            settings.output_format,
            color=wants_color(options.color, sys.stdout),
            width=width_of(sys.stdout),
            verbose=options.verbose,
            quiet=options.quiet,
        )
    if options.output_file:
        from lambdalint.config import ConfigError

        try:
            with open(options.output_file, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise ConfigError(f"--output-file `{options.output_file}` cannot be written: {error.strerror}") from None
    else:
        _out(text)


def _statistics(report: LintReport) -> str:
    from collections import Counter

    counts = Counter((finding.code, finding.name) for finding in report.findings)
    width = len(str(max(counts.values(), default=0)))
    ranked = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return "".join(f"{count:>{width}}  {code}  {name}\n" for (code, name), count in ranked)


def _last_line(trace: str) -> str:
    """Where an internal error arose, in a line. The whole traceback is for -v."""
    frames = [line.strip() for line in trace.split("\n") if line.lstrip().startswith("File ")]
    return f"{frames[-1] if frames else 'nowhere'}; -v shows the whole traceback"


# -- the other commands ----------------------------------------------------------------------------------------------


def _functions(options: argparse.Namespace) -> int:
    from lambdalint.config import load
    from lambdalint.engine import functions_of
    from lambdalint.processes import processors
    from lambdalint.report.functions import as_json, as_text
    from lambdalint.report.progress import Progress
    from lambdalint.report.terminal import wants_color, width_of

    paths = options.paths or ["."]
    settings = load(paths, config=options.config, isolated=options.isolated)
    with Progress(sys.stderr, enabled=True) as progress:
        found, errors = functions_of(paths, settings, progress=progress, jobs=options.jobs or processors())
    if options.output_format == "json":
        _out(as_json(found))
    else:
        _out(as_text(found, color=wants_color(options.color, sys.stdout), width=width_of(sys.stdout)))
    for error in errors:
        _say(f"internal error: {error.where} failed: {error.message}")
    return WRONG if errors else 0


def _explain(options: argparse.Namespace) -> int:
    from lambdalint.checks import RULES
    from lambdalint.config import ConfigError, unknown_rule
    from lambdalint.pages import for_terminal, page
    from lambdalint.report.terminal import wants_color

    wanted = options.rule
    rule = RULES.get(wanted.upper()) or next((rule for rule in RULES.values() if rule.name == wanted.lower()), None)
    if rule is None:
        raise ConfigError(unknown_rule(wanted))
    head = f"{rule.code} {rule.name} ({rule.severity.value}): {rule.summary}\n"
    text = page(rule)
    _out(head if text is None else for_terminal(text, color=wants_color(options.color, sys.stdout)))
    return 0


def _rules(options: argparse.Namespace) -> int:
    from lambdalint.checks import RULES

    rules = sorted(RULES.values(), key=lambda rule: (not rule.code.startswith("LL"), rule.code))
    if options.output_format == "json":
        import json

        rows = [
            {
                "code": rule.code,
                "name": rule.name,
                "severity": rule.severity.value,
                "summary": rule.summary,
                "preview": rule.preview,
                "pedantic": rule.pedantic,
            }
            for rule in rules
        ]
        _out(json.dumps(rows, indent=2) + "\n")
        return 0
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        kind = " (preview)" if rule.preview else " (pedantic)" if rule.pedantic else ""
        _out(f"{rule.code:<6} {rule.name:<{width}}  {rule.severity.value:<7}  {rule.summary}{kind}\n")
    return 0


# -- saying it -------------------------------------------------------------------------------------------------------


def _config_error(error: ConfigError, options: argparse.Namespace) -> str:
    from lambdalint.report.frame import frame, gutter_of
    from lambdalint.report.terminal import Paint, clean, wants_color, width_of

    paint = Paint(wants_color(getattr(options, "color", "auto"), sys.stderr))
    shown = [f"{paint('error', 'error')}: {clean(error.message)}"]
    if error.span is not None:
        start = error.span.start
        arrow = " " * gutter_of(error.span) + paint("-->", "way")
        shown.append(f"{arrow} {clean(error.span.path)}:{start.row}:{start.column}")
        shown += frame(error.lines, error.span, "error", paint, width_of(sys.stderr))
    return "\n".join(shown)


def _out(text: str) -> None:
    """To standard output, whatever its encoding can show."""
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def _say(text: str) -> None:
    """To standard error."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
