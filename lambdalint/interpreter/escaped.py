"""What code that is not seen may have called: a callback, a thread's target, a generator taken step by step.

Each is run once, with arguments that are not known. What it does is possible, not proved.
"""

from __future__ import annotations

from typing import Any

from lambdalint.finding import Place
from lambdalint.interpreter.bounds import MAX_ESCAPED
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.execute import run_block
from lambdalint.interpreter.functions import open_frame
from lambdalint.interpreter.heap import ClassObject, InstanceObject, ScopeObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import NORMAL, Frame, Outcome
from lambdalint.interpreter.sequences import alike
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Escaped, Function, Outside, Ref, Value


def run_escaped(machine: Machine, state: State, frame: Frame) -> None:
    """Run the functions that have escaped, from the state that importing the module left, where what some path has
    written to since is not known. What they write themselves, the others may find."""
    run: dict[int, Escaped] = {}
    written = len(state.rewritten)
    while machine.escaped and len(run) < MAX_ESCAPED:
        escaped = machine.escaped.pop(0)
        node = id(escaped.function.info.code)
        if node not in run and _holds(state, escaped.function.module, ScopeObject):
            run[node] = escaped
            _run(machine, escaped, state, frame)
    if machine.escaped:
        machine.lose("callbacks")
    for escaped in run.values():
        if len(state.rewritten) > written:  # what one of them writes to, it may find when it is called again
            _run(machine, escaped, state, frame)


def _loosen(machine: Machine, state: State) -> None:
    """Forget what was there when the handler was called and has been written to since."""
    machine.state = state
    for id in sorted(state.rewritten):
        thing = state.get(id)
        if isinstance(thing, (ScopeObject, ClassObject)):
            names = thing.names if isinstance(thing, ScopeObject) else thing.attributes
            loose = {name: machine.unknown() for name, value in names.items() if _may_change(state, value)}
            written = state.write(id)
            (written.names if isinstance(written, ScopeObject) else written.attributes).update(loose)
        else:
            leak(machine, Ref(id))


def _may_change(state: State, value: Value) -> bool:
    """Whether a variable holds data, rather than what a definition or an import has bound."""
    value = state.resolve(value)
    if type(value) is Ref:
        return not isinstance(state.get(value.id), (ScopeObject, ClassObject))
    return not isinstance(value, (Function, Outside))


def _run(machine: Machine, escaped: Escaped, state: State, frame: Frame) -> None:
    function, info = escaped.function, escaped.function.info
    start = state.fork()
    start.widened = True
    start.next_id += 1_000_000  # past every id that the function's own scopes may have been given
    _loosen(machine, start)
    for scope_id, names in escaped.then:  # it may have been called then, or may be now
        if _holds(start, scope_id, ScopeObject):
            now = start.write(scope_id).names
            now.update({
                name: machine.unknown()
                for name, value in now.items()
                if _may_change(start, value) and not alike(value, names.get(name))
            })  # fmt: skip
    # What it closes over may belong to a path that has ended; there it is not known, and its id may by now be that of
    # something else.
    scopes = tuple(scope for scope in function.scopes if _holds(start, scope, ScopeObject))
    reached = Function(info, function.module, scopes, (), {}, function.owner, Place(info.source, info.node))

    def once() -> None:
        leak(machine, reached)  # it may have been called before
        bound = {parameter.name: machine.unknown() for parameter in info.parameters}
        given: dict[str, Value] = {**bound, **_instances(machine, escaped)}
        inner = open_frame(machine, reached, given, info.node, frame)
        if scopes != function.scopes:
            scope = machine.state.write(inner.scope)
            scope.open = True
            scope.names.update({name: machine.unknown() for name in escaped.closed_over - scope.names.keys()})
        inner.on_yield = lambda value: _resumed(machine, reached, value)
        if info.is_lambda:
            evaluate(machine, info.node.body, inner)
        else:
            machine.choose_outcome(
                lambda: run_block(machine, info.body, machine.state.fork(), inner) or [Outcome(NORMAL, machine.state)]
            )

    machine.unsure += 1
    # What unseen code calls it with is not known to be anything: that a statement passes then says nothing of it. Where
    # it is called with nothing, or by the project, which was not followed, it says that it may have passed.
    completed = machine.completed
    machine.completed = completed if not info.parameters or id(info.node) in machine.unfollowed else set()
    try:
        machine.explore(start, once)
    finally:
        machine.unsure -= 1
        machine.completed = completed


def _instances(machine: Machine, escaped: Escaped) -> dict[str, Any]:
    """What a generator was given: instances of classes of the project, of which nothing else is known any more."""
    found: dict[str, Any] = {}
    for parameter, cls in zip(escaped.function.info.parameters, escaped.given):
        if cls is not None and parameter.kind != "args" and _holds(machine.state, cls, ClassObject):
            made = InstanceObject(cls)
            made.leaked = made.open = True
            found[parameter.name] = machine.new(made)
    return found


def _holds(state: State, id: int, kind: type) -> bool:
    return (id in state.delta or id in state.base) and isinstance(state.get(id), kind)


def _resumed(machine: Machine, reached: Function, value: Value) -> Value:
    """What a `yield` gives when nobody is seen to resume it: until then other code has run, with the value in its
    hands; an exception may be thrown in."""
    leak(machine, value)
    leak(machine, reached)
    _loosen(machine, machine.state)
    machine.state.epoch += 1
    machine.state.show(())
    machine.may_raise(None)
    return machine.unknown()
