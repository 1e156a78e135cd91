"""What an instance holds that code which is not seen has made, or had in its hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.finding import Place
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, ListObject
from lambdalint.interpreter.model_fields import field_of
from lambdalint.interpreter.values import Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine


def held(machine: Machine, value: Ref, thing: InstanceObject, found: Value | None, name: str, place: Place) -> Value:
    """An attribute that the instance itself has not shown: whatever its class has under the name (`found`) may not be
    it, unless it is a class; of a model of pydantic it is of the type that the field says."""
    if type(found) is Ref and isinstance(machine.object(found), ClassObject) and not thing.leaked:
        machine.state.write(found.id).leaked = True  # a metaclass that is not seen may have put more into it
        return found
    if type(found) is Ref and isinstance(machine.object(found), (ListObject, DictObject)):
        leak(machine, found)  # it may be that, and be changed
    if thing.leaked:
        return machine.unknown(place)
    cls = machine.state.get(thing.cls)
    assert isinstance(cls, ClassObject)
    field = field_of(machine, value, cls, name, place)
    if field is not None:
        return field
    same = machine.measured(value, f"attribute {name}", None, place)
    if thing.fetched and type(found) is Sym and found.given is not None:
        from lambdalint.interpreter.library import fetched_value, related

        others = related(machine, value, name, found, place)
        if others is not None:
            return others
        if thing.many:
            same = Sym(machine.state.fresh(), None, place)
        return fetched_value(machine, same, value, name, found, place)
    return same
