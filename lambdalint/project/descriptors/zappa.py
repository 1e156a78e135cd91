"""Zappa: zappa_settings.json, .toml or .yml; each stage is a function that Zappa's own handler runs the app in.

https://github.com/zappa/Zappa#advanced-settings and its source (zappa/cli.py, zappa/handler.py).
checked = 2026-11-24
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lambdalint.finding import Place, Position, Span
from lambdalint.project.deployment import Code, Deployment, Event, Fact
from lambdalint.project.descriptors.reader import Files, Reader
from lambdalint.project.descriptors.tree import MAX_BYTES, Node, Unreadable, read_tree
from lambdalint.text import Text
from lambdalint.toml_places import Path, Places, places

NAME = "Zappa"

_DEFAULT_TIMEOUT = 30
_DEFAULT_MEMORY = 512
_OWN_HANDLER = "handler.lambda_handler"
_NAMED = re.compile(r"zappa_settings[\w.-]*\.(json|toml|ya?ml)")
#: What the service in an event source's ARN sends.
_SERVICES = {"s3": "s3", "sns": "sns", "sqs": "sqs", "dynamodb": "dynamodb", "kinesis": "kinesis"}
#: What Zappa's handler sets before it imports the app.
_SET_BY_ZAPPA = ("SERVERTYPE", "FRAMEWORK", "PROJECT", "STAGE")


def fits(name: str, data: bytes) -> bool:
    """A file of the name."""
    return _NAMED.fullmatch(name) is not None


def read(path: str, files: Files) -> Iterable[Deployment]:
    """Of each stage the app, and the functions that Zappa calls in it: for events, as authorizer, as triggers.

    Zappa calls such a function with an event and a context, with an event, or with nothing, whatever it takes.

    Raises:
        Unreadable: it is no JSON, TOML or YAML.
    """
    text = files.text(path)
    if text is None:
        return
    root = _toml(text) if path.endswith(".toml") else read_tree(text)
    given: set[tuple[object, ...]] = set()
    for stage, node in root.items():
        settings = _settings(root, stage)
        for deployment in _deployments(stage, node.place, settings, os.path.dirname(path)):
            handler = deployment.handler.value if deployment.handler is not None else stage
            key = (handler, tuple(sorted((name, fact.value) for name, fact in deployment.variables.items())))
            if key not in given:
                given.add(key)
                yield deployment


READER = Reader(NAME, fits, read)


def _settings(root: Node, stage: str) -> dict[str, Node]:
    """A stage's settings over those of the stage that it extends, and so on."""
    found: dict[str, Node] = {}
    seen: set[str] = set()
    while stage not in seen:
        seen.add(stage)
        node = root.get(stage)
        for name, setting in node.items() if node is not None else ():
            found.setdefault(name, setting)
        extended = node.get("extends") if node is not None else None
        stage = extended.text or stage if extended is not None else stage
    return found


def _deployments(stage: str, place: Place, settings: dict[str, Node], folder: str) -> Iterator[Deployment]:
    app, django = settings.get("app_function"), settings.get("django_settings")
    own = settings.get("lambda_handler")
    variables: dict[str, Fact[str | None]] = {name: Fact(None, place) for name in _SET_BY_ZAPPA}
    if django is not None:
        variables["DJANGO_SETTINGS_MODULE"] = Fact(django.text, django.place)
    for name in ("aws_environment_variables", "environment_variables"):
        for variable, node in settings[name].items() if name in settings else ():
            variables[variable] = Fact(node.text, node.place)
    runtime = settings.get("runtime")
    named = Fact(runtime.value, runtime.place) if runtime is not None and isinstance(runtime.value, str) else None
    common: dict[str, Any] = {
        "descriptor": NAME,
        # Zappa packages what the virtual environment holds, and not what a manifest says
        "code": Code(folder=folder),
        "runtime": named,
        "timeout": _number(settings.get("timeout_seconds"), _DEFAULT_TIMEOUT, place),
        "memory": _number(settings.get("memory_size"), _DEFAULT_MEMORY, place),
        "variables": variables,
        "variables_known": "remote_env" not in settings,
        "layers_known": "layers" not in settings,
        "answers_itself": True,
        "python": True,
    }
    if app is not None or django is not None:
        handled = own is None or own.value == _OWN_HANDLER
        events = tuple(_app_events(settings, place)) if handled else (Event("other", place),)
        # without a dot Zappa itself refuses it
        named_app = app.value if app is not None and isinstance(app.value, str) and "." in app.value else None
        handler = Fact(named_app, app.place) if handled and app is not None and named_app is not None else None
        yield Deployment(name=stage, place=place, handler=handler, events=events, **common)
    for node, event in _called(settings):
        if isinstance(node.value, str) and "." in node.value:
            handler = Fact(node.value, node.place)
            yield Deployment(name=node.value, place=node.place, handler=handler, events=(event,), **common)


