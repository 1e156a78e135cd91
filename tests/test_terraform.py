"""Folders of Terraform are read as Terraform reads them, and what they leave open is left out."""

from __future__ import annotations

import contextlib
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambdalint.config import Settings
from lambdalint.engine import functions_of
from lambdalint.finding import Place
from lambdalint.project.code.modules import Workspace
from lambdalint.project.deployment import Deployment
from lambdalint.project.descriptors.terraform import READER, fits
from lambdalint.project.descriptors.tree import Unreadable

PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'


def project(folder: Path, files: dict[str, str]) -> Path:
    """A project with a provider, so that its top is where Terraform runs."""
    for name, content in {"provider.tf": PROVIDER, "pyproject.toml": "", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(content), "utf-8")
    return folder


def read(folder: Path, files: dict[str, str], inside: str = "") -> list[Deployment]:
    return list(READER.read(str(project(folder, files) / inside), Workspace(folder)))


def one(folder: Path, files: dict[str, str]) -> Deployment:
    (found,) = read(folder, files)
    return found


def function(arguments: str, rest: str = "") -> str:
    body = f'resource "aws_lambda_function" "fn" {{\n  function_name = "fn"\n  {arguments}\n}}\n'
    return body + dedent(rest)


def at(place: Place) -> tuple[str, int, int]:
    span = place.span()
    return span.path, span.start.row, span.start.column


def kinds(deployment: Deployment) -> list[str]:
    return [event.kind for event in deployment.events]


APP = {"src/app.py": "def handler(event, context): ...\n"}
ARCHIVE = """
data "archive_file" "zip" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/fn.zip"
}
"""


def test_the_facts_of_a_function_stand_where_they_are_written(tmp_path: Path) -> None:
    fn = one(
        tmp_path,
        APP
        | {
            "main.tf": """\
            resource "aws_lambda_function" "fn" {
              function_name = "orders"
              handler       = "app.handler"
              runtime       = var.runtime
              filename      = data.archive_file.zip.output_path
              timeout       = 30
              memory_size   = local.memory
              environment {
                variables = { TABLE = aws_dynamodb_table.t.name, STAGE = "prod" }
              }
            }
            variable "runtime" {
              default = "python3.12"
            }
            locals { memory = 2 * 128 }
            data "archive_file" "zip" {
              type        = "zip"
              source_dir  = "${path.module}/src"
              output_path = "fn.zip"
            }
            """
        },
    )
    assert (fn.name, at(fn.place)) == ("aws_lambda_function.fn", ("main.tf", 1, 1))
    assert fn.handler is not None
    assert fn.runtime is not None
    assert fn.timeout is not None
    assert fn.memory is not None
    assert (fn.handler.value, at(fn.handler.place)) == ("app.handler", ("main.tf", 3, 19))
    assert (fn.runtime.value, at(fn.runtime.place)) == ("python3.12", ("main.tf", 13, 13))
    assert (fn.timeout.value, fn.memory.value) == (30, 256)
    assert fn.code.folder == str(tmp_path / "src")
    assert fn.code.place is not None
    assert at(fn.code.place) == ("main.tf", 18, 17)
    assert {name: fact.value for name, fact in fn.variables.items()} == {"TABLE": None, "STAGE": "prod"}
    assert at(fn.variables["STAGE"].place) == ("main.tf", 9, 62)
    assert (fn.variables_known, fn.layers_known, fn.is_python) == (True, True, True)


@pytest.mark.parametrize(
    ("handler", "value"),
    [
        ('"${var.module}.handler"', "app.handler"),
        ('join(".", ["app", "handler"])', "app.handler"),
        ('format("%s.%s", "app", "handler")', "app.handler"),
        ('lookup({ a = "app.a" }, "b", "app.handler")', "app.handler"),
        ('var.on ? "app.handler" : "app.other"', "app.handler"),
        ('try(local.none.x, "app.handler")', "app.handler"),
        ('coalesce(null, "", "app.handler")', "app.handler"),
        ('merge({ h = "a.a" }, { h = "app.handler" }).h', "app.handler"),
        ('[for m in ["app"] : "${m}.handler"][0]', "app.handler"),
        ('replace("app/handler", "/", ".")', "app.handler"),
        ('trimsuffix(basename("src/app.py"), ".py")', "app"),
        ('jsondecode(jsonencode({ h = "app.handler" })).h', "app.handler"),
        ('element(concat(["a"], ["app.handler"]), 1)', "app.handler"),
        ("<<-EOT\n  app.handler\n  EOT\n", "app.handler\n"),
        ('"app.${var.asked}"', None),
        ('var.asked ? "app.a" : "app.b"', None),
        ("upper(data.aws_region.here.name)", None),
        ("merge(var.asked, { g = 1 }).h", None),
        ('merge({ h = "app.handler" }, var.asked).h', None),
        ("local.circle", None),
        ("no_such_function(1)", None),
        ('replace("app.x", "/x$/", "handler")', None),
    ],
)
def test_expressions_come_to_what_terraform_makes_of_them_or_are_unknown(
    tmp_path: Path, handler: str, value: str | None
) -> None:
    rest = """
    variable "module" { default = "app" }
    variable "on" { default = true }
    variable "asked" {}
    locals {
      none   = {}
      circle = local.round
      round  = local.circle
    }
    """
    fn = one(tmp_path, {"main.tf": function(f"handler = {handler}", rest)})
    assert (fn.handler.value if fn.handler else None) == value


def test_what_is_between_files_of_one_folder_is_found(tmp_path: Path) -> None:
    files = {
        "main.tf": function("handler = var.handler\n  runtime = local.config.runtime"),
        "variables.tf": 'variable "handler" {}\n',
        "locals.tf": 'locals { config = yamldecode(file("${path.module}/config.yaml")) }\n',
        "config.yaml": "runtime: python3.13\n",
        "terraform.tfvars": 'handler = "app.set"\n',
    }
    fn = one(tmp_path, files)
    assert fn.handler is not None
    assert fn.runtime is not None
    assert (fn.handler.value, at(fn.handler.place)) == ("app.set", ("terraform.tfvars", 1, 11))
    assert fn.runtime.value == "python3.13"


def test_a_variable_that_a_file_of_a_stage_sets_is_open(tmp_path: Path) -> None:
    main = function("handler = var.handler", '\nvariable "handler" { default = "app.handler" }\n')
    fn = one(tmp_path, {"main.tf": main, "prod.tfvars": 'handler = "app.other"\n'})
    assert fn.handler is None


