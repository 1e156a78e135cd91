"""`lambdalint check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lambdalint.cli.arguments import listed
from lambdalint.cli.output import FOUND, WRONG, config_error, out, say, written

if TYPE_CHECKING:
    from lambdalint.cli.baseline import BaselineFile
    from lambdalint.config import Settings
    from lambdalint.earlier import Earlier
    from lambdalint.results import LintReport


def check(options: argparse.Namespace) -> int:
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
    return once(options, settings)


def once(options: argparse.Namespace, settings: Settings, earlier: Earlier | None = None) -> int:
    """One run, and its report; the answer is the exit status. `earlier`: what the one before has left."""
    import dataclasses

    from lambdalint.cli.statistics import form_of, statistics

    form = form_of(options, settings) if options.statistics else ""
    baseline = _baseline(options)
    if options.fix or options.fix_only or options.diff:
        from lambdalint.cli.fix import fix

        mended = fix(options, settings, earlier)
        if isinstance(mended, int):
            return mended
        report = mended
    else:
        report = run(options, settings, *given(options), earlier=earlier)
    paths = paths_of(options)[0]
    if baseline is not None and options.write_baseline is not None:
        return baseline.write(report, paths)
    if baseline is not None:
        report = baseline.less(report, paths, quiet=options.quiet)
    if not options.verbose:
        short = tuple(dataclasses.replace(error, traceback=_last_line(error.traceback)) for error in report.errors)
        report = dataclasses.replace(report, errors=short)
    _write(options, statistics(report, form) if form else _rendered(options, settings, report))
    _tell_unfound(options, settings, report)
    if report.errors or report.unfound:
        return WRONG
    threshold = ("error", "warning", "info").index(settings.fail_on)
    failing = any(finding.severity.rank <= threshold for finding in report.findings)
    return FOUND if failing and not options.exit_zero else 0


def _baseline(options: argparse.Namespace) -> BaselineFile | None:
    """The file that one of the options names."""
    if options.baseline is None and options.write_baseline is None:
        return None
    from lambdalint.cli.baseline import BaselineFile

    if options.baseline is None:
        return BaselineFile.to_write(options.write_baseline)
    if options.write_baseline is None:
        return BaselineFile.read(options.baseline)
    from lambdalint.config import ConfigError

    raise ConfigError("--write-baseline writes all that is found, and --baseline leaves some out; give one of them")


def _tell_unfound(options: argparse.Namespace, settings: Settings, report: LintReport) -> None:
    """A setting that comes to nothing is as wrong as one that is not understood."""
    from lambdalint.config import misnamed

    for handler, reason in report.unfound:
        say(config_error(misnamed(settings, handler, reason), options))


def settings_of(options: argparse.Namespace) -> Settings:
    from lambdalint.config import (
        FAIL_ON,
        OUTPUT_FORMATS,
        ConfigError,
        check_choice,
        check_rules,
        load,
        override,
        pairs,
        unheeded,
    )

    near = [path for path in options.paths if path != "-"]
    if options.stdin_filename:
        near.append(options.stdin_filename)
    settings = load(near, config=options.config, isolated=options.isolated)
    rules = settings.catalogue()
    overrides: dict[str, Any] = {}
    for name in ("select", "extend_select", "ignore", "extend_ignore"):
        selectors = listed(getattr(options, name))
        if selectors == () and name == "select":  # an empty variable of a script, which would turn every rule off
            raise ConfigError("--select names no rule")
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
    """The paths to check, and what came by standard input, if that is among them.

    Raises:
        ConfigError: it is, and nothing can be read there.
    """
    paths, stdin = paths_of(options)
    if not stdin:
        return paths, None
    try:
        return paths, sys.stdin.buffer.read()
    except (OSError, AttributeError):  # Python has None for what was closed before it began
        from lambdalint.config import ConfigError

        raise ConfigError("standard input cannot be read") from None


def run(
    options: argparse.Namespace,
    settings: Settings,
    paths: list[str],
    stdin: bytes | None,
    held: Mapping[str, bytes] | None = None,
    earlier: Earlier | None = None,
) -> LintReport:
    """Check, with a progress bar where there is a terminal. `held`, `earlier`: as `engine.lint` has them."""
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
            earlier=earlier,
        )


def _show_files(options: argparse.Namespace, settings: Settings) -> int:
    from lambdalint.report.terminal import clean
    from lambdalint.scope import files_of

    files = files_of(paths_of(options)[0], settings)
    out("".join(f"{clean(path)}\n" for path in sorted((*files.found, *files.candidates))))
    for path in files.missing:
        say(f"error: `{clean(path)}`: there is no such file or folder")
    return WRONG if files.missing else 0


def _rendered(options: argparse.Namespace, settings: Settings, report: LintReport) -> str:
    from lambdalint.report import render
    from lambdalint.report.terminal import wants_color, width_of

    if options.output_file is not None:
        return render(report, settings.output_format, verbose=options.verbose, quiet=options.quiet)
    return render(
        report,
        settings.output_format,
        color=wants_color(options.color, sys.stdout),
        width=width_of(sys.stdout),
        verbose=options.verbose,
        quiet=options.quiet,
    )


def _write(options: argparse.Namespace, text: str) -> None:
    if options.output_file is not None:
        written("--output-file", options.output_file, text)
    else:
        out(text)


def _last_line(trace: str) -> str:
    """Where an internal error arose, in a line. The whole traceback is for -v."""
    frames = [line.strip() for line in trace.split("\n") if line.lstrip().startswith("File ")]
    return f"{frames[-1] if frames else 'nowhere'}; -v shows the whole traceback"
