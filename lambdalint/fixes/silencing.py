"""`--add-noqa`: a comment for each finding that silences it, so that a project can begin with what is new."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from lambdalint.comment_places import comments_of, meaning_of
from lambdalint.directives import extents
from lambdalint.finding import Edit, Finding, Fix, Position, Span
from lambdalint.fixes.apply import applied
from lambdalint.fixes.mending import Check, Mended, mended
from lambdalint.project.code.files import may_describe
from lambdalint.results import LintReport
from lambdalint.source import Source
from lambdalint.text import Text

_NOQA = re.compile(r"#\s*noqa:[ \t]?[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*", re.IGNORECASE)
#: The rules about suppressions. One that silences nothing is taken out, rather than silenced by another.
_OF_SUPPRESSIONS = "LL9"


@dataclass(slots=True)
class Silenced:
    """What became of the files: `files.done` are the findings that are silent now. `left`: those that are not, since no
    comment can stand where it would hold. `removed`: how many suppressions that silence nothing were taken out."""

    files: Mended
    left: list[Finding] = field(default_factory=list)
    removed: int = 0


def silenced(check: Check) -> Silenced:
    """Silence what is found, in memory alone, and check that it is silent then.

    Args:
        check: checks everything, some files as they are given to it.
    """
    files = _without_idle_ones(check)
    removed = len(files.done)
    start = check(dict(files.after)) if files.after else files.report
    refused: set[tuple[object, ...]] = set()
    while True:
        after, put = _commented(files, start.findings, refused)
        report = check(after) if put else start
        there = {_key(finding) for finding in report.findings}
        new = {path for path, *_ in there - {_key(finding) for finding in start.findings}}
        failed = {_key(finding) for finding in put if _key(finding) in there}
        # what is new comes of a comment that does not hold; where none is to blame, the file is left as it is
        failed |= {_key(finding) for finding in put if not failed and finding.span.path in new}
        if not failed:
            break
        refused |= failed
    files.report = report
    files.after = {path: data for path, data in after.items() if data != files.before[path]}
    files.before = {path: files.before[path] for path in files.after}
    files.done = [finding for finding in start.findings if _key(finding) not in there]
    return Silenced(files, list(report.findings), removed)


def _without_idle_ones(check: Check) -> Mended:
    """The files without the suppressions that silence nothing. `report`: what is found as the files are."""
    first: list[LintReport] = []

    def of_suppressions(held: Mapping[str, bytes]) -> LintReport:
        report = check(held)
        first.append(report)
        return replace(report, findings=tuple(one for one in report.findings if one.code.startswith(_OF_SUPPRESSIONS)))

    found = mended(of_suppressions, unsafe=False)
    found.report = first[0]
    return found


def _commented(
    files: Mended, findings: Iterable[Finding], refused: Collection[tuple[object, ...]]
) -> tuple[dict[str, bytes], list[Finding]]:
    """The files with comments for all findings but those that are `refused`, and the findings that got one."""
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        if _key(finding) not in refused:
            by_path.setdefault(finding.span.path, []).append(finding)
    after = dict(files.after)
    put: list[Finding] = []
    for shown, here in by_path.items():
        path = files.report.at(shown)
        if path not in files.before:
            try:
                with open(path, "rb") as file:
                    files.before[path] = file.read()
            except OSError:  # a path that is not there is a finding, too
                continue
        new, done = _with_comments(shown, after.get(path, files.before[path]), here)
        if new is not None:
            after[path] = new
            put += done
    return after, put


def _with_comments(shown: str, data: bytes, findings: Iterable[Finding]) -> tuple[bytes | None, list[Finding]]:
    """A file with the comments, and the findings that have one; None where there are none, or where the file cannot be
    written as it is, and be it that comments would change what it says."""
    read: Callable[[str, bytes], Text] = Text if may_describe(os.path.basename(shown)) else Source
    text = read(shown, data)
    fixes, done = comments(text, findings)
    source = Source(shown, data)
    try:
        new = source.encoded(applied(text, fixes)[0])
        if not fixes or source.encoded(text.text) != data:
            return None, []
    except (UnicodeEncodeError, SyntaxError):
        return None, []
    return (new, done) if meaning_of(read(shown, new)) == meaning_of(text) else (None, [])


def comments(text: Text, findings: Iterable[Finding]) -> tuple[list[Fix], list[Finding]]:
    """What adds the comments to a file, and the findings for which there is a place: a JSON template has no comments, a
    string that goes over several lines none inside it. The place is on the finding's rows if it can be, and else
    behind the statement, where suppressions are heeded too."""
    known = comments_of(text)
    if known is None:
        return [], []
    done: list[Finding] = []
    rows: dict[int, list[Finding]] = {}
    reach = extents(text.tree) if isinstance(text, Source) and text.tree is not None else {}
    for finding in findings:
        start = finding.span.start.row
        first, last = reach.get(start, (start, start))
        likely = (*range(start, last + 1), *range(start - 1, first - 1, -1))
        row = next((row for row in likely if row in known.ends), None)
        if row is not None:
            rows.setdefault(row, []).append(finding)
            done.append(finding)
    fixes = []
    for row, here in sorted(rows.items()):
        codes = ", ".join(sorted({finding.code for finding in here}))
        fixes.append(Fix(f"Silence {codes}", (_edit(text, row, known.there.get(row), codes),), True))
    return fixes, done


def _edit(text: Text, row: int, column: int | None, codes: str) -> Edit:
    """`column`: where the comment of the row begins, if there is one."""
    line = text.lines[row - 1]
    there = None
    for match in _NOQA.finditer(line, column - 1) if column is not None else ():
        there = match
    if there is not None:
        at = Position(row, there.end() + 1)
        return Edit(Span(text.path, at, at), f", {codes}")
    end = Position(row, len(line) + 1)
    start = Position(row, len(line.rstrip()) + 1)
    return Edit(Span(text.path, start, end), f"  # noqa: {codes}")


def _key(finding: Finding) -> tuple[object, ...]:
    """A finding, which comments do not move."""
    return finding.span.path, finding.code, finding.span.start, finding.message
