"""The language server as the protocol sees it: what it can do, and who does it."""

from __future__ import annotations

import logging
import os
import sys
from functools import partial
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from lambdalint import __version__
from lambdalint.pages import HOME
from lambdalint.server.actions import (
    FIX_FILE,
    KINDS,
    OPEN_PAGE,
    Able,
    Asked,
    actions,
    edits_of,
    workspace_edit,
)
from lambdalint.server.desk import Desk, path_of
from lambdalint.server.diagnostics import diagnostics, uri_of
from lambdalint.server.project import Checked, Options, Project
from lambdalint.work import InternalError

#: What of the project decides what is found: its code, what describes deployments, settings, requirements.
_WATCHED = "**/*.{py,yaml,yml,json,toml,tf,tfvars,txt,cfg,ini,lock}"
_WATCHED_BY_NAME = "**/{Dockerfile*,*.Dockerfile,Pipfile,.gitignore}"

_log = logging.getLogger(__name__)


class _Protocol(LanguageServerProtocol):
    """pygls' own, but that it keeps no texts: its lines end where Python's `splitlines` ends them."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        self._server.desk.open(params.text_document)  # type: ignore[attr-defined]

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self._server.desk.change(params)  # type: ignore[attr-defined]

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._server.desk.close(params.text_document.uri)  # type: ignore[attr-defined]


class Server(LanguageServer):
    """One server, for one client."""

    def __init__(self, options: Options) -> None:
        super().__init__("lambdalint", __version__, protocol_cls=_Protocol)
        self.desk = Desk(options, self._found)
        self.pulls = False  # the client asks for diagnostics, and is not sent them
        self.scope = "project"
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
        """Take in what the client was set to. What is not understood is passed over, and told in the log."""
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
        for path in self.desk.buffers:  # of an open text the client is told that nothing was found
            if self.desk.project_of(path) is project and (checked.only is None or path in checked.only):
                found.setdefault(path, [])
        for path, items in found.items():
            self._show(path, items, project)
        for path, of in list(self._of.items()):
            if of is project and path not in found and (checked.only is None or path in checked.only):
                self._show(path, [], None)

    def _show(self, path: str, items: list[types.Diagnostic], project: Project | None) -> None:
        """Send what was found in a file, unless the client has that; an open one's with its version."""
        buffer = self.desk.buffers.get(path)
        version = buffer.version if buffer is not None else None
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
        able = self.client_capabilities.workspace
        if able is None or able.diagnostics is None or not able.diagnostics.refresh_support:
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

    async def pulled(self, path: str) -> list[types.Diagnostic]:
        """What is found in a file, as the client asks for it."""
        checked = await self.desk.settled(path)
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


def serve(options: Options) -> None:
    """Serve one client over standard input and output, until it ends that. What anything else prints goes to standard
    error: among the messages it would break them."""
    stream = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    server(options).start_io(sys.stdin.buffer, stream)


def server(options: Options) -> Server:
    """A server that can do all that it can."""
    found = Server(options)

    @found.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        found.begin(params)

    @found.feature(types.INITIALIZED)
    async def initialized(params: types.InitializedParams) -> None:
        await found.start()

    @found.feature(types.SHUTDOWN)
    def shutdown(*params: object) -> None:
        found.desk.end()

    @found.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None:
            found.desk.changed([path])

    @found.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files(params: types.DidChangeWatchedFilesParams) -> None:
        paths = [path for one in params.changes if (path := path_of(one.uri)) is not None]
        found.desk.changed(path for path in paths if path not in found.desk.buffers)

    @found.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configured(params: types.DidChangeConfigurationParams) -> None:
        settings = params.settings
        found.configure(settings.get("lambdalint", settings) if isinstance(settings, dict) else None)
        found.desk.again()

    @found.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        for folder in params.event.removed:
            found.remove_folder(folder.uri)
        for folder in params.event.added:
            found.add_folder(folder.uri)

    @found.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="lambdalint"),
    )
    async def diagnostic(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        path = path_of(params.text_document.uri)
        items = await found.pulled(path) if path is not None and path in found.desk.buffers else []
        name = result_id(items)
        if name == params.previous_result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(name)
        return types.RelatedFullDocumentDiagnosticReport(items=items, result_id=name)

    @found.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=list(KINDS), resolve_provider=True)
    )
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        path = path_of(params.text_document.uri)
        checked = await found.desk.settled(path) if path in found.desk.buffers else None
        buffer = found.desk.buffers.get(path or "")
        if checked is None or buffer is None:
            return []
        able = Able.of(found.client_capabilities)
        asked = Asked(checked, buffer, params.range, params.context, found.desk.encoding, able)
        given = list(actions(asked))
        if not able.resolves:
            given = [await found.resolved(one) for one in given]
        return given

    @found.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        return await found.resolved(action)

    @found.command(OPEN_PAGE)
    async def open_page(address: str) -> None:
        if address.startswith(HOME):
            await found.window_show_document_async(types.ShowDocumentParams(address, external=True))

    @found.command(FIX_FILE)
    async def fix_file(uri: str) -> None:
        action = await found.resolved(types.CodeAction("", data={"uri": uri}))
        if action.edit is not None:
            edit = types.ApplyWorkspaceEditParams(action.edit, label="lambdalint: fix all that is safe")
            await found.workspace_apply_edit_async(edit)

    @found.feature(types.WORKSPACE_DIAGNOSTIC)
    async def all_diagnostics(params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        before = {path_of(one.uri): (one.uri, one.value) for one in params.previous_result_ids}
        reports: list[types.WorkspaceDocumentDiagnosticReport] = []
        for project in found.desk.projects:
            checked = await found.desk.settled(project=project)
            if checked is None or found.scope == "open":
                continue
            items = diagnostics(checked, found.desk.encoding, found.uris)
            known = {path for path in before if path is not None and found.desk.project_of(path) is project}
            for path in sorted(items.keys() | known):
                reports.append(_report(found, path, items.get(path, []), before.get(path, ("", ""))[1]))
        return types.WorkspaceDiagnosticReport(items=reports)

    return found


def _report(
    found: Server, path: str, items: list[types.Diagnostic], before: str
) -> types.WorkspaceDocumentDiagnosticReport:
    buffer = found.desk.buffers.get(path)
    uri, version = (buffer.uri, buffer.version) if buffer is not None else (uri_of(path), None)
    name = result_id(items)
    if name == before:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(uri=uri, result_id=name, version=version)
    return types.WorkspaceFullDocumentDiagnosticReport(uri=uri, items=items, result_id=name, version=version)


def result_id(items: list[types.Diagnostic]) -> str:
    """What tells these diagnostics from others, in one run of the server and the next."""
    import hashlib

    return hashlib.sha1(str(items).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
