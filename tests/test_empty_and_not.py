"""LL205 over code: a loop over something empty, and what asks whether a number is one that JSON has."""

from __future__ import annotations

from textwrap import dedent

import pytest

from .pages import Project


def said(**files: str) -> list[tuple[str, int]]:
    report = Project(1, {f"{name}.py": dedent(text) for name, text in files.items()}).run()
    assert report.errors == ()
    return [(found.code, found.span.start.row) for found in report.findings if found.code.startswith("LL")]


LOOP = """
def handler(event, context):
    {before}
    best = float("inf")
    for value in event["values"]:
        best = min(best, value)
    {after}
    return {{"best": best}}
"""


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("pass", "pass", 8),
        ("pass", 'if not event["values"]: return {}', None),
        ('if not event["values"]: return {}', "pass", None),
        ('if not event.get("values"): return {}', "pass", None),
        ("pass", 'if not event["others"]: return {}', 8),
    ],
)
def test_without_a_round_what_is_gone_through_is_empty(before: str, after: str, line: int | None) -> None:
    found = said(app=LOOP.format(before=before, after=after))
    assert found == ([("LL205", line)] if line else [])


@pytest.mark.parametrize(
    ("answer", "faulty"),
    [
        ("None if math.isnan(value) else value", False),
        ("value if math.isfinite(value) else 0", False),
        ("value if not math.isinf(value) else 0", True),
        ("value", True),
    ],
)
def test_what_asks_for_such_a_number_decides(answer: str, faulty: bool) -> None:
    code = f"""
    import math

    def mean(values):
        return sum(values) / len(values) if values else math.nan

    def handler(event, context):
        value = mean(event["values"])
        return {{"mean": {answer}}}
    """
    assert bool(said(app=code)) == faulty


def test_what_is_listed_is_all_that_a_star_imports() -> None:
    impl = """
    __all__ = ["answer", "_hidden"]

    def answer():
        return {"x": {1}}

    def _hidden():
        return {"y": {2}}

    def other():
        return {"z": {3}}
    """
    app = """
    from impl import *

    def other():
        return 1

    def handler(event, context):
        return {**answer(), **_hidden(), "other": other()}
    """
    assert [code for code, _ in said(impl=impl, app=app)] == ["LL202", "LL202"]


def test_a_name_that_is_listed_and_not_there_fails_at_import() -> None:
    app = """
    from impl import *

    def handler(event, context):
        return {1}
    """
    assert said(impl='__all__ = ["nothing"]\n', app=app) == []
    assert said(impl='__all__ = ["x"]\nx = 1\n', app=app) == [("LL202", 5)]
