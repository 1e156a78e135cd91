"""Writes lambdalint/interpreter/library/tables/parser_model_rows.py: what the models of Powertools' parser have.

    python scripts/parser_models.py FOLDER ...

Each folder holds an installed version (`pip install --no-deps --target FOLDER aws-lambda-powertools==VERSION`). Nothing
of them is imported: their sources are read. A name counts that any of the versions has; what it holds only where all of
them agree that have it.
"""

from __future__ import annotations

import ast
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "lambdalint/interpreter/library/tables/parser_model_rows.py"
PACKAGE = "aws_lambda_powertools/utilities/parser/models"
_VERSION = re.compile(r"aws_lambda_powertools-(.+)\.dist-info")
#: What pydantic makes of whatever it takes for such a field.
_MADE = {
    "int": "int", "NonNegativeInt": "int", "PositiveInt": "int", "float": "float", "NonNegativeFloat": "float",
    "bool": "bool", "datetime": "datetime.datetime", "date": "datetime.date",
}  # fmt: skip
#: Beside a text, what stands for a model of the project, in a subclass of its own.
_ANY_MODEL = frozenset({"Type[BaseModel]", "type[BaseModel]", "BaseModel"})
_HEAD = '''"""The fields of the models of Powertools' parser, and where they are in the event.

scripts/parser_models.py wrote them down.
A line is a model and what it has: `name[key]`, where it may be None `name[key]?`, with `str`, `dict` or `list` for what
is left as it was sent, `=Model`, `+Model` for a list of them, `->type` for what pydantic makes of it. Of the versions
{versions}.
"""

from __future__ import annotations

ROWS = """
'''


def models_of(folder: Path) -> dict[str, ast.ClassDef]:
    found: dict[str, ast.ClassDef] = {}
    for path in sorted((folder / PACKAGE).rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found[node.name] = node
    return found


def line_of(name: str, models: dict[str, ast.ClassDef]) -> list[str] | None:
    """The model and those above it, nearest first; None where one is not of the package, or takes what it has not."""
    if name == "BaseModel":
        return []
    if name not in models:
        return None
    node, line = models[name], [name]
    if any("extra=" in ast.unparse(part) or "alias_generator=" in ast.unparse(part) for part in node.body):
        return None
    for base in node.bases:
        above = line_of(ast.unparse(base), models)
        if above is None:
            return None
        line += [one for one in above if one not in line]
    return line


def own_rows(node: ast.ClassDef, models: dict[str, ast.ClassDef]) -> dict[str, str]:
    found: dict[str, str] = {}
    changed: set[str] = set()
    for part in node.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            found[part.target.id] = _row(part.target.id, part, models)
        elif isinstance(part, ast.Assign):
            found.update({target.id: "" for target in part.targets if isinstance(target, ast.Name)})
        elif isinstance(part, ast.ClassDef):
            changed.add("*")  # a `Config`
        elif isinstance(part, ast.FunctionDef):
            found[part.name] = ""
            changed |= _changed(part)
    return {name: "" if changed & {name, "*"} else row for name, row in found.items()}


def _changed(function: ast.FunctionDef) -> set[str]:
    """The fields that a validator may make something else of, "*" for any; one that hands on what it was given, and
    writes nothing, changes none."""
    found: set[str] = set()
    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = ast.unparse(called).rpartition(".")[2]
        given = decorator.args if isinstance(decorator, ast.Call) else []
        if name in ("root_validator", "model_validator") and not _hands_on(function):
            found.add("*")
        elif name in ("validator", "field_validator", "field_serializer") and not _hands_on(function):
            found |= {str(argument.value) if isinstance(argument, ast.Constant) else "*" for argument in given}
    return found


def _hands_on(function: ast.FunctionDef) -> bool:
    taken = {argument.arg for argument in function.args.args}
    for part in ast.walk(function):
        if isinstance(part, (ast.Subscript, ast.Attribute)) and not isinstance(part.ctx, ast.Load):
            return False
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store) and part.id in taken:
            return False
        if isinstance(part, ast.Attribute) and part.attr in ("update", "pop", "setdefault", "clear", "popitem"):
            return False
        if isinstance(part, ast.Return) and not (isinstance(part.value, ast.Name) and part.value.id in taken):
            return False
    return True


