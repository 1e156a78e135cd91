"""Classes whose annotations say what their instances hold, once a library has checked it: pydantic's models.

A field's type stands in the little language of `library/types.py`, `model:7` for another model by its heap id, `enum:7`
for an enum, "?" where it is not known for sure: pydantic checks what it is given, and no default.
https://docs.pydantic.dev/latest/concepts/fields/
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import libcst as cst

from lambdalint.interpreter.calls import call
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.fields import Field
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import NORMAL, Frame, Raised
from lambdalint.interpreter.plain import MODELS, OF_PARSER, URLS
from lambdalint.interpreter.recorder import Recorder
from lambdalint.interpreter.values import Const, Descriptor, Function, Outside, Partial, Ref, Value
from lambdalint.interpreter.walk import statements_of
from lambdalint.looks import look
from lambdalint.source import Source

#: Methods of instances and of the class, which the library answers for.
METHODS = frozenset({"dict", "model_dump", "json", "model_dump_json"})
MAKERS = frozenset({"model_validate", "model_validate_json", "parse_obj", "parse_raw"})

#: What pydantic makes of whatever it takes for such a field: an instance of this very type, or of one that JSON has no
#: text for either.
CHECKED = frozenset({
    "str", "int", "float", "bool", "bytes", "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta",
    "decimal.Decimal", "uuid.UUID", "pathlib.PosixPath", "pydantic.SecretStr", "pydantic.SecretBytes",
    "ipaddress.IPv4Address", "ipaddress.IPv6Address", "ipaddress.IPv4Network", "ipaddress.IPv6Network",
})  # fmt: skip
#: What only the second version makes objects of: in the first they are texts.
SECOND = URLS
#: What is written only where the second version is installed.
_OF_SECOND = re.compile(
    r"^[^#\n]*(?:\.model_(?:dump|validate|copy|construct|fields)\w*\b|\b(?:field|model)_(?:validator|serializer)\b"
    r"|\bcomputed_field\b|\bSettingsConfigDict\b|\bTypeAdapter\b|\b(?:Aware|Naive)Datetime\b|\bmodel_config\s*="
    r"|\b(?:After|Before|Plain|Wrap)Validator\b|\bRootModel\b|\bpydantic_(?:settings|core|extra_types)\b)",
    re.MULTILINE,
)
#: Datetimes that are checked for a time zone, and whether they have one.
ZONED = {"datetime.datetime aware": True, "datetime.datetime naive": False}
#: Names of pydantic's, and what it makes for a field of such a type.
_NAMED = {
    **dict.fromkeys(("UUID1", "UUID3", "UUID4", "UUID5"), "uuid.UUID"),
    **dict.fromkeys(("PastDatetime", "FutureDatetime"), "datetime.datetime"),
    "AwareDatetime": "datetime.datetime aware",
    "NaiveDatetime": "datetime.datetime naive",
    "IPvAnyAddress": "ipaddress.IPv4Address | ipaddress.IPv6Address",
    "IPvAnyNetwork": "ipaddress.IPv4Network | ipaddress.IPv6Network",
    **dict.fromkeys(("FileUrl", "FtpUrl", "WebsocketUrl", "AnyWebsocketUrl", "RedisDsn", "AmqpDsn", "KafkaDsn"),
                    "pydantic.AnyUrl"),
    **dict.fromkeys(("FilePath", "DirectoryPath", "NewPath"), "pathlib.PosixPath"),
    **dict.fromkeys(("PastDate", "FutureDate"), "datetime.date"),
    **dict.fromkeys(("PositiveInt", "NegativeInt", "NonNegativeInt", "NonPositiveInt", "StrictInt"), "int"),
    **dict.fromkeys(("PositiveFloat", "NegativeFloat", "NonNegativeFloat", "NonPositiveFloat", "StrictFloat"), "float"),
    **dict.fromkeys(("StrictStr", "EmailStr"), "str"),
    "StrictBool": "bool",
    "StrictBytes": "bytes",
}
#: Functions of pydantic's that make a type with limits to what it holds, and what it makes of what it is given.
_LIMITED = {
    "condecimal": "decimal.Decimal", "conint": "int", "confloat": "float", "constr": "str", "conbytes": "bytes",
    "condate": "datetime.date",
}  # fmt: skip
_LIMITED_CONTAINERS = {"conlist": "list", "conset": "set", "confrozenset": "frozenset"}
_CONTAINERS = {
    "list": "list", "set": "set", "frozenset": "frozenset", "dict": "dict", "tuple": "tuple",
    "typing.List": "list", "typing.Set": "set", "typing.FrozenSet": "frozenset", "typing.Dict": "dict",
    "typing.Tuple": "tuple",
}  # fmt: skip
_FIELDS = frozenset({"pydantic.Field", "pydantic.fields.Field", "pydantic.v1.Field", "pydantic.v1.fields.Field"})
#: What a `Field(...)` within an annotation may say beyond what a field is checked for.
_OWN = frozenset({"exclude", "serialization_alias", "exclude_if", "default", "default_factory", ""})
#: What stands in an `Annotated` and changes no type.
_CONSTRAINTS = frozenset({"pydantic.StringConstraints", "pydantic.Strict", "pydantic.types.StringConstraints"})
#: What makes a default of the type that it should have.
_FACTORIES = {
    "datetime.datetime.now": "datetime.datetime", "datetime.datetime.utcnow": "datetime.datetime",
    "datetime.date.today": "datetime.date", "uuid.uuid4": "uuid.UUID", "uuid.uuid1": "uuid.UUID",
}  # fmt: skip
#: What a function of a model's class body, through a decorator of pydantic, decides: a name of this stands for it in
#: the class, with the names of the fields whose values it may change; with none it may change any.
AFFECTS = "pydantic.affects[]"
#: The same of one that gives None whatever it is given, since it returns nothing: of a field, and of the whole model.
EMPTIES, DROPS = "pydantic.empties[]", "pydantic.drops[]"
_AFFECTING = (AFFECTS, EMPTIES, DROPS)
#: What a model may have that sets its fields to anything, or decides how they are dumped.
_HOOKS = frozenset({"Config", "model_post_init", "__init__", "__new__", "__setattr__", "__post_init__"})
#: Settings of a model that leave what a dump holds as it is.
_SETTINGS = frozenset({
    "title", "extra", "frozen", "populate_by_name", "str_strip_whitespace", "str_min_length", "str_max_length",
    "strict", "validate_assignment", "validate_default", "arbitrary_types_allowed", "from_attributes",
    "protected_namespaces",
    "json_schema_extra", "alias_generator", "validate_by_name", "validate_by_alias", "hide_input_in_errors",
    "use_attribute_docstrings", "defer_build", "env_prefix", "env_file", "env_file_encoding", "env_nested_delimiter",
    "case_sensitive", "secrets_dir", "env_ignore_empty", "cli_parse_args",
})  # fmt: skip


def is_model(machine: Machine, cls: ClassObject) -> bool:
    """Whether a class is a model of pydantic, of which every base and decorator is seen."""
    return _is_made_of(machine, cls, MODELS.__contains__)


def _is_made_of(machine: Machine, cls: ClassObject, is_of_model: Callable[[str], bool]) -> bool:
    """Whether what a class extends outside of the code is of models alone, and all of its own bases are seen."""
    outside = [entry for entry in cls.order if isinstance(entry, str)]
    if not outside or not all(map(is_of_model, outside)):
        return False  # one that extends nothing is a class as any other
    own = [machine.state.get(entry) for entry in cls.order if isinstance(entry, int)]
    return not any(one.unnamed or one.leaked for one in own if isinstance(one, ClassObject))


def has_fields(machine: Machine, cls: ClassObject) -> bool:
    """Whether pydantic checks the fields that the body of a class has: of a model, or of one that extends one of
    Powertools' own."""
    return _is_made_of(machine, cls, lambda base: base in MODELS or base.startswith(OF_PARSER))


