"""Texts and numbers made of other values: `str`, `repr`, `int`, `float`, `bool`, `bytes`, `round`, `chr`, `hex`..."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from lambdalint.interpreter import conditions
from lambdalint.interpreter.calls import call_special
from lambdalint.interpreter.exceptions import message_of
from lambdalint.interpreter.heap import InstanceObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.contents import made_of
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.path_values import path_text
from lambdalint.interpreter.library.site import constants
from lambdalint.interpreter.mixins import as_held
from lambdalint.interpreter.sendable import is_sent
from lambdalint.interpreter.values import Const, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("str", "repr", "ascii", "format")
def text(machine: Machine, site: CallSite) -> Value:
    if not site.arguments:
        return Const("", site.place)
    value = machine.state.resolve(site.arguments[0])
    if type(value) is Const and len(site.arguments) == 1 and isinstance(value.value, (str, int, float, type(None))):
        writers: dict[str, Any] = {"str": str, "repr": repr, "ascii": ascii, "format": format}
        return Const(writers[site.name](value.value), site.place)
    path = path_text(value) if site.name == "str" and len(site.arguments) == 1 else None
    if path is not None:
        return Const(path, site.place)
    if type(value) is Ref and isinstance(machine.object(value), InstanceObject):
        for name in ("__str__", "__repr__") if site.name == "str" else ("__repr__",):
            found = call_special(machine, value, name, (), site.node, site.frame)
            if found is not None:
                return found if kind_of(machine, found) == "str" else machine.unknown(site.place, "str")
        thing = machine.object(value)
        message = message_of(machine, value) if site.name == "str" and len(site.arguments) == 1 else None
        if type(message) is Const and isinstance(message.value, (str, int, float, type(None))):
            return Const(str(message.value), site.place)
        if message is not None and kind_of(machine, message) == "str":
            return message
        if isinstance(thing, InstanceObject) and thing.payload is not None:
            return machine.unknown(site.place, "str")
    if len(site.arguments) > 1:
        machine.may_raise(None)
    return machine.unknown(site.place, "str")


#: By what methods an object says what number it is.
_CONVERTING = ("__int__", "__index__", "__trunc__", "__float__", "__complex__", "__bytes__", "__str__")


@models("int", "float", "bool", "complex", "bytes", "bytearray")
def convert(machine: Machine, site: CallSite) -> Value:
    functions: dict[str, Any] = {"int": int, "float": float, "complex": complex, "bytes": bytes}
    if site.name == "bool":
        return _bool(machine, site)
    values = constants(machine, [as_held(machine, one, *_CONVERTING) for one in site.arguments])
    machine.recorder.event_operand(*site.arguments[:1])
    if site.name == "bytearray":
        machine.may_raise(("TypeError", "ValueError"))
        return machine.unknown(site.place, "bytearray")
    if (
        values is not None
        and not site.keywords
        and not (site.name == "bytes" and values and isinstance(values[0], int))
    ):
        try:
            return Const(functions[site.name](*values), site.place)
        except Exception as error:
            why = f"`{site.name}()` does not take {said(machine, site.arguments[0]) if site.arguments else 'nothing'}"
            raise machine.raise_builtin(type(error).__name__, site.node, site.frame, why) from None
    if site.arguments and kind_of(machine, site.arguments[0]) in ("dict", "list", "NoneType", "set", "tuple"):
        if site.name != "bytes":
            why = f"`{site.name}()` does not take {said(machine, site.arguments[0])}"
            raise machine.raise_builtin("TypeError", site.node, site.frame, why, site.arguments[0])
    if site.arguments and type(machine.state.resolve(site.arguments[0])) is Ref:
        machine.may_raise(None)
    machine.may_raise(("ValueError", "TypeError", "OverflowError"))
    given = machine.state.resolve(site.arguments[0]) if len(site.arguments) == 1 and not site.keywords else None
    if site.name in ("int", "float") and type(given) is Sym and is_sent(given) and not given.options:
        made = machine.child(given, site.name, None, site.name, site.place)  # made again, it is the same
        if given.event is not None:
            machine.recorder.decoded_symbols[made.id] = given.event
        return made
    return made_of(machine, site, site.name)


def _bool(machine: Machine, site: CallSite) -> Value:
    if not site.arguments:
        return Const(False, site.place)
    value = conditions.as_condition(machine, site.arguments[0], site.node, site.frame)
    return conditions.condition(machine, ("truth", value), site.place)


#: What `round` makes an int of, or one of its own type.
_ROUNDED = ("int", "float", "decimal.Decimal", "fractions.Fraction", "numpy.int64", "numpy.float64")


@models("abs", "round", "pow", "divmod", "ord", "chr", "hex", "bin", "oct", "hash")
def number(machine: Machine, site: CallSite) -> Value:
    values = constants(machine, [as_held(machine, one, f"__{site.name}__", "__index__") for one in site.arguments])
    safe = values is not None and all(not isinstance(v, int) or abs(v) < 10**9 for v in values)
    if values is not None and safe and site.name not in ("pow", "hash") and not site.keywords:
        try:
            found = getattr(builtins, site.name)(*values)
        except Exception as error:
            why = f"`{site.name}()` does not take what it is given"
            raise machine.raise_builtin(type(error).__name__, site.node, site.frame, why) from None
        if isinstance(found, tuple):
            return Tuple(tuple(Const(part, site.place) for part in found), site.place)
        return Const(found, site.place)
    machine.may_raise(None)
    kinds = {"ord": "int", "chr": "str", "hex": "str", "bin": "str", "oct": "str", "hash": "int"}
    kind = kinds.get(site.name)
    inner = kind_of(machine, site.arguments[0]) if site.arguments else None
    if site.name == "abs" and inner in (*_ROUNDED, "datetime.timedelta"):
        kind = inner
    if site.name == "round" and inner in _ROUNDED:
        digits = [*site.arguments[1:], *site.keywords.values()]
        whole = not digits or constants(machine, digits) == [None]
        exact = isinstance((constants(machine, digits) or [None])[0], int)
        kind = "int" if whole else (inner if exact else None)
    return machine.unknown(site.place, kind)
