"""The rules of a SARIF log: those that its results name, each with its page as help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lambdalint.checks.registry import Rule
from lambdalint.finding import Finding, Severity, letters
from lambdalint.pages import address, for_terminal, page

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
#: As CVSS has it: GitHub calls 7.0 to 8.9 high, 4.0 to 6.9 medium, and less low.
_SECURITY = {Severity.ERROR: "8.0", Severity.WARNING: "6.0", Severity.INFO: "3.0"}


class Rules:
    """The rules that were asked for, in that order, of all that the run knew."""

    def __init__(self, known: Mapping[str, Rule]) -> None:
        self._known = known
        self._found: dict[str, tuple[int, Finding]] = {}

    def index(self, finding: Finding) -> int:
        """The place of a finding's rule in `described()`."""
        return self._found.setdefault(finding.code, (len(self._found), finding))[0]

    def described(self) -> list[dict[str, Any]]:
        """A reportingDescriptor each."""
        return [_described(finding, self._known.get(finding.code)) for _, finding in self._found.values()]


def _described(finding: Finding, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": finding.code, "name": finding.name}
    text = page(rule) or f"{rule.summary}\n"
    described = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": (letters(rule.code) != "F" and _claim(text)) or rule.summary},
        "help": {"text": for_terminal(text, color=False), "markdown": text},
        "helpUri": address(rule),
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": _properties(rule),
    }
    return {key: value for key, value in described.items() if value is not None}


def _properties(rule: Rule) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "precision": "medium" if rule.preview else "very-high" if rule.severity is Severity.ERROR else "high",
        "problem.severity": _PROBLEMS[rule.severity],
        "tags": ["correctness", "aws-lambda"] if letters(rule.code) != "F" else ["correctness"],
    }
    if rule.code.startswith("LL5"):
        properties["security-severity"] = _SECURITY[rule.severity]
        properties["tags"] = ["security", "aws-lambda"]
    return properties


def _claim(text: str) -> str:
    """The first paragraph of a page: what the rule claims, where the page is of one rule."""
    paragraphs = [part for part in text.split("\n\n") if part.strip() and not part.startswith("#")]
    return " ".join(paragraphs[0].split()) if paragraphs else ""
