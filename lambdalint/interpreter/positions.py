"""Positions of a few wanted nodes, from one code generation.

libcst's PositionProvider keeps every node's line and column and costs more than parsing; this keeps two offsets
for each wanted node, by the same hooks. The provider is the oracle in the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import libcst
from libcst._nodes.internal import CodegenState

_NOTHING: AbstractContextManager[None] = nullcontext()


class _Recorder(CodegenState):
    __slots__ = ("_starts", "found", "offset", "wanted")

    def __init__(self, module: libcst.Module, wanted: set[int]) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.wanted = wanted
        self.offset = 0
        self.found: dict[int, tuple[int, int]] = {}
        self._starts: dict[int, int] = {}

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.tokens.append(token)
            self.offset += len(token)

    def add_token(self, value: str) -> None:
        self.tokens.append(value)
        self.offset += len(value)

    def before_codegen(self, node: Any) -> None:
        if id(node) in self.wanted:
            self._starts[id(node)] = self.offset

    def after_codegen(self, node: Any) -> None:
        key = id(node)
        # What record_syntactic_position found is nearer: it leaves out the whitespace that the node owns.
        if key in self.wanted and key not in self.found:
            self.found[key] = (self._starts[key], self.offset)

    def record_syntactic_position(  # type: ignore[override]  # a context manager, but no generator: it is cheaper
        self, node: Any, *, start_node: Any = None, end_node: Any = None
    ) -> AbstractContextManager[None]:
        if id(node) not in self.wanted:
            return _NOTHING
        return _Syntactic(self, node, start_node, end_node)


class _Syntactic(AbstractContextManager[None]):
    def __init__(self, recorder: _Recorder, node: Any, start_node: Any, end_node: Any) -> None:
        self.recorder, self.node, self.start_node, self.end_node = recorder, node, start_node, end_node
        recorder.wanted.update(id(part) for part in (start_node, end_node) if part is not None)

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


def offsets(module: libcst.Module, nodes: Iterable[object]) -> Iterator[tuple[object, tuple[int, int]]]:
    """Each of `nodes` that stands in `module`, with the offsets of its first and past-last code points in the text."""
    nodes = list(nodes)
    recorder = _Recorder(module, {id(node) for node in nodes})
    module._codegen(recorder)
    for node in nodes:
        if (span := recorder.found.get(id(node))) is not None:
            yield node, span
