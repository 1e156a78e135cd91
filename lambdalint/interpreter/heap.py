"""The objects of a path's heap: things with identity, which the code may write to.

What each holds is compared where paths meet (`content`), and copied where a path that does not own it writes (`copy`).
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any, NamedTuple, TypeVar

from lambdalint.finding import Place
from lambdalint.interpreter.values import Ref, Sym, Value


class Object:
    """Something in the heap. `owner` is the token of the state that may write to it in place. `leaked`: code that is
    not seen may change it at any time, so nothing that is read from it is known. Until it is next written to:
    `compared`, what comparing it has worked out (see merge.py); `lacks`, keys that it was found not to have; `filled`,
    that it is not empty, of a list or dict of which no element is known; `picked_of`, the list of which a comprehension
    has made it. `version`: how often this path has written to it."""

    __slots__ = ("compared", "filled", "lacks", "leaked", "owner", "picked_of", "place", "version")

    def __init__(self, place: Place | None = None) -> None:
        self.owner: object = None
        self.place = place
        self.leaked = False
        self.compared: Any = None
        self.lacks: tuple[object, ...] = ()
        self.filled = False
        self.picked_of: Picked | None = None
        self.version = 0

    def copy(self: T) -> T:
        raise NotImplementedError

    def content(self) -> tuple[Any, ...]:
        """What is compared when two paths meet: kinds, flags and values, in a fixed order."""
        raise NotImplementedError


T = TypeVar("T", bound=Object)


class Picked(NamedTuple):
    """A list that a comprehension has gone through, by its heap id and its version; `every`: each element has come into
    what was made."""

    id: int
    version: int
    every: bool


class LeftOut(NamedTuple):
    """A service leaves a key out where there is nothing to put under it. `why`: as a person is told, with when that is;
    `usual`: it is what comes in the ordinary way."""

    why: str
    usual: bool


class Item(NamedTuple):
    """An entry of a dict: `sure` says that the key is there; `often`, of one that need not be, what whoever made the
    dict does in practice: "usually", "rarely", or "" where that is not known. `left_out`: when it is not there, where
    that is known. `named`: where its key is written, if that is elsewhere."""

    value: Value
    place: Place | None
    sure: bool = True
    often: str = ""
    left_out: LeftOut | None = None
    named: Place | None = None


class DictObject(Object):
    """A dict. `items` under constant keys, in order; `others`: entries under keys that are not
    constants, each with whether it is surely there; `open`:
    there may be keys that are not seen; `rest`: what those hold, where it is known; `type`: "dict" or a subclass;
    `factory`: of a defaultdict; `backing`: the symbol whose unread keys it stands for, `removed` those of them that
    were taken away; `shuffled`: the order of the items is not known; `moves`: how often a key came or went, `gone`: how
    often one that was there went; `answered`: as a service gave it, what its library says of a key that it has not."""

    __slots__ = (
        "answered",
        "backing",
        "escaped",
        "factory",
        "gone",
        "items",
        "mirrors",
        "moves",
        "open",
        "others",
        "removed",
        "rest",
        "shuffled",
        "type",
    )

    def __init__(self, place: Place | None = None, type: str = "dict") -> None:
        super().__init__(place)
        self.items: dict[Any, Item] = {}
        self.others: tuple[tuple[Value, Value, bool], ...] = ()
        self.open = False
        self.rest: Value | None = None
        self.type = type
        self.factory: Value | None = None
        self.backing: Sym | None = None
        self.removed: frozenset[Any] = frozenset()
        self.shuffled = False
        self.moves = self.gone = 0
        self.escaped = False
        self.mirrors: int | None = None  # the instance of which it is the `__dict__`
        self.answered: Callable[[str], str] | None = None

    def put(self, key: Any, item: Item) -> None:
        """Assign an entry: a key that may have been there stands where it stood, or at the end."""
        old = self.items.get(key)
        if old is None or not old.sure:
            self.moves += 1
            self.shuffled = self.shuffled or old is not None
        self.items[key] = item

    def drop(self, key: Any) -> None:
        """Take a key away that is there: one of the keys that are not known may have been it."""
        self.items.pop(key, None)
        self.moves, self.gone = self.moves + 1, self.gone + 1
        if self.others:
            self.others = tuple((other, value, False) for other, value, _ in self.others)
        if self.backing is not None:
            self.removed |= {key}

    def is_smaller(self, moves: int, gone: int) -> bool:
        """Whether it surely holds less than when it had these `moves` and `gone`: keys went, and none came."""
        return self.gone > gone and self.moves - self.gone == moves - gone

    def lacks_surely(self, key: Any) -> bool:
        """Whether a key is surely not there."""
        return key not in self.items and not self.others and (not self.open or key in self.removed)

    def copy(self) -> DictObject:
        new = DictObject(self.place, self.type)
        new.leaked = self.leaked
        new.items = dict(self.items)
        new.others = self.others
        new.open = self.open
        new.rest = self.rest
        new.factory = self.factory
        new.backing, new.removed = self.backing, self.removed
        new.shuffled, new.moves, new.gone = self.shuffled, self.moves, self.gone
        new.escaped, new.mirrors = self.escaped, self.mirrors
        new.answered = self.answered
        return new

    def content(self) -> tuple[Any, ...]:
        flat: list[Any] = [self.type, self.leaked, self.open, self.rest, self.factory, self.backing, self.escaped]
        flat += (self.lacks, self.removed, self.shuffled, self.moves, self.gone, self.filled)
        for key, item in self.items.items():
            flat += (type(key), key, item.sure, item.value)
        for pair in self.others:
            flat += pair
        return tuple(flat)


class ListObject(Object):
    """A list, set, frozenset or deque (`type`). `rest`: after `items`, any number of elements like this one. `view_of`:
    it shows this dict, by its heap id, or one of JSON; `taken_of`: it was made of what this dict, or its view, held
    then."""

    __slots__ = ("items", "rest", "taken_of", "type", "view_of")

    def __init__(
        self,
        items: list[Value] | None = None,
        place: Place | None = None,
        type: str = "list",
        rest: Value | None = None,
    ) -> None:
        super().__init__(place)
        self.items: list[Value] = items if items is not None else []
        self.rest = rest
        self.type = type
        self.view_of: int | Sym | None = None
        self.taken_of: int | None = None

    def copy(self) -> ListObject:
        new = ListObject(list(self.items), self.place, self.type, self.rest)
        new.view_of, new.taken_of = self.view_of, self.taken_of
        new.leaked = self.leaked
        return new

    def content(self) -> tuple[Any, ...]:
        flat = [self.type, self.leaked, self.filled, self.rest, *self.items]
        return (*flat, self.picked_of, *(() if not isinstance(self.view_of, int) else (Ref(self.view_of),)))


class Tie(NamedTuple):
    """How an object stands to a session of SQLAlchemy's (library/sessions.py), by the session's heap id. `eager`: what
    it is related to may be loaded."""

    status: str
    session: int
    eager: bool = False


class InstanceObject(Object):
    """An instance of a project class. `payload`: what it holds as an instance of a builtin. `open`: attributes that
    are not seen may have been set. `frozen` members of an enum compare by identity. `shown`: the heap id of its
    `__dict__`, once that was asked for. `given`: attributes that nobody set, made of what its class says of them, with
    their heap ids. `many`: it stands for any of several instances, so nothing is kept in it. `fetched`: a database's
    session made it of a row, and it is tied to that by its `tie`. `second`: the second version of pydantic made it."""

    __slots__ = ("attributes", "cls", "fetched", "given", "many", "open", "payload", "second", "shown", "tie")

    def __init__(self, cls: int, place: Place | None = None) -> None:
        super().__init__(place)
        self.cls = cls
        self.attributes: dict[str, Value] = {}
        self.payload: Value | None = None
        self.shown: int | None = None
        self.open = False
        self.given: dict[str, int] = {}
        self.many = False
        self.fetched = False
        self.second = False
        self.tie: Tie | None = None

    def copy(self) -> InstanceObject:
        new = InstanceObject(self.cls, self.place)
        new.leaked = self.leaked
        new.attributes = dict(self.attributes)
        new.payload = self.payload
        new.shown = self.shown
        new.open = self.open
        new.given, new.many, new.fetched, new.second = dict(self.given), self.many, self.fetched, self.second
        new.tie = self.tie
        return new

    def content(self) -> tuple[Any, ...]:
        flat: list[Any] = ["instance", self.cls, self.leaked, self.open, self.many, self.fetched, self.second]
        flat.append(self.payload)
        if self.tie is not None:
            flat += (self.tie.status, self.tie.eager)
        if self.shown is not None:
            flat.append(Ref(self.shown))
        for key in sorted(self.attributes):
            flat += (key, self.attributes[key])
        return tuple(flat)


class ClassObject(Object):
    """A class of the project. `bases` are its bases as evaluated; `order` the method resolution order over project
    classes (ids) and outside names; `unseen`: a base, a metaclass or a decorator is not known."""

    __slots__ = (
        "abstract",
        "attributes",
        "bases",
        "fields",
        "kind",
        "maker",
        "members",
        "name",
        "order",
        "ordered",
        "plain_equality",
        "registers",
        "scope",
        "slotted",
        "unnamed",
        "unseen",
    )

    def __init__(self, name: str, place: Place | None = None) -> None:
        super().__init__(place)
        self.name = name
        self.slotted = False  # a decorator gave its instances room for its fields alone
        self.bases: tuple[Value, ...] = ()
        self.order: tuple[int | str, ...] = ()
        self.attributes: dict[str, Value] = {}
        # Of a class that abc watches over, the methods that it must define before there are instances; else None.
        self.abstract: tuple[str, ...] | None = None
        # Of a protocol, the attributes that it asks for; of a class of abc, whether others were registered with it.
        self.members: tuple[str, ...] | None = None
        self.registers = False
        self.maker = ""  # the library whose decorator made it: "attrs", "attr.s"
        self.kind = "class"  # or "dataclass", "enum", "namedtuple", "typeddict"
        self.fields: tuple[Any, ...] = ()
        self.unseen = False
        self.plain_equality = True  # of a dataclass: equality and hash are as the decorator makes them by itself
        self.ordered = False  # a decorator gave its instances an order
        self.unnamed = False  # of what is not seen, something has no name: a computed base, a metaclass
        self.scope: int = 0

    def copy(self) -> ClassObject:
        new = ClassObject(self.name, self.place)
        new.leaked = self.leaked
        new.bases, new.order, new.kind = self.bases, self.order, self.kind
        new.attributes = dict(self.attributes)
        new.fields, new.unseen, new.scope, new.unnamed = self.fields, self.unseen, self.scope, self.unnamed
        new.plain_equality, new.maker, new.slotted = self.plain_equality, self.maker, self.slotted
        new.ordered, new.abstract = self.ordered, self.abstract
        new.members, new.registers = self.members, self.registers
        return new

    def content(self) -> tuple[Any, ...]:
        flat: list[Any] = ["class", self.name, self.kind, self.unseen, self.order]
        for key in sorted(self.attributes):
            flat += (key, self.attributes[key])
        return tuple(flat)


class ScopeObject(Object):
    """The variables of a call, a module or a class body. `open`: of a module, names that are not seen may exist
    (a star import of something outside, exec). `own`: of a call, all names that are its function's, bound or not."""

    __slots__ = ("names", "open", "own", "ready")

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, Value] = {}
        self.open = False
        self.own: Set[str] = frozenset()
        self.ready = True

    def copy(self) -> ScopeObject:
        new = ScopeObject()
        new.own = self.own
        new.leaked = self.leaked
        new.names = dict(self.names)
        new.open = self.open
        new.ready = self.ready
        return new

    def content(self) -> tuple[Any, ...]:
        flat: list[Any] = ["scope", self.open]
        for key in sorted(self.names):
            flat += (key, self.names[key])
        return tuple(flat)


