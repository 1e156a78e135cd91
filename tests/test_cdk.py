"""A CDK app of Python is run on paper, and what it makes is read from the record."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambdalint.finding import Place
from lambdalint.project.code.modules import Workspace
from lambdalint.project.deployment import Deployment
from lambdalint.project.descriptors.cdk import READER
from lambdalint.project.descriptors.tree import Unreadable
from tests.pages import Project

SETTINGS = '{"app": "python3 app.py", "context": {"stage": "beta"}}'
CODE = "def handler(event, context): ...\n"
APP = """\
import aws_cdk as cdk
from stacks.orders import OrdersStack

app = cdk.App()
OrdersStack(app, "Orders")
app.synth()
"""
HEAD = """\
import json
import os
from pathlib import Path
from aws_cdk import Duration, Stack, aws_lambda as _lambda, aws_sqs as sqs, aws_apigateway as apigw
from aws_cdk import aws_apigatewayv2_authorizers as authorizers, aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_cognito as cognito, aws_events as events, aws_events_targets as targets, aws_s3 as s3
from aws_cdk import aws_s3_notifications as s3n, aws_sns_subscriptions as subs, custom_resources as cr, aws_dynamodb
from aws_cdk.aws_lambda_event_sources import DynamoEventSource, S3EventSource, SqsEventSource
from aws_cdk.aws_lambda_python_alpha import PythonFunction, PythonLayerVersion
from constructs import Construct

HANDLER = "app.handler"

