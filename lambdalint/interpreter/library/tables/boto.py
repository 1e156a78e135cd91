"""boto3 beside the operations of clients (see library/aws): resources, streams, and what else handlers use of it.

Source: https://docs.aws.amazon.com/boto3/latest/reference/, boto3 1.44.8.
"""

from __future__ import annotations

_DT = "datetime.datetime"
_BODY = "botocore.response.StreamingBody"
_FAILS = "raises botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError"


CALLS: dict[str, str] = {
    "boto3.client.s3.generate_presigned_url": "str",
    "boto3.client.s3.generate_presigned_post": "{url: str, fields: dict[str, str]}",
    **{f"boto3.client.s3.{name}": f"None {_FAILS}, OSError, boto3.exceptions.Boto3Error"
       for name in ("upload_file", "download_file", "upload_fileobj", "download_fileobj")},
    # resources
    "boto3.resource.s3.Object": "boto3.s3.Object",
    "boto3.resource.s3.Bucket": "boto3.s3.Bucket",
    "boto3.s3.Bucket.Object": "boto3.s3.Object",
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
    "botocore.exceptions.ClientError.response": "{Error: {Code?: str, Message?: str, ...}, "
                                                "ResponseMetadata?: {HTTPStatusCode: int, ...}, ...}",
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
