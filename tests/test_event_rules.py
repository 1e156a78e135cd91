"""LL401-LL410, LL206 and LL207 on small handlers: what each says, and what keeps it silent."""

from __future__ import annotations

from typing import Any

import pytest

from lambdalint.interpreter.lambda_context import ATTRIBUTES, TEXTS

from .pages import Project

QUEUE = "Queue: arn:aws:sqs:eu-west-1:123456789012:orders"
EVENTS = {
    "rest": "Type: Api, Properties: {Path: /orders, Method: post}",
    "rest with a parameter": "Type: Api, Properties: {Path: '/orders/{id}', Method: get}",
    "http": "Type: HttpApi, Properties: {Path: /orders, Method: post}",
    "sqs": f"Type: SQS, Properties: {{{QUEUE}}}",
    "sqs one by one": f"Type: SQS, Properties: {{{QUEUE}, BatchSize: 1}}",
    "dynamodb": "Type: DynamoDB, Properties: {Stream: arn, StartingPosition: LATEST}",
    "kafka": "Type: MSK, Properties: {Stream: arn, StartingPosition: LATEST, Topics: [orders]}",
    "logs": "Type: CloudWatchLogs, Properties: {LogGroupName: orders, FilterPattern: ''}",
    "cognito": "Type: Cognito, Properties: {UserPool: !Ref Users, Trigger: PreSignUp}",
}
TEMPLATE = """Transform: AWS::Serverless-2016-10-31
Resources:
  Users: {{Type: AWS::Cognito::UserPool}}
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      CodeUri: .
      Runtime: python3.13
      Events: {{Source: {{{event}}}}}
"""
LOGS = "json.loads(gzip.decompress(base64.b64decode(event['awslogs']['data'])))"
CODES = ("LL206", "LL207", "LL320", "LL4")


def codes(body: str, event: str = "", before: str = "") -> list[str]:
    """What is found in a handler of this body, by row of the body."""
    lines = "\n".join(f"    {line}" for line in body.strip().split("\n"))
    files = {"app.py": f"# settings: preview = true\n{before}\ndef handler(event, context):\n{lines}\n"}
    if event:
        files["template.yaml"] = TEMPLATE.format(event=EVENTS[event])
    report = Project(1, files).run()
    assert report.errors == ()
    return [finding.code for finding in report.findings if finding.code.startswith(CODES)]


def real_context() -> Any:
    """A context of the runtime's own client."""
    return pytest.importorskip("awslambdaric.lambda_context").LambdaContext("id", None, None, 0, "arn:function")


class TestContext:
    def test_the_names_are_those_of_the_real_class(self) -> None:
        made = real_context()
        assert {name for name in dir(made) if not name.startswith("_")} - ATTRIBUTES == set()
        newer = {"tenant_id", "w3c", "epoch_deadline_time_in_ms"}  # not every release has these
        assert {name for name in ATTRIBUTES - newer if not hasattr(made, name)} == set()

    def test_what_is_a_text_is_one_in_the_real_class(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("FUNCTION_NAME", "FUNCTION_VERSION", "FUNCTION_MEMORY_SIZE"):
            monkeypatch.setenv(f"AWS_LAMBDA_{name}", "128")
        for name in ("GROUP", "STREAM"):
            monkeypatch.setenv(f"AWS_LAMBDA_LOG_{name}_NAME", "log")
        made = real_context()
        assert {name for name in TEXTS if type(getattr(made, name)) is not str} == set()

    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ("return context.request_id", ["LL401"]),
            ("return context.functionName", ["LL401"]),
            ("return context.aws_request_id", []),
            ("return context.client_context.custom", []),
            ("return context.event_type", []),  # another framework's: nobody says that this is for Lambda
            ("return getattr(context, 'request_id', None)", []),
            ("if hasattr(context, 'request_id'):\n    return context.request_id", []),
            ("try:\n    return context.request_id\nexcept AttributeError:\n    return None", []),
            ("context.request_id = 'a'\nreturn context.request_id", []),
            ("return context.memory_limit_in_mb > 128", ["LL402"]),
            ("return context.memory_limit_in_mb / 2", ["LL402"]),
            ("return context.memory_limit_in_mb == 128", ["LL402"]),
            ("return context.memory_limit_in_mb == '128'", []),
            ("return int(context.memory_limit_in_mb) > 128", []),
            ("return context.memory_limit_in_mb + ' MB'", []),
        ],
    )
    def test_what_is_asked_of_it(self, body: str, found: list[str]) -> None:
        assert codes(body) == found

    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ("return context.get('aws_request_id')", ["LL401"]),
            ("return context['aws_request_id']", ["LL401"]),
            ("return dict(context.items())", ["LL401"]),
            ("return context['a'] if isinstance(context, dict) else None", []),
            ("return context.get('a') if isinstance(context, dict) else None", []),
            ("return context.get('a') if hasattr(context, 'get') else None", []),
            ("try:\n    return context['a']\nexcept TypeError:\n    return None", []),
            ("context = {'a': 1}\nreturn context['a']", []),
            ("return context.client_context.custom['a']", []),
        ],
    )
    def test_it_is_no_dict(self, body: str, found: list[str]) -> None:
        assert codes(body, "sqs") == found

    def test_what_nobody_says_is_for_lambda_may_be_given_a_dict(self) -> None:
        assert codes("return context['aws_request_id']") == []

    def test_any_name_that_it_lacks_where_a_descriptor_says_that_lambda_calls(self) -> None:
        assert codes("return context.event_type", "sqs") == ["LL401"]


