"""Code that is built before it is deployed: what of the project it is made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.engine import functions_of, lint
from tests.deployed import project

HANDLER = "def handler(event, context):\n    return {}\n"


def template(**functions: str) -> str:
    """A template of functions by name: `handler archive`."""
    text = "Resources:\n"
    for name, both in functions.items():
        handler, archive = both.split()
        text += f"""\
  {name}:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: {handler}
      Code:
        S3Bucket: !Ref Bucket
        S3Key: !Sub "${{Prefix}}/{archive}"
"""
    return text


def found(root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str | None]:
    monkeypatch.chdir(root)
    functions, errors = functions_of(["."], Settings())
    assert not errors
    return {one.name: one.path for one in functions if one.name}


def test_an_archive_is_made_of_the_one_file_that_offers_the_handler(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"deploy/app.yaml": template(Orders="orders.handler x.zip"), ".git/HEAD": "", "src/orders.py": HANDLER}
    assert found(project(tmp_path, files), monkeypatch) == {"Orders": "src/orders.py"}


@pytest.mark.parametrize(
    "offered",
    [
        {"src/orders.py": "def other(): 0\n"},
        {"a/orders.py": HANDLER, "b/orders.py": HANDLER},
        {"tests/orders.py": HANDLER},
        {"node_modules/x/orders.py": HANDLER},
        {"src/broken/orders.py": "def handler(:\n"},
        {"src/shop/orders.py": f"from .stock import count\n\n\n{HANDLER}"},  # it is built into a package
    ],
)
def test_what_is_offered_by_none_or_by_several_stays_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offered: dict[str, str]
) -> None:
    files = {"deploy/app.yaml": template(Orders="orders.handler x.zip"), ".git/HEAD": "", **offered}
    assert found(project(tmp_path, files), monkeypatch) == {"Orders": None}


@pytest.mark.parametrize(
    ("archive", "folder"),
    [
        ("list-orders.zip", "src/list_orders"),
        ("ordersList.zip", "src/orders/list"),
        ("functions/orders_list.zip", "functions/orders/src/list"),
        ("orders-list.zip", "orders-list-handler"),
        ("OrdersListFunction.zip", "src/orders_list"),
        ("orders-list-1.4.0.zip", "src/orders_list"),
        ("ordersList-latest.zip", "src/ordersList"),
        ("orders_v2.zip", "src/orders_v2"),
    ],
)
def test_of_several_files_the_name_of_the_archive_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archive: str, folder: str
) -> None:
    files = {
        "deploy/app.yaml": template(Orders=f"app.handler {archive}"),
        ".git/HEAD": "",
        "src/pay/app.py": HANDLER,
        f"{folder}/app.py": HANDLER,
    }
    assert found(project(tmp_path, files), monkeypatch) == {"Orders": f"{folder}/app.py"}


def test_of_archives_of_one_name_their_folders_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    functions = template(Orders="app.handler orders/lambda.zip", Pay="app.handler pay/lambda.zip")
    files = {"app.yaml": functions, ".git/HEAD": "", "src/pay/app.py": HANDLER, "src/orders/app.py": HANDLER}
    assert found(project(tmp_path, files), monkeypatch) == {"Orders": "src/orders/app.py", "Pay": "src/pay/app.py"}


def test_a_file_that_two_functions_ask_for_or_another_is_made_of_is_nobodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = template(Orders="app.handler a.zip", Pay="app.handler b.zip")
    files = {"two.yaml": two, ".git/HEAD": "", "src/app.py": HANDLER}
    assert found(project(tmp_path / "two", files), monkeypatch) == {"Orders": None, "Pay": None}
    sam = "Resources:\n  Own:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src\n"
    files["two.yaml"] = template(Orders="app.handler a.zip")
    files["own.yaml"] = f"{sam}      Handler: app.handler\n      Runtime: python3.13\n"
    assert found(project(tmp_path / "own", files), monkeypatch) == {"Orders": None, "Own": "src/app.py"}


def test_the_nearest_files_are_looked_at_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {".git/HEAD": ""}
    for name in ("one", "two"):
        files[f"{name}/deploy/t.yaml"] = template(**{name: "app.handler functions.zip"})
        files[f"{name}/src/app.py"] = HANDLER
    assert found(project(tmp_path, files), monkeypatch) == {"one": "one/src/app.py", "two": "two/src/app.py"}


def test_a_folder_that_a_build_makes_and_the_tag_of_an_image_name_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = """\
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: out/orders
  Pay:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      ImageUri: !Sub "${Repository.RepositoryUri}:pay-${Version}"
      ImageConfig:
        Command: [app.handler]
