"""Which names a file says it has for others: `__all__`, `import json as json`."""

from __future__ import annotations

import ast

from lambdalint.nodes import nodes_in
from lambdalint.source import Source

_EXPORTS = "__all__"


def is_exported(alias: ast.alias) -> bool:
    """Whether an import says that its name is for others: `import json as json`.
    https://typing.python.org/en/latest/spec/distributing.html#import-conventions"""
    return alias.asname == alias.name


def exports_others(source: Source, tree: ast.Module) -> bool:
    """Whether `__all__` may hold more than pyflakes reads in it: `__all__.append("os")`, `__all__ = other.names`."""
    if _EXPORTS not in source.text:
        return False
    read: set[int] = set()  # where a list or a tuple of texts says all
    for node in nodes_in(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, (ast.AugAssign, ast.AnnAssign)):
            targets = [node.target]
        if targets and isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)) and _is_listed(node.value):
            read |= {id(one) for one in (*targets, *_summands(node.value))}
    return any(isinstance(node, ast.Name) and node.id == _EXPORTS and id(node) not in read for node in nodes_in(tree))


def _is_listed(value: ast.expr | None) -> bool:
    """Whether it is a list or a tuple of texts, or a sum of such, and of `__all__`."""
    return all(
        (isinstance(one, ast.Name) and one.id == _EXPORTS)
        or (isinstance(one, (ast.List, ast.Tuple)) and all(isinstance(each, ast.Constant) for each in one.elts))
        for one in _summands(value)
    )


def _summands(value: ast.expr | None) -> list[ast.expr]:
    if isinstance(value, ast.BinOp):
        return [*_summands(value.left), *_summands(value.right)]
    return [value] if value is not None else []
