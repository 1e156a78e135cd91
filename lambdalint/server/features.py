"""What the server can do, feature by feature of the protocol: each asks what was found, and answers in its types."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import Any

from lsprotocol import types

from lambdalint.pages import HOME
from lambdalint.server.actions import FIX_FILE, KINDS, OPEN_PAGE, Able, Asked, actions
from lambdalint.server.app import Server
from lambdalint.server.completion import Offer, offers
from lambdalint.server.desk import path_of
from lambdalint.server.diagnostics import diagnostics, uri_of
from lambdalint.server.hover import of_function, of_rule, rule_at
from lambdalint.server.known import declared_at, known_in, told, understood_of
from lambdalint.server.project import Options
from lambdalint.server.texts import position_in, range_of, units

#: Seconds after which the thread that checks lets the one go on that answers the client.
_TURN = 0.0005
#: Commands that the server executes, beside those of `actions`.
OPEN_FILE, FUNCTIONS = "lambdalint.server.openFile", "lambdalint.server.functions"


def serve(options: Options) -> None:
    """Serve one client over standard input and output, until it ends that. What anything else prints goes to standard
    error: among the messages it would break them."""
    sys.setswitchinterval(_TURN)
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
        if checked is None or buffer is None or checked.versions.get(buffer.path) != buffer.version:
            return []  # what was found stands elsewhere by now: it is checked when it is saved
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

    @found.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        place = await found.place(params.text_document.uri, params.position)
        if place is None:
            return None
        rule = rule_at(place.checked, place.path, place.lines, place.at)
        if rule is not None:
            return _shown(of_rule(rule))
        known = place.function()
        if known is None:
            return None
        understood = await found.desk.call(partial(understood_of, known))
        return _shown(of_function(known, understood, place.checked))

    @found.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=False))
    async def code_lens(params: types.CodeLensParams) -> list[types.CodeLens]:
        path = path_of(params.text_document.uri)
        checked = await found.desk.settled(path) if path in found.desk.buffers else None
        buffer = found.desk.buffers.get(path or "")
        if checked is None or buffer is None:  # it was closed meanwhile
            return []
        return [
            types.CodeLens(
                range_of(known.span, buffer.lines, found.desk.encoding),
                types.Command(told(one), command=OPEN_FILE, arguments=found.target(checked, one.place.span())),
            )
            for known in known_in(checked, buffer.path)
            for one in known.deployments
        ]

    @found.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location]:
        place = await found.place(params.text_document.uri, params.position)
        known = declared_at(place.checked, place.path, place.at) if place is not None else None
        return [found.location(place.checked, known.span)] if place is not None and known is not None else []

    @found.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location]:
        place = await found.place(params.text_document.uri, params.position)
        known = place.function() if place is not None else None
        if place is None or known is None:
            return []
        handlers = [(one.wrapper or one.handler) for one in known.deployments]
        spans = [fact.place.span() for fact in handlers if fact is not None]
        if params.context.include_declaration:
            spans.insert(0, known.span)
        return [found.location(place.checked, span) for span in dict.fromkeys(spans)]

    @found.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=['"', "'", "."], resolve_provider=False),
    )
    async def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        path = path_of(params.text_document.uri)
        buffer = found.desk.buffers.get(path or "")
        if buffer is None:
            return []
        senders = found.senders.get(buffer.path, {})
        at = position_in(params.position, buffer.lines, found.desk.encoding)
        return [_item(offer, params.position, found.desk.encoding) for offer in offers(buffer.lines, at, senders)]

    @found.command(OPEN_FILE)
    async def open_file(uri: str, line: int, character: int) -> None:
        if path_of(uri) is not None:
            start = types.Position(line, character)
            show = types.ShowDocumentParams(uri, take_focus=True, selection=types.Range(start, start))
            await found.window_show_document_async(show)

    @found.command(FUNCTIONS)
    async def functions() -> list[Any]:
        return [one for project in found.desk.projects for one in await found.functions(project)]

    @found.feature(types.WORKSPACE_DIAGNOSTIC)
    async def all_diagnostics(params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        before = {path_of(one.uri): (one.uri, one.value) for one in params.previous_result_ids}
        reports: list[types.WorkspaceDocumentDiagnosticReport] = []
        for project in found.desk.projects:
            checked = await found.desk.settled(project=project)
            if checked is None:
                continue
            items = diagnostics(checked, found.desk.encoding, found.uris)
            if found.scope == "open":  # what the client had of others before goes
                items = {path: those for path, those in items.items() if path in found.desk.buffers}
            known = {path for path in before if path is not None and found.desk.project_of(path) is project}
            for path in sorted(items.keys() | known):
                reports.append(_report(found, path, items.get(path, []), before.get(path, ("", ""))[1]))
        return types.WorkspaceDiagnosticReport(items=reports)

    return found


def _shown(text: str) -> types.Hover:
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text))


def _item(offer: Offer, at: types.Position, encoding: str) -> types.CompletionItem:
    start = types.Position(at.line, at.character - units(offer.typed, encoding))
    kind = types.CompletionItemKind.Method if offer.kind == "method" else types.CompletionItemKind.Field
    return types.CompletionItem(
        offer.label, kind=kind, detail=offer.detail, text_edit=types.TextEdit(types.Range(start, at), offer.label)
    )


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
