"""APIs of API Gateway, as SAM and as CloudFormation declare them: routes, integrations, authorizers."""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.finding import Place
from lambdalint.project.deployment import Event, Fact
from lambdalint.project.descriptors.templates.events import Call, Settings, named, other, payload_format, replaced
from lambdalint.project.descriptors.templates.openapi import (
    ANY,
    INTEGRATION,
    definition_calls,
    has_definition,
    http_authorizer,
)
from lambdalint.project.descriptors.templates.scope import Scope
from lambdalint.project.descriptors.templates.template import Resource, Template
from lambdalint.project.descriptors.templates.values import Value

#: Paths have fewer parts than this.
_MAX_PARTS = 30


def route_of_sam(
    template: Template, function: Resource, name: str, place: Place, kind: Value, properties: Value, scope: Scope
) -> Iterator[Event]:
    """The event of a function of SAM of type `Api` or `HttpApi` (`kind`). Where the API has a definition of its own,
    that alone says how the function is called: SAM adds a permission, and for an HTTP API a route that is not in it."""
    http = kind.text == "HttpApi"
    named_api = properties.get("ApiId" if http else "RestApiId")
    api = template.named(named_api) or template.resources.get(named_api.text or "")
    settings = named("method", properties.get("Method")) | named("path", properties.get("Path"))
    settings |= _stage_variables(template, api, place, scope, http)
    if api is None and not named_api.absent:
        yield other(place, name)
    elif api is not None and has_definition(template, api) and not _adds_to(template, api, properties, http, scope):
        if all(called != function.name for called, _ in definition_calls(template, api, http)):
            yield other(place, name)
    elif http:
        version = properties.get("PayloadFormatVersion")
        default: Settings = {"payload_format": Fact("2.0", kind.place)} if version.absent else {}
        yield Event("http-api", place, name, settings | default | payload_format(version))
    else:
        yield Event("rest-api", place, name, settings)


def _stage_variables(template: Template, api: Resource | None, place: Place, scope: Scope, http: bool) -> Settings:
    """That the stage of an API which SAM makes has no variables, by what the API and `Globals` say."""
    kind, written = ("HttpApi", "StageVariables") if http else ("Api", "Variables")
    if api is None:
        shared = template.root.get("Globals", kind)
        properties = template.certain.value(shared) if shared is not None else None
        given = [properties.get(written), properties.get("CanarySetting")] if properties is not None else []
    elif api.type == f"AWS::Serverless::{kind}":
        given = [api.value(scope, written), api.value(scope, "CanarySetting")]
    else:
        return {}
    return {"stage_variables": Fact(False, place)} if all(value.absent for value in given) else {}


def _adds_to(template: Template, api: Resource, event: Value, http: bool, scope: Scope) -> bool:
    """Whether SAM adds a route of its own to an API that has a definition."""
    if not http:
        return api.value(scope, "MergeDefinitions").truth is True
    body = api.value(scope, "DefinitionBody")
    if not body.is_map:
        return False
    path = "$default" if event.get("Path").absent else event.get("Path").text
    method = "any" if event.get("Method").absent else event.get("Method").text
    if path is None or method is None:
        return False
    wanted = ANY if method.lower() == "any" else method.lower()
    operations = dict(body.get("paths", path).items())
    own = next((operation for name, operation in operations.items() if name.lower() == wanted), None)
    return own is None or own.get(INTEGRATION).absent


def sam_api_calls(template: Template, api: Resource) -> Iterator[Call]:
    """An AWS::Serverless::Api, AWS::Serverless::HttpApi: its definition, its authorizers."""
    http = api.type == "AWS::Serverless::HttpApi"
    yield from definition_calls(template, api, http)
    yield from authorizer_calls(template, api.value(template.certain, "Auth", "Authorizers"), http)


def implicit_api_calls(template: Template) -> Iterator[Call]:
    """The authorizers of the APIs that SAM makes itself, which stand in `Globals`."""
    for kind in ("Api", "HttpApi"):
        shared = template.root.get("Globals", kind)
        if shared is not None and not any(template.of_type(f"AWS::Serverless::{kind}")):
            authorizers = template.certain.value(shared).get("Auth", "Authorizers")
            yield from authorizer_calls(template, authorizers, kind == "HttpApi")


def authorizer_calls(template: Template, authorizers: Value, http: bool) -> Iterator[Call]:
    """SAM's `Auth.Authorizers`.

    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-lambdatokenauthorizer.html
    """
    for name, authorizer in authorizers.items():
        function = template.function(authorizer.get("FunctionArn"))
        if function is None:
            continue
        place = authorizers.key_place(name)
        if http:
            version = authorizer.get("AuthorizerPayloadFormatVersion")
            yield function, http_authorizer(name, place, version, authorizer.get("EnableSimpleResponses"))
        else:
            kind = authorizer.get("FunctionPayloadType")
            default: Settings = {"authorizer_type": Fact("TOKEN", place)} if kind.absent else {}
            yield function, Event("rest-authorizer", place, name, default | named("authorizer_type", kind))


def sam_websocket_calls(template: Template, api: Resource) -> Iterator[Call]:
    """An AWS::Serverless::WebSocketApi."""
    routes = api.value(template.certain, "Routes")
    for key, route in routes.items():
        function = template.function(route.get("FunctionArn"))
        if function is not None:
            place = routes.key_place(key)
            yield function, Event("websocket", place, settings={"path": Fact(key, place)})
    authorizer = api.value(template.certain, "Auth", "AuthArn")
    function = template.function(authorizer)
    if function is not None:
        yield function, Event("websocket-authorizer", authorizer.place)


