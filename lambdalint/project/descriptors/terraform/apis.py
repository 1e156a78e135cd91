"""API Gateway and load balancers: the routes that end in a function, and its authorizers.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs: api_gateway_*, apigatewayv2_*, lb_target_group*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lambdalint.finding import Place
from lambdalint.project.deployment import Event, Fact
from lambdalint.project.descriptors.terraform.modules import Instance
from lambdalint.project.descriptors.terraform.targets import Targets, kinds_of
from lambdalint.project.descriptors.terraform.values import Value

Found = Iterator[tuple[Instance, Event]]

_REST = {"AWS_PROXY": "rest-api", "AWS": "rest-api-custom"}


def _integration(instance: Instance, targets: Targets) -> Found:
    kind = _REST.get(instance.text("type") or "")
    if kind is None:
        return
    settings: dict[str, Fact[Any]] = {}
    method = instance.get("http_method")
    if method is not None and method.text is not None:
        settings["method"] = Fact(method.text, method.place)
    resource = instance.get("resource_id")
    path = _path(resource) if resource is not None else None
    if resource is not None and path is not None:
        settings["path"] = Fact(path, resource.place)
    for function in targets.named(instance.get("uri")):
        yield function, Event(kind, instance.place, instance.address, settings)


def _path(resource: Value) -> str | None:
    """The path of an aws_api_gateway_resource, by its parents."""
    parts: list[str] = []
    for _ in range(20):
        if len(resource.refs) != 1 or not isinstance(resource.refs[0].of, Instance):
            return None
        of, attribute = resource.refs[0].of, resource.refs[0].attribute
        if of.kind.removeprefix("data.") == "aws_api_gateway_rest_api" and attribute == "root_resource_id":
            return "/" + "/".join(reversed(parts))
        part, parent = of.text("path_part"), of.get("parent_id")
        if of.kind != "aws_api_gateway_resource" or part is None or parent is None:
            return None
        parts.append(part)
        resource = parent
    return None


def _rest_api(instance: Instance, targets: Targets) -> Found:
    """An API whose `body` is an OpenAPI document with integrations in it."""
    body = instance.get("body")
    document = body.decoded if body is not None else None
    paths = document.get("paths") if document is not None else None
    for path, methods in paths.items() if paths is not None else ():
        for method, operation in methods.items():
            integration = operation.get("x-amazon-apigateway-integration")
            kind = integration.get("type") if integration is not None else None
            if integration is None or kind is None or kind.text is None:
                continue
            event = _REST.get(kind.text.upper())
            name = "ANY" if method == "x-amazon-apigateway-any-method" else method.upper()
            settings = {"method": Fact(name, operation.place), "path": Fact(path, methods.place)}
            for function in targets.named(integration.get("uri")) if event is not None else ():
                yield function, Event(event or "", integration.place, instance.address, settings)


def _authorizer(instance: Instance, targets: Targets) -> Found:
    kind = instance.get("type")
    written = kind.text if kind is not None else "TOKEN"
    settings: dict[str, Fact[Any]] = {}
    if written in ("TOKEN", "REQUEST"):
        settings["authorizer_type"] = Fact(written, kind.place if kind is not None else instance.place)
    for function in targets.named(instance.get("authorizer_uri")):
        yield function, Event("rest-authorizer", instance.place, instance.address, settings)


def _protocol(instance: Instance) -> str | None:
    """The protocol of the API that an integration or an authorizer is of."""
    apis = [one for one in kinds_of(instance.get("api_id")) if one.kind == "aws_apigatewayv2_api"]
    return apis[0].text("protocol_type") if len(apis) == 1 else None


def _integration_v2(instance: Instance, targets: Targets) -> Found:
    functions = targets.named(instance.get("integration_uri"))
    protocol = _protocol(instance)
    if not functions or instance.text("integration_type") != "AWS_PROXY" or protocol not in ("HTTP", "WEBSOCKET"):
        return
    settings: dict[str, Fact[Any]] = {}
    if protocol == "HTTP":
        settings |= _setting("payload_format", instance.get("payload_format_version"), "1.0", instance.place)
    routes = [one for one in _routes(instance) if instance in kinds_of(one.get("target"))]
    for function in functions:
        for route in routes or [instance]:
            own = settings | _route(route)
            yield function, Event("http-api" if protocol == "HTTP" else "websocket", route.place, route.address, own)


def _routes(instance: Instance) -> Iterator[Instance]:
    module = instance.module
    for block in module.body.blocks:
        if block.type == "resource" and block.labels[:1] == ("aws_apigatewayv2_route",) and len(block.labels) == 2:
            yield from module.made(*block.labels)


def _route(route: Instance) -> dict[str, Fact[Any]]:
    key = route.get("route_key")
    if key is None or key.text is None:
        return {}
    method, _, path = key.text.rpartition(" ")
    settings = {"path": Fact(path, key.place)}
    return settings | {"method": Fact(method, key.place)} if method else settings


def _quick_api(instance: Instance, targets: Targets) -> Found:
    """An HTTP API whose `target` is its one route's function."""
    if instance.text("protocol_type") == "HTTP":
        for function in targets.named(instance.get("target")):
            yield function, Event("http-api", instance.place, instance.address, _route(instance))


