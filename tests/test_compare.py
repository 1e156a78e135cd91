"""What counts for another tool in the README's table. The tools themselves a session of nox runs: `compare`."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from .pages import pages

ROOT = Path(__file__).parent.parent
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "compare.py"))
Example, Message, counting = SCRIPT["Example"], SCRIPT["Message"], SCRIPT["counting"]

FOUND = [
    Example("LL201", True, "LL201_bad_0", (("app.py", 3, "LL201"), ("app.py", 5, "LL201"))),
    Example("LL201", False, "LL201_good_0", ()),
]


def counted(*messages: tuple[str, str, str, int, str]) -> list[tuple[int, str]]:
    """The rows of the faults that are told, with the kinds of the messages."""
    given = [Message(*message, "text") for message in messages]
    return [(fault[1], message.kind) for _, fault, message in counting(FOUND, given)]


def test_a_message_at_a_marked_line_counts() -> None:
    assert counted(("ruff", "LL201_bad_0", "app.py", 3, "X1")) == [(3, "X1")]
    assert counted(("ruff", "LL201_bad_0", "app.py", 4, "X1")) == []
    assert counted(("ruff", "LL201_bad_0", "other.py", 3, "X1")) == []


def test_what_a_tool_says_of_good_examples_too_does_not_count() -> None:
    bad, good = ("ruff", "LL201_bad_0", "app.py", 3, "X1"), ("ruff", "LL201_good_0", "app.py", 9, "X1")
    assert counted(bad, good) == []
    assert counted(bad, ("mypy", *good[1:])) == [(3, "X1")]


@pytest.mark.parametrize(("tool", "kind"), [(tool, kind) for tool, kinds in SCRIPT["STYLE"].items() for kind in kinds])
def test_style_does_not_count(tool: str, kind: str) -> None:
    assert counted((tool, "LL201_bad_0", "app.py", 3, kind)) == []


def test_the_fault_may_be_told_at_another_line() -> None:
    found = counted(("ruff", "LL201_bad_0", "app.py", 1, "RET503"))
    assert found == [(3, "RET503"), (5, "RET503")]
    assert counted(("ruff", "LL201_bad_0", "other.py", 1, "RET503")) == []


def test_every_page_has_a_family() -> None:
    codes = [page.code for page in pages() if not page.code.startswith("LL9")]
    assert {SCRIPT["family_of"](code) for code in codes} == set(SCRIPT["FAMILIES"])


def test_examples_are_written_without_their_marks(tmp_path: Path) -> None:
    found = SCRIPT["examples"](tmp_path)
    assert sum(len(example.faults) for example in found) > 100
    assert not any(example.faults for example in found if not example.bad)
    texts = [path.read_text("utf-8") for path in tmp_path.rglob("*.py")]
    assert len(texts) > 150
    assert not any(re.search(r"# LL\d{3}$", text, re.MULTILINE) for text in texts)


def test_the_table_of_the_readme_has_a_date_the_families_and_the_versions_that_the_session_asks() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    ((head, body),) = re.findall(r"on \d{4}-\d\d-\d\d[^|]*\n\n\|  \| faults \|(.*)\|\n\| --- .*\n((?:\|.*\n)+)", text)
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in body.splitlines()]
    assert [row[0] for row in rows] == [*SCRIPT["FAMILIES"], "all"]
    asked = re.findall(r'"([\w-]+)(?:\[\w+\])?==([\d.]+)"', (ROOT / "scripts" / "noxfile.py").read_text("utf-8"))
    versions = {name: version for name, version in asked if name in SCRIPT["TOOLS"]}
    assert [cell.strip() for cell in head.split("|")] == [f"{name} {versions[name]}" for name in SCRIPT["TOOLS"]]
    numbers = [[int(cell) for cell in row[1:]] for row in rows]
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]
    assert all(one <= row[0] for row in numbers for one in row)
