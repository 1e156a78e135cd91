"""Conditions: what decides them, and what a decision teaches.

A comparison with something unknown is a bool `Sym` that carries its `condition`; deciding it narrows the values it
speaks of, on both sides. A decision that contradicts what is known ends the path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.finding import Place
from lambdalint.interpreter.kinds import always_true, is_subclass, kind_of
from lambdalint.interpreter.machine import Dead
from lambdalint.interpreter.state import (
    ClassObject,
    DictObject,
    InstanceObject,
    Item,
    IteratorObject,
    ListObject,
    Member,
)
from lambdalint.interpreter.values import NONE, Const, Outside, Ref, Sym, Tuple, Value, boolean

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Frame, Machine

_EMPTY = {"str": "", "int": 0, "float": 0.0, "bytes": b"", "bool": False}


def truth(machine: Machine, value: Value, node: Any, frame: Frame) -> bool:
    """Whether a value is true; where that is not known, both are followed."""
    value = as_condition(machine, value, node, frame)
    decided = decide(machine, value)
    if decided is not None:
        return decided
    decided = machine.choose(2) == 0
    assume(machine, value, decided)
    return decided


def as_condition(machine: Machine, value: Value, node: Any, frame: Frame) -> Value:
    """Run what the project's own classes define: `__bool__`, else `__len__`."""
    value = machine.state.resolve(value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, InstanceObject):
            from lambdalint.interpreter.calls import call_special

            for name in ("__bool__", "__len__"):
                answer = call_special(machine, value, name, (), node, frame)
                if answer is not None:
                    return answer
    return value


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
        return True if kind_of(machine, value) == "type" else _decide_symbol(machine, outside_symbol(value))
    return True


def outside_symbol(value: Outside) -> Sym:
    """The value of an outside name, as a symbol: `settings.DEBUG` is what it is, once and for all."""
    return Sym(("outside", value.name), None, value.place)


def _decide_symbol(machine: Machine, value: Sym) -> bool | None:
    fact = machine.state.fact(value)
    if fact.truthy is not None:
        return fact.truthy
    if value.condition is not None and value.kind == "bool":
        return decide_condition(machine, value.condition)
    if value.options:
        answers = {decide(machine, option) for option in value.options}
        return answers.pop() if len(answers) == 1 else None
    kind = value.kind or fact.kind
    if kind is not None and always_true(kind):
        return True
    return False if kind == "NoneType" else None


def _decide_object(machine: Machine, thing: Any) -> bool | None:
    if isinstance(thing, InstanceObject):
        if thing.payload is not None:
            return decide(machine, thing.payload)
        cls = machine.state.get(thing.cls)
        return None if isinstance(cls, ClassObject) and cls.unseen else True
    if thing.leaked:
        return None
    if isinstance(thing, DictObject):
        if any(item.sure for item in thing.items.values()) or any(sure for _, _, sure in thing.others):
            return True
        return None if thing.open or thing.items or thing.others else False
    if isinstance(thing, ListObject):
        return True if thing.items else (None if thing.rest is not None else False)
    if isinstance(thing, IteratorObject) and thing.type == "range":
        return True if thing.items else (None if thing.rest is not None else False)
    return True


def assume(machine: Machine, value: Value, outcome: bool) -> None:
    """Learn that a value is true, or false.

    Raises:
        Dead: it cannot be.
    """
    state = machine.state
    value = state.resolve(value)
    if type(value) is Outside:
        value = outside_symbol(value)
    if type(value) is not Sym:
        if decide(machine, value) is (not outcome):
            raise Dead
        _assume_object(machine, value, outcome)
        return
    if value.condition is not None and value.kind == "bool":
        assume_condition(machine, value.condition, outcome)
        state.learn(value, truthy=outcome)
        return
    if value.options:
        left = tuple(option for option in value.options if decide(machine, option) is not (not outcome))
        _narrow_options(machine, value, left)
        state.learn(value, truthy=outcome)
        return
    kind = value.kind or state.fact(value).kind
    if kind == "bool":
        state.learn(value, truthy=outcome, value=boolean(outcome))
    elif not outcome and kind in _EMPTY:
        state.learn(value, truthy=False, value=Const(_EMPTY[kind], value.place))
    else:
        state.learn(value, truthy=outcome, not_none=outcome or state.fact(value).not_none)
        _same_value(machine, value, outcome)


