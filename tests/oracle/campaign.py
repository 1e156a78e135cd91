"""Runs many programs by Python and on paper, and gathers what disagrees and how much is unknown."""

from __future__ import annotations

import ast
import gc
import multiprocessing.pool
import re
import resource
import signal
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

import libcst as cst

from lambdalint import interpreter
from lambdalint.interpreter.invocation import Call, Invocation, Return
from lambdalint.interpreter.paths import Part
from lambdalint.project.function import Function
from lambdalint.source import Source

from .containment import Checker, Share, brief, share
from .programs import generate
from .real import Happened, Made, Program, module_name
from .shrink import Files, shrink

#: Runs of each program, each with its own event and answers of outside code.
RUNS = 8
#: Longer than this on paper is a fault too.
SECONDS = 20
MEMORY = 3 << 30


class Finder:
    """The program's own modules; everything else is outside."""

    def __init__(self, files: Files) -> None:
        self.sources = {module_name(path): Source(path, text.encode()) for path, text in files.items()}
        self.names = {source.path: name for name, source in self.sources.items()}

    def find(self, importer: Source, dotted: str, level: int) -> Source | None:
        """See `lambdalint.interpreter.run`."""
        if level:
            base = self.names[importer.path]
            if not importer.path.endswith("__init__.py"):
                base = base.rpartition(".")[0]
            for _ in range(level - 1):
                base = base.rpartition(".")[0]
            dotted = f"{base}.{dotted}" if dotted else base
        return self.sources.get(dotted)

    def lacks(self, package: Source, name: str) -> bool:
        """See `lambdalint.interpreter.machine.Finder`."""
        return f"{self.names[package.path]}.{name}" not in self.sources

    def vacant(self, dotted: str) -> bool:
        """See `lambdalint.interpreter.machine.Finder`."""
        return False


@dataclass
class Failure:
    """One disagreement. `kind`: "return", "row" (the value is contained, but in no return of that statement),
    "excluded" (only in returns on paths that this event does not take), "raise", "call", "crash", "slow"."""

    kind: str
    reason: str
    files: Files
    run: int = 0
    event: str = ""
    happened: str = ""
    record: str = ""
    number: int = -1

    @property
    def signature(self) -> str:
        """Like for like."""
        words = re.sub(r"'[^']*'|\"[^\"]*\"|-?\d+(\.\d+)?|\bvalue\S*:", "", self.reason.split("the nearest:")[-1])
        return f"{self.kind}: " + " ".join(re.findall(r"[a-zA-Z]+", words.split("was")[0]))[:60]

    def text(self) -> str:
        """The whole case, to read."""
        files = "".join(f"```python\n# file: {path}\n{text}```\n" for path, text in self.files.items())
        return (
            f"{self.kind}: {self.reason}\n\n{files}\n- event (run {self.run}): `{self.event}`\n"
            f"- happened: {self.happened}\n- record said:\n{self.record}\n"
        )


@dataclass
class Figures:
    """Counts of a campaign, which add up."""

    counts: Counter[str] = field(default_factory=Counter)
    gave_up: Counter[str] = field(default_factory=Counter)
    known: Share = field(default_factory=Share)
    paper_seconds: float = 0.0
    slowest: tuple[float, int] = (0.0, -1)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Figures) -> None:
        self.counts += other.counts
        self.gave_up += other.gave_up
        self.known.add(other.known)
        self.paper_seconds += other.paper_seconds
        self.slowest = max(self.slowest, other.slowest)
        self.failures += other.failures

    def text(self) -> str:
        """The figures, for a person."""
        counts, known = self.counts, self.known
        programs, leaves = max(counts["programs"], 1), max(known.leaves, 1)
        lost = known.unknown - known.given - known.untold
        causes = Counter(failure.signature for failure in self.failures)
        lines = [
            f"{counts['programs']} programs, {counts['runs']} runs: {counts['returned']} returned,"
            f" {counts['raised']} raised, {counts['init failed']} failed at import, {counts['dropped']} dropped;"
            f" {counts['calls']} outside calls; {counts['failures']} operations are said to fail",
            f"incomplete records: {counts['incomplete'] / programs:.1%} of programs; excused:"
            f" {counts['excused return']} returns, {counts['excused call']} calls,"
            f" {counts['excused raise']} exceptions",
            f"unknown: {known.unknown / leaves:.1%} of {known.leaves} leaves of returned values"
            f" ({known.given / leaves:.1%} are the event's or outside's own, {known.untold / leaves:.1%} may be,"
            f" {lost / leaves:.1%} are lost)",
            f"on paper {1000 * self.paper_seconds / programs:.1f} ms a program, the slowest {self.slowest[0]:.2f} s"
            f" (program {self.slowest[1]})",
            "gave up: " + (", ".join(f"{cause} {count}" for cause, count in self.gave_up.most_common(12)) or "never"),
            f"counter-examples: {len(self.failures)}",
            *(f"  {count:4} {cause}" for cause, count in causes.most_common(40)),
        ]
        return "\n".join(lines)


