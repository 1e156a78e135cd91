"""The rules, one module a family. A rule is a pure function from the record to reports; no rule walks a tree.

This list is the registry: importing it fills `registry.RULES`.
"""

from lambdalint.checks import (
    answer_keys,
    batches,
    context,
    contracts,
    dumps,
    entry,
    environment,
    event_keys,
    event_records,
    events,
    failures,
    flakes,
    headers,
    imports,
    numbers,
    own,
    paths,
    replies,
    responses,
    returns,
    secrets,
    syntax,
    templates,
)
from lambdalint.checks.registry import RULES, Rule

__all__ = [
    "RULES",
    "Rule",
    "answer_keys",
    "batches",
    "context",
    "contracts",
    "dumps",
    "entry",
    "environment",
    "event_keys",
    "event_records",
    "events",
    "failures",
    "flakes",
    "headers",
    "imports",
    "numbers",
    "own",
    "paths",
    "replies",
    "responses",
    "returns",
    "secrets",
    "syntax",
    "templates",
]
