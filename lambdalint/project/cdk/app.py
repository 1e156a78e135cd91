"""The functions that a Python app's source writes, where what it writes is plain.

https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_lambda.html and the modules beside it. The app is parsed and
never run: a value that only running it would tell is left open.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from typing import Any

from lambdalint.project.cdk.scopes import Module, Scope, arguments, keyword
from lambdalint.project.deployment import Code, Deployment, Event, Fact
from lambdalint.project.listing import files_below
from lambdalint.project.reader import Files
from lambdalint.source import Source

_FUNCTION = re.compile(r"aws_cdk\.aws_lambda\.(?:Function|SingletonFunction)")
_PYTHON = re.compile(r"aws_cdk\.aws_lambda_python(?:_alpha)?\.PythonFunction")
_RUNTIME = re.compile(r"aws_cdk\.aws_lambda\.Runtime\.PYTHON_(\d)_(\d+)")
_FROM_FOLDER = re.compile(r"aws_cdk\.aws_lambda\.(?:(?:Code|AssetCode)\.(?:from_asset|asset)|AssetCode)")
_SECONDS = {"seconds": 1, "minutes": 60}
_MAX_MODULES = 300
_SKIPPED = frozenset({"cdk.out", "node_modules", ".venv", "venv", "tests", "test", "build", "dist", "site-packages"})

#: Constructs that are given the function, and what they make of it.
_EVENTS = {
    "aws_apigateway.LambdaRestApi": "rest-api",
    "aws_apigateway.LambdaIntegration": "rest-api",
    "aws_apigateway.TokenAuthorizer": "rest-authorizer",
    "aws_apigateway.RequestAuthorizer": "rest-authorizer",
    "aws_sns_subscriptions.LambdaSubscription": "sns",
    "aws_s3_notifications.LambdaDestination": "s3",
    "aws_logs_destinations.LambdaDestination": "cloudwatch-logs",
    "aws_elasticloadbalancingv2_targets.LambdaTarget": "alb",
    "aws_stepfunctions_tasks.LambdaInvoke": "step-functions",
    "aws_scheduler_targets.LambdaInvoke": "schedule",
    "aws_apigatewayv2_integrations.HttpLambdaIntegration": "http-api",
    "aws_apigatewayv2_integrations_alpha.HttpLambdaIntegration": "http-api",
    "aws_apigatewayv2_integrations.WebSocketLambdaIntegration": "websocket",
    "aws_apigatewayv2_integrations_alpha.WebSocketLambdaIntegration": "websocket",
    "aws_apigatewayv2_authorizers.HttpLambdaAuthorizer": "http-authorizer",
    "aws_apigatewayv2_authorizers.WebSocketLambdaAuthorizer": "websocket-authorizer",
}
#: What `add_event_source` is given, and whether it says what failed.
_SOURCES = {
    "SqsEventSource": ("sqs", True),
    "DynamoEventSource": ("dynamodb", True),
    "KinesisEventSource": ("kinesis", True),
    "ManagedKafkaEventSource": ("kafka", False),
    "SelfManagedKafkaEventSource": ("kafka", False),
    "S3EventSource": ("s3", False),
    "S3EventSourceV2": ("s3", False),
    "SnsEventSource": ("sns", False),
}


def written(folder: str, files: Files) -> Iterator[Deployment]:
    """The functions that the modules of an app in `folder` make."""
    paths = [path for path in sorted(files_below(files, folder) or ()) if path.endswith(".py")]
    for path in [path for path in paths if _SKIPPED.isdisjoint(path.split("/"))][:_MAX_MODULES]:
        text = files.text(os.path.join(folder, path))
        if text is None or b"aws_cdk" not in text.data or b"ambda" not in text.data:
            continue
        source = Source(text.path, text.data)
        if source.tree is not None:
            yield from _App(Module(source.tree, os.path.join(folder, path)), source, folder, files).deployments()


class _App:
    """Reads one module. `folder`: where the app runs, which its paths are relative to."""

    def __init__(self, module: Module, source: Source, folder: str, files: Files) -> None:
        self._module, self._source = module, source
        self._folder, self._files = folder, files

    def deployments(self) -> Iterator[Deployment]:
        """The functions of the module, in its order."""
        events = self._events()
        for call, scope in self._module.calls:
            name = self._module.dotted(call.func) or ""
            by_entry = _PYTHON.fullmatch(name) is not None
            if not by_entry and _FUNCTION.fullmatch(name) is None:
                continue
            if any(one.arg is None for one in call.keywords):  # `**settings` may hold anything
                continue
            handler, code = self._entry(call, scope) if by_entry else self._plain(call, scope)
            yield Deployment(
                name=self._name(call, scope),
                descriptor="CDK",
                place=self._source.place(call.func),
                handler=handler,
                code=code,
                runtime=self._runtime(call, scope),
                timeout=self._timeout(call),
                memory=self._number(keyword(call, "memory_size")),
                variables=self._variables(call, scope),
                events=tuple(events.get(call, ())),
            )

    def _name(self, call: ast.Call, scope: Scope) -> str:
        given = call.args[1] if len(call.args) > 1 else keyword(call, "id")
        return self._module.text(given, scope) or "Function"

    def _text(self, node: ast.expr | None, scope: Scope) -> Fact[str] | None:
        value = self._module.text(node, scope)
        return Fact(value, self._source.place(node)) if value is not None else None

    def _plain(self, call: ast.Call, scope: Scope) -> tuple[Fact[str] | None, Code]:
        handler, written = keyword(call, "handler"), keyword(call, "code")
        made = self._module.made(written, scope)
        if made is None:
            return self._text(handler, scope), Code()
        path = made.args[0] if made.args else keyword(made, "path")
        if _FROM_FOLDER.fullmatch(self._module.dotted(made.func) or "") is None:
            return self._text(handler, scope), Code(place=self._source.place(made))
        return self._text(handler, scope), self._at(path, made, scope)

    def _entry(self, call: ast.Call, scope: Scope) -> tuple[Fact[str] | None, Code]:
        """A PythonFunction names a folder, a file in it (index.py) and a function of that (handler)."""
        entry, index, handler = (keyword(call, name) for name in ("entry", "index", "handler"))
        file = self._module.text(index, scope) if index is not None else "index.py"
        function = self._module.text(handler, scope) if handler is not None else "handler"
        code = self._at(entry, call, scope)
        if file is None or function is None:
            return None, code
        place = self._source.place(handler or index or call.func)
        return Fact(f"{file.removesuffix('.py').replace('/', '.')}.{function}", place), code

    def _at(self, path: ast.expr | None, call: ast.Call, scope: Scope) -> Code:
        """The code of a folder of the project. What a build before `cdk synth` puts into it is not seen."""
        text = self._module.text(path, scope)
        if text is None:
            return Code(place=self._source.place(path if path is not None else call))
        folder = os.path.normpath(os.path.join(self._folder, text))
        place = self._source.place(path)
        return Code(folder, place) if self._files.names(folder) else Code(place=place)

    def _runtime(self, call: ast.Call, scope: Scope) -> Fact[str] | None:
        node = keyword(call, "runtime")
        value = scope.find(node.id) if isinstance(node, ast.Name) else node
        match = _RUNTIME.fullmatch(self._module.dotted(value) or "") if value is not None else None
        return Fact(f"python{match[1]}.{match[2]}", self._source.place(value)) if match else None

    def _timeout(self, call: ast.Call) -> Fact[int] | None:
        node = keyword(call, "timeout")
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or len(node.args) != 1:
            return None
        number = self._number(node.args[0])
        unit = _SECONDS.get(node.func.attr)
        known = unit is not None and self._module.dotted(node.func.value) == "aws_cdk.Duration"
        return Fact(number.value * unit, number.place) if known and number is not None and unit is not None else None

    def _number(self, node: ast.expr | None) -> Fact[int] | None:
        if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
            return Fact(node.value, self._source.place(node))
        return None

    def _variables(self, call: ast.Call, scope: Scope) -> dict[str, Fact[str | None]]:
        node = keyword(call, "environment")
        if isinstance(node, ast.Name):
            node = scope.find(node.id)
        found: dict[str, Fact[str | None]] = {}
        for key, value in zip(node.keys, node.values) if isinstance(node, ast.Dict) else ():
            name = self._module.text(key, scope)
            if name is not None:
                found[name] = Fact(self._module.text(value, scope), self._source.place(value))
        return found

    def _events(self) -> dict[ast.Call, list[Event]]:
        """What calls the functions, by the calls that make them."""
        found: dict[ast.Call, list[Event]] = {}
        for call, scope in self._module.calls:
            if isinstance(call.func, ast.Attribute) and call.func.attr in ("add_event_source", "add_function_url"):
                owner = self._module.made(call.func.value, scope)
                event = self._of_source(call, scope)
                if owner is not None and event is not None:
                    found.setdefault(owner, []).append(event)
                continue
            kind = _EVENTS.get((self._module.dotted(call.func) or "").removeprefix("aws_cdk."))
            if kind is None:
                continue
            given = [self._module.made(one, scope) for one in arguments(call)]
            for owner in dict.fromkeys(one for one in given if one is not None):
                event = self._of_construct(kind, call)
                if event is not None:
                    found.setdefault(owner, []).append(event)
        return found

    def _of_source(self, call: ast.Call, scope: Scope) -> Event | None:
        place = self._source.place(call)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "add_function_url":
            return Event("function-url", place)
        made = self._module.made(call.args[0], scope) if call.args else None
        name = self._module.dotted(made.func) if made is not None else None
        kind, partial = _SOURCES.get((name or "").rpartition(".")[2], ("", False))
        if made is None or not kind or not (name or "").startswith("aws_cdk.aws_lambda_event_sources."):
            return None
        settings: dict[str, Fact[Any]] = {}
        size = self._number(keyword(made, "batch_size"))
        if size is not None:
            settings["batch_size"] = size
        asked = keyword(made, "report_batch_item_failures")
        if partial and all(one.arg is not None for one in made.keywords):
            if asked is None:
                settings["response_types"] = Fact([], self._source.place(made))
            elif isinstance(asked, ast.Constant) and isinstance(asked.value, bool):
                types = ["ReportBatchItemFailures"] if asked.value else []
                settings["response_types"] = Fact(types, self._source.place(asked))
        return Event(kind, self._source.place(made), settings=settings)

    def _of_construct(self, kind: str, call: ast.Call) -> Event | None:
        place = self._source.place(call)
        name = (self._module.dotted(call.func) or "").rpartition(".")[2]
        settings: dict[str, Fact[Any]] = {}
        if any(one.arg is None for one in call.keywords):
            return None
        if name == "LambdaIntegration":
            proxy = keyword(call, "proxy")
            if not isinstance(proxy, (ast.Constant, type(None))):
                return None
            kind = "rest-api-custom" if proxy is not None and proxy.value is False else kind
        elif name == "LambdaRestApi" and keyword(call, "integration_options") is not None:
            return None
        elif kind == "rest-authorizer":
            settings["authorizer_type"] = Fact("TOKEN" if name == "TokenAuthorizer" else "REQUEST", place)
        elif name == "HttpLambdaIntegration" and keyword(call, "payload_format_version") is None:
            settings["payload_format"] = Fact("2.0", place)
        return Event(kind, place, settings=settings)