def test_the_defaults_of_what_may_be_a_module_are_open(tmp_path: Path) -> None:
    main = function("handler = var.handler", '\nvariable "handler" { default = "app.handler" }\n')
    fn = one(tmp_path, {"provider.tf": "", "main.tf": main})
    assert fn.handler is None


def test_several_of_one_block_have_their_own_values(tmp_path: Path) -> None:
    main = """\
    locals {
      functions = {
        read  = { handler = "app.read" }
        write = { handler = "app.write", timeout = 20 }
      }
    }
    resource "aws_lambda_function" "fn" {
      for_each      = local.functions
      function_name = each.key
      handler       = each.value.handler
      timeout       = lookup(each.value, "timeout", 5)
    }
    resource "aws_lambda_function" "numbered" {
      count         = 2
      function_name = "n-${count.index}"
      handler       = "app.n${count.index}"
    }
    resource "aws_lambda_function" "none" {
      count         = 0
      function_name = "none"
    }
    resource "aws_lambda_event_source_mapping" "m" {
      event_source_arn = aws_sqs_queue.q.arn
      function_name    = aws_lambda_function.fn["write"].arn
    }
    resource "aws_sqs_queue" "q" {}
    """
    found = {fn.name: fn for fn in read(tmp_path, {"main.tf": main})}
    assert {name: fn.handler.value if fn.handler else None for name, fn in found.items()} == {
        'aws_lambda_function.fn["read"]': "app.read",
        'aws_lambda_function.fn["write"]': "app.write",
        "aws_lambda_function.numbered[0]": "app.n0",
        "aws_lambda_function.numbered[1]": "app.n1",
    }
    timeouts = [fn.timeout.value for fn in found.values() if fn.timeout is not None]
    assert timeouts == [5, 20]
    assert [name for name, fn in found.items() if kinds(fn) == ["sqs"]] == ['aws_lambda_function.fn["write"]']


@pytest.mark.parametrize(
    ("switch", "found"),
    [
        ('variable "webhook" { default = "" }', ["aws_lambda_function.notify"]),
        ('variable "webhook" {}', ["aws_lambda_function.notify"]),
        ('variable "webhook" { default = "https://example.com" }', ["aws_lambda_function.notify[0]"]),
        ('locals { off = "" }', []),
    ],
)
def test_a_switch_that_is_off_by_default_may_be_on(tmp_path: Path, switch: str, found: list[str]) -> None:
    name = "local.off" if "locals" in switch else "var.webhook"
    main = f"""\
    provider "aws" {{}}
    {switch}
    resource "aws_lambda_function" "notify" {{
      count   = {name} != "" ? 1 : 0
      handler = "notify.handler"
      runtime = "python3.12"
    }}
    """
    assert [fn.name for fn in read(tmp_path, {"main.tf": main})] == found


def test_of_what_is_repeated_over_something_unknown_one_stands_for_all(tmp_path: Path) -> None:
    main = """\
    variable "names" {}
    resource "aws_lambda_function" "fn" {
      for_each      = var.names
      function_name = each.key
      handler       = "app.${each.value}"
      runtime       = "python3.12"
    }
    resource "aws_lambda_function_url" "url" {
      for_each      = var.names
      function_name = aws_lambda_function.fn[each.key].function_name
    }
    """
    fn = one(tmp_path, {"main.tf": main})
    assert (fn.name, fn.handler, kinds(fn)) == ("aws_lambda_function.fn", None, ["function-url"])


def test_a_local_module_is_read_with_what_its_caller_gives(tmp_path: Path) -> None:
    files = {
        "main.tf": """\
        module "orders" {
          source      = "./modules/fn"
          handler     = "app.handler"
          code        = "${path.module}/src"
          environment = { TABLE = "t" }
        }
        resource "aws_sqs_queue" "q" {}
        resource "aws_lambda_event_source_mapping" "m" {
          event_source_arn        = aws_sqs_queue.q.arn
          function_name           = module.orders.arn
          function_response_types = ["ReportBatchItemFailures"]
          batch_size              = 5
        }
        """,
        "modules/fn/main.tf": function(
            """handler = var.handler
  runtime = var.runtime
  filename = data.archive_file.zip.output_path
  dynamic "environment" {
    for_each = length(keys(var.environment)) == 0 ? [] : [true]
    content {
      variables = var.environment
    }
  }""",
            """
            variable "handler" {}
            variable "code" {}
            variable "environment" { default = {} }
            variable "runtime" { default = "python3.13" }
            data "archive_file" "zip" {
              type        = "zip"
              source_dir  = var.code
              output_path = "x.zip"
            }
            output "arn" { value = aws_lambda_function.fn.arn }
            """,
        ),
    }
    fn = one(tmp_path, APP | files)
    assert fn.name == "module.orders.aws_lambda_function.fn"
    assert fn.handler is not None
    assert fn.runtime is not None
    assert (fn.handler.value, at(fn.handler.place)) == ("app.handler", ("main.tf", 3, 17))
    assert (fn.runtime.value, fn.runtime.place.span().path) == ("python3.13", "modules/fn/main.tf")
    assert (fn.code.folder, list(fn.variables), fn.variables_known) == (str(tmp_path / "src"), ["TABLE"], True)
    (event,) = fn.events
    assert (event.kind, event.setting("response_types"), event.setting("batch_size")) == (
        "sqs",
        ["ReportBatchItemFailures"],
        5,
    )
    assert at(event.settings["response_types"].place) == ("main.tf", 11, 29)


def test_modules_that_call_each_other_end(tmp_path: Path) -> None:
    call = 'module "a" {\n  source = "../a"\n}\nmodule "b" {\n  source = "../a"\n}\n'
    found = read(tmp_path, {"a/main.tf": PROVIDER + call + function('handler = "app.h"')}, "a")
    assert 1 <= len(found) < 300


@pytest.mark.parametrize(
    ("archive", "folder", "files", "known"),
    [
        ('source_dir = "${path.module}/src"', "src", None, True),
        ('source_dir = "src/"', "src", None, True),
        ('source_file = "${path.module}/src/app.py"', "src", {"app.py"}, True),
        ('source {\n content = file("${path.module}/src/app.py")\n filename = "app.py"\n }', "src", {"app.py"}, True),
        # what a build puts there is made of the code that has the handler
        ('source_dir = "${path.module}/built"', "src", None, False),
        ('source_dir = "${path.module}/../../elsewhere"', "src", None, False),
        ('source_dir = "${data.external.build.result.dir}"', "src", None, False),
    ],
)
def test_an_archive_is_the_code_of_its_folder_or_file(
    tmp_path: Path, archive: str, folder: str | None, files: set[str] | None, known: bool
) -> None:
    rest = f'\ndata "archive_file" "zip" {{\n  type = "zip"\n  output_path = "x.zip"\n  {archive}\n}}\n'
    main = function('handler = "app.handler"\n  filename = data.archive_file.zip.output_path', rest)
    code = one(tmp_path, APP | {"main.tf": main, "pyproject.toml": "", "lambdalint.toml": ""}).code
    assert code.folder == (str(tmp_path / folder) if folder else None)
    assert code.files == (frozenset(files) if files else None)
    # a pyproject.toml beside the folder may bring distributions into it, but not into an archive of one file
    assert code.known == (known and files is not None)


