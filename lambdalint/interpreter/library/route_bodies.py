"""What goes out of what a route of Powertools' returns: the part that is serialized, and the body that is no JSON and
goes as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject, ListObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.answers import FIELDS, RESPONSE
from lambdalint.interpreter.library.resolvers import HANDLERS
from lambdalint.interpreter.values import Const, Outside, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine

_NO_JSON = frozenset({f"{HANDLERS}.content_types.TEXT_PLAIN", f"{HANDLERS}.content_types.TEXT_HTML"})


def serialized(machine: Machine, value: Value, *, responses_only: bool) -> Value | None:
    """What of a route's answer is serialized: a text is not, nor the body of a response that is no JSON."""
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    if isinstance(thing, ListObject) and thing.type == RESPONSE:
        return _body_of(machine, thing)
    if responses_only:
        return None
    if type(value) is Tuple and value.cls is None:
        if value.rest is not None:
            return None
        if len(value.items) == 2:  # and a status
            value = machine.state.resolve(value.items[0])
    return None if type(value) is Sym and value.options == () and kind_of(machine, value) in (None, "str") else value


def _body_of(machine: Machine, thing: ListObject) -> Value | None:
    """The body of a `Response`, if its content type says that it is JSON."""
    if thing.leaked or len(thing.items) != len(FIELDS):
        return None
    body = machine.state.resolve(thing.items[2])
    return body if _is_json(machine, thing) and kind_of(machine, body) != "str" else None


def _is_json(machine: Machine, thing: ListObject) -> bool | None:
    """Whether the content type of a `Response` says that its body is JSON; None where it is not known. What stands
    among the headers goes before."""
    _, kind, _, headers = map(machine.state.resolve, thing.items)
    given = machine.object(headers) if type(headers) is Ref else None
    if isinstance(given, DictObject):
        if given.leaked or given.open or given.others or given.backing is not None:
            return None
        own = given.items.get("Content-Type")
        if own is not None and not own.sure:
            return None
        kind = machine.state.resolve(own.value) if own is not None else kind
    elif not (type(headers) is Const and headers.value is None):
        return None
    if type(kind) is Outside:
        json = kind.name == f"{HANDLERS}.content_types.APPLICATION_JSON"
        return json if json or kind.name in _NO_JSON else None
    return str(kind.value).startswith("application/json") if type(kind) is Const else None


def sent(machine: Machine, value: Value) -> Value | None:
    """The body of a `Response` of which it is known that it has another content type than JSON, or none."""
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, ListObject) or thing.type != RESPONSE or thing.leaked or len(thing.items) != len(FIELDS):
        return None
    return machine.state.resolve(thing.items[2]) if _is_json(machine, thing) is False else None
