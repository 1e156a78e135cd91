"""The try statement: what its body raises goes through the except clauses, and every outcome through `finally`."""

from __future__ import annotations

from copy import copy
from typing import Any

import libcst as cst

from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.exceptions import learn_type, matches
from lambdalint.interpreter.execute import merge, run_suite, run_unsure
from lambdalint.interpreter.heap import ClassObject, ScopeObject
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.merge import merge_raised
from lambdalint.interpreter.paths import NORMAL, RAISE, RETURN, Frame, Outcome
from lambdalint.interpreter.pruning import prune, prune_raised
from lambdalint.interpreter.second_ways import SecondWay, does_nothing, tells_failure
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Const, Failing, Ref, Sym, Value
from lambdalint.interpreter.walk import STATEMENTS, dotted_name, on, own_nodes

#: What comes of an exception that is told of.
_ANSWERED = "a clause for any exception answers that it failed"


@on(STATEMENTS, cst.Try, cst.TryStar)
def try_statement(machine: Machine, node: Any, state: State, frame: Frame) -> list[Outcome]:
    catching, imports, names = (
        any(_catches(handler.type, name) for handler in node.handlers)
        for name in ("TypeError", "ImportError", "AttributeError")
    )
    blind, of_keys = (
        not _drops(node.finalbody) and not any(_may_catch_a_read(one.type, state, frame, of) for one in node.handlers)
        for of in (_OF_READS, _OF_OTHER_TYPES)
    )
    machine.guards += 1
    machine.deferred += blind
    machine.of_keys += of_keys and not blind
    machine.tries += [id(node)] if node.handlers else []
    machine.catching += catching
    machine.ways += _second_ways(machine, node) if catching else []
    machine.catching_imports += imports
    machine.catching_names += names
    try:
        body = run_suite(machine, node.body, state, frame)
    finally:
        machine.guards -= 1
        machine.deferred -= blind
        machine.of_keys -= of_keys and not blind
        del machine.tries[len(machine.tries) - bool(node.handlers) :]
        machine.catching -= catching
        del machine.ways[len(machine.ways) - catching :]
        machine.catching_imports -= imports
        machine.catching_names -= names
    machine.guards += 1 if node.finalbody is not None else 0
    try:
        found = _handle(machine, node, body, state, frame)
    finally:
        machine.guards -= 1 if node.finalbody is not None else 0
    if node.finalbody is None:
        return found
    done: list[Outcome] = []
    for outcome in merge(machine, found, state, frame):
        ends = outcome.state.ends
        for last in run_suite(machine, node.finalbody.body, outcome.state, frame):
            if last.kind is NORMAL:
                last.state.ends = ends  # `finally` stands behind every way, and is the end of none
                done.append(Outcome(outcome.kind, last.state, outcome.value, outcome.node))
            else:
                done.append(last)
    return done


def _drops(node: Any) -> bool:
    """Whether a `finally` may leave by itself, and drop what was raised."""
    return node is not None and any(isinstance(one, (cst.Return, cst.Break, cst.Continue)) for one in own_nodes(node))


def _second_ways(machine: Machine, node: Any) -> list[SecondWay]:
    """The clause that catches a TypeError; one object a statement, however often it is run."""
    known = machine.second_ways.get(id(node))
    if known is None:
        clause = next(handler for handler in node.handlers if _catches(handler.type, "TypeError"))
        known = machine.second_ways[id(node)] = SecondWay(node, clause)
    return [known]


def _catches(node: Any, error: str) -> bool:
    """Whether an except clause catches an error - the TypeError of a value that does not serialize, the ImportError of
    a module that is not there - by its text."""
    if node is None:
        return True
    if isinstance(node, cst.Tuple):
        return any(_catches(element.value, error) for element in node.elements)
    caught = dotted_name(node).rpartition(".")[2]
    return caught in (error, "Exception", "BaseException") or (error, caught) in _NARROWER


#: Classes below these that are raised for the same: orjson's own, of a value that it has no text for.
_NARROWER = frozenset({("ImportError", "ModuleNotFoundError"), ("TypeError", "JSONEncodeError")})


