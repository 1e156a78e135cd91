"""What DynamoDB's resource gives back of what it was given: by an update's expression, and of a value that was stored.

Sources: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html,
https://docs.aws.amazon.com/boto3/latest/reference/customizations/dynamodb.html#valid-dynamodb-types
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.sequences import join_elements
from lambdalint.interpreter.state import is_const
from lambdalint.interpreter.values import NONE, Const, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_CLAUSE = re.compile(r"(?<![:#\w.])(SET|REMOVE|ADD|DELETE)\s", re.I)
_SET = re.compile(r"\s*(#?\w+)\s*=\s*(.+?)\s*", re.S)
_OPERAND = r"(?:if_not_exists\s*\([^()]*\)|[#:]?[\w.]+)"
_SUM = re.compile(rf"{_OPERAND}\s*[+-]\s*{_OPERAND}")
_ADD = re.compile(r"\s*(#?\w+)\s+(:\w+)\s*")
_DECIMAL, _ATTRIBUTE = "decimal.Decimal", "boto3.dynamodb.attribute"
#: The type that comes back of one that was stored. A value that is one of several types is an attribute of any.
_STORED = {
    "str": "str", "bool": "bool", "NoneType": "NoneType", "int": _DECIMAL, _DECIMAL: _DECIMAL,
    "bytes": "boto3.dynamodb.types.Binary", "bytearray": "boto3.dynamodb.types.Binary",
}  # fmt: skip
_MAX_DEPTH = 8


def updated(machine: Machine, site: CallSite) -> dict[str, Value]:
    """The attributes that an update surely leaves in the item, as far as its expression says which, where the answer
    has them as they are afterwards."""
    asked = machine.state.resolve(site.keywords.get("ReturnValues", NONE))
    if not (is_const(asked, "ALL_NEW") or is_const(asked, "UPDATED_NEW")):
        return {}
    expression = machine.state.resolve(site.keywords.get("UpdateExpression", NONE))
    if type(expression) is not Const or not isinstance(expression.value, str):
        return {}
    names, values = (_entries(machine, site, f"ExpressionAttribute{part}") for part in ("Names", "Values"))
    found: dict[str, Value] = {}
    given = values if is_const(asked, "ALL_NEW") else {}  # what is set to the value that it had may be no update
    for clause, action in _actions(expression.value):
        written = _set(machine, site, action, given) if clause == "SET" else _added(machine, site, action, values)
        name = _name(machine, written[0], names) if written is not None else None
        if written is not None and name is not None:
            found[name] = written[1]
    return found


def stored(machine: Machine, value: Value, site: CallSite, depth: int = 0) -> Value:
    """A value as it comes back once it was stored."""
    value = machine.state.resolve(value)
    kind = kind_of(machine, value)
    if type(value) is Const and kind in ("str", "bool", "NoneType"):
        return value
    if kind in _STORED and not (type(value) is Sym and value.options):
        return machine.unknown(site.place, _STORED[kind])
    thing = machine.object(value) if type(value) is Ref else None
    if depth == _MAX_DEPTH or thing is None or thing.leaked:
        return machine.unknown(site.place, _ATTRIBUTE)
    if isinstance(thing, ListObject) and thing.type in ("list", "set"):
        items = [stored(machine, item, site, depth + 1) for item in thing.items]
        rest = stored(machine, thing.rest, site, depth + 1) if thing.rest is not None else None
        if thing.type == "set":  # one of two sets that hold the same
            items, rest = [], join_elements(machine, [*items, *([rest] if rest is not None else [])])
        return machine.new(ListObject(items, site.place, thing.type, rest))
    if isinstance(thing, DictObject) and thing.type == "dict":
        made = DictObject(site.place)
        made.items = {
            key: Item(stored(machine, item.value, site, depth + 1), site.place, item.sure)
            for key, item in thing.items.items()
        }
        made.open = thing.open or bool(thing.others)
        made.rest = machine.unknown(site.place, _ATTRIBUTE) if made.open else None
        return machine.new(made)
    return machine.unknown(site.place, _ATTRIBUTE)


def _actions(expression: str) -> Iterator[tuple[str, str]]:
    """The actions of an expression, each with its clause."""
    parts = _CLAUSE.split(expression)
    for clause, text in zip(parts[1::2], parts[2::2]):
        depth, start = 0, 0
        for at, letter in enumerate(text):
            depth += (letter == "(") - (letter == ")")
            if letter == "," and not depth:
                yield clause.upper(), text[start:at]
                start = at + 1
        yield clause.upper(), text[start:]


def _set(machine: Machine, site: CallSite, action: str, values: dict[object, Value]) -> tuple[str, Value] | None:
    """`visits = :one`, `visits = visits + :one` of numbers alone, `seen = list_append(seen, :one)`."""
    match = _SET.fullmatch(action)
    if match is None:
        return None
    name, operand = match.groups()
    if operand in values:
        return name, stored(machine, values[operand], site)
    if _SUM.fullmatch(operand):
        return name, machine.unknown(site.place, _DECIMAL)
    if operand.startswith("list_append"):
        return name, make(machine, f"list[{_ATTRIBUTE}]", site.place)
    return None


def _added(machine: Machine, site: CallSite, action: str, values: dict[object, Value]) -> tuple[str, Value] | None:
    """`visits :one`, of a number, or of a set whose elements are of one type with those that are there."""
    match = _ADD.fullmatch(action)
    if match is None or match[2] not in values:
        return None
    value = machine.state.resolve(values[match[2]])
    if kind_of(machine, value) in ("int", _DECIMAL):
        return match[1], machine.unknown(site.place, _DECIMAL)
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, ListObject) or thing.type != "set":
        return None
    kinds = {_STORED.get(kind_of(machine, item) or "") for item in (*thing.items, thing.rest) if item is not None}
    kind = kinds.pop() if len(kinds) == 1 else None
    return match[1], make(machine, f"set[{kind or _ATTRIBUTE}]", site.place)


def _entries(machine: Machine, site: CallSite, keyword: str) -> dict[object, Value]:
    value = machine.state.resolve(site.keywords.get(keyword, NONE))
    thing = machine.object(value) if type(value) is Ref else None
    return {key: item.value for key, item in thing.items.items()} if isinstance(thing, DictObject) else {}


def _name(machine: Machine, name: str, names: dict[object, Value]) -> str | None:
    """What an attribute is called: `#name` stands for what the names say."""
    value = machine.state.resolve(names.get(name, NONE)) if name.startswith("#") else Const(name)
    return value.value if type(value) is Const and isinstance(value.value, str) else None
