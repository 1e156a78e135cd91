"""What the properties of an AWS::Serverless::Function say of its callers: `Events`, `FunctionUrlConfig`.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.finding import Place
from lambdalint.project.deployment import Event, Fact
from lambdalint.project.descriptors.templates.apis import route_of_sam
from lambdalint.project.descriptors.templates.events import (
    Settings,
    input_settings,
    listed,
    named,
    numbered,
    other,
    stream_settings,
)
from lambdalint.project.descriptors.templates.scope import Scope
from lambdalint.project.descriptors.templates.streams import view_settings
from lambdalint.project.descriptors.templates.template import Resource, Template
from lambdalint.project.descriptors.templates.values import Value

_STREAMS = {
    "SQS": "sqs",
    "Kinesis": "kinesis",
    "DynamoDB": "dynamodb",
    "MSK": "kafka",
    "SelfManagedKafka": "kafka",
    "MQ": "mq",
    "DocumentDB": "documentdb",
}
_PLAIN = {"CloudWatchLogs": "cloudwatch-logs", "IoTRule": "iot-rule", "AlexaSkill": "alexa-skill"}
_WITH_INPUT = {
    "Schedule": "schedule",
    "ScheduleV2": "schedule",
    "EventBridgeRule": "eventbridge",
    "CloudWatchEvent": "eventbridge",
}


def own_events(template: Template, function: Resource, scope: Scope) -> Iterator[Event]:
    """The events that a function of SAM declares itself."""
    if function.type != "AWS::Serverless::Function":
        return
    events = function.value(scope, "Events")
    for name, event in events.items():
        yield from _event(template, function, name, events.key_place(name), event, scope)
    if events.open:
        yield other(events.place)
    url = function.value(scope, "FunctionUrlConfig")
    if not url.absent:
        yield Event("function-url", url.place)


def _event(
    template: Template, function: Resource, name: str, key: Place, event: Value, scope: Scope
) -> Iterator[Event]:
    kind = event.get("Type")
    properties = event.get("Properties")
    text = kind.text
    if text in _STREAMS:
        settings = stream_settings(_STREAMS[text], properties, kind.place)
        if text == "DynamoDB":
            settings |= view_settings(template, properties.get("Stream"))
        yield Event(_STREAMS[text], key, name, settings)
    elif text == "S3":
        yield Event("s3", key, name, listed("notified", properties.get("Events")))
    elif text in _PLAIN:
        yield Event(_PLAIN[text], key, name)
    elif text in _WITH_INPUT:
        yield Event(_WITH_INPUT[text], key, name, input_settings(properties))
    elif text == "SNS":
        yield _topic(name, key, properties)
    elif text == "Cognito":
        for trigger in properties.get("Trigger").one_or_more():
            yield Event("cognito", key, name, named("trigger", trigger))
    elif text in ("Api", "HttpApi"):
        yield from route_of_sam(template, function, name, key, kind, properties, scope)
    else:
        yield other(key, name)


def _topic(name: str, key: Place, properties: Value) -> Event:
    """A topic calls the function itself, or a queue that SAM puts between them does; that has no
    FunctionResponseTypes."""
    queue = properties.get("SqsSubscription")
    if queue.absent or queue.truth is False:
        return Event("sns", key, name)
    if queue.truth is None and not queue.is_map:
        return other(key, name)
    size = queue.get("BatchSize") if queue.is_map else queue.nothing()
    settings: Settings = {"response_types": Fact([], queue.place)}
    if size.absent:
        settings["batch_size"] = Fact(10, queue.place)
    return Event("sqs", key, name, settings | numbered("batch_size", size))
