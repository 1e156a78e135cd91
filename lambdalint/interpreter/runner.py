"""One run: the module imported as Lambda imports it, the handler looked up and called with an event and a context."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

import libcst as cst

from lambdalint.finding import Place
from lambdalint.interpreter import (  # noqa: F401
    access,
    call_expressions,
    comparison,
    comprehensions,
    coroutines,
    definitions,
    fstrings,
    instances,
    literals,
    loops,
    matching,
    names,
    operators,
    statements,
    try_statement,
    with_statement,
)
from lambdalint.interpreter.bounds import MAX_INITS, STEPS_LEFT
from lambdalint.interpreter.calls import call
from lambdalint.interpreter.draw import draw
from lambdalint.interpreter.dropped import dropped
from lambdalint.interpreter.ends import calls_at_end, ends_plainly, pointed_at, take
from lambdalint.interpreter.entry import describe, unwrap
from lambdalint.interpreter.escaped import run_escaped
from lambdalint.interpreter.event_facts import absent_and_present, excluded, were_read
from lambdalint.interpreter.execute import run_block
from lambdalint.interpreter.failures import keep_certain, note_failure
from lambdalint.interpreter.functions import bind_arguments, open_frame
from lambdalint.interpreter.heap import ClassObject, ScopeObject
from lambdalint.interpreter.imports import load_packages, loaded, module_frame, run_module
from lambdalint.interpreter.invocation import Ending, Fallen, Handler, Invocation, Leaving, Return, ScriptRun
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import MODULES, Machine, follows
from lambdalint.interpreter.merge import merge_outcomes
from lambdalint.interpreter.paths import NORMAL, RAISE, Frame, Outcome, OutOfSteps

# Importing these enters what they define into the dispatch tables.
from lambdalint.interpreter.pruning import thin
from lambdalint.interpreter.recorder import Recorder
from lambdalint.interpreter.scopes import FunctionInfo
from lambdalint.interpreter.shapes import Instance
from lambdalint.interpreter.state import State
from lambdalint.interpreter.trail import Trail
from lambdalint.interpreter.values import NONE, Const, Coroutine, Function, Ref, Sym, Value
from lambdalint.interpreter.world import EventKinds, Finder, Script
from lambdalint.project.function import Function as Deployed
from lambdalint.source import Source


def run(
    function: Deployed,
    find: Finder,
    event_kinds: EventKinds | None,
    variables: Mapping[str, bool],
    pulse: Callable[[], None] | None,
    trail: Trail | None,
) -> Invocation:
    """See `lambdalint.interpreter.run`."""
    if trail is not None and trail.onward is not None:
        try:
            return _run_once(function, find, event_kinds, variables, pulse, trail)
        except Exception:  # whatever it was, it may not be so where all is run
            trail.clear()
            trail.lost = True
            trail = None
    return _run_once(function, find, event_kinds, variables, pulse, trail)


def _run_once(
    function: Deployed,
    find: Finder,
    event_kinds: EventKinds | None,
    variables: Mapping[str, bool],
    pulse: Callable[[], None] | None,
    trail: Trail | None,
) -> Invocation:
    source = function.source
    place = Place(source, source.cst)
    record = Invocation(function, Handler("unknown", function.attribute, place))
    if source.cst is None:
        record.complete = False
        record.modules = [source]
        record.gave_up[source.unfollowed or "libcst does not parse it"] += 1
        return record
    recorder = Recorder()
    machine = Machine(find, recorder)
    machine.pulse = pulse
    machine.event_kinds, machine.variables = event_kinds, variables
    machine.handler_name = function.attribute
    machine.python = _python(function) if event_kinds is not None else None
    try:
        _run(machine, function, record, place, trail)
    except OutOfSteps:
        machine.give_up("steps")
    except RecursionError:
        machine.give_up("nesting of the interpreter")
    record.raises = recorder.raises or bool(record.raised)
    record.calls, record.possible_calls = recorder.calls, recorder.possible_calls
    record.event_reads, record.context_reads = recorder.event_reads, recorder.context_reads
    record.event_operands, record.event_given = recorder.event_operands, recorder.event_given
    record.event_constants = recorder.event_constants
    record.object_reads, record.reports_dropped = recorder.object_reads, recorder.reports_dropped
    record.environment_reads, record.operations = recorder.environment_reads, recorder.operations
    record.lookup_clauses = recorder.lookup_clauses - recorder.other_clauses
    record.failing_tries = recorder.failing_tries
    record.imports, record.uses, record.modules = recorder.imports, recorder.uses, recorder.modules
    record.refusals = recorder.refusals(machine.complete, event_kinds is not None)
    keep_certain(machine, record)
    record.failures += recorder.failures
    record.failures += recorder.clauses_that_miss()
    record.complete = machine.complete
    record.gave_up = machine.gave_up
    return record


def _python(function: Deployed) -> tuple[int, int] | None:
    """The version of Python that a function is deployed with."""
    runtime = function.deployment.runtime if function.deployment is not None else None
    found = re.fullmatch(r"python(\d+)\.(\d+)", runtime.value) if runtime is not None else None
    return (int(found[1]), int(found[2])) if found else None


def run_script(source: Source, find: Finder, script: Script) -> ScriptRun:
    """See `lambdalint.interpreter.run_script`."""
    recorder = Recorder()
    machine = Machine(find, recorder, script)
    if source.cst is None:
        machine.give_up(source.unfollowed or "libcst does not parse it")
    else:
        try:
            ends = run_module(machine, source, "__main__")
            if ends and all(outcome.kind is RAISE for outcome in ends):
                _make_the_rest(machine, source, ends[-1].state)
        except OutOfSteps:
            machine.give_up("steps")
        except RecursionError:
            machine.give_up("nesting of the interpreter")
    return ScriptRun(recorder.calls, recorder.possible_calls, machine.gave_up)


def _make_the_rest(machine: Machine, source: Source, state: State) -> None:
    """What a script would have made that fails as it stands (its settings are to be filled in): each class of its
    modules that derives from a library which is followed, and of which nothing was made. Its arguments are open."""
    machine.state = state = state.fork()
    registry = state.get(MODULES)
    assert isinstance(registry, ScopeObject)
    frame = module_frame(machine, source, machine.new_scope())
    for module in list(registry.names.values()):
        scope = state.get(module.id) if isinstance(module, Ref) else None
        for value in list(scope.names.values()) if isinstance(scope, ScopeObject) else ():
            thing = state.get(value.id) if type(value) is Ref else None
            if type(value) is not Ref or not isinstance(thing, ClassObject) or value.id in machine.made_classes:
                continue
            if any(follows(machine, str(base)) for base in thing.order):
                machine.kept = machine.steps // 2
                with suppress(OutOfSteps):
                    machine.explore(state, partial(call, machine, value, [], {}, source.cst, frame, True), source.cst)
    machine.kept = 0


def _run(machine: Machine, function: Deployed, record: Invocation, place: Place, trail: Trail | None) -> None:
    again = trail.start(machine) if trail is not None else None
    inits = [again] if again is not None else _inits(machine, function, record, place)
    trail = trail if len(inits) == 1 else None
    for number, state in enumerate(inits):
        machine.state = state
        module = loaded(machine, function.source)
        assert module is not None
        scope = state.get(module.id)
        assert isinstance(scope, ScopeObject)
        frame = module_frame(machine, function.source, module.id)
        value = scope.names.get(function.attribute)
        handler, target = describe(machine, value, function, frame, place)
        if number == 0 or record.handler.kind == "unknown":
            record.handler = handler
        if again is None:
            state.imported, state.rewritten = state.next_id, set()
            if trail is not None:
                trail.started(state)
        machine.recorder.in_handler = True
        if value is not None and target is not None:
            _invoke(machine, value, state, frame, record, trail)
        run_escaped(machine, state, frame)


def _inits(machine: Machine, function: Deployed, record: Invocation, place: Place) -> list[State]:
    """The states in which the handler may be called."""
    found = _import(machine, function, place)
    machine.recorder.raises = False  # what an import raises leaves no handler
    machine.steps = max(machine.steps, STEPS_LEFT)  # whatever the imports took
    inits = [outcome.state for outcome in found if outcome.kind is NORMAL]
    for outcome in found:
        if outcome.kind is RAISE and not inits:
            _note_raised(machine, record, outcome)
    return thin(machine, inits, MAX_INITS) if len(inits) > MAX_INITS else inits


def _import(machine: Machine, function: Deployed, place: Place) -> list[Outcome]:
    """Import the function's module, after the packages that it stands in, where its full name is known."""
    source, name = function.source, function.module.replace("/", ".")
    known = function.named or function.deployment is not None
    machine.dotted[source.path] = name if known else None
    starts = [Outcome(NORMAL, machine.state)]
    if known and "." in name:
        frame = module_frame(machine, source, machine.new_scope())
        starts = machine.explore(machine.state, lambda: load_packages(machine, name, place.node, frame), place.node)
    found: list[Outcome] = []
    for start in starts:
        machine.state = start.state.fork()
        if start.kind is NORMAL and loaded(machine, source) is None:
            found += run_module(machine, source, name)
        else:
            found.append(start)
    return found


