"""Classes that are records: dataclasses, enum's fields, namedtuples, namespaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambdalint.interpreter import conditions
from lambdalint.interpreter.calls import call
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.fields import (
    ATTRS_FIELDS,
    FACTORIES,
    FIELD_MADE,
    OWN_METHODS,
    Field,
    attrs_fields,
    fields_of,
    is_attrs_field,
    make_dataclass,
    make_namedtuple,
)
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, Item, ListObject
from lambdalint.interpreter.iteration import elements
from lambdalint.interpreter.kinds import kind_of, real_class
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need, text_argument
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.values import NONE, Const, Outside, Partial, Ref, Sym, Tuple, Value, boolean

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("dataclasses.dataclass")
def dataclass(machine: Machine, site: CallSite) -> Value:
    if site.arguments:
        cls = machine.state.resolve(site.arguments[0])
        if type(cls) is Ref and isinstance(machine.object(cls), ClassObject):
            make_dataclass(machine, cls, site.keywords)
            _slot(machine, cls, site, False)
            return cls
        return machine.unknown(site.place)
    return Partial(Outside("dataclasses.dataclass"), (), site.keywords, site.place)


#: What makes a class one of attrs, and what each takes for its fields where it is not told: all that is annotated, what
#: `field()` makes, or None for the first where that holds the second.
_ATTRS: dict[str, bool | None] = {
    **dict.fromkeys(("attrs.define", "attr.define", "attrs.mutable", "attr.mutable", "attrs.frozen", "attr.frozen")),
    "attr.dataclass": True,
    **dict.fromkeys(("attr.s", "attr.attrs"), False),
}
#: Options that change nothing of what the fields of an instance hold.
_ATTRS_OPTIONS = frozenset({
    "frozen", "slots", "kw_only", "auto_attribs", "eq", "order", "repr", "hash", "unsafe_hash", "str", "cmp",
    "weakref_slot", "cache_hash", "collect_by_mro", "auto_detect",
})  # fmt: skip
_FIELD_OPTIONS = frozenset({
    "default", "factory", "converter", "validator", "init", "kw_only", "alias", "repr", "eq", "order", "hash",
    "metadata", "type", "cmp",
})  # fmt: skip


_MADE_BY_METHODS = {f"{name}()" for name in OWN_METHODS}


@models(*_ATTRS)
def attrs_class(machine: Machine, site: CallSite) -> Value:
    """A class of attrs: a dataclass with converters, validators and a hook of another name.
    https://www.attrs.org/en/stable/api.html"""
    if not site.arguments:
        return Partial(Outside(site.name), (), site.keywords, site.place)
    cls = machine.state.resolve(site.arguments[0])
    thing = machine.object(cls) if type(cls) is Ref else None
    if not isinstance(thing, ClassObject) or not _is_plain(machine, site, thing):
        leak(machine, cls)
        return machine.unknown(site.place)
    assert type(cls) is Ref
    annotated = machine.state.resolve(site.keywords.get("auto_attribs", NONE))
    told = bool(annotated.value) if type(annotated) is Const and annotated.value is not None else _ATTRS[site.name]
    node = thing.place.node if thing.place is not None else None
    fields = attrs_fields(machine, node, thing.attributes, told) if isinstance(node, cst.ClassDef) else ()
    kept = ("frozen", "kw_only", "eq", "unsafe_hash", "order", "cmp")
    options = {key: value for key, value in site.keywords.items() if key in kept}
    if site.name.endswith("frozen"):
        options["frozen"] = boolean(True)
    writable = machine.state.write(cls.id)
    assert isinstance(writable, ClassObject)
    writable.maker = "attr.s" if _ATTRS[site.name] is False else "attrs"
    make_dataclass(machine, cls, options, fields)
    _slot(machine, cls, site, _ATTRS[site.name] is None)
    return cls


def _slot(machine: Machine, cls: Ref, site: CallSite, default: bool) -> None:
    """Whether the decorator gives instances room for the fields alone."""
    asked = machine.state.resolve(site.keywords.get("slots", boolean(default)))
    writable = machine.state.write(cls.id)
    if isinstance(writable, ClassObject):
        writable.slotted = not site.open and type(asked) is Const and asked.value is True


def _is_plain(machine: Machine, site: CallSite, thing: ClassObject) -> bool:
    """Whether all that makes a class of attrs is followed: its options, and those of its fields."""
    if not _ATTRS_OPTIONS.issuperset(site.keywords) or {"__attrs_pre_init__", "__attrs_init__"} & set(thing.attributes):
        return False
    if _ATTRS[site.name] is False and "__init__" in thing.attributes:
        return False
    for value in thing.attributes.values():
        if type(value) is Sym:
            return False
        if type(value) is Partial and is_attrs_field(value):
            if len(value.arguments) > 1 or not _FIELD_OPTIONS.issuperset(value.keywords.keys() - _MADE_BY_METHODS):
                return False
    return True


