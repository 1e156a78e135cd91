"""What can be said of a function before it runs: its parameters, its local names, and which of them are read later."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace
from typing import Any

import libcst as cst

from lambdalint.interpreter.walk import IS_STATEMENT, children, statements_of
from lambdalint.looks import look
from lambdalint.source import Source

_COMPREHENSIONS = (cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp)
_BINDING = (cst.AssignTarget, cst.AnnAssign, cst.AugAssign, cst.For, cst.NamedExpr, cst.CompFor, cst.Del)
_SCOPES = (cst.FunctionDef, cst.Lambda, cst.ClassDef)
_LOOPS = frozenset({cst.For, cst.While})


@dataclass(frozen=True, slots=True)
class ParameterInfo:
    """`kind`: "positional" (also by keyword), "positional-only", "keyword", "args", "kwargs"."""

    name: str
    kind: str
    node: Any
    default: Any = None


@dataclass(slots=True)
class FunctionInfo:
    """A function, lambda, class body or module, as code. One per node, whatever closures are made of it. `code`: the
    node, for what asks which function this is; whatever looks into it asks for `node` or `body`, and that is noted."""

    code: Any
    name: str
    source: Source
    parameters: tuple[ParameterInfo, ...] = ()
    locals: set[str] = field(default_factory=set)
    globals: set[str] = field(default_factory=set)
    nonlocals: set[str] = field(default_factory=set)
    yields: list[Any] = field(default_factory=list)
    is_async: bool = False
    is_lambda: bool = False
    _statements: tuple[Any, ...] = ()
    _inner: list[Any] = field(default_factory=list)  # what may read its names: the code of scopes nested in this one
    _captured: frozenset[str] | None = None
    _ranges: dict[int, tuple[int, int, tuple[int, int]]] | None = None
    _reads: dict[str, list[int]] = field(default_factory=dict)
    _touched: frozenset[str] | None = None
    _live: dict[int, frozenset[str] | None] = field(default_factory=dict)
    _dead: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def node(self) -> Any:
        """The code, to be looked into."""
        self._look()
        return self.code

    @property
    def body(self) -> tuple[Any, ...]:
        """Its statements. Those of a module are run one by one: that looks into none of the functions among them."""
        if type(self.code) is not cst.Module:
            self._look()
        return self._statements

    def _look(self) -> None:
        look(self.source.path, "" if type(self.code) is cst.Module else self.name)

    def become(self, other: FunctionInfo) -> None:
        """Be what another says of the same function in a later text of the module; whoever knows this one asks it."""
        for name in self.__slots__:
            setattr(self, name, getattr(other, name))

    @property
    def is_generator(self) -> bool:
        return bool(self.yields)

    @property
    def captured(self) -> frozenset[str]:
        """The names that scopes nested in this one read. Nobody asks it of a module, where it takes longest."""
        self._look()
        if self._captured is None:
            found: set[str] = set()
            for node in self._inner:
                names_in(node, found)
            self._captured = frozenset(found)
        return self._captured

    def touched(self) -> frozenset[str]:
        """The names whose values the code may change, call or hand on: the base of an assigned item or attribute, the
        receiver or argument of a call, what is given to another name. What is only read stays out."""
        self._look()
        if self._touched is None:
            self._touched = frozenset(_touched(self.node.body))
        return self._touched

    def mentions(self, name: str) -> bool:
        """Whether the code has a name somewhere, or something that may read any."""
        return _names(self.node.body, {name} | _SHOWING)

    def live_after(self, statement: Any) -> frozenset[str] | None:
        """The names whose present value may still be read once `statement` has run; None where that is not known."""
        self._look()
        key = id(statement)
        if key not in self._live:
            self._live[key] = self._live_after(key)
        return self._live[key]

    def _live_after(self, key: int) -> frozenset[str] | None:
        if self._ranges is None:
            self._index()
        assert self._ranges is not None
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
            | self.captured
        )

    def dead_at_head(self, loop: Any) -> frozenset[str]:
        """The names that a loop alone has to do with, and that each round binds anew before it reads them: what they
        hold when a round begins is never read."""
        self._look()
        key = id(loop)
        if key not in self._dead:
            self._dead[key] = self._dead_at_head(loop)
        return self._dead[key]

    def _dead_at_head(self, loop: Any) -> frozenset[str]:
        if self._ranges is None:
            self._index()
        assert self._ranges is not None
        if id(loop) not in self._ranges or not _SHOWING.isdisjoint(self._reads):
            return frozenset()
        shared = self.captured | self.globals | self.nonlocals
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
                    if name not in shared and not _names(value, {name}):
                        found.add(name)
                if not isinstance(statement, _SCOPES):
                    suites += _suites(statement)
        return frozenset(found)

    def _index(self) -> None:
        """Number the nodes in order; keep for each statement its range and that of the outermost loop round it."""
        ranges: dict[int, tuple[int, int, tuple[int, int]]] = {}
        reads = self._reads
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
            inside: list[int] = []
            for child in children(node):
                if is_loop:
                    inside.append(id(child))
                visit(child, loop)
            if is_loop and loop == (0, 0):
                for key, (first, last, old) in list(ranges.items()):
                    if first > start and old == (0, 0):
                        ranges[key] = (first, last, (start, counter + 1))
            if IS_STATEMENT[kind]:
                ranges[id(node)] = (start, counter, loop)

        for statement in self.body:
            visit(statement, (0, 0))
        self._ranges = ranges


#: What may read any name.
_SHOWING = frozenset({"locals", "vars", "dir", "exec", "eval"})


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


def _names(node: Any, names: Set[str]) -> bool:
    """Whether code mentions one of some names."""
    if isinstance(node, cst.Name):
        return node.value in names
    return any(_names(child, names) for child in children(node))


def _suites(statement: Any) -> list[tuple[Any, ...]]:
    """The suites of a compound statement."""
    found: list[tuple[Any, ...]] = []
    for child in children(statement):
        if isinstance(child, cst.BaseSuite):
            found.append(statements_of(child))
        elif not isinstance(child, cst.BaseExpression):
            found += _suites(child)
    return found


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


def _touched(node: Any) -> set[str]:
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


_ASSIGNING = frozenset({cst.AssignTarget, cst.AugAssign, cst.Del, cst.For})


def _assigned(target: Any, found: set[str]) -> None:
    """The base of a target, whose content an assignment changes; of an attribute, that too."""
    base = target
    while isinstance(base, (cst.Subscript, cst.Attribute)):
        base = base.value
    if isinstance(base, cst.Name):
        found.add(base.value)
        if isinstance(target, cst.Attribute):
            found.add(f"{base.value}.{target.attr.value}")


def _parameters(node: cst.Parameters) -> tuple[ParameterInfo, ...]:
    found = [ParameterInfo(p.name.value, "positional-only", p, p.default) for p in node.posonly_params]
    found += [ParameterInfo(p.name.value, "positional", p, p.default) for p in node.params]
    if isinstance(node.star_arg, cst.Param):
        found.append(ParameterInfo(node.star_arg.name.value, "args", node.star_arg))
    found += [ParameterInfo(p.name.value, "keyword", p, p.default) for p in node.kwonly_params]
    if node.star_kwarg is not None:
        found.append(ParameterInfo(node.star_kwarg.name.value, "kwargs", node.star_kwarg))
    return tuple(found)


def bound_names(target: Any) -> list[str]:
    """The names that assigning to a target binds."""
    if isinstance(target, cst.Name):
        return [target.value]
    if isinstance(target, (cst.Tuple, cst.List)):
        return [name for element in target.elements for name in bound_names(element.value)]
    if isinstance(target, cst.StarredElement):
        return bound_names(target.value)
    return []


def imported_name(alias: cst.ImportAlias, in_from: bool) -> str:
    """The name that an import alias binds."""
    if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
        return alias.asname.name.value
    node: Any = alias.name
    while not in_from and isinstance(node, cst.Attribute):
        node = node.value
    return str(node.value) if isinstance(node, cst.Name) else ""


#: The classes of nodes that say something of the scope in which they stand.
_TELLING = frozenset({
    *_SCOPES, *_COMPREHENSIONS, *_BINDING, cst.Yield, cst.Import, cst.ImportFrom, cst.AsName, cst.Global,
    cst.Nonlocal, cst.MatchAs, cst.MatchStar, cst.MatchMapping,
})  # fmt: skip


def _collect(info: FunctionInfo, roots: list[Any]) -> None:
    """Fill in local names, global and nonlocal declarations, yields, and the nested scopes."""
    stack = list(roots)
    while stack:
        node = stack.pop()
        kind = type(node)
        if kind is cst.Name:
            continue
        if kind not in _TELLING:
            stack += children(node)
            continue
        if isinstance(node, _SCOPES):
            _nested(info, node, stack)
            continue
        if isinstance(node, _COMPREHENSIONS):
            _comprehension(info, node, stack)
            continue
        if isinstance(node, cst.Yield):
            info.yields.append(node)
        elif isinstance(node, _BINDING):
            info.locals.update(bound_names(node.target))
        elif isinstance(node, cst.Import):
            info.locals.update(imported_name(alias, False) for alias in node.names)
        elif isinstance(node, cst.ImportFrom):
            if not isinstance(node.names, cst.ImportStar):
                info.locals.update(imported_name(alias, True) for alias in node.names)
        elif isinstance(node, cst.AsName):
            info.locals.update(bound_names(node.name))
        elif isinstance(node, cst.Global):
            info.globals.update(item.name.value for item in node.names)
        elif isinstance(node, cst.Nonlocal):
            info.nonlocals.update(item.name.value for item in node.names)
        elif isinstance(node, (cst.MatchAs, cst.MatchStar)) and node.name is not None:
            info.locals.add(node.name.value)
        elif isinstance(node, cst.MatchMapping) and node.rest is not None:
            info.locals.add(node.rest.value)
        stack.extend(children(node))
    info.yields.reverse()  # the walk goes backwards
    info.locals -= info.globals
    info.locals -= info.nonlocals


def names_in(node: Any, found: set[str]) -> None:
    """Add every name that stands in a node."""
    stack = [node]
    while stack:
        part = stack.pop()
        if type(part) is cst.Name:
            found.add(part.value)
        else:
            stack += children(part)


def _nested(info: FunctionInfo, node: Any, stack: list[Any]) -> None:
    info._inner.append(node.body)
    if isinstance(node, cst.Lambda):
        stack.extend(p.default for p in _parameters(node.params) if p.default)
        return
    info.locals.add(node.name.value)
    stack.extend(node.decorators)
    if isinstance(node, cst.FunctionDef):
        stack.extend(p.default for p in _parameters(node.params) if p.default)
    else:
        stack.extend((*node.bases, *node.keywords))


def _comprehension(info: FunctionInfo, node: Any, stack: list[Any]) -> None:
    info._inner.append(node)
    walrus: list[Any] = [node]
    while walrus:  # a walrus in a comprehension binds in the function round it
        part = walrus.pop()
        kind = type(part)
        if kind is cst.NamedExpr:
            info.locals.update(bound_names(part.target))
        elif kind is cst.Yield:
            info.yields.append(part)
        walrus += [child for child in children(part) if type(child) not in _SCOPES]


class Scopes:
    """The `FunctionInfo` of each node of one module, made when first asked for."""

    def __init__(self, source: Source, before: Scopes | None = None) -> None:
        """`before`: those of the text that the module had before. What stands in this one too is as it was."""
        self.source = source
        self._infos: dict[int, FunctionInfo] = {}
        self._before = before._infos if before is not None else {}

    def of(self, node: Any) -> FunctionInfo:
        """The info of a FunctionDef, Lambda, ClassDef or Module."""
        found = self._infos.get(id(node))
        if found is None:
            known = self._before.pop(id(node), None)
            same = known is not None and known.code is node
            found = replace(known, source=self.source) if known is not None and same else self._make(node)
            self._infos[id(node)] = found
        return found

    def known(self) -> list[FunctionInfo]:
        """Those that were asked for."""
        return list(self._infos.values())

    def _make(self, node: Any) -> FunctionInfo:
        if isinstance(node, cst.Module):
            info = FunctionInfo(node, "<module>", self.source, _statements=statements_of(node))  # type: ignore[arg-type]
            _collect(info, list(node.body))
            return info
        if isinstance(node, cst.ClassDef):
            info = FunctionInfo(node, node.name.value, self.source, _statements=statements_of(node.body))
            _collect(info, list(node.body.body))
            return info
        if isinstance(node, cst.Lambda):
            info = FunctionInfo(node, "<lambda>", self.source, _parameters(node.params), is_lambda=True)
            _collect(info, [node.body])
        else:
            info = FunctionInfo(
                node,
                node.name.value,
                self.source,
                _parameters(node.params),
                is_async=node.asynchronous is not None,
                _statements=statements_of(node.body),
            )
            _collect(info, list(node.body.body))
        info.locals.update(parameter.name for parameter in info.parameters)
        return info


def scopes_of(source: Source) -> Scopes:
    """What is known of the functions of a module before they run; kept with its source for every run."""
    found = source.__dict__.get("_scopes")
    if found is None:
        before, source._known_scopes = source._known_scopes, None
        found = source.__dict__["_scopes"] = Scopes(source, before)
    assert isinstance(found, Scopes)
    return found
