"""What boto3 makes of an attribute in the form of DynamoDB's clients: `{"N": "1"}` is a Decimal.

Source: `TypeDeserializer` in boto3/dynamodb/types.py, boto3 1.44.8.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.values import NONE, Method, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_BINARY = "boto3.dynamodb.types.Binary"
_FORMS = {
    "N": "decimal.Decimal", "B": _BINARY, "SS": "set[str]", "NS": "set[decimal.Decimal]", "BS": f"set[{_BINARY}]",
    "L": "list[boto3.dynamodb.attribute]", "M": "dict[str, boto3.dynamodb.attribute]",
}  # fmt: skip


def text_method(machine: Machine, value: Sym, name: str, place: Place) -> Value | None:
    """A method that of all an attribute may be only a text has: `item["tags"].split(",")`. None of another."""
    if not hasattr(str, name) or any(hasattr(cls, name) for cls in (Decimal, dict, list, set, bool)):
        return None
    machine.may_raise(("AttributeError",))
    return Method(f"str.{name}", machine.child(value, "as", "str", "str", place), place)


@models("boto3.dynamodb.types.TypeDeserializer.deserialize")
def deserialize(machine: Machine, site: CallSite) -> Value:
    """What one attribute holds; unless its form is known, any of DynamoDB's."""
    machine.may_raise(("TypeError", "AttributeError"))
    given = machine.state.resolve(site.arguments[0]) if len(site.arguments) == 1 else None
    thing = machine.object(given) if type(given) is Ref else None
    if isinstance(thing, DictObject) and len(thing.items) == 1 and not (thing.leaked or thing.open or thing.others):
        ((form, item),) = thing.items.items()
        if form in ("S", "BOOL"):
            return item.value
        if form == "NULL":
            return NONE
        if form in _FORMS:
            return make(machine, _FORMS[form], site.place)
    return machine.unknown(site.place, "boto3.dynamodb.attribute")
