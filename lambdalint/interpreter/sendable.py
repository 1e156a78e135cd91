"""What a sender may send: which ways of a path an event surely can take, and which only something else decides.

A path is sendable where all that it has decided is of what the event holds, asked against constants: there is an event
that takes it. Any other choice - an unknown flag, what a service answers, whether something raises - makes it a guess,
for what decides there may belong together with something that was decided before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

from lambdalint.interpreter.heap import DictObject
from lambdalint.interpreter.membership import members_of, texts_of
from lambdalint.interpreter.values import Const, Ref, Sym, Value, root_of
from lambdalint.interpreter.walk import statements_of

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.state import Fact, State

#: The form of a condition by which a symbol with options says that it is what stands in a dict under a key.
ENTRY = "entry"
#: Where something fails that a `.get(key, default)` gives, and is not its default.
GOTTEN = "where the key is there"
#: How many of the texts that something is not are told.
_SHOWN = 4


def is_sent(value: Value) -> bool:
    """Whether a value is a part of the event, or made of one alone."""
    root = root_of(value) if type(value) is Sym else None
    return root is not None and (root.role == "event" or root.of_event)


def may_be_so(machine: Machine, value: Value, outcome: bool) -> bool:
    """Whether the sender alone decides that a value is true, or false, and may decide it so."""
    value = machine.state.resolve(value)
    if type(value) is not Sym:
        return False
    what = value.condition
    if is_entry(value):
        return True
    if what is None or (value.kind != "bool" and what[0] != "order"):
        return outcome and is_sent(value)
    form, parts = what[0], [machine.state.resolve(one) if isinstance(one, Value) else one for one in what[1:]]
    if form == "not":
        return may_be_so(machine, parts[0], not outcome)
    if form == "truth":
        return may_be_so(machine, parts[0], outcome)
    if form == "order":
        parts = parts[1:]
    if form in ("eq", "order"):
        return any(is_sent(one) and type(other) is Const for one, other in (parts[:2], parts[1::-1]))
    if form == "is":
        return any(map(is_entry, parts)) or (not outcome and any(is_sent(part) for part in parts))
    if form == "in":
        items, exact = members_of(machine, parts[1])
        listed = exact and items is not None and all(type(item) is Const for item in items)
        return is_sent(parts[0]) and (listed or bool(texts_of(machine, parts[1])))
    return form == "isinstance" and outcome and is_sent(parts[0])


def is_answered(machine: Machine, value: Value, outcome: bool) -> bool:
    """Whether a decision is that a service's answer has a key which it may have: there are answers of the kind."""
    value = machine.state.resolve(value)
    what = value.condition if type(value) is Sym else None
    if what is None:
        return False
    if what[0] in ("not", "truth"):
        return is_answered(machine, what[1], not outcome if what[0] == "not" else outcome)
    if what[0] != "in" or not outcome:
        return False
    key, container = machine.state.resolve(what[1]), machine.state.resolve(what[2])
    thing = machine.state.get(container.id) if type(container) is Ref and machine.state.holds(container.id) else None
    if not isinstance(thing, DictObject) or thing.answered is None or type(key) is not Const:
        return False
    return isinstance(key.value, str) and key.value in thing.items


def note_found(machine: Machine, thing: DictObject, value: Value, key: object) -> None:
    """Note that the path goes on with what a service's answer has under a key that it need not have."""
    if thing.answered is not None:
        machine.gotten.setdefault(id(value), (value, f"where the answer has `{key}`"))


def keyed(options: tuple[Value, ...], keys: list[Any], key: Value) -> tuple[Any, ...] | None:
    """The condition of a symbol that is one of the entries of a dict, under a key that was sent. `keys`: of each option
    the key; the last option may be a default, which is there for all others."""
    if not is_sent(key) or not all(type(one) is str for one in keys):
        return None
    others = (tuple(keys),) if len(options) > len(keys) else ()
    return (ENTRY, key, (*keys, *others))


