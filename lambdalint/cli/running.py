"""What the options of `check` say of a run: its settings, its paths; and the run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lambdalint.cli.arguments import listed
from lambdalint.cli.output import say

if TYPE_CHECKING:
    from lambdalint.config import Settings
    from lambdalint.earlier import Earlier
    from lambdalint.results import LintReport


def settings_of(options: argparse.Namespace) -> Settings:
    """What the run obeys: the settings of the files, and the options over them.

    Raises:
        ConfigError: they cannot be obeyed.
    """
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