"""
    files = {"template.yaml": text, "src/orders/app.py": HANDLER, "src/pay/app.py": HANDLER}
    assert found(project(tmp_path, files), monkeypatch) == {"Orders": "src/orders/app.py", "Pay": "src/pay/app.py"}


def test_what_else_is_in_the_archive_stays_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import os\nimport nowhere\n\n\ndef handler(event, context):\n    return os.environ['TABLE']\n"
    files = {"t.yaml": template(Orders="orders.handler x.zip"), ".git/HEAD": "", "src/orders.py": code}
    monkeypatch.chdir(project(tmp_path, files))
    assert [finding.code for finding in lint(["."], Settings()).findings] == ["F401"]


@pytest.mark.parametrize("archive", ["S3Key: orders.zip", "ZipFile: 'def handler(event, context): return 1L'"])
def test_what_python_2_runs_is_not_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archive: str) -> None:
    text = f"""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python2.7
      Handler: {"orders" if "zip" in archive else "index"}.handler
      Code:
        {archive}
"""
    dumped = "import json\n\n\ndef handler(event, context):\n    return json.dumps({'a': b'x'})\n"
    code = dumped if "zip" in archive else ""
    monkeypatch.chdir(project(tmp_path, {"t.yaml": text, ".git/HEAD": "", "src/orders.py": code}))
    assert [finding.code for finding in lint(["t.yaml", "src"], Settings()).findings] == []
    functions, _ = functions_of(["t.yaml"], Settings())
    assert [(one.name, one.foreign, one.unknown) for one in functions] == [("Orders", False, "it runs python2.7")]


@pytest.mark.parametrize(("handler", "codes"), [("app.handler", []), ("ap.handler", ["LL002"]), ("app.gone", [])])
def test_a_module_that_is_not_there_python_2_does_not_find_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, handler: str, codes: list[str]
) -> None:
    sam = "Resources:\n  Own:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src\n"
    text = f"{sam}      Handler: {handler}\n      Runtime: python2.7\n"
    monkeypatch.chdir(project(tmp_path, {"template.yaml": text, "src/app.py": "def handler(event, context):\n    1\n"}))
    assert [found.code for found in lint(["template.yaml"], Settings()).findings] == codes


def test_a_file_of_a_function_that_python_2_runs_may_be_of_its_syntax(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = "Resources:\n  Own:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src\n"
    text = f"{sam}      Handler: app.handler\n      Runtime: python2.7\n"
    code = "def handler(event, context):\n    print event\n"
    files = {"template.yaml": text, "src/app.py": code, "src/other.py": code, "scripts/deploy.py": code}
    monkeypatch.chdir(project(tmp_path, files))
    assert lint(["."], Settings()).findings == ()
    newer = text.replace("Own", "New").replace("2.7", "3.13").replace("src", "new")
    files |= {"new.yaml": newer, "new/app.py": "def handler(event, context): ...\n", "new/other.py": code}
    monkeypatch.chdir(project(tmp_path, files))
    assert [(found.code, found.span.path) for found in lint(["."], Settings()).findings] == [("LL001", "new/other.py")]


@pytest.mark.parametrize(("entry", "codes"), [("newer.handler", []), ("app.handler", ["LL001"])])
def test_of_a_folder_that_both_pythons_run_a_file_is_held_to_the_newer_where_that_begins_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, codes: list[str]
) -> None:
    functions = "".join(
        f"  {name}:\n    Type: AWS::Serverless::Function\n    Properties: "
        f"{{CodeUri: ., Handler: {handler}, Runtime: {runtime}}}\n"
        for name, handler, runtime in (("Old", "app.handler", "python2.7"), ("New", entry, "python3.13"))
    )
    code = "def handler(event, context):\n    print event\n"
    newer = "def handler(event, context): ...\n"
    files = {"template.yaml": f"Resources:\n{functions}", "app.py": code, "newer.py": newer}
    monkeypatch.chdir(project(tmp_path, files))
    assert [found.code for found in lint(["."], Settings(select=("LL001",))).findings] == codes


def test_where_a_file_of_python_2_is_not_found_others_may_be_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = "Resources:\n  Own:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: ../build\n"
    text = f"{sam}      Handler: app.handler\n      Runtime: python2.7\n"
    code = "def handler(event, context):\n    try:\n        1\n    except ValueError, error:\n        pass\n"
    monkeypatch.chdir(project(tmp_path, {"sam/template.yaml": text, ".git/HEAD": "", "src/app.py": code}))
    assert [found.code for found in lint(["."], Settings()).findings] == []
    assert [found.code for found in lint(["."], Settings(select=("LL001",))).findings] == []


def image(name: str, command: str, uri: str = "aws_ecr_repository.x.repository_url") -> str:
    """A function of Terraform's that runs an image."""
    return f"""\
resource "aws_lambda_function" "{name}" {{
  function_name = "{name}"
  package_type  = "Image"
  image_uri     = {uri}
  image_config {{
    command = ["{command}"]
  }}
}}
"""