class TestKeys:
    @pytest.mark.parametrize(
        ("body", "event", "found"),
        [
            ("for record in event['records']: print(record)", "sqs", ["LL403"]),
            ("for record in event['Records']: print(record['Body'])", "sqs", ["LL403"]),
            ("for record in event['Records']: print(record.get('Body'))", "sqs", ["LL403"]),
            ("for record in event['Records']: print(record.get('trace'))", "sqs", []),
            ("for record in event['Records']: print(record['messageAttributes']['x'])", "sqs", []),
            ("for r in event['Records']: print(r['messageAttributes']['x']['stringValue'])", "sqs", []),
            ("for r in event['Records']: print(r['messageAttributes']['x']['StringValue'])", "sqs", ["LL403"]),
            (
                "for r in event['Records']:\n    for one in r['messageAttributes'].values(): print(one['Value'])",
                "sqs",
                ["LL403"],
            ),
            ("for part in event['records'].values():\n    for m in part: print(m['value'])", "kafka", []),
            ("for part in event['records'].values():\n    for m in part: print(m['data'])", "kafka", ["LL403"]),
            ("for m in event['records']['orders-0']: print(m['Value'])", "kafka", ["LL403"]),
            ("event['response']['autoConfirmUser'] = event['userAttributes']\nreturn event", "cognito", ["LL403"]),
            ("event['response']['a'] = event['request']['userAttributes']\nreturn event", "cognito", []),
            ("event['response']['a'] = event['tenant']\nreturn event", "cognito", []),
            ("if 'Records' in event:\n    return 1\nprint(event['body'])", "sqs", []),
            ("print(event['body'])", "sqs", ["LL403"]),
            ("if 'records' in event:\n    print(event['records'])\nprint(event['Records'])", "sqs", []),
            ("if event.get('warm'):\n    return 1\nprint(event['Records'])", "sqs", []),
            ("return {'statusCode': 200, 'body': event['httpMethod']}", "http", ["LL403"]),
            ("return {'statusCode': 200, 'body': event['rawPath']}", "http", []),
        ],
    )
    def test_keys_that_the_source_does_not_send(self, body: str, event: str, found: list[str]) -> None:
        assert codes(body, event) == found

    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ("return {'statusCode': 200, 'body': event['httpMethod'] + event['rawPath']}", ["LL407"]),
            (
                "try:\n    m = event['httpMethod']\nexcept KeyError:\n    m = event['rawPath']\n"
                "return {'statusCode': 200, 'body': m}",
                [],
            ),
            ("return {'statusCode': 200, 'body': event['httpMethod'] + event.get('rawPath', '')}", []),
            (
                "where = event['requestContext']\n"
                "return {'statusCode': 200, 'body': where['elb']['targetGroupArn'] + where['identity']['sourceIp']}",
                ["LL407"],
            ),
            (
                "where = event['requestContext']\n"
                "if 'elb' in where:\n    return {'statusCode': 200, 'body': where['elb']['targetGroupArn']}\n"
                "return {'statusCode': 200, 'body': where['identity']['sourceIp']}",
                [],
            ),
            (
                "where = event['requestContext']\n"
                "return {'statusCode': 200, 'body': where['identity']['sourceIp'] + str(where['timeEpoch'])}",
                [],
            ),
        ],
    )
    def test_fields_of_both_payloads(self, body: str, found: list[str]) -> None:
        assert codes(body) == found