def _authorizer_v2(instance: Instance, targets: Targets) -> Found:
    protocol = _protocol(instance)
    if protocol not in ("HTTP", "WEBSOCKET") or instance.text("authorizer_type") != "REQUEST":
        return
    settings: dict[str, Fact[Any]] = {}
    if protocol == "HTTP":
        settings |= _setting("payload_format", instance.get("authorizer_payload_format_version"), None, instance.place)
        simple = instance.get("enable_simple_responses")
        if simple is None or simple.truth is not None:
            place = simple.place if simple is not None else instance.place
            settings["simple_responses"] = Fact(simple is not None and bool(simple.truth), place)
    for function in targets.named(instance.get("authorizer_uri")):
        kind = "http-authorizer" if protocol == "HTTP" else "websocket-authorizer"
        yield function, Event(kind, instance.place, instance.address, settings)


def _attachment(instance: Instance, targets: Targets) -> Found:
    groups = [one for one in kinds_of(instance.get("target_group_arn")) if one.kind in _GROUPS]
    functions = targets.named(instance.get("target_id"))
    for function in functions if len(groups) == 1 else ():
        many = groups[0].get("lambda_multi_value_headers_enabled")
        settings: dict[str, Fact[Any]] = {}
        if many is None or many.truth is not None:
            place = many.place if many is not None else groups[0].place
            settings["multi_value_headers"] = Fact(many is not None and bool(many.truth), place)
        yield function, Event("alb", instance.place, instance.address, settings)


def _lattice(instance: Instance, targets: Targets) -> Found:
    for section in instance.sections("target"):
        for function in targets.named(section.get("id")):
            yield function, Event("vpc-lattice", instance.place, instance.address)


def _setting(name: str, value: Value | None, default: str | None, place: Place) -> dict[str, Fact[Any]]:
    if value is None:
        return {name: Fact(default, place)} if default is not None else {}
    return {name: Fact(value.text, value.place)} if value.text is not None else {}


_GROUPS = frozenset({"aws_lb_target_group", "aws_alb_target_group"})

#: The reader of each resource.
API_READERS: Mapping[str, Callable[[Instance, Targets], Found]] = {
    "aws_api_gateway_integration": _integration,
    "aws_api_gateway_rest_api": _rest_api,
    "aws_api_gateway_authorizer": _authorizer,
    "aws_apigatewayv2_integration": _integration_v2,
    "aws_apigatewayv2_api": _quick_api,
    "aws_apigatewayv2_authorizer": _authorizer_v2,
    "aws_lb_target_group_attachment": _attachment,
    "aws_alb_target_group_attachment": _attachment,
    "aws_vpclattice_target_group_attachment": _lattice,
}
