"""Terraform's own functions, as far as they are computed: https://developer.hashicorp.com/terraform/language/functions.

One that is not here, or whose arguments are not known enough, gives an unknown value that names what they name.
"""

from __future__ import annotations

import fnmatch
import json
import os
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from lambdalint.finding import Place
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.descriptors.terraform.values import UNKNOWN, Value, as_text, plain, unknown
from lambdalint.project.descriptors.tree import Node, Unreadable, read_tree
from lambdalint.text import Text

_MAX_LENGTH = 100_000
_MAX_ELEMENTS = 1_000


class Failed(Exception):
    """Terraform refuses the expression: `try` takes the next."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What functions read besides their arguments. `root`: the folder that Terraform runs in."""

    files: Files
    root: str

    def absolute(self, path: str) -> str:
        """A path as Terraform takes it."""
        return os.path.normpath(os.path.join(self.root, path))


Function: TypeAlias = "Callable[[Sequence[Value], Place, Surroundings], Value]"


def _computed(compute: Callable[..., Any]) -> Function:
    """A function of known values alone."""

    def call(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
        try:
            made = compute(*(plain(argument) for argument in arguments))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, re.error):
            return unknown(place, *arguments)
        refs = unknown(place, *arguments).refs
        return Value(made, place, refs) if _fits(made) else _wrapped(made, place)

    return call


def _fits(made: object) -> bool:
    return made is None or isinstance(made, (int, float)) or (isinstance(made, str) and len(made) <= _MAX_LENGTH)


def _wrapped(made: object, place: Place) -> Value:
    if isinstance(made, dict):
        return Value({str(key): _wrapped(value, place) for key, value in made.items()}, place)
    if isinstance(made, list) and len(made) <= _MAX_ELEMENTS:
        return Value(tuple(_wrapped(value, place) for value in made), place)
    return Value(made, place) if _fits(made) else unknown(place)  # type: ignore[arg-type]


