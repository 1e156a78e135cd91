"""Conditions of a template: which hold, and the few ways in which those that are open may turn out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from lambdalint.project.descriptors.templates.values import Evaluator, Names, Value
from lambdalint.project.descriptors.tree import Node

T = TypeVar("T")

#: A function is read under this many choices of its conditions; what hangs on further ones is unknown.
MAX_CHOICES = 4
_MAX_READS = 50
_MAX_DEPTH = 40

#: Two texts that an `Fn::Equals` compares, as `Value.canonical` gives them, of which at least one is open.
Atom: TypeAlias = "tuple[str, str]"
Truth: TypeAlias = "bool | Atom | None"


class Undecided(Exception):
    """A value hangs on a comparison that the template leaves open."""

    def __init__(self, atom: Atom) -> None:
        super().__init__(atom)
        self.atom = atom


@dataclass(frozen=True, slots=True)
class Choice:
    """Comparisons taken as decided."""

    decided: Mapping[Atom, bool] = field(default_factory=dict)

    def taking(self, atom: Atom, truth: bool) -> Choice:
        return Choice({**self.decided, atom: truth})


def alternatives(read: Callable[[Choice, bool], T | None]) -> list[T]:
    """What `read` gives under each choice of the conditions that it meets, without what is equal and without None.

    `read` is given the choice, and whether it may raise `Undecided`.
    """
    done: list[T] = []
    waiting = [Choice()]
    for _ in range(_MAX_READS):
        if not waiting:
            break
        choice = waiting.pop(0)
        try:
            result = read(choice, len(done) + len(waiting) + 1 < MAX_CHOICES)
        except Undecided as undecided:
            waiting[:0] = [choice.taking(undecided.atom, True), choice.taking(undecided.atom, False)]
            continue
        if result is not None and result not in done:
            done.append(result)
    return done


class Truths:
    """Which conditions of one template hold under a choice. A parameter's default decides none: `scope` evaluates
    without them."""

    scope: Evaluator

    def __init__(self, names: Names, choice: Choice) -> None:
        self.choice = choice
        self._names = names
        self._known: dict[int | str, Truth] = {}
        self._depth = 0

    def of(self, name: str) -> Truth:
        """Whether a condition holds; an `Atom` that it hangs on; None where it cannot be told."""
        node = self._names.conditions.get(name) if self._names.conditions is not None else None
        return self._truth(node) if node is not None else None

    def _truth(self, node: Node) -> Truth:
        if id(node) not in self._known:
            if self._depth >= _MAX_DEPTH:
                return None
            self._known[id(node)] = None  # in a circle it cannot be told
            self._depth += 1
            self._known[id(node)] = self._evaluated(node)
            self._depth -= 1
        return self._known[id(node)]

    def _evaluated(self, node: Node) -> Truth:
        items = list(node.items())
        if len(items) != 1:
            return None
        key, argument = items[0]
        if key == "Condition":
            return self.of(argument.value) if isinstance(argument.value, str) else None
        terms = argument.elements()
        if key == "Fn::Equals":
            return self._equal(*terms) if len(terms) == 2 else None
        if key == "Fn::Not" and len(terms) == 1:
            truth = self._truth(terms[0])
            return not truth if isinstance(truth, bool) else truth
        if key in ("Fn::And", "Fn::Or") and terms:
            return self._combined([self._truth(term) for term in terms], key == "Fn::Or")
        return None

    @staticmethod
    def _combined(truths: list[Truth], decisive: bool) -> Truth:
        """`decisive`: the truth of one term that is the whole's."""
        if any(truth is decisive for truth in truths):
            return decisive
        if all(isinstance(truth, bool) for truth in truths):
            return not decisive
        return next((truth for truth in truths if isinstance(truth, tuple)), None)

    def _equal(self, left: Node, right: Node) -> Truth:
        values = (self.scope.value(left), self.scope.value(right))
        one, other = sorted(values, key=lambda value: value.text is not None)
        if one.text is not None or one.canonical == other.canonical:
            return one.canonical == other.canonical if one.parts and other.parts else None
        if not one.parts or not other.parts:
            return None
        return self._compared(one, other)

    def _compared(self, one: Value, other: Value) -> Truth:
        """`one` is open; where `other` is not, what the choice says of other comparisons of `one` counts too."""
        atom = (one.canonical, other.canonical)
        decided = self.choice.decided
        if atom in decided or other.text is None:
            return decided.get(atom, atom)
        if any(truth and left == one.canonical for (left, _), truth in decided.items()):
            return False
        allowed = self._allowed(one)
        if allowed is None:
            return atom
        if other.canonical not in allowed:
            return False
        if all(decided.get((one.canonical, text)) is False for text in allowed - {other.canonical}):
            return True
        return atom

    def _allowed(self, one: Value) -> frozenset[str] | None:
        """The values that a parameter may have, where it says so."""
        parameters = self._names.parameters
        name = one.canonical.removeprefix("${").removesuffix("}")
        node = parameters.get(name, "AllowedValues") if parameters is not None and len(one.parts) == 1 else None
        texts = [one.scope.value(element).text for element in node.elements()] if node is not None else []
        return frozenset(text for text in texts if text is not None) if texts and None not in texts else None
