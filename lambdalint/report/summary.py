"""The last line, and what `-v` tells about the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lambdalint.finding import Severity, letters
from lambdalint.report.terminal import Paint, Piece, cells, clean, flow, prose
from lambdalint.results import LintReport
from lambdalint.work import InternalError

#: Longer names than this in a column stand out of it.
_WIDEST_NAME = 44


def count(number: int, noun: str) -> str:
    """`1 file`, `2 files`, `1,439 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def failed(errors: Iterable[InternalError]) -> str:
    """`1 internal error`, `1 internal error and 2 plug-in errors`."""
    return " and ".join(count(number, kind) for kind, number in sorted(Counter(one.kind for one in errors).items()))


def summary(report: LintReport, *, color: bool, width: int | None) -> str:
    """How many findings, in what; ends with a line end."""
    pieces = _found(report) if report.findings else _clean(report)
    if report.suppressed:
        pieces.append(Piece(f" {len(report.suppressed):,} suppressed."))
    pieces += prose(_hint(report))
    if report.errors:
        pieces += [Piece(" "), Piece(failed(report.errors), "error"), Piece(": the result is incomplete.")]
    return flow(pieces, Paint(color), width, hang=0) + "\n"


def _found(report: LintReport) -> list[Piece]:
    kinds = Counter(finding.severity for finding in report.findings)
    counted = [
        Piece(count(kinds[severity], noun), severity.value)
        for severity, noun in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))
        if kinds[severity]
    ]
    pieces = [Piece("Found ")]
    for index, piece in enumerate(counted):
        pieces += [Piece("" if index == 0 else " and " if index == len(counted) - 1 else ", "), piece]
    seconds = _seconds(report.seconds)
    elsewhere = any(finding.function is None for finding in report.findings)
    if report.affected:
        where = " and elsewhere" if elsewhere else ""
        text = f" in {report.affected:,} of {count(report.functions, 'function')}{where} "
        text += f"({count(report.files, 'file')}, {seconds})."
    else:
        paths = len({finding.span.path for finding in report.findings})
        text = f" in {paths:,} of {count(max(report.files, paths), 'file')} "
        run = f"{count(report.functions, 'function')}, " if report.functions else ""
        text += f"({run or ('no Lambda handler, ' if report.sought else '')}{seconds})."
    return [*pieces, Piece(text)]


def _clean(report: LintReport) -> list[Piece]:
    if not report.files:
        return [Piece("No Python file was found here; name a file or a folder that holds some.")]
    seconds = _seconds(report.seconds)
    if report.errors:
        return [Piece(f"Nothing was found in {count(report.files, 'file')} ({seconds}).")]
    if not report.functions:
        text = f" in {count(report.files, 'file')} ({seconds})"
        text += "; no Lambda handler is among them." if report.sought else "; no rule that is on runs a handler."
        return [Piece("Nothing to report", "good"), Piece(text)]
    text = f" {count(report.functions, 'function')} ran on paper without a fault "
    return [Piece("All clear:", "good"), Piece(f"{text}({count(report.files, 'file')}, {seconds}).")]


def _hint(report: LintReport) -> str:
    fixable = sum(finding.fix is not None and finding.fix.safe for finding in report.findings)
    hints = [f"{fixable:,} fixable with --fix"] if fixable else []
    ranked = sorted(report.findings, key=lambda finding: finding.severity.rank)
    explained = [finding.code for finding in ranked if letters(finding.code) != "F"]
    if explained:
        hints.append(f"`lambdalint explain {explained[0]}` says more")
    return f" {'; '.join(hints)}." if hints else ""


def _seconds(seconds: float) -> str:
    return f"{seconds:.{2 if seconds < 0.1 else 1 if seconds < 100 else 0}f} s"


def account(report: LintReport, *, color: bool, width: int | None) -> str:
    """What was found, what was skipped and why, and where the interpreter gave up; ends with a line end."""
    paint = Paint(color)
    found = [(one.handler, one.path + ("  (named for Lambda)" if one.named else "")) for one in report.found]
    told = [paint(f"{count(len(found), 'function')} found", "strong"), *_rows(found, paint, width)]
    if report.skipped:
        skipped: dict[str, list[str]] = {}
        for one in report.skipped:
            skipped.setdefault(one.reason, []).append(one.path)
        told += ["", paint(f"{count(len(report.skipped), 'path')} skipped or not followed", "strong")]
        for reason, paths in skipped.items():
            told += [f"  {clean(reason)}:", *(f"    {clean(path)}" for path in paths)]
    if report.gave_up:
        short = [
            (one.function, f"{one.path}: {', '.join(f'{cause} ({times:,})' for cause, times in one.causes)}")
            for one in report.gave_up
        ]
        title = f"{count(len(short), 'function')} not followed to the end: what is unknown is not reported"
        told += ["", paint(title, "strong"), *_rows(short, paint, width)]
    return "\n".join(told) + "\n"


def _rows(rows: list[tuple[str, str]], paint: Paint, width: int | None) -> Iterator[str]:
    """Two columns, the first as wide as its widest text that is not out of measure."""
    column = max((cells(clean(name)) for name, _ in rows if cells(clean(name)) <= _WIDEST_NAME), default=0)
    for name, text in rows:
        name = clean(name)
        pieces = [Piece(name + " " * (max(column - cells(name), 0) + 2)), *prose(text)]
        yield "  " + flow(pieces, paint, width, hang=8, first=2)