def _row(name: str, node: ast.AnnAssign, models: dict[str, ast.ClassDef]) -> str:
    """Where a field is read from, and what it holds; "" where that is not known."""
    key, optional = name, False
    if isinstance(node.value, ast.Call):
        if ast.unparse(node.value.func) != "Field":
            return ""
        named = {keyword.arg: keyword.value for keyword in node.value.keywords}
        default = named.get("default", node.value.args[0] if node.value.args else None)
        if "default_factory" in named or "validation_alias" in named or None in named:
            return ""
        if "alias" in named:
            key = ast.literal_eval(named["alias"])
    else:
        default = node.value
    if isinstance(default, ast.Constant) and default.value is None:
        optional = True
    elif default is not None and ast.unparse(default) != "...":
        return ""
    parts = _parts(node.annotation)
    optional = optional or "None" in parts
    parts = [part for part in parts if part not in _ANY_MODEL | {"None"}]
    kind = _kind(parts, models)
    if kind is None or not re.fullmatch(r"[\w-]+", key):
        return ""
    return f"[{key}]{'?' if optional else ''}{kind}"


def _parts(node: ast.expr) -> list[str]:
    """The types that an annotation names, one by one."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_parts(node.left), *_parts(node.right)]
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) in ("Optional", "Union"):
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        more = ["None"] if ast.unparse(node.value) == "Optional" else []
        return [*(part for one in inner for part in _parts(one)), *more]
    return [ast.unparse(node)]


def _kind(parts: list[str], models: dict[str, ast.ClassDef]) -> str | None:
    """How a row says what a field of these types holds; None where no row can."""
    if len(parts) != 1:
        return None
    (text,) = parts
    if text == "str" or (text.startswith("Literal[") and re.fullmatch(r"Literal\['[^\[\]]*'\]", text)):
        return "str"
    if text in _MADE:
        return f"->{_MADE[text]}"
    if text in models:
        return f"={text}"
    listed = re.fullmatch(r"(?:[Ll]ist|Sequence)\[(\w+)\]", text)
    if listed and listed[1] in models:
        return f"+{listed[1]}"
    plain = re.fullmatch(r"([Dd]ict)\[str, (?:str|Any|[Ll]ist\[str\])\]|([Ll]ist)\[str\]", text)
    return plain[plain.lastindex or 0].lower() if plain else None


def rows_of(folder: Path) -> dict[str, dict[str, str] | None]:
    models = models_of(folder)
    found: dict[str, dict[str, str] | None] = {}
    for name in models:
        line = line_of(name, models)
        if line is None:
            found[name] = None
            continue
        rows: dict[str, str] = {}
        for entry in reversed(line):
            rows.update(own_rows(models[entry], models))
        found[name] = rows
    return found


def _agreed(one: str | None, other: str) -> str:
    if one is None or one == other:
        return other
    plain = one.replace("?", ""), other.replace("?", "")
    return max(one, other, key=len) if plain[0] == plain[1] else ""


def main(folders: list[str]) -> None:
    versions: list[str] = []
    union: dict[str, dict[str, str] | None] = {}
    for folder in map(Path, folders):
        versions += [match[1] for path in folder.iterdir() if (match := _VERSION.match(path.name))]
        for name, rows in rows_of(folder).items():
            known = union.setdefault(name, {})
            if rows is None or known is None:
                union[name] = None
                continue
            for attribute, row in rows.items():
                known[attribute] = _agreed(known.get(attribute), row)
    text = [_HEAD.format(versions=", ".join(sorted(versions, key=lambda v: [int(part) for part in v.split(".")])))]
    for name in sorted(union):
        own = sorted(f"{key}{row}" for key, row in (union[name] or {}).items() if not key.startswith("_"))
        if own:
            wrapped = textwrap.wrap(f"{name}: {' '.join(own)}", 120, subsequent_indent=" ", break_on_hyphens=False)
            text.append("\n".join(wrapped) + "\n")
    text.append('"""\n')
    TARGET.write_text("".join(text), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
