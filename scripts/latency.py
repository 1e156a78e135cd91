"""How long an editor waits: from a keystroke to what is found, and from the start of the server to the first of it.

    python scripts/latency.py [--keystrokes 300] [--folder FOLDER --file FILE]

Without a folder a project is made: a handler of some 500 lines, 100 modules of which it imports 20, and a template. The
real server is asked over its pipes, with no pause before a check (`debounce` 0). Statements are typed character by
character at random places of the handler, and taken back; what is no Python while it is typed is counted by itself,
since nothing is run on paper then. Where functions are run, what a file says by itself is told first, with what was
last found in them: both times are told, to that and to all. The server is started once before, for Python to keep the
bytecode, as it does of what is installed. Needs `lambdalint[server]`. Seconds belong to a machine.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

MODULES, IMPORTED, STEPS = 100, 20, 45
TYPED = [
    "total = len(str(name))\n    ",
    'state["size"] = total\n    ',
    "if name:\n        pass\n    ",
    "print(event)\n    ",
]

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      CodeUri: src
      Events: {Api: {Type: Api, Properties: {Path: /orders, Method: get}}}
"""
WORK = '''\
def work_{number}(value, other=None):
    """Do something."""
    result = {{"a": value, "b": other, "n": {number}}}
    if value:
        result["c"] = json.dumps({{"v": str(value)}})
    for key in ("a", "b"):
        if key in result:
            result[key + "x"] = result[key]
    return result


'''
STEP = '''\
def step_{number}(event, state):
    """Step {number}."""
    name = (event.get("queryStringParameters") or {{}}).get("name") or "nobody"
    if name == "x{number}":
        state["found"] = m{module}.work_1(name)
        return state
    state["count"] = state.get("count", 0) + {number}
    return state


'''


def make(folder: Path) -> Path:
    """Make the project; give the handler's file."""
    library = folder / "src" / "lib"
    library.mkdir(parents=True)
    (folder / "template.yaml").write_text(TEMPLATE)
    (library / "__init__.py").write_text("")
    for number in range(MODULES):
        body = "".join(WORK.format(number=one) for one in range(8))
        (library / f"m{number}.py").write_text(f"import json\n\n\n{body}".rstrip() + "\n")
    names = ", ".join(f"m{number}" for number in range(IMPORTED))
    head = (
        f'import json\nimport os\n\nimport boto3\n\nfrom lib import {names}\n\nTABLE = os.environ.get("TABLE", "t")\n'
    )
    head += 'table = boto3.resource("dynamodb").Table(TABLE)\n\n\n'
    steps = "".join(STEP.format(number=number, module=number % IMPORTED) for number in range(STEPS))
    calls = "".join(f"    state = step_{number}(event, state)\n" for number in range(12))
    tail = f'def handler(event, context):\n    state = {{}}\n{calls}    table.put_item(Item={{"pk": "a", **state}})\n'
    handler = folder / "src" / "app.py"
    handler.write_text(f'{head}{steps}{tail}    return {{"statusCode": 200, "body": json.dumps(state)}}\n')
    return handler


