"""What the event is as its source is set up, and what is done with fields of which the type is published: each handler
has marks where something is said, and nothing is said elsewhere."""

from __future__ import annotations

import pytest

from .pages import Project, found

HEAD = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Users: {Type: AWS::Cognito::UserPool}
  Queue: {Type: AWS::SQS::Queue}
"""
FUNCTION = """\
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      CodeUri: .
      Runtime: python3.13
      Events:
        Source:
"""
TABLE = "  Table:\n    Type: AWS::DynamoDB::Table\n    Properties: {StreamSpecification: {StreamViewType: %s}}\n"
EVENTS = {
    "stream": "Type: DynamoDB, Properties: {Stream: !GetAtt Table.StreamArn, StartingPosition: LATEST}",
    "removed": "Type: S3, Properties: {Bucket: !Ref B, Events: ['s3:ObjectRemoved:*']}",
    "both": "Type: S3, Properties: {Bucket: !Ref B, Events: ['s3:ObjectRemoved:*', 's3:ObjectCreated:*']}",
    "confirmed": "Type: Cognito, Properties: {UserPool: !Ref Users, Trigger: PostConfirmation}",
    "authenticated": "Type: Cognito, Properties: {UserPool: !Ref Users, Trigger: PostAuthentication}",
    "define": "Type: Cognito, Properties: {UserPool: !Ref Users, Trigger: DefineAuthChallenge}",
    "http": "Type: HttpApi, Properties: {Path: '/orders/{id}/{n}/{y}/{m}', Method: get}",
    "logs": "Type: CloudWatchLogs, Properties: {LogGroupName: orders, FilterPattern: ''}",
    "rest": "Type: Api, Properties: {Path: /orders, Method: post}",
    "queue": "Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}",
}


CUSTOM_RESOURCE = """import cfnresponse


def handler(event, context):
    thing = "new"
    kind = event["RequestType"]
    {}
    cfnresponse.send(event, context, cfnresponse.SUCCESS, {{}}, thing)