class _TooSlow(BaseException):
    pass


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise _TooSlow

    old = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


def on_paper(files: Files) -> Invocation:
    """The interpreter's record of a program."""
    finder = Finder(files)
    function = Function(source=finder.sources["app"], attribute="handler", module="app")
    return interpreter.run(function, finder)


def judge(files: Files, runs: range | list[int], number: int = -1, figures: Figures | None = None) -> Figures:
    """Run one program both ways and compare."""
    figures = figures if figures is not None else Figures()
    counts = figures.counts
    counts["programs"] += 1
    start = time.perf_counter()
    try:
        with _alarm(SECONDS):
            record = on_paper(files)
    except _TooSlow:
        figures.failures.append(Failure("slow", f"more than {SECONDS} s", files, number=number))
        return figures
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__} in {where.name} of {where.filename.rpartition('/')[2]}: {error}"
        figures.failures.append(Failure("crash", reason, files, record=traceback.format_exc(limit=-6), number=number))
        return figures
    spent = time.perf_counter() - start
    figures.paper_seconds += spent
    figures.slowest = max(figures.slowest, (spent, number))
    figures.gave_up += record.gave_up
    counts["incomplete"] += not record.complete
    program = Program(files)
    plain = _plain_handler(files["app.py"])
    watched = frozenset(_failing(record))
    for run in runs:
        try:
            with _alarm(10):
                happened = program.run(run, watched)
        except _TooSlow:
            counts["dropped"] += 1
            continue
        counts["runs"] += 1
        if happened.dropped or happened.init_failed:
            counts["init failed" if happened.init_failed else "dropped"] += 1
            continue
        if not plain:
            happened.row = None
        counts["failures"] += len(record.failures)
        for kind, reason in disagreements(record, happened, figures):
            text = describe(record, kind)
            figures.failures.append(Failure(kind, reason, files, run, happened.event, happened.text(), text, number))
    return figures


def _failing(record: Invocation) -> Iterator[tuple[str, int]]:
    """The rows of the statements that are said to fail wherever they are reached. That each element of a comprehension
    fails, or each that its conditions let through, says nothing of a row without elements: there a part of the
    statement, an expression, is what fails. What fails under a condition (`where`) says nothing of other runs."""
    parts = (cst.BaseExpression, cst.CompFor, cst.CompIf, Part)
    for failure in record.failures:
        if not failure.where and not isinstance(failure.statement, parts):
            span = failure.place.span()
            yield span.path, span.start.row


def _plain_handler(text: str) -> bool:
    return any(
        isinstance(node, ast.FunctionDef) and node.name == "handler" and not node.decorator_list
        for node in ast.parse(text).body
    )


def _ends_of_finally(record: Invocation) -> set[tuple[str, int]]:
    """The last rows of the `finally` blocks of the modules."""
    trees = [(source.path, ast.walk(source.tree)) for source in record.modules if source.tree is not None]
    return {
        (path, node.finalbody[-1].lineno)
        for path, nodes in trees
        for node in nodes
        if isinstance(node, ast.Try) and node.finalbody
    }


def disagreements(record: Invocation, happened: Happened, figures: Figures) -> Iterator[tuple[str, str]]:
    """What of this run the record does not contain."""
    counts = figures.counts
    # An exception on its way through a `finally` is traced at the last row of that, run or not: one that leaves, or one
    # that is caught further out.
    traced = _ends_of_finally(record)
    for path, row in happened.reached if not happened.raised else ():
        if (path, row) not in traced:
            yield "fails", f"row {row} of {path} is said to fail, and was run without"
    for made in happened.calls:
        counts["calls"] += 1
        reason = _call_missing([*record.calls, *record.possible_calls], made)
        if reason is not None:
            if record.complete:
                yield "call", reason
            else:
                counts["excused call"] += 1
    if happened.raised:
        counts["raised"] += 1
        if not record.raises and not any(name in happened.raised for name in record.raised):
            if record.complete:
                yield "raise", f"{happened.raised[0]}: {happened.message} left, recorded: {record.raised or 'none'}"
            else:
                counts["excused raise"] += 1
        return
    counts["returned"] += 1
    assert happened.value is not None
    reasons = []
    elsewhere = ""
    for way in _ways(record):
        reason = Checker().why_not(way.value, happened.value)
        if reason is None:
            if happened.row is not None and _row(way) != happened.row:
                elsewhere = elsewhere or "row"
            elif (why := _ruled_out(way, happened)) is not None:
                elsewhere = why
            else:
                figures.known.add(share(way.value, happened.value))
                return
        else:
            reasons.append(reason)
    if not record.complete:
        counts["excused return"] += 1
    elif elsewhere and elsewhere != "row":
        yield "excluded", elsewhere
    elif elsewhere:
        yield "row", f"returned from row {happened.row}, recorded rows {sorted({_row(way) for way in _ways(record)})}"
    else:
        yield "return", max(reasons, key=len, default="no return is recorded")


