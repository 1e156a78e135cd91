"""LL301-LL303, LL307, LL308: does the answer keep the contract of the HTTP source that called?

The contracts are data (lambdalint/contracts/http.toml). Without a template the sources are inferred from what the
handler reads and returns; what only some of the possible ones refuse is no error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lambdalint.checks.answer_keys import meant
from lambdalint.checks.http import (
    CONTAINERS,
    CONTRACT_KEYS,
    Answer,
    Verdict,
    answers,
    as_dict,
    covered,
    failures,
    is_none,
    judged,
    names,
    not_text,
    surely,
    verdict,
)
from lambdalint.checks.mends import spot_of, spot_of_constant
from lambdalint.checks.registry import rule
from lambdalint.checks.serialization import describe, faults
from lambdalint.checks.serializers import RUNTIME
from lambdalint.checks.way import once, same, trail
from lambdalint.contracts import Response
from lambdalint.contracts.callers import Callers, on_path
from lambdalint.contracts.infer import infer
from lambdalint.finding import Change, Mend, Report, Severity
from lambdalint.interpreter.invocation import Invocation, Return
from lambdalint.interpreter.shapes import Either, Entry, Instance, Known, Mapping, Opaque, Sequence, Shape

#: The call that is recorded of a response whose body a resolver of Powertools does not serialize.
_SENDER = "aws_lambda_powertools.event_handler.send"


@rule("LL301", "body-not-string", Severity.ERROR)
def body_not_string(run: Invocation) -> Iterator[Report]:
    """The `body` of an HTTP answer is a dict, list, number or bool, and not a string."""
    yield from once([*answers(run, _body), *_sent_by_resolvers(run)])


def _sent_by_resolvers(run: Invocation) -> Iterator[Report]:
    """A resolver serializes what it answers as JSON, and sends the body of a response of another type as it is."""
    sent = [call for call in run.calls if call.name == _SENDER and call.arguments]
    ruling = verdict(infer(run), lambda response: response.body == "refused") if sent else None
    for call in sent if ruling is not None else ():
        what = not_text(call.arguments[0])
        if what is not None and ruling is not None and not _is_scalar(call.arguments[0]):
            message = f"`body` is {what}, and with no JSON for its content type goes out as it is: {ruling.consequence}"
            notes = trail(call.arguments[0], call.place, call.chain)
            advice = "`content_type=content_types.APPLICATION_JSON`, or make a text of it"
            yield Report(call.place, message, notes, advice, ruling.severity)


def wrong_body(answer: Mapping, callers: Callers) -> bool:
    """Whether LL301 speaks of the body of this answer."""
    entry = surely(answer, "body")
    if entry is None or answer.entry("statusCode") is None or not_text(entry.value) is None:
        return False
    return verdict(callers, lambda response: response.body == "refused") is not None


def _body(answer: Answer) -> list[Report]:
    entry = surely(answer.value, "body")
    if entry is None or not wrong_body(answer.value, answer.callers):
        return []
    what = not_text(entry.value)
    found = verdict(answer.callers, lambda response: response.body == "refused")
    assert found is not None
    severity, consequence = found.severity, found.consequence
    if _is_scalar(entry.value) and verdict(answer.callers, lambda response: response.body_scalar == "refused") is None:
        severity = Severity.WARNING
        consequence = "what the caller makes of anything else is published for dicts and lists alone"
    refused = faults(entry.value, RUNTIME)
    if refused:
        # It fails whoever calls: the runtime cannot even serialize it.
        severity = Severity.ERROR
        consequence = f"it holds {refused[0].why}, so the invocation fails with Runtime.MarshalError"
    hint = "`sam local` accepts it and hides this" if not refused and what == "a dict" else ""
    message = f"`body` is {what}, and must be a string: {consequence}" + (f" ({hint})" if hint else "")
    advice = '`"body": json.dumps(..., default=str)`' if refused else '`"body": json.dumps(...)`'
    mend = None
    spot = spot_of(answer.run, entry, lambda shape: not_text(shape) is not None)
    if spot is not None and not same(entry.place, answer.value.place):  # where the dict was made as a whole
        default = ", default=str" if refused else ""
        change = Change(spot.place, before="json.dumps(", after=f"{default})", part=spot.part)
        safe = severity is Severity.ERROR and not refused
        mend = Mend("Wrap `body` in `json.dumps`", (change,), safe, ("import json",), spot.inside)
    return [answer.report(answer.place_of("body"), message, advice, severity, entry.value, mend)]


def _is_scalar(body: Shape) -> bool:
    """Whether a body that is no string may be a number or a bool."""
    if isinstance(body, Either):
        return any(map(_is_scalar, body.options))
    return isinstance(body, Known) or (isinstance(body, Opaque) and body.type not in CONTAINERS)


@rule("LL302", "status-code-missing", Severity.ERROR)
def status_code_missing(run: Invocation) -> Iterator[Report]:
    """An HTTP answer lacks `statusCode`, which its source requires."""
    told = [*answers(run, _status_missing), *_no_dicts(run)]
    yield from once(told if told else _unlike_the_others(run))


def _unlike_the_others(run: Invocation) -> Iterator[Report]:
    """Answers with a body and no `statusCode`, beside others that have both: whoever asks takes 200 for these."""
    callers = infer(run)
    others = any(is_response(found.value) for found in run.returns)
    if not judged(run) or not callers.http or callers.mixed or not others:
        return
    for found in run.returns:
        value = found.value
        if not isinstance(value, Mapping) or value.type != "dict" or value.open or surely(value, "body") is None:
            continue
        if not all(isinstance(entry.key, Known) for entry in value.entries) or value.entry("statusCode") is not None:
            continue
        if any(meant(key, value, callers) == "statusCode" for key in value.names):
            continue  # LL304 names the cause
        then = _without_status(callers)
        message = f"the answer has no `statusCode`, which others of `{run.handler.name}` have: {then}"
        place = value.place or found.place
        advice = '`{"statusCode": ..., "body": ...}`'
        yield Report(place, message, trail(value, place, returned=found), advice, Severity.WARNING)


def _without_status(callers: Callers) -> str:
    """What the client gets of an answer without a status."""
    ways = {source.response.no_status for source in callers.web if source.response}
    if ways == {"taken"}:
        return "the client gets 200"
    if ways == {"body"}:
        return "the client gets 200 and the whole dict as its body"
    return "the client gets 200, 500 or 502"


def _no_dicts(run: Invocation) -> Iterator[Report]:
    """Lists, numbers and bools that go to a source which takes dicts alone; of strings LL307 speaks."""
    callers = infer(run)
    if not judged(run) or not callers.http:
        return
    for found in run.returns:
        beside = _has_status_beside(found.value)
        if not beside and (not callers.named or callers.mixed or covered(run, found.excluded)):
            continue  # meant for somebody else, or behind what asks for each method that is sent
        here = on_path(callers, found)
        # Who refuses a text refuses whatever is no dict.
        ruling = verdict(here, lambda response: response.text == "refused")
        if ruling is None and beside and here.http:  # who makes a body of anything makes one of this list
            ruling = Verdict(Severity.WARNING, "the client gets 200 and the whole list as its body")
        if ruling is None or not here.http or isinstance(found.value, Mapping) or not_text(found.value) is None:
            continue
        what = f"the answer is {not_text(found.value)}, and must be a dict with `statusCode`"
        if beside:
            what = "the answer is a tuple with its status, which is a list to whoever asked; it must be a dict"
        place = found.value.place if beside and found.value.place is not None else found.place
        notes = trail(found.value, place, returned=found)
        advice = '`{"statusCode": 200, "body": json.dumps(...)}`'
        yield Report(place, f"{what}: {ruling.consequence}", notes, advice, ruling.severity)


def _has_status_beside(shape: Shape) -> bool:
    """Whether an answer is written as Flask takes one: `return body, 404`."""
    if not isinstance(shape, Sequence) or shape.type != "tuple" or len(shape.items) not in (2, 3) or shape.rest:
        return False
    body, status = shape.items[:2]
    number = status.value if isinstance(status, Known) else None
    return isinstance(body, (Mapping, Known, Opaque)) and type(number) is int and 100 <= number <= 599


def _status_missing(answer: Answer) -> list[Report]:
    value = answer.value
    if value.open or value.type != "dict" or value.entry("statusCode") is not None:
        return []
    if any(not isinstance(entry.key, Known) for entry in value.entries):
        return []
    found = verdict(answer.callers, lambda response: response.no_status == "refused")
    if found is None or found.severity is not Severity.ERROR:
        return []
    if any(meant(key, value, answer.callers) == "statusCode" for key in value.names):
        return []  # LL304 names the cause
    if answer.callers.mixed and not any(name in CONTRACT_KEYS for name in value.names):
        return []  # it may be meant for what else calls: a warmer's `{"warm": True}`
    message = f"the answer has no `statusCode`: {found.consequence}"
    # What holds nothing of an answer is the payload of one: the fault is where it is returned as if it were one.
    place = answer.place if any(name in CONTRACT_KEYS for name in value.names) else answer.returned.place
    return [answer.report(place, message, '`{"statusCode": 200, "body": json.dumps(...)}`')]


@rule("LL303", "status-code-invalid", Severity.ERROR)
def status_code_invalid(run: Invocation) -> Iterator[Report]:
    """The `statusCode` of an HTTP answer is not an integer from 100 to 599."""
    yield from once(answers(run, _status_invalid))


def _status_invalid(answer: Answer) -> list[Report]:
    entry = surely(answer.value, "statusCode")
    if entry is None or not _looks_like_http(answer):
        return []
    wrong = _wrong_status(entry.value)
    if wrong is None:
        return []
    what, taken_by = wrong
    found = verdict(answer.callers, _REFUSES_STATUS[taken_by])
    if found is not None:
        severity, consequence = found.severity, found.consequence
    elif taken_by == "nobody documents" and answer.callers.http:
        severity, consequence = Severity.WARNING, "no source documents that it takes anything else"
    else:
        return []
    message = f"`statusCode` is {what}, and must be an integer from 100 to 599: {consequence}"
    mend = None
    spot = spot_of_constant(entry)
    if spot is not None and isinstance(entry.value, Known) and (number := _number(entry.value.value)):
        mend = Mend(f"Write `{number}`", (Change(spot.place, content=str(number), part=spot.part),))
    place = answer.place_of("statusCode")
    return [answer.report(place, message, '`"statusCode": 200`', severity, entry.value, mend)]


def _number(status: object) -> int | None:
    """The status that a text or a float surely means."""
    if isinstance(status, str) and status.isdecimal() and 100 <= int(status[:9]) <= 599:
        return int(status)
    if isinstance(status, float) and status.is_integer() and 100 <= status <= 599:
        return int(status)
    return None


#: By who takes a status that is no integer from 100 to 599: which sources refuse it.
_REFUSES_STATUS: dict[str, Callable[[Response], bool]] = {
    "nobody": lambda response: True,
    "some take digits": lambda response: response.digits == "refused",
    "nobody documents": lambda response: False,
}


def _wrong_status(status: Shape) -> tuple[str, str] | None:
    """What to call a status that is none, and who takes it; None for one that is right, or not known."""
    if isinstance(status, Instance):
        return _wrong_status(status.payload) if status.payload is not None else None
    if isinstance(status, Known):
        return _wrong_constant(status.value)
    if isinstance(status, Opaque) and status.type == "float":
        return "a float", "nobody documents"
    if isinstance(status, Opaque) and status.type == "str":
        # Whatever the rest of it may be, it is no number.
        told = f"{status.prefix or ''}{status.holds}"
        return (f"a text with `{told}` in it", "nobody") if told and not told.isdecimal() else None
    if isinstance(status, (Mapping, Sequence, Opaque)):
        wrong = isinstance(status, Mapping) or status.type in CONTAINERS | {"bool"}
        return (describe(status), "nobody") if wrong else None
    if isinstance(status, Either):
        found = [_wrong_status(option) for option in status.options]
        known = [each for each in found if each is not None]
        if not known or len(known) < len(found):
            return None
        return max(known, key=lambda each: list(_REFUSES_STATUS).index(each[1]))
    return None


def _wrong_constant(value: object) -> tuple[str, str] | None:
    if value is None:
        return "`None`", "nobody documents"
    if isinstance(value, bool):
        return f"the bool `{value}`", "nobody"
    if isinstance(value, int):
        return None if 100 <= value <= 599 else (f"`{value}`", "nobody")
    if isinstance(value, float):
        return f"the float `{value}`", "nobody documents" if value.is_integer() else "nobody"
    if isinstance(value, str):
        digits = value.isdecimal() and 100 <= int(value[:9]) <= 599
        return f"the text `{value!r}`", "some take digits" if digits else "nobody"
    return None


@rule("LL307", "response-is-string", Severity.ERROR)
def response_is_string(run: Invocation) -> Iterator[Report]:
    """The handler returns its HTTP answer as a string, `json.dumps({"statusCode": ...})`."""
    if not judged(run):
        return
    callers = infer(run)
    if callers.http is False:
        return
    yield from once(report for found in run.returns for report in _string(run, found, callers))


def _string(run: Invocation, found: Return, callers: Callers) -> Iterator[Report]:
    text = found.value
    dumped = _dumped_answer(text)
    if not isinstance(text, (Known, Opaque)) or not (dumped or _is_text(text)):
        return
    ruling = verdict(callers, lambda response: response.text == "refused")
    if callers.mixed and not dumped:
        return  # it may be meant for what else calls: a warmer's `return "warm"`
    if ruling is not None and callers.http:
        severity, consequence = ruling.severity, ruling.consequence
    elif dumped and callers.http:
        severity = Severity.WARNING
        consequence = "the client gets the whole text as its body, with status 200, or a 502"
    elif dumped:
        severity = Severity.WARNING
        consequence = f"if {names(callers.web)} calls this, the client gets the text as its body, or a 502"
    else:
        return
    what = (
        "the answer is a string, `json.dumps(...)` of the dict that was meant" if dumped else "the answer is a string"
    )
    advice = "return the dict itself, with `json.dumps` round its `body` alone"
    # What several returns give is wrong in one place: where it was dumped.
    place = text.place if dumped and text.place is not None else found.place
    mend = None
    if dumped and text.place is not None:
        change, safe = Change(text.place, part="argument"), severity is Severity.ERROR
        mend = Mend("Return the dict itself", (change,), safe, inside=run.handler.place)
    yield Report(place, f"{what}: {consequence}", trail(text, place, returned=found), advice, severity, mend)


def _is_text(shape: Shape) -> bool:
    if isinstance(shape, Known):
        return isinstance(shape.value, str)
    return isinstance(shape, Opaque) and shape.type == "str"


def _dumped_answer(text: Shape) -> bool:
    """Whether a string is surely an answer that was serialized: made by json.dumps of a dict with a statusCode."""
    return isinstance(text, Opaque) and text.prefix == "{" and '"statusCode"' in text.holds


@rule("LL308", "null-response", Severity.ERROR)
def null_response(run: Invocation) -> Iterator[Report]:
    """An HTTP handler returns None: on every path, or on one that says so."""
    if not judged(run):
        return
    callers = infer(run)
    if not callers.http:
        return
    silent = [found for found in run.returns if is_none(found.value)]
    always = run.complete and all(is_none(found.value) for found in (*run.returns, *run.possible_returns))
    for found in silent:
        # A path that falls off the end beside others that answer is LL201's; one that drops its answer is LL204's.
        # Where something else calls too, an explicit None may be meant for it.
        explicit = found.how == "value" and not callers.mixed and not fell_off(run, found, callers)
        if (always or explicit) and not any(map(is_response, found.dropped)) and not found.excluded:
            if on_path(callers, found).http:
                yield from _null(run, found, on_path(callers, found), always)
            if always:
                return


def _null(run: Invocation, found: Return, callers: Callers, always: bool) -> Iterator[Report]:
    ruling = verdict(callers, lambda response: response.null == "refused", some=True)
    # A None that nobody wrote: a helper falls off its end, and what rules that out may stand elsewhere.
    fallen = not always and (found.fallen is not None or found.value.place is None)
    severity = Severity.WARNING if ruling is None or callers.mixed or fallen else ruling.severity
    if ruling is not None and ruling.severity is Severity.ERROR:
        consequence = ruling.consequence
    else:
        refusing = [s for s in callers.web if s.response and s.response.null == "refused"]
        consequence = "the client gets 200 and the text `null`"
        if all(s.response and s.response.null == "unverified" for s in callers.web):
            consequence = f"what {names(callers.web)} makes of null is not published, and may be an error"
        if refusing:
            consequence += f", or {failures(refusing)} from {names(refusing)}"
    what = f"`{run.handler.name}` returns nothing on any path" if always else "this path returns None"
    if fallen:
        what += ", where a function that it calls falls off its end"
    place = run.handler.place if always and found.how == "end" else found.place
    advice = '`return {"statusCode": 200, "body": ...}`'
    yield Report(place, f"{what}, and HTTP needs an answer: {consequence}", (), advice, severity)


def fell_off(run: Invocation, found: Return, callers: Callers) -> bool:
    """Whether the None that is returned is what a function gave by falling off its end, where it was to answer: it does
    so on another path, or all other paths of a handler do whose callers take no null. So is what a call gave that is
    made for what it does, `return print(...)`, where others answer."""
    if found.gave:
        return any(not is_none(other.value) for other in run.returns)
    if found.fallen is None:
        return False
    if found.fallen.answers:
        return True
    others = [other for other in run.returns if other.fallen is None or other.fallen.place != found.fallen.place]
    contracts = [source.contract for source in callers.possible]
    refused = all(contract is not None and contract.null == "refused" for contract in contracts)
    written = all(end.bare for end in found.ends)  # of that the contract's own rule speaks
    needed = (callers.http or (refused and bool(contracts) and not written)) and not callers.mixed
    return needed and bool(others) and not any(is_none(other.value) for other in others)


def is_response(shape: Shape) -> bool:
    """Whether a value is shaped like an HTTP answer."""
    shape = as_dict(shape)
    return isinstance(shape, Mapping) and shape.entry("statusCode") is not None


def error_status(shape: Shape) -> tuple[int, Entry] | None:
    """The 4xx or 5xx of an answer; of one of several, if each has one."""
    if isinstance(shape, Either):
        found = [error_status(option) for option in shape.options]
        return found[0] if found and all(found) else None
    entry = shape.entry("statusCode") if isinstance(shape, Mapping) and is_response(shape) else None
    if entry is None or not entry.sure:
        return None
    status: Shape | None = entry.value
    if isinstance(status, Instance):
        status = status.payload
    value = status.value if isinstance(status, Known) else None
    if isinstance(value, str) and value.isdecimal() and len(value) == 3:
        value = int(value)
    return (int(value), entry) if isinstance(value, int) and 400 <= value <= 599 else None


def _looks_like_http(answer: Answer) -> bool:
    """Whether an answer is one to HTTP: the handler surely is, or there is more of the contract than a status."""
    return bool(answer.callers.http) or any(name in CONTRACT_KEYS[1:] for name in answer.value.names)
