"""What the rules of HTTP answers share: which answers of a run to judge, who refuses what, and how to say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from lambdalint.checks.way import same, trail
from lambdalint.contracts import EventSource, Response
from lambdalint.contracts.callers import Callers, on_path
from lambdalint.contracts.infer import infer
from lambdalint.finding import Mend, Place, Report, Severity
from lambdalint.interpreter.invocation import Excluded, Invocation, Return
from lambdalint.interpreter.shapes import Either, Entry, Instance, Known, Mapping, Opaque, Sequence, Shape

#: The keys of an answer, of any HTTP source.
CONTRACT_KEYS = (
    "statusCode",
    "headers",
    "body",
    "isBase64Encoded",
    "multiValueHeaders",
    "cookies",
    "statusDescription",
)
CONTAINERS = frozenset({"dict", "list", "tuple"})
_NUMBERS = frozenset({"int", "float", "decimal.Decimal", "numpy.float64"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A dict that the handler returns to HTTP, or to what may be HTTP. `callers` says who gets it."""

    run: Invocation
    value: Mapping
    returned: Return
    callers: Callers

    def place_of(self, key: str) -> Place:
        """Where the value under a key stands."""
        entry = self.value.entry(key)
        return (entry and entry.place) or self.place

    @property
    def place(self) -> Place:
        """Where the dict stands."""
        return self.value.place or self.returned.place

    def report(
        self,
        place: Place,
        message: str,
        advice: str,
        severity: Severity | None = None,
        shape: Shape | None = None,
        mend: Mend | None = None,
    ) -> Report:
        """A report at a part of this answer, with the way that the answer took."""
        part = shape if shape is not None else self.value
        notes = trail(part, place, returned=self.returned)
        if shape is not None and self.value.way:
            seen = [place, *(note.place for note in notes)]
            notes += tuple(note for note in self.value.way if not any(same(note.place, other) for other in seen))
        return Report(place, message, notes, advice, severity, mend)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an answer: how bad it is, and the sentence that says so."""

    severity: Severity
    consequence: str


def judged(run: Invocation) -> bool:
    """Whether the handler's returns are what Lambda gets: an adapter answers for itself, a coroutine is LL102's."""
    deployment = run.function.deployment
    if deployment is not None and deployment.answers_itself:
        return False
    return run.handler.kind == "function" and not run.handler.is_generator and not gives_coroutine(run)


def gives_coroutine(run: Invocation) -> bool:
    """Whether the handler is an `async def`, or what a decorator makes of one hands its coroutine on, on every path."""
    found = (*run.returns, *run.possible_returns)
    handed_on = run.handler.async_def is not None and run.complete and bool(run.returns)
    return run.handler.is_async or (handed_on and all(one.coroutine_of == run.handler.async_def for one in found))


#: Fields of events that take one of a few values: a handler that looks at each of those it is sent needs no else.
_ENUMERABLE = frozenset(
    {
        *("httpMethod", "method", "routeKey", "resource", "resourcePath", "path", "rawPath", "RequestType"),
        *("triggerSource", "eventType", "eventName", "detail-type", "source", "operation", "action", "type", "command"),
        *("fieldName", "typeName", "parentTypeName", "Step", "eventSource", "EventSource", "apiPath", "function"),
    }
)

#: Parts of an event of HTTP in which a client writes what it likes: no list of constants covers them.
_CLIENT_WRITES = frozenset(
    {
        *("pathParameters", "queryStringParameters", "multiValueQueryStringParameters", "rawQueryString"),
        *("headers", "multiValueHeaders", "cookies", "body", "query_string_parameters"),
    }
)


def is_none(shape: Shape) -> bool:
    """Whether a value is surely None."""
    return isinstance(shape, Known) and shape.value is None


def covered(run: Invocation, excluded: tuple[Excluded, ...]) -> bool:
    """Whether the path is taken only by an event that is none of those that the code names."""
    return any(
        len(fact.constants) > 1 or (fact.event and fact.event[-1] in _ENUMERABLE)
        for fact in excluded
        if fact.event and fact.event[0] not in _CLIENT_WRITES and not _others(run, fact)
    )


#: Where a request's method stands.
_METHODS = (("httpMethod",), ("requestContext", "httpMethod"), ("requestContext", "http", "method"))
#: Where its path stands as the route has it, with no stage before it.
_PATHS = (("path",), ("resource",), ("requestContext", "resourcePath"))


def has_no_route(callers: Callers, excluded: tuple[Excluded, ...]) -> bool:
    """Whether a path is taken only by requests of a method, or of a path, that no route to the function has."""
    return _are_excluded(callers, "method", _METHODS, excluded) or _are_excluded(callers, "path", _PATHS, excluded)


def _are_excluded(
    callers: Callers, setting: str, fields: tuple[tuple[str, ...], ...], excluded: tuple[Excluded, ...]
) -> bool:
    """Whether a field of the event has none of the values that the routes to the function give it."""
    values = {caller.setting(setting) for caller in callers.callers}
    if not callers.named or not values or not all(isinstance(one, str) and _is_fixed(one) for one in values):
        return False
    return any(fact.event in fields and values <= set(fact.constants) for fact in excluded)


def _is_fixed(value: str) -> bool:
    """Whether a route's method or path is one, and stands for no others."""
    return value != "ANY" and not any(sign in value for sign in "{*$")


def answered_elsewhere(run: Invocation, excluded: tuple[Excluded, ...]) -> bool:
    """Whether the code answers events that are none of those that it names on another path: it is for them, too."""
    return all(
        any(
            other.event == fact.event and set(other.constants) >= set(fact.constants)
            for found in run.returns
            if not is_none(found.value)
            for other in found.excluded
        )
        for fact in excluded
    )


