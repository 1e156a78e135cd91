"""Keeps the record while the machine runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import libcst as cst

from lambdalint.finding import Place
from lambdalint.interpreter.bounds import MAX_MADE, MAX_VARIANTS
from lambdalint.interpreter.invocation import Call, Failure, Import, Operation, Read, Use
from lambdalint.interpreter.replies import shows
from lambdalint.interpreter.shapes import Anything, Opaque, Shape
from lambdalint.interpreter.state import FILLED, TOLD, State
from lambdalint.interpreter.values import Const, EventPath, Ref, Sym, Value
from lambdalint.standard_library import NEWEST, OLDEST, span

if TYPE_CHECKING:
    from lambdalint.interpreter.library import CallSite
    from lambdalint.interpreter.machine import Machine
    from lambdalint.source import Source

#: The faults of imports that are none where something unseen may have bound names or found files.
_IN_DOUBT = ("no-module", "no-name", "circular", "elsewhere")

#: The kinds of what DynamoDB's resource gives for a number, and for what may be one.
_NUMBERS = ("decimal.Decimal", "boto3.dynamodb.attribute")


def _with_those_above(path: str) -> Iterator[str]:
    """`A[].B`, `A[]`, `A`."""
    yield path
    for match in re.finditer(r"[.\[]", path):
        yield path[: match.start()]


def _attribute(value: Value) -> str:
    """The name of the context's attribute that a value is."""
    if type(value) is not Sym or value.parent is None or value.role != "context":
        return ""
    above, operation, name = value.parent
    return str(name) if above.parent is None and operation == "attribute" else ""

#: When an operation fails that goes through elements of which nothing says that there are any.
AS_SOON = "as soon as there is one"


