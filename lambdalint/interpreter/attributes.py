"""Attributes: reading them, through the method resolution order and descriptors."""

from __future__ import annotations

from enum import Enum
from types import CoroutineType
from typing import TYPE_CHECKING, Any

import libcst as cst

from lambdalint.finding import Place
from lambdalint.interpreter import lambda_context
from lambdalint.interpreter.attribute_stores import slots_of, store_attribute
from lambdalint.interpreter.calls import call, call_special
from lambdalint.interpreter.class_attributes import class_attribute, table
from lambdalint.interpreter.escape import leak, leak_properties
from lambdalint.interpreter.fields import FIELD_MADE, OWN_METHODS, is_attrs_field
from lambdalint.interpreter.heap import (
    ArrayObject,
    ClassObject,
    DictObject,
    InstanceObject,
    Item,
    IteratorObject,
    ListObject,
    ScopeObject,
)
from lambdalint.interpreter.held import held
from lambdalint.interpreter.kinds import exists_nowhere, kind_of, real_class, said
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.presence import unasked
from lambdalint.interpreter.schemas import METHODS, has_fields, is_model
from lambdalint.interpreter.values import (
    DISPATCHER,
    Bound,
    Const,
    Descriptor,
    Function,
    Method,
    Outside,
    Partial,
    Ref,
    Super,
    Sym,
    Tuple,
    Value,
    is_followed,
    root_of,
)
from lambdalint.interpreter.walk import children

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame


def get_attribute(machine: Machine, value: Value, name: str, node: Any, frame: Frame) -> Value:
    """`value.name`."""
    value = machine.state.resolve(value)
    if type(value) is Ref:
        return _object_attribute(machine, value, name, node, frame)
    if type(value) is Sym:
        if value.options:
            return get_attribute(machine, choose_option(machine, value), name, node, frame)
        return _symbol_attribute(machine, value, name, node, frame)
    if type(value) is Outside:
        from lambdalint.interpreter.library import lacks, outside_attribute

        if lacks(value.name, name) and value.name.partition(".")[0] not in machine.patched:
            why = f"the module `{value.name}` has no `{name}`"
            raise machine.raise_builtin("AttributeError", node, frame, why, value)
        machine.recorder.use(machine, f"{value.name}.{name}", machine.place(node, frame))
        return outside_attribute(machine, value, name, node, frame)
    if type(value) is Const:
        return _typed_attribute(machine, value, kind_of(machine, value) or "", name, node, frame)
    if type(value) is Tuple:
        if name in value.fields:
            return value.items[value.fields.index(name)]
        if value.cls is not None:
            return _namedtuple_attribute(machine, value, name, node, frame)
        return _typed_attribute(machine, value, "tuple", name, node, frame)
    if type(value) is Super:
        return _super_attribute(machine, value, name, node, frame)
    if type(value) is Function and name in ("__name__", "__qualname__"):
        return Const(value.name)
    if type(value) is Function and value.memo is not None:  # `cache_clear`
        leak(machine, Ref(value.memo))
    if type(value) is Partial and type(value.function) is Method and value.function.name == DISPATCHER:
        if name == "register":
            return Method(f"{DISPATCHER}.register", value.function, machine.place(node, frame))
    elif type(value) is Partial and name == "func":
        return value.function
    elif type(value) is Partial and name in OWN_METHODS and is_attrs_field(value):
        return Method(f"{FIELD_MADE}.{name}", value, machine.place(node, frame))
    if type(value) is Method and value.name == "awaitable()" and not hasattr(CoroutineType, name):
        why = f"a coroutine that is not awaited has no `{name}`"
        raise machine.raise_builtin("AttributeError", node, frame, why, value)
    if isinstance(value, (Bound, Method)) and name == "__self__":
        return value.receiver
    if type(value) is Descriptor and value.kind == "property" and name in ("setter", "getter", "deleter"):
        return Method(f"property.{name}", value, machine.place(node, frame))
    return machine.unknown(machine.place(node, frame))


_VALUES = frozenset({"str", "int", "float", "bool", "bytes"})


