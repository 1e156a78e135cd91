"""What calls outside the project give back.

`call_library` finds, by the full name of what is called: a model (a function that works on the machine: `dict.update`,
`sorted`, `dataclasses.asdict`), else a row of the table (the type that comes back: `datetime.datetime.now`), else
nothing - and then the answer is unknown, and whatever mutable was passed may have been changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from lambdalint.finding import Place
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library import arity, models
from lambdalint.interpreter.library.harmless import changes_nothing
from lambdalint.interpreter.library.names import canonical, is_builtin, is_standard
from lambdalint.interpreter.library.tables import ATTRIBUTES, CALLS, ELEMENTS, OPERATORS
from lambdalint.interpreter.library.types import Row, make, parse_row
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.state import ClassObject, DictObject, IteratorObject
from lambdalint.interpreter.values import (
    Bound,
    Const,
    Function,
    Method,
    Outside,
    Partial,
    Ref,
    Sym,
    Tuple,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Frame, Machine

#: Calls that say nothing to a rule: methods of builtin types, and builtins but for a few.
_BUILTIN_METHODS = ("?.", "dict.", "list.", "str.", "bytes.", "set.", "tuple.", "int.", "float.", "dict_", "object.")
_NOTED = frozenset({"open", "exec", "eval", "exit", "quit", "print", "bytes.decode"})


@dataclass(slots=True)
class CallSite:
    """A call of something outside: `name` is its full name, `receiver` the object of a method."""

    name: str
    arguments: list[Value]
    keywords: dict[str, Value]
    open: bool
    node: Any
    frame: Frame
    place: Place
    receiver: Value | None = None

    def argument(self, position: int, name: str = "") -> Value | None:
        """The argument at a position or under a keyword."""
        if name and name in self.keywords:
            return self.keywords[name]
        return self.arguments[position] if position < len(self.arguments) else None


def call_library(machine: Machine, site: CallSite) -> Value:
    """Call something outside the project.

    Raises:
        Raised: it raises, on paper.
    """
    site.name = canonical(site.name)
    if machine.patched and site.name.split(".")[0] in machine.patched:
        site.open = True
    decoding = site.name == "str" and len(site.arguments) + len(site.keywords) > 1
    if decoding or site.name in _NOTED or ("." in site.name and not site.name.startswith(_BUILTIN_METHODS)):
        machine.recorder.call(machine, site)
    if not site.open and arity.refuses(site.name, site.receiver is not None, len(site.arguments), tuple(site.keywords)):
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    model = models.find(site.name)
    if model is not None and not site.open:
        return model(machine, site)
    escape(machine, site)
    row = CALLS.get(site.name)
    if row is not None and not site.open:
        hand_over(machine, site)
        return from_row(machine, site, parse_row(row))
    changes = not changes_nothing(site.name)
    if not changes:
        hand_over(machine, site)
    else:
        for value in (*site.arguments, *site.keywords.values()):
            leak(machine, value)
        if site.receiver is not None:
            leak(machine, site.receiver)
        machine.state.epoch += 1
    machine.may_raise(None, after_effects=changes)
    return machine.unknown(site.place)


def from_row(machine: Machine, site: CallSite, row: Row) -> Value:
    """The value that a row of the table gives."""
    given = [kind_of(machine, value) for value in (*site.arguments, *site.keywords.values())]
    raises = row.exceptions(given)
    if raises:
        machine.may_raise(raises)
    text = row.type
    if "like0" in text:
        text = text.replace("like0", given[0] if given and given[0] in ("str", "bytes") else "?")
    receiver = machine.state.resolve(site.receiver) if site.receiver is not None else None
    return make(machine, text, site.place, receiver)


def escape(machine: Machine, site: CallSite) -> None:
    """Mark the dicts that are handed over: they are not let fall."""
    for value in (*site.arguments, *site.keywords.values()):
        value = machine.state.resolve(value)
        if type(value) is Ref and isinstance(machine.object(value), DictObject):
            machine.state.write(value.id).escaped = True


def hand_over(machine: Machine, site: CallSite) -> None:
    """What is called changes no container that it is given; functions it may call, and iterators go through."""
    for value in (*site.arguments, *site.keywords.values()):
        value = machine.state.resolve(value)
        thing = machine.object(value) if type(value) is Ref else None
        if isinstance(value, (Function, Bound, Partial)) or isinstance(thing, (ClassObject, IteratorObject)):
            leak(machine, value)


def outside_attribute(machine: Machine, value: Outside, name: str, node: Any, frame: Frame) -> Value:
    """`module.name`, `Class.name` of something outside."""
    full = canonical(f"{value.name}.{name}")
    place = machine.place(node, frame)
    row = ATTRIBUTES.get(full)
    if row is not None:
        return make(machine, row, place)
    constant = models.constant(full, place)
    return constant if constant is not None else Outside(full, place)


def known_attribute(machine: Machine, value: Value, kind: str, name: str, place: Place) -> Value | None:
    """A data attribute of a value of a known type, where the table knows it."""
    if type(value) is Const and isinstance(value.value, Enum) and isinstance(vars(Enum).get(name), property):
        return Const(getattr(value.value, name), place)
    row = ATTRIBUTES.get(f"{kind}.{name}")
    return make(machine, row, place) if row is not None else None


def outside_item(machine: Machine, value: Outside, key: Value, node: Any, frame: Frame) -> Value:
    """`os.environ[key]`; a subscripted class is itself; anything else is unknown."""
    place = machine.place(node, frame)
    if value.name == "os.environ":
        if type(key) is Const and isinstance(key.value, str):
            machine.recorder.environment_read(key.value, "item", place)
            machine.may_raise(("KeyError",))
            return models.environment_variable(machine, key.value, place)
        machine.may_raise(("KeyError",))
        return machine.unknown(place, "str")
    if value.name.startswith("typing.") or value.name in ("list", "dict", "tuple", "set", "type", "frozenset"):
        return value
    machine.may_raise(None)
    return machine.unknown(place)


def set_outside_item(machine: Machine, value: Outside, key: Value, new: Value, node: Any, frame: Frame) -> None:
    """`os.environ[key] = new` and the like."""
    leak(machine, new)
    machine.state.epoch += 1
    if value.name != "os.environ":
        machine.may_raise(None)


def known_item(machine: Machine, value: Value, kind: str, key: Value, place: Place) -> Value:
    """`value[key]` of a value of a known type."""
    row = CALLS.get(f"{kind}.__getitem__")
    return make(machine, parse_row(row).type if row is not None else "?", place)


def element_of(machine: Machine, value: Value, kind: str | None, place: Place) -> Value | None:
    """What iterating over a value of a type gives, where the table knows it."""
    row = ELEMENTS.get(kind) if kind is not None else None
    return make(machine, row, place) if row is not None else None


def operator_result(op: str, one: str | None, other: str | None) -> str | None:
    """The type of `one op other` for types that the table knows."""
    return OPERATORS.get((op, one, other))


def entered(machine: Machine, manager: Value, node: Any, frame: Frame) -> Value | None:
    """What entering a known context manager gives."""
    if type(manager) is Method and manager.name in ("contextlib.closing()", "contextlib.nullcontext()"):
        return manager.receiver
    kind = kind_of(machine, manager)
    row = CALLS.get(f"{kind}.__enter__") if kind is not None else None
    return make(machine, parse_row(row).type, machine.place(node, frame), manager) if row is not None else None


def isinstance_condition(machine: Machine, value: Value, cls: Value, place: Place) -> Value:
    """`isinstance(value, cls)` as a condition."""
    from lambdalint.interpreter import conditions
    from lambdalint.interpreter.state import InstanceObject

    names = models.class_names(machine, cls)
    if names is None:
        return machine.unknown(place, "bool")
    value = machine.state.resolve(value)
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    thing = machine.object(value) if type(value) is Ref else None
    owner: ClassObject | None = None
    if isinstance(thing, InstanceObject):
        found = machine.state.get(thing.cls)
        assert isinstance(found, ClassObject)
        owner = found
    elif type(value) is Tuple and type(value.cls) is Ref:
        found = machine.state.get(value.cls.id)
        owner = found if isinstance(found, ClassObject) else None
    if owner is not None:
        answer = models.derives(owner, names, isinstance(thing, InstanceObject))
        return boolean(answer) if answer is not None else machine.unknown(place, "bool")
    if type(value) is Sym and value.role == "exception":
        from lambdalint.interpreter.exceptions import matches

        caught = matches(machine, value, cls)
        return boolean(caught) if caught is not None else machine.unknown(place, "bool")
    texts = tuple(name for name in names if isinstance(name, str))
    if len(texts) < len(names) and type(value) is Sym and not value.json and value.kind is None:
        return machine.unknown(place, "bool")
    if not texts:
        return boolean(False)
    return conditions.condition(machine, ("isinstance", value, texts), place)


__all__ = ["CallSite", "Method", "call_library", "is_builtin", "is_standard"]
