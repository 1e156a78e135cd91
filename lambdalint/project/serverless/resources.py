"""The resources in serverless.yml that call functions of the service.

A resource that refers to a function in a way that is not known here is an event of kind "other": what it sends cannot
be told. CloudFormation's documentation of each type:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
checked = 2026-11-24
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lambdalint.project.deployment import Event, Fact
from lambdalint.project.serverless.references import function_named, logical_ids
from lambdalint.project.serverless.service import Service
from lambdalint.project.serverless.variables import Unresolved, known, scalar
from lambdalint.project.tree import Node

#: What a mapping reads, by the type of the resource that it names.
_SOURCES = {
    "AWS::SQS::Queue": "sqs",
    "AWS::DynamoDB::Table": "dynamodb",
    "AWS::DynamoDB::GlobalTable": "dynamodb",
    "AWS::Kinesis::Stream": "kinesis",
    "AWS::Kinesis::StreamConsumer": "kinesis",
    "AWS::MSK::Cluster": "kafka",
    "AWS::AmazonMQ::Broker": "mq",
    "AWS::DocDB::DBCluster": "documentdb",
}
#: The same by the service in an ARN.
_SERVICES = {"sqs": "sqs", "dynamodb": "dynamodb", "kinesis": "kinesis", "kafka": "kafka", "mq": "mq"}
#: Resources whose reference to a function makes it be called, and by what.
_CALLERS = {
    "AWS::Lambda::Url": "function-url",
    "AWS::S3::Bucket": "s3",
    "AWS::SNS::Topic": "sns",
    "AWS::SNS::Subscription": "sns",
    "AWS::Logs::SubscriptionFilter": "cloudwatch-logs",
    "AWS::IoT::TopicRule": "iot-rule",
    "AWS::CloudFront::Distribution": "lambda-edge",
    "AWS::KinesisFirehose::DeliveryStream": "firehose",
    "AWS::AppSync::DataSource": "appsync",
    "AWS::StepFunctions::StateMachine": "step-functions",
    "AWS::Config::ConfigRule": "config-rule",
    "AWS::SecretsManager::RotationSchedule": "secrets-rotation",
    "AWS::CloudFormation::CustomResource": "custom-resource",
}
#: Resources that name a function and do not call it.
_SILENT = re.compile(
    r"AWS::(Lambda::(Version|Alias|EventInvokeConfig|Function|LayerVersion.*)|Logs::LogGroup|IAM::.*|CloudWatch::.*"
    r"|ApplicationAutoScaling::.*|SSM::Parameter)"
)
#: The services that a permission lets in and that call in one way only.
_PRINCIPALS = {"s3": "s3", "sns": "sns", "logs": "cloudwatch-logs", "cognito-idp": "cognito", "config": "config-rule"}


def callers(service: Service) -> Iterator[tuple[str, Event]]:
    """Names of functions, each with something in `resources` or `stepFunctions` that calls it."""
    for key, node in service.resources.items():
        name = function_named(service, node)
        kind = scalar(service.get(node, "Type")) or ""
        if name is None or _SILENT.fullmatch(kind):
            continue
        if kind == "AWS::Lambda::EventSourceMapping":
            yield name, _mapping(service, key, node)
        elif kind == "AWS::Lambda::Permission":
            principal = scalar(service.get(node, "Properties", "Principal")) or ""
            yield name, Event(_PRINCIPALS.get(principal.partition(".")[0], "other"), node.place, key)
        else:
            custom = "custom-resource" if kind.startswith("Custom::") else "other"
            yield name, Event(_CALLERS.get(kind, custom), node.place, key)
    machines = service.get(service.root, "stepFunctions", "stateMachines")
    for key, written in machines.items() if machines is not None else ():
        for name in sorted(_called(service, service.variables.resolved(written))):
            yield name, Event("step-functions", machines.key_place(key) if machines else written.place, key)


def _called(service: Service, machine: Node | None) -> frozenset[str]:
    """The functions that a state machine of the step-functions plugin calls, which may name them without the suffix:
    https://github.com/serverless-operations/serverless-step-functions"""
    ids = logical_ids(service, machine)
    return frozenset(
        function.name for function in service.functions if {function.name, service.logical_id(function.name)} & ids
    )


def _mapping(service: Service, key: str, node: Node) -> Event:
    properties = service.get(node, "Properties")
    source = service.get(properties, "EventSourceArn")
    kind = _SERVICES.get((scalar(source) or "::").split(":", 3)[2], "") if scalar(source) else ""
    for name in logical_ids(service, source):
        kind = _SOURCES.get(scalar(service.get(service.resources.get(name), "Type")) or "", kind)
    if source is None and known(service.get(properties, "SelfManagedEventSource")) is not None:
        kind = "kafka"
    settings: dict[str, Fact[Any]] = {}
    answers = service.get(properties, "FunctionResponseTypes")
    if answers is None:
        settings["response_types"] = Fact([], node.place)
    elif not isinstance(answers, Unresolved):
        settings["response_types"] = Fact([scalar(part) for part in service.variables.elements(answers)], answers.place)
    size = known(service.get(properties, "BatchSize"))
    if size is not None and isinstance(size.value, int):
        settings["batch_size"] = Fact(size.value, size.place)
    return Event(kind or "other", node.place, key, settings)
