"""Where a value goes into a list: at the expression that makes it, or somewhere behind it."""

from __future__ import annotations

import libcst as cst

from lambdalint.finding import Place
from lambdalint.interpreter.walk import children
from lambdalint.source import Source

_PUTTING = frozenset({"append", "appendleft", "add", "insert", "setdefault"})


def is_collected_there(place: Place) -> bool:
    """Whether the expression at a place is itself an element of a list, given to `append` or its like, or yielded; True
    too of what is no code. An id that is a key, or is bound to a name first, is put into the list elsewhere."""
    module = place.source.cst if isinstance(place.source, Source) else None
    if module is None or not isinstance(place.node, cst.BaseExpression):
        return True
    above = _above(module, place.node)
    if isinstance(above[0], cst.Arg) and isinstance(above[1], cst.Call):
        function = above[1].func
        return isinstance(function, cst.Attribute) and function.attr.value in _PUTTING
    if isinstance(above[0], (cst.ListComp, cst.SetComp, cst.GeneratorExp)):
        return above[0].elt is place.node
    return isinstance(above[0], (cst.Element, cst.Yield))


def _above(module: cst.Module, wanted: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes round another, from the inside; of a node that is not in the module, the module twice."""
    pending: list[tuple[cst.CSTNode, tuple[cst.CSTNode, ...]]] = [(module, (module, module))]
    while pending:
        node, above = pending.pop()
        if node is wanted:
            return list(above)
        pending += [(part, (node, above[0])) for part in children(node)]
    return [module, module]
