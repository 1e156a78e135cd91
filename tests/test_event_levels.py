"""What sources send further down, by the keys of each level, and the ways by which handlers come to one record."""

from __future__ import annotations

from textwrap import indent

import pytest

from .pages import Project
from .test_event_rules import EVENTS, LOGS, TEMPLATE, codes

OK = "\nreturn {'statusCode': 200}"
BEFORE = """
import base64, gzip, json, operator
from functools import partial
from elsewhere import ship

def body(record):
    return record["Body"]

def address(context):
    return context["identity"]["source_ip"]
"""


class TestLevels:
    @pytest.mark.parametrize(
        ("read", "event", "found"),
        [
            ("event['requestContext']['identity']['sourceIp']", "rest", []),
            ("event['requestContext']['identity']['source_ip']", "rest", ["LL403"]),
            ("event['requestContext']['identity'].get('source_ip')", "rest", ["LL403"]),
            ("event['requestContext']['identity'].get('vpcEndpoint')", "rest", []),
            ("address(event['requestContext'])", "rest", ["LL403"]),
            ("event['requestContext']['http']['method']", "rest", ["LL403"]),
            ("event['requestContext']['authorizer']['tenant']", "rest", []),
            ("event['requestContext']['authorizer']['claims']['custom:tenant']", "rest", []),
            ("event['requestContext']['http']['sourceIp']", "http", []),
            ("event['requestContext']['identity']['sourceIp']", "http", ["LL403"]),
            ("event['requestContext']['authorizer']['claims']['sub']", "http", ["LL403"]),
            ("event['requestContext']['authorizer']['jwt']['claims']['custom:tenant']", "http", []),
            ("event['requestContext']['authorizer']['lambda']['tenant']", "http", []),
            ("[r['attributes']['SentTimestamp'] for r in event['Records']]", "sqs", []),
            ("[r['attributes']['sentTimestamp'] for r in event['Records']]", "sqs", ["LL403"]),
            ("[r['dynamodb']['Keys']['id']['S'] for r in event['Records']]", "dynamodb", []),
            ("[r['dynamodb']['Keys']['id']['s'] for r in event['Records']]", "dynamodb", ["LL403"]),
            ("[r['dynamodb']['Keys']['ID'] for r in event['Records']]", "dynamodb", []),
            ("event['request']['userAttributes']['Email']", "cognito", []),
            ("event['request']['email']", "cognito", ["LL403"]),
            ("event['callerContext']['clientID']", "cognito", ["LL403"]),
        ],
    )
    def test_what_a_descriptors_source_sends_there(self, read: str, event: str, found: list[str]) -> None:
        end = "\nreturn event" if event == "cognito" else OK
        assert codes(f"print({read}){end}", event, BEFORE) == found

    @pytest.mark.parametrize(
        ("routes", "read", "found"),
        [
            (["/tasks/{task_id}"], "event['pathParameters']['task_id']", []),
            (["/tasks/{task_id}"], "event['pathParameters']['taskId']", ["LL403"]),
            (["/tasks/{task_id}"], "event['pathParameters'].get('taskId')", ["LL403"]),
            (["/tasks/{task_id}"], "event['pathParameters']['name']", ["LL403"]),
            (["/tasks/{task_id}"], "event['pathParameters'].get('name')", []),
            (["/tasks/{task_id}", "/tasks/{task_id}/notes/{note}"], "event['pathParameters']['note']", []),
            (["/tasks/{task_id}"], "event['resource'], event['pathParameters']['name']", []),
            (["/{proxy+}"], "event['pathParameters']['proxy']", []),
        ],
    )
    def test_the_routes_name_the_parameters_of_the_path(self, routes: list[str], read: str, found: list[str]) -> None:
        template = "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n"
        template += "    Properties:\n      Runtime: python3.12\n      Handler: app.handler\n      Events:\n"
        for number, route in enumerate(routes):
            template += f'        E{number}: {{Type: Api, Properties: {{Path: "{route}", Method: get}}}}\n'
        code = f"def handler(event, context):\n    print({read}){indent(OK, '    ')}\n"
        told = Project(1, {"template.yaml": template, "app.py": code}).run().findings
        assert [one.code for one in told] == found

    @pytest.mark.parametrize(
        ("clause", "found"),
        [
            ("except Exception:\n    return {'statusCode': 500, 'body': 'no'}", ["LL403"]),
            ("except ValueError:\n    return {'statusCode': 400}\nexcept Exception:\n    return {'statusCode': 500}",
             ["LL403"]),
            ("except Exception:\n    return {'statusCode': 200, 'body': 'none'}", []),
            ("except Exception:\n    address = None", []),
            ("except KeyError:\n    address = event['requestContext']['http']['sourceIp']", []),
        ],
    )
    def test_where_the_error_is_caught_what_the_clause_answers_tells(self, clause: str, found: list[str]) -> None:
        read = "address = event['requestContext']['identity']['sourceIp']"
        assert codes(f"try:\n    {read}\n    print(address)\n{clause}{OK}", "http", BEFORE) == found

    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ("mail = event['Records'][0]['ses']['mail']\nprint(mail['commonHeaders']['subject'])", []),
            ("mail = event['Records'][0]['ses']['mail']\nprint(mail['subject'])", ["LL403"]),
            ("mail = event['Records'][0]['ses']['mail']\nprint([one['Name'] for one in mail['headers']])", ["LL403"]),
            ("receipt = event['Records'][0]['ses']['receipt']\nprint(receipt['spamVerdict']['Status'])", ["LL403"]),
            ("bucket = event['Records'][0]['s3']['bucket']\nprint(bucket['awsGeneratedTags']['team'])", []),
            ("bucket = event['Records'][0]['s3']['bucket']\nprint(bucket['ownerIdentity']['principalID'])", ["LL403"]),
            ("cf = event['Records'][0]['cf']\nprint(cf['request']['headers']['host'][0]['value'])", []),
            ("cf = event['Records'][0]['cf']\nprint(cf['request']['headers']['host'][0]['Value'])", ["LL403"]),
            ("cf = event['Records'][0]['cf']\nprint(cf['request']['queryString'])", ["LL403"]),
            ("print(event['CodePipeline.job']['data']['actionConfiguration']['configuration']['UserParameters'])", []),
            ("print(event['CodePipeline.job']['data']['userParameters'])", ["LL403"]),
            ("for one in event['rmqMessagesByQueue']['a::/']: print(one['basicProperties']['messageID'])", ["LL403"]),
            ("for one in event['events']: print(one['event']['fullDocument']['Name'])", []),
        ],
    )
    def test_what_the_source_that_the_code_shows_sends_there(self, body: str, found: list[str]) -> None:
        assert [code for code in codes(body) if code == "LL403"] == found

    @pytest.mark.parametrize(
        ("read", "found"),
        [
            ("event['Details']['ContactData']['Segment']", []),
            ("event['Details']['ContactData']['contactId']", ["LL403"]),
            ("event['sessionState']['runtimeHints'], event['inputTranscript']", []),
            ("event['sessionState']['Intent'], event['inputTranscript']", ["LL403"]),
            ("event['info']['fieldName'], event['identity']['tenant']", []),
            ("event['info']['fieldName'], event['identity']['Username']", ["LL403"]),
        ],
    )
    def test_of_a_level_that_grows_only_what_is_written_otherwise_is_wrong(self, read: str, found: list[str]) -> None:
        assert codes(f"print({read})") == found

    @pytest.mark.parametrize(
        ("read", "found"),
        [
            (f"{LOGS}['logGroup']", []),
            (f"{LOGS}['loggroup']", ["LL403"]),
            (f"{LOGS}['tags']", []),
            (f"[one['extractedFields']['status'] for one in {LOGS}['logEvents']]", []),
            (f"[one['Message'] for one in {LOGS}['logEvents']]", ["LL403"]),
        ],
    )
    def test_what_was_decoded_has_keys_too(self, read: str, found: list[str]) -> None:
        assert codes(f"print({read})", "logs", BEFORE) == found

    def test_a_message_names_no_decoders_and_of_many_keys_those_that_are_like_it(self) -> None:
        told = []
        for event, read in (("logs", f"{LOGS}['loggroup']"), ("rest", "event['requestContext']['http']")):
            lines = f"{BEFORE}\ndef handler(event, context):\n    print({read})\n    return {{'statusCode': 200}}\n"
            files = {"app.py": lines, "template.yaml": TEMPLATE.format(event=EVENTS[event])}
            told += [(one.message, one.advice) for one in Project(1, files).run().findings if one.code == "LL403"]
        assert told[0][0].startswith("a CloudWatch Logs subscription never sends `awslogs.data.loggroup`:")
        assert told[1][1] == "what it sends there is among others `httpMethod`"

    def test_what_the_handler_puts_there_is_there(self) -> None:
        assert codes("event['request']['tenant'] = 1\nprint(event['request']['tenant'])\nreturn event", "cognito") == []


