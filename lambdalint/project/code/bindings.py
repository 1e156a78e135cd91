"""What a module binds at its top level, and which of those names each of its parts uses. From the ast alone."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from lambdalint.literals.conditions import is_main_guard
from lambdalint.nodes import children_of, nodes_in
from lambdalint.source import Source

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True, slots=True)
class Imported:
    """`from {level dots}module import attribute`, or `import module` (no attribute)."""

    module: str
    level: int = 0
    attribute: str | None = None

    @property
    def dotted(self) -> str:
        """Its full name: `aws_lambda_powertools.Logger`; relative ones keep their dots."""
        return "." * self.level + ".".join(part for part in (self.module, self.attribute) if part)


@dataclass(frozen=True, slots=True)
class Binding:
    """One top-level statement that binds `name`. `value` is what an assignment assigns."""

    name: str
    node: ast.stmt
    value: ast.expr | None = None
    imported: Imported | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """A read of a name that the module binds, or of an attribute of one (`impl.handler`)."""

    name: str
    attribute: str | None = None
    called: bool = False


class ModuleBindings:
    """The top level of one module. What `if __name__ == "__main__"` and `if TYPE_CHECKING` hold is no part of it."""

    def __init__(self, tree: ast.Module, before: ModuleBindings | None = None) -> None:
        """`before`: those of the text that the module had before. What the same statements bind uses the same names."""
        self.tree = tree
        self._all: dict[str, list[Binding]] = {}
        self._uses: dict[str, frozenset[Use]] = {}
        for statement in top_level(tree.body):
            for binding in _bound(statement):
                self._all.setdefault(binding.name, []).append(binding)
        for name, uses in before._uses.items() if before is not None else ():
            was, now = before.every(name) if before is not None else [], self.every(name)
            if len(was) == len(now) and all(one.node is other.node for one, other in zip(was, now)):
                self._uses[name] = uses

    def __iter__(self) -> Iterator[Binding]:
        """The last binding of each name, in the order of the file."""
        return iter(sorted((all_[-1] for all_ in self._all.values()), key=lambda b: (b.node.lineno, b.node.col_offset)))

    def last(self, name: str) -> Binding | None:
        """What the name is bound to once the module is imported."""
        return self._all[name][-1] if name in self._all else None

    def every(self, name: str) -> list[Binding]:
        return self._all.get(name, [])

    def dotted(self, node: ast.expr) -> str:
        """The full name of an expression, by the module's imports: `Logger` is `aws_lambda_powertools.Logger`.

        "" for what is not a chain of names; a chain that starts at no import keeps the names it has.
        """
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        binding = self.last(node.id)
        first = binding.imported.dotted if binding is not None and binding.imported is not None else node.id
        return ".".join((first, *reversed(parts)))

    @cached_property
    def imports(self) -> frozenset[str]:
        """The full names of all that the file imports, wherever it does so: `http.server`, `aiohttp.web`."""
        found: set[str] = set()
        for node in nodes_in(self.tree):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                found.update(imported.dotted for _, imported in _imports(node))
        return frozenset(found)

    def uses_of(self, name: str) -> frozenset[Use]:
        """What the definitions of a name use when they run: a function's body, not its decorators."""
        if name not in self._uses:
            self._uses[name] = frozenset(use for binding in self.every(name) for use in _running(binding))
        return self._uses[name]

    def local_imports(self, name: str) -> Iterator[Imported]:
        """What the functions that `name` is bound to import by `from ... import` while they run."""
        for binding in self.every(name):
            if isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for node in _statements_in(binding.node):
                    if isinstance(node, ast.ImportFrom):
                        yield from (imported for _, imported in _imports(node))

    def local_names(self, name: str) -> dict[str, Imported]:
        """The names that the functions that `name` is bound to import while they run, and what each stands for."""
        return {
            bound: imported
            for binding in self.every(name)
            if isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef))
            for node in ast.walk(binding.node)
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for bound, imported in _imports(node)
        }

    def calls_of(self, name: str) -> Iterator[ast.Call]:
        """The calls in the functions that `name` is bound to."""
        for binding in self.every(name):
            if isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from (node for node in nodes_in(binding.node) if isinstance(node, ast.Call))


