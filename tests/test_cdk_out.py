"""A CDK app is read by what was synthesised, where its own source cannot be followed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lambdalint.project.code.modules import Workspace
from lambdalint.project.deployment import Deployment
from lambdalint.project.descriptors.cdk import READER
from lambdalint.project.descriptors.tree import Unreadable

SETTINGS = '{"app": "npx ts-node bin/app.ts"}'
CODE = "def handler(event, context): ...\n"
DOCKERFILE = 'FROM public.ecr.aws/lambda/python:3.12\nCOPY app.py ${LAMBDA_TASK_ROOT}/\nCMD ["app.handler"]\n'


def function(metadata: dict[str, str], **properties: Any) -> dict[str, Any]:
    base = {"Handler": "app.handler", "Runtime": "python3.12", "Code": {"S3Bucket": "b", "S3Key": "x.zip"}}
    metadata = {"aws:cdk:path": "S/Fn/Resource", "aws:asset:property": "Code", **metadata}
    return {"Type": "AWS::Lambda::Function", "Properties": {**base, **properties}, "Metadata": metadata}


def template(**resources: dict[str, Any]) -> str:
    return json.dumps({"Resources": resources})


ONE = template(Fn=function({"aws:asset:path": "asset.1"}, Environment={"Variables": {"A": "1"}}))


def read(folder: Path, files: dict[str, str]) -> list[Deployment]:
    for name, content in {"cdk.json": SETTINGS, "src/app.py": CODE, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return list(READER.read(str(folder / "cdk.json"), Workspace(folder)))


def test_an_asset_is_the_projects_own_code_where_that_is_the_same(tmp_path: Path) -> None:
    (fn,) = read(tmp_path, {"cdk.out/S.template.json": ONE, "cdk.out/asset.1/app.py": CODE})
    assert (fn.name, fn.descriptor, fn.code.folder) == ("Fn", "CDK", str(tmp_path / "src"))
    assert (fn.code.known, fn.variables_known) == (False, True)


def test_code_that_has_changed_since_is_told_by_the_names_of_its_files(tmp_path: Path) -> None:
    files = {"cdk.out/S.template.json": ONE, "cdk.out/asset.1/app.py": "old = 1\n", "cdk.out/asset.1/data.py": ""}
    (fn,) = read(tmp_path, {**files, "src/data.py": "", "other/app.py": CODE})
    assert (fn.code.folder, fn.variables_known, fn.layers_known) == (str(tmp_path / "src"), False, False)


@pytest.mark.parametrize("beside", [{}, {"other/app.py": CODE}])
def test_an_asset_that_stands_nowhere_else_is_read_where_it_is(tmp_path: Path, beside: dict[str, str]) -> None:
    asset = {"cdk.out/asset.1/app.py": CODE + "# built\n", "cdk.out/asset.1/idna-3.0.dist-info/METADATA": ""}
    (fn,) = read(tmp_path, {"cdk.out/S.template.json": ONE, **asset, **beside})
    assert (fn.code.folder, fn.code.known) == (str(tmp_path / "cdk.out" / "asset.1"), True)


def test_the_stages_of_a_pipeline_have_assemblies_of_their_own(tmp_path: Path) -> None:
    inner = template(Fn=function({"aws:asset:path": "../asset.1"}))
    files = {"cdk.out/assembly-Prod/ProdS.template.json": inner, "cdk.out/asset.1/app.py": CODE}
    (fn,) = read(tmp_path, files)
    assert fn.code.folder == str(tmp_path / "src")


def test_nested_stacks_are_templates_beside(tmp_path: Path) -> None:
    stack = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": {"Fn::Sub": "https://..."}},
        "Metadata": {"aws:asset:path": "SInner.nested.template.json", "aws:asset:property": "TemplateURL"},
    }
    files = {"cdk.out/S.template.json": template(Inner=stack), "cdk.out/SInner.nested.template.json": ONE}
    assert [fn.name for fn in read(tmp_path, {**files, "cdk.out/asset.1/app.py": CODE})] == ["Fn"]


def test_an_image_is_that_of_its_asset(tmp_path: Path) -> None:
    metadata = {"aws:asset:path": "asset.2", "aws:asset:dockerfile-path": "Dockerfile"}
    image = function({**metadata, "aws:asset:property": "Code.ImageUri"}, PackageType="Image", Code={"ImageUri": "x"})
    for name in ("Handler", "Runtime"):
        del image["Properties"][name]
    files = {"cdk.out/S.template.json": template(Fn=image), "cdk.out/asset.2/app.py": CODE}
    (fn,) = read(tmp_path, {**files, "cdk.out/asset.2/Dockerfile": DOCKERFILE})
    assert fn.handler is not None
    assert (fn.handler.value, fn.code.folder) == ("app.handler", str(tmp_path / "cdk.out" / "asset.2"))
    (fn,) = read(tmp_path, {"src/Dockerfile": DOCKERFILE})
    assert fn.code.folder == str(tmp_path / "src")


def test_inline_code_is_in_the_template(tmp_path: Path) -> None:
    inline = function({}, Code={"ZipFile": "def main(event, context): ..."}, Handler="index.main")
    (fn,) = read(tmp_path, {"cdk.out/S.template.json": template(Fn=inline)})
    assert fn.code.inline is not None


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("LogRetentionaae0", "S/LogRetentionaae0/Resource"),
        ("BucketNotificationsHandler050a", "S/BucketNotificationsHandler050a/Resource"),
        ("Deployment8693", "S/Custom::CDKBucketDeployment8693/Resource"),
        ("Handler886C", "S/@aws-cdk--aws-eks.KubectlProvider/Handler/Resource"),
        ("ProviderframeworkonEvent", "S/Provider/framework-onEvent/Resource"),
    ],
)
def test_the_functions_that_cdk_brings_are_not_the_projects(tmp_path: Path, name: str, path: str) -> None:
    made = template(**{name: function({"aws:asset:path": "asset.1", "aws:cdk:path": path})})
    assert read(tmp_path, {"cdk.out/S.template.json": made, "cdk.out/asset.1/app.py": CODE}) == []


def test_the_source_of_a_python_app_is_newer_than_what_was_synthesised(tmp_path: Path) -> None:
    app = """\
from aws_cdk import App, Stack, aws_lambda

stack = Stack(App(), "S")
aws_lambda.Function(stack, "Written", handler="app.handler", code=aws_lambda.Code.from_asset("src"))
"""
    files = {"cdk.out/S.template.json": ONE, "cdk.out/asset.1/app.py": CODE, "cdk.json": '{"app": "python3 app.py"}'}
    assert [fn.name for fn in read(tmp_path, {**files, "app.py": app})] == ["Written"]
    assert [fn.name for fn in read(tmp_path, {**files, "app.py": "import unseen\nunseen.make()\n"})] == ["Fn"]


def test_a_template_that_is_no_json_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read(tmp_path, {"cdk.out/S.template.json": '{"Resources": {"Fn": {"Type": "AWS::Lambda::Function"'})
