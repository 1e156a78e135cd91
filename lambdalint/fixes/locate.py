"""From what a rule would do to edits of the file."""

from __future__ import annotations

import ast
from collections.abc import Callable

from lambdalint.finding import Change, Edit, Fix, Mend, Position, Span
from lambdalint.fixes.apply import applied
from lambdalint.fixes.imports import import_edit
from lambdalint.fixes.standing import (
    body_of,
    end_of_parameter,
    is_bare_parameter,
    is_given,
    is_inside,
    is_last,
    is_passed,
    is_used,
)
from lambdalint.source import Source

#: Expressions of which an attribute can be read without parentheses.
_ATOMS = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.Dict, ast.List, ast.Set, ast.JoinedStr, ast.ListComp)


#: What a part must be where it stands.
_STANDS: dict[str, Callable[[Source, Span], bool]] = {
    "statement": lambda source, span: _is_alone(span, source) and is_last(source, span),
    "value": is_given,
    "passed": is_passed,
    "name": is_bare_parameter,
}


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
    fix = Fix(mend.message, (*needed, *edits), mend.safe and _is_safe(mend, source))
    return fix if _only_cuts(mend) or _compiles(source, fix) else None


def _is_safe(mend: Mend, source: Source) -> bool:
    """Whether nothing but the handler sees what is changed."""
    spans = [change.place.span() for change in mend.changes]
    if mend.inside is not None:
        name = mend.inside.span()
        if mend.inside.source is not source or not all(is_inside(source, span, name) for span in spans):
            return False
    return not any(change.part == "name" and is_used(source, span) for change, span in zip(mend.changes, spans))


def _only_cuts(mend: Mend) -> bool:
    """Whether things are taken away alone, as pyflakes' rules do, which have looked at what is left."""
    return all(change.content == "" for change in mend.changes)


def _compiles(source: Source, fix: Fix) -> bool:
    text, _ = applied(source, [fix])
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _edit(change: Change, source: Source) -> Edit:
    span = change.place.span()
    if change.part == "end":
        return _at_end(span, source, change.content or "")
    if change.part == "parameter":
        try:
            behind = end_of_parameter(source, span)
        except LookupError:
            raise _Impossible from None
        return Edit(Span(span.path, behind, behind), change.after)
    if change.part in _STANDS and not _STANDS[change.part](source, span):
        raise _Impossible
    own = source.between(span)
    start, end = _part(change, own)
    first = source.offset_at(span.start)
    span = Span(span.path, source.position_at(first + start), source.position_at(first + end))
    is_argument = own[max(start - 1, 0) : start] == "(" and own[end : end + 1] == ")"
    own = own[start:end]
    if change.last:
        return Edit(span, _with_last(own, change.last))
    if change.key:
        quote = own[-1:] if own[-1:] in ("'", '"') else ""
        return Edit(span, f"{quote}{change.content}{quote}")
    content = own if change.content is None else change.content
    if change.part in ("guarded", "read"):
        if source.text[first + end : first + end + 1] == "[":  # what stands for it has nothing, either
            raise _Impossible
        content = _guarded(own, change.content or "")
        content = content if is_argument else f"({content})"
    if change.part == "argument":
        tree = _parsed(own)
        assert isinstance(tree, ast.Call)
        content = own[slice(*_offsets(own, tree.args[0]))]
    if change.after.startswith(".") and change.content is None and not _is_atom(own):
        content = f"({own})"
    return Edit(span, f"{change.before}{content}{change.after}")


def _part(change: Change, own: str) -> tuple[int, int]:
    """The offsets of the part that is meant in what the place covers."""
    if change.part == "returned":
        rest = own.removeprefix("return").lstrip(" \\\r\n\t")
        if not own.startswith("return") or not rest:
            raise _Impossible
        return len(own) - len(rest), len(own)
    if change.part == "nothing" and own.split() not in (["return"], ["return", "None"]):
        raise _Impossible
    if change.part in ("", "read", "nothing", *_STANDS) and not change.key:
        return 0, len(own)
    tree = _parsed(own)
    if change.key:
        return _key(tree, own, change.key)
    if change.part in ("holder", "guarded"):
        return _offsets(own, _holder(tree))
    if change.part == "attribute" and isinstance(tree, ast.Attribute):
        return _offsets(own, tree.value)[1], len(own)
    if change.part == "argument" and isinstance(tree, ast.Call) and tree.args:
        return 0, len(own)
    raise _Impossible


