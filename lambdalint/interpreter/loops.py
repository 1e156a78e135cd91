"""The loop statements.

A known iterable of few elements is followed element by element; of what is not known, or many, see rounds.py.
"""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter.assignment import assign
from lambdalint.interpreter.bounds import MAX_UNROLL
from lambdalint.interpreter.carried import carrier_of
from lambdalint.interpreter.containers import open_dict
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.execute import branch, run_unsure
from lambdalint.interpreter.failures import lacks_at_times, note_endless
from lambdalint.interpreter.generators import Pending, pending, run_inline
from lambdalint.interpreter.gone_through import (
    has_changed,
    has_shrunk,
    json_behind,
    may_refuse,
    source_of,
    surely_refuses,
    watch,
)
from lambdalint.interpreter.heap import DictObject, IteratorObject, Watched
from lambdalint.interpreter.iteration import Elements, again, elements
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import NORMAL, RAISE, Frame, Outcome, Part
from lambdalint.interpreter.pruning import prune
from lambdalint.interpreter.rounds import Round, end_of, finish, is_true_if_filled, many, sort, widen, without_dead
from lambdalint.interpreter.sequences import join_elements
from lambdalint.interpreter.stand_ins import left_midway
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Const, Failing, Ref, Sym, Value
from lambdalint.interpreter.walk import STATEMENTS, on
from lambdalint.interpreter.widen import Widening

#: On how many paths the rounds of a `while` are followed one by one, where its test tells how many there are.
_FEW = 4
_OTHER_SIZE = "what the loop goes through loses or gets elements in it"
_GOES_ON = "where it then goes on"


@on(STATEMENTS, cst.For)
def for_statement(machine: Machine, node: cst.For, state: State, frame: Frame) -> list[Outcome]:
    done: list[Outcome] = []

    machine.consumed.add(id(node.iter))

    def run() -> Any:
        value = evaluate(machine, node.iter, frame)
        generator = pending(machine, value)
        if generator is not None:
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
        whole = resolved if is_true_if_filled(machine, resolved) else None
        source, json = source_of(machine, value), json_behind(machine, value)
        return elements(machine, value, node.iter, frame), (watched, bound, whole, fails, source, json)

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
    return finish(machine, node, prune(machine, live, state, frame, end_of(node)), done, state, frame)


def _size_error(machine: Machine, node: cst.For, state: State, frame: Frame, sure: bool = False) -> Outcome:
    """The next step is refused, since what is gone through has another size now. `sure`: wherever this is reached."""
    error = Sym(state.fresh(), "RuntimeError", machine.place(node, frame), role="exception")
    if sure:
        step = machine.parts.setdefault((id(node), -1), Part())  # which never comes to its end
        error.made = Failing(step, _OTHER_SIZE, None, where=_GOES_ON)
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
    whole: Sym | Ref | None,
    fails: tuple[str, ...] | None,
    source: int | None,
    json: Sym | None,
) -> list[Outcome]:
    """Go through elements from one state. `watched`: the containers that they are in, and how long these were.
    `whole`: what is gone through, where it is true if it has elements and false if it has none. `fails`: what each step
    may raise. `source`: the dict that the elements are of, by its heap id; `json`: that dict where JSON holds it."""
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
                    done.append(_size_error(machine, node, after, frame, sure=True))
                elif rest is None and any(has_changed(after, seen, number) for seen in watched):
                    left += many(
                        machine, after, lambda one: _unseen_round(machine, node, one, frame), done, frame, node
                    )
                else:
                    following.append(after)
        live = prune(machine, following, state, frame, None) if len(following) > 1 else following
        if not live:
            break
    if rest is not None:
        element = rest

        def refuses_next(after: State) -> bool:
            return has_shrunk(after, json) or any(surely_refuses(after, seen) for seen in watched)

        def once(one: State) -> tuple[list[State], list[Outcome]]:
            one = one.fork()  # what others take this state for must not change
            if any(has_changed(one, seen) for seen in watched):
                return _unseen_round(machine, node, one, frame)
            item = again(machine, element, one)
            ahead, ended = _round(machine, node, item, one, frame)
            refused = [after for after in ahead if refuses_next(after)]
            ahead = [after for after in ahead if after not in refused] if refused else ahead
            ended += [_size_error(machine, node, after, frame, sure=True) for after in refused]
            for outcome in ended:
                outcome.state = outcome.state.fork()
                left_midway(machine, item, one, outcome.state)
            return ahead, ended

        for one in live:
            only = _only_round(machine, node, bound, frame) if type(bound) is Sym else None
            known = whole if not items else None
            behind = many(machine, one, once, done, frame, node, bool(items) or not filled, only, known)
            left += behind if source is None else _rewritten(machine, one, behind, source)
        live = []
    if fails != ():
        done += [_step_failed(machine, node, one, fails) for one in left]
    done += [_failed(machine, node, one, frame) for one in left if any(may_refuse(one, seen) for seen in watched)]
    if rest is not None:
        if endless:
            left = []
    return finish(machine, node, prune(machine, live + left, state, frame, end_of(node)), done, state, frame)


