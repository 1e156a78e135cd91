"""Classes made of fields: dataclasses and namedtuples, what their fields are and how instances are filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import libcst as cst

from lambdalint.finding import Locator, Place
from lambdalint.interpreter.calls import call
from lambdalint.interpreter.heap import ClassObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.values import Bound, Const, Descriptor, Function, Outside, Partial, Ref, Tuple, Value
from lambdalint.interpreter.walk import dotted_name, statements_of


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a dataclass, namedtuple or model. `default` is its value; `factory` what makes it. `passed`: it is an
    InitVar, which `__init__` hands to `__post_init__` and does not keep. `shown`: `repr()` tells it.
    `annotation`: of a model, the type that its
    library sees to (see schemas.py). Of attrs: `given` is the name that `__init__` takes it by, `converter` what is
    made of what it is given, `validator` what looks at it then, and `method` the one of the class that makes its
    default."""

    name: str
    default: Value | None = None
    factory: Value | None = None
    init: bool = True
    keyword_only: bool = False
    annotation: str = "?"
    given: str = ""
    converter: Value | None = None
    validator: Value | None = None
    method: Value | None = None
    passed: bool = False
    shown: bool = True
    place: Place | None = None  # its name, where the class body has it


def own_fields(
    machine: Machine, node: cst.ClassDef, attributes: Mapping[str, Value], source: Locator | None = None
) -> tuple[Field, ...]:
    """The annotated names of a class body, in order. `attributes`: what the class has under them; `source`: the file
    that it stands in."""
    found: list[Field] = []
    keyword_only = False
    for target, annotation in _annotated(node):
        name = target.value
        if annotation == "ClassVar":
            continue
        if annotation == "KW_ONLY":
            keyword_only = True
            continue
        field = _field(name, attributes.get(name), keyword_only)
        place = Place(source, target) if source is not None else None
        found.append(replace(field, passed=annotation == "InitVar", place=place))
    return tuple(found)


def _annotated(node: cst.ClassDef) -> Iterator[tuple[cst.Name, str]]:
    """The annotated names of a class body, and the last word of what each annotation names; it may stand in quotes."""
    for statement in statements_of(node.body):
        if not isinstance(statement, cst.AnnAssign) or not isinstance(statement.target, cst.Name):
            continue
        annotation = statement.annotation.annotation
        if isinstance(annotation, cst.SimpleString):
            text = str(annotation.evaluated_value).partition("[")[0].strip()
        else:
            text = dotted_name(annotation.value if isinstance(annotation, cst.Subscript) else annotation)
        yield statement.target, text.rpartition(".")[2]


#: What makes a field of a dataclass, and what is given to it for what is not there.
_FIELD = frozenset({"dataclasses.field"})
_MISSING = "dataclasses.MISSING"


def _field(name: str, value: Value | None, keyword_only: bool) -> Field:
    made = _call_of(value, _FIELD)
    if made is None:
        return Field(name, value, None, True, keyword_only)
    given = made.keywords

    def flag(key: str, default: bool) -> bool:
        found = given.get(key)
        return bool(found.value) if isinstance(found, Const) else default

    default, factory = _unless_missing(given.get("default")), _unless_missing(given.get("default_factory"))
    shown = flag("repr", True)
    return Field(name, default, factory, flag("init", True), flag("kw_only", keyword_only), shown=shown)


def _unless_missing(value: Value | None) -> Value | None:
    return None if type(value) is Outside and value.name == _MISSING else value


#: What makes a field of attrs, under any of its names.
ATTRS_FIELDS = frozenset({"attrs.field", "attr.field", "attr.ib", "attr.attrib"})
#: What such a field has, in the class body, by which methods of the class are decorated: the one makes its default, the
#: other looks at it.
FIELD_MADE, OWN_METHODS = "attrs.field()", ("default", "validator")
#: What makes a default for each instance.
FACTORIES = frozenset({"attrs.Factory", "attr.Factory"})


