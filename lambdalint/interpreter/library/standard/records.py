"""Classes that are records: dataclasses, enum's fields, namedtuples, namespaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import conditions
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.fields import Field, fields_of, make_dataclass, make_namedtuple
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, Item, ListObject
from lambdalint.interpreter.iteration import elements
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need, text_argument
from lambdalint.interpreter.values import NONE, Const, Outside, Partial, Ref, Sym, Tuple, Value, boolean

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("dataclasses.dataclass")
def dataclass(machine: Machine, site: CallSite) -> Value:
    if site.arguments:
        cls = machine.state.resolve(site.arguments[0])
        if type(cls) is Ref and isinstance(machine.object(cls), ClassObject):
            make_dataclass(machine, cls, site.keywords)
            return cls
        return machine.unknown(site.place)
    return Partial(Outside("dataclasses.dataclass"), (), site.keywords, site.place)


@models("attrs.define", "attr.define", "attrs.mutable", "attr.mutable", "attrs.frozen", "attr.frozen", "attr.dataclass")
def attrs_class(machine: Machine, site: CallSite) -> Value:
    """A class of attrs is as good as a dataclass where none of its fields has settings of its own.
    https://www.attrs.org/en/stable/api.html"""
    if not site.arguments:
        return Partial(Outside(site.name), (), site.keywords, site.place)
    cls = machine.state.resolve(site.arguments[0])
    thing = machine.object(cls) if type(cls) is Ref else None
    plain = {"frozen", "slots", "kw_only"}.issuperset(site.keywords)
    if isinstance(thing, ClassObject) and plain and not any(type(v) is Sym for v in thing.attributes.values()):
        assert type(cls) is Ref
        frozen: dict[str, Value] = {"frozen": boolean(True)} if site.name.endswith("frozen") else {}
        make_dataclass(machine, cls, {**frozen, **{k: v for k, v in site.keywords.items() if k != "slots"}})
        return cls
    leak(machine, cls)
    return machine.unknown(site.place)


@models("dataclasses.field", "enum.auto")
def field(machine: Machine, site: CallSite) -> Value:
    return Partial(Outside(site.name), tuple(site.arguments), site.keywords, site.place)


@models("dataclasses.asdict", "dataclasses.astuple", "attrs.asdict", "attr.asdict")
def asdict(machine: Machine, site: CallSite) -> Value:
    options = {"dict_factory", "filter", "value_serializer", "recurse", "retain_collection_types"}
    if len(site.arguments) != 1 or options & set(site.keywords):
        return machine.unknown(site.place)
    return _converted(machine, site.arguments[0], site, 0)


def _converted(machine: Machine, value: Value, site: CallSite, depth: int) -> Value:
    """A value with each dataclass in it turned into a dict, or a tuple for astuple."""
    value = machine.state.resolve(value)
    if depth > 10:
        return machine.unknown(site.place)
    if type(value) is Tuple:
        items = tuple(_converted(machine, item, site, depth + 1) for item in value.items)
        return Tuple(items, value.place, cls=value.cls, fields=value.fields, rest=value.rest)
    if type(value) is not Ref:
        return value
    thing = machine.object(value)
    if isinstance(thing, InstanceObject):
        return _converted_instance(machine, value, thing, site, depth)
    if isinstance(thing, DictObject) and not thing.leaked:
        copied = thing.copy()
        copied.items = {
            k: i._replace(value=_converted(machine, i.value, site, depth + 1)) for k, i in thing.items.items()
        }
        return machine.new(copied)
    if isinstance(thing, ListObject) and not thing.leaked:
        listed = thing.copy()
        listed.items = [_converted(machine, item, site, depth + 1) for item in thing.items]
        listed.rest = _converted(machine, thing.rest, site, depth + 1) if thing.rest is not None else None
        return machine.new(listed)
    return machine.unknown(site.place)


def _converted_instance(machine: Machine, value: Ref, thing: InstanceObject, site: CallSite, depth: int) -> Value:
    cls = machine.state.get(thing.cls)
    if not isinstance(cls, ClassObject) or cls.kind not in ("dataclass", "frozen"):
        if depth == 0:
            machine.may_raise(("TypeError",))
            return machine.unknown(site.place)
        return value
    found: dict[str, Value] = {}
    for entry in cls.fields:
        held = None if thing.leaked else thing.attributes.get(entry.name)
        found[entry.name] = _converted(machine, held or machine.unknown(site.place), site, depth + 1)
    if site.name.endswith("astuple"):
        return Tuple(tuple(found.values()), site.place)
    made = DictObject(site.place)
    made.items = {name: Item(part, part.place) for name, part in found.items()}
    return machine.new(made)


