"""Work spread over processes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.processes import ENOUGH, spread

FORKS = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")


@FORKS
def test_results_come_in_order_from_several_processes() -> None:
    found = list(spread(lambda index: (index, os.getpid()), 3 * ENOUGH, 2))
    assert [index for index, _ in found] == list(range(3 * ENOUGH))
    assert os.getpid() not in {process for _, process in found}


def test_little_work_stays_in_this_process() -> None:
    assert set(spread(lambda index: os.getpid(), ENOUGH - 1, 2)) == {os.getpid()}
    assert set(spread(lambda index: os.getpid(), ENOUGH, 1)) == {os.getpid()}


@FORKS
def test_what_a_dead_worker_leaves_is_done_here() -> None:
    here = os.getpid()

    def work(index: int) -> int:
        if index == 10 and os.getpid() != here:
            os._exit(1)
        return index

    assert list(spread(work, 2 * ENOUGH, 2)) == list(range(2 * ENOUGH))
    assert list(spread(work, 2 * ENOUGH, 1)) == list(range(2 * ENOUGH))


@FORKS
def test_workers_end_with_the_one_who_asked() -> None:
    import multiprocessing

    results = spread(lambda index: index, 2 * ENOUGH, 2)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    for worker in multiprocessing.active_children():
        worker.join(10)
    assert not multiprocessing.active_children()


@FORKS
def test_a_report_does_not_depend_on_the_number_of_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("helpers.py").write_text("def answer():\n    return {1, 2}\n")
    Path("broken.py").write_text("def broken(:\n")
    for number in range(ENOUGH + 5):
        folder = Path(f"f{number}")
        folder.mkdir()
        (folder / "app.py").write_text(
            "import os, helpers\n\n\ndef lambda_handler(event, context):\n    return helpers.answer()  # noqa: X1\n"
        )
    reports = [lint(["."], Settings(), jobs=jobs) for jobs in (1, 2)]
    assert {finding.code for finding in reports[0].findings} >= {"LL001", "LL202", "F401"}
    for name in ("findings", "suppressed", "errors", "skipped", "gave_up", "found", "affected", "lines"):
        assert getattr(reports[0], name) == getattr(reports[1], name), name
