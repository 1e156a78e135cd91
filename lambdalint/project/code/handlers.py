"""The handlers, where no template names them: what in a file Lambda is meant to call.

Handlers are, at the top level of a file that is no test:
- what the settings name;
- what Powertools decorates as one;
- `lambda_handler`, and `handler`, whatever the parameters: a function (async too), a class, an assigned value, a name
  imported and not used further (a re-export);
- `*_handler` and `*Handler`, if they can be called with two arguments named like an event and a context. An async one
  only in a file that imports something of AWS or Lambda: buses and bots have async event handlers.

Plain `handler` is the name of much else. With parameters that are not like an event and a context it is left alone
- if it needs three arguments or more and the first is not named like an event, or if one is what Slack's Bolt gives;
- if the file hands it to somebody (`signal.signal(SIGTERM, handler)`, `websockets.serve(handler, ...)`), or a decorator
  does (`@client.on(...)`), or it returns a function that it defines: a decorator; or if the file itself calls it, and
  not with two arguments;
- in a file without a sign of Lambda (a package that only Lambda's code imports, "lambda" in the name of the file or
  its folder): if a framework with handlers of its own is imported, if the first parameter is what another protocol
  gives (`request`, `websocket`, `signum`), or if there are parameters, not two, and none is called like an event; an
  async one unless a parameter is called so or something of AWS is imported.

What another entry point runs is part of it and no entry point itself: in `def run(event, context): return
asyncio.run(handler(event, context))` the handler is `run`; functions in a dispatch table, or registered with an
object that the handler calls, are reached through it. Imports are followed for this.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence

from lambdalint.project.code import signs
from lambdalint.project.code.bindings import Binding, uses
from lambdalint.project.code.modules import Workspace
from lambdalint.project.code.named import named_in
from lambdalint.project.code.reach import Name, Reach
from lambdalint.project.function import Function
from lambdalint.source import Source

#: A file without any of these holds no handler that could be found.
_GATE = (b"andler", b"aws_lambda_powertools", b"inject_lambda_context", b"log_metrics", b"durable_execution")
_STANDARD = frozenset(sys.stdlib_module_names)


def find_handlers(source: Source, named: Sequence[str] = ()) -> list[Function]:
    """The handlers of one file, looked at alone. See `entry_points`."""
    return entry_points([source], Workspace(), named)


def entry_points(
    sources: Iterable[Source], workspace: Workspace, named: Sequence[str] = (), deployed: Collection[Name] = ()
) -> list[Function]:
    """The handlers in the sources, file by file, each in the order of its file.

    Args:
        deployed: what descriptors deploy. What one of those runs is part of it, whatever its name.
        workspace: what the sources were opened with; imports are followed through it.
        named: the setting `handlers`: handler strings (`app.main`, `src/app.main`, `src/app.py:main`). The module is
            matched with the end of a file's path: `app.main` names `main` in every `app.py` that binds it.
    """
    reach = Reach(workspace)
    sources = list(sources)
    files = [file for source in sources if (file := _File.of(source, workspace, reach, named)) is not None]
    chosen = _outermost(files, reach)
    chosen -= set(_awaited(chosen - set(deployed), sources, reach))
    if any(name not in deployed for name in chosen):
        chosen -= {inner for name in deployed for inner in reach.from_(name)} - set(deployed)
    return [function for file in files for function in file.functions(chosen)]


def _outermost(files: Sequence[_File], reach: Reach) -> set[Name]:
    """The entry points that no other runs.

    A function called as Lambda calls, whatever its name, that runs one of them is an entry point in its place, unless
    the name of the other is sure: an async one cannot be it, and one of many names is less likely to be.
    """
    entries = {(file.source, name) for file in files for name in file.entries}
    entries -= {name for name in entries if (target := reach.target(name)) and not _is_first(target, entries, reach)}
    unsure = {(file.source, name) for file in files for name in file.unsure} & entries
    runs: dict[Name, set[Name]] = {}
    for file in files:
        alone = len(file.entries) + len(file.outer) < 2 and reach.is_closed(file.source)
        for entry in file.entries:
            if (file.source, entry) in entries:
                runs[file.source, entry] = set() if alone else reach.from_((file.source, entry))
        for outer in file.outer if not alone else ():
            reached = reach.from_((file.source, outer))
            if not reached.isdisjoint(unsure):
                runs[file.source, outer] = reached - (entries - unsure)
    inner = {
        name
        for runner, reached in runs.items()
        for name in reached
        if name != runner and not (runner in runs.get(name, ()) and _rank(name) < _rank(runner))
    }
    return runs.keys() - inner - set(_copied(files, runs.keys() - inner, reach))


def _copied(files: Sequence[_File], chosen: Collection[Name], reach: Reach) -> Iterator[Name]:
    """The functions that an entry point calls, though not as Lambda calls, of a module that the build copies beside it:
    wherever the project keeps files of that name, theirs are called so."""
    if not any(file.not_called_as_lambda_does for file in files):
        return
    called = {call for name in chosen for call in reach.copied(name)}
    for file in files:
        for name, positional in file.not_called_as_lambda_does.items():
            if (file.stem, name, positional) in called and (file.source, name) in chosen:
                yield file.source, name


def _awaited(names: Collection[Name], sources: Sequence[Source], reach: Reach) -> Iterator[Name]:
    """The async functions that another module of the project imports and awaits: Lambda would not."""
    for name in names:
        binding = reach.bindings(name[0]).last(name[1])
        if binding is None or not isinstance(binding.node, ast.AsyncFunctionDef):
            continue
        for source in sources:
            if source is name[0] or b"await" not in source.data or name[1].encode() not in source.data:
                continue
            imported = [one.name for one in reach.bindings(source) if one.imported is not None]
            awaited = [one for one in imported if re.search(rf"\bawait\s+{re.escape(one)}\(", source.text)]
            if any(reach.target((source, one)) == name for one in awaited):
                yield name
                break


def _is_first(target: Name, entries: Collection[Name], reach: Reach) -> bool:
    """Whether the handler's name for `target` is the first that shows it to be one."""
    binding = reach.bindings(target[0]).last(target[1])
    if target in entries or binding is None:
        return False
    if isinstance(binding.node, ast.ClassDef):
        return True
    if isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        arguments = binding.node.args
        called = signs.takes_event_and_context(arguments) or signs.may_be_lambdas(arguments)
        return called and not _returns_function(binding.node)
    return binding.value is not None


