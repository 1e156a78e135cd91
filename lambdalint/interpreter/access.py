"""Attributes and items: reading and writing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.conditions import choose_option
from lambdalint.interpreter.kinds import is_subclass, kind_of, real_class
from lambdalint.interpreter.state import (
    ClassObject,
    DictObject,
    InstanceObject,
    Item,
    IteratorObject,
    ListObject,
    ScopeObject,
)
from lambdalint.interpreter.values import (
    NONE,
    Bound,
    Const,
    Descriptor,
    Function,
    Method,
    Outside,
    Partial,
    Ref,
    Slice,
    Super,
    Sym,
    Tuple,
    Value,
)

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Frame, Machine

# -- attributes ------------------------------------------------------------------------------------------------------


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
        from lambdalint.interpreter.library import outside_attribute

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
    if type(value) is Partial and name == "func":
        return value.function
    if isinstance(value, (Bound, Method)) and name == "__self__":
        return value.receiver
    if type(value) is Descriptor and value.kind == "property" and name in ("setter", "getter", "deleter"):
        return Method(f"property.{name}", value, machine.place(node, frame))
    return machine.unknown(machine.place(node, frame))


def _typed_attribute(machine: Machine, value: Value, kind: str, name: str, node: Any, frame: Frame) -> Value:
    """An attribute of a value whose exact type is known."""
    from lambdalint.interpreter.library import known_attribute

    found = known_attribute(machine, value, kind, name, machine.place(node, frame))
    if found is not None:
        return found
    cls = real_class(kind)
    if cls is not None and not hasattr(cls, name) and not _has_instance_attributes(cls):
        raise machine.raise_builtin("AttributeError", node, frame)
    return Method(f"{kind}.{name}", value, machine.place(node, frame))


def _has_instance_attributes(cls: type) -> bool:
    """Whether instances may have attributes that the class does not show."""
    return cls.__dictoffset__ != 0 or issubclass(cls, BaseException)


def _symbol_attribute(machine: Machine, value: Sym, name: str, node: Any, frame: Frame) -> Value:
    kind = value.kind or machine.state.fact(value).kind
    if value.role == "context":
        machine.recorder.context_read(value, name, machine.place(node, frame))
    if value.role == "event" and kind in (None, "dict"):
        machine.recorder.event_attribute(value, name, machine.place(node, frame))
    if kind == "NoneType":
        raise machine.raise_builtin("AttributeError", node, frame)
    if kind is not None:
        return _typed_attribute(machine, value, kind, name, node, frame)
    if value.role == "exception":
        return machine.child(value, "attribute", name, None, machine.place(node, frame))
    machine.may_raise(("AttributeError",))
    if value.json or value.role == "event":
        return Method(f"?.{name}", value, machine.place(node, frame))
    return machine.child(value, "attribute", name, None, machine.place(node, frame))


def _object_attribute(machine: Machine, value: Ref, name: str, node: Any, frame: Frame) -> Value:
    thing = machine.object(value)
    if isinstance(thing, InstanceObject):
        return instance_attribute(machine, value, thing, name, node, frame)
    if isinstance(thing, ClassObject):
        return class_attribute(machine, value, thing, name, node, frame)
    if isinstance(thing, ScopeObject):
        return _module_attribute(machine, value, thing, name, node, frame)
    if isinstance(thing, (DictObject, ListObject, IteratorObject)):
        return _typed_attribute(machine, value, thing.type, name, node, frame)
    return machine.unknown(machine.place(node, frame))


def _module_attribute(machine: Machine, value: Ref, thing: ScopeObject, name: str, node: Any, frame: Frame) -> Value:
    found = thing.names.get(name)
    if found is not None:
        return found
    if thing.open or not thing.ready:
        return machine.unknown(machine.place(node, frame))
    if name.startswith("__"):
        return machine.unknown(machine.place(node, frame))
    raise machine.raise_builtin("AttributeError", node, frame)


def lookup(machine: Machine, cls: int, name: str, after: int | None = None) -> tuple[Value | None, bool]:
    """An attribute of a class through its method resolution order, from behind `after` on. The second value says that
    the search met a base that is not seen before it found anything."""
    thing = machine.state.get(cls)
    assert isinstance(thing, ClassObject)
    waiting = after is not None
    for entry in thing.order:
        if waiting:
            waiting = entry != after
            continue
        if isinstance(entry, int):
            base = machine.state.get(entry)
            assert isinstance(base, ClassObject)
            found = base.attributes.get(name)
            if found is not None:
                return found, False
            if base.leaked:
                return None, True
        else:
            real = real_class(entry)
            if real is None:
                return None, True
            if any(name in vars(base) for base in real.__mro__ if base is not object):  # what the metaclass has is not its
                return Outside(f"{entry}.{name}"), False
    return None, thing.unseen


def instance_attribute(
    machine: Machine, value: Ref, thing: InstanceObject, name: str, node: Any, frame: Frame
) -> Value:
    """`instance.name`: data descriptors, the instance, the class, `__getattr__`."""
    place = machine.place(node, frame)
    found, unseen = lookup(machine, thing.cls, name)
    if type(found) is Descriptor and found.kind == "property":
        from lambdalint.interpreter.calls import call

        return call(machine, found.function, [value], {}, node, frame)
    if name in thing.attributes:
        return machine.unknown(place) if thing.leaked else thing.attributes[name]
    if (thing.leaked and type(found) not in (Function, Descriptor)) or (thing.open and found is None):
        return machine.unknown(place)
    if found is not None:
        return bind(machine, found, value, thing.cls, name, node, frame)
    if name == "__class__":
        return Ref(thing.cls, place)
    if name == "__dict__":
        made = DictObject(place)
        made.items = {key: Item(item, None) for key, item in thing.attributes.items()}
        made.mirrors = value.id
        return machine.new(made)
    if thing.payload is not None and (kind := kind_of(machine, thing.payload)) is not None:
        real = real_class(kind)
        if real is not None and hasattr(real, name):
            return _typed_attribute(machine, thing.payload, kind, name, node, frame)
    getter, _ = lookup(machine, thing.cls, "__getattr__")
    if getter is not None:
        from lambdalint.interpreter.calls import call

        return call(machine, getter, [value, Const(name)], {}, node, frame)
    cls = machine.state.get(thing.cls)
    if unseen or (isinstance(cls, ClassObject) and cls.unseen) or name.startswith("__"):
        machine.may_raise(("AttributeError",))
        return machine.unknown(place)
    if isinstance(cls, ClassObject) and any(isinstance(entry, str) and entry != "object" for entry in cls.order):
        return machine.unknown(place)  # an attribute that a builtin base sets on its instances, `args` of an exception
    raise machine.raise_builtin("AttributeError", node, frame)


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
            from lambdalint.interpreter.calls import call

            answer = call(machine, found.function, [value], {}, node, frame)
            if type(value) is Ref:
                machine.state.write(value.id).attributes[name] = answer
            return answer
    if type(found) is Ref and isinstance(machine.object(found), InstanceObject):
        from lambdalint.interpreter.calls import call_special

        got = call_special(machine, found, "__get__", (value, Ref(cls)), node, frame)
        return got if got is not None else found
    if type(found) is Outside and "." in found.name:
        receiver = value
        if type(value) is Ref:
            thing = machine.object(value)
            if isinstance(thing, InstanceObject) and thing.payload is not None:
                receiver = thing.payload
        return Method(found.name, receiver, machine.place(node, frame))
    return found


def class_attribute(machine: Machine, value: Ref, thing: ClassObject, name: str, node: Any, frame: Frame) -> Value:
    """`Class.name`."""
    found, unseen = lookup(machine, value.id, name)
    if type(found) is Descriptor:
        if found.kind == "static":
            return found.function
        if found.kind == "class":
            return Bound(found.function, value, machine.place(node, frame))
        return found
    if found is not None:
        return found
    if name == "__name__":
        return Const(thing.name)
    if thing.leaked or thing.unseen or unseen or name.startswith("__"):
        return machine.unknown(machine.place(node, frame))
    if thing.kind == "namedtuple" and name in ("_make", "_fields"):
        return machine.unknown(machine.place(node, frame))
    raise machine.raise_builtin("AttributeError", node, frame)


def _namedtuple_attribute(machine: Machine, value: Tuple, name: str, node: Any, frame: Frame) -> Value:
    place = machine.place(node, frame)
    if name in ("_asdict", "_replace"):
        return Method(f"namedtuple.{name}", value, place)
    if name == "_fields":
        return Tuple(tuple(Const(field) for field in value.fields), place)
    if type(value.cls) is Ref:
        found, _ = lookup(machine, value.cls.id, name)
        if type(found) is Descriptor and found.kind == "property":
            from lambdalint.interpreter.calls import call

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
            from lambdalint.interpreter.calls import call

            return call(machine, found.function, [receiver], {}, node, frame)
        if found is not None:
            return bind(machine, found, receiver, thing.cls, name, node, frame)
    elif isinstance(thing, ClassObject):
        found, _ = lookup(machine, receiver.id, name, value.after)
        if type(found) is Descriptor and found.kind == "class":
            return Bound(found.function, receiver, place)
        if found is not None:
            return found
    return Method(f"object.{name}", receiver, place)


def set_attribute(machine: Machine, value: Value, name: str, new: Value, node: Any, frame: Frame) -> None:
    """`value.name = new`."""
    value = machine.state.resolve(value)
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, InstanceObject):
            _set_instance_attribute(machine, value, thing, name, new, node, frame)
            return
        if isinstance(thing, ClassObject):
            machine.state.write(value.id).attributes[name] = new
            return
        if isinstance(thing, ScopeObject):
            machine.state.write(value.id).names[name] = new
            return
    leak(machine, new)
    if type(value) is Outside:  # what goes through that module from now on is not what is known of it
        machine.patched.add(value.name.split(".")[0])
    elif type(value) is Sym:
        machine.may_raise(("AttributeError",))
        machine.state.epoch += 1


def _set_instance_attribute(
    machine: Machine, value: Ref, thing: InstanceObject, name: str, new: Value, node: Any, frame: Frame
) -> None:
    from lambdalint.interpreter.calls import call

    found, _ = lookup(machine, thing.cls, name)
    if type(found) is Descriptor and found.kind == "property":
        if found.setter is None:
            raise machine.raise_builtin("AttributeError", node, frame)
        call(machine, found.setter, [value, new], {}, node, frame)
        return
    setter, unseen = lookup(machine, thing.cls, "__setattr__")
    cls = machine.state.get(thing.cls)
    if type(setter) is Function:
        call(machine, setter, [value, Const(name), new], {}, node, frame)
        return
    if isinstance(cls, ClassObject) and cls.kind == "frozen":
        raise machine.raise_builtin("AttributeError", node, frame)
    if unseen:  # the unseen class may define __setattr__ or a property of that name
        machine.may_raise(None)
    machine.state.write(value.id).attributes[name] = new


def delete_attribute(machine: Machine, value: Value, name: str, node: Any, frame: Frame) -> None:
    """`del value.name`."""
    value = machine.state.resolve(value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, InstanceObject) and not thing.leaked:
            if name in thing.attributes:
                del machine.state.write(value.id).attributes[name]
                return
            if not thing.open:
                machine.may_raise(("AttributeError",))
                return
    machine.may_raise(("AttributeError",))
    machine.state.epoch += 1


# -- items -----------------------------------------------------------------------------------------------------------


def missing_item(machine: Machine, thing: DictObject, key: object) -> Value:
    """What an open dict holds under a key that it has not shown yet."""
    if thing.backing is not None:
        return machine.child(thing.backing, "item", key, None, None)
    if thing.rest is not None:
        return machine.state.resolve(thing.rest)
    return machine.unknown(thing.place)


def get_item(machine: Machine, value: Value, key: Value, node: Any, frame: Frame) -> Value:
    """`value[key]`."""
    state = machine.state
    value, key = state.resolve(value), state.resolve(key)
    place = machine.place(node, frame)
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    if type(key) is Sym and key.options and type(value) is not Sym:
        key = choose_option(machine, key)
    if type(value) is Ref:
        return _object_item(machine, value, key, node, frame)
    if type(value) is Sym:
        return _symbol_item(machine, value, key, node, frame)
    if type(value) is Tuple:
        return sequence_item(machine, value.items, value.rest, "tuple", key, node, frame)
    if type(value) is Const:
        return _const_item(machine, value, key, node, frame)
    if type(value) is Outside:
        from lambdalint.interpreter.library import outside_item

        return outside_item(machine, value, key, node, frame)
    if isinstance(value, (Function, Bound, Method, Partial)):
        raise machine.raise_builtin("TypeError", node, frame)
    machine.may_raise(None)
    return machine.unknown(place)


def _const_item(machine: Machine, value: Const, key: Value, node: Any, frame: Frame) -> Value:
    index: object
    if type(key) is Const:
        index = key.value
    elif type(key) is Slice and all(type(part) is Const for part in (key.lower, key.upper, key.step)):
        index = slice(key.lower.value, key.upper.value, key.step.value)  # type: ignore[attr-defined]
    else:
        if not isinstance(value.value, (str, bytes)):
            raise machine.raise_builtin("TypeError", node, frame)
        machine.may_raise(("IndexError", "TypeError"))
        kind = "str" if isinstance(value.value, str) else ("bytes" if type(key) is Slice else "int")
        return machine.unknown(machine.place(node, frame), kind)
    try:
        return Const(value.value[index], machine.place(node, frame))  # type: ignore[index]
    except Exception as error:
        raise machine.raise_builtin(type(error).__name__, node, frame) from None


def _symbol_item(machine: Machine, value: Sym, key: Value, node: Any, frame: Frame) -> Value:
    place = machine.place(node, frame)
    kind = value.kind or machine.state.fact(value).kind
    if kind == "NoneType":
        raise machine.raise_builtin("TypeError", node, frame)
    if kind == "str":
        machine.may_raise(("IndexError", "TypeError"))
        if type(key) is Const and isinstance(key.value, str):
            raise machine.raise_builtin("TypeError", node, frame)
        return machine.unknown(place, "str")
    if kind is not None and kind not in ("dict", "list"):
        from lambdalint.interpreter.library import known_item

        machine.may_raise(None)
        return known_item(machine, value, kind, key, place)
    if type(key) is Const and _hashable(key.value):
        known = machine.state.fact(machine.child(value, "has", key.value, "bool", None)).truthy
        if known is False and (value.json or value.role == "event") and isinstance(key.value, str):
            raise machine.raise_builtin("KeyError", node, frame)
        if not known:
            machine.may_raise(("KeyError", "TypeError", "IndexError") if value.json else None)
        read = machine.child(value, "item", key.value, None, place)
        if value.event is not None:
            machine.recorder.event_read(read, "item", place)
        return read
    machine.may_raise(("KeyError", "TypeError", "IndexError") if value.json else None)
    return machine.unknown(
        place, json=value.json, event=(*value.event, 0) if value.event is not None else None, role=value.role
    )


def _hashable(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _object_item(machine: Machine, value: Ref, key: Value, node: Any, frame: Frame) -> Value:
    thing = machine.object(value)
    place = machine.place(node, frame)
    if isinstance(thing, DictObject):
        return _dict_item(machine, value, thing, key, node, frame)
    if isinstance(thing, ListObject):
        if thing.type in ("set", "frozenset") or thing.type.startswith("dict_"):
            raise machine.raise_builtin("TypeError", node, frame)
        if thing.leaked:
            machine.may_raise(("IndexError", "TypeError"))
            return machine.unknown(place)
        return sequence_item(machine, tuple(thing.items), thing.rest, thing.type, key, node, frame)
    if isinstance(thing, InstanceObject):
        from lambdalint.interpreter.calls import call_special

        found = call_special(machine, value, "__getitem__", (key,), node, frame)
        if found is not None:
            return found
        if thing.payload is not None:
            return get_item(machine, thing.payload, key, node, frame)
        machine.may_raise(None)
        return machine.unknown(place)
    if isinstance(thing, ClassObject):
        if thing.kind == "enum" and type(key) is Const and isinstance(key.value, str):
            found_member = thing.attributes.get(key.value)
            if found_member is not None:
                return found_member
            raise machine.raise_builtin("KeyError", node, frame)
        return value  # Generic[T]
    machine.may_raise(None)
    return machine.unknown(place)


def key_of(machine: Machine, key: Value) -> tuple[bool, Any]:
    """A key as a Python value that can stand in a dict: (True, it), or (False, None) where it is not a constant."""
    key = machine.state.resolve(key)
    if type(key) is Const:
        return True, key.value
    if type(key) is Tuple and key.rest is None and key.cls is None:
        parts = [key_of(machine, item) for item in key.items]
        if all(known for known, _ in parts):
            return True, tuple(part for _, part in parts)
    if type(key) is Ref:
        thing = machine.object(key)
        if isinstance(thing, InstanceObject) and thing.payload is not None:
            cls = machine.state.get(thing.cls)
            if isinstance(cls, ClassObject) and cls.kind == "enum" and any(b in ("str", "int") for b in cls.order):
                return True, EnumKey(key.id, thing.payload.value if type(thing.payload) is Const else None)
    return False, None


class EnumKey:
    """An enum member that is a str or int too, as a dict key: it equals its value and stays itself when drawn."""

    __slots__ = ("id", "value")

    def __init__(self, id: int, value: object) -> None:
        self.id = id
        self.value = value

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, EnumKey) else other)

    def __hash__(self) -> int:
        return hash(self.value)


def is_unhashable(machine: Machine, key: Value) -> bool:
    """Whether a value surely cannot be a dict key or a set's element."""
    key = machine.state.resolve(key)
    kind = kind_of(machine, key)
    if kind in ("dict", "list", "set", "bytearray", "collections.OrderedDict", "collections.defaultdict"):
        return True
    return type(key) is Tuple and any(is_unhashable(machine, item) for item in key.items)


