"""Classes whose annotations say what their instances hold, once a library has checked it: pydantic's models.

A field's type stands in the little language of `library/types.py`, `model:7` for another model by its heap id, "?"
where it is not known for sure: pydantic checks what it is given, and no default.
https://docs.pydantic.dev/latest/concepts/fields/
"""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.fields import Field
from lambdalint.interpreter.heap import ClassObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import Frame, Machine
from lambdalint.interpreter.values import Const, Function, Outside, Ref, Value
from lambdalint.interpreter.walk import statements_of

#: Names of the base class. https://docs.powertools.aws.dev/lambda/python/latest/utilities/parser/ hands it on.
MODELS = frozenset({
    "pydantic.BaseModel", "pydantic.main.BaseModel", "aws_lambda_powertools.utilities.parser.BaseModel",
    "aws_lambda_powertools.utilities.parser.pydantic.BaseModel", "pydantic.v1.BaseModel", "pydantic.v1.main.BaseModel",
})  # fmt: skip
#: Methods of instances and of the class, which the library answers for.
METHODS = frozenset({"dict", "model_dump", "json", "model_dump_json"})
MAKERS = frozenset({"model_validate", "model_validate_json", "parse_obj", "parse_raw"})

#: What pydantic makes of whatever it takes for such a field: an instance of this very type, or of one that JSON has no
#: text for either.
CHECKED = frozenset({
    "str", "int", "float", "bool", "bytes", "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta",
    "decimal.Decimal", "uuid.UUID",
})  # fmt: skip
_CONTAINERS = {
    "list": "list", "set": "set", "frozenset": "frozenset", "dict": "dict",
    "typing.List": "list", "typing.Set": "set", "typing.FrozenSet": "frozenset", "typing.Dict": "dict",
}  # fmt: skip
_FIELDS = frozenset({"pydantic.Field", "pydantic.fields.Field", "pydantic.v1.Field", "pydantic.v1.fields.Field"})
#: What makes a default of the type that it should have.
_FACTORIES = {
    "datetime.datetime.now": "datetime.datetime", "datetime.datetime.utcnow": "datetime.datetime",
    "datetime.date.today": "datetime.date", "uuid.uuid4": "uuid.UUID", "uuid.uuid1": "uuid.UUID",
}  # fmt: skip


def is_model(machine: Machine, cls: ClassObject) -> bool:
    """Whether a class is a model of pydantic, of which every base and decorator is seen."""
    outside = [entry for entry in cls.order if isinstance(entry, str)]
    if not outside or not MODELS.issuperset(outside):
        return False
    own = [machine.state.get(entry) for entry in cls.order if isinstance(entry, int)]
    return not any(one.unnamed or one.leaked for one in own if isinstance(one, ClassObject))


def schema(machine: Machine, cls: ClassObject) -> dict[str, str] | None:
    """The types of a model's fields, by name, its bases' among them; None where something may change what a dump of it
    gives: a validator, a serializer, a computed field."""
    found: dict[str, str] = {}
    for entry in reversed(cls.order):
        base = machine.state.get(entry) if isinstance(entry, int) else None
        if not isinstance(base, ClassObject):
            continue
        found.update((field.name, field.annotation) for field in base.fields)
        for name, value in base.attributes.items():
            if name in found or name.startswith("__") or name == "model_config":
                continue
            if not isinstance(value, (Function, Const, Ref)):
                return None
            if name == "Config":
                return None
    return found


def model_fields(machine: Machine, node: cst.ClassDef, attributes: dict[str, Value], frame: Frame) -> tuple[Field, ...]:
    """The annotated names of a model's body, in order."""
    found: list[Field] = []
    for statement in statements_of(node.body):
        if isinstance(statement, cst.AnnAssign) and isinstance(statement.target, cst.Name):
            name = statement.target.value
            text = _type(machine, statement.annotation.annotation, frame)
            if statement.value is not None:
                text = _with_default(machine, text, statement.value, attributes.get(name), frame)
            found.append(Field(name, annotation=text))
    return tuple(found)


def _type(machine: Machine, node: Any, frame: Frame) -> str:
    """What an annotation says, "?" where it is not one of those that are known."""
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr):
        return _union([_type(machine, node.left, frame), _type(machine, node.right, frame)])
    if isinstance(node, cst.Subscript):
        owner = _named(machine, node.value, frame)
        inner = [part.slice.value for part in node.slice if isinstance(part.slice, cst.Index)]
        if owner in ("typing.Optional", "typing.Union"):
            more = ["None"] if owner == "typing.Optional" else []
            return _union([*(_type(machine, part, frame) for part in inner), *more])
        container = _CONTAINERS.get(owner)
        if container is None or len(inner) != (2 if container == "dict" else 1):
            return "?"
        return f"{container}[{', '.join(_type(machine, part, frame) for part in inner)}]"
    if isinstance(node, cst.Name) and node.value == "None":
        return "None"
    owner = _named(machine, node, frame)
    return owner if owner in CHECKED or owner.startswith("model:") else "?"


def _union(parts: list[str]) -> str:
    return " | ".join(parts) if "?" not in parts else "?"


def _named(machine: Machine, node: Any, frame: Frame) -> str:
    """The full name of what an annotation's name is bound to, `model:7` for a model of the project, "" for neither."""
    if not isinstance(node, (cst.Name, cst.Attribute)):
        return ""
    value = machine.state.resolve(evaluate(machine, node, frame))
    if type(value) is Outside:
        return value.name
    thing = machine.object(value) if type(value) is Ref else None
    if type(value) is Ref and isinstance(thing, ClassObject) and is_model(machine, thing):
        return f"model:{value.id}"
    return ""


def _with_default(machine: Machine, text: str, node: Any, value: Value | None, frame: Frame) -> str:
    """The type of a field that has a default, which nobody checks."""
    if isinstance(node, cst.Call):
        if _named(machine, node.func, frame) in _FIELDS:
            return _with_field(machine, text, node, frame)
    kind = kind_of(machine, value) if value is not None else None
    if kind == "NoneType":
        return _union([text, "None"])
    empty = isinstance(node, (cst.List, cst.Dict)) and not node.elements  # each instance is given a copy of it
    return text if kind == text or (empty and kind == text.partition("[")[0]) else "?"


def _with_field(machine: Machine, text: str, node: cst.Call, frame: Frame) -> str:
    """The same where `Field(...)` tells of it."""
    for index, argument in enumerate(node.args):
        keyword = argument.keyword.value if argument.keyword is not None else ("default" if index == 0 else "")
        if argument.star or keyword in ("exclude", "serialization_alias", "exclude_if", ""):
            return "?"
        if keyword == "default" and not isinstance(argument.value, cst.Ellipsis):
            is_none = isinstance(argument.value, cst.Name) and argument.value.value == "None"
            return _union([text, "None"]) if is_none else "?"
        if keyword == "default_factory":
            factory = _named(machine, argument.value, frame)
            if _FACTORIES.get(factory) != text and not text.startswith(f"{factory or '?'}["):
                return "?"
    return text
