"""An import that nothing uses: which name of which statement it is, and whether it may go."""

from __future__ import annotations

import ast
import re

from lambdalint.source import Source
from lambdalint.standard_library import is_module
from lambdalint.tidy.cuts import extent
from lambdalint.tidy.exports import exports_others
from lambdalint.tidy.outline import Outline
from lambdalint.tidy.taken import Taken

_CATCHES_IMPORT = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
#: By these, and by doctests, a name is read where pyflakes does not see it.
_READS_BY_NAME = re.compile(
    r"(?<![\w.])(?:eval|exec|globals|locals|vars)\(|>>> "
    r"|\bmodules\s*\[\s*__name__|(?:\bmodules\.get|\bimport_module|__import__)\(\s*__name__"
)
#: A text without any of these needs no search, which takes milliseconds.
_GATE = ("eval(", "exec(", "globals(", "locals(", "vars(", ">>> ", "modules", "import_module", "__import__")
#: A comment by which a person tells another linter that the import is meant.
_MEANT = re.compile(r"#.*(?:unused|W0611)", re.IGNORECASE)
#: The same for all that follows, on a line of its own.
_MEANT_BELOW = re.compile(r"^[ \t]*#\s*pylint:.*(?:unused-import|W0611)", re.MULTILINE)
#: What speaks to other tools, and not of why the import is there.
_PLAIN = re.compile(
    r"(?:#\s*(?:noqa(?:\s*:\s*[A-Z]+\d+(?:[\s,]+[A-Z]+\d+)*)?|type:\s*ignore(?:\[[\w\s,-]*\])?"
    r"|pylint:\s*[\w-]+(?:\s*=\s*[\w-]+(?:\s*,\s*[\w-]+)*)?)\s*)+",
    re.IGNORECASE,
)
#: Modules of the standard library that are imported for what their import does: `encodings.idna` holds a codec ready.
_DOES_SOMETHING = frozenset({"antigravity", "encodings", "readline", "rlcompleter", "this"})
#: The same of submodules, where all of it is imported and no name of it.
_HELD_READY = frozenset({"concurrent.futures"})


def alias_of(node: ast.AST, told: str) -> ast.alias | None:
    """The name of an import of which pyflakes speaks: "os", "os.path as p", "..a.b"; None for what is no such name."""
    if not isinstance(node, (ast.Import, ast.ImportFrom)):
        return None
    found = [alias for alias in node.names if _told(node, alias) == told]
    return found[-1] if found else None