def _typed_attribute(machine: Machine, value: Value, kind: str, name: str, node: Any, frame: Frame) -> Value:
    """An attribute of a value whose exact type is known."""
    if name == "__class__" and real_class(kind) is not None and (type(value) is not Sym or value.kind is not None):
        return Outside(kind if kind != "NoneType" else "types.NoneType", machine.place(node, frame))
    from lambdalint.interpreter.library import is_lacked, known_attribute, lacks, of_known_class

    if is_lacked(kind, name) and _is_exact(value) and name not in machine.attributes_set:
        if kind.partition(".")[0] not in machine.patched:
            raise machine.raise_builtin("AttributeError", node, frame, f"{said(machine, value)} has no `{name}`", value)
    found = known_attribute(machine, value, kind, name, node, frame)
    if type(found) is Sym and type(value) is Sym and found.kind in _VALUES and not (found.options or found.parent):
        return machine.child(value, "attribute", name, found.kind, found.place)  # reading it again gives the same
    if found is not None:
        return found
    cls = real_class(kind)
    if cls is not None and not _has_instance_attributes(cls) and _lacks(kind, cls, name):
        if type(value) is Sym and value.parent is not None and str(value.parent[1]).endswith("Envelope()"):
            machine.recorder.object_read(machine, kind, name, machine.place(node, frame))
        since = machine.since.get(value.id, "") if type(value) is Sym else ""
        why = f"{said(machine, value)} has no `{name}`{f', and {since}' if since else ''}"
        where = "where that is installed" if since else ""
        raise machine.raise_builtin("AttributeError", node, frame, why, value, where=where)
    if cls is None and _is_exact(value) and name not in machine.attributes_set and lacks(kind, name):
        if kind.partition(".")[0] not in machine.patched and of_known_class(machine, value, kind):
            raise machine.raise_builtin("AttributeError", node, frame, f"{said(machine, value)} has no `{name}`", value)
    machine.recorder.use(machine, f"{kind}.{name}", machine.place(node, frame))
    if cls is not None and not callable(getattr(cls, name, len)):  # `__name__` of a type, `real` of an int
        return machine.unknown(machine.place(node, frame))
    return Method(f"{kind}.{name}", value, machine.place(node, frame))


def _lacks(kind: str, cls: type, name: str) -> bool:
    """Whether no object of a class has the attribute. Special ones may be looked for where they are not."""
    return exists_nowhere(kind, name) if not name.startswith("__") else not hasattr(cls, name)


def _has_instance_attributes(cls: type) -> bool:
    """Whether instances may have attributes that the class does not show."""
    return cls.__dictoffset__ != 0 or issubclass(cls, BaseException)


def _symbol_attribute(machine: Machine, value: Sym, name: str, node: Any, frame: Frame) -> Value:
    if value.name is not None:
        from lambdalint.interpreter.library import followed_attribute

        return followed_attribute(machine, value, name, machine.place(node, frame))
    kind = value.kind or machine.state.fact(value).kind
    if value.role == "context" and kind is None:
        machine.recorder.context_read(machine, value, name, machine.place(node, frame))
        if value.parent is None and name in lambda_context.TEXTS:
            return machine.child(value, "attribute", name, "str", machine.place(node, frame))
        if value.parent is None and name in lambda_context.METHODS and name not in machine.attributes_set:
            return Method(f"{lambda_context.CLASS}.{name}", value, machine.place(node, frame))
    if value.of_event and (kind in (None, "dict") or _is_text_as_dict(value, name)):
        machine.recorder.event_attribute(machine, value, name, machine.place(node, frame), unasked(machine, value))
    if kind == "NoneType":
        raise machine.raise_builtin("AttributeError", node, frame, f"`None` has no `{name}`", value)
    if kind is not None:
        return _typed_attribute(machine, value, kind, name, node, frame)
    if value.role == "exception":
        return machine.child(value, "attribute", name, None, machine.place(node, frame))
    machine.may_raise(("AttributeError",))
    if value.json and not value.of_event and _is_of_no_json(machine, value, name):
        raise machine.raise_builtin("AttributeError", node, frame, f"nothing that JSON holds has `{name}`", value)
    if value.json or value.role == "event":
        return Method(f"?.{name}", value, machine.place(node, frame))
    leak_properties(machine, name)
    return machine.child(value, "attribute", name, None, machine.place(node, frame))