class TestValues:
    @pytest.mark.parametrize(
        ("read", "rest", "http"),
        [
            ("event.get('queryStringParameters', {}).get('a')", ["LL404"], []),
            ("event['queryStringParameters']['a']", ["LL404"], ["LL404"]),
            ("event.get('queryStringParameters').get('a')", ["LL404"], ["LL404"]),
            ("(event.get('queryStringParameters') or {}).get('a')", [], []),
            ("len(event.get('queryStringParameters', {}))", ["LL404"], []),
            ("event['pathParameters']['id']", ["LL404"], ["LL404"]),
            ("event['headers']['a']", [], []),
            ("json.loads(event['body'])['a']", ["LL404"], ["LL404"]),
            ("json.loads(event.get('body', '{}'))['a']", ["LL404"], []),
            ("json.loads(event.get('body') or '{}')['a']", [], []),
            ("event['body']['a']", ["LL405"], ["LL404", "LL405"]),
            ("(event.get('body') or {}).get('a')", ["LL405"], ["LL405"]),
        ],
    )
    def test_null_in_one_payload_is_left_out_in_the_other(self, read: str, rest: list[str], http: list[str]) -> None:
        body = f"return {{'statusCode': 200, 'body': str({read})}}"
        assert codes(body, "rest", "import json") == rest
        assert codes(body, "http", "import json") == http

    @pytest.mark.parametrize(
        "lines",
        [
            "if event['queryStringParameters']:\n    a = event['queryStringParameters']['a']",
            "if event['queryStringParameters'] is not None:\n    a = event['queryStringParameters']['a']",
            "if event['queryStringParameters'] != None:\n    a = event['queryStringParameters']['a']",
            "if event.get('body') is None:\n    return {'statusCode': 400}\na = json.loads(event['body'])",
            "try:\n    a = json.loads(event['body'])\nexcept TypeError:\n    return {'statusCode': 400}",
            "body = event['body']\nif isinstance(body, str):\n    body = json.loads(body)\na = body['x']",
            "body = event['body']\nif type(body) is not dict:\n    body = {}\na = body['x']",
            "if event.get('body') in (None, ''):\n    return {'statusCode': 400}\na = json.loads(event['body'])['x']",
        ],
    )
    def test_what_the_code_asks_for_is_silent(self, lines: str) -> None:
        assert codes(f"{lines}\nreturn {{'statusCode': 200}}", "rest", "import json") == []

    @pytest.mark.parametrize(
        ("handed", "found"),
        [
            ("event", []),
            ("event['body']", []),
            ("[event]", []),
            ("event['requestContext']", ["LL404"]),
            ("event['headers'].get('authorization')", ["LL404"]),
            ("1", ["LL404"]),
        ],
    )
    def test_unseen_code_may_have_asked_of_the_part_that_it_was_handed(self, handed: str, found: list[str]) -> None:
        body = f"validate({handed})\nreturn {{'statusCode': 200, 'body': json.loads(event['body'])['a']}}"
        assert codes(body, "rest", "import json\nfrom elsewhere import validate") == found

    def test_what_was_asked_before_another_part_is_handed_on_still_holds(self) -> None:
        body = (
            "if not event['body']:\n    return {'statusCode': 400}\naudit(event['requestContext'])\n"
            "return {'statusCode': 200, 'body': json.loads(event['body'])['a']}"
        )
        assert codes(body, "rest", "import json\nfrom elsewhere import audit") == []

    def test_a_route_with_a_parameter_always_has_it(self) -> None:
        assert codes("return {'statusCode': 200, 'body': event['pathParameters']['id']}", "rest with a parameter") == []

    def test_what_somebody_else_sends_may_be_anything(self) -> None:
        assert codes("return event['body']['name']") == []

    def test_attributes_of_a_dict(self) -> None:
        assert codes("return [record.body for record in event.Records]", "sqs") == ["LL410"]
        assert codes("return event['detail'].strip()", "sqs") == []
        assert codes("try:\n    return event.Records\nexcept AttributeError:\n    return 1", "sqs") == []

    def test_a_part_that_is_no_dict_may_be_what_another_caller_has_made(self) -> None:
        head = "class P:\n    def __init__(self, p):\n        self.age = p['age']"
        bodies = (
            "p = P(event['p']) if isinstance(event['p'], dict) else event['p']\nreturn p.age",
            "people = [P(p) if isinstance(p, dict) else p for p in event['people']]\nreturn [p.age for p in people]",
            "people = [p for p in event['people'] if not isinstance(p, dict)]\nfor p in people: print(p.age)",
        )
        for body in bodies:
            assert codes(body, "sqs", head) == []
        assert codes("return [p.age for p in event['people'] if isinstance(p, dict)]", "sqs", head) == ["LL410"]

    def test_what_json_can_never_be_is_not_gone_into(self) -> None:
        body = "config = event['config']\nif isinstance(config, Path):\n    return config.read_text()\nreturn config"
        assert codes(body, "sqs", "from pathlib import Path") == []
        body = "config = event['config']\nif isinstance(config, Model):\n    return config.name\nreturn config"
        assert codes(body, "sqs", "from elsewhere import Model") == []

    def test_a_part_of_a_triggers_event_is_no_answer(self) -> None:
        assert codes("return event['response']", "cognito") == ["LL320"]
        assert codes("event['response']['autoConfirmUser'] = True\nreturn event['response']", "cognito") == ["LL320"]
        assert codes("event['response']['autoConfirmUser'] = True\nreturn event", "cognito") == []


