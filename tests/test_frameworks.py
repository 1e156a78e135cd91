"""The readers of Chalice and Zappa, and the layers that wrap a handler."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambdalint.config import Settings
from lambdalint.engine import functions_of, lint
from lambdalint.finding import Place, Position, Span
from lambdalint.project.deployment import Deployment, Fact
from lambdalint.project.descriptors import chalice, zappa
from lambdalint.project.descriptors.tree import Unreadable
from lambdalint.project.wrappers import WRAPPERS, unwrapped
from lambdalint.text import Text
from tests.deployed import at, deployments, project

APP = """\
import chalice
from chalicelib.jobs import jobs

app = chalice.Chalice(app_name="shop")
app.register_blueprint(jobs)


@app.route("/orders/{id}", methods=["GET", "PUT"])
def order(id):
    return {}


@app.authorizer()
def token(request):
    return None


@app.on_sqs_message(queue="q", batch_size=7)
def message(event):
    pass


@app.lambda_function(name="named")
def plain(event, context):
    return {}


@app.middleware("all")
def around(event, get_response):
    return get_response(event)


def helper():
    pass
"""
JOBS = """\
from chalice import Blueprint

jobs = Blueprint(__name__)


@jobs.schedule("rate(1 hour)")
def hourly(event):
    pass


@jobs.route("/jobs")
def listed():
    return []
"""
CONFIG = """\
{
  "version": "2.0",
  "app_name": "shop",
  "environment_variables": {"TABLE": "general", "ALL": "1"},
  "stages": {
    "dev": {
      "environment_variables": {"TABLE": "dev"},
      "lambda_functions": {"message": {"lambda_timeout": 30}}
    }
  }
}
"""


def of_chalice(folder: Path, config: str = CONFIG, **files: str) -> list[Deployment]:
    project(folder, {".chalice/config.json": config, "app.py": APP, "chalicelib/jobs.py": JOBS, **files})
    return deployments(chalice.READER, folder / ".chalice" / "config.json")


def test_chalice_deploys_an_app_and_a_function_for_each_decorator(tmp_path: Path) -> None:
    found = of_chalice(tmp_path)
    assert [
        (
            deployment.name,
            deployment.handler and deployment.handler.value,
            [event.kind for event in deployment.events],
            deployment.answers_itself,
        )
        for deployment in found
    ] == [
        ("api_handler", "app.app", ["rest-api"] * 3, True),
        ("token", "app.token", ["rest-authorizer"], True),
        ("message", "app.message", ["sqs"], True),
        ("named", "app.plain", [], False),
        ("hourly", "chalicelib.jobs.hourly", ["schedule"], True),
    ]
    routes = [(event.setting("method"), event.setting("path")) for event in found[0].events]
    assert routes == [("GET", "/orders/{id}"), ("PUT", "/orders/{id}"), ("GET", "/jobs")]
    assert at(found[0].handler) == (4, 1)
    assert (found[2].events[0].setting("batch_size"), found[2].events[0].setting("response_types")) == (7, [])
    assert all(deployment.is_python and deployment.runtime is None for deployment in found)


DECORATED = """\
import json
from decimal import Decimal

import boto3
from chalice import Chalice

app = Chalice(app_name="shop")
table = boto3.resource("dynamodb").Table("t")


@app.route("/price")
def price():
    return json.dumps({"price": Decimal("1.5")})


@app.schedule("rate(1 hour)")
def hourly(event):
    table.put_item(Item={"id": event.event_id, "share": 1.5})


@app.lambda_function(name="sets")
def plain(event, context):
    return {1, 2}
