"""What one file says without being run: its text constants with their context, and what pyflakes says of it.

Computed once a file, when a rule first asks, and shared. The rules judge `Literal`s; they never walk the tree.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from lambdalint.finding import Mend, Place
from lambdalint.literals import Literal, Surroundings, collect
from lambdalint.nodes import nodes_in
from lambdalint.source import Source, SourceError
from lambdalint.tidy.fixtures import fixtures, is_of_fixture
from lambdalint.tidy.mends import KINDS, Message, mends
from lambdalint.tidy.taken import Taken

_PYTHON_2 = frozenset({"basestring", "file", "long", "raw_input", "reduce", "unichr", "unicode", "xrange"})
_CATCHES_NAMES = frozenset({"NameError", "Exception", "BaseException"})
#: Names that are bound by text, where pyflakes does not see them.
_BINDS_BY_NAME = re.compile(r"\bglobals\(\)\s*\[[^\]]*\]\s*=[^=]|\bglobals\(\)\.update\(|\bexec\(")
_ASKS_VERSION = re.compile(r"\bPY2\b|\bPY3\b|\bversion_info\b|\bpython_version\b")


@dataclass(frozen=True, slots=True)
class Flake:
    """One pyflakes message. `kind` is the name of its class: `UnusedImport`. `certain` is False for an undefined
    name in an annotation that nothing evaluates, and for one of Python 2 in a file that asks which Python runs it."""

    kind: str
    message: str
    place: Place
    certain: bool = True
    mend: Mend | None = None


class FileFacts:
    """The facts of one `Source`. Nothing is computed before it is read, and a file that does not compile has none.
    `deployed`: it may be part of a function; False where all that is deployed is known, and stands elsewhere.
    `declared`: the variables that every function sets of which it may be a part. `called`: the names at its top by
    which Lambda calls, or may call, what they are bound to. `tests`: it holds tests, or what they share. `taken`: what
    the files of the run take of each other's modules."""

    def __init__(
        self,
        source: Source,
        *,
        deployed: bool = True,
        declared: frozenset[str] = frozenset(),
        called: frozenset[str] = frozenset(),
        tests: bool = False,
        taken: Taken | None = None,
    ) -> None:
        self.source = source
        self.deployed = deployed
        self.declared = declared
        self.called = called
        self.tests = tests
        self.taken = taken or Taken()

    @property
    def error(self) -> SourceError | None:
        """Why the file does not compile or cannot be read, or None."""
        return self.source.error

    @cached_property
    def _collected(self) -> tuple[tuple[Literal, ...], frozenset[str]]:
        return collect(self.source)

    @property
    def literals(self) -> tuple[Literal, ...]:
        """The text constants, docstrings left out. One can come more than once, under each name that it is bound to."""
        return self._collected[0]

    @property
    def lookups(self) -> frozenset[str]:
        """Names of variables by which the file looks something up: `event[KEY]`, `get_secret_value(SecretId=NAME)`.
        What such a variable holds is the name of a secret and no secret."""
        return self._collected[1]

    @cached_property
    def surroundings(self) -> Surroundings:
        """What the text constants stand in."""
        return Surroundings(self.source)

    @cached_property
    def _checked(self) -> tuple[tuple[Flake, ...], str | None]:
        tree = self.source.tree
        if tree is None:
            return (), None
        try:
            return _pyflakes(self, tree), None
        except RecursionError:
            return (), "it is nested too deeply for pyflakes"

    @property
    def flakes(self) -> tuple[Flake, ...]:
        """What pyflakes says, by row and column. Empty for a file that does not compile."""
        return self._checked[0]

    @property
    def flakes_skipped(self) -> str | None:
        """Why pyflakes could not read the file, or None."""
        return self._checked[1]


def _pyflakes(file: FileFacts, tree: ast.Module) -> tuple[Flake, ...]:
    """What pyflakes reports, as flake8 asks it: doctests off, nothing added to the builtins. An import that binds a
    name which is `called` from outside is used, and so is a fixture that `tests` ask for.

    Raises:
        RecursionError: the tree is deeper than pyflakes can follow.
    """
    from pyflakes import checker

    source = file.source
    found: list[tuple[Any, Any, Flake]] = []
    tried = cache(lambda: _tried(tree))  # asked of few files, and once of each

    class Checker(checker.Checker):  # type: ignore[misc]
        """pyflakes forgets the node once its row and column are known, and with it where the fault ends."""

        def report(self, message_class: type, node: Any, *args: Any, **kwargs: Any) -> None:
            message = message_class(self.filename, node, *args, **kwargs)
            text = message.message % message.message_args
            place = source.place(_header(source, node))
            certain = not getattr(self, "_in_postponed_annotation", False) and not (
                message_class.__name__ == "UndefinedName"
                and (
                    any(node.lineno in lines for lines in tried())
                    or _BINDS_BY_NAME.search(source.text)
                    or (message.message_args[0] in _PYTHON_2 and _ASKS_VERSION.search(source.text))
                )
            )
            self.messages.append(message)
            found.append((message, node, Flake(message_class.__name__, text, place, certain)))

    # pyflakes takes a message back where a `global` further down shows that the name is bound after all.
    kept = {id(message) for message in Checker(tree, filename=source.path, withDoctest=False).messages}
    found = [each for each in found if id(each[0]) in kept and not _is_called(*each[:2], file.called)]
    if file.tests and found:
        names = fixtures(tree)
        found = [each for each in found if not is_of_fixture(each[2].kind, each[1], _named(each[0]), names)]
    found.sort(key=lambda each: (each[0].lineno, each[0].col))
    return _mended(file, tree, found)


def _is_called(message: Any, node: Any, called: frozenset[str]) -> bool:
    """Whether a message is that nothing in the file uses an import by which Lambda finds what it calls."""
    if type(message).__name__ != "UnusedImport" or node.col_offset or not called:
        return False
    name = message.message_args[0].partition(" as ")[0]
    return any((alias.asname or alias.name) in called and name.endswith(alias.name) for alias in node.names)


def _named(message: Any) -> str:
    """What a message is about, as pyflakes names it: a variable, an import."""
    return str(message.message_args[0]) if message.message_args else ""


def _mended(file: FileFacts, tree: ast.Module, found: list[tuple[Any, Any, Flake]]) -> tuple[Flake, ...]:
    """The flakes, each with what would mend it; they come with their messages and nodes."""
    if KINDS.isdisjoint(flake.kind for _, _, flake in found):
        return tuple(flake for _, _, flake in found)
    told = [Message(flake.kind, node, _named(message)) for message, node, flake in found]
    known = mends(file.source, tree, told, file.taken)
    return tuple(replace(flake, mend=mend) for (_, _, flake), mend in zip(found, known, strict=True))


def _tried(tree: ast.Module) -> list[range]:
    """The lines of each `try` whose clauses catch what an undefined name raises."""
    return [
        range(node.lineno, node.handlers[0].lineno)
        for node in nodes_in(tree)
        if isinstance(node, ast.Try) and any(map(_catches_names, node.handlers))
    ]


def _catches_names(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(one is None or getattr(one, "id", "") in _CATCHES_NAMES for one in caught)


def _header(source: Source, node: Any) -> object:
    """What to mark of a node: a compound statement's first line alone, everything else whole."""
    if (
        not hasattr(node, "body")
        or not isinstance(node, (ast.stmt, ast.ExceptHandler))
        or node.end_lineno == node.lineno
    ):
        return node
    end = len(source.lines[node.lineno - 1].encode())
    return ast.Pass(lineno=node.lineno, col_offset=node.col_offset, end_lineno=node.lineno, end_col_offset=end)
