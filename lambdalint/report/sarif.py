"""Findings as a log of SARIF 2.1.0, for code scanning.

The format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. What GitHub shows of it, and its limits:
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning.

Fingerprints have a key of lambdalint's own. GitHub follows an alert by `primaryLocationLineHash`, a rolling hash of a
hundred characters from the line on. Its upload action computes that of the checkout for each result that has none;
where a result has another one, the action keeps it and logs a warning, for each result at each upload
(`locationUpdateCallback` in https://github.com/github/codeql-action/blob/main/src/fingerprints.ts). Ours is another,
so the field is left to the action; who uploads by the REST API leaves it to GitHub.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from lambdalint import __version__
from lambdalint.finding import Edit, Finding, Fix, Span
from lambdalint.fingerprints import fingerprints
from lambdalint.pages import HOME
from lambdalint.report.sarif_rules import LEVELS, Rules
from lambdalint.results import LintReport
from lambdalint.work import InternalError

#: More than these GitHub does not show.
_MOST = 5000
#: By the SARIF standard the name of a fingerprint ends with the version of how it is computed.
_FINGERPRINT = "lambdalint/v1"
#: The folder that the paths of a report are relative to, to which a reader gives its own place.
_BASE = "SRCROOT"
#: What a reader would take for a link to a related location.
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
#: How an absolute path begins on Windows.
_DRIVE = re.compile(r"[A-Za-z]:/")

Lines = Mapping[str, Sequence[str]]


def render(report: LintReport) -> str:
    """One log of one run, in pure ASCII; ends with a line end.

    Suppressed findings are in it, marked so: by a comment in the source, or by a baseline outside of it. Of more
    than 5,000 the worst are kept, and a notification counts the rest.
    """
    listed = sorted((*report.findings, *report.suppressed), key=lambda finding: finding.sort_key)
    known = dict(zip(map(id, listed), fingerprints(listed, report.lines), strict=True))
    baseline = set(map(id, report.known))
    silenced = {id(one): "external" if id(one) in baseline else "inSource" for one in report.suppressed}
    ranked = sorted(listed, key=lambda finding: (id(finding) in silenced, finding.severity.rank))[:_MOST]
    kept = set(map(id, ranked))
    rules = Rules(report.rules)
    results = []
    for finding in listed:
        if id(finding) in kept:
            result = _result(finding, rules, known[id(finding)], report.lines)
            if silenced:
                # Either every result of a run says whether it is suppressed, or none does.
                result["suppressions"] = [{"kind": silenced[id(finding)]}] if id(finding) in silenced else []
            results.append(result)
    return json.dumps(_log(report, rules, results, len(listed) - len(results)), indent=2) + "\n"


def _log(report: LintReport, rules: Rules, results: list[dict[str, Any]], more: int) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": not report.errors}
    notifications = [_failure(error) for error in report.errors]
    if more:
        text = f"{more:,} more findings are left out: a log has {_MOST:,} results at most."
        notifications.append({"level": "warning", "message": {"text": text}})
    if notifications:
        invocation["toolExecutionNotifications"] = notifications
    driver = {
        "name": "lambdalint",
        "semanticVersion": __version__,
        "version": __version__,
        "informationUri": HOME,
        "rules": rules.described(),
    }
    base = {"description": {"text": "The folder in which lambdalint ran."}}
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "automationDetails": {"id": "lambdalint/"},
                "invocations": [invocation],
                "originalUriBaseIds": {_BASE: base},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }


def _failure(error: InternalError) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": f"{error.where} failed: {error.message}."},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(error.path)}}],
        "exception": {"message": error.message},
    }


def _result(finding: Finding, rules: Rules, fingerprint: str, lines: Lines) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rules.index(finding),
        "level": LEVELS[finding.severity],
        "message": {"text": "\n".join(_told(finding))},
        "locations": [{"physicalLocation": _place(finding.span, lines, around=2)}],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _place(related.span, lines),
                "message": {"text": f"{related.label}: {related.text}" if related.text else related.label},
            }
            for number, related in enumerate(finding.related, 1)
        ]
    if finding.fix:
        result["fixes"] = [_fix(finding.fix)]
    properties = {
        "function": finding.function,
        "deployed": finding.deployed,
        "eventSource": finding.event_source,
    }
    if any(properties.values()):
        result["properties"] = {name: value for name, value in properties.items() if value}
    return result


def _told(finding: Finding) -> Iterator[str]:
    """The message, and in lines of their own the way with links to its places, the function, and what to do."""
    yield f"{_plain(finding.message)}."
    for number, related in enumerate(finding.related, 1):
        yield f"[{related.label}]({number}): {_plain(related.text)}" if related.text else f"[{related.label}]({number})"
    if finding.function:
        beside = ", ".join(part for part in (finding.deployed, finding.event_source) if part)
        yield f"Reached by {_plain(finding.function)}" + (f" ({_plain(beside)})." if beside else ".")
    if finding.advice:
        yield f"To do: {_plain(finding.advice)}."


def _plain(text: str) -> str:
    return _LINK.sub(r"\\[", text)


def _artifact(path: str) -> dict[str, Any]:
    """A path below the folder is relative to it; an absolute one is a URI of its own."""
    try:
        uri = quote(path, safe="/", errors="surrogateescape")
    except UnicodeEncodeError:
        uri = quote(path, safe="/", errors="surrogatepass")
    if path.startswith("/"):
        return {"uri": f"file://{uri}"}
    if _DRIVE.match(path):
        return {"uri": f"file:///{path[0]}:{uri[4:]}"}
    return {"uri": uri, "uriBaseId": _BASE}


def _place(span: Span, lines: Lines, around: int = 0) -> dict[str, Any]:
    """`around`: so many lines before and after are shown with it."""
    rows = lines.get(span.path, ())
    place: dict[str, Any] = {"artifactLocation": _artifact(span.path), "region": _region(span)}
    text = _text(span, rows)
    if text is not None:
        place["region"]["snippet"] = {"text": text}
    if around and text is not None:
        first = max(span.start.row - around, 1)
        last = min(max(span.start.row, span.end.row) + around, len(rows))
        context = "\n".join(rows[first - 1 : last])
        place["contextRegion"] = {"startLine": first, "endLine": last, "snippet": {"text": context}}
    return place


def _region(span: Span) -> dict[str, Any]:
    end = max(span.start, span.end)
    return {
        "startLine": span.start.row,
        "startColumn": span.start.column,
        "endLine": end.row,
        "endColumn": end.column,
    }


def _text(span: Span, rows: Sequence[str]) -> str | None:
    """What the span covers, or None where it is outside the file."""
    start, end = span.start, max(span.start, span.end)
    if not 1 <= start.row <= end.row <= len(rows):
        return None
    covered = list(rows[start.row - 1 : end.row])
    covered[-1] = covered[-1][: end.column - 1]
    covered[0] = covered[0][start.column - 1 :]
    return "\n".join(covered)


def _fix(fix: Fix) -> dict[str, Any]:
    files: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        files.setdefault(edit.span.path, []).append(edit)
    changes = [
        {
            "artifactLocation": _artifact(path),
            "replacements": [
                {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.content}} for edit in edits
            ],
        }
        for path, edits in files.items()
    ]
    return {"description": {"text": f"{fix.message}."}, "artifactChanges": changes}
