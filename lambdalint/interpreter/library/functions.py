"""Builtin functions and types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter import attributes, conditions, containers, escape, sequences
from lambdalint.interpreter.calls import call, call_special, not_callable
from lambdalint.interpreter.decisions import decide
from lambdalint.interpreter.iteration import Elements, elements, exactly_one, watch
from lambdalint.interpreter.kinds import kind_of, real_class
from lambdalint.interpreter.library.models import everything, models
from lambdalint.interpreter.machine import MAX_UNROLL, Raised
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.spreading import extend_list, update_dict
from lambdalint.interpreter.state import ClassObject, DictObject, InstanceObject, Item, IteratorObject, ListObject
from lambdalint.interpreter.values import (
    NONE,
    Const,
    Descriptor,
    Outside,
    Ref,
    Super,
    Sym,
    Tuple,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from lambdalint.interpreter.library import CallSite
    from lambdalint.interpreter.machine import Machine


def consts(machine: Machine, values: list[Value]) -> list[Any] | None:
    """The values as Python constants, or None where one is not constant."""
    found = []
    for value in values:
        value = machine.state.resolve(value)
        if type(value) is not Const:
            return None
        found.append(value.value)
    return found


def need(machine: Machine, site: CallSite, least: int, most: int) -> None:
    """Refuse a wrong number of positional arguments."""
    if not least <= len(site.arguments) <= most:
        raise machine.raise_builtin("TypeError", site.node, site.frame)


# -- containers ------------------------------------------------------------------------------------------------------


@models("list", "set", "frozenset", "collections.deque", "sorted")
def sequence(machine: Machine, site: CallSite) -> Value:
    kind = "list" if site.name == "sorted" else site.name
    if not site.arguments:
        if site.name == "sorted":
            raise machine.raise_builtin("TypeError", site.node, site.frame)
        return machine.new(ListObject([], site.place, kind))
    made = machine.new(ListObject([], site.place, kind))
    any_order = site.name in ("sorted", "set", "frozenset")
    found = elements(machine, site.arguments[0], site.node, site.frame, any_order)
    if site.name == "sorted":
        return _sorted(machine, site, found)
    if kind == "collections.deque" and (len(site.arguments) > 1 or site.keywords):
        found = Elements((), sequences.join_elements(machine, everything(found)))
    for item in found.items:
        containers.append(machine, made, item, site.node, site.frame)
    if found.rest is not None:
        if kind in ("set", "frozenset") and sequences.is_unhashable(machine, found.rest):
            machine.may_raise(("TypeError",))
        containers.append_many(machine, made, found.rest)
    return made


def _sorted(machine: Machine, site: CallSite, found: Elements) -> Value:
    values = consts(machine, list(found.items))
    if found.rest is None and values is not None and not site.keywords:
        try:
            return machine.new(ListObject([Const(value, site.place) for value in sorted(values)], site.place))
        except TypeError:
            raise machine.raise_builtin("TypeError", site.node, site.frame) from None
    machine.may_raise(None if site.keywords else ("TypeError",))
    for value in site.keywords.values():
        escape.leak(machine, value)
    parts = everything(found)
    if found.rest is None and len(parts) == 1:
        return machine.new(ListObject(parts, site.place))
    return machine.new(ListObject([], site.place, "list", sequences.join_elements(machine, parts)))


@models("tuple")
def tuple_of(machine: Machine, site: CallSite) -> Value:
    if not site.arguments:
        return Tuple((), site.place)
    found = elements(machine, site.arguments[0], site.node, site.frame)
    return Tuple(found.items, site.place, rest=found.rest)


@models("dict", "collections.OrderedDict")
def dict_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 0, 1)
    made = machine.new(DictObject(site.place, site.name))
    if site.arguments:
        update_dict(machine, made, site.arguments[0], site.node, site.frame)
    for key, value in site.keywords.items():
        machine.state.write(made.id).items[key] = Item(value, value.place)
    return made


@models("collections.defaultdict")
def defaultdict(machine: Machine, site: CallSite) -> Value:
    made = machine.new(DictObject(site.place, "collections.defaultdict"))
    thing = machine.state.write(made.id)
    if site.arguments:
        factory = machine.state.resolve(site.arguments[0])
        thing.factory = None if type(factory) is Const else factory
    if len(site.arguments) > 1:
        update_dict(machine, made, site.arguments[1], site.node, site.frame)
    for key, value in site.keywords.items():
        machine.state.write(made.id).items[key] = Item(value, value.place)
    return made


@models("range")
def range_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1, 3)
    numbers = consts(machine, site.arguments)
    if numbers is not None:
        try:
            found = range(*numbers)
        except (TypeError, ValueError) as error:
            raise machine.raise_builtin(type(error).__name__, site.node, site.frame) from None
        if len(found) <= 64:
            items = tuple(Const(number, site.place) for number in found)
            return machine.new(IteratorObject("range", items, place=site.place))
    machine.may_raise(("TypeError", "ValueError"))
    made = IteratorObject("range", (), machine.unknown(site.place, "int"), place=site.place)
    if len(site.arguments) == 1:
        made.bound = machine.state.resolve(site.arguments[0])
    return machine.new(made)


def _iterator(machine: Machine, site: CallSite, kind: str, items: list[Value], rest: Value | None) -> Value:
    made = IteratorObject(kind, tuple(items), rest, place=site.place)
    made.watched = watch(machine, *site.arguments)
    return machine.new(made)


@models("enumerate")
def enumerate_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1, 2)
    found = elements(machine, site.arguments[0], site.node, site.frame)
    start_value = site.argument(1, "start")
    start = consts(machine, [start_value]) if start_value is not None else [0]
    number = start[0] if start is not None and isinstance(start[0], int) else None
    if number is None:
        machine.may_raise(("TypeError",))
    items: list[Value] = [
        Tuple(
            (Const(number + index, site.place) if number is not None else machine.unknown(site.place, "int"), item),
            site.place,
        )
        for index, item in enumerate(found.items)
    ]
    rest = None
    if found.rest is not None:
        rest = Tuple((machine.unknown(site.place, "int"), found.rest), site.place)
    return _iterator(machine, site, "enumerate", items, rest)


@models("zip")
def zip_of(machine: Machine, site: CallSite) -> Value:
    parts: list[Elements] = []
    for argument in site.arguments:
        if parts and parts[-1] == Elements(()):  # zip stops at the first that is empty, and asks the others for nothing
            return _iterator(machine, site, "zip", [], None)
        parts.append(elements(machine, argument, site.node, site.frame))
    if site.keywords:
        machine.may_raise(("ValueError",))
    if parts and all(part.rest is None for part in parts):
        items: list[Value] = [Tuple(group, site.place) for group in zip(*[part.items for part in parts])]
        return _iterator(machine, site, "zip", items, None)
    if not parts:
        return _iterator(machine, site, "zip", [], None)
    joined = [sequences.join_elements(machine, everything(part)) or machine.unknown(site.place) for part in parts]
    return _iterator(machine, site, "zip", [], Tuple(tuple(joined), site.place))


@models("reversed")
def reversed_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1, 1)
    if kind_of(machine, site.arguments[0]) not in ("list", "tuple", "str", "dict", "range"):
        machine.may_raise(("TypeError",))
    found = elements(machine, site.arguments[0], site.node, site.frame)
    if found.rest is None:
        return _iterator(machine, site, "reversed", list(reversed(found.items)), None)
    return _iterator(machine, site, "reversed", [], sequences.join_elements(machine, everything(found)))


@models("iter")
def iter_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1, 2)
    value = machine.state.resolve(site.arguments[0])
    if len(site.arguments) == 2:
        escape.leak(machine, value)
        machine.may_raise(("TypeError",))
        return machine.unknown(site.place)
    if type(value) is Ref and isinstance(machine.object(value), IteratorObject):
        thing = machine.object(value)
        if thing.type != "range":  # type: ignore[attr-defined]
            return value
    found = elements(machine, value, site.node, site.frame)
    return _iterator(machine, site, "iterator", list(found.items), found.rest)


@models("next")
def next_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1, 2)
    value = machine.state.resolve(site.arguments[0])
    default = site.arguments[1] if len(site.arguments) > 1 else None
    if type(value) is Ref:
        found = call_special(machine, value, "__next__", (), site.node, site.frame)
        if found is not None:
            return found
        thing = machine.object(value)
        if isinstance(thing, IteratorObject) and thing.source is None and not thing.leaked:
            if thing.items:
                first, *later = thing.items
                machine.state.write(value.id).items = tuple(later)
                return first
            if thing.rest is None:
                if default is not None:
                    return default
                raise machine.raise_builtin("StopIteration", site.node, site.frame)
            if default is None:
                machine.may_raise(("StopIteration",))
                return thing.rest
            return thing.rest if machine.choose(2) == 0 else default
    escape.leak(machine, value)
    machine.may_raise(None)
    return machine.unknown(site.place)


@models("map", "filter")
def map_or_filter(machine: Machine, site: CallSite) -> Value:
    if len(site.arguments) < 2:
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    function = machine.state.resolve(site.arguments[0])
    parts = [elements(machine, argument, site.node, site.frame) for argument in site.arguments[1:]]
    if not_callable(machine, function) and kind_of(machine, function) != "NoneType":
        return _iterator(machine, site, site.name, [], machine.unknown(site.place))  # it fails when it is read
    if len(parts) > 1 or len(parts[0].items) > MAX_UNROLL:
        for argument in site.arguments:
            escape.leak(machine, argument)
        machine.may_raise(None)
        return _iterator(machine, site, site.name, [], machine.unknown(site.place))
    items: list[Value] = []
    rests: list[Value] = []
    for index, element in enumerate(everything(parts[0])):
        certain = index < len(parts[0].items)
        if site.name == "map":
            many = None if certain else machine.made_choices()
            answer = _apply(machine, site, function, element, certain)
            if answer is not None:
                answer, one = exactly_one(machine, many, answer)
                (items if (certain or one) and not rests else rests).append(answer)
            continue
        test = element if type(function) is Const else _apply(machine, site, function, element, certain)
        if test is None:
            continue
        decided = decide(machine, test)
        if decided is False:
            continue
        (items if certain and decided and not rests else rests).append(element)
    return _iterator(machine, site, site.name, items, sequences.join_elements(machine, rests))


def _apply(machine: Machine, site: CallSite, function: Value, element: Value, certain: bool) -> Value | None:
    """The function's answer for one element; None where it raises for one that may not be there."""
    try:
        return call(machine, function, [element], {}, site.node, site.frame)
    except Raised as raised:
        if certain:
            raise
        kind = kind_of(machine, raised.value)
        machine.may_raise((kind,) if kind is not None else None)
        return None


