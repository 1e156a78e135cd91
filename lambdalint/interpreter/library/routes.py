"""Powertools' event handlers: what a resolver answers with.

`app.resolve(event, context)` calls the function that the event asks for: each is run on paper from there, and what a
route returns is recorded as a call of SERIALIZER, which a rule judges as it does json.dumps. A resolver of AppSync
gives what its function returns, and for what is published a list of that; an agent is given text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import libcst as cst

from lambdalint.finding import Place
from lambdalint.interpreter.entry import data_class
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.functions import bind_arguments, run_body
from lambdalint.interpreter.heap import ClassObject, DictObject, Item, ListObject
from lambdalint.interpreter.invocation import Step
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.answers import FIELDS, RESPONSE
from lambdalint.interpreter.library.aside import forget, within_half
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.resolvers import ANSWERS, HANDLERS, TOOLS, each, is_falsy
from lambdalint.interpreter.library.site import CallSite
from lambdalint.interpreter.library.tables.data_classes import DATA_CLASSES
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.paths import NORMAL, RAISE, RETURN, Outcome
from lambdalint.interpreter.values import (
    NONE,
    TRUE,
    Const,
    Coroutine,
    Function,
    Method,
    Outside,
    Ref,
    Sym,
    Tuple,
    Value,
    wrapped,
)

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.scopes import ParameterInfo

#: The call that is recorded of what a route returns: its first argument is the body.
SERIALIZER = f"{HANDLERS}.serialize"
#: The same of the body of a response that is no JSON: it goes out as it is.
SENDER = f"{HANDLERS}.send"
#: What the functions of a resolver see of the event, as `app.current_event`.
_SHOWN = {
    "APIGatewayRestResolver": "APIGatewayProxyEvent",
    "APIGatewayHttpResolver": "APIGatewayProxyEventV2",
    "LambdaFunctionUrlResolver": "LambdaFunctionUrlEvent",
    "ALBResolver": "ALBEvent",
    "VPCLatticeResolver": "VPCLatticeEvent",
    "VPCLatticeV2Resolver": "VPCLatticeEventV2",
    "BedrockAgentResolver": "BedrockAgentEvent",
    "AppSyncResolver": "AppSyncResolverEvent",
}
_NO_JSON = frozenset({f"{HANDLERS}.content_types.TEXT_PLAIN", f"{HANDLERS}.content_types.TEXT_HTML"})
#: Routes that are run of one resolver.
MAX_ROUTES = 60
_PARAMETER = re.compile(r"<(\w+)>")


@models(*each(tuple(ANSWERS), ("resolve", "__call__", "resolve_async")))
def resolve(machine: Machine, site: CallSite) -> Value:
    """Run every route, for the event may ask for any."""
    thing = _routes(machine, site)
    awaits = site.name.endswith("resolve_async")
    with _showing(machine, site):
        if thing is not None:
            _run_routes(machine, site, thing, awaits)
            _forget(machine, thing)
    machine.state.epoch += 1
    machine.may_raise(None, after_effects=True)
    answer = make(machine, ANSWERS[site.name.split(".")[-2]], site.place)
    return Method("asyncio.gather()", answer, site.place) if awaits else answer


def _run_routes(machine: Machine, site: CallSite, thing: ListObject, awaits: bool) -> None:
    kinds = [_kind(entry) for entry in thing.items if isinstance(entry, Tuple)]
    catching = _catches(machine, thing)
    answered = catching or _answers_for_builtins(machine, thing)
    for entry in thing.items[:MAX_ROUTES]:
        if not isinstance(entry, Tuple) or _kind(entry) not in ("route", "handler"):
            continue
        if "unjudged" not in kinds and not catching:
            _note_arity(machine, entry)
        # What validates makes of a part of the path what the parameter is annotated with; else it is a text.
        plain = "unjudged" not in kinds and is_falsy(machine, entry.items[3])
        outcomes = _run(machine, entry, site, awaits, catching, "str" if plain else None)
        answers = _kind(entry) == "handler"
        for outcome in outcomes:
            if answers:
                _note_answer(machine, outcome, entry)
            elif outcome.kind is RAISE and outcome.value is not None and not answered and not machine.guards:
                machine.escaping.append((outcome.state, outcome.value))
        _note_handler(machine, entry)
        # The body is serialized after the exception handlers have had their turn: `ResponseBuilder.build`.
        if plain:
            for outcome in outcomes:
                _judge(machine, outcome, site, entry)


@contextmanager
def _showing(machine: Machine, site: CallSite) -> Iterator[None]:
    """What is run here finds the event in `app.current_event`, and the context in `app.lambda_context`."""
    event, context = site.argument(0, "event"), site.argument(1, "context")
    shown = wrapped(machine.state.resolve(event)) if event is not None else None
    name = _SHOWN.get(site.name.split(".")[-2])
    before = machine.current_event, machine.lambda_context
    machine.lambda_context = context
    if name is not None and event is not None and len(site.arguments) + len(site.keywords) < 3:  # no class of its own
        machine.current_event = data_class(machine, f"{DATA_CLASSES}.{name}", shown or event, None)
    else:
        machine.current_event = None
    try:
        yield
    finally:
        machine.current_event, machine.lambda_context = before


@models(*each(("AppSyncResolver",), ("resolve", "__call__")))
def resolve_field(machine: Machine, site: CallSite) -> Value:
    """One of the fields' functions gives the answer, or of those that are called for each event of a batch, a list of
    what they give."""
    thing = _routes(machine, site)
    kinds = {"resolver", "batch_resolver", "async_batch_resolver"}
    entries = _entries(thing) if thing is not None else []
    if not entries or thing is None or not set(map(_kind, entries)) <= kinds:
        return _unknown_answer(machine, site)

    def outcomes() -> list[Outcome]:
        found: list[Outcome] = []
        for entry in entries[:MAX_ROUTES]:
            kind, together = _kind(entry), entry.items[2]
            for outcome in _run(machine, entry, site, kind == "async_batch_resolver", together is not TRUE):
                if outcome.kind is RAISE:
                    found.append(outcome)
                    continue
                value = outcome.value or NONE
                if kind == "batch_resolver" and isinstance(value, Coroutine):  # it is no list
                    value = machine.unknown(site.place)
                elif kind != "resolver" and together is not NONE and is_falsy(machine, together):
                    value = _list_of(outcome, site, value)
                elif kind != "resolver" and together is NONE:
                    value = machine.unknown(site.place)
                found.append(Outcome(NORMAL, outcome.state, value, outcome.node))
        return machine.thin(found)

    return _one_of(machine, site, thing, outcomes)


@models(*each(("AppSyncEventsResolver",), ("resolve", "__call__")))
def resolve_published(machine: Machine, site: CallSite) -> Value:
    """What a channel's function makes of what is published, in a list; what it raises is told beside it. Whoever
    subscribes gets None."""
    thing = _routes(machine, site)
    entries = _entries(thing) if thing is not None else []
    if not entries or thing is None:
        return _unknown_answer(machine, site)

    def outcomes() -> list[Outcome]:
        found: list[Outcome] = []
        for entry in entries[:MAX_ROUTES]:
            kind = _kind(entry)
            for outcome in _run(machine, entry, site, kind == "async_on_publish", catches=True):
                if outcome.kind is not RAISE:
                    value = _published(machine, site, outcome, entry) if kind != "on_subscribe" else NONE
                    found.append(Outcome(NORMAL, outcome.state, value, outcome.node))
        return machine.thin(found) or [Outcome(NORMAL, machine.state.fork(), machine.unknown(site.place))]

    return _one_of(machine, site, thing, outcomes)


def _published(machine: Machine, site: CallSite, outcome: Outcome, entry: Tuple) -> Value:
    """The answer to events that were published, of which the function has made something."""
    value = outcome.value or NONE
    if type(entry.items[2]) is not Const or entry.items[2].value is None:
        return machine.unknown(site.place)
    if not entry.items[2].value:
        one = DictObject(site.place)
        one.items = {"id": Item(Sym(outcome.state.fresh(), None, site.place), site.place),
                     "payload": Item(value, site.place)}  # fmt: skip
        value = _list_of(outcome, site, outcome.state.add(one))
    answer = DictObject(site.place)
    answer.items = {"events": Item(value, site.place)}
    return outcome.state.add(answer)


def _list_of(outcome: Outcome, site: CallSite, first: Value) -> Value:
    """A list that begins with a value, and goes on with what is not known."""
    return outcome.state.add(ListObject([first], site.place, "list", Sym(outcome.state.fresh(), None, site.place)))


def _one_of(machine: Machine, site: CallSite, thing: ListObject, outcomes: Callable[[], list[Outcome]]) -> Value:
    """What a function answers that the event asks for."""
    machine.may_raise(None)
    with _showing(machine, site):
        outcome = machine.choose_outcome(outcomes)
    _forget(machine, thing)
    if outcome.kind is RAISE or outcome.value is None:
        return machine.unknown(site.place)
    return outcome.value


def _unknown_answer(machine: Machine, site: CallSite) -> Value:
    if site.receiver is not None:
        leak(machine, site.receiver)
    machine.may_raise(None, after_effects=True)
    return machine.unknown(site.place)


@models(*each(tuple(TOOLS), ("resolve", "__call__")))
def resolve_tool(machine: Machine, site: CallSite) -> Value:
    """An agent is told what its tool gives, or why it failed, as a text."""
    thing = _routes(machine, site)
    if thing is not None:
        for entry in _entries(thing)[:MAX_ROUTES]:
            _run(machine, entry, site, catches=True)
        _forget(machine, thing)
    machine.state.epoch += 1
    machine.may_raise(None, after_effects=True)
    return make(machine, TOOLS[site.name.split(".")[-2]], site.place)


def _entries(thing: ListObject) -> list[Tuple]:
    return [entry for entry in thing.items if isinstance(entry, Tuple)]


def _routes(machine: Machine, site: CallSite) -> ListObject | None:
    """The resolver's own list, unless code that is not seen has had it in its hands."""
    thing = machine.object(site.receiver) if type(site.receiver) is Ref else None
    return thing if isinstance(thing, ListObject) and not thing.leaked else None