@pytest.mark.parametrize(
    ("second", "folder", "prefix", "files", "known"),
    [
        ("src/lib/a.py", "src", "code", {"app.py", "lib/a.py"}, True),
        ("other/a.py", "src", "code", {"app.py"}, False),
        ("gone/a.py", "src", "code", {"app.py"}, False),
    ],
)
def test_files_are_put_into_an_archive_one_by_one_under_other_names(
    tmp_path: Path, second: str, folder: str, prefix: str, files: set[str], known: bool
) -> None:
    blocks = "".join(
        f'  source {{\n    content = file("${{path.module}}/{path}")\n    filename = "{name}"\n  }}\n'
        for path, name in (("src/app.py", "code/app.py"), (second, "code/lib/a.py"))
    )
    rest = f'\ndata "archive_file" "zip" {{\n  type = "zip"\n  output_path = "x.zip"\n{blocks}}}\n'
    main = function('handler = "code.app.handler"\n  filename = data.archive_file.zip.output_path', rest)
    code = one(tmp_path, APP | {"main.tf": main, "src/lib/a.py": "", "other/a.py": ""}).code
    assert (code.folder, code.prefix, code.files) == (str(tmp_path / folder), prefix, frozenset(files))
    assert code.known == known


@pytest.mark.parametrize(
    ("archive", "renamed", "files", "known"),
    [
        (
            'source {\n content = file("${path.module}/src/orders.py")\n filename = "app.py"\n }',
            {"app.py": "src/orders.py"},
            set(),
            True,
        ),
        (
            'source_content = file("src/orders.py")\n source_content_filename = "./app.py"',
            {"app.py": "src/orders.py"},
            set(),
            True,
        ),
        (
            'source {\n content = file("src/orders.py")\n filename = "app.py"\n }\n'
            'source {\n content = file("src/lib.py")\n filename = "lib.py"\n }',
            {"app.py": "src/orders.py"},
            {"lib.py"},
            True,
        ),
        # the handler's module imports one that is called otherwise here, which is not looked for
        (
            'source {\n content = file("src/orders.py")\n filename = "app.py"\n }\n'
            'source {\n content = file("src/lib.py")\n filename = "utils.py"\n }',
            {"app.py": "src/orders.py", "utils.py": "src/lib.py"},
            set(),
            False,
        ),
        (
            'source {\n content = file("src/orders.py")\n filename = "app.py"\n }\n'
            'source {\n content = file("src/data.json")\n filename = "settings.json"\n }',
            {"app.py": "src/orders.py"},
            set(),
            False,
        ),
    ],
)
def test_a_file_has_another_name_in_an_archive(
    tmp_path: Path, archive: str, renamed: dict[str, str], files: set[str], known: bool
) -> None:
    rest = f'\ndata "archive_file" "zip" {{\n  type = "zip"\n  output_path = "x.zip"\n  {archive}\n}}\n'
    main = function('handler = "app.handler"\n  filename = data.archive_file.zip.output_path', rest)
    names = {"src/orders.py": APP["src/app.py"], "src/lib.py": "", "src/data.json": "{}", "main.tf": main}
    code = one(tmp_path, names).code
    assert code.inline is None
    assert dict(code.renamed) == {name: str(tmp_path / path) for name, path in renamed.items()}
    assert (code.folder, code.files) == (str(tmp_path / "src"), frozenset(files))
    assert code.known == known


def test_a_function_whose_file_has_another_name_is_found_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = 'source {\n content = file("${path.module}/orders.py")\n filename = "index.py"\n }'
    rest = f'\ndata "archive_file" "zip" {{\n  type = "zip"\n  output_path = "x.zip"\n  {archive}\n}}\n'
    main = function('handler = "index.handler"\n  runtime = "python3.12"\n  filename = "x.zip"', rest)
    project(tmp_path, {"main.tf": main, "orders.py": "\ndef handler(event, context): ...\n"})
    monkeypatch.chdir(tmp_path)
    (found,), errors = functions_of(["."], Settings())
    assert not errors
    assert (found.name, found.path, found.row, found.unknown) == ("aws_lambda_function.fn", "orders.py", 2, "")


def test_an_archive_is_found_by_its_path_too(tmp_path: Path) -> None:
    main = function('handler = "app.handler"\n  filename = "./fn.zip"') + ARCHIVE
    files = APP | {"main.tf": main}
    folder = project(tmp_path, files)
    (folder / "pyproject.toml").unlink()
    (folder / ".git").mkdir()
    (fn,) = READER.read(str(folder), Workspace(folder))
    assert (fn.code.folder, fn.code.known) == (str(tmp_path / "src"), True)


@pytest.mark.parametrize(
    "program", ['provisioner "local-exec" {\n    command = "pip install -t src requests"\n  }', ""]
)
def test_what_a_program_may_put_into_the_folder_is_not_known(tmp_path: Path, program: str) -> None:
    main = function('handler = "app.handler"\n  filename = "./fn.zip"') + ARCHIVE
    main += f'resource "null_resource" "build" {{\n  {program}\n}}\n'
    folder = project(tmp_path, APP | {"main.tf": main})
    (folder / "pyproject.toml").unlink()
    (folder / ".git").mkdir()
    (fn,) = READER.read(str(folder), Workspace(folder))
    assert fn.code.known == (program == "")


def test_an_archive_that_is_put_into_s3_is_the_code(tmp_path: Path) -> None:
    rest = """
    resource "aws_s3_object" "zip" {
      bucket = "code"
      key    = "fn.zip"
      source = data.archive_file.zip.output_path
    }
    """
    main = function('handler = "app.handler"\n  s3_bucket = "code"\n  s3_key = aws_s3_object.zip.key', rest) + ARCHIVE
    assert one(tmp_path, APP | {"main.tf": main}).code.folder == str(tmp_path / "src")


