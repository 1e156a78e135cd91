"""What can be said of a function before it runs: its parameters, its names, and the scopes nested in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import libcst as cst

from lambdalint.interpreter.liveness import SHOWING, Liveness, mentions
from lambdalint.interpreter.touched import touched
from lambdalint.interpreter.walk import children, statements_of
from lambdalint.looks import look
from lambdalint.source import Source

_COMPREHENSIONS = (cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp)
_BINDING = (cst.AssignTarget, cst.AnnAssign, cst.AugAssign, cst.For, cst.NamedExpr, cst.CompFor, cst.Del)
_SCOPES = (cst.FunctionDef, cst.Lambda, cst.ClassDef)


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
    _touched: frozenset[str] | None = None
    _liveness: Liveness | None = None

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
            self._touched = frozenset(touched(self.code.body))
        return self._touched

    def mentions(self, name: str) -> bool:
        """Whether the code has a name somewhere, or something that may read any."""
        return mentions(self.node.body, {name} | SHOWING)

    def live_after(self, statement: Any) -> frozenset[str] | None:
        """The names whose present value may still be read once `statement` has run; None where that is not known."""
        return self._live().after(statement)

    def dead_at_head(self, loop: Any) -> frozenset[str]:
        """The names that a loop alone has to do with, and that each round binds anew before it reads them: what they
        hold when a round begins is never read."""
        return self._live().dead_at_head(loop)

    def _live(self) -> Liveness:
        self._look()
        if self._liveness is None:
            self._liveness = Liveness(self.body, self.captured, self.globals | self.nonlocals)
        return self._liveness


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
