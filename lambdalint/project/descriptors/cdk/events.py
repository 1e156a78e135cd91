"""What calls the functions that an app makes: constructs that are given one, and methods that are called on one.

Each row is as the reference has it: https://docs.aws.amazon.com/cdk/api/v2/python/modules.html. checked = 2026-11-29
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lambdalint.project.deployment import Event, Fact
from lambdalint.project.descriptors.cdk.constructs import Construct, Constructs, elements, entries, known, name_of
from lambdalint.project.descriptors.cdk.owners import Owners
from lambdalint.project.descriptors.cdk.permissions import permitted
from lambdalint.project.descriptors.cdk.routes import Routes
from lambdalint.project.descriptors.cdk.streams import streamed

if TYPE_CHECKING:
    from lambdalint.interpreter.shapes import Shape

#: Constructs that are given the function, whatever the argument is called, and what they make of it.
_GIVEN = {
    "aws_apigateway.LambdaIntegration": "rest-api",
    "aws_apigateway.LambdaRestApi": "rest-api",
    "aws_apigateway.RequestAuthorizer": "rest-authorizer",
    "aws_apigateway.TokenAuthorizer": "rest-authorizer",
    "aws_apigatewayv2_authorizers.HttpLambdaAuthorizer": "http-authorizer",
    "aws_apigatewayv2_authorizers.WebSocketLambdaAuthorizer": "websocket-authorizer",
    "aws_apigatewayv2_integrations.HttpLambdaIntegration": "http-api",
    "aws_apigatewayv2_integrations.LambdaProxyIntegration": "http-api",
    "aws_apigatewayv2_integrations.LambdaWebSocketIntegration": "websocket",
    "aws_apigatewayv2_integrations.WebSocketLambdaIntegration": "websocket",
    "aws_appconfig.CfnConfigurationProfile.ValidatorsProperty": "other",
    "aws_appconfig.LambdaDestination": "other",
    "aws_appconfig.LambdaValidator.from_function": "other",
    "aws_appsync.LambdaAuthorizerConfig": "appsync-authorizer",
    "aws_appsync.LambdaDataSource": "appsync",
    "aws_bedrock.ActionGroupExecutor.from_lambda": "bedrock-agent",
    "aws_bedrock.CfnAgent.ActionGroupExecutorProperty": "bedrock-agent",
    "aws_cloudformation.CustomResourceProvider.lambda_": "custom-resource",
    "aws_cloudfront.EdgeLambda": "lambda-edge",
    "aws_cloudfront.LambdaFunctionAssociation": "lambda-edge",
    "aws_cloudwatch_actions.LambdaAction": "cloudwatch-alarm",
    "aws_codepipeline_actions.LambdaInvokeAction": "codepipeline",
    "aws_config.CustomRule": "config-rule",
    "aws_elasticloadbalancingv2_targets.LambdaTarget": "alb",
    "aws_iot.CfnTopicRule.LambdaActionProperty": "iot-rule",
    "aws_iot_actions.LambdaFunctionAction": "iot-rule",
    "aws_kinesisfirehose.CfnDeliveryStream.ProcessorParameterProperty": "firehose",
    "aws_kinesisfirehose.LambdaFunctionProcessor": "firehose",
    "aws_lambda.CfnUrl": "function-url",
    "aws_lambda.FunctionUrl": "function-url",
    "aws_lambda_destinations.LambdaDestination": "other",
    "aws_logs_destinations.LambdaDestination": "cloudwatch-logs",
    "aws_s3.CfnBucket.LambdaConfigurationProperty": "s3",
    "aws_s3_notifications.LambdaDestination": "s3",
    "aws_s3objectlambda.AccessPoint": "s3-object-lambda",
    "aws_scheduler.CfnSchedule.TargetProperty": "schedule",
    "aws_scheduler_targets.LambdaInvoke": "schedule",
    "aws_secretsmanager.RotationSchedule": "secrets-rotation",
    "aws_ses_actions.Lambda": "ses",
    "aws_sns.CfnSubscription": "sns",
    "aws_sns_subscriptions.LambdaSubscription": "sns",
    "aws_solutions_constructs.aws_apigateway_lambda.ApiGatewayToLambda": "rest-api",
    "aws_solutions_constructs.aws_s3_lambda.S3ToLambda": "s3",
    "aws_solutions_constructs.aws_sns_lambda.SnsToLambda": "sns",
    "aws_solutions_constructs.aws_sqs_lambda.SqsToLambda": "sqs",
    "aws_stepfunctions_tasks.InvokeFunction": "step-functions",
    "aws_stepfunctions_tasks.LambdaInvoke": "step-functions",
    "aws_stepfunctions_tasks.RunLambdaTask": "step-functions",
    "custom_resources.Provider": "custom-resource-provider",
    "CustomResource": "custom-resource",
}  # fmt: skip
#: Methods of whatever construct that are given the function.
_METHODS = {"add_lambda_data_source": "appsync", "add_rotation_schedule": "secrets-rotation"}
_RULES = ("aws_events.Rule", "aws_events.CfnRule")
_TARGETS = ("aws_events_targets.LambdaFunction", "aws_events.CfnRule.TargetProperty")
_TRIGGERS = "aws_cognito.UserPoolTriggers"

#: What is an integration of an API, that has routes to it.
_ROUTED = ("rest-api", "http-api")

Called = dict[object, list[Event]]


def events_of(constructs: Constructs, owners: Owners) -> Called:
    """What calls each function, by its identity, in order."""
    found: Called = {}
    reader = _Reader(constructs)
    for construct in constructs:
        for shape, event in reader.events(construct):
            owner = owners.function(shape)
            if owner is not None and event not in found.setdefault(owner, []):
                found[owner].append(event)
    for construct in constructs:
        shape, permission = permitted(construct, constructs) or (None, None)
        owner = owners.function(shape)
        if owner is not None and permission is not None:
            events = found.setdefault(owner, [])
            if all(event.kind != permission.kind for event in events):
                events.append(permission)
    return {owner: events for owner, events in found.items() if events}


class _Reader:
    """Reads what each call says of who calls a function."""

    def __init__(self, constructs: Constructs) -> None:
        self._constructs, self._routes = constructs, Routes(constructs)

    def events(self, construct: Construct) -> list[tuple[Shape | None, Event]]:
        """Values that stand for functions, if they do, and what calls them."""
        kind = _GIVEN.get(construct.name) or _METHODS.get(construct.method)
        if kind is not None:
            event = self._given(kind, construct)
            routes = self._routes.to(construct) if kind in _ROUTED else [{}]
            return [
                (shape, replace(event, settings={**event.settings, **route}))
                for shape in (construct.arguments() if event is not None else ())
                for route in routes
                if event is not None
            ]
        if construct.method == "add_function_url":
            return [(construct.receiver, Event("function-url", construct.place))]
        source = streamed(construct, self._constructs)
        if source is not None:
            return [source]
        if construct.name in _RULES:
            return [
                found for target in elements(construct.given("targets"))[0] for found in self._target(target, construct)
            ]
        if construct.method == "add_target":
            rule = self._constructs.made_by(construct.receiver, *_RULES)
            return self._target(construct.argument(0, "target"), rule) if rule is not None else []
        if construct.name == _TRIGGERS:
            return [(shape, _trigger(name, construct)) for name, shape in construct.call.keywords]
        if construct.name == "aws_cognito.UserPool":
            named, _ = entries(construct.given("lambda_triggers"))
            return [(entry.value, _trigger(name, construct)) for name, entry in named]
        if construct.name == "aws_cognito.UserPool.add_trigger":
            operation = name_of(construct.argument(0, "operation")).rpartition(".")[2].lower()
            return [(construct.argument(1, "fn"), _trigger(operation, construct))] if operation else []
        if construct.name == "aws_cloudfront.experimental.EdgeFunction":
            return [(construct.call.made, Event("lambda-edge", construct.place))]
        return []

    def _target(self, shape: Shape | None, rule: Construct) -> list[tuple[Shape | None, Event]]:
        """A function as the target of a rule: by a schedule, or by a pattern, of which it has one at least."""
        target = self._constructs.made_by(shape, *_TARGETS)
        if target is None or rule.open:
            return []
        schedule = rule.given("schedule", "schedule_expression")
        kind = "schedule" if schedule is not None and rule.given("event_pattern") is None else "eventbridge"
        other = target.given("event", "input", "input_path", "input_transformer")
        settings = {"input": Fact(True, target.place)} if other is not None else {}
        return [(target.argument(0, "handler", "arn"), Event(kind, target.place, settings=settings))]

    def _given(self, kind: str, construct: Construct) -> Event | None:
        """The event of a construct that is given a function; None where a setting that is not known decides it."""
        settings: dict[str, Fact[Any]] = {}
        place = construct.place
        if construct.open:
            return None
        if construct.name == "aws_apigateway.LambdaIntegration":
            proxy = construct.given("proxy")
            if proxy is not None and not isinstance(known(proxy), bool):
                return None
            kind = "rest-api-custom" if proxy is not None and known(proxy) is False else kind
        elif construct.name == "aws_apigateway.LambdaRestApi" and construct.given("integration_options") is not None:
            return None
        elif kind == "rest-authorizer":
            settings["authorizer_type"] = Fact("TOKEN" if construct.method == "TokenAuthorizer" else "REQUEST", place)
        elif kind == "http-api":
            settings = _payload_format(construct)
        elif kind == "http-authorizer":
            settings = _responses(construct)
        elif kind == "alb":
            settings = {}
        elif kind == "schedule" and construct.given("input") is not None:
            settings["input"] = Fact(True, construct.at(construct.given("input")))
        return Event(kind, place, settings=settings)


def _payload_format(construct: Construct) -> dict[str, Fact[Any]]:
    shape = construct.given("payload_format_version")
    if shape is None:
        return {"payload_format": Fact("2.0", construct.place)}
    version = {"VERSION_1_0": "1.0", "VERSION_2_0": "2.0"}.get(name_of(shape).rpartition(".")[2])
    return {"payload_format": Fact(version, construct.at(shape))} if version is not None else {}


def _responses(construct: Construct) -> dict[str, Fact[Any]]:
    """An authorizer with simple responses is sent the second format, any other the first."""
    shape = construct.given("response_types")
    names, complete = elements(shape)
    simple = any(name_of(one).endswith(".HttpLambdaResponseType.SIMPLE") for one in names)
    if shape is not None and not simple and not (complete and all(name_of(one).endswith(".IAM") for one in names)):
        return {}
    place = construct.at(shape)
    return {"simple_responses": Fact(simple, place), "payload_format": Fact("2.0" if simple else "1.0", place)}


def _trigger(name: str, construct: Construct) -> Event:
    """A trigger of Cognito: `pre_sign_up` is PreSignUp. The second version of a token's has the name of the first."""
    words = name.removesuffix("_config").split("_")
    trigger = "".join(word.capitalize() for word in words)
    return Event("cognito", construct.place, settings={"trigger": Fact(trigger, construct.place)})
