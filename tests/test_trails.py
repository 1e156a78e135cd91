"""A run that goes on from where an earlier one was finds what one from the start does."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.earlier import Earlier
from lambdalint.engine import lint
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.state import State
from lambdalint.interpreter.trail import Trail, Unrepeatable
from lambdalint.results import LintReport

HEAD = "import json\nimport os\n\nfrom store import kept, size\n\n"
STEP = """
def step_{number}(event, state):
    name = (event.get("names") or {{}}).get("n{number}") or "nobody"
    if name == "x":
        state["found"] = name
        return state
    state["count"] = state.get("count", 0) + {number}
    return kept(state)

"""
HANDLER = """
def handler(event, context):
    state = {}
    try:
        for key in ("a", "b"):
            state[key] = event[key]
    except KeyError:
        state["a"] = 1
"""
STORE = "def kept(state):\n    state['kept'] = len(state)\n    return state\n\n\ndef size(state):\n    return 1\n"
ENDS = ["    return state\n", '    return {"statusCode": 200, "body": state}\n', "    return json.dumps(state)\n"]
TYPED = [
    "pass", "name = 5", "event = None", 'state["when"] = {1, 2}', 'state["when"] = "now"', "raise KeyError(name)",
    "return None", "return {name}", "if name:\n        return [name]", "for one in name:\n        state[one] = one",
    "try:\n        state = state[name]\n    except KeyError:\n        pass", 'del state["count"]', "state = []", "nam",
    "def inner():\n        return state\n    state = inner()", "state[name] = lambda: name", "(",
]  # fmt: skip
STEPS = 8


def text_of(typed: dict[int, str], end: str = ENDS[0]) -> str:
    """The handler's module; with what is typed into its steps, by their numbers."""
    steps = ""
    for number in range(STEPS):
        lines = STEP.format(number=number)
        if number in typed:
            lines = lines.replace("\n    state[", f"\n    {typed[number]}\n    state[", 1)
        steps += lines
    calls = "".join(f"    state = step_{number}(event, state)\n" for number in range(STEPS))
    return HEAD + steps + HANDLER + calls + '    state["size"] = size(state)\n' + end


class Session:
    """A text that is edited. `went`: how many points each run had before it, from the last of which it went on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.earlier = Earlier()
        self.went: list[int] = []
        start = Trail.start

        def watched(trail: Trail, machine: Machine) -> State | None:
            state = start(trail, machine)
            self.went.append(len(trail.points) if state is not None else 0)
            return state

        monkeypatch.setattr(Trail, "start", watched)

    def check(self, text: str, store: str = STORE) -> LintReport:
        """Check it, as a fresh run does. `store`: the text of the module that it imports."""
        files = {"app.py": text, "store.py": store}
        held = {str(Path(name).resolve()): one.encode() for name, one in files.items()}
        report, fresh = (
            replace(lint(["."], Settings(root=str(Path.cwd()), preview=True), held=held, earlier=each), seconds=0.0)
            for each in (self.earlier, None)
        )
        assert report == fresh, text
        return report


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.chdir(tmp_path)
    for name in ("app.py", "store.py"):
        Path(name).write_text("")
    return Session(monkeypatch)


def rows(report: LintReport, code: str) -> list[int]:
    return [one.span.start.row for one in report.findings if one.code == code]


def test_what_was_run_before_a_function_was_looked_into_is_not_run_again(session: Session) -> None:
    session.check(text_of({}))
    session.check(text_of({6: "pass"}))
    session.check(text_of({2: "pass"}))
    session.check(text_of({}))
    first, late, early, back = session.went
    assert first == 0
    assert late > early > 0
    assert back == early


def test_what_is_found_behind_it_stands_where_it_is_now(session: Session) -> None:
    session.check(text_of({}))
    one = session.check(text_of({7: 'state["when"] = {1}'}))
    two = session.check(text_of({5: "pass\n    pass\n    pass", 7: 'state["when"] = {1}'}))
    assert session.went[1]
    assert session.went[2]
    assert [row + 3 for row in rows(one, "LL202")] == rows(two, "LL202") != []


def test_while_a_text_is_no_python_what_was_run_before_is_kept(session: Session) -> None:
    for typed in ({}, {6: "print"}, {6: "print("}, {6: "print(1"}, {6: "print(1)"}):
        session.check(text_of(typed))
    assert len(session.went) == 3
    assert session.went[2] == session.went[1] > 0


def test_what_was_typed_and_erased_where_nothing_had_looked_does_not_count(session: Session) -> None:
    for typed in ({}, {6: "pass"}, {}, {3: "pass"}, {}, {6: "pass"}):
        session.check(text_of(typed))
    late, early = session.went[1], session.went[3]
    assert session.went == [0, late, late, early, early, late]


def test_a_module_that_is_imported_may_be_edited_too(session: Session) -> None:
    session.check(text_of({}))
    report = session.check(text_of({}), STORE.replace("return 1", "return {1}"))
    assert rows(report, "LL202")
    assert session.went[1] > 0
    session.check(text_of({}), STORE + "\n\nsoon = 1\n")  # importing it has run this
    assert session.went[2] == 0


def test_a_run_that_does_not_find_the_way_again_is_one_from_the_start(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.check(text_of({}))
    enter = Trail.enter

    def lost(trail: Trail, *arguments: object) -> object:
        if trail.onward is not None:
            raise Unrepeatable
        return enter(trail, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Trail, "enter", lost)
    report = session.check(text_of({6: 'state["when"] = {1}'}))
    assert rows(report, "LL202")
    session.check(text_of({6: "pass"}))
    assert len(session.went) == 2  # and it is not tried again
    assert session.went[1] > 0


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_typed_a_run_that_goes_on_finds_what_a_new_one_does(session: Session, seed: int) -> None:
    rng = random.Random(seed)
    typed: dict[int, str] = {}
    end = rng.choice(ENDS)
    session.check(text_of(typed, end))
    for _ in range(12):
        number = rng.randrange(STEPS)
        if number in typed and rng.random() < 0.6:
            del typed[number]
        else:
            typed[number] = rng.choice(TYPED)
        session.check(text_of(typed, end))
    assert any(session.went)
