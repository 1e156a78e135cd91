"""API Gateway's extensions of an OpenAPI definition: which functions it integrates, and which it asks to authorize.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.finding import Place
from lambdalint.project.deployment import Event, Fact
from lambdalint.project.descriptors.templates.events import Call, Settings, named, payload_format
from lambdalint.project.descriptors.templates.template import Resource, Template
from lambdalint.project.descriptors.templates.values import Value

INTEGRATION = "x-amazon-apigateway-integration"
_AUTHORIZER = "x-amazon-apigateway-authorizer"
ANY = "x-amazon-apigateway-any-method"


def definition(template: Template, api: Resource) -> Value | None:
    """The definition that an API is given, where it can be read; None where it has none or it stands elsewhere."""
    for key in ("DefinitionBody", "Body"):
        body = api.value(template.certain, key)
        if body.is_map:
            return body
        include = body.node.get("Fn::Transform")
        if include is not None and template.certain.value(include).get("Name").text == "AWS::Include":
            return template.included(template.certain.value(include).get("Parameters", "Location"))
    for key in ("DefinitionUri", "BodyS3Location"):
        location = api.value(template.certain, key)
        if location.text is not None:
            return template.included(location)
    return None


def has_definition(template: Template, api: Resource) -> bool:
    """Whether an API is given a definition, so that SAM does not make one of the functions' events."""
    keys = ("DefinitionBody", "DefinitionUri", "Body", "BodyS3Location")
    return any(not api.value(template.certain, key).absent for key in keys)


def definition_calls(template: Template, api: Resource, http: bool) -> tuple[Call, ...]:
    """What an API's definition calls. `http`: it is an HTTP API, not a REST API."""
    return template.once(f"definition of {api.name}", lambda: tuple(_calls(template, api, http)))


def _calls(template: Template, api: Resource, http: bool) -> Iterator[Call]:
    body = definition(template, api)
    if body is None:
        return
    for path, item in body.get("paths").items():
        for method, operation in item.items():
            integration = operation.get(INTEGRATION)
            function = template.function(integration.get("uri"))
            if function is not None:
                settings = {
                    "method": Fact("ANY" if method == ANY else method.upper(), item.key_place(method)),
                    "path": Fact(path, body.get("paths").key_place(path)),
                }
                yield function, _integrated(integration, settings, item.key_place(method), http)
    for schemes in (body.get("components", "securitySchemes"), body.get("securityDefinitions")):
        for name, scheme in schemes.items():
            authorizer = scheme.get(_AUTHORIZER)
            function = template.function(authorizer.get("authorizerUri"))
            if function is not None:
                yield function, _authorizer(name, authorizer, schemes.key_place(name), http)


def _integrated(integration: Value, settings: Settings, place: Place, http: bool) -> Event:
    kind = (integration.get("type").text or "").lower()
    if kind == "aws_proxy":
        if not http:
            return Event("rest-api", place, settings=settings)
        return Event("http-api", place, settings=settings | payload_format(integration.get("payloadFormatVersion")))
    custom = kind == "aws" and not http
    return Event("rest-api-custom" if custom else "other", place, settings=settings)


def _authorizer(name: str, authorizer: Value, place: Place, http: bool) -> Event:
    kind = authorizer.get("type")
    if not http:
        settings: Settings = named("authorizer_type", kind)
        if "authorizer_type" in settings:
            settings["authorizer_type"] = Fact((kind.text or "").upper(), kind.place)
        return Event("rest-authorizer", place, name, settings)
    version = authorizer.get("authorizerPayloadFormatVersion")
    return http_authorizer(name, place, version, authorizer.get("enableSimpleResponses"))


def http_authorizer(name: str, place: Place, version: Value, simple: Value) -> Event:
    """The authorizer of an HTTP API; by default it answers with a policy."""
    settings = payload_format(version)
    truth = False if simple.absent else simple.truth
    if truth is not None:
        settings["simple_responses"] = Fact(truth, place if simple.absent else simple.place)
    return Event("http-authorizer", place, name, settings)
