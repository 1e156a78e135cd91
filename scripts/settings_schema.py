"""Makes lambdalint/settings.schema.json, the JSON Schema of the settings, of the code that reads them.

    python scripts/settings_schema.py

Editors that know JSON Schema for TOML (Even Better TOML, taplo) complete and check lambdalint.toml by it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lambdalint.checks import RULES
from lambdalint.config import Settings
from lambdalint.finding import letters
from lambdalint.pages import HOME
from lambdalint.settings_file import CHOICES, EXPECTED, KEYS

TARGET = Path(__file__).parent.parent / "lambdalint" / "settings.schema.json"


def schema() -> dict[str, Any]:
    """The schema, from the table of the settings and that of the rules."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{HOME}/raw/main/lambdalint/{TARGET.name}",
        "title": "lambdalint's settings",
        "description": "lambdalint.toml, .lambdalint.toml, or [tool.lambdalint] of pyproject.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key: {"description": EXPECTED[kind], **_default(key), **_of(kind)} for key, kind in KEYS.items()
        },
        # what may be selected beside lambdalint's own rules, only the plug-ins know
        "if": {"properties": {"rules": {"maxItems": 0}}},
        "then": {"properties": {key: _of(kind, "rule") for key, kind in KEYS.items() if kind in _OF_RULES}},
        "$defs": {
            "rule": {"enum": _selectors()},
            "rule-or-plugin": {"anyOf": [{"enum": _selectors()}, _foreign()]},
        },
    }


_OF_RULES = ("rules", "rules by pattern", "severities by rule")


#: An identifier of Python, of whatever alphabet: none of ASCII's blanks and signs, and no digit at its front.
_IDENTIFIER = r"[^\s\d!-/:-@\[-\^`{-~][^\s!-/:-@\[-\^`{-~]*"
_HANDLER = rf"^[^:]+[./]{_IDENTIFIER}$|\.py:{_IDENTIFIER}$"


def _selectors() -> list[str]:
    """ALL, the codes of lambdalint's own rules, their fronts, their names."""
    fronts = {rule.code[:end] for rule in RULES.values() for end in range(len(letters(rule.code)), len(rule.code) + 1)}
    return ["ALL", *sorted(fronts), *sorted(rule.name for rule in RULES.values())]


def _foreign() -> dict[str, Any]:
    """What may mean rules of a plug-in. The letters of lambdalint's own codes never do."""
    own = "|".join(sorted({letters(code) for code in RULES}))
    return {"pattern": r"^[A-Z]+\d{0,3}$|^[a-z0-9]+(-[a-z0-9]+)+$", "not": {"pattern": rf"^({own})\d*$"}}


def _default(key: str) -> dict[str, Any]:
    """What holds where the setting is left out, as far as a file could say it."""
    value = getattr(Settings(), key.replace("-", "_"))
    if value is None:
        return {}
    table = KEYS[key] in ("rules by pattern", "severities by rule")
    return {"default": dict(value) if table else list(value) if isinstance(value, tuple) else value}


def _of(kind: str, selector: str = "rule-or-plugin") -> dict[str, Any]:
    rule = {"type": "string", "$ref": f"#/$defs/{selector}"}
    if kind in CHOICES:
        return {"enum": list(CHOICES[kind])}
    return {
        "flag": {"type": "boolean"},
        "texts": {"type": "array", "items": {"type": "string"}},
        "plug-ins": {"type": "array", "items": {"type": "string"}},
        "handlers": {"type": "array", "items": {"type": "string", "pattern": _HANDLER}},
        "rules": {"type": "array", "items": rule},
        "rules by pattern": {"type": "object", "additionalProperties": {"type": "array", "items": rule}},
        "severities by rule": {
            "type": "object",
            "propertyNames": {"$ref": f"#/$defs/{selector}"},
            "additionalProperties": {"enum": list(CHOICES["severity"])},
        },
    }[kind]


def written() -> str:
    """The text of the file."""
    return json.dumps(schema(), indent=2) + "\n"


if __name__ == "__main__":
    TARGET.write_text(written(), "utf-8")
