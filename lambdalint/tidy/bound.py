"""Whether a name surely has a value where a statement reads it. Where it may have none, to read it is to ask for it:
`text = unicode` in a `try`."""

from __future__ import annotations

import ast
import builtins

from lambdalint.tidy.outline import Outline

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def is_bound(outline: Outline, statement: ast.stmt, name: str) -> bool:
    """Whether a name has a value wherever a statement of a function reads it: a parameter, what a statement before it
    binds that is passed on every way to it, what the module binds at its top, a builtin where no clause waits for its
    absence."""
    if _is_unbound(outline.tree, name):
        return False
    inner: ast.AST = statement
    inside = False  # whether a function has been left on the way out
    tried = False
    for owner in outline.around(statement):
        if isinstance(owner, ast.ClassDef):  # its names are not those of its functions
            inner = owner
            continue
        whole = isinstance(owner, ast.Module) and inside  # functions run when all of the module has
        if any(_binds(one, name) for one in _before(owner, inner, whole=whole)):
            return True
        if any(one is inner for one in getattr(owner, "body", ())):
            if any(_holds(target, name) for target in _targets(owner)):
                return True
            tried = tried or isinstance(owner, ast.Try)
        if isinstance(owner, _FUNCTIONS):
            inside = True
            if name in _parameters(owner):
                return True
            if _is_local(owner, name):
                return False
        inner = owner
    return not tried and hasattr(builtins, name) and not _is_local(outline.tree, name)


def _before(owner: ast.AST, inner: ast.AST, *, whole: bool) -> list[ast.stmt]:
    """The statements of the body that a statement stands in before it, or all of them."""
    for field in ("body", "orelse", "finalbody"):
        body = getattr(owner, field, [])
        for number, one in enumerate(body if isinstance(body, list) else []):
            if one is inner:
                return body if whole else body[:number]
    return []


def _binds(statement: ast.stmt, name: str) -> bool:
    """Whether a statement that has run has bound a name."""
    if isinstance(statement, ast.Assign):
        return any(_holds(target, name) for target in statement.targets)
    if isinstance(statement, ast.AnnAssign):
        return statement.value is not None and _holds(statement.target, name)
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return any(name == (alias.asname or alias.name.partition(".")[0]) for alias in statement.names)
    if isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
        return statement.name == name
    return isinstance(statement, (ast.With, ast.AsyncWith)) and any(_holds(one, name) for one in _targets(statement))


def _targets(node: ast.AST) -> list[ast.expr]:
    """What a loop or a `with` binds before its body runs."""
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return [node.target]
    items = node.items if isinstance(node, (ast.With, ast.AsyncWith)) else []
    return [item.optional_vars for item in items if item.optional_vars is not None]


def _holds(target: ast.expr, name: str) -> bool:
    """Whether a target is a name, or a tuple of targets that has it."""
    return any(
        isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Store) for one in ast.walk(target)
    )


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    given = node.args
    each = (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg)
    return {one.arg for one in each if one is not None}


def _is_unbound(tree: ast.Module, name: str) -> bool:
    """Whether somewhere `del` takes a name away, or the end of an `except ... as`."""
    return any(
        (isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Del))
        or (isinstance(one, ast.ExceptHandler) and one.name == name)
        for one in ast.walk(tree)
    )


def _is_local(node: ast.AST, name: str) -> bool:
    """Whether something in it binds a name, so that the name is its own wherever it stands there."""
    return any(
        (isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Store))
        or name in (getattr(one, "name", None), getattr(one, "asname", None))
        for one in ast.walk(node)
    )
