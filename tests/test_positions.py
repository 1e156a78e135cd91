"""Where the nodes of a tree stand: libcst's own PositionProvider is asked."""

from __future__ import annotations

from pathlib import Path

import libcst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from lambdalint.finding import Position, Span
from lambdalint.source import Source

PACKAGE = Path(__file__).parent.parent / "lambdalint"
FILES = ["source.py", "interpreter/loops.py", "interpreter/positions.py", "cli/completion.py", "project/code/files.py"]
ODD = {
    "comments round it": "# first\n\nimport os  # why\n\n@one\n@two(3)\ndef f(a, /, b=1, *, c):\n    return a\n# end\n",
    "several on a line": "a = 1; b = (2,\n  3)\nif a: b; c\n",
    "without an end": "def f():\n    return [\n        1,\n    ]",
    "line ends of Windows": "x = 1\r\nif x:\r\n    y = 'é' + '𝄞'\r\n",
    "tabs": "if a:\n\tb = (c\n\t\t+ d)\n",
    "nothing": "",
    "a comment alone": "# nothing\n",
}
TEXTS = {**{name: (PACKAGE / name).read_text("utf-8") for name in FILES}, **ODD}


def agrees(source: Source) -> int:
    """Hold every node's span to the provider's; how many there were."""
    module = source.cst
    assert module is not None
    known = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    for node, at in known.items():
        if isinstance(node, (libcst.Module, libcst.Newline, libcst.TrailingWhitespace)):
            continue  # what ends a text that has no last line end stands behind it
        start, end = Position(at.start.line, at.start.column + 1), Position(at.end.line, at.end.column + 1)
        assert source.span_of(node) == Span("a.py", start, end), f"{type(node).__name__} at {start}"
    return len(known)


@pytest.mark.parametrize("name", TEXTS)
def test_they_are_the_providers(name: str) -> None:
    assert agrees(Source("a.py", TEXTS[name].encode())) > 0


def test_they_hold_where_a_statement_before_them_has_changed() -> None:
    text = TEXTS["interpreter/loops.py"]
    before = Source("a.py", text.encode())
    agrees(before)
    changed = text.replace("\nimport", "\nimport sys\nimport", 1).replace(
        "\n    return", "\n    x = 'é'\n    return", 3
    )
    after = Source("a.py", changed.encode())
    after.follow(before)
    assert agrees(after) > 1000
    assert before.cst is not None
    assert after.cst is not None
    assert {*map(id, before.cst.body)} & {*map(id, after.cst.body)}, "nothing was taken over"
