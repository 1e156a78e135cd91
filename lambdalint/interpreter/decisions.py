"""What decides a truth value or a condition, as far as the path knows. Nothing is run and nothing learnt."""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.equality import decide_equal, decide_is
from lambdalint.interpreter.heap import ArrayObject, ClassObject, DictObject, InstanceObject, IteratorObject, ListObject
from lambdalint.interpreter.kinds import always_true, is_subclass, kind_of, may_be_data
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.membership import decide_in
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.orderings import decide_order
from lambdalint.interpreter.values import Const, Method, Outside, Ref, Sym, Tuple, Value

#: What a comparison gives: of a number of numpy, a bool of numpy.
BOOLS = ("bool", "numpy.bool")
#: What a condition begins with that asks for the exact type of a value: `type(x) == dict`.
TYPE_IS = "type is"
#: What JSON is parsed to.
JSON_TYPES = ("dict", "list", "str", "int", "float", "bool", "NoneType")


def decide(machine: Machine, value: Value) -> bool | None:
    """Whether a value is true, as far as the path knows."""
    value = machine.state.resolve(value)
    if type(value) is Const:
        return bool(value.value)
    if type(value) is Sym:
        return _decide_symbol(machine, value)
    if type(value) is Tuple:
        return True if value.items else (None if value.rest is not None else False)
    if type(value) is Ref:
        return _decide_object(machine, machine.object(value))
    if type(value) is Outside:
        return True if kind_of(machine, value) is not None else _decide_symbol(machine, outside_symbol(value))
    if type(value) is Method and may_be_data(value):
        return _decide_symbol(machine, attribute_symbol(machine, value))
    return True


def attribute_symbol(machine: Machine, value: Method) -> Sym:
    """The value of an attribute that may be no method, as a symbol: it is the same until something may have changed."""
    receiver = machine.state.resolve(value.receiver)
    id = receiver.id if isinstance(receiver, (Sym, Ref)) else None
    return Sym(("attribute", value.name, id, machine.state.epoch), None, value.place)


def outside_symbol(value: Outside) -> Sym:
    """The value of an outside name, as a symbol: `settings.DEBUG` is what it is, once and for all."""
    return Sym(("outside", value.name), None, value.place)


def _decide_symbol(machine: Machine, value: Sym) -> bool | None:
    fact = machine.state.fact(value)
    if fact.truthy is not None:
        return fact.truthy
    if value.condition is not None and (value.kind in BOOLS or value.condition[0] == "order"):
        return decide_condition(machine, value.condition)
    if value.options:
        answers = {decide(machine, option) for option in value.options}
        return answers.pop() if len(answers) == 1 else None
    kind = value.kind or fact.kind
    if value.role == "exception" or (kind is not None and always_true(kind, value.kind is not None)):
        return True
    return False if kind == "NoneType" else None


def _decide_object(machine: Machine, thing: Any) -> bool | None:
    if isinstance(thing, InstanceObject):
        if thing.payload is not None:
            return decide(machine, thing.payload)
        cls = machine.state.get(thing.cls)
        asked = any(lookup(machine, thing.cls, name)[0] is not None for name in ("__bool__", "__len__"))
        return None if asked or (isinstance(cls, ClassObject) and cls.unseen) else True
    if thing.leaked or isinstance(thing, ArrayObject):
        return None
    if thing.filled:
        return True
    if isinstance(thing, DictObject):
        if any(item.sure for item in thing.items.values()) or any(sure for _, _, sure in thing.others):
            return True
        return None if thing.open or thing.items or thing.others else False
    if isinstance(thing, ListObject):
        return True if thing.items else (None if thing.rest is not None else False)
    if isinstance(thing, IteratorObject) and thing.type == "range":
        return True if thing.items else (None if thing.rest is not None else False)
    return True


def decide_condition(machine: Machine, what: tuple[Any, ...]) -> bool | None:
    """Whether a condition holds, as far as the path knows."""
    form = what[0]
    asked = machine.state.facts.get(question(machine, what))
    if asked is not None:
        return asked.truthy
    if form == "not":
        inner = decide(machine, what[1])
        return None if inner is None else not inner
    if form == "order":
        return decide_order(machine, *what[1:])
    if form == "truth":
        return decide(machine, what[1])
    if form == "is":
        return decide_is(machine, what[1], what[2])
    if form == "eq":
        return decide_equal(machine, what[1], what[2])
    if form == "in":
        return decide_in(machine, what[1], what[2])
    if form == "isinstance":
        return decide_isinstance(machine, what[1], what[2])
    if form == TYPE_IS:
        return _decide_type(machine, what[1], what[2])
    return None


def question(machine: Machine, what: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """What a condition asks, so that asking it again has the answer that it had; None where what it is asked of may
    have changed in between."""
    if what[0] in ("not", "truth"):
        return None
    found: list[Any] = [what[0]]
    for part in what[1:]:
        part = machine.state.resolve(part) if isinstance(part, Value) else part
        if type(part) is Sym:
            found.append(("sym", part.id))
        elif type(part) is Const:
            found.append((type(part.value), part.value))
        elif type(part) is Outside:
            found.append(("outside", part.name))
        elif isinstance(part, Value):
            return None
        else:
            found.append(part)
    return tuple(found)


def decide_isinstance(machine: Machine, value: Value, names: tuple[str, ...]) -> bool | None:
    """Whether a value is of one of some outside classes, as far as the path knows."""
    value = machine.state.resolve(value)
    kind = kind_of(machine, value)
    if type(value) is Tuple:  # a namedtuple has a class of its own, and is a tuple all the same
        kind = "tuple"
    if type(value) is Sym and kind is None:
        fact = machine.state.fact(value)
        if fact.not_none or fact.truthy:
            names = tuple(name for name in names if name != "NoneType")
        if all(name in fact.not_kinds for name in names):
            return False
        parsed = value.json or value.role == "event"
        return False if parsed and may_be_json(names) is False else None
    if kind is None:
        return None
    answers = {is_subclass(kind, name) for name in names}
    return True if True in answers else (None if None in answers else False)


def _decide_type(machine: Machine, value: Value, names: tuple[str, ...]) -> bool | None:
    """Whether the exact type of a value is one of some outside classes, as far as the path knows."""
    value = machine.state.resolve(value)
    if type(value) is Sym and value.options:
        answers = {_decide_type(machine, option, names) for option in value.options}
        return answers.pop() if len(answers) == 1 else None
    if decide_isinstance(machine, value, names) is False:
        return False
    kind = kind_of(machine, value)
    if kind is None or (type(value) is Sym and value.kind is None and not is_exactly_json(value, (kind,))):
        return None
    if type(value) is Ref and isinstance(machine.object(value), InstanceObject):
        return None
    return kind in names


def is_exactly_json(value: Sym, names: tuple[str, ...]) -> bool:
    """Whether what is parsed from JSON is of an exact type where it is an instance of it: a bool is an int too."""
    return (value.json or value.role == "event") and all(name in JSON_TYPES and name != "int" for name in names)


def may_be_json(names: tuple[str, ...]) -> bool | None:
    """Whether what was parsed from JSON may be of one of some outside classes; None where that is not known."""
    answers = {is_subclass(kind, name) for kind in JSON_TYPES for name in names}
    return True if True in answers else (None if None in answers else False)
