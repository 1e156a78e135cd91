"""What the sender of an event writes in it: times of one form, names of headers in lower case, the numbers of a custom
resource as texts; and schemas that are asked of it."""

from __future__ import annotations

import pytest

from .pages import Project
from .test_event_rules import EVENTS, TEMPLATE

SOURCES = {
    **EVENTS,
    "bridge": "Type: EventBridgeRule, Properties: {Pattern: {source: [shop]}}",
    "sns": "Type: SNS, Properties: {Topic: arn}",
    "s3": "Type: S3, Properties: {Bucket: !Ref Users, Events: 's3:ObjectCreated:*'}",
    "kinesis": "Type: Kinesis, Properties: {Stream: arn, StartingPosition: LATEST}",
}
CUSTOM = "  Thing: {Type: Custom::Thing, Properties: {ServiceToken: !GetAtt Orders.Arn, Count: 4}}\n"
DATES = "from datetime import date, datetime, timezone\n"
VALIDATION = (
    "from aws_lambda_powertools.utilities.validation import SchemaValidationError, envelopes, validate, validator\n"
)


def template(source: str, runtime: str = "python3.13") -> str:
    """A template of one function that a source calls; "custom" for a custom resource of it, "url" for its URL."""
    text = TEMPLATE.format(event=SOURCES.get(source, "X")).replace("python3.13", runtime)
    if source == "url":
        return text.replace("Events: {Source: {X}}", "FunctionUrlConfig: {AuthType: NONE}")
    return text.replace("      Events: {Source: {X}}\n", "") + CUSTOM if source == "custom" else text


def found(text: str, source: str, runtime: str = "python3.13") -> list[str]:
    """The codes of what is found, but of pyflakes."""
    report = Project(1, {"app.py": text, "template.yaml": template(source, runtime)}).run()
    assert report.errors == ()
    return [finding.code for finding in report.findings if finding.code.startswith("LL")]


def codes(lines: str, source: str, before: str = "", runtime: str = "python3.13") -> list[str]:
    """The same of a handler of these lines, which returns an answer of HTTP."""
    body = "\n".join(f"    {line}" for line in lines.strip().split("\n"))
    end = "    return {'statusCode': 200, 'body': 'ok'}\n" if source in ("http", "rest", "url") else ""
    return found(f"{before}\ndef handler(event, context):\n{body}\n{end}", source, runtime)


class TestHeaders:
    @pytest.mark.parametrize(
        ("lines", "source", "expected"),
        [
            ("print(event['headers']['Authorization'])", "http", ["LL403"]),
            ("print(event['headers']['authorization'])", "http", []),
            ("print(event['headers'].get('Authorization'))", "http", ["LL403"]),
            ("print(event['headers']['X-Api-Key'])", "url", ["LL403"]),
            ("print(event['headers']['Authorization'])", "rest", []),
            ("headers = event['headers']\nprint(headers.get('X-A') or headers.get('x-a'))", "http", []),
            ("headers = event['headers']\nprint(headers['X-A'] if 'X-A' in headers else '')", "http", []),
            ("try:\n    print(event['headers']['X-A'])\nexcept KeyError:\n    pass", "http", []),
            ("print({k.title(): v for k, v in event['headers'].items()}['X-A'])", "http", []),
            ("if event.get('version') == '1.0':\n    print(event['headers']['X-A'])", "http", []),
        ],
    )
    def test_names_in_lower_case(self, lines: str, source: str, expected: list[str]) -> None:
        assert codes(lines, source) == expected

    def test_a_viewers_headers_at_the_edge(self) -> None:
        text = "def handler(event, context):\n    request = event['Records'][0]['cf']['request']\n"
        for name, expected in (("Host", ["LL403"]), ("host", [])):
            code = f"{text}    print(request['headers']['{name}'][0]['value'])\n    return request\n"
            report = Project(1, {"app.py": code}).run()
            assert [finding.code for finding in report.findings] == expected


