"""The README's transcript, replayed: what a new user types in a repository with a SAM project, and what is answered.

`python -m tests.hooks.transcript` writes the answers anew; pre-commit and lambdalint must be on the PATH.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

import yaml

from .checkout import ROOT, git, published

README = ROOT / "README.md"

#: What the reader has already. The handler stands in the transcript, too, where `cat` shows it.
PROJECT = {
    "template.yaml": """Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: orders/
      Handler: app.handler
      Runtime: python3.13
      Events:
        Get:
          Type: Api
          Properties: {Path: "/orders/{id}", Method: get}
""",
    "orders/app.py": """def handler(event, context):
    order = {"id": event["pathParameters"]["id"], "state": "sent"}
    return {"statusCode": 200, "body": order}
""",
}

_TRANSCRIPT = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_CONFIGURATION = re.compile(r"^```yaml\n(# \.pre-commit-config\.yaml\n.*?)^```$", re.MULTILINE | re.DOTALL)
_SECONDS = re.compile(r"\d+(?:\.\d+)? s\b")


def replayed(text: str, folder: Path) -> str:
    """The README with its transcript as it goes in `folder` now. The seconds are a moment's, and stay the same."""
    (commands,) = _TRANSCRIPT.findall(text)
    (configuration,) = _CONFIGURATION.findall(text)
    project = folder / "project"
    for name, content in {**PROJECT, ".pre-commit-config.yaml": configuration}.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(content)
    git(project, "init", "-q", "-b", "main")
    environment = _environment(configuration, folder)
    said = ""
    for command in re.findall(r"^\$ (.+)$", commands, re.MULTILINE):
        done = subprocess.run(
            ("bash", "-c", command),
            cwd=project,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=400,
        )
        said += f"$ {command}\n{done.stdout}"
    said = _SECONDS.sub("0.3 s", said).replace(str(folder), "...")
    return _TRANSCRIPT.sub(lambda _: said, text)


def _environment(configuration: str, folder: Path) -> dict[str, str]:
    """Where the public address of the hooks leads to this checkout, and the user has no settings of his own."""
    (repository,) = yaml.safe_load(configuration)["repos"]
    hooks = published(folder / "hooks")
    git(hooks, "tag", repository["rev"])
    settings = {
        f"url.{hooks}.insteadOf": repository["repo"],
        "user.name": "Test",
        "user.email": "test@example.com",
        "commit.gpgSign": "false",
    }
    given = {"GIT_CONFIG_COUNT": str(len(settings)), "GIT_CONFIG_GLOBAL": os.devnull}
    for number, (key, value) in enumerate(settings.items()):
        given |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return {**os.environ, **given, "PRE_COMMIT_HOME": str(folder / "cache"), "PRE_COMMIT_COLOR": "never"}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        README.write_text(replayed(README.read_text("utf-8"), Path(name)), "utf-8")
