"""What is shown under the pointer: a rule's page, what is known of a function."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lambdalint.checks.registry import Rule
from lambdalint.finding import Position
from lambdalint.pages import address, page
from lambdalint.server.diagnostics import uri_of
from lambdalint.server.known import Known, event_told
from lambdalint.server.project import Checked
from lambdalint.understood import Understood

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


def rule_at(checked: Checked, path: str, lines: list[str], at: Position) -> Rule | None:
    """The rule whose code or name stands at a position - in a comment, in settings - or whose finding does."""
    line = lines[at.row - 1] if at.row <= len(lines) else ""
    rules = checked.report.rules
    for word in _WORD.finditer(line):
        if word.start() < at.column <= word.end() + 1:
            code = word.group()
            if code.upper() in rules and code[-1].isdigit():
                return rules[code.upper()]
            if "-" in code:
                return next((rule for rule in rules.values() if rule.name == code), None)
    here = [one for one in checked.findings(path) if one.span.start <= at <= one.span.end]
    return rules.get(here[0].code) if here else None


def of_rule(rule: Rule) -> str:
    """A rule's page, and where its newest edition is."""
    text = page(rule) or f"# {rule.code} {rule.name}\n\n{rule.summary}\n"
    link = address(rule)
    return text if link is None else f"{text.rstrip()}\n\n[{rule.code} {rule.name}]({link})\n"


def of_function(known: Known, understood: Iterable[Understood], checked: Checked) -> str:
    """What is known of a function, deployment by deployment."""
    parts = []
    for function, one in zip(known.entry.functions, understood):
        deployment = function.deployment
        head = [f"**{_plain(one.name or one.handler)}**", f"`{one.handler}`", *([one.runtime] if one.runtime else [])]
        rows = [" · ".join(head), ""]
        if one.declared is not None:
            link = f"{uri_of(checked.report.at(one.declared.path))}#L{one.declared.start.row}"
            rows.append(f"- declared in [{one.declared.path}:{one.declared.start.row}]({link}) ({one.descriptor})")
        events = [event_told(event) for event in deployment.events] if deployment is not None else []
        said = [
            ("perhaps called by" if one.guessed else "called by", events or list(one.called_by)),
            ("reads", [f"`{field}`" for field in one.reads]),
            ("variables", [f"`{name}`" for name in one.variables]),
            ("answers", [f"`{answer}`" for answer in one.answers]),
            ("calls", [f"`{call}`" for call in one.calls]),
            ("not read", [one.unknown] if one.unknown else []),
        ]
        if deployment is not None:
            said[1:1] = [
                ("timeout", [f"{deployment.timeout.value} s"] if deployment.timeout is not None else []),
                ("memory", [f"{deployment.memory.value} MB"] if deployment.memory is not None else []),
            ]
        rows += [f"- {label}: {', '.join(dict.fromkeys(values))}" for label, values in said if values]
        parts.append("\n".join(rows))
    return "\n\n---\n\n".join(parts)


def _plain(text: str) -> str:
    """A text in which Markdown finds nothing."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)
