"""Paths of pathlib as values: a symbol whose identity is the path's text, so that two of the same text are equal."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from lambdalint.interpreter.values import Const, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place

_PATH = "pathlib.PosixPath"


def as_path(path: str | PurePosixPath, place: Place | None) -> Value:
    """One of pathlib's paths."""
    return Sym(("path", str(PurePosixPath(path))), _PATH, place)


def path_text(value: Value | None) -> str | None:
    """The text of one of pathlib's paths, where it is known."""
    if type(value) is Sym and value.kind == _PATH and type(value.id) is tuple and value.id[0] == "path":
        return str(value.id[1])
    return None


def text_of_path(value: Value) -> str | None:
    """The text of a path, whether it is a string or one of pathlib's."""
    if type(value) is Const:
        return value.value if isinstance(value.value, str) else None
    return path_text(value)


def path_attribute(value: Value, name: str, place: Place) -> Value | None:
    """A data attribute of a path that is known."""
    text = path_text(value)
    if text is None:
        return None
    path = PurePosixPath(text)
    if name == "parent":
        return as_path(path.parent, place)
    if name == "parents":
        return Tuple(tuple(as_path(one, place) for one in path.parents), place)
    return Const(getattr(path, name), place) if name in ("name", "stem", "suffix") else None


def joined(left: Value, right: Value, place: Place) -> Value | None:
    """`left / right`, where one of them is a path and both are known."""
    one, other = text_of_path(left), text_of_path(right)
    if one is None or other is None or (path_text(left) is None and path_text(right) is None):
        return None
    return as_path(PurePosixPath(one, other), place)