def _dict_item(machine: Machine, value: Ref, thing: DictObject, key: Value, node: Any, frame: Frame) -> Value:
    place = machine.place(node, frame)
    known, constant = key_of(machine, key)
    if thing.leaked:
        machine.may_raise(("KeyError", "TypeError"))
        return machine.unknown(place)
    if is_unhashable(machine, key):
        raise machine.raise_builtin("TypeError", node, frame)
    if not known and thing.factory is not None:
        return _made_item(machine, value, thing, key, node, frame)
    if not known:
        machine.may_raise(("KeyError", "TypeError"))
        return one_of(machine, [item.value for item in thing.items.values()], thing, place)
    item = thing.items.get(constant)
    if thing.backing is not None and thing.backing.event is not None and isinstance(constant, (str, int)):
        read = machine.child(thing.backing, "item", constant, None, place)
        machine.recorder.event_read(read, "item", place)
    if item is not None:
        if not item.sure:
            machine.may_raise(("KeyError",))
            # On the path that goes on, the key was there.
            machine.state.write(value.id).items[constant] = item._replace(sure=True)
        return item.value
    if thing.factory is not None and not thing.open and not thing.others:
        from lambdalint.interpreter.calls import call

        made = call(machine, thing.factory, [], {}, node, frame)
        machine.state.write(value.id).items[constant] = Item(made, place)
        return made
    if thing.open or thing.others:
        machine.may_raise(("KeyError",))
        found = missing_item(machine, thing, constant) if thing.open else machine.unknown(place)
        if thing.open and not thing.others:
            machine.state.write(value.id).items[constant] = Item(found, thing.place)
        return found
    raise machine.raise_builtin("KeyError", node, frame)


