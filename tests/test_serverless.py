"""The reader of the Serverless Framework."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambdalint.config import Settings
from lambdalint.engine import functions_of, lint
from lambdalint.project.deployment import KINDS, Deployment
from lambdalint.project.descriptors import serverless
from lambdalint.project.descriptors.tree import Unreadable
from tests.deployed import at, deployments, project

BASE = """\
service: shop
provider:
  name: aws
  runtime: python3.12
"""


def read(folder: Path, text: str, name: str = "serverless.yml", **files: str) -> list[Deployment]:
    project(folder, {name: text, **{key.replace("__", "/"): value for key, value in files.items()}})
    return deployments(serverless.READER, folder / name)


def one(folder: Path, text: str, **files: str) -> Deployment:
    found = read(folder, text, **files)
    assert len(found) == 1
    return found[0]


def kinds(deployment: Deployment) -> list[str]:
    return [event.kind for event in deployment.events]


def events(folder: Path, written: str, provider: str = "") -> Deployment:
    return one(folder, f"{BASE}{provider}functions:\n  f:\n    handler: app.h\n    events:\n{written}")


# -- functions -----------------------------------------------------------------------------------------------------


def test_a_function_has_its_own_settings_over_the_providers(tmp_path: Path) -> None:
    first, second = read(
        tmp_path,
        """\
service: shop
provider:
  name: aws
  runtime: python3.11
  timeout: 20
  environment:
    STAGE: dev
    TABLE: general
functions:
  first:
    handler: src/first.handler
    runtime: python3.12
    memorySize: 256
    environment:
      TABLE: own
  second:
    handler: src/second.handler
""",
    )
    assert first.handler is not None
    assert first.handler.value == "src/first.handler"
    assert at(first.handler) == (11, 14)
    assert (first.place.span().start.row, first.place.span().start.column) == (10, 3)
    assert first.runtime is not None
    assert (first.runtime.value, at(first.runtime)) == ("python3.12", (12, 14))
    assert first.timeout is not None
    assert (first.timeout.value, at(first.timeout)) == (20, (5, 12))
    assert {name: fact.value for name, fact in first.variables.items()} == {"STAGE": "dev", "TABLE": "own"}
    assert first.variables_known
    assert second.runtime is not None
    assert (second.runtime.value, at(second.runtime)) == ("python3.11", (4, 12))
    assert second.memory is not None
    assert second.memory.value == 1024
    assert second.code.folder == str(tmp_path)
    assert second.code.known
    assert second.is_python


@pytest.mark.parametrize("name", ["google", "azure", "${opt:cloud}"])
def test_another_provider_deploys_nothing_to_lambda(tmp_path: Path, name: str) -> None:
    text = BASE.replace("name: aws", f"name: {name}") + "functions:\n  f:\n    handler: app.h\n"
    assert read(tmp_path, text) == []


def test_the_short_provider_is_aws(tmp_path: Path) -> None:
    assert len(read(tmp_path, "service: s\nprovider: aws\nfunctions:\n  f:\n    handler: app.h\n")) == 1


def test_functions_are_a_list_of_mappings_and_files(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        f"{BASE}functions:\n  - a:\n      handler: a.h\n  - ${{file(./more.yml)}}\n  - ${{file(./gone.yml)}}\n",
        **{"more.yml": "b:\n  handler: b.h\nc: ${file(./c.json):inner}\n", "c.json": '{"inner": {"handler": "c.h"}}'},
    )
    assert [(deployment.name, deployment.handler and deployment.handler.value) for deployment in found] == [
        ("a", "a.h"),
        ("b", "b.h"),
        ("c", "c.h"),
    ]
    assert found[1].handler is not None
    assert found[1].handler.place.span().path.endswith("more.yml")
    assert at(found[1].handler) == (2, 12)


def test_json_is_read(tmp_path: Path) -> None:
    text = json.dumps({"service": "s", "provider": {"name": "aws"}, "functions": {"f": {"handler": "app.h"}}})
    assert [deployment.name for deployment in read(tmp_path, text, "serverless.json")] == ["f"]


def test_what_fits() -> None:
    assert serverless.fits("serverless.yml", BASE.encode())
    assert serverless.fits("serverless-prod.yaml", BASE.encode())
    assert serverless.fits("api.yml", f"{BASE}functions: {{}}\n".encode())
    assert not serverless.fits("serverless-compose.yml", b"services:\n  a:\n    path: a\n")
    assert not serverless.fits("template.yaml", b"Resources: {}\n")
    assert not serverless.fits("serverless.ts", BASE.encode())


# -- variables -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("${self:custom.name}", "app.h"),
        ("${self:custom.deep.0.name}", "listed.h"),
        ("${opt:handler, 'app.h'}", "app.h"),
        ('${opt:handler, "app.h"}', "app.h"),
        ("${env:MODULE, 'app'}.h", "app.h"),
        ("${opt:a, env:B, self:custom.name}", "app.h"),
        ("${opt:a, ${opt:b, 'app.h'}}", "app.h"),
        ("${self:custom.gone, 'app.h'}", "app.h"),
        ("${self:custom.${sls:stage}.name}", "dev.h"),
        ("${self:custom.${opt:stage, self:provider.stage}.name}", "dev.h"),
        ("${self:custom.empty, 'app.h'}", "app.h"),
        ("${file(./names.yml):one.two}", "file.h"),
        ("${file(./${self:custom.file}.yml):one.two}", "file.h"),
        ("${file(./names.yml):three}", "app.h"),
        ("${param:module}.h", "dev_module.h"),
        ("${param:general}", "general.h"),
        ("${param:none, 'app.h'}", "app.h"),
        ("${self:custom.quoted, 'a,}b.h'}", "a,}b.h"),
    ],
)
def test_a_variable_is_what_it_stands_for(tmp_path: Path, written: str, value: str) -> None:
    deployment = one(
        tmp_path,
        f"""\
{BASE}custom:
  name: app.h
  file: names
  empty:
  deep:
    - name: listed.h
  dev:
    name: dev.h
