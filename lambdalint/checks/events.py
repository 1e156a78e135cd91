"""LL404, LL405, LL410: a part of the event is taken for what it is not: it may be null, it is a text, it is a dict.

What each source sends as null, leaves out and sends as a text is data (lambdalint/contracts/*.toml).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from lambdalint.checks.event_values import undecoded
from lambdalint.checks.http import names
from lambdalint.checks.registry import rule
from lambdalint.checks.way import once
from lambdalint.contracts import EventSource, Keys
from lambdalint.contracts.callers import Callers, keys_of, where_absent
from lambdalint.contracts.fields import fields_of
from lambdalint.contracts.infer import infer, meant_reads
from lambdalint.finding import Change, Mend, Place, Report, Severity
from lambdalint.interpreter.invocation import Invocation, Read
from lambdalint.interpreter.lambda_context import ATTRIBUTES
from lambdalint.interpreter.shapes import JSON_BODY, Anything

#: What the API is made of decides whether these are there, and not who calls it: a route with parameters has them.
_SETTLED = frozenset({"pathParameters", "stageVariables", "headers", "multiValueHeaders", "identity", "source", "prev"})
#: When such a field is not there.
_WHERE: dict[Keys, str] = {("pathParameters",): "", ("stageVariables",): ", where the stage has none"}
#: What a bot fills bit by bit, and the key of the event that tells whether it is still at that.
_SLOTS, _DIALOG = "slots", ("invocationSource",)
#: How all of a part is used, and not something in it.
_OF_ALL = frozenset({"whole", "mapping", "type"})
#: Functions that refuse None.
_REFUSING = frozenset({"json.loads", "base64.b64decode", "urllib.parse.urlencode"})
_RESOLVERS = "aws_lambda_powertools.event_handler."
#: What every data class of Powertools has beside its own.
_COMMON = frozenset({"get", "items", "keys", "raw_event", "values"})
_JSON_TYPES = (dict, list, str, int, float, bool)


@dataclass(frozen=True, slots=True)
class _Use:
    """Something is done with a part of the event that it must be there for. `by_key`: it is read by `[...]`; `as_dict`:
    something is read from it that no text has. `parsed`: of the body, what Powertools parsed of it. `given`: it
    is handed to what refuses None."""

    path: Keys
    unasked: frozenset[str]
    place: Place
    by_key: bool = False
    as_dict: bool = False
    parsed: bool = False
    given: bool = False


@rule("LL404", "event-field-nullable", Severity.WARNING)
def event_field_nullable(run: Invocation) -> Iterator[Report]:
    """A part of the event is used that the source may send as null, or leave out."""
    if run.function.deployment is not None and run.function.deployment.answers_itself:
        return
    callers = infer(run)
    if callers.http is None:
        return
    told = _asked(run)
    yield from _of_empty(run, callers)
    for use in sorted(_uses(run), key=lambda use: use.place.span()):
        report = _nullable(use, callers, run) if use.path not in told else None
        if report is not None:
            told.add(use.path)
            yield report


#: What a sign-in has presented that is not begun by a trigger of the project's.
_SRP = frozenset({"SRP_A", "PASSWORD_VERIFIER", "DEVICE_SRP_AUTH"})


def _of_empty(run: Invocation, callers: Callers) -> Iterator[Report]:
    """An element is read by its number of a list that is empty in the ordinary way."""
    if not (callers.named or callers.certain):
        return
    for read in meant_reads(run, callers):
        path = keys_of(read.path)
        when = {source.empty.get(path) for source in callers.possible}
        if type(read.path[-1]) is not int or len(when) != 1 or None in when:
            continue
        if read.how != "item" or "empty" not in read.unasked or read.guarded or read.possible:
            continue
        if not _SRP.isdisjoint(run.event_constants.get((*path, "challengeName"), ())):
            continue
        who, key = names(list(callers.possible)), path[-1]
        message = f"{who} sends an empty `{key}` {when.pop()}: an IndexError fails the invocation"
        yield Report(read.place, message, (), f"`if {key}:`")


def _uses(run: Invocation) -> Iterator[_Use]:
    for read in meant_reads(run, infer(run)):
        if read.of_any_type or read.possible:
            continue
        above = read.path if read.how in _OF_ALL else read.path[:-1]
        if above and above[-1] == JSON_BODY:
            yield _Use(keys_of(above[:-1]), read.unasked, read.place, parsed=True)
        elif above and _is_key(above[-1]):
            yield _Use(keys_of(above), read.unasked, read.place, as_dict=_is_no_text(read))
        if read.how == "item" and isinstance(read.path[-1], str) and not read.guarded:
            yield _Use(keys_of(read.path), read.unasked, read.place, by_key=True)
    for call in run.calls:
        given = call.arguments[0] if call.arguments else None
        if call.name in _REFUSING and isinstance(given, Anything) and given.event and not call.of_any_type:
            yield _Use(keys_of(given.event), given.unasked, call.place)
        # What a service's operation is given by name may be left out, and is never None.
        for _, given in call.keywords if call.name.startswith("boto3.client.") and not call.guarded else ():
            if isinstance(given, Anything) and given.event:
                yield _Use(keys_of(given.event), given.unasked - {"missing"}, call.place, given=True)


def _is_key(part: str | int) -> bool:
    """Whether a part of a path is one key, and no element of a list and none of all the values of a dict."""
    return isinstance(part, str) and part != "*"


def _nullable(use: _Use, callers: Callers, run: Invocation) -> Report | None:
    if use.as_dict and "text" in use.unasked and any(use.path in source.texts for source in callers.possible):
        return None  # LL405's: it is a text where it is there
    if _SLOTS in use.path and not any(read.path == _DIALOG for read in run.event_reads):
        return None  # once a bot has what it asks for, its slots are filled
    if use.path[0] in _SETTLED and not _settled_to_none(use.path, callers):
        return None
    null = [s for s in callers.possible if not use.by_key and s.may_be_null(use.path) and "null" in use.unasked]
    asked = "key" if use.by_key else "missing"
    gone = [s for s in callers.possible if _leaves_out(s, use.path) and asked in use.unasked]
    failing = list(dict.fromkeys((*null, *gone)))
    # Most requests that are read for a body have one: of that it is told where it is known who sends them.
    strict = use.by_key or _tells_apart(run, use.path)
    if not failing or (strict and len(failing) < len(callers.possible)):
        return None
    if use.path == ("body",) and not (callers.named or use.parsed or _is_routed(run)):
        return None
    who = names(failing)
    name = use.path[-1]
    absence = "sends null for" if null else "leaves out"
    where = _WHERE.get(use.path, ", where the request has none")
    if failing[0].response is None:
        where = " where there is none"
    otherwise = "a KeyError" if use.by_key else "an exception"
    message = f"{who} {absence} `{name}`{where}: {otherwise} fails the invocation"
    if use.parsed:
        return Report(use.place, message, (), "`event.json_body or {}`")
    if use.given:
        return Report(use.place, message, (), "leave the argument out where there is none")
    default = '"{}"' if name == "body" else "{}"
    dotted = "".join(f'["{key}"]' for key in use.path[:-1])
    holder = f"event{dotted}" if failing[0].response is not None else "..."
    mend = None
    if not use.by_key:
        change = Change(use.place, content=default, part="guarded")
        mend = Mend(f"Read {default} where there is none", (change,), safe=False)
    return Report(use.place, message, (), f'`({holder}.get("{name}") or {default})`', mend=mend)


def _is_routed(run: Invocation) -> bool:
    """Whether a resolver of Powertools is handed the event: it is made for the requests of one source."""
    return any(call.name.startswith(_RESOLVERS) and call.name.endswith((".resolve", ".__call__")) for call in run.calls)


def _leaves_out(source: EventSource, path: Keys) -> bool:
    """Whether requests decide if the source sends a field. Of a load balancer its settings do, of a WebSocket the
    route."""
    return source.response is not None and source.standard and source.id != "alb" and path in source.absent


def _settled_to_none(path: Keys, callers: Callers) -> bool:
    """Whether what decides if a field is there says that it is not."""
    if path == ("stageVariables",):
        return bool(callers.callers) and all(caller.setting("stage_variables") is False for caller in callers.callers)
    return path[0] == "pathParameters" and _without_parameters(callers)


def _without_parameters(callers: Callers) -> bool:
    """Whether no route that leads to the function has a parameter in its path."""
    paths = [caller.setting("path") for caller in callers.callers]
    return bool(paths) and all(
        isinstance(path, str) and "{" not in path and path not in ("", "$default") for path in paths
    )


def _tells_apart(run: Invocation, path: Keys) -> bool:
    """Whether the handler asks which payload it was sent, or whether a field is there, as it always is in some."""
    if any(read.how == "in" and keys_of(read.path) == path for read in run.event_reads):
        return True
    read = {keys_of(read.path)[:1] for read in run.event_reads}
    return ("version",) in read or {("httpMethod",), ("rawPath",)} <= read


@rule("LL405", "event-body-not-parsed", Severity.ERROR)
def event_body_not_parsed(run: Invocation) -> Iterator[Report]:
    """A part of the event that is a text is read as if it were a dict."""
    if run.function.deployment is not None and run.function.deployment.answers_itself:
        return
    callers = infer(run)
    if (
        callers.http is None
        or not callers.possible
        or any(caller.sends_anything(source) for caller in callers.callers for source in caller.sources)
    ):
        return
    asked = _asked(run)
    first: dict[Keys, Read] = {}
    for read in sorted(_texts_as_dicts(run, callers, asked), key=lambda read: read.place.span()):
        first.setdefault(keys_of(_holder(read)), read)
    decodes = any(read.path[-1:] == ("isBase64Encoded",) for read in run.event_reads)
    texts = [_of_text(read, callers, decodes) for read in first.values()]
    yield from once((*texts, *undecoded(run), *_carried(run, callers)))


def _carried(run: Invocation, callers: Callers) -> Iterator[Report]:
    """What a message carries of another source's, where that is a text, is read as if it were a dict."""
    carried = []
    for read in meant_reads(run, callers):
        carriers = {source.carried.get(_plainly(keys_of(_holder(read)))) for source in callers.possible}
        if read.of_any_type or read.possible or not _is_no_text(read) or len(carriers) != 1 or None in carriers:
            continue
        if "text" in read.unasked:
            carried.append((read, carriers.pop()))
    told: set[Keys] = set()
    for read, carrier in sorted(carried, key=lambda one: one[0].place.span()):
        path = _plainly(keys_of(_holder(read)))
        if path not in told:
            told.add(path)
            message = f"if {carrier} sends this, `{path[-1]}` is a string, and this raises an exception"
            yield Report(read.place, message, (), f'`json.loads(...["{path[-1]}"])`', Severity.WARNING)


