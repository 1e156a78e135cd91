"""Whatever is mended: it compiles, what was mended is gone, another run does nothing, all else stands as it stood."""

from __future__ import annotations

import ast
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.finding import Fix
from lambdalint.fixes.apply import applied
from lambdalint.fixes.mending import Mended, mended
from lambdalint.results import LintReport
from lambdalint.source import Source

from .pages import pages

HERE = Path(__file__).parent
MARK = re.compile(r"\s*#(?: (?:LL|F)\d{3},?)+$", re.MULTILINE)


@pytest.fixture(scope="module", params=[False, True], ids=["safe", "unsafe"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[bool, Mended]]:
    """All the faults of the pages, the cases and the demo, mended."""
    root = tmp_path_factory.mktemp("all")
    for name in ("cases/found", "cases/seed", "demo"):
        shutil.copytree(HERE / name, root / name.replace("/", "_"))
    for page in pages():
        for number, project in enumerate(page.bad):
            for name, text in project.files.items():
                path = root / f"{page.code}_{number}" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(MARK.sub("", text), "utf-8")
    before = os.getcwd()
    os.chdir(root)
    try:
        yield request.param, mended(check, unsafe=request.param)
    finally:
        os.chdir(before)


def check(held: Mapping[str, bytes]) -> LintReport:
    return lint(["."], Settings(root=".", preview=True), held=held)


def test_enough_is_mended(run: tuple[bool, Mended]) -> None:
    unsafe, found = run
    codes = {finding.code for finding in found.done}
    assert codes >= {"F401", "F841", "LL301", "LL901"} | ({"LL501", "LL502", "LL503", "LL504"} if unsafe else set())


def test_what_is_left_compiles(run: tuple[bool, Mended]) -> None:
    for path, data in run[1].after.items():
        ast.parse(data, path)


def test_what_was_mended_is_gone_and_nothing_new_is_there(run: tuple[bool, Mended]) -> None:
    unsafe, found = run
    assert found.report.errors == ()
    left = {one.code for one in found.report.findings if one.fix is not None and (one.fix.safe or unsafe)}
    # A secret stays where no descriptor declares the variable that would be read instead: LL008 would be new.
    assert left <= ({"LL504"} if unsafe else set())
    before = {(one.span.path, one.code) for one in check({}).findings}
    assert {(one.span.path, one.code) for one in found.report.findings} - before == set()


def test_another_run_changes_nothing(run: tuple[bool, Mended]) -> None:
    unsafe, found = run
    again = mended(lambda held: check({**found.after, **held}), unsafe=unsafe, texts=found.after)
    assert (again.after, again.done) == ({}, [])


def test_lines_that_no_edit_touches_stand_as_they_stood(run: tuple[bool, Mended]) -> None:
    unsafe, _ = run
    fixes: dict[str, list[Fix]] = {}
    for finding in check({}).findings:
        if finding.fix is not None and (finding.fix.safe or unsafe):
            fixes.setdefault(finding.fix.edits[0].span.path, []).append(replace(finding.fix))
    for path, wanted in fixes.items():
        source = Source(path, Path(path).read_bytes())
        text, done = applied(source, wanted)
        touched = {
            row
            for fix in done
            for edit in fix.edits
            for row in range(edit.span.start.row, edit.span.end.row + (edit.span.end.column > 1))
        }
        rest = iter(text.split("\n"))
        assert all(line in rest for row, line in enumerate(source.lines, 1) if row not in touched), path
