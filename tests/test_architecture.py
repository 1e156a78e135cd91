"""The house's arrows point one way, and each thing stays in its room. Read from the imports, with ast."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "lambdalint"

#: The rooms, lowest first. A module imports from its own room and from those below it; rooms on one line know nothing
#: of each other. A row is a module, or a folder with all that is in it.
FLOORS = [
    ["__init__"],
    ["finding", "looks"],
    ["interpreter/positions", "reparsing", "toml_places"],  # where libcst's nodes stand: the source's half of libcst
    ["text", "nodes", "fingerprints", "formats"],
    ["source", "standard_library"],
    ["comment_places"],
    ["project/deployment", "literals", "directives", "tidy"],
    ["fixes/imports", "fixes/apply", "fixes/standing", "comment_cuts"],
    ["fixes/locate"],
    ["project/descriptors/tree", "project/code/vendored", "project/code/ignores"],
    ["project/descriptors/reader", "project/descriptors/inline"],
    ["project/packaging"],
    ["project/function"],
    ["project/code/files"],
    ["project", "interpreter", "facts", "newer_syntax"],
    ["project/descriptors/cdk"],  # an app is run on paper to see what it deploys
    ["project/descriptors/readers"],
    ["project/inventory"],
    ["contracts"],
    ["checks"],
    ["selection", "api", "installed", "foreign"],
    ["plugins"],
    ["settings_file"],
    ["understood", "config", "suppression", "deep", "memory", "processes", "pages"],
    ["work"],
    ["results"],
    ["fixes", "scope", "baseline"],
    ["earlier"],
    ["run"],
    ["summing"],
    ["engine"],
    ["report"],
    ["page_tests", "server"],
    ["cli"],
    ["__main__"],
]

#: The rows inside the interpreter, lowest first, as its docstring tells them. A module imports from its own row and
#: from those below.
INTERPRETER = [
    row.split()
    for row in """
bounds lambda_context positions collected samples shapes values walk invocation liveness touched scopes second_ways \
heap ends state paths
world trail
machine recorder replies
kinds mro orderings equality presence other_keys membership decisions sendable narrowing sequences containers dicts \
escape stand_ins memos signatures reaching merge summaries carried widen apart pruning draw dropped failures plain \
certain
evaluate execute calls conditions entry event_facts
attributes class_attributes attribute_stores held mapped model_fields items item_stores classes fields schemas \
validators enums mixins exceptions functions virtual_bases gone_through generators iteration coroutines spreading \
parsed_operands container_operators recursion arithmetic instances managers doubt either_way exact_types
library
access call_expressions comparison fstrings imports literals names operators
rounds
assignment comprehensions definitions loops matching statements try_statement with_statement
escaped
runner
__init__
""".strip().splitlines()
]

#: The arrows that point up: imports inside functions. Operations ask the library about what is outside the project;
#: the machine has paths merged and the record has values drawn.
ASKS = {
    "library": [
        *("arithmetic", "attribute_stores", "attributes", "calls", "draw", "held", "item_stores", "items", "iteration"),
        *("class_attributes", "instances", "managers", "mapped", "model_fields", "schemas", "spreading"),
    ],
    "draw": ["recorder"],
}

#: What only some rooms may import, whether at the top or inside a function.
ONLY_IN = {
    "libcst": ["source", "reparsing", "interpreter"],
    "pyflakes": ["facts"],
    # in the library's documents a text of the code is data
    "yaml": ["project/descriptors/tree", "comment_places", "interpreter/library/documents"],
    "pathspec": ["project/code/ignores"],
    "hcl2": ["project/descriptors/terraform/syntax"],
    "lark": ["project/descriptors/terraform/syntax"],
    "tomli": ["settings_file", "toml_places", "contracts", "checks", "project"],
    "packaging": ["project/packaging"],
    "argparse": ["cli"],
    "pygls": ["server"],
    "lsprotocol": ["server"],
}

#: The rules are pure: they reach neither the file system nor the tree.
NOT_IN_CHECKS = {"os", "pathlib", "io", "shutil", "tempfile", "glob", "subprocess", "ast", "libcst", "tokenize"}

#: What takes long to import, and waits until a function needs it.
SLOW = {"libcst", "pyflakes", "yaml", "pathspec", "tomli", "hcl2", "lark", "packaging"}

MODULES = sorted(path.relative_to(PACKAGE).with_suffix("").as_posix() for path in PACKAGE.rglob("*.py"))


def test_each_row_of_the_floors_is_a_room() -> None:
    rows = [row for rows in FLOORS for row in rows]
    assert [row for row in rows if not any(within(module, row) for module in MODULES)] == []


def floor(module: str) -> int:
    """The number of a module's floor, from its most exact row."""
    rows = [(len(row), number) for number, rows in enumerate(FLOORS) for row in rows if within(module, row)]
    assert rows, f"{module} stands on no floor"
    return max(rows)[1]


