"""Every handler under tests/cases: what is marked in it is found, and nothing else is.

A file is a project of its own; a folder named `*.project` is one project.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .pages import Project, found

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(CASES.rglob("*.project"))
FILES = [path for path in sorted(CASES.rglob("*.py")) if not any(folder in path.parents for folder in FOLDERS)]


def project_of(path: Path) -> Project:
    if path.is_file():
        return Project(1, {"app.py": path.read_text("utf-8")})
    return Project(1, {str(file.relative_to(path)): file.read_text("utf-8") for file in sorted(path.rglob("*.py"))})


@pytest.mark.parametrize("path", [*FILES, *FOLDERS], ids=lambda path: str(path.relative_to(CASES)))
def test_what_is_marked_is_found_and_nothing_else_is(path: Path) -> None:
    project = project_of(path)
    report = project.run()
    assert report.errors == ()
    assert found(report) == project.marks
