"""`type(x) == dict`, `type(x) is str`, `type(x) in (int, float)`: what is asked is the exact type of x."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import conditions
from lambdalint.interpreter.decisions import TYPE_IS
from lambdalint.interpreter.heap import ListObject
from lambdalint.interpreter.values import Outside, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.machine import Machine

#: What a symbol's condition begins with that is `type(x)`, where what x is is not known yet.
TYPE_OF = "type of"


def type_of_unknown(machine: Machine, value: Sym, place: Place | None) -> Sym:
    """`type(value)`, as a symbol that remembers of what it is the type."""
    return Sym(machine.state.fresh(), "type", place, condition=(TYPE_OF, value))


def type_compared(machine: Machine, left: Value, right: Value, place: Place | None) -> Value | None:
    """`type(x) == C`, either way around, as a condition on x; None where that is not what is compared."""
    for one, other in ((left, right), (right, left)):
        one, other = machine.state.resolve(one), machine.state.resolve(other)
        if type(one) is Sym and one.condition is not None and one.condition[0] == TYPE_OF:
            names = _named(machine, (other,))
            return conditions.condition(machine, (TYPE_IS, one.condition[1], names), place) if names else None
    return None


def type_among(machine: Machine, left: Value, right: Value, place: Place | None) -> Value | None:
    """`type(x) in (C, D)` as a condition on x; None where that is not what is asked."""
    left, right = machine.state.resolve(left), machine.state.resolve(right)
    if type(left) is not Sym or left.condition is None or left.condition[0] != TYPE_OF:
        return None
    classes: tuple[Value, ...] | None = None
    if type(right) is Tuple and right.rest is None:
        classes = right.items
    elif type(right) is Ref:
        thing = machine.object(right)
        if isinstance(thing, ListObject) and thing.rest is None and not thing.leaked:
            classes = tuple(thing.items)
    names = _named(machine, classes) if classes else None
    return conditions.condition(machine, (TYPE_IS, left.condition[1], names), place) if names else None


def _named(machine: Machine, classes: tuple[Value, ...]) -> tuple[str, ...] | None:
    """The full names of classes; None where one is not known by its name."""
    found = [machine.state.resolve(one) for one in classes]
    names = tuple(one.name for one in found if type(one) is Outside)
    if len(names) < len(found):
        return None
    return tuple("NoneType" if name == "types.NoneType" else name for name in names)
