"""The hooks, run by pre-commit and by prek on a small repository: a template, a changed handler, an unchanged helper.

They stand in a nox session of their own (`nox -f scripts/noxfile.py -s hooks`): each makes an environment for the hook.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from .checkout import git, published
from .transcript import README, replayed

TEMPLATE = """Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      CodeUri: .
      Events:
        Get:
          Type: Api
          Properties: {Path: /orders, Method: get}
"""
HELPER = 'def respond(body):\n    return {"statusCode": 200, "body": body}\n'
GOOD = """import json

from helper import respond


def handler(event, context):
    return respond(json.dumps({"ids": [1]}))
"""
BAD = GOOD.replace('json.dumps({"ids": [1]})', '{"ids": [1]}').replace("import json\n\n", "")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository whose commit is good."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name, text in {"template.yaml": TEMPLATE, "helper.py": HELPER, "app.py": GOOD}.items():
        (folder / name).write_text(text)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "A project")
    return folder


@pytest.fixture
def hooks(tmp_path: Path) -> Path:
    return published(tmp_path / "hooks")


@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
def test_a_changed_handler_is_refused_until_it_is_mended(project: Path, hooks: Path, runner: str) -> None:
    if shutil.which(runner) is None:
        pytest.skip(f"{runner} is not installed")
    command = [runner, "try-repo", str(hooks), "lambdalint", "--files", "app.py"]
    good = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=300)
    assert good.returncode == 0, good.stdout + good.stderr
    (project / "app.py").write_text(BAD)
    git(project, "add", ".")
    bad = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=300)
    assert bad.returncode == 1
    assert "error[LL301]" in bad.stdout
    assert "--> app.py:5:20" in bad.stdout
    assert re.search(r"= fails here +helper\.py:2:40", bad.stdout)
    assert "app.handler  (template.yaml:3, python3.13, API Gateway REST API)" in bad.stdout


@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
def test_the_whole_project_is_checked_by_the_other_hook(project: Path, hooks: Path, runner: str) -> None:
    if shutil.which(runner) is None:
        pytest.skip(f"{runner} is not installed")
    (project / "app.py").write_text(BAD)
    git(project, "add", ".")
    git(project, "commit", "-q", "-m", "A bad one")
    command = [runner, "try-repo", str(hooks), "lambdalint-all", "--all-files"]
    bad = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=300)
    assert (bad.returncode, bad.stdout.count("error[LL301]")) == (1, 1)


def test_the_transcript_of_the_readme_is_what_happens(tmp_path: Path) -> None:
    if shutil.which("pre-commit") is None:
        pytest.skip("pre-commit is not installed")
    text = README.read_text("utf-8")
    assert replayed(text, tmp_path) == text, "run python -m tests.hooks.transcript"
