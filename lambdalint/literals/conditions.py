"""Conditions that say that the code runs on the developer's own machine, where no function is, or as a script."""

from __future__ import annotations

import ast
import re

from lambdalint.literals.model import GETTERS, name_of, text_of
from lambdalint.literals.words import word_set, words

#: What the stage of a developer's own machine is called. "dev" and "test" are not among it: they are deployed.
_LOCAL = word_set("local localhost localstack offline")
#: Words beside it in the name of a switch: `IS_LOCAL`, `AWS_SAM_LOCAL`, `LOCALSTACK_HOSTNAME`; not `local_path`.
_BESIDE = word_set(
    """
    is run running mode env environment dev development aws sam hostname stage in on use lambda only test testing
    """
)
_TRUE = frozenset({"1", "true", "yes", "on"})
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal)(?::\d+)?(?:/.*)?",
    re.IGNORECASE,
)


def is_loopback(text: str) -> bool:
    """Whether a host, or an address of one, is that of the machine itself."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def is_main_guard(test: ast.expr) -> bool:
    """`__name__ == "__main__"`, either way round."""
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], (ast.Eq, ast.In))):
        return False
    sides = (test.left, test.comparators[0])
    return any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)


def tells_local(test: ast.expr, outcome: bool) -> bool:
    """Whether a condition that comes out so says that it is the developer's own machine: Lambda imports its
    modules, and runs none as a script."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return tells_local(test.operand, not outcome)
    if isinstance(test, ast.BoolOp):
        told = [tells_local(part, outcome) for part in test.values]
        return any(told) if isinstance(test.op, ast.And) is outcome else all(told)
    if isinstance(test, ast.Compare):
        if is_main_guard(test):
            return outcome
        return len(test.ops) == 1 and _compares(test.left, test.ops[0], test.comparators[0], outcome)
    if isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute) and test.func.attr == "startswith":
        begun = text_of(test.args[0]) if len(test.args) == 1 else None
        return outcome and begun is not None and is_loopback(begun)
    return outcome and _is_switch(test)


def _compares(left: ast.expr, operator: ast.cmpop, right: ast.expr, outcome: bool) -> bool:
    if not isinstance(operator, (ast.Eq, ast.Is, ast.In) if outcome else (ast.NotEq, ast.IsNot, ast.NotIn)):
        return False
    if isinstance(operator, (ast.In, ast.NotIn)):
        text = text_of(left)
        if text is not None:
            return is_loopback(text)  # `"localhost" in url`
        options = right.elts if isinstance(right, (ast.Tuple, ast.List, ast.Set)) else []
        return bool(options) and all(_is_stage(one) for one in options)
    for one, other in ((left, right), (right, left)):
        if _is_stage(one) and text_of(other) is None:
            return True
        if _is_true(one) and _is_switch(other):
            return True
    return False


def _is_stage(node: ast.expr) -> bool:
    return (text_of(node) or "").strip().lower() in _LOCAL


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and (node.value is True or str(node.value).lower() in _TRUE)


def _is_switch(node: ast.expr) -> bool:
    """Whether it is named for the developer's own machine: `IS_LOCAL`, `is_local()`, `os.getenv("AWS_SAM_LOCAL")`."""
    name = name_of(node)
    if isinstance(node, ast.Call) and not name:
        called = name_of(node.func)
        name = (text_of(node.args[0]) or "") if called in GETTERS and node.args else called
    parts = set(words(name))
    return bool(parts & _LOCAL) and parts <= _LOCAL | _BESIDE