stages:
  default:
    params:
      general: general.h
  dev:
    params:
      module: dev_module
functions:
  f:
    handler: {json.dumps(written)}
""",
        **{"names.yml": "one:\n  two: file.h\nthree: ${self:custom.name}\n"},
    )
    assert deployment.handler is not None
    assert deployment.handler.value == value
    assert at(deployment.handler) == (22, 14)


@pytest.mark.parametrize(
    "written",
    [
        "${env:HANDLER}",
        "${opt:stage}",
        "${ssm:/a/b}",
        "${ssm:/a/b, 'app.h'}",
        "${cf:stack.out}.h",
        "${aws:region}",
        "${file(./handler.js):name}",
        "${file(./gone.yml):a, 'app.h'}",
        "${file(../../outside.yml):a}",
        "${self:custom.a}",
        "${self:custom.grow}",
        "${self:custom.list}",
        "${self:custom.name",
        "${nonsense}",
        "${AWS::Region}",
        "${" * 200,
        "${self:functions.f.handler}",
    ],
)
def test_what_cannot_be_known_is_no_handler(tmp_path: Path, written: str) -> None:
    grow = "".join(
        f"  g{number}: ${{self:custom.g{number + 1}}}${{self:custom.g{number + 1}}}\n" for number in range(15)
    )
    deployment = one(
        tmp_path,
        f"{BASE}custom:\n  a: ${{self:custom.b}}\n  b: x${{self:custom.a}}\n  list: [1]\n  grow: ${{self:custom.g0}}\n"
        f"{grow}  g15: {'x' * 50}\nfunctions:\n  f:\n    handler: {json.dumps(written)}\n",
    )
    assert deployment.handler is None


def test_a_syntax_of_variables_of_its_own_is_not_read(tmp_path: Path) -> None:
    deployment = one(
        tmp_path,
        f"{BASE}  variableSyntax: '\\$\\{{\\{{(.+?)\\}}\\}}'\nfunctions:\n  f:\n    handler: ${{{{self:custom.h}}}}\n"
        "    timeout: 3\n",
    )
    assert deployment.handler is None
    assert deployment.timeout is not None
    assert deployment.timeout.value == 3


def test_an_environment_that_cannot_be_known_may_hold_more(tmp_path: Path) -> None:
    deployment = one(
        tmp_path,
        f"{BASE}  environment: ${{file(./env.js)}}\nfunctions:\n  f:\n    handler: app.h\n    environment:\n"
        "      A: ${env:A}\n      B: true\n      C: {Ref: Table}\n      D: 1\n",
    )
    assert {name: fact.value for name, fact in deployment.variables.items()} == {
        "A": None,
        "B": "true",
        "C": None,
        "D": "1",
    }
    assert not deployment.variables_known


# -- events --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kind", "known"),
    [
        ("http: GET /orders/{id}", "rest-api", {"method": "GET", "path": "/orders/{id}"}),
        ("http: {path: orders, method: any}", "rest-api", {"method": "ANY", "path": "/orders"}),
        ("http: {path: a, method: get, integration: lambda}", "rest-api-custom", {"method": "GET", "path": "/a"}),
        ("http: {path: a, method: get, integration: lambda-proxy}", "rest-api", {"method": "GET", "path": "/a"}),
        ("http: {path: a, method: get, async: true}", "rest-api-custom", {"method": "GET", "path": "/a"}),
        ("httpApi: 'POST /a'", "http-api", {"payload_format": "2.0", "method": "POST", "path": "/a"}),
        ("httpApi: '*'", "http-api", {"payload_format": "2.0", "method": "ANY", "path": "$default"}),
        ("websocket: $connect", "websocket", {"path": "$connect"}),
        ("websocket: {route: chat}", "websocket", {"path": "chat"}),
        ("sqs: arn:aws:sqs:eu-west-1:1:q", "sqs", {"response_types": [], "batch_size": 10}),
        (
            "sqs: {arn: {Fn::GetAtt: [Q, Arn]}, batchSize: 5, functionResponseType: ReportBatchItemFailures}",
            "sqs",
            {"response_types": ["ReportBatchItemFailures"], "batch_size": 5},
        ),
        ("stream: arn:aws:dynamodb:r:1:table/t/stream/x", "dynamodb", {"response_types": [], "batch_size": 10}),
        ("stream: {type: kinesis, arn: {Ref: S}}", "kinesis", {"response_types": [], "batch_size": 10}),
        ("stream: {arn: '${ssm:/stream}'}", "other", {}),
        ("msk: {arn: a, topic: t}", "kafka", {"response_types": [], "batch_size": 100}),
        ("rabbitmq: {arn: a, queue: q}", "mq", {"response_types": [], "batch_size": 100}),
        ("schedule: rate(1 hour)", "schedule", {}),
        ("schedule: {rate: ['rate(1 hour)'], input: {a: 1}}", "schedule", {"input": True}),
        ("eventBridge: {pattern: {source: [a]}}", "eventbridge", {}),
        ("eventBridge: {schedule: rate(1 hour), inputPath: $.a}", "schedule", {"input": True}),
        ("cloudwatchEvent: {event: {source: [a]}}", "eventbridge", {}),
        ("cloudwatchLog: /aws/a", "cloudwatch-logs", {}),
        ("iot: {sql: x}", "iot-rule", {}),
        ("s3: bucket", "s3", {"notified": ["s3:ObjectCreated:*"]}),
        ("s3: {bucket: b, event: 's3:ObjectRemoved:*'}", "s3", {"notified": ["s3:ObjectRemoved:*"]}),
        ("sns: topic", "sns", {}),
        ("alexaSkill: amzn1.x", "alexa-skill", {}),
        ("alexaSkill", "alexa-skill", {}),
        ("alexaSmartHome: amzn1.x", "alexa-smart-home", {}),
        ("cognitoUserPool: {pool: p, trigger: PreSignUp}", "cognito", {"trigger": "PreSignUp"}),
        ("alb: {listenerArn: a, priority: 1}", "alb", {"multi_value_headers": False}),
        ("alb: {listenerArn: a, multiValueHeaders: true}", "alb", {"multi_value_headers": True}),
        ("cloudFront: {eventType: origin-request}", "lambda-edge", {}),
        ("fromAPlugin: {a: 1}", "other", {}),
        ("${ssm:/event}", "other", {}),
    ],
)
def test_an_event_is_of_a_kind_and_has_settings(
    tmp_path: Path, written: str, kind: str, known: dict[str, object]
) -> None:
    (event,) = events(tmp_path, f"      - {written}\n").events
    assert event.kind == kind
    assert {name: fact.value for name, fact in event.settings.items()} == known


def test_what_a_stream_holds_is_what_its_table_says(tmp_path: Path) -> None:
    table = (
        "resources:\n  Resources:\n    T:\n      Type: AWS::DynamoDB::Table\n      Properties:\n"
        "        StreamSpecification: {StreamViewType: KEYS_ONLY}\n"
    )
    written = "      - stream: {type: dynamodb, arn: {Fn::GetAtt: [%s, StreamArn]}}\n"
    head = f"{BASE}functions:\n  f:\n    handler: app.h\n    events:\n"
    assert one(tmp_path, head + written % "T" + table).events[0].setting("stream_view") == "KEYS_ONLY"
    assert one(tmp_path, head + written % "Other" + table).events[0].setting("stream_view") is None


def test_an_integration_without_a_function_calls_none(tmp_path: Path) -> None:
    assert events(tmp_path, "      - http: {path: a, method: get, integration: mock}\n").events == ()


def test_an_address_of_its_own_is_an_event(tmp_path: Path) -> None:
    assert kinds(one(tmp_path, f"{BASE}functions:\n  f:\n    handler: app.h\n    url: true\n")) == ["function-url"]


def test_events_that_cannot_be_known_are_of_no_kind(tmp_path: Path) -> None:
    assert kinds(one(tmp_path, f"{BASE}functions:\n  f:\n    handler: app.h\n    events: ${{file(./e.js)}}\n")) == [
        "other"
    ]


def test_the_payload_of_an_http_api_is_the_functions_or_the_providers(tmp_path: Path) -> None:
    deployment = events(tmp_path, "      - httpApi: GET /\n", "  httpApi:\n    payload: '1.0'\n")
    assert deployment.events[0].setting("payload_format") == "1.0"
    assert at(deployment.events[0].settings["payload_format"]) == (6, 14)
    deployment = events(tmp_path, "      - httpApi: GET /\n", "  httpApi:\n    payload: ${opt:payload}\n")
    assert deployment.events[0].setting("payload_format") is None


def test_version_one_does_not_say_which_payload(tmp_path: Path) -> None:
    deployment = one(
        tmp_path,
        f"frameworkVersion: '>=1.0.0 <2.0.0'\n{BASE}functions:\n  f:\n    handler: app.h\n    events:\n"
        "      - httpApi: GET /\n",
    )
    assert deployment.events[0].setting("payload_format") is None


def test_an_extended_mapping_may_report_failures(tmp_path: Path) -> None:
    deployment = one(
        tmp_path,
        f"{BASE}functions:\n  f:\n    handler: app.h\n    events:\n      - sqs: arn:aws:sqs:r:1:q\n"
        "resources:\n  extensions:\n    FEventSourceMappingSQSQ:\n      Properties: {FunctionResponseTypes: [x]}\n",
    )
    assert deployment.events[0].setting("response_types") is None


def test_authorizers_are_functions(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        f"""\
{BASE}  httpApi:
    authorizers:
      simple:
        type: request
        functionName: http-one
        enableSimpleResponses: true
      other:
        type: request
        functionName: http-one
        payloadVersion: '1.0'
      jwt:
        type: jwt
        functionName: never
