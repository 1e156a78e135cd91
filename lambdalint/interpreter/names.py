"""Variables: loading a name from its scope, and binding it there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import libcst as cst

from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.heap import ScopeObject
from lambdalint.interpreter.library import is_builtin
from lambdalint.interpreter.literals import constant
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.values import Const, Outside, Sym, Value
from lambdalint.interpreter.walk import EXPRESSIONS, children, dotted_name, on, statements_of


@on(EXPRESSIONS, cst.Name)
def name(machine: Machine, node: cst.Name, frame: Frame) -> Value:
    text = node.value
    if text == "None":
        return constant(machine, node, frame, None)
    if text == "True":
        return constant(machine, node, frame, True)
    if text == "False":
        return constant(machine, node, frame, False)
    return load_name(machine, text, node, frame)


def load_name(machine: Machine, text: str, node: Any, frame: Frame) -> Value:
    """A variable: local, of an enclosing function, global, or builtin."""
    state = machine.state
    scope = state.get(frame.scope)
    assert isinstance(scope, ScopeObject)
    found = scope.names.get(text)
    if found is not None:
        return _if_bound(machine, found)
    if text in frame.names and not frame.is_class and frame.scope != frame.module:
        if scope.leaked or scope.open:
            return machine.unknown(machine.place(node, frame))
        why, written = f"`{text}` has no value here", ""
        if _is_caught(frame.info.body, text):
            why = f"`{text}` has no value here: the end of the except clause that binds it takes it away"
            written = "where that clause has caught something"
        raise machine.raise_builtin("UnboundLocalError", node, frame, why, written=written)
    unseen = scope.open or scope.leaked
    for enclosing in frame.scopes:
        outer = state.get(enclosing)
        assert isinstance(outer, ScopeObject)
        found = outer.names.get(text)
        if found is not None:
            return _if_bound(machine, found)
        unseen = unseen or outer.open
    module = state.get(frame.module)
    assert isinstance(module, ScopeObject)
    found = module.names.get(text)
    if found is not None:
        return _if_bound(machine, found)
    if is_builtin(text):
        machine.recorder.use(machine, text, machine.place(node, frame))
        return Outside(text, machine.place(node, frame))
    if text == "__file__" and machine.script is not None and (path := machine.script.path(frame.source)) is not None:
        return Const(path, machine.place(node, frame))
    if text in ("__file__", "__name__", "__doc__", "__package__", "__spec__", "__path__", "__builtins__", "__loader__"):
        return machine.unknown(machine.place(node, frame), "str" if text == "__file__" else None)
    if unseen or module.open or "builtins" in machine.patched:  # `builtins.flags = ...` is a name everywhere
        return machine.unknown(machine.place(node, frame))
    # Of a name that nothing binds, pyflakes speaks.
    why = f"`{text}` is imported for type checkers alone, and not where the code runs"
    raise machine.raise_builtin("NameError", node, frame, why if _is_for_checkers(frame, text) else "")


def _is_for_checkers(frame: Frame, text: str) -> bool:
    """Whether the module imports a name under `if TYPE_CHECKING:`."""
    for statement in frame.source.cst.body if frame.source.cst is not None else ():
        if not isinstance(statement, cst.If) or not dotted_name(statement.test).endswith("TYPE_CHECKING"):
            continue
        for one in statements_of(statement.body):
            if isinstance(one, (cst.Import, cst.ImportFrom)) and not isinstance(one.names, cst.ImportStar):
                if any(_bound_by(alias) == text for alias in one.names):
                    return True
    return False


def _bound_by(alias: cst.ImportAlias) -> str:
    """The name that an import binds."""
    if alias.asname is not None:
        return dotted_name(alias.asname.name)
    return dotted_name(alias.name).partition(".")[0]


def _if_bound(machine: Machine, found: Value) -> Value:
    if type(found) is Sym and found.condition == ("unbound",):
        machine.may_raise(("UnboundLocalError", "NameError"))
    return found


@on(EXPRESSIONS, cst.NamedExpr)
def named(machine: Machine, node: cst.NamedExpr, frame: Frame) -> Value:
    value = evaluate(machine, node.value, frame)
    assert isinstance(node.target, cst.Name)
    while frame.outer is not None:  # a walrus in a comprehension binds in the function round it
        frame = frame.outer
    store_name(machine, node.target.value, value, frame)
    return value


def store_name(machine: Machine, text: str, value: Value, frame: Frame) -> None:
    """Bind a variable where its scope says."""
    info = frame.info
    if text in info.globals:
        machine.state.write(frame.module).names[text] = value
        return
    if text in info.nonlocals:
        for scope in frame.scopes:
            outer = machine.state.get(scope)
            assert isinstance(outer, ScopeObject)
            if text in outer.names or text in outer.own or scope == frame.scopes[-1]:
                machine.state.write(scope).names[text] = value
                return
    machine.state.write(frame.scope).names[text] = value


def _is_caught(nodes: Iterable[Any], text: str) -> bool:
    """Whether an except clause of a function binds a name."""
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, cst.ExceptHandler) and node.name is not None:
            if isinstance(node.name.name, cst.Name) and node.name.name.value == text:
                return True
        if not isinstance(node, (cst.FunctionDef, cst.ClassDef, cst.Lambda)):
            stack += children(node)
    return False
