"""Generators run by the statement that consumes them: at each yield, the consumer's block.

So what the two do is in the order in which it happens, and a consumer that stops early leaves the rest undone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libcst as cst

from lambdalint.interpreter import escape
from lambdalint.interpreter.apart import answers_widened
from lambdalint.interpreter.bounds import MAX_RECURSION
from lambdalint.interpreter.ends import begin, take
from lambdalint.interpreter.execute import run_block
from lambdalint.interpreter.functions import bind_arguments, open_frame, run_body
from lambdalint.interpreter.heap import IteratorObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.merge import merge_outcomes
from lambdalint.interpreter.paths import CONTINUE, NORMAL, RAISE, RETURN, Frame, Outcome, Raised
from lambdalint.interpreter.pruning import prune_answers, thin
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import NONE, TRUE, Const, Function, Ref, Sym, Value
from lambdalint.interpreter.walk import children

#: A generator function and its arguments.
Pending = tuple[Function, list[Value], dict[str, Value]]
#: What the consumer does with a value that is yielded.
Block = Callable[[State, Value], "list[Outcome]"]
ENDLESS = "endless"  # how a generator's outcome is marked where its body never ends


def pending(machine: Machine, value: Value) -> Pending | None:
    """The call that a generator object stands for, where it has not begun. It is taken from the object. None too where
    as many calls of the same function are going on as are followed."""
    value = machine.state.resolve(value)
    if type(value) is not Ref:
        return None
    thing = machine.object(value)
    if not isinstance(thing, IteratorObject) or thing.source is None or thing.leaked:
        return None
    function, arguments, keywords = thing.source
    if machine.active[id(function.info.code)] >= MAX_RECURSION:
        return None
    machine.state.write(value.id).source = None
    return function, list(arguments), dict(keywords)


def run_inline(
    machine: Machine, found: Pending, block: Block, state: State, node: Any, frame: Frame, with_block: bool
) -> list[tuple[Outcome, Outcome | None]]:
    """Run a generator with `block` at each yield.

    `with_block`: what the block raises is raised at the yield, as `@contextmanager` does; otherwise, as under `for`, a
    block that raises, returns or breaks closes the generator. Out: how the generator ended, and with it how the block
    ended, where that is what counts (its state is then the generator's last).
    """
    function, arguments, keywords = found
    endings: list[Outcome] = []
    frames: list[Frame] = []

    def on_yield(value: Value) -> Value:
        machine.state.write(frames[0].scope).names["<yielded>"] = TRUE
        outcome = machine.choose_outcome(lambda: block(machine.state.fork(), value))
        if outcome.kind is NORMAL or outcome.kind is CONTINUE:
            if not with_block:
                return NONE
        elif with_block and outcome.kind is RAISE:
            assert outcome.value is not None
            begin(machine.state, frame.scope, node)
            raise Raised(outcome.value)
        kinds = [(ending.kind, ending.node) for ending in endings]
        if (outcome.kind, outcome.node) not in kinds:
            kinds.append((outcome.kind, outcome.node))
            endings.append(outcome)
        names = machine.state.write(frames[0].scope).names
        names["<ended>"] = Const(kinds.index((outcome.kind, outcome.node)))
        names["<value>"] = outcome.value if outcome.value is not None else NONE
        if with_block:
            return NONE
        raise Raised(Sym(machine.state.fresh(), "GeneratorExit", role="exception"))

    def bind() -> None:
        bound = bind_arguments(machine, function, arguments, keywords, False, node, frame)
        opened = open_frame(machine, function, bound, node, frame)
        opened.on_yield = on_yield
        opened.consumer = (frame, node) if not with_block else None
        frames[:] = [opened]

    done: list[tuple[Outcome, Outcome | None]] = []
    machine.depth += 1
    machine.active[id(function.info.code)] += 1
    try:
        for outcome in machine.explore(state, bind, node):
            if outcome.kind is not NORMAL:
                done.append((outcome, None))
                continue
            for last in run_block(machine, function.info.body, outcome.state, frames[0]):
                names = last.state.get(frames[0].scope).names  # type: ignore[attr-defined]
                take(last.state, frames[0].scope)
                if with_block and last.kind is not RAISE and "<yielded>" not in names:
                    error = Sym(last.state.fresh(), "RuntimeError", machine.place(node, frame), role="exception")
                    done.append((Outcome(RAISE, last.state, error, node), None))
                    continue
                done += [(last, ending) for ending in _endings(last, endings, frames[0], with_block)]
    finally:
        machine.depth -= 1
        machine.active[id(function.info.code)] -= 1
    return done


def _endings(last: Outcome, endings: list[Outcome], frame: Frame, with_block: bool) -> list[Outcome | None]:
    """How the block ended, if that is what ended the generator; else None. Where paths have met since then, it may have
    ended in any way."""
    names = last.state.get(frame.scope).names  # type: ignore[attr-defined]
    number = names.get("<ended>")
    if number is None:
        return [None]
    if last.kind is RAISE:
        value = last.value
        closed = isinstance(value, Sym) and value.kind == "GeneratorExit"
        if with_block or not closed:
            return [None]
    possible = [endings[number.value]] if isinstance(number, Const) else endings  # type: ignore[call-overload]
    found: list[Outcome | None] = [] if isinstance(number, Const) else [None]
    for ending in possible:
        value = names["<value>"] if ending.kind in (RETURN, RAISE) else None
        found.append(Outcome(ending.kind, last.state.fork(), value, ending.node))
    return found


def first_yielded(machine: Machine, value: Ref, node: Any, frame: Frame) -> tuple[Value | None, bool]:
    """What a generator of the project yields first, None where it ends before that. The second is False where it is no
    such generator, or has begun, and then nothing is done. Nothing may ask it for more.

    Raises:
        Raised: what it raises before that.
    """
    thing = machine.object(value)
    source = thing.source if isinstance(thing, IteratorObject) else None
    if source is None or _does_something_at_its_end(source[0].info.node):
        return None, False
    generator = pending(machine, value)
    if generator is None:
        return None, False

    def block(state: State, item: Value) -> list[Outcome]:
        return [Outcome(RETURN, state, item)]

    def outcomes() -> list[Outcome]:
        found: list[Outcome] = []
        state = machine.state.fork()
        for outcome, ended in run_inline(machine, generator, block, state, node, frame, with_block=False):
            over = outcome if outcome.kind is RAISE else Outcome(NORMAL, outcome.state)
            found.append(ended if ended is not None else over)
        return thin(machine, found)

    chosen = machine.choose_outcome(outcomes)
    if chosen.kind is RAISE:
        assert chosen.value is not None
        raise Raised(chosen.value)
    machine.state.write(value.id).leaked = True
    return (chosen.value if chosen.kind is RETURN else None), True


def _does_something_at_its_end(node: Any) -> bool:
    """Whether code stands round a `yield` that is run when nobody asks for more, at some time."""
    if isinstance(node, (cst.Try, cst.TryStar, cst.With)):
        return True
    return any(_does_something_at_its_end(part) for part in children(node))


def run_generator(machine: Machine, value: Ref, hook: Callable[[Value], Value], node: Any, frame: Frame) -> bool:
    """Run a generator to its end, with `hook` called on each value that it yields. False: it may never end, and what
    it does until its consumer stops is not known."""
    thing = machine.object(value)
    assert isinstance(thing, IteratorObject)
    assert thing.source is not None
    function, arguments, keywords = thing.source
    writable = machine.state.write(value.id)
    writable.source = None
    key = id(function.info.code)
    if machine.active[key] >= 3:
        machine.lose("recursion")
        machine.may_raise(None)
        return False
    bound = bind_arguments(machine, function, list(arguments), dict(keywords), False, node, frame)

    def outcomes() -> list[Outcome]:
        before = machine.state
        found = run_body(machine, function, bound, node, frame, hook)
        ended: list[Outcome] = []
        for one in found:
            take(one.state, before.next_id)
            ended.append(one if one.kind is RAISE else Outcome(NORMAL if one.kind is RETURN else one.kind, one.state))
        merged = merge_outcomes(answers_widened(machine, ended, before), before, machine)
        return prune_answers(machine, merged, before)

    def or_endless() -> list[Outcome]:
        endless = Outcome(ENDLESS, machine.state.fork())
        return outcomes() or [endless]

    machine.active[key] += 1
    machine.depth += 1
    try:
        outcome = machine.choose_outcome(or_endless)
    finally:
        machine.active[key] -= 1
        machine.depth -= 1
    if outcome.kind is RAISE:
        assert outcome.value is not None
        raise Raised(outcome.value)
    if outcome.kind is ENDLESS:
        machine.lose("endless generators")
        for argument in (function, *arguments, *keywords.values()):
            escape.leak(machine, argument)
        machine.may_raise(None)
        return False
    return True
