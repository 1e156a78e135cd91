"""Runs a generated program in Python and says what happened.

The program is our own, so running it is safe but for its size: each function and each round of a loop counts a
tick, and past the limit the run is dropped. Every run imports the program anew.
"""

from __future__ import annotations

import ast
import copy
import importlib
import importlib.abc
import importlib.machinery
import json
import logging
import sys
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from . import events, outside
from .pictures import Camera, Picture

TICKS = 2000
MAX_CALLS = 60
MAX_RECURSION = 220


class _Over(BaseException):
    """The run is too long to be told."""


@dataclass
class Made:
    """A call of outside code, its arguments as they were then."""

    name: str
    arguments: list[Picture]
    keywords: dict[str, Picture]

    def text(self) -> str:
        parts = [argument.text() for argument in self.arguments]
        parts += [f"{key}={value.text()}" for key, value in self.keywords.items()]
        return f"{self.name}({', '.join(parts)})"


@dataclass
class Happened:
    """One run. `row` is that of the return statement that ended `def handler`, 0 where it fell off the end, None
    where the handler is not such a function. `raised` is the exception that left, with its bases. `given` is the event
    as it came, `changed` says that the program or outside code changed it. `reached`: of the rows that were watched,
    those that were run and raised nothing."""

    seed: int
    event: str
    dropped: str = ""
    init_failed: bool = False
    value: Picture | None = None
    row: int | None = None
    raised: tuple[str, ...] = ()
    message: str = ""
    given: Any = None
    changed: bool = False
    calls: list[Made] = field(default_factory=list)
    reached: set[tuple[str, int]] = field(default_factory=set)

    def text(self) -> str:
        """What happened, in a line or two."""
        made = "".join(f"\n  called {call.text()}" for call in self.calls)
        if self.raised:
            return f"raised {self.raised[0]}: {self.message}{made}"
        where = "" if self.row is None else " by falling off the end" if self.row == 0 else f" from row {self.row}"
        return f"returned {self.value.text() if self.value else None}{where}{made}"


class _Instrument(ast.NodeTransformer):
    """Ticks in functions and loops; notes on the returns of `handler`."""

    def __init__(self) -> None:
        self.in_handler = False

    def _tick(self, body: list[ast.stmt]) -> list[ast.stmt]:
        tick = ast.parse("__tick__()").body[0]
        for node in ast.walk(tick):
            if hasattr(node, "lineno"):
                ast.copy_location(node, body[0])
        documented = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
        return [body[0], tick, *body[1:]] if documented else [tick, *body]

    def _loop(self, node: Any) -> Any:
        self.generic_visit(node)
        node.body = self._tick(node.body)
        return node

    visit_For = visit_While = visit_AsyncFor = _loop

    def _function(self, node: Any) -> Any:
        outer, self.in_handler = self.in_handler, False
        self.generic_visit(node)
        self.in_handler = outer
        node.body = self._tick(node.body)
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = _function

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        outer, self.in_handler = self.in_handler, False
        self.generic_visit(node)
        self.in_handler = outer
        return node

    def visit_Return(self, node: ast.Return) -> Any:
        if self.in_handler:
            value = node.value or ast.Constant(None)
            node.value = ast.Call(ast.Name("__note__", ast.Load()), [ast.Constant(node.lineno), value], [])
        return node

    def handler(self, node: ast.FunctionDef) -> None:
        """Instrument the module's handler, in place."""
        self.in_handler = True
        node.body = [self.visit(statement) for statement in node.body]
        node.body = self._tick(node.body)
        node.body.append(ast.parse("__note__(0, None)").body[0])


def instrument(text: str, name: str, is_app: bool) -> types.CodeType:
    """The program's module, ready to run."""
    tree = ast.parse(text, name)
    worker = _Instrument()
    body: list[ast.stmt] = []
    for statement in tree.body:
        plain = isinstance(statement, ast.FunctionDef) and statement.name == "handler" and not _yields(statement)
        if is_app and plain:
            assert isinstance(statement, ast.FunctionDef)
            worker.handler(statement)
            body.append(statement)
        else:
            body.append(worker.visit(statement))
    tree.body = body
    return compile(ast.fix_missing_locations(tree), name, "exec", dont_inherit=True)


