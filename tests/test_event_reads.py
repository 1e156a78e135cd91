"""What handlers read of the event, where it is not read by a plain `event["x"]`: in generators, of all the values of a
dict, of the first of several."""

from __future__ import annotations

import pytest

from .pages import Project
from .test_event_rules import EVENTS, TEMPLATE, codes


class TestInGenerators:
    BEFORE = """
def bodies(event):
    for record in event["Records"]:
        yield record["{key}"]

def guarded(event):
    for record in event["Records"]:
        try:
            yield record["{key}"]
        except KeyError:
            yield None
"""

    @pytest.mark.parametrize(
        ("key", "body", "found"),
        [
            ("Body", "for body in bodies(event): print(body)", ["LL403"]),
            ("body", "for body in bodies(event): print(body)", []),
            ("Body", "for body in guarded(event): print(body)", []),
            ("Body", "try:\n    for body in bodies(event): print(body)\nexcept KeyError:\n    pass", []),
            ("Body", "return bodies", []),
            ("Body", "print(sum(int(body) for body in bodies(event)))", ["LL403"]),
            ("Body", "print(','.join(body for body in bodies(event)))", ["LL403"]),
            ("Body", "print(max(len(one['Body']) for one in event['Records']))", ["LL403"]),
            ("Body", "try:\n    print(sum(int(body) for body in bodies(event)))\nexcept KeyError:\n    pass", []),
            ("Body", "print(sum(int(body or 0) for body in guarded(event)))", []),
            ("Body", "later = (body for body in bodies(event))", []),
            ("body", "print(sum(int(body) for body in bodies(event)))", []),
            ("body", "for body in bodies(event): print(event['records'])", ["LL403"]),
        ],
    )
    def test_what_the_generator_of_a_loop_reads_is_read(self, key: str, body: str, found: list[str]) -> None:
        assert codes(body, "sqs", self.BEFORE.replace("{key}", key)) == found


class TestAllTheValues:
    """`event["x"].values()`: each is a part of the event, and none is `event["x"]` itself."""

    @pytest.mark.parametrize(
        "body",
        [
            "q = event['queryStringParameters'] or {}\nfor value in q.values(): print(value.upper())",
            "for value in (event.get('multiValueQueryStringParameters') or {}).values(): print(value[0])",
            "for name, value in event['headers'].items(): print(name, value.lower())",
            "for part in event['requestContext'].values():\n    if not part:\n        return {'statusCode': 400}",
        ],
    )
    def test_what_may_be_null_of_the_dict_is_not_asked_of_its_values(self, body: str) -> None:
        assert codes(f"{body}\nreturn {{'statusCode': 200}}", "rest") == []


