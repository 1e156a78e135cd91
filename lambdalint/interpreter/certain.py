"""Values of which the type is exactly known, and what Python refuses of them.

A type is exact here: what `isinstance` has told may be of a class that derives from it, and can do more.
"""

from __future__ import annotations

import operator
from itertools import product

from lambdalint.interpreter.heap import InstanceObject, IteratorObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.plain import ERROR, OBJECT, is_inert, sample_of
from lambdalint.interpreter.samples import AWARE, MAKERS, NAIVE, fails, refused
from lambdalint.interpreter.values import Const, Method, Outside, Ref, Slice, Sym, Tuple, Value


def exact(machine: Machine, value: Value) -> str | None:
    """The exact type of a value, where there are samples of it. Of the event only where its sender is known, who fixes
    the types of its parts: what a path has asked of a part says what that is at most."""
    value = machine.state.resolve(value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, InstanceObject):
            return sample_of(machine, thing)
        if isinstance(thing, IteratorObject) and thing.type not in MAKERS:
            return "generator"  # the iterators of itertools and of containers can do no more
    if type(value) is Sym:
        if value.role == "exception" and not value.of_event:
            return ERROR
        if value.of_event and machine.event_kinds is not None and value.kind is not None:
            return value.kind if value.kind in MAKERS else None
        packed = value.event is not None and str(value.event[-1:]).endswith("()',)") and value.kind == "bytes"
        if value.of_event and not value.options and value.kind is None:
            asked = machine.state.fact(value).kind
            return asked if asked in MAKERS else None
        if value.options or (value.of_event and not packed) or value.role is not None:
            return None
        kind = value.kind or (machine.state.fact(value).kind if value.json else None)
        if kind == "datetime.datetime" and value.known is not None:
            return AWARE if value.known else NAIVE
    elif type(value) is Slice:
        return "slice"
    else:
        kind = kind_of(machine, value)
        if kind == "function" and (type(value) is Outside or (type(value) is Method and _may_be_no_method(value))):
            return None
    return kind if kind in MAKERS else None


def _may_be_no_method(value: Method) -> bool:
    """Whether an attribute that is taken for a method may be data: of what is not known, and `__dict__` of anything."""
    return value.name.startswith("?") or value.name.rpartition(".")[2].startswith("__")


def kinds_of(machine: Machine, value: Value, operation: str = "") -> list[str] | None:
    """The exact types that a value may have; None where one is not known. `operation`: what is done with it, for which
    some types of libraries are as good as none."""
    value = machine.state.resolve(value)
    if type(value) is not Sym or not value.options:
        kind = exact(machine, value)
        if kind is None and type(value) is Sym and (is_inert(value.kind, operation) or _is_context(value, operation)):
            kind = OBJECT
        if kind is None and type(value) is Sym:
            return of_several(machine, value)
        return [kind] if kind is not None else None
    found: list[str] = []
    for option in value.options:
        kinds = kinds_of(machine, option, operation)
        if kinds is None:
            return None
        found += kinds
    return found


def _is_context(value: Sym, operation: str) -> bool:
    """Whether it is the runtime's context, which has no operators. Of its items a rule of its own speaks."""
    return value.role == "context" and value.parent is None and not operation.endswith("item")


def of_several(machine: Machine, value: Sym) -> list[str] | None:
    """The types of a part of the event that has one of a few, of which the path has asked for none."""
    fact = machine.state.fact(value)
    if not value.of_event or value.event is None or value.kind or fact.kind or fact.not_kinds:
        return None
    kind = machine.kind_of_event(value.event)
    return kind.split("|") if kind is not None and "|" in kind else None


def refuses(machine: Machine, operation: str, *values: Value) -> bool:
    """Whether an operation on these values is surely a TypeError."""
    kinds: list[list[str]] = []
    for value in values:
        found = kinds_of(machine, value, operation)
        if found is None:
            return False
        kinds.append(found)
    return all(refused(operation, *chosen) for chosen in product(*kinds))


def refuses_to_write(machine: Machine, pattern: Value, value: Value) -> bool:
    """Whether `pattern % value` is surely a TypeError, of a pattern that is known."""
    value = machine.state.resolve(value)
    if type(pattern) is not Const or not isinstance(pattern.value, (str, bytes)) or len(pattern.value) > _LONGEST:
        return False
    if type(value) is Tuple and (value.rest is not None or value.cls is not None or len(value.items) > _MOST):
        return False
    found = [kinds_of(machine, part) for part in (value.items if type(value) is Tuple else (value,))]
    makers = [[make for kind in kinds for make in MAKERS.get(kind, ())] for kinds in found if kinds is not None]
    if len(makers) < len(found) or not all(makers):
        return False
    return all(
        fails(operator.mod, (pattern.value, tuple(make() for make in made) if type(value) is Tuple else made[0]()))
        for made in product(*makers)
    )


_LONGEST, _MOST = 1_000, 4


def are_mixed(machine: Machine, left: Value, right: Value) -> bool:
    """Whether one is a datetime with a time zone, and the other one without."""
    return {exact(machine, left), exact(machine, right)} == {NAIVE, AWARE}


def told(machine: Machine, value: Value) -> str:
    """What a value is, as a person is told: with a datetime's time zone, where that is known."""
    value = machine.state.resolve(value)
    if type(value) is Sym and value.options:
        return " or ".join(dict.fromkeys(told(machine, option) for option in value.options))
    if type(value) is Sym and value.kind is None and of_several(machine, value):
        return "a `str`"
    zone = {NAIVE: " without a time zone", AWARE: " with a time zone"}.get(exact(machine, value) or "", "")
    return f"{said(machine, value)}{zone}"


def unordered(machine: Machine, *values: Value) -> str | None:
    """Why two values are not put in order, where they surely are not."""
    if not (refuses(machine, "lt", *values) and refuses(machine, "gt", *values)):
        return None
    return f"{told(machine, values[0])} and {told(machine, values[1])} have no order"