class Recorder:
    """Reads and calls, each kept once; whether an exception may leave."""

    def __init__(self) -> None:
        self.in_handler = False
        self.raises = False
        self.lookup_clauses: set[int] = set()
        self.other_clauses: set[int] = set()  # and those that catch something else, too
        self.failing_tries: set[int] = set()  # of `machine.tries`, those into which a failure of a service may come
        # Except clauses, by node, that an exception meets which they may catch; and those that one passes which nothing
        # sends under the name that they catch: where they stand, and why.
        self.meeting: set[int] = set()
        self.missed: dict[int, tuple[Place, str]] = {}
        self._refused: dict[tuple[int, str], Failure] = {}
        self._accepted: set[tuple[int, str]] = set()
        self.answers_by_call = False  # the event is of a source that is told the result by a call
        self.calls: list[Call] = []
        self.possible_calls: list[Call] = []
        self.event_reads: list[Read] = []
        self.event_operands: set[EventPath] = set()
        self.event_given: set[tuple[EventPath, frozenset[str]]] = set()
        self.event_constants: dict[tuple[str, ...], frozenset[object]] = {}
        self.context_reads: list[Read] = []
        self.object_reads: list[Read] = []
        self.reports_dropped: list[tuple[object, ...]] = []
        self.environment_reads: list[Read] = []
        self.operations: list[Operation] = []
        self.failures: list[Failure] = []
        self.event_symbols: dict[Any, EventPath] = {}
        self.decoded_symbols: dict[Any, EventPath] = {}  # of what was decoded of a part of the event
        self.methods: dict[Any, str] = {}  # of those that a method made: what it is called
        self._imports: dict[tuple[str, str, int], Import] = {}
        self._uses: dict[tuple[str, int], Use] = {}
        self._modules: dict[str, Source] = {}
        self._seen: set[Any] = set()
        self._variants: dict[int, list[Any]] = {}

    def renew(self) -> None:
        """What was noted is of the texts that are there now."""
        self._modules = {path: source.latest for path, source in self._modules.items()}
        for key, one in self._imports.items():
            self._imports[key] = replace(
                one,
                importer=one.importer.latest,
                source=one.source.latest if one.source is not None else None,
                beside=one.beside.latest if one.beside is not None else None,
            )

    def fails(
        self,
        machine: Machine,
        place: Place,
        kind: str,
        why: str,
        where: str = "",
        consequence: str = "",
    ) -> None:
        """Something fails that the path at hand does not follow: a call that an older version of a library took, a
        function that a library calls and answers for. `consequence`: what then happens."""
        caught = machine.catching_names if kind == "AttributeError" else machine.catching
        if (caught and not consequence) or machine.state.widened or machine.hypothetical or machine.state.after_except:
            return
        if all(place.node is not other.place.node for other in self.failures):
            made = Failure(kind, place, why, None, machine.statement, where=where, consequence=consequence)
            self.failures.append(made)

    def clauses_that_miss(self) -> list[Failure]:
        """The except clauses that catch nothing of what they name."""
        return [
            Failure("ClientError", place, why, None, None, where="where there is none",
                    consequence="the ClientError passes this clause")
            for clause, (place, why) in self.missed.items() if clause not in self.meeting
        ]  # fmt: skip

    # -- calls that are refused ----------------------------------------------------------------------------------

    def refused(
        self, machine: Machine, node: Any, path: str, place: Place, why: str, value: Value | None, absent: bool
    ) -> None:
        """What a call is given at a path of its parameters is refused. `absent`: it is None."""
        from lambdalint.interpreter.draw import draw

        key = (id(node), path)
        if machine.state.widened or machine.hypothetical or key in self._refused:
            return
        about = draw(machine, value) if value is not None else None
        self._refused[key] = Failure("", place, why, about, machine.statement, anyhow=not absent)

    def accepted(self, machine: Machine, node: Any, path: str) -> None:
        """What a call is given at a path may be taken: `Tags=` itself, `Tags` with all that may stand in it. That
        nothing is known of it where many rounds of a loop stand for one, says nothing of each."""
        if not machine.state.widened or path.endswith("="):
            self._accepted.add((id(node), path))

    def refusals(self, complete: bool, typed: bool) -> list[Failure]:
        """What is refused on each path that gives it. `complete`: all paths are followed; a None is often what another
        path has put something in the place of. `typed`: what the sender fixes of the event is known; a field of it that
        a path may not be sent is refused where it is."""
        found = []
        for (node, path), failure in self._refused.items():
            if not complete and not failure.anyhow:
                continue
            accepted = (node, f"{path}=") in self._accepted
            if not accepted and all((node, above) not in self._accepted for above in _with_those_above(path)):
                found.append(failure)
            elif typed and isinstance(failure.about, Opaque) and failure.about.event:
                found.append(replace(failure, where="where it is sent"))
        return found

    # -- reads ---------------------------------------------------------------------------------------------------

    def _read(
        self,
        into: list[Read],
        path: EventPath,
        how: str,
        place: Place,
        guarded: bool = False,
        possible: bool = False,
        unasked: frozenset[str] = frozenset(),
        without: frozenset[EventPath] = frozenset(),
        by_key: bool = False,
        tries: frozenset[int] = frozenset(),
    ) -> None:
        key = (path, how, id(place.node), guarded, possible, unasked, without, by_key, tries)
        if key not in self._seen:
            self._seen.add(key)
            into.append(Read(path, how, place, guarded, possible, unasked, without, by_key, tries))
            if into is self.event_reads:
                self.answers_by_call = self.answers_by_call or shows(path)

    def event_read(
        self, machine: Machine, read: Sym, how: str, place: Place, unasked: frozenset[str] = frozenset()
    ) -> None:
        """Something was read from the event; `read` is what it gave."""
        if read.event is not None and read.role == "event":
            self.event_symbols[read.id] = read.event
            self._note_holder(read.parent[0] if read.parent is not None else None)
        elif read.event is not None and read.of_event:
            self.decoded_symbols[read.id] = read.event
        if read.event is not None and read.of_event:
            self._of_event(machine, read.event, how, place, unasked)

    def _note_holder(self, holder: Sym | None) -> None:
        """What a key was read from, or asked of, is a part of the event by this path: one record of several."""
        if holder is not None and holder.role == "event" and holder.event is not None:
            self.event_symbols.setdefault(holder.id, holder.event)

    def _of_event(self, machine: Machine, path: EventPath, how: str, place: Place, unasked: frozenset[str]) -> None:
        state = machine.state
        possible = state.widened or state.after_except
        guarded = machine.guards > machine.deferred
        by_key = guarded and machine.guards <= machine.deferred + machine.of_keys
        without = self._without(state)
        tries = frozenset(machine.tries) if guarded else frozenset[int]()
        self._read(self.event_reads, path, how, place, guarded, possible, unasked, without, by_key, tries)

    def _without(self, state: State) -> frozenset[EventPath]:
        """The keys of the event that a path knows are not there: `if "requestContext" in event` has said so. Of a
        record `.get` says as much, for no source sends an empty part of one."""
        return frozenset(
            (*holder, id[3])
            for id, fact in state.facts.items()
            if type(id) is tuple and len(id) == 4 and id[2] in (TOLD, "get") and fact.truthy is False
            if isinstance(id[3], str) and (holder := self.event_symbols.get(id[0])) is not None
            if id[2] == TOLD or holder
        )

    def derived(self, value: Sym, event: EventPath, method: str) -> None:
        """A symbol made of a field of the event, and of nothing else: `event["httpMethod"].upper()`."""
        self.event_symbols[value.id] = event
        self.methods[value.id] = method

    def event_contains(
        self, machine: Machine, container: Sym, key: object, place: Place, unasked: frozenset[str] = frozenset()
    ) -> None:
        """`key in container`."""
        if container.event is not None and container.of_event and isinstance(key, (str, int)):
            self._note_holder(container)
            self._of_event(machine, (*container.event, key), "in", place, unasked)

    def event_attribute(
        self, machine: Machine, value: Sym, name: str, place: Place, unasked: frozenset[str] = frozenset()
    ) -> None:
        """`event.name`, which a dict has only where it is one of its methods; `get` gives a read of its own. A method
        that a text lacks is an attribute too, of a part of the event that may be one."""
        if value.event is None:
            return
        if not hasattr(dict, name) or value.kind == "str":
            self._of_event(machine, (*value.event, name), "attribute", place, unasked)
        elif value.event and name != "get":
            self._of_event(machine, value.event, "whole", place, unasked)
            if not hasattr(str, name):
                self._of_event(machine, (*value.event, name), "attribute", place, unasked)

    def event_operand(self, *values: Value) -> None:
        """Something is done with fields of the event that only some types can."""
        for value in values:
            if type(value) is Sym and value.event is not None and value.of_event:
                self.event_operands.add(value.event)

    def given_event(self, value: Value, taken: frozenset[str]) -> None:
        """A field of the event is handed to what takes these types alone."""
        if type(value) is Sym and value.event is not None and value.of_event:
            self.event_given.add((value.event, taken))

    def event_compared(self, left: Value, right: Value) -> None:
        """A field of the event is compared with a text."""
        if type(left) is Const:
            left, right = right, left
        if type(left) is Sym and left.event and type(right) is Const and isinstance(right.value, str):
            path = tuple(part for part in left.event if isinstance(part, str))
            self.event_constants[path] = self.event_constants.get(path, frozenset()) | {right.value}

    def event_whole(
        self, machine: Machine, value: Value, place: Place, unasked: frozenset[str] = frozenset(), how: str = "whole"
    ) -> None:
        """All of a part of the event is used: `len(event["Records"])`."""
        if type(value) is Sym and value.event and value.of_event:
            self._of_event(machine, value.event, how, place, unasked)

    def context_read(self, machine: Machine, value: Sym, name: str, place: Place, how: str = "attribute") -> None:
        """`context.name`."""
        if value.parent is None:
            state = machine.state
            self._read(self.context_reads, (name,), how, place, machine.guards > machine.deferred, state.widened)

    def object_read(self, machine: Machine, kind: str, name: str, place: Place) -> None:
        """`name` is read of an object of a library whose class, `kind`, has no such attribute."""
        state = machine.state
        possible = state.widened or state.after_except
        guarded = machine.guards > machine.deferred or machine.catching > 0
        self._read(self.object_reads, (kind, name), "attribute", place, guarded, possible)

    def operation(self, machine: Machine, op: str, left: Value, right: Value, place: Place, chain: Any) -> None:
        """An operator, where one of its values is of the context or a number of DynamoDB."""
        from lambdalint.interpreter.draw import draw

        if op not in ("Equal", "NotEqual"):
            self.event_operand(left, right)
        read = next((_attribute(value) for value in (left, right) if _attribute(value)), "")
        if not read and not any(type(value) is Sym and value.kind in _NUMBERS for value in (left, right)):
            return
        state = machine.state
        guarded, possible = machine.catching > 0, state.widened or state.after_except
        noted = Operation(op, draw(machine, left), draw(machine, right), place, read, guarded, possible, chain)
        key = (op, noted.left, noted.right, id(place.node), guarded, possible)
        if key not in self._seen:
            self._seen.add(key)
            self.operations.append(noted)

    def environment_read(self, machine: Machine, name: str, how: str, place: Place) -> None:
        """`os.environ[name]` and its like."""
        # What another variable decides may be dead where it is deployed: `if os.environ.get("AWS_SAM_LOCAL"): ...`.
        decided = any(
            type(id) is tuple and id[:1] == ("environment",) and not (id[1] in machine.variables and fact == FILLED)
            for id, fact in machine.state.facts.items()
        )
        guarded = machine.guards > 0 or decided
        self._read(self.environment_reads, (name,), how, place, guarded, machine.state.widened)

    # -- imports -------------------------------------------------------------------------------------------------

    @property
    def imports(self) -> list[Import]:
        return list(self._imports.values())

    @property
    def uses(self) -> list[Use]:
        return list(self._uses.values())

    @property
    def modules(self) -> list[Source]:
        return list(self._modules.values())

    def imported(self, machine: Machine, made: Import) -> None:
        """An import was met. It fails if it does wherever it is met, and is guarded if it is everywhere."""
        if made.fault in _IN_DOUBT and machine.doubtful():
            made = replace(made, fault="")
        sure = machine.is_sure()
        # What may be met only once something failed is written for where that is so, as for the tests' sys.path.
        guarded = machine.catching_imports > 0 or (machine.state.after_except and not sure)
        made = replace(made, at_init=not self.in_handler, sure=sure, guarded=guarded)
        key = (made.module, made.name, id(made.place.node))
        known = self._imports.get(key)
        if known is not None:
            made = replace(
                known,
                fault=known.fault if known.fault == made.fault else "",
                at_init=known.at_init or made.at_init,
                sure=known.sure or made.sure,
                guarded=known.guarded and made.guarded,
            )
        self._imports[key] = made

    def module(self, machine: Machine, source: Source) -> None:
        """A module of the project begins to run."""
        if machine.is_sure() and not machine.catching_imports:
            self._modules.setdefault(source.path, source)

    def use(self, machine: Machine, name: str, place: Place) -> None:
        """Something outside the project was named. Kept is what not every Python has."""
        versions = span(name if "." in name else f"builtins.{name}")
        if versions is None or versions == (OLDEST, NEWEST):
            return
        key = (name, id(place.node))
        known = self._uses.get(key)
        sure, guarded = machine.is_sure() and not machine.made_choices(), machine.catching_names > 0
        if known is None:
            self._uses[key] = Use(name, place, not self.in_handler, sure, guarded)
        elif (sure and not known.sure) or (known.guarded and not guarded):
            self._uses[key] = replace(known, sure=known.sure or sure, guarded=known.guarded and guarded)

    # -- calls ---------------------------------------------------------------------------------------------------

    def call(
        self, machine: Machine, site: CallSite, written: Callable[[], Shape | None], made: Sym | None = None
    ) -> None:
        """Something outside the project is called; `written` gives the call's own picture of what it writes. `made`:
        of a library that the run follows, what it gives."""
        from lambdalint.interpreter.draw import draw

        variants = self._variants.setdefault(id(site.node), [])
        most = MAX_VARIANTS * 2 if made is None else MAX_MADE
        if len(variants) > most:
            return
        arguments = tuple(draw(machine, value) for value in site.arguments)
        keywords: tuple[tuple[str, Shape], ...] = tuple(
            (name, draw(machine, value)) for name, value in site.keywords.items()
        )
        widened = machine.state.widened
        made_of = written()
        if len(variants) == most:  # one that stands for all further ones
            arguments, widened, made_of = tuple(Anything() for _ in arguments), True, None
            keywords = tuple((name, Anything()) for name, _ in keywords)
        receiver = (
            draw(machine, site.receiver) if site.receiver is not None and type(site.receiver) is not Ref else None
        )
        caught = machine.catching > 0
        other_way = bool(machine.ways) and machine.ways[-1].is_taken_for(site.node)
        key = (site.name, arguments, keywords, widened, caught, other_way, made_of, receiver if made else None)
        known = next((one for one in variants if one[0] == key), None)
        if made is not None:  # the same call with the same arguments, on whatever path, gives the same
            made.made = known[1] if known is not None else object()
        if known is not None:
            return
        variants.append((key, made.made if made is not None else None))
        noted = Call(
            site.name,
            site.place,
            arguments,
            keywords,
            site.open or len(variants) > most,
            receiver,
            site.frame.chain,
            not self.in_handler,
            caught,
            written=made_of,
            replied=machine.state.replied,
            in_try=machine.guards > 0,
            by_key=0 < machine.guards <= machine.deferred + machine.of_keys,
            tries=frozenset(machine.tries),
            function_place=machine.place(site.node.func, site.frame) if isinstance(site.node, cst.Call) else None,
            made=draw(machine, made) if made is not None else None,
            per_record=machine.per_record > 0,
            other_way=other_way,
        )
        (self.possible_calls if widened else self.calls).append(noted)
