"""What helps a project that has findings already: comments that silence them, its own severities, a run that waits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lambdalint.cli import main

BAD = 'import os\n\n\ndef lambda_handler(event, context):\n    return {"ids": {1, 2}}\n'
TEMPLATE = """Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.missing
      Runtime: python3.13
      CodeUri: .
"""


def check(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.chdir(folder)
    return main(["check", "--isolated", *arguments])


class TestAddNoqa:
    def test_what_was_found_is_silent_then(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "app.py").write_text(BAD)
        (tmp_path / "template.yaml").write_text(TEMPLATE)
        assert check(tmp_path, monkeypatch, "--add-noqa") == 0
        assert check(tmp_path, monkeypatch) == 0
        silent = BAD.replace("import os\n", "import os  # noqa: F401\n").replace("2}}\n", "2}}  # noqa: LL202\n")
        assert (tmp_path / "app.py").read_text() == silent
        assert "Handler: app.missing  # noqa: LL003\n" in (tmp_path / "template.yaml").read_text()

    @pytest.mark.parametrize(
        ("line", "after"),
        [
            ("import os  # noqa: E501", "import os  # noqa: E501, F401"),
            ("import os  # used by others", "import os  # used by others  # noqa: F401"),
            ("import os   ", "import os  # noqa: F401"),
            ("import os, sys", "import os, sys  # noqa: F401"),
            ("from os import (\n    path,\n)", "from os import (  # noqa: F401\n    path,\n)"),
        ],
    )
    def test_where_the_comment_goes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, after: str
    ) -> None:
        (tmp_path / "app.py").write_text(f"{line}\n")
        check(tmp_path, monkeypatch, "--add-noqa")
        assert (tmp_path / "app.py").read_text() == f"{after}\n"
        assert check(tmp_path, monkeypatch) == 0

    def test_no_comment_goes_into_a_string(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        text = 'def f():\n    text = """a\n    b"""\n'
        (tmp_path / "app.py").write_text(text)
        check(tmp_path, monkeypatch, "--add-noqa")
        compile((tmp_path / "app.py").read_text(), "app.py", "exec")
        assert '"""a\n    b"""' in (tmp_path / "app.py").read_text()


class TestBaseline:
    def test_what_it_has_is_not_told_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "app.py").write_text(BAD)
        assert check(tmp_path, monkeypatch, "--write-baseline", "known.json") == 0
        assert check(tmp_path, monkeypatch, "--baseline", "known.json") == 0
        assert check(tmp_path, monkeypatch) == 1

    def test_lines_may_move_and_what_is_new_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "app.py").write_text(BAD)
        check(tmp_path, monkeypatch, "--write-baseline", "known.json")
        (tmp_path / "app.py").write_text(f"# moved\n\nimport sys\n{BAD}")
        capsys.readouterr()
        assert check(tmp_path, monkeypatch, "--baseline", "known.json", "--output-format", "concise", "-q") == 1
        (line,) = capsys.readouterr().out.splitlines()
        assert "'sys' imported but unused" in line

    def test_what_is_found_no_more_is_told_of(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "app.py").write_text(BAD)
        check(tmp_path, monkeypatch, "--write-baseline", "known.json")
        (tmp_path / "app.py").write_text(BAD.replace("import os\n", ""))
        capsys.readouterr()
        assert check(tmp_path, monkeypatch, "--baseline", "known.json") == 0
        assert "app.py: F401 'os' imported but unused" in capsys.readouterr().err

    @pytest.mark.parametrize(
        "text", ["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}']
    )
    def test_what_is_none_is_an_error(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
    ) -> None:
        (tmp_path / "known.json").write_text(text)
        assert check(tmp_path, monkeypatch, "--baseline", "known.json") == 2
        assert "--baseline `known.json`" in capsys.readouterr().err


def test_a_severity_of_the_project_s_own_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "app.py").write_text("import os\n")
    monkeypatch.chdir(tmp_path)
    severity = 'severity = { F401 = "error" }'
    assert main(["check", "--isolated", "--config", severity, "--fail-on", "error"]) == 1
    assert "error[F401]" in capsys.readouterr().out
    assert main(["check", "--isolated", "--fail-on", "error"]) == 0


@pytest.mark.skipif(os.name != "posix", reason="it is interrupted by a signal")
def test_watching_checks_again_when_a_file_changes(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import os\n")
    command = [sys.executable, "-m", "lambdalint", "check", "--isolated", "--watch", "--output-format", "concise"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert "F401 'os'" in process.stdout.readline()
        (tmp_path / "app.py").write_text("\n\nimport sys, json\n")
        assert any("F401 'sys'" in process.stdout.readline() for _ in range(3))
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
    finally:
        process.kill()
