"""What tells a Lambda handler from the other things that people call handlers: names, parameters, imports.

Drawn from reading: the handlers of aws-samples/serverless-patterns, serverless/examples and Powertools, and what
else on GitHub is called `handler` (aiohttp, websockets, Telegram bots, signals, sockets, RunPod, Azure).
"""

from __future__ import annotations

import ast

#: Names that mean a Lambda handler whatever the parameters.
EXACT = ("lambda_handler", "handler")

#: Powertools' decorators for a handler, and those of the durable functions SDK; the last part of their full names.
HANDLER_DECORATORS = frozenset({
    "event_source", "event_parser", "validator", "idempotent", "durable_execution",
    "batch_processor", "async_batch_processor", "sqs_batch_processor",
})  # fmt: skip
#: Methods of Powertools' Logger, Tracer and Metrics, which are called through an instance; no other library has them.
HANDLER_DECORATOR_METHODS = frozenset({"inject_lambda_context", "capture_lambda_handler", "log_metrics"})
#: A function under it is a decorator for handlers.
MAKES_DECORATORS = "lambda_handler_decorator"

#: Decorators that only watch a function: they hand it to nobody.
_WATCHING = frozenset({"capture", "capture_async", "capture_method", "catch", "trace", "timeit"})

#: What answers for a whole application when it is called with an event and a context, or makes such a thing.
ADAPTERS = frozenset({
    "Mangum", "Chalice", "make_lambda_handler", "make_handler", "create_lambda_handler", "lambda_handler",
    "CfnResource", "LambdaHandler", "SlackRequestHandler",
})  # fmt: skip

#: Packages that only code for Lambda imports.
LAMBDA_PACKAGES = frozenset({
    "aws_lambda_powertools", "aws_lambda_typing", "aws_lambda_context", "aws_durable_execution_sdk_python",
    "aws_xray_sdk", "mangum", "awsgi", "apig_wsgi", "serverless_wsgi", "chalice", "crhelper", "cfnresponse",
    "ask_sdk_core", "datadog_lambda", "lumigo_tracer", "awslambdaric", "lambda_decorators",
})  # fmt: skip

#: Packages that call handlers of their own, as they are imported.
_FRAMEWORKS = (
    "aiogram", "aiohttp.web", "aio_pika", "azure.functions", "bottle", "click", "confluent_kafka", "discord", "django",
    "falcon", "fastapi", "fdk", "flask", "functions_framework", "http.server", "nats", "paho", "pika", "pyrogram",
    "pytest", "quart", "runpod", "sanic", "signal", "slack_bolt", "socketio", "socketserver", "starlette", "telebot",
    "telegram", "telethon", "tkinter", "tornado", "twisted", "websockets", "xml.sax",
)  # fmt: skip

#: Packages of which no call makes a handler: they describe infrastructure, or talk to AWS.
NOT_HANDLERS = frozenset({"aws_cdk", "boto3", "botocore", "pulumi", "pulumi_aws", "troposphere", "constructs"})

#: First parameters of other protocols' handlers.
_PROTOCOL = frozenset({
    "bot", "channel", "client", "conn", "connection", "environ", "err", "error", "exc", "exception", "frame", "job",
    "message", "msg", "query", "reader", "req", "request", "scope", "sender", "sig", "signal", "signal_number",
    "signal_received", "signo", "signum", "sock", "socket", "update", "websocket", "writer", "ws",
})  # fmt: skip

#: Annotations that leave a value what JSON makes of it; those in lower case do.
_OF_JSON = frozenset({"Any", "Dict", "Event", "JSON", "List", "Mapping", "MutableMapping", "Optional", "Union"})

_EVENT = frozenset({"event", "evt", "ev", "evnt", "events"})
_CONTEXT = frozenset({"context", "ctx", "cxt", "cntx", "contxt", "conext", "contexto"})
#: Names that go with a surely named other one: `def api_handler(_, context)`, `def hello_handler(event, _)`.
_EVENT_BESIDE_CONTEXT = frozenset({"", "e", "data", "payload", "request", "req", "input", "body", "params", "obj"})
_CONTEXT_BESIDE_EVENT = frozenset({"", "c", "unused"})


def handler_like(name: str) -> bool:
    """`lambda_handler`, `api_handler`, `putItemHandler`, `lambda_handler_two`."""
    return name in EXACT or name.endswith(("_handler", "Handler")) or name.startswith("lambda_handler")


def positional(arguments: ast.arguments) -> list[ast.arg]:
    return [*arguments.posonlyargs, *arguments.args]


def takes_two(arguments: ast.arguments) -> bool:
    """Whether it can be called with exactly two positional arguments."""
    given = len(positional(arguments))
    return (
        given - len(arguments.defaults) <= 2
        and (given >= 2 or arguments.vararg is not None)
        and all(default is not None for default in arguments.kw_defaults)
    )


