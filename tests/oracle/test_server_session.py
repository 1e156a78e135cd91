"""A long session: whatever somebody types, what the server says at the end is what a fresh check says.

LAMBDALINT_SESSION_SEED repeats a session; LAMBDALINT_SESSION_EDITS makes it a longer one; LAMBDALINT_SESSION_FOLDER has
it in a copy of another project than the demo.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pygls")
pytest.importorskip("pytest_lsp")

from lsprotocol import types

from lambdalint.server.texts import units
from tests.editor import NEOVIM, VSCODE, Editor, editor

DEMO = Path(__file__).parent.parent / "demo"
#: What somebody types, or pastes. Most of it is no Python for a while.
TYPED = [
    *"abx=(){}[]:,.'\"# \n\t", "\n    ", "return", "None", "event", '["body"]', "context.", "import os\n",
    "json.dumps(", ")", "𝄞", "é", "def f():\n    pass\n", "statusCode", "  # noqa: LL301", "\r\n", "\f",
    "\u2028", "async ", "Handler: ",
    "  - ", "{}",
]  # fmt: skip


def _edit(rng: random.Random, found: Editor, name: str) -> None:
    buffer = found.buffers[name]
    row = rng.randrange(len(buffer.lines))
    line = buffer.lines[row]
    start = rng.randrange(len(line) + 1)
    at = types.Position(row, units(line[:start], found.encoding))
    end = at
    if rng.random() < 0.4:  # something is erased, over several lines now and then
        last = min(row + (rng.random() < 0.1) * rng.randrange(4), len(buffer.lines) - 1)
        stop = rng.randrange(start if last == row else 0, len(buffer.lines[last]) + 1)
        end = types.Position(last, units(buffer.lines[last][:stop], found.encoding))
    text = "" if end != at and rng.random() < 0.7 else rng.choice(TYPED)
    found.change(name, types.TextDocumentContentChangePartial(types.Range(at, end), text))


def _fresh(folder: Path) -> list[tuple[str, str, int, int]]:
    command = [sys.executable, "-m", "lambdalint", "check", "--output-format", "json", "."]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=_environment())
    assert run.returncode in (0, 1), run.stderr
    return sorted(
        (one["filename"], one["code"], one["location"]["row"], one["location"]["column"])
        for one in json.loads(run.stdout)
    )


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}


async def _said(found: Editor) -> list[tuple[str, str, int, int]]:
    """All that the server has said, as a check has it."""
    for name in found.buffers:
        await found.diagnostics(name)
    rows = []
    if found.pulls:
        report = await found.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
        of = {one.uri: one.items for one in report.items}  # type: ignore[union-attr]
    else:
        await asyncio.sleep(1)
        of = {uri: sent.diagnostics for uri, sent in found.sent.items()}
    for uri, items in of.items():
        path = Path(uri.removeprefix("file://"))
        lines = path.read_bytes().decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for one in items:
            line, count = lines[one.range.start.line], one.range.start.character
            column = next(at for at in range(len(line) + 1) if units(line[:at], found.encoding) == count)
            rows.append((str(path.relative_to(found.folder)), str(one.code), one.range.start.line + 1, column + 1))
    return sorted(rows)


def _megabytes(pid: int) -> float:
    rows = dict(row.split(":", 1) for row in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in row)
    return int(rows["VmRSS"].split()[0]) / 1000


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read of /proc")
@pytest.mark.parametrize("profile", [VSCODE, NEOVIM])
def test_whatever_is_typed_the_end_is_what_a_fresh_check_finds(
    profile: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("LAMBDALINT_SESSION_SEED") or random.SystemRandom().randrange(1 << 32))
    edits = int(os.environ.get("LAMBDALINT_SESSION_EDITS") or 1000)
    rng = random.Random(f"{seed}:{profile}")
    project = tmp_path / "project"
    shutil.copytree(os.environ.get("LAMBDALINT_SESSION_FOLDER") or DEMO, project, symlinks=True)
    files = sorted(
        str(path.relative_to(project))
        for path in project.rglob("*")
        if path.suffix in (".py", ".yaml", ".yml", ".toml") and path.is_file()
    )
    memory: list[float] = []

    async def run() -> None:
        async with editor(project, profile=profile) as found:
            process = found.client._server
            assert process is not None
            for number in range(edits):
                name = rng.choice(files)
                if name not in found.buffers:
                    found.open(name)
                elif rng.random() < 0.02:  # closed without being saved: the file counts again
                    found.close(name)
                    continue
                if rng.random() < 0.05:
                    found.replace(name, (project / name).read_bytes().decode())
                _edit(rng, found, name)
                if rng.random() < 0.1:
                    await found.diagnostics(name)
                if rng.random() < 0.05:
                    await found.actions(name, [])
                    where = types.Position(rng.randrange(60), rng.randrange(60))
                    identifier = types.TextDocumentIdentifier(found.uri(name))
                    await found.client.text_document_hover_async(types.HoverParams(identifier, where))
                    await found.client.text_document_completion_async(types.CompletionParams(identifier, where))
                if number % (edits // 10) == 0:
                    memory.append(_megabytes(process.pid))
            for name, buffer in found.buffers.items():  # saved as an editor does
                (project / name).write_bytes(buffer.text.encode())
                identifier = types.TextDocumentIdentifier(found.uri(name))
                found.client.text_document_did_save(types.DidSaveTextDocumentParams(identifier))
            assert process.returncode is None
            assert await _said(found) == _fresh(project), f"LAMBDALINT_SESSION_SEED={seed}"
            assert not [one for one in found.client.messages if "internal error" in one.message]

    asyncio.run(run())
    with capsys.disabled():
        print(f"\nserver session: LAMBDALINT_SESSION_SEED={seed}, {profile}: {edits} edits, MB {[*map(round, memory)]}")
    settled = memory[len(memory) // 2]
    assert memory[-1] < settled * 1.15 + 10, f"it grows: {memory}"
