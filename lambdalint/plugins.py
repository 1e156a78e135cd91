"""Plug-ins: modules with a team's own rules, as the settings name them in `rules`.

A name is that of an entry point of the group `lambdalint.rules`, or of a module; either must be installed. A module is
imported once a process, and only when settings that count name it.
"""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from types import ModuleType

from lambdalint.checks import RULES, Rule
from lambdalint.checks.registry import DECLARED
from lambdalint.finding import Severity, letters
from lambdalint.foreign import lines_of, place

GROUP = "lambdalint.rules"

_CODE = re.compile(r"[A-Z]+[0-9]{3}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
#: Letters that mean something else already: lambdalint's own rules, pyflakes', every rule.
_TAKEN = {"LL": "lambdalint's own", "F": "pyflakes'", "ALL": "the selector of all rules"}


class PluginError(Exception):
    """A plug-in that cannot be obeyed, told as what is wrong with its name in the settings."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """A loaded one: as the settings name it, its module, its rules, and the folder of their pages."""

    name: str
    module: str
    rules: tuple[Rule, ...]
    pages: str


_LOADED: dict[str, Plugin] = {}


def load(names: Iterable[str], root: str) -> tuple[Plugin, ...]:
    """Load plug-ins for a project whose settings stand in the folder `root`. Of a name that stands there twice, of a
    code or a name of a rule that two have, the second one is refused.

    Raises:
        PluginError: one of them is not installed, fails to import, or has a rule that cannot be taken.
    """
    taken = dict(RULES)
    found = []
    for name in names:
        plugin = _LOADED.get(name) or _load(name, root)
        for rule in plugin.rules:
            _enter(rule, taken)
        _LOADED[name] = plugin
        found.append(plugin)
    return tuple(found)


def catalogue(names: Iterable[str]) -> Mapping[str, Rule]:
    """All rules that there are for settings which name these plug-ins, which are loaded."""
    names = tuple(names)
    if not names:
        return RULES
    return RULES | {rule.code: rule for name in names for rule in _LOADED[name].rules}


def _load(name: str, root: str) -> Plugin:
    from lambdalint.installed import Environment

    environment = Environment(root)
    points = environment.entry_points(GROUP)
    modules = points.get(name, [name])
    if len(modules) > 1:
        raise PluginError(f"`{name}` is an entry point of several packages, for {' and '.join(modules)}; name a module")
    module = modules[0]
    if not all(part.isidentifier() for part in module.split(".")) or not environment.has(module):
        raise PluginError(_missing(name, points))
    try:
        with redirect_stdout(sys.stderr):  # standard output is the report's
            imported = environment.imported(module)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        DECLARED[:] = [rule for rule in DECLARED if _home(rule) in sys.modules]  # Python imports the others again
        raise PluginError(f"`{name}` cannot be imported: {type(error).__name__}: {_told(error)}") from error
    # where the file truly is: an editable install may link to modules, and to nothing else
    pages = os.path.join(os.path.dirname(os.path.realpath(imported.__file__ or "")), "rules")
    rules = tuple(replace(rule, plugin=name, pages=pages) for rule in DECLARED if _is_of(rule, imported))
    if not rules:
        raise PluginError(f"`{name}` has no rules: none of its functions is decorated with `lambdalint.api.rule`")
    for rule in rules:
        _check(rule)
    return Plugin(name, module, rules, pages)


def _missing(name: str, points: Iterable[str]) -> str:
    import difflib

    close = difflib.get_close_matches(name, list(points), n=1)
    return (
        f"no installed package has `{name}`; {f'did you mean `{close[0]}`? R' if close else 'r'}ules come from what is "
        "installed beside lambdalint and not from the folders that it lints: `pip install -e .` the project that has it"
    )


def _told(error: BaseException) -> str:
    """What an exception says, and the line of the file that it is about: for a module that fails deep inside, the
    innermost."""
    if isinstance(error, SyntaxError) and error.filename:  # it names the file without its folder
        return f"{error.msg}{place(error.filename, error.lineno or 1)}"
    lines = [each for each in lines_of(error) if os.path.basename(os.path.dirname(each[0])) not in _OURS]
    return f"{error}{place(*lines[-1]) if lines else ''}"


_OURS = ("importlib", "lambdalint")


def _home(rule: Rule) -> str:
    return getattr(rule.judge, "__module__", "")


def _is_of(rule: Rule, module: ModuleType) -> bool:
    """Whether a rule is one of a plug-in: it is declared in its module or in one of its package, or imported there."""
    home = _home(rule)
    inside = home == module.__name__ or home.startswith(f"{module.__name__}.")
    return inside or any(value is rule.judge for value in vars(module).values())


def _check(rule: Rule) -> None:
    """Hold a rule to what suppression comments and selectors can say."""
    of = f"`{rule.plugin}`"
    if not isinstance(rule.code, str) or not _CODE.fullmatch(rule.code):
        raise PluginError(f"{of}: `{rule.code}` is no code of a rule: capital letters and three digits, as `ACME101`")
    if letters(rule.code) in _TAKEN:
        taken = f"`{letters(rule.code)}` is {_TAKEN[letters(rule.code)]}"
        raise PluginError(f"{of}: the code `{rule.code}` cannot be taken, {taken}; choose letters of your own")
    if not isinstance(rule.name, str) or not _NAME.fullmatch(rule.name):
        raise PluginError(f"{of}: `{rule.name}` is no name of a rule: small words with hyphens, as `answer-too-large`")
    if not isinstance(rule.severity, Severity):
        raise PluginError(f"{of}: the severity of {rule.code} is no `lambdalint.api.Severity`")
    if inspect.iscoroutinefunction(rule.judge) or inspect.isasyncgenfunction(rule.judge):
        raise PluginError(f"{of}: the function of {rule.code} is `async`, and nobody awaits it; write `def`")
    if not rule.summary:
        raise PluginError(f"{of}: the function of {rule.code} has no docstring, and its first line says what is wrong")


def _enter(rule: Rule, taken: dict[str, Rule]) -> None:
    for other in taken.values():
        if rule.code == other.code or rule.name == other.name:
            both = f"{other.code} {other.name} of {f'`{other.plugin}`' if other.plugin else 'lambdalint'}"
            raise PluginError(f"`{rule.plugin}`: rule {rule.code} {rule.name} is entered twice: there is {both}")
    taken[rule.code] = rule
