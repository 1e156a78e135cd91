"""Chalice's decorators: what they leave of a function is what Lambda calls.

https://aws.github.io/chalice/api.html ; a view answers for itself, and a function of an event is given an object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.calls import call
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.values import NONE, Method, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_OWNERS = ("chalice.Chalice", "chalice.Blueprint", "chalice.app.Chalice", "chalice.app.Blueprint")
_EVENTS = (
    *("schedule", "on_s3_event", "on_sns_message", "on_sqs_message", "on_cw_event", "on_kinesis_record"),
    *("on_dynamodb_record", "on_ws_connect", "on_ws_message", "on_ws_disconnect"),
)
_PLAIN, _OF_EVENT = "chalice.lambda_function()", "chalice.event()"
#: What a function of an event becomes, which takes the event as Lambda sends it, and the context.
CALLED = "chalice.handler"


@models(*(f"{owner}.lambda_function" for owner in _OWNERS))
def lambda_function(machine: Machine, site: CallSite) -> Value:
    return Method(_PLAIN, NONE, site.place)


@models(_PLAIN)
def plain(machine: Machine, site: CallSite) -> Value:
    """A function that is called as it is."""
    return site.arguments[0] if len(site.arguments) == 1 else machine.unknown(site.place)


@models(*(f"{owner}.{name}" for owner in _OWNERS for name in _EVENTS))
def of_event(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    return Method(_OF_EVENT, NONE, site.place)


@models(_OF_EVENT)
def registered(machine: Machine, site: CallSite) -> Value:
    return Method(CALLED, site.arguments[0], site.place) if site.arguments else machine.unknown(site.place)


@models(CALLED)
def called(machine: Machine, site: CallSite) -> Value:
    """The function is given an object made of the event, and nothing else."""
    function = site.receiver if site.receiver is not None else NONE
    return call(machine, function, [machine.unknown(site.place)], {}, site.node, site.frame)
