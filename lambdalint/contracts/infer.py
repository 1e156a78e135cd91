"""Which event sources call a handler: those that its descriptor names, or else those that its code shows, by the names
of its types, by what it reads from the event and by the answers it gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from lambdalint.contracts import WITHOUT_ROW, EventSource, Keys, sources
from lambdalint.contracts.callers import Caller, Callers, keys_of, made, prefixes, signs, where_absent
from lambdalint.contracts.details import with_details
from lambdalint.contracts.settings import as_set_up
from lambdalint.interpreter.invocation import Invocation, Read
from lambdalint.interpreter.shapes import Anything, Either, Mapping, Shape
from lambdalint.project.deployment import Event

#: Reads that, beside an answer with a statusCode, show HTTP: too common to show it alone.
_HTTP_BESIDE_STATUS = frozenset({"body", "headers", "cookies"})
#: How an unconditional read looks: the event has what is read, or the handler fails.
_FIRM = frozenset({"item", "attribute", "element"})
#: How many reads, of which one is a sign, show a source that nobody else sends them.
_TELLING = 4
#: Descriptors that have no other place for who calls a function than the function's own list of events.
_EVENTS_IN_PLACE = frozenset({"Serverless Framework"})
#: Libraries whose names for events the rows list.
_TYPED = ("aws_lambda_powertools.", "aws_lambda_typing.")
_HANDLERS = "aws_lambda_powertools.event_handler."
_BATCH = "aws_lambda_powertools.utilities.batch."
_PARSE = "aws_lambda_powertools.utilities.parser.parse"
_HANDING = (f"{_BATCH}process_partial_response", f"{_BATCH}async_process_partial_response")


def infer(run: Invocation) -> Callers:
    """Who calls this handler, as far as its descriptor and its code show."""
    read_by = {(read.path, read.how) for read in run.event_reads}  # one way of reading it is noted often
    firm = {path for path in (keys_of(path) for path, how in read_by if how in _FIRM) if path}
    paths = firm | {path for path in (keys_of(path) for path, _ in read_by) if path}
    return with_details(_infer(run, firm, paths), run, prefixes(paths))


def meant_reads(run: Invocation, callers: Callers) -> list[Read]:
    """What is read of events that these callers send: not what only others would send, where the code has asked for a
    key that the callers never leave out, and goes on without it; nor where it takes the event for a list, as AppSync
    alone sends it."""
    lists = any(source.id == _SENDS_LISTS for source in callers.possible)
    return [
        read
        for read in run.event_reads
        if lists or not read.path or not isinstance(read.path[0], int)
        if not read.without or where_absent(callers, read.without)
    ]


#: A batch of requests is a list of them: https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-lambda-resolvers.html
_SENDS_LISTS = "appsync"


def _infer(run: Invocation, firm: set[Keys], paths: set[Keys]) -> Callers:
    shown = prefixes(firm) & signs()
    named = _named(run, prefixes(paths))
    if named is not None:
        callers, others = named
        return _known(callers, paths, shown, others, named=True)
    typed = _typed(run)
    if typed:
        return _known([Caller(typed)], paths, shown, False, named=False)
    return _inferred(run, firm, paths, shown)


def _known(callers: list[Caller], paths: set[Keys], shown: frozenset[Keys], others: bool, *, named: bool) -> Callers:
    """Callers who are named. `others`: there are some of whom nothing is known."""
    anything = any(caller.sends_anything(source) for caller in callers for source in caller.sources)
    possible = [source for caller in callers for source in caller.sources]
    mixed = others or (not anything and _reads_more(paths, possible))
    return made(callers, mixed=mixed, shown=shown, named=named, certain=True)


# -- what the descriptor says ------------------------------------------------------------------------------------


def _named(run: Invocation, read: frozenset[Keys]) -> tuple[list[Caller], bool] | None:
    """The descriptor's events, each with its sources, and whether there are some that no row knows; None where it says
    nothing of who calls. Of the sources that an event may be, those count of which the handler reads a sign."""
    deployment = run.function.deployment
    if deployment is None or not deployment.events:
        return None
    callers = [
        Caller(tuple(as_set_up(source, event, read) for source in _read(sources_of(event), read)), event)
        for event in deployment.events
        if event.kind not in WITHOUT_ROW
    ]
    others = any(event.kind == "other" for event in deployment.events)
    return None if not callers and others else (callers, others)


def sources_of(event: Event) -> tuple[EventSource, ...]:
    """The sources that an event of a descriptor may be, as its settings have it."""
    found = [source for source in sources() if event.kind in source.kinds]
    return tuple(
        source
        for source in found
        if all(event.setting(name) is None or event.setting(name) in values for name, values in source.when.items())
    )


def _read(found: tuple[EventSource, ...], read: frozenset[Keys]) -> tuple[EventSource, ...]:
    """The sources of which a sign is read that the others do not send, if there are such."""

    def own(source: EventSource) -> frozenset[Keys]:
        others = frozenset().union(*(other.listed for other in found if other is not source))
        return (source.signs - others) & read

    return tuple(source for source in found if own(source)) or found


# -- what the code says ------------------------------------------------------------------------------------------


def _typed(run: Invocation) -> tuple[EventSource, ...]:
    """The sources whose types the handler names: in the annotation of its event, in a decorator that converts it, or of
    the batch processor or the resolver that it is handed to."""
    found = (*run.handler.event_types, *_batches(run), *_resolvers(run), *_envelopes(run))
    names = {name.rpartition(".")[2] for name in found if name.startswith(_TYPED)}
    return tuple(source for source in sources() if source.classes & names) if names else ()


def _batches(run: Invocation) -> Iterator[str]:
    """What the processors are made for, where the handler hands its event to one."""
    handed = any(
        call.name in _HANDING and isinstance(given, Anything) and given.event == ()
        for call in run.calls
        for given in (call.argument(0, "event"),)
    )
    for call in run.calls if handed else ():
        if call.name == f"{_BATCH}SqsFifoPartialProcessor":
            yield f"{_BATCH}EventType.SQS"
        elif call.name in (f"{_BATCH}BatchProcessor", f"{_BATCH}AsyncBatchProcessor"):
            given = call.argument(0, "event_type")
            yield given.name if isinstance(given, Anything) else ""


def _envelopes(run: Invocation) -> Iterator[str]:
    """The envelopes that the handler has its event parsed by."""
    for call in run.calls:
        given, envelope = call.argument(0, "event"), call.argument(2, "envelope")
        if call.name == _PARSE and isinstance(given, Anything) and given.event == () and isinstance(envelope, Anything):
            yield envelope.name


def _resolvers(run: Invocation) -> Iterator[str]:
    """The classes of the resolvers that the handler hands its event to."""
    for call in run.calls:
        given = call.argument(0, "event")
        if call.name.startswith(_HANDLERS) and call.name.endswith((".resolve", ".__call__")):
            if isinstance(given, Anything) and given.event == ():
                yield call.name.rpartition(".")[0]


def _inferred(run: Invocation, firm: set[Keys], paths: set[Keys], shown: frozenset[Keys]) -> Callers:
    answers = list(_answers(run))
    answered = {name for answer in answers for name in answer.names}
    status = any(answer.entry("statusCode") is not None for answer in answers)

    strong = prefixes(paths) & signs()
    candidates = [
        s for s in sources() if s.signs & strong or (not status and s.answers & answered and _sends_some(s, paths))
    ]
    if len(strong) == 1:  # one name alone, and below it is nothing of what that source sends: it is somebody else's
        below, elements = [path for path in firm if path[:1] in strong and len(path) > 1], set(_of_elements(run))
        candidates = [s for s in candidates if _sends_below(s, below) and s.takes_elements(elements)]
    # Who sends everything that is read explains it best; failing such a one, several sources call.
    pool = [s for s in candidates if strong <= s.listed] or candidates
    if not status:
        # An answer that only one kind of source reads says which it is.
        pool = [s for s in pool if s.answers & answered] or pool
    kinds = {s.response is not None for s in pool}
    if kinds == {False}:
        pool = [s for s in pool if _sends_all(s, firm)] or pool
        mixed = _reads_more(paths, pool)
        certain = len(pool) == 1 and (_is_own(shown | _below(firm)) or _is_only(pool[0], firm))
        return Callers(False, (Caller(tuple(pool)),), mixed, shown, certain=certain)
    if not pool and status and any(path[0] in _HTTP_BESIDE_STATUS for path in paths):
        kinds = {True}
    # Without an answer of the form, a sign that is only asked for may be what tells HTTP from something else.
    if kinds == {True} and (status or shown) and not _says_that_none_calls(run):
        possible = _narrowed(firm, pool)
        return Callers(True, (Caller(possible),), _reads_more(paths, possible), shown)
    return Callers(None, (Caller(tuple(s for s in sources() if s.standard)),), bool(pool), shown)


def _sends_below(source: EventSource, below: list[Keys]) -> bool:
    """Whether a source sends any of what the handler reads below the sign of it, if that is anything."""
    return not below or any(_sends_all(source, {path}) for path in below)


def _of_elements(run: Invocation) -> Iterator[Keys]:
    """What the handler reads of the elements of lists in the event."""
    for read in run.event_reads:
        for at, part in enumerate(read.path[:-1]):
            if isinstance(part, int) and isinstance(read.path[at + 1], str):
                yield keys_of(read.path[: at + 2])


def _says_that_none_calls(run: Invocation) -> bool:
    """Whether the descriptor has each function's events in one place, and none there."""
    deployment = run.function.deployment
    return deployment is not None and deployment.descriptor in _EVENTS_IN_PLACE and not deployment.events