def test_a_package_that_something_else_makes_is_sought_beside_it(tmp_path: Path) -> None:
    files = APP | {"main.tf": function('handler = "app.handler"\n  filename = "src/fn.zip"')}
    code = one(tmp_path, files).code
    assert (code.folder, code.known) == (str(tmp_path / "src"), False)
    other = files | {"main.tf": function('handler = "app.other"\n  filename = "src/fn.zip"')}
    assert one(tmp_path, other).code.folder is None


def test_code_in_the_archive_itself_is_a_source(tmp_path: Path) -> None:
    main = function('handler = "index.handler"\n  filename = data.archive_file.zip.output_path')
    main += """
data "archive_file" "zip" {
  type        = "zip"
  output_path = "x.zip"
  source {
    filename = "index.py"
    content  = <<-EOT
      def handler(event, context):
          return 1
    EOT
  }
}
"""
    code = one(tmp_path, {"main.tf": main}).code
    assert code.inline is not None
    assert code.inline.text == "def handler(event, context):\n    return 1\n"
    assert code.place is not None
    assert at(code.place) == ("main.tf", 12, 16)


def test_layers_of_the_folder_are_found_and_others_are_named(tmp_path: Path) -> None:
    rest = """
    resource "aws_lambda_layer_version" "deps" {
      layer_name = "deps"
      filename   = data.archive_file.layer.output_path
    }
    data "archive_file" "layer" {
      type        = "zip"
      source_dir  = "layer"
      output_path = "layer.zip"
    }
    """
    arn = "arn:aws:lambda:eu-west-1:1:layer:x:1"
    main = function(f'handler = "app.h"\n  layers = [aws_lambda_layer_version.deps.arn, "{arn}"]', rest)
    fn = one(tmp_path, {"main.tf": main, "layer/python/dep.py": ""})
    assert [layer.folder for layer in fn.layers] == [str(tmp_path / "layer"), None]
    assert fn.layers_known
    open_ended = one(tmp_path, {"main.tf": function('handler = "app.h"\n  layers = concat(var.more, ["a"])')})
    assert (len(open_ended.layers), open_ended.layers_known) == (1, False)


def test_an_image_names_its_handler_in_its_command(tmp_path: Path) -> None:
    main = function('package_type = "Image"\n  image_uri = "x"\n  image_config {\n    command = ["app.handler"]\n  }')
    fn = one(tmp_path, {"main.tf": main})
    assert fn.handler is not None
    assert fn.handler.value == "app.handler"
    assert fn.runtime is None


