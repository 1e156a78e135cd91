"""Powertools, and the decorators of the libraries that watch a handler: they keep what it takes and gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lambdalint.interpreter.calls import call
from lambdalint.interpreter.entry import CONVERTING, FILLED, KEPT, LISTED, converted_event
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.validation import envelope_of, note_validated
from lambdalint.interpreter.values import NONE, Const, Function, Method, Outside, Partial, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_POWERTOOLS = "aws_lambda_powertools"
#: Decorators that keep the handler's signature and hand its value on, bare (`@x`) or called (`@x(...)`).
KEEPING = (
    f"{_POWERTOOLS}.Logger.inject_lambda_context",
    f"{_POWERTOOLS}.Tracer.capture_lambda_handler",
    f"{_POWERTOOLS}.Tracer.capture_method",
    f"{_POWERTOOLS}.Metrics.log_metrics",
    f"{_POWERTOOLS}.utilities.idempotency.idempotent",
    f"{_POWERTOOLS}.utilities.batch.batch_processor",
    "aws_xray_sdk.core.xray_recorder.capture",
    "aws_xray_sdk.core.xray_recorder.capture_async",
    "datadog_lambda.wrapper.datadog_lambda_wrapper",
    "sentry_sdk.serverless.serverless_function",
    "sentry_sdk.monitor",
    "sentry_sdk.trace",
    "epsagon.lambda_wrapper",
    "lumigo_tracer.lumigo_tracer",
    "newrelic.agent.background_task",
    "newrelic.agent.function_trace",
    "newrelic.agent.lambda_handler",
    "rollbar.lambda_function",
    "elasticapm.capture_serverless",
    "backoff.on_exception",
    "tenacity.retry",
    "retrying.retry",
)
_DECORATOR = "functools.wraps()"  # what leaves a function as it is


@models(*KEEPING)
def keeping(machine: Machine, site: CallSite) -> Value:
    found = machine.state.resolve(site.arguments[0]) if site.arguments else None
    if isinstance(found, (Function, Partial, Method)) and not isinstance(found, Outside):
        return found
    for value in site.values():
        leak(machine, value)
    return Outside(_DECORATOR, site.place)


#: The stores of the library's own, which write down as JSON what a function gave.
_STORES = frozenset(
    f"{_POWERTOOLS}.utilities.idempotency.{name}"
    for name in ("DynamoDBPersistenceLayer", "RedisCachePersistenceLayer", "CachePersistenceLayer")
)
#: The call that is recorded of what an idempotent function gives: its first argument is written down.
_SAVER = f"{_POWERTOOLS}.utilities.idempotency.save"
#: What stands for a function whose answers are kept in a way of its own.
_STORED = "powertools.idempotent[]"


@models(f"{_POWERTOOLS}.utilities.idempotency.idempotent_function")
def idempotent_function(machine: Machine, site: CallSite) -> Value:
    """A function whose answers are kept, by one of the library's stores and with its own encoder. Of a handler the
    runtime asks as much."""
    if not site.arguments:
        return Partial(Outside(site.name, site.place), (), site.keywords, site.place)
    found = machine.state.resolve(site.arguments[0])
    named = machine.state.resolve(site.keywords.get("data_keyword_argument", NONE))
    if isinstance(found, Function) and type(named) is Const and isinstance(named.value, str):
        machine.by_keyword[id(found.info.code)] = named.value
    serializer = machine.state.resolve(site.keywords.get("output_serializer", NONE))
    store = site.keywords.get("persistence_store", NONE)
    plain = type(serializer) is Const and serializer.value is None and not site.open
    if not isinstance(found, Function) or found.info.is_async:
        return keeping(machine, site)
    if found.owner is not None or (found.info.parameters[:1] and found.info.parameters[0].name in ("self", "cls")):
        return found  # a method, which is bound to its object
    return Method(KEPT if plain and kind_of(machine, store) in _STORES else _STORED, found, site.place)


@models(_STORED)
def stored(machine: Machine, site: CallSite) -> Value:
    """Call an idempotent function whose answers are written down in a way that is not followed."""
    assert site.receiver is not None
    _refuse_unnamed(machine, site)
    return call(machine, site.receiver, site.arguments, site.keywords, site.node, site.frame)


def _refuse_unnamed(machine: Machine, site: CallSite) -> None:
    """Raise where what a function is idempotent by is not given by keyword.

    Raises:
        Raised: a RuntimeError, on paper.
    """
    code = machine.state.resolve(site.receiver) if site.receiver is not None else None
    named = machine.by_keyword.get(id(code.info.code)) if type(code) is Function else None
    if named is not None and named not in site.keywords and not site.open and type(code) is Function:
        why = f"`{code.name}()` is idempotent by `{named}`, which it is not given by keyword"
        raise machine.raise_builtin("RuntimeError", site.node, site.frame, why)


@models(KEPT)
def kept(machine: Machine, site: CallSite) -> Value:
    """Call an idempotent function, and write down what it gives."""
    assert site.receiver is not None
    _refuse_unnamed(machine, site)
    answer = call(machine, site.receiver, site.arguments, site.keywords, site.node, site.frame)
    saved = replace(site, name=_SAVER, receiver=None, arguments=[answer], keywords={}, open=False)
    machine.recorder.call(machine, saved, lambda: None)
    return answer


@models("aws_embedded_metrics.metric_scope")
def metric_scope(machine: Machine, site: CallSite) -> Value:
    """Gives the function its `metrics`, where it has a parameter of that name."""
    found = machine.state.resolve(site.arguments[0]) if site.arguments else None
    if isinstance(found, Function) and any(parameter.name == "metrics" for parameter in found.info.parameters):
        return Partial(found, (), {"metrics": machine.unknown(site.place)}, site.place)
    return found if found is not None else machine.unknown(site.place)


@models(f"{_POWERTOOLS}.middleware_factory.lambda_handler_decorator")
def handler_decorator(machine: Machine, site: CallSite) -> Value:
    """`def middleware(handler, event, context)` becomes a decorator of handlers."""
    if not site.arguments:
        return Outside(site.name, site.place)
    return Method("powertools.middleware[]", site.arguments[0], site.place)


@models("powertools.middleware[]")
def middleware(machine: Machine, site: CallSite) -> Value:
    assert site.receiver is not None
    if not site.arguments:
        return Partial(Method("powertools.middleware[]", site.receiver), (), site.keywords, site.place)
    return Partial(site.receiver, (site.arguments[0],), site.keywords, site.place)


@models(f"{_POWERTOOLS}.utilities.data_classes.event_source", f"{_POWERTOOLS}.utilities.parser.event_parser")
def converting(machine: Machine, site: CallSite) -> Value:
    """A decorator that hands the handler an object made of the event, of the types that its keywords name."""
    if site.arguments:
        kinds = [machine.state.resolve(value) for value in site.keywords.values()]
        return Method(CONVERTING, Tuple((site.arguments[0], *kinds)), site.place)
    return Partial(Outside(site.name, site.place), (), site.keywords, site.place)


@models(f"{_POWERTOOLS}.utilities.validation.validator")
def validator(machine: Machine, site: CallSite) -> Value:
    """A decorator that checks the event by a schema, of which the defaults are filled in; with an envelope the handler
    is given what stands inside it."""
    if not site.arguments:
        return Partial(Outside(site.name, site.place), (), site.keywords, site.place)
    note_validated(machine, site)
    if site.open or "envelope" in site.keywords or len(site.arguments) > 1:
        found = envelope_of(machine, site)
        given = (LISTED,) if found is not None and found.listed else ()
        return Method(CONVERTING, Tuple((site.arguments[0], *given)), site.place)
    if "inbound_schema" in site.keywords:
        return Method(CONVERTING, Tuple((site.arguments[0], FILLED)), site.place)
    return site.arguments[0]


@models(CONVERTING)
def converted(machine: Machine, site: CallSite) -> Value:
    assert isinstance(site.receiver, Tuple)
    made = converted_event(machine, site.argument(0), site.receiver.items[1:], site.place)
    arguments = [made, *site.arguments[1:]]
    return call(machine, site.receiver.items[0], arguments, site.keywords, site.node, site.frame)
