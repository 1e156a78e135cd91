"""What a run imports. libcst alone takes longer than many a whole run, so it is imported for handlers only."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

#: Runs lambdalint as `python -m lambdalint` would, then tells which modules are there.
PROBE = """
import json, runpy, sys
sys.argv[0] = "lambdalint"
try:
    runpy.run_module("lambdalint", run_name="__main__")
except SystemExit as end:
    status = end.code
sys.stdout.flush()
print("\\n" + json.dumps([status, sorted(sys.modules)]))
"""

PLAIN = "import os\n\n\ndef add(a, b):\n    return a + b\n"
HANDLER = 'def lambda_handler(event, context):\n    return {"statusCode": 200, "body": "ok"}\n'

#: Third parties, and what the standard library has of slow things.
SLOW = {"libcst", "pyflakes", "yaml", "pathspec", "tomli", "asyncio", "concurrent", "multiprocessing", "email", "http"}


def imported(folder: Path, *arguments: str) -> tuple[int, set[str]]:
    """The exit status, and the top-level and full names of all that was imported."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    status, names = json.loads(ended.stdout.rstrip().split("\n")[-1])
    return status or 0, set(names)


@pytest.mark.parametrize("arguments", [("version",), ("--help",), ("check", "--help")])
def test_nothing_slow_is_imported_to_say_a_word(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    status, names = imported(tmp_path, *arguments)
    assert status == 0
    assert names & SLOW == set()
    assert {name for name in names if name.startswith(("lambdalint.interpreter", "lambdalint.checks"))} == set()


def test_file_without_a_handler_is_checked_without_a_cst(tmp_path: Path) -> None:
    (tmp_path / "plain.py").write_text(PLAIN)
    status, names = imported(tmp_path, "check", "--isolated", "plain.py")
    assert status == 1  # F401
    assert "pyflakes" in names
    assert names & {"libcst", "yaml", "tomli", "asyncio", "multiprocessing", "lambdalint.interpreter.walk"} == set()
    assert "lambdalint.installed" not in names  # no settings name plug-ins


def test_handler_is_what_brings_the_cst_in(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(HANDLER)
    status, names = imported(tmp_path, "check", "--isolated", "app.py")
    assert status == 0
    assert "libcst" in names


def test_report_formats_are_imported_one_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "plain.py").write_text(PLAIN)
    _, names = imported(tmp_path, "check", "--isolated", "--output-format", "github", "plain.py")
    assert {name for name in names if name.startswith("lambdalint.report.")} >= {"lambdalint.report.github"}
    assert names & {"lambdalint.report.text", "lambdalint.report.json", "lambdalint.report.frame"} == set()