class TestRecords:
    @pytest.mark.parametrize(
        ("body", "event", "found"),
        [
            ("print(event['Records'][0]['body'])", "sqs", ["LL408"]),
            ("print(event['Records'][0]['body'])", "sqs one by one", []),
            ("assert len(event['Records']) == 1\nprint(event['Records'][0]['body'])", "sqs", []),
            ("print(event['Records'][0])\nfor record in event['Records']: print(record['body'])", "sqs", []),
            ("for i in range(3): print(event['Records'][i]['body'])", "sqs", []),
            ("for topic in event['records']: print(event['records'][topic][0]['value'])", "kafka", ["LL408"]),
            ("print(event['records']['orders-0'][0]['value'])", "kafka", ["LL408"]),
            ("for topic in event['records']: print(event['records'][topic])", "kafka", []),
            ("for records in event['records'].values():\n    for record in records: print(record)", "kafka", []),
            (f"print({LOGS}['logEvents'][0]['message'])", "logs", ["LL408"]),
            (f"for logged in {LOGS}['logEvents']: print(logged['message'])", "logs", []),
            (f"data = {LOGS}\nprint(data['logEvents'][0]['id'])\nship(data['logEvents'])", "logs", []),
            (f"data = {LOGS}\nprint(data['logEvents'][0]['id'])\nship(data)", "logs", []),
            (f"data = {LOGS}\nprint(data['logEvents'][0]['id'], len(data['logEvents']))", "logs", []),
            ("for record in event['Records']: print(record['dynamodb']['NewImage'])", "dynamodb", ["LL409"]),
            (
                "for record in event['Records']:\n    if record['eventName'] == 'INSERT':\n"
                "        print(record['dynamodb']['NewImage'])",
                "dynamodb",
                [],
            ),
            ("for record in event['Records']: print(record['dynamodb'].get('NewImage'))", "dynamodb", []),
            (
                "for record in event['Records']:\n"
                "    image, name = record['dynamodb']['NewImage'], record['eventName']\n"
                "    print('gone' if name == 'REMOVE' else image)",
                "dynamodb",
                ["LL409"],
            ),
            (
                "for record in event['Records']:\n"
                "    name, image = record['eventName'], record['dynamodb']['NewImage']\n"
                "    print('gone' if name == 'REMOVE' else image)",
                "dynamodb",
                [],
            ),
        ],
    )
    def test_batches_and_images(self, body: str, event: str, found: list[str]) -> None:
        before = "import base64, gzip, json\nfrom elsewhere import ship"
        assert codes(body, event, before) == found

    def test_the_batch_size_of_what_is_not_deployed_here_is_not_known(self) -> None:
        body = "# body\n    print(event['Records'][0]['body'], event['Records'][0]['receiptHandle'])"
        report = Project(1, {"app.py": f"def handler(event, context):\n    {body}\n"}).run()
        assert [(f.code, f.severity.value) for f in report.findings] == [("LL408", "warning")]

    @pytest.mark.parametrize(
        ("use", "found"),
        [
            ("s3.get_object(Bucket='b', Key=key)", ["LL406"]),
            ("s3.download_file('b', key, '/tmp/x')", ["LL406"]),
            ("s3.copy_object(Bucket='b', Key='k', CopySource={'Bucket': 'b', 'Key': key})", ["LL406"]),
            ("boto3.resource('s3').Object('b', key).delete()", ["LL406"]),
            ("s3.get_object(Bucket='b', Key=unquote(key))", ["LL406"]),
            ("s3.get_object(Bucket='b', Key=unquote(key).replace('+', ' '))", []),
            ("s3.get_object(Bucket='b', Key=unquote_plus(key))", []),
            ("s3.get_object(Bucket='b', Key=key.replace('+', ' '))", ["LL406"]),
            ("s3.get_object(Bucket='b', Key=unquote(key.replace('+', ' ')))", []),
            ("s3.get_object(Bucket='b', Key=key.replace('%2B', ' '))", []),
            ("s3.put_object(Bucket='b', Key=key, Body='')", []),
            ("print(key)", []),
        ],
    )
    def test_keys_of_objects(self, use: str, found: list[str]) -> None:
        before = "import boto3\nfrom urllib.parse import unquote, unquote_plus\ns3 = boto3.client('s3')\n"
        assert codes(f"key = event['Records'][0]['s3']['object']['key']\n{use}", before=before) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("table.put_item(Item={'id': '1', 'price': 1.5})", ["LL206"]),
        ("table.put_item(Item={'id': '1', 'at': {'now': time.time()}})", ["LL206"]),
        ("table.put_item(Item={'id': '1', 'price': Decimal('1.5'), 'count': 2})", []),
        ("table.meta.client.put_item(TableName='t', Item={'id': '1', 'price': 1.5})", ["LL206"]),
        ("table.meta.client.transact_write_items(TransactItems=[{'Put': {'TableName': 't', 'Item': {'price': 1.5}}}])",
         ["LL206"]),
        ("try:\n    table.put_item(Item={'id': 1.5})\nexcept TypeError:\n    pass", []),
        ("price = event['price']\nif isinstance(price, float):\n    price = Decimal(price)\n"
         "table.put_item(Item={'id': event['price'], 'price': price})", []),
        ("return str(Decimal(event['price']) * 0.2)", ["LL207"]),
        ("return str(table.get_item(Key={'id': '1'})['Item']['price'] * 0.2)", ["LL207"]),
        ("return str(Decimal(event['price']) * 2)", []),
        ("return str(Decimal(event['price']) > 0.2)", []),
    ],
)  # fmt: skip
def test_numbers_of_dynamodb(body: str, found: list[str]) -> None:
    before = (
        "import time\nfrom decimal import Decimal\nimport boto3\ntable = boto3.resource('dynamodb').Table('orders')\n"
    )
    assert codes(body, before=before) == found