def _number(node: Node | None, default: int, place: Place) -> Fact[int] | None:
    if node is None:
        return Fact(default, place)
    return Fact(node.value, node.place) if isinstance(node.value, int) and not isinstance(node.value, bool) else None


def _app_events(settings: dict[str, Node], place: Place) -> Iterator[Event]:
    """What sends the app its requests."""
    gateway = settings.get("apigateway_enabled")
    if gateway is None or gateway.value is not False:
        version = settings.get("apigateway_version")
        yield Event("http-api" if version is not None and version.value == "v2" else "rest-api", place)
    for name, kind in (("function_url_enabled", "function-url"), ("alb_enabled", "alb")):
        if name in settings and settings[name].value is True:
            yield Event(kind, settings[name].place)


def _called(settings: dict[str, Node]) -> Iterator[tuple[Node, Event]]:
    """The functions that settings name, each with what calls it."""
    events = settings.get("events")
    for node in events.elements() if events is not None else ():
        function = node.get("function")
        if function is not None:
            yield function, Event(_kind(node), node.place)
    authorizer = settings.get("authorizer")
    function = authorizer.get("function") if authorizer is not None else None
    if authorizer is not None and function is not None:
        yield (
            function,
            Event("rest-authorizer", authorizer.place, "", {"authorizer_type": Fact("TOKEN", function.place)}),
        )
    triggers = settings["cognito"].get("triggers") if "cognito" in settings else None
    for node in triggers.elements() if triggers is not None else ():
        function, source = node.get("function"), node.get("source")
        if function is not None:
            trigger = source.text.partition("_")[0] if source is not None and source.text else None
            known = {"trigger": Fact(trigger, source.place)} if trigger and source is not None else {}
            yield function, Event("cognito", node.place, "", known)


def _kind(event: Node) -> str:
    if event.get("expression") is not None or event.get("expressions") is not None:
        return "schedule"
    if event.get("event_pattern") is not None or event.get("event_source", "event_pattern") is not None:
        return "eventbridge"
    arn = event.get("event_source", "arn")
    parts = (arn.text or "").split(":") if arn is not None else []
    return _SERVICES.get(parts[2], "other") if len(parts) > 2 else "other"


# -- TOML as a tree ---------------------------------------------------------------------------------------------------


def _toml(text: Text) -> Node:
    """A TOML file as the tree that JSON would give.

    Raises:
        Unreadable: it is no TOML, or too large.
    """
    import tomli

    start = text.place(Span(text.path, Position(1, 1), Position(1, 1)))
    if len(text.data) > MAX_BYTES:
        raise Unreadable(f"it has {len(text.data) / 1_000_000:.1f} MB", start, False)
    try:
        return _node(tomli.loads(text.text), (), places(text.text), text)
    except tomli.TOMLDecodeError as error:
        raise Unreadable(str(error), start) from None
    except RecursionError:
        raise Unreadable("it is nested too deep", start, False) from None


def _node(value: object, way: Path, found: Places, text: Text) -> Node:
    at = found.values.get(way) or found.keys.get(way)
    row, column, end = (at.row, at.column, at.end_column) if at is not None else (1, 1, 1)
    place = text.place(Span(text.path, Position(row, column), Position(row, end)))
    if isinstance(value, dict):
        inside = {name: _node(item, (*way, name), found, text) for name, item in value.items()}
        return Node(inside, place, {name: node.place for name, node in inside.items()})
    if isinstance(value, list):
        return Node([_node(item, (*way, index), found, text) for index, item in enumerate(value)], place)
    return Node(value if isinstance(value, (str, int, float)) else str(value), place)