def attrs_fields(
    machine: Machine, node: cst.ClassDef, attributes: dict[str, Value], annotated: bool | None
) -> tuple[Field, ...]:
    """The fields of a class of attrs, in order: the annotated names, or those alone that are made by `field()`, as
    `annotated` has it; None is for all that are annotated where each `field()` is."""
    plain = {field.name: field for field in own_fields(machine, node, attributes)}
    named = {name for name, value in attributes.items() if _call_of(value, ATTRS_FIELDS) is not None}
    if annotated is None:
        annotated = named <= plain.keys()
    names = list(plain) if annotated else [name for name in attributes if name in named]
    return tuple(_attrs_field(machine, name, attributes.get(name)) for name in names)


def _attrs_field(machine: Machine, name: str, value: Value | None) -> Field:
    made = _call_of(value, ATTRS_FIELDS)
    given = dict(made.keywords) if made is not None else {}
    if made is not None and made.arguments:
        given["default"] = made.arguments[0]

    def flag(key: str, default: bool) -> bool:
        found = given.get(key)
        return bool(found.value) if isinstance(found, Const) else default

    default, factory = (given.get("default") if made is not None else value), given.get("factory")
    maker = _call_of(default, FACTORIES)
    if maker is not None:
        default, factory = None, maker.arguments[0] if maker.arguments else None
    alias = machine.state.resolve(given["alias"]) if "alias" in given else None
    taken = str(alias.value) if type(alias) is Const and isinstance(alias.value, str) else name.lstrip("_")
    return Field(
        name,
        default,
        factory,
        flag("init", True),
        flag("kw_only", False),
        given=taken,
        converter=given.get("converter"),
        validator=given.get("validator()", given.get("validator")),
        method=given.get("default()"),
    )


def _call_of(value: Value | None, names: frozenset[str]) -> Partial | None:
    if type(value) is Partial and type(value.function) is Outside and value.function.name in names:
        return value
    return None


def is_attrs_field(value: Value) -> bool:
    """Whether a value is what `attrs.field()` makes, in the body of the class."""
    return _call_of(value, ATTRS_FIELDS) is not None


def converted(machine: Machine, field: Field, value: Value, node: Any, frame: Frame) -> Value:
    """What a field's converter makes of a value; a pipe of several is not followed."""
    if field.converter is None or (type(field.converter) is Const and field.converter.value is None):
        return value
    converter = machine.state.resolve(field.converter)
    cls = machine.state.get(converter.id) if type(converter) is Ref else None
    if isinstance(converter, (Ref, Tuple)) and not isinstance(cls, ClassObject):
        machine.may_raise(None)
        return machine.unknown(machine.place(node, frame))
    return call(machine, converter, [value], {}, node, frame)


def set_later(machine: Machine, cls: int, name: str, new: Value, node: Any, frame: Frame) -> Value:
    """What an attribute of an instance becomes that is set to a value: attrs' own classes convert it then, too."""
    thing = machine.state.get(cls)
    fields = thing.fields if isinstance(thing, ClassObject) and thing.maker == "attrs" else ()
    for field in fields:
        if field.name == name:
            new = converted(machine, field, new, node, frame)
            if field.validator is not None:
                machine.may_raise(None)
    return new


def make_dataclass(
    machine: Machine, cls: Ref, options: dict[str, Value], fields_made: tuple[Field, ...] | None = None
) -> None:
    """What the `@dataclass` decorator does to a class. `fields_made`: its own fields, where a library finds others."""
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
        annotated = {target.value: annotation for target, annotation in _annotated(node)}
        own = fields_made if fields_made is not None else own_fields(
            machine, node, _read(machine, cls, annotated), thing.place.source if thing.place is not None else None
        )
        for field in own:
            if everything_keyword:
                field = replace(field, keyword_only=True)
            fields[field.name] = field
        for name, annotation in annotated.items():
            if annotation == "ClassVar":
                fields.pop(name, None)
                _settle(thing, _field(name, thing.attributes.get(name), False))
    thing.plain_equality = not set(options) & {"eq", "unsafe_hash"}
    thing.ordered = bool(set(options) & {"order", "cmp"})
    frozen = options.get("frozen")
    thing.kind = "frozen" if isinstance(frozen, Const) and frozen.value else "dataclass"
    thing.fields = tuple(fields.values())
    for field in thing.fields:
        _settle(thing, field)