# -- text and numbers ------------------------------------------------------------------------------------------------


@models("str", "repr", "ascii", "format")
def text(machine: Machine, site: CallSite) -> Value:
    if not site.arguments:
        return Const("", site.place)
    value = machine.state.resolve(site.arguments[0])
    if type(value) is Const and len(site.arguments) == 1 and isinstance(value.value, (str, int, float, type(None))):
        writers: dict[str, Any] = {"str": str, "repr": repr, "ascii": ascii, "format": format}
        return Const(writers[site.name](value.value), site.place)
    if type(value) is Ref and isinstance(machine.object(value), InstanceObject):
        for name in ("__str__", "__repr__") if site.name == "str" else ("__repr__",):
            found = call_special(machine, value, name, (), site.node, site.frame)
            if found is not None:
                return found if kind_of(machine, found) == "str" else machine.unknown(site.place, "str")
        thing = machine.object(value)
        if isinstance(thing, InstanceObject) and thing.payload is not None:
            return machine.unknown(site.place, "str")
    if len(site.arguments) > 1:
        machine.may_raise(None)
    return machine.unknown(site.place, "str")


@models("int", "float", "bool", "complex", "bytes", "bytearray")
def convert(machine: Machine, site: CallSite) -> Value:
    functions: dict[str, Any] = {"int": int, "float": float, "complex": complex, "bytes": bytes}
    if site.name == "bool":
        return _bool(machine, site)
    values = consts(machine, site.arguments)
    if site.name == "bytearray":
        machine.may_raise(("TypeError", "ValueError"))
        return machine.unknown(site.place, "bytearray")
    if (
        values is not None
        and not site.keywords
        and not (site.name == "bytes" and values and isinstance(values[0], int))
    ):
        try:
            return Const(functions[site.name](*values), site.place)
        except Exception as error:
            raise machine.raise_builtin(type(error).__name__, site.node, site.frame) from None
    if site.arguments and kind_of(machine, site.arguments[0]) in ("dict", "list", "NoneType", "set", "tuple"):
        if site.name != "bytes":
            raise machine.raise_builtin("TypeError", site.node, site.frame)
    if site.arguments and type(machine.state.resolve(site.arguments[0])) is Ref:
        machine.may_raise(None)
    machine.may_raise(("ValueError", "TypeError", "OverflowError"))
    return machine.unknown(site.place, site.name)


