"""Attributes by name: `getattr`, `hasattr`, `setattr`, `vars`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import attribute_stores, attributes, conditions, escape
from lambdalint.interpreter.certain import exact
from lambdalint.interpreter.heap import ClassObject, InstanceObject
from lambdalint.interpreter.kinds import kind_of, real_class, said
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.paths import Dead, Raised
from lambdalint.interpreter.plain import SAMPLES
from lambdalint.interpreter.samples import MAKERS
from lambdalint.interpreter.values import NONE, Const, Descriptor, Function, Ref, Sym, Value, boolean

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("getattr")
def getattr_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 2, 3)
    name = chosen_name(machine, site.arguments[1], site.arguments[0])
    if type(name) is not Const or not isinstance(name.value, str):
        machine.may_raise(None)
        escape.leak(machine, site.arguments[0])
        return machine.unknown(site.place)
    if len(site.arguments) == 2:
        return attributes.get_attribute(machine, site.arguments[0], name.value, site.node, site.frame)
    return _getattr_default(machine, site, name.value)


#: Among how many methods a name that is made while it runs may choose for each to be followed.
_FEW = 8


#: What a client asks for, as the methods are named that answer it.
_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})


def _is_verb(machine: Machine, name: Sym) -> bool:
    """Whether it is the method of an HTTP request, in whatever case."""
    path = machine.recorder.event_symbols.get(name.id, ())
    made = machine.recorder.methods.get(name.id)
    return path[-1:] in (("httpMethod",), ("method",)) and made in (None, "lower", "upper", "casefold")


def chosen_name(machine: Machine, name: Value, owner: Value) -> Value:
    """A name that is not a constant, as one that it may be: of its options, or of an object's methods that begin as it
    does - `getattr(self, f"on_{kind}")`. The name itself where it is taken for another."""
    name, owner = machine.state.resolve(name), machine.state.resolve(owner)
    if type(name) is not Sym or name.options:
        return _one_of_few(machine, name)
    thing = machine.object(owner) if type(owner) is Ref else None
    verbs = _VERBS if _is_verb(machine, name) else None
    if not isinstance(thing, InstanceObject) or not (name.prefix or verbs):
        return name  # else any method may be named, and be meant for something else
    classes = [machine.state.get(entry) for entry in machine.state.get(thing.cls).order if isinstance(entry, int)]  # type: ignore[attr-defined]
    wanted = list(dict.fromkeys(
        method
        for cls in classes
        if isinstance(cls, ClassObject)
        for method, value in cls.attributes.items()
        if type(value) is Function and (method.lower() in verbs if verbs else method.startswith(name.prefix or ""))
    ))  # fmt: skip
    if not 0 < len(wanted) <= _FEW:
        return name
    chosen = machine.choose(len(wanted) + 1)
    if chosen == len(wanted):
        return name
    found = Const(wanted[chosen], name.place)
    if any(type(other) is str and other == found.value for other in machine.state.fact(name).differs):
        raise Dead
    machine.state.learn(name, value=found, truthy=True)
    return found


def _one_of_few(machine: Machine, name: Value) -> Value:
    """A name that may be one of a few texts, as one of these."""
    few = type(name) is Sym and bool(name.options) and all(type(one) is Const for one in name.options)
    return choose_option(machine, name) if few and type(name) is Sym else name


def _getattr_default(machine: Machine, site: CallSite, name: str) -> Value:
    raising, machine.raising = machine.raising, []
    machine.guards += 1
    try:
        found = attributes.get_attribute(machine, site.arguments[0], name, site.node, site.frame)
        unsure = bool(machine.raising)
    except Raised:
        return site.arguments[2]
    finally:
        machine.guards -= 1
        machine.raising = raising
    if unsure:
        return found if machine.choose(2) == 0 else site.arguments[2]
    return found


_JSON_TYPES = (dict, list, str, int, float, bool, type(None))


def _is_of_no_json(machine: Machine, value: Sym, name: str) -> bool:
    """Whether a value is what JSON was parsed to, and no type of JSON's has such an attribute."""
    parsed = value.json or (value.role == "event" and value.event is not None)
    if not parsed or (value.event is not None and machine.state.times_shown(value.event)):
        return False
    return not any(hasattr(cls, name) for cls in _JSON_TYPES)


@models("hasattr")
def hasattr_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 2, 2)
    value, name = machine.state.resolve(site.arguments[0]), machine.state.resolve(site.arguments[1])
    name = _one_of_few(machine, name)
    if kind_of(machine, name) != "str":
        machine.may_raise(("TypeError",))
    if type(name) is Const and type(value) is Sym and value.role == "context":
        machine.recorder.context_read(machine, value, str(name.value), site.place, "has")
    if type(name) is Const and isinstance(name.value, str) and (kind := kind_of(machine, value)) is not None:
        cls = real_class(kind)
        if cls is not None and hasattr(cls, name.value):
            return boolean(True)
        if cls is not None and cls.__dictoffset__ == 0 and (type(value) is not Sym or value.kind is not None):
            return boolean(False)  # what has no `__dict__` gets no other attributes
    if type(value) is Sym and type(name) is Const and _is_of_no_json(machine, value, str(name.value)):
        return boolean(False)
    if type(value) is Ref and type(name) is Const and isinstance(name.value, str):
        thing = machine.object(value)
        if isinstance(thing, InstanceObject) and not thing.leaked:
            if name.value in thing.attributes or name.value == "__dict__":
                return boolean(True)
            owner = machine.state.get(thing.cls)
            if name.value in ("__dataclass_fields__", "__dataclass_params__") and isinstance(owner, ClassObject):
                if owner.kind in ("dataclass", "frozen"):
                    return boolean(True)
            found, unseen = lookup(machine, thing.cls, name.value)
            if found is not None:
                return boolean(True) if type(found) is not Descriptor else conditions.tested(machine, value, site.place)
            if not unseen and not thing.open and not hasattr(object, name.value) and thing.payload is None:
                getter, _ = lookup(machine, thing.cls, "__getattr__")
                if getter is None and not any(isinstance(e, str) for e in machine.state.get(thing.cls).order):  # type: ignore[attr-defined]
                    return boolean(False)
    return conditions.tested(machine, value, site.place)


@models("setattr")
def setattr_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 3, 3)
    target, name, value = site.arguments
    name = _one_of_few(machine, machine.state.resolve(name))
    if type(name) is Const and isinstance(name.value, str):
        attribute_stores.set_attribute(machine, target, name.value, value, site.node, site.frame)
    else:
        escape.leak(machine, target)
        escape.leak(machine, value)
    return NONE


@models("vars")
def vars_of(machine: Machine, site: CallSite) -> Value:
    if site.arguments:
        value = machine.state.resolve(site.arguments[0])
        thing = machine.object(value) if type(value) is Ref else None
        if isinstance(thing, InstanceObject):
            if attribute_stores.slots_of(machine, thing) is not None:
                why = f"{said(machine, value)} has slots, and no `__dict__`"
                raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)
            return attributes.get_attribute(machine, value, "__dict__", site.node, site.frame)
        sample = exact(machine, value)
        made = [make() for make in MAKERS[sample]] if sample is not None and sample not in SAMPLES else []
        if made and not any(hasattr(one, "__dict__") for one in made):
            why = f"{said(machine, value)} has no `__dict__`"
            raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)
    machine.may_raise(None)
    return machine.unknown(site.place)
