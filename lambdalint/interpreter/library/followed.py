"""A library that the run of a script follows: each call is recorded, and what it gives keeps the name by which it came.

So is CDK in a run of its app: its objects live in another process, and a call changes nothing that it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.library.path_values import text_of_path
from lambdalint.interpreter.values import NONE, Const, Sym, Value, is_followed

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_INIT = ".__init__"
#: How jsii's structs are called: classes that hold what they were given, and give it back by name.
_STRUCTS = ("Props", "Options")
#: What a struct of jsii keeps it in.
_HELD = "_values"


def call_followed(machine: Machine, site: CallSite) -> Value:
    """Record a call, and name what it gives. A class of the project that derives from one of the library's is made by
    the call of the library's own `__init__`."""
    if site.name.endswith(_INIT) and is_followed(site.receiver):
        own, site.name, site.receiver = site.receiver, site.name[: -len(_INIT)], None
        machine.recorder.call(machine, site, lambda: None, own)
        return NONE
    id: object = machine.state.fresh()
    path = _path(machine, site) if site.name == "open" else None
    if path is not None:
        id, site.arguments = ("open", path), [Const(path, site.place), *site.arguments[1:]]
    is_class = site.name.rpartition(".")[2][:1].isupper()
    made = Sym(id, site.name if is_class else None, site.place, name=site.name)
    if is_class and site.name.endswith(_STRUCTS) and not site.open and not site.arguments:
        held = DictObject(site.place)
        held.items = {name: Item(value, site.place) for name, value in site.keywords.items()}
        made.given = machine.new(held)
    machine.recorder.call(machine, site, lambda: None, made)
    return made


def followed_attribute(machine: Machine, value: Sym, name: str, place: Place | None) -> Value:
    """An attribute of what such a library gave."""
    if value.given is not None and machine.state.holds(value.given.id):
        if name == _HELD:
            return value.given
        held = machine.object(value.given)
        if isinstance(held, DictObject) and not held.leaked:
            if name == "__dict__":
                own = DictObject(place)
                own.items = {_HELD: Item(value.given, place)}
                return machine.new(own)
            if name in held.items:
                return held.items[name].value
    return machine.child(value, "attribute", name, None, place)


def _path(machine: Machine, site: CallSite) -> str | None:
    return text_of_path(machine.state.resolve(site.arguments[0])) if site.arguments else None


def answer(machine: Machine, site: CallSite) -> Value | None:
    """What a call gives, where whoever has the script run can tell: by its first argument, a text or a file that was
    opened."""
    if machine.script is None or not site.arguments:
        return None
    first = machine.state.resolve(site.arguments[0])
    if type(first) is Const and isinstance(first.value, str):
        found = machine.script.answers(site.name, first.value)
    elif type(first) is Sym and type(first.id) is tuple and first.id[0] == "open":
        found = machine.script.answers(site.name, first.id[1])
    else:
        return None
    return from_json(machine, found, site.place) if found is not None else None


def from_json(machine: Machine, data: object, place: Place) -> Value:
    """A value of what JSON holds."""
    if isinstance(data, dict):
        made = DictObject(place)
        made.items = {key: Item(from_json(machine, value, place), place) for key, value in data.items()}
        return machine.new(made)
    if isinstance(data, list):
        return machine.new(ListObject([from_json(machine, value, place) for value in data], place, "list"))
    return Const(data, place)
