"""A new rule is two files that fail until they are filled."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .new_rule import ROOT, main


def test_function_and_page_are_written_and_fail_until_filled(tmp_path: Path) -> None:
    for name in ("lambdalint", "rules", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "oracle"))
    module, page = main("LL198", "made-up-rule", tmp_path)
    assert module == tmp_path / "lambdalint" / "checks" / "entry.py"
    assert page.name == "LL198-made-up-rule.md"
    ast.parse(module.read_text())
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "tests/test_pages.py",
            "-k",
            "LL198 or each_rule",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1, ended.stdout
    assert "FAILED tests/test_pages.py::TestBad" in ended.stdout
    assert "test_each_rule_has_a_page_and_each_page_a_rule" not in ended.stdout  # both are there


@pytest.mark.parametrize(
    ("code", "name"), [("LL202", "new-name"), ("LL198", "handler-arity"), ("L1", "a-b"), ("LL198", "x")]
)
def test_what_is_taken_or_malformed_is_refused(code: str, name: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(code, name, tmp_path)
