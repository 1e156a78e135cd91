"""Abstract values: what evaluating an expression on paper yields.

Values never change. What can change (dicts, lists, instances, classes, scopes) stands in the heap of a `State`
and is named by a `Ref`. A `Sym` is a value that is not known: it has an identity, so that a condition tested twice
on one path has one answer; what a path has learnt of it stands in the state's facts.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeGuard

from lambdalint.finding import Place

if TYPE_CHECKING:
    from lambdalint.interpreter.ends import End
    from lambdalint.interpreter.invocation import Step
    from lambdalint.interpreter.scopes import FunctionInfo

EventPath: TypeAlias = "tuple[str | int, ...]"


class Value:
    """Any abstract value. `place` is where it was made."""

    __slots__ = ("place",)
    place: Place | None


class Const(Value):
    """A constant of an immutable builtin type, other than a tuple. `fall`: of a None that a project function gave
    because it fell off its end, or returned without a value; `gave`: of one that a call outside the project gave, which
    gives nothing else here, the name of what was called."""

    __slots__ = ("fall", "gave", "value")

    def __init__(
        self, value: object, place: Place | None = None, fall: Fall | None = None, gave: str = ""
    ) -> None:
        self.value = value
        self.place = place
        self.fall = fall
        self.gave = gave

    def __repr__(self) -> str:
        return f"Const({self.value!r})"


class Fall(NamedTuple):
    """A call that fell off its function's end, or came to a `return` without a value: at one of `ends`. `answers`: on
    another path the same call returns a value. `known`: what its path knew of symbols when the call began. `scope`: the
    heap id of its variables. `chain`: the calls that led there, itself included. `others`: calls of others that did so
    too, on paths that have become one with this."""

    info: FunctionInfo
    answers: bool
    known: dict[Any, Any]
    scope: int
    ends: tuple[End, ...]
    chain: tuple[Step, ...]
    others: tuple[Fall, ...] = ()

    def with_other(self, other: Fall) -> Fall:
        known = {id(fall.info) for fall in (self, *self.others)}
        new = [fall._replace(others=()) for fall in (other, *other.others) if id(fall.info) not in known]
        return self._replace(others=(*self.others, *new))


class Failing(NamedTuple):
    """What an exception remembers of the operation that raised it: the statement, why it fails, as a person is told,
    and the value that it fails for. `anyhow`: on whatever path it is reached. `where`: "where that is installed", of
    what does not fail everywhere. `left_out`: what it needs a service leaves out at times, "usual" where that comes in
    the ordinary way; `loop`: that nothing else ends. `written`: of what fails by how the code itself has written two
    things, such as a table and a key of it, the condition under which it does. `receiver`: in a method, the class of
    the object that it was called on. `rule`: that which speaks of it, where it has one of its own."""

    statement: object
    why: str
    about: Value | None
    anyhow: bool = False
    where: str = ""
    left_out: str = ""
    loop: object = None
    written: str = ""
    receiver: int | None = None
    rule: str = ""


class Sym(Value):
    """A value that is not known. `kind` is its exact type, where that is: "str", "datetime.datetime".

    `id`: an int, or a tuple (parent's id, operation, key) for what is read from another symbol, so that reading twice
    gives the same symbol. `condition`: of a bool, what deciding it says of other symbols; of a str, by the tag "holds",
    what surely stands in it behind its `prefix`, and whether it may hold what a call answers with. `options`: it is one
    of these values, and using it decides which. `event`: the path by which it came from the event. `json`: it was read
    from JSON. `role`: "event", "context" for the handler's own parameters and what is read from them. `name`: of what a
    library that the run follows gave, and of what is read from it: "aws_cdk.aws_sqs.Queue.queue_arn"; `made` is then
    what tells the call that gave it from others in the record, once it was recorded; `given` the dict of what that call
    was given by keyword, where its own library gives it back, or what an object of a library remembers: a cursor its
    statement, a query the columns that it asks for. `told` says to a person who gave it, where that is no
    project code: "boto3 `s3.get_object` gives a `datetime` in `LastModified`"; of an exception that nobody saw raised,
    that its place is where it was caught. `known`: what else is known of an object of
    Python's own types: of a datetime, whether it has a time zone; of others see library/remembered.py.
    """

    __slots__ = (
        "condition",
        "event",
        "given",
        "id",
        "json",
        "kind",
        "known",
        "made",
        "name",
        "options",
        "parent",
        "prefix",
        "role",
        "told",
    )

    def __init__(
        self,
        id: Any,
        kind: str | None = None,
        place: Place | None = None,
        *,
        condition: tuple[Any, ...] | None = None,
        options: tuple[Value, ...] = (),
        event: EventPath | None = None,
        json: bool = False,
        role: str | None = None,
        prefix: str | None = None,
        parent: tuple[Sym, str, object] | None = None,
        name: str | None = None,
    ) -> None:
        self.id = id
        self.kind = kind
        self.name = name
        self.made: object = None
        self.given: Ref | None = None
        self.told = ""
        self.known: Any = None
        self.place = place
        self.condition = condition
        self.options = options
        self.event = event
        self.json = json
        self.role = role
        self.prefix = prefix
        self.parent = parent

    def of_kind(self, kind: str | None) -> Sym:
        """The same value, of which it is known of what type it is."""
        made = copy(self)
        made.kind = kind
        return made

    @property
    def of_event(self) -> bool:
        """Whether it is a part of the event, or was decoded from one: see library/decoded.py."""
        return self.role == "event" or (self.event is not None and any(str(key).endswith("()") for key in self.event))

    def __repr__(self) -> str:
        return f"Sym({self.id}, {self.kind})"


def is_followed(value: Value | None) -> TypeGuard[Sym]:
    """Whether a library that the run follows gave the value."""
    return type(value) is Sym and value.name is not None


#: The operation, in a symbol's `parent`, by which a library's object shows the dict that it was made of.
WRAPS = "wraps"
#: And by which a part of a list or a text is cut out of a part of the event: it has elements of that.
SLICED = "sliced"
#: What `functools.singledispatch` makes of a function, by the name under which it is called.
DISPATCHER = "functools.singledispatch()"


def wrapped(value: Value) -> Sym | None:
    """The part of the event that an object of a library was made of, and reads its attributes from."""
    if type(value) is Sym and value.parent is not None and value.parent[1] == WRAPS:
        return value.parent[0]
    return None


def root_of(value: Sym) -> Sym:
    """What a symbol was read from at first."""
    while value.parent is not None:
        value = value.parent[0]
    return value


def origin(value: Sym) -> object:
    """Which call of a library that the run follows gave a value, or gave what it was read from."""
    while value.parent is not None:
        value = value.parent[0]
    return value.made if value.made is not None else value


class Ref(Value):
    """A heap object, by its identity. `by`: of what a variable holds, the expression that gave it, where the object was
    made elsewhere."""

    __slots__ = ("by", "id")

    def __init__(self, id: int, place: Place | None = None, by: Place | None = None) -> None:
        self.id = id
        self.place = place
        self.by = by

    def __repr__(self) -> str:
        return f"Ref({self.id})"


class Tuple(Value):
    """A tuple. `cls` is the class of a namedtuple (a Ref), and `fields` its names. `rest`: any number of further
    elements, each like this one."""

    __slots__ = ("cls", "fields", "items", "rest")

    def __init__(
        self,
        items: tuple[Value, ...],
        place: Place | None = None,
        *,
        cls: Value | None = None,
        fields: tuple[str, ...] = (),
        rest: Value | None = None,
    ) -> None:
        self.items = items
        self.place = place
        self.cls = cls
        self.fields = fields
        self.rest = rest

    def __repr__(self) -> str:
        return f"Tuple{self.items!r}"


class Function(Value):
    """A function of the project: its code, the scope it closes over, its defaults. `owner`: the class it stands in."""

    __slots__ = ("defaults", "info", "keyword_defaults", "memo", "module", "name", "owner", "scopes")

    def __init__(
        self,
        info: FunctionInfo,
        module: int,
        scopes: tuple[int, ...],
        defaults: tuple[Value, ...],
        keyword_defaults: dict[str, Value],
        owner: int | None,
        place: Place,
    ) -> None:
        self.info = info
        self.module = module  # the heap id of the module's scope
        self.scopes = scopes  # the ids of the enclosing function scopes, innermost first
        self.defaults = defaults
        self.keyword_defaults = keyword_defaults
        self.owner = owner
        self.name = info.name
        self.place = place
        self.memo: int | None = None  # through lru_cache: the heap id of the dict of its answers

    def __repr__(self) -> str:
        return f"Function({self.name})"

    def owned(self, owner: int | None, memo: int | None) -> Function:
        """The same function as an attribute of a class, or behind a cache."""
        assert self.place is not None
        made = Function(self.info, self.module, self.scopes, self.defaults, self.keyword_defaults, owner, self.place)
        made.memo = memo
        return made


    def within(self, scopes: tuple[int, ...]) -> Function:
        """The same function, of which these alone of the scopes round it are there."""
        assert self.place is not None
        defaults, owner = self.defaults, self.owner
        return Function(self.info, self.module, scopes, defaults, self.keyword_defaults, owner, self.place)


class Escaped(NamedTuple):
    """A function that code which is not seen may call, and the names that the functions round it had bound by then.
    `given`: of a generator's arguments, the classes of those that are instances of the project's, by their heap ids.
    `then`: the scopes that it closes over, by their heap ids, and what stood in them."""

    function: Function
    closed_over: frozenset[str]
    given: tuple[int | None, ...] = ()
    then: tuple[tuple[int, dict[str, Value]], ...] = ()


class Bound(Value):
    """A project function with its first argument already given."""

    __slots__ = ("function", "receiver")

    def __init__(self, function: Value, receiver: Value, place: Place | None = None) -> None:
        self.function = function
        self.receiver = receiver
        self.place = place


class Partial(Value):
    """functools.partial."""

    __slots__ = ("arguments", "function", "keywords")

    def __init__(
        self, function: Value, arguments: tuple[Value, ...], keywords: dict[str, Value], place: Place | None = None
    ) -> None:
        self.function = function
        self.arguments = arguments
        self.keywords = keywords
        self.place = place


class Outside(Value):
    """Something outside the project, by its full name: the module `json`, the function `json.dumps`, the class
    `datetime.datetime`; builtins stand under their bare name."""

    __slots__ = ("name",)

    def __init__(self, name: str, place: Place | None = None) -> None:
        self.name = name
        self.place = place

    def __repr__(self) -> str:
        return f"Outside({self.name})"


class Method(Value):
    """A method of a builtin or outside type, bound: `name` is "dict.get", "datetime.datetime.isoformat"."""

    __slots__ = ("name", "receiver")

    def __init__(self, name: str, receiver: Value, place: Place | None = None) -> None:
        self.name = name
        self.receiver = receiver
        self.place = place

    def __repr__(self) -> str:
        return f"Method({self.name})"


class Descriptor(Value):
    """A class attribute that is a property (`kind` "property", "cached"), a staticmethod ("static") or a
    classmethod ("class")."""

    __slots__ = ("deleter", "function", "kind", "setter")

    def __init__(self, kind: str, function: Value, setter: Value | None = None, place: Place | None = None) -> None:
        self.kind = kind
        self.function = function
        self.setter = setter
        self.place = place


class Super(Value):
    """`super()`: what follows `after` in the method resolution order of `receiver`."""

    __slots__ = ("after", "receiver")

    def __init__(self, after: int, receiver: Value, place: Place | None = None) -> None:
        self.after = after
        self.receiver = receiver
        self.place = place


class Coroutine(Value):
    """A call of an `async def` that has not been awaited."""

    __slots__ = ("arguments", "function", "keywords")

    def __init__(
        self, function: Function, arguments: tuple[Value, ...], keywords: dict[str, Value], place: Place | None = None
    ) -> None:
        self.function = function
        self.arguments = arguments
        self.keywords = keywords
        self.place = place


class Slice(Value):
    """A slice of constant or unknown bounds."""

    __slots__ = ("lower", "step", "upper")

    def __init__(self, lower: Value, upper: Value, step: Value, place: Place | None = None) -> None:
        self.lower = lower
        self.upper = upper
        self.step = step
        self.place = place


NONE = Const(None)
TRUE = Const(True)
FALSE = Const(False)


def boolean(value: bool) -> Const:
    """The shared constant."""
    return TRUE if value else FALSE
