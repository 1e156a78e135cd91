"""json and its like: what loading gives and what dumping needs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.calls import call
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, Item, ListObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.aside import caught, code_of, run_aside
from lambdalint.interpreter.library.aws.objects import STREAM
from lambdalint.interpreter.library.calling import mark_escaped
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.read_up import READS, read_up
from lambdalint.interpreter.paths import NORMAL
from lambdalint.interpreter.values import NONE, Const, Outside, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("xml.etree.ElementTree.tostring")
def tostring(machine: Machine, site: CallSite) -> Value:
    """Bytes, unless the encoding is "unicode".
    https://docs.python.org/3/library/xml.etree.elementtree.html#xml.etree.ElementTree.tostring"""
    machine.may_raise(("TypeError", "AttributeError", "LookupError", "ValueError"))
    encoding = machine.state.resolve(site.argument(1, "encoding") or NONE)
    if type(encoding) is not Const or site.open:
        return machine.unknown(site.place)
    return machine.unknown(site.place, "str" if encoding.value == "unicode" else "bytes")


@models("json.loads", "simplejson.loads", "ujson.loads", "orjson.loads", "json.load", "simplejson.load", "ujson.load")
def loads(machine: Machine, site: CallSite) -> Value:
    value = machine.state.resolve(site.arguments[0]) if site.arguments else None
    if any(name in site.keywords for name in ("cls", "object_hook", "object_pairs_hook")):
        machine.may_raise(None)
        return _hooked(machine, site) or machine.unknown(site.place)
    if (
        type(value) is Const
        and isinstance(value.value, (str, bytes))
        and (not site.keywords or _with_decimals(machine, site))
        and site.name == "json.loads"
    ):
        if len(value.value) < 20_000:
            try:
                return to_value(machine, json.loads(value.value, parse_float=_Float if site.keywords else None), site)
            except ValueError:
                why = f"`json.loads()` is given {_no_json(value)}"
                raise machine.raise_builtin("json.JSONDecodeError", site.node, site.frame, why, value) from None
            except RecursionError:
                return machine.unknown(site.place)
    if site.name.endswith("load"):
        if read_up(machine, value):
            why = f"`{site.name}()` is given {_READ_BEFORE}"
            raise machine.raise_builtin("json.JSONDecodeError", site.node, site.frame, why, value)
    elif value is not None:
        kind = kind_of(machine, value)
        if kind in ("NoneType", "dict", "list", "int", "float", "bool"):
            why = f"`{site.name}()` does not take {said(machine, value)}"
            raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)
        if kind == STREAM:
            why = f"`{site.name}()` takes no `StreamingBody`, only what its `read()` gives"
            raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)
    machine.may_raise(("json.JSONDecodeError", "TypeError") if not site.name.endswith("load") else None)
    written = value.prefix.lstrip()[:1] if type(value) is Sym and value.prefix is not None else ""
    if written == "[" and not site.keywords:
        return machine.new(ListObject([], site.place, "list", machine.unknown(site.place, json=True)))
    if written == "{" and not site.keywords:
        made = DictObject(site.place)
        made.open, made.backing = True, machine.unknown(site.place, json=True)
        return machine.new(made)
    if _with_decimals(machine, site):  # what is written into it is followed; its numbers are not JSON's
        return Sym(machine.state.fresh(), None, site.place, json=True)
    return machine.unknown(site.place, json=not site.keywords)


_READ_BEFORE = "a stream that was read before, and has nothing more to give"


def _no_json(value: Const) -> str:
    """What a text is that is no JSON, as a person is told."""
    if value.gave in READS:
        return f"what is left of {_READ_BEFORE}"
    return "a text that is no JSON" if value.value else "an empty text, which is no JSON"


def _hooked(machine: Machine, site: CallSite) -> Value | None:
    """What an `object_hook` makes of a JSON object, where it makes the same of every one and that is no dict; the text
    may hold something else. None where the hook tells objects apart, or is not seen."""
    hook = machine.state.resolve(site.keywords.get("object_hook", NONE))
    if set(site.keywords) != {"object_hook"} or len(site.arguments) != 1 or code_of(machine, hook) is None:
        return None

    def ask() -> Value:
        given = DictObject(site.place)
        given.open = True
        return call(machine, hook, [machine.new(given)], {}, site.node, site.frame)

    kinds = set()
    with caught(machine):
        outcomes = run_aside(machine, ask, site.node)
        for outcome in outcomes:
            state, machine.state = machine.state, outcome.state
            kinds.add(kind_of(machine, outcome.value) if outcome.kind is NORMAL and outcome.value is not None else None)
            machine.state = state
    if kinds != {"types.SimpleNamespace"} or machine.choose(2) == 1:
        leak(machine, hook)
        return None
    leak(machine, hook)
    return machine.unknown(site.place, "types.SimpleNamespace")


