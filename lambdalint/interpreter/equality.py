"""Identity and equality of two values, as far as the path knows."""

from __future__ import annotations

from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, ListObject
from lambdalint.interpreter.kinds import kind_of, may_be_data
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.orderings import decide_order
from lambdalint.interpreter.values import Const, Method, Outside, Ref, Sym, Tuple, Value

_NUMBERS = frozenset({"int", "float", "bool", "complex", "decimal.Decimal", "fractions.Fraction"})
_PLAIN = frozenset({"str", "bytes", "NoneType", "list", "dict", "tuple", "set"}) | _NUMBERS


def decide_is(machine: Machine, left: Value, right: Value) -> bool | None:
    """Whether two values are one object, as far as the path knows."""
    left, right = machine.state.resolve(left), machine.state.resolve(right)
    if type(left) is Const and type(right) is Const:
        if left.value is None or right.value is None or isinstance(left.value, bool) or isinstance(right.value, bool):
            return left.value is right.value
        return None if left.value == right.value else False
    if type(left) is Const:
        left, right = right, left
    if type(left) is Sym and type(right) is Const:
        return _symbol_is(machine, left, right)
    if type(left) is Ref and type(right) is Ref:
        return left.id == right.id
    classes = _same_class(machine, left, right)
    if classes is not None:
        return classes
    if isinstance(left, (Sym, Outside)) or isinstance(right, (Sym, Outside)):
        if type(left) is Sym and type(right) is Sym and left.id == right.id:
            return True
        return True if type(left) is Outside and type(right) is Outside and left.name == right.name else None
    if type(left) is Method and may_be_data(left):
        return None
    if type(right) is Const:
        return False
    return True if left is right else None


def _same_class(machine: Machine, left: Value, right: Value) -> bool | None:
    """Whether two classes, of which at least one is known by its name alone, are one; None where one is no class."""
    if (
        kind_of(machine, left) != "type"
        or kind_of(machine, right) != "type"
        or Outside not in (type(left), type(right))
    ):
        return None
    if type(left) is Outside and type(right) is Outside:
        return left.name == right.name
    return False if Ref in (type(left), type(right)) else None


def _symbol_is(machine: Machine, left: Sym, right: Const) -> bool | None:
    fact = machine.state.fact(left)
    if right.value is None and (fact.not_none or fact.truthy):
        return False
    if left.options:
        answers = {decide_is(machine, option, right) for option in left.options}
        return answers.pop() if len(answers) == 1 else None
    kind = left.kind or fact.kind
    if kind is not None and kind != type(right.value).__name__:
        return False
    if right.value is False and fact.truthy:
        return False
    return None


def decide_equal(machine: Machine, left: Value, right: Value) -> bool | None:
    """Whether two values are equal, as far as the path knows."""
    state = machine.state
    left, right = state.resolve(left), state.resolve(right)
    if type(left) is Const and type(right) is Const:
        try:
            return bool(left.value == right.value)
        except Exception:
            return None
    if type(left) is Const or type(left) is Tuple:
        left, right = right, left
    if type(left) is Sym:
        if type(right) is Sym:
            return decide_order(machine, "eq", left, right)
        if type(right) is Const:
            ordered = decide_order(machine, "eq", left, right)
            if ordered is not None:
                return ordered
            fact = state.fact(left)
            if right.value is None and (fact.not_none or fact.truthy):
                return False
            if any(type(other) is type(right.value) and other == right.value for other in fact.differs):
                return False
            if fact.truthy and not right.value:
                return False
            if left.options:
                answers = {decide_equal(machine, option, right) for option in left.options}
                return answers.pop() if len(answers) == 1 else None
            kind = left.kind or fact.kind
            if kind is not None and never_equal(kind, type(right.value).__name__):
                return False
            if left.prefix is not None and isinstance(right.value, str) and not right.value.startswith(left.prefix):
                return False
        return None
    classes = _same_class(machine, left, right)
    if classes is not None:
        return classes
    if type(left) is Tuple and type(right) is Tuple and left.rest is None and right.rest is None:
        if len(left.items) != len(right.items):
            return False
        answers = {decide_equal(machine, one, other) for one, other in zip(left.items, right.items)}
        return False if False in answers else (None if None in answers else True)
    if type(left) is Ref and type(right) is Ref:
        return _objects_equal(machine, left, right)
    if type(left) is Ref and type(right) in (Const, Tuple):
        thing = machine.object(left)
        if isinstance(thing, InstanceObject) and thing.payload is not None and _is_plain_enum(machine, thing):
            return decide_equal(machine, thing.payload, right)
        return False if isinstance(thing, (DictObject, ListObject)) else None
    return None


def _is_plain_enum(machine: Machine, thing: InstanceObject) -> bool:
    """Whether it is a member of an enum that compares as what it holds."""
    cls = machine.state.get(thing.cls)
    return isinstance(cls, ClassObject) and cls.kind == "enum" and "__eq__" not in cls.attributes


def never_equal(one: str, other: str) -> bool:
    """Whether values of two exact types are never equal. Types that define an `__eq__` of their own may be."""
    if one == other or one not in _PLAIN or other not in _PLAIN:
        return False
    return not (one in _NUMBERS and other in _NUMBERS)


def _members_equal(
    machine: Machine, left: Ref, right: Ref, one: InstanceObject, other: InstanceObject
) -> bool | None:
    """Whether two members of an enum are the same one; None of other objects."""
    cls = machine.state.get(one.cls)
    if not isinstance(cls, ClassObject) or cls.kind != "enum":
        return None
    if left.id == right.id:
        return True
    members = {member.id for member in cls.attributes.values() if type(member) is Ref}
    plain = one.cls == other.cls and one.payload is None and "__eq__" not in cls.attributes and not cls.leaked
    return False if plain and {left.id, right.id} <= members else None


def _objects_equal(machine: Machine, left: Ref, right: Ref) -> bool | None:
    one, other = machine.object(left), machine.object(right)
    if left.id == right.id and isinstance(one, ClassObject):
        return True
    if isinstance(one, ListObject) and isinstance(other, ListObject) and one.type == other.type == "list":
        if one.leaked or other.leaked or one.rest is not None or other.rest is not None:
            return None
        if len(one.items) != len(other.items):
            return False
        answers = {decide_equal(machine, a, b) for a, b in zip(one.items, other.items)}
        return False if False in answers else (None if None in answers else True)
    if isinstance(one, DictObject) and isinstance(other, DictObject):
        if one.leaked or other.leaked or one.open or other.open or one.others or other.others:
            return None
        if not all(item.sure for thing in (one, other) for item in thing.items.values()):
            return None
        if one.items.keys() != other.items.keys():
            return False
        answers = {decide_equal(machine, item.value, other.items[key].value) for key, item in one.items.items()}
        return False if False in answers else (None if None in answers else True)
    if isinstance(one, InstanceObject) and isinstance(other, InstanceObject):
        return _members_equal(machine, left, right, one, other)
    if isinstance(one, ClassObject) and isinstance(other, ClassObject):
        return None if one.unseen or other.unseen else False
    return None