def _key(tree: ast.expr | None, own: str, key: str) -> tuple[int, int]:
    """Where a key is written: in a dict, a subscript, a `.get`, or as an attribute."""
    found: list[ast.expr] = []
    if isinstance(tree, ast.Dict):
        found = [each for each in tree.keys if isinstance(each, ast.Constant) and each.value == key]
    elif isinstance(tree, ast.Subscript):
        found = [tree.slice]
    elif isinstance(tree, ast.Call):
        found = tree.args[:1]
    elif isinstance(tree, ast.Attribute) and tree.attr == key and own.endswith(key):
        return len(own) - len(key), len(own)
    if len(found) != 1 or not isinstance(found[0], ast.Constant) or found[0].value != key:
        raise _Impossible
    start, end = _offsets(own, found[0])
    if own[start + 1 : end - 1] != key:  # written with a prefix or an escape
        raise _Impossible
    return start, end


def _holder(tree: ast.expr | None) -> ast.expr:
    """What is read from: `event["body"]` of `event["body"]["id"]`, and of `json.loads(event["body"])`."""
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Attribute):
        if tree.func.attr in ("loads", "b64decode") and len(tree.args) == 1:
            return tree.args[0]
        return tree.func.value
    if isinstance(tree, (ast.Subscript, ast.Attribute)):
        return tree.value
    raise _Impossible


def _guarded(own: str, default: str) -> str:
    """`event["body"]` or `event.get("body", {})`, with what stands for it where it is null or missing."""
    tree = _parsed(own)
    if isinstance(tree, ast.Subscript):
        holder, key = tree.value, tree.slice
    elif isinstance(tree, ast.Call) and isinstance(tree.func, ast.Attribute) and tree.func.attr == "get" and tree.args:
        holder, key = tree.func.value, tree.args[0]
    else:
        raise _Impossible
    if not isinstance(key, ast.Constant):
        raise _Impossible
    if isinstance(tree, ast.Call) and len(tree.args) == 2:  # the code says itself what stands for it
        default = own[slice(*_offsets(own, tree.args[1]))] if not _is_null(tree.args[1]) else default
    written = [own[slice(*_offsets(own, node))] for node in (holder, key)]
    return f"{written[0]}.get({written[1]}) or {default}"


def _is_null(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _offsets(own: str, node: ast.expr) -> tuple[int, int]:
    """Where a node of a parsed text stands in it."""
    starts = [0]
    for line in own.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    lines = own.splitlines()
    ends = ((node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0))
    first, last = (starts[row - 1] + len(lines[row - 1].encode()[:column].decode()) for row, column in ends)
    return first, last


def _at_end(name: Span, source: Source, statement: str) -> Edit:
    """A function, by where its name stands, with one statement more behind all that it does."""
    body = body_of(source, name)
    if body is None:
        raise _Impossible
    span = source.span_of(body[-1])
    line = source.lines[span.start.row - 1]
    indent = line[: len(line) - len(line.lstrip())]
    if line[: span.start.column - 1] != indent:  # behind another statement, or behind a colon
        raise _Impossible
    end = Position(span.end.row, len(source.lines[span.end.row - 1]) + 1)
    return Edit(Span(span.path, end, end), f"\n{indent}{statement}")


def _is_alone(span: Span, source: Source) -> bool:
    """Whether nothing else stands on the lines of an expression: it is a statement."""
    before = source.lines[span.start.row - 1][: span.start.column - 1]
    after = source.lines[span.end.row - 1][span.end.column - 1 :].strip()
    return not before.strip() and (not after or after.startswith("#"))


def _with_last(own: str, last: str) -> str:
    """A call or display with one thing more before the bracket that ends it."""
    if own[-1:] not in (")", "}", "]") or (last[:1] == '"' and own[-1:] != "}"):  # an entry is for a display of a dict
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


def _parsed(own: str) -> ast.expr | None:
    try:
        return ast.parse(own, mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        return None


def _is_atom(own: str) -> bool:
    return isinstance(_parsed(own), _ATOMS)
