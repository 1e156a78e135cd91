"""While functions are run again, what is found without that is told first, with what was last found in them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdalint.earlier.moved import Moves
from lambdalint.finding import Position, Span
from lambdalint.server import project as projects
from lambdalint.server.project import Checked, Options, Project, Stopped

from .editor import TEMPLATE

FUNCTION = """\
    Type: AWS::Serverless::Function
    Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: ., Events: {Api: {Type: Api, Properties: {}}}}
"""
BAD = """\
def handler(event, context):
    return {"statusCode": 200, "body": {"id": event["path"]}}
"""
FAULT = ("LL301", 2)


class Typed:
    """A project in which app.py is open, as it is typed; functions are taken to need long."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.template = (folder / "template.yaml").write_text
        self.template(TEMPLATE)
        self.path = str(folder / "app.py")
        self.project = Project(str(folder), Options())
        self.first: list[Checked] = []
        self.times = 0
        monkeypatch.setattr(projects, "_NOTICED", -1)

    def check(self, text: str, more: Mapping[str, str] | None = None) -> Checked:
        """What is found; what was found meanwhile is in `first`."""
        Path(self.path).write_text(text)
        self.first, self.times = [], self.times + 1
        texts = {self.path: text.encode()}
        return self.project.check(texts, {self.path: self.times}, self.times, lambda: False, self.first.append)

    def found(self, checked: Checked) -> list[tuple[str, int]]:
        return [(one.code, one.span.start.row) for one in checked.findings(self.path)]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    return Typed(tmp_path, monkeypatch)


def test_what_a_file_says_by_itself_is_told_before_functions_are_run(typed: Typed) -> None:
    last = typed.check("import os\n" + BAD)
    assert [(one.foreseen, typed.found(one)) for one in typed.first[:1]] == [(True, [("F401", 1)])]
    assert not last.foreseen
    assert typed.found(last) == [("F401", 1), ("LL301", 3)]


def test_what_was_last_found_in_a_function_is_told_in_its_place_now(typed: Typed) -> None:
    typed.check(BAD)
    last = typed.check("import os\n\n" + BAD)
    assert [typed.found(one) for one in typed.first] == [[("F401", 1), ("LL301", 4)]]
    assert typed.found(last) == [("F401", 1), ("LL301", 4)]


def test_it_is_still_known_when_the_text_was_no_python_meanwhile(typed: Typed) -> None:
    typed.check(BAD)
    broken = typed.check("import\n" + BAD)
    assert typed.found(broken) == [("LL001", 1)]
    assert typed.first == []  # there is nothing to run
    typed.check("import os\n" + BAD)
    assert [typed.found(one) for one in typed.first] == [[("F401", 1), ("LL301", 3)]]


def test_where_nothing_is_run_again_nothing_is_told_twice(typed: Typed) -> None:
    typed.check(BAD)
    last = typed.check(BAD)
    assert typed.first == []
    assert (last.foreseen, typed.found(last)) == (False, [FAULT])


def test_what_does_not_hold_any_more_goes_when_the_function_was_run(typed: Typed) -> None:
    typed.check(BAD)
    last = typed.check(BAD.replace('{"id": event["path"]}', '"text"'))
    assert [typed.found(one) for one in typed.first] == [[]]  # it was edited itself
    assert typed.found(last) == []


def test_a_comment_that_silences_it_is_not_called_unused_before_it_was_run(typed: Typed) -> None:
    silenced = BAD.replace('"]}}', '"]}}  # lambdalint: ignore[LL301]')
    last = typed.check("import os\n" + silenced)
    assert [typed.found(one) for one in typed.first[:1]] == [[("F401", 1)]]
    assert typed.found(last) == [("F401", 1)]


def test_where_many_functions_are_run_what_is_found_is_told_bit_by_bit_of_what_is_typed_first(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projects, "_PATIENCE", 1e-9)
    names = ["a", "app", "b"]
    functions = [f"  {name}:\n{FUNCTION.replace('app.', f'{name}.')}" for name in names]
    typed.template("Transform: AWS::Serverless-2016-10-31\nResources:\n" + "".join(functions))
    for name in ("a", "b"):
        (Path(typed.path).parent / f"{name}.py").write_text(BAD)
    last = typed.check(BAD)
    found = [sorted(Path(one.span.path).stem for one in each.report.findings) for each in (*typed.first, last)]
    assert found == [[], ["app"], ["a", "app"], ["a", "app", "b"]]
    assert [one.foreseen for one in (*typed.first, last)] == [True, False, True, False]  # the second is of app.py alone
    assert typed.first[1].only == {typed.path}


def test_what_is_foreseen_offers_no_fixes(typed: Typed) -> None:
    last = typed.check(BAD)
    assert all(one.fix is not None for one in last.findings(typed.path))
    typed.check("\n" + BAD)
    assert [one.fix for one in typed.first[0].findings(typed.path)] == [None]


def test_a_run_on_paper_is_broken_off_in_its_middle(tmp_path: Path) -> None:
    rounds = "".join(f"    if event.get('k{n}'):\n        total += helper(event, {n})\n" for n in range(60))
    helper = "def helper(event, n):\n    return n if event.get(str(n)) else len(str(n))\n\n\n"
    text = f"{helper}def handler(event, context):\n    total = 0\n{rounds}    return {{'total': total}}\n"
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    (tmp_path / "app.py").write_text(text)
    path = str(tmp_path / "app.py")
    asked: list[float] = []

    def stopped() -> bool:
        asked.append(time.perf_counter())
        return len(asked) == 6

    project = Project(str(tmp_path), Options())
    with pytest.raises(Stopped):
        project.check({path: text.encode()}, {path: 1}, 1, stopped, lambda checked: None)
    first: list[Checked] = []
    whole = project.check({path: text.encode()}, {path: 1}, 2, lambda: False, first.append)
    fresh = Project(str(tmp_path), Options())
    again = fresh.check({path: text.encode()}, {path: 1}, 1, lambda: False, lambda checked: None)
    assert whole.report.findings == again.report.findings
    assert any(one.run.ran for one in (*first, whole))  # what was broken off is not taken for done


LINES = st.lists(st.text("ab ", max_size=4), max_size=6)


@given(before=LINES, now=LINES, row=st.integers(0, 5), start=st.integers(0, 4), width=st.integers(1, 4))
def test_what_is_moved_stands_where_the_same_characters_stand(
    before: list[str], now: list[str], row: int, start: int, width: int
) -> None:
    if row >= len(before) or start + width > len(before[row]):
        return
    span = Span("app.py", Position(row + 1, start + 1), Position(row + 1, start + width + 1))
    made = Moves(before, now).span(span)
    if made is None:
        assert before != now
        return
    assert made.start.row == made.end.row <= len(now)
    covered = now[made.start.row - 1][made.start.column - 1 : made.end.column - 1]
    if len(covered) == width:
        assert covered == before[row][start : start + width]
    else:  # the edit stands in it, or at one of its ends
        assert covered
        whole = before[row][start : start + width]
        assert covered[0] == whole[0] or covered[-1] == whole[-1]
