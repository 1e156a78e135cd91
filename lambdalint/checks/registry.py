"""What a rule is, and the table of all of them.

    @rule("LL102", "handler-async", Severity.ERROR)
    def handler_async(run: Invocation) -> Iterator[Report]: ...

A rule is a pure function: from one invocation's record (the default), or with `on="file"` from one file's facts.

The table holds lambdalint's own rules. Those of plug-ins are declared and stay beside it: which of them count is for
the settings of a run to say, and one process may serve several settings.
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
    """A row of the catalogue. `summary` is the docstring's first line. Of a plug-in's rule: `plugin` is the name by
    which the settings name the plug-in, `pages` the folder of its pages."""

    code: str
    name: str
    severity: Severity
    judge: Judge
    on: str = "invocation"
    preview: bool = False
    pedantic: bool = False
    plugin: str = ""
    pages: str = ""

    @property
    def summary(self) -> str:
        return (self.judge.__doc__ or "").strip().split("\n")[0]


RULES: dict[str, Rule] = {}

#: The rules of every plug-in module that has been imported, in order; `plugins` checks them and says whose they are.
DECLARED: list[Rule] = []


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


def declare(
    code: str, name: str, severity: Severity, *, preview: bool = False, pedantic: bool = False
) -> Callable[[F], F]:
    """Declare a rule of a plug-in: a function from the record of one invocation to reports.

    It counts where the settings name its plug-in; importing its module alone enters nothing.
    """

    def keep(judge: F) -> F:
        DECLARED.append(Rule(code, name, severity, judge, preview=preview, pedantic=pedantic))
        return judge

    return keep