def _others(run: Invocation, fact: Excluded) -> bool:
    """Whether one more text may be sent on this path: the code names it, or whoever calls is known to write it."""
    named = run.event_constants.get(tuple(part for part in fact.event if isinstance(part, str)), frozenset())
    if any(isinstance(text, str) and text not in fact.constants for text in named):
        return True
    sources = infer(run).possible if len(fact.event) == 1 else ()
    return any(source.values.get(str(fact.event[0]), frozenset()) - set(fact.constants) for source in sources)


def answers(run: Invocation, check: Callable[[Answer], list[Report]]) -> Iterator[Report]:
    """What `check` says of each answer to HTTP. Of a value that may be one of several dicts, it must say something of
    each, or nothing is reported."""
    if not judged(run):
        return
    callers = infer(run)
    if callers.http is False:
        return
    for returned in run.returns:
        here = on_path(callers, returned) if callers.named else callers
        if here.http is not False:
            yield from _checked(returned.value, partial(_answered, run, returned, here, check))


#: Methods by which a class that derives from dict says what others read of it.
_READ = frozenset({
    "__iter__", "__len__", "__getitem__", "__contains__", "items", "keys", "values", "_asdict", "for_json", "toDict",
    "__json__", "__getattr__", "__getattribute__",
})  # fmt: skip


def as_dict(shape: Shape) -> Shape:
    """An object of a class that derives from dict, and is read as one, as the dict that it is; and a namedtuple as the
    one that the runtime makes of it."""
    if not isinstance(shape, Instance) or shape.unseen_base:
        return shape
    if shape.bases == ("tuple",) and shape.payload is not None and shape.methods == ("_asdict",):
        entries = tuple(Entry(Known(name), value, place=_written(value, shape)) for name, value in shape.attributes)
        return Mapping("dict", entries, place=shape.place, way=shape.way)
    if shape.bases != ("dict",):
        return shape
    if not isinstance(shape.payload, Mapping) or not _READ.isdisjoint(shape.methods):
        return shape
    return replace(shape.payload, place=shape.place)


def _written(value: Shape, shape: Shape) -> Place | None:
    """Where what an object holds is written, if that is in the expression that makes the object."""
    if value.place is None or shape.place is None or value.place.source is not shape.place.source:
        return None
    inner, whole = value.place.span(), shape.place.span()
    return value.place if whole.start <= inner.start and inner.end <= whole.end else None


def _answered(
    run: Invocation, returned: Return, callers: Callers, check: Callable[[Answer], list[Report]], value: Mapping
) -> list[Report]:
    return check(Answer(run, value, returned, callers))


def _checked(shape: Shape, check: Callable[[Mapping], list[Report]]) -> list[Report]:
    shape = as_dict(shape)
    if isinstance(shape, Mapping):
        return check(shape)
    if isinstance(shape, Either):
        found = [_checked(option, check) for option in shape.options]
        return [report for reports in found for report in reports] if all(found) else []
    return []


def verdict(callers: Callers, refuses: Callable[[Response], bool], *, some: bool = False) -> Verdict | None:
    """Who refuses an answer. Every source that one of the callers may be: an error where the handler is surely HTTP,
    else a warning that names the condition. Some of them only: a warning, if `some` asks for it and the handler is
    surely HTTP."""

    def refused(source: EventSource) -> bool:
        return source.response is not None and refuses(source.response)

    sure = [caller for caller in callers.callers if all(map(refused, caller.sources))]
    refusing = list(dict.fromkeys(s for caller in sure or callers.callers for s in caller.sources if refused(s)))
    if not refusing:
        return None
    who, status = names(refusing), failures(refusing)
    if not sure:
        if some and callers.http:
            return Verdict(Severity.WARNING, f"{who} refuses it, and the client gets {status}")
        return None
    if callers.http:
        return Verdict(Severity.ERROR, f"{who} refuses it, and the client gets {status}")
    return Verdict(Severity.WARNING, f"if {who} calls this, the client gets {status}")


def names(sources: list[EventSource]) -> str:
    """The sources as a message names them, each kind once: "API Gateway, a function URL or an ALB"."""
    if len(sources) == 1:
        return sources[0].title
    texts = list(dict.fromkeys(source.short for source in sources))
    return " or ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))


def failures(sources: list[EventSource]) -> str:
    """The statuses that a client gets from them: "502", "500 or 502"."""
    return " or ".join(str(code) for code in sorted({source.response.failure for source in sources if source.response}))


def surely(answer: Mapping, key: str) -> Entry | None:
    """What stands under a key of an answer, on every path that leads here."""
    entry = answer.entry(key)
    return entry if entry is not None and entry.sure else None


def not_text(body: Shape) -> str | None:
    """What to call a body that is no string; None for one that is, may be, or is LL202's."""
    if isinstance(body, Known):
        if isinstance(body.value, bool):
            return f"the bool `{body.value}`"
        return f"the number `{body.value}`" if isinstance(body.value, (int, float)) else None
    if isinstance(body, Mapping):
        return "a dict"
    if isinstance(body, Sequence) and body.type in ("list", "tuple"):
        return f"a {body.type}"
    if isinstance(body, Opaque):
        if body.type in _NUMBERS:
            return "a number"
        return "a bool" if body.type == "bool" else f"a {body.type}" if body.type in CONTAINERS else None
    if isinstance(body, Either):
        found = [not_text(option) for option in body.options]
        return found[0] if found and all(found) else None
    return None
