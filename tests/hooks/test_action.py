"""What the GitHub action installs: itself, or a version from an index. tests/test_action.py runs its other step."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lambdalint import __version__

from ..action import ROOT, Done, step

#: What `python -m` would run in place of pip and venv, if the step let it.
HOSTILE = 'raise SystemExit("the project that is checked was imported")\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "a project"
    folder.mkdir()
    (folder / "app.py").write_text("def lambda_handler(event):\n    return event\n")
    for name in ("pip.py", "venv.py", "libcst.py"):
        (folder / name).write_text(HOSTILE)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


def install(project: Path, version: str) -> Done:
    path = str(Path(sys.executable).parent)
    return step("Install lambdalint", project, project.parent / "runner temp", {"version": version}, path)


def test_without_a_version_the_action_installs_itself_and_its_step_checks_by_that(project: Path) -> None:
    done = install(project, "")
    assert done.status == 0, done.said
    (path,) = done.paths
    shown = subprocess.run([f"{path}/lambdalint", "version"], cwd=project, capture_output=True, text=True, check=True)
    assert shown.stdout == f"lambdalint {__version__}\n"
    checked = step("Check", project, project.parent / "runner temp", {"paths": "app.py"}, path)
    assert checked.status == 1
    assert checked.said.startswith("::error title=lambdalint (LL101),file=app.py,line=1,col=5,")


def test_a_version_comes_from_an_index(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is a folder with this checkout's wheel and what it needs."""
    wheels = tmp_path / "wheels"
    build = (sys.executable, "-m", "pip", "wheel", "-q", "-w", str(wheels), str(ROOT))
    subprocess.run(build, check=True, capture_output=True, timeout=400)
    for name, value in {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_CONFIG_FILE": os.devnull}.items():
        monkeypatch.setenv(name, value)
    done = install(project, __version__)
    assert done.status == 0, done.said
    assert Path(done.paths[0], "lambdalint").is_file()
    missing = install(project, "99.0")
    assert (missing.status, missing.paths) == (1, [])
    assert "No matching distribution found for lambdalint==99.0" in missing.said
