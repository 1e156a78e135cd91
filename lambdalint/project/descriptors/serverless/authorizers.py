"""The functions that other functions' routes name as their authorizers."""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.finding import Place
from lambdalint.project.deployment import Event, Fact
from lambdalint.project.descriptors.serverless.references import function_named
from lambdalint.project.descriptors.serverless.service import Service
from lambdalint.project.descriptors.serverless.variables import Unresolved, known, scalar
from lambdalint.project.descriptors.tree import Node


def authorizers(service: Service) -> Iterator[tuple[str, Event]]:
    """Names of functions, each with the authorizer that it is."""
    for function in service.functions:
        for element in service.variables.elements(service.get(function.node, "events")):
            for name, read in (("http", _rest), ("websocket", _websocket)):
                node = service.get(element, name, "authorizer") if isinstance(element.value, dict) else None
                if node is not None and not isinstance(node, Unresolved):
                    yield from read(service, node)
    yield from _of_http_api(service)


def _rest(service: Service, node: Node) -> Iterator[tuple[str, Event]]:
    """https://www.serverless.com/framework/docs/providers/aws/events/apigateway: TOKEN if no type is said; a type that
    is neither it nor REQUEST (aws_iam, COGNITO_USER_POOLS) calls no function."""
    name = _named(service, node)
    kind = service.get(node, "type")
    if name is None or isinstance(kind, Unresolved):
        return
    spelled = (scalar(kind) or "TOKEN").upper()
    if spelled in ("TOKEN", "REQUEST"):
        fact = Fact(spelled, kind.place if kind is not None else node.place)
        yield name, Event("rest-authorizer", node.place, settings={"authorizer_type": fact})


def _websocket(service: Service, node: Node) -> Iterator[tuple[str, Event]]:
    name = _named(service, node)
    if name is not None:
        yield name, Event("websocket-authorizer", node.place)


def _named(service: Service, node: Node) -> str | None:
    """The function that `authorizer: name`, `{name: ...}` or `{arn: ...}` means."""
    if not isinstance(node.value, dict):
        return scalar(node)
    arn = service.get(node, "arn")
    return function_named(service, arn) if arn is not None else scalar(service.get(node, "name"))


def _of_http_api(service: Service) -> Iterator[tuple[str, Event]]:
    """https://www.serverless.com/framework/docs/providers/aws/events/http-api: the payload is 2.0 if not said, and
    responses are simple only if said."""
    named = service.get(service.provider, "httpApi", "authorizers")
    for key, written in named.items() if named is not None else ():
        node = service.variables.resolved(written)
        name = scalar(service.get(node, "functionName"))
        if node is None or name is None or scalar(service.get(node, "type")) != "request":
            continue
        payload, simple = service.get(node, "payloadVersion"), service.get(node, "enableSimpleResponses")
        settings: dict[str, Fact[object]] = {}
        if not isinstance(payload, Unresolved):
            settings["payload_format"] = Fact(scalar(known(payload)) or "2.0", _place(payload, node))
        if simple is None or isinstance(simple.value, bool):
            settings["simple_responses"] = Fact(bool(simple.value) if simple else False, _place(simple, node))
        yield name, Event("http-authorizer", node.place, key, settings)


def _place(setting: Node | None, node: Node) -> Place:
    return setting.place if setting is not None else node.place
