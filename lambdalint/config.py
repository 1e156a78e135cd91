"""The settings: `[tool.lambdalint]` of the nearest pyproject.toml, or lambdalint.toml, or .lambdalint.toml.

One setting makes code run: `rules`, which names plug-ins. It counts in a file that stands in the folder where
lambdalint is run or above it, or that the command line names; a foreign project that is linted from elsewhere has no
say in it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lambdalint.checks import RULES, Rule
from lambdalint.finding import Position, Severity, Span
from lambdalint.plugins import catalogue
from lambdalint.selection import Selection, enabled, fits, is_selector
from lambdalint.settings_file import FAIL_ON, OUTPUT_FORMATS, ConfigError, Reader, nearest, placed, unknown_rule

__all__ = [
    "FAIL_ON",
    "OUTPUT_FORMATS",
    "ConfigError",
    "Settings",
    "check_choice",
    "check_rules",
    "load",
    "misnamed",
    "override",
    "pairs",
    "sought",
    "unheeded",
    "unknown_rule",
]

#: In one folder the first of these that has settings counts, as with ruff.
FILES = (".lambdalint.toml", "lambdalint.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run obeys. `root` is the folder that patterns and handlers are relative to: the settings file's, or the
    current one. `file` is the settings file as people see it, or None. `exclude` None is the default list. `rules` are
    the plug-ins, which `load` has loaded; `unheeded` those that a file names whose `rules` do not count."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    preview: bool = False
    pedantic: bool = False
    rules: tuple[str, ...] = ()
    unheeded: tuple[str, ...] = ()
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    respect_gitignore: bool = True
    handlers: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    output_format: str = "text"
    fail_on: str = Severity.INFO.value
    root: str = field(default_factory=os.getcwd)
    file: str | None = None

    def catalogue(self) -> Mapping[str, Rule]:
        """All rules that there are, by code: lambdalint's, and those of the plug-ins."""
        return catalogue(self.rules)

    def enabled(self) -> frozenset[str]:
        """The codes of the rules that are on."""
        ignore = (*self.ignore, *self.extend_ignore)
        selection = Selection(self.select, self.extend_select, ignore, self.preview, self.pedantic)
        return enabled(selection, self.catalogue())

    def severities(self) -> dict[str, Severity]:
        """The severity of each rule for which the settings name one: of two that mean it, the more exact."""
        found: dict[str, tuple[int, Severity]] = {}
        for selector, severity in self.severity:
            for code, rule in self.catalogue().items():
                exact = fits(selector, rule)
                if exact and exact >= found.get(code, (0, None))[0]:
                    found[code] = exact, Severity(severity)
        return {code: severity for code, (_, severity) in found.items()}

    def ignored(self) -> Callable[[str], frozenset[str]]:
        """A function from the absolute path of a file to the codes that `per-file-ignores` takes out of it. A pattern
        that begins with `!` means every file that it does not fit."""
        from lambdalint.project.code.files import globs

        rules = self.catalogue()
        rows = [
            (
                pattern.startswith("!"),
                globs(self.root, [pattern.removeprefix("!")]),
                frozenset(code for code, rule in rules.items() if any(fits(text, rule) for text in selectors)),
            )
            for pattern, selectors in self.per_file_ignores
        ]

        def ignored_in(path: str) -> frozenset[str]:
            name = os.path.basename(path)
            return frozenset().union(*(codes for inverse, fit, codes in rows if fit(path, name) != inverse))

        return ignored_in


