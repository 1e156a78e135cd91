"""Classes and what they are made with: `isinstance`, `type`, `super`, `object.__init__`, `property`..."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import conditions
from lambdalint.interpreter.exact_types import type_of_unknown
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, ListObject
from lambdalint.interpreter.instances import allocate, builtin_init
from lambdalint.interpreter.kinds import is_subclass, kind_of
from lambdalint.interpreter.library.contents import fill_dict
from lambdalint.interpreter.library.instances import isinstance_condition
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.library.sql.dialects import JSON
from lambdalint.interpreter.spreading import extend_list
from lambdalint.interpreter.values import (
    FALSE,
    NONE,
    TRUE,
    Bound,
    Const,
    Descriptor,
    Function,
    Outside,
    Partial,
    Ref,
    Super,
    Sym,
    Tuple,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("isinstance")
def isinstance_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 2, 2)
    if kind_of(machine, site.arguments[1]) not in ("type", None):
        machine.may_raise(("TypeError",))
    return isinstance_condition(machine, site.arguments[0], site.arguments[1], site.place)


@models("abc.ABCMeta.register")
def register(machine: Machine, site: CallSite) -> Value:
    """`Base.register(Class)`: instances of the one count for instances of the other."""
    need(machine, site, 1, 1)
    cls = machine.state.resolve(site.receiver) if site.receiver is not None else None
    if type(cls) is Ref and isinstance(machine.object(cls), ClassObject):
        written = machine.state.write(cls.id)
        assert isinstance(written, ClassObject)
        written.registers = True
    return site.arguments[0]


@models("issubclass")
def issubclass_of(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(("TypeError",))
    given = [machine.state.resolve(value) for value in site.arguments]
    if len(given) == 2 and type(given[0]) is Outside and type(given[1]) is Outside:
        answer = is_subclass(given[0].name, given[1].name)
        if answer is not None:
            return boolean(answer)
    return conditions.tested(machine, given[0] if given else NONE, site.place)


@models("inspect.isgenerator", "inspect.isfunction", "inspect.isclass", "inspect.ismodule", "inspect.isroutine",
        "inspect.ismethod", "inspect.isbuiltin")  # fmt: skip
def inspected(machine: Machine, site: CallSite) -> Value:
    return conditions.tested(machine, site.arguments[0] if site.arguments else NONE, site.place)


@models("callable")
def callable_of(machine: Machine, site: CallSite) -> Value:
    value = machine.state.resolve(site.arguments[0]) if len(site.arguments) == 1 else None
    if isinstance(value, (Function, Bound, Partial)) or kind_of(machine, value or NONE) == "type":
        return TRUE
    if type(value) in (Const, Tuple):
        return FALSE
    thing = machine.object(value) if type(value) is Ref else None
    if isinstance(thing, (DictObject, ListObject)) and thing.type in ("dict", "list", "set", "frozenset"):
        return FALSE
    return machine.unknown(site.place, "bool")


#: What stands for values of several types: an attribute of DynamoDB, a document of PostgreSQL.
_OF_SEVERAL = ("boto3.dynamodb.attribute", JSON)


@models("type")
def type_of(machine: Machine, site: CallSite) -> Value:
    if len(site.arguments) != 1:
        return machine.unknown(site.place)
    value = machine.state.resolve(site.arguments[0])
    machine.recorder.event_whole(machine, value, site.place, how="type")
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, InstanceObject):
            return Ref(thing.cls, site.place)
    kind = kind_of(machine, value)
    if kind in _OF_SEVERAL:
        return machine.unknown(site.place, "type")
    if kind is not None and (type(value) is not Sym or value.kind is not None):
        return Outside(kind, site.place) if kind != "NoneType" else Outside("types.NoneType", site.place)
    if type(value) is Sym:
        return type_of_unknown(machine, value, site.place)
    return machine.unknown(site.place, "type")


@models("super")
def super_of(machine: Machine, site: CallSite) -> Value:
    if len(site.arguments) == 2:
        cls = machine.state.resolve(site.arguments[0])
        if type(cls) is Ref and isinstance(machine.object(cls), ClassObject):
            return Super(cls.id, site.arguments[1], site.place)
    return machine.unknown(site.place)


@models("object.__init__", "dict.__init__", "list.__init__", "Exception.__init__", "BaseException.__init__",
        "set.__init__", "collections.UserDict.__init__", "collections.OrderedDict.__init__",
        "ValueError.__init__", "RuntimeError.__init__", "KeyError.__init__", "TypeError.__init__")  # fmt: skip
def base_init(machine: Machine, site: CallSite) -> Value:
    receiver = site.receiver
    if receiver is None and site.arguments:
        receiver = site.arguments.pop(0)
    receiver = machine.state.resolve(receiver) if receiver is not None else None
    if type(receiver) is Ref:
        thing = machine.object(receiver)
        if isinstance(thing, InstanceObject):
            builtin_init(machine, receiver, site.arguments, site.keywords, site.node, site.frame)
        elif isinstance(thing, DictObject):
            fill_dict(machine, receiver, site, site.arguments)
        elif isinstance(thing, ListObject) and site.arguments:
            extend_list(machine, receiver, site.arguments[0], site.node, site.frame)
    return NONE


@models("object.__new__")
def object_new(machine: Machine, site: CallSite) -> Value:
    given = site.receiver if site.receiver is not None else None
    values = [*([given] if given is not None else []), *site.arguments]
    for value in values:
        value = machine.state.resolve(value)
        if type(value) is Ref:
            thing = machine.object(value)
            if isinstance(thing, ClassObject):
                return machine.new(allocate(machine, value.id, thing, site.node, site.frame))
    return machine.unknown(site.place)


@models("property", "staticmethod", "classmethod", "functools.cached_property")
def descriptor(machine: Machine, site: CallSite) -> Value:
    kind = {"property": "property", "staticmethod": "static", "classmethod": "class"}.get(site.name, "cached")
    if not site.arguments:
        return machine.unknown(site.place)
    setter = site.arguments[1] if len(site.arguments) > 1 else None
    return Descriptor(kind, machine.state.resolve(site.arguments[0]), setter, site.place)


@models("property.setter", "property.deleter", "property.getter")
def property_part(machine: Machine, site: CallSite) -> Value:
    old = site.receiver
    if not isinstance(old, Descriptor) or not site.arguments:
        return machine.unknown(site.place)
    function = machine.state.resolve(site.arguments[0])
    if site.name.endswith("setter"):
        return Descriptor("property", old.function, function, site.place)
    if site.name.endswith("getter"):
        return Descriptor("property", function, old.setter, site.place)
    return old
