"""Terraform's JSON syntax (`*.tf.json`) as the same bodies: https://developer.hashicorp.com/terraform/language/syntax/json."""

from __future__ import annotations

from lambdalint.project.descriptors.terraform.bodies import Block, Body, Expr, object_body
from lambdalint.project.descriptors.terraform.syntax import MAX_DEPTH, template
from lambdalint.project.descriptors.tree import Node, Unreadable, read_tree
from lambdalint.text import Text

#: The labels of each kind of block at the top of a file.
_LABELS = {"resource": 2, "data": 2, "module": 1, "variable": 1, "output": 1, "provider": 1, "locals": 0}


def read_json(text: Text) -> Body:
    """A file of Terraform's JSON syntax.

    Raises:
        Unreadable: it is no JSON, or is too large or nested too deep.
    """
    tree = read_tree(text)
    found = Body()
    for kind, labels in _LABELS.items():
        for block in _labelled(tree.get(kind), labels):
            names, node = block
            value = expression(node, text)
            place = node.place
            found.blocks.append(Block(kind, names, place, object_body(value)))
    return found


def _labelled(node: Node | None, labels: int) -> list[tuple[tuple[str, ...], Node]]:
    """The bodies under a number of labels; a list holds several of each."""
    if node is None:
        return []
    found: list[tuple[tuple[str, ...], Node]] = []
    for one in node.elements() or [node]:
        if labels == 0:
            found.append(((), one))
            continue
        for name, inner in one.items():
            found += [((name, *rest), body) for rest, body in _labelled(inner, labels - 1)]
    return found


def expression(node: Node, text: Text, depth: int = 0) -> Expr:
    """A JSON value as an expression: its strings are templates.

    Raises:
        Unreadable: it is nested too deep, or a template in it cannot be read.
    """
    if depth > MAX_DEPTH:
        raise Unreadable(f"it is nested more than {MAX_DEPTH} deep", node.place, False)
    if isinstance(node.value, dict):
        parts: list[Expr] = []
        for key, value in node.items():
            parts += [Expr("literal", node.key_place(key), key), expression(value, text, depth + 1)]
        return Expr("object", node.place, None, tuple(parts))
    if isinstance(node.value, list):
        return Expr("list", node.place, None, tuple(expression(one, text, depth + 1) for one in node.value))
    if isinstance(node.value, str):
        return template(node.value, text, node.place)
    return Expr("literal", node.place, node.value)