def _plainly(path: Keys) -> Keys:
    """A path with "()" for what parsed a text."""
    return tuple("()" if part.endswith("loads()") else part for part in path)


def _texts_as_dicts(run: Invocation, callers: Callers, asked: set[Keys]) -> Iterator[Read]:
    # What is read so in a `try` is looked at whether it is a text: behind that, no text goes on.
    tried = {keys_of(_holder(read)) for read in run.event_reads if read.of_any_type and _is_no_text(read)}
    yield from (
        read
        for read in run.event_reads
        if not read.of_any_type and not read.possible and keys_of(_holder(read)) not in tried
        if "text" in read.unasked and _is_no_text(read)
        if len(_holder(read)) > 0 and keys_of(_holder(read)) not in asked and _is_of_text(_holder(read), run)
        if (sources := where_absent(callers, read.without) if read.without else callers.possible)
        if all(text_of(_holder(read)) in source.texts for source in sources)
    )


def _holder(read: Read) -> tuple[str | int, ...]:
    """What is read from."""
    return read.path if read.how in _OF_ALL else read.path[:-1]


def text_of(path: tuple[str | int, ...]) -> Keys:
    """The part of the event that a value is, or of which it was decoded: a text that nobody parsed."""
    keys = keys_of(path)
    while keys and keys[-1].endswith("()") and not keys[-1].endswith("loads()"):
        keys = keys[:-1]
    return keys