def _invoke(
    machine: Machine, value: Value, state: State, frame: Frame, record: Invocation, trail: Trail | None
) -> None:
    """Call the handler with an event and a context."""
    event = Sym(state.fresh(), None, None, event=(), json=True, role="event")
    context = Sym(state.fresh(), None, None, role="context")
    event, context = trail.given((event, context)) if trail is not None else (event, context)
    machine.recorder.event_symbols[event.id] = ()
    handler = record.handler
    function, arguments, keywords = unwrap(machine, value, [event, context])
    scopes: set[int] = set()
    if (
        function is not None
        and not function.info.is_lambda
        and not (function.info.is_async or function.info.is_generator)
    ):
        outcomes = _call_function(machine, function, arguments, keywords, state, frame, scopes, trail)
    else:
        node = handler.place.node

        def run() -> Value:
            # The coroutine of an async handler is never awaited: its body is not run.
            return call(machine, value, [event, context], {}, node, frame)

        outcomes = machine.explore(state, run, node)
        if function is not None and function.info.is_lambda:
            for outcome in outcomes:
                outcome.node = function.info.node.body
    first_new = state.next_id
    for outcome in merge_outcomes(outcomes, state, machine):
        if outcome.kind is RAISE:
            _note_raised(machine, record, outcome)
            left = Leaving(outcome.state.replied, outcome.state.caught, outcome.state.missed)
            if left.caught and left not in record.leaving:
                record.leaving.append(left)
        else:
            _note_return(machine, record, outcome, frame, first_new, (event, context), function, scopes)