functions:
  api:
    handler: app.h
    events:
      - http: {{path: a, method: get, authorizer: rest}}
      - http: {{path: b, method: get, authorizer: {{name: rest, type: request}}}}
      - http: {{path: c, method: get, authorizer: aws_iam}}
      - http: {{path: d, method: get, authorizer: {{name: never, type: COGNITO_USER_POOLS}}}}
      - http: {{path: e, method: get, authorizer: {{arn: {{Fn::GetAtt: [RestLambdaFunction, Arn]}}}}}}
      - websocket: {{route: $connect, authorizer: socket}}
  rest: {{handler: auth.rest}}
  http-one: {{handler: auth.http}}
  socket: {{handler: auth.socket}}
  never: {{handler: auth.never}}
""",
    )
    by_name = {deployment.name: deployment for deployment in found}
    assert [(event.kind, event.setting("authorizer_type")) for event in by_name["rest"].events] == [
        ("rest-authorizer", "TOKEN"),
        ("rest-authorizer", "REQUEST"),
        ("rest-authorizer", "TOKEN"),
    ]
    assert [
        (event.kind, event.name, event.setting("payload_format"), event.setting("simple_responses"))
        for event in by_name["http-one"].events
    ] == [("http-authorizer", "simple", "2.0", True), ("http-authorizer", "other", "1.0", False)]
    assert kinds(by_name["socket"]) == ["websocket-authorizer"]
    assert kinds(by_name["never"]) == []


def test_resources_call_functions(tmp_path: Path) -> None:
    (deployment, quiet) = read(
        tmp_path,
        f"""\
{BASE}functions:
  say-hello:
    handler: app.h
  quiet:
    handler: app.q
