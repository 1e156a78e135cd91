"""The answers of AWS clients, the few that are met most, with what in them is not JSON.

`service.operation` and its answer; every answer has ResponseMetadata too, and may have keys that are not listed here.
Source: the service models of botocore 1.44.8 (https://github.com/boto/botocore/tree/develop/botocore/data), 2026-11-24.
"""

from __future__ import annotations

_DT = "datetime.datetime"
_BODY = "botocore.response.StreamingBody"
#: What every answer has.
METADATA = "{RequestId: str, HTTPStatusCode: int, HTTPHeaders: dict[str, str], RetryAttempts: int, ...}"
_OBJECT = f"{{Key: str, LastModified: {_DT}, ETag: str, Size: int, StorageClass?: str, ...}}"
_CREDENTIALS = f"{{AccessKeyId: str, SecretAccessKey: str, SessionToken: str, Expiration: {_DT}, ...}}"
_PARAMETER = f"{{Name: str, Type: str, Value: str, Version: int, LastModifiedDate: {_DT}, ARN?: str, ...}}"
_INSTANCE = f"{{InstanceId: str, InstanceType: str, LaunchTime: {_DT}, State: {{Code: int, Name: str, ...}}, ...}}"
_USER = f"{{UserName: str, UserId: str, Arn: str, CreateDate: {_DT}, ...}}"
_POOL_USER = (
    f"{{Username: str, UserCreateDate: {_DT}, UserLastModifiedDate: {_DT}, Enabled: bool, UserStatus: str, ...}}"
)
_JOB_RUN = f"{{Id: str, JobName: str, JobRunState: str, StartedOn?: {_DT}, CompletedOn?: {_DT}, ...}}"
_TASK = f"{{taskArn: str, lastStatus: str, createdAt?: {_DT}, startedAt?: {_DT}, ...}}"
_HEAD = f"LastModified: {_DT}, ContentLength: int, ETag: str, ContentType?: str, Metadata: dict[str, str]"

