"""The record: what happens when Lambda imports the module and calls the handler. The rules judge this."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lambdalint.finding import Place
from lambdalint.interpreter.shapes import Shape
from lambdalint.project.function import Function
from lambdalint.source import Source


@dataclass(frozen=True, slots=True)
class Parameter:
    """`kind` is "positional", "keyword" (keyword-only), "args" or "kwargs"; "taken": a partial gives it by keyword, and
    an argument that comes by position is one too many. `used`: the function's code has its name somewhere."""

    name: str
    kind: str
    required: bool
    place: Place
    used: bool = True


@dataclass(frozen=True, slots=True)
class Decorator:
    """The outermost decorator of a function: its name as it is written, and where it stands."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Handler:
    """What the handler's name is bound to once the module is imported.

    `kind`: "function" (anything callable whose code is seen), "class", "module", "value" (not callable),
    "adapter" (Mangum and its like, Powertools resolvers: it answers for itself), "missing", "unknown".
    `signature_known`: False where a decorator or an unseen callable decides the parameters.
    `parameters` leave out what a bound method or a partial has already filled. `event_types`: full names of the types
    outside the project that say what the event is: its annotation's, those by which a decorator converts it.
    `told_generator`: of a generator, its annotation says so. `decorator`: of the function that the module defines under
    the handler's name: what that gives, the name is bound to. `bound`: the expression in the handler's module that
    makes a callable of another function, where one does: a partial, or a method that is taken of its class.
    `async_def`: of an `async def` under decorators that the module defines under the handler's name: its name there.
    `decorated`: of any function under decorators there, the parameters that it is given by position.
    `offers`: of an object that cannot be called, a method of its that takes an event and a context.
    """

    kind: str
    name: str
    place: Place
    is_async: bool = False
    is_generator: bool = False
    yield_place: Place | None = None
    parameters: tuple[Parameter, ...] = ()
    signature_known: bool = False
    callable_type: str = ""  # of "value" and "class": how to name it to a person
    bases: tuple[str, ...] = ()  # of "class": the outside classes that it derives from
    defined: tuple[str, ...] = ()  # of "missing": the functions that the module has
    event_types: tuple[str, ...] = ()
    told_generator: bool = False
    decorator: Decorator | None = None
    bound: Place | None = None
    async_def: Place | None = None
    decorated: tuple[Parameter, ...] = ()
    offers: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A call of a project function: where, and of what."""

    place: Place
    callee: str


