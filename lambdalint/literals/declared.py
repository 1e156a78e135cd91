"""What a module's and a class's own statements say of the names in them."""

from __future__ import annotations

import ast

from lambdalint.literals.model import name_of, text_of


def settings_prefix(node: ast.ClassDef) -> str:
    """What stands before the names of the fields of a `BaseSettings` in the environment: `env_prefix`, of
    `model_config = SettingsConfigDict(...)` or of the class `Config`.
    https://docs.pydantic.dev/latest/concepts/pydantic_settings/#environment-variable-names"""
    for inner in node.body:
        if isinstance(inner, ast.Assign) and isinstance(inner.value, ast.Call):
            given: list[tuple[str | None, ast.expr]] = [(one.arg, one.value) for one in inner.value.keywords]
        elif isinstance(inner, ast.Assign) and isinstance(inner.value, ast.Dict):
            given = [(text_of(key), value) for key, value in zip(inner.value.keys, inner.value.values)]
        elif isinstance(inner, ast.ClassDef) and inner.name == "Config":
            given = [(name_of(one.targets[0]), one.value) for one in inner.body if isinstance(one, ast.Assign)]
        else:
            continue
        for name, value in given:
            if name == "env_prefix":
                return text_of(value) or ""
    return ""


def module_constants(tree: ast.Module) -> dict[str, ast.Constant]:
    """The module's names that are assigned one text constant and nothing else."""
    found: dict[str, ast.Constant | None] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            targets: list[ast.expr] = statement.targets
        elif isinstance(statement, (ast.AnnAssign, ast.AugAssign)):
            targets = [statement.target]
        else:
            continue
        for target in targets:
            if isinstance(target, ast.Name):
                value = statement.value
                constant = value if isinstance(value, ast.Constant) and text_of(value) is not None else None
                found[target.id] = constant if target.id not in found else None
    return {name: constant for name, constant in found.items() if constant is not None}


def signatures(tree: ast.Module) -> dict[str, tuple[str, ...]]:
    """The names of the positional parameters of the module's own functions, and of what its classes are made with."""
    found: dict[str, tuple[str, ...]] = {}
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found[statement.name] = _positional(statement)
        elif isinstance(statement, ast.ClassDef):
            if any(map(_makes_init, statement.decorator_list)) or "NamedTuple" in map(name_of, statement.bases):
                found[statement.name] = _fields(statement)
            for inner in statement.body:
                if isinstance(inner, ast.FunctionDef) and inner.name == "__init__":
                    found[statement.name] = _positional(inner)[1:]
    return found


#: Decorators that write `__init__`, which takes the annotated names in order.
#: https://docs.python.org/3/library/dataclasses.html, https://www.attrs.org/en/stable/api.html
_MAKERS = frozenset({"dataclass", "define", "frozen", "mutable"})


def _makes_init(decorator: ast.expr) -> bool:
    return name_of(decorator.func if isinstance(decorator, ast.Call) else decorator) in _MAKERS


def _fields(node: ast.ClassDef) -> tuple[str, ...]:
    annotated = [inner for inner in node.body if isinstance(inner, ast.AnnAssign)]
    return tuple(name_of(one.target) for one in annotated if "ClassVar" not in ast.dump(one.annotation))


def _positional(node: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[str, ...]:
    return tuple(parameter.arg for parameter in (*node.args.posonlyargs, *node.args.args))