def load(
    paths: Iterable[str] = (),
    *,
    config: Iterable[str] = (),
    isolated: bool = False,
    held: Mapping[str, bytes] | None = None,
    plugins: bool | None = None,
    **overrides: Any,
) -> Settings:
    """The settings for a run over `paths`.

    Args:
        paths: the nearest settings file is looked for from the folder that holds them all, upwards.
        config: what `--config` gave: a settings file in place of the nearest one, or "key = value" in TOML, which wins
            over a file.
        isolated: obey no settings file.
        held: what counts as the text of some files, by their absolute paths.
        plugins: whether the `rules` of the nearest settings file count, wherever that stands; None: where it stands in
            the current folder or above it.
        overrides: fields of `Settings` given on the command line, which win over everything; None is not given.

    Raises:
        ConfigError: a file that is missing or no TOML, a setting that is unknown or of the wrong kind, an unknown rule.
    """
    files, inline = _sort(config)
    if isolated and files:
        raise ConfigError("`--isolated` obeys no settings file, and `--config` names one; give one of them")
    if files:
        # as with ruff, what a file named on the command line says is relative to where lambdalint runs
        fields = _read(files[-1], os.getcwd(), required=True) or {}
        settings = replace(Settings(), **fields, file=_shown(files[-1]))
    elif isolated:
        settings = Settings()
    else:
        settings = _nearest(_common_folder(paths), held or {}, plugins)
    for text in inline:
        reader = Reader(text, "--config", settings.root, settings.rules)
        settings = replace(settings, **_over(settings, reader.document()))
    return override(settings, **overrides)


def sought(paths: Iterable[str], config: Iterable[str]) -> list[str]:
    """The files of settings on which `load` hangs, be they there or not."""
    named = _sort(config)[0]
    found: list[str] = []
    folder = _common_folder(paths)
    while not named and folder not in map(os.path.dirname, found):
        found += [os.path.join(folder, name) for name in FILES]
        folder = os.path.dirname(folder)
    return [*named, *found]


def override(settings: Settings, **fields: Any) -> Settings:
    """The settings with fields given on the command line, which win over everything; None is not given."""
    return replace(settings, **_over(settings, {key: value for key, value in fields.items() if value is not None}))


def unheeded(settings: Settings) -> str | None:
    """What a person is to be told of plug-ins that the settings name and that are not loaded."""
    if not settings.unheeded:
        return None
    return (
        f"`rules` of {settings.file} is not obeyed, and {', '.join(f'`{name}`' for name in settings.unheeded)} not "
        "loaded: the file stands neither in the current folder nor above it; if you trust it, name it by --config"
    )


def misnamed(settings: Settings, handler: str, reason: str) -> ConfigError:
    """What is wrong with a handler that the settings name, where the file of the settings names it."""
    message = f"`handlers`: `{handler}` is not there: {reason}"
    if settings.file is None:
        return ConfigError(message)
    try:
        with open(settings.file, encoding="utf-8-sig") as stream:
            return placed(message, stream.read(), settings.file, "handlers", handler)
    except (OSError, UnicodeDecodeError):  # it has changed meanwhile
        return ConfigError(message)


def check_rules(option: str, selectors: Iterable[str], rules: Mapping[str, Rule] = RULES) -> tuple[str, ...]:
    """Selectors given on the command line. `rules`: all that there are.

    Raises:
        ConfigError: one of them means no rule.
    """
    selectors = tuple(selectors)
    for selector in selectors:
        if not is_selector(selector, rules):
            raise ConfigError(f"{option}: {unknown_rule(selector, rules)}")
    return selectors


def check_choice(option: str, value: str, choices: Sequence[str]) -> str:
    """A value given on the command line.

    Raises:
        ConfigError: it is none of the choices.
    """
    if value not in choices:
        raise ConfigError(f"{option} must be one of {', '.join(choices)}, not `{value}`{nearest(value, choices)}")
    return value


