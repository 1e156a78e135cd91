"""Keys that an answer has only where a parameter asks for them, and those that it has only where there is something to
put under them.

Each is what the page of the operation's API says; the same was asked of moto 5.2.5 on 2026-11-30.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from lambdalint.interpreter.heap import LeftOut, ListObject
from lambdalint.interpreter.library.site import constants
from lambdalint.interpreter.values import Const, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: By operation, the parts that its answer has only where one of these parameters asks for them: by another value than
#: this one.
#: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html, API_PutItem.html, API_Query.html
Asked: TypeAlias = "dict[str, tuple[tuple[str, ...], object]]"
_CHANGED: Asked = {"Attributes": (("ReturnValues",), "NONE"),
                   "ItemCollectionMetrics": (("ReturnItemCollectionMetrics",), "NONE")}  # fmt: skip
_CONSUMED: Asked = {"ConsumedCapacity": (("ReturnConsumedCapacity",), "NONE")}
#: https://docs.aws.amazon.com/rekognition/latest/APIReference/API_DetectFaces.html
_OF_FACES = (
    "AgeRange", "Smile", "Eyeglasses", "Sunglasses", "Gender", "Beard", "Mustache", "EyesOpen", "MouthOpen", "Emotions",
    "FaceOccluded", "EyeDirection",
)  # fmt: skip
_ASKED: dict[str, Asked] = {
    **{f"dynamodb.{name}_item": {**_CHANGED, **_CONSUMED} for name in ("put", "update", "delete")},
    **{f"dynamodb.{name}": _CONSUMED for name in ("get_item", "query", "scan", "batch_get_item", "transact_get_items",
                                                  "batch_write_item", "transact_write_items")},
    # https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
    "sqs.receive_message": {
        "Messages[].Attributes": (("AttributeNames", "MessageSystemAttributeNames"), None),
        "Messages[].MessageAttributes": (("MessageAttributeNames",), None),
    },
    # https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
    "s3.list_objects_v2": {"CommonPrefixes": (("Delimiter",), None), "Contents[].Owner": (("FetchOwner",), False)},
    "s3.list_objects": {"CommonPrefixes": (("Delimiter",), None)},
    "s3.list_object_versions": {"CommonPrefixes": (("Delimiter",), None)},
    # https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
    "lambda.invoke": {"LogResult": (("LogType",), "None")},
    "rekognition.detect_faces": {f"FaceDetails[].{name}": (("Attributes",), None) for name in _OF_FACES},
}  # fmt: skip
#: By operation, the keys that stand for the next page, and those of lists that are never empty: what is so where the
#: answer leaves them out.
#: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html: "the call does not
#: return a message list"; https://github.com/boto/boto3/issues/4183 of S3's lists;
#: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html, and the pages of the others.
_NO_PAGE = "there is no further page"
#: By service and the key, the operations whose pages end so.
_PAGED = {
    ("acm", "NextToken"): "list_certificates",
    ("apigateway", "position"): "get_rest_apis get_resources get_api_keys",
    ("athena", "NextToken"): "list_query_executions get_query_results",
    ("autoscaling", "NextToken"): "describe_auto_scaling_groups",
    ("ce", "NextPageToken"): "get_cost_and_usage",
    ("cloudformation", "NextToken"): "describe_stacks list_stacks list_stack_resources",
    ("cloudwatch", "NextToken"): "describe_alarms list_metrics",
    ("cognito-idp", "PaginationToken"): "list_users",
    ("cognito-idp", "NextToken"): "list_groups list_user_pools list_users_in_group admin_list_groups_for_user",
    ("config", "NextToken"): "describe_config_rules",
    ("dynamodb", "LastEvaluatedKey"): "scan query",
    ("dynamodb", "LastEvaluatedTableName"): "list_tables",
    ("ecr", "nextToken"): "describe_repositories list_images describe_images",
    ("ecs", "nextToken"): "list_clusters list_services list_tasks",
    ("elbv2", "NextMarker"): "describe_load_balancers describe_target_groups",
    ("events", "NextToken"): "list_rules list_targets_by_rule list_event_buses",
    ("glue", "NextToken"): "get_databases get_tables get_jobs",
    ("iam", "Marker"): "list_users list_roles list_groups list_policies list_access_keys list_attached_role_policies",
    ("kinesis", "NextToken"): "list_shards",
    ("kms", "NextMarker"): "list_keys list_aliases",
    ("lambda", "NextMarker"): "list_functions list_event_source_mappings list_layers list_versions_by_function",
    ("logs", "nextToken"): "describe_log_groups describe_log_streams filter_log_events",
    ("organizations", "NextToken"): "list_accounts list_accounts_for_parent",
    ("rds", "Marker"): "describe_db_instances describe_db_clusters describe_db_snapshots",
    ("route53", "NextMarker"): "list_hosted_zones",
    ("route53", "NextRecordName"): "list_resource_record_sets",
    ("s3", "NextContinuationToken"): "list_objects_v2",
    ("s3", "NextKeyMarker"): "list_object_versions list_multipart_uploads",
    ("scheduler", "NextToken"): "list_schedules",
    ("secretsmanager", "NextToken"): "list_secrets",
    ("ses", "NextToken"): "list_identities",
    ("sns", "NextToken"): "list_topics list_subscriptions list_subscriptions_by_topic",
    ("sqs", "NextToken"): "list_queues",
    ("ssm", "NextToken"): "describe_parameters get_parameters_by_path",
    ("stepfunctions", "nextToken"): "list_executions list_state_machines get_execution_history",
}
_EMPTY: dict[str, dict[str, str]] = {
    "sqs.receive_message": {"Messages": "the queue has no message to give"},
    "s3.list_objects_v2": {"Contents": "there is no such object"},
    "s3.list_objects": {"Contents": "there is no such object"},
}
for (_service, _key), _operations in _PAGED.items():
    for _name in _operations.split():
        _EMPTY.setdefault(f"{_service}.{_name}", {})[_key] = _NO_PAGE
#: Of these it is told where the code may be content with one answer, too: the ordinary one is that nothing is there.
_USUAL = frozenset({"the queue has no message to give"})


def unasked(machine: Machine, site: CallSite, called: str) -> Mapping[str, str]:
    """The parts of an answer that nothing in a call asks for, by their paths, and why each is not there."""
    if site.open:
        return {}
    found = dict(_statistics(machine, site)) if called == "cloudwatch.get_metric_statistics" else {}
    for path, (parameters, nothing) in _ASKED.get(called, {}).items():
        if all(_asks_nothing(machine, site, name, nothing) for name in parameters):
            found[path] = _why(called, path, parameters[-1])
    if called in ("dynamodb.query", "dynamodb.scan") and _is(machine, site, "Select", "COUNT"):
        found["Items"] = f"`{called}` counts the items alone where `Select` is `COUNT`, and gives no `Items`"
    return found


def _why(called: str, path: str, parameter: str) -> str:
    key = path.rpartition(".")[2]
    return f"`{called}` gives `{key}` only where `{parameter}` asks for it"


def _is(machine: Machine, site: CallSite, name: str, wanted: object) -> bool:
    value = machine.state.resolve(site.keywords[name]) if name in site.keywords else None
    return type(value) is Const and value.value == wanted


def _asks_nothing(machine: Machine, site: CallSite, name: str, nothing: object) -> bool:
    """Whether a parameter is not given, or what it is given asks for nothing."""
    if name not in site.keywords:
        return True
    value = machine.state.resolve(site.keywords[name])
    thing = machine.object(value) if type(value) is Ref else None
    if isinstance(thing, ListObject):
        return not thing.leaked and not thing.items and thing.rest is None
    return nothing is not None and type(value) is Const and value.value == nothing


def _statistics(machine: Machine, site: CallSite) -> Iterator[tuple[str, str]]:
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html"""
    value = machine.state.resolve(site.keywords["Statistics"]) if "Statistics" in site.keywords else None
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, ListObject) or thing.leaked or thing.rest is not None:
        return
    asked = constants(machine, thing.items)
    for name in ("SampleCount", "Average", "Sum", "Minimum", "Maximum") if asked is not None else ():
        if asked is not None and name not in asked:
            path = f"Datapoints[].{name}"
            yield path, _why("cloudwatch.get_metric_statistics", path, "Statistics")


def lacking(fallback: Callable[[str], str], without: Mapping[str, str], path: str) -> Callable[[str], str]:
    """What is to be said of a key that a part of an answer has not, at a path: that nothing asks for it, or `fallback`.
    """
    prefix = f"{path}." if path else ""
    own = {key[len(prefix) :]: why for key, why in without.items() if key.startswith(prefix)}
    return (lambda key: own.get(key) or fallback(key)) if own else fallback


def left_out_where(service: str, operation: str, key: str) -> LeftOut | None:
    """When an answer leaves a key out."""
    what = where_empty(f"{service}.{operation}").get(key)
    if what is None:
        return None
    return LeftOut(f"`{service}.{operation}` leaves out `{key}` where {what}", what in _USUAL)


def not_empty(machine: Machine, value: Value) -> Value:
    """A text, list or dict that was just made, and is not empty."""
    if type(value) is Sym:
        machine.state.learn(value, truthy=True)
    elif type(value) is Ref:
        machine.state.write(value.id).filled = True
    return value


def where_empty(called: str) -> Mapping[str, str]:
    """The keys that an answer leaves out, and what is so where it does: where they are there, something is in them."""
    return _EMPTY.get(called, {})
