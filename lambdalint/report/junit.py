"""Findings as failed tests, in the XML of JUnit that Jenkins, GitLab and others show.

A suite a file that has findings, a test case a finding; a suppressed one is skipped, a failure of lambdalint itself is
an error.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

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
    for finding in report.findings:
        case = _case(finding)
        failure = ElementTree.SubElement(case, "failure", type=finding.severity.value, message=clean(finding.message))
        failure.text = "\n".join(map(clean, _told(finding)))
        suites.setdefault(clean(finding.span.path), []).append(case)
    for finding in report.suppressed:
        case = _case(finding)
        ElementTree.SubElement(case, "skipped", message=f"suppressed: {clean(finding.message)}")
        suites.setdefault(clean(finding.span.path), []).append(case)
    for error in report.errors:
        suites.setdefault(clean(error.path), []).append(_error(error))
    # A reader may take a report without any test case for a run that broke off.
    return suites or {_SUITE: [_plain("no finding", _SUITE)]}


def _case(finding: Finding) -> ElementTree.Element:
    start = finding.span.start
    name = f"{clean(finding.code)} {clean(finding.name)} at {start.row}:{start.column}"
    case = _plain(name, clean(finding.span.path))
    case.attrib.update(file=clean(finding.span.path), line=str(start.row))
    return case


def _plain(name: str, of: str) -> ElementTree.Element:
    return ElementTree.Element("testcase", name=name, classname=of)


def _error(error: InternalError) -> ElementTree.Element:
    case = _plain(clean(error.where), clean(error.path))
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
