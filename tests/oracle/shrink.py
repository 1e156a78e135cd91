"""Makes a falsified program smaller while it still fails: statements and parts of expressions are left out."""

from __future__ import annotations

import ast
import copy
import time
from collections.abc import Callable, Iterator
from typing import Any

Files = dict[str, str]
#: (number of the node in ast.walk, field, what is done there)
Edit = tuple[int, str, Any]


def shrink(files: Files, fails: Callable[[Files], bool], seconds: float = 30.0) -> Files:
    """The smallest program found in that time for which `fails` holds."""
    end = time.monotonic() + seconds
    best = {path: ast.unparse(ast.parse(text)) + "\n" for path, text in files.items()}
    if not fails(best):
        return files
    smaller = True
    while smaller and time.monotonic() < end:
        smaller = False
        for path in list(best):
            if path != "app.py" and fails(without := {p: t for p, t in best.items() if p != path}):
                best, smaller = without, True
                continue
            at = 0
            while time.monotonic() < end:
                candidates = list(_edits(ast.parse(best[path])))
                if at >= len(candidates):
                    break
                text = _apply(best[path], candidates[at])
                candidate = {**best, path: text} if text is not None else best
                if text is not None and (len(text), text) < (len(best[path]), best[path]) and fails(candidate):
                    best, smaller = candidate, True
                else:
                    at += 1
    return best


def _edits(tree: ast.AST) -> Iterator[Edit]:
    nodes = list(ast.walk(tree))
    for number, node in enumerate(nodes):
        for name, value in ast.iter_fields(node):
            if (
                isinstance(value, list)
                and value
                and isinstance(value[0], (ast.stmt, ast.ExceptHandler, ast.match_case))
            ):
                size = len(value)
                while size >= 1:
                    for start in range(0, len(value), size):
                        yield number, name, ("cut", start, start + size)
                    size //= 2
                for place, statement in enumerate(value):
                    for inner in ("body", "orelse", "finalbody"):
                        if getattr(statement, inner, None) and isinstance(getattr(statement, inner), list):
                            yield number, name, ("lift", place, inner)
    for number, node in enumerate(nodes):
        for name, value in ast.iter_fields(node):
            if (
                isinstance(value, list)
                and value
                and isinstance(value[0], (ast.expr, ast.keyword, ast.arg, ast.comprehension, ast.alias))
            ):
                for start in range(len(value)):
                    yield number, name, ("cut", start, start + 1)
            parts = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
            for place, part in parts:
                if not isinstance(part, ast.expr) or isinstance(getattr(part, "ctx", None), (ast.Store, ast.Del)):
                    continue
                inner_count = sum(isinstance(child, ast.expr) for child in ast.iter_child_nodes(part))
                for which in range(inner_count):
                    yield number, name, ("inner", place, which)
                if not isinstance(part, ast.Constant):
                    for text in ("None", "1", "'a'", "[]", "{}"):
                        yield number, name, ("put", place, text)


def _apply(text: str, edit: Edit) -> str | None:
    number, name, (action, *rest) = edit
    tree = ast.parse(text)
    node = list(ast.walk(tree))[number]
    value = getattr(node, name)
    if action == "cut":
        start, end = rest
        if isinstance(node, ast.Dict):
            del node.keys[start:end], node.values[start:end]
        elif (
            isinstance(node, (ast.Compare, ast.BoolOp, ast.JoinedStr))
            and len(value) <= 1 + isinstance(node, ast.BoolOp)
        ) or isinstance(node, ast.Compare):
            return None
        else:
            del value[start:end]
        if name == "body" and not value and not isinstance(node, ast.Module):
            if not isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)):
                return None
            value.append(ast.Pass())
    elif action == "lift":
        place, inner = rest
        value[place : place + 1] = getattr(value[place], inner)
    else:
        place, what = rest
        old = value if place is None else value[place]
        new: Any
        if action == "inner":
            new = [child for child in ast.iter_child_nodes(old) if isinstance(child, ast.expr)][what]
            new = copy.deepcopy(new)
        else:
            new = ast.parse(what, mode="eval").body
        if place is None:
            setattr(node, name, new)
        else:
            value[place] = new
    try:
        made = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
        compile(made, "app.py", "exec", dont_inherit=True)
    except Exception:  # an edit may leave a tree that is no program: unparse and compile each have their own errors
        return None
    return made
