"""`lambdalint functions`: what was understood, for a person and for a program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lambdalint.cli import main

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.handler
      Runtime: python3.13
      Environment:
        Variables:
          TABLE: orders
      Events:
        List:
          Type: HttpApi
          Properties:
            Path: /orders
            Method: get
  Gone:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: gone.handler
      Runtime: python3.13
  Web:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: web
      Handler: index.handler
      Runtime: nodejs22.x
"""

CODE = """\
import json
import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])


def handler(event, context):
    if "id" not in event["queryStringParameters"]:
        return {"statusCode": 400}
    table.get_item(Key={"id": event["queryStringParameters"]["id"]})
    return {"statusCode": 200, "body": json.dumps({})}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.py").write_text(CODE)
    (tmp_path / "loose.py").write_text("def lambda_handler(event, context):\n    return None\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_text_tells_of_each_function_under_its_template(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["functions", "--color", "never"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("template.yaml (SAM)\n\n  Orders  app.handler  python3.13\n")
    for row in (
        "    declared   template.yaml:3",
        "    code       src/app.py:9",
        "    called by  http-api GET /orders",
        "    reads      queryStringParameters.id",
        "    variables  TABLE",
        "    answers    400, 200",
        "    calls      dynamodb.Table, dynamodb.Table.get_item",
    ):
        assert row in shown.splitlines()
    assert "  loose.lambda_handler\n    code     loose.py:1\n    answers  None\n" in shown
    assert shown.endswith("2 functions, 1 whose code was not found, 1 in other languages than Python\n")


def test_json_has_an_object_for_each(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["functions", "--output-format", "json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert set(found) == {"Orders", "Gone", "Web", ""}
    assert found["Orders"]["declared"] == {"filename": "template.yaml", "row": 3, "column": 3}
    assert (found["Orders"]["path"], found["Orders"]["row"]) == ("src/app.py", 9)
    assert found["Gone"]["unknown"]
    assert found["Web"]["foreign"]


def test_code_that_is_found_and_not_read_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    template = TEMPLATE.partition("  Gone:")[0].replace("python3.13", "python2.7")
    (tmp_path / "template.yaml").write_text(template)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.py").write_text("def handler(event, context):\n    print event\n")
    monkeypatch.chdir(tmp_path)
    assert main(["functions", "--color", "never"]) == 0
    shown = capsys.readouterr().out
    assert "    code       src/app.py\n    not read   it runs python2.7\n" in shown
    assert shown.endswith("0 functions, 1 whose code was found and not read\n")


def test_a_decorated_handler_is_shown_where_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrap = "def logged(f):\n    def run(event, context):\n        return f(event)\n    return run\n"
    (tmp_path / "wrap.py").write_text(wrap)
    (tmp_path / "app.py").write_text("from wrap import logged\n\n\n@logged\ndef handler(event):\n    return 1\n")
    monkeypatch.chdir(tmp_path)
    assert main(["functions", "--color", "never"]) == 0
    assert "    code     app.py:5\n" in capsys.readouterr().out


def test_a_handler_that_another_module_makes_is_shown_where_it_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make = "def make(answer):\n    def run(event, context):\n        return answer\n    return run\n"
    (tmp_path / "making.py").write_text(make)
    (tmp_path / "app.py").write_text("from making import make\n\nhandler = make(1)\n")
    monkeypatch.chdir(tmp_path)
    assert main(["functions", "--color", "never"]) == 0
    assert "    code     app.py:3\n" in capsys.readouterr().out
