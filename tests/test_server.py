"""The language server, as VS Code and Neovim use it: the real one, in a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

pytest.importorskip("pygls")
pytest.importorskip("pytest_lsp")

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from .editor import NEOVIM, TEMPLATE, VSCODE, Editor, editor

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


@PROFILES
def test_the_template_is_checked_too_and_what_is_typed_there_counts_for_the_handler(
    project: Path, profile: str
) -> None:
    async def work(found: Editor) -> None:
        found.open("app.py", BAD)
        found.open("template.yaml", language="yaml")
        assert (await found.codes("app.py"), await found.codes("template.yaml")) == (["LL301"], [])
        found.replace("template.yaml", TEMPLATE.replace("app.handler", "app.handle"))
        assert await found.codes("template.yaml") == ["LL003"]
        found.replace(
            "template.yaml", TEMPLATE.replace("{Type: Api, Properties: {Path: /orders, Method: get}}", "{Type: S3}")
        )
        assert (await found.codes("template.yaml"), await found.codes("app.py")) == ([], [])

    session(work, project, profile=profile)


@PROFILES
def test_a_helper_that_is_typed_decides_what_is_found_in_the_handler(project: Path, profile: str) -> None:
    (project / "helper.py").write_text("def body():\n    return '{}'\n")
    (project / "app.py").write_text(
        "from helper import body\n\n\ndef handler(event, context):\n    return {'statusCode': 200, 'body': body()}\n"
    )

    async def work(found: Editor) -> None:
        found.open("app.py")
        found.open("helper.py")
        assert await found.codes("app.py") == []
        found.replace("helper.py", "def body():\n    return {}\n")
        assert await found.codes("helper.py") == []
        while not await found.codes("app.py"):  # a client that is sent them waits for the news
            await asyncio.sleep(0.01)
        assert await found.codes("app.py") == ["LL301"]
        found.close("helper.py")  # what was typed is gone: the file on disk counts
        while await found.codes("app.py"):
            await asyncio.sleep(0.01)

    session(work, project, profile=profile)


def test_settings_count_as_they_are_typed_and_a_fault_in_them_is_shown_there(project: Path) -> None:
    (project / "lambdalint.toml").write_text("")

    async def work(found: Editor) -> None:
        found.open("app.py", BAD)
        found.open("lambdalint.toml", 'ignore = ["LL301"]\n', "toml")
        assert (await found.codes("app.py"), await found.codes("lambdalint.toml")) == ([], [])
        found.replace("lambdalint.toml", 'ignore = ["LL301"]\nselekt = []\n')
        (fault,) = await found.diagnostics("lambdalint.toml")
        assert (fault.range.start.line, fault.code) == (1, "settings")
        assert "select" in fault.message
        assert await found.codes("app.py") == []  # those before count while somebody is at work on them

    session(work, project)


def test_each_folder_has_its_settings(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "app.py").write_text(BAD.replace("def", "import os\n\n\ndef"))
    (other / "lambdalint.toml").write_text('select = ["F"]\n')

    async def work(found: Editor) -> None:
        found.open("app.py", BAD)
        assert await found.codes("app.py") == ["LL301"]
        found.folder = other
        found.open("app.py")
        assert await found.codes("app.py") == ["F401"]

    session(work, project, other)


def test_a_file_outside_of_every_folder_is_checked_by_itself(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "one.py").write_text("import os\n")

    async def work(found: Editor) -> None:
        found.folder = elsewhere
        found.open("one.py")
        assert await found.codes("one.py") == ["F401"]

    session(work, project)


def test_all_is_fixed_at_once_or_one_rule_alone_or_a_finding_silenced(project: Path) -> None:
    text = "import os\nimport sys\n\n\n" + BAD

    async def work(found: Editor) -> None:
        found.open("app.py", text)
        diagnostics = await found.diagnostics("app.py")
        assert sorted(str(one.code) for one in diagnostics) == ["F401", "F401", "LL301"]
        unused = [one for one in diagnostics if one.code == "F401"]
        assert [*(unused[0].tags or ())] == [types.DiagnosticTag.Unnecessary]
        titles = {one.title: one for one in await found.actions("app.py", unused[:1])}
        (everything,) = await found.actions("app.py", [], ["source.fixAll"])
        assert everything.kind == "source.fixAll.lambdalint"
        assert everything.edit is not None
        of_rule = titles["lambdalint: fix all of F401 in this file"]
        assert of_rule.edit is not None
        found.apply(of_rule.edit)
        assert found.buffers["app.py"].text == BAD
        (fault,) = await found.diagnostics("app.py")
        silence = next(one for one in await found.actions("app.py", [fault]) if one.title.startswith("Silence"))
        assert silence.edit is not None
        found.apply(silence.edit)
        assert found.buffers["app.py"].text == BAD.replace("}}\n", "}}  # noqa: LL301\n")
        assert await found.codes("app.py") == []
        found.replace("app.py", text)
        (everything,) = await found.actions("app.py", await found.diagnostics("app.py"), ["source.fixAll.lambdalint"])
        assert everything.edit is not None
        found.apply(everything.edit)
        assert await found.codes("app.py") == []
        assert "json.dumps" in found.buffers["app.py"].text

    session(work, project, profile=NEOVIM)


def test_hover_lens_and_links_tell_of_the_function(project: Path) -> None:
    def at(name: str, row: int, column: int) -> dict[str, object]:
        return {
            "text_document": types.TextDocumentIdentifier((project / name).as_uri()),
            "position": types.Position(row, column),
        }

    async def work(found: Editor) -> None:
        found.open("app.py", BAD)
        found.open("template.yaml", language="yaml")
        client = found.client
        (lens,) = await client.text_document_code_lens_async(types.CodeLensParams(at("app.py", 0, 0)["text_document"]))
        assert lens.command is not None
        assert lens.command.title == "API Gateway REST API GET /orders; python3.13"
        assert lens.range.start == types.Position(0, 4)
        hover = await client.text_document_hover_async(types.HoverParams(**at("app.py", 0, 6)))
        assert hover is not None
        for part in ("**Orders**", "`app.handler`", "python3.13", "template.yaml:3", "answers: `200`"):
            assert part in hover.contents.value, part
        page = await client.text_document_hover_async(types.HoverParams(**at("app.py", 1, 42)))
        assert page is not None
        assert page.contents.value.startswith("# LL301 body-not-string")
        row = TEMPLATE.split("\n").index("      Handler: app.handler")
        for name, line, column in (("template.yaml", row, 18),):
            (there,) = await client.text_document_definition_async(types.DefinitionParams(**at(name, line, column)))
            assert (there.uri, there.range.start) == ((project / "app.py").as_uri(), types.Position(0, 4))
        context = types.ReferenceContext(include_declaration=False)
        (back,) = await client.text_document_references_async(types.ReferenceParams(context, **at("app.py", 0, 6)))
        assert (back.uri, back.range.start) == ((project / "template.yaml").as_uri(), types.Position(row, 15))
        params = types.ExecuteCommandParams("lambdalint.server.functions")
        (listed,) = await client.workspace_execute_command_async(params)
        assert (listed["name"], listed["path"], listed["row"]) == ("Orders", str(project / "app.py"), 1)

    session(work, project)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('    event["', {"httpMethod", "body", "headers", "requestContext"}),
        ('    event.get("pa', {"path", "pathParameters"}),
        ("    event['requestContext']['", {"identity", "stage", "accountId"}),
        ("    context.", {"aws_request_id", "get_remaining_time_in_millis"}),
        ('    return {"', {"statusCode", "headers", "body", "isBase64Encoded"}),
        ('    return {"statusCode": 200, "', {"body"}),
    ],
)
def test_keys_of_the_event_and_of_the_answer_are_offered(project: Path, line: str, expected: set[str]) -> None:
    async def work(found: Editor) -> None:
        found.open("app.py")
        await found.codes("app.py")
        found.replace("app.py", f"def handler(event, context):\n{line}")
        identifier = types.TextDocumentIdentifier(found.uri("app.py"))
        params = types.CompletionParams(identifier, types.Position(1, len(line)))
        offered = await found.client.text_document_completion_async(params)
        assert expected <= {one.label for one in offered}  # type: ignore[union-attr]

    session(work, project)


def test_of_what_is_old_or_not_open_the_server_makes_nothing(project: Path) -> None:
    async def work(found: Editor) -> None:
        found.open("app.py")
        uri = found.uri("app.py")
        client = found.client
        gone = types.VersionedTextDocumentIdentifier(uri=found.uri("gone.py"), version=3)
        whole = types.TextDocumentContentChangeWholeDocument("import os\n")
        client.text_document_did_change(types.DidChangeTextDocumentParams(gone, [whole]))
        client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(found.uri("gone.py")))
        )
        old = types.VersionedTextDocumentIdentifier(uri=uri, version=0)
        client.text_document_did_change(types.DidChangeTextDocumentParams(old, [whole]))
        far = types.Range(types.Position(50, 70), types.Position(90, 2))
        found.change("app.py", types.TextDocumentContentChangePartial(far, "# end\n"))
        assert found.buffers["app.py"].text == GOOD + "# end\n"
        assert await found.codes("app.py") == []
        closed = types.TextDocumentIdentifier(found.uri("gone.py"))
        assert await client.text_document_hover_async(types.HoverParams(closed, types.Position(9, 9))) is None
        asked = types.CodeActionParams(closed, far, types.CodeActionContext([]))
        assert not await client.text_document_code_action_async(asked)
        other = types.TextDocumentItem("untitled:Untitled-1", "python", 1, "import os\n")
        client.text_document_did_open(types.DidOpenTextDocumentParams(other))
        found.replace("app.py", BAD)
        assert await found.codes("app.py") == ["LL301"]

    session(work, project)


def test_a_fault_of_lambdalint_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from lambdalint.server.features import server
    from lambdalint.server.project import Options
    from lambdalint.work import InternalError

    found = server(Options())
    shown: list[str] = []
    logged: list[str] = []
    monkeypatch.setattr(found, "window_show_message", lambda params: shown.append(params.message))
    monkeypatch.setattr(found, "window_log_message", lambda params: logged.append(params.message))
    error = InternalError("rule LL202 return-not-serializable", "app.py", "KeyError: 'x'", "Traceback: ...")
    found._tell((error, error))
    found._tell((error,))
    (message,), (log,) = shown, logged
    assert "rule LL202 return-not-serializable failed on app.py: KeyError: 'x'" in message
    assert log.endswith("Traceback: ...")


def test_lenses_follow_the_template(project: Path) -> None:
    async def work(found: Editor) -> None:
        found.open("app.py")
        found.open("template.yaml", language="yaml")
        await found.codes("app.py")
        params = types.CodeLensParams(types.TextDocumentIdentifier(found.uri("app.py")))
        queue = "{Q: {Type: SQS, Properties: {Queue: q, FunctionResponseTypes: [ReportBatchItemFailures]}}}"
        found.replace(
            "template.yaml", TEMPLATE.replace("{Api: {Type: Api, Properties: {Path: /orders, Method: get}}}", queue)
        )
        (lens,) = await found.client.text_document_code_lens_async(params)  # type: ignore[misc]
        assert lens.command is not None
        assert lens.command.title == "SQS queue, batch 10, ReportBatchItemFailures; python3.13"

    session(work, project)


def test_without_what_it_needs_the_command_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    from lambdalint.cli import main

    for name in [one for one in sys.modules if one.startswith("lambdalint.server")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pygls", None)
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    assert main(["server"]) == 2
    assert 'pip install "lambdalint[server]"' in capsys.readouterr().err


@PROFILES
def test_a_request_may_be_cancelled_and_others_are_answered(project: Path, profile: str) -> None:
    async def work(found: Editor) -> None:
        found.open("app.py", BAD)
        identifier = types.TextDocumentIdentifier(found.uri("app.py"))
        params = types.HoverParams(identifier, types.Position(0, 6))
        protocol = found.client.protocol
        for number in range(5):
            found.replace("app.py", f"{BAD}# {number}\n")
            request = protocol.send_request("textDocument/hover", params, msg_id=f"cancelled-{number}")
            found.client.cancel_request(types.CancelParams(f"cancelled-{number}"))
            with contextlib.suppress(JsonRpcException):
                await asyncio.wait_for(asyncio.wrap_future(request), 30)
        assert await found.codes("app.py") == ["LL301"]
        assert await found.client.text_document_hover_async(params) is not None

    session(work, project, profile=profile)


def test_what_was_found_in_a_folder_goes_with_it_and_comes_again(project: Path) -> None:
    (project / "app.py").write_text(BAD)

    async def told(found: Editor, expected: list[str]) -> None:
        while await found.codes("app.py") != expected:
            await asyncio.sleep(0.01)

    async def work(found: Editor) -> None:
        await told(found, ["LL301"])  # nothing is open: all of the folder is checked
        folder = types.WorkspaceFolder(project.as_uri(), "project")
        gone = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder])
        found.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(gone))
        await told(found, [])
        back = types.WorkspaceFoldersChangeEvent(added=[folder], removed=[])
        found.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(back))
        await told(found, ["LL301"])

    session(work, project)


def test_where_it_runs_on_save_what_is_typed_is_checked_once_it_is_saved(project: Path) -> None:
    async def work(found: Editor) -> None:
        found.open("app.py", "import os\n\n\n" + GOOD)
        unused = await found.diagnostics("app.py")
        assert [one.code for one in unused] == ["F401"]
        found.replace("app.py", BAD)
        assert await found.actions("app.py", unused) == []  # it stands elsewhere by now, or nowhere
        assert found.sent[found.uri("app.py")].version == 1
        identifier = types.TextDocumentIdentifier(found.uri("app.py"))
        found.client.text_document_did_save(types.DidSaveTextDocumentParams(identifier))
        assert await found.codes("app.py") == ["LL301"]

    session(work, project, run="onSave")
