"""Which names of a function may still be read once a statement has run, and which a round of a loop binds anew."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

import libcst as cst

from lambdalint.interpreter.walk import IS_STATEMENT, children, statements_of

_SCOPES = (cst.FunctionDef, cst.Lambda, cst.ClassDef)
_LOOPS = frozenset({cst.For, cst.While})
#: What may read any name.
SHOWING = frozenset({"locals", "vars", "dir", "exec", "eval"})


class Liveness:
    """That of one function's code."""

    def __init__(self, statements: Sequence[Any], captured: frozenset[str], outer: Set[str]) -> None:
        """`captured`: the names that scopes nested in it read; `outer`: those that it takes from outside."""
        self._captured, self._outer = captured, outer
        self._ranges: dict[int, tuple[int, int, tuple[int, int]]] = {}
        self._reads: dict[str, list[int]] = {}
        self._live: dict[int, frozenset[str] | None] = {}
        self._dead: dict[int, frozenset[str]] = {}
        self._index(statements)

    def after(self, statement: Any) -> frozenset[str] | None:
        """The names whose present value may still be read once `statement` has run; None where that is not known."""
        key = id(statement)
        if key not in self._live:
            self._live[key] = self._after(key)
        return self._live[key]

    def _after(self, key: int) -> frozenset[str] | None:
        found = self._ranges.get(key)
        if found is None:
            return None
        _, end, loop = found
        return (
            frozenset(
                name
                for name, reads in self._reads.items()
                if any(index > end or loop[0] <= index < loop[1] for index in reads)
            )
            | self._captured
        )

    def dead_at_head(self, loop: Any) -> frozenset[str]:
        """The names that a loop alone has to do with, and that each round binds anew before it reads them: what they
        hold when a round begins is never read."""
        key = id(loop)
        if key not in self._dead:
            self._dead[key] = self._dead_at_head(loop)
        return self._dead[key]

    def _dead_at_head(self, loop: Any) -> frozenset[str]:
        if id(loop) not in self._ranges or not SHOWING.isdisjoint(self._reads):
            return frozenset()
        shared = self._captured | self._outer
        found: set[str] = set()
        suites: list[tuple[Any, ...]] = [(loop,)]
        while suites:
            suite = suites.pop()
            end = self._ranges[id(suite[-1])][1] if suite else 0
            for statement in suite:
                start, last, _ = self._ranges[id(statement)]
                if isinstance(statement, cst.For):  # behind it a name may be what an earlier round left there
                    last = self._ranges[id(statements_of(statement.body)[-1])][1]
                for name, value in _bound_first(statement):
                    reads = self._reads[name]
                    if not start <= reads[0] <= last or reads[-1] > (last if isinstance(statement, cst.For) else end):
                        continue
                    if name not in shared and not mentions(value, {name}):
                        found.add(name)
                if not isinstance(statement, _SCOPES):
                    suites += _suites(statement)
        return frozenset(found)

    def _index(self, statements: Sequence[Any]) -> None:
        """Number the nodes in order; keep for each statement its range and that of the outermost loop round it."""
        ranges, reads = self._ranges, self._reads
        counter = 0

        def visit(node: Any, loop: tuple[int, int]) -> None:
            nonlocal counter
            counter += 1
            start = counter
            kind = type(node)
            if kind is cst.Name:
                reads.setdefault(node.value, []).append(start)
                return
            is_loop = kind in _LOOPS
            for child in children(node):
                visit(child, loop)
            if is_loop and loop == (0, 0):
                for key, (first, last, old) in list(ranges.items()):
                    if first > start and old == (0, 0):
                        ranges[key] = (first, last, (start, counter + 1))
            if IS_STATEMENT[kind]:
                ranges[id(node)] = (start, counter, loop)

        for statement in statements:
            visit(statement, (0, 0))


def _bound_first(statement: Any) -> list[tuple[str, Any]]:
    """The plain names that a statement binds whenever it is run, or each round of it, and what it evaluates before."""
    if isinstance(statement, cst.Assign):
        return [(name, statement.value) for one in statement.targets for name in _plain_names(one.target)]
    if isinstance(statement, cst.AnnAssign) and statement.value is not None:
        return [(name, statement.value) for name in _plain_names(statement.target)]
    if isinstance(statement, cst.For):
        return [(name, statement.iter) for name in _plain_names(statement.target)]
    return []


def _plain_names(target: Any) -> list[str]:
    if isinstance(target, cst.Name):
        return [target.value]
    if isinstance(target, (cst.Tuple, cst.List)):
        return [name for element in target.elements for name in _plain_names(element.value)]
    return []


def mentions(node: Any, names: Set[str]) -> bool:
    """Whether code mentions one of some names."""
    if isinstance(node, cst.Name):
        return node.value in names
    return any(mentions(child, names) for child in children(node))


def _suites(statement: Any) -> list[tuple[Any, ...]]:
    """The suites of a compound statement."""
    found: list[tuple[Any, ...]] = []
    for child in children(statement):
        if isinstance(child, cst.BaseSuite):
            found.append(statements_of(child))
        elif not isinstance(child, cst.BaseExpression):
            found += _suites(child)
    return found
