"""LL320-LL323, LL330: has the answer the form that its source needs?

The forms are data (lambdalint/contracts/*.toml). An answer may have several; it is wrong if it has none of them, and is
then held to the one that it is nearest to.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.http import is_none, judged
from lambdalint.checks.mends import event_returned
from lambdalint.checks.misfits import Misfit, misfits
from lambdalint.checks.registry import rule
from lambdalint.checks.replies import unanswered
from lambdalint.checks.resolvers import batch_answers
from lambdalint.checks.returns import are_triggers, missing
from lambdalint.checks.way import once, trail
from lambdalint.contracts import Contract, EventSource
from lambdalint.contracts.callers import Caller, Callers, keys_of, on_path
from lambdalint.contracts.infer import infer
from lambdalint.finding import Change, Mend, Report, Severity
from lambdalint.interpreter.invocation import Invocation, Return
from lambdalint.interpreter.shapes import Anything, Mapping, Shape

#: The types of an authorizer's event, `type`.
#: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
_TYPES = frozenset({"TOKEN", "REQUEST"})


@rule("LL320", "event-not-returned", Severity.ERROR)
def event_not_returned(run: Invocation) -> Iterator[Report]:
    """A Cognito trigger answers with something else than the event, or with nothing."""
    yield from once([*_wrong_answers(run, "LL320"), *(missing(run) if are_triggers(infer(run)) else ())])


@rule("LL321", "authorizer-response-invalid", Severity.ERROR)
def authorizer_response_invalid(run: Invocation) -> Iterator[Report]:
    """The answer of an authorizer is not of the form that its service takes."""
    yield from once(_wrong_answers(run, "LL321"))


@rule("LL322", "edge-response-invalid", Severity.ERROR)
def edge_response_invalid(run: Invocation) -> Iterator[Report]:
    """A Lambda@Edge function answers with neither a request nor a response of CloudFront's form."""
    yield from once(_wrong_answers(run, "LL322"))


@rule("LL323", "transform-response-invalid", Severity.ERROR)
def transform_response_invalid(run: Invocation) -> Iterator[Report]:
    """A Firehose transformation answers with records that Firehose does not take."""
    yield from once(_wrong_answers(run, "LL323"))


@rule("LL330", "response-contract", Severity.ERROR)
def response_contract(run: Invocation) -> Iterator[Report]:
    """The answer is not of the form that its event source needs, or the source is never told the result."""
    yield from once([*_wrong_answers(run, "LL330"), *unanswered(run, "LL330"), *batch_answers(run)])


def _is_no_authorizer(found: Return) -> bool:
    """Whether the path has found that the event is not of an authorizer's type: whoever is sent that alone never takes
    it."""
    return any(fact.event == ("type",) and not _TYPES.isdisjoint(fact.constants) for fact in found.excluded)


def _is_written(found: Return) -> bool:
    """Whether a None that is returned is one by intent: written there, or by each `return` of a function that gives no
    value on any path."""
    return found.fallen is None or (not found.fallen.answers and all(end.bare for end in found.ends))


def _wrong_answers(run: Invocation, code: str) -> Iterator[Report]:
    """The answers that are not of the form which the contract of `code` asks for."""
    if not judged(run):
        return
    callers = infer(run)
    if not any(source.contract is not None and source.contract.code == code for source in callers.possible):
        return
    always_none = run.complete and all(is_none(found.value) for found in (*run.returns, *run.possible_returns))
    for found in run.returns:
        if code == "LL321" and _is_no_authorizer(found):
            continue
        here = on_path(callers, found)
        for caller in here.callers:
            if is_none(found.value):
                # A path that falls off its end beside others that answer is LL201's.
                if always_none or (found.how == "value" and _is_written(found)):
                    yield from _null(run, found, caller, here, code)
            else:
                yield from _wrong(run, found, caller, here, code)


def _null(run: Invocation, found: Return, caller: Caller, callers: Callers, code: str) -> Iterator[Report]:
    source = _judge_of(caller, callers, code)
    if source is None or any(other.contract is None or other.contract.null != "refused" for other in caller.sources):
        return
    what = "this path returns None" if found.how == "value" else f"`{run.handler.name}` returns nothing"
    place = found.place if found.how == "value" else run.handler.place
    severity, otherwise = _verdict(source, callers, verified=True)
    assert source.contract is not None
    written = None if found.how == "end" else found.place
    mend = event_returned(run, found, written, severity) if code == "LL320" else None
    yield Report(place, f"{what}: {otherwise}", (), source.contract.advice, severity, mend)


