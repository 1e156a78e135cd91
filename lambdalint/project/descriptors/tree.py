"""YAML and JSON as a tree of nodes that know where they stand. Descriptors are read through this alone.

PyYAML's parser gives the events (the C one where it is built); the tree is made here, so that aliases are shared and
never multiplied, and depth, size and number have bounds. Nothing is constructed from a tag: `!Ref X` is read as
CloudFormation reads it, `{"Ref": "X"}`, whatever the tag.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from lambdalint.finding import Place, Position, Span
from lambdalint.text import Mark, Stretch, Text

#: CloudFormation takes templates of 1 MB at most
#: (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
MAX_BYTES = 1_500_000
MAX_DEPTH = 100
MAX_NODES = 200_000

Scalar: TypeAlias = "str | int | float | bool | None"


class Unreadable(Exception):
    """A descriptor that cannot be read: why, and where. `broken`: whoever deploys it cannot read it either."""

    def __init__(self, message: str, place: Place, broken: bool = True) -> None:
        super().__init__(message)
        self.message, self.place, self.broken = message, place, broken


@dataclass(slots=True, eq=False)
class Node:
    """A value as it is written. `value`: of a mapping its items, of a list its elements, else the scalar itself.
    `keys`: of a mapping, where each key stands. `style`: how a scalar is quoted ("|", ">", "'", '"' or "")."""

    value: Scalar | list[Node] | dict[str, Node]
    place: Place
    keys: dict[str, Place] | None = None
    style: str = ""

    def get(self, *path: str) -> Node | None:
        """What stands under a key, or under keys one in the other; None where there is no such thing."""
        node: Node | None = self
        for key in path:
            node = node.value.get(key) if node is not None and isinstance(node.value, dict) else None
        return node

    def items(self) -> Iterator[tuple[str, Node]]:
        """The items of a mapping; of anything else, none."""
        if isinstance(self.value, dict):
            yield from self.value.items()

    def elements(self) -> list[Node]:
        """The elements of a list; of anything else, none."""
        return self.value if isinstance(self.value, list) else []

    @property
    def text(self) -> str | None:
        """The value of a scalar as text, or None."""
        return str(self.value) if isinstance(self.value, (str, int, float)) else None

    def plain(self) -> object:
        """The value as JSON has it."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return [node.plain() for node in self.value] if isinstance(self.value, list) else self.value

    def key_place(self, key: str) -> Place:
        """Where a key of a mapping stands; the mapping itself where it has none."""
        return (self.keys or {}).get(key, self.place)