def _rank(name: Name) -> int:
    """Of functions that run each other, the one with the surest name is the entry point."""
    return signs.EXACT.index(name[1]) if name[1] in signs.EXACT else len(signs.EXACT)


class _File:
    """One file that may hold a handler."""

    def __init__(self, source: Source, reach: Reach, named: dict[str, str], test: bool) -> None:
        self.source = source
        self.bindings = reach.bindings(source)
        self._reach = reach
        self._named = named
        self._made = {
            binding.name
            for binding in self.bindings
            if any(name.endswith(signs.MAKES_DECORATORS) for name in self._decorators(binding))
        }
        self.entries = [] if test else [binding.name for binding in self.bindings if self._is_entry(binding)]
        *folders, last = source.path.split("/")
        self.stem = last.rpartition(".")[0] or last
        if self.stem == "__init__" and folders:
            self.stem = folders[-1]
        #: The entries that do not take two arguments, and how many they take.
        self.not_called_as_lambda_does = {
            name: len(node.args.args)
            for name in self.entries
            if (binding := self.bindings.last(name)) and isinstance(node := binding.node, ast.FunctionDef)
            if len(node.args.args) != 2 and not node.args.vararg and not node.args.defaults
        }
        self.unsure = [name for name in self.entries if name not in signs.EXACT or self._is_async(name)]
        #: Functions called as Lambda calls that are not named like a handler: they may be one and run the others.
        self.outer = [] if test else [binding.name for binding in self.bindings if self._is_outer(binding)]

    @classmethod
    def of(cls, source: Source, workspace: Workspace, reach: Reach, named: Sequence[str]) -> _File | None:
        """None for what cannot hold a handler: the bytes say so first, then the ast."""
        wanted = dict(named_in(source.path, named))
        test = workspace.is_test(source)
        if not wanted and (test or not any(word in source.data for word in _GATE)):
            return None
        return None if source.tree is None else cls(source, reach, wanted, test)

    def functions(self, chosen: Collection[Name]) -> Iterator[Function]:
        """Those of this file that were chosen, and those that are named."""
        for binding in self.bindings:
            name = binding.name
            if name in self._named:
                yield Function(self.source, name, self._named[name], named=True)
            elif (self.source, name) in chosen:
                yield Function(self.source, name, self.stem)

    # -- what is an entry point ----------------------------------------------------------------------------------

    def _is_outer(self, binding: Binding) -> bool:
        return (
            isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef))
            and binding.name not in self.entries
            and signs.takes_event_and_context(binding.node.args)
        )

    def _is_entry(self, binding: Binding) -> bool:
        node = binding.node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return self._is_function(node)
        if isinstance(node, ast.ClassDef):
            return node.name in signs.EXACT and all(self._is_plain_base(base) for base in node.bases)
        if not signs.handler_like(binding.name):
            return False
        if binding.imported is not None:
            return self._is_reexport(binding)
        if binding.name != "lambda_handler" and not self._is_called_as_handlers_are(binding.value):
            if self._handed_on(binding.name) or self._is_object(binding.name):
                return False
        return binding.value is not None and self._is_value(binding.value, binding.name, set())

    def _is_called_as_handlers_are(self, value: ast.expr | None) -> bool:
        """Whether a value is an object of a class of the project's that Lambda can call, by the names of what its
        `__call__` takes: whatever else is done with it, and be it to enter functions in it."""
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Name):
            return False
        method = self._reach.called((self.source, value.func.id))
        return method is not None and signs.takes_event_and_context(signs.bound(method.args))

    def _is_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        if node.name in self._made:
            return False
        if any(self._makes_handler(decorator) for decorator in node.decorator_list):
            return True
        if not signs.handler_like(node.name):
            return False
        called_as_lambda_does = signs.takes_event_and_context(node.args)
        registered = any(signs.registers(decorator) for decorator in node.decorator_list)
        if node.name not in signs.EXACT:
            return called_as_lambda_does and not registered and (isinstance(node, ast.FunctionDef) or self._of_aws())
        if called_as_lambda_does:
            return True
        if _returns_function(node):
            return False
        if node.name != "lambda_handler" and signs.takes_others(node.args):
            return False
        if node.name == "lambda_handler" or signs.reads_event(node):
            return True
        if registered or self._handed_on(node.name) or self._is_called_otherwise(node):
            return False
        if self._for_lambda():
            return True
        if isinstance(node, ast.AsyncFunctionDef) and not self._of_aws() and not signs.mentions_event(node.args):
            return False
        return signs.may_be_lambdas(node.args) and not signs.of_framework(self.bindings.imports)

    def _is_async(self, name: str) -> bool:
        binding = self.bindings.last(name)
        return binding is not None and isinstance(binding.node, ast.AsyncFunctionDef)

    def _makes_handler(self, decorator: ast.expr) -> bool:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = self.bindings.dotted(target)
        last = name.rpartition(".")[2]
        if last in signs.HANDLER_DECORATOR_METHODS or name in self._made:
            return True
        return last in signs.HANDLER_DECORATORS and name.partition(".")[0] in signs.LAMBDA_PACKAGES

    def _decorators(self, binding: Binding) -> Iterator[str]:
        if isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for decorator in binding.node.decorator_list:
                yield self.bindings.dotted(decorator.func if isinstance(decorator, ast.Call) else decorator)

    def _is_plain_base(self, base: ast.expr) -> bool:
        name = self.bindings.dotted(base)
        binding = self.bindings.last(name)
        return name in ("object", "dict", "list", "str") or (
            binding is not None and isinstance(binding.node, ast.ClassDef)
        )

    def _is_reexport(self, binding: Binding) -> bool:
        imported = binding.imported
        if imported is None or imported.attribute is None:
            return False
        if not imported.level and imported.module.partition(".")[0] in _STANDARD | signs.NOT_HANDLERS:
            return False
        if binding.name not in signs.EXACT and imported.attribute not in signs.EXACT:
            return False
        return all(use.name != binding.name for use in uses([self.bindings.tree]))

    def _is_value(self, value: ast.expr, name: str, seen: set[str]) -> bool:
        """Whether what is assigned may be a handler. `lambda_handler` is taken unless the value is plainly something
        else; `handler` if the value is made by the project or an adapter; other names if it is surely one."""
        parts = [value]
        while parts:
            part = parts.pop()
            if isinstance(part, ast.IfExp):
                parts += (part.body, part.orelse)
            elif isinstance(part, ast.BoolOp):
                parts += part.values
            elif self._is_part(part, name, seen):
                return True
        return False

    def _is_part(self, value: ast.expr, name: str, seen: set[str]) -> bool:
        exact = name in signs.EXACT
        if isinstance(value, _NO_HANDLER):
            return False
        if isinstance(value, ast.Lambda):
            return exact or signs.takes_event_and_context(value.args)
        if isinstance(value, ast.Name):
            return self._is_name(value.id, name, seen)
        if not isinstance(value, (ast.Attribute, ast.Call)):
            return name == "lambda_handler"
        if self._is_adapter(value):
            return True
        if self._is_foreign(value):
            return False
        if isinstance(value, ast.Attribute):
            return exact or value.attr in signs.EXACT
        if any(self._is_name(part.id, name, seen) for part in value.args if isinstance(part, ast.Name)):
            return True
        return name == "lambda_handler" or (exact and (self._is_made_here(value.func) or self._for_lambda()))

    def _is_name(self, name: str, assigned: str, seen: set[str]) -> bool:
        bound = self.bindings.every(name)
        if name == assigned:  # `handler = wrap(handler)`: what it was before
            bound = bound[:-1]
        if not bound or name in seen:
            return False
        seen.add(name)
        binding, node = bound[-1], bound[-1].node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return assigned in signs.EXACT or signs.takes_event_and_context(node.args)
        if binding.imported is not None:
            first = binding.imported.module.partition(".")[0]
            foreign = first in _STANDARD or first in signs.NOT_HANDLERS or name.isupper()
            return assigned in signs.EXACT and not foreign
        if binding.value is not None:
            return self._is_value(binding.value, assigned, seen)
        return assigned in signs.EXACT

    def _is_adapter(self, value: ast.expr) -> bool:
        """`Mangum(app)`, `make_lambda_handler(app)`, `sb.lambda_handler()`; `app.lambda_handler` is not called."""
        return isinstance(value, ast.Call) and (
            self.bindings.dotted(value.func).rpartition(".")[2] in signs.ADAPTERS
            or (isinstance(value.func, ast.Attribute) and value.func.attr in signs.ADAPTERS)
        )

    def _is_foreign(self, value: ast.expr) -> bool:
        """Whether the value starts at a package of which no part is a handler: `logging.StreamHandler()`."""
        root = value
        while isinstance(root, (ast.Attribute, ast.Call, ast.Subscript)):
            root = root.func if isinstance(root, ast.Call) else root.value
        if not isinstance(root, ast.Name):
            return not isinstance(root, ast.Lambda)
        binding = self.bindings.last(root.id)
        if binding is None:
            return True  # a builtin, or nothing that is known
        if binding.imported is None or binding.imported.level:
            return False
        return binding.imported.module.partition(".")[0] in (_STANDARD - {"functools"}) | signs.NOT_HANDLERS

    def _is_made_here(self, callee: ast.expr) -> bool:
        """Whether the project makes the value: a function or a callable class of this file, or of a sibling."""
        root = callee
        while isinstance(root, (ast.Attribute, ast.Call)):
            root = root.func if isinstance(root, ast.Call) else root.value
        binding = self.bindings.last(root.id) if isinstance(root, ast.Name) else None
        if binding is None:
            return False
        called = isinstance(callee, ast.Name) and self._reach.makes_callables((self.source, callee.id))
        if called or (isinstance(binding.node, ast.ClassDef) and isinstance(callee, ast.Name)):
            return called
        if binding.imported is None or binding.imported.level > 0 or binding.imported.module == "functools":
            return True
        return isinstance(callee, ast.Name) and self._reach.makes_handlers((self.source, callee.id))

    def _handed_on(self, name: str) -> bool:
        """Whether the file gives the name to somebody as a value, other than to bind it to a handler's name."""
        rest: list[ast.AST] = []
        stack: list[ast.AST] = [self.bindings.tree]
        while stack:
            for child in ast.iter_child_nodes(stack.pop()):
                if isinstance(child, (ast.If, ast.Try, ast.With)):
                    stack.append(child)
                elif not (
                    isinstance(child, ast.Assign)
                    and all(isinstance(target, ast.Name) and signs.handler_like(target.id) for target in child.targets)
                ):
                    rest.append(child)
        return any(use.name == name and use.attribute is None and not use.called for use in uses(rest))

    def _is_called_otherwise(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        """Whether the file calls it itself, and not with two arguments: `if __name__ == "__main__": handler()`. What it
        takes by keyword alone is no matter: a call by hand may add to what Lambda passes."""
        added = {parameter.arg for parameter in function.args.kwonlyargs}
        return any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == function.name
            and len(node.args) + sum(keyword.arg not in added for keyword in node.keywords) != 2
            and not any(isinstance(part, ast.Starred) for part in node.args)
            and all(keyword.arg is not None for keyword in node.keywords)
            for node in ast.walk(self.bindings.tree)
        )

    def _is_object(self, name: str) -> bool:
        """Whether the file works with its attributes: `handler.setFormatter(...)`, `@handler.add(MessageEvent)`."""
        return any(use.name == name and use.attribute is not None for use in uses([self.bindings.tree]))

    def _for_lambda(self) -> bool:
        return signs.for_lambda(self.bindings.imports, self.source.path)

    def _of_aws(self) -> bool:
        aws = {"boto3", "botocore", "aioboto3", "aiobotocore"}
        return self._for_lambda() or not aws.isdisjoint(name.partition(".")[0] for name in self.bindings.imports)


def _returns_function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether it returns a function that it defines: a decorator, or a maker of handlers."""
    inner = {part.name for part in node.body if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef))}
    return any(
        isinstance(part, ast.Return)
        and (isinstance(part.value, ast.Lambda) or (isinstance(part.value, ast.Name) and part.value.id in inner))
        for part in node.body
    )


_NO_HANDLER = (
    ast.Constant, ast.JoinedStr, ast.Dict, ast.List, ast.Tuple, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp,
    ast.GeneratorExp, ast.Compare, ast.BinOp, ast.UnaryOp,
)  # fmt: skip
