"""AWS::Lambda::Permission: who may call a function. It tells of a caller where no other resource does.

The principals are those of the services' own pages; what each sends is in the contracts.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
"""

from __future__ import annotations

from lambdalint.project.deployment import Event
from lambdalint.project.descriptors.templates.events import replaced
from lambdalint.project.descriptors.templates.template import Resource, Template

#: By the principal's first part. What is not here is "other": API Gateway calls in several ways, of which its routes
#: and authorizers alone tell, and CloudFormation needs a permission for macros and hooks, and none for a custom
#: resource (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros-author.html).
_BY_PRINCIPAL = {
    "s3": "s3",
    "sns": "sns",
    "events": "eventbridge",
    "scheduler": "schedule",
    "logs": "cloudwatch-logs",
    "cognito-idp": "cognito",
    "lexv2": "lex",
    "config": "config-rule",
    "elasticloadbalancing": "alb",
    "vpc-lattice": "vpc-lattice",
    "secretsmanager": "secrets-rotation",
    "bedrock": "bedrock-agent",
    "connect": "connect",
    "alexa-appkit": "alexa-skill",
    "alexa-connectedhome": "alexa-smart-home",
    "codecommit": "codecommit",
    "ses": "ses",
    "transfer": "transfer-identity",
    "edgelambda": "lambda-edge",
    "appsync": "appsync-authorizer",
    "states": "step-functions",
}
#: Kinds of which one says what a permission for the service is for.
_OF_SERVICE = {
    "apigateway": frozenset({
        "rest-api", "rest-api-custom", "http-api", "websocket", "rest-authorizer", "http-authorizer",
        "websocket-authorizer", "other",
    }),
    "cloudformation": frozenset({"custom-resource", "other"}),
    "events": frozenset({"eventbridge", "schedule"}),
    "iot": frozenset({"iot-rule", "iot-authorizer"}),
}  # fmt: skip
_ALARMS = "lambda.alarms.cloudwatch."
#: These may send an input in place of their event, and the permission does not say so.
_MAY_REPLACE = frozenset({"eventbridge", "schedule"})


def permitted(template: Template, permission: Resource) -> tuple[str, Event, frozenset[str]] | None:
    """The function that an AWS::Lambda::Permission is for, the caller that it tells of, and the kinds of events of
    which one, where it is known, is that caller."""
    scope = template.certain
    function = template.function(permission.value(scope, "FunctionName"))
    if function is None:
        return None
    kind, service = _caller(template, permission)
    settings = replaced(permission.place) if kind in _MAY_REPLACE else {}
    event = Event(kind, permission.place, permission.name, settings)
    return function, event, _OF_SERVICE.get(service, frozenset({kind}))


def _caller(template: Template, permission: Resource) -> tuple[str, str]:
    """The kind of event, and the service as its principal has it."""
    scope = template.certain
    principal = permission.value(scope, "Principal").canonical
    service = principal.partition(".")[0] if ".amazon" in principal else ""
    if any(not permission.value(scope, key).absent for key in ("FunctionUrlAuthType", "InvokedViaFunctionUrl")):
        return "function-url", ""
    if principal.startswith(_ALARMS):
        return "cloudwatch-alarm", ""
    if service == "iot":
        return _of_iot(template, permission), service
    return _BY_PRINCIPAL.get(service, "other"), service


def _of_iot(template: Template, permission: Resource) -> str:
    source = permission.value(template.certain, "SourceArn")
    resource = template.named(source)
    written = f"{source.canonical} {resource.type if resource is not None else ''}"
    if ":authorizer/" in written or "AWS::IoT::Authorizer" in written:
        return "iot-authorizer"
    return "iot-rule" if ":rule/" in written or "AWS::IoT::TopicRule" in written else "other"