class TestTheFirstOfSeveral:
    @pytest.mark.parametrize(
        ("body", "event", "found"),
        [
            ("for topic, messages in event['records'].items(): print(messages[0]['value'])", "kafka", ["LL408"]),
            ("for messages in event['records'].values(): print(messages[0]['value'])", "kafka", ["LL408"]),
            ("for one in chain.from_iterable(event['records'].values()): print(one['value'])", "kafka", []),
            ("for one in chain.from_iterable(event['records'].values()): print(one['data'])", "kafka", ["LL403"]),
            ("for messages in event['records'].values(): print(messages[0]['value'], len(messages))", "kafka", []),
            ("for messages in event['records'].values():\n    for one in messages: print(one['value'])", "kafka", []),
            ("first, *rest = event['Records']\nprint(first['body'], rest)", "sqs", []),
            ("first, *rest = event['Records']\nfor one in rest: print(one['body'])", "sqs", []),
            ("first, *rest = event['Records']\nprint(first['body'])", "sqs", ["LL408"]),
            ("[first, *_] = event['Records']\nprint(first['body'])", "sqs", ["LL408"]),
            ("first, *_ = event['Records']\nprint(first['body'], event['Records'][1:])", "sqs", []),
            ("*_, last = event['Records']\nprint(last['body'])", "sqs", ["LL408"]),
            ("first, *_, last = event['Records']\nprint(first['body'], last['body'])", "sqs", []),
            ("print(event['Records'][-1]['body'])", "sqs", ["LL408"]),
            ("print(event['Records'][-1]['body'], event['Records'][0]['body'])", "sqs", []),
            ("print(event['Records'][-2]['body'])", "sqs", []),
            ("print(event['Records'].pop()['body'])", "sqs", ["LL408"]),
            ("records = event['Records']\nprint(records.pop(0)['body'])", "sqs", ["LL408"]),
            ("if event['Records']: print(event['Records'].pop()['body'])", "sqs", ["LL408"]),
            ("while event['Records']: print(event['Records'].pop()['body'])", "sqs", []),
            ("for _ in range(3): print(event['Records'].pop()['body'])", "sqs", []),
            ("print(event['Records'].pop()['body'], event['Records'].pop()['body'])", "sqs", []),
            ("print(event['Records'].pop()['body'])\nfor one in event['Records']: print(one['body'])", "sqs", []),
            ("print(next(iter(event['Records']))['body'])", "sqs", ["LL408"]),
            ("print(next(iter(event['Records']), {})['body'])", "sqs", ["LL408"]),
            ("print(next(one for one in event['Records'] if one['messageId'])['body'])", "sqs", []),
            ("records = iter(event['Records'])\nprint(next(records)['body'])", "sqs", []),
            ("(record,) = event['Records']\nprint(record['body'])", "sqs", []),
            ("[record] = event['Records']\nprint(record['body'])", "sqs", []),
        ],
    )
    def test_the_rest_of_a_batch_is_lost(self, body: str, event: str, found: list[str]) -> None:
        assert codes(body, event, "from itertools import chain\n") == found

    @pytest.mark.parametrize(("index", "which"), [("[0]", "first"), ("[-1]", "last"), (".pop()", "last")])
    def test_it_is_told_which_record_is_read(self, index: str, which: str) -> None:
        files = {"app.py": f"def handler(event, context):\n    print(event['Records']{index}['messageId'])\n"}
        files["template.yaml"] = TEMPLATE.format(event=EVENTS["sqs"])
        (finding,) = Project(1, files).run().findings
        assert f"this reads the {which} alone" in finding.message


class TestKeysThatAreAskedFor:
    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ("for one in event['Records']:\n    if 'Body' in one.keys(): print(one['Body'])", []),
            ("for one in event['Records']:\n    if 'Body' in list(one.keys()): print(one['Body'])", []),
            ("for one in event['Records']:\n    if 'Body' in set(one.keys()): print(one['Body'])", []),
            ("for one in event['Records']:\n    keys = one.keys()\n    print(one['Body'], keys)", ["LL403"]),
            ("if type(event) is list:\n    for one in event: print(one['body'])", []),
            ("if context == '-':\n    for one in event: print(one['Body'])", []),
        ],
    )
    def test_a_view_of_the_keys_tells_as_the_dict_does(self, body: str, found: list[str]) -> None:
        assert codes(f"{body}\nfor one in event['Records']: print(one['body'])", "sqs") == found

    @pytest.mark.parametrize(
        ("key", "found"), [("record.s3.get_object.key", ["LL406"]), ("unquote_plus(record.s3.get_object.key)", [])]
    )
    def test_a_notification_that_a_queue_holds_is_shown_as_one(self, key: str, found: list[str]) -> None:
        before = (
            "import boto3\nfrom urllib.parse import unquote_plus\n"
            "from aws_lambda_powertools.utilities.data_classes import SQSEvent\ns3 = boto3.client('s3')\n"
        )
        body = (
            "for one in SQSEvent(event).records:\n    for record in one.decoded_nested_s3_event.records:\n"
            f"        s3.get_object(Bucket=record.s3.bucket.name, Key={key})"
        )
        assert codes(body, "sqs", before) == found


class TestAgentsOfBedrock:
    def test_a_key_in_another_case_is_never_sent(self) -> None:
        for key, found in (("parameters", []), ("Parameters", ["LL403"])):
            assert codes(f"print(event['actionGroup'], event['apiPath'], event['{key}'])") == found


class TestStageVariables:
    @pytest.mark.parametrize(
        ("body", "event", "found"),
        [
            ("print(event['stageVariables']['table'])", "rest", ["LL404"]),
            ("print(event.get('stageVariables', {}).get('table'))", "rest", ["LL404"]),
            ("print((event['stageVariables'] or {}).get('table'))", "rest", []),
            ("print(event['stageVariables']['table'])", "http", ["LL404"]),
            ("print(event.get('stageVariables', {}).get('table'))", "http", []),
            ("print(event['stageVariables']['table'])", "", []),
        ],
    )
    def test_a_stage_that_the_template_gives_none_sends_none(self, body: str, event: str, found: list[str]) -> None:
        assert codes(f"print(event['requestContext'])\n{body}\nreturn {{'statusCode': 200}}", event) == found


