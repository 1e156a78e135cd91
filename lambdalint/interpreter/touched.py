"""Which values code may change, as its text tells: what is only read stays as it is."""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter.walk import children

#: Methods that leave their receiver as it is.
_READING = frozenset({"get", "items", "keys", "values", "format", "join", "split", "strip", "lower", "upper", "info",
                      "debug", "warning", "error", "exception", "startswith", "endswith", "copy", "index",
                      "count"})  # fmt: skip
#: Those that give what an object holds, which whoever gets it may change.
_GIVING = frozenset({"get", "items", "values", "copy"})
#: Under these an item that is read goes no further: it is compared, counted or written out.
_CONSUMING = frozenset({
    cst.Comparison, cst.ComparisonTarget, cst.BinaryOperation, cst.UnaryOperation, cst.FormattedStringExpression,
    cst.Expr, cst.If, cst.While, cst.Assert, cst.Index, cst.SubscriptElement, cst.Raise, cst.Del,
})  # fmt: skip
_ASSIGNING = frozenset({cst.AssignTarget, cst.AugAssign, cst.Del, cst.For})


def touched(node: Any) -> set[str]:
    """The names whose values code may change, call or hand on; of an attribute that is set, the dotted name too."""
    found: set[str] = set()
    stack: list[tuple[Any, bool]] = [(node, False)]  # a node, and whether what it gives goes no further
    while stack:
        part, consumed = stack.pop()
        kind = type(part)
        if kind is cst.Name:
            found.add(part.value)
        elif kind is cst.Subscript and (consumed or type(part.value) is not cst.Name):
            stack += [(child, True) for child in part.slice]
            if type(part.value) is not cst.Name:
                stack.append((part.value, consumed))
        elif kind is cst.Call and type(part.func) is cst.Attribute and part.func.attr.value in _READING:
            stack += [(argument, False) for argument in part.args]
            gives = part.func.attr.value in _GIVING and not consumed  # what is in it goes on: `return held.get(key)`
            if gives or type(part.func.value) is not cst.Name:
                stack.append((part.func.value, consumed))
        else:
            if kind in _ASSIGNING:
                _assigned(part.target, found)
            if kind is cst.Attribute:
                stack.append((part.value, False))
            elif kind in (cst.AssignTarget, cst.AugAssign, cst.Del):
                stack += [(child, True) for child in children(part)]
            else:
                stack += [(child, kind in _CONSUMING) for child in children(part)]
    return found


def _assigned(target: Any, found: set[str]) -> None:
    """The base of a target, whose content an assignment changes; of an attribute, that too."""
    base = target
    while isinstance(base, (cst.Subscript, cst.Attribute)):
        base = base.value
    if isinstance(base, cst.Name):
        found.add(base.value)
        if isinstance(target, cst.Attribute):
            found.add(f"{base.value}.{target.attr.value}")