EVENTS = [
    (
        'resource "aws_lambda_function_url" "u" {\n function_name = aws_lambda_function.fn.function_name\n}',
        "function-url",
        {},
    ),
    (
        'resource "aws_lambda_event_source_mapping" "m" {\n'
        " event_source_arn = aws_dynamodb_table.t.stream_arn\n function_name = aws_lambda_function.fn.arn\n}\n"
        'resource "aws_dynamodb_table" "t" {}',
        "dynamodb",
        {"response_types": [], "batch_size": 100},
    ),
    (
        'resource "aws_lambda_event_source_mapping" "m" {\n'
        " event_source_arn = aws_dynamodb_table.t.stream_arn\n function_name = aws_lambda_function.fn.arn\n}\n"
        'resource "aws_dynamodb_table" "t" {\n stream_view_type = "OLD_IMAGE"\n}',
        "dynamodb",
        {"response_types": [], "batch_size": 100, "stream_view": "OLD_IMAGE"},
    ),
    (
        'resource "aws_s3_bucket_notification" "n" {\n lambda_function {\n'
        '  lambda_function_arn = aws_lambda_function.fn.arn\n  events = ["s3:ObjectRemoved:*"]\n }\n}',
        "s3",
        {"notified": ["s3:ObjectRemoved:*"]},
    ),
    (
        'resource "aws_lambda_event_source_mapping" "m" {\n'
        ' event_source_arn = "arn:aws:kinesis:${data.aws_region.r.name}:1:stream/x"\n function_name = "fn"\n}',
        "kinesis",
        {"response_types": [], "batch_size": 100},
    ),
    (
        'resource "aws_lambda_event_source_mapping" "m" {\n function_name = aws_lambda_alias.live.arn\n'
        ' topics = ["t"]\n}\n'
        'resource "aws_lambda_alias" "live" {\n function_name = aws_lambda_function.fn.function_name\n}',
        "kafka",
        {"response_types": [], "batch_size": 100},
    ),
    (
        'resource "aws_api_gateway_integration" "i" {\n type = "AWS_PROXY"\n'
        " http_method = aws_api_gateway_method.m.http_method\n"
        " resource_id = aws_api_gateway_resource.r.id\n uri = aws_lambda_function.fn.invoke_arn\n}\n"
        'resource "aws_api_gateway_method" "m" {\n http_method = "GET"\n}\n'
        'resource "aws_api_gateway_rest_api" "api" {}\n'
        'resource "aws_api_gateway_resource" "r" {\n path_part = "x"\n'
        " parent_id = aws_api_gateway_rest_api.api.root_resource_id\n}",
        "rest-api",
        {"method": "GET", "path": "/x"},
    ),
    (
        'resource "aws_api_gateway_integration" "i" {\n type = "AWS"\n uri = aws_lambda_function.fn.invoke_arn\n}',
        "rest-api-custom",
        {},
    ),
    (
        'resource "aws_api_gateway_rest_api" "api" {\n body = jsonencode({ paths = { "/y" = { post = {\n'
        ' "x-amazon-apigateway-integration" = { type = "aws_proxy", uri ='
        " aws_lambda_function.fn.invoke_arn } } } } })\n}",
        "rest-api",
        {"method": "POST", "path": "/y"},
    ),
    (
        'resource "aws_apigatewayv2_api" "api" {\n protocol_type = "HTTP"\n}\n'
        'resource "aws_apigatewayv2_integration" "i" {\n api_id = aws_apigatewayv2_api.api.id\n'
        ' integration_type = "AWS_PROXY"\n'
        ' integration_uri = aws_lambda_function.fn.arn\n payload_format_version = "2.0"\n}\n'
        'resource "aws_apigatewayv2_route" "r" {\n route_key = "POST /z"\n'
        ' target = "integrations/${aws_apigatewayv2_integration.i.id}"\n}',
        "http-api",
        {"payload_format": "2.0", "method": "POST", "path": "/z"},
    ),
    (
        'resource "aws_apigatewayv2_api" "api" {\n protocol_type = "HTTP"\n}\n'
        'resource "aws_apigatewayv2_integration" "i" {\n api_id = aws_apigatewayv2_api.api.id\n'
        ' integration_type = "AWS_PROXY"\n'
        " integration_uri = aws_lambda_function.fn.arn\n}",
        "http-api",
        {"payload_format": "1.0"},
    ),
    (
        'resource "aws_apigatewayv2_api" "api" {\n protocol_type = "WEBSOCKET"\n}\n'
        'resource "aws_apigatewayv2_integration" "i" {\n api_id = aws_apigatewayv2_api.api.id\n'
        ' integration_type = "AWS_PROXY"\n'
        " integration_uri = aws_lambda_function.fn.arn\n}",
        "websocket",
        {},
    ),
    (
        'resource "aws_api_gateway_authorizer" "a" {\n authorizer_uri = aws_lambda_function.fn.invoke_arn\n'
        ' type = "REQUEST"\n}',
        "rest-authorizer",
        {"authorizer_type": "REQUEST"},
    ),
    (
        'resource "aws_apigatewayv2_api" "api" {\n protocol_type = "HTTP"\n}\n'
        'resource "aws_apigatewayv2_authorizer" "a" {\n api_id = aws_apigatewayv2_api.api.id\n'
        ' authorizer_type = "REQUEST"\n'
        " authorizer_uri = aws_lambda_function.fn.invoke_arn\n"
        ' authorizer_payload_format_version = "2.0"\n enable_simple_responses = true\n}',
        "http-authorizer",
        {"payload_format": "2.0", "simple_responses": True},
    ),
    (
        'resource "aws_lb_target_group" "g" {\n target_type = "lambda"\n lambda_multi_value_headers_enabled = true\n}\n'
        'resource "aws_lb_target_group_attachment" "a" {\n target_group_arn = aws_lb_target_group.g.arn\n'
        " target_id = aws_lambda_function.fn.arn\n}",
        "alb",
        {"multi_value_headers": True},
    ),
    (
        'resource "aws_s3_bucket_notification" "n" {\n lambda_function {\n'
        "  lambda_function_arn = aws_lambda_function.fn.arn\n }\n}",
        "s3",
        {},
    ),
    (
        'resource "aws_sns_topic_subscription" "s" {\n protocol = "lambda"\n endpoint = aws_lambda_function.fn.arn\n}',
        "sns",
        {},
    ),
    (
        'resource "aws_cloudwatch_event_rule" "r" {\n schedule_expression = "rate(1 day)"\n}\n'
        'resource "aws_cloudwatch_event_target" "t" {\n rule = aws_cloudwatch_event_rule.r.name\n'
        ' arn = aws_lambda_function.fn.arn\n input = "{}"\n}',
        "schedule",
        {"input": True},
    ),
    (
        'resource "aws_cloudwatch_event_rule" "r" {\n event_pattern = jsonencode({ source = ["x"] })\n}\n'
        'resource "aws_cloudwatch_event_target" "t" {\n rule = aws_cloudwatch_event_rule.r.id\n'
        " arn = aws_lambda_function.fn.arn\n}",
        "eventbridge",
        {},
    ),
    (
        'resource "aws_scheduler_schedule" "s" {\n target {\n  arn = aws_lambda_function.fn.arn\n }\n}',
        "schedule",
        {},
    ),
    (
        'resource "aws_cognito_user_pool" "p" {\n lambda_config {\n  pre_sign_up = aws_lambda_function.fn.arn\n }\n}',
        "cognito",
        {"trigger": "PreSignUp"},
    ),
    (
        'resource "aws_kinesis_firehose_delivery_stream" "f" {\n extended_s3_configuration {\n'
        "  processing_configuration {\n"
        '   processors {\n    type = "Lambda"\n    parameters {\n     parameter_name = "LambdaArn"\n'
        '     parameter_value = "${aws_lambda_function.fn.arn}:$LATEST"\n    }\n   }\n  }\n }\n}',
        "firehose",
        {},
    ),
    (
        'resource "aws_sfn_state_machine" "m" {\n'
        " definition = jsonencode({ States = { A = { Resource = aws_lambda_function.fn.arn } } })\n}",
        "step-functions",
        {},
    ),
    (
        'resource "aws_sfn_state_machine" "m" {\n'
        ' definition = templatefile("m.json", { fn = aws_lambda_function.fn.arn })\n}',
        "step-functions",
        {},
    ),
    (
        'resource "aws_config_config_rule" "r" {\n source {\n  owner = "CUSTOM_LAMBDA"\n'
        "  source_identifier = aws_lambda_function.fn.arn\n }\n}",
        "config-rule",
        {},
    ),
    (
        'resource "aws_cloudfront_distribution" "d" {\n default_cache_behavior {\n  lambda_function_association {\n'
        '   event_type = "origin-request"\n   lambda_arn = aws_lambda_function.fn.qualified_arn\n  }\n }\n}',
        "lambda-edge",
        {},
    ),
    (
        'resource "aws_lambda_permission" "p" {\n function_name = aws_lambda_function.fn.function_name\n'
        ' principal = "s3.amazonaws.com"\n}',
        "s3",
        {},
    ),
]


@pytest.mark.parametrize(
    ("resources", "kind", "expected"), EVENTS, ids=[f"{kind}-{n}" for n, (_, kind, _) in enumerate(EVENTS)]
)
def test_what_calls_a_function(tmp_path: Path, resources: str, kind: str, expected: dict[str, object]) -> None:
    fn = one(tmp_path, {"main.tf": function('handler = "app.h"') + resources + "\n"})
    (event,) = fn.events
    assert event.kind == kind
    found = {name: fact.value for name, fact in event.settings.items()}
    assert found == expected


@pytest.mark.parametrize(
    "resources",
    [
        'resource "aws_lambda_function_url" "u" {\n function_name = var.which\n}',
        'resource "aws_lambda_event_source_mapping" "m" {\n event_source_arn = var.arn\n function_name = "fn"\n}',
        'resource "aws_lambda_permission" "p" {\n function_name = "fn"\n principal = "apigateway.amazonaws.com"\n}',
        'resource "aws_sns_topic_subscription" "s" {\n protocol = "sqs"\n endpoint = aws_lambda_function.fn.arn\n}',
        'resource "aws_lambda_function_url" "u" {\n function_name = var.x ? aws_lambda_function.fn.arn : "other"\n}',
    ],
)
def test_what_may_call_a_function_is_no_event(tmp_path: Path, resources: str) -> None:
    assert one(tmp_path, {"main.tf": function('handler = "app.h"') + resources + "\n"}).events == ()


