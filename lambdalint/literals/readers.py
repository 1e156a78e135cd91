"""Functions that are asked for a variable or a setting by its name, and given what to answer where it is not set:
`os.environ.get`, and what a project puts round it, `env("DB_PASSWORD", "...")`.

A function of the file is known by what it does, one of another file by its name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from lambdalint.literals.model import bound_call, name_of
from lambdalint.literals.tables import ENV_READERS, ENVIRONMENT, SETTINGS
from lambdalint.literals.words import word_set, words
from lambdalint.nodes import nodes_in

#: How the keyword for the default is called.
DEFAULTS = frozenset({"default", "fallback", "default_value"})
#: How the keyword for the name is called.
NAMES = frozenset({"name", "key", "var", "variable", "var_name", "env_var", "setting"})

_ENVIRONMENT = word_set("env environ environment envvar getenv")
_SETTINGS = word_set("config configuration conf cfg setting settings")
#: What else the name of such a function is made of: `get_env_or_default`, `required_setting`, `envStr`.
_BESIDE = word_set(
    """
    get read load fetch lookup look up resolve find require required need optional opt from or with default fallback
    none var variable value str string text bytes url key the by of name as
    """
)
#: What an object that reads is asked for: `env.str("KEY", "...")`, `settings.text("KEY", "...")`.
_ASKED = word_set("str string text bytes url value var read raw")
#: Methods of a dict: what an object of the file's own does under such a name, a dict does in its way.
_OF_DICTS = frozenset({"get", "pop", "setdefault"})
_VARIABLE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")

Dotted = Callable[[ast.AST], str]


class Reader(NamedTuple):
    """By which position a function takes the name, and the default, and by which keyword that."""

    name: int
    default: int
    keyword: str


#: The functions and methods of a file, by name.
Own: TypeAlias = "dict[str, Reader | None]"
_BY_NAME = Reader(0, 1, "default")


def reader(callee: str, own: Own, variable: str, second: str) -> Reader | None:
    """How what is called so reads a variable of this name; None where it does not, as far as its name tells. Beside the
    name of a setting a plain word may tell its section: `get_config("API_KEY", "billing")`."""
    last = callee.rpartition(".")[2]
    if callee in ENV_READERS:
        return _BY_NAME
    for known in (callee, f".{last}") if "." in callee else (callee,):
        if known in own:
            return own[known]
    if reads_settings(callee):
        return _BY_NAME
    told = set(words(callee if last in _ASKED else last))
    if not told <= _ENVIRONMENT | _SETTINGS | _BESIDE:
        return None
    setting = bool(told & _SETTINGS) and _VARIABLE.fullmatch(variable) is not None and not second.isalpha()
    return _BY_NAME if setting or told & _ENVIRONMENT else None


def reads_settings(callee: str) -> bool:
    """Whether it is a library's that looks into the environment."""
    return callee.partition(".")[0] in SETTINGS or callee in ("env", "env.str", "getenv", "get_env")


def own_readers(tree: ast.Module, dotted: Dotted, reads: bool) -> Own:
    """The file's own functions, and with a dot before their names methods, and how each hands a name to the environment
    and answers with a default of its own, straight or by another; None for one that does not. `reads`: the file asks
    the environment at all."""
    defined = list(_defined(tree))
    found: Own = dict.fromkeys(name for name, _, _ in defined)
    while reads:
        new = {name: _read(node, bound, found, dotted) for name, node, bound in defined if found[name] is None}
        if not any(new.values()):
            break
        found.update(new)
    return found


_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def _defined(tree: ast.Module) -> Iterator[tuple[str, _Function, bool]]:
    """The functions, each with its name, and whether its first parameter is bound."""
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield statement.name, statement, False
        elif isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Lambda):
            yield name_of(statement.targets[0]), statement.value, False
        elif isinstance(statement, ast.ClassDef):
            for inner in statement.body:
                if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    if inner.name not in _OF_DICTS:
                        yield f".{inner.name}", inner, "staticmethod" not in map(name_of, inner.decorator_list)


def _read(node: _Function, bound: bool, found: Own, dotted: Dotted) -> Reader | None:
    positional = [one.arg for one in (*node.args.posonlyargs, *node.args.args)][bound:]
    parameters = {*positional, *(one.arg for one in node.args.kwonlyargs)}
    names: set[str] = set()
    defaults: set[str] = set()
    if len(parameters) < 2:
        return None
    for inner in nodes_in(node):
        if isinstance(inner, ast.Call) and inner.args:
            inner = bound_call(inner, dotted(inner.func))
            callee = dotted(inner.func)
            how = _BY_NAME if callee in ENV_READERS else found.get(callee)
            if how is not None and how.name < len(inner.args):
                names |= _names(inner.args[how.name])
                given = inner.args[how.default : how.default + 1]
                defaults |= {name_of(one) for one in given}
                defaults |= {name_of(one.value) for one in inner.keywords if one.arg == how.keyword}
        elif isinstance(inner, ast.Subscript) and dotted(inner.value) in ENVIRONMENT:
            names |= _names(inner.slice)
        elif isinstance(inner, ast.Return):
            defaults.add(name_of(inner.value))
        elif isinstance(inner, ast.BoolOp) and isinstance(inner.op, ast.Or):
            defaults.add(name_of(inner.values[-1]))
        elif isinstance(inner, ast.IfExp):
            defaults |= {name_of(inner.body), name_of(inner.orelse)}
    name = next((one for one in positional if one in names), None)
    default = next((one for one in (*positional, *sorted(parameters)) if one in defaults and one not in names), None)
    if name is None or default is None or default not in parameters:
        return None
    at = positional.index(default) if default in positional else len(positional)
    return Reader(positional.index(name), at, default)


def _names(node: ast.AST) -> set[str]:
    """The names in what the environment is asked for: `name`, `f"APP_{name}"`, `name.upper()`."""
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
