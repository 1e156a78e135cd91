"""What in a file is taken for a Lambda handler where no template names it, and what never is."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from lambdalint.project.code.handlers import entry_points, find_handlers
from lambdalint.project.code.modules import Workspace
from lambdalint.source import Source


def found(text: str, path: str = "app.py") -> list[str]:
    return [function.attribute for function in find_handlers(Source(path, dedent(text).encode()))]


def found_in(root: Path, *named: str, **files: str) -> list[str]:
    """The handler strings in a folder of files; `__` in a name is `/`."""
    (root / "template.yaml").touch()
    workspace = Workspace(root)
    sources = []
    for name, text in files.items():
        path = root / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text))
        sources.append(workspace.open(path))
    return [function.handler for function in entry_points(sources, workspace, named)]


# -- by name ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["handler", "lambda_handler"])
@pytest.mark.parametrize(
    "definition",
    [
        "def {}(event, context): ...",
        "def {}(): ...",
        "def {}(event): ...",
        "def {}(context, event): ...",
        "def {}(event, context, extra): ...",
        "def {}(e, c): ...",
        "def {}(a, b): ...",
        "def {}(*args): ...",
        "def {}(*args, **kwargs): ...",
        "def {}(event, *, context): ...",
        "def {}(event, /, context): ...",
        "def {}(self, event, context): ...",
        "async def {}(event, context): ...",
        "def {}(event, context): yield 1",
        "class {}: ...",
        "class {}(dict): ...",
        "{} = lambda event, context: None",
        "def run(event, context): ...\n{} = run",
        "import functools\ndef run(table, event, context): ...\n{} = functools.partial(run, 'orders')",
        "class Api:\n    def run(self, event, context): ...\n{} = Api().run",
        "class Api:\n    @staticmethod\n    def run(event, context): ...\n{} = Api.run",
        "class Api:\n    def __call__(self, event, context): ...\n{} = Api()",
        "class Api:\n    def __call__(self, event, context): ...\n{0} = Api()\n@{0}.on('open')\ndef open_it(): ...",
        "def make(): ...\n{} = make()",
        "class Api:\n    @classmethod\n    def as_handler(cls): ...\n{} = Api.as_handler()",
        "from .impl import {}",
        "from impl import run as {}",
        "from fastapi import FastAPI\nfrom mangum import Mangum\napp = FastAPI()\n{} = Mangum(app)",
        "import mangum\nfrom main import app\n{} = mangum.Mangum(app, lifespan='off')",
        "from apig_wsgi import make_lambda_handler\nfrom wsgi import app\n{} = make_lambda_handler(app)",
        "from chalice import Chalice\napp = Chalice('x')\n{} = app",
        "from ask_sdk_core.skill_builder import SkillBuilder\nsb = SkillBuilder()\n{} = sb.lambda_handler()",
        "from wrapper import wrap\ndef run(event, context): ...\n{} = wrap(run)",
        "from wrapper import wrap\ndef {0}(event, context): ...\n{0} = wrap({0})",
        "import os\nif os.environ.get('X'):\n    def {}(event, context): ...",
        "try:\n    from fast import {0}\nexcept ImportError:\n    from slow import {0}",
        "{}: object = lambda event, context: None",
    ],
)
def test_the_two_names_are_handlers_whatever_their_parameters(name: str, definition: str) -> None:
    assert found(definition.format(name)) == [name]


@pytest.mark.parametrize(
    "parameters",
    [
        "event, context",
        "evt, ctx",
        "_event, _context",
        "event, _",
        "_, context",
        "event, __",
        "e, context",
        "event: dict, context: LambdaContext",
        "sqs_event, lambda_context",
        "event, context=None",
        "event=None, context=None",
        "event, context, table=None",
        "event, _c: LambdaContext",
        "payload, context",
        "event, context, *args, **kwargs",
        "event, context, *, table=None",
        "_e: events.SQSEvent, context",
    ],
)
@pytest.mark.parametrize("name", ["api_handler", "putItemHandler", "lambda_handler_two"])
def test_a_handlers_name_needs_parameters_like_an_event_and_a_context(name: str, parameters: str) -> None:
    assert found(f"def {name}({parameters}): ...") == [name]


@pytest.mark.parametrize(
    "definition",
    [
        "def record_handler(record): ...",
        "def record_handler(record: SQSRecord, lambda_context=None): ...",
        "def signal_handler(signum, frame): ...",
        "def error_handler(e): ...",
        "def exception_handler(request, exc): ...",
        "def custom_exception_handler(exc, context): ...",
        "def echo_handler(update, context): ...",
        "def event_handler(event): ...",
        "def key_handler(event, value): ...",
        "def create_handler(event, context, user): ...",
        "def create_handler(event, context, *, user): ...",
        "def get_handler(): ...",
        "def add_handler(self, event, context): ...",
        "async def order_handler(event, context): ...",
        "def handler404(request, exception): ...",
        "def handler500(request): ...",
        "handler404 = 'app.views.not_found'",
        "def handle(event, context): ...",
        "def process(event, context): ...",
        "class OrderHandler: ...",
        "import logging\nlog_handler = logging.StreamHandler()",
        "from .log import file_handler",
        "api_handler = build()",
        "api_handler = lambda request: None",
        "import click\n@click.command()\ndef run_handler(event, context): ...",
    ],
)
def test_what_is_only_called_like_a_handler_is_none(definition: str) -> None:
    assert found(definition) == []


def test_an_async_handler_of_another_name_needs_a_sign_of_aws() -> None:
    text = "async def order_handler(event, context): ..."
    assert found(text) == []
    assert found(f"import boto3\n{text}") == ["order_handler"]
    assert found(text, "lambda/orders.py") == ["order_handler"]


@pytest.mark.parametrize(
    "value",
    [
        "lambda event, context: None",
        "Mangum(app)",
        "functools.partial(run, 1)",
        "run",
        "wrap(run)",
        "sb.lambda_handler()",
    ],
)
def test_other_names_are_assigned_what_is_surely_a_handler(value: str) -> None:
    text = f"""
        import functools
        from mangum import Mangum
        from wrapper import wrap
        def run(event, context): ...
        api_handler = {value}
        """
    assert found(text) == ["api_handler"]


# -- by decorator ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("imports", "decorator"),
    [
        ("from aws_lambda_powertools import Logger\nlogger = Logger()", "logger.inject_lambda_context"),
        ("from shared import logger", "logger.inject_lambda_context(log_event=True)"),
        ("from aws_lambda_powertools import Tracer\nt = Tracer()", "t.capture_lambda_handler"),
        ("from shared import metrics", "metrics.log_metrics(capture_cold_start_metric=True)"),
        (
            "from aws_lambda_powertools.utilities.data_classes import event_source, SQSEvent",
            "event_source(data_class=SQSEvent)",
        ),
        ("from aws_lambda_powertools.utilities import data_classes", "data_classes.event_source(data_class=X)"),
        ("from aws_lambda_powertools.utilities.parser import event_parser as parsed", "parsed(model=Order)"),
        ("from aws_lambda_powertools.utilities.validation import validator", "validator(inbound_schema=IN)"),
        ("from aws_lambda_powertools.utilities.idempotency import idempotent", "idempotent(persistence_store=store)"),
        ("from aws_durable_execution_sdk_python import durable_execution", "durable_execution"),
        (
            "from aws_lambda_powertools.middleware_factory import lambda_handler_decorator\n"
            "@lambda_handler_decorator\ndef audited(handler, event, context): ...",
            "audited",
        ),
    ],
)
def test_what_powertools_decorates_as_a_handler_is_one(imports: str, decorator: str) -> None:
    assert found(f"{imports}\n@{decorator}\ndef main(event, context): ...") == ["main"]


@pytest.mark.parametrize(
    "text",
    [
        "from pydantic import validator\nclass M: ...\n@validator('x')\ndef check(cls, v): ...",
        "from aws_lambda_powertools import Tracer\ntracer = Tracer()\n@tracer.capture_method\ndef load(key): ...",
        "from aws_lambda_powertools.utilities.idempotency import idempotent_function\n"
        "@idempotent_function(data_keyword_argument='o')\ndef pay(o): ...",
        "from aws_lambda_powertools.middleware_factory import lambda_handler_decorator\n"
        "@lambda_handler_decorator(trace_execution=True)\ndef lambda_handler(handler, event, context): ...",
    ],
)
def test_what_powertools_decorates_otherwise_is_none(text: str) -> None:
    assert found(text) == []


# -- what else is called `handler` -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        # logging
        "import logging\nhandler = logging.StreamHandler()\nlogger = logging.getLogger()\nlogger.addHandler(handler)",
        "from logging.handlers import RotatingFileHandler\nhandler = RotatingFileHandler('x.log')",
        "import logging\nclass Mine(logging.Handler): ...\nhandler = Mine()",
        "import logging\nclass handler(logging.Handler): ...",
        "from .log import make\nhandler = make()\nhandler.setLevel(10)",
        # values
        "handler = None",
        "handler = 'app.lambda_handler'",
        "lambda_handler = {'Handler': 'x'}",
        "handler: str",
        "handler = ['a', 'b']",
        "handler = f'{module}.x'",
        "lambda_handler = None",
        "import os\nhandler = os.environ['H']",
        "from pathlib import Path\nhandler = Path('x') / 'y'",
        "handler = open('x')",
        "handler = print",
        "import handler",
        # infrastructure
        "from aws_cdk import aws_lambda as lambda_\n"
        "lambda_handler = lambda_.Function(stack, 'x', handler='app.handler')",
        "import boto3\nhandler = boto3.client('lambda')",
        "import pulumi_aws as aws\nhandler = aws.lambda_.Function('x')",
        # signals, sockets, servers
        "def handler(): ...\nif __name__ == '__main__':\n    handler()",
        "import signal\ndef handler(signum, frame): ...\nsignal.signal(signal.SIGTERM, handler)",
        "def handler(signum, frame): ...",
        "import boto3\ndef handler(say, event, body, context):\n    print(event['Records'])",
        "import boto3\ndef handler(event, ack): ...",
        "import boto3\ndef handler(request, event, context, session): ...",
        "def handler(**kwargs): ...",
        "def handler(*, name): ...",
        "import socket\ndef handler(conn, addr): ...",
        "import socketserver\nclass handler(socketserver.BaseRequestHandler): ...",
        "from http.server import BaseHTTPRequestHandler\nclass handler(BaseHTTPRequestHandler): ...",
        "import tornado.web\nclass handler(tornado.web.RequestHandler): ...",
        # the web
        "from aiohttp import web\nasync def handler(request): ...\napp.router.add_get('/', handler)",
        "from aiohttp import web\nasync def handler(request): ...",
        "import websockets\nasync def handler(websocket): ...",
        "import asyncio, websockets\nasync def handler(ws, path): ...\nasync def main():\n"
        "    await websockets.serve(handler, 'x', 1)",
        "import asyncio\nasync def handler(reader, writer): ...\nasync def main():\n"
        "    await asyncio.start_server(handler)",
        "from flask import Flask\napp = Flask('x')\n@app.route('/')\ndef handler(): ...",
        "from fastapi import FastAPI\nfrom routes import app\n@app.exception_handler(ValueError)\n"
        "async def handler(a, b): ...",
        "import django\ndef handler(request): ...",
        "def handler(request): ...",
        "import azure.functions as func\ndef handler(req: func.HttpRequest): ...",
        # bots and clouds
        "from telethon import events\nfrom bot import client\n@client.on(events.NewMessage)\n"
        "async def handler(event): ...",
        "from models import OrderModel\ndef handler(event: OrderModel): ...",
        "from telegram import Update\nasync def handler(update, context): ...",
        "import runpod\ndef handler(job): ...\nrunpod.serverless.start({'handler': handler})",
        "import runpod\ndef handler(event): ...\nif __name__ == '__main__':\n"
        "    runpod.serverless.start({'handler': handler})",
        "import io\nfrom fdk import response\ndef handler(ctx, data: io.BytesIO = None): ...",
        "from linebot import WebhookHandler\nfrom settings import SECRET\nhandler = WebhookHandler(SECRET)",
        "from linebot import WebhookHandler\nfrom settings import secret\nhandler = WebhookHandler(secret)\n"
        "@handler.add(Message)\ndef message(event): ...",
        # callbacks, decorators, fixtures
        "import tkinter\ndef handler(event): ...\nroot.bind('<Key>', handler)",
        "import threading\ndef handler(a, b): ...\nthreading.Thread(target=handler, args=(1, 2)).start()",
        "import argparse\ndef handler(args): ...\nparser.set_defaults(func=handler)",
        "def handler(path):\n    def decorate(f):\n        return f\n    return decorate",
        "def lambda_handler(func):\n    def wrapper(event, context):\n        return func(event, context)\n"
        "    return wrapper",
        "def handler(operation=None, context=True, expand=True):\n    def decorate(f): return f\n    return decorate",
        "import pytest\n@pytest.fixture\ndef handler(): ...",
        "from pytest import fixture\n@fixture\ndef handler(): ...",
        "def handler(prompt, response, assertion, registry): ...",
        "async def handler(session, arguments): ...",
        # where it stands
        "class Api:\n    def handler(self, event, context): ...",
        "def make():\n    def handler(event, context): ...\n    return handler",
        "if __name__ == '__main__':\n    def handler(event, context): ...",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from impl import handler",
        "def handler(event, context): ...\ndel x; handler = None",
        # imported for use
        "from app import lambda_handler\nprint(lambda_handler({}, None))",
        "from app import handler\nif __name__ == '__main__':\n    handler({}, None)",
        "from app import handler as api_handler_under_test",
        "from logging import handlers",
        # not Python that compiles
        "def handler(event, context:",
        "print 'handler'",
    ],
)
def test_what_is_no_lambda_handler(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "import aiohttp\nasync def handler(event, context): ...",
        "import signal\ndef handler(event, context): ...",
        "import asyncio, websockets\ndef handler(event, context): ...",
        "import click\nimport aws_lambda_powertools\ndef handler(event): ...",
        "from typing import Dict\ndef handler(event: Dict): ...",
        "def handler(event, context): ...\nif __name__ == '__main__':\n    handler({}, None)",
        "from unittest import mock\ndef handler(event, context): ...\nmock.call(handler)",
        "def handler(request, context): ...",
    ],
)
def test_an_event_and_a_context_outweigh_what_speaks_against_a_handler(text: str) -> None:
    assert found(text) == ["handler"]


def test_a_sign_of_lambda_outweighs_a_strange_parameter() -> None:
    assert found("def handler(request): ...", "src/lambda_function.py") == ["handler"]
    assert found("import aws_xray_sdk\ndef handler(request): ...") == ["handler"]


# -- what another entry point runs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "import asyncio\nasync def handler(event, context): ...\n"
            "def lambda_handler(event, context):\n    return asyncio.run(handler(event, context))",
            ["lambda_handler"],
        ),
        (
            "import asyncio\nasync def handler(event, context): ...\n"
            "def run(event, context):\n    return asyncio.get_event_loop().run_until_complete(handler(event, context))",
            ["run"],
        ),
        (
            "def get_handler(event, context): ...\nROUTES = {'GET': get_handler}\n"
            "def lambda_handler(event, context):\n    return ROUTES[event['m']](event, context)",
            ["lambda_handler"],
        ),
        (
            "def get_handler(event, context): ...\ndef route(event):\n    return get_handler(event, None)\n"
            "def handler(event, context):\n    return route(event)",
            ["handler"],
        ),
        (
            "from crhelper import CfnResource\nhelper = CfnResource()\n@helper.create\n"
            "def create_handler(event, context): ...\n"
            "def handler(event, context):\n    helper(event, context)",
            ["handler"],
        ),
        (
            "def get_handler(event, context): ...\ndef main(event, context):\n    return get_handler(event, context)",
            ["main"],
        ),
        (
            "def lambda_handler(event, context): ...\ndef keep_warm(event, context):\n    lambda_handler({}, context)",
            ["lambda_handler"],
        ),
        ("def lambda_handler(event, context): ...\nhandler = lambda_handler", ["lambda_handler"]),
        ("def a_handler(event, context): ...\ndef b_handler(event, context): ...", ["a_handler", "b_handler"]),
        (
            "from wraps import cors\n@cors\ndef a_handler(event, context): ...\n@cors\n"
            "def b_handler(event, context): ...",
            ["a_handler", "b_handler"],
        ),
        (
            "def wrap(handler):\n    def inner(event, context):\n        return handler(event, context)\n"
            "    return inner\n"
            "def lambda_handler(event, context):\n    return wrap(print)(event, context)\n"
            "def handler(event, context): ...",
            ["lambda_handler", "handler"],
        ),
        (
            "def handler(event, context):\n    return lambda_handler(event, context)\n"
            "def lambda_handler(event, context):\n    return handler(event, context)",
            ["lambda_handler"],
        ),
        ("def handler(event, context):\n    return handler(event, context)", ["handler"]),
        (
            "import signal\ndef handler(signum, frame): ...\n"
            "def lambda_handler(event, context):\n    signal.signal(signal.SIGALRM, handler)",
            ["lambda_handler"],
        ),
    ],
)
def test_what_an_entry_point_runs_is_part_of_it(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_imports_are_followed_to_what_an_entry_point_runs(tmp_path: Path) -> None:
    assert found_in(
        tmp_path,
        app="""
            import asyncio
            import orders
            from jobs import lambda_handler as run_jobs
            def lambda_handler(event, context):
                from users import get_handler
                asyncio.run(run_jobs(event, context))
                return orders.list_handler(event, context) or get_handler(event, context)
            """,
        jobs="async def lambda_handler(event, context): ...",
        orders="def list_handler(event, context): ...\ndef other_handler(event, context): ...",
        users="def get_handler(event, context): ...",
    ) == ["app.lambda_handler", "orders.other_handler"]


def test_a_reexport_of_a_handler_is_the_same_handler(tmp_path: Path) -> None:
    assert found_in(tmp_path, app="from impl import handler", impl="def handler(event, context): ...") == [
        "impl.handler"
    ]


def test_a_reexport_that_makes_a_function_a_handler_is_one(tmp_path: Path) -> None:
    assert found_in(
        tmp_path,
        app="from impl import main as handler",
        api="from impl import decorate as handler",
        impl="def main(event, context): ...\ndef decorate(f):\n    def g(): ...\n    return g",
    ) == ["app.handler"]


# -- names, places, settings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("app.py", "app"),
        ("src/orders/app.py", "app"),
        ("src/lambda-handler.py", "lambda-handler"),
        ("src/api/__init__.py", "api"),
    ],
)
def test_the_module_is_relative_to_the_files_own_folder(path: str, module: str) -> None:
    (function,) = find_handlers(Source(path, b"def handler(event, context): ..."))
    assert (function.module, function.attribute, function.named) == (module, "handler", False)


def test_handlers_are_given_in_the_order_of_the_file() -> None:
    assert found("def b_handler(event, context): ...\ndef a_handler(event, context): ...") == ["b_handler", "a_handler"]


def test_tests_hold_no_handlers_unless_they_are_named(tmp_path: Path) -> None:
    text = "def handler(event, context): ..."
    files = {"tests__app": text, "test_app": text, "app_test": text, "conftest": text, "src__app": text}
    assert found_in(tmp_path, **files) == ["app.handler"]
    assert found_in(tmp_path, "tests/app.handler", **files) == ["tests.app.handler", "app.handler"]


def test_a_project_that_stands_in_a_folder_of_tests_is_no_test(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    demo = tmp_path / "tests" / "demo"
    demo.mkdir(parents=True)
    assert found_in(demo, app="def handler(event, context): ...") == ["app.handler"]


@pytest.mark.parametrize("named", ["app.main", "src/app.main", "src.app.main", "src/app.py:main", "./src/app.main"])
def test_the_settings_name_handlers(tmp_path: Path, named: str) -> None:
    text = "def main(a, b, c): ...\ndef helper(): ..."
    expected = [named.removeprefix("./").replace(".py:", ".").replace("/", ".")]
    assert found_in(tmp_path, named, src__app=text, src__application=text, src__other=text) == expected


def test_named_handlers_say_so_and_stand_though_another_runs_them(tmp_path: Path) -> None:
    text = "def main(): ...\ndef handler(event, context):\n    main()"
    assert found_in(tmp_path, "app.main", app=text) == ["app.main", "app.handler"]
    functions = find_handlers(Source("app.py", text.encode()), ["app.main"])
    assert [function.named for function in functions] == [True, False]


@pytest.mark.parametrize("named", ["app.nothing", "main", "", ".main", "pp.main"])
def test_a_setting_that_names_nothing_here_finds_nothing(named: str) -> None:
    assert find_handlers(Source("app.py", b"def main(): ..."), [named]) == []


def test_deep_and_strange_files_raise_nothing() -> None:
    deep = "handler = " + "+".join(["1"] * 3000)
    chosen = "handler = " + "".join(f"1 if {n} else " for n in range(900)) + "2"
    branches = "if x: pass\n" + "elif x: pass\n" * 900 + "else: handler = 1"
    nested = "\n".join(f"{' ' * depth}if handler:" for depth in range(60)) + "\n" + " " * 60 + "pass"
    texts = [deep, chosen, branches, nested, "handler", "\0handler", "", "*handler, x = f()", "handler[0] = 1"]
    for text in texts:
        assert find_handlers(Source("app.py", text.encode())) == []


WRAPPER = """
def handler(event, context):
    from function import function
    return function.handler({})
