"""`lambdalint check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lambdalint.cli.arguments import listed
from lambdalint.cli.output import FOUND, WRONG, out, say

if TYPE_CHECKING:
    from lambdalint.config import Settings
    from lambdalint.results import LintReport


def check(options: argparse.Namespace) -> int:
    import dataclasses

    settings = settings_of(options)
    if options.show_settings:
        sys.stdout.write("".join(f"{name} = {value!r}\n" for name, value in dataclasses.asdict(settings).items()))
        return 0
    if options.show_files:
        return _show_files(options, settings)
    if options.add_noqa:
        from lambdalint.cli.silence import silence

        return silence(options, settings)
    if options.watch:
        from lambdalint.cli.watch import watch

        return watch(options, settings)
    return once(options, settings)


def once(options: argparse.Namespace, settings: Settings) -> int:
    """One run, and its report; the answer is the exit status."""
    import dataclasses

    if options.fix or options.fix_only or options.diff:
        from lambdalint.cli.fix import fix

        mended = fix(options, settings)
        if isinstance(mended, int):
            return mended
        report = mended
    else:
        report = run(options, settings, *given(options))
    if options.write_baseline or options.baseline:
        from lambdalint.cli.baseline import told, write

        if options.write_baseline:
            return write(options.write_baseline, report)
        report = told(options.baseline, report, quiet=options.quiet)
    if not options.verbose:
        short = tuple(dataclasses.replace(error, traceback=_last_line(error.traceback)) for error in report.errors)
        report = dataclasses.replace(report, errors=short)
    _write(options, settings, report)
    if report.errors:
        return WRONG
    threshold = ("error", "warning", "info").index(settings.fail_on)
    failing = any(finding.severity.rank <= threshold for finding in report.findings)
    return FOUND if failing and not options.exit_zero else 0


def settings_of(options: argparse.Namespace) -> Settings:
    from lambdalint.config import FAIL_ON, OUTPUT_FORMATS, check_choice, check_rules, load, override, pairs, unheeded

    near = [path for path in options.paths if path != "-"]
    if options.stdin_filename:
        near.append(options.stdin_filename)
    settings = load(near, config=options.config, isolated=options.isolated)
    rules = settings.catalogue()
    overrides: dict[str, Any] = {}
    for name in ("select", "extend_select", "ignore", "extend_ignore"):
        selectors = listed(getattr(options, name))
        if selectors is not None:
            overrides[name] = check_rules(f"--{name.replace('_', '-')}", selectors, rules)
    if options.per_file_ignores is not None:
        overrides["per_file_ignores"] = pairs("--per-file-ignores", options.per_file_ignores, rules)
    for name, choices in (("output_format", OUTPUT_FORMATS), ("fail_on", FAIL_ON)):
        value = getattr(options, name)
        if value is not None:
            overrides[name] = check_choice(f"--{name.replace('_', '-')}", value, choices)
    for name in ("exclude", "extend_exclude"):
        overrides[name] = listed(getattr(options, name))
    for name in ("preview", "pedantic", "force_exclude", "respect_gitignore"):
        overrides[name] = getattr(options, name)
    told = unheeded(settings)
    if told is not None:
        from lambdalint.report.terminal import clean

        say(f"warning: {clean(told)}")
    return override(settings, **overrides)


def paths_of(options: argparse.Namespace) -> tuple[list[str], bool]:
    """The paths to check, and whether standard input is among them."""
    paths = [path for path in options.paths if path != "-"]
    stdin = "-" in options.paths or (options.stdin_filename is not None and not paths)
    return (paths if paths or stdin else ["."]), stdin


def given(options: argparse.Namespace) -> tuple[list[str], bytes | None]:
    """The paths to check, and what came by standard input, if that is among them."""
    paths, stdin = paths_of(options)
    return paths, sys.stdin.buffer.read() if stdin else None


def run(
    options: argparse.Namespace,
    settings: Settings,
    paths: list[str],
    stdin: bytes | None,
    held: Mapping[str, bytes] | None = None,
) -> LintReport:
    """Check, with a progress bar where there is a terminal. `held`: as `engine.lint` has it."""
    from lambdalint.engine import lint
    from lambdalint.processes import processors
    from lambdalint.report.progress import Progress

    with Progress(sys.stderr, enabled=not options.quiet) as progress:
        return lint(
            paths,
            settings,
            stdin=stdin,
            stdin_filename=options.stdin_filename,
            held=held,
            progress=progress,
            jobs=options.jobs or processors(),
        )


def _show_files(options: argparse.Namespace, settings: Settings) -> int:
    from lambdalint.report.terminal import clean
    from lambdalint.scope import files_of

    files = files_of(paths_of(options)[0], settings)
    out("".join(f"{clean(path)}\n" for path in sorted((*files.found, *files.candidates))))
    for path in files.missing:
        say(f"error: `{clean(path)}`: there is no such file or folder")
    return WRONG if files.missing else 0


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
        out(text)


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