MODULE = """\
module "fn" {
  source                     = "terraform-aws-modules/lambda/aws"
  version                    = "~> 8.0"
  function_name              = "fn"
  handler                    = "app.handler"
  runtime                    = "python3.12"
  source_path                = %s
  environment_variables      = { A = "1" }
  create_lambda_function_url = true
  layers                     = [module.layer.lambda_layer_arn]
  event_source_mapping = {
    queue = {
      event_source_arn        = aws_sqs_queue.q.arn
      function_response_types = ["ReportBatchItemFailures"]
    }
  }
  allowed_triggers = {
    bucket = { service = "s3" }
  }
}
module "layer" {
  source              = "terraform-aws-modules/lambda/aws"
  create_layer        = true
  layer_name          = "deps"
  runtime             = "python3.12"
  source_path         = "layer"
}
resource "aws_sqs_queue" "q" {}
"""


@pytest.mark.parametrize(
    ("source", "folder", "prefix", "requirements", "known"),
    [
        ('"src"', "src", "", ["src/requirements.txt"], True),
        ('["${path.module}/src"]', "src", "", ["src/requirements.txt"], True),
        ('[{ path = "src", pip_requirements = false, patterns = ["!tests"] }]', "src", "", [], True),
        ('[{ path = "src", pip_requirements = true }]', "src", "", ["src/requirements.txt"], True),
        (
            '[{ path = "src", prefix_in_zip = "pkg" }, { pip_requirements = "req.txt" }]',
            "src",
            "pkg",
            ["req.txt"],
            True,
        ),
        ('["other", "src"]', "src", "", ["other/requirements.txt", "src/requirements.txt"], False),
        ('[{ path = "src", commands = ["make", ":zip"] }]', "src", "", [], False),
        ('[{ path = "src", commands = ["make", ":zip out"] }]', None, "", [], False),
        ("var.where", None, "", [], False),
    ],
)
def test_the_lambda_module_is_read_as_it_packs(
    tmp_path: Path, source: str, folder: str | None, prefix: str, requirements: list[str], known: bool
) -> None:
    files = APP | {
        "src/requirements.txt": "x\n",
        "req.txt": "x\n",
        "layer/python/d.py": "",
        "other/requirements.txt": "",
    }
    fn = one(tmp_path, files | {"main.tf": MODULE % source})
    code = fn.code
    assert code.folder == (str(tmp_path / folder) if folder else None)
    assert (code.prefix, code.known) == (prefix, known)
    assert set(code.requirements) == {str(tmp_path / path) for path in requirements}
    assert [layer.folder for layer in fn.layers] == [str(tmp_path / "layer")]
    assert (fn.name, kinds(fn)) == ("module.fn", ["sqs", "function-url", "s3"])
    assert fn.events[0].setting("response_types") == ["ReportBatchItemFailures"]
    assert fn.handler is not None
    assert at(fn.handler.place) == ("main.tf", 5, 32)


def test_a_package_that_exists_already_is_made_of_code_that_has_its_handler(tmp_path: Path) -> None:
    main = MODULE % 'null\n  create_package = false\n  local_existing_package = "dist/fn.zip"'
    code = one(tmp_path, APP | {"main.tf": main, "layer/python/d.py": ""}).code
    assert (code.folder, code.known) == (str(tmp_path / "src"), False)


def test_the_json_syntax_is_read_too(tmp_path: Path) -> None:
    main = """\
    {
      "resource": {
        "aws_lambda_function": {
          "fn": {
            "function_name": "fn",
            "handler": "${local.module}.handler",
            "environment": [{"variables": {"A": "1"}}]
          }
        }
      },
      "locals": {"module": "app"}
    }
    """
    fn = one(tmp_path, {"main.tf.json": main})
    assert fn.handler is not None
    assert (fn.handler.value, at(fn.handler.place)) == ("app.handler", ("main.tf.json", 6, 20))
    assert list(fn.variables) == ["A"]


def test_overrides_replace_what_they_name(tmp_path: Path) -> None:
    files = {
        "main.tf": function('handler = "app.a"\n  timeout = 5'),
        "a_override.tf": 'resource "aws_lambda_function" "fn" {\n  handler = "app.b"\n}\n',
    }
    fn = one(tmp_path, files)
    assert fn.handler is not None
    assert fn.timeout is not None
    assert (fn.handler.value, fn.timeout.value) == ("app.b", 5)


def test_a_variables_type_gives_what_is_left_out(tmp_path: Path) -> None:
    rest = """
    variable "functions" {
      type    = map(object({ handler = string, timeout = optional(number, 7), memory = optional(number) }))
      default = { a = { handler = "app.a" } }
    }
    """
    main = 'resource "aws_lambda_function" "fn" {\n for_each = var.functions\n handler = each.value.handler\n'
    main += " timeout = each.value.timeout\n memory_size = each.value.memory\n}\n" + dedent(rest)
    fn = one(tmp_path, {"main.tf": main})
    assert fn.timeout is not None
    assert (fn.timeout.value, fn.memory) == (7, None)


