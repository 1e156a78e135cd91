"""Queues, streams and topics that a function reads: event sources, and mappings by an ARN.

https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_lambda_event_sources.html. checked = 2026-11-29
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.project.deployment import BATCH_SIZES, Event, Fact
from lambdalint.project.descriptors.cdk.constructs import Construct, Constructs, elements, known, name_of, short_name

if TYPE_CHECKING:
    from lambdalint.interpreter.shapes import Shape

#: What `add_event_source` is given, and whether it may say which records failed.
_SOURCES = {
    "SqsEventSource": ("sqs", True),
    "DynamoEventSource": ("dynamodb", True),
    "KinesisEventSource": ("kinesis", True),
    "KinesisConsumerEventSource": ("kinesis", True),
    "ManagedKafkaEventSource": ("kafka", False),
    "SelfManagedKafkaEventSource": ("kafka", False),
    "S3EventSource": ("s3", False),
    "S3EventSourceV2": ("s3", False),
    "SnsEventSource": ("sns", False),
}
#: What has an ARN that a mapping reads.
_BY_ARN = {"aws_sqs.": "sqs", "aws_kinesis.": "kinesis", "aws_dynamodb.": "dynamodb"}
_MAPPINGS = ("aws_lambda.EventSourceMapping", "aws_lambda.CfnEventSourceMapping")


def streamed(construct: Construct, constructs: Constructs) -> tuple[Shape | None, Event] | None:
    """The value that stands for a function, and what it reads."""
    if construct.method == "add_event_source":
        event = _of_source(construct.argument(0, "source"), constructs)
        return (construct.receiver, event) if event is not None else None
    if construct.method == "add_event_source_mapping" or construct.name in _MAPPINGS:
        event = _of_mapping(construct)
        reader = construct.given("target", "function_name") if construct.name in _MAPPINGS else construct.receiver
        return (reader, event) if event is not None else None
    return None


def _of_source(shape: Shape | None, constructs: Constructs) -> Event | None:
    made = constructs.maker(shape)
    if made is None or not made.name.startswith("aws_lambda_event_sources."):
        return None
    kind, partial = _SOURCES.get(made.method, ("", False))
    if not kind:
        return None
    settings = _settings(kind, made, partial)
    if kind == "dynamodb":
        settings |= _view(made.argument(0, "table"), constructs)
    if kind == "s3":
        settings = _notified(made)
    return Event(kind, made.place, settings=settings)


def _view(table: Shape | None, constructs: Constructs) -> dict[str, Fact[Any]]:
    """What a table's stream holds."""
    made = constructs.made_by(table, "aws_dynamodb.Table", "aws_dynamodb.TableV2")
    stream = made.given("stream", "dynamo_stream") if made is not None and not made.open else None
    _, found, view = short_name(name_of(stream)).partition("aws_dynamodb.StreamViewType.")
    return {"stream_view": Fact(view, made.at(stream))} if made is not None and found else {}


def _notified(construct: Construct) -> dict[str, Fact[Any]]:
    """The events that a bucket tells of: `EventType.OBJECT_REMOVED_DELETE` is `s3:ObjectRemoved:Delete`."""
    given, whole = elements(construct.given("events"))
    names = [short_name(name_of(one)).partition("aws_s3.EventType.")[2].split("_") for one in given]
    if not names or not whole or construct.open or any(len(name) < 2 for name in names):
        return {}
    types = ["".join(map(str.capitalize, name[:2])) + ":" + ("".join(map(str.capitalize, name[2:])) or "*")
             for name in names]  # fmt: skip
    return {"notified": Fact([f"s3:{one}" for one in types], construct.at(construct.given("events")))}


def _of_mapping(construct: Construct) -> Event | None:
    arn = short_name(name_of(construct.given("event_source_arn")))
    kind = next((kind for start, kind in _BY_ARN.items() if arn.startswith(start)), None)
    if kind is None:
        return Event("kafka", construct.place) if construct.given("kafka_topic") is not None else None
    return Event(kind, construct.place, settings=_settings(kind, construct, True))


def _settings(kind: str, construct: Construct, partial: bool) -> dict[str, Fact[Any]]:
    settings: dict[str, Fact[Any]] = {}
    size = construct.number(construct.given("batch_size"))
    if size is not None:
        settings["batch_size"] = size
    elif kind in BATCH_SIZES and construct.given("batch_size") is None and not construct.open:
        settings["batch_size"] = Fact(BATCH_SIZES[kind], construct.place)
    filters = construct.given("filters")
    if filters is not None or construct.open:
        settings["filtered"] = Fact(True, construct.at(filters))
    if not partial or construct.open:
        return settings
    asked, listed = construct.given("report_batch_item_failures"), construct.given("function_response_types")
    if asked is None and listed is None:
        settings["response_types"] = Fact([], construct.place)
    elif isinstance(known(asked), bool):
        types = ["ReportBatchItemFailures"] if known(asked) else []
        settings["response_types"] = Fact(types, construct.at(asked))
    elif listed is not None and elements(listed)[1]:
        names = [known(one) for one in elements(listed)[0]]
        if all(isinstance(name, str) for name in names):
            settings["response_types"] = Fact(names, construct.at(listed))
    return settings