def _call_function(
    machine: Machine,
    function: Function,
    arguments: list[Value],
    keywords: dict[str, Value],
    state: State,
    frame: Frame,
    scopes: set[int],
    trail: Trail | None,
) -> list[Outcome]:
    """Run the handler. `scopes` gets the heap ids of its variables."""
    inner: list[Frame] = []

    def bind() -> None:
        bound = bind_arguments(machine, function, arguments, keywords, False, function.info.node, frame)
        opened = open_frame(machine, function, bound, function.info.node, frame)
        opened.chain = ()
        inner.append(opened)

    found: list[Outcome] = []
    for outcome in machine.explore(state, bind):
        if outcome.kind is NORMAL:
            scopes.add(inner[-1].scope)
            found += _run_body(machine, function.info.body, outcome.state, inner[-1], trail)
        else:
            found.append(outcome)
    return found


def _run_body(
    machine: Machine, body: tuple[Any, ...], state: State, frame: Frame, trail: Trail | None
) -> list[Outcome]:
    if trail is None:
        return run_block(machine, body, state, frame)
    trail.begin(machine)
    try:
        return run_block(machine, body, state, frame)
    finally:
        trail.end(machine)


def _note_raised(machine: Machine, record: Invocation, outcome: Outcome) -> None:
    assert outcome.value is not None
    note_failure(machine, record, outcome.value, outcome.state)
    note_failure(machine, record, outcome.state.hidden, outcome.state)
    saved, machine.state = machine.state, outcome.state
    kind = kind_of(machine, outcome.value)
    shape = draw(machine, outcome.value) if kind is None else None
    machine.state = saved
    name = kind or (shape.type if isinstance(shape, Instance) else None)
    if name is None:
        machine.recorder.raises = True
    elif name not in record.raised:
        record.raised.append(name)