@models(*ATTRS_FIELDS, *FACTORIES)
def attrs_field(machine: Machine, site: CallSite) -> Value:
    if site.open or (site.name in FACTORIES and (len(site.arguments) != 1 or site.keywords)):
        return machine.unknown(site.place)
    return Partial(Outside(site.name), tuple(site.arguments), site.keywords, site.place)


@models(*(f"{FIELD_MADE}.{name}" for name in OWN_METHODS))
def attrs_own_method(machine: Machine, site: CallSite) -> Value:
    """`@field.default` and `@field.validator` over a method of the class that has the field."""
    function = site.arguments[0] if site.arguments else NONE
    names = machine.state.write(site.frame.scope).names
    for name, value in names.items():
        if type(value) is Partial and value is site.receiver:
            which = f"{site.name.rpartition('.')[2]}()"
            names[name] = Partial(value.function, value.arguments, {**value.keywords, which: function}, value.place)
    return function


@models("dataclasses.field", "enum.auto")
def field(machine: Machine, site: CallSite) -> Value:
    return Partial(Outside(site.name), tuple(site.arguments), site.keywords, site.place)


#: What `attrs.asdict` is given to ask of each field, and of its value.
_SEEN_BY_ATTRS = {"filter", "value_serializer"}


@models("dataclasses.asdict", "dataclasses.astuple", "attrs.asdict", "attr.asdict")
def asdict(machine: Machine, site: CallSite) -> Value:
    if len(site.arguments) != 1 or not _SEEN_BY_ATTRS.issuperset(site.keywords):
        return machine.unknown(site.place)
    value = machine.state.resolve(site.arguments[0])
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    return _converted(machine, value, site, 0)


#: What `attr.asdict` makes lists of; `attrs.asdict` leaves them as they are.
_LISTED = frozenset({"set", "frozenset", "tuple"})


def _converted(machine: Machine, value: Value, site: CallSite, depth: int) -> Value:
    """A value with each dataclass in it (of attrs: its own classes) turned into a dict, or a tuple for astuple."""
    value = machine.state.resolve(value)
    if depth > 10:
        return machine.unknown(site.place)
    if type(value) is Sym and site.name == "attr.asdict" and kind_of(machine, value) in _LISTED:
        return make(machine, "list", site.place)
    if type(value) is Tuple:
        items = tuple(_converted(machine, item, site, depth + 1) for item in value.items)
        rest = _converted(machine, value.rest, site, depth + 1) if value.rest is not None else None
        if site.name == "attr.asdict":
            return machine.new(ListObject(list(items), value.place, "list", rest))
        return Tuple(items, value.place, cls=value.cls, fields=value.fields, rest=rest)
    if type(value) is Sym and value.options:
        options = tuple(_converted(machine, option, site, depth + 1) for option in value.options)
        return machine.unknown(value.place, options=options)
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
        copied.others = tuple((k, _converted(machine, v, site, depth + 1), sure) for k, v, sure in thing.others)
        copied.rest = _converted(machine, thing.rest, site, depth + 1) if thing.rest is not None else None
        return machine.new(copied)
    if isinstance(thing, ListObject) and not thing.leaked:
        listed = thing.copy()
        listed.items = [_converted(machine, item, site, depth + 1) for item in thing.items]
        listed.rest = _converted(machine, thing.rest, site, depth + 1) if thing.rest is not None else None
        if site.name == "attr.asdict" and listed.type in _LISTED:
            listed.type = "list"
        return machine.new(listed)
    return machine.unknown(site.place)


def _converted_instance(machine: Machine, value: Ref, thing: InstanceObject, site: CallSite, depth: int) -> Value:
    cls = machine.state.get(thing.cls)
    attrs = site.name.startswith(("attr.", "attrs."))
    if not isinstance(cls, ClassObject) or cls.kind not in ("dataclass", "frozen") or attrs is not bool(cls.maker):
        if depth == 0:
            machine.may_raise(("TypeError",))
            return machine.unknown(site.place)
        return value
    found: dict[str, Value] = {}
    for entry in cls.fields:
        if entry.passed:
            continue
        held = None if thing.leaked else thing.attributes.get(entry.name)
        held = held or machine.unknown(site.place)
        field = _attrs_field(machine, entry.name, site.place)
        if "filter" in site.keywords:
            kept = call(machine, site.keywords["filter"], [field, held], {}, site.node, site.frame)
            if not conditions.truth(machine, kept, site.node, site.frame):
                continue
        if "value_serializer" in site.keywords:
            given = [value, field, held]
            held = call(machine, site.keywords["value_serializer"], given, {}, site.node, site.frame)
        found[entry.name] = _converted(machine, held, site, depth + 1)
    if site.name.endswith("astuple"):
        return Tuple(tuple(found.values()), site.place)
    made = DictObject(site.place)
    named = {entry.name: entry.place for entry in cls.fields}
    made.items = {name: Item(part, site.place, named=named[name]) for name, part in found.items()}
    return machine.new(made)