"""
FUNCTION = """\
fn = _lambda.Function(
    self, "Orders", runtime=_lambda.Runtime.PYTHON_3_12, handler=HANDLER,
    code=_lambda.Code.from_asset("src"), timeout=Duration.minutes(2), memory_size=256,
    environment={"STAGE": "prod", "TABLE": scope.name},
)
"""


def read(folder: Path, files: dict[str, str]) -> list[Deployment]:
    for name, content in {"cdk.json": SETTINGS, "app.py": APP, "src/app.py": CODE, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return list(READER.read(str(folder / "cdk.json"), Workspace(folder)))


def stack(body: str, before: str = "") -> dict[str, str]:
    head = """\
    class OrdersStack(Stack):
        def __init__(self, scope, construct_id, path=os.environ.get("SOMETHING"), **kwargs):
            super().__init__(scope, construct_id, **kwargs)
    """
    return {"stacks/orders.py": HEAD + dedent(before) + dedent(head) + indent(dedent(body), " " * 8) + "\n"}


def at(place: Place) -> tuple[str, int, int]:
    span = place.span()
    return span.path, span.start.row, span.start.column


def one(folder: Path, body: str, before: str = "", **files: str) -> Deployment:
    (found,) = read(folder, {**stack(body, before), **files})
    return found


def test_the_facts_of_a_function_stand_where_they_are_written(tmp_path: Path) -> None:
    fn = one(tmp_path, FUNCTION)
    assert (fn.name, fn.descriptor, at(fn.place)) == ("Orders", "CDK", ("stacks/orders.py", 17, 14))
    assert fn.handler is not None
    assert (fn.handler.value, at(fn.handler.place)) == ("app.handler", ("stacks/orders.py", 12, 11))
    assert fn.runtime is not None
    assert (fn.runtime.value, at(fn.runtime.place)) == ("python3.12", ("stacks/orders.py", 18, 37))
    assert fn.timeout is not None
    assert fn.timeout.value == 120
    assert fn.memory is not None
    assert (fn.memory.value, at(fn.memory.place)) == (256, ("stacks/orders.py", 19, 91))
    assert {name: fact.value for name, fact in fn.variables.items()} == {"STAGE": "prod", "TABLE": None}
    assert at(fn.variables["STAGE"].place) == ("stacks/orders.py", 20, 35)
    assert (fn.code.folder, fn.code.known, fn.variables_known) == (str(tmp_path / "src"), False, True)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ('"./src"', True),
        ('os.path.join(os.path.dirname(__file__), "..", "src")', True),
        ('os.path.join(os.curdir, "src")', True),
        ('os.path.abspath("src")', True),
        ('str(Path(__file__).parent.parent / "src")', True),
        ('str(Path(__file__).resolve().parents[1].joinpath("src"))', True),
        ('(Path.cwd() / "src").as_posix()', True),
        ('f"{Path(__file__).parent}/../{HANDLER[:0]}src"', True),
        ('"sr" + "c"', True),
        ("path", False),
        ('f"{path}/src"', False),
        ('"nowhere"', False),
    ],
)
def test_paths_are_those_of_the_app_and_of_the_file(tmp_path: Path, path: str, found: bool) -> None:
    fn = one(tmp_path, f'_lambda.Function(self, "F", handler="app.handler", code=_lambda.Code.from_asset({path}))')
    assert (fn.code.folder == str(tmp_path / "src")) is found


@pytest.mark.parametrize(
    ("arguments", "handler"),
    [
        ('entry="src"', "index.handler"),
        ('entry="src", index="app.py", handler="main"', "app.main"),
        ('entry="src", index="a/b.py"', "a.b.handler"),
        ('entry="src", index=path', None),
        ('entry="src", **path', None),
    ],
)
def test_a_python_function_has_an_entry(tmp_path: Path, arguments: str, handler: str | None) -> None:
    fn = one(tmp_path, f'PythonFunction(self, "F", {arguments})')
    assert (fn.handler.value if fn.handler else None) == handler
    assert fn.code.folder == str(tmp_path / "src")


@pytest.mark.parametrize(
    "given", ["**props._values", '**{k: v for k, v in props.__dict__["_values"].items()}', "code=props.code, "
              "handler=props.handler, runtime=props.runtime"],
)  # fmt: skip
def test_what_a_struct_holds_is_what_it_was_given(tmp_path: Path, given: str) -> None:
    props = '_lambda.FunctionProps(code=_lambda.Code.from_asset("src"), handler="app.h", runtime=RUNTIME)'
    runtime = "RUNTIME = _lambda.Runtime.PYTHON_3_13\n"
    fn = one(tmp_path, f'{runtime}props = {props}\n_lambda.Function(self, "F", {given})')
    assert (fn.handler.value if fn.handler else None, fn.code.folder) == ("app.h", str(tmp_path / "src"))


def test_what_a_python_function_installs_is_named_beside_its_code(tmp_path: Path) -> None:
    fn = one(tmp_path, 'PythonFunction(self, "F", entry="src", index="app.py")', **{"src/requirements.txt": "idna\n"})
    assert (fn.code.known, fn.layers_known) == (True, True)
    assert fn.code.requirements == (str(tmp_path / "src" / "requirements.txt"),)
    bundled = one(tmp_path, 'PythonFunction(self, "F", entry="src", bundling=path)')
    assert not bundled.code.known


@pytest.mark.parametrize(
    ("written", "kind", "expected"),
    [
        ("fn.add_event_source(SqsEventSource(q, batch_size=5))", "sqs", {"response_types": [], "batch_size": 5}),
        (
            "source = SqsEventSource(q, report_batch_item_failures=True)\nfn.add_event_source(source)",
            "sqs",
            {"response_types": ["ReportBatchItemFailures"], "batch_size": 10},
        ),
        ("fn.add_event_source(SqsEventSource(q, report_batch_item_failures=path))", "sqs", {"batch_size": 10}),
        ("fn.add_event_source(SqsEventSource(q, batch_size=path))", "sqs", {"response_types": []}),
        ('_lambda.EventSourceMapping(self, "M", target=fn, event_source_arn=q.queue_arn)', "sqs",
         {"response_types": [], "batch_size": 10}),
        ('fn.add_event_source_mapping("M", event_source_arn=q.queue_arn, batch_size=1)', "sqs",
         {"response_types": [], "batch_size": 1}),
        ("fn.add_event_source(DynamoEventSource(table))", "dynamodb",
         {"response_types": [], "batch_size": 100, "stream_view": "NEW_IMAGE"}),
        ("fn.add_event_source(S3EventSource(bucket, events=[s3.EventType.OBJECT_REMOVED]))", "s3",
         {"notified": ["s3:ObjectRemoved:*"]}),
        ("fn.add_event_source(S3EventSource(bucket, events=[s3.EventType.OBJECT_CREATED_PUT, path]))", "s3", {}),
        ("fn.add_function_url()", "function-url", {}),
        ('apigw.LambdaRestApi(self, "Api", handler=fn)', "rest-api", {}),
        ("api.root.add_method('GET', apigw.LambdaIntegration(fn))", "rest-api", {"method": "GET", "path": "/"}),
        (
            "api.root.add_resource('a').add_resource('{id}').add_method('put', apigw.LambdaIntegration(fn))",
            "rest-api",
            {"method": "PUT", "path": "/a/{id}"},
        ),
        ("api.root.add_method(path, apigw.LambdaIntegration(fn))", "rest-api", {}),
        (
            'from aws_cdk import aws_apigatewayv2 as apigwv2\n'
            'apigwv2.HttpApi(self, "H").add_routes(path="/o", methods=[apigwv2.HttpMethod.GET],\n'
            '    integration=integrations.HttpLambdaIntegration("I", fn))',
            "http-api",
            {"payload_format": "2.0", "method": "GET", "path": "/o"},
        ),
        ("apigw.LambdaIntegration(fn.current_version)", "rest-api", {}),
        ('apigw.LambdaIntegration(fn.add_alias("live"))', "rest-api", {}),
        ('apigw.LambdaIntegration(_lambda.Alias(self, "A", version=fn.latest_version))', "rest-api", {}),
        ("apigw.LambdaIntegration(fn, proxy=False)", "rest-api-custom", {}),
        ('integrations.HttpLambdaIntegration("I", fn)', "http-api", {"payload_format": "2.0"}),
        ('apigw.TokenAuthorizer(self, "A", handler=fn)', "rest-authorizer", {"authorizer_type": "TOKEN"}),
        (
            'authorizers.HttpLambdaAuthorizer("A", fn)',
            "http-authorizer",
            {"simple_responses": False, "payload_format": "1.0"},
        ),
        (
            'authorizers.HttpLambdaAuthorizer("A", fn, response_types=[authorizers.HttpLambdaResponseType.SIMPLE])',
            "http-authorizer",
            {"simple_responses": True, "payload_format": "2.0"},
        ),
        ('bucket.add_event_notification(s3.EventType.OBJECT_CREATED, s3n.LambdaDestination(fn))', "s3", {}),
        ("topic.add_subscription(subs.LambdaSubscription(fn))", "sns", {}),
        (
            'events.Rule(self, "R", schedule=path, targets=[targets.LambdaFunction(fn)])',
            "schedule",
            {},
        ),
        (
            'rule = events.Rule(self, "R", event_pattern=path)\n'
            "rule.add_target(targets.LambdaFunction(fn, event=path))",
            "eventbridge",
            {"input": True},
        ),
        (
            'rule = events.Rule(self, "R")\nrule.add_event_pattern(source=["own"])\n'
            "rule.add_target(targets.LambdaFunction(fn))",
            "eventbridge",
            {},
        ),
        (
            'events.CfnRule(self, "R", schedule_expression="rate(1 hour)",\n'
            '               targets=[events.CfnRule.TargetProperty(arn=fn.function_arn, id="T")])',
            "schedule",
            {},
        ),
        ('cr.Provider(self, "P", on_event_handler=fn)', "custom-resource-provider", {}),
        (
            'cognito.UserPool(self, "P", lambda_triggers=cognito.UserPoolTriggers(pre_sign_up=fn))',
            "cognito",
            {"trigger": "PreSignUp"},
        ),
        (
            'cognito.UserPool(self, "P").add_trigger(cognito.UserPoolOperation.CUSTOM_MESSAGE, fn)',
            "cognito",
            {"trigger": "CustomMessage"},
        ),
    ],
)  # fmt: skip
def test_what_calls_a_function(tmp_path: Path, written: str, kind: str, expected: dict[str, object]) -> None:
    before = 'q, bucket, api = sqs.Queue(self, "Q"), s3.Bucket(self, "B"), apigw.RestApi(self, "A")\n'
    before += 'table = aws_dynamodb.Table(self, "T", stream=aws_dynamodb.StreamViewType.NEW_IMAGE)\n'
    (event,) = one(tmp_path, FUNCTION + before + "topic = scope.topic\n" + written).events
    assert event.kind == kind
    assert {name: fact.value for name, fact in event.settings.items()} == expected


def test_an_integration_has_every_route_that_it_is_given(tmp_path: Path) -> None:
    written = "i = apigw.LambdaIntegration(fn)\napi = apigw.RestApi(self, 'A')\n"
    written += "users = api.root.add_resource('users')\nusers.add_method('GET', i)\nusers.add_method('POST', i)\n"
    events = one(tmp_path, FUNCTION + written).events
    assert [(event.setting("method"), event.setting("path")) for event in events] == [
        ("GET", "/users"),
        ("POST", "/users"),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "apigw.LambdaIntegration(fn, proxy=path)",
        "apigw.LambdaIntegration(fn, **path)",
        "apigw.LambdaIntegration(fn.role)",
        "fn = path\nfn.add_function_url()",
        "for fn in path:\n    fn.add_function_url()",
        'events.Rule(self, "R", targets=[targets.LambdaFunction(fn)], **path)',
        "path.grant(fn)",
    ],
)
def test_what_may_call_a_function_is_no_event(tmp_path: Path, written: str) -> None:
    assert one(tmp_path, FUNCTION + written).events == ()


def test_a_helper_makes_as_many_functions_as_it_is_called_for(tmp_path: Path) -> None:
    body = """\
    for name in ("read", "write"):
        self.make(name).add_environment("NAME", name)
    apigw.LambdaRestApi(self, "Api", handler=self.made["read"])

    """
    helper = """\
    class Base(Stack):
        def make(self, name, **more):
            common = {"runtime": _lambda.Runtime.PYTHON_3_12, "code": _lambda.Code.from_asset("src")}
            fn = _lambda.Function(self, name.title(), handler=f"{name}.handler", **common, **more)
            self.made = {**getattr(self, "made", {}), name: fn}
            return fn

    """
    files = {"src/read.py": CODE, "src/write.py": CODE}
    for name, text in stack(body, helper).items():
        files[name] = text.replace("OrdersStack(Stack)", "OrdersStack(Base)")
    first, second = read(tmp_path, files)
    assert [fn.handler.value if fn.handler else None for fn in (first, second)] == ["read.handler", "write.handler"]
    assert [fn.name for fn in (first, second)] == ["Read", "Write"]
    assert [[event.kind for event in fn.events] for fn in (first, second)] == [["rest-api"], []]
    assert [fn.variables["NAME"].value for fn in (first, second)] == ["read", "write"]


def test_a_class_of_the_project_may_be_the_function(tmp_path: Path) -> None:
    own = """\
    class OrdersFunction(_lambda.Function):
        def __init__(self, scope, id, *, path, **kwargs):
            code = _lambda.Code.from_asset(path)
            super().__init__(scope, id, code=code, runtime=_lambda.Runtime.PYTHON_3_13, **kwargs)
            self.add_function_url()

    """
    fn = one(tmp_path, 'OrdersFunction(self, "Own", path="src", handler="app.handler", memory_size=512)', own)
    assert (fn.name, fn.code.folder) == ("Own", str(tmp_path / "src"))
    assert fn.handler is not None
    assert fn.handler.value == "app.handler"
    assert fn.memory is not None
    assert fn.memory.value == 512
    assert [event.kind for event in fn.events] == ["function-url"]


def test_constructs_hand_their_functions_to_one_another(tmp_path: Path) -> None:
    own = """\
    class Worker(Construct):
        def __init__(self, scope, id):
            super().__init__(scope, id)
            self.fn = _lambda.Function(self, "Fn", handler="app.handler", code=_lambda.Code.from_asset("src"))

    """
    fn = one(tmp_path, 'worker = Worker(self, "W")\napigw.LambdaRestApi(self, "Api", handler=worker.fn)', own)
    assert [event.kind for event in fn.events] == ["rest-api"]


def test_paths_that_make_a_function_of_other_code_make_two(tmp_path: Path) -> None:
    body = """\
    code = "old" if path else "src"
    fn = _lambda.Function(self, "F", handler="app.handler", code=_lambda.Code.from_asset(code))
    fn.add_function_url()
    """
    found = read(tmp_path, {**stack(body), "old/app.py": CODE})
    assert sorted(str(fn.code.folder) for fn in found) == [str(tmp_path / "old"), str(tmp_path / "src")]
    assert [[event.kind for event in fn.events] for fn in found] == [["function-url"]] * 2


def test_what_paths_do_not_agree_on_is_not_known(tmp_path: Path) -> None:
    body = """\
    more = {"memory_size": 512, "environment": {"A": "1"}} if path else {"environment": {"A": "2", "B": "3"}}
    _lambda.Function(self, "F", handler="app.handler", code=_lambda.Code.from_asset("src"), **more)
    """
    fn = one(tmp_path, body)
    assert fn.memory is None
    assert {name: fact.value for name, fact in fn.variables.items()} == {"A": None, "B": None}


def test_a_function_that_unseen_code_is_given_may_have_more_variables(tmp_path: Path) -> None:
    assert one(tmp_path, FUNCTION).variables_known
    assert not one(tmp_path, "import cdk_monitor\n" + FUNCTION + "cdk_monitor.watch(fn)").variables_known
    aspects = "from aws_cdk import Aspects, Tag\n" + FUNCTION
    assert one(tmp_path, aspects + "Aspects.of(self).add(Tag('a', 'b'))").variables_known
    assert not one(tmp_path, aspects + "Aspects.of(self).add(Own())", "class Own: ...\n\n").variables_known
    override = 'fn.node.default_child.add_property_override("Environment.Variables.X", "1")'
    assert not one(tmp_path, FUNCTION + override).variables_known


def test_a_pattern_makes_the_function_of_its_settings(tmp_path: Path) -> None:
    body = """\
    from aws_solutions_constructs.aws_sqs_lambda import SqsToLambda
    props = _lambda.FunctionProps(handler="app.handler", code=_lambda.Code.from_asset("src"))
    made = SqsToLambda(self, "Orders", lambda_function_props=props)
    apigw.LambdaIntegration(made.lambda_function)
    """
    fn = one(tmp_path, body)
    assert (fn.name, fn.variables_known) == ("Orders", False)
    assert [event.kind for event in fn.events] == ["sqs", "rest-api"]


def test_layers_are_folders_of_the_project(tmp_path: Path) -> None:
    body = """\
    plain = _lambda.LayerVersion(self, "L", code=_lambda.Code.from_asset("layer"))
    built = PythonLayerVersion(self, "P", entry="libs")
    fn = _lambda.Function(self, "F", handler="app.handler", code=_lambda.Code.from_asset("src"), layers=[plain])
    fn.add_layers(built)
    """
    fn = one(tmp_path, body, **{"layer/python/a.py": "", "libs/b.py": ""})
    assert [(layer.folder, layer.prefix, layer.known) for layer in fn.layers] == [
        (str(tmp_path / "layer"), "", False),
        (str(tmp_path / "libs"), "python", True),
    ]
    assert fn.layers_known


def test_inline_code_has_its_places_in_the_app(tmp_path: Path) -> None:
    body = '_lambda.Function(self, "F", handler="index.main", code=_lambda.Code.from_inline(WRITTEN))'
    fn = one(tmp_path, body, 'WRITTEN = """\\\ndef main(event, context):\n    return nothing\n"""\n\n')
    assert fn.code.inline is not None
    assert fn.code.inline.data == b"def main(event, context):\n    return nothing\n"
    fn = one(tmp_path, body, 'WRITTEN = """def main(event, context):\n    return nothing\n"""\n\n')
    assert fn.code.inline is not None
    assert fn.code.inline.tree is not None
    span = fn.code.inline.span_of(fn.code.inline.tree.body[0].body[0])  # type: ignore[attr-defined]
    assert (span.path, span.start.row, span.start.column) == ("stacks/orders.py", 15, 5)


@pytest.mark.parametrize(
    ("runtime", "findings"),
    [("PYTHON_3_12", {"LL001"}), ("NODEJS_20_X", set()), ("PYTHON_2_7", set()), ("of(x)", set())],
)
def test_inline_code_of_another_language_is_not_read(tmp_path: Path, runtime: str, findings: set[str]) -> None:
    body = f"""\
    _lambda.Function(
        self, "F", runtime=_lambda.Runtime.{runtime}, handler="index.main",
        code=_lambda.Code.from_inline("exports.main = (event) => {{ return 1; }}"),
    )
    """
    files = {"cdk.json": SETTINGS, "app.py": APP, **stack(body)}
    report = Project(1, files).run()
    assert report.errors == ()
    assert {one.code for one in report.findings if one.code.startswith("LL")} == findings


def test_inline_code_that_is_read_from_a_file_is_that_file(tmp_path: Path) -> None:
    body = """\
    with open("src/app.py") as file:
        text = file.read()
    _lambda.Function(self, "F", handler="index.handler", code=_lambda.InlineCode(text))
    """
    fn = one(tmp_path, body)
    assert fn.handler is not None
    assert (fn.handler.value, fn.code.folder, fn.code.files) == ("app.handler", str(tmp_path / "src"), {"app.py"})


def test_an_image_has_the_handler_of_its_dockerfile_or_of_its_command(tmp_path: Path) -> None:
    dockerfile = 'FROM public.ecr.aws/lambda/python:3.12\nCOPY app.py ${LAMBDA_TASK_ROOT}/\nCMD ["app.handler"]\n'
    made = '_lambda.DockerImageFunction(self, "F", code=_lambda.DockerImageCode.from_image_asset("src"{}))'
    fn = one(tmp_path, made.format(""), **{"src/Dockerfile": dockerfile})
    assert fn.handler is not None
    assert (fn.name, fn.handler.value, fn.code.folder) == ("F", "app.handler", str(tmp_path / "src"))
    fn = one(tmp_path, made.format(', cmd=["app.other"]'), **{"src/Dockerfile": dockerfile})
    assert fn.handler is not None
    assert fn.handler.value == "app.other"


MAKE = """\
def make(scope, name, folder):
    return _lambda.Function(
        scope, name, runtime=_lambda.Runtime.PYTHON_3_12, handler="app." + name, code=_lambda.Code.from_asset(folder)
    )
