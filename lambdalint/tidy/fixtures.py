"""Imports of test files that pytest finds by their names: `from fixtures import client`, `def test_orders(client):`."""

from __future__ import annotations

import ast

from lambdalint.standard_library import is_module
from lambdalint.tidy.imports import alias_of

#: They name fixtures in texts.
_ASKS = frozenset({"usefixtures", "getfixturevalue"})


def fixtures(tree: ast.Module) -> frozenset[str]:
    """The names that a file imports and that its functions have for parameters, or that it asks for in texts. The
    standard library has no fixtures: `from unittest import mock` has nothing to do with `def test_orders(mock):`."""
    imported: set[str] = set()
    asked: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            if node.level or not is_module((node.module or "").partition(".")[0]):
                imported |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            given = node.args
            asked |= {each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)}
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in _ASKS:
            asked |= {str(each.value) for each in node.args if isinstance(each, ast.Constant)}
    return frozenset(imported & asked)


def is_of_fixture(kind: str, node: ast.AST, name: str, names: frozenset[str]) -> bool:
    """Whether a message of pyflakes says of some fixtures that one is not used, or that a parameter
    hides it."""
    if kind == "UnusedImport" and isinstance(node, ast.ImportFrom):
        alias = alias_of(node, name)
        return alias is not None and (alias.asname or alias.name) in names
    return kind == "RedefinedWhileUnused" and isinstance(node, ast.arg) and name in names
