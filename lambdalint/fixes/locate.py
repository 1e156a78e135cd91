"""From what a rule would do to edits of the file."""

from __future__ import annotations

import ast

from lambdalint.finding import Change, Edit, Fix, Mend, Position, Span
from lambdalint.fixes.imports import import_edit
from lambdalint.source import Source

#: Expressions of which an attribute can be read without parentheses.
_ATOMS = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.Dict, ast.List, ast.Set, ast.JoinedStr, ast.ListComp)


class _Impossible(Exception):
    """It cannot be done as it is meant."""


def fix_of(mend: Mend) -> Fix | None:
    """A rule's mend as edits; None where it cannot be done as it is meant: its places are in several files, or in code
    that a descriptor holds, or a name that it needs is taken, or what is written there is no such thing."""
    source = mend.changes[0].place.source
    if type(source) is not Source or any(change.place.source is not source for change in mend.changes):
        return None
    try:
        edits = [_edit(change, source) for change in mend.changes]
        needed = [edit for statement in mend.imports if (edit := import_edit(source, statement)) is not None]
    except (_Impossible, ValueError):
        return None
    return Fix(mend.message, (*needed, *edits), mend.safe)


def _edit(change: Change, source: Source) -> Edit:
    span = change.place.span()
    if change.part == "returned":
        span = _returned(span, source)
    elif change.part == "statement" and not _is_alone(span, source):
        raise _Impossible
    own = source.between(span)
    if change.key:
        return _renamed(change, span, own, source)
    if change.last:
        return Edit(span, _with_last(own, change.last))
    content = own if change.content is None else change.content
    if change.after.startswith(".") and change.content is None and not _is_atom(own):
        content = f"({own})"
    return Edit(span, f"{change.before}{content}{change.after}")


def _returned(span: Span, source: Source) -> Span:
    """What a statement returns."""
    own = source.between(span)
    rest = own.removeprefix("return").lstrip(" \\\r\n\t")
    if not own.startswith("return") or not rest:
        raise _Impossible
    start = source.position_at(source.offset_at(span.start) + len(own) - len(rest))
    return Span(span.path, start, span.end)


def _is_alone(span: Span, source: Source) -> bool:
    """Whether nothing else stands on the lines of an expression: it is a statement."""
    before = source.lines[span.start.row - 1][: span.start.column - 1]
    after = source.lines[span.end.row - 1][span.end.column - 1 :].strip()
    return not before.strip() and (not after or after.startswith("#"))


def _with_last(own: str, last: str) -> str:
    """A call or display with one thing more before the bracket that ends it."""
    if own[-1:] not in (")", "}", "]"):
        raise _Impossible
    inside = own[:-1]
    kept = inside.rstrip()
    if "#" in kept[kept.rfind("\n") + 1 :]:  # it may be a comment that would swallow it
        raise _Impossible
    if kept.endswith(","):
        line = kept[: len(kept) - 1]
        indent = line[line.rfind("\n") + 1 :]
        gap = "\n" + indent[: len(indent) - len(indent.lstrip())] if "\n" in inside[len(kept) :] else " "
        return f"{kept}{gap}{last}{',' if gap != ' ' else ''}{inside[len(kept) :]}{own[-1]}"
    empty = kept.endswith(("(", "{", "["))
    return f"{kept}{'' if empty else ', '}{last}{inside[len(kept) :]}{own[-1]}"


def _renamed(change: Change, span: Span, own: str, source: Source) -> Edit:
    """The edit of one key of a dict that is written out, or one keyword of `dict(...)`."""
    tree = _parsed(own)
    keys = tree.keys if isinstance(tree, ast.Dict) else []
    found = [key for key in keys if isinstance(key, ast.Constant) and key.value == change.key]
    if len(found) != 1:
        raise _Impossible
    key = found[0]
    lines = own.split("\n")
    before = lines[key.lineno - 1].encode()[: key.col_offset].decode()
    first = key.lineno == 1
    row = span.start.row + key.lineno - 1
    column = len(before) + 1 + (span.start.column - 1 if first else 0)
    start = Position(row, column)
    end = source.position_at(source.offset_at(start) + len(ast.get_source_segment(own, key) or ""))
    written = source.between(Span(span.path, start, end))
    quote = written[-1:]
    if not written.startswith(quote) or written[1:-1] != change.key:
        raise _Impossible
    return Edit(Span(span.path, start, end), f"{quote}{change.content}{quote}")


def _parsed(own: str) -> ast.expr | None:
    try:
        return ast.parse(own, mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        return None


def _is_atom(own: str) -> bool:
    return isinstance(_parsed(own), _ATOMS)