def _yields(function: ast.FunctionDef) -> bool:
    stack: list[ast.AST] = list(function.body)
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            stack += ast.iter_child_nodes(node)
    return False


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, codes: dict[str, types.CodeType], packages: set[str], extras: dict[str, Any]) -> None:
        self.codes, self.packages, self.extras = codes, packages, extras

    def find_spec(self, name: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name in self.codes:
            return importlib.machinery.ModuleSpec(name, self, is_package=name in self.packages)
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        module.__dict__.update(self.extras)
        exec(self.codes[module.__name__], module.__dict__)


class Program:
    """A program ready to run: `files` are texts by path (`app.py`, `parts/__init__.py`)."""

    def __init__(self, files: dict[str, str]) -> None:
        self.files = files
        self.packages = {module_name(path) for path in files if path.endswith("__init__.py")}
        self.codes = {module_name(path): instrument(text, path, path == "app.py") for path, text in files.items()}

    def run(self, seed: int, watched: frozenset[tuple[str, int]] = frozenset()) -> Happened:
        """Import the program and call its handler with an event; what outside code does follows from the seed too.
        `watched`: rows of files, of which is noted whether they were reached."""
        rng = Random(seed)
        given = events.event(rng)
        happened = Happened(seed, repr(given), given=copy.deepcopy(given))
        foreign: dict[int, object] = {}
        camera = Camera(frozenset(self.codes), foreign)

        def keep(value: Any) -> None:
            for part in _leaves(value):
                if isinstance(part, (dict, list, float)) or (isinstance(part, str) and len(part) > 1):
                    foreign[id(part)] = part

        ticks = [TICKS]

        def tick() -> None:
            ticks[0] -= 1
            if ticks[0] < 0 or _grown(sys._getframe(1)):
                happened.dropped = "too long"
                raise _Over

        def note(row: int, value: Any) -> Any:
            happened.row = row
            return value

        def log(name: str, args: tuple[Any, ...], keywords: dict[str, Any]) -> None:
            if len(happened.calls) >= MAX_CALLS:
                happened.dropped = "too many calls"
                raise _Over
            pictures = {key: camera.shoot(value) for key, value in keywords.items()}
            happened.calls.append(Made(name, [camera.shoot(value) for value in args], pictures))

        keep(given)
        stub = outside.build(rng, log, keep)
        extras = {"__tick__": tick, "__note__": note}
        with _imports(self, extras, stub, log):
            try:
                app = importlib.import_module("app")
                handler = app.handler
            except Exception as error:
                happened.init_failed = True
                happened.message = f"{type(error).__name__}: {error}"
                return happened
            except _Over:
                return happened
            happened.calls, at_init = [], happened.calls
            before = sys.gettrace()
            try:
                if watched:
                    sys.settrace(_tracer(watched, happened.reached))
                value = handler(given, Context())
                sys.settrace(before)
                happened.value = camera.shoot(value)
                if isinstance(value, types.CoroutineType):
                    value.close()
            except (RecursionError, MemoryError):
                happened.dropped = "too deep"
            except _Over:
                happened.dropped = happened.dropped or "too long"
            except Exception as error:
                happened.raised = tuple(
                    dict.fromkeys(
                        name
                        for cls in type(error).__mro__[:-1]
                        for name in (_full(cls), cls.__name__, cls.__qualname__)
                    )
                )
                happened.message = str(error)
            except SystemExit:
                happened.raised = ("SystemExit",)
            finally:
                sys.settrace(before)
            happened.calls = at_init + happened.calls
            happened.changed = happened.given != given
        return happened


def _tracer(watched: frozenset[tuple[str, int]], reached: set[tuple[str, int]]) -> Callable[..., Any]:
    def trace(frame: types.FrameType, event: str, _: object) -> Any:
        at = (frame.f_code.co_filename, frame.f_lineno)
        if event == "line" and at in watched:
            reached.add(at)
        elif event == "exception":
            reached.discard(at)
        return trace

    return trace


def _grown(frame: types.FrameType) -> bool:
    """Does a variable hold more than a program of ours has any need of? It may be doubled in a loop."""
    return any(_large(value, 2) for scope in (frame.f_locals, frame.f_globals) for value in list(scope.values()))


def _large(value: object, depth: int) -> bool:
    if isinstance(value, int):
        return abs(value) > 1 << 2000
    if isinstance(value, (str, bytes, list, dict, set, tuple)):
        if len(value) > 2000:
            return True
        if depth and isinstance(value, (list, tuple)):
            return any(_large(part, depth - 1) for part in value[:50])
        if depth and type(value) is dict:
            return any(_large(part, depth - 1) for part in list(value.values())[:50])
        return False
    own = getattr(value, "__dict__", None) if depth and not isinstance(value, (type, types.ModuleType)) else None
    return type(own) is dict and any(_large(part, depth - 1) for part in list(own.values())[:20])


def _full(cls: type) -> str:
    return cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"


class Context:
    """Lambda's context, as far as programs read it."""

    function_name = "demo"
    function_version = "$LATEST"
    aws_request_id = "4c2d"
    memory_limit_in_mb = "128"
    invoked_function_arn = "arn:aws:lambda:eu-west-1:1:function:demo"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds left."""
        return 2500


Context.__module__, Context.__qualname__ = "awslambdaric", "LambdaContext"  # as the interpreter names it


def module_name(path: str) -> str:
    """`parts/__init__.py` -> `parts`, `parts/one.py` -> `parts.one`."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _leaves(value: Any) -> Iterator[Any]:
    stack = [value]
    while stack:
        part = stack.pop()
        yield part
        if isinstance(part, dict):
            stack += part.values()
        elif isinstance(part, (list, tuple)):
            stack += part


@contextmanager
def _imports(program: Program, extras: dict[str, Any], stub: types.ModuleType, log: Any) -> Iterator[None]:
    """The program's modules and `outside` importable, print and json.dumps watched; all of it undone afterwards."""
    finder = _Finder(program.codes, program.packages, extras)
    dumps, limit = json.dumps, sys.getrecursionlimit()

    def watched(*args: Any, **keywords: Any) -> str:
        log("json.dumps", args, keywords)
        return dumps(*args, **keywords)

    def printed(*args: Any, **keywords: Any) -> None:
        log("builtins.print", args, keywords)

    extras["print"] = printed
    sys.meta_path.insert(0, finder)
    sys.modules["outside"] = stub
    json.dumps = watched  # type: ignore[assignment]
    unraisable, sys.unraisablehook = sys.unraisablehook, lambda _: None  # what a dropped generator does on its way out
    sys.setrecursionlimit(_depth() + MAX_RECURSION)
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        sys.setrecursionlimit(limit)
        sys.unraisablehook = unraisable
        json.dumps = dumps
        sys.meta_path.remove(finder)
        for name in ["outside", *program.codes]:
            sys.modules.pop(name, None)


def _depth() -> int:
    frame, depth = sys._getframe(), 0
    while frame is not None:
        frame, depth = frame.f_back, depth + 1  # type: ignore[assignment]
    return depth
