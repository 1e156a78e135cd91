"""`--add-noqa`: what is found is silent then, and nothing else has changed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import yaml

from lambdalint.cli import main

BAD = 'import os\n\n\ndef lambda_handler(event, context):\n    return {"ids": {1, 2}}\n'
HANDLER = "def handler(event, context):\n    return {}\n"
YAML = """Transform: AWS::Serverless-2016-10-31
Description: "use # noqa: E501"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      HANDLER
      Runtime: python3.13
      CodeUri: .
"""
TERRAFORM = """locals {
  note = "# noqa: E501"
  text = <<-EOT
    # noqa: E501
  EOT
}

resource "aws_lambda_function" "orders" {
  function_name = "orders-${join("-", ["a"])}"
  HANDLER
  runtime       = "python3.13"
  filename      = data.archive_file.code.output_path
}

data "archive_file" "code" {
  type        = "zip"
  source_dir  = path.module
  output_path = "code.zip"
}
"""
JSON = """{"Resources": {"A": {"Type": "AWS::Serverless::Function",
  "Properties": {"Handler": "app.nosuch", "Runtime": "python3.13", "CodeUri": "."}}}}
"""
DOCKERFILE = 'FROM public.ecr.aws/lambda/python:3.13\nCOPY app.py ./\nCMD ["app.nosuch"]\n'

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: str) -> int:
    return main(["check", "--isolated", *arguments])


def silenced(text: str, name: str = "app.py") -> str:
    """A file with the comments in it."""
    Path(name).write_text(text)
    check("--add-noqa")
    return Path(name).read_text()


def test_what_was_found_is_silent_then() -> None:
    Path("template.yaml").write_text(YAML.replace("HANDLER", "Handler: app.missing"))
    silent = BAD.replace("import os\n", "import os  # noqa: F401\n").replace("2}}\n", "2}}  # noqa: LL202\n")
    assert silenced(BAD) == silent
    assert check() == 0
    assert "Handler: app.missing  # noqa: LL003\n" in Path("template.yaml").read_text()


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("import os  # noqa: E501", "import os  # noqa: E501, F401"),
        ("import os  # noqa: E501 because", "import os  # noqa: E501, F401 because"),
        ("import os  # used by others", "import os  # used by others  # noqa: F401"),
        ("import os   ", "import os  # noqa: F401"),
        ("import os, sys", "import os, sys  # noqa: F401"),
        ("from os import (\n    path,\n)", "from os import (  # noqa: F401\n    path,\n)"),
        # behind the statement, where it cannot stand on the line of the finding
        ('z = f"""\n{nosuch}\n"""', 'z = f"""\n{nosuch}\n"""  # noqa: F821'),
        ('z = f"""\n{nosuch}\n""" + \\\n    "a"', 'z = f"""\n{nosuch}\n""" + \\\n    "a"  # noqa: F821'),
        ("z = 1 + \\\n    nosuch + \\\n    2", "z = 1 + \\\n    nosuch + \\\n    2  # noqa: F821"),
        ('print(f"""\n{nosuch}\n""",\n    1)', 'print(f"""\n{nosuch}\n""",  # noqa: F821\n    1)'),
        ('if f"""\n{nosuch}\n""":\n    pass', 'if f"""\n{nosuch}\n""":  # noqa: F821\n    pass'),
        # what only looks like a comment
        ('z = f"select 1 # noqa: S608"', 'z = f"select 1 # noqa: S608"  # noqa: F541'),
        ('y = "# noqa: E501"; z = f"q"', 'y = "# noqa: E501"; z = f"q"  # noqa: F541'),
        ('z = f"""\n# noqa: S608\n"""', 'z = f"""\n# noqa: S608\n"""  # noqa: F541'),
    ],
)
def test_where_the_comment_goes(line: str, after: str) -> None:
    assert silenced(f"{line}\n") == f"{after}\n"
    assert ast.dump(ast.parse(after)) == ast.dump(ast.parse(line))
    assert check() == 0


@pytest.mark.parametrize("text", ['y = "# noqa: E501"; z = f"q"\n', BAD, 'z = f"""\n{nosuch}\n"""\n'])
def test_a_second_time_there_is_nothing_to_do(text: str, capsys: Capture) -> None:
    once = silenced(text)
    capsys.readouterr()
    assert silenced(once) == once
    assert capsys.readouterr().err == "Silenced 0 findings.\n"


def test_what_only_a_newer_python_reads_gets_no_comment_in_its_strings() -> None:
    text = 'a = {}\nz = f"{a["x # noqa: E501"]}"; import os\n'
    assert "x # noqa: E501" in silenced(text)
    assert 'E501"]}' in silenced(text)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfimport os\r\nx = 1\r\n", b"# coding: latin-1\nimport os\nx = '\xe9'\n"])
def test_all_other_bytes_stay(data: bytes) -> None:
    Path("app.py").write_bytes(data)
    check("--add-noqa")
    assert Path("app.py").read_bytes() == data.replace(b"import os", b"import os  # noqa: F401")


def test_a_suppression_of_nothing_is_taken_out(capsys: Capture) -> None:
    text = "import os  # lambdalint: ignore[F841]\nimport sys  # noqa:LL501,E501\n"
    assert silenced(text) == "import os  # noqa: F401\nimport sys  # noqa:E501, F401\n"
    assert capsys.readouterr().err == "Silenced 2 findings, and took out 2 suppressions of nothing.\n"
    assert check() == 0


