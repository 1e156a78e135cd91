"""Mends files until nothing is left to mend: check, put the fixes in, check what came of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from lambdalint.finding import Finding, Fix, letters
from lambdalint.fixes.apply import applied
from lambdalint.results import LintReport
from lambdalint.source import Source

#: Rounds of fixes. One fix makes room for another: two that touch are put in one after the other.
MAX_ROUNDS = 20

#: What a message names: "`common.py` binds no `json`".
_QUOTED = re.compile("`([^`]+)`")
#: Checks the files, those in the mapping as they are there: absolute paths to bytes.
Check = Callable[[Mapping[str, bytes]], LintReport]


@dataclass(slots=True)
class Mended:
    """What became of the files. `report`: what is left. `before`, `after`: the bytes of each changed file, by its
    absolute path. `done`: the findings that were mended, in order."""

    report: LintReport
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    done: list[Finding] = field(default_factory=list)


def mended(
    check: Check,
    *,
    unsafe: bool,
    texts: Mapping[str, bytes] | None = None,
    wanted: Callable[[Finding], bool] | None = None,
) -> Mended:
    """Mend what can be mended, in memory alone.

    Args:
        check: checks everything, some files as they are given to it.
        unsafe: fixes that may change what the program means, too.
        texts: what is in some files, by their absolute paths; the others are read.
        wanted: whether a finding is to be mended, if it can be; all are where it is not given.
    """

    def takes(finding: Finding) -> bool:
        fix = finding.fix
        return fix is not None and (fix.safe or unsafe) and (wanted is None or wanted(finding))

    found = Mended(check({}), dict(texts or {}))
    refused: set[tuple[str, str, str]] = set()
    most: dict[str, int] = {}
    for _ in range(MAX_ROUNDS):
        fixed = _round(found, takes, refused, most)
        if not fixed:
            break
        report = check(found.after | {path: new for path, (new, _) in fixed.items()})
        worse = [path for path in fixed if _is_worse(path, fixed[path][1], fixed.keys(), found.report, report, takes)]
        for path in worse:  # nothing of what was done to it is kept; of several the half is tried, to find which it is
            done = fixed[path][1]
            if len(done) == 1:
                refused.add(_key(done[0]))
            most[path] = max(len(done) // 2, 1)
        if worse:
            continue
        for path, (new, done) in fixed.items():
            found.after[path] = new
            found.done += done
            if path in most:
                most[path] *= 2
        found.report = report
    found.after = {path: new for path, new in found.after.items() if new != found.before[path]}
    found.before = {path: found.before[path] for path in found.after}
    return found


def _round(
    found: Mended, takes: Callable[[Finding], bool], refused: set[tuple[str, str, str]], most: Mapping[str, int]
) -> dict[str, tuple[bytes, list[Finding]]]:
    """The files with one round of fixes in them, of each so many at `most`, and the findings of these."""
    by_path: dict[str, list[tuple[Finding, Fix]]] = {}
    for finding in found.report.findings:
        fix = finding.fix
        if fix is not None and takes(finding) and _key(finding) not in refused:
            by_path.setdefault(found.report.at(fix.edits[0].span.path), []).append((finding, fix))
    fixed: dict[str, tuple[bytes, list[Finding]]] = {}
    for path, pairs in by_path.items():
        if path not in found.before:
            with open(path, "rb") as file:
                found.before[path] = file.read()
        source = Source(path, found.after.get(path, found.before[path]))
        tried = pairs[: most.get(path, len(pairs))]
        while tried and path not in fixed:
            text, done = applied(source, [fix for _, fix in tried])
            new = _compiled(source, text)
            if new is not None:
                kept = {id(fix) for fix in done}
                fixed[path] = new, [finding for finding, fix in tried if id(fix) in kept]
            elif len(tried) > 1:
                tried = tried[: len(tried) // 2]
            else:
                refused.add(_key(tried[0][0]))
                pairs = tried = [pair for pair in pairs if _key(pair[0]) not in refused]
    return fixed


def _compiled(source: Source, text: str) -> bytes | None:
    """A file with another text, or None where its encoding does not have it, or where it does not compile."""
    try:
        new = source.encoded(text)
    except (UnicodeEncodeError, SyntaxError):
        return None
    return new if Source(source.path, new).error is None else None


def _is_worse(
    path: str,
    done: Iterable[Finding],
    changed: Collection[str],
    before: LintReport,
    after: LintReport,
    takes: Callable[[Finding], bool],
) -> bool:
    """Whether there are findings after the fixes of a file, one of the `changed` ones, that were not there before, and
    that no other fix would mend: what only a removed variable used is an unused import now. In a file that was not
    changed they are held against those that they speak of, or against all where they speak of none. Or whether what was
    mended is still there."""
    left = [finding for finding in after.findings if not takes(finding)]
    new = _told(left) - _told(before.findings)
    for finding in left:
        if _place(finding) in new:
            if path in (_spoken_of(finding, after).intersection(changed) or changed):
                return True
    wanted = Counter(_key(finding) for finding in before.findings)
    wanted.subtract(_key(finding) for finding in done)
    there = Counter(_key(finding) for finding in after.findings)
    # Of several alike pyflakes tells of the last, and once that is gone, of the one before.
    return any(there[_key(finding)] > wanted[_key(finding)] for finding in done if letters(finding.code) != "F")


def _told(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter(map(_place, findings))


def _spoken_of(finding: Finding, report: LintReport) -> set[str]:
    """The files, by absolute paths, in which a finding is, through which it leads, and of which it tells."""
    named = _QUOTED.findall(finding.message)
    return {report.at(one) for one in (finding.span.path, *(one.span.path for one in finding.related), *named)}


def _place(finding: Finding) -> tuple[str, str]:
    return finding.span.path, finding.code


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.span.path, finding.code, finding.message


def fixable(findings: Iterable[Finding], *, unsafe: bool) -> int:
    """How many findings have a fix."""
    return sum(1 for finding in findings if finding.fix is not None and (finding.fix.safe or unsafe))
