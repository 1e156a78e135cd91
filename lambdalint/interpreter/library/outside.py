"""What the table and the constants of the standard library say of values from outside the project: their attributes,
items and elements, what entering them gives, what operators make of them."""

from __future__ import annotations

import math
import string
from enum import Enum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from lambdalint.finding import Place
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ArrayObject
from lambdalint.interpreter.kinds import ATTRIBUTE, exists_nowhere, kind_of, real_class
from lambdalint.interpreter.library import stubs
from lambdalint.interpreter.library.answers import response_attribute
from lambdalint.interpreter.library.arrays.reading import array_attribute, tuple_attribute
from lambdalint.interpreter.library.aws.errors import EXCEPTIONS, error_attribute
from lambdalint.interpreter.library.aws.objects import refuse_item, refuse_text
from lambdalint.interpreter.library.aws.resources import attribute as aws_attribute
from lambdalint.interpreter.library.aws.resources import elements as aws_elements
from lambdalint.interpreter.library.aws.resources import refuse_exception
from lambdalint.interpreter.library.batches import messages
from lambdalint.interpreter.library.builders import builder_attribute
from lambdalint.interpreter.library.cursors import cursor_attribute, cursor_element
from lambdalint.interpreter.library.custom_resources import helper_attribute
from lambdalint.interpreter.library.entities import entity_element, entity_of_row, row_member, table_attribute
from lambdalint.interpreter.library.event_objects import event_attribute, event_item
from lambdalint.interpreter.library.models import answers
from lambdalint.interpreter.library.mongo import within
from lambdalint.interpreter.library.names import canonical, is_standard
from lambdalint.interpreter.library.parser_objects import (
    envelope_element,
    is_parser_model,
    parser_attribute,
    subscripted,
)
from lambdalint.interpreter.library.path_values import joined, path_attribute
from lambdalint.interpreter.library.patterns import group_of, refuse_group
from lambdalint.interpreter.library.remembered import read_rows
from lambdalint.interpreter.library.rows import mapping_of, row_attribute, row_item
from lambdalint.interpreter.library.sessions import entered_session
from lambdalint.interpreter.library.tables import ATTRIBUTES, CALLS, ELEMENTS, OPERATORS
from lambdalint.interpreter.library.tables.data_classes import DATA_CLASSES, EVENT_NAME
from lambdalint.interpreter.library.tables.databases import BY_COLUMN
from lambdalint.interpreter.library.types import make, parse_row
from lambdalint.interpreter.samples import only_result
from lambdalint.interpreter.values import Const, Method, Outside, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame

_CONSTANTS: dict[str, object] = {
    "os.sep": "/",
    "os.curdir": ".",
    "os.pardir": "..",
    "os.extsep": ".",
    "os.linesep": "\n",
    "typing.TYPE_CHECKING": False,
    "typing_extensions.TYPE_CHECKING": False,
    **{
        f"{module.__name__}.{name}": value
        for module in (math, string)
        for name, value in vars(module).items()
        if isinstance(value, (str, int, float)) and not name.startswith("_")
    },
    **{f"logging.{name}": level for name, level in (
        ("DEBUG", 10), ("INFO", 20), ("WARNING", 30), ("WARN", 30), ("ERROR", 40), ("CRITICAL", 50), ("NOTSET", 0),
    )},
    **{f"numpy.{name}": getattr(math, name) for name in ("pi", "e", "nan", "inf")},
    "numpy.newaxis": None,
    **{f"http.HTTPStatus.{status.name}": status for status in HTTPStatus},
}  # fmt: skip


_EVENTS = f"{DATA_CLASSES}."

#: What decides where imports are found. Whoever names it may be about to change it.
_SEARCH = frozenset({
    "sys.path", "sys.modules", "sys.meta_path", "sys.path_hooks", "site.addsitedir", "pkgutil.extend_path",
})  # fmt: skip


def outside_attribute(machine: Machine, value: Outside, name: str, node: Any, frame: Frame) -> Value:
    """`module.name`, `Class.name` of something outside."""
    full = canonical(f"{value.name}.{name}")
    place = machine.place(node, frame)
    cls = real_class(value.name) if name in ("__name__", "__qualname__", "__module__", "__mro__") else None
    if cls is not None and name == "__mro__":
        return Tuple((value, *(_named(base, place) for base in cls.__mro__[1:])), place)
    if cls is not None:
        return Const(getattr(cls, name), place)
    machine.searching = machine.searching or full in _SEARCH
    if value.name.startswith(EXCEPTIONS):
        refuse_exception(machine, value.name, name, node, frame)
    row = ATTRIBUTES.get(full)
    if row is not None:
        return make(machine, row, place)
    constant = _constant(full, place)
    if constant is None and exists_nowhere(value.name, name) and not machine.patched and not answers(full):
        what = f"`{value.name}`" if real_class(value.name) is not None else f"the module `{value.name}`"
        raise machine.raise_builtin("AttributeError", node, frame, f"{what} has no `{name}`", value)
    return constant if constant is not None else Outside(full, place)