class TestDescriptors:
    @pytest.fixture(autouse=True)
    def code(self) -> None:
        Path("app.py").write_text(HANDLER)

    @pytest.mark.parametrize(
        ("handler", "after"),
        [
            ("Handler: app.nosuch", "Handler: app.nosuch  # noqa: LL003"),
            ("Handler: 'app.nosuch'  # noqa: E501", "Handler: 'app.nosuch'  # noqa: E501, LL003"),
            ('Handler: "nodot # noqa: E501"', 'Handler: "nodot # noqa: E501"  # noqa: LL004'),
            ("Handler: >-\n        app.nosuch", "Handler: >-  # noqa: LL003\n        app.nosuch"),
            ("Handler: |-\n        app.nosuch", "Handler: |-  # noqa: LL003\n        app.nosuch"),
            ("Handler:\n        app.nosuch", "Handler:\n        app.nosuch  # noqa: LL003"),
            ('Handler: "app.\\\n        nosuch"', None),
            ("Handler: 'app.nosuch\n        a'", None),
            ("Handler: app.nosuch\n        a", None),
        ],
    )
    def test_no_scalar_of_yaml_is_touched(self, handler: str, after: str | None) -> None:
        text = YAML.replace("HANDLER", handler)
        written = silenced(text, "template.yaml")
        assert yaml.safe_load(written) == yaml.safe_load(text)
        assert written == YAML.replace("HANDLER", after or handler)
        assert check() == int(after is None)

    def test_code_in_yaml_is_python(self) -> None:
        lines = ["import os", 'x = "# noqa: E501"; z = f"q"', 'y = f"""', "{nosuch}", '"""']
        lines += ["def handler(event, context):", "    return {}"]
        inline = "Handler: index.handler\n      InlineCode: |" + "".join(f"\n        {line}" for line in lines)
        text = YAML.replace("HANDLER", inline).replace("      CodeUri: .\n", "")
        after = text.replace("import os", "import os  # noqa: F401").replace('f"q"', 'f"q"  # noqa: F541')
        assert silenced(text, "template.yaml") == after
        assert check() == 1  # a comment holds for its own line there, and of one that is in a string

    @pytest.mark.parametrize(
        ("handler", "after"),
        [
            ('handler = "app.nosuch"', 'handler = "app.nosuch"  # noqa: LL003'),
            ('handler = "nodot # noqa: E501"', 'handler = "nodot # noqa: E501"  # noqa: LL004'),
            ('handler = "app.nosuch" // why', 'handler = "app.nosuch" // why  # noqa: LL003'),
            ('handler = "app.nosuch" /* and\n so */', None),
            ("handler = <<EOT\napp.nosuch\nEOT", None),
        ],
    )
    def test_no_string_of_terraform_is_touched(self, handler: str, after: str | None) -> None:
        written = silenced(TERRAFORM.replace("HANDLER", handler), "main.tf")
        assert written == TERRAFORM.replace("HANDLER", after or handler)

    def test_toml(self) -> None:
        text = '[dev]\nnote = """\n# noqa: E501\n"""\napp_function = "app.nosuch"\n'
        written = silenced(text, "zappa_settings.toml")
        assert written == text.replace('nosuch"', 'nosuch"  # noqa: LL003')

    @pytest.mark.parametrize(("name", "text"), [("Dockerfile", DOCKERFILE), ("template.json", JSON)])
    def test_what_has_no_comments_is_left_and_told(self, capsys: Capture, name: str, text: str) -> None:
        assert silenced(text, name) == text
        said = capsys.readouterr().err
        assert said.startswith(f"Silenced 0 findings; 1 stands where no comment can:\n  {name}:")
        assert "LL003 the handler `app.nosuch`" in said

    @pytest.mark.parametrize("handler", ['Handler: "nodot # noqa: LL004"', 'Handler: "nodot\\\n        # noqa: LL004"'])
    def test_text_in_quotes_silences_nothing(self, handler: str) -> None:
        Path("template.yaml").write_text(YAML.replace("HANDLER", handler))
        assert check() == 1


class TestOtherOptions:
    @pytest.fixture(autouse=True)
    def code(self) -> None:
        Path("app.py").write_text("import os\n")

    def test_a_diff_is_shown_and_nothing_is_written(self, capsys: Capture) -> None:
        assert check("--add-noqa", "--diff") == 1
        out = capsys.readouterr().out
        assert out == "--- app.py\n+++ app.py\n@@ -1 +1 @@\n-import os\n+import os  # noqa: F401\n"
        assert Path("app.py").read_text() == "import os\n"

    def test_what_the_baseline_has_gets_no_comment(self) -> None:
        Path("app.py").write_text("import os\nimport sys; x = lambda: nosuch\n")
        check("--write-baseline", "known.json", "--select", "F401")
        check("--add-noqa", "--baseline", "known.json")
        assert Path("app.py").read_text() == "import os\nimport sys; x = lambda: nosuch  # noqa: F821\n"
        assert check("--baseline", "known.json") == 0

    @pytest.mark.parametrize(
        "other", [("--fix",), ("--fix-only",), ("--watch",), ("--write-baseline", "known.json"), ("-",)]
    )
    def test_what_does_something_else_is_refused(self, other: tuple[str, ...]) -> None:
        assert check("--add-noqa", *other) == 2
        assert Path("app.py").read_text() == "import os\n"
        assert not Path("known.json").exists()
