"""Powertools' event handlers: what a resolver is given. What it answers with, `routes` and `resolved_fields` say.

`@app.get("/x")` enters a function in the resolver `app`, and leaves it as it is; `app.include_router(router)` enters
those of a router. A resolver, a router and a `Response` are containers of the heap under the names of their classes; an
entry is a tuple of its kind, the function, what it is about, and whether what it returns goes ways of its own. Sources:
https://docs.powertools.aws.dev/lambda/python/latest/core/event_handler/api_gateway/ (responses, exception handling,
middlewares, data validation, custom serializer, routers), and .../appsync/, .../appsync_events/, .../bedrock_agents/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.calls import call
from lambdalint.interpreter.escape import leak, let_escape
from lambdalint.interpreter.heap import ListObject
from lambdalint.interpreter.library.answers import FIELDS, RESPONSE
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.values import FALSE, NONE, TRUE, Const, Function, Method, Ref, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

HANDLERS = "aws_lambda_powertools.event_handler"

_HEADERS = "headers: dict[str, str]"
_PROXY = "statusCode: int, body: str | None, isBase64Encoded: bool"
_ATTRIBUTES = "sessionAttributes: dict, promptSessionAttributes: dict, ..."
#: What each answers with: the resolver's `ResponseBuilder` and the header serializer of its event.
ANSWERS = {
    "APIGatewayRestResolver": f"{{{_PROXY}, multiValueHeaders: dict[str, list[str]]}}",
    "APIGatewayHttpResolver": f"{{{_PROXY}, {_HEADERS}, cookies: list[str]}}",
    "LambdaFunctionUrlResolver": f"{{{_PROXY}, {_HEADERS}, cookies: list[str]}}",
    "VPCLatticeResolver": f"{{{_PROXY}, {_HEADERS}}}",
    "VPCLatticeV2Resolver": f"{{{_PROXY}, {_HEADERS}}}",
    "ALBResolver": f"{{{_PROXY}, ...}}",
    "ApiGatewayResolver": f"{{{_PROXY}, ...}}",
    "BedrockAgentResolver": "{messageVersion: str, response: ?}",
}
#: Resolvers that have tools for an agent, and answer with what the one gives that it asks for.
TOOLS = {
    "BedrockAgentFunctionResolver": "{messageVersion: str, response: {actionGroup: ?, function: ?, functionResponse: "
    f"{{responseBody: {{TEXT: {{body: str}}}}, ...}}}}, {_ATTRIBUTES}}}"
}
GRAPHQL = ("AppSyncResolver", "AppSyncRouter")
CHANNELS = ("AppSyncEventsResolver", "AppSyncEventsRouter")
_RESOLVERS = (*ANSWERS, "Router")
_VERBS = ("get", "post", "put", "patch", "delete", "head", "route")

#: Decorators by which the functions of channels are entered.
_PUBLISHING = ("on_publish", "async_on_publish", "on_subscribe")

#: Where a resolver's class takes what decides of its serializer; most take them by keyword alone.
_VALIDATES = frozenset({"BedrockAgentResolver"})  # unless it is told not to


def each(names: tuple[str, ...], methods: tuple[str, ...] = ("",)) -> list[str]:
    return [f"{HANDLERS}.{name}{f'.{method}' if method else ''}" for name in names for method in methods]


UNJUDGED = Tuple((Const("unjudged"), NONE, NONE, NONE))


@models(*each((*_RESOLVERS, *GRAPHQL, *CHANNELS, *TOOLS)))
def resolver(machine: Machine, site: CallSite) -> Value:
    """A resolver or a router. Its answers are not judged where it has a serializer of its own, or validates them: then
    pydantic turns them into JSON."""
    made = ListObject([], site.place, site.name)
    serializer = site.argument(2, "serializer")
    validates = site.argument(4, "enable_validation")
    default = Const(site.name.rpartition(".")[2] in _VALIDATES)
    if len(site.arguments) > 1 or not is_falsy(machine, serializer) or not is_falsy(machine, validates, default):
        made.items.append(UNJUDGED)
    for value in site.values():
        leak(machine, value)
    return machine.new(made)


def is_falsy(machine: Machine, value: Value | None, default: Value = NONE) -> bool:
    """Whether an option is surely off."""
    value = machine.state.resolve(value if value is not None else default)
    return type(value) is Const and not value.value


@models(*each(_RESOLVERS, _VERBS))
def route(machine: Machine, site: CallSite) -> Value:
    """`app.get("/x")`: a decorator that enters a function, and leaves it as it is."""
    rule = text_argument(machine, site, 0, "rule")
    own = "middlewares" in site.keywords or not is_falsy(machine, site.keywords.get("enable_validation"))
    for value in site.keywords.values():
        leak(machine, value)
    return _entering("route", site, Const(rule), Const(own or site.open))


@models(*each(GRAPHQL, ("resolver", "batch_resolver", "async_batch_resolver")), *each(CHANNELS, _PUBLISHING))
def field(machine: Machine, site: CallSite) -> Value:
    """`app.resolver(field_name="x")`, `app.on_publish("/x")`: about it stands whether it is given all items at once."""
    name = site.name.rpartition(".")[2]
    default = FALSE if name.endswith("on_publish") else TRUE
    together = machine.state.resolve(site.keywords.get("aggregate", default))
    return _entering(name, site, together if type(together) is Const else NONE, FALSE)


@models(*each(tuple(TOOLS), ("tool",)))
def tool(machine: Machine, site: CallSite) -> Value:
    return _entering("tool", site, NONE, FALSE)


def _entering(kind: str, site: CallSite, about: Value, own: Value) -> Value:
    return Method("powertools.entering[]", Tuple((Const(kind), _receiver(site), about, own)), site.place)


@models(*each(_RESOLVERS, ("exception_handler", "not_found")))
def exception_handler(machine: Machine, site: CallSite) -> Value:
    bare = site.name.endswith("not_found")
    caught = site.arguments[0] if site.arguments and not bare else NONE
    entering = _entering("handler", site, caught, FALSE)
    if bare and site.arguments:  # `@app.not_found`, without a call
        return call(machine, entering, [site.arguments[0]], {}, site.node, site.frame)
    return entering


def _receiver(site: CallSite) -> Value:
    return site.receiver if site.receiver is not None else NONE


@models("powertools.entering[]")
def entering(machine: Machine, site: CallSite) -> Value:
    """The decorator at work."""
    assert isinstance(site.receiver, Tuple)
    kind, owner, about, own = site.receiver.items
    if not site.arguments:
        return machine.unknown(site.place)
    function = machine.state.resolve(site.arguments[0])
    _append(machine, owner, Tuple((kind, function, about, own)))
    if isinstance(function, Function):
        let_escape(machine, function)  # a resolver of which not every call is seen may call it
    else:
        leak(machine, function)
    return function


def _append(machine: Machine, owner: Value, *entries: Value) -> None:
    owner = machine.state.resolve(owner)
    if type(owner) is Ref and isinstance(machine.object(owner), ListObject):
        machine.state.write(owner.id).items += entries


@models(*each((*_RESOLVERS, *GRAPHQL, *CHANNELS), ("include_router",)))
def include_router(machine: Machine, site: CallSite) -> Value:
    given = site.argument(0, "router")
    given = machine.state.resolve(given) if given is not None else NONE
    thing = machine.object(given) if type(given) is Ref else None
    if isinstance(thing, ListObject):
        prefix = text_argument(machine, site, 1, "prefix") if site.argument(1, "prefix") is not None else ""
        _append(machine, _receiver(site), *(_below(prefix, entry) for entry in thing.items))
    elif site.receiver is not None:
        leak(machine, site.receiver)  # routes that are not seen, and what answers for their exceptions
    return NONE


def _below(prefix: str | None, entry: Value) -> Value:
    """A route of a router, under the prefix with which that is included."""
    if not isinstance(entry, Tuple) or len(entry.items) != 4 or prefix == "":
        return entry
    kind, function, about, own = entry.items
    if not (type(kind) is Const and kind.value == "route"):
        return entry
    rule = about.value if type(about) is Const else None
    under = Const(f"{prefix}{rule}") if prefix is not None and isinstance(rule, str) else NONE
    return Tuple((kind, function, under, own))


@models(*each(_RESOLVERS, ("use",)))
def use(machine: Machine, site: CallSite) -> Value:
    for value in site.values():
        leak(machine, value)
    _append(machine, _receiver(site), UNJUDGED)
    return NONE


@models(RESPONSE)
def response(machine: Machine, site: CallSite) -> Value:
    given = (site.argument(position, name) or NONE for position, name in enumerate(FIELDS))
    return machine.new(ListObject(list(given), site.place, RESPONSE))
