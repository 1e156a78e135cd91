"""What a rule is, and the table of all of them.

    @rule("LL102", "handler-async", Severity.ERROR)
    def handler_async(run: Invocation) -> Iterator[Report]: ...

A rule is a pure function: from one invocation's record (the default), or with `on="file"` from one file's facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from lambdalint.finding import Report, Severity

Judge = Callable[[Any], Iterator[Report]]
F = TypeVar("F", bound=Judge)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the catalogue. `summary` is the docstring's first line."""

    code: str
    name: str
    severity: Severity
    judge: Judge
    on: str = "invocation"
    preview: bool = False
    pedantic: bool = False

    @property
    def summary(self) -> str:
        return (self.judge.__doc__ or "").strip().split("\n")[0]


RULES: dict[str, Rule] = {}


def rule(
    code: str, name: str, severity: Severity, *, on: str = "invocation", preview: bool = False, pedantic: bool = False
) -> Callable[[F], F]:
    """Enter a function into the catalogue.

    Raises:
        ValueError: the code or the name is taken.
    """

    def enter(judge: F) -> F:
        if code in RULES or any(other.name == name for other in RULES.values()):
            raise ValueError(f"rule {code} {name} is entered twice")
        RULES[code] = Rule(code, name, severity, judge, on, preview, pedantic)
        return judge

    return enter