_JSON = (dict, list, str, int, float, bool, type(None))


def _is_of_no_json(machine: Machine, value: Sym, name: str) -> bool:
    """Whether a value of JSON surely lacks an attribute: none of its types has it, and nobody has put another one in
    the place since it was read."""
    root = root_of(value)
    same = machine.json_epochs.get(root.id) == machine.state.epoch
    return same and not any(hasattr(one, name) for one in _JSON) and name not in machine.attributes_set


def _is_text_as_dict(value: Sym, name: str) -> bool:
    """Whether a part of the event that is a text by contract is read by what dicts have, and texts have not."""
    return value.kind == "str" and hasattr(dict, name) and not hasattr(str, name)


def _is_exact(value: Value) -> bool:
    """Whether a value is surely of the type that is known, and of none below it."""
    return type(value) is Ref or (type(value) is Sym and value.kind is not None)


def _object_attribute(machine: Machine, value: Ref, name: str, node: Any, frame: Frame) -> Value:
    thing = machine.object(value)
    if isinstance(thing, InstanceObject):
        return instance_attribute(machine, value, thing, name, node, frame)
    if isinstance(thing, ClassObject):
        return class_attribute(machine, value, thing, name, node, frame)
    if isinstance(thing, ScopeObject):
        return _module_attribute(machine, value, thing, name, node, frame)
    if isinstance(thing, (DictObject, ListObject, IteratorObject, ArrayObject)):
        return _typed_attribute(machine, value, thing.type, name, node, frame)
    return machine.unknown(machine.place(node, frame))


def _module_attribute(machine: Machine, value: Ref, thing: ScopeObject, name: str, node: Any, frame: Frame) -> Value:
    found = thing.names.get(name)
    if found is not None:
        return found
    # Whoever imports a package's module binds it there.
    if thing.open or not thing.ready or name.startswith("__") or _is_package(machine, value):
        machine.may_raise(("AttributeError",))
        return machine.unknown(machine.place(node, frame))
    raise machine.raise_builtin("AttributeError", node, frame, f"the module has no `{name}`", value)


def _is_package(machine: Machine, module: Ref) -> bool:
    from lambdalint.interpreter.machine import MODULES

    registry = machine.state.get(MODULES)
    assert isinstance(registry, ScopeObject)
    paths = (path for path, value in registry.names.items() if type(value) is Ref and value.id == module.id)
    return any(path.endswith("__init__.py") for path in paths)


