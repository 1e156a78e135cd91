"""Which findings the comments in the code silence, and which comments silence nothing.

A stage of its own, over located findings: no rule knows of it, and what it takes out is kept and counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lambdalint.checks.registry import Rule
from lambdalint.directives import Directive, Mention, SuppressionFacts
from lambdalint.finding import Finding, letters
from lambdalint.selection import fits, nearest
from lambdalint.text import Text


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Findings that stay, and those that a comment silences."""

    kept: tuple[Finding, ...]
    silenced: tuple[Finding, ...]


def suppress(findings: Sequence[Finding], directives: Mapping[str, Sequence[Directive]]) -> Suppressed:
    """Sort findings by whether a directive of their file covers and means them.

    A bare `# noqa` silences F findings alone: it is flake8's, and flake8's users expect it of them. The findings of
    lambdalint and of plug-ins are silenced by their code or name.
    """
    kept: list[Finding] = []
    silenced: list[Finding] = []
    for finding in findings:
        here = directives.get(finding.span.path, ())
        (silenced if any(_silences(directive, finding) for directive in here) else kept).append(finding)
    return Suppressed(tuple(kept), tuple(silenced))


def judge(
    file: Text,
    directives: Sequence[Directive],
    findings: Sequence[Finding],
    rules: Mapping[str, Rule],
    judged: Collection[str],
    *,
    more: bool = False,
) -> SuppressionFacts:
    """What is to be said of the directives of one file.

    Args:
        file: what the directives stand in.
        findings: everything found in the file, silenced or not.
        rules: all that there are, by code.
        judged: the codes of the rules that looked at this file in this run. A mention of any other rule may well be
            needed in another run, and is not called unused.
        more: there are rules of plug-ins that are not loaded, so what is no rule here may be one of theirs.

    In a `noqa`, which other tools read too, only the codes of lambdalint and of plug-ins are judged: flake8 may run
    with other settings, and E501 or S105 are somebody else's. lambdalint's own syntax is judged whole.
    """
    ours = {"LL"} | {letters(code) for code, rule in rules.items() if rule.plugin}
    malformed = [directive for directive in directives if directive.kind == "malformed"]
    unused: list[Mention] = []
    unknown: list[tuple[Mention, str | None]] = []
    certain: set[Mention] = set()
    for directive in directives:
        for mention in directive.mentions:
            of = letters(mention.text)
            if directive.kind == "noqa" and of not in ours:
                continue
            meant = [rule for rule in rules.values() if means(mention, rule)]
            if not meant and more and of not in ("LL", "F"):
                continue
            if not meant:
                near = nearest(mention.text, rules)
                unknown.append((mention, near))
                if any(near in (found.code, found.name) and directive.covers(found.span) for found in findings):
                    certain.add(mention)
            elif all(rule.code in judged for rule in meant) and not any(
                directive.covers(finding.span) and means(mention, rules[finding.code]) for finding in findings
            ):
                unused.append(mention)
    return SuppressionFacts(
        file, tuple(directives), tuple(malformed), tuple(unused), tuple(unknown), frozenset(certain)
    )


def means(mention: Mention, rule: Rule) -> bool:
    """Whether a mention names the rule: by its name, its code, or the front of it with a digit at least. ALL, LL and F
    would be blanket suppressions, which are refused."""
    return (any(char.isdigit() for char in mention.text) or "-" in mention.text) and fits(mention.text, rule) > 0


def _silences(directive: Directive, finding: Finding) -> bool:
    if not directive.covers(finding.span):
        return False
    if directive.kind == "noqa" and not directive.mentions:
        return letters(finding.code) == "F"
    return any(
        mention.text == finding.name or (mention.text[-1:].isdigit() and finding.code.startswith(mention.text))
        for mention in directive.mentions
    )
