"""What every operation of every AWS client answers with: the service models of botocore, as scripts/aws_answers.py
packed them (its head explains the lines).

Only the pack that holds a service is opened, and of it only the structures that are asked for are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


class Member(NamedTuple):
    """A key of an answer: its code, and whether the model requires it."""

    name: str
    code: str
    required: bool


class Structure(NamedTuple):
    """The keys of a dict. `whole`: it has no others, but for those of a newer version of the service."""

    members: tuple[Member, ...]
    whole: bool


class Service:
    """One service: the structures by which its operations answer."""

    def __init__(self, text: str) -> None:
        head, *self._lines = text.split("\n")
        self.name, *operations = head.split(" ")
        self._answers: dict[str, int] = {}
        count = 0
        for operation in operations:
            name, _, shared = operation.partition("=")
            self._answers[name] = int(shared) if shared else count
            count += not shared

    def answer(self, operation: str) -> int | None:
        """The number of the structure that an operation answers with; None of one that answers with nothing, of what
        is no operation, and of one that is newer than the table."""
        return self._answers.get(operation)

    def answers(self) -> Iterable[tuple[str, int]]:
        """The operations that answer with something, each with the number of the structure."""
        return self._answers.items()

    def members(self, name: str) -> list[Member]:
        """The members of that name, whatever they stand in."""
        word = re.compile(rf"(?<!\S){re.escape(name)}(?!\w)")
        numbers = [number for number, line in enumerate(self._lines) if word.search(line)]
        return [one for number in numbers for one in self.structure(number).members if one.name == name]

    @lru_cache(maxsize=2048)  # noqa: B019  # a service lives as long as the process: see `service`
    def structure(self, number: int) -> Structure:
        """A structure by its number."""
        members = []
        words = self._lines[number].split(" ") if self._lines[number] != "-" else []
        whole = not words or words[-1] != "*"
        for word in words if whole else words[:-1]:
            name, _, code = word.partition(":")
            members.append(Member(name, code.rstrip("!"), code.endswith("!")))
        return Structure(tuple(members), whole)


@lru_cache(maxsize=256)
def service(name: str) -> Service | None:
    """A service by the name that `boto3.client` takes; None where there is no such, or the table cannot be opened: a
    Python may have been built without lzma."""
    text = opened(name)
    return Service(text) if text is not None else None


def opened(name: str, what: str = "") -> str | None:
    """The lines of a service: of its answers, or of something else that stands beside them."""
    found = _pack_of().get(name)
    return _opened(*found).get(what + name) if found is not None else None


class Resource(NamedTuple):
    """A resource of a service: the number of the structure that has its attributes, and by name what else it has, as
    a sign and what the sign says something of (scripts/aws_resources.py explains them)."""

    structure: int | None
    parts: dict[str, tuple[str, str]]


_PART = re.compile(r"(\.|!?)(\w+)(=|>>|>|\*|@@|@|)(\w*)")


@lru_cache(maxsize=16)
def resources(name: str) -> dict[str, Resource]:
    """The resources of a service by their names, the service itself as `-`; none where boto3 has none."""
    text = opened(name, "resource:") or ""
    made = {}
    for line in text.split("\n")[1:]:
        own, number, *words = line.split(" ")
        parts = {}
        for word in words:
            before, part, sign, target = _PART.fullmatch(word).groups()  # type: ignore[union-attr]
            parts[("!" if before == "!" else "") + part] = (before if before == "." else sign, target)
        made[own] = Resource(int(number) if number != "-" else None, parts)
    return made


@lru_cache(maxsize=1)
def _file() -> tuple[bytes, bytes]:
    from importlib.resources import files

    head, _, packs = files(__package__).joinpath("answers.bin").read_bytes().partition(b"\n")
    return head, packs


def botocore_version() -> str:
    """The version of botocore whose models these are."""
    import json

    return str(json.loads(_file()[0])["botocore"])


@lru_cache(maxsize=1)
def _pack_of() -> dict[str, tuple[int, int]]:
    """Where the pack of each service stands: its start and length."""
    import json

    found: dict[str, tuple[int, int]] = {}
    start = 0
    for length, names in json.loads(_file()[0])["packs"]:
        found.update(dict.fromkeys(names, (start, length)))
        start += length
    return found


def together(name: str) -> list[str]:
    """The services that are packed with one."""
    packs = _pack_of()
    return [other for other, place in packs.items() if place == packs[name]]


@lru_cache(maxsize=16)
def _opened(start: int, length: int) -> dict[str, str]:
    """The texts of the services that are packed together."""
    try:
        import lzma
    except ImportError:
        return {}
    text = lzma.decompress(_file()[1][start : start + length]).decode()
    return {one.split(" ", 1)[0].split("\n", 1)[0]: one for one in text.split("\n\n")}
