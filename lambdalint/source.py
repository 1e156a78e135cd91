"""A source file: its bytes, text, ast, CST on demand, and positions.

Nothing here imports libcst until a CST is asked for. `Source` alone converts columns: ast counts UTF-8 bytes,
libcst code points (editors UTF-16); everything that leaves this module counts code points from 1.
"""

from __future__ import annotations

import ast
import gc
import io
import re
import tokenize
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lambdalint.finding import Position, Span
from lambdalint.reparsing import Parsed, Retold, reparsed, retold
from lambdalint.text import Text

if TYPE_CHECKING:
    import libcst

    from lambdalint.interpreter.positions import Places
    from lambdalint.interpreter.scopes import Scopes

#: Deeper trees than this are not followed. libcst's parser takes 3,000 levels of any construct on a stack of 8 MB and
#: crashes at 6,000 (1.9.0, measured); writing code out again to find a position costs two C calls a level, of which
#: CPython 3.12.0 allows 800.
MAX_DEPTH = 350
#: Larger files than this are checked for syntax and by pyflakes, and not followed.
MAX_FOLLOWED_BYTES = 2_000_000
#: How files begin that a repository holds in another form, and which.
#: https://docs.ansible.com/ansible/latest/vault_guide/vault_using_encrypted_content.html
#: https://www.agwa.name/projects/git-crypt/ , https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
_SEALED = {
    b"$ANSIBLE_VAULT;": "Ansible Vault has encrypted it",
    b"\0GITCRYPT\0": "git-crypt has encrypted it",
    b"version https://git-lfs.github.com/spec/": "Git LFS keeps it elsewhere",
}
#: A name, or a line alone, that a generator of projects fills in: cookiecutter, copier, and others that use Jinja.
#: https://cookiecutter.readthedocs.io/en/stable/overview.html , https://jinja.palletsprojects.com/en/stable/templates/
_FILLED_IN = re.compile(r"\{\{.*\}\}|\{%.*%\}")
_FILLED_LINE = re.compile(r"^\s*\{%[-+ ].*%\}\s*$")