def _run(
    machine: Machine,
    entry: Tuple,
    site: CallSite,
    awaits: bool = False,
    catches: bool = False,
    parameters: str | None = None,
) -> list[Outcome]:
    """How a function that was entered ends. `awaits`: the coroutine of an async one is awaited; `catches`: the resolver
    catches what it raises; `parameters`: the type of those that are a part of the path."""
    function = machine.state.resolve(entry.items[1])
    if type(function) is not Function or function.info.is_generator or function.info.is_lambda:
        return []
    if function.info.is_async and not awaits:
        unknown = {p.name: machine.unknown() for p in function.info.parameters if p.kind in ("positional", "keyword")}
        coroutine = Coroutine(function, (), dict(unknown), machine.place(function.info.node.name, site.frame))
        return [Outcome(RETURN, machine.state.fork(), coroutine, function.info.node.name)]
    if not machine.state.holds(function.module) or machine.active[id(function.info.node)]:
        return []
    rule = entry.items[2].value if isinstance(entry.items[2], Const) else None
    names = _PARAMETER.findall(rule) if isinstance(rule, str) else []
    taken = {p.name for p in function.info.parameters if p.kind in ("positional", "keyword")}
    given: dict[str, Value] = {name: machine.unknown(site.place, parameters) for name in names if name in taken}
    machine.active[id(function.info.node)] += 1
    machine.depth += 1
    machine.catching += catches
    machine.unsure += 1  # the event may ask for another one
    saved, machine.state = machine.state, machine.state.fork()
    try:
        bound = bind_arguments(machine, function, [], given, True, site.node, site.frame)
        return within_half(machine, lambda: run_body(machine, function, bound, site.node, site.frame))
    finally:
        machine.state = saved
        machine.unsure -= 1
        machine.catching -= catches
        machine.depth -= 1
        machine.active[id(function.info.node)] -= 1


