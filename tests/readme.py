"""The README's example is what a run prints. `python -m tests.readme` writes it anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

from lambdalint.config import load
from lambdalint.engine import lint
from lambdalint.report import render

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_EXAMPLE = re.compile(r"(?<=^```text\n)\$ lambdalint check (\S+)\n.*?(?=^```$)", re.MULTILINE | re.DOTALL)
_SECONDS = re.compile(r"\d+(?:\.\d+)? s\b")


def updated(text: str) -> str:
    """The README with the output of each command that it shows; the seconds are a moment's, and stay the same."""
    before = os.getcwd()
    os.chdir(ROOT)
    try:
        return _EXAMPLE.sub(lambda match: f"$ lambdalint check {match[1]}\n{_output(match[1])}", text)
    finally:
        os.chdir(before)


def _output(path: str) -> str:
    return _SECONDS.sub("0.3 s", render(lint([path], load([path]))))


if __name__ == "__main__":
    README.write_text(updated(README.read_text("utf-8")), "utf-8")