def _made_item(machine: Machine, value: Ref, thing: DictObject, key: Value, node: Any, frame: Frame) -> Value:
    """`d[key]` of a defaultdict, by a key that is not known."""
    from lambdalint.interpreter.calls import call

    assert thing.factory is not None
    made = call(machine, thing.factory, [], {}, node, frame)
    writable = machine.state.write(value.id)
    if not (writable.items or writable.others or writable.open):
        writable.others = ((key, made, True),)
        return made
    for held in [item.value for item in writable.items.values()] + [pair[1] for pair in writable.others]:
        leak(machine, held)
    writable = machine.state.write(value.id)
    writable.open, writable.rest, writable.backing = True, None, None
    return machine.unknown(machine.place(node, frame))


def one_of(machine: Machine, values: list[Value], thing: DictObject, place: Any) -> Value:
    """One of the values of a dict, by a key that is not known."""
    if values and len(values) <= 8 and not thing.open and not thing.others:
        return values[0] if len(values) == 1 else machine.unknown(place, options=tuple(values))
    if thing.rest is not None and not values:
        return thing.rest
    backing = thing.backing
    return machine.unknown(place, json=backing is not None and backing.json and not values)


def sequence_item(
    machine: Machine, items: tuple[Value, ...], rest: Value | None, kind: str, key: Value, node: Any, frame: Frame
) -> Value:
    """An item or a slice of a list or tuple."""
    place = machine.place(node, frame)
    if type(key) is Slice:
        return _slice(machine, items, rest, kind, key, node, frame)
    if type(key) is Ref:
        thing = machine.object(key)
        if isinstance(thing, InstanceObject):
            machine.may_raise(None)
            return machine.unknown(place)
    if type(key) is Const:
        if not isinstance(key.value, int):
            raise machine.raise_builtin("TypeError", node, frame)
        index = key.value
        if rest is None:
            if -len(items) <= index < len(items):
                return items[index]
            raise machine.raise_builtin("IndexError", node, frame)
        if 0 <= index < len(items):
            return items[index]
        machine.may_raise(("IndexError",))
        if index >= 0 or not items:
            return _element(machine, rest, place)
        return machine.unknown(place)
    machine.may_raise(("IndexError", "TypeError"))
    if rest is None and items and len(items) <= 8:
        return items[0] if len(items) == 1 else machine.unknown(place, options=items)
    return _element(machine, rest, place) if rest is not None and not items else machine.unknown(place)


