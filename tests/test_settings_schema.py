"""The JSON Schema of the settings is that of the code, and takes and refuses what the code does."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
import tomli

from lambdalint.config import ConfigError, load

SCRIPT = Path(__file__).parent.parent / "scripts" / "settings_schema.py"


def test_it_is_what_the_code_says() -> None:
    made = runpy.run_path(str(SCRIPT))
    assert made["TARGET"].read_text("utf-8") == made["written"](), "run python scripts/settings_schema.py"


@pytest.mark.parametrize(
    "text",
    [
        'select = ["LL2", "F401", "ALL", "missing-return"]',
        "preview = true",
        'per-file-ignores = { "tests/*" = ["F401"] }',
        'severity = { LL404 = "info" }',
        'output-format = "sarif"',
        'handlers = ["app.handler"]',
        'select = ["E501"]',
        "rules = []",
        'rules = []\nselect = ["LL2", "body-not-string"]',
        'rules = "acme"',
        "rules = [1]",
        "preview = 1",
        'severity = { LL404 = "hint" }',
        'severity = { nothing = "info" }',
        'fail-on = "never"',
        "unknown = 1",
        'per-file-ignores = ["F401"]',
        'select = ["LL", "LL20", "F4"]',
        'select = ["LL7"]',
        'select = ["F9999"]',
        'select = ["L"]',
        'select = ["ll202"]',
        'select = [" F"]',
        'select = [""]',
        'severity = { LL7 = "info" }',
        'per-file-ignores = { "x.py" = ["LL7"] }',
        'rules = []\nselect = ["ACME1"]',
        'rules = []\nseverity = { ACME1 = "info" }',
        'handlers = ["app"]',
        'handlers = ["a/b.py:c"]',
        'handlers = ["a/b.py:c.d"]',
        'handlers = ["a.b-c"]',
        'handlers = ["a.b.2c"]',
        'handlers = ["a/b.c", "a/b", "ü.größe", "my-mod.h", "a.py", "a b/c.py:_x1"]',
        'handlers = ["a.b:c"]',
        'handlers = ["a.b:c.d"]',
        'handlers = [".b"]',
        'handlers = [".py:b"]',
        'handlers = ["a."]',
        'handlers = [""]',
    ],
)
def test_it_takes_what_the_settings_take(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    validator: Any = pytest.importorskip("jsonschema").Draft202012Validator
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lambdalint.toml").write_text(text, "utf-8")
    try:
        load()
        taken = True
    except ConfigError:
        taken = False
    schema = runpy.run_path(str(SCRIPT))["schema"]()
    assert validator(schema).is_valid(tomli.loads(text)) is taken


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ('select = ["ACME"]', True),
        ('extend-select = ["ACME101", "answer-without-version"]', True),
        ('severity = { ACME1 = "info" }', True),
        ('per-file-ignores = { "x.py" = ["ACME"] }', True),
        ('ignore = ["Acme101"]', False),
        ('ignore = ["LL7"]', False),
        ('ignore = ["F9999"]', False),
        ('ignore = ["ACME1011"]', False),
    ],
)
def test_beside_plug_ins_their_rules_may_be_selected(text: str, valid: bool) -> None:
    validator: Any = pytest.importorskip("jsonschema").Draft202012Validator
    schema = validator(runpy.run_path(str(SCRIPT))["schema"]())
    assert schema.is_valid(tomli.loads(f'rules = ["acme"]\n{text}')) is valid
    assert not schema.is_valid(tomli.loads(text))


def test_defaults_are_those_that_hold() -> None:
    made = runpy.run_path(str(SCRIPT))["schema"]()["properties"]
    given = {key: one["default"] for key, one in made.items() if "default" in one}
    assert given["respect-gitignore"] is True
    assert given["output-format"] == "text"
    assert given["per-file-ignores"] == {}
    assert set(made) - set(given) == {"select", "exclude"}
