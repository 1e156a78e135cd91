"""Which rules are on. A selector is ALL, a code or the front of one (LL2, F), or a rule's name. The front of a code has
all its letters: F means F401, and not FOO101."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lambdalint.checks.registry import Rule
from lambdalint.finding import letters

_CODE_OR_FRONT = re.compile(r"[A-Z]+\d*")


@dataclass(frozen=True, slots=True)
class Selection:
    """What the settings say about rules, before it is known which rules there are. `select` None is the default set."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
    pedantic: bool = False


def is_selector(text: str, rules: Mapping[str, Rule]) -> bool:
    """Whether a selector means at least one rule of `rules` (code to rule)."""
    return any(fits(text, rule) for rule in rules.values())


def fits(selector: str, rule: Rule) -> int:
    """How exactly a selector means a rule: 0 not at all, 1 as one of ALL, more the longer the code it gives."""
    if selector == "ALL":
        return 1
    if selector in (rule.code, rule.name):
        return 100
    if _CODE_OR_FRONT.fullmatch(selector) and letters(selector) == letters(rule.code):
        return 1 + len(selector) if rule.code.startswith(selector) else 0
    return 0


def nearest(text: str, rules: Mapping[str, Rule]) -> str | None:
    """The code or name that is nearest to one that does not exist, or None. Of several the one that begins alike."""
    import difflib

    choices = [choice for rule in rules.values() for choice in (rule.code, rule.name)]
    for wanted in (text, text.upper(), text.lower()):
        close = difflib.get_close_matches(wanted, choices, n=len(choices))
        if close:
            return max(close, key=lambda choice: _alike(choice, wanted))
    return None


def _alike(first: str, second: str) -> int:
    """How many characters two texts have in common at their front."""
    same = [a == b for a, b in zip(first, second, strict=False)]
    return (*same, False).index(False)


def enabled(selection: Selection, rules: Mapping[str, Rule]) -> frozenset[str]:
    """The codes that are on.

    Where a selection and an ignore both mean a rule, the more exact one wins, and of two alike the ignore, as with
    ruff. A preview rule is on with `preview`, or where its code or name is selected whole. A pedantic rule is on with
    `pedantic`, or where a selector means it, ALL among them.
    """
    chosen = (*(selection.select or ()), *selection.extend_select)
    return frozenset(code for code, rule in rules.items() if _is_on(rule, selection, chosen))


def _is_on(rule: Rule, selection: Selection, chosen: Iterable[str]) -> bool:
    wanted = max((fits(selector, rule) for selector in chosen), default=0)
    refused = max((fits(selector, rule) for selector in selection.ignore), default=0)
    if rule.preview and not selection.preview and wanted < 100:
        return False
    if selection.select is None and (selection.pedantic or not rule.pedantic):
        wanted = max(wanted, 1)  # the default set is ALL without the pedantic
    return wanted > refused