class TestTimes:
    @pytest.mark.parametrize(
        ("lines", "source", "expected"),
        [
            ("print(datetime.utcnow() - datetime.fromisoformat(event['time']))", "bridge", ["LL208"]),
            ("print(datetime.now(timezone.utc) - datetime.fromisoformat(event['time']))", "bridge", []),
            ("print(datetime.now(timezone.utc) - datetime.fromisoformat(event['time'][:-1]))", "bridge", ["LL208"]),
            ("print(datetime.utcnow() - datetime.fromisoformat(event['time'].rstrip('Z')))", "bridge", []),
            (
                "print(datetime.now() > datetime.fromisoformat(event['time'].replace('Z', '+00:00')))",
                "bridge",
                ["LL208"],
            ),
            ("print(datetime.now() - datetime.fromisoformat(event['detail']['at']))", "bridge", []),
            ("print(datetime.now() - datetime.fromisoformat(event['time']).replace(tzinfo=None))", "bridge", []),
            (
                "for r in event['Records']:\n    print(datetime.fromisoformat(r['eventTime']) > datetime.now())",
                "s3",
                ["LL208"],
            ),
            (
                "for r in event['Records']:\n"
                "    print(datetime.fromtimestamp(int(r['attributes']['SentTimestamp']) / 1000))",
                "sqs",
                [],
            ),
            (
                "for r in event['Records']:\n    print(datetime.fromtimestamp(int(r['attributes']['SentTimestamp'])))",
                "sqs",
                ["LL208"],
            ),
            ("for r in event['Records']:\n    print(date.fromisoformat(r['Sns']['Timestamp']))", "sns", ["LL208"]),
            ("for r in event['Records']:\n    print(date.fromisoformat(r['Sns']['Timestamp'][:10]))", "sns", []),
            (
                "for r in event['Records']:\n"
                "    print(datetime.fromisoformat(r['kinesis']['approximateArrivalTimestamp']))",
                "kinesis",
                ["LL208"],
            ),
        ],
    )
    def test_they_are_read_as_they_are_written(self, lines: str, source: str, expected: list[str]) -> None:
        assert codes(lines, source, DATES) == expected

    @pytest.mark.parametrize(("runtime", "expected"), [("python3.10", ["LL208"]), ("python3.11", [])])
    def test_a_zone_that_is_a_letter_is_read_since_python_3_11(self, runtime: str, expected: list[str]) -> None:
        lines = "print(datetime.fromisoformat(event['time']))"
        assert codes(lines, "bridge", DATES, runtime) == expected
        caught = "try:\n    print(datetime.fromisoformat(event['time']))\nexcept ValueError:\n    print(event['time'])"
        assert codes(caught, "bridge", DATES, runtime) == []


class TestCustomResources:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("print(min(props['Count'], 10))", ["LL208"]),
            ("print(props['Count'] + 1)", ["LL208"]),
            ("print(props['Limits']['Most'] > 3)", ["LL208"]),
            ("for n in range(props['Count']):\n    print(n)", ["LL208"]),
            ("print(int(props['Count']) + 1)", []),
            ("print(props['Name'] + '-x', props['Names'] + ['a'], props['Count'] * 2)", []),
            ("print(props['Tags'][0]['Key'], props['Map']['a'].lower())", []),
            ("print(props['N'] + 1 if isinstance(props['N'], int) else int(props['N']))", []),
            ("props['Count'] = int(props['Count'])\nprint(props['Count'] + 1)", []),
            ("try:\n    print(props['Count'] + 1)\nexcept TypeError:\n    print(0)", []),
        ],
    )
    def test_its_numbers_are_texts(self, line: str, expected: list[str]) -> None:
        before = "import cfnresponse\n"
        start = "props = event['ResourceProperties']\n"
        end = "\ncfnresponse.send(event, context, cfnresponse.SUCCESS, {})"
        assert codes(f"{start}{line}{end}", "custom", before) == expected

    def test_what_boto3_is_given(self) -> None:
        before = "import boto3, cfnresponse\nlogs = boto3.client('logs')\n"
        call = "logs.put_retention_policy(logGroupName=p['Name'], retentionInDays={})"
        send = "cfnresponse.send(event, context, 'SUCCESS', {{}})"
        lines = "p = event['ResourceProperties']\ntry:\n    {}\nfinally:\n    " + send
        assert codes(lines.format(call.format("p['Days']")), "custom", before) == ["LL209"]
        assert codes(lines.format(call.format("int(p['Days'])")), "custom", before) == []


