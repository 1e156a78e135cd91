"""What the data classes of Powertools read from the event that they show.

A row is `STEPS TYPE`. The steps are `[key]`, which raises where the key is missing, and `.key`, which then gives None.
The type is that of the attribute: none where it is the part of the event as it came, `str` of a part that is surely a
text, `=Class` of a data class that shows the part, `*Class` of an iterator of such, `+Class` of a list of such.
`json_body.loads()` is what is parsed of a body that may be null, `json.loads()` of one that is a text, with `=Class` for
what shows that. After `->` stands the type of what the class makes of the part by itself, in the language of
`library/types.py`.

Source: aws_lambda_powertools/utilities/data_classes, 3.37.0; tests/test_powertools.py asks the library. What the
sources of the classes say by themselves stands in `data_class_rows`; the rows here say more, and go before.
"""

from __future__ import annotations

import re

from lambdalint.interpreter.library.tables.data_class_rows import ROWS
from lambdalint.interpreter.library.tables.data_classes import ANSWERING, DATA_CLASSES, EVENT_NAME, ITEM, TOLD
from lambdalint.interpreter.shapes import JSON_BODY, PARSED

_PROXIES = "APIGatewayProxyEvent APIGatewayProxyEventV2 LambdaFunctionUrlEvent ALBEvent"

FIELDS: dict[str, str] = {}
#: What each class has, in any version.
HAS: dict[str, frozenset[str]] = {}

_ROW = re.compile(r"(\w+)((?:\[[\w-]+\])*)(.*)")


def _read(rows: str) -> None:
    for line in rows.strip().replace("\n ", " ").splitlines():
        owner, _, attributes = line.partition(":")
        names = set()
        for row in attributes.split():
            found = _ROW.fullmatch(row)
            assert found is not None
            names.add(found[1])
            if found[2]:
                FIELDS[f"{DATA_CLASSES}.{owner}.{found[1]}"] = f"{found[2]} {found[3]}"
        HAS[f"{DATA_CLASSES}.{owner}"] = frozenset(names)
    common = HAS.pop(f"{DATA_CLASSES}.*")
    HAS.update({owner: names | common for owner, names in HAS.items()})


_read(ROWS)


def _add(owners: str, **rows: str) -> None:
    for owner in owners.split():
        FIELDS.update({f"{DATA_CLASSES}.{owner}.{name}": row for name, row in rows.items()})


def _texts(owners: str, **keys: str) -> None:
    """Attributes that are texts of the event, under these keys."""
    _add(owners, **{name: f"[{key}] str" for name, key in keys.items()})


# queues and streams
_add("SQSEvent", records="[Records] *SQSRecord")
_add("KinesisStreamEvent", records="[Records] *KinesisStreamRecord")
_add("DynamoDBStreamEvent", records="[Records] *DynamoDBRecord")
_add("SNSEvent", records="[Records] *SNSEventRecord")
_add("S3Event", records="[Records] *S3EventRecord")
_add("KinesisFirehoseEvent", records="[records] *KinesisFirehoseRecord")
_texts("SQSRecord", message_id="messageId", receipt_handle="receiptHandle", body="body", md5_of_body="md5OfBody",
       event_source="eventSource", event_source_arn="eventSourceARN", aws_region="awsRegion")  # fmt: skip
_add("SQSRecord", json_body=f"[body] {PARSED}", decoded_nested_s3_event=f"[body] {PARSED}=S3Event",
     decoded_nested_sns_event=f"[body] {PARSED}=SNSMessage", attributes="[attributes] =SQSRecordAttributes",
     message_attributes="[messageAttributes] -> ?", queue_url="[eventSourceARN] -> str")  # fmt: skip
_texts("SQSRecordAttributes", approximate_receive_count="ApproximateReceiveCount", sent_timestamp="SentTimestamp",
       sender_id="SenderId", approximate_first_receive_timestamp="ApproximateFirstReceiveTimestamp")  # fmt: skip
_texts("KinesisStreamRecord", event_id="eventID", event_name="eventName", event_source="eventSource",
       event_source_arn="eventSourceARN", aws_region="awsRegion")  # fmt: skip
_add("KinesisStreamRecord", kinesis="[kinesis] =KinesisStreamRecordPayload")
_texts("KinesisStreamRecordPayload", data="data", partition_key="partitionKey", sequence_number="sequenceNumber")
_add("KinesisStreamRecordPayload", approximate_arrival_timestamp="[approximateArrivalTimestamp] -> float")
_add("DynamoDBRecord", event_id=".eventID", event_source=".eventSource", event_source_arn=".eventSourceARN",
     aws_region=".awsRegion", event_name=f".eventName -> {EVENT_NAME} | None", dynamodb=".dynamodb =StreamRecord")  # fmt: skip
