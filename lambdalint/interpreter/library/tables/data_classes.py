"""Powertools' data classes of events, the answers that they build, and what `parameters` gives.

A data class is no dict: https://docs.powertools.aws.dev/lambda/python/latest/utilities/data_classes/ ; its attributes are
properties, of which those stand here that hold other data classes or plain values for sure. What stands nowhere here is
not known. tests/test_powertools.py asks the library.
"""

from __future__ import annotations

from lambdalint.interpreter.library.tables.rows import each

DATA_CLASSES = "aws_lambda_powertools.utilities.data_classes"

#: Triggers of Cognito user pools: which have an answer of their own to fill, and which do not.
ANSWERING = (
    "CreateAuthChallengeTriggerEvent CustomMessageTriggerEvent DefineAuthChallengeTriggerEvent PreSignUpTriggerEvent "
    "PreTokenGenerationTriggerEvent UserMigrationTriggerEvent VerifyAuthChallengeResponseTriggerEvent"
)
TOLD = (
    "CustomEmailSenderTriggerEvent CustomSMSSenderTriggerEvent PostAuthenticationTriggerEvent "
    "PostConfirmationTriggerEvent PreAuthenticationTriggerEvent"
)
EVENTS = tuple(
    each(
        DATA_CLASSES,
        "",
        f"{ANSWERING} {TOLD} PreTokenGenerationV2TriggerEvent APIGatewayAuthorizerRequestEvent "
        "APIGatewayAuthorizerTokenEvent ActiveMQEvent AppSyncAuthorizerEvent AppSyncResolverEventsEvent "
        "BedrockAgentFunctionEvent S3ObjectLambdaEvent "
        "ALBEvent APIGatewayProxyEvent APIGatewayProxyEventV2 APIGatewayWebSocketEvent AWSConfigRuleEvent "
        "AppSyncResolverEvent BedrockAgentEvent CloudFormationCustomResourceEvent CloudWatchAlarmEvent "
        "CloudWatchDashboardCustomWidgetEvent CloudWatchLogsEvent CodeDeployLifecycleHookEvent CodePipelineJobEvent "
        "ConnectContactFlowEvent DynamoDBStreamEvent EventBridgeEvent KafkaEvent KinesisFirehoseEvent "
        "KinesisStreamEvent LambdaFunctionUrlEvent S3BatchOperationEvent S3Event S3EventBridgeNotificationEvent "
        "SESEvent SNSEvent SQSEvent SQSRecord SecretsManagerEvent VPCLatticeEvent VPCLatticeEventV2 DynamoDBRecord "
        "StreamRecord KinesisStreamRecord KinesisFirehoseRecord SNSEventRecord S3EventRecord KafkaEventRecord",
    )
)


def _of(name: str) -> str:
    return f"{DATA_CLASSES}.{name}"


def _iterator(name: str) -> str:
    return f"iterator[{_of(name)}]"


ITEM = "dict[str, boto3.dynamodb.attribute] | None"
#: What happened to an item: a member of an enum, and no text.
EVENT_NAME = f"{DATA_CLASSES}.DynamoDBRecordEventName"
_PAYLOAD = "KinesisStreamRecordPayload"

CALLS: dict[str, str] = {
    **{name: name for name in EVENTS},
    _of(f"{_PAYLOAD}.data_as_bytes"): "bytes raises ValueError",
    _of(f"{_PAYLOAD}.data_as_text"): "str raises ValueError",
    **each(_of(_PAYLOAD), "json raises ValueError, zlib.error", "data_as_json data_zlib_compressed_as_json"),
    _of("CloudWatchLogsEvent.parse_logs_data"): f"{_of('CloudWatchLogsDecodedData')} raises ValueError, zlib.error",
    _of("S3BatchOperationResponse"): _of("S3BatchOperationResponse"),
    _of("S3BatchOperationResponse.asdict"): "{invocationSchemaVersion: str, treatMissingKeysAs: str, invocationId: str, "
                                            "results: list[dict]} raises ValueError",
}  # fmt: skip

ATTRIBUTES: dict[str, str] = {
    _of("SQSEvent.records"): _iterator("SQSRecord"),
    _of("SQSRecord.body"): "str",
    _of("SQSRecord.json_body"): "json",
    _of("SQSRecord.message_id"): "str",
    _of("SQSRecord.receipt_handle"): "str",
    _of("DynamoDBStreamEvent.records"): _iterator("DynamoDBRecord"),
    _of("DynamoDBRecord.dynamodb"): _of("StreamRecord"),
    _of("StreamRecord.keys"): ITEM,
    _of("StreamRecord.new_image"): ITEM,
    _of("StreamRecord.old_image"): ITEM,
    _of("KinesisStreamEvent.records"): _iterator("KinesisStreamRecord"),
    _of("KinesisFirehoseEvent.records"): _iterator("KinesisFirehoseRecord"),
    _of("KinesisFirehoseRecord.record_id"): "str",
    _of("KinesisFirehoseRecord.data"): "str",
    _of("KinesisFirehoseRecord.data_as_bytes"): "bytes",
    _of("KinesisFirehoseRecord.data_as_text"): "str",
    _of("KinesisFirehoseRecord.data_as_json"): "json",
    _of("SNSEvent.records"): _iterator("SNSEventRecord"),
    _of("S3Event.records"): _iterator("S3EventRecord"),
    _of("KafkaEvent.records"): _iterator("KafkaEventRecord"),
    _of("KafkaEventRecord.json_value"): "json",
    _of("KafkaEventRecord.decoded_value"): "bytes",
    _of("CloudWatchLogsEvent.raw_logs_data"): "str",
    _of("CloudWatchLogsEvent.decompress_logs_data"): "bytes",
    _of("APIGatewayProxyEvent.json_body"): "json",
    _of("APIGatewayProxyEvent.path"): "str",
    _of("APIGatewayProxyEvent.http_method"): "str",
    _of("APIGatewayProxyEventV2.json_body"): "json",
}