def _same_value(machine: Machine, value: Sym, outcome: bool) -> None:
    """`x.get(k)` that is true says that `x[k]` is there, and is true."""
    if value.parent is not None and value.parent[1] == "get" and outcome:
        parent, _, key = value.parent
        machine.state.learn(machine.child(parent, "has", key, "bool", None), truthy=True)


def _assume_object(machine: Machine, value: Value, outcome: bool) -> None:
    """A list or dict of unknown length that is false is empty."""
    if type(value) is not Ref or outcome or machine.hypothetical:
        return
    thing = machine.object(value)
    if isinstance(thing, ListObject) and thing.rest is not None and not thing.leaked:
        machine.state.write(value.id).rest = None
    elif isinstance(thing, DictObject) and not thing.leaked:
        writable = machine.state.write(value.id)
        writable.items, writable.open, writable.backing = {}, False, None


def _narrow_options(machine: Machine, value: Sym, left: tuple[Value, ...]) -> None:
    if not left:
        raise Dead
    if len(left) == 1:
        machine.state.learn(value, value=left[0])
    elif len(left) < len(value.options):
        machine.state.learn(value, value=Sym(machine.state.fresh(), None, value.place, options=left))


def choose_option(machine: Machine, value: Sym) -> Value:
    """Decide which of its options a symbol is; each is followed."""
    option = value.options[machine.choose(len(value.options))]
    machine.state.learn(value, value=option)
    return machine.state.resolve(option)


# -- conditions ------------------------------------------------------------------------------------------------------


def negate(machine: Machine, value: Value, place: Place) -> Value:
    """`not value`."""
    decided = decide(machine, value)
    if decided is not None:
        return boolean(not decided)
    return condition(machine, ("not", value), place)


def condition(machine: Machine, what: tuple[Any, ...], place: Place | None) -> Value:
    """A bool that says `what`: the constant where it is decided."""
    decided = decide_condition(machine, what)
    if decided is not None:
        return boolean(decided)
    return Sym(machine.state.fresh(), "bool", place, condition=what)


def decide_condition(machine: Machine, what: tuple[Any, ...]) -> bool | None:
    """Whether a condition holds, as far as the path knows."""
    form = what[0]
    if form == "not":
        inner = decide(machine, what[1])
        return None if inner is None else not inner
    if form == "truth":
        return decide(machine, what[1])
    if form == "is":
        return _decide_is(machine, what[1], what[2])
    if form == "eq":
        return decide_equal(machine, what[1], what[2])
    if form == "in":
        return _decide_in(machine, what[1], what[2])
    if form == "isinstance":
        return _decide_isinstance(machine, what[1], what[2])
    return None


def _decide_is(machine: Machine, left: Value, right: Value) -> bool | None:
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
        answers = {_decide_is(machine, option, right) for option in left.options}
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
            return None
        if type(right) is Const:
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
            if kind is not None and _never_equal(kind, type(right.value).__name__):
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
        return False if isinstance(thing, (DictObject, ListObject)) else None
    return None


_NUMBERS = frozenset({"int", "float", "bool", "complex", "decimal.Decimal", "fractions.Fraction"})
_PLAIN = frozenset({"str", "bytes", "NoneType", "list", "dict", "tuple", "set"}) | _NUMBERS


def _never_equal(one: str, other: str) -> bool:
    """Whether values of two exact types are never equal. Types that define an `__eq__` of their own may be."""
    if one == other or one not in _PLAIN or other not in _PLAIN:
        return False
    return not (one in _NUMBERS and other in _NUMBERS)


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
        return True if left.id == right.id and machine.state.get(one.cls).kind == "enum" else None  # type: ignore[attr-defined]
    if isinstance(one, ClassObject) and isinstance(other, ClassObject):
        return None if one.unseen or other.unseen else False
    return None


