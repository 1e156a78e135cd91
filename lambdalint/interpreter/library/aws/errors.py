"""The errors that clients raise: what `error.response` holds.

Sources: https://docs.aws.amazon.com/boto3/latest/guide/error-handling.html#parsing-error-responses-and-catching-exceptions-from-aws-services;
beside `Error` and `ResponseMetadata` stand the members of the exception that the service's model describes
(botocore/parsers.py, `_do_modeled_error_parse`), in the models of botocore 1.44.8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject
from lambdalint.interpreter.library.tables import ATTRIBUTES
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.values import Ref, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.machine import Machine

#: What a client has as `exceptions`: `boto3.errors.s3.NoSuchKey`.
EXCEPTIONS = "boto3.errors."
_ERROR = "botocore.exceptions.ClientError"
#: The services of which an exception has a member `Code`; beginnings of names.
_WITH_CODE = ("backup", "chime", "cloudsearch", "dlm", "schemas", "securityhub")
_WHERE = {"Code": "Error", "HTTPStatusCode": "ResponseMetadata", "HTTPHeaders": "ResponseMetadata"}


def error_attribute(machine: Machine, kind: str, name: str, place: Place) -> Value | None:
    """What an attribute of a ClientError is; None of another, and of other exceptions."""
    if name != "response" or not (kind == _ERROR or kind.startswith(EXCEPTIONS)):
        return None
    made = make(machine, ATTRIBUTES[f"{_ERROR}.response"], place)
    thing = machine.object(made) if type(made) is Ref else None
    if isinstance(thing, DictObject):
        thing.answered = _with_code if _may_have_code(machine) else _without_code
    return made


def _may_have_code(machine: Machine) -> bool:
    """Whether the error may be of a service whose exceptions have a `Code` of their own."""
    return not machine.services or any(not name or name.startswith(_WITH_CODE) for name in machine.services)


def _with_code(key: str) -> str:
    return _without_code(key) if key != "Code" else ""


def _without_code(key: str) -> str:
    return f"the `response` of a ClientError has no `{key}` here, only in `{_WHERE[key]}`" if key in _WHERE else ""
