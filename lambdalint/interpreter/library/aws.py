"""boto3, and the adapters that answer for a handler. The answers of clients stand in tables/boto.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.library.tables.boto import METADATA, SERVICES
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.orderings import at_least
from lambdalint.interpreter.state import is_const
from lambdalint.interpreter.values import NONE, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


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


@models("mangum.Mangum", "chalice.Chalice", "apig_wsgi.make_lambda_handler")
def adapter(machine: Machine, site: CallSite) -> Value:
    for value in site.values():
        leak(machine, value)
    return machine.unknown(site.place, site.name)


@models(*[f"boto3.client.{service}.get_paginator" for service in SERVICES])
def paginator(machine: Machine, site: CallSite) -> Value:
    """A paginator of an operation: its pages are the operation's answers."""
    machine.may_raise(("botocore.exceptions.BotoCoreError",))
    operation = text_argument(machine, site, 0, "operation_name")
    service = site.name.split(".")[2]
    return machine.unknown(site.place, f"boto3.pages.{service}.{operation}" if operation is not None else None)


@models("boto3.dynamodb.Table.batch_writer")
def batch_writer(machine: Machine, site: CallSite) -> Value:
    return machine.unknown(site.place, "boto3.dynamodb.BatchWriter")


@models("boto3.dynamodb.BatchWriter.put_item", "boto3.dynamodb.BatchWriter.delete_item")
def batch_write(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(("botocore.exceptions.ClientError", "botocore.exceptions.BotoCoreError", "TypeError"))
    return NONE


#: Methods of a client that are no operations of its service.
_NO_OPERATIONS = frozenset(
    {
        *("get_waiter", "get_paginator", "can_paginate", "close", "generate_presigned_url", "generate_presigned_post"),
        *(
            "upload_file",
            "download_file",
            "upload_fileobj",
            "download_fileobj",
            "copy",
            "exceptions",
            "meta",
            "waiter_names",
        ),
    }
)


@models("boto3.client.*")
def operation(machine: Machine, site: CallSite) -> Value:
    """An operation of a service whose answer does not stand in the table: a dict, of what is not known.
    https://docs.aws.amazon.com/boto3/latest/guide/clients.html: every operation answers with a dict."""
    machine.may_raise(("botocore.exceptions.ClientError", "botocore.exceptions.BotoCoreError"))
    if site.name.rpartition(".")[2] in _NO_OPERATIONS:
        return machine.unknown(site.place)
    return _answer(machine, site, {}, {})