_add("StreamRecord", keys=f".Keys -> {ITEM}", new_image=f".NewImage -> {ITEM}", old_image=f".OldImage -> {ITEM}",
     sequence_number=".SequenceNumber")  # fmt: skip
_texts("KinesisFirehoseRecord", record_id="recordId", data="data")

# notifications
_add("SNSEventRecord", sns="[Sns] =SNSMessage")
_texts("SNSMessage", message="Message", message_id="MessageId", topic_arn="TopicArn", timestamp="Timestamp")
_add("SNSMessage", subject="[Subject]")
_texts("S3EventRecord", event_name="eventName", event_time="eventTime", event_source="eventSource",
       aws_region="awsRegion")  # fmt: skip
_add("S3EventRecord", s3="[s3] =S3Message")
_add("S3Message", bucket="[bucket] =S3Bucket", get_object="[object] =S3Object")
_texts("S3Bucket", name="name", arn="arn")
_texts("S3Object", key="key")
_add("S3Object", version_id=".versionId", size="[size] -> int")
_texts("EventBridgeEvent", get_id="id", account="account", time="time", region="region", source="source")
_add("EventBridgeEvent", detail_type="[detail-type] str", detail="[detail]", resources="[resources]")

# HTTP
_add(_PROXIES, body=".body", decoded_body=".body", json_body=f".body {JSON_BODY}", is_base64_encoded=".isBase64Encoded", headers=".headers -> ?",
     query_string_parameters=".queryStringParameters -> ?")  # fmt: skip
_add("APIGatewayProxyEvent", path="[path] str", http_method="[httpMethod] str", resource="[resource] str",
     path_parameters=".pathParameters -> ?", stage_variables=".stageVariables -> ?",
     multi_value_headers=".multiValueHeaders -> ?",
     multi_value_query_string_parameters=".multiValueQueryStringParameters -> ?",
     request_context="[requestContext] =APIGatewayEventRequestContext")  # fmt: skip
_add("APIGatewayProxyEventV2 LambdaFunctionUrlEvent", http_method="[requestContext][http][method] str",
     raw_path="[rawPath] str", raw_query_string="[rawQueryString] str", route_key="[routeKey] str",
     path_parameters=".pathParameters -> ?", cookies=".cookies -> ?",
     request_context="[requestContext] =RequestContextV2")  # fmt: skip
_add("ALBEvent", path="[path] str", http_method="[httpMethod] str")
_texts("APIGatewayEventRequestContext", account_id="accountId", request_id="requestId", stage="stage",
       http_method="httpMethod", path="path")  # fmt: skip
_texts("RequestContextV2", account_id="accountId", request_id="requestId", stage="stage", route_key="routeKey")
_add("RequestContextV2", http="[http] =RequestContextV2Http", authorizer=".authorizer =RequestContextV2Authorizer")
_add("APIGatewayEventRequestContext", identity="[identity] =APIGatewayEventIdentity",
     authorizer=".authorizer =APIGatewayEventAuthorizer")  # fmt: skip
_texts("RequestContextV2Http", method="method", path="path", protocol="protocol", source_ip="sourceIp",
       user_agent="userAgent")  # fmt: skip

# others
_texts("CloudFormationCustomResourceEvent", request_type="RequestType", response_url="ResponseURL", stack_id="StackId",
       request_id="RequestId", logical_resource_id="LogicalResourceId", resource_type="ResourceType")  # fmt: skip
_add("CloudFormationCustomResourceEvent", resource_properties=".ResourceProperties",
     old_resource_properties=".OldResourceProperties -> ?", physical_resource_id=".PhysicalResourceId -> ?")  # fmt: skip
_texts("SecretsManagerEvent", secret_id="SecretId", client_request_token="ClientRequestToken", step="Step")
_add("AppSyncResolverEvent", arguments="[arguments]", source=".source -> ?", identity=".identity -> ?")
for _name in (*ANSWERING.split(), *TOLD.split()):
    _texts(_name, trigger_source="triggerSource", user_pool_id="userPoolId", user_name="userName", region="region")
    _add(_name, request=f"[request] ={_name}Request")
for _name in ANSWERING.split():
    _add(_name, response=f"[response] ={_name}Response")
