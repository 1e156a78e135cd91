"""The models of Powertools' parser: what each has, and what of the event that is.

https://docs.powertools.aws.dev/lambda/python/latest/utilities/parser/#built-in-models ; `parser_model_rows` holds what
their sources say.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lambdalint.interpreter.library.tables.parser_model_rows import ROWS

PARSER_MODELS = "aws_lambda_powertools.utilities.parser.models"
#: What every model of pydantic has, of the first version and of the second, beside what begins with `model_`.
METHODS = frozenset({
    "construct", "copy", "dict", "fields", "from_orm", "json", "parse_file", "parse_obj", "parse_raw", "schema",
    "schema_json", "update_forward_refs", "validate",
})  # fmt: skip


class ModelField(NamedTuple):
    """A field: the key it is read from, whether it may be None, and what it holds."""

    key: str
    optional: bool
    kind: str


#: The fields of which is known what they hold.
MODEL_FIELDS: dict[str, ModelField] = {}
#: What each model has, in any version.
MODEL_HAS: dict[str, frozenset[str]] = {}

_ROW = re.compile(r"(\w+)(?:\[([\w-]+)\](\??)(.*))?")


def _read(rows: str) -> None:
    for line in rows.strip().replace("\n ", " ").splitlines():
        owner, _, fields = line.partition(":")
        owner = f"{PARSER_MODELS}.{owner}"
        found = [match for match in map(_ROW.fullmatch, fields.split()) if match is not None]
        MODEL_HAS[owner] = frozenset(match[1] for match in found)
        for match in found:
            if match[2]:
                MODEL_FIELDS[f"{owner}.{match[1]}"] = ModelField(match[2], bool(match[3]), match[4])


_read(ROWS)