def rest_api_calls(template: Template, api: Resource) -> Iterator[Call]:
    """An AWS::ApiGateway::RestApi with a definition."""
    yield from definition_calls(template, api, http=False)


def method_calls(template: Template, method: Resource) -> Iterator[Call]:
    """An AWS::ApiGateway::Method."""
    scope = template.certain
    function = template.function(method.value(scope, "Integration", "Uri"))
    if function is None:
        return
    settings = named("method", method.value(scope, "HttpMethod"))
    path = _resource_path(template, method.value(scope, "ResourceId"))
    if path is not None:
        settings["path"] = Fact(path, method.value(scope, "ResourceId").place)
    kind = (method.value(scope, "Integration", "Type").text or "").upper()
    source = {"AWS_PROXY": "rest-api", "AWS": "rest-api-custom"}.get(kind, "other")
    yield function, Event(source, method.place, method.name, settings)


def _resource_path(template: Template, resource: Value) -> str | None:
    """The path of an AWS::ApiGateway::Resource, up to the API's root."""
    parts: list[str] = []
    for _ in range(_MAX_PARTS):
        named_one = template.named(resource)
        if named_one is None:
            return None
        if named_one.type != "AWS::ApiGateway::Resource":
            return "/" + "/".join(reversed(parts)) if "RootResourceId" in resource.canonical else None
        part = named_one.value(template.certain, "PathPart").text
        if part is None:
            return None
        parts.append(part)
        resource = named_one.value(template.certain, "ParentId")
    return None


def rest_authorizer_calls(template: Template, authorizer: Resource) -> Iterator[Call]:
    """An AWS::ApiGateway::Authorizer."""
    scope = template.certain
    function = template.function(authorizer.value(scope, "AuthorizerUri"))
    if function is not None:
        settings = named("authorizer_type", authorizer.value(scope, "Type"))
        yield function, Event("rest-authorizer", authorizer.place, authorizer.name, settings)


def _protocol(template: Template, api: Value) -> str:
    """HTTP or WEBSOCKET, or "" where it is not known which API it is."""
    resource = template.named(api)
    if resource is None:
        return ""
    if resource.type == "AWS::ApiGatewayV2::Api":
        protocol = resource.value(template.certain, "ProtocolType")
        body = has_definition(template, resource)  # a definition makes an HTTP API
        return "HTTP" if body else protocol.text or ""
    known = {"AWS::Serverless::HttpApi": "HTTP", "AWS::Serverless::WebSocketApi": "WEBSOCKET"}
    return known.get(resource.type, "")


def api_v2_calls(template: Template, api: Resource) -> Iterator[Call]:
    """An AWS::ApiGatewayV2::Api: its definition, and the function of a quick create, which is given payload 2.0.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html
    """
    yield from definition_calls(template, api, http=True)
    target = api.value(template.certain, "Target")
    function = template.function(target)
    if function is not None:
        settings: Settings = {"payload_format": Fact("2.0", target.place)}
        route = api.value(template.certain, "RouteKey")
        yield function, Event("http-api", api.place, api.name, settings | _route_settings(route))


def integration_calls(template: Template, integration: Resource) -> Iterator[Call]:
    """An AWS::ApiGatewayV2::Integration, once for each route to it."""
    scope = template.certain
    function = template.function(integration.value(scope, "IntegrationUri"))
    if function is None:
        return
    version = integration.value(scope, "PayloadFormatVersion")
    kind = integration.value(scope, "IntegrationType").text
    protocol = _protocol(template, integration.value(scope, "ApiId"))
    if not protocol and version.text in ("2.0", "2"):
        protocol = "HTTP"  # a WebSocket API has 1.0 alone
    if kind == "AWS_PROXY" and protocol == "HTTP":
        source, settings = "http-api", payload_format(version)
    elif kind == "AWS_PROXY" and protocol == "WEBSOCKET":
        source, settings = "websocket", {}
    else:
        source, settings = "other", replaced(integration.place)
    routes = template.once("routes", lambda: _routes(template)).get(integration.name, ())
    for route in routes:
        key = route.value(scope, "RouteKey")
        yield function, Event(source, route.place, route.name, settings | _route_settings(key))
    if not routes:
        yield function, Event(source, integration.place, integration.name, settings)


def _routes(template: Template) -> dict[str, list[Resource]]:
    """The routes to each integration, by its logical id."""
    found: dict[str, list[Resource]] = {}
    for route in template.of_type("AWS::ApiGatewayV2::Route"):
        target = template.named(route.value(template.certain, "Target"))
        if target is not None:
            found.setdefault(target.name, []).append(route)
    return found


def _route_settings(key: Value) -> Settings:
    """`GET /orders/{id}` of an HTTP API; `$connect` of a WebSocket API."""
    text = key.text
    if text is None:
        return {}
    method, _, path = text.rpartition(" ")
    settings: Settings = {"path": Fact(path, key.place)}
    return settings | {"method": Fact(method, key.place)} if method else settings


def authorizer_v2_calls(template: Template, authorizer: Resource) -> Iterator[Call]:
    """An AWS::ApiGatewayV2::Authorizer."""
    scope = template.certain
    function = template.function(authorizer.value(scope, "AuthorizerUri"))
    if function is None:
        return
    version = authorizer.value(scope, "AuthorizerPayloadFormatVersion")
    protocol = _protocol(template, authorizer.value(scope, "ApiId"))
    if protocol == "WEBSOCKET":
        yield function, Event("websocket-authorizer", authorizer.place, authorizer.name)
    elif protocol == "HTTP" or version.text is not None:
        simple = authorizer.value(scope, "EnableSimpleResponses")
        yield function, http_authorizer(authorizer.name, authorizer.place, version, simple)
    else:
        yield function, other(authorizer.place, authorizer.name)