def _named(cls: type, place: Place) -> Outside:
    return Outside(cls.__name__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__name__}", place)


def _constant(name: str, place: Place) -> Value | None:
    """A constant of the standard library."""
    if name in _CONSTANTS:
        return Const(_CONSTANTS[name], place)
    return None


#: What a member of `http.HTTPStatus` has beside what numbers have.
_OF_STATUS = ("phrase", "description", "value", "name")


def known_attribute(machine: Machine, value: Value, kind: str, name: str, node: Any, frame: Frame) -> Value | None:
    """A data attribute of a value of a known type, where the table knows it."""
    place = machine.place(node, frame)
    if type(value) is Const and isinstance(value.value, Enum) and isinstance(vars(Enum).get(name), property):
        return Const(getattr(value.value, name), place)
    if type(value) is Const and isinstance(value.value, HTTPStatus) and name in _OF_STATUS:
        return Const(getattr(value.value, name), place)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, ArrayObject):
            return array_attribute(machine, value, thing, name, place)
    found = path_attribute(value, name, place) or response_attribute(machine, value, name)
    found = found or parser_attribute(machine, value, kind, name, node, frame)
    if "." in kind:  # of a library's class, and no builtin
        found = found or builder_attribute(machine, value, kind, name) or messages(machine, value, name)
        refuse_text(machine, value, kind, name, node, frame)
        found = found or error_attribute(machine, kind, name, place)
        found = found or event_attribute(machine, value, kind, name, node, frame)
        found = found or row_attribute(machine, value, kind, name, place)
        found = found or row_member(machine, value, kind, name, node, frame)
        found = found or cursor_attribute(machine, value, kind, name, place)
        found = found or within(machine, value, kind, name, place)
        found = found or tuple_attribute(value, kind, name, place, machine)
        found = found or table_attribute(machine, value, kind, name, place) or helper_attribute(machine, value, name)
    if found is not None:
        return found
    if kind == EVENT_NAME and hasattr(str, name) and not name.startswith("__"):
        why = f"`{name}` is of texts, and this is a member of the enum `DynamoDBRecordEventName`"
        raise machine.raise_builtin("AttributeError", node, frame, why)
    row = ATTRIBUTES.get(f"{kind}.{name}")
    if name == "_mapping" and kind == BY_COLUMN and type(value) is Sym:
        return mapping_of(machine, value, place)
    if (
        row is None
        and kind.startswith((_EVENTS, BY_COLUMN))
        and not answers(f"{kind}.{name}")
        and isinstance(value, Sym)
    ):
        return machine.child(value, "attribute", name, None, place)  # a property that does not stand in the table
    if row is None and kind.startswith("boto3."):
        return aws_attribute(machine, value, kind, name, node, frame)
    if row is None and is_standard(kind.partition(".")[0]) and not answers(f"{kind}.{name}"):
        row = stubs.attribute(kind, name)
        if row == "?" and _is_of_class(kind, name):
            return None
        if row == "?" and type(value) is Sym:
            return machine.child(value, "attribute", name, None, place)
    return make(machine, row, place, value) if row is not None else None


def _is_of_class(kind: str, name: str) -> bool:
    """Whether the real class of a type can tell of an attribute: it has it, or its instances have no others."""
    cls = real_class(kind)
    return cls is not None and (hasattr(cls, name) or cls.__dictoffset__ == 0)


def outside_item(machine: Machine, value: Outside, key: Value, node: Any, frame: Frame) -> Value:
    """`os.environ[key]`; a subscripted class is itself; anything else is unknown."""
    place = machine.place(node, frame)
    if value.name == "os.environ":
        if type(key) is Const and isinstance(key.value, str):
            machine.recorder.environment_read(machine, key.value, "item", place)
            if key.value not in machine.variables:
                machine.may_raise(("KeyError",))
            return environment_variable(machine, key.value, place)
        machine.may_raise(("KeyError",))
        return machine.unknown(place, "str")
    if value.name.startswith("typing.") or value.name in ("list", "dict", "tuple", "set", "type", "frozenset"):
        return value
    machine.may_raise(None)
    return machine.unknown(place)


def set_outside_item(machine: Machine, value: Outside, key: Value, new: Value, node: Any, frame: Frame) -> None:
    """`os.environ[key] = new` and the like."""
    leak(machine, new)
    machine.state.epoch += 1
    if value.name != "os.environ":
        machine.may_raise(None)
    elif type(key) is not Const:
        machine.variables = {}
        machine.recorder.environment_read(machine, "", "set", machine.place(node, frame))
    elif isinstance(key.value, str):  # what a descriptor sets it to counts no more
        machine.variables = {name: filled for name, filled in machine.variables.items() if name != key.value}
        machine.recorder.environment_read(machine, key.value, "set", machine.place(node, frame))


