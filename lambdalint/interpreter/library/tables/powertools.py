"""Powertools for AWS Lambda, X-Ray and the other libraries that watch a handler: they answer nothing and change nothing.

Sources: https://docs.powertools.aws.dev/lambda/python/latest/api/ ; https://docs.aws.amazon.com/xray-sdk-for-python/
latest/reference/ ; https://docs.sentry.io/platforms/python/integrations/aws-lambda/ ; each library's own pages.
"""

from __future__ import annotations

from lambdalint.interpreter.library.tables.data_classes import EVENT_NAME
from lambdalint.interpreter.library.tables.rows import each

_PT = "aws_lambda_powertools"
_FLAGS = f"{_PT}.utilities.feature_flags"
_FLAG_ERRORS = (
    f"raises {_FLAGS}.exceptions.ConfigurationStoreError, {_FLAGS}.exceptions.SchemaValidationError, Exception"
)
_MASKING = f"{_PT}.utilities.data_masking.DataMasking"
_XRAY = "aws_xray_sdk.core.xray_recorder"

_ENTITY = "aws_xray_sdk.core.models.entity.Entity"
FACADE = "aws_xray_sdk.core.models.facade_segment.FacadeSegment"

CALLS: dict[str, str] = {
    **{f"{_PT}.{name}": f"{_PT}.{name}" for name in ("Logger", "Tracer", "Metrics")},
    **each(f"{_PT}.Logger", "None", "debug info warning error critical exception append_keys remove_keys set_correlation_id "
                                    "clear_state setLevel addHandler structure_logs thread_safe_append_keys thread_safe_remove_keys "
                                    "refresh_sample_rate_calculation"),
    f"{_PT}.Logger.get_correlation_id": "?",
    f"{_PT}.Logger.get_current_keys": "dict[str, ?]",
    # managers that let through what is raised in their blocks
    f"{_PT}.Logger.append_context_keys": f"{_PT}.append_context_keys()",
    f"{_PT}.append_context_keys().__enter__": "?",
    f"{_PT}.single_metric": f"{_PT}.single_metric()",
    f"{_PT}.single_metric().__enter__": "?",
    **each(f"{_PT}.Tracer.provider", "aws_xray_sdk.SubsegmentContextManager", "in_subsegment in_subsegment_async"),
    **each(f"{_PT}.Tracer", "None", "put_annotation put_metadata patch"),
    **each(f"{_PT}.Metrics", "None raises aws_lambda_powertools.metrics.MetricUnitError, "
                             "aws_lambda_powertools.metrics.MetricValueError, "
                             "aws_lambda_powertools.metrics.MetricResolutionError",
           "add_metric"),
    **each(f"{_PT}.Metrics", "None raises aws_lambda_powertools.metrics.SchemaValidationError",
           "add_metadata add_dimension set_default_dimensions flush_metrics"),
    **{f"{_PT}.utilities.batch.{name}.{method}": answer
       for name in ("BatchProcessor", "AsyncBatchProcessor", "SqsFifoPartialProcessor")
       for method, answer in (("response", "{batchItemFailures: list[{itemIdentifier: str}]}"), ("__enter__", "receiver"))},
    **{f"{_PT}.utilities.idempotency.{name}": f"{_PT}.utilities.idempotency.{name}"
       for name in ("DynamoDBPersistenceLayer", "IdempotencyConfig")},
    f"{_PT}.utilities.idempotency.IdempotencyConfig.register_lambda_context": "None",
    # flags: what a flag is set to, or the default
    **{f"{_FLAGS}.{name}": f"{_FLAGS}.{name}" for name in ("AppConfigStore", "FeatureFlags")},
    f"{_FLAGS}.FeatureFlags.evaluate": f"json {_FLAG_ERRORS}",
    f"{_FLAGS}.FeatureFlags.get_enabled_features": f"list[str] {_FLAG_ERRORS}",
    f"{_FLAGS}.FeatureFlags.get_configuration": f"dict[str, json] {_FLAG_ERRORS}",
    # masking: what is encrypted is text, what is erased has the same form
    f"{_MASKING}": f"{_MASKING}",
    f"{_MASKING}.encrypt": "str raises Exception",
    f"{_MASKING}.decrypt": "? raises Exception",
    f"{_MASKING}.erase": "? raises Exception",
    f"{_PT}.utilities.jmespath_utils.query": "? raises Exception",
    f"{_PT}.utilities.serialization.base64_from_json": "str raises Exception",
    f"{_PT}.utilities.serialization.base64_from_str": "str raises Exception",
    f"{_PT}.utilities.serialization.base64_encode": "str raises Exception",
    f"{_PT}.utilities.serialization.base64_decode": "str raises Exception",
    # what others watch with
    **each("aws_xray_sdk.core", "None", "patch_all patch"),
    **each(_XRAY, "aws_xray_sdk.SubsegmentContextManager", "in_subsegment in_segment in_subsegment_async "
         "in_segment_async"),
    "aws_xray_sdk.SubsegmentContextManager.__enter__": _ENTITY,
    f"{_XRAY}.current_segment": f"{FACADE} raises aws_xray_sdk.core.exceptions.exceptions.SegmentNotFoundException",
    **each(FACADE, "None", "put_annotation put_metadata set_user add_exception"),
    **each(_ENTITY, "None", "put_annotation put_metadata set_user add_exception close"),
    **each(_XRAY, "None", "configure put_annotation put_metadata end_subsegment end_segment"),
    **each(_XRAY, f"{_ENTITY} | None", "begin_subsegment current_subsegment"),
    **each(_XRAY, _ENTITY, "begin_segment get_trace_entity"),
    **each("sentry_sdk", "?", "init capture_exception capture_message set_tag set_user set_context add_breadcrumb"),
    "sentry_sdk.integrations.aws_lambda.AwsLambdaIntegration": "?",
    "datadog_lambda.metric.lambda_metric": "None",
    "cfnresponse.send": "?",
}  # fmt: skip

_HANDLERS = f"{_PT}.event_handler"

ATTRIBUTES: dict[str, str] = {
    **{
        f"{_HANDLERS}.{name}.{attribute}": "?"
        for name in (
            "APIGatewayRestResolver",
            "APIGatewayHttpResolver",
            "ApiGatewayResolver",
            "ALBResolver",
            "LambdaFunctionUrlResolver",
            "VPCLatticeResolver",
            "VPCLatticeV2Resolver",
            "BedrockAgentResolver",
            "AppSyncResolver",
            "AppSyncRouter",
            "Router",
        )
        for attribute in ("current_event", "current_batch_event", "lambda_context", "context", "openapi_config")
    },
    f"{_PT}.Tracer.provider": f"{_PT}.Tracer.provider",
    **each(f"{_HANDLERS}.Response", "?", "status_code body headers cookies content_type base64_encoded compress"),
    f"{EVENT_NAME}.name": "str",
    f"{EVENT_NAME}.value": "int",
    **each(
        "crhelper.CfnResource",
        "?",
        "Data PhysicalResourceId Status Reason NoEcho StackId RequestId RequestType LogicalResourceId",
    ),
    "cfnresponse.SUCCESS": "str",
    "cfnresponse.FAILED": "str",
}
