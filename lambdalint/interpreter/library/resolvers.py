"""Powertools' event handlers: the routes that a resolver is given, and what it answers with.

`@app.get("/x")` enters a function, `app.resolve(event, context)` calls the one that the event asks for: so each is run
on paper from there, and what it returns is recorded as a call of SERIALIZER, which a rule judges as it does json.dumps.
An AppSync resolver gives what its function returns as it is.

A resolver, a router and a `Response` are containers of the heap under the names of their classes. Sources:
https://docs.powertools.aws.dev/lambda/python/latest/core/event_handler/api_gateway/ (responses, exception handling,
middlewares, data validation, custom serializer, debug mode, routers) and .../appsync/.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lambdalint.finding import Place
from lambdalint.interpreter.calls import call
from lambdalint.interpreter.escape import leak, let_escape
from lambdalint.interpreter.functions import bind_arguments, run_body
from lambdalint.interpreter.heap import ClassObject, ListObject
from lambdalint.interpreter.invocation import Step
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.answers import FIELDS, RESPONSE
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import CallSite, text_argument
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.machine import NORMAL, RAISE, RETURN, Outcome
from lambdalint.interpreter.values import NONE, Const, Function, Method, Outside, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine

_HANDLERS = "aws_lambda_powertools.event_handler"
#: The call that is recorded of what a route returns: its first argument is the body.
SERIALIZER = f"{_HANDLERS}.serialize"

_HEADERS = "headers: dict[str, str]"
_PROXY = "statusCode: int, body: str | None, isBase64Encoded: bool"
#: What each answers with: the resolver's `ResponseBuilder` and the header serializer of its event.
_ANSWERS = {
    "APIGatewayRestResolver": f"{{{_PROXY}, multiValueHeaders: dict[str, list[str]]}}",
    "APIGatewayHttpResolver": f"{{{_PROXY}, {_HEADERS}, cookies: list[str]}}",
    "LambdaFunctionUrlResolver": f"{{{_PROXY}, {_HEADERS}, cookies: list[str]}}",
    "VPCLatticeResolver": f"{{{_PROXY}, {_HEADERS}}}",
    "VPCLatticeV2Resolver": f"{{{_PROXY}, {_HEADERS}}}",
    "ALBResolver": f"{{{_PROXY}, ...}}",
    "ApiGatewayResolver": f"{{{_PROXY}, ...}}",
    "BedrockAgentResolver": "{messageVersion: str, response: ?}",
}
_GRAPHQL = ("AppSyncResolver", "AppSyncRouter")
_RESOLVERS = (*_ANSWERS, "Router")
_VERBS = ("get", "post", "put", "patch", "delete", "head", "route")

#: Where a resolver's class takes what decides of its serializer; most take them by keyword alone.
_VALIDATES = frozenset({"BedrockAgentResolver"})  # unless it is told not to
#: Routes that are run of one resolver.
MAX_ROUTES = 60
_PARAMETER = re.compile(r"<(\w+)>")


def _each(names: tuple[str, ...], methods: tuple[str, ...] = ("",)) -> list[str]:
    return [f"{_HANDLERS}.{name}{f'.{method}' if method else ''}" for name in names for method in methods]


def _entry(kind: str, value: Value, *more: Value) -> Tuple:
    return Tuple((Const(kind), value, *more))


@models(*_each((*_RESOLVERS, *_GRAPHQL)))
def resolver(machine: Machine, site: CallSite) -> Value:
    """A resolver or a router. Its answers are not judged where it has a serializer of its own, or validates them: then
    pydantic turns them into JSON."""
    made = ListObject([], site.place, site.name)
    serializer = site.argument(2, "serializer")
    validates = site.argument(4, "enable_validation")
    default = Const(site.name.rpartition(".")[2] in _VALIDATES)
    if len(site.arguments) > 1 or not _is_falsy(machine, serializer) or not _is_falsy(machine, validates, default):
        made.items.append(_entry("unjudged", NONE))
    for value in site.values():
        leak(machine, value)
    return machine.new(made)


def _is_falsy(machine: Machine, value: Value | None, default: Value = NONE) -> bool:
    """Whether an option is surely off."""
    value = machine.state.resolve(value if value is not None else default)
    return type(value) is Const and not value.value


@models(*_each(_RESOLVERS, _VERBS), *_each(_GRAPHQL, ("resolver", "batch_resolver", "async_batch_resolver")))
def route(machine: Machine, site: CallSite) -> Value:
    """`app.get("/x")`: a decorator that enters a function, and leaves it as it is."""
    rule = text_argument(machine, site, 0, "rule")
    own = "middlewares" in site.keywords
    for value in site.keywords.values():
        leak(machine, value)
    kind = site.name.rpartition(".")[2]
    if kind in _VERBS:
        kind = "route"
    elif kind == "batch_resolver" and not set(site.keywords) <= {"type_name", "field_name"}:
        kind = "async_batch_resolver"  # it is called for each event, and what it gives is gathered
    return Method("powertools.entering[]", _entry(kind, _receiver(site), Const(rule), Const(own)), site.place)


@models(*_each(_RESOLVERS, ("exception_handler", "not_found")))
def exception_handler(machine: Machine, site: CallSite) -> Value:
    bare = site.name.endswith("not_found")
    caught = site.arguments[0] if site.arguments and not bare else NONE
    entering = Method("powertools.entering[]", _entry("handler", _receiver(site), caught, Const(False)), site.place)
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


@models(*_each((*_RESOLVERS, *_GRAPHQL), ("include_router",)))
def include_router(machine: Machine, site: CallSite) -> Value:
    given = site.argument(0, "router")
    given = machine.state.resolve(given) if given is not None else NONE
    thing = machine.object(given) if type(given) is Ref else None
    if isinstance(thing, ListObject):
        _append(machine, _receiver(site), *thing.items)
    elif site.receiver is not None:
        leak(machine, site.receiver)  # routes that are not seen, and what answers for their exceptions
    return NONE


@models(*_each(_RESOLVERS, ("use",)))
def use(machine: Machine, site: CallSite) -> Value:
    for value in site.values():
        leak(machine, value)
    _append(machine, _receiver(site), _entry("unjudged", NONE))
    return NONE


@models(RESPONSE)
def response(machine: Machine, site: CallSite) -> Value:
    given = (site.argument(position, name) or NONE for position, name in enumerate(FIELDS))
    return machine.new(ListObject(list(given), site.place, RESPONSE))


@models(*_each(tuple(_ANSWERS), ("resolve", "__call__")))
def resolve(machine: Machine, site: CallSite) -> Value:
    """Run every route, for the event may ask for any."""
    thing = _routes(machine, site)
    if thing is not None:
        kinds = [_kind(entry) for entry in thing.items if isinstance(entry, Tuple)]
        catching = _catches(machine, thing)
        for entry in thing.items[:MAX_ROUTES]:
            if not isinstance(entry, Tuple) or _kind(entry) not in ("route", "handler"):
                continue
            machine.catching += catching
            try:
                outcomes = _run(machine, entry, site)
            finally:
                machine.catching -= catching
            # The body is serialized after the exception handlers have had their turn: `ResponseBuilder.build`.
            if "unjudged" not in kinds and _is_falsy(machine, entry.items[3]):
                for outcome in outcomes:
                    _judge(machine, outcome, site, entry)
        _forget(machine, thing)
    machine.state.epoch += 1
    machine.may_raise(None, after_effects=True)
    return make(machine, _ANSWERS[site.name.split(".")[-2]], site.place)


@models(*_each(("AppSyncResolver",), ("resolve", "__call__")))
def resolve_field(machine: Machine, site: CallSite) -> Value:
    """One of the fields' functions gives the answer."""
    thing = _routes(machine, site)
    entries = [entry for entry in thing.items if isinstance(entry, Tuple)] if thing is not None else []
    kinds = set(map(_kind, entries))
    asynchronous = any(getattr(getattr(entry.items[1], "info", None), "is_async", False) for entry in entries)
    if not entries or thing is None or not kinds <= {"resolver", "batch_resolver"} or asynchronous:
        if site.receiver is not None:
            leak(machine, site.receiver)
        machine.may_raise(None, after_effects=True)
        return machine.unknown(site.place)

    def outcomes() -> list[Outcome]:
        found: list[Outcome] = []
        for entry in entries[:MAX_ROUTES]:
            for outcome in _run(machine, entry, site):
                kind = RAISE if outcome.kind is RAISE else NORMAL
                found.append(Outcome(kind, outcome.state, outcome.value or NONE, outcome.node))
        return machine.thin(found)

    machine.may_raise(None)
    outcome = machine.choose_outcome(outcomes)
    _forget(machine, thing)
    if outcome.kind is RAISE or outcome.value is None:
        return machine.unknown(site.place)
    return outcome.value