_ANSWERS: dict[str, str] = {
    "s3.get_object": f"Body: {_BODY}, {_HEAD}",
    "s3.head_object": _HEAD,
    "s3.list_objects_v2": f"Contents?: list[{_OBJECT}], KeyCount: int, IsTruncated: bool, Name: str, "
                          "NextContinuationToken?: str",
    "s3.list_objects": f"Contents?: list[{_OBJECT}], IsTruncated: bool, Name: str",
    "s3.list_buckets": f"Buckets: list[{{Name: str, CreationDate: {_DT}, ...}}]",
    "s3.copy_object": f"CopyObjectResult: {{ETag: str, LastModified: {_DT}, ...}}",
    "s3.put_object": "ETag: str",
    "s3.delete_object": "",
    "lambda.invoke": f"StatusCode: int, Payload: {_BODY}, FunctionError?: str, ExecutedVersion?: str",
    "secretsmanager.get_secret_value": f"ARN: str, Name: str, VersionId: str, SecretString?: str, SecretBinary?: bytes, "
                                       f"CreatedDate: {_DT}",
    "secretsmanager.describe_secret": f"ARN: str, Name: str, CreatedDate: {_DT}, LastChangedDate?: {_DT}",
    "ssm.get_parameter": f"Parameter: {_PARAMETER}",
    "ssm.get_parameters": f"Parameters: list[{_PARAMETER}], InvalidParameters: list[str]",
    "ssm.get_parameters_by_path": f"Parameters: list[{_PARAMETER}], NextToken?: str",
    "sts.assume_role": f"Credentials: {_CREDENTIALS}, AssumedRoleUser: {{AssumedRoleId: str, Arn: str, ...}}",
    "sts.get_session_token": f"Credentials: {_CREDENTIALS}",
    "sts.get_caller_identity": "UserId: str, Account: str, Arn: str",
    "ec2.describe_instances": f"Reservations: list[{{Instances: list[{_INSTANCE}], OwnerId: str, ...}}], NextToken?: str",
    "ec2.run_instances": f"Instances: list[{_INSTANCE}], ReservationId: str",
    "kms.decrypt": "Plaintext: bytes, KeyId: str",
    "kms.encrypt": "CiphertextBlob: bytes, KeyId: str",
    "kms.generate_data_key": "CiphertextBlob: bytes, Plaintext: bytes, KeyId: str",
    "stepfunctions.start_execution": f"executionArn: str, startDate: {_DT}",
    "stepfunctions.describe_execution": f"executionArn: str, status: str, startDate: {_DT}, stopDate?: {_DT}",
    "iam.get_user": f"User: {_USER}",
    "iam.list_users": f"Users: list[{_USER}], IsTruncated: bool",
    "cognito-idp.admin_get_user": f"Username: str, UserCreateDate: {_DT}, UserLastModifiedDate: {_DT}, Enabled: bool",
    "cognito-idp.admin_create_user": f"User: {_POOL_USER}",
    "cognito-idp.list_users": f"Users: list[{_POOL_USER}], PaginationToken?: str",
    "cloudwatch.get_metric_statistics": f"Label: str, Datapoints: list[{{Timestamp: {_DT}, ...}}]",
    "cloudformation.describe_stacks": f"Stacks: list[{{StackName: str, CreationTime: {_DT}, StackStatus: str, ...}}]",
    "dynamodb.describe_table": f"Table: {{TableName: str, TableStatus: str, CreationDateTime: {_DT}, ...}}",
    "secretsmanager.list_secrets": f"SecretList: list[{{ARN: str, Name: str, CreatedDate: {_DT}, LastChangedDate?: {_DT}, "
                                   "...}], NextToken?: str",
    "rds.describe_db_instances": f"DBInstances: list[{{DBInstanceIdentifier: str, DBInstanceStatus: str, "
                                 f"InstanceCreateTime?: {_DT}, ...}}], Marker?: str",
    "rds.describe_db_snapshots": f"DBSnapshots: list[{{DBSnapshotIdentifier: str, SnapshotCreateTime?: {_DT}, ...}}], "
                                 "Marker?: str",
    "athena.get_query_execution": f"QueryExecution: {{QueryExecutionId: str, Status: {{State: str, "
                                  f"SubmissionDateTime: {_DT}, CompletionDateTime?: {_DT}, ...}}, ...}}",
    "glue.get_job_run": f"JobRun: {_JOB_RUN}",
    "glue.get_job_runs": f"JobRuns: list[{_JOB_RUN}], NextToken?: str",
    "ecs.describe_tasks": f"tasks: list[{_TASK}], failures: list[{{arn?: str, reason?: str, ...}}]",
    "ecs.run_task": f"tasks: list[{_TASK}], failures: list[{{arn?: str, reason?: str, ...}}]",
    "ec2.describe_snapshots": f"Snapshots: list[{{SnapshotId: str, StartTime: {_DT}, State: str, ...}}], NextToken?: str",
    "ec2.describe_volumes": f"Volumes: list[{{VolumeId: str, CreateTime: {_DT}, State: str, Size: int, ...}}], "
                            "NextToken?: str",
    "stepfunctions.list_executions": f"executions: list[{{executionArn: str, name: str, status: str, startDate: {_DT}, "
                                     "...}], nextToken?: str",
    "cloudwatch.get_metric_data": f"MetricDataResults: list[{{Id: str, Label: str, Timestamps: list[{_DT}], "
                                  "Values: list[float], ...}], NextToken?: str",
    "kinesis.get_records": "Records: list[{SequenceNumber: str, Data: bytes, PartitionKey: str, ...}], "
                           "NextShardIterator?: str",
    "polly.synthesize_speech": f"AudioStream: {_BODY}, ContentType: str, RequestCharacters: int",
    "bedrock-runtime.invoke_model": f"body: {_BODY}, contentType: str",
    "sqs.send_message": "MessageId: str, MD5OfMessageBody: str",
    "sns.publish": "MessageId: str",
    "ses.send_email": "MessageId: str",
    "events.put_events": "FailedEntryCount: int, Entries: list[{EventId?: str, ErrorCode?: str, ErrorMessage?: str, ...}]",
}  # fmt: skip

