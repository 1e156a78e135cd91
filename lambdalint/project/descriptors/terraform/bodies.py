"""A file of Terraform as bodies of attributes and blocks, and expressions that know where they stand.

https://developer.hashicorp.com/terraform/language/syntax/configuration
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lambdalint.finding import Place
from lambdalint.project.descriptors.tree import Scalar


@dataclass(frozen=True, slots=True, eq=False)
class Expr:
    """An expression. By `kind`, what `value` and `parts` are:

    literal        its value
    template       parts that are written one behind the other
    list           its elements            object     key, value, key, value ...
    name           a name; "*" is the element that a splat is at
    attribute      a name, of a part       index      a part, by a part
    splat          a part, and what is made of each of its elements
    call           a name, and arguments   call-spread: whose last argument is a list of more
    conditional    test, one, other        not, negative: of one part
    binary         an operator, two parts
    for-list       names with a comma between; over what, what is made of each, and perhaps a test
    for-object     the same, with a key before what is made; for-groups: with `...` behind it
    unknown        what is not read
    """

    kind: str
    place: Place
    value: Scalar = None
    parts: tuple[Expr, ...] = ()


@dataclass(slots=True, eq=False)
class Block:
    """`type "label" { ... }`. `place`: its head."""

    type: str
    labels: tuple[str, ...]
    place: Place
    body: Body
    written: str | None = None

    def may_hold(self, word: str) -> bool:
        """Whether a word may stand in it; `written`, its text, tells without its being parsed."""
        return self.written is None or word in self.written


class Body:
    """What stands between braces, or in a file. `read`: gives it when it is first asked for, or None."""

    __slots__ = ("_attributes", "_blocks", "_read", "_unread")

    def __init__(self, read: Callable[[], Body | None] | None = None) -> None:
        self._read, self._unread = read, False
        self._attributes: dict[str, Expr] = {}
        self._blocks: list[Block] = []

    @property
    def attributes(self) -> dict[str, Expr]:
        """What `name = value` sets."""
        self._ask()
        return self._attributes

    @property
    def blocks(self) -> list[Block]:
        """The blocks inside."""
        self._ask()
        return self._blocks

    @property
    def unread(self) -> bool:
        """Whether it cannot be read: then nothing that it may say is known."""
        self._ask()
        return self._unread

    def _ask(self) -> None:
        if self._read is not None:
            read, self._read = self._read, None
            body = read()
            if body is None:
                self._unread = True
            else:
                self._attributes, self._blocks = body.attributes, body.blocks

    def of(self, kind: str) -> list[Block]:
        """The blocks of a type. In JSON they are objects, and lists of objects, like any other value."""
        found = [block for block in self.blocks if block.type == kind]
        written = self.attributes.get(kind)
        if written is not None:
            for value in written.parts if written.kind == "list" else (written,):
                if value.kind == "object":
                    found.append(Block(kind, (), value.place, object_body(value)))
        return found


def object_body(value: Expr) -> Body:
    """An object's items as a body's attributes."""
    items = zip(value.parts[::2], value.parts[1::2])
    body = Body()
    body.attributes.update({key.value: item for key, item in items if isinstance(key.value, str)})
    return body