class TestWaysToARecord:
    """`record["Body"]`, which no queue sends, is found by whatever way the handler comes to the record."""

    @pytest.mark.parametrize(
        "way",
        [
            "print({one['messageId']: one['Body'] for one in event['Records']})",
            "print([body(one) for one in event['Records'] if one['messageId']])",
            "for one in [one for one in event['Records'] if one['messageId']]: print(one['Body'])",
            "for text in (one['Body'] for one in event['Records']): print(text)",
            "print(*(one['Body'] for one in event['Records']))",
            "print(list(map(body, event['Records'])))",
            "for text in map(body, event['Records']): print(text)",
            "for number, text in enumerate(map(body, event['Records'])): print(number, text)",
            "print([text for text in map(lambda one: one['Body'], event['Records'])])",
            "print(','.join(map(body, event['Records'])))",
            "print(list(filter(body, event['Records'])))",
            "for number, one in enumerate(event['Records'], 1): print(number, one['Body'])",
            "for one in sorted(event['Records'], key=lambda one: one['messageId']): print(one['Body'])",
            "print(sorted(event['Records'], key=body))",
            "print(max(event['Records'], key=lambda one: one['Body']))",
            "for one in event['Records'].copy(): print(one['Body'])",
            "[one] = event['Records']\nprint(one['Body'])",
            "while event['Records']: print(event['Records'].pop()['Body'])",
            "one, *_ = event['Records']\nprint(one['Body'], len(event['Records']))",
            "print(next(iter(event['Records']))['Body'], len(event['Records']))",
            "print(event['Records'][-1]['Body'], len(event['Records']))",
            "print(event['Records'].pop(0)['Body'], len(event['Records']))",
        ],
    )
    def test_a_key_that_is_never_sent(self, way: str) -> None:
        assert codes(way, "sqs", BEFORE) == ["LL403"]

    @pytest.mark.parametrize(
        "way",
        [
            "later = map(body, event['Records'])",
            "ship(map(body, event['Records']))",
            "try:\n    print(list(map(body, event['Records'])))\nexcept KeyError:\n    pass",
            "try:\n    print(sorted(event['Records'], key=body))\nexcept KeyError:\n    pass",
            "ship(event['Records'])\nprint(event['Records'].pop()['Body'])",
            "for one in event['Records']:\n    one['Body'] = one['body']\n    print(one['Body'])",
        ],
    )
    def test_what_may_not_be_read_or_is_caught(self, way: str) -> None:
        assert codes(way, "sqs", BEFORE) == []


def test_a_branch_for_events_of_another_form_is_left_alone() -> None:
    body = "record = event['Records'][0]\nif 'Key' in record['s3']['object']:\n    print(record['s3']['bucker'])"
    assert codes(body) == []
