"""Event sources: how each is recognised, and what becomes of the answer it is given. The facts are data, one TOML file
a family, each row with where it is published and when that was checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

#: A path into the event, without the indexes: ("Records", "s3", "bucket").
Keys = tuple[str, ...]

FAMILIES = ("http", "authorizers", "records", "services")


@dataclass(frozen=True, slots=True)
class Response:
    """What an HTTP source makes of an answer. The words are explained at the head of http.toml."""

    failure: int
    keys: tuple[str, ...]
    other_keys: str
    no_status: str
    digits: str
    text: str
    null: str
    body: str
    header_number: str
    header_bool: str


@dataclass(frozen=True, slots=True)
class EventSource:
    """One row. `title` and `short` name it in a message, alone and among others. `response`: of an HTTP source.
    `answer`: of any other, "read", "ignored" or "batch"."""

    id: str
    title: str
    short: str
    signs: frozenset[Keys]
    sends: frozenset[Keys]
    answers: frozenset[str] = frozenset()
    answer: str = "read"
    standard: bool = False
    response: Response | None = None

    @property
    def listed(self) -> frozenset[Keys]:
        """Every path that the row says the event has."""
        return self.signs | self.sends


@lru_cache(maxsize=1)
def sources() -> tuple[EventSource, ...]:
    """Every row, in the files' order."""
    return tuple(_row(row) for family in FAMILIES for row in rows(family))


@lru_cache(maxsize=1)
def always_set() -> frozenset[str]:
    """The variables that Lambda sets in every function."""
    return frozenset(name for row in rows("environment") for name in (*row["reserved"], *row["set"]))


def rows(family: str) -> list[dict[str, Any]]:
    """The rows of one file as they are written, `source` and `checked` included."""
    from importlib.resources import files

    import tomli

    found: list[dict[str, Any]] = tomli.loads(files(__name__).joinpath(f"{family}.toml").read_text("utf-8"))["row"]
    return found


def path_of(text: str) -> Keys:
    """`Records[].s3` as a path without indexes. A dot that belongs to a key is written with a backslash before it."""
    return tuple(key.replace("\\.", ".") for key in re.split(r"(?<!\\)\.", text.replace("[]", "")))


def _row(row: dict[str, Any]) -> EventSource:
    response = row.get("response")
    return EventSource(
        id=row["id"],
        title=row["title"],
        short=row.get("short", row["title"]),
        signs=frozenset(map(path_of, row["signs"])),
        sends=frozenset(map(path_of, row["sends"])),
        answers=frozenset(row.get("answers", ())),
        answer=row.get("answer", "read"),
        standard=row.get("standard", False),
        response=Response(**{**response, "keys": tuple(response["keys"])}) if response else None,
    )
