"""The site: its table of rules is the registry's, its links lead somewhere. tests/oracle builds it with mkdocs."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from lambdalint.checks import RULES
from lambdalint.pages import HOME

from .pages import pages

MADE: dict[str, Any] = runpy.run_path(str(Path(__file__).parent.parent / "scripts" / "docs.py"))
ROWS = [
    [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in MADE["table"]().split("\n")
    if line.startswith("| [")
]


def test_the_table_has_each_rule_once_by_family_as_the_registry_has_it() -> None:
    codes = [re.sub(r"\[(\w+)\].*", r"\1", row[0]) for row in ROWS]
    assert codes == sorted(RULES, key=lambda code: (not code.startswith("LL"), code))
    for code, (_, name, severity, _, state, summary) in zip(codes, ROWS, strict=True):
        rule = RULES[code]
        assert (name, summary) == (rule.name, rule.summary)
        assert severity.startswith(f"**{rule.severity.value}**")
        assert state == ("preview" if rule.preview else "pedantic" if rule.pedantic else "")


def test_the_table_says_what_is_mended_by_which_option() -> None:
    fixes = {row[0].partition("]")[0][1:]: row[3].strip("`") for row in ROWS}
    fixed = {page.code for page in pages() if page.fixed}
    assert {code for code, fix in fixes.items() if fix and code.startswith("LL")} == fixed - {"F"}
    assert {code for code, fix in fixes.items() if fix and code.startswith("F")} == {"F401", "F811", "F841"}
    assert (fixes["LL301"], fixes["LL203"]) == ("--fix", "--unsafe-fixes")


def test_each_page_is_there_and_in_the_navigation_under_its_family() -> None:
    sources = MADE["sources"]()
    assert {f"rules/{page.path.name}" for page in pages()} < sources.keys()
    index, *families = MADE["_navigation"]()[1]["Rules"]
    assert index in sources
    places = dict(pair for family in families for pair in family.items())
    assert places.pop("F pyflakes") == "rules/F-pyflakes.md"
    named = [(front[:3], one) for front, members in places.items() for member in members for one in member.items()]
    assert all(title.startswith(front) and at == f"rules/{title.replace(' ', '-')}.md" for front, (title, at) in named)
    assert len(named) == len(pages()) - 1


def test_each_page_says_what_its_rule_is() -> None:
    sources = MADE["sources"]()
    body_not_string = sources["rules/LL301-body-not-string.md"].split("\n")
    assert body_not_string[0] == "# LL301 body-not-string"
    assert body_not_string[2] == "**error**{ .severity .error } · mended by `--fix`"
    assert body_not_string[4] == RULES["LL301"].summary
    assert "· preview\n" in sources["rules/LL409-missing-image.md"]


@pytest.mark.parametrize(
    ("name", "written", "made"),
    [
        ("README.md", "rules/LL301-body-not-string.md", "rules/LL301-body-not-string.md"),
        ("README.md", f"{HOME}/blob/main/rules/LL301-body-not-string.md#why", "rules/LL301-body-not-string.md#why"),
        ("README.md", "CHANGELOG.md", "changelog.md"),
        ("README.md", "rules", "rules/index.md"),
        ("README.md", "rules/", "rules/index.md"),
        ("README.md", "action.yml", f"{HOME}/blob/main/action.yml"),
        ("README.md", "#use-it", "#use-it"),
        ("README.md", "https://example.com/README.md", "https://example.com/README.md"),
        ("CHANGELOG.md", "README.md#use-it", "index.md#use-it"),
        ("rules/F-pyflakes.md", "../README.md", "../index.md"),
        ("rules/F-pyflakes.md", "LL001-syntax-error.md", "LL001-syntax-error.md"),
    ],
)
def test_links_between_files_lead_to_the_same_in_the_site(name: str, written: str, made: str) -> None:
    assert MADE["linked"](f"[it]({written}), and\n", name) == f"[it]({made}), and\n"
    code = f"```md\n[it]({written})\n```\n"
    assert MADE["linked"](code, name) == code


def test_a_link_that_leads_nowhere_is_an_error() -> None:
    with pytest.raises(SystemExit, match=r"README\.md links to rules/LL999\.md, which is not there"):
        MADE["linked"]("[it](rules/LL999.md)", "README.md")
