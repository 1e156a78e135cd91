"""The page. That a browser shows it as it should, a browser says: tests/oracle/test_formats_oracle.py."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lambdalint import __version__
from lambdalint.checks import RULES
from lambdalint.finding import Edit, Finding, Fix, Severity
from lambdalint.pages import page as rule_page
from lambdalint.report import render
from lambdalint.report.html import markdown
from lambdalint.report.html.code import change, excerpt
from lambdalint.results import LintReport

from .reports import BARE, EVERYTHING, FULL, HOSTILE, LINES, ODD, SUPPRESSED, span

#: Elements that end with their start tag.
VOID = {"meta", "input"}


class Page(HTMLParser):
    """What a page holds. Raises on an end tag that ends something else."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.pieces: list[str] = []
        self.code: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), attrs
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("script", "style"):
            self.code[self._open[-1]] = data
        else:
            self.pieces.append(data)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def everything() -> Page:
    return Page(render(EVERYTHING, "html"))


def test_each_finding_is_an_article_that_the_filters_know(everything: Page) -> None:
    assert [
        (one["class"], one["data-severity"], one["data-rule"], one["data-function"], one["data-file"])
        for one in everything.of("article")
    ] == [
        (
            "finding error",
            "error",
            "LL203 dumps-not-serializable",
            "app.lambda_handler  API Gateway REST",
            "src/app.py",
        ),
        ("finding info", "info", "LL503 hardcoded-secret", "app.<b>  template.yaml:12, python3.13", ODD.span.path),
        ("finding warning", "warning", "F401 unused-import", "", "src/b.py"),
    ]


def test_page_says_everything(everything: Page) -> None:
    for said in (
        "json.dumps cannot serialize the Decimal",
        "made here src/store.py:14:12 a resource gives numbers as Decimal",
        "fixable with --fix",
        "Reached by",
        "Outside of any function",
        "internal error: the result is incomplete",
        "rule LL202 return-not-serializable failed: KeyError: 'x'",
        "1 suppressed finding",
        SUPPRESSED.message,
        "1 function not followed to the end",
        "recursion (528)",
        "src/vendored/six: an installed package",
        "of 3 functions with a finding",
    ):
        assert said in everything.text


def test_what_files_hold_is_text_and_no_markup(everything: Page) -> None:
    assert everything.of("script") == everything.of("style") == [{}]
    assert HOSTILE.replace("\r\n", r"\r\n").replace("\x1b", r"\x1b").replace("\u202e", r"\u202e") in everything.text


