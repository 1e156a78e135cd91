"""The tables of Powertools agree with the library, where it is installed: its classes are there, are refused by the
runtime and by json, and their attributes are of the types that the rows say."""

from __future__ import annotations

import base64
import importlib
import json
import pkgutil
import zlib
from functools import cached_property
from typing import Any

import pytest
from awslambdaric.lambda_runtime_marshaller import to_json

from lambdalint.interpreter.library.event_objects import parse_field
from lambdalint.interpreter.library.names import canonical
from lambdalint.interpreter.library.tables.data_classes import ATTRIBUTES, DATA_CLASSES, EVENTS
from lambdalint.interpreter.library.tables.event_fields import FIELDS, HAS
from lambdalint.interpreter.library.tables.parser_models import MODEL_FIELDS, MODEL_HAS, PARSER_MODELS
from lambdalint.interpreter.shapes import JSON_BODY, PARSED

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


RECORD = {
    "messageId": "1",
    "receiptHandle": "r",
    "body": "{}",
    "recordId": "1",
    "data": "e30=",
    "value": "e30=",
    "dynamodb": {"Keys": {"id": {"N": "1"}}, "NewImage": {"id": {"N": "1"}}, "OldImage": {"id": {"S": "a"}}},
}


@pytest.mark.parametrize("row", [row for row, kind in ATTRIBUTES.items() if kind in ("str", "bytes")])
def test_a_text_is_a_text(row: str) -> None:
    name, _, attribute = row.rpartition(".")
    logs = {"data": base64.b64encode(zlib.compress(b"{}")).decode()}
    event = {**RECORD, "path": "/", "httpMethod": "GET", "awslogs": logs}
    found = getattr(_classes()[name](event), attribute)
    assert type(found).__name__ == ATTRIBUTES[row]


@pytest.mark.parametrize("row", [row for row, kind in ATTRIBUTES.items() if kind.startswith("iterator[")])
def test_records_are_of_the_class_that_the_row_says(row: str) -> None:
    name, _, attribute = row.rpartition(".")
    event = {"Records": [RECORD], "records": {"a": [RECORD]} if "Kafka" in name else [RECORD]}
    found = next(iter(getattr(_classes()[name](event), attribute)))
    assert canonical(f"{type(found).__module__}.{type(found).__name__}") == ATTRIBUTES[row][len("iterator[") : -1]


def _models() -> dict[str, Any]:
    package = importlib.import_module(PARSER_MODELS)
    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(package.__path__):
        for value in vars(importlib.import_module(f"{PARSER_MODELS}.{module.name}")).values():
            if isinstance(value, type) and value.__module__ == f"{PARSER_MODELS}.{module.name}":
                found[canonical(f"{value.__module__}.{value.__name__}")] = value
    return found


@pytest.mark.parametrize("name", MODEL_HAS)
def test_a_model_of_the_parser_has_no_more_than_the_table_says(name: str) -> None:
    model = _models().get(name)
    if model is None:
        pytest.skip("not in this version")
    own = {one for one in model.__dict__ if not one.startswith(("_", "model_"))} | set(model.model_fields)
    assert own <= MODEL_HAS[name]
    for field, made in model.model_fields.items():
        row = MODEL_FIELDS.get(f"{name}.{field}")
        assert row is None or row.key == (made.alias or field)
    with pytest.raises(TypeError):
        model.model_construct()["x"]
    with pytest.raises(AttributeError):
        model.model_construct().no_such_name  # noqa: B018


def _event(steps: tuple[tuple[str, bool], ...], part: object) -> dict[str, Any]:
    """An event in which a part stands where the steps lead."""
    for key, _ in reversed(steps):
        part = {key: part}
    assert isinstance(part, dict)
    return part


#: What a class reads at once.
ALWAYS: dict[str, object] = {"rmqMessagesByQueue": {}}
#: A part of the event that the class can make of it what the row says.
PARTS: dict[str, object] = {"event_name": "INSERT", "queue_url": "arn:aws:sqs:eu-west-1:1:q", "json_body": "{}",
                            "size": "1", "approximate_arrival_timestamp": 1}  # fmt: skip


@pytest.mark.parametrize("row", FIELDS)
def test_a_field_is_read_from_where_the_row_says(row: str) -> None:
    name, _, attribute = row.rpartition(".")
    steps, kind = parse_field(FIELDS[row])
    parsed = kind.startswith(PARSED)
    kind = kind.removeprefix(PARSED)
    made = parsed or kind.startswith(("->", "=", "*", "+")) or kind == JSON_BODY
    empty: object = "{}" if parsed else {}
    part = PARTS.get(attribute, [{}] if kind.startswith(("*", "+")) else empty if made else "text")
    found = getattr(_classes()[name]({**ALWAYS, **_event(steps, part)}), attribute)
    if kind.startswith(("=", "*", "+")):
        shown = found if kind.startswith("=") else next(iter(found))
        assert isinstance(found, list) is kind.startswith("+")
        assert canonical(f"{type(shown).__module__}.{type(shown).__name__}") == f"{DATA_CLASSES}.{kind[1:]}"
        assert shown.raw_event == {}
    elif parsed:
        assert found == {}
    elif not made:
        assert found is part
    elif kind[3:] in ("str", "int", "float"):
        assert type(found).__name__ == kind[3:]


@pytest.mark.parametrize("row", FIELDS)
def test_a_key_that_is_missing_raises_where_the_row_says(row: str) -> None:
    name, _, attribute = row.rpartition(".")
    steps, _ = parse_field(FIELDS[row])
    *above, (_, must) = steps
    made = _classes()[name]({**ALWAYS, **_event(tuple(above), {})})
    if not must:
        getattr(made, attribute)
        return
    with pytest.raises(KeyError):
        list(getattr(made, attribute))  # a generator reads when it is asked


@pytest.mark.parametrize("name", HAS)
def test_a_data_class_has_no_attributes_but_those_of_the_table(name: str) -> None:
    cls = _classes().get(name)
    if cls is None:  # of an older version alone
        return
    made = cls({"CodePipeline.job": {}, **ALWAYS})
    assert {one for one in {*dir(cls), *vars(made)} if not one.startswith("__") and one != "_abc_impl"} <= HAS[name]


@pytest.mark.parametrize("body", [None, ""])
def test_without_a_body_there_is_none_parsed(body: str | None) -> None:
    for name in ("APIGatewayProxyEvent", "APIGatewayProxyEventV2", "LambdaFunctionUrlEvent", "ALBEvent"):
        assert _classes()[f"{DATA_CLASSES}.{name}"]({"body": body}).json_body is None
