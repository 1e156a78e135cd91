"""Powertools' resolvers: the functions that were entered with one, and how each is run on paper from where the resolver
is asked for an answer.

An entry is a tuple: its kind ("route", "handler", "resolver" ...), the function, and what it was entered under.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lambdalint.interpreter.entry import data_class
from lambdalint.interpreter.functions import bind_arguments, run_body
from lambdalint.interpreter.heap import ListObject
from lambdalint.interpreter.library.aside import forget, within_half
from lambdalint.interpreter.library.tables.data_classes import DATA_CLASSES
from lambdalint.interpreter.paths import RETURN, Outcome
from lambdalint.interpreter.values import Const, Coroutine, Function, Ref, Tuple, Value, wrapped

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

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
#: Routes that are run of one resolver.
MAX_ROUTES = 60
#: A part of a route's path that its function is given.
PARAMETER = re.compile(r"<(\w+)>")


@contextmanager
def showing(machine: Machine, site: CallSite) -> Iterator[None]:
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


def entries_of(thing: ListObject) -> list[Tuple]:
    return [entry for entry in thing.items if isinstance(entry, Tuple)]


def routes_of(machine: Machine, site: CallSite) -> ListObject | None:
    """The resolver's own list, unless code that is not seen has had it in its hands."""
    thing = machine.object(site.receiver) if type(site.receiver) is Ref else None
    return thing if isinstance(thing, ListObject) and not thing.leaked else None


def run_entry(
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
    if not machine.state.holds(function.module) or machine.active[id(function.info.code)]:
        return []
    rule = entry.items[2].value if isinstance(entry.items[2], Const) else None
    names = PARAMETER.findall(rule) if isinstance(rule, str) else []
    taken = {p.name for p in function.info.parameters if p.kind in ("positional", "keyword")}
    given: dict[str, Value] = {name: machine.unknown(site.place, parameters) for name in names if name in taken}
    machine.active[id(function.info.code)] += 1
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
        machine.active[id(function.info.code)] -= 1


def kind_of_entry(entry: Tuple) -> str:
    """ "route", "handler", "resolver" ..."""
    return str(entry.items[0].value) if isinstance(entry.items[0], Const) else ""


def forget_entries(machine: Machine, thing: ListObject) -> None:
    """What the routes write is not known any more. They were run, and are not what else may call them."""
    run = [entry.items[1] for entry in thing.items[:MAX_ROUTES] if isinstance(entry, Tuple)]
    held = [part for entry in thing.items for part in (entry.items if isinstance(entry, Tuple) else (entry,))]
    forget(machine, held, run)
