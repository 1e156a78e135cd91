"""`--watch`: a run after each change of what a run hangs on, and after no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="it is interrupted by a signal")

ROOT = Path(__file__).parent.parent


class Watch:
    """A watch that runs in a folder, line by line of what it prints."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "lambdalint", "check", "--watch", "--output-format", "concise", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._lines: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def run(self, seconds: float = 30) -> str:
        """What the next run prints; "" where there is none in time."""
        told = ""
        end = time.monotonic() + seconds
        while not told.endswith("Ctrl-C ends it.\n"):
            try:
                told += self._lines.get(timeout=max(end - time.monotonic(), 0.01))
            except Empty:
                break
        return told


@pytest.fixture
def watches() -> Iterator[list[Watch]]:
    started: list[Watch] = []
    yield started
    for watch in started:
        watch.process.kill()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text("import os\n")
    return tmp_path


def start(watches: list[Watch], folder: Path, *arguments: str) -> Watch:
    watches.append(Watch(folder, *arguments))
    return watches[-1]


def test_a_changed_file_is_checked_again(folder: Path, watches: list[Watch]) -> None:
    watch = start(watches, folder)
    assert "F401 'os'" in watch.run()
    (folder / "app.py").write_text("\n\nimport sys, json\n")
    assert "F401 'sys'" in watch.run()
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(10) == 130


def test_settings_are_read_again_and_survive_being_broken(folder: Path, watches: list[Watch]) -> None:
    watch = start(watches, folder)
    assert "F401 'os'" in watch.run()
    (folder / "lambdalint.toml").write_text('ignore = ["F401"]\n')
    assert "Nothing to report" in watch.run()
    (folder / "lambdalint.toml").write_text('ignore = ["F401"\n')
    told = watch.run()
    assert "error: this is no valid TOML" in told
    assert "lambdalint.toml:2:1" in told
    (folder / "lambdalint.toml").unlink()
    assert "F401 'os'" in watch.run()


def test_a_baseline_is_read_again_and_survives_being_broken(folder: Path, watches: list[Watch]) -> None:
    (folder / "known.json").write_text('{"version": 1, "findings": []}')
    watch = start(watches, folder, "--baseline", "known.json")
    assert "F401 'os'" in watch.run()
    (folder / "known.json").write_text("<<<<<<<")
    assert "error: --baseline `known.json`: it is no JSON" in watch.run()
    (folder / "known.json").write_text('{"version": 1,  "findings": []}')
    assert "F401 'os'" in watch.run()


def test_what_a_run_writes_is_no_change(folder: Path, watches: list[Watch]) -> None:
    watch = start(watches, folder, "--write-baseline", "known.json")
    assert "Wrote 1 finding" in watch.run()
    assert watch.run(3) == ""
    (folder / "app.py").write_text("\n")
    assert "Wrote 0 findings" in watch.run()