def _element(machine: Machine, rest: Value, place: Any) -> Value:
    """One of many like `rest`."""
    rest = machine.state.resolve(rest)
    if type(rest) is Sym:
        return machine.unknown(
            rest.place or place, rest.kind, options=rest.options, event=rest.event, json=rest.json, role=rest.role
        )
    return rest


def _slice(
    machine: Machine, items: tuple[Value, ...], rest: Value | None, kind: str, key: Slice, node: Any, frame: Frame
) -> Value:
    place = machine.place(node, frame)
    bounds = [machine.state.resolve(part) for part in (key.lower, key.upper, key.step)]
    found: tuple[Value, ...] = ()
    if all(type(part) is Const for part in bounds) and rest is None:
        try:
            found = items[slice(*(part.value for part in bounds))]  # type: ignore[attr-defined]
        except (TypeError, ValueError) as error:
            raise machine.raise_builtin(type(error).__name__, node, frame) from None
        rest = None
    else:
        machine.may_raise(("TypeError", "ValueError"))
        rest = join_elements(machine, [*items, *([rest] if rest is not None else [])])
    if kind == "tuple":
        return Tuple(found, place, rest=rest)
    return machine.new(ListObject(list(found), place, kind, rest))


def join_elements(machine: Machine, values: list[Value]) -> Value | None:
    """A value that stands for any of some elements."""
    if not values:
        return None
    distinct: list[Value] = []
    for value in values:
        value = machine.state.resolve(value)
        if not any(value is other or same(value, other) for other in distinct):
            distinct.append(value)
    if len(distinct) == 1:
        return distinct[0]
    kinds = {kind_of(machine, value) for value in distinct}
    if len(distinct) <= 8 and not any(type(value) is Sym and value.kind is None for value in distinct):
        return machine.unknown(distinct[0].place, options=tuple(distinct))
    kind = kinds.pop() if len(kinds) == 1 else None
    if any(type(value) is Ref for value in distinct):
        for value in distinct:
            leak(machine, value)
    return machine.unknown(distinct[0].place, kind if kind in ("str", "int", "float", "bool") else None)


