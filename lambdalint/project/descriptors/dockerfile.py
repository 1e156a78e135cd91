"""A Dockerfile as instructions and stages, with what its variables stand for.

https://docs.docker.com/reference/dockerfile/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lambdalint.finding import Place, Span
from lambdalint.project.deployment import Fact
from lambdalint.text import Text

_MAX_BYTES = 500_000
_MAX_VALUE = 10_000
#: More stages than anybody writes: such a file is not looked at.
_MAX_STAGES = 200
_DIRECTIVE = re.compile(r"[ \t]*#[ \t]*escape[ \t]*=[ \t]*(.)[ \t]*", re.IGNORECASE)
_INSTRUCTION = re.compile(r"[ \t]*([A-Za-z]+)(?:[ \t]+|$)")
_HEREDOC = re.compile(r"<<-?(['\"]?)([A-Za-z_]\w*)\1")
_VARIABLE = re.compile(r"\\\$|\$(?:\{(\w+)(?::([-+])([^{}$]*))?\}|(\w+))")
_PAIR = re.compile(r"([\w.-]+)=((?:\"(?:\\.|[^\"\\])*\"|'[^']*'|\\.|[^\s\"'\\])*)")
_FROM = re.compile(r"(?:--\S+\s+)*(\S+)(?:\s+[Aa][Ss]\s+(\S+))?\s*")


@dataclass(frozen=True, slots=True)
class Instruction:
    """`name` in capitals, `text` its arguments in one line, `heredoc` the lines below them."""

    name: str
    text: str
    heredoc: str
    _file: Text
    _offsets: tuple[int, ...]

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Where a part of `text` stands."""
        if not self._offsets:
            return self._file.place(Span(self._file.path, *(self._file.position_at(0),) * 2))
        first = self._offsets[min(start, len(self._offsets) - 1)]
        last = self._offsets[min(end if end is not None else len(self.text), len(self._offsets)) - 1] + 1
        at = self._file.position_at
        return self._file.place(Span(self._file.path, at(first), at(max(first, last))))


@dataclass(slots=True)
class Stage:
    """What one FROM begins. `base` is the image, or None where it is not known; `place` is where that stands; `parent`
    the number of the stage that it is, where it is one. `general`: the ARGs before the first FROM, with their defaults
    or what the builder gives."""

    name: str | None
    base: str | None
    place: Place
    parent: int | None = None
    general: Mapping[str, str | None] = field(default_factory=dict)
    instructions: list[Instruction] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Order:
    """How a function has a Dockerfile built and run. `args`: the build arguments that are given, a value of None where
    it is not known; `target`: the stage, None for the last; `command`: the handler, where it is not the Dockerfile's.
    `named`: it says which Dockerfile it is, so that it surely builds a Lambda image."""

    args: Mapping[str, str | None] = field(default_factory=dict)
    target: str | None = None
    command: Fact[str] | None = None
    named: bool = True


def stages(text: Text, order: Order | None = None) -> list[Stage]:
    """The stages, down to the one that is built; none where there is none of the target's name."""
    found: list[Stage] = []
    order = order or Order()
    general: dict[str, str | None] = {}
    for instruction in _instructions(text):
        if instruction.name == "FROM":
            match = _FROM.fullmatch(instruction.text)
            if len(found) == _MAX_STAGES:
                return []
            if match is not None:
                place, base = instruction.place(match.start(1), match.end(1)), substituted(match[1], general)
                parent = stage_named(found, base) if base is not None else None
                found.append(Stage(match[2] and match[2].lower(), base, place, parent, general))
        elif found:
            found[-1].instructions.append(instruction)
        elif instruction.name == "ARG":
            general.update(pairs(instruction, general))
            general.update({name: value for name, value in order.args.items() if name in general})
    if order.target is None:
        return found
    last = numbered(found, order.target)
    return found[: last + 1] if last is not None else []