#: What reading something that is not there, or is something else, raises, and what is above that.
_OF_READS = frozenset({"KeyError", "IndexError", "LookupError", "TypeError", "AttributeError", "Exception",
                       "BaseException"})  # fmt: skip


#: Those of them that it raises where what is read from is null, or a text.
_OF_OTHER_TYPES = _OF_READS - {"KeyError", "IndexError", "LookupError"}


#: What is raised where a key, an index or an attribute is not there, and by nothing else that a service does.
_OF_LOOKUPS = frozenset({"KeyError", "IndexError", "LookupError", "AttributeError"})


def _is_of_lookups(node: Any) -> bool:
    """Whether an except clause catches only that something is not there."""
    if isinstance(node, cst.Tuple):
        return all(_is_of_lookups(element.value) for element in node.elements)
    return node is not None and dotted_name(node) in _OF_LOOKUPS


def _is_of_read(error: Value | None) -> bool:
    """Whether an error is one that reading something raises that is not there, or is something else."""
    if type(error) is not Sym or type(error.made) is Failing:
        return False
    if error.kind is not None:
        return error.kind in _OF_READS
    types = error.condition[1] if error.condition is not None and error.condition[0] == "types" else None
    return types is not None and _OF_READS.issuperset(types)


def _is_of_any(node: Any) -> bool:
    """Whether an except clause catches whatever may go wrong."""
    return node is None or (isinstance(node, cst.Name) and node.value in ("Exception", "BaseException"))


def _names_client_errors(node: Any) -> bool:
    """Whether an except clause is for all errors of clients: it may ask for the code, and know each."""
    if isinstance(node, cst.Tuple):
        return any(_names_client_errors(element.value) for element in node.elements)
    return node is not None and dotted_name(node).rpartition(".")[2] == "ClientError"


def _may_catch_a_read(node: Any, state: State, frame: Frame, of: frozenset[str]) -> bool:
    """Whether an except clause may catch what a read raises, which is one `of` these: it names that, nothing, or what
    may be anything. The name of an exception's class says that it is another one, and no class of the project is it."""
    if node is None:
        return True
    if isinstance(node, cst.Tuple):
        return any(_may_catch_a_read(element.value, state, frame, of) for element in node.elements)
    caught = dotted_name(node)
    if _is_of_project(caught, state, frame):
        return False
    last = caught.rpartition(".")[2]
    if last in _OF_READS:
        return last in of
    return not (last.endswith(("Error", "Exception")) or ".exceptions." in caught)


def _is_of_project(name: str, state: State, frame: Frame) -> bool:
    """Whether a name of the module is that of a class which it, or another module of the project, defines."""
    module = state.get(frame.module)
    held = module.names.get(name) if isinstance(module, ScopeObject) else None
    value = state.resolve(held) if held is not None else None
    return isinstance(value, Ref) and isinstance(state.get(value.id), ClassObject)


def _handle(machine: Machine, node: Any, body: list[Outcome], state: State, frame: Frame) -> list[Outcome]:
    """The outcomes of a try body, sent through `except` and `else`."""
    found: list[Outcome] = []
    raised: list[Outcome] = []
    ended: list[State] = []
    for outcome in body:
        if outcome.kind is RAISE and node.handlers:
            raised.append(outcome)
        elif outcome.kind is NORMAL and node.orelse is not None:
            ended.append(outcome.state)
        else:
            found.append(outcome)
    for one in prune(machine, ended, state, frame, None) if len(ended) > 1 else ended:
        found += run_suite(machine, node.orelse.body, one, frame)
    for outcome in _merge_raised(machine, raised, state, frame, node):
        found += _catch(machine, node, outcome, frame)
    return found


def _merge_raised(machine: Machine, raised: list[Outcome], state: State, frame: Frame, node: Any) -> list[Outcome]:
    if len(raised) < 2:
        return raised
    return prune_raised(machine, merge_raised(raised, state, frame, node), state, frame)


