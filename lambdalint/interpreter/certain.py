"""Values of which the type is exactly known, and what Python refuses of them.

A type is exact here: what `isinstance` has told may be of a class that derives from it, and can do more.
"""

from __future__ import annotations

from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.samples import AWARE, MAKERS, NAIVE, refused
from lambdalint.interpreter.values import Method, Outside, Slice, Sym, Value


def exact(machine: Machine, value: Value) -> str | None:
    """The exact type of a value, where there are samples of it. Of the event none: what it holds is a contract's."""
    value = machine.state.resolve(value)
    if type(value) is Sym:
        if value.options or value.of_event or value.role is not None:
            return None
        kind = value.kind or (machine.state.fact(value).kind if value.json else None)
        if kind == "datetime.datetime" and value.known is not None:
            return AWARE if value.known else NAIVE
    elif type(value) is Slice:
        return "slice"
    else:
        kind = kind_of(machine, value)
        if kind == "function" and (type(value) is Outside or (type(value) is Method and value.name.startswith("?"))):
            return None
    return kind if kind in MAKERS else None


def refuses(machine: Machine, operation: str, *values: Value) -> bool:
    """Whether an operation on these values is surely a TypeError."""
    kinds = [exact(machine, value) for value in values]
    return all(kinds) and refused(operation, *kinds)  # type: ignore[arg-type]


def are_mixed(machine: Machine, left: Value, right: Value) -> bool:
    """Whether one is a datetime with a time zone, and the other one without."""
    return {exact(machine, left), exact(machine, right)} == {NAIVE, AWARE}


def told(machine: Machine, value: Value) -> str:
    """What a value is, as a person is told: with a datetime's time zone, where that is known."""
    value = machine.state.resolve(value)
    zone = {NAIVE: " without a time zone", AWARE: " with a time zone"}.get(exact(machine, value) or "", "")
    return f"{said(machine, value)}{zone}"



def unordered(machine: Machine, *values: Value) -> str | None:
    """Why two values are not put in order, where they surely are not."""
    if not (refuses(machine, "lt", *values) and refuses(machine, "gt", *values)):
        return None
    return f"{told(machine, values[0])} and {told(machine, values[1])} have no order"