def read_tree(text: Text) -> Node:
    """The first document of a YAML or JSON file.

    Raises:
        Unreadable: it is no YAML (JSON is), too large, too deep, or its aliases go in a circle.
    """
    if len(text.data) > MAX_BYTES:
        size = len(text.data) / 1_000_000
        raise Unreadable(
            f"it has {size:.1f} MB, more than CloudFormation takes (1 MB)", text.place(_start(text)), False
        )
    import yaml

    json = text.text.lstrip()[:1] in ("{", "[")
    # JSON may be indented with tabs, which YAML refuses; a string holds none in either.
    written = text.text.replace("\t", " ") if json else text.text
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Composer(text).compose(yaml.parse(written, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = text.position_at(min(mark.index, len(text.text))) if mark is not None else Position(1, 1)
        raise Unreadable(_said(error), text.place(Span(text.path, at, Position(at.row, at.column + 1)))) from None
    except yaml.YAMLError as error:
        raise Unreadable(str(error).splitlines()[0], text.place(_start(text))) from None


def _said(error: Any) -> str:
    return " ".join(part for part in (error.context, error.problem) if part) or "it is no YAML"


def _start(text: Text) -> Span:
    return Span(text.path, Position(1, 1), Position(1, 1))


@dataclass(slots=True)
class _Open:
    """A container whose end has not come: its tag and anchor, and the key whose value comes next."""

    node: Node
    start: Mark
    tag: str | None
    anchor: str | None
    key: str | None = None


class _Composer:
    """Makes the tree of the parser's events, without recursion."""

    def __init__(self, text: Text) -> None:
        import yaml

        self._text = text
        self._anchors: dict[str, Node] = {}
        self._open: list[_Open] = []
        self._count = 0
        self._root: Node | None = None
        self._yaml = yaml
        self._scalars: Any = yaml.SafeLoader("")
        self._telling = self._scalars.yaml_implicit_resolvers.keys()  # what other scalars than text begin with

    def compose(self, events: Iterator[Any]) -> Node:
        """The first document.

        Raises:
            Unreadable: it is past a bound.
        """
        yaml = self._yaml
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._start(event, {})
            elif kind is yaml.SequenceStartEvent:
                self._start(event, [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._end(event)
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentEndEvent:
                break
        return self._root if self._root is not None else Node(None, self._text.place(_start(self._text)))

    def _place(self, event: Any) -> Place:
        return Place(self._text, Stretch(event.start_mark, event.end_mark))

    def _refuse(self, message: str, event: Any) -> Unreadable:
        return Unreadable(message, self._place(event), False)

    def _scalar(self, event: Any) -> None:
        if event.anchor is None and self._wants_key():
            self._key(event.value, event)
            return
        plain = event.tag is None and event.implicit[0] and not event.style
        node = Node(self._plain(event.value) if plain else event.value, self._place(event), style=event.style or "")
        self._take(event.value, _tagged(event.tag, node), event)
        if event.anchor:
            self._anchors[event.anchor] = node

    def _plain(self, text: str) -> Scalar:
        """What a scalar without quotes is; a date stays text (`AWSTemplateFormatVersion: 2010-09-09`)."""
        if text[:1] not in self._telling:
            return text
        tag = self._scalars.resolve(self._yaml.ScalarNode, text, (True, False))
        if tag.rpartition(":")[2] not in ("bool", "int", "float", "null"):
            return text
        try:
            value: Scalar = self._scalars.construct_object(self._yaml.ScalarNode(tag, text))
        except ValueError:  # `0o9`, an integer of too many digits
            return text
        return value

    def _start(self, event: Any, value: list[Node] | dict[str, Node]) -> None:
        if self._wants_key():
            raise self._refuse("a key is a list or a mapping", event)
        if len(self._open) >= MAX_DEPTH:
            raise self._refuse(f"it is nested more than {MAX_DEPTH} deep", event)
        node = Node(value, self._place(event), {} if isinstance(value, dict) else None)
        self._open.append(_Open(node, event.start_mark, event.tag, event.anchor))

    def _end(self, event: Any) -> None:
        closed = self._open.pop()
        closed.node.place = Place(self._text, Stretch(closed.start, event.end_mark))
        if closed.anchor:
            self._anchors[closed.anchor] = closed.node
        self._add(_tagged(closed.tag, closed.node), event)

    def _alias(self, event: Any) -> None:
        node = self._anchors.get(event.anchor)
        if node is None:
            raise self._refuse(f"the alias `*{event.anchor}` has no anchor before it", event)
        self._take(node.text or "", node, event)

    def _wants_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].node.value, dict) and self._open[-1].key is None

    def _take(self, text: str, node: Node, event: Any) -> None:
        """A scalar or an alias: the key of what comes next, or a value."""
        if self._wants_key():
            self._key(text, event)
        else:
            self._add(node, event)

    def _key(self, text: str, event: Any) -> None:
        container = self._open[-1]
        container.key = text
        assert container.node.keys is not None
        container.node.keys[text] = self._place(event)

    def _add(self, node: Node, event: Any) -> None:
        self._count += 1
        if self._count > MAX_NODES:
            raise self._refuse(f"it has more than {MAX_NODES:,} values", event)
        if not self._open:
            self._root = node
            return
        container = self._open[-1]
        parent, key = container.node, container.key
        container.key = None
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict) and key is not None and key != "<<":
            parent.value[key] = node
        elif isinstance(parent.value, dict) and parent.keys is not None:
            parent.keys.pop("<<", None)
            for other in node.elements() or [node]:
                for name, item in other.items():
                    parent.value.setdefault(name, item)
                    parent.keys.setdefault(name, other.key_place(name))


def _tagged(tag: str | None, node: Node) -> Node:
    """CloudFormation's short forms as its long ones: `!Ref X`, `!Sub "..."`, `!GetAtt A.B`."""
    if tag is None or not tag.startswith("!") or len(tag) == 1:
        return node
    name = tag[1:] if tag in ("!Ref", "!Condition") else f"Fn::{tag[1:]}"
    if tag == "!GetAtt" and isinstance(node.value, str):
        node = Node([Node(part, node.place) for part in node.value.split(".", 1)], node.place)
    return Node({name: node}, node.place, {name: node.place})