def _rewritten(machine: Machine, before: State, behind: list[State], source: int) -> list[State]:
    """The states behind a loop over the keys of a dict that are not known. Where the rounds write to it, each of its
    entries is another then: there was a round for each, and none where there was no entry."""
    then = before.get(source)
    if not isinstance(then, DictObject) or then.leaked or not then.others:
        return behind
    if all(after.get(source).version == then.version for after in behind):
        return behind
    found = [after.fork() for after in behind]
    for after in found:
        saved, machine.state = machine.state, after
        open_dict(machine, Ref(source))
        written = after.write(source)
        assert isinstance(written, DictObject)
        for _, value, _ in written.others:
            leak(machine, value)
        written.others = ()
        machine.state = saved
    return found


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


def _round(
    machine: Machine, node: cst.For, item: Value, state: State, frame: Frame
) -> tuple[list[State], list[Outcome]]:
    ahead: list[State] = []
    ended: list[Outcome] = []
    # A part of its own: that the loop begins says nothing of whether its names take an element.
    for outcome in machine.explore(state, lambda: assign(machine, node.target, item, node, frame), node.target):
        if outcome.kind is not NORMAL:
            ended.append(outcome)
        else:
            sort(run_unsure(machine, node.body, outcome.state, frame), ahead, ended)
    return ahead, ended


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
            sort(run_unsure(machine, node.body, state, frame), ahead, ended)
        return ahead, ended

    undecided = 0
    for _ in range(MAX_UNROLL):
        following: list[State] = []
        exits, lacking = len(left), False
        for one in live:
            ahead, ended = once(one)
            following += ahead
            done += ended
            lacking = lacking or any(lacks_at_times(outcome) for outcome in ended)
        following = without_dead(following, frame, node)
        live = prune(machine, following, state, frame, None) if len(following) > 1 else following
        undecided += 1 if len(live) > _FEW or len(left) > exits or lacking else 0
        if not live or undecided >= 2:
            break
    if live:
        before = state
        saved = list(left)
        left.clear()
        carrier = carrier_of(frame, before)
        current = Widening(machine, live, before, False, carrier).run() if len(live) > 1 else live[0].fork()
        widened = widen(machine, [current], current, _quiet(once, left), done, frame, node)
        left.clear()
        if widened is not None:
            ahead, ended = once(widened.fork())
            done += ended
            for one in left:
                one.widened = True
        left[:0] = saved
    ended = finish(machine, node, prune(machine, left, state, frame, end_of(node)), done, state, frame)
    note_endless(machine, node, ended)
    return ended


def _quiet(once: Round, left: list[State]) -> Round:
    """Rounds whose exits do not count: they are run again from the state that covers them."""

    def run(state: State) -> tuple[list[State], list[Outcome]]:
        found = once(state)
        left.clear()
        return found

    return run