def _merge(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    found: dict[str, Value] = {}
    is_open = False
    for argument in arguments:
        if argument.is_null:
            continue
        if not isinstance(argument.data, dict) or argument.open:
            # it may hold any key, with another value
            found = {key: unknown(value.place) for key, value in found.items()}
            is_open = True
        found.update(argument.items())
    return Value(found, place, open=is_open)


def _concat(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    found: list[Value] = []
    is_open = False
    for argument in arguments:
        is_open |= not isinstance(argument.data, tuple) or argument.open
        found += argument.elements() if isinstance(argument.data, tuple) else ()
    return Value(tuple(found[:_MAX_ELEMENTS]), place, open=is_open or len(found) > _MAX_ELEMENTS)


def _flatten(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) != 1 or not isinstance(arguments[0].data, tuple):
        return unknown(place, *arguments)
    found: list[Value] = []
    is_open = False
    stack, left = [arguments[0]], _MAX_ELEMENTS
    while stack and left:
        one = stack.pop()
        left -= 1
        if isinstance(one.data, tuple):
            is_open |= one.open
            stack += reversed(one.data)
        elif one.data is UNKNOWN:
            is_open = True  # it may be a list of any length
        else:
            found.append(one)
    return Value(tuple(found), place, open=is_open or bool(stack))


def _lookup(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) < 2 or not isinstance(arguments[0].data, dict) or arguments[1].text is None:
        return unknown(place, *arguments)
    found = arguments[0].get(arguments[1].text)
    if found is not None:
        return found
    if arguments[0].open:
        return unknown(place)
    if len(arguments) < 3:
        raise Failed
    return arguments[2]


def _element(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) != 2 or not isinstance(arguments[0].data, tuple) or arguments[1].number is None:
        return unknown(place, *arguments)
    if arguments[0].open or not arguments[0].data:
        return unknown(place)
    return arguments[0].data[arguments[1].number % len(arguments[0].data)]


def _one(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) != 1 or not isinstance(arguments[0].data, tuple) or arguments[0].open:
        return unknown(place, *arguments)
    if len(arguments[0].data) > 1:
        raise Failed
    return arguments[0].data[0] if arguments[0].data else Value(None, place)


def _coalesce(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    for argument in arguments:
        if argument.data is UNKNOWN:
            return unknown(place)
        if argument.data is not None and argument.data != "":
            return argument
    raise Failed


def _coalescelist(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    for argument in arguments:
        if not argument.known:
            return unknown(place)
        if argument.data:
            return argument
    raise Failed


def _compact(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) != 1 or not isinstance(arguments[0].data, tuple):
        return unknown(place, *arguments)
    found = tuple(one for one in arguments[0].data if one.data not in (None, ""))
    return Value(found, place, open=arguments[0].open)


def _same(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    return arguments[0] if len(arguments) == 1 else unknown(place, *arguments)


def _toset(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    """A set of text is kept as the list that it is in order."""
    if len(arguments) != 1 or not isinstance(arguments[0].data, tuple):
        return unknown(place, *arguments)
    texts = {as_text(one): one for one in arguments[0].data}
    if None in texts:
        return Value(arguments[0].data, place, open=True)
    return Value(tuple(texts[text] for text in sorted(map(str, texts))), place, open=arguments[0].open)


def _distinct(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) != 1 or not isinstance(arguments[0].data, tuple):
        return unknown(place, *arguments)
    texts = {as_text(one): one for one in reversed(arguments[0].data)}
    if None in texts:
        return Value(arguments[0].data, place, open=True)
    return Value(tuple(reversed(texts.values())), place, open=arguments[0].open)


def _abspath(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) != 1 or arguments[0].text is None:
        return unknown(place, *arguments)
    return Value(around.absolute(arguments[0].text), place)


def _keys(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) != 1 or not isinstance(arguments[0].data, dict):
        return unknown(place, *arguments)
    return Value(tuple(Value(key, place) for key in sorted(arguments[0].data)), place, open=arguments[0].open)


def _values(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) != 1 or not isinstance(arguments[0].data, dict):
        return unknown(place, *arguments)
    found = tuple(value for _, value in sorted(arguments[0].items(), key=lambda item: item[0]))
    return Value(found, place, open=arguments[0].open)


def _length(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) != 1 or not arguments[0].known or not isinstance(arguments[0].data, (tuple, dict, str)):
        return unknown(place, *arguments)
    return Value(len(arguments[0].data), place)


def _contains(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) != 2 or not isinstance(arguments[0].data, tuple) or as_text(arguments[1]) is None:
        return unknown(place, *arguments)
    texts = [as_text(one) for one in arguments[0].data]
    if as_text(arguments[1]) in texts:
        return Value(True, place)
    return unknown(place) if None in texts or arguments[0].open else Value(False, place)


def _jsonencode(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) != 1:
        return unknown(place, *arguments)
    refs = arguments[0].all_refs()
    try:
        text = json.dumps(plain(arguments[0]), separators=(",", ":"))
    except ValueError:
        return Value(UNKNOWN, place, refs, decoded=arguments[0])
    return Value(text, place, refs, decoded=arguments[0])


def _decode(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    """jsondecode and yamldecode: YAML holds JSON."""
    if len(arguments) == 1 and arguments[0].decoded is not None:
        return arguments[0].decoded
    if len(arguments) != 1 or arguments[0].text is None:
        return unknown(place, *arguments)
    try:
        return _of_node(read_tree(Text("", arguments[0].text.encode("utf-8", "replace"))), place, 0)
    except Unreadable:
        return unknown(place)


def _of_node(node: Node, place: Place, depth: int) -> Value:
    if depth > 40:
        return unknown(place)
    if isinstance(node.value, dict):
        return Value({key: _of_node(value, place, depth + 1) for key, value in node.items()}, place)
    if isinstance(node.value, list):
        elements = node.value[:_MAX_ELEMENTS]
        return Value(tuple(_of_node(one, place, depth + 1) for one in elements), place, open=elements != node.value)
    return Value(node.value, place)


def _file(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) != 1 or arguments[0].text is None:
        return unknown(place, *arguments)
    text = around.files.text(around.absolute(arguments[0].text))
    return unknown(place) if text is None or len(text.text) > _MAX_LENGTH else Value(text.text, place)


def _fileexists(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) == 1 and arguments[0].text is not None:
        if around.files.text(around.absolute(arguments[0].text)) is not None:
            return Value(True, place)
    return unknown(place)


def _fileset(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    """The files that a pattern of names fits; one with `**` is left open."""
    if len(arguments) != 2 or arguments[0].text is None or arguments[1].text is None or "**" in arguments[1].text:
        return unknown(place, *arguments)
    top = around.absolute(arguments[0].text)
    found = [""]
    for part in arguments[1].text.split("/"):
        found = [
            posixpath.join(folder, name)
            for folder in found
            for name in sorted(around.files.names(os.path.join(top, folder)))
            if fnmatch.fnmatchcase(name, part)
        ][:_MAX_ELEMENTS]
    return Value(tuple(Value(path, place) for path in found), place, open=len(found) == _MAX_ELEMENTS)


def _replaced(text: str, old: str, new: str) -> str:
    if len(old) > 1 and old.startswith("/") and old.endswith("/"):
        raise ValueError  # a regular expression of another kind than Python's
    if len(text) * max(len(new), 1) > 10 * _MAX_LENGTH:
        raise ValueError
    return text.replace(old, new)


#: What takes a regular expression too long.
_COSTLY = re.compile(r"[)\]][*+{][^)]*\)[*+{]|[*+}]\)[*+{]|\\[1-9]")


def _pattern(written: str, text: str) -> re.Pattern[str]:
    """A regular expression of RE2's syntax; Python's differs in what is seldom written."""
    if len(written) > 200 or len(text) > 2_000 or _COSTLY.search(written) or "[[:" in written:
        raise ValueError
    return re.compile(written)


def _captured(match: re.Match[str]) -> object:
    return match.groupdict() or list(match.groups()) or match[0]


def _regex(arguments: Sequence[Value], place: Place, around: Surroundings) -> Value:
    if len(arguments) != 2 or arguments[0].text is None or arguments[1].text is None:
        return unknown(place, *arguments)
    try:
        match = _pattern(arguments[0].text, arguments[1].text).search(arguments[1].text)
    except (re.error, ValueError):
        return unknown(place, *arguments)
    if match is None:
        raise Failed
    return _wrapped(_captured(match), place)


def _formatted(form: str, *values: object) -> str:
    """`format`, of `%s`, `%d` and `%v` alone."""
    if set(re.findall(r"%(.?)", form)) - {"s", "d", "v", "%"} or not all(map(_fits, values)):
        raise ValueError
    texts = [str(value).lower() if isinstance(value, bool) else str(value) for value in values]
    return re.sub(r"%[dv]", "%s", form) % tuple(texts)


def _joined(separator: str, *lists: list[Any]) -> str:
    return separator.join(one if isinstance(one, str) else json.dumps(one) for some in lists for one in some)


def _title(text: str) -> str:
    return re.sub(r"(?<!\w)[a-z]", lambda match: match[0].upper(), text)


def _substring(text: str, offset: int, length: int) -> str:
    start = offset + len(text) if offset < 0 else offset
    return text[start:] if length < 0 else text[start : start + length]


def _split(separator: str, text: str) -> list[str]:
    return text.split(separator) if separator else list(text)


def _number(value: object) -> object:
    if isinstance(value, str):
        return float(value) if "." in value else int(value)
    return value


def _text(value: object) -> object:
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _bool(value: object) -> object:
    return {"true": True, "false": False}[value] if isinstance(value, str) else value


def _range(*bounds: int) -> list[int]:
    made = range(*bounds)
    if len(made) > _MAX_ELEMENTS:
        raise ValueError
    return list(made)


FUNCTIONS: Mapping[str, Function] = {
    "abs": _computed(abs),
    "abspath": _abspath,
    "basename": _computed(lambda path: posixpath.basename(path.rstrip("/"))),
    "ceil": _computed(lambda number: -int(-number // 1)),
    "chomp": _computed(lambda text: text.rstrip("\r\n")),
    "chunklist": _computed(lambda some, size: [some[at : at + size] for at in range(0, len(some), size)]),
    "coalesce": _coalesce,
    "coalescelist": _coalescelist,
    "compact": _compact,
    "concat": _concat,
    "contains": _contains,
    "dirname": _computed(lambda path: posixpath.dirname(path) or "."),
    "distinct": _distinct,
    "element": _element,
    "endswith": _computed(str.endswith),
    "file": _file,
    "fileexists": _fileexists,
    "fileset": _fileset,
    "flatten": _flatten,
    "floor": _computed(lambda number: int(number // 1)),
    "format": _computed(_formatted),
    "join": _computed(_joined),
    "jsondecode": _decode,
    "jsonencode": _jsonencode,
    "keys": _keys,
    "length": _length,
    "lookup": _lookup,
    "lower": _computed(str.lower),
    "max": _computed(max),
    "merge": _merge,
    "min": _computed(min),
    "nonsensitive": _same,
    "one": _one,
    "range": _computed(_range),
    "regex": _regex,
    "regexall": _computed(lambda written, text: [_captured(one) for one in _pattern(written, text).finditer(text)]),
    "replace": _computed(_replaced),
    "reverse": _computed(lambda some: some[::-1]),
    "sensitive": _same,
    "sort": _computed(sorted),
    "split": _computed(_split),
    "startswith": _computed(str.startswith),
    "strcontains": _computed(lambda text, part: part in text),
    "substr": _computed(_substring),
    "title": _computed(_title),
    "tobool": _computed(_bool),
    "tolist": _same,
    "tomap": _same,
    "tonumber": _computed(_number),
    "toset": _toset,
    "tostring": _computed(_text),
    "trim": _computed(str.strip),
    "trimprefix": _computed(str.removeprefix),
    "trimspace": _computed(str.strip),
    "trimsuffix": _computed(str.removesuffix),
    "upper": _computed(str.upper),
    "values": _values,
    "yamldecode": _decode,
    "yamlencode": _jsonencode,
    "zipmap": _computed(lambda keys, values: dict(zip(keys, values))),
}