def _routes(machine: Machine, site: CallSite) -> ListObject | None:
    """The resolver's own list, unless code that is not seen has had it in its hands."""
    thing = machine.object(site.receiver) if type(site.receiver) is Ref else None
    return thing if isinstance(thing, ListObject) and not thing.leaked else None


def _run(machine: Machine, entry: Tuple, site: CallSite) -> list[Outcome]:
    """How a route ends."""
    function = machine.state.resolve(entry.items[1])
    if (
        type(function) is not Function
        or function.info.is_generator
        or function.info.is_async
        or function.info.is_lambda
    ):
        return []
    if not machine.state.holds(function.module) or machine.active[id(function.info.node)]:
        return []
    rule = entry.items[2].value if isinstance(entry.items[2], Const) else None
    names = _PARAMETER.findall(rule) if isinstance(rule, str) else []
    taken = {p.name for p in function.info.parameters if p.kind in ("positional", "keyword")}
    given: dict[str, Value] = {name: machine.unknown(site.place) for name in names if name in taken}
    machine.active[id(function.info.node)] += 1
    machine.depth += 1
    saved, machine.state = machine.state, machine.state.fork()
    try:
        bound = bind_arguments(machine, function, [], given, True, site.node, site.frame)
        return run_body(machine, function, bound, site.node, site.frame)
    finally:
        machine.state = saved
        machine.depth -= 1
        machine.active[id(function.info.node)] -= 1


