"""What handlers answer, on small ones that are run whole: LL203, LL3."""

from __future__ import annotations

import pytest

from .pages import Project

EVENTS = {
    "rest": "Type: Api, Properties: {Path: /orders, Method: post}",
    "kinesis": "Type: Kinesis, Properties: {Stream: arn, StartingPosition: LATEST, FunctionResponseTypes: [ReportBatchItemFailures]}",  # noqa: E501
}
TEMPLATE = """Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      CodeUri: .
      Runtime: python3.13
      Events: {{Source: {{{event}}}}}
"""


def codes(code: str, event: str = "") -> list[str]:
    """What is found in an app, of answers and of what is serialized."""
    files = {"app.py": f"# settings: preview = true\n{code}"}
    if event:
        files["template.yaml"] = TEMPLATE.format(event=EVENTS[event])
    report = Project(1, files).run()
    assert report.errors == ()
    return [finding.code for finding in report.findings if finding.code.startswith(("LL203", "LL3"))]


class TestTheFirstIdentifier:
    """An identifier that is empty until the first record is taken."""

    CODE = """
import base64

def save(record):
    print(base64.b64decode(record["kinesis"]["data"]))

def handler(event, context):
    last = {start}
    {before}
    for record in event["Records"]:
        try:
            {first}
            {second}
        except Exception:
            return {{"batchItemFailures": [{{"itemIdentifier": last}}]}}
    return {{"batchItemFailures": []}}
"""
    TAKEN = 'last = record["kinesis"]["sequenceNumber"]'

    @pytest.mark.parametrize("start", ["None", "''"])
    def test_it_is_filled_by_the_first_that_is_read(self, start: str) -> None:
        code = self.CODE.format(start=start, before="", first=self.TAKEN, second="save(record)")
        assert codes(code, "kinesis") == []

    def test_what_fails_before_it_is_filled_leaves_it_empty(self) -> None:
        code = self.CODE.format(start="None", before="", first="save(record)", second=self.TAKEN)
        assert codes(code, "kinesis") == ["LL310"]

    def test_the_records_themselves_are_there(self) -> None:
        assert codes(
            """
def handler(event, context):
    last = ""
    try:
        for record in event["Records"]:
            last = record["kinesis"]["sequenceNumber"]
            print(int(record["kinesis"]["partitionKey"]))
    except ValueError:
        return {"batchItemFailures": [{"itemIdentifier": last}]}
    except Exception:
        print("failed")
        return {"batchItemFailures": [{"itemIdentifier": last}]}
""",
            "kinesis",
        ) == []  # fmt: skip


class TestASecondWay:
    """An error of a serializer that is caught."""

    CODE = """
import datetime, json, logging
logger = logging.getLogger()

{helper}

def text_of(thing):
    try:
        return {written}
    except TypeError:
        {instead}

def handler(event, context):
    return {{"text": text_of([datetime.date.today(), event["n"]])}}
"""

    @pytest.mark.parametrize(
        ("instead", "found"),
        [
            ("return str(thing)", []),
            ("return json.dumps([str(part) for part in thing])", []),
            ("logger.error('cannot write')\n        return repr(thing)", []),
            ("open('/tmp/x', 'w').write(str(thing))", []),
            ("return None", ["LL203"]),
            ("logger.error('cannot write %s', thing)\n        return None", ["LL203"]),
            ("logger.error('cannot write')", ["LL203"]),
            ("return 'failed'", ["LL203"]),
        ],
    )
    def test_what_is_written_after_all_is_no_fault(self, instead: str, found: list[str]) -> None:
        assert codes(self.CODE.format(helper="", written="json.dumps(thing)", instead=instead)) == found

    def test_the_serializer_may_stand_in_a_function_that_is_called(self) -> None:
        helper = "def dump(what):\n    return json.dumps(what)"
        for instead, found in (("return str(thing)", []), ("return None", ["LL203"])):
            assert codes(self.CODE.format(helper=helper, written="dump(thing)", instead=instead)) == found