def test_a_file_that_cannot_be_read_is_said_where_it_makes_functions(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read(tmp_path, {"main.tf": 'resource "aws_lambda_function" "fn" {\n  handler = = "x"\n}\n'})
    assert (at(caught.value.place), caught.value.broken) == (("main.tf", 2, 13), False)


def test_a_file_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    fn = one(tmp_path, {"main.tf": function('handler = "app.h"'), "other.tf": "resource {{\n"})
    assert fn.handler is not None
    assert fn.handler.value == "app.h"


def test_only_folders_that_may_make_functions_are_read(tmp_path: Path) -> None:
    assert fits("main.tf", b'resource "aws_lambda_function" "x" {}')
    assert fits("main.tf.json", b'{"resource": {"aws_lambda_function": {}}}')
    assert fits("main.tf", b'module "x" {\n  source = "./modules/x"\n}')
    assert not fits("main.tf", b'resource "aws_sqs_queue" "q" {}')
    assert not fits("main.py", b"aws_lambda_function")
    assert read(tmp_path, {"main.tf": 'module "x" {\n  source = "./x"\n}\n', "x/main.tf": "broken {{{"}) == []


@pytest.mark.parametrize(
    "main",
    [
        function("handler = " + "[" * 500 + "]" * 500),
        function("handler = local.a60")
        + "".join(f"locals {{ a{n + 1} = [local.a{n}, local.a{n}] }}\n" for n in range(60)),
        function("handler = jsonencode(local.a60)")
        + "".join(f"locals {{ a{n + 1} = [local.a{n}, local.a{n}] }}\n" for n in range(60)),
        function('handler = "${local.a60}"')
        + 'locals { a0 = "x" }\n'
        + "".join(f'locals {{ a{n + 1} = "${{local.a{n}}}${{local.a{n}}}" }}\n' for n in range(60)),
        function("count = 1000000\n  handler = each.key"),
        function("for_each = toset(range(100000000))\n  handler = each.key"),
        function("handler = [for a in range(900) : [for b in range(900) : [for c in range(900) : c]]][0]"),
        function("handler = local.a500") + "".join(f"locals {{ a{n + 1} = local.a{n} }}\n" for n in range(500)),
        function('handler = join("", [for a in range(900) : replace("xxxxxxxxxx", "x", local.long)])')
        + f'locals {{ long = "{"y" * 50000}" }}\n',
        function("handler = 1 / 0"),
        function("handler = " + "9" * 5000),
        function("handler = aws_lambda_function.fn.handler"),
    ],
    ids=range(12),
)
def test_work_is_bounded(tmp_path: Path, main: str) -> None:
    try:
        found = read(tmp_path, {"main.tf": main})
    except Unreadable:
        pass
    else:
        assert len(found) <= 100
        assert all(fn.handler is None for fn in found)


SEED = (
    function('handler = "app.handler"\n  filename = data.archive_file.zip.output_path\n  layers = [for a in ["x"] : a]')
    + ARCHIVE
    + MODULE % '[{ path = "src" }]'
    + "\n".join(resources for resources, _, _ in EVENTS[3:12])
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_mutation_of_a_file_makes_the_reader_raise_anything_else(tmp_path: Path, data: st.DataObject) -> None:
    written = SEED
    pieces = ["{", "}", "[", "]", '"', "${", "<<EOT\n", "null", "1", "\n", "=", "*", "for", "\\", "?", "\x00", "\ud7ff"]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(written)))
        end = min(len(written), start + data.draw(st.integers(0, 12)))
        written = written[:start] + data.draw(st.sampled_from([*pieces, written[start - 40 : start]])) + written[end:]
    try:
        found = read(tmp_path, APP | {"main.tf": written})
    except Unreadable:
        return
    for fn in found:
        assert fn.place.span().start.row >= 1


HANDLED = "def handler(event, context): ...\n"
ZIPPED = 'handler = "app.handler"\n  filename = "%s"'


@pytest.mark.parametrize(
    ("package", "expected"),
    [
        ("../dist/create-order.zip", "code/create_order"),
        ("../dist/delete_order.zip", "code/delete_order"),
        ("../dist/other.zip", None),  # two folders have the handler, and neither is called so
    ],
)
def test_code_that_a_script_packs_is_found_by_the_name_of_its_package(
    tmp_path: Path, package: str, expected: str | None
) -> None:
    files = {
        "infra/main.tf": function(ZIPPED % package),
        "code/create_order/app.py": HANDLED,
        "code/delete_order/app.py": HANDLED,
        "code/tests/app.py": HANDLED,
    }
    (fn,) = read(tmp_path, files, "infra")
    assert (fn.code.folder, fn.code.known) == (str(tmp_path / expected) if expected else None, False)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("async def handler(event, context): return 1\n", True),
        ("handler: object = print\n", True),
        ("def handler(event context): f'\n", True),  # whatever is wrong with it
        ("handler == 1\n", False),
        ("def handlers(event, context): ...\n", False),
    ],
)
@pytest.mark.parametrize("folder", ["infra", "code"])
def test_a_module_has_a_handler_however_it_is_defined(tmp_path: Path, written: str, found: bool, folder: str) -> None:
    (fn,) = read(tmp_path, {"infra/main.tf": function(ZIPPED % "a.zip"), f"{folder}/app.py": written}, "infra")
    assert (fn.code.folder is not None) is found


def test_one_folder_is_not_the_code_of_two_packages(tmp_path: Path) -> None:
    one_package = function(ZIPPED % "a.zip")
    other = one_package.replace('"fn"', '"gn"').replace("a.zip", "b.zip")
    found = read(tmp_path / "one", {"infra/main.tf": one_package, "src/app.py": HANDLED}, "infra")
    assert [fn.code.folder for fn in found] == [str(tmp_path / "one" / "src")]
    both = read(tmp_path / "two", {"infra/main.tf": one_package + other, "src/app.py": HANDLED}, "infra")
    assert [fn.code.folder for fn in both] == [None, None]


def test_the_code_of_another_project_beside_it_is_none(tmp_path: Path) -> None:
    files = {"shop/main.tf": function(ZIPPED % "fn.zip"), "office/app.py": HANDLED}
    (fn,) = read(tmp_path, files, "shop")
    assert fn.code.folder is None


def test_the_code_of_a_module_is_beside_it_wherever_it_is_called(tmp_path: Path) -> None:
    files = {
        "examples/all/main.tf": 'module "ca" {\n  source = "../../modules/ca"\n}\n',
        "modules/ca/main.tf": function(ZIPPED % "${path.module}/build/issue.zip"),
        "modules/ca/code/issue/app.py": HANDLED,
        "modules/ca/code/revoke/app.py": HANDLED,
    }
    (fn,) = read(tmp_path, files, "examples/all")
    assert fn.code.folder == str(tmp_path / "modules/ca/code/issue")


def test_an_object_in_a_bucket_is_made_of_what_it_is_uploaded_from(tmp_path: Path) -> None:
    main = function(
        'handler = "app.handler"\n  s3_key = aws_s3_object.zip.key',
        """
        resource "aws_s3_object" "zip" {
          key    = "fn-${filemd5("orders.zip")}.zip"
          source = abspath("${path.module}/orders.zip")
        }
        """,
    )
    fn = one(tmp_path, {"main.tf": main, "orders/app.py": HANDLED, "users/app.py": HANDLED})
    assert fn.code.folder == str(tmp_path / "orders")


@pytest.mark.parametrize("ignored", ["[s3_key]", "[filename, last_modified]", "all"])
def test_code_that_others_put_in_its_place_is_not_what_is_packed(tmp_path: Path, ignored: str) -> None:
    arguments = (
        'handler = "app.handler"\n  filename = data.archive_file.zip.output_path\n'
        f"  lifecycle {{\n    ignore_changes = {ignored}\n  }}"
    )
    code = one(tmp_path, {"main.tf": function(arguments, ARCHIVE), "src/placeholder.py": ""}).code
    assert (code.folder, code.known) == (None, False)


IMAGE = 'FROM public.ecr.aws/lambda/python:3.12\nCOPY app.py ${LAMBDA_TASK_ROOT}\nCMD ["app.%s"]\n'