def _attrs_field(machine: Machine, name: str, place: Place) -> Value:
    """What stands for a field of an attrs class, of which no more is known than its name.
    https://www.attrs.org/en/stable/api.html#attrs.Attribute"""
    made = _namespace(machine, "attrs.Attribute", {"name": Const(name, place)}, place)
    made.open = True
    return machine.new(made)


@models("dataclasses.fields", "dataclasses.is_dataclass")
def about_dataclasses(machine: Machine, site: CallSite) -> Value:
    if site.name.endswith("is_dataclass"):
        need(machine, site, 1, 1)
        value = machine.state.resolve(site.arguments[0])
        answer = _is_dataclass(machine, value)
        return boolean(answer) if answer is not None else conditions.tested(machine, value, site.place)
    return _fields(machine, site) or Tuple((), site.place, rest=machine.unknown(site.place))


def _is_dataclass(machine: Machine, value: Value) -> bool | None:
    """Whether a value is an object of a dataclass, or such a class."""
    if type(value) is Ref:
        thing = machine.object(value)
        cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) else thing
        if not isinstance(cls, ClassObject):
            return False if isinstance(cls, (DictObject, ListObject)) else None
        classes = [machine.state.get(entry) for entry in cls.order if isinstance(entry, int)]
        if any(
            isinstance(one, ClassObject) and one.kind in ("dataclass", "frozen") and not one.maker for one in classes
        ):
            return True
        return None if cls.unseen or cls.leaked or cls.kind in ("dataclass", "frozen") else False
    if type(value) is Sym and value.kind is None:
        return False if value.json or value.role == "event" else None
    kind = kind_of(machine, value)
    real = real_class(kind) if kind is not None else None
    if real is not None or type(value) is Tuple:
        return hasattr(real, "__dataclass_fields__")
    return None


def _fields(machine: Machine, site: CallSite) -> Value | None:
    """The fields of a dataclass or an object of one, each an object with its name; None where they are not known."""
    value = machine.state.resolve(site.arguments[0]) if site.arguments else NONE
    thing = machine.object(value) if type(value) is Ref else None
    cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) else thing
    if not isinstance(cls, ClassObject) or cls.kind not in ("dataclass", "frozen") or cls.maker or site.open:
        machine.may_raise(("TypeError",))
        return None
    described = ClassObject("Field", site.place)
    described.unseen = True
    ref = machine.new(described)
    described.order = (ref.id,)
    found: list[Value] = []
    for entry in cls.fields:
        if not entry.passed:
            made = InstanceObject(ref.id, site.place)
            told = {"name": entry.name, "init": entry.init, "repr": entry.shown}
            made.open, made.attributes = True, {name: Const(value, site.place) for name, value in told.items()}
            found.append(machine.new(made))
    return Tuple(tuple(found), site.place)


@models("dataclasses.replace")
def replace(machine: Machine, site: CallSite) -> Value:
    """The class is called with the fields of the old one, but for those that are given."""
    value = machine.state.resolve(site.arguments[0]) if site.arguments else NONE
    thing = machine.object(value) if type(value) is Ref else None
    cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) else None
    if isinstance(thing, InstanceObject) and isinstance(cls, ClassObject) and not (thing.leaked or site.open):
        taken = [field for field in fields_of(machine, cls) if field.init]
        held = {**thing.attributes, **site.keywords}
        if cls.kind in ("dataclass", "frozen") and all(field.name in held and not field.given for field in taken):
            given = {field.name: held[field.name] for field in taken if not field.passed} | site.keywords
            return call(machine, Ref(thing.cls), [], given, site.node, site.frame)
    for given_value in site.values():
        leak(machine, given_value)
    machine.may_raise(None)
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
    """An object of an empty class with the attributes that it is given."""
    if site.open or site.arguments:
        return machine.unknown(site.place, site.name)
    return machine.new(_namespace(machine, site.name, dict(site.keywords), site.place))


def _namespace(machine: Machine, name: str, attributes: dict[str, Value], place: Place) -> InstanceObject:
    """An object of a class of that name, with no more than these attributes."""
    cls = ClassObject(name.rpartition(".")[2], place)
    cls.kind = "namespace"
    ref = machine.new(cls)
    written = machine.state.write(ref.id)
    assert isinstance(written, ClassObject)
    written.order = (ref.id, name)
    made = InstanceObject(ref.id, place)
    made.attributes = attributes
    return made