class TestNobodyKnowsWhoCalls:
    """Answers that look like a source's, of handlers that read nothing of it."""

    @pytest.mark.parametrize(
        ("answer", "found"),
        [
            ("{'status_code': 0, 'body': event['job'], 'headers': {}}", []),
            ("{'status_code': 200, 'body': {'job': event['job']}}", []),
            ("{'status_code': 200, 'body': 'done', 'headers': ['a']}", []),
            ("{'status_code': 200, 'body': 'done'}", ["LL304"]),
            ("{'records': [str(n) for n in event['numbers']], 'count': 1}", []),
            ("{'invocationId': event['invocationId'], 'results': [n for n in event['tasks']]}", []),
        ],
    )
    def test_a_task_of_a_state_machine(self, answer: str, found: list[str]) -> None:
        assert codes(f"def lambda_handler(event, context):\n    return {answer}\n") == found


class TestTextsThatCannotBe:
    @pytest.mark.parametrize(
        ("status", "found"),
        [
            ("f'{code} {word}'", ["LL303"]),
            ("f'status-{code}'", ["LL303"]),
            ("f'HTTP {code}'", ["LL303"]),
            ("f'{code}'", []),
            ("f'20{code}'", []),
            ("f'{code}0'", []),
            ("f'{code}{word}'", []),
        ],
    )
    def test_a_status_with_something_in_it_that_is_no_digit(self, status: str, found: list[str]) -> None:
        code = f"""
def handler(event, context):
    code, word = event["headers"]["x-code"], event["path"]
    return {{"statusCode": {status}, "body": ""}}
"""
        assert codes(code, "rest") == found

    @pytest.mark.parametrize(
        ("data", "found"),
        [
            ("json.dumps(order)", ["LL323"]),
            ("json.dumps(order) + '\\n'", ["LL323"]),
            ("f'{order}, {order}'", ["LL323"]),
            ("'{}'", ["LL323"]),
            ("json.dumps(record['data'])", []),  # a text in quotes, or a number
            ("base64.b64encode(json.dumps(order).encode()).decode()", []),
            ("base64.b64encode(json.dumps(order).encode())", []),
            ("record['data']", []),
            ("'aGVsbG8='", []),
            ("json.dumps(order, cls=Encoder)", []),
        ],
    )
    def test_data_with_something_in_it_that_base64_has_not(self, data: str, found: list[str]) -> None:
        code = f"""
import base64, json
from encoders import Encoder

def handler(event, context):
    records = []
    for record in event["records"]:
        order = {{"id": record["recordId"]}}
        records.append({{"recordId": record["recordId"], "result": "Ok", "data": {data}}})
    return {{"records": records}}
"""
        assert codes(code) == found


class TestBatchesOfAppSync:
    @pytest.mark.parametrize(
        ("answer", "found"),
        [
            ("{item['info']['fieldName']: item['source']['id'] for item in event}", ["LL330"]),
            ("'done' if [item['info']['fieldName'] for item in event] else 'nothing'", ["LL330"]),
            ("[item['info']['fieldName'] for item in event]", []),
            ("find([item['info']['fieldName'] for item in event])", []),
            ("{'name': event['info']['fieldName']}", []),
            ("{item['name']: item['source']['id'] for item in event}", []),
        ],
    )
    def test_a_batch_is_answered_with_a_list(self, answer: str, found: list[str]) -> None:
        code = f"from finding import find\n\ndef lambda_handler(event, context):\n    return {answer}\n"
        assert codes(code) == found

    def test_an_event_that_may_be_one_or_several_may_be_answered_by_one(self) -> None:
        code = """
def lambda_handler(event, context):
    if isinstance(event, list):
        return [item["info"]["fieldName"] for item in event]
    return {"name": event["info"]["fieldName"]}
"""
        assert codes(code) == []
