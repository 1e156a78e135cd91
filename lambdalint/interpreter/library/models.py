"""The registry of models, and what several of them share."""

from __future__ import annotations

import math
import string
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from lambdalint.finding import Place
from lambdalint.interpreter.kinds import is_subclass, real_class
from lambdalint.interpreter.library.tables import CALLS
from lambdalint.interpreter.state import ClassObject
from lambdalint.interpreter.values import Const, Outside, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.iteration import Elements
    from lambdalint.interpreter.library import CallSite
    from lambdalint.interpreter.machine import Machine

Model = Callable[[Any, Any], Value]
M = TypeVar("M", bound=Callable[..., Value])

MODELS: dict[str, Model] = {}
_CONSTANTS: dict[str, object] = {
    "os.sep": "/",
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
    **{f"http.HTTPStatus.{status.name}": status for status in HTTPStatus},
}  # fmt: skip


def models(*names: str) -> Callable[[M], M]:
    """Enter a function as the model of some full names."""

    def enter(function: M) -> M:
        for name in names:
            MODELS[name] = function
        return function

    return enter


def find(name: str) -> Model | None:
    """The model of a full name."""
    if not MODELS:
        # Each module enters its models when it is imported.
        from lambdalint.interpreter.library import (  # noqa: F401
            aws,
            collect,
            concurrency,
            functions,
            methods,
            powertools,
            serializers,
            standard,
            web,
        )
    found = MODELS.get(name)
    if found is None and name.startswith("boto3.client.") and name.count(".") == 3 and name not in CALLS:
        return MODELS["boto3.client.*"]
    if found is None and name.endswith(".__init__"):
        cls = real_class(name[: -len(".__init__")])
        if cls is not None and issubclass(cls, BaseException):
            return MODELS["Exception.__init__"]
    return found


def everything(found: Elements) -> list[Value]:
    """The elements, and what stands for any number of further ones."""
    return [*found.items, *([found.rest] if found.rest is not None else [])]


def constant(name: str, place: Place) -> Value | None:
    """A constant of the standard library."""
    if name in _CONSTANTS:
        return Const(_CONSTANTS[name], place)
    return None


def environment_variable(machine: Machine, name: str, place: Place) -> Sym:
    """What a variable of the environment holds: one text, however often it is read."""
    return Sym(("environment", name), "str", place)


def class_names(machine: Machine, cls: Value) -> tuple[str | int, ...] | None:
    """The classes that the second argument of isinstance names: full names, ids of project classes. None: unknown."""
    cls = machine.state.resolve(cls)
    if type(cls) is Outside:
        if cls.name == "types.NoneType":
            return ("NoneType",)
        return (cls.name,)
    if type(cls) is Ref and isinstance(machine.object(cls), ClassObject):
        return (cls.id,)
    if type(cls) is Tuple and cls.rest is None:
        found: list[str | int] = []
        for part in cls.items:
            names = class_names(machine, part)
            if names is None:
                return None
            found += names
        return tuple(found)
    if type(cls) is Const and cls.value is None:
        return ("NoneType",)
    return None


def derives(owner: ClassObject, names: tuple[str | int, ...], ordinary: bool) -> bool | None:
    """Whether an instance of a project class is an instance of one of the named classes."""
    unsure = owner.unseen
    for name in names:
        if name in owner.order:
            return True
        if isinstance(name, int):
            continue
        if name == "object":
            return True
        for entry in owner.order:
            if isinstance(entry, str):
                answer = is_subclass(entry, name)
                if answer:
                    return True
                unsure = unsure or answer is None
        if real_class(name) is None or name.startswith(("collections.abc", "typing.")):
            unsure = True
        if not ordinary and name == "tuple":
            return True
    return None if unsure else False


def text_argument(machine: Machine, site: CallSite, position: int, name: str = "") -> str | None:
    """A string argument, where it is constant."""
    value = site.argument(position, name)
    if value is None:
        return None
    value = machine.state.resolve(value)
    return value.value if type(value) is Const and isinstance(value.value, str) else None
