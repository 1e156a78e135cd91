"""Event sources: how each is recognised, and what becomes of the answer it is given. The facts are data, one TOML file
a family, each row with where it is published and when that was checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lambdalint.contracts.forms import Form, form

#: A path into the event, without the indexes: ("Records", "s3", "bucket").
Keys = tuple[str, ...]

FAMILIES = ("http", "authorizers", "records", "notifications", "services", "conversations", "operations")

#: Kinds of events of which no row says anything: a REST API with an integration of its own may make anything of the
#: answer, CloudFront functions are JavaScript, and "other" is what no reader knows.
WITHOUT_ROW = frozenset({"rest-api-custom", "cloudfront-function", "other"})

#: What stands in a row's list of keys that will have more of them.
_GROWS = "..."


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
    body_scalar: str
    header_number: str
    header_bool: str


@dataclass(frozen=True, slots=True)
class Contract:
    """The answer that a source must be given; the words are explained at the head of authorizers.toml."""

    code: str
    otherwise: str
    null: str
    advice: str
    forms: Mapping[str, Form]
    when: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    unverified: frozenset[str] = frozenset()
    parts: frozenset[Keys] = frozenset()


@dataclass(frozen=True, slots=True)
class Reply:
    """The call by which a function tells its result; the words are explained at the head of operations.toml."""

    code: str
    otherwise: str
    key: str
    advice: str
    waits: bool


@dataclass(frozen=True, slots=True, eq=False)
class EventSource:
    """One row. `title` and `short` name it in a message, alone and among others. `response`: of an HTTP source.
    `answer`: of any other, "read", "ignored", "batch" or "elsewhere". `never`: what it does not send as the event is
    set up, and how that is told. The rest is explained in authorizers.toml."""

    id: str
    title: str
    short: str
    signs: frozenset[Keys]
    sends: frozenset[Keys]
    kinds: frozenset[str] = frozenset()
    when: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    classes: frozenset[str] = frozenset()
    nullable: frozenset[Keys] = frozenset()
    empty: Mapping[Keys, str] = field(default_factory=dict)
    absent: frozenset[Keys] = frozenset()
    texts: frozenset[Keys] = frozenset()
    values: Mapping[str, frozenset[object]] = field(default_factory=dict)
    keys: Mapping[Keys, frozenset[str]] = field(default_factory=dict)
    growing: frozenset[Keys] = frozenset()
    lowered: frozenset[Keys] = frozenset()
    levels: tuple[str, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    nullable_paths: tuple[str, ...] = ()
    samples: Mapping[Keys, object] = field(default_factory=dict)
    encoded: Mapping[Keys, str] = field(default_factory=dict)
    carried: Mapping[Keys, str] = field(default_factory=dict)
    only_by_sign: bool = False
    lacks: tuple[Mapping[str, Any], ...] = ()
    unsent: tuple[Mapping[str, Any], ...] = ()
    never: Mapping[Keys, str] = field(default_factory=dict)
    words: tuple[Mapping[str, Any], ...] = ()
    answers: frozenset[str] = frozenset()
    answer: str = "read"
    identifier: Keys = ()
    standard: bool = False
    verified: bool = True
    response: Response | None = None
    contract: Contract | None = None
    reply: Reply | None = None

    @property
    def name(self) -> str:
        """The title without its article: "API Gateway REST API"."""
        first, _, rest = self.title.partition(" ")
        return rest if first in ("a", "an", "the") else self.title

    @property
    def listed(self) -> frozenset[Keys]:
        """Every path that the row says the event has."""
        return self.signs | self.sends

    def keys_at(self, level: Keys) -> frozenset[str] | None:
        """The keys that the event has at a level, where they are published. "*" in a row's level is any key."""
        found = self._level(level)
        return self.keys[found] if found is not None else None

    def takes_elements(self, paths: Iterable[Keys]) -> bool:
        """Whether some of the keys that are read of elements of lists are what the source's elements have. Where it
        sends a dict with any keys, as Kafka by topics, the names of an element's keys tell whether it is meant."""
        asked = [path for path in paths if (*path[:-1], "*") in self.keys]
        return not asked or any(path[-1] in self.keys[(*path[:-1], "*")] for path in asked)

    def sends_other_case(self, path: Keys) -> bool:
        """Whether the last key of a path has capitals where the source sends none."""
        return path[:-1] in self.lowered and path[-1] != path[-1].lower()

    def grows_at(self, level: Keys) -> bool:
        """Whether the event may have keys at a level that are not published yet."""
        return self._level(level) in self.growing

    def may_be_null(self, path: Keys) -> bool:
        """Whether the source sends null for a path, where there is nothing to send. "*" in a row's path is any key."""
        return path in self.nullable or any(
            len(own) == len(path) and own[-1] == "*" and own[:-1] == path[:-1] for own in self.nullable
        )

    def _level(self, level: Keys) -> Keys | None:
        level = _undecoded(level)
        for path in self.keys:
            if len(path) == len(level) and all(part in (own, "*") for part, own in zip(path, level)):
                return path
        return None


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


