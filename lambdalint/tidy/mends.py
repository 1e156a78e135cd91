"""What is to be done of all that pyflakes calls unused in one file. Where every name of an import, or every statement
of a body, is to go, the whole goes at once: what is left must compile whichever of the mends are made together."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lambdalint.finding import Change, Mend
from lambdalint.source import Source
from lambdalint.tidy import imports
from lambdalint.tidy.cuts import blank_lines, without_alias, without_as, without_statement, without_target
from lambdalint.tidy.exports import is_exported
from lambdalint.tidy.outline import Outline
from lambdalint.tidy.taken import Taken
from lambdalint.tidy.variables import Unused, is_misspelled, unused

#: The messages that something is done about.
KINDS = frozenset({"UnusedImport", "RedefinedWhileUnused", "UnusedVariable"})

Importing = (ast.Import, ast.ImportFrom)


@dataclass(frozen=True, slots=True)
class Message:
    """A message of pyflakes: the name of its class, the node that it is about, what or whom it names."""

    kind: str
    node: ast.AST
    name: str


def mends(source: Source, tree: ast.Module, messages: Sequence[Message], taken: Taken) -> list[Mend | None]:
    """How each message would be mended, or None. `taken` by other files may be what an import binds."""
    work = _Work(source, Outline(tree), taken)
    work.look(messages)
    return [work.mend(message) for message in messages]


class _Work:
    """One file: first what is to go, then how."""

    def __init__(self, source: Source, outline: Outline, taken: Taken) -> None:
        self._source = source
        self._outline = outline
        self._taken = taken
        self._aliases: dict[int, ast.alias] = {}  # by the message
        self._variables: dict[int, Unused] = {}
        self._unread: dict[int, int] = {}  # how many targets of each assignment nothing reads
        self._leaving: dict[int, set[int]] = {}  # the names of each import that are to go
        self._going: set[int] = set()  # whole statements
        self._blank: dict[tuple[int, bool], list[Change]] = {}  # of imports that go together, by each of them
        self._waiting: set[int] = set()  # imports of which a name goes only when asked for

    def look(self, messages: Sequence[Message]) -> None:
        undefined = [(getattr(each.node, "lineno", 0), each.name) for each in messages if each.kind == "UndefinedName"]
        for message in messages:
            node = message.node
            if message.kind == "UnusedVariable":
                found = unused(self._source, self._outline, node)
                if found is not None and not is_misspelled(self._outline, found, message.name, undefined):
                    self._variables[id(message)] = found
                    self._unread[id(found.node)] = self._unread.get(id(found.node), 0) + 1
                    if found.harmless and self._unread[id(found.node)] == found.targets:
                        self._going.add(id(found.node))
            elif message.kind in KINDS and isinstance(node, Importing):
                alias = self._alias(message, node)
                if alias is not None:
                    self._aliases[id(message)] = alias
                    self._leaving.setdefault(id(node), set()).add(id(alias))
                    if len(self._leaving[id(node)]) == len(node.names):
                        self._going.add(id(node))
        for message in messages:
            alias = self._aliases.get(id(message))
            if alias is not None and not self._is_safe(message, alias):
                self._waiting.add(id(message.node))

    def _alias(self, message: Message, node: ast.Import | ast.ImportFrom) -> ast.alias | None:
        if message.kind == "UnusedImport":
            found = imports.alias_of(node, message.name) if imports.may_go(self._source, self._outline, node) else None
            return found if found is not None and not is_exported(found) else None
        bound = [alias for alias in node.names if (alias.asname or alias.name) == message.name]
        return bound[-1] if bound and imports.repeats(self._outline, node, bound[-1]) is not None else None

    def mend(self, message: Message) -> Mend | None:
        if message.kind == "UnusedVariable":
            found = self._variables.get(id(message))
            return self._variable(message, found) if found is not None else None
        alias = self._aliases.get(id(message))
        return self._import(message, alias) if alias is not None else None

    def _import(self, message: Message, alias: ast.alias) -> Mend | None:
        node = message.node
        assert isinstance(node, Importing)
        safe = self._is_safe(message, alias)
        text = f"Remove the {'' if message.kind == 'UnusedImport' else 'second '}import of `{message.name}`"
        if id(node) in self._going and not (safe and id(node) in self._waiting):
            mend = _mend(text, self._without(node), safe)
            return mend and replace(mend, changes=(*mend.changes, *self._blank_lines(node, safe)))
        return _mend(text, without_alias(self._source, node, alias), safe)

    def _is_safe(self, message: Message, alias: ast.alias) -> bool:
        node = message.node
        assert isinstance(node, Importing)
        if imports.is_spoken_of(self._source, node if id(node) in self._going else alias):
            return False
        if message.kind == "UnusedImport":
            return imports.is_safe(self._source, self._outline, node, alias, self._taken)
        return all(isinstance(one, Importing) for one in imports.repeats(self._outline, node, alias) or ())

    def _blank_lines(self, node: ast.Import | ast.ImportFrom, safe: bool) -> list[Change]:
        """What an import at the top of the file leaves of blank lines too many, with those imports round it that go
        wherever it goes."""
        body = self._outline.tree.body
        if self._outline.body(node) is not body:
            return []
        if (id(node), safe) in self._blank:
            return self._blank[id(node), safe]
        first = last = self._numbers[id(node)]
        while first > 0 and self._go_together(body[first - 1], body[first], safe):
            first -= 1
        while last + 1 < len(body) and self._go_together(body[last], body[last + 1], safe):
            last += 1
        together = body[first : last + 1]
        changes = blank_lines(self._source, together)
        self._blank |= {(id(one), safe): changes for one in together}
        return changes

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """Which statement at the top of the file each is."""
        return {id(one): number for number, one in enumerate(self._outline.tree.body)}

    def _go_together(self, one: ast.stmt, other: ast.stmt, safe: bool) -> bool:
        """Whether two statements go, with nothing but blank lines between them: `safe`, without being asked for."""
        between = self._source.lines[one.end_lineno or 0 : other.lineno - 1]
        return not any(line.strip() for line in between) and all(
            id(each) in self._going and not (safe and id(each) in self._waiting) for each in (one, other)
        )

    def _variable(self, message: Message, found: Unused) -> Mend | None:
        node = found.node
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            if id(node) in self._going:
                return _mend(f"Remove the assignment to `{message.name}`", self._without(node), found.safe)
            assert isinstance(message.node, ast.Name)
            change = without_target(self._source, node, message.node)
            safe = found.safe and (found.stands or self._unread[id(node)] < found.targets)
            return _mend(f"Remove the variable `{message.name}` and keep the value", change, safe)
        before = node.type if isinstance(node, ast.ExceptHandler) else _before(node, message.node)
        change = without_as(self._source, before, message.name) if before is not None else None
        return _mend(f"Remove `as {message.name}`", change, found.safe)

    def _without(self, node: ast.stmt) -> Change | None:
        """A whole statement taken out. Of a body of which nothing would stay, the first one becomes `pass`."""
        body = self._outline.body(node)
        emptied = all(id(one) in self._going for one in body)
        return without_statement(self._source, self._outline, node, hold=emptied and body[0] is node)


def _before(node: ast.stmt, target: ast.AST) -> ast.expr | None:
    items = node.items if isinstance(node, (ast.With, ast.AsyncWith)) else []
    return next((item.context_expr for item in items if item.optional_vars is target), None)


def _mend(message: str, change: Change | None, safe: bool) -> Mend | None:
    return Mend(message, (change,), safe) if change is not None else None