def is_second(cls: ClassObject) -> bool:
    """Whether the module of a model is written for the second version of pydantic."""
    source = cls.place.source if cls.place is not None else None
    if not isinstance(source, Source):
        return False
    look(source.path, "")
    return _is_of_second(source.text)


@lru_cache(maxsize=64)
def _is_of_second(text: str) -> bool:
    return "pydantic" in text and "pydantic.v1" not in text and _OF_SECOND.search(text) is not None


def schema(machine: Machine, cls: ClassObject) -> dict[str, str] | None:
    """The types of a model's fields, by name, its bases' among them, "?" where a validator or a serializer may change
    what a dump of it gives; None where something may change any."""
    found: dict[str, str] = {}
    changed: set[str] = set()
    plain = True
    for entry in reversed(cls.order):
        if isinstance(entry, str):
            found.update(_own_fields(entry))
            continue
        base = machine.state.get(entry)
        if not isinstance(base, ClassObject):
            continue
        found.update((field.name, field.annotation) for field in base.fields)
        for name, value in base.attributes.items():
            if name == "model_config":
                plain = plain and _is_plain(machine, value)
                continue
            if name in _HOOKS:
                return None
            if name in found or name.startswith("__"):
                continue
            affected = _affected(value)
            if affected == () or not isinstance(value, (Function, Const, Ref, Descriptor)):
                return None
            changed.update(affected or ())
    found.update((name, "?") for name in changed if name in found)
    found.update((name, "None") for name in _emptied(machine, cls) if found.get(name) == "?")
    if not plain:
        found = {name: "?" if "enum:" in text else text for name, text in found.items()}
    return found


