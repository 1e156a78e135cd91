"""Makes lambdalint/settings.schema.json, the JSON Schema of the settings, of the code that reads them.

    python scripts/settings_schema.py

Editors that know JSON Schema for TOML (Even Better TOML, taplo) complete and check lambdalint.toml by it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lambdalint.checks import RULES
from lambdalint.settings_file import CHOICES, EXPECTED, KEYS

TARGET = Path(__file__).parent.parent / "lambdalint" / "settings.schema.json"


def schema() -> dict[str, Any]:
    """The schema, from the table of the settings and that of the rules."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "lambdalint's settings",
        "description": "lambdalint.toml, .lambdalint.toml, or [tool.lambdalint] of pyproject.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {key: {"description": EXPECTED[kind], **_of(kind)} for key, kind in KEYS.items()},
        # what may be selected beside lambdalint's own rules, only the plug-ins know
        "if": {"not": {"required": ["rules"]}},
        "then": {"properties": {key: _of(kind, "rule") for key, kind in KEYS.items() if kind in _OF_RULES}},
        "$defs": {
            "rule": {"anyOf": _own()},
            "rule-or-plugin": {"anyOf": [*_own(), {"pattern": r"^[A-Z]+\d{0,3}$|^[a-z0-9]+(-[a-z0-9]+)+$"}]},
        },
    }


_OF_RULES = ("rules", "rules by pattern", "severities by rule")


def _own() -> list[dict[str, Any]]:
    return [{"enum": _names()}, {"pattern": r"^(LL|F)\d*$"}, {"const": "ALL"}]


def _of(kind: str, selector: str = "rule-or-plugin") -> dict[str, Any]:
    rule = {"type": "string", "$ref": f"#/$defs/{selector}"}
    if kind in CHOICES:
        return {"enum": list(CHOICES[kind])}
    return {
        "flag": {"type": "boolean"},
        "texts": {"type": "array", "items": {"type": "string"}},
        "plug-ins": {"type": "array", "items": {"type": "string"}},
        "handlers": {"type": "array", "items": {"type": "string"}},
        "rules": {"type": "array", "items": rule},
        "rules by pattern": {"type": "object", "additionalProperties": {"type": "array", "items": rule}},
        "severities by rule": {
            "type": "object",
            "propertyNames": {"$ref": f"#/$defs/{selector}"},
            "additionalProperties": {"enum": list(CHOICES["severity"])},
        },
    }[kind]


def _names() -> list[str]:
    return sorted({name for rule in RULES.values() for name in (rule.code, rule.name)})


def written() -> str:
    """The text of the file."""
    return json.dumps(schema(), indent=2) + "\n"


if __name__ == "__main__":
    TARGET.write_text(written(), "utf-8")
