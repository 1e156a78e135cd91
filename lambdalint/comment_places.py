"""Where the comments of a file stand, and at the ends of which rows one may be added: as its language reads it.

What stands in quotes is no comment. At the end of a row that a string, a block or a scalar goes on behind, none can be
added; in a literal block of YAML that is Python, which a template may hold, where Python lets it be.
"""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lambdalint.source import Source
from lambdalint.text import Text

_YAML = (".yaml", ".yml", ".template", ".json")
_TERRAFORM = ".tf"
_TOML = ".toml"

#: Strings that hold code, which has tokens of its own since Python 3.12; older ones read them as one.
_OPENING = {getattr(tokenize, name, None) for name in ("FSTRING_START", "TSTRING_START")} - {None}
_CLOSING = {getattr(tokenize, name, None) for name in ("FSTRING_END", "TSTRING_END")} - {None}

_HASH = re.compile(r"(?:(?<=\s)|^)#")
_TOML_PARTS = re.compile(
    r'"""(?:\\.|(?!""").)*"{3,5}|'
    r"'''(?:(?!''').)*'{3,5}|"
    r'"(?:\\.|[^"\\\n])*"|'
    r"'[^'\n]*'|"
    r"(?P<comment>#[^\r\n]*)",
    re.DOTALL,
)
_TERRAFORM_CODE = re.compile(
    r'(?P<comment>(?:#|//)[^\r\n]*)|/\*|<<-?(?P<marker>[A-Za-z][\w.-]*)[ \t]*\r?\n|["{}]',
)
_TERRAFORM_STRING = re.compile(r'\\.|\$\$\{|%%\{|[$%]\{|"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Comments:
    """`there`: of each row that has a comment the column, from 1, where it begins. `ends`: the rows at whose ends one
    may be added, behind the one that is there."""

    there: Mapping[int, int] = field(default_factory=dict)
    ends: frozenset[int] = frozenset()


def comments_of(file: Text) -> Comments | None:
    """The comments of a file; None where it is of no language that is known here, or cannot be read."""
    if isinstance(file, Source):
        return _of_python(file)
    if file.path.endswith(_YAML):
        return _of_yaml(file)
    parts = _parts(file)
    return None if parts is None else _of_parts(file, *parts)


def meaning_of(file: Text) -> Hashable:
    """What a file says, comments apart: two texts of it with comments alone between them have the same."""
    if isinstance(file, Source):
        return file.tree and ast.dump(file.tree)
    if file.path.endswith(_YAML):
        events = _events(file)
        return None if events is None else tuple(_said(event) for event in events)
    parts = _parts(file)
    if parts is None:
        return file.text
    text, at, kept = file.text, 0, []
    for start, end in parts[1]:
        kept.append(text[at:start])
        at = end
    return tuple(line.rstrip() for line in "".join((*kept, text[at:])).splitlines())


# -- Python ------------------------------------------------------------------------------------------------------


def _of_python(source: Source) -> Comments:
    """Of a file that ends being Python somewhere, what stands before. Of one that only a newer Python reads, nothing:
    this one takes a part of its strings for code."""
    there: dict[int, int] = {}
    ends: set[int] = set()
    inside = 0
    if source.tree is None and source.newer:
        return Comments()
    lines = (line + "\n" for line in source.lines)
    try:
        for token in tokenize.generate_tokens(lambda: next(lines, "")):
            row, column = token.start
            if token.type == tokenize.ERRORTOKEN:
                break
            inside += (token.type in _OPENING) - (token.type in _CLOSING)
            if inside:
                continue
            if token.type == tokenize.COMMENT:
                there[row] = column + 1
            elif token.type in (tokenize.NEWLINE, tokenize.NL):
                ends.add(row)
    except (tokenize.TokenError, SyntaxError):
        pass
    return Comments(there, frozenset(ends))


# -- YAML, and JSON, which has no comments -----------------------------------------------------------------------


def _of_yaml(file: Text) -> Comments | None:
    events = _events(file)
    if events is None:
        return None
    quoted: dict[int, list[tuple[int, int]]] = {}  # by row: from which column to which, from 0
    closed: set[int] = set()
    code: dict[int, int | None] = {}  # the rows of Python, with the columns of their comments
    code_ends: set[int] = set()
    for event in events:
        style = getattr(event, "style", None)
        if not hasattr(event, "value"):
            continue
        first, last = event.start_mark.line + 1, event.end_mark.line + 1
        if style in ("|", ">"):
            rows = range(first + 1, last + (event.end_mark.column > 0))
            closed.update(rows)
            source = _code_of(event)
            if source is not None:
                inside = _of_python(source)
                code |= dict.fromkeys(rows)
                code |= {first + row: _shifted(file, first, source, row, at) for row, at in inside.there.items()}
                code_ends |= {first + row for row in inside.ends}
            continue
        closed.update(range(first, last))
        for row in range(first, last + 1) if style in ("'", '"') else ():
            start = event.start_mark.column if row == first else 0
            end = event.end_mark.column if row == last else len(file.lines[row - 1]) if row <= len(file.lines) else 0
            quoted.setdefault(row, []).append((start, end))
    there = {row: column for row, column in code.items() if column is not None}
    for row, line in enumerate(file.lines, 1):
        found = _first_outside(line, quoted.get(row, ())) if "#" in line and row not in code else None
        if found is not None:
            there[row] = found.start() + 1
    if _is_json(file):
        return Comments({} if file.path.endswith(".json") else there)
    return Comments(there, (frozenset(range(1, len(file.lines) + 1)) - closed) | code_ends)


def _shifted(file: Text, header: int, source: Source, row: int, column: int) -> int:
    """A column of a block's text in the file, where it is indented."""
    return column + len(file.lines[header + row - 1]) - len(source.lines[row - 1])


def _first_outside(line: str, quoted: Any) -> re.Match[str] | None:
    return next(
        (one for one in _HASH.finditer(line) if not any(start <= one.start() < end for start, end in quoted)), None
    )


def _is_json(file: Text) -> bool:
    return file.text.lstrip()[:1] in ("{", "[")


def _events(file: Text) -> list[Any] | None:
    """The parser's events, or None where it refuses the file."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    written = file.text.replace("\t", " ") if _is_json(file) else file.text
    try:
        return list(yaml.parse(written, Loader=loader))
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def _code_of(event: Any) -> Source | None:
    """The text of a literal block, if it is Python."""
    if event.style != "|":
        return None
    source = Source("", event.value.encode("utf-8", "replace"))
    return source if source.tree is not None else None


def _said(event: Any) -> tuple[object, ...]:
    value = getattr(event, "value", None)
    source = _code_of(event) if value is not None else None
    if source is not None and source.tree is not None:
        value = ast.dump(source.tree)
    return type(event).__name__, getattr(event, "tag", None), getattr(event, "anchor", None), value


# -- Terraform and TOML ------------------------------------------------------------------------------------------

_Stretches = list[tuple[int, int]]


def _parts(file: Text) -> tuple[_Stretches, _Stretches] | None:
    """What is closed to comments, and the comments, by their offsets in order; None where that cannot be told."""
    if file.path.endswith(_TERRAFORM):
        return _terraform_parts(file.text)
    if file.path.endswith(_TOML):
        closed: _Stretches = []
        comments: _Stretches = []
        for match in _TOML_PARTS.finditer(file.text):
            (closed if match["comment"] is None else comments).append(match.span())
        return closed, comments
    return None


def _terraform_parts(text: str) -> tuple[_Stretches, _Stretches] | None:
    closed: _Stretches = []
    comments: _Stretches = []
    opened: list[str] = []
    at = start = 0
    while True:
        quoted = '"' in opened
        match = (_TERRAFORM_STRING if opened and opened[-1] == '"' else _TERRAFORM_CODE).search(text, at)
        if match is None:
            return None if opened else (closed, comments)
        at, token = match.end(), match[0]
        if opened and opened[-1] == '"':
            if token == '"':
                opened.pop()
                if '"' not in opened:
                    closed.append((start, at))
            elif token in ("${", "%{"):
                opened.append("{")
        elif token in ('"', "{"):
            start = start if quoted else match.start()
            opened.append(token)
        elif token == "}":
            if not opened:
                return None
            opened.pop()
        elif match["comment"] is not None:
            if not quoted:
                comments.append(match.span())
        else:
            behind = _behind(text, at, match["marker"])
            if behind is None:
                return None
            if not quoted:
                closed.append((match.start(), behind))
            at = behind


def _behind(text: str, at: int, marker: str | None) -> int | None:
    """Behind a comment of several lines, or behind the row that ends a heredoc; None where neither ends."""
    if marker is None:
        end = text.find("*/", at)
        return end + 2 if end >= 0 else None
    found = re.compile(rf"^[ \t]*{re.escape(marker)}[ \t]*\r?(?:\n|\Z)", re.MULTILINE).search(text, at)
    return found.end() if found is not None else None


def _of_parts(file: Text, closed: _Stretches, comments: _Stretches) -> Comments:
    there = {position.row: position.column for position in (file.position_at(start) for start, _ in comments)}
    inside: set[int] = set()
    for start, end in closed:
        inside.update(range(file.position_at(start).row, file.position_at(end).row))
    return Comments(there, frozenset(range(1, len(file.lines) + 1)) - inside)
