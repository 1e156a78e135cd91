"""What was made of descriptors is taken over by the next run as long as all that was asked for it is answered the same,
and no longer."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from lambdalint.finding import Place
from lambdalint.project.asked import Lasting
from lambdalint.project.code.files import may_describe
from lambdalint.project.code.modules import Workspace
from lambdalint.project.descriptors import readers
from lambdalint.project.inventory import Inventory, inventory
from lambdalint.source import Source

from .deployed import project

HANDLER = "def handler(event, context):\n    return {}\n"
FUNCTION = "{Type: AWS::Serverless::Function, Properties: {Handler: %s, Runtime: python3.13, CodeUri: %s}}"
#: A descriptor of each kind, with what each hangs on besides itself.
FILES = {
    "sam/template.yaml": "Transform: AWS::Serverless-2016-10-31\nResources:\n"
    f"  Orders: {FUNCTION % ('app.handler', 'src')}\n"
    f"  Lost: {FUNCTION % ('orders.handler', 'src')}\n"
    "  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner.yaml}}\n",
    "sam/inner.yaml": f"Resources:\n  Report: {FUNCTION % ('report.main', '../src')}\n".replace(
        "Resources", "Transform: AWS::Serverless-2016-10-31\nResources"
    ),
    "sam/src/app.py": HANDLER,
    "sam/src/requirements.txt": "requests\n",
    "src/report.py": HANDLER,
    "sls/serverless.yml": "service: a\nprovider: {name: aws, runtime: python3.12}\n"
    "functions:\n  orders: {handler: app.handler, environment: '${file(env.yml)}'}\n",
    "sls/env.yml": "STAGE: prod\n",
    "sls/app.py": HANDLER,
    "tf/main.tf": 'module "orders" {\n  source = "./orders"\n  name = var.name\n}\nvariable "name" { default = "a" }\n',
    "tf/orders/main.tf": 'variable "name" {}\nresource "aws_lambda_function" "this" {\n  function_name = var.name\n'
    '  handler = "app.handler"\n  runtime = "python3.12"\n  filename = data.archive_file.code.output_path\n}\n'
    'data "archive_file" "code" {\n  type = "zip"\n  source_dir = "${path.module}/src"\n  output_path = "a.zip"\n}\n',
    "tf/orders/src/app.py": HANDLER,
    "cdk/cdk.json": '{"app": "python3 app.py"}',
    "cdk/app.py": "import aws_cdk as cdk\nfrom stacks.orders import Orders\n\napp = cdk.App()\nOrders(app, 'Orders')\n",
    "cdk/stacks/orders.py": "from aws_cdk import Stack, aws_lambda as _lambda\nfrom .names import HANDLER\n\n\n"
    "class Orders(Stack):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n"
    "        _lambda.Function(self, 'Fn', runtime=_lambda.Runtime.PYTHON_3_12, handler=HANDLER,\n"
    "                         code=_lambda.Code.from_asset('src'))\n",
    "cdk/stacks/names.py": "HANDLER = 'app.handler'\n",
    "cdk/src/app.py": HANDLER,
    "image/Dockerfile": 'FROM public.ecr.aws/lambda/python:3.12\nCOPY src ${LAMBDA_TASK_ROOT}/\nCMD ["app.handler"]\n',
    "image/src/app.py": HANDLER,
    "zappa/zappa_settings.json": '{"dev": {"app_function": "app.app", "runtime": "python3.12"}}',
    "zappa/app.py": "app = object()\n",
    "chalice/.chalice/config.json": '{"version": "2.0", "app_name": "a", "stages": {"dev": {}}}',
    "chalice/app.py": "from chalice import Chalice\n\napp = Chalice(app_name='a')\n\n\n@app.lambda_function()\n"
    + HANDLER,
}
#: Other texts of some, and files that come.
OTHERS = {
    "sam/template.yaml": "Transform: AWS::Serverless-2016-10-31\nResources:\n"
    f"  Orders: {FUNCTION % ('app.handler', 'src')}\n",
    "sam/inner.yaml": "Transform: AWS::Serverless-2016-10-31\nResources:\n"
    f"  Report: {FUNCTION % ('report.handler', '../src')}\n",
    "sam/src/orders/__init__.py": HANDLER,
    "sam/src/requirements.txt": "pandas\n",
    "sam/src/app/__init__.py": "",
    "sls/env.yml": "STAGE: beta\nOTHER: '1'\n",
    "sls/requirements.txt": "boto3\n",
    "tf/orders/variables.tf": 'variable "other" {}\n',
    "tf/orders/src/requirements.txt": "requests\n",
    "cdk/stacks/names.py": "HANDLER = 'app.main'\n",
    "cdk/stacks/names/__init__.py": "HANDLER = 'other.handler'\n",
    "cdk/src/requirements.txt": "requests\n",
    "image/src/other.py": HANDLER,
    "zappa/app.py": "application = object()\n",
    "chalice/requirements.txt": "requests\n",
    "sam/pyproject.toml": "",
}


class Looked:
    """Looks at a project time and again. `lasts`: what earlier looks have made is taken over."""

    def __init__(self, folder: Path, lasts: bool = True) -> None:
        self.folder, self.lasting, self._lasts = folder, Lasting(), lasts
        self._sources: dict[tuple[str, bytes], Source] = {}
        self.failed: list[tuple[str, str, Exception]] = []

    def again(self) -> Inventory:
        workspace = Workspace(self.folder, self._source)
        if not self._lasts:
            self.lasting = Lasting()
        paths = sorted(str(path) for path in self.folder.rglob("*") if path.is_file())
        candidates = [path for path in paths if may_describe(Path(path).name) or path.endswith("chalice/app.py")]
        found = inventory(
            [], candidates, workspace, named=(), lasting=self.lasting, pulse=lambda: None,
            failed=lambda *what: self.failed.append(what),
        )  # fmt: skip
        self.lasting.end()
        return found

    def _source(self, real: str, shown: str, data: bytes) -> Source:
        return self._sources.setdefault((shown, data), Source(shown, data))


def plain(value: Any) -> Any:
    """A value without what is its own in each run."""
    if isinstance(value, Place):
        return value.span()
    if isinstance(value, Source):
        return type(value).__name__, value.path, value.data
    if is_dataclass(value):
        return type(value).__name__, {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def told(found: Inventory) -> Any:
    return plain((found.resolved, found.read, [one.message for one in found.unreadable]))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The descriptors that are read, by the names of their readers."""
    seen: list[str] = []
    deployments = readers.Descriptor.deployments

    def read(self: readers.Descriptor, files: Any) -> Any:
        seen.append(self.reader.name)
        return deployments(self, files)

    monkeypatch.setattr(readers.Descriptor, "deployments", read)
    return seen