def _note_return(
    machine: Machine,
    record: Invocation,
    outcome: Outcome,
    frame: Frame,
    first_new: int,
    given: tuple[Sym, ...],
    function: Function | None,
    scopes: set[int],
) -> None:
    state = outcome.state
    own = [end for scope in scopes for end in take(state, scope)]
    saved, machine.state = machine.state, state
    node = outcome.node
    how = "value"
    place = record.handler.place
    if outcome.kind is NORMAL and not isinstance(node, cst.BaseExpression):
        how = "end" if outcome.value is None else "value"
    elif isinstance(node, cst.Return):
        place = Place(_source_of(record, node, frame), node)
        how = "value" if node.value is not None else "bare"
    elif isinstance(node, cst.BaseExpression):
        place = Place(frame.source, node)
    value = outcome.value if outcome.value is not None else NONE
    constant = state.resolve(value)
    nothing = type(constant) is Const and constant.value is None
    fall = constant.fall if type(constant) is Const and how == "value" else None
    fallen = None
    if fall is not None:
        fallen = Fallen(fall.info.name, _defined(fall.info), fall.answers, fall.chain)
    given_by = constant.gave if type(constant) is Const and constant.value is None and how == "value" else ""
    let_fall = dropped(machine, state, first_new, given, fall.scope if fall is not None else None) if nothing else ()
    learnt = excluded(machine, state.facts, fall.known if fall is not None else {})
    absent, present = absent_and_present(machine, state, state.facts)
    info = fall.info if fall is not None else function.info if function is not None and how == "end" else None
    body: tuple[Any, ...] = info.body if info is not None else ()
    last_calls = calls_at_end(body) if how == "end" else []
    ends: list[Ending] = []
    for end in (fall.ends if fall is not None else own) if info is not None else ():
        at = Place(info.source, pointed_at(end.node))  # type: ignore[union-attr]
        known = excluded(machine, end.facts or {}, {})
        alone = excluded(machine, end.facts or {}, fall.known) if fall is not None else known
        unseen = any(end.unseen_call is one for one in last_calls)
        since = tuple(dict.fromkeys((*learnt, *alone)))
        lacks, _ = absent_and_present(machine, state, end.facts or {})
        ends.append(Ending(at, isinstance(end.node, cst.Return), since, known, end.after_except, unseen, lacks))
    made = Return(
        draw(machine, value),
        place,
        how,
        learnt,
        let_fall,
        (),
        state.after_except,
        fallen,
        absent,
        present,
        any(state.unseen_call is one for one in last_calls),
        state.replied,
        state.caught,
        were_read(machine, state),
        state.missed,
        ends_plainly(body),
        gave=given_by,
        ends=tuple(ends),
        coroutine_of=_defined(constant.function.info) if type(constant) is Coroutine else None,
    )
    machine.state = saved
    if state.hidden is not None:
        note_failure(machine, record, state.hidden, state, made.value)
    into = record.possible_returns if state.widened else record.returns
    if made not in into:
        into.append(made)
    for other in fall.others if fall is not None else ():
        one = Outcome(outcome.kind, state, Const(None, value.place, other), node)
        _note_return(machine, record, one, frame, first_new, given, function, scopes)


def _defined(info: FunctionInfo) -> Place:
    """The name of a function, where it is defined."""
    return Place(info.source, info.node.name)


def _source_of(record: Invocation, node: Any, frame: Frame) -> Any:
    place = record.handler.place
    return place.source if place.node is not None else frame.source
