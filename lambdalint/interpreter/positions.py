"""Where the nodes of a module stand, from one code generation of each of its statements.

libcst's PositionProvider keeps every node's line and column and costs more than parsing; this keeps two offsets for a
node, by the same hooks, relative to the statement at the top that it belongs to. So they hold for the statement in
whatever module it stands: of a text that was changed in one place all others are known. The provider is the oracle in
the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

import libcst
from libcst._nodes.internal import CodegenState


class Placed(NamedTuple):
    """A part of a module - a statement at the top, or a line before or behind them all - with the code points that it
    takes, and the offsets in it of the first and the past-last code point of each of its nodes, by their ids."""

    part: libcst.CSTNode
    length: int
    offsets: dict[int, tuple[int, int]]


class _Recorder(CodegenState):
    __slots__ = ("_starts", "found", "offset")

    def __init__(self, module: libcst.Module) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.offset = 0
        self.found: dict[int, tuple[int, int]] = {}
        self._starts: list[int] = []

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.offset += len(token)

    def add_token(self, value: str) -> None:
        self.offset += len(value)

    def before_codegen(self, node: Any) -> None:
        self._starts.append(self.offset)

    def after_codegen(self, node: Any) -> None:
        start = self._starts.pop()
        # What record_syntactic_position found is nearer: it leaves out the whitespace that the node owns.
        if id(node) not in self.found:
            self.found[id(node)] = (start, self.offset)

    def record_syntactic_position(  # type: ignore[override]  # a context manager, but no generator: it is cheaper
        self, node: Any, *, start_node: Any = None, end_node: Any = None
    ) -> AbstractContextManager[None]:
        return _Syntactic(self, node, start_node, end_node)


class _Syntactic(AbstractContextManager[None]):
    __slots__ = ("end_node", "node", "recorder", "start", "start_node")

    def __init__(self, recorder: _Recorder, node: Any, start_node: Any, end_node: Any) -> None:
        self.recorder, self.node, self.start_node, self.end_node = recorder, node, start_node, end_node

    def __enter__(self) -> None:
        self.start = self.recorder.offset

    def __exit__(self, *_: object) -> None:
        found, here = self.recorder.found, self.recorder.offset
        start, end = self.start, here
        if self.start_node is not None:
            start = found.get(id(self.start_node), (start, end))[0]
        if self.end_node is not None:
            end = found.get(id(self.end_node), (start, end))[1]
        found[id(self.node)] = (start, end)


class Places:
    """The parts of a module, in order, with what was placed in a module before and stands in this one too."""

    def __init__(self, module: libcst.Module, before: Places | None = None) -> None:
        known = {id(one.part): one for one in before.parts} if before is not None else {}
        self.module = module
        self.parts: list[Placed] = []
        self._starts: list[int] = []
        at = 0
        for part in (*module.header, *module.body, *module.footer):
            placed = known.get(id(part)) or _placed(module, part)
            self.parts.append(placed)
            self._starts.append(at)
            at += placed.length
        self._length = at

    def offsets(self, nodes: Iterable[object]) -> Iterator[tuple[object, tuple[int, int]]]:
        """Each of `nodes` that stands in the module, with the offsets of its first and past-last code points in the
        text."""
        for node in nodes:
            key = id(node)
            if node is self.module:
                yield node, (0, self._length)
                continue
            for start, placed in zip(self._starts, self.parts):
                if (found := placed.offsets.get(key)) is not None:
                    yield node, (start + found[0], start + found[1])
                    break


def _placed(module: libcst.Module, part: libcst.CSTNode) -> Placed:
    recorder = _Recorder(module)
    part._codegen(recorder)
    return Placed(part, recorder.offset, recorder.found)
