"""The settings: `[tool.lambdalint]` of the nearest pyproject.toml, or lambdalint.toml, or .lambdalint.toml.

What is not understood is an error that names the file, the line, the column and the nearest valid name: a setting that
is silently passed over is worse than none.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lambdalint.checks import RULES
from lambdalint.finding import Position, Severity, Span
from lambdalint.formats import FORMATS
from lambdalint.selection import Selection, enabled, fits, is_selector
from lambdalint.selection import nearest as nearest_rule

#: In one folder the first of these that has settings counts, as with ruff.
FILES = (".lambdalint.toml", "lambdalint.toml", "pyproject.toml")
OUTPUT_FORMATS = FORMATS
FAIL_ON = tuple(severity.value for severity in Severity)


class ConfigError(Exception):
    """A setting that cannot be obeyed. `span` and `lines` show it where it stands, if it stands in a text."""

    def __init__(self, message: str, span: Span | None = None, lines: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.lines = lines

    def __str__(self) -> str:
        if self.span is None:
            return self.message
        start = self.span.start
        return f"{self.span.path}:{start.row}:{start.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run obeys. `root` is the folder that patterns and handlers are relative to: the settings file's, or the
    current one. `file` is the settings file as people see it, or None. `exclude` None is the default list."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    preview: bool = False
    pedantic: bool = False
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

    def enabled(self) -> frozenset[str]:
        """The codes of the rules that are on."""
        ignore = (*self.ignore, *self.extend_ignore)
        return enabled(Selection(self.select, self.extend_select, ignore, self.preview, self.pedantic), RULES)

    def severities(self) -> dict[str, Severity]:
        """The severity of each rule for which the settings name one: of two that mean it, the more exact."""
        found: dict[str, tuple[int, Severity]] = {}
        for selector, severity in self.severity:
            for code, rule in RULES.items():
                exact = fits(selector, rule)
                if exact and exact >= found.get(code, (0, None))[0]:
                    found[code] = exact, Severity(severity)
        return {code: severity for code, (_, severity) in found.items()}

    def ignored(self) -> Callable[[str], frozenset[str]]:
        """A function from the absolute path of a file to the codes that `per-file-ignores` takes out of it. A pattern
        that begins with `!` means every file that it does not fit."""
        from lambdalint.project.code.files import globs

        rows = [
            (
                pattern.startswith("!"),
                globs(self.root, [pattern.removeprefix("!")]),
                frozenset(code for code, rule in RULES.items() if any(fits(text, rule) for text in selectors)),
            )
            for pattern, selectors in self.per_file_ignores
        ]

        def ignored_in(path: str) -> frozenset[str]:
            name = os.path.basename(path)
            return frozenset().union(*(codes for inverse, fit, codes in rows if fit(path, name) != inverse))

        return ignored_in


#: Each setting as it is written, and its kind.
KEYS: dict[str, str] = {
    "select": "rules",
    "extend-select": "rules",
    "ignore": "rules",
    "extend-ignore": "rules",
    "per-file-ignores": "rules by pattern",
    "preview": "flag",
    "pedantic": "flag",
    "exclude": "texts",
    "extend-exclude": "texts",
    "force-exclude": "flag",
    "respect-gitignore": "flag",
    "handlers": "handlers",
    "severity": "severities by rule",
    "output-format": "output format",
    "fail-on": "severity",
}

EXPECTED = {
    "rules": 'a list of rules, such as ["LL2", "F401"]',
    "rules by pattern": 'a table of patterns, such as { "tests/*" = ["F401"] }',
    "flag": "true or false",
    "texts": "a list of strings",
    "handlers": 'a list of handlers, such as ["app.lambda_handler", "src/orders/app.py:handler"]',
    "severities by rule": 'a table of rules, such as { "LL404" = "info" }',
    "output format": f"one of {', '.join(OUTPUT_FORMATS)}",
    "severity": f"one of {', '.join(FAIL_ON)}",
}
CHOICES = {"output format": OUTPUT_FORMATS, "severity": FAIL_ON}


def load(
    paths: Iterable[str] = (), *, config: Iterable[str] = (), isolated: bool = False, **overrides: Any
) -> Settings:
    """The settings for a run over `paths`.

    Args:
        paths: the nearest settings file is looked for from the folder that holds them all, upwards.
        config: what `--config` gave: a settings file in place of the nearest one, or "key = value" in TOML, which wins
            over a file.
        isolated: obey no settings file.
        overrides: fields of `Settings` given on the command line, which win over everything; None is not given.

    Raises:
        ConfigError: a file that is missing or no TOML, a setting that is unknown or of the wrong kind, an unknown rule.
    """
    files, inline = _sort(config)
    if isolated and files:
        raise ConfigError("`--isolated` obeys no settings file, and `--config` names one; give one of them")
    if files:
        # as with ruff, what a file named on the command line says is relative to where lambdalint runs
        settings = replace(Settings(), **(_read(files[-1], required=True) or {}), file=_shown(files[-1]))
    elif isolated:
        settings = Settings()
    else:
        settings = _nearest(_common_folder(paths))
    for text in inline:
        settings = replace(settings, **_over(settings, _Reader(text, "--config").document()))
    return replace(settings, **_over(settings, {key: value for key, value in overrides.items() if value is not None}))


def check_rules(option: str, selectors: Iterable[str]) -> tuple[str, ...]:
    """Selectors given on the command line.

    Raises:
        ConfigError: one of them means no rule.
    """
    selectors = tuple(selectors)
    for selector in selectors:
        if not is_selector(selector, RULES):
            raise ConfigError(f"{option}: {unknown_rule(selector)}")
    return selectors


def check_choice(option: str, value: str, choices: Sequence[str]) -> str:
    """A value given on the command line.

    Raises:
        ConfigError: it is none of the choices.
    """
    if value not in choices:
        raise ConfigError(f"{option} must be one of {', '.join(choices)}, not `{value}`{nearest(value, choices)}")
    return value


def pairs(option: str, values: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
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
            found.setdefault(pattern, []).extend(check_rules(option, [selector.strip()]))
    return tuple((pattern, tuple(selectors)) for pattern, selectors in found.items())


def nearest(text: str, choices: Iterable[str]) -> str:
    """ "; did you mean `select`?" for what is near to a valid name, else nothing."""
    close = difflib.get_close_matches(text, list(choices), n=1, cutoff=0.6)
    return f"; did you mean `{close[0]}`?" if close else ""


def unknown_rule(selector: str) -> str:
    """What to say of a code or name that does not exist."""
    close = nearest_rule(selector, RULES)
    return f"`{selector}` is no rule{f'; did you mean `{close}`?' if close else '; `lambdalint rules` lists them'}"


def _sort(config: Iterable[str]) -> tuple[list[str], list[str]]:
    """Files and "key = value"s among what `--config` gave: what exists or has no `=` is a file."""
    files: list[str] = []
    inline: list[str] = []
    for text in config:
        (inline if "=" in text and not os.path.exists(text) else files).append(text)
    return files, inline


def _over(settings: Settings, fields: dict[str, Any]) -> dict[str, Any]:
    """Fields of a stronger source. A `select` of its own begins anew: what a weaker source adds or ignores is gone."""
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


def _nearest(folder: str) -> Settings:
    while True:
        for name in FILES:
            file = os.path.join(folder, name)
            fields = _read(file)
            if fields is not None:
                return replace(Settings(), **fields, root=folder, file=_shown(file))
        parent = os.path.dirname(folder)
        if parent == folder:
            return Settings()
        folder = parent


def _read(file: str, *, required: bool = False) -> dict[str, Any] | None:
    """The fields that a settings file sets, or None for one that is not there or has nothing for lambdalint."""
    try:
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
        text = data.decode()
    except UnicodeDecodeError as error:
        start = Position(data.count(b"\n", 0, error.start) + 1, 1)
        raise ConfigError("a settings file must be UTF-8", Span(_shown(file), start, start)) from None
    reader = _Reader(text, _shown(file))
    if not project:
        return reader.document()
    fields = reader.table("tool", "lambdalint")
    return {} if fields is None and required else fields


class _Reader:
    """Reads the settings of one TOML text."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path

    def document(self) -> dict[str, Any]:
        """The fields that the whole text sets."""
        return self._fields(self._parsed(), ())

    def table(self, *names: str) -> dict[str, Any] | None:
        """The fields that one table of it sets, or None where there is no such table."""
        table: Any = self._parsed()
        for name in names:
            table = table.get(name) if isinstance(table, dict) else None
        return None if table is None else self._fields(table, names)

    def _parsed(self) -> dict[str, Any]:
        import tomli

        try:
            return tomli.loads(self._text)
        except tomli.TOMLDecodeError as error:
            at = Position(error.lineno, error.colno)
            message = f"this is no valid TOML: {error.msg[:1].lower()}{error.msg[1:]}"
            raise ConfigError(message, Span(self._path, at, at), self._lines()) from None
        except RecursionError:
            raise ConfigError(f"`{self._path}` is nested too deeply") from None

    def _lines(self) -> list[str]:
        return [line.removesuffix("\r") for line in self._text.split("\n")]

    def _fields(self, table: Any, at: tuple[str | int, ...]) -> dict[str, Any]:
        if not isinstance(table, dict):
            raise self._error(f"`{'.'.join(map(str, at))}` must be a table", at)
        fields = {}
        for key, value in table.items():
            if key not in KEYS:
                raise self._error(f"unknown setting `{key}`{nearest(key, KEYS) or _known_keys()}", (*at, key), key=True)
            fields[key.replace("-", "_")] = self._value(KEYS[key], key, value, (*at, key))
        return fields

    def _value(self, kind: str, key: str, value: Any, at: tuple[str | int, ...]) -> Any:
        if kind == "flag" and isinstance(value, bool):
            return value
        if kind in CHOICES and isinstance(value, str):
            if value in CHOICES[kind]:
                return value
            hint = nearest(value, CHOICES[kind])
            raise self._error(f"`{key}` must be {EXPECTED[kind]}, not `{value}`{hint}", at)
        if kind in ("rules", "texts", "handlers") and isinstance(value, list):
            for index, item in enumerate(value):
                self._item(kind, key, item, (*at, index))
            return tuple(value)
        if kind == "rules by pattern" and isinstance(value, dict):
            return tuple(
                (pattern, self._value("rules", f"{key}.{pattern}", rules, (*at, pattern)))
                for pattern, rules in value.items()
            )
        if kind == "severities by rule" and isinstance(value, dict):
            return tuple(self._severity(key, selector, severity, at) for selector, severity in value.items())
        raise self._error(f"`{key}` must be {EXPECTED[kind]}", at)

    def _severity(self, key: str, selector: str, severity: Any, at: tuple[str | int, ...]) -> tuple[str, str]:
        if not is_selector(selector, RULES):
            raise self._error(f"`{key}`: {unknown_rule(selector)}", (*at, selector), key=True)
        value: str = self._value("severity", f"{key}.{selector}", severity, (*at, selector))
        return selector, value

    def _item(self, kind: str, key: str, item: Any, at: tuple[str | int, ...]) -> None:
        if not isinstance(item, str):
            raise self._error(f"`{key}` must be {EXPECTED[kind]}", at)
        if kind == "rules" and not is_selector(item, RULES):
            raise self._error(f"`{key}`: {unknown_rule(item)}", at)
        if kind == "handlers" and not _is_handler(item):
            raise self._error(f'`{key}`: `{item}` is neither "module.attribute" nor "path/to/file.py:attribute"', at)

    def _error(self, message: str, at: tuple[str | int, ...], *, key: bool = False) -> ConfigError:
        from lambdalint.toml_places import places

        found = places(self._text)
        where = found.keys.get(at) if key else found.values.get(at) or found.keys.get(at)
        if where is None:
            return ConfigError(f"{self._path}: {message}")
        span = Span(self._path, Position(where.row, where.column), Position(where.row, where.end_column))
        return ConfigError(message, span, self._lines())


def _is_handler(text: str) -> bool:
    path, colon, attribute = text.rpartition(":")
    if colon:
        return path.endswith(".py") and attribute.isidentifier()
    module, _, attribute = text.replace("/", ".").rpartition(".")
    return bool(module) and attribute.isidentifier()


def _known_keys() -> str:
    return f"; there are {', '.join(KEYS)}"


def _shown(file: str) -> str:
    relative = os.path.relpath(file)
    shown = os.path.abspath(file) if relative.startswith("..") else relative
    return shown.replace(os.sep, "/")
