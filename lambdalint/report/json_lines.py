"""Findings for programs that read a line at a time: on each line an object, as `--output-format json` has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from lambdalint.checks.registry import Rule
from lambdalint.finding import Finding
from lambdalint.report.json import as_object


def render(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> str:
    """Pure ASCII; ends with a line end unless empty."""
    return "".join(json.dumps(as_object(finding, rules)) + "\n" for finding in findings)
