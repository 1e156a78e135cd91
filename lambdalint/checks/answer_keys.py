"""LL304: keys of an answer that the HTTP source does not know, and which of its own was meant."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from lambdalint.checks.http import CONTRACT_KEYS, Answer, answers, names, not_text, surely, verdict
from lambdalint.checks.registry import rule
from lambdalint.checks.way import once
from lambdalint.contracts.callers import Callers
from lambdalint.finding import Change, Mend, Report, Severity
from lambdalint.interpreter.invocation import Invocation
from lambdalint.interpreter.shapes import Entry, Known, Mapping, Sequence, Shape

#: What people write for statusCode, beside spellings of the name itself.
_STATUS_ALIASES = frozenset({"status", "code", "httpstatus", "httpstatuscode", "httpcode"})
#: How alike two names are, from which on one is taken for a misspelling of the other.
_ALIKE = 0.85


@rule("LL304", "response-key-unknown", Severity.ERROR)
def response_key_unknown(run: Invocation) -> Iterator[Report]:
    """An HTTP answer has a key that its source does not know: `status_code`, `StatusCode`, `Body`."""
    yield from once(answers(run, _unknown_keys))


def _unknown_keys(answer: Answer) -> list[Report]:
    found: list[Report] = []
    for entry in answer.value.entries:
        key = entry.key
        known = {*CONTRACT_KEYS, *(name for s in answer.callers.web if s.response for name in s.response.keys)}
        if isinstance(key, Known) and isinstance(key.value, str) and key.value not in known and entry.sure:
            found += _unknown_key(answer, entry, key.value)
    return found


def _unknown_key(answer: Answer, entry: Entry, key: str) -> list[Report]:
    callers = answer.callers
    place = (entry.key.place if isinstance(entry.key, Known) else None) or entry.place or answer.place
    right = meant(key, answer.value, callers)
    if right is None:
        # What is not told apart of a REST API: its payload, which an HTTP API or an ALB may send as well.
        rest_payload = all(("httpMethod",) in source.listed for source in callers.web)
        ruling = verdict(callers, lambda response: response.other_keys == "refused", some=rest_payload)
        # A dict of other keys alone may be meant for another caller, unless a descriptor names all of them.
        alone = not any(name in CONTRACT_KEYS for name in answer.value.names)
        if ruling is None or not callers.http or (alone and (not callers.named or callers.mixed)):
            return []
        message = f"`{key}` is no key of an answer: {ruling.consequence}"
        return [answer.report(place, message, f"move `{key}` into `body`", ruling.severity, entry.value)]

    missing = right == "statusCode"
    found = verdict(
        callers,
        lambda response: response.other_keys == "refused" or (missing and response.no_status == "refused"),
        some=True,
    )
    if found is not None and found.severity is Severity.ERROR:
        consequence, severity = found.consequence, Severity.ERROR
    elif callers.http:
        severity = Severity.WARNING
        consequence = f"{names(callers.web)} ignores or refuses it, and the client does not get what it says"
    elif _may_be_an_answer(answer, right, entry.value):
        severity = Severity.WARNING
        consequence = f"if {names(callers.web)} calls this, it is ignored or refused"
    else:
        return []
    message = f"`{key}` should be `{right}`: {consequence}"
    rename = Change(answer.place, content=right, key=key)
    mend = Mend(f"Rename `{key}` to `{right}`", (rename,), severity is Severity.ERROR)
    return [answer.report(place, message, f'`"{right}": ...`', severity, entry.value, mend)]


def _may_be_an_answer(answer: Answer, right: str, value: Shape) -> bool:
    """Whether what nothing else shows to be for HTTP may be: each part is what HTTP takes there."""
    parts = {key: entry.value for key in ("body", "headers", "statusCode") if (entry := surely(answer.value, key))}
    parts[right] = value
    body, headers, status = (parts.get(key) for key in ("body", "headers", "statusCode"))
    if isinstance(status, Known) and type(status.value) is int and not 100 <= status.value <= 599:
        return False
    return (body is None or not_text(body) is None) and not isinstance(headers, (Known, Sequence))


def meant(key: str, answer: Mapping, callers: Callers) -> str | None:
    """The contract's key that was meant by a key which is near it, beside other keys of the contract."""
    if key in CONTRACT_KEYS:
        return None
    plain = _plain(key)
    free = [name for name in CONTRACT_KEYS if answer.entry(name) is None]
    near = next((name for name in free if _plain(name) == plain), None)
    if near is None and plain in _STATUS_ALIASES and callers.http and "statusCode" in free:
        near = "statusCode"
    if near is None:
        best = max(free, key=lambda name: _alike(plain, _plain(name)), default=None)
        near = best if best is not None and _alike(plain, _plain(best)) >= _ALIKE else None
    if near is None:
        return None
    others = (name for name in answer.names if name != key)
    beside = any(name in CONTRACT_KEYS or _plain(name) in map(_plain, CONTRACT_KEYS) for name in others)
    return near if beside else None


def _plain(key: str) -> str:
    return key.replace("_", "").replace("-", "").lower()


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