def instance_attribute(
    machine: Machine, value: Ref, thing: InstanceObject, name: str, node: Any, frame: Frame
) -> Value:
    """`instance.name`: data descriptors, the instance, the class, `__getattr__`."""
    place = machine.place(node, frame)
    found, unseen = lookup(machine, thing.cls, name)
    if name == "__dict__" and type(found) is Outside and found.name == "types.SimpleNamespace.__dict__":
        found = None  # that of this instance
    if type(found) is Descriptor and found.kind == "property":
        return call(machine, found.function, [value], {}, node, frame)
    if name == "__table__" and found is None:
        return table(machine, Ref(thing.cls, place), place)
    if thing.tie is not None and not thing.leaked:
        from lambdalint.interpreter.library import read_tied

        read_tied(machine, value, found, name, node, frame)
        thing = machine.object(value)  # type: ignore[assignment]
    if name == "__dict__" and thing.fetched and not thing.leaked:
        from lambdalint.interpreter.library import dict_of_mapped

        shown = dict_of_mapped(machine, thing, place)
        if shown is not None:
            return shown
    if name in thing.attributes:
        return machine.unknown(place) if thing.leaked else thing.attributes[name]
    if found is None and is_followed(thing.payload):
        return get_attribute(machine, thing.payload, name, node, frame)
    if found is None and name in METHODS and has_fields(machine, machine.state.get(thing.cls)):  # type: ignore[arg-type]
        return Method(f"pydantic.BaseModel.{name}", value, place)
    if found is None and not name.startswith("_"):
        _refuse_of_model(machine, value, thing, name, node, frame)
    if (thing.leaked or (thing.open and type(found) is not Outside)) and type(found) not in (Function, Descriptor):
        return held(machine, value, thing, found, name, place)
    if found is not None:
        return bind(machine, found, value, thing.cls, name, node, frame)
    if name == "__class__":
        return Ref(thing.cls, place)
    if name == "__dict__":
        if not unseen and slots_of(machine, thing) is not None:
            why = f"{said(machine, value)} has slots, and no `__dict__`"
            raise machine.raise_builtin("AttributeError", node, frame, why, value)
        return _instance_dict(machine, value, thing, place)
    if thing.payload is not None and (kind := kind_of(machine, thing.payload)) is not None:
        real = real_class(kind)
        if real is not None and hasattr(real, name):
            return _typed_attribute(machine, thing.payload, kind, name, node, frame)
    getter, _ = lookup(machine, thing.cls, "__getattr__")
    if getter is not None:
        return call(machine, getter, [value, Const(name)], {}, node, frame)
    cls = machine.state.get(thing.cls)
    if unseen or (isinstance(cls, ClassObject) and cls.unseen) or name.startswith("__"):
        machine.may_raise(("AttributeError",))
        return machine.unknown(place)
    bare = isinstance(cls, ClassObject) and cls.kind == "enum" and _is_bare_enum(machine, cls, name)
    above = [one for one in cls.order if isinstance(one, str)] if isinstance(cls, ClassObject) else []
    if not bare and not _BARE.issuperset(above):
        return machine.unknown(place)  # an attribute that a builtin base sets on its instances, `args` of an exception
    why = f"{said(machine, value)} has no `{name}`"
    ordinary = isinstance(cls, ClassObject) and cls.kind != "namespace" and _never_sets(machine, cls, name)
    where = "where it is one" if ordinary else ""
    raise machine.raise_builtin("AttributeError", node, frame, why, value, written=where)


#: Bases that put no attributes into their instances by themselves.
_BARE = frozenset({"object", "types.SimpleNamespace", "argparse.Namespace"})


def _never_sets(machine: Machine, cls: ClassObject, name: str) -> bool:
    """Whether no method of a class so much as names an attribute, or sets any by a name that it computes."""
    for entry in cls.order:
        base = machine.state.get(entry) if isinstance(entry, int) else None
        for value in base.attributes.values() if isinstance(base, ClassObject) else ():
            function = value.function if type(value) is Descriptor else value
            if type(function) is Function and _names(function.info.node, {name, "setattr", "__dict__", "update"}):
                return False
    return True


def _names(node: Any, names: set[str]) -> bool:
    if isinstance(node, cst.Name) and node.value in names:
        return True
    return any(_names(part, names) for part in children(node))


def _is_bare_enum(machine: Machine, cls: ClassObject, name: str) -> bool:
    """Whether the members of an enum have nothing that stands neither in its body nor in `Enum`."""
    if hasattr(Enum, name) or name in ("name", "value", *machine.attributes_set):
        return False
    for entry in cls.order:
        base = machine.state.get(entry) if isinstance(entry, int) else None
        if isinstance(entry, str) and entry not in ("enum.Enum", "object"):
            return False
        if isinstance(base, ClassObject) and (
            base.kind not in ("enum", "class") or base.maker or not _MAKING.isdisjoint(base.attributes)
        ):
            return False
    return True


#: What may set attributes of the members of an enum.
_MAKING = frozenset({"__init__", "__new__", "__init_subclass__", "__set_name__", "_generate_next_value_"})


def _refuse_of_model(machine: Machine, value: Ref, thing: InstanceObject, name: str, node: Any, frame: Frame) -> None:
    """Refuse an attribute that no object of one of pydantic's models has."""
    cls = machine.state.get(thing.cls)
    if isinstance(cls, ClassObject) and is_model(machine, cls):
        from lambdalint.interpreter.library import has_nothing_like

        if has_nothing_like(machine, cls, name):
            raise machine.raise_builtin("AttributeError", node, frame, f"{said(machine, value)} has no `{name}`", value)


def _instance_dict(machine: Machine, value: Ref, thing: InstanceObject, place: Place) -> Ref:
    """The dict that an instance and its `__dict__` share."""
    if thing.shown is not None:
        return Ref(thing.shown, place)
    made = DictObject(place)
    made.items = {key: Item(item, None) for key, item in thing.attributes.items()}
    made.mirrors = value.id
    ref = machine.new(made)
    machine.state.write(value.id).shown = ref.id
    return ref