def test_page_asks_nothing_of_the_network(everything: Page) -> None:
    (policy,) = [one["content"] for one in everything.of("meta") if "http-equiv" in one]
    for kind in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(everything.code[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert [attributes for _, attributes in everything.tags if {"src", "style", "srcset"} & attributes.keys()] == []
    assert [attributes for _, attributes in everything.tags if any(name.startswith("on") for name in attributes)] == []
    assert not re.search(r"https?:|url\(|@import|fetch|XMLHttp", everything.code["style"] + everything.code["script"])


def test_links_inside_the_page_lead_somewhere(everything: Page) -> None:
    ids = [attributes["id"] for _, attributes in everything.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = [one["href"] for one in everything.of("a") if one["href"].startswith("#")]
    assert len(inside) > 6
    assert [link for link in inside if link[1:] not in ids] == []


def test_page_is_ascii_and_there_without_any_finding() -> None:
    assert render(EVERYTHING, "html").isascii()
    nothing = Page(render(LintReport(files=3, functions=2, seconds=0.4), "html"))
    assert "Nothing to report." in nothing.text
    assert "All clear: 2 functions ran on paper without a fault" in nothing.text
    assert nothing.of("form") == nothing.of("article") == []


def test_page_says_of_which_project_version_and_time_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "shop & <co>"
    project.mkdir()
    monkeypatch.chdir(project)
    page = Page(render(EVERYTHING, "html"))
    assert "shop & <co>: 3 findings of lambdalint" in page.text
    version = re.escape(__version__)
    assert re.search(rf"\nshop & <co>\nlambdalint {version}, \d{{4}}-\d\d-\d\d \d\d:\d\d UTC\n", page.text)


def test_of_what_there_is_none_nothing_is_counted() -> None:
    def counted(report: LintReport) -> list[str]:
        (found,) = re.findall(r'<ul class="counts">(.*?)</ul>', render(report, "html"), re.DOTALL)
        return re.findall(r"<b>(\d+)</b> ([^<]+)<", found)

    assert counted(LintReport((BARE,), files=1)) == [("1", "warning"), ("1", "file")]
    assert ("2", "of 3 functions with a finding") in counted(EVERYTHING)


def test_change_stands_below_the_list_where_it_has_the_whole_width() -> None:
    shown = render(EVERYTHING, "html")
    assert '<span class="line old">' in shown
    assert not re.search(r"<dd>(?:(?!</dd>).)*<pre", shown, re.DOTALL)


def test_worst_comes_first_and_what_is_of_no_function_last() -> None:
    def one(function: str | None, severity: Severity, row: int) -> Finding:
        return replace(BARE, function=function, severity=severity, span=span("src/b.py", row, 1, row, 2))

    found = (
        one(None, Severity.ERROR, 1),
        *(one("a.h", Severity.WARNING, row) for row in (2, 3)),
        one("b.h", Severity.WARNING, 4),
        one("b.h", Severity.ERROR, 5),
    )
    shown = Page(render(LintReport(found), "html")).of("article")
    assert [(one["data-function"], one["data-severity"]) for one in shown] == [
        ("b.h", "error"),
        ("b.h", "warning"),
        ("a.h", "warning"),
        ("a.h", "warning"),
        ("", "error"),
    ]


def test_many_findings_are_closed_at_first() -> None:
    few = tuple(replace(BARE, span=span("src/b.py", row, 1, row, 2)) for row in range(1, 26))
    many = (*few, replace(BARE, span=span("src/b.py", 26, 1, 26, 2)))

    def opened(found: tuple[Finding, ...]) -> list[bool]:
        shown = Page(render(LintReport(found), "html")).of("details")
        return ["open" in one for one in shown if "class" not in one]

    assert opened(few) == [True] * 25
    assert opened(many) == [False] * 26


class TestCode:
    def test_what_is_meant_is_marked_in_its_lines(self) -> None:
        assert excerpt(FULL.span, LINES, around=1) == (
            '<pre class="lines" tabindex="0"><span class="line" data-row="30">x = 1</span>'
            '<span class="line meant" data-row="31">    return respond(20, <mark>json.dumps(item)</mark>)</span>'
            '<span class="line" data-row="32"># the end</span></pre>'
        )

    def test_place_between_two_characters_marks_the_next(self) -> None:
        assert "<mark>)</mark>" in excerpt(span("src/app.py", 31, 39, 31, 39), LINES)

    def test_tabs_stay_and_markup_is_escaped(self) -> None:
        assert "[&#9;# &lt;/script&gt;</mark>" in excerpt(ODD.span, LINES)

    def test_long_span_and_long_line_are_cut(self) -> None:
        rows = {"a.py": [f"row_{number}" for number in range(1, 101)], "b.py": ["x" * 5_000_000]}
        shown = excerpt(span("a.py", 1, 1, 100, 4), rows)
        assert re.findall(r'data-row="(\d+)"', shown) == [*map(str, range(1, 9)), "98", "99", "100"]
        assert len(excerpt(span("b.py", 1, 4_000_000, 1, 4_000_010), rows)) < 1000

    def test_span_outside_of_the_file_has_none(self) -> None:
        assert excerpt(span("src/app.py", 99, 1, 99, 2), LINES) == excerpt(span("none.py", 1, 1, 1, 2), LINES) == ""


class TestChange:
    ROWS = {"a.py": ["import os", "", "x = f(a)", "y = 2", ""]}

    def lines(self, *edits: Edit) -> list[tuple[str, str]]:
        return re.findall(r'"line (old|new)">([^<]*)<', change(Fix("mend", edits, safe=True), self.ROWS))

    def test_line_is_shown_before_and_after(self) -> None:
        two = (Edit(span("a.py", 3, 5, 3, 5), "g("), Edit(span("a.py", 3, 9, 3, 9), ")"))
        assert self.lines(*two) == [("old", "x = f(a)"), ("new", "x = g(f(a))")]

    def test_line_that_is_put_in_stands_alone(self) -> None:
        assert self.lines(Edit(span("a.py", 1, 1, 1, 1), "import json\n")) == [("new", "import json")]

    def test_line_that_is_taken_away_stands_alone(self) -> None:
        assert self.lines(Edit(span("a.py", 3, 1, 4, 1), "")) == [("old", "x = f(a)")]

    def test_indentation_that_all_lines_have_is_left_out(self) -> None:
        rows = {"a.py": ["def f():", "        if x:", "            return 1", ""]}
        edit = Edit(span("a.py", 2, 12, 3, 1), "y:\n            z()\n")
        shown = change(Fix("mend", (edit,), safe=True), rows)
        assert re.findall(r'"line (old|new)">([^<]*)<', shown) == [
            ("old", "if x:"), ("new", "if y:"), ("new", "    z()"),
        ]  # fmt: skip

    def test_file_that_is_not_at_hand_has_none(self) -> None:
        assert self.lines(Edit(span("b.py", 3, 1, 4, 1), "")) == []


class TestMarkdown:
    def test_blocks_of_the_pages(self) -> None:
        text = "# LL1 x\n\nA `b` [c](https://d.e/f)\ngoes <on>.\n\n## Why\n\n- one\n  more\n- `two`\n\n"
        text += "| a | b |\n| --- | --- |\n| `c` | d |\n\n```python\nx = '<'\n\ty\n```\n"
        assert markdown.page(text, 3).split("\n") == [
            '<p>A <code>b</code> <a href="https://d.e/f" rel="noreferrer">c</a> goes &lt;on&gt;.</p>',
            "<h3>Why</h3>",
            "<ul><li>one more</li><li><code>two</code></li></ul>",
            '<div class="wide" tabindex="0"><table>',
            "<tr><th>a</th><th>b</th></tr>",
            "<tr><td><code>c</code></td><td>d</td></tr>",
            "</table></div>",
            '<pre tabindex="0">x = &#x27;&lt;&#x27;',
            "&#9;y</pre>",
        ]

    def test_link_that_is_no_address_of_the_web_is_text(self) -> None:
        assert markdown.inline('[x](javascript:y) [x](https://a"b)') == "[x](javascript:y) [x](https://a&quot;b)"

    @pytest.mark.parametrize("code", sorted(RULES))
    def test_every_page_comes_out_whole(self, code: str) -> None:
        text = rule_page(RULES[code])
        assert text is not None
        shown = Page(markdown.page(text, 3))
        assert "```" not in shown.text
        words = set(re.findall(r"\w+", text.partition("\n")[2])) - {"python", "yaml", "text", "console", "requirements"}
        assert words - set(re.findall(r"\w+", " ".join(shown.pieces) + str(shown.of("a")))) == set()
