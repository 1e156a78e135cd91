"""Methods of str and bytes."""

from __future__ import annotations

import re
from collections.abc import Container
from string import Formatter
from typing import TYPE_CHECKING, Any

import libcst as cst

from lambdalint.interpreter.certain import exact, told
from lambdalint.interpreter.heap import ListObject
from lambdalint.interpreter.iteration import all_elements
from lambdalint.interpreter.kinds import kind_of, real_class
from lambdalint.interpreter.library.methods.receivers import receiver, unknown_method
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.recorder import AS_SOON
from lambdalint.interpreter.values import Const, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_TEXT_LIMIT = 10_000

#: The methods, and the type that each gives when its answer cannot be computed.
_RESULTS = {
    **dict.fromkeys((
        "upper", "lower", "strip", "lstrip", "rstrip", "title", "capitalize", "casefold", "swapcase", "replace",
        "removeprefix", "removesuffix", "zfill", "ljust", "rjust", "center", "expandtabs", "join", "format",
        "format_map", "translate",
    ), "self"),
    **dict.fromkeys((
        "startswith", "endswith", "isdigit", "isalpha", "isalnum", "isnumeric", "isspace", "islower", "isupper",
        "isidentifier", "isdecimal", "istitle", "isascii", "isprintable",
    ), "bool"),
    **dict.fromkeys(("find", "rfind", "count", "index", "rindex"), "int"),
    **dict.fromkeys(("split", "rsplit", "splitlines"), "list[self]"),
    **dict.fromkeys(("partition", "rpartition"), "tuple[self, self, self]"),
    "encode": "bytes", "decode": "str", "hex": "str",
}  # fmt: skip


def _text_method(machine: Machine, site: CallSite) -> Value:
    value = receiver(machine, site)
    kind, _, name = site.name.partition(".")
    if kind == "?":
        kind = kind_of(machine, value) or "?"
        if type(value) is Sym and kind == "?":
            return _on_unknown(machine, site, value, name)
    if name == "join":
        return _join(machine, site, value, kind)
    if name == "format":
        for argument in site.values():
            if type(machine.state.resolve(argument)) is Ref:
                machine.may_raise(None)
    arguments = [machine.state.resolve(argument) for argument in (value, *site.arguments)]
    keywords = {key: machine.state.resolve(argument) for key, argument in site.keywords.items()}
    everything = [*arguments, *keywords.values()]
    if all(_plain(argument) for argument in everything):
        return _compute(machine, site, name, arguments, keywords)
    if name == "format" and type(value) is Const and isinstance(value.value, str) and not site.open:
        missing = _missing_field(value.value, len(site.arguments), site.keywords)
        if missing is not None:
            why = _why(machine, site, name, missing)
            raise machine.raise_builtin(type(missing).__name__, site.node, site.frame, why)
    machine.may_raise(
        ("TypeError", "ValueError", "IndexError", "KeyError", "UnicodeError", "AttributeError", "LookupError")
    )
    result = _RESULTS[name]
    made = make(machine, result, site.place, Const("") if kind == "str" else Const(b""))
    if type(value) is Sym and value.event is not None and name in ("upper", "lower", "strip") and type(made) is Sym:
        made = machine.child(value, "method", name, kind if kind == "bytes" else "str", site.place)
        machine.recorder.derived(made, value.event, name)
    elif type(value) is Sym and _is_told(value, result) and all(type(a) is Const for a in everything[1:]):
        key = (name, *site.keywords, *[a.value for a in everything[1:] if type(a) is Const])
        # A text never changes: the same is asked of it again, and answered.
        given = "bool" if result == "bool" else kind_of(machine, made)
        made = Sym((value.id, 0, "method", key), given, site.place, parent=(value, "method", key))
    return made


def _is_told(value: Sym, result: str) -> bool:
    """Whether a method gives a symbol that remembers what was asked of which text; of the event others remember it."""
    return result == "bool" or (result == "self" and value.event is None)


def _compute(machine: Machine, site: CallSite, name: str, arguments: list[Value], keywords: dict[str, Value]) -> Value:
    receiver, *given = [_python(argument) for argument in arguments]
    if any(isinstance(part, int) and abs(part) > _TEXT_LIMIT for part in given) or len(receiver) > _TEXT_LIMIT:
        return machine.unknown(site.place)
    if name in ("format", "format_map") and any(mark in str(receiver) for mark in ("{:", "!", ".", "[")):
        machine.may_raise(("ValueError", "IndexError", "KeyError"))
        return machine.unknown(site.place, "str")
    try:
        found = getattr(receiver, name)(*given, **{key: _python(value) for key, value in keywords.items()})
    except Exception as error:
        kind = type(error).__name__
        raise machine.raise_builtin(kind, site.node, site.frame, _why(machine, site, name, error)) from None
    return _value(machine, found, site)


