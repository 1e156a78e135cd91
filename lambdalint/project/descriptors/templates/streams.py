"""AWS::Lambda::EventSourceMapping: from which service it reads."""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.project.deployment import Event
from lambdalint.project.descriptors.templates.events import Call, Settings, named, stream_settings
from lambdalint.project.descriptors.templates.template import Resource, Template
from lambdalint.project.descriptors.templates.values import Value

_BY_TYPE = {
    "AWS::SQS::Queue": "sqs",
    "AWS::Kinesis::Stream": "kinesis",
    "AWS::Kinesis::StreamConsumer": "kinesis",
    "AWS::DynamoDB::Table": "dynamodb",
    "AWS::DynamoDB::GlobalTable": "dynamodb",
    "AWS::Serverless::SimpleTable": "dynamodb",
    "AWS::MSK::Cluster": "kafka",
    "AWS::MSK::ServerlessCluster": "kafka",
    "AWS::AmazonMQ::Broker": "mq",
    "AWS::DocDB::DBCluster": "documentdb",
}
_TABLES = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")
#: The service in an event source's ARN. DocumentDB's clusters are RDS' by their ARN.
_BY_SERVICE = {
    "sqs": "sqs",
    "kinesis": "kinesis",
    "dynamodb": "dynamodb",
    "kafka": "kafka",
    "mq": "mq",
    "rds": "documentdb",
}
#: Properties that one kind of source alone has.
_BY_PROPERTY = {
    "SelfManagedEventSource": "kafka",
    "SelfManagedKafkaEventSourceConfig": "kafka",
    "AmazonManagedKafkaEventSourceConfig": "kafka",
    "Topics": "kafka",
    "DocumentDBEventSourceConfig": "documentdb",
    "Queues": "mq",
}


def mapping_calls(template: Template, mapping: Resource) -> Iterator[Call]:
    """An AWS::Lambda::EventSourceMapping."""
    function = template.function(mapping.value(template.certain, "FunctionName"))
    if function is not None:
        kind = _source(template, mapping)
        settings = stream_settings(kind, mapping.value(template.certain), mapping.place) if kind != "other" else {}
        settings |= view_settings(template, mapping.value(template.certain, "EventSourceArn"))
        yield function, Event(kind, mapping.place, mapping.name, settings)


def view_settings(template: Template, stream: Value) -> Settings:
    """What a table's stream holds, where the table is one of the template's."""
    table = template.named(stream)
    if table is None or table.type not in _TABLES:
        return {}
    return named("stream_view", table.value(template.certain, "StreamSpecification", "StreamViewType"))


def _source(template: Template, mapping: Resource) -> str:
    """The kind of what a mapping reads from, or "other"."""
    properties = mapping.value(template.certain)
    arn = properties.get("EventSourceArn")
    resource = template.named(arn)
    if resource is not None and resource.type in _BY_TYPE:
        return _BY_TYPE[resource.type]
    service = arn.canonical.split(":")
    if len(service) > 2 and service[2] in _BY_SERVICE:
        return _BY_SERVICE[service[2]]
    if properties.open:
        return "other"
    for name, kind in _BY_PROPERTY.items():
        if not properties.get(name).absent:
            return kind
    # Every source but a queue of SQS or of MQ is read from a position, which must be said.
    if not arn.absent and properties.get("StartingPosition").absent:
        return "sqs"
    return "other"