stepFunctions:
  stateMachines:
    machine:
      definition:
        States:
          One: {{Resource: {{Fn::GetAtt: [say-hello, Arn]}}}}
resources:
  - Resources:
      Queue: {{Type: AWS::SQS::Queue}}
      Mapping:
        Type: AWS::Lambda::EventSourceMapping
        Properties:
          FunctionName: {{Fn::GetAtt: [SayDashhelloLambdaFunction, Arn]}}
          EventSourceArn: {{Fn::GetAtt: [Queue, Arn]}}
          FunctionResponseTypes: [ReportBatchItemFailures]
      Custom:
        Type: Custom::Thing
        Properties: {{ServiceToken: {{Fn::GetAtt: [SayDashhelloLambdaFunction, Arn]}}}}
      Strange:
        Type: AWS::Strange::Thing
        Properties: {{Target: {{Fn::Sub: "${{SayDashhelloLambdaFunction.Arn}}"}}}}
      Alarm:
        Type: AWS::CloudWatch::Alarm
        Properties: {{Name: {{Ref: SayDashhelloLambdaFunction}}}}
  - ${{file(./gone.yml)}}
""",
    )
    assert kinds(deployment) == ["sqs", "custom-resource", "other", "step-functions"]
    assert deployment.events[0].setting("response_types") == ["ReportBatchItemFailures"]
    assert kinds(quiet) == []


# -- code ----------------------------------------------------------------------------------------------------------

PLUGIN = "plugins: [serverless-python-requirements]\n"


def test_patterns_leave_files_out(tmp_path: Path) -> None:
    deployment = one(
        tmp_path,
        f"{BASE}package:\n  patterns: ['!**', 'src/**/*.py', '!src/tests/**', 'data/*.{{json,csv}}']\n"
        "functions:\n  f:\n    handler: src/app.h\n",
        **{
            "src__app.py": "",
            "src__inner__b.py": "",
            "src__tests__t.py": "",
            "data__a.json": "",
            "data__x__b.json": "",
        },
    )
    assert deployment.code.files == {"src/app.py", "src/inner/b.py", "data/a.json"}
    assert deployment.code.known


def test_exclude_comes_before_include_and_the_functions_patterns_count_if_it_is_packaged_alone(tmp_path: Path) -> None:
    text = (
        f"{BASE}package:\n  individually: true\n  exclude: ['**']\n  include: [a.py]\n"
        "functions:\n  f:\n    handler: a.h\n    package: {patterns: [b.py]}\n"
    )
    files = {"a.py": "", "b.py": "", "c.py": ""}
    assert one(tmp_path, text, **files).code.files == {"a.py", "b.py"}
    text = text.replace("  individually: true\n", "")
    assert one(tmp_path, text, **files).code.files == {"a.py"}


@pytest.mark.parametrize("pattern", ["../shared/**", "@(a|b).py", "${opt:pattern}", "**/*" * 30])
def test_a_pattern_that_is_not_read_leaves_the_package_unknown(tmp_path: Path, pattern: str) -> None:
    text = f"{BASE}package:\n  patterns: ['{pattern}']\nfunctions:\n  f:\n    handler: app.h\n"
    code = one(tmp_path, text).code
    assert (code.files, code.known) == (None, False)


def test_an_artifact_is_made_elsewhere(tmp_path: Path) -> None:
    code = one(tmp_path, f"{BASE}package:\n  artifact: build.zip\nfunctions:\n  f:\n    handler: app.h\n").code
    assert (code.folder, code.known) == (None, False)


def test_a_module_of_the_requirements_plugin_is_the_top_of_the_package(tmp_path: Path) -> None:
    text = f"{BASE}{PLUGIN}package:\n  individually: true\nfunctions:\n  f:\n    handler: app.h\n    module: orders\n"
    code = one(tmp_path, text, orders__app="", **{"orders__requirements.txt": "requests\n"}).code
    assert code.folder == str(tmp_path / "orders")
    assert code.requirements == (str(tmp_path / "orders" / "requirements.txt"),)
    text = text.replace("individually: true", "individually: false")
    assert one(tmp_path, text).code.folder == str(tmp_path)


@pytest.mark.parametrize(
    ("options", "files", "manifest"),
    [
        ("{}", ["requirements.txt"], "requirements.txt"),
        ("{fileName: lambda.txt}", ["requirements.txt", "lambda.txt"], "lambda.txt"),
        ("{}", ["requirements.txt", "Pipfile"], "Pipfile"),
        ("{usePipenv: false}", ["requirements.txt", "Pipfile"], "requirements.txt"),
        ("{}", ["requirements.txt", "pyproject.toml"], "pyproject.toml"),
        ("{usePoetry: false}", ["requirements.txt", "pyproject.toml"], "requirements.txt"),
        ("{}", [], None),
    ],
)
def test_the_plugin_installs_from_one_manifest(
    tmp_path: Path, options: str, files: list[str], manifest: str | None
) -> None:
    poetry = '[build-system]\nrequires = ["poetry-core"]\n'
    text = f"{BASE}{PLUGIN}custom:\n  pythonRequirements: {options}\nfunctions:\n  f:\n    handler: app.h\n"
    code = one(tmp_path, text, **{name: poetry if name.endswith("toml") else "" for name in files}).code
    assert code.requirements == ((str(tmp_path / manifest),) if manifest else ())
    assert code.known


def test_without_the_plugin_somebody_may_install_what_a_manifest_says(tmp_path: Path) -> None:
    text = f"{BASE}functions:\n  f:\n    handler: app.h\n"
    assert one(tmp_path, text).code.known
    assert not one(tmp_path, text, **{"requirements.txt": "requests\n"}).code.known


def test_a_plugin_that_is_not_known_may_add_anything(tmp_path: Path) -> None:
    deployment = one(tmp_path, f"{BASE}plugins:\n  - serverless-mystery\nfunctions:\n  f:\n    handler: app.h\n")
    assert not deployment.code.known
    assert not deployment.variables_known
    assert not deployment.layers_known


def test_layers_of_the_service_are_folders(tmp_path: Path) -> None:
    deployment = one(
        tmp_path,
        f"{BASE}{PLUGIN}custom:\n  pythonRequirements:\n    layer: true\nlayers:\n  my-tools:\n    path: tools\n"
        "functions:\n  f:\n    handler: app.h\n    layers:\n      - Ref: MyDashtoolsLambdaLayer\n"
        "      - Ref: PythonRequirementsLambdaLayer\n      - arn:aws:lambda:r:1:layer:x:1\n",
        **{"requirements.txt": "requests\n"},
    )
    own, installed, fetched = deployment.layers
    assert (own.folder, own.known) == (str(tmp_path / "tools"), True)
    assert (installed.requirements, installed.known) == ((str(tmp_path / "requirements.txt"),), True)
    assert (fetched.folder, fetched.known) == (None, False)
    assert deployment.layers_known
    assert deployment.code.requirements == ()


def test_an_image_has_the_code_of_its_dockerfile_and_its_own_command(tmp_path: Path) -> None:
    text = (
        f"{BASE}  ecr:\n    images:\n      shop:\n        path: ./image\n"
        "functions:\n  f:\n    image:\n      name: shop\n      command: [other.h]\n  g:\n    image: shop\n"
        "  h:\n    image: 1.dkr.ecr.r.amazonaws.com/x@sha256:1\n"
    )
    docker = 'FROM public.ecr.aws/lambda/python:3.11\nCOPY . ${LAMBDA_TASK_ROOT}\nCMD ["app.h"]\n'
    first, second, third = read(tmp_path, text, image__Dockerfile=docker, image__app="")
    assert [deployment.handler and deployment.handler.value for deployment in (first, second, third)] == [
        "other.h",
        "app.h",
        None,
    ]
    assert first.code.folder == str(tmp_path / "image")
    assert first.runtime is not None
    assert first.runtime.value == "python3.11"
    assert third.code.folder is None
    assert not third.is_python


def test_wsgi_answers_itself(tmp_path: Path) -> None:
    text = f"{BASE}plugins: [serverless-wsgi]\nfunctions:\n  f:\n    handler: wsgi_handler.handler\n"
    assert one(tmp_path, text).answers_itself


@pytest.mark.parametrize(
    ("handler", "app", "read_as", "answers_itself"),
    [
        ("wsgi_handler.handler", "shop.web.app", "shop.web.app", True),
        ("wsgi.handler", "api/web.app", "api/web.app", True),
        ("wsgi_handler.handler", "${self:custom.name}.app", "web.app", True),
        # what the plugin's handler cannot load
        ("wsgi_handler.handler", "web", "wsgi_handler.handler", True),
        ("wsgi_handler.handler", "${env:APP}", "wsgi_handler.handler", True),
        ("other.handler", "web.app", "other.handler", False),
    ],
)
def test_the_handler_of_wsgi_runs_the_app_that_the_service_names(
    tmp_path: Path, handler: str, app: str, read_as: str, answers_itself: bool
) -> None:
    text = f"{BASE}plugins: [serverless-wsgi]\ncustom:\n  name: web\n  wsgi:\n    app: {app}\n"
    deployment = one(tmp_path, f"{text}functions:\n  f:\n    handler: {handler}\n")
    assert deployment.handler is not None
    assert (deployment.handler.value, deployment.answers_itself) == (read_as, answers_itself)
    taken = read_as != handler
    assert (deployment.wrapper and deployment.wrapper.value) == (handler if taken else None)
    assert at(deployment.handler) == ((9, 10) if taken else (12, 14))


def test_an_app_of_wsgi_is_found_and_is_no_handler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = f"{BASE}plugins: [serverless-wsgi]\ncustom: {{wsgi: {{app: web.app}}}}\n"
    text += "functions: {f: {handler: wsgi_handler.handler, events: [httpApi: '*']}}\n"
    web = "import json\n\n\ndef app(environ, start_response, more):\n    return json.dumps({1})\n"
    project(tmp_path, {"serverless.yml": text, "web.py": web})
    (found,), errors = functions_of(["."], Settings())
    assert not errors
    assert (found.name, found.handler, found.path, found.unknown) == ("f", "web.app", "web.py", "")
    assert "LL101" not in {finding.code for finding in lint(["."], Settings()).findings}


def test_variables_that_name_what_they_are_part_of_end(tmp_path: Path) -> None:
    text = f"{BASE}custom: {{a: '${{self:}}', b: '${{self:}}', c: [1, '${{self:custom}}']}}\n"
    text += "functions: {f: {handler: a.b}}\nresources: {Resources: {M: {Type: X, Properties: '${self:custom}'}}}\n"
    assert one(tmp_path, text).name == "f"


# -- whatever is written -------------------------------------------------------------------------------------------

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["${self:}", "${self:custom}", "${file(./serverless.yml)}", "${opt:a, 'b'}", "aws", "a.b", "*"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_change_of_a_service_makes_the_reader_raise(tmp_path: Path, data: st.DataObject) -> None:
    tree = yaml.safe_load(
        BASE
        + """\
  httpApi: {payload: '2.0', authorizers: {a: {type: request, functionName: f}}}
  ecr: {images: {i: {path: .}}}
  environment: {A: b}