class Client:
    """An editor with one open text."""

    def __init__(self, folder: Path, file: Path, cache: str) -> None:
        self.environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": cache}
        self.folder, self.uri, self.text, self.version = folder, file.as_uri(), file.read_text("utf-8"), 1
        self.client = LanguageClient("latency", "1")
        self.news = asyncio.Event()
        self.seen = 0

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            if params.uri == self.uri:
                self.seen = params.version or 0
                self.news.set()

    async def answered(self) -> None:
        """Wait for what is found in the text as it is."""
        while self.seen != self.version:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 60)

    async def settled(self) -> None:
        """Wait until all is found: lenses are told of then."""
        params = types.CodeLensParams(types.TextDocumentIdentifier(self.uri))
        await self.client.text_document_code_lens_async(params)

    async def start(self) -> tuple[float, float]:
        """Start the server and open the text: the seconds to the first of what is found in it, and to all."""
        begin = time.perf_counter()
        await self.client.start_io(sys.executable, "-m", "lambdalint", "server", env=self.environment)
        params = types.InitializeParams(
            capabilities=types.ClientCapabilities(),
            workspace_folders=[types.WorkspaceFolder(self.folder.as_uri(), "project")],
            initialization_options={"debounce": 0},
        )
        await self.client.initialize_async(params)
        self.client.initialized(types.InitializedParams())
        item = types.TextDocumentItem(self.uri, "python", 1, self.text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        await self.answered()
        first = time.perf_counter() - begin
        await self.settled()
        return first, time.perf_counter() - begin

    async def end(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)

    async def edit(self, row: int, column: int, erased: int, text: str) -> tuple[float, float, bool]:
        """One edit: the milliseconds to the first of what is found, and to all; whether the text is Python."""
        lines = self.text.split("\n")
        start = sum(len(line) + 1 for line in lines[:row]) + column
        self.text = self.text[:start] + text + self.text[start + erased :]
        self.version += 1
        end = _moved(row, column, lines, erased)
        change = types.TextDocumentContentChangePartial(types.Range(types.Position(row, column), end), text)
        identifier = types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version)
        begin = time.perf_counter()
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
        await self.answered()
        first = (time.perf_counter() - begin) * 1000
        await self.settled()
        every = (time.perf_counter() - begin) * 1000
        try:
            ast.parse(self.text)
        except SyntaxError:
            return first, every, False
        return first, every, True


def _moved(row: int, column: int, lines: Sequence[str], count: int) -> types.Position:
    """The position so many characters further."""
    while count > len(lines[row]) - column:
        count -= len(lines[row]) - column + 1
        row, column = row + 1, 0
    return types.Position(row, column + count)


async def measure(folder: Path, file: Path, keystrokes: int, cache: str) -> None:
    """Print what was measured. `cache`: a folder for the bytecode."""
    client = Client(folder, file, cache)
    await client.start()
    await client.end()
    client = Client(folder, file, cache)
    first, every = await client.start()
    lines = client.text.split("\n")
    print(f"{file.name}: {len(lines)} lines, {sum(1 for _ in folder.rglob('*.py'))} modules in the project")
    print(f"start to first diagnostics   {first:6.2f} s, to all of them {every:.2f} s")
    await asyncio.sleep(2)  # the rest of the project is checked by then
    rows = [row for row, line in enumerate(lines) if line.startswith(("    return", "    state["))]
    rng = random.Random(1)
    took: list[tuple[float, float, bool]] = []
    while len(took) < keystrokes:
        row, column, text = rng.choice(rows), 4, rng.choice(TYPED)
        at, here = column, row
        for char in text:
            took.append(await client.edit(here, at, 0, char))
            here, at = (here + 1, 0) if char == "\n" else (here, at + 1)
        await client.edit(row, column, len(text), "")
    await client.end()
    for name, values in (
        ("a keystroke, to the first", [first for first, _, _ in took]),
        ("  that leaves Python", [first for first, _, valid in took if valid]),
        ("  that does not", [first for first, _, valid in took if not valid]),
        ("a keystroke, to all", [every for _, every, _ in took]),
        ("  that leaves Python", [every for _, every, valid in took if valid]),
        ("  that does not", [every for _, every, valid in took if not valid]),
    ):
        worst = statistics.quantiles(values, n=20)[18]
        print(f"{name:<28} {statistics.median(values):6.1f} ms median, {worst:6.1f} ms p95, {len(values)} of them")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--keystrokes", type=int, default=300, help="how many are timed (default 300)")
    parser.add_argument("--folder", type=Path, help="a project, in place of one that is made")
    parser.add_argument("--file", type=Path, help="the file of it that is edited")
    options = parser.parse_args(argv)
    if (options.folder is None) != (options.file is None):
        parser.error("--folder and --file go together")
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as cache:
        folder = (options.folder or Path(made)).resolve()
        file = options.file.resolve() if options.file is not None else make(folder)
        asyncio.run(measure(folder, file, options.keystrokes, cache))
    return 0


if __name__ == "__main__":
    sys.exit(main())