def _read(machine: Machine, cls: Ref, names: Iterable[str]) -> dict[str, Value]:
    """What a class has under some names, its own or of a base: `dataclass` takes either for the default."""
    found: dict[str, Value] = {}
    for name in names:
        value, unseen = lookup(machine, cls.id, name)
        if value is not None or unseen:
            found[name] = value if value is not None else machine.unknown(machine.object(cls).place)
    return found


def _settle(thing: ClassObject, field: Field) -> None:
    """What is made by `field()` leaves its default as the attribute of the class, or nothing."""
    if type(thing.attributes.get(field.name)) is Partial:
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
        name = field.given or field.name
        if field.init and left and not field.keyword_only:
            if name in named:
                raise machine.raise_builtin("TypeError", node, frame, f"`{thing.name}()` is given `{name}` twice")
            attributes[field.name] = left.pop(0)
        elif field.init and name in named:
            attributes[field.name] = named.pop(name)
        elif open_arguments and field.init:
            attributes[field.name] = machine.unknown(machine.place(node, frame))
        elif field.factory is not None:
            attributes[field.name] = call(machine, field.factory, [], {}, node, frame)
        elif field.method is not None:  # it sees the fields before it
            machine.state.write(value.id).attributes.update(attributes)
            attributes[field.name] = call(machine, field.method, [value], {}, node, frame)
        elif field.default is not None:
            attributes[field.name] = field.default
        elif field.init:
            raise machine.raise_builtin("TypeError", node, frame, f"`{thing.name}()` is not given `{name}`")
        if field.converter is not None and field.name in attributes:
            attributes[field.name] = converted(machine, field, attributes[field.name], node, frame)
    if (left or named) and not open_arguments:
        if named and thing.maker == "attrs":  # which has no InitVar
            raise machine.raise_builtin("TypeError", node, frame, f"`{thing.name}()` takes no `{next(iter(named))}`")
        machine.may_raise(("TypeError",))
    passed = [attributes.pop(field.name) for field in thing.fields if field.passed and field.name in attributes]
    by_setter = {name: found for name in attributes if (found := _setter(machine, thing, name)) is not None}
    kept = {name: held for name, held in attributes.items() if name not in by_setter}
    machine.state.write(value.id).attributes.update(kept)
    for name, setter in by_setter.items():
        call(machine, setter, [value, attributes[name]], {}, node, frame)
    for field in thing.fields:
        if field.validator is not None:
            _validate(machine, field, value, attributes.get(field.name), node, frame)
    name = "__attrs_post_init__" if thing.maker == "attrs" else "__post_init__"
    hook, _ = lookup(machine, thing.order[0], name)  # type: ignore[arg-type]
    if hook is not None:
        call(machine, hook, [value, *passed], {}, node, frame)


def _setter(machine: Machine, thing: ClassObject, name: str) -> Value | None:
    """What sets a field that is a property, too: `__init__` assigns it as anybody would."""
    found, _ = lookup(machine, thing.order[0], name)  # type: ignore[arg-type]
    return found.setter if type(found) is Descriptor and found.kind == "property" else None


def _validate(machine: Machine, field: Field, value: Ref, held: Value | None, node: Any, frame: Frame) -> None:
    """Have a field's validator look at it: it may raise, and one of the project's is run."""
    validator = machine.state.resolve(field.validator) if field.validator is not None else None
    if isinstance(validator, (Function, Bound)) and held is not None:
        call(machine, validator, [value, machine.unknown(machine.place(node, frame)), held], {}, node, frame)
    else:
        machine.may_raise(None)


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
            raise machine.raise_builtin("TypeError", node, frame, f"the tuple is not given `{field.name}`")
    if left or named:
        raise machine.raise_builtin("TypeError", node, frame, "the tuple is given more than it has fields")
    return Tuple(tuple(items), machine.place(node, frame), cls=cls, fields=tuple(field.name for field in fields))