class TestTextsAsDicts:
    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ("for key, value in event['body'].items(): print(key)", ["LL405"]),
            ("print(list((event['body'] or '').keys()))", ["LL405"]),
            ("event['body'].update(a=1)", ["LL405"]),
            ("for item in event['body']: print(item['id'])", ["LL405"]),
            ("print([item.get('id') for item in event['body']])", ["LL405"]),
            ("print({item['id']: item for item in event['body']})", ["LL405"]),
            ("print(sum(item['price'] for item in event['body']))", ["LL405"]),
            ("print(list(map(lambda item: item['id'], event['body'])))", ["LL405"]),
            ("print([letter for letter in event['body']])", []),
            ("print(event['body'][0]['id'])", ["LL405"]),
            ("print(base64.b64decode(event['body']).decode()['id'])", ["LL405"]),
            ("print(json.loads(base64.b64decode(event['body']).decode())['id'])", []),
            ("print(base64.b64decode(event['body']).decode()[0])", []),
            ("for letter in event['body']: print(letter.upper())", []),
            ("for key, value in json.loads(event['body']).items(): print(key)", []),
            ("body = event['body']\nif isinstance(body, dict): print(body.items())", []),
            ("body = event['body']\nif isinstance(body, list):\n    for one in body: print(one['id'])", []),
            ("body = event['body']\nif not isinstance(body, str):\n    for one in body: print(one['id'])", []),
            ("print(getattr(event['body'], 'items', None))", []),
            ("try:\n    print(event['body'].items())\nexcept AttributeError:\n    pass", []),
            ("for key, value in event['headers'].items(): print(key)", []),
        ],
    )
    def test_what_no_text_has(self, body: str, found: list[str]) -> None:
        found_codes = codes(f"{body}\nreturn {{'statusCode': 200}}", "rest", "import base64, json\n")
        assert [code for code in found_codes if code != "LL404"] == found


    @pytest.mark.parametrize(
        ("read", "event", "found"),
        [
            ("[r['value']['id'] for rs in event['records'].values() for r in rs]", "kafka", ["LL405"]),
            ("[json.loads(base64.b64decode(r['value'])) for rs in event['records'].values() for r in rs]", "kafka", []),
            ("event['invokingEvent']['configurationItem'], event['resultToken']", "", ["LL405"]),
            ("json.loads(event['invokingEvent'])['configurationItem'], event['resultToken']", "", []),
        ],
    )
    def test_texts_of_other_sources(self, read: str, event: str, found: list[str]) -> None:
        assert codes(f"print({read})", event, "import base64, json\n") == found

    def test_a_text_is_told_as_a_text_alone(self) -> None:
        body = "print(event['body'].decode())\nreturn {'statusCode': 200}"
        assert codes(body, "rest") == ["LL405"]


class TestNotificationsInMessages:
    BEFORE = "import json\nimport boto3\nfrom urllib.parse import unquote, unquote_plus\ns3 = boto3.client('s3')\n"

    @pytest.mark.parametrize(
        ("held", "key", "event", "found"),
        [
            ("json.loads(message['body'])", "inner['s3']['object']['key']", "sqs", ["LL406"]),
            ("json.loads(message['body'])", "unquote(inner['s3']['object']['key'])", "sqs", ["LL406"]),
            ("json.loads(message['body'])", "unquote_plus(inner['s3']['object']['key'])", "sqs", []),
            ("json.loads(message['body'])", "inner['name']", "sqs", []),
            ("json.loads(json.loads(message['body'])['Message'])", "inner['s3']['object']['key']", "sqs", ["LL406"]),
            ("json.loads(message['Sns']['Message'])", "inner['s3']['object']['key']", "", ["LL406"]),
            ("json.loads(message['body'])['detail']", "inner['s3']['object']['key']", "sqs", []),
        ],
    )
    def test_the_key_of_a_notification_that_a_message_carries(
        self, held: str, key: str, event: str, found: list[str]
    ) -> None:
        body = f"""
for message in event['Records']:
    for inner in {held}['Records']:
        s3.get_object(Bucket='b', Key={key})"""
        assert codes(body, event, self.BEFORE) == found
