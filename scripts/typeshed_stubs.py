"""What typeshed says that the standard library returns, in the little language of lambdalint's tables: see
scripts/typeshed_answers.py, which writes it down.

Said is what is exact: a supertype of what comes - a protocol, an `Iterable`, a class that others derive from - is `?`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import typeshed_client
from typeshed_client.parser import ImportedName, NameInfo, OverloadedName

#: What stands under another name at run time than in the stubs, once leading underscores are off.
RENAMED = {
    "pathlib.Path": "pathlib.PosixPath",
    "pathlib.PurePath": "pathlib.PurePosixPath",
    "thread.lock": "threading.Lock",
    "thread.RLock": "threading.RLock",
    "csv.Reader": "csv.reader",
    "csv.Writer": "csv.writer",
    "concurrent.futures._base.Future": "concurrent.futures.Future",
    "os._ScandirIterator": "posix.ScandirIterator",
    "os.times_result": "posix.times_result",
    "zipfile._path.Path": "zipfile.Path",
    "zlib._Compress": "zlib.Compress",
    "zlib._Decompress": "zlib.Decompress",
}
CONTAINERS = {"list": 1, "set": 1, "frozenset": 1, "dict": 2, "collections.deque": 1, "collections.OrderedDict": 2,
              "collections.defaultdict": 2, "collections.Counter": 1}  # fmt: skip
PLAIN = frozenset({"str", "bytes", "int", "float", "bool", "complex", "bytearray", "memoryview"})
ITERATORS = frozenset({"typing.Iterator", "typing.Generator"})
#: How deep a type is written.
DEPTH = 4
SPECIAL = frozenset({"__enter__", "__getitem__", "__iter__"})


@dataclass
class Row:
    """A name of a module or class. `how`: "call" or "attribute"; `type`: "?" where nothing is said; `parameters`: of
    each overload, the annotations of what must be given and then of what may."""

    how: str
    type: str
    parameters: list[list[str]] = field(default_factory=list)
    least: int = 0


@dataclass
class Class:
    """A class: where the stubs have it, what it derives from in order, and its rows."""

    module: str
    name: str
    above: list[str]
    rows: dict[str, Row]


class Stubs:
    """The stubs as one version of Python on Linux sees them."""

    def __init__(self, minor: int) -> None:
        self.context = typeshed_client.get_search_context(version=(3, minor), platform="linux", search_path=[])

    @cache  # noqa: B019
    def names(self, module: str) -> dict[str, NameInfo]:
        found = typeshed_client.get_stub_names(module, search_context=self.context)
        return found if found is not None else {}

    def find(self, module: str, name: str) -> tuple[str, NameInfo] | None:
        """Where a name that a module knows is defined."""
        for _ in range(10):
            info = self.names(module).get(name)
            if info is None:
                info = self.names("builtins").get(name) if module != "builtins" else None
                module = "builtins"
            if info is None:
                return None
            if not isinstance(info.ast, ImportedName):
                return module, info
            module, name = ".".join(info.ast.module_name), info.ast.name or ""
            if not name:
                return None
        return None

    def named(self, module: str, node: ast.expr) -> tuple[str, NameInfo] | None:
        """What an expression `name` or `module.name` means in a module."""
        if isinstance(node, ast.Name):
            return self.find(module, node.id)
        if not isinstance(node, ast.Attribute):
            return None
        owner = node.value
        if isinstance(owner, ast.Name):
            info = self.names(module).get(owner.id)
            if info is not None and isinstance(info.ast, ImportedName):
                path = [*info.ast.module_name, *([info.ast.name] if info.ast.name else [])]
                return self.find(".".join(path), node.attr)
            found = self.find(module, owner.id)
            inner = (found[1].child_nodes or {}).get(node.attr) if found is not None else None
            return (found[0], inner) if found is not None and inner is not None else None
        return self.find(ast.unparse(owner), node.attr)

    # classes

    def bases(self, module: str, node: ast.ClassDef) -> Iterator[tuple[str, ast.ClassDef] | None]:
        for base in node.bases:
            found = self.named(module, base.value if isinstance(base, ast.Subscript) else base)
            yield (found[0], found[1].ast) if found is not None and isinstance(found[1].ast, ast.ClassDef) else None

    def above(self, module: str, node: ast.ClassDef) -> list[tuple[str, ast.ClassDef]]:
        """A class and what it derives from, in the order in which Python looks; object is left out."""
        lines = [self.above(*base) for base in self.bases(module, node) if base is not None and base[1] is not node]
        merged, rest = [(module, node)], [*lines, [line[0] for line in lines]]
        while any(rest):
            rest = [line for line in rest if line]
            tails = [one for line in rest for one in line[1:]]
            head = next((line[0] for line in rest if line[0] not in tails), rest[0][0])
            merged.append(head)
            rest = [[one for one in line if one != head] for line in rest]
        return [one for one in merged if one[1].name != "object"]

    def is_a(self, module: str, node: ast.ClassDef, *names: str) -> bool:
        found = {one.name for _, one in self.above(module, node)}
        found.update(*(_written(one) for _, one in self.above(module, node)))
        return bool(found & set(names))

    # types

    def text(self, module: str, node: ast.expr | None, own: str, depth: int = 0) -> str:
        """An annotation in the little language. `own`: what is written for Self."""
        if node is None or depth > DEPTH:
            return "?"
        if isinstance(node, ast.Constant):
            if node.value is None:
                return "None"
            return (
                self.text(module, ast.parse(node.value, mode="eval").body, own, depth)
                if isinstance(node.value, str)
                else "?"
            )
        if isinstance(node, ast.BinOp):
            return union([self.text(module, node.left, own, depth), self.text(module, node.right, own, depth)])
        if isinstance(node, ast.Subscript):
            inside = list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]
            return self._generic(module, node.value, inside, own, depth)
        found = self.named(module, node)
        return self._single(*found, [], module, own, depth) if found is not None else "?"

    def _generic(self, module: str, name: ast.expr, inside: list[ast.expr], own: str, depth: int) -> str:
        found = self.named(module, name)
        if found is None:
            return "?"
        full = f"{found[0]}.{found[1].name}".replace("typing_extensions.", "typing.")
        if full == "typing.Union":
            return union([self.text(module, one, own, depth) for one in inside])
        if full == "typing.Optional":
            return union([self.text(module, inside[0], own, depth), "None"])
        if full == "typing.Literal":
            return union([_literal(one) for one in inside])
        if full in ("typing.ClassVar", "typing.Final", "typing.Annotated", "typing.ReadOnly"):
            return self.text(module, inside[0], own, depth)
        if full in ("typing.TypeGuard", "typing.TypeIs"):
            return "bool"
        return self._single(*found, inside, module, own, depth)

    def _single(self, module: str, info: NameInfo, inside: list[ast.expr], asked: str, own: str, depth: int) -> str:
        full = f"{module}.{info.name}".replace("typing_extensions.", "typing.")
        if full == "typing.Self":
            return own
        if full == "typing.LiteralString":
            return "str"
        if full in ITERATORS:
            return f"iterator[{self.text(asked, inside[0], own, depth + 1)}]" if inside else "iterator[?]"
        value = info.ast
        alias = isinstance(value, ast.AnnAssign) and "TypeAlias" in ast.unparse(value.annotation)
        if alias and value.value is not None:
            return self.text(module, value.value, own, depth + 1) if not inside else "?"
        if isinstance(value, ast.Assign) and isinstance(value.value, (ast.Name, ast.Attribute, ast.Subscript)):
            if full.startswith("typing."):  # List, Dict ...
                return self._container(full[7:].lower(), inside, asked, own, depth)
            return self.text(module, value.value, own, depth + 1)
        if not isinstance(value, ast.ClassDef):
            return "?"
        name = kind_name(module, info.name)
        if name == "tuple" or name in CONTAINERS:
            return self._container(name, inside, asked, own, depth)
        if name in PLAIN or name == "types.NoneType":
            return "None" if name == "types.NoneType" else name
        return name if self.is_exact(module, value) else "?"

    def _container(self, name: str, inside: list[ast.expr], asked: str, own: str, depth: int) -> str:
        if name not in CONTAINERS and name != "tuple":
            return "?"
        parts = ["..." if isinstance(one, ast.Constant) and one.value is ... else self.text(asked, one, own, depth + 1)
                 for one in inside]  # fmt: skip
        if name == "collections.Counter":
            return name
        if not parts or (all(part in ("?", "...") for part in parts) and (name != "tuple" or "..." in parts)):
            return name if name == "tuple" else f"{name}[{', '.join(['?'] * CONTAINERS[name])}]"
        return f"{name}[{', '.join(parts)}]"

    def is_exact(self, module: str, node: ast.ClassDef) -> bool:
        """Whether what is said to be of a class may be of that very class, and that tells all: it swallows nothing as a
        manager, and is neither called nor asked as a descriptor."""
        if module in ("typing", "typing_extensions", "types", "builtins", "_typeshed", "unittest.mock"):
            return False
        if "Protocol" in _written(node) or self.is_a(module, node, "Enum", "BaseException", "TypedDict", "type"):
            return False
        methods = [one for _, base in self.above(module, node) for one in base.body
                   if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))]  # fmt: skip
        leaving = [one for one in methods if one.name in ("__exit__", "__aexit__") and one.returns is not None]
        swallows = any("bool" in ast.unparse(one.returns) for one in leaving if one.returns is not None)
        return not swallows and not {"__get__", "__call__"} & {one.name for one in methods}

    # rows

    def call(self, module: str, info: NameInfo, own: str = "?") -> Row | None:
        """What a function gives; None where it is none."""
        if isinstance(info.ast, ast.Assign) and isinstance(info.ast.value, ast.Attribute):  # `open = TarFile.open`
            owner, method = self.named(module, info.ast.value.value), self.named(module, info.ast.value)
            if owner is None or method is None or not isinstance(owner[1].ast, ast.ClassDef):
                return None
            return self.call(method[0], method[1], kind_name(owner[0], owner[1].name))
        nodes = info.ast.definitions if isinstance(info.ast, OverloadedName) else [info.ast]
        functions = [one for one in nodes if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))]
        if not functions:
            return None
        decorators = {ast.unparse(one) for function in functions for one in function.decorator_list}
        if isinstance(info.ast, OverloadedName) and any(one.endswith(".setter") for one in decorators):
            return Row("setter", "?")
        if {"property", "cached_property", "functools.cached_property", "types.DynamicClassAttribute"} & decorators:
            return Row("attribute", frozen(self.text(module, functions[0].returns, own)))
        if isinstance(functions[0], ast.AsyncFunctionDef):
            return Row("call", "?")
        if "classmethod" in decorators and own == "self":
            own = "cls"
        kind = union([self.text(module, one.returns, own) for one in functions])
        static = own == "?" or "staticmethod" in decorators
        given = [_parameters(one, static) for one in functions]
        return Row("call", kind, [names for names, _ in given], min(least for _, least in given))

    def class_of(self, module: str, node: ast.ClassDef, children: dict[str, NameInfo]) -> Class:
        above = [kind_name(where, one.name) for where, one in self.above(module, node)[1:]
                 if where not in ("typing", "typing_extensions", "_typeshed")]  # fmt: skip
        rows: dict[str, Row] = {}
        fields = self.is_a(module, node, "NamedTuple")
        for name, info in children.items():
            if name.startswith("_") and name not in SPECIAL:
                continue
            row = self.call(module, info, "self")
            if row is not None:
                rows[name] = row
            elif fields and isinstance(info.ast, ast.AnnAssign):
                rows[name] = Row("attribute", frozen(self.text(module, info.ast.annotation, "?")))
        if rows.get("__iter__", Row("", "")).type == "self" and "__next__" in children:
            following = self.call(module, children["__next__"], "self")
            rows["__iter__"].type = f"iterator[{following.type}]" if following is not None else "?"
        if "__enter__" in rows and rows["__enter__"].type == "self":
            rows["__enter__"].type = "receiver"
        return Class(module, node.name, above, rows)

    def made(self, module: str, node: ast.ClassDef) -> Row:
        """What calling a class gives."""
        for where, base in self.above(module, node):
            for name in ("__init__", "__new__"):
                info = (self.find(where, base.name) or (where, None))[1]
                inner = (info.child_nodes or {}).get(name) if info is not None else None
                row = self.call(where, inner, "self") if inner is not None else None
                if row is not None:
                    return Row("call", kind_name(module, node.name), row.parameters, row.least)
        return Row("call", kind_name(module, node.name), [[]], 0)


def _written(node: ast.ClassDef) -> set[str]:
    """The names of the bases of a class, as they are written."""
    return {ast.unparse(base).split("[")[0].rpartition(".")[2] for base in node.bases}


def kind_name(module: str, name: str) -> str:
    """The name by which lambdalint knows a class."""
    from lambdalint.interpreter.library.names import canonical

    module = module.lstrip("_")
    full = canonical(name if module == "builtins" else f"{module}.{name}")
    return RENAMED.get(full, full)


def union(parts: list[str]) -> str:
    """`a | None`; of two types one comes for these arguments and the other for those, so nothing is said."""
    split = list(dict.fromkeys(one for part in parts for one in _options(part)))
    types = [one for one in split if one != "None"]
    if "?" in split or len(types) > 1:
        return "?"
    return " | ".join([*types, *(["None"] if "None" in split else [])])


def _options(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for index, char in enumerate(text):
        depth += (char == "[") - (char == "]")
        if char == "|" and depth == 0:
            parts.append(text[start:index].strip())
            start = index + 1
    return [*parts, text[start:].strip()]


def frozen(text: str) -> str:
    """The type of an attribute: what a container that hangs there holds may be changed by anyone."""
    mutable = [name for name in CONTAINERS if name != "frozenset"]
    return union([one.partition("[")[0] if one.startswith(tuple(f"{name}[" for name in mutable)) else
                  ("?" if any(f"{name}[" in one for name in mutable) or "iterator" in one else one)
                  for one in _options(text)])  # fmt: skip


def _literal(node: ast.expr) -> str:
    value: Any = node.value if isinstance(node, ast.Constant) else None
    if isinstance(node, ast.UnaryOp):
        return "int"
    if not isinstance(node, ast.Constant):
        return "?"
    return "None" if value is None else type(value).__name__


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef, static: bool) -> tuple[list[str], int]:
    """The annotations of the positional parameters, and how many must be given."""
    arguments = [*node.args.posonlyargs, *node.args.args][0 if static else 1 :]
    least = max(0, len(arguments) - len(node.args.defaults))
    arguments += [node.args.vararg] if node.args.vararg is not None else []
    return [ast.unparse(one.annotation) if one.annotation else "" for one in arguments], least
