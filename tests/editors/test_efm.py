"""efm-langserver itself, with the settings that editors/README.md offers for it: what it tells a language client of
texts that are not saved.

It counts columns in characters, so this handler is one in ASCII.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import subprocess
from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import client_capabilities, make_test_lsp_client

from tests.editor import NEOVIM, PATIENCE, TEMPLATE
from tests.editors.project import offered, write_project

BAD = 'def handler(event, context):\n    return {"statusCode": 200, "body": {"name": 1}}\n'
COLUMN = BAD.split("\n")[1].index('{"name')
UNUSED = 'def handler(event, context):\n    name = 1\n    return {"statusCode": 200, "body": "{}"}\n'


async def _told(project: Path, settings: Path, environment: dict[str, str], *texts: tuple[str, str]) -> list[str]:
    """What is found in texts, opened one after another."""
    client = make_test_lsp_client()
    told: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
    client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = told.put_nowait
    await client.start_io("efm-langserver", "-c", str(settings), env=environment)
    capabilities = client_capabilities(NEOVIM)
    await client.initialize_session(types.InitializeParams(capabilities=capabilities, root_uri=project.as_uri()))
    found = []
    for name, text in texts:
        kind = "yaml" if name.endswith(".yaml") else "python"
        item = types.TextDocumentItem((project / name).as_uri(), kind, 1, text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        for one in (await asyncio.wait_for(told.get(), PATIENCE)).diagnostics:
            at = one.range.start
            found.append(f"{name}:{at.line}:{at.character} {one.source} {one.severity.name} {one.message.split()[0]}")
        client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(item.uri)))
    with contextlib.suppress(RuntimeError):  # it leaves without an answer when it is told to shut down
        await asyncio.wait_for(client.shutdown_session(), PATIENCE)
    return found


@pytest.mark.skipif(shutil.which("efm-langserver") is None, reason="efm-langserver is not here")
def test_efm_tells_what_is_found_in_handlers_and_templates(tmp_path: Path) -> None:
    project, settings = tmp_path / "my orders", tmp_path / "config.yaml"
    environment = write_project(project)
    settings.write_text(offered("efm", "yaml"))
    (project / "lambdalint.toml").write_text('fail-on = "error"\n')
    elsewhere = TEMPLATE.replace("app.handler", "app.nothing")
    texts = (("app.py", BAD), ("app.py", UNUSED), ("template.yaml", elsewhere))
    assert asyncio.run(_told(project, settings, environment, *texts)) == [
        f"app.py:1:{COLUMN} lambdalint Warning LL301",
        "app.py:1:4 lambdalint Warning F841",
        "template.yaml:5:15 lambdalint Warning LL003",
    ]
    version = subprocess.run(["efm-langserver", "-v"], capture_output=True, text=True, check=True).stdout
    print(version.strip())
