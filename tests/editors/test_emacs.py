"""Emacs itself with eglot, and the settings that editors/README.md offers for it: what it marks in a handler, and the
text that a fix leaves."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.editors.project import BAD, FIXED, offered, run_in_terminal, write_project

SESSION = Path(__file__).with_name("session.el")


def _has_eglot(emacs: str) -> bool:
    asked = [emacs, "--batch", "--eval", "(progn (package-initialize) (require 'eglot))"]
    return subprocess.run(asked, capture_output=True, timeout=60, check=False).returncode == 0


@pytest.mark.skipif(shutil.which("emacs") is None, reason="Emacs is not here")
def test_emacs_marks_the_finding_and_its_code_action_mends_the_buffer(tmp_path: Path) -> None:
    emacs = shutil.which("emacs") or ""
    if not _has_eglot(emacs):
        pytest.skip("this Emacs has no eglot")
    project, out = tmp_path / "my orders", tmp_path / "out.json"
    environment = write_project(project)
    settings = tmp_path / "home" / ".emacs.d" / "init.el"
    settings.parent.mkdir()
    settings.write_text(offered("Emacs", "lisp"))
    settings.with_name("early-init.el").write_text("(setq native-comp-deferred-compilation nil)")
    environment["LAMBDALINT_TEST_OUT"] = str(out)
    drawn = run_in_terminal([emacs, "-nw", "app.py", "-l", str(SESSION)], project, environment)
    assert out.exists(), drawn
    told = json.loads(out.read_text("utf-8"))
    assert "failed" not in told, told
    (fault,) = told["found"]
    assert (fault["row"], fault["marked"], fault["kind"]) == (1, "{name: 1}", "eglot-error")
    assert "LL301" in fault["message"]
    assert told["text"] == FIXED
    assert (project / "app.py").read_text("utf-8") == BAD
    print("Emacs", told["version"])
