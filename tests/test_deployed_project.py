"""Whole projects with a descriptor: what is found where, what is silenced, what cannot be read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.engine import functions_of, lint
from lambdalint.results import LintReport

from .deployed import project as written

SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: {handler}
      Runtime: python3.13
      Events:
        List:
          Type: Api
          Properties:
            Path: /orders
            Method: get
"""

ORDERS = """\
import json


def list_orders(event, context):
    return {"statusCode": 200, "body": {"orders": []}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.py").write_text(ORDERS.replace("import json\n\n\n", ""))
    (tmp_path / "template.yaml").write_text(SAM.format(handler="app.list_orders"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*paths: str) -> LintReport:
    return lint(paths or ["."], Settings())


def found(report: LintReport) -> list[tuple[str, int, str, str]]:
    assert not report.errors
    return [(f.span.path, f.span.start.row, f.code, f.severity.value) for f in report.findings]


def test_a_handler_of_any_name_is_found_by_its_template(project: Path) -> None:
    report = check()
    assert found(report) == [("src/app.py", 2, "LL301", "error")]
    (finding,) = report.findings
    assert (finding.deployed, finding.event_source) == ("template.yaml:3, python3.13", "API Gateway REST API")


def test_the_template_is_read_where_the_code_alone_is_checked(project: Path) -> None:
    assert found(check("src/app.py")) == [("src/app.py", 2, "LL301", "error")]


def test_what_is_not_checked_gets_no_finding(project: Path) -> None:
    (project / "template.yaml").write_text(SAM.format(handler="app.gone"))
    assert found(check("src/app.py")) == []
    assert found(check("template.yaml")) == [("template.yaml", 7, "LL003", "error")]


@pytest.mark.parametrize("comment", ["# noqa: LL003", "# lambdalint: ignore[handler-function-missing]"])
def test_a_comment_in_the_template_silences_its_line(project: Path, comment: str) -> None:
    (project / "template.yaml").write_text(SAM.format(handler=f"app.gone  {comment}"))
    report = check()
    assert found(report) == []
    assert [finding.code for finding in report.suppressed] == ["LL003"]


def test_a_comment_in_the_template_that_silences_nothing_is_told(project: Path) -> None:
    (project / "template.yaml").write_text(SAM.format(handler="app.list_orders  # noqa: LL003"))
    assert ("template.yaml", 7, "LL901", "warning") in found(check())


def test_templates_of_tests_deploy_nothing(project: Path) -> None:
    (project / "pyproject.toml").write_text("")
    (project / "tests").mkdir()
    (project / "template.yaml").rename(project / "tests" / "template.yaml")
    assert found(check()) == []


def test_inline_code_is_checked_where_it_stands(project: Path) -> None:
    (project / "template.yaml").write_text(
        "Resources:\n"
        "  Ping:\n"
        "    Type: AWS::Lambda::Function\n"
        "    Properties:\n"
        "      Handler: index.handler\n"
        "      Runtime: python3.13\n"
        "      Code:\n"
        "        ZipFile: |\n"
        "          import os\n"
        "          async def handler(event, context):\n"
        "              return 1\n"
    )
    report = check("template.yaml")
    assert found(report) == [("template.yaml", 9, "F401", "warning"), ("template.yaml", 10, "LL102", "error")]
    assert report.findings[1].span.start.column == 21
    assert report.lines["template.yaml"][9] == "          async def handler(event, context):"


def test_inline_code_that_does_not_compile_is_told_in_its_row(project: Path) -> None:
    (project / "template.yaml").write_text(
        "Resources:\n"
        "  Ping:\n"
        "    Type: AWS::Lambda::Function\n"
        "    Properties:\n"
        "      Handler: index.handler\n"
        "      Runtime: python3.13\n"
        "      Code:\n"
        "        ZipFile: |\n"
        "          def handler(event, context):\n"
        "              return (\n"
    )
    assert found(check("template.yaml")) == [("template.yaml", 10, "LL001", "error")]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        (SAM.format(handler="[") + "\n", "error"),
        (SAM.format(handler="a.b") + "Outputs: " + "[" * 200 + "]" * 200, "warning"),
        (SAM.format(handler="a.b") + "  # more\n" * 1_200_000, "warning"),
    ],
    ids=["no YAML", "too deep", "10 MB"],
)
def test_a_template_that_cannot_be_read_is_a_finding_and_the_rest_is_checked(
    project: Path, text: str, severity: str
) -> None:
    (project / "other.yaml").write_text(text)
    report = check()
    assert [(f.span.path, f.code, f.severity.value) for f in report.findings] == [
        ("other.yaml", "LL011", severity),
        ("src/app.py", "LL301", "error"),
    ]


def test_an_alias_bomb_is_read_as_what_it_is(project: Path) -> None:
    rows = ["a0: &a0 [AWS::Serverless::Function, x]"]
    rows += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    (project / "bomb.yaml").write_text("\n".join([*rows, "Resources:", "  X: *a39", ""]))
    assert found(check()) == [("src/app.py", 2, "LL301", "error")]


def test_two_templates_of_one_function_are_one_finding(project: Path) -> None:
    (project / "other.yaml").write_text(SAM.format(handler="app.list_orders"))
    assert found(check()) == [("src/app.py", 2, "LL301", "error")]


#: By the version that reads it first: `t""` is read by 3.14 alone.
TEMPLATE_STRING = "def list_orders(event, context):\n    return str(t'{event}')\n"


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python reads it")
@pytest.mark.parametrize(("runtime", "said"), [("python3.14", []), ("provided.al2", ["warning"])])
def test_what_only_the_functions_newer_python_reads_is_no_fault(project: Path, runtime: str, said: list[str]) -> None:
    (project / "src" / "app.py").write_text(TEMPLATE_STRING)
    template = project / "template.yaml"
    template.write_text(template.read_text().replace("python3.13", runtime))
    report = check()
    assert [severity for _, _, code, severity in found(report) if code == "LL001"] == said
    assert any("only a newer Python reads it" in one.reason for one in report.skipped) == (not said)


@pytest.mark.parametrize("filtered", [True, False])
def test_a_stream_that_a_mapping_filters_may_have_every_image(project: Path, filtered: bool) -> None:
    (project / "src" / "app.py").write_text(
        "def list_orders(event, context):\n"
        "    for record in event['Records']:\n"
        "        print(record['dynamodb']['NewImage'])\n"
    )
    stream = "          Type: DynamoDB\n          Properties:\n            Stream: !GetAtt T.StreamArn\n"
    if filtered:
        stream += "            FilterCriteria:\n              Filters: [{Pattern: '{}'}]\n"
    template = SAM.format(handler="app.list_orders")
    (project / "template.yaml").write_text(template[: template.index("          Type: Api")] + stream)
    report = lint(["."], Settings(preview=True))
    assert [finding.code for finding in report.findings] == ([] if filtered else ["LL409"])


SERVERLESS = """\
service: orders
provider: {{name: aws, runtime: python3.13}}
functions:
  list:
    handler: app.list_orders
{events}"""


@pytest.mark.parametrize(
    ("events", "severity"), [("", "warning"), ("    events: [{httpApi: 'GET /orders'}]\n", "error")]
)
def test_a_service_that_names_no_event_of_a_function_calls_it_by_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, events: str, severity: str
) -> None:
    reads = 'print(event["requestContext"], event["isBase64Encoded"])\n    return'
    (tmp_path / "app.py").write_text(ORDERS.replace("import json\n\n\n", "").replace("return", reads))
    (tmp_path / "serverless.yml").write_text(SERVERLESS.format(events=events))
    monkeypatch.chdir(tmp_path)
    assert found(check()) == [("app.py", 3, "LL301", severity)]


def test_what_is_installed_into_the_code_folder_is_found_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "template.yaml": "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n"
        "    Type: AWS::Serverless::Function\n"
        "    Properties:\n      CodeUri: src\n      Handler: app.handler\n      Runtime: python3.13\n",
        "src/app.py": "import boto3\nimport tablib2\n\n\ndef handler(event, context):\n    print(boto3, tablib2)\n",
        "src/boto3/__init__.py": "",
        "src/boto3-1.42.0.dist-info/RECORD": "boto3/__init__.py,,\n",
        "src/tablib2/__init__.py": "",
        "src/tablib2-1.0.dist-info/RECORD": "tablib2/__init__.py,,\n",
    }
    monkeypatch.chdir(written(tmp_path, files))
    assert [finding.code for finding in lint(["."], Settings()).findings] == []


def names_of(root: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str]) -> list[str]:
    """The functions that descriptors deploy, by name."""
    monkeypatch.chdir(written(root, files))
    functions, errors = functions_of(["."], Settings())
    assert not errors
    return sorted(one.name for one in functions if one.name)


def calls(*modules: str) -> str:
    return "".join(f'module "{one.rpartition("/")[2]}" {{\n  source = "{one}"\n}}\n' for one in modules)


LEAF = """\
resource "aws_lambda_function" "f" {
  handler  = "a.handler"
  runtime  = "python3.12"
  filename = "x.zip"
}
"""
APPLICATION = """\
Resources:
  {name}:
    Type: AWS::Serverless::Application
    Properties:
      Location: {location}