def _decide_in(machine: Machine, key: Value, container: Value) -> bool | None:
    state = machine.state
    key, container = state.resolve(key), state.resolve(container)
    if type(container) is Const and type(key) is Const:
        try:
            return bool(key.value in container.value)  # type: ignore[operator]
        except Exception:
            return None
    if type(container) is Sym and type(key) is Const:
        return state.fact(machine.child(container, "has", key.value, "bool", None)).truthy
    items, exact = _members(machine, container)
    if items is None:
        return _decide_key(machine, key, container)
    answers = {decide_equal(machine, key, item) for item in items}
    if True in answers:
        return True
    return False if exact and answers <= {False} else None


def _members(machine: Machine, container: Value) -> tuple[tuple[Value, ...] | None, bool]:
    if type(container) is Tuple:
        return container.items, container.rest is None
    if type(container) is Ref:
        thing = machine.object(container)
        if isinstance(thing, ListObject) and not thing.leaked:
            return tuple(thing.items), thing.rest is None
    return None, False


def _decide_key(machine: Machine, key: Value, container: Value) -> bool | None:
    if type(container) is not Ref:
        return None
    thing = machine.object(container)
    if not isinstance(thing, DictObject) or thing.leaked:
        return None
    if type(key) is not Const:
        if thing.open or thing.others or not all(isinstance(other, (str, int)) for other in thing.items):
            return None
        different = all(decide_equal(machine, key, Const(other)) is False for other in thing.items)
        return False if different else None
    try:
        item = thing.items.get(key.value)
    except TypeError:
        return None
    if item is not None:
        return True if item.sure else None
    if thing.backing is not None:
        return machine.state.fact(machine.child(thing.backing, "has", key.value, "bool", None)).truthy
    return None if thing.open or thing.others else False


def _decide_isinstance(machine: Machine, value: Value, names: tuple[str, ...]) -> bool | None:
    value = machine.state.resolve(value)
    kind = kind_of(machine, value)
    if type(value) is Sym and kind is None:
        fact = machine.state.fact(value)
        if fact.not_none or fact.truthy:
            names = tuple(name for name in names if name != "NoneType")
        return False if all(name in fact.not_kinds for name in names) else None
    if kind is None:
        return None
    answers = {is_subclass(kind, name) for name in names}
    return True if True in answers else (None if None in answers else False)


def assume_condition(machine: Machine, what: tuple[Any, ...], outcome: bool) -> None:
    """Learn that a condition holds, or does not."""
    form = what[0]
    if form == "not":
        assume(machine, what[1], not outcome)
    elif form == "truth":
        assume(machine, what[1], outcome)
    elif form == "is":
        _assume_is(machine, what[1], what[2], outcome)
    elif form == "eq":
        _assume_equal(machine, what[1], what[2], outcome)
    elif form == "in":
        _assume_in(machine, what[1], what[2], outcome)
    elif form == "isinstance":
        _assume_isinstance(machine, what[1], what[2], outcome)


def _assume_is(machine: Machine, left: Value, right: Value, outcome: bool) -> None:
    state = machine.state
    left, right = state.resolve(left), state.resolve(right)
    if type(left) is Const:
        left, right = right, left
    if type(left) is Sym and type(right) is Const:
        if left.options:
            _narrow_options(
                machine,
                left,
                tuple(o for o in left.options if _decide_is(machine, o, right) is not (not outcome)),
            )
        elif outcome and (right.value is None or isinstance(right.value, bool)):
            state.learn(left, value=right, truthy=bool(right.value))
        elif not outcome and right.value is None:
            state.learn(left, not_none=True)


def _assume_equal(machine: Machine, left: Value, right: Value, outcome: bool) -> None:
    state = machine.state
    left, right = state.resolve(left), state.resolve(right)
    if type(left) is Const:
        left, right = right, left
    if type(right) is Sym and type(left) is Ref:
        left, right = right, left
    if type(left) is Sym and type(right) is Ref and not outcome:
        _differs_from_member(machine, left, right)
    if type(left) is not Sym or type(right) is not Const:
        return
    if left.options:
        _narrow_options(
            machine, left, tuple(o for o in left.options if decide_equal(machine, o, right) is not (not outcome))
        )
        return
    fact = state.fact(left)
    if not outcome:
        state.learn(left, differs=(*fact.differs, right.value))
        return
    kind = left.kind or fact.kind
    # 1 == 1.0 == True: a number that is equal need not be this one
    if kind == type(right.value).__name__ or right.value is None or (kind is None and isinstance(right.value, str)):
        state.learn(left, value=Const(right.value, left.place), truthy=bool(right.value))
    else:
        state.learn(left, truthy=bool(right.value))


