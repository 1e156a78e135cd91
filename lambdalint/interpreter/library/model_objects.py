"""What pydantic refuses of its models' objects: to be made without a field that is needed, or by position; attributes
that no model has; new ones.

Sources: `BaseModel.__init__`, `__getattr__` and `__setattr__` in pydantic/main.py of 1.10 and 2.14. The first version
gives None to a field that may be None and has no default, the second asks for it:
https://docs.pydantic.dev/latest/migration/#required-optional-and-nullable-fields
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.heap import ClassObject, DictObject
from lambdalint.interpreter.library.signatures import lacks
from lambdalint.interpreter.schemas import is_model, is_of_any_field
from lambdalint.interpreter.values import Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Frame, Machine

_ERROR = "pydantic.ValidationError"
_MODEL = "pydantic.BaseModel"
#: What a class may say of how its objects are made.
_SAYING = frozenset({"__init__", "__new__", "__getattr__", "__getattribute__", "__setattr__", "Config"})


def refuse_model(
    machine: Machine, cls: ClassObject, arguments: list[Value], keywords: dict[str, Value], node: Any, frame: Frame
) -> None:
    """Refuse `Order(id="1")`, where that is surely refused.

    Raises:
        Raised: the class takes nothing by position, or a field is missing.
    """
    bases = _bases(machine, cls)
    if not is_model(machine, cls) or bases is None or any(is_of_any_field(base) for base in bases):
        return
    if arguments:
        raise machine.raise_builtin("TypeError", node, frame, f"`{cls.name}()` takes its fields by keyword alone")
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


def _bases(machine: Machine, cls: ClassObject) -> list[ClassObject] | None:
    """The classes of the project that a model is made of, nearest first; None where one says how that is done."""
    found = []
    for entry in cls.order:
        base = machine.state.get(entry) if isinstance(entry, int) else None
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
