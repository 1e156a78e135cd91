"""One run of `lambdalint check`, mending what it is to mend, and what is shown of it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from lambdalint.cli.output import FOUND, WRONG, config_error, out, say, written
from lambdalint.cli.running import given, paths_of, run

if TYPE_CHECKING:
    from lambdalint.cli.baseline import BaselineFile
    from lambdalint.config import Settings
    from lambdalint.earlier import Earlier
    from lambdalint.results import LintReport


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
