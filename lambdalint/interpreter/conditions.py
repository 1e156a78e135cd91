"""Conditions: a comparison with something unknown is a bool `Sym` that carries its `condition`.

Where the code asks for its truth, both answers are followed, and each narrows the values that the condition speaks of.
"""

from __future__ import annotations

from typing import Any

from lambdalint.finding import Place
from lambdalint.interpreter.calls import call_special
from lambdalint.interpreter.decisions import decide, decide_condition
from lambdalint.interpreter.heap import ArrayObject, InstanceObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.narrowing import assume
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.sendable import is_answered, may_be_so
from lambdalint.interpreter.values import Ref, Sym, Value, boolean


def truth(machine: Machine, value: Value, node: Any, frame: Frame) -> bool:
    """Whether a value is true; where that is not known, both are followed."""
    value = as_condition(machine, value, node, frame)
    decided = decide(machine, value)
    if decided is not None:
        return decided
    decided = machine.choose(2, sent=True) == 0
    machine.state.guess(not may_be_so(machine, value, decided), is_answered(machine, value, decided))
    assume(machine, value, decided)
    return decided


#: Tables and columns of pandas refuse to be true or false, whatever is in them.
_AMBIGUOUS = ("pandas.DataFrame", "pandas.Series")


def as_condition(machine: Machine, value: Value, node: Any, frame: Frame) -> Value:
    """Run what the project's own classes define: `__bool__`, else `__len__`."""
    value = machine.state.resolve(value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, ArrayObject) and thing.type in _AMBIGUOUS:
            why = f"a `{thing.type.rpartition('.')[2]}` is neither true nor false; `.empty`, `.any()` and `.all()` are"
            raise machine.raise_builtin("ValueError", node, frame, why, value)
        if isinstance(thing, ArrayObject) and thing.type == "numpy.ndarray" and thing.depth > 0:
            why = "an array is neither true nor false; `.size`, `.any()` and `.all()` are"
            where = "unless it has one element"
            raise machine.raise_builtin("ValueError", node, frame, why, value, where=where)
        if isinstance(thing, InstanceObject):
            for name in ("__bool__", "__len__"):
                answer = call_special(machine, value, name, (), node, frame)
                if answer is not None:
                    return answer
    return value


def negate(machine: Machine, value: Value, place: Place) -> Value:
    """`not value`."""
    decided = decide(machine, value)
    if decided is not None:
        return boolean(not decided)
    return condition(machine, ("not", value), place)


def condition(machine: Machine, what: tuple[Any, ...], place: Place | None) -> Value:
    """A bool that says `what`: the constant where it is decided."""
    decided = decide_condition(machine, what)
    if decided is not None:
        return boolean(decided)
    return Sym(machine.state.fresh(), "bool", place, condition=what)


def tested(machine: Machine, value: Value, place: Place | None) -> Value:
    """A bool that says of a value what kind of thing it is, where that cannot be told. Of a value that is known, one of
    the two answers never comes, so both are possible alone."""
    value = machine.state.resolve(value)
    known = type(value) is not Sym or value.kind is not None
    return machine.unknown(place, "bool", condition=("tested", value) if known else None)
