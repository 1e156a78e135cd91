"""Where an import goes that a mended file needs: with those at its top, or under its docstring."""

from __future__ import annotations

import ast

from lambdalint.finding import Edit, Position, Span
from lambdalint.looks import look
from lambdalint.source import Source


def import_edit(source: Source, statement: str) -> Edit | None:
    """What adds an import statement, "import json" or "from json import dumps"; None where the file has it.

    Raises:
        ValueError: another thing has the name that the statement binds, or the file does not compile.
    """
    tree = source.tree
    if tree is None:
        raise ValueError("the file does not compile")
    (wanted,) = ast.parse(statement).body
    (name,) = _bound(wanted)
    after: ast.stmt | None = None
    for number, node in enumerate(tree.body):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            if name in _bound(node) and _same(node, wanted, name):
                return None
            after = node if after is None or _leads(tree.body[:number]) else after
        elif number == 0 and _is_docstring(node):
            after = node
    look(source.path, f"={name}")
    if name in _names(tree):
        raise ValueError(f"`{name}` is something else in the file")
    return _insertion(source, tree, after, statement)


def _leads(before: list[ast.stmt]) -> bool:
    """Whether nothing but imports, and a docstring, stands before."""
    return all(
        isinstance(node, (ast.Import, ast.ImportFrom)) or (number == 0 and _is_docstring(node))
        for number, node in enumerate(before)
    )


def _insertion(source: Source, tree: ast.Module, after: ast.stmt | None, statement: str) -> Edit:
    follows = isinstance(after, (ast.Import, ast.ImportFrom))
    if after is None:
        row = _first_row(source)
        gap = "\n\n" if tree.body and isinstance(tree.body[0], (ast.FunctionDef, ast.ClassDef)) else "\n"
        text = f"{statement}\n{gap if tree.body else ''}"
    else:
        row = (after.end_lineno or after.lineno) + 1
        text = f"{statement}\n" if follows else f"\n{statement}\n"
    if row > len(source.lines):  # behind a last line without an end
        last = Position(len(source.lines), len(source.lines[-1]) + 1)
        return Edit(Span(source.path, last, last), "\n" + text)
    at = Position(row, 1)
    return Edit(Span(source.path, at, at), text)


def _first_row(source: Source) -> int:
    """Behind the comments at the top: a `#!`, an encoding, a licence. But before one that stands right on the first
    statement, for it belongs to that."""
    row = _behind(source, "#")
    if row > len(source.lines) or not source.lines[row - 1].strip():
        return min(row + (row > 1), len(source.lines) + 1)
    return _behind(source, "#!", "# -*- coding", "# coding", "# vim", "# -*-")


def _behind(source: Source, *starts: str) -> int:
    """The first row that begins with none of these."""
    row = 1
    while row <= len(source.lines) and source.lines[row - 1].startswith(starts):
        row += 1
    return row


def _bound(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    return [alias.asname or alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []


def _same(node: ast.stmt, wanted: ast.stmt, name: str) -> bool:
    """Whether an import binds the name to the same thing."""
    if isinstance(node, ast.Import) and isinstance(wanted, ast.Import):
        return any(alias.asname is None and alias.name.partition(".")[0] == name for alias in node.names)
    if isinstance(node, ast.ImportFrom) and isinstance(wanted, ast.ImportFrom):
        (alias,) = wanted.names
        return (node.module, node.level) == (wanted.module, wanted.level) and any(
            (one.name, one.asname) == (alias.name, alias.asname) for one in node.names
        )
    return False


def _names(tree: ast.Module) -> set[str]:
    """Every name that is bound anywhere in a file."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found.update(_bound(node))
        elif isinstance(node, ast.ExceptHandler) and node.name is not None:
            found.add(node.name)
    return found


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