def test_no_descriptor_is_read_again_where_nothing_has_changed(tmp_path: Path, made: list[str]) -> None:
    looked = Looked(project(tmp_path, FILES))
    first = told(looked.again())
    kinds = {"templates", "Serverless Framework", "Terraform", "CDK", "Dockerfile", "Zappa", "Chalice"}
    assert set(made) == kinds
    assert len({one.deployment.descriptor for one in looked.again().resolved if one.function}) == len(kinds)
    made.clear()
    assert told(looked.again()) == first
    assert made == []


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ("sam/inner.yaml", "templates"), ("sls/env.yml", "Serverless Framework"),
        ("cdk/stacks/names.py", "CDK"), ("cdk/stacks/names/__init__.py", "CDK"),
        ("tf/orders/variables.tf", "Terraform"),
    ],
)  # fmt: skip
def test_what_a_descriptor_hangs_on_has_it_read_again(tmp_path: Path, made: list[str], changed: str, kind: str) -> None:
    looked = Looked(project(tmp_path, FILES))
    looked.again()
    made.clear()
    project(tmp_path, {changed: OTHERS[changed]})
    after = told(looked.again())
    assert set(made) == {kind}
    assert after == told(Looked(tmp_path, lasts=False).again())


@pytest.mark.parametrize("seed", range(3))
def test_what_is_taken_over_is_what_would_be_made_anew(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    looked, anew = Looked(project(tmp_path, FILES)), Looked(tmp_path, lasts=False)
    states = []
    for _ in range(25):
        name = rng.choice([*FILES, *OTHERS])
        path, texts = tmp_path / name, [one[name] for one in (FILES, OTHERS) if name in one]
        if path.exists() and rng.random() < 0.4:
            path.unlink()
        else:
            project(tmp_path, {name: rng.choice([*texts, *texts, f"# a line\n{texts[0]}"])})
        states.append(told(anew.again()))
        assert told(looked.again()) == states[-1]
    assert looked.failed == anew.failed == []
    assert sum(one != other for one, other in pairwise(states)) >= 8  # what was changed tells
