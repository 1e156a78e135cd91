"""What else helps a project that has findings already: severities of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdalint.cli import main


def test_a_severity_of_the_project_s_own_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "app.py").write_text("import os\n")
    monkeypatch.chdir(tmp_path)
    severity = 'severity = { F401 = "error" }'
    assert main(["check", "--isolated", "--config", severity, "--fail-on", "error"]) == 1
    assert "error[F401]" in capsys.readouterr().out
    assert main(["check", "--isolated", "--fail-on", "error"]) == 0