def _sends_some(source: EventSource, paths: set[Keys]) -> bool:
    """Whether an answer can be meant for a source: the handler reads something that it sends, or nothing."""
    return not paths or not {path[0] for path in paths}.isdisjoint(path[0] for path in source.listed)


def _is_own(shown: frozenset[Keys]) -> bool:
    """Whether one of the signs is no other source's, of those that have signs at all."""
    able = [source for source in sources() if source.signs and not (source.only_by_sign and not source.signs & shown)]
    return any(sum(sign in source.listed for source in able) == 1 for sign in shown)


def _below(firm: set[Keys]) -> frozenset[Keys]:
    """What is read below a key of the event that is a sign: that nobody else has it there shows its source."""
    return frozenset(path for path in prefixes(firm) if len(path) > 1 and path[:1] in signs())


def _sends_all(source: EventSource, firm: set[Keys]) -> bool:
    """Whether a source may send everything that the handler reads without asking first, as far as its keys are
    known."""
    tops = source.keys.get((), frozenset(path[0] for path in source.listed))
    return all(
        path[0] in tops and all(_may_hold(source, path[:length]) for length in range(2, len(path) + 1)) for path in firm
    )


def _may_hold(source: EventSource, path: Keys) -> bool:
    keys = source.keys_at(path[:-1])
    return keys is None or path[-1] in keys or path[-1].endswith("()") or source.grows_at(path[:-1])


