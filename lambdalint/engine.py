"""The one way in, for the command line, the language server and the tests: `lint(paths, settings) -> LintReport`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping

from lambdalint.config import Settings
from lambdalint.deep import with_room
from lambdalint.earlier import Earlier
from lambdalint.results import LintReport
from lambdalint.run import ProgressHook, Run
from lambdalint.scope import UNNAMED
from lambdalint.summing import report_of
from lambdalint.understood import Understood
from lambdalint.work import InternalError


def lint(
    paths: Iterable[str | os.PathLike[str]],
    settings: Settings,
    *,
    stdin: bytes | None = None,
    stdin_filename: str | None = None,
    held: Mapping[str, bytes] | None = None,
    progress: ProgressHook | None = None,
    jobs: int = 1,
    earlier: Earlier | None = None,
) -> LintReport:
    """Check files and folders.

    Args:
        paths: what to check; findings elsewhere, in modules that were only reached, are left out, unless the way that
            a value took to them leads through what is checked: they are told there.
        stdin: the text of one more file, which `stdin_filename` names; it need not exist. Its name tells whether it is
            Python or a descriptor; without a name it is Python.
        held: what counts as the text of some files, by their absolute paths: an editor's buffers, fixes to be written.
        progress: told after each file and each function.
        jobs: how many processes may share the work.
        earlier: what an earlier run has left, which this one adds to.

    Nothing in the files or in a rule makes this raise: it is a finding, an internal error or a skipped file.
    """
    started = time.perf_counter()

    def work() -> LintReport:
        run = Run(settings, progress, earlier)
        name = os.path.abspath(stdin_filename or UNNAMED) if stdin is not None else None
        run.discover(paths, {**(held or {}), **({name: stdin} if name and stdin is not None else {})}, name)
        run.check(jobs)
        report = report_of(run, started)
        run.leave()
        return report

    return with_room(work)


def examine(
    paths: Iterable[str],
    settings: Settings,
    *,
    held: Mapping[str, bytes],
    earlier: Earlier,
    folder: str,
    whole: bool,
    patience: float = float("inf"),
    progress: ProgressHook | None = None,
    pulse: Callable[[], None] | None = None,
) -> tuple[Run, LintReport]:
    """Check as `lint` does, and give what it was learnt from too, for more to be asked of it.

    Args:
        folder: paths are shown relative to it.
        whole: of what is not looked at, nothing needs to be kept for later runs.
        patience: once functions were run on paper for so many seconds, no further one is: what was last found of it is
            told in its place. The run's `left` then says whether there was any. Those in `held` files come first.
        progress, pulse: the latter is called while a function is run, too. Either may break off by an exception, which
            is raised here; what was done until then is kept in `earlier`.
    """
    started = time.perf_counter()

    def work() -> tuple[Run, LintReport]:
        run = Run(settings, progress, earlier, folder, pulse)
        done = False
        try:
            run.discover(paths, held)
            run.check(1, patience=patience)
            report = report_of(run, started)
            done = True
        finally:
            run.leave(whole=whole and done and not run.left)
        return run, report

    return with_room(work)


def functions_of(
    paths: Iterable[str],
    settings: Settings,
    *,
    progress: ProgressHook | None = None,
    jobs: int = 1,
    held: Mapping[str, bytes] | None = None,
    folder: str | None = None,
) -> tuple[list[Understood], list[InternalError]]:
    """What is understood of each function that `lint` would run, and of those that it cannot. `held`, `folder`: as
    `examine` has them."""

    def work() -> tuple[list[Understood], list[InternalError]]:
        run = Run(settings, progress, None, folder)
        run.discover(paths, held)
        return run.understand(jobs)

    return with_room(work)
