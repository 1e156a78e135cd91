"""Vim itself with ALE, and the settings that the READMEs offer for it, with the server and without: what stands in the
location list of a handler, and the text that a fix leaves.

ALE takes the protocol's columns for bytes, so this handler is one in ASCII.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.editors.project import offered, run_in_terminal, write_project

SESSION = Path(__file__).with_name("session.vim")
VIM = shutil.which("vim")

BAD = 'def handler(event, context):\n    return {"statusCode": 200, "body": {"name": 1}}\n'
COLUMN = BAD.split("\n")[1].index('{"name') + 1


def _has_ale(vim: str) -> bool:
    asked = [vim, "-Nu", "NONE", "-es", "-c", "silent! packadd ale", "-c", "if !exists(':ALEInfo') | cquit | endif"]
    return subprocess.run([*asked, "-c", "qall!"], capture_output=True, timeout=60, check=False).returncode == 0


pytestmark = pytest.mark.skipif(VIM is None or not _has_ale(VIM), reason="Vim with ALE is not here")


def _session(tmp_path: Path, settings: str, **variables: str) -> dict[str, Any]:
    project, out = tmp_path / "my orders", tmp_path / "out.json"
    environment = {**write_project(project, BAD), "LAMBDALINT_TEST_OUT": str(out), **variables}
    (tmp_path / "home" / ".vimrc").write_text(f"filetype on\npackadd ale\n{settings}")
    drawn = run_in_terminal([str(VIM), "-n", "-S", str(SESSION), "app.py"], project, environment)
    assert out.exists(), drawn
    told: dict[str, Any] = json.loads(out.read_text("utf-8"))
    assert "failed" not in told, told
    print("Vim", told["version"])
    return told


def test_ale_lists_what_the_server_finds_and_its_code_action_mends_the_buffer(tmp_path: Path) -> None:
    told = _session(tmp_path, offered("ALE", "vim"), LAMBDALINT_TEST_FIXES="yes")
    (fault,) = told["found"]
    assert (fault["lnum"], fault["col"], fault["end_col"]) == (2, COLUMN, COLUMN + len('{"name": 1}') - 1)
    assert (fault["type"], fault["text"][:5]) == ("E", "LL301")
    assert told["text"] == "import json\n\n\n" + BAD.replace('{"name": 1}', 'json.dumps({"name": 1})')


def test_ale_lists_what_is_found_without_the_server(tmp_path: Path) -> None:
    told = _session(tmp_path, offered("Shells and editors", "vim", "README.md"))
    (fault,) = told["found"]
    assert (fault["lnum"], fault["col"], fault["type"], fault["text"][:5]) == (2, COLUMN, "W", "LL301")
