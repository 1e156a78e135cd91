"""The text of the settings: which there are, of what kind, and how a file of them is read.

What is not understood is an error that names the file, the line, the column and the nearest valid name: a setting that
is silently passed over is worse than none.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lambdalint.checks import Rule
from lambdalint.finding import Position, Severity, Span, letters
from lambdalint.formats import FORMATS
from lambdalint.plugins import PluginError, catalogue
from lambdalint.plugins import load as load_plugins
from lambdalint.selection import is_selector
from lambdalint.selection import nearest as nearest_rule

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


#: Each setting as it is written, and its kind.
KEYS: dict[str, str] = {
    "select": "rules",
    "extend-select": "rules",
    "ignore": "rules",
    "extend-ignore": "rules",
    "per-file-ignores": "rules by pattern",
    "preview": "flag",
    "pedantic": "flag",
    "rules": "plug-ins",
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
    "plug-ins": 'a list of modules or entry points with rules of your own, such as ["acme.lambdalint_rules"]',
    "texts": "a list of strings",
    "handlers": 'a list of handlers, such as ["app.lambda_handler", "src/orders/app.py:handler"]',
    "severities by rule": 'a table of rules, such as { "LL404" = "info" }',
    "output format": f"one of {', '.join(OUTPUT_FORMATS)}",
    "severity": f"one of {', '.join(FAIL_ON)}",
}
CHOICES = {"output format": OUTPUT_FORMATS, "severity": FAIL_ON}


def nearest(text: str, choices: Iterable[str]) -> str:
    """ "; did you mean `select`?" for what is near to a valid name, else nothing."""
    close = difflib.get_close_matches(text, list(choices), n=1, cutoff=0.6)
    return f"; did you mean `{close[0]}`?" if close else ""


def unknown_rule(selector: str, rules: Mapping[str, Rule]) -> str:
    """What to say of a code or name that does not exist."""
    close = nearest_rule(selector, rules)
    return f"`{selector}` is no rule{f'; did you mean `{close}`?' if close else '; `lambdalint rules` lists them'}"


class Reader:
    """Reads the settings of one TOML text.

    Plug-ins are loaded first, for their rules may be selected. `root`: the folder for which that is done; None: they
    are not to be loaded, whatever the text names. `plugins`: those that weaker settings have loaded.
    """

    def __init__(self, text: str, path: str, root: str | None, plugins: Iterable[str] = ()) -> None:
        self._text = text
        self._path = path
        self._root = root
        self._rules = catalogue(plugins)
        self._unheeded = False

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
        if "rules" in table:
            fields.update(self._plugins(table["rules"], (*at, "rules")))
        for key, value in table.items():
            if key not in KEYS:
                hint = _ABOUT_TOOL if key == "tool" and not at else nearest(key, KEYS) or _known_keys()
                raise self._error(f"unknown setting `{key}`{hint}", (*at, key), key=True)
            if key != "rules":
                fields[key.replace("-", "_")] = self._value(KEYS[key], key, value, (*at, key))
        return fields

    def _plugins(self, value: Any, at: tuple[str | int, ...]) -> dict[str, Any]:
        names: tuple[str, ...] = self._value("plug-ins", "rules", value, at)
        if self._root is None:
            self._unheeded = bool(names)
            return {"unheeded": names}
        for index in range(len(names)):
            try:
                load_plugins(names[: index + 1], self._root)
            except PluginError as error:
                raise self._error(f"`rules`: {error}", (*at, index)) from error
        self._rules = catalogue(names)
        return {"rules": names}

    def _is_selector(self, text: str) -> bool:
        """Whether a selector means a rule, or may mean one of a plug-in that is not to be loaded."""
        return is_selector(text, self._rules) or (self._unheeded and letters(text) not in ("LL", "F"))

    def _value(self, kind: str, key: str, value: Any, at: tuple[str | int, ...]) -> Any:
        if kind == "flag" and isinstance(value, bool):
            return value
        if kind in CHOICES and isinstance(value, str):
            if value in CHOICES[kind]:
                return value
            hint = nearest(value, CHOICES[kind])
            raise self._error(f"`{key}` must be {EXPECTED[kind]}, not `{value}`{hint}", at)
        if kind in ("rules", "plug-ins", "texts", "handlers") and isinstance(value, list):
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
        if not self._is_selector(selector):
            raise self._error(f"`{key}`: {unknown_rule(selector, self._rules)}", (*at, selector), key=True)
        value: str = self._value("severity", f"{key}.{selector}", severity, (*at, selector))
        return selector, value

    def _item(self, kind: str, key: str, item: Any, at: tuple[str | int, ...]) -> None:
        if not isinstance(item, str):
            raise self._error(f"`{key}` must be {EXPECTED[kind]}", at)
        if kind == "rules" and not self._is_selector(item):
            raise self._error(f"`{key}`: {unknown_rule(item, self._rules)}", at)
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


def placed(message: str, text: str, path: str, key: str, item: str) -> ConfigError:
    """An error about one of a list that a setting has, where it stands in a file of settings, if it does."""
    import tomli

    from lambdalint.toml_places import places

    try:
        tomli.loads(text)
    except (tomli.TOMLDecodeError, RecursionError):  # it has changed since it was read
        return ConfigError(message)
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    for at, where in places(text).values.items():
        if at[:-1] in ((key,), ("tool", "lambdalint", key)):
            if lines[where.row - 1][where.column : where.end_column - 2] == item:
                span = Span(path, Position(where.row, where.column), Position(where.row, where.end_column))
                return ConfigError(message, span, lines)
    return ConfigError(message)


def _is_handler(text: str) -> bool:
    path, colon, attribute = text.rpartition(":")
    if colon:
        return path.endswith(".py") and attribute.isidentifier()
    module, _, attribute = text.replace("/", ".").rpartition(".")
    return bool(module) and attribute.isidentifier()


#: Of a file that is all lambdalint's, as pyproject.toml is not.
_ABOUT_TOOL = ": the table `[tool.lambdalint]` is pyproject.toml's; here the settings stand at the top, under no table"


def _known_keys() -> str:
    return f"; there are {', '.join(KEYS)}"
