"""Makes lambdalint/settings.schema.json, the JSON Schema of the settings, of the code that reads them.

    python scripts/settings_schema.py

Editors that know JSON Schema for TOML (Even Better TOML, taplo) complete and check lambdalint.toml by it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lambdalint.checks import RULES
from lambdalint.config import CHOICES, EXPECTED, KEYS

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
        "$defs": {"rule": {"anyOf": [{"enum": _names()}, {"pattern": r"^(LL|F)\d*$"}, {"const": "ALL"}]}},
    }


def _of(kind: str) -> dict[str, Any]:
    rule = {"type": "string", "$ref": "#/$defs/rule"}
    if kind in CHOICES:
        return {"enum": list(CHOICES[kind])}
    return {
        "flag": {"type": "boolean"},
        "texts": {"type": "array", "items": {"type": "string"}},
        "handlers": {"type": "array", "items": {"type": "string"}},
        "rules": {"type": "array", "items": rule},
        "rules by pattern": {"type": "object", "additionalProperties": {"type": "array", "items": rule}},
        "severities by rule": {
            "type": "object",
            "propertyNames": {"$ref": "#/$defs/rule"},
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