def same(one: Value, other: Value) -> bool:
    """Whether two values are one and the same, without looking into the heap."""
    if type(one) is not type(other):
        return False
    if type(one) is Const and type(other) is Const:
        return type(one.value) is type(other.value) and (one.value == other.value or one.value is other.value)
    if type(one) is Ref and type(other) is Ref:
        return one.id == other.id
    if type(one) is Sym and type(other) is Sym:
        return bool(one.id == other.id)
    if type(one) is Outside and type(other) is Outside:
        return one.name == other.name
    return one is other


def set_item(machine: Machine, value: Value, key: Value, new: Value, node: Any, frame: Frame, at: Any = None) -> None:
    """`value[key] = new`. `at` is the expression that gave the new value."""
    state = machine.state
    value, key = state.resolve(value), state.resolve(key)
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    if type(value) is Sym:
        kind = value.kind or state.fact(value).kind
        text = kind_of(machine, key) == "str"
        if (value.role == "event" or value.json) and (kind == "dict" or (kind is None and text)):
            value = materialise(machine, value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, InstanceObject):
            from lambdalint.interpreter.calls import call_special

            if call_special(machine, value, "__setitem__", (key, new), node, frame) is not None:
                return
            if thing.payload is not None and type(thing.payload) is Ref:
                set_item(machine, thing.payload, key, new, node, frame, at)
                return
        if isinstance(thing, DictObject):
            _set_dict_item(machine, value, key, new, machine.place(at if at is not None else node, frame), node, frame)
            return
        if isinstance(thing, ListObject):
            _set_list_item(machine, value, thing, key, new, node, frame)
            return
    if type(value) is Outside:
        from lambdalint.interpreter.library import set_outside_item

        set_outside_item(machine, value, key, new, node, frame)
        return
    kind = kind_of(machine, value)
    if kind in ("str", "int", "float", "bool", "NoneType", "bytes", "tuple"):
        raise machine.raise_builtin("TypeError", node, frame)
    leak(machine, new)
    machine.may_raise(None)
    state.epoch += 1


