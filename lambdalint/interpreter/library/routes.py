"""Powertools' event handlers for HTTP: what a resolver answers with.

`app.resolve(event, context)` calls the function that the event asks for: each is run on paper from there, and what a
route returns is recorded as a call of SERIALIZER, which a rule judges as it does json.dumps.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import libcst as cst

from lambdalint.finding import Place
from lambdalint.interpreter.heap import ClassObject, ListObject
from lambdalint.interpreter.invocation import Step
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.resolver_entries import (
    MAX_ROUTES,
    PARAMETER,
    forget_entries,
    kind_of_entry,
    routes_of,
    run_entry,
    showing,
)
from lambdalint.interpreter.library.resolvers import ANSWERS, HANDLERS, each, is_falsy
from lambdalint.interpreter.library.route_bodies import sent, serialized
from lambdalint.interpreter.library.site import CallSite
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.paths import RAISE, RETURN, Outcome
from lambdalint.interpreter.values import Const, Function, Method, Outside, Ref, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.scopes import ParameterInfo

#: The call that is recorded of what a route returns: its first argument is the body.
SERIALIZER = f"{HANDLERS}.serialize"
#: The same of the body of a response that is no JSON: it goes out as it is.
SENDER = f"{HANDLERS}.send"


@models(*each(tuple(ANSWERS), ("resolve", "__call__", "resolve_async")))
def resolve(machine: Machine, site: CallSite) -> Value:
    """Run every route, for the event may ask for any."""
    thing = routes_of(machine, site)
    awaits = site.name.endswith("resolve_async")
    with showing(machine, site):
        if thing is not None:
            _run_routes(machine, site, thing, awaits)
            forget_entries(machine, thing)
    machine.state.epoch += 1
    machine.may_raise(None, after_effects=True)
    answer = make(machine, ANSWERS[site.name.split(".")[-2]], site.place)
    return Method("asyncio.gather()", answer, site.place) if awaits else answer


def _run_routes(machine: Machine, site: CallSite, thing: ListObject, awaits: bool) -> None:
    kinds = [kind_of_entry(entry) for entry in thing.items if isinstance(entry, Tuple)]
    catching = _catches(machine, thing)
    answered = catching or _answers_for_builtins(machine, thing)
    for entry in thing.items[:MAX_ROUTES]:
        if not isinstance(entry, Tuple) or kind_of_entry(entry) not in ("route", "handler"):
            continue
        if "unjudged" not in kinds and not catching:
            _note_arity(machine, entry)
        # What validates makes of a part of the path what the parameter is annotated with; else it is a text.
        plain = "unjudged" not in kinds and is_falsy(machine, entry.items[3])
        outcomes = run_entry(machine, entry, site, awaits, catching, "str" if plain else None)
        answers = kind_of_entry(entry) == "handler"
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


def _note_arity(machine: Machine, entry: Tuple) -> None:
    """A function that does not take what its resolver gives it by keyword: the parts of the path that its rule names. A
    dependency is given beside them."""
    function = machine.state.resolve(entry.items[1])
    rule = entry.items[2].value if isinstance(entry.items[2], Const) else None
    if type(function) is not Function or kind_of_entry(entry) != "route" or not isinstance(rule, str):
        return
    parameters = function.info.parameters
    if function.info.is_lambda or function.owner is not None or any("Depends" in _hint(one) for one in parameters):
        return
    named = set(PARAMETER.findall(rule))
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
        body, name = serialized(machine, outcome.value, responses_only=kind_of_entry(entry) == "handler"), SERIALIZER
        if body is None:
            body, name = sent(machine, outcome.value), SENDER
        if body is None:
            return
        place = Place(function.info.source, outcome.node)
        chain = (*site.frame.chain, Step(site.place, function.info.name))
        made = CallSite(name, [body], {}, False, outcome.node, replace(site.frame, chain=chain), place)
        machine.recorder.call(machine, made, lambda: None)
    finally:
        machine.state = saved


def _catches(machine: Machine, thing: ListObject) -> bool:
    """Whether an exception handler answers for a TypeError in a route: one whose class is not seen may."""
    for entry in thing.items:
        if isinstance(entry, Tuple) and kind_of_entry(entry) == "handler" and not is_falsy(machine, entry.items[2]):
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
        if isinstance(entry, Tuple) and kind_of_entry(entry) == "handler" and not is_falsy(machine, entry.items[2]):
            caught = machine.state.resolve(entry.items[2])
            if not (type(caught) is Ref and isinstance(machine.object(caught), ClassObject)):
                return True
    return False


def _note_handler(machine: Machine, entry: Tuple) -> None:
    """An exception handler that does not take the exception."""
    function = machine.state.resolve(entry.items[1])
    if kind_of_entry(entry) != "handler" or type(function) is not Function or function.info.is_lambda or function.owner:
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
