"""Instances of the project's classes: made, initialised and called, by themselves and by methods bound to them."""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.attributes import get_attribute
from lambdalint.interpreter.calls import CALLABLES, call, unknown_call
from lambdalint.interpreter.enums import member_of
from lambdalint.interpreter.fields import fields_of, initialise_dataclass, make_namedtuple
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, Item, ListObject
from lambdalint.interpreter.kinds import kind_of, real_class, said
from lambdalint.interpreter.machine import Machine, follows
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.spreading import extend_list, update_dict
from lambdalint.interpreter.values import (
    Bound,
    Descriptor,
    Function,
    Method,
    Outside,
    Ref,
    Sym,
    Tuple,
    Value,
    is_followed,
)
from lambdalint.interpreter.walk import on


@on(CALLABLES, Ref)
def call_object(
    machine: Machine,
    callee: Ref,
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool,
) -> Value:
    """A class of the project, or an instance with `__call__`."""
    thing = machine.object(callee)
    if isinstance(thing, ClassObject):
        return instantiate(machine, callee, thing, arguments, keywords, node, frame, open_arguments)
    if isinstance(thing, InstanceObject):
        found, unseen = lookup(machine, thing.cls, "__call__")
        if found is not None:
            return call(machine, found, [callee, *arguments], keywords, node, frame, open_arguments)
        if not unseen:
            raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, callee)} is not called", callee)
        return unknown_call(machine, [callee, *arguments, *keywords.values()], node, frame)
    kind = kind_of(machine, callee) or ""
    if "." in kind and real_class(kind) is None:  # an object of a library
        method = Method(f"{kind}.__call__", callee, callee.place)
        return call(machine, method, arguments, keywords, node, frame, open_arguments)
    raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, callee)} is not called", callee)


@on(CALLABLES, Bound)
def call_bound(
    machine: Machine,
    callee: Bound,
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool,
) -> Value:
    """A method with its receiver."""
    if type(callee.function) is not Outside:
        return call(machine, callee.function, [callee.receiver, *arguments], keywords, node, frame, open_arguments)
    cls = machine.state.resolve(callee.receiver)
    assert isinstance(cls, Ref)
    payload = call(machine, callee.function, arguments, keywords, node, frame, open_arguments)
    return _made_by_class_method(machine, cls, payload, node, frame)


def _made_by_class_method(machine: Machine, cls: Ref, payload: Value, node: Any, frame: Frame) -> Value:
    """What a class method of a builtin makes of a class of the project: `Stamp.now()` where Stamp is a datetime. It
    calls the class, which is unseen where the class has a say in that."""
    thing = machine.object(cls)
    assert isinstance(thing, ClassObject)
    makers = [lookup(machine, cls.id, name)[0] for name in ("__new__", "__init__")]
    has_a_say = thing.kind != "class" or any(type(maker) in (Function, Descriptor) for maker in makers)
    if thing.leaked or thing.unseen or has_a_say:
        return unknown_call(machine, [cls, payload], node, frame)
    machine.made_classes.add(cls.id)
    made = InstanceObject(cls.id, machine.place(node, frame))
    made.payload = payload
    return machine.new(made)


def instantiate(
    machine: Machine,
    cls: Ref,
    thing: ClassObject,
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool,
) -> Value:
    """Call a class of the project."""
    machine.made_classes.add(cls.id)
    if thing.leaked:
        return unknown_call(machine, [*arguments, *keywords.values()], node, frame)
    if thing.abstract and not thing.unseen and not any(isinstance(entry, str) for entry in thing.order):
        why = f"`{thing.name}` does not define the abstract method `{thing.abstract[0]}`, so it has no instances"
        raise machine.raise_builtin("TypeError", node, frame, why)
    if thing.kind == "enum":
        return member_of(machine, cls, thing, arguments, node, frame)
    if thing.kind == "namedtuple":
        return make_namedtuple(
            machine, cls, fields_of(machine, thing), arguments, keywords, node, frame, open_arguments
        )
    if thing.kind == "typeddict":
        made = DictObject(machine.place(node, frame))
        made.items = {key: Item(value, value.place) for key, value in keywords.items()}
        made.open = open_arguments or bool(arguments)
        return machine.new(made)
    creator, _ = lookup(machine, cls.id, "__new__")
    if type(creator) in (Function, Descriptor):
        function = creator.function if isinstance(creator, Descriptor) else creator
        assert function is not None
        value = machine.state.resolve(call(machine, function, [cls, *arguments], keywords, node, frame, open_arguments))
        if not (type(value) is Ref and isinstance(machine.object(value), InstanceObject)):
            return value
        if machine.object(value).cls != cls.id:  # type: ignore[attr-defined]
            return value
    else:
        value = machine.new(allocate(machine, cls.id, thing, node, frame))
    assert isinstance(value, Ref)
    _initialise(machine, value, cls, thing, arguments, keywords, node, frame, open_arguments)
    return value