def _catch(machine: Machine, node: Any, outcome: Outcome, frame: Frame) -> list[Outcome]:
    """Try the except clauses in turn."""
    found: list[Outcome] = []
    waiting = [outcome]
    for handler in node.handlers:
        remaining: list[Outcome] = []
        for one in waiting:
            for caught, missed in _match_clause(machine, node, handler, one, frame, found):
                if caught is not None:
                    caught = caught.fork()
                    caught.caught |= {id(node), id(handler)}
                    if _is_of_any(handler.type) and one.value is not None and does_nothing(handler):
                        machine.dropped.append((one.state, one.value, id(node)))
                    elif _is_of_any(handler.type) and one.value is not None and tells_failure(handler):
                        machine.failing_aside.append((one.state, one.value, _ANSWERED))
                    found += _run_handler(machine, handler, caught, one, frame)
                if missed is not None:
                    remaining.append(missed)
        waiting = remaining
        if not waiting:
            break
    if id(node) in machine.recorder.failing_tries and (waiting or any(map(_is_raised_on, found))):
        machine.may_fail_outside()
    return found + waiting


def _is_raised_on(outcome: Outcome) -> bool:
    """Whether a clause raises what it has caught, or another in its place."""
    return outcome.kind is RAISE and isinstance(outcome.node, cst.Raise)


def _match_clause(
    machine: Machine, node: Any, handler: Any, outcome: Outcome, frame: Frame, found: list[Outcome]
) -> list[tuple[State | None, Outcome | None]]:
    if handler.type is None:
        return [(outcome.state, None)]
    error = outcome.value
    assert error is not None

    def run() -> Value:
        types = evaluate(machine, handler.type, frame)
        answer = matches(machine, error, types)
        if not any(_names_client_errors(other.type) for other in node.handlers):
            from lambdalint.interpreter.library.aws.heads import note_clause

            note_clause(machine, handler.type, frame, error, types)
        if answer is None:
            if type(error) is Sym and type(error.made) is Failing and "." in (error.kind or ""):
                error.made = None  # a library's own, which this may well catch
            answer = machine.choose(2) == 0
        if answer:
            learn_type(machine, error, types)
        return Const(answer)

    pairs: list[tuple[State | None, Outcome | None]] = []
    for answer in machine.explore(outcome.state, run, handler):
        if answer.kind is not NORMAL:
            found.append(answer)
        elif answer.value.value:  # type: ignore[union-attr]
            pairs.append((answer.state, None))
        else:
            pairs.append((None, Outcome(RAISE, answer.state, error, outcome.node)))
    return pairs


def _run_handler(machine: Machine, handler: Any, state: State, outcome: Outcome, frame: Frame) -> list[Outcome]:
    state = state.fork()
    state.after_except = True
    if _is_of_any(handler.type) and not frame.chain:  # else the caller is told something else
        state.hidden = outcome.value
    of_lookups = _is_of_lookups(handler.type) or _is_of_read(outcome.value)
    (machine.recorder.lookup_clauses if of_lookups else machine.recorder.other_clauses).add(id(handler))
    scope = state.write(frame.scope)
    assert outcome.value is not None
    before = scope.names.get("<caught>")
    caught = outcome.value
    if handler.name is not None and type(caught) is Sym and caught.place is None:  # nobody saw it made
        caught = copy(caught)
        caught.place, caught.told = machine.place(handler.name.name, frame), "caught here"
    scope.names["<caught>"] = caught
    name = handler.name.name.value if handler.name is not None else None
    if name is not None:
        target = frame.module if name in frame.info.globals else frame.scope
        state.write(target).names[name] = caught
    found = run_unsure(machine, handler.body, state, frame)
    for one in found:
        one.state = one.state.fork()
        if one.kind is not RETURN and one.kind is not RAISE:
            one.state.hidden = None
        names = one.state.write(frame.scope).names
        if name is not None:
            names.pop(name, None)
        if before is None:
            names.pop("<caught>", None)
        else:
            names["<caught>"] = before
    return found
