"""Classes made of fields: dataclasses and namedtuples, what their fields are and how instances are filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import libcst as cst

from lambdalint.interpreter.calls import call
from lambdalint.interpreter.heap import ClassObject
from lambdalint.interpreter.machine import Frame, Machine
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.values import Const, Outside, Partial, Ref, Tuple, Value
from lambdalint.interpreter.walk import dotted_name, statements_of


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a dataclass, namedtuple or model. `default` is its value; `factory` what makes it. `annotation`: of a
    model, the type that its library sees to (see schemas.py)."""

    name: str
    default: Value | None = None
    factory: Value | None = None
    init: bool = True
    keyword_only: bool = False
    annotation: str = "?"


def own_fields(machine: Machine, node: cst.ClassDef, attributes: dict[str, Value]) -> tuple[Field, ...]:
    """The annotated names of a class body, in order."""
    found: list[Field] = []
    keyword_only = False
    for statement in statements_of(node.body):
        if not isinstance(statement, cst.AnnAssign) or not isinstance(statement.target, cst.Name):
            continue
        annotation = statement.annotation.annotation
        text = dotted_name(annotation.value if isinstance(annotation, cst.Subscript) else annotation)
        last = text.rpartition(".")[2]
        if last == "ClassVar":
            continue
        if last == "KW_ONLY":
            keyword_only = True
            continue
        name = statement.target.value
        found.append(_field(name, attributes.get(name), keyword_only))
    return tuple(found)


def _field(name: str, value: Value | None, keyword_only: bool) -> Field:
    if type(value) is Partial and type(value.function) is Outside and value.function.name == "dataclasses.field":
        given = value.keywords

        def flag(key: str, default: bool) -> bool:
            found = given.get(key)
            return bool(found.value) if isinstance(found, Const) else default

        return Field(
            name,
            given.get("default"),
            given.get("default_factory"),
            flag("init", True),
            flag("kw_only", keyword_only),
        )
    return Field(name, value, None, True, keyword_only)


def make_dataclass(machine: Machine, cls: Ref, options: dict[str, Value]) -> None:
    """What the `@dataclass` decorator does to a class."""
    thing = machine.state.write(cls.id)
    assert isinstance(thing, ClassObject)
    fields: dict[str, Field] = {}
    for entry in reversed(thing.order[1:]):
        if isinstance(entry, int):
            base = machine.state.get(entry)
            if isinstance(base, ClassObject) and base.kind in ("dataclass", "frozen"):
                fields.update((field.name, field) for field in base.fields)
    node = thing.place.node if thing.place is not None else None
    if isinstance(node, cst.ClassDef):
        everything_keyword = "kw_only" in options and type(options["kw_only"]) is Const and options["kw_only"].value
        for field in own_fields(machine, node, thing.attributes):
            if everything_keyword:
                field = Field(field.name, field.default, field.factory, field.init, True)
            fields[field.name] = field
    thing.plain_equality = not set(options) & {"eq", "unsafe_hash"}
    frozen = options.get("frozen")
    thing.kind = "frozen" if isinstance(frozen, Const) and frozen.value else "dataclass"
    thing.fields = tuple(fields.values())
    for field in thing.fields:
        value = thing.attributes.get(field.name)
        if type(value) is Partial:
            del thing.attributes[field.name]
            if field.default is not None:
                thing.attributes[field.name] = field.default


def initialise_dataclass(
    machine: Machine,
    value: Ref,
    thing: ClassObject,
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool,
) -> None:
    """The `__init__` that `@dataclass` writes, and `__post_init__`."""
    left, named = list(arguments), dict(keywords)
    attributes: dict[str, Value] = {}
    for field in thing.fields:
        if field.init and left and not field.keyword_only:
            if field.name in named:
                raise machine.raise_builtin("TypeError", node, frame)
            attributes[field.name] = left.pop(0)
        elif field.init and field.name in named:
            attributes[field.name] = named.pop(field.name)
        elif open_arguments and field.init:
            attributes[field.name] = machine.unknown(machine.place(node, frame))
        elif field.factory is not None:
            attributes[field.name] = call(machine, field.factory, [], {}, node, frame)
        elif field.default is not None:
            attributes[field.name] = field.default
        elif field.init:
            raise machine.raise_builtin("TypeError", node, frame)
    if (left or named) and not open_arguments:
        # An InitVar, or a mistake; which of the two is not told apart.
        machine.may_raise(("TypeError",))
    machine.state.write(value.id).attributes.update(attributes)
    hook, _ = lookup(machine, thing.order[0], "__post_init__")  # type: ignore[arg-type]
    if hook is not None:
        call(machine, hook, [value, *left, *named.values()], {}, node, frame)


def fields_of(machine: Machine, thing: ClassObject) -> tuple[Field, ...]:
    """The fields of a namedtuple class, its own or inherited."""
    for entry in thing.order:
        if isinstance(entry, int):
            base = machine.state.get(entry)
            assert isinstance(base, ClassObject)
            if base.fields:
                return base.fields
    return ()


def make_namedtuple(
    machine: Machine,
    cls: Value,
    fields: tuple[Field, ...],
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool,
) -> Value:
    """An instance of a namedtuple class."""
    left, named = list(arguments), dict(keywords)
    items: list[Value] = []
    for field in fields:
        if left:
            items.append(left.pop(0))
        elif field.name in named:
            items.append(named.pop(field.name))
        elif open_arguments:
            items.append(machine.unknown(machine.place(node, frame)))
        elif field.default is not None:
            items.append(field.default)
        else:
            raise machine.raise_builtin("TypeError", node, frame)
    if left or named:
        raise machine.raise_builtin("TypeError", node, frame)
    return Tuple(tuple(items), machine.place(node, frame), cls=cls, fields=tuple(field.name for field in fields))