def _told(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    full = alias.name
    if isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        full = f"{module}{alias.name}" if module.endswith(".") else f"{module}.{alias.name}"
    renamed = alias.asname is not None and alias.asname != full.rpartition(".")[2]
    return f"{full} as {alias.asname}" if renamed else full


def may_go(source: Source, outline: Outline, node: ast.Import | ast.ImportFrom) -> bool:
    """Whether an unused import may be taken out at all: not where it is tried (its failure tells something), not from
    a package's `__init__`, whose names others import, nor from a conftest, whose names pytest finds, nor where a
    comment says that it is meant."""
    if source.path.rpartition("/")[2] in ("__init__.py", "__init__.pyi", "conftest.py"):
        return False
    if any(map(_tries_imports, outline.around(node))):
        return False
    rows = source.lines[node.lineno - 1 : node.end_lineno]
    return not any(map(_MEANT.search, rows)) and not _MEANT_BELOW.search(source.text)


def _tries_imports(node: ast.AST) -> bool:
    """Whether what fails to be imported inside is caught: `except ImportError`, `with suppress(ImportError)`."""
    caught: list[ast.expr | None] = []
    for handler in getattr(node, "handlers", ()):
        caught += handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    for item in getattr(node, "items", ()):
        caught += getattr(item.context_expr, "args", ())
    return any(one is None or getattr(one, "id", getattr(one, "attr", "")) in _CATCHES_IMPORT for one in caught)


def is_spoken_of(source: Source, node: ast.Import | ast.ImportFrom | ast.alias) -> bool:
    """Whether a comment stands behind an import, or behind one name of it: it may say why the import is there."""
    _, end = extent(source, node)
    rows = [source.text[end:].partition("\n")[0], *source.lines[node.lineno - 1 : (node.end_lineno or 0) - 1]]
    comments = [row[row.index("#") :] for row in rows if "#" in row]
    return not all(_PLAIN.fullmatch(comment.rstrip()) for comment in comments)


def is_safe(
    source: Source, outline: Outline, node: ast.Import | ast.ImportFrom, alias: ast.alias, taken: Taken
) -> bool:
    """Whether the program surely means the same without it. A module of the standard library is imported for its
    names; another may well be for what its import does: patch, register, unpack. A name at the top of the file may be
    `taken` by other files."""
    bound = alias.asname or alias.name.partition(".")[0]
    if not outline.is_in_function(node) and taken.takes(source.path, bound):
        return False
    if _never_runs(outline, node):
        return True
    module = alias.name if isinstance(node, ast.Import) else node.module or ""
    top = module.partition(".")[0]
    if getattr(node, "level", 0) or not is_module(top) or top in _DOES_SOMETHING:
        return False
    if isinstance(node, ast.Import) and module in _HELD_READY:
        return False
    if alias.name == "*":  # may stand before a builtin: `from os import *` brings `open`
        return False
    if _reads_by_name(source.text) or _is_chosen(outline, node) or exports_others(source, outline.tree):
        return False
    if "type:" in source.text and re.search(rf"#\s*type:.*\b{re.escape(bound)}\b", source.text):  # by type checkers
        return False
    return not _loads_for_others(source, node, alias)


def _reads_by_name(text: str) -> bool:
    return any(word in text for word in _GATE) and _READS_BY_NAME.search(text) is not None


def _is_chosen(outline: Outline, node: ast.stmt) -> bool:
    """Whether a module imports it on a condition: what it chooses, as between Python 2 and 3, others import of it."""
    return any(isinstance(one, ast.If) for one in outline.around(node)) and not outline.is_in_function(node)


def _never_runs(outline: Outline, node: ast.stmt) -> bool:
    """Whether it stands under `if TYPE_CHECKING:`, and not in what runs instead."""
    inner: ast.AST = node
    for one in outline.around(node):
        if isinstance(one, ast.If) and getattr(one.test, "id", getattr(one.test, "attr", "")) == "TYPE_CHECKING":
            if any(each is inner for each in one.body):
                return True
        inner = one
    return False


def _loads_for_others(source: Source, node: ast.Import | ast.ImportFrom, alias: ast.alias) -> bool:
    """Whether the import loads a submodule that is reached by way of another: `import xml` and `xml.dom.Node`, which
    holds as long as `from xml.dom import minidom` stands there."""
    loaded = [alias.name] if isinstance(node, ast.Import) else [node.module or "", f"{node.module}.{alias.name}"]
    start, end = extent(source, node)
    others = source.text[:start] + source.text[end:]
    loaded = [one for one in loaded if "." in one and one in others]
    return any(re.search(rf"\b{re.escape(one)}\s*\.", others) for one in loaded)


def repeats(outline: Outline, node: ast.Import | ast.ImportFrom, alias: ast.alias) -> list[ast.stmt] | None:
    """What stands between an import and one of the same name from the same place before, in the same body; None where
    there is no such, or where the name is bound otherwise in between. Nothing comes of the second, unless what is
    between sees to it that the module is loaded anew: `del sys.modules["app"]`."""
    name = alias.asname or alias.name.partition(".")[0]
    between: list[ast.stmt] = []
    body = outline.body(node)
    index = next(number for number, one in enumerate(body) if one is node)
    for other in reversed(body[: index + 1]):
        if isinstance(other, (ast.Import, ast.ImportFrom)):
            names = other.names
            if other is node:
                names = names[: next(number for number, one in enumerate(names) if one is alias)]
            for one in reversed(names):
                if _binding(other, one) == _binding(node, alias):
                    return between
                if name == (one.asname or one.name.partition(".")[0]) or one.name == "*":
                    return None
        elif _binds(other, name):
            return None
        if other is not node:
            between.append(other)
    return None


def _binds(statement: ast.stmt, name: str) -> bool:
    """Whether a statement, or anything in it, may bind or unbind a name."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load) and node.id == name:
            return True
        if name in (getattr(node, "name", None), getattr(node, "asname", None)):
            return True
    return False


def _binding(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> tuple[object, ...]:
    if isinstance(node, ast.Import):
        return alias.name, alias.asname
    return node.module, node.level, alias.name, alias.asname or alias.name