def _undecoded(level: Keys) -> Keys:
    """A path with "()" for each run of decoders: which of them it takes is the code's own business."""
    parts: list[str] = []
    for part in level:
        if not part.endswith("()"):
            parts.append(part)
        elif parts[-1:] != ["()"]:
            parts.append("()")
    return tuple(parts)


def _row(row: dict[str, Any]) -> EventSource:
    response, contract, reply = row.get("response"), row.get("contract"), row.get("reply")
    levels = {path_of(level) if level else (): frozenset(keys) for level, keys in row.get("keys", {}).items()}
    return EventSource(
        id=row["id"],
        title=row["title"],
        short=row.get("short", row["title"]),
        signs=_paths(row["signs"]),
        sends=_paths(row["sends"]),
        kinds=frozenset(row["kinds"]),
        when={
            name: tuple(value) if isinstance(value, list) else (value,) for name, value in row.get("when", {}).items()
        },
        classes=frozenset(row.get("classes", ())),
        nullable=_paths(row.get("nullable", ())),
        empty={path_of(path): when for path, when in row.get("empty", {}).items()},
        absent=_paths(row.get("absent", ())),
        texts=_paths(row.get("texts", ())),
        keys={level: keys - {_GROWS} for level, keys in levels.items()},
        growing=frozenset(level for level, keys in levels.items() if _GROWS in keys),
        lowered=_paths(row.get("lowered", ())),
        levels=tuple(row.get("keys", {})),
        types={**dict.fromkeys(row.get("texts", ()), "str"), **row.get("types", {})},
        nullable_paths=tuple(row.get("nullable", ())),
        samples={path_of(path): value for path, value in row.get("samples", {}).items()},
        encoded={path_of(path): how for path, how in row.get("encoded", {}).items()},
        carried={path_of(path): who for path, who in row.get("carried", {}).items()},
        lacks=tuple(rule for rule in row.get("lacks", ()) if "where" in rule),
        unsent=tuple(rule for rule in row.get("lacks", ()) if "setting" in rule),
        words=tuple(row.get("words", ())),
        only_by_sign=row.get("only_by_sign", False),
        values={key: frozenset(values) for key, values in row.get("values", {}).items()},
        answers=frozenset(row.get("answers", ())),
        answer=row.get("answer", "read"),
        identifier=path_of(row["identifier"]) if "identifier" in row else (),
        standard=row.get("standard", False),
        verified=row.get("verified", True),
        response=Response(**{**response, "keys": tuple(response["keys"])}) if response else None,
        contract=_contract(contract) if contract else None,
        reply=Reply(**reply) if reply else None,
    )


def _paths(texts: list[str] | tuple[str, ...]) -> frozenset[Keys]:
    return frozenset(map(path_of, texts))


def _contract(row: dict[str, Any]) -> Contract:
    forms = {name: form(parts) for name, parts in row["forms"].items()}
    unverified, parts = frozenset(row.get("unverified", ())), _paths(row.get("parts", ()))
    return Contract(**{**row, "forms": forms, "unverified": unverified, "parts": parts})