"""


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (
            {"main.tf": calls("./mid"), "mid/main.tf": calls("./leaf"), "mid/leaf/main.tf": LEAF},
            ["module.mid.module.leaf.aws_lambda_function.f"],
        ),
        (
            {"dev/main.tf": calls("../mid"), "prod/main.tf": calls("../mid"), "mid/main.tf": calls("./leaf") + LEAF,
             "mid/leaf/main.tf": LEAF},
            ["module.mid.aws_lambda_function.f", "module.mid.aws_lambda_function.f",
             "module.mid.module.leaf.aws_lambda_function.f", "module.mid.module.leaf.aws_lambda_function.f"],
        ),
        # nobody calls it: it may be where Terraform runs
        ({"main.tf": LEAF, "mid/main.tf": calls("./leaf"), "mid/leaf/main.tf": LEAF},
         ["aws_lambda_function.f", "module.leaf.aws_lambda_function.f"]),
        # two that call the same are each a root of their own
        ({"a/main.tf": calls("../leaf"), "b/main.tf": calls("../leaf"), "leaf/main.tf": LEAF},
         ["module.leaf.aws_lambda_function.f", "module.leaf.aws_lambda_function.f"]),
        # a caller that makes none of it
        (
            {"main.tf": 'module "mid" {\n  source = "./mid"\n  count = 0\n}\n', "mid/main.tf": calls("./leaf"),
             "mid/leaf/main.tf": LEAF},
            ["module.leaf.aws_lambda_function.f"],
        ),
        (
            {"template.yaml": APPLICATION.format(name="Mid", location="mid/template.yaml"),
             "mid/template.yaml": APPLICATION.format(name="Leaf", location="leaf.yaml"),
             "mid/leaf.yaml": SAM.format(handler="app.h")},
            ["Orders"],
        ),
    ],
)  # fmt: skip
def test_what_another_descriptor_calls_is_not_read_by_itself_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], names: list[str]
) -> None:
    assert names_of(tmp_path, monkeypatch, files) == names


def test_modules_in_a_circle_are_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a/main.tf": calls("../b"), "b/main.tf": calls("../a", "../leaf"), "leaf/main.tf": LEAF}
    assert "module.b.module.leaf.aws_lambda_function.f" in names_of(tmp_path, monkeypatch, files)


NIGHTLY = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Files:
    Type: AWS::S3::Bucket
  Nightly:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.nightly
      Runtime: python3.13
      Environment:
        Variables:
          BUCKET: !Ref Files
          DAYS: 7
          OWNER: !Ref AWS::NoValue
      Events:
        Night:
          Type: Schedule
          Properties:
            Schedule: rate(1 day)
"""
ANSWERED = """
def nightly(event, context):
    try:
        {body}
    except Exception as error:
        return {{"statusCode": 500, "body": str(error)}}
"""