#: What stands on a line that an older Python may refuse and a newer one read, and what the older one says of it.
_NEWER = re.compile(
    r"\btype\b|\b(?:def|class)\s+\w+\[|\bexcept\b|\b(?:[fFtT][rR]?|[rR][fFtT])[\"']|[\[,:]\s*\*|\blazy\b"
)
_SAID_OF_NEWER = ("f-string", "asynchronous comprehension", "iterable unpacking", "dict unpacking")
#: By what a file shows that people start it by hand.
_STARTED = re.compile(rb"""\A\#!|^if\s+__name__\s*==\s*["']__main__["']""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SourceError:
    """Why a file does not compile ("syntax"), or why this Python cannot tell ("depth": another one may read it)."""

    kind: str
    message: str
    span: Span


@contextmanager
def _parsing() -> Iterator[None]:
    """The garbage collector off (parsers make nothing but live objects) and warnings of the code under analysis kept
    from the terminal."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if enabled:
            gc.enable()


class Source(Text):
    """One Python file. Make it with `Source(path, data)`; `path` is how people see it, relative, with `/`."""

    def __init__(self, path: str, data: bytes) -> None:
        super().__init__(path, data)
        self._spans: dict[int, Span] = {}
        self._kept: list[object] = []
        self._before: Source | None = None
        self._places: Places | None = None  # of the tree, or of the one before
        self._known_scopes: Scopes | None = None  # of the one before
        self._known_bindings: Any = None  # of the one before
        self._later: Source | None = None
        self._stood: dict[int, tuple[object, object]] = {}  # nodes of earlier texts, by id, and those in their place

    # -- text ----------------------------------------------------------------------------------------------------

    @cached_property
    def _decoded(self) -> tuple[str, SourceError | None]:
        start = Span(self.path, Position(1, 1), Position(1, 1))
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(self.data).readline)
            # utf-8-sig and every other codec of PEP 263; the BOM is no part of the text.
            return self.data.decode(encoding), None
        except (SyntaxError, UnicodeDecodeError, LookupError, ValueError) as error:
            row = 1
            if isinstance(error, UnicodeDecodeError):
                row = self.data.count(b"\n", 0, error.start) + 1
                byte = self.data[error.start]
                text = f"byte 0x{byte:02x} is not {error.encoding}; declare the encoding or save as UTF-8"
            else:
                text = str(error)
            where = Span(self.path, Position(row, 1), Position(row, 1))
            return self.data.decode("utf-8", "replace"), SourceError("syntax", text, where if row > 1 else start)

    @cached_property
    def text(self) -> str:
        """The decoded text, with its own line ends; undecodable bytes replaced."""
        return self._decoded[0]

    def encoded(self, text: str) -> bytes:
        """Another text in the encoding of this file, with its byte order mark if it has one.

        Raises:
            UnicodeEncodeError: the encoding does not have one of the characters.
            SyntaxError: it is not known in which encoding the file is.
        """
        encoding, _ = tokenize.detect_encoding(io.BytesIO(self.data).readline)
        return text.encode(encoding)

    @cached_property
    def is_script(self) -> bool:
        """Whether it is made to be started by hand: `if __name__ == "__main__":` at the top level, or a line `#!`."""
        may = b"__main__" in self.data or self.data.startswith(b"#!")
        return may and _STARTED.search(self.data) is not None

    # -- syntax --------------------------------------------------------------------------------------------------

    @cached_property
    def _parsed(self) -> tuple[ast.Module | None, SourceError | None]:
        text, error = self._decoded
        if error is not None:
            return None, error
        if self._retold is not None:
            return self._retold.tree, None
        tree = None
        with _parsing():
            try:
                tree = ast.parse(text, self.path)
                # compile() sees more than ast.parse: `return` outside a function, `async with` outside async.
                compile(tree, self.path, "exec", dont_inherit=True, optimize=0)
            except SyntaxError as problem:
                return None, self._syntax_error(problem, of_tree=tree is not None)
            except (RecursionError, MemoryError):
                return None, self._whole_file("the code is nested too deeply", kind="depth")
            except ValueError as problem:  # NUL bytes, surrogates, integers too long to read
                return None, self._whole_file(str(problem))
        return tree, None

    @cached_property
    def _retold(self) -> Retold | None:
        """The tree with what has changed in it, where most of it is that of the text before."""
        known = self._before._both if self._before is not None else None
        if known is None or self._decoded[1] is not None:
            return None
        with _parsing():
            return retold(known, self._whole_lines)

    def _whole_file(self, message: str, *, kind: str = "syntax") -> SourceError:
        return SourceError(kind, message, Span(self.path, Position(1, 1), Position(1, 1)))

    def _syntax_error(self, problem: SyntaxError, *, of_tree: bool) -> SourceError:
        """Where and why. The parser counts code points, compile() of a tree counts bytes as the tree does."""
        row = min(max(problem.lineno or 1, 1), len(self.lines))
        line = self.lines[row - 1]
        column = min(max(problem.offset or 1, 1), len(line) + 1)
        end_row, end_column = problem.end_lineno or row, problem.end_offset or column
        if of_tree:
            column = self._code_points(row, (problem.offset or 1) - 1) + 1
            end_column = self._code_points(end_row, end_column - 1) + 1
        if (end_row, end_column) <= (row, column) or end_row > len(self.lines):
            end_row, end_column = row, min(column + 1, len(line) + 1)
        return SourceError(
            "syntax", problem.msg, Span(self.path, Position(row, column), Position(end_row, max(end_column, 1)))
        )

    @property
    def tree(self) -> ast.Module | None:
        """The ast, or None for a file that does not compile."""
        return self._parsed[0]

    @property
    def error(self) -> SourceError | None:
        """Why it does not compile, or None."""
        return self._parsed[1]

    @cached_property
    def newer(self) -> bool:
        """Whether a file that this Python refuses follows the grammar of a newer one, which libcst knows:
        `f"{a["b"]}"` and `type X = int` before 3.12. Asked only where the error may come from that. Of what only
        compile() refuses, that is a comprehension with `await` inside another, in `async def`, before 3.11."""
        line = self.lines[self.error.span.start.row - 1] if self.error is not None else ""
        if (
            self.error is None
            or len(self.data) > MAX_FOLLOWED_BYTES
            or not (self.error.message.startswith(_SAID_OF_NEWER) or _NEWER.search(line))
        ):
            return False
        import libcst

        with _parsing():
            try:
                tree = ast.parse(self.text)
                start = self.error.span.start
                return self.error.message.startswith("asynchronous comprehension") and _in_coroutine(
                    tree, (start.row, len(line[: start.column - 1].encode()))
                )
            except SyntaxError:
                with suppress(Exception):  # libcst raises its own errors and, at its edges, any other
                    return bool(libcst.parse_module(self.text))
            except (RecursionError, MemoryError, ValueError):
                pass
        return False

    @property
    def sealed(self) -> str | None:
        """Why other bytes stand here than are deployed, or None: what was encrypted for the repository is decrypted
        before, and a template of a project is filled in."""
        error = self.error
        if _FILLED_IN.search(self.path) or (error and _FILLED_LINE.match(self.lines[error.span.start.row - 1])):
            return "it is a template, and what is made of it is deployed"
        return next((why for head, why in _SEALED.items() if self.data.startswith(head)), None)

    @cached_property
    def unfollowed(self) -> str | None:
        """Why the interpreter must not read this file, or None where it may."""
        if self.tree is None:
            return self.sealed or "this Python does not compile it"
        if len(self.data) > MAX_FOLLOWED_BYTES:
            return f"it is larger than {MAX_FOLLOWED_BYTES // 1_000_000} MB"
        # What a text holds that was followed before has been looked through.
        if _deeper_than(self.tree.body if self._retold is None else self._retold.new, MAX_DEPTH - 1):
            return f"it is nested more than {MAX_DEPTH} deep"
        return None

    @cached_property
    def cst(self) -> libcst.Module | None:
        """The concrete tree, parsed when first asked for; None where `unfollowed`, or where libcst refuses it."""
        if self.unfollowed is not None:
            return None
        before, self._before = self._before, None
        import libcst

        with _parsing():
            try:
                known = before._both if before is not None else None
                found = reparsed(known, self._whole_lines, self.tree) if known and self.tree else None
                return found or libcst.parse_module(self.text)
            except Exception:  # libcst raises its own errors and, at its edges, any other
                return None

    def follow(self, before: Source) -> None:
        """The same file had another text before: what did not change of its trees may stand in those of this text."""
        self._before = before if before.__dict__.get("cst") is not None else before._before
        self._places = before._places
        self._known_scopes = before.__dict__.pop("_scopes", None) or before._known_scopes
        self._known_bindings = before.__dict__.pop("_bindings", None) or before._known_bindings
        before._before = before._known_scopes = before._known_bindings = None

    @property
    def latest(self) -> Source:
        """This text, or the later one that was told to answer for it."""
        found = self
        while found._later is not None:
            found = found._later
        return found

    def answer_for(self, earlier: Source, stood: Iterable[tuple[object, object]]) -> None:
        """Be asked for the places of an earlier text, of which the nodes stand in this one too; or others in the place
        of some: each with that."""
        earlier._later, earlier._stood = self, {}
        self._stood.update((id(node), (node, other)) for node, other in stood)

    @property
    def _both(self) -> Parsed | None:
        """Both trees, where they have been made."""
        tree, cst = self.tree, self.__dict__.get("cst")
        return Parsed(self._whole_lines, tree, cst) if tree is not None and cst is not None else None

    @property
    def _whole_lines(self) -> list[str]:
        """The lines with their ends; none behind the last end."""
        starts = [start for start in self._line_starts if start < len(self.text)]
        return [self.text[start:end] for start, end in zip(starts, [*starts[1:], len(self.text)])]

    def release(self) -> None:
        """Let go of the trees and of what was learnt from them; they are made again when asked for."""
        for name in ("_parsed", "_retold", "cst", "_scopes", "_bindings"):
            self.__dict__.pop(name, None)
        self._before = self._places = self._known_scopes = self._known_bindings = None
        self._spans.clear()
        self._kept.clear()

    # -- positions -----------------------------------------------------------------------------------------------

    def locate(self, nodes: Iterable[object]) -> None:
        """Compute the spans of CST nodes, by one code generation for all that are ever asked for."""
        wanted = [node for node in nodes if not isinstance(node, (ast.AST, Span)) and id(node) not in self._spans]
        module = self.cst if wanted else None  # what asks for ast nodes alone must not pay for libcst
        if module is None:
            return
        if self._places is None or self._places.module is not module:
            from lambdalint.interpreter.positions import Places

            self._places = Places(module, self._places)
        for node, (start, end) in self._places.offsets(wanted):
            self._kept.append(node)  # an id means nothing once its node is gone
            self._spans[id(node)] = Span(self.path, self.position_at(start), self.position_at(end))

    def span_of(self, node: object) -> Span:
        """Where a node is. A node that is not in this source is reported at its first line."""
        if isinstance(node, Span):
            return node
        if isinstance(node, ast.AST):
            return self._ast_span(node)
        if id(node) in self._stood:
            node = self._stood[id(node)][1]
        if id(node) not in self._spans:
            self.locate([node])
        return self._spans.get(id(node)) or Span(self.path, Position(1, 1), Position(1, 1))

    def _ast_span(self, node: Any) -> Span:
        row, column = node.lineno, node.col_offset
        end_row, end_column = node.end_lineno or row, node.end_col_offset or column
        return Span(
            self.path,
            Position(row, self._code_points(row, column) + 1),
            Position(end_row, self._code_points(end_row, end_column) + 1),
        )

    def _code_points(self, row: int, column: int) -> int:
        line = self.lines[row - 1] if row <= len(self.lines) else ""
        return column if line.isascii() else len(line.encode()[:column].decode("utf-8", "ignore"))


def _deeper_than(body: Sequence[ast.AST], limit: int) -> bool:
    level = [*body]
    for _ in range(limit):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return False
    return True


def _in_coroutine(tree: ast.AST, start: tuple[int, int]) -> bool:
    """Whether the innermost body round a position (a row from 1, a column of bytes from 0) is that of `async def`."""
    found = False
    for node in ast.walk(tree):  # outer ones first
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            first, last = (node.body, node.body) if isinstance(node, ast.Lambda) else (node.body[0], node.body[-1])
            end = (last.end_lineno or 0, last.end_col_offset or 0)
            if (first.lineno, first.col_offset) <= start < end:
                found = isinstance(node, ast.AsyncFunctionDef)
    return found
