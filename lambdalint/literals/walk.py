"""Finds the text constants of a file: one pass over the ast, without recursion.

A constant keeps its context through what does not change it: `x or "a"`, `"a" if y else z`, `["a"]`, `"a".encode()`,
`SecretStr("a")`. Parts of an f-string or of a concatenation are one text, with `HOLE` for what is not known.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lambdalint.literals.declared import module_constants, settings_prefix, signatures
from lambdalint.literals.model import GETTERS, HOLE, Context, Literal, Scope, bound_call, name_of, text_of
from lambdalint.literals.readers import DEFAULTS, NAMES, Own, Reader, own_readers, reader
from lambdalint.literals.tables import (
    AUTH_PAIRS,
    ENV_DEFAULTS,
    ENV_READERS,
    ENVIRONMENT,
    FIELDS,
    LOOKS_UP,
    LOOKUP_CALL,
    LOOKUP_KEYWORDS,
    OPTIONS,
    PAIRED,
    SECRET_ARGUMENTS,
    TEXT_METHODS,
    WRAPPERS,
)
from lambdalint.source import Source

# The fields of each node class that can hold a text constant's expression, the last first. Annotations hold none.
_SKIPPED = frozenset(
    {"annotation", "returns", "ctx", "op", "ops", "type_comment", "type_params", "type_ignores", "names"}
)
_CHILDREN: dict[type, tuple[str, ...]] = {
    kind: tuple(name for name in reversed(kind._fields) if name not in _SKIPPED)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}
# What holds no expression: nodes, and the plain values of fields.
_LEAVES = frozenset(
    {ast.Name, ast.Pass, ast.Break, ast.Continue, ast.Global, ast.Nonlocal, ast.alias, ast.arg}
    | {type(None), str, int, bytes, bool, float, complex, type(...)}
)
_NONE = Context()
_TEMPLATES: tuple[type, ...] = tuple(
    kind for kind in (ast.JoinedStr, getattr(ast, "TemplateStr", None)) if kind is not None
)
_HOLES: tuple[type, ...] = tuple(
    kind for kind in (ast.FormattedValue, getattr(ast, "Interpolation", None)) if kind is not None
)


def collect(source: Source) -> tuple[tuple[Literal, ...], frozenset[str]]:
    """The literals of a source, about in the order in which they stand, and the names by which it looks things up.

    A module's constant comes once more for each named argument that it is handed to, under that argument's name.
    """
    if source.tree is None:
        return (), frozenset()
    walk = _Walk(source, source.tree)
    walk.run()
    return tuple(walk.found), frozenset(walk.lookups)


class _Walk:
    """One pass. The stack holds nodes to visit with their context and the name of the function they stand in."""

    def __init__(self, source: Source, tree: ast.Module) -> None:
        self.source = source
        self.tree = tree
        self.found: list[Literal] = []
        self.lookups: set[str] = set()
        self.imports: dict[str, str] = {}
        self.constants = module_constants(tree)
        self.signatures = signatures(tree)
        self.readers: Own | None = None
        self.stack: list[tuple[ast.AST, Context, str]] = []
        self.function = ""
        self.visitors: dict[type, Callable[[ast.AST, Context], None]] = {
            **dict.fromkeys(_TEMPLATES, self._text),
            ast.Constant: self._text,
            ast.BinOp: self._operation,
            ast.BoolOp: self._alternatives,
            ast.Expr: self._expression,
            ast.Assign: self._assign,
            ast.AnnAssign: self._assign,
            ast.NamedExpr: self._assign,
            ast.Call: self._call,
            ast.Dict: self._dict,
            ast.Compare: self._compare,
            ast.Subscript: self._subscript,
            ast.Return: self._return,
            ast.ClassDef: self._class,
            ast.FunctionDef: self._define,
            ast.AsyncFunctionDef: self._define,
            ast.Lambda: self._define,
            ast.Match: self._match,
            ast.Import: self._import,
            ast.ImportFrom: self._import,
        }

    def run(self) -> None:
        self._push_block(self.tree.body, _NONE)
        while self.stack:
            node, context, self.function = self.stack.pop()
            visit = self.visitors.get(type(node))
            if visit is not None:
                visit(node, context)
            else:
                self._children(node, context if type(node) in _TRANSPARENT else _NONE)

    # -- the stack -----------------------------------------------------------------------------------------------

    def _push(self, *items: tuple[ast.AST | None, Context]) -> None:
        """To be visited in this order."""
        for node, context in reversed(items):
            if type(node) not in _LEAVES:
                self.stack.append((node, context, self.function))  # type: ignore[arg-type]

    def _push_block(self, body: list[ast.stmt], context: Context) -> None:
        block = replace(context, scope=body)
        self._push(*((statement, block) for statement in body))

    def _children(self, node: ast.AST, context: Context) -> None:
        push, function = self.stack.append, self.function
        for name in _CHILDREN.get(type(node), ()):
            value: Any = getattr(node, name, None)
            if type(value) is list:
                if value and isinstance(value[0], ast.stmt):
                    inner = Context(context.binding, context.name, scope=value)
                else:
                    inner = context
                for child in reversed(value):
                    if type(child) not in _LEAVES:
                        push((child, inner, function))
            elif type(value) not in _LEAVES:
                push((value, context, function))

    # -- texts ---------------------------------------------------------------------------------------------------

    def _emit(self, value: str | None, node: ast.AST, context: Context) -> None:
        if value:
            self.found.append(Literal(value, self.source.place(node), context))

    def _text(self, node: ast.AST, context: Context) -> None:
        if isinstance(node, ast.Constant):
            self._emit(text_of(node), node, context)
            return
        values: list[ast.expr] = getattr(node, "values", [])
        self._emit("".join(text_of(value) or HOLE for value in values), node, context)
        self._push(*((value.value, _NONE) for value in values if isinstance(value, _HOLES)))  # type: ignore[attr-defined]

    def _operation(self, node: ast.AST, context: Context) -> None:
        """`"a" + b + "c"` is one text; `"..." % x` is one with holes of its own."""
        assert isinstance(node, ast.BinOp)
        if isinstance(node.op, ast.Mod):
            self._push((node.left, context), (node.right, _NONE))
            return
        operands: list[ast.expr] = []
        left: ast.expr = node
        while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add):
            operands.append(left.right)
            left = left.left
        operands.append(left)
        operands.reverse()
        texts = [text_of(operand) for operand in operands]
        if len(operands) == 1 or not any(texts):
            self._push((node.left, context), (node.right, context))
            return
        self._emit("".join(HOLE if text is None else text for text in texts), node, context)
        self._push(*((operand, _NONE) for operand, text in zip(operands, texts, strict=False) if text is None))

    def _alternatives(self, node: ast.AST, context: Context) -> None:
        """`os.environ.get("X") or "a"`: what follows is a default."""
        assert isinstance(node, ast.BoolOp)
        first = node.values[0]
        if isinstance(node.op, ast.Or) and isinstance(first, ast.Attribute):
            context = replace(context, fallback=True)
        if isinstance(node.op, ast.Or) and isinstance(first, ast.Call) and first.args:
            callee = self._dotted(first.func)
            how = self._reader(first, callee, text_of(node.values[-1]))
            if how is not None and how.name < len(first.args):
                context = self._default_of(first.args[how.name], callee, context, node)
        self._push(*((value, context) for value in node.values))

    def _expression(self, node: ast.AST, context: Context) -> None:
        assert isinstance(node, ast.Expr)
        if text_of(node.value) is None:  # a statement that is only a text is a docstring or a comment
            self._push((node.value, _NONE))

    # -- bindings ------------------------------------------------------------------------------------------------

    def _assign(self, node: ast.AST, context: Context) -> None:
        assert isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr))
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        binding = context.binding if context.binding in ("field", "member", "environment-default") else "variable"
        alias = self._dotted(node.value) if isinstance(node.value, ast.Attribute) else ""
        for target in targets:
            self._push((target, _NONE))
            if alias in ENV_READERS and isinstance(target, ast.Name):
                self.imports[target.id] = alias
        for target in targets if isinstance(node.value, ast.Constant) else targets[:1]:
            if binding == "environment-default" and isinstance(target, ast.Name):
                name = f"{context.name}{target.id}".upper()
                self._push((node.value, Context(binding, name, context.callee, container=target.id)))
            else:
                self._bind(target, node.value, binding, context.scope)

    def _bind(self, target: ast.expr, value: ast.expr | None, binding: str, scope: Scope) -> None:
        if isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, (ast.Tuple, ast.List)):
            if len(target.elts) == len(value.elts):
                for inner, part in reversed(list(zip(target.elts, value.elts, strict=False))):
                    self._bind(inner, part, binding, scope)
                return
        if isinstance(target, ast.Attribute):
            binding = "attribute"
        elif isinstance(target, ast.Subscript):
            binding = "environment" if self._dotted(target.value) in ENVIRONMENT else "subscript"
        name = self._key(target.slice) if isinstance(target, ast.Subscript) else name_of(target)
        self._push((value, Context(binding, name, scope=scope)))

    def _key(self, node: ast.AST | None) -> str:
        """The text of a key: a constant, or a module's constant by its name."""
        text = text_of(node)
        if text is None and isinstance(node, ast.Name):
            text = text_of(self.constants.get(node.id))
        if text is None and isinstance(node, ast.Attribute):
            text = node.attr
        return text or ""

    def _dotted(self, node: ast.AST) -> str:
        """The full name of what is called: `boto3.client`, also after `import boto3 as b`. "" where it has none;
        the receiver of a method that is not a name is left out: `.get`."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if isinstance(node, ast.Name):
            parts.append(self.imports.get(node.id, node.id))
        return ".".join(reversed(parts))

    def _call(self, node: ast.AST, context: Context) -> None:
        assert isinstance(node, ast.Call)
        written, node = node, bound_call(node, self._dotted(node.func))
        callee = self._dotted(node.func)
        last = callee.rpartition(".")[2]
        arguments = self._arguments(node, callee, last, context)
        keywords: list[tuple[ast.expr, Context]] = []
        for keyword in node.keywords:
            bound = self._keyword(node, keyword, callee, last, context)
            if keyword.arg in AUTH_PAIRS and isinstance(keyword.value, ast.Tuple) and len(keyword.value.elts) == 2:
                user, password = keyword.value.elts
                keywords += ((user, _NONE), (password, replace(bound, name="password")))
            else:
                keywords.append((keyword.value, bound))
        if node is not written:  # what stands there is no call that reads
            arguments = [(value, replace(bound, reader=None)) for value, bound in arguments]
        for value, bound in (*arguments, *keywords):
            if isinstance(value, ast.Name) and value.id in self.constants and bound.name:
                constant = self.constants[value.id]
                self._emit(text_of(constant), constant, bound)
        receiver = context if isinstance(node.func, ast.Attribute) and last in TEXT_METHODS else _NONE
        inner = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        self._push((inner, receiver), *((a, c) for a, c in (*arguments, *keywords) if type(a) is not ast.Name))

    def _arguments(self, node: ast.Call, callee: str, last: str, context: Context) -> list[tuple[ast.expr, Context]]:
        given = node.args
        if not given:
            return []
        names = self.signatures.get(callee, ()) if not LOOKS_UP.match(last) else ()
        bound = [
            Context("keyword", names[index], callee, scope=node)
            if index < len(names)
            else Context("argument", "", callee, position=index, scope=node)
            if type(value) is ast.Constant
            else _NONE
            for index, value in enumerate(given)
        ]
        how = self._reader(node, callee, text_of(given[-1])) if len(given) > 1 else None
        if how is not None:
            if max(how.name, how.default) < len(given):
                bound[how.default] = self._default_of(given[how.name], callee, context, node)
        elif last in WRAPPERS or last in FIELDS:
            bound[0] = replace(context, callee=callee)
        elif callee in ENV_DEFAULTS and len(given) > 1:
            bound[1] = self._default_of(given[0], callee, context, node)
        elif callee == "os.putenv" and len(given) > 1:
            bound[1] = Context("environment", self._key(given[0]), callee)
        elif last in ("get", "setdefault", "pop") and len(given) > 1:
            bound[1] = Context("key-default", self._key(given[0]), callee)
        elif callee == "setattr" and len(given) > 2:
            bound[2] = Context("attribute", self._key(given[1]))
        elif last == "login" and len(given) == 2 and all(map(text_of, given)):
            bound[1] = Context("keyword", "password", callee, position=1)
        elif last == "compare_digest" and len(given) == 2:
            bound = [Context("comparison", name_of(given[1])), Context("comparison", name_of(given[0]))]
        elif len(given) > 1 and bound[1].binding == "argument" and self._key(given[0]):
            bound[1] = Context("beside", self._key(given[0]), callee)
        for position, _, name in SECRET_ARGUMENTS.get(callee, ()):
            if position < len(given):
                bound[position] = Context("keyword", name, callee, position=position, scope=node)
        if last in GETTERS or LOOKUP_CALL.match(last):
            self._look_up(given[0])
        return list(zip(given, bound, strict=False))

    def _keyword(self, node: ast.Call, keyword: ast.keyword, callee: str, last: str, context: Context) -> Context:
        name = keyword.arg or ""
        if name.lower() in LOOKUP_KEYWORDS:
            self._look_up(keyword.value)
        how = self._reader(node, callee, "")
        if name in DEFAULTS or (how is not None and name == how.keyword):
            given = node.args[how.name :] if how is not None else []
            asked = given or [one.value for one in node.keywords if one.arg in NAMES]
            if asked and (how is not None or callee in ENV_DEFAULTS):
                return self._default_of(asked[0], callee, context, node)
        if name in DEFAULTS and node.args:
            if last in OPTIONS:
                options = [text for text in map(text_of, node.args) if text and text.startswith("--")]
                return Context("key-default", options[0].lstrip("-") if options else "", callee)
            return Context("key-default", self._key(node.args[-1]), callee)
        if name == "default" and last in FIELDS:
            return context
        for position, keyword_name, what in SECRET_ARGUMENTS.get(callee, ()):
            if keyword_name == name and what != name:
                return Context("keyword", what, callee, position=position, scope=node)
        return Context("keyword", name, callee, scope=node)

    def _default_of(self, variable: ast.AST, callee: str, context: Context, reader: ast.expr) -> Context:
        """A default of an environment variable; `container` is what the value is assigned to."""
        return Context("environment-default", self._key(variable), callee, container=context.name, reader=reader)

    def _reader(self, node: ast.Call, callee: str, default: str | None) -> Reader | None:
        """How what is called so reads a variable or a setting, if it does."""
        if self.readers is None:
            text = self.source.text
            self.readers = own_readers(self.tree, self._dotted, "environ" in text or "getenv" in text)
        if isinstance(node.func, ast.Attribute) and "." not in callee:
            callee = f".{callee}"
        return reader(callee, self.readers, self._key(node.args[0]) if node.args else "", default or "")

    def _look_up(self, node: ast.AST) -> None:
        name = name_of(node) if isinstance(node, (ast.Name, ast.Attribute)) else ""
        if name:
            self.lookups.add(name)

    def _dict(self, node: ast.AST, context: Context) -> None:
        assert isinstance(node, ast.Dict)
        names = {
            (text_of(key) or "").lower(): text_of(value) for key, value in zip(node.keys, node.values, strict=False)
        }
        items: list[tuple[ast.AST | None, Context]] = []
        for key, value in zip(node.keys, node.values, strict=False):
            name = self._key(key)
            if name.lower() in PAIRED:  # {"name": "DB_PASSWORD", "value": "..."}
                name = next((names[n] or "" for n in PAIRED[name.lower()] if names.get(n)), name)
            items += ((key, _NONE), (value, Context("key", name, container=context.name, scope=node)))
        self._push(*items)

    def _compare(self, node: ast.AST, context: Context) -> None:
        assert isinstance(node, ast.Compare)
        sides = [node.left, *node.comparators]
        for operator, left, right in zip(node.ops, sides, node.comparators, strict=False):
            if isinstance(operator, (ast.In, ast.NotIn)) and isinstance(right, (ast.Name, ast.Attribute)):
                self._look_up(left)
        names = [name_of(side) for side in sides]
        bound: list[tuple[ast.AST | None, Context]] = []
        for index, side in enumerate(sides):
            other = names[1] if index == 0 else names[index - 1]
            operator = node.ops[max(index - 1, 0)]
            asked = isinstance(operator, (ast.Eq, ast.NotEq)) or (index > 0 and not isinstance(side, ast.Constant))
            bound.append((side, Context("comparison", other) if asked else _NONE))
        self._push(*bound)

    def _subscript(self, node: ast.AST, context: Context) -> None:
        assert isinstance(node, ast.Subscript)
        self._look_up(node.slice)
        if text_of(node.slice) is None:
            self._push((node.value, _NONE), (node.slice, _NONE))
        else:
            self._push((node.value, _NONE))

    # -- definitions ---------------------------------------------------------------------------------------------

    def _return(self, node: ast.AST, context: Context) -> None:
        assert isinstance(node, ast.Return)
        self._push((node.value, Context("return", self.function)))

    def _class(self, node: ast.AST, context: Context) -> None:
        assert isinstance(node, ast.ClassDef)
        self._push(*((part, _NONE) for part in (*node.decorator_list, *node.bases, *node.keywords)))
        enum = any(name_of(base).endswith("Enum") for base in node.bases)
        body = Context("member" if enum else "field", scope=node.body)
        if any(name_of(base) == "BaseSettings" for base in node.bases):
            # pydantic reads each field from the environment, and takes the default where the variable is missing
            body = Context("environment-default", settings_prefix(node), "BaseSettings", scope=node.body)
        for statement in reversed(node.body):
            self.stack.append((statement, body, self.function))

    def _define(self, node: ast.AST, context: Context) -> None:
        assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        given = node.args
        named = [*given.posonlyargs, *given.args]
        defaults: list[tuple[ast.arg, ast.expr | None]] = [
            *zip(named[len(named) - len(given.defaults) :], given.defaults, strict=False),
            *zip(given.kwonlyargs, given.kw_defaults, strict=False),
        ]
        outer: list[tuple[ast.AST | None, Context]] = [
            (default, Context("parameter", argument.arg)) for argument, default in defaults
        ]
        if isinstance(node, ast.Lambda):
            self._push(*outer, (node.body, context))
            return
        surrounding, self.function = self.function, node.name
        self._push_block(node.body, _NONE)
        self.function = surrounding
        self._push(*((decorator, _NONE) for decorator in node.decorator_list), *outer)

    def _match(self, node: ast.AST, context: Context) -> None:
        assert isinstance(node, ast.Match)
        compared = Context("comparison", name_of(node.subject))
        items: list[tuple[ast.AST | None, Context]] = [(node.subject, _NONE)]
        for case in node.cases:
            items += ((case.pattern, compared), (case.guard, _NONE))
            items += ((statement, Context(scope=case.body)) for statement in case.body)
        self._push(*items)

    def _import(self, node: ast.AST, context: Context) -> None:
        assert isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names:
            if isinstance(node, ast.ImportFrom):
                self.imports[alias.asname or alias.name] = f"{node.module or ''}.{alias.name}"
            elif alias.asname:
                self.imports[alias.asname] = alias.name


#: What hands its context on to its parts unchanged.
_TRANSPARENT = frozenset({ast.IfExp, ast.List, ast.Tuple, ast.Set, ast.Starred, ast.Await, ast.MatchValue, ast.MatchOr})