class TestSchemas:
    @pytest.mark.parametrize(
        ("call", "source", "expected"),
        [
            ("validate(event=event, schema=ORDER, envelope='body')", "rest", ["LL208"]),
            ("validate(event=event, schema=ORDER, envelope='powertools_json(body)')", "rest", []),
            ("validate(event=event, schema=ORDER, envelope=envelopes.API_GATEWAY_REST)", "rest", []),
            ("validate(event=event['body'], schema=ORDER)", "rest", ["LL208"]),
            ("validate(event=event, schema=ORDERS, envelope='Records[*].body')", "sqs", ["LL208"]),
            ("validate(event=event, schema=ORDERS, envelope=envelopes.SQS)", "sqs", []),
            ("validate(event=event, schema=ORDER, envelope=envelopes.SQS)", "sqs", ["LL208"]),
            ("validate(event=event, schema=ORDER)", "bridge", ["LL208"]),
            ("validate(event=event, schema=ORDER, envelope=envelopes.EVENTBRIDGE)", "bridge", []),
            ("validate(event=event['body'], schema=EITHER)", "rest", []),
            ("validate(event=event['body'], schema={**ORDER, 'type': ['object', 'string']})", "rest", []),
            (
                "try:\n    validate(event=event, schema=ORDER, envelope='body')\n"
                "except SchemaValidationError:\n    print(event)",
                "rest",
                [],
            ),
        ],
    )
    def test_what_they_refuse(self, call: str, source: str, expected: list[str]) -> None:
        schemas = (
            "ORDER = {'type': 'object', 'required': ['order_id']}\nORDERS = {'type': 'array', 'items': ORDER}\n"
            "EITHER = {'anyOf': [{'type': 'object'}, {'type': 'string'}]}\n"
        )
        assert codes(call, source, f"{VALIDATION}{schemas}") == expected

    @pytest.mark.parametrize(("envelope", "expected"), [("body", ["LL208"]), ("powertools_json(body)", [])])
    def test_of_a_decorator(self, envelope: str, expected: list[str]) -> None:
        text = (
            f"{VALIDATION}ORDER = {{'type': 'object'}}\n\n@validator(inbound_schema=ORDER, envelope='{envelope}')\n"
            "def handler(event, context):\n    return {'statusCode': 200, 'body': event['order_id']}\n"
        )
        assert found(text, "rest") == expected

    def test_what_an_envelope_finds_in_a_batch_is_a_list(self) -> None:
        text = (
            f"{VALIDATION}\n@validator(inbound_schema={{'type': 'array'}}, envelope=envelopes.SQS)\n"
            "def handler(event, context):\n    for order in {}:\n        print(order)\n"
        )
        assert found(text.replace("{}:", "event['Records']:"), "sqs") == ["LL208"]
        assert found(text.replace("{}:", "event:"), "sqs") == []

    def test_a_model_is_made_of_no_text(self) -> None:
        before = "import json\nfrom pydantic import BaseModel\n\nclass Order(BaseModel):\n    id: int\n\n"
        for given, expected in (("event['body']", ["LL208"]), ("json.loads(event['body'] or '{}')", [])):
            assert codes(f"print(Order.model_validate({given}).id)", "rest", before) == expected


class TestDataClasses:
    @pytest.mark.parametrize(
        ("kind", "line", "source", "expected"),
        [
            ("SQSEvent", "print([r.attributes.sent_timestamp / 1000 for r in event.records])", "sqs", ["LL208"]),
            ("SQSEvent", "print([int(r.attributes.sent_timestamp) / 1000 for r in event.records])", "sqs", []),
            ("APIGatewayProxyEventV2", "print(event.request_context.http.source_ip)", "http", []),
            ("APIGatewayProxyEventV2", "print(event.request_context.http.ip)", "http", ["LL410"]),
            ("APIGatewayProxyEventV2", "print(event.request_context.authorizer.claims)", "http", ["LL410"]),
            ("APIGatewayProxyEvent", "print(event.request_context.authorizer.claims)", "rest", []),
            ("APIGatewayProxyEvent", "print(event.json_body())", "rest", ["LL208"]),
            ("APIGatewayProxyEvent", "print(event.get_query_string_value('n', '1') + 1)", "rest", ["LL208"]),
            ("APIGatewayProxyEvent", "print(int(event.get_query_string_value('n', '1')) + 1)", "rest", []),
            ("EventBridgeEvent", "print(datetime.now() - datetime.fromisoformat(event.time))", "bridge", ["LL208"]),
        ],
    )
    def test_what_they_show(self, kind: str, line: str, source: str, expected: list[str]) -> None:
        before = f"{DATES}from aws_lambda_powertools.utilities.data_classes import {kind}, event_source\n\n"
        assert codes(line, source, f"{before}@event_source(data_class={kind})") == expected
