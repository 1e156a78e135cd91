"""What would take a secret out of the code: read the environment instead, drop a default, drop an argument.

Each gives None where it could not be done by replacing text: in a pattern, which takes no call, or in an f-string,
whose parts have no exact place and no room for quotes before Python 3.12.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from lambdalint.finding import Change, Mend, Position, Span
from lambdalint.literals.model import Literal
from lambdalint.literals.tables import SETTINGS
from lambdalint.source import Source

_AWS_KEYWORDS = frozenset({"aws_access_key_id", "aws_secret_access_key", "aws_session_token"})
_MAKERS = frozenset({"client", "resource", "Session"})
#: Readers that answer None where a variable is missing; `os.environ[...]` raises.
_LENIENT = frozenset({"os.getenv", "os.environ.get"})
_CLOSED: tuple[type, ...] = tuple(
    kind for kind in (ast.JoinedStr, ast.pattern, getattr(ast, "TemplateStr", None)) if kind is not None
)

_OS = ("import os",)


def read_instead(literal: Literal, variable: str) -> Mend | None:
    """The literal becomes what an environment variable holds, in bytes where it is bytes."""
    node = literal.place.node
    if not literal.whole or literal.context.binding == "environment" or _is_closed(literal):
        return None
    read = f'os.environ["{variable}"]'
    encode = ".encode()" if isinstance(node, ast.Constant) and isinstance(node.value, bytes) else ""
    return Mend(f"Read `{read}`", (Change(literal.place, f"{read}{encode}"),), safe=False, imports=_OS)


def without_default(literal: Literal) -> Mend | None:
    """The variable is read without the default that the literal is, so that it fails where it is missing."""
    reader, source = literal.context.reader, literal.place.source
    if not isinstance(source, Source) or reader is None or _is_closed(literal):
        return None
    call = reader.values[0] if isinstance(reader, ast.BoolOp) else reader
    if not isinstance(call, ast.Call) or not _is_default(reader, literal.place.node):
        return None
    if literal.context.callee in _LENIENT:
        key = source.between(source.span_of(call.args[0]))
        change = Change(source.place(reader), f"os.environ[{key}]")
        return Mend(f"Read `os.environ[{key}]`", (change,), safe=False, imports=_OS)
    root = literal.context.callee.partition(".")[0]
    if reader is call and (literal.context.callee == "os.environ.pop" or root in SETTINGS):
        leaving = {id(literal.place.node)}
        return Mend("Remove the default", tuple(_without(source, call, leaving)), safe=False)
    return None


def without_credentials(literal: Literal) -> Mend | None:
    """A client or session of boto3 is made without the credentials that the literal is one of."""
    call, source = literal.context.scope, literal.place.source
    if not isinstance(source, Source) or not isinstance(call, ast.Call) or _is_closed(literal):
        return None
    if literal.context.callee.rpartition(".")[2] not in _MAKERS:
        return None
    leaving = {id(keyword.value) for keyword in call.keywords if keyword.arg in _AWS_KEYWORDS}
    if id(literal.place.node) not in leaving:
        return None
    return Mend("Remove the credentials", tuple(_without(source, call, leaving)), safe=False)


def _is_default(reader: ast.AST, node: object) -> bool:
    """Whether a node is all of the default with which a variable is read."""
    if isinstance(reader, ast.BoolOp):
        return len(reader.values) == 2 and reader.values[1] is node
    if isinstance(reader, ast.Call):
        return any(node is given for given in (*reader.args[1:], *(keyword.value for keyword in reader.keywords)))
    return False


def _without(source: Source, call: ast.Call, leaving: set[int]) -> Iterable[Change]:
    """A call without the arguments whose values are `leaving`, stretch by stretch, with their commas."""
    given: list[ast.expr | ast.keyword] = sorted(
        (*call.args, *call.keywords), key=lambda one: (one.lineno, one.col_offset)
    )
    spans = [source.span_of(one) for one in given]
    going = [id(one.value if isinstance(one, ast.keyword) else one) in leaving for one in given]
    at = 0
    while at < len(given):
        end = at
        while end < len(given) and going[end]:
            end += 1
        if end > at:
            if end < len(given):
                yield _cut(source, spans[at].start, spans[end].start)
            elif at > 0:
                yield _cut(source, spans[at - 1].end, spans[-1].end)
            else:
                yield _cut(source, spans[0].start, _behind_comma(source, spans[-1].end))
        at = end + 1


def _behind_comma(source: Source, end: Position) -> Position:
    behind = source.text[source.offset_at(end) :]
    stripped = behind.lstrip()
    return source.position_at(len(source.text) - len(stripped) + 1) if stripped.startswith(",") else end


def _cut(source: Source, start: Position, end: Position) -> Change:
    return Change(source.place(Span(source.path, start, end)), "")


def _is_closed(literal: Literal) -> bool:
    """Whether the literal stands in a pattern or an f-string."""
    source = literal.place.source
    tree = source.tree if isinstance(source, Source) else None
    return tree is None or any(
        inner is literal.place.node
        for node in ast.walk(tree)
        if isinstance(node, _CLOSED) and node is not literal.place.node
        for inner in ast.walk(node)
    )
