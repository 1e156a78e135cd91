"""LL209, and LL208 of boto3: what is refused, what no version has, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.engine import lint

CLIENTS = {"bedrock": "bedrock-runtime", "cognito": "cognito-idp", "lambda_": "lambda", "secrets": "secretsmanager",
           "sfn": "stepfunctions"}  # fmt: skip
NAMES = ("bedrock", "cloudwatch", "cognito", "dynamodb", "ec2", "events", "kinesis", "lambda_", "logs", "rds", "s3",
         "secrets", "ses", "sfn", "sqs", "ssm")  # fmt: skip
TEXT = "\n".join([
    "import json, time, boto3",
    "from boto3.dynamodb.conditions import Attr, Key",
    "from botocore.exceptions import ClientError",
    *(f"{name} = boto3.client({CLIENTS.get(name, name)!r})" for name in NAMES),
    "table = boto3.resource('dynamodb').Table('orders')",
    "bucket = boto3.resource('s3').Bucket('files')",
    "def handler(event, context):",
    "    {}",
])  # fmt: skip


def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> list[str]:
    """The codes of what is told of a handler with this body, each with its message as far as it says what is wrong."""
    lines = TEXT.replace("{}", body.replace("\n", "\n    "))
    (tmp_path / "app.py").write_text(lines)
    monkeypatch.chdir(tmp_path)
    found = [one for one in lint(["."], Settings()).findings if one.code in ("LL208", "LL209")]
    return [f"{one.code} {one.message.partition(':')[0]}" for one in found]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("sqs.send_message(QueueUrl='q', MessageBody={'id': 1})",
         "`sqs.send_message` takes a `str` as `MessageBody`, and this is a `dict`"),
        ("sqs.send_message(QueueUrl='q', MessageBody=lambda: 'x')",
         "`sqs.send_message` takes a `str` as `MessageBody`, and this is a function that is not called"),
        ("class Order:\n    pass\nsqs.send_message(QueueUrl='q', MessageBody=Order())",
         "`sqs.send_message` takes a `str` as `MessageBody`, and this is an object of class `Order`"),
        ("sqs.send_message(QueueUrl='q', MessageBody='x', DelaySeconds='3')",
         "`sqs.send_message` takes an `int` as `DelaySeconds`, and this is a `str`"),
        ("sqs.send_message(QueueUrl='q', MessageBody=None)",
         "`sqs.send_message` takes a `str` as `MessageBody`, and this is `None`"),
        ("sqs.send_message(QueueUrl='q')", "`sqs.send_message` is not given `MessageBody`, which it needs"),
        ("sqs.send_message(queue_url='q', MessageBody='x')",
         "`sqs.send_message` takes no `queue_url`, only `QueueUrl`"),
        ("sqs.send_message_batch(QueueUrl='q', Entries=[{'MessageBody': b} for b in event['x']])",
         "`sqs.send_message_batch` is not given `Entries[].Id`, which it needs"),
        ("events.put_events(Entries=[{'Source': 's', 'DetailType': 't', 'Detail': {'a': event['a']}}])",
         "`events.put_events` takes a `str` as `Entries[0].Detail`, and this is a `dict`"),
        ("lambda_.invoke(FunctionName='f', Payload={'a': 1})",
         "`lambda.invoke` takes `bytes` or a `str` as `Payload`, and this is a `dict`"),
        ("sfn.send_task_success(taskToken=event['t'], output={'ok': True})",
         "`stepfunctions.send_task_success` takes a `str` as `output`, and this is a `dict`"),
        ("ec2.create_tags(Resources=['i-1'], Tags={'a': 'b'})",
         "`ec2.create_tags` takes a list as `Tags`, and this is a `dict`"),
        ("s3.put_object(Bucket='b', Key='k', Body='x', Metadata={'rows': 3})",
         "`s3.put_object` takes a `str` as `Metadata['rows']`, and this is an `int`"),
        ("logs.filter_log_events(logGroupName='g', startTime=time.time() * 1000)",
         "`logs.filter_log_events` takes an `int` as `startTime`, and this is a `float`"),
        ("dynamodb.put_item(TableName='t', Item={'id': event['id'], 'n': 3})",
         "`dynamodb.put_item` takes a dict as `Item['n']`, and this is an `int`"),
        ("dynamodb.query(TableName='t', KeyConditionExpression=Key('id').eq('a'))",
         "`dynamodb.query` takes a `str` as `KeyConditionExpression`, and this is a `Condition`"),
        ("table.query(KeyConditionExpression=Key('id') == event['id'])",
         "`dynamodb.query` takes a `str` as `KeyConditionExpression`, and this is a `bool`"),
        ("table.get_item(Item={'id': 'a'})", "`dynamodb.get_item` is not given `Key`, which it needs"),
        ("s3.get_paginator('list_objects_v2').paginate(Prefix='a')",
         "`s3.list_objects_v2` is not given `Bucket`, which it needs"),
        ("s3.get_waiter('object_exists').wait(Bucket='b')", "`s3.head_object` is not given `Key`, which it needs"),
        ("for n in event['x']:\n    sqs.send_message(QueueUrl='q', MessageBody={'n': n})",
         "`sqs.send_message` takes a `str` as `MessageBody`, and this is a `dict`"),
        ("bedrock.converse(modelId='m', messages=[{'role': 'user', 'content': [{'toolResult': {'toolUseId': 't',"
         " 'content': [{'json': {'found': [table.get_item(Key={'id': 'a'})['Item']['id'], (1, 2)]}}]}}]}])",
         "`bedrock-runtime.converse` takes JSON as "
         "`messages[0].content[0].toolResult.content[0].json['found'][1]`, and this is a `tuple`"),
        ("s3.get_object(Bucket='b', Key='k', SSECustomerKey=256)",
         "`s3.get_object` takes `bytes` or a `str` as `SSECustomerKey`, and this is an `int`"),
        ("s3.copy_object(Bucket='b', Key='k', CopySource={'Bucket': 'b', 'Prefix': 'o'})",
         "`s3.copy_object` is not given `CopySource.Key`, which it needs"),
        ("s3.copy_object(Bucket='b', Key='k', CopySource=('b', 'o'))",
         "`s3.copy_object` takes a `str` or a dict as `CopySource`, and this is a `tuple`"),
        ("logs.create_export_task(logGroupName='g', to=3, destination='b', **{'from': '1'})",
         "`logs.create_export_task` takes an `int` as `fromTime`, and this is a `str`"),
        ("cloudwatch.get_metric_statistics(Namespace='n', MetricName='m', Period=60, StartTime='now', EndTime=3)",
         "`cloudwatch.get_metric_statistics` takes a time as `StartTime`, and this is a `str`"),
        ("try:\n    sqs.send_message(QueueUrl='q', MessageBody={'id': 1})\nexcept Exception:\n    pass",
         "`sqs.send_message` takes a `str` as `MessageBody`, and this is a `dict`"),
    ],
)  # fmt: skip
def test_what_botocore_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, message: str) -> None:
    assert told(tmp_path, monkeypatch, body) == [f"LL209 {message}"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("ssm.get_parameter(Name='n')['Value']",
         "what `ssm.get_parameter` answers with has no `Value` here, only in `Parameter`"),
        ("for page in ec2.get_paginator('describe_instances').paginate():\n    print(page['Instances'])",
         "what `ec2.describe_instances` answers with has no `Instances` here, only in `Reservations[]`"),
        ("print(cognito.admin_get_user(UserPoolId='p', Username='u')['Attributes'])",
         "what `cognito-idp.admin_get_user` answers with has no `Attributes` here, only `UserAttributes`"),
        ("print(table.get_item(Key={'id': 'a'})['Items'])",
         "what `dynamodb.get_item` answers with has no `Items` here, only `Item`"),
        ("try:\n    s3.head_object(Bucket='b', Key='k')\nexcept ClientError as e:\n    print(e.response['Code'])",
         "the `response` of a ClientError has no `Code` here, only in `Error`"),
        ("sqs.get_queue_by_name(QueueName='q')", "a client of `sqs` has no `get_queue_by_name`, only the resource has"),
        ("s3.getObject(Bucket='b', Key='k')", "a client of `s3` has no `getObject`, only `get_object`"),
        ("sqs.start_execution(input='{}')", "a client of `sqs` has no `start_execution`, only one of `stepfunctions`"),
        ("s3.get_object('b', 'k')", "`s3.get_object()` takes keyword arguments alone"),
        ("sqs.get_paginator('receive_message')", "`sqs.receive_message` has no pages"),
        ("rds.get_waiter('db_instance_ready')",
         "`rds` has no waiter `db_instance_ready`, only `db_instance_available`"),
        ("try:\n    s3.head_object(Bucket='b', Key='k')\nexcept s3.exceptions.NoSuchKeyException:\n    pass",
         "a client of `s3` has no exception `NoSuchKeyException`, only `NoSuchKey`"),
        ("json.loads(s3.get_object(Bucket='b', Key='k')['Body'])",
         "`json.loads()` takes no `StreamingBody`, only what its `read()` gives"),
        ("s3.get_object(Bucket='b', Key='k')['Body'].decode()",
         "a `StreamingBody` has no `decode`, only what its `read()` gives"),
        ("print(len(bucket.objects.all()))", "a collection of boto3 has no length"),
        ("print(bucket.objects.all()[0])", "a collection of boto3 is not indexed"),
    ],
)  # fmt: skip
def test_what_no_version_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, message: str) -> None:
    assert told(tmp_path, monkeypatch, body) == [f"LL208 {message}"]


@pytest.mark.parametrize(
    "body",
    [
        "body = {'id': 1}\nif event['x']:\n    body = json.dumps(body)\n"
        "sqs.send_message(QueueUrl='q', MessageBody=body)",
        "sqs.send_message(QueueUrl='q', MessageBody='x', NewInTheNextVersion=3)",
        "sqs.send_message(**event)",
        "from botocore.config import Config\nclient = boto3.client('sqs', config=Config(parameter_validation=False))\n"
        "client.send_message(QueueUrl='q')",
        "sqs.meta.events.register('provide-client-params.sqs', handler)\nsqs.send_message(QueueUrl='q')",
        "wanted = dict(event)\nwanted['QueueUrl'] = 'q'\nsqs.send_message(**wanted)",
        "sqs.send_message(QueueUrl='q', MessageBody=event.get('body'))",
        "last = {}\nwhile True:\n    found = dynamodb.scan(TableName='t', **last)\n"
        "    if 'LastEvaluatedKey' not in found:\n"
        "        break\n    last = {'ExclusiveStartKey': found['LastEvaluatedKey']}",
        "table.put_item(Item={'id': 'a', 'n': 3}, ConditionExpression=Attr('id').not_exists())",
        "table.query(KeyConditionExpression=Key('id').eq('a') & Key('n').gt(3))",
        "table.meta.client.put_item(TableName='t', Item={'id': 'a', 'n': 3})",
        "s3.copy_object(Bucket='b', Key='k', CopySource={'Bucket': 'b', 'Key': 'o'})",
        "s3.put_object(Bucket='b', Key='k', Body=open('/tmp/x', 'rb'), Expires='2026-01-01')",
        "s3.get_object(Bucket='b', Key='k', SSECustomerKey=b'0' * 32, SSECustomerAlgorithm='AES256')",
        "s3.get_object(Bucket='b', Key='k', SSECustomerKey=event['k'], SSECustomerKeyMD5=event['m'])",
        "bedrock.converse(modelId='m', messages=[{'role': 'user', 'content': [{'toolResult': {'toolUseId': 't',"
        " 'content': [{'json': {'found': [None, 1.5, {'a': True, 1: event}]}}]}}]}])",
        "logs.create_export_task(logGroupName='g', to=3, destination='b', **{'from': 1})",
        "cloudwatch.get_metric_statistics(Namespace='n', MetricName='m', Period=60, StartTime='Monday', EndTime='3')",
        "secrets.create_secret(Name='n', SecretString='x')",  # its token is made
        "kinesis.put_record(StreamName='s', PartitionKey='p', Data='text')",
        "found = table.get_item(Key={'id': 'a'})\nif 'Items' in found:\n    print(found['Items'])",
        "found = table.get_item(Key={'id': 'a'})\nfound.update(event)\nprint(found['Items'])",
        "print(ssm.get_parameter(Name='n').get('Value'))",
        "print(ssm.get_parameter(Name='n')['OfTheNextVersion'])",
        "sqs.operation_of_the_next_version()",
        "sqs.get_paginator('list_something_new')",
        "rds.get_waiter('something_new')",
        "bucket.upload_file('/tmp/x', 'k')\nbucket.put_object(Key='k', Body=b'x')",
        "try:\n    s3.head_object(Bucket='b', Key='k')\nexcept s3.exceptions.ClientError as error:\n"
        "    print(error.response['Error']['Code'], error.response['ResponseMetadata'])",
        "body = s3.get_object(Bucket='b', Key='k')['Body']\nprint(json.load(body), body.read().decode())",
    ],
)
def test_what_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    assert told(tmp_path, monkeypatch, body) == []
