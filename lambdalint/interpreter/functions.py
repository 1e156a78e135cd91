"""The project's functions: made by `def` and `lambda`, their arguments bound, and run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libcst as cst

from lambdalint.interpreter.apart import answers_widened
from lambdalint.interpreter.calls import CALLABLES, unknown_call
from lambdalint.interpreter.ends import begin, take
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.execute import run_block
from lambdalint.interpreter.heap import DictObject, InstanceObject, Item, IteratorObject, ScopeObject
from lambdalint.interpreter.invocation import Step
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.memos import answer
from lambdalint.interpreter.merge import merge_outcomes
from lambdalint.interpreter.paths import NORMAL, RAISE, RETURN, Frame, Outcome, OutOfSteps, Raised
from lambdalint.interpreter.pruning import prune_answers, prune_in_statement
from lambdalint.interpreter.recursion import begun, is_too_deep
from lambdalint.interpreter.scopes import FunctionInfo, scopes_of
from lambdalint.interpreter.values import NONE, Const, Coroutine, Fall, Function, Ref, Sym, Tuple, Value
from lambdalint.interpreter.walk import on


def make_function(machine: Machine, node: Any, frame: Frame, owner: int | None = None) -> Function:
    """The function object that a def or lambda makes: defaults are evaluated now."""
    info = scopes_of(frame.source).of(node)
    defaults: list[Value] = []
    keyword_defaults: dict[str, Value] = {}
    for parameter in info.parameters:
        if parameter.default is not None:
            value = evaluate(machine, parameter.default, frame)
            if parameter.kind == "keyword":
                keyword_defaults[parameter.name] = value
            else:
                defaults.append(value)
    return Function(
        info, frame.module, scopes_within(frame), tuple(defaults), keyword_defaults, owner, machine.place(node, frame)
    )


def scopes_within(frame: Frame) -> tuple[int, ...]:
    """The enclosing function scopes of code that stands in a frame; a class body and a module are none."""
    if frame.is_class or frame.scope == frame.module:
        return frame.scopes
    return (frame.scope, *frame.scopes)


def bind_arguments(
    machine: Machine,
    function: Function,
    arguments: list[Value],
    keywords: dict[str, Value],
    open_arguments: bool,
    node: Any,
    frame: Frame,
) -> dict[str, Value]:
    """The parameters' values.

    Raises:
        Raised: TypeError, where the arguments do not fit.
    """
    bound: dict[str, Value] = {}
    name = function.info.name or "lambda"
    left = list(arguments)
    named = dict(keywords)
    positional = [p for p in function.info.parameters if p.kind in ("positional", "positional-only")]
    first_default = len(positional) - len(function.defaults)
    extra_keywords: str | None = None
    for index, parameter in enumerate(positional):
        if left:
            if parameter.kind == "positional" and parameter.name in named:
                why = f"`{name}()` is given `{parameter.name}` twice"
                raise machine.raise_builtin("TypeError", node, frame, why, anyhow=True)
            bound[parameter.name] = left.pop(0)
        elif parameter.kind == "positional" and parameter.name in named:
            bound[parameter.name] = named.pop(parameter.name)
        elif open_arguments:
            bound[parameter.name] = machine.unknown(machine.place(node, frame))
        elif index >= first_default:
            bound[parameter.name] = function.defaults[index - first_default]
        else:
            why = f"`{name}()` is not given `{parameter.name}`"
            raise machine.raise_builtin("TypeError", node, frame, why, anyhow=True)
    takes_rest = False
    for parameter in function.info.parameters:
        if parameter.kind == "args":
            takes_rest = True
            rest = machine.unknown() if open_arguments else None
            bound[parameter.name] = Tuple(tuple(left), machine.place(node, frame), rest=rest)
        elif parameter.kind == "keyword":
            if parameter.name in named:
                bound[parameter.name] = named.pop(parameter.name)
            elif open_arguments:
                bound[parameter.name] = machine.unknown(machine.place(node, frame))
            elif parameter.name in function.keyword_defaults:
                bound[parameter.name] = function.keyword_defaults[parameter.name]
            else:
                why = f"`{name}()` is not given `{parameter.name}`"
                raise machine.raise_builtin("TypeError", node, frame, why, anyhow=True)
        elif parameter.kind == "kwargs":
            extra_keywords = parameter.name
    if left and not takes_rest:
        why = f"`{name}()` is given {len(arguments)} arguments by position, and takes {len(positional)}"
        raise machine.raise_builtin("TypeError", node, frame, why, anyhow=True)
    if extra_keywords is not None:
        made = DictObject(machine.place(node, frame))
        made.items = {key: Item(value, value.place) for key, value in named.items()}
        made.open = open_arguments
        bound[extra_keywords] = machine.new(made)
    elif named:
        why = f"`{name}()` takes no `{next(iter(named))}`"
        raise machine.raise_builtin("TypeError", node, frame, why, anyhow=True)
    return bound


@on(CALLABLES, Function)
def call_function(
    machine: Machine,
    callee: Function,
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool,
) -> Value:
    """A project function; a coroutine function gives its coroutine, once its arguments fit."""
    if callee.memo is not None:
        plain = callee.owned(callee.owner, None)

        def run() -> Value:
            return call_function(machine, plain, arguments, keywords, node, frame, open_arguments)

        return answer(machine, callee.memo, arguments, keywords, open_arguments, run, node, frame)
    if callee.info.is_async and not callee.info.is_generator:
        bind_arguments(machine, callee, arguments, keywords, open_arguments, node, frame)
        if open_arguments:
            return unknown_call(machine, [*arguments, *keywords.values()], node, frame)
        return Coroutine(callee, tuple(arguments), keywords, machine.place(node, frame))
    return run_function(machine, callee, arguments, keywords, node, frame, open_arguments)


def run_function(
    machine: Machine,
    function: Function,
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool = False,
) -> Value:
    """Run a project function; a generator function gives its generator, to be run when it is consumed."""
    info = function.info
    bound = bind_arguments(machine, function, arguments, keywords, open_arguments, node, frame)
    place = machine.place(node, frame)
    if info.is_generator:
        if open_arguments:
            return unknown_call(machine, [*arguments, *keywords.values()], node, frame)
        kind = "async_generator" if info.is_async else "generator"
        return machine.new(IteratorObject(kind, source=(function, tuple(arguments), keywords), place=place))
    key = id(info.code)
    call = begun(machine, function, bound)
    if is_too_deep(machine, key, call):
        machine.lose("recursion" if machine.active[key] else "depth of calls")
        if machine.guards or not machine.active[key]:
            machine.may_raise(None)
        machine.unfollowed.add(key)
        return unknown_call(machine, [function, *arguments, *keywords.values()], node, frame)
    machine.active[key] += 1
    machine.called[key].append(call)
    machine.depth += 1
    try:
        if info.is_lambda:
            machine.step()
            inner = open_frame(machine, function, bound, node, frame)
            return evaluate(machine, info.node.body, inner)
        outcome = machine.choose_outcome(lambda: _outcomes(machine, function, bound, node, frame))
    finally:
        machine.active[key] -= 1
        machine.called[key].pop()
        machine.depth -= 1
    if outcome.kind is RAISE:
        assert outcome.value is not None
        raise Raised(outcome.value)
    return outcome.value if outcome.value is not None else NONE


def open_frame(machine: Machine, function: Function, bound: dict[str, Value], node: Any, frame: Frame) -> Frame:
    """A frame for a call, its parameters bound."""
    info: FunctionInfo = function.info
    scope = ScopeObject()
    scope.names, scope.own = dict(bound), info.locals
    id = machine.new(scope).id
    receiver = None
    if function.owner is not None and info.parameters:
        receiver = bound.get(info.parameters[0].name)
    return Frame(
        info,
        id,
        function.scopes,
        function.module,
        info.source,
        (*frame.chain, Step(machine.place(node, frame), info.name)),
        function,
        receiver,
        names=info.locals,
    )


def run_body(
    machine: Machine,
    function: Function,
    bound: dict[str, Value],
    node: Any,
    frame: Frame,
    on_yield: Callable[[Value], Value] | None = None,
) -> list[Outcome]:
    """Run a function's body in a frame of its own, from the machine's state, which is as before afterwards."""
    saved = machine.state, machine.choices, machine.raising
    called_on = machine.receiver
    try:
        machine.state = machine.state.fork()
        inner = open_frame(machine, function, bound, node, frame)
        inner.on_yield = on_yield
        machine.receiver = _class_of(machine, inner.receiver)
        return run_block(machine, function.info.body, machine.state, inner)
    finally:
        machine.state, machine.choices, machine.raising = saved
        machine.receiver = called_on


def _class_of(machine: Machine, receiver: Value | None) -> int | None:
    """The class of the object that a method is called on, by its heap id."""
    receiver = machine.state.resolve(receiver) if receiver is not None else None
    thing = machine.object(receiver) if type(receiver) is Ref else None
    return thing.cls if isinstance(thing, InstanceObject) else None


def _within_share(
    machine: Machine, function: Function, bound: dict[str, Value], node: Any, frame: Frame
) -> list[Outcome]:
    """The same; in a script a call may spend half of the steps that are left, and what comes after it is followed all
    the same: what it would have done is not known."""
    if machine.script is None:
        return run_body(machine, function, bound, node, frame)
    kept = machine.kept
    machine.kept = kept + (machine.steps - kept) // 2
    try:
        return run_body(machine, function, bound, node, frame)
    except OutOfSteps:
        machine.lose("steps of one call")
        state = machine.state.fork()
        machine.state, before = state, machine.state
        for value in bound.values():
            leak(machine, value)
        machine.state = before
        return [Outcome(RETURN, state, Sym(state.fresh(), None, machine.place(node, frame)), node)]
    finally:
        machine.kept = kept


def _is_none(outcome: Outcome) -> bool:
    value = outcome.state.resolve(outcome.value) if outcome.value is not None else NONE
    return type(value) is Const and value.value is None


def _may_be_none(node: Any) -> bool:
    """Whether a function's annotation says that None is one of its answers, or that there is no other."""
    return node.returns is not None and _names_none(node.returns.annotation)


