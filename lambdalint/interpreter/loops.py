"""Loops: no round, one round, and many.

A known iterable of few elements is followed element by element. Else the paths of no round and of one are followed
as they are, and all others through one widened state.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libcst as cst

from lambdalint.interpreter.assignment import assign
from lambdalint.interpreter.decisions import decide
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.execute import branch, run_unsure
from lambdalint.interpreter.generators import Pending, pending, run_inline
from lambdalint.interpreter.heap import DictObject, IteratorObject, ListObject, ScopeObject, Watched
from lambdalint.interpreter.iteration import Elements, elements, has_changed, may_refuse, surely_refuses, watch
from lambdalint.interpreter.machine import (
    BREAK,
    CONTINUE,
    MAX_RECURSION,
    MAX_ROUNDS,
    MAX_UNROLL,
    NORMAL,
    RAISE,
    Frame,
    Machine,
    Outcome,
)
from lambdalint.interpreter.narrowing import assume
from lambdalint.interpreter.sequences import join_elements
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Const, Ref, Sym, Tuple, Value
from lambdalint.interpreter.walk import STATEMENTS, on
from lambdalint.interpreter.widen import Widening

#: One round from a state: the states that go on to the next, and how else it ends.
Round = Callable[[State], "tuple[list[State], list[Outcome]]"]


@on(STATEMENTS, cst.For)
def for_statement(machine: Machine, node: cst.For, state: State, frame: Frame) -> list[Outcome]:
    done: list[Outcome] = []

    def run() -> Any:
        value = evaluate(machine, node.iter, frame)
        generator = pending(machine, value)
        if generator is not None and machine.active[id(generator[0].info.node)] < MAX_RECURSION:
            return generator
        watched = watch(machine, value)
        resolved = machine.state.resolve(value)
        thing = machine.object(resolved) if type(resolved) is Ref else None
        bound: Value | None = None
        fails: tuple[str, ...] | None = ()
        if type(resolved) is Ref and isinstance(thing, IteratorObject):
            bound, fails = thing.bound, thing.fails
            if fails != ():
                machine.state.write(resolved.id).fails = ()  # its steps raise between the rounds
        whole = resolved if type(resolved) is Sym and _is_true_if_filled(resolved) else None
        return elements(machine, value, node.iter, frame), (watched, bound, whole, fails)

    for outcome in machine.explore(state, run, node):
        if outcome.kind is not NORMAL:
            done.append(outcome)
            continue
        found: Any = outcome.value
        if len(found) == 3:
            done += _over_generator(machine, node, found, outcome.state, frame)
        else:
            done += _over(machine, node, found[0], outcome.state, frame, *found[1])
    return done


def _end(node: Any) -> Any:
    """The loop, where what it leaves is read only after it; None where its else clause is still to come."""
    return node if node.orelse is None else None


def _over_generator(machine: Machine, node: cst.For, found: Pending, state: State, frame: Frame) -> list[Outcome]:
    """Go through a generator of the project: the body runs at its yields."""

    def block(one: State, value: Value) -> list[Outcome]:
        ahead, ended = _round(machine, node, value, one, frame)
        return [*ended, *[Outcome(NORMAL, state) for state in ahead]]

    done: list[Outcome] = []
    live: list[State] = []
    for outcome, ended in run_inline(machine, found, block, state, node, frame, with_block=False):
        if ended is not None:
            done.append(ended)
        elif outcome.kind is RAISE:
            done.append(outcome)
        else:
            live.append(outcome.state)
    return _finish(machine, node, machine.prune(live, state, frame, _end(node)), done, state, frame)


def _size_error(machine: Machine, node: cst.For, state: State, frame: Frame) -> Outcome:
    error = Sym(state.fresh(), "RuntimeError", machine.place(node, frame), role="exception")
    return Outcome(RAISE, state, error, node)


def _step_failed(machine: Machine, node: cst.For, state: State, types: tuple[str, ...] | None) -> Outcome:
    """The next step raises what the generator behind it may raise."""
    if not machine.guards:
        machine.recorder.raises = True
    state = state.fork()
    state.widened = True
    return Outcome(RAISE, state, Sym(state.fresh(), None, role="exception", condition=("types", types)), node)


def _failed(machine: Machine, node: cst.For, state: State, frame: Frame) -> Outcome:
    """The next step may raise RuntimeError: the dict may have another size by now."""
    state = state.fork()
    state.widened = True
    return _size_error(machine, node, state, frame)


def _over(
    machine: Machine,
    node: cst.For,
    found: Elements,
    state: State,
    frame: Frame,
    watched: tuple[Watched, ...],
    bound: Value | None,
    whole: Sym | None,
    fails: tuple[str, ...] | None,
) -> list[Outcome]:
    """Go through elements from one state. `watched`: the containers that they are in, and how long these were.
    `whole`: what is gone through, where it is true if it has elements and false if it has none. `fails`: what each step
    may raise."""
    done: list[Outcome] = [_step_failed(machine, node, state, fails)] if fails != () else []
    items, rest, filled, endless = found
    if len(items) > MAX_UNROLL:
        saved, machine.state = machine.state, state
        rest = join_elements(machine, [*items, *([rest] if rest is not None else [])])
        machine.state = saved
        items, filled = (), True
    live = [state]
    left: list[State] = []
    for number, item in enumerate(items, 1):
        following: list[State] = []
        for one in live:
            ahead, ended = _round(machine, node, item, one, frame)
            done += ended
            for after in ahead:
                if fails != ():
                    done.append(_step_failed(machine, node, after, fails))
                if any(surely_refuses(after, seen) for seen in watched):
                    done.append(_size_error(machine, node, after, frame))
                elif rest is None and any(has_changed(after, seen, number) for seen in watched):
                    left += _many(
                        machine, after, lambda one: _unseen_round(machine, node, one, frame), done, frame, node
                    )
                else:
                    following.append(after)
        live = machine.prune(following, state, frame, None) if len(following) > 1 else following
        if not live:
            break
    if rest is not None:
        element = rest

        def once(one: State) -> tuple[list[State], list[Outcome]]:
            one = one.fork()  # what others take this state for must not change
            if any(has_changed(one, seen) for seen in watched):
                return _unseen_round(machine, node, one, frame)
            return _round(machine, node, _again(machine, element, one), one, frame)

        for one in live:
            only = _only_round(machine, node, bound, frame) if type(bound) is Sym else None
            known = whole if not items else None
            left += _many(machine, one, once, done, frame, node, bool(items) or not filled, only, known)
        live = []
    if fails != ():
        done += [_step_failed(machine, node, one, fails) for one in left]
    done += [_failed(machine, node, one, frame) for one in left if any(may_refuse(one, seen) for seen in watched)]
    if rest is not None:
        if endless:
            left = []
    return _finish(machine, node, machine.prune(live + left, state, frame, _end(node)), done, state, frame)


def _is_true_if_filled(value: Sym) -> bool:
    """Whether a value that can be gone through is true if there is something in it: what JSON has, and containers."""
    return value.json or value.role == "event" or value.kind in ("list", "dict", "tuple", "set", "frozenset", "str")


def _split(machine: Machine, state: State, whole: Sym) -> tuple[State | None, State | None]:
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


def _only_round(machine: Machine, node: cst.For, bound: Sym, frame: Frame) -> Round:
    """The one round of `for i in range(n)` where n is not known: there n is 1, and i is 0."""

    def run(state: State) -> tuple[list[State], list[Outcome]]:
        state = state.fork()
        if type(state.resolve(bound)) is Sym:
            state.learn(bound, value=Const(1, bound.place), truthy=True)
        return _round(machine, node, Const(0, machine.place(node.iter, frame)), state, frame)

    return run


def _unseen_round(machine: Machine, node: cst.For, state: State, frame: Frame) -> tuple[list[State], list[Outcome]]:
    """A round over an element that is not known."""
    state = state.fork()
    return _round(machine, node, Sym(state.fresh(), None), state, frame)


def _again(machine: Machine, element: Value, state: State) -> Value:
    """One element of many: a symbol of its own in each round."""
    element = state.resolve(element)
    if type(element) is Sym and isinstance(element.id, int):
        return Sym(
            state.fresh(),
            element.kind,
            element.place,
            options=element.options,
            event=element.event,
            json=element.json,
            role=element.role,
            prefix=element.prefix,
        )
    return element


def _round(
    machine: Machine, node: cst.For, item: Value, state: State, frame: Frame
) -> tuple[list[State], list[Outcome]]:
    ahead: list[State] = []
    ended: list[Outcome] = []
    for outcome in machine.explore(state, lambda: assign(machine, node.target, item, node, frame), node):
        if outcome.kind is not NORMAL:
            ended.append(outcome)
        else:
            _sort(run_unsure(machine, node.body, outcome.state, frame), ahead, ended)
    return ahead, ended


def _sort(outcomes: list[Outcome], ahead: list[State], ended: list[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.kind is NORMAL or outcome.kind is CONTINUE:
            ahead.append(outcome.state)
        else:
            ended.append(outcome)


def _many(
    machine: Machine,
    state: State,
    once: Round,
    done: list[Outcome],
    frame: Frame,
    node: Any,
    may_skip: bool = True,
    only: Round | None = None,
    whole: Sym | None = None,
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
    first = machine.prune(first, state, frame, None) if len(first) > 1 else first
    if left:
        _skipped(machine, left[0], state, first)
    left += first
    if only is not None:  # from the first of several rounds, less is known
        again, ended = once(state)
        done += [_doubted(outcome) for outcome in ended]
    else:
        again = first
    widened = widen(machine, [state, *again], state, once, done)
    if widened is not None:
        left.append(widened)
    return machine.prune(left, state, frame, _end(node))


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
        if id < before.next_id and not isinstance(state.get(id), ScopeObject)
    }
    if not changed:
        return
    saved, machine.state = machine.state, skipped
    try:
        loose = {id for id in changed if getattr(skipped.get(id), "rest", None) is not None}
        for id in (changed & _stand_ins(skipped)) | loose:
            leak(machine, Ref(id))
    finally:
        machine.state = saved


def _stand_ins(state: State) -> set[int]:
    """The objects that are reached through the element that stands for the rest of a list."""
    stack: list[Any] = [
        thing.rest
        for thing in (*state.base.values(), *state.delta.values())
        if isinstance(thing, (ListObject, DictObject)) and thing.rest is not None
    ]
    found: set[int] = set()
    while stack:
        value = stack.pop()
        if not isinstance(value, Value):
            continue
        value = state.resolve(value)
        if type(value) is Ref and value.id not in found:
            found.add(value.id)
            thing = state.get(value.id)
            if not isinstance(thing, ScopeObject):
                stack += thing.content()
        elif type(value) is Tuple:
            stack += value.items
        elif type(value) is Sym:
            stack += value.options
    return found


def widen(machine: Machine, states: list[State], before: State, once: Round, done: list[Outcome]) -> State | None:
    """A state that stands for any number of rounds: rounds are run from it until it covers what they leave."""
    current = Widening(machine, states, before, False).run()
    seen: list[Outcome] = []
    for attempt in range(MAX_ROUNDS + 5):
        machine.step()
        origin = current.fork()
        ahead, seen = once(current.fork())
        if not ahead:
            break
        widening = Widening(machine, [origin, *ahead], origin, attempt >= MAX_ROUNDS)
        current = widening.run()
        if not widening.changed:
            break
    else:
        machine.give_up("loops that do not settle")
    done += seen
    return current


def _finish(
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
        if node.orelse is None:
            result.append(Outcome(NORMAL, one))
        else:
            result += run_unsure(machine, node.orelse.body, one, frame)
    return result


@on(STATEMENTS, cst.While)
def while_statement(machine: Machine, node: cst.While, state: State, frame: Frame) -> list[Outcome]:
    done: list[Outcome] = []
    left: list[State] = []
    live = [state]

    def once(one: State) -> tuple[list[State], list[Outcome]]:
        ahead: list[State] = []
        ended: list[Outcome] = []
        yes, no, other = branch(machine, node.test, one, frame)
        left.extend(no)
        ended += other
        for state in yes:
            _sort(run_unsure(machine, node.body, state, frame), ahead, ended)
        return ahead, ended

    undecided = 0
    for _ in range(MAX_UNROLL):
        following: list[State] = []
        exits = len(left)
        for one in live:
            ahead, ended = once(one)
            following += ahead
            done += ended
        live = machine.prune(following, state, frame, None) if len(following) > 1 else following
        undecided += 1 if len(live) > 1 or len(left) > exits else 0
        if not live or undecided >= 2:
            break
    if live:
        before = state
        saved = list(left)
        left.clear()
        current = Widening(machine, [live[0], *live[1:]], before, False).run() if len(live) > 1 else live[0].fork()
        widened = widen(machine, [current], current, _quiet(once, left), done)
        left.clear()
        if widened is not None:
            ahead, ended = once(widened.fork())
            done += ended
            for one in left:
                one.widened = True
        left[:0] = saved
    return _finish(machine, node, machine.prune(left, state, frame, _end(node)), done, state, frame)


def _quiet(once: Round, left: list[State]) -> Round:
    """Rounds whose exits do not count: they are run again from the state that covers them."""

    def run(state: State) -> tuple[list[State], list[Outcome]]:
        found = once(state)
        left.clear()
        return found

    return run
