"""The language server, as VS Code and Neovim use it: the real one, in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

pytest.importorskip("pygls")
pytest.importorskip("pytest_lsp")

from lsprotocol import types

from .editor import NEOVIM, VSCODE, Editor, editor

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
BAD = 'def handler(event, context):\n    return {"statusCode": 200, "body": {"a": 1}}\n'
ODD = 'def handler(event, context):\r\n\tname = "𝄞é"; return {"statusCode": 200, "body": {name: 1}}\r\n'
GOOD = 'def handler(event, context):\n    return {"statusCode": 200, "body": "{}"}\n'

PROFILES = pytest.mark.parametrize("profile", [VSCODE, NEOVIM])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    (tmp_path / "app.py").write_text(GOOD)
    return tmp_path


def session(work: Callable[..., Awaitable[None]], *folders: Path, **options: object) -> None:
    async def run() -> None:
        async with editor(*folders, **options) as found:  # type: ignore[arg-type]
            await work(found)

    asyncio.run(run())


@PROFILES
def test_a_fault_appears_as_it_is_typed_and_goes_with_its_fix(project: Path, profile: str) -> None:
    async def work(found: Editor) -> None:
        found.open("app.py")
        assert await found.codes("app.py") == []
        found.replace("app.py", BAD)
        (fault,) = await found.diagnostics("app.py")
        assert (fault.code, fault.source, fault.severity) == ("LL301", "lambdalint", types.DiagnosticSeverity.Error)
        assert (fault.range.start.line, fault.range.start.character, fault.range.end.character) == (1, 39, 47)
        assert fault.code_description is not None
        assert fault.code_description.href.endswith("rules/LL301-body-not-string.md")
        (fix, *_) = await found.actions("app.py", [fault])
        assert (fix.title, fix.kind, fix.is_preferred) == ("Wrap `body` in `json.dumps`", "quickfix", True)
        assert fix.edit is not None
        found.apply(fix.edit)
        assert found.buffers["app.py"].text == ("import json\n\n\n" + BAD.replace('{"a": 1}', 'json.dumps({"a": 1})'))
        assert await found.codes("app.py") == []

    session(work, project, profile=profile)


@pytest.mark.parametrize(
    ("encodings", "start", "end"),
    [([], 50, 59), (["utf-16"], 50, 59), (["utf-8"], 53, 62), (["utf-32", "utf-16"], 49, 58)],
)
def test_positions_count_as_was_agreed(project: Path, encodings: list[str], start: int, end: int) -> None:
    async def work(found: Editor) -> None:
        found.open("app.py", ODD)
        (fault,) = await found.diagnostics("app.py")
        assert (fault.range.start.character, fault.range.end.character) == (start, end)
        insert = types.Position(1, start)
        found.change("app.py", types.TextDocumentContentChangePartial(types.Range(insert, insert), "str"))
        assert "str{name: 1}" in found.buffers["app.py"].text
        erase = types.Range(insert, types.Position(1, start + 3))
        found.change("app.py", types.TextDocumentContentChangePartial(erase, ""))
        (fault,) = await found.diagnostics("app.py")
        fix = (await found.actions("app.py", [fault]))[0]
        assert fix.edit is not None
        found.apply(fix.edit)
        text = found.buffers["app.py"].text
        assert text == "import json\r\n\r\n\r\n" + ODD.replace("{name: 1}", "json.dumps({name: 1})")
        assert await found.codes("app.py") == []

    session(work, project, encodings=encodings, profile=NEOVIM)
