"""How long lambdalint takes beside other linters: the same files, the same machine, the same run; medians.

    python scripts/benchmark.py FOLDER [--runs 5] [--file FILE] [--handler FILE]

FOLDER is a checkout of real projects, for instance aws-samples/serverless-patterns. Tools that this Python cannot
import (pyflakes, flake8, bandit, pylint, fixit) are left out and named. Each command runs once to warm the caches of
the file system and of Python's byte code; the runs that count take turns, so that a busy moment hurts every tool alike.
Seconds belong to a machine; only the ratios travel.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

#: Slow tools are timed on the first projects that hold this many files together.
SLICE = 100
HANDLER = re.compile(rb"^(async )?def (lambda_)?handler\(", re.MULTILINE)
#: Anything by which a file could pass for one with a handler.
SUSPECT = re.compile(rb"handler|aws_lambda_powertools", re.IGNORECASE)
SKIPPED = {".git", ".aws-sam", "cdk.out", "node_modules", ".venv", "venv", "build", "dist"}


@dataclass(frozen=True)
class Tool:
    """A linter, run as `python -m NAME ARGUMENTS PATH`."""

    name: str
    arguments: tuple[str, ...] = ()

    @property
    def installed(self) -> bool:
        return importlib.util.find_spec(self.name) is not None

    def command(self, path: Path) -> list[str]:
        return [sys.executable, "-m", self.name, *self.arguments, str(path)]


LAMBDALINT = Tool(
    "lambdalint", ("check", "--isolated", "--no-cache", "--preview", "--pedantic", "--output-format", "json")
)
PYFLAKES = Tool("pyflakes")
FLAKE8 = Tool("flake8", ("--isolated", "-j", "2"))
BANDIT = Tool("bandit", ("--quiet", "--recursive"))
PYLINT = Tool("pylint", ("-j", "2", "--recursive", "y"))
FIXIT = Tool("fixit", ("--quiet", "lint"))


@dataclass
class Timed:
    """The runs of one tool: seconds, the most memory that a process of it held, and the last exit status."""

    tool: Tool
    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0.0
    status: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def run(self, path: Path) -> None:
        """Run once, its output thrown away."""
        begin = time.perf_counter()
        with subprocess.Popen(
            self.tool.command(path), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.seconds.append(time.perf_counter() - begin)
        self.megabytes = max(self.megabytes, usage.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000))
        self.status = process.returncode


def compare(title: str, path: Path, reach: dict[Tool, float], runs: int) -> Timed:
    """Time lambdalint and the tools of `reach` on one path; print each tool's median and how many times as long
    lambdalint took, against the most it may take."""
    ours = Timed(LAMBDALINT)
    others = [Timed(tool) for tool in reach if tool.installed]
    for timed in (ours, *others):
        timed.run(path)
        timed.seconds.clear()
    for _ in range(runs):
        for timed in (ours, *others):
            timed.run(path)
    print(f"\n{title}")
    print(f"  {'lambdalint':<11}{ours.median:>8.3f} s  {ours.megabytes:>5.0f} MB{_complaint(ours)}")
    for timed in others:
        ratio, most = ours.median / timed.median, reach[timed.tool]
        print(
            f"  {timed.tool.name:<11}{timed.median:>8.3f} s  {timed.megabytes:>5.0f} MB"
            f"  lambdalint takes {ratio:.2f}x, to reach {most:g}x: {'reached' if ratio <= most else 'not reached'}"
        )
    for tool in reach:
        if not tool.installed:
            print(f"  {tool.name:<11}not installed")
    return ours


def _complaint(timed: Timed) -> str:
    return "" if timed.status in (0, 1) else f"  FAILED with exit status {timed.status}"


def python_files(folder: Path) -> Iterator[Path]:
    """Every .py file, in a steady order, less the folders that linters leave out."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        yield from (Path(where, name) for name in sorted(names) if name.endswith(".py"))


def copy(projects: Iterable[Path], target: Path) -> Path:
    """Whole projects under another folder: what says that a package is vendored must come along."""
    target.mkdir()
    for project in projects:
        shutil.copytree(project, target / project.name, symlinks=True, ignore=shutil.ignore_patterns(*SKIPPED))
    return target


def middle(files: Sequence[Path]) -> Path:
    """The file of median size."""
    return sorted(files, key=lambda file: (file.stat().st_size, file))[len(files) // 2]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="a checkout of real projects")
    parser.add_argument("--runs", type=int, default=5, help="runs that count, of each command (default 5)")
    parser.add_argument("--file", type=Path, help="the file without a handler (default: the one of median size)")
    parser.add_argument("--handler", type=Path, help="the file with a handler (default: the one of median size)")
    options = parser.parse_args(argv)
    folder, runs = options.folder.resolve(), options.runs
    files = list(python_files(folder))
    texts = {file: file.read_bytes() for file in files}
    handlers = [file for file, text in texts.items() if HANDLER.search(text)]
    plain = [file for file, text in texts.items() if text.strip() and not SUSPECT.search(text)]
    if not handlers or not plain:
        parser.error(f"{options.folder} needs Python files with a handler and without one")
    size = sum(map(len, texts.values())) / 1_000_000
    print(f"{len(files):,} files, {size:.1f} MB, {len(handlers):,} with a handler; medians of {runs} runs")

    title = "whole folder, cold, all rules (memory to reach: 300 MB)"
    whole = compare(title, folder, {PYFLAKES: 1.0, FLAKE8: 0.4, BANDIT: 0.3}, runs)
    projects: dict[Path, int] = {}
    for file in files:
        if file.parent != folder:
            project = folder / file.relative_to(folder).parts[0]
            projects[project] = projects.get(project, 0) + 1
    with tempfile.TemporaryDirectory() as temporary:
        sums = list(accumulate(projects.values()))
        first = list(projects)[: bisect_left(sums, SLICE) + 1]
        some = copy(first, Path(temporary, "slice"))
        compare(f"the first {sum(projects[one] for one in first)} files", some, {PYLINT: 0.1, FIXIT: 0.1}, runs)
        half = copy(list(projects)[::2], Path(temporary, "half"))
        part = compare("every second project", half, {}, runs)
        fewer = sum(bool(HANDLER.search(file.read_bytes())) for file in python_files(half))
    compare("one file without a handler", options.file or middle(plain), {FLAKE8: 0.3}, runs)
    compare(
        "one file with a handler", options.handler or middle(handlers), {FLAKE8: 2.5, PYLINT: 0.4, FIXIT: 0.5}, runs
    )
    print(f"\ngrowth: {len(handlers) / max(fewer, 1):.2f}x the handlers take {whole.median / part.median:.2f}x as long")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
