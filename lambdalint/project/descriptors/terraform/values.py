"""What an expression comes to: a value that may be known in part, where it is written, and what it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, Union

from lambdalint.finding import Place
from lambdalint.project.descriptors.tree import Scalar

#: Stands for each unknown part in `Value.pattern`.
HOLE = "\0"
#: How much of one value is looked at, and how many references are kept of it.
MAX_PARTS = 2_000
MAX_REFS = 50


class Unknown:
    """The data of a value that is not known."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()

Data: TypeAlias = Union[Scalar, Unknown, "tuple[Value, ...]", "dict[str, Value]"]


@dataclass(frozen=True, slots=True)
class Ref:
    """An attribute of what a block makes. `of`: the one thing that it makes, compared by identity."""

    of: Any
    attribute: str


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """`refs`: what it was made of that a block makes. `open`: a list or object that may hold more than is seen.
    `pattern`: of text that is not wholly known, its known parts with `HOLE` between. `decoded`: of JSON text, what it
    says. `unless_empty`: of one that may be null or empty, what it is else."""

    data: Data
    place: Place
    refs: tuple[Ref, ...] = ()
    open: bool = False
    pattern: str | None = None
    decoded: Value | None = None
    unless_empty: Value | None = None

    @property
    def text(self) -> str | None:
        """Known text."""
        return self.data if isinstance(self.data, str) else None

    @property
    def number(self) -> int | None:
        """A known whole number; Terraform reads one from text too."""
        if isinstance(self.data, str) and self.data.isdecimal() and len(self.data) < 10:
            return int(self.data)
        return self.data if isinstance(self.data, int) and not isinstance(self.data, bool) else None

    @property
    def truth(self) -> bool | None:
        """A known bool; Terraform reads one from text too."""
        if self.data in ("true", "false"):
            return self.data == "true"
        return self.data if isinstance(self.data, bool) else None

    @property
    def is_null(self) -> bool:
        """Whether it is surely null, which is as if it were not written."""
        return self.data is None

    @property
    def is_empty(self) -> bool:
        """Whether it is surely null, or text, a list or an object with nothing in it."""
        return self.data is None or (not self.open and self.data in ("", (), {}))

    @property
    def known(self) -> bool:
        """Whether its data is known, at the top."""
        return not isinstance(self.data, Unknown) and not self.open

    def elements(self) -> tuple[Value, ...]:
        """The elements of a list, or the values of an object; of anything else, none."""
        if isinstance(self.data, dict):
            return tuple(self.data.values())
        return self.data if isinstance(self.data, tuple) else ()

    def items(self) -> Iterator[tuple[str, Value]]:
        """The items of an object; of anything else, none."""
        if isinstance(self.data, dict):
            yield from self.data.items()

    def get(self, *path: str) -> Value | None:
        """What an object holds under a key, or under keys one in the other."""
        found: Value | None = self
        for key in path:
            found = found.data.get(key) if found is not None and isinstance(found.data, dict) else None
        return found

    def at(self, place: Place) -> Value:
        """The same, written elsewhere."""
        return replace(self, place=place)

    def parts(self) -> Iterator[Value]:
        """Itself and all that it holds, as far as a bound."""
        stack, left = [self], MAX_PARTS
        while stack and left:
            left -= 1
            one = stack.pop()
            yield one
            stack += reversed(one.elements())
            if one.decoded is not None:
                stack.append(one.decoded)

    def all_refs(self) -> tuple[Ref, ...]:
        """What it and all that it holds were made of."""
        found: dict[Ref, None] = {}
        for part in self.parts():
            found.update(dict.fromkeys(part.refs))
            if len(found) > MAX_REFS:
                break
        return tuple(found)[:MAX_REFS]


def unknown(place: Place, *of: Value) -> Value:
    """A value that is not known, made of others."""
    refs: dict[Ref, None] = {}
    for one in of:
        refs.update(dict.fromkeys(one.all_refs()))
    return Value(UNKNOWN, place, tuple(refs)[:MAX_REFS])


def as_text(value: Value) -> str | None:
    """How a scalar stands in a template; None where it is unknown or cannot stand there."""
    if isinstance(value.data, bool):
        return "true" if value.data else "false"
    if isinstance(value.data, float):
        return str(int(value.data)) if value.data.is_integer() else repr(value.data)
    return str(value.data) if isinstance(value.data, (str, int)) else None


def plain(value: Value) -> Any:
    """Its data without places.

    Raises:
        ValueError: something in it is not known, or it holds too much.
    """
    return _plain(value, [MAX_PARTS], 0)


def _plain(value: Value, left: list[int], depth: int) -> Any:
    left[0] -= 1
    if not value.known or depth > 30 or left[0] < 0:
        raise ValueError
    if isinstance(value.data, dict):
        return {key: _plain(one, left, depth + 1) for key, one in value.data.items()}
    if isinstance(value.data, tuple):
        return [_plain(one, left, depth + 1) for one in value.data]
    return value.data
