"""What the fields of an event are: their types, where every source that may call sends the same.

A row says it in three ways: `[row.keys]` by what stands in a dict, `texts` of strings that hold something, and
`[row.types]` of the rest. A path keeps its indexes here: `Records` is a list, `Records[]` a dict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from lambdalint.contracts import EventSource
from lambdalint.contracts.callers import Callers, keys_of
from lambdalint.interpreter.invocation import Invocation, Read
from lambdalint.interpreter.shapes import Anything, parts
from lambdalint.interpreter.world import Lack

#: The words of a row, and the types that they stand for; a number may be an int or a float, and what is no number, bool
#: or null any of three.
WORDS = {
    "str": "str", "int": "int", "float": "float", "number": "number", "bool": "bool", "list": "list",
    "dict": "dict", "texts": "str|list|dict",
}  # fmt: skip
_OR_NULL = " null"
#: Types that are worth no second run where they are only handed on.
_TEXT_OR_NULL = "str|NoneType"
_PLAIN = (None, "str", _TEXT_OR_NULL)
#: What a field is whose source sends a text, or null, and others a text.
_TEXTS = {"str", _TEXT_OR_NULL}
#: What asks a schema whether an event is right.
_VALIDATING = ("aws_lambda_powertools.utilities.validation.validat",)
#: What reads a time that is written in some form.
_READERS = frozenset({
    "datetime.datetime.fromisoformat", "datetime.date.fromisoformat", "datetime.datetime.strptime", "time.strptime",
    "datetime.datetime.fromtimestamp", "datetime.datetime.utcfromtimestamp", "datetime.date.fromtimestamp",
    "dateutil.parser.parse", "dateutil.parser.isoparse",
})  # fmt: skip
#: A path into the event, with the indexes of lists.
Path = tuple["str | int", ...]
_EACH = "[]"
_ANY = "*"


@dataclass(slots=True)
class _Level:
    """What is known below a path. `kind`: of what stands there."""

    kind: str | None = None
    below: dict[str, _Level] = field(default_factory=dict)


class Fields:
    """The types of the fields of what these sources send. It is called with a path."""

    def __init__(self, possible: tuple[EventSource, ...]) -> None:
        self._possible = possible
        self._roots = [_levels(source) for source in possible]
        self._known: dict[Path, str | None] = {}

    def __call__(self, path: Path) -> str | None:
        if path not in self._known:
            kinds = {_kind_at(root, _parsed(path)) for root in self._roots}
            self._known[path] = kinds.pop() if len(kinds) == 1 else _TEXT_OR_NULL if kinds == _TEXTS else None
        return self._known[path]

    def lacks(self, path: Path) -> tuple[Lack, ...]:
        """See `interpreter.world.EventKinds`."""
        if len(self._possible) != 1:
            return ()
        (source,) = self._possible
        steps_of = tuple(_EACH if isinstance(part, int) else part for part in path)
        found = []
        for rule in source.lacks:
            if steps_of in [tuple(steps(key)) for key in rule["keys"]]:
                *above, key = steps(rule["where"])
                words = source.values.get(key, frozenset()) if not above else frozenset()
                found.append(Lack(len(above), key, frozenset(rule.get("is", ())), tuple(rule.get("begins", ())), words))
        return tuple(found)

    def is_text(self, path: Path) -> bool:
        """Whether a field is one of those texts that hold something, of which LL405 speaks."""
        return all(keys_of(path) in source.texts for source in self._possible)

    def unheard(self, path: Path) -> bool:
        """See `interpreter.machine.EventKinds`."""
        *above, key = keys_of(path)
        told = [source.keys_at(tuple(above)) for source in self._possible]
        grows = any(source.grows_at(tuple(above)) for source in self._possible)
        return not grows and all(keys is not None and key not in keys for keys in told)

    def sample(self, path: Path) -> object:
        """See `interpreter.machine.EventKinds`."""
        return sample_of(self._possible, path)

    def never(self, path: Path) -> bool:
        """See `interpreter.machine.EventKinds`."""
        return all(keys_of(path) in source.never for source in self._possible)


def sample_of(possible: tuple[EventSource, ...], path: Path) -> object:
    """A value of a field that each of these sources always writes in one form; None of any other."""
    parsed = keys_of(_parsed(path))
    found = [source.samples.get(parsed) for source in possible]
    return found[0] if found and all(one == found[0] for one in found) else None


def fields_of(callers: Callers) -> Fields | None:
    """The types of the event's fields, where it is certain who sends it; None otherwise."""
    return _fields(callers.possible) if are_sure(callers) else None


def are_sure(callers: Callers) -> bool:
    """Whether it is certain that one of these calls, and nobody else, and what they send."""
    sure = callers.named or callers.certain or (callers.http and bool(callers.shown))
    if not sure or callers.mixed or callers.http is None or not callers.possible:
        return False
    return not any(caller.sends_anything(source) for caller in callers.callers for source in caller.sources)