"""
RESOURCE = (
    HEAD
    + FUNCTION.replace("      Events:\n        Source:\n", "")
    + "  Thing:\n    Type: Custom::Thing\n    Properties: {ServiceToken: !GetAtt Orders.Arn}\n"
)


def judge(code: str, event: str, view: str = "NEW_AND_OLD_IMAGES") -> None:
    template = HEAD + TABLE % view + FUNCTION + f"          {{{EVENTS[event]}}}\n"
    project = Project(1, {"app.py": code, "template.yaml": template})
    report = project.run()
    assert report.errors == ()
    assert {one for one in found(report) if one[2].startswith("LL") and one[2] != "LL409"} == project.marks


def of_records(body: str) -> str:
    return f"def handler(event, context):\n    for record in event['Records']:\n        {body}\n"


@pytest.mark.parametrize(
    ("view", "body"),
    [
        ("NEW_IMAGE", "print(record['dynamodb']['OldImage'])  # LL403"),
        ("NEW_IMAGE", "print(record['dynamodb']['NewImage'])"),
        ("OLD_IMAGE", "print(record['dynamodb']['NewImage'])  # LL403"),
        ("KEYS_ONLY", "print(record['dynamodb']['NewImage'])  # LL403"),
        ("KEYS_ONLY", "print(record['dynamodb']['Keys'])"),
        ("NEW_AND_OLD_IMAGES", "print(record['dynamodb']['OldImage'])"),
        ("!Ref View", "print(record['dynamodb']['OldImage'])"),
        ("NEW_IMAGE", "print('OldImage' in record['dynamodb'] and record['dynamodb']['OldImage'])"),
        ("NEW_IMAGE", "print(record['dynamodb'].get('OldImage', {}).get('id'))"),
        ("NEW_IMAGE", "old = record['dynamodb'].get('OldImage')\n        print(old['id'])  # LL208"),
        ("NEW_IMAGE", "old = record['dynamodb'].get('OldImage')\n        print(old and old['id'])"),
        ("NEW_IMAGE", "record['dynamodb']['OldImage'] = {}\n        print(record['dynamodb']['OldImage'])"),
        (
            "NEW_AND_OLD_IMAGES",
            "if record['eventName'] == 'REMOVE':\n            print(record['dynamodb'].get('NewImage')['id'])  # LL208",
        ),
        (
            "NEW_AND_OLD_IMAGES",
            "if record['eventName'] != 'REMOVE':\n            print(record['dynamodb'].get('NewImage')['id'])",
        ),
    ],
)
def test_a_stream_has_the_images_of_its_view(view: str, body: str) -> None:
    judge(of_records(body), "stream", view)


@pytest.mark.parametrize(
    ("event", "body"),
    [
        ("removed", "print(record['s3']['object']['size'])  # LL403"),
        ("removed", "print(record['s3']['object']['key'])"),
        ("removed", "print(record['s3']['object'].get('size', 0) + 1)"),
        ("both", "print(record['s3']['object']['size'])"),
        (
            "removed",
            "if record['eventName'].startswith('ObjectCreated'):\n            print(record['s3']['object']['size'])",
        ),
        (
            "both",
            "if record['eventName'].startswith('ObjectRemoved'):\n"
            "            print(record['s3']['object']['size'])  # LL208",
        ),
        ("both", "if record['eventName'].startswith('Object'):\n            print(record['s3']['object']['size'])"),
    ],
)
def test_what_is_removed_has_no_size(event: str, body: str) -> None:
    judge(of_records(body), event)


@pytest.mark.parametrize(
    ("event", "body"),
    [
        ("confirmed", "if source != 'PostConfirmation_ConfirmSignUp':\n        return  # LL320"),
        ("confirmed", "if source != 'PostConfirmation_ConfirmSignUp':\n        return event"),
        (
            "confirmed",
            "if source not in ('PostConfirmation_ConfirmSignUp', 'PostConfirmation_ConfirmForgotPassword'):\n"
            "        return",
        ),
        ("authenticated", "if source != 'PostAuthentication_Authentication':\n        return"),
    ],
)
def test_a_trigger_is_of_few_words(event: str, body: str) -> None:
    code = f"def handler(event, context):\n    source = event['triggerSource']\n    {body}\n    return event\n"
    judge(code, event)


def test_logs_tell_of_milliseconds() -> None:
    code = """\
import base64
import gzip
import json
from datetime import datetime


def handler(event, context):
    held = json.loads(gzip.decompress(base64.b64decode(event["awslogs"]["data"])))
    first = [datetime.fromtimestamp(one["timestamp"] / 1000).isoformat() for one in held["logEvents"]]
    last = [datetime.fromtimestamp(one["timestamp"]).isoformat() for one in held["logEvents"]]  # LL208
    return [first, last]
