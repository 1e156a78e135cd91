"""Permissions to call a function. They tell of a caller where nothing that sets one up is seen: it is made
elsewhere, or by hand.

https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_lambda/Function.html (add_permission, grant_invoke).
checked = 2026-12-02
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.project.deployment import Event
from lambdalint.project.descriptors.cdk.constructs import Construct, Constructs, known

if TYPE_CHECKING:
    from lambdalint.interpreter.shapes import Shape

#: The principals that call in one way alone. EventBridge may send another input than its event, and the permission
#: does not say so; API Gateway calls in several ways.
_BY_PRINCIPAL = {
    "alexa-appkit": "alexa-skill",
    "alexa-connectedhome": "alexa-smart-home",
    "bedrock": "bedrock-agent",
    "codecommit": "codecommit",
    "cognito-idp": "cognito",
    "config": "config-rule",
    "connect": "connect",
    "elasticloadbalancing": "alb",
    "lambda.alarms.cloudwatch": "cloudwatch-alarm",
    "lexv2": "lex",
    "logs": "cloudwatch-logs",
    "s3": "s3",
    "secretsmanager": "secrets-rotation",
    "ses": "ses",
    "sns": "sns",
    "transfer": "transfer-identity",
    "vpc-lattice": "vpc-lattice",
}
_RESOURCE = "aws_lambda.CfnPermission"


def permitted(construct: Construct, constructs: Constructs) -> tuple[Shape | None, Event] | None:
    """The value that stands for a function, and the caller that a permission for it tells of."""
    if construct.name == _RESOURCE:
        function, principal = construct.given("function_name"), construct.given("principal")
    elif construct.method == "add_permission":
        function, principal = construct.receiver, _service(construct.given("principal"), constructs)
    elif construct.method == "grant_invoke":
        function, principal = construct.receiver, _service(construct.argument(0, "grantee"), constructs)
    else:
        return None
    service = known(principal)
    if not isinstance(service, str) or construct.given("function_url_auth_type") is not None:
        return None
    kind = _BY_PRINCIPAL.get(service.removesuffix(".amazonaws.com"))
    return (function, Event(kind, construct.place)) if kind is not None else None


def _service(principal: Shape | None, constructs: Constructs) -> Shape | None:
    made = constructs.made_by(principal, "aws_iam.ServicePrincipal")
    return made.argument(0, "service") if made is not None else None
