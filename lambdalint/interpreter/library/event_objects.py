"""Objects of Powertools' data classes: each shows a part of the event, and what is read from it is read from there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.dicts import get_or
from lambdalint.interpreter.entry import data_class
from lambdalint.interpreter.heap import IteratorObject, ListObject
from lambdalint.interpreter.items import get_item
from lambdalint.interpreter.iteration import elements, first_of
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.library.tables import CALLS
from lambdalint.interpreter.library.tables.data_classes import DATA_CLASSES, EVENTS
from lambdalint.interpreter.library.tables.event_fields import FIELDS, HAS
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.presence import unasked
from lambdalint.interpreter.shapes import JSON_BODY, PARSED
from lambdalint.interpreter.values import NONE, Const, Method, Sym, Value, wrapped

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame

_STEP = re.compile(r"\[([^\]]+)\]|\.([\w-]+)")
_RESOLVERS = "aws_lambda_powertools.event_handler."
_PREFIX = f"{DATA_CLASSES}."


@lru_cache(maxsize=512)
def parse_field(row: str) -> tuple[tuple[tuple[str, bool], ...], str]:
    """The steps of a row, each a key and whether it must be there; and the type."""
    steps, _, kind = row.partition(" ")
    return tuple((found[1] or found[2], bool(found[1])) for found in _STEP.finditer(steps)), kind


def event_attribute(machine: Machine, value: Value, kind: str, name: str, node: Any, frame: Frame) -> Value | None:
    """An attribute of a data class, where the object shows a part of the event and the table says which; None for any
    other."""
    if name == "current_event" and kind.startswith(_RESOLVERS):
        return machine.current_event
    if name == "lambda_context" and kind.startswith(_RESOLVERS):
        return machine.lambda_context
    if not kind.startswith(_PREFIX):
        return None
    shown = wrapped(value)
    if shown is None:
        return None
    if not machine.state.times_shown(shown.event):
        _must_have(machine, kind, name, node, frame)
    if name == "raw_event":
        return shown
    place = machine.place(node, frame)
    if name == "get":
        return Method(f"{_PREFIX}get", value, place)
    row = FIELDS.get(f"{kind}.{name}")
    if row is None:
        return None
    steps, made = parse_field(row)
    part: Value = shown
    for key, must in steps:
        read = get_item if must else _or_none
        part = read(machine, part, Const(key), node, frame)
    if made == JSON_BODY:
        return _json_body(machine, part, place)
    if made.startswith(PARSED):
        parsed, shows = _parsed(machine, part, place), made.removeprefix(PARSED)
        return data_class(machine, _PREFIX + shows[1:], parsed, place) if shows else parsed
    if made.startswith("-> "):
        machine.may_raise(None)
        return _again(machine, value, name, make(machine, made[3:], place))
    if made.startswith("="):
        return data_class(machine, _PREFIX + made[1:], part, place)
    if made.startswith("*") and id(node) in machine.begun and type(part) is Sym and part.event is not None:
        first = data_class(machine, _PREFIX + made[1:], first_of(machine, part, place), place)
        return machine.new(IteratorObject("generator", (), first, place=place))
    if made.startswith(("*", "+")):
        found = elements(machine, part, node, frame)
        each = [data_class(machine, _PREFIX + made[1:], item, place) for item in found.items]
        rest = data_class(machine, _PREFIX + made[1:], found.rest, place) if found.rest is not None else None
        if made.startswith("+"):
            return machine.new(ListObject(list(each), place, "list", rest))
        return machine.new(IteratorObject("generator", tuple(each), rest, place=place))
    if made and type(part) is Sym and part.kind is None and part.parent is not None:
        above, operation, key_read = part.parent
        return machine.child(above, operation, key_read, made, place)
    return part


def _parsed(machine: Machine, part: Value, place: Place) -> Value:
    """What is parsed of a text, as `json.loads` gives it: asking again gives the same."""
    machine.may_raise(("ValueError",))
    part = machine.state.resolve(part)
    if type(part) is not Sym or part.event is None:
        return machine.unknown(place, json=True)
    return Sym(machine.child(part, PARSED, None, None, place).id, None, place, event=(*part.event, PARSED), json=True)


def _json_body(machine: Machine, part: Value, place: Place) -> Value:
    """What is parsed of a body: None where there is none, unless the path has asked for the body itself."""
    machine.may_raise(("ValueError",))
    part = machine.state.resolve(part)
    if type(part) is Const and part.value is None:
        return NONE
    if type(part) is not Sym or part.event is None or machine.catching or "null" not in unasked(machine, part):
        return machine.unknown(place, json=True)
    same = machine.child(part, JSON_BODY, None, None, place)
    return Sym(same.id, None, place, event=(*part.event, JSON_BODY), json=True, parent=(part, JSON_BODY, None))


def _must_have(machine: Machine, kind: str, name: str, node: Any, frame: Frame) -> None:
    """Refuse an attribute that no version of a data class has, and that nobody has set: the object is in the hands of
    code that is seen.

    Raises:
        Raised: an AttributeError, on paper.
    """
    if name.startswith("__") or name in HAS.get(kind, (name,)) or name in machine.attributes_set:
        return
    machine.recorder.object_read(machine, kind, name, machine.place(node, frame))
    raise machine.raise_builtin("AttributeError", node, frame)


def _again(machine: Machine, value: Value, name: str, computed: Value) -> Value:
    """What a property computes: reading it again gives the same."""
    if type(value) is not Sym or type(computed) is not Sym:
        return computed
    same = machine.child(value, "attribute", name, None, None)
    return Sym(same.id, computed.kind, computed.place, options=computed.options, json=computed.json, parent=same.parent)


def _or_none(machine: Machine, part: Value, key: Value, node: Any, frame: Frame) -> Value:
    return get_or(machine, part, key, NONE, node, frame)


def event_item(machine: Machine, value: Value, key: Value, node: Any, frame: Frame) -> Value | None:
    """`value[key]` of a data class; None where it shows nothing that is known."""
    shown = wrapped(value)
    return get_item(machine, shown, key, node, frame) if shown is not None else None


@models(f"{_PREFIX}get")
def get(machine: Machine, site: CallSite) -> Value:
    """`event.get(key)`, as of the dict that it shows."""
    assert site.receiver is not None
    need(machine, site, 1)
    shown = wrapped(machine.state.resolve(site.receiver))
    default = site.argument(1, "default")
    assert shown is not None
    return get_or(machine, shown, site.arguments[0], default if default is not None else NONE, site.node, site.frame)


#: Requests of which each value of a parameter, and each header, is a text.
_REQUESTS = ("APIGatewayProxyEvent", "APIGatewayProxyEventV2", "LambdaFunctionUrlEvent")


@models(*[f"{_PREFIX}{owner}.get_{what}_value" for owner in _REQUESTS for what in ("query_string", "header")])
def text_of_request(machine: Machine, site: CallSite) -> Value:
    """A parameter or a header: a text, or the default."""
    default = site.argument(1, "default_value")
    if site.open:
        return machine.unknown(site.place)
    text = machine.unknown(site.place, "str")
    default = machine.state.resolve(default) if default is not None else NONE
    if kind_of(machine, default) == "str":
        return text
    return machine.unknown(site.place, options=(text, default))


@models(*[name for name in EVENTS if CALLS[name] == name])
def made(machine: Machine, site: CallSite) -> Value:
    """`SQSEvent(event)`."""
    return data_class(machine, site.name, site.argument(0, "data"), site.place)