def _is_of_text(path: tuple[str | int, ...], run: Invocation) -> bool:
    """Whether what was read is under one key; or an element of that, where nowhere it was asked whether that is a text.
    A part of a text is a text."""
    if _is_key(path[-1]):
        return True
    taken = [read for read in run.event_reads if read.path == path]
    unasked = all("text" in read.unasked and not read.of_any_type for read in taken)
    return len(path) > 1 and _is_key(path[-2]) and unasked


def _asked(run: Invocation) -> set[Keys]:
    """The parts of the event whose type the handler asks for by `type(...)`, of which a path learns nothing."""
    return {keys_of(read.path) for read in run.event_reads if read.how == "type"}


def _is_no_text(read: Read) -> bool:
    """Whether no text can be read in this way."""
    if read.how == "mapping":
        return True
    last = read.path[-1]
    if not isinstance(last, str) or read.how not in ("item", "get", "attribute"):
        return False
    return read.how != "attribute" or not hasattr(str, last)


def _of_text(read: Read, callers: Callers, decodes: bool) -> Report:
    """`decodes`: the handler asks whether the body is encoded."""
    name = text_of(_holder(read))[-1]
    error = {"get": "an AttributeError", "attribute": "an AttributeError", "item": "a TypeError"}.get(
        read.how, "an exception"
    )
    sure = callers.certain or (callers.http and callers.shown and not callers.mixed)
    then = f"this raises {error}"
    severity = None
    if not sure:
        then, severity = f"if {names(list(callers.possible))} calls this, it raises {error}", Severity.WARNING
    elif read.how == "attribute" and hasattr(bytes, str(read.path[-1])) and decodes:
        # What is no text comes encoded - a form, an upload - and whoever is sent nothing else does well.
        then, severity = f"unless it comes encoded, this raises {error}", Severity.WARNING
    encoded = name == "data" or (name in ("key", "value") and read.path[0] == "records")
    parsed = "json.loads(base64.b64decode(...))" if encoded else f'json.loads(...["{name}"])'
    mend = None
    if not encoded:
        change = Change(read.place, before="json.loads(", after=")", part="holder")
        mend = Mend("Parse it by `json.loads`", (change,), False, ("import json",))
    return Report(read.place, f"`{name}` is a string: {then}", (), f"`{parsed}`", severity, mend)


