"""The texts that are open, the projects that they belong to, and one check after the other.

Everything here runs on the thread that answers the client, but the checks. Each change makes the texts of its projects
a new generation; a check of an older one is broken off, and what it had done is kept for the next.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from lsprotocol import types
from pygls.uris import to_fs_path

from lambdalint.project.code.modules import Workspace
from lambdalint.server.garbage import Garbage
from lambdalint.server.project import Checked, Options, Project, Stopped
from lambdalint.server.texts import UTF16, Buffer

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class _Slot:
    """One project at work. `done`: the generation that the last check was of. `news`: set whenever something was
    found, and then replaced; `hurry`: somebody waits, so that no pause is made. `waiting`: for which files (absolute
    paths). `latest`: what was told last, which may be foreseen."""

    project: Project
    done: int = -1
    task: asyncio.Task[None] | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)
    hurry: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: list[str] = field(default_factory=list)
    latest: Checked | None = None


class Desk:
    """All of it. `found` is told of each check that ends, with the project and the files that somebody waits for;
    `failed` of one that an exception has ended, with the project."""

    def __init__(
        self,
        options: Options,
        found: Callable[[Project, Checked, frozenset[str]], None],
        failed: Callable[[Project, Exception], None],
    ) -> None:
        self.encoding: str = UTF16
        self.options = options
        self.pause = 0.1  # seconds without a change before a check begins
        self.on_save = False
        self.buffers: dict[str, Buffer] = {}  # by their absolute paths
        self._slots: dict[str, _Slot] = {}  # by the folders of the projects
        self._found, self._failed = found, failed
        self._pool = ThreadPoolExecutor(1, "lambdalint-checks")
        self._garbage = Garbage(self.call)

    # -- projects ------------------------------------------------------------------------------------------------

    def add(self, folder: str) -> None:
        """A folder of the workspace has come: all of it is checked."""
        if folder not in self._slots or not self._slots[folder].project.whole:
            self._slots[folder] = _Slot(Project(folder, self.options))
            self._touch(self._slots[folder])

    def remove(self, folder: str) -> Project | None:
        """It has gone."""
        slot = self._slots.pop(folder, None)
        if slot is not None and slot.task is not None:
            self._call_off(slot)
            slot.task.cancel()
            slot.done = slot.project.generation
            self._news(slot)  # who waits is told that there is nothing
        return slot.project if slot is not None else None

    @property
    def projects(self) -> list[Project]:
        """Those that there are."""
        return [slot.project for slot in self._slots.values()]

    def project_of(self, path: str) -> Project:
        """The project that a file (absolute) belongs to: the innermost folder that holds it; where none of the
        workspace does, the top of the project that it stands in, of which what is open is checked."""
        return self._slot_of(path).project

    def _slot_of(self, path: str) -> _Slot:
        holding = [folder for folder, slot in self._slots.items() if slot.project.holds(path)]
        if holding:
            return self._slots[max(holding, key=len)]
        folder = Workspace(os.path.dirname(path)).tops(os.path.dirname(path))[0]
        self._slots[folder] = _Slot(Project(folder, self.options, whole=False))
        return self._slots[folder]

    # -- texts ---------------------------------------------------------------------------------------------------

    def open(self, item: types.TextDocumentItem) -> None:
        """A text was opened."""
        path = path_of(item.uri)
        if path is not None:
            self.buffers[path] = Buffer(item.uri, path, item.text, item.version, self.encoding)
            self.changed([path])

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        """It was edited. What is said of a text that is not open, or of an older version, is passed over."""
        path = path_of(params.text_document.uri)
        buffer = self.buffers.get(path) if path is not None else None
        if buffer is None or params.text_document.version < buffer.version:
            _log.warning("a change of %s, which is not open in that version", params.text_document.uri)
            return
        for change in params.content_changes:
            buffer.change(change)
        buffer.version = params.text_document.version
        if not self.on_save:
            self.changed([buffer.path])

    def close(self, uri: str) -> None:
        """It was closed: what is on disk counts again."""
        path = path_of(uri)
        if path is not None and self.buffers.pop(path, None) is not None:
            self.changed([path])

    def changed(self, paths: Iterable[str]) -> None:
        """Files (absolute) have other texts."""
        for path in paths:
            own = self._slot_of(path) if path in self.buffers else None
            for slot in list(self._slots.values()):
                if slot is own or slot.project.holds(path):
                    self._touch(slot)

    def again(self) -> None:
        """Anything may have changed."""
        for slot in self._slots.values():
            self._touch(slot)

    # -- checks --------------------------------------------------------------------------------------------------

    def _touch(self, slot: _Slot) -> None:
        self._call_off(slot)
        self._garbage.wait()
        if slot.task is None or slot.task.done():
            slot.task = asyncio.ensure_future(self._work(slot))

    @staticmethod
    def _call_off(slot: _Slot) -> None:
        """What is being checked is old."""
        slot.project.generation += 1
        slot.project.wake.set()

    async def _work(self, slot: _Slot) -> None:
        project = slot.project
        while slot.done != project.generation:
            await self._rest(slot)
            generation = project.generation
            # what is checked is what is open now, whatever is typed before the check begins
            buffers = self.buffers.values()
            texts = {buffer.path: buffer.data for buffer in buffers}
            versions = {buffer.path: buffer.version for buffer in buffers}
            checked = await self.call(partial(self._check, slot, generation, texts, versions))
            if checked is not None:
                slot.done = generation
                self._take(slot, checked)
            elif generation == project.generation:  # it failed, and would again
                slot.done = generation
                self._news(slot)
            await self._garbage.checked()
        self._garbage.rest()

    async def _rest(self, slot: _Slot) -> None:
        """Wait until nothing has changed for a while, or somebody waits for what is found. At first somebody does."""
        while slot.latest is not None:
            generation = slot.project.generation
            try:
                await asyncio.wait_for(slot.hurry.wait(), self.pause)
                break
            except asyncio.TimeoutError:
                if generation == slot.project.generation:
                    break
        slot.hurry.clear()

    def _check(
        self, slot: _Slot, generation: int, texts: Mapping[str, bytes], versions: Mapping[str, int]
    ) -> Checked | None:
        """On the thread of the checks. None where it was broken off, or failed."""
        project, loop = slot.project, self._loop

        def first(checked: Checked) -> None:
            loop.call_soon_threadsafe(self._take, slot, checked)

        try:
            return project.check(texts, versions, generation, lambda: project.generation != generation, first)
        except Stopped:
            return None
        except Exception as error:
            _log.exception("checking %s failed", project.folder)
            loop.call_soon_threadsafe(self._failed, project, error)
            return None

    async def call(self, work: Callable[[], T]) -> T:
        """What a function gives that is called on the thread of the checks, where nothing else is at work."""
        self._loop = asyncio.get_running_loop()
        return await self._loop.run_in_executor(self._pool, work)

    def _take(self, slot: _Slot, checked: Checked) -> None:
        if not checked.foreseen:
            slot.project.checked = checked
        slot.latest = checked
        waiting = frozenset(slot.waiting)
        self._news(slot)
        if self._slots.get(slot.project.folder) is slot:  # its folder has not gone
            self._found(slot.project, checked, waiting)

    @staticmethod
    def _news(slot: _Slot) -> None:
        news, slot.news = slot.news, asyncio.Event()
        news.set()

    async def settled(
        self, path: str | None = None, project: Project | None = None, *, soon: bool = False
    ) -> Checked | None:
        """What was found in the texts as they are now, in a file (absolute) or in a whole project; None where the check
        fails. It is waited for. `soon`: what is foreseen will do."""
        slot = self._slots.get(project.folder) if project is not None else self._slot_of(path or "")
        if slot is None:
            return None  # its folder has gone
        if slot.done == -1 and slot.task is None:
            self._touch(slot)
        if path is not None:
            slot.waiting.append(path)
        try:
            while True:
                checked, now = slot.latest if soon else slot.project.checked, slot.project.generation
                if checked is not None and checked.generation == now:
                    if checked.only is None or path in checked.only:
                        return checked
                if slot.done == now:
                    return checked
                slot.hurry.set()
                if path not in self.buffers:  # what is open is checked first
                    slot.project.wake.set()
                await slot.news.wait()
        finally:
            if path is not None:
                slot.waiting.remove(path)

    def end(self) -> None:
        """The server ends."""
        self._garbage.wait()
        for slot in self._slots.values():
            self._call_off(slot)
        self._pool.shutdown(wait=False, cancel_futures=True)


def path_of(uri: str) -> str | None:
    """The absolute path of a file, or None for what is none: a new text without a name, an output, a cell."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return os.path.abspath(path) if path is not None else None
