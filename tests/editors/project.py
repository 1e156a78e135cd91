"""A project with a bad handler, the settings that editors/README.md offers, and a terminal for an editor to run in."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.editor import TEMPLATE

REPOSITORY = Path(__file__).parent.parent.parent
BAD = 'def handler(event, context):\n\tname = "𝄞é"; return {"statusCode": 200, "body": {name: 1}}\n'
FIXED = "import json\n\n\n" + BAD.replace("{name: 1}", "json.dumps({name: 1})")


def write_project(folder: Path, handler: str = BAD) -> dict[str, str]:
    """Write it into a folder, and give the environment of somebody who has lambdalint installed and no settings."""
    home = folder.parent / "home"
    programs = home / "bin"
    programs.mkdir(parents=True)
    starter = programs / "lambdalint"
    starter.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lambdalint "$@"\n')
    starter.chmod(0o755)
    folder.mkdir()
    (folder / "template.yaml").write_text(TEMPLATE)
    (folder / "app.py").write_text(handler, encoding="utf-8")
    xdg = {name: str(home) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    path = f"{programs}:{os.environ['PATH']}"
    return {**os.environ, **xdg, "HOME": str(home), "PATH": path, "PYTHONPATH": str(REPOSITORY), "TERM": "xterm"}


def offered(section: str, language: str, readme: str = "editors/README.md") -> str:
    """The first settings in a language that a section of a README has."""
    text = (REPOSITORY / readme).read_text(encoding="utf-8")
    found = re.search(rf"^## {section}$.*?^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert found is not None, f"{readme} offers no settings for {section}"
    return found[1]


def run_in_terminal(command: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float = 50) -> str:
    """Run an editor until it leaves by itself, and give what it drew."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execvpe(command[0], command, environment)
    drawn = b""
    end = time.monotonic() + seconds
    while os.waitpid(process, os.WNOHANG)[0] == 0:
        if time.monotonic() > end:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            break
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                drawn += os.read(terminal, 65536)
            except OSError:  # it has left, and is still to be waited for
                time.sleep(0.05)
    os.close(terminal)
    return drawn.decode(errors="replace")
