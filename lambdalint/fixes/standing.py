"""Where in its file an expression, a statement or a parameter stands: whether what a fix means to change is what it
takes it for. Asked of the few places that are to be changed, so each question walks the tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lambdalint.finding import Position, Span
from lambdalint.looks import look
from lambdalint.source import Source

_Function = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


def is_given(source: Source, span: Span) -> bool:
    """Whether an expression is what a key is given where it stands: in a dict, by a keyword, by `answer["key"] = ...`.
    Elsewhere something else may read it, too."""
    return any(source.span_of(one) == span for node in _nodes(source) for one in _given(node) if _is_at(one, span))


def is_passed(source: Source, span: Span) -> bool:
    """Whether an expression is an argument of a call."""
    for node in _nodes(source):
        if isinstance(node, ast.Call):
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            if any(_is_at(one, span) and source.span_of(one) == span for one in given):
                return True
    return False


def _given(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Dict):
        return node.values
    if isinstance(node, ast.Call):
        return [keyword.value for keyword in node.keywords if keyword.arg]
    if isinstance(node, ast.DictComp):
        return [node.value]
    if isinstance(node, ast.Assign) and all(isinstance(target, ast.Subscript) for target in node.targets):
        return [node.value]
    return []


def is_last(source: Source, span: Span) -> bool:
    """Whether a statement, which an expression is, is the last that its function runs once it has come there."""
    return any(_ends_with(node.body, source, span) for node in _nodes(source) if isinstance(node, _Function))


def _ends_with(body: list[ast.stmt], source: Source, span: Span) -> bool:
    last = body[-1]
    if isinstance(last, ast.Expr):
        return source.span_of(last) == span
    blocks: list[list[ast.stmt]] = []
    if isinstance(last, ast.If):
        blocks = [last.body, last.orelse]
    elif isinstance(last, (ast.With, ast.AsyncWith)):
        blocks = [last.body]
    elif isinstance(last, ast.Match):
        blocks = [case.body for case in last.cases]
    elif isinstance(last, ast.Try):  # what `finally` does is done whether or not the block returns
        blocks = [handler.body for handler in last.handlers] + [last.orelse or last.body]
    return any(_ends_with(block, source, span) for block in blocks if block)


def end_of_parameter(source: Source, span: Span) -> Position:
    """Where a parameter ends, its annotation and its default with it, by where its name stands.

    Raises:
        LookupError: no parameter stands there.
    """
    for arguments in _arguments(source):
        given = [*arguments.posonlyargs, *arguments.args]
        defaults = [None] * (len(given) - len(arguments.defaults)) + list(arguments.defaults)
        for one, default in zip(given, defaults):
            if _is_at(one, span) and source.span_of(one).start == span.start:
                return source.span_of(default if default is not None else one).end
    raise LookupError


def is_bare_parameter(source: Source, span: Span) -> bool:
    """Whether a parameter, by where its name stands, has neither an annotation nor a default."""
    try:
        return end_of_parameter(source, span) == span.end
    except LookupError:
        return False


def _arguments(source: Source) -> Iterator[ast.arguments]:
    return (node.args for node in _nodes(source) if isinstance(node, (*_Function, ast.Lambda)))


def body_of(source: Source, name: Span) -> list[ast.stmt] | None:
    """The body of the function whose name stands at a place, or None."""
    node = _named(source, name)
    return node.body if node is not None else None


def is_inside(source: Source, span: Span, name: Span) -> bool:
    """Whether something stands in the function whose name stands at a place."""
    node = _named(source, name)
    if node is None or span.path != name.path:
        return False
    whole = source.span_of(node)
    return whole.start <= span.start and span.end <= whole.end


def is_used(source: Source, span: Span) -> bool:
    """Whether the file uses the function in which a parameter stands by its name."""
    for node in _nodes(source):
        if isinstance(node, _Function) and any(_is_at(one, span) for one in (*node.args.posonlyargs, *node.args.args)):
            look(source.path, f"={node.name}")
            return any(isinstance(one, ast.Name) and one.id == node.name for one in _nodes(source))
    return False


def _named(source: Source, name: Span) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    wanted = source.between(name)
    for node in _nodes(source):
        if isinstance(node, _Function) and node.name == wanted:
            if source.span_of(node).start.row <= name.start.row < source.span_of(node.body[0]).start.row:
                return node
            if node.lineno == name.start.row == node.body[0].lineno:
                return node
    return None


def _nodes(source: Source) -> Iterator[ast.AST]:
    return ast.walk(source.tree) if source.tree is not None else iter(())


def _is_at(node: ast.AST, span: Span) -> bool:
    """Whether a node begins on the line where something stands; asked first, for it costs nothing."""
    return getattr(node, "lineno", 0) == span.start.row
