"""Handlers judged by lambdalint's rules and by the runtime itself, side by side."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from lambdalint import checks, interpreter
from lambdalint.interpreter.invocation import Invocation
from lambdalint.interpreter.shapes import Anything, Either, Instance, Opaque, Shape, parts
from lambdalint.project.function import Function
from lambdalint.source import Source

from .campaign import Finder
from .containment import brief
from .handlers import EVENTS, HEAD, Case, handler

ENTRY = ("LL101", "LL102", "LL103", "LL104", "LL105")
#: What each outcome must be reported as, and the only outcomes that justify each code.
EXPECTED = {"call": ("LL101", "LL105"), "marshal": ("LL202", "LL102", "LL103", "LL105"), "dumps": ("LL203",)}
JUDGED = (*ENTRY, "LL202", "LL203")


class Runtime:
    """awslambdaric in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        command = [sys.executable, "-W", "ignore", "-m", "tests.oracle.runtime_worker", str(folder)]
        root = str(Path(__file__).parents[2])
        self.process = subprocess.Popen(
            command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def ask(self, module: str) -> list[tuple[str, str]]:
        """What becomes of `module.handler` with each of EVENTS."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"handler": f"{module}.handler", "events": EVENTS}) + "\n")
        self.process.stdin.flush()
        return [(outcome, message) for outcome, message in json.loads(self.process.stdout.readline())]


@contextmanager
def runtime() -> Iterator[Runtime]:
    """A worker over a folder that goes away with it."""
    with tempfile.TemporaryDirectory() as folder:
        worker = Runtime(Path(folder))
        try:
            yield worker
        finally:
            assert worker.process.stdin is not None
            worker.process.stdin.close()
            worker.process.wait(timeout=30)


@dataclass
class Verdicts:
    """Counts, and every disagreement as a text to read."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    unfollowed: Counter[str] = field(default_factory=Counter)

    def text(self) -> str:
        """The figures, for a person."""
        counts = self.counts
        return (
            f"{counts['handlers']} handlers: {counts['faulty']} fail in the runtime, {counts['reported']} are reported,"
            f" {counts['excused']} not followed; {counts['clean']} are fine\n"
            f"not followed: {', '.join(f'{cause} {n}' for cause, n in self.unfollowed.most_common(8)) or 'none'}\n"
            f"disagreements: {len(self.wrong)}"
        )


def findings(text: str) -> tuple[dict[str, list[str]], Invocation]:
    """The codes that the rules report on a module's handler, with their messages."""
    files = {"app.py": text}
    finder = Finder(files)
    source: Source = finder.sources["app"]
    record = interpreter.run(Function(source=source, attribute="handler", module="app", named=True), finder)
    found: dict[str, list[str]] = {}
    for code in JUDGED:
        for report in checks.RULES[code].judge(record):
            found.setdefault(code, []).append(report.message)
    return found, record


def _followed(record: Invocation, outcome: str) -> str:
    """Why the record does not claim to know the value that matters; empty where it does."""
    if not record.complete:
        return "incomplete: " + ", ".join(record.gave_up)
    if record.handler.kind == "unknown" or (outcome == "call" and not record.handler.signature_known):
        return "unknown handler"
    if outcome == "call":
        return ""
    if outcome == "dumps":
        shapes = [call.arguments[0] for call in record.calls if call.name == "json.dumps" and call.arguments]
    else:
        shapes = [way.value for way in record.returns]
    if outcome == "dumps" and any(name == "cls" for call in record.calls for name, _ in call.keywords):
        return "json.dumps with cls="
    return next((why for shape in shapes for part in _inside(shape) if (why := _undecided(part))), "")


def _inside(shape: Shape) -> Iterator[Shape]:
    for part in parts(shape):
        yield part
        if isinstance(part, Instance):
            for _, attribute in part.attributes:
                yield from _inside(attribute)
            if part.payload is not None:
                yield from _inside(part.payload)


def _undecided(part: Shape) -> str:
    """Why a part of a value is not claimed to be what it was; empty where it is."""
    if isinstance(part, Anything):
        return "unknown value"
    if isinstance(part, Either):
        return "one of several"
    return "bytes that are not known" if isinstance(part, Opaque) and part.type == "bytes" else ""


def compare(case: Case, outcomes: list[tuple[str, str]], verdicts: Verdicts) -> None:
    """Hold what lambdalint says of one handler to what the runtime did."""
    counts = verdicts.counts
    counts["handlers"] += 1
    shown = case.text.removeprefix(HEAD).strip()
    try:
        found, record = findings(case.text)
    except Exception:
        verdicts.wrong.append(f"crash\n```python\n{shown}\n```\n{traceback.format_exc(limit=-5)}")
        return
    happened = {outcome for outcome, _ in outcomes}
    if "fault" in happened:
        counts["no handler"] += 1
        return
    faults = happened & set(EXPECTED)
    counts["faulty" if faults else "clean"] += 1
    problems = []
    for outcome in faults:
        if any(code in found for code in EXPECTED[outcome]):
            counts["reported"] += 1
        elif why := _followed(record, outcome):
            counts["excused"] += 1
            verdicts.unfollowed[why] += 1
        else:
            problems.append(f"missed: {outcome}")
    for code, messages in found.items():
        justified = case.swapped if code == "LL104" else any(code in EXPECTED[outcome] for outcome in faults)
        # A handler that cannot be called, or that raises, never comes to what its body would return.
        if not justified and not happened & {"call", "raised"}:
            problems.append(f"false alarm: {code} {messages}")
    if case.swapped and case.shape in ("def", "alias") and "LL104" not in found:
        problems.append("missed: LL104")
    if problems:
        ways = [f"{way.how}: {brief(way.value)}" for way in record.returns]
        verdicts.wrong.append(
            f"{'; '.join(problems)}\n```python\n{shown}\n```\n"
            f"- the runtime: {outcomes}\n"
            f"- found: {found}\n- record: complete={record.complete} {record.handler.kind} {ways}\n"
        )


def campaign(seed: int, handlers: int) -> Verdicts:
    """Judge that many handlers of a seed."""
    verdicts = Verdicts()
    with runtime() as worker, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number in range(handlers):
            case = handler(Random(f"{seed}:{number}"))
            module = f"m{number}"
            (worker.folder / f"{module}.py").write_text(case.text, encoding="utf-8")
            compare(case, worker.ask(module), verdicts)
    return verdicts


def main(arguments: list[str]) -> Any:
    """`python -m tests.oracle.runtime_campaign SEED HANDLERS`: the figures and the disagreements."""
    verdicts = campaign(int(arguments[0]), int(arguments[1]))
    print("\n".join(verdicts.wrong))
    print(verdicts.text())


if __name__ == "__main__":
    main(sys.argv[1:])