def bind(machine: Machine, found: Value, value: Value, cls: int, name: str, node: Any, frame: Frame) -> Value:
    """What an attribute of the class is on an instance."""
    if type(found) is Function:
        return Bound(found, value, machine.place(node, frame))
    if type(found) is Descriptor:
        if found.kind == "static":
            return found.function
        if found.kind == "class":
            return Bound(found.function, Ref(cls), machine.place(node, frame))
        if found.kind == "cached":
            thing = machine.object(value) if type(value) is Ref else None
            if isinstance(thing, InstanceObject) and "__dict__" not in (slots_of(machine, thing) or {"__dict__"}):
                why = f"{said(machine, value)} has slots, and no `__dict__` in which `cached_property` keeps `{name}`"
                raise machine.raise_builtin("TypeError", node, frame, why, value)
            answer = call(machine, found.function, [value], {}, node, frame)
            if type(value) is Ref:
                store_attribute(machine, value, name, answer)
            return answer
    if type(found) is Ref and isinstance(machine.object(found), InstanceObject):
        got = call_special(machine, found, "__get__", (value, Ref(cls)), node, frame)
        return got if got is not None else found
    if type(found) is Outside and "." in found.name:
        if not _is_inherited(machine, cls, found, name):
            # `algorithm = hashlib.sha256` in a class: a class stays what it is, and a function becomes a method only
            # where it is written in Python.
            return found if real_class(found.name) is not None else machine.unknown(machine.place(node, frame))
        receiver = value
        if type(value) is Ref:
            thing = machine.object(value)
            if isinstance(thing, InstanceObject) and thing.payload is not None:
                receiver = thing.payload
        return Method(found.name, receiver, machine.place(node, frame))
    if type(found) is Method and found.name == "contextlib.contextmanager[]" and type(found.receiver) is Function:
        return Method(found.name, Bound(found.receiver, value, machine.place(node, frame)), found.place)
    return found


def _is_inherited(machine: Machine, cls: int, found: Outside, name: str) -> bool:
    """Whether an attribute is of a class outside the project, from which the object's class derives."""
    thing = machine.state.get(cls)
    order = thing.order if isinstance(thing, ClassObject) else ()
    return any(found.name == f"{entry}.{name}" for entry in order if isinstance(entry, str))


def _namedtuple_attribute(machine: Machine, value: Tuple, name: str, node: Any, frame: Frame) -> Value:
    place = machine.place(node, frame)
    if name in ("_asdict", "_replace"):
        return Method(f"namedtuple.{name}", value, place)
    if name == "_fields":
        return Tuple(tuple(Const(field) for field in value.fields), place)
    if type(value.cls) is Ref:
        found, _ = lookup(machine, value.cls.id, name)
        if type(found) is Descriptor and found.kind == "property":
            return call(machine, found.function, [value], {}, node, frame)
        if found is not None:
            return bind(machine, found, value, value.cls.id, name, node, frame)
    return _typed_attribute(machine, value, "tuple", name, node, frame)


def _super_attribute(machine: Machine, value: Super, name: str, node: Any, frame: Frame) -> Value:
    place = machine.place(node, frame)
    receiver = machine.state.resolve(value.receiver)
    if type(receiver) is not Ref:
        return machine.unknown(place)
    thing = machine.object(receiver)
    if isinstance(thing, InstanceObject):
        found, _ = lookup(machine, thing.cls, name, value.after)
        if type(found) is Descriptor and found.kind == "property":
            return call(machine, found.function, [receiver], {}, node, frame)
        if found is not None:
            return bind(machine, found, receiver, thing.cls, name, node, frame)
        if is_followed(thing.payload):
            return get_attribute(machine, thing.payload, name, node, frame)
    elif isinstance(thing, ClassObject):
        found, _ = lookup(machine, receiver.id, name, value.after)
        if type(found) is Descriptor and found.kind == "class":
            return Bound(found.function, receiver, place)
        if found is not None:
            return found
    return Method(f"object.{name}", receiver, place)