def _ways(record: Invocation) -> list[Return]:
    return [*record.returns, *record.possible_returns]


def _ruled_out(way: Return, happened: Happened) -> str | None:
    """What the path is said to exclude of the event, where the event was just that."""
    for excluded in way.excluded:
        value = happened.given
        for part in excluded.event:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                value = None
        if not happened.changed and any(type(value) is type(c) and value == c for c in excluded.constants):
            return f"event{list(excluded.event)} is said to be none of {excluded.constants}, was {value!r}"
    return None


def _row(way: Return) -> int:
    return 0 if way.how == "end" else way.place.span().start.row


def _call_missing(calls: list[Call], made: Made) -> str | None:
    reasons = []
    for call in calls:
        if call.name.removeprefix("builtins.") != made.name.removeprefix("builtins."):
            continue
        reason = _call_differs(call, made)
        if reason is None:
            return None
        reasons.append(reason)
    return f"{made.name}: " + max(reasons, key=len, default="no such call is recorded")


def _call_differs(call: Call, made: Made) -> str | None:
    if not call.open_arguments:
        if len(call.arguments) != len(made.arguments):
            return f"{len(made.arguments)} arguments"
        if {name for name, _ in call.keywords} != set(made.keywords):
            return "other keywords"
    for number, (shape, picture) in enumerate(zip(call.arguments, made.arguments, strict=False)):
        reason = Checker().why_not(shape, picture)
        if reason is not None:
            return f"argument {number}: {reason}"
    for name, shape in call.keywords:
        if name in made.keywords:
            reason = Checker().why_not(shape, made.keywords[name])
            if reason is not None:
                return f"argument {name}: {reason}"
    return None


def describe(record: Invocation, kind: str) -> str:
    """The record, or the part of it that matters."""
    lines = [
        f"    complete={record.complete} raises={record.raises} raised={record.raised} gave up={dict(record.gave_up)}"
    ]
    if kind == "call":
        for call in [*record.calls, *record.possible_calls]:
            parts = [brief(a) for a in call.arguments] + [f"{k}={brief(v)}" for k, v in call.keywords]
            lines.append(f"    call {call.name}({', '.join(parts)}){' *' if call.open_arguments else ''}")
    else:
        lines += [f"    {way.how} row {_row(way)}: {brief(way.value)}" for way in _ways(record)]
    return "\n".join(lines)


def program_of(seed: int, number: int) -> Files:
    """The program of that number in the campaign of that seed."""
    return generate(Random(f"{seed}:{number}"))


def _confine() -> None:
    """A worker has its bounds: a program may grow faster than it is stopped, and warns of what it does badly."""
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def workers(jobs: int) -> multiprocessing.pool.Pool:
    """Processes that run programs."""
    return multiprocessing.get_context("fork").Pool(jobs, _confine, maxtasksperchild=20)


def _work(task: tuple[int, int, int]) -> Figures:
    seed, first, last = task
    figures = Figures()
    for number in range(first, last):
        judge(program_of(seed, number), range(number * RUNS, number * RUNS + RUNS), number, figures)
        if number % 50 == 0:
            gc.collect()
    return figures


def campaign(seed: int, programs: int, jobs: int) -> Figures:
    """Run programs 0 to `programs` of a seed in that many processes."""
    chunk = max(1, min(50, programs // jobs))
    tasks = [(seed, first, min(first + chunk, programs)) for first in range(0, programs, chunk)]
    total = Figures()
    with workers(jobs) as pool:
        for figures in pool.imap_unordered(_work, tasks):
            total.add(figures)
    return total


def smallest(failure: Failure, seconds: float = 30.0) -> Failure:
    """The same disagreement in a smaller program."""
    runs = [failure.run, *range(6)]

    def find(files: Files) -> Failure | None:
        try:
            found = judge(files, [0] if failure.kind in ("crash", "slow") else runs).failures
        except Exception:  # the smaller program is no program of ours any more: it has no handler, or spoils the run
            return None
        return next((f for f in found if f.kind == failure.kind and f.signature == failure.signature), None)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        files = shrink(failure.files, lambda candidate: find(candidate) is not None, seconds)
        found = find(files) or failure
    found.number = failure.number
    return found


def distinct(failures: list[Failure]) -> list[tuple[Failure, int]]:
    """One failure of each signature, the shortest, with how many there are; the most frequent first."""
    groups: dict[str, list[Failure]] = {}
    for failure in failures:
        groups.setdefault(failure.signature, []).append(failure)
    ordered = sorted(groups.values(), key=len, reverse=True)
    return [(min(group, key=lambda f: sum(map(len, f.files.values()))), len(group)) for group in ordered]