def _bool(machine: Machine, site: CallSite) -> Value:
    if not site.arguments:
        return Const(False, site.place)
    value = conditions.as_condition(machine, site.arguments[0], site.node, site.frame)
    return conditions.condition(machine, ("truth", value), site.place)


@models("len")
def length(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1, 1)
    value = machine.state.resolve(site.arguments[0])
    if type(value) is Const and isinstance(value.value, (str, bytes)):
        return Const(len(value.value), site.place)
    if type(value) is Tuple and value.rest is None:
        return Const(len(value.items), site.place)
    if type(value) is Ref:
        thing = machine.object(value)
        found = call_special(machine, value, "__len__", (), site.node, site.frame)
        if found is not None:
            return found
        if isinstance(thing, DictObject) and not (thing.leaked or thing.open or thing.others):
            if all(item.sure for item in thing.items.values()):
                return Const(len(thing.items), site.place)
        if isinstance(thing, ListObject) and not thing.leaked and thing.rest is None:
            return Const(len(thing.items), site.place)
        if isinstance(thing, InstanceObject) and thing.payload is not None:
            site.arguments = [thing.payload]
            return length(machine, site)
    kind = kind_of(machine, value)
    if kind in ("int", "float", "bool", "NoneType", "generator", "map", "filter", "zip", "function"):
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    machine.may_raise(("TypeError",))
    if type(value) is Sym:
        return machine.child(value, "length", None, "int", site.place)
    return machine.unknown(site.place, "int")