def _note_arity(machine: Machine, entry: Tuple) -> None:
    """A function that does not take what its resolver gives it by keyword: the parts of the path that its rule names. A
    dependency is given beside them."""
    function = machine.state.resolve(entry.items[1])
    rule = entry.items[2].value if isinstance(entry.items[2], Const) else None
    if type(function) is not Function or _kind(entry) != "route" or not isinstance(rule, str):
        return
    parameters = function.info.parameters
    if function.info.is_lambda or function.owner is not None or any("Depends" in _hint(one) for one in parameters):
        return
    named = set(_PARAMETER.findall(rule))
    place = Place(function.info.source, function.info.node.name)
    taken = {one.name for one in parameters if one.kind in ("positional", "keyword")}
    missing = [one.name for one in parameters if one.kind == "positional" and one.default is None]
    why = ""
    if not any(one.kind == "kwargs" for one in parameters) and named - taken:
        why = f"the route `{rule}` gives `{sorted(named - taken)[0]}`, which `{function.name}()` does not take"
    elif set(missing) - named:
        why = f"`{function.name}()` is not given `{sorted(set(missing) - named)[0]}` by the route `{rule}`"
    if why:
        machine.recorder.fails(machine, place, "TypeError", why)


def _hint(parameter: ParameterInfo) -> str:
    """The text of a parameter's annotation."""
    annotation = getattr(parameter.node, "annotation", None)
    return "" if annotation is None else cst.Module([]).code_for_node(annotation.annotation)


#: What an exception handler may give by mistake: a route may answer with it.
_NO_RESPONSES = frozenset({"dict", "tuple", "str", "list", "NoneType", "int", "bool"})


def _note_answer(machine: Machine, outcome: Outcome, entry: Tuple) -> None:
    """What an exception handler gives is taken for a `Response`, of which the parts are read."""
    function = machine.state.resolve(entry.items[1])
    if outcome.kind is not RETURN or outcome.value is None or type(function) is not Function:
        return
    saved, machine.state = machine.state, outcome.state
    kind = kind_of(machine, outcome.value)
    if kind in _NO_RESPONSES:
        what = said(machine, outcome.value)
        why = f"{what} is given where a resolver asks an exception handler for a `Response`"
        machine.recorder.fails(machine, Place(function.info.source, outcome.node), "AttributeError", why)
    machine.state = saved