def validates(run: Invocation) -> bool:
    """Whether a schema is asked of an event, of which the handler may read nothing itself."""
    return any(call.name.startswith(_VALIDATING) for call in run.calls)


def may_fail(run: Invocation, fields: Fields) -> bool:
    """Whether something is done with a field, or passed on, that its type may not allow: only then is it worth running
    the handler with the types."""
    if any(map(fields, run.event_operands)):
        return True
    if any(_is_other(fields(path), taken) for path, taken in run.event_given):
        return True
    if validates(run):
        return True
    if _READERS & {call.name for call in run.calls} and any(fields.sample(read.path) for read in run.event_reads):
        return True
    given = [
        part
        for call in run.calls
        for value in (*call.arguments, *(value for _, value in call.keywords))
        for part in parts(value)
    ]
    if any(isinstance(value, Anything) and value.event and fields(value.event) not in _PLAIN for value in given):
        return True
    return any(
        _is_odd(read, fields) or bool(fields.lacks(read.path)) or fields.never(read.path)
        for read in run.event_reads
    )


def _is_other(kind: str | None, taken: frozenset[str]) -> bool:
    """Whether a field's type is known, and is none of those that are taken."""
    return kind is not None and taken.isdisjoint(("int", "float") if kind == "number" else kind.split("|"))


def _is_odd(read: Read, fields: Fields) -> bool:
    """Whether a read is of what the type of the field that it is read from has not. A text that is read as a dict is
    LL405's, where nothing catches what that raises."""
    path = read.path
    kind = fields(path if read.how == "whole" else path[:-1])
    if kind in (None, "str") or not path:
        lacking = read.how == "attribute" and not hasattr(str, str(path[-1]))
        by_key = read.how in ("item", "get") and isinstance(path[-1], str)
        return kind == "str" and (lacking or (by_key and (read.of_any_type or not fields.is_text(path[:-1]))))
    if kind in ("int", "float", "number", "bool"):
        return True
    if "|" in kind:
        return False
    if read.how == "attribute":
        return not hasattr(dict if kind == "dict" else list, str(path[-1]))
    if kind == "dict":
        return read.how == "element"
    return read.how == "get" or (read.how == "item" and isinstance(path[-1], str))


@lru_cache(maxsize=64)
def _fields(possible: tuple[EventSource, ...]) -> Fields:
    return Fields(possible)


def _parsed(path: Path) -> Path:
    """A path with `()` for each run of decoders that ends with what parses a text: what others give is no part of it
    yet."""
    found: list[str | int] = []
    for part, following in zip(path, (*path[1:], "")):
        decodes = str(part).endswith("()")
        if not decodes or not str(following).endswith("()"):
            found.append("()" if decodes and str(part).endswith("loads()") else part)
    return tuple(found)


def _kind_at(root: _Level, path: Path) -> str | None:
    level: _Level | None = root
    for part in path:
        if level is None:
            return None
        step = _EACH if isinstance(part, int) else part
        if step == _ANY and len(level.below) > 1:
            return None
        level = level.below.get(step) or (level.below.get(_ANY) if step != _EACH else None)
    return level.kind if level is not None else None


@lru_cache(maxsize=64)
def _levels(source: EventSource) -> _Level:
    """The levels of a row."""
    root = _Level("dict")
    for path in source.levels:
        _note(root, steps(path), "dict")
    for path, kind in source.types.items():
        _note(root, steps(path), WORDS[kind.removesuffix(_OR_NULL)])
    for path in (*source.nullable_paths, *(path for path, kind in source.types.items() if kind.endswith(_OR_NULL))):
        _forget(root, steps(path))
    return root


def steps(path: str) -> list[str]:
    """`Records[].s3` as its steps: "Records", "[]", "s3". A dot of a key has a backslash before it."""
    found = []
    for part in re.split(r"(?<!\\)\.", path) if path else ():
        name = part.rstrip("[]")
        found += [name.replace("\\.", "."), *[_EACH] * ((len(part) - len(name)) // 2)]
    return found


def _note(root: _Level, path: Iterable[str], kind: str) -> None:
    level = root
    for step in path:
        if level is not root and level.kind is None:
            level.kind = "list" if step == _EACH else "dict"
        level = level.below.setdefault(step, _Level())
    level.kind = kind


def _forget(root: _Level, path: Iterable[str]) -> None:
    """What may be null is of no type that is told, but for a text; what is below it is."""
    level: _Level | None = root
    for step in path:
        level = level.below.get(step) if level is not None else None
    if level is not None:
        level.kind = _TEXT_OR_NULL if level.kind == "str" else None
