"""What an entry point runs: the names that a module's name leads to, through its imports too. From the ast alone."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from typing import TypeAlias

from lambdalint.project.code import signs
from lambdalint.project.code.bindings import Imported, ModuleBindings, bindings_of
from lambdalint.project.code.modules import Modules, Workspace
from lambdalint.source import Source

_IMPORT_INSIDE = re.compile(rb"^[ \t]+(?:from|import)[ \t]", re.MULTILINE)

def _takes_what_lambda_passes(node: ast.AST) -> bool:
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        return False
    bound = next((one.arg for one in (*node.args.posonlyargs, *node.args.args)), "") in ("self", "cls")
    return signs.takes_event_and_context(signs.bound(node.args) if bound else node.args)


#: A name bound at the top level of a source.
Name: TypeAlias = tuple[Source, str]


class Reach:
    """The graph of a workspace's top-level names, made where it is asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._bindings: dict[Source, ModuleBindings] = {}
        self._registered: dict[Source, dict[str, list[str]]] = {}

    def _finder(self, source: Source) -> Modules | None:
        """None for a source that stands alone: nothing is known of what is beside it."""
        return None if self._workspace.path_of(source) is None else self._workspace.finder(source)

    def from_(self, name: Name) -> set[Name]:
        """All names that running `name` may run, itself left out unless it comes back to itself."""
        finder = self._finder(name[0])
        found: set[Name] = set()
        stack = [name]
        while stack:
            for target in self._next(stack.pop(), finder):
                if target not in found:
                    found.add(target)
                    stack.append(target)
        return found

    def target(self, name: Name) -> Name | None:
        """What a name that is imported, or only another name for something, stands for."""
        source, bound = name
        binding = self.bindings(source).last(bound)
        if binding is not None and binding.imported is not None:
            return next(self._imported(source, binding.imported, None, self._finder(source)), None)
        if binding is not None and isinstance(binding.value, ast.Name):
            return source, binding.value.id
        return None

    def makes_callables(self, name: Name) -> bool:
        """Whether a name is that of a class of the project whose instances can be called."""
        return self.called(name) is not None

    def makes_handlers(self, name: Name) -> bool:
        """Whether a name is that of a function of the project which makes what takes an event and a context: a function
        inside it, or an object of a class of its module that has such a method."""
        seen: set[Name] = set()
        current: Name | None = name
        while current is not None and current not in seen:
            seen.add(current)
            binding = self.bindings(current[0]).last(current[1])
            node = binding.node if binding is not None else None
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                made = [part for part in ast.walk(node) if part is not node]
                called = (part.func for part in made if isinstance(part, ast.Call))
                classes = (self.bindings(current[0]).last(one.id) for one in called if isinstance(one, ast.Name))
                methods = [
                    part
                    for one in classes
                    if one is not None and isinstance(one.node, ast.ClassDef)
                    for part in one.node.body
                ]
                return any(map(_takes_what_lambda_passes, (*made, *methods)))
            current = self.target(current)
        return False

    def called(self, name: Name) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """The `__call__` of a class of the project, by the class's name: its own, or that of a base that the project
        has."""
        seen: set[Name] = set()
        stack = [name]
        while stack:
            source, bound = stack.pop()
            if (source, bound) in seen:
                continue
            seen.add((source, bound))
            binding = self.bindings(source).last(bound)
            node = binding.node if binding is not None else None
            if not isinstance(node, ast.ClassDef):
                stack += [target for target in (self.target((source, bound)),) if target is not None]
                continue
            for part in node.body:
                if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef)) and part.name == "__call__":
                    return part
            stack += [(source, base.id) for base in node.bases if isinstance(base, ast.Name)]
        return None

    def copied(self, name: Name) -> Iterator[tuple[str, str, int]]:
        """What a function calls of modules that no path answers, because the build copies them beside it: the stem of
        the module's file, the name that is called, and with how many arguments."""
        finder = self._finder(name[0])
        if finder is None:
            return
        bindings = self.bindings(name[0])
        imported = {binding.name: binding.imported for binding in bindings if binding.imported is not None}
        imported |= bindings.local_names(name[1])
        missing = {bound: found for bound, found in imported.items() if not self._answered(name[0], found, finder)}
        for call in bindings.calls_of(name[1]):
            target, count = call.func, len(call.args) + len(call.keywords)
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                found = missing.get(target.value.id)
                if found is not None:
                    yield (found.attribute or found.module).rpartition(".")[2], target.attr, count
            elif isinstance(target, ast.Name):
                found = missing.get(target.id)
                if found is not None and found.attribute is not None:
                    yield found.module.rpartition(".")[2], found.attribute, count

    def _answered(self, source: Source, imported: Imported, finder: Modules) -> bool:
        """Whether the project has the module of an import, or the standard library does."""
        standard = not imported.level and imported.module.partition(".")[0] in sys.stdlib_module_names
        return standard or finder.find(source, imported.module, imported.level) is not None

    def is_closed(self, source: Source) -> bool:
        """Whether nothing in the file leads to another file of the project."""
        finder = self._finder(source)
        if finder is None:
            return True
        if _IMPORT_INSIDE.search(source.data):
            return False
        return not any(
            finder.find(source, binding.imported.module, binding.imported.level)
            or (
                binding.imported.attribute is not None
                and next(self._imported(source, binding.imported, "", finder), None)
            )
            for binding in self.bindings(source)
            if binding.imported is not None
        )

    def bindings(self, source: Source) -> ModuleBindings:
        """The top level of a source; nothing for one that does not compile."""
        if source not in self._bindings:
            self._bindings[source] = bindings_of(source)
        return self._bindings[source]

    def _next(self, name: Name, finder: Modules | None) -> Iterator[Name]:
        source, bound = name
        bindings = self.bindings(source)
        for registered in self._registrations(source).get(bound, ()):
            yield source, registered
        for imported in bindings.local_imports(bound):
            yield from self._imported(source, imported, None, finder)
        for binding in bindings.every(bound):
            if binding.imported is not None:
                yield from self._imported(source, binding.imported, None, finder)
        for use in bindings.uses_of(bound):
            used = bindings.last(use.name)
            if used is not None and used.imported is not None:
                yield from self._imported(source, used.imported, use.attribute, finder)
            elif used is not None:
                yield source, use.name

    def _imported(
        self, source: Source, imported: Imported, attribute: str | None, finder: Modules | None
    ) -> Iterator[Name]:
        """`impl.handler` after `import impl` or `from . import impl`; `handler` after `from impl import handler`."""
        if finder is None:
            return
        if imported.attribute is None:
            module = finder.find(source, imported.module, imported.level)
            if module is not None and attribute is not None:
                yield module, attribute
            return
        module = finder.find(source, imported.module, imported.level)
        if module is not None and self.bindings(module).last(imported.attribute) is not None:
            yield module, imported.attribute
        elif attribute is not None:
            inner = f"{imported.module}.{imported.attribute}" if imported.module else imported.attribute
            module = finder.find(source, inner, imported.level)
            if module is not None:
                yield module, attribute

    def _registrations(self, source: Source) -> dict[str, list[str]]:
        """By the name of an object, the functions that its decorators hand to it: `@app.route("/")`."""
        if source not in self._registered:
            found = self._registered[source] = {}
            for binding in self.bindings(source):
                if isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    for decorator in filter(signs.registers, binding.node.decorator_list):
                        root: ast.expr = decorator
                        while isinstance(root, (ast.Attribute, ast.Call)):
                            root = root.func if isinstance(root, ast.Call) else root.value
                        if isinstance(root, ast.Name):
                            found.setdefault(root.id, []).append(binding.name)
        return self._registered[source]
