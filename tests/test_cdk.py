"""CDK apps are read by what was synthesised, and else by what their source plainly writes."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambdalint.finding import Place
from lambdalint.project.cdk import READER
from lambdalint.project.deployment import Deployment
from lambdalint.project.modules import Workspace
from lambdalint.project.tree import Unreadable

SETTINGS = '{"app": "python3 app.py"}'
CODE = "def handler(event, context): ...\n"


def read(folder: Path, files: dict[str, str]) -> list[Deployment]:
    for name, content in {"cdk.json": SETTINGS, "src/app.py": CODE, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return list(READER.read(str(folder / "cdk.json"), Workspace(folder)))


def stack(body: str) -> dict[str, str]:
    head = """\
    import os
    from pathlib import Path
    from aws_cdk import Duration, Stack, aws_lambda as _lambda, aws_sqs as sqs, aws_apigateway as apigw
    from aws_cdk import aws_apigatewayv2_integrations as integrations
    from aws_cdk.aws_lambda_event_sources import SqsEventSource
    from aws_cdk.aws_lambda_python_alpha import PythonFunction

    HANDLER = "app.handler"

    class OrdersStack(Stack):
        def __init__(self, scope, construct_id, path=None, **kwargs):
            super().__init__(scope, construct_id, **kwargs)
    """
    return {"stacks/orders.py": dedent(head) + "".join(f"        {line}\n" for line in dedent(body).split("\n"))}


def at(place: Place) -> tuple[str, int, int]:
    span = place.span()
    return span.path, span.start.row, span.start.column


FUNCTION = """\
fn = _lambda.Function(
    self, "Orders", runtime=_lambda.Runtime.PYTHON_3_12, handler=HANDLER,
    code=_lambda.Code.from_asset("src"), timeout=Duration.minutes(2), memory_size=256,
    environment={"STAGE": "prod", "TABLE": scope.name},
)
"""


def test_the_facts_of_a_function_stand_where_they_are_written(tmp_path: Path) -> None:
    (fn,) = read(tmp_path, stack(FUNCTION))
    assert (fn.name, fn.descriptor, at(fn.place)) == ("Orders", "CDK", ("stacks/orders.py", 13, 14))
    assert fn.handler is not None
    assert (fn.handler.value, at(fn.handler.place)) == ("app.handler", ("stacks/orders.py", 14, 74))
    assert fn.runtime is not None
    assert fn.runtime.value == "python3.12"
    assert fn.timeout is not None
    assert fn.timeout.value == 120
    assert fn.memory is not None
    assert fn.memory.value == 256
    assert {name: fact.value for name, fact in fn.variables.items()} == {"STAGE": "prod", "TABLE": None}
    assert (fn.code.folder, fn.code.known, fn.variables_known) == (str(tmp_path / "src"), False, False)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ('"./src"', True),
        ('os.path.join(os.path.dirname(__file__), "..", "src")', True),
        ('str(Path(__file__).parent.parent / "src")', True),
        ('str(Path(__file__).resolve().parent.joinpath("src"))', False),
        ("path", False),
        ('f"{path}/src"', False),
        ('"nowhere"', False),
    ],
)
def test_paths_are_those_of_the_app_and_of_the_file(tmp_path: Path, path: str, found: bool) -> None:
    written = f'_lambda.Function(self, "F", handler="app.handler", code=_lambda.Code.from_asset({path}))'
    (fn,) = read(tmp_path, stack(written))
    assert fn.code.folder == (str(tmp_path / "src") if found else None)


@pytest.mark.parametrize(
    ("arguments", "handler"),
    [
        ('entry="src"', "index.handler"),
        ('entry="src", index="app.py", handler="main"', "app.main"),
        ('entry="src", index="a/b.py"', "a.b.handler"),
        ('entry="src", index=path', None),
    ],
)
def test_a_python_function_has_an_entry(tmp_path: Path, arguments: str, handler: str | None) -> None:
    (fn,) = read(tmp_path, stack(f'PythonFunction(self, "F", {arguments})'))
    assert (fn.handler.value if fn.handler else None) == handler
    assert fn.code.folder == str(tmp_path / "src")


@pytest.mark.parametrize(
    ("written", "kind", "expected"),
    [
        ("fn.add_event_source(SqsEventSource(q, batch_size=5))", "sqs", {"response_types": [], "batch_size": 5}),
        (
            "source = SqsEventSource(q, report_batch_item_failures=True)\nfn.add_event_source(source)",
            "sqs",
            {"response_types": ["ReportBatchItemFailures"]},
        ),
        ("fn.add_event_source(SqsEventSource(q, report_batch_item_failures=path))", "sqs", {}),
        ("fn.add_function_url()", "function-url", {}),
        ('apigw.LambdaRestApi(self, "Api", handler=fn)', "rest-api", {}),
        ("api.root.add_method('GET', apigw.LambdaIntegration(fn))", "rest-api", {}),
        ("apigw.LambdaIntegration(fn, proxy=False)", "rest-api-custom", {}),
        ('integrations.HttpLambdaIntegration("I", fn)', "http-api", {"payload_format": "2.0"}),
        ('apigw.TokenAuthorizer(self, "A", handler=fn)', "rest-authorizer", {"authorizer_type": "TOKEN"}),
    ],
)
def test_what_calls_a_function(tmp_path: Path, written: str, kind: str, expected: dict[str, object]) -> None:
    (fn,) = read(tmp_path, stack(FUNCTION + 'q = sqs.Queue(self, "Q")\n' + written))
    (event,) = fn.events
    assert event.kind == kind
    assert {name: fact.value for name, fact in event.settings.items()} == expected


@pytest.mark.parametrize(
    "written",
    [
        "apigw.LambdaIntegration(fn, proxy=path)",
        "apigw.LambdaIntegration(fn, **kwargs)",
        "fn = path\nfn.add_function_url()",
        "for fn in path:\n    fn.add_function_url()",
        "path.grant(fn)",
    ],
)
def test_what_may_call_a_function_is_no_event(tmp_path: Path, written: str) -> None:
    (fn,) = read(tmp_path, stack(FUNCTION + written))
    assert fn.events == ()


def test_a_function_of_the_stack_itself_is_followed(tmp_path: Path) -> None:
    (fn,) = read(tmp_path, stack(FUNCTION.replace("fn =", "self.fn =") + "self.fn.add_function_url()"))
    assert [event.kind for event in fn.events] == ["function-url"]


def test_what_is_spread_over_a_function_may_be_anything(tmp_path: Path) -> None:
    assert read(tmp_path, stack('_lambda.Function(self, "F", handler="app.handler", **kwargs)')) == []


TEMPLATE = {
    "Resources": {
        "Fn": {
            "Type": "AWS::Lambda::Function",
            "Properties": {"Handler": "app.handler", "Runtime": "python3.12", "Code": {"S3Key": "x.zip"}},
            "Metadata": {"aws:cdk:path": "S/Fn/Resource", "aws:asset:path": "asset.1"},
        },
        "LogRetentionaae0": {
            "Type": "AWS::Lambda::Function",
            "Properties": {"Handler": "index.handler", "Runtime": "nodejs20.x"},
            "Metadata": {"aws:asset:path": "asset.2"},
        },
    }
}


def test_a_synthesised_template_is_read_and_its_asset_is_the_projects_own_code(tmp_path: Path) -> None:
    out = {"cdk.out/S.template.json": json.dumps(TEMPLATE), "cdk.out/asset.1/app.py": CODE}
    (fn,) = read(tmp_path, {"cdk.json": '{"app": "npx ts-node bin/app.ts"}', **out})
    assert (fn.name, fn.descriptor, fn.code.folder) == ("Fn", "CDK", str(tmp_path / "src"))
    assert not fn.code.known


def test_an_asset_that_stands_nowhere_else_is_read_where_it_is(tmp_path: Path) -> None:
    out = {"cdk.out/S.template.json": json.dumps(TEMPLATE), "cdk.out/asset.1/app.py": CODE + "# built\n"}
    (fn,) = read(tmp_path, out)
    assert (fn.code.folder, fn.code.known) == (str(tmp_path / "cdk.out" / "asset.1"), True)


def test_an_app_of_another_language_is_not_read_by_its_source(tmp_path: Path) -> None:
    assert read(tmp_path, {"cdk.json": '{"app": "npx ts-node bin/app.ts"}', **stack(FUNCTION)}) == []


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_mutation_makes_the_reader_raise_anything_but_unreadable(tmp_path: Path, data: st.DataObject) -> None:
    files = {**stack(FUNCTION + "fn.add_function_url()"), "cdk.json": SETTINGS}
    if data.draw(st.booleans()):
        files["cdk.out/S.template.json"] = json.dumps(TEMPLATE)
    else:
        (tmp_path / "cdk.out" / "S.template.json").unlink(missing_ok=True)
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