def stage_named(before: list[Stage], name: str) -> int | None:
    """The number of the stage of a name, the last that has it."""
    numbers = range(len(before) - 1, -1, -1)
    return next((number for number in numbers if before[number].name == name.lower()), None)


def numbered(before: list[Stage], name: str) -> int | None:
    """The same, of a stage that is named or numbered: `COPY --from=build`, `COPY --from=0`."""
    found = stage_named(before, name)
    if found is None and name.isdecimal() and int(name[:9]) < len(before):
        return int(name[:9])
    return found


def chain(all_stages: list[Stage], last: int) -> list[Stage]:
    """The stages that one is made of, by `FROM other`, the outermost first."""
    found: list[Stage] = []
    number: int | None = last
    while number is not None:
        found.insert(0, all_stages[number])
        number = all_stages[number].parent
    return found


def pairs(
    instruction: Instruction, values: Mapping[str, str | None], general: Mapping[str, str | None] | None = None
) -> dict[str, str | None]:
    """What ARG or ENV sets: a value of None is not known. An ARG without a default takes that of the `general` one
    before the first FROM; else it is left to who builds the image."""
    if instruction.name == "ENV" and not re.match(r"[\w.-]+=", instruction.text):
        name, _, value = instruction.text.partition(" ")
        return {name: substituted(value.strip(), values)} if name else {}
    found = {match[1]: substituted(_unquoted(match[2]), values) for match in _PAIR.finditer(instruction.text)}
    if instruction.name == "ARG":
        bare = [word for word in _PAIR.sub(" ", instruction.text).split() if re.fullmatch(r"\w+", word)]
        found.update({name: (general or values).get(name, values.get(name)) for name in bare})
    return found


def substituted(text: str, values: Mapping[str, str | None]) -> str | None:
    """A text with its variables filled in; None where one is not known."""
    made, at = "", 0
    for match in _VARIABLE.finditer(text):
        made += text[at : match.start()]
        at = match.end()
        if match[0] == "\\$":
            made += "$"
            continue
        name = match[1] or match[4]
        value = values.get(name)
        if name not in values or value is None:
            if match[2] != "-" or name in values:
                return None
            value = match[3]
        elif match[2] == "+":
            value = match[3]
        made += value
        if len(made) > _MAX_VALUE:
            return None
    made += text[at:]
    return None if "${" in made and "\\$" not in text else made


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return re.sub(r"\\(.)", r"\1", text)


def _instructions(file: Text) -> Iterator[Instruction]:
    """Each instruction, its continued lines joined, comments between them left out."""
    if len(file.data) > _MAX_BYTES:
        return
    lines = [(match.start(), match[1]) for match in re.finditer(r"([^\r\n]*)(?:\r\n|\r|\n|$)", file.text)]
    directive = _DIRECTIVE.fullmatch(lines[0][1]) if lines else None
    escape = directive[1] if directive else "\\"
    index = 0
    while index < len(lines):
        start, line = lines[index]
        index += 1
        match = _INSTRUCTION.match(line)
        if match is None:
            continue
        pieces: list[tuple[int, str]] = []
        start, line = start + match.end(), line[match.end() :]
        while True:
            body = line.rstrip()
            continued = body.endswith(escape)
            pieces.append((start, body[: -len(escape)] if continued else body))
            if not continued:
                break
            while index < len(lines) and re.match(r"[ \t]*(#|$)", lines[index][1]):
                index += 1
            if index >= len(lines):
                break
            start, line = lines[index]
            index += 1
        text = "".join(piece for _, piece in pieces)
        offsets = tuple(first + number for first, piece in pieces for number in range(len(piece)))
        name = match[1].upper()
        heredoc: list[str] = []
        if name in ("RUN", "COPY", "ADD"):
            for word in _HEREDOC.finditer(text):
                while index < len(lines):
                    index += 1
                    if lines[index - 1][1].strip() == word[2]:
                        break
                    heredoc.append(lines[index - 1][1])
        yield Instruction(name, text, "\n".join(heredoc), file, offsets)
