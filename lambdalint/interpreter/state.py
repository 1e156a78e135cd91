"""The state of a path: a heap of objects with identity, and what the path has learnt of unknown values.

A state is forked at every branch. Forking copies two small dicts; an object is copied when a state that does not
own it first writes to it. The objects that importing the modules left stand in `base`, which forks share.
Ids are counted by the state itself, so that running the same code from the same state names the same objects: that
is what makes replaying a statement with other choices possible.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from lambdalint.interpreter.ends import End
from lambdalint.interpreter.heap import Object
from lambdalint.interpreter.values import Const, EventPath, Ref, Sym, Value

#: The operations, in the names of symbols, under which it is kept whether a key is there: what the path was told, and
#: what it has read. See presence.py.
TOLD, READ = "has", "read"
#: Below a list of the event, for what may have become of it when an element was taken off it.
_TAKEN = "[]"


class Fact(NamedTuple):
    """What a path knows of a symbol. `value`: it is this; `truthy`; `not_none`; `differs`: constants it is not;
    `kind`: its type by isinstance (not exact); `not_kinds`: what isinstance refused; `low`, `high`: the numbers between
    which it is, each with whether it may be that number itself."""

    value: Value | None = None
    truthy: bool | None = None
    not_none: bool = False
    differs: tuple[object, ...] = ()
    kind: str | None = None
    not_kinds: tuple[str, ...] = ()
    low: tuple[Any, bool] | None = None
    high: tuple[Any, bool] | None = None


NO_FACT = Fact()
#: What is known beforehand of a text that is not empty.
FILLED = Fact(truthy=True)


class Member(NamedTuple):
    """Among what a symbol differs from: a member of an enum of the project, by its heap id."""

    id: int


class State:
    """A path's heap and facts. `widened`: it stands for many rounds of a loop, where values that belong together have
    been loosened: what is seen on it is possible, not proved."""

    __slots__ = (
        "after_except",
        "base",
        "caught",
        "delta",
        "doubted",
        "ends",
        "epoch",
        "facts",
        "guessed",
        "hidden",
        "imported",
        "loose",
        "mark",
        "missed",
        "next_id",
        "picked",
        "replied",
        "rewritten",
        "shown",
        "token",
        "touched",
        "unseen_call",
        "widened",
    )

    def __init__(self) -> None:
        self.base: dict[int, Object] = {}
        self.delta: dict[int, Object] = {}
        self.facts: dict[Any, Fact] = {}
        self.next_id = 1
        self.token: object = object()
        self.epoch = 0
        self.shown: dict[EventPath, int] = {}  # parts of the event that unseen code was handed, and how often
        self.widened = False
        self.guessed = False  # something else than the event has decided which way it goes: see sendable.py
        self.doubted = False  # and something else than whether a service's answer has a key
        self.loose: frozenset[Any] = frozenset()  # symbols, by id, for whose other values the code has nothing
        self.after_except = False
        self.hidden: Value | None = None  # what a clause for any exception has caught, of an operation that fails
        self.missed = False  # what was raised is that the event lacks something that the code reads
        self.caught: frozenset[int] = frozenset()  # the try statements that caught something, by id
        self.replied = False  # code that is not seen may have told the caller how it went: see replies.py
        self.unseen_call: Any = None  # the last call of a function that nothing is known of: it may never return
        self.ends: dict[int, tuple[End, ...]] = {}  # the last statements of the functions being run: see ends.py
        self.mark = 0  # the objects before this id were there when the statement at hand began
        self.touched = False  # and one of them has been written to since
        self.picked: frozenset[int] = frozenset()  # objects for each of many, of which the code holds one: stand_ins.py
        self.imported = 0  # the objects before this id were there when the handler was called
        self.rewritten: set[int] = set()  # those of them that some path has written to since; one set for all paths

    def fork(self) -> State:
        """A second state, equal to this one and apart from it from now on."""
        new = State.__new__(State)
        new.base = self.base
        if len(self.delta) > 192:
            new.base = self.base = {**self.base, **self.delta}
            self.delta = {}
        new.delta = dict(self.delta)
        new.facts = dict(self.facts)
        new.next_id = self.next_id
        new.epoch, new.shown = self.epoch, self.shown
        new.widened, new.after_except, new.replied = self.widened, self.after_except, self.replied
        new.caught, new.missed, new.picked = self.caught, self.missed, self.picked
        new.hidden, new.guessed, new.doubted, new.loose = self.hidden, self.guessed, self.doubted, self.loose
        self.token, new.token = object(), object()
        new.unseen_call, new.ends = self.unseen_call, self.ends
        new.mark, new.touched = self.mark, self.touched
        new.imported, new.rewritten = self.imported, self.rewritten
        return new

    def guess(self, guessed: bool, answered: bool = False) -> None:
        """Note of a decision whether something else than the event has made it. `answered`: that a service's answer has
        a key, which it has at times."""
        self.guessed = self.guessed or guessed
        self.doubted = self.doubted or (guessed and not answered)

    def adopt(self, other: State) -> None:
        """Become equal to `other`, which is left as it is."""
        copy = other.fork()
        for slot in State.__slots__:
            setattr(self, slot, getattr(copy, slot))

    # -- the event -----------------------------------------------------------------------------------------------

    def show(self, part: EventPath | None) -> None:
        """Code that is not seen got hold of a part of the event: it may have asked what is in it, or changed that.
        None: of a part that is not known."""
        key = _keys(part or ())
        self.shown = {**self.shown, key: self.shown.get(key, 0) + 1}

    def times_shown(self, part: EventPath | None) -> int:
        """How often such code got hold of a part of the event, or of what that is in. None: of any part."""
        if not self.shown:
            return 0
        if part is None:
            return sum(self.shown.values())
        keys = _keys(part)
        return sum(times for key, times in self.shown.items() if keys[: len(key)] == key)

    def take(self, value: Sym) -> None:
        """The code takes an element off a list of the event: what it asked of the others' places and of their number
        holds no more, and what it asked of what is in each of them does."""
        assert value.event is not None
        self.show((*value.event, _TAKEN))
        fact = self.facts.get(value.id)
        if fact is not None and fact.truthy is not None:
            self.facts[value.id] = fact._replace(truthy=None)

    def was_taken_from(self, value: Sym) -> bool:
        """Whether the code has taken an element off this list of the event before."""
        assert value.event is not None
        return self.times_changed(value.event, None) > self.times_shown(value.event)

    def times_changed(self, part: EventPath | None, key: object) -> int:
        """How often what stands under a key of a part of the event may have become another. A key that is no text is
        a place in a list, or none: of the list's length."""
        return self.times_shown(part if part is None or isinstance(key, str) else (*part, _TAKEN))

    # -- heap ----------------------------------------------------------------------------------------------------

    def add(self, thing: Object) -> Ref:
        """Put a new object into the heap."""
        id, self.next_id = self.next_id, self.next_id + 1
        thing.owner = self.token
        self.delta[id] = thing
        return Ref(id, thing.place)

    def replace(self, id: int, thing: Object) -> None:
        """Put another object in the place of one."""
        thing.owner, thing.version = self.token, self.get(id).version + 1
        self.delta[id] = thing

    def changes_since(self, before: State) -> list[int]:
        """The ids of the objects that are not as they were in `before`, from which this state comes; new ones too."""
        then, base = before.delta, before.base
        held = self.delta if self.base is base else {**self.base, **self.delta}  # a fork has moved the delta
        get = then.get  # most are as they were, and found by one look
        return [
            id
            for id, thing in held.items()
            if get(id) is not thing and (id in then or base.get(id) is not thing)
        ]

    def get(self, id: int) -> Object:
        """Read an object. It must not be written to."""
        found = self.delta.get(id)
        return found if found is not None else self.base[id]

    def holds(self, id: int) -> bool:
        """Whether an object is there: it may have been made on another path."""
        return id in self.delta or id in self.base

    def write(self, id: int) -> Any:
        """An object to write to: this state's own copy."""
        if id < self.mark:
            self.touched = True
            if id < self.imported:
                self.rewritten.add(id)
        thing = self.delta.get(id)
        if thing is None:
            thing = self.base[id]
        if thing.owner is not self.token:
            version = thing.version
            thing = thing.copy()
            thing.owner, thing.version = self.token, version
            self.delta[id] = thing
        thing.compared = None
        thing.lacks, thing.filled, thing.picked_of = (), False, None
        thing.version += 1
        return thing

    # -- symbols -------------------------------------------------------------------------------------------------

    def fresh(self) -> int:
        """An id for a new symbol."""
        id, self.next_id = self.next_id, self.next_id + 1
        return id

    def fact(self, sym: Sym) -> Fact:
        return self.facts.get(sym.id, NO_FACT)

    def learn(self, sym: Sym, **changes: Any) -> None:
        """Add to what is known of a symbol."""
        self.facts[sym.id] = self.facts.get(sym.id, NO_FACT)._replace(**changes)

    def resolve(self, value: Value) -> Value:
        """The value itself, or what the path has learnt that a symbol is."""
        while type(value) is Sym:
            fact = self.facts.get(value.id)
            if fact is None or fact.value is None:
                return value
            value = fact.value
        return value


def is_const(value: Value, constant: object) -> bool:
    """Whether a value is this very constant (True is not 1)."""
    return type(value) is Const and type(value.value) is type(constant) and value.value == constant


def _keys(part: EventPath) -> EventPath:
    """Which element of a list it is does not tell parts apart: any may be any other."""
    return tuple(key for key in part if isinstance(key, str))


def most_shown(ways: Iterable[dict[EventPath, int]]) -> dict[EventPath, int]:
    """What unseen code was handed, whichever way was gone: of each part the most."""
    found: dict[EventPath, int] = {}
    for shown in ways:
        for key, times in shown.items():
            found[key] = max(times, found.get(key, 0))
    return found