class TestObjectsOfS3:
    BEFORE = "import boto3\ns3 = boto3.resource('s3')\n"
    KEY = "key = event['Records'][0]['s3']['object']['key']\n"

    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ("s3.Object('b', key).get()", ["LL406"]),
            ("s3.Object('b', key).put(Body='x')", []),
            ("s3.Bucket('b').Object(key).upload_file('x')", []),
            ("found = s3.Object('b', key)\nfound.put(Body='x')\nfound.delete()", ["LL406"]),
            ("return str(s3.Object('b', key).content_length)", ["LL406"]),
        ],
    )
    def test_a_key_under_which_something_is_only_written_is_looked_for_by_nobody(
        self, body: str, found: list[str]
    ) -> None:
        assert [code for code in codes(self.KEY + body, "", self.BEFORE) if code == "LL406"] == found


class TestDataClasses:
    BEFORE = (
        "import json\nimport boto3\nfrom urllib.parse import unquote_plus\n"
        "from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent, S3Event, SQSEvent\n"
        "s3 = boto3.client('s3')\n"
    )
    RECORDS = "for record in S3Event(event).records:\n    "

    @pytest.mark.parametrize(
        ("body", "event", "found"),
        [
            (f"{RECORDS}s3.get_object(Bucket=record.s3.bucket.name, Key=record.s3.get_object.key)", "", ["LL406"]),
            (f"{RECORDS}s3.get_object(Bucket='b', Key=unquote_plus(record.s3.get_object.key))", "", []),
            ("s3.get_object(Bucket='b', Key=S3Event(event).object_key)", "", []),
            (
                "return {'statusCode': 200, 'body': json.loads(APIGatewayProxyEvent(event).body)['a']}",
                "rest",
                ["LL404"],
            ),
            ("return {'statusCode': 200, 'body': json.loads(APIGatewayProxyEvent(event).body or '{}')}", "rest", []),
            ("return {'statusCode': 200, 'body': str(APIGatewayProxyEvent(event).json_body)}", "rest", []),
            ("for record in SQSEvent(event).records:\n    print(record['Body'])", "sqs", ["LL403"]),
            ("for record in SQSEvent(event).records:\n    print(record.raw_event['Body'])", "sqs", ["LL403"]),
            ("for record in SQSEvent(event).records:\n    print(record.body, record.get('body'))", "sqs", []),
        ],
    )
    def test_what_is_read_through_them_is_read_from_the_event(self, body: str, event: str, found: list[str]) -> None:
        assert codes(body, event, self.BEFORE) == found

    @pytest.mark.parametrize(
        ("decorator", "found"),
        [
            ("@validator(inbound_schema={}, envelope='Records[0]')", []),
            ("@validator(inbound_schema={'properties': {'amount': {'default': 1}}})", []),
            ("@validator(outbound_schema={})", ["LL403"]),
        ],
    )
    def test_what_a_schema_makes_of_the_event(self, decorator: str, found: list[str]) -> None:
        before = f"from aws_lambda_powertools.utilities.validation import validator\n{decorator}"
        assert codes("for record in event['records']: print(record)", "sqs", before) == found