class Watched(NamedTuple):
    """A list, set or dict that is being gone through, by its id, and how it was: `length` elements, then any number
    like `rest`; `items`: of a list its elements, of a dict its values, where these are gone through; `moves` and `gone`
    of a dict. `beside`: through something like `zip`, which need not ask it for one more."""

    id: int
    length: int
    rest: Value | None = None
    items: tuple[Value, ...] = ()
    beside: bool = False
    moves: int = 0
    gone: int = 0


class IteratorObject(Object):
    """An iterator or generator: what is still to come. `source` is a generator's pending call, run when it is
    consumed; `items` then `rest` otherwise. `type`: "generator", "list_iterator", "map", "zip" ... `fails`: what a step
    may raise, or None for anything; `broken`: what whoever takes everything is surely met by."""

    __slots__ = ("bound", "broken", "fails", "items", "rest", "source", "type", "watched")

    def __init__(
        self,
        type: str,
        items: tuple[Value, ...] = (),
        rest: Value | None = None,
        source: tuple[Any, ...] | None = None,
        place: Place | None = None,
    ) -> None:
        super().__init__(place)
        self.type = type
        self.items = items
        self.rest = rest
        self.source = source
        self.bound: Value | None = None  # of range(bound): how often a loop over it goes round
        self.watched: tuple[Watched, ...] = ()  # the containers that it goes through
        self.fails: tuple[str, ...] | None = ()
        self.broken: Value | None = None

    def copy(self) -> IteratorObject:
        new = IteratorObject(self.type, self.items, self.rest, self.source, self.place)
        new.watched, new.bound, new.fails, new.broken = self.watched, self.bound, self.fails, self.broken
        new.leaked = self.leaked
        return new

    def content(self) -> tuple[Any, ...]:
        pending: tuple[Any, ...] = ()
        if self.source is not None:
            function, arguments, keywords = self.source
            pending = (function, *arguments, *[part for key in sorted(keywords) for part in (key, keywords[key])])
        state = (self.leaked, self.fails, self.broken is None)
        return (self.type, *state, self.rest, len(self.items), *self.items, *pending)


