"""What boto3's own functions demand, which are no operations of a service: URLs that are signed, files that are sent
and fetched, conditions of DynamoDB.

How they are called, the table of signatures knows. Sources: boto3/s3/inject.py and boto3/dynamodb/conditions.py of
boto3 1.44.8, `generate_presigned_url` in botocore/signers.py. tests/library_handlers/boto.txt asks them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.aws import refusing
from lambdalint.interpreter.library.aws.absent import operation_of
from lambdalint.interpreter.library.demands import demands
from lambdalint.interpreter.library.site import CallSite, text_argument
from lambdalint.interpreter.values import NONE, Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine

_CLIENT, _BUCKET, _OBJECT = "boto3.client.s3", "boto3.s3.Bucket", "boto3.s3.Object"
#: Types that can be neither read nor written.
_DATA = ("str", "bytes", "bytearray", "dict", "list", "tuple", "NoneType", "int", "float", "bool", "pathlib.PosixPath")
#: What is neither a text nor a path.
_NO_NAMES = ("bytes", "bytearray", "dict", "list", "tuple", "NoneType", "int", "io.BytesIO", "io.StringIO",
             "botocore.response.StreamingBody")  # fmt: skip


@demands(f"{_CLIENT}.upload_fileobj", f"{_BUCKET}.upload_fileobj", f"{_OBJECT}.upload_fileobj")
def _read_from(machine: Machine, site: CallSite) -> None:
    value = site.argument(0, "Fileobj")
    kind = kind_of(machine, value) if value is not None else None
    if kind in _DATA:
        why = f"`upload_fileobj()` reads from a file, and this is {_said(machine, value)}"
        raise machine.raise_builtin("ValueError", site.node, site.frame, why, value)
    if kind in ("io.StringIO", "io.TextIOWrapper"):
        why = f"`upload_fileobj()` reads bytes, and {_said(machine, value)} gives a `str`"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)


@demands(f"{_CLIENT}.download_fileobj", f"{_BUCKET}.download_fileobj", f"{_OBJECT}.download_fileobj")
def _written_to(machine: Machine, site: CallSite) -> None:
    position = {_CLIENT: 2, _BUCKET: 1, _OBJECT: 0}[site.name.rpartition(".")[0]]
    value = site.argument(position, "Fileobj")
    if value is not None and kind_of(machine, value) in _DATA:
        why = f"`download_fileobj()` writes to a file, and this is {_said(machine, value)}"
        raise machine.raise_builtin("ValueError", site.node, site.frame, why, value)


@demands(
    *[f"{kind}.{name}" for kind in (_CLIENT, _BUCKET, _OBJECT) for name in ("upload_file", "download_file")],
)
def _named(machine: Machine, site: CallSite) -> None:
    kind, _, name = site.name.rpartition(".")
    position = 0 if name == "upload_file" else {_CLIENT: 2, _BUCKET: 1, _OBJECT: 0}[kind]
    value = site.argument(position, "Filename")
    if value is not None and kind_of(machine, value) in _NO_NAMES:
        why = f"`{name}()` takes the name of a file, and this is {_said(machine, value)}"
        raise machine.raise_builtin("ValueError", site.node, site.frame, why, value)


@demands(f"{_CLIENT}.copy", f"{_BUCKET}.copy", f"{_OBJECT}.copy")
def _copied(machine: Machine, site: CallSite) -> None:
    value = site.argument(0, "CopySource")
    if value is not None and kind_of(machine, value) in ("str", "tuple", "list", "NoneType"):
        why = f"`copy()` takes a dict of `Bucket` and `Key`, and this is {_said(machine, value)}"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)


@demands(f"{_CLIENT}.generate_presigned_url")
def _signed(machine: Machine, site: CallSite) -> None:
    """The parameters are checked as if the operation was called."""
    operation = text_argument(machine, site, 0, "ClientMethod")
    if operation is None:
        return
    service = site.name.split(".")[2]
    known, near = operation_of(service, operation)
    if not known:
        if near:
            why = f"`generate_presigned_url()` takes a method of the client: there is no `{operation}`, only `{near}`"
            error = "botocore.exceptions.UnknownClientMethodError"
            raise machine.raise_builtin(error, site.node, site.frame, why)
        return
    given = site.argument(1, "Params")
    given = machine.state.resolve(given) if given is not None else NONE
    thing = machine.object(given) if type(given) is Ref else None
    if given is not NONE and (not isinstance(thing, DictObject) or thing.leaked or thing.open or thing.others):
        return
    items = thing.items if isinstance(thing, DictObject) else {}
    keywords = {name: item.value for name, item in items.items() if isinstance(name, str)}
    open = not all(item.sure for item in items.values())
    refusing.check(machine, replace(site, arguments=[], keywords=keywords, open=open), service, operation)


_CONDITIONS = "boto3.dynamodb.conditions"


@demands("boto3.dynamodb.Table.query")
def _of_keys(machine: Machine, site: CallSite) -> None:
    """A condition of keys is made of keys: `Attr(...)` is for filters."""
    value = site.keywords.get("KeyConditionExpression")
    if value is not None and kind_of(machine, value) == f"{_CONDITIONS}.AttrCondition":
        why = "`KeyConditionExpression` takes conditions of `Key(...)` alone, and this has one of `Attr(...)`"
        error = "boto3.exceptions.DynamoDBNeedsKeyConditionError"
        raise machine.raise_builtin(error, site.node, site.frame, why, value)


def _said(machine: Machine, value: Value | None) -> str:
    return said(machine, value) if value is not None else ""
