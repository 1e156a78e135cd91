"""The last line, and what `-v` tells about the run."""

from __future__ import annotations

from collections import Counter

from lambdalint.engine import LintReport
from lambdalint.finding import Severity
from lambdalint.report.terminal import Paint, Piece, cells, clean, flow, prose


def count(number: int, noun: str) -> str:
    """`1 file`, `2 files`, `1,439 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def summary(report: LintReport, *, color: bool, width: int | None) -> str:
    """How many findings, in what; ends with a line end."""
    pieces = _found(report) if report.findings else _clean(report)
    if report.suppressed:
        pieces.append(Piece(f" {len(report.suppressed):,} suppressed."))
    pieces += prose(_hint(report))
    if report.errors:
        failed = count(len(report.errors), "internal error")
        pieces += [Piece(" "), Piece(failed, "error"), Piece(": the result is incomplete.")]
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
        text += f"({count(report.functions, 'function') if report.functions else 'no Lambda handler'}, {seconds})."
    return [*pieces, Piece(text)]


def _clean(report: LintReport) -> list[Piece]:
    if not report.files:
        return [Piece("No Python file was found here; name a file or a folder that holds some.")]
    seconds = _seconds(report.seconds)
    if report.errors:
        return [Piece(f"Nothing was found in {count(report.files, 'file')} ({seconds}).")]
    if not report.functions:
        text = f" in {count(report.files, 'file')} ({seconds}); no Lambda handler is among them."
        return [Piece("Nothing to report", "good"), Piece(text)]
    text = f" {count(report.functions, 'function')} ran on paper without a fault "
    return [Piece("All clear:", "good"), Piece(f"{text}({count(report.files, 'file')}, {seconds}).")]


def _hint(report: LintReport) -> str:
    fixable = sum(finding.fix is not None and finding.fix.safe for finding in report.findings)
    hints = [f"{fixable:,} fixable with --fix"] if fixable else []
    ranked = sorted(report.findings, key=lambda finding: finding.severity.rank)
    explained = [finding.code for finding in ranked if finding.code.startswith("LL")]
    if explained:
        hints.append(f"`lambdalint explain {explained[0]}` says more")
    return f" {'; '.join(hints)}." if hints else ""


def _seconds(seconds: float) -> str:
    return f"{seconds:.{2 if seconds < 0.1 else 1 if seconds < 100 else 0}f} s"


def account(report: LintReport, *, color: bool, width: int | None) -> str:
    """What was found, what was skipped and why, and where the interpreter gave up; ends with a line end."""
    paint = Paint(color)
    sections = [
        _section(
            f"{count(len(report.found), 'function')} found",
            [(clean(one.handler), clean(one.path), "named for Lambda" if one.named else "") for one in report.found],
            paint,
            width,
        ),
        _section(
            f"{count(len(report.skipped), 'file')} skipped or not followed",
            [(clean(one.path), clean(one.reason), "") for one in report.skipped],
            paint,
            width,
        ),
        _gave_up(report, paint, width),
    ]
    return "\n".join(section for section in sections if section)


def _gave_up(report: LintReport, paint: Paint, width: int | None) -> str:
    rows = [
        (clean(one.function) if index == 0 else "", f"{times:,} x", clean(cause))
        for one in report.gave_up
        for index, (cause, times) in enumerate(one.causes)
    ]
    functions = len(report.gave_up)
    title = f"{count(functions, 'function')} not followed to the end (what is unknown is not reported)"
    return _section(title, rows, paint, width) if rows else ""


def _section(title: str, rows: list[tuple[str, str, str]], paint: Paint, width: int | None) -> str:
    shown = [paint(title, "strong")]
    columns = [max((cells(row[index]) for row in rows if cells(row[index]) <= 44), default=0) for index in (0, 1)]
    for row in rows:
        named = zip(row, columns, strict=False)
        head = "".join(text + " " * (max(column - cells(text), 0) + 2) for text, column in named)
        hang = min(sum(columns) + 6, 24)
        shown.append("  " + flow(prose((head + row[2]).rstrip(" ")), paint, width, hang=hang, first=2))
    return "\n".join(shown) + "\n"
