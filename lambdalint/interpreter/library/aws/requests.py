"""What the operations of AWS clients take, and what else a client has: the service models of botocore, as
scripts/aws_requests.py packed them (its head explains the lines). Only the services that handlers call most are known.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from lambdalint.interpreter.library.aws.answers import Member, opened, together


class Taken(NamedTuple):
    """The members of a structure that is given, by name. `one`: it takes one member alone; `others`: names that are
    taken for others."""

    members: dict[str, Member]
    one: bool
    others: dict[str, str]


class Requests:
    """One service: what its operations take. `whole`: all operations of the version are among `operations`."""

    def __init__(self, text: str) -> None:
        head, *lines = text.split("\n")
        errors, waiters, pages, *self._lines = ("" if line == "-" else line for line in lines)
        self.name, *words = head.split(" ")
        self.name = self.name.removeprefix("request:")
        self.whole = not words or words[-1] != "*"
        self.operations: dict[str, str] = {}
        for word in words if self.whole else words[:-1]:
            name, _, number = word.partition("=")
            self.operations[name] = number
        self.exceptions = frozenset(errors.split())
        self.waiters: dict[str, str] = {}
        for word in waiters.split():
            name, _, operation = word.partition("=")
            self.waiters[name] = operation
        self.pages = frozenset(pages.split())

    def taken(self, operation: str) -> Taken | None:
        """What an operation takes; None where that is not known. One that takes nothing takes no member."""
        number = self.operations.get(operation, "?")
        if number == "?":
            return None
        return self.structure(int(number)) if number else Taken({}, False, {})

    @lru_cache(maxsize=2048)  # noqa: B019  # a service lives as long as the process: see `requests`
    def structure(self, number: int) -> Taken:
        """A structure by its number."""
        words = self._lines[number].split()
        one = bool(words) and words[0] == "|"
        members, others = {}, {}
        for word in words[1:] if one else words:
            name, _, code = word.lstrip("!").partition(":")
            name, _, other = name.partition("=")
            if other:
                others[other] = name
            members[name] = Member(name, code, word[0] == "!")
        return Taken(members, one, others)


@lru_cache(maxsize=64)
def requests(name: str) -> Requests | None:
    """What the operations of a service take, by the name that `boto3.client` takes."""
    text = opened(name, "request:")
    return Requests(text) if text is not None else None


@lru_cache(maxsize=1)
def called() -> tuple[str, ...]:
    """The services of which everything is known, and which are packed together."""
    found = [name for name in together("sqs") if (one := requests(name)) is not None and one.whole]
    return tuple(found)