def _set_dict_item(
    machine: Machine, value: Ref, key: Value, new: Value, place: Any, node: Any, frame: Frame
) -> None:
    if is_unhashable(machine, key):
        raise machine.raise_builtin("TypeError", node, frame)
    thing = machine.state.write(value.id)
    known, constant = key_of(machine, key)
    if known:
        if thing.others:  # one of the unknown keys may be this one
            thing.others = tuple((other, item, False) for other, item, _ in thing.others)
        thing.items[constant] = Item(new, place)
        if thing.mirrors is not None and isinstance(constant, str):
            machine.state.write(thing.mirrors).attributes[constant] = new
        return
    thing.rest = None  # the entry may be one of those that it stands for
    for other, item in list(thing.items.items()):  # it may be any of the keys
        thing.items[other] = item._replace(
            value=join_elements(machine, [item.value, new]) or new,
        )
    thing.others = (*thing.others, (key, new, True))
    if len(thing.others) > 16:
        for pair in thing.others:
            leak(machine, pair[1])
        thing.others, thing.open, thing.rest, thing.backing = (), True, None, None


def _set_list_item(
    machine: Machine, value: Ref, thing: ListObject, key: Value, new: Value, node: Any, frame: Frame
) -> None:
    if thing.type in ("set", "frozenset"):
        raise machine.raise_builtin("TypeError", node, frame)
    if type(key) is Const and isinstance(key.value, int) and thing.rest is None and not thing.leaked:
        if -len(thing.items) <= key.value < len(thing.items):
            machine.state.write(value.id).items[key.value] = new
            return
        raise machine.raise_builtin("IndexError", node, frame)
    machine.may_raise(("IndexError", "TypeError", "ValueError"))
    writable = machine.state.write(value.id)
    everything = [*writable.items, *([writable.rest] if writable.rest is not None else []), new]
    if type(key) is Slice:
        leak(machine, new)
        everything.append(machine.unknown(new.place))
    writable.rest = join_elements(machine, everything)
    machine.state.write(value.id).items = []