@models("abs", "round", "pow", "divmod", "ord", "chr", "hex", "bin", "oct", "hash")
def number(machine: Machine, site: CallSite) -> Value:
    import builtins

    values = consts(machine, site.arguments)
    safe = values is not None and all(not isinstance(v, int) or abs(v) < 10**9 for v in values)
    if values is not None and safe and site.name not in ("pow", "hash") and not site.keywords:
        try:
            found = getattr(builtins, site.name)(*values)
        except Exception as error:
            raise machine.raise_builtin(type(error).__name__, site.node, site.frame) from None
        if isinstance(found, tuple):
            return Tuple(tuple(Const(part, site.place) for part in found), site.place)
        return Const(found, site.place)
    machine.may_raise(None)
    kinds = {"ord": "int", "chr": "str", "hex": "str", "bin": "str", "oct": "str", "hash": "int"}
    kind = kinds.get(site.name)
    if site.name == "abs" and site.arguments:
        kind = kind_of(machine, site.arguments[0])
        kind = kind if kind in ("int", "float") else None
    if site.name == "round" and site.arguments:
        inner = kind_of(machine, site.arguments[0])
        if inner in ("float", "int"):
            kind = "int" if len(site.arguments) == 1 and not site.keywords else inner
            if len(site.arguments) > 1 and not isinstance((consts(machine, site.arguments[1:]) or [None])[0], int):
                kind = None
    return machine.unknown(site.place, kind)


