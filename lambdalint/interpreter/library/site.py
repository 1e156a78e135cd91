"""A call of something outside the project, as a model sees it: under which name, with which arguments, from where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.values import Const, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame


@dataclass(slots=True)
class CallSite:
    """A call of something outside: `name` is its full name, `receiver` the object of a method."""

    name: str
    arguments: list[Value]
    keywords: dict[str, Value]
    open: bool
    node: Any
    frame: Frame
    place: Place
    receiver: Value | None = None

    def argument(self, position: int, name: str = "") -> Value | None:
        """The argument at a position or under a keyword."""
        if name and name in self.keywords:
            return self.keywords[name]
        return self.arguments[position] if position < len(self.arguments) else None

    def values(self) -> list[Value]:
        """Every argument."""
        return [*self.arguments, *self.keywords.values()]


def need(machine: Machine, site: CallSite, least: int, most: int | None = None) -> None:
    """Refuse a wrong number of positional arguments. `most`: None where any number above `least` will do.

    Raises:
        Raised: a TypeError, on paper.
    """
    if len(site.arguments) < least or (most is not None and len(site.arguments) > most):
        why = f"`{site.name}()` is not called with these arguments"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why)


def text_argument(machine: Machine, site: CallSite, position: int, name: str = "") -> str | None:
    """A string argument, where it is constant."""
    value = site.argument(position, name)
    if value is None:
        return None
    value = machine.state.resolve(value)
    return value.value if type(value) is Const and isinstance(value.value, str) else None


def constants(machine: Machine, values: list[Value]) -> list[Any] | None:
    """The values as Python constants, or None where one is not constant."""
    found = []
    for value in values:
        value = machine.state.resolve(value)
        if type(value) is not Const:
            return None
        found.append(value.value)
    return found