def pairs(
    option: str, values: Iterable[str], rules: Mapping[str, Rule] = RULES
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """`tests/*:F401,LL2` as the setting `per-file-ignores` has it. A comma after which a colon comes begins the next
    pattern: `a.py:F401,b.py:F841`.

    Raises:
        ConfigError: a value without a colon, or a rule that does not exist.
    """
    found: dict[str, list[str]] = {}
    for value in values:
        pattern = ""
        for part in value.split(","):
            head, colon, selector = part.rpartition(":")
            if colon:
                pattern = head.strip()
            if not pattern:
                raise ConfigError(f"{option}: `{value}` is not a pattern and rules, such as `tests/*:F401`")
            found.setdefault(pattern, []).extend(check_rules(option, [selector.strip()], rules))
    return tuple((pattern, tuple(selectors)) for pattern, selectors in found.items())


def _sort(config: Iterable[str]) -> tuple[list[str], list[str]]:
    """Files and "key = value"s among what `--config` gave: what exists or has no `=` is a file."""
    files: list[str] = []
    inline: list[str] = []
    for text in config:
        if not text.strip():
            raise ConfigError('--config: what is given is empty; it is a file, or "key = value"')
        (inline if "=" in text and not os.path.exists(text) else files).append(text)
    return files, inline


def _over(settings: Settings, fields: dict[str, Any]) -> dict[str, Any]:
    """Fields of a stronger source. A `select` of its own begins anew: what a weaker source adds or ignores is gone."""
    if fields.get("rules"):
        fields = {"unheeded": (), **fields}  # who names plug-ins on the command line has answered for the file
    if "select" in fields:
        return {"extend_select": (), "ignore": (), "extend_ignore": (), **fields}
    return {
        name: (*getattr(settings, name), *value)
        if name in ("extend_select", "extend_ignore", "extend_exclude")
        else value
        for name, value in fields.items()
    }


def _common_folder(paths: Iterable[str]) -> str:
    folders = []
    for path in paths:
        path = os.path.abspath(path)
        folders.append(path if os.path.isdir(path) else os.path.dirname(path))
    try:
        return os.path.commonpath(folders) if folders else os.getcwd()
    except ValueError:  # on several drives
        return os.getcwd()


def _nearest(folder: str, held: Mapping[str, bytes], plugins: bool | None) -> Settings:
    while True:
        for name in FILES:
            file = os.path.join(folder, name)
            counts = _is_top(folder) if plugins is None else plugins
            fields = _read(file, folder if counts else None, held=held)
            if fields is not None:
                return replace(Settings(), **fields, root=folder, file=_shown(file))
        parent = os.path.dirname(folder)
        if parent == folder:
            return Settings()
        folder = parent


def _is_top(folder: str) -> bool:
    """Whether a folder is the current one, or one above it."""
    folder, current = os.path.realpath(folder), os.path.realpath(os.getcwd())
    return current == folder or current.startswith(folder.rstrip(os.sep) + os.sep)


def _read(
    file: str, root: str | None, *, required: bool = False, held: Mapping[str, bytes] | None = None
) -> dict[str, Any] | None:
    """The fields that a settings file sets, or None for one that is not there or has nothing for lambdalint. `root`: as
    a `Reader` has it."""
    try:
        if held is not None and file in held:
            data = held[file]
        else:
            with open(file, "rb") as stream:
                data = stream.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        if required:
            raise ConfigError(f"the settings file `{_shown(file)}` cannot be read: {error.strerror}") from None
        return None
    except OSError as error:
        raise ConfigError(f"the settings file `{_shown(file)}` cannot be read: {error.strerror}") from None
    project = os.path.basename(file) == "pyproject.toml"
    if project and not required and b"lambdalint" not in data:
        return None  # spares a large pyproject.toml its parsing
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = Position(data.count(b"\n", 0, error.start) + 1, 1)
        raise ConfigError("a settings file must be UTF-8", Span(_shown(file), start, start)) from None
    reader = Reader(text, _shown(file), root)
    if not project:
        return reader.document()
    fields = reader.table("tool", "lambdalint")
    return {} if fields is None and required else fields


def _shown(file: str) -> str:
    relative = os.path.relpath(file)
    shown = os.path.abspath(file) if relative.startswith("..") else relative
    return shown.replace(os.sep, "/")
