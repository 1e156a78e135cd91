"""What calls the functions, by the resources that set it up.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs: each resource's page names its arguments and their
defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lambdalint.project.deployment import Event, Fact
from lambdalint.project.descriptors.terraform.apis import API_READERS
from lambdalint.project.descriptors.terraform.modules import Instance, Section
from lambdalint.project.descriptors.terraform.sources import mapping_event
from lambdalint.project.descriptors.terraform.targets import Targets, kinds_of
from lambdalint.project.descriptors.terraform.values import Value

Found = Iterator[tuple[Instance, Event]]

#: Resources of which one attribute names the function: the blocks that it stands in, its name, the event's kind.
_SIMPLE: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]] = {
    "aws_lambda_function_url": (((), "function_name", "function-url"),),
    "aws_s3_bucket_notification": ((("lambda_function",), "lambda_function_arn", "s3"),),
    "aws_cloudwatch_log_subscription_filter": (((), "destination_arn", "cloudwatch-logs"),),
    "aws_cloudfront_distribution": (
        (("default_cache_behavior", "lambda_function_association"), "lambda_arn", "lambda-edge"),
        (("ordered_cache_behavior", "lambda_function_association"), "lambda_arn", "lambda-edge"),
    ),
    "aws_iot_topic_rule": ((("lambda",), "function_arn", "iot-rule"),),
    "aws_iot_authorizer": (((), "authorizer_function_arn", "iot-authorizer"),),
    "aws_secretsmanager_secret_rotation": (((), "rotation_lambda_arn", "secrets-rotation"),),
    "aws_appsync_datasource": ((("lambda_config",), "function_arn", "appsync"),),
    "aws_appsync_graphql_api": (
        (("lambda_authorizer_config",), "authorizer_uri", "appsync-authorizer"),
        (("additional_authentication_provider", "lambda_authorizer_config"), "authorizer_uri", "appsync-authorizer"),
    ),
    "aws_transfer_server": (((), "function", "transfer-identity"),),
    "aws_sfn_state_machine": (((), "definition", "step-functions"),),
    "aws_ses_receipt_rule": ((("lambda_action",), "function_arn", "ses"),),
    "aws_codecommit_trigger": ((("trigger",), "destination_arn", "codecommit"),),
    "aws_cloudwatch_metric_alarm": (
        ((), "alarm_actions", "cloudwatch-alarm"),
        ((), "ok_actions", "cloudwatch-alarm"),
    ),
    "aws_bedrockagent_agent_action_group": ((("action_group_executor",), "lambda", "bedrock-agent"),),
    "aws_connect_lambda_function_association": (((), "function_arn", "connect"),),
    "aws_s3control_object_lambda_access_point": (
        (
            ("configuration", "transformation_configuration", "content_transformation", "aws_lambda"),
            "function_arn",
            "s3-object-lambda",
        ),
    ),
}

#: The principal of a permission that names one kind alone, where no resource that sets the event up is seen.
_PRINCIPALS = {
    "s3": "s3",
    "sns": "sns",
    "logs": "cloudwatch-logs",
    "elasticloadbalancing": "alb",
    "vpc-lattice": "vpc-lattice",
    "secretsmanager": "secrets-rotation",
    "config": "config-rule",
    "iot": "iot-rule",
    "ses": "ses",
    "codecommit": "codecommit",
    "alexa-appkit": "alexa-skill",
    "alexa-connectedhome": "alexa-smart-home",
    "lambda.alarms.cloudwatch": "cloudwatch-alarm",
}

_PERMISSION = "aws_lambda_permission"
#: Names of Cognito's triggers that are not their own in Terraform, word by word.
_TRIGGERS = {"pre_token_generation_config": "PreTokenGeneration"}


def events_of(instances: Sequence[Instance], targets: Targets) -> dict[Instance, list[Event]]:
    """What calls each function, as far as it is seen."""
    found: dict[Instance, list[Event]] = {}
    for instance in instances:
        for function, event in _events(instance, targets):
            found.setdefault(function, []).append(event)
    for instance in instances:
        if instance.kind == _PERMISSION:
            for function in targets.named(instance.get("function_name")):
                own = found.setdefault(function, [])
                own += permitted(instance.get("principal"), instance.get("source_arn"), instance, instance.address, own)
    return found


def permitted(
    principal: Value | None, source: Value | None, section: Section, name: str, others: Sequence[Event]
) -> list[Event]:
    """What a permission tells of who calls, beside what is seen already."""
    text = principal.text if principal is not None else None
    if principal is None or text is None:
        return []
    service = text.removesuffix(".amazonaws.com")
    if service == "events":
        kinds = [kind for rule in kinds_of(source) for kind in _rule_kinds(rule)]
    else:
        kinds = [_PRINCIPALS[service]] if service in _PRINCIPALS else []
    seen = {event.kind for event in others}
    return [Event(kind, principal.place, name) for kind in kinds if kind not in seen]


def _events(instance: Instance, targets: Targets) -> Found:
    for path, attribute, kind in _SIMPLE.get(instance.kind, ()):
        for section in instance.sections(*path) if path else [instance]:
            for function in targets.named(section.get(attribute)):
                yield function, Event(kind, section.place, instance.address, _notified(section) if kind == "s3" else {})
    special = _SPECIAL.get(instance.kind) or API_READERS.get(instance.kind)
    if special is not None:
        yield from special(instance, targets)


def _notified(section: Section) -> dict[str, Fact[Any]]:
    """The events that a bucket tells of."""
    events = section.get("events")
    if events is None or not events.known:
        return {}
    texts = [one.text for one in events.elements()]
    return {"notified": Fact(texts, events.place)} if texts and None not in texts else {}


def _mapping(instance: Instance, targets: Targets) -> Found:
    blocks = {block.type for block in instance.body.blocks}
    for function in targets.named(instance.get("function_name")):
        event = mapping_event(instance.get, blocks, instance.place, instance.address)
        if event is not None:
            yield function, event


def _subscription(instance: Instance, targets: Targets) -> Found:
    if instance.text("protocol") == "lambda":
        for function in targets.named(instance.get("endpoint")):
            yield function, Event("sns", instance.place, instance.address)


def _rule_kinds(rule: Instance) -> list[str]:
    """What a rule of EventBridge sends: scheduled events, or those that its pattern fits."""
    if rule.kind != "aws_cloudwatch_event_rule":
        return []
    kinds = {"schedule_expression": "schedule", "event_pattern": "eventbridge"}
    return [kind for name, kind in kinds.items() if rule.get(name) is not None]


def _rule_target(instance: Instance, targets: Targets) -> Found:
    functions = targets.named(instance.get("arn"))
    if not functions:
        return
    settings: dict[str, Fact[Any]] = {}
    for name in ("input", "input_path"):
        value = instance.get(name)
        if value is not None:
            settings["input"] = Fact(True, value.place)
    for section in instance.sections("input_transformer"):
        settings["input"] = Fact(True, section.place)
    rule = instance.get("rule")
    kinds = [kind for one in kinds_of(rule) for kind in _rule_kinds(one)]
    for function in functions:
        for kind in kinds:
            yield function, Event(kind, instance.place, instance.address, settings)


def _schedule(instance: Instance, targets: Targets) -> Found:
    for section in instance.sections("target"):
        value = section.get("input")
        settings: dict[str, Fact[Any]] = {"input": Fact(True, value.place)} if value is not None else {}
        for function in targets.named(section.get("arn")):
            yield function, Event("schedule", section.place, instance.address, settings)


def _user_pool(instance: Instance, targets: Targets) -> Found:
    for config in instance.sections("lambda_config"):
        for name in config.body.attributes:
            for function in targets.named(config.get(name)):
                yield function, _trigger(name, config, instance)
        for block in config.body.blocks:
            for section in config.sections(block.type):
                for function in targets.named(section.get("lambda_arn")):
                    yield function, _trigger(block.type, section, instance)


def _trigger(name: str, section: Section, instance: Instance) -> Event:
    trigger = _TRIGGERS.get(name, "".join(word.capitalize() for word in name.split("_")))
    place = section.body.attributes[name].place if name in section.body.attributes else section.place
    return Event("cognito", place, instance.address, {"trigger": Fact(trigger, place)})


def _delivery_stream(instance: Instance, targets: Targets) -> Found:
    for block in instance.body.blocks:
        for section in instance.sections(block.type, "processing_configuration", "processors"):
            if section.text("type") != "Lambda":
                continue
            for parameter in section.sections("parameters"):
                if parameter.text("parameter_name") == "LambdaArn":
                    for function in targets.named(parameter.get("parameter_value")):
                        yield function, Event("firehose", section.place, instance.address)


def _config_rule(instance: Instance, targets: Targets) -> Found:
    for section in instance.sections("source"):
        if section.text("owner") == "CUSTOM_LAMBDA":
            for function in targets.named(section.get("source_identifier")):
                yield function, Event("config-rule", section.place, instance.address)


_SPECIAL: Mapping[str, Callable[[Instance, Targets], Found]] = {
    "aws_lambda_event_source_mapping": _mapping,
    "aws_sns_topic_subscription": _subscription,
    "aws_cloudwatch_event_target": _rule_target,
    "aws_scheduler_schedule": _schedule,
    "aws_cognito_user_pool": _user_pool,
    "aws_kinesis_firehose_delivery_stream": _delivery_stream,
    "aws_config_config_rule": _config_rule,
}

#: The kinds of what sets events up.
EVENT_KINDS = frozenset({_PERMISSION, *_SIMPLE, *_SPECIAL, *API_READERS})
