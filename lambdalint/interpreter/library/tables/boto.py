"""boto3 beside the operations of clients (see library/aws): resources, streams, and what else handlers use of it.

Source: https://docs.aws.amazon.com/boto3/latest/reference/, boto3 1.44.8.
"""

from __future__ import annotations

from lambdalint.interpreter.library.tables.rows import each

_DT = "datetime.datetime"
STREAM = "botocore.response.StreamingBody"
_KEY, _ATTR = "boto3.dynamodb.conditions.Key", "boto3.dynamodb.conditions.Attr"
_CONDITION = "boto3.dynamodb.conditions.Condition"
_ATTR_CONDITION = "boto3.dynamodb.conditions.AttrCondition"  # one that no query by keys takes
_FAILS = "raises botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError"


CALLS: dict[str, str] = {
    "boto3.client.s3.generate_presigned_url": "str",
    "boto3.client.s3.generate_presigned_post": "{url: str, fields: dict[str, str]}",
    **{f"boto3.client.s3.{name}": f"None {_FAILS}, OSError, boto3.exceptions.Boto3Error"
       for name in ("upload_file", "upload_fileobj")},
    **{f"boto3.client.s3.{name}": f"None raises boto3.errors.s3.404:{name}, "  # see library/aws/heads.py
                                     "botocore.exceptions.BotoCoreError, OSError, boto3.exceptions.Boto3Error"
       for name in ("download_file", "download_fileobj")},
    f"{STREAM}.read": "bytes raises botocore.exceptions.BotoCoreError, OSError",
    f"{STREAM}.iter_lines": "iterator[bytes]",
    f"{STREAM}.iter_chunks": "iterator[bytes]",
    f"{STREAM}.close": "None",
    "boto3.dynamodb.conditions.Key": _KEY,
    "boto3.dynamodb.conditions.Attr": _ATTR,
    **each(_KEY, f"{_CONDITION} refuses TypeError", "eq lt lte gt gte between begins_with"),
    **each(_ATTR, f"{_ATTR_CONDITION} refuses TypeError",
           "eq ne lt lte gt gte between begins_with is_in exists not_exists contains attribute_type"),
    f"{_ATTR}.size": _ATTR,
    "boto3.dynamodb.types.TypeDeserializer": "boto3.dynamodb.types.TypeDeserializer",
    "boto3.dynamodb.types.TypeSerializer": "boto3.dynamodb.types.TypeSerializer",
    "boto3.dynamodb.types.TypeSerializer.serialize": "dict raises TypeError",
    "boto3.Session.get_credentials": "?",
    "boto3.set_stream_logger": "None",
    "boto3.dynamodb.BatchWriter.__enter__": "receiver",
    # of a map, and of a list
    "boto3.dynamodb.attribute.__getitem__[str]": "boto3.dynamodb.attribute",
    "boto3.dynamodb.attribute.__getitem__[int]": "boto3.dynamodb.attribute",
}  # fmt: skip

ATTRIBUTES: dict[str, str] = {
    "botocore.exceptions.ClientError.response": "{Error: {Code?: str, Message?: str, ...}, "
                                                "ResponseMetadata?: {HTTPStatusCode: int, ...}, ...}",
    "botocore.exceptions.ClientError.operation_name": "str",
    "boto3.DEFAULT_SESSION": "boto3.Session | None",
    "boto3.Session.region_name": "?",
}  # fmt: skip

ELEMENTS: dict[str, str] = {
    # of a list any other attribute, of a set texts or numbers, of a map its keys
    "boto3.dynamodb.attribute": "boto3.dynamodb.attribute",
    STREAM: "bytes",
}

OPERATORS: dict[tuple[str, str | None, str | None], str] = {
    (op, one, other): _CONDITION if one == other == _CONDITION else _ATTR_CONDITION
    for op in ("BitAnd", "BitOr")
    for one in (_CONDITION, _ATTR_CONDITION)
    for other in (_CONDITION, _ATTR_CONDITION)
}