DOCKERFILE = (
    "FROM public.ecr.aws/lambda/python:3.12\nCOPY pyproject.toml .\nRUN poetry install\n"
    'COPY other ${LAMBDA_TASK_ROOT}\nCMD ["shop.orders.handler"]\n'
)
ORDERS = {"lib/shop/orders.py": HANDLER}


@pytest.mark.parametrize(
    ("files", "resolved"),
    [
        ({"main.tf": image("f", "shop.orders.handler"), **ORDERS}, True),
        ({"main.tf": image("f", "shop.orders.handler", "var.uri"), **ORDERS}, True),
        ({"main.tf": image("f", "shop.orders.handler"), "a/shop/orders.py": HANDLER, **ORDERS}, False),
        ({"main.tf": image("f", "shop.orders.handler"), "lib/shop/orders.py": "handler = print if 0 else 1\n"}, True),
        ({"main.tf": image("f", "shop.orders.other"), **ORDERS}, False),
        ({"main.tf": image("f", "other.orders.handler"), **ORDERS}, False),
        # the language of an image is not told
        ({"main.tf": image("f", "orders.handler"), "web/orders.mjs": "", **ORDERS}, False),
        ({"main.tf": image("f", "shop.orders.handler"), "web/orders.mjs": "", **ORDERS}, True),
        # a Dockerfile that brings it by a way that is not followed
        ({"main.tf": image("f", "shop.orders.handler"), "Dockerfile": DOCKERFILE, **ORDERS}, True),
        ({"main.tf": image("f", "shop.orders.handler", "var.uri"), "x/Dockerfile": DOCKERFILE, **ORDERS}, True),
        (
            {
                "serverless.yml": "service: s\nprovider: {name: aws}\nfunctions:\n  f:\n    image:\n"
                "      uri: 1.dkr.ecr.r.amazonaws.com/x@sha256:1\n      command: [shop.orders.handler]\n",
                **ORDERS,
            },
            True,
        ),
    ],
)
def test_an_image_that_is_built_elsewhere_is_made_of_the_one_file_that_offers_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], resolved: bool
) -> None:
    paths = set(found(project(tmp_path, {".git/HEAD": "", **files}), monkeypatch).values())
    assert paths == {"lib/shop/orders.py" if resolved else None}