@lru_cache(maxsize=64)
def _own_fields(model: str) -> dict[str, str]:
    """The types of the fields of one of Powertools' own models, as `schema` tells them; none of another class."""
    if not model.startswith(OF_PARSER):
        return {}
    from lambdalint.interpreter.library import own_model_fields

    found: dict[str, str] = {}
    for name, kind, optional in own_model_fields(model):
        text = kind.removeprefix("->")
        text = text if text in CHECKED else "?"
        found[name] = f"{text} | None" if optional and text != "?" else text
    return found


def _affected(value: Value) -> tuple[str, ...] | None:
    """The fields that something in a model's body may change the values of, () for any; None where it is no such
    thing."""
    if not isinstance(value, Descriptor) or type(value.function) is not Partial:
        return None
    function = value.function.function
    if type(function) is not Outside or function.name not in _AFFECTING:
        return None
    return tuple(str(name.value) for name in value.function.arguments if type(name) is Const)


def _deciding(machine: Machine, cls: ClassObject) -> list[tuple[str, tuple[str, ...]]]:
    """Of each function of a model's bodies that decides: its kind, and the fields."""
    found = []
    for entry in cls.order:
        base = machine.state.get(entry) if isinstance(entry, int) else None
        for value in base.attributes.values() if isinstance(base, ClassObject) else ():
            fields = _affected(value)
            if fields is not None and isinstance(value, Descriptor) and isinstance(value.function, Partial):
                made = value.function.function
                found.append((made.name if type(made) is Outside else "", fields))
    return found


def _emptied(machine: Machine, cls: ClassObject) -> list[str]:
    """The fields that are None, since the one function that sees them returns nothing."""
    deciding = _deciding(machine, cls)
    seen = [name for _, fields in deciding for name in fields]
    return [name for kind, fields in deciding if kind == EMPTIES for name in fields if seen.count(name) == 1]


def is_dropped(machine: Machine, cls: ClassObject) -> bool:
    """Whether validating gives None, since the one function that sees the model as it is made returns nothing."""
    return [kind for kind, fields in _deciding(machine, cls) if not fields] == [DROPS]


def is_of_any_field(base: ClassObject) -> bool:
    """Whether something in a model's body may see or make any field: a validator of the whole, what is not known."""
    fields = {field.name for field in base.fields}
    for name, value in base.attributes.items():
        if name in fields or name.startswith("__") or name == "model_config":
            continue
        if _affected(value) == () or not isinstance(value, (Function, Const, Ref, Descriptor)):
            return True
        if isinstance(value, Descriptor) and type(value.function) is Outside and value.function.name in _AFFECTING:
            return True  # it sees what is given before pydantic does, and may fill it in
    return False


def _is_plain(machine: Machine, value: Value) -> bool:
    """Whether the settings of a model leave the members of enums as they are."""
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, DictObject) or thing.open or thing.others or thing.leaked:
        return False
    return _SETTINGS.issuperset(thing.items)


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


def annotated(machine: Machine, node: Any, frame: Frame) -> str:
    """What an annotation says that stands in an expression: `TypeAdapter(list[Order])`."""
    return _type(machine, node, frame)


def _type(machine: Machine, node: Any, frame: Frame) -> str:
    """What an annotation says, "?" where it is not one of those that are known."""
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr):
        return _union([_type(machine, node.left, frame), _type(machine, node.right, frame)])
    if isinstance(node, cst.Subscript):
        owner = _named(machine, node.value, frame)
        inner = [part.slice.value for part in node.slice if isinstance(part.slice, cst.Index)]
        if owner in ("typing.Annotated", "typing_extensions.Annotated") and inner:
            return _type(machine, inner[0], frame) if _are_constraints(machine, inner[1:], frame) else "?"
        if owner in ("typing.Optional", "typing.Union"):
            more = ["None"] if owner == "typing.Optional" else []
            return _union([*(_type(machine, part, frame) for part in inner), *more])
        container = _CONTAINERS.get(owner)
        if container == "tuple":
            last = [", ..."] if len(inner) == 2 and isinstance(inner[1], cst.Ellipsis) else []
            given = inner[:1] if last else inner
            return f"tuple[{', '.join(_type(machine, part, frame) for part in given)}{''.join(last)}]"
        if container is None or len(inner) != (2 if container == "dict" else 1):
            return "?"
        return f"{container}[{', '.join(_type(machine, part, frame) for part in inner)}]"
    if isinstance(node, cst.Name) and node.value == "None":
        return "None"
    if isinstance(node, cst.Call):
        return _limited(machine, node, frame)
    owner = _named(machine, node, frame)
    if owner.startswith("pydantic."):
        owner = _NAMED.get(owner.removeprefix("pydantic."), owner)
    if owner in ("pathlib.Path", "pathlib.PurePath", "pathlib.PurePosixPath"):
        owner = "pathlib.PosixPath"
    if owner in _CONTAINERS:
        return {"dict": "dict[?, ?]", "tuple": "tuple[?, ...]"}.get(_CONTAINERS[owner], f"{_CONTAINERS[owner]}[?]")
    if " | " in owner:
        return owner
    return owner if owner in CHECKED | SECOND | ZONED.keys() or owner.startswith(("model:", "enum:")) else "?"


