"""action.yml as far as a machine without GitHub can run it: the shell of its steps, with the variables of a runner."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]

_EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")


@dataclass(frozen=True)
class Done:
    """What came of a step. `outputs`: what it wrote into GITHUB_OUTPUT. `paths`: what it put on the PATH."""

    status: int
    said: str
    outputs: dict[str, str] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)


def step(name: str, project: Path, temporary: Path, inputs: Mapping[str, str], path: str) -> Done:
    """Run one step's shell in `project`, as a runner does for `shell: bash` in a composite action.

    `temporary` is RUNNER_TEMP, `inputs` what `with:` of the workflow says, `path` what stands before the PATH.
    """
    (one,) = (each for each in STEPS if each["name"] == name)
    assert one["shell"] == "bash"
    given = {key: str(each.get("default", "")) for key, each in ACTION["inputs"].items()} | dict(inputs)
    assert given.keys() == ACTION["inputs"].keys()
    temporary.mkdir(exist_ok=True)
    files = {"GITHUB_OUTPUT": temporary / "output", "GITHUB_PATH": temporary / "path"}
    for file in files.values():
        file.write_text("")
    script = temporary / "step.sh"
    script.write_text(one["run"])
    environment = {
        **os.environ,
        **{key: _evaluated(value, given) for key, value in one.get("env", {}).items()},
        **{key: str(file) for key, file in files.items()},
        "GITHUB_ACTION_PATH": str(ROOT),
        "RUNNER_TEMP": str(temporary),
        "PATH": os.pathsep.join((path, os.environ["PATH"])),
    }
    command = ("bash", "--noprofile", "--norc", "-eo", "pipefail", str(script))
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, timeout=400)
    outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
    paths = files["GITHUB_PATH"].read_text().splitlines()
    return Done(done.returncode, done.stdout + done.stderr, outputs, paths)


def _evaluated(text: str, inputs: Mapping[str, str]) -> str:
    """A value of `env:`. Shell steps are given inputs and nothing else."""

    def value(match: re.Match[str]) -> str:
        where, _, name = match[1].partition(".")
        assert where == "inputs", match[0]
        return inputs[name]

    return _EXPRESSION.sub(value, text)
