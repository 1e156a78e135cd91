"""The events of a function in serverless.yml, as `Event`s.

What each is called, its settings and their defaults: https://www.serverless.com/framework/docs/providers/aws/events and
the Framework's own source (packages/serverless/lib/plugins/aws/package/compile/events).
checked = 2026-11-24
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from lambdalint.finding import Place
from lambdalint.project.deployment import Event, Fact
from lambdalint.project.descriptors.serverless.references import logical_ids
from lambdalint.project.descriptors.serverless.service import Service, Written, logical_name
from lambdalint.project.descriptors.serverless.variables import Unresolved, known, scalar
from lambdalint.project.descriptors.tree import Node

#: Events that say nothing more than that they are there.
_PLAIN = {
    "sns": "sns",
    "cloudwatchLog": "cloudwatch-logs",
    "iot": "iot-rule",
    "alexaSkill": "alexa-skill",
    "alexaSmartHome": "alexa-smart-home",
    "cloudFront": "lambda-edge",
}
#: Event source mappings: the kind, and how many records come at once if it is not said.
_POLLED = {
    "sqs": ("sqs", 10),
    "msk": ("kafka", 100),
    "kafka": ("kafka", 100),
    "activemq": ("mq", 100),
    "rabbitmq": ("mq", 100),
}
_TABLES = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")
_INPUTS = ("input", "inputPath", "inputTransformer")


def events_of(service: Service, function: Written) -> tuple[Event, ...]:
    """What calls a function by its own `events` and `url`. An event that cannot be known is "other"."""
    found: list[Event] = []
    written = service.get(function.node, "events")
    if isinstance(written, Unresolved) or (written is not None and isinstance(written.value, str)):
        found.append(Event("other", written.place))
    for element in service.variables.elements(written):
        if isinstance(element.value, str):  # `- alexaSkill`
            found += _event(service, function, element.value, None, element.place)
        elif isinstance(element, Unresolved):
            found.append(Event("other", element.place))
        for name, node in element.items():
            found += _event(service, function, name, service.variables.resolved(node), element.key_place(name))
    url = service.get(function.node, "url")
    if url is not None and url.value not in (None, False) and not isinstance(url, Unresolved):
        found.append(Event("function-url", function.node.key_place("url")))
    return tuple(found)


def _event(service: Service, function: Written, name: str, node: Node | None, place: Place) -> Iterator[Event]:
    read = _READERS.get(name)
    if read is not None and node is not None and not isinstance(node, Unresolved):
        yield from read(service, function, name, node, place)
    elif name in _PLAIN:
        yield Event(_PLAIN[name], place)
    else:
        yield Event("other", place, name)


def _facts(**nodes: tuple[Any, Node | Place]) -> dict[str, Fact[Any]]:
    """Settings: each a value and where it stands; a value of None is not known."""
    return {
        name: Fact(value, where if isinstance(where, Place) else where.place)
        for name, (value, where) in nodes.items()
        if value is not None
    }


def _text(service: Service, node: Node, key: str) -> str | None:
    return scalar(service.get(node, key))


def _http(service: Service, function: Written, name: str, node: Node, place: Place) -> Iterator[Event]:
    """`http`: a REST API. `integration` other than a proxy of Lambda's has templates of its own, or no function."""
    integration = service.get(node, "integration")
    if isinstance(integration, Unresolved) or isinstance(service.get(node, "async"), Unresolved):
        yield Event("other", place, name)
        return
    spelled = (scalar(integration) or "").upper().replace("-", "_")
    if spelled in ("HTTP", "HTTP_PROXY", "MOCK"):
        return
    custom = spelled in ("LAMBDA", "AWS") or (not spelled and bool(getattr(service.get(node, "async"), "value", None)))
    kind = "rest-api-custom" if custom else "rest-api" if spelled in ("", "LAMBDA_PROXY", "AWS_PROXY") else "other"
    method, path = _route(service, node)
    route = f"/{path.strip('/')}" if path is not None else None
    yield Event(kind, place, settings=_facts(method=(method and method.upper(), node), path=(route, node)))


def _http_api(service: Service, function: Written, name: str, node: Node, place: Place) -> Iterator[Event]:
    payload = service.get(function.node, "httpApi", "payload")
    if payload is None or (payload.value is None and not isinstance(payload, Unresolved)):
        payload = service.get(service.provider, "httpApi", "payload")
    default = None if isinstance(payload, Unresolved) or service.version == 1 else "2.0"
    version = scalar(known(payload)) or default
    method, path = _route(service, node)
    if "*" in (node.value, path):
        method, path = "ANY", "$default"
    elif method == "*":
        method = "ANY"
    yield Event(
        "http-api",
        place,
        settings=_facts(
            payload_format=(version if version in ("1.0", "2.0") else None, known(payload) or place),
            method=(method and method.upper(), node),
            path=(path, node),
        ),
    )


def _route(service: Service, node: Node) -> tuple[str | None, str | None]:
    """Method and path of `GET /orders` or of a mapping."""
    if isinstance(node.value, str):
        method, _, path = node.value.strip().partition(" ")
        return method or None, path.strip() or None
    return _text(service, node, "method"), _text(service, node, "path")


