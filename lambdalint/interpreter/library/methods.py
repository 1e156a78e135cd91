"""Methods of dicts, lists, sets and strings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lambdalint.interpreter import containers, escape, items, sequences
from lambdalint.interpreter.dicts import get_or, materialise, missing_item, unsettle
from lambdalint.interpreter.item_stores import set_item
from lambdalint.interpreter.iteration import dict_keys, elements
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.models import MODELS, M, models
from lambdalint.interpreter.spreading import extend_list, update_dict
from lambdalint.interpreter.state import DictObject, Item, ListObject
from lambdalint.interpreter.values import NONE, Const, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library import CallSite
    from lambdalint.interpreter.machine import Machine

DICTS = ("dict", "collections.OrderedDict", "collections.defaultdict", "collections.Counter", "collections.UserDict")


def dict_method(*names: str) -> Callable[[M], M]:
    """A method of every kind of dict, and of what was read from JSON."""
    return models(*[f"{kind}.{name}" for kind in (*DICTS, "?") for name in names])


def _receiver(machine: Machine, site: CallSite) -> Value:
    if site.receiver is None:  # `dict.get(d, k)`
        if not site.arguments:
            raise machine.raise_builtin("TypeError", site.node, site.frame)
        return machine.state.resolve(site.arguments.pop(0))
    return machine.state.resolve(site.receiver)


def _as_dict(machine: Machine, site: CallSite, write: bool = False) -> tuple[Value, DictObject | None]:
    """The receiver, and its object where it is one that is known."""
    value = _receiver(machine, site)
    if write and type(value) is Sym and (value.json or value.role == "event"):
        value = materialise(machine, value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, DictObject):
            return value, thing
    return value, None


def unknown_method(machine: Machine, site: CallSite, value: Value) -> Value:
    """A method of something that is not known."""
    for part in (value, *site.arguments, *site.keywords.values()):
        escape.leak(machine, part)
    machine.state.epoch += 1
    machine.may_raise(None, after_effects=True)
    return machine.unknown(site.place)


@dict_method("get")
def get(machine: Machine, site: CallSite) -> Value:
    value = _receiver(machine, site)
    if not site.arguments:
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    default = site.arguments[1] if len(site.arguments) > 1 else NONE
    if sequences.is_unhashable(machine, site.arguments[0]):
        machine.may_raise(("TypeError",))
    if type(value) is Ref and isinstance(machine.object(value), DictObject):
        return get_or(machine, value, site.arguments[0], default, site.node, site.frame)
    if type(value) is Sym and kind_of(machine, value) in (None, "dict"):
        return get_or(machine, value, site.arguments[0], default, site.node, site.frame)
    return unknown_method(machine, site, value)


@dict_method("update")
def update(machine: Machine, site: CallSite) -> Value:
    value, thing = _as_dict(machine, site, True)
    if thing is None:
        return unknown_method(machine, site, value)
    assert isinstance(value, Ref)
    if thing.type == "collections.Counter":
        containers.open_dict(machine, value)
        return NONE
    if site.arguments:
        update_dict(machine, value, site.arguments[0], site.node, site.frame)
    for key, item in site.keywords.items():
        machine.state.write(value.id).items[key] = Item(item, item.place)
    return NONE


@dict_method("setdefault")
def setdefault(machine: Machine, site: CallSite) -> Value:
    value, thing = _as_dict(machine, site, True)
    if thing is None or not site.arguments:
        return unknown_method(machine, site, value)
    default = site.arguments[1] if len(site.arguments) > 1 else NONE
    known, key = sequences.key_of(machine, site.arguments[0])
    assert isinstance(value, Ref)
    if sequences.is_unhashable(machine, site.arguments[0]):
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    if not known or thing.leaked:
        escape.leak(machine, default)
        containers.open_dict(machine, value)
        return machine.unknown(site.place)
    item = thing.items.get(key)
    if item is not None and item.sure:
        return item.value
    if item is None and not thing.open and not thing.others:
        machine.state.write(value.id).items[key] = Item(default, default.place)
        return default
    if machine.choose(2) == 0:
        found = item.value if item is not None else missing_item(machine, thing, key)
    else:
        found = default
    machine.state.write(value.id).items[key] = Item(found, found.place)
    return found


@dict_method("pop")
def pop(machine: Machine, site: CallSite) -> Value:
    value = _receiver(machine, site)
    if type(value) is Ref and isinstance(machine.object(value), ListObject):
        return _list_pop(machine, site, value)
    if type(value) is Sym and not (site.arguments and kind_of(machine, site.arguments[0]) == "str"):
        return unknown_method(machine, site, value)  # it may be a list
    site.receiver = value
    value, thing = _as_dict(machine, site, True)
    if thing is None or not site.arguments:
        return unknown_method(machine, site, value)
    assert isinstance(value, Ref)
    default = site.arguments[1] if len(site.arguments) > 1 else None
    known, key = sequences.key_of(machine, site.arguments[0])
    if thing.leaked or not known:
        machine.may_raise(("KeyError", "TypeError"))
        if not thing.leaked:
            unsettle(machine, value)
        return machine.unknown(site.place)
    item = thing.items.get(key)
    if item is not None and item.sure:
        machine.state.write(value.id).items.pop(key)
        return item.value
    if item is None and not thing.open and not thing.others:
        if default is None:
            raise machine.raise_builtin("KeyError", site.node, site.frame)
        return default
    found = item.value if item is not None else missing_item(machine, thing, key)
    machine.state.write(value.id).items.pop(key, None)
    if default is None:
        machine.may_raise(("KeyError",))
        return found
    return found if machine.choose(2) == 0 else default


@dict_method("keys", "values", "items")
def views(machine: Machine, site: CallSite) -> Value:
    name = site.name.rpartition(".")[2]
    value, thing = _as_dict(machine, site)
    if thing is None:
        if type(value) is Sym and (value.json or value.role == "event"):
            item = machine.unknown(site.place, json=True)
            key = machine.unknown(site.place, "str")
            rest: Value = {"keys": key, "values": item, "items": Tuple((key, item), site.place)}[name]
            machine.may_raise(("AttributeError",))
            return machine.new(_view(name, [], rest, site))
        return unknown_method(machine, site, value)
    if thing.leaked:
        loose: Value = machine.unknown(site.place)
        if name == "items":
            loose = Tuple((machine.unknown(site.place), machine.unknown(site.place)), site.place)
        return machine.new(_view(name, [], loose, site))
    keys = dict_keys(machine, thing, site.place)
    if keys.rest is None:
        values = [item.value for item in thing.items.values()]
        pairs = [Tuple(pair, site.place) for pair in zip(keys.items, values)]
        found: dict[str, list[Any]] = {"keys": list(keys.items), "values": values, "items": pairs}
        return machine.new(_view(name, found[name], None, site))
    held = [item.value for item in thing.items.values()] + [pair[1] for pair in thing.others]
    if thing.open:
        json = thing.backing is not None
        held.append(thing.rest if thing.rest is not None else machine.unknown(site.place, json=json))
    value_rest = sequences.join_elements(machine, held) or machine.unknown(site.place)
    rest = {"keys": keys.rest, "values": value_rest, "items": Tuple((keys.rest, value_rest), site.place)}[name]
    return machine.new(_view(name, [], rest, site))


def _view(name: str, items: list[Value], rest: Value | None, site: CallSite) -> ListObject:
    return ListObject(items, site.place, f"dict_{name}", rest)


@dict_method("copy")
def copy(machine: Machine, site: CallSite) -> Value:
    value = _receiver(machine, site)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, (DictObject, ListObject)):
            made = thing.copy()
            made.place = site.place
            if isinstance(made, DictObject):
                made.escaped, made.mirrors = False, None
            return machine.new(made)
    if type(value) is Sym and value.json and value.event != () and kind_of(machine, value) != "dict":
        machine.may_raise(("AttributeError",))
        return machine.unknown(site.place, json=True)
    if type(value) is Sym and (value.json or value.role == "event"):
        made = DictObject(site.place)
        made.open, made.backing = True, value
        machine.may_raise(("AttributeError",))
        return machine.new(made)
    return unknown_method(machine, site, value)


models("list.copy", "set.copy")(copy)


@dict_method("clear")
def clear(machine: Machine, site: CallSite) -> Value:
    value = _receiver(machine, site)
    if type(value) is Sym and kind_of(machine, value) != "dict":  # it may be a list
        return unknown_method(machine, site, value)
    site.receiver = value
    value, thing = _as_dict(machine, site, True)
    if thing is None:
        return unknown_method(machine, site, value)
    assert isinstance(value, Ref)
    writable = machine.state.write(value.id)
    writable.items, writable.others, writable.open, writable.backing, writable.rest = {}, (), False, None, None
    return NONE


@dict_method("popitem")
def popitem(machine: Machine, site: CallSite) -> Value:
    value, thing = _as_dict(machine, site, True)
    if thing is None:
        return unknown_method(machine, site, value)
    assert isinstance(value, Ref)
    machine.may_raise(("KeyError",))
    unsettle(machine, value)
    return Tuple((machine.unknown(site.place), machine.unknown(site.place)), site.place)


@models("dict.fromkeys", "collections.OrderedDict.fromkeys")
def fromkeys(machine: Machine, site: CallSite) -> Value:
    made = machine.new(DictObject(site.place))
    default = site.arguments[1] if len(site.arguments) > 1 else NONE
    found = elements(machine, site.arguments[0], site.node, site.frame) if site.arguments else None
    if found is None:
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    for key in found.items:
        set_item(machine, made, key, default, site.node, site.frame)
    if found.rest is not None:
        writable = machine.state.write(made.id)
        writable.open, writable.rest = True, default
    return made


@models("dict.__setitem__", "collections.OrderedDict.__setitem__", "list.__setitem__")
def setitem(machine: Machine, site: CallSite) -> Value:
    value = _receiver(machine, site)
    if len(site.arguments) == 2:
        set_item(machine, value, site.arguments[0], site.arguments[1], site.node, site.frame)
    return NONE


@models("dict.__getitem__", "list.__getitem__", "?.__getitem__")
def getitem(machine: Machine, site: CallSite) -> Value:
    value = _receiver(machine, site)
    if len(site.arguments) != 1:
        return unknown_method(machine, site, value)
    return items.get_item(machine, value, site.arguments[0], site.node, site.frame)


# -- lists and sets --------------------------------------------------------------------------------------------------


def _as_list(machine: Machine, site: CallSite) -> tuple[Value, ListObject | None]:
    value = _receiver(machine, site)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, ListObject):
            return value, thing
    return value, None


@models("list.append", "collections.deque.append", "set.add", "?.append", "?.add")
def append(machine: Machine, site: CallSite) -> Value:
    value, thing = _as_list(machine, site)
    if thing is None or len(site.arguments) != 1:
        return unknown_method(machine, site, value)
    assert isinstance(value, Ref)
    containers.append(machine, value, site.arguments[0], site.node, site.frame)
    return NONE


@models("list.extend", "collections.deque.extend", "set.update", "?.extend")
def extend(machine: Machine, site: CallSite) -> Value:
    value, thing = _as_list(machine, site)
    if thing is None:
        return unknown_method(machine, site, value)
    assert isinstance(value, Ref)
    for argument in site.arguments:
        extend_list(machine, value, argument, site.node, site.frame)
    return NONE


@models("list.insert", "collections.deque.appendleft", "collections.deque.extendleft", "collections.deque.insert")
def insert(machine: Machine, site: CallSite) -> Value:
    value, thing = _as_list(machine, site)
    if thing is None or not site.arguments:
        return unknown_method(machine, site, value)
    assert isinstance(value, Ref)
    new = site.arguments[-1]
    index: Value = site.arguments[0] if site.name == "list.insert" else Const(0)
    index = machine.state.resolve(index)
    exact = type(index) is Const and isinstance(index.value, int) and thing.rest is None and not thing.leaked
    if site.name == "collections.deque.extendleft":
        exact = False
        escape.leak(machine, new)
        new = machine.unknown(site.place)
    if exact:
        machine.state.write(value.id).items.insert(index.value, new)  # type: ignore[attr-defined]
        return NONE
    if type(index) is not Const or not isinstance(index.value, int):
        machine.may_raise(("TypeError",))
    containers.shuffle(machine, value, new)
    return NONE


@models("list.pop", "collections.deque.pop", "collections.deque.popleft")
def list_pop(machine: Machine, site: CallSite) -> Value:
    value, thing = _as_list(machine, site)
    if thing is None:
        return unknown_method(machine, site, value)
    assert isinstance(value, Ref)
    return _list_pop(machine, site, value)


def _list_pop(machine: Machine, site: CallSite, value: Ref) -> Value:
    thing = machine.object(value)
    assert isinstance(thing, ListObject)
    index: Value = site.arguments[0] if site.arguments else Const(-1)
    if site.name.endswith("popleft"):
        index = Const(0)
    index = machine.state.resolve(index)
    if thing.leaked:
        machine.may_raise(("IndexError", "TypeError"))
        return machine.unknown(site.place)
    if thing.rest is None and type(index) is Const and isinstance(index.value, int):
        if not -len(thing.items) <= index.value < len(thing.items):
            raise machine.raise_builtin("IndexError", site.node, site.frame)
        popped: Value = machine.state.write(value.id).items.pop(index.value)
        return popped
    machine.may_raise(("IndexError", "TypeError"))
    everything = [*thing.items, *([thing.rest] if thing.rest is not None else [])]
    found = sequences.join_elements(machine, everything)
    containers.shuffle(machine, value)
    return found if found is not None else machine.unknown(site.place)


@models("list.remove", "set.remove", "set.discard", "set.pop", "collections.deque.remove")
def remove(machine: Machine, site: CallSite) -> Value:
    value, thing = _as_list(machine, site)
    if thing is None:
        return unknown_method(machine, site, value)
    assert isinstance(value, Ref)
    if any(sequences.is_unhashable(machine, argument) for argument in site.arguments):
        machine.may_raise(("TypeError",))  # a set is looked for as a frozenset
    if not site.name.endswith("discard"):
        machine.may_raise(("ValueError", "KeyError", "TypeError"))
    everything = [*thing.items, *([thing.rest] if thing.rest is not None else [])]
    containers.shuffle(machine, value)
    if site.name != "set.pop":
        return NONE
    if thing.leaked:
        return machine.unknown(site.place)
    return sequences.join_elements(machine, everything) or machine.unknown(site.place)


@models("list.sort", "list.reverse", "collections.deque.reverse", "collections.deque.rotate")
def reorder(machine: Machine, site: CallSite) -> Value:
    value, thing = _as_list(machine, site)
    if thing is None:
        return unknown_method(machine, site, value)
    assert isinstance(value, Ref)
    if site.name == "list.reverse" and thing.rest is None:
        machine.state.write(value.id).items.reverse()
        return NONE
    if site.name == "list.sort":
        machine.may_raise(("TypeError",))
        for argument in site.keywords.values():
            escape.leak(machine, argument)
    containers.shuffle(machine, value)
    return NONE


@models("list.clear", "set.clear", "collections.deque.clear")
def list_clear(machine: Machine, site: CallSite) -> Value:
    value, thing = _as_list(machine, site)
    if thing is None:
        return unknown_method(machine, site, value)
    assert isinstance(value, Ref)
    writable = machine.state.write(value.id)
    writable.items, writable.rest = [], None
    return NONE


@models("set.union", "set.intersection", "set.difference", "set.symmetric_difference", "frozenset.union",
        "frozenset.intersection", "frozenset.difference")  # fmt: skip
def set_algebra(machine: Machine, site: CallSite) -> Value:
    value, thing = _as_list(machine, site)
    if thing is None:
        return unknown_method(machine, site, value)
    everything = [*thing.items, *([thing.rest] if thing.rest is not None else [])]
    if thing.leaked:
        everything.append(machine.unknown(site.place))
    for argument in site.arguments:
        found = elements(machine, argument, site.node, site.frame)
        everything += [*found.items, *([found.rest] if found.rest is not None else [])]
    return machine.new(ListObject([], site.place, thing.type, sequences.join_elements(machine, everything)))


# -- strings ---------------------------------------------------------------------------------------------------------

_TEXT_LIMIT = 10_000
_KEPT = ("upper", "lower", "strip", "lstrip", "rstrip", "title", "capitalize", "casefold", "swapcase", "replace",
         "removeprefix", "removesuffix", "zfill", "ljust", "rjust", "center", "expandtabs", "join", "format",
         "startswith", "endswith", "isdigit", "isalpha", "isalnum", "isnumeric", "isspace", "islower", "isupper",
         "find", "rfind", "count", "index", "rindex", "encode", "split", "rsplit", "splitlines", "partition",
         "rpartition", "isidentifier", "decode", "hex", "isdecimal", "istitle", "translate", "format_map",
         "isascii", "isprintable")  # fmt: skip

#: The type that each text method gives when its answer cannot be computed.
_RESULTS = {
    "startswith": "bool", "endswith": "bool", "isdigit": "bool", "isalpha": "bool", "isalnum": "bool",
    "isnumeric": "bool", "isspace": "bool", "islower": "bool", "isupper": "bool", "isidentifier": "bool",
    "isdecimal": "bool", "istitle": "bool", "isascii": "bool", "isprintable": "bool", "find": "int", "rfind": "int",
    "count": "int", "index": "int", "rindex": "int", "encode": "bytes", "split": "list[self]", "rsplit": "list[self]",
    "splitlines": "list[self]", "partition": "tuple[self, self, self]", "rpartition": "tuple[self, self, self]",
    "decode": "str", "hex": "str",
}  # fmt: skip
_RAISING = frozenset({"index", "rindex", "encode", "decode", "join", "format", "format_map", "split", "translate"})


def _text_method(machine: Machine, site: CallSite) -> Value:
    value = _receiver(machine, site)
    kind, _, name = site.name.partition(".")
    if kind == "?":
        kind = kind_of(machine, value) or "?"
        if type(value) is Sym and kind == "?":
            return _on_unknown(machine, site, value, name)
    if name == "join":
        return _join(machine, site, value, kind)
    if name == "format":
        for argument in (*site.arguments, *site.keywords.values()):
            if type(machine.state.resolve(argument)) is Ref:
                machine.may_raise(None)
    arguments = [machine.state.resolve(argument) for argument in (value, *site.arguments)]
    keywords = {key: machine.state.resolve(argument) for key, argument in site.keywords.items()}
    everything = [*arguments, *keywords.values()]
    if all(_plain(argument) for argument in everything):
        return _compute(machine, site, name, arguments, keywords)
    machine.may_raise(
        ("TypeError", "ValueError", "IndexError", "KeyError", "UnicodeError", "AttributeError", "LookupError")
    )
    from lambdalint.interpreter.library.types import make

    result = _RESULTS.get(name, "self")
    made = make(machine, result, site.place, Const("") if kind == "str" else Const(b""))
    if type(value) is Sym and value.event is not None and name in ("upper", "lower", "strip") and type(made) is Sym:
        made = machine.child(value, "method", name, "str", site.place)
        machine.recorder.derived(made, value.event)
    elif type(value) is Sym and result == "bool" and all(_plain(a) for a in everything[1:]):
        key = (name, *[a.value for a in everything[1:] if type(a) is Const])
        made = machine.child(value, "method", key, "bool", site.place)
    return made


def _plain(value: Value) -> bool:
    if type(value) is Tuple:
        return value.rest is None and all(_plain(item) for item in value.items)
    return type(value) is Const


def _python(value: Value) -> Any:
    if type(value) is Tuple:
        return tuple(_python(item) for item in value.items)
    assert isinstance(value, Const)
    return value.value


def _compute(machine: Machine, site: CallSite, name: str, arguments: list[Value], keywords: dict[str, Value]) -> Value:
    receiver, *given = [_python(argument) for argument in arguments]
    if any(isinstance(part, int) and abs(part) > _TEXT_LIMIT for part in given) or len(receiver) > _TEXT_LIMIT:
        return machine.unknown(site.place)
    if name in ("format", "format_map") and any(mark in str(receiver) for mark in ("{:", "!", ".", "[")):
        machine.may_raise(("ValueError", "IndexError", "KeyError"))
        return machine.unknown(site.place, "str")
    try:
        found = getattr(receiver, name)(*given, **{key: _python(value) for key, value in keywords.items()})
    except Exception as error:
        raise machine.raise_builtin(type(error).__name__, site.node, site.frame) from None
    return _value(machine, found, site)


def _value(machine: Machine, found: Any, site: CallSite) -> Value:
    if isinstance(found, list):
        return machine.new(ListObject([Const(part, site.place) for part in found], site.place))
    if isinstance(found, tuple):
        return Tuple(tuple(Const(part, site.place) for part in found), site.place)
    return Const(found, site.place)


def _join(machine: Machine, site: CallSite, value: Value, kind: str) -> Value:
    if len(site.arguments) != 1:
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    found = elements(machine, site.arguments[0], site.node, site.frame)
    parts = [machine.state.resolve(part) for part in found.items]
    value = machine.state.resolve(value)
    if found.rest is None and type(value) is Const and all(type(part) is Const for part in parts):
        try:
            return Const(value.value.join([part.value for part in parts]), site.place)  # type: ignore
        except TypeError:
            raise machine.raise_builtin("TypeError", site.node, site.frame) from None
    if any((k := kind_of(machine, part)) is not None and k != kind for part in parts):
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    machine.may_raise(("TypeError",))
    return machine.unknown(site.place, kind if kind in ("str", "bytes") else None)


def _on_unknown(machine: Machine, site: CallSite, value: Sym, name: str) -> Value:
    """A text method of something read from JSON: it can only be a text."""
    if not (value.json or value.role == "event"):
        return unknown_method(machine, site, value)
    machine.may_raise(("AttributeError", "TypeError", "ValueError"))
    machine.state.learn(value, kind="str", not_none=True)
    site.name = f"str.{name}"
    site.receiver = value
    return _text_method(machine, site)


for _name in _KEPT:
    for _kind in ("str", "bytes", "?"):
        if hasattr(str if _kind != "bytes" else bytes, _name) and not (_kind == "?" and _name in ("count", "index")):
            MODELS.setdefault(f"{_kind}.{_name}", _text_method)
