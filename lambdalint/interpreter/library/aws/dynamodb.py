"""DynamoDB by its resource: tables, and items whose numbers are Decimals.

Source: https://docs.aws.amazon.com/boto3/latest/reference/customizations/dynamodb.html#valid-dynamodb-types
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.library.aws.building import METADATA
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.orderings import at_least
from lambdalint.interpreter.state import is_const
from lambdalint.interpreter.values import NONE, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


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
    made.items["ResponseMetadata"] = Item(make(machine, METADATA, site.place), site.place)
    machine.may_raise(("botocore.exceptions.ClientError", "botocore.exceptions.BotoCoreError"))
    return machine.new(made)


@models("boto3.dynamodb.Table.get_item")
def get_item(machine: Machine, site: CallSite) -> Value:
    return _answer(machine, site, {}, {"Item": _item(machine, site)})


@models("boto3.dynamodb.Table.scan", "boto3.dynamodb.Table.query")
def many_items(machine: Machine, site: CallSite) -> Value:
    items = machine.new(ListObject([], site.place, "list", _item(machine, site)))
    count = at_least(machine, machine.unknown(site.place, "int"), 0)
    return _answer(machine, site, {"Items": items, "Count": count}, {})


@models("boto3.dynamodb.Table.update_item", "boto3.dynamodb.Table.delete_item", "boto3.dynamodb.Table.put_item")
def changed_item(machine: Machine, site: CallSite) -> Value:
    """The answer holds the item where `ReturnValues` asks for it.
    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html: NONE is the default."""
    asked = site.keywords.get("ReturnValues")
    if asked is None and not site.open:
        return _answer(machine, site, {}, {})
    if asked is not None and is_const(machine.state.resolve(asked), "NONE"):
        return _answer(machine, site, {}, {})
    return _answer(machine, site, {}, {"Attributes": _item(machine, site)})


@models("boto3.dynamodb.Table.batch_writer")
def batch_writer(machine: Machine, site: CallSite) -> Value:
    return machine.unknown(site.place, "boto3.dynamodb.BatchWriter")


@models("boto3.dynamodb.BatchWriter.put_item", "boto3.dynamodb.BatchWriter.delete_item")
def batch_write(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(("botocore.exceptions.ClientError", "botocore.exceptions.BotoCoreError", "TypeError"))
    return NONE