def nightly(project: Path, code: str) -> list[tuple[int, str, str]]:
    """What is found in a function that a schedule calls."""
    (project / "template.yaml").write_text(NIGHTLY)
    (project / "src" / "app.py").write_text(code)
    return [(row, code, severity) for _, row, code, severity in found(check()) if code not in ("LL009", "F401")]


@pytest.mark.parametrize(
    ("head", "body", "severity"),
    [
        ("", 's3.list_objects_v2(Bucket="b")', "error"),
        ("", 'urllib.request.urlopen("https://a.example")', "error"),
        ("def load():\n    raise ValueError\n", "load()", "error"),
        ("def load():\n    try:\n        s3.list_buckets()\n    except Exception as e:\n        raise OSError from e\n",
         "load()", "error"),
        ("def load():\n    try:\n        s3.list_buckets()\n    except s3.exceptions.NoSuchKey:\n        return 1\n",
         "load()", "error"),
        ("def load():\n    try:\n        return s3.list_buckets()\n    except Exception:\n        return 0\n",
         'return load() + int(event["n"].replace(",", ""))', "warning"),
        ("", 'int(event["n"].replace(",", ""))', "warning"),
    ],
)  # fmt: skip
def test_an_error_status_is_an_error_where_a_failure_comes_to_its_clause(
    project: Path, head: str, body: str, severity: str
) -> None:
    code = f'import boto3, urllib.request\ns3 = boto3.client("s3")\n{head}{ANSWERED.format(body=body)}'
    assert [(code, severity) for _, code, severity in nightly(project, code)] == [("LL312", severity)]


