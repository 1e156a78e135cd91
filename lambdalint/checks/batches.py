"""LL310-LL312: what queues, streams and notifications make of an answer.

Nobody reads it, and a function that returns has succeeded. Queues and streams read `batchItemFailures` from it where
the event source mapping says ReportBatchItemFailures, and only then.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html and
https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html: what counts as complete
success, and what as complete failure.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.batch_reports import unreturned
from lambdalint.checks.http import judged, names
from lambdalint.checks.registry import rule
from lambdalint.checks.responses import error_status
from lambdalint.checks.serialization import describe
from lambdalint.checks.way import once, trail
from lambdalint.contracts import EventSource
from lambdalint.contracts.callers import Caller, Callers, keys_of, on_path
from lambdalint.contracts.infer import infer
from lambdalint.finding import Change, Mend, Note, Place, Report, Severity
from lambdalint.interpreter.invocation import Invocation, Return
from lambdalint.interpreter.shapes import Anything, Either, Entry, Known, Mapping, Opaque, Sequence, Shape
from lambdalint.project.deployment import Event

FAILURES = "batchItemFailures"
IDENTIFIER = "itemIdentifier"
_ENABLED = "ReportBatchItemFailures"
#: https://docs.powertools.aws.dev/lambda/python/latest/utilities/batch/#raising-exceptions-when-all-records-failed
_PROCESSORS = "aws_lambda_powertools.utilities.batch."
_ADVICE = '`{"batchItemFailures": [{"itemIdentifier": ...}]}`'
_NO_LIST = frozenset({"str", "int", "float", "bool", "dict", "set"})


@rule("LL310", "batch-response-invalid", Severity.ERROR)
def batch_response_invalid(run: Invocation) -> Iterator[Report]:
    """A partial batch response is not of the form that names the failed items."""
    yield from once([*_for_batches(run), *unreturned(run, _names_none)])


def _for_batches(run: Invocation) -> Iterator[Report]:
    if not judged(run):
        return
    callers = infer(run)
    for found in run.returns:
        here = on_path(callers, found)
        batches = [caller for caller in here.callers if all(source.answer == "batch" for source in caller.sources)]
        if batches and len(batches) == len(here.callers):
            yield from _response(found, found.value, batches, here)


def _response(found: Return, value: Shape, callers: list[Caller], all_callers: Callers) -> Iterator[Report]:
    if isinstance(value, Either):
        reports = [list(_response(found, option, callers, all_callers)) for option in value.options]
        if all(reports):
            yield from reports[0]
        return
    enabled = any(_enabled(caller) for caller in callers)
    if isinstance(value, Sequence) and value.type in ("list", "tuple") and value.items and enabled:
        message = f"the answer is a {value.type}, and must be a dict with `{FAILURES}`: the whole batch fails"
        yield _report(found, value.place or found.place, value, message, None)
    if not isinstance(value, Mapping):
        return
    failures = value.entry(FAILURES)
    if failures is None:
        yield from _misspelled(found, value, enabled)
    elif failures.sure:
        yield from _items(found, failures, callers, all_callers, enabled)


def _misspelled(found: Return, value: Mapping, enabled: bool) -> Iterator[Report]:
    for entry in value.entries:
        key = entry.key.value if isinstance(entry.key, Known) else None
        if isinstance(key, str) and key != FAILURES and entry.sure and _is_meant(key):
            message = f"`{key}` should be `{FAILURES}`: nobody reads it, and the failed items count as done"
            written = entry.key.place if isinstance(entry.key, Known) else None
            severity = None if enabled else Severity.WARNING
            mend = None
            if value.place is not None:
                renamed = Change(value.place, content=FAILURES, key=key)
                mend = Mend(f"Rename `{key}` to `{FAILURES}`", (renamed,), enabled)
            yield _report(found, written or entry.place or found.place, entry.value, message, severity, mend)


def _items(
    found: Return, failures: Entry, callers: list[Caller], all_callers: Callers, enabled: bool
) -> Iterator[Report]:
    value = failures.value
    place = failures.place or found.place
    severity = None if enabled else Severity.WARNING
    then = "the whole batch fails" if enabled else f"with {_ENABLED} set, the whole batch fails"
    if (isinstance(value, Opaque) and value.type in _NO_LIST) or isinstance(value, Mapping) or _is_scalar(value):
        message = f"`{FAILURES}` is {describe(value)}, and must be a list: {then}"
        yield _report(found, place, value, message, severity)
        return
    if not isinstance(value, Sequence):
        return
    sources = list(dict.fromkeys(source for caller in callers for source in caller.sources))
    rest = (value.rest,) if value.rest is not None else ()  # whatever stands in the list is like this
    for item in value.items or rest:
        wrong = _wrong_item(item, sources if all_callers.certain else [], found.missed)
        if wrong is not None:
            what, shape, at = wrong
            here = at or shape.place or place
            if shape is item and not isinstance(item, Mapping) and not _is_collected_there(here):
                yield _report(found, place, shape, f"{what}: {then}", severity)
                continue
            mend = _named_rightly(item, shape, at, sources, enabled)
            yield _report(found, here, shape, f"{what}: {then}", severity, mend)


def _is_collected_there(place: Place) -> bool:
    """Whether an expression is itself put into the list where it stands."""
    from lambdalint.interpreter.collected import is_collected_there  # which needs libcst, and there is a finding

    return is_collected_there(place)


def _wrong_item(item: Shape, sources: list[EventSource], missed: bool) -> tuple[str, Shape, Place | None] | None:
    """What is wrong with an element of the list, the part that is, and where it stands. `missed`: on this path
    the event lacks what is read; what was to be filled from it is still empty, and no source sends such events."""
    if isinstance(item, Either):
        found = [_wrong_item(option, sources, missed) for option in item.options]
        return found[0] if found and all(each is not None for each in found) else None
    if isinstance(item, Anything) and item.event and sources:
        return f'an item is a part of the event, and must be `{{"{IDENTIFIER}": ...}}`', item, None
    if _is_scalar(item) or (isinstance(item, Opaque) and item.type in ("str", "int")):
        return f'an item is {describe(item)}, and must be `{{"{IDENTIFIER}": ...}}`', item, None
    if not isinstance(item, Mapping):
        return None
    entry = item.entry(IDENTIFIER)
    if entry is None:
        unknown = item.open or not all(isinstance(entry.key, Known) for entry in item.entries)
        return None if unknown else (f"an item has no `{IDENTIFIER}`", item, None)
    if isinstance(entry.value, Known) and entry.value.value in (None, "") and not missed:
        return f"`{IDENTIFIER}` is {describe(entry.value)}", entry.value, entry.place
    wanted = {source.identifier for source in sources}
    path = entry.value.event if isinstance(entry.value, (Anything, Opaque)) and not missed else None
    if path and not any(str(key).endswith("()") for key in path) and len(wanted) == 1 and () not in wanted:
        given, (right,) = keys_of(path), wanted
        if given and given[0] == right[0] and given != right:
            written = "".join(f'["{key}"]' for key in right[1:])
            return f"`{IDENTIFIER}` is `{'.'.join(given[1:])}`, and must be `record{written}`", entry.value, entry.place
    return None


def _named_rightly(item: Shape, wrong: Shape, at: Place | None, sources: list[EventSource], sure: bool) -> Mend | None:
    """An identifier that stands alone in a dict, or the key beside the one that was read: where one source alone calls,
    and its identifier is at hand."""
    place = at or wrong.place
    event = wrong.event if isinstance(wrong, (Anything, Opaque)) else None
    if place is None or not event or len(sources) != 1:
        return None
    given, right = keys_of(event), sources[0].identifier
    if wrong is item and given == right:
        wrapped = Change(place, before=f'{{"{IDENTIFIER}": ', after="}")
        return Mend(f"Name it as `{IDENTIFIER}`", (wrapped,), sure)
    if wrong is not item and given[:-1] == right[:-1]:
        return Mend(f"Read `{right[-1]}`", (Change(place, content=right[-1], key=given[-1]),), sure)
    return None


@rule("LL311", "batch-response-not-enabled", Severity.ERROR)
def batch_response_not_enabled(run: Invocation) -> Iterator[Report]:
    """The failed items of a batch are returned, and the event source mapping does not ask for them; or it asks, and
    none is ever returned."""
    if judged(run):
        callers = infer(run)
        yield from _unread(run, callers)
        yield from _unnamed(run, callers)


def _unread(run: Invocation, callers: Callers) -> Iterator[Report]:
    returned = [
        (found, entry)
        for found in (*run.returns, *run.possible_returns)
        if isinstance(found.value, Mapping) and (entry := found.value.entry(FAILURES)) is not None
        if not (isinstance(entry.value, Sequence) and not entry.value.items and entry.value.rest is None)
    ]
    for event in _batches(callers, enabled=False) if returned else ():
        if event.setting("batch_size") == 1 and any(call.name.startswith(_PROCESSORS) for call in run.calls):
            continue  # where the whole batch has failed, the processor raises
        found, _ = returned[0]
        message = (
            f"{_named(event)} lacks `FunctionResponseTypes: [{_ENABLED}]`, so nobody reads the `{FAILURES}` that "
            f"`{run.handler.name}` returns: failed items count as done, and are lost"
        )
        notes = (Note(found.place, "returned here", f"`{FAILURES}`"),)
        yield Report(event.place, message, notes, f"add `FunctionResponseTypes: [{_ENABLED}]`")


def _unnamed(run: Invocation, callers: Callers) -> Iterator[Report]:
    """The event source mapping asks for the failed items, and the handler never names one."""
    ends = (*run.returns, *run.possible_returns)
    if not run.complete or not ends or not all(_names_none(found.value) for found in ends):
        return
    if any(unreturned(run, _names_none)):  # LL310's
        return
    for event in _batches(callers, enabled=True):
        message = (
            f"{_named(event)} asks for the failed items of a batch, and `{run.handler.name}` never names one: "
            "where it raises, the whole batch is tried again, and what it catches is lost"
        )
        yield Report(event.place, message, (), f"return {_ADVICE}", Severity.WARNING)


def _names_none(shape: Shape) -> bool:
    """Whether an answer surely has no list of failed items."""
    if isinstance(shape, Either):
        return all(map(_names_none, shape.options))
    if isinstance(shape, Mapping):
        keys = [entry.key.value if isinstance(entry.key, Known) else None for entry in shape.entries]
        return not shape.open and all(isinstance(key, str) and not _is_meant(key) for key in keys)
    return isinstance(shape, Known)


def _batches(callers: Callers, *, enabled: bool) -> Iterator[Event]:
    """The queues and streams of the descriptor that read the failed items from the answer, or that do not."""
    for caller in callers.callers if callers.named else ():
        types = caller.setting("response_types")
        if caller.event is None or not isinstance(types, (list, tuple)) or (_ENABLED in types) is not enabled:
            continue
        if all(source.answer == "batch" for source in caller.sources):
            yield caller.event


def _named(event: Event) -> str:
    return f"`{event.name}`" if event.name else "this event"


@rule("LL312", "error-status-ignored", Severity.ERROR)
def error_status_ignored(run: Invocation) -> Iterator[Report]:
    """An error status is returned to a source that reads no answer, and the event counts as done."""
    if not judged(run):
        return
    callers = infer(run)
    yield from once(report for found in run.returns for report in _ignored(run, found, callers))


def _ignored(run: Invocation, found: Return, callers: Callers) -> Iterator[Report]:
    here = on_path(callers, found)
    unread = all(source.answer in ("ignored", "batch") for source in here.possible)
    if here.http is not False or not here.callers or not unread or not callers.certain:
        return
    status = error_status(found.value)
    if status is None:
        return
    value, entry = status
    # That something is not there is seldom seen: what such a source sends is known beforehand. And where all that may
    # fail is caught before, no exception comes here.
    fails = not run.lookup_clauses & found.caught and bool(run.failing_tries & found.caught)
    sure = callers.named and not callers.mixed and found.after_except and fails
    message = (
        f"status `{value}` tells nobody anything: {names(list(here.possible))} reads no answer, "
        "so the event counts as done and is lost"
    )
    place = entry.place or found.place
    advice = "raise, so that the event is tried again"
    notes = trail(entry.value, place, returned=found)
    yield Report(place, message, notes, advice, None if sure else Severity.WARNING)


def _enabled(caller: Caller) -> bool:
    types = caller.setting("response_types")
    return isinstance(types, (list, tuple)) and _ENABLED in types


def _is_scalar(shape: Shape) -> bool:
    return isinstance(shape, Known) and isinstance(shape.value, (str, int, float, bool))


def _is_meant(key: str) -> bool:
    """Whether a key is `batchItemFailures`, or was meant to be."""
    return _plain(key) in (_plain(FAILURES), _plain(FAILURES)[:-1])


def _plain(key: str) -> str:
    return key.replace("_", "").replace("-", "").lower()


def _report(
    found: Return, place: Place, shape: Shape, message: str, severity: Severity | None, mend: Mend | None = None
) -> Report:
    return Report(place, message, trail(shape, place, returned=found), _ADVICE, severity, mend)
