"""Writes lambdalint/interpreter/library/tables/data_class_rows.py: what the data classes of Powertools have.

    python scripts/data_classes.py FOLDER ...

Each folder holds an installed version (`pip install --no-deps --target FOLDER aws-lambda-powertools==VERSION`). Nothing
of them is imported: their sources are read. An attribute counts that any of the versions has; where it is read from in
the event only where all of them agree that have it.
"""

from __future__ import annotations

import ast
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "lambdalint/interpreter/library/tables/data_class_rows.py"
PACKAGE = "aws_lambda_powertools/utilities/data_classes"
BASE = "DictWrapper"
#: Bases from elsewhere that give an instance no attributes but those of a mapping.
_OUTSIDE = frozenset({"Mapping", "ABC", "object", "Generic"})
_VERSION = re.compile(r"aws_lambda_powertools-(.+)\.dist-info")
_HEAD = '''"""The attributes of Powertools' data classes, and where they are in the event.

scripts/data_classes.py wrote them down.
A line is a class and its attributes, each with the steps and the type of a row of `event_fields` where these are
known. Those that every data class has stand under `*`. Of the versions
{versions}.
"""

from __future__ import annotations

ROWS = """
'''


def classes_of(folder: Path) -> dict[str, list[ast.ClassDef]]:
    found: dict[str, list[ast.ClassDef]] = {}
    for path in sorted((folder / PACKAGE).rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(node)
    return found


def bases_of(nodes: list[ast.ClassDef]) -> list[str]:
    found = []
    for node in nodes:
        for base in node.bases:
            base = base.value if isinstance(base, ast.Subscript) else base
            found.append(base.id if isinstance(base, ast.Name) else "?")
    return found


def line_of(name: str, classes: dict[str, list[ast.ClassDef]]) -> list[str] | None:
    """The class and those above it, nearest first; None where one is not of the package, or it is no data class."""
    if name == BASE:
        return [BASE]
    if name not in classes:
        return [] if name in _OUTSIDE else None
    line = [name]
    for base in bases_of(classes[name]):
        above = line_of(base, classes)
        if above is None:
            return None
        line += [one for one in above if one not in line]
    return line


def own_rows(nodes: list[ast.ClassDef], data_classes: set[str]) -> dict[str, str]:
    """The names that a class defines, and those that its methods set in an instance."""
    found: dict[str, str] = {}
    for node in nodes:
        for statement in node.body:
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                row = _row(statement, data_classes)
                found[statement.name] = row if found.get(statement.name, row) == row else ""
                for part in ast.walk(statement):
                    if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store):
                        if isinstance(part.value, ast.Name) and part.value.id == "self":
                            found.setdefault(part.attr, "")
            elif isinstance(statement, ast.Assign):
                found.update({target.id: "" for target in statement.targets if isinstance(target, ast.Name)})
            elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                found[statement.target.id] = ""
    return found


def _row(function: ast.FunctionDef | ast.AsyncFunctionDef, data_classes: set[str]) -> str:
    """Where a property is read from, and the data class that it gives; "" where it is no such property."""
    names = {ast.unparse(decorator) for decorator in function.decorator_list}
    body = [part for part in function.body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))]
    if not names & {"property", "cached_property"} or len(body) != 1:
        return ""
    (statement,) = body
    if isinstance(statement, ast.For) and isinstance(statement.target, ast.Name) and len(statement.body) == 1:
        inner = statement.body[0]
        if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Yield) and inner.value.value is not None:
            return _each(inner.value.value, statement.target.id, statement.iter, "*", data_classes)
    value = statement.value if isinstance(statement, ast.Return) else None
    if isinstance(value, ast.ListComp) and len(value.generators) == 1:
        (made,) = value.generators
        if isinstance(made.target, ast.Name) and not made.ifs:
            return _each(value.elt, made.target.id, made.iter, "+", data_classes)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in data_classes:
        steps = _steps(value.args[0]) if len(value.args) == 1 and not value.keywords else ""
        return f"{steps}={value.func.id}" if steps else ""
    annotation = ast.unparse(function.returns) if function.returns is not None else ""
    steps = _steps(value) if value is not None and annotation == "str" else ""
    return f"{steps}str" if steps else ""


def _each(made: ast.expr, element: str, source: ast.expr, sign: str, data_classes: set[str]) -> str:
    if not isinstance(made, ast.Call) or not isinstance(made.func, ast.Name) or made.func.id not in data_classes:
        return ""
    given = [*made.args, *(keyword.value for keyword in made.keywords if keyword.arg == "data")]
    steps = _steps(source)
    if steps and given and isinstance(given[0], ast.Name) and given[0].id == element:
        return f"{steps}{sign}{made.func.id}"
    return ""


def _steps(value: ast.expr) -> str:
    """`self["a"]["b"]` as `[a][b]`."""
    if not isinstance(value, ast.Subscript) or not isinstance(value.slice, ast.Constant):
        return ""
    key = value.slice.value
    if not isinstance(key, str) or not re.fullmatch(r"[\w-]+", key):
        return ""
    if ast.unparse(value.value) in ("self", "self._data"):
        return f"[{key}]"
    above = _steps(value.value)
    return f"{above}[{key}]" if above else ""


def rows_of(folder: Path) -> dict[str, dict[str, str]]:
    classes = classes_of(folder)
    lines = {name: line_of(name, classes) for name in classes}
    data_classes = {name for name, line in lines.items() if line is not None and BASE in line}
    found = {}
    for name in data_classes:
        rows: dict[str, str] = {}
        for entry in reversed(lines[name] or []):
            rows.update(own_rows(classes[entry], data_classes))
        found[name] = rows
    found["*"] = found.pop(BASE)
    return found


def main(folders: list[str]) -> None:
    versions, union = [], {}
    for folder in map(Path, folders):
        versions += [match[1] for path in folder.iterdir() if (match := _VERSION.match(path.name))]
        for name, rows in rows_of(folder).items():
            known = union.setdefault(name, {})
            for attribute, row in rows.items():
                known[attribute] = row if known.get(attribute, row) == row else ""
    union["*"].update(dict.fromkeys(("keys", "items", "values", "get"), ""))
    common = union["*"]
    text = [_HEAD.format(versions=", ".join(sorted(versions, key=lambda v: [int(part) for part in v.split(".")])))]
    for name in sorted(union):
        own = sorted(f"{key}{row}" for key, row in union[name].items() if name == "*" or key not in common)
        own = [part for part in own if not part.startswith("__")]
        wrapped = textwrap.wrap(f"{name}: {' '.join(own)}", 120, subsequent_indent=" ", break_on_hyphens=False)
        text.append("\n".join(wrapped) + "\n")
    text.append('"""\n')
    TARGET.write_text("".join(text), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
