"""What holds after any number of rounds of a loop: none, one, and many.

The paths of no round and of one are followed as they are, and all others through one widened state.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeGuard

from lambdalint.interpreter.bounds import MAX_ROUNDS
from lambdalint.interpreter.carried import carrier_of
from lambdalint.interpreter.decisions import decide
from lambdalint.interpreter.ends import begin
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.execute import run_unsure
from lambdalint.interpreter.heap import DictObject, ListObject, Object, ScopeObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.narrowing import assume
from lambdalint.interpreter.paths import BREAK, CONTINUE, NORMAL, Frame, Outcome
from lambdalint.interpreter.pruning import prune
from lambdalint.interpreter.stand_ins import stand_ins
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Const, Ref, Sym, Value
from lambdalint.interpreter.widen import Widening

#: One round from a state: the states that go on to the next, and how else it ends.
Round = Callable[[State], "tuple[list[State], list[Outcome]]"]


def end_of(node: Any) -> Any:
    """The loop, where what it leaves is read only after it; None where its else clause is still to come."""
    return node if node.orelse is None else None


def is_true_if_filled(machine: Machine, value: Value) -> TypeGuard[Sym | Ref]:
    """Whether a value that can be gone through is true if there is something in it, which is not known: what JSON has,
    and containers."""
    if type(value) is Ref:
        thing = machine.object(value)
        return isinstance(thing, ListObject) and not thing.items and thing.view_of is None and not thing.leaked
    if type(value) is not Sym:
        return False
    return value.json or value.role == "event" or value.kind in ("list", "dict", "tuple", "set", "frozenset", "str")


def _split(machine: Machine, state: State, whole: Sym | Ref) -> tuple[State | None, State | None]:
    """The state of no round and that of some, over something that is true if, and only if, there is one."""
    found: list[State | None] = []
    saved = machine.state
    for filled in (False, True):
        machine.state = state.fork()
        decided = decide(machine, whole)
        if decided is None:
            assume(machine, whole, filled)
        found.append(machine.state if decided in (None, filled) else None)
    machine.state = saved
    return found[0], found[1]


def sort(outcomes: list[Outcome], ahead: list[State], ended: list[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.kind is NORMAL or outcome.kind is CONTINUE:
            ahead.append(outcome.state)
        else:
            ended.append(outcome)


def many(
    machine: Machine,
    state: State,
    once: Round,
    done: list[Outcome],
    frame: Frame,
    node: Any,
    may_skip: bool = True,
    only: Round | None = None,
    whole: Sym | Ref | None = None,
) -> list[State]:
    """The states after any number of rounds. `only`: a round that is the only one, where more is known of that."""
    left = [state.fork()] if may_skip else []
    if left and whole is not None:
        skipped, filled = _split(machine, state, whole)
        left = [skipped] if skipped is not None else []
        if filled is None:
            return left
        state = filled
    first, ended = (only or once)(state)
    done += ended
    if not first:
        if only is not None:
            done += [_doubted(outcome) for outcome in once(state)[1]]
        return left
    first = without_dead(first, frame, node)  # behind the loop they are read as little
    first = prune(machine, first, state, frame, None) if len(first) > 1 else first
    if left:
        _skipped(machine, left[0], state, first)
    left += first
    if only is not None:  # from the first of several rounds, less is known
        again, ended = once(state)
        done += [_doubted(outcome) for outcome in ended]
    elif _may_be_one(machine, whole):
        again = first
    else:
        second = _second(machine, state, first, once, done, frame, node)
        left += second
        again = [*first, *second]
    widened = widen(machine, [state, *again], state, once, done, frame, node)
    if widened is not None:
        left.append(widened)
    return prune(machine, left, state, frame, end_of(node))


def _second(
    machine: Machine, before: State, first: list[State], once: Round, done: list[Outcome], frame: Frame, node: Any
) -> list[State]:
    """The states after a second round, where the first is another than those that follow: it has set what was None or
    False before it, the header of a table or the page before. One state for all rounds would not tell them apart."""
    turned = [one for one in first if _has_turned(machine, before, one, frame)]
    if len(turned) > _FEW:
        return []
    found: list[State] = []
    for one in turned:
        ahead, ended = once(one)
        found += without_dead(ahead, frame, node)
        done += ended
    return prune(machine, found, before, frame, None) if len(found) > 1 else found


def _may_be_one(machine: Machine, whole: Sym | Ref | None) -> bool:
    """Whether what is gone through are the records of an event, of which SNS and S3 send one at a time. Who sends
    them is not known here."""
    return type(whole) is Sym and machine.recorder.event_symbols.get(whole.id) == ("Records",)


#: Of how many states after the first round another is followed.
_FEW = 4


def _has_turned(machine: Machine, before: State, after: State, frame: Frame) -> bool:
    """Whether a variable that was None, True or False is something else after a round."""
    if frame.scope == frame.module or frame.is_class:
        return False
    was, now = before.get(frame.scope), after.get(frame.scope)
    assert isinstance(was, ScopeObject)
    assert isinstance(now, ScopeObject)
    for name, value in was.names.items():
        set_to = now.names.get(name)
        if set_to is None or set_to is value or type(value) is not Const or not _is_switch(value.value):
            continue
        new = after.resolve(set_to)
        if new is not value and not (type(new) is Const and new.value == value.value):
            return True
    return False


def _is_switch(value: Any) -> bool:
    return value is None or isinstance(value, bool)


def _doubted(outcome: Outcome) -> Outcome:
    """An outcome that is possible, and not proved."""
    outcome.state = outcome.state.fork()
    outcome.state.widened = True
    return outcome


def _skipped(machine: Machine, skipped: State, before: State, after: list[State]) -> None:
    """The path of no round. An object that stands for each of many - the elements of a list of unknown length - and
    that a round changes is not known to be unchanged here: there may be none of it, if there is no round."""
    changed = {
        id
        for state in after
        for id in state.changes_since(before)
        if id < before.next_id
        if not isinstance(state.get(id), ScopeObject) and not _is_only_read(before.get(id), state.get(id))
    }
    if not changed:
        return
    saved, machine.state = machine.state, skipped
    try:
        loose = {id for id in changed if getattr(skipped.get(id), "rest", None) is not None}
        for id in (changed & stand_ins(skipped)) | loose:
            leak(machine, Ref(id))
    finally:
        machine.state = saved


def _is_only_read(before: Object, after: Object) -> bool:
    """Whether a dict is as it was, but that a path now knows of keys that are there."""
    if not isinstance(before, DictObject) or not isinstance(after, DictObject):
        return False
    if before.items.keys() != after.items.keys() or (before.moves, before.open) != (after.moves, after.open):
        return False
    same = before.others == after.others and before.rest is after.rest and before.leaked == after.leaked
    return same and all(item.value is after.items[key].value for key, item in before.items.items())


def without_dead(states: list[State], frame: Frame, node: Any) -> list[State]:
    """The states at the head of a round, without the variables that each round binds anew; of a generator's loop also
    without those that the loop does which goes through the generator."""
    consumer: tuple[Frame, Any] | None = (frame, node)
    while consumer is not None:
        states = _without_names(states, *consumer)
        consumer = consumer[0].consumer
    return states


def _without_names(states: list[State], frame: Frame, node: Any) -> list[State]:
    if frame.scope == frame.module or frame.is_class:
        return states
    dead = frame.info.dead_at_head(node)
    found: list[State] = []
    for state in states:
        scope = state.get(frame.scope)
        assert isinstance(scope, ScopeObject)
        names = dead & scope.names.keys()
        if names:
            state = state.fork()
            written = state.write(frame.scope)
            for name in names:
                del written.names[name]
        found.append(state)
    return found


def widen(
    machine: Machine, states: list[State], before: State, once: Round, done: list[Outcome], frame: Frame, node: Any
) -> State | None:
    """A state that stands for any number of rounds: rounds are run from it until it covers what they leave."""
    carrier = carrier_of(frame, before)
    current = Widening(machine, without_dead(states, frame, node), before, False, carrier).run()
    seen: list[Outcome] = []
    for attempt in range(MAX_ROUNDS + 5):
        machine.step()
        origin = current.fork()
        ahead, seen = once(current.fork())
        if not ahead:
            break
        covered = [origin, *without_dead(ahead, frame, node)]
        widening = Widening(machine, covered, origin, attempt >= MAX_ROUNDS, carrier)
        current = widening.run()
        if not widening.changed:
            break
    else:
        machine.give_up("loops that do not settle")
    done += seen
    return current


def finish(
    machine: Machine, node: Any, live: list[State], done: list[Outcome], state: State, frame: Frame
) -> list[Outcome]:
    """The else clause, and what broke out."""
    result: list[Outcome] = []
    for outcome in done:
        if outcome.kind is BREAK:
            result.append(Outcome(NORMAL, outcome.state))
        else:
            result.append(outcome)
    for one in live:
        begin(one, frame.scope, node)  # which has no more rounds for it
        if node.orelse is None:
            result.append(Outcome(NORMAL, one))
        else:
            result += run_unsure(machine, node.orelse.body, one, frame)
    return result
