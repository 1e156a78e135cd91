"""The nodes of an abstract tree, at less than half of what `ast.walk` takes: many a question is asked of each file, and
is about a few kinds of them."""

from __future__ import annotations

import ast

#: Fields that hold no node, or one that says only how another is used: a context, an operator.
_PLAIN = frozenset({
    "arg", "asname", "attr", "ctx", "id", "kind", "level", "module", "op", "ops", "type_comment", "type_ignores",
})  # fmt: skip
_FIELDS: dict[type, tuple[str, ...]] = {
    kind: () if kind is ast.Constant else tuple(name for name in kind._fields if name not in _PLAIN)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}


def children_of(node: ast.AST) -> list[ast.AST]:
    """The nodes right below one but contexts and operators, in order."""
    found: list[ast.AST] = []
    for name in _FIELDS[node.__class__]:
        value = getattr(node, name, None)
        if value.__class__ is list:
            found += [part for part in value if isinstance(part, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def nodes_in(node: ast.AST) -> list[ast.AST]:
    """A node and all below it but contexts and operators, in no order that means anything."""
    found: list[ast.AST] = []
    stack: list[ast.AST] = [node]
    while stack:
        part = stack.pop()
        fields = _FIELDS.get(part.__class__)
        if fields is None:  # in a list of nodes None or a text may stand
            continue
        found.append(part)
        for name in fields:
            value = getattr(part, name, None)
            if value.__class__ is list:
                stack += value
            elif isinstance(value, ast.AST):
                stack.append(value)
    return found