def test_functions_of_one_image_may_run_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = "aws_ecr_repository.x.repository_url"
    repository = 'resource "aws_ecr_repository" "x" {}\nresource "aws_ecr_repository" "y" {}\n'
    for other, resolved in ((one, True), ("aws_ecr_repository.y.repository_url", False), ("var.uri", False)):
        main = repository + image("f", "shop.orders.handler", one) + image("g", "shop.orders.handler", other)
        paths = found(project(tmp_path, {".git/HEAD": "", "main.tf": main, **ORDERS}), monkeypatch)
        assert set(paths.values()) == {"lib/shop/orders.py" if resolved else None}


def test_the_dockerfile_of_an_image_is_no_other_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docker = 'FROM public.ecr.aws/lambda/python:3.12\nCOPY lib .\nCMD ["shop.orders.handler"]\n'
    pay = "FROM public.ecr.aws/lambda/python:3.12\nCOPY other .\nRUN make\n"
    files = {".git/HEAD": "", "a.Dockerfile": docker, "b.Dockerfile": pay, **ORDERS}
    main = image("f", "shop.orders.handler", "var.uri") + image("g", "shop.pay.handler", "var.uri2")
    paths = found(project(tmp_path, {**files, "main.tf": main}), monkeypatch)
    assert paths["aws_lambda_function.f"] == "lib/shop/orders.py"
    archive = {"main.tf": "", "t.yaml": template(Orders="shop.orders.handler x.zip")}
    assert found(project(tmp_path, {**files, **archive}), monkeypatch)["Orders"] is None


def test_an_image_that_is_built_elsewhere_may_have_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import os\n\n\ndef handler(event, context):\n    return os.environ['TABLE']\n"
    files = {"main.tf": image("f", "shop.orders.handler"), ".git/HEAD": "", "lib/shop/orders.py": code}
    monkeypatch.chdir(project(tmp_path, files))
    assert [finding.code for finding in lint(["."], Settings()).findings] == []


@pytest.mark.parametrize(
    ("written", "resolved"),
    [
        ('s3_bucket = "b"\n  s3_key = "lambda/orders.zip"', True),
        ("s3_bucket = var.bucket\n  s3_key = var.key", True),
        ('filename = "../build/orders.zip"', True),
        ('s3_key = "orders.zip"\n  runtime = "nodejs22.x"', False),
        ("", False),  # nothing is said of where it comes from
    ],
)
def test_an_archive_of_terraform_is_looked_for_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, resolved: bool
) -> None:
    # the folders' names do not say that they hold nothing but how the project is deployed
    runtime = "" if "runtime" in written else '\n  runtime = "python3.13"'
    main = f'resource "aws_lambda_function" "f" {{\n  handler = "shop.orders.handler"{runtime}\n  {written}\n}}\n'
    files = {".git/HEAD": "", "wolken/konto/main.tf": main, **ORDERS}
    paths = found(project(tmp_path, files), monkeypatch)
    assert paths == {"aws_lambda_function.f": "lib/shop/orders.py" if resolved else None}


def test_code_in_the_place_of_another_module_is_looked_for_by_the_name_of_its_function(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inline = "".join(
        f"  {name}:\n    Type: AWS::Lambda::Function\n    Properties:\n      Handler: main.handler\n"
        "      Runtime: python3.13\n      Code:\n        ZipFile: |\n          def handler(event, context): ...\n"
        for name in ("TakeOrder", "SendReport")
    )
    files = {"t.yaml": f"Resources:\n{inline}", "src/take_order/main.py": HANDLER, "src/send_report/main.py": HANDLER}
    expected = {"TakeOrder": "src/take_order/main.py", "SendReport": "src/send_report/main.py"}
    assert found(project(tmp_path, {".git/HEAD": "", **files}), monkeypatch) == expected


def test_an_archive_for_python_2_is_made_of_what_python_2_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = template(Orders="orders.handler x.zip").replace("python3.13", "python2.7")
    code = "def handler(event, context):\n    print event\n"
    files = {"deploy/app.yaml": old, ".git/HEAD": "", "src/orders.py": code}
    monkeypatch.chdir(project(tmp_path, files))
    (one,), errors = functions_of(["."], Settings())
    assert (one.path, one.unknown, errors) == ("src/orders.py", "it runs python2.7", [])