def to_value(machine: Machine, found: Any, site: CallSite) -> Value:
    """A Python value of JSON as an abstract value."""
    if isinstance(found, dict):
        made = DictObject(site.place)
        made.items = {key: Item(to_value(machine, part, site), site.place) for key, part in found.items()}
        return machine.new(made)
    if isinstance(found, list):
        return machine.new(ListObject([to_value(machine, part, site) for part in found], site.place))
    if isinstance(found, _Float):
        return machine.unknown(site.place, "decimal.Decimal")
    return Const(found, site.place)


class _Float(str):
    """The text of a number that a Decimal is made of."""


def _with_decimals(machine: Machine, site: CallSite) -> bool:
    """Whether all that a call asks for is `parse_float=Decimal`."""
    parser = machine.state.resolve(site.keywords.get("parse_float", NONE))
    return len(site.keywords) == 1 and type(parser) is Outside and parser.name == "decimal.Decimal"


@models("json.dumps", "simplejson.dumps", "ujson.dumps", "orjson.dumps", "json.dump", "simplejson.dump", "ujson.dump")
def dumps(machine: Machine, site: CallSite) -> Value:
    mark_escaped(machine, site)
    plain = _safe(machine, site.arguments[0] if site.arguments else None, 0)
    if any(name in site.keywords for name in ("default", "cls")):
        if not plain or not _only_answers(machine, site.keywords.get("cls", NONE)):
            machine.may_raise(None)
    elif machine.catching and _is_refused(machine, site):  # "can it be dumped?"
        error = "orjson.JSONEncodeError" if site.name == "orjson.dumps" else "TypeError"
        raise machine.raise_builtin(error, site.node, site.frame)
    elif not plain:
        own = ("orjson.JSONEncodeError",) if site.name == "orjson.dumps" else ()
        machine.may_raise((*own, "TypeError", "ValueError", "OverflowError"))
    if site.name.endswith("dump"):
        file = machine.state.resolve(site.argument(1, "fp") or NONE)
        if type(file) is Ref:  # an object of the project's, whose `write` is called
            leak(machine, file)
        return Const(None)
    kind = kind_of(machine, site.arguments[0]) if site.arguments and "cls" not in site.keywords else None
    written = "bytes" if site.name == "orjson.dumps" else "str"
    holds = ("holds", f'"{_TELLING}"', True) if kind == "dict" and _has_key(machine, site.arguments[0]) else None
    return Sym(machine.state.fresh(), written, site.place, prefix=_FIRST.get(kind or ""), condition=holds)


#: The key by which a text is known for an HTTP answer.
_TELLING = "statusCode"


def _has_key(machine: Machine, value: Value) -> bool:
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    item = thing.items.get(_TELLING) if isinstance(thing, DictObject) and not thing.leaked else None
    return item is not None and item.sure


def _only_answers(machine: Machine, cls: Value) -> bool:
    """Whether an encoder does nothing but answer for what JSON has no text for."""
    cls = machine.state.resolve(cls)
    thing = machine.object(cls) if type(cls) is Ref else None
    if not isinstance(thing, ClassObject):
        return type(cls) is Const and cls.value is None
    outside = {entry for entry in thing.order if isinstance(entry, str)}
    own = [machine.state.get(entry) for entry in thing.order if isinstance(entry, int)]
    return outside <= {"json.JSONEncoder", "json.encoder.JSONEncoder"} and not any(
        base.leaked or base.unnamed or {"encode", "iterencode", "__init__", "__new__"} & set(base.attributes)
        for base in own
        if isinstance(base, ClassObject)
    )


#: What the JSON text of a value begins with.
_FIRST = {"dict": "{", "list": "["}


#: What json.dumps refuses by itself.
_REFUSED = frozenset({
    "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta", "decimal.Decimal", "uuid.UUID", "set",
    "frozenset", "bytes", "bytearray", "complex",
})  # fmt: skip


def _is_refused(machine: Machine, site: CallSite) -> bool:
    given = site.arguments[0] if site.arguments else None
    return given is not None and site.name.startswith("json.") and kind_of(machine, given) in _REFUSED


def _safe(machine: Machine, value: Value | None, depth: int) -> bool:
    """Whether dumping surely works: JSON all the way down."""
    if value is None or depth > 8:
        return False
    value = machine.state.resolve(value)
    if type(value) is Const:
        return isinstance(value.value, (str, int, float, bool, type(None)))
    if kind_of(machine, value) in ("str", "int", "float", "bool", "NoneType"):
        return True
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, InstanceObject) or thing.leaked:
            return False
        if isinstance(thing, DictObject) and thing.type == "dict" and not thing.open and not thing.others:
            return all(isinstance(k, str) and _safe(machine, i.value, depth + 1) for k, i in thing.items.items())
        if isinstance(thing, ListObject) and thing.type == "list" and thing.rest is None:
            return all(_safe(machine, item, depth + 1) for item in thing.items)
    return False


@models("json.JSONEncoder.default", "simplejson.JSONEncoder.default")
def encoder_default(machine: Machine, site: CallSite) -> Value:
    raise machine.raise_builtin("TypeError", site.node, site.frame)