@dataclass(frozen=True, slots=True)
class Excluded:
    """On this path the event's field was compared with these constants and equals none of them."""

    event: tuple[str | int, ...]
    constants: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a path ends that gives nothing: the last statement that it ran in its function, or what decides whether the
    block of that is run. `bare`: that is `return`. `excluded`, `after_except`, `after_unseen`: as of a return, of this
    path alone where several have met; `known`: the same as `excluded`, learnt before the call too, and so `absent`."""

    place: Place
    bare: bool = False
    excluded: tuple[Excluded, ...] = ()
    known: tuple[Excluded, ...] = ()
    after_except: bool = False
    after_unseen: bool = False
    absent: tuple[tuple[str | int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Fallen:
    """The project function that gave a None by falling off its end, or by a `return` without a value: its name, and
    where that stands. `answers`: on another path the same call returns a value. `chain`: the calls that led there."""

    callee: str
    place: Place
    answers: bool
    chain: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Return:
    """One way by which the handler ends without an exception.

    `how` is "value" (`return x`), "bare" (`return`), or "end" (it fell off the end); `place` is the return
    statement, or the handler's name for "end". `dropped` are the mappings that this path built in project code
    and let fall: not returned, not stored, not passed to anything that could use them.
    `after_except`: the path went through an except clause. `fallen`: of a None that a function which the handler calls
    gave; `excluded` is then what the path has learnt since that call. `absent`, `present`: the event's fields
    that are missing or empty on this path, and those that are there; () is the event itself. `after_unseen`: the last
    thing before the end is the call of a function that nothing is known of, which may never return. `replied`: code
    that is not seen may have told the caller how it went, having been handed the event or what an answer needs of it.
    `caught`: the `try` statements that surely caught something, and the clauses that did, each by a number of its own.
    `read`: the items of the event that the path has read by `[...]`, each of which was there. `missed`: what an except
    clause caught is that the event lacked something which the code reads. `provided`: of an end, that a plain statement
    comes last before it, which is run where nothing else has returned. `reached`: a path leads there that is followed
    exactly. `gave`: of a None that a call outside the project gave, which gives nothing else, the name of what was
    called. `ends`: of an end, and of a None that is `fallen`, where the path ends; several, where paths have met.
    `coroutine_of`: of a coroutine, the name of its function, where that is defined.
    """

    value: Shape
    place: Place
    how: str
    excluded: tuple[Excluded, ...] = ()
    dropped: tuple[Shape, ...] = ()
    chain: tuple[Step, ...] = ()
    after_except: bool = False
    fallen: Fallen | None = None
    absent: tuple[tuple[str | int, ...], ...] = ()
    present: tuple[tuple[str | int, ...], ...] = ()
    after_unseen: bool = False
    replied: bool = False
    caught: frozenset[int] = frozenset()
    read: frozenset[tuple[str | int, ...]] = frozenset()
    missed: bool = False
    provided: bool = False
    reached: bool = True
    gave: str = ""
    ends: tuple[Ending, ...] = ()
    coroutine_of: Place | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """An exception leaves the handler. `replied`, `caught`, `missed`: as of a return."""

    replied: bool
    caught: frozenset[int]
    missed: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A call of something outside the project, by its full name: `json.dumps`, `boto3.client`, `builtins.open`.

    `receiver` is the object of a method call. `at_init`: while the module is imported, not in the handler.
    `guarded`: an exception here is caught by the project's code on this path. `written`: of a serializer with a hook
    whose code is seen, what is serialized and what the hook makes of its parts. `replied`: as of a return, this call
    included. `in_try`: a `try` or `with` of the project stands round it, whatever that catches; `tries`: the `try`
    statements that do and have except clauses, as in `Return.caught`. `made`: of a library that the run follows, what
    the call gives. `function_place`: what is called, as it is written. `per_record`: a batch processor runs the code
    for one record, and what it raises fails that record. `other_way`: `guarded`, and where it is caught the code gives
    what the call was given in another way. `by_key`: as of a read.
    """

    name: str
    place: Place
    arguments: tuple[Shape, ...] = ()
    keywords: tuple[tuple[str, Shape], ...] = ()
    open_arguments: bool = False  # *args or **kwargs that are not known
    receiver: Shape | None = None
    chain: tuple[Step, ...] = ()
    at_init: bool = False
    guarded: bool = False
    function_place: Place | None = None
    written: Shape | None = None
    replied: bool = False
    in_try: bool = False
    tries: frozenset[int] = frozenset()
    made: Shape | None = None
    per_record: bool = False
    other_way: bool = False
    by_key: bool = False

    @property
    def of_any_type(self) -> bool:
        """Whether something may catch that what it is given is of another type."""
        return self.in_try and not self.by_key

    def argument(self, position: int, name: str) -> Shape | None:
        """The argument at a position or under a keyword; None where it was not given, or may be hidden in `*args`."""
        for key, shape in self.keywords:
            if key == name:
                return shape
        return self.arguments[position] if position < len(self.arguments) else None