def _missing_field(text: str, positional: int, keywords: Container[str]) -> LookupError | None:
    """What `text.format()` raises for the first of its fields that it is not given, whatever it is given else."""
    numbered = 0
    try:
        fields = [found for _, found, _, _ in Formatter().parse(text) if found is not None]
    except ValueError:
        return None
    for found in fields:
        first = re.split(r"[.\[]", found, maxsplit=1)[0]
        if not first:
            first, numbered = str(numbered), numbered + 1
        if first.isdecimal():
            if int(first) >= positional:
                return IndexError(int(first))
        elif first not in keywords:
            return KeyError(first)
    return None


def _why(machine: Machine, site: CallSite, name: str, error: Exception) -> str:
    """Why a method fails on constants."""
    if (
        name == "format"
        and isinstance(site.node.func, cst.Attribute)
        and isinstance(site.node.func.value, cst.SimpleString)
    ):
        return ""  # pyflakes reads it itself
    if name in ("format", "format_map") and isinstance(error, (KeyError, IndexError)):
        missing = f"`{error.args[0]}`" if isinstance(error, KeyError) else "as many arguments as the text names"
        return f"`{site.name}()` is not given {missing}"
    return f"`{site.name}()` does not take what it is given"


def _plain(value: Value) -> bool:
    if type(value) is Tuple:
        return value.rest is None and all(_plain(item) for item in value.items)
    return type(value) is Const


def _python(value: Value) -> Any:
    if type(value) is Tuple:
        return tuple(_python(item) for item in value.items)
    assert isinstance(value, Const)
    return value.value


def _value(machine: Machine, found: Any, site: CallSite) -> Value:
    if isinstance(found, list):
        return machine.new(ListObject([Const(part, site.place) for part in found], site.place))
    if isinstance(found, tuple):
        return Tuple(tuple(Const(part, site.place) for part in found), site.place)
    return Const(found, site.place)


def _join(machine: Machine, site: CallSite, value: Value, kind: str) -> Value:
    if len(site.arguments) != 1:
        why = f"`{site.name}()` is not called with these arguments"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why)
    found = all_elements(machine, site.arguments[0], site.node, site.frame)
    parts = [machine.state.resolve(part) for part in found.items]
    value = machine.state.resolve(value)
    if found.rest is None and type(value) is Const and all(type(part) is Const for part in parts):
        try:
            return Const(value.value.join([part.value for part in parts]), site.place)  # type: ignore
        except TypeError:
            wrong = next(part for part in parts if kind_of(machine, part) != kind)
            raise machine.raise_builtin("TypeError", site.node, site.frame, _unjoined(machine, wrong), wrong) from None
    for part in parts:
        k = exact(machine, part) or kind_of(machine, part)
        if k is not None and "." in k and ((real := real_class(k)) is None or issubclass(real, (str, bytes))):
            continue  # a number, a text or anything else, as an attribute of DynamoDB is; or a text of another class
        if k is not None and k != kind:
            if kind == "bytes" and k in ("bytearray", "memoryview"):
                continue
            raise machine.raise_builtin("TypeError", site.node, site.frame, _unjoined(machine, part), part)
    rest = exact(machine, found.rest) if found.rest is not None else None
    if found.filled and rest is not None and rest != kind and found.rest is not None:
        if not (kind == "bytes" and rest == "bytearray"):
            raise machine.raise_builtin("TypeError", site.node, site.frame, _unjoined(machine, found.rest), found.rest)
    if rest is not None and rest != kind and found.rest is not None and (kind, rest) != ("bytes", "bytearray"):
        machine.recorder.fails(machine, site.place, "TypeError", _unjoined(machine, found.rest), AS_SOON)
    machine.may_raise(("TypeError",))
    return machine.unknown(site.place, kind if kind in ("str", "bytes") else None)


def _unjoined(machine: Machine, part: Value) -> str:
    return f"`join()` does not take {told(machine, part)} among what it joins"


def _on_unknown(machine: Machine, site: CallSite, value: Sym, name: str) -> Value:
    """A text method of something read from JSON: it can only be a text."""
    if not (value.json or value.role == "event"):
        return unknown_method(machine, site, value)
    machine.may_raise(("AttributeError", "TypeError", "ValueError"))
    machine.state.learn(value, kind="str", not_none=True)
    site.name = f"str.{name}"
    site.receiver = value
    return _text_method(machine, site)


for _kind, _type in (("str", str), ("bytes", bytes), ("?", str)):
    for _name in _RESULTS:
        if hasattr(_type, _name) and not (_kind == "?" and _name in ("count", "index")):  # a list has these too
            models(f"{_kind}.{_name}")(_text_method)
