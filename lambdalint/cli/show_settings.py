"""`lambdalint check --show-settings`: what a run obeys, as a lambdalint.toml would say it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lambdalint.report.terminal import clean
from lambdalint.settings_file import KEYS

if TYPE_CHECKING:
    from lambdalint.config import Settings

#: Of settings without a value: what counts then.
_USUAL = {"select": "every rule that is on by default", "exclude": "the default list"}


def shown(settings: Settings) -> str:
    """Every setting, with the name and the value that a file takes, under comments that say where they come from."""
    lines = [f"# settings file: {clean(settings.file or 'none')}", f"# relative to: {clean(settings.root)}"]
    for key, kind in KEYS.items():
        value = getattr(settings, key.replace("-", "_"))
        if value is None:
            lines.append(f"# {key}: {_USUAL[key]}")
        elif kind in ("rules by pattern", "severities by rule"):
            lines.append(f"{key} = {_table(value)}")
        else:
            lines.append(f"{key} = {_written(value)}")
    return "".join(f"{line}\n" for line in lines)


def _table(rows: Iterable[tuple[str, object]]) -> str:
    inside = ", ".join(f"{_written(key)} = {_written(value)}" for key, value in rows)
    return f"{{ {inside} }}" if inside else "{}"


def _written(value: object) -> str:
    """A flag, a text or a list of texts in TOML, which writes them as JSON does."""
    return json.dumps(list(value) if isinstance(value, tuple) else value)