@pytest.mark.parametrize("repository", ["orders", "shop-orders", "order-lambda-repo", "orders_image"])
def test_an_image_is_built_of_the_dockerfile_that_is_called_like_it(tmp_path: Path, repository: str) -> None:
    uri = f"${{aws_ecr_repository.{repository}.repository_url}}:latest"
    main = function(f'package_type = "Image"\n  image_uri = "{uri}"')
    main += f'resource "aws_ecr_repository" "{repository}" {{\n  name = "x"\n}}\n'
    files = {"infra/main.tf": main}
    for name in ("orders", "users"):
        files |= {f"{name}/Dockerfile": IMAGE % name, f"{name}/app.py": f"def {name}(event, context): ...\n"}
    (fn,) = read(tmp_path, files, "infra")
    assert fn.handler is not None
    assert (fn.handler.value, fn.code.folder, fn.descriptor) == ("app.orders", str(tmp_path / "orders"), "Terraform")
    assert fn.runtime is not None
    assert fn.runtime.value == "python3.12"


def test_the_one_dockerfile_is_not_that_of_several_images(tmp_path: Path) -> None:
    repositories = "".join(f'resource "aws_ecr_repository" "{name}" {{}}\n' for name in ("orders", "users"))
    functions = "".join(
        f'resource "aws_lambda_function" "{name}_fn" {{\n  package_type = "Image"\n'
        f'  image_uri = "${{aws_ecr_repository.{name}.repository_url}}:latest"\n}}\n'
        for name in ("orders", "users")
    )
    files = {"infra/main.tf": repositories + functions, "orders/Dockerfile": IMAGE % "go", "orders/app.py": ""}
    handlers = {one.name: one.handler and one.handler.value for one in read(tmp_path, files, "infra")}
    assert handlers == {"aws_lambda_function.orders_fn": "app.go", "aws_lambda_function.users_fn": None}


def test_a_copy_of_the_tree_is_not_what_is_deployed(tmp_path: Path) -> None:
    """Nor does the name of the file, which all of them have, tell one from another."""
    main = function('handler = "handler.handle"\n  filename = "placeholder.zip"').replace('"fn"', '"orders_handler"')
    handled = "def handle(event, context): ...\n"
    folders = ("src/orders_handler", "src/users", "old/src/orders_handler", "old/src/users")
    files = {f"{folder}/handler.py": handled for folder in folders}
    (fn,) = read(tmp_path, files | {"infra/main.tf": main}, "infra")
    assert fn.code.folder == str(tmp_path / "src/orders_handler")


def test_a_module_that_waits_for_an_image_has_none(tmp_path: Path) -> None:
    files = {
        "main.tf": function("image_uri = var.image_uri", 'variable "image_uri" {}\n'),
        "examples/Dockerfile": IMAGE % "handler",
        "examples/app.py": HANDLED,
    }
    assert one(tmp_path, files).handler is None


def test_what_may_be_null_or_empty_is_else_what_is_written(tmp_path: Path) -> None:
    main = function(
        """handler = var.image ? null : "app.handler"
  runtime  = var.image ? "" : "python3.12"
  filename = var.image ? null : data.archive_file.zip.output_path
  image_uri = var.image_uri
  package_type = var.image ? "Image" : "Zip\"""",
        'variable "image" {}\nvariable "image_uri" {}\n' + ARCHIVE,
    )
    fn = one(tmp_path, APP | {"main.tf": main})
    assert fn.handler is not None
    assert fn.runtime is not None
    assert (fn.handler.value, fn.runtime.value, fn.code.folder) == ("app.handler", "python3.12", str(tmp_path / "src"))


def test_a_copy_of_the_lambda_module_is_known_by_what_is_given_to_it(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "fn" {\n  source = "./lambda"\n  handler = "app.handler"\n'
        '  runtime = "python3.12"\n  source_path = "src"\n}\n',
        "lambda/main.tf": function("handler = var.handler"),
        "lambda/package.tf": 'data "external" "archive_prepare" {\n  program = ["python3", "package.py"]\n}\n',
    }
    fn = one(tmp_path, APP | files)
    assert (fn.name, fn.code.folder) == ("module.fn", str(tmp_path / "src"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('regex("[a-z]+", "python3.12")', "python"),
        ('regex("^([a-z]+)([0-9.]+)$", "python3.12")[1]', "3.12"),
        ('regex("(?P<name>[a-z]+)", "python3.12").name', "python"),
        ('try(regex("[A-Z]", "python"), "none")', "none"),
        ('join("-", regexall("[0-9]+", "python3.12"))', "3-12"),
        ('regex("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")', None),
    ],
)
def test_regular_expressions(tmp_path: Path, written: str, expected: str | None) -> None:
    fn = one(tmp_path, {"main.tf": function(f"handler = {written}")})
    assert (fn.handler.value if fn.handler is not None else None) == expected


def test_a_block_that_cannot_be_read_costs_no_other(tmp_path: Path) -> None:
    broken = 'resource "aws_iam_role" "r" {\n  name = = "x"\n}\n'
    broken += 'resource "aws_lambda_function" "g" {\n  handler = = 1\n}\n'
    fn = one(tmp_path, {"main.tf": broken + function('handler = "app.h"')})
    assert fn.handler is not None
    assert at(fn.handler.place) == ("main.tf", 9, 13)


@pytest.mark.parametrize(
    "inside",
    [
        'description = "a } in text, and ${lookup(var.m, "}")} in it"',
        "# a } in a comment",
        "/* a } in\n another */",
        "description = <<-EOT\n    a } in a heredoc ${jsonencode({ a = 1 })}\n  EOT",
        'description = "$${not} %%{this} \\" }"',
    ],
)
def test_where_a_block_ends_is_told_by_its_own_braces(tmp_path: Path, inside: str) -> None:
    before = f'// before\nresource "aws_sqs_queue" "q" {{\n  {inside}\n}}\n'
    fn = one(tmp_path, {"main.tf": before + function('handler = "app.h"')})
    assert fn.handler is not None
    assert (fn.handler.value, fn.handler.place.span().start.row) == ("app.h", before.count("\n") + 3)


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["x", "${var.a}", "${", "%{ if x }", "${[}]}", "app.h"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["handler", "environment", "for_each", "content", "a"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(resource=JSON_VALUES, other=JSON_VALUES)
def test_any_json_is_read_or_refused(tmp_path: Path, resource: object, other: object) -> None:
    import json

    written = {
        "resource": {"aws_lambda_function": {"fn": resource}, "aws_lambda_permission": other},
        "locals": other,
        "module": {"m": resource},
        "variable": resource,
    }
    with contextlib.suppress(Unreadable):
        read(tmp_path, {"main.tf.json": json.dumps(written)})