def allocate(machine: Machine, cls: int, thing: ClassObject, node: Any, frame: Frame) -> InstanceObject:
    """A new instance, before `__init__`."""
    place = machine.place(node, frame)
    made = InstanceObject(cls, place)
    made.open = thing.unseen
    for entry in thing.order:
        if made.payload is not None:
            break
        if entry in ("dict", "collections.OrderedDict", "collections.UserDict"):
            made.payload = machine.new(DictObject(place, str(entry)))
        elif isinstance(entry, str) and follows(machine, entry):
            made.payload = machine.unknown(place, entry, name=entry)
        elif entry in ("list", "set", "collections.deque"):
            made.payload = machine.new(ListObject([], place, str(entry)))
        elif entry in ("str", "int", "float", "bytes", "tuple", "frozenset") or (
            isinstance(entry, str) and entry.startswith(("datetime.", "decimal.", "uuid.", "pathlib."))
        ):
            made.payload = machine.unknown(place, entry)
    return made


def _initialise(
    machine: Machine,
    value: Ref,
    cls: Ref,
    thing: ClassObject,
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool,
) -> None:
    found, unseen = lookup(machine, cls.id, "__init__")
    record = _record(machine, thing)
    if record is not None:
        initialise_dataclass(machine, value, record, arguments, keywords, node, frame, open_arguments)
    elif type(found) is Function:
        call(machine, Bound(found, value), arguments, keywords, node, frame, open_arguments)
    elif found is not None and not isinstance(found, Outside):
        call(machine, found, [value, *arguments], keywords, node, frame, open_arguments)
    elif is_followed(payload := machine.state.get(value.id).payload):  # type: ignore[attr-defined]
        maker = get_attribute(machine, payload, "__init__", node, frame)
        call(machine, maker, arguments, keywords, node, frame, open_arguments)
    elif unseen or thing.unseen:
        if not open_arguments:
            from lambdalint.interpreter.library import refuse_model

            refuse_model(machine, thing, arguments, keywords, node, frame)
        unknown_call(machine, [*arguments, *keywords.values()], node, frame)
        machine.state.write(value.id).open = True
    else:
        builtin_init(machine, value, arguments, keywords, node, frame)
        bare = not any(isinstance(entry, str) for entry in thing.order)
        creator, _ = lookup(machine, cls.id, "__new__")
        if bare and creator is None and (arguments or keywords):
            raise machine.raise_builtin("TypeError", node, frame, f"`{thing.name}()` takes no arguments")


def _record(machine: Machine, thing: ClassObject) -> ClassObject | None:
    """The class of which the `__init__` is one that @dataclass wrote: its own, or one above it. What has one in its own
    body is left as it is."""
    for entry in thing.order:
        base = machine.state.get(entry) if isinstance(entry, int) else None
        if isinstance(base, ClassObject):
            if "__init__" in base.attributes:
                return None
            if base.kind in ("dataclass", "frozen"):
                return base
    return None


def builtin_init(
    machine: Machine, value: Ref, arguments: list[Value], keywords: dict[str, Value], node: Any, frame: Frame
) -> None:
    """`__init__` as builtin bases define it: a dict's items, a list's elements, an exception's args."""
    thing = machine.object(value)
    assert isinstance(thing, InstanceObject)
    cls = machine.state.get(thing.cls)
    assert isinstance(cls, ClassObject)
    payload = thing.payload
    if type(payload) is Ref:
        held = machine.object(payload)
        if isinstance(held, DictObject):
            if arguments:
                update_dict(machine, payload, arguments[0], node, frame)
            for key, item in keywords.items():
                machine.state.write(payload.id).items[key] = Item(item, item.place)
        elif isinstance(held, ListObject) and arguments:
            extend_list(machine, payload, arguments[0], node, frame)
    elif type(payload) is Sym and len(arguments) == 1 and kind_of(machine, arguments[0]) == payload.kind:
        machine.state.write(value.id).payload = arguments[0]
    if _is_exception(cls):
        if keywords:  # ImportError and a few others take some, the rest none
            machine.may_raise(("TypeError",))
        machine.state.write(value.id).attributes["args"] = Tuple(tuple(arguments), machine.place(node, frame))


def _is_exception(cls: ClassObject) -> bool:
    for entry in cls.order:
        if isinstance(entry, str):
            real = real_class(entry)
            if real is not None and issubclass(real, BaseException):
                return True
    return False
