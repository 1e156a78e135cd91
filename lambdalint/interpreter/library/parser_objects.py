"""Models of Powertools' parser: each shows a part of the event that pydantic has checked.

A field holds what its annotation says: a text as it was sent, another model, a list of them. One that may be None is
followed as the part of the event that it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.dicts import get_or
from lambdalint.interpreter.entry import data_class, of_project
from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.iteration import elements
from lambdalint.interpreter.library.tables.parser_models import METHODS, MODEL_FIELDS, MODEL_HAS, PARSER_MODELS
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.values import NONE, Const, Sym, Value, wrapped

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame

_PREFIX = f"{PARSER_MODELS}."
#: What stands for the name of an attribute where an object is subscripted.
SUBSCRIPT = "[]"

#: What an envelope's list holds that is no model: `parse` of the class of that name in envelopes/dynamodb.py.
IMAGES = ("NewImage", "OldImage")


def envelope_element(machine: Machine, value: Value, place: Place) -> Value | None:
    """What going through what an envelope gave gives: objects of a model of the project, of a stream a dict of two."""
    if type(value) is not Sym or value.parent is None or not str(value.parent[1]).endswith("Envelope()"):
        return None
    if value.parent[1] == "DynamoDBStreamEnvelope()":
        made = DictObject(place)
        made.items = {name: Item(machine.unknown(place), place) for name in IMAGES}
        return machine.new(made)
    return of_project(machine, value.given, place) if value.given is not None else None


def own_model_fields(model: str) -> list[tuple[str, str, bool]]:
    """The fields of a model of which is known what they hold: their names, their kinds in the rows of `parser_models`,
    and whether they may be None."""
    owner = f"{model}."
    return [
        (name.removeprefix(owner), field.kind, field.optional)
        for name, field in MODEL_FIELDS.items()
        if name.startswith(owner)
    ]


def is_parser_model(kind: str) -> bool:
    return kind.startswith(_PREFIX)


def parser_attribute(machine: Machine, value: Value, kind: str, name: str, node: Any, frame: Frame) -> Value | None:
    """An attribute of a model; None for what is a method of pydantic's.

    Raises:
        Raised: there is none of this name: an AttributeError, on paper.
    """
    if not is_parser_model(kind) or name.startswith(("_", "model_")) or name in METHODS or type(value) is not Sym:
        return None
    place = machine.place(node, frame)
    if name not in MODEL_HAS.get(kind, (name,)) and name not in machine.attributes_set:
        shown = wrapped(value)
        if shown is None or not machine.state.times_shown(shown.event):
            machine.recorder.object_read(machine, kind, name, place)
            raise machine.raise_builtin("AttributeError", node, frame)
    field = MODEL_FIELDS.get(f"{kind}.{name}")
    if field is None or name in machine.attributes_set:
        return machine.child(value, "attribute", name, None, place)
    if field.kind.startswith("->"):
        text = field.kind[2:]
        computed = make(machine, f"{text} | None" if field.optional else text, place)
        same = machine.child(value, "attribute", name, None, place)
        made = Sym(same.id, text, place, parent=same.parent)
        if text == "datetime.datetime":
            made.known = True  # they are sent with a `Z`, or as a number, of which pydantic makes a time in UTC
        return made if not field.optional else computed
    shown = wrapped(value)
    part = get_or(machine, shown, Const(field.key), NONE, node, frame) if shown is not None else machine.unknown(place)
    if field.kind.startswith("="):
        return data_class(machine, _PREFIX + field.kind[1:], part, place)
    if field.kind.startswith("+"):
        found = elements(machine, part, node, frame)
        each = [data_class(machine, _PREFIX + field.kind[1:], item, place) for item in found.items]
        rest = data_class(machine, _PREFIX + field.kind[1:], found.rest, place) if found.rest is not None else None
        return machine.new(ListObject(list(each), place, "list", rest))
    if not field.optional and type(part) is Sym and part.kind is None and part.parent is not None:
        above, operation, key = part.parent
        return machine.child(above, operation, key, field.kind, place)  # pydantic refuses anything else
    return part


def subscripted(machine: Machine, kind: str, node: Any, frame: Frame) -> None:
    """Refuse `model[key]`: no model can be subscripted.

    Raises:
        Raised: a TypeError, on paper.
    """
    machine.recorder.object_read(machine, kind, SUBSCRIPT, machine.place(node, frame))
    raise machine.raise_builtin("TypeError", node, frame)
