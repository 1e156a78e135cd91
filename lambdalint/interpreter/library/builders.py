"""Powertools' builders of answers: what an authorizer or a transformation of Firehose makes of its parts.

A builder is a container of the heap under the name of its class: what it was made of, in the order of its arguments.
`asdict()` gives the answer, in which what is empty is left out.
Source: aws_lambda_powertools/utilities/data_classes: kinesis_firehose_event.py, api_gateway_authorizer_event.py and
appsync_authorizer_event.py, of 2.30 to 3.37.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lambdalint.interpreter.calls import call
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.iteration import elements
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.tables.data_classes import DATA_CLASSES
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.values import NONE, Const, Method, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


class Part(NamedTuple):
    """An argument, under which key it stands in the answer ("": it does not), what it is by itself, and when it is
    left out: never, where it is empty, or where it is None."""

    name: str
    key: str = ""
    default: object = None
    left_out: str = "never"


_RECORD = f"{DATA_CLASSES}.KinesisFirehoseDataTransformationRecord"
_RECORDS = f"{DATA_CLASSES}.KinesisFirehoseDataTransformationResponse"
_POLICIES = (
    f"{DATA_CLASSES}.APIGatewayAuthorizerResponse",
    f"{DATA_CLASSES}.APIGatewayAuthorizerResponseWebSocket",
)
_SIMPLE = f"{DATA_CLASSES}.APIGatewayAuthorizerResponseV2"
_APPSYNC = f"{DATA_CLASSES}.AppSyncAuthorizerResponse"
_POLICY = "{Version: str, Statement: list[dict[str, ?]]}"

_PARTS: dict[str, tuple[Part, ...]] = {
    _RECORD: (
        Part("record_id", "recordId"),
        Part("result", "result", "Ok"),
        Part("data", "data", ""),
        Part("metadata", "metadata", None, "empty"),
        Part("json_serializer"),
        Part("json_deserializer"),
    ),
    **dict.fromkeys(
        _POLICIES,
        (
            Part("principal_id", "principalId"),
            Part("region"),
            Part("aws_account_id"),
            Part("api_id"),
            Part("stage"),
            Part("context", "context", None, "empty"),
            Part("usage_identifier_key", "usageIdentifierKey", None, "empty"),
            Part("partition"),
        ),
    ),
    _SIMPLE: (Part("authorize", "isAuthorized", False), Part("context", "context", None, "empty")),
    _APPSYNC: (
        Part("authorize", "isAuthorized", False),
        Part("max_age", "ttlOverride", None, "None"),
        Part("resolver_context", "resolverContext", None, "empty"),
        Part("deny_fields", "deniedFields", None, "empty"),
    ),
}
#: What the routes of a policy are added by.
_ROUTES = ("allow_all_routes", "deny_all_routes", "allow_route", "deny_route")


@models(*_PARTS)
def builder(machine: Machine, site: CallSite) -> Value:
    if site.open:
        for value in site.values():
            leak(machine, value)
        return machine.unknown(site.place, site.name)
    given = [site.argument(number, part.name) for number, part in enumerate(_PARTS[site.name])]
    held = [value if value is not None else Const(part.default, None) for value, part in zip(given, _PARTS[site.name])]
    return machine.new(ListObject(held, site.place, site.name))


@models(f"{DATA_CLASSES}.KinesisFirehoseRecord.build_data_transformation_response")
def built_record(machine: Machine, site: CallSite) -> Value:
    """A record of the answer, of the same id."""
    receiver = site.receiver if site.receiver is not None else NONE
    site.name, site.arguments = _RECORD, [_id(machine, receiver, site), *site.arguments]
    return builder(machine, site)


def _id(machine: Machine, record: Value, site: CallSite) -> Value:
    from lambdalint.interpreter.library.outside import known_attribute

    kind = f"{DATA_CLASSES}.KinesisFirehoseRecord"
    found = known_attribute(machine, record, kind, "record_id", site.node, site.frame)
    return found if found is not None else machine.unknown(site.place, "str")


@models(*[f"{name}.from_route_arn" for name in _POLICIES])
def policy_of_arn(machine: Machine, site: CallSite) -> Value:
    """A policy, of which the ARN of the route says what it is for."""
    name = site.name.removesuffix(".from_route_arn")
    machine.may_raise(None)
    some = machine.unknown(site.place, "str")
    principal, context = site.argument(1, "principal_id"), site.argument(2, "context")
    usage = site.argument(3, "usage_identifier_key")
    site.name, site.arguments, site.keywords = name, [principal or NONE, some, some, some, some], {}
    site.arguments += [context or NONE, usage or NONE]
    return builder(machine, site)


@models(*[f"{name}.{method}" for name in _POLICIES for method in _ROUTES])
def routed(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(("ValueError",))
    for value in site.values():
        leak(machine, value)
    return NONE


@models(*[f"{name}.asdict" for name in _PARTS])
def asdict(machine: Machine, site: CallSite) -> Value:
    if site.name.removesuffix(".asdict") in _POLICIES:
        machine.may_raise(("ValueError",))
    return _answer(machine, site.receiver if site.receiver is not None else NONE, site)


def _answer(machine: Machine, value: Value, site: CallSite) -> Value:
    value = machine.state.resolve(value)
    if type(value) is Sym and value.options:
        options = tuple(_answer(machine, option, site) for option in value.options)
        return machine.unknown(site.place, options=options)
    thing = machine.object(value) if type(value) is Ref else None
    parts = _PARTS.get(thing.type) if isinstance(thing, ListObject) else None
    if not isinstance(thing, ListObject) or parts is None or thing.leaked or len(thing.items) != len(parts):
        return machine.unknown(site.place)
    made = DictObject(site.place)
    for part, held in zip(parts, thing.items):
        sure = _is_there(machine, held, part.left_out)
        if part.key and sure is not False:
            shown = held if part.key != "metadata" else machine.unknown(site.place)
            made.items[part.key] = Item(shown, held.place, sure is True)
    if thing.type in _POLICIES:
        made.items["policyDocument"] = Item(make(machine, _POLICY, site.place), site.place)
    return machine.new(made)


def _is_there(machine: Machine, held: Value, left_out: str) -> bool | None:
    """Whether a part stands in the answer; None where that is not known."""
    held = machine.state.resolve(held)
    if left_out == "never":
        return True
    if type(held) is Const:
        return held.value is not None if left_out == "None" else bool(held.value)
    thing = machine.object(held) if type(held) is Ref else None
    if isinstance(thing, DictObject) and not thing.leaked:
        filled = any(item.sure for item in thing.items.values())
        return True if filled else None if thing.open or thing.items or thing.others else False
    if isinstance(thing, ListObject) and not thing.leaked:
        return True if thing.items else None if thing.rest is not None else False
    return None


@models(_RECORDS)
def records(machine: Machine, site: CallSite) -> Value:
    held = site.argument(0, "records")
    if held is None:
        held = machine.new(ListObject([], site.place))
    return machine.new(ListObject([held], site.place, site.name))


@models(f"{_RECORDS}.add_record")
def add_record(machine: Machine, site: CallSite) -> Value:
    held = _held(machine, site.receiver)
    record = site.argument(0, "record")
    if held is None or record is None:
        for value in site.values():
            leak(machine, value)
        return NONE
    return call(machine, Method("list.append", held), [record], {}, site.node, site.frame)


@models(f"{_RECORDS}.asdict")
def records_asdict(machine: Machine, site: CallSite) -> Value:
    """Firehose takes no empty answer, and so none is made."""
    machine.may_raise(("ValueError",))
    held = _held(machine, site.receiver)
    if held is None:
        return make(machine, "{records: list[dict]}", site.place)
    found = elements(machine, held, site.node, site.frame)
    items = [_answer(machine, item, site) for item in found.items]
    rest = _answer(machine, found.rest, site) if found.rest is not None else None
    made = DictObject(site.place)
    made.items["records"] = Item(machine.new(ListObject(items, site.place, "list", rest)), site.place)
    return machine.new(made)


def _held(machine: Machine, value: Value | None) -> Ref | None:
    """The list of a builder's records."""
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, ListObject) or thing.type != _RECORDS or thing.leaked or len(thing.items) != 1:
        return None
    held = machine.state.resolve(thing.items[0])
    return held if type(held) is Ref and isinstance(machine.object(held), ListObject) else None


def builder_attribute(machine: Machine, value: Value, kind: str, name: str) -> Value | None:
    """What a builder was made of, under the names of its arguments; None for any other."""
    if kind == _RECORDS and name == "records":
        return _held(machine, value)
    names = [part.name for part in _PARTS.get(kind, ())]
    thing = machine.object(value) if type(value) is Ref and name in names else None
    if not isinstance(thing, ListObject) or thing.leaked or len(thing.items) != len(names):
        return None
    return thing.items[names.index(name)]
