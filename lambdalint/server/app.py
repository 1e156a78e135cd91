"""The language server as the protocol sees it: what it can do, and who does it."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from lambdalint import __version__
from lambdalint.contracts import EventSource
from lambdalint.engine import functions_of
from lambdalint.finding import Position, Span
from lambdalint.report.functions import as_json
from lambdalint.server.actions import (
    Able,
    edits_of,
    workspace_edit,
)
from lambdalint.server.desk import Desk, path_of
from lambdalint.server.diagnostics import diagnostics, uri_of
from lambdalint.server.known import Known, declared_at, known_in, told
from lambdalint.server.project import Checked, Options, Project, lines_of
from lambdalint.server.texts import position_in, range_of
from lambdalint.work import InternalError

#: What of the project decides what is found: its code, what describes deployments, settings, requirements.
_WATCHED = "**/*.{py,yaml,yml,json,toml,tf,tfvars,txt,cfg,ini,lock}"
_WATCHED_BY_NAME = "**/{Dockerfile*,*.Dockerfile,Pipfile,.gitignore}"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """A position in an open text (absolute path), and what was found in it."""

    checked: Checked
    path: str
    lines: list[str]
    at: Position

    def function(self) -> Known | None:
        """The function whose name, or whose handler string, stands there."""
        for known in known_in(self.checked, self.path):
            if known.span.start <= self.at <= known.span.end:
                return known
        return declared_at(self.checked, self.path, self.at)


class _Protocol(LanguageServerProtocol):
    """pygls' own, but that it keeps no texts: its lines end where Python's `splitlines` ends them."""

    _server: Server

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        self._server.desk.open(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self._server.desk.change(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._server.desk.close(params.text_document.uri)


class Server(LanguageServer):
    """One server, for one client."""

    def __init__(self, options: Options) -> None:
        super().__init__("lambdalint", __version__, protocol_cls=_Protocol)
        self.desk = Desk(options, self._found, self._failed)
        self.pulls = False  # the client asks for diagnostics, and is not sent them
        self.scope = "project"
        self.senders: dict[str, dict[str, list[EventSource]]] = {}  # by the file: of its handlers, by their names
        self._lenses: dict[str, list[str]] = {}  # by the file: what its lenses say
        self._shown: dict[str, str] = {}  # by the file: what the client was last told, as text
        self._of: dict[str, Project] = {}  # by the file: whose word that was
        self._told: set[tuple[str, str]] = set()  # internal errors

    # -- the client ----------------------------------------------------------------------------------------------

    def begin(self, params: types.InitializeParams) -> None:
        """Learn what the client can do and where it works."""
        able = params.capabilities
        self.pulls = able.text_document is not None and able.text_document.diagnostic is not None
        self.desk.encoding = str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))
        self.configure(params.initialization_options)
        if isinstance(params.initialization_options, dict) and params.initialization_options.get("plugins") is True:
            self.desk.options = replace(self.desk.options, plugins=True)  # the client says that it trusts what is open
        self._folders = [folder.uri for folder in params.workspace_folders or ()]
        if not self._folders and self.workspace.root_uri is not None:
            self._folders = [self.workspace.root_uri]

    async def start(self) -> None:
        """The client is ready: check what there is, and be told of changes on disk."""
        for uri in self._folders:
            self.add_folder(uri)
        able = self.client_capabilities.workspace
        watch = able.did_change_watched_files if able is not None else None
        if watch is not None and watch.dynamic_registration:
            watchers = [types.FileSystemWatcher(glob_pattern=glob) for glob in (_WATCHED, _WATCHED_BY_NAME)]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
            wanted = types.Registration("watched", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            try:
                await self.client_register_capability_async(types.RegistrationParams([wanted]))
            except JsonRpcException as error:
                _log.warning("the client does not tell of changed files: %s", error)

    def configure(self, options: Any) -> None:
        """Take in what the client was set to. What is not understood is passed over."""
        if not isinstance(options, dict):
            return
        pause = options.get("debounce")
        if isinstance(pause, (int, float)) and not isinstance(pause, bool) and 0 <= pause <= 60_000:
            self.desk.pause = pause / 1000
        if options.get("run") in ("onType", "onSave"):
            self.desk.on_save = options["run"] == "onSave"
        if options.get("scope") in ("project", "open"):
            self.scope = options["scope"]

    def add_folder(self, uri: str) -> None:
        """A folder of the workspace has come."""
        path = path_of(uri)
        if path is not None:
            self.desk.add(path)

    def remove_folder(self, uri: str) -> None:
        """It has gone, and what was found in it."""
        path = path_of(uri)
        project = self.desk.remove(path) if path is not None else None
        for file in [file for file, of in self._of.items() if of is project]:
            self._show(file, [], None)

    # -- what is found -------------------------------------------------------------------------------------------

    @property
    def uris(self) -> dict[str, str]:
        """The open texts' addresses as the client writes them, by their paths."""
        return {path: buffer.uri for path, buffer in self.desk.buffers.items()}

    def _found(self, project: Project, checked: Checked, waiting: frozenset[str]) -> None:
        """A check has ended."""
        self._tell(checked.report.errors)
        if not checked.foreseen:
            self._learn(checked)
        if checked.wrong is not None and checked.wrong.span is None:
            self._say("the settings are not obeyed", str(checked.wrong))
        found = {
            path: items
            for path, items in diagnostics(checked, self.desk.encoding, self.uris).items()
            if self.desk.project_of(path) is project and (self.scope == "project" or path in self.desk.buffers)
        }
        if self.pulls:
            self._refresh(found, checked, waiting)
            return
        for path in checked.versions.keys() & self.desk.buffers.keys():  # of these the client is told of nothing, too
            if self.desk.project_of(path) is project and (checked.only is None or path in checked.only):
                found.setdefault(path, [])
        for path, items in found.items():
            self._show(path, items, project, checked.versions.get(path))
        for path, of in list(self._of.items()):
            if of is project and path not in found and (checked.only is None or path in checked.only):
                self._show(path, [], None)

    def _learn(self, checked: Checked) -> None:
        """Remember who sends the events of the handlers in open texts, and have a client ask anew for its lenses where
        that has changed."""
        before = dict(self._lenses)
        for path in self.desk.buffers:
            known = list(known_in(checked, path))
            if known:  # while a line is typed the file is no Python: what was known before holds
                self.senders[path] = {one.entry.function.attribute: one.senders for one in known}
                self._lenses[path] = [told(each) for one in known for each in one.deployments]
        able = self.client_capabilities.workspace
        lenses = able.code_lens if able is not None else None
        if lenses is not None and lenses.refresh_support:
            if any(path in before and before[path] != now for path, now in self._lenses.items()):
                self.workspace_code_lens_refresh(None)

    def _failed(self, project: Project, error: Exception) -> None:
        """A check has ended by an exception, which is lambdalint's own fault."""
        self._say(f"checking {project.folder} failed", f"{type(error).__name__}: {error}")

    def _show(
        self, path: str, items: list[types.Diagnostic], project: Project | None, version: int | None = None
    ) -> None:
        """Send what was found in a file, unless the client has that; in an open one with the version that was
        checked, for it may have been edited meanwhile."""
        buffer = self.desk.buffers.get(path)
        told = f"{version} {items}"
        if self._shown.get(path, "" if items or buffer else told) == told:
            return
        if project is None and buffer is None:
            self._shown.pop(path, None)
        else:
            self._shown[path] = told
        if project is None:
            self._of.pop(path, None)
        else:
            self._of[path] = project
        uri = buffer.uri if buffer is not None else uri_of(path)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, items, version))

    def _refresh(self, found: dict[str, list[types.Diagnostic]], checked: Checked, waiting: frozenset[str]) -> None:
        """Have a client that asks by itself ask anew, where what it knows of another file than it asks for is old."""
        if not self._asks_again:
            return
        old = [
            path
            for path, told in self._shown.items()
            if path not in waiting
            and (checked.only is None or path in checked.only)
            and told != str(found.get(path, []))
        ]
        if old:
            for path in old:
                del self._shown[path]
            self.workspace_diagnostic_refresh(None)

    @property
    def _asks_again(self) -> bool:
        """Whether the client asks anew when it is told to."""
        able = self.client_capabilities.workspace
        return able is not None and able.diagnostics is not None and bool(able.diagnostics.refresh_support)

    async def pulled(self, path: str) -> list[types.Diagnostic]:
        """What is found in a file, as the client asks for it."""
        checked = await self.desk.settled(path, soon=self._asks_again)
        if checked is None:
            return []
        items = diagnostics(checked, self.desk.encoding, self.uris).get(path, [])
        self._shown[path] = str(items)
        return items

    async def resolved(self, action: types.CodeAction) -> types.CodeAction:
        """An action with its edit."""
        uri = action.data.get("uri") if isinstance(action.data, dict) else None
        path = path_of(uri) if isinstance(uri, str) else None
        buffer = self.desk.buffers.get(path or "")
        if buffer is None or action.edit is not None:
            return action
        project = self.desk.project_of(buffer.path)
        version, texts = buffer.version, {one.path: one.data for one in self.desk.buffers.values()}
        work = partial(edits_of, project, texts, buffer, action.data, self.desk.encoding)
        edits = await self.desk.call(work)
        if edits and buffer.version == version:
            action.edit = workspace_edit(buffer, edits, Able.of(self.client_capabilities))
        return action

    # -- what is asked of it -------------------------------------------------------------------------------------

    async def place(self, uri: str, position: types.Position) -> Place | None:
        """Where in which text somebody asks, and what was found in that."""
        path = path_of(uri)
        buffer = self.desk.buffers.get(path or "")
        checked = await self.desk.settled(path) if buffer is not None else None
        if buffer is None or checked is None:
            return None
        at = position_in(position, buffer.lines, self.desk.encoding)
        return Place(checked, buffer.path, buffer.lines, at)

    def location(self, checked: Checked, span: Span) -> types.Location:
        """A place of a file of the project."""
        path = checked.report.at(span.path)
        buffer = self.desk.buffers.get(path)
        lines = buffer.lines if buffer is not None else lines_of(checked, path)
        return types.Location(
            buffer.uri if buffer is not None else uri_of(path), range_of(span, lines, self.desk.encoding)
        )

    def target(self, checked: Checked, span: Span) -> list[Any]:
        """The same, for a command."""
        found = self.location(checked, span)
        return [found.uri, found.range.start.line, found.range.start.character]

    async def functions(self, project: Project) -> list[Any]:
        """What is understood of each function of a project, as `lambdalint functions` has it; the paths absolute."""
        texts = {one.path: one.data for one in self.desk.buffers.values()}
        work = partial(functions_of, [project.folder], project.settings, held=texts, folder=project.folder)
        found, _ = await self.desk.call(work)
        listed: list[Any] = json.loads(as_json(found))
        for one in listed:
            for holder, key in ((one, "path"), (one["declared"], "filename")):
                if holder is not None and holder[key] is not None:
                    holder[key] = os.path.join(project.folder, holder[key])
        return listed

    # -- what is told --------------------------------------------------------------------------------------------

    def _tell(self, errors: tuple[InternalError, ...]) -> None:
        """Tell of faults of lambdalint's own, or of a plug-in's: each once."""
        for error in errors:
            if (error.where, error.message) in self._told:
                continue
            self._told.add((error.where, error.message))
            _log.error("%s: %s failed: %s\n%s", error.kind, error.where, error.message, error.traceback)
            said = f"lambdalint: {error.kind}: {error.where} failed on {error.path}: {error.message}"
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, f"{said}\n{error.traceback}"))
            what = f"{said}. All else was checked; the log has the traceback."
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, what))

    def _say(self, what: str, why: str) -> None:
        """Tell of something that is wrong, once."""
        if (what, why) not in self._told:
            self._told.add((what, why))
            text = f"lambdalint: {what}: {why}"
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, text))
