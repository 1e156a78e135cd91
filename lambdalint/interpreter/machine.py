"""The machine: what runs, how paths part, and where it gives up.

Expressions are evaluated in a direct style, on `machine.state`. Where more than one thing may happen - a condition
that is not known, a call of the project that ends in several ways - the evaluation asks the machine to choose;
`explore` runs a statement once for each sequence of choices, from the same state, and gathers the outcomes. So an
evaluator reads like an ordinary interpreter, and only statements deal in sets of paths.

Where paths grow too many, some are dropped, evenly, and the record says that it is not complete. Dropping keeps every
path that is followed a real one; merging unlike paths would not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lambdalint.finding import Place
from lambdalint.interpreter.bounds import MAX_CHOICES, MAX_STEPS, MAX_WAYS, STEPS_LEFT
from lambdalint.interpreter.heap import Object, ScopeObject
from lambdalint.interpreter.paths import (
    NORMAL,
    RAISE,
    Choices,
    Dead,
    Frame,
    Met,
    Outcome,
    OutOfSteps,
    Part,
    Raised,
    merge_types,
)
from lambdalint.interpreter.second_ways import SecondWay
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Descriptor, Escaped, EventPath, Failing, Function, Ref, Sym, Value
from lambdalint.interpreter.world import EventKinds, Finder, Script

if TYPE_CHECKING:
    from lambdalint.interpreter.recorder import Recorder
    from lambdalint.interpreter.recursion import Call
    from lambdalint.interpreter.trail import Trail

#: Operations, in the names of symbols, of which the answer is no part of what it is made of.
_OWN = frozenset({
    "method", "length", "int", "float", "Add", "Subtract", "Multiply", "Divide", "FloorDivide", "Modulo", "Power",
})  # fmt: skip
#: Steps between two calls of the pulse: some milliseconds.
_PULSE = 32
#: The heap id of the table of imported modules.
MODULES = 0


def follows(machine: Machine, name: str) -> bool:
    """Whether the run follows the library in which something stands, by its full name."""
    return machine.script is not None and machine.script.follows(name.partition(".")[0])


class Machine:
    """One run: a module imported, a handler called. `find` finds the project's modules."""

    def __init__(self, find: Finder, recorder: Recorder, script: Script | None = None) -> None:
        self.find = find
        self.recorder = recorder
        self.script = script
        self.trail: Trail | None = None  # that is left, and may be gone on from
        self.state = State()
        self.choices: Choices | None = None
        self.steps = MAX_STEPS if script is None else script.steps
        self.pulse: Callable[[], None] | None = None  # called every so many of them
        self.json_epochs: dict[Any, int] = {}  # of what was read from JSON, by symbol: when
        self.references: dict[Any, str] = {}  # of SQLAlchemy's columns, by symbol: the table of a foreign key
        self.named_columns: set[Any] = set()  # of SQLAlchemy's, by symbol: those that say their names themselves
        self.since: dict[Any, str] = {}  # of what has its type since a version of a library, by symbol: of which
        self.by_keyword: dict[int, str] = {}  # of idempotent functions, by node: what they must be given by keyword
        self.services: set[str] = set()  # of AWS, of which a client was made; "" of one that is not known
        self.made_classes: set[int] = set()  # of the project, of which an instance was made; by heap id
        self.kept = 0  # of the steps, those that the call at hand leaves to what comes after it
        self.joins = 0  # how often paths past the bound have become one
        self.guards = 0  # try and with statements round what runs
        self.deferred = 0  # of these, those that catch nothing a read raises: generators consumed where they stand, too
        self.of_keys = 0  # and those that catch that a key is missing, and nothing else of that
        self.consumed: set[int] = set()  # those expressions of generators, by node, and the calls that give them
        self.begun: set[int] = set()  # the expressions of which `next` takes one element, by node
        self.tries: list[int] = []  # the try statements that have except clauses among them, by id
        self.catching = 0  # those of them that catch a TypeError
        self.ways: list[SecondWay] = []  # by which each of these goes on then
        self.catching_imports = 0  # that catch an ImportError
        self.catching_names = 0  # that catch an AttributeError
        self.current_event: Value | None = None  # what the functions of a resolver are shown of the event
        self.lambda_context: Value | None = None  # and of the context
        # What `.get(key, default)` has given that is not the default, by its identity.
        self.gotten: dict[int, tuple[Value, str]] = {}
        # The variables of the environment that are surely set, and whether to a text that is not empty.
        self.variables: Mapping[str, bool] = {}
        self.event_kinds: EventKinds | None = None  # what its fields are, where it is known who sends it
        self.handler_name = ""  # of the function that Lambda calls
        self.python: tuple[int, int] | None = None  # the runtime's, where the run is for one deployment
        self.attributes_set: set[str] = set()  # the names under which something was set in objects of libraries
        self.per_record = 0  # batch processors that run it, and catch what it raises
        self.unsure = 0  # branches, loops and the like round what runs: a path may leave it out
        self.searching = False  # the project has touched sys.path or sys.modules: imports may find more
        self.dotted: dict[str, str | None] = {}  # the full names of modules, by path; None where not known
        # What may be raised: in which state, and which types or which very object.
        self.raising: list[tuple[State | None, tuple[str, ...] | Ref | None]] = []
        self.statement: Any = None  # what is being run: a statement, or a part that is done for each of many
        self.parts: dict[tuple[int, int], Part] = {}  # by the part's node, and in comprehensions the element's number
        self.completed: set[int] = set()  # those that some path has run to their end, by id
        self.receiver: int | None = None  # of a method that runs: the class of the object it is called on, by heap id
        self.completed_of: set[tuple[int, int]] = set()  # statements, and of which class the object was
        self.unfollowed: set[int] = set()  # of the project's functions, by node: those of which a call was not followed
        self.failing_aside: list[tuple[State, Value, str]] = []  # those that a library catches, and what it then does
        self.escaping: list[tuple[State, Value]] = []  # exceptions that leave, of which no path is followed
        self.dropped: list[tuple[State, Value, int]] = []  # those that a clause drops, with its try statement's id
        self.active: Counter[int] = Counter()  # functions being run, by code
        self.called: defaultdict[int, list[Call]] = defaultdict(list)  # and what each of them was given
        self.depth = 0  # calls of project functions inside one another
        self.importing = 0  # modules imported inside one another
        self.hypothetical = False  # what is assumed now is forgotten afterwards: objects are left as they are
        self.spread_json: set[int] = set()  # calls, by their nodes' ids, that are given keywords of JSON and no others
        self.patched: set[str] = set()  # modules outside the project to which the project has assigned
        self.escaped: list[Escaped] = []  # functions that code which is not seen may call
        self.methods: dict[str, dict[int, Value]] = {}  # of the project's classes, by name and code
        self.gave_up: Counter[str] = Counter()
        self.complete = True
        self.constants: dict[int, Value] = {}  # values of literal nodes
        self.second_ways: dict[int, SecondWay] = {}  # of try statements, by node
        modules = ScopeObject()  # the modules that this path has imported, by path
        modules.owner = self.state.token
        self.state.delta[MODULES] = modules

    # -- paths ---------------------------------------------------------------------------------------------------

    def explore(self, state: State, run: Callable[[], Value | None], node: Any = None) -> list[Outcome]:
        """Run something from `state` under every sequence of choices. The machine's own state is as before."""
        saved = self.state, self.choices, self.raising, self.statement
        outcomes: list[Outcome] = []
        pending: list[tuple[Any, ...]] = [()]
        raising: dict[int, tuple[State, tuple[str, ...] | None]] = {}
        runs = 0
        try:
            while pending:
                prefix = pending.pop()
                runs += 1
                if runs > MAX_CHOICES:
                    self.give_up("choices in one statement")
                    break
                self.step()
                self.state = state.fork()
                self.state.mark, self.state.touched = state.next_id, False
                choices = self.choices = Choices(prefix)
                self.raising, self.statement = [], node
                try:
                    value = run()
                    outcomes.append(Outcome(NORMAL, self.state, value, node))
                    self.completed.add(id(node))
                    if self.receiver is not None:
                        self.completed_of.add((id(node), self.receiver))
                except Raised as raised:
                    outcomes.append(Outcome(RAISE, self.state, raised.value, node))
                except Dead:
                    pass
                pending += choices.pending
                for at, types in self.raising:
                    if type(types) is Ref and at is not None:
                        outcomes.append(Outcome(RAISE, at, types, node))
                        continue
                    assert not isinstance(types, Ref)
                    key = id(at) if at is not None else 0
                    known = raising.get(key)
                    merged = types if known is None else merge_types(known[1], types)
                    raising[key] = (at if at is not None else state, merged)
        finally:
            self.state, self.choices, self.raising, self.statement = saved
        for at, types in raising.values():
            forked = at.fork()
            forked.guess(True)
            error = Sym(forked.fresh(), None, role="exception", condition=("types", types))
            outcomes.append(Outcome(RAISE, forked, error, node))
        return outcomes

    def choose(self, count: int, *, sent: bool = False) -> int:
        """Choose among `count` alternatives: each is followed, in a run of its own. `sent`: the event decides, in a way
        that the caller sees to; see sendable.py."""
        self.state.guess(not sent)
        choices = self.choices
        if choices is None:
            raise RuntimeError("a choice outside of explore()")
        position, choices.position = choices.position, choices.position + 1
        choices.ways *= count
        if position < len(choices.taken):
            taken = choices.taken[position]
            if isinstance(taken, Met):  # the replay went another way
                self.give_up("replays")
                raise Dead
            choices.first = choices.first and taken == 0
            return int(taken)
        prefix = tuple(choices.taken)
        choices.pending += [(*prefix, option) for option in range(count - 1, 0, -1)]
        choices.taken.append(0)
        return 0

    def made_choices(self) -> int:
        """How many choices the statement at hand has made so far."""
        return self.choices.position - self.choices.sole if self.choices is not None else 0

    def has_ways_enough(self) -> bool:
        """Whether what else the statement at hand does is to give one value for all of its ways."""
        return self.choices is not None and self.choices.ways > MAX_WAYS

    def is_first_way(self) -> bool:
        """Whether each choice that the statement at hand has made so far took the first that there was."""
        return self.choices is None or self.choices.first

    def choose_outcome(self, compute: Callable[[], list[Outcome]], *, always: bool = False) -> Outcome:
        """Choose among the outcomes of a call, and take over its state. `always`: no choice made so far in the
        statement decides whether the call comes."""
        choices = self.choices
        if choices is None:
            raise RuntimeError("a choice outside of explore()")
        position, choices.position = choices.position, choices.position + 1
        if position < len(choices.taken):
            taken = choices.taken[position]
            if not isinstance(taken, Met):  # the replay went another way
                self.give_up("replays")
                raise Dead
        else:
            doubt = position > 0 and not always
            self.unsure += doubt
            try:
                outcomes = compute()
            finally:
                self.unsure -= doubt
            if not outcomes:
                raise Dead
            prefix = tuple(choices.taken)
            ways = sum(one.kind is not RAISE for one in outcomes)
            met = [Met(one, ways, ways == 1 and one.kind is not RAISE, one is outcomes[0]) for one in outcomes]
            choices.pending += [(*prefix, other) for other in reversed(met[1:])]
            taken = met[0]
            choices.taken.append(taken)
        choices.sole += taken.sole
        choices.ways *= max(taken.ways, 1)
        choices.first = choices.first and taken.first
        choices.adopted = True
        self.state = taken.outcome.state.fork()
        return taken.outcome

    def may_raise(self, types: tuple[str, ...] | None = None, after_effects: bool = False) -> None:
        """What was just evaluated may raise: one of `types`, or anything. `after_effects`: it may have changed
        something before; otherwise the state is that in which the statement began."""
        if not self.guards:
            self.recorder.raises = True
            return
        changed = after_effects or self.state.touched or (self.choices is not None and self.choices.adopted)
        self.raising.append((self.state.fork() if changed else None, types))

    def raises_aside(self, outcome: Outcome) -> bool:
        """Whether a way in which a part of a statement raised an exception of an unknown type is noted as what may be
        raised here, and is no way of its own."""
        error = outcome.value
        if type(error) is not Sym or error.condition is None or error.condition[0] != "types":
            return False
        if self.guards:
            self.raising.append((outcome.state, error.condition[1]))
        else:
            self.recorder.raises = True
        return True

    def may_raise_object(self, error: Ref) -> None:
        """What is done here may be done, and then raises an object of the project's own."""
        if not self.guards:
            self.recorder.raises = True
            return
        forked = self.state.fork()
        forked.guess(True)
        self.raising.append((forked, error))

    @contextmanager
    def part(self, node: Any, number: int = 0) -> Iterator[None]:
        """What is done here is a statement of its own: that what stands round it comes to its end where this is not
        done, or that it is done for another element and passes, says nothing of it."""
        part = self.parts.setdefault((id(node), number), Part())
        statement, self.statement = self.statement, part
        try:
            yield
            self.completed.add(id(part))
        finally:
            self.statement = statement

    def may_fail_outside(self) -> None:
        """A service may fail here, or the project itself raises: what stands round it may catch that."""
        if self.tries:
            self.recorder.failing_tries.add(self.tries[-1])

    def raise_builtin(
        self,
        name: str,
        node: Any,
        frame: Frame,
        why: str = "",
        about: Value | None = None,
        *,
        anyhow: bool = False,
        where: str = "",
        left_out: str = "",
        written: str = "",
        rule: str = "",
    ) -> Raised:
        """An exception of a builtin class, to be raised by the caller. `why`: what is wrong, as a person is told, where
        the operation fails by what its values are; `about`: the value that it fails for; `anyhow`: on every path;
        `where`: what does not fail everywhere does; `left_out`, `written`, `rule`: see `Failing`."""
        error = Sym(self.state.fresh(), name, self.place(node, frame), role="exception")
        if type(about) is Sym and about.kind is not None and about.kind.startswith("pydantic.?."):
            where = where or "where pydantic 2 is installed"
        if type(about) is Sym and about.kind is None and about.json:
            about = about.of_kind(self.state.fact(about).kind)  # JSON holds no others of it than what was asked for
        if why:
            error.made = Failing(
                self.statement, why, about, anyhow, where, left_out, written=written, receiver=self.receiver, rule=rule
            )
        return Raised(error)

    def is_sure(self) -> bool:
        """Whether every path that raises nothing comes to the statement at hand."""
        return not self.unsure and not self.state.widened and not self.hypothetical

    def doubtful(self) -> bool:
        """Whether what is not seen to be bound may be bound all the same."""
        return self.state.widened or not self.complete or self.searching

    # -- bounds --------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Spend a step.

        Raises:
            OutOfSteps: none is left.
        """
        self.steps -= 1
        if self.steps < self.kept:
            raise OutOfSteps
        if self.pulse is not None and not self.steps % _PULSE:
            self.pulse()

    def give_up(self, cause: str, *, hurry: bool = True) -> None:
        """Some path is not followed: the record is not complete. `hurry`: what is left is done with fewer steps."""
        self.gave_up[cause] += 1
        self.complete = False
        if self.script is None and hurry:
            self.steps = min(self.steps, STEPS_LEFT)

    def lose(self, cause: str) -> None:
        """A value became unknown past a bound; all paths are still followed."""
        self.gave_up[cause] += 1

    # -- values --------------------------------------------------------------------------------------------------

    def place(self, node: Any, frame: Frame) -> Place:
        return Place(frame.source, node)

    def unknown(self, place: Place | None = None, kind: str | None = None, **more: Any) -> Sym:
        """A new symbol."""
        made = Sym(self.state.fresh(), kind, place, **more)
        if made.json:
            self.json_epochs[made.id] = self.state.epoch
        return made

    def child(self, parent: Sym, operation: str, key: object, kind: str | None, place: Place | None) -> Sym:
        """The symbol read from another one; reading again gives the same, until something may have changed it."""
        state = self.state
        epoch = state.times_changed(parent.event, key) if parent.role == "event" else state.epoch
        event: EventPath | None = None
        # What a method of a text gives is a text of its own, and what is computed a number.
        role = parent.role if parent.role in ("event", "context") and operation not in _OWN else None
        if parent.event is not None and operation in ("item", "get", "part") and isinstance(key, (str, int)):
            event = (*parent.event, key)
        options: tuple[Value, ...] = ()
        id = (parent.id, epoch, operation, key)
        if self.event_kinds is not None and kind is None and event is not None and operation == "item":
            kind = self.kind_of_event(event)
            if kind == "number":
                kind, options = None, self._numbers(id, place, event, role)
            elif kind is not None and "|" in kind:  # `certain.kinds_of` asks for it
                kind = None
        return Sym(
            id,
            kind,
            place,
            options=options,
            event=event,
            json=parent.json and operation in ("item", "get"),
            role=role,
            parent=(parent, operation, key),
            name=f"{parent.name}.{key}" if parent.name is not None and operation == "attribute" else None,
        )

    def kind_of_event(self, path: EventPath | None) -> str | None:
        """The type of a field of the event, where the source fixes it and nobody may have changed it."""
        if self.event_kinds is None or path is None or self.state.times_shown(path):
            return None
        return self.event_kinds(path)

    def part_of_event(self, path: EventPath | None, place: Place | None, **more: Any) -> Sym:
        """A new symbol for a part of the event, of the type that is known of it."""
        kind = self.kind_of_event(path)
        if kind == "number":
            id = self.state.fresh()
            return Sym(id, None, place, options=self._numbers(id, place, path, more.get("role")), event=path, **more)
        return self.unknown(place, kind if kind is None or "|" not in kind else None, event=path, **more)

    def _numbers(self, id: Any, place: Place | None, path: EventPath | None, role: str | None) -> tuple[Value, ...]:
        return tuple([Sym((id, kind), kind, place, event=path, role=role) for kind in ("int", "float")])

    def define(self, name: str, value: Value) -> None:
        """A class of the project has this attribute."""
        function = value.function if isinstance(value, Descriptor) else value
        if isinstance(function, Function):
            self.methods.setdefault(name, {})[id(function.info.code)] = value

    def measured(self, ref: Ref, operation: str, kind: str | None, place: Place | None) -> Sym:
        """What an operation that changes nothing gives of an object: the same again, until it is written to."""
        return Sym((ref.id, self.object(ref).version, operation, None), kind, place)

    def new(self, thing: Object) -> Ref:
        return self.state.add(thing)

    def object(self, ref: Ref) -> Object:
        return self.state.get(ref.id)

    def new_scope(self) -> int:
        return self.state.add(ScopeObject()).id
