"""Event source mappings: which queue or stream, and how it is read.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_event_source_mapping
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any, TypeAlias

from lambdalint.finding import Place
from lambdalint.project.deployment import BATCH_SIZES, Event, Fact
from lambdalint.project.descriptors.terraform.targets import kinds_of
from lambdalint.project.descriptors.terraform.values import Value

Arguments: TypeAlias = "Callable[[str], Value | None]"

#: The resources whose ARN a mapping takes. Modules of terraform-aws-modules are named by the last part of their source.
_KINDS = {
    "aws_sqs_queue": "sqs",
    "aws_kinesis_stream": "kinesis",
    "aws_kinesis_stream_consumer": "kinesis",
    "aws_dynamodb_table": "dynamodb",
    "aws_msk_cluster": "kafka",
    "aws_msk_serverless_cluster": "kafka",
    "aws_mq_broker": "mq",
    "aws_docdb_cluster": "documentdb",
}
_TABLES = ("aws_dynamodb_table",)
_MODULES = re.compile(r".*terraform-aws-modules/(?:terraform-aws-)?(sqs|dynamodb-table|msk-kafka-cluster)\b.*")
_OF_MODULE = {"sqs": "sqs", "dynamodb-table": "dynamodb", "msk-kafka-cluster": "kafka"}
_SERVICES = {"sqs": "sqs", "kinesis": "kinesis", "dynamodb": "dynamodb", "kafka": "kafka", "mq": "mq"}
#: Arguments that one kind of source alone has.
_ARGUMENTS = {
    "self_managed_event_source": "kafka",
    "self_managed_kafka_event_source_config": "kafka",
    "amazon_managed_kafka_event_source_config": "kafka",
    "topics": "kafka",
    "queues": "mq",
    "document_db_event_source_config": "documentdb",
}


def mapping_event(get: Arguments, blocks: Collection[str], place: Place, name: str) -> Event | None:
    """The event that a mapping sends; None where its source is not known. `get` gives its arguments: a resource's, or
    an object's in a module's `event_source_mapping`; `blocks` are those that it has besides."""
    kind = _kind(get, blocks)
    if kind is None:
        return None
    settings: dict[str, Fact[Any]] = {}
    types = get("function_response_types")
    if types is None or types.is_null:
        settings["response_types"] = Fact([], place)
    elif types.known and all(one.text is not None for one in types.elements()):
        settings["response_types"] = Fact([one.text for one in types.elements()], types.place)
    if "filter_criteria" in blocks or get("filter_criteria") is not None:
        settings["filtered"] = Fact(True, place)
    size = get("batch_size")
    if size is None or size.is_null:
        settings["batch_size"] = Fact(BATCH_SIZES[kind], place)
    elif size.number is not None:
        settings["batch_size"] = Fact(size.number, size.place)
    views = {one.text("stream_view_type") for one in kinds_of(get("event_source_arn")) if one.kind in _TABLES}
    view = views.pop() if len(views) == 1 else None
    if view is not None:
        settings["stream_view"] = Fact(view, place)
    return Event(kind, place, name, settings)


def _kind(get: Arguments, blocks: Collection[str]) -> str | None:
    arn = get("event_source_arn")
    kinds = {_kind_of(one.kind, one.text("source")) for one in kinds_of(arn)} - {None}
    if arn is not None and not kinds:
        written = (arn.text if arn.text is not None else arn.pattern or "").split(":")
        kinds = {_SERVICES.get(written[2]) if len(written) > 5 else None} - {None}
    if not kinds:
        kinds = {kind for name, kind in _ARGUMENTS.items() if get(name) is not None or name in blocks}
    return kinds.pop() if len(kinds) == 1 else None


def _kind_of(kind: str, source: str | None) -> str | None:
    if kind == "module":
        match = _MODULES.match(source or "")
        return _OF_MODULE[match[1]] if match else None
    return _KINDS.get(kind.removeprefix("data."))