@rule("LL410", "event-attribute", Severity.ERROR)
def event_attribute(run: Invocation) -> Iterator[Report]:
    """The event is a dict, and is read by attributes that no dict has; or an object of Powertools that lacks them."""
    yield from once(_lacking(read) for read in run.object_reads if not read.guarded and not read.possible)
    known = run.function.named or run.function.deployment is not None or bool(run.handler.event_types)
    if not known and "lambda" not in run.function.attribute.lower() and not infer(run).possible:
        return
    if run.handler.kind != "function":
        return
    texts = frozenset().union(*(source.texts for source in infer(run).possible))
    fields = fields_of(infer(run))
    yield from once(
        _attribute(read, run)
        for read in meant_reads(run, infer(run))
        if not read.guarded and not read.possible and is_no_attribute(read)
        if keys_of(read.path[:-1]) not in texts  # a text is LL405's
        if fields is None or fields(read.path[:-1]) in (None, "dict")  # and what is neither LL208's
        if not any(str(part).endswith("()") for part in read.path)  # decoded: no dict of Lambda's making
        if "*" not in read.path[-2:]  # nor, of what holds it, which part this is
        if read.path[-1] not in ATTRIBUTES  # of the context: LL104's
    )


def is_no_attribute(read: Read) -> bool:
    """Whether an attribute is read of what may be a dict, for all that was asked of it, and nothing in JSON has it."""
    nowhere = not any(hasattr(kind, str(read.path[-1])) for kind in _JSON_TYPES)
    return read.how == "attribute" and "dict" in read.unasked and nowhere


def _lacking(read: Read) -> Report:
    """An attribute that no version of a data class of Powertools has."""
    kind, name = map(str, read.path)
    # the library is known by now: it was asked
    from lambdalint.interpreter.library.parser_objects import SUBSCRIPT
    from lambdalint.interpreter.library.tables.event_fields import HAS
    from lambdalint.interpreter.library.tables.parser_models import MODEL_HAS

    what = f"`{kind.rpartition('.')[2]}`"
    if name == SUBSCRIPT:
        message = f"the event is an object of {what} here, and cannot be subscripted: a TypeError fails the invocation"
        return Report(read.place, message, (), "`event.<field>`")
    if kind == "list":
        message = f"the envelope makes a list, which has no attribute `{name}`: an AttributeError fails the invocation"
        return Report(read.place, message, (), "`for item in event:`")
    has = HAS.get(kind, frozenset()) | MODEL_HAS.get(kind, frozenset())
    near = difflib.get_close_matches(name, sorted(has), 1, 0.8)
    shown = sorted(one for one in has if not one.startswith("_") and one not in _COMMON)
    advice = f"`.{near[0]}`" if near else f"it has {', '.join(f'`{one}`' for one in shown[:8])}"
    message = f"{what} has no attribute `{name}`: an AttributeError fails the invocation"
    return Report(read.place, message, (), advice)


def _attribute(read: Read, run: Invocation) -> Report:
    name, above = str(read.path[-1]), keys_of(read.path[:-1])
    what = f"`{above[-1]}`" if above else "the event"
    kind = "is a `dict`, as Lambda parsed it from JSON," if not above else "is what Lambda parsed from JSON"
    message = f"{what} {kind} and has no attribute `{name}`"
    advice = f'`["{name}"]`'
    if run.handler.event_types:
        kind = run.handler.event_types[-1].rpartition(".")[2]
        message += f": the annotation `{kind}` alone converts nothing"
        advice += f", or `@event_source(data_class={kind})`"
    return Report(read.place, message, (), advice, mend=_by_key(read, run))


def _by_key(read: Read, run: Invocation) -> Mend | None:
    """The attribute as the key that the source sends under a name like it; as it is written where that is not known."""
    name, level = str(read.path[-1]), keys_of(read.path[:-1])
    told = [source.keys_at(level) for source in infer(run).possible]
    known = sorted(frozenset().union(*(keys for keys in told if keys is not None)))
    key = next((key for key in known if _alike(key, name)), name if not known else None)
    if key is None:
        return None
    return Mend(f'Read `["{key}"]`', (Change(read.place, content=f'["{key}"]', part="attribute"),))


def _alike(key: str, name: str) -> bool:
    return key.replace("-", "").lower() == name.replace("_", "").lower()