@dataclass(frozen=True, slots=True)
class Read:
    """A read of the event, the context or the environment.

    `path`: ("requestContext", "http", "method") of the event; ("aws_request_id",) of the context; the variable's name.
    `how`: "item" (`x[...]`), "get" (`.get(...)`), "in", "attribute", "element" (one of all),
    "whole" (`.items()`, `len(...)`: of all that the path leads to), "mapping" (`**...`, `dict(...)`), "type"
    (`type(...)`); of the environment and the
    context also "set", a write ("" for a name that is not known), and of the context "has", `hasattr(...)`, and "item".
    `guarded`: a try or with statement of the project stands round it, or, of the environment, another variable decides
    whether it is reached. `possible`: it is seen only where nothing is proved; of the event, also where an except
    clause has been. `unasked`, of the event: what the path has not learnt before it reads, of the `UNASKED`. `without`:
    the keys of the event that it knows are not there.
    `by_key`: all that guards it catches of it that a key is missing. `tries`: of a guarded read, as of a call.
    """

    path: tuple[str | int, ...]
    how: str
    place: Place
    guarded: bool = False
    possible: bool = False
    unasked: frozenset[str] = frozenset()
    without: frozenset[tuple[str | int, ...]] = frozenset()
    by_key: bool = False
    tries: frozenset[int] = frozenset()

    @property
    def of_any_type(self) -> bool:
        """Whether something catches that what is read from is of another type."""
        return self.guarded and not self.by_key


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator between two values of which one is of the context, or a number of DynamoDB. `op`: as libcst names it,
    "Add", "LessThan". `read`: the context's attribute, "" if there is none. `guarded`: a try statement catches what it
    raises; `possible`: as of a read."""

    op: str
    left: Shape
    right: Shape
    place: Place
    read: str = ""
    guarded: bool = False
    possible: bool = False
    chain: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """An import that the run reached, of one module or one name: `import a.b`, `from .a import b`, `from a import *`.

    `module` is as written, without the dots, of which there are `level`; `name` is what is imported from it, "*" for
    all, "" for the module itself. `absolute`: the module's full name, where that of the importing module is known.
    `sure`: every path that raises nothing meets it; otherwise only some path does. `guarded`: the code catches an
    ImportError here, or comes here only where something else has failed. `source`: the project's module that it found;
    `beside`: of an import that found none, the module of that name that stands beside the importing file.

    `fault` says why it surely fails:
        no-package   by dots, in a module that Lambda loads as top level
        beyond-top   by more dots than there are packages
        no-module    a package of the project has no such module; `source` is the package
        no-name      the module `source` binds no such name
        circular     the module `source` is still being imported, and has not bound the name yet
        elsewhere    by a full name, and no file of the project is found by it: what is installed may have it
    "" where it works or nothing is known.
    """

    module: str
    level: int
    name: str
    place: Place
    importer: Source
    absolute: str | None = None
    at_init: bool = True
    sure: bool = True
    guarded: bool = False
    source: Source | None = None
    beside: Source | None = None
    fault: str = ""
    chain: tuple[Step, ...] = ()

    @property
    def top(self) -> str:
        """The first part of the full name."""
        return (self.absolute if self.absolute is not None else self.module).partition(".")[0]


@dataclass(frozen=True, slots=True)
class Use:
    """A name of the standard library that not every Python has and the run evaluates: `datetime.UTC`,
    `str.removeprefix`, `anext`."""

    name: str
    place: Place
    at_init: bool = True
    sure: bool = True
    guarded: bool = False  # the code catches an AttributeError here


@dataclass(slots=True)
class ScriptRun:
    """What was seen of a script: its calls of what is outside the project, in order, and those that are seen only where
    one stands for many: rounds of a loop, further calls of a helper. `gave_up`: where it was not followed."""

    calls: list[Call] = field(default_factory=list)
    possible_calls: list[Call] = field(default_factory=list)
    gave_up: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Failure:
    """An operation that fails wherever it is run. `kind`: the exception, which leaves the handler; `why`: what is
    wrong; `about`: the value that it fails for. `statement`: the one that it ends. `answered`: where a clause for any
    exception has caught it, what the handler answered. `anyhow`: on whatever path it is reached. `where`: of what does
    not fail everywhere: "where that is installed"; `consequence`: where the invocation does not fail of it, what
    happens. `left_out`, `loop`: as of `values.Failing`. `dropped`: of what an except clause drops, which does nothing,
    the number of the `try` statement, as in `Call.tries`. `gotten`: where `about` was found under a key that need not
    be there, the condition. `sent`: what an event is to hold for this to be reached, as a person is told; "" where that
    is not known. `receiver`: in a method, the class of the object that it was called on, by number and by name. `rule`:
    as of `values.Failing`.
    """

    kind: str
    place: Place
    why: str
    about: Shape | None
    statement: object
    answered: Shape | None = None
    anyhow: bool = False
    where: str = ""
    consequence: str = ""
    left_out: str = ""
    loop: object = None
    dropped: int = 0
    gotten: str = ""
    sent: str = ""
    receiver: tuple[int, str] | None = None
    rule: str = ""


@dataclass(slots=True)
class Invocation:
    """Everything that was seen of one function. A missing return is proved only where `complete`."""

    function: Function
    handler: Handler
    returns: list[Return] = field(default_factory=list)
    # Returns seen only where many rounds of a loop stand for one: possible, not proved. No rule reports on them.
    possible_returns: list[Return] = field(default_factory=list)
    raises: bool = False  # an exception may leave the handler
    raised: list[str] = field(default_factory=list)  # the types of known exceptions that leave
    lookup_clauses: set[int] = field(default_factory=set)  # of `caught`: they catch lookups alone
    # Of `caught`, the `try` statements into which an exception may come that a service or the project itself raises.
    failing_tries: set[int] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)  # operations that fail wherever they are run
    event_failures: list[Failure] = field(default_factory=list)  # the same, by the types that its sender fixes
    refusals: list[Failure] = field(default_factory=list)  # of botocore: calls with parameters that it does not take
    event_refusals: list[Failure] = field(default_factory=list)  # the same, by the types that the event's sender fixes
    leaving: list[Leaving] = field(default_factory=list)  # how exceptions leave that an except clause has seen
    calls: list[Call] = field(default_factory=list)
    possible_calls: list[Call] = field(default_factory=list)
    event_reads: list[Read] = field(default_factory=list)
    event_operands: set[tuple[str | int, ...]] = field(default_factory=set)  # fields that are computed with
    # Fields that are handed to what takes some types alone, and these.
    event_given: set[tuple[tuple[str | int, ...], frozenset[str]]] = field(default_factory=set)
    # By its path, the constants that a field of the event is compared with.
    event_constants: dict[tuple[str, ...], frozenset[object]] = field(default_factory=dict)
    context_reads: list[Read] = field(default_factory=list)
    reports_dropped: list[tuple[object, ...]] = field(default_factory=list)  # of batches: the returns behind each call
    object_reads: list[Read] = field(default_factory=list)  # of attributes that a library's class, first, has not
    environment_reads: list[Read] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    modules: list[Source] = field(default_factory=list)  # the project's, imported on every path, in that order
    complete: bool = True  # every path was followed to its end
    gave_up: Counter[str] = field(default_factory=Counter)