def _judge(machine: Machine, outcome: Outcome, site: CallSite, entry: Tuple) -> None:
    """Record that what a route returns is serialized, where its body goes to the serializer."""
    function = entry.items[1]
    if outcome.kind is not RETURN or outcome.value is None or not isinstance(function, Function):
        return
    saved, machine.state = machine.state, outcome.state
    try:
        body = _body(machine, outcome.value, responses_only=_kind(entry) == "handler")
        if body is None:
            return
        place = Place(function.info.source, outcome.node)
        chain = (*site.frame.chain, Step(site.place, function.info.name))
        made = CallSite(SERIALIZER, [body], {}, False, outcome.node, replace(site.frame, chain=chain), place)
        machine.recorder.call(machine, made, lambda: None)
    finally:
        machine.state = saved


def _body(machine: Machine, value: Value, *, responses_only: bool) -> Value | None:
    """What of a route's answer is serialized: a text is not, nor the body of a response that is no JSON."""
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    if isinstance(thing, ListObject) and thing.type == RESPONSE:
        return _body_of(machine, thing)
    if responses_only:
        return None
    if type(value) is Tuple and value.cls is None:
        if value.rest is not None:
            return None
        if len(value.items) == 2:  # and a status
            value = machine.state.resolve(value.items[0])
    return None if type(value) is Sym and value.options == () and kind_of(machine, value) in (None, "str") else value


def _body_of(machine: Machine, thing: ListObject) -> Value | None:
    """The body of a `Response`, if its content type says that it is JSON."""
    if thing.leaked or len(thing.items) != len(FIELDS):
        return None
    _, kind, body, headers = map(machine.state.resolve, thing.items)
    json = (type(kind) is Const and str(kind.value).startswith("application/json")) or (
        type(kind) is Outside and kind.name == f"{_HANDLERS}.content_types.APPLICATION_JSON"
    )
    if not json or not (type(headers) is Const and headers.value is None):
        return None
    return None if kind_of(machine, body) == "str" else body


def _catches(machine: Machine, thing: ListObject) -> bool:
    """Whether an exception handler answers for a TypeError in a route: one whose class is not seen may."""
    for entry in thing.items:
        if isinstance(entry, Tuple) and _kind(entry) == "handler" and not _is_falsy(machine, entry.items[2]):
            caught = machine.state.resolve(entry.items[2])
            if type(caught) is Outside:
                if caught.name in ("TypeError", "Exception", "BaseException"):
                    return True
            elif not (type(caught) is Ref and isinstance(machine.object(caught), ClassObject)):
                return True
    return False


def _kind(entry: Tuple) -> str:
    """ "route", "handler", "resolver" ..."""
    return str(entry.items[0].value) if isinstance(entry.items[0], Const) else ""


def _forget(machine: Machine, thing: ListObject) -> None:
    """What the routes write is not known any more. They were run, and are not what else may call them."""
    escaped = list(machine.escaped)
    run = {id(entry.items[1].info.node) for entry in thing.items[:MAX_ROUTES]
           if isinstance(entry, Tuple) and isinstance(entry.items[1], Function)}  # fmt: skip
    for entry in thing.items:
        leak(machine, entry)
    escaped += [one for one in machine.escaped if one not in escaped]
    machine.escaped[:] = [one for one in escaped if id(one.function.info.node) not in run]