"""


def test_the_body_of_a_helper_whose_calls_are_seen_is_no_function_itself(tmp_path: Path) -> None:
    body = "\n".join(f'make(self, "f{number}", "src")' for number in range(210))
    found = read(tmp_path, stack(body, MAKE))
    assert len(found) == 200
    assert all(fn.handler is not None and fn.name.startswith("f") for fn in found)


def test_a_helper_of_which_no_call_is_seen_makes_something(tmp_path: Path) -> None:
    body = 'for name in os.environ["NAMES"].split(","):\n    make(self, name, os.path.join("src", name))'
    assert [(fn.name, fn.handler) for fn in read(tmp_path, stack(body, MAKE))] == [("Function", None)]


@pytest.mark.parametrize(
    "made",
    [
        '_lambda.DockerImageFunction(self, "F", code=_lambda.DockerImageCode.from_ecr(repository, cmd=["shop.a.h"]))',
        '_lambda.Function(self, "F", runtime=_lambda.Runtime.FROM_IMAGE, handler=_lambda.Handler.FROM_IMAGE,'
        ' code=_lambda.Code.from_ecr_image(repository, cmd=["shop.a.h"]))',
    ],
)
def test_an_image_of_a_registry_has_the_handler_of_its_command(tmp_path: Path, made: str) -> None:
    body = f"""\
    from aws_cdk import aws_ecr
    repository = aws_ecr.Repository.from_repository_name(self, "R", repository_name="shop-orders")
    {made}
    """
    fn = one(tmp_path, body)
    assert fn.handler is not None
    assert (fn.handler.value, fn.code.folder, fn.code.archive) == ("shop.a.h", None, "shop-orders")
    assert (fn.code.image, fn.variables_known) == ("shop-orders", False)


def test_an_image_is_built_as_the_app_says(tmp_path: Path) -> None:
    dockerfile = """\
    ARG D=src
    FROM public.ecr.aws/lambda/python:3.12 AS one
    ARG D
    COPY $D .
    CMD ["app.handler"]
    FROM one
    COPY app.py .
    """
    made = '_lambda.DockerImageFunction(self, "F", code=_lambda.DockerImageCode.from_image_asset(".", {}))'
    files = {"Dockerfile": dedent(dockerfile), "other/app.py": "", "app.py": APP}
    fn = one(tmp_path, made.format('target="one", build_args={"D": "other"}'), **files)
    assert fn.code.folder == str(tmp_path / "other")
    fn = one(tmp_path, made.format('target="one", build_args={"D": self.node.try_get_context("d")}'), **files)
    assert fn.code.folder is None


def test_code_that_is_built_before_is_named_by_what_it_is_built_as(tmp_path: Path) -> None:
    made = '_lambda.Function(self, "F", handler="orders.app.handler", code=_lambda.Code.from_asset("{}"))'
    built = one(tmp_path, made.format(".build/all"))
    assert (built.code.folder, built.code.known) == (str(tmp_path / ".build" / "all"), False)
    packed = one(tmp_path, made.format(".build/all.zip"))
    assert (packed.code.folder, packed.code.archive) == (None, str(tmp_path / ".build" / "all"))


def test_settings_are_those_of_cdk_json_and_of_files(tmp_path: Path) -> None:
    body = """\
    stage = self.node.try_get_context("stage")
    with open(os.path.join(os.path.dirname(__file__), "functions.json")) as file:
        for each in json.load(file):
            code = _lambda.Code.from_asset("src")
            _lambda.Function(self, f"{stage}-{each['name']}", code=code, handler=each["handler"])
    """
    found = read(tmp_path, {**stack(body), "stacks/functions.json": '[{"name": "a", "handler": "app.handler"}]'})
    assert [(fn.name, fn.handler.value if fn.handler else None) for fn in found] == [("beta-a", "app.handler")]


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("python3 app.py", "app.py"),
        ("poetry run python infra/main.py -v", "infra/main.py"),
        ("python -m infra.main", "infra/main.py"),
        ("uv run ./app.py", "app.py"),
    ],
)
def test_the_app_is_the_file_that_the_command_runs(tmp_path: Path, command: str, file: str) -> None:
    guarded = APP.replace("app = ", 'if __name__ == "__main__":\n    app = ').replace("\nOrders", "\n    Orders")
    (fn,) = read(tmp_path, {**stack(FUNCTION), "cdk.json": f'{{"app": "{command}"}}', file: guarded})
    assert fn.name == "Orders"


def test_an_app_that_fails_as_it_stands_shows_what_its_stacks_would_make(tmp_path: Path) -> None:
    failing = APP.replace('"Orders")', 'env={"account": {}["to be filled in"]})')
    (fn,) = read(tmp_path, {**stack(FUNCTION), "app.py": failing})
    assert fn.name == "Orders"


def test_an_app_that_never_ends_is_given_up(tmp_path: Path) -> None:
    body = """\
    def count(items, more):
        return [count([more, item], items) for item in items if count(more, items)]
    count(path, path)
    """
    before = FUNCTION + "fn.add_function_url()\n"
    assert [fn.name for fn in read(tmp_path, stack(before + dedent(body)))] == ["Orders"]


def test_the_first_version_of_cdk_is_read_too(tmp_path: Path) -> None:
    old = """\
    from aws_cdk import core
    from aws_cdk import aws_lambda, aws_lambda_python

    class OldStack(core.Stack):
        def __init__(self, scope: core.Construct, id: str, **kwargs) -> None:
            super().__init__(scope, id, **kwargs)
            code = aws_lambda.Code.asset("src")
            timeout = core.Duration.seconds(9)
            aws_lambda.Function(self, "Old", code=code, handler="app.handler", timeout=timeout)

    app = core.App()
    OldStack(app, "S")
    app.synth()
    """
    (fn,) = read(tmp_path, {"app.py": dedent(old)})
    assert (fn.name, fn.code.folder) == ("Old", str(tmp_path / "src"))
    assert fn.timeout is not None
    assert fn.timeout.value == 9


def test_a_class_that_the_app_does_not_make_is_not_deployed(tmp_path: Path) -> None:
    unused = APP.replace("\nOrdersStack(app", "\n(lambda *args: None)(app")
    assert read(tmp_path, {**stack(FUNCTION), "app.py": unused}) == []


def test_an_app_of_another_language_is_not_read_by_its_source(tmp_path: Path) -> None:
    assert read(tmp_path, {"cdk.json": '{"app": "npx ts-node bin/app.ts"}', **stack(FUNCTION)}) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_mutation_makes_the_reader_raise_anything_but_unreadable(tmp_path: Path, data: st.DataObject) -> None:
    files = {**stack(FUNCTION + "fn.add_function_url()"), "cdk.json": SETTINGS, "app.py": APP}
    name = data.draw(st.sampled_from(sorted(files)))
    written = files[name]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(written)))
        end = min(len(written), start + data.draw(st.integers(0, 12)))
        piece = data.draw(
            st.sampled_from(["(", ")", "{", "]", '"', "fn", "None", "1", "\n", "=", "*", "**", "lambda: ", "\x00"])
        )
        written = written[:start] + piece + written[end:]
    try:
        found = read(tmp_path, files | {name: written})
    except Unreadable:
        return
    assert all(fn.place.span().start.row >= 1 for fn in found)


def test_classes_that_are_named_by_a_text_and_settings_among_the_builtins(tmp_path: Path) -> None:
    stacks = HEAD + dedent(
        """\
        class Orders(Construct):
            def __init__(self, scope, id, parameters={}):
                super().__init__(scope, id)
                _lambda.Function(self, flags.prefix + id, handler="app.handler", **parameters)

        class OrdersStack(Stack):
            def __init__(self, scope, id, **kwargs):
                super().__init__(scope, id, **kwargs)
                for label in ["Orders"]:
                    parameters = dict(runtime=_lambda.Runtime.PYTHON_3_12, code=_lambda.Code.from_asset("src")).copy()
                    globals()[label](self, label, parameters=parameters)
        """
    )
    app = "import builtins\nimport types\nbuiltins.flags = types.SimpleNamespace(prefix='')\n" + APP
    found = read(tmp_path, {"app.py": app, "stacks/orders.py": stacks, "stacks/__init__.py": ""})
    assert [(one.handler.value, one.code.folder) for one in found if one.handler is not None] == [
        ("app.handler", str(tmp_path / "src"))
    ]


BUNDLED = """\
from aws_cdk import BundlingOptions
fn = _lambda.Function(
    self, "F", runtime=_lambda.Runtime.PYTHON_3_12, handler="{handler}",
    code=_lambda.Code.from_asset("{asset}", bundling={bundling}),
)
"""


def bundling(script: str) -> str:
    return f'BundlingOptions(image=_lambda.Runtime.PYTHON_3_12.bundling_image, command=["bash", "-c", {script!r}])'


@pytest.mark.parametrize(
    ("script", "handler", "folder", "prefix"),
    [
        ("pip install -r r.txt -t /asset-output && cp -r lib/shop/. /asset-output", "app.h", "lib/shop", ""),
        ("cp -r lib/shop/* /asset-output/", "app.h", "lib/shop", ""),
        ("cp -au lib/shop /asset-output", "shop.app.h", "lib", ""),
        ("set -e; cd lib\ncp -rT . /asset-output", "shop.app.h", "lib", ""),
        ("cp /asset-input/lib/shop/app.py /asset-output/", "app.h", "lib/shop", ""),
        ("mkdir -p /asset-output/a && cp -r lib/shop /asset-output/a", "a.shop.app.h", "lib", "a"),
        ("cp -r lib/shop /asset-output/a", "a.app.h", "lib/shop", "a"),
        ("rsync -a --exclude tests lib/ /asset-output", "shop.app.h", "lib", ""),
        ("cp -t /asset-output lib/shop/app.py", "app.h", "lib/shop", ""),
        ("cp -au . /asset-output", "lib.shop.app.h", "", ""),
        ("./pack.sh", "lib.shop.app.h", "", ""),
    ],
)
def test_bundling_packages_what_its_command_copies(
    tmp_path: Path, script: str, handler: str, folder: str, prefix: str
) -> None:
    body = BUNDLED.format(handler=handler, asset=".", bundling=bundling(script))
    fn = one(tmp_path, body, **{"lib/shop/app.py": "def h(event, context): ...\n"})
    assert (fn.code.folder, fn.code.prefix, fn.code.known) == (str(tmp_path / folder), prefix, False)


def test_a_file_that_bundling_renames_is_the_module_of_its_new_name(tmp_path: Path) -> None:
    body = BUNDLED.format(handler="index.handler", asset=".", bundling=bundling("cp src/app.py /asset-output/index.py"))
    assert one(tmp_path, body).code.renamed == (("index.py", str(tmp_path / "src" / "app.py")),)


@pytest.mark.parametrize(
    "made",
    [
        bundling("./pack.sh"),
        bundling("cp -r $WHERE/* /asset-output"),
        bundling("(cd src && cp fn.py /asset-output)"),
        "path",
        'BundlingOptions(image=path, command=["make"])',
        '{"image": path, "command": path}',
    ],
)
def test_what_bundling_makes_unseen_is_built_of_the_folder(tmp_path: Path, made: str) -> None:
    files = {"src/fn.py": CODE}
    fn = one(tmp_path, BUNDLED.format(handler="fn.handler", asset=".", bundling=made), **files)
    assert (fn.code.folder, fn.code.archive) == (None, str(tmp_path))
    fn = one(tmp_path, BUNDLED.format(handler="fn.handler", asset="src", bundling=made), **files)
    assert (fn.code.folder, fn.code.archive) == (str(tmp_path / "src"), None)


def test_bundling_is_a_dict_or_has_an_entrypoint_too(tmp_path: Path) -> None:
    for made in (
        '{"image": path, "entrypoint": ["/bin/sh", "-c"], "command": ["cp -r * /asset-output"],'
        ' "working_directory": "/asset-input/src"}',
        'BundlingOptions(image=path, command=["cp", "-r", "src/.", "/asset-output"])',
    ):
        fn = one(tmp_path, BUNDLED.format(handler="app.handler", asset=".", bundling=made))
        assert fn.code.folder == str(tmp_path / "src")


def test_a_layer_that_is_bundled_has_its_modules_where_they_are_copied(tmp_path: Path) -> None:
    body = f"""\
    from aws_cdk import BundlingOptions
    made = {bundling("pip install -r r.txt -t /asset-output/python && cp -r lib/. /asset-output/python")}
    layer = _lambda.LayerVersion(self, "L", code=_lambda.Code.from_asset("layer", bundling=made))
    _lambda.Function(self, "F", handler="app.handler", code=_lambda.Code.from_asset("src"), layers=[layer])
    """
    (layer,) = one(tmp_path, body, **{"layer/lib/a.py": ""}).layers
    assert (layer.folder, layer.prefix, layer.known) == (str(tmp_path / "layer" / "lib"), "python", False)


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ('fn.add_permission("P", principal=iam.ServicePrincipal("s3.amazonaws.com"))', ["s3"]),
        ('fn.grant_invoke(iam.ServicePrincipal("lexv2.amazonaws.com"))', ["lex"]),
        ('_lambda.CfnPermission(self, "P", action="lambda:InvokeFunction", function_name=fn.function_name, '
         'principal="sns.amazonaws.com")', ["sns"]),
        ('fn.add_permission("P", principal=iam.ServicePrincipal("s3.amazonaws.com"))\n'
         'bucket = s3.Bucket(self, "B")\n'
         "bucket.add_event_notification(s3.EventType.OBJECT_CREATED, s3n.LambdaDestination(fn))", ["s3"]),
        ('fn.add_permission("P", principal=iam.ServicePrincipal("apigateway.amazonaws.com"))', []),
        ('fn.add_permission("P", principal=iam.ServicePrincipal("events.amazonaws.com"))', []),
        ('fn.add_permission("P", principal=iam.AccountPrincipal("1"))', []),
        ('fn.add_permission("P", principal=iam.ServicePrincipal(path))', []),
        ("fn.grant_invoke(path)", []),
        ("appconfig.CfnConfigurationProfile.ValidatorsProperty(type='LAMBDA', content=fn.function_arn)", ["other"]),
    ],
)  # fmt: skip
def test_a_permission_tells_of_a_caller_that_is_set_up_elsewhere(
    tmp_path: Path, written: str, kinds: list[str]
) -> None:
    imports = "from aws_cdk import aws_appconfig as appconfig, aws_iam as iam\n"
    assert [event.kind for event in one(tmp_path, imports + FUNCTION + written).events] == kinds


@pytest.mark.parametrize(
    ("published", "read", "found"),
    [
        ('CfnOutput(self, "O", value=fn.function_arn, export_name="FnArn")',
         '_lambda.Function.from_function_arn(self, "I", Fn.import_value("FnArn"))', True),
        ('ssm.StringParameter(self, "O", parameter_name="/fn", string_value=fn.function_arn)',
         '_lambda.Function.from_function_arn(self, "I", ssm.StringParameter.value_for_string_parameter(self, "/fn"))',
         True),
        ('ssm.StringParameter(self, "O", parameter_name="/fn", string_value=fn.function_name)',
         '_lambda.Function.from_function_name(self, "I", ssm.StringParameter.from_string_parameter_name('
         'self, "P", "/fn").string_value)', True),
        ("", '_lambda.Function.from_function_arn(self, "I", fn.function_arn)', True),
        ("", '_lambda.Function.from_function_name(self, "I", "orders-fn")', True),
        ("", '_lambda.Function.from_function_arn(self, "I", "arn:aws:lambda:eu-west-1:1:function:orders-fn")', True),
        ("", '_lambda.Function.from_function_name(self, "I", "orders-other")', False),
        ("", '_lambda.Function.from_function_name(self, "I", path)', False),
        ('CfnOutput(self, "O", value=fn.function_arn, export_name="Other")',
         '_lambda.Function.from_function_arn(self, "I", Fn.import_value("FnArn"))', False),
    ],
)  # fmt: skip
def test_a_function_is_found_by_what_another_stack_knows_it_by(
    tmp_path: Path, published: str, read: str, found: bool
) -> None:
    imports = "from aws_cdk import CfnOutput, Fn, aws_ssm as ssm, aws_stepfunctions_tasks as tasks\n"
    named = FUNCTION.replace('"Orders",', '"Orders", function_name="orders-fn",')
    body = f'{imports}{named}{published}\ntasks.LambdaInvoke(self, "T", lambda_function={read})'
    assert [event.kind for event in one(tmp_path, body).events] == (["step-functions"] if found else [])


def test_a_round_of_which_less_is_known_makes_no_other_function(tmp_path: Path) -> None:
    body = """\
    codes = [_lambda.Code.from_asset("src")]
    for number in range(40):
        _lambda.Function(self, "F", runtime=_lambda.Runtime.PYTHON_3_12, handler="app.handler", code=codes[-1])
        if number > 30:
            codes.append(path)
    """
    assert one(tmp_path, body).code.folder == str(tmp_path / "src")