"""


def test_functions_under_chalices_decorators_are_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project(tmp_path, {".chalice/config.json": CONFIG, ".git/HEAD": "", "app.py": DECORATED}))
    found = [(one.code, one.span.start.row) for one in lint(["."], Settings(select=("LL2",))).findings]
    assert found == [("LL203", 13), ("LL206", 18), ("LL202", 23)]
    assert "importing" not in lint(["."], Settings(select=("LL203",))).findings[0].message


@pytest.mark.parametrize(
    ("beside", "deployed"),
    [
        ({".chalice/config.template.json": "{}"}, True),
        ({"chalicelib/__init__.py": ""}, True),
        ({"notes.txt": ""}, False),
    ],
)
def test_chalices_app_is_found_where_a_script_makes_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: dict[str, str], deployed: bool
) -> None:
    monkeypatch.chdir(project(tmp_path, {".git/HEAD": "", "app.py": DECORATED, **beside}))
    for path in (".", "app.py"):
        found = [(one.code, one.span.start.row) for one in lint([path], Settings(select=("LL2",))).findings]
        assert found == ([("LL203", 13), ("LL206", 18), ("LL202", 23)] if deployed else [])
    made = deployments(chalice.READER, tmp_path / "app.py")
    assert [one.name for one in made] == (["api_handler", "hourly", "sets"] if deployed else [])
    assert all((one.timeout, one.memory, one.variables_known) == (None, None, False) for one in made)


def test_chalices_settings_are_merged_and_looked_up_from_the_function_outwards(tmp_path: Path) -> None:
    by_name = {deployment.name: deployment for deployment in of_chalice(tmp_path)}
    message = by_name["message"]
    assert {name: fact.value for name, fact in message.variables.items()} == {"TABLE": "dev", "ALL": "1"}
    assert at(message.variables["TABLE"]) == (7, 42)
    assert message.timeout is not None
    assert (message.timeout.value, at(message.timeout)) == (30, (8, 58))
    assert by_name["named"].timeout is not None
    assert by_name["named"].timeout.value == 60


def test_chalice_packages_the_app_its_library_and_the_requirements(tmp_path: Path) -> None:
    code = of_chalice(tmp_path, **{"requirements.txt": "chalice\nrequests\n", "scripts/x.py": ""})[0].code
    assert code.files == {"app.py", "chalicelib/jobs.py"}
    assert code.requirements == (str(tmp_path / "requirements.txt"),)
    assert code.known
    assert not of_chalice(tmp_path, **{"vendor/x.py": ""})[0].code.known


def test_stages_that_differ_are_deployments_of_their_own(tmp_path: Path) -> None:
    config = json.dumps(
        {
            "app_name": "shop",
            "stages": {
                "dev": {"environment_variables": {"A": "1"}},
                "same": {"environment_variables": {"A": "1"}},
                "prod": {"environment_variables": {"A": "2"}},
            },
        }
    )
    plain = [deployment for deployment in of_chalice(tmp_path, config) if deployment.name == "named"]
    assert [deployment.variables["A"].value for deployment in plain] == ["1", "2"]


@pytest.mark.parametrize(
    "app", ["", "def broken(:\n", "app = Chalice(", "(" * 5000, "web = Other()\n@web.route('/')\ndef f(): 0"]
)
def test_an_app_without_chalice_deploys_nothing(tmp_path: Path, app: str) -> None:
    assert of_chalice(tmp_path, **{"app.py": app}) == []


def test_the_app_of_app_py_may_be_of_a_class_of_the_projects_own(tmp_path: Path) -> None:
    app = "app = OurChalice(app_name='shop')\n@app.route('/')\ndef f(): return {}\n"
    assert [one.name for one in of_chalice(tmp_path, **{"app.py": app})] == ["api_handler"]


@pytest.mark.parametrize(
    ("imported", "name", "routes"),
    [
        ("import app\nweb = app.app\n", "web", [("GET", "/orders")]),
        ("import app\n", "app.app", [("GET", "/orders")]),
        ("import app as shop\n", "shop.app", [("GET", "/orders")]),
        ("from app import app\n", "app", [("GET", "/orders")]),
        ("from app import app as web\n", "web", [("GET", "/orders")]),
        ("from app import other\n", "other", []),
        ("from .app import app\n", "app", []),
        ("import app\n", "app.other", []),
    ],
)
def test_a_module_that_imports_the_app_has_routes_of_it(
    tmp_path: Path, imported: str, name: str, routes: list[tuple[str, str]]
) -> None:
    app = "from chalice import Chalice\napp = Chalice('shop')\nother = 1\nimport chalicelib.orders\n"
    orders = f"{imported}\n@{name}.route('/orders')\ndef orders():\n    return []\n"
    # Chalice names `app.hourly` as its handler, and whether app.py has it is not known
    orders += f"\n@{name}.schedule('rate(1 hour)')\ndef hourly(event):\n    pass\n"
    found = of_chalice(tmp_path, **{"app.py": app, "chalicelib/orders.py": orders})
    handlers = [(one.name, one.handler and one.handler.value) for one in found]
    assert handlers == ([("api_handler", "app.app")] if routes else [])
    events = [event for one in found for event in one.events]
    assert [(event.setting("method"), event.setting("path")) for event in events] == routes


def test_a_chalice_app_is_found_in_the_folder_that_is_given_or_by_its_file(tmp_path: Path) -> None:
    app = "from chalice import Chalice\napp = Chalice('shop')\n@app.route('/')\ndef f(): return {'statusCode': 'x'}\n"
    project(tmp_path, {".chalice/config.json": CONFIG, ".chalice/deployments/x.py": "", "app.py": app})
    for path in (tmp_path, tmp_path / "app.py"):
        found, errors = functions_of([str(path)], Settings(root=str(tmp_path)))
        assert not errors
        assert [(one.name, one.descriptor, one.unknown) for one in found] == [("api_handler", "Chalice", "")]


def test_settings_of_another_kind_are_not_chalices(tmp_path: Path) -> None:
    project(tmp_path, {"config.json": CONFIG, "app.py": APP})
    assert deployments(chalice.READER, tmp_path / "config.json") == []


# -- Zappa ---------------------------------------------------------------------------------------------------------

ZAPPA = """\
{
  "common": {
    "app_function": "shop.main.app",
    "runtime": "python3.12",
    "environment_variables": {"TABLE": "dev"},
    "events": [
      {"function": "shop.jobs.hourly", "expression": "rate(1 hour)"},
      {"function": "shop.jobs.put", "event_source": {"arn": "arn:aws:s3:::b", "events": ["s3:ObjectCreated:*"]}}
    ]
  },
  "prod": {
    "extends": "common",
    "timeout_seconds": 60,
    "apigateway_version": "v2",
    "environment_variables": {"OTHER": "prod"},
    "aws_environment_variables": {"NATIVE": "1"},
    "authorizer": {"function": "shop.auth.check"},
    "cognito": {"triggers": [{"source": "PreSignUp_SignUp", "function": "shop.auth.sign"}]}
  },
  "round": {"extends": "round", "lambda_handler": "own.handler", "app_function": "a.b"},
  "django": {"django_settings": "site.settings"},
  "nothing": {"extends": "nowhere"}
}
"""


def of_zappa(folder: Path, text: str, name: str = "zappa_settings.json") -> list[Deployment]:
    project(folder, {name: text})
    return deployments(zappa.READER, folder / name)


def test_zappas_stages_are_functions_that_inherit(tmp_path: Path) -> None:
    found = of_zappa(tmp_path, ZAPPA)
    handlers = [
        (deployment.name, deployment.handler and deployment.handler.value, [event.kind for event in deployment.events])
        for deployment in found
    ]
    assert handlers == [
        ("common", "shop.main.app", ["rest-api"]),
        ("shop.jobs.hourly", "shop.jobs.hourly", ["schedule"]),
        ("shop.jobs.put", "shop.jobs.put", ["s3"]),
        ("prod", "shop.main.app", ["http-api"]),
        ("shop.jobs.hourly", "shop.jobs.hourly", ["schedule"]),
        ("shop.jobs.put", "shop.jobs.put", ["s3"]),
        ("shop.auth.check", "shop.auth.check", ["rest-authorizer"]),
        ("shop.auth.sign", "shop.auth.sign", ["cognito"]),
        ("round", None, ["other"]),
        ("django", None, ["rest-api"]),
    ]
    prod = found[3]
    assert at(prod.handler) == (3, 21)
    assert prod.runtime is not None
    assert prod.runtime.value == "python3.12"
    assert prod.timeout is not None
    assert prod.timeout.value == 60
    assert {"OTHER", "NATIVE", "STAGE"} <= set(prod.variables)
    assert "TABLE" not in prod.variables
    assert found[7].events[0].setting("trigger") == "PreSignUp"
    assert all(deployment.answers_itself and not deployment.code.known for deployment in found)


def test_zappas_settings_in_toml_and_yaml(tmp_path: Path) -> None:
    toml = '[dev]\napp_function = "app.app"\n\n[[dev.events]]\nfunction = "jobs.run"\nexpression = "rate(1 hour)"\n'
    first, second = of_zappa(tmp_path, toml, "zappa_settings.toml")
    assert (first.handler and first.handler.value, at(first.handler)) == ("app.app", (2, 16))
    assert (second.handler and second.handler.value, at(second.handler)) == ("jobs.run", (5, 12))
    (only,) = of_zappa(tmp_path, "dev:\n  app_function: app.app\n", "zappa_settings.yml")
    assert at(only.handler) == (2, 17)


@pytest.mark.parametrize("text", ["a = ", "a = " + "[" * 2000, "x" * 2_000_000])
def test_toml_that_cannot_be_read_says_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(Unreadable):
        of_zappa(tmp_path, text, "zappa_settings.toml")


def test_zappa_calls_a_function_with_as_many_arguments_as_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    event = {"function": "app.handler", "expression": "rate(1 day)"}
    project(tmp_path, {"app.py": "app = print\n\n\ndef handler():\n    return 1\n"})
    deployed_by = {
        "zappa_settings.json": json.dumps({"dev": {"app_function": "app.app", "events": [event]}}),
        "serverless.yml": SERVERLESS,
    }
    codes = {}
    for name, text in deployed_by.items():
        project(tmp_path, {name: text})
        codes[name] = [finding.code for finding in lint(["."], Settings()).findings]
        (tmp_path / name).unlink()
    assert codes == {"zappa_settings.json": [], "serverless.yml": ["LL101"]}


SERVERLESS = """\
service: s
provider: {name: aws, runtime: python3.12}
functions: {f: {handler: app.handler}}
"""


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({}) | st.just([{}, 1])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
@pytest.mark.parametrize("reader", ["chalice", "zappa"])
def test_no_change_of_the_settings_makes_a_reader_raise(tmp_path: Path, reader: str, data: st.DataObject) -> None:
    tree = json.loads(CONFIG if reader == "chalice" else ZAPPA)
    node = tree
    while True:
        key = data.draw(st.sampled_from(list(node) if isinstance(node, dict) else list(range(len(node)))))
        if isinstance(node[key], (dict, list)) and node[key] and data.draw(st.booleans()):
            node = node[key]
            continue
        node[key] = data.draw(VALUES)
        break
    text = json.dumps(tree)
    try:
        found = of_chalice(tmp_path, text) if reader == "chalice" else of_zappa(tmp_path, text)
    except Unreadable:
        return
    for deployment in found:
        deployment.place.span()


# -- wrappers ------------------------------------------------------------------------------------------------------


def deployed(handler: str, **variables: str | None) -> Deployment:
    text = Text("template.yaml", b"")
    place = Place(text, Span(text.path, Position(1, 1), Position(1, 2)))
    return Deployment(
        "f",
        "SAM",
        place,
        handler=Fact(handler, place),
        variables={name: Fact(value, place) for name, value in variables.items()},
    )


@pytest.mark.parametrize("wrapper", WRAPPERS, ids=lambda wrapper: wrapper.name)
def test_a_wrapper_names_the_true_handler_in_a_variable(wrapper: object) -> None:
    for handler in wrapper.handlers:  # type: ignore[attr-defined]
        for variable in wrapper.variables:  # type: ignore[attr-defined]
            found = unwrapped(deployed(handler, **{variable: "src/app.handler"}))
            assert found.handler is not None
            assert found.handler.value == "src/app.handler"
            assert found.wrapper is not None
            assert found.wrapper.value == handler


@pytest.mark.parametrize("variables", [{}, {"DD_LAMBDA_HANDLER": None}])
def test_without_the_variable_the_handler_is_not_known(variables: dict[str, str | None]) -> None:
    found = unwrapped(deployed("datadog_lambda.handler.handler", **variables))
    assert found.handler is None
    assert found.wrapper is not None


def test_a_wrapper_may_be_named_by_its_path_in_the_layer() -> None:
    found = unwrapped(deployed("/opt/python/lumigo_tracer._handler", LUMIGO_ORIGINAL_HANDLER="app.h"))
    assert found.handler is not None
    assert found.handler.value == "app.h"


def test_a_handler_of_ones_own_stays() -> None:
    deployment = deployed("app.handler", DD_LAMBDA_HANDLER="other.handler")
    assert unwrapped(deployment) is deployment


def test_every_wrapper_has_a_source_and_a_date() -> None:
    assert all(wrapper.source.startswith("https://") and wrapper.checked >= "2026-11-24" for wrapper in WRAPPERS)
