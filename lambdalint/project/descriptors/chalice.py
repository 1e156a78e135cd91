"""Chalice: `.chalice/config.json` has the settings, and the decorators in app.py are the functions and their events.

Where a script makes the settings, app.py stands beside what else only a project of Chalice has.

https://aws.github.io/chalice/topics/configfile and its own source (chalice/app.py, chalice/deploy/packager.py). The
code is parsed, and never imported.
checked = 2026-11-24
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lambdalint.project.deployment import Code, Deployment, Event, Fact
from lambdalint.project.descriptors.listing import files_below
from lambdalint.project.descriptors.reader import Files, Reader
from lambdalint.project.descriptors.tree import Node, read_tree
from lambdalint.source import Source
from lambdalint.text import Text

NAME = "Chalice"

#: What each decorator makes of the function below it: the kind of its event, and how many records come at once.
_EVENTS: dict[str, tuple[str, int | None]] = {
    "schedule": ("schedule", None),
    "on_s3_event": ("s3", None),
    "on_sns_message": ("sns", None),
    "on_sqs_message": ("sqs", 1),
    "on_cw_event": ("eventbridge", None),
    "on_kinesis_record": ("kinesis", 100),
    "on_dynamodb_record": ("dynamodb", 100),
    "on_ws_connect": ("websocket", None),
    "on_ws_message": ("websocket", None),
    "on_ws_disconnect": ("websocket", None),
    "authorizer": ("rest-authorizer", None),
}
#: Where a stage says nothing (the table of the settings in the documentation).
_DEFAULT_TIMEOUT = 60
_DEFAULT_MEMORY = 128
#: More modules than this are not looked through for blueprints.
_MAX_MODULES = 200
_FOLDER = ".chalice"
#: What only a project of Chalice has.
_OF_PROJECT = frozenset({_FOLDER, "chalicelib"})
_MAKES_APP = re.compile(rb"^\w+\s*(?::[^=\n]*)?=\s*(?:chalice\.)?\w*Chalice\(", re.MULTILINE)
_IMPORTS_APP = re.compile(rb"^(?:from\s+app\s+import|import\s+(?:.*,\s*)?app)\b", re.MULTILINE)


def fits(name: str, data: bytes) -> bool:
    """A `config.json` with an app's name, or an app.py that makes one: the reader looks for the folder that it must
    stand in, and for what stands beside it."""
    if name == "app.py":
        return _MAKES_APP.search(data) is not None
    return name == "config.json" and b'"app_name"' in data


def read(path: str, files: Files) -> Iterable[Deployment]:
    """The functions of the app whose settings are at `path` (absolute), for each stage that differs; of an app.py, its
    functions, where no settings are there.

    Raises:
        Unreadable: the settings are no JSON.
    """
    folder = os.path.dirname(path)
    if os.path.basename(path) == "app.py":
        if _OF_PROJECT.isdisjoint(files.names(folder)) or "config.json" in files.names(os.path.join(folder, _FOLDER)):
            return
        text: Text | None = Text(path, b"{}")
        project = folder
    else:
        text, project = files.text(path), os.path.dirname(folder)
        if os.path.basename(folder) != _FOLDER:
            return
    app = files.text(os.path.join(project, "app.py"))
    if text is None or app is None:
        return
    config = read_tree(text)
    functions = list(_functions(project, app, files))
    code = _code(project, files)
    given: set[tuple[object, ...]] = set()
    for stage in [node for _, node in (config.get("stages") or config).items()] or [config]:
        for function in functions:
            deployment = _deployment(function, config, stage, code)
            if project == folder:  # what its settings are nobody wrote down
                deployment = replace(deployment, timeout=None, memory=None)
            facts = [(name, fact.value) for name, fact in sorted(deployment.variables.items())]
            key = (deployment.name, *facts, deployment.timeout and deployment.timeout.value)
            if key not in given:
                given.add(key)
                yield deployment


READER = Reader(NAME, fits, read)


@dataclass(slots=True)
class _Function:
    """A function that Chalice deploys. `plain`: it is called as it is written, with an event and a context."""

    name: str
    handler: Fact[str]
    events: list[Event] = field(default_factory=list)
    plain: bool = False


def _deployment(function: _Function, config: Node, stage: Node, code: Code) -> Deployment:
    """A function with the settings of a stage, which may have some for it alone. Variables and layers may be added by
    `chalice package --merge-template` and by the CDK construct: what is written here need not be all."""
    own = stage.get("lambda_functions", function.name)
    variables: dict[str, Fact[str | None]] = {}
    for section in [config, stage, own]:
        written = section.get("environment_variables") if section is not None else None
        for name, node in written.items() if written is not None else ():
            variables[name] = Fact(node.text, node.place)
    sections: list[Node | None] = [own, stage, config.get("lambda_functions", function.name), config]
    place = function.handler.place
    return Deployment(
        name=function.name,
        descriptor=NAME,
        place=place,
        handler=function.handler,
        code=code,
        timeout=_number(sections, "lambda_timeout") or Fact(_DEFAULT_TIMEOUT, place),
        memory=_number(sections, "lambda_memory_size") or Fact(_DEFAULT_MEMORY, place),
        variables=variables,
        events=tuple(function.events),
        answers_itself=not function.plain,
        python=True,
    )


def _number(sections: list[Node | None], name: str) -> Fact[int] | None:
    for section in sections:
        node = section.get(name) if section is not None else None
        if node is not None and isinstance(node.value, int) and not isinstance(node.value, bool):
            return Fact(node.value, node.place)
    return None


def _code(project: str, files: Files) -> Code:
    """app.py, chalicelib and what requirements.txt installs; Chalice itself, which is always packaged, stands there as
    a rule. What is in `vendor` goes to the top."""
    names = files.names(project)
    held = {"app.py"}
    inside = files_below(files, os.path.join(project, "chalicelib")) if "chalicelib" in names else []
    held.update(f"chalicelib/{name}" for name in inside or ())
    required = os.path.join(project, "requirements.txt")
    text = files.text(required)
    return Code(
        folder=project,
        files=frozenset(held),
        requirements=(required,) if text is not None else (),
        known=(
            "vendor" not in names
            and inside is not None
            and text is not None
            and re.search(r"^chalice\b", text.text, re.MULTILINE | re.IGNORECASE) is not None
        ),
    )


def _functions(project: str, app: Text, files: Files) -> Iterator[_Function]:
    """What app.py deploys: the app itself where it has routes, and a function for each other decorator, in the
    blueprints too. Routes of the app may stand in any module that imports it; of the other functions there Chalice
    names the handler as if they stood in app.py, so they are left alone."""
    source = Source(app.path, app.data)
    found = _Decorated(source, "app")
    found.look("Chalice")
    routes, others = found.routes, found.functions
    for module, text in _library(project, files):
        inner = Source(text.path, text.data)
        if b"register_blueprint" in app.data and b"Blueprint" in text.data:
            own = _Decorated(inner, module)
            own.look("Blueprint")
            routes += own.routes
            others += own.functions
        if b".route" in text.data and _IMPORTS_APP.search(text.data):
            above = _Decorated(inner, "app")
            above.look_above(found.apps)
            routes += above.routes
    if routes and found.apps:
        name, node = next(iter(found.apps.items()))
        yield _Function("api_handler", Fact(f"app.{name}", source.place(node)), routes)
    yield from others


def _library(project: str, files: Files) -> Iterator[tuple[str, Text]]:
    """The modules of chalicelib, each by its name."""
    for name in (files_below(files, os.path.join(project, "chalicelib")) or ())[:_MAX_MODULES]:
        text = files.text(os.path.join(project, "chalicelib", name)) if name.endswith(".py") else None
        if text is not None:
            yield f"chalicelib/{name.removesuffix('.py').removesuffix('/__init__')}".replace("/", "."), text


class _Decorated:
    """The decorators of one module."""

    def __init__(self, source: Source, module: str) -> None:
        self._source, self._module = source, module
        self._dotted: set[str] = set()  # what the app is called where its module is imported: `app.app`
        self.apps: dict[str, ast.AST] = {}
        self.routes: list[Event] = []
        self.functions: list[_Function] = []

    def look(self, kind: str) -> None:
        """Find the names bound to `Chalice(...)` or `Blueprint(...)` and what they decorate. Chalice deploys the `app`
        of app.py, which may be made by a class of the project's own."""
        tree = self._source.tree
        for node in tree.body if tree is not None else ():
            targets = node.targets if isinstance(node, ast.Assign) else []
            targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
            value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
            names = [target.id for target in targets if isinstance(target, ast.Name)]
            own = kind == "Chalice" and "app" in names
            if isinstance(value, ast.Call) and (own or _last(value.func) == kind):
                self.apps.update(dict.fromkeys(names, node))
        self._decorators()

    def look_above(self, apps: Collection[str]) -> None:
        """Find the names by which a module knows the `apps` of app.py, which it imports, and what they decorate."""
        tree = self._source.tree
        for node in tree.body if tree is not None else ():
            if isinstance(node, ast.Import):
                modules = [alias.asname or alias.name for alias in node.names if alias.name == "app"]
                self._dotted.update(f"{module}.{name}" for module in modules for name in apps)
            elif isinstance(node, ast.ImportFrom) and node.module == "app" and not node.level:
                names = [alias.asname or alias.name for alias in node.names if alias.name in apps]
                self.apps.update(dict.fromkeys(names, node))
            elif isinstance(node, ast.Assign) and self._is_app(node.value):
                names = [target.id for target in node.targets if isinstance(target, ast.Name)]
                self.apps.update(dict.fromkeys(names, node))
        self._decorators()

    def _is_app(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return f"{node.value.id}.{node.attr}" in self._dotted
        return isinstance(node, ast.Name) and node.id in self.apps

    def _decorators(self) -> None:
        tree = self._source.tree
        for node in tree.body if tree is not None else ():
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for decorator in node.decorator_list:
                    self._decorated(node, decorator)

    def _decorated(self, function: ast.FunctionDef | ast.AsyncFunctionDef, decorator: ast.expr) -> None:
        if not isinstance(decorator, ast.Call) or not isinstance(decorator.func, ast.Attribute):
            return
        kind = decorator.func.attr
        if not self._is_app(decorator.func.value):
            return
        place = self._source.place(decorator)
        given = {keyword.arg: keyword.value for keyword in decorator.keywords}
        if kind == "route":
            path = _constant(decorator.args[0] if decorator.args else given.get("path"))
            methods = given.get("methods")
            listed = methods.elts if isinstance(methods, (ast.List, ast.Tuple)) else [ast.Constant("GET")]
            for method in listed if methods is None or isinstance(methods, (ast.List, ast.Tuple)) else []:
                settings = {"method": Fact(_constant(method), place), "path": Fact(path, place)}
                known = {name: fact for name, fact in settings.items() if isinstance(fact.value, str)}
                self.routes.append(Event("rest-api", place, function.name, known))
            return
        if kind != "lambda_function" and kind not in _EVENTS:
            return
        name = _constant(given.get("name"))
        deployed = _Function(
            name if isinstance(name, str) else function.name,
            Fact(f"{self._module}.{function.name}", self._source.place(function)),
            plain=kind == "lambda_function",
        )
        if kind in _EVENTS:
            deployed.events.append(Event(_EVENTS[kind][0], place, settings=self._settings(kind, given, decorator)))
        self.functions.append(deployed)

    def _settings(self, kind: str, given: dict[str | None, ast.expr], decorator: ast.Call) -> dict[str, Fact[Any]]:
        place = self._source.place(decorator)
        size = _EVENTS[kind][1]
        if kind == "authorizer":
            return {"authorizer_type": Fact("TOKEN", place)}
        if size is None:
            return {}
        written = _constant(given["batch_size"]) if "batch_size" in given else size
        # Chalice has no setting for partial answers, and sets none
        settings: dict[str, Fact[Any]] = {"response_types": Fact([], place)}
        if isinstance(written, int):
            settings["batch_size"] = Fact(written, place)
        return settings


def _last(node: ast.expr) -> str | None:
    """The last part of a dotted name."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None


def _constant(node: ast.expr | None) -> object:
    return node.value if isinstance(node, ast.Constant) else None