class ArrayObject(Object):
    """An array, a column or a table of numpy or pandas: what is known of the types of its elements.

    `type`: "numpy.ndarray", "pandas.Series", "pandas.DataFrame", "pandas.Index", or something of one of these:
    "pandas.Series.dt", "pandas.DataFrame.loc", "pandas.DataFrameGroupBy". `dtype` of its elements, None where it is not
    known; `depth`: its dimensions, 0 where they are not known, -1 where there is at least one. `columns` of a table
    that are surely there, each with its dtype; of a row, its labels. `name` of a column. `of`: what it was taken from,
    and writes to. `many`: it stands for each of several. `labels`: the dtype of its index, or of
    the one column that groups it."""

    __slots__ = ("columns", "depth", "dtype", "labels", "many", "name", "of", "type")

    def __init__(self, place: Place | None, type: str, dtype: str | None = None, depth: int = 0) -> None:
        super().__init__(place)
        self.type = type
        self.dtype = dtype
        self.depth = depth
        self.columns: dict[object, str | None] = {}
        self.name: object = None
        self.of: Ref | None = None
        self.many = False
        self.labels: str | None = None

    def forget(self) -> None:
        """Nothing is known of it any more but what it is."""
        self.dtype, self.depth, self.columns, self.name, self.labels = None, 0, {}, None, None

    def copy(self) -> ArrayObject:
        new = ArrayObject(self.place, self.type, self.dtype, self.depth)
        new.leaked = self.leaked
        new.columns = dict(self.columns)
        new.name, new.of, new.many, new.labels = self.name, self.of, self.many, self.labels
        return new

    def content(self) -> tuple[Any, ...]:
        flat: list[Any] = [self.labels, self.type, self.leaked, self.many, self.dtype, self.depth]
        flat += (type(self.name), self.name, self.of)
        for key, dtype in self.columns.items():
            flat += (type(key), key, dtype)
        return tuple(flat)