def _differs_from_member(machine: Machine, left: Sym, right: Ref) -> None:
    """`x != Color.RED`. Where x differs from every member of the enum, the path is possible, and hardly meant."""
    thing = machine.object(right)
    cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) else None
    if not isinstance(cls, ClassObject) or cls.kind != "enum":
        return
    assert isinstance(thing, InstanceObject)
    right_class = thing.cls
    differs = (*machine.state.fact(left).differs, Member(right.id))
    machine.state.learn(left, differs=differs)
    members = {
        member.id
        for member in cls.attributes.values()
        if type(member) is Ref and getattr(machine.object(member), "cls", None) == right_class
    }
    if members <= {value.id for value in differs if isinstance(value, Member)}:
        machine.state.widened = True


def _assume_in(machine: Machine, key: Value, container: Value, outcome: bool) -> None:
    state = machine.state
    key, container = state.resolve(key), state.resolve(container)
    if type(container) is Sym and type(key) is Const:
        state.learn(machine.child(container, "has", key.value, "bool", None), truthy=outcome, value=boolean(outcome))
        if not outcome:
            state.learn(machine.child(container, "get", key.value, None, None), value=NONE, truthy=False)
        return
    if type(container) is Ref and type(key) is Const:
        thing = machine.object(container)
        if isinstance(thing, DictObject) and not thing.leaked:
            _assume_key(machine, thing, container, key.value, outcome)
            return
    items, exact = _members(machine, container)
    if items is None or type(key) is not Sym or not all(type(item) is Const for item in items):
        return
    constants = [item.value for item in items if type(item) is Const]
    if not outcome:
        state.learn(key, differs=(*state.fact(key).differs, *constants))
    elif exact and all(isinstance(constant, str) for constant in constants):
        left = tuple(item for item in items if decide_equal(machine, key, item) is not False)
        if not left:
            raise Dead
        state.learn(key, value=left[0] if len(left) == 1 else Sym(state.fresh(), None, key.place, options=left))


def _assume_key(machine: Machine, thing: DictObject, container: Ref, key: object, outcome: bool) -> None:
    if machine.hypothetical:
        return
    writable = machine.state.write(container.id)
    if thing.backing is not None:
        machine.state.learn(machine.child(thing.backing, "has", key, "bool", None), truthy=outcome)
    if not outcome:
        writable.items.pop(key, None)
    elif key in writable.items:
        writable.items[key] = writable.items[key]._replace(sure=True)
    else:
        from lambdalint.interpreter.items import missing_item

        value = missing_item(machine, thing, key)
        writable.items[key] = Item(value, thing.place, True)


def _assume_isinstance(machine: Machine, value: Value, names: tuple[str, ...], outcome: bool) -> None:
    state = machine.state
    value = state.resolve(value)
    if type(value) is not Sym:
        return
    if value.options:
        left = tuple(o for o in value.options if _decide_isinstance(machine, o, names) is not (not outcome))
        _narrow_options(machine, value, left)
        return
    fact = state.fact(value)
    if not outcome and value.kind == "boto3.dynamodb.attribute":
        # Whatever else it may be: where the code has asked for numbers, the others are in order.
        state.learn(value, value=machine.unknown(value.place))
        return
    if not outcome:
        state.learn(value, not_kinds=(*fact.not_kinds, *names))
        return
    # int is left open: a bool is an int too. An abstract class is no exact type.
    exact = len(names) == 1 and names[0] in ("str", "dict", "list", "float", "bool", "bytes")
    if names != ("NoneType",):
        state.learn(value, not_none=True, kind=names[0] if exact and value.kind is None else fact.kind)
