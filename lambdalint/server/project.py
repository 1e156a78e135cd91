"""One folder of the workspace: its settings, and what the last check of it has found."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lambdalint.config import ConfigError, Settings, load
from lambdalint.earlier import Earlier
from lambdalint.engine import examine
from lambdalint.finding import Finding
from lambdalint.fixes.mending import Mended, mended
from lambdalint.results import LintReport
from lambdalint.run import Run
from lambdalint.source import Source

#: A project whose check takes longer than this many seconds has its open files checked first, by themselves.
_LONG = 0.4
#: And then the whole is, once nothing has changed for so many seconds: while somebody types it would be broken off time
#: and again.
_CALM = 0.3
#: Where running functions on paper takes longer than this, what can be said without is said first.
_NOTICED = 0.04
#: Seconds of running functions after which it is told what was found in them so far; from then on twice as many.
_PATIENCE = 0.4


class Stopped(BaseException):
    """A check that was broken off, for its texts are old. No rule may catch it."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the server was started: what `--config`, `--isolated` and the options about rules say, and whether plug-ins
    that a project names are obeyed."""

    config: tuple[str, ...] = ()
    isolated: bool = False
    plugins: bool = False
    overrides: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one check. `generation`: that of the texts. `run`: what it was learnt from. `versions`: of the open
    texts, by their absolute paths. `only`: the files (absolute paths) that it is about, None for all. `wrong`: why the
    settings are not obeyed. `foreseen`: functions have not been run yet; what was found in them before stands in."""

    generation: int
    report: LintReport
    run: Run
    versions: Mapping[str, int]
    only: frozenset[str] | None = None
    wrong: ConfigError | None = None
    foreseen: bool = False

    def findings(self, path: str) -> list[Finding]:
        """Those in a file (absolute)."""
        return [one for one in self.report.findings if self.report.at(one.span.path) == path]

    def shown(self, path: str) -> str:
        """A path (absolute) as findings have it."""
        return self.run.workspace.shown(path)


class Project:
    """One folder. `whole`: all of it is checked, rather than what is open in it."""

    def __init__(self, folder: str, options: Options, *, whole: bool = True) -> None:
        self.folder = folder
        self.whole = whole
        self.generation = 0  # of the texts; raised with each change
        self.checked: Checked | None = None
        self.wake = threading.Event()  # set where texts have changed, or somebody waits for more than the open files
        self._options = options
        self._earlier = Earlier()
        self._settings = Settings(root=folder)
        self._takes = self._runs = float("inf")  # seconds, the last time: all, and what was run on paper

    def check(
        self,
        texts: Mapping[str, bytes],
        versions: Mapping[str, int],
        generation: int,
        stopped: Callable[[], bool],
        first: Callable[[Checked], None],
    ) -> Checked:
        """Check the texts.

        Args:
            texts: of the open files, by their absolute paths.
            versions: theirs, likewise.
            generation: theirs, in this project.
            stopped: whether to break off.
            first: told of what is found meanwhile: in the open files, where the whole takes long; in each file by
                itself, where functions do; and time and again what has been found in functions so far.

        Raises:
            Stopped: it was broken off.
        """
        self.wake.clear()
        wrong = self._read_settings(texts)
        mine = sorted(path for path in texts if self.holds(path))

        def pulse() -> None:
            if stopped():
                raise Stopped

        def once(paths: Sequence[str], *, whole: bool, only: frozenset[str] | None, patience: float) -> Checked:
            run, report = examine(
                paths, self._settings, held=texts, earlier=self._earlier, folder=self.folder, whole=whole,
                patience=patience, progress=lambda done, total, what: pulse(), pulse=pulse,
            )  # fmt: skip
            return Checked(generation, report, run, versions, only, wrong, foreseen=bool(run.left))

        def checked(paths: Sequence[str], *, whole: bool, only: frozenset[str] | None, soon: bool) -> Checked:
            runs, patience = 0.0, 0.0 if soon and self._runs > _NOTICED else _PATIENCE
            while (found := once(paths, whole=whole, only=only, patience=patience)).foreseen:
                runs += found.run.ran
                first(found)
                patience = 2 * patience or _PATIENCE  # each time the whole is looked at again
            self._runs = runs + found.run.ran or self._runs
            return found

        if not self.whole:
            return checked(mine, whole=True, only=frozenset(mine), soon=True)
        long = bool(mine) and self._takes > _LONG
        if long:
            first(checked(mine, whole=False, only=frozenset(mine), soon=True))
            self.wake.wait(_CALM)
            pulse()
        found = checked([self.folder, *mine], whole=True, only=None, soon=not long)
        self._takes = found.report.seconds
        return found

    def holds(self, path: str) -> bool:
        """Whether a file (absolute) stands in the folder."""
        return path.startswith(os.path.join(self.folder, ""))

    def _read_settings(self, texts: Mapping[str, bytes]) -> ConfigError | None:
        """Read the settings anew. Those before stay where they cannot be obeyed: somebody is at work on them."""
        options = self._options
        try:
            self._settings = load(
                [self.folder], config=options.config, isolated=options.isolated, held=texts, plugins=options.plugins,
                **options.overrides,
            )  # fmt: skip
        except ConfigError as error:
            return error
        return None

    @property
    def settings(self) -> Settings:
        """Those of the last check."""
        return self._settings

    def mended(
        self, path: str, texts: Mapping[str, bytes], *, unsafe: bool, wanted: Callable[[Finding], bool] | None = None
    ) -> Mended:
        """One file with its fixes made, in memory. `wanted`: as `mending.mended` has it."""

        def check(held: Mapping[str, bytes]) -> LintReport:
            return examine(
                [path], self._settings, held={**texts, **held}, earlier=self._earlier, folder=self.folder, whole=False
            )[1]  # fmt: skip

        return mended(check, unsafe=unsafe, texts={path: texts[path]} if path in texts else None, wanted=wanted)


def lines_of(checked: Checked, path: str) -> Sequence[str]:
    """The lines of a file (absolute), as the check saw it."""
    workspace = checked.run.workspace
    try:
        if path.endswith((".py", ".pyi", ".pyw")):
            return workspace.open(path).lines
    except OSError:
        return ()
    text = workspace.text(path)
    return text.lines if text is not None else ()


def source_of(checked: Checked, path: str) -> Source | None:
    """A Python file (absolute), as the check saw it."""
    try:
        return checked.run.workspace.open(path)
    except OSError:
        return None
