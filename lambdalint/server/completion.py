"""What may be written at a place of a handler: keys of the event, attributes of the context, keys of the answer.

While somebody types, the text is seldom Python. So it is read by lines: the `def` above the place, and what is
assigned or looped over between the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lambdalint.contracts import EventSource, Keys
from lambdalint.contracts.forms import Form
from lambdalint.finding import Position
from lambdalint.interpreter.lambda_context import ATTRIBUTES, METHODS

_DEF = re.compile(r"^(\s*)(?:async\s+)?def\s+(\w+)\s*\(\s*(\w+)[^,)]*(?:,\s*(\w+))?")
#: What is read from: a name, and what is asked of it.
_STEP = r"""(?:\[\s*(?:"[^"]*"|'[^']*'|-?\d+)\s*\]|\.get\(\s*(?:"[^"]*"|'[^']*')\s*(?:,\s*[^()]*)?\))"""
_CHAIN = rf"(?<![\w.\]\)])([A-Za-z_]\w*)((?:\s*{_STEP})*)"
_KEY = re.compile(rf"""{_CHAIN}\s*(?:\[|\.get\()\s*(["'])([^"']*)$""")
_ATTRIBUTE = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\.(\w*)$")
_ASSIGNED = re.compile(rf"^\s*([A-Za-z_]\w*)\s*(?::[^=]+)?=\s*\(?{_CHAIN}(?:\s+or\s+[\[{{(].*)?\)?\s*(?:#.*)?$")
_LOOP = re.compile(rf"\bfor\s+([A-Za-z_]\w*)\s+in\s+{_CHAIN}")
_NAMED = re.compile(r"""\[\s*["']([^"']*)["']\s*\]|\.get\(\s*["']([^"']*)["']""")
_QUOTED = re.compile(r"""(["'])([^"']*)$""")


@dataclass(frozen=True, slots=True)
class Offer:
    """What may stand there. `typed`: how much of it does already. `detail`: of whom it is."""

    label: str
    typed: str
    detail: str
    kind: str  # "key", "attribute", "method"


@dataclass(frozen=True, slots=True)
class _Around:
    """The function round a place: its name, its parameters, and what its names stand for, of the event."""

    name: str
    context: str | None
    paths: dict[str, Keys]


def offers(lines: Sequence[str], at: Position, senders: dict[str, list[EventSource]]) -> Iterator[Offer]:
    """What may be written at a position. `senders`: of the handlers of this file, by their names, who sends the
    event."""
    line = lines[at.row - 1][: at.column - 1] if at.row <= len(lines) else ""
    around = _around(lines, at.row - 1, senders.keys())
    if around is None:
        return
    sources = senders[around.name]
    if (key := _KEY.search(line)) is not None and key[1] in around.paths:
        path = around.paths[key[1]] + _names(key[2])
        for source in sources:
            yield from (Offer(one, key[4], source.name, "key") for one in sorted(_keys(source, path)))
    elif (attribute := _ATTRIBUTE.search(line)) is not None and attribute[1] == around.context:
        for one in sorted(ATTRIBUTES):
            yield Offer(one, attribute[2], "the context", "method" if one in METHODS else "attribute")
    elif (typed := _QUOTED.search(line)) is not None and _in_answer(lines, at.row - 1, line[: typed.start()]):
        for source in sources:
            yield from (Offer(one, typed[2], source.name, "key") for one in _answers(source))


def _around(lines: Sequence[str], row: int, handlers: Iterable[str]) -> _Around | None:
    """The handler whose body holds a row."""
    wanted = set(handlers)
    for number in range(row, -1, -1):
        found = _DEF.match(lines[number])
        if found is None:
            if number < row and re.match(r"\S", lines[number]) and not lines[number].startswith((")", "#", "@")):
                return None  # the body of whatever stood above has ended
            continue
        if found[2] in wanted and not found[1]:
            paths: dict[str, Keys] = {found[3]: ()}
            for line in lines[number + 1 : row]:
                for name, root, steps in ((one[1], one[2], one[3]) for one in _bound(line)):
                    if root in paths:
                        paths[name] = paths[root] + _names(steps)
                    else:
                        paths.pop(name, None)
            return _Around(found[2], found[4], paths)
        if not found[1]:
            return None
    return None


def _bound(line: str) -> Iterator[re.Match[str]]:
    assigned = _ASSIGNED.match(line)
    if assigned is not None:
        yield assigned
    yield from _LOOP.finditer(line)


def _names(steps: str) -> Keys:
    """The keys of a chain; what an index picks of a list has the list's own path."""
    return tuple(one[1] if one[1] is not None else one[2] for one in _NAMED.finditer(steps))


def _keys(source: EventSource, path: Keys) -> set[str]:
    listed = {one[len(path)] for one in source.listed if len(one) > len(path) and one[: len(path)] == path}
    return {key for key in listed | set(source.keys_at(path) or ()) if key and key not in ("()", "*", "...")}


def _answers(source: EventSource) -> Iterator[str]:
    forms: Iterable[Form] = source.contract.forms.values() if source.contract is not None else ()
    own = source.response.keys if source.response is not None else ()
    yield from dict.fromkeys((*own, *sorted(source.answers), *(key for form in forms for key in form.fields)))


def _in_answer(lines: Sequence[str], row: int, before: str) -> bool:
    """Whether a key of the dict that is returned stands next: directly in its braces, behind one of them or a comma."""
    depth = 0
    text = before
    first = True
    for number in range(row, max(row - 60, -1), -1):
        if not first:
            text = lines[number]
        stripped = re.sub(r"""("[^"]*"|'[^']*')""", lambda one: " " * len(one[0]), text)
        if first and stripped.rstrip() and stripped.rstrip()[-1] not in "{,":
            return False
        first = False
        for index in range(len(stripped) - 1, -1, -1):
            char = stripped[index]
            if char in ")]}":
                depth += 1
            elif char in "([{":
                if depth == 0:
                    return char == "{" and re.search(r"\breturn\s*\(?\s*$", stripped[:index]) is not None
                depth -= 1
    return False
