"""Classes that are mapped to a table: what SQLAlchemy reads from `Mapped[...]`, and by which name a column is known.

A column is an attribute of its class: a symbol that remembers its name and its type, as rows do theirs.
https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html#using-annotated-declarative-table-type-annotated-forms-for-mapped-column
"""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.heap import ClassObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.values import Outside, Ref, Sym
from lambdalint.interpreter.walk import statements_of

_MAPPED = frozenset({"sqlalchemy.orm.Mapped", "sqlalchemy.orm.base.Mapped"})
#: What SQLAlchemy makes of a column with such an annotation.
_TYPES = frozenset({
    "str", "int", "float", "bool", "bytes", "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta",
    "decimal.Decimal", "uuid.UUID",
})  # fmt: skip


def map_columns(machine: Machine, node: cst.ClassDef, made: ClassObject, frame: Frame) -> None:
    """Let the columns of a class know their names, and the types that its annotations say."""
    from lambdalint.interpreter.library import column_named

    annotated: dict[str, str] = {}
    for statement in statements_of(node.body):
        if isinstance(statement, cst.AnnAssign) and isinstance(statement.target, cst.Name):
            annotation = statement.annotation.annotation
            if isinstance(annotation, cst.Subscript) and _named(machine, annotation.value, frame) in _MAPPED:
                inner = [part.slice.value for part in annotation.slice if isinstance(part.slice, cst.Index)]
                annotated[statement.target.value] = _type(machine, inner[0], frame) if len(inner) == 1 else "?"
    for name in dict.fromkeys((*annotated, *made.attributes)):
        value = made.attributes.get(name)
        if value is None or type(value) is Sym:
            column = column_named(machine, value, name, annotated.get(name))
            if column is not None:
                made.attributes[name] = column


def _type(machine: Machine, node: Any, frame: Frame) -> str:
    """What stands in `Mapped[...]`, "?" where it is nothing that is known."""
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr):
        parts = [_type(machine, node.left, frame), _type(machine, node.right, frame)]
        return " | ".join(sorted(parts, key="None".__eq__)) if "?" not in parts else "?"
    if isinstance(node, cst.Subscript):
        inner = [part.slice.value for part in node.slice if isinstance(part.slice, cst.Index)]
        if _named(machine, node.value, frame) != "typing.Optional" or len(inner) != 1:
            return "?"
        held = _type(machine, inner[0], frame)
        return f"{held} | None" if held != "?" else "?"
    if isinstance(node, cst.Name) and node.value == "None":
        return "None"
    owner = _named(machine, node, frame)
    return owner if owner in _TYPES or owner.startswith("enum:") else "?"


def _named(machine: Machine, node: Any, frame: Frame) -> str:
    """The full name of what an annotation's name is bound to, `enum:7` for an enum of the project."""
    if not isinstance(node, (cst.Name, cst.Attribute)):
        return ""
    value = machine.state.resolve(evaluate(machine, node, frame))
    if type(value) is Outside:
        return value.name
    thing = machine.object(value) if type(value) is Ref else None
    if type(value) is Ref and isinstance(thing, ClassObject) and thing.kind == "enum":
        return f"enum:{value.id}"
    return ""
