"""Many rounds of a loop as one state: where rounds differ, values are loosened until nothing changes any more.

What is lost here is only ever what the loop changed; the paths of no round and of one round are followed exactly
beside it. What is seen on a widened state is possible, and never proved.
"""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.carried import Carrier, carried
from lambdalint.interpreter.escape import leak, let_escape
from lambdalint.interpreter.heap import (
    ArrayObject,
    ClassObject,
    DictObject,
    InstanceObject,
    Item,
    IteratorObject,
    ListObject,
    Object,
    ScopeObject,
)
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.reaching import Elsewhere
from lambdalint.interpreter.signatures import compared, is_before
from lambdalint.interpreter.state import State, most_shown
from lambdalint.interpreter.summaries import Summary
from lambdalint.interpreter.values import NONE, Bound, Const, Function, Method, Partial, Ref, Sym, Tuple, Value

_PLAIN = frozenset({"str", "int", "float", "bool", "bytes", "datetime.datetime", "datetime.date", "datetime.timedelta",
                    "decimal.Decimal", "uuid.UUID"})  # fmt: skip


class Widening:
    """Joins states that began as `before`. `changed`: the first of them did not cover the others. `carrier`: whose
    variables may be bound to one object after the other."""

    def __init__(
        self, machine: Machine, states: list[State], before: State, hard: bool, carrier: Carrier | None = None
    ) -> None:
        self.machine = machine
        self.states = states
        self.limit = before.next_id
        self.before = before
        self.hard = hard
        self.carrier = carrier
        self.changed = False
        self.lost: list[tuple[State, Value]] = []
        self.summed: set[int] = set()  # objects that stand for each of many, which are joined with their container
        self._elsewhere: dict[tuple[int, int], Elsewhere] = {}  # by state, which it keeps, and scope

    def run(self) -> State:
        """The state that stands for all of them."""
        return self.run_with([NONE] * len(self.states))[0]

    def run_with(self, found: list[Any]) -> tuple[State, Value]:
        """The state that stands for all of them, and the value for what each of them gives."""
        result = self.states[0].fork()
        result.next_id = max(state.next_id for state in self.states)
        result.picked = frozenset().union(*[state.picked for state in self.states])
        saved, self.machine.state = self.machine.state, result
        try:
            for id in sorted(self._touched()):
                if id not in self.summed:
                    self._object(id)
            value = Summary(self).of(None, list(zip(self.states, found))) or self._one_of(found) or self.values(found)
            self._forget(result)
            for origin, lost in self.lost:
                self._leak_in(origin, lost)
        finally:
            self.machine.state = saved
        result.epoch = max(state.epoch for state in self.states) + 1
        result.shown = most_shown([state.shown for state in self.states])
        if any(state.shown != result.shown for state in self.states):
            result.show(())
        result.widened = True
        result.replied = any(state.replied for state in self.states)
        return result, value

    def _one_of(self, found: list[Any]) -> Value | None:
        """What was there before, or else what has been made: a call that gives the object that it was given, or a new
        one in its place."""
        pairs = [(state, state.resolve(value)) for state, value in zip(self.states, found)]
        old = {value.id: value for _, value in pairs if type(value) is Ref and value.id < self.limit}
        new = [(state, value) for state, value in pairs if type(value) is not Ref or value.id >= self.limit]
        made = Summary(self).of(None, new) if len(old) == 1 and new else None
        if made is None:
            return None
        return self.machine.unknown(made.place, options=(*old.values(), made))

    def elsewhere(self, state: State, scope: int) -> Elsewhere:
        """What leads to what one of the states has made since a scope was."""
        found = self._elsewhere.get((id(state), scope))
        if found is None:
            found = self._elsewhere[id(state), scope] = Elsewhere(state, scope)
        return found

    def _touched(self) -> set[int]:
        found: set[int] = set()
        for state in self.states:
            found.update(id for id in state.changes_since(self.before) if id < self.limit)
        return found

    def _forget(self, result: State) -> None:
        for key, fact in list(result.facts.items()):
            for state in self.states[1:]:
                theirs = state.facts.get(key)
                if theirs is not fact and theirs != fact:
                    kept = fact.value
                    if type(kept) is Ref and kept.id < self.limit and theirs is not None:
                        if type(theirs.value) is Ref and theirs.value.id == kept.id:
                            continue
                    del result.facts[key]
                    break

    def _leak_in(self, state: State, value: Value) -> None:
        """What the value reaches of what was there before may be reached in ways that are not known now."""
        stack, seen = [value], set()
        while stack:
            value = stack.pop()
            if type(value) is Sym:
                value = state.resolve(value)
            if type(value) is Tuple:
                stack += value.items
            elif type(value) is Ref:
                if value.id in seen:
                    continue
                seen.add(value.id)
                if value.id < self.limit:
                    leak(self.machine, value)
                else:
                    thing = state.get(value.id)
                    if not isinstance(thing, ScopeObject):
                        stack += compared(thing)[1]
            elif type(value) is Sym:
                stack += value.options
                held = state.get(value.given.id) if value.given is not None and state.holds(value.given.id) else None
                if value.given is not None and isinstance(held, ListObject):
                    stack.append(value.given)
            elif type(value) is Bound:
                stack += (value.receiver, value.function)
            elif type(value) is Partial:
                stack += (value.function, *value.arguments, *value.keywords.values())
            elif type(value) is Method:
                stack.append(value.receiver)
            elif type(value) is Function:
                if id(value) not in seen:
                    seen.add(id(value))
                    stack += self._leak_function(state, value)

    def _leak_function(self, state: State, function: Function) -> list[Value]:
        """A function that may be called in ways that are not known now. The answer is what else it reaches, of what one
        path has made, whose ids may stand for something else in the others."""
        scopes = (*function.scopes, function.module)
        own = [scope for scope in scopes if scope >= self.limit]
        if own:
            saved, self.machine.state = self.machine.state, state
            let_escape(self.machine, function)
            self.machine.state = saved
            function = function.within(tuple(scope for scope in function.scopes if scope < self.limit))
        if function.module < self.limit:
            leak(self.machine, function)
        held = [thing for thing in map(state.get, own) if isinstance(thing, ScopeObject)]
        reached = {dotted.partition(".")[0] for dotted in function.info.touched()}
        return [value for scope in held for name, value in scope.names.items() if name in reached]

    # -- values --------------------------------------------------------------------------------------------------

    def values(self, found: list[Value | None], may_be_unbound: bool = True) -> Value:
        """One value for what the states hold in one place; None: a state holds nothing there."""
        resolved = [state.resolve(value) if value is not None else None for state, value in zip(self.states, found)]
        first = resolved[0]
        if first is not None and all(self.is_same(first, other) for other in resolved[1:]):
            return first
        known = [value for value in resolved if value is not None]
        kinds = {self._kind(state, value) for state, value in zip(self.states, resolved) if value is not None}
        for state, value in zip(self.states, resolved):
            if value is not None:
                self.lost.append((state, value))
        whole = len(known) == len(resolved) or not may_be_unbound
        kind = kinds.pop() if len(kinds) == 1 and whole and not self.hard else None
        if kind not in _PLAIN:
            kind = None
        if not (type(first) is Sym and first.kind in (None, kind) and not first.options and first.parent is None):
            self.changed = True
        json = all(type(value) is Sym and value.json for value in known)
        place = known[0].place if known else None
        if len(known) < len(resolved) and may_be_unbound:
            return self.machine.unknown(place, condition=("unbound",))
        return self.machine.unknown(place, kind, json=json)

    def _kind(self, state: State, value: Value) -> str | None:
        if type(value) is Sym and value.options and value.kind is None:
            kinds = {self._kind(state, state.resolve(option)) for option in value.options}
            return kinds.pop() if len(kinds) == 1 else None
        saved, self.machine.state = self.machine.state, state
        try:
            return kind_of(self.machine, value)
        finally:
            self.machine.state = saved

    def loosened(self, found: list[tuple[State, Value]]) -> Sym:
        """One value of which nothing is known but the type, where all have the same."""
        kinds = {self._kind(state, value) for state, value in found}
        kind = kinds.pop() if len(kinds) == 1 and not self.hard else None
        json = all(type(value) is Sym and value.json for _, value in found)
        return self.machine.unknown(found[0][1].place, kind if kind in _PLAIN else None, json=json)

    def _are_same(self, found: list[Value | None]) -> bool:
        """Whether what the states hold in one place is the same thing, or nothing, in all of them."""
        resolved = [state.resolve(value) if value is not None else None for state, value in zip(self.states, found)]
        first = resolved[0]
        if first is None:
            return all(value is None for value in resolved)
        return all(self.is_same(first, other) for other in resolved[1:])

    def is_same(self, one: Value, other: Value | None) -> bool:
        if other is None or type(one) is not type(other):
            return False
        if one is other and not isinstance(one, (Ref, Sym, Tuple)):
            return True
        if type(one) is Const and type(other) is Const:
            return type(one.value) is type(other.value) and one.value == other.value
        if type(one) is Ref and type(other) is Ref:
            return one.id == other.id and one.id < self.limit
        if type(one) is Sym and type(other) is Sym:
            return bool(one.id == other.id) and is_before(one.id, self.before)
        if type(one) is Tuple and type(other) is Tuple:
            if len(one.items) != len(other.items) or one.rest is not None or other.rest is not None:
                return False
            return all(self.is_same(a, b) for a, b in zip(one.items, other.items))
        if type(one) is Function and type(other) is Function:
            return self._is_same_function(one, other)
        from lambdalint.interpreter.sequences import same

        return same(one, other)

    def _is_same_function(self, one: Function, other: Function) -> bool:
        """Whether two functions do the same: one `def` that each path has come to, with what was there before it."""
        code = (one.info, one.module, one.scopes, one.owner, one.memo)
        if code != (other.info, other.module, other.scopes, other.owner, other.memo):
            return False
        if any(id >= self.limit for id in (one.module, *one.scopes, one.owner or 0, one.memo or 0)):
            return False
        return (
            len(one.defaults) == len(other.defaults)
            and one.keyword_defaults.keys() == other.keyword_defaults.keys()
            and all(self.is_same(a, b) for a, b in zip(one.defaults, other.defaults))
            and all(self.is_same(value, other.keyword_defaults[name]) for name, value in one.keyword_defaults.items())
        )

    # -- objects -------------------------------------------------------------------------------------------------

    def _object(self, id: int) -> None:
        things = [state.get(id) for state in self.states]
        target = self.machine.state.write(id)
        if any(thing.leaked for thing in things):
            target.leaked = True
        if isinstance(target, ScopeObject):
            carrier = self.carrier if self.carrier is not None and self.carrier.scope == id else None
            self._names(target.names, [thing.names for thing in things], carrier)  # type: ignore[attr-defined]
        elif isinstance(target, DictObject):
            self._dict(target, things, id)
        elif isinstance(target, ListObject):
            self._list(target, things, id)
        elif isinstance(target, InstanceObject):
            missing = self._names(target.attributes, [t.attributes for t in things])  # type: ignore[attr-defined]
            target.open = target.open or missing
            if len({thing.tie for thing in things}) > 1:  # type: ignore[attr-defined]
                target.tie = None
        elif isinstance(target, ClassObject):
            self._names(target.attributes, [thing.attributes for thing in things])  # type: ignore[attr-defined]
        elif isinstance(target, ArrayObject):
            self._array(target, things)
        elif isinstance(target, IteratorObject):
            if not target.leaked:
                self.changed = True
            target.leaked = True

    def _array(self, target: ArrayObject, things: list[Object]) -> None:
        arrays = [thing for thing in things if isinstance(thing, ArrayObject)]
        before = target.content()
        for name in ("dtype", "depth", "name"):
            if len({getattr(thing, name) for thing in arrays}) > 1:
                setattr(target, name, 0 if name == "depth" else None)
        target.columns = {
            key: dtype if all(thing.columns[key] == dtype for thing in arrays) else None
            for key, dtype in arrays[0].columns.items()
            if all(key in thing.columns for thing in arrays)
        }
        self.changed = self.changed or target.content() != before

    def _names(
        self, target: dict[str, Value], found: list[dict[str, Value]], carrier: Carrier | None = None
    ) -> bool:
        missing = False
        for name in dict.fromkeys(name for names in found for name in names):
            values = [names.get(name) for names in found]
            missing = missing or None in values
            one = carried(self, carrier, name, values) if carrier is not None and not self._are_same(values) else None
            target[name] = one if one is not None else self.values(values)
        return missing

    def _dict(self, target: DictObject, things: list[Object], id: int) -> None:
        dicts = [thing for thing in things if isinstance(thing, DictObject)]
        target.moves = max(thing.moves for thing in dicts) + (len({thing.moves for thing in dicts}) > 1)
        if any(thing.answered is not target.answered for thing in dicts):
            target.answered = None
        self._unseen_keys(target, dicts)
        if any(thing.shuffled or list(thing.items) != list(dicts[0].items) for thing in dicts) and not target.shuffled:
            target.shuffled, self.changed = True, True
        for key in list(dict.fromkeys(key for thing in dicts for key in thing.items)):
            items = [thing.items.get(key) for thing in dicts]
            present = [item for item in items if item is not None]
            sure = len(present) == len(items) and all(item.sure for item in present)
            old = target.items.get(key)
            value = self._same_where_there(items)
            if value is None:
                value = self.values([item.value if item is not None else None for item in items], False)
            if old is None or (old.sure and not sure):
                self.changed = True
            target.items[key] = Item(value, present[0].place, sure)
        if self._same_pairs(target, dicts, id):
            return
        if any(thing.others for thing in dicts):
            for state, thing in zip(self.states, dicts):
                for pair in thing.others:
                    self.lost.append((state, pair[1]))
            if dicts[0].others or not target.open:
                self.changed = True
            target.open, target.others, target.rest, target.backing = True, (), None, None
            target.removed = frozenset()
            target.items = {key: item._replace(value=self.machine.unknown()) for key, item in target.items.items()}
        elif any(thing.open for thing in dicts) and not target.open:
            target.open, self.changed = True, True
        if any(thing.escaped for thing in dicts):
            target.escaped = True

    def _same_where_there(self, items: list[Item | None]) -> Value | None:
        """What stands under a key in each state in which the key is there, where that is the same in all of these."""
        found = [state.resolve(item.value) for state, item in zip(self.states, items) if item is not None]
        return found[0] if all(self.is_same(found[0], other) for other in found) else None

    def _same_pairs(self, target: DictObject, dicts: list[DictObject], id: int) -> bool:
        """Join dicts that hold nothing but any number of entries of plain types, or of objects that the rounds have
        made, each of the same; False where they are others."""
        pairs = [(state, pair) for state, thing in zip(self.states, dicts) for pair in thing.others]
        if not pairs or self.hard or any(thing.items or thing.open for thing in dicts) or target.leaked:
            return False
        if any(thing.factory is not target.factory for thing in dicts):
            return False
        first = dicts[0].others
        value = self._same_values(pairs, id)
        if value is None:
            return False
        keys = {self._kind(state, state.resolve(key)) for state, (key, _, _) in pairs}
        kind = keys.pop() if len(keys) == 1 and keys <= _PLAIN else None
        self.lost += [(state, key) for state, (key, _, _) in pairs] if kind is None else []
        key = first[0][0] if len(first) == 1 else None
        if not (type(key) is Sym and isinstance(key.id, int) and not key.options and key.kind in (None, kind)):
            key = self.machine.unknown(kind=kind)
        self.changed = self.changed or len(first) != 1 or first[0][2] or key is not first[0][0]
        target.others = ((key, value, False),)
        return True

    def _same_values(self, pairs: list[tuple[State, tuple[Value, Value, bool]]], id: int) -> Value | None:
        """What stands for the values of such dicts: an object for each of many, or a value of their plain type."""
        held = [(state, value) for state, (_, value, _) in pairs]
        then = self.before.get(id)
        old = then.others[0][1] if isinstance(then, DictObject) and len(then.others) == 1 else None
        summary = Summary(self, id).of(old, held)
        if summary is not None:
            return summary
        kinds = {self._kind(state, state.resolve(value)) for state, value in held}
        if len(kinds) != 1 or not kinds <= _PLAIN:
            return None
        kind = kinds.pop()
        if type(old) is Sym and isinstance(old.id, int) and old.kind == kind and not old.options:
            return old
        self.changed = True
        return self.machine.unknown(kind=kind)

    def _unseen_keys(self, target: DictObject, dicts: list[DictObject]) -> None:
        """What stands for the keys that are not seen, where that is the same in all of them."""
        unseen = [thing for thing in dicts if thing.open]
        backings = {id(thing.backing) for thing in dicts}
        if target.backing is not None and (len(unseen) < len(dicts) or len(backings) > 1):
            target.backing, self.changed = None, True
        if unseen and any(thing.rest is not unseen[0].rest for thing in unseen[1:]):
            for state, thing in zip(self.states, dicts):
                if thing.rest is not None:
                    self.lost.append((state, thing.rest))
            target.rest, self.changed = None, self.changed or target.rest is not None
        elif unseen:
            target.rest = unseen[0].rest
        removed = [thing.removed for thing in dicts]
        target.removed = removed[0].intersection(*removed[1:]) if target.backing is not None else frozenset()
        if target.backing is not None:
            for key in frozenset().union(*removed) - target.removed - target.items.keys():  # it may be there, or not
                held = self.machine.child(target.backing, "item", key, None, None)
                target.items[key], self.changed = Item(held, target.place, False), True

    def _shared(self, pairs: list[tuple[State, Value]]) -> Ref | None:
        """The one object that all elements are, which was there before."""
        found = [state.resolve(value) for state, value in pairs]
        first = found[0] if found else None
        if type(first) is not Ref or not all(self.is_same(first, other) for other in found):
            return None
        return first

    def _list(self, target: ListObject, things: list[Object], id: int) -> None:
        lists = [thing for thing in things if isinstance(thing, ListObject)]
        if len({len(thing.items) for thing in lists}) == 1 and self._are_same([thing.rest for thing in lists]):
            target.items = [
                self.values([thing.items[index] for thing in lists]) for index in range(len(lists[0].items))
            ]
            return
        pairs = [
            (state, value)
            for state, thing in zip(self.states, lists)
            for value in (*thing.items, *([thing.rest] if thing.rest is not None else []))
        ]
        shared = self._shared(pairs)
        if shared is not None:
            self.changed = self.changed or bool(lists[0].items) or lists[0].rest is None
            target.items, target.rest = [], shared
            return
        then, summary = self.before.get(id), None
        if not (self.hard or target.leaked):
            summary = Summary(self, id).of(then.rest if isinstance(then, ListObject) else None, pairs)
        if summary is not None:
            self.changed = self.changed or bool(lists[0].items) or lists[0].rest is None
            target.items, target.rest = [], summary
            return
        kinds = {self._kind(state, state.resolve(value)) for state, value in pairs}
        kind = kinds.pop() if len(kinds) == 1 and not self.hard else None
        for pair in pairs:
            self.lost.append(pair)
        first = lists[0]
        if first.items or type(first.rest) is not Sym or first.rest.options or first.rest.kind not in (None, kind):
            self.changed = True
        json = bool(pairs) and all(type(value) is Sym and value.json for _, value in pairs)
        place = pairs[0][1].place if pairs else None
        target.items, target.rest = [], self.machine.unknown(place, kind if kind in _PLAIN else None, json=json)