plugins: [serverless-python-requirements]
custom: {pythonRequirements: {layer: true}}
package: {individually: true, patterns: ['!**', a.py]}
layers: {l: {path: l}}
functions:
  f:
    handler: app.h
    layers: [{Ref: LLambdaLayer}]
    events:
      - http: {path: a, method: get, authorizer: {name: f, type: token}}
      - sqs: {arn: arn:aws:sqs:r:1:q, batchSize: 3}
      - stream: {arn: arn:aws:kinesis:r:1:q}
      - schedule: {rate: rate(1 hour), input: {a: 1}}
      - alb: {multiValueHeaders: true}
  g: {image: {name: i, command: [a.b]}}
resources:
  Resources:
    M: {Type: 'AWS::Lambda::EventSourceMapping', Properties: {FunctionName: {Ref: FLambdaFunction}}}
stepFunctions: {stateMachines: {m: {definition: {States: {}}}}}
"""
    )
    for _ in range(data.draw(st.integers(1, 3))):
        node = tree
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            if isinstance(node[key], (dict, list)) and node[key] and data.draw(st.booleans()):
                node = node[key]
                continue
            node[key] = data.draw(VALUES)
            break
    try:
        found = read(tmp_path, yaml.safe_dump(tree))
    except Unreadable:
        return
    for deployment in found:
        assert {event.kind for event in deployment.events} <= KINDS
        deployment.place.span()


def test_resources_are_read_as_cloudformation(tmp_path: Path) -> None:
    (deployment,) = read(
        tmp_path,
        f"""\
{BASE}custom:
  rate: rate(1 hour)
