"""Powertools' `Response`: what it was made of, until somebody gets hold of its headers, which say what its body is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ListObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.values import Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame

RESPONSE = "aws_lambda_powertools.event_handler.Response"
#: The type of its headers.
HEADERS = f"{RESPONSE}.headers"
#: What is no header: the resolver goes through it, as it does through a list of texts.
NO_HEADERS = frozenset({"int", "float", "bool", "decimal.Decimal", "datetime.datetime", "datetime.date", "uuid.UUID"})
#: The parts that are kept, in the order of its arguments.
FIELDS = ("status_code", "content_type", "body", "headers")


def refuse_header(machine: Machine, kind: str | None, new: Value, node: Any, frame: Frame) -> None:
    """Tell of a header that is set in a response, and is no text."""
    if kind == HEADERS and kind_of(machine, new) in NO_HEADERS:
        why = f"the header is {said(machine, new)}, and the resolver takes a `str`"
        machine.recorder.fails(machine, machine.place(node, frame), "TypeError", why)


def response_attribute(machine: Machine, value: Value, name: str) -> Value | None:
    """A part of a response that is as it was given; None for any other."""
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, ListObject) or thing.type != RESPONSE:
        return None
    if name == "headers":
        leak(machine, value)
        return machine.unknown(value.place, HEADERS)
    if name not in ("status_code", "body") or thing.leaked or len(thing.items) != len(FIELDS):
        return None
    return thing.items[FIELDS.index(name)]