def _names_none(annotation: Any) -> bool:
    if isinstance(annotation, cst.SimpleString):
        return "None" in annotation.value or "Optional[" in annotation.value
    if isinstance(annotation, cst.BinaryOperation):
        return _names_none(annotation.left) or _names_none(annotation.right)
    if isinstance(annotation, cst.Subscript):
        name = annotation.value
        last = name.attr.value if isinstance(name, cst.Attribute) else getattr(name, "value", "")
        inner = [element.slice.value for element in annotation.slice if isinstance(element.slice, cst.Index)]
        return last == "Optional" or (last == "Union" and any(_names_none(part) for part in inner))
    return isinstance(annotation, cst.Name) and annotation.value == "None"


def _outcomes(machine: Machine, function: Function, bound: dict[str, Value], node: Any, frame: Frame) -> list[Outcome]:
    """The ways in which a call ends."""
    before = machine.state
    scope = before.next_id  # of its variables
    found = _within_share(machine, function, bound, node, frame)
    answers = any(outcome.kind is RETURN and not _is_none(outcome) for outcome in found)
    end = Const(None)
    ended: list[Outcome] = []
    for outcome in found:
        value = outcome.value
        if outcome.kind is not RAISE:
            bare = isinstance(outcome.node, cst.Return) and outcome.node.value is None
            if bare:
                begin(outcome.state, scope, outcome.node)
            elif value is not None:
                take(outcome.state, scope)  # the way by which something is returned is no end
            outcome = Outcome(NORMAL, outcome.state, end if bare or value is None else value, outcome.node)
        ended.append(outcome)
    merged = merge_outcomes(answers_widened(machine, ended, before), before, machine)
    told = not _may_be_none(function.info.node)
    chain = (*frame.chain, Step(machine.place(node, frame), function.info.name))
    for outcome in merged:
        ends = take(outcome.state, scope)
        if outcome.value is end and told:
            outcome.value = Const(None, fall=Fall(function.info, answers, before.facts, scope, ends, chain))
    return prune_in_statement(machine, prune_answers(machine, merged, before), before)