def delete_item(machine: Machine, value: Value, key: Value, node: Any, frame: Frame) -> None:
    """`del value[key]`."""
    value, key = machine.state.resolve(value), machine.state.resolve(key)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, DictObject) and not thing.leaked:
            known, constant = key_of(machine, key)
            if known and constant in thing.items:
                if not thing.items[constant].sure:
                    machine.may_raise(("KeyError",))
                machine.state.write(value.id).items.pop(constant)
                return
            if known and not thing.open and not thing.others:
                raise machine.raise_builtin("KeyError", node, frame)
            machine.may_raise(("KeyError", "TypeError"))
            if not known:
                unsettle(machine, value)
            return
        if isinstance(thing, ListObject) and not thing.leaked:
            if type(key) is Const and isinstance(key.value, int) and thing.rest is None:
                if -len(thing.items) <= key.value < len(thing.items):
                    del machine.state.write(value.id).items[key.value]
                    return
                raise machine.raise_builtin("IndexError", node, frame)
            machine.may_raise(("IndexError", "TypeError"))
            writable = machine.state.write(value.id)
            everything = [*writable.items, *([writable.rest] if writable.rest is not None else [])]
            writable.items, writable.rest = [], join_elements(machine, everything)
            return
        if isinstance(thing, InstanceObject):
            from lambdalint.interpreter.calls import call_special

            if call_special(machine, value, "__delitem__", (key,), node, frame) is not None:
                return
            if thing.payload is not None:
                delete_item(machine, thing.payload, key, node, frame)
                return
    if type(value) is Sym and (value.role == "event" or value.json) and kind_of(machine, key) == "str":
        value = materialise(machine, value)
        machine.may_raise(("KeyError", "TypeError"))
        unsettle(machine, value)
        return
    leak(machine, value)
    machine.may_raise(None)
    machine.state.epoch += 1


def unsettle(machine: Machine, value: Ref) -> None:
    """Any key of a dict may be gone."""
    writable = machine.state.write(value.id)
    writable.items = {key: item._replace(sure=False) for key, item in writable.items.items()}


def materialise(machine: Machine, value: Sym) -> Ref:
    """A dict read from JSON that the code writes to becomes an object of the heap, open, backed by the symbol; so do
    the dicts that it was read from."""
    state = machine.state
    resolved = state.resolve(value)
    if type(resolved) is Ref:
        return resolved
    made = DictObject(value.place)
    made.open = True
    made.backing = value
    ref = machine.new(made)
    state.learn(value, value=ref, kind="dict")
    if value.parent is not None and value.parent[1] in ("item", "get") and type(value.parent[0]) is Sym:
        parent, _, key = value.parent
        above = materialise(machine, parent)
        thing = state.write(above.id)
        if isinstance(thing, DictObject) and key not in thing.items:
            thing.items[key] = Item(ref, value.place, value.parent[1] == "item")
    return ref


def leak(machine: Machine, value: Value) -> None:
    """Code that is not seen has got hold of a value, and may change whatever it can reach."""
    stack = [value]
    seen: set[int] = set()
    state = machine.state
    while stack:
        value = state.resolve(stack.pop())
        if type(value) is Ref:
            if value.id in seen:
                continue
            seen.add(value.id)
            thing = state.get(value.id)
            if thing.leaked or isinstance(thing, ScopeObject):
                continue
            stack += [part for part in thing.content() if isinstance(part, Value)]
            if isinstance(thing, ClassObject):
                continue
            writable = state.write(value.id)
            writable.leaked = True
        elif type(value) is Tuple:
            stack += value.items
        elif type(value) is Bound:
            stack += (value.receiver, value.function)
        elif type(value) is Partial:
            stack += (value.function, *value.arguments, *value.keywords.values())
        elif type(value) is Function:
            if id(value) not in seen:
                seen.add(id(value))
                stack += _leak_closure(machine, value)
        elif type(value) is Sym:
            stack += value.options
            if value.role == "event":
                state.event_epoch += 1
            else:
                state.epoch += 1
        elif type(value) is Method:
            stack.append(value.receiver)