def environment_variable(machine: Machine, name: str, place: Place) -> Sym:
    """What a variable of the environment holds: one text, however often it is read."""
    variable = Sym(("environment", name), "str", place)
    if machine.variables.get(name):
        machine.state.learn(variable, truthy=True)
    return variable


#: What tells the type of an attribute where DynamoDB's own form of it stands; of a map's keys no one is called so.
#: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
_DESCRIPTORS = ("S", "N", "BOOL", "SS", "NS")
#: Of a value of an item that it stands in another.
NESTED = "nested"
#: Rows that are indexed by number.
_OF_NUMBERS = ("sqlalchemy.engine.Row",)


def known_item(machine: Machine, value: Value, kind: str, key: Value, node: Any, frame: Frame) -> Value:
    """`value[key]` of a value of a known type."""
    refuse_item(machine, value, kind, node, frame)
    if is_parser_model(kind):
        subscripted(machine, kind, node, frame)
    if kind == "re.Match":
        refuse_group(machine, value, key, node, frame)
    if kind in _OF_NUMBERS and kind_of(machine, key) == "str":
        why = "a `Row` is not indexed with a `str` in SQLAlchemy 2, but its `_mapping`"
        machine.recorder.fails(machine, machine.place(node, frame), "TypeError", why, "where that is installed")
    if kind == ATTRIBUTE and type(value) is Sym and value.known != NESTED and _is_descriptor(key):
        assert type(key) is Const
        why = f'a value of an item is Python\'s own here already, with no `{{"{key.value}": ...}}` round it'
        where = "unless it is a map that has such a key"
        machine.recorder.fails(machine, machine.place(node, frame), "TypeError", why, where)
    if kind == "pandas.core.frame.Pandas" and kind_of(machine, key) == "str":
        why = "a row of `itertuples()` is a tuple, with its columns as attributes"
        raise machine.raise_builtin("TypeError", node, frame, why, value)
    text = machine.state.resolve(key)
    if kind.startswith("pymongo.") and type(text) is Const and isinstance(text.value, str):
        inner = within(machine, value, kind, text.value, machine.place(node, frame))
        if inner is not None:
            return inner
    found = event_item(machine, value, key, node, frame)
    found = found or (group_of(machine, value, key, machine.place(node, frame)) if kind == "re.Match" else None)
    found = found or row_item(machine, value, kind, key, machine.place(node, frame))
    found = found or entity_of_row(machine, value, kind, key, machine.place(node, frame))
    if found is not None:
        return found
    said = _special(kind, f"__getitem__[{kind_of(machine, key)}]") or _special(kind, "__getitem__")
    made = make(machine, said or "?", machine.place(node, frame), value)
    if kind == ATTRIBUTE and type(made) is Sym and made.kind == ATTRIBUTE:
        made.known = NESTED  # whatever a map holds, an item in DynamoDB's own form too
    return made


def _is_descriptor(key: Value) -> bool:
    return type(key) is Const and key.value in _DESCRIPTORS


def element_of(machine: Machine, value: Value, kind: str | None, place: Place) -> Value | None:
    """What iterating over a value of a type gives, where the table knows it."""
    if kind is None:
        return None
    found = entity_element(machine, value, kind, place) or cursor_element(machine, value, kind, place)
    found = found or envelope_element(machine, value, place)
    if found is not None:
        return found
    row = read_rows(value) or ELEMENTS.get(kind)
    if row is None and kind.startswith("boto3."):
        return aws_elements(machine, kind, place)
    if row is None and is_standard(kind.partition(".")[0]):
        row = stubs.element(kind)
    made = make(machine, row, place, value) if row is not None else None
    if kind == ATTRIBUTE and type(made) is Sym:
        made.known = NESTED
    return made


def operator_value(op: str, left: Value, right: Value, place: Place) -> Value | None:
    """`left op right`, where the library knows the very value."""
    return joined(left, right, place) if op == "Divide" else None


def operator_result(op: str, one: str | None, other: str | None) -> str | None:
    """The type of `one op other` for types that the table knows, or Python itself gives one of."""
    found = OPERATORS.get((op, one, other))
    if found is None and one is not None and other is not None and ("." in one or "." in other):
        return only_result(op, one, other)
    return found


def entered(machine: Machine, manager: Value, node: Any, frame: Frame) -> Value | None:
    """What entering a known context manager gives."""
    if type(manager) is Method and manager.name in ("contextlib.closing()", "contextlib.nullcontext()"):
        return manager.receiver
    found = entered_session(machine, manager, machine.place(node, frame))
    if found is not None:
        return found
    kind = kind_of(machine, manager)
    said = _special(kind, "__enter__") if kind is not None else None
    return make(machine, said, machine.place(node, frame), manager) if said is not None else None


def _special(kind: str, method: str) -> str | None:
    """The type that Python's own call of a method gives, where it is known."""
    row = CALLS.get(f"{kind}.{method}")
    if row is not None:
        return parse_row(row).type
    return stubs.call(f"{kind}.{method}") if is_standard(kind.partition(".")[0]) else None
