"""What a decision teaches: the facts about the values that a condition speaks of, on the path where it holds.

A decision that contradicts what is known ends the path.
"""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.decisions import (
    BOOLS,
    TYPE_IS,
    attribute_symbol,
    decide,
    decide_condition,
    decide_isinstance,
    is_exactly_json,
    may_be_json,
    outside_symbol,
    question,
)
from lambdalint.interpreter.dicts import missing_item
from lambdalint.interpreter.equality import decide_equal, decide_is
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, Item, ListObject, Picked
from lambdalint.interpreter.kinds import ATTRIBUTE, is_subclass, may_be_data
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.membership import decide_in, members_of, texts_of
from lambdalint.interpreter.orderings import EXTREME, assume_order, is_extreme
from lambdalint.interpreter.paths import Dead
from lambdalint.interpreter.presence import was_told
from lambdalint.interpreter.sendable import is_entry, is_sent, note_found, some_entries, taken_entry
from lambdalint.interpreter.state import Fact, Member
from lambdalint.interpreter.values import NONE, Const, Method, Outside, Ref, Sym, Tuple, Value, boolean

#: What a driver of a database has decoded: anything that JSON has (library/sql/dialects.py).
DOCUMENT = "postgres.json"
_EMPTY = {"str": "", "int": 0, "float": 0.0, "bytes": b"", "bool": False}


def assume(machine: Machine, value: Value, outcome: bool) -> None:
    """Learn that a value is true, or false.

    Raises:
        Dead: it cannot be.
    """
    state = machine.state
    value = state.resolve(value)
    if type(value) is Outside:
        value = outside_symbol(value)
    elif type(value) is Method and may_be_data(value):
        value = attribute_symbol(machine, value)
    if type(value) is not Sym:
        if decide(machine, value) is (not outcome):
            raise Dead
        _assume_object(machine, value, outcome)
        return
    if value.condition is not None and (value.kind in BOOLS or value.condition[0] == "order"):
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
        if not outcome and kind is None and state.fact(value).not_none and not value.json:
            state.widened = True  # neither None nor true: possible, and hardly meant
        state.learn(value, truthy=outcome, not_none=outcome or state.fact(value).not_none)
        _same_value(machine, value, outcome)


def _same_value(machine: Machine, value: Sym, outcome: bool) -> None:
    """`x.get(k)` that is true says that `x[k]` is there, and is true; what `x[k]` is, `x.get(k)` is."""
    if value.parent is not None and value.parent[1] == "item":
        parent, _, key = value.parent
        machine.state.learn(machine.child(parent, "get", key, None, None), truthy=outcome)
    if value.parent is not None and value.parent[1] == "get" and outcome:
        parent, _, key = value.parent
        was_told(machine, parent, key, True)
        machine.state.learn(machine.child(parent, "item", key, None, None), truthy=True, not_none=True)


def _same_presence(machine: Machine, value: Sym) -> None:
    """`x.get(k)` that is not None says that `x[k]` is there and is not None, and the other way round."""
    if value.parent is None or value.parent[1] not in ("item", "get"):
        return
    parent, operation, key = value.parent
    if operation == "get":
        was_told(machine, parent, key, True)
    other = "item" if operation == "get" else "get"
    machine.state.learn(machine.child(parent, other, key, None, None), not_none=True)


def _assume_object(machine: Machine, value: Value, outcome: bool) -> None:
    """A list or dict of unknown length that is false is empty."""
    if type(value) is not Ref or outcome or machine.hypothetical:
        return
    thing = machine.object(value)
    if isinstance(thing, ListObject) and thing.rest is not None and not thing.leaked:
        picked = thing.picked_of
        machine.state.write(value.id).rest = None
        if picked is not None:
            _pick_none(machine, picked)
    elif isinstance(thing, DictObject) and not thing.leaked:
        writable = machine.state.write(value.id)
        writable.items, writable.open, writable.backing = {}, False, None


def _pick_none(machine: Machine, picked: Picked) -> None:
    """Of a list nothing was picked: it is empty, if that was done of each element; else it holds what is not known."""
    thing = machine.state.get(picked.id)
    if isinstance(thing, ListObject) and thing.version == picked.version and thing.rest is not None:
        if not thing.leaked:
            machine.state.write(picked.id).rest = None if picked.every else machine.unknown(thing.place)