SERVICES = sorted({name.partition(".")[0] for name in _ANSWERS})
_FAILS = "raises botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError"


def _answer(text: str) -> str:
    return f"{{{text}{', ' if text else ''}ResponseMetadata: {METADATA}, ...}}"


CALLS: dict[str, str] = {
    **{f"boto3.client.{name}": f"{_answer(text)} {_FAILS}" for name, text in _ANSWERS.items()},
    **{f"boto3.pages.{name}.paginate": f"iterator[{_answer(text)}]" for name, text in _ANSWERS.items()},
    "boto3.client.s3.generate_presigned_url": "str",
    "boto3.client.s3.generate_presigned_post": "{url: str, fields: dict[str, str]}",
    **{f"boto3.client.s3.{name}": f"None {_FAILS}, OSError, boto3.exceptions.Boto3Error"
       for name in ("upload_file", "download_file", "upload_fileobj", "download_fileobj")},
    # resources
    "boto3.resource.s3.Object": "boto3.s3.Object",
    "boto3.resource.s3.Bucket": "boto3.s3.Bucket",
    "boto3.s3.Bucket.Object": "boto3.s3.Object",
    "boto3.s3.Object.get": f"{_answer(_ANSWERS['s3.get_object'])} {_FAILS}",
    "boto3.s3.Object.put": f"{_answer(_ANSWERS['s3.put_object'])} {_FAILS}",
    **{f"boto3.s3.collection.{name}": "boto3.s3.collection" for name in ("all", "filter", "limit")},
    f"{_BODY}.read": "bytes raises botocore.exceptions.BotoCoreError, OSError",
    f"{_BODY}.iter_lines": "iterator[bytes]",
    f"{_BODY}.iter_chunks": "iterator[bytes]",
    f"{_BODY}.close": "None",
    "botocore.config.Config": "botocore.config.Config raises TypeError, botocore.exceptions.BotoCoreError",
    "boto3.dynamodb.conditions.Key": "?",
    "boto3.dynamodb.conditions.Attr": "?",
    "boto3.dynamodb.types.TypeDeserializer": "boto3.dynamodb.types.TypeDeserializer",
    "boto3.dynamodb.types.TypeDeserializer.deserialize": "boto3.dynamodb.attribute raises TypeError, AttributeError",
    "boto3.Session.get_credentials": "?",
    "boto3.set_stream_logger": "None",
    "boto3.dynamodb.BatchWriter.__enter__": "receiver",
}  # fmt: skip

ATTRIBUTES: dict[str, str] = {
    "botocore.exceptions.ClientError.response": f"{{Error: {{Code?: str, Message?: str, ...}}, "
                                                f"ResponseMetadata?: {METADATA}, ...}}",
    "botocore.exceptions.ClientError.operation_name": "str",
    "boto3.s3.Bucket.objects": "boto3.s3.collection",
    "boto3.s3.Bucket.name": "str",
    "boto3.s3.Object.key": "str",
    "boto3.s3.Object.last_modified": _DT,
    "boto3.s3.Object.content_length": "int",
    "boto3.s3.ObjectSummary.key": "str",
    "boto3.s3.ObjectSummary.bucket_name": "str",
    "boto3.s3.ObjectSummary.last_modified": _DT,
    "boto3.s3.ObjectSummary.size": "int",
    "boto3.Session.region_name": "?",
    "boto3.dynamodb.Table.name": "str",
    "boto3.dynamodb.Table.creation_date_time": _DT,
    "boto3.dynamodb.Table.item_count": "int",
}  # fmt: skip

ELEMENTS: dict[str, str] = {
    "boto3.s3.collection": "boto3.s3.ObjectSummary",
    _BODY: "bytes",
}
