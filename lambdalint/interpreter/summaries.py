"""One object that stands for each of many that the rounds of a loop have made: the dicts that a list is filled with,
the lists that a dict holds by keys that are not known.

It is made where nothing but that container leads to them: what else leads to one of them could change that one alone.
From then on it is as what a comprehension makes, see stand_ins.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from lambdalint.interpreter.heap import DictObject, InstanceObject, Item, ListObject, Object
from lambdalint.interpreter.reaching import reached
from lambdalint.interpreter.stand_ins import reachable
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Const, Outside, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.widen import Widening

#: A value, and the state in which it is that.
Found: TypeAlias = "tuple[State, Value]"
Things: TypeAlias = "list[tuple[State, Object]]"
#: How deep objects in objects are joined, and up to which length element by element.
_DEEP, _LONG = 4, 8
#: Values that hold nothing which another state may not have.
_WHOLE = frozenset({Const, Outside, Ref, Sym, Tuple})


class Summary:
    """Joins what the states of a widening hold in one container, by its heap id, or what each of them answers with.
    `elsewhere`: by state, the objects to which something else leads, where that is known; `first`: one of those that
    are joined, which was there before."""

    def __init__(
        self,
        widening: Widening,
        container: int | None = None,
        elsewhere: dict[int, frozenset[int]] | None = None,
        first: int | None = None,
    ) -> None:
        self._widening = widening
        self._own: frozenset[int] = frozenset()
        if container is not None:  # what is reached through the container alone is no other way to what is in it
            self._own = reachable(widening.before, [Ref(container)], frozenset()) | {container}
        self._elsewhere = elsewhere if elsewhere is not None else {}
        self._first = first
        self._lost: list[Found] = []
        self._summed: set[int] = set()
        self._changed = False

    def of(self, old: Value | None, found: Sequence[Found]) -> Value | None:
        """The value for each of many. In: what has stood for them so far, None if nothing has; all of them, as the
        states hold them. Out: None where they are no such objects."""
        flat = self._flat(found)
        if not flat or not all(type(value) in (Ref, Tuple) for _, value in flat):
            return None
        joined = self._join(old, flat, 0)
        if type(joined) not in (Ref, Tuple):
            return None
        self._widening.lost += self._lost
        self._widening.summed |= self._summed
        self._widening.changed = self._widening.changed or self._changed
        return joined

    def _flat(self, found: Iterable[Found]) -> list[Found]:
        flat: list[Found] = []
        for state, value in found:
            value = state.resolve(value)
            if type(value) is Sym and value.options and value.kind is None:
                flat += self._flat((state, option) for option in value.options)
            else:
                flat.append((state, value))
        return flat

    def _join(self, old: Value | None, found: Iterable[Found], depth: int) -> Value:
        """One value for several; `old` is what stood for them, if anything did."""
        flat = self._flat(found)
        first = flat[0][1]
        if type(first) in _WHOLE and all(self._widening.is_same(first, value) for _, value in flat):
            return self._kept(old, first)
        if depth < _DEEP and all(type(value) is type(first) for _, value in flat):
            made = self._object(old, flat, depth) if type(first) is Ref else None
            made = self._tuple(old, flat, depth) if type(first) is Tuple else made
            if made is not None:
                return made
        self._lost += flat
        return self._kept(old, self._widening.loosened(flat))

    def _kept(self, old: Value | None, new: Value) -> Value:
        """The new value, or the old one where that says no more."""
        if type(old) is Sym and type(new) is Sym and isinstance(old.id, int) and not old.options:
            if (old.kind, old.json) in ((None, False), (new.kind, new.json)):
                return old
        if old is None or not self._widening.is_same(old, new):
            self._changed = True
        return new

    def _tuple(self, old: Value | None, found: list[Found], depth: int) -> Value | None:
        tuples = [(state, value) for state, value in found if type(value) is Tuple]
        first = tuples[0][1]
        if any(len(one.items) != len(first.items) or one.rest is not None or one.cls != first.cls for _, one in tuples):
            return None
        before = old.items if type(old) is Tuple and len(old.items) == len(first.items) else [None] * len(first.items)
        columns = [[(state, one.items[index]) for state, one in tuples] for index in range(len(first.items))]
        parts = tuple([self._join(was, column, depth + 1) for was, column in zip(before, columns)])
        return Tuple(parts, first.place, cls=first.cls, fields=first.fields)

    # -- objects ---------------------------------------------------------------------------------------------------

    def _object(self, old: Value | None, found: list[Found], depth: int) -> Value | None:
        refs = [(state, value) for state, value in found if type(value) is Ref]
        known = old.id if type(old) is Ref else None
        for state, value in refs:
            if value.id in (known, self._first):
                continue
            if value.id < self._widening.limit or value.id in self._known_elsewhere(state):
                return None
        things: Things = [(state, state.get(value.id)) for state, value in refs]
        first = things[0][1]
        if any(type(thing) is not type(first) or thing.leaked for _, thing in things):
            return None
        machine = self._widening.machine
        before = machine.state.get(known) if known is not None else None
        joined: Object | None = None
        if isinstance(first, DictObject):
            joined = self._dict(before, things, depth)
        elif isinstance(first, InstanceObject):
            joined = self._instance(before, things, depth)
        elif isinstance(first, ListObject):
            joined = self._list(before, things, depth)
        if joined is None:
            return None
        if known is None:
            self._changed = True
            made = machine.new(joined)
            self._summed.add(made.id)
            return made
        self._summed.add(known)
        machine.state.replace(known, joined)
        return Ref(known, first.place)

    def _known_elsewhere(self, state: State) -> frozenset[int]:
        """The new objects to which something else leads than the container."""
        found = self._elsewhere.get(id(state))
        if found is None:
            found = self._elsewhere[id(state)] = reached(state, self._widening.before, self._own)
        return found

    def _dict(self, old: Object | None, things: Things, depth: int) -> DictObject | None:
        dicts = [(state, thing) for state, thing in things if isinstance(thing, DictObject)]
        first = dicts[0][1]
        for _, thing in dicts:
            if thing.others or thing.mirrors is not None or thing.type != first.type or thing.factory is not None:
                return None
        before: Mapping[object, Item] = old.items if isinstance(old, DictObject) else {}
        made = DictObject(first.place, first.type)
        made.open = any(thing.open for _, thing in dicts)
        keys = dict.fromkeys(key for _, thing in dicts for key in thing.items)
        for key in keys:
            held = [(state, thing.items[key]) for state, thing in dicts if key in thing.items]
            was = before[key].value if key in before else None
            value = self._join(was, [(state, item.value) for state, item in held], depth + 1)
            if made.open and len(held) < len(dicts):
                value = self._kept(was, self._widening.machine.unknown(value.place))
                self._lost += [(state, item.value) for state, item in held]
            sure = len(held) == len(dicts) and all(item.sure for _, item in held)
            made.items[key] = Item(value, held[0][1].place, sure)
        made.shuffled = any(thing.shuffled or list(thing.items) != list(keys) for _, thing in dicts)
        made.moves = max(thing.moves for _, thing in dicts)
        made.escaped = any(thing.escaped for _, thing in dicts)
        if isinstance(old, DictObject):
            self._changed = self._changed or _outline(old) != _outline(made)
        return made

    def _instance(self, old: Object | None, things: Things, depth: int) -> InstanceObject | None:
        instances = [(state, thing) for state, thing in things if isinstance(thing, InstanceObject)]
        first = instances[0][1]
        if first.cls >= self._widening.limit:  # another state has another thing by that id, or none
            return None
        for _, thing in instances:
            if thing.cls != first.cls or thing.payload is not None or thing.shown is not None or thing.given:
                return None
            if (thing.fetched, thing.second, thing.many) != (first.fetched, first.second, first.many):
                return None
        before = old.attributes if isinstance(old, InstanceObject) else {}
        made = first.copy()
        made.open = any(thing.open for _, thing in instances)
        for name in dict.fromkeys(name for _, thing in instances for name in thing.attributes):
            held = [(state, thing.attributes[name]) for state, thing in instances if name in thing.attributes]
            if len(held) < len(instances):
                self._lost += held
                made.attributes.pop(name, None)
                made.open = True
            else:
                made.attributes[name] = self._join(before.get(name), held, depth + 1)
        if isinstance(old, InstanceObject):
            self._changed = self._changed or (old.open, old.attributes.keys()) != (made.open, made.attributes.keys())
        return made

    def _list(self, old: Object | None, things: Things, depth: int) -> ListObject | None:
        lists = [(state, thing) for state, thing in things if isinstance(thing, ListObject)]
        first = lists[0][1]
        if any(thing.type != first.type or thing.view_of is not None for _, thing in lists):
            return None
        before = old if isinstance(old, ListObject) else None
        made = ListObject([], first.place, first.type)
        lengths = {len(thing.items) for _, thing in lists}
        if len(lengths) == 1 and len(first.items) <= _LONG and all(thing.rest is None for _, thing in lists):
            was = before.items if before is not None and len(before.items) == len(first.items) else [None] * _LONG
            columns = [[(state, thing.items[index]) for state, thing in lists] for index in range(len(first.items))]
            made.items = [self._join(one, column, depth + 1) for one, column in zip(was, columns)]
        else:
            parts = [(state, value) for state, thing in lists for value in (*thing.items, thing.rest)]
            every = [(state, value) for state, value in parts if value is not None]
            was_rest = before.rest if before is not None else None
            if before is not None and was_rest is None and len(before.items) == 1:
                was_rest = before.items[0]
            made.rest = self._join(was_rest, every, depth + 1)
            made.filled = all(thing.items or thing.filled for _, thing in lists)
        if before is not None:
            flags = [(len(one.items), one.rest is None, one.filled) for one in (before, made)]
            self._changed = self._changed or flags[0] != flags[1]
        return made


def _outline(thing: DictObject) -> tuple[object, ...]:
    """What is known of a dict, but for its values."""
    return (thing.open, thing.shuffled, [(key, item.sure) for key, item in thing.items.items()])