def _wrong(run: Invocation, found: Return, caller: Caller, callers: Callers, code: str) -> Iterator[Report]:
    source = _judge_of(caller, callers, code)
    if source is None or source.contract is None:
        return
    wrong = [_nearest(found.value, other.contract, caller) for other in caller.sources if other.contract is not None]
    if len(wrong) < len(caller.sources) or not all(wrong):
        return
    part = _part(found.value, source.contract)
    if part:
        severity, otherwise = _verdict(source, callers, verified=True)
        message = f"the answer is the event's `{part}` alone: {otherwise}"
        mend = None
        if run.handler.parameters:
            change = Change(found.place, content=run.handler.parameters[0].name, part="returned")
            mend = Mend("Return the event", (change,), severity is None or severity is Severity.ERROR)
        yield Report(found.place, message, (), source.contract.advice, severity, mend)
        return
    for misfit in _told(wrong[0]):
        verified = source.verified and not misfit.parts <= source.contract.unverified
        severity, otherwise = _verdict(source, callers, verified=verified)
        place = misfit.place or found.place
        notes = trail(misfit.shape, place, returned=found)
        yield Report(place, f"{misfit.sentence}: {otherwise}", notes, source.contract.advice, severity)


def _judge_of(caller: Caller, callers: Callers, code: str) -> EventSource | None:
    """The source by whose contract an answer is judged: the first, if all that it may be have one. A source that the
    code does not surely show must be the only one."""
    sources = [source for source in caller.sources if source.contract is not None]
    if len(sources) < len(caller.sources) or not sources or sources[0].contract is None:
        return None
    if sources[0].contract.code != code or (len(sources) > 1 and not callers.certain):
        return None
    return sources[0]


def _verdict(source: EventSource, callers: Callers, *, verified: bool) -> tuple[Severity, str]:
    assert source.contract is not None
    otherwise = source.contract.otherwise
    if callers.certain and not callers.mixed:
        return (Severity.ERROR if verified and source.verified else Severity.WARNING), otherwise
    return Severity.WARNING, f"if {source.title} calls this, {otherwise}"


def _nearest(shape: Shape, contract: Contract, caller: Caller) -> list[Misfit]:
    """What keeps an answer from the form that it is nearest to; nothing if it has one of the forms."""
    if _part(shape, contract):
        return [Misfit(frozenset(), "", shape, shape.place)]
    tried = []
    for name, form in contract.forms.items():
        when = contract.when.get(name, {})
        if any(caller.setting(setting) not in (None, value) for setting, value in when.items()):
            continue
        found = misfits(shape, form)
        shared = len(form.fields.keys() & set(shape.names)) if isinstance(shape, Mapping) else 0
        tried.append((not found, shared, -len(found), found))
    return max(tried, key=lambda each: each[:3])[3] if tried else []


def _part(shape: Shape, contract: Contract) -> str:
    """Which part of the event an answer is, to which at most keys of its own were written, where it is no answer."""
    if not isinstance(shape, (Anything, Mapping)) or not shape.event or keys_of(shape.event) not in contract.parts:
        return ""
    if isinstance(shape, Mapping) and any(form.required & set(shape.names) for form in contract.forms.values()):
        return ""
    return ".".join(keys_of(shape.event))


def _told(found: list[Misfit]) -> list[Misfit]:
    """One fault, one finding: of parts that one dict lacks, the first speaks for all."""
    lacking: set[int] = set()
    told = []
    for misfit in found:
        if not misfit.missing:
            told.append(misfit)
        elif id(misfit.shape) not in lacking:
            lacking.add(id(misfit.shape))
            others = [other for other in found if other.missing and other.shape is misfit.shape]
            names = "` and no `".join(other.name for other in others)
            parts = frozenset().union(*(other.parts for other in others))
            told.append(Misfit(parts, names, misfit.shape, misfit.place, missing=True))
    return told