functions:
  f:
    handler: app.h
resources:
  Resources:
    Hourly:
      Type: AWS::Events::Rule
      Properties:
        ScheduleExpression: ${{self:custom.rate}}
        Targets: [{{Id: f, Arn: {{Fn::GetAtt: [FLambdaFunction, Arn]}}}}]
    MayCall:
      Type: AWS::Lambda::Permission
      Properties:
        Principal: events.amazonaws.com
        FunctionName: {{Ref: FLambdaFunction}}
    Mapping:
      Type: AWS::Lambda::EventSourceMapping
      Properties:
        FunctionName: {{Fn::Sub: "${{FLambdaFunction.Arn}}"}}
        EventSourceArn: arn:aws:sqs:eu-west-1:123456789012:queue
        BatchSize: ${{opt:size}}
""",
    )
    assert kinds(deployment) == ["schedule", "sqs"]
    assert deployment.events[1].setting("batch_size") is None
    assert deployment.events[1].setting("response_types") == []


def test_code_that_an_artifact_is_made_of_has_the_handler(tmp_path: Path) -> None:
    text = f"{BASE}package:\n  artifact: build.zip\nfunctions:\n  f:\n    handler: src/app.h\n"
    code = one(tmp_path, text, **{"src__app.py": ""}).code
    assert (code.folder, code.known) == (str(tmp_path), False)


def test_files_from_above_the_service_are_below_what_they_are_taken_from(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.py").touch()
    inside = tmp_path / "deploy"
    inside.mkdir()
    text = f"{BASE}package:\n  include: ['../src/app.py']\nfunctions:\n  f:\n    handler: src/app.h\n"
    code = one(inside, text).code
    assert (code.folder, code.known) == (str(tmp_path), False)


def test_a_plugin_of_variables_leaves_packages_alone(tmp_path: Path) -> None:
    text = f"{BASE}plugins: [serverless-dotenv-plugin]\nfunctions:\n  f:\n    handler: app.h\n"
    found = one(tmp_path, text, **{"app.py": ""})
    assert (found.code.known, found.layers_known, found.variables_known) == (True, True, False)
