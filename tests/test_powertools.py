"""The tables of Powertools agree with the library, where it is installed: its classes are there, are refused by the
runtime and by json, and their attributes are of the types that the rows say."""

from __future__ import annotations

import importlib
import json
import pkgutil
from functools import cached_property
from typing import Any

import pytest
from awslambdaric.lambda_runtime_marshaller import to_json

from lambdalint.interpreter.library.names import canonical
from lambdalint.interpreter.library.tables.data_classes import ATTRIBUTES, DATA_CLASSES, EVENTS

pytest.importorskip("aws_lambda_powertools", reason="a session of its own: nox -f scripts/noxfile.py -s libraries")


def _classes() -> dict[str, Any]:
    """The classes of the package and its modules, by the name under which the tables know them."""
    package = importlib.import_module(DATA_CLASSES)
    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(package.__path__):
        name = f"{DATA_CLASSES}.{module.name}"
        for attribute, value in vars(importlib.import_module(name)).items():
            if isinstance(value, type):
                found[canonical(f"{name}.{attribute}")] = value
    return found


@pytest.mark.parametrize("name", EVENTS)
def test_a_data_class_is_no_json(name: str) -> None:
    made = _classes()[name]({"CodePipeline.job": {}})
    for serialize in (json.dumps, to_json):
        with pytest.raises(Exception, match="not JSON serializable"):
            serialize(made)


@pytest.mark.parametrize("row", ATTRIBUTES)
def test_an_attribute_of_the_table_is_a_property(row: str) -> None:
    name, _, attribute = row.rpartition(".")
    assert isinstance(getattr(_classes()[name], attribute), (property, cached_property))


RECORD = {"messageId": "1", "receiptHandle": "r", "body": "{}", "recordId": "1", "data": "e30=", "dynamodb": {
    "Keys": {"id": {"N": "1"}}, "NewImage": {"id": {"N": "1"}}, "OldImage": {"id": {"S": "a"}}}}  # fmt: skip


@pytest.mark.parametrize("row", [row for row, kind in ATTRIBUTES.items() if kind in ("str", "bytes")])
def test_a_text_is_a_text(row: str) -> None:
    name, _, attribute = row.rpartition(".")
    event = {**RECORD, "path": "/", "httpMethod": "GET"}
    found = getattr(_classes()[name](event), attribute)
    assert type(found).__name__ == ATTRIBUTES[row]


@pytest.mark.parametrize("row", [row for row, kind in ATTRIBUTES.items() if kind.startswith("iterator[")])
def test_records_are_of_the_class_that_the_row_says(row: str) -> None:
    name, _, attribute = row.rpartition(".")
    event = {"Records": [RECORD], "records": {"a": [RECORD]} if "Kafka" in name else [RECORD]}
    found = next(iter(getattr(_classes()[name](event), attribute)))
    assert canonical(f"{type(found).__module__}.{type(found).__name__}") == ATTRIBUTES[row][len("iterator[") : -1]