def _narrow_options(machine: Machine, value: Sym, left: tuple[Value, ...]) -> None:
    if not left:
        raise Dead
    if is_entry(value) and len(left) < len(value.options):
        indexes = [index for index, option in enumerate(value.options) if any(option is one for one in left)]
        if len(indexes) == 1:
            machine.state.guess(not taken_entry(machine, value, indexes[0]))
            machine.state.learn(value, value=left[0])
        else:
            one = narrowed(machine, value, left)
            one.condition = some_entries(machine, value, indexes)
            machine.state.learn(value, value=one)
    elif len(left) == 1:
        machine.state.guess(not is_sent(value))
        machine.state.learn(value, value=left[0])
    elif len(left) < len(value.options):
        machine.state.guess(not is_sent(value))
        machine.state.learn(value, value=narrowed(machine, value, left))


def narrowed(machine: Machine, value: Sym, left: tuple[Value, ...]) -> Sym:
    """A symbol for one of some values, read from where another was."""
    return Sym(machine.state.fresh(), None, value.place, options=left, parent=value.parent)


def choose_option(machine: Machine, value: Sym) -> Value:
    """Decide which of its options a symbol is; each is followed."""
    of_entry = is_entry(value)
    listed = is_sent(value) and all(type(option) is Const and option.value is not None for option in value.options)
    index = machine.choose(len(value.options), sent=of_entry or listed)
    if of_entry:
        machine.state.guess(not taken_entry(machine, value, index))
    option = value.options[index]
    if value.condition is not None and value.condition[0] == EXTREME:
        is_extreme(machine, value.condition[1], option, value.options)
    machine.state.learn(value, value=option)
    return machine.state.resolve(option)


def settled(machine: Machine, value: Value) -> Value:
    """The least or the greatest of some values, as the one of them that it is."""
    value = machine.state.resolve(value)
    if type(value) is Sym and value.condition is not None and value.condition[0] == EXTREME:
        return choose_option(machine, value)
    return value


def assume_condition(machine: Machine, what: tuple[Any, ...], outcome: bool) -> None:
    """Learn that a condition holds, or does not."""
    form = what[0]
    asked = question(machine, what)
    if asked is not None:
        machine.state.facts[asked] = Fact(truthy=outcome)
    if form == "not":
        assume(machine, what[1], not outcome)
    elif form == "tested":
        machine.state.widened = True
    elif form == "order":
        assume_order(machine, what[1], what[2], what[3], outcome)
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
    elif form == TYPE_IS:
        _assume_type(machine, what[1], what[2], outcome)


def _assume_is(machine: Machine, left: Value, right: Value, outcome: bool) -> None:
    state = machine.state
    left, right = state.resolve(left), state.resolve(right)
    if type(right) is Sym:
        left, right = right, left
    if type(left) is Sym and type(right) is Ref and not outcome:
        _differs_from_member(machine, left, right)
    if type(left) is Sym and left.options and type(right) in (Const, Ref):
        left_over = tuple(o for o in left.options if decide_is(machine, o, right) is not (not outcome))
        _narrow_options(machine, left, left_over)
    elif type(left) is Sym and type(right) is Const:
        if outcome and (right.value is None or isinstance(right.value, bool)):
            state.learn(left, value=right, truthy=bool(right.value))
        elif not outcome and right.value is None:
            state.learn(left, not_none=True)
            _same_presence(machine, left)


def _assume_equal(machine: Machine, left: Value, right: Value, outcome: bool) -> None:
    state = machine.state
    left, right = state.resolve(left), state.resolve(right)
    if type(left) is Const:
        left, right = right, left
    if type(right) is Sym and type(left) is Ref:
        left, right = right, left
    if type(left) is Sym and type(right) is Ref and left.options:
        left_over = tuple(o for o in left.options if decide_equal(machine, o, right) is not (not outcome))
        _narrow_options(machine, left, left_over)
    elif type(left) is Sym and type(right) is Ref and not outcome:
        _differs_from_member(machine, left, right)
    elif type(left) is Sym and decide(machine, right) is False and type(right) in (Ref, Tuple):
        state.learn(left, truthy=False, not_none=True)
    if type(left) is not Sym or type(right) is not Const:
        return
    if left.options:
        _narrow_options(
            machine, left, tuple(o for o in left.options if decide_equal(machine, o, right) is not (not outcome))
        )
        return
    if isinstance(right.value, (int, float)):
        assume_order(machine, "eq", left, right, outcome)
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
        was_told(machine, container, key.value, outcome)
        if not outcome:
            state.learn(machine.child(container, "get", key.value, None, None), value=NONE, truthy=False)
        return
    if type(container) is Ref and type(key) is Const:
        thing = machine.object(container)
        if isinstance(thing, DictObject) and not thing.leaked:
            _assume_key(machine, thing, container, key.value, outcome)
            return
    if type(key) is Sym and key.options:
        left = tuple(o for o in key.options if decide_in(machine, o, container) is not (not outcome))
        _narrow_options(machine, key, left)
        return
    items, exact = members_of(machine, container)
    if type(key) is Sym and outcome and decide_in(machine, NONE, container) is False:
        state.learn(key, not_none=True)
    if type(key) is Sym and not outcome and (keys := texts_of(machine, container)):
        state.learn(key, differs=(*state.fact(key).differs, *keys))
        return
    if items is not None and type(key) is Sym and not outcome:
        for item in items:
            if type(item) is Ref:
                _differs_from_member(machine, key, item)
    if items is None or type(key) is not Sym or not all(type(item) is Const for item in items):
        return
    constants = [item.value for item in items if type(item) is Const]
    if not outcome:
        state.learn(key, differs=(*state.fact(key).differs, *constants))
        if None in constants:
            _assume_is(machine, key, NONE, False)
    elif exact and all(isinstance(constant, str) for constant in constants):
        left = tuple(item for item in items if decide_equal(machine, key, item) is not False)
        if not left:
            raise Dead
        state.learn(key, value=left[0] if len(left) == 1 else narrowed(machine, key, left))


