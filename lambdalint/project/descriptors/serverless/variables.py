"""The variables of serverless.yml: `${self:custom.stage, 'dev'}`, in one another, each with what stands in its place.

Sources, grammar and defaults: https://www.serverless.com/framework/docs/guides/variables. What only the deploying
person or AWS knows (`env`, `opt`, `param` without a default, `ssm`, `cf`, `s3`, `aws`, a `.js` file) is `Unresolved`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from lambdalint.finding import Place
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.descriptors.tree import Node, Unreadable, read_tree

#: Work and size are bounded: variables in variables can double a text at each step.
_MAX_STEPS = 50_000
_MAX_TEXT = 20_000
#: Variables that lead to one another, and variables written in one another; both together stay far from Python's own
#: bound on recursion.
_MAX_CHAIN = 16
_MAX_NESTED = 6

_SOURCE = re.compile(r"(\w+)(?:\(([^()]*)\))?(?::(.*))?", re.DOTALL)
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
_WORDS = {"true": True, "false": False, "null": None}
#: What may begin a variable where `provider.variableSyntax` says something of its own.
_OTHER_SYNTAX = re.compile(r"[$#%@]|\{\{|\[\[|<<|\(\(")


class Unresolved(Node):
    """Something stands there, and what it is cannot be known from the project's files."""

    def __init__(self, place: Place) -> None:
        super().__init__(None, place)


def known(node: Node | None) -> Node | None:
    """The node, unless it is absent, null or `Unresolved`."""
    return None if node is None or node.value is None else node


def scalar(node: Node | None) -> str | None:
    """A scalar as the Framework writes it into a text: `true`, not `True`."""
    if node is not None and isinstance(node.value, bool):
        return str(node.value).lower()
    return node.text if node is not None else None


@dataclass(frozen=True, slots=True)
class _Variable:
    """`${a, b}`: the first of the alternatives that has a value."""

    alternatives: tuple[_Alternative, ...]


@dataclass(frozen=True, slots=True)
class _Alternative:
    parts: tuple[str | _Variable, ...]
    quoted: bool


class _Malformed(Exception):
    """No variable of this grammar, or one too deep."""