@pytest.mark.parametrize(
    ("read", "found"),
    [
        ("event['deliveryStreamName']", ["LL403"]),
        ("event.get('deliveryStreamName')", []),
        ("event['note'] if 'note' in event else event['deliveryStreamName']", []),
    ],
)
def test_a_key_that_nobody_sends_beside_all_that_the_source_does(read: str, found: list[str]) -> None:
    lines = ["def handler(event, context):", f"    print({read})", "    print(event['region'], event['invocationId'])",
             "    print(event['deliveryStreamArn'])",
             "    return {'records': [{'recordId': one['recordId'], 'result': 'Dropped', 'data': one['data']}",
             "                        for one in event['records']]}"]  # fmt: skip
    report = Project(1, {"app.py": "\n".join(lines) + "\n"}).run()
    assert [finding.code for finding in report.findings] == found


@pytest.mark.parametrize("asked", ["'body' in record", "record.get('body')"])
def test_what_is_read_of_a_record_without_what_its_source_always_sends_is_read_of_others(asked: str) -> None:
    read = f"for record in event['Records']:\n    print(record['body'] if {asked} else record['s3']['object'])"
    assert codes(read, "sqs") == []
    assert codes("for record in event['Records']:\n    print(record['s3']['object'])", "sqs") == ["LL403"]