def _websocket(service: Service, function: Written, name: str, node: Node, place: Place) -> Iterator[Event]:
    route = scalar(node) if not isinstance(node.value, dict) else _text(service, node, "route")
    yield Event("websocket", place, settings=_facts(path=(route, node)))


def _stream(service: Service, function: Written, name: str, node: Node, place: Place) -> Iterator[Event]:
    arn = node if isinstance(node.value, str) else service.get(node, "arn")
    parts = (scalar(arn) or "").split(":")
    kind = scalar(service.get(node, "type")) or (parts[2] if len(parts) > 2 else "")
    if kind in ("dynamodb", "kinesis"):
        view = _view(service, arn) if kind == "dynamodb" else None
        for event in _mapping(service, function, kind, 10, node, place):
            yield replace(event, settings={**event.settings, **_facts(stream_view=(view, arn or place))})
    else:
        yield Event("other", place, name)


def _view(service: Service, arn: Node | None) -> str | None:
    """What a table's stream holds, where the table is one of the service's `resources`."""
    tables = [service.resources[name] for name in logical_ids(service, arn) if name in service.resources]
    if len(tables) != 1 or _text(service, tables[0], "Type") not in _TABLES:
        return None
    return scalar(service.get(tables[0], "Properties", "StreamSpecification", "StreamViewType"))


def _bucket(service: Service, function: Written, name: str, node: Node, place: Place) -> Iterator[Event]:
    """`s3`: of what is created, if nothing is said. https://www.serverless.com/framework/docs/providers/aws/events/s3"""
    event = service.get(node, "event") if not isinstance(node.value, str) else None
    told = "s3:ObjectCreated:*" if event is None else scalar(event)
    yield Event("s3", place, settings=_facts(notified=([told] if told is not None else None, event or place)))


def _polled(service: Service, function: Written, name: str, node: Node, place: Place) -> Iterator[Event]:
    kind, size = _POLLED[name]
    yield from _mapping(service, function, kind, size, node, place)


def _mapping(service: Service, function: Written, kind: str, size: int, node: Node, place: Place) -> Iterator[Event]:
    """An event source mapping. `resources.extensions` may set what is not said here."""
    prefix = f"{logical_name(function.name)}EventSourceMapping"
    extended = any(name.startswith(prefix) for name in service.extended)
    kinds: Any = None
    answer = service.get(node, "functionResponseType")
    if isinstance(answer, Node) and isinstance(answer.value, str):
        kinds = [answer.value]
    elif not extended and not isinstance(answer, Unresolved):
        kinds = []
    batch = service.get(node, "batchSize")
    number: Any = size if batch is None and not extended else batch.value if batch is not None else None
    yield Event(
        kind,
        place,
        settings=_facts(
            response_types=(kinds, answer or place),
            batch_size=(number if isinstance(number, int) else None, batch or place),
            filtered=(True if extended or service.get(node, "filterPatterns") is not None else None, place),
        ),
    )


def _schedule(service: Service, function: Written, name: str, node: Node, place: Place) -> Iterator[Event]:
    yield Event("schedule", place, settings=_input(service, node))


def _event_bridge(service: Service, function: Written, name: str, node: Node, place: Place) -> Iterator[Event]:
    """One rule, or a schedule, or both: https://www.serverless.com/framework/docs/providers/aws/events/event-bridge"""
    scheduled = service.get(node, "schedule") is not None
    if scheduled:
        yield Event("schedule", place, settings=_input(service, node))
    if not scheduled or service.get(node, "pattern") is not None:
        yield Event("eventbridge", place, settings=_input(service, node))


def _input(service: Service, node: Node) -> dict[str, Fact[Any]]:
    """Whether something replaces the source's own event."""
    for name in _INPUTS:
        written = service.get(node, name)
        if isinstance(written, Unresolved):
            return {}
        if written is not None:
            return _facts(input=(True, node.key_place(name)))
    return {}


def _cognito(service: Service, function: Written, name: str, node: Node, place: Place) -> Iterator[Event]:
    yield Event("cognito", place, settings=_facts(trigger=(_text(service, node, "trigger"), node)))


def _alb(service: Service, function: Written, name: str, node: Node, place: Place) -> Iterator[Event]:
    several = service.get(node, "multiValueHeaders")
    value = False if several is None else several.value
    known_value = value if isinstance(value, bool) else None
    yield Event("alb", place, settings=_facts(multi_value_headers=(known_value, several or place)))


_READERS: dict[str, Callable[[Service, Written, str, Node, Place], Iterator[Event]]] = {
    "http": _http,
    "httpApi": _http_api,
    "websocket": _websocket,
    "stream": _stream,
    "s3": _bucket,
    "schedule": _schedule,
    "eventBridge": _event_bridge,
    "cloudwatchEvent": _event_bridge,
    "cognitoUserPool": _cognito,
    "alb": _alb,
    **dict.fromkeys(_POLLED, _polled),
}
