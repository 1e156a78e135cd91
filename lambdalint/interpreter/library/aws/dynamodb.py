"""DynamoDB by its resource: tables, and items whose numbers are Decimals.

Source: https://docs.aws.amazon.com/boto3/latest/reference/customizations/dynamodb.html#valid-dynamodb-types
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.library.aws import refusing
from lambdalint.interpreter.library.aws.absent import unanswered
from lambdalint.interpreter.library.aws.answers import service
from lambdalint.interpreter.library.aws.building import METADATA
from lambdalint.interpreter.library.aws.left_out import lacking, left_out_where, not_empty, unasked
from lambdalint.interpreter.library.aws.storable import refuse_unstorable
from lambdalint.interpreter.library.aws.updates import stored, updated
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.orderings import at_least
from lambdalint.interpreter.state import is_const
from lambdalint.interpreter.values import NONE, Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("boto3.resource.dynamodb.Table")
def table(machine: Machine, site: CallSite) -> Value:
    return machine.unknown(site.place, "boto3.dynamodb.Table")


def _item(machine: Machine, site: CallSite, known: dict[str, Value] | None = None) -> Value:
    """An item of a DynamoDB resource: each number among its attributes is a Decimal. `known`: attributes that it surely
    has."""
    made = DictObject(site.place, "dict")
    made.items = {name: Item(value, site.place) for name, value in (known or {}).items()}
    made.open = True
    made.rest = machine.unknown(site.place, "boto3.dynamodb.attribute")
    return machine.new(made)


def _answer(machine: Machine, site: CallSite, sure: dict[str, Value], maybe: dict[str, Value]) -> Ref:
    made = DictObject(site.place)
    made.open = True
    for name, value in sure.items():
        made.items[name] = Item(value, site.place)
    for name, value in maybe.items():
        made.items[name] = Item(value, site.place, False)
    operation = site.name.rpartition(".")[2]
    known = service("dynamodb")
    number = known.answer(operation) if known is not None else None
    if number is not None:
        without = unasked(machine, site, f"dynamodb.{operation}")
        made.answered = lacking(unanswered("dynamodb", operation, number), without, "")
        made.items = {name: item for name, item in made.items.items() if name not in without}
    made.items["ResponseMetadata"] = Item(make(machine, METADATA, site.place), site.place)
    machine.may_raise(("botocore.exceptions.ClientError", "botocore.exceptions.BotoCoreError"))
    return machine.new(made)


def _check(machine: Machine, site: CallSite) -> None:
    """Refuse what botocore refuses. The table's name is filled in."""
    operation = site.name.rpartition(".")[2]
    refuse_unstorable(machine, site)
    refusing.check(machine, site, "dynamodb", operation, plain=True, given=frozenset({"TableName"}))


@models("boto3.dynamodb.Table.get_item")
def get_item(machine: Machine, site: CallSite) -> Value:
    _check(machine, site)
    return _answer(machine, site, {}, {"Item": _item(machine, site, _key(machine, site))})


def _key(machine: Machine, site: CallSite) -> dict[str, Value]:
    """The attributes of the key that was asked for, which the item has."""
    given = machine.state.resolve(site.keywords.get("Key", NONE))
    thing = machine.object(given) if type(given) is Ref else None
    if "ProjectionExpression" in site.keywords or "AttributesToGet" in site.keywords or site.open:
        return {}
    if not isinstance(thing, DictObject) or thing.leaked:
        return {}
    return {
        name: stored(machine, item.value, site)
        for name, item in thing.items.items()
        if isinstance(name, str) and item.sure
    }


@models("boto3.dynamodb.Table.scan", "boto3.dynamodb.Table.query")
def many_items(machine: Machine, site: CallSite) -> Value:
    _check(machine, site)
    items = machine.new(ListObject([], site.place, "list", _item(machine, site)))
    count = at_least(machine, machine.unknown(site.place, "int"), 0)
    found = _answer(machine, site, {"Items": items, "Count": count}, {})
    key = DictObject(site.place)
    key.open = True
    left_out = left_out_where("dynamodb", site.name.rpartition(".")[2], "LastEvaluatedKey")
    last = Item(not_empty(machine, machine.new(key)), site.place, False, "", left_out)
    machine.state.write(found.id).items["LastEvaluatedKey"] = last
    return found


@models("boto3.dynamodb.Table.update_item", "boto3.dynamodb.Table.delete_item", "boto3.dynamodb.Table.put_item")
def changed_item(machine: Machine, site: CallSite) -> Value:
    """The answer holds the item where `ReturnValues` asks for it.
    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html: NONE is the default."""
    _check(machine, site)
    asked = site.keywords.get("ReturnValues")
    if asked is None and not site.open:
        return _answer(machine, site, {}, {})
    if asked is not None and is_const(machine.state.resolve(asked), "NONE"):
        return _answer(machine, site, {}, {})
    known = updated(machine, site) if site.name.endswith("update_item") else {}
    attributes = {"Attributes": _item(machine, site, known)}
    return _answer(machine, site, attributes, {}) if known else _answer(machine, site, {}, attributes)


@models("boto3.dynamodb.Table.batch_writer")
def batch_writer(machine: Machine, site: CallSite) -> Value:
    return machine.unknown(site.place, "boto3.dynamodb.BatchWriter")


@models("boto3.dynamodb.BatchWriter.put_item", "boto3.dynamodb.BatchWriter.delete_item")
def batch_write(machine: Machine, site: CallSite) -> Value:
    refuse_unstorable(machine, site)
    machine.may_raise(("botocore.exceptions.ClientError", "botocore.exceptions.BotoCoreError", "TypeError"))
    return NONE