def _judge(machine: Machine, outcome: Outcome, site: CallSite, entry: Tuple) -> None:
    """Record that what a route returns is serialized, where its body goes to the serializer."""
    function = entry.items[1]
    if outcome.kind is not RETURN or outcome.value is None or not isinstance(function, Function):
        return
    saved, machine.state = machine.state, outcome.state
    try:
        body, name = _body(machine, outcome.value, responses_only=_kind(entry) == "handler"), SERIALIZER
        if body is None:
            body, name = _sent(machine, outcome.value), SENDER
        if body is None:
            return
        place = Place(function.info.source, outcome.node)
        chain = (*site.frame.chain, Step(site.place, function.info.name))
        made = CallSite(name, [body], {}, False, outcome.node, replace(site.frame, chain=chain), place)
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
    body = machine.state.resolve(thing.items[2])
    return body if _is_json(machine, thing) and kind_of(machine, body) != "str" else None


def _is_json(machine: Machine, thing: ListObject) -> bool | None:
    """Whether the content type of a `Response` says that its body is JSON; None where it is not known. What stands
    among the headers goes before."""
    _, kind, _, headers = map(machine.state.resolve, thing.items)
    given = machine.object(headers) if type(headers) is Ref else None
    if isinstance(given, DictObject):
        if given.leaked or given.open or given.others or given.backing is not None:
            return None
        own = given.items.get("Content-Type")
        if own is not None and not own.sure:
            return None
        kind = machine.state.resolve(own.value) if own is not None else kind
    elif not (type(headers) is Const and headers.value is None):
        return None
    if type(kind) is Outside:
        json = kind.name == f"{HANDLERS}.content_types.APPLICATION_JSON"
        return json if json or kind.name in _NO_JSON else None
    return str(kind.value).startswith("application/json") if type(kind) is Const else None


def _sent(machine: Machine, value: Value) -> Value | None:
    """The body of a `Response` of which it is known that it has another content type than JSON, or none."""
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, ListObject) or thing.type != RESPONSE or thing.leaked or len(thing.items) != len(FIELDS):
        return None
    return machine.state.resolve(thing.items[2]) if _is_json(machine, thing) is False else None


def _catches(machine: Machine, thing: ListObject) -> bool:
    """Whether an exception handler answers for a TypeError in a route: one whose class is not seen may."""
    for entry in thing.items:
        if isinstance(entry, Tuple) and _kind(entry) == "handler" and not is_falsy(machine, entry.items[2]):
            caught = machine.state.resolve(entry.items[2])
            if type(caught) is Outside:
                if caught.name in ("TypeError", "Exception", "BaseException"):
                    return True
            elif not (type(caught) is Ref and isinstance(machine.object(caught), ClassObject)):
                return True
    return False


def _answers_for_builtins(machine: Machine, thing: ListObject) -> bool:
    """Whether an exception handler answers for exceptions that operations raise, or for such as are not known."""
    for entry in thing.items:
        if isinstance(entry, Tuple) and _kind(entry) == "handler" and not is_falsy(machine, entry.items[2]):
            caught = machine.state.resolve(entry.items[2])
            if not (type(caught) is Ref and isinstance(machine.object(caught), ClassObject)):
                return True
    return False


def _note_handler(machine: Machine, entry: Tuple) -> None:
    """An exception handler that does not take the exception."""
    function = machine.state.resolve(entry.items[1])
    if _kind(entry) != "handler" or type(function) is not Function or function.info.is_lambda or function.owner:
        return
    parameters = function.info.parameters
    if any(one.kind == "args" for one in parameters):
        return
    positional = [one for one in parameters if one.kind.startswith("positional")]
    needed = [one for one in positional if one.default is None]
    if not positional or len(needed) > 1:
        count = len(needed) if positional else 0
        why = f"an exception handler is given the exception alone, and `{function.name}()` takes {count or 'nothing'}"
        machine.recorder.fails(machine, Place(function.info.source, function.info.node.name), "TypeError", why)


def _kind(entry: Tuple) -> str:
    """ "route", "handler", "resolver" ..."""
    return str(entry.items[0].value) if isinstance(entry.items[0], Const) else ""


def _forget(machine: Machine, thing: ListObject) -> None:
    """What the routes write is not known any more. They were run, and are not what else may call them."""
    run = [entry.items[1] for entry in thing.items[:MAX_ROUTES] if isinstance(entry, Tuple)]
    held = [part for entry in thing.items for part in (entry.items if isinstance(entry, Tuple) else (entry,))]
    forget(machine, held, run)
