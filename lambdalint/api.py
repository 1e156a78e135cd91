"""What a team's own rules are made of. These names stay as they are from one release to the next; no others do.

A rule is a function from the record of one invocation to reports. It walks no tree and runs no code: the record says
what the handler was seen to return, to call and to read, and every value in it is a shape. What is not known is
`Anything`, and a rule is silent about it.

    from lambdalint.api import Invocation, Mapping, Report, Severity, rule

    @rule("ACME101", "answer-without-version", Severity.WARNING)
    def answer_without_version(run: Invocation):
        \"""An answer does not say which version of the service gave it.\"""
        for answer in run.returns:
            value = answer.value
            if isinstance(value, Mapping) and not value.open and value.entry("version") is None:
                yield Report(value.place or answer.place, "this answer has no `version`: our clients refuse it")

The code is letters and three digits, and its page stands in the folder `rules/` beside the module:
`rules/ACME101-answer-without-version.md`, which `lambdalint test` runs. The settings of the project name the module,
`rules = ["acme.lambdalint_rules"]`, or an entry point of the group `lambdalint.rules`; it must be installed.
"""

from __future__ import annotations

from lambdalint.checks.registry import declare as rule
from lambdalint.finding import Change, Finding, Mend, Note, Place, Report, Severity
from lambdalint.interpreter.invocation import Call, Invocation, Read, Return
from lambdalint.interpreter.shapes import (
    Anything,
    Converted,
    Cycle,
    Either,
    Entry,
    Instance,
    Known,
    Mapping,
    Opaque,
    Sequence,
    Shape,
    parts,
)
from lambdalint.project.function import Function

__all__ = [
    "Anything",
    "Call",
    "Change",
    "Converted",
    "Cycle",
    "Either",
    "Entry",
    "Finding",
    "Function",
    "Instance",
    "Invocation",
    "Known",
    "Mapping",
    "Mend",
    "Note",
    "Opaque",
    "Place",
    "Read",
    "Report",
    "Return",
    "Sequence",
    "Severity",
    "Shape",
    "parts",
    "rule",
]
