"""Pictures of values, as the record holds them and the checks read them.

The interpreter's own values live in a heap that changes while it runs. At a moment that matters - a return, a
call - it draws what the value is then: a tree that never changes, with the place where each part was made.
Every shape is one of the classes below; `Anything` is silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lambdalint.finding import Note, Place

#: What a path may not have learnt of a part of the event. "null": that it is not null; "missing": it came of a `.get`
#: without a default, and nothing says that the key is there; "text": that it is no text; "key", of a read: that the key
#: which is read is there; "empty", of a read by number: that what is read from is not empty; "dict": that it is none.
UNASKED = frozenset({"null", "missing", "text", "key", "empty", "dict"})


#: What makes of a text what is in it; what they give of a part of the event is a part of it still.
DECODERS = frozenset({
    "json.loads", "simplejson.loads", "orjson.loads", "ujson.loads", "base64.b64decode", "base64.standard_b64decode",
    "gzip.decompress", "zlib.decompress", "bytes.decode", "urllib.parse.unquote",
})  # fmt: skip

#: `.replace("+", " ")`: half of what decodes a form. In a path it stands as the decoders do.
SPACED = "str.replace"

#: The operation by which Powertools makes JSON of a body that it was not sent: None. In a path it is a decoder.
JSON_BODY = "json_body.loads()"
#: In a path, what is parsed of a text.
PARSED = "json.loads()"


@dataclass(frozen=True, slots=True)
class Anything:
    """A value that is not known. `event` is the path by which it was read from the event, where it was:
    ("Records", 0, "body"); () is the event itself; None says that it did not come from there. `name`: of something
    outside the project, under which name it was reached: "aws_lambda_powertools.utilities.batch.EventType.SQS".
    `identity`: of what a library gave that the run follows, or of what was read from that: which it is; `Call.made` has
    the same. `unasked`: of a part of the event, what the path has not learnt of it, of the `UNASKED`. `decoded`: of
    what was decoded from a part of the event, and of what is in that, the path with the decoders:
    ("body", "json.loads()", "name")."""

    event: tuple[str | int, ...] | None = None
    place: Place | None = None
    name: str = ""
    identity: object = None
    unasked: frozenset[str] = frozenset()
    decoded: tuple[str | int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A constant: None, bool, int, float, complex, str, bytes, Ellipsis."""

    value: object
    place: Place | None = None
    way: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Opaque:
    """A value of which the exact type is known and nothing else: `datetime.datetime`, `str`, `function`, `module`,
    `type`, `coroutine`, `generator`. `label` tells a person what it is: "`datetime.now()`"."""

    type: str
    place: Place | None = None
    way: tuple[Note, ...] = ()
    prefix: str | None = None  # of a str, or of bytes in Latin-1: what it surely begins with
    event: tuple[str | int, ...] | None = None
    exact: bool = True  # False: it may be of a subclass
    holds: str = ""  # of a str: what surely stands in it, somewhere behind the prefix


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a mapping. `sure` says that the key is there on this path; `place` is the value's expression;
    `often`, of one that need not be there, that it "usually" or "rarely" is."""

    key: Shape
    value: Shape
    sure: bool = True
    place: Place | None = None
    often: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """A dict or a subclass. `open`: it may hold other keys. `event`: it is a part of the event, that was written to."""

    type: str
    entries: tuple[Entry, ...] = ()
    open: bool = False
    place: Place | None = None
    way: tuple[Note, ...] = ()
    event: tuple[str | int, ...] | None = None

    def entry(self, key: object) -> Entry | None:
        """The entry under a constant key, or None."""
        for entry in self.entries:
            if isinstance(entry.key, Known) and entry.key.value == key and type(entry.key.value) is type(key):
                return entry
        return None

    @property
    def names(self) -> tuple[str, ...]:
        """Its keys that are known strings."""
        return tuple(e.key.value for e in self.entries if isinstance(e.key, Known) and isinstance(e.key.value, str))


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, tuple, set, frozenset, deque or a subclass. `rest`: there may be more elements, each like this one."""

    type: str
    items: tuple[Shape, ...] = ()
    rest: Shape | None = None
    place: Place | None = None
    way: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of a class of the project. `bases` are the outside classes it derives from (all of them known):
    "dict", "enum.Enum", "enum.IntEnum", "str", "Exception"; with none known it is an ordinary object.
    `payload` is what it holds as an instance of a builtin: an enum member's value, a dict subclass' items.
    `open`: it may have attributes that are not seen; `unseen_base`: a base class is unknown, so is what it can do."""

    type: str
    bases: tuple[str, ...] = ()
    attributes: tuple[tuple[str, Shape], ...] = ()
    methods: tuple[str, ...] = ()
    payload: Shape | None = None
    unseen_base: bool = False
    place: Place | None = None
    way: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Cycle:
    """A reference back to a container that is being drawn: `a["self"] = a`."""

    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Either:
    """One of several; nothing tells which. A rule may speak only if every option is wrong."""

    options: tuple[Shape, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Converted:
    """A part for which a serializer may ask its hook, beside what the hook makes of it; in `Call.written` alone.
    `answer` is the part itself where the hook raises; `raises` is the exception, where it surely raises that one."""

    shape: Shape
    answer: Shape
    raises: str = ""
    place: Place | None = None
    way: tuple[Note, ...] = ()


Shape: TypeAlias = Anything | Known | Opaque | Mapping | Sequence | Instance | Cycle | Either | Converted


def parts(shape: Shape) -> Iterator[Shape]:
    """The shape and everything in it, outermost first."""
    stack = [shape]
    while stack:
        shape = stack.pop()
        yield shape
        if isinstance(shape, Mapping):
            for entry in reversed(shape.entries):
                stack += (entry.value, entry.key)
        elif isinstance(shape, Sequence):
            stack += ([shape.rest] if shape.rest is not None else []) + list(reversed(shape.items))
        elif isinstance(shape, Either):
            stack += reversed(shape.options)
