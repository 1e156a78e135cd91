"""Where each statement of a file stands: in which body, inside what."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_BODIES = ("body", "orelse", "finalbody")
_CLAUSES = ("handlers", "cases")


class Outline:
    """The statements of a tree, and the targets that they bind, found once."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self._bodies: dict[int, list[ast.stmt]] = {}
        self._owners: dict[int, ast.AST] = {}
        self._binders: dict[int, ast.stmt] = {}
        stack: list[ast.AST] = [tree]
        while stack:
            node = stack.pop()
            self._note_targets(node)
            for name in _BODIES:
                found = getattr(node, name, None)
                body: list[ast.stmt] = found if isinstance(found, list) else []  # an expression, in a lambda
                for child in body:
                    self._bodies[id(child)] = body
                    self._owners[id(child)] = node
                    stack.append(child)
            for name in _CLAUSES:
                for clause in getattr(node, name, ()):
                    self._owners[id(clause)] = node
                    stack.append(clause)

    def _note_targets(self, node: ast.AST) -> None:
        targets: list[ast.expr | None] = []
        if isinstance(node, ast.Assign):
            targets = [*node.targets]
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            targets = [item.optional_vars for item in node.items]
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(node, ast.stmt):
                self._binders[id(target)] = node

    def body(self, node: ast.stmt) -> list[ast.stmt]:
        """The statements that a statement stands among, itself too."""
        return self._bodies[id(node)]

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """What a statement stands in, the innermost first: statements, clauses of them, and the module."""
        while (owner := self._owners.get(id(node))) is not None:
            yield owner
            node = owner

    def is_in_function(self, node: ast.AST) -> bool:
        """Whether a function's code holds it, so that what it binds is the function's own."""
        return self.scope(node) is not self.tree

    def scope(self, node: ast.AST) -> ast.FunctionDef | ast.AsyncFunctionDef | ast.Module:
        """The function whose code holds it, or the module."""
        functions = (one for one in self.around(node) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)))
        return next(functions, self.tree)

    def binder(self, target: ast.AST) -> ast.stmt | None:
        """The assignment or the `with` that binds a plain name as one of its targets; None for any other name."""
        return self._binders.get(id(target))