def _leak_closure(machine: Machine, function: Function) -> list[Value]:
    """A function handed to code that is not seen may be called at any time: what it writes outside is not known. The
    answer is what else it can reach."""
    info = function.info
    if not any(other is function for other in machine.escaped):
        machine.escaped.append(function)
    reached: list[Value] = []
    for dotted in info.touched():
        name, _, attribute = dotted.partition(".")
        for scope in (*function.scopes, function.module):
            found = machine.state.get(scope).names.get(name)  # type: ignore[attr-defined]
            if found is not None:
                reached += _within(machine, found)
                if attribute:
                    _forget_attribute(machine, found, attribute)
                break
    for name in info.nonlocals:
        for scope in function.scopes:
            if name in machine.state.get(scope).names:  # type: ignore[attr-defined]
                machine.state.write(scope).names[name] = machine.unknown()
                break
    for name in info.globals:
        machine.state.write(function.module).names[name] = machine.unknown()
    return reached


def _forget_attribute(machine: Machine, value: Value, name: str) -> None:
    """An attribute of a module, class or instance may have been assigned."""
    if type(value) is not Ref:
        return
    thing = machine.object(value)
    if isinstance(thing, ScopeObject):
        machine.state.write(value.id).names[name] = machine.unknown()
    elif isinstance(thing, (ClassObject, InstanceObject)):
        machine.state.write(value.id).attributes[name] = machine.unknown()


def _within(machine: Machine, value: Value) -> list[Value]:
    """A value; of a module or class, the objects that it holds."""
    if type(value) is not Ref:
        return [value]
    thing = machine.object(value)
    if not isinstance(thing, (ClassObject, ScopeObject)):
        return [value]
    held = thing.names.values() if isinstance(thing, ScopeObject) else thing.attributes.values()
    return [
        part
        for part in held
        if type(part) is Ref and not isinstance(machine.object(part), (ClassObject, ScopeObject, IteratorObject))
    ]


def get_or(machine: Machine, value: Value, key: Value, default: Value, node: Any, frame: Frame) -> Value:
    """`value.get(key, default)` of a dict or of something read from JSON."""
    state = machine.state
    value, key = state.resolve(value), state.resolve(key)
    place = machine.place(node, frame)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, DictObject) and not thing.leaked:
            return _dict_get(machine, value, thing, key, default, place)
        leak(machine, default)
        return machine.unknown(place)
    assert isinstance(value, Sym)
    if type(key) is not Const or not _hashable(key.value):
        leak(machine, default)
        return machine.unknown(place, json=False)
    has = state.fact(machine.child(value, "has", key.value, "bool", None)).truthy
    item = machine.child(value, "item", key.value, None, place)
    got = machine.child(value, "get", key.value, None, place)
    if value.event is not None:
        machine.recorder.event_read(got, "get", place, default)
        if item.event is not None:
            machine.recorder.event_symbols.setdefault(item.id, item.event)
    if has is True:
        return item
    if has is False:
        return default
    if type(state.resolve(default)) is Const and state.resolve(default).value is None:  # type: ignore[attr-defined]
        return got
    decided = machine.choose(2) == 0
    state.learn(machine.child(value, "has", key.value, "bool", None), truthy=decided)
    if decided:
        return item
    state.learn(got, value=NONE, truthy=False)
    state.learn(item, value=NONE)  # it differs from whatever it is compared with on the other path
    return default


def _dict_get(machine: Machine, ref: Ref, thing: DictObject, key: Value, default: Value, place: Any) -> Value:
    known, constant = key_of(machine, key)
    if not known:
        values = [item.value for item in thing.items.values()]
        if not thing.open and not thing.others and len(values) < 8:
            return machine.unknown(place, options=(*values, default)) if values else default
        leak(machine, default)
        return machine.unknown(place)
    item = thing.items.get(constant)
    if thing.backing is not None and thing.backing.event is not None and isinstance(constant, (str, int)):
        machine.recorder.event_read(machine.child(thing.backing, "get", constant, None, place), "get", place, default)
    if item is not None and item.sure:
        return item.value
    if item is None and not thing.open and not thing.others:
        return default
    found = item.value if item is not None else missing_item(machine, thing, constant)
    if machine.choose(2) == 0:
        if not thing.others:
            machine.state.write(ref.id).items[constant] = item._replace(sure=True) if item else Item(found, thing.place)
        return found
    if item is not None:
        machine.state.write(ref.id).items.pop(constant)
    return default


def is_kind(machine: Machine, value: Value, *names: str) -> bool:
    """Whether a value surely is of one of these types, subclasses included."""
    kind = kind_of(machine, value)
    return kind is not None and any(is_subclass(kind, name) for name in names)
