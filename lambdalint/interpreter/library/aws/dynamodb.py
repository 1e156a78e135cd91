"""DynamoDB by its resource: tables, and items whose numbers are Decimals.

Source: https://docs.aws.amazon.com/boto3/latest/reference/customizations/dynamodb.html#valid-dynamodb-types
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.aws.building import METADATA
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.orderings import at_least
from lambdalint.interpreter.state import is_const
from lambdalint.interpreter.values import NONE, Const, Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: `SET visits = visits + :one`, of numbers alone; and `ADD visits :one`, of a number or a set.
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
_OPERAND = r"(?:if_not_exists\s*\([^()]*\)|[#:]?[\w.]+)"
_SUM = re.compile(rf"(?<![\w.#\]])(#?\w+)\s*=\s*{_OPERAND}\s*[+-]\s*{_OPERAND}")
_ADD = re.compile(r"\bADD\s+((?:[^\s,]+\s+:\w+\s*,?\s*)+)", re.I)
_ADDED = re.compile(r"(?<![\w.#\]])(#?\w+)\s+(:\w+)")


@models("boto3.resource.dynamodb.Table")
def table(machine: Machine, site: CallSite) -> Value:
    return machine.unknown(site.place, "boto3.dynamodb.Table")


def _item(machine: Machine, site: CallSite, numbers: tuple[str, ...] = ()) -> Value:
    """An item of a DynamoDB resource: its attributes are not known, and each number among them is a Decimal.
    `numbers`: attributes that it surely has, as numbers."""
    made = DictObject(site.place, "dict")
    made.items = {name: Item(machine.unknown(site.place, "decimal.Decimal"), site.place) for name in numbers}
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
    counted = _counted(machine, site) if asked is not None else ()
    attributes = {"Attributes": _item(machine, site, counted)}
    return _answer(machine, site, attributes, {}) if counted else _answer(machine, site, {}, attributes)


def _counted(machine: Machine, site: CallSite) -> tuple[str, ...]:
    """The attributes that an update adds a number to, where the answer has them as they are afterwards."""
    asked = machine.state.resolve(site.keywords["ReturnValues"])
    if not (is_const(asked, "ALL_NEW") or is_const(asked, "UPDATED_NEW")):
        return ()
    expression = machine.state.resolve(site.keywords.get("UpdateExpression", NONE))
    if type(expression) is not Const or not isinstance(expression.value, str):
        return ()
    names, values = (_entries(machine, site, f"ExpressionAttribute{part}") for part in ("Names", "Values"))
    found = [match[1] for match in _SUM.finditer(expression.value)]
    for clause in _ADD.finditer(expression.value):
        for name, value in _ADDED.findall(clause[1]):
            if kind_of(machine, values.get(value, NONE)) in ("int", "decimal.Decimal"):
                found.append(name)
    called = [_name(machine, name, names) for name in found]
    return tuple(name for name in called if name is not None)


def _entries(machine: Machine, site: CallSite, keyword: str) -> dict[object, Value]:
    value = machine.state.resolve(site.keywords.get(keyword, NONE))
    thing = machine.object(value) if type(value) is Ref else None
    return {key: item.value for key, item in thing.items.items()} if isinstance(thing, DictObject) else {}


def _name(machine: Machine, name: str, names: dict[object, Value]) -> str | None:
    """What an attribute is called: `#name` stands for what the names say."""
    value = machine.state.resolve(names.get(name, NONE)) if name.startswith("#") else Const(name)
    return value.value if type(value) is Const and isinstance(value.value, str) else None


@models("boto3.dynamodb.Table.batch_writer")
def batch_writer(machine: Machine, site: CallSite) -> Value:
    return machine.unknown(site.place, "boto3.dynamodb.BatchWriter")


@models("boto3.dynamodb.BatchWriter.put_item", "boto3.dynamodb.BatchWriter.delete_item")
def batch_write(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(("botocore.exceptions.ClientError", "botocore.exceptions.BotoCoreError", "TypeError"))
    return NONE