def bindings_of(source: Source) -> ModuleBindings:
    """The top level of a source, nothing for one that does not compile; kept with its tree for every run."""
    found = source.__dict__.get("_bindings")
    if found is None:
        tree = source.tree or ast.Module(body=[], type_ignores=[])
        before, source._known_bindings = source._known_bindings, None
        found = source.__dict__["_bindings"] = ModuleBindings(tree, before)
    assert isinstance(found, ModuleBindings)
    return found


def top_level(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when Lambda imports the module, those in `if`, `try`, `with` and loops too."""
    stack = [*body][::-1]
    while stack:
        statement = stack.pop()
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield statement
            continue
        never = isinstance(statement, ast.If) and _never_runs(statement.test)
        blocks: list[ast.stmt] = [] if never else [*getattr(statement, "body", ())]
        for clause in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
            blocks += clause.body
        blocks += (*getattr(statement, "orelse", ()), *getattr(statement, "finalbody", ()))
        if not blocks:
            yield statement
        stack += reversed(blocks)


def uses(nodes: Iterable[ast.AST]) -> Iterator[Use]:
    """The names that the nodes read and do not bind themselves. A name that a function binds is its own."""
    return _uses([(node, frozenset()) for node in nodes])


def _uses(stack: list[tuple[ast.AST, frozenset[str]]]) -> Iterator[Use]:
    called: set[int] = set()
    while stack:
        node, own = stack.pop()
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load) and node.id not in own:
                yield Use(node.id, None, id(node) in called)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id not in own:
                yield Use(node.value.id, node.attr, id(node) in called)
        elif isinstance(node, _FUNCTIONS):
            if not isinstance(node, ast.Lambda):
                stack += ((decorator, own) for decorator in node.decorator_list)
            stack += _inside(node, own)
        else:
            if isinstance(node, ast.Call):
                called.add(id(node.func))
            stack += ((child, own) for child in children_of(node))


def _inside(
    function: FunctionNode | ast.Lambda, own: frozenset[str] = frozenset()
) -> Iterator[tuple[ast.AST, frozenset[str]]]:
    """The parts of a function, each with the names that are not the module's there."""
    arguments = function.args
    for default in (*arguments.defaults, *arguments.kw_defaults):
        if default is not None:
            yield default, own
    body = [function.body] if isinstance(function, ast.Lambda) else function.body
    inner = own | {argument.arg for argument in nodes_in(arguments) if isinstance(argument, ast.arg)}
    shared: set[str] = set()
    bound: set[str] = set()
    stack: list[ast.AST] = [*body]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.add(node.id)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            shared.update(node.names)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            bound.update(name for name, _ in _imports(node))
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            bound.add(node.name)
        elif not isinstance(node, ast.Lambda):
            stack += children_of(node)
    for statement in body:
        yield statement, inner | (bound - shared)


def _statements_in(statement: ast.stmt) -> Iterator[ast.stmt]:
    """A statement and all in it; no expression holds any."""
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.stmt):
            yield node
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            inner = getattr(node, field, None)
            if isinstance(inner, list):
                stack += inner


def _never_runs(test: ast.expr) -> bool:
    name = test.attr if isinstance(test, ast.Attribute) else test.id if isinstance(test, ast.Name) else ""
    return name == "TYPE_CHECKING" or is_main_guard(test)


def _bound(statement: ast.stmt) -> Iterator[Binding]:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield Binding(statement.name, statement)
    elif isinstance(statement, ast.Assign):
        for target in statement.targets:
            if isinstance(target, ast.Name):
                yield Binding(target.id, statement, statement.value)
    elif isinstance(statement, ast.AnnAssign):
        if isinstance(statement.target, ast.Name) and statement.value is not None:
            yield Binding(statement.target.id, statement, statement.value)
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        for name, imported in _imports(statement):
            yield Binding(name, statement, imported=imported)


def _imports(statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, Imported]]:
    for alias in statement.names:
        if isinstance(statement, ast.ImportFrom):
            yield alias.asname or alias.name, Imported(statement.module or "", statement.level, alias.name)
        elif alias.asname:
            yield alias.asname, Imported(alias.name)
        else:
            yield alias.name.partition(".")[0], Imported(alias.name.partition(".")[0])


def _running(binding: Binding) -> Iterator[Use]:
    if isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return _uses(list(_inside(binding.node)))
    if binding.value is not None:
        return uses([binding.value])
    return uses([binding.node])  # a class; an import uses nothing