def takes_event_and_context(arguments: ast.arguments) -> bool:
    """Whether it can be called as Lambda does, and its first two parameters are named, or annotated, for that."""
    parameters = positional(arguments)
    if len(parameters) < 2 or not takes_two(arguments):
        return False
    event, context = _names(arguments)[:2]
    named_event = event in _EVENT or event.endswith("event")
    named_context = (
        context in _CONTEXT or context.endswith(("context", "ctx")) or annotated(parameters[1]).endswith("Context")
    )
    return (
        (named_event and named_context)
        or (named_event and context in _CONTEXT_BESIDE_EVENT)
        or (named_context and (event in _EVENT_BESIDE_CONTEXT or annotated(parameters[0]).endswith("Event")))
    )


#: What Bolt hands to its listeners besides an event, by name. https://docs.slack.dev/tools/bolt-python/reference/
_OF_BOLT = frozenset({"ack", "say", "respond"})


def takes_others(arguments: ast.arguments) -> bool:
    """Whether somebody else calls it: it needs more than two arguments, of which the first is no event, or whoever
    calls it has more than that to say."""
    names = [name for name in _names(arguments) if name not in ("self", "cls")]
    needed = len(names) - len(arguments.defaults)
    if not _OF_BOLT.isdisjoint(names):
        return True
    return needed > 2 and not (names[0] in _EVENT or names[0].endswith("event"))


def bound(arguments: ast.arguments) -> ast.arguments:
    """The parameters of a method without the one that is its object."""
    parameters = positional(arguments)[1:]
    return ast.arguments(
        posonlyargs=[], args=parameters, vararg=arguments.vararg, kwonlyargs=arguments.kwonlyargs,
        kw_defaults=arguments.kw_defaults, kwarg=arguments.kwarg, defaults=arguments.defaults[-len(parameters):],
    )  # fmt: skip


#: Keys at the top of the events that Lambda is called with, and of little else.
_KEYS = frozenset({
    "Records", "requestContext", "httpMethod", "pathParameters", "queryStringParameters", "detail-type", "awslogs",
    "rawPath", "routeKey", "isBase64Encoded", "triggerSource", "LogicalResourceId",
})  # fmt: skip


def reads_event(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether its first parameter is read as an event of Lambda's is: `data["Records"]`, `data.get("httpMethod")`."""
    first = next(iter(positional(node.args)), None)
    for part in ast.walk(node) if first is not None else ():
        whole: ast.expr | None = None
        key: ast.expr | None = None
        if isinstance(part, ast.Subscript):
            whole, key = part.value, part.slice
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "get":
            whole, key = part.func.value, next(iter(part.args), None)
        if isinstance(whole, ast.Name) and isinstance(key, ast.Constant) and key.value in _KEYS:
            if first is not None and whole.id == first.arg:
                return True
    return False


def annotated(parameter: ast.arg) -> str:
    """The last name of a parameter's annotation: `LambdaContext`; "" without one."""
    node = parameter.annotation
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.rpartition(".")[2]
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def mentions_event(arguments: ast.arguments) -> bool:
    """Whether one of the parameters is called like an event."""
    return any(name in _EVENT or name.endswith("event") for name in _names(arguments))


def may_be_lambdas(arguments: ast.arguments) -> bool:
    """Whether nothing in the parameters speaks against a handler: none, or two, or what is called like an event.

    Not if the first is what something else than Lambda hands over: a request, a socket, a signal, a context; nor if
    they are taken by keyword alone; nor if there is one that is an object of a class: code of its own made it.
    """
    names = _names(arguments)
    if len(names) == 1 and _is_object(positional(arguments)[0]):
        return False
    if not names and arguments.vararg is None and (arguments.kwarg is not None or arguments.kwonlyargs):
        return False
    if mentions_event(arguments):
        return names[0] not in _PROTOCOL
    if names and (names[0] in _PROTOCOL or names[0] in _CONTEXT):
        return False
    return len(names) in (0, 2) or (len(names) == 1 and names[0] in _EVENT_BESIDE_CONTEXT)


def _is_object(parameter: ast.arg) -> bool:
    """Whether a parameter is annotated with a class that is none of JSON, nor that of an event."""
    name = annotated(parameter)
    return name[:1].isupper() and name not in _OF_JSON and not name.endswith("Event")


def _names(arguments: ast.arguments) -> list[str]:
    return [parameter.arg.strip("_").lower() for parameter in positional(arguments)]


def of_framework(imports: frozenset[str]) -> bool:
    """Whether a package is imported that calls handlers of its own."""
    return any(name == known or name.startswith(f"{known}.") for name in imports for known in _FRAMEWORKS)


def for_lambda(imports: frozenset[str], path: str) -> bool:
    """Whether the file is meant for Lambda by what it imports or how it, or its folder, is called."""
    return (
        not LAMBDA_PACKAGES.isdisjoint(name.partition(".")[0] for name in imports)
        or "lambda" in "/".join(path.split("/")[-2:]).lower()
    )


def registers(decorator: ast.expr) -> bool:
    """Whether a decorator hands the function to an object: `@client.on(...)`, `@app.route("/")`, `@helper.create`."""
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (
        isinstance(target, ast.Attribute)
        and target.attr not in _WATCHING
        and target.attr not in HANDLER_DECORATOR_METHODS
        and target.attr not in HANDLER_DECORATORS
    )
