"""What the names of a CDK app's module stand for: imports, and what is written once and never again."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass, field

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_MAX_DEPTH = 20


@dataclass(slots=True)
class Scope:
    """The names of one function or module. `values`: what each is given, where that is once and in one way."""

    node: ast.AST
    parent: Scope | None = None
    values: dict[str, ast.expr | None] = field(default_factory=dict)

    def find(self, name: str) -> ast.expr | None:
        """What a name is surely given; None where that is not known."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.values and not isinstance(scope.node, ast.ClassDef):
                return scope.values[name]
            scope = scope.parent
        return None


class Module:
    """One module of an app. `path`: its file, absolute. `calls`: each call, and the scope that it stands in."""

    def __init__(self, tree: ast.Module, path: str) -> None:
        self.path = path
        self.calls: list[tuple[ast.Call, Scope]] = []
        self.parents: dict[ast.AST, ast.AST] = {}
        self._imports: dict[str, str] = {}
        self._attributes: dict[tuple[ast.AST, str], ast.expr | None] = {}
        self._classes: dict[ast.AST, ast.AST] = {}
        self._walk(tree)

    def dotted(self, node: ast.expr) -> str | None:
        """The full name of what an import brings: "aws_cdk.aws_lambda.Function"."""
        words: list[str] = []
        while isinstance(node, ast.Attribute):
            words.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self._imports:
            return None
        return ".".join([self._imports[node.id], *reversed(words)]).replace("aws_cdk.core.", "aws_cdk.")

    def made(self, node: ast.expr | None, scope: Scope) -> ast.Call | None:
        """The call that made what an expression names: a call itself, a name or `self.x` that is given one."""
        for _ in range(_MAX_DEPTH):
            if isinstance(node, ast.Call):
                return node
            if isinstance(node, ast.Name):
                node = scope.find(node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
                node = self._attributes.get((self._class_of(scope), node.attr))
            else:
                return None
        return None

    def text(self, node: ast.expr | None, scope: Scope, depth: int = 0) -> str | None:
        """Text, or a path, that an expression surely is."""
        if node is None or depth > _MAX_DEPTH:
            return None
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else None
        if isinstance(node, ast.Name):
            return self.path if node.id == "__file__" else self.text(scope.find(node.id), scope, depth + 1)
        if isinstance(node, ast.Attribute):
            inner = self.text(node.value, scope, depth + 1) if node.attr == "parent" else None
            return os.path.dirname(inner) if inner is not None else None
        if isinstance(node, ast.JoinedStr):
            parts = [value.value if isinstance(value, ast.FormattedValue) else value for value in node.values]
            return self._joined("", parts, scope, depth)
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Div)):
            return self._joined("/" if isinstance(node.op, ast.Div) else "", [node.left, node.right], scope, depth)
        return self._path(node, scope, depth) if isinstance(node, ast.Call) and not node.keywords else None

    def _joined(self, between: str, parts: list[ast.expr], scope: Scope, depth: int) -> str | None:
        texts = [self.text(part, scope, depth + 1) for part in parts]
        return None if None in texts else between.join(text or "" for text in texts)

    def _path(self, call: ast.Call, scope: Scope, depth: int) -> str | None:
        """A call that makes a path of paths."""
        name = self.dotted(call.func)
        method = call.func.attr if isinstance(call.func, ast.Attribute) else None
        if name in ("os.path.join", "pathlib.Path"):
            texts = [self.text(one, scope, depth + 1) for one in call.args]
            return None if None in texts or not texts else os.path.join(*(text or "" for text in texts))
        same = name in ("os.path.abspath", "os.path.realpath", "os.path.normpath")
        same = same or (isinstance(call.func, ast.Name) and call.func.id == "str")
        if len(call.args) == 1 and (same or name == "os.path.dirname"):
            inner = self.text(call.args[0], scope, depth + 1)
            return inner if same or inner is None else os.path.dirname(inner)
        if method in ("resolve", "absolute", "as_posix") and not call.args and isinstance(call.func, ast.Attribute):
            return self.text(call.func.value, scope, depth + 1)
        return None

    def _class_of(self, scope: Scope | None) -> ast.AST:
        last: ast.AST = ast.Pass()
        while scope is not None:
            if isinstance(scope.node, ast.ClassDef):
                return scope.node
            last, scope = scope.node, scope.parent
        return last

    def _walk(self, tree: ast.Module) -> None:
        stack: list[tuple[ast.AST, Scope]] = [(tree, Scope(tree))]
        while stack:
            node, scope = stack.pop()
            self._bind(node, scope)
            inner = Scope(node, scope) if isinstance(node, _SCOPES) else scope
            if isinstance(node, ast.Call):
                self.calls.append((node, scope))
            for child in reversed(list(ast.iter_child_nodes(node))):
                self.parents[child] = node
                stack.append((child, inner))

    def _bind(self, node: ast.AST, scope: Scope) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                self._imports[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
            self._imports.update({one.asname or one.name: f"{node.module}.{one.name}" for one in node.names})
        elif isinstance(node, ast.arg):
            scope.values[node.arg] = None
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            once = node.id not in scope.values
            scope.values[node.id] = self._given(node) if once else None
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if isinstance(node.value, ast.Name) and node.value.id == "self":
                key = (self._class_of(scope), node.attr)
                self._attributes[key] = self._given(node) if key not in self._attributes else None

    def _given(self, target: ast.expr) -> ast.expr | None:
        """What a target is given by a plain assignment, that no loop repeats."""
        statement = self.parents.get(target)
        value = statement.value if isinstance(statement, (ast.Assign, ast.AnnAssign)) else None
        above = self.parents.get(statement) if statement is not None else None
        while above is not None and not isinstance(above, _SCOPES):
            if isinstance(above, (ast.For, ast.AsyncFor, ast.While)):
                return None
            above = self.parents.get(above)
        return value


def arguments(call: ast.Call) -> Iterator[ast.expr]:
    """All that a call is given."""
    yield from call.args
    yield from (keyword.value for keyword in call.keywords)


def keyword(call: ast.Call, *names: str) -> ast.expr | None:
    """What a call is given by one of some names."""
    return next((one.value for one in call.keywords if one.arg in names), None)