def _limited(machine: Machine, node: cst.Call, frame: Frame) -> str:
    """The type that `condecimal(gt=0)` makes, or one of its kin."""
    name = _named(machine, node.func, frame).removeprefix("pydantic.").removeprefix("types.")
    name = name.removeprefix("v1.").removeprefix("types.")
    if name in _LIMITED_CONTAINERS and node.args and node.args[0].keyword is None and not node.args[0].star:
        return f"{_LIMITED_CONTAINERS[name]}[{_type(machine, node.args[0].value, frame)}]"
    return _LIMITED.get(name, "?")


def _are_constraints(machine: Machine, nodes: list[Any], frame: Frame) -> bool:
    """Whether all that an `Annotated` adds to a type leaves it as it is."""
    for node in nodes:
        if isinstance(node, cst.SimpleString):
            continue
        if not isinstance(node, cst.Call):
            return False
        name = _named(machine, node.func, frame)
        if name in _CONSTRAINTS or name.startswith("annotated_types."):
            continue
        given = {argument.keyword.value if argument.keyword is not None else "" for argument in node.args}
        if name not in _FIELDS or given & _OWN:
            return False
    return True


def _union(parts: list[str]) -> str:
    return " | ".join(parts) if "?" not in parts else "?"


def _named(machine: Machine, node: Any, frame: Frame) -> str:
    """The full name of what an annotation's name is bound to, `model:7` for a model of the project,
    `enum:7` for an enum of it, "" for anything else."""
    if not isinstance(node, (cst.Name, cst.Attribute)):
        return ""
    try:
        value = machine.state.resolve(evaluate(machine, node, frame))
    except Raised:  # of a class that is defined further on: `from __future__ import annotations`
        return ""
    if type(value) is Outside:
        return value.name
    thing = machine.object(value) if type(value) is Ref else None
    if type(value) is Ref and isinstance(thing, ClassObject) and is_model(machine, thing):
        return f"model:{value.id}"
    if type(value) is Ref and isinstance(thing, ClassObject) and thing.kind == "enum" and not thing.unseen:
        return f"enum:{value.id}"
    return ""


def _with_default(machine: Machine, text: str, node: Any, value: Value | None, frame: Frame) -> str:
    """The type of a field that has a default, which nobody checks."""
    if isinstance(node, cst.Call):
        if _named(machine, node.func, frame) in _FIELDS:
            return _with_field(machine, text, node, frame)
    kind = kind_of(machine, value) if value is not None else None
    if kind == "NoneType":
        return _union([text, "None"])
    thing = machine.object(value) if type(value) is Ref else None
    if isinstance(thing, InstanceObject) and text == f"enum:{thing.cls}":
        return text
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
            if _FACTORIES.get(factory) == text or text.startswith(f"{factory or '?'}["):
                continue
            if _made_by(machine, argument.value, frame) != text:
                return "?"
    return text


def _made_by(machine: Machine, node: Any, frame: Frame) -> str | None:
    """The one type of all that a factory of the project gives, where it runs to its end as the class is made."""
    factory = machine.state.resolve(evaluate(machine, node, frame))
    if type(factory) is not Function or factory.info.is_async or factory.info.is_generator:
        return None
    recorder, gave_up, complete = machine.recorder, machine.gave_up.copy(), machine.complete
    machine.recorder = Recorder()
    try:
        outcomes = machine.explore(machine.state, lambda: call(machine, factory, [], {}, node, frame), node)
        whole = machine.gave_up == gave_up
    finally:
        machine.recorder, machine.gave_up, machine.complete = recorder, gave_up, complete
    kinds: set[str | None] = set()
    for outcome in outcomes:
        state, machine.state = machine.state, outcome.state
        made = machine.state.resolve(outcome.value) if outcome.kind is NORMAL and outcome.value is not None else None
        thing = machine.object(made) if type(made) is Ref else None
        member = isinstance(thing, InstanceObject)
        kinds.add(f"enum:{thing.cls}" if isinstance(thing, InstanceObject) and member else
                  kind_of(machine, made) if made is not None else None)  # fmt: skip
        machine.state = state
    return kinds.pop() if whole and len(kinds) == 1 else None