@models("sum", "min", "max", "any", "all")
def fold(machine: Machine, site: CallSite) -> Value:
    import builtins

    if not site.arguments:
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    many = site.name in ("min", "max") and len(site.arguments) > 1
    found = (
        Elements(tuple(site.arguments)) if many else elements(machine, site.arguments[0], site.node, site.frame, True)
    )
    values = consts(machine, list(found.items))
    extra = [] if many else site.arguments[1:]
    start = consts(machine, extra)
    if values is not None and found.rest is None and start is not None and not site.keywords:
        try:
            return Const(getattr(builtins, site.name)(values, *start), site.place)
        except Exception as error:
            raise machine.raise_builtin(type(error).__name__, site.node, site.frame) from None
    if site.name in ("any", "all"):
        return _any_all(machine, site, found)
    machine.may_raise(None)
    for value in site.keywords.values():
        escape.leak(machine, value)
    parts = everything(found)
    kinds = {kind_of(machine, part) for part in parts}
    if site.name == "sum":
        numbers = kinds <= {"int", "bool", "float"} and not extra and not site.keywords
        return machine.unknown(site.place, "int" if numbers and "float" not in kinds else None)
    if "default" in site.keywords:
        parts.append(site.keywords["default"])
    return sequences.join_elements(machine, parts) or machine.unknown(site.place)


def _any_all(machine: Machine, site: CallSite, found: Elements) -> Value:
    wanted = site.name == "any"
    answers = [decide(machine, part) for part in found.items]
    if wanted in answers and None not in answers[: answers.index(wanted)]:
        return boolean(wanted)
    if found.rest is None and all(answer is (not wanted) for answer in answers):
        return boolean(not wanted)
    return machine.unknown(site.place, "bool")


# -- types and attributes --------------------------------------------------------------------------------------------


@models("isinstance")
def isinstance_of(machine: Machine, site: CallSite) -> Value:
    from lambdalint.interpreter.library import isinstance_condition

    need(machine, site, 2, 2)
    if kind_of(machine, site.arguments[1]) not in ("type", None):
        machine.may_raise(("TypeError",))
    return isinstance_condition(machine, site.arguments[0], site.arguments[1], site.place)


@models("issubclass")
def issubclass_of(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(("TypeError",))
    return machine.unknown(site.place, "bool")


@models("callable")
def callable_of(machine: Machine, site: CallSite) -> Value:
    return machine.unknown(site.place, "bool")


@models("type")
def type_of(machine: Machine, site: CallSite) -> Value:
    if len(site.arguments) != 1:
        return machine.unknown(site.place)
    value = machine.state.resolve(site.arguments[0])
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, InstanceObject):
            return Ref(thing.cls, site.place)
    kind = kind_of(machine, value)
    if kind is not None and (type(value) is not Sym or value.kind is not None):
        return Outside(kind, site.place) if kind != "NoneType" else Outside("types.NoneType", site.place)
    return machine.unknown(site.place)


@models("getattr")
def getattr_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 2, 3)
    name = machine.state.resolve(site.arguments[1])
    if type(name) is not Const or not isinstance(name.value, str):
        machine.may_raise(None)
        escape.leak(machine, site.arguments[0])
        return machine.unknown(site.place)
    if len(site.arguments) == 2:
        return attributes.get_attribute(machine, site.arguments[0], name.value, site.node, site.frame)
    return _getattr_default(machine, site, name.value)


def _getattr_default(machine: Machine, site: CallSite, name: str) -> Value:
    from lambdalint.interpreter.machine import Raised

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


