"""An editor as the language server sees it: pytest-lsp's client, with the capabilities of a real one."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

from lambdalint.server.texts import Buffer

REPOSITORY = Path(__file__).parent.parent
VSCODE, NEOVIM = "visual-studio-code", "neovim@v0.11.0"
#: Longer than anything may take, and shorter than a person waits for a test that hangs.
PATIENCE = 30

#: Of a project with one handler, app.py, that answers HTTP requests.
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      CodeUri: .
      Events: {Api: {Type: Api, Properties: {Path: /orders, Method: get}}}
"""


class Editor:
    """The client, and its own copy of each open text."""

    def __init__(self, client: LanguageClient, folder: Path, encoding: str) -> None:
        self.client, self.folder, self.encoding = client, folder, encoding
        self.buffers: dict[str, Buffer] = {}
        self.pulls = False
        self.sent: dict[str, types.PublishDiagnosticsParams] = {}
        self.news = asyncio.Event()
        client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = self._take

    def _take(self, params: types.PublishDiagnosticsParams) -> None:
        self.sent[params.uri] = params
        self.news.set()

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str | None = None, language: str = "python") -> None:
        if text is None:
            text = (self.folder / name).read_bytes().decode()
        self.buffers[name] = Buffer(self.uri(name), str(self.folder / name), text, 1, self.encoding)
        item = types.TextDocumentItem(self.uri(name), language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, name: str, *changes: types.TextDocumentContentChangeEvent, version: int | None = None) -> None:
        buffer = self.buffers[name]
        buffer.version = version or buffer.version + 1
        for change in changes:
            buffer.change(change)
        identifier = types.VersionedTextDocumentIdentifier(uri=self.uri(name), version=buffer.version)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, list(changes)))

    def replace(self, name: str, text: str) -> None:
        self.change(name, types.TextDocumentContentChangeWholeDocument(text))

    def close(self, name: str) -> None:
        del self.buffers[name]
        identifier = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(identifier))

    async def diagnostics(self, name: str) -> list[types.Diagnostic]:
        """Those of a text as it is now, when all are found: some are told before functions are run. Lenses wait for
        that too."""
        if name in self.buffers:
            asked = types.CodeLensParams(types.TextDocumentIdentifier(self.uri(name)))
            await asyncio.wait_for(self.client.text_document_code_lens_async(asked), PATIENCE)
        if self.pulls:
            params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(self.uri(name)))
            report = await asyncio.wait_for(self.client.text_document_diagnostic_async(params), PATIENCE)
            return list(report.items)  # type: ignore[union-attr]
        buffer = self.buffers.get(name)
        while True:
            sent = self.sent.get(self.uri(name))
            if sent is not None and (buffer is None or sent.version == buffer.version):
                return list(sent.diagnostics)
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), PATIENCE)

    async def codes(self, name: str) -> list[str]:
        return sorted(str(one.code) for one in await self.diagnostics(name))

    async def actions(
        self, name: str, diagnostics: Sequence[types.Diagnostic], only: Sequence[str] | None = None
    ) -> list[types.CodeAction]:
        """What can be done about some diagnostics, each with its edit."""
        where = diagnostics[0].range if diagnostics else types.Range(types.Position(0, 0), types.Position(0, 0))
        context = types.CodeActionContext(list(diagnostics), list(only) if only is not None else None)
        params = types.CodeActionParams(types.TextDocumentIdentifier(self.uri(name)), where, context)
        found = await asyncio.wait_for(self.client.text_document_code_action_async(params), PATIENCE)
        # the client's own library takes an action that runs a command for a command
        kept = [one for one in found or [] if isinstance(one, types.CodeAction)]
        return [one if one.edit else await self.client.code_action_resolve_async(one) for one in kept]

    def apply(self, edit: types.WorkspaceEdit) -> None:
        """Make an edit, as the protocol has it: all places are those before it."""
        edits = {change.text_document.uri: change.edits for change in edit.document_changes or ()}  # type: ignore
        for uri, several in (edits or edit.changes or {}).items():
            (name,) = [name for name in self.buffers if self.uri(name) == uri]
            ordered = sorted(enumerate(several), key=lambda one: (_at(one[1].range.start), one[0]), reverse=True)
            self.change(name, *[types.TextDocumentContentChangePartial(one.range, one.new_text) for _, one in ordered])


def _at(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


@asynccontextmanager
async def editor(
    *folders: Path,
    profile: str = VSCODE,
    encodings: Sequence[str] | None = None,
    arguments: Sequence[str] = (),
    **options: Any,
) -> AsyncIterator[Editor]:
    """An editor that has folders open, with what it is set to."""
    client = make_test_lsp_client()
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    await client.start_io(sys.executable, "-m", "lambdalint", "server", *arguments, env=environment)
    able = client_capabilities(profile)
    if encodings is not None:
        able.general = able.general or types.GeneralClientCapabilities()
        able.general.position_encodings = list(encodings)
    params = types.InitializeParams(
        capabilities=able,
        workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name) for folder in folders],
        initialization_options={"debounce": 0, **options},
    )
    answer = await asyncio.wait_for(client.initialize_session(params), PATIENCE)
    agreed = answer.capabilities.position_encoding
    found = Editor(client, folders[0], str(getattr(agreed, "value", agreed) or "utf-16"))
    found.pulls = able.text_document is not None and able.text_document.diagnostic is not None
    try:
        yield found
    finally:
        await asyncio.wait_for(client.shutdown_session(), PATIENCE)
