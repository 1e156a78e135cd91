"""What a real value is at one moment: a graph of `Picture`s that no later change of the value reaches.

Both a returned value and an argument are pictured when they pass by, for the program goes on changing them.
"""

from __future__ import annotations

import collections
import enum
import sys
import types
from dataclasses import dataclass, field
from typing import Any

#: Past this a value is not drawn further; what is left out is `unseen`, and contained in every shape.
MAX_PARTS = 3000

CONSTANTS = (type(None), bool, int, float, complex, str, bytes, type(...))


@dataclass(eq=False)
class Picture:
    """One value.

    `types` are the names that its exact type may be called by, the full one first; `lineage` those of its bases.
    `constant` is set for the types in CONSTANTS (then `is_constant`). `pairs` are a dict's, `items` those of a list,
    tuple, set, frozenset or deque. `payload` is what an instance holds as an instance of a builtin (the str of a str
    subclass) or an enum member's value. `foreign`: this very object was in the event or was given by outside code.
    """

    types: tuple[str, ...]
    lineage: tuple[str, ...] = ()
    is_constant: bool = False
    constant: object = None
    pairs: list[tuple[Picture, Picture]] | None = None
    items: list[Picture] | None = None
    attributes: dict[str, Picture] = field(default_factory=dict)
    payload: Picture | None = None
    is_class: bool = False
    foreign: bool = False
    unseen: bool = False

    def text(self, depth: int = 4) -> str:
        """The value as a person reads it, cut off where it goes deep."""
        if self.unseen or depth < 0:
            return "..."
        if self.is_constant:
            return repr(self.constant)
        name = self.types[0]
        if self.pairs is not None:
            inner = ", ".join(f"{k.text(depth - 1)}: {v.text(depth - 1)}" for k, v in self.pairs)
            return "{" + inner + "}" if name == "dict" else f"{name}({{{inner}}})"
        if self.items is not None:
            inner = ", ".join(item.text(depth - 1) for item in self.items)
            return f"[{inner}]" if name == "list" else f"{name}({inner})"
        inner = ", ".join(f"{key}={value.text(depth - 1)}" for key, value in self.attributes.items())
        if self.payload is not None:
            inner = f"{self.payload.text(depth - 1)}; {inner}"
        return f"<{name} {inner}>" if inner else f"<{name}>"


def type_names(cls: type, project: frozenset[str]) -> tuple[str, ...]:
    """`datetime.datetime`, `dict`; a class of the project also by its bare and its qualified name."""
    if cls.__module__ == "builtins":
        return (cls.__qualname__,)
    full = f"{cls.__module__}.{cls.__qualname__}"
    if cls.__module__ in project:
        return (full, cls.__qualname__, cls.__name__)
    # json.decoder.JSONDecodeError is json.JSONDecodeError to those who use it.
    package = cls.__module__.partition(".")[0]
    public = getattr(sys.modules.get(package), cls.__qualname__, None) is cls
    return (full, f"{package}.{cls.__qualname__}") if public else (full,)


class Camera:
    """Draws values. `project` are the names of the program's modules; `foreign` the objects (kept alive) that came
    from outside, by id."""

    def __init__(self, project: frozenset[str], foreign: dict[int, object]) -> None:
        self.project = project
        self.foreign = foreign

    def shoot(self, value: object) -> Picture:
        """The picture of a value, its cycles kept."""
        return self._draw(value, {}, [MAX_PARTS])

    def _draw(self, value: Any, seen: dict[int, tuple[object, Picture]], room: list[int]) -> Picture:
        if id(value) in seen:
            return seen[id(value)][1]
        room[0] -= 1
        cls = type(value)
        lineage = tuple(name for base in cls.__mro__[1:-1] for name in type_names(base, self.project))
        picture = Picture(type_names(cls, self.project), lineage, foreign=id(value) in self.foreign)
        if room[0] < 0:
            picture.unseen = True
            return picture
        if cls in CONSTANTS:
            picture.is_constant, picture.constant = True, value
            return picture
        seen[id(value)] = (value, picture)
        picture.is_class = isinstance(value, type)
        if picture.is_class or isinstance(value, (types.FunctionType, types.MethodType, types.ModuleType)):
            return picture
        if isinstance(value, dict):
            picture.pairs = [(self._draw(k, seen, room), self._draw(v, seen, room)) for k, v in list(dict.items(value))]
        elif isinstance(value, (list, tuple, set, frozenset, collections.deque)):
            # By the builtin's own iterator: a project's class may have another.
            picture.items = [self._draw(item, seen, room) for item in list(_builtin(value).__iter__(value))]
        if cls.__module__ in self.project:
            self._draw_instance(value, cls, picture, seen, room)
        return picture

    def _draw_instance(
        self, value: Any, cls: type, picture: Picture, seen: dict[int, tuple[object, Picture]], room: list[int]
    ) -> None:
        attributes = dict(getattr(value, "__dict__", {}))
        for base in cls.__mro__:
            slots = base.__dict__.get("__slots__", ())
            for slot in (slots,) if isinstance(slots, str) else slots:
                if slot not in ("__dict__", "__weakref__") and hasattr(value, slot):
                    attributes.setdefault(slot, getattr(value, slot))
        if isinstance(value, enum.Enum):
            picture.payload = self._draw(value._value_, seen, room)
            attributes = {"name": value._name_, "value": value._value_}
        picture.attributes = {name: self._draw(part, seen, room) for name, part in attributes.items()}
        if picture.payload is None and not isinstance(value, BaseException):
            if picture.pairs is not None:
                picture.payload = Picture(("dict",), pairs=picture.pairs)
            elif picture.items is not None:
                picture.payload = Picture(type_names(_builtin(value), self.project), items=picture.items)
            elif isinstance(value, str):
                picture.payload = Picture(("str",), is_constant=True, constant=str.__str__(value))
            elif isinstance(value, (int, float)):
                base = int if isinstance(value, int) else float
                picture.payload = Picture((base.__name__,), is_constant=True, constant=base.__pos__(value))


def _builtin(value: object) -> Any:
    """The builtin container that this is, or derives from."""
    return next(base for base in (list, tuple, set, frozenset, collections.deque) if isinstance(value, base))
