"""The types that the fields of an event have, and who is known to send them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lambdalint.config import Settings
from lambdalint.contracts import FAMILIES, EventSource, rows, sources
from lambdalint.contracts.fields import Fields, steps
from lambdalint.engine import lint

from .pages import Project

WORDS = {"str", "int", "float", "number", "bool", "list", "dict", "dict null", "texts"}
ROWS = [row for family in (*FAMILIES, "details") for row in rows(family)]


def _source(id: str) -> EventSource:
    return next(source for source in sources() if source.id == id)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
class TestRows:
    def test_its_types_are_words_that_are_explained(self, row: dict[str, Any]) -> None:
        assert set(row.get("types", {}).values()) <= WORDS

    def test_its_samples_are_of_the_type_that_it_tells(self, row: dict[str, Any]) -> None:
        for path, sample in row.get("samples", {}).items():
            assert row["types"][path if path in row["types"] else path.replace(".*.", ".*[].")] == type(sample).__name__

    def test_what_it_says_of_a_field_is_of_one_that_it_sends(self, row: dict[str, Any]) -> None:
        told = [*row.get("encoded", {}), *(key for rule in row.get("lacks", ()) for key in rule["keys"])]
        tops = {key for keys in (row["signs"], row.get("sends", ()), row.get("keys", {}).get("", ())) for key in keys}
        for path in (*told, *row.get("types", {})):
            first = steps(path)[0]
            assert any(steps(top)[0].replace("\\", "") == first or top == first for top in tops), path


class TestFields:
    @pytest.mark.parametrize(
        ("source", "path", "kind"),
        [
            ("sqs", ("Records",), "list"),
            ("sqs", ("Records", 0), "dict"),
            ("sqs", ("Records", 0, "body"), "str"),
            ("sqs", ("Records", 0, "attributes", "SentTimestamp"), "str"),
            ("sqs", ("Records", 0, "body", "json.loads()", "Message"), None),
            ("kafka", ("records",), "dict"),
            ("kafka", ("records", "orders-0"), "list"),
            ("kafka", ("records", "*"), "list"),
            ("kafka", ("records", "*", 0, "offset"), "int"),
            ("kafka", ("records", 0), None),
            ("dynamodb", ("Records", 0, "dynamodb", "NewImage", "price", "N"), "str"),
            ("lambda-edge", ("Records", 0, "cf", "request", "headers", "host"), "list"),
            ("kinesis", ("Records", 0, "kinesis", "approximateArrivalTimestamp"), "float"),
            ("apigateway-rest", ("queryStringParameters",), None),
            ("apigateway-rest", ("queryStringParameters", "page"), "str"),
            ("apigateway-http-2.0", ("requestContext", "authentication"), None),
            ("codepipeline", ("CodePipeline.job", "data", "actionConfiguration"), "dict"),
            ("lex-v2", ("sessionState", "intent", "slots", "City"), None),
            ("eventbridge", ("detail", "anything"), None),
        ],
    )
    def test_of_one_source(self, source: str, path: tuple[str | int, ...], kind: str | None) -> None:
        assert Fields((_source(source),))(path) == kind

    def test_several_sources_must_send_the_same(self) -> None:
        both = Fields((_source("apigateway-http-2.0"), _source("apigateway-rest")))
        assert both(("headers", "host")) == "str"
        assert both(("body",)) == "str|NoneType"  # null, where one of them has none
        assert both(("cookies",)) is None


def _found(lines: str, before: str = "", template: bool = False) -> list[str]:
    """What is found in a handler of this body."""
    body = "\n".join(f"    {line}" for line in lines.strip().split("\n"))
    files = {"app.py": f"import json\n{before}\n\ndef handler(event, context):\n{body}\n"}
    if template:
        files["template.yaml"] = TEMPLATE
    report = Project(1, files).run()
    assert report.errors == ()
    return [f"{finding.code} {finding.severity.value}" for finding in report.findings if finding.code in CODES]


CODES = ("LL208", "LL403", "LL404", "LL405")
TEMPLATE = """Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      CodeUri: .
      Runtime: python3.13
      Events:
        Rule: {Type: EventBridgeRule, Properties: {Pattern: {source: [aws.ec2]}, Input: '{"detail": "{}"}'}}
"""
EACH = "for r in event['Records']:\n    "
COUNT = "r['attributes']['ApproximateReceiveCount']"


class TestHandlers:
    @pytest.mark.parametrize(
        ("lines", "found"),
        [
            (f"{EACH}print({COUNT} > 3)", ["LL208 error"]),
            (f"{EACH}print(int({COUNT}) > 3)", []),
            (f"{EACH}print({COUNT} if isinstance({COUNT}, str) else {COUNT} + 1)", []),
            (f"{EACH}r['attributes']['ApproximateReceiveCount'] = 3\n    print({COUNT} > 3, r['body'])", []),
            (f"{EACH}unseen(r)\n    print({COUNT} > 3)", []),
            (f"{EACH}try:\n        print({COUNT} > 3)\n    except TypeError:\n        print(r['body'])", []),
            # only possible: whoever sends records may call
            (f"{EACH}print(r['eventName'] - 1)", []),
        ],
    )
    def test_of_a_queue(self, lines: str, found: list[str]) -> None:
        assert _found(lines, "from somewhere import unseen") == found

    def test_a_field_that_need_not_be_there_is_a_warning(self) -> None:
        lines = "params = event['queryStringParameters'] or {}\nprint(event['httpMethod'])\n"
        assert _found(f"{lines}return {{'statusCode': 200, 'body': str(params.get('n', 1) + 1)}}") == ["LL208 warning"]

    def test_an_event_that_somebody_makes_is_not_the_sources(self) -> None:
        assert _found("print(event['detail-type'], json.loads(event['detail']))") == ["LL208 error"]
        assert _found("print(event['detail-type'], json.loads(event['detail']))", template=True) == []

    @pytest.mark.parametrize(
        ("lines", "found"),
        [
            ("if event['detail-type'] == 'Object Created':\n    print({})", ["LL403 error"]),
            ("if event['detail-type'] in ('Object Created', 'Order Placed'):\n    print({})", []),
            ("print(event['detail-type'], {})", []),
        ],
    )
    def test_what_eventbridge_delivers_is_known_where_the_handler_asks(self, lines: str, found: list[str]) -> None:
        names = "event['detail']['bucket']['name'], event['detail']['object']['key'], event['detail']['object']['eTag']"
        assert _found(lines.format(names)) == found


def test_a_method_of_bytes_on_a_body_that_is_decoded_where_it_is_encoded_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = """from base64 import b64decode


def handler(event, context):
    body = event["body"]
    if event["requestContext"]["http"]["method"] == "POST" and event["isBase64Encoded"]:
        body = b64decode(body)
    return {"statusCode": 200, "body": body.decode()}
"""
    (tmp_path / "app.py").write_text(text)
    monkeypatch.chdir(tmp_path)
    found = [(one.code, one.severity.value) for one in lint(["."], Settings()).findings]
    assert ("LL405", "error") not in found
    assert ("LL405", "warning") in found
