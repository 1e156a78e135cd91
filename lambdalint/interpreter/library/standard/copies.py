"""copy.copy and copy.deepcopy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.heap import ArrayObject, ClassObject, DictObject, InstanceObject, ListObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.values import Bound, Const, Function, Outside, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("copy.copy", "copy.deepcopy")
def copy(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1)
    return _copy(machine, site.arguments[0], site.name == "copy.deepcopy", {}, site)


def _copy(machine: Machine, value: Value, deep: bool, done: dict[int, Ref], site: CallSite) -> Value:
    value = machine.state.resolve(value)
    if type(value) is Tuple and deep:
        items = tuple(_copy(machine, item, deep, done, site) for item in value.items)
        return Tuple(items, value.place, cls=value.cls, fields=value.fields, rest=value.rest)
    if type(value) is Sym and (value.json or value.role == "event") and value.kind is None:
        if kind_of(machine, value) not in ("str", "float", "bool"):
            return machine.unknown(site.place, kind_of(machine, value), json=True)
        return value
    if type(value) is not Ref:
        return (
            value
            if isinstance(value, (Const, Outside, Function, Bound))
            else machine.unknown(site.place, kind_of(machine, value))
        )
    if value.id in done:
        return done[value.id]
    thing = machine.object(value)
    if not isinstance(thing, (ArrayObject, DictObject, ListObject, InstanceObject)):
        return value if isinstance(thing, ClassObject) else machine.unknown(site.place)
    made: Any = thing.copy()
    ref = machine.new(made)
    done[value.id] = ref
    if isinstance(made, InstanceObject):
        cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) else None
        if isinstance(cls, ClassObject) and (cls.kind == "enum" or cls.unseen):
            return value if cls.kind == "enum" else machine.unknown(site.place)
    if deep:
        _deepen(machine, made, done, site)
    return ref


def _deepen(machine: Machine, made: Any, done: dict[int, Ref], site: CallSite) -> None:
    if isinstance(made, DictObject):
        made.items = {k: i._replace(value=_copy(machine, i.value, True, done, site)) for k, i in made.items.items()}
        made.others = tuple((k, _copy(machine, v, True, done, site), sure) for k, v, sure in made.others)
    elif isinstance(made, ListObject):
        made.items = [_copy(machine, item, True, done, site) for item in made.items]
        made.rest = _copy(machine, made.rest, True, done, site) if made.rest is not None else None
    elif isinstance(made, InstanceObject):
        made.attributes = {k: _copy(machine, v, True, done, site) for k, v in made.attributes.items()}
        if made.payload is not None:
            made.payload = _copy(machine, made.payload, True, done, site)
