"""Findings as failed tests, in the XML of JUnit that Jenkins, GitLab and others show.

A suite a file that has findings, a test case a finding; a suppressed one is skipped, a failure of lambdalint itself is
an error. A reader knows a case from one run to the next, and from the others, by its class and name: no position is in
them, and no two are alike.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator, Mapping

from lambdalint.finding import Finding
from lambdalint.report.terminal import clean
from lambdalint.results import LintReport
from lambdalint.work import InternalError

_SUITE = "lambdalint"


def render(report: LintReport) -> str:
    """A document in pure ASCII; ends with a line end."""
    root = ElementTree.Element("testsuites", name=_SUITE, time=f"{report.seconds:.3f}")
    for path, cases in _suites(report).items():
        suite = ElementTree.SubElement(root, "testsuite", name=path)
        suite.attrib.update(_counts(cases))
        suite.extend(cases)
    root.attrib.update(_counts(list(root.iter("testcase"))))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="us-ascii").decode("ascii")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suites(report: LintReport) -> dict[str, list[ElementTree.Element]]:
    suites: dict[str, list[ElementTree.Element]] = {}
    names = _names(report)
    for finding in report.findings:
        case = _case(finding, names)
        failure = ElementTree.SubElement(case, "failure", type=finding.severity.value, message=clean(finding.message))
        failure.text = "\n".join(map(clean, _told(finding)))
        suites.setdefault(clean(finding.span.path), []).append(case)
    for finding in report.suppressed:
        case = _case(finding, names)
        ElementTree.SubElement(case, "skipped", message=f"suppressed: {clean(finding.message)}")
        suites.setdefault(clean(finding.span.path), []).append(case)
    for error in report.errors:
        suites.setdefault(clean(error.path), []).append(_error(error, names))
    # A reader may take a report without any test case for a run that broke off.
    return suites or {_SUITE: [_plain("no finding", _SUITE)]}


def _names(report: LintReport) -> dict[int, str]:
    """The name of each case, by the `id` of what it is of. Those that one file has more than once are numbered from its
    top, the suppressed among the others: a comment does not rename what stands below it."""
    listed = sorted((*report.findings, *report.suppressed), key=lambda finding: finding.sort_key)
    named = [(id(one), one.span.path, f"{one.code} {one.name}: {one.message}") for one in listed]
    named += [(id(one), one.path, one.where) for one in report.errors]
    seen: Counter[tuple[str, str]] = Counter()
    names = {}
    for known, path, name in named:
        seen[path, name] += 1
        number = seen[path, name]
        names[known] = clean(name if number == 1 else f"{name} ({number})")
    return names


def _case(finding: Finding, names: Mapping[int, str]) -> ElementTree.Element:
    case = _plain(names[id(finding)], clean(finding.span.path))
    case.attrib.update(file=clean(finding.span.path), line=str(finding.span.start.row))
    return case


def _plain(name: str, of: str) -> ElementTree.Element:
    return ElementTree.Element("testcase", name=name, classname=of)


def _error(error: InternalError, names: Mapping[int, str]) -> ElementTree.Element:
    case = _plain(names[id(error)], clean(error.path))
    shown = ElementTree.SubElement(case, "error", type=error.kind.replace(" ", "-"), message=clean(error.message))
    shown.text = "\n".join(map(clean, error.traceback.split("\n")))
    return case


def _told(finding: Finding) -> Iterator[str]:
    start = finding.span.start
    yield f"{finding.span.path}:{start.row}:{start.column}: {finding.code} {finding.message}"
    for related in finding.related:
        place = f"{related.span.path}:{related.span.start.row}:{related.span.start.column}"
        yield f"{related.label}: {place} {related.text}".rstrip()
    if finding.function:
        yield f"reached by: {finding.function}"
    if finding.advice:
        yield f"do: {finding.advice}"


def _counts(cases: list[ElementTree.Element]) -> dict[str, str]:
    def number(tag: str) -> str:
        return str(sum(case.find(tag) is not None for case in cases))

    return {
        "tests": str(len(cases)),
        "failures": number("failure"),
        "errors": number("error"),
        "skipped": number("skipped"),
    }
