"""What of a project is checked, and when."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")

from lambdalint.server import project
from lambdalint.server.project import Checked, Options, Project, Stopped

ASIDE = "import os\n"


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project that takes long: app.py is open, aside.py is not."""
    (tmp_path / "app.py").write_text("")
    (tmp_path / "aside.py").write_text(ASIDE)
    monkeypatch.setattr(project, "_LONG", -1.0)
    monkeypatch.setattr(project, "_CALM", 60.0)
    return Project(str(tmp_path), Options())


def check(found: Project, first: Callable[[Checked], None]) -> Checked:
    app = str(Path(found.folder) / "app.py")
    return found.check({app: ASIDE.encode()}, {app: 1}, 0, lambda: found.generation != 0, first)


def files(checked: Checked) -> set[str]:
    return {one.span.path for one in checked.report.findings}


def test_while_somebody_types_what_is_open_is_checked_alone(found: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[bool] = []
    examine = project.examine

    def watched(*arguments: Any, whole: bool, **named: Any) -> object:
        begun.append(whole)
        return examine(*arguments, whole=whole, **named)

    def types() -> None:
        found.generation += 1
        found.wake.set()

    monkeypatch.setattr(project, "examine", watched)
    with pytest.raises(Stopped):
        check(found, lambda _: threading.Timer(0.05, types).start())
    assert begun == [False]


def test_whoever_waits_for_the_whole_is_not_kept_waiting(found: Project) -> None:
    assert files(check(found, lambda _: found.wake.set())) == {"app.py", "aside.py"}