@models("dataclasses.fields", "dataclasses.is_dataclass")
def about_dataclasses(machine: Machine, site: CallSite) -> Value:
    if site.name.endswith("is_dataclass"):
        need(machine, site, 1, 1)
        value = machine.state.resolve(site.arguments[0])
        thing = machine.object(value) if type(value) is Ref else None
        cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) else thing
        if isinstance(cls, ClassObject) and cls.kind == "dataclass":
            return boolean(True)
        if type(value) is Const or isinstance(thing, (DictObject, ListObject)):
            return boolean(False)
        return conditions.tested(machine, value, site.place)
    machine.may_raise(("TypeError",))
    return Tuple((), site.place, rest=machine.unknown(site.place))


@models("dataclasses.replace")
def replace(machine: Machine, site: CallSite) -> Value:
    value = machine.state.resolve(site.arguments[0]) if site.arguments else NONE
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, InstanceObject) and not thing.leaked:
            made = thing.copy()
            made.place = site.place
            made.attributes.update(site.keywords)
            return machine.new(made)
    machine.may_raise(("TypeError",))
    return machine.unknown(site.place)


@models("collections.namedtuple")
def namedtuple(machine: Machine, site: CallSite) -> Value:
    name = text_argument(machine, site, 0, "typename")
    given = site.argument(1, "field_names")
    names: list[str] | None = None
    if given is not None:
        given = machine.state.resolve(given)
        if type(given) is Const and isinstance(given.value, str):
            names = given.value.replace(",", " ").split()
        elif not isinstance(given, Sym):
            found = elements(machine, given, site.node, site.frame)
            if found.rest is None and all(type(part) is Const for part in found.items):
                names = [str(part.value) for part in found.items if type(part) is Const]
    if name is None or names is None or set(site.keywords) - {"typename", "field_names", "defaults"}:
        return machine.unknown(site.place)
    defaults: list[Value] = []
    if "defaults" in site.keywords:
        defaults = list(elements(machine, site.keywords["defaults"], site.node, site.frame).items)
    made = ClassObject(name, site.place)
    first = len(names) - len(defaults)
    made.fields = tuple(Field(n, defaults[i - first] if i >= first else None) for i, n in enumerate(names))
    made.kind = "namedtuple"
    ref = machine.new(made)
    made.order = (ref.id, "tuple")
    return ref


@models("namedtuple._make")
def namedtuple_make(machine: Machine, site: CallSite) -> Value:
    """An instance of the class, of the elements of one iterable."""
    need(machine, site, 1, 1)
    cls = site.receiver
    assert type(cls) is Ref
    thing = machine.object(cls)
    assert isinstance(thing, ClassObject)
    found = elements(machine, site.arguments[0], site.node, site.frame)
    many = found.rest is not None
    if many:
        machine.may_raise(("TypeError",))
    given = [] if many else list(found.items)
    return make_namedtuple(machine, cls, fields_of(machine, thing), given, {}, site.node, site.frame, many)


@models("namedtuple._asdict")
def namedtuple_asdict(machine: Machine, site: CallSite) -> Value:
    value = site.receiver
    assert isinstance(value, Tuple)
    made = DictObject(site.place)
    made.items = {name: Item(item, item.place) for name, item in zip(value.fields, value.items)}
    return machine.new(made)


@models("namedtuple._replace")
def namedtuple_replace(machine: Machine, site: CallSite) -> Value:
    value = site.receiver
    assert isinstance(value, Tuple)
    if set(site.keywords) - set(value.fields):
        raise machine.raise_builtin("ValueError", site.node, site.frame)
    items = tuple(site.keywords.get(name, item) for name, item in zip(value.fields, value.items))
    return Tuple(items, site.place, cls=value.cls, fields=value.fields)


@models("types.SimpleNamespace", "argparse.Namespace")
def simple_namespace(machine: Machine, site: CallSite) -> Value:
    return machine.unknown(site.place, site.name)