def room(module: str) -> str:
    return max((row for rows in FLOORS for row in rows if within(module, row)), key=len)


def within(module: str, row: str) -> bool:
    return module == row or module.startswith(f"{row}/")


def imports(module: str, *, top: bool = False) -> set[str]:
    """The dotted names that a module imports, less those for type checkers. `top`: those that it imports at once."""
    tree = ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))
    found: set[str] = set()
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            stack += node.orelse
            continue
        if top and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by dots"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        stack += ast.iter_child_nodes(node)
    return found


def own(dotted: str) -> str | None:
    """The module of the package that an imported name is, or is in."""
    parts = dotted.split(".")
    if parts[0] != "lambdalint":
        return None
    for end in range(len(parts), 1, -1):
        path = "/".join(parts[1:end])
        for candidate in (path, f"{path}/__init__"):
            if candidate in MODULES:
                return candidate
    return "__init__"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_from_its_own_room_and_from_below(module: str) -> None:
    wrong = set()
    for name in imports(module):
        other = own(name)
        if other is None or room(other) == room(module):
            continue
        if floor(other) >= floor(module):
            wrong.add(name)
    assert wrong == set()


def inside(module: str) -> str:
    """The name of a module of the interpreter in the table of its rows."""
    return module.split("/")[1]


def row_of(name: str) -> int:
    rows = [number for number, row in enumerate(INTERPRETER) if name in row]
    assert len(rows) == 1, f"{name} stands in {len(rows)} rows of the interpreter"
    return rows[0]


@pytest.mark.parametrize("module", [module for module in MODULES if within(module, "interpreter")])
def test_a_module_of_the_interpreter_imports_from_its_own_row_and_from_below(module: str) -> None:
    name = inside(module)
    others = {other for other in map(own, imports(module)) if other is not None and within(other, "interpreter")}
    at_once = {other for other in map(own, imports(module, top=True)) if other in others}
    upwards = {inside(other) for other in others if row_of(inside(other)) > row_of(name)}
    assert upwards == {asked for asked, by in ASKS.items() if name in by}
    assert {inside(other) for other in at_once} & upwards == set()


def test_nothing_in_the_interpreter_imports_in_a_circle() -> None:
    left = {module: set() for module in MODULES if within(module, "interpreter")}
    for module, needed in left.items():
        found = {own(name) for name in imports(module, top=True)}
        needed |= {other for other in found if other in left and other != module}
    while ready := {module for module, needed in left.items() if not needed}:
        left = {module: needed - ready for module, needed in left.items() if module not in ready}
    assert sorted(left) == []


@pytest.mark.parametrize("package", sorted(ONLY_IN))
def test_a_library_is_known_to_its_rooms_alone(package: str) -> None:
    users = {module for module in MODULES if any(name.split(".")[0] == package for name in imports(module))}
    assert [user for user in users if not any(within(user, row) for row in ONLY_IN[package])] == []


@pytest.mark.parametrize("module", [module for module in MODULES if within(module, "checks")])
def test_rules_touch_neither_files_nor_trees(module: str) -> None:
    assert {name.split(".")[0] for name in imports(module)} & NOT_IN_CHECKS == set()


@pytest.mark.parametrize("module", [module for module in MODULES if not within(module, "interpreter")])
def test_nothing_slow_is_imported_with_a_module(module: str) -> None:
    assert {name.split(".")[0] for name in imports(module, top=True)} & SLOW == set()


def test_each_cause_of_giving_up_is_told_where_the_bounds_stand() -> None:
    told = (PACKAGE / "interpreter/bounds.py").read_text("utf-8")
    causes: set[str] = set()
    for path in (PACKAGE / "interpreter").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr in ("lose", "give_up"):
                    given = [part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
                    causes |= {cause for cause in given if cause != "libcst does not parse it"}
    assert len(causes) > 10
    assert {cause for cause in causes if f'"{cause}"' not in told} == set()