@models("hasattr")
def hasattr_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 2, 2)
    value, name = machine.state.resolve(site.arguments[0]), machine.state.resolve(site.arguments[1])
    if kind_of(machine, name) != "str":
        machine.may_raise(("TypeError",))
    if type(name) is Const and isinstance(name.value, str) and (kind := kind_of(machine, value)) is not None:
        cls = real_class(kind)
        if cls is not None and hasattr(cls, name.value):
            return boolean(True)
        if cls is not None and cls.__dictoffset__ == 0 and type(value) is Sym and value.kind is not None:
            return boolean(False)
    if type(value) is Ref and type(name) is Const and isinstance(name.value, str):
        thing = machine.object(value)
        if isinstance(thing, InstanceObject) and not thing.leaked:
            if name.value in thing.attributes:
                return boolean(True)
            found, unseen = lookup(machine, thing.cls, name.value)
            if found is not None:
                return boolean(True) if type(found) is not Descriptor else machine.unknown(site.place, "bool")
            if not unseen and not thing.open and not hasattr(object, name.value) and thing.payload is None:
                getter, _ = lookup(machine, thing.cls, "__getattr__")
                if getter is None and not any(isinstance(e, str) for e in machine.state.get(thing.cls).order):  # type: ignore[attr-defined]
                    return boolean(False)
    return machine.unknown(site.place, "bool")


@models("setattr")
def setattr_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 3, 3)
    target, name, value = site.arguments
    name = machine.state.resolve(name)
    if type(name) is Const and isinstance(name.value, str):
        attributes.set_attribute(machine, target, name.value, value, site.node, site.frame)
    else:
        escape.leak(machine, target)
        escape.leak(machine, value)
    return NONE


@models("vars")
def vars_of(machine: Machine, site: CallSite) -> Value:
    if site.arguments:
        value = machine.state.resolve(site.arguments[0])
        if type(value) is Ref and isinstance(machine.object(value), InstanceObject):
            return attributes.get_attribute(machine, value, "__dict__", site.node, site.frame)
    machine.may_raise(None)
    return machine.unknown(site.place)


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
    from lambdalint.interpreter.instances import builtin_init

    receiver = site.receiver
    if receiver is None and site.arguments:
        receiver = site.arguments.pop(0)
    receiver = machine.state.resolve(receiver) if receiver is not None else None
    if type(receiver) is Ref:
        thing = machine.object(receiver)
        if isinstance(thing, InstanceObject):
            builtin_init(machine, receiver, site.arguments, site.keywords, site.node, site.frame)
        elif isinstance(thing, DictObject) and site.arguments:
            update_dict(machine, receiver, site.arguments[0], site.node, site.frame)
            for key, value in site.keywords.items():
                machine.state.write(receiver.id).items[key] = Item(value, value.place)
        elif isinstance(thing, DictObject):
            for key, value in site.keywords.items():
                machine.state.write(receiver.id).items[key] = Item(value, value.place)
        elif isinstance(thing, ListObject) and site.arguments:
            extend_list(machine, receiver, site.arguments[0], site.node, site.frame)
    return NONE


@models("object.__new__")
def object_new(machine: Machine, site: CallSite) -> Value:
    from lambdalint.interpreter.instances import allocate

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


@models("globals", "locals")
def namespace(machine: Machine, site: CallSite) -> Value:
    return machine.unknown(site.place)


@models("exec", "eval", "__import__", "importlib.import_module", "compile")
def dynamic(machine: Machine, site: CallSite) -> Value:
    machine.lose("dynamic code")
    if site.name == "exec":  # it may bind any name here
        machine.state.write(site.frame.module).open = True
        machine.state.write(site.frame.scope).open = True
    machine.may_raise(None)
    for argument in site.arguments:
        escape.leak(machine, argument)
    machine.state.epoch += 1
    return machine.unknown(site.place)


@models("exit", "quit", "sys.exit", "os._exit")
def leave(machine: Machine, site: CallSite) -> Value:
    raise machine.raise_builtin("SystemExit", site.node, site.frame)


@models("typing.assert_never", "typing_extensions.assert_never")
def never(machine: Machine, site: CallSite) -> Value:
    raise machine.raise_builtin("AssertionError", site.node, site.frame)


@models("print", "id", "input")
def harmless(machine: Machine, site: CallSite) -> Value:
    return {"id": machine.unknown(site.place, "int"), "input": machine.unknown(site.place, "str")}.get(site.name, NONE)
