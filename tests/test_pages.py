"""Each rule's page is true: what it marks is found, what it prints is printed, and what it calls good is silent."""

from __future__ import annotations

import pytest

from lambdalint.checks import RULES

from .pages import Page, Project, found, pages, printed

PAGES = pages()
#: pyflakes' rules share one page; tests/test_flakes.py holds its table.
FAMILY = "F"
#: What it reports is a path and no code; tests/test_bad_input.py holds it.
NO_CODE = "LL010"
#: Of rules that have a fix.
FIXED = "## Fixed"
SECTIONS = ["## Why", "## Bad", "## Good", "## Leaves alone", "## References"]


def cases(kind: str) -> list[object]:
    return [
        pytest.param(page, project, id=f"{page.code}-line-{project.line}")
        for page in PAGES
        for project in getattr(page, kind)
    ]


@pytest.mark.parametrize(("page", "project"), cases("bad"))
class TestBad:
    def test_what_is_marked_is_found_and_nothing_else_is(self, page: Page, project: Project) -> None:
        report = project.run()
        assert report.errors == ()
        assert found(report) == project.marks

    def test_it_shows_the_rule_of_its_page(self, page: Page, project: Project) -> None:
        assert any(code.startswith(page.code) for _, _, code in project.marks)

    def test_the_output_is_what_a_run_prints(self, page: Page, project: Project) -> None:
        assert project.printed == printed(project.run()), "run python -m tests.update_pages"


@pytest.mark.parametrize(("page", "project"), cases("good"))
def test_what_is_good_is_silent_for_every_rule(page: Page, project: Project) -> None:
    report = project.run()
    assert report.errors == ()
    assert printed(report) == ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
class TestPage:
    def test_it_has_the_headings_in_order(self, page: Page) -> None:
        assert [heading for heading in page.headings if heading != FIXED] == [f"# {page.code} {page.name}", *SECTIONS]
        assert (FIXED in page.headings) is bool(page.fixed)
        assert FIXED not in page.headings or page.headings.index(FIXED) == page.headings.index("## Good") + 1

    def test_it_has_bad_and_good_code(self, page: Page) -> None:
        assert bool(page.bad) is bool(page.good) is (page.code != NO_CODE)

    def test_what_its_fixes_make_of_the_bad_code_is_shown(self, page: Page) -> None:
        assert page.fixed == page.mended(), "run python -m tests.update_pages"


@pytest.mark.parametrize("page", [page for page in PAGES if page.code != FAMILY], ids=lambda page: page.code)
class TestPageOfOneRule:
    def test_its_sentence_is_the_rule_s(self, page: Page) -> None:
        assert page.text.split("\n")[2] == RULES[page.code].summary

    def test_its_name_is_the_rule_s(self, page: Page) -> None:
        assert page.name == RULES[page.code].name


def test_each_rule_has_a_page_and_each_page_a_rule() -> None:
    ours = {code for code in RULES if code.startswith("LL")}
    assert {page.code for page in PAGES} == ours | {FAMILY}
