"""boto3, Powertools and the adapters that answer for a handler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.library.models import models, text_argument
from lambdalint.interpreter.state import DictObject, Item, ListObject
from lambdalint.interpreter.values import Method, Outside, Partial, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library import CallSite
    from lambdalint.interpreter.machine import Machine

_POWERTOOLS = "aws_lambda_powertools"
#: Powertools' decorators that keep the handler's signature and hand its value on.
KEEPING = frozenset({
    f"{_POWERTOOLS}.Logger.inject_lambda_context",
    f"{_POWERTOOLS}.Tracer.capture_lambda_handler",
    f"{_POWERTOOLS}.Tracer.capture_method",
    f"{_POWERTOOLS}.Metrics.log_metrics",
})  # fmt: skip


@models(*KEEPING)
def keeping(machine: Machine, site: CallSite) -> Value:
    if site.arguments:
        return machine.state.resolve(site.arguments[0])
    return Outside("functools.cache", site.place)


@models("boto3.client", "boto3.resource", "boto3.Session.client", "boto3.Session.resource",
        "boto3.session.Session.client", "boto3.session.Session.resource")  # fmt: skip
def client(machine: Machine, site: CallSite) -> Value:
    kind = site.name.rpartition(".")[2]
    service = text_argument(machine, site, 0, "service_name")
    return machine.unknown(site.place, f"boto3.{kind}.{service}" if service else f"boto3.{kind}.?")


@models("boto3.Session", "boto3.session.Session")
def session(machine: Machine, site: CallSite) -> Value:
    return machine.unknown(site.place, "boto3.Session")


@models("boto3.resource.dynamodb.Table")
def table(machine: Machine, site: CallSite) -> Value:
    return machine.unknown(site.place, "boto3.dynamodb.Table")


def _item(machine: Machine, site: CallSite) -> Value:
    """An item of a DynamoDB resource: its attributes are not known, and each number among them is a Decimal."""
    made = DictObject(site.place, "dict")
    made.open = True
    made.rest = machine.unknown(site.place, "boto3.dynamodb.attribute")
    return machine.new(made)


def _answer(machine: Machine, site: CallSite, sure: dict[str, Value], maybe: dict[str, Value]) -> Value:
    made = DictObject(site.place)
    made.open = True
    for name, value in sure.items():
        made.items[name] = Item(value, site.place)
    for name, value in maybe.items():
        made.items[name] = Item(value, site.place, False)
    machine.may_raise(("botocore.exceptions.ClientError",))
    return machine.new(made)


@models("boto3.dynamodb.Table.get_item")
def get_item(machine: Machine, site: CallSite) -> Value:
    return _answer(machine, site, {}, {"Item": _item(machine, site)})


@models("boto3.dynamodb.Table.scan", "boto3.dynamodb.Table.query")
def many_items(machine: Machine, site: CallSite) -> Value:
    items = machine.new(ListObject([], site.place, "list", _item(machine, site)))
    count = machine.unknown(site.place, "int")
    return _answer(machine, site, {"Items": items, "Count": count}, {})


@models("boto3.dynamodb.Table.update_item", "boto3.dynamodb.Table.delete_item", "boto3.dynamodb.Table.put_item")
def changed_item(machine: Machine, site: CallSite) -> Value:
    return _answer(machine, site, {}, {"Attributes": _item(machine, site)})


@models("mangum.Mangum", "chalice.Chalice", "apig_wsgi.make_lambda_handler")
def adapter(machine: Machine, site: CallSite) -> Value:
    from lambdalint.interpreter.access import leak

    for value in (*site.arguments, *site.keywords.values()):
        leak(machine, value)
    return machine.unknown(site.place, site.name)


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
    """A decorator that hands the handler an object made of the event."""
    if site.arguments:
        return Method("powertools.converting[]", site.arguments[0], site.place)
    return Outside(site.name, site.place)


@models("powertools.converting[]")
def converted(machine: Machine, site: CallSite) -> Value:
    from lambdalint.interpreter.calls import call

    assert site.receiver is not None
    arguments = [machine.unknown(site.place), *site.arguments[1:]]
    return call(machine, site.receiver, arguments, site.keywords, site.node, site.frame)


@models(f"{_POWERTOOLS}.utilities.validation.validator", f"{_POWERTOOLS}.utilities.idempotency.idempotent")
def around(machine: Machine, site: CallSite) -> Value:
    if site.arguments:
        return machine.state.resolve(site.arguments[0])
    return Outside("functools.cache", site.place)
