"""What an app makes, as the record of its run has it: calls of CDK, and which of them gave a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lambdalint.finding import Locator, Place
from lambdalint.project.deployment import Fact
from lambdalint.source import Source

if TYPE_CHECKING:
    from lambdalint.interpreter.invocation import Call
    from lambdalint.interpreter.shapes import Entry, Shape

#: Words in which the versions of CDK differ: aws_cdk.core of the first, modules in alpha of the second.
_PACKAGE = re.compile(r"^aws_cdk\.(?:core\.|cloud_assembly_schema\.)?")
_ALPHA = re.compile(r"_alpha(?=\.|$)")


def short_name(name: str) -> str:
    """A full name without what the versions of CDK tell apart: "aws_lambda.Function", "Duration.seconds"."""
    return _ALPHA.sub("", _PACKAGE.sub("", name))


class Places:
    """Where the parts of calls are written. Positions in a tree cost one writing of the tree, and the trees are let go
    before findings are reported: with the first place of a file that is asked for, all are worked out, and kept."""

    def __init__(self, calls: Iterable[Call]) -> None:
        nodes: dict[Locator, list[object]] = {}
        self._unwritten = nodes
        for call in calls:
            shapes = [*call.arguments, *(shape for _, shape in call.keywords)]
            for place in (call.function_place, call.place, *(one for shape in shapes for one in _places(shape))):
                if place is not None:
                    nodes.setdefault(place.source, []).append(place.node)
        self._kept: dict[Place, Place] = {}

    def of(self, place: Place) -> Place:
        """The same place, as a span of its file."""
        if place not in self._kept:
            wanted = self._unwritten.pop(place.source, None)
            if wanted is not None and isinstance(place.source, Source):
                place.source.locate(wanted)
            self._kept[place] = Place(place.source, place.span())
        return self._kept[place]


def _places(shape: Shape) -> Iterator[Place | None]:
    yield getattr(shape, "place", None)
    for entry in getattr(shape, "entries", ()):
        yield entry.place
        yield getattr(entry.value, "place", None)
    for item in getattr(shape, "items", ()):
        yield getattr(item, "place", None)


class Construct:
    """One call of CDK. `name`: its short name; of a method that of what it is called on, and its own, the `method`.
    `certain`: it is seen by itself, and does not only stand for what others may be: further calls of a helper, rounds
    of a loop."""

    def __init__(self, call: Call, places: Places, certain: bool) -> None:
        self.call, self.certain = call, certain
        self.name = short_name(call.name)
        self.method = self.name.rpartition(".")[2]
        self.open = call.open_arguments
        self._places = places

    @property
    def place(self) -> Place:
        """Where what is called is written."""
        return self._places.of(self.call.function_place or self.call.place)

    @property
    def receiver(self) -> Shape | None:
        """What a method is called on."""
        return self.call.receiver

    def given(self, *names: str) -> Shape | None:
        """A keyword argument by one of its names."""
        return next((shape for key, shape in self.call.keywords if key in names), None)

    def argument(self, position: int, *names: str) -> Shape | None:
        """An argument at a position or by one of its names."""
        found = self.given(*names)
        if found is None and position < len(self.call.arguments):
            found = self.call.arguments[position]
        return found

    def arguments(self) -> list[Shape]:
        """All that it is given."""
        return [*self.call.arguments, *(shape for _, shape in self.call.keywords)]

    def at(self, shape: Shape | None) -> Place:
        """Where one of its arguments is written; else where it is itself."""
        return self.where(getattr(shape, "place", None))

    def where(self, place: Place | None) -> Place:
        """The same of a part of an argument."""
        return self._places.of(place) if place is not None else self.place

    def text(self, shape: Shape | None) -> Fact[str] | None:
        """An argument that is a known text."""
        value = known(shape)
        return Fact(value, self.at(shape)) if isinstance(value, str) else None

    def number(self, shape: Shape | None) -> Fact[int] | None:
        """An argument that is a known whole number."""
        value = known(shape)
        return Fact(value, self.at(shape)) if isinstance(value, int) and not isinstance(value, bool) else None


class Constructs:
    """The calls of CDK, in order, and each by what it gave. `possible`: those that may be made besides."""

    def __init__(self, calls: Iterable[Call], possible: Iterable[Call] = ()) -> None:
        made = [call for call in calls if call.made is not None]
        others = [call for call in possible if call.made is not None]
        places = Places([*made, *others])
        self._calls = [Construct(call, places, True) for call in made]
        self._calls += [Construct(call, places, False) for call in others]
        self._by_identity: dict[object, Construct] = {}
        for construct in self._calls:
            self._by_identity.setdefault(identity(construct.call.made), construct)

    def __iter__(self) -> Iterator[Construct]:
        return iter(self._calls)

    def maker(self, shape: Shape | None) -> Construct | None:
        """The call that gave a value, or gave what the value was read from."""
        return self._by_identity.get(identity(shape)) if identity(shape) is not None else None

    def made_by(self, shape: Shape | None, *names: str) -> Construct | None:
        """The call that gave a value, and nothing that was read from one, where it is one of those."""
        found = self.maker(shape)
        return found if found is not None and found.name in names and short_name(name_of(shape)) == found.name else None


def identity(shape: Shape | None) -> Any:
    """What tells one value that CDK gave from another; None of any other value."""
    return getattr(shape, "identity", None)


def name_of(shape: Shape | None) -> str:
    """The full name under which a value of CDK's was reached: "aws_cdk.aws_lambda.Runtime.PYTHON_3_12"."""
    return getattr(shape, "name", "") or ""


def known(shape: Shape | None) -> object:
    """The value of a constant; None where it is not known."""
    return getattr(shape, "value", None)


def elements(shape: Shape | None) -> tuple[list[Shape], bool]:
    """The elements of a list, and whether there are no others; of what is no list none."""
    items: tuple[Shape, ...] | None = getattr(shape, "items", None)
    return (list(items), getattr(shape, "rest", None) is None) if items is not None else ([], False)


def entries(shape: Shape | None) -> tuple[list[tuple[str, Entry]], bool]:
    """The entries of a dict that stand under known texts, and whether there are no others; of what is no dict none."""
    found: tuple[Entry, ...] | None = getattr(shape, "entries", None)
    if found is None:
        return [], False
    named = [(str(known(entry.key)), entry) for entry in found if isinstance(known(entry.key), str)]
    return named, len(named) == len(found) and not getattr(shape, "open", True)
