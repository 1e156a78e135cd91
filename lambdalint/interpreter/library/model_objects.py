"""What pydantic refuses of its models' objects: to be made without a field that is needed, or by position; attributes
that no model has; new ones.

Sources: `BaseModel.__init__`, `__getattr__` and `__setattr__` in pydantic/main.py of 1.10 and 2.14. The first version
gives None to a field that may be None and has no default, the second asks for it:
https://docs.pydantic.dev/latest/migration/#required-optional-and-nullable-fields
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

from lambdalint.interpreter.heap import ClassObject, DictObject
from lambdalint.interpreter.kinds import said
from lambdalint.interpreter.library.signatures import lacks
from lambdalint.interpreter.plain import SETTINGS
from lambdalint.interpreter.schemas import is_model, is_of_any_field
from lambdalint.interpreter.state import is_const
from lambdalint.interpreter.values import NONE, Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame

_ERROR = "pydantic.ValidationError"
_MODEL = "pydantic.BaseModel"
#: What a class may say of how its objects are made.
_MAKING = frozenset({"__init__", "__new__"})
_SAYING = _MAKING | {"__getattr__", "__getattribute__", "__setattr__", "Config"}


def refuse_model(
    machine: Machine, cls: ClassObject, arguments: list[Value], keywords: dict[str, Value], node: Any, frame: Frame
) -> None:
    """Refuse `Order(id="1")`, where that is surely refused.

    Raises:
        Raised: the class takes nothing by position, or a field is missing.
    """
    if not is_model(machine, cls) or not SETTINGS.isdisjoint(entry for entry in cls.order if isinstance(entry, str)):
        return
    own = [base for base in map(machine.state.get, _project(cls)) if isinstance(base, ClassObject)]
    if any(is_of_any_field(base) for base in own):
        return
    if arguments and all(_MAKING.isdisjoint(base.attributes) for base in own):
        raise machine.raise_builtin("TypeError", node, frame, f"`{cls.name}()` takes its fields by keyword alone")
    bases = _bases(machine, cls)
    if bases is None:
        return
    defaults = {name for base in bases for name in base.attributes}
    first = any(isinstance(entry, str) and entry.startswith("pydantic.v1.") for entry in cls.order)
    for field in (field for base in reversed(bases) for field in base.fields):
        if field.name in defaults or field.name in keywords or field.name.startswith("_") or field.annotation == "?":
            continue
        if first and "None" in field.annotation.split(" | "):
            continue
        why = f"`{cls.name}()` is not given `{field.name}`, which has no default"
        where = "where pydantic 2 is installed" if "None" in field.annotation.split(" | ") else ""
        raise machine.raise_builtin(_ERROR, node, frame, why, None, where=where)


def refuse_store(machine: Machine, value: Value, cls: ClassObject, name: str, node: Any, frame: Frame) -> None:
    """Refuse `order.total = 1`, where no field is called so, and anything of a model that is frozen.

    Raises:
        Raised: a ValueError, or what tells of a frozen model, on paper.
    """
    bases = _bases(machine, cls)
    if name.startswith("_") or bases is None or not all(is_model(machine, base) for base in bases):
        return
    fields = {field.name for base in bases for field in base.fields}
    if any(is_true(machine, base, "frozen") for base in bases):
        error = _ERROR if not any(isinstance(entry, str) and ".v1." in entry for entry in cls.order) else "TypeError"
        raise machine.raise_builtin(error, node, frame, f"{said(machine, value)} is frozen", value)
    if name not in fields and not any(name in base.attributes for base in bases):
        why = f"{said(machine, value)} has no field `{name}`, and takes no others"
        raise machine.raise_builtin("ValueError", node, frame, why, value)


def is_true(machine: Machine, base: ClassObject, setting: str) -> bool:
    """Whether `model_config` of a class's own body, or a keyword of its statement, has a setting that is True."""
    statement = base.place.node if base.place is not None else None
    for argument in statement.keywords if isinstance(statement, cst.ClassDef) else ():
        if argument.keyword is not None and argument.keyword.value == setting:
            return isinstance(argument.value, cst.Name) and argument.value.value == "True"
    given = machine.state.resolve(base.attributes.get("model_config", NONE))
    thing = machine.object(given) if type(given) is Ref else None
    item = thing.items.get(setting) if isinstance(thing, DictObject) else None
    return item is not None and item.sure and is_const(machine.state.resolve(item.value), True)


def _project(cls: ClassObject) -> list[int]:
    return [entry for entry in cls.order if isinstance(entry, int)]


def _bases(machine: Machine, cls: ClassObject) -> list[ClassObject] | None:
    """The classes of the project that a model is made of, nearest first; None where one says how that is done."""
    found = []
    for base in map(machine.state.get, _project(cls)):
        if isinstance(base, ClassObject):
            if not _SAYING.isdisjoint(base.attributes) or not _is_settled(machine, base):
                return None
            found.append(base)
    return found


def _is_settled(machine: Machine, base: ClassObject) -> bool:
    """Whether the settings of a model are known, and let no other names in."""
    given = base.attributes.get("model_config")
    if given is None:
        return True
    given = machine.state.resolve(given)
    thing = machine.object(given) if type(given) is Ref else None
    if not isinstance(thing, DictObject) or thing.leaked or thing.open or thing.others:
        return False
    return thing.items.keys().isdisjoint({"extra", "alias_generator"})


def has_nothing_like(machine: Machine, cls: ClassObject, name: str) -> bool:
    """Whether objects of a model surely have no attribute of a name that is none of their class."""
    bases = _bases(machine, cls)
    if name.startswith("_") or bases is None or not is_model(machine, cls) or name in machine.attributes_set:
        return False
    return lacks(_MODEL, name) and not any(field.name == name for base in bases for field in base.fields)
