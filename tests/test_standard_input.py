"""What comes by standard input, and what an editor holds, is read as what its name says, in its project."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.results import LintReport

HANDLER = "def lambda_handler(event, context):\n    return {}\n"
TEMPLATE = """Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.{handler}
      Runtime: python3.13
      CodeUri: .
"""
TERRAFORM = """resource "aws_lambda_function" "orders" {{
  function_name = "orders"
  handler       = "app.{handler}"
  runtime       = "python3.13"
  filename      = data.archive_file.code.output_path
}}

data "archive_file" "code" {{
  type        = "zip"
  source_dir  = path.module
  output_path = "code.zip"
}}
"""
SERVERLESS = """service: orders
provider:
  name: aws
  runtime: python3.13
functions:
  orders:
    handler: app.{handler}
"""
DOCKERFILE = 'FROM public.ecr.aws/lambda/python:3.13\nCOPY app.py ${{LAMBDA_TASK_ROOT}}\nCMD ["app.{handler}"]\n'
JSON = '{{"Resources": {{"Orders": {{"Type": "AWS::Serverless::Function", "Properties": {{"Handler": "app.{handler}"'
JSON += ', "Runtime": "python3.13", "CodeUri": "."}}}}}}}}'
ZAPPA = '[dev]\napp_function = "app.{handler}"\nruntime = "python3.13"\n'

DESCRIPTORS = [
    ("template.yaml", TEMPLATE, 6),
    ("serverless.yml", SERVERLESS, 7),
    ("main.tf", TERRAFORM, 3),
    ("Dockerfile", DOCKERFILE, 3),
    ("template.json", JSON, 1),
    ("zappa_settings.toml", ZAPPA, 2),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(HANDLER)
    return tmp_path


def piped(text: str, name: str) -> LintReport:
    return lint([], Settings(), stdin=text.encode(), stdin_filename=name)


def found(report: LintReport) -> list[tuple[str, int, str]]:
    return [(one.span.path, one.span.start.row, one.code) for one in report.findings]


@pytest.mark.parametrize(("name", "text", "row"), DESCRIPTORS)
def test_a_descriptor_is_judged_as_one(name: str, text: str, row: int) -> None:
    assert found(piped(text.format(handler="nosuch"), name)) == [(name, row, "LL003")]
    assert found(piped(text.format(handler="lambda_handler"), name)) == []


@pytest.mark.parametrize(("name", "text", "row"), DESCRIPTORS)
def test_a_descriptor_stands_for_the_one_on_the_disk(name: str, text: str, row: int, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text.format(handler="lambda_handler"))
    assert found(piped(text.format(handler="nosuch"), name)) == [(name, row, "LL003")]
    (tmp_path / name).write_text(text.format(handler="nosuch"))
    assert found(piped(text.format(handler="lambda_handler"), name)) == []


@pytest.mark.parametrize(("name", "text", "row"), DESCRIPTORS)
def test_a_held_descriptor_counts_for_the_code(name: str, text: str, row: int, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text.format(handler="lambda_handler"))
    held = {str(tmp_path / name): text.format(handler="nosuch").encode()}
    assert found(lint(["."], Settings(), held=held)) == [(name, row, "LL003")]
    (tmp_path / name).unlink()
    assert found(lint([name], Settings(), held=held)) == [(name, row, "LL003")]


def test_what_does_not_parse_is_told_as_the_template_that_it_is() -> None:
    text = "Resources:\n  Orders:\n    Type: AWS::Serverless::Function\n    Properties: [1}\n"
    assert found(piped(text, "template.yaml")) == [("template.yaml", 4, "LL011")]


@pytest.mark.parametrize("name", ["pyproject.toml", "notes.txt", "data.json", "README.md", "script", "main.tf"])
def test_what_is_neither_python_nor_a_descriptor_is_no_fault(name: str) -> None:
    report = piped("a: [1}\n", name)
    assert (found(report), report.files) == ([], 0)


def test_a_script_without_a_suffix_is_python_by_its_first_line() -> None:
    assert found(piped("#!/usr/bin/env python3\nimport os\n", "script")) == [("script", 2, "F401")]


def test_a_file_of_terraform_s_folder_is_read_with_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(TERRAFORM.replace('"app.{handler}"', "local.handler").format())
    text = 'locals {\n  handler = "app.%s"\n}\n'
    assert found(piped(text % "lambda_handler", "locals.tf")) == []
    assert found(piped(text % "nosuch", "locals.tf")) == [("locals.tf", 2, "LL003")]


def test_a_nested_template_is_read_with_what_its_parent_hands_down(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  Inner:\n    Type: AWS::Serverless::Application\n"
        "    Properties:\n      Location: inner.yaml\n      Parameters:\n        Name: lambda_handler\n"
    )
    inner = "Parameters:\n  Name:\n    Type: String\n    Default: nosuch\n" + TEMPLATE.replace(
        "app.{handler}", '!Sub "app.${Name}"'
    )
    assert found(piped(inner, "inner.yaml")) == []
    (tmp_path / "template.yaml").unlink()
    assert [code for _, _, code in found(piped(inner, "inner.yaml"))] == ["LL003"]
