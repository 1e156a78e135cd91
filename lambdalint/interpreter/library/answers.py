"""Powertools' `Response`: what it was made of, until somebody gets hold of its headers, which say what its body is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ListObject
from lambdalint.interpreter.values import Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine

RESPONSE = "aws_lambda_powertools.event_handler.Response"
#: The parts that are kept, in the order of its arguments.
FIELDS = ("status_code", "content_type", "body", "headers")


def response_attribute(machine: Machine, value: Value, name: str) -> Value | None:
    """A part of a response that is as it was given; None for any other."""
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, ListObject) or thing.type != RESPONSE:
        return None
    if name == "headers":
        leak(machine, value)
    if name not in ("status_code", "body") or thing.leaked or len(thing.items) != len(FIELDS):
        return None
    return thing.items[FIELDS.index(name)]
