"""What a node of a template stands for, as it is read: texts with open parts, lists, maps, and what is absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from lambdalint.finding import Place
from lambdalint.project.deployment import Fact
from lambdalint.project.descriptors.tree import Node


@dataclass(frozen=True, slots=True)
class Reference:
    """`Ref` (no attribute) or `Fn::GetAtt` of a resource of the template."""

    name: str
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What the template leaves open. Those of one name have one value."""

    name: str


Part: TypeAlias = "str | Reference | Unknown"


class Absent:
    """Nothing is written, or `AWS::NoValue` takes it away."""


ABSENT = Absent()

Content: TypeAlias = "tuple[Part, ...] | bool | int | float | list[Node] | dict[str, Node] | Absent"


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """What a node stands for. `node` is where the content is written: the parameter's default, the branch of an If."""

    node: Node
    content: Content
    scope: Evaluator

    @property
    def place(self) -> Place:
        return self.node.place

    @property
    def absent(self) -> bool:
        return self.content is ABSENT

    @property
    def parts(self) -> tuple[Part, ...]:
        """A text as what it is joined of; of what is no text, nothing."""
        if isinstance(self.content, tuple):
            return self.content
        text = self.text
        return (text,) if text is not None else ()

    @property
    def text(self) -> str | None:
        """The whole text, where every part of it is known."""
        content = self.content
        if isinstance(content, tuple):
            return "".join(map(str, content)) if all(isinstance(part, str) for part in content) else None
        if isinstance(content, bool):
            return str(content).lower()
        return str(content) if isinstance(content, (int, float)) else None

    @property
    def canonical(self) -> str:
        """A text in which what is open is `${name}`: two that are equal here have one value. "" for what is no text."""
        return "".join(part if isinstance(part, str) else f"${{{_name(part)}}}" for part in self.parts)

    @property
    def number(self) -> int | None:
        """An integer, written as one or as text."""
        text = self.text
        return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else None

    @property
    def truth(self) -> bool | None:
        """A boolean, written as one or as text."""
        return {"true": True, "false": False}.get((self.text or "").lower())

    @property
    def unknown(self) -> bool:
        """Whether it may be anything: no text of which a part is known."""
        return (
            isinstance(self.content, tuple)
            and bool(self.content)
            and not any(isinstance(part, str) for part in self.content)
        )

    @property
    def is_map(self) -> bool:
        return isinstance(self.content, dict)

    @property
    def is_list(self) -> bool:
        return isinstance(self.content, list)

    @property
    def open(self) -> bool:
        """Whether there may be more in it than it shows."""
        if isinstance(self.content, dict):
            return any(key.startswith("Fn::") for key in self.content)
        return not isinstance(self.content, (list, Absent))

    def nothing(self) -> Value:
        """What is absent, at the same place."""
        return Value(self.node, ABSENT, self.scope)

    def get(self, *path: str) -> Value:
        """What stands under a key, or under keys one in the other."""
        value = self
        for key in path:
            value = value._item(key)
        return value

    def _item(self, key: str) -> Value:
        if isinstance(self.content, Absent):
            return self
        if not isinstance(self.content, dict):
            return self.scope.unknown(self.node)
        node = self.content.get(key)
        if node is not None:
            return self.scope.value(node)
        return self.scope.unknown(self.node) if self.open else self.nothing()

    def items(self) -> Iterator[tuple[str, Value]]:
        """The items of a map that are there; of anything else, none."""
        for key, node in self.content.items() if isinstance(self.content, dict) else ():
            if not key.startswith("Fn::"):
                value = self.scope.value(node)
                if not value.absent:
                    yield key, value

    def elements(self) -> list[Value]:
        """The elements of a list that are there; of anything else, none."""
        values = map(self.scope.value, self.content if isinstance(self.content, list) else ())
        return [value for value in values if not value.absent]

    def one_or_more(self) -> list[Value]:
        """The elements of a list; what is no list is the only one."""
        return self.elements() if self.is_list else [] if self.absent else [self]

    def key_place(self, key: str) -> Place:
        return self.node.key_place(key)

    def fact(self) -> Fact[str] | None:
        """The text and where it stands, where it is known."""
        text = self.text
        return Fact(text, self.place) if text is not None else None

    def number_fact(self) -> Fact[int] | None:
        number = self.number
        return Fact(number, self.place) if number is not None else None


def _name(part: Reference | Unknown) -> str:
    if isinstance(part, Unknown) or not part.attribute:
        return part.name
    return f"{part.name}.{part.attribute}"


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter that a parent template hands down: as its own parameters' defaults have it, and without them."""

    value: Value
    decided: Value


@dataclass(slots=True)
class Names:
    """What a template's nodes may name. `given`: the parameters that a parent template hands down."""

    parameters: Node | None = None
    mappings: Node | None = None
    conditions: Node | None = None
    resources: frozenset[str] = frozenset()
    given: Mapping[str, Given] = field(default_factory=dict)


class Evaluator(Protocol):
    """A `scope.Scope`, as what stands below it sees it."""

    names: Names
    defaults: bool

    def value(self, node: Node) -> Value: ...

    def unknown(self, node: Node, name: str = "") -> Value: ...

    def joined(self, node: Node, parts: tuple[Part, ...]) -> Value: ...

    def decide(self, condition: str) -> bool | None: ...