def is_entry(value: Value) -> bool:
    """Whether a symbol is one of the entries of a dict, under a key that was sent."""
    return type(value) is Sym and value.condition is not None and value.condition[0] == ENTRY


def some_entries(machine: Machine, value: Sym, indexes: list[int]) -> tuple[Any, ...]:
    """The condition of a symbol that is one of the options that are left of a dict's entries. The key is none of those
    that lead to the others."""
    assert value.condition is not None
    _, key, keys = value.condition
    key = machine.state.resolve(key)
    gone = [one for index, one in enumerate(keys) if index not in indexes and type(one) is str]
    if type(key) is Sym and gone:
        machine.state.learn(key, differs=(*machine.state.fact(key).differs, *gone))
    return (ENTRY, key, tuple(keys[index] for index in indexes))


def taken_entry(machine: Machine, value: Sym, index: int) -> bool:
    """Learn which key leads to an option of a dict's entries. Out: whether a sender may send that one.

    Raises:
        Dead: it was another.
    """
    from lambdalint.interpreter.paths import Dead

    assert value.condition is not None
    _, key, keys = value.condition
    key, wanted = machine.state.resolve(key), keys[index]
    of_others = type(wanted) is tuple
    if type(key) is Const:
        if (key.value in wanted) if of_others else (key.value != wanted):
            raise Dead
        return True
    if type(key) is not Sym:
        return False
    differs = machine.state.fact(key).differs
    if of_others:
        machine.state.learn(key, differs=tuple(dict.fromkeys((*differs, *wanted))))
        return True
    if wanted in differs:
        raise Dead
    machine.state.learn(key, value=Const(wanted, key.place), truthy=bool(wanted))
    return True


def leaves(body: Any) -> bool:
    """Whether a suite never comes to its end: what stands behind it is then for all others."""
    last = statements_of(body)[-1:]
    return bool(last) and isinstance(last[0], (cst.Return, cst.Raise, cst.Continue, cst.Break))


def loosen(state: State, before: State) -> None:
    """Note what a path has learnt since `before` that symbols are not, where the code has nothing for such ones: it may
    be that nobody sends them."""
    told = {id for id, fact in state.facts.items() if _texts(fact) and before.facts.get(id) != fact}
    state.loose |= told


def _texts(fact: Fact) -> list[str]:
    return [text for text in fact.differs if isinstance(text, str)]


def _between(fact: Fact) -> str:
    """Between which numbers a symbol is, as a person is told."""
    low = f"{'at least' if fact.low[1] else 'more than'} {fact.low[0]}" if fact.low is not None else ""
    high = f"{'at most' if fact.high[1] else 'less than'} {fact.high[0]}" if fact.high is not None else ""
    return " and ".join(filter(None, (low, high)))


def way_there(machine: Machine, state: State) -> str:
    """What is to be sent for an event to take the path to a state, as a person is told: "where `method` is 'pickup'",
    "where `country` is none of 'DE', 'FR'". Empty where the path is a guess, or the code has nothing for what leads
    there."""
    if state.guessed or state.widened:
        return ""
    named: dict[str, str] = {}
    for id, path in {**machine.recorder.event_symbols, **machine.recorder.decoded_symbols}.items():
        fact = state.facts.get(id)
        if fact is None:
            continue
        value = state.resolve(fact.value) if fact.value is not None else None
        names = [part for part in path if isinstance(part, str) and not part.endswith("()")]
        if type(value) is Const and isinstance(value.value, str) and names:
            named[names[-1]] = repr(value.value)
        elif type(value) is not Const and (texts := [repr(text) for text in _texts(fact)]):
            if id in state.loose:
                return ""  # it is something that the code does not name, and may never be sent
            if names:
                more = ["..."] if len(texts) > _SHOWN else []
                named[names[-1]] = f"none of {', '.join(texts[:_SHOWN] + more)}" if texts[1:] else f"not {texts[0]}"
        elif names and (between := _between(fact)):
            named.setdefault(names[-1], between)
    told = [f"`{name}` is {value}" for name, value in named.items()]
    return f"where {' and '.join(told)}" if told else ""
