"""Evaluates the nodes of a template, under one choice of its conditions.

A `Value` is read as it is asked for, so that a template costs what is asked of it. Work is bounded: each node is
evaluated once, to a depth, and all text together to a length; what is past a bound is unknown.
"""

from __future__ import annotations

from lambdalint.project.descriptors.templates.conditions import Choice, Truths, Undecided
from lambdalint.project.descriptors.templates.intrinsics import FUNCTIONS
from lambdalint.project.descriptors.templates.values import ABSENT, Evaluator, Names, Part, Unknown, Value
from lambdalint.project.descriptors.tree import Node

MAX_DEPTH = 60
#: Inline code may have 4 MB (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
MAX_CHARACTERS = 8_000_000
MAX_PARTS = 1_000


class Scope:
    """Evaluates the nodes of one template.

    `truths`: which conditions hold. `forks`: whether a condition that is open raises `Undecided`; what hangs on it is
    unknown else. `defaults`: whether a parameter is its default; whoever deploys may give another, so that no condition
    is decided by one.
    """

    def __init__(self, names: Names, truths: Truths, forks: bool = False, defaults: bool = True) -> None:
        self.names = names
        self.defaults = defaults
        self._truths = truths
        self._forks = forks
        self._values: dict[int, tuple[Node, Value]] = {}
        self._depth = 0
        self._characters = 0

    @classmethod
    def choosing(cls, names: Names, choice: Choice | None = None, forks: bool = False) -> Scope:
        """The scope of a template under a choice of its conditions."""
        truths = Truths(names, choice or Choice())
        truths.scope = cls(names, truths, defaults=False)
        return cls(names, truths, forks)

    def value(self, node: Node) -> Value:
        """What a node stands for.

        Raises:
            Undecided: it hangs on a condition, and the scope `forks`.
        """
        known = self._values.get(id(node))
        if known is not None:
            return known[1]
        if self._depth >= MAX_DEPTH:
            return self.unknown(node)
        self._depth += 1
        try:
            value = self._read(node)
        finally:
            self._depth -= 1
        self._values[id(node)] = (node, value)
        return value

    def _read(self, node: Node) -> Value:
        content = node.value
        if isinstance(content, dict):
            if not is_intrinsic(node):
                return Value(node, content, self)
            name, argument = next(iter(content.items()))
            function = FUNCTIONS.get(name)
            return function(self, node, argument) if function is not None else self.unknown(node)
        if isinstance(content, str):
            return self.joined(node, (content,))
        # a key with nothing after it says nothing
        return Value(node, ABSENT if content is None else content, self)

    def unknown(self, node: Node, name: str = "") -> Value:
        """A value that is open; without a name it equals no other."""
        return Value(node, (Unknown(name or f"?{id(node)}"),), self)

    def joined(self, node: Node, parts: tuple[Part, ...]) -> Value:
        """A text of parts that stands at a node. A dynamic reference (`{{resolve:ssm:...}}`) is open."""
        literal = "".join(part for part in parts if isinstance(part, str))
        self._characters += len(literal)
        if self._characters > MAX_CHARACTERS or len(parts) > MAX_PARTS:
            return self.unknown(node)
        if "{{resolve:" in literal:
            return self.unknown(node, Value(node, parts, self).canonical)
        if all(isinstance(part, str) for part in parts):
            parts = (literal,)
        return Value(node, parts, self)

    def decide(self, condition: str) -> bool | None:
        """Whether a condition holds; None where it is open.

        Raises:
            Undecided: the same, where the scope `forks`.
        """
        truth = self._truths.of(condition)
        if isinstance(truth, tuple) and self._forks:
            raise Undecided(truth)
        return truth if isinstance(truth, bool) else None

    @property
    def strict(self) -> Evaluator:
        """The same choice, with parameters open that have no more than a default."""
        return self._truths.scope

    def without_forks(self) -> Scope:
        """The same choice, with what is undecided unknown."""
        return Scope(self.names, self._truths, False, self.defaults)


def is_intrinsic(node: Node) -> bool:
    """Whether a map is a function's call: one key, `Ref` or `Fn::...`."""
    content = node.value
    if not isinstance(content, dict) or len(content) != 1:
        return False
    key = next(iter(content))
    return key == "Ref" or (key.startswith("Fn::") and not key.startswith("Fn::ForEach"))