def _is_only(source: EventSource, firm: set[Keys]) -> bool:
    """Whether nobody else sends what the handler reads without asking first, and that is not little."""
    if len(firm) < _TELLING or not firm & source.signs:
        return False
    return all(
        other is source or not other.signs or other.only_by_sign or not _sends_all(other, firm) for other in sources()
    )


def _narrowed(firm: set[Keys], pool: list[EventSource]) -> tuple[EventSource, ...]:
    """The HTTP sources that send everything which the handler reads without asking first."""
    http = [s for s in sources() if s.response is not None and (s.standard or s in pool)]
    known = {path for path in map(_listed, firm) if path is not None and any(path in s.listed for s in http)}
    return tuple(s for s in http if known <= s.listed) or tuple(pool)


def _reads_more(paths: Iterable[Keys], possible: Iterable[EventSource]) -> bool:
    sent = {path[0] for source in possible for path in source.listed}
    return any(path[0] not in sent for path in paths)


def _listed(path: Keys) -> Keys | None:
    """The longest path, of those that any source lists, by which this one begins."""
    for length in range(len(path), 0, -1):
        if path[:length] in _paths():
            return path[:length]
    return None


@lru_cache(maxsize=1)
def _paths() -> frozenset[Keys]:
    return frozenset().union(*(source.listed for source in sources()))


def _answers(run: Invocation) -> Iterator[Mapping]:
    """The dicts that are returned, or were meant to be."""
    for found in (*run.returns, *run.possible_returns):
        for shape in (found.value, *found.dropped):
            yield from mappings(shape)


def mappings(shape: Shape) -> Iterator[Mapping]:
    """The dicts that a value may be."""
    if isinstance(shape, Mapping):
        yield shape
    elif isinstance(shape, Either):
        for option in shape.options:
            yield from mappings(option)
