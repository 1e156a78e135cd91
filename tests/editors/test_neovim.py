"""Neovim itself, with the settings of editors/neovim: what it shows of a handler, and the text that a fix leaves.

LAMBDALINT_NEOVIMS names the programs, apart by colons; without it the one on PATH is asked.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.editor import TEMPLATE

REPOSITORY = Path(__file__).parent.parent.parent
SETTINGS = REPOSITORY / "editors" / "neovim" / "lambdalint.lua"
SESSION = Path(__file__).with_name("session.lua")
NEOVIMS = [one for one in os.environ.get("LAMBDALINT_NEOVIMS", shutil.which("nvim") or "").split(":") if one]

BAD = 'def handler(event, context):\n\tname = "𝄞é"; return {"statusCode": 200, "body": {name: 1}}\n'


@pytest.mark.skipif(not NEOVIMS, reason="Neovim is not here")
@pytest.mark.parametrize("neovim", NEOVIMS or [""])
def test_what_is_found_stands_at_its_cells_and_the_fix_mends_the_buffer(neovim: str, tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    (tmp_path / "app.py").write_text(BAD, encoding="utf-8")
    starter = tmp_path / "lambdalint"
    starter.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lambdalint "$@"\n')
    starter.chmod(0o755)
    out = tmp_path / "out.json"
    folders = {name: str(tmp_path / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    environment = {**os.environ, **folders, "PYTHONPATH": str(REPOSITORY), "LAMBDALINT_TEST_OUT": str(out)}
    commands = [
        "--cmd", f"let g:lambdalint = '{starter}'", "--cmd", "filetype on", "--cmd", f"luafile {SETTINGS}",
        "-c", f"luafile {SESSION}",
    ]  # fmt: skip
    command = [neovim, "--headless", "-u", "NONE", *commands, "app.py"]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=90, check=False)
    assert out.exists(), run.stderr.decode()
    told = json.loads(out.read_text("utf-8"))
    assert "failed" not in told, told
    (fault,) = told["found"]
    line = BAD.split("\n")[1]
    first = len(line[: line.index("{name")].encode())  # Neovim counts bytes, whatever was agreed
    assert (fault["code"], fault["row"], fault["first"], fault["last"]) == ("LL301", 1, first, first + len("{name: 1}"))
    assert told["title"] == "Wrap `body` in `json.dumps`"
    assert told["text"] == "import json\n\n\n" + BAD.replace("{name: 1}", "json.dumps({name: 1})")
    assert told["clean"], told
    print(told["version"].split("\n")[1], told["encoding"], "pulls" if told["pulls"] else "is sent")