def _assume_key(machine: Machine, thing: DictObject, container: Ref, key: object, outcome: bool) -> None:
    if machine.hypothetical:
        return
    lacked = thing.lacks
    writable = machine.state.write(container.id)
    if thing.backing is not None and key not in thing.removed and key not in thing.items:
        was_told(machine, thing.backing, key, outcome)
    if not outcome:
        writable.items.pop(key, None)
        writable.lacks = (*lacked, key)
    elif key in writable.items:
        note_found(machine, thing, writable.items[key].value, key)
        writable.items[key] = writable.items[key]._replace(sure=True)
    else:
        value = missing_item(machine, thing, key)
        writable.items[key] = Item(value, thing.place, True)


def _is_document(value: Value) -> bool:
    return type(value) is Sym and value.kind == DOCUMENT


def _told_apart(machine: Machine, value: Value, names: tuple[str, ...], outcome: bool) -> Value:
    """A document of which the code has asked what it is: nothing more is said of it but that, and nothing of others,
    for where paths meet it is not known any more which was asked."""
    machine.patched.add(DOCUMENT)
    kind = names[0] if outcome and len(names) == 1 and names[0] in ("str", "dict", "list") else None
    return machine.unknown(value.place, kind)


def _assume_type(machine: Machine, value: Value, names: tuple[str, ...], outcome: bool) -> None:
    value = machine.state.resolve(value)
    if type(value) is Sym and value.options:
        left = tuple(o for o in value.options if decide_condition(machine, (TYPE_IS, o, names)) is not (not outcome))
        _narrow_options(machine, value, left)
    elif outcome or (type(value) is Sym and is_exactly_json(value, names)):
        _assume_isinstance(machine, value, names, outcome)


def _assume_isinstance(machine: Machine, value: Value, names: tuple[str, ...], outcome: bool) -> None:
    state = machine.state
    value = state.resolve(value)
    if type(value) is not Sym:
        state.widened = state.widened or outcome  # it is what it is, and that was not said of it
        return
    if value.options:
        left = tuple(o for o in value.options if decide_isinstance(machine, o, names) is not (not outcome))
        if any(_is_document(option) for option in left) and (outcome or {"dict", "list"} & set(names)):
            left = tuple(_told_apart(machine, one, names, outcome) if _is_document(one) else one for one in left)
            state.learn(value, value=left[0] if len(left) == 1 else Sym(state.fresh(), None, value.place, options=left))
            return
        _narrow_options(machine, value, left)
        return
    fact = state.fact(value)
    if _is_document(value) and (outcome or {"dict", "list"} & set(names)):
        state.learn(value, value=_told_apart(machine, value, names, outcome))
        return
    if not outcome and value.kind == ATTRIBUTE:
        # Whatever else it may be: where the code has asked for numbers, the others are in order.
        state.learn(value, value=machine.unknown(value.place))
        return
    if not outcome:
        state.learn(value, not_kinds=(*fact.not_kinds, *names))
        return
    if (value.json or value.role == "event") and may_be_json(names) is None:
        state.widened = True  # a class that is not known: JSON holds none, unless other code has put one there
    plain = value.kind is None and value.role is None and not value.json and value.name is None
    if plain and all(is_subclass(name, "BaseException") for name in names):
        error = Sym(state.fresh(), None, value.place, role="exception", condition=("types", None))
        state.learn(value, value=error, not_none=True)
        return
    # int is left open: a bool is an int too. An abstract class is no exact type.
    exact = len(names) == 1 and names[0] in ("str", "dict", "list", "float", "bool", "bytes")
    if names != ("NoneType",):
        state.learn(value, not_none=True, kind=names[0] if exact and value.kind is None else fact.kind)