class _Grammar:
    """Takes a text apart into what stands in it and its variables."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._depth = text, 0, 0

    def parts(self, stops: str = "") -> tuple[str | _Variable, ...]:
        """What stands up to one of `stops`, which is left to be read; to the end of the text without any."""
        found: list[str | _Variable] = []
        start, parentheses = self._at, 0
        while self._at < len(self._text):
            char = self._text[self._at]
            if self._text.startswith("${", self._at):
                found.append(self._text[start : self._at])
                self._at += 2
                found.append(self._variable())
                start = self._at
                continue
            if stops and not parentheses and char in stops:
                break
            parentheses += (char == "(") - (char == ")" and parentheses > 0) if stops else 0
            self._at += 1
        found.append(self._text[start : self._at])
        return tuple(part for part in found if part != "")

    def _variable(self) -> _Variable:
        self._depth += 1
        if self._depth > _MAX_NESTED:
            raise _Malformed
        alternatives = []
        while True:
            alternatives.append(self._alternative())
            if self._at >= len(self._text):
                raise _Malformed
            self._at += 1
            if self._text[self._at - 1] == "}":
                self._depth -= 1
                return _Variable(tuple(alternatives))

    def _alternative(self) -> _Alternative:
        while self._text[self._at : self._at + 1].isspace():
            self._at += 1
        quote = self._text[self._at : self._at + 1]
        if quote not in ("'", '"') or not quote:
            return _Alternative(_stripped(self.parts(",}")), False)
        self._at += 1
        parts = self.parts(quote)
        if self._at >= len(self._text):
            raise _Malformed
        self._at += 1
        if "".join(part for part in self.parts(",}") if isinstance(part, str)).strip():
            raise _Malformed
        return _Alternative(parts, True)


def _stripped(parts: tuple[str | _Variable, ...]) -> tuple[str | _Variable, ...]:
    """The alternative without the blanks that stand before its comma."""
    if parts and isinstance(parts[-1], str):
        return tuple(part for part in (*parts[:-1], parts[-1].rstrip()) if part != "")
    return parts


class Variables:
    """Resolves the values of one service."""

    def __init__(self, path: str, root: Node, files: Files) -> None:
        """`path` is the absolute path of the service's file, `root` what is in it."""
        self._root, self._files = root, files
        self._folder = os.path.dirname(path)
        self._trees: dict[str, Node] = {}
        self._done: dict[int, tuple[Node, Node | None]] = {}
        self._active: set[int] = set()
        self._steps = 0
        # v1 and v2: https://github.com/serverless/serverless/blob/v2/docs/providers/aws/guide/variables.md
        self._own_syntax = root.get("provider", "variableSyntax") is not None

    def get(self, node: Node | None, *path: str) -> Node | None:
        """What stands under a key, or under keys one in the other, each resolved; None where there is none."""
        node = self.resolved(node)
        for key in path:
            if isinstance(node, Unresolved):
                return node
            if node is not None and isinstance(node.value, list) and key.isdecimal():
                node = node.value[int(key)] if len(key) < 9 and int(key) < len(node.value) else None
            else:
                node = node.get(key) if node is not None else None
            node = self.resolved(node)
        return node

    def elements(self, node: Node | None) -> list[Node]:
        """The elements of a list, each resolved; none where it is no list."""
        node = self.resolved(node)
        found = [self.resolved(element) for element in node.elements()] if node is not None else []
        return [element for element in found if element is not None]

    def resolved(self, node: Node | None) -> Node | None:
        """The node itself, or what a text with variables stands for. A text keeps the place where it is written."""
        if node is None or not isinstance(node.value, str):
            return node
        if self._own_syntax and _OTHER_SYNTAX.search(node.value):
            return Unresolved(node.place)
        if "${" not in node.value:
            return node
        if id(node) in self._done:
            return self._done[id(node)][1]
        self._steps += 1
        if id(node) in self._active or len(self._active) > _MAX_CHAIN or self._steps > _MAX_STEPS:
            return Unresolved(node.place)
        self._active.add(id(node))
        found = self._text(node, node.value)
        self._active.discard(id(node))
        self._done[id(node)] = (node, found)
        return found

    def _text(self, node: Node, text: str) -> Node | None:
        if len(text) > _MAX_TEXT or "\\${" in text:
            return Unresolved(node.place)
        try:
            parts = _Grammar(text).parts()
        except _Malformed:
            return Unresolved(node.place)
        if len(parts) > 1:
            return self._joined(parts, node.place)
        found = self._variable(parts[0], node.place) if isinstance(parts[0], _Variable) else node
        if found is None or isinstance(found, Unresolved) or isinstance(found.value, (dict, list)):
            return found
        return Node(found.value, node.place, style=node.style)

    def _joined(self, parts: tuple[str | _Variable, ...], place: Place) -> Node:
        text = ""
        for part in parts:
            piece = part if isinstance(part, str) else scalar(known(self._variable(part, place)))
            if piece is None or len(text) + len(piece) > _MAX_TEXT:
                return Unresolved(place)
            text += piece
        return Node(text, place)

    def _variable(self, variable: _Variable, place: Place) -> Node | None:
        """The first alternative that has a value. What the deploying person may set is taken not to be set where a
        default stands after it."""
        found: Node | None = None
        for alternative in variable.alternatives:
            found = self._alternative(alternative, place)
            if found is not None and (found.value is not None or isinstance(found, Unresolved)):
                return found
        return None if found is not None else Unresolved(place)

    def _alternative(self, alternative: _Alternative, place: Place) -> Node | None:
        """None where the source has no value."""
        parts = alternative.parts
        if not alternative.quoted and len(parts) == 1 and isinstance(parts[0], _Variable):
            return self._variable(parts[0], place)
        joined = self._joined(parts, place)
        text = joined.value
        if alternative.quoted or not isinstance(text, str):
            return joined
        if text in _WORDS:
            return Node(_WORDS[text], place)
        if _NUMBER.fullmatch(text):
            return Node(float(text) if "." in text else int(text), place)
        source = _SOURCE.fullmatch(text)
        return self._source(source, place) if source else Unresolved(place)

    def _source(self, source: re.Match[str], place: Place) -> Node | None:
        kind, argument, address = source.groups()
        if kind == "file" and argument is not None:
            return self._in_file(argument.strip(), address, place)
        if kind == "strToBool" and argument is not None:
            word = {"1": "true", "0": "false"}.get(argument.strip().lower(), argument.strip().lower())
            return Node(_WORDS[word], place) if word in ("true", "false") else Unresolved(place)
        if address is None:
            return Unresolved(place)
        if kind == "self":
            return self._in_self(address, place)
        if kind == "sls" and address == "stage":
            return self._stage(place)
        if kind == "param":
            return self._parameter(address, place)
        return None if kind in ("env", "opt") else Unresolved(place)

    def _in_self(self, address: str, place: Place) -> Node | None:
        found = self.get(self._root, *address.split(".")) if address else self._root
        return self._stage(place) if known(found) is None and address == "provider.stage" else found

    def _stage(self, place: Place) -> Node | None:
        """`${opt:stage, self:provider.stage, "dev"}`."""
        written = self.get(self._root, "provider", "stage")
        return written if written is not None and written.value is not None else _or(written, Node("dev", place))

    def _parameter(self, name: str, place: Place) -> Node | None:
        """Of the stage, then of every stage; those of the command line and the dashboard are not seen."""
        stage = scalar(self._stage(place))
        if stage is None:
            return Unresolved(place)
        for scope in (stage, "default"):
            for path in (("stages", scope, "params", name), ("params", scope, name)):
                found = self.get(self._root, *path)
                if found is not None:
                    return found
        return None

    def _in_file(self, name: str, address: str | None, place: Place) -> Node | None:
        """A file that is not there may be made before the deployment, or kept out of git: it is not known."""
        if not name.endswith((".yml", ".yaml", ".json")) or name.startswith("~"):
            return Unresolved(place)
        path = os.path.normpath(os.path.join(self._folder, name))
        if path not in self._trees:
            text = self._files.text(path)
            try:
                self._trees[path] = read_tree(text) if text is not None else Unresolved(place)
            except Unreadable:
                self._trees[path] = Unresolved(place)
        return self.get(self._trees[path], *address.split(".")) if address else self.resolved(self._trees[path])


def _or(written: Node | None, default: Node) -> Node:
    """The default, unless something that is not known is written."""
    return written if isinstance(written, Unresolved) else default