"""
    judge(code, "logs")


@pytest.mark.parametrize(
    "body",
    [
        "if kind == 'Create':\n        thing = event['PhysicalResourceId']  # LL208",
        "if kind in ('Update', 'Delete'):\n        thing = event['PhysicalResourceId']",
        "if kind == 'Create':\n        thing = event.get('PhysicalResourceId', 'new')",
        "if kind == 'Update':\n        thing = event['OldResourceProperties']['name']",
        "if kind not in ('Create', 'Update'):\n        thing = event['OldResourceProperties']['name']  # LL208",
        "if kind != 'Create':\n        thing = event['PhysicalResourceId']",
    ],
)
def test_what_is_created_has_no_name_yet(body: str) -> None:
    project = Project(1, {"app.py": CUSTOM_RESOURCE.format(body), "template.yaml": RESOURCE})
    report = project.run()
    assert report.errors == ()
    assert {one for one in found(report) if one[2].startswith("LL")} == project.marks


@pytest.mark.parametrize(
    "body",
    [
        "last = session[-1]  # LL404",
        "last = session[0]  # LL404",
        "last = session[-1] if session else None",
        "last = session[-1] if len(session) > 0 else None",
        "last = session[0] if len(session) == 1 else None",
        "if not session:\n        return event\n    last = session[-1]",
        "try:\n        last = session[-1]\n    except IndexError:\n        last = None",
        "last = session[-1:]",
        "last = session[0]['challengeName'] == 'SRP_A'",
    ],
)
def test_a_sign_in_begins_without_a_challenge(body: str) -> None:
    code = f"def handler(event, context):\n    session = event['request']['session']\n    {body}\n"
    judge(f"{code}    event['response']['issueTokens'] = bool(last)\n    return event\n", "define")


@pytest.mark.parametrize(
    "body",
    [
        "return answer(range(parameters['n']))  # LL208",
        "return answer(range(int(parameters['n'])))",
        "return answer(date(parameters['y'], parameters['m'], 1))  # LL208",
        "return answer([1, 2][parameters['n']])  # LL208",
        "return answer([1, 2][: parameters['n']])  # LL208",
        "return answer(min(parameters['n'], 10))  # LL208",
        "return answer(max(parameters['n'], parameters['m']))",
        "return answer(f\"{parameters['n']:.2f}\")  # LL208",
        "return answer(f\"{parameters['n']:>5}\")",
        "return answer(round(float(parameters['n'])))",
        "n = parameters.get('n', 10)\n    return answer(range(n))  # LL208",
        "n = parameters.get('n', 10)\n    return answer(range(int(n)))",
        "n = parameters['n']\n    n = int(n) if isinstance(n, str) else n\n    return answer(range(n))",
        "try:\n        return answer(range(parameters['n']))\n    except TypeError:\n        return answer(())",
        "parameters['n'] = 3\n    return answer(range(parameters['n']))",
        "return answer(sum(event['headers'].values()))  # LL208",
        "n = 0\n    for value in event['headers'].values():\n        n += value  # LL208\n    return answer(n)",
        "return answer(table.query(TableName='t', Limit=parameters['n'])['Items'])  # LL209",
        "return answer(table.query(TableName='t', Limit=int(parameters['n']))['Items'])",
        "n = parameters.get('n', 10)\n    return answer(table.query(TableName='t', Limit=n)['Items'])  # LL209",
        "return answer(parameters['n'].isoformat())  # LL208",
    ],
)
def test_what_a_request_says_is_text(body: str) -> None:
    code = (
        "from datetime import date\n\nimport boto3\n\ntable = boto3.client('dynamodb')\n\n\n"
        "def answer(value):\n    return {'statusCode': 200, 'body': str(value)}\n\n\n"
        f"def handler(event, context):\n    parameters = event['pathParameters']\n    {body}\n"
    )
    judge(code, "http")


@pytest.mark.parametrize(
    "body",
    [
        "print(entry['timestamp'].isoformat())  # LL208",
        "print('at ' + entry['timestamp'])  # LL208",
        "print(datetime.fromtimestamp(entry['timestamp'] / 1000).isoformat())",
        "print(entry['message']['level'])  # LL208",
        "print(json.loads(entry['message'])['level'])",
        "entry['message'] = json.loads(entry['message'])\n        print(entry['message']['level'])",
        "print(document['logGroup'].split('/')[-1], document['subscriptionFilters'][0].upper())",
        "print(document['logGroup'].name)  # LL208",
        "message = entry['message']\n        print(message['level'] if isinstance(message, dict) else message)",
    ],
)
def test_what_a_log_subscription_has_packed_is_known(body: str) -> None:
    code = (
        "import base64\nimport gzip\nimport json\nfrom datetime import datetime\n\n\ndef handler(event, context):\n"
        "    document = json.loads(gzip.decompress(base64.b64decode(event['awslogs']['data'])))\n"
        f"    for entry in document['logEvents']:\n        {body}\n"
    )
    judge(code, "logs")


@pytest.mark.parametrize(
    ("clause", "mark"),
    [
        ("(KeyError, json.JSONDecodeError)", "  # LL404"),
        ("ValueError", "  # LL404"),
        ("(TypeError, ValueError)", ""),
        ("Exception", ""),
    ],
)
def test_a_clause_that_is_not_for_another_type_does_not_catch_a_body_that_is_null(clause: str, mark: str) -> None:
    judge(
        "import json\n\n\ndef parse(event):\n    try:\n"
        f"        return json.loads(event['body']){mark}\n    except {clause}:\n        return {{}}\n\n\n"
        "def handler(event, context):\n    return {'statusCode': 200, 'body': str(parse(event))}\n",
        "rest",
    )


ALL, AFTER = "except Exception:", "print('no')"


@pytest.mark.parametrize(
    ("body", "clause", "then", "after"),
    [
        ("table.put_item(Item={'id': record['body']['id']})  # LL208", ALL, AFTER, ""),
        ("table.put_item(Item={'id': record['body'].get('id')})  # LL208", ALL, "count += 1", ""),
        ("table.put_item(Item={'n': record['attributes']['SentTimestamp'] + 1})  # LL208", ALL, AFTER, ""),
        ("table.put_item(Item={'id': record['body']['id']})  # LL208", ALL, "raise", ""),
        ("table.put_item(Item={'id': record['body']['id']})  # LL405", "except KeyError:", AFTER, ""),
        ("table.put_item(Item=json.loads(record['body']))", ALL, AFTER, ""),
        ("table.put_item(Item={'id': record['body']['id']})", ALL, "failed.append(record)", ""),
        ("table.put_item(Item={'id': record['body']['id']})", ALL, "table.put_item(Item={'id': record['body']})", ""),
        ("table.put_item(Item={'id': record['body']['id']})", ALL, "count += 1", "if count: raise RuntimeError"),
        ("table.put_item(Item={'id': record['body']['id']})", ALL, AFTER, "table.delete_item(Key={'id': '1'})"),
        ("print(record['body']['id'])", ALL, AFTER, "table.delete_item(Key={'id': '1'})"),
        ("table.put_item(Item=json.loads(record['body'])); print(record['body']['id'])", ALL, AFTER, ""),
    ],
)
def test_a_record_whose_failure_is_dropped_is_lost(body: str, clause: str, then: str, after: str) -> None:
    code = (
        "import json\n\nimport boto3\n\ntable = boto3.resource('dynamodb').Table('t')\n\n\n"
        "def handler(event, context):\n    count, failed = 0, []\n    for record in event['Records']:\n"
        f"        try:\n            {body}\n        {clause}\n            {then}\n    {after or 'pass'}\n"
        "    print(count, json, len(failed))\n"
    )
    judge(code, "queue")


AUTHORIZER = (
    HEAD
    + FUNCTION.replace("      Events:\n        Source:\n", "")
    + """\
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth: {Authorizers: {Mine: {FunctionArn: !GetAtt Orders.Arn%s}}}
"""
)
ALLOWED = """\
    statement = {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": event["methodArn"]}
    return {"principalId": "me", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
"""
TOKEN, REQUEST = "", ", FunctionPayloadType: REQUEST"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (TOKEN, "if 'authorizationToken' not in event:\n        return {'statusCode': 401}"),
        (TOKEN, "if not event.get('authorizationToken'):\n        return {'statusCode': 401}"),
        (TOKEN, "if event['authorizationToken'] != 'a':\n        return {'statusCode': 401}  # LL321"),
        (REQUEST, "if 'authorizationToken' not in event:\n        return {'statusCode': 401}  # LL321"),
        (", FunctionPayloadType: !Ref Kind", "if 'authorizationToken' not in event:\n        return {}  # LL321"),
        (TOKEN, "print(event['headers'])  # LL403"),
        (TOKEN, "print(event['headers'] if event['type'] == 'REQUEST' else '')"),
        (TOKEN, "print(event['headers'] if 'headers' in event else '')"),
        (TOKEN, "print(event.get('authorizationToken') or event['headers']['Authorization'])"),
        (REQUEST, "print(event['headers'])"),
        (REQUEST, "print(event['authorizationToken'])  # LL403"),
        (REQUEST, "print(event.get('authorizationToken') or event['headers']['Authorization'])"),
        (", FunctionPayloadType: !Ref Kind", "print(event['authorizationToken'], event['headers'])"),
    ],
)
def test_an_authorizer_gets_the_event_of_its_type(kind: str, body: str) -> None:
    code = f"def handler(event, context):\n    {body}\n{ALLOWED}"
    project = Project(1, {"app.py": code, "template.yaml": AUTHORIZER % kind})
    report = project.run()
    assert report.errors == ()
    assert {one for one in found(report) if one[2].startswith("LL")} == project.marks
