"""The commands beside `check`: `functions`, `explain`, `rules`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from lambdalint.cli.output import WRONG, out, say

if TYPE_CHECKING:
    from lambdalint.checks import Rule


def functions(options: argparse.Namespace) -> int:
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
        out(as_json(found))
    else:
        out(as_text(found, color=wants_color(options.color, sys.stdout), width=width_of(sys.stdout)))
    for error in errors:
        say(f"{error.kind}: {error.where} failed: {error.message}")
    return WRONG if errors else 0


def explain(options: argparse.Namespace) -> int:
    from lambdalint.checks import RULES
    from lambdalint.config import ConfigError, unknown_rule
    from lambdalint.pages import for_terminal, page
    from lambdalint.report.terminal import wants_color
    from lambdalint.selection import fits

    # lambdalint's own pages are there whatever is wrong with the settings; those of plug-ins are named by them
    rule = _rule(options.rule, RULES)
    if rule is None:
        known = _catalogue(options)
        rule = _rule(options.rule, known)
        family = [one for one in known.values() if fits(options.rule.upper(), one)]
        if rule is None and family:
            out(_listed(family))
            return 0
        if rule is None:
            raise ConfigError(unknown_rule(options.rule, known))
    head = f"{rule.code} {rule.name} ({rule.severity.value}): {rule.summary}\n"
    text = page(rule)
    out(head if text is None else for_terminal(text, color=wants_color(options.color, sys.stdout)))
    return 0


def _rule(wanted: str, rules: Mapping[str, Rule]) -> Rule | None:
    """By its code or its name, however they are written."""
    return rules.get(wanted.upper()) or next((rule for rule in rules.values() if rule.name == wanted.lower()), None)


def _catalogue(options: argparse.Namespace) -> Mapping[str, Rule]:
    """All rules that the settings of the current folder have."""
    from lambdalint.config import load

    return load(config=options.config, isolated=options.isolated).catalogue()


def rules(options: argparse.Namespace) -> int:
    found = sorted(_catalogue(options).values(), key=_standing)
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
            for rule in found
        ]
        out(json.dumps(rows, indent=2) + "\n")
        return 0
    out(_listed(found))
    return 0


def _listed(found: Iterable[Rule]) -> str:
    """A line a rule."""
    found = sorted(found, key=_standing)
    width = max(len(rule.name) for rule in found)
    codes = max(len(rule.code) for rule in found) + 1
    return "".join(
        f"{rule.code:<{codes}} {rule.name:<{width}}  {rule.severity.value:<7}  {rule.summary}"
        f"{' (preview)' if rule.preview else ' (pedantic)' if rule.pedantic else ''}\n"
        for rule in found
    )


def _standing(rule: Rule) -> tuple[int, str]:
    """lambdalint's own rules, pyflakes', those of plug-ins."""
    from lambdalint.finding import letters

    return 2 if rule.plugin else int(letters(rule.code) == "F"), rule.code