def test_a_variable_that_the_template_sets_has_its_text_and_no_default(project: Path) -> None:
    read = (
        "import os\nfrom datetime import timedelta\n\n\ndef nightly(event, context):\n"
        '    days = timedelta(days=os.environ.get("{name}", 7))\n    return {{"seconds": days.total_seconds()}}\n'
    )
    assert nightly(project, read.format(name="DAYS")) == [(6, "LL208", "error")]
    assert nightly(project, read.format(name="OWNER")) == []
    assert nightly(project, read.format(name="days")) == []
    changed = read.format(name="DAYS").replace("    days =", '    os.environ["DAYS"] = "3"\n    days =')
    assert nightly(project, changed) == []


def test_variables_that_are_set_by_names_which_are_not_known_are_all_declared(project: Path) -> None:
    read = "import os\nimport boto3\n{}\n\ndef nightly(event, context):\n    return os.environ['TOKEN']\n"
    assert nightly(project, read.format("")) == [(6, "LL008", "error")]
    path = 'boto3.client("ssm").get_parameters_by_path(Path="/a")["Parameters"]'
    assert nightly(project, read.format(f'for one in {path}:\n    os.environ[one["Name"]] = one["Value"]')) == []


def test_a_variable_that_names_a_resource_is_not_empty(project: Path) -> None:
    head = 'import os\nBUCKET = os.environ.get("BUCKET", "")\n'
    assert nightly(project, head + ANSWERED.format(body="if not BUCKET: raise ValueError")) == []
    other = head.replace('"BUCKET"', '"OTHER"')
    found = nightly(project, other + ANSWERED.format(body="if not BUCKET: raise ValueError"))
    assert [(code, severity) for _, code, severity in found] == [("LL312", "error")]


def test_the_default_of_a_variable_that_every_function_declares_is_a_warning(project: Path) -> None:
    secret = 'import os\nTOKEN = os.environ.get("{}", "kq82jsd9KsaPq2")\n'
    (project / "src" / "a.py").write_text(secret.format("BUCKET_TOKEN"))
    (project / "src" / "b.py").write_text(secret.format("OTHER_TOKEN"))
    (project / "template.yaml").write_text(NIGHTLY.replace("DAYS: 7", "BUCKET_TOKEN: !Ref Token"))
    (project / "src" / "app.py").write_text("def nightly(event, context):\n    return 1\n")
    severities = {path: severity for path, _, code, severity in found(check()) if code == "LL504"}
    assert severities == {"src/a.py": "warning", "src/b.py": "error"}


def test_a_secret_of_a_file_that_no_function_has_is_a_warning(project: Path) -> None:
    secret = 'PASSWORD = "kq82jsd9KsaPq2"\n'
    script = f'{secret}if __name__ == "__main__":\n    print(PASSWORD)\n'
    (project / "demo.py").write_text(script)
    (project / "helper.py").write_text(secret)
    (project / "src" / "tool.py").write_text(script)
    severities = {path: severity for path, _, code, severity in found(check()) if code == "LL503"}
    assert severities == {"demo.py": "warning", "helper.py": "warning", "src/tool.py": "error"}
    (project / "template.yaml").unlink()
    severities = {path: severity for path, _, code, severity in found(check()) if code == "LL503"}
    assert severities == {"demo.py": "warning", "helper.py": "error", "src/tool.py": "warning"}  # scripts by themselves


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ('event["path"] if "path" in event else "/"', []),
        ('event["headers"]["host"] if "host" in event["headers"] else "/"', ["LL201"]),
    ],
)
def test_ways_that_meet_are_kept_apart_by_what_no_route_sends(project: Path, asked: str, codes: list[str]) -> None:
    code = f"""\
def list_orders(event, context):
    path = {asked}
    print(path)
    if path == "/orders":
        return {{"statusCode": 200, "body": "[]"}}
"""
    (project / "src" / "app.py").write_text(code)
    assert [one[2] for one in found(check()) if one[3] == "error"] == codes
