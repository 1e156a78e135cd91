"""What lambdalint says: a rule reports at a `Place`; the engine locates it and makes a `Finding`.

A `Place` is opaque to the rules: it names a node of some source. Only its source can say where that
is (`Place.span()`), and it is asked for reported places alone, since positions are dear.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeVar


def letters(code: str) -> str:
    """Whose rule a code, or the front of one, is: LL lambdalint's, F pyflakes', others a plug-in's. FOO101 is no F."""
    return code.rstrip("0123456789")


class Severity(str, Enum):
    """What happens in production. ERROR: the invocation fails, loses data or leaks a secret on the path shown;
    WARNING: it will, under a condition that the message names; INFO: advice."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return ("error", "warning", "info").index(self.value)


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Row and column count from 1; the column counts code points."""

    row: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one file. `path` is as it is shown to people: relative to where lambdalint runs, with `/`."""

    path: str
    start: Position
    end: Position


class Locator(Protocol):
    """What can turn a node into a span: a `Source`, in practice. `latest`: itself, or what has taken its place: a later
    text of the same file, in which the node stands too."""

    @property
    def latest(self) -> Locator: ...

    def span_of(self, node: object) -> Span: ...


Lasts = TypeVar("Lasts")


class Lasting:
    """A locator in the place of which no other comes."""

    __slots__ = ()

    @property
    def latest(self: Lasts) -> Lasts:
        return self


@dataclass(slots=True, eq=False)
class Place:
    """A node of a source. `node` is whatever the source understands: a CST node, an ast node, or a `Span`.

    Nobody changes one. It is not frozen, which would make it take three times as long: a run makes them by thousands.
    """

    _source: Locator
    node: object

    @property
    def source(self) -> Locator:
        """What the node stands in now."""
        return self._source.latest

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and self.node is other.node

    def __hash__(self) -> int:
        return id(self.node)

    def span(self) -> Span:
        """Where this is, computed now."""
        return self.source.span_of(self.node)


@dataclass(frozen=True, slots=True)
class Note:
    """A step of the way that a value took. `label` is one of "made here", "returned here", "passed through", ..."""

    place: Place
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What `place` covers becomes `content`, between `before` and `after`; None leaves it as it is written there.

    `part` narrows the place:
        returned   what follows the `return` of a statement
        statement  the place where it is a statement of its own and the last that its function runs; nothing elsewhere
        value      the place where a key is given it - in a dict, by `answer["key"] = ...` - and nothing elsewhere
        passed     the place where a call is given it, and nothing elsewhere
        name       of a parameter that has neither an annotation nor a default, and nothing elsewhere
        parameter  a parameter with its annotation and its default
        holder     what is read from: `event["body"]` of `event["body"]["id"]`, or of `json.loads(event["body"])`
        guarded    the same, which becomes `(event.get("body") or ...)`, with `content` where it is missing
        read       the whole, which becomes the like, with `content` where what is read is missing
        attribute  the last attribute and its dot
        argument   of a call, which becomes its first argument
        nothing    a `return` that gives nothing, and nothing elsewhere
        end        of a function, whose name the place is: `content` becomes its last statement
    `last` is put before the bracket that ends the place: an argument, an entry. `key` is a key that is written there -
    in a dict, a subscript, a `.get`, as an attribute - and renamed to `content`. An `after` that begins with a dot is
    called on the whole, in parentheses if it needs them.
    """

    place: Place
    content: str | None = None
    before: str = ""
    after: str = ""
    last: str = ""
    key: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Mend:
    """How a rule would mend what it reports: a `Fix`, not yet located. `message` says what is done, as an order: "Wrap
    in `json.dumps`". `imports` are statements that the file must have at its top: "import json". `inside`: where the
    name of a function stands outside of which it is not safe, for others may use what is changed there."""

    message: str
    changes: tuple[Change, ...]
    safe: bool = True
    imports: tuple[str, ...] = ()
    inside: Place | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a rule yields: one fault, not yet located.

    `severity` overrides the rule's own where the consequence depends on the case. `advice` is the one thing to do;
    `mend` does it, where lambdalint can.
    """

    place: Place
    message: str
    notes: tuple[Note, ...] = ()
    advice: str | None = None
    severity: Severity | None = None
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace what `span` covers by `content`."""

    span: Span
    content: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a finding. `safe`: the program means the same, less the fault."""

    message: str
    edits: tuple[Edit, ...]
    safe: bool


@dataclass(frozen=True, slots=True)
class Related:
    """A located `Note`."""

    span: Span
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, located, as every report shows it. `function`: the handler string of the function that it is a fault
    of; `deployed`: where a descriptor declares that, and its runtime: "template.yaml:12, python3.13"."""

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    related: tuple[Related, ...] = ()
    advice: str | None = None
    function: str | None = None
    deployed: str | None = None
    event_source: str | None = None
    fix: Fix | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Reports are sorted by file, row, column, code."""
        return (self.span.path, self.span.start.row, self.span.start.column, self.code, self.message)
