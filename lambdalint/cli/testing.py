"""`lambdalint test`: the pages of plug-ins, run as lambdalint's own are."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from lambdalint.cli.output import FOUND, out, say
from lambdalint.config import ConfigError, load
from lambdalint.page_tests import Fault, Page, faults
from lambdalint.pages import file_of
from lambdalint.plugins import Plugin, PluginError
from lambdalint.plugins import load as load_plugins
from lambdalint.report.terminal import Paint, clean, wants_color

Result = TypeVar("Result")


def test(options: argparse.Namespace) -> int:
    """Test each rule of the plug-ins by its page; the answer is the exit status."""
    paint = Paint(wants_color(options.color, sys.stdout))
    plugins = _plugins(options)
    names = tuple(plugin.name for plugin in plugins)
    tested = wrong = 0
    for plugin in plugins:
        wanted = {file_of(rule): rule for rule in plugin.rules}
        there = sorted(path.name for path in Path(plugin.pages).glob("*.md"))
        for name in sorted({*wanted, *there}):
            path = Path(plugin.pages, name)
            tested += 1
            if name not in wanted:
                told = [Fault(1, f"it is the page of no rule of `{plugin.name}`")]
            elif name not in there:
                told = [Fault(1, f"{wanted[name].code} has no page: it is to stand here")]
            else:
                page = _page(path, names)
                if options.update:
                    page = _updated(page)
                told = _faults(page, plugin, name)
            wrong += bool(told)
            for fault in told:
                out(_shown(path, fault, paint))
    result = f"{wrong} of them not true" if wrong else "all true"
    out(f"Tested {tested} page{'s' * (tested != 1)}: {paint(result, 'error' if wrong else 'good')}.\n")
    return FOUND if wrong else 0


def _plugins(options: argparse.Namespace) -> tuple[Plugin, ...]:
    """Those that are given, or those of the settings.

    Raises:
        ConfigError: one of them cannot be loaded, or there is none.
    """
    settings = load(config=options.config, isolated=options.isolated or bool(options.modules and not options.config))
    names = tuple(options.modules) or settings.rules
    if not names:
        raise ConfigError("there is nothing to test: the settings here name no `rules`; name them, or give a module")
    try:
        return load_plugins(names, settings.root)
    except PluginError as error:
        raise ConfigError(str(error)) from error


def _page(path: Path, plugins: tuple[str, ...]) -> Page:
    try:
        return Page(path, path.read_text("utf-8"), plugins)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the page `{path}` cannot be read: {error}") from None


def _updated(page: Page) -> Page:
    """The page with what a run prints now, written if that is something else."""
    text = _told(page, page.updated)
    if text != page.text:
        try:
            page.path.write_text(text, "utf-8")
        except OSError as error:
            raise ConfigError(f"the page `{page.path}` cannot be written: {error.strerror}") from None
        say(f"{clean(_relative(page.path))} written anew")
    return Page(page.path, text, page.plugins)


def _faults(page: Page, plugin: Plugin, name: str) -> list[Fault]:
    rule = next(rule for rule in plugin.rules if file_of(rule) == name)
    return _told(page, lambda: list(faults(page, rule)))


def _told(page: Page, work: Callable[[], Result]) -> Result:
    """What `work` gives; that the settings in a block cannot be obeyed is a fault of the page, and told as one.

    Raises:
        ConfigError: they cannot, with the page's name before it.
    """
    try:
        return work()
    except ConfigError as error:
        raise ConfigError(f"{_relative(page.path)}: in the settings of a block: {error}") from None


def _shown(path: Path, fault: Fault, paint: Paint) -> str:
    head = f"{paint(clean(_relative(path)), 'strong')}:{fault.line}: {clean(fault.message)}"
    return "\n".join([head, *(f"    {clean(line)}" for line in fault.diff)]) + "\n"


def _relative(path: Path) -> str:
    """A path as people see it: in the current folder relative to it."""
    relative = os.path.relpath(path)
    return (str(path) if relative.startswith("..") else relative).replace(os.sep, "/")
