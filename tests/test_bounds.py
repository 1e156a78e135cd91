"""What a run does with more than it follows: it ends, tells where it gave up, and finds what it did follow."""

from __future__ import annotations

import pytest

from lambdalint.finding import Finding

from .pages import Project

MODULES = 90


def _project(handler: str) -> Project:
    """A package of modules that import one another in a circle, each with a helper that calls the next one's."""
    files = {"lib/__init__.py": ""}
    for number in range(MODULES):
        following = (number + 1) % MODULES
        files[f"lib/m{number}.py"] = (
            f"import lib.m{following}\nimport lib.m{(number * 7 + 3) % MODULES}\n\n\n"
            f"def helper(value, depth):\n    if depth == 0:\n        return {{value}}\n"
            f"    return lib.m{following}.helper(value, depth - 1)\n"
        )
    return Project(1, files | {"app.py": handler})


def _run(handler: str) -> tuple[list[Finding], dict[str, int]]:
    report = _project(handler).run()
    assert report.errors == ()
    causes = dict(report.gave_up[0].causes) if report.gave_up else {}
    return [finding for finding in report.findings if finding.code[:2] == "LL"], causes


def test_a_value_is_followed_through_sixty_helpers() -> None:
    found, _ = _run("import lib.m0\n\n\ndef handler(event, context):\n    return lib.m0.helper(event['v'], 60)\n")
    assert [finding.code for finding in found] == ["LL202"]


@pytest.mark.parametrize(
    ("before", "body", "cause"),
    [
        ("import lib.m0", "lib.m0.helper(event['v'], 80)", "depth of calls"),
        ("def f(n):\n    return 1 if n < 2 else n * f(n - 1)", "f(event['n'])", "recursion"),
        ("BIG = {" + ", ".join(f"'k{i}': {i}" for i in range(10_000)) + "}", "BIG", "large literals"),
        ("import boto3", "boto3.client('quicksight').describe_dashboard_definition(**event)", "large values"),
        ("import importlib", "importlib.import_module(event['m'])", "dynamic code"),
        ("", "exec(event['code'])", "dynamic code"),
        ("import lib.m0\nlib.m0.helper = print", "lib.m0.helper(1)", ""),
        ("class M(type):\n    def __new__(cls, *rest):\n        return super().__new__(cls, *rest)\n\n\n"
         "class C(metaclass=M):\n    pass", "C()", ""),
    ],
)  # fmt: skip
def test_past_a_bound_the_run_goes_on_and_tells_of_it(before: str, body: str, cause: str) -> None:
    found, causes = _run(f"{before}\n\n\ndef handler(event, context):\n    {body}\n    return {{1, 2}}\n")
    assert [finding.code for finding in found] == ["LL202"]
    assert cause in causes if cause else causes == {}


SETTING = """\
import os


def number(name, default):
    try:
        return int(os.environ.get(name, default))
    except ValueError:
        return default


"""


@pytest.mark.parametrize("in_class", [False, True], ids=["module", "class"])
@pytest.mark.parametrize("count", [5, 70])
def test_settings_that_a_module_reads_do_not_keep_the_run_from_the_handler(count: int, in_class: bool) -> None:
    names = "".join(f"    S{n} = number('S{n}', {n})\n" for n in range(count))
    settings = f"class Settings:\n{names}" if in_class else names.replace("    ", "")
    code = f"{SETTING}{settings}\n\ndef handler(event, context):\n    return {{number('A', 1)}}\n"
    report = Project(1, {"app.py": code}).run()
    assert [finding.code for finding in report.findings] == ["LL202"]
    assert list(report.gave_up) == []


FIELDS = {
    "get": "record.get('k{n}', 'none')",
    "or": "record['k{n}'] or 'none'",
    "if": "str(record['k{n}']) if record['k{n}'] else 'none'",
    "call": "text(record['k{n}'])",
    "comprehension": "[text(one) for one in record['k{n}']]",
}
TEXT = "def text(value):\n    if value is None:\n        return ''\n    return value if value else str(value)\n\n\n"


@pytest.mark.parametrize("form", FIELDS)
def test_a_record_of_many_fields_is_followed_to_the_end(form: str) -> None:
    fields = ", ".join(f"'k{n}': {FIELDS[form].format(n=n)}" for n in range(12))
    handler = f"{TEXT}def handler(event, context):\n    record = event['record']\n    made = {{{fields}}}\n"
    found, causes = _run(f"{handler}    return {{1: made['k3'], 2: {{1, 2}}}}\n")
    assert ([finding.code for finding in found], causes) == (["LL202"], {})


def test_ways_through_a_call_or_a_try_past_the_bound_are_one_and_none_is_lost() -> None:
    asked = "".join(f"    if event['f{n}']:\n        found['k{n}'] = 1\n" for n in range(12))
    helper = f"def helper(event):\n    found = {{}}\n{asked}    return found\n\n\n"
    answer = "        return 1\n    return {1: {2}, 3: made}\n"
    body = f"    try:\n        made = helper(event)\n    except KeyError:\n{answer}"
    found, causes = _run(f"{helper}def handler(event, context):\n{body}")
    assert ([finding.code for finding in found], causes) == (["LL202"], {})
