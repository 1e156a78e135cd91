"""A local variable that nothing reads: what of its assignment may go, and whether the program surely means the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from lambdalint.source import Source
from lambdalint.tidy.bound import is_bound
from lambdalint.tidy.outline import Outline

#: By these a variable is read where pyflakes does not see it.
_READS_BY_NAME = re.compile(r"(?<![\w.])(?:eval|exec|locals|vars|dir)\(")
#: A text without any of these needs no search, which takes milliseconds.
_GATE = ("eval(", "exec(", "locals(", "vars(", "dir(")
#: From here on two names are alike: `resp` and `response` just are.
_ALIKE = 0.66
#: Calls whose result does its work only as long as somebody holds it: their documentation asks to keep it.
_HELD = frozenset({"create_task", "ensure_future", "open"})


@dataclass(frozen=True, slots=True)
class Unused:
    """What binds a variable that nothing reads: an assignment to so many `targets`, a `with`, or a clause. `harmless`:
    its value has no effect, so that it may go with the last of its targets. `stands`: else it makes sense alone."""

    node: ast.stmt | ast.ExceptHandler
    safe: bool
    targets: int = 0
    harmless: bool = False
    stands: bool = True


def unused(source: Source, outline: Outline, node: ast.AST) -> Unused | None:
    """What pyflakes reports as F841 at `node`: the name of a target, or a clause; None where nothing is known to do,
    as for one name of a tuple."""
    by_name = any(word in source.text for word in _GATE) and _READS_BY_NAME.search(source.text) is not None
    if isinstance(node, ast.ExceptHandler):
        return Unused(node, not by_name and not _is_read_besides(outline, node))
    statement = outline.binder(node)
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        return Unused(statement, not by_name)
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or statement.value is None:
        return None
    targets = len(statement.targets) if isinstance(statement, ast.Assign) else 1
    harmless = _does_nothing(statement.value, outline, statement)
    safe = not by_name and (harmless or not _may_be_held(statement.value))
    stands = isinstance(statement.value, (ast.Call, ast.Await, ast.Yield, ast.YieldFrom))
    return Unused(statement, safe, targets, harmless, stands)


def _does_nothing(value: ast.expr, outline: Outline, statement: ast.stmt) -> bool:
    """Whether an expression has no effect and cannot fail where it stands: constants, names that have a value, and
    collections of them."""
    if isinstance(value, (ast.Constant, ast.Lambda)):
        return True
    if isinstance(value, ast.Name):
        return is_bound(outline, statement, value.id)
    if isinstance(value, (ast.Tuple, ast.List)):
        return all(_does_nothing(each, outline, statement) for each in value.elts)
    if isinstance(value, ast.Dict):
        return all(isinstance(key, ast.Constant) for key in value.keys) and all(
            _does_nothing(each, outline, statement) for each in value.values
        )
    if isinstance(value, ast.Set):
        return all(isinstance(one, ast.Constant) for one in value.elts)
    if isinstance(value, ast.UnaryOp):
        return isinstance(value.operand, ast.Constant) and isinstance(value.operand.value, (int, float))
    return isinstance(value, ast.JoinedStr) and all(isinstance(one, ast.Constant) for one in value.values)


def _may_be_held(value: ast.expr) -> bool:
    """Whether what a value makes may do something as long as the variable holds it, and stop when it does not: an
    instance of a class, which may have a finalizer, a task of asyncio."""
    if isinstance(value, ast.Await):
        value = value.value
    if not isinstance(value, ast.Call):
        return isinstance(value, (ast.IfExp, ast.BoolOp, ast.NamedExpr))
    called = value.func
    name = getattr(called, "id", getattr(called, "attr", ""))
    return not name or name[:1].isupper() or name in _HELD


def is_misspelled(outline: Outline, found: Unused, name: str, undefined: Iterable[tuple[int, str]]) -> bool:
    """Whether a variable that nothing reads may be meant where its function reads one that is not defined, and that has
    a name like it: `staus = response.status` and `return status`. `undefined`: the rows and names of such."""
    scope = outline.scope(found.node)
    near = {
        each.lower()
        for row, each in undefined
        if isinstance(scope, ast.Module) or scope.lineno <= row <= (scope.end_lineno or row)
    }
    return bool(get_close_matches(name.lower(), near, 1, _ALIKE))


def _is_read_besides(outline: Outline, handler: ast.ExceptHandler) -> bool:
    """Whether the clause's name stands elsewhere in its function: `as` unbinds it there, where the clause ran."""
    stack: list[ast.AST] = [outline.scope(handler)]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name) and node.id == handler.name:
            return True
        if not (isinstance(node, ast.ExceptHandler) and node.name == handler.name):
            stack += ast.iter_child_nodes(node)
    return False