"""


@pytest.mark.parametrize(
    ("given", "handlers"),
    [("event", ["handler.handler"]), ("event, context", ["handler.handler", "function.handler"])],
)
def test_what_the_build_copies_beside_an_entry_point_is_called_as_that_calls_it(
    tmp_path: Path, given: str, handlers: list[str]
) -> None:
    files = {"wrap__handler": WRAPPER.format("event"), "bench__function": "def handler(event):\n    return 1\n"}
    files["wrap__handler"] = WRAPPER.replace("{}", given)
    assert found_in(tmp_path, **files) == handlers


def test_a_module_that_the_project_has_is_not_one_that_the_build_copies(tmp_path: Path) -> None:
    files = {
        "handler": "import impl\n\ndef handler(event, context):\n    return impl.handler(event)\n",
        "impl": "def handler(event):\n    return 1\n",
        "other__impl": "def handler(event):\n    return 1\n",
    }
    assert found_in(tmp_path, **files) == ["handler.handler", "impl.handler"]


def test_an_async_function_that_the_project_awaits_is_none(tmp_path: Path) -> None:
    token = "async def lambda_handler(event, context):\n    return event['token']\n"
    users = "from token_check import lambda_handler as check\n\nasync def user(e):\n    return await check(e, None)\n"
    assert found_in(tmp_path, token_check=token, users=users) == []
    assert found_in(tmp_path, token_check=token, users="def user(e): ...\n") == ["token_check.lambda_handler"]


def test_what_a_deployed_function_runs_is_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").touch()
    workspace = Workspace(tmp_path)
    sources = []
    for name, text in {
        "api.py": "from work import handler\n\ndef start(event, context):\n    return handler(event, context)\n",
        "work.py": "def handler(event, context):\n    return 1\n",
    }.items():
        (tmp_path / name).write_text(text)
        sources.append(workspace.open(tmp_path / name))
    deployed = {(sources[0], "start")}
    assert entry_points(sources, workspace, (), deployed) == []
