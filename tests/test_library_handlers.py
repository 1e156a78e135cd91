"""Small handlers that use the libraries as handlers do: what is marked is found and nothing else is, and Python agrees.

Each handler is checked; and where what it imports is installed, it is called: what it returns goes through the runtime's
own marshaller. A handler with an LL202, LL203, LL208 or LL209 mark must fail there, one without a mark must not.
"""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from awslambdaric.lambda_runtime_marshaller import to_json

from .pages import Project, found

FOLDER = Path(__file__).parent / "library_handlers"
_HANDLER = re.compile(r"^## (.+)$", re.MULTILINE)


def _handlers() -> dict[str, str]:
    """The handlers of every file, by name: `## name` begins one."""
    texts = {}
    for path in sorted(FOLDER.glob("*.txt")):
        _, *parts = _HANDLER.split(path.read_text("utf-8"))
        texts.update({f"{path.stem}: {name}": text.strip("\n") + "\n" for name, text in zip(parts[::2], parts[1::2])})
    return texts


HANDLERS = _handlers()
#: What a real call is given.
EVENT = {"id": "7", "when": "2026-11-24T12:00:00", "n": 3, "names": ["b", "a"], "body": json.dumps({"price": 1.5}),
         "Records": [{
             "messageId": "1", "receiptHandle": "r", "body": "{}", "attributes": {"SenderId": "s"}, "messageAttributes": {},
             "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:q", "eventName": "INSERT",
             "kinesis": {"data": "e30=", "sequenceNumber": "1", "partitionKey": "p"},
             "dynamodb": {"SequenceNumber": "1", "Keys": {"n": {"N": "1"}}, "NewImage": {"n": {"N": "1"}}},
         }]}  # fmt: skip
#: What Powertools' resolvers are given: a request of a REST API, a field and an event of AppSync's, an agent's wish.
REQUEST = {
    "httpMethod": "GET",
    "path": "/items",
    "headers": {},
    "queryStringParameters": None,
    "body": None,
    "multiValueHeaders": {},
    "multiValueQueryStringParameters": None,
    "isBase64Encoded": False,
    "requestContext": {"stage": "prod", "path": "/prod/items", "identity": {}},
    "stageVariables": None,
    "typeName": "Query",
    "fieldName": "items",
    "arguments": {},
    "identity": {},
    "source": {},
    "info": {
        "parentTypeName": "Query",
        "fieldName": "items",
        "variables": {},
        "operation": "PUBLISH",
        "channel": {"path": "/default/items", "segments": ["default", "items"]},
    },
    "request": {"headers": {}},
    "events": [{"id": "1", "payload": {"n": 1}}],
    "actionGroup": "shop",
    "function": "items",
    "parameters": [],
}


class Context:
    aws_request_id = "1"
    function_name = "f"
    memory_limit_in_mb = 128
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:f"

    def get_remaining_time_in_millis(self) -> int:
        return 3000


@pytest.mark.parametrize("name", HANDLERS)
def test_what_is_marked_is_found_and_nothing_else_is(name: str) -> None:
    project = Project(1, {"app.py": HANDLERS[name]})
    report = project.run()
    assert report.errors == ()
    assert found(report) == project.marks


def _calls(name: str) -> bool:
    """Whether everything that a handler imports is here, and it asks nobody."""
    text = HANDLERS[name]
    if "# not called" in text:
        return False
    modules = re.findall(r"^(?:import|from) ([a-z_0-9]+)", text, re.MULTILINE)
    return all(importlib.util.find_spec(module) for module in modules)


@pytest.mark.parametrize("name", [name for name in HANDLERS if _calls(name)])
def test_python_and_the_runtime_agree(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = HANDLERS[name]
    monkeypatch.setitem(sys.modules, "app", type(sys)("app"))
    module: dict[str, Any] = vars(sys.modules["app"])
    codes = {code for _, _, code in Project(1, {"app.py": text}).marks}
    failed: Exception | None = None
    try:
        exec(compile(text, "app.py", "exec", dont_inherit=True), module)
        event = REQUEST if "event_handler" in text else EVENT
        to_json(module["handler"](json.loads(json.dumps(event)), Context()))
    except Exception as error:
        failed = error
    expected = bool(codes & {"LL202", "LL203", "LL208", "LL209"})
    assert (failed is not None) is expected, f"raised {failed!r}"
