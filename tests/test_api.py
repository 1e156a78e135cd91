"""What rules of a team's own may use: these names and no others; and the examples that show it work."""

from __future__ import annotations

import ast
import re
import textwrap
from pathlib import Path

from lambdalint import api
from lambdalint.checks.registry import DECLARED, RULES, Rule

from .picture import response, returning
from .readme import README

#: One row for each part of a rule: what it is, what it yields, what it judges, the shapes of values.
NAMES = [
    *("rule", "Severity"),
    *("Report", "Finding", "Note", "Place", "Change", "Mend"),
    *("Invocation", "Function", "Return", "Call", "Read"),
    *("Anything", "Known", "Opaque", "Entry", "Mapping", "Sequence", "Instance", "Cycle", "Either", "Converted"),
    *("Shape", "parts"),
]


def test_exactly_these_names_are_public() -> None:
    assert sorted(api.__all__) == sorted(NAMES)
    tree = ast.parse(Path(api.__file__).read_text("utf-8"))
    imported = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module != "__future__"
        for alias in node.names
    }
    assert imported == set(NAMES)
    assert all(hasattr(api, name) for name in NAMES)


def declared(code: str) -> Rule:
    """The rule that a text declares; nothing of it stays behind."""
    before = len(DECLARED)
    try:
        exec(code, {"__name__": "example"})
        (rule,) = DECLARED[before:]
        return rule
    finally:
        del DECLARED[before:]


def test_examples_of_the_docstring_and_the_readme_work() -> None:
    assert api.__doc__ is not None
    example = re.search(r"^    from lambdalint\.api.*?^(?=\S)", api.__doc__, re.MULTILINE | re.DOTALL)
    readme = re.search(r"```python\n(from lambdalint\.api.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert example is not None
    assert readme is not None
    for code in (textwrap.dedent(example[0]), readme[1]):
        rule = declared(code)
        assert (rule.code, rule.name, rule.on) == ("ACME101", "answer-without-version", "invocation")
        assert rule.summary == "An answer does not say which version of the service gave it."
        assert rule.code not in RULES
        said = "this answer has no `version`"
        assert [report.message[: len(said)] for report in rule.judge(returning(response(answer=42)))] == [said]
        assert list(rule.judge(returning(response(answer=42, version=1)))) == []
